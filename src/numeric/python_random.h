/*
 * Python's random.Random(seed): MT19937 seeded by its init_by_array, and `choice`, which draws by getrandbits. One benchmark of the reference pairs
 * its images with it.
 */
#ifndef BB_NUMERIC_PYTHON_RANDOM_H
#define BB_NUMERIC_PYTHON_RANDOM_H

#include "numeric/mt19937.h"

struct bb_python_random {
    struct bb_mt19937 mt;
};

void bb_python_random_seed(struct bb_python_random *random, uint32_t seed);
/* The index that choice() takes of n > 0. */
uint32_t bb_python_random_below(struct bb_python_random *random, uint32_t n);

#endif
