/*
 * Heatmap: models × benchmarks, each cell a shade that grows with its value. What has no value is hatched, what failed is crossed, what is below
 * zero has a bar in a shade of another colour.
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
    int shade; /* of a value: 0 … BB_SHADES − 1; below zero: −1 … −BB_BELOW */
    double value;
    const char *text; /* written into the cell where it fits; NULL: nothing */
    bool doubtful;    /* text is muted, a cell without text has a dot */
};

struct bb_heatmap {
    const char *title;
    const char *const *row, *const *column; /* their names */
    size_t n_rows, n_columns;
    const struct bb_heat_cell *cell;        /* row after row */
    const size_t *row_order, *column_order; /* NULL: as given */
    double cell_size;                       /* 0: 14, smaller when there are many */
    double cell_height;                     /* 0: as wide */
    const char *low, *high;                 /* what the lightest and the darkest shade mean: "0", "1"; NULL: no scale is drawn */
    const char *missing;                    /* what hatched cells are; NULL: "not run" */
    const char *desc;                       /* instead of the usual description; NULL: that one */
};

/* As wide as it must be: pages let it scroll. Names are left out where cells are too small for them; up to BB_HEAT_NAMED cells bear a name. */
#define BB_HEAT_NAMED 1500
struct bb_scene *bb_heatmap_scene(const struct bb_heatmap *map, struct bb_arena *arena);

#endif
