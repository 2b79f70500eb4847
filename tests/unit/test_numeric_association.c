#include <check.h>
#include <math.h>

#include "base/rng.h"
#include "metric_case.h"
#include "numeric/association.h"
#include "numeric/stats.h"

Suite *suite_numeric_association(void);

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
    const struct bb_json *array = bb_json_member(golden_cases(arena, "association"), key);
    ck_assert_uint_gt(array->as.list.n, 0);
    return array;
}

/* 1e-9 of what is promised, but where the data themselves have fewer digits. */
START_TEST(associations_are_scipys)
{
    const struct bb_json *cases = list("pairs");
    for (size_t i = 0, n, n_y; i < cases->as.list.n; i++) {
        const struct bb_json *c = cases->as.list.item[i];
        const char *name = text_of(c, "name");
        double *x = numbers_of(bb_json_member(c, "x"), arena, &n), *y = numbers_of(bb_json_member(c, "y"), arena, &n_y);
        double tolerance = bb_streq(name, "large mean") ? 1e-6 : 1e-9;
        struct bb_association a = bb_associate(x, y, n);
        ck_assert_uint_eq(a.n, (size_t)number_of(c, "n"));
        check_near(name, a.r, number_of(c, "r"), tolerance);
        check_near(name, a.low, number_of(c, "low"), tolerance);
        check_near(name, a.high, number_of(c, "high"), tolerance);
        check_near(name, a.rho, number_of(c, "rho"), tolerance);
        check_near(name, a.rho_p, number_of(c, "rho_p"), tolerance);
        if (bb_json_member(c, "slope")) {
            check_near(name, a.slope, number_of(c, "slope"), tolerance);
            check_near(name, a.intercept, number_of(c, "intercept"), tolerance);
            if (a.n > 2) check_near(name, a.slope_se, number_of(c, "slope_se"), tolerance);
            if (a.n > 2) check_near(name, bb_line_band(&a, number_of(c, "band_at")), number_of(c, "band"), tolerance);
        }
        double p = number_of(c, "p");
        check_near(name, a.p, p, tolerance);
        if (p > 1e-290) ck_assert_msg(fabs(a.p / p - 1) < 1e-8 || tolerance > 1e-9, "%s: p %g, not %g", name, a.p, p);
    }
}
END_TEST

START_TEST(students_t_is_scipys)
{
    const struct bb_json *cases = list("student"), *quantiles = list("quantiles");
    for (size_t i = 0; i < cases->as.list.n; i++) {
        const struct bb_json *c = cases->as.list.item[i];
        double p = bb_student_p(number_of(c, "t"), number_of(c, "dof")), want = number_of(c, "p");
        ck_assert_msg(want < 1e-290 ? p < 1e-280 : fabs(p / want - 1) < 1e-9, "t %g, dof %g: %.17g, not %.17g", number_of(c, "t"),
                      number_of(c, "dof"), p, want);
    }
    for (size_t i = 0; i < quantiles->as.list.n; i++) {
        const struct bb_json *c = quantiles->as.list.item[i];
        check_near("quantile", bb_student_quantile(number_of(c, "p"), number_of(c, "dof")), number_of(c, "t"), 1e-9);
    }
}
END_TEST

START_TEST(corrections)
{
    const struct bb_json *cases = list("corrections");
    for (size_t i = 0, n; i < cases->as.list.n; i++) {
        const struct bb_json *c = cases->as.list.item[i];
        double *p = numbers_of(bb_json_member(c, "p"), arena, &n), *holm = numbers_of(bb_json_member(c, "holm"), arena, &n),
               *bh = numbers_of(bb_json_member(c, "bh"), arena, &n), *got = BB_NEW_ARRAY(arena, n + 1, double);
        bb_holm(p, n, got);
        for (size_t k = 0; k < n; k++) check_near("Holm", got[k], holm[k], 1e-14);
        bb_benjamini_hochberg(p, n, p);
        for (size_t k = 0; k < n; k++) check_near("Benjamini and Hochberg", p[k], bh[k], 1e-14);
    }
    double with_none[] = {.01, NAN, .04}, out[3];
    bb_holm(with_none, 3, out);
    ck_assert_double_eq(out[0], .02);
    ck_assert(isnan(out[1]));
    ck_assert_double_eq(out[2], .04);
}
END_TEST

/* With every pair a group of its own it is the ordinary bootstrap, which for normal data agrees with Fisher's interval; with all in one group nothing
   varies; ten copies of each pair in one group say no more than one. */
START_TEST(groups_are_drawn_whole)
{
    enum { N = 400 };
    double x[N], y[N], copies_x[10 * N], copies_y[10 * N], low, high, low2, high2;
    size_t own[N], one[N] = {0}, copies[10 * N];
    struct bb_rng rng;
    bb_rng_init(&rng, 3, 1);
    for (size_t i = 0; i < N; i++) {
        double sum = 0, noise = 0;
        for (int k = 0; k < 12; k++) sum += bb_rng_uniform(&rng) - .5, noise += bb_rng_uniform(&rng) - .5;
        x[i] = sum;
        y[i] = sum + noise;
        own[i] = i;
        for (size_t k = 0; k < 10; k++) copies_x[10 * i + k] = x[i], copies_y[10 * i + k] = y[i], copies[10 * i + k] = i;
    }
    struct bb_association a = bb_associate(x, y, N);
    ck_assert(bb_group_bootstrap(x, y, own, N, 4000, 1, 1, &low, &high));
    ck_assert_double_lt(fabs(low - a.low), .02);
    ck_assert_double_lt(fabs(high - a.high), .02);
    ck_assert(bb_group_bootstrap(copies_x, copies_y, copies, 10 * N, 4000, 1, 1, &low2, &high2));
    ck_assert_double_eq_tol(low2, low, 1e-12);
    ck_assert_double_eq_tol(high2, high, 1e-12);
    ck_assert(bb_group_bootstrap(x, y, one, N, 100, 1, 1, &low, &high));
    ck_assert_double_eq_tol(low, a.r, 1e-12);
    ck_assert_double_eq_tol(high, a.r, 1e-12);
    ck_assert(!bb_group_bootstrap(x, y, own, 1, 100, 1, 1, &low, &high));
}
END_TEST

/* Drawing sums of whole groups is drawing the pairs: the same draws, pair by pair, give the same interval. */
START_TEST(sums_say_what_the_pairs_say)
{
    enum { N = 60, GROUPS = 9, TIMES = 400 };
    double x[N], y[N], u[N * GROUPS], v[N * GROUPS], r[TIMES], low, high;
    size_t group[N], kept = 0;
    struct bb_rng rng;
    bb_rng_init(&rng, 5, 1);
    for (size_t i = 0; i < N; i++) {
        group[i] = i < GROUPS ? i : bb_rng_below(&rng, GROUPS);
        x[i] = 1e6 + bb_rng_uniform(&rng) + (double)group[i] / 9;
        y[i] = x[i] * x[i] * 1e-6 + bb_rng_uniform(&rng);
    }
    bb_rng_init(&rng, 2, 3);
    for (size_t t = 0; t < TIMES; t++) {
        size_t n = 0;
        for (size_t k = 0; k < GROUPS; k++) {
            size_t drawn = bb_rng_below(&rng, GROUPS);
            for (size_t i = 0; i < N; i++)
                if (group[i] == drawn) u[n] = x[i], v[n++] = y[i];
        }
        r[kept] = bb_pearson(u, v, n);
        kept += isnan(r[kept]) ? 0 : 1;
    }
    bb_sort_numbers(r, kept);
    ck_assert(bb_group_bootstrap(x, y, group, N, TIMES, 2, 3, &low, &high));
    ck_assert_double_eq_tol(low, bb_percentile(r, kept, .025), 1e-9);
    ck_assert_double_eq_tol(high, bb_percentile(r, kept, .975), 1e-9);
}
END_TEST

Suite *suite_numeric_association(void)
{
    Suite *suite = suite_create("numeric_association");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, open_arena, close_arena);
    tcase_add_test(tcase, associations_are_scipys);
    tcase_add_test(tcase, students_t_is_scipys);
    tcase_add_test(tcase, corrections);
    tcase_add_test(tcase, groups_are_drawn_whole);
    tcase_add_test(tcase, sums_say_what_the_pairs_say);
    suite_add_tcase(suite, tcase);
    return suite;
}
