#include "cli/publish.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "cli/logo.h"
#include "cli/samples.h"
#include "cli/scored.h"
#include "render/editions.h"
#include "render/host_files.h"
#include "render/staging.h"
#include "base/trace.h"
#include "render/tpl_lint.h"
#include "score/cache.h"
#include "score/published.h"
#include "score/visible.h"
#include "verify/verify.h"

/* A name for units.h5 until the site takes it. */
static enum bb_code write_units(const struct bb_units_block *block, size_t n, char *path, size_t size, struct bb_err *err)
{
    snprintf(path, size, "%s/brainboard-units-XXXXXX", bb_temporary());
    int fd = mkstemp(path);
    if (fd < 0) return bb_fail(err, BB_EIO, "cannot make a temporary file %s", path);
    close(fd);
    return bb_units_write(path, block, n, err);
}

/* What of the units may be seen, in a file that `path` names; "" when there is nothing. */
static enum bb_code publish_units(const struct bb_args *args, const struct bb_results *results, struct bb_cli_units units,
                                  char *path, size_t size, struct bb_err *err)
{
    const struct bb_publish_options options = {.listed_only = true};
    struct bb_units_block *block;
    *path = '\0';
    if (!units.n) return BB_OK;
    struct bb_results *published = bb_results_published(results, &options);
    size_t n = bb_units_publish(units.block, units.n, published, args->arena, &block);
    bb_results_free(published);
    return n ? write_units(block, n, path, size, err) : BB_OK;
}

static enum bb_code read_options(const struct bb_args *args, struct bb_site_options *out, struct bb_err *err)
{
    *out = (struct bb_site_options){.out = args->out ? args->out : "site",
                                    .templates = args->templates,
                                    .assets = args->assets,
                                    .base_url = args->base_url,
                                    .palette = args->parity ? BB_PALETTE_BRAINSCORE : BB_PALETTE_DEFAULT,
                                    .parity = args->parity,
                                    .anonymous = args->anonymous,
                                    .no_pdf = args->no_pdf};
    if (args->history && args->anonymous)
        return bb_fail(err, BB_EUSAGE, "--history shows what was published under its name: it cannot be --anonymous");
    if (args->release && !bb_id_valid(args->release))
        return bb_fail(err, BB_EUSAGE, "--release must be a name like 2026.11: letters, digits, and . _ = + - between them, not \"%s\"",
                       args->release);
    if (args->release && bb_strcaseeq(args->release, bb_path_base(BB_EDITION_LIST)))
        return bb_fail(err, BB_EUSAGE, "--release cannot be %s: that is the list of releases", args->release);
    if (args->palette && !bb_palette_named(args->palette, &out->palette))
        return bb_fail(err, BB_EUSAGE, "--palette must be default or brainscore, not \"%s\"", args->palette);
    if (!args->base_url) return BB_OK;
    return bb_base_url(args->base_url, args->arena, &out->base_url, err);
}

bool bb_cli_check_templates(const struct bb_args *args, const char *home, bool notes)
{
    struct bb_diags diags;
    bb_diags_init(&diags);
    bool good = bb_templates_lint(bb_path_join(args->arena, home, "templates"), args->templates, &diags);
    (void)bb_cli_report(&diags, notes);
    bb_diags_release(&diags);
    return good;
}

enum bb_code bb_cli_check_site(const struct bb_args *args, struct bb_err *err)
{
    struct bb_site_options options;
    enum bb_code code = read_options(args, &options, err);
    if (code != BB_OK || !args->templates) return code;
    const char *home = bb_home(args->arena);
    if (!home) return bb_fail(err, BB_EIO, "There are no templates to override.");
    if (!bb_cli_check_templates(args, home, false)) return bb_fail(err, BB_EINPUT, "The templates in %s cannot be used.", args->templates);
    return BB_OK;
}

/* NULL with BB_OK: no history is kept. */
static enum bb_code open_history(const struct bb_args *args, const struct bb_results *results, struct bb_cache *cache, struct bb_archive **out,
                                 struct bb_err *err)
{
    struct bb_diags diags;
    *out = NULL;
    if (!args->history) return BB_OK;
    bb_diags_init(&diags);
    *out = bb_archive_open(args->history, results, args->release != NULL, cache, &diags);
    (void)bb_cli_report(&diags, false);
    bb_diags_release(&diags);
    return *out ? BB_OK : bb_fail(err, BB_EINPUT, "The history in %s cannot be continued, and the site is as it was.", args->history);
}

void bb_cli_warn_of_hidden(const struct bb_args *args, const struct bb_board *board, const struct bb_model *model, size_t n)
{
    const char *out = args->out ? args->out : "site", *date = bb_visible_date(board, args->arena);
    struct bb_editions editions;
    struct bb_err err;
    if (bb_editions_read(out, args->arena, &editions, &err) != BB_OK) return; /* the site says it */
    for (size_t m = 0; m < n; m++)
        for (size_t i = 0; i < editions.n && !bb_visible(&model[m], date); i++) {
            const char *folder = bb_arena_printf(args->arena, "%s/" BB_EDITION_FOLDER "/%s", out, editions.edition[i].name);
            if (bb_is_dir(bb_arena_printf(args->arena, "%s/models/%s", folder, model[m].id)))
                bb_log_warning("The model \"%s\" is private now, and the release %s shows it. A release is not changed; to withdraw it, "
                               "remove the folder %s.",
                               model[m].id, editions.edition[i].name, folder);
        }
}

/* Of the files that the list of the site names. */
static double own_bytes(const struct bb_args *args, const char *site)
{
    struct bb_names paths, hidden;
    struct stat is;
    double bytes = 0;
    bb_names_init(&paths);
    bb_names_init(&hidden);
    if (bb_site_list(site, &paths, &hidden, NULL) == BB_OK)
        for (size_t i = 0; i < paths.n; i++)
            if (stat(bb_path_join(args->arena, site, paths.name[i]), &is) == 0) bytes += (double)is.st_size;
    bb_names_release(&paths);
    bb_names_release(&hidden);
    return bytes;
}

/* How much a host takes is what decides how many releases can be kept. */
static void report_size(const struct bb_args *args, const struct bb_site_report *report)
{
    const double limit = (double)BB_PAGES_LIMIT, mean = report->n_releases ? report->release_bytes / (double)report->n_releases : 0;
    double bytes = own_bytes(args, args->out ? args->out : "site") + report->release_bytes;
    if (bytes > limit)
        bb_log_warning("The site has %.2f GB, and GitHub Pages serves up to %.0f GB.%s", bytes / 1e9, limit / 1e9,
                       report->n_releases ? " To withdraw a release, remove its folder in v/ and build again." : "");
    else if (mean > 0)
        bb_log_info("the site has %.1f MB of the %.0f that GitHub Pages serves: room for %.0f more release%s of this size", bytes / 1e6, limit / 1e6,
                    floor((limit - bytes) / mean), (limit - bytes) / mean < 2 && (limit - bytes) / mean >= 1 ? "" : "s");
}

/* Said to who builds the board, not to who reads it. */
static void warn_of_given_away(const struct bb_results *results)
{
    const struct bb_tree *tree = &results->tree;
    for (size_t i = 0; i < tree->n; i++) {
        size_t by = bb_results_given_away_by(results, i);
        if (by != BB_NO_NODE)
            bb_log_warning("The scores of \"%s\" are not published, and can be worked out: it is the only part of \"%s\" that is not shown, and the "
                           "average is. Withhold another part too, or give the group \"aggregate\": \"none\".",
                           tree->node[i].id, tree->node[by].id);
    }
}

static void report_releases(const struct bb_site_report *report, const char *release)
{
    if (report->published)
        bb_log_info("the release %s is published in %s, and no later build changes it", release, report->published);
    else if (release)
        bb_log_info("the release %s was published before, and is as it was", release);
    if (report->n_releases)
        bb_log_info("%zu release%s in the site, %.1f MB", report->n_releases, report->n_releases == 1 ? "" : "s", report->release_bytes / 1e6);
}

static enum bb_code make(const struct bb_args *args, struct bb_cli_board board, struct bb_site_options *options, struct bb_site_report *report,
                         struct bb_err *err)
{
    struct bb_results *results = board.results;
    char units_path[4096];
    bb_cli_warn_of_hidden(args, &results->board, results->model, results->n_models);
    warn_of_given_away(results);
    if (!args->anonymous) options->logo_path = bb_cli_logo(args, &results->board, bb_path_dir(args->arena, args->rest[0]));
    enum bb_code code = publish_units(args, results, board.units, units_path, sizeof units_path, err);
    if (*units_path) {
        options->units_path = units_path;
        bb_trace_ignore(units_path); /* made here */
    }
    if (code == BB_OK) code = bb_site_build(results, options, args->arena, report, err);
    if (*units_path) unlink(units_path);
    return code;
}

static enum bb_code render(const struct bb_args *args, struct bb_cli_board board, bool joins, struct bb_site_report *report, struct bb_err *err)
{
    struct bb_results *results = board.results;
    struct bb_site_options options;
    struct bb_archive *history = NULL;
    enum bb_code code = read_options(args, &options, err);
    if (code != BB_OK) return code;
    if (!(options.home = bb_home(args->arena))) return bb_fail(err, BB_EIO, "There are no templates to make pages of.");
    options.samples = board.samples;
    if (args->release) results->board.release = args->release;
    options.release = args->release;
    results->parity = options.parity; /* the ranks that are shown are those that the history keeps */
    struct bb_cache *cache = bb_cache_open(args->cache, args->no_cache || !args->history);
    code = open_history(args, results, cache, &history, err);
    options.history = history;
    if (code == BB_OK) code = make(args, board, &options, report, err);
    if (code == BB_OK && history && joins) code = bb_archive_append(history, err);
    bb_archive_close(history);
    bb_cache_close(cache);
    return code;
}

enum bb_code bb_cli_render(const struct bb_args *args, struct bb_cli_board board, struct bb_err *err)
{
    struct bb_site_report report = {0};
    return render(args, board, false, &report, err);
}

int bb_cli_publish(const struct bb_args *args, struct bb_cli_board board)
{
    struct bb_site_report report = {0};
    struct bb_err err = {0};
    if (render(args, board, true, &report, &err) != BB_OK) return bb_cli_fail(&err);
    bb_log_copy(NULL); /* what is not said again when nothing changed */
    bb_log_info("%zu files written, %zu unchanged, %zu removed", report.n_written, report.n_unchanged, report.n_removed);
    report_releases(&report, args->release);
    report_size(args, &report);
    puts(report.front_page);
    return BB_EXIT_OK;
}

/* --- boards ------------------------------------------------------------------------------------------------------------ */

struct bb_cli_board bb_cli_board_scored(const struct bb_args *args, struct bb_scored *scored)
{
    return (struct bb_cli_board){.results = scored->results,
                                 .units = {scored->units.block, scored->units.n},
                                 .samples = bb_cli_samples(args, scored->catalog)};
}

static enum bb_code read_units(const struct bb_args *args, const char *dir, struct bb_cli_units *out, struct bb_err *err)
{
    const char *path = bb_path_join(args->arena, dir, "units.h5");
    struct bb_units_block *block = NULL;
    if (!bb_is_file(path)) return BB_OK;
    enum bb_code code = bb_units_read(path, args->arena, &block, &out->n, err);
    out->block = block;
    return code;
}

int bb_cli_board_read(const struct bb_args *args, const char *path, struct bb_cli_board *out)
{
    struct bb_diags diags;
    struct bb_err err = {0};
    const char *dir = bb_path_dir(args->arena, path);
    int status = BB_EXIT_INPUT;
    *out = (struct bb_cli_board){0};
    bb_diags_init(&diags);
    out->results = bb_results_read(path, &diags);
    if (bb_cli_report(&diags, false) && out->results) {
        out->samples = bb_samples_beside(out->results, dir, args->arena);
        status = read_units(args, dir, &out->units, &err) == BB_OK ? BB_EXIT_OK : bb_cli_fail(&err);
    }
    bb_diags_release(&diags);
    return status;
}
