/*
 * Which models may be seen: neither private ones nor those under embargo at the date of the release. Results are made without the others, and so
 * nothing that is counted, ranked, correlated or written ever knew them.
 */
#ifndef BB_SCORE_VISIBLE_H
#define BB_SCORE_VISIBLE_H

#include "catalog/manifest.h"

/* The day that embargoes are compared with, as YYYY-MM-DD: the board's date, else that of SOURCE_DATE_EPOCH (UTC), else NULL: all hold. */
const char *bb_visible_date(const struct bb_board *board, struct bb_arena *arena);

/* Public or unlisted, and no embargo that ends after `date`. */
bool bb_visible(const struct bb_model *model, const char *date);

/* Copies the models that may be seen to out (room for n), and their places to `from` unless it is NULL; returns how many. `variant_of` is dropped
   where it names a model that is not public. `listed_only`: public ones only. */
size_t bb_visible_models(const struct bb_model *model, size_t n, const char *date, bool listed_only, struct bb_model *out,
                         size_t *from);

/* Warnings: embargoes that nothing ends because no date is known, and texts of the board that name a model that is not public. */
void bb_visible_check(const struct bb_catalog *catalog, struct bb_diags *diags);

#endif
