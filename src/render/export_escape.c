/*
 * Text from outside as LaTeX text.
 */
#include <string.h>

#include "base/text.h"
#include "render/export_text.h"

/* --- ASCII ------------------------------------------------------------------------------------------------------------ */

static const char *ascii(char c)
{
    switch (c) {
    case '\\':
        return "\\textbackslash{}";
    case '{':
        return "\\{";
    case '}':
        return "\\}";
    case '$':
        return "\\$";
    case '&':
        return "\\&";
    case '#':
        return "\\#";
    case '^':
        return "\\textasciicircum{}";
    case '_':
        return "\\_";
    case '%':
        return "\\%";
    case '~':
        return "\\textasciitilde{}";
    case '<':
        return "\\textless{}";
    case '>':
        return "\\textgreater{}";
    case '|':
        return "\\textbar{}";
    case '"':
        return "\\textquotedbl{}";
    case '`':
        return "\\textasciigrave{}";
    case '\'':
        return "\\textquotesingle{}"; /* not a curly one, and '' is no closing quote */
    case '[':
        return "{[}"; /* after \\ it would begin an argument */
    case ']':
        return "{]}";
    case '*':
        return "{*}";
    default:
        return NULL;
    }
}

/* --- beyond ASCII ----------------------------------------------------------------------------------------------------- */

struct mapped {
    unsigned code;
    const char *latex;
};

/* What T1 has no letter for, by code; ranges that follow a rule are below. */
static const struct mapped table[] = {
    {0x00a0, "~"},
    {0x00a1, "\\textexclamdown{}"},
    {0x00a2, "\\textcent{}"},
    {0x00a3, "\\textsterling{}"},
    {0x00a5, "\\textyen{}"},
    {0x00a6, "\\textbrokenbar{}"},
    {0x00a7, "\\textsection{}"},
    {0x00a9, "\\textcopyright{}"},
    {0x00aa, "\\textordfeminine{}"},
    {0x00ab, "\\guillemotleft{}"},
    {0x00ac, "\\textlnot{}"},
    {0x00ad, "\\-"},
    {0x00ae, "\\textregistered{}"},
    {0x00b0, "\\textdegree{}"},
    {0x00b1, "\\ensuremath{\\pm}"},
    {0x00b2, "\\textsuperscript{2}"},
    {0x00b3, "\\textsuperscript{3}"},
    {0x00b5, "\\ensuremath{\\mu}"},
    {0x00b6, "\\textparagraph{}"},
    {0x00b7, "\\textperiodcentered{}"},
    {0x00b9, "\\textsuperscript{1}"},
    {0x00ba, "\\textordmasculine{}"},
    {0x00bb, "\\guillemotright{}"},
    {0x00bc, "\\textonequarter{}"},
    {0x00bd, "\\textonehalf{}"},
    {0x00be, "\\textthreequarters{}"},
    {0x00bf, "\\textquestiondown{}"},
    {0x00d7, "\\ensuremath{\\times}"},
    {0x00f7, "\\ensuremath{\\div}"},
    {0x0393, "\\ensuremath{\\Gamma}"},
    {0x0394, "\\ensuremath{\\Delta}"},
    {0x0398, "\\ensuremath{\\Theta}"},
    {0x039b, "\\ensuremath{\\Lambda}"},
    {0x039e, "\\ensuremath{\\Xi}"},
    {0x03a0, "\\ensuremath{\\Pi}"},
    {0x03a3, "\\ensuremath{\\Sigma}"},
    {0x03a5, "\\ensuremath{\\Upsilon}"},
    {0x03a6, "\\ensuremath{\\Phi}"},
    {0x03a8, "\\ensuremath{\\Psi}"},
    {0x03a9, "\\ensuremath{\\Omega}"},
    {0x03b1, "\\ensuremath{\\alpha}"},
    {0x03b2, "\\ensuremath{\\beta}"},
    {0x03b3, "\\ensuremath{\\gamma}"},
    {0x03b4, "\\ensuremath{\\delta}"},
    {0x03b5, "\\ensuremath{\\varepsilon}"},
    {0x03b6, "\\ensuremath{\\zeta}"},
    {0x03b7, "\\ensuremath{\\eta}"},
    {0x03b8, "\\ensuremath{\\theta}"},
    {0x03b9, "\\ensuremath{\\iota}"},
    {0x03ba, "\\ensuremath{\\kappa}"},
    {0x03bb, "\\ensuremath{\\lambda}"},
    {0x03bc, "\\ensuremath{\\mu}"},
    {0x03bd, "\\ensuremath{\\nu}"},
    {0x03be, "\\ensuremath{\\xi}"},
    {0x03bf, "o"},
    {0x03c0, "\\ensuremath{\\pi}"},
    {0x03c1, "\\ensuremath{\\rho}"},
    {0x03c2, "\\ensuremath{\\varsigma}"},
    {0x03c3, "\\ensuremath{\\sigma}"},
    {0x03c4, "\\ensuremath{\\tau}"},
    {0x03c5, "\\ensuremath{\\upsilon}"},
    {0x03c6, "\\ensuremath{\\varphi}"},
    {0x03c7, "\\ensuremath{\\chi}"},
    {0x03c8, "\\ensuremath{\\psi}"},
    {0x03c9, "\\ensuremath{\\omega}"},
    {0x1e9e, "SS"},
    {0x2009, "\\,"},
    {0x200a, "\\,"},
    {0x200b, ""},
    {0x200c, ""},
    {0x200d, ""},
    {0x2010, "-{}"},
    {0x2011, "\\mbox{-}"},
    {0x2012, "\\textendash{}"},
    {0x2013, "\\textendash{}"},
    {0x2014, "\\textemdash{}"},
    {0x2015, "\\textemdash{}"},
    {0x2018, "\\textquoteleft{}"},
    {0x2019, "\\textquoteright{}"},
    {0x201a, "\\quotesinglbase{}"},
    {0x201c, "\\textquotedblleft{}"},
    {0x201d, "\\textquotedblright{}"},
    {0x201e, "\\quotedblbase{}"},
    {0x2020, "\\textdagger{}"},
    {0x2021, "\\textdaggerdbl{}"},
    {0x2022, "\\textbullet{}"},
    {0x2026, "\\ldots{}"},
    {0x202f, "\\,"},
    {0x2030, "\\textperthousand{}"},
    {0x2032, "\\ensuremath{'}"},
    {0x2033, "\\ensuremath{''}"},
    {0x2039, "\\guilsinglleft{}"},
    {0x203a, "\\guilsinglright{}"},
    {0x2060, ""},
    {0x2070, "\\textsuperscript{0}"},
    {0x2074, "\\textsuperscript{4}"},
    {0x2075, "\\textsuperscript{5}"},
    {0x2076, "\\textsuperscript{6}"},
    {0x2077, "\\textsuperscript{7}"},
    {0x2078, "\\textsuperscript{8}"},
    {0x2079, "\\textsuperscript{9}"},
    {0x207a, "\\textsuperscript{+}"},
    {0x207b, "\\ensuremath{^{-}}"},
    {0x207f, "\\textsuperscript{n}"},
    {0x20ac, "\\texteuro{}"},
    {0x2122, "\\texttrademark{}"},
    {0x2126, "\\ensuremath{\\Omega}"},
    {0x2190, "\\ensuremath{\\leftarrow}"},
    {0x2191, "\\ensuremath{\\uparrow}"},
    {0x2192, "\\ensuremath{\\rightarrow}"},
    {0x2193, "\\ensuremath{\\downarrow}"},
    {0x2194, "\\ensuremath{\\leftrightarrow}"},
    {0x21d2, "\\ensuremath{\\Rightarrow}"},
    {0x2202, "\\ensuremath{\\partial}"},
    {0x2206, "\\ensuremath{\\Delta}"},
    {0x2207, "\\ensuremath{\\nabla}"},
    {0x2208, "\\ensuremath{\\in}"},
    {0x2211, "\\ensuremath{\\sum}"},
    {0x2212, "\\ensuremath{-}"},
    {0x2215, "/"},
    {0x2217, "\\ensuremath{\\ast}"},
    {0x221a, "\\ensuremath{\\surd}"},
    {0x221e, "\\ensuremath{\\infty}"},
    {0x2229, "\\ensuremath{\\cap}"},
    {0x222a, "\\ensuremath{\\cup}"},
    {0x223c, "\\ensuremath{\\sim}"},
    {0x2248, "\\ensuremath{\\approx}"},
    {0x2260, "\\ensuremath{\\neq}"},
    {0x2261, "\\ensuremath{\\equiv}"},
    {0x2264, "\\ensuremath{\\leq}"},
    {0x2265, "\\ensuremath{\\geq}"},
    {0x22c5, "\\ensuremath{\\cdot}"},
    {0x25b8, "\\ensuremath{\\triangleright}"},
    {0x2715, "\\ensuremath{\\times}"},
    {0xfb01, "fi"},
    {0xfb02, "fl"},
    {0xfeff, ""},
};

/* Marks that follow a letter (Unicode's combining marks), as the accent that precedes it in LaTeX. */
static const struct mapped accents[] = {{0x0300, "`"}, {0x0301, "'"}, {0x0302, "^"},  {0x0303, "~"}, {0x0304, "="},
                                        {0x0306, "u"}, {0x0307, "."}, {0x0308, "\""}, {0x030a, "r"}, {0x030b, "H"},
                                        {0x030c, "v"}, {0x0327, "c"}, {0x0328, "k"}};

static const char *find(const struct mapped *list, size_t n, unsigned code)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && list[low].code == code ? list[low].latex : NULL;
}

/* Letters that LaTeX's own tables for T1 have, composed where the font lacks them: Latin-1 and Latin Extended-A, without those that need other
   fonts. */
static bool is_latin(unsigned code)
{
    static const unsigned lacking[] = {0x0126, 0x0127, 0x0138, 0x013f, 0x0140, 0x0149, 0x0166, 0x0167, 0x017f};
    if (code < 0xc0 || code > 0x17f || code == 0xd7 || code == 0xf7) return code >= 0x218 && code <= 0x21b;
    for (size_t i = 0; i < sizeof lacking / sizeof lacking[0]; i++)
        if (code == lacking[i]) return false;
    return true;
}

/* The code point of a well-formed sequence of `len` bytes. */
static unsigned decode(const char *text, size_t len)
{
    const unsigned char *p = (const unsigned char *)text;
    static const unsigned char first[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    unsigned code = p[0] & first[len];
    for (size_t i = 1; i < len; i++) code = code << 6 | (p[i] & 0x3f);
    return code;
}

/* Whether one character could be shown. */
static bool add_wide(struct bb_buf *out, const char *text, size_t len)
{
    unsigned code = decode(text, len);
    const char *latex = find(table, sizeof table / sizeof table[0], code);
    if (latex) {
        bb_buf_puts(out, latex);
    } else if (is_latin(code)) {
        bb_buf_add(out, text, len);
    } else if (code >= 0x2080 && code <= 0x2089) {
        bb_buf_printf(out, "\\textsubscript{%u}", code - 0x2080);
    } else {
        bb_buf_printf(out, "{[}U+%04X{]}", code);
        return false;
    }
    return true;
}

/* The accent for the letter at `text`, when a combining mark that LaTeX has follows it. */
static const char *accent_behind(const char *text, size_t rest)
{
    bool is_letter = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z');
    size_t len = is_letter && rest > 1 ? bb_utf8_sequence(text + 1, rest - 1) : 0;
    return len == 2 ? find(accents, sizeof accents / sizeof accents[0], decode(text + 1, 2)) : NULL;
}

/* Two of them are a ligature: -- a dash, ,, a quote. (The others, '' `` << >> !` ?`, have a half that is escaped.) */
static bool begins_ligature(const char *text)
{
    return (*text == '-' || *text == ',') && text[1] == *text;
}

/* One character with what belongs to it; returns how many bytes it is. */
static size_t add_one(struct bb_buf *out, const char *text, size_t rest, bool *is_good)
{
    const char *special = ascii(*text), *accent = accent_behind(text, rest);
    unsigned char c = (unsigned char)*text;
    if (accent) {
        bb_buf_printf(out, "\\%s{%s%c}", accent, (*text == 'i' || *text == 'j') && strchr("ck", *accent) == NULL ? "\\" : "",
                      *text);
        return 3;
    }
    if (special) {
        bb_buf_puts(out, special);
        return 1;
    }
    if (c < ' ' || c == 127) {
        bb_buf_putc(out, ' ');
        return 1;
    }
    if (c < 128) {
        bb_buf_putc(out, *text);
        if (begins_ligature(text)) bb_buf_puts(out, "{}");
        return 1;
    }
    size_t len = bb_utf8_sequence(text, rest);
    if (len) {
        *is_good = add_wide(out, text, len) && *is_good;
        return len;
    }
    bb_buf_puts(out, "{[}U+FFFD{]}"); /* malformed: nothing that is read from a file is, but this takes any text */
    *is_good = false;
    return 1;
}

bool bb_latex_text(struct bb_buf *out, const char *text)
{
    bool is_good = true;
    for (size_t at = 0, len = strlen(text); at < len;) at += add_one(out, text + at, len - at, &is_good);
    return is_good;
}

#define SHORT_RUN 12 /* letters before a place to break at a sign */
#define LONG_RUN  24 /* letters after which a word breaks anywhere */

bool bb_latex_breakable(struct bb_buf *out, const char *text)
{
    bool is_good = true;
    size_t run = 0;
    for (size_t at = 0, len = strlen(text); at < len;) {
        char c = text[at];
        at += add_one(out, text + at, len - at, &is_good);
        run = c == ' ' ? 0 : run + 1;
        if (at == len || text[at] == ' ' || run < (strchr("_-/.:", c) ? SHORT_RUN : LONG_RUN)) continue;
        bb_buf_puts(out, "\\allowbreak{}");
        run = 0;
    }
    return is_good;
}
