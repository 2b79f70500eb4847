#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"

void bb_jw_init(struct bb_json_writer *w, struct bb_buf *out, int indent)
{
    *w = (struct bb_json_writer){.out = out, .indent = indent, .first = true};
}

static void new_line(struct bb_json_writer *w)
{
    if (w->indent == 0) return;
    size_t blanks = (size_t)w->indent * (size_t)w->depth;
    char *end = bb_buf_room(w->out, blanks + 1);
    end[0] = '\n';
    memset(end + 1, ' ', blanks);
    end[blanks + 1] = '\0';
    w->out->len += blanks + 1;
}

/* What stands between the value before and this one, or between its key and it */
static void before_value(struct bb_json_writer *w)
{
    if (w->after_key) {
        w->after_key = false;
        return;
    }
    if (!w->first) bb_buf_putc(w->out, ',');
    if (w->depth > 0) new_line(w);
    w->first = false;
}

static void open_list(struct bb_json_writer *w, char bracket)
{
    before_value(w);
    bb_buf_putc(w->out, bracket);
    w->depth++;
    w->first = true;
}

static void close_list(struct bb_json_writer *w, char bracket)
{
    assert(w->depth > 0 && !w->after_key);
    w->depth--;
    if (!w->first) new_line(w);
    bb_buf_putc(w->out, bracket);
    w->first = false;
}

void bb_jw_object(struct bb_json_writer *w)
{
    open_list(w, '{');
}

void bb_jw_object_end(struct bb_json_writer *w)
{
    close_list(w, '}');
}

void bb_jw_array(struct bb_json_writer *w)
{
    open_list(w, '[');
}

void bb_jw_array_end(struct bb_json_writer *w)
{
    close_list(w, ']');
}

/*
 * Strings.
 */

/* The escape of the sequence at text, or NULL when it stands for itself. spare is room for one that is made. */
static const char *escape_of(const char *text, size_t length, char spare[8])
{
    static const char *const short_form[] = {
        ['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f", ['\r'] = "\\r", ['"'] = "\\\"", ['\\'] = "\\\\",
    };
    unsigned char byte = (unsigned char)text[0];
    if (length == 0) return "\\ufffd";
    if (byte < sizeof short_form / sizeof short_form[0] && short_form[byte]) return short_form[byte];
    if (byte < 0x20 || byte == '<' || byte == '>' || byte == '&') {
        snprintf(spare, 8, "\\u%04x", byte);
        return spare;
    }
    if (length == 3 && memcmp(text, "\xE2\x80\xA8", 3) == 0) return "\\u2028";
    if (length == 3 && memcmp(text, "\xE2\x80\xA9", 3) == 0) return "\\u2029";
    return NULL;
}

/* ASCII that stands for itself, nearly all of most texts: from the blank to the tilde without " & < > \ */
static bool is_plain(char c)
{
    static const uint64_t plain[4] = {UINT64_C(0xAFFFFFBB00000000), UINT64_C(0x7FFFFFFFEFFFFFFF), 0, 0};
    unsigned char byte = (unsigned char)c;
    return plain[byte >> 6] >> (byte & 63) & 1;
}

static void put_string(struct bb_buf *out, const char *text)
{
    size_t plain = 0;
    while (is_plain(text[plain])) plain++;
    char *to = bb_buf_room(out, plain + 2);
    to[0] = '"';
    memcpy(to + 1, text, plain);
    to[plain + 1] = '"';
    to[plain + 2] = '\0';
    out->len += plain + 2;
    if (!text[plain]) return;
    out->len--; /* the quote comes behind the rest */
    const char *kept = text + plain, *at = kept; /* from `kept` on text is not written yet */
    for (const char *end = at + strlen(at); at < end;) {
        char spare[8];
        if (is_plain(*at)) {
            at++;
            continue;
        }
        size_t length = bb_utf8_sequence(at, (size_t)(end - at));
        const char *escape = escape_of(at, length, spare);
        at += length ? length : 1;
        if (!escape) continue;
        size_t skipped = length ? length : 1;
        bb_buf_add(out, kept, (size_t)(at - kept) - skipped);
        bb_buf_puts(out, escape);
        kept = at;
    }
    bb_buf_add(out, kept, (size_t)(at - kept));
    bb_buf_putc(out, '"');
}

void bb_jw_key(struct bb_json_writer *w, const char *key)
{
    assert(w->depth > 0 && !w->after_key);
    before_value(w);
    put_string(w->out, key);
    bb_buf_puts(w->out, w->indent ? ": " : ":");
    w->after_key = true;
}

/*
 * Values.
 */
void bb_jw_text(struct bb_json_writer *w, const char *text)
{
    if (!text) {
        bb_jw_null(w);
        return;
    }
    before_value(w);
    put_string(w->out, text);
}

static void put_word(struct bb_json_writer *w, const char *word)
{
    before_value(w);
    bb_buf_puts(w->out, word);
}

void bb_jw_number(struct bb_json_writer *w, double value)
{
    if (!isfinite(value)) {
        bb_jw_null(w);
        return;
    }
    before_value(w);
    w->out->len += bb_format_number(bb_buf_room(w->out, 31), value);
}

void bb_jw_integer(struct bb_json_writer *w, long value)
{
    before_value(w);
    bb_buf_printf(w->out, "%ld", value);
}

void bb_jw_bool(struct bb_json_writer *w, bool value)
{
    put_word(w, value ? "true" : "false");
}

void bb_jw_null(struct bb_json_writer *w)
{
    put_word(w, "null");
}

static void write_list(struct bb_json_writer *w, const struct bb_json *list)
{
    for (size_t i = 0; i < list->as.list.n; i++) {
        const struct bb_json *item = list->as.list.item[i];
        if (list->type == BB_JSON_OBJECT) bb_jw_key(w, item->key);
        bb_jw_value(w, item);
    }
}

void bb_jw_value(struct bb_json_writer *w, const struct bb_json *value)
{
    switch (value->type) {
    case BB_JSON_NULL:
        bb_jw_null(w);
        return;
    case BB_JSON_BOOL:
        bb_jw_bool(w, value->as.boolean);
        return;
    case BB_JSON_NUMBER:
        bb_jw_number(w, value->as.number);
        return;
    case BB_JSON_TEXT:
        bb_jw_text(w, value->as.text);
        return;
    case BB_JSON_ARRAY:
        bb_jw_array(w);
        write_list(w, value);
        bb_jw_array_end(w);
        return;
    case BB_JSON_OBJECT:
        bb_jw_object(w);
        write_list(w, value);
        bb_jw_object_end(w);
        return;
    }
}

struct bb_json_writer *bb_json_lines_next(struct bb_json_lines *lines)
{
    bb_buf_puts(lines->out, lines->first ? "\n" : ",\n");
    lines->first = false;
    bb_jw_init(&lines->w, lines->out, 0);
    bb_jw_object(&lines->w);
    return &lines->w;
}

void bb_jw_member_text(struct bb_json_writer *w, const char *key, const char *text)
{
    if (!text) return;
    bb_jw_key(w, key);
    bb_jw_text(w, text);
}

void bb_jw_member_number(struct bb_json_writer *w, const char *key, double value)
{
    if (isnan(value)) return;
    bb_jw_key(w, key);
    bb_jw_number(w, value);
}

void bb_jw_member_integer(struct bb_json_writer *w, const char *key, long value)
{
    bb_jw_key(w, key);
    bb_jw_integer(w, value);
}

void bb_jw_member_bool(struct bb_json_writer *w, const char *key, bool value)
{
    bb_jw_key(w, key);
    bb_jw_bool(w, value);
}

/*
 * Members of a struct. Each writer leaves out what is absent.
 */
typedef void (*write_member)(struct bb_json_writer *w, const struct bb_field *field, const void *from);

/* Such a member must be there when it is read again, even if its value is what stands for absent. */
static bool is_required(const struct bb_field *field)
{
    return field->flags & BB_REQUIRED;
}

static void write_text(struct bb_json_writer *w, const struct bb_field *field, const void *from)
{
    const char *text;
    memcpy(&text, from, sizeof text);
    bb_jw_member_text(w, field->key, text);
}

static void write_number(struct bb_json_writer *w, const struct bb_field *field, const void *from)
{
    double number;
    memcpy(&number, from, sizeof number);
    bb_jw_member_number(w, field->key, number);
}

static void write_integer(struct bb_json_writer *w, const struct bb_field *field, const void *from)
{
    long integer;
    memcpy(&integer, from, sizeof integer);
    if (integer == field->absent && !is_required(field)) return;
    bb_jw_key(w, field->key);
    bb_jw_integer(w, integer);
}

static void write_bool(struct bb_json_writer *w, const struct bb_field *field, const void *from)
{
    bool boolean;
    memcpy(&boolean, from, sizeof boolean);
    if (boolean == (field->absent != 0) && !is_required(field)) return;
    bb_jw_key(w, field->key);
    bb_jw_bool(w, boolean);
}

static void write_choice(struct bb_json_writer *w, const struct bb_field *field, const void *from)
{
    int choice;
    memcpy(&choice, from, sizeof choice);
    if (choice >= 0 && (choice != (int)field->absent || is_required(field)))
        bb_jw_member_text(w, field->key, field->choices[choice]);
}

static void write_texts(struct bb_json_writer *w, const struct bb_field *field, const void *from)
{
    struct bb_texts texts;
    memcpy(&texts, from, sizeof texts);
    if (!texts.text) return;
    bb_jw_key(w, field->key);
    bb_jw_array(w);
    for (size_t i = 0; i < texts.n; i++) bb_jw_text(w, texts.text[i]);
    bb_jw_array_end(w);
}

static void write_numbers(struct bb_json_writer *w, const struct bb_field *field, const void *from)
{
    struct bb_numbers numbers;
    memcpy(&numbers, from, sizeof numbers);
    if (!numbers.number) return;
    bb_jw_key(w, field->key);
    bb_jw_array(w);
    for (size_t i = 0; i < numbers.n; i++) bb_jw_number(w, numbers.number[i]);
    bb_jw_array_end(w);
}

static void write_json(struct bb_json_writer *w, const struct bb_field *field, const void *from)
{
    const struct bb_json *value;
    memcpy(&value, from, sizeof value);
    if (!value) return;
    bb_jw_key(w, field->key);
    bb_jw_value(w, value);
}

static const write_member member_writer[] = {
    [BB_FIELD_TEXT] = write_text,       [BB_FIELD_ID] = write_text,         [BB_FIELD_NUMBER] = write_number,
    [BB_FIELD_INTEGER] = write_integer, [BB_FIELD_BOOL] = write_bool,       [BB_FIELD_CHOICE] = write_choice,
    [BB_FIELD_TEXTS] = write_texts,     [BB_FIELD_NUMBERS] = write_numbers, [BB_FIELD_DATE] = write_text,
    [BB_FIELD_URL] = write_text,        [BB_FIELD_COLOUR] = write_text,     [BB_FIELD_JSON] = write_json,
};

void bb_jw_fields(struct bb_json_writer *w, const struct bb_field *field, size_t n, const void *in)
{
    for (size_t i = 0; i < n; i++)
        if (!(field[i].flags & BB_HIDDEN)) member_writer[field[i].kind](w, &field[i], (const char *)in + field[i].offset);
}
