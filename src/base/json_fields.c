#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"

static const double LARGEST_WHOLE = 0x1p53; /* from here on a double does not hold every whole number */

/*
 * Fields of objects, read into structs. The writer of the same tables is in json_write.c.
 */

/* What a reader of one value needs to know */
struct context {
    const struct bb_field *field;
    struct bb_arena *arena;
    struct bb_diags *diags;
};

typedef bool (*read_value)(const struct context *context, const struct bb_json *value, void *to);

static bool fail_type(const struct context *context, const struct bb_json *value, const char *must_be)
{
    bb_diag_add(context->diags, BB_ERROR, value->place, "\"%s\" must be %s, not %s", context->field->key, must_be,
                bb_json_type_name(value->type));
    return false;
}

static bool fail_text(const struct context *context, const struct bb_json *value, const char *must_be)
{
    bb_diag_add(context->diags, BB_ERROR, value->place, "\"%s\" must be %s, not \"%s\"", context->field->key, must_be,
                value->as.text);
    return false;
}

/*
 * Texts.
 */
static bool read_text(const struct context *context, const struct bb_json *value, void *to)
{
    if (value->type != BB_JSON_TEXT) return fail_type(context, value, "a string");
    memcpy(to, &value->as.text, sizeof value->as.text);
    return true;
}

static bool read_id(const struct context *context, const struct bb_json *value, void *to)
{
    if (!read_text(context, value, to)) return false;
    if (bb_id_valid(value->as.text)) return true;
    bb_diag_add(context->diags, BB_ERROR, value->place,
                "\"%s\" must be an identifier (up to 128 letters, digits and . _ = + -, a letter or digit first), not \"%s\"; "
                "\"%s\" would do",
                context->field->key, value->as.text, bb_id_suggest(context->arena, value->as.text));
    return false;
}

/* Whether text looks like the picture, where 0 stands for a digit and x for a hexadecimal one. */
static bool matches_picture(const char *text, const char *picture)
{
    for (; *picture; text++, picture++) {
        const char *allowed = *picture == '0' ? "0123456789" : "0123456789abcdefABCDEF";
        bool is_class = *picture == '0' || *picture == 'x';
        if (*text == '\0' || !(is_class ? strchr(allowed, *text) != NULL : *text == *picture)) return false;
    }
    return *text == '\0';
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static bool is_date(const char *text)
{
    if (!matches_picture(text, "0000-00-00")) return false;
    int year = (int)strtol(text, NULL, 10), month = (int)strtol(text + 5, NULL, 10), day = (int)strtol(text + 8, NULL, 10);
    return month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month);
}

static bool read_date(const struct context *context, const struct bb_json *value, void *to)
{
    if (!read_text(context, value, to)) return false;
    return is_date(value->as.text) || fail_text(context, value, "a day that exists, as YYYY-MM-DD");
}

static bool is_url(const char *text)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:"};
    for (const char *c = text; *c; c++)
        if ((unsigned char)*c <= ' ' || *c == 0x7F || strchr("\"<>\\", *c)) return false;
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (bb_starts_with(text, schemes[i])) return text[strlen(schemes[i])] != '\0';
    return false;
}

static bool read_url(const struct context *context, const struct bb_json *value, void *to)
{
    if (!read_text(context, value, to)) return false;
    return is_url(value->as.text) || fail_text(context, value, "an address that begins with https://, http:// or mailto:");
}

static bool read_colour(const struct context *context, const struct bb_json *value, void *to)
{
    if (!read_text(context, value, to)) return false;
    return matches_picture(value->as.text, "#xxxxxx") || fail_text(context, value, "a colour as #rrggbb");
}

/*
 * Numbers.
 */
static bool fail_range(const struct context *context, const struct bb_json *value)
{
    const struct bb_field *field = context->field;
    char min[32], max[32], is[32];
    bb_format_number(min, field->min);
    bb_format_number(max, field->max);
    bb_format_number(is, value->as.number);
    if (isinf(field->max))
        bb_diag_add(context->diags, BB_ERROR, value->place, "\"%s\" must be at least %s, not %s", field->key, min, is);
    else if (isinf(field->min))
        bb_diag_add(context->diags, BB_ERROR, value->place, "\"%s\" must be at most %s, not %s", field->key, max, is);
    else
        bb_diag_add(context->diags, BB_ERROR, value->place, "\"%s\" must be between %s and %s, not %s", field->key, min, max, is);
    return false;
}

static bool check_range(const struct context *context, const struct bb_json *value)
{
    const struct bb_field *field = context->field;
    if (field->min >= field->max || (value->as.number >= field->min && value->as.number <= field->max)) return true;
    return fail_range(context, value);
}

static bool read_number(const struct context *context, const struct bb_json *value, void *to)
{
    if (value->type != BB_JSON_NUMBER) return fail_type(context, value, "a number");
    memcpy(to, &value->as.number, sizeof value->as.number);
    return check_range(context, value);
}

static bool read_integer(const struct context *context, const struct bb_json *value, void *to)
{
    if (value->type != BB_JSON_NUMBER) return fail_type(context, value, "a whole number");
    double number = value->as.number;
    if (number != trunc(number) || fabs(number) > LARGEST_WHOLE) {
        char is[32];
        bb_format_number(is, number);
        bb_diag_add(context->diags, BB_ERROR, value->place, "\"%s\" must be a whole number%s, not %s", context->field->key,
                    number == trunc(number) ? " up to 9007199254740992" : "", is);
        return false;
    }
    long integer = (long)number;
    memcpy(to, &integer, sizeof integer);
    return check_range(context, value);
}

static bool read_bool(const struct context *context, const struct bb_json *value, void *to)
{
    if (value->type != BB_JSON_BOOL) return fail_type(context, value, "true or false");
    memcpy(to, &value->as.boolean, sizeof value->as.boolean);
    return true;
}

/*
 * Choices.
 */
static size_t count_choices(const struct bb_field *field)
{
    size_t n = 0;
    while (field->choices[n]) n++;
    return n;
}

/* "a", "b" or "c" */
static void list_choices(const struct bb_field *field, struct bb_buf *out)
{
    size_t n = count_choices(field);
    for (size_t i = 0; i < n; i++) bb_buf_printf(out, "%s\"%s\"", i == 0 ? "" : i + 1 == n ? " or " : ", ", field->choices[i]);
}

static bool fail_choice(const struct context *context, const struct bb_json *value)
{
    struct bb_buf must_be = BB_BUF_INIT;
    bb_buf_puts(&must_be, count_choices(context->field) > 1 ? "one of " : "");
    list_choices(context->field, &must_be);
    if (value->type == BB_JSON_TEXT)
        fail_text(context, value, bb_buf_text(&must_be));
    else
        fail_type(context, value, bb_buf_text(&must_be));
    bb_buf_release(&must_be);
    return false;
}

static bool read_choice(const struct context *context, const struct bb_json *value, void *to)
{
    if (value->type != BB_JSON_TEXT) return fail_choice(context, value);
    for (int i = 0; context->field->choices[i]; i++) {
        if (strcmp(context->field->choices[i], value->as.text) == 0) {
            memcpy(to, &i, sizeof i);
            return true;
        }
    }
    return fail_choice(context, value);
}

/*
 * Lists.
 */
static bool fail_element(const struct context *context, const struct bb_json *element, size_t i, const char *must_be)
{
    bb_diag_add(context->diags, BB_ERROR, element->place, "\"%s\" must be %s; its element %zu is %s", context->field->key,
                must_be, i + 1, bb_json_type_name(element->type));
    return false;
}

static bool read_texts(const struct context *context, const struct bb_json *value, void *to)
{
    static const char must_be[] = "a list of strings";
    bool single = value->type == BB_JSON_TEXT, ok = true;
    if (!single && value->type != BB_JSON_ARRAY) return fail_type(context, value, must_be);
    struct bb_texts texts = {.n = single ? 1 : value->as.list.n};
    texts.text = BB_NEW_ARRAY(context->arena, texts.n, const char *);
    for (size_t i = 0; i < texts.n; i++) {
        const struct bb_json *element = single ? value : value->as.list.item[i];
        if (element->type == BB_JSON_TEXT)
            texts.text[i] = element->as.text;
        else
            ok = fail_element(context, element, i, must_be);
    }
    if (ok) memcpy(to, &texts, sizeof texts);
    return ok;
}

/* null is NaN here, because that is what the writer makes of NaN. */
static bool read_numbers(const struct context *context, const struct bb_json *value, void *to)
{
    static const char must_be[] = "a list of numbers";
    if (value->type != BB_JSON_ARRAY) return fail_type(context, value, must_be);
    bool ok = true;
    struct bb_numbers numbers = {.n = value->as.list.n};
    numbers.number = BB_NEW_ARRAY(context->arena, numbers.n, double);
    for (size_t i = 0; i < numbers.n; i++) {
        const struct bb_json *element = value->as.list.item[i];
        if (element->type == BB_JSON_NULL) {
            numbers.number[i] = (double)NAN;
        } else if (element->type == BB_JSON_NUMBER) {
            numbers.number[i] = element->as.number;
            ok = check_range(context, element) && ok;
        } else {
            ok = fail_element(context, element, i, must_be);
        }
    }
    if (ok) memcpy(to, &numbers, sizeof numbers);
    return ok;
}

static bool read_json(const struct context *context, const struct bb_json *value, void *to)
{
    (void)context;
    memcpy(to, &value, sizeof value);
    return true;
}

/*
 * Tables.
 */
static const struct {
    read_value read;
    size_t size; /* of the member of the struct */
} kind_info[] = {
    [BB_FIELD_TEXT] = {read_text, sizeof(const char *)},
    [BB_FIELD_ID] = {read_id, sizeof(const char *)},
    [BB_FIELD_NUMBER] = {read_number, sizeof(double)},
    [BB_FIELD_INTEGER] = {read_integer, sizeof(long)},
    [BB_FIELD_BOOL] = {read_bool, sizeof(bool)},
    [BB_FIELD_CHOICE] = {read_choice, sizeof(int)},
    [BB_FIELD_TEXTS] = {read_texts, sizeof(struct bb_texts)},
    [BB_FIELD_NUMBERS] = {read_numbers, sizeof(struct bb_numbers)},
    [BB_FIELD_DATE] = {read_date, sizeof(const char *)},
    [BB_FIELD_URL] = {read_url, sizeof(const char *)},
    [BB_FIELD_COLOUR] = {read_colour, sizeof(const char *)},
    [BB_FIELD_JSON] = {read_json, sizeof(const struct bb_json *)},
};

/* Texts, lists and trees that are absent are all zeros; the others have a value for it. */
static void set_default(const struct bb_field *field, void *to)
{
    const double number = (double)NAN;
    const bool boolean = field->absent != 0;
    const int choice = (int)field->absent;
    const void *from = field->kind == BB_FIELD_NUMBER    ? (const void *)&number
                       : field->kind == BB_FIELD_INTEGER ? (const void *)&field->absent
                       : field->kind == BB_FIELD_BOOL    ? (const void *)&boolean
                       : field->kind == BB_FIELD_CHOICE  ? (const void *)&choice
                                                         : NULL;
    if (from)
        memcpy(to, from, kind_info[field->kind].size);
    else
        memset(to, 0, kind_info[field->kind].size);
}

void bb_fields_default(const struct bb_field *field, size_t n, void *out)
{
    for (size_t i = 0; i < n; i++) set_default(&field[i], (char *)out + field[i].offset);
}

static size_t find_field(const struct bb_field *field, size_t n, const char *key)
{
    size_t i = 0;
    while (i < n && (*field[i].key != *key || strcmp(field[i].key, key) != 0)) i++;
    return i;
}

static bool report_unknown(const struct bb_json *member, const char *what, const struct bb_field *field, size_t n,
                           struct bb_diags *diags)
{
    const char **keys = bb_calloc(n, sizeof *keys);
    for (size_t i = 0; i < n; i++) keys[i] = field[i].key;
    const char *nearest = bb_nearest(member->key, keys, n);
    if (nearest)
        bb_diag_add(diags, BB_ERROR, member->key_place, "unknown key \"%s\" in the %s; did you mean \"%s\"?", member->key, what,
                    nearest);
    else
        bb_diag_add(diags, BB_ERROR, member->key_place, "unknown key \"%s\" in the %s", member->key, what);
    free(keys);
    return false;
}

static bool check_required(const struct bb_json *object, const char *what, const struct bb_field *field, size_t n,
                           struct bb_diags *diags)
{
    bool ok = true;
    for (size_t i = 0; i < n; i++) {
        if (!(field[i].flags & BB_REQUIRED) || bb_json_member(object, field[i].key)) continue;
        bb_diag_add(diags, BB_ERROR, object->place, "\"%s\" is missing in the %s", field[i].key, what);
        ok = false;
    }
    return ok;
}

/* A value that is wrong leaves the default behind. */
static bool read_member(const struct context *context, const struct bb_json *member, void *to)
{
    if (kind_info[context->field->kind].read(context, member, to)) return true;
    set_default(context->field, to);
    return false;
}

bool bb_fields_read(const struct bb_json *object, const char *what, const struct bb_field *field, size_t n, void *out,
                    struct bb_arena *arena, struct bb_diags *diags)
{
    bb_fields_default(field, n, out);
    if (object->type != BB_JSON_OBJECT) {
        bb_diag_add(diags, BB_ERROR, object->place, "the %s must be an object, not %s", what, bb_json_type_name(object->type));
        return false;
    }
    bool ok = true;
    for (size_t i = 0; i < object->as.list.n; i++) {
        const struct bb_json *member = object->as.list.item[i];
        size_t k = find_field(field, n, member->key);
        struct context context = {.field = &field[k], .arena = arena, .diags = diags};
        if (k < n)
            ok = read_member(&context, member, (char *)out + field[k].offset) && ok;
        else
            ok = report_unknown(member, what, field, n, diags);
    }
    return check_required(object, what, field, n, diags) && ok;
}
