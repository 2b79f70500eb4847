#include "cli/publish.h"
#include "cli/samples.h"
#include "cli/scored.h"

#include <stdio.h>

#include "base/log.h"

static int check_manifest(const struct bb_args *args)
{
    struct bb_datapath path = {0};
    struct bb_lists lists = {0};
    struct bb_diags diags;
    struct bb_err err = {0};
    int status = BB_EXIT_INPUT;
    bb_diags_init(&diags);
    struct bb_catalog *catalog = bb_catalog_open(args, &path, &lists, &diags, &err);
    if (err.code != BB_OK) {
        status = bb_cli_fail(&err);
    } else {
        struct bb_score_options options = {.data = &path, .lists = &lists, .cache = bb_cache_open(NULL, true)};
        if (catalog && diags.n_errors == 0) bb_score_check(catalog, &options, &diags);
        if (catalog && diags.n_errors == 0) (void)bb_samples_take(catalog, args->arena, &diags);
        bb_cache_close(options.cache);
        if (bb_cli_report(&diags, true) && catalog) status = BB_EXIT_OK;
        printf("%s: %zu error%s, %zu warning%s\n", args->rest[0], diags.n_errors, diags.n_errors == 1 ? "" : "s", diags.n_warnings,
               diags.n_warnings == 1 ? "" : "s");
    }
    bb_catalog_free(catalog);
    bb_diags_release(&diags);
    return status;
}

static int run(const struct bb_args *args)
{
    const char *home = args->templates ? bb_home(args->arena) : NULL;
    if (!args->n_rest && !args->templates) {
        bb_log_error("expected MANIFEST, or --templates DIR");
        return BB_EXIT_USAGE;
    }
    if (args->templates && !home) return BB_EXIT_IO;
    bool good = !home || bb_cli_check_templates(args, home, true);
    int status = args->n_rest ? check_manifest(args) : BB_EXIT_OK;
    return status == BB_EXIT_OK && !good ? BB_EXIT_INPUT : status;
}

const struct bb_command bb_command_check = {
    .name = "check",
    .arguments = "[MANIFEST]",
    .summary = "every problem of the manifest and of the files it names; scores nothing",
    .help = "Reads the manifest, every file of models and benchmarks that it names, and every data file that those name and that is on this\n"
            "machine, and prints every problem as file:line:column: message. With --templates DIR it looks at the\n"
            "templates of that folder too, or, without a manifest, at them alone. Exit status 3 when there is an error.",
    .options = BB_OPT_DATA | BB_OPT_TEMPLATES,
    .min_rest = 0,
    .max_rest = 1,
    .run = run,
};
