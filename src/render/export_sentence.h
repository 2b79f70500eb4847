/*
 * The sentence of a paper that says how two quantities go together: r with its interval, n, the release and the digest of the scores.
 */
#ifndef BB_RENDER_EXPORT_SENTENCE_H
#define BB_RENDER_EXPORT_SENTENCE_H

#include "insight/quantity.h"

enum bb_sentence_form { BB_SENTENCE_TEXT, BB_SENTENCE_LATEX, BB_SENTENCE_JSON };

/* A line that ends with a newline. The numbers are those of bb_quantity_associate, over the models of the leaderboards that have both values; over
   families too where models share some. BB_ENUMERIC: fewer than three models have both, or one of them is the same for all. */
enum bb_code bb_sentence(const struct bb_results *results, const struct bb_quantities *all, size_t x, size_t y,
                         const char *digest, enum bb_sentence_form form, struct bb_buf *out, struct bb_err *err) BB_MUST_CHECK;

#endif
