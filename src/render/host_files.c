#include "render/host_files.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "render/dataset.h"
#include "render/editions.h"

#define SITEMAP_LIMIT 50000 /* of the protocol */

/* --- addresses -------------------------------------------------------------------------------------------------------- */

enum bb_code bb_base_url(const char *url, struct bb_arena *arena, const char **out, struct bb_err *err)
{
    const char *host = bb_starts_with(url, "https://")  ? url + strlen("https://")
                       : bb_starts_with(url, "http://") ? url + strlen("http://")
                                                        : "";
    bool good = isalnum((unsigned char)*host) || *host == '[';
    for (const char *c = host; *c; c++) good = good && (isalnum((unsigned char)*c) || strchr("-._~:/[]@!$&'()*+,;=%", *c));
    if (!good || strstr(host, "//") || strstr(host, "/../"))
        return bb_fail(err, BB_EUSAGE, "--base-url must be where the site will be, as in https://example.org/board/, not \"%s\"",
                       url);
    *out = bb_ends_with(url, "/") ? bb_arena_strdup(arena, url) : bb_arena_printf(arena, "%s/", url);
    return BB_OK;
}

/* Ids and names of files have no character that must be encoded in the path of an address but '+' and '=', which may stand as they are. */
const char *bb_absolute(const struct bb_site *site, const char *path, struct bb_arena *arena)
{
    if (site->around && bb_starts_with(path, BB_EDITION_UP)) return bb_absolute(site->around, path + strlen(BB_EDITION_UP), arena);
    size_t len = strlen(path);
    if (strcmp(path, "index.html") == 0)
        len = 0;
    else if (bb_ends_with(path, "/index.html"))
        len -= strlen("index.html");
    return bb_arena_printf(arena, "%s%.*s", site->base, (int)len, path);
}

/* --- texts ------------------------------------------------------------------------------------------------------------ */

static void add_xml(struct bb_buf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '&')
            bb_buf_puts(out, "&amp;");
        else if (*text == '<')
            bb_buf_puts(out, "&lt;");
        else if (*text == '>')
            bb_buf_puts(out, "&gt;");
        else if (*text == '\'')
            bb_buf_puts(out, "&apos;");
        else
            bb_buf_putc(out, *text);
    }
}

bool bb_is_unlisted(const struct bb_site *site, const char *path)
{
    const struct bb_results *results = site->results;
    if (!bb_starts_with(path, "models/")) return false;
    const char *id = path + strlen("models/");
    size_t len = strcspn(id, "/");
    for (size_t m = 0; m < results->n_models; m++)
        if (results->model[m].visibility == BB_UNLISTED && strlen(results->model[m].id) == len &&
            strncmp(results->model[m].id, id, len) == 0)
            return true;
    return false;
}

bool bb_is_indexed(const struct bb_site *site, const char *path)
{
    return bb_ends_with(path, ".html") && strcmp(path, "404.html") != 0 && strcmp(path, BB_LATEST_PAGE) != 0 && !bb_is_unlisted(site, path);
}

void bb_sitemap_xml(const struct bb_site *site, const struct bb_paths *paths, struct bb_buf *out)
{
    struct bb_arena *arena = bb_arena_new(0);
    size_t n = 0;
    if (site->base) {
        bb_buf_puts(
            out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        for (size_t i = 0; i < paths->n && n < SITEMAP_LIMIT; i++) {
            if (!bb_is_indexed(site, paths->path[i])) continue;
            bb_buf_puts(out, "<url><loc>");
            add_xml(out, bb_absolute(site, paths->path[i], arena));
            bb_buf_puts(out, "</loc></url>\n");
            n++;
        }
        bb_buf_puts(out, "</urlset>\n");
    }
    bb_arena_free(arena);
}

void bb_robots_txt(const struct bb_site *site, struct bb_buf *out)
{
    bb_buf_puts(out, "User-agent: *\nAllow: /\n");
    if (site->base) bb_buf_printf(out, "\nSitemap: %ssitemap.xml\n", site->base);
}

/* For hosts that read such a file (Netlify, Cloudflare Pages). Rules that match together are joined, so each header stands in one of them: pages keep
   the host's own rule, which asks whether they changed. */
void bb_headers_txt(struct bb_buf *out)
{
    bb_buf_puts(out, "/*\n"
                     "  Content-Security-Policy: " BB_POLICY_COMMON "; script-src 'self'; frame-ancestors 'none'\n"
                     "  X-Content-Type-Options: nosniff\n"
                     "  Referrer-Policy: no-referrer\n"
                     "/assets/*\n"
                     "  Cache-Control: public, max-age=31536000, immutable\n");
}

/* --- files ------------------------------------------------------------------------------------------------------------ */

/* Nothing to say, no file. */
static enum bb_code add_text(const struct bb_site *site, const char *path, struct bb_buf *text, struct bb_err *err)
{
    enum bb_code code = text->len ? bb_staging_add(site->staging, path, text->data, text->len, err) : BB_OK;
    bb_buf_reset(text);
    return code;
}

enum bb_code bb_host_files_add(const struct bb_site *site, struct bb_err *err)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_paths paths;
    if (site->edition) { /* the host reads those of the site around it */
        bb_citation_cff(site, &text);
        enum bb_code done = add_text(site, "CITATION.cff", &text, err);
        bb_buf_release(&text);
        return done;
    }
    enum bb_code code = bb_staging_add(site->staging, ".nojekyll", "", 0, err); /* or GitHub Pages would leave some files out */
    bb_headers_txt(&text);
    if (code == BB_OK) code = add_text(site, "_headers", &text, err);
    bb_robots_txt(site, &text);
    if (code == BB_OK) code = add_text(site, "robots.txt", &text, err);
    const struct bb_staged *file = bb_staging_files(site->staging, "", site->arena, &paths.n);
    paths.path = BB_NEW_ARRAY(site->arena, paths.n + 1, char *);
    for (size_t i = 0; i < paths.n; i++) paths.path[i] = bb_arena_strdup(site->arena, file[i].path);
    bb_sitemap_xml(site, &paths, &text);
    if (code == BB_OK) code = add_text(site, "sitemap.xml", &text, err);
    bb_citation_cff(site, &text);
    if (code == BB_OK) code = add_text(site, "CITATION.cff", &text, err);
    bb_buf_release(&text);
    return code;
}
