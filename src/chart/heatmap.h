/*
 * Heatmap: models × benchmarks, each cell a shade that grows with its value. What has no value is hatched, what failed is crossed.
 */
#ifndef BB_CHART_HEATMAP_H
#define BB_CHART_HEATMAP_H

#include "chart/axis.h"

enum bb_heat {
    BB_HEAT_VALUE,
    BB_HEAT_MISSING, /* hatched */
    BB_HEAT_FAILED,  /* crossed */
    BB_HEAT_NONE,    /* cannot be: left empty */
};
struct bb_heat_cell {
    enum bb_heat kind;
    int shade; /* 0 … BB_SHADES − 1, of a value */
    double value;
};

struct bb_heatmap {
    const char *title;
    const char *const *row, *const *column; /* their names */
    size_t n_rows, n_columns;
    const struct bb_heat_cell *cell;        /* row after row */
    const size_t *row_order, *column_order; /* NULL: as given */
    double cell_size;                       /* 0: 14, smaller when there are many */
};

/* As wide as it must be: pages let it scroll. Names are left out where cells are too small for them; up to BB_HEAT_NAMED cells bear a name. */
#define BB_HEAT_NAMED 1500
struct bb_scene *bb_heatmap_scene(const struct bb_heatmap *map, struct bb_arena *arena);

#endif
