#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "cli/asked.h"
#include "cli/handover.h"
#include "render/answer.h"
#include "stimuli/set.h"
#include "store/datapath.h"

struct kit {
    const struct bb_args *args;
    struct bb_arena *arena;
    struct bb_asked asked;
    struct bb_datapath data;
    const char *dir, *home;
    double degrees; /* what the model sees; NaN: as each benchmark asks */
    struct bb_buf readme;
    size_t n_missing;
};

/* A name that can be a folder. */
static const char *stem_of(const struct kit *kit, const struct bb_asked_set *set)
{
    return bb_id_valid(set->name) ? set->name : bb_id_suggest(kit->arena, set->name);
}

static const char *file_of(const struct kit *kit, const struct bb_asked_set *set)
{
    return bb_answer_file(kit->arena, set->answer, stem_of(kit, set));
}

/* --- stimuli ---------------------------------------------------------------------------------------------------------- */

/* Where the set may be, on the data path or beside the benchmarks: as published, as a CSV of its name, as a folder. NULL: nowhere. */
static const char *find_set(const struct kit *kit, const struct bb_asked_set *set)
{
    static const char *const forms[] = {"stimulus_%s.csv", "image_%s.csv", "%s/stimulus_%s.csv", "%s",
                                        "%s.csv",          "stimuli/%s",   "stimuli/%s.csv"};
    char *published = bb_arena_strdup(kit->arena, set->name);
    for (char *c = published; *c; c++)
        if (*c == '.') *c = '_';
    for (size_t f = 0; f < sizeof forms / sizeof forms[0]; f++)
        for (size_t k = 0; k < 2; k++) {
            const char *stem = k ? published : set->name, *at = strstr(forms[f], "%s"), *end = at + 2, *again = strstr(end, "%s");
            const char *name =
                bb_arena_printf(kit->arena, "%.*s%s%.*s%s%s", (int)(at - forms[f]), forms[f], stem,
                                again ? (int)(again - end) : (int)strlen(end), end, again ? stem : "", again ? again + 2 : "");
            for (size_t d = 0; d <= kit->data.n; d++) {
                const char *dir = d < kit->data.n ? kit->data.dir[d] : bb_path_join(kit->arena, set->benchmark->dir, "..");
                const char *path = bb_path_join(kit->arena, dir, name);
                if (bb_is_file(path) || bb_is_dir(path)) return path;
            }
        }
    return NULL;
}

static double angle_of(const struct bb_asked_set *set)
{
    return set->degrees_differ || isnan(set->degrees) ? (double)NAN : set->degrees;
}

/* Texts need no screen: their table is copied. */
static enum bb_code copy_table(struct kit *kit, const struct bb_asked_set *set, const char *path, struct bb_err *err)
{
    const char *name = bb_arena_printf(kit->arena, "%s.csv", stem_of(kit, set));
    enum bb_code code = bb_file_copy(path, bb_path_join(kit->arena, kit->dir, name), err);
    if (!code) bb_buf_printf(&kit->readme, "- Stimuli: the rows of `%s`.\n", name);
    return code;
}

/* The pictures of the set into a folder of the kit's. */
static enum bb_code place(struct kit *kit, const struct bb_asked_set *set, const char *path, const char *folder,
                          struct bb_screen_spec *spec, struct bb_placing *out, struct bb_err *err)
{
    struct bb_stimulus_set stimuli;
    double asked = angle_of(set), to = isnan(asked) ? BB_USUAL_DEGREES : asked;
    enum bb_code code = bb_stimulus_set_read(path, kit->arena, &stimuli, err);
    if (code) return code;
    bool says = stimuli.degrees_column != BB_NO_COLUMN;
    *spec = (struct bb_screen_spec){.degrees = isnan(kit->degrees) ? to : kit->degrees, .source = says ? (double)NAN : to};
    return bb_stimulus_set_place(&stimuli, spec, bb_path_join(kit->arena, kit->dir, folder), kit->arena, out, err);
}

static enum bb_code place_pictures(struct kit *kit, const struct bb_asked_set *set, const char *path, struct bb_err *err)
{
    struct bb_screen_spec spec;
    struct bb_placing placing;
    enum bb_code code = place(kit, set, path, stem_of(kit, set), &spec, &placing, err);
    if (code) return code;
    bb_buf_printf(&kit->readme, "- Stimuli: %zu pictures in `%s/`, named by `%s`, as a model sees them that sees %g°.\n",
                  placing.n, stem_of(kit, set), bb_path_base(placing.csv), spec.degrees);
    return BB_OK;
}

/* --- several published sets that are answered as one ------------------------------------------------------------------- */

/* What the rules of a table of stimuli put in front of its ids; NULL: nothing. */
static const char *prefix_of(const struct bb_source *source)
{
    for (size_t r = 0; r < source->columns.n_rules; r++)
        if (bb_streq(source->columns.rule[r].coord, "stimulus_id")) return source->columns.rule[r].prefix;
    return NULL;
}

/* The tables that a set is made of, where their ids are told apart so; NULL: it is one. */
static const struct bb_sources *members_of(const struct bb_asked_set *set)
{
    const struct bb_node *node = set->benchmark;
    const struct bb_sources *sources = bb_streq(set->name, node->stimuli) ? &node->data_stimuli : &node->data_train;
    for (size_t i = 0; i < sources->n; i++)
        if (!prefix_of(&sources->source[i])) return NULL;
    return sources->n ? sources : NULL;
}

/* The table of all of them: ids as they are answered, files in the folder of each. */
struct joint {
    struct bb_buf csv;
    size_t n;
    double degrees;
};

static enum bb_code put_member(struct kit *kit, const struct bb_asked_set *set, const struct bb_source *source, struct joint *joint,
                               struct bb_err *err)
{
    const char *prefix = prefix_of(source), *name = bb_arena_strndup(kit->arena, prefix, strcspn(prefix, "/"));
    struct bb_paths path;
    struct bb_screen_spec spec;
    struct bb_placing placing;
    struct bb_stimulus_set placed;
    char angle[32];
    if (!bb_id_valid(name)) name = bb_id_suggest(kit->arena, name);
    enum bb_code code = bb_datapath_find(&kit->data, source->dir, &source->file, kit->arena, &path, err);
    if (!code)
        code = place(kit, set, path.path[0], bb_arena_printf(kit->arena, "%s/%s", stem_of(kit, set), name), &spec, &placing, err);
    if (!code) code = bb_stimulus_set_read(placing.csv, kit->arena, &placed, err);
    if (code) return code;
    bb_format_number(angle, spec.degrees);
    for (size_t i = 0; i < placed.n; i++) {
        bb_csv_write(&joint->csv, bb_arena_printf(kit->arena, "%s%s", prefix, placed.stimulus[i].id), false);
        bb_buf_putc(&joint->csv, ',');
        bb_csv_write(&joint->csv, bb_arena_printf(kit->arena, "%s/%s", name, bb_path_base(placed.stimulus[i].path)), false);
        bb_buf_printf(&joint->csv, ",%s\n", angle);
    }
    joint->n += placed.n;
    joint->degrees = spec.degrees;
    return BB_OK;
}

static enum bb_code put_joint(struct kit *kit, const struct bb_asked_set *set, const struct bb_sources *members,
                              struct joint *joint, struct bb_err *err)
{
    const char *stem = stem_of(kit, set), *table = bb_arena_printf(kit->arena, "stimulus_%s.csv", stem);
    size_t absent = 0;
    bb_buf_puts(&joint->csv, "stimulus_id,filename,degrees\n");
    for (size_t i = 0; i < members->n; i++) {
        enum bb_code code = put_member(kit, set, &members->source[i], joint, err);
        if (code && code != BB_EABSENT) return code;
        absent += code == BB_EABSENT;
    }
    if (absent) {
        kit->n_missing++;
        bb_buf_printf(&kit->readme,
                      "- Stimuli: %zu of the %zu sets that are answered as this one are **not on this machine.** `brainboard fetch "
                      "%s` gets them where they are public; then make this kit again.\n",
                      absent, members->n, set->benchmark->id);
    }
    if (!joint->n) return BB_OK;
    bb_buf_printf(&kit->readme,
                  "- Stimuli: %zu pictures of several published sets in `%s/`, named by `%s`, as a model sees them that sees %g°. "
                  "Their ids begin with what tells the sets apart, as in `%s`.\n",
                  joint->n, stem, table, joint->degrees, prefix_of(&members->source[0]));
    return bb_file_write(bb_path_join(kit->arena, bb_path_join(kit->arena, kit->dir, stem), table), bb_buf_text(&joint->csv),
                         joint->csv.len, err);
}

static enum bb_code put_members(struct kit *kit, const struct bb_asked_set *set, const struct bb_sources *members,
                                struct bb_err *err)
{
    struct joint joint = {.csv = BB_BUF_INIT};
    enum bb_code code = put_joint(kit, set, members, &joint, err);
    bb_buf_release(&joint.csv);
    return code;
}

/* --- a set ----------------------------------------------------------------------------------------------------------- */

/* Of stimuli that `fetch` does not get. NULL: there is none. */
static const char *address_of(const struct bb_node *benchmark)
{
    const struct bb_json *sets = benchmark->stimulus_data_json, *first = sets && sets->as.list.n ? sets->as.list.item[0] : NULL;
    return first && !bb_json_text(first, "sha1") ? bb_json_text(first, "url") : NULL;
}

static enum bb_code put_stimuli(struct kit *kit, const struct bb_asked_set *set, struct bb_err *err)
{
    const struct bb_sources *members = members_of(set);
    if (members) return put_members(kit, set, members, err);
    const char *path = find_set(kit, set), *address = path ? NULL : address_of(set->benchmark);
    if (address) {
        kit->n_missing++;
        bb_buf_printf(&kit->readme, "- Stimuli: %s (`fetch` does not get it; save it as `%s%s`).\n", address, stem_of(kit, set),
                      bb_ends_with(address, ".json") ? ".json" : "");
        return BB_OK;
    }
    if (!path) {
        kit->n_missing++;
        bb_buf_printf(&kit->readme,
                      "- Stimuli: **not on this machine.** `brainboard fetch %s` gets them where they are public; then unpack "
                      "the pictures beside their CSV, and "
                      "make this kit again.\n",
                      set->name);
        return BB_OK;
    }
    if (set->text && bb_ends_with(path, ".csv")) return copy_table(kit, set, path, err);
    enum bb_code code = place_pictures(kit, set, path, err);
    if (code && bb_ends_with(path, ".csv") && isnan(set->degrees)) return copy_table(kit, set, path, err);
    if (code == BB_EABSENT) { /* the table without its pictures */
        kit->n_missing++;
        bb_buf_printf(&kit->readme, "- Stimuli: **incomplete**: %s.\n", err->msg);
        return BB_OK;
    }
    return code;
}

/* --- words ------------------------------------------------------------------------------------------------------------ */

static const struct {
    const char *task, *format;
} words[BB_N_ANSWERS] = {
    [BB_ANSWER_ACTIVATIONS] =
        {"Show each stimulus to the model and keep what its layers answer.",
         "netCDF-4, `data` of presentation × neuroid with the coordinates `stimulus_id` and `layer`; or Gram matrices (`gram`)"},
    [BB_ANSWER_CHOICES] = {"For each stimulus, say which of the benchmark's labels the model chooses.",
                           "CSV with the columns `stimulus_id`, `choice`"},
    [BB_ANSWER_VALUES] = {"For each item in reading order, give the model's number: surprisal in bits.",
                          "CSV with the columns `stimulus_id`, `text`, `position`, `value`"},
    [BB_ANSWER_BITS] = {"For each item of a suite, say whether the model meets its predictions.",
                        "CSV with the columns `suite`, `bits`"},
    [BB_ANSWER_REGIONS] = {"For each region of each sentence, give the sum of the surprisals of its words, in bits.",
                           "CSV with the columns `suite`, `item`, `condition`, `region`, `value`; or, ready-made, `suite`, `bits` "
                           "(0110…, a 1 for each item whose predictions are all met)"},
    [BB_ANSWER_PAIRS] = {"For each pair of stimuli, give how unlike they are to the model.",
                         "CSV with the columns `stimulus_a`, `stimulus_b`, `value`; or activations, as netCDF-4 of presentation × neuroid"},
};

static void put_command(struct kit *kit, const struct bb_asked_set *set)
{
    const char *commands = bb_answer_commands(kit->arena, set->answer, set->text, stem_of(kit, set));
    if (!commands) return;
    bb_buf_puts(&kit->readme, "- Written by\n\n");
    for (const char *line = commands; *line;) {
        size_t len = strcspn(line, "\n");
        bb_buf_printf(&kit->readme, "      %.*s\n", (int)len, line);
        line += len + (line[len] == '\n');
    }
}

static enum bb_code put_set(struct kit *kit, const struct bb_asked_set *set, struct bb_err *err)
{
    bb_buf_printf(&kit->readme, "\n## %s\n\n", set->name);
    if (set->fitting) bb_buf_puts(&kit->readme, "Only to fit a readout, or to choose layers.\n\n");
    enum bb_code code = put_stimuli(kit, set, err);
    bb_buf_printf(&kit->readme, "- Task: %s\n- File: `%s`, %s.\n", words[set->answer].task, file_of(kit, set),
                  words[set->answer].format);
    put_command(kit, set);
    double asked = angle_of(set);
    if (!isnan(kit->degrees) && !isnan(asked) && kit->degrees != asked)
        bb_buf_printf(&kit->readme,
                      "- **The benchmark asks for %g°, and this kit was made for %g°: its answers would be refused.**\n", asked,
                      kit->degrees);
    return code;
}

/* --- the entry -------------------------------------------------------------------------------------------------------- */

static enum bb_code write_entry(const struct kit *kit, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_json_writer w;
    bb_jw_init(&w, &text, 2);
    bb_jw_object(&w);
    bb_jw_member_text(&w, "id", "mymodel");
    bb_jw_member_text(&w, "name", "My model");
    bb_jw_key(&w, "outputs");
    bb_jw_object(&w);
    for (size_t i = 0; i < kit->asked.n; i++) {
        const struct bb_asked_set *set = &kit->asked.set[i];
        double degrees = isnan(kit->degrees) || isnan(set->degrees) ? angle_of(set) : kit->degrees;
        bb_jw_key(&w, set->name);
        bb_answer_write(&w, set->answer, file_of(kit, set), degrees);
    }
    bb_jw_object_end(&w);
    bb_jw_object_end(&w);
    bb_buf_putc(&text, '\n');
    enum bb_code code = bb_file_write(bb_path_join(kit->arena, kit->dir, "model.json"), bb_buf_text(&text), text.len, err);
    bb_buf_release(&text);
    return code;
}

static enum bb_code write_manifest(const struct kit *kit, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_json_writer w;
    bb_jw_init(&w, &text, 2);
    bb_jw_object(&w);
    bb_jw_member_text(&w, "title", "My model");
    bb_jw_key(&w, "benchmarks");
    bb_jw_array(&w);
    for (size_t i = 0; i < kit->asked.n_benchmarks; i++) bb_jw_text(&w, kit->asked.benchmark[i]);
    bb_jw_array_end(&w);
    bb_jw_key(&w, "models");
    bb_jw_array(&w);
    bb_jw_text(&w, "model.json");
    bb_jw_array_end(&w);
    bb_jw_object_end(&w);
    bb_buf_putc(&text, '\n');
    enum bb_code code = bb_file_write(bb_path_join(kit->arena, kit->dir, "manifest.json"), bb_buf_text(&text), text.len, err);
    bb_buf_release(&text);
    return code;
}

static enum bb_code copy_exporters(const struct kit *kit, struct bb_err *err)
{
    static const char *const names[] = {"brainboard_torch.py", "brainboard_transformers.py"};
    enum bb_code code = BB_OK;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && !code; i++)
        code = bb_file_copy(bb_path_join(kit->arena, bb_path_join(kit->arena, kit->home, "data/export"), names[i]),
                            bb_path_join(kit->arena, kit->dir, names[i]), err);
    return code;
}

static enum bb_code make(struct kit *kit, struct bb_err *err)
{
    enum bb_code code = bb_make_dirs(kit->dir, err);
    bb_buf_puts(
        &kit->readme,
        "# What to answer\n\nFor each stimulus set below: show it to the model, and write the file that is named. Then\n\n"
        "    brainboard check manifest.json\n\nsays all that is wrong at once, and `brainboard build manifest.json` scores the "
        "model. "
        "Its entry is `model.json`;\ngive it a name, and leave out the sets that it does not answer. `brainboard_torch.py` and "
        "`brainboard_transformers.py` write\nthe files: put your model into the first, and the name of yours behind the "
        "second.\n");
    for (size_t i = 0; i < kit->asked.n && !code; i++) code = put_set(kit, &kit->asked.set[i], err);
    if (!code)
        code = bb_file_write(bb_path_join(kit->arena, kit->dir, "README.md"), bb_buf_text(&kit->readme), kit->readme.len, err);
    if (!code) code = write_entry(kit, err);
    if (!code) code = write_manifest(kit, err);
    return code ? code : copy_exporters(kit, err);
}

static int run(const struct bb_args *args)
{
    struct kit kit = {.args = args, .arena = args->arena, .dir = args->out, .degrees = (double)NAN};
    struct bb_err err = {0};
    if (!args->out) return bb_cli_usage("a folder for the kit is needed: -o DIR");
    if (args->degrees && bb_cli_degrees(args->degrees, "--degrees", &kit.degrees, &err) != BB_OK) return bb_cli_fail(&err);
    if (!(kit.home = bb_home(args->arena))) return BB_EXIT_IO;
    if (bb_datapath_init(&kit.data, args->data, args->n_data, args->arena, &err) != BB_OK) return bb_cli_fail(&err);
    int status = bb_asked_read(args, &kit.asked);
    if (status == BB_EXIT_OK && make(&kit, &err) != BB_OK) status = bb_cli_fail(&err);
    if (status == BB_EXIT_OK)
        printf("%s: %zu stimulus set%s, %zu of them not on this machine; README.md says what to do\n", args->out, kit.asked.n,
               kit.asked.n == 1 ? "" : "s", kit.n_missing);
    bb_buf_release(&kit.readme);
    bb_asked_release(&kit.asked);
    return status;
}

const struct bb_command bb_command_kit = {
    .name = "kit",
    .arguments = "BENCHMARK…",
    .summary = "a folder with all that a model must answer: stimuli placed, task, format, entry",
    .help =
        "BENCHMARK is a manifest, a file of benchmarks, or the id of a benchmark or group (of those files, else of the built-in "
        "catalog).\n"
        "The folder has the stimuli as a model sees them, at the angle that the benchmark asks for; README.md with the task and "
        "the format of\n"
        "each set; model.json, the entry to fill in; manifest.json, for `brainboard check` as the last step; and the programs "
        "that write the\n"
        "files of a PyTorch or Hugging Face model. Stimuli are looked for on the data path (`brainboard fetch` puts them there).",
    .options = BB_OPT_OUT | BB_OPT_DATA | BB_OPT_DEGREES,
    .min_rest = 1,
    .max_rest = 1000,
    .run = run,
};
