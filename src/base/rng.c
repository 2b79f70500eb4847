#include "base/rng.h"

#include <assert.h>

/* The library's header does not aim at our warnings. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wundef"
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wunused-function"
#include <Random123/philox.h>
#pragma GCC diagnostic pop

void bb_rng_init(struct bb_rng *rng, uint64_t seed, uint64_t task)
{
    *rng = (struct bb_rng){.seed = seed, .task = task};
}

static uint32_t low_half(uint64_t value)
{
    return (uint32_t)(value & UINT32_MAX);
}

static uint32_t high_half(uint64_t value)
{
    return (uint32_t)(value >> 32);
}

/* The key is the seed; the counter is the number of the block, and the task. */
static void next_block(struct bb_rng *rng)
{
    philox4x32_ctr_t counter = {{low_half(rng->count), high_half(rng->count), low_half(rng->task), high_half(rng->task)}};
    philox4x32_key_t key = {{low_half(rng->seed), high_half(rng->seed)}};
    philox4x32_ctr_t block = philox4x32(counter, key);
    for (int i = 0; i < 4; i++) rng->word[i] = block.v[i];
    rng->count++;
    rng->left = 4;
}

uint32_t bb_rng_u32(struct bb_rng *rng)
{
    if (rng->left == 0) next_block(rng);
    return rng->word[4 - rng->left--];
}

double bb_rng_uniform(struct bb_rng *rng)
{
    uint64_t high = bb_rng_u32(rng) >> 5, low = bb_rng_u32(rng) >> 6;
    return (double)(high << 26 | low) * 0x1p-53;
}

uint32_t bb_rng_below(struct bb_rng *rng, uint32_t bound)
{
    assert(bound > 0);
    /* Lemire: the high half of a product is uniform once the products that would be one too many are drawn again. */
    uint32_t surplus = (0 - bound) % bound;
    uint64_t product;
    do product = (uint64_t)bb_rng_u32(rng) * bound;
    while (low_half(product) < surplus);
    return high_half(product);
}

void bb_rng_shuffle(struct bb_rng *rng, size_t *index, size_t n)
{
    assert(n <= UINT32_MAX);
    for (size_t i = n; i > 1; i--) {
        size_t j = bb_rng_below(rng, (uint32_t)i);
        size_t kept = index[i - 1];
        index[i - 1] = index[j];
        index[j] = kept;
    }
}
