/*
 * Placing the names of points, so that no name lies on another, on a point, or outside the plot.
 */
#ifndef BB_CHART_LABELS_H
#define BB_CHART_LABELS_H

#include "chart/axis.h"

struct bb_label {
    double x, y, r;   /* the point, and how large it is */
    const char *text; /* as it shall be drawn */
    /* out */
    bool placed;       /* false: there was no room */
    double at_x, at_y; /* base line */
    enum bb_anchor anchor;
};

/*
 * Greedy in the order of the labels, the most important first: the first of the places right, left, above, below and the four corners that is
 * free. `point[0..n_points)` are all points of radius `r`, labelled or not. Expected time O(labels × log points).
 */
void bb_labels_place(struct bb_label *label, size_t n, const struct bb_point *point, size_t n_points, double r,
                     const struct bb_frame *frame, struct bb_arena *tmp);

/* The rectangle that a placed label takes. */
struct bb_rect bb_label_box(const struct bb_label *label);

#endif
