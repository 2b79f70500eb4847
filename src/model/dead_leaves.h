/*
 * Dead leaves: opaque discs of random size and grey that fall over one another, which have the edges and the spectrum of photographs
 * (Lee, Mumford & Huang 2001). What a model has "seen" that is to be the same whatever it is shown afterwards.
 */
#ifndef BB_MODEL_DEAD_LEAVES_H
#define BB_MODEL_DEAD_LEAVES_H

#include <stdint.h>

#include "model/image.h"

struct bb_images bb_dead_leaves(size_t n, size_t side, uint64_t seed, struct bb_arena *arena);

#endif
