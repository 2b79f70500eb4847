/*
 * The simulated experiment's pictures, drawn by the program: 64 × 64 grey, the same for the same seed.
 *
 * Textures come in families. A family is a law: which marks (strokes, edges, discs, rings, crosses) of which size, direction
 * and density lie on noise of which spectrum. Each picture is a sample of it; its twin is noise with the picture's own spectrum
 * and random phases, so that only what goes beyond the spectrum tells them apart (Freeman et al. 2013). Objects are shaded
 * shapes of eight categories on textured ground, at varied position, size, direction and pose; the variation is low or high.
 *
 * Streams of random numbers are one per picture: the first pictures of a larger set are those of a smaller one.
 */
#ifndef BB_EXAMPLE_VISION_STIMULI_H
#define BB_EXAMPLE_VISION_STIMULI_H

#include <stdint.h>

#include "model/image.h"

enum { BB_STIMULUS_SIDE = 64, BB_CATEGORIES = 8 };

extern const char *const bb_category_name[BB_CATEGORIES]; /* sorted */

struct bb_stimuli {
    struct bb_images images;
    size_t n;
    const char *const *id;
    const char *const *group_name; /* families, or categories */
    const int *group;              /* n: index of group_name */
    size_t n_groups;
    const char *const *condition; /* n: "texture" or "noise"; "low" or "high" */
};

/* n_families × n_samples pictures and as many twins. Ids: fam03-texture-05, fam03-noise-05. */
struct bb_stimuli bb_stimuli_textures(uint64_t seed, size_t n_families, size_t n_samples, struct bb_arena *arena);

/* n pictures, categories in turn, low and high variation in turn within them. Ids: prefix-0001 … */
struct bb_stimuli bb_stimuli_objects(uint64_t seed, const char *prefix, size_t n, struct bb_arena *arena);

#endif
