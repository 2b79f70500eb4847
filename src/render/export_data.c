/*
 * Tables as CSV and JSON: the same fields at full precision. A column of readers may be several fields: a name is an id and a name, a score with
 * its error and ceiling is up to four.
 */
#include <math.h>

#include "base/csv.h"
#include "base/json.h"
#include "render/export_text.h"

enum part { PART_ID, PART_NAME, PART_NUMBER, PART_OF, PART_TEXT, PART_ERROR, PART_ERROR_KIND, PART_CEILING, N_PARTS };

struct field {
    enum part part;
    const char *key;
    const struct bb_paper_column *column;
    size_t c;
};
struct fields {
    struct field *field;
    size_t n;
};

static void add_field(struct fields *fields, const struct bb_paper *table, size_t c, enum part part, const char *key)
{
    fields->field[fields->n++] = (struct field){part, key, &table->column[c], c};
}

static void add_score(struct fields *fields, const struct bb_paper *table, size_t c)
{
    const struct bb_paper_column *column = &table->column[c];
    add_field(fields, table, c, PART_NUMBER, column->key);
    if (column->has_errors) {
        add_field(fields, table, c, PART_ERROR, bb_arena_printf(table->arena, "%s.error", column->key));
        add_field(fields, table, c, PART_ERROR_KIND, bb_arena_printf(table->arena, "%s.error_kind", column->key));
    }
    if (!isnan(column->ceiling))
        add_field(fields, table, c, PART_CEILING, bb_arena_printf(table->arena, "%s.ceiling", column->key));
}

static struct fields fields_of(const struct bb_paper *table)
{
    struct fields fields = {BB_NEW_ARRAY(table->arena, table->n_columns * 4 + 1, struct field), 0};
    for (size_t c = 0; c < table->n_columns; c++) {
        const struct bb_paper_column *column = &table->column[c];
        if (column->kind == BB_PAPER_NAME) {
            add_field(&fields, table, c, PART_ID, table->row_word);
            add_field(&fields, table, c, PART_NAME, "name");
        } else if (column->kind == BB_PAPER_COVERAGE) {
            add_field(&fields, table, c, PART_NUMBER, column->key);
            add_field(&fields, table, c, PART_OF,
                      bb_streq(column->key, "scored") ? "of" : bb_arena_printf(table->arena, "%s.of", column->key));
        } else if (column->kind == BB_PAPER_SCORE) {
            add_score(&fields, table, c);
        } else {
            add_field(&fields, table, c, column->kind == BB_PAPER_TEXT ? PART_TEXT : PART_NUMBER, column->key);
        }
    }
    return fields;
}

/* A text or a number: whichever is not NULL and not NaN; neither for what is not known. An attribute may be a text in one row and a number in
   another. */
static const char *text_in(const struct bb_paper *table, const struct field *field, size_t r)
{
    const struct bb_paper_cell *cell = bb_paper_at(table, r, field->c);
    switch (field->part) {
    case PART_ID:
        return table->row[r].id;
    case PART_NAME:
        return table->row[r].name;
    case PART_ERROR_KIND:
        return cell->error_kind;
    case PART_TEXT:
    case PART_NUMBER:
        return cell->text;
    default:
        return NULL;
    }
}

static double as_asked(const struct bb_paper *table, double value)
{
    return table->precision >= 0 && !isnan(value) ? bb_round_decimals(value, table->precision) : value;
}

static double number_in(const struct bb_paper *table, const struct field *field, size_t r)
{
    const struct bb_paper_cell *cell = bb_paper_at(table, r, field->c);
    switch (field->part) {
    case PART_NUMBER:
        return as_asked(table, cell->number);
    case PART_OF:
        return cell->of ? (double)cell->of : (double)NAN;
    case PART_ERROR:
        return as_asked(table, cell->error);
    case PART_CEILING:
        return as_asked(table, field->column->ceiling);
    default:
        return (double)NAN;
    }
}

void bb_paper_csv(const struct bb_paper *table, struct bb_buf *out)
{
    const struct fields fields = fields_of(table);
    for (size_t i = 0; i < fields.n; i++) {
        if (i) bb_buf_putc(out, ',');
        bb_csv_write(out, fields.field[i].key, true);
    }
    bb_buf_puts(out, "\r\n");
    for (size_t r = 0; r < table->n_rows; r++) {
        for (size_t i = 0; i < fields.n; i++) {
            char text[32] = "";
            const char *words = text_in(table, &fields.field[i], r);
            double value = number_in(table, &fields.field[i], r);
            if (i) bb_buf_putc(out, ',');
            if (!isnan(value)) bb_format_number(text, value);
            if (words)
                bb_csv_write(out, words, true);
            else
                bb_buf_puts(out, text);
        }
        bb_buf_puts(out, "\r\n"); /* RFC 4180 */
    }
}

static const char *const part_names[N_PARTS] = {"id", "name", "number", "of", "text", "error", "error_kind", "ceiling"};
static const char *const kind_names[] = {"rank", "name", "score", "number", "count", "coverage", "text"};

static void write_column(const struct field *field, struct bb_buf *out)
{
    struct bb_json_writer w;
    const struct bb_paper_column *column = field->column;
    bb_jw_init(&w, out, 0);
    bb_jw_object(&w);
    bb_jw_member_text(&w, "key", field->key);
    bb_jw_member_text(&w, "kind", field->part == PART_NUMBER ? kind_names[column->kind] : part_names[field->part]);
    bb_jw_member_text(&w, "group", column->group);
    bb_jw_member_text(&w, "title", column->title);
    if (column->is_data) bb_jw_member_bool(&w, "shown", false);
    if (column->kind == BB_PAPER_SCORE && column->lower_better) bb_jw_member_text(&w, "better", "lower");
    bb_jw_object_end(&w);
}

static void write_row(const struct bb_paper *table, const struct fields *fields, size_t r, struct bb_buf *out)
{
    struct bb_json_writer w;
    bb_jw_init(&w, out, 0);
    bb_jw_array(&w);
    for (size_t i = 0; i < fields->n; i++) {
        const char *words = text_in(table, &fields->field[i], r);
        if (words)
            bb_jw_text(&w, words);
        else
            bb_jw_number(&w, number_in(table, &fields->field[i], r)); /* NaN: null */
    }
    bb_jw_array_end(&w);
}

static void write_head(const struct bb_paper *table, struct bb_buf *out)
{
    struct bb_json_writer w;
    bb_jw_init(&w, out, 0);
    bb_jw_object(&w);
    bb_jw_member_text(&w, "schema", "brainboard/table/1");
    bb_jw_key(&w, "board");
    bb_jw_object(&w);
    bb_jw_member_text(&w, "title", table->board->title);
    bb_jw_member_text(&w, "release", table->board->release);
    bb_jw_member_text(&w, "date", table->board->date);
    bb_jw_member_text(&w, "license", table->board->license);
    bb_jw_member_text(&w, "scores", table->digest);
    bb_jw_object_end(&w);
    bb_jw_member_text(&w, "id", table->name);
    bb_jw_member_text(&w, "title", table->title);
    bb_jw_member_integer(&w, "rows_of_all", (long)table->n_all);
    bb_jw_key(&w, "notes");
    bb_jw_array(&w);
    for (size_t i = 0; i < table->n_notes; i++) bb_jw_text(&w, table->note[i]);
    bb_jw_array_end(&w);
}

/* A line for each column and each row. */
void bb_paper_json(const struct bb_paper *table, struct bb_buf *out)
{
    const struct fields fields = fields_of(table);
    write_head(table, out);
    bb_buf_puts(out, ",\n\"columns\": [");
    for (size_t i = 0; i < fields.n; i++) {
        bb_buf_puts(out, i ? ",\n" : "\n");
        write_column(&fields.field[i], out);
    }
    bb_buf_puts(out, "\n],\n\"rows\": [");
    for (size_t r = 0; r < table->n_rows; r++) {
        bb_buf_puts(out, r ? ",\n" : "\n");
        write_row(table, &fields, r, out);
    }
    bb_buf_puts(out, "\n]}\n");
}
