#include "render/provenance.h"

#include "base/version.h"
#include "score/kept.h"

/* --- inputs ------------------------------------------------------------------------------------------------------------ */

static void write_models(struct bb_json_writer *w, const struct bb_results *results)
{
    bb_jw_key(w, "models");
    bb_jw_object(w);
    for (size_t m = 0; m < results->n_models; m++) {
        const struct bb_model *model = &results->model[m];
        if (!model->n_outputs) continue;
        bb_jw_key(w, model->id);
        bb_jw_object(w);
        for (size_t i = 0; i < model->n_outputs; i++) bb_jw_member_text(w, model->output[i].stimuli, model->output[i].digest);
        bb_jw_object_end(w);
    }
    bb_jw_object_end(w);
}

static void write_benchmarks(struct bb_json_writer *w, const struct bb_results *results)
{
    bb_jw_key(w, "benchmarks");
    bb_jw_object(w);
    for (size_t i = 0; i < results->tree.n; i++) {
        const struct bb_facts *facts = &results->facts[i];
        if (!bb_node_is_leaf(&results->tree.node[i])) continue;
        bb_jw_key(w, results->tree.node[i].id);
        bb_jw_object(w);
        bb_jw_member_text(w, "data", facts->data_digest);
        bb_jw_member_text(w, "definition", facts->definition_digest);
        bb_jw_member_text(w, "metric", facts->metric_digest);
        bb_jw_object_end(w);
    }
    bb_jw_object_end(w);
}

/* Records of the releases before: pages show what changed since. What is built is no input, whether its record is there already or not. */
static void write_history(struct bb_json_writer *w, const struct bb_archive *history, struct bb_arena *arena)
{
    if (!history) return;
    bb_jw_key(w, "history");
    bb_jw_object(w);
    for (size_t i = 0; i + 1 < history->n; i++)
        bb_jw_member_text(w, bb_arena_printf(arena, "%s.json", history->release[i].name), history->release[i].digest);
    bb_jw_object_end(w);
}

/* Files of a folder that overrides the program's own; nothing without one. */
static enum bb_code write_overrides(struct bb_json_writer *w, const char *key, const char *dir, struct bb_arena *arena,
                                    struct bb_err *err)
{
    struct bb_paths files = {0};
    if (!dir) return BB_OK;
    enum bb_code code = bb_list_tree(arena, dir, &files, err);
    bb_jw_key(w, key);
    bb_jw_object(w);
    for (size_t i = 0; code == BB_OK && i < files.n; i++) {
        char digest[BB_SHA256_TEXT];
        code = bb_sha256_file(bb_path_join(arena, dir, files.path[i]), digest, err);
        if (code == BB_OK) bb_jw_member_text(w, files.path[i], bb_arena_printf(arena, "sha256:%s", digest));
    }
    bb_jw_object_end(w);
    return code;
}

static enum bb_code write_inputs(struct bb_json_writer *w, const struct bb_site *site, struct bb_err *err)
{
    bb_jw_key(w, "inputs");
    bb_jw_object(w);
    write_models(w, site->listed);
    write_benchmarks(w, site->listed);
    write_history(w, site->options->history, site->arena);
    enum bb_code code = write_overrides(w, "templates", site->options->templates, site->arena, err);
    if (code == BB_OK) code = write_overrides(w, "assets", site->options->assets, site->arena, err);
    bb_jw_object_end(w);
    return code;
}

/* Of how many models the score on a benchmark stands by the cache. */
static void write_cached(struct bb_json_writer *w, const struct bb_results *results)
{
    if (!bb_kept_any(results)) return;
    bb_jw_key(w, "cached");
    bb_jw_object(w);
    for (size_t i = 0; i < results->tree.n; i++) {
        long n = 0;
        for (size_t m = 0; m < results->n_models; m++) n += bb_results_cell(results, m, i)->cached;
        if (n) bb_jw_member_integer(w, results->tree.node[i].id, n);
    }
    bb_jw_object_end(w);
}

/* --- outputs ----------------------------------------------------------------------------------------------------------- */

static void write_outputs(struct bb_json_writer *w, const struct bb_site *site)
{
    size_t n;
    const struct bb_staged *file = bb_staging_files(site->staging, "", site->arena, &n);
    bb_jw_key(w, "outputs");
    bb_jw_object(w);
    for (size_t i = 0; i < n; i++)
        if (!file[i].hidden) bb_jw_member_text(w, file[i].path, file[i].digest);
    bb_jw_object_end(w);
}

/* --- the file ---------------------------------------------------------------------------------------------------------- */

static void write_options(struct bb_json_writer *w, const struct bb_site *site)
{
    bb_jw_key(w, "options");
    bb_jw_object(w);
    bb_options_write(w, &site->results->board.options);
    bb_jw_member_bool(w, "parity", site->options->parity);
    bb_jw_member_bool(w, "anonymous", site->options->anonymous);
    bb_jw_member_text(w, "palette", site->options->palette == BB_PALETTE_BRAINSCORE ? "brainscore" : "default");
    bb_jw_member_text(w, "base_url", site->base);
    bb_jw_member_bool(w, "pdf", !site->options->no_pdf);
    bb_jw_object_end(w);
}

enum bb_code bb_provenance_add(const struct bb_site *site, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_json_writer w;
    bb_jw_init(&w, &text, 1);
    bb_jw_object(&w);
    bb_jw_member_text(&w, "schema", "brainboard/provenance/1");
    bb_jw_member_text(&w, "program", bb_arena_printf(site->arena, "brainboard %s", bb_version));
    bb_jw_member_text(&w, "blas", site->results->blas);
    bb_jw_member_text(&w, "release", site->results->board.release);
    bb_jw_member_text(&w, "date", site->results->board.date);
    write_options(&w, site);
    enum bb_code code = write_inputs(&w, site, err);
    write_cached(&w, site->listed);
    write_outputs(&w, site);
    bb_jw_object_end(&w);
    bb_buf_puts(&text, "\n");
    if (code == BB_OK) code = bb_staging_add(site->staging, BB_PROVENANCE_FILE, bb_buf_text(&text), text.len, err);
    bb_buf_release(&text);
    return code;
}
