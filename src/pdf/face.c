#include "pdf/face.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

/* OpenType 1.9, "The OpenType Font File": all numbers are big-endian. Of a file that is cut short or lies about lengths, nothing outside is read. */

#define N_CODES   65536
#define FONT_ROOT "/usr/share/fonts/truetype/"

struct font {
    struct bb_buf file;
    const unsigned char *head, *hhea, *maxp, *hmtx, *loca, *glyf, *os2, *post;
    size_t hmtx_len, loca_len, glyf_len;
    unsigned n_glyphs, n_metrics, em;
    bool long_loca;
    uint16_t *glyph; /* by code point */
    char name[64];   /* PostScript's */
};
struct bb_faces {
    struct font font[BB_N_FACES];
};

static const struct {
    const char *wanted, *instead;
} files[BB_N_FACES] = {
    [BB_FACE_TEXT] = {"liberation2/LiberationSerif-Regular.ttf", "dejavu/DejaVuSerif.ttf"},
    [BB_FACE_BOLD] = {"liberation2/LiberationSerif-Bold.ttf", "dejavu/DejaVuSerif-Bold.ttf"},
    [BB_FACE_ITALIC] = {"liberation2/LiberationSerif-Italic.ttf", "dejavu/DejaVuSerif.ttf"},
    [BB_FACE_SANS] = {"liberation2/LiberationSans-Regular.ttf", "dejavu/DejaVuSans.ttf"},
    [BB_FACE_SANS_BOLD] = {"liberation2/LiberationSans-Bold.ttf", "dejavu/DejaVuSans-Bold.ttf"},
    [BB_FACE_MONO] = {"liberation2/LiberationMono-Regular.ttf", "dejavu/DejaVuSansMono.ttf"},
    [BB_FACE_SPARE] = {"dejavu/DejaVuSans.ttf", "dejavu/DejaVuSans.ttf"},
};

/* --- reading -------------------------------------------------------------------------------------------------------- */

static unsigned u16(const unsigned char *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

static uint32_t u32(const unsigned char *at)
{
    return (uint32_t)u16(at) << 16 | u16(at + 2);
}

/* A table of at least `least` bytes; NULL: none. */
static const unsigned char *table_of(const struct font *font, const char *tag, size_t least, size_t *len)
{
    const unsigned char *file = (const unsigned char *)font->file.data;
    size_t size = font->file.len, n = size >= 12 ? u16(file + 4) : 0;
    for (size_t i = 0; i < n && 12 + 16 * (i + 1) <= size; i++) {
        const unsigned char *entry = file + 12 + 16 * i;
        size_t at = u32(entry + 8), length = u32(entry + 12);
        if (memcmp(entry, tag, 4) != 0 || at > size || length > size - at || length < least) continue;
        *len = length;
        return file + at;
    }
    *len = 0;
    return NULL;
}

/* Format 4: segments of code points, each with a delta or an array of glyphs. */
static void read_segments(struct font *font, const unsigned char *map, size_t len)
{
    size_t n = len >= 16 ? u16(map + 6) / 2 : 0;
    if (16 + 8 * n > len) return;
    const unsigned char *end = map + 14, *start = end + 2 * n + 2, *delta = start + 2 * n, *offset = delta + 2 * n;
    for (size_t i = 0; i < n; i++) {
        unsigned first = u16(start + 2 * i), last = u16(end + 2 * i), shift = u16(delta + 2 * i), range = u16(offset + 2 * i);
        for (unsigned code = first; code <= last && code < 0xffff; code++) {
            const unsigned char *at = offset + 2 * i + range + 2 * (size_t)(code - first);
            if (range && at + 2 > map + len) break;
            unsigned glyph = range ? u16(at) : code;
            if (!range || glyph) glyph = (glyph + shift) & 0xffff;
            if (glyph < font->n_glyphs) font->glyph[code] = (uint16_t)glyph;
        }
    }
}

static bool read_codes(struct font *font)
{
    size_t len;
    const unsigned char *cmap = table_of(font, "cmap", 4, &len);
    size_t n = cmap ? u16(cmap + 2) : 0;
    for (size_t i = 0; i < n && 4 + 8 * (i + 1) <= len; i++) {
        const unsigned char *entry = cmap + 4 + 8 * i;
        size_t at = u32(entry + 4);
        bool is_unicode = u16(entry) == 3 && u16(entry + 2) == 1;
        if (!is_unicode || at + 4 > len || u16(cmap + at) != 4) continue;
        read_segments(font, cmap + at, len - at);
        return true;
    }
    return false;
}

static bool parse(struct font *font)
{
    size_t len;
    font->head = table_of(font, "head", 54, &len);
    font->hhea = table_of(font, "hhea", 36, &len);
    font->maxp = table_of(font, "maxp", 32, &len);
    font->hmtx = table_of(font, "hmtx", 4, &font->hmtx_len);
    font->loca = table_of(font, "loca", 4, &font->loca_len);
    font->glyf = table_of(font, "glyf", 0, &font->glyf_len);
    font->os2 = table_of(font, "OS/2", 78, &len);
    font->post = table_of(font, "post", 16, &len);
    if (!font->head || !font->hhea || !font->maxp || !font->hmtx || !font->loca || !font->glyf || !font->os2 || !font->post)
        return false;
    font->n_glyphs = u16(font->maxp + 4);
    font->n_metrics = u16(font->hhea + 34);
    font->em = u16(font->head + 18);
    font->long_loca = u16(font->head + 50) != 0;
    size_t locations = font->loca_len / (font->long_loca ? 4 : 2);
    bool fits = font->n_metrics && font->hmtx_len >= 4 * (size_t)font->n_metrics && locations > font->n_glyphs && font->em;
    return fits && read_codes(font);
}

static enum bb_code open_font(struct font *font, const char *path, struct bb_err *err)
{
    enum bb_code code = bb_file_read(path, (size_t)16 << 20, &font->file, err);
    if (code != BB_OK) return code;
    font->glyph = bb_calloc(N_CODES, sizeof *font->glyph);
    return parse(font) ? BB_OK : bb_fail(err, BB_EINPUT, "%s is no TrueType font that a PDF can have.", path);
}

static bool has_wanted(void)
{
    char path[256];
    for (size_t i = 0; i < BB_N_FACES; i++) {
        snprintf(path, sizeof path, FONT_ROOT "%s", files[i].wanted);
        if (!bb_is_file(path)) return false;
    }
    return true;
}

/* "LiberationSerif-Regular"; two fonts of a document must not have one name, though they may be one file. */
static void name_font(struct bb_faces *faces, size_t i, const char *file)
{
    int stem = (int)strcspn(file, ".");
    snprintf(faces->font[i].name, sizeof faces->font[i].name, "%.*s", stem, file);
    for (size_t k = 0; k < i; k++)
        if (bb_streq(faces->font[k].name, faces->font[i].name))
            snprintf(faces->font[i].name, sizeof faces->font[i].name, "%.*s-%zu", stem, file, i);
}

enum bb_code bb_faces_open(struct bb_faces **out, struct bb_err *err)
{
    struct bb_faces *faces = bb_calloc(1, sizeof *faces);
    bool wanted = has_wanted();
    char path[256];
    enum bb_code code = BB_OK;
    if (!wanted)
        bb_log_warning("PDFs are set in DejaVu: Liberation's fonts (Debian: fonts-liberation2) are not on this machine.");
    for (size_t i = 0; code == BB_OK && i < BB_N_FACES; i++) {
        snprintf(path, sizeof path, FONT_ROOT "%s", wanted ? files[i].wanted : files[i].instead);
        name_font(faces, i, bb_path_base(path));
        code = open_font(&faces->font[i], path, err);
    }
    if (code == BB_EABSENT)
        code = bb_fail(err, code, "%s is not on this machine (Debian: fonts-dejavu-core, fonts-liberation2).", path);
    if (code != BB_OK)
        bb_faces_close(faces);
    else
        *out = faces;
    return code;
}

void bb_faces_close(struct bb_faces *faces)
{
    if (!faces) return;
    for (size_t i = 0; i < BB_N_FACES; i++) {
        bb_buf_release(&faces->font[i].file);
        free(faces->font[i].glyph);
    }
    free(faces);
}

/* --- measuring ------------------------------------------------------------------------------------------------------ */

unsigned bb_face_glyph(const struct bb_faces *faces, enum bb_face face, uint32_t code)
{
    return code < N_CODES ? faces->font[face].glyph[code] : 0;
}

static unsigned advance_of(const struct font *font, unsigned glyph)
{
    unsigned at = glyph < font->n_metrics ? glyph : font->n_metrics - 1;
    return u16(font->hmtx + 4 * (size_t)at);
}

int bb_face_thousandths(const struct bb_faces *faces, enum bb_face face, uint32_t code)
{
    const struct font *font = &faces->font[face];
    return (int)(1000 * advance_of(font, bb_face_glyph(faces, face, code)) / font->em);
}

double bb_face_advance(const struct bb_faces *faces, enum bb_face face, uint32_t code)
{
    return (double)bb_face_thousandths(faces, face, code) / 1000; /* as the file says it */
}

const char *bb_face_name(const struct bb_faces *faces, enum bb_face face)
{
    return faces->font[face].name;
}

/* --- subsets -------------------------------------------------------------------------------------------------------- */

/* The glyphs of a subset: those of the letters in their order, then the parts that composite ones are made of. */
struct subset {
    const struct font *font;
    uint16_t *old; /* by new number */
    uint16_t *new; /* by old number; 0 for all that is not there, and for .notdef itself */
    size_t n;
};

static void put16(struct bb_buf *out, unsigned value)
{
    const char bytes[] = {(char)(value >> 8), (char)value};
    bb_buf_add(out, bytes, sizeof bytes);
}

static void put32(struct bb_buf *out, uint32_t value)
{
    put16(out, value >> 16);
    put16(out, value & 0xffff);
}

static const unsigned char *outline_of(const struct font *font, unsigned glyph, size_t *len)
{
    const unsigned char *loca = font->loca;
    size_t from = font->long_loca ? u32(loca + 4 * (size_t)glyph) : 2 * (size_t)u16(loca + 2 * (size_t)glyph);
    size_t to = font->long_loca ? u32(loca + 4 * (size_t)glyph + 4) : 2 * (size_t)u16(loca + 2 * (size_t)glyph + 2);
    *len = from <= to && to <= font->glyf_len ? to - from : 0;
    return font->glyf + from;
}

static int s16(const unsigned char *at)
{
    return (int16_t)u16(at);
}

/* OpenType 1.9, "glyf", "head", "hhea", "OS/2", "post". */
struct bb_face_shape bb_face_shape(const struct bb_faces *faces, enum bb_face face)
{
    const struct font *font = &faces->font[face];
    size_t len;
    const unsigned char *capital = outline_of(font, bb_face_glyph(faces, face, 'H'), &len);
    int em = (int)font->em, weight = s16(font->os2 + 4);
    struct bb_face_shape shape = {.ascent = 1000 * s16(font->hhea + 4) / em,
                                  .descent = 1000 * s16(font->hhea + 6) / em,
                                  .cap_height = len >= 10 ? 1000 * s16(capital + 8) / em : 0,
                                  .italic_angle = s16(font->post + 4),
                                  .stem = 50 + weight * weight / (65 * 65),
                                  .fixed_pitch = u32(font->post + 12) != 0};
    for (size_t i = 0; i < 4; i++) shape.box[i] = 1000 * s16(font->head + 36 + 2 * i) / em;
    return shape;
}

static void take_glyph(struct subset *subset, unsigned glyph)
{
    if (!glyph || glyph >= subset->font->n_glyphs || subset->new[glyph]) return;
    subset->new[glyph] = (uint16_t)subset->n;
    subset->old[subset->n++] = (uint16_t)glyph;
}

enum { ARGS_ARE_WORDS = 1, HAS_SCALE = 8, MORE_COMPONENTS = 32, HAS_XY_SCALE = 64, HAS_MATRIX = 128, HAS_INSTRUCTIONS = 256 };

static size_t component_len(unsigned flags)
{
    size_t scale = flags & HAS_SCALE ? 2u : flags & HAS_XY_SCALE ? 4u : flags & HAS_MATRIX ? 8u : 0u;
    return 4 + (flags & ARGS_ARE_WORDS ? 4u : 2u) + scale;
}

static bool is_composite(const unsigned char *outline, size_t len)
{
    return len >= 10 && u16(outline) >= 0x8000;
}

/* Parts of what is there join at the end, and are looked at in their turn. */
static void take_parts(struct subset *subset)
{
    for (size_t i = 0; i < subset->n; i++) {
        size_t len;
        const unsigned char *outline = outline_of(subset->font, subset->old[i], &len);
        if (!is_composite(outline, len)) continue;
        for (size_t at = 10; at + 4 <= len;) {
            unsigned flags = u16(outline + at);
            take_glyph(subset, u16(outline + at + 2));
            at += component_len(flags);
            if (!(flags & MORE_COMPONENTS)) break;
        }
    }
}

static void put_simple(const unsigned char *outline, size_t len, struct bb_buf *out)
{
    size_t ends = 10 + 2 * (size_t)u16(outline);
    if (ends + 2 > len) return;
    size_t program = u16(outline + ends);
    if (ends + 2 + program > len) return;
    bb_buf_add(out, outline, ends);
    put16(out, 0);
    bb_buf_add(out, outline + ends + 2 + program, len - ends - 2 - program);
}

static void put_composite(const struct subset *subset, const unsigned char *outline, size_t len, struct bb_buf *out)
{
    bb_buf_add(out, outline, 10);
    for (size_t at = 10; at + 4 <= len;) {
        unsigned flags = u16(outline + at), part = u16(outline + at + 2);
        size_t length = component_len(flags);
        if (at + length > len) return;
        put16(out, flags & ~(unsigned)HAS_INSTRUCTIONS);
        put16(out, part < subset->font->n_glyphs ? subset->new[part] : 0);
        bb_buf_add(out, outline + at + 4, length - 4);
        at += length;
        if (!(flags & MORE_COMPONENTS)) return;
    }
}

static void put_outlines(const struct subset *subset, struct bb_buf *glyf, struct bb_buf *loca)
{
    for (size_t i = 0; i < subset->n; i++) {
        size_t len;
        const unsigned char *outline = outline_of(subset->font, subset->old[i], &len);
        put32(loca, (uint32_t)glyf->len);
        if (is_composite(outline, len))
            put_composite(subset, outline, len, glyf);
        else if (len >= 12)
            put_simple(outline, len, glyf);
        while (glyf->len % 4) bb_buf_putc(glyf, '\0');
    }
    put32(loca, (uint32_t)glyf->len);
}

static void put_metrics(const struct subset *subset, struct bb_buf *out)
{
    const struct font *font = subset->font;
    for (size_t i = 0; i < subset->n; i++) {
        unsigned glyph = subset->old[i];
        size_t bearing =
            glyph < font->n_metrics ? 4 * (size_t)glyph + 2 : 4 * (size_t)font->n_metrics + 2 * (size_t)(glyph - font->n_metrics);
        put16(out, advance_of(font, glyph));
        put16(out, bearing + 2 <= font->hmtx_len ? u16(font->hmtx + bearing) : 0);
    }
}

/* A byte each, for all that reads PDFs: platform 1, encoding 0, format 0. */
static void put_bytes(const struct subset *subset, const uint32_t *letter, struct bb_buf *out)
{
    put16(out, 0);
    put16(out, 1);
    put16(out, 1);
    put16(out, 0);
    put32(out, 12);
    put16(out, 0);
    put16(out, 6 + BB_FACE_BYTES);
    put16(out, 0);
    for (size_t i = 0; i < BB_FACE_BYTES; i++) {
        unsigned glyph = letter[i] ? subset->new[subset->font->glyph[letter[i]]] : 0;
        bb_buf_putc(out, (char)(glyph <= UINT8_MAX ? glyph : 0));
    }
}

static void put_patched(struct bb_buf *out, const unsigned char *table, size_t len, size_t at, unsigned value)
{
    bb_buf_add(out, table, len);
    out->data[at] = (char)(value >> 8);
    out->data[at + 1] = (char)value;
}

struct part {
    char tag[5];
    struct bb_buf bytes;
};
enum { CMAP, GLYF, HEAD, HHEA, HMTX, LOCA, MAXP, N_PARTS };

static uint32_t checksum(const struct bb_buf *bytes)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < bytes->len; i++) sum += (uint32_t)(unsigned char)bytes->data[i] << (24 - 8 * (i % 4));
    return sum;
}

static void put_file(const struct part *part, struct bb_buf *out)
{
    size_t at = 12 + 16 * (size_t)N_PARTS;
    put32(out, 0x00010000);
    put16(out, N_PARTS);
    put16(out, 64); /* 16 · 4, the largest power of two below N_PARTS */
    put16(out, 2);
    put16(out, 16 * N_PARTS - 64);
    for (size_t i = 0; i < N_PARTS; i++) {
        bb_buf_add(out, part[i].tag, 4);
        put32(out, checksum(&part[i].bytes));
        put32(out, (uint32_t)at);
        put32(out, (uint32_t)part[i].bytes.len);
        at += (part[i].bytes.len + 3) / 4 * 4;
    }
    for (size_t i = 0; i < N_PARTS; i++) {
        bb_buf_add(out, part[i].bytes.data, part[i].bytes.len);
        while (out->len % 4) bb_buf_putc(out, '\0');
    }
}

void bb_face_subset(const struct bb_faces *faces, enum bb_face face, const uint32_t *letter, struct bb_buf *out)
{
    const struct font *font = &faces->font[face];
    struct subset subset = {.font = font, .n = 1};
    struct part part[N_PARTS] = {{.tag = "cmap"}, {.tag = "glyf"}, {.tag = "head"}, {.tag = "hhea"},
                                 {.tag = "hmtx"}, {.tag = "loca"}, {.tag = "maxp"}};
    subset.old = bb_calloc((size_t)font->n_glyphs + 1, sizeof *subset.old);
    subset.new = bb_calloc((size_t)font->n_glyphs + 1, sizeof *subset.new);
    for (size_t i = 0; i < BB_FACE_BYTES; i++) take_glyph(&subset, letter[i] ? bb_face_glyph(faces, face, letter[i]) : 0);
    take_parts(&subset);
    put_bytes(&subset, letter, &part[CMAP].bytes);
    put_outlines(&subset, &part[GLYF].bytes, &part[LOCA].bytes);
    put_patched(&part[HEAD].bytes, font->head, 54, 50, 1);
    put_patched(&part[HHEA].bytes, font->hhea, 36, 34, (unsigned)subset.n);
    put_metrics(&subset, &part[HMTX].bytes);
    put_patched(&part[MAXP].bytes, font->maxp, 32, 4, (unsigned)subset.n);
    put_file(part, out);
    for (size_t i = 0; i < N_PARTS; i++) bb_buf_release(&part[i].bytes);
    free(subset.old);
    free(subset.new);
}
