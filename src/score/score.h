/*
 * Scoring: from a catalog to results. Groups the cells by stimulus set, so that each file is read once; reads the recordings, computes the
 * ceilings, then the cells. A cell that fails says why and costs nothing else.
 */
#ifndef BB_SCORE_SCORE_H
#define BB_SCORE_SCORE_H

#include "score/lists.h"
#include "score/results.h"
#include "store/datapath.h"
#include "store/units_file.h"

struct bb_score_options {
    const struct bb_datapath *data;
    const struct bb_lists *lists; /* published scores that join the computed ones */
};

/* Per-unit values of the benchmarks that have them, for units.h5. In the arena of the results. */
struct bb_unit_blocks {
    struct bb_units_block *block;
    size_t n, cap;
};

/* A single cell that fails says so in its cell and nowhere else. The catalog must outlive the results. */
struct bb_results *bb_score(const struct bb_catalog *catalog, const struct bb_score_options *options, struct bb_unit_blocks *units);

/* Everything that scoring would trip over, without scoring: files that are not there, tables that cannot be read by their rules, coordinates
   that a metric needs and a table does not give. */
void bb_score_check(const struct bb_catalog *catalog, const struct bb_score_options *options, struct bb_diags *diags);

#endif
