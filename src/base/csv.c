#include "base/csv.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { FIELD_BLOCK = 1 << 16 };

struct reader {
    struct csv_parser parser;
    bb_csv_row row;
    void *ctx;
    struct bb_err *err;
    enum bb_code rc;
    size_t line;       /* of the text that is being fed */
    size_t row_line;   /* where the row began */
    size_t field_line; /* where the field began */
    bool in_row;
    struct bb_buf text; /* the fields of the row, each with a NUL */
    size_t *end;        /* where each ends in text */
    size_t n, cap_end;
    struct bb_csv_field *field;
    size_t cap_field;
};

static void *grow_field(void *block, size_t size)
{
    return bb_realloc(block, size, 1);
}

/* Blanks around a field are a part of it (RFC 4180). */
static int is_space(unsigned char c)
{
    (void)c;
    return 0;
}

static void on_field(void *data, size_t len, void *ctx)
{
    struct reader *reader = ctx;
    if (len) bb_buf_add(&reader->text, data, len);
    bb_buf_putc(&reader->text, '\0');
    reader->end = bb_grow(reader->end, &reader->cap_end, reader->n + 1, sizeof *reader->end);
    reader->end[reader->n++] = reader->text.len;
    reader->field_line = reader->line;
}

static void on_row(int terminator, void *ctx)
{
    (void)terminator;
    struct reader *reader = ctx;
    reader->field = bb_grow(reader->field, &reader->cap_field, reader->n, sizeof *reader->field);
    size_t start = 0;
    for (size_t i = 0; i < reader->n; i++) {
        reader->field[i] = (struct bb_csv_field){.text = reader->text.data + start, .len = reader->end[i] - start - 1};
        start = reader->end[i];
    }
    if (!reader->rc) reader->rc = reader->row(reader->ctx, reader->field, reader->n, reader->row_line, reader->err);
    bb_buf_reset(&reader->text);
    reader->n = 0;
    reader->in_row = false;
}

static enum bb_code reader_init(struct reader *reader, char delimiter, bb_csv_row row, void *ctx, struct bb_err *err)
{
    *reader = (struct reader){.row = row, .ctx = ctx, .err = err, .line = 1};
    if (csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return bb_fail(err, BB_EIO, "the reader of tables cannot be started");
    csv_set_delim(&reader->parser, (unsigned char)delimiter);
    csv_set_space_func(&reader->parser, is_space);
    csv_set_realloc_func(&reader->parser, grow_field);
    csv_set_blk_size(&reader->parser, FIELD_BLOCK);
    return BB_OK;
}

static void reader_release(struct reader *reader)
{
    csv_free(&reader->parser);
    bb_buf_release(&reader->text);
    free(reader->end);
    free(reader->field);
}

/* In a field that does not begin with a quote, a quote is a character like others, though libcsv's strict mode stops there. */
static size_t feed_quote(struct reader *reader, const char *quote)
{
    csv_set_opts(&reader->parser, CSV_STRICT_FINI);
    size_t fed = csv_parse(&reader->parser, quote, 1, on_field, on_row, reader);
    csv_set_opts(&reader->parser, CSV_STRICT | CSV_STRICT_FINI);
    return fed;
}

/* One line of the file with its end; it may begin, continue or end a row. */
static enum bb_code feed_line(struct reader *reader, const char *line, size_t len)
{
    if (!reader->in_row) reader->row_line = reader->field_line = reader->line;
    bool blank = !reader->in_row && (line[0] == '\n' || line[0] == '\r');
    reader->in_row = reader->in_row || !blank;
    for (size_t at = 0; at < len && !reader->rc;) {
        at += csv_parse(&reader->parser, line + at, len - at, on_field, on_row, reader);
        if (at < len && !reader->parser.quoted)
            at += feed_quote(reader, line + at);
        else if (at < len)
            return bb_fail(reader->err, BB_EINPUT,
                           "line %zu: text follows the quote that ends a field; double the quotes inside of a field (\"\")",
                           reader->line);
    }
    return reader->rc;
}

/* Length of the first line with its end: LF, CRLF, or a CR alone. */
static size_t line_length(const char *text, size_t len)
{
    size_t end = 0;
    while (end < len && text[end] != '\n' && text[end] != '\r') end++;
    if (end + 1 < len && text[end] == '\r' && text[end + 1] == '\n') return end + 2;
    return end < len ? end + 1 : len;
}

static enum bb_code feed(struct reader *reader, const char *text, size_t len)
{
    enum bb_code rc = BB_OK;
    while (len > 0 && !rc) {
        size_t n = line_length(text, len);
        rc = feed_line(reader, text, n);
        text += n;
        len -= n;
        reader->line++;
    }
    if (rc) return rc;
    if (csv_fini(&reader->parser, on_field, on_row, reader) != 0)
        return bb_fail(reader->err, BB_EINPUT, "line %zu: a quoted field begins here and does not end", reader->field_line);
    return reader->rc;
}

static size_t line_of(const char *text, size_t offset)
{
    size_t line = 1;
    for (size_t i = 0; i < offset;) {
        size_t n = line_length(text + i, offset - i);
        i += n;
        line += text[i - 1] == '\n' || text[i - 1] == '\r';
    }
    return line;
}

static enum bb_code check_bytes(const char *text, size_t len, struct bb_err *err)
{
    size_t bad = bb_utf8_check(text, len);
    if (bad < len)
        return bb_fail(err, BB_EINPUT, "line %zu: the byte 0x%02x is not UTF-8; save the table as UTF-8", line_of(text, bad),
                       (unsigned)(unsigned char)text[bad]);
    const char *nul = memchr(text, '\0', len);
    if (nul)
        return bb_fail(err, BB_EINPUT, "line %zu: there is a NUL byte; this is not a text file",
                       line_of(text, (size_t)(nul - text)));
    return BB_OK;
}

static char find_delimiter(const char *text, size_t len)
{
    static const char candidate[] = {',', '\t', ';'};
    size_t count[sizeof candidate] = {0};
    bool quoted = false;
    for (size_t i = 0; i < len && (quoted || (text[i] != '\n' && text[i] != '\r')); i++) {
        if (text[i] == '"') quoted = !quoted;
        for (size_t k = 0; k < sizeof candidate; k++) count[k] += !quoted && text[i] == candidate[k];
    }
    size_t best = 0;
    for (size_t k = 1; k < sizeof candidate; k++)
        if (count[k] > count[best]) best = k;
    return candidate[best];
}

enum bb_code bb_csv_parse(const char *text, size_t len, char delimiter, bb_csv_row row, void *ctx, struct bb_err *err)
{
    static const char bom[] = {'\xEF', '\xBB', '\xBF'};
    if (len == 0) return BB_OK;
    enum bb_code rc = check_bytes(text, len, err);
    if (rc) return rc;
    if (len >= sizeof bom && memcmp(text, bom, sizeof bom) == 0) {
        text += sizeof bom;
        len -= sizeof bom;
    }
    struct reader reader;
    rc = reader_init(&reader, delimiter ? delimiter : find_delimiter(text, len), row, ctx, err);
    if (rc) return rc;
    rc = feed(&reader, text, len);
    reader_release(&reader);
    return rc;
}

void bb_csv_write(struct bb_buf *out, const char *text, bool formula_safe)
{
    bool formula = formula_safe && text[0] != '\0' && strchr("=+-@\t\r", text[0]);
    size_t plain = 0;
    while (text[plain] && text[plain] != '"' && text[plain] != ',' && text[plain] != '\r' && text[plain] != '\n') plain++;
    bool quote = text[plain] != '\0';
    if (quote) bb_buf_putc(out, '"');
    if (formula) bb_buf_putc(out, '\'');
    bb_buf_add(out, text, plain);
    text += plain;
    for (; *text; text++) {
        if (*text == '"') bb_buf_putc(out, '"');
        bb_buf_putc(out, *text);
    }
    if (quote) bb_buf_putc(out, '"');
}
