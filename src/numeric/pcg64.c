#include "numeric/pcg64.h"

#include <assert.h>

__extension__ typedef unsigned __int128 wide;

/*
 * SeedSequence: the seed's words are hashed into a pool of four, from which as many words as are wanted are hashed out.
 */
enum { POOL = 4 };

struct hash {
    uint32_t constant, multiplier;
};

static uint32_t hash_word(struct hash *hash, uint32_t value)
{
    value ^= hash->constant;
    hash->constant *= hash->multiplier;
    value *= hash->constant;
    return value ^ (value >> 16);
}

static uint32_t mix_words(uint32_t x, uint32_t y)
{
    uint32_t mixed = UINT32_C(0xca01f9dd) * x - UINT32_C(0x4973f715) * y;
    return mixed ^ (mixed >> 16);
}

static void fill_pool(uint64_t seed, uint32_t pool[POOL])
{
    struct hash hash = {UINT32_C(0x43b0d7e5), UINT32_C(0x931e8875)};
    for (int i = 0; i < POOL; i++) pool[i] = hash_word(&hash, i == 0 ? (uint32_t)seed : i == 1 ? (uint32_t)(seed >> 32) : 0);
    for (int from = 0; from < POOL; from++)
        for (int to = 0; to < POOL; to++)
            if (from != to) pool[to] = mix_words(pool[to], hash_word(&hash, pool[from]));
}

static void words_of_seed(uint64_t seed, uint64_t *word, int n)
{
    uint32_t pool[POOL];
    struct hash hash = {UINT32_C(0x8b51f9dd), UINT32_C(0x58f38ded)};
    fill_pool(seed, pool);
    for (int i = 0; i < n; i++) {
        word[i] = hash_word(&hash, pool[2 * i % POOL]);
        word[i] |= (uint64_t)hash_word(&hash, pool[(2 * i + 1) % POOL]) << 32;
    }
}

/*
 * The generator.
 */
static wide join(const uint64_t half[2])
{
    return (wide)half[1] << 64 | half[0];
}

static void put(uint64_t half[2], wide value)
{
    half[0] = (uint64_t)value;
    half[1] = (uint64_t)(value >> 64);
}

static void step(struct bb_pcg64 *pcg)
{
    const wide multiplier = (wide)UINT64_C(0x2360ed051fc65da4) << 64 | UINT64_C(0x4385df649fccf645);
    put(pcg->state, join(pcg->state) * multiplier + join(pcg->increment));
}

void bb_pcg64_seed(struct bb_pcg64 *pcg, uint64_t seed)
{
    uint64_t word[4];
    words_of_seed(seed, word, 4);
    *pcg = (struct bb_pcg64){0};
    put(pcg->increment, ((wide)word[2] << 64 | word[3]) << 1 | 1);
    step(pcg);
    put(pcg->state, join(pcg->state) + ((wide)word[0] << 64 | word[1]));
    step(pcg);
}

uint64_t bb_pcg64_u64(struct bb_pcg64 *pcg)
{
    step(pcg);
    uint64_t mixed = pcg->state[1] ^ pcg->state[0];
    unsigned turn = (unsigned)(pcg->state[1] >> 58);
    return mixed >> turn | mixed << ((64 - turn) & 63);
}

uint32_t bb_pcg64_u32(struct bb_pcg64 *pcg)
{
    pcg->has_kept = !pcg->has_kept;
    if (!pcg->has_kept) return pcg->kept;
    uint64_t both = bb_pcg64_u64(pcg);
    pcg->kept = (uint32_t)(both >> 32);
    return (uint32_t)both;
}

uint32_t bb_pcg64_bounded(struct bb_pcg64 *pcg, uint32_t max)
{
    if (max == 0) return 0;
    if (max == UINT32_MAX) return bb_pcg64_u32(pcg);
    uint32_t n = max + 1, too_low = (UINT32_MAX - max) % n;
    uint64_t product;
    do product = (uint64_t)bb_pcg64_u32(pcg) * n;
    while ((uint32_t)product < too_low);
    return (uint32_t)(product >> 32);
}

/* numpy's random_interval: words masked to the bits of max, drawn until one is not above it. */
static uint32_t masked(struct bb_pcg64 *pcg, uint32_t max)
{
    uint32_t mask = max, value;
    for (unsigned shift = 1; shift < 32; shift *= 2) mask |= mask >> shift;
    do value = bb_pcg64_u32(pcg) & mask;
    while (value > max);
    return value;
}

void bb_pcg64_shuffle(struct bb_pcg64 *pcg, size_t *index, size_t n)
{
    assert(n <= (size_t)UINT32_MAX + 1);
    for (size_t i = n; i-- > 1;) {
        size_t j = masked(pcg, (uint32_t)i), kept = index[i];
        index[i] = index[j];
        index[j] = kept;
    }
}

void bb_pcg64_permutation(struct bb_pcg64 *pcg, size_t n, size_t *index)
{
    for (size_t i = 0; i < n; i++) index[i] = i;
    bb_pcg64_shuffle(pcg, index, n);
}
