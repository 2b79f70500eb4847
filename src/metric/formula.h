/*
 * Predictions of suites of minimal pairs (SyntaxGym, Gauthier et al. 2020): formulas about the surprisal of regions, such as
 * "((6;%match%) < (6;%mismatch%)) & ((*;%a%) = (*;%b%))".
 *
 * (k;%condition%) is a region's surprisal, (*;%condition%) that of all its regions; + and −, then < > and = (equal within 1e-3 + 1e-5
 * of the right side), then & and |, each level from the left; parentheses; numbers. < and > do not hold of what is equal.
 */
#ifndef BB_METRIC_FORMULA_H
#define BB_METRIC_FORMULA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/mem.h"

struct bb_formula; /* as it was parsed */

/* BB_EINPUT with the position of what is wrong. */
enum bb_code bb_formula_parse(const char *text, struct bb_arena *arena, const struct bb_formula **out,
                              struct bb_err *err) BB_MUST_CHECK;

struct bb_region_total {
    const char *condition;
    long region;
    double surprisal; /* NaN counts as 0 */
};

/* Whether all n formulas hold for an item with these totals; several of one region are summed. BB_EINPUT when a formula names a
   region that the item does not have; `item` is what the sentence calls it. */
enum bb_code bb_formulas_hold(const struct bb_formula *const *formula, size_t n, const struct bb_region_total *total,
                              size_t n_totals, const char *item, bool *out, struct bb_err *err) BB_MUST_CHECK;

#endif
