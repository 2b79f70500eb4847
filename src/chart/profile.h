/*
 * Profile: the score of every layer of a model in the order of its depth, with the layer that was chosen, and a ceiling; or of a model in every
 * release of a board, with the latest.
 */
#ifndef BB_CHART_PROFILE_H
#define BB_CHART_PROFILE_H

#include "chart/axis.h"

struct bb_profile_layer {
    const char *name;
    double score; /* NaN: none, a gap in the line */
    double error; /* half the whisker; NaN: none is drawn */
};

struct bb_profile {
    const char *title;    /* "Layers of AlexNet on V1" */
    const char *quantity; /* of the vertical axis: "Score" */
    const struct bb_profile_layer *layer;
    size_t n;
    size_t chosen; /* ≥ n: none */
    bool releases; /* the layers are releases: for the description */
    struct bb_ceiling_band ceiling;
    double width, height; /* 0: 320 × 180 */
};

/* The layer with the highest score; n: none has one. */
size_t bb_profile_best(const struct bb_profile_layer *layer, size_t n);

/* Its description says in words: how many layers, the best, the chosen one. */
struct bb_scene *bb_profile_scene(const struct bb_profile *profile, struct bb_arena *arena);

#endif
