#include "numeric/mt19937.h"

#include <assert.h>

enum { PERIOD_OFFSET = 397 };

void bb_mt19937_seed(struct bb_mt19937 *mt, uint32_t seed)
{
    mt->word[0] = seed;
    for (uint32_t i = 1; i < BB_MT19937_WORDS; i++) {
        uint32_t last = mt->word[i - 1];
        mt->word[i] = UINT32_C(1812433253) * (last ^ (last >> 30)) + i;
    }
    mt->next = BB_MT19937_WORDS;
}

static void refill(struct bb_mt19937 *mt)
{
    for (size_t i = 0; i < BB_MT19937_WORDS; i++) {
        uint32_t y = (mt->word[i] & UINT32_C(0x80000000)) | (mt->word[(i + 1) % BB_MT19937_WORDS] & UINT32_C(0x7fffffff));
        mt->word[i] = mt->word[(i + PERIOD_OFFSET) % BB_MT19937_WORDS] ^ (y >> 1) ^ (y & 1 ? UINT32_C(0x9908b0df) : 0);
    }
    mt->next = 0;
}

uint32_t bb_mt19937_u32(struct bb_mt19937 *mt)
{
    if (mt->next == BB_MT19937_WORDS) refill(mt);
    uint32_t y = mt->word[mt->next++];
    y ^= y >> 11;
    y ^= (y << 7) & UINT32_C(0x9d2c5680);
    y ^= (y << 15) & UINT32_C(0xefc60000);
    return y ^ (y >> 18);
}

double bb_mt19937_uniform(struct bb_mt19937 *mt)
{
    uint32_t high = bb_mt19937_u32(mt) >> 5, low = bb_mt19937_u32(mt) >> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
}

uint32_t bb_mt19937_bounded(struct bb_mt19937 *mt, uint32_t max)
{
    uint32_t mask = max;
    for (unsigned shift = 1; shift < 32; shift *= 2) mask |= mask >> shift;
    if (max == 0) return 0;
    uint32_t value;
    do value = bb_mt19937_u32(mt) & mask;
    while (value > max);
    return value;
}

void bb_mt19937_permutation(struct bb_mt19937 *mt, size_t n, size_t *index)
{
    assert(n <= (size_t)UINT32_MAX + 1);
    for (size_t i = 0; i < n; i++) index[i] = i;
    for (size_t i = n; i-- > 1;) {
        size_t j = bb_mt19937_bounded(mt, (uint32_t)i);
        size_t kept = index[i];
        index[i] = index[j];
        index[j] = kept;
    }
}

void bb_mt19937_choice(struct bb_mt19937 *mt, size_t n, size_t size, size_t *index)
{
    assert(size <= n);
    (void)size; /* its order is that of the whole permutation */
    bb_mt19937_permutation(mt, n, index);
}
