/*
 * What the commands share that hand stimuli out and take answers in: stimuli, run, kit, fetch.
 */
#ifndef BB_CLI_HANDOVER_H
#define BB_CLI_HANDOVER_H

#include "cli/cli.h"

#define BB_USUAL_DEGREES 8.0 /* what models see where they do not say: the reference's */

/* A visual angle, more than 0 and at most 360. BB_EUSAGE names the option. */
enum bb_code bb_cli_degrees(const char *text, const char *option, double *out, struct bb_err *err);

/* Says what is wrong with the use of a command; returns the exit status. */
int bb_cli_usage(const char *message);

#endif
