/*
 * What a model answers to a set of images: the activations of each of its layers. A layer is images × features, row-major,
 * float64; all in the caller's arena.
 */
#ifndef BB_MODEL_LAYERS_H
#define BB_MODEL_LAYERS_H

#include "base/mem.h"

enum { BB_LAYERS_MOST = 8 };

struct bb_layer {
    const char *name;
    size_t width;
    double *value; /* n × width */
};

struct bb_layers {
    size_t n; /* images */
    struct bb_layer layer[BB_LAYERS_MOST];
    size_t n_layers;
};

/* A layer of zeros at the end; its values. `name` is kept as it is. */
double *bb_layers_add(struct bb_layers *layers, const char *name, size_t width, struct bb_arena *arena);
const struct bb_layer *bb_layers_find(const struct bb_layers *layers, const char *name); /* NULL: none */

/* Mean and standard deviation of each feature (a constant one: 1), n × width; and values in units of them, in place. */
void bb_feature_scale(const double *value, size_t n, size_t width, double *mean, double *sd);
void bb_feature_standardise(double *value, size_t n, size_t width, const double *mean, const double *sd);

#endif
