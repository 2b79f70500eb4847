/*
 * Suites of minimal pairs in the format of SyntaxGym (Gauthier et al. 2020): items that are written in several conditions, each
 * in regions, and predictions about the surprisal of regions (metric/formula.h). A bit of an item is 1 when every prediction of the
 * suite holds for it. Region values are those of the suite's `metric`, sum (others are refused).
 */
#ifndef BB_MODEL_SUITE_H
#define BB_MODEL_SUITE_H

#include "base/json.h"
#include "metric/formula.h"

struct bb_region {
    long number;
    const char *content; /* its words, between blanks; may be empty */
};

struct bb_condition {
    const char *name;
    struct bb_region *region;
    size_t n;
    size_t first; /* place of its first region's surprisal among those of the suite */
};

struct bb_item {
    struct bb_condition *condition;
    size_t n;
};

struct bb_suite {
    const char *name;
    struct bb_item *item;
    size_t n;
    const struct bb_formula *const *prediction;
    size_t n_predictions;
    size_t n_regions; /* of all items and conditions */
};

/* Texts point into json. BB_EINPUT: a sentence with the place. */
enum bb_code bb_suite_read(const struct bb_json *json, struct bb_arena *arena, struct bb_suite *out,
                           struct bb_err *err) BB_MUST_CHECK;

/* surprisal: n_regions, items in order, their conditions in order, their regions in order; NaN counts as 0. bits: n + 1 bytes, '0', '1' and a NUL.
   BB_EINPUT when a formula names what an item does not have. */
enum bb_code bb_suite_bits(const struct bb_suite *suite, const double *surprisal, char *bits, struct bb_err *err) BB_MUST_CHECK;

#endif
