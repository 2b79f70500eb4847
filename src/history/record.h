/*
 * The record of a release: what a board's history keeps of it, in one small file ("brainboard/history/1").
 *
 * Enough to draw trends and to say why a number changed, without the old site and without scores.json: the rule of averages, each model with the
 * digests of its outputs, the tree with versions, digests and ceilings, and for each cell status, score, layer and source; averages and ranks
 * stand there too, for those who read the file with other programs. Not kept: descriptions, errors, profiles. A record is of what is published
 * (score/published.h), without unlisted models, so it can lie in a public repository. One line for each model, benchmark, cell and average, in
 * the order of ids and of the tree: two records can be compared with diff(1).
 *
 * Read back, a record is results like any other, with what it does not keep left empty: bb_diff_new and pages take either.
 */
#ifndef BB_HISTORY_RECORD_H
#define BB_HISTORY_RECORD_H

#include "score/results.h"

/* `published` must be what may be seen. The record bears the board's release and date. The same results give the same bytes. */
void bb_record_write(const struct bb_results *published, struct bb_buf *out);

/* NULL after adding what is wrong to diags. bb_results_free. */
struct bb_results *bb_record_read(const char *path, struct bb_diags *diags);

/* The same from bytes that `name` is said to have. */
struct bb_results *bb_record_parse(const char *name, const struct bb_buf *text, struct bb_diags *diags);

/* A record without cells and averages; read back, all of them are empty. For record_image.h. */
void bb_record_write_frame(const struct bb_results *published, struct bb_buf *out);

/* What a record of any results would read back as: they are published first. */
struct bb_results *bb_record_of(const struct bb_results *results, struct bb_diags *diags);

/* A record or a scores.json, whichever it is, as a record. */
struct bb_results *bb_record_read_any(const char *path, struct bb_diags *diags);

#endif
