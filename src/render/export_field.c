#include "render/export_field.h"

#include <math.h>
#include <string.h>

#include "render/page.h"

/* --- fields ----------------------------------------------------------------------------------------------------------- */

static const struct bb_cell *cell_of(const struct bb_results *results, size_t model, size_t node)
{
    return bb_results_cell(results, model, node);
}

static void get_nothing(const struct bb_results *results, size_t model, size_t node, struct bb_paper_cell *cell)
{
    (void)results, (void)model, (void)node, (void)cell; /* names stand in the row */
}

static void get_rank(const struct bb_results *results, size_t model, size_t node, struct bb_paper_cell *cell)
{
    size_t rank = bb_results_aggregate(results, model, node)->rank;
    if (rank) cell->number = (double)rank;
}

static void get_score(const struct bb_results *results, size_t model, size_t node, struct bb_paper_cell *cell)
{
    const struct bb_cell *is = cell_of(results, model, node);
    cell->number = bb_results_aggregate(results, model, node)->score;
    cell->status = bb_view_status(results, model, node);
    if (!bb_node_is_leaf(&results->tree.node[node]) || !is->error_kind) return;
    cell->error = is->error;
    cell->error_kind = is->error_kind;
}

static void get_error(const struct bb_results *results, size_t model, size_t node, struct bb_paper_cell *cell)
{
    if (cell_of(results, model, node)->error_kind) cell->number = cell_of(results, model, node)->error;
}

static void get_error_kind(const struct bb_results *results, size_t model, size_t node, struct bb_paper_cell *cell)
{
    cell->text = cell_of(results, model, node)->error_kind;
}

static void get_raw(const struct bb_results *results, size_t model, size_t node, struct bb_paper_cell *cell)
{
    cell->number = cell_of(results, model, node)->raw;
}

static void get_ceiling(const struct bb_results *results, size_t model, size_t node, struct bb_paper_cell *cell)
{
    cell->number = cell_of(results, model, node)->ceiling;
}

static void get_n(const struct bb_results *results, size_t model, size_t node, struct bb_paper_cell *cell)
{
    size_t n = cell_of(results, model, node)->n;
    if (n) cell->number = (double)n;
}

static void get_layer(const struct bb_results *results, size_t model, size_t node, struct bb_paper_cell *cell)
{
    cell->text = cell_of(results, model, node)->layer;
}

static void get_status(const struct bb_results *results, size_t model, size_t node, struct bb_paper_cell *cell)
{
    enum bb_status status = bb_view_status(results, model, node);
    if (status != BB_CELL_NONE) cell->text = bb_status_names[status];
}

static void get_scored(const struct bb_results *results, size_t model, size_t node, struct bb_paper_cell *cell)
{
    const struct bb_aggregate *aggregate = bb_results_aggregate(results, model, node);
    if (!aggregate->of) return;
    cell->number = (double)aggregate->scored;
    cell->of = aggregate->of;
}

static void get_family(const struct bb_results *results, size_t model, size_t node, struct bb_paper_cell *cell)
{
    (void)node;
    cell->text = results->model[model].family;
}

static void get_submitter(const struct bb_results *results, size_t model, size_t node, struct bb_paper_cell *cell)
{
    (void)node;
    cell->text = results->model[model].submitter;
}

static void get_date(const struct bb_results *results, size_t model, size_t node, struct bb_paper_cell *cell)
{
    (void)node;
    cell->text = results->model[model].date;
}

static const struct bb_paper_field fields[] = {
    {"rank", "Rank", BB_PAPER_RANK, true, get_rank},
    {"model", "Model", BB_PAPER_NAME, false, get_nothing},
    {"score", "Score", BB_PAPER_SCORE, true, get_score},
    {"error", "± Error", BB_PAPER_NUMBER, true, get_error},
    {"error_kind", "Error is", BB_PAPER_TEXT, true, get_error_kind},
    {"raw", "Raw", BB_PAPER_NUMBER, true, get_raw},
    {"ceiling", "Ceiling", BB_PAPER_NUMBER, true, get_ceiling},
    {"n", "n", BB_PAPER_COUNT, true, get_n},
    {"layer", "Layer", BB_PAPER_TEXT, true, get_layer},
    {"status", "Status", BB_PAPER_TEXT, true, get_status},
    {"scored", "Scored", BB_PAPER_COVERAGE, true, get_scored},
    {"family", "Family", BB_PAPER_TEXT, false, get_family},
    {"submitter", "Submitter", BB_PAPER_TEXT, false, get_submitter},
    {"date", "Date", BB_PAPER_TEXT, false, get_date},
};
#define N_FIELDS (sizeof fields / sizeof fields[0])

const struct bb_paper_field *bb_paper_field(const char *name)
{
    for (size_t i = 0; i < N_FIELDS; i++)
        if (bb_streq(fields[i].name, name)) return &fields[i];
    return NULL;
}

static const struct bb_attribute *attribute_of(const struct bb_model *model, const char *name)
{
    for (size_t i = 0; i < model->n_attributes; i++)
        if (bb_streq(model->attribute[i].name, name)) return &model->attribute[i];
    return NULL;
}

struct bb_paper_cell bb_paper_fill(const struct bb_results *results, const struct bb_paper_filler *filler, size_t model)
{
    struct bb_paper_cell cell = {.number = (double)NAN, .error = (double)NAN};
    if (filler->field) {
        filler->field->get(results, model, filler->node, &cell);
        return cell;
    }
    const struct bb_attribute *attribute = attribute_of(&results->model[model], filler->attribute);
    if (!attribute) return cell;
    cell.text = attribute->text;
    if (!attribute->text) cell.number = attribute->number;
    return cell;
}

/* --- columns ---------------------------------------------------------------------------------------------------------- */

void bb_paper_column_of(const struct bb_results *results, const struct bb_paper_field *field, size_t node,
                        struct bb_paper_column *column, struct bb_paper_filler *filler)
{
    bool is_score = field->kind == BB_PAPER_SCORE;
    *column = (struct bb_paper_column){.kind = field->kind,
                                       .key = field->name,
                                       .title = field->title,
                                       .node = field->of_node ? node : BB_NO_NODE,
                                       .is_fine = !is_score,
                                       .ceiling = (double)NAN,
                                       .best = (double)NAN};
    column->lower_better = is_score && results->tree.node[node].lower_better;
    *filler = (struct bb_paper_filler){.field = field, .node = node};
}

static void take_node(const struct bb_results *results, size_t node, struct bb_paper_column *column,
                      struct bb_paper_filler *filler)
{
    bb_paper_column_of(results, bb_paper_field("score"), node, column, filler);
    column->key = results->tree.node[node].id;
    column->title = bb_page_node_title(&results->tree.node[node]);
}

/* "IT.raw": identifiers may have dots themselves, so the field is what follows the last one. */
static bool take_field_of_node(const struct bb_results *results, const char *name, struct bb_arena *arena,
                               struct bb_paper_column *column, struct bb_paper_filler *filler)
{
    const char *dot = strrchr(name, '.');
    const struct bb_paper_field *field = dot ? bb_paper_field(dot + 1) : NULL;
    if (!field || !field->of_node) return false;
    size_t node = bb_tree_find(&results->tree, bb_arena_strndup(arena, name, (size_t)(dot - name)));
    if (node == BB_NO_NODE) return false;
    bb_paper_column_of(results, field, node, column, filler);
    column->key = name;
    column->title = bb_arena_printf(arena, "%s: %s", bb_page_node_title(&results->tree.node[node]), field->title);
    return true;
}

static bool take_attribute(const struct bb_results *results, const char *name, struct bb_paper_column *column,
                           struct bb_paper_filler *filler)
{
    const struct bb_board *board = &results->board;
    bool is_there = false;
    if (bb_starts_with(name, "attribute.")) name += strlen("attribute.");
    for (size_t m = 0; m < results->n_models && !is_there; m++) is_there = attribute_of(&results->model[m], name) != NULL;
    if (!is_there) return false;
    *column = (struct bb_paper_column){.kind = BB_PAPER_NUMBER, .key = name, .title = name, .node = BB_NO_NODE, .is_fine = true};
    column->ceiling = column->best = (double)NAN;
    for (size_t i = 0; i < board->n_attribute_info; i++)
        if (bb_streq(board->attribute_info[i].name, name) && board->attribute_info[i].title)
            column->title = board->attribute_info[i].title;
    *filler = (struct bb_paper_filler){.attribute = name};
    return true;
}

/* "IT.raw" … when the name begins with a node. */
static void know_fields_of_node(const struct bb_results *results, const char *name, struct bb_arena *arena,
                                struct bb_names *known)
{
    const char *dot = strrchr(name, '.');
    const char *node = dot ? bb_arena_strndup(arena, name, (size_t)(dot - name)) : NULL;
    if (!node || bb_tree_find(&results->tree, node) == BB_NO_NODE) return;
    for (size_t i = 0; i < N_FIELDS; i++)
        if (fields[i].of_node) bb_names_add(known, bb_arena_printf(arena, "%s.%s", node, fields[i].name));
}

static enum bb_code no_column(const struct bb_results *results, const char *name, struct bb_arena *arena, struct bb_err *err)
{
    struct bb_names known = {0};
    know_fields_of_node(results, name, arena, &known);
    for (size_t i = 0; i < N_FIELDS; i++) bb_names_add(&known, fields[i].name);
    for (size_t i = 0; i < results->tree.n; i++) bb_names_add(&known, results->tree.node[i].id);
    for (size_t m = 0; m < results->n_models; m++)
        for (size_t i = 0; i < results->model[m].n_attributes; i++) bb_names_add(&known, results->model[m].attribute[i].name);
    const char *near = bb_nearest(name, known.name, known.n);
    enum bb_code code =
        near ? bb_fail(err, BB_EUSAGE, "There is no column \"%s\"; did you mean \"%s\"?", name, near)
             : bb_fail(err, BB_EUSAGE,
                       "There is no column \"%s\": it is no field (rank, model, score, error, raw, ceiling, n, layer, scored, "
                       "family …), no benchmark or group, and no attribute.",
                       name);
    bb_names_release(&known);
    return code;
}

enum bb_code bb_paper_column_named(const struct bb_results *results, size_t node, const char *name, struct bb_arena *arena,
                                   struct bb_paper_column *column, struct bb_paper_filler *filler, struct bb_err *err)
{
    const struct bb_paper_field *field = bb_paper_field(name);
    size_t named = bb_tree_find(&results->tree, name);
    if (field)
        bb_paper_column_of(results, field, node, column, filler);
    else if (named != BB_NO_NODE && results->tree.node[named].publish != BB_PUBLISH_NONE)
        take_node(results, named, column, filler);
    else if (named != BB_NO_NODE)
        return bb_fail(err, BB_EUSAGE, "The scores of \"%s\" are not published, so there is no column of them.", name);
    else if (!take_field_of_node(results, name, arena, column, filler) && !take_attribute(results, name, column, filler))
        return no_column(results, name, arena, err);
    return BB_OK;
}
