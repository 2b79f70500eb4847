#include "store/stimulus_join.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "store/table_file.h"

/* The columns of a stimulus set on their way to the presentations of an assembly: a left join by stimulus_id. */
struct join {
    struct bb_assembly *assembly;
    const struct bb_series *id;
    size_t id_column;
    size_t *coord;           /* per column of the table: the new coordinate; BB_NAMES_NONE: none */
    size_t n_columns, first; /* coordinates from `first` on are new */
    int32_t **code;          /* per new coordinate: the code of each stimulus (level of id), −1 */
    bool header_read;
};

static enum bb_code join_header(struct join *j, const struct bb_csv_field *field, size_t n, struct bb_err *err)
{
    struct bb_assembly *a = j->assembly;
    j->id_column = BB_NAMES_NONE;
    for (size_t i = 0; i < n; i++)
        if (bb_streq(field[i].text, "stimulus_id") || (bb_streq(field[i].text, "image_id") && j->id_column == BB_NAMES_NONE))
            j->id_column = i;
    if (j->id_column == BB_NAMES_NONE) return bb_fail(err, BB_EINPUT, "the stimulus set has no column \"stimulus_id\"");
    j->n_columns = n;
    j->coord = bb_calloc(n, sizeof *j->coord);
    j->code = bb_calloc(n, sizeof *j->code);
    a->coord = bb_realloc(a->coord, a->n_coords + n, sizeof *a->coord);
    j->first = a->n_coords;
    for (size_t i = 0; i < n; i++) {
        j->coord[i] = BB_NAMES_NONE;
        if (i == j->id_column || bb_assembly_coord(a, field[i].text)) continue;
        struct bb_coord *coord = &a->coord[a->n_coords];
        *coord = (struct bb_coord){.series = {.name = bb_strdup(field[i].text), .type = BB_TYPE_TEXT}, .dim = 0};
        bb_names_init(&coord->series.level);
        j->code[i] = bb_malloc((j->id->level.n + 1) * sizeof **j->code);
        for (size_t s = 0; s < j->id->level.n; s++) j->code[i][s] = -1;
        j->coord[i] = a->n_coords++;
    }
    return BB_OK;
}

static enum bb_code join_row(void *ctx, const struct bb_csv_field *field, size_t n, size_t line, struct bb_err *err)
{
    struct join *j = ctx;
    if (!j->header_read) {
        j->header_read = true;
        return join_header(j, field, n, err);
    }
    if (n != j->n_columns)
        return bb_fail(err, BB_EINPUT, "line %zu of the stimulus set has %zu fields, its header %zu", line, n, j->n_columns);
    size_t stimulus = bb_names_find(&j->id->level, field[j->id_column].text);
    for (size_t i = 0; i < n && stimulus != BB_NAMES_NONE; i++)
        if (j->coord[i] != BB_NAMES_NONE && field[i].len)
            j->code[i][stimulus] = (int32_t)bb_names_add(&j->assembly->coord[j->coord[i]].series.level, field[i].text);
    return BB_OK;
}

/* As pandas tells whether a column is one of numbers. */
static bool are_numbers(const struct bb_names *level)
{
    double number;
    bool all = level->n > 0;
    for (size_t l = 0; l < level->n && all; l++) all = bb_parse_number(level->name[l], &number, NULL);
    return all;
}

static void finish_join(struct join *j)
{
    for (size_t i = 0; i < j->n_columns; i++) {
        if (j->coord[i] == BB_NAMES_NONE) continue;
        struct bb_series *series = &j->assembly->coord[j->coord[i]].series;
        series->n = series->cap = j->id->n;
        series->code = bb_malloc((j->id->n + 1) * sizeof *series->code);
        for (size_t r = 0; r < j->id->n; r++) series->code[r] = j->id->code[r] < 0 ? -1 : j->code[i][j->id->code[r]];
        free(j->code[i]);
        series->by_size = are_numbers(&series->level);
    }
    free(j->code);
    free(j->coord);
}

enum bb_code bb_stimulus_join(struct bb_assembly *assembly, const char *path, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    const struct bb_coord *id = bb_assembly_coord(assembly, "stimulus_id");
    if (!id || id->series.type == BB_TYPE_NUMBER || id->dim != 0)
        return bb_fail(err, BB_EINPUT, "the recording has no coordinate \"stimulus_id\" to join its stimulus set by");
    struct join j = {.assembly = assembly};
    enum bb_code code = bb_table_file_bytes(path, &text, err);
    struct bb_series kept = id->series; /* the list of coordinates moves when it grows, what a series points to does not */
    j.id = &kept;
    if (!code) code = bb_csv_parse(bb_buf_text(&text), text.len, 0, join_row, &j, err);
    if (!code && !j.header_read) code = bb_fail(err, BB_EINPUT, "the stimulus set %s is empty", path);
    finish_join(&j);
    bb_buf_release(&text);
    return code;
}

/* --- rules about its columns -------------------------------------------------------------------------------------- */

/* The columns that a rule takes, as coordinates of the assembly. */
struct parts {
    const struct bb_coord **coord; /* NULL: an optional one that is not there */
    char (*digits)[32];
};

static const char *part_text(void *ctx, size_t part, size_t i)
{
    const struct parts *parts = ctx;
    const struct bb_coord *coord = parts->coord[part];
    if (!coord) return "";
    if (coord->series.type != BB_TYPE_NUMBER) return coord->series.code[i] < 0 ? "" : coord->series.level.name[coord->series.code[i]];
    if (isnan(coord->series.number[i])) return "";
    bb_format_number(parts->digits[part], coord->series.number[i]);
    return parts->digits[part];
}

static enum bb_code no_coord(const struct bb_assembly *assembly, const char *name, struct bb_arena *arena, struct bb_err *err)
{
    const char **known = BB_NEW_ARRAY(arena, assembly->n_coords + 1, const char *);
    for (size_t i = 0; i < assembly->n_coords; i++) known[i] = assembly->coord[i].series.name;
    const char *near = bb_nearest(name, known, assembly->n_coords);
    return bb_fail(err, BB_EINPUT, "neither the recording nor its stimulus set has \"%s\"; they have %s%s%s%s", name,
                   bb_assembly_coord_names(assembly, arena), near ? "; did you mean \"" : "", near ? near : "",
                   near ? "\"?" : "");
}

/* A coordinate of presentations; *out NULL: there is none, and there need not be. */
static enum bb_code find_part(const struct bb_assembly *assembly, const char *name, bool optional, struct bb_arena *arena,
                              const struct bb_coord **out, struct bb_err *err)
{
    *out = bb_assembly_coord(assembly, name);
    if (*out && (*out)->dim == 0) return BB_OK;
    if (*out) return bb_fail(err, BB_EINPUT, "\"%s\" is not along the presentations, as the columns of a stimulus set are", name);
    return optional ? BB_OK : no_coord(assembly, name, arena, err);
}

static void put_coord(struct bb_assembly *assembly, const struct bb_series *series)
{
    for (size_t i = 0; i < assembly->n_coords; i++)
        if (bb_streq(assembly->coord[i].series.name, series->name)) {
            bb_series_release(&assembly->coord[i].series);
            assembly->coord[i] = (struct bb_coord){.series = *series};
            return;
        }
    assembly->coord = bb_realloc(assembly->coord, assembly->n_coords + 1, sizeof *assembly->coord);
    assembly->coord[assembly->n_coords++] = (struct bb_coord){.series = *series};
}

static enum bb_code apply_rule(struct bb_assembly *assembly, const struct bb_column_rule *rule, const char *path, struct bb_arena *arena,
                               struct bb_err *err)
{
    struct parts parts = {BB_NEW_ARRAY(arena, rule->column.n, const struct bb_coord *), bb_arena_alloc(arena, rule->column.n, 32)};
    struct bb_rule_input input = {.path = path, .n = assembly->dim[0].size, .text = part_text, .ctx = &parts};
    struct bb_series series;
    enum bb_code code = BB_OK;
    for (size_t k = 0; k < rule->column.n && !code; k++)
        code = find_part(assembly, rule->column.text[k], rule->optional, arena, &parts.coord[k], err);
    if (!code) code = bb_rule_apply(rule, &input, &series, err);
    if (!code) put_coord(assembly, &series);
    return code;
}

static enum bb_code apply_where(struct bb_assembly **assembly, const struct bb_where_rule *rule, struct bb_arena *arena, struct bb_err *err)
{
    const struct bb_coord *coord;
    size_t n = (*assembly)->dim[0].size, kept = 0;
    enum bb_code code = find_part(*assembly, rule->coord, false, arena, &coord, err);
    bool *keep = BB_NEW_ARRAY(arena, n, bool);
    memset(keep, true, n);
    if (!code) code = bb_where_apply(rule, &coord->series, keep, err);
    if (code) return code;
    for (size_t i = 0; i < n; i++) kept += keep[i];
    if (!kept) return bb_fail(err, BB_EINPUT, "\"where\" drops all %zu presentations by its rule for \"%s\"", n, rule->coord);
    if (kept == n) return BB_OK;
    struct bb_assembly *fewer = bb_assembly_keep(*assembly, 0, keep);
    bb_assembly_free(*assembly);
    *assembly = fewer;
    return BB_OK;
}

enum bb_code bb_stimulus_join_rules(struct bb_assembly **assembly, const struct bb_columns *columns, const struct bb_left *left,
                                    const char *path, struct bb_err *err)
{
    enum bb_code code = BB_OK;
    struct bb_arena *arena = bb_arena_new(0);
    for (size_t i = 0; i < columns->n_rules && !code; i++)
        if (left->rule[i]) code = apply_rule(*assembly, &columns->rule[i], path, arena, err);
    for (size_t i = 0; i < columns->n_where && !code; i++)
        if (left->where[i]) code = apply_where(assembly, &columns->where[i], arena, err);
    bb_arena_free(arena);
    return code;
}
