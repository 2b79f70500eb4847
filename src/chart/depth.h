/*
 * Depth: the scores of all layers of several models on one benchmark, each model a line from its first layer to its last, with the layer that was
 * chosen as a larger mark with its name. Models have different layers: what they share is the order of depth, so the axis has no numbers.
 */
#ifndef BB_CHART_DEPTH_H
#define BB_CHART_DEPTH_H

#include "chart/profile.h"

#define BB_DEPTH_DOTS 60 /* a line of more layers has only the chosen one marked */

struct bb_depth_model {
    const char *name;
    const struct bb_profile_layer *layer; /* errors are not drawn */
    size_t n;
    size_t chosen; /* ≥ n: none */
};

struct bb_depth {
    const char *title;
    const char *quantity;               /* of the vertical axis: "Score" */
    const struct bb_depth_model *model; /* told apart by colour and shape, up to BB_SERIES */
    size_t n;
    double width, height; /* 0: 400 × 220, and the legend */
};

struct bb_scene *bb_depth_scene(const struct bb_depth *depth, struct bb_arena *arena);

#endif
