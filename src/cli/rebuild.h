/*
 * Proof that a site can be made again: it is rendered from its own data, with the options and inputs that its provenance.json names, into a temporary
 * folder, and every file is compared.
 *
 * The data is data/scores.json of the site with what lies beside it, or what --manifest scores anew (with --no-cache: truly). The records of a
 * history and the lab's own templates and assets do not lie in a site: --history, --templates and --assets say where they are, and they must have
 * the digests that provenance.json has of them. Releases are each a site of their own; in the site around them only what names them is made again.
 * Pages of unlisted models are not in the data: they are made again from a manifest alone, and else counted.
 */
#ifndef BB_CLI_REBUILD_H
#define BB_CLI_REBUILD_H

#include "cli/cli.h"

struct bb_rebuild_report {
    size_t n_files;    /* compared */
    size_t n_wrong;    /* not the same, not there or not made again; the first 20 are errors in diags */
    size_t n_unlisted; /* files of unlisted models, which were not made again */
    const char *from;  /* what it was made from */
};

/* Makes the site (or release) args->rest[0] again and compares. 0 when that could be done, or the exit status after saying why not. */
int bb_rebuild(const struct bb_args *args, struct bb_diags *diags, struct bb_rebuild_report *report);

#endif
