#include "pdf/embed.h"

#include <assert.h>
#include <stdlib.h>

enum { ASCII = 128, PER_FONT = 128, N_BYTES = BB_FACE_BYTES };

/* --- bytes ---------------------------------------------------------------------------------------------------------- */

static int by_code(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

char bb_embedded_byte(const struct bb_embedded *face, uint32_t code, size_t *font)
{
    *font = 0;
    if (code < ASCII) return (char)code;
    const uint32_t *at = bsearch(&code, face->other, face->n_others, sizeof *face->other, by_code);
    assert(at);
    size_t i = (size_t)(at - face->other);
    *font = i / PER_FONT;
    return (char)(unsigned char)(ASCII + i % PER_FONT);
}

/* --- fonts ---------------------------------------------------------------------------------------------------------- */

/* What the bytes of a font mean, for those who search and copy. At most 100 lines belong together (PDF 1.3, 5.9; Adobe's note 5014). */
static HPDF_Dict meanings(HPDF_Doc doc, struct bb_packer *packer, const uint32_t *letter)
{
    struct bb_buf text = BB_BUF_INIT;
    size_t n = 0, done = 0;
    for (size_t i = 0; i < N_BYTES; i++) n += letter[i] != 0;
    bb_buf_puts(&text, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                       "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                       "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                       "1 begincodespacerange\n<00> <ff>\nendcodespacerange\n");
    for (size_t i = 0; i < N_BYTES; i++) {
        if (!letter[i]) continue;
        if (done % 100 == 0) bb_buf_printf(&text, "%zu beginbfchar\n", n - done < 100 ? n - done : 100);
        bb_buf_printf(&text, "<%02zx> <%04x>\n", i, (unsigned)letter[i]);
        if (++done % 100 == 0 || done == n) bb_buf_puts(&text, "endbfchar\n");
    }
    bb_buf_puts(&text, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    HPDF_Dict dict = bb_stream(doc, packer, &text);
    bb_buf_release(&text);
    return dict;
}

enum { FIXED_PITCH = 1, SYMBOLIC = 4, ITALIC = 64 };

static HPDF_Dict descriptor(HPDF_Doc doc, struct bb_packer *packer, const struct bb_faces *faces, enum bb_face face,
                            const char *name, const uint32_t *letter)
{
    struct bb_face_shape shape = bb_face_shape(faces, face);
    struct bb_buf file = BB_BUF_INIT;
    HPDF_Dict dict = bb_object(doc);
    bb_face_subset(faces, face, letter, &file);
    HPDF_Dict program = bb_stream(doc, packer, &file);
    HPDF_Dict_AddNumber(program, "Length1", (HPDF_INT32)file.len);
    bb_buf_release(&file);
    HPDF_Dict_AddName(dict, "Type", "FontDescriptor");
    HPDF_Dict_AddName(dict, "FontName", name);
    HPDF_Dict_AddNumber(dict, "Flags", SYMBOLIC | (shape.fixed_pitch ? FIXED_PITCH : 0) | (shape.italic_angle ? ITALIC : 0));
    HPDF_Dict_Add(dict, "FontBBox", bb_numbers(doc, shape.box, 4));
    HPDF_Dict_AddNumber(dict, "ItalicAngle", shape.italic_angle);
    HPDF_Dict_AddNumber(dict, "Ascent", shape.ascent);
    HPDF_Dict_AddNumber(dict, "Descent", shape.descent);
    HPDF_Dict_AddNumber(dict, "CapHeight", shape.cap_height);
    HPDF_Dict_AddNumber(dict, "StemV", shape.stem);
    HPDF_Dict_Add(dict, "FontFile2", program);
    return dict;
}

/* libharu asks for the width of what it writes, to know where the text ends; nobody else does. It writes nothing that has none. */
static HPDF_TextWidth some_width(HPDF_Font font, const HPDF_BYTE *text, HPDF_UINT len)
{
    (void)font;
    (void)text;
    return (HPDF_TextWidth){.numchars = len, .width = 1};
}

/* `tag`: six capitals before the name of a font that is not whole, different ones for each of a document. */
static HPDF_Font font_of(HPDF_Doc doc, struct bb_packer *packer, const struct bb_faces *faces, enum bb_face face, unsigned tag,
                         const uint32_t *letter, struct bb_arena *arena)
{
    HPDF_FontAttr attr = BB_NEW(arena, HPDF_FontAttr_Rec);
    HPDF_Font font = bb_object(doc);
    int width[N_BYTES];
    size_t first = 0, last = N_BYTES - 1;
    while (!letter[first]) first++;
    while (!letter[last]) last--;
    for (size_t i = first; i <= last; i++) width[i] = letter[i] ? bb_face_thousandths(faces, face, letter[i]) : 0;
    const char *name =
        bb_arena_printf(arena, "BBPD%c%c+%s", 'A' + (int)(tag / 26 % 26), 'A' + (int)(tag % 26), bb_face_name(faces, face));
    *attr = (HPDF_FontAttr_Rec){.type = HPDF_FONT_TRUETYPE, .text_width_fn = some_width};
    font->header.obj_class |= HPDF_OSUBCLASS_FONT;
    font->attr = attr;
    HPDF_Dict_AddName(font, "Type", "Font");
    HPDF_Dict_AddName(font, "Subtype", "TrueType");
    HPDF_Dict_AddName(font, "BaseFont", name);
    HPDF_Dict_AddNumber(font, "FirstChar", (HPDF_INT32)first);
    HPDF_Dict_AddNumber(font, "LastChar", (HPDF_INT32)last);
    HPDF_Dict_Add(font, "Widths", bb_numbers(doc, width + first, last - first + 1));
    HPDF_Dict_Add(font, "FontDescriptor", descriptor(doc, packer, faces, face, name, letter));
    HPDF_Dict_Add(font, "ToUnicode", meanings(doc, packer, letter));
    return font;
}

struct bb_embedded bb_embed_face(HPDF_Doc doc, struct bb_packer *packer, const struct bb_faces *faces, enum bb_face face,
                                 const uint32_t *code, size_t n, struct bb_arena *arena)
{
    size_t n_ascii = 0;
    while (n_ascii < n && code[n_ascii] < ASCII) n_ascii++;
    struct bb_embedded embedded = {.other = code + n_ascii, .n_others = n - n_ascii};
    size_t n_fonts = n ? (embedded.n_others + PER_FONT - 1) / PER_FONT : 0;
    if (n_ascii && !n_fonts) n_fonts = 1;
    embedded.font = BB_NEW_ARRAY(arena, n_fonts + 1, HPDF_Font);
    for (size_t f = 0; f < n_fonts; f++) {
        uint32_t letter[N_BYTES] = {0};
        for (size_t i = 0; f == 0 && i < n_ascii; i++) letter[code[i]] = code[i];
        for (size_t i = 0; i < PER_FONT && f * PER_FONT + i < embedded.n_others; i++)
            letter[ASCII + i] = embedded.other[f * PER_FONT + i];
        embedded.font[f] = font_of(doc, packer, faces, face, (unsigned)(BB_N_FACES * f + face), letter, arena);
    }
    return embedded;
}
