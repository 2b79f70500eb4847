/*
 * A difference in words: for a terminal, for a CI summary, and for pages.
 */
#ifndef BB_HISTORY_DIFF_WORDS_H
#define BB_HISTORY_DIFF_WORDS_H

#include "history/diff.h"
#include "history/grid.h"

/* The whole of it: what came and went, averages of the domains (`all`: of every group) with their terms, changed cells; of both the largest changes,
   with `all` every one. */
void bb_diff_write(const struct bb_diff *diff, enum bb_grid_style style, bool all, struct bb_buf *out);

/* Everything, as JSON ("brainboard/diff/1"). */
void bb_diff_json(const struct bb_diff *diff, struct bb_buf *out);

/* Parts of it, in the arena. */
const char *bb_diff_causes(struct bb_arena *arena, unsigned causes);                      /* "benchmark data, ceiling" */
const char *bb_diff_cell(struct bb_arena *arena, const struct bb_cell *cell);             /* "0.412", "failed", "not run" */
const char *bb_diff_signed(struct bb_arena *arena, double delta);                         /* "+0.0140", "−0.0002", "0" */
const char *bb_diff_rank(struct bb_arena *arena, const struct bb_average_change *change); /* "own −1, entered +2" */
const char *bb_diff_release(struct bb_arena *arena, const struct bb_results *results); /* "2026.11", "the board of 2026-11-23" */
/* What happened to a benchmark: "definition, ceiling 0.812 → 0.790"; "" for one that came or went. */
const char *bb_diff_node(struct bb_arena *arena, const struct bb_diff *diff, const struct bb_node_change *change);
/* "1 model added, 2 benchmarks revised, 41 scores changed"; "Nothing changed". */
const char *bb_diff_summary(struct bb_arena *arena, const struct bb_diff *diff);
/* The terms of an average in a sentence, largest first: "+0.0120 newly scored (Geirhos2021_sketch), −0.0020 benchmarks added (X, Y)". */
const char *bb_diff_reasons(struct bb_arena *arena, const struct bb_average_change *change);

/* What changed of the rules of the board, "Missing scores": "count as zero → are left out"; how many there are. */
enum { BB_DIFF_RULES = 3 };
struct bb_diff_rule {
    const char *title, *text;
};
size_t bb_diff_rules(struct bb_arena *arena, const struct bb_diff *diff, struct bb_diff_rule rule[BB_DIFF_RULES]);
/* "3 → 1", "3", "– → 2" */
const char *bb_diff_ranks(struct bb_arena *arena, const struct bb_average_change *change);
/* For qsort of pointers to changes of averages: the largest first, then in the order of models. */
int bb_diff_by_change(const void *a, const void *b);

extern const char *const bb_diff_missing_words[]; /* by enum bb_missing: "count as zero" … */

#endif
