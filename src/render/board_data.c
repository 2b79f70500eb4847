#include "render/board_data.h"

#include <math.h>

#include "base/json.h"
#include "base/shortest.h"

enum { LEAF = 1, ENGINEERING = 2, LOWER = 4, NO_AVERAGE = 8, REFERENCE = 1 };
enum { MOST_KINDS = 64 };

struct data {
    const struct bb_site *site;
    const struct bb_results *results;
    const struct bb_view_rows *rows;
    struct bb_arena *arena;
    struct bb_json_writer w;
    size_t *node; /* of the tree, in its order: the table's own and all that may be columns */
    size_t *parent;
    size_t n;
    const char *kind[MOST_KINDS]; /* of errors */
    size_t n_kinds;
};

static const struct bb_node *node_of(const struct data *data, size_t k)
{
    return &data->results->tree.node[data->node[k]];
}

static void collect(struct data *data, size_t node, size_t parent)
{
    const struct bb_tree *tree = &data->results->tree;
    size_t own = data->n;
    data->node[data->n] = node;
    data->parent[data->n++] = parent;
    for (size_t c = 0; c < tree->node[node].n_children; c++) {
        size_t child = tree->child[tree->node[node].first_child + c];
        if (bb_view_is_column(data->results, child, node)) collect(data, child, own);
    }
}

/* --- what groups count that the data does not have --------------------------------------------------------------------- */

static bool is_counted(const struct bb_results *results, size_t node)
{
    for (size_t m = 0; m < results->n_models; m++)
        if (bb_results_aggregate(results, m, node)->of) return true;
    return false;
}

static bool has_unpublished(const struct bb_results *results, size_t node)
{
    for (size_t i = node, end = bb_view_end(&results->tree, node); i < end; i++)
        if (bb_node_is_leaf(&results->tree.node[i]) && results->tree.node[i].publish == BB_PUBLISH_NONE && is_counted(results, i))
            return true;
    return false;
}

static void write_given(struct data *data)
{
    struct bb_json_writer *w = &data->w;
    if (!has_unpublished(data->results, data->node[0])) return;
    bb_jw_key(w, "given");
    bb_jw_object(w);
    for (size_t k = 0; k < data->n; k++) {
        if (bb_node_is_leaf(node_of(data, k)) || !has_unpublished(data->results, data->node[k])) continue;
        bb_jw_key(w, bb_arena_printf(data->arena, "%zu", k));
        bb_jw_array(w);
        for (size_t i = 0; i < data->rows->n; i++) {
            const struct bb_aggregate *aggregate = bb_results_aggregate(data->results, data->rows->model[i], data->node[k]);
            bb_jw_array(w);
            bb_jw_number(w, aggregate->score);
            bb_jw_integer(w, (long)aggregate->scored);
            bb_jw_integer(w, (long)aggregate->of);
            bb_jw_array_end(w);
        }
        bb_jw_array_end(w);
    }
    bb_jw_object_end(w);
}

/* --- the parts --------------------------------------------------------------------------------------------------------- */

static void write_nodes(struct data *data)
{
    struct bb_json_writer *w = &data->w;
    bool is_reference = data->site->options->palette == BB_PALETTE_BRAINSCORE;
    bb_jw_key(w, "nodes");
    bb_jw_array(w);
    for (size_t k = 0; k < data->n; k++) {
        const struct bb_node *node = node_of(data, k);
        long flags = (bb_node_is_leaf(node) ? LEAF : 0) | (node->engineering ? ENGINEERING : 0) |
                     (node->lower_better ? LOWER : 0) | (node->no_average ? NO_AVERAGE : 0);
        bb_jw_array(w);
        bb_jw_text(w, node->id);
        bb_jw_text(w, bb_page_node_title(node));
        bb_jw_integer(w, k ? (long)data->parent[k] : -1);
        bb_jw_integer(w, flags);
        if (is_reference) {
            struct bb_palette_range range = bb_palette_range(data->results, data->node[k]);
            bb_jw_number(w, range.min);
            bb_jw_number(w, range.max);
            bb_jw_integer(w, range.engineering);
        }
        bb_jw_array_end(w);
    }
    bb_jw_array_end(w);
}

static void write_attributes_of(struct bb_json_writer *w, const struct bb_model *model)
{
    bb_jw_object(w);
    for (size_t k = 0; k < model->n_attributes; k++) {
        bb_jw_key(w, model->attribute[k].name);
        if (model->attribute[k].text)
            bb_jw_text(w, model->attribute[k].text);
        else
            bb_jw_number(w, model->attribute[k].number);
    }
    bb_jw_object_end(w);
}

static void write_models(struct data *data)
{
    struct bb_json_writer *w = &data->w;
    bb_jw_key(w, "models");
    bb_jw_array(w);
    for (size_t i = 0; i < data->rows->n; i++) {
        const struct bb_model *model = &data->results->model[data->rows->model[i]];
        bb_jw_array(w);
        bb_jw_text(w, model->id);
        bb_jw_text(w, model->name);
        bb_jw_text(w, model->submitter);
        bb_jw_text(w, model->family);
        bb_jw_integer(w, model->reference ? REFERENCE : 0);
        write_attributes_of(w, model);
        bb_jw_array_end(w);
    }
    bb_jw_array_end(w);
}

static void write_attributes(struct data *data)
{
    const struct bb_board *board = &data->results->board;
    struct bb_json_writer *w = &data->w;
    bb_jw_key(w, "attributes");
    bb_jw_object(w);
    for (size_t k = 0; k < board->n_attribute_info; k++) {
        bb_jw_key(w, board->attribute_info[k].name);
        bb_jw_object(w);
        if (board->attribute_info[k].title) bb_jw_member_text(w, "title", board->attribute_info[k].title);
        if (board->attribute_info[k].unit) bb_jw_member_text(w, "unit", board->attribute_info[k].unit);
        bb_jw_object_end(w);
    }
    bb_jw_object_end(w);
}

static void write_score(struct bb_json_writer *w, const struct bb_cell *cell)
{
    static const char *const instead[BB_N_STATUS] = {
        [BB_CELL_NONE] = "", [BB_CELL_OK] = "", [BB_CELL_FAILED] = "f", [BB_CELL_MISSING] = "m", [BB_CELL_NOT_APPLICABLE] = "n"};
    if (cell->status == BB_CELL_OK && !isnan(cell->score))
        bb_jw_number(w, cell->score);
    else
        bb_jw_text(w, instead[cell->status]);
}

/* Errors are shown with two decimals, and six digits are plenty: full precision would be half of the file. */
static void write_error(struct bb_json_writer *w, const struct bb_cell *cell)
{
    if (cell->status != BB_CELL_OK || !cell->error_kind || !isfinite(cell->error)) {
        bb_jw_null(w);
        return;
    }
    bb_jw_number(w, bb_round_significant(cell->error, 6));
}

static void write_table(struct data *data, const char *key, void (*write)(struct bb_json_writer *, const struct bb_cell *))
{
    struct bb_json_writer *w = &data->w;
    bb_jw_key(w, key);
    bb_jw_array(w);
    for (size_t i = 0; i < data->rows->n; i++) {
        bb_jw_array(w);
        for (size_t k = 0; k < data->n; k++)
            if (bb_node_is_leaf(node_of(data, k))) write(w, bb_results_cell(data->results, data->rows->model[i], data->node[k]));
        bb_jw_array_end(w);
    }
    bb_jw_array_end(w);
}

/* --- what the errors are ------------------------------------------------------------------------------------------------ */

static const char *kind_at(const struct data *data, size_t row, size_t k)
{
    const struct bb_cell *cell = bb_results_cell(data->results, data->rows->model[row], data->node[k]);
    return cell->status == BB_CELL_OK && !isnan(cell->error) ? cell->error_kind : NULL;
}

/* Kinds are few, and NULL is none of them. */
static void see_kind(struct data *data, const char *kind)
{
    size_t at = 0;
    while (at < data->n_kinds && !bb_streq(data->kind[at], kind)) at++;
    if (kind && at == data->n_kinds && at < MOST_KINDS) data->kind[data->n_kinds++] = kind;
}

/* One for all models, or one for each. */
static void write_kind(struct data *data, size_t k)
{
    const char *all = NULL;
    bool is_one = true;
    for (size_t i = 0; i < data->rows->n; i++) {
        const char *kind = kind_at(data, i, k);
        see_kind(data, kind);
        if (!all) all = kind;
        is_one = is_one && (!kind || bb_streq(kind, all));
    }
    if (is_one) {
        bb_jw_text(&data->w, all);
        return;
    }
    bb_jw_array(&data->w);
    for (size_t i = 0; i < data->rows->n; i++) bb_jw_text(&data->w, kind_at(data, i, k));
    bb_jw_array_end(&data->w);
}

static void write_kinds(struct data *data)
{
    struct bb_json_writer *w = &data->w;
    bb_jw_key(w, "kinds");
    bb_jw_array(w);
    for (size_t k = 0; k < data->n; k++)
        if (bb_node_is_leaf(node_of(data, k))) write_kind(data, k);
    bb_jw_array_end(w);
    bb_jw_key(w, "words");
    bb_jw_object(w);
    for (size_t i = 0; i < data->n_kinds; i++) bb_jw_member_text(w, data->kind[i], bb_page_error_kind(data->arena, data->kind[i]));
    bb_jw_object_end(w);
}

static void write_data(struct data *data)
{
    static const char *const policy[] = {
        [BB_MISSING_ZERO] = "zero", [BB_MISSING_SKIP] = "skip", [BB_MISSING_REQUIRE] = "require"};
    struct bb_json_writer *w = &data->w;
    bb_jw_object(w);
    bb_jw_member_text(w, "node", node_of(data, 0)->id);
    bb_jw_member_text(w, "policy", policy[data->results->board.options.missing]);
    bb_jw_member_bool(w, "parity", data->results->parity);
    bb_jw_member_bool(w, "palette", data->site->options->palette == BB_PALETTE_BRAINSCORE);
    write_nodes(data);
    write_models(data);
    write_attributes(data);
    write_given(data);
    write_table(data, "scores", write_score);
    write_table(data, "errors", write_error);
    write_kinds(data);
    bb_jw_object_end(w);
}

static enum bb_code add(struct bb_site *site, size_t node, const struct bb_view_rows *rows, struct bb_arena *arena,
                        struct bb_err *err)
{
    const struct bb_results *results = site->results;
    const char *id = results->tree.node[node].id; /* nothing in it to escape */
    struct data data = {.site = site,
                        .results = results,
                        .rows = rows,
                        .arena = arena,
                        .node = BB_NEW_ARRAY(arena, results->tree.n, size_t),
                        .parent = BB_NEW_ARRAY(arena, results->tree.n, size_t)};
    struct bb_buf script = BB_BUF_INIT;
    char digest[BB_SHA256_TEXT];
    collect(&data, node, 0);
    bb_buf_puts(&script, bb_arena_printf(arena, "brainboard.board(\"%s\",", id));
    bb_jw_init(&data.w, &script, 0);
    write_data(&data);
    bb_buf_puts(&script, ");\n");
    bb_sha256_text(bb_buf_text(&script), script.len, digest);
    site->board_data[node] = (struct bb_board_data){bb_arena_printf(site->arena, "assets/board-%s-%.8s.js", id, digest), node};
    enum bb_code code = bb_staging_add(site->staging, site->board_data[node].path, bb_buf_text(&script), script.len, err);
    bb_buf_release(&script);
    return code;
}

static enum bb_code add_if_any(struct bb_site *site, size_t node, struct bb_err *err)
{
    enum bb_code code = BB_OK;
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_view_rows rows = bb_view_rows(site->results, node, arena);
    if (rows.n) code = add(site, node, &rows, arena, err);
    bb_arena_free(arena);
    return code;
}

/* A benchmark has a table of its own when nothing stands above it, or as an engineering one in a group that is none. */
static bool is_apart(const struct bb_tree *tree, size_t node)
{
    size_t parent = tree->node[node].parent_index;
    return parent == BB_NO_NODE || (tree->node[node].engineering && !tree->node[parent].engineering);
}

enum bb_code bb_board_data_add(struct bb_site *site, struct bb_err *err)
{
    const struct bb_results *results = site->results;
    enum bb_code code = BB_OK;
    site->board_data = BB_NEW_ARRAY(site->arena, results->tree.n + 1, struct bb_board_data);
    for (size_t i = 0; code == BB_OK && i < results->tree.n; i++) { /* parents stand before their children */
        size_t parent = results->tree.node[i].parent_index;
        if (bb_node_is_leaf(&results->tree.node[i])) {
            if (is_apart(&results->tree, i)) code = add_if_any(site, i, err);
            continue;
        }
        if (parent != BB_NO_NODE && site->board_data[parent].path && bb_view_is_column(results, i, parent))
            site->board_data[i] = site->board_data[parent];
        else
            code = add_if_any(site, i, err);
    }
    return code;
}
