/*
 * Policies for missing scores, side by side: what each would make of a board, and where they would order it differently.
 */
#ifndef BB_SCORE_POLICY_H
#define BB_SCORE_POLICY_H

#include "score/results.h"

enum { BB_N_MISSING = BB_MISSING_REQUIRE + 1 };
extern const char *const bb_missing_names[BB_N_MISSING]; /* "zero", "skip", "require", as in the manifest */

/* The board under each policy. `results` must outlive them. */
struct bb_policies {
    const struct bb_results *results;
    struct bb_results *under[BB_N_MISSING];
};
void bb_policies_open(struct bb_policies *policies, const struct bb_results *results);
void bb_policies_close(struct bb_policies *policies);

/* A model whose rank at a node is not the same under all of them. */
struct bb_policy_change {
    size_t model;
    size_t rank[BB_N_MISSING]; /* 0: none */
    double score[BB_N_MISSING];
};
struct bb_policy_changes {
    struct bb_policy_change *change; /* in the order of the ranks that are in force; models without one last */
    size_t n;
    bool unknown; /* withheld scores count in the averages of the node: what another policy would make of them cannot be told */
};
struct bb_policy_changes bb_policy_changes(const struct bb_policies *policies, size_t node, struct bb_arena *arena);

#endif
