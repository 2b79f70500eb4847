#include <check.h>
#include <math.h>

#include "model/draws.h"

Suite *suite_model_draws(void);

enum { N = 100000 };

/* Moments of the normal distribution: 0, 1, 0, 3. */
START_TEST(normal_numbers_are_normal)
{
    struct bb_rng rng;
    double sum[5] = {0};
    bb_rng_init(&rng, 11, 0);
    for (int i = 0; i < N; i++) {
        double x = bb_draw_normal(&rng), power = 1;
        for (int k = 1; k < 5; k++) sum[k] += power *= x;
    }
    ck_assert_double_eq_tol(sum[1] / N, 0, 5 / sqrt(N));
    ck_assert_double_eq_tol(sum[2] / N, 1, 5 * sqrt(2.0 / N));
    ck_assert_double_eq_tol(sum[3] / N, 0, 5 * sqrt(15.0 / N));
    ck_assert_double_eq_tol(sum[4] / N, 3, 5 * sqrt(96.0 / N));
}
END_TEST

static const double means[] = {0, .01, .7, 3, 29.5, 31, 250};

START_TEST(poisson_numbers_have_mean_and_variance_alike)
{
    struct bb_rng rng;
    double mean = means[_i], sum = 0, square = 0;
    bb_rng_init(&rng, 12, (uint64_t)_i);
    for (int i = 0; i < N; i++) {
        double x = bb_draw_poisson(&rng, mean);
        sum += x;
        square += x * x;
    }
    double m = sum / N, v = square / N - m * m;
    ck_assert_double_eq_tol(m, mean, 5 * sqrt(mean / N) + 1e-12);
    ck_assert_double_eq_tol(v, mean, 5 * sqrt((mean + 2 * mean * mean) / N) + 1e-12); /* μ₄ − σ⁴ = λ + 2λ² */
}
END_TEST

/* The distribution itself: counts of 0 … 9 at mean 3 against e⁻³ 3ᵏ / k!. */
START_TEST(poisson_numbers_are_poisson)
{
    struct bb_rng rng;
    int count[10] = {0};
    double share = exp(-3);
    bb_rng_init(&rng, 13, 0);
    for (int i = 0; i < N; i++) {
        unsigned k = bb_draw_poisson(&rng, 3);
        if (k < 10) count[k]++;
    }
    for (int k = 0; k < 10; k++, share *= 3.0 / k) ck_assert_double_eq_tol(count[k], share * N, 5 * sqrt(share * N));
}
END_TEST

START_TEST(an_index_comes_as_often_as_its_weight)
{
    static const double weight[] = {1, 0, 3, 4};
    struct bb_rng rng;
    int count[4] = {0};
    bb_rng_init(&rng, 14, 0);
    for (int i = 0; i < N; i++) count[bb_draw_index(&rng, weight, 4)]++;
    ck_assert_int_eq(count[1], 0);
    for (int k = 0; k < 4; k++) ck_assert_double_eq_tol(count[k], weight[k] / 8 * N, 5 * sqrt(N) / 2);
}
END_TEST

Suite *suite_model_draws(void)
{
    Suite *suite = suite_create("model_draws");
    TCase *tcase = tcase_create("draws");
    tcase_add_test(tcase, normal_numbers_are_normal);
    tcase_add_loop_test(tcase, poisson_numbers_have_mean_and_variance_alike, 0, (int)(sizeof means / sizeof means[0]));
    tcase_add_test(tcase, poisson_numbers_are_poisson);
    tcase_add_test(tcase, an_index_comes_as_often_as_its_weight);
    suite_add_tcase(suite, tcase);
    return suite;
}
