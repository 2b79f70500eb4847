#include "numeric/splits.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "numeric/mt19937.h"

/*
 * How many rows train and test get.
 */
static bool is_share(double share)
{
    return isnan(share) || (share > 0 && share < 1);
}

static enum bb_code check_shares(struct bb_share share, struct bb_err *err)
{
    assert(!isnan(share.train) || !isnan(share.test));
    if (!is_share(share.train))
        return bb_fail(err, BB_EINPUT, "the share of training rows must be between 0 and 1, not %g", share.train);
    if (!is_share(share.test))
        return bb_fail(err, BB_EINPUT, "the share of test rows must be between 0 and 1, not %g", share.test);
    if (share.train + share.test > 1)
        return bb_fail(err, BB_EINPUT, "the shares of training rows, %g, and of test rows, %g, are more than 1 together",
                       share.train, share.test);
    return BB_OK;
}

/* scikit-learn's rounding: training rows down, test rows up, the other side gets the rest. */
static enum bb_code count_rows(size_t n_rows, struct bb_share share, size_t *n_train, size_t *n_test, struct bb_err *err)
{
    enum bb_code rc = check_shares(share, err);
    if (rc) return rc;
    double train = floor(share.train * (double)n_rows), test = ceil(share.test * (double)n_rows);
    if (isnan(train)) train = (double)n_rows - test;
    if (isnan(test)) test = (double)n_rows - train;
    if (train + test > (double)n_rows)
        return bb_fail(err, BB_EINPUT, "%g training and %g test rows are more than the %zu rows that there are", train, test,
                       n_rows);
    if (train < 1 || test < 1)
        return bb_fail(err, BB_EINPUT, "a split of %zu row%s leaves %s: there are too few rows, or the share is too small",
                       n_rows, n_rows == 1 ? "" : "s", train < 1 ? "no training rows" : "no test rows");
    *n_train = (size_t)train;
    *n_test = (size_t)test;
    return BB_OK;
}

static struct bb_fold *new_folds(struct bb_folds *out, size_t n, struct bb_arena *arena)
{
    assert(n > 0);
    out->fold = BB_NEW_ARRAY(arena, n, struct bb_fold);
    out->n = n;
    return out->fold;
}

enum bb_code bb_shuffle_split(size_t n_rows, size_t n_splits, struct bb_share share, uint32_t seed, struct bb_arena *arena,
                              struct bb_folds *out, struct bb_err *err)
{
    size_t n_train, n_test;
    enum bb_code rc = count_rows(n_rows, share, &n_train, &n_test, err);
    if (rc) return rc;
    struct bb_fold *fold = new_folds(out, n_splits, arena);
    struct bb_mt19937 mt;
    bb_mt19937_seed(&mt, seed);
    for (size_t s = 0; s < n_splits; s++) {
        size_t *order = BB_NEW_ARRAY(arena, n_rows, size_t);
        bb_mt19937_permutation(&mt, n_rows, order);
        fold[s] = (struct bb_fold){.train = order + n_test, .test = order, .n_train = n_train, .n_test = n_test};
    }
    return BB_OK;
}

/*
 * Rows of each class.
 */
struct classes {
    size_t n;
    size_t *count; /* rows of each class */
    size_t *row;   /* rows, class by class, in their order */
    size_t *first; /* where each class begins in `row` */
};

static struct classes classes_of(const int32_t *class_of_row, size_t n_rows, size_t n_classes, struct bb_arena *arena)
{
    struct classes classes = {n_classes, BB_NEW_ARRAY(arena, n_classes, size_t), BB_NEW_ARRAY(arena, n_rows, size_t),
                              BB_NEW_ARRAY(arena, n_classes, size_t)};
    size_t *next = BB_NEW_ARRAY(arena, n_classes, size_t);
    for (size_t i = 0; i < n_rows; i++) {
        assert(class_of_row[i] >= 0 && (size_t)class_of_row[i] < n_classes);
        classes.count[class_of_row[i]]++;
    }
    for (size_t c = 1; c < n_classes; c++) next[c] = classes.first[c] = classes.first[c - 1] + classes.count[c - 1];
    for (size_t i = 0; i < n_rows; i++) classes.row[next[class_of_row[i]]++] = i;
    return classes;
}

/* The largest remainder below `below`, or −1. */
static double next_remainder(const double *remainder, size_t n, double below)
{
    double largest = -1;
    for (size_t i = 0; i < n; i++)
        if (remainder[i] < below) largest = fmax(largest, remainder[i]);
    return largest;
}

/* One more draw for `need` classes of those whose remainder is `value`, chosen at random; returns how many got one. The
   choice draws numbers even when all are taken, as scikit-learn's does. */
static size_t add_one_each(const double *remainder, size_t n, double value, size_t need, struct bb_mt19937 *mt, size_t *draws,
                           size_t *scratch)
{
    size_t n_equal = 0, *equal = scratch, *order = scratch + n;
    for (size_t i = 0; i < n; i++)
        if (remainder[i] == value) equal[n_equal++] = i;
    size_t n_add = n_equal < need ? n_equal : need;
    bb_mt19937_choice(mt, n_equal, n_add, order);
    for (size_t i = 0; i < n_add; i++) draws[equal[order[i]]]++;
    return n_add;
}

/* scikit-learn's _approximate_mode: about the most likely numbers per class when n_draws are drawn from `count`. */
static void approximate_mode(const size_t *count, size_t n, size_t n_draws, struct bb_mt19937 *mt, size_t *draws,
                             struct bb_arena *arena)
{
    double total = 0, drawn = 0, *remainder = BB_NEW_ARRAY(arena, n, double);
    size_t *scratch = BB_NEW_ARRAY(arena, 2 * n, size_t);
    for (size_t i = 0; i < n; i++) total += (double)count[i];
    for (size_t i = 0; i < n; i++) {
        double share = (double)count[i] / total * (double)n_draws;
        draws[i] = (size_t)floor(share);
        remainder[i] = share - floor(share);
        drawn += floor(share);
    }
    if ((double)n_draws <= drawn) return;
    size_t need = (size_t)((double)n_draws - drawn);
    for (double value = next_remainder(remainder, n, 1); need > 0 && value >= 0; value = next_remainder(remainder, n, value))
        need -= add_one_each(remainder, n, value, need, mt, draws, scratch);
}

static void shuffle(struct bb_mt19937 *mt, size_t *row, size_t n, struct bb_arena *arena)
{
    size_t *order = BB_NEW_ARRAY(arena, n, size_t), *kept = BB_NEW_ARRAY(arena, n, size_t);
    bb_mt19937_permutation(mt, n, order);
    memcpy(kept, row, n * sizeof *row);
    for (size_t i = 0; i < n; i++) row[i] = kept[order[i]];
}

static struct bb_fold stratified_fold(const struct classes *classes, size_t n_train, size_t n_test, struct bb_mt19937 *mt,
                                      struct bb_arena *arena)
{
    size_t n = classes->n, *train_of = BB_NEW_ARRAY(arena, n, size_t), *test_of = BB_NEW_ARRAY(arena, n, size_t);
    size_t *left = BB_NEW_ARRAY(arena, n, size_t), *train = BB_NEW_ARRAY(arena, n_train + n, size_t);
    size_t *test = BB_NEW_ARRAY(arena, n_test + n, size_t), in_train = 0, in_test = 0;
    approximate_mode(classes->count, n, n_train, mt, train_of, arena);
    for (size_t c = 0; c < n; c++) left[c] = classes->count[c] - train_of[c];
    approximate_mode(left, n, n_test, mt, test_of, arena);
    for (size_t c = 0; c < n; c++) {
        size_t count = classes->count[c], *order = BB_NEW_ARRAY(arena, count, size_t);
        const size_t *row = classes->row + classes->first[c];
        bb_mt19937_permutation(mt, count, order);
        for (size_t i = 0; i < train_of[c]; i++) train[in_train++] = row[order[i]];
        for (size_t i = train_of[c]; i < train_of[c] + test_of[c] && i < count; i++) test[in_test++] = row[order[i]];
    }
    shuffle(mt, train, in_train, arena);
    shuffle(mt, test, in_test, arena);
    return (struct bb_fold){train, test, in_train, in_test};
}

static enum bb_code check_classes(const struct classes *classes, size_t n_train, size_t n_test, struct bb_err *err)
{
    for (size_t c = 0; c < classes->n; c++)
        if (classes->count[c] < 2)
            return bb_fail(err, BB_EINPUT, "a stratified split needs at least two rows of each class, and one class has %zu",
                           classes->count[c]);
    if (n_train < classes->n || n_test < classes->n)
        return bb_fail(
            err, BB_EINPUT,
            "a stratified split of %zu classes cannot have %zu training and %zu test rows: each must have one of every class",
            classes->n, n_train, n_test);
    return BB_OK;
}

enum bb_code bb_stratified_shuffle_split(const int32_t *class_of_row, size_t n_rows, size_t n_classes, size_t n_splits,
                                         struct bb_share share, uint32_t seed, struct bb_arena *arena, struct bb_folds *out,
                                         struct bb_err *err)
{
    size_t n_train, n_test;
    enum bb_code rc = count_rows(n_rows, share, &n_train, &n_test, err);
    if (rc) return rc;
    struct classes classes = classes_of(class_of_row, n_rows, n_classes, arena);
    rc = check_classes(&classes, n_train, n_test, err);
    if (rc) return rc;
    struct bb_fold *fold = new_folds(out, n_splits, arena);
    struct bb_mt19937 mt;
    bb_mt19937_seed(&mt, seed);
    for (size_t s = 0; s < n_splits; s++) fold[s] = stratified_fold(&classes, n_train, n_test, &mt, arena);
    return BB_OK;
}

/*
 * K folds: fold_of_row says in which fold a row is tested. Rows stand in their order.
 */
static enum bb_code check_folds(size_t n, const char *what, size_t n_splits, struct bb_err *err)
{
    if (n_splits < 2) return bb_fail(err, BB_EINPUT, "k-fold cross-validation needs at least 2 folds, not %zu", n_splits);
    if (n_splits > n) return bb_fail(err, BB_EINPUT, "%zu folds are more than the %zu %s that there are", n_splits, n, what);
    return BB_OK;
}

static struct bb_fold fold_of(const size_t *fold_of_row, size_t n_rows, size_t k, struct bb_arena *arena)
{
    size_t *row = BB_NEW_ARRAY(arena, n_rows, size_t), n_test = 0, in_train = 0, in_test = 0;
    for (size_t i = 0; i < n_rows; i++) n_test += fold_of_row[i] == k ? 1 : 0;
    size_t *train = row + n_test;
    for (size_t i = 0; i < n_rows; i++) {
        if (fold_of_row[i] == k)
            row[in_test++] = i;
        else
            train[in_train++] = i;
    }
    return (struct bb_fold){train, row, n_rows - n_test, n_test};
}

static void folds_of(const size_t *fold_of_row, size_t n_rows, size_t n_splits, struct bb_arena *arena, struct bb_folds *out)
{
    struct bb_fold *fold = new_folds(out, n_splits, arena);
    for (size_t k = 0; k < n_splits; k++) fold[k] = fold_of(fold_of_row, n_rows, k, arena);
}

/* The part that element i of n is in when they are cut into k parts, the first n % k of which have one more
   (numpy.array_split). */
static size_t part_of(size_t i, size_t n, size_t k)
{
    size_t size = n / k, larger = n % k;
    if (i < larger * (size + 1)) return i / (size + 1);
    return larger + (i - larger * (size + 1)) / size;
}

/* The fold of each of n things, shuffled and cut. */
static size_t *deal(size_t n, size_t n_splits, uint32_t seed, struct bb_arena *arena)
{
    size_t *order = BB_NEW_ARRAY(arena, n, size_t), *fold = BB_NEW_ARRAY(arena, n, size_t);
    struct bb_mt19937 mt;
    bb_mt19937_seed(&mt, seed);
    bb_mt19937_permutation(&mt, n, order);
    for (size_t i = 0; i < n; i++) fold[order[i]] = part_of(i, n, n_splits);
    return fold;
}

enum bb_code bb_kfold(size_t n_rows, size_t n_splits, uint32_t seed, struct bb_arena *arena, struct bb_folds *out,
                      struct bb_err *err)
{
    enum bb_code rc = check_folds(n_rows, "rows", n_splits, err);
    if (rc) return rc;
    folds_of(deal(n_rows, n_splits, seed, arena), n_rows, n_splits, arena, out);
    return BB_OK;
}

enum bb_code bb_group_kfold(const int32_t *group_of_row, size_t n_rows, size_t n_groups, size_t n_splits, uint32_t seed,
                            struct bb_arena *arena, struct bb_folds *out, struct bb_err *err)
{
    enum bb_code rc = check_folds(n_groups, "groups", n_splits, err);
    if (rc) return rc;
    const size_t *fold_of_group = deal(n_groups, n_splits, seed, arena);
    size_t *fold_of_row = BB_NEW_ARRAY(arena, n_rows, size_t);
    for (size_t i = 0; i < n_rows; i++) fold_of_row[i] = fold_of_group[group_of_row[i]];
    folds_of(fold_of_row, n_rows, n_splits, arena, out);
    return BB_OK;
}

/* Classes in the order in which they appear among the rows. */
static size_t *by_appearance(const int32_t *class_of_row, size_t n_rows, size_t n_classes, struct bb_arena *arena)
{
    size_t *order = BB_NEW_ARRAY(arena, n_classes, size_t), n = 0;
    bool *seen = BB_NEW_ARRAY(arena, n_classes, bool);
    for (size_t i = 0; i < n_rows; i++)
        if (!seen[class_of_row[i]]) {
            seen[class_of_row[i]] = true;
            order[n++] = (size_t)class_of_row[i];
        }
    return order;
}

/* The folds of the rows of one class: rows first … first + count − 1 of all rows sorted by class go round the folds; then
   they are shuffled. */
static void deal_class(const size_t *row, size_t count, size_t first, size_t n_splits, struct bb_mt19937 *mt, size_t *fold_of_row,
                       struct bb_arena *arena)
{
    size_t *fold = BB_NEW_ARRAY(arena, count, size_t), n = 0;
    for (size_t k = 0; k < n_splits; k++)
        for (size_t i = first; i < first + count; i++)
            if (i % n_splits == k) fold[n++] = k;
    shuffle(mt, fold, count, arena);
    for (size_t i = 0; i < count; i++) fold_of_row[row[i]] = fold[i];
}

enum bb_code bb_stratified_kfold(const int32_t *class_of_row, size_t n_rows, size_t n_classes, size_t n_splits, uint32_t seed,
                                 struct bb_arena *arena, struct bb_folds *out, struct bb_err *err)
{
    enum bb_code rc = check_folds(n_rows, "rows", n_splits, err);
    if (rc) return rc;
    struct classes classes = classes_of(class_of_row, n_rows, n_classes, arena);
    size_t largest = 0, first = 0, *fold_of_row = BB_NEW_ARRAY(arena, n_rows, size_t);
    for (size_t c = 0; c < n_classes; c++) largest = classes.count[c] > largest ? classes.count[c] : largest;
    if (n_splits > largest)
        return bb_fail(err, BB_EINPUT, "%zu folds are more than the rows of any class; the largest has %zu", n_splits, largest);
    const size_t *order = by_appearance(class_of_row, n_rows, n_classes, arena);
    struct bb_mt19937 mt;
    bb_mt19937_seed(&mt, seed);
    for (size_t k = 0; k < n_classes; k++) {
        size_t c = order[k];
        deal_class(classes.row + classes.first[c], classes.count[c], first, n_splits, &mt, fold_of_row, arena);
        first += classes.count[c];
    }
    folds_of(fold_of_row, n_rows, n_splits, arena, out);
    return BB_OK;
}
