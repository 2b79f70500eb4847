#include "model/layers.h"

#include <assert.h>
#include <math.h>
#include <string.h>

double *bb_layers_add(struct bb_layers *layers, const char *name, size_t width, struct bb_arena *arena)
{
    assert(layers->n_layers < BB_LAYERS_MOST && !bb_layers_find(layers, name));
    struct bb_layer *layer = &layers->layer[layers->n_layers++];
    *layer = (struct bb_layer){.name = name, .width = width, .value = BB_NEW_ARRAY(arena, layers->n * width, double)};
    return layer->value;
}

const struct bb_layer *bb_layers_find(const struct bb_layers *layers, const char *name)
{
    for (size_t i = 0; i < layers->n_layers; i++)
        if (strcmp(layers->layer[i].name, name) == 0) return &layers->layer[i];
    return NULL;
}

void bb_feature_scale(const double *value, size_t n, size_t width, double *mean, double *sd)
{
    assert(n > 0);
    for (size_t j = 0; j < width; j++) mean[j] = sd[j] = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < width; j++) mean[j] += value[i * width + j] / (double)n;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < width; j++) {
            double d = value[i * width + j] - mean[j];
            sd[j] += d * d / (double)n;
        }
    for (size_t j = 0; j < width; j++) sd[j] = sd[j] > 1e-18 ? sqrt(sd[j]) : 1;
}

void bb_feature_standardise(double *value, size_t n, size_t width, const double *mean, const double *sd)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < width; j++) value[i * width + j] = (value[i * width + j] - mean[j]) / sd[j];
}
