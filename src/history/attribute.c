#include "history/attribute.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One of the two boards for one model, in a state between old and new: benchmarks that count and their scores, and the averages of the groups by
   the rule of score/aggregate.c. */
struct board {
    const struct bb_results *results;
    bool *counts;  /* per node */
    double *value; /* NaN: no score */
    int missing;
};

/* Terms are collected in a table group × source, of which few places are used. Sources: a benchmark of the old board (its number), one of the new
   board alone (n_old + its number), and behind them the kinds that belong to no benchmark. */
struct bb_attribution {
    const struct bb_results *before, *after;
    struct bb_matches matches;
    struct bb_arena *arena;
    size_t n_old, n_new, n_sources;
    struct board old_board, new_board;
    enum bb_term_kind *kind; /* per source */
    bool *changes;           /* per source: there is a step for it */
    double *delta;           /* n_new × n_sources */
    size_t *used;            /* places of delta that are not 0, in the order of their first step */
    size_t n_used, cap_used;
    bool *is_used;
    double *last, *start; /* per node of the new board: the average that the next term counts from; the first one */
    size_t model[2];
};

static bool counts_in(const struct bb_cell *cell)
{
    return cell->status != BB_CELL_NONE && cell->status != BB_CELL_NOT_APPLICABLE;
}

static double value_of(const struct bb_cell *cell)
{
    return cell->status == BB_CELL_OK ? cell->score : (double)NAN;
}

/* --- averages --------------------------------------------------------------------------------------------------------- */

static void evaluate(struct board *board, size_t group)
{
    const struct bb_tree *tree = &board->results->tree;
    const struct bb_node *node = &tree->node[group];
    size_t counted = 0, scored = 0;
    double sum = 0;
    for (size_t c = 0; c < node->n_children; c++) {
        size_t child = tree->child[node->first_child + c];
        if (!board->counts[child] || (tree->node[child].engineering && !node->engineering)) continue;
        counted++;
        if (isnan(board->value[child])) continue;
        scored++;
        sum += board->value[child];
    }
    bool has = !node->no_average && scored && (board->missing != BB_MISSING_REQUIRE || scored == counted);
    board->counts[group] = counted > 0;
    board->value[group] = has ? sum / (double)(board->missing == BB_MISSING_SKIP ? scored : counted) : (double)NAN;
}

static void evaluate_all(struct board *board)
{
    for (size_t i = board->results->tree.n; i-- > 0;)
        if (!bb_node_is_leaf(&board->results->tree.node[i])) evaluate(board, i);
}

static void set_leaf(struct board *board, size_t leaf, bool counts, double value)
{
    board->counts[leaf] = counts;
    board->value[leaf] = value;
    const struct bb_node *node = board->results->tree.node;
    for (size_t i = node[leaf].parent_index; i != BB_NO_NODE; i = node[i].parent_index) evaluate(board, i);
}

/* --- terms ------------------------------------------------------------------------------------------------------------ */

/* Half of what the average of a group moved by, since each step is taken in two orders. */
static void collect(struct bb_attribution *it, size_t group, size_t source, double value)
{
    if (isnan(value)) return; /* passed over */
    double from = it->last[group];
    it->last[group] = value;
    if (isnan(from) || value == from) return;
    size_t place = group * it->n_sources + source;
    if (!it->is_used[place]) {
        it->is_used[place] = true;
        it->used = bb_grow(it->used, &it->cap_used, it->n_used + 1, sizeof *it->used);
        it->used[it->n_used++] = place;
    }
    it->delta[place] += (value - from) / 2;
}

static void forget(struct bb_attribution *it)
{
    for (size_t i = 0; i < it->n_used; i++) {
        it->delta[it->used[i]] = 0;
        it->is_used[it->used[i]] = false;
    }
    it->n_used = 0;
}

/* The groups above a benchmark that just changed. */
static void collect_above(struct bb_attribution *it, const struct board *board, size_t leaf, size_t source)
{
    const struct bb_node *node = board->results->tree.node;
    bool is_old = board == &it->old_board;
    for (size_t i = node[leaf].parent_index; i != BB_NO_NODE; i = node[i].parent_index) {
        size_t group = is_old ? it->matches.to_new[i] : i;
        if (group != BB_NO_NODE && it->matches.to_old[group] != BB_NO_NODE) collect(it, group, source, board->value[i]);
    }
}

static void collect_all(struct bb_attribution *it, enum bb_term_kind kind)
{
    for (size_t i = 0; i < it->n_new; i++)
        if (it->matches.to_old[i] != BB_NO_NODE && !bb_node_is_leaf(&it->after->tree.node[i]))
            collect(it, i, it->n_old + it->n_new + (size_t)kind, it->new_board.value[i]);
}

/* --- the path --------------------------------------------------------------------------------------------------------- */

enum bb_term_kind bb_attribution_kind(const struct bb_cell *before, const struct bb_cell *after, bool is_revised)
{
    bool had = !isnan(value_of(before)), has = !isnan(value_of(after));
    if (is_revised) return BB_TERM_REVISED;
    if (had && has) return BB_TERM_SCORE;
    return had ? BB_TERM_LOST : has ? BB_TERM_FOUND : BB_TERM_EXEMPT;
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* What becomes of the benchmarks for the model: a kind for each source, and whether it has a step at all. */
static void sort_changes(struct bb_attribution *it)
{
    memset(it->changes, 0, it->n_sources * sizeof *it->changes);
    for (size_t i = 0; i < it->n_old; i++) {
        if (!bb_node_is_leaf(&it->before->tree.node[i])) continue;
        const struct bb_cell *before = bb_results_cell(it->before, it->model[0], i);
        size_t twin = it->matches.to_new[i];
        if (twin == BB_NO_NODE || !it->after->facts[twin].present) {
            it->kind[i] = BB_TERM_REMOVED;
            it->changes[i] = counts_in(before);
            continue;
        }
        const struct bb_cell *after = bb_results_cell(it->after, it->model[1], twin);
        it->kind[i] =
            !it->before->facts[i].present ? BB_TERM_ADDED : bb_attribution_kind(before, after, it->matches.revised[twin]);
        it->changes[i] = counts_in(before) != counts_in(after) || !same(value_of(before), value_of(after));
    }
    for (size_t i = 0; i < it->n_new; i++) {
        if (it->matches.to_old[i] != BB_NO_NODE || !bb_node_is_leaf(&it->after->tree.node[i])) continue;
        it->kind[it->n_old + i] = BB_TERM_ADDED;
        it->changes[it->n_old + i] = counts_in(bb_results_cell(it->after, it->model[1], i));
    }
}

/* The old board as it was; of the new one what both have and nothing else. */
static void set_boards(struct bb_attribution *it)
{
    for (size_t i = 0; i < it->n_old; i++) {
        const struct bb_cell *cell = bb_results_cell(it->before, it->model[0], i);
        it->old_board.counts[i] = counts_in(cell);
        it->old_board.value[i] = value_of(cell);
    }
    for (size_t i = 0; i < it->n_new; i++) {
        const struct bb_cell *cell = bb_results_cell(it->after, it->model[1], i);
        size_t twin = it->matches.to_old[i];
        bool is_kept = twin != BB_NO_NODE && (it->kind[twin] != BB_TERM_REMOVED && it->kind[twin] != BB_TERM_ADDED);
        it->new_board.counts[i] = is_kept && counts_in(cell);
        it->new_board.value[i] = is_kept ? value_of(cell) : (double)NAN;
    }
    it->new_board.missing = it->before->board.options.missing;
    evaluate_all(&it->old_board);
    evaluate_all(&it->new_board);
    for (size_t i = 0; i < it->n_new; i++) {
        size_t twin = it->matches.to_old[i];
        it->last[i] = twin == BB_NO_NODE ? (double)NAN : it->old_board.value[twin];
    }
}

static void step_old(struct bb_attribution *it, size_t leaf, enum bb_term_kind kind)
{
    size_t twin = it->matches.to_new[leaf];
    bool counts = false;
    double value = (double)NAN;
    if (!it->changes[leaf] || it->kind[leaf] != kind) return;
    if (kind != BB_TERM_REMOVED) {
        const struct bb_cell *cell = bb_results_cell(it->after, it->model[1], twin);
        counts = counts_in(cell);
        value = value_of(cell);
    }
    set_leaf(&it->old_board, leaf, counts, value);
    collect_above(it, &it->old_board, leaf, leaf);
}

static void step_new(struct bb_attribution *it, size_t leaf)
{
    size_t twin = it->matches.to_old[leaf], source = twin == BB_NO_NODE ? it->n_old + leaf : twin;
    const struct bb_cell *cell = bb_results_cell(it->after, it->model[1], leaf);
    if (!it->changes[source] || it->kind[source] != BB_TERM_ADDED) return;
    set_leaf(&it->new_board, leaf, counts_in(cell), value_of(cell));
    collect_above(it, &it->new_board, leaf, source);
}

static void walk(struct bb_attribution *it, bool backwards)
{
    set_boards(it);
    for (int kind = BB_TERM_SCORE; kind <= BB_TERM_REMOVED; kind++)
        for (size_t k = 0; k < it->n_old; k++) step_old(it, backwards ? it->n_old - 1 - k : k, (enum bb_term_kind)kind);
    if (it->matches.regrouped) collect_all(it, BB_TERM_REGROUPED);
    for (size_t k = 0; k < it->n_new; k++) step_new(it, backwards ? it->n_new - 1 - k : k);
    it->new_board.missing = it->after->board.options.missing;
    if (it->new_board.missing == it->before->board.options.missing) return;
    evaluate_all(&it->new_board);
    collect_all(it, BB_TERM_POLICY);
}

void bb_attribution_model(struct bb_attribution *it, size_t model_before, size_t model_after)
{
    forget(it);
    it->model[0] = model_before;
    it->model[1] = model_after;
    sort_changes(it);
    set_boards(it);
    memcpy(it->start, it->last, it->n_new * sizeof *it->start);
    walk(it, false);
    walk(it, true);
}

/* --- what comes out --------------------------------------------------------------------------------------------------- */

static void add_term(struct bb_attribution *it, struct bb_average_change *out, struct bb_term *term, enum bb_term_kind kind,
                     size_t source, double delta)
{
    const char *benchmark = source < it->n_old               ? it->before->tree.node[source].id
                            : source < it->n_old + it->n_new ? it->after->tree.node[source - it->n_old].id
                                                             : NULL;
    if (delta == 0) return;
    term[out->n_terms++] = (struct bb_term){kind, benchmark, delta};
    out->sum[kind] += delta;
}

static void add_terms(struct bb_attribution *it, size_t group, struct bb_average_change *out, struct bb_term *term)
{
    size_t first = group * it->n_sources, behind = first + it->n_sources;
    for (int kind = 0; kind < BB_N_TERMS; kind++)
        for (size_t i = 0; i < it->n_used; i++) {
            if (it->used[i] < first || it->used[i] >= behind) continue;
            size_t source = it->used[i] - first;
            if (it->kind[source] == (enum bb_term_kind)kind)
                add_term(it, out, term, it->kind[source], source, it->delta[it->used[i]]);
        }
}

void bb_attribution_terms(struct bb_attribution *it, size_t node, struct bb_average_change *out)
{
    size_t n = 1;
    for (size_t i = 0; i < it->n_used; i++) n += it->used[i] / it->n_sources == node;
    struct bb_term *term = BB_NEW_ARRAY(it->arena, n, struct bb_term);
    out->term = term;
    out->n_terms = 0;
    memset(out->sum, 0, sizeof out->sum);
    if (isnan(out->before) || isnan(out->after)) return;
    size_t twin = it->matches.to_old[node];
    bool hides = bb_results_withheld_below(it->before, twin) || bb_results_withheld_below(it->after, node);
    bool is_known = !isnan(it->start[node]) && !isnan(it->new_board.value[node]); /* without what is hidden */
    double rest = out->after - out->before;
    if (!hides || is_known) add_terms(it, node, out, term);
    for (int kind = 0; kind < BB_N_TERMS; kind++) rest -= out->sum[kind];
    double dust =
        8 * DBL_EPSILON * (fabs(out->before) + fabs(out->after)); /* what additions leave where nothing is hidden in the change */
    if (hides && fabs(rest) > dust) add_term(it, out, term, BB_TERM_WITHHELD, it->n_old + it->n_new + BB_TERM_WITHHELD, rest);
}

static void board_new(struct board *board, const struct bb_results *results, struct bb_arena *arena)
{
    board->results = results;
    board->missing = results->board.options.missing;
    board->counts = BB_NEW_ARRAY(arena, results->tree.n + 1, bool);
    board->value = BB_NEW_ARRAY(arena, results->tree.n + 1, double);
}

struct bb_attribution *bb_attribution_new(const struct bb_results *before, const struct bb_results *after,
                                          const struct bb_matches *matches, struct bb_arena *arena)
{
    struct bb_attribution *it = BB_NEW(arena, struct bb_attribution);
    size_t n_old = before->tree.n, n_new = after->tree.n, n = n_old + n_new + BB_N_TERMS;
    *it = (struct bb_attribution){
        .before = before, .after = after, .matches = *matches, .arena = arena, .n_old = n_old, .n_new = n_new, .n_sources = n};
    board_new(&it->old_board, before, arena);
    board_new(&it->new_board, after, arena);
    it->kind = BB_NEW_ARRAY(arena, n, enum bb_term_kind);
    it->changes = BB_NEW_ARRAY(arena, n, bool);
    it->last = BB_NEW_ARRAY(arena, n_new + 1, double);
    it->start = BB_NEW_ARRAY(arena, n_new + 1, double);
    it->delta = bb_calloc(n_new * n + 1, sizeof *it->delta);
    it->is_used = bb_calloc(n_new * n + 1, sizeof *it->is_used);
    for (size_t kind = 0; kind < BB_N_TERMS; kind++) it->kind[n_old + n_new + kind] = (enum bb_term_kind)kind;
    return it;
}

void bb_attribution_free(struct bb_attribution *it)
{
    if (!it) return;
    free(it->delta);
    free(it->is_used);
    free(it->used);
}
