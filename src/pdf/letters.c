#include "pdf/letters.h"

#include <string.h>

#include "base/text.h"

#define LOST 0xfffdu

uint32_t bb_next_code(const char **at)
{
    const unsigned char *b = (const unsigned char *)*at;
    size_t len = bb_utf8_sequence(*at, strnlen(*at, 4));
    static const unsigned char lead[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    *at += len ? len : 1;
    if (!len) return LOST;
    uint32_t code = b[0] & lead[len];
    for (size_t i = 1; i < len; i++) code = code << 6 | (b[i] & 0x3f);
    return code;
}

char *bb_put_code(char *to, uint32_t code)
{
    if (code < 0x80) {
        *to++ = (char)code;
    } else if (code < 0x800) {
        *to++ = (char)(0xc0 | code >> 6);
        *to++ = (char)(0x80 | (code & 0x3f));
    } else {
        *to++ = (char)(0xe0 | code >> 12);
        *to++ = (char)(0x80 | (code >> 6 & 0x3f));
        *to++ = (char)(0x80 | (code & 0x3f));
    }
    return to;
}

/* --- what has no picture -------------------------------------------------------------------------------------------- */

static bool is_space(uint32_t code)
{
    return code == ' ' || code == '\t' || code == '\n' || code == '\r' || code == 0xa0 || (code >= 0x2000 && code <= 0x200a) ||
           code == 0x2028 || code == 0x2029 || code == 0x202f || code == 0x205f || code == 0x3000;
}

static bool is_invisible(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xad || (code >= 0x200b && code <= 0x200f) ||
           (code >= 0x202a && code <= 0x202e) || (code >= 0x2060 && code <= 0x206f) || (code >= 0xfe00 && code <= 0xfe0f) ||
           code == 0xfeff || (code >= 0xe0000 && code <= 0xe0fff);
}

/* --- right to left -------------------------------------------------------------------------------------------------- */

static bool is_right_to_left(uint32_t code)
{
    return (code >= 0x590 && code <= 0x8ff && !(code >= 0x660 && code <= 0x669) && !(code >= 0x6f0 && code <= 0x6f9)) ||
           (code >= 0xfb1d && code <= 0xfdff) || (code >= 0xfe70 && code <= 0xfeff);
}

static bool is_strong(uint32_t code)
{
    if (is_right_to_left(code)) return false;
    return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z') || (code >= 0xc0 && code < 0x2000) || code >= 0x2c00;
}

static bool is_digit(uint32_t code)
{
    return (code >= '0' && code <= '9') || (code >= 0x660 && code <= 0x669) || (code >= 0x6f0 && code <= 0x6f9);
}

static void reverse(struct bb_letter *letter, size_t n)
{
    for (size_t i = 0; i + i + 1 < n; i++) {
        struct bb_letter first = letter[i];
        letter[i] = letter[n - 1 - i];
        letter[n - 1 - i] = first;
    }
}

/* Brackets in a run that is turned round open on the other side. */
static uint32_t mirrored(uint32_t code)
{
    static const char pairs[] = "()[]{}<>";
    const char *at = code && code < 0x80 ? strchr(pairs, (int)code) : NULL;
    return at ? (uint32_t)(unsigned char)pairs[(at - pairs) ^ 1] : code;
}

/* From its first such letter to its last, with no strong letter of the other direction between them. */
static void turn_runs(struct bb_letters *letters)
{
    for (size_t i = 0; i < letters->n; i++) {
        if (!is_right_to_left(letters->letter[i].code)) continue;
        size_t end = i + 1;
        for (size_t k = end; k < letters->n && !is_strong(letters->letter[k].code); k++)
            if (is_right_to_left(letters->letter[k].code)) end = k + 1;
        reverse(letters->letter + i, end - i);
        for (size_t k = i; k < end; k++) {
            size_t digits = k;
            letters->letter[k].code = mirrored(letters->letter[k].code);
            while (digits < end && is_digit(letters->letter[digits].code)) digits++;
            reverse(letters->letter + k, digits - k);
            if (digits > k) k = digits - 1;
        }
        i = end;
    }
}

/* The isolated form of each letter in FE70–FEFF; final, initial and medial follow it when it joins on both sides. 0: no such letter. */
static const struct {
    uint16_t isolated;
    uint8_t forms; /* 1, 2 (isolated, final), 4 */
} arabic[] = {
    /* 0621 … 063a */
    {0xfe80, 1},
    {0xfe81, 2},
    {0xfe83, 2},
    {0xfe85, 2},
    {0xfe87, 2},
    {0xfe89, 4},
    {0xfe8d, 2},
    {0xfe8f, 4},
    {0xfe93, 2},
    {0xfe95, 4},
    {0xfe99, 4},
    {0xfe9d, 4},
    {0xfea1, 4},
    {0xfea5, 4},
    {0xfea9, 2},
    {0xfeab, 2},
    {0xfead, 2},
    {0xfeaf, 2},
    {0xfeb1, 4},
    {0xfeb5, 4},
    {0xfeb9, 4},
    {0xfebd, 4},
    {0xfec1, 4},
    {0xfec5, 4},
    {0xfec9, 4},
    {0xfecd, 4},
    /* 063b … 0640 */
    {0, 0},
    {0, 0},
    {0, 0},
    {0, 0},
    {0, 0},
    {0, 4},
    /* 0641 … 064a */
    {0xfed1, 4},
    {0xfed5, 4},
    {0xfed9, 4},
    {0xfedd, 4},
    {0xfee1, 4},
    {0xfee5, 4},
    {0xfee9, 4},
    {0xfeed, 2},
    {0xfeef, 2},
    {0xfef1, 4},
};
#define ARABIC_FIRST 0x621u
#define N_ARABIC     (sizeof arabic / sizeof arabic[0])

static unsigned forms_of(uint32_t code)
{
    return code >= ARABIC_FIRST && code < ARABIC_FIRST + N_ARABIC ? arabic[code - ARABIC_FIRST].forms : 0;
}

static bool is_vowel_sign(uint32_t code)
{
    return (code >= 0x64b && code <= 0x65f) || code == 0x670;
}

/* The letter of the text beside i that joins can see: signs above and below do not part letters. 0: none. */
static uint32_t beside(const uint32_t *code, size_t n, size_t i, int step)
{
    for (size_t k = i;;) {
        if (step < 0 ? k == 0 : k + 1 >= n) return 0;
        k = step < 0 ? k - 1 : k + 1;
        if (!is_vowel_sign(code[k])) return code[k];
    }
}

static uint32_t joined(const uint32_t *code, size_t n, size_t i)
{
    unsigned forms = forms_of(code[i]);
    if (!forms || !arabic[code[i] - ARABIC_FIRST].isolated) return code[i];
    bool before = forms >= 2 && forms_of(beside(code, n, i, -1)) == 4, after = forms == 4 && forms_of(beside(code, n, i, 1)) >= 2;
    return arabic[code[i] - ARABIC_FIRST].isolated + (before ? (after ? 3u : 1u) : after ? 2u : 0u);
}

/* --- the whole ------------------------------------------------------------------------------------------------------ */

static size_t codes_of(const char *text, uint32_t *code)
{
    const char *end = text + strnlen(text, BB_LETTERS_MAX);
    size_t n = 0;
    while (text < end) {
        uint32_t next = bb_next_code(&text);
        if (is_space(next)) next = ' ';
        if (next == ' ' || !is_invisible(next)) code[n++] = next;
    }
    if (*text) code[n++] = 0x2026;
    return n;
}

static struct bb_letter letter_of(const struct bb_faces *faces, enum bb_face face, uint32_t code)
{
    if (bb_face_glyph(faces, face, code)) return (struct bb_letter){code, face, false};
    if (bb_face_glyph(faces, BB_FACE_SPARE, code)) return (struct bb_letter){code, BB_FACE_SPARE, code == LOST};
    return (struct bb_letter){LOST, BB_FACE_SPARE, true};
}

struct bb_letters bb_letters_of(const struct bb_faces *faces, enum bb_face face, const char *text, struct bb_arena *arena)
{
    size_t most = strnlen(text, BB_LETTERS_MAX) + 2;
    uint32_t *code = BB_NEW_ARRAY(arena, most, uint32_t);
    struct bb_letters letters = {.letter = BB_NEW_ARRAY(arena, most, struct bb_letter), .n = codes_of(text, code)};
    bool turns = false;
    for (size_t i = 0; i < letters.n; i++) {
        uint32_t form = joined(code, letters.n, i);
        turns = turns || is_right_to_left(code[i]);
        letters.letter[i] = letter_of(faces, face, bb_face_glyph(faces, BB_FACE_SPARE, form) ? form : code[i]);
        letters.n_lost += letters.letter[i].lost;
    }
    if (turns) turn_runs(&letters);
    return letters;
}
