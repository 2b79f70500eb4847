#include "cli/asked.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

/* --- arguments -------------------------------------------------------------------------------------------------------- */

struct words {
    const char **text;
    size_t n;
};

struct reading {
    const struct bb_args *args;
    struct bb_asked *out;
    struct bb_diags diags;
    struct words files, ids;
    const char *model;
};

static void add(struct words *words, const char *text, struct bb_arena *arena)
{
    const char **more = BB_NEW_ARRAY(arena, words->n + 1, const char *);
    if (words->n) memcpy(more, words->text, words->n * sizeof *more);
    more[words->n++] = text;
    words->text = more;
}

static const char *absolute(const char *path, struct bb_arena *arena)
{
    char resolved[PATH_MAX];
    return realpath(path, resolved) ? bb_arena_strdup(arena, resolved) : path;
}

/* A manifest's list of benchmarks: names of files (or globs), beside it, and ids. */
static void take_list(struct reading *r, const char *path, const struct bb_json *list)
{
    struct bb_arena *arena = r->args->arena;
    const char *dir = absolute(bb_path_dir(arena, path), arena);
    for (size_t i = 0; list->type == BB_JSON_ARRAY && i < list->as.list.n; i++) {
        const struct bb_json *entry = list->as.list.item[i];
        if (entry->type != BB_JSON_TEXT)
            bb_diag_add(&r->diags, BB_ERROR, entry->place,
                        "a benchmark that stands in the manifest itself cannot be asked for; put it into a file");
        else
            add(&r->files, bb_ends_with(entry->as.text, ".json") ? bb_path_join(arena, dir, entry->as.text) : entry->as.text,
                arena);
    }
}

static void take_argument(struct reading *r, const char *name)
{
    struct bb_arena *arena = r->args->arena;
    if (!bb_is_file(name)) {
        add(&r->ids, name, arena);
        return;
    }
    const struct bb_json *json = bb_json_read(arena, name, (struct bb_place){0}, &r->diags);
    const struct bb_json *list = json ? bb_json_member(json, "benchmarks") : NULL;
    if (list)
        take_list(r, name, list);
    else if (json && (bb_json_member(json, "outputs") || bb_json_member(json, "layers")))
        r->model = name;
    else if (json)
        add(&r->files, absolute(name, arena), arena);
}

/* --- reading ---------------------------------------------------------------------------------------------------------- */

static void write_names(struct bb_json_writer *w, const char *key, const char *const *name, size_t n)
{
    bb_jw_key(w, key);
    bb_jw_array(w);
    for (size_t i = 0; i < n; i++) bb_jw_text(w, name[i]);
    bb_jw_array_end(w);
}

/* The catalog's reader reads manifests: so there is one, for as long as that takes. */
static void read_catalog(struct reading *r)
{
    struct bb_arena *arena = r->args->arena;
    struct bb_buf text = BB_BUF_INIT;
    struct bb_json_writer w;
    struct bb_err err;
    const char *dir = bb_make_temporary(arena, &err);
    bb_jw_init(&w, &text, 0);
    bb_jw_object(&w);
    bb_jw_member_text(&w, "title", "what is asked");
    write_names(&w, "benchmarks", r->out->benchmark, r->out->n_benchmarks);
    const char *model = r->model ? absolute(r->model, arena) : NULL;
    write_names(&w, "models", &model, model ? 1 : 0);
    bb_jw_object_end(&w);
    if (!dir) {
        bb_diag_add(&r->diags, BB_ERROR, (struct bb_place){0}, "%s", err.msg);
    } else {
        const char *path = bb_path_join(arena, dir, "manifest.json");
        if (bb_file_write(path, bb_buf_text(&text), text.len, &err) != BB_OK)
            bb_diag_add(&r->diags, BB_ERROR, (struct bb_place){0}, "%s", err.msg);
        else
            r->out->catalog = bb_catalog_read_beside(path, bb_catalog_home(arena), &r->diags);
        if (bb_remove_tree(dir, &err) != BB_OK) bb_log_warning("%s", err.msg);
    }
    bb_buf_release(&text);
}

/* --- sets ------------------------------------------------------------------------------------------------------------- */

static struct bb_asked_set *set_of(struct bb_asked *out, const char *name)
{
    for (size_t i = 0; i < out->n; i++)
        if (bb_streq(out->set[i].name, name)) return &out->set[i];
    out->set[out->n] = (struct bb_asked_set){.name = name, .degrees = (double)NAN, .fitting = true};
    return &out->set[out->n++];
}

static void ask(struct bb_asked *out, const struct bb_node *node, const char *name, bool fitting)
{
    const struct bb_facts none = {.oracle = (double)NAN};
    enum bb_answer answer = fitting ? BB_ANSWER_ACTIVATIONS : bb_describe_answer(node, &none);
    if (!name || answer == BB_ANSWER_NONE) return;
    struct bb_asked_set *set = set_of(out, name);
    if (!set->n_benchmarks++) {
        set->answer = answer;
        set->benchmark = node;
        set->text = bb_streq(out->catalog->tree.node[node->root].domain, "language");
    }
    set->fitting = set->fitting && fitting;
    if (!fitting && node->n_stimuli > set->n_stimuli) set->n_stimuli = node->n_stimuli;
    if (node->n_time_bins > set->n_time_bins) set->n_time_bins = node->n_time_bins;
    if (isnan(node->visual_degrees)) return;
    set->degrees_differ = set->degrees_differ || (!isnan(set->degrees) && set->degrees != node->visual_degrees);
    set->degrees = node->visual_degrees;
}

/* The node itself, or a group above it, is among the names. */
static bool is_wanted(const struct bb_tree *tree, size_t i, const struct words *ids, bool *used)
{
    bool found = !ids->n;
    for (;; i = tree->node[i].parent_index) {
        for (size_t k = 0; k < ids->n; k++)
            if (bb_strcaseeq(tree->node[i].id, ids->text[k])) found = used[k] = true;
        if (!tree->node[i].depth) return found;
    }
}

static void collect(struct reading *r)
{
    const struct bb_tree *tree = &r->out->catalog->tree;
    struct bb_arena *arena = r->args->arena;
    bool *used = BB_NEW_ARRAY(arena, r->ids.n + 1, bool);
    const char **known = BB_NEW_ARRAY(arena, tree->n + 1, const char *);
    r->out->set = BB_NEW_ARRAY(arena, 3 * tree->n + 1, struct bb_asked_set);
    for (size_t i = 0; i < tree->n; i++) {
        const struct bb_node *node = &tree->node[i];
        known[i] = node->id;
        if (!bb_node_is_leaf(node) || !is_wanted(tree, i, &r->ids, used)) continue;
        ask(r->out, node, node->stimuli, false);
        ask(r->out, node, node->fitting_stimuli, true);
        ask(r->out, node, node->pca_stimuli, true);
    }
    for (size_t k = 0; k < r->ids.n; k++) {
        const char *near = used[k] ? NULL : bb_nearest(r->ids.text[k], known, tree->n);
        if (!used[k])
            bb_diag_add(&r->diags, BB_ERROR, (struct bb_place){0}, "there is no benchmark \"%s\"%s%s%s", r->ids.text[k],
                        near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    }
}

int bb_asked_read(const struct bb_args *args, struct bb_asked *out)
{
    struct reading r = {.args = args, .out = out};
    *out = (struct bb_asked){0};
    bb_diags_init(&r.diags);
    for (size_t i = 0; i < args->n_rest; i++) take_argument(&r, args->rest[i]);
    const struct words *from = r.files.n ? &r.files : &r.ids;
    out->benchmark = from->text;
    out->n_benchmarks = from->n;
    if (!from->n)
        bb_diag_add(&r.diags, BB_ERROR, (struct bb_place){0}, "which benchmarks? Name a manifest, files of benchmarks, or ids");
    if (!r.diags.n_errors) read_catalog(&r);
    if (out->catalog && !r.diags.n_errors) collect(&r);
    if (out->catalog && out->catalog->n_models) out->model = &out->catalog->model[0];
    int status = bb_cli_report(&r.diags, false) && out->catalog ? BB_EXIT_OK : BB_EXIT_INPUT;
    if (status == BB_EXIT_OK && !out->n) {
        bb_log_error("these benchmarks ask nothing of a model: their scores come from lists");
        status = BB_EXIT_INPUT;
    }
    bb_diags_release(&r.diags);
    return status;
}

void bb_asked_release(struct bb_asked *asked)
{
    bb_catalog_free(asked->catalog);
}
