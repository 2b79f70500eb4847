#include "render/compare_data.h"

#include <math.h>

#include "base/json.h"
#include "base/file.h"
#include "base/shortest.h"
#include "render/page_chart.h"

void bb_compare_write_numbers(struct bb_json_writer *w, const double *value, size_t n)
{
    struct bb_buf text = BB_BUF_INIT;
    for (size_t i = 0; i < n; i++) {
        char number[32];
        if (i) bb_buf_putc(&text, ',');
        if (!isfinite(value[i])) continue;
        bb_format_number(number, value[i]);
        bb_buf_puts(&text, number);
    }
    bb_jw_text(w, bb_buf_text(&text));
    bb_buf_release(&text);
}

static void write_models(struct bb_json_writer *w, const struct bb_compare *it)
{
    bb_jw_key(w, "models");
    bb_jw_array(w);
    for (size_t i = 0; i < it->all.n_models; i++) {
        const struct bb_model *model = &it->results->model[it->all.model[i]];
        bb_jw_array(w);
        bb_jw_text(w, model->id);
        bb_jw_text(w, model->name);
        bb_jw_text(w, model->family);
        bb_jw_object(w);
        for (size_t k = 0; k < model->n_attributes; k++)
            if (model->attribute[k].text) bb_jw_member_text(w, model->attribute[k].name, model->attribute[k].text);
        bb_jw_object_end(w);
        bb_jw_array_end(w);
    }
    bb_jw_array_end(w);
}

/* Errors are shown with two decimals, and six digits are plenty. */
static void write_errors(struct bb_json_writer *w, const struct bb_compare *it, size_t node)
{
    double *error = BB_NEW_ARRAY(it->arena, it->all.n_models + 1, double);
    const char *kind = NULL;
    bool any = false;
    for (size_t i = 0; i < it->all.n_models; i++) {
        const struct bb_cell *cell = bb_results_cell(it->results, it->all.model[i], node);
        bool has = cell->status == BB_CELL_OK && cell->error_kind && isfinite(cell->error) &&
                   (!kind || bb_streq(kind, cell->error_kind));
        error[i] = has ? bb_round_significant(cell->error, 6) : (double)NAN;
        if (has) kind = cell->error_kind;
        any = any || has;
    }
    if (!any) return;
    bb_jw_member_text(w, "kind", kind);
    if (bb_chart_is_standard_error(kind)) bb_jw_member_bool(w, "se", true);
    bb_jw_key(w, "errors");
    bb_compare_write_numbers(w, error, it->all.n_models);
}

static void write_quantity(struct bb_json_writer *w, const struct bb_compare *it, size_t index)
{
    static const char *const kinds[] = {
        [BB_QUANTITY_GROUP] = "group", [BB_QUANTITY_BENCHMARK] = "benchmark", [BB_QUANTITY_ATTRIBUTE] = "attribute"};
    static const char *const formats[] = {[BB_TICK_NUMBER] = "number", [BB_TICK_COUNT] = "count", [BB_TICK_YEAR] = "year"};
    const struct bb_quantity *is = &it->all.quantity[index];
    bb_jw_object(w);
    bb_jw_member_text(w, "id", is->id);
    bb_jw_member_text(w, "title", is->title);
    bb_jw_member_text(w, "label", bb_compare_label(it, index));
    bb_jw_member_text(w, "of", kinds[is->kind]);
    bb_jw_member_text(w, "format", formats[bb_compare_format(it, index)]);
    if (is->domain) bb_jw_member_text(w, "domain", is->domain);
    if (is->node != BB_NO_NODE) bb_jw_member_integer(w, "depth", (long)it->results->tree.node[is->node].depth);
    if (is->is_log) bb_jw_member_bool(w, "log", true);
    if (is->better < 0) bb_jw_member_bool(w, "lower", true);
    if (bb_quantity_is_cost(is)) bb_jw_member_bool(w, "cost", true);
    if (is->engineering) bb_jw_member_bool(w, "engineering", true);
    bb_jw_key(w, "values");
    bb_compare_write_numbers(w, is->value, it->all.n_models);
    if (is->kind == BB_QUANTITY_BENCHMARK) write_errors(w, it, is->node);
    bb_jw_object_end(w);
}

/* The colours of roles, for files that readers save: [class, light, dark]. */
static void write_roles(struct bb_json_writer *w, struct bb_arena *arena)
{
    bb_jw_key(w, "roles");
    bb_jw_array(w);
    for (size_t i = 0; i < BB_N_ROLES; i++) {
        bb_jw_array(w);
        bb_jw_text(w, bb_roles[i].name);
        bb_jw_text(w, bb_arena_printf(arena, "#%06x", (unsigned)bb_roles[i].light));
        bb_jw_text(w, bb_arena_printf(arena, "#%06x", (unsigned)bb_roles[i].dark));
        bb_jw_array_end(w);
    }
    bb_jw_array_end(w);
}

/* Titles and kinds of errors that occur, in words. */
static void write_words(struct bb_json_writer *w, const struct bb_compare *it)
{
    const char *last = NULL;
    bb_jw_key(w, "attributes");
    bb_jw_object(w);
    for (size_t k = 0; k < it->results->board.n_attribute_info; k++)
        if (it->results->board.attribute_info[k].title)
            bb_jw_member_text(w, it->results->board.attribute_info[k].name, it->results->board.attribute_info[k].title);
    bb_jw_object_end(w);
    bb_jw_key(w, "kinds");
    bb_jw_array(w);
    for (size_t i = 0; i < it->all.n; i++) {
        if (it->all.quantity[i].kind != BB_QUANTITY_BENCHMARK) continue;
        for (size_t m = 0; m < it->all.n_models; m++) {
            const char *kind = bb_results_cell(it->results, it->all.model[m], it->all.quantity[i].node)->error_kind;
            if (!kind || (last && bb_streq(kind, last))) continue;
            last = kind;
            bb_jw_array(w);
            bb_jw_text(w, kind);
            bb_jw_text(w, bb_page_error_kind(it->arena, kind));
            bb_jw_array_end(w);
        }
    }
    bb_jw_array_end(w);
}

enum bb_code bb_compare_script_add(const struct bb_site *site, const char *call, const char *name, const char *json,
                                   struct bb_arena *arena, const char **path, struct bb_err *err)
{
    struct bb_buf script = BB_BUF_INIT;
    char digest[BB_SHA256_TEXT];
    bb_buf_printf(&script, "brainboard.%s(", call);
    bb_buf_puts(&script, json);
    bb_buf_puts(&script, ");\n");
    bb_sha256_text(bb_buf_text(&script), script.len, digest);
    *path = bb_arena_printf(arena, "assets/%s-%.8s.js", name, digest);
    enum bb_code code = bb_staging_add(site->staging, *path, bb_buf_text(&script), script.len, err);
    bb_buf_release(&script);
    return code;
}

enum bb_code bb_compare_data_add(const struct bb_site *site, const struct bb_compare *compare, const char **path,
                                 struct bb_err *err)
{
    struct bb_buf json = BB_BUF_INIT;
    struct bb_json_writer w;
    bb_jw_init(&w, &json, 0);
    bb_jw_object(&w);
    write_models(&w, compare);
    bb_jw_key(&w, "quantities");
    bb_jw_array(&w);
    for (size_t i = 0; i < compare->all.n; i++) write_quantity(&w, compare, i);
    bb_jw_array_end(&w);
    write_words(&w, compare);
    write_roles(&w, compare->arena);
    bb_jw_object_end(&w);
    enum bb_code code = bb_compare_script_add(site, "compare", "compare-data", bb_buf_text(&json), compare->arena, path, err);
    bb_buf_release(&json);
    return code;
}
