#include "base/json.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

#include "base/file.h"
#include "base/text.h"

enum {
    NESTING_LIMIT = 256,
    NUMBER_LIMIT = 63, /* characters that cJSON can take in a number */
    FEW = 16,          /* members that are searched for doubles one by one */
    SHORT = 32,        /* a text of at most so many bytes may share its copy */
    RECENT = 512       /* copies that are remembered for that */
};

/*
 * cJSON has the tree, but no places, and it lets things through. So the text is walked once more, in step with the tree: the walk
 * notes where each value stands and refuses what RFC 8259 does not allow. When cJSON found an error there is no tree (`node` is
 * NULL everywhere), and the walk is what finds the words for it.
 */
struct scanner {
    struct bb_arena *arena;
    struct bb_diags *diags;
    const char *file;
    const char *at, *end;
    size_t line;
    const char *mark; /* a place in the line, and its column; places are asked for in the order of the text */
    size_t mark_column;
    int depth;
    const char *recent[RECENT];
};

static struct bb_place place_of(struct scanner *s, const char *at)
{
    assert(at >= s->mark);
    s->mark_column += bb_utf8_length(s->mark, (size_t)(at - s->mark));
    s->mark = at;
    return (struct bb_place){.file = s->file, .line = s->line, .column = s->mark_column};
}

static struct bb_place here(struct scanner *s)
{
    return place_of(s, s->at);
}

/* The next character, NUL at the end. A NUL in the text is no token either. */
static char peek(const struct scanner *s)
{
    return s->at < s->end ? *s->at : '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

static void skip_white(struct scanner *s)
{
    for (; s->at < s->end; s->at++) {
        if (*s->at == '\n') {
            s->line++;
            s->mark = s->at + 1;
            s->mark_column = 1;
        } else if (*s->at != ' ' && *s->at != '\t' && *s->at != '\r') {
            return;
        }
    }
}

/* A copy in the arena. The texts of a file repeat, its keys most of all: a short one is the copy of the last that had its number, if that said the
   same. So what is compared later is mostly one address, and stands together in memory. */
static const char *keep(struct scanner *s, const char *text)
{
    size_t len = 0, number = 0;
    for (; text[len] && len <= SHORT; len++) number = number * 31 + (unsigned char)text[len];
    if (len > SHORT) return bb_arena_strdup(s->arena, text);
    const char **recent = &s->recent[(number ^ number >> 9) % RECENT];
    if (!*recent || strcmp(*recent, text) != 0) *recent = bb_arena_strndup(s->arena, text, len);
    return *recent;
}

/*
 * What was found, in words.
 */
enum { FOUND_SIZE = 48 };

static void describe(const struct scanner *s, char out[FOUND_SIZE])
{
    size_t left = (size_t)(s->end - s->at), word = 0;
    while (word < left && word < FOUND_SIZE - 8 && (is_letter(s->at[word]) || (word > 0 && is_digit(s->at[word])))) word++;
    unsigned char byte = (unsigned char)peek(s);
    if (left == 0)
        snprintf(out, FOUND_SIZE, "the end of the file");
    else if (byte < 0x20 || byte == 0x7F)
        snprintf(out, FOUND_SIZE, "the control character U+%04X", byte);
    else
        snprintf(out, FOUND_SIZE, "'%.*s'", (int)(word ? word : bb_utf8_sequence(s->at, left)), s->at);
}

/* The text, and when it ends in a letter, the end of the word too */
static bool starts_with(const struct scanner *s, const char *text)
{
    size_t len = strlen(text), left = (size_t)(s->end - s->at);
    if (left < len || memcmp(s->at, text, len) != 0) return false;
    return !is_letter(text[len - 1]) || left == len || !(is_letter(s->at[len]) || is_digit(s->at[len]));
}

/* Mistakes that have a better answer than what was expected */
static const struct {
    const char *start, *advice;
} known_mistake[] = {
    {"//", "comments are not allowed in JSON"},
    {"/*", "comments are not allowed in JSON"},
    {"#", "comments are not allowed in JSON"},
    {"'", "strings and keys stand in double quotes, not in single ones"},
    {"\xE2\x80\x9C", "strings and keys stand in straight double quotes (\"), not in typographic ones"},
    {"\xE2\x80\x9D", "strings and keys stand in straight double quotes (\"), not in typographic ones"},
    {"+", "a number does not begin with '+'"},
    {".", "a number does not begin with '.'; write a 0 before it"},
    {"NaN", "there is no NaN in JSON; write null, or leave it out"},
    {"nan", "there is no NaN in JSON; write null, or leave it out"},
    {"Infinity", "there is no infinity in JSON"},
    {"True", "write true with a small letter"},
    {"False", "write false with a small letter"},
    {"None", "write null"},
};

static bool fail_expected(struct scanner *s, const char *expected)
{
    struct bb_place place = here(s);
    for (size_t i = 0; i < sizeof known_mistake / sizeof known_mistake[0]; i++) {
        if (starts_with(s, known_mistake[i].start)) {
            bb_diag_add(s->diags, BB_ERROR, place, "%s", known_mistake[i].advice);
            return false;
        }
    }
    char found[FOUND_SIZE];
    describe(s, found);
    bb_diag_add(s->diags, BB_ERROR, place, "expected %s, found %s", expected, found);
    return false;
}

/*
 * Strings.
 */
static int hex_value(char c)
{
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The code unit of \uXXXX at `at`, or -1. */
static int escaped_unit(const struct scanner *s, const char *at)
{
    if (s->end - at < 6 || at[0] != '\\' || at[1] != 'u') return -1;
    int unit = 0;
    for (int i = 2; i < 6; i++) {
        int digit = hex_value(at[i]);
        if (digit < 0) return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

static bool is_high_surrogate(int unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_low_surrogate(int unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/* What is wrong with the escape at s->at, or NULL; *length is how long it is. */
static const char *escape_error(const struct scanner *s, size_t *length)
{
    *length = 2;
    char kind = s->end - s->at > 1 ? s->at[1] : '\0';
    if (kind != 'u')
        return kind && strchr("\"\\/bfnrt", kind) ? NULL : "a backslash in a string stands before one of \" \\ / b f n r t u";
    *length = 6;
    int unit = escaped_unit(s, s->at);
    if (unit < 0) return "\\u is followed by four hexadecimal digits";
    if (unit == 0) return "\\u0000 is not allowed in a string";
    if (is_high_surrogate(unit) && is_low_surrogate(escaped_unit(s, s->at + 6))) {
        *length = 12;
        return NULL;
    }
    return is_high_surrogate(unit) || is_low_surrogate(unit) ? "half of a surrogate pair (\\uD800 to \\uDFFF) is not a character"
                                                             : NULL;
}

static bool scan_escape(struct scanner *s)
{
    size_t length;
    const char *error = escape_error(s, &length);
    if (error) bb_diag_add(s->diags, BB_ERROR, here(s), "%s", error);
    s->at += length;
    return !error;
}

static bool fail_control(struct scanner *s)
{
    struct bb_place place = here(s);
    if (*s->at == '\n' || *s->at == '\r')
        bb_diag_add(s->diags, BB_ERROR, place, "a string ends on the line where it begins; write a line break as \\n");
    else if (*s->at == '\t')
        bb_diag_add(s->diags, BB_ERROR, place, "write a tab in a string as \\t");
    else
        bb_diag_add(s->diags, BB_ERROR, place, "write the control character in a string as \\u%04x",
                    (unsigned)(unsigned char)*s->at);
    return false;
}

/* From the opening quote to behind the closing one */
static bool scan_string(struct scanner *s)
{
    struct bb_place start = here(s);
    s->at++;
    while (s->at < s->end && *s->at != '"') {
        if ((unsigned char)*s->at < 0x20) return fail_control(s);
        if (*s->at != '\\')
            s->at++;
        else if (!scan_escape(s))
            return false;
    }
    if (s->at >= s->end) {
        bb_diag_add(s->diags, BB_ERROR, start, "the string that begins here does not end");
        return false;
    }
    s->at++;
    return true;
}

/*
 * Numbers and words.
 */
static const char *skip_digits(const struct scanner *s, const char *at)
{
    while (at < s->end && is_digit(*at)) at++;
    return at;
}

static bool fail_number(struct scanner *s, const char *from, const char *reason)
{
    size_t len = (size_t)(s->at - from);
    struct bb_place place = place_of(s, from);
    bb_diag_add(s->diags, BB_ERROR, place, "the number %.*s %s", (int)(len > NUMBER_LIMIT ? NUMBER_LIMIT : len), from, reason);
    return false;
}

/* At least one digit, or an error */
static bool scan_digits(struct scanner *s, const char *from, const char *missing)
{
    const char *end = skip_digits(s, s->at);
    bool some = end > s->at;
    s->at = end;
    return some || fail_number(s, from, missing);
}

static bool scan_number(struct scanner *s, const cJSON *node)
{
    const char *from = s->at;
    s->at += peek(s) == '-';
    const char *whole = s->at;
    if (!scan_digits(s, from, "has no digits")) return false;
    if (*whole == '0' && s->at - whole > 1) return fail_number(s, from, "begins with a 0 that does not belong there");
    if (peek(s) == '.') {
        s->at++;
        if (!scan_digits(s, from, "has no digits after the point")) return false;
    }
    if (peek(s) == 'e' || peek(s) == 'E') {
        s->at++;
        s->at += peek(s) == '+' || peek(s) == '-';
        if (!scan_digits(s, from, "has no digits in its exponent")) return false;
    }
    if (s->at - from > NUMBER_LIMIT) return fail_number(s, from, "… has more than 63 characters");
    if (node && isinf(node->valuedouble)) return fail_number(s, from, "is too large");
    return true;
}

static bool scan_word(struct scanner *s)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (starts_with(s, words[i])) {
            s->at += strlen(words[i]);
            return true;
        }
    }
    return fail_expected(s, "a value");
}

/*
 * Values.
 */
static bool scan_value(struct scanner *s, const cJSON *node, struct bb_json *value);

static size_t count_children(const cJSON *node)
{
    size_t n = 0;
    for (const cJSON *child = node ? node->child : NULL; child; child = child->next) n++;
    return n;
}

/* Room for the children of node: one block of values and one of pointers to them */
static void make_list(struct scanner *s, const cJSON *node, struct bb_json *list)
{
    size_t n = count_children(node);
    struct bb_json *values = BB_NEW_ARRAY(s->arena, n, struct bb_json);
    list->as.list.item = BB_NEW_ARRAY(s->arena, n, struct bb_json *);
    list->as.list.n = n;
    for (size_t i = 0; i < n; i++) list->as.list.item[i] = &values[i];
}

/* Index of the member of list[0..n) with this key, or n. `keys` is filled once there are more than a FEW. */
static size_t find_key(const struct bb_json *list, size_t n, const char *key, struct bb_names *keys)
{
    if (n < FEW) {
        size_t i = 0;
        while (i < n && (*list->as.list.item[i]->key != *key || strcmp(list->as.list.item[i]->key, key) != 0)) i++;
        return i;
    }
    for (size_t i = keys->n; i < n; i++) bb_names_add(keys, list->as.list.item[i]->key);
    return bb_names_add(keys, key);
}

static bool scan_key(struct scanner *s, const cJSON *child, struct bb_json *member)
{
    if (peek(s) != '"') return fail_expected(s, "a key in double quotes");
    member->key_place = here(s);
    if (!scan_string(s)) return false;
    if (child) member->key = keep(s, child->string);
    skip_white(s);
    if (peek(s) != ':') return fail_expected(s, "':' after the key");
    s->at++;
    skip_white(s);
    return true;
}

static bool check_double(struct scanner *s, const struct bb_json *object, size_t i, struct bb_names *keys)
{
    const struct bb_json *member = object->as.list.item[i];
    size_t first = find_key(object, i, member->key, keys);
    if (first == i) return true;
    bb_diag_add(s->diags, BB_ERROR, member->key_place, "the key \"%s\" is there twice; the first is in line %zu", member->key,
                object->as.list.item[first]->key_place.line);
    return false;
}

/* What differs between the two kinds of lists */
struct list_kind {
    char close;
    const char *expected_more; /* after an element */
    const char *trailing;
};
static const struct list_kind array_kind = {']', "',' or ']' after the value", "a comma before ']' is one too many"};
static const struct list_kind object_kind = {'}', "',' or '}' after the value", "a comma before '}' is one too many"};

/* After an element: false at the end of the list, or with *failed set. */
static bool scan_comma(struct scanner *s, const struct list_kind *kind, bool *failed)
{
    skip_white(s);
    if (peek(s) == kind->close) {
        s->at++;
        return false;
    }
    if (peek(s) != ',') {
        *failed = true;
        return fail_expected(s, kind->expected_more);
    }
    struct bb_place comma = here(s);
    s->at++;
    skip_white(s);
    if (peek(s) != kind->close) return true;
    bb_diag_add(s->diags, BB_ERROR, comma, "%s", kind->trailing);
    *failed = true;
    return false;
}

/* The elements up to the closing bracket. Those without a node are scanned into a spare value: there is no tree, or the text is about to
   be refused for something that cJSON took for white space. */
static bool scan_elements(struct scanner *s, const struct list_kind *kind, const cJSON *node, struct bb_json *list,
                          struct bb_names *keys)
{
    const cJSON *child = node ? node->child : NULL;
    bool failed = false, more = true;
    for (size_t i = 0; more; i++) {
        struct bb_json spare = {0};
        struct bb_json *element = child ? list->as.list.item[i] : &spare;
        if (kind == &object_kind && (!scan_key(s, child, element) || (child && !check_double(s, list, i, keys)))) return false;
        if (!scan_value(s, child, element)) return false;
        child = child ? child->next : NULL;
        more = scan_comma(s, kind, &failed);
    }
    return !failed;
}

static bool scan_list(struct scanner *s, const struct list_kind *kind, const cJSON *node, struct bb_json *list)
{
    if (++s->depth > NESTING_LIMIT) {
        bb_diag_add(s->diags, BB_ERROR, here(s), "lists and objects are nested more than %d deep", NESTING_LIMIT);
        return false;
    }
    make_list(s, node, list);
    s->at++;
    skip_white(s);
    bool ok = true;
    if (peek(s) == kind->close) {
        s->at++;
    } else {
        struct bb_names keys = {0};
        ok = scan_elements(s, kind, node, list, &keys);
        bb_names_release(&keys);
    }
    s->depth--;
    return ok;
}

static void set_scalar(struct scanner *s, const cJSON *node, struct bb_json *value)
{
    if (cJSON_IsString(node)) {
        value->type = BB_JSON_TEXT;
        value->as.text = keep(s, node->valuestring);
    } else if (cJSON_IsNumber(node)) {
        value->type = BB_JSON_NUMBER;
        value->as.number = node->valuedouble;
    } else if (cJSON_IsBool(node)) {
        value->type = BB_JSON_BOOL;
        value->as.boolean = cJSON_IsTrue(node);
    } else {
        assert(cJSON_IsNull(node));
        value->type = BB_JSON_NULL;
    }
}

static bool scan_value(struct scanner *s, const cJSON *node, struct bb_json *value)
{
    value->place = here(s);
    char c = peek(s);
    if (c == '{') {
        value->type = BB_JSON_OBJECT;
        return scan_list(s, &object_kind, node, value);
    }
    if (c == '[') {
        value->type = BB_JSON_ARRAY;
        return scan_list(s, &array_kind, node, value);
    }
    bool ok;
    if (c == '"')
        ok = scan_string(s);
    else if (c == '-' || is_digit(c))
        ok = scan_number(s, node);
    else
        ok = scan_word(s);
    if (ok && node) set_scalar(s, node, value);
    return ok;
}

static bool scan_document(struct scanner *s, const cJSON *node, struct bb_json *value)
{
    skip_white(s);
    if (s->at == s->end) {
        bb_diag_add(s->diags, BB_ERROR, here(s), "the file is empty, where JSON is needed");
        return false;
    }
    if (!scan_value(s, node, value)) return false;
    skip_white(s);
    return s->at == s->end || fail_expected(s, "nothing more after the value");
}

/*
 * Reading.
 */

/* Bytes that no walk should meet: a byte-order mark, and what is not UTF-8 */
static bool check_bytes(struct scanner *s)
{
    static const char bom[] = "\xEF\xBB\xBF";
    if (starts_with(s, bom)) {
        bb_diag_add(s->diags, BB_ERROR, here(s), "the file begins with a byte-order mark; save it as UTF-8 without one");
        return false;
    }
    size_t len = (size_t)(s->end - s->at);
    size_t bad = bb_utf8_check(s->at, len);
    if (bad == len) return true;
    struct bb_place place = {.file = s->file, .line = 1};
    const char *line = s->at;
    for (const char *lf; (lf = memchr(line, '\n', (size_t)(s->at + bad - line))); line = lf + 1) place.line++;
    place.column = bb_utf8_length(line, (size_t)(s->at + bad - line)) + 1;
    bb_diag_add(s->diags, BB_ERROR, place, "the byte 0x%02x is not UTF-8; save the file as UTF-8",
                (unsigned)(unsigned char)s->at[bad]);
    return false;
}

/* A tree has a million nodes and lives for the length of one walk: they come from an arena, and go with it. */
static _Thread_local struct bb_arena *nodes;

static void *node_alloc(size_t size)
{
    return bb_arena_alloc(nodes, 1, size);
}

static void node_free(void *node)
{
    (void)node;
}

static void use_our_malloc(void)
{
    cJSON_Hooks hooks = {.malloc_fn = node_alloc, .free_fn = node_free};
    cJSON_InitHooks(&hooks);
}

struct bb_json *bb_json_parse(struct bb_arena *arena, const char *name, const char *text, size_t len, struct bb_diags *diags)
{
    static once_flag hooks_once = ONCE_FLAG_INIT;
    call_once(&hooks_once, use_our_malloc);
    struct scanner s = {.arena = arena, .diags = diags, .file = bb_arena_strdup(arena, name)};
    s.at = s.mark = text;
    s.end = text + len;
    s.line = s.mark_column = 1;
    if (!check_bytes(&s)) return NULL;
    nodes = bb_arena_new(0);
    cJSON *tree = cJSON_ParseWithLengthOpts(text, len, NULL, 0);
    struct bb_json *value = BB_NEW(arena, struct bb_json);
    bool ok = scan_document(&s, tree, value);
    if (ok && !tree) bb_diag_add(diags, BB_ERROR, here(&s), "the file cannot be read as JSON");
    ok = ok && tree;
    bb_arena_free(nodes);
    return ok ? value : NULL;
}

struct bb_json *bb_json_read(struct bb_arena *arena, const char *path, struct bb_place from, struct bb_diags *diags)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_err err = {0};
    struct bb_json *value = NULL;
    if (bb_file_read(path, 0, &text, &err) == BB_OK)
        value = bb_json_parse(arena, path, bb_buf_text(&text), text.len, diags);
    else
        bb_diag_add(diags, BB_ERROR, from, "%s", err.msg);
    bb_buf_release(&text);
    return value;
}

struct bb_json *bb_json_member(const struct bb_json *object, const char *key)
{
    if (!object || object->type != BB_JSON_OBJECT) return NULL;
    for (size_t i = 0; i < object->as.list.n; i++)
        if (strcmp(object->as.list.item[i]->key, key) == 0) return object->as.list.item[i];
    return NULL;
}

double bb_json_number(const struct bb_json *object, const char *key)
{
    const struct bb_json *member = bb_json_member(object, key);
    return member && member->type == BB_JSON_NUMBER ? member->as.number : (double)NAN;
}

const char *bb_json_text(const struct bb_json *object, const char *key)
{
    const struct bb_json *member = bb_json_member(object, key);
    return member && member->type == BB_JSON_TEXT ? member->as.text : NULL;
}

const char *bb_json_type_name(enum bb_json_type type)
{
    static const char *const name[] = {
        [BB_JSON_NULL] = "null",     [BB_JSON_BOOL] = "true or false", [BB_JSON_NUMBER] = "a number",
        [BB_JSON_TEXT] = "a string", [BB_JSON_ARRAY] = "a list",       [BB_JSON_OBJECT] = "an object",
    };
    return name[type];
}
