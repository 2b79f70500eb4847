#include <math.h>

#include "base/log.h"
#include "cli/import_table.h"

enum use { USE_NONE, USE_MODEL, USE_BENCHMARK, USE_ATTRIBUTE };

struct columns {
    enum use *use;
    size_t model;
    bool *asked;        /* as --benchmarks says */
    size_t *number;     /* of the benchmark or attribute that a column is */
    size_t *model_line; /* per model: its row */
};

/* --- what each column is ------------------------------------------------------------------------------------------ */

static bool is_number(const char *text, bool *missing)
{
    double value;
    return bb_parse_number(text, &value, missing);
}

/* A column is of numbers when most of what it has is numbers; the rest of it is then wrong, and is said to be. */
static bool is_numeric(const struct bb_import_table *table, size_t column)
{
    size_t n_numbers = 0, n_texts = 0;
    for (size_t row = 0; row < table->n_rows; row++) {
        bool missing = false;
        if (!is_number(bb_import_cell(table, row, column), &missing))
            n_texts++;
        else if (!missing)
            n_numbers++;
    }
    return n_numbers > n_texts;
}

/* --benchmarks alone: the other columns are attributes. --attributes alone: the other numbers are benchmarks. Both: nothing else is kept. */
static enum use use_of(const struct bb_import_table *table, const struct bb_args *args, const bool *benchmark,
                       const bool *attribute, size_t c)
{
    if (!*table->column[c]) return USE_NONE;
    if (benchmark[c]) return USE_BENCHMARK;
    if (attribute[c]) return USE_ATTRIBUTE;
    if (args->benchmarks) return args->attributes ? USE_NONE : USE_ATTRIBUTE;
    return is_numeric(table, c) ? USE_BENCHMARK : USE_ATTRIBUTE;
}

static void say_columns(const struct bb_import_table *table, const struct columns *columns, enum use use, const char *what,
                        const char *advice)
{
    struct bb_buf names = BB_BUF_INIT;
    size_t n = 0;
    for (size_t c = 0; c < table->n_columns; c++) {
        if (columns->use[c] != use) continue;
        const char *name = *table->column[c] ? table->column[c] : "(without a name)";
        bb_buf_printf(&names, "%s%s", n++ ? ", " : "", name);
    }
    if (n) bb_log_info("%s: %s%s", what, names.data, advice);
    bb_buf_release(&names);
}

static bool find_columns(const struct bb_import_table *table, const struct bb_args *args, struct bb_diags *diags,
                         struct columns *columns)
{
    size_t role[BB_N_ROLES];
    bool *attribute = BB_NEW_ARRAY(args->arena, table->n_columns, bool);
    columns->use = BB_NEW_ARRAY(args->arena, table->n_columns, enum use);
    columns->asked = BB_NEW_ARRAY(args->arena, table->n_columns, bool);
    bb_import_guess(table, args, diags, role);
    bb_import_columns_listed(table, "--benchmarks", args->benchmarks, args->arena, diags, columns->asked);
    bb_import_columns_listed(table, "--attributes", args->attributes, args->arena, diags, attribute);
    columns->model = role[BB_ROLE_MODEL] == BB_IMPORT_NONE ? 0 : role[BB_ROLE_MODEL];
    for (size_t c = 0; c < table->n_columns; c++) columns->use[c] = use_of(table, args, columns->asked, attribute, c);
    columns->use[columns->model] = USE_MODEL;
    if (diags->n_errors) return false;
    say_columns(table, columns, USE_MODEL, "a row per model; column with the models",
                args->model_column ? "" : " (change it with --model-column)");
    say_columns(table, columns, USE_BENCHMARK, "benchmarks",
                args->benchmarks   ? ""
                : args->attributes ? " (all other columns of numbers)"
                                   : " (all columns of numbers; say otherwise with --benchmarks or --attributes)");
    say_columns(table, columns, USE_ATTRIBUTE, "attributes", "");
    say_columns(table, columns, USE_NONE, "left out", "");
    return true;
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static void read_score(const struct bb_import_table *table, size_t row, size_t c, const struct columns *columns, size_t model,
                       size_t node, struct bb_import *project)
{
    const char *text = bb_import_cell(table, row, c);
    struct bb_import_score score = {
        .model = model, .node = node, .raw = (double)NAN, .ceiling = (double)NAN, .error = (double)NAN};
    if (!bb_parse_number(text, &score.score, NULL))
        bb_diag_add(project->diags, BB_ERROR, bb_import_row_place(table, row), "%s of the model \"%s\" is \"%s\", not a number%s",
                    table->column[c], project->model[model].name, text,
                    columns->asked[c] ? "" : "; to keep the column as texts, name it in --attributes");
    else if (!isnan(score.score))
        bb_import_score(project, &score);
}

static void read_row(const struct bb_import_table *table, size_t row, const struct columns *columns, struct bb_import *project)
{
    const char *name = bb_import_cell(table, row, columns->model);
    struct bb_place place = bb_import_row_place(table, row);
    size_t known = project->n_models;
    if (!*name) {
        bb_diag_add(project->diags, BB_ERROR, place, "the row names no model (column \"%s\")", table->column[columns->model]);
        return;
    }
    size_t model = bb_import_model(project, name);
    if (model < known) {
        bb_diag_add(project->diags, BB_ERROR, place,
                    "the model \"%s\" is on line %zu already; keep one row, or tell them apart by name", name,
                    columns->model_line[model]);
        return;
    }
    columns->model_line[model] = place.line;
    for (size_t c = 0; c < table->n_columns; c++) {
        const char *value = bb_import_cell(table, row, c);
        if (columns->use[c] == USE_BENCHMARK)
            read_score(table, row, c, columns, model, columns->number[c], project);
        else if (columns->use[c] == USE_ATTRIBUTE && *value)
            bb_import_attribute(project, model, columns->number[c], value, place);
    }
}

void bb_import_wide(const struct bb_import_table *table, const struct bb_args *args, struct bb_import *project)
{
    struct columns columns = {0};
    if (!find_columns(table, args, project->diags, &columns)) return;
    columns.number = BB_NEW_ARRAY(args->arena, table->n_columns, size_t);
    columns.model_line = BB_NEW_ARRAY(args->arena, table->n_rows, size_t);
    size_t root = bb_import_root(project, args->domain ? args->domain : "vision");
    for (size_t c = 0; c < table->n_columns; c++) {
        if (columns.use[c] == USE_BENCHMARK)
            columns.number[c] = bb_import_leaf(project, root, table->column[c]);
        else if (columns.use[c] == USE_ATTRIBUTE)
            columns.number[c] = bb_import_attribute_column(project, table->column[c]);
    }
    for (size_t row = 0; row < table->n_rows; row++) read_row(table, row, &columns, project);
}
