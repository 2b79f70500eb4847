/*
 * Ranked dots: models by their score, with errors and the ceiling. A row with name and number for each while they are few; beyond that the
 * rank is the horizontal axis, and the ends and the marked one are named.
 */
#ifndef BB_CHART_DOTS_H
#define BB_CHART_DOTS_H

#include "chart/axis.h"

#define BB_DOTS_ROWS 40

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
    const struct bb_dots_item
        *item; /* in the order of the rows; the rank form takes those with a value by value, largest first */
    size_t n;
    struct bb_ceiling_band ceiling;
    const char *whisker; /* what the whiskers are, for the description: "SD over subjects"; NULL: nothing is said */
    double width;        /* 0: BB_CHART_WIDTH */
};

struct bb_scene *bb_dots_scene(const struct bb_dots *dots, struct bb_arena *arena);

#endif
