/*
 * Scores from the cache alone: cells whose files are not on this machine, and which stand because the files are pinned by "sha256" and the cache has
 * what was scored from them. They are marked (cell->cached), so that readers can tell what this build could have computed from what it took on trust.
 *
 * The mark is of a score, not of a build: one that the site shows already, from the same files and without the mark, was scored or checked where they
 * are, and stays without it. So a build on a machine without recordings, such as a nightly one, changes nothing in a site where nothing changed.
 */
#ifndef BB_SCORE_KEPT_H
#define BB_SCORE_KEPT_H

#include "score/results.h"

extern const char bb_kept_words[]; /* what pages say of a marked cell; a sentence without its full stop */

bool bb_kept_any(const struct bb_results *results); /* some cell is marked */

/* Takes the mark from cells that `shown`, the results of the site that is there, has without it: the same score of the same version, from files,
   definition and metric of the same digests. */
void bb_kept_settle(struct bb_results *results, const struct bb_results *shown);

#endif
