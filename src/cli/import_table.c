#include "cli/import_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/text.h"
#include "store/table_file.h"

/* --- reading ------------------------------------------------------------------------------------------------------ */

struct reading {
    struct bb_import_table *table;
    struct bb_arena *arena;
    const char **cell; /* grows; copied into the arena at the end */
    size_t *line;
    size_t cell_cap, line_cap;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static const char *trimmed(struct bb_arena *arena, const char *text, size_t len)
{
    while (len && is_blank(text[len - 1])) len--;
    while (len && is_blank(*text)) text++, len--;
    return bb_arena_strndup(arena, text, len);
}

static enum bb_code read_header(struct reading *reading, const struct bb_csv_field *field, size_t n, size_t line,
                                struct bb_err *err)
{
    struct bb_import_table *table = reading->table;
    table->column = BB_NEW_ARRAY(reading->arena, n, const char *);
    table->header_line = line;
    for (size_t i = 0; i < n; i++) {
        const char *name = trimmed(reading->arena, field[i].text, field[i].len);
        size_t same = *name ? bb_import_column(table, name) : BB_IMPORT_NONE;
        table->column[table->n_columns++] = name;
        if (same != BB_IMPORT_NONE)
            return bb_fail(err, BB_EINPUT, "line %zu: two columns are called \"%s\" (%zu and %zu); rename one", line, name,
                           same + 1, i + 1);
    }
    return BB_OK;
}

static enum bb_code read_row(void *ctx, const struct bb_csv_field *field, size_t n, size_t line, struct bb_err *err)
{
    struct reading *reading = ctx;
    struct bb_import_table *table = reading->table;
    if (!table->column) return read_header(reading, field, n, line, err);
    if (n != table->n_columns)
        return bb_fail(err, BB_EINPUT, "line %zu: the row has %zu field%s, the header %zu", line, n, n == 1 ? "" : "s",
                       table->n_columns);
    size_t at = table->n_rows * n;
    reading->cell = bb_grow(reading->cell, &reading->cell_cap, at + n, sizeof *reading->cell);
    reading->line = bb_grow(reading->line, &reading->line_cap, table->n_rows + 1, sizeof *reading->line);
    for (size_t i = 0; i < n; i++) reading->cell[at + i] = trimmed(reading->arena, field[i].text, field[i].len);
    reading->line[table->n_rows++] = line;
    return BB_OK;
}

enum bb_code bb_import_table_read(const char *path, struct bb_arena *arena, struct bb_import_table *out, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    struct reading reading = {.table = out, .arena = arena};
    *out = (struct bb_import_table){.path = path};
    enum bb_code code = bb_table_file_bytes(path, &text, err);
    if (code == BB_OK) {
        code = bb_csv_parse(bb_buf_text(&text), text.len, 0, read_row, &reading, err);
        if (code == BB_OK && !out->n_rows)
            code = bb_fail(err, BB_EINPUT, out->column ? "the file has a header and no rows" : "the file is empty");
        if (code != BB_OK) bb_err_wrap(err, code, "%s", path);
    }
    if (code == BB_OK) {
        out->cell = BB_NEW_ARRAY(arena, out->n_rows * out->n_columns, const char *);
        out->line = BB_NEW_ARRAY(arena, out->n_rows, size_t);
        memcpy(out->cell, reading.cell, out->n_rows * out->n_columns * sizeof *out->cell);
        memcpy(out->line, reading.line, out->n_rows * sizeof *out->line);
    }
    free(reading.cell);
    free(reading.line);
    bb_buf_release(&text);
    return code;
}

struct bb_place bb_import_row_place(const struct bb_import_table *table, size_t row)
{
    return (struct bb_place){.file = table->path, .line = table->line[row]};
}

/* --- columns by name ---------------------------------------------------------------------------------------------- */

size_t bb_import_column(const struct bb_import_table *table, const char *name)
{
    for (size_t i = 0; i < table->n_columns; i++)
        if (bb_strcaseeq(table->column[i], name)) return i;
    return BB_IMPORT_NONE;
}

/* "a", "b", "c" … as messages list them. */
static const char *all_columns(const struct bb_import_table *table, struct bb_arena *arena)
{
    const char *all = "";
    for (size_t i = 0; i < table->n_columns; i++) all = bb_arena_printf(arena, "%s%s%s", all, i ? ", " : "", table->column[i]);
    return all;
}

size_t bb_import_column_given(const struct bb_import_table *table, const char *option, const char *name, struct bb_arena *arena,
                              struct bb_diags *diags)
{
    size_t at = bb_import_column(table, name);
    if (at != BB_IMPORT_NONE) return at;
    const char *near = bb_nearest(name, table->column, table->n_columns);
    struct bb_place place = {.file = table->path, .line = table->header_line};
    if (near)
        bb_diag_add(diags, BB_ERROR, place, "%s: no column \"%s\"; did you mean \"%s\"?", option, name, near);
    else
        bb_diag_add(diags, BB_ERROR, place, "%s: no column \"%s\"; the file has %s", option, name, all_columns(table, arena));
    return BB_IMPORT_NONE;
}

/* The next part of "a,b,c" without blanks around it, *list moved behind it; NULL at the end. */
static const char *next_part(const char **list, struct bb_arena *arena)
{
    if (!*list) return NULL;
    size_t len = strcspn(*list, ",");
    const char *part = trimmed(arena, *list, len);
    *list = (*list)[len] ? *list + len + 1 : NULL;
    return part;
}

void bb_import_columns_listed(const struct bb_import_table *table, const char *option, const char *list, struct bb_arena *arena,
                              struct bb_diags *diags, bool *picked)
{
    for (const char *name; (name = next_part(&list, arena));) {
        size_t at = bb_import_column_given(table, option, name, arena, diags);
        if (at != BB_IMPORT_NONE) picked[at] = true;
    }
}

/* --- what columns mean -------------------------------------------------------------------------------------------- */

const char *const bb_import_role_names[BB_N_ROLES] = {"model", "benchmark", "score",   "raw",   "ceiling",
                                                      "error", "layer",     "version", "region"};

/* The first name that a table has wins: a name tells readers more than a number. */
static const char *const common_names[BB_N_ROLES][4] = {
    [BB_ROLE_MODEL] = {"model", "model_name", "model_id", "name"},
    [BB_ROLE_BENCHMARK] = {"benchmark", "benchmark_name", "benchmark_id"},
    [BB_ROLE_SCORE] = {"score", "score_ceiled"},
    [BB_ROLE_RAW] = {"raw", "score_raw"},
    [BB_ROLE_CEILING] = {"ceiling"},
    [BB_ROLE_ERROR] = {"error"},
    [BB_ROLE_LAYER] = {"layer"},
    [BB_ROLE_VERSION] = {"version"},
    [BB_ROLE_REGION] = {"region"},
};

static size_t by_common_name(const struct bb_import_table *table, enum bb_import_role role)
{
    size_t at = BB_IMPORT_NONE;
    for (size_t i = 0; i < 4 && common_names[role][i] && at == BB_IMPORT_NONE; i++)
        at = bb_import_column(table, common_names[role][i]);
    return at;
}

/* One ROLE=NAME of --columns. ROLE= means that the table has no such column. */
static void take_column(const struct bb_import_table *table, const char *part, struct bb_arena *arena, struct bb_diags *diags,
                        size_t *column)
{
    size_t len = strcspn(part, "=");
    const char *name = bb_arena_strndup(arena, part, len);
    for (size_t role = 0; part[len] && role < BB_N_ROLES; role++) {
        if (!bb_strcaseeq(name, bb_import_role_names[role])) continue;
        const char *given = part + len + 1;
        column[role] = *given ? bb_import_column_given(table, "--columns", given, arena, diags) : BB_IMPORT_NONE;
        return;
    }
    const char *near = bb_nearest(name, bb_import_role_names, BB_N_ROLES);
    bb_diag_add(diags, BB_ERROR, (struct bb_place){0},
                "--columns: \"%s\" must be ROLE=COLUMN, where the role is model, benchmark, score, raw, ceiling, error, layer, "
                "version or region%s%s%s",
                part, near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

void bb_import_guess(const struct bb_import_table *table, const struct bb_args *args, struct bb_diags *diags,
                     size_t column[BB_N_ROLES])
{
    const char *list = args->columns;
    for (int role = 0; role < BB_N_ROLES; role++) column[role] = by_common_name(table, (enum bb_import_role)role);
    for (const char *part; (part = next_part(&list, args->arena));) take_column(table, part, args->arena, diags, column);
    if (args->model_column)
        column[BB_ROLE_MODEL] = bb_import_column_given(table, "--model-column", args->model_column, args->arena, diags);
}
