#include "base/columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/columns_int.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/pattern.h"

#define MISSING    (-1)
#define UNNUMBERED (-2) /* a value that no kept row has had: its level is added with the first that has */

/* A rule while a file is read: the last text it was given and what became of it. Neighbouring rows often have the same text. */
struct cell {
    const struct bb_column_rule *rule;
    struct bb_series *series;
    size_t *column;                    /* rule->column.n places in a row */
    bool fixed;                        /* the same in every row of the file */
    bool known;                        /* raw and what follows are of the last text */
    unsigned version;                  /* counts the changes */
    struct bb_buf raw, part, prefixed; /* the text as taken, the group that matched, and what became of it behind the prefix */
    const char *text;                  /* after the steps: in one of these, in the rule, or a constant */
    double number;
    int32_t code;
};

/* A `where` rule while a file is read. */
struct filter {
    const struct bb_where_rule *rule;
    struct cell *cell;
    double *number;   /* its values, when the coordinate is a number */
    unsigned version; /* of the cell, when `keep` was found */
    bool keep;
};

/* One file while it is appended. */
struct append {
    struct bb_table *table;
    const char *path;
    struct bb_arena *arena;
    struct cell *cell;
    struct filter *filter;
    size_t n_cells, n_filters;
    struct bb_texts header; /* n = 0: not yet read */
    size_t header_line;
    struct bb_buf joined;
    bool failed; /* the error has its place already */
};

/* --- values ------------------------------------------------------------------------------------------------------- */

bool bb_value_missing(const char *text)
{
    if ((text[0] | 0x20) != 'n') return !text[0];
    if ((text[1] | 0x20) != 'a') return false;
    return !text[2] || ((text[2] | 0x20) == 'n' && !text[3]);
}

/* "true", "false", or NULL: the spellings of Python, R, pandas with gaps, and people. */
static const char *bool_text(const char *text)
{
    static const char *const SPELLING[2][6] = {{"true", "1", "1.0", "t", "yes", "y"}, {"false", "0", "0.0", "f", "no", "n"}};
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < 6; k++)
            if (bb_strcaseeq(text, SPELLING[i][k])) return SPELLING[i][0];
    return NULL;
}

const char *bb_value_canonical(const char *text, enum bb_value_type type, char number[32])
{
    double value;
    bool missing = false;
    if (bb_value_missing(text)) return "";
    if (type == BB_TYPE_TEXT) return text;
    if (type == BB_TYPE_BOOL) return bool_text(text);
    if (bb_strcaseeq(text, "inf") || bb_strcaseeq(text, "-inf")) value = text[0] == '-' ? -INFINITY : INFINITY; /* of `where` */
    else if (!bb_parse_number(text, &value, &missing)) return NULL;
    if (missing) return "";
    bb_format_number(number, value);
    return number;
}

/* A text of the input for a message: at most 60 bytes, cut between characters. */
static const char *shortened(struct bb_arena *arena, const char *text)
{
    size_t len = strlen(text), cut = len;
    if (len > 60)
        for (cut = 57; cut > 0 && ((unsigned char)text[cut] & 0xC0) == 0x80;) cut--;
    return bb_arena_printf(arena, "%s%s", bb_utf8_clean(arena, text, cut), cut < len ? "…" : "");
}

/* --- the header --------------------------------------------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void trim(const char **text, size_t *len)
{
    while (*len && is_blank((*text)[0])) (*text)++, (*len)--;
    while (*len && is_blank((*text)[*len - 1])) (*len)--;
}

/* The columns that there are, for a message; long lists are cut. */
static const char *column_list(const struct append *a)
{
    enum { SHOWN = 12 };
    const char *list = "";
    for (size_t i = 0; i < a->header.n && i < SHOWN; i++)
        list = bb_arena_printf(a->arena, "%s%s%s", list, i ? ", " : "", shortened(a->arena, a->header.text[i]));
    return a->header.n > SHOWN ? bb_arena_printf(a->arena, "%s, … (%zu in all)", list, a->header.n) : list;
}

static enum bb_code no_column(const struct append *a, const char *name, struct bb_err *err)
{
    const char *near = bb_nearest(name, a->header.text, a->header.n);
    return bb_fail(err, BB_EINPUT, "%s:%zu: no column \"%s\"; the file has %s%s%s%s", a->path, a->header_line,
                   shortened(a->arena, name), column_list(a), near ? "; did you mean \"" : "", near ? near : "",
                   near ? "\"?" : "");
}

/* The place of the named column; BB_EABSENT without a sentence when there is none. */
static enum bb_code find_column(const struct append *a, const char *name, size_t *place, struct bb_err *err)
{
    bool found = false;
    size_t len = strlen(name);
    trim(&name, &len);
    name = bb_arena_strndup(a->arena, name, len);
    for (size_t i = 0; i < a->header.n; i++) {
        if (!bb_strcaseeq(a->header.text[i], name)) continue;
        if (found)
            return bb_fail(err, BB_EINPUT, "%s:%zu: two columns are called \"%s\" (%zu and %zu); rename one", a->path,
                           a->header_line, shortened(a->arena, name), *place + 1, i + 1);
        *place = i;
        found = true;
    }
    return found ? BB_OK : BB_EABSENT;
}

static enum bb_code cell_update(struct append *a, struct cell *cell, const char *text, size_t len, size_t line,
                                struct bb_err *err);

static enum bb_code bind_columns(struct append *a, struct cell *cell, struct bb_err *err)
{
    const struct bb_texts *names = &cell->rule->column;
    for (size_t i = 0; i < names->n; i++) {
        enum bb_code code = find_column(a, names->text[i], &cell->column[i], err);
        if (code == BB_EABSENT && bb_streq(names->text[i], "stimulus_id"))
            code = find_column(a, "image_id", &cell->column[i], err);
        if (code == BB_EABSENT && !cell->rule->optional) return no_column(a, names->text[i], err);
        if (code == BB_EABSENT) {
            cell->fixed = true; /* as if the column were there and empty */
            return cell_update(a, cell, "", 0, a->header_line, err);
        }
        if (code) return code;
    }
    return BB_OK;
}

static enum bb_code read_header(struct append *a, const struct bb_csv_field *field, size_t n, size_t line, struct bb_err *err)
{
    a->header = (struct bb_texts){BB_NEW_ARRAY(a->arena, n, const char *), n};
    a->header_line = line;
    for (size_t i = 0; i < n; i++) {
        const char *text = field[i].text;
        size_t len = field[i].len;
        trim(&text, &len);
        if (i == 0 && len > 2 && text[0] == '#' && is_blank(text[1])) { /* a header written as a comment (numpy) */
            text++, len--;
            trim(&text, &len);
        }
        a->header.text[i] = bb_arena_strndup(a->arena, text, len);
    }
    for (size_t i = 0; i < a->n_cells; i++) {
        enum bb_code code = bind_columns(a, &a->cell[i], err);
        if (code) return code;
    }
    return BB_OK;
}

/* --- the steps of a rule ------------------------------------------------------------------------------------------ */

/* What the rule reads, for a message: `column "a"`, `columns "a", "b"`, `the file name`. */
static const char *origin_name(const struct append *a, const struct bb_column_rule *rule)
{
    if (rule->from_filename) return "the file name";
    if (rule->constant) return bb_arena_printf(a->arena, "\"%s\"", rule->coord);
    const char *list = rule->column.n > 1 ? "columns" : "column";
    for (size_t i = 0; i < rule->column.n; i++)
        list = bb_arena_printf(a->arena, "%s%s \"%s\"", list, i ? "," : "", rule->column.text[i]);
    return list;
}

/* "file:line: column "x": "value" <what>"; what is wrong, and what to do. */
static enum bb_code cell_fail(const struct append *a, const struct cell *cell, const char *value, size_t line, const char *what,
                              struct bb_err *err)
{
    const char *place = line ? bb_arena_printf(a->arena, "%s:%zu", a->path, line) : a->path;
    return bb_fail(err, BB_EINPUT, "%s: %s: \"%s\" %s", place, origin_name(a, cell->rule), shortened(a->arena, value), what);
}

static enum bb_code step_match(struct append *a, struct cell *cell, size_t line, struct bb_err *err)
{
    size_t start, length;
    int found = bb_pattern_first(cell->rule->match, cell->raw.data, cell->raw.len, &start, &length);
    if (found != 1) {
        const char *reason = found < 0 ? "takes too long to match" : "does not match";
        return cell_fail(
            a, cell, cell->raw.data, line,
            bb_arena_printf(a->arena, "%s \"%s\"", reason, shortened(a->arena, bb_pattern_source(cell->rule->match))), err);
    }
    bb_buf_reset(&cell->part);
    bb_buf_add(&cell->part, cell->raw.data + start, length);
    cell->text = cell->part.data;
    return BB_OK;
}

static bool step_map(struct cell *cell)
{
    size_t i = bb_names_find(&cell->rule->map_from, cell->text);
    if (i != BB_NAMES_NONE) cell->text = cell->rule->map_to[i];
    return i != BB_NAMES_NONE;
}

static void step_prefix(struct cell *cell)
{
    bb_buf_reset(&cell->prefixed);
    bb_buf_puts(&cell->prefixed, cell->rule->prefix);
    bb_buf_puts(&cell->prefixed, cell->text);
    cell->text = cell->prefixed.data;
}

static enum bb_code step_type(struct append *a, struct cell *cell, bool missing, size_t line, struct bb_err *err)
{
    cell->number = (double)NAN;
    cell->code = missing ? MISSING : UNNUMBERED;
    if (missing) {
        cell->text = "";
        return BB_OK;
    }
    if (cell->rule->type == BB_TYPE_NUMBER) {
        if (!bb_parse_number(cell->text, &cell->number, NULL))
            return cell_fail(a, cell, cell->text, line, "is not a number; correct it, or \"map\" it to one or to \"\" (missing)",
                             err);
        cell->number *= cell->rule->scale;
    } else if (cell->rule->type == BB_TYPE_BOOL) {
        const char *text = bool_text(cell->text);
        if (!text) return cell_fail(a, cell, cell->text, line, "is neither true nor false; \"map\" it to one of them", err);
        cell->text = text;
    }
    return BB_OK;
}

/* Gives the cell a text; nothing to do when it is the last one again. */
static enum bb_code cell_update(struct append *a, struct cell *cell, const char *text, size_t len, size_t line,
                                struct bb_err *err)
{
    if (cell->known && len == cell->raw.len && !memcmp(text, cell->raw.data, len)) return BB_OK;
    bb_buf_reset(&cell->raw);
    bb_buf_add(&cell->raw, text, len);
    cell->text = cell->raw.data;
    cell->known = false;
    cell->version++;
    if (cell->rule->match && !bb_value_missing(cell->text)) {
        enum bb_code code = step_match(a, cell, line, err);
        if (code) return code;
    }
    /* A text that `map` gives is one, whatever it looks like: "Na" may be sodium. */
    bool mapped = cell->rule->map_from.n && step_map(cell);
    bool missing = mapped && cell->rule->type == BB_TYPE_TEXT ? !*cell->text : bb_value_missing(cell->text);
    if (cell->rule->prefix && !missing) step_prefix(cell);
    enum bb_code code = step_type(a, cell, missing, line, err);
    cell->known = !code;
    return code;
}

/* The fields of the rule's columns in one; "" (missing) when one of them is missing, for a part of a name is no name. */
static void join_fields(struct bb_buf *joined, const struct cell *cell, const struct bb_csv_field *field)
{
    bb_buf_reset(joined);
    for (size_t i = 0; i < cell->rule->column.n; i++) {
        const struct bb_csv_field *f = &field[cell->column[i]];
        const char *text = f->text;
        size_t len = f->len;
        trim(&text, &len);
        if (!len || bb_value_missing(f->text)) {
            bb_buf_reset(joined);
            return;
        }
        if (i) bb_buf_puts(joined, cell->rule->join);
        bb_buf_add(joined, text, len);
    }
}

static enum bb_code cell_read(struct append *a, struct cell *cell, const struct bb_csv_field *field, size_t line,
                              struct bb_err *err)
{
    if (cell->fixed) return BB_OK;
    if (cell->rule->column.n > 1) {
        join_fields(&a->joined, cell, field);
        return cell_update(a, cell, bb_buf_text(&a->joined), a->joined.len, line, err);
    }
    const char *text = field[cell->column[0]].text;
    size_t len = field[cell->column[0]].len;
    trim(&text, &len);
    return cell_update(a, cell, text, len, line, err);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static bool filter_has(const struct filter *filter)
{
    const struct cell *cell = filter->cell;
    if (filter->rule->ranged) return cell->number > filter->rule->above && cell->number < filter->rule->below;
    if (cell->code == MISSING || cell->rule->type != BB_TYPE_NUMBER)
        return bb_names_find(&filter->rule->value, cell->text) != BB_NAMES_NONE;
    for (size_t i = 0; i < filter->rule->value.n; i++)
        if (filter->number[i] == cell->number) return true;
    return false;
}

static bool filter_keeps(struct filter *filter)
{
    if (filter->version != filter->cell->version) {
        filter->keep = filter_has(filter) != filter->rule->drop;
        filter->version = filter->cell->version;
    }
    return filter->keep;
}

/* The first row that was dropped explains an empty table. */
static void note_drop(struct append *a, const struct filter *filter)
{
    if (a->table->drop_note) return;
    const char *value = *filter->cell->text ? shortened(a->arena, filter->cell->text) : "(missing)";
    a->table->drop_note =
        bb_strdup(bb_arena_printf(a->arena, "its rule for \"%s\" does not keep \"%s\"", filter->rule->coord, value));
}

static enum bb_code push(const struct append *a, struct cell *cell, struct bb_err *err)
{
    struct bb_series *s = cell->series;
    if (s->type == BB_TYPE_NUMBER) {
        if (s->n == s->cap) s->number = bb_grow(s->number, &s->cap, s->n + 1, sizeof *s->number);
        s->number[s->n++] = cell->number;
        return BB_OK;
    }
    if (cell->code == UNNUMBERED) {
        size_t level = bb_names_add(&s->level, cell->text);
        if (level > INT32_MAX) return bb_fail(err, BB_ELIMIT, "%s: \"%s\" has too many different values", a->path, s->name);
        cell->code = (int32_t)level;
    }
    if (s->n == s->cap) s->code = bb_grow(s->code, &s->cap, s->n + 1, sizeof *s->code);
    s->code[s->n++] = cell->code;
    return BB_OK;
}

static enum bb_code add_row(struct append *a, const struct bb_csv_field *field, size_t n, size_t line, struct bb_err *err)
{
    if (n != a->header.n)
        return bb_fail(err, BB_EINPUT, "%s:%zu: the row has %zu field%s, the header %zu", a->path, line, n, n == 1 ? "" : "s",
                       a->header.n);
    a->table->n_read++;
    enum bb_code code = BB_OK;
    /* `where` first: a row that it drops may have anything in its other columns */
    for (size_t i = 0; i < a->n_filters; i++) {
        if ((code = cell_read(a, a->filter[i].cell, field, line, err))) return code;
        if (!filter_keeps(&a->filter[i])) {
            note_drop(a, &a->filter[i]);
            return BB_OK;
        }
    }
    for (size_t i = 0; i < a->n_cells && !code; i++) code = cell_read(a, &a->cell[i], field, line, err);
    for (size_t i = 0; i < a->n_cells && !code; i++) code = push(a, &a->cell[i], err);
    if (!code) a->table->n_rows++;
    return code;
}

static enum bb_code on_row(void *ctx, const struct bb_csv_field *field, size_t n, size_t line, struct bb_err *err)
{
    struct append *a = ctx;
    enum bb_code code = a->header.n ? add_row(a, field, n, line, err) : read_header(a, field, n, line, err);
    a->failed = code != BB_OK;
    return code;
}

/* --- a file ------------------------------------------------------------------------------------------------------- */

static enum bb_code check_text(const char *path, const char *text, size_t len, struct bb_err *err)
{
    size_t head = len < 1024 ? len : 1024, blank = 0;
    while (blank < len && strchr(" \t\r\n", text[blank]) && text[blank]) blank++;
    if (blank == len) return bb_fail(err, BB_EINPUT, "%s: the file is empty", path);
    size_t good = bb_utf8_check(text, head);
    bool cut = head < len && head - good < 4; /* in the middle of a character */
    if (memchr(text, '\0', head) || (good < head && !cut))
        return bb_fail(err, BB_EINPUT, "%s: is not a text table (CSV or TSV in UTF-8)", path);
    return BB_OK;
}

static enum bb_code start_cell(struct append *a, struct cell *cell, const struct bb_column_rule *rule, struct bb_err *err)
{
    *cell = (struct cell){.rule = rule, .series = bb_table_find(a->table, rule->coord)};
    if (!cell->series || cell->series->type != rule->type)
        return bb_fail(err, BB_EINPUT, "%s: its rules make another \"%s\" than those of the files before it", a->path,
                       rule->coord);
    cell->column = BB_NEW_ARRAY(a->arena, rule->column.n, size_t);
    cell->fixed = !rule->column.n;
    if (!cell->fixed) return BB_OK;
    const char *text = rule->from_filename ? bb_path_base(a->path) : rule->constant;
    return cell_update(a, cell, text, strlen(text), 0, err);
}

static void start_filter(const struct append *a, struct filter *filter, const struct bb_where_rule *rule)
{
    *filter = (struct filter){.rule = rule, .number = BB_NEW_ARRAY(a->arena, rule->value.n, double)};
    for (size_t i = 0; i < a->n_cells; i++)
        if (bb_streq(a->cell[i].rule->coord, rule->coord)) filter->cell = &a->cell[i];
    if (filter->cell->rule->type == BB_TYPE_NUMBER)
        for (size_t i = 0; i < rule->value.n; i++) bb_parse_number(rule->value.name[i], &filter->number[i], NULL);
}

static enum bb_code append_start(struct append *a, const struct bb_columns *columns, struct bb_err *err)
{
    if (!columns->n_rules) return bb_fail(err, BB_EINPUT, "%s: a table needs \"columns\" that say what its columns are", a->path);
    if (columns->n_rules != a->table->n_series)
        return bb_fail(err, BB_EINPUT, "%s: its rules make %zu coordinates, those of the files before it %zu", a->path,
                       columns->n_rules, a->table->n_series);
    a->cell = BB_NEW_ARRAY(a->arena, columns->n_rules, struct cell);
    a->filter = BB_NEW_ARRAY(a->arena, columns->n_where, struct filter);
    while (a->n_cells < columns->n_rules) {
        const struct bb_column_rule *rule = &columns->rule[a->n_cells];
        enum bb_code code = start_cell(a, &a->cell[a->n_cells++], rule, err);
        if (code) return code;
    }
    for (; a->n_filters < columns->n_where; a->n_filters++)
        start_filter(a, &a->filter[a->n_filters], &columns->where[a->n_filters]);
    return BB_OK;
}

/* Sizes of a table, to go back to. */
struct mark {
    size_t n_rows, n_read;
    size_t *n_levels;
};

static struct mark mark_table(const struct bb_table *table, struct bb_arena *arena)
{
    struct mark mark = {table->n_rows, table->n_read, BB_NEW_ARRAY(arena, table->n_series, size_t)};
    for (size_t i = 0; i < table->n_series; i++) mark.n_levels[i] = table->series[i].level.n;
    return mark;
}

/* Names cannot be taken out of a set, so a set that grew is made again. */
static void shrink_names(struct bb_names *names, size_t n)
{
    if (names->n == n) return;
    struct bb_names fewer;
    bb_names_init(&fewer);
    for (size_t i = 0; i < n; i++) bb_names_add(&fewer, names->name[i]);
    bb_names_release(names);
    *names = fewer;
}

static void roll_back(struct bb_table *table, const struct mark *mark)
{
    table->n_rows = mark->n_rows;
    table->n_read = mark->n_read;
    for (size_t i = 0; i < table->n_series; i++) {
        table->series[i].n = mark->n_rows;
        shrink_names(&table->series[i].level, mark->n_levels[i]);
    }
}

static void append_release(struct append *a)
{
    for (size_t i = 0; i < a->n_cells; i++) {
        bb_buf_release(&a->cell[i].raw);
        bb_buf_release(&a->cell[i].part);
        bb_buf_release(&a->cell[i].prefixed);
    }
    bb_buf_release(&a->joined);
    bb_arena_free(a->arena);
}

enum bb_code bb_table_append(struct bb_table *table, const struct bb_columns *columns, const char *path, const char *text,
                             size_t len, struct bb_err *err)
{
    enum bb_code code = check_text(path, text, len, err);
    if (code) return code;
    struct append a = {.table = table, .path = path, .arena = bb_arena_new(0)};
    struct mark mark = mark_table(table, a.arena);
    if ((code = append_start(&a, columns, err))) goto out;
    code = bb_csv_parse(text, len, 0, on_row, &a, err);
    if (code && !a.failed) bb_err_wrap(err, code, "%s", path);
    if (!code && table->n_read == mark.n_read) code = bb_fail(err, BB_EINPUT, "%s: the file has a header and no rows", path);
out:
    if (code) roll_back(table, &mark);
    append_release(&a);
    return code;
}

/* --- values from elsewhere ---------------------------------------------------------------------------------------- */

static enum bb_code apply_row(struct append *a, const struct bb_rule_input *input, size_t i, struct bb_csv_field *field,
                              struct bb_err *err)
{
    struct cell *cell = a->cell;
    for (size_t k = 0; k < cell->rule->column.n; k++) {
        const char *text = input->text(input->ctx, k, i);
        field[k] = (struct bb_csv_field){text, strlen(text)};
    }
    enum bb_code code = cell_read(a, cell, field, 0, err);
    return code ? code : push(a, cell, err);
}

enum bb_code bb_rule_apply(const struct bb_column_rule *rule, const struct bb_rule_input *input, struct bb_series *out,
                           struct bb_err *err)
{
    struct bb_column_rule copy = *rule;
    const struct bb_columns columns = {.rule = &copy, .n_rules = 1};
    struct bb_table table;
    bb_table_init(&table, &columns);
    struct append a = {.table = &table, .path = input->path, .arena = bb_arena_new(0)};
    struct bb_csv_field *field = BB_NEW_ARRAY(a.arena, rule->column.n, struct bb_csv_field);
    enum bb_code code = append_start(&a, &columns, err);
    for (size_t k = 0; k < rule->column.n && !code; k++) a.cell->column[k] = k;
    for (size_t i = 0; i < input->n && !code; i++) code = apply_row(&a, input, i, field, err);
    if (!code) {
        *out = table.series[0];
        table.series[0] = (struct bb_series){0};
    }
    append_release(&a);
    bb_table_release(&table);
    return code;
}

/* --- the table ---------------------------------------------------------------------------------------------------- */

void bb_table_init(struct bb_table *table, const struct bb_columns *columns)
{
    *table = (struct bb_table){.series = bb_calloc(columns->n_rules, sizeof *table->series), .n_series = columns->n_rules};
    for (size_t i = 0; i < columns->n_rules; i++) {
        table->series[i] = (struct bb_series){.name = bb_strdup(columns->rule[i].coord), .type = columns->rule[i].type};
        bb_names_init(&table->series[i].level);
    }
}

void bb_series_release(struct bb_series *series)
{
    free((void *)(uintptr_t)series->name);
    free(series->code);
    free(series->number);
    bb_names_release(&series->level);
    *series = (struct bb_series){0};
}

void bb_table_release(struct bb_table *table)
{
    for (size_t i = 0; i < table->n_series; i++) bb_series_release(&table->series[i]);
    free(table->series);
    free(table->drop_note);
    *table = (struct bb_table){0};
}

enum bb_code bb_table_check_rows(const struct bb_table *table, const char *path, struct bb_err *err)
{
    if (table->n_rows) return BB_OK;
    if (!table->n_read) return bb_fail(err, BB_EINPUT, "%s: the file has no rows", path);
    return bb_fail(err, BB_EINPUT, "%s: \"where\" drops all %zu rows: %s", path, table->n_read, table->drop_note);
}

struct bb_series *bb_table_find(const struct bb_table *table, const char *name)
{
    for (size_t i = 0; i < table->n_series; i++)
        if (bb_streq(table->series[i].name, name)) return &table->series[i];
    return NULL;
}
