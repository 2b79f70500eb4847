/*
 * Random numbers that depend on what they are for, not on who asks first: Philox4x32-10 (Random123), counter-based.
 *
 * A stream is (seed, task): the same on every machine, in any order of execution, in any thread. Not for the splits of the
 * reference, which need numpy's MT19937 (numeric/).
 */
#ifndef BB_BASE_RNG_H
#define BB_BASE_RNG_H

#include <stddef.h>
#include <stdint.h>

struct bb_rng {
    uint64_t seed, task, count;
    uint32_t word[4];
    unsigned left;
};

void bb_rng_init(struct bb_rng *rng, uint64_t seed, uint64_t task);
uint32_t bb_rng_u32(struct bb_rng *rng);
double bb_rng_uniform(struct bb_rng *rng);                  /* [0, 1), 53 bits */
uint32_t bb_rng_below(struct bb_rng *rng, uint32_t bound);  /* [0, bound), without bias; bound > 0 */
void bb_rng_shuffle(struct bb_rng *rng, size_t *index, size_t n);

#endif
