/*
 * Simulated brains: what the areas of the ventral stream compute from a picture, as far as this world goes. The truth that
 * models are held against.
 *
 *   V1  complex cells: energy of Gabor filters (4 sizes × 4 orientations), divisive normalisation across orientations;
 * channel × 2 × 2 places
 *   V2  texture statistics: correlations of V1's outputs over the picture, between orientations, between sizes and with
 * themselves nearby
 *   V4  conjunctions: the geometric mean of two channels of V1 at two nearby places, the largest in each quarter of the picture
 *   IT  conjunctions of two of V4's, wherever they are; and the evidence for each category that a readout of them has learnt
 *       from pictures seen before
 *
 * Which conjunctions there are is drawn from the seed: another seed, another individual of the same kind. Every feature is in
 * units of its standard deviation over the pictures seen before, so a picture's response depends on nothing but the picture and
 * the brain.
 */
#ifndef BB_EXAMPLE_VISION_BRAIN_H
#define BB_EXAMPLE_VISION_BRAIN_H

#include "example/vision_stimuli.h"
#include "model/layers.h"

enum bb_area { BB_V1, BB_V2, BB_V4, BB_IT, BB_AREAS };
extern const char *const bb_area_name[BB_AREAS];

enum { BB_V1_PLACES = 4 }; /* a feature of V1 is channel · BB_V1_PLACES + place */

struct bb_brain;

/* `seen`: pictures of the categories that it has learnt from (its whole experience). */
struct bb_brain *bb_brain_new(uint64_t seed, const struct bb_stimuli *seen, struct bb_arena *arena);

/* The layers V1, V2, V4, IT. */
void bb_brain_see(const struct bb_brain *brain, const struct bb_images *images, struct bb_arena *arena, struct bb_layers *out);

/* n × BB_CATEGORIES: the evidence that it decides by; a part of IT. */
double *bb_brain_evidence(const struct bb_layers *seen, struct bb_arena *arena);

#endif
