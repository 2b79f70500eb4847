/*
 * Editions on pages: which one a page belongs to, the list of them, and the page that leads to the latest.
 */
#include "base/text.h"
#include "render/editions.h"
#include "render/page.h"

struct bb_staging *bb_asset_staging(const struct bb_site *site)
{
    return site->around ? site->around->staging : site->staging;
}

/* "3.2 MB" */
static const char *size_text(struct bb_arena *arena, double bytes)
{
    return bytes < 1e6 ? bb_arena_printf(arena, "%.0f kB", bytes / 1e3 < 1 ? 1 : bytes / 1e3)
                       : bb_arena_printf(arena, "%.1f MB", bytes / 1e6);
}

void bb_page_edition(struct bb_page *page)
{
    const struct bb_site *site = page->site;
    const struct bb_edition *edition = site->edition;
    const char *release = site->results->board.release;
    if (!bb_editions_here(site)) {
        bb_tpl_optional(page->shell, "RELEASE", release);
        return;
    }
    struct bb_tpl_dict *dict = bb_tpl_section(page->shell, "RELEASES");
    bb_tpl_set(dict, "SITE_UP", edition ? BB_EDITION_UP : "");
    bb_tpl_set(dict, "RELEASE_LABEL", edition ? edition->name : release && *release ? release : "Releases");
    bb_tpl_set(dict, "EDITION_NAME", edition ? edition->name : "");
    bb_tpl_set(dict, "PAGE_PATH", page->path);
    bb_tpl_set(bb_tpl_section(page->shell, "WITH_VERSIONS"), "VERSIONS_PATH",
               edition ? BB_EDITION_UP BB_VERSIONS_SCRIPT : BB_VERSIONS_SCRIPT);
    bb_page_script(page, "releases.js");
    if (!edition) return;
    struct bb_tpl_dict *banner = bb_tpl_section(page->shell, "EDITION");
    bb_tpl_set(banner, "EDITION_NAME", edition->name);
    bb_tpl_set(banner, "SITE_UP", BB_EDITION_UP);
    bb_tpl_optional(banner, "EDITION_DATE", edition->date);
}

static enum bb_code list_page(const struct bb_site *site, struct bb_err *err)
{
    struct bb_page page;
    bb_page_begin(&page, site, BB_EDITION_LIST, "editions.tpl", "Releases");
    double bytes = 0;
    for (size_t i = 0; i < site->editions->n; i++) {
        const struct bb_edition *edition = &site->editions->edition[i];
        struct bb_tpl_dict *row = bb_tpl_section(page.content, "EDITION_ROW");
        bb_tpl_set(row, "EDITION_NAME", edition->name);
        bb_tpl_set(row, "EDITION_DAY", edition->date ? edition->date : "");
        bb_tpl_set(row, "EDITION_MODELS", bb_arena_printf(page.arena, "%.0f", edition->models));
        bb_tpl_set(row, "EDITION_BENCHMARKS", bb_arena_printf(page.arena, "%.0f", edition->benchmarks));
        bb_tpl_set(row, "EDITION_SIZE", size_text(page.arena, edition->bytes));
        if (i == 0) bb_tpl_show(row, "EDITION_LATEST");
        bytes += edition->bytes;
    }
    bb_tpl_set(page.content, "EDITIONS_COUNT",
               bb_arena_printf(page.arena, "%zu release%s, %s", site->editions->n, site->editions->n == 1 ? "" : "s",
                               size_text(page.arena, bytes)));
    return bb_page_end(&page, err);
}

static enum bb_code latest_page(const struct bb_site *site, struct bb_err *err)
{
    const struct bb_edition *latest = &site->editions->edition[0];
    struct bb_page page;
    bb_page_begin(&page, site, BB_LATEST_PAGE, "latest.tpl", "The latest release");
    bb_tpl_set(page.content, "EDITION_NAME", latest->name);
    bb_tpl_optional(page.content, "EDITION_DATE", latest->date);
    page.leads_to = bb_arena_printf(page.arena, BB_EDITION_FOLDER "/%s/index.html", latest->name);
    bb_tpl_optional(page.shell, "LEADS_TO", page.leads_to);
    return bb_page_end(&page, err);
}

enum bb_code bb_pages_editions(const struct bb_site *site, struct bb_err *err)
{
    if (site->edition || !bb_editions_here(site)) return BB_OK;
    enum bb_code code = list_page(site, err);
    return code == BB_OK ? latest_page(site, err) : code;
}
