#include "base/file.h"
#include "base/log.h"
#include "cli/logo.h"
#include "cli/samples.h"
#include "cli/scored.h"

/* scores.json where it was asked for, units.h5, samples and the logo beside it. */
static enum bb_code write_scores(const struct bb_args *args, const struct bb_scored *scored, const char *out, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    const struct bb_pictures samples = bb_cli_samples(args, scored->catalog);
    const char *dir = bb_path_dir(args->arena, out);
    enum bb_code code = bb_cli_logo_copy(args, &scored->results->board, scored->catalog->dir, dir, err);
    bb_results_write(scored->results, &text);
    if (code == BB_OK) code = bb_file_write(out, text.data, text.len, err);
    bb_buf_release(&text);
    if (code == BB_OK) code = bb_samples_copy(&samples, dir, err);
    if (code != BB_OK || !scored->units.n) return code;
    return bb_units_write(bb_path_join(args->arena, dir, "units.h5"), scored->units.block, scored->units.n, err);
}

static int run(const struct bb_args *args)
{
    struct bb_scored scored = {0};
    struct bb_err err = {0};
    const char *out = args->out ? args->out : "scores.json";
    int status = bb_scored_make(args, &scored);
    if (status == BB_EXIT_OK && args->shard) {
        bb_scored_report(scored.results);
        bb_log_info("this part is in the cache; a run without --shard collects all of them");
        status = bb_scored_status(args, scored.results);
    } else if (status == BB_EXIT_OK) {
        bb_scored_report(scored.results);
        if (write_scores(args, &scored, out, &err) != BB_OK) {
            status = bb_cli_fail(&err);
        } else {
            bb_log_info("%s is written", out);
            status = bb_scored_status(args, scored.results);
        }
    }
    bb_scored_release(&scored);
    return status;
}

const struct bb_command bb_command_score = {
    .name = "score",
    .arguments = "MANIFEST",
    .summary = "score every model on every benchmark; writes scores.json and units.h5",
    .help = "Scores every model of the manifest on every benchmark whose data is on this machine, and writes the results (default:\n"
            "scores.json) and, beside them, units.h5 with the value of every subject, condition and item. A model that cannot be scored\n"
            "fails alone, with the reason in its cell. What was scored before from the same files and definitions comes from the cache.\n\n"
            "example, as a job array: brainboard score manifest.json --cache shared/cache --shard $SLURM_ARRAY_TASK_ID/16",
    .options = BB_OPT_OUT | BB_OPT_DATA | BB_OPT_STRICT | BB_OPT_WORK | BB_OPT_SHARD,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
