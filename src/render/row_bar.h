/*
 * The small bar beside a score in a table: the score from zero on, its whisker, and marks for the median and the best of the board, as one <svg>.
 * All bars of a table have the same axis. The numbers stand beside it, so it is hidden from readers of the text.
 */
#ifndef BB_RENDER_ROW_BAR_H
#define BB_RENDER_ROW_BAR_H

#include "base/mem.h"

struct bb_row_axis {
    double low, high; /* low ≤ 0 < high */
};

struct bb_row_bar {
    double score, error; /* error NaN: no whisker */
    double median, best; /* NaN: no mark */
};

/* Appends nothing when the score is NaN or outside the axis by more than its whole length: it has another scale. What is a little
   outside is drawn to the edge. */
void bb_row_bar(struct bb_buf *out, struct bb_row_axis axis, struct bb_row_bar bar);

#endif
