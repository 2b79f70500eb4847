/*
 * Results to a site, with the options of the command line: what `build` and `render` share.
 */
#ifndef BB_CLI_PUBLISH_H
#define BB_CLI_PUBLISH_H

#include "cli/cli.h"
#include "render/site.h"
#include "store/units_file.h"

/* Per-unit values that belong to the results; those that may be seen are published. */
struct bb_cli_units {
    const struct bb_units_block *block;
    size_t n;
};

/* What a site is made of. */
struct bb_cli_board {
    struct bb_results *results;
    struct bb_cli_units units;
    struct bb_pictures samples;
};

/* Results, and what lies beside their file: units.h5, samples. 0, or the exit status after saying why; bb_results_free of the results, which may be
   NULL. */
int bb_cli_board_read(const struct bb_args *args, const char *path, struct bb_cli_board *out);

/* What was scored; its samples get the names that they are published under. */
struct bb_scored;
struct bb_cli_board bb_cli_board_scored(const struct bb_args *args, struct bb_scored *scored);

/* BB_EUSAGE: an option of the site that has no meaning; BB_EINPUT: mistakes in the templates that --templates names, after printing them. For
   commands that do long work first. */
enum bb_code bb_cli_check_site(const struct bb_args *args, struct bb_err *err) BB_MUST_CHECK;

/* Prints the mistakes of the templates that --templates names; true when none is an error. `home` as bb_home. */
bool bb_cli_check_templates(const struct bb_args *args, const char *home, bool notes);

/* Warns of models that may not be seen now, and that a release in the site shows: only the one whose board it is can withdraw that. */
void bb_cli_warn_of_hidden(const struct bb_args *args, const struct bb_board *board, const struct bb_model *model, size_t n);

/* The site of args->out, from a board that args->rest[0] names (its logo lies beside that file). Prints the page to open on stdout. 0, or the exit
   status after saying why. */
int bb_cli_publish(const struct bb_args *args, struct bb_cli_board board);

/* The same without a word of what was done; nothing joins the history. BB_EUSAGE, BB_EINPUT, BB_EIO. */
enum bb_code bb_cli_render(const struct bb_args *args, struct bb_cli_board board, struct bb_err *err) BB_MUST_CHECK;

#endif
