/*
 * What `list` and `explain` speak of: the built-in catalog, or the board of a manifest.
 */
#ifndef BB_CLI_KNOWN_H
#define BB_CLI_KNOWN_H

#include "catalog/manifest.h"
#include "cli/cli.h"

/* manifest NULL: the built-in catalog. NULL after saying what is wrong, with *status the exit status. bb_catalog_free. */
struct bb_catalog *bb_known_open(const struct bb_args *args, const char *manifest, int *status);

#endif
