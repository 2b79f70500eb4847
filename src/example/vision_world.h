/*
 * A world of vision: pictures, what a brain makes of them, and what an experimenter measures. A function of seed and size alone.
 *
 * To measure another brain than the standard one: make a world, take the features of any layer (of a candidate:
 * example/vision_candidates.h) for the world's textures or objects, in units of their standard deviation, and hand them to
 * bb_neuroids_measure() with bb_world_neuroids().
 */
#ifndef BB_EXAMPLE_VISION_WORLD_H
#define BB_EXAMPLE_VISION_WORLD_H

#include "example/neuroids.h"
#include "example/observers.h"
#include "example/vision_brain.h"

struct bb_world_size {
    size_t n_families, n_samples; /* textures: families × samples, and as many twins */
    size_t n_objects;             /* a multiple of 16 */
    size_t n_seen;                /* objects that brain, and models, have learnt from */
    size_t n_neuroids;            /* of an area */
    size_t n_animals;
    size_t n_repetitions;
    size_t n_subjects; /* of behaviour */
};
extern const struct bb_world_size bb_world_sizes[3]; /* by enum bb_project_size */

struct bb_world {
    uint64_t seed;
    struct bb_world_size size;
    struct bb_stimuli textures, objects;
    struct bb_stimuli seen_by_models;         /* labelled objects that are in no benchmark */
    struct bb_layers on_textures, on_objects; /* what the brain's areas make of them */
    struct bb_measured area[BB_AREAS];        /* V1 and V2 on textures, V4 and IT on objects */
    struct bb_trials eight, two;              /* of behaviour, on objects; stimulus i is trial i */
    int *eight_choice, *two_choice;           /* subjects × trials */
};

struct bb_world *bb_world_new(uint64_t seed, const struct bb_world_size *size, struct bb_arena *arena);

/* How an area of this world is measured. */
struct bb_neuroids_spec bb_world_neuroids(const struct bb_world *world, enum bb_area area);
const struct bb_stimuli *bb_world_stimuli(const struct bb_world *world, enum bb_area area); /* that an area is shown */

#endif
