#include "render/site.h"

#include "base/log.h"
#include "insight/questions.h"
#include "render/board_card.h"
#include "render/board_data.h"
#include "render/brand.h"
#include "render/data_files.h"
#include "render/editions.h"
#include "render/host_files.h"
#include "render/page.h"
#include "render/provenance.h"
#include "render/report.h"
#include "render/table_files.h"
#include "score/published.h"

/* Folders of the site that no domain may be named like. */
static const char *const own_folders[] = {"about",  "assets",       "benchmarks",  "compare", "changes", "data", "insights", "latest",
                                          "models", "side-by-side", "participate", "samples", "v",    NULL};

static enum bb_code check_domains(const struct bb_site *site, struct bb_err *err)
{
    for (size_t i = 0; i < site->domains.n; i++) {
        const char *name = site->domains.name[i];
        bool is_good = bb_id_valid(name);
        for (size_t k = 0; own_folders[k]; k++) is_good = is_good && !bb_strcaseeq(name, own_folders[k]);
        if (!is_good) return bb_fail(err, BB_EINPUT, "A domain cannot be named \"%s\": it becomes a folder of the site.", name);
    }
    return BB_OK;
}

static enum bb_code find_base(struct bb_site *site, struct bb_err *err)
{
    enum bb_code code = bb_base_url(site->options->base_url, site->arena, &site->base, err);
    if (code == BB_OK && site->edition)
        site->base = bb_arena_printf(site->arena, "%s" BB_EDITION_FOLDER "/%s/", site->base, site->edition->name);
    return code;
}

static enum bb_code add_assets(struct bb_site *site, struct bb_err *err)
{
    struct bb_buf style = BB_BUF_INIT;
    const struct bb_site_options *options = site->options;
    if (options->palette == BB_PALETTE_BRAINSCORE) bb_palette_style(&style);
    bb_brand_style(&site->results->board, &style);
    site->assets.up = site->edition ? BB_EDITION_UP : "";
    enum bb_code code = bb_assets_add(&site->assets, options->home, options->assets, style.len ? bb_buf_text(&style) : NULL,
                                      bb_asset_staging(site), site->arena, err);
    bb_buf_release(&style);
    if (code == BB_OK) code = bb_brand_add(site, err);
    if (code == BB_OK) code = bb_board_card_add(site, err);
    return code;
}

/* An edition that is there already must be what would be published now. */
static enum bb_code check_edition(const struct bb_site *site, struct bb_err *err)
{
    const struct bb_edition *there = site->options->release ? bb_editions_find(site->editions, site->options->release) : NULL;
    if (!there || site->edition || bb_streq(there->scores, site->digest)) return BB_OK;
    return bb_fail(err, BB_EINPUT,
                   "The release \"%s\" is published already, with other scores (%s/" BB_EDITION_FOLDER "/%s), and a release is never changed. "
                   "Give --release another name.",
                   there->name, site->options->out, there->name);
}

/* Of an unlisted model only whoever has its address knows that it exists. */
static void hide_unlisted(const struct bb_site *site)
{
    for (size_t m = 0; m < site->results->n_models; m++)
        if (site->results->model[m].visibility == BB_UNLISTED)
            bb_staging_hide(site->staging, bb_arena_printf(site->arena, "models/%s/", site->results->model[m].id));
}

static enum bb_code add_all(struct bb_site *site, struct bb_err *err)
{
    static enum bb_code (*const pages[])(const struct bb_site *, struct bb_err *) = {
        bb_pages_front,       bb_pages_domains,   bb_pages_together, bb_pages_about,
        bb_pages_participate, bb_pages_questions, bb_pages_insights, bb_pages_compare, bb_pages_changes, bb_pages_editions};
    enum bb_code code = check_domains(site, err);
    hide_unlisted(site);
    if (code == BB_OK && site->options->base_url) code = find_base(site, err);
    if (code == BB_OK) code = add_assets(site, err);
    if (code == BB_OK) code = bb_board_data_add(site, err);
    if (code == BB_OK) code = bb_data_scores_add(site, err);
    if (code == BB_OK) code = check_edition(site, err);
    if (code == BB_OK) code = bb_reports_begin(site, err);
    if (code == BB_OK) bb_table_files_plan(site);
    if (code == BB_OK)
        code = bb_tpl_open(bb_path_join(site->arena, site->options->home, "templates"), site->options->templates, err);
    bb_report_plan(site);
    if (code == BB_OK) code = bb_pages_models(site, err);
    if (code == BB_OK) code = bb_pages_benchmarks(site, err);
    bb_data_files_plan(site);
    if (code == BB_OK) code = bb_crew_start(site->crew, err); /* meanwhile: */
    for (size_t i = 0; code == BB_OK && i < sizeof pages / sizeof pages[0]; i++) code = pages[i](site, err);
    if (code == BB_OK) code = bb_data_files_add(site, err);
    if (code == BB_OK) code = bb_references_add(site, err);
    if (code == BB_OK) code = bb_crew_wait(site->crew, err);
    bb_tpl_close();
    bb_reports_end(site);
    if (code == BB_OK) code = bb_host_files_add(site, err);
    if (code == BB_OK) code = site->edition ? bb_edition_pages_add(site, err) : bb_editions_publish(site, err);
    if (code == BB_OK) code = bb_data_sums_add(site, err);
    if (code == BB_OK) code = bb_provenance_add(site, err); /* last: it has the digests of all others */
    return code;
}

/* --- editions ---------------------------------------------------------------------------------------------------------- */

/* The same board once more, for v/<release>/: it enters with the site. */
static enum bb_code add_edition(const struct bb_site *around, struct bb_err *err)
{
    const struct bb_board *board = &around->results->board;
    struct bb_edition edition = {
        .name = around->options->release, .title = board->title, .date = board->date, .anonymous = around->options->anonymous};
    struct bb_site site = {.results = around->results,
                           .listed = around->listed,
                           .options = around->options,
                           .arena = around->arena,
                           .domains = around->domains,
                           .policies = around->policies,
                           .insights = around->insights,
                           .editions = around->editions,
                           .edition = &edition,
                           .around = around};
    const char *path = bb_arena_printf(around->arena, BB_EDITION_FOLDER "/%s", edition.name);
    enum bb_code code = bb_staging_open_within(around->staging, path, &site.staging, err);
    if (code != BB_OK) return code;
    enum bb_log_level level = bb_log_get_level();
    bb_log_set_level(BB_LOG_QUIET); /* the site says the same once more */
    site.crew = bb_crew_new(site.staging, 0);
    code = add_all(&site, err);
    bb_crew_free(site.crew);
    bb_log_set_level(level);
    if (code == BB_OK) code = bb_edition_finish(&site, &edition, err);
    if (code == BB_OK) code = bb_staging_join(around->staging, site.staging, err);
    bb_staging_close(site.staging);
    if (code == BB_OK) bb_editions_add(around->editions, &edition, around->arena);
    return code;
}

/* Names that were published cannot be taken back by a board that has none beside them. */
static enum bb_code check_anonymous(const struct bb_site *site, struct bb_err *err)
{
    for (size_t i = 0; site->options->anonymous && i < site->editions->n; i++)
        if (!site->editions->edition[i].anonymous)
            return bb_fail(err, BB_EINPUT,
                           "%s has the release \"%s\", which says whose the board is: an anonymous site beside it would not be one. Build it into "
                           "a folder of its own.",
                           site->options->out, site->editions->edition[i].name);
    return BB_OK;
}

static enum bb_code add_editions(struct bb_site *site, bool *is_new, struct bb_err *err)
{
    const char *release = site->options->release;
    enum bb_code code = bb_editions_read(site->options->out, site->arena, site->editions, err);
    if (code == BB_OK) code = check_anonymous(site, err);
    if (code == BB_OK && site->options->base_url) code = bb_base_url(site->options->base_url, site->arena, &site->base, err);
    *is_new = release && !bb_editions_find(site->editions, release);
    return code == BB_OK && *is_new ? add_edition(site, err) : code;
}

static void report_editions(const struct bb_site *site, bool is_new, struct bb_site_report *report)
{
    const char *release = site->options->release;
    report->n_releases = site->editions->n;
    for (size_t i = 0; i < site->editions->n; i++) report->release_bytes += site->editions->edition[i].bytes;
    if (is_new) report->published = bb_path_join(site->arena, site->options->out, bb_arena_printf(site->arena, BB_EDITION_FOLDER "/%s", release));
}

/* --- all of it --------------------------------------------------------------------------------------------------------- */

static bool has_unlisted(const struct bb_results *results)
{
    for (size_t m = 0; m < results->n_models; m++)
        if (results->model[m].visibility == BB_UNLISTED) return true;
    return false;
}

enum bb_code bb_site_build(const struct bb_results *results, const struct bb_site_options *options, struct bb_arena *arena,
                           struct bb_site_report *report, struct bb_err *err)
{
    struct bb_staging_counts counts = {0};
    const struct bb_publish_options whole = {.anonymous = options->anonymous, .parity = options->parity};
    const struct bb_publish_options data = {.anonymous = options->anonymous, .parity = options->parity, .listed_only = true};
    struct bb_results *published = bb_results_published(results, &whole);
    struct bb_results *listed = has_unlisted(published) ? bb_results_published(results, &data) : published;
    struct bb_site site = {
        .results = published, .listed = listed, .options = options, .arena = arena, .domains = bb_view_domains(published, arena)};
    struct bb_policies policies;
    bb_policies_open(&policies, published);
    struct bb_insights insights = bb_insights_of(&policies, arena);
    struct bb_editions editions = {0};
    bool is_new = false;
    site.policies = &policies;
    site.insights = &insights;
    site.editions = &editions;
    bb_page_round_twice(options->parity);
    enum bb_code code = bb_staging_open(options->out, &site.staging, err);
    if (code == BB_OK) {
        site.crew = bb_crew_new(site.staging, 0);
        code = add_editions(&site, &is_new, err);
        if (code == BB_OK) code = add_all(&site, err);
        bb_crew_free(site.crew);
    }
    if (code == BB_OK) code = bb_staging_commit(site.staging, &counts, err);
    bb_staging_close(site.staging);
    bb_policies_close(&policies);
    if (listed != published) bb_results_free(listed);
    bb_results_free(published);
    if (code != BB_OK) return code;
    *report = (struct bb_site_report){.n_written = counts.n_written,
                                      .n_unchanged = counts.n_unchanged,
                                      .n_removed = counts.n_removed,
                                      .front_page = bb_path_join(arena, options->out, "index.html")};
    report_editions(&site, is_new, report);
    return BB_OK;
}
