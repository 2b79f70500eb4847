/*
 * Published results: what a site may show of results. The one place where visibility, embargoes, `publish` levels and anonymity become fact; whatever
 * renders or writes published results cannot tell what they do not have.
 *
 *   private, under embargo   the model is not there: no row, no rank, no count, no name in another's `variant_of`
 *   unlisted                 there for its own page, without a rank; not there with `listed_only`
 *   publish none             the benchmark's scores count in averages, whose values were made before, but are not there themselves: no number, no
 *                            ceiling, no reason, no rank, only the status; nor those of a group that has only such benchmarks. (An average can
 *                            still be solved for the one score that is missing from it: what must not be known at all belongs on no board.)
 *   publish score            per-unit values are not there (bb_units_publish)
 *   anonymous                nothing that says whose board or models these are (score/anonymous.h)
 *   parity                   ranks by the reference's double rounding
 *
 * Published results are a fixed point: published again, or written, read and published again, they are the same.
 */
#ifndef BB_SCORE_PUBLISHED_H
#define BB_SCORE_PUBLISHED_H

#include "score/results.h"
#include "store/units_file.h"

struct bb_publish_options {
    bool anonymous;
    bool parity;
    bool listed_only; /* for what everybody finds: the data of the whole board */
};

/* Borrows texts and the tree's structure from `results`, which must outlive it. bb_results_free. */
struct bb_results *bb_results_published(const struct bb_results *results, const struct bb_publish_options *options);

/* The blocks, and the rows in them, whose per-unit values may be seen: benchmarks with "publish": "units", models that are public in `published`.
   Returns how many blocks there are in *out (in `arena`; borrows from `block`). */
size_t bb_units_publish(const struct bb_units_block *block, size_t n, const struct bb_results *published, struct bb_arena *arena,
                        struct bb_units_block **out);

/* Of a benchmark whose scores are not published: the group whose average gives them away, because it is the only part of it that is withheld;
   BB_NO_NODE: none does. */
size_t bb_results_given_away_by(const struct bb_results *results, size_t node);

#endif
