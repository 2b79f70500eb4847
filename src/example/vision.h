/*
 * The vision half of the example: an experiment on simulated brains, and models that compute.
 *
 * Two sets of pictures. Textures and their twins are shown to V1 and V2, objects to V4 and IT of the same animals; observers
 * name the objects, among all eight categories and among two. Each candidate model sees both sets, and its activations and
 * choices are written as its author would; controls (another picture's activations, noise, one answer for all) and the areas
 * themselves (reference rows, "truth") stand beside them.
 *
 * src/example/vision_world.h makes the same without a project, for who wants other brains or many seeds.
 */
#ifndef BB_EXAMPLE_VISION_H
#define BB_EXAMPLE_VISION_H

#include "example/project.h"

enum bb_code bb_example_vision(struct bb_project *project, struct bb_err *err) BB_MUST_CHECK;

#endif
