/*
 * numpy's newer random numbers, numpy.random.default_rng(seed): PCG64 (O'Neill 2014, XSL-RR 128/64) seeded through
 * SeedSequence. One ceiling of the reference draws with them. The older ones are in mt19937.h; for anything new use
 * base/rng.h.
 */
#ifndef BB_NUMERIC_PCG64_H
#define BB_NUMERIC_PCG64_H

#include <stddef.h>
#include <stdint.h>

struct bb_pcg64 {
    uint64_t state[2], increment[2]; /* 128 bits each, the low half first */
    uint32_t kept;                   /* the upper half of 64 bits of which the lower was given out */
    int has_kept;
};

void bb_pcg64_seed(struct bb_pcg64 *pcg, uint64_t seed); /* default_rng(seed) */
uint64_t bb_pcg64_u64(struct bb_pcg64 *pcg);             /* the next 64 bits */
uint32_t bb_pcg64_u32(struct bb_pcg64 *pcg);             /* half of them, the lower half first */

/* integers(max + 1): in [0, max], by Lemire's multiplication. max = 0 draws nothing. */
uint32_t bb_pcg64_bounded(struct bb_pcg64 *pcg, uint32_t max);

/* shuffle(index), which is also permutation(index): swapped from the end, with words masked to the bits of the bound. n <=
   2³². */
void bb_pcg64_shuffle(struct bb_pcg64 *pcg, size_t *index, size_t n);
/* permutation(n) */
void bb_pcg64_permutation(struct bb_pcg64 *pcg, size_t n, size_t *index);

#endif
