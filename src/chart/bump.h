/*
 * Bump chart: the ranks of models from one list to the next (benchmarks, releases, ways to average), a line for each model. A few are drawn in
 * colour with a shape of their own and named at both ends; the others are thin lines, for the crowd that they move in.
 */
#ifndef BB_CHART_BUMP_H
#define BB_CHART_BUMP_H

#include "chart/axis.h"

#define BB_BUMP_MARKED 8   /* named where the caller marks none: the best of the last list */
#define BB_BUMP_CROWD  300 /* of more models the unmarked ones would be one grey field, and are left out */
#define BB_BUMP_ROWS   24  /* up to so many ranks have a line of text each, and so many models are all named */

struct bb_bump_line {
    const char *name;
    const char *href;   /* NULL: no link */
    const size_t *rank; /* in each list, from 1; 0: not in it, a gap in the line */
    bool marked;
};

struct bb_bump {
    const char *title;
    const char *const *list; /* their names, first to last */
    size_t n_lists;
    const struct bb_bump_line *line;
    size_t n;
    double width; /* 0: what its lists need, from BB_CHART_WIDTH on */
};

struct bb_scene *bb_bump_scene(const struct bb_bump *bump, struct bb_arena *arena);

#endif
