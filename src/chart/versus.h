/*
 * Models against each other: a row for each benchmark, on it a dot for each model, told apart by shape and colour, with errors.
 */
#ifndef BB_CHART_VERSUS_H
#define BB_CHART_VERSUS_H

#include "chart/axis.h"

struct bb_versus_row {
    const char *name;
    const char *href;    /* NULL: no link */
    const double *value; /* per series; NaN: none */
    const double *error; /* half the whisker; NaN: none */
    bool is_group;       /* an average: bold */
    size_t indent;
};

struct bb_versus {
    const char *title, *quantity;
    const char *const *series; /* at most BB_SERIES */
    size_t n_series;
    const struct bb_versus_row *row;
    size_t n;
    double width; /* 0: 560 */
};

struct bb_scene *bb_versus_scene(const struct bb_versus *versus, struct bb_arena *arena);

#endif
