/*
 * From a manifest to results: what `build`, `score` and `check` share.
 */
#ifndef BB_CLI_SCORED_H
#define BB_CLI_SCORED_H

#include "cli/cli.h"
#include "score/score.h"

struct bb_scored {
    struct bb_catalog *catalog;
    struct bb_results *results;
    struct bb_unit_blocks units;
};

/* Reads and scores the manifest of args. 0, or the exit status after saying why. */
int bb_scored_make(const struct bb_args *args, struct bb_scored *out);
void bb_scored_release(struct bb_scored *scored);

/* How it went, for a person: counts, the failed cells with their reasons, what is not on this machine. */
void bb_scored_report(const struct bb_results *results);

/* 1 with --strict when a cell failed, else 0. */
int bb_scored_status(const struct bb_args *args, const struct bb_results *results);

/* Catalog and lists without scoring; diags gets everything. NULL when the manifest is not even JSON. */
struct bb_catalog *bb_catalog_open(const struct bb_args *args, struct bb_datapath *path, struct bb_lists *lists, struct bb_diags *diags,
                                   struct bb_err *err);

#endif
