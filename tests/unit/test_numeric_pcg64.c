#include <check.h>
#include <stdlib.h>

#include "metric_case.h"
#include "numeric/pcg64.h"

Suite *suite_numeric_pcg64(void);

static void check_permutations(const struct bb_json *want, uint64_t seed)
{
    struct bb_pcg64 pcg;
    size_t index[64];
    bb_pcg64_seed(&pcg, seed);
    for (size_t k = 0; k < want->as.list.n; k++) {
        const struct bb_json *permutation = want->as.list.item[k];
        bb_pcg64_permutation(&pcg, permutation->as.list.n, index);
        for (size_t i = 0; i < permutation->as.list.n; i++) ck_assert((double)index[i] == permutation->as.list.item[i]->as.number);
    }
}

static void check_bounded(const struct bb_json *want, uint64_t seed, struct bb_arena *arena)
{
    struct bb_pcg64 pcg;
    size_t n;
    const double *max = numbers_of(bb_json_member(want, "max"), arena, &n), *value = numbers_of(bb_json_member(want, "value"), arena, &n);
    bb_pcg64_seed(&pcg, seed);
    for (size_t i = 0; i < n; i++) ck_assert((double)bb_pcg64_bounded(&pcg, (uint32_t)max[i]) == value[i]);
}

START_TEST(draws_are_numpys)
{
    struct bb_arena *arena = bb_arena_new(0);
    const struct bb_json *cases = golden_cases(arena, "pcg64");
    ck_assert_uint_eq(cases->as.list.n, 5);
    for (size_t i = 0; i < cases->as.list.n; i++) {
        const struct bb_json *c = cases->as.list.item[i], *words = bb_json_member(c, "u64");
        uint64_t seed = strtoull(text_of(c, "seed"), NULL, 10);
        struct bb_pcg64 pcg;
        bb_pcg64_seed(&pcg, seed);
        for (size_t k = 0; k < words->as.list.n; k++)
            ck_assert(bb_pcg64_u64(&pcg) == strtoull(words->as.list.item[k]->as.text, NULL, 10));
        check_permutations(bb_json_member(c, "permutations"), seed);
        check_bounded(bb_json_member(c, "bounded"), seed, arena);
    }
    bb_arena_free(arena);
}
END_TEST

/* As the specification of the reference has them. */
START_TEST(first_permutations_are_the_known_ones)
{
    static const size_t want[2][10] = {{4, 6, 2, 7, 3, 5, 9, 0, 8, 1}, {2, 9, 3, 6, 0, 4, 8, 7, 5, 1}};
    struct bb_pcg64 pcg;
    size_t index[10];
    bb_pcg64_seed(&pcg, 0);
    for (size_t k = 0; k < 2; k++) {
        bb_pcg64_permutation(&pcg, 10, index);
        ck_assert_mem_eq(index, want[k], sizeof index);
    }
}
END_TEST

Suite *suite_numeric_pcg64(void)
{
    Suite *suite = suite_create("numeric/pcg64");
    TCase *tc = tcase_create("pcg64");
    tcase_add_test(tc, draws_are_numpys);
    tcase_add_test(tc, first_permutations_are_the_known_ones);
    suite_add_tcase(suite, tc);
    return suite;
}
