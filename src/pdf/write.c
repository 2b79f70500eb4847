#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "pdf/content.h"
#include "pdf/letters.h"

#define TITLE_MOST   500  /* letters of a title; the library has a limit, and no reader shows more */
#define PACKED       6    /* level: 9 is no smaller and takes three times as long */
#define ADDRESS_MOST 8000 /* bytes of an address; longer ones are text only */

/* libharu 2.3.0. Its first error stays: every later call fails, so one look at the end is enough. */
struct writer {
    struct bb_pdf *pdf;
    HPDF_Doc doc;
    struct bb_packer *packer;
    struct bb_embedded face[BB_N_FACES];
    HPDF_Encoder utf8;
    HPDF_STATUS error, detail;
};

static void keep_error(HPDF_STATUS error, HPDF_STATUS detail, void *data)
{
    struct writer *w = data;
    if (w->error) return;
    w->error = error;
    w->detail = detail;
}

static void *memory(HPDF_UINT size)
{
    return bb_malloc(size);
}

static enum bb_code say_error(const struct writer *w, struct bb_err *err)
{
    static const struct {
        HPDF_STATUS error;
        enum bb_code code;
        const char *what;
    } known[] = {
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

/* --- pages ---------------------------------------------------------------------------------------------------------- */

static HPDF_REAL real(double value)
{
    return (HPDF_REAL)fmax(-32000, fmin(32000, value));
}

static void embed_faces(struct writer *w)
{
    for (size_t i = 0; i < BB_N_FACES; i++) {
        size_t n;
        const uint32_t *code = bb_pdf_codes(w->pdf, (enum bb_face)i, &n);
        if (n) w->face[i] = bb_embed_face(w->doc, w->packer, w->pdf->faces, (enum bb_face)i, code, n, w->pdf->arena);
    }
}

static HPDF_Page put_page(struct writer *w, const struct bb_pdf_page *page)
{
    HPDF_Page to = HPDF_AddPage(w->doc);
    struct bb_buf content = BB_BUF_INIT;
    HPDF_Page_SetWidth(to, real(page->width));
    HPDF_Page_SetHeight(to, real(page->height));
    bb_content(w->doc, to, w->face, page, &content);
    bb_stream_fill(((HPDF_PageAttr)to->attr)->contents, w->packer, &content);
    bb_buf_release(&content);
    return to;
}

/* --- where things lead ---------------------------------------------------------------------------------------------- */

static HPDF_Destination destination(HPDF_Page *pages, const struct bb_pdf_place *place)
{
    HPDF_Destination to = HPDF_Page_CreateDestination(pages[place->page->number]);
    if (to) HPDF_Destination_SetXYZ(to, 0, real(place->page->height - place->y), 1);
    return to;
}

static int by_name(const void *a, const void *b)
{
    const struct bb_pdf_place *const *x = a, *const *y = b;
    return strcmp((*x)->name, (*y)->name);
}

/* Anchors as named destinations, which addresses can have: "report.pdf#nameddest=methods". PDF 1.3, 3.8.4: a name tree, sorted by bytes. */
static void put_names(struct writer *w, HPDF_Destination *to)
{
    const struct bb_pdf_places *anchor = &w->pdf->anchor;
    const struct bb_pdf_place **sorted = BB_NEW_ARRAY(w->pdf->arena, anchor->n + 1, const struct bb_pdf_place *);
    HPDF_Dict names = bb_object(w->doc), tree = bb_object(w->doc);
    HPDF_Array pairs = HPDF_Array_New(w->doc->mmgr);
    for (size_t i = 0; i < anchor->n; i++) sorted[i] = &anchor->place[i];
    qsort(sorted, anchor->n, sizeof *sorted, by_name);
    for (size_t i = 0; i < anchor->n; i++) {
        HPDF_Array_Add(pairs, HPDF_String_New(w->doc->mmgr, sorted[i]->name, NULL));
        HPDF_Array_Add(pairs, to[sorted[i] - anchor->place]);
    }
    HPDF_Dict_Add(tree, "Names", pairs);
    HPDF_Dict_Add(names, "Dests", tree);
    HPDF_Dict_Add(w->doc->catalog, "Names", names);
}

static void put_links(struct writer *w, HPDF_Page *pages)
{
    HPDF_Destination *to = bb_calloc(w->pdf->anchor.n + 1, sizeof *to);
    for (size_t i = 0; i < w->pdf->anchor.n; i++) to[i] = destination(pages, &w->pdf->anchor.place[i]);
    if (w->pdf->anchor.n) put_names(w, to);
    for (size_t i = 0; i < w->pdf->n_links; i++) {
        const struct bb_pdf_link *link = &w->pdf->link[i];
        HPDF_Page page = pages[link->page->number];
        double top = link->page->height - link->y;
        HPDF_Rect rect = {real(link->x), real(top - link->h), real(link->x + link->w), real(top)};
        HPDF_Annotation note = NULL;
        if (*link->target == '#') {
            size_t anchor = bb_names_find(&w->pdf->anchor_names, link->target + 1);
            if (anchor == BB_NAMES_NONE) continue;
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
    w->utf8 = HPDF_GetEncoder(w->doc, "UTF-8");
    embed_faces(w);
    for (size_t i = 0; i < n && !w->error; i++) {
        w->pdf->page[i]->number = i;
        pages[i] = put_page(w, w->pdf->page[i]);
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
    struct writer w = {.pdf = pdf, .packer = bb_packer_new(PACKED)};
    w.doc = HPDF_NewEx(keep_error, memory, free, 0, &w);
    if (!pdf->n_pages) bb_pdf_add_page(pdf, BB_PDF_LAST, BB_PDF_A4_SHORT, BB_PDF_A4_LONG);
    put_all(&w, info);
    take_bytes(&w, out);
    HPDF_Free(w.doc);
    bb_packer_free(w.packer);
    if (w.error) return say_error(&w, err);
    warn(pdf);
    return BB_OK;
}

enum bb_code bb_pdf_jpeg(const void *data, size_t len, struct bb_pdf_picture *out, struct bb_err *err)
{
    struct writer w = {.doc = HPDF_NewEx(keep_error, memory, free, 0, &w)};
    HPDF_Image image = HPDF_LoadJpegImageFromMem(w.doc, data, (HPDF_UINT)len);
    *out = (struct bb_pdf_picture){.data = data, .len = len, .is_jpeg = true};
    if (image) {
        out->across = HPDF_Image_GetWidth(image);
        out->down = HPDF_Image_GetHeight(image);
    }
    HPDF_Free(w.doc);
    if (!w.error && out->across && out->down) return BB_OK;
    return bb_fail(err, BB_EINPUT, "its JPEG is damaged, or of a kind that PDFs do not have (libharu, error 0x%lx).", w.error);
}
