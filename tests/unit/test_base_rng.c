#include <check.h>
#include <math.h>
#include <string.h>

#include "base/rng.h"

Suite *suite_base_rng(void);

#define N_OF(list) (sizeof(list) / sizeof(list)[0])

/* Known answers of the Random123 distribution (kat_vectors, philox4x32 10) */
static const struct {
    uint64_t count, task, seed;
    uint32_t word[4];
} known[] = {
    {0, 0, 0, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {UINT64_MAX, UINT64_MAX, UINT64_MAX, {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {0x85a308d3243f6a88, 0x0370734413198a2e, 0x299f31d0a4093822, {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

START_TEST(the_generator_is_philox)
{
    struct bb_rng rng;
    bb_rng_init(&rng, known[_i].seed, known[_i].task);
    rng.count = known[_i].count;
    for (int i = 0; i < 4; i++) ck_assert_uint_eq(bb_rng_u32(&rng), known[_i].word[i]);
}
END_TEST

START_TEST(streams_repeat_and_differ)
{
    struct bb_rng a, b, task, seed;
    bb_rng_init(&a, 1, 2);
    bb_rng_init(&b, 1, 2);
    bb_rng_init(&task, 1, 3);
    bb_rng_init(&seed, 2, 2);
    int same_task = 0, same_seed = 0;
    for (int i = 0; i < 1000; i++) {
        uint32_t word = bb_rng_u32(&a);
        ck_assert_uint_eq(word, bb_rng_u32(&b));
        same_task += word == bb_rng_u32(&task);
        same_seed += word == bb_rng_u32(&seed);
    }
    ck_assert_int_le(same_task + same_seed, 1);
}
END_TEST

START_TEST(uniform_numbers_fill_the_interval)
{
    enum { N = 100000 };
    struct bb_rng rng;
    bb_rng_init(&rng, 3, 0);
    double sum = 0, squares = 0, least = 1, most = 0;
    for (int i = 0; i < N; i++) {
        double value = bb_rng_uniform(&rng);
        ck_assert(value >= 0 && value < 1);
        sum += value;
        squares += value * value;
        least = fmin(least, value);
        most = fmax(most, value);
    }
    ck_assert_double_eq_tol(sum / N, 0.5, 0.005);
    ck_assert_double_eq_tol(squares / N - sum / N * (sum / N), 1.0 / 12, 0.002);
    ck_assert(least < 1e-3 && most > 1 - 1e-3);
}
END_TEST

/* 53 bits: the lowest of them must come up too. */
START_TEST(uniform_numbers_have_53_bits)
{
    struct bb_rng rng;
    bb_rng_init(&rng, 4, 0);
    int odd = 0;
    for (int i = 0; i < 1000; i++) {
        double scaled = bb_rng_uniform(&rng) * 0x1p53;
        ck_assert_double_eq(scaled, floor(scaled));
        odd += fmod(scaled, 2) != 0;
    }
    ck_assert(odd > 400 && odd < 600);
}
END_TEST

START_TEST(bounded_numbers_are_even)
{
    static const uint32_t bounds[] = {1, 2, 3, 7, 10};
    enum { N = 60000 };
    for (size_t k = 0; k < N_OF(bounds); k++) {
        struct bb_rng rng;
        bb_rng_init(&rng, 5, k);
        int count[10] = {0};
        for (int i = 0; i < N; i++) {
            uint32_t value = bb_rng_below(&rng, bounds[k]);
            ck_assert_uint_lt(value, bounds[k]);
            count[value]++;
        }
        double expected = (double)N / bounds[k];
        for (uint32_t v = 0; v < bounds[k]; v++) ck_assert_double_eq_tol(count[v], expected, 5 * sqrt(expected));
    }
}
END_TEST

/* With a bound of 3/4 of the range, taking the remainder would draw the lower third twice as often. */
START_TEST(large_bounds_have_no_bias)
{
    enum { N = 60000 };
    const uint32_t bound = 0xC0000000;
    struct bb_rng rng;
    bb_rng_init(&rng, 6, 0);
    int low = 0;
    for (int i = 0; i < N; i++) low += bb_rng_below(&rng, bound) < bound / 3;
    ck_assert_double_eq_tol(low, N / 3.0, 600);
}
END_TEST

START_TEST(shuffles_are_permutations)
{
    enum { N = 1000 };
    size_t index[N], again[N];
    int seen[N] = {0}, moved = 0;
    for (size_t i = 0; i < N; i++) index[i] = again[i] = i;
    struct bb_rng rng;
    bb_rng_init(&rng, 7, 0);
    bb_rng_shuffle(&rng, index, N);
    bb_rng_init(&rng, 7, 0);
    bb_rng_shuffle(&rng, again, N);
    ck_assert_mem_eq(index, again, sizeof index);
    for (size_t i = 0; i < N; i++) {
        seen[index[i]]++;
        moved += index[i] != i;
    }
    for (size_t i = 0; i < N; i++) ck_assert_int_eq(seen[i], 1);
    ck_assert_int_gt(moved, N - 20);
    bb_rng_shuffle(&rng, index, 0);
}
END_TEST

START_TEST(every_order_is_as_likely)
{
    enum { N = 60000 };
    int count[3][3] = {{0}};
    struct bb_rng rng;
    bb_rng_init(&rng, 8, 0);
    for (int i = 0; i < N; i++) {
        size_t index[3] = {0, 1, 2};
        bb_rng_shuffle(&rng, index, 3);
        count[index[0]][index[1]]++;
    }
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 3; b++) ck_assert_double_eq_tol(count[a][b], a == b ? 0 : N / 6.0, 500);
}
END_TEST

Suite *suite_base_rng(void)
{
    Suite *suite = suite_create("base_rng");
    TCase *tcase = tcase_create("rng");
    tcase_add_loop_test(tcase, the_generator_is_philox, 0, (int)N_OF(known));
    tcase_add_test(tcase, streams_repeat_and_differ);
    tcase_add_test(tcase, uniform_numbers_fill_the_interval);
    tcase_add_test(tcase, uniform_numbers_have_53_bits);
    tcase_add_test(tcase, bounded_numbers_are_even);
    tcase_add_test(tcase, large_bounds_have_no_bias);
    tcase_add_test(tcase, shuffles_are_permutations);
    tcase_add_test(tcase, every_order_is_as_likely);
    suite_add_tcase(suite, tcase);
    return suite;
}
