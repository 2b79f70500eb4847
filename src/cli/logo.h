/*
 * The logo that a board names: from beside the manifest (or scores.json) to where the site takes it.
 */
#ifndef BB_CLI_LOGO_H
#define BB_CLI_LOGO_H

#include "cli/cli.h"
#include "score/results.h"

/* Its path, when it may be shown, and board->logo becomes the name that it is published by: "logo.svg", ".png" or ".jpg". Else NULL, board->logo too,
   with a warning when it is not there or no such picture (render/brand.h). `dir`: the folder of the file that names it. */
const char *bb_cli_logo(const struct bb_args *args, struct bb_board *board, const char *dir);

/* The same, and copies it to `to`, where scores.json will name it. */
enum bb_code bb_cli_logo_copy(const struct bb_args *args, struct bb_board *board, const char *dir, const char *to,
                              struct bb_err *err) BB_MUST_CHECK;

#endif
