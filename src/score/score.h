/*
 * Scoring: from a catalog to results. The work is cut into pieces (a look at a file, a ceiling, a cell), each remembered by
 * the digest of all that it depends on; what is not in the cache is done by forked workers, grouped so that each file is read
 * once. A cell that fails says why and costs nothing else; one that crashes, hangs or runs out of memory costs its worker.
 */
#ifndef BB_SCORE_SCORE_H
#define BB_SCORE_SCORE_H

#include "score/cache.h"
#include "score/lists.h"
#include "score/results.h"
#include "store/datapath.h"
#include "store/units_file.h"

struct bb_score_options {
    const struct bb_datapath *data;
    const struct bb_lists *lists; /* published scores that join the computed ones */
    struct bb_cache *cache;
    unsigned jobs;          /* workers at once; 0: as many as there are cores */
    double cell_timeout;    /* seconds; 0: none */
    uint64_t memory;        /* bytes for all workers together; 0: three quarters of the machine */
    bool all;               /* benchmarks whose data is not here count as missing, instead of not at all */
    size_t shard, n_shards; /* only the cells of models shard, shard + n_shards … (from 0) are computed; n_shards = 0: all */
};

/* How much was done, for a person and for tests. */
struct bb_score_counts {
    size_t computed; /* pieces of work that were done */
    size_t cached;   /* pieces that the cache had */
};

/* Per-unit values of the benchmarks that have them, for units.h5. In the arena of the results. */
struct bb_unit_blocks {
    struct bb_units_block *block;
    size_t n, cap;
};

/* A single cell that fails says so in its cell and nowhere else. The catalog must outlive the results. */
struct bb_results *bb_score(const struct bb_catalog *catalog, const struct bb_score_options *options,
                            struct bb_unit_blocks *units, struct bb_score_counts *counts);

/* Everything that scoring would trip over, without scoring: files that are not there, tables that cannot be read by their
   rules, coordinates that a metric needs and a table does not give. */
void bb_score_check(const struct bb_catalog *catalog, const struct bb_score_options *options, struct bb_diags *diags);

#endif
