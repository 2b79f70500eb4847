/*
 * numpy's legacy random numbers (numpy.random.RandomState): the splits and halves of the reference were drawn with them, and
 * are the same here to the index. MT19937 (Matsumoto and Nishimura 1998), seeded with init_genrand. For anything new use
 * base/rng.h.
 */
#ifndef BB_NUMERIC_MT19937_H
#define BB_NUMERIC_MT19937_H

#include <stddef.h>
#include <stdint.h>

#define BB_MT19937_WORDS 624

struct bb_mt19937 {
    uint32_t word[BB_MT19937_WORDS];
    size_t next;
};

void bb_mt19937_seed(struct bb_mt19937 *mt, uint32_t seed); /* RandomState(seed) */
uint32_t bb_mt19937_u32(struct bb_mt19937 *mt);             /* the next 32 bits */
double bb_mt19937_uniform(struct bb_mt19937 *mt);           /* random_sample(): [0, 1), 53 bits of two words */

/* Integer in [0, max]: words masked to the bits of max, drawn until one is not above it. max = 0 draws nothing. */
uint32_t bb_mt19937_bounded(struct bb_mt19937 *mt, uint32_t max);

/* permutation(n): 0 … n − 1, swapped from the end (Fisher–Yates). n <= 2³². index: n numbers (output). */
void bb_mt19937_permutation(struct bb_mt19937 *mt, size_t n, size_t *index);

/* choice(n, size, replace=False): the first `size` of permutation(n). index: n numbers, of which the first `size` are the
   choice. */
void bb_mt19937_choice(struct bb_mt19937 *mt, size_t n, size_t size, size_t *index);

#endif
