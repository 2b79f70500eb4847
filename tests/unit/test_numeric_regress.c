#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "metric_case.h"
#include "numeric/regress.h"
#include "regress_case.h"

Suite *suite_numeric_regress(void);

static struct bb_arena *arena;
static bool verbose;

static void open_arena(void)
{
    arena = bb_arena_new(0);
    verbose = getenv("BRAINBOARD_SHOW_DIFFERENCES") != NULL;
}

static void close_arena(void)
{
    bb_arena_free(arena);
}

/* One case, one form of the Gram. */
struct run {
    const struct bb_json *c;
    const char *form;
    struct regress_data data;
    struct bb_fold fold;
    struct bb_regressor *regressor;
    double *prediction;
    double scale; /* of the targets, without their means; what differences are measured by */
};

static struct bb_gram *gram_in_form(const struct regress_data *d, int form)
{
    if (form == 2) return gram_of_products(d->X, d->n, d->p);
    struct bb_gram *gram = gram_of(d->X, d->n, d->p, 7);
    if (form == 1) { /* the products' form, where features are fewer */
        bb_gram_kernel(gram);
        free(gram->X);
        gram->X = NULL;
    }
    return gram;
}

static double scale_of(const struct regress_data *d)
{
    double scale = 0;
    for (size_t j = 0; j < d->q; j++) {
        double mean = 0;
        for (size_t i = 0; i < d->n; i++) mean += d->Y[i * d->q + j] / (double)d->n;
        for (size_t i = 0; i < d->n; i++) scale = fmax(scale, fabs(d->Y[i * d->q + j] - mean));
    }
    return scale;
}

static void check_prediction(const struct run *r, const char *what, const struct bb_json *want, double tolerance)
{
    size_t n;
    const double *value = numbers_of(want, arena, &n);
    double worst = 0;
    ck_assert_uint_eq(n, r->fold.n_test * r->data.q);
    for (size_t i = 0; i < n; i++) {
        double difference = fabs(r->prediction[i] - value[i]) / fmax(r->scale, 1e-13 * fabs(value[i]) / tolerance);
        worst = isnan(difference) ? (double)INFINITY : fmax(worst, difference);
    }
    if (verbose)
        fprintf(stderr, "%-48s %-14s %-24s %.1e\n", text_of(r->c, "name"), r->form, what, worst);
    else
        ck_assert_msg(worst <= tolerance, "%s (%s), %s: predictions differ by %.3g of the targets' size", text_of(r->c, "name"),
                      r->form, what, worst);
}

static const struct bb_json *list_of(const struct run *r, const char *key)
{
    static const struct bb_json none = {.type = BB_JSON_ARRAY};
    const struct bb_json *list = bb_json_member(r->c, key);
    return list ? list : &none;
}

static double tolerance_of(const struct run *r)
{
    /* Products of features with means of 1000 have lost 6 digits. */
    return strcmp(r->form, "given products") == 0 && number_of(r->c, "x_offset") > 100 ? 1e-7 : 1e-8;
}

static void check_pls(struct run *r)
{
    const struct bb_json *list = list_of(r, "pls");
    for (size_t i = 0; i < list->as.list.n; i++) {
        const struct bb_json *want = list->as.list.item[i];
        size_t k = (size_t)number_of(want, "k"), n;
        const double *count = numbers_of(bb_json_member(want, "iterations"), arena, &n);
        struct bb_pls_info info = {.iterations = BB_NEW_ARRAY(arena, k, int)};
        struct bb_err err = {0};
        const char *what = bb_arena_printf(arena, "pls %zu", k);
        ck_assert_msg(bb_pls_fold(r->regressor, &r->fold, k, r->prediction, &info, &err) == BB_OK, "%s", err.msg);
        check_prediction(r, what, bb_json_member(want, "prediction"), tolerance_of(r));
        for (size_t a = 0; a < n; a++) {
            if (verbose && info.iterations[a] != (int)count[a])
                fprintf(stderr, "      component %zu: %d iterations, not %g (%zu components)\n", a, info.iterations[a], count[a],
                        info.components);
            if (!verbose)
                ck_assert_msg(info.iterations[a] == (int)count[a], "%s (%s), %s: component %zu took %d iterations, not %g",
                              text_of(r->c, "name"), r->form, what, a, info.iterations[a], count[a]);
        }
    }
}

static void check_ridge(struct run *r)
{
    const struct bb_json *list = list_of(r, "ridge");
    for (size_t i = 0; i < list->as.list.n; i++) {
        const struct bb_json *want = list->as.list.item[i];
        struct bb_err err = {0};
        double alpha = number_of(want, "alpha");
        ck_assert_msg(bb_ridge_fold(r->regressor, &r->fold, alpha, r->prediction, &err) == BB_OK, "%s", err.msg);
        check_prediction(r, bb_arena_printf(arena, "ridge %g", alpha), bb_json_member(want, "prediction"), tolerance_of(r));
    }
}

static void check_ridgecv(struct run *r, const struct bb_json *all_alphas)
{
    const struct bb_json *list = list_of(r, "ridgecv");
    for (size_t i = 0; i < list->as.list.n; i++) {
        const struct bb_json *want = list->as.list.item[i];
        struct bb_err err = {0};
        size_t n;
        double chosen, *alpha = numbers_of(bb_json_member(all_alphas, text_of(want, "alphas")), arena, &n);
        ck_assert_msg(bb_ridgecv_fold(r->regressor, &r->fold, alpha, n, r->prediction, &chosen, &err) == BB_OK, "%s", err.msg);
        if (verbose && chosen != number_of(want, "chosen"))
            fprintf(stderr, "      alpha %g, not %g\n", chosen, number_of(want, "chosen"));
        if (!verbose)
            ck_assert_msg(chosen == number_of(want, "chosen"), "%s (%s): alpha %g was chosen, not %g", text_of(r->c, "name"),
                          r->form, chosen, number_of(want, "chosen"));
        check_prediction(r, bb_arena_printf(arena, "ridgecv %s", text_of(want, "alphas")), bb_json_member(want, "prediction"),
                         tolerance_of(r));
    }
}

static void check_linear(struct run *r)
{
    const struct bb_json *want = bb_json_member(r->c, "linear");
    struct bb_err err = {0};
    if (!want) return;
    ck_assert_msg(bb_linear_fold(r->regressor, &r->fold, r->prediction, &err) == BB_OK, "%s", err.msg);
    check_prediction(r, "linear", want, fmax(tolerance_of(r), 1e-8));
}

static void check_case_in_form(const struct bb_json *c, int form, const struct bb_json *alphas)
{
    static const char *const names[] = {"features", "products", "given products"};
    struct run r = {.c = c, .form = names[form], .data = regress_data_of(c, arena)};
    struct bb_gram *gram = gram_in_form(&r.data, form);
    size_t *rows = BB_NEW_ARRAY(arena, r.data.n, size_t);
    for (size_t i = 0; i < r.data.n; i++) rows[i] = i;
    r.fold.train = sizes_of(bb_json_member(c, "train"), arena, &r.fold.n_train);
    r.fold.test = sizes_of(bb_json_member(c, "test"), arena, &r.fold.n_test);
    r.prediction = BB_NEW_ARRAY(arena, r.fold.n_test * r.data.q, double);
    r.scale = scale_of(&r.data);
    r.regressor = bb_regressor_new(gram, rows, r.data.Y, r.data.n, r.data.q);
    check_pls(&r);
    check_ridge(&r);
    check_ridgecv(&r, alphas);
    check_linear(&r);
    bb_regressor_free(r.regressor);
    bb_gram_free(gram);
}

START_TEST(regressions_are_scikit_learns)
{
    const struct bb_json *goldens = regress_goldens(arena), *cases = bb_json_member(goldens, "regressions");
    ck_assert_uint_gt(cases->as.list.n, 30);
    for (size_t i = 0; i < cases->as.list.n; i++)
        if (_i < 2 ||
            !(number_of(cases->as.list.item[i], "x_offset") > 1e5)) /* products of such features have lost what is not mean */
            check_case_in_form(cases->as.list.item[i], _i, bb_json_member(goldens, "alphas"));
}
END_TEST

/* --- the reverse: the same numbers, with targets that are known by their products ------------------------------------- */

static double *first_target(const struct run *r)
{
    size_t n = r->data.n, q = r->data.q, j = 0;
    double *first = BB_NEW_ARRAY(arena, n, double);
    while (number_of(r->c, "constant_y") == (double)j) j++;
    for (size_t i = 0; i < n; i++) first[i] = r->data.Y[i * q + j];
    return first;
}

static void check_reverse(struct run *r, struct bb_gram *target, const size_t *rows)
{
    const struct bb_json *list = list_of(r, "pls");
    for (size_t i = 0; i < list->as.list.n; i++) {
        const struct bb_json *want = list->as.list.item[i];
        size_t k = (size_t)number_of(want, "k"), q = r->data.q, n_test = r->fold.n_test, width = q < 3 ? q : 3;
        struct bb_reverse_pls *fit;
        struct bb_err err = {0};
        ck_assert_msg(
            bb_reverse_pls_fold(r->data.X, r->data.n, r->data.p, target, rows, first_target(r), &r->fold, k, &fit, &err) == BB_OK,
            "%s", err.msg);
        double *block = BB_NEW_ARRAY(arena, r->data.n * width, double), *part = BB_NEW_ARRAY(arena, n_test * width, double);
        for (size_t at = 0; at < q; at += width) {
            size_t w = q - at < width ? q - at : width;
            for (size_t a = 0; a < r->data.n * w; a++) block[a] = r->data.Y[a / w * q + at + a % w];
            bb_reverse_pls_predict(fit, block, w, part);
            for (size_t a = 0; a < n_test * w; a++) r->prediction[a / w * q + at + a % w] = part[a];
        }
        bb_reverse_pls_free(fit);
        check_prediction(r, bb_arena_printf(arena, "reverse pls %zu", k), bb_json_member(want, "prediction"), 1e-8);
    }
}

START_TEST(reverse_pls_is_pls)
{
    const struct bb_json *cases = bb_json_member(regress_goldens(arena), "regressions");
    for (size_t i = 0; i < cases->as.list.n; i++) {
        struct run r = {.c = cases->as.list.item[i], .form = "reverse"};
        r.data = regress_data_of(r.c, arena);
        r.fold.train = sizes_of(bb_json_member(r.c, "train"), arena, &r.fold.n_train);
        r.fold.test = sizes_of(bb_json_member(r.c, "test"), arena, &r.fold.n_test);
        r.prediction = BB_NEW_ARRAY(arena, r.fold.n_test * r.data.q, double);
        r.scale = scale_of(&r.data);
        struct bb_gram *target = gram_of(r.data.Y, r.data.n, r.data.q, 3);
        size_t *rows = BB_NEW_ARRAY(arena, r.data.n, size_t);
        for (size_t a = 0; a < r.data.n; a++) rows[a] = a;
        check_reverse(&r, target, rows);
        bb_gram_free(target);
    }
}
END_TEST

/* --- what is refused, and what does not matter ------------------------------------------------------------------------ */

static void check_sentence(enum bb_code got, const struct bb_err *err, enum bb_code want, const char *part)
{
    ck_assert_msg(got == want && strstr(err->msg, part), "code %d, \"%s\": expected %d and \"%s\"", (int)got, err->msg, (int)want,
                  part);
}

START_TEST(impossible_folds_are_refused)
{
    double X[] = {1, 2, 3, 4, 5, 7, 8, 1}, Y[] = {1, 2, 3, 5}, prediction[4], alpha[] = {1, -1}, chosen;
    size_t rows[] = {0, 1, 2, 3};
    struct bb_fold fold = {.train = rows, .n_train = 3, .test = rows + 3, .n_test = 1},
                   none = {.train = rows, .n_train = 1, .test = rows, .n_test = 1};
    struct bb_gram *gram = gram_of(X, 4, 2, 2);
    struct bb_regressor *r = bb_regressor_new(gram, rows, Y, 4, 1);
    struct bb_err err = {0};
    check_sentence(bb_pls_fold(r, &fold, 3, prediction, NULL, &err), &err, BB_ENUMERIC, "3 components was asked of 2 features");
    check_sentence(bb_pls_fold(r, &none, 1, prediction, NULL, &err), &err, BB_ENUMERIC, "on 1 stimuli");
    check_sentence(bb_ridge_fold(r, &none, 1, prediction, &err), &err, BB_ENUMERIC, "on 1 stimuli");
    check_sentence(bb_ridge_fold(r, &fold, -1, prediction, &err), &err, BB_EINPUT, "must be 0 or more");
    check_sentence(bb_ridgecv_fold(r, &fold, alpha, 2, prediction, &chosen, &err), &err, BB_EINPUT,
                   "alpha 1 of a ridge regression is -1");
    check_sentence(bb_ridgecv_fold(r, &fold, alpha, 0, prediction, &chosen, &err), &err, BB_EINPUT, "no alphas");
    check_sentence(bb_linear_fold(r, &none, prediction, &err), &err, BB_ENUMERIC, "on 1 stimuli");
    bb_regressor_free(r);
    bb_gram_free(gram);
}
END_TEST

START_TEST(features_that_do_not_vary_predict_the_mean)
{
    double X[12], Y[] = {1, 2, 3, 4, 5, 6}, prediction[2], alpha[] = {1, 10}, chosen;
    size_t rows[] = {0, 1, 2, 3, 4, 5};
    struct bb_fold fold = {.train = rows, .n_train = 4, .test = rows + 4, .n_test = 2};
    struct bb_pls_info info = {0};
    struct bb_err err = {0};
    for (size_t i = 0; i < 12; i++) X[i] = .1;
    for (size_t p = 1; p <= 2; p++) {
        struct bb_gram *gram = gram_of(X, 6 / p * p, p, 1);
        struct bb_regressor *r = bb_regressor_new(gram, rows, Y, 6, 1);
        ck_assert_int_eq(bb_pls_fold(r, &fold, 1, prediction, &info, &err), BB_OK);
        ck_assert_uint_eq(info.components, 0);
        ck_assert(prediction[0] == 2.5 && prediction[1] == 2.5);
        ck_assert_int_eq(bb_ridge_fold(r, &fold, 1, prediction, &err), BB_OK);
        ck_assert(prediction[0] == 2.5 && prediction[1] == 2.5);
        ck_assert_int_eq(bb_ridgecv_fold(r, &fold, alpha, 2, prediction, &chosen, &err), BB_OK);
        ck_assert(prediction[0] == 2.5 && prediction[1] == 2.5);
        ck_assert_int_eq(bb_linear_fold(r, &fold, prediction, &err), BB_OK);
        ck_assert(prediction[0] == 2.5 && prediction[1] == 2.5);
        bb_regressor_free(r);
        bb_gram_free(gram);
    }
}
END_TEST

/* A stimulus in more rows than one, as when time bins are stacked: the same as features that are written out. */
START_TEST(rows_may_share_a_stimulus)
{
    struct regress_data d = regress_data_of(bb_json_member(regress_goldens(arena), "regressions")->as.list.item[0], arena);
    size_t n = 40, order[40], rows[40], p = d.p;
    double *X = BB_NEW_ARRAY(arena, n * p, double), one[12], two[12];
    for (size_t i = 0; i < n; i++) {
        order[i] = i;
        rows[i] = i / 2;
        memcpy(X + i * p, d.X + rows[i] * p, p * sizeof *X);
    }
    struct bb_fold fold = {.train = order, .n_train = 38, .test = order + 38, .n_test = 2};
    struct bb_gram *shared = gram_of(d.X, 20, p, p), *written = gram_of(X, n, p, p);
    struct bb_regressor *a = bb_regressor_new(shared, rows, d.Y, n, d.q), *b = bb_regressor_new(written, order, d.Y, n, d.q);
    struct bb_err err = {0};
    ck_assert_int_eq(bb_pls_fold(a, &fold, 5, one, NULL, &err), BB_OK);
    ck_assert_int_eq(bb_pls_fold(b, &fold, 5, two, NULL, &err), BB_OK);
    for (size_t i = 0; i < 12; i++) check_near("pls", one[i], two[i], 1e-11);
    ck_assert_int_eq(bb_ridge_fold(a, &fold, 2, one, &err), BB_OK);
    ck_assert_int_eq(bb_ridge_fold(b, &fold, 2, two, &err), BB_OK);
    for (size_t i = 0; i < 12; i++) check_near("ridge", one[i], two[i], 1e-11);
    bb_regressor_free(a);
    bb_regressor_free(b);
    bb_gram_free(shared);
    bb_gram_free(written);
}
END_TEST

Suite *suite_numeric_regress(void)
{
    Suite *suite = suite_create("numeric_regress");
    TCase *tcase = tcase_create("regress");
    tcase_add_checked_fixture(tcase, open_arena, close_arena);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, regressions_are_scikit_learns, 0, 3);
    tcase_add_test(tcase, reverse_pls_is_pls);
    tcase_add_test(tcase, impossible_folds_are_refused);
    tcase_add_test(tcase, features_that_do_not_vary_predict_the_mean);
    tcase_add_test(tcase, rows_may_share_a_stimulus);
    suite_add_tcase(suite, tcase);
    return suite;
}
