/*
 * A PDF as a list of pages with marks at their places; libharu writes it at the end.
 *
 * Nothing is written before bb_pdf_save, so pages may come in any order and be added to at any time: a contents page before pages whose numbers
 * it names, "page 3 of 17" on each. Fonts have the letters that were drawn, and no others. The unit is the point, 1/72 inch; x grows to the
 * right, y downwards from the upper left corner of the page, as in charts.
 *
 * Texts may be anything (pdf/letters.h says what becomes of it). What a font cannot show is said in one warning, with the texts. The same
 * document gives the same bytes: there is no /ID and no time but bb_pdf_info.date. Everything lives in the arena of the document.
 */
#ifndef BB_PDF_DOCUMENT_H
#define BB_PDF_DOCUMENT_H

#include <stdbool.h>

#include "pdf/face.h"

#define BB_PDF_A4_SHORT 595.0
#define BB_PDF_A4_LONG  842.0

enum bb_pdf_anchor { BB_PDF_LEFT, BB_PDF_CENTRE, BB_PDF_RIGHT };

struct bb_pdf;
struct bb_pdf_page;

struct bb_pdf_look {
    enum bb_face face;
    double size;
    uint32_t colour; /* 0xrrggbb */
};

/* `name`: of the document, for warnings: "report.pdf". Borrows the faces. bb_pdf_free. */
struct bb_pdf *bb_pdf_new(const struct bb_faces *faces, const char *name);
void bb_pdf_free(struct bb_pdf *pdf); /* NULL is fine */
struct bb_arena *bb_pdf_arena(struct bb_pdf *pdf);

/* A page behind the last one, or before page `before` (from 0). */
#define BB_PDF_LAST ((size_t)-1)
struct bb_pdf_page *bb_pdf_add_page(struct bb_pdf *pdf, size_t before, double width, double height);
size_t bb_pdf_n_pages(const struct bb_pdf *pdf);
struct bb_pdf_page *bb_pdf_page_at(const struct bb_pdf *pdf, size_t page);
size_t bb_pdf_page_number(const struct bb_pdf *pdf, const struct bb_pdf_page *page); /* from 0 */
double bb_pdf_page_width(const struct bb_pdf_page *page);
double bb_pdf_page_height(const struct bb_pdf_page *page);

/* Width of a text as it would be drawn. */
double bb_pdf_width(struct bb_pdf *pdf, const struct bb_pdf_look *look, const char *text);
/* The text, or what of it fits into `width` with "…" at the end. */
const char *bb_pdf_fit(struct bb_pdf *pdf, const struct bb_pdf_look *look, const char *text, double width);

/* Marks, in their order. A page may be NULL: nothing is drawn. */
void bb_pdf_text(struct bb_pdf *pdf, struct bb_pdf_page *page, double x, double y, enum bb_pdf_anchor anchor,
                 const struct bb_pdf_look *look, const char *text); /* x, y: on the base line */
/* Runs upwards from x, y. */
void bb_pdf_text_turned(struct bb_pdf *pdf, struct bb_pdf_page *page, double x, double y, enum bb_pdf_anchor anchor,
                        const struct bb_pdf_look *look, const char *text);
/* The edge of letters, `width` thick, for a text that stands over other marks: drawn below it. */
void bb_pdf_text_edge(struct bb_pdf *pdf, struct bb_pdf_page *page, double x, double y, enum bb_pdf_anchor anchor,
                      const struct bb_pdf_look *look, double width, const char *text);
void bb_pdf_line(struct bb_pdf *pdf, struct bb_pdf_page *page, uint32_t colour, double width, double x1, double y1, double x2,
                 double y2);
void bb_pdf_box(struct bb_pdf *pdf, struct bb_pdf_page *page, uint32_t colour, double x, double y, double w, double h);
void bb_pdf_circle(struct bb_pdf *pdf, struct bb_pdf_page *page, uint32_t colour, double x, double y, double r);
/* A path of contours: a contour is MOVE, STRAIGHT …, and SHUT where it is closed, or a whole rectangle or circle. Nothing for n = 0. */
enum bb_pdf_go { BB_PDF_MOVE, BB_PDF_STRAIGHT, BB_PDF_SHUT, BB_PDF_RECT, BB_PDF_CIRCLE };
struct bb_pdf_step {
    enum bb_pdf_go go;
    double x, y; /* where to; the upper left corner of a rectangle, the middle of a circle */
    double w, h; /* of a rectangle; both the radius of a circle */
};
struct bb_pdf_paint {
    uint32_t colour;
    double width;     /* of the line, its ends butt, its joins mitred up to four times that; 0: all of it, by the non-zero rule */
    double dash, gap; /* of a line; 0: none */
};
void bb_pdf_path(struct bb_pdf *pdf, struct bb_pdf_page *page, const struct bb_pdf_paint *paint, const struct bb_pdf_step *step,
                 size_t n);
/* across × down pixels of 3 bytes, row after row, packed (base/pack.h), or the bytes of a JPEG. They must be there until the document is saved. */
struct bb_pdf_picture {
    const void *data;
    size_t len, across, down;
    bool is_jpeg;
};
/* A JPEG as a picture, which borrows it. BB_EINPUT: it is none that a PDF can have. */
enum bb_code bb_pdf_jpeg(const void *data, size_t len, struct bb_pdf_picture *out, struct bb_err *err) BB_MUST_CHECK;
void bb_pdf_image(struct bb_pdf *pdf, struct bb_pdf_page *page, const struct bb_pdf_picture *picture, double x, double y,
                  double w, double h);

/* Where links and the outline lead: a name, unique in the document. A second anchor of a name is ignored. */
void bb_pdf_anchor_here(struct bb_pdf *pdf, struct bb_pdf_page *page, double y, const char *name);
/* target: "#name" of an anchor, which may come later (without it, there is no link), or an address with http:, https: or mailto:. */
void bb_pdf_link(struct bb_pdf *pdf, struct bb_pdf_page *page, double x, double y, double w, double h, const char *target);
/* An entry of the outline; level 0, 1, … at most one more than that of the entry before. */
void bb_pdf_outline(struct bb_pdf *pdf, struct bb_pdf_page *page, double y, unsigned level, const char *title);

struct bb_pdf_info {
    const char *title, *author, *subject, *keywords; /* NULL: not stated */
    const char *date;                                /* "2026-11-23", of creation; NULL: not stated */
};

/* Appends the file. BB_ELIMIT, BB_EIO: what libharu said, as a sentence. */
enum bb_code bb_pdf_save(struct bb_pdf *pdf, const struct bb_pdf_info *info, struct bb_buf *out,
                         struct bb_err *err) BB_MUST_CHECK;

/* What would be written on a page, in order, for tests: nothing of it knows of libharu. */
enum bb_pdf_kind { BB_PDF_TEXT, BB_PDF_PATH, BB_PDF_IMAGE };
struct bb_pdf_mark {
    enum bb_pdf_kind kind;
    double x, y; /* of texts; corner of pictures */
    double w, h; /* of pictures */
    /* texts */
    enum bb_face face;
    bool turned;
    double size;
    const char *text; /* UTF-8, in the order of drawing, all in one face */
    /* texts and paths. Width of a text: of its edge; 0: no edge */
    struct bb_pdf_paint paint;
    const struct bb_pdf_step *step;
    size_t n;
    const struct bb_pdf_picture *picture;
};
size_t bb_pdf_n_marks(const struct bb_pdf_page *page);
const struct bb_pdf_mark *bb_pdf_mark_at(const struct bb_pdf_page *page, size_t mark);

#endif
