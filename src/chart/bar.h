/*
 * The small bar beside a score in a table: the score from zero on, its whisker, and marks for the median and the best of the board. All bars of a
 * table have the same axis. The numbers stand beside it, so it is decoration, without a title.
 */
#ifndef BB_CHART_BAR_H
#define BB_CHART_BAR_H

#include "chart/scene.h"

#define BB_BAR_WIDTH  200.0 /* style sheets give its box the same proportion */
#define BB_BAR_HEIGHT 10.0

struct bb_bar_axis {
    double low, high; /* low ≤ 0 < high */
};

struct bb_bar {
    double score, error; /* error NaN: no whisker */
    double median, best; /* NaN: no mark */
};

/* NULL when the score is NaN or outside the axis by more than its whole length: it has another scale. What is a little outside is drawn to the
   edge. */
struct bb_scene *bb_bar_scene(struct bb_bar_axis axis, struct bb_bar bar, struct bb_arena *arena);

#endif
