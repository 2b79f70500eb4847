/*
 * Scoring: from a catalog to results. Groups the cells by stimulus set, so that each file is read once; reads the recordings, computes the
 * ceilings, then the cells. A cell that fails says why and costs nothing else.
 */
#ifndef BB_SCORE_SCORE_H
#define BB_SCORE_SCORE_H

#include "score/results.h"
#include "store/datapath.h"
#include "store/units_file.h"

struct bb_score_options {
    const struct bb_datapath *data;
};

/* Per-unit values of all benchmarks, in tree order; for units.h5. */
struct bb_unit_blocks {
    struct bb_units_block *block;
    size_t n;
};

/* diags gets warnings (and, for `check`, notes); never an error of a single cell, which is in its cell. */
struct bb_results *bb_score(const struct bb_catalog *catalog, const struct bb_score_options *options, struct bb_diags *diags,
                            struct bb_unit_blocks *units);

/* Everything that scoring would trip over, without scoring: files that are not there, tables that cannot be read by their rules. */
void bb_score_check(const struct bb_catalog *catalog, const struct bb_score_options *options, struct bb_diags *diags);

#endif
