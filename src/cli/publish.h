/*
 * Results to a site, with the options of the command line: what `build` and `render` share.
 */
#ifndef BB_CLI_PUBLISH_H
#define BB_CLI_PUBLISH_H

#include "cli/cli.h"
#include "render/site.h"

/* units_path may be NULL. Prints the page to open on stdout. 0, or the exit status after saying why. */
int bb_cli_publish(const struct bb_args *args, const struct bb_results *results, const char *units_path, const struct bb_pictures *samples);

#endif
