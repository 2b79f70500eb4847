/*
 * Why ranks changed, in whole numbers (diff.h).
 */
#ifndef BB_HISTORY_RANK_CHANGE_H
#define BB_HISTORY_RANK_CHANGE_H

#include "history/diff.h"

/* Fills own, entered, left and moved of changes that are all at one group. to_new, to_old: models of one board in the other, BB_NO_NODE for none. */
void bb_rank_changes(const struct bb_results *before, const struct bb_results *after, const size_t *to_new, const size_t *to_old,
                     struct bb_average_change *change, size_t n);

#endif
