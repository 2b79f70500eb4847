/*
 * Folds against scikit-learn's, to the index (tests/numeric/splits.py).
 */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "metric_case.h"
#include "numeric/splits.h"

Suite *suite_numeric_splits(void);

static enum bb_code split(const struct bb_json *c, const int32_t *label, struct bb_arena *arena, struct bb_folds *out,
                          struct bb_err *err)
{
    const char *kind = text_of(c, "kind");
    size_t n = (size_t)number_of(c, "n"), splits = (size_t)number_of(c, "splits");
    uint32_t seed = (uint32_t)number_of(c, "seed");
    struct bb_share share = {number_of(c, "train"), number_of(c, "test")};
    size_t n_labels = label ? (size_t)number_of(c, "n_labels") : 0;
    if (bb_streq(kind, "shuffle")) return bb_shuffle_split(n, splits, share, seed, arena, out, err);
    if (bb_streq(kind, "stratified_shuffle"))
        return bb_stratified_shuffle_split(label, n, n_labels, splits, share, seed, arena, out, err);
    if (bb_streq(kind, "kfold")) return bb_kfold(n, splits, seed, arena, out, err);
    if (bb_streq(kind, "stratified_kfold")) return bb_stratified_kfold(label, n, n_labels, splits, seed, arena, out, err);
    return bb_group_kfold(label, n, n_labels, splits, seed, arena, out, err);
}

static void check_rows(const char *what, const size_t *row, size_t n, const struct bb_json *want)
{
    ck_assert_msg(n == want->as.list.n, "%s has %zu rows, expected %zu", what, n, want->as.list.n);
    for (size_t i = 0; i < n; i++)
        ck_assert_msg((double)row[i] == want->as.list.item[i]->as.number, "%s: row %zu is %zu, expected %g", what, i, row[i],
                      want->as.list.item[i]->as.number);
}

static void check_folds_of(const struct bb_json *c, const char *name, struct bb_arena *arena)
{
    const struct bb_json *labels = bb_json_member(c, "labels"), *want = bb_json_member(c, "folds");
    int32_t *label = labels ? BB_NEW_ARRAY(arena, labels->as.list.n, int32_t) : NULL;
    for (size_t i = 0; labels && i < labels->as.list.n; i++) label[i] = (int32_t)labels->as.list.item[i]->as.number;
    struct bb_folds folds;
    struct bb_err err = {0};
    enum bb_code rc = split(c, label, arena, &folds, &err);
    ck_assert_msg((rc == BB_OK) == (want != NULL), "%s: code %d %s", name, (int)rc, err.msg);
    if (!want) ck_assert_msg(rc == BB_EINPUT && err.msg[0], "%s: code %d", name, (int)rc);
    if (!want) return;
    ck_assert_uint_eq(folds.n, want->as.list.n);
    for (size_t s = 0; s < folds.n; s++) {
        const struct bb_json *pair = want->as.list.item[s];
        check_rows(bb_arena_printf(arena, "%s, split %zu, train", name, s), folds.fold[s].train, folds.fold[s].n_train,
                   pair->as.list.item[0]);
        check_rows(bb_arena_printf(arena, "%s, split %zu, test", name, s), folds.fold[s].test, folds.fold[s].n_test,
                   pair->as.list.item[1]);
    }
}

START_TEST(folds_are_scikit_learns)
{
    struct bb_arena *arena = bb_arena_new(0);
    const struct bb_json *cases = golden_cases(arena, "splits");
    ck_assert_uint_gt(cases->as.list.n, 100);
    for (size_t i = 0; i < cases->as.list.n; i++) {
        const struct bb_json *c = cases->as.list.item[i];
        check_folds_of(c, bb_arena_printf(arena, "case %zu (%s, n = %g)", i, text_of(c, "kind"), number_of(c, "n")), arena);
    }
    bb_arena_free(arena);
}
END_TEST

/* As the specification of the reference quotes them. */
START_TEST(first_test_sets_are_the_published_ones)
{
    static const size_t want[3][3] = {{17, 21, 10}, {18, 2, 16}, {25, 24, 1}};
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_folds folds;
    ck_assert(bb_shuffle_split(30, 10, (struct bb_share){.9, NAN}, 1, arena, &folds, NULL) == BB_OK);
    ck_assert_uint_eq(folds.n, 10);
    for (size_t s = 0; s < 3; s++) ck_assert_mem_eq(folds.fold[s].test, want[s], sizeof want[s]);
    bb_arena_free(arena);
}
END_TEST

static void check_refusal(enum bb_code rc, const struct bb_err *err, const char *part)
{
    ck_assert_int_eq((int)rc, BB_EINPUT);
    ck_assert_msg(strstr(err->msg, part) != NULL, "\"%s\" does not say \"%s\"", err->msg, part);
}

START_TEST(refusals_say_what_is_wrong)
{
    static const int32_t label[5] = {0, 0, 0, 0, 1};
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_folds folds;
    struct bb_err err;
    struct bb_share most = {.9, NAN};
    check_refusal(bb_shuffle_split(1, 10, most, 1, arena, &folds, &err), &err, "1 row leaves no training rows");
    check_refusal(bb_shuffle_split(9, 10, (struct bb_share){.8, .4}, 1, arena, &folds, &err), &err, "more than 1 together");
    check_refusal(bb_stratified_shuffle_split(label, 5, 2, 10, most, 1, arena, &folds, &err), &err, "one class has 1");
    check_refusal(bb_stratified_shuffle_split(label, 4, 1, 10, (struct bb_share){.1, NAN}, 1, arena, &folds, &err), &err,
                  "no training rows");
    check_refusal(bb_kfold(3, 10, 1, arena, &folds, &err), &err, "10 folds are more than the 3 rows");
    check_refusal(bb_group_kfold(label, 5, 2, 3, 1, arena, &folds, &err), &err, "3 folds are more than the 2 groups");
    check_refusal(bb_stratified_kfold(label, 5, 2, 5, 1, arena, &folds, &err), &err, "largest has 4");
    bb_arena_free(arena);
}
END_TEST

Suite *suite_numeric_splits(void)
{
    Suite *suite = suite_create("numeric/splits");
    TCase *tc = tcase_create("splits");
    tcase_add_test(tc, folds_are_scikit_learns);
    tcase_add_test(tc, first_test_sets_are_the_published_ones);
    tcase_add_test(tc, refusals_say_what_is_wrong);
    suite_add_tcase(suite, tc);
    return suite;
}
