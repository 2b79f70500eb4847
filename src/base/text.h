/*
 * Text: UTF-8 checks, identifiers, the nearest known name, and names by number.
 */
#ifndef BB_BASE_TEXT_H
#define BB_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

/* First byte that is not well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms), or len when all is well. */
size_t bb_utf8_check(const char *text, size_t len);
/* Length of the well-formed sequence at the start of text[0..len), 0 when there is none. */
size_t bb_utf8_sequence(const char *text, size_t len);

/* A copy in which every malformed byte, and every C0/C1 control but tab and newline, is U+FFFD. For messages about bad input. */
char *bb_utf8_clean(struct bb_arena *arena, const char *text, size_t len);

/* In place: every control character and malformed byte becomes '?', so that text from outside is one harmless line of valid UTF-8. */
void bb_text_tame(char *text);

size_t bb_utf8_length(const char *text, size_t len); /* code points */

/* [A-Za-z0-9][A-Za-z0-9._=+-]{0,127}: what may become a file name, an anchor, a URL part, an HDF5 group. */
bool bb_id_valid(const char *text);
/* The nearest valid identifier ("my model!" → "my-model"), for a message. */
char *bb_id_suggest(struct bb_arena *arena, const char *text);

/* The name among names[0..n) that is nearest to text (Damerau–Levenshtein, case ignored), or NULL when none is near. */
const char *bb_nearest(const char *text, const char *const *names, size_t n);

bool bb_streq(const char *a, const char *b);      /* NULL equals NULL only */
bool bb_strcaseeq(const char *a, const char *b);  /* ASCII case ignored, whatever the locale */
int bb_natural_compare(const char *a, const char *b); /* "s2" before "s10"; ties by bytes: a total order */
bool bb_starts_with(const char *text, const char *prefix);
bool bb_ends_with(const char *text, const char *suffix);

/*
 * A whole text as a number: C-locale decimal ("1", "-.5", "1e-3"), surrounding blanks allowed. "NaN", "nan", "NA", "na", "" and "null"
 * read as NaN with *missing set (missing may be NULL). false: it is something else. Hexadecimal, "inf" and
 * numbers too large for a double are something else.
 */
bool bb_parse_number(const char *text, double *value, bool *missing);

/* Shortest decimal that reads back as the same double ("0.1", "1e+300", "-0" as "0"); NaN and infinities as "NaN", "inf", "-inf".
   Writes at most 32 bytes with the NUL; returns the length. */
size_t bb_format_number(char out[32], double value);

/* value rounded once, half away from zero, to `decimals` (0 to 9) digits: 0.125 gives "0.13". What is rounded is the shortest decimal that
   reads back as the same double, so 1.005 gives "1.01". Never "-0.00". From 1e16 on as bb_format_number does. Returns the length. */
size_t bb_format_fixed(char out[64], double value, int decimals);
double bb_round_decimals(double value, int decimals); /* the same rounding, as a number */

struct bb_names;
/* A valid identifier like `name` that `taken` does not have yet, case ignored; joins it. For names that tables give, which become ids. */
const char *bb_id_new(struct bb_names *taken, struct bb_arena *arena, const char *name);
/* Joins `taken`; false when it is there already, case ignored. */
bool bb_id_take(struct bb_names *taken, const char *id);

/* Names by number: a set of strings, each with its index in order of first appearance. Owns copies of its strings.
   A zeroed struct is an empty set. */
struct bb_names {
    const char **name; /* name[0..n) */
    size_t n, cap;
    struct bb_names_slot *slot; /* private: hash table */
    size_t n_slots;
    struct bb_arena *arena;
};

#define BB_NAMES_NONE ((size_t)-1)

void bb_names_init(struct bb_names *names);
void bb_names_release(struct bb_names *names);
size_t bb_names_add(struct bb_names *names, const char *text);              /* index, old or new */
size_t bb_names_add_len(struct bb_names *names, const char *text, size_t len);
size_t bb_names_find(const struct bb_names *names, const char *text);       /* BB_NAMES_NONE when unknown */

#endif
