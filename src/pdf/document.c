#include "pdf/document.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pdf/document_int.h"
#include "pdf/letters.h"

#define N_CODES 65536u

struct bb_pdf *bb_pdf_new(const struct bb_faces *faces, const char *name)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_pdf *pdf = bb_calloc(1, sizeof *pdf);
    *pdf = (struct bb_pdf){.faces = faces, .name = bb_arena_strdup(arena, name), .arena = arena};
    bb_names_init(&pdf->anchor_names);
    bb_names_init(&pdf->lost);
    return pdf;
}

void bb_pdf_free(struct bb_pdf *pdf)
{
    if (!pdf) return;
    for (size_t i = 0; i < pdf->n_pages; i++) free(pdf->page[i]->mark);
    for (size_t i = 0; i < BB_N_FACES; i++) free(pdf->used[i]);
    free(pdf->page);
    free(pdf->anchor.place);
    free(pdf->outline.place);
    free(pdf->link);
    bb_names_release(&pdf->anchor_names);
    bb_names_release(&pdf->lost);
    bb_arena_free(pdf->arena);
    free(pdf);
}

struct bb_arena *bb_pdf_arena(struct bb_pdf *pdf)
{
    return pdf->arena;
}

/* --- pages ---------------------------------------------------------------------------------------------------------- */

struct bb_pdf_page *bb_pdf_add_page(struct bb_pdf *pdf, size_t before, double width, double height)
{
    struct bb_pdf_page *page = BB_NEW(pdf->arena, struct bb_pdf_page);
    *page = (struct bb_pdf_page){.width = width, .height = height};
    pdf->page = bb_grow(pdf->page, &pdf->cap_pages, pdf->n_pages + 1, sizeof *pdf->page);
    if (before > pdf->n_pages) before = pdf->n_pages;
    memmove(pdf->page + before + 1, pdf->page + before, (pdf->n_pages - before) * sizeof *pdf->page);
    pdf->page[before] = page;
    pdf->n_pages++;
    return page;
}

size_t bb_pdf_n_pages(const struct bb_pdf *pdf)
{
    return pdf->n_pages;
}

struct bb_pdf_page *bb_pdf_page_at(const struct bb_pdf *pdf, size_t page)
{
    return pdf->page[page];
}

size_t bb_pdf_page_number(const struct bb_pdf *pdf, const struct bb_pdf_page *page)
{
    size_t i = 0;
    while (i < pdf->n_pages && pdf->page[i] != page) i++;
    return i;
}

double bb_pdf_page_width(const struct bb_pdf_page *page)
{
    return page->width;
}

double bb_pdf_page_height(const struct bb_pdf_page *page)
{
    return page->height;
}

size_t bb_pdf_n_marks(const struct bb_pdf_page *page)
{
    return page->n;
}

const struct bb_pdf_mark *bb_pdf_mark_at(const struct bb_pdf_page *page, size_t mark)
{
    return &page->mark[mark];
}

static struct bb_pdf_mark *add_mark(struct bb_pdf_page *page, enum bb_pdf_kind kind, uint32_t colour)
{
    page->mark = bb_grow(page->mark, &page->cap, page->n + 1, sizeof *page->mark);
    struct bb_pdf_mark *mark = &page->mark[page->n++];
    *mark = (struct bb_pdf_mark){.kind = kind, .paint = {.colour = colour}};
    return mark;
}

/* --- text ----------------------------------------------------------------------------------------------------------- */

/* Printable ASCII is in every face and needs no look at neighbours. */
static bool is_plain(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || (unsigned char)*text > 0x7e) return false;
    return true;
}

static double plain_width(const struct bb_pdf *pdf, enum bb_face face, const char *text)
{
    double em = 0;
    for (; *text; text++) em += bb_face_advance(pdf->faces, face, (unsigned char)*text);
    return em;
}

static double letters_width(const struct bb_pdf *pdf, const struct bb_letters *letters)
{
    double em = 0;
    for (size_t i = 0; i < letters->n; i++) em += bb_face_advance(pdf->faces, letters->letter[i].face, letters->letter[i].code);
    return em;
}

double bb_pdf_width(struct bb_pdf *pdf, const struct bb_pdf_look *look, const char *text)
{
    if (is_plain(text)) return look->size * plain_width(pdf, look->face, text);
    struct bb_letters letters = bb_letters_of(pdf->faces, look->face, text, pdf->arena);
    return look->size * letters_width(pdf, &letters);
}

const char *bb_pdf_fit(struct bb_pdf *pdf, const struct bb_pdf_look *look, const char *text, double width)
{
    if (bb_pdf_width(pdf, look, text) <= width) return text;
    double room = width / look->size - bb_face_advance(pdf->faces, look->face, 0x2026), em = 0;
    const char *at = text;
    while (*at) {
        const char *next = at;
        uint32_t code = bb_next_code(&next);
        bool is_own = bb_face_glyph(pdf->faces, look->face, code) != 0;
        em += bb_face_advance(pdf->faces, is_own ? look->face : BB_FACE_SPARE, code);
        if (em > room) break;
        at = next;
    }
    while (at > text && at[-1] == ' ') at--;
    return bb_arena_printf(pdf->arena, "%.*s…", (int)(at - text), text);
}

static void use(struct bb_pdf *pdf, enum bb_face face, uint32_t code)
{
    if (!pdf->used[face]) pdf->used[face] = bb_calloc(N_CODES / 8, 1);
    pdf->used[face][code / 8] |= (uint8_t)(1u << code % 8);
}

const uint32_t *bb_pdf_codes(const struct bb_pdf *pdf, enum bb_face face, size_t *n)
{
    const uint8_t *used = pdf->used[face];
    size_t many = 0;
    *n = 0;
    if (!used) return NULL;
    for (size_t i = 0; i < N_CODES / 8; i++) many += (size_t)__builtin_popcount(used[i]);
    uint32_t *code = BB_NEW_ARRAY(pdf->arena, many, uint32_t);
    for (uint32_t i = 0; i < N_CODES; i++) {
        if (i % 8 == 0 && !used[i / 8])
            i += 7;
        else if (used[i / 8] & 1u << i % 8)
            code[(*n)++] = i;
    }
    return code;
}

struct text_place {
    double x, y, edge;
    enum bb_pdf_anchor anchor;
    bool turned;
};

static void add_run(struct bb_pdf *pdf, struct bb_pdf_page *page, const struct bb_pdf_look *look, const struct text_place *at,
                    double along, enum bb_face face, const char *text)
{
    struct bb_pdf_mark *mark = add_mark(page, BB_PDF_TEXT, look->colour);
    mark->face = face;
    mark->turned = at->turned;
    mark->paint.width = at->edge;
    mark->size = look->size;
    mark->x = (at->x + (at->turned ? 0 : along));
    mark->y = (at->y - (at->turned ? along : 0));
    mark->text = bb_arena_strdup(pdf->arena, text);
}

static double before_anchor(enum bb_pdf_anchor anchor, double width)
{
    return anchor == BB_PDF_LEFT ? 0 : anchor == BB_PDF_CENTRE ? width / 2 : width;
}

/* A run for each stretch of letters in one face. */
static void add_runs(struct bb_pdf *pdf, struct bb_pdf_page *page, const struct bb_pdf_look *look, const struct text_place *at,
                     const struct bb_letters *letters)
{
    double along = -before_anchor(at->anchor, look->size * letters_width(pdf, letters));
    char *text = bb_arena_alloc(pdf->arena, 3 * letters->n + 1, 1);
    for (size_t i = 0; i < letters->n;) {
        enum bb_face face = letters->letter[i].face;
        double em = 0;
        char *to = text;
        for (; i < letters->n && letters->letter[i].face == face; i++) {
            uint32_t code = letters->letter[i].code;
            to = bb_put_code(to, code);
            em += bb_face_advance(pdf->faces, face, code);
            use(pdf, face, code);
        }
        *to = '\0';
        add_run(pdf, page, look, at, along, face, text);
        along += look->size * em;
    }
}

/* A text that is one line, as labels of charts are: no page shows more of it, and the library takes no string of 64 KB. */
#define LINE_MOST   1000   /* bytes, from which its width is looked at */
#define LINE_WIDEST 1200.0 /* more than any page */

static void add_text(struct bb_pdf *pdf, struct bb_pdf_page *page, const struct bb_pdf_look *look, const struct text_place *at,
                     const char *text)
{
    if (!page || !*text) return;
    if (strlen(text) > LINE_MOST) text = bb_pdf_fit(pdf, look, text, LINE_WIDEST);
    if (is_plain(text)) {
        for (const char *c = text; *c; c++) use(pdf, look->face, (unsigned char)*c);
        double width = at->anchor == BB_PDF_LEFT ? 0 : look->size * plain_width(pdf, look->face, text);
        add_run(pdf, page, look, at, -before_anchor(at->anchor, width), look->face, text);
        return;
    }
    struct bb_letters letters = bb_letters_of(pdf->faces, look->face, text, pdf->arena);
    if (letters.n_lost) bb_names_add(&pdf->lost, text);
    add_runs(pdf, page, look, at, &letters);
}

void bb_pdf_text(struct bb_pdf *pdf, struct bb_pdf_page *page, double x, double y, enum bb_pdf_anchor anchor,
                 const struct bb_pdf_look *look, const char *text)
{
    add_text(pdf, page, look, &(struct text_place){.x = x, .y = y, .anchor = anchor}, text);
}

void bb_pdf_text_turned(struct bb_pdf *pdf, struct bb_pdf_page *page, double x, double y, enum bb_pdf_anchor anchor,
                        const struct bb_pdf_look *look, const char *text)
{
    add_text(pdf, page, look, &(struct text_place){.x = x, .y = y, .anchor = anchor, .turned = true}, text);
}

void bb_pdf_text_edge(struct bb_pdf *pdf, struct bb_pdf_page *page, double x, double y, enum bb_pdf_anchor anchor,
                      const struct bb_pdf_look *look, double width, const char *text)
{
    add_text(pdf, page, look, &(struct text_place){.x = x, .y = y, .anchor = anchor, .edge = width}, text);
}

/* --- lines and areas ------------------------------------------------------------------------------------------------ */

void bb_pdf_path(struct bb_pdf *pdf, struct bb_pdf_page *page, const struct bb_pdf_paint *paint, const struct bb_pdf_step *step,
                 size_t n)
{
    if (!page || !n) return;
    struct bb_pdf_step *copy = BB_NEW_ARRAY(pdf->arena, n, struct bb_pdf_step);
    memcpy(copy, step, n * sizeof *copy);
    struct bb_pdf_mark *mark = add_mark(page, BB_PDF_PATH, paint->colour);
    mark->paint = *paint;
    mark->step = copy;
    mark->n = n;
}

void bb_pdf_line(struct bb_pdf *pdf, struct bb_pdf_page *page, uint32_t colour, double width, double x1, double y1, double x2,
                 double y2)
{
    const struct bb_pdf_step step[] = {{.go = BB_PDF_MOVE, .x = x1, .y = y1}, {.go = BB_PDF_STRAIGHT, .x = x2, .y = y2}};
    bb_pdf_path(pdf, page, &(struct bb_pdf_paint){.colour = colour, .width = width}, step, 2);
}

void bb_pdf_box(struct bb_pdf *pdf, struct bb_pdf_page *page, uint32_t colour, double x, double y, double w, double h)
{
    bb_pdf_path(pdf, page, &(struct bb_pdf_paint){.colour = colour}, &(struct bb_pdf_step){BB_PDF_RECT, x, y, w, h}, 1);
}

void bb_pdf_circle(struct bb_pdf *pdf, struct bb_pdf_page *page, uint32_t colour, double x, double y, double r)
{
    bb_pdf_path(pdf, page, &(struct bb_pdf_paint){.colour = colour}, &(struct bb_pdf_step){BB_PDF_CIRCLE, x, y, r, r}, 1);
}

void bb_pdf_image(struct bb_pdf *pdf, struct bb_pdf_page *page, const struct bb_pdf_picture *picture, double x, double y,
                  double w, double h)
{
    if (!page) return;
    struct bb_pdf_picture *copy = BB_NEW(pdf->arena, struct bb_pdf_picture);
    *copy = *picture;
    struct bb_pdf_mark *mark = add_mark(page, BB_PDF_IMAGE, 0);
    mark->picture = copy;
    mark->x = x;
    mark->y = y;
    mark->w = w;
    mark->h = h;
}

/* --- where things lead ---------------------------------------------------------------------------------------------- */

static void add_place(struct bb_pdf_places *places, struct bb_pdf_place place)
{
    places->place = bb_grow(places->place, &places->cap, places->n + 1, sizeof *places->place);
    places->place[places->n++] = place;
}

void bb_pdf_anchor_here(struct bb_pdf *pdf, struct bb_pdf_page *page, double y, const char *name)
{
    if (!page || bb_names_find(&pdf->anchor_names, name) != BB_NAMES_NONE) return;
    bb_names_add(&pdf->anchor_names, name);
    add_place(&pdf->anchor, (struct bb_pdf_place){page, y, bb_arena_strdup(pdf->arena, name), 0});
}

void bb_pdf_outline(struct bb_pdf *pdf, struct bb_pdf_page *page, double y, unsigned level, const char *title)
{
    unsigned most = pdf->outline.n ? pdf->outline.place[pdf->outline.n - 1].level + 1 : 0;
    if (page)
        add_place(&pdf->outline, (struct bb_pdf_place){page, y, bb_arena_strdup(pdf->arena, title), level < most ? level : most});
}

static bool is_address(const char *target)
{
    return bb_starts_with(target, "http://") || bb_starts_with(target, "https://") || bb_starts_with(target, "mailto:");
}

void bb_pdf_link(struct bb_pdf *pdf, struct bb_pdf_page *page, double x, double y, double w, double h, const char *target)
{
    if (!page || !target || (*target != '#' && !is_address(target))) return;
    pdf->link = bb_grow(pdf->link, &pdf->cap_links, pdf->n_links + 1, sizeof *pdf->link);
    pdf->link[pdf->n_links++] = (struct bb_pdf_link){page, x, y, w, h, bb_arena_strdup(pdf->arena, target)};
}
