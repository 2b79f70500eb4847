#include "score/policy.h"

#include <stdlib.h>

const char *const bb_missing_names[BB_N_MISSING] = {
    [BB_MISSING_ZERO] = "zero", [BB_MISSING_SKIP] = "skip", [BB_MISSING_REQUIRE] = "require"};

void bb_policies_open(struct bb_policies *policies, const struct bb_results *results)
{
    policies->results = results;
    for (int p = 0; p < BB_N_MISSING; p++) policies->under[p] = bb_results_under_policy(results, (enum bb_missing)p);
}

void bb_policies_close(struct bb_policies *policies)
{
    for (int p = 0; p < BB_N_MISSING; p++) bb_results_free(policies->under[p]);
}

struct ordered {
    struct bb_policy_change change;
    size_t place; /* rank in force; no rank is behind all */
};

static int by_place(const void *a, const void *b)
{
    const struct ordered *x = a, *y = b;
    if (x->place != y->place) return x->place < y->place ? -1 : 1;
    return x->change.model < y->change.model ? -1 : x->change.model > y->change.model;
}

static bool read_change(const struct bb_policies *policies, size_t model, size_t node, struct bb_policy_change *out)
{
    bool differs = false;
    out->model = model;
    for (int p = 0; p < BB_N_MISSING; p++) {
        const struct bb_aggregate *aggregate = bb_results_aggregate(policies->under[p], model, node);
        out->rank[p] = aggregate->rank;
        out->score[p] = aggregate->score;
        differs |= aggregate->rank != out->rank[0];
    }
    return differs;
}

struct bb_policy_changes bb_policy_changes(const struct bb_policies *policies, size_t node, struct bb_arena *arena)
{
    const struct bb_results *results = policies->results;
    int in_force = results->board.options.missing;
    struct bb_policy_changes changes = {BB_NEW_ARRAY(arena, results->n_models + 1, struct bb_policy_change), 0,
                                        bb_results_withheld_below(results, node)};
    if (changes.unknown) return changes;
    struct ordered *ordered = BB_NEW_ARRAY(arena, results->n_models + 1, struct ordered);
    for (size_t m = 0; m < results->n_models; m++) {
        if (!read_change(policies, m, node, &ordered[changes.n].change)) continue;
        size_t rank = ordered[changes.n].change.rank[in_force];
        ordered[changes.n++].place = rank ? rank : results->n_models + 1;
    }
    qsort(ordered, changes.n, sizeof ordered[0], by_place);
    for (size_t i = 0; i < changes.n; i++) changes.change[i] = ordered[i].change;
    return changes;
}
