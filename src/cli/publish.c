#include "cli/publish.h"

#include <stdio.h>

#include "base/log.h"

int bb_cli_publish(const struct bb_args *args, const struct bb_results *results, const char *units_path, const struct bb_pictures *samples)
{
    struct bb_site_report report = {0};
    struct bb_err err = {0};
    struct bb_site_options options = {.out = args->out ? args->out : "site",
                                      .home = bb_home(args->arena),
                                      .templates = args->templates,
                                      .assets = args->assets,
                                      .base_url = args->base_url,
                                      .units_path = units_path,
                                      .samples = *samples};
    if (!options.home) return BB_EXIT_IO;
    if (bb_site_build(results, &options, args->arena, &report, &err) != BB_OK) return bb_cli_fail(&err);
    bb_log_info("%zu files written, %zu unchanged, %zu removed", report.n_written, report.n_unchanged, report.n_removed);
    puts(report.front_page);
    return BB_EXIT_OK;
}
