/*
 * Scatter: one quantity of models against another, linear or logarithmic, families told apart by colour and shape, with a fit, its band, a front,
 * and the names of those that stand out. Score against year and score against size are scatters with a front.
 */
#ifndef BB_CHART_SCATTER_H
#define BB_CHART_SCATTER_H

#include "chart/axis.h"

#define BB_SCATTER_NAMED 300 /* so many points bear their names and links; more are only drawn */

struct bb_scatter_point {
    const char *name;
    const char *href;        /* NULL: no link */
    double x, y;             /* NaN, or not positive on a logarithmic axis: not drawn, and counted in the description */
    double x_error, y_error; /* half the whisker; NaN: none */
    size_t family;           /* index into family[]; ≥ n_families: none of them */
    bool labelled;           /* wants its name written, besides the extremes */
    bool marked;
};

struct bb_scatter_axis {
    const char *quantity;
    enum bb_scale_kind kind;
    enum bb_tick_format format;
    bool from_zero; /* holds zero; not for a logarithmic axis */
};

/* y = intercept + slope · x, where x and y of a logarithmic axis are log10; the band around it at `at` (ascending, in units of x). */
struct bb_scatter_fit {
    double intercept, slope; /* NaN: none */
    const double *at, *low, *high;
    size_t n;
};

/* A step line through the points that no other beats: none that is at most as far to the right (cheaper, earlier) is better. Its points are named
   before the extremes. */
enum bb_front {
    BB_FRONT_NONE,
    BB_FRONT_HIGH, /* the higher the better */
    BB_FRONT_LOW,
};

struct bb_scatter {
    const char *title;
    struct bb_scatter_axis x, y;
    const struct bb_scatter_point *point;
    size_t n;
    const char *const *family; /* names; those beyond the eighth, and points of none, share a look and are called "others" */
    size_t n_families;
    struct bb_scatter_fit fit;
    enum bb_front front;
    const char *finding;  /* "Pearson r = 0.47 …", for the description and below the title; NULL: none */
    double width, height; /* 0: BB_CHART_WIDTH × 320 */
};

/* The points on the front, the best first; how many. `member` has room for n. Points that a chart would not draw are none. */
size_t bb_scatter_front(const struct bb_scatter *scatter, size_t *member, struct bb_arena *tmp);

struct bb_scene *bb_scatter_scene(const struct bb_scatter *scatter, struct bb_arena *arena);

#endif
