#include "cli/cli.h"

#include <stdio.h>

#include "base/log.h"
#include "cli/handover.h"
#include "cli/rebuild.h"
#include "verify/verify.h"

static void summarise(const char *site, const struct bb_verify_report *report)
{
    printf("%s: %zu pages, %zu links, %zu numbers, %zu checksums, %zu files, %.1f MB: ", site, report->n_pages, report->n_links,
           report->n_numbers, report->n_digests, report->n_files, (double)report->bytes / 1e6);
    if (report->n_releases) printf("%zu release%s among them, ", report->n_releases, report->n_releases == 1 ? "" : "s");
    if (report->n_wrong)
        printf("%zu wrong\n", report->n_wrong);
    else
        puts("nothing wrong");
}

static void summarise_rebuild(const char *site, const struct bb_rebuild_report *report)
{
    printf("%s: made again from %s, %zu files: ", site, report->from, report->n_files);
    if (report->n_wrong)
        printf("%zu not the same\n", report->n_wrong);
    else
        puts("all of them the same bytes");
}

static int rebuild(const struct bb_args *args)
{
    struct bb_rebuild_report report;
    struct bb_diags diags;
    bb_diags_init(&diags);
    int status = bb_rebuild(args, &diags, &report);
    (void)bb_cli_report(&diags, bb_log_get_level() != BB_LOG_QUIET);
    if (status == BB_EXIT_OK && bb_log_get_level() != BB_LOG_QUIET) summarise_rebuild(args->rest[0], &report);
    bb_diags_release(&diags);
    return status == BB_EXIT_OK && report.n_wrong ? BB_EXIT_NOT_ALL : status;
}

static int verify(const char *site)
{
    struct bb_verify_report report;
    struct bb_diags diags;
    struct bb_err err = {0};
    bb_diags_init(&diags);
    int status = BB_EXIT_IO;
    if (bb_verify_site(site, &diags, &report, &err) != BB_OK) {
        bb_cli_fail(&err);
    } else {
        (void)bb_cli_report(&diags, bb_log_get_level() != BB_LOG_QUIET);
        if (bb_log_get_level() != BB_LOG_QUIET) summarise(site, &report);
        status = report.n_wrong ? BB_EXIT_NOT_ALL : BB_EXIT_OK;
    }
    bb_diags_release(&diags);
    return status;
}

static int run(const struct bb_args *args)
{
    if (!args->rebuild && (args->manifest || args->history || args->templates || args->assets))
        return bb_cli_usage("--manifest, --history, --templates and --assets say what a site is made again from: they need --rebuild");
    int status = verify(args->rest[0]);
    if (!args->rebuild || status > BB_EXIT_NOT_ALL) return status;
    int again = rebuild(args);
    return again > status ? again : status;
}

const struct bb_command bb_command_verify = {
    .name = "verify",
    .arguments = "SITE",
    .summary = "every link, digest and number of a built site against its data",
    .help =
        "Reads the folder of a built site: each page with a parser of HTML, each SVG, XML, JSON and CSV file. Every link, "
        "fragment and id must\n"
        "lead somewhere; no page may ask another host for anything, or hold what its Content-Security-Policy forbids; checksums "
        "and the\n"
        "fingerprints of assets must be right; and every score, error, ceiling, count and rank of the tables must be that of\n"
        "data/scores.json. Releases in v/ are verified each on its own; SITE may be the folder of one.\n"
        "--rebuild proves that the site can be made again: it is rendered elsewhere from its own data/scores.json, or from the scores of\n"
        "--manifest, with the options that provenance.json records, and every file is compared; of a site with releases the site alone.\n"
        "Prints file:line: message, and a summary. Exit status 1 when something is wrong, 4 when SITE cannot "
        "be read.\n\n"
        "example: brainboard verify site --rebuild --history history",
    .options = BB_OPT_REBUILD | BB_OPT_DATA | BB_OPT_WORK,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
