#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "cli/publish.h"
#include "cli/scored.h"
#include "cli/unchanged.h"
#include "score/kept.h"

/* Marks of scores from the cache are for those that the site does not show already without them. */
static void settle_marks(const struct bb_args *args, struct bb_results *results)
{
    const char *path = bb_path_join(args->arena, args->out ? args->out : "site", "data/scores.json");
    struct bb_diags diags;
    if (!bb_kept_any(results) || !bb_is_file(path)) return;
    bb_diags_init(&diags);
    struct bb_results *shown = bb_results_read(path, &diags); /* one that cannot be read shows nothing */
    if (shown) bb_kept_settle(results, shown);
    bb_results_free(shown);
    bb_diags_release(&diags);
}

static int publish(const struct bb_args *args, struct bb_scored *scored)
{
    settle_marks(args, scored->results);
    bb_cli_warn_of_hidden(args, &scored->catalog->board, scored->catalog->model, scored->catalog->n_models);
    return bb_cli_publish(args, bb_cli_board_scored(args, scored));
}

/* What failed for lack of memory or time may be scored the next time. */
static bool keeps(const struct bb_results *results)
{
    for (size_t i = 0; i < results->n_models * results->tree.n; i++)
        if (results->cell[i].status == BB_CELL_FAILED && bb_streq(results->cell[i].kind, "resource")) return false;
    return true;
}

static int make(const struct bb_args *args, struct bb_unchanged *unchanged)
{
    struct bb_scored scored = {0};
    struct bb_err err = {0};
    if (bb_cli_check_site(args, &err) != BB_OK) return bb_cli_fail(&err);
    int status = bb_scored_make(args, &scored);
    if (status == BB_EXIT_OK) {
        bb_scored_report(scored.results);
        if (args->shard) bb_log_info("this part is in the cache; a run without --shard collects all of them");
        else status = publish(args, &scored);
        if (status == BB_EXIT_OK && !args->shard) bb_unchanged_remember(unchanged, scored.results, keeps(scored.results));
        if (status == BB_EXIT_OK) status = bb_scored_status(args, scored.results);
    }
    bb_scored_release(&scored);
    return status;
}

static int run(const struct bb_args *args)
{
    return bb_unchanged_run(args, make);
}

const struct bb_command bb_command_build = {
    .name = "build",
    .arguments = "MANIFEST",
    .summary = "score everything and render the site",
    .help = "Scores every model of the manifest on every benchmark whose data is on this machine, and renders the site (default: site/). A\n"
            "model that cannot be scored fails alone, with the reason on its page. A build that fails leaves the site that was there as it\n"
            "was. Prints the page to open. Where nothing changed since the last time, it ends at once.\n\n"
            "example: brainboard build data/boards/geirhos2021/manifest.json --data ~/data -o site",
    .options = BB_OPT_OUT | BB_OPT_DATA | BB_OPT_STRICT | BB_OPT_WORK | BB_OPT_SHARD | BB_OPT_SITE,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
