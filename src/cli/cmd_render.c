#include "base/file.h"
#include "cli/publish.h"
#include "cli/samples.h"
#include "cli/unchanged.h"

/* units.h5, when it lies beside the results. */
static enum bb_code read_units(const struct bb_args *args, const char *dir, struct bb_cli_units *out, struct bb_err *err)
{
    const char *path = bb_path_join(args->arena, dir, "units.h5");
    struct bb_units_block *block = NULL;
    if (!bb_is_file(path)) return BB_OK;
    enum bb_code code = bb_units_read(path, args->arena, &block, &out->n, err);
    out->block = block;
    return code;
}

static int make(const struct bb_args *args, struct bb_unchanged *unchanged)
{
    struct bb_diags diags;
    struct bb_cli_units units = {0};
    struct bb_err err = {0};
    const char *dir = bb_path_dir(args->arena, args->rest[0]);
    int status = BB_EXIT_INPUT;
    if (bb_cli_check_site(args, &err) != BB_OK) return bb_cli_fail(&err);
    bb_diags_init(&diags);
    struct bb_results *results = bb_results_read(args->rest[0], &diags);
    if (bb_cli_report(&diags, false) && results) {
        const struct bb_pictures samples = bb_samples_beside(results, dir, args->arena);
        status =
            read_units(args, dir, &units, &err) == BB_OK ? bb_cli_publish(args, results, units, &samples) : bb_cli_fail(&err);
        if (status == BB_EXIT_OK) bb_unchanged_remember(unchanged, results, true);
    }
    bb_results_free(results);
    bb_diags_release(&diags);
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
