/*
 * units.h5: the per-unit values behind the scores. A group per benchmark; in it the dataset `raw`, models × axis 1 [× axis
 * 2], float64, with the names as dimension scales `model`, and one per axis (`subject`, `condition`, `item`, `split` …). NaN:
 * not there.
 */
#ifndef BB_STORE_UNITS_FILE_H
#define BB_STORE_UNITS_FILE_H

#include "base/file.h"

struct bb_units_axis {
    const char *name; /* "subject" */
    const char *const *label;
    size_t n;
};

struct bb_units_block {
    const char *benchmark;
    const char *const *model;
    size_t n_models;
    struct bb_units_axis axis[2];
    size_t n_axes;       /* 1 or 2 */
    const double *value; /* n_models × axis[0].n [× axis[1].n] */
};

/* All of a file that bb_units_write made, in `arena`: written again it has the same bytes. BB_EINPUT: it is something else. */
enum bb_code bb_units_read(const char *path, struct bb_arena *arena, struct bb_units_block **block, size_t *n,
                           struct bb_err *err) BB_MUST_CHECK;

/* The same bytes for the same blocks, in whatever order: no time stamps, no creation order by chance. Atomic. */
enum bb_code bb_units_write(const char *path, const struct bb_units_block *block, size_t n, struct bb_err *err) BB_MUST_CHECK;

#endif
