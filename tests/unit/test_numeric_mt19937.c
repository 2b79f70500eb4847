#include <check.h>
#include <stdlib.h>

#include "metric_case.h"
#include "numeric/mt19937.h"

Suite *suite_numeric_mt19937(void);

static void check_indices(const struct bb_json *want, const size_t *index, const char *what)
{
    for (size_t i = 0; i < want->as.list.n; i++)
        ck_assert_msg((double)index[i] == want->as.list.item[i]->as.number, "%s: index %zu is %zu, expected %g", what, i,
                      index[i], want->as.list.item[i]->as.number);
}

/* One seed of the golden file. */
static void check_seed(const struct bb_json *c, struct bb_arena *arena)
{
    uint32_t seed = (uint32_t)number_of(c, "seed");
    size_t n, index[63];
    struct bb_mt19937 mt;
    const double *word = numbers_of(bb_json_member(c, "u32"), arena, &n);
    bb_mt19937_seed(&mt, seed);
    for (size_t i = 0; i < n; i++) ck_assert(bb_mt19937_u32(&mt) == word[i]);
    const double *uniform = numbers_of(bb_json_member(c, "uniform"), arena, &n);
    bb_mt19937_seed(&mt, seed);
    for (size_t i = 0; i < n; i++) ck_assert(bb_mt19937_uniform(&mt) == uniform[i]);

    const struct bb_json *permutations = bb_json_member(c, "permutation");
    for (size_t i = 0; i < permutations->as.list.n; i++) {
        const struct bb_json *want = permutations->as.list.item[i];
        bb_mt19937_seed(&mt, seed);
        bb_mt19937_permutation(&mt, want->as.list.n, index);
        check_indices(want, index, "permutation");
    }
    const struct bb_json *choices = bb_json_member(c, "choices");
    bb_mt19937_seed(&mt, seed);
    for (size_t i = 0; i < choices->as.list.n; i++) {
        bb_mt19937_choice(&mt, 63, 31, index);
        check_indices(choices->as.list.item[i], index, "choice");
    }
    const struct bb_json *replaced = bb_json_member(c, "replaced"), *drawn = bb_json_member(replaced, "choices");
    const double *among = numbers_of(bb_json_member(replaced, "n"), arena, &n);
    ck_assert_uint_eq(n, drawn->as.list.n);
    for (size_t k = 0; k < n; k++) { /* choice with replacement is a bounded number each */
        bb_mt19937_seed(&mt, seed);
        for (size_t i = 0; i < drawn->as.list.item[k]->as.list.n; i++) index[i] = bb_mt19937_bounded(&mt, (uint32_t)among[k] - 1);
        check_indices(drawn->as.list.item[k], index, "choice with replacement");
    }
    bb_mt19937_seed(&mt, seed);
    for (int i = 0; i < 2000; i++) (void)bb_mt19937_uniform(&mt);
    ck_assert(bb_mt19937_uniform(&mt) == number_of(c, "late"));
}

START_TEST(draws_are_numpys)
{
    struct bb_arena *arena = bb_arena_new(0);
    const struct bb_json *cases = golden_cases(arena, "mt19937");
    ck_assert_uint_eq(cases->as.list.n, 4);
    for (size_t i = 0; i < cases->as.list.n; i++) check_seed(cases->as.list.item[i], arena);
    bb_arena_free(arena);
}
END_TEST

/* First outputs of the published generator, as the specification of the reference quotes them. */
START_TEST(first_words_are_the_published_ones)
{
    static const uint32_t want[2][4] = {{2357136044u, 2546248239u, 3071714933u, 3626093760u},
                                        {1791095845u, 4282876139u, 3093770124u, 4005303368u}};
    struct bb_mt19937 mt;
    for (uint32_t seed = 0; seed < 2; seed++) {
        bb_mt19937_seed(&mt, seed);
        for (size_t i = 0; i < 4; i++) ck_assert_uint_eq(bb_mt19937_u32(&mt), want[seed][i]);
    }
}
END_TEST

START_TEST(bounded_draws_stay_in_bounds)
{
    struct bb_mt19937 mt, untouched;
    bb_mt19937_seed(&mt, 3);
    untouched = mt;
    ck_assert_uint_eq(bb_mt19937_bounded(&mt, 0), 0);
    ck_assert_uint_eq(bb_mt19937_u32(&mt), bb_mt19937_u32(&untouched)); /* max 0 drew nothing */
    bool top = false;
    for (int i = 0; i < 1000; i++) {
        uint32_t value = bb_mt19937_bounded(&mt, 9);
        ck_assert_uint_le(value, 9);
        top = top || value == 9;
    }
    ck_assert(top);
    (void)bb_mt19937_bounded(&mt, UINT32_MAX);
}
END_TEST

Suite *suite_numeric_mt19937(void)
{
    Suite *suite = suite_create("numeric/mt19937");
    TCase *tc = tcase_create("mt19937");
    tcase_add_test(tc, draws_are_numpys);
    tcase_add_test(tc, first_words_are_the_published_ones);
    tcase_add_test(tc, bounded_draws_stay_in_bounds);
    suite_add_tcase(suite, tc);
    return suite;
}
