#include "example/readme.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "base/version.h"

struct readme {
    struct bb_buf *out;
    const struct bb_project *project;
    struct bb_names *said; /* files that have their sentence */
    struct bb_arena *arena;
};

static const char *text_of(const struct bb_json *object, const char *key)
{
    const struct bb_json *value = bb_json_member(object, key);
    return value && value->type == BB_JSON_TEXT ? value->as.text : NULL;
}

static const char *title_of(const struct bb_json *entry)
{
    const char *title = text_of(entry, "title");
    if (!title) title = text_of(entry, "name");
    return title ? title : text_of(entry, "id");
}

static void say_file(const struct readme *r, const char *name)
{
    bb_names_add(r->said, name);
    bb_buf_printf(r->out, "| `%s` | ", name);
}

/* --- files that benchmarks and models name ------------------------------------------------------------------------ */

/* Calls `each` for every text below `json`, or for itself. */
static void for_texts(const struct bb_json *json, void (*each)(void *ctx, const char *text), void *ctx)
{
    if (!json) return;
    if (json->type == BB_JSON_TEXT) each(ctx, json->as.text);
    for (size_t i = 0; json->type == BB_JSON_ARRAY && i < json->as.list.n; i++) for_texts(json->as.list.item[i], each, ctx);
}

/* The sources of "data" or of an output: an object, or a list of them. */
static void for_files(const struct bb_json *source, void (*each)(void *ctx, const char *text), void *ctx)
{
    if (!source) return;
    for_texts(bb_json_member(source, "file"), each, ctx);
    for_texts(bb_json_member(source, "gram"), each, ctx);
    for (size_t i = 0; source->type == BB_JSON_ARRAY && i < source->as.list.n; i++) for_files(source->as.list.item[i], each, ctx);
}

struct users {
    const char *file;
    bool found;
};

static void note_user(void *ctx, const char *text)
{
    struct users *users = ctx;
    users->found |= bb_streq(text, users->file);
}

/* "what was measured for A; B" */
static void say_benchmarks_of(const struct readme *r, const char *file)
{
    const struct bb_project_entries *list = bb_project_benchmarks(r->project);
    const char *separator = "What was measured for ";
    for (size_t i = 0; i < list->n; i++) {
        struct users users = {file, false};
        for_files(bb_json_member(list->object[i], "data"), note_user, &users);
        if (!users.found) continue;
        bb_buf_printf(r->out, "%s%s", separator, title_of(list->object[i]));
        separator = "; ";
    }
    bb_buf_puts(r->out, ". |\n");
}

static void say_data(void *ctx, const char *file)
{
    const struct readme *r = ctx;
    if (bb_names_find(r->said, file) != BB_NAMES_NONE) return;
    const char *const *name;
    size_t n = bb_project_files(r->project, &name), i = 0;
    while (i < n && !bb_streq(name[i], file)) i++;
    if (i == n) return; /* one that is not there: a flaw */
    say_file(r, file);
    say_benchmarks_of(r, file);
}

struct answer {
    const struct readme *r;
    const char *model, *stimuli;
};

static void say_answer(void *ctx, const char *file)
{
    const struct answer *answer = ctx;
    if (bb_names_find(answer->r->said, file) != BB_NAMES_NONE) return;
    say_file(answer->r, file);
    bb_buf_printf(answer->r->out, "What %s answered to `%s`. |\n", answer->model, answer->stimuli);
}

static void say_model(const struct readme *r, const struct bb_json *model)
{
    const struct bb_json *outputs = bb_json_member(model, "outputs");
    say_file(r, bb_arena_printf(r->arena, "models/%s.json", text_of(model, "id")));
    bb_buf_printf(r->out, "%s: what the model is, and which file answers which stimuli. |\n", title_of(model));
    for (size_t i = 0; outputs && outputs->type == BB_JSON_OBJECT && i < outputs->as.list.n; i++) {
        struct answer answer = {r, title_of(model), outputs->as.list.item[i]->key};
        for_files(outputs->as.list.item[i], say_answer, &answer);
    }
}

/* --- the rest ----------------------------------------------------------------------------------------------------- */

/* A sentence for what no entry names, by what it is called. */
static const char *sentence(const char *name)
{
    if (bb_ends_with(name, ".png")) return "A picture that a benchmark's page shows as a sample of its stimuli";
    if (bb_starts_with(name, "stimuli/")) return "A list of stimuli, a row for each, with what is true of it";
    if (bb_ends_with(name, ".csv") || bb_ends_with(name, ".tsv")) return "A table that goes with the recordings";
    return "Goes with the recordings";
}

static void say_others(const struct readme *r)
{
    const char *const *name;
    size_t n = bb_project_files(r->project, &name);
    for (size_t i = 0; i < n; i++) {
        if (bb_names_find(r->said, name[i]) != BB_NAMES_NONE || bb_streq(name[i], "manifest.json")) continue;
        say_file(r, name[i]);
        bb_buf_printf(r->out, "%s. |\n", sentence(name[i]));
    }
}

static void say_head(const struct readme *r, bool flaws)
{
    static const char *const sizes[] = {"small", "default", "large"};
    bb_buf_printf(r->out,
                  "# Simulated brains, computed models\n\n"
                  "A complete brainboard project. **Everything in it is simulated**: the brains are programs whose inner workings are known, and\n"
                  "the models, which are what they claim to be, were run on the same stimuli. Nothing here was measured in an animal or a person.\n\n"
                  "    brainboard check manifest.json          every problem of these files; there should be none\n"
                  "    brainboard build manifest.json -o site  scores everything and makes the site; open site/index.html\n\n"
                  "Written by brainboard %s as `brainboard example DIR --seed %" PRIu64 " --size %s%s`; the same command writes the same\n"
                  "bytes. It replaces these files as long as nobody changed them: `%s` has their digests.\n\n",
                  bb_version, bb_project_seed(r->project), sizes[bb_project_size(r->project)], flaws ? " --flaws" : "", BB_PROJECT_LIST);
    bb_buf_puts(r->out, "## To start a project of your own\n\n"
                        "1. Put your recording where `data/` has one: a netCDF-4 file as xarray or BrainIO writes it (`brainboard show FILE`\n"
                        "   says what is in one), or a CSV table.\n"
                        "2. In `benchmarks/`, copy the entry that is most like yours; change `id`, `title`, `data`, the metric and its ceiling.\n"
                        "3. Run your model on the same stimuli, and write what it answered as `outputs/` has it, with the same `stimulus_id`s.\n"
                        "4. Copy a file of `models/`, and let its `outputs` name those files. Remove what you do not need, and\n"
                        "   `\"simulated\": true`.\n"
                        "5. `brainboard check manifest.json` names every mistake with its line; then build.\n\n");
}

enum bb_code bb_example_readme(struct bb_project *project, bool flaws, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_names said;
    struct readme r = {&text, project, &said, bb_arena_new(0)};
    const struct bb_project_entries *benchmarks = bb_project_benchmarks(project), *models = bb_project_models(project);
    bb_names_init(&said);
    say_head(&r, flaws);
    bb_buf_puts(&text, "## The files\n\n| file | what it is |\n|---|---|\n"
                       "| `manifest.json` | The board: its title, and which files it is made of. |\n"
                       "| `benchmarks/*.json` | The tree of benchmarks: for each, what was measured, the metric, and the ceiling. |\n");
    for (size_t i = 0; i < benchmarks->n; i++) for_files(bb_json_member(benchmarks->object[i], "data"), say_data, &r);
    for (size_t i = 0; i < models->n; i++) say_model(&r, models->object[i]);
    say_others(&r);
    bb_names_release(&said);
    bb_arena_free(r.arena);
    enum bb_code code = bb_project_text(project, "README.md", text.data, text.len, err);
    bb_buf_release(&text);
    return code;
}
