#include "numeric/python_random.h"

/* init_by_array of one word (Matsumoto and Nishimura 2002). */
void bb_python_random_seed(struct bb_python_random *random, uint32_t seed)
{
    uint32_t *word = random->mt.word;
    size_t i = 1;
    bb_mt19937_seed(&random->mt, 19650218);
    for (size_t k = 0; k < BB_MT19937_WORDS; k++) {
        word[i] = (word[i] ^ ((word[i - 1] ^ (word[i - 1] >> 30)) * 1664525u)) + seed;
        if (++i == BB_MT19937_WORDS) {
            word[0] = word[BB_MT19937_WORDS - 1];
            i = 1;
        }
    }
    for (size_t k = 1; k < BB_MT19937_WORDS; k++) {
        word[i] = (word[i] ^ ((word[i - 1] ^ (word[i - 1] >> 30)) * 1566083941u)) - (uint32_t)i;
        if (++i == BB_MT19937_WORDS) {
            word[0] = word[BB_MT19937_WORDS - 1];
            i = 1;
        }
    }
    word[0] = 0x80000000u;
}

uint32_t bb_python_random_below(struct bb_python_random *random, uint32_t n)
{
    uint32_t drawn;
    int bits = 0;
    while (bits < 32 && n >> bits) bits++;
    do drawn = bb_mt19937_u32(&random->mt) >> (32 - bits);
    while (drawn >= n);
    return drawn;
}
