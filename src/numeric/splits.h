/*
 * Splits to the index: scikit-learn's splitters on numpy's legacy random numbers, as the reference draws them. Everything
 * lives in the caller's arena.
 */
#ifndef BB_NUMERIC_SPLITS_H
#define BB_NUMERIC_SPLITS_H

#include <stdint.h>

#include "base/mem.h"

/* Row numbers in the order in which scikit-learn gives them. */
struct bb_fold {
    const size_t *train, *test;
    size_t n_train, n_test;
};

struct bb_folds {
    struct bb_fold *fold;
    size_t n;
};

/* Shares of the rows, as scikit-learn takes train_size and test_size. NaN: not given (at least one is). */
struct bb_share {
    double train, test;
};

/* Errors are sentences: too few rows or groups, a class with one member, shares that leave nothing. */
enum bb_code bb_shuffle_split(size_t n_rows, size_t n_splits, struct bb_share share, uint32_t seed, struct bb_arena *arena,
                              struct bb_folds *out, struct bb_err *err) BB_MUST_CHECK;
/* class_of_row: numbers 0 … n_classes − 1 in the sorted order of the labels. */
enum bb_code bb_stratified_shuffle_split(const int32_t *class_of_row, size_t n_rows, size_t n_classes, size_t n_splits,
                                         struct bb_share share, uint32_t seed, struct bb_arena *arena, struct bb_folds *out,
                                         struct bb_err *err) BB_MUST_CHECK;
/* Shuffled, as the reference uses them. */
enum bb_code bb_kfold(size_t n_rows, size_t n_splits, uint32_t seed, struct bb_arena *arena, struct bb_folds *out,
                      struct bb_err *err) BB_MUST_CHECK;
enum bb_code bb_stratified_kfold(const int32_t *class_of_row, size_t n_rows, size_t n_classes, size_t n_splits, uint32_t seed,
                                 struct bb_arena *arena, struct bb_folds *out, struct bb_err *err) BB_MUST_CHECK;
/* group_of_row: numbers in the sorted order of the groups. As scikit-learn ≥ 1.6, which Debian 12 does not have: from its
   documentation. */
enum bb_code bb_group_kfold(const int32_t *group_of_row, size_t n_rows, size_t n_groups, size_t n_splits, uint32_t seed,
                            struct bb_arena *arena, struct bb_folds *out, struct bb_err *err) BB_MUST_CHECK;

#endif
