/*
 * Score bar: one score in a row of a table, from zero, with the ceiling, the median and the best of all models as marks. Decoration beside the
 * number; well under 350 bytes as SVG.
 */
#ifndef BB_CHART_SCORE_BAR_H
#define BB_CHART_SCORE_BAR_H

#include "chart/scene.h"

#define BB_SCORE_BAR_WIDTH  100.0
#define BB_SCORE_BAR_HEIGHT 12.0

/* NaN: not drawn. All bars of one table share lo < hi, which hold 0 between them; what lies outside is cut off. */
struct bb_score_bar {
    double score, ceiling, median, best;
    double lo, hi;
};

struct bb_scene *bb_score_bar_scene(const struct bb_score_bar *bar, struct bb_arena *arena);

/* Appends it, decorative, with the class "score-bar". */
void bb_score_bar_svg(const struct bb_score_bar *bar, struct bb_arena *arena, struct bb_buf *out);

#endif
