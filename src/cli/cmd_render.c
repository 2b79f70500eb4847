#include "base/file.h"
#include "cli/publish.h"
#include "cli/samples.h"

static int run(const struct bb_args *args)
{
    struct bb_diags diags;
    int status = BB_EXIT_INPUT;
    bb_diags_init(&diags);
    struct bb_results *results = bb_results_read(args->rest[0], &diags);
    if (bb_cli_report(&diags, false) && results) {
        const struct bb_pictures samples = bb_samples_beside(results, bb_path_dir(args->arena, args->rest[0]), args->arena);
        const char *units = bb_path_join(args->arena, bb_path_dir(args->arena, args->rest[0]), "units.h5");
        status = bb_cli_publish(args, results, bb_is_file(units) ? units : NULL, &samples);
    }
    bb_results_free(results);
    bb_diags_release(&diags);
    return status;
}

const struct bb_command bb_command_render = {
    .name = "render",
    .arguments = "SCORES.json",
    .summary = "a site from results that were scored before, here or elsewhere",
    .help = "Renders the site (default: site/) from a results file, and units.h5 when it lies beside it. Needs no recording and no model\n"
            "output. The site that was there is replaced file by file once the new one is complete. Prints the page to open.",
    .options = BB_OPT_OUT | BB_OPT_SITE,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
