#include "pdf/content.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "pdf/letters.h"

#define TOGETHER_MOST 400 /* shapes of a path */

/* What the page has been told last; -1 and NULL: nothing. */
struct content {
    HPDF_Doc doc;
    HPDF_Page page;
    const struct bb_embedded *face;
    struct bb_buf *out;
    double height; /* of the page */
    char open;     /* the operator that ends the path at hand, 'f' or 'S'; 0: there is none */
    size_t n_open; /* its shapes */
    bool has_boxes; /* they are boxes */
    bool in_text, turned;
    long fill, stroke, width, dash, gap, size, mode;
    int join;
    bool round_ends;
    long x, y; /* where the line of text begins */
    HPDF_Font font;
};

/* --- numbers -------------------------------------------------------------------------------------------------------- */

static long hundredths(double value)
{
    return lround(100 * fmax(-32000, fmin(32000, value)));
}

static long up(const struct content *it, double y)
{
    return hundredths(it->height - y);
}

/* n / 10^decimals without zeros at its end, and a space. */
static void put_scaled(struct bb_buf *out, long n, unsigned decimals)
{
    char text[32], *at = text + sizeof text;
    unsigned long rest = n < 0 ? 0UL - (unsigned long)n : (unsigned long)n;
    *--at = ' ';
    for (; decimals && rest % 10 == 0; decimals--) rest /= 10;
    for (bool point = decimals > 0; rest || decimals; rest /= 10) {
        *--at = (char)('0' + rest % 10);
        if (decimals && --decimals == 0 && point) *--at = '.';
    }
    if (at == text + sizeof text - 1) *--at = '0';
    if (n < 0) *--at = '-';
    bb_buf_add(out, at, (size_t)(text + sizeof text - at));
}

static void put_numbers(struct bb_buf *out, const long *n, size_t count, const char *operator)
{
    for (size_t i = 0; i < count; i++) put_scaled(out, n[i], 2);
    bb_buf_puts(out, operator);
}

#define PUT(it, operator, ...)                                                                                                   \
    put_numbers((it)->out, (const long[]){__VA_ARGS__}, sizeof(const long[]){__VA_ARGS__} / sizeof(long), operator"\n")

static void put_colour(struct content *it, uint32_t colour, const char *operator)
{
    for (unsigned shift = 16; shift <= 16; shift -= 8) put_scaled(it->out, lround((colour >> shift & 0xff) / .255), 3);
    bb_buf_puts(it->out, operator);
}

/* --- what things look like ------------------------------------------------------------------------------------------ */

static void end_text(struct content *it)
{
    if (it->in_text) bb_buf_puts(it->out, "ET\n");
    it->in_text = false;
}

static void end_path(struct content *it)
{
    if (it->open) bb_buf_puts(it->out, it->open == 'f' ? "f\n" : "S\n");
    it->open = '\0';
    it->n_open = 0;
}

static void set_fill(struct content *it, uint32_t colour)
{
    if (it->fill == (long)colour) return;
    end_path(it);
    it->fill = (long)colour;
    put_colour(it, colour, "rg\n");
}

/* Round ends, or butt ones, as a page begins. */
static void set_ends(struct content *it, bool round)
{
    if (it->round_ends == round) return;
    end_path(it);
    bb_buf_puts(it->out, round ? "1 J\n" : "0 J\n");
    it->round_ends = round;
}

enum { MITRED, ROUND }; /* joins, as the file has them */

static void set_stroke(struct content *it, const struct bb_pdf_paint *paint, int join)
{
    long width = hundredths(paint->width), dash = hundredths(paint->dash), gap = hundredths(paint->gap);
    bool is_new[] = {it->stroke != (long)paint->colour, it->width != width, it->dash != dash || it->gap != gap, it->join != join};
    if (is_new[0] || is_new[1] || is_new[2] || is_new[3]) end_path(it);
    if (is_new[0]) put_colour(it, paint->colour, "RG\n");
    if (is_new[1]) PUT(it, "w", width);
    if (is_new[2]) {
        bb_buf_puts(it->out, "[ ");
        if (dash) put_scaled(it->out, dash, 2);
        if (dash) put_scaled(it->out, gap, 2);
        bb_buf_puts(it->out, "] 0 d\n");
    }
    if (is_new[3]) bb_buf_puts(it->out, join == ROUND ? "1 j\n" : "0 j 4 M\n");
    it->stroke = (long)paint->colour;
    it->width = width;
    it->dash = dash;
    it->gap = gap;
    it->join = join;
}

/* --- text ----------------------------------------------------------------------------------------------------------- */

static void set_font(struct content *it, HPDF_Font font, double points)
{
    long size = hundredths(points);
    if (it->font == font && it->size == size) return;
    it->font = font;
    it->size = size;
    bb_buf_putc(it->out, '/');
    bb_buf_puts(it->out, HPDF_Page_GetLocalFontName(it->page, font));
    bb_buf_putc(it->out, ' ');
    PUT(it, "Tf", size);
}

static void put_place(struct content *it, const struct bb_pdf_mark *mark)
{
    long x = hundredths(mark->x), y = up(it, mark->y);
    bool relative = it->in_text && !it->turned && !mark->turned;
    if (!it->in_text) {
        end_path(it);
        bb_buf_puts(it->out, "BT\n");
    }
    if (mark->turned || (it->in_text && !relative))
        PUT(it, "Tm", mark->turned ? 0 : 100, mark->turned ? 100 : 0, mark->turned ? -100 : 0, mark->turned ? 0 : 100, x, y);
    else
        PUT(it, "Td", x - (relative ? it->x : 0), y - (relative ? it->y : 0));
    it->in_text = true;
    it->turned = mark->turned;
    it->x = x;
    it->y = y;
}

/* A stretch for each font of the face. */
static void put_letters(struct content *it, const struct bb_pdf_mark *mark)
{
    const struct bb_embedded *face = &it->face[mark->face];
    size_t font = 0, next;
    for (const char *at = mark->text; *at;) {
        const char *behind = at;
        char byte = bb_embedded_byte(face, bb_next_code(&behind), &next);
        if (at == mark->text || next != font) {
            if (at > mark->text) bb_buf_puts(it->out, ") Tj\n");
            set_font(it, face->font[next], mark->size);
            bb_buf_putc(it->out, '(');
        }
        if (byte == '(' || byte == ')' || byte == '\\') bb_buf_putc(it->out, '\\');
        bb_buf_putc(it->out, byte);
        font = next;
        at = behind;
    }
    bb_buf_puts(it->out, ") Tj\n");
}

static void put_text(struct content *it, const struct bb_pdf_mark *mark)
{
    bool is_edge = mark->paint.width > 0;
    if (!*mark->text) return;
    if (is_edge)
        set_stroke(it, &mark->paint, ROUND);
    else
        set_fill(it, mark->paint.colour);
    put_place(it, mark);
    if (it->mode != is_edge) bb_buf_puts(it->out, is_edge ? "1 Tr\n" : "0 Tr\n");
    it->mode = is_edge;
    put_letters(it, mark);
}

/* --- lines and areas ------------------------------------------------------------------------------------------------ */

/* Goes on with a path that ends in the same way, or begins one. Colours and pens are set before. */
static void begin(struct content *it, char operator)
{
    end_text(it);
    if (it->open != operator|| it->n_open == TOGETHER_MOST) end_path(it);
    it->open = operator;
    it->n_open++;
}

/* A quarter of a circle as a curve: its handles are this part of the radius away from its ends. */
#define HANDLE .5522847498

static void put_ring(struct content *it, double x, double y, double r)
{
    static const double turn[4][6] = {{-1, HANDLE, -HANDLE, 1, 0, 1},
                                      {HANDLE, 1, 1, HANDLE, 1, 0},
                                      {1, -HANDLE, HANDLE, -1, 0, -1},
                                      {-HANDLE, -1, -1, -HANDLE, -1, 0}};
    PUT(it, "m", hundredths(x - r), up(it, y));
    for (size_t i = 0; i < 4; i++)
        PUT(it, "c", hundredths(x + r * turn[i][0]), up(it, y - r * turn[i][1]), hundredths(x + r * turn[i][2]),
            up(it, y - r * turn[i][3]), hundredths(x + r * turn[i][4]), up(it, y - r * turn[i][5]));
}

static void put_step(struct content *it, const struct bb_pdf_step *step)
{
    long x = hundredths(step->x), y = up(it, step->y);
    switch (step->go) {
    case BB_PDF_MOVE:
        PUT(it, "m", x, y);
        break;
    case BB_PDF_STRAIGHT:
        PUT(it, "l", x, y);
        break;
    case BB_PDF_SHUT:
        bb_buf_puts(it->out, "h\n");
        break;
    case BB_PDF_RECT: {
        long low = up(it, step->y + step->h);
        PUT(it, "re", x, low, hundredths(step->x + step->w) - x, y - low);
        break;
    }
    case BB_PDF_CIRCLE:
        put_ring(it, step->x, step->y, step->w);
        break;
    }
}

/* Circles of one size, all of them: the round ends of lines take a tenth of the bytes of four curves each. */
static bool are_dots(const struct bb_pdf_mark *mark)
{
    for (size_t i = 0; i < mark->n; i++)
        if (mark->step[i].go != BB_PDF_CIRCLE || mark->step[i].w != mark->step->w) return false;
    return true;
}

static void put_dots(struct content *it, const struct bb_pdf_mark *mark)
{
    const struct bb_pdf_paint pen = {.colour = mark->paint.colour, .width = 2 * mark->step->w};
    set_stroke(it, &pen, MITRED);
    set_ends(it, true);
    for (size_t i = 0; i < mark->n; i++) {
        long x = hundredths(mark->step[i].x), y = up(it, mark->step[i].y);
        begin(it, 'S');
        PUT(it, "m", x, y);
        PUT(it, "l", x + 1, y); /* a line without length is none to some readers */
    }
}

static void put_area(struct content *it, const struct bb_pdf_mark *mark)
{
    bool is_box = mark->n == 1 && mark->step->go == BB_PDF_RECT;
    set_fill(it, mark->paint.colour);
    if (!is_box || !it->has_boxes) end_path(it); /* areas that turn the other way would leave a hole where they overlap */
    begin(it, 'f');
    it->has_boxes = is_box;
    for (size_t i = 0; i < mark->n; i++) put_step(it, &mark->step[i]);
}

static void put_line(struct content *it, const struct bb_pdf_mark *mark)
{
    set_stroke(it, &mark->paint, MITRED);
    set_ends(it, false);
    begin(it, 'S');
    for (size_t i = 0; i < mark->n; i++) put_step(it, &mark->step[i]);
}

static void put_path(struct content *it, const struct bb_pdf_mark *mark)
{
    if (!mark->n) return;
    end_text(it);
    if (mark->paint.width > 0)
        put_line(it, mark);
    else if (are_dots(mark))
        put_dots(it, mark);
    else
        put_area(it, mark);
}

static HPDF_Dict pixels_of(HPDF_Doc doc, const struct bb_pdf_picture *picture)
{
    HPDF_Dict image = HPDF_DictStream_New(doc->mmgr, doc->xref);
    image->header.obj_class |= HPDF_OSUBCLASS_XOBJECT;
    HPDF_Dict_AddName(image, "Type", "XObject");
    HPDF_Dict_AddName(image, "Subtype", "Image");
    HPDF_Dict_AddNumber(image, "Width", (HPDF_INT32)picture->across);
    HPDF_Dict_AddNumber(image, "Height", (HPDF_INT32)picture->down);
    HPDF_Dict_AddName(image, "ColorSpace", "DeviceRGB");
    HPDF_Dict_AddNumber(image, "BitsPerComponent", 8);
    bb_stream_fill_packed(image, picture->data, picture->len);
    return image;
}

static void put_image(struct content *it, const struct bb_pdf_mark *mark)
{
    const struct bb_pdf_picture *picture = mark->picture;
    HPDF_Image image = picture->is_jpeg ? HPDF_LoadJpegImageFromMem(it->doc, picture->data, (HPDF_UINT)picture->len)
                                        : pixels_of(it->doc, picture);
    if (!image) return;
    end_text(it);
    end_path(it);
    bb_buf_puts(it->out, "q\n");
    PUT(it, "cm", hundredths(mark->w), 0, 0, hundredths(mark->h), hundredths(mark->x), up(it, mark->y + mark->h));
    bb_buf_printf(it->out, "/%s Do\nQ\n", HPDF_Page_GetXObjectName(it->page, image));
}

void bb_content(HPDF_Doc doc, HPDF_Page to, const struct bb_embedded *face, const struct bb_pdf_page *page, struct bb_buf *out)
{
    static void (*const put[])(struct content *, const struct bb_pdf_mark *) = {
        [BB_PDF_TEXT] = put_text, [BB_PDF_PATH] = put_path, [BB_PDF_IMAGE] = put_image};
    struct content it = {
        .doc = doc, .page = to, .face = face, .out = out, .height = page->height, .fill = -1, .stroke = -1, .width = -1, .join = -1};
    for (size_t i = 0; i < page->n; i++) put[page->mark[i].kind](&it, &page->mark[i]);
    end_text(&it);
    end_path(&it);
}
