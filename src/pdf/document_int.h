/*
 * Inside of a document: what document.c gathers and write.c writes.
 */
#ifndef BB_PDF_DOCUMENT_INT_H
#define BB_PDF_DOCUMENT_INT_H

#include "base/text.h"
#include "pdf/document.h"

struct bb_pdf_page {
    double width, height;
    size_t number; /* once the document is written */
    struct bb_pdf_mark *mark;
    size_t n, cap;
};
struct bb_pdf_place {
    struct bb_pdf_page *page;
    double y;
    const char *name; /* of an anchor; title of an entry of the outline */
    unsigned level;   /* of the outline */
};
struct bb_pdf_places {
    struct bb_pdf_place *place;
    size_t n, cap;
};
struct bb_pdf_link {
    struct bb_pdf_page *page;
    double x, y, w, h;
    const char *target;
};

#define BB_PDF_LOST_NAMED 3

struct bb_pdf {
    const struct bb_faces *faces;
    const char *name;
    struct bb_arena *arena;
    struct bb_pdf_page **page;
    size_t n_pages, cap_pages;
    struct bb_pdf_places anchor, outline;
    struct bb_names anchor_names; /* number of an anchor in `anchor` */
    struct bb_pdf_link *link;
    size_t n_links, cap_links;
    uint8_t *used[BB_N_FACES]; /* a bit per code point; NULL: the face is not used */
    struct bb_names lost;      /* texts with letters that no face has */
};

/* The n code points that the document has in a face, ascending, in its arena. */
const uint32_t *bb_pdf_codes(const struct bb_pdf *pdf, enum bb_face face, size_t *n);

#endif
