/*
 * What changed between two releases of a board, and why: exact, and additive.
 *
 * AVERAGES. For every group and every model that has an average of it in both, the difference is a sum of terms, by the path from the old to the
 * new board in these steps (enum bb_term_kind, in this order):
 *   score     scores that changed on benchmarks that did not
 *   lost      scores that were there and are not any more
 *   found     scores that were not there: newly scored
 *   exempt    benchmarks without a score that no longer count for the model, or now do
 *   revised   benchmarks whose version, definition, metric or data changed, whatever their scores did
 *   removed   benchmarks that left (or whose data is no longer at hand)
 *   regrouped the tree: parents, engineering, groups without an average
 *   added     benchmarks that came
 *   policy    the rule for missing scores
 *   withheld  what follows from scores that are not published: the rest, where such scores count in an average
 * Each step changes one benchmark after the other, and a term is what the average moves by then. Within a step the benchmarks are taken in the
 * order of the tree and in the reverse order, and a term is the mean of the two: so it does not matter who stands first. A state in which there is
 * no average (all its benchmarks left before the new ones came) is passed over: what follows counts from the last one. The terms sum to the
 * difference but for the rounding of the additions (tested to 1e-12).
 *
 * RANKS. A model that is ranked in both moves by
 *   own      its new score among the others' old ones
 *   entered, left   others that are ranked in one of them only, ahead of that score
 *   moved    others that are ranked in both, and passed it
 * which are whole numbers, and sum to the difference of the ranks; positive is down.
 *
 * CELLS. Each changed cell says what of its inputs changed (enum bb_cause).
 */
#ifndef BB_HISTORY_DIFF_H
#define BB_HISTORY_DIFF_H

#include "history/record.h"

enum bb_term_kind {
    BB_TERM_SCORE,
    BB_TERM_LOST,
    BB_TERM_FOUND,
    BB_TERM_EXEMPT,
    BB_TERM_REVISED,
    BB_TERM_REMOVED,
    BB_TERM_REGROUPED,
    BB_TERM_ADDED,
    BB_TERM_POLICY,
    BB_TERM_WITHHELD,
    BB_N_TERMS
};
/* key: in JSON ("score"); title: of a column ("scores"); long: in a sentence ("scores that changed"). */
struct bb_term_name {
    const char *key, *title, *words;
};
extern const struct bb_term_name bb_term_names[BB_N_TERMS];

/* What is behind the change of a cell or a benchmark; several can hold. */
enum bb_cause {
    BB_CAUSE_OUTPUT = 1 << 0,     /* the model's outputs: digest */
    BB_CAUSE_DATA = 1 << 1,       /* the benchmark's data: digest */
    BB_CAUSE_DEFINITION = 1 << 2, /* metric, ceiling, normalisation, selection: digest */
    BB_CAUSE_METRIC = 1 << 3,     /* the metric's own version */
    BB_CAUSE_VERSION = 1 << 4,    /* the number that the benchmark bears */
    BB_CAUSE_CEILING = 1 << 5,    /* what the ceiling came to */
    BB_CAUSE_LAYER = 1 << 6,      /* another layer of the model is scored */
    BB_CAUSE_SOURCE = 1 << 7,     /* another score list, or its rule */
    BB_CAUSE_OPTIONS = 1 << 8,    /* the board's options on items, layers, seeds */
    BB_CAUSE_OTHER = 1 << 9       /* none of these: the answers of other models (items in common), the program */
};
enum { BB_N_CAUSES = 10 };
struct bb_cause_name {
    const char *key, *words;
};
extern const struct bb_cause_name bb_cause_names[BB_N_CAUSES]; /* by the number of the bit */

enum bb_node_change_kind { BB_NODE_ADDED, BB_NODE_REMOVED, BB_NODE_REVISED, BB_NODE_REGROUPED };
extern const char *const bb_node_change_names[];

/* Benchmarks, and groups that were regrouped. */
struct bb_node_change {
    enum bb_node_change_kind kind;
    size_t before, after; /* nodes of the old and the new board; BB_NO_NODE */
    unsigned causes;
};

struct bb_cell_change {
    size_t model[2], node[2]; /* in the old and the new board */
    enum bb_term_kind kind;   /* SCORE … REVISED */
    unsigned causes;
    const struct bb_cell *before, *after;
};

struct bb_term {
    enum bb_term_kind kind;
    const char *benchmark; /* its id; NULL: of all together (regrouped, policy, withheld) */
    double delta;
};

struct bb_average_change {
    size_t model[2], node[2];
    double before, after; /* NaN: no average; then there are no terms */
    double sum[BB_N_TERMS];
    const struct bb_term *term; /* in the order of the steps; none is 0 */
    size_t n_terms;
    size_t rank_before, rank_after; /* 0: not ranked; else: */
    long own, entered, left, moved; /* all 0 where one of them is 0 */
};

struct bb_diff {
    const struct bb_results *before, *after;
    size_t *model_added, *model_removed; /* models of `after`, of `before` */
    size_t n_models_added, n_models_removed, n_models_common;
    struct bb_node_change *node;
    size_t n_nodes;
    struct bb_cell_change *cell; /* models in order, benchmarks as in the new tree */
    size_t n_cells;
    struct bb_average_change
        *average; /* groups in the order of the new tree, models in theirs: those whose average or rank changed */
    size_t n_averages;
    bool missing, parity, options; /* the rule for missing scores, the rounding, other options changed */
    bool any;                      /* something changed */
};

/* `before` and `after` must be published, as records are. All of it is in the arena, and borrows from both. */
struct bb_diff *bb_diff_new(const struct bb_results *before, const struct bb_results *after, struct bb_arena *arena);

/* The change of a model at a group of the new board; NULL: none. */
const struct bb_average_change *bb_diff_find(const struct bb_diff *diff, size_t model_after, size_t node_after);

#endif
