#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "pdf/document.h"
#include "pdf/document_int.h"
#include "pdf/embed.h"
#include "pdf/letters.h"

#define TITLE_MOST   500  /* letters of a title; the library has a limit, and no reader shows more */
#define ADDRESS_MOST 8000 /* bytes of an address; longer ones are text only */

/* libharu 2.3.0. Its first error stays: every later call fails, so one look at the end is enough. */
struct writer {
    struct bb_pdf *pdf;
    HPDF_Doc doc;
    HPDF_Page page;
    struct bb_embedded face[BB_N_FACES];
    HPDF_Encoder utf8;
    HPDF_STATUS error, detail;
    double height; /* of the page */
    /* what the page has been told last */
    bool in_text;
    long fill, stroke, mode;
    double width, size;
    HPDF_UINT16 dash[2];
    int join;
    HPDF_Font font;
};

static void keep_error(HPDF_STATUS error, HPDF_STATUS detail, void *data)
{
    struct writer *w = data;
    if (w->error) return;
    w->error = error;
    w->detail = detail;
}

static enum bb_code say_error(const struct writer *w, struct bb_err *err)
{
    static const struct {
        HPDF_STATUS error;
        enum bb_code code;
        const char *what;
    } known[] = {
        {HPDF_FAILD_TO_ALLOC_MEM, BB_ELIMIT, "memory ran out"},
        {HPDF_FILE_IO_ERROR, BB_EIO, "a file could not be read or written"},
        {HPDF_FILE_OPEN_ERROR, BB_EIO, "a file could not be opened"},
        {HPDF_ARRAY_COUNT_ERR, BB_ELIMIT, "a list became too long"},
        {HPDF_DICT_COUNT_ERR, BB_ELIMIT, "a dictionary became too large"},
        {HPDF_STRING_OUT_OF_RANGE, BB_ELIMIT, "a text is longer than 65,535 bytes"},
        {HPDF_XREF_COUNT_ERR, BB_ELIMIT, "there are more than 8,388,607 objects"},
        {HPDF_UNSUPPORTED_JPEG_FORMAT, BB_EINPUT, "the JPEG is of a kind that it does not know"},
        {HPDF_INVALID_JPEG_DATA, BB_EINPUT, "the JPEG is damaged"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (known[i].error == w->error)
            return bb_fail(err, known[i].code, "%s cannot be written: %s (libharu, error 0x%lx).", w->pdf->name, known[i].what,
                           w->error);
    return bb_fail(err, BB_EIO, "%s cannot be written: libharu gives error 0x%lx, detail %lu.", w->pdf->name, w->error,
                   w->detail);
}

/* --- fonts ---------------------------------------------------------------------------------------------------------- */

static void embed_faces(struct writer *w)
{
    for (size_t i = 0; i < BB_N_FACES; i++) {
        size_t n;
        const uint32_t *code = bb_pdf_codes(w->pdf, (enum bb_face)i, &n);
        if (n) w->face[i] = bb_embed_face(w->doc, w->pdf->faces, (enum bb_face)i, code, n, w->pdf->arena);
    }
}

/* --- the state of a page -------------------------------------------------------------------------------------------- */

/* Hundredths of a point are finer than any eye or printer. */
static HPDF_REAL real(double value)
{
    return (HPDF_REAL)(round(fmax(-32000, fmin(32000, value)) * 100) / 100);
}

static HPDF_REAL up(const struct writer *w, double y)
{
    return real(w->height - y);
}

static HPDF_REAL part(uint32_t colour, unsigned shift)
{
    return (HPDF_REAL)(round((colour >> shift & 0xff) / 255.0 * 1000) / 1000);
}

static void set_fill(struct writer *w, uint32_t colour)
{
    if (w->fill == (long)colour) return;
    w->fill = (long)colour;
    HPDF_Page_SetRGBFill(w->page, part(colour, 16), part(colour, 8), part(colour, 0));
}

/* How lines turn, and their dashes. Ends stay butt, as a page begins. */
static void set_line(struct writer *w, HPDF_LineJoin join, const struct bb_pdf_paint *paint)
{
    bool is_dashed = paint->dash > 0;
    const HPDF_UINT16 dash[2] = {is_dashed ? (HPDF_UINT16)fmax(1, round(paint->dash)) : 0,
                                 is_dashed ? (HPDF_UINT16)fmax(1, round(paint->gap)) : 0};
    if (w->join < 0) HPDF_Page_SetMiterLimit(w->page, 4);
    if (w->join != (int)join) HPDF_Page_SetLineJoin(w->page, join);
    w->join = (int)join;
    if (memcmp(w->dash, dash, sizeof dash) == 0) return;
    HPDF_Page_SetDash(w->page, is_dashed ? dash : NULL, is_dashed ? 2 : 0, 0);
    memcpy(w->dash, dash, sizeof dash);
}

static void set_stroke(struct writer *w, const struct bb_pdf_paint *paint, HPDF_LineJoin join)
{
    uint32_t colour = paint->colour;
    if (w->stroke != (long)colour) HPDF_Page_SetRGBStroke(w->page, part(colour, 16), part(colour, 8), part(colour, 0));
    if (w->width != paint->width) HPDF_Page_SetLineWidth(w->page, real(paint->width)); /* NOLINT: the same or not */
    w->stroke = (long)colour;
    w->width = paint->width;
    set_line(w, join, paint);
}

static void leave_text(struct writer *w)
{
    if (w->in_text) HPDF_Page_EndText(w->page);
    w->in_text = false;
}

/* --- marks ---------------------------------------------------------------------------------------------------------- */

static void set_font(struct writer *w, HPDF_Font font, double size)
{
    if (w->font != font || w->size != size) HPDF_Page_SetFontAndSize(w->page, font, real(size));
    w->font = font;
    w->size = size;
}

/* A stretch for each font of the face. */
static void show(struct writer *w, const struct bb_pdf_mark *mark)
{
    const struct bb_embedded *face = &w->face[mark->face];
    char *bytes = bb_arena_alloc(w->pdf->arena, strlen(mark->text) + 1, 1), *to = bytes;
    size_t font = 0, next;
    for (const char *at = mark->text; *at; font = next) {
        char byte = bb_embedded_byte(face, bb_next_code(&at), &next);
        if (next != font && to > bytes) {
            *to = '\0';
            set_font(w, face->font[font], mark->size);
            HPDF_Page_ShowText(w->page, bytes);
            to = bytes;
        }
        *to++ = byte;
    }
    *to = '\0';
    set_font(w, face->font[font], mark->size);
    HPDF_Page_ShowText(w->page, bytes);
}

static void put_text(struct writer *w, const struct bb_pdf_mark *mark)
{
    bool is_edge = mark->paint.width > 0;
    int mode = is_edge ? HPDF_STROKE : HPDF_FILL;
    if (!w->in_text) HPDF_Page_BeginText(w->page);
    w->in_text = true;
    if (is_edge)
        set_stroke(w, &mark->paint, HPDF_ROUND_JOIN);
    else
        set_fill(w, mark->paint.colour);
    if (w->mode != mode) HPDF_Page_SetTextRenderingMode(w->page, (HPDF_TextRenderingMode)mode);
    w->mode = mode;
    if (mark->turned)
        HPDF_Page_SetTextMatrix(w->page, 0, 1, -1, 0, real(mark->x), up(w, mark->y));
    else
        HPDF_Page_SetTextMatrix(w->page, 1, 0, 0, 1, real(mark->x), up(w, mark->y));
    show(w, mark);
}

static void put_step(const struct writer *w, const struct bb_pdf_step *step)
{
    switch (step->go) {
    case BB_PDF_MOVE:
        HPDF_Page_MoveTo(w->page, real(step->x), up(w, step->y));
        break;
    case BB_PDF_STRAIGHT:
        HPDF_Page_LineTo(w->page, real(step->x), up(w, step->y));
        break;
    case BB_PDF_SHUT:
        HPDF_Page_ClosePath(w->page);
        break;
    case BB_PDF_RECT:
        HPDF_Page_Rectangle(w->page, real(step->x), up(w, step->y + step->h), real(step->w), real(step->h));
        break;
    case BB_PDF_CIRCLE:
        HPDF_Page_Circle(w->page, real(step->x), up(w, step->y), real(step->w));
        break;
    }
}

static void put_path(struct writer *w, const struct bb_pdf_mark *mark)
{
    bool is_line = mark->paint.width > 0;
    leave_text(w);
    if (is_line)
        set_stroke(w, &mark->paint, HPDF_MITER_JOIN);
    else
        set_fill(w, mark->paint.colour);
    for (size_t i = 0; i < mark->n; i++) put_step(w, &mark->step[i]);
    if (is_line)
        HPDF_Page_Stroke(w->page);
    else
        HPDF_Page_Fill(w->page);
}

static void put_image(struct writer *w, const struct bb_pdf_mark *mark)
{
    const struct bb_pdf_picture *picture = mark->picture;
    leave_text(w);
    HPDF_Image image = picture->across ? HPDF_LoadRawImageFromMem(w->doc, picture->data, (HPDF_UINT)picture->across,
                                                                  (HPDF_UINT)picture->down, HPDF_CS_DEVICE_RGB, 8)
                                       : HPDF_LoadJpegImageFromMem(w->doc, picture->data, (HPDF_UINT)picture->len);
    if (image) HPDF_Page_DrawImage(w->page, image, real(mark->x), up(w, mark->y + mark->h), real(mark->w), real(mark->h));
}

static void put_page(struct writer *w, const struct bb_pdf_page *page)
{
    static void (*const put[])(struct writer *, const struct bb_pdf_mark *) = {
        [BB_PDF_TEXT] = put_text, [BB_PDF_PATH] = put_path, [BB_PDF_IMAGE] = put_image};
    w->fill = w->stroke = w->mode = -1;
    w->font = NULL;
    w->width = w->size = -1;
    w->join = -1;
    memset(w->dash, 0, sizeof w->dash);
    w->height = page->height;
    for (size_t i = 0; i < page->n; i++) put[page->mark[i].kind](w, &page->mark[i]);
    leave_text(w);
}

/* --- where things lead ---------------------------------------------------------------------------------------------- */

static HPDF_Destination destination(HPDF_Page *pages, const struct bb_pdf_place *place)
{
    HPDF_Destination to = HPDF_Page_CreateDestination(pages[place->page->number]);
    if (to) HPDF_Destination_SetXYZ(to, 0, real(place->page->height - place->y), 1);
    return to;
}

static void put_links(struct writer *w, HPDF_Page *pages)
{
    HPDF_Destination *to = bb_calloc(w->pdf->anchor.n + 1, sizeof *to);
    for (size_t i = 0; i < w->pdf->n_links; i++) {
        const struct bb_pdf_link *link = &w->pdf->link[i];
        HPDF_Page page = pages[link->page->number];
        double top = link->page->height - link->y;
        HPDF_Rect rect = {real(link->x), real(top - link->h), real(link->x + link->w), real(top)};
        HPDF_Annotation note = NULL;
        if (*link->target == '#') {
            size_t anchor = bb_names_find(&w->pdf->anchor_names, link->target + 1);
            if (anchor == BB_NAMES_NONE) continue;
            if (!to[anchor]) to[anchor] = destination(pages, &w->pdf->anchor.place[anchor]);
            note = HPDF_Page_CreateLinkAnnot(page, rect, to[anchor]);
        } else if (strlen(link->target) < ADDRESS_MOST) {
            note = HPDF_Page_CreateURILinkAnnot(page, rect, link->target);
        }
        if (note) HPDF_LinkAnnot_SetBorderStyle(note, 0, 0, 0);
    }
    free(to);
}

/* Titles are UTF-16 in the file: what is not in its plane, or no UTF-8, becomes U+FFFD here too. */
static const char *plain_title(struct writer *w, const char *text)
{
    char *out = bb_arena_alloc(w->pdf->arena, 4 * TITLE_MOST + 4, 1), *to = out;
    for (size_t n = 0; *text && n < TITLE_MOST; n++) {
        uint32_t code = bb_next_code(&text);
        to = bb_put_code(to, code < 0x20 ? ' ' : code > 0xffff ? 0xfffd : code);
    }
    if (*text) to = bb_put_code(to, 0x2026); /* "…" */
    *to = '\0';
    return out;
}

#define OUTLINE_DEPTH 6

static void put_outline(struct writer *w, HPDF_Page *pages)
{
    HPDF_Outline parent[OUTLINE_DEPTH + 1] = {NULL};
    for (size_t i = 0; i < w->pdf->outline.n; i++) {
        const struct bb_pdf_place *place = &w->pdf->outline.place[i];
        unsigned level = place->level < OUTLINE_DEPTH ? place->level : OUTLINE_DEPTH - 1;
        HPDF_Outline entry = HPDF_CreateOutline(w->doc, parent[level], plain_title(w, place->name), w->utf8);
        if (!entry) return;
        HPDF_Outline_SetOpened(entry, HPDF_FALSE);
        HPDF_Outline_SetDestination(entry, destination(pages, place));
        parent[level + 1] = entry;
    }
}

/* --- the whole ------------------------------------------------------------------------------------------------------ */

static void put_info(struct writer *w, const struct bb_pdf_info *info)
{
    const struct {
        HPDF_InfoType type;
        const char *text;
    } texts[] = {{HPDF_INFO_TITLE, info->title},
                 {HPDF_INFO_AUTHOR, info->author},
                 {HPDF_INFO_SUBJECT, info->subject},
                 {HPDF_INFO_KEYWORDS, info->keywords},
                 {HPDF_INFO_CREATOR, "brainboard"}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (texts[i].text && *texts[i].text) HPDF_SetInfoAttr(w->doc, texts[i].type, plain_title(w, texts[i].text));
    int year = 0, month = 0, day = 0;
    if (!info->date || sscanf(info->date, "%4d-%2d-%2d", &year, &month, &day) != 3) return;
    if (year < 1900 || month < 1 || month > 12 || day < 1 || day > 28 + 3) return;
    HPDF_Date date = {.year = year, .month = month, .day = day, .ind = '+'};
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (day > days[month - 1] || (month == 2 && day == 29 && !is_leap)) return;
    HPDF_SetInfoDateAttr(w->doc, HPDF_INFO_CREATION_DATE, date);
    HPDF_SetInfoDateAttr(w->doc, HPDF_INFO_MOD_DATE, date);
}

static void put_all(struct writer *w, const struct bb_pdf_info *info)
{
    size_t n = w->pdf->n_pages;
    HPDF_Page *pages = bb_calloc(n + 1, sizeof *pages);
    HPDF_UseUTFEncodings(w->doc);
    HPDF_SetCurrentEncoder(w->doc, "UTF-8");
    HPDF_SetCompressionMode(w->doc, HPDF_COMP_ALL);
    w->utf8 = HPDF_GetEncoder(w->doc, "UTF-8");
    embed_faces(w);
    for (size_t i = 0; i < n && !w->error; i++) {
        w->pdf->page[i]->number = i;
        pages[i] = w->page = HPDF_AddPage(w->doc);
        HPDF_Page_SetWidth(w->page, real(w->pdf->page[i]->width));
        HPDF_Page_SetHeight(w->page, real(w->pdf->page[i]->height));
        put_page(w, w->pdf->page[i]);
    }
    if (!w->error) put_links(w, pages);
    if (!w->error) put_outline(w, pages);
    if (!w->error && w->pdf->outline.n) HPDF_SetPageMode(w->doc, HPDF_PAGE_MODE_USE_OUTLINE);
    put_info(w, info);
    free(pages);
}

static void take_bytes(struct writer *w, struct bb_buf *out)
{
    if (w->error || HPDF_SaveToStream(w->doc) != HPDF_OK) return;
    HPDF_UINT32 size = HPDF_GetStreamSize(w->doc), got = size;
    char *room = bb_buf_room(out, size);
    HPDF_ResetStream(w->doc);
    HPDF_ReadFromStream(w->doc, (HPDF_BYTE *)room, &got);
    out->len += got;
    out->data[out->len] = '\0';
}

static void warn(const struct bb_pdf *pdf)
{
    struct bb_buf text = BB_BUF_INIT;
    size_t shown = pdf->lost.n < BB_PDF_LOST_NAMED ? pdf->lost.n : BB_PDF_LOST_NAMED;
    for (size_t i = 0; i < shown; i++) bb_buf_printf(&text, "%s\"%.80s\"", i ? ", " : "", pdf->lost.name[i]);
    if (pdf->lost.n > shown) bb_buf_printf(&text, " and %zu more", pdf->lost.n - shown);
    if (shown) bb_log_warning("%s: the fonts lack letters, which are shown as U+FFFD, in %s", pdf->name, bb_buf_text(&text));
    bb_buf_release(&text);
}

enum bb_code bb_pdf_save(struct bb_pdf *pdf, const struct bb_pdf_info *info, struct bb_buf *out, struct bb_err *err)
{
    struct writer w = {.pdf = pdf};
    w.doc = HPDF_New(keep_error, &w);
    if (!w.doc) return bb_fail(err, BB_ELIMIT, "%s cannot be written: memory ran out.", pdf->name);
    if (!pdf->n_pages) bb_pdf_add_page(pdf, BB_PDF_LAST, BB_PDF_A4_SHORT, BB_PDF_A4_LONG);
    put_all(&w, info);
    take_bytes(&w, out);
    HPDF_Free(w.doc);
    if (w.error) return say_error(&w, err);
    warn(pdf);
    return BB_OK;
}
