#include "render/data_files.h"

#include <math.h>
#include <string.h>

#include "render/export.h"

/* --- one model, one benchmark ---------------------------------------------------------------------------------------- */

static void member_count(struct bb_json_writer *w, const char *key, size_t n)
{
    bb_jw_member_integer(w, key, (long)n);
}

/* What is the same in every file: which board this is of. */
static void write_board(struct bb_json_writer *w, const struct bb_board *board, const char *schema)
{
    bb_jw_member_text(w, "schema", schema);
    bb_jw_key(w, "board");
    bb_jw_object(w);
    bb_jw_member_text(w, "title", board->title);
    bb_jw_member_text(w, "release", board->release);
    bb_jw_member_text(w, "date", board->date);
    bb_jw_member_text(w, "license", board->license);
    bb_jw_object_end(w);
}

static void write_cell(struct bb_json_writer *w, const struct bb_cell *cell)
{
    bb_jw_member_text(w, "status", bb_status_names[cell->status]);
    bb_jw_member_number(w, "score", cell->score);
    bb_jw_member_number(w, "error", cell->error);
    bb_jw_member_text(w, "error_kind", cell->error_kind);
    bb_jw_member_number(w, "raw", cell->raw);
    bb_jw_member_number(w, "ceiling", cell->ceiling);
    if (cell->n) member_count(w, "n", cell->n);
    bb_jw_member_text(w, "layer", cell->layer);
    bb_jw_member_text(w, "kind", cell->kind);
    bb_jw_member_text(w, "reason", cell->reason);
    bb_jw_member_text(w, "warning", cell->warning);
    bb_jw_member_text(w, "source", cell->source);
    if (cell->cached) bb_jw_member_bool(w, "cached", true);
    if (cell->withheld) bb_jw_member_bool(w, "withheld", true);
}

/* Members of a model on a node; false when the node says nothing of the model. */
static bool has_entry(const struct bb_results *results, size_t model, size_t node)
{
    if (bb_node_is_leaf(&results->tree.node[node])) return bb_results_cell(results, model, node)->status != BB_CELL_NONE;
    return bb_results_aggregate(results, model, node)->of > 0;
}

static void write_entry(struct bb_json_writer *w, const struct bb_results *results, size_t model, size_t node)
{
    const struct bb_aggregate *aggregate = bb_results_aggregate(results, model, node);
    if (bb_node_is_leaf(&results->tree.node[node])) {
        write_cell(w, bb_results_cell(results, model, node));
    } else {
        bb_jw_member_number(w, "score", aggregate->score);
        member_count(w, "scored", aggregate->scored);
        member_count(w, "of", aggregate->of);
    }
    if (aggregate->rank) member_count(w, "rank", aggregate->rank);
}

/* A list with an element per line, so that a difference of two releases shows what changed. */
static void begin_list(struct bb_buf *out, const char *key)
{
    bb_buf_printf(out, ",\n\"%s\": [", key);
}

static struct bb_json_writer next_line(struct bb_buf *out, bool *any)
{
    struct bb_json_writer w;
    bb_buf_puts(out, *any ? ",\n" : "\n");
    *any = true;
    bb_jw_init(&w, out, 0);
    bb_jw_object(&w);
    return w;
}

/* `leaves`: its benchmarks, else its groups. */
static void write_nodes(const struct bb_results *results, size_t model, const char *key, bool leaves, struct bb_buf *out)
{
    bool any = false;
    begin_list(out, key);
    for (size_t i = 0; i < results->tree.n; i++) {
        if (bb_node_is_leaf(&results->tree.node[i]) != leaves || !has_entry(results, model, i)) continue;
        struct bb_json_writer w = next_line(out, &any);
        bb_jw_member_text(&w, leaves ? "benchmark" : "node", results->tree.node[i].id);
        write_entry(&w, results, model, i);
        bb_jw_object_end(&w);
    }
    bb_buf_puts(out, "\n]");
}

void bb_data_model_json(const struct bb_results *results, size_t model, struct bb_buf *out)
{
    struct bb_json_writer w;
    bb_jw_init(&w, out, 0);
    bb_jw_object(&w);
    write_board(&w, &results->board, "brainboard/model/1");
    bb_jw_key(&w, "model");
    bb_jw_object(&w);
    bb_model_write(&w, &results->model[model]);
    bb_jw_object_end(&w);
    write_nodes(results, model, "benchmarks", true, out);
    write_nodes(results, model, "averages", false, out);
    bb_buf_puts(out, "}\n");
}

void bb_data_benchmark_json(const struct bb_results *results, size_t node, struct bb_buf *out)
{
    struct bb_json_writer w;
    bool any = false;
    bb_jw_init(&w, out, 0);
    bb_jw_object(&w);
    write_board(&w, &results->board, "brainboard/benchmark/1");
    bb_jw_key(&w, "benchmark");
    bb_jw_object(&w);
    bb_results_write_node(&w, results, node);
    bb_jw_object_end(&w);
    begin_list(out, "models");
    for (size_t m = 0; m < results->n_models; m++) {
        if (!has_entry(results, m, node)) continue;
        w = next_line(out, &any);
        bb_jw_member_text(&w, "model", results->model[m].id);
        write_entry(&w, results, m, node);
        bb_jw_object_end(&w);
    }
    bb_buf_puts(out, "\n]}\n");
}

/* --- all files -------------------------------------------------------------------------------------------------------- */

static const char readme[] = "# Data\n"
                             "\n"
                             "Numbers have full precision; what is not known is left out. `SHA256SUMS` has the digest of every "
                             "file: `sha256sum -c SHA256SUMS`.\n"
                             "\n"
                             "- `scores.json`: everything that the pages show: models, benchmarks, ceilings, cells, averages, "
                             "ranks, with the descriptions and digests of\n"
                             "  what they were made from. `brainboard render scores.json` makes the site again.\n"
                             "- `scores.csv`: a row for each model and benchmark: status, raw value, ceiling, score, error, what "
                             "the error is, how many items, and the\n"
                             "  reason of what has no score.\n"
                             "- `models/<id>.json`: one model. `model` describes it; `benchmarks` has a line for each benchmark "
                             "that says something of it, `averages` one\n"
                             "  for each group.\n"
                             "- `benchmarks/<id>.json`: one benchmark or group. `benchmark` describes it, with its ceiling; "
                             "`models` has a line for each model.\n"
                             "- `tables/<id>.csv`, `.json`, `.tex`, `.md`: the table of the page of a benchmark or group, for papers; LaTeX and\n"
                             "  Markdown as pages show it, with a caption that names the release and the digest of `scores.json`, of the\n"
                             "  first 200 models; `tables/<id>.bib` cites what it shows. `tables/models/<id>.*`, where there are up to 300\n"
                             "  models: the scores of one. `brainboard export` makes them with other rows, columns and precision.\n"
                             "- `references.bib`: all benchmarks and models that say how they are cited.\n"
                             "- `units.h5`, where there is one: values per recorded unit, subject or item; a group for each "
                             "benchmark that publishes them.\n"
                             "\n"
                             "In a line: `status` is `ok`, `failed` (with a `reason`), `missing` (no output for these stimuli) "
                             "or `not_applicable` (with a `reason`); `score`\n"
                             "is `raw` and `ceiling` by the benchmark's `normalise`; `error` is on the scale of the score and "
                             "`error_kind` says what it is; `n` is how many\n"
                             "items were compared; `layer` is the model's; `rank` counts ties as 1, 2, 2, 4. Of a group, `score` "
                             "is the average of its children by the\n"
                             "rule of the about page, and `scored` of `of` benchmarks below have a score. `withheld` marks a "
                             "score that counts but is not published, `cached`\n"
                             "one whose files were not at hand when the site was made: it stands by the digests of what it was scored from.\n";

static enum bb_code add_text(const struct bb_site *site, const char *path, struct bb_buf *text, struct bb_err *err)
{
    enum bb_code code = bb_staging_add(site->staging, path, bb_buf_text(text), text->len, err);
    bb_buf_reset(text);
    return code;
}

/* Work of the crew. */
static enum bb_code add_model(const void *context, size_t model, struct bb_err *err)
{
    const struct bb_site *site = context;
    struct bb_buf text = BB_BUF_INIT;
    bb_data_model_json(site->listed, model, &text);
    enum bb_code code =
        add_text(site, bb_arena_printf(site->arena, BB_DATA_FOLDER "/models/%s.json", site->listed->model[model].id), &text, err);
    bb_buf_release(&text);
    return code;
}

static enum bb_code add_benchmark(const void *context, size_t node, struct bb_err *err)
{
    const struct bb_site *site = context;
    struct bb_buf text = BB_BUF_INIT;
    bb_data_benchmark_json(site->listed, node, &text);
    enum bb_code code = add_text(
        site, bb_arena_printf(site->arena, BB_DATA_FOLDER "/benchmarks/%s.json", site->listed->tree.node[node].id), &text, err);
    bb_buf_release(&text);
    return code;
}

enum bb_code bb_data_scores_add(struct bb_site *site, struct bb_err *err)
{
    static const char path[] = BB_DATA_FOLDER "/scores.json";
    struct bb_buf text = BB_BUF_INIT;
    size_t n;
    bb_results_write(site->listed, &text);
    enum bb_code code = add_text(site, path, &text, err);
    if (code == BB_OK) site->digest = bb_arena_printf(site->arena, "sha256:%s", bb_staging_files(site->staging, path, site->arena, &n)->digest);
    bb_buf_release(&text);
    return code;
}

void bb_data_files_plan(const struct bb_site *site)
{
    bb_crew_plan(site->crew, site->listed->n_models, add_model, site);
    bb_crew_plan(site->crew, site->listed->tree.n, add_benchmark, site);
}

enum bb_code bb_data_files_add(const struct bb_site *site, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    const struct bb_pictures *samples = &site->options->samples;
    bb_export_csv(site->listed, &text);
    enum bb_code code = add_text(site, BB_DATA_FOLDER "/scores.csv", &text, err);
    if (code == BB_OK) code = bb_staging_add(site->staging, BB_DATA_FOLDER "/README.md", readme, sizeof readme - 1, err);
    if (code == BB_OK && site->options->units_path)
        code = bb_staging_add_file(site->staging, BB_DATA_FOLDER "/units.h5", site->options->units_path, err);
    if (code == BB_OK && site->logo) /* what scores.json names lies beside it, so that it renders to the same site */
        code = bb_staging_add_file(site->staging, bb_arena_printf(site->arena, BB_DATA_FOLDER "/%s", site->listed->board.logo),
                                   site->options->logo_path, err);
    for (size_t i = 0; code == BB_OK && i < samples->n; i++)
        code = bb_staging_add_file(site->staging, bb_arena_printf(site->arena, BB_DATA_FOLDER "/%s", samples->picture[i].name),
                                   samples->picture[i].path, err);
    bb_buf_release(&text);
    return code;
}

enum bb_code bb_data_sums_add(const struct bb_site *site, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    size_t n;
    const struct bb_staged *file = bb_staging_files(site->staging, BB_DATA_FOLDER "/", site->arena, &n);
    for (size_t i = 0; i < n; i++) bb_buf_printf(&text, "%s  %s\n", file[i].digest, file[i].path + sizeof BB_DATA_FOLDER);
    enum bb_code code = bb_staging_add(site->staging, BB_DATA_FOLDER "/SHA256SUMS", bb_buf_text(&text), text.len, err);
    bb_buf_release(&text);
    return code;
}
