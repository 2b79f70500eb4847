/*
 * Distribution strip: the scores of all models as a swarm of dots on one axis, with median and quartiles, and one model marked among them.
 */
#ifndef BB_CHART_STRIP_H
#define BB_CHART_STRIP_H

#include "chart/axis.h"

struct bb_strip_item {
    const char *name;
    double value; /* NaN: not shown, and counted in the description */
};

struct bb_strip {
    const char *title;
    const char *quantity; /* of the axis; NULL: none is written */
    const struct bb_strip_item *item;
    size_t n;
    size_t marked; /* ≥ n: none */
    struct bb_ceiling_band ceiling;
    double width; /* 0: BB_CHART_WIDTH */
};

/* Dots never overlap: they shrink, and where they are more than BB_STRIP_DOTS, or do not fit, the swarm becomes a histogram. */
#define BB_STRIP_DOTS 250
struct bb_scene *bb_strip_scene(const struct bb_strip *strip, struct bb_arena *arena);

/* Places for circles of radius r at x[0..n) (ascending): the offset y[i] from the axis that is nearest to it without overlap, alternately above
   and below. false, and y unfinished, when one would be further off than `limit`. */
bool bb_swarm(const double *x, size_t n, double r, double limit, double *y, struct bb_arena *tmp);

#endif
