/*
 * One seed of the identification study, before anything is scored: pictures, what the brains make of them, and what the candidates do. For the study
 * only.
 */
#ifndef BB_EXAMPLE_IDENTIFY_WORLD_H
#define BB_EXAMPLE_IDENTIFY_WORLD_H

#include "example/identify.h"
#include "example/neuroids.h"

/* n × width, each feature in units of its standard deviation over the pictures. */
struct bb_identify_features {
    double *value;
    size_t width;
};

struct bb_identify_world {
    size_t n; /* pictures */
    const char *const *stimulus;
    struct bb_identify_features brain[BB_BRAINS], model[BB_MODELS];
};

void bb_identify_world(uint64_t seed, const struct bb_identify_size *size, struct bb_arena *arena, struct bb_identify_world *out);

/* The same neuroids for any number of repetitions. */
struct bb_measured bb_identify_measure(const struct bb_identify_world *world, uint64_t seed, const struct bb_identify_size *size,
                                       size_t brain, size_t n_repetitions, struct bb_arena *arena);

#endif
