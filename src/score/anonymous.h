/*
 * Results for double-blind review: nothing that says whose board or models these are.
 *
 * Taken away: the board's authors, citation, DOI, address, contact, logo, accent, footer, and a license that is more than an SPDX identifier; of
 * models the submitter, address, BibTeX, attributes that name people or places (author, lab, institution …), and which published list a score
 * came from. In every other text that people write about the board or its models (titles, descriptions, attributes, reasons) addresses, e-mail
 * addresses and paths are replaced by "[removed]".
 * Kept: ids and names of models (they are what is compared: a manifest for review gives its own models names that say nothing), families, dates,
 * and everything about benchmarks, whose references are published papers. A name in the middle of a sentence is not found: read your descriptions.
 */
#ifndef BB_SCORE_ANONYMOUS_H
#define BB_SCORE_ANONYMOUS_H

#include "score/results.h"

/* In place; what the results share with others is copied first. Models and cells must be their own. */
void bb_anonymise(struct bb_results *results);

/* A text without addresses, e-mail addresses and paths; the text itself when there are none. NULL gives NULL. */
const char *bb_anonymous_text(struct bb_arena *arena, const char *text);
/* The same for a name, which may have slashes and dots: only addresses with a scheme, and e-mail addresses. */
const char *bb_anonymous_name(struct bb_arena *arena, const char *name);

#endif
