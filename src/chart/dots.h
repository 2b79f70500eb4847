/*
 * Ranked dots: models by their score, with errors and the ceiling. A row with name and number for each while they are few; beyond that the
 * rank is the horizontal axis, and the ends and the marked one are named.
 */
#ifndef BB_CHART_DOTS_H
#define BB_CHART_DOTS_H

#include "chart/axis.h"

#define BB_DOTS_ROWS     40
#define BB_DOTS_WHISKERS 150 /* with more, they would be a grey cloud, and are left out */

struct bb_dots_item {
    const char *name;
    const char *href;       /* NULL: no link */
    double value;           /* NaN: a row that says `missing` */
    double low, high;       /* of the whisker; NaN: none */
    const char *missing;    /* "failed", "not run"; NULL: "no score" */
    bool marked, reference; /* what the chart is about; what is not a contestant: drawn hollow */
};

struct bb_dots {
    const char *title;
    const char *quantity;
    const struct bb_dots_item *item; /* best first */
    size_t n;
    size_t rows_most; /* more than so many are drawn by rank; 0: BB_DOTS_ROWS */
    struct bb_ceiling_band ceiling;
    const char *whisker; /* what the whiskers are, for the description: "SD over subjects"; NULL: nothing is said */
    double width;        /* 0: BB_CHART_WIDTH */
};

struct bb_scene *bb_dots_scene(const struct bb_dots *dots, struct bb_arena *arena);

#endif
