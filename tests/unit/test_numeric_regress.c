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
    if (verbose) fprintf(stderr, "%-48s %-14s %-24s %.1e\n", text_of(r->c, "name"), r->form, what, worst);
    else
        ck_assert_msg(worst <= tolerance, "%s (%s), %s: predictions differ by %.3g of the targets' size", text_of(r->c, "name"), r->form, what, worst);
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
                fprintf(stderr, "      component %zu: %d iterations, not %g (%zu components)\n", a, info.iterations[a], count[a], info.components);
            if (!verbose)
                ck_assert_msg(info.iterations[a] == (int)count[a], "%s (%s), %s: component %zu took %d iterations, not %g", text_of(r->c, "name"),
                              r->form, what, a, info.iterations[a], count[a]);
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
            ck_assert_msg(chosen == number_of(want, "chosen"), "%s (%s): alpha %g was chosen, not %g", text_of(r->c, "name"), r->form, chosen,
                          number_of(want, "chosen"));
        check_prediction(r, bb_arena_printf(arena, "ridgecv %s", text_of(want, "alphas")), bb_json_member(want, "prediction"), tolerance_of(r));
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
        if (_i < 2 || !(number_of(cases->as.list.item[i], "x_offset") > 1e5)) /* products of such features have lost what is not mean */
            check_case_in_form(cases->as.list.item[i], _i, bb_json_member(goldens, "alphas"));
}
END_TEST

Suite *suite_numeric_regress(void)
{
    Suite *suite = suite_create("numeric_regress");
    TCase *tcase = tcase_create("regress");
    tcase_add_checked_fixture(tcase, open_arena, close_arena);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, regressions_are_scikit_learns, 0, 3);
    suite_add_tcase(suite, tcase);
    return suite;
}
