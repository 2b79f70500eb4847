/*
 * Lines of text: spans of one look each, broken into lines of a width.
 *
 * Breaks are where the sum over all lines but the last of (room left / width)² is least. A line may end at a space, after a hyphen, dash, slash,
 * or a dot, underscore or comma within a word (names of benchmarks are long), before or after ideographs, and where it must, anywhere.
 */
#ifndef BB_PDF_LINES_H
#define BB_PDF_LINES_H

#include "pdf/document.h"

struct bb_span {
    const char *text;
    struct bb_pdf_look look;
    const char *target; /* a link, as bb_pdf_link; NULL: none */
};

struct bb_fragment {
    const char *text;
    const struct bb_span *span;
    double width;
    bool space_before; /* when it does not begin a line */
};
struct bb_text_line {
    size_t first, end; /* fragments */
    double width;      /* as set without stretching */
    size_t n_spaces;
};
struct bb_text_block {
    struct bb_fragment *fragment;
    size_t n_fragments;
    struct bb_text_line *line;
    size_t n;
    double width; /* of the widest line */
};

/* In the arena of the document; borrows the spans. */
struct bb_text_block bb_break_lines(struct bb_pdf *pdf, const struct bb_span *span, size_t n, double width);

/* One line with its base line at y. `justified`: stretched to `width` when that keeps its spaces decent. */
void bb_draw_line(struct bb_pdf *pdf, struct bb_pdf_page *page, const struct bb_text_block *block, size_t line, double x,
                  double y, enum bb_pdf_anchor anchor, double width, bool justified);

/* The widest piece that no line can part but by force, and the width on one line. */
double bb_span_least(struct bb_pdf *pdf, const struct bb_span *span);

#endif
