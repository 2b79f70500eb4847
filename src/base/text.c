#include "base/text.h"

#include "base/shortest.h"

#include <assert.h>
#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

/*
 * Characters. ctype.h obeys the locale, so it is not used.
 */
static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_alnum(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/*
 * UTF-8.
 */

/* What the first byte allows: RFC 3629, table of well-formed sequences. Overlong forms and surrogates fall out of the second byte. */
static const struct {
    unsigned char first, last; /* of the first byte */
    unsigned char low, high;   /* of the second byte */
    size_t length;
} utf8_form[] = {
    {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3}, {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3},
    {0xEE, 0xEF, 0x80, 0xBF, 3}, {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
};

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

size_t bb_utf8_sequence(const char *text, size_t len)
{
    if (len == 0) return 0;
    unsigned char byte = (unsigned char)text[0];
    if (byte < 0x80) return 1;
    for (size_t i = 0; i < sizeof utf8_form / sizeof utf8_form[0]; i++) {
        if (byte < utf8_form[i].first || byte > utf8_form[i].last) continue;
        size_t length = utf8_form[i].length;
        if (len < length || (unsigned char)text[1] < utf8_form[i].low || (unsigned char)text[1] > utf8_form[i].high) return 0;
        for (size_t k = 2; k < length; k++)
            if (!is_continuation(text[k])) return 0;
        return length;
    }
    return 0;
}

size_t bb_utf8_check(const char *text, size_t len)
{
    static const uint64_t HIGH_BITS = UINT64_C(0x8080808080808080);
    size_t i = 0;
    while (i < len) {
        uint64_t word;
        if (len - i >= sizeof word) {
            memcpy(&word, text + i, sizeof word);
            if (!(word & HIGH_BITS)) {
                i += sizeof word;
                continue;
            }
        }
        size_t step = bb_utf8_sequence(text + i, len - i);
        if (step == 0) return i;
        i += step;
    }
    return len;
}

/* C0, DEL, and C1, which is two bytes in UTF-8. */
static bool is_control(const char *sequence, size_t length)
{
    unsigned char byte = (unsigned char)sequence[0];
    if (length == 1) return byte < 0x20 || byte == 0x7F;
    return length == 2 && byte == 0xC2 && (unsigned char)sequence[1] < 0xA0;
}

char *bb_utf8_clean(struct bb_arena *arena, const char *text, size_t len)
{
    struct bb_buf buf = BB_BUF_INIT;
    for (size_t i = 0; i < len;) {
        size_t length = bb_utf8_sequence(text + i, len - i);
        bool keep = length > 0 && (!is_control(text + i, length) || text[i] == '\t' || text[i] == '\n');
        if (keep)
            bb_buf_add(&buf, text + i, length);
        else
            bb_buf_puts(&buf, "\xEF\xBF\xBD");
        i += length ? length : 1;
    }
    char *clean = bb_arena_strndup(arena, bb_buf_text(&buf), buf.len);
    bb_buf_release(&buf);
    return clean;
}

void bb_text_tame(char *text)
{
    size_t len = strlen(text);
    char *to = text;
    for (const char *from = text, *end = text + len; from < end;) {
        size_t length = bb_utf8_sequence(from, (size_t)(end - from));
        size_t step = length ? length : 1;
        if (length == 0 || is_control(from, length)) {
            *to++ = '?';
        } else {
            memmove(to, from, length);
            to += length;
        }
        from += step;
    }
    *to = '\0';
}

size_t bb_utf8_length(const char *text, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) n += !is_continuation(text[i]);
    return n;
}

/*
 * Identifiers.
 */
enum { ID_MAX = 128 };

static bool is_id_char(char c)
{
    return is_alnum(c) || (c != '\0' && strchr("._=+-", c));
}

bool bb_id_valid(const char *text)
{
    if (!text || !is_alnum(text[0])) return false;
    size_t len = 1;
    while (is_id_char(text[len])) len++;
    return text[len] == '\0' && len <= ID_MAX;
}

char *bb_id_suggest(struct bb_arena *arena, const char *text)
{
    char id[ID_MAX + 1];
    size_t len = 0;
    bool gap = false; /* characters were left out since the last one */
    for (; *text && len < ID_MAX; text++) {
        if (!(len ? is_id_char(*text) : is_alnum(*text))) {
            gap = true;
            continue;
        }
        bool joined = *text == '-' || (len > 0 && id[len - 1] == '-');
        if (gap && len > 0 && len < ID_MAX - 1 && !joined) id[len++] = '-';
        id[len++] = *text;
        gap = false;
    }
    return len ? bb_arena_strndup(arena, id, len) : bb_arena_strdup(arena, "unnamed");
}

/*
 * The nearest name.
 */
enum { NEAREST_MAX = 128 }; /* bytes; longer names are not compared */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edits that turn a into b: insert, delete, replace, swap two neighbours. Three rows of the table are enough. */
static size_t edit_distance(const char *a, size_t n_a, const char *b, size_t n_b)
{
    size_t rows[3][NEAREST_MAX + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= n_b; j++) above[j] = j;
    for (size_t i = 1; i <= n_a; i++) {
        row[0] = i;
        for (size_t j = 1; j <= n_b; j++) {
            bool same = lower(a[i - 1]) == lower(b[j - 1]);
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + !same);
            bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
            if (swapped) row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[n_b];
}

const char *bb_nearest(const char *text, const char *const *names, size_t n)
{
    size_t len = strlen(text);
    if (len > NEAREST_MAX) return NULL;
    const char *nearest = NULL;
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        size_t name_len = strlen(names[i]);
        size_t longer = len > name_len ? len : name_len;
        size_t difference = longer - least(len, name_len);
        if (name_len > NEAREST_MAX || difference >= best) continue;
        size_t distance = edit_distance(text, len, names[i], name_len);
        /* One edit in three characters is a slip of the pen; more is another word. */
        if (distance < best && distance * 3 <= longer) {
            best = distance;
            nearest = names[i];
        }
    }
    return nearest;
}

/*
 * Comparing.
 */
bool bb_streq(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool bb_strcaseeq(const char *a, const char *b)
{
    if (!a || !b) return a == b;
    while (*a && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return lower(*a) == lower(*b);
}

/* Compares the numbers that *a and *b begin with, of any length, and moves both behind them. */
static int compare_digits(const char **a, const char **b)
{
    while (**a == '0') ++*a;
    while (**b == '0') ++*b;
    size_t n_a = strspn(*a, "0123456789"), n_b = strspn(*b, "0123456789");
    int order = n_a == n_b ? memcmp(*a, *b, n_a) : n_a < n_b ? -1 : 1;
    *a += n_a;
    *b += n_b;
    return order;
}

int bb_natural_compare(const char *a, const char *b)
{
    const char *p = a, *q = b;
    while (*p && *q) {
        if (is_digit(*p) && is_digit(*q)) {
            int order = compare_digits(&p, &q);
            if (order) return order;
        } else if (*p == *q) {
            p++;
            q++;
        } else {
            break;
        }
    }
    int order = (int)(unsigned char)*p - (int)(unsigned char)*q;
    return order ? order : strcmp(a, b);
}

bool bb_starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool bb_ends_with(const char *text, const char *suffix)
{
    size_t len = strlen(text), suffix_len = strlen(suffix);
    return len >= suffix_len && strcmp(text + len - suffix_len, suffix) == 0;
}

/*
 * Numbers. printf and strtod write and read what the locale says, so both run in the "C" locale, whatever the program has set.
 */
static locale_t c_locale;
static once_flag c_locale_once = ONCE_FLAG_INIT;

static void make_c_locale(void)
{
    c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (c_locale == (locale_t)0) bb_die("the C locale could not be had.");
}

static locale_t get_c_locale(void)
{
    call_once(&c_locale_once, make_c_locale);
    return c_locale;
}

static const char *skip_blanks(const char *text)
{
    while (is_blank(*text)) text++;
    return text;
}

static const char *skip_digits(const char *text)
{
    return text + strspn(text, "0123456789");
}

/* The end of the decimal number at text, or NULL: [+-] digits [. digits] [e [+-] digits], with at least one digit before the e. */
static const char *decimal_end(const char *text)
{
    if (*text == '+' || *text == '-') text++;
    const char *end = skip_digits(text);
    size_t n_digits = (size_t)(end - text);
    if (*end == '.') {
        const char *fraction = end + 1;
        end = skip_digits(fraction);
        n_digits += (size_t)(end - fraction);
    }
    if (n_digits == 0) return NULL;
    if (*end == 'e' || *end == 'E') {
        const char *exponent = end + 1 + (end[1] == '+' || end[1] == '-');
        end = skip_digits(exponent);
        if (end == exponent) return NULL;
    }
    return end;
}

static bool is_missing(const char *text)
{
    static const char *const words[] = {"", "NaN", "nan", "NA", "na", "null"};
    size_t len = strlen(text);
    while (len > 0 && is_blank(text[len - 1])) len--;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i]) == len && memcmp(words[i], text, len) == 0) return true;
    return false;
}

bool bb_parse_number(const char *text, double *value, bool *missing)
{
    if (missing) *missing = false;
    text = skip_blanks(text);
    const char *end = decimal_end(text);
    if (end && *skip_blanks(end) == '\0') {
        double number = strtod_l(text, NULL, get_c_locale());
        if (isinf(number)) return false;
        *value = number;
        return true;
    }
    if (!is_missing(text)) return false;
    *value = (double)NAN;
    if (missing) *missing = true;
    return true;
}

/* A finite number that is not 0 as 0.d1d2…dn times 10 to the power of `point`, d1 and dn not 0. */
struct decimal {
    bool negative;
    char digit[DBL_DECIMAL_DIG + 1];
    int n, point;
};

static struct decimal to_decimal(double value)
{
    char text[32];
    bb_shortest_digits(text, fabs(value));
    struct decimal decimal = {.negative = value < 0};
    const char *c = text;
    for (; *c != 'e'; c++)
        if (*c != '.') decimal.digit[decimal.n++] = *c;
    while (decimal.n > 1 && decimal.digit[decimal.n - 1] == '0') decimal.n--;
    decimal.point = (int)strtol(c + 1, NULL, 10) + 1;
    return decimal;
}

/* The digit before 10 to the power of `place`; 0 outside of those that are written. */
static char digit_at(const struct decimal *decimal, int place)
{
    int i = decimal->point - 1 - place;
    return i >= 0 && i < decimal->n ? decimal->digit[i] : '0';
}

/* Plain notation with `decimals` digits after the point; the digits behind them are cut. Returns the length. */
static size_t print_plain(char *out, const struct decimal *decimal, int decimals)
{
    char *c = out;
    if (decimal->negative) *c++ = '-';
    for (int place = decimal->point > 0 ? decimal->point - 1 : 0; place >= -decimals; place--) {
        if (place == -1) *c++ = '.';
        *c++ = digit_at(decimal, place);
    }
    *c = '\0';
    return (size_t)(c - out);
}

/* d.ddde+xx in at most 32 bytes. Returns the length. */
static size_t print_exponent(char out[32], const struct decimal *decimal)
{
    char *c = out;
    if (decimal->negative) *c++ = '-';
    *c++ = decimal->digit[0];
    if (decimal->n > 1) {
        *c++ = '.';
        memcpy(c, decimal->digit + 1, (size_t)decimal->n - 1);
        c += decimal->n - 1;
    }
    size_t len = (size_t)(c - out);
    return len + (size_t)snprintf(c, 32 - len, "e%+03d", decimal->point - 1);
}

/* Not a number, infinite: what has no digits. Returns the length, 0 for a finite value. */
static size_t print_special(char out[32], double value)
{
    if (isfinite(value)) return 0;
    return (size_t)snprintf(out, 32, "%s", isnan(value) ? "NaN" : value < 0 ? "-inf" : "inf");
}

/* Whole numbers below 10^15, which are most numbers of a file, need none of the above. */
static size_t print_integer(char *out, long long value)
{
    char digits[24];
    size_t n = 0, len = 0;
    unsigned long long rest = value < 0 ? 0 - (unsigned long long)value : (unsigned long long)value;
    do {
        digits[n++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0) out[len++] = '-';
    while (n) out[len++] = digits[--n];
    out[len] = '\0';
    return len;
}

size_t bb_format_number(char out[32], double value)
{
    size_t len = print_special(out, value);
    if (len) return len;
    if (fabs(value) < 1e15 && value == trunc(value)) return print_integer(out, (long long)value);
    if (value >= 1e-3 && value < 1e15) return bb_shortest_plain(out, value); /* most scores */
    struct decimal decimal = to_decimal(value);
    /* where Python changes to an exponent too */
    if (decimal.point > 16 || decimal.point < -3) return print_exponent(out, &decimal);
    return print_plain(out, &decimal, decimal.n > decimal.point ? decimal.n - decimal.point : 0);
}

/* Cuts the decimal behind `decimals` digits after the point, rounding half away from zero. It may become 0, with n = 0. */
static void round_decimal(struct decimal *decimal, int decimals)
{
    int kept = decimal->point + decimals;
    if (kept >= decimal->n) return;
    bool up = kept >= 0 && decimal->digit[kept] >= '5';
    decimal->n = kept > 0 ? kept : 0;
    if (!up) return;
    while (decimal->n > 0 && decimal->digit[decimal->n - 1] == '9') decimal->n--;
    if (decimal->n > 0) {
        decimal->digit[decimal->n - 1]++;
        return;
    }
    decimal->digit[0] = '1';
    decimal->n = 1;
    decimal->point++;
}

static bool is_zero(const struct decimal *decimal)
{
    for (int i = 0; i < decimal->n; i++)
        if (decimal->digit[i] != '0') return false;
    return true;
}

static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

/*
 * |value| · 10^decimals, rounded, for most values and without a look at their digits. Below 1e9 neither the product nor the shortest decimal is
 * further from the exact value than 1.2e-7, so only within 1e-6 of a tie is there anything to doubt: false.
 */
static bool round_quickly(double value, int decimals, unsigned *units)
{
    double scaled = fabs(value) * powers[decimals], whole = floor(scaled), rest = scaled - whole;
    if (!(scaled < 1e9) || fabs(rest - .5) < 1e-6) return false;
    *units = (unsigned)whole + (rest > .5 ? 1 : 0);
    return true;
}

static size_t print_units(char *out, bool negative, unsigned units, int decimals)
{
    char digit[16];
    int n = 0;
    for (; units || n <= decimals; units /= 10) digit[n++] = (char)('0' + units % 10);
    char *c = out;
    if (negative) *c++ = '-';
    while (n > 0) {
        if (n == decimals) *c++ = '.';
        *c++ = digit[--n];
    }
    *c = '\0';
    return (size_t)(c - out);
}

size_t bb_format_fixed(char out[64], double value, int decimals)
{
    assert(decimals >= 0 && decimals <= 9);
    unsigned units;
    if (!isfinite(value) || fabs(value) >= 1e16) return bb_format_number(out, value);
    if (round_quickly(value, decimals, &units)) return print_units(out, value < 0 && units, units, decimals);
    struct decimal decimal = to_decimal(value);
    round_decimal(&decimal, decimals);
    if (is_zero(&decimal)) decimal.negative = false;
    return print_plain(out, &decimal, decimals);
}

double bb_round_decimals(double value, int decimals)
{
    unsigned units;
    if (!isfinite(value) || fabs(value) >= 1e16) return value;
    if (round_quickly(value, decimals, &units)) return (value < 0 && units ? -1 : 1) * (double)units / powers[decimals];
    char text[64];
    bb_format_fixed(text, value, decimals);
    return strtod_l(text, NULL, get_c_locale());
}

/*
 * Names by number: open addressing with linear probing, at most half full.
 */
struct bb_names_slot {
    uint32_t hash;
    uint32_t used;
    size_t index;
};

enum { FIRST_SLOTS = 16 };

static uint32_t hash_text(const char *text, size_t len) /* FNV-1a */
{
    uint32_t hash = UINT32_C(2166136261);
    for (size_t i = 0; i < len; i++) hash = (hash ^ (unsigned char)text[i]) * UINT32_C(16777619);
    return hash;
}

/* The slot of the text, or the free slot where it belongs. */
static struct bb_names_slot *find_slot(const struct bb_names *names, uint32_t hash, const char *text, size_t len)
{
    size_t mask = names->n_slots - 1;
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
        struct bb_names_slot *slot = &names->slot[at];
        if (!slot->used) return slot;
        const char *name = names->name[slot->index];
        if (slot->hash == hash && strncmp(name, text, len) == 0 && name[len] == '\0') return slot;
    }
}

static void grow_slots(struct bb_names *names)
{
    size_t n_old = names->n_slots;
    struct bb_names_slot *old = names->slot;
    names->n_slots = n_old ? n_old * 2 : FIRST_SLOTS;
    names->slot = bb_calloc(names->n_slots, sizeof *names->slot);
    for (size_t i = 0; i < n_old; i++) {
        if (!old[i].used) continue;
        size_t at = old[i].hash & (names->n_slots - 1);
        while (names->slot[at].used) at = (at + 1) & (names->n_slots - 1);
        names->slot[at] = old[i];
    }
    free(old);
}

void bb_names_init(struct bb_names *names)
{
    *names = (struct bb_names){0};
}

void bb_names_release(struct bb_names *names)
{
    if (!names) return;
    free(names->name);
    free(names->slot);
    bb_arena_free(names->arena);
    *names = (struct bb_names){0};
}

size_t bb_names_add_len(struct bb_names *names, const char *text, size_t len)
{
    len = strnlen(text, len);
    if ((names->n + 1) * 2 > names->n_slots) grow_slots(names);
    uint32_t hash = hash_text(text, len);
    struct bb_names_slot *slot = find_slot(names, hash, text, len);
    if (slot->used) return slot->index;
    if (!names->arena) names->arena = bb_arena_new(0);
    names->name = bb_grow(names->name, &names->cap, names->n + 1, sizeof *names->name);
    names->name[names->n] = bb_arena_strndup(names->arena, text, len);
    *slot = (struct bb_names_slot){.hash = hash, .used = 1, .index = names->n};
    return names->n++;
}

size_t bb_names_add(struct bb_names *names, const char *text)
{
    return bb_names_add_len(names, text, strlen(text));
}

size_t bb_names_find(const struct bb_names *names, const char *text)
{
    if (names->n_slots == 0) return BB_NAMES_NONE;
    size_t len = strlen(text);
    const struct bb_names_slot *slot = find_slot(names, hash_text(text, len), text, len);
    return slot->used ? slot->index : BB_NAMES_NONE;
}

/* --- identifiers that are free ------------------------------------------------------------------------------------ */

#define ID_BASE_MAX 120 /* leaves room for "-2" within the 128 characters of an identifier */

bool bb_id_take(struct bb_names *taken, const char *id)
{
    char *lower = bb_strdup(id);
    for (char *c = lower; *c; c++)
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c - 'A' + 'a');
    size_t known = taken->n;
    bool is_new = bb_names_add(taken, lower) == known;
    free(lower);
    return is_new;
}

const char *bb_id_new(struct bb_names *taken, struct bb_arena *arena, const char *name)
{
    const char *base = bb_id_valid(name) ? bb_arena_strdup(arena, name) : bb_id_suggest(arena, name), *id = base;
    for (int k = 2; !bb_id_take(taken, id); k++) id = bb_arena_printf(arena, "%.*s-%d", ID_BASE_MAX, base, k);
    return id;
}
