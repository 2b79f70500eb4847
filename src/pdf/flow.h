/*
 * Text that flows over pages: headings, paragraphs, lists, figures, and what stands on every page around it.
 *
 * A flow fills pages from top to bottom and begins a new one where something does not fit; a heading never stands alone at the foot of a
 * page. bb_flow_finish writes the contents, the running heads and "page x of y". Pages are A4; one that is turned is as wide as A4 is long.
 */
#ifndef BB_PDF_FLOW_H
#define BB_PDF_FLOW_H

#include "pdf/lines.h"

/* Sizes in points, and the colours of print. */
#define BB_PDF_BODY    9.5
#define BB_PDF_SMALL   8.0
#define BB_PDF_LEADING 1.3
#define BB_PDF_INK     0x1c1d1fu
#define BB_PDF_MUTED   0x5c5f66u
#define BB_PDF_HAIR    0xb9b6aeu
#define BB_PDF_WIDTH   481.0 /* of the text on an upright page */

struct bb_flow_entry {
    const char *title, *anchor;
    struct bb_pdf_page *page;
    unsigned level;
};

struct bb_flow {
    struct bb_pdf *pdf;
    struct bb_pdf_page *page;
    double left, right, y, top, bottom; /* y: where the next thing begins */
    bool turned, bare;                  /* bare: this page has no running head: a title page */
    bool hold;                          /* headings and tables stay on a turned page */
    uint32_t accent;
    const char *part, *part_anchor; /* that waits for its first section; NULL: none does */
    const char *head, *foot;     /* at the left of the running head and the foot; "" for none */
    const char *section;         /* at the right of the running head */
    struct bb_flow_entry *entry; /* of the contents */
    size_t n_entries, cap_entries;
    struct bb_flow_entry *section_of; /* per page, in the order of making: its section */
    size_t n_sections, cap_sections;
    size_t n_figures, n_tables, n_anchors;
};

/* The document must outlive it. */
void bb_flow_init(struct bb_flow *flow, struct bb_pdf *pdf, uint32_t accent, const char *head, const char *foot);
void bb_flow_release(struct bb_flow *flow);

void bb_flow_new_page(struct bb_flow *flow, bool turned);
void bb_flow_bare_page(struct bb_flow *flow); /* without running head and number */
void bb_flow_upright(struct bb_flow *flow);   /* a new page when this one is turned */
/* A new page when less than `height` is left. */
void bb_flow_need(struct bb_flow *flow, double height);
double bb_flow_room(const struct bb_flow *flow);
bool bb_flow_is_at_top(const struct bb_flow *flow);
void bb_flow_skip(struct bb_flow *flow, double height); /* nothing at the top of a page */

/* Level 1 to 3: a part, a section, a paragraph's title; 1 and 2 are in the outline and the contents. `anchor` NULL: one is made. Room for
   `keep` points stays behind it on the page, 60 at least. */
void bb_flow_heading(struct bb_flow *flow, unsigned level, const char *title, const char *anchor, double keep);
/* A part that begins, on a new page, with the first section in it; without one before the next call, there is none. NULL: no part waits. */
void bb_flow_part(struct bb_flow *flow, const char *title, const char *anchor);

struct bb_pdf_look bb_type(enum bb_face face, double size, uint32_t colour);
/* A paragraph. `indent`: of all its lines; a gap of half a line follows. */
void bb_flow_spans(struct bb_flow *flow, const struct bb_span *span, size_t n, double indent, bool justified);
void bb_flow_text(struct bb_flow *flow, const char *text);
void bb_flow_small(struct bb_flow *flow, const char *text);                    /* in grey, for notes */
void bb_flow_item(struct bb_flow *flow, const struct bb_span *span, size_t n); /* with a bullet */
/* The first line further out than the others, as references are set. */
void bb_flow_hanging(struct bb_flow *flow, const struct bb_span *span, size_t n, double indent);
/* Name and value, the value beside it; long ones take several lines. Nothing for a NULL or "" value. */
void bb_flow_fact(struct bb_flow *flow, const char *name, const char *value, const char *target, double name_width);
void bb_flow_rule(struct bb_flow *flow, double width); /* a line across */

/* "Figure 3" and "Table 2" in bold before the text; above a table, below a figure. */
void bb_flow_figure_caption(struct bb_flow *flow, const char *text);
/* What of a caption stands beside the figure: at most half a page, what is longer goes on on the next. */
double bb_flow_caption_height(struct bb_flow *flow, const char *text, double width);
void bb_flow_table_caption(struct bb_flow *flow, const char *text, bool continued);

/* Contents on new pages before page `before` (BB_PDF_LAST: none), then heads and feet. */
void bb_flow_finish(struct bb_flow *flow, size_t before);

#endif
