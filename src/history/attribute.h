/*
 * The terms of averages that diff.h speaks of.
 */
#ifndef BB_HISTORY_ATTRIBUTE_H
#define BB_HISTORY_ATTRIBUTE_H

#include "history/diff.h"

/* Nodes of one board in the other, by id; BB_NO_NODE: not there, or not the same kind of node. */
struct bb_matches {
    const size_t *to_new, *to_old;
    const unsigned *revised; /* per node of the new board: what changed of a benchmark that is in both (enum bb_cause) */
    bool regrouped;          /* the tree is not the same for nodes that are in both */
};

struct bb_attribution;
struct bb_attribution *bb_attribution_new(const struct bb_results *before, const struct bb_results *after,
                                          const struct bb_matches *matches, struct bb_arena *arena);
/* Works out the terms of a model that is in both. */
void bb_attribution_model(struct bb_attribution *it, size_t model_before, size_t model_after);
/* Those of one group (a node of the new board that is in both), into *out: terms and sums, in the arena. */
void bb_attribution_terms(struct bb_attribution *it, size_t node_after, struct bb_average_change *out);
void bb_attribution_free(struct bb_attribution *it);

/* What a benchmark's change of a cell counts as. Both are of benchmarks that are in both boards. */
enum bb_term_kind bb_attribution_kind(const struct bb_cell *before, const struct bb_cell *after, bool is_revised);

#endif
