#include "chart/font_widths.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

/* Advance widths of DejaVu Sans 2.37 (hmtx table of DejaVuSans.ttf, Debian's fonts-dejavu-core 2.37-6), in 1/2048 em. */
#define EM 2048.0
static const uint16_t widths[] = {
    651,  821,  942,  1716, 1303, 1946, 1597, 563,  799,  799,  1024, 1716, 651,  739,  651,  690,  1303, 1303, 1303, 1303, 1303,
    1303, 1303, 1303, 1303, 1303, 690,  690,  1716, 1716, 1716, 1087, 2048, 1401, 1405, 1430, 1577, 1294, 1178, 1587, 1540, 604,
    604,  1343, 1141, 1767, 1532, 1612, 1235, 1612, 1423, 1300, 1251, 1499, 1401, 2025, 1403, 1251, 1403, 799,  690,  799,  1716,
    1024, 1024, 1255, 1300, 1126, 1300, 1260, 721,  1300, 1298, 569,  569,  1186, 569,  1995, 1298, 1253, 1300, 1300, 842,  1067,
    803,  1298, 1212, 1675, 1212, 1212, 1075, 1303, 690,  1303, 1716, 651,  821,  1303, 1303, 1303, 1303, 690,  1024, 1024, 2048,
    965,  1253, 1716, 739,  2048, 1024, 1024, 1716, 821,  821,  1024, 1303, 1303, 651,  1024, 821,  965,  1253, 1985, 1985, 1985,
    1087, 1401, 1401, 1401, 1401, 1401, 1401, 1995, 1430, 1294, 1294, 1294, 1294, 604,  604,  604,  604,  1587, 1532, 1612, 1612,
    1612, 1612, 1612, 1716, 1612, 1499, 1499, 1499, 1499, 1251, 1239, 1290, 1255, 1255, 1255, 1255, 1255, 1255, 2011, 1126, 1260,
    1260, 1260, 1260, 569,  569,  569,  569,  1253, 1298, 1253, 1253, 1253, 1253, 1253, 1716, 1253, 1298, 1298, 1298, 1298, 1212,
    1300, 1212, 1401, 1255, 1401, 1255, 1401, 1255, 1430, 1126, 1430, 1126, 1430, 1126, 1430, 1126, 1577, 1300, 1587, 1300, 1294,
    1260, 1294, 1260, 1294, 1260, 1294, 1260, 1294, 1260, 1587, 1300, 1587, 1300, 1587, 1300, 1587, 1300, 1540, 1298, 1876, 1423,
    604,  569,  604,  569,  604,  569,  604,  569,  604,  569,  1208, 1138, 604,  569,  1343, 1186, 1186, 1141, 569,  1141, 569,
    1141, 768,  1141, 700,  1151, 582,  1532, 1298, 1532, 1298, 1532, 1298, 1666, 1532, 1298, 1612, 1253, 1612, 1253, 1612, 1253,
    2191, 2095, 1423, 842,  1423, 842,  1423, 842,  1300, 1067, 1300, 1067, 1300, 1067, 1300, 1067, 1251, 803,  1251, 803,  1251,
    803,  1499, 1298, 1499, 1298, 1499, 1298, 1499, 1298, 1499, 1298, 1499, 1298, 2025, 1675, 1251, 1212, 1251, 1403, 1075, 1403,
    1075, 1403, 1075, 721,  1024, 1024, 1418, 651,  1528, 1784, 836,  1229, 1664, 1229, 1689, 1691, 693,  1401, 1405, 1141, 1401,
    1294, 1403, 1540, 1612, 604,  1343, 1401, 1767, 1532, 1294, 1612, 1540, 1235, 1229, 1294, 1251, 1251, 1612, 1403, 1612, 1565,
    604,  1251, 1350, 1107, 1298, 693,  1185, 1350, 1307, 1212, 1253, 1107, 1114, 1298, 1253, 693,  1207, 1212, 1303, 1144, 1142,
    1253, 1233, 1300, 1202, 1298, 1233, 1185, 1351, 1183, 1351, 1715, 693,  1185, 1253, 1185, 1715, 1343, 1294, 1294, 1610, 1249,
    1430, 1300, 604,  604,  604,  2240, 2140, 1610, 1454, 1532, 1248, 1540, 1401, 1405, 1405, 1249, 1600, 1294, 2206, 1313, 1532,
    1532, 1454, 1540, 1767, 1540, 1612, 1540, 1235, 1430, 1251, 1248, 1763, 1403, 1590, 1404, 2190, 2240, 1705, 1807, 1405, 1430,
    2211, 1423, 1255, 1263, 1207, 1076, 1416, 1260, 1845, 1089, 1331, 1331, 1237, 1309, 1545, 1339, 1253, 1339, 1300, 1126, 1193,
    1212, 1751, 1212, 1394, 1210, 1874, 1929, 1447, 1617, 1207, 1124, 1724, 1232, 1260, 1260, 1280, 1076, 1124, 1067, 569,  569,
    569,  1848, 1840, 1335, 1237, 1331, 1212, 1339, 739,  739,  1303, 1024, 2048, 2048, 1024, 1024, 651,  651,  651,  651,  1061,
    1061, 1061, 1061, 1024, 1024, 1208, 1208, 685,  1367, 2048, 651,  821,  366,  1229, 1229, 821,  821,  821,  821,  821,  821,
    1081, 1081, 1081, 503,  503,  816,  821,  821,  821,  821,  821,  821,  821,  821,  821,  821,  1081, 1081, 1081, 503,  503,
    1716, 1716, 1716, 1716, 1716};

static const struct {
    uint32_t first, n, at; /* code points first … first + n − 1 have widths[at …] */
} ranges[] = {
    {0x20, 95, 0},     /* ASCII */
    {0xa0, 224, 95},   /* Latin-1, Latin Extended-A */
    {0x384, 76, 319},  /* Greek */
    {0x400, 96, 395},  /* Cyrillic */
    {0x2010, 24, 491}, /* dashes, quotes, ellipsis */
    {0x2070, 31, 515}, /* superscripts, subscripts */
    {0x2190, 4, 546},  /* arrows */
    {0x2212, 1, 550},  /* minus */
};

/* The others, by the width that most of a block has, rather too wide than too narrow. */
static const struct {
    uint32_t first, last;
    double em;
} blocks[] = {
    {0x300, 0x36f, 0},   /* combining marks */
    {0x200b, 0x200f, 0}, /* invisible */
    {0x202a, 0x202e, 0},   {0x2060, 0x206f, 0},      {0xfe00, 0xfe0f, 0},
    {0xfeff, 0xfeff, 0},   {0x0590, 0x08ff, 0.8}, /* Hebrew, Arabic */
    {0x1100, 0x115f, 1},                          /* East Asian, a square each */
    {0x2e80, 0xa4cf, 1},   {0xac00, 0xd7a3, 1},      {0xf900, 0xfaff, 1},
    {0xff00, 0xff60, 1},   {0x1f000, 0x1faff, 1.35}, /* emoji */
    {0x20000, 0x3ffff, 1},
};
#define OTHER_EM 0.9
#define BOLD     1.16 /* the widest ratio of DejaVu Sans Bold to the regular, among letters and digits */
#define TEXT_MAX 4096

static double width_of(uint32_t code)
{
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (code >= ranges[i].first && code - ranges[i].first < ranges[i].n)
            return widths[ranges[i].at + code - ranges[i].first] / EM;
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        if (code >= blocks[i].first && code <= blocks[i].last) return blocks[i].em;
    return code < 0x20 ? 0 : OTHER_EM;
}

/* The code point at `text`, and how many bytes it takes. */
static uint32_t code_at(const char *text, size_t len, size_t *taken)
{
    const unsigned char *byte = (const unsigned char *)text;
    *taken = bb_utf8_sequence(text, len);
    switch (*taken) {
    case 2:
        return ((byte[0] & 0x1fu) << 6) | (byte[1] & 0x3fu);
    case 3:
        return ((byte[0] & 0xfu) << 12) | ((byte[1] & 0x3fu) << 6) | (byte[2] & 0x3fu);
    case 4:
        return ((byte[0] & 7u) << 18) | ((byte[1] & 0x3fu) << 12) | ((byte[2] & 0x3fu) << 6) | (byte[3] & 0x3fu);
    default:
        *taken = 1;
        return byte[0] < 0x80 ? byte[0] : 0xfffd;
    }
}

static double width_within(const char *text, size_t len)
{
    double width = 0;
    for (size_t i = 0, taken; i < len; i += taken) width += width_of(code_at(text + i, len - i, &taken));
    return width;
}

double bb_text_width(const char *text, double size, bool bold)
{
    return width_within(text, strlen(text)) * size * (bold ? BOLD : 1);
}

/* Bytes of the longest beginning that is at most `em` wide. */
static size_t beginning(const char *text, size_t len, double em)
{
    size_t at = 0, taken;
    for (double width = 0; at < len; at += taken) {
        width += width_of(code_at(text + at, len - at, &taken));
        if (width > em) break;
    }
    return at;
}

/* Where the longest end that is at most `em` wide begins. */
static size_t ending(const char *text, size_t len, double em)
{
    double rest = width_within(text, len);
    size_t at = 0, taken;
    for (; at < len && rest > em; at += taken) rest -= width_of(code_at(text + at, len - at, &taken));
    return at;
}

const char *bb_text_fit(struct bb_arena *arena, const char *text, double size, double width, bool middle)
{
    size_t len = strnlen(text, TEXT_MAX + 1);
    bool is_cut = len > TEXT_MAX;
    double em = width / size;
    if (is_cut) len = TEXT_MAX;
    if (!is_cut && width_within(text, len) <= em) return bb_arena_strndup(arena, text, len);
    double room = em - width_of(0x2026);
    size_t head = beginning(text, len, middle ? room / 2 : room);
    while (head && text[head - 1] == ' ') head--;
    size_t tail = middle && !is_cut ? ending(text, len, room / 2) : len;
    return bb_arena_printf(arena, "%.*s…%.*s", (int)head, text, (int)(len - tail), text + tail);
}
