#include "cli/publish.h"
#include "cli/unchanged.h"

static int make(const struct bb_args *args, struct bb_unchanged *unchanged)
{
    struct bb_cli_board board;
    struct bb_err err = {0};
    if (bb_cli_check_site(args, &err) != BB_OK) return bb_cli_fail(&err);
    int status = bb_cli_board_read(args, args->rest[0], &board);
    if (status == BB_EXIT_OK) status = bb_cli_publish(args, board);
    if (status == BB_EXIT_OK) bb_unchanged_remember(unchanged, board.results, true);
    bb_results_free(board.results);
    return status;
}

static int run(const struct bb_args *args)
{
    return bb_unchanged_run(args, make);
}

const struct bb_command bb_command_render = {
    .name = "render",
    .arguments = "SCORES.json",
    .summary = "a site from results that were scored before, here or elsewhere",
    .help = "Renders the site (default: site/) from a results file, and units.h5 when it lies beside it. Needs no recording and "
            "no model\n"
            "output. The site that was there is replaced file by file once the new one is complete. Prints the page to open.",
    .options = BB_OPT_OUT | BB_OPT_SITE,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
