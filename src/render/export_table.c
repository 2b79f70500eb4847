#include "render/export_table.h"

#include <math.h>
#include <string.h>

#include "base/file.h"
#include "render/export_field.h"
#include "render/page.h"

/* A table that is being made, and what fills its columns. */
struct maker {
    const struct bb_results *results;
    const struct bb_paper_options *options;
    struct bb_arena *arena;
    struct bb_paper *table;
    struct bb_paper_filler *filler; /* per column */
    size_t cap;
};

static struct maker begin(const struct bb_results *results, const struct bb_paper_options *options, const char *digest,
                          struct bb_arena *arena, struct bb_paper *table, size_t cap)
{
    *table = (struct bb_paper){.board = &results->board, .digest = bb_arena_strdup(arena, digest), .arena = arena};
    table->precision = options->has_precision ? options->precision : -1;
    table->rounds_twice = results->parity;
    table->marks_best = options->marks_best;
    table->has_errors = options->errors;
    table->column = BB_NEW_ARRAY(arena, cap, struct bb_paper_column);
    return (struct maker){results, options, arena, table, BB_NEW_ARRAY(arena, cap, struct bb_paper_filler), cap};
}

static struct bb_paper_column *add_field(struct maker *maker, const char *name, size_t node)
{
    struct bb_paper_column *column = &maker->table->column[maker->table->n_columns];
    bb_paper_column_of(maker->results, bb_paper_field(name), node, column, &maker->filler[maker->table->n_columns++]);
    return column;
}

/* --- columns ---------------------------------------------------------------------------------------------------------- */

static struct bb_paper_column *add_node(struct maker *maker, size_t node)
{
    struct bb_paper_column *column = add_field(maker, "score", node);
    column->key = maker->results->tree.node[node].id;
    column->title = bb_page_node_title(&maker->results->tree.node[node]);
    return column;
}

/* As the leaderboard of the page has them: a heading for each child of the node that has several. */
static void add_board_columns(struct maker *maker, size_t node, const struct bb_view_rows *rows)
{
    const struct bb_results *results = maker->results;
    struct bb_view_columns columns = bb_view_columns(results, node, rows, maker->arena);
    for (size_t i = 0; i < columns.n; i++) {
        size_t top = columns.column[i].top;
        bool is_one = (i == 0 || columns.column[i - 1].top != top) && (i + 1 == columns.n || columns.column[i + 1].top != top);
        struct bb_paper_column *column = add_node(maker, columns.column[i].node);
        if (is_one && columns.column[i].node == top) continue;
        column->group = bb_page_node_title(&results->tree.node[top]);
        if (columns.column[i].node == top) column->title = "Average";
    }
}

static void add_group_columns(struct maker *maker, size_t node, const struct bb_view_rows *rows)
{
    add_field(maker, "rank", rows->ordered_by);
    add_field(maker, "model", node);
    if (!isnan(bb_view_column(maker->results, node, rows).low)) add_node(maker, node);
    if (maker->options->coverage) add_field(maker, "scored", node);
    add_board_columns(maker, node, rows);
}

/* With ± beside the score, its error needs no column. */
static void add_leaf_columns(struct maker *maker, size_t node)
{
    static const char *const names[] = {"rank", "model", "score", "error", "error_kind", "ceiling", "raw", "n", "layer"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        bool is_error = bb_starts_with(names[i], "error");
        if ((is_error && maker->options->errors) || (bb_streq(names[i], "ceiling") && !maker->options->ceilings)) continue;
        add_field(maker, names[i], node)->is_fine = true;
    }
}

static size_t count_names(const char *list)
{
    size_t n = 1;
    for (const char *p = list; *p; p++) n += *p == ',';
    return n;
}

static enum bb_code add_named_columns(struct maker *maker, size_t node, const struct bb_view_rows *rows, struct bb_err *err)
{
    for (const char *at = maker->options->columns; at;) {
        size_t len = strcspn(at, ",");
        const char *name = bb_arena_strndup(maker->arena, at, len);
        size_t k = maker->table->n_columns;
        struct bb_paper_column *column = &maker->table->column[k];
        enum bb_code code = bb_paper_column_named(maker->results, node, name, maker->arena, column, &maker->filler[k], err);
        if (code != BB_OK) return code;
        if (bb_streq(name, "rank")) maker->filler[k].node = column->node = rows->ordered_by;
        maker->table->n_columns++;
        at = at[len] ? at + len + 1 : NULL;
    }
    return BB_OK;
}

/* --- rows and cells --------------------------------------------------------------------------------------------------- */

static bool is_wanted(const struct bb_paper_options *options, size_t model)
{
    for (size_t i = 0; i < options->n_models; i++)
        if (options->model[i] == model) return true;
    return options->model == NULL;
}

static void add_model_rows(struct maker *maker, const struct bb_view_rows *rows)
{
    struct bb_paper *table = maker->table;
    table->row = BB_NEW_ARRAY(maker->arena, rows->n + 1, struct bb_paper_row);
    table->n_all = rows->n;
    for (size_t i = 0; i < rows->n; i++) {
        const struct bb_model *model = &maker->results->model[rows->model[i]];
        if (!is_wanted(maker->options, rows->model[i]) || (maker->options->top && table->n_rows == maker->options->top)) continue;
        table->row[table->n_rows++] = (struct bb_paper_row){
            .id = model->id, .name = model->name, .index = rows->model[i], .is_reference = model->reference};
    }
}

static void fill_models(struct maker *maker)
{
    struct bb_paper *table = maker->table;
    table->cell = BB_NEW_ARRAY(maker->arena, table->n_rows * table->n_columns + 1, struct bb_paper_cell);
    for (size_t r = 0; r < table->n_rows; r++)
        for (size_t c = 0; c < table->n_columns; c++)
            table->cell[r * table->n_columns + c] = bb_paper_fill(maker->results, &maker->filler[c], table->row[r].index);
}

/* Ties are among all models of the board, not only those of the table. */
static void mark_ties(struct maker *maker, size_t c)
{
    const struct bb_results *results = maker->results;
    struct bb_paper *table = maker->table;
    size_t *n = BB_NEW_ARRAY(maker->arena, results->n_models + 2, size_t);
    for (size_t m = 0; m < results->n_models; m++) n[bb_results_aggregate(results, m, maker->filler[c].node)->rank]++;
    for (size_t r = 0; r < table->n_rows; r++) {
        struct bb_paper_cell *cell = &table->cell[r * table->n_columns + c];
        cell->is_tied = !isnan(cell->number) && n[(size_t)cell->number] > 1;
    }
}

static void find_best(struct bb_paper *table, size_t c)
{
    struct bb_paper_column *column = &table->column[c];
    size_t n = 0;
    for (size_t r = 0; r < table->n_rows; r++) {
        double value = bb_paper_at(table, r, c)->number;
        if (isnan(value) || table->row[r].is_reference) continue;
        column->best = n++ == 0 ? value : column->lower_better ? fmin(column->best, value) : fmax(column->best, value);
    }
    if (n < 2) column->best = (double)NAN;
}

/* Drops what no row has, so that a table has no empty columns. Names and scores stay. */
static bool is_empty(const struct bb_paper *table, size_t c)
{
    enum bb_paper_kind kind = table->column[c].kind;
    if (kind == BB_PAPER_NAME || kind == BB_PAPER_SCORE) return false;
    for (size_t r = 0; r < table->n_rows; r++)
        if (!isnan(bb_paper_at(table, r, c)->number) || bb_paper_at(table, r, c)->text) return false;
    return true;
}

static void drop_empty(struct maker *maker)
{
    struct bb_paper *table = maker->table;
    size_t n = 0, *kept = BB_NEW_ARRAY(maker->arena, table->n_columns + 1, size_t);
    for (size_t c = 0; c < table->n_columns; c++)
        if (!is_empty(table, c)) kept[n++] = c;
    for (size_t r = 0; r < table->n_rows; r++) /* moves to the front: what is read lies behind what is written */
        for (size_t k = 0; k < n; k++) table->cell[r * n + k] = table->cell[r * table->n_columns + kept[k]];
    for (size_t k = 0; k < n; k++) {
        table->column[k] = table->column[kept[k]];
        maker->filler[k] = maker->filler[kept[k]];
    }
    table->n_columns = n;
}

/* --- what is said once ------------------------------------------------------------------------------------------------ */

static void add_note(struct bb_paper *table, const char *sentence)
{
    table->note[table->n_notes++] = sentence;
}

/* The kind of all errors of the column, or NULL: there is none, or several. */
static const char *shared_kind(const struct bb_paper *table, size_t c, bool from_text)
{
    const char *kind = NULL;
    for (size_t r = 0; r < table->n_rows; r++) {
        const struct bb_paper_cell *cell = bb_paper_at(table, r, c);
        const char *is = from_text ? cell->text : cell->error_kind;
        if (kind && is && strcmp(kind, is) != 0) return NULL;
        if (is) kind = is;
    }
    return kind;
}

static void note_errors(struct maker *maker)
{
    struct bb_paper *table = maker->table;
    const char *kind = NULL;
    bool differ = false;
    for (size_t c = 0; c < table->n_columns; c++) {
        struct bb_paper_column *column = &table->column[c];
        bool from_text = bb_streq(maker->filler[c].field ? maker->filler[c].field->name : NULL, "error_kind");
        if (!from_text && !column->has_errors) continue;
        const char *is = shared_kind(table, c, from_text);
        differ = differ || !is || (kind && strcmp(kind, is) != 0);
        kind = is ? is : kind;
        if (from_text) {
            column->is_data = is != NULL || bb_streq(table->row_word, "benchmark");
            for (size_t r = 0; r < table->n_rows; r++) {
                struct bb_paper_cell *cell = &table->cell[r * table->n_columns + c];
                cell->words = bb_page_error_kind(maker->arena, cell->text);
            }
        }
    }
    if (kind && !differ)
        add_note(table, bb_arena_printf(maker->arena, "± is the %s.", bb_page_error_kind(maker->arena, kind)));
    else if (differ && (table->has_errors || bb_streq(table->row_word, "benchmark")))
        add_note(table, "± is the error that each benchmark states.");
}

/* The same n in all rows is said once. */
static void note_counts(struct maker *maker)
{
    struct bb_paper *table = maker->table;
    for (size_t c = 0; c < table->n_columns; c++) {
        double n = (double)NAN;
        bool is_one = bb_streq(table->column[c].key, "n");
        for (size_t r = 0; r < table->n_rows && is_one; r++) {
            double is = bb_paper_at(table, r, c)->number;
            is_one = isnan(is) || isnan(n) || is == n;
            if (!isnan(is)) n = is;
        }
        if (!is_one || isnan(n)) continue;
        table->column[c].is_data = true;
        add_note(table, bb_arena_printf(maker->arena, "n = %.0f.", n));
    }
}

static bool has_status(const struct bb_paper *table, enum bb_status status)
{
    for (size_t r = 0; r < table->n_rows; r++)
        for (size_t c = 0; c < table->n_columns; c++)
            if (table->column[c].kind == BB_PAPER_SCORE && bb_paper_at(table, r, c)->status == status &&
                isnan(bb_paper_at(table, r, c)->number))
                return true;
    return false;
}

static bool is_simulated(const struct bb_paper *table, const struct bb_results *results)
{
    for (size_t c = 0; c < table->n_columns; c++)
        if (table->column[c].node != BB_NO_NODE && bb_page_simulated(results, table->column[c].node)) return true;
    return false;
}

static bool has_average(const struct bb_paper *table, const struct bb_results *results)
{
    for (size_t c = 0; c < table->n_columns; c++)
        if (table->column[c].kind == BB_PAPER_SCORE && table->column[c].node != BB_NO_NODE &&
            !bb_node_is_leaf(&results->tree.node[table->column[c].node]))
            return true;
    return false;
}

static void note_rows(struct bb_paper *table)
{
    bool any = false;
    for (size_t r = 0; r < table->n_rows; r++) any |= table->row[r].is_reference;
    if (any) add_note(table, "Rows without a rank are references.");
}

static void finish(struct maker *maker)
{
    struct bb_paper *table = maker->table;
    const struct bb_results *results = maker->results;
    table->note = BB_NEW_ARRAY(maker->arena, 8, const char *);
    drop_empty(maker);
    for (size_t c = 0; c < table->n_columns; c++) {
        struct bb_paper_column *column = &table->column[c];
        const struct bb_node *node = column->node == BB_NO_NODE ? NULL : &results->tree.node[column->node];
        if (column->kind == BB_PAPER_RANK && node) mark_ties(maker, c);
        if (column->kind != BB_PAPER_SCORE) continue;
        find_best(table, c);
        for (size_t r = 0; r < table->n_rows; r++) column->has_errors |= !isnan(bb_paper_at(table, r, c)->error);
        column->has_errors = column->has_errors && table->has_errors;
        if (maker->options->ceilings && node && node->publish != BB_PUBLISH_NONE && bb_node_is_leaf(node))
            column->ceiling = results->facts[column->node].ceiling.value;
    }
    note_errors(maker);
    if (!maker->options->columns) note_counts(maker);
    if (has_average(table, results) || bb_streq(table->row_word, "benchmark")) add_note(table, bb_page_missing_line(results));
    if (has_status(table, BB_CELL_MISSING)) add_note(table, "–: the model was not run.");
    if (has_status(table, BB_CELL_NOT_APPLICABLE)) add_note(table, "n/a: it cannot be measured.");
    note_rows(table);
    if (results->board.simulated || is_simulated(table, results))
        add_note(table, "What is compared was simulated, not measured.");
}

/* --- the two tables --------------------------------------------------------------------------------------------------- */

/* The average of a domain is called by the domain. */
static const char *title_of(const struct bb_results *results, size_t node, struct bb_arena *arena)
{
    const struct bb_node *is = &results->tree.node[node];
    const char *title = bb_page_node_title(is);
    if (is->parent_index != BB_NO_NODE || !is->domain) return title;
    const char *domain = bb_page_title_case(arena, is->domain);
    return bb_starts_with(title, "Average") || bb_strcaseeq(title, domain) ? domain
                                                                           : bb_arena_printf(arena, "%s, %s", domain, title);
}

enum bb_code bb_paper_of_node(const struct bb_results *results, const struct bb_paper_options *options, const char *digest,
                              struct bb_arena *arena, struct bb_paper *out, struct bb_err *err)
{
    const struct bb_node *node = &results->tree.node[options->node];
    struct bb_view_rows rows = bb_view_rows(results, options->node, arena);
    size_t cap = results->tree.n + 16 + (options->columns ? count_names(options->columns) : 0);
    struct maker maker = begin(results, options, digest, arena, out, cap);
    out->name = node->id;
    out->title = title_of(results, options->node, arena);
    out->row_word = "model";
    if (options->columns) {
        enum bb_code code = add_named_columns(&maker, options->node, &rows, err);
        if (code != BB_OK) return code;
    } else if (bb_node_is_leaf(node)) {
        add_leaf_columns(&maker, options->node);
    } else {
        add_group_columns(&maker, options->node, &rows);
    }
    add_model_rows(&maker, &rows);
    fill_models(&maker);
    finish(&maker);
    return BB_OK;
}

/* How many models have a rank at the node of the row: "12" says little without it. */
static double count_ranked(const struct bb_results *results, size_t node)
{
    size_t n = 0;
    for (size_t m = 0; m < results->n_models; m++) n += bb_results_aggregate(results, m, node)->rank > 0;
    return n ? (double)n : (double)NAN;
}

static void fill_nodes(struct maker *maker, size_t model)
{
    struct bb_paper *table = maker->table;
    table->cell = BB_NEW_ARRAY(maker->arena, table->n_rows * table->n_columns + 1, struct bb_paper_cell);
    for (size_t r = 0; r < table->n_rows; r++)
        for (size_t c = 0; c < table->n_columns; c++) {
            struct bb_paper_filler filler = maker->filler[c];
            struct bb_paper_cell *cell = &table->cell[r * table->n_columns + c];
            filler.node = table->row[r].index;
            *cell = bb_paper_fill(maker->results, &filler, model);
            if (bb_streq(table->column[c].key, "ranked")) cell->number = count_ranked(maker->results, filler.node);
            if (table->column[c].kind != BB_PAPER_RANK || isnan(cell->number)) continue;
            for (size_t m = 0; m < maker->results->n_models && !cell->is_tied; m++)
                cell->is_tied = m != model && bb_results_aggregate(maker->results, m, filler.node)->rank == (size_t)cell->number;
        }
}

void bb_paper_of_model(const struct bb_results *results, size_t model, const struct bb_paper_options *options, const char *digest,
                       struct bb_arena *arena, struct bb_paper *out)
{
    static const char *const names[] = {"model", "score", "error", "error_kind", "ceiling", "raw", "n", "rank", "layer"};
    const struct bb_tree *tree = &results->tree;
    struct maker maker = begin(results, options, digest, arena, out, 16);
    out->name = results->model[model].id;
    out->title = results->model[model].name;
    out->row_word = "benchmark";
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (bb_starts_with(names[i], "error") && options->errors) continue;
        struct bb_paper_column *column = add_field(&maker, names[i], 0);
        column->is_fine = true;
        column->node = BB_NO_NODE; /* each row has its own */
        column->lower_better = false;
        if (column->kind == BB_PAPER_NAME) column->title = "Benchmark";
        if (column->kind != BB_PAPER_RANK) continue;
        column = add_field(&maker, "n", 0);
        column->key = "ranked";
        column->title = "of";
        column->node = BB_NO_NODE;
    }
    out->row = BB_NEW_ARRAY(arena, tree->n + 1, struct bb_paper_row);
    for (size_t i = 0; i < tree->n; i++) {
        bool says = bb_view_status(results, model, i) != BB_CELL_NONE || bb_results_aggregate(results, model, i)->scored > 0;
        if (!says || tree->node[i].publish == BB_PUBLISH_NONE || !bb_view_has_answer(results, model, i)) continue;
        out->row[out->n_rows++] = (struct bb_paper_row){
            .id = tree->node[i].id, .name = bb_page_node_title(&tree->node[i]), .depth = tree->node[i].depth, .index = i};
    }
    out->n_all = out->n_rows;
    out->marks_best = false; /* of different benchmarks */
    fill_nodes(&maker, model);
    finish(&maker);
}
