#include <math.h>

#include "base/log.h"
#include "cli/import_table.h"

struct listing {
    const struct bb_import_table *table;
    struct bb_import *project;
    size_t column[BB_N_ROLES];
    size_t *attribute; /* column of the table → column of the attributes, or BB_IMPORT_NONE */
    size_t root;
    size_t n_empty; /* rows without a number */
};

/* --- columns ------------------------------------------------------------------------------------------------------ */

static void pick_attributes(struct listing *l, const struct bb_args *args)
{
    const struct bb_import_table *table = l->table;
    bool *picked = BB_NEW_ARRAY(args->arena, table->n_columns, bool);
    bb_import_columns_listed(table, "--attributes", args->attributes, args->arena, l->project->diags, picked);
    l->attribute = BB_NEW_ARRAY(args->arena, table->n_columns, size_t);
    for (size_t c = 0; c < table->n_columns; c++)
        l->attribute[c] = picked[c] ? bb_import_attribute_column(l->project, table->column[c]) : BB_IMPORT_NONE;
}

static bool has_role(const struct listing *l, size_t column)
{
    for (int role = 0; role < BB_N_ROLES; role++)
        if (l->column[role] == column) return true;
    return false;
}

static void say_what_was_guessed(const struct listing *l)
{
    struct bb_buf roles = BB_BUF_INIT, rest = BB_BUF_INIT;
    for (int role = 0; role < BB_N_ROLES; role++)
        if (l->column[role] != BB_IMPORT_NONE)
            bb_buf_printf(&roles, "%s%s = %s", roles.len ? ", " : "", bb_import_role_names[role],
                          l->table->column[l->column[role]]);
    for (size_t c = 0; c < l->table->n_columns; c++)
        if (!has_role(l, c) && l->attribute[c] == BB_IMPORT_NONE)
            bb_buf_printf(&rest, "%s%s", rest.len ? ", " : "", l->table->column[c]);
    bb_log_info("a row per score; columns: %s (change them with --columns)", roles.data);
    if (rest.len) bb_log_info("columns left out: %s (keep them with --attributes)", rest.data);
    bb_buf_release(&roles);
    bb_buf_release(&rest);
}

/* Says which column is missing. */
static bool has_needed(const struct listing *l)
{
    const size_t *column = l->column;
    struct bb_place place = {.file = l->table->path, .line = l->table->header_line};
    for (int role = BB_ROLE_MODEL; role <= BB_ROLE_BENCHMARK; role++)
        if (column[role] == BB_IMPORT_NONE)
            bb_diag_add(l->project->diags, BB_ERROR, place,
                        "no column is the %s of a score; say which with --columns %s=NAME, or --layout wide",
                        bb_import_role_names[role], bb_import_role_names[role]);
    if (column[BB_ROLE_SCORE] == BB_IMPORT_NONE && column[BB_ROLE_RAW] == BB_IMPORT_NONE)
        bb_diag_add(l->project->diags, BB_ERROR, place,
                    "no column is the score; say which with --columns score=NAME, or raw=NAME");
    return l->project->diags->n_errors == 0;
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

/* "" when the table has no such column. */
static const char *text_at(const struct listing *l, size_t row, enum bb_import_role role)
{
    return l->column[role] == BB_IMPORT_NONE ? "" : bb_import_cell(l->table, row, l->column[role]);
}

static double number_at(const struct listing *l, size_t row, enum bb_import_role role)
{
    const char *text = text_at(l, row, role);
    double value = (double)NAN;
    const char *name = bb_import_role_names[role];
    if (bb_parse_number(text, &value, NULL)) return value;
    if (role == BB_ROLE_SCORE || role == BB_ROLE_RAW)
        bb_diag_add(l->project->diags, BB_ERROR, bb_import_row_place(l->table, row), "%s \"%s\" is not a number", name, text);
    else
        bb_diag_add(l->project->diags, BB_ERROR, bb_import_row_place(l->table, row),
                    "%s \"%s\" is not a number; --columns %s= leaves the column out", name, text, name);
    return value;
}

static long version_at(const struct listing *l, size_t row)
{
    double value = number_at(l, row, BB_ROLE_VERSION);
    if (isnan(value)) return 0;
    if (value >= 1 && value <= 1e6 && value == floor(value)) return (long)value;
    bb_diag_add(l->project->diags, BB_ERROR, bb_import_row_place(l->table, row),
                "version %g is not a whole number from 1 to 1000000", value);
    return 0;
}

static bool computes_scores(const struct listing *l)
{
    return l->column[BB_ROLE_SCORE] == BB_IMPORT_NONE && l->column[BB_ROLE_CEILING] != BB_IMPORT_NONE;
}

static size_t place_leaf(struct listing *l, const char *name, const char *region)
{
    struct bb_import *project = l->project;
    size_t parent = l->root;
    if (*region) {
        parent = bb_import_find_group(project, region);
        if (parent == BB_IMPORT_NONE) parent = bb_import_group(project, l->root, region);
    }
    size_t leaf = bb_import_leaf(project, parent, name);
    project->node[leaf].region = *region ? region : NULL;
    if (computes_scores(l)) project->node[leaf].normalise = "ratio";
    return leaf;
}

static size_t find_leaf(struct listing *l, size_t row)
{
    const char *name = text_at(l, row, BB_ROLE_BENCHMARK), *region = text_at(l, row, BB_ROLE_REGION);
    size_t leaf = bb_import_find_leaf(l->project, name);
    if (leaf == BB_IMPORT_NONE) return place_leaf(l, name, region);
    const char *known = l->project->node[leaf].region;
    if (!bb_streq(known ? known : "", region))
        bb_diag_add(l->project->diags, BB_ERROR, bb_import_row_place(l->table, row),
                    "the region of \"%s\" is \"%s\" here and \"%s\" above; --columns region= leaves regions out", name, region,
                    known ? known : "");
    return leaf;
}

static void read_row(struct listing *l, size_t row)
{
    struct bb_import *project = l->project;
    struct bb_place place = bb_import_row_place(l->table, row);
    const char *layer = text_at(l, row, BB_ROLE_LAYER);
    struct bb_import_score score = {
        .version = version_at(l, row),
        .layer = *layer ? layer : NULL,
        .raw = number_at(l, row, BB_ROLE_RAW),
        .ceiling = number_at(l, row, BB_ROLE_CEILING),
        .score = number_at(l, row, BB_ROLE_SCORE),
        .error = number_at(l, row, BB_ROLE_ERROR),
    };
    for (int role = BB_ROLE_MODEL; role <= BB_ROLE_BENCHMARK; role++) {
        if (*text_at(l, row, (enum bb_import_role)role)) continue;
        bb_diag_add(project->diags, BB_ERROR, place, "the row names no %s", bb_import_role_names[role]);
        return;
    }
    score.model = bb_import_model(project, text_at(l, row, BB_ROLE_MODEL));
    for (size_t c = 0; c < l->table->n_columns; c++) {
        const char *value = bb_import_cell(l->table, row, c);
        if (l->attribute[c] != BB_IMPORT_NONE && *value) bb_import_attribute(project, score.model, l->attribute[c], value, place);
    }
    score.node = find_leaf(l, row);
    if (isnan(score.raw) && isnan(score.score))
        l->n_empty++;
    else
        bb_import_score(project, &score);
}

void bb_import_long(const struct bb_import_table *table, const struct bb_args *args, struct bb_import *project)
{
    struct listing l = {.table = table, .project = project};
    bb_import_guess(table, args, project->diags, l.column);
    pick_attributes(&l, args);
    if (project->diags->n_errors || !has_needed(&l)) return;
    say_what_was_guessed(&l);
    l.root = bb_import_root(project, args->domain ? args->domain : "vision");
    for (size_t row = 0; row < table->n_rows; row++) read_row(&l, row);
    if (computes_scores(&l) && !project->diags->n_errors)
        bb_log_info("no column has the score: it will be raw / ceiling; benchmarks.json (\"normalise\") is where to change that");
    if (l.n_empty && !project->diags->n_errors)
        bb_log_info("rows without a number, whose cells count as not run: %zu", l.n_empty);
}
