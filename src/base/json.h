/*
 * JSON, strictly: what RFC 8259 allows and nothing else, every value with its line and column.
 *
 * cJSON parses; this module refuses what cJSON lets through (duplicate keys, malformed UTF-8, "\u0000", leading zeros, raw control
 * characters, a byte-order mark, numbers that overflow, trailing text) and keeps where each value stands, so that an error of
 * meaning ("unknown key", "must be a number") names its place too. The tree and its strings live in the caller's arena.
 */
#ifndef BB_BASE_JSON_H
#define BB_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/mem.h"

enum bb_json_type { BB_JSON_NULL, BB_JSON_BOOL, BB_JSON_NUMBER, BB_JSON_TEXT, BB_JSON_ARRAY, BB_JSON_OBJECT };

struct bb_json {
    enum bb_json_type type;
    struct bb_place place;     /* of the value */
    struct bb_place key_place; /* of its key, when it is a member */
    const char *key;           /* NULL when it is not a member of an object */
    union {
        bool boolean;
        double number;
        const char *text;
        struct {
            struct bb_json **item; /* elements, or members in the order of the file */
            size_t n;
        } list;
    } as;
};

/* NULL after adding the syntax error to diags. `name` is how messages call the input. */
struct bb_json *bb_json_parse(struct bb_arena *arena, const char *name, const char *text, size_t len, struct bb_diags *diags);
/* The file at path (at most 1 GiB); absent or unreadable is a diagnostic at `from` (may be {0}). */
struct bb_json *bb_json_read(struct bb_arena *arena, const char *path, struct bb_place from, struct bb_diags *diags);

struct bb_json *bb_json_member(const struct bb_json *object, const char *key); /* NULL: none, or not an object */
/* The member when it is of the type; else NaN, NULL. For files of our own, which need no message. */
double bb_json_number(const struct bb_json *object, const char *key);
const char *bb_json_text(const struct bb_json *object, const char *key);
const char *bb_json_type_name(enum bb_json_type type); /* "a number" … */

/*
 * Fields: a table that says which members an object may have and where they go in a C struct. Reading by it reports unknown keys
 * (with the nearest known one), wrong types, missing members and values out of range, all of them; writing by it gives the same members
 * back, so what is read and what is written cannot drift apart.
 */
enum bb_field_kind {
    BB_FIELD_TEXT,    /* const char *       NULL when absent */
    BB_FIELD_ID,      /* const char *       like TEXT, and bb_id_valid() */
    BB_FIELD_NUMBER,  /* double             NaN when absent */
    BB_FIELD_INTEGER, /* long               `absent` when absent */
    BB_FIELD_BOOL,    /* bool               `absent` when absent */
    BB_FIELD_CHOICE,  /* int                index in `choices` (NULL-terminated), `absent` when absent */
    BB_FIELD_TEXTS,   /* struct bb_texts    an array of strings; a single string counts as an array of one */
    BB_FIELD_NUMBERS, /* struct bb_numbers  an array of numbers */
    BB_FIELD_DATE,    /* const char *       YYYY-MM-DD, a real day */
    BB_FIELD_URL,     /* const char *       http:, https: or mailto: */
    BB_FIELD_COLOUR,  /* const char *       #rrggbb */
    BB_FIELD_JSON     /* struct bb_json *   anything; the owner reads it */
};

struct bb_texts {
    const char **text;
    size_t n;
};
struct bb_numbers {
    double *number;
    size_t n;
};

enum { BB_REQUIRED = 1, BB_HIDDEN = 2 /* read, never written */ };

struct bb_field {
    const char *key;
    enum bb_field_kind kind;
    size_t offset;
    unsigned flags;
    long absent;                /* INTEGER, BOOL, CHOICE */
    double min, max;            /* NUMBER, INTEGER, NUMBERS: allowed range when min < max */
    const char *const *choices; /* CHOICE */
};

/* Reads object into `out` by the table (n fields). `what` names it after "the" in messages: "model", "metric of the benchmark". Texts
   point into the tree; lists are in the arena. A null in NUMBERS reads as NaN. false when anything was wrong: each such thing is in
   diags, and its member has its default. */
bool bb_fields_read(const struct bb_json *object, const char *what, const struct bb_field *field, size_t n, void *out,
                    struct bb_arena *arena, struct bb_diags *diags);
/* Only the defaults, as for an empty object. */
void bb_fields_default(const struct bb_field *field, size_t n, void *out);

/* The writer: streaming, indented or compact, keys in the order of the calls, shortest numbers that read back the same, NaN and infinities
   as null; `<`, `>`, `&`, U+2028 and U+2029 escaped so that the text is safe inside a <script>; malformed UTF-8 as U+FFFD. No newline
   at the end. */
struct bb_json_writer {
    struct bb_buf *out;
    int indent; /* spaces; 0: compact */
    int depth;
    bool first, after_key;
};

void bb_jw_init(struct bb_json_writer *w, struct bb_buf *out, int indent);
void bb_jw_object(struct bb_json_writer *w);
void bb_jw_object_end(struct bb_json_writer *w);
void bb_jw_array(struct bb_json_writer *w);
void bb_jw_array_end(struct bb_json_writer *w);
void bb_jw_key(struct bb_json_writer *w, const char *key);
void bb_jw_text(struct bb_json_writer *w, const char *text); /* NULL writes null */
void bb_jw_number(struct bb_json_writer *w, double value);
void bb_jw_integer(struct bb_json_writer *w, long value);
void bb_jw_bool(struct bb_json_writer *w, bool value);
void bb_jw_null(struct bb_json_writer *w);
void bb_jw_value(struct bb_json_writer *w, const struct bb_json *value); /* a tree as it was read */
/* Members of a struct by its table; those that are absent (NULL, NaN, equal to `absent`) are left out. */
/* A list with an object per line, so that long files stay readable and their differences small. {out, .first = true} begins one, behind its '['. */
struct bb_json_lines {
    struct bb_buf *out;
    struct bb_json_writer w;
    bool first;
};
struct bb_json_writer *bb_json_lines_next(struct bb_json_lines *lines); /* the object is open; the caller ends it */

void bb_jw_fields(struct bb_json_writer *w, const struct bb_field *field, size_t n, const void *in);
/* bb_jw_key and a value; a NULL text or a NaN number writes nothing at all. */
void bb_jw_member_text(struct bb_json_writer *w, const char *key, const char *text);
void bb_jw_member_number(struct bb_json_writer *w, const char *key, double value);
void bb_jw_member_integer(struct bb_json_writer *w, const char *key, long value);
void bb_jw_member_bool(struct bb_json_writer *w, const char *key, bool value);

#endif
