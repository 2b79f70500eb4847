#include <check.h>
#include <math.h>

#include "base/order.h"
#include "metric_case.h"
#include "numeric/stats.h"

Suite *suite_numeric_stats(void);

static struct bb_arena *arena;

static void open_arena(void)
{
    arena = bb_arena_new(0);
}

static void close_arena(void)
{
    bb_arena_free(arena);
}

static const struct bb_json *list(const char *key)
{
    const struct bb_json *array = bb_json_member(golden_cases(arena, "stats"), key);
    ck_assert_uint_gt(array->as.list.n, 0);
    return array;
}

START_TEST(summaries_are_numpys)
{
    const struct bb_json *cases = list("summaries");
    for (size_t i = 0, n; i < cases->as.list.n; i++) {
        const struct bb_json *c = cases->as.list.item[i];
        const double *x = numbers_of(bb_json_member(c, "x"), arena, &n);
        check_near("mean", bb_mean(x, n), number_of(c, "mean"), 1e-15);
        check_near("nan_mean", bb_nan_mean(x, n), number_of(c, "nan_mean"), 1e-15);
        check_near("sd, ddof 0", bb_sd(x, n, 0), number_of(c, "sd0"), 1e-12);
        check_near("sd, ddof 1", bb_sd(x, n, 1), number_of(c, "sd1"), 1e-12);
        check_near("nan_sd", bb_nan_sd(x, n, 1), number_of(c, "nan_sd1"), 1e-12);
        check_near("median", bb_median(x, n), number_of(c, "median"), 0);
        check_near("nan_median", bb_nan_median(x, n), number_of(c, "nan_median"), 0);
    }
}
END_TEST

START_TEST(correlations_are_scipys)
{
    const struct bb_json *cases = list("pairs");
    for (size_t i = 0, n; i < cases->as.list.n; i++) {
        const struct bb_json *c = cases->as.list.item[i];
        const double *x = numbers_of(bb_json_member(c, "x"), arena, &n), *y = numbers_of(bb_json_member(c, "y"), arena, &n);
        double tolerance =
            bb_streq(text_of(c, "name"), "large mean") ? 1e-8 : 1e-13; /* there the data themselves have few digits */
        check_near(text_of(c, "name"), bb_pearson(x, y, n), number_of(c, "pearson"), tolerance);
        check_near(text_of(c, "name"), bb_spearman(x, y, n), number_of(c, "spearman"), 1e-13);
    }
}
END_TEST

START_TEST(correlations_of_missing_values_are_missing)
{
    const double x[] = {1, 2, 3, 4}, gap[] = {1, NAN, 3, 2};
    ck_assert(isnan(bb_pearson(x, gap, 4)) && isnan(bb_pearson(gap, x, 4)));
    ck_assert(isnan(bb_spearman(x, gap, 4)) && isnan(bb_spearman(gap, x, 4)));
    ck_assert(isnan(bb_pearson(x, x, 0)) && isnan(bb_pearson(x, x, 1)) && isnan(bb_spearman(x, x, 1)));
}
END_TEST

START_TEST(equal_numbers_are_constant_whatever_their_mean_rounds_to)
{
    const double x[] = {.1, .1, .1}, y[] = {1, 2, 4};
    ck_assert(isnan(bb_pearson(x, y, 3)));
}
END_TEST

START_TEST(ranks_share_ties)
{
    const struct bb_json *cases = list("ranks");
    for (size_t i = 0, n; i < cases->as.list.n; i++) {
        const double *x = numbers_of(bb_json_member(cases->as.list.item[i], "x"), arena, &n);
        const double *want = numbers_of(bb_json_member(cases->as.list.item[i], "ranks"), arena, &n);
        double *rank = BB_NEW_ARRAY(arena, n, double);
        bb_ranks(x, n, rank);
        for (size_t k = 0; k < n; k++) check_near("rank", rank[k], want[k], 0);
    }
}
END_TEST

/* X column by column. */
static double *matrix(const struct bb_json *columns, size_t n, size_t *k)
{
    *k = columns->as.list.n;
    double *X = BB_NEW_ARRAY(arena, n * *k + 1, double);
    for (size_t j = 0, length; j < *k; j++) {
        const double *column = numbers_of(columns->as.list.item[j], arena, &length);
        ck_assert_uint_eq(length, n);
        for (size_t i = 0; i < n; i++) X[j * n + i] = column[i];
    }
    return X;
}

/* Few numbers and many are sorted in two ways; here by counting who stands before whom. */
START_TEST(order_is_ascending_and_leaves_equal_ones_as_they_stand)
{
    enum { MOST = 300 };
    const double few[] = {0, -0.0, 1, -1, 1e-300, -1e-300, INFINITY, -INFINITY, 2.5, 1e300};
    double x[MOST], sorted[MOST];
    size_t order[MOST];
    for (size_t n = 0; n <= MOST; n += n < 4 ? 1 : 37) {
        for (size_t i = 0; i < n; i++) x[i] = i % 3 ? few[i * 7 % 10] : sin((double)i) * pow(10, (double)(i % 9) - 4);
        bb_order(x, n, order);
        for (size_t i = 0; i < n; i++) {
            size_t before = 0;
            for (size_t k = 0; k < n; k++) before += x[k] < x[i] || (x[k] == x[i] && k < i);
            ck_assert_uint_eq(order[before], i);
            sorted[i] = x[i];
        }
        bb_sort_numbers(sorted, n);
        for (size_t i = 0; i < n; i++) ck_assert(sorted[i] == x[order[i]] && signbit(sorted[i]) == signbit(x[order[i]]));
    }
}
END_TEST

START_TEST(least_squares_is_numpys)
{
    const struct bb_json *cases = list("fits");
    for (size_t i = 0, n, k; i < cases->as.list.n; i++) {
        const struct bb_json *c = cases->as.list.item[i];
        const double *y = numbers_of(bb_json_member(c, "y"), arena, &n);
        const double *X = matrix(bb_json_member(c, "columns"), n, &k),
                     *want = numbers_of(bb_json_member(c, "residual"), arena, &n);
        double loglik = NAN, *residual = BB_NEW_ARRAY(arena, n, double);
        ck_assert_msg(bb_ols_loglik(X, y, n, k, &loglik, residual), "%s", text_of(c, "name"));
        check_near(text_of(c, "name"), loglik, number_of(c, "loglik"), 1e-11);
        for (size_t r = 0; r < n; r++) check_near("residual", residual[r], want[r], 1e-10);
    }
}
END_TEST

START_TEST(least_squares_refuses_what_has_no_likelihood)
{
    const double X[] = {1, 2, 3, 4}, y[] = {1, 0, 2, 5}, gap[] = {1, NAN, 2, 5}, same[] = {2, 2, 2, 2};
    double loglik = 7;
    ck_assert(!bb_ols_loglik(X, y, 2, 1, &loglik, NULL));
    ck_assert(!bb_ols_loglik(X, gap, 4, 1, &loglik, NULL));
    ck_assert(!bb_ols_loglik(gap, y, 4, 1, &loglik, NULL));
    ck_assert(!bb_ols_loglik(NULL, same, 4, 0, &loglik, NULL));
    ck_assert(loglik == 7);
    ck_assert(bb_ols_loglik(X, y, 4, 1, &loglik, NULL));
}
END_TEST

START_TEST(spearman_brown_doubles_the_length)
{
    check_near("1/3", bb_spearman_brown(1. / 3), .5, 1e-15);
    check_near("1", bb_spearman_brown(1), 1, 0);
}
END_TEST

Suite *suite_numeric_stats(void)
{
    Suite *suite = suite_create("numeric/stats");
    TCase *tc = tcase_create("stats");
    tcase_add_checked_fixture(tc, open_arena, close_arena);
    tcase_add_test(tc, summaries_are_numpys);
    tcase_add_test(tc, correlations_are_scipys);
    tcase_add_test(tc, correlations_of_missing_values_are_missing);
    tcase_add_test(tc, equal_numbers_are_constant_whatever_their_mean_rounds_to);
    tcase_add_test(tc, ranks_share_ties);
    tcase_add_test(tc, order_is_ascending_and_leaves_equal_ones_as_they_stand);
    tcase_add_test(tc, least_squares_is_numpys);
    tcase_add_test(tc, least_squares_refuses_what_has_no_likelihood);
    tcase_add_test(tc, spearman_brown_doubles_the_length);
    suite_add_tcase(suite, tc);
    return suite;
}
