#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "metric_case.h"
#include "numeric/stats.h"
#include "regress_case.h"

Suite *suite_numeric_gram(void);

static struct bb_arena *arena;

static void open_arena(void)
{
    arena = bb_arena_new(0);
}

static void close_arena(void)
{
    bb_arena_free(arena);
}

static size_t *all_rows(size_t n)
{
    size_t *rows = BB_NEW_ARRAY(arena, n, size_t);
    for (size_t i = 0; i < n; i++) rows[i] = i;
    return rows;
}

static double largest_of(const double *x, size_t n)
{
    double largest = 0;
    for (size_t i = 0; i < n; i++) largest = fmax(largest, fabs(x[i]));
    return largest;
}

static void check_all(const char *name, const char *what, const double *got, const double *want, size_t n, double tolerance)
{
    double scale = largest_of(want, n);
    for (size_t i = 0; i < n; i++)
        ck_assert_msg(fabs(got[i] - want[i]) <= tolerance * scale, "%s, %s: number %zu is %.17g, expected %.17g", name, what, i,
                      got[i], want[i]);
}

static struct bb_json **cases_of(const char *key, size_t *n)
{
    const struct bb_json *list = bb_json_member(regress_goldens(arena), key);
    *n = list->as.list.n;
    return list->as.list.item;
}

START_TEST(rows_are_numpys)
{
    size_t n_cases;
    struct bb_json **cases = cases_of("rows", &n_cases);
    for (size_t i = 0; i < n_cases; i++)
        for (size_t width = 4; width <= 1000; width *= 10) {
            const struct bb_json *c = cases[i];
            struct regress_data d = regress_data_of(c, arena);
            struct bb_gram *gram = gram_of(d.X, d.n, d.p, width);
            double out[36];
            size_t n;
            /* numpy's corrcoef of values near 1e6 has 9 digits itself */
            double tolerance = number_of(c, "x_offset") > 1e5 ? 1e-8 : 1e-11;
            bb_gram_uncentred(gram, all_rows(6), 6, out);
            check_all(text_of(c, "name"), "uncentred", out, numbers_of(bb_json_member(c, "uncentred"), arena, &n), 36, 1e-14);
            bb_gram_row_correlations(gram, all_rows(6), 6, out);
            check_all(text_of(c, "name"), "correlations", out, numbers_of(bb_json_member(c, "correlations"), arena, &n), 36,
                      tolerance);
            bb_gram_free(gram);
        }
}
END_TEST

START_TEST(constant_rows_have_no_correlation)
{
    double X[] = {1, 2, 3, 4, .1, .1, .1, .1, 4, 3, 1, 1}, out[9];
    struct bb_gram *gram = gram_of(X, 3, 4, 2);
    bb_gram_row_correlations(gram, all_rows(3), 3, out);
    ck_assert(isnan(out[1]) && isnan(out[3]) && isnan(out[4]) && isnan(out[5]) && isnan(out[7]));
    ck_assert(out[0] == 1 && out[8] == 1 && fabs(out[2] - -0.9467292624062574) < 1e-14);
    bb_gram_free(gram);
}
END_TEST

static double hsic(double *K, double *L, size_t n)
{
    double trace = 0, k = 0, l = 0, cross = 0, m = (double)n;
    for (size_t i = 0; i < n; i++) {
        double k_row = 0, l_row = 0;
        for (size_t j = 0; j < n; j++) {
            if (i == j) continue;
            trace += K[i * n + j] * L[i * n + j];
            k_row += K[i * n + j];
            l_row += L[i * n + j];
        }
        k += k_row;
        l += l_row;
        cross += k_row * l_row;
    }
    return (trace + k * l / ((m - 1) * (m - 2)) - 2 / (m - 2) * cross) / (m * (m - 3));
}

START_TEST(waves_have_their_geometry)
{
    const struct bb_json *goldens = regress_goldens(arena), *want = bb_json_member(goldens, "waves");
    struct regress_data d = regress_data_of(bb_json_member(goldens, "regressions")->as.list.item[0], arena);
    size_t n = d.n, pairs = 0;
    struct bb_gram *x = gram_of(d.X, n, d.p, 11), *y = gram_of(d.Y, n, d.q, 2);
    double *K = BB_NEW_ARRAY(arena, n * n, double), *L = BB_NEW_ARRAY(arena, n * n, double),
           *a = BB_NEW_ARRAY(arena, n * n, double), *b = BB_NEW_ARRAY(arena, n * n, double), kl = 0, kk = 0, ll = 0;
    bb_gram_uncentred(x, all_rows(n), n, K);
    bb_gram_uncentred(y, all_rows(n), n, L);
    check_near("unbiased CKA", hsic(K, L, n) / (sqrt(hsic(K, K, n) * hsic(L, L, n)) + 1e-12), number_of(want, "cka_unbiased"),
               1e-12);
    for (size_t i = 0; i < n * n; i++) {
        kl += bb_gram_kernel(x)[i] * bb_gram_kernel(y)[i];
        kk += bb_gram_kernel(x)[i] * bb_gram_kernel(x)[i];
        ll += bb_gram_kernel(y)[i] * bb_gram_kernel(y)[i];
    }
    check_near("biased CKA", kl / sqrt(kk) / sqrt(ll), number_of(want, "cka_biased"), 1e-12);
    bb_gram_row_correlations(x, all_rows(n), n, K);
    bb_gram_row_correlations(y, all_rows(n), n, L);
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++, pairs++) {
            a[pairs] = 1 - K[i * n + j];
            b[pairs] = 1 - L[i * n + j];
        }
    check_near("RDM", bb_spearman(a, b, pairs), number_of(want, "rdm_spearman"), 1e-12);
    bb_gram_free(x);
    bb_gram_free(y);
}
END_TEST

/* Everything that two Grams of the same features say. */
static void check_equal(const char *name, struct bb_gram *a, struct bb_gram *b, double tolerance)
{
    size_t n = a->n;
    double *one = BB_NEW_ARRAY(arena, n * n, double), *two = BB_NEW_ARRAY(arena, n * n, double);
    ck_assert_uint_eq(a->n, b->n);
    ck_assert_uint_eq(a->p, b->p);
    check_all(name, "kernel", bb_gram_kernel(a), bb_gram_kernel(b), n * n, tolerance);
    check_all(name, "row sums", a->row_sum, b->row_sum, n, tolerance);
    bb_gram_uncentred(a, all_rows(n), n, one);
    bb_gram_uncentred(b, all_rows(n), n, two);
    check_all(name, "uncentred", one, two, n * n, tolerance);
    bb_gram_row_correlations(a, all_rows(n), n, one);
    bb_gram_row_correlations(b, all_rows(n), n, two);
    check_all(name, "correlations", one, two, n * n, tolerance);
    bb_gram_free(a);
    bb_gram_free(b);
}

/* Columns from..to of some rows. */
static double *part_of(const struct regress_data *d, const size_t *rows, size_t n, size_t from, size_t to)
{
    double *part = BB_NEW_ARRAY(arena, n * (to - from), double);
    for (size_t i = 0; i < n; i++) memcpy(part + i * (to - from), d->X + rows[i] * d->p + from, (to - from) * sizeof *part);
    return part;
}

START_TEST(grams_of_parts_are_grams)
{
    size_t n_cases, rows[] = {5, 0, 3, 2, 6};
    struct bb_json **cases = cases_of("rows", &n_cases);
    for (size_t i = 0; i < n_cases; i++) {
        const char *name = text_of(cases[i], "name");
        struct regress_data d = regress_data_of(cases[i], arena);
        double offset = number_of(cases[i], "x_offset"), tolerance = offset > 0 ? 1e-14 * offset : 1e-13;
        size_t *all = all_rows(d.n), cut = d.p / 3;
        struct bb_gram *whole = gram_of(d.X, d.n, d.p, 5);
        struct bb_gram *layer[] = {gram_of(part_of(&d, all, d.n, 0, cut), d.n, cut, 5),
                                   gram_of(part_of(&d, all, d.n, cut, d.p), d.n, d.p - cut, 7)};
        check_equal(name, bb_gram_of_rows(whole, rows, 5), gram_of(part_of(&d, rows, 5, 0, d.p), 5, d.p, 5), tolerance);
        check_equal(name, bb_gram_side_by_side(layer, 2), gram_of(d.X, d.n, d.p, 9), tolerance);
        bb_gram_free(layer[0]);
        bb_gram_free(layer[1]);
        if (!(offset > 0))
            check_equal(name, gram_of_products(d.X, d.n, d.p), gram_of(d.X, d.n, d.p, 9), 1e-13);
        bb_gram_free(whole);
    }
}
END_TEST

START_TEST(components_are_scikit_learns)
{
    size_t n_cases, seen = 0;
    struct bb_json **cases = cases_of("regressions", &n_cases);
    for (size_t i = 0; i < n_cases; i++) {
        const struct bb_json *list = bb_json_member(cases[i], "components");
        for (size_t c = 0; list && c < list->as.list.n; c++, seen++) {
            struct regress_data d = regress_data_of(cases[i], arena);
            size_t n_fit, n_apply, n, rank, k = (size_t)number_of(list->as.list.item[c], "k");
            size_t *fit = sizes_of(bb_json_member(cases[i], "train"), arena, &n_fit),
                   *apply = sizes_of(bb_json_member(cases[i], "test"), arena, &n_apply);
            const double *want = numbers_of(bb_json_member(list->as.list.item[c], "absolute"), arena, &n);
            struct bb_gram *gram = gram_of(d.X, d.n, d.p, 8);
            for (int products = 0; products < 2; products++) {
                double *scores = bb_gram_pca(gram, fit, n_fit, apply, n_apply, k, &rank);
                ck_assert_uint_eq(rank, k);
                for (size_t a = 0; a < n; a++) scores[a] = fabs(scores[a]);
                check_all(text_of(cases[i], "name"), products ? "components of products" : "components", scores, want, n, 1e-11);
                free(scores);
                bb_gram_kernel(gram);
                free(gram->X);
                gram->X = NULL;
            }
            bb_gram_free(gram);
        }
    }
    ck_assert_uint_ge(seen, 8);
}
END_TEST

START_TEST(null_components_are_left_out)
{
    double X[] = {1, 2, 2, 4, 3, 6, 5, 10}; /* one direction */
    size_t rank, *rows = all_rows(4);
    for (size_t p = 1; p <= 2; p++) {
        struct bb_gram *gram = gram_of(X, 4, p, 1);
        double *scores = bb_gram_pca(gram, rows, 4, rows, 4, 3, &rank);
        ck_assert_uint_eq(rank, 1);
        free(scores);
        bb_gram_free(gram);
    }
}
END_TEST

static void check_sentence(enum bb_code got, const struct bb_err *err, const char *part)
{
    ck_assert_msg(got == BB_EINPUT && strstr(err->msg, part), "code %d, \"%s\": expected \"%s\"", (int)got, err->msg, part);
}

START_TEST(features_must_be_numbers)
{
    struct bb_err err = {0};
    double good[] = {1, 2, 3, 4, 5, 6}, nan_[] = {1, 2, 3, 4, (double)NAN, 6}, infinite[] = {1, 2, 3, 4, 5, (double)INFINITY},
           huge[] = {1, 2, 3, 1e200, 5, -1e200};
    for (size_t p = 2; p <= 7; p += 5) {
        double *bad[] = {nan_, infinite, huge};
        const char *part[] = {"of row 2 is not a number", "of row 2 is infinite", "too large"};
        for (size_t i = 0; i < 3; i++) {
            double block[6];
            struct bb_gram_builder *builder = bb_gram_begin(3, p);
            memcpy(block, good, sizeof block);
            size_t first = p == 7 ? 2 : 0;
            if (first) ck_assert_int_eq(bb_gram_add(builder, block, 2, &err), BB_OK);
            memcpy(block, bad[i], sizeof block);
            check_sentence(bb_gram_add(builder, block, 2, &err), &err, part[i]);
            if (i == 0) check_sentence(BB_EINPUT, &err, first ? "feature 2 " : "feature 0 ");
            bb_gram_abandon(builder);
        }
    }
    bb_gram_abandon(NULL);
}
END_TEST

START_TEST(products_must_be_products)
{
    struct bb_gram *gram;
    struct bb_err err = {0};
    double sum[] = {1, 1}, wrong_sum[] = {5, 1}, nan_sum[] = {(double)NAN, 1};
    double nan_[] = {1, (double)NAN, 0, 1}, negative[] = {-1, 0, 0, 1}, skew[] = {1, .5, .4, 1}, indefinite[] = {1, 5, 5, 1},
           good[] = {1, 0, 0, 1};
    double mean[] = {1e12, 1e12 + 1, 1e12 + 1, 1e12}, mean_sum[] = {2e6, 2e6};
    check_sentence(bb_gram_from_products(good, sum, 0, 3, &gram, &err), &err, "0 stimuli");
    check_sentence(bb_gram_from_products(good, nan_sum, 2, 3, &gram, &err), &err, "row sum 0");
    check_sentence(bb_gram_from_products(nan_, sum, 2, 3, &gram, &err), &err, "row 0, column 1");
    check_sentence(bb_gram_from_products(negative, sum, 2, 3, &gram, &err), &err, "negative number -1");
    check_sentence(bb_gram_from_products(skew, sum, 2, 3, &gram, &err), &err, "not symmetric");
    check_sentence(bb_gram_from_products(good, wrong_sum, 2, 3, &gram, &err), &err, "no 3 features have the sum 5");
    check_sentence(bb_gram_from_products(indefinite, sum, 2, 3, &gram, &err), &err, "not positive semi-definite");
    check_sentence(bb_gram_from_products(mean, mean_sum, 2, 4, &gram, &err), &err, "subtract the mean");
    ck_assert_int_eq(bb_gram_from_products(good, sum, 2, 3, &gram, &err), BB_OK);
    bb_gram_free(gram);
}
END_TEST

Suite *suite_numeric_gram(void)
{
    Suite *suite = suite_create("numeric_gram");
    TCase *tcase = tcase_create("gram");
    tcase_add_checked_fixture(tcase, open_arena, close_arena);
    tcase_add_test(tcase, rows_are_numpys);
    tcase_add_test(tcase, constant_rows_have_no_correlation);
    tcase_add_test(tcase, waves_have_their_geometry);
    tcase_add_test(tcase, grams_of_parts_are_grams);
    tcase_add_test(tcase, components_are_scikit_learns);
    tcase_add_test(tcase, null_components_are_left_out);
    tcase_add_test(tcase, features_must_be_numbers);
    tcase_add_test(tcase, products_must_be_products);
    suite_add_tcase(suite, tcase);
    return suite;
}
