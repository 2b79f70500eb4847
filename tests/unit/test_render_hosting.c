/*
 * What hosts, searches and citations read: sitemap.xml, robots.txt, _headers, CITATION.cff, JSON-LD, canonical links and cards.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "render/dataset.h"
#include "render/host_files.h"
#include "site_fixture.h"

#define BASE "https://example.org/lab/board/"

static bool there(const char *path)
{
    return bb_is_file(bb_path_join(arena, site, path));
}

static size_t count(const char *text, const char *part)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, part)); at += strlen(part)) n++;
    return n;
}

START_TEST(base_urls_are_folders)
{
    static const struct {
        const char *given, *base; /* NULL: refused */
    } cases[] = {{"https://example.org", "https://example.org/"},
                 {"http://localhost:8000/a/b", "http://localhost:8000/a/b/"},
                 {BASE, BASE},
                 {"https://[::1]/", "https://[::1]/"},
                 {"", NULL},
                 {"example.org", NULL},
                 {"ftp://example.org/", NULL},
                 {"javascript:alert(1)//https://", NULL},
                 {"https://", NULL},
                 {"https:///x", NULL},
                 {"https://example.org/?a=b", NULL},
                 {"https://example.org/#a", NULL},
                 {"https://example.org/a b", NULL},
                 {"https://example.org/\"><script>", NULL},
                 {"https://example.org/a//b", NULL},
                 {"https://example.org/a/../b", NULL},
                 {"https://exämple.org/", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *out = NULL;
        enum bb_code code = bb_base_url(cases[i].given, arena, &out, &err);
        ck_assert_msg((code == BB_OK) == (cases[i].base != NULL), "%s", cases[i].given);
        if (code == BB_OK)
            ck_assert_str_eq(out, cases[i].base);
        else
            ck_assert_int_eq(code, BB_EUSAGE);
    }
}
END_TEST

static bool is_of_unlisted(const char *path)
{
    for (size_t m = 0; m < board->n_models; m++)
        if (board->model[m].visibility == BB_UNLISTED &&
            bb_streq(path, bb_arena_printf(arena, "models/%s/index.html", board->model[m].id)))
            return true;
    return false;
}

/* Every page once at its folder's address, but the 404 page and those of models that are not listed. */
START_TEST(the_sitemap_has_every_page)
{
    struct bb_paths files;
    size_t n = 0;
    struct bb_model *model = BB_NEW_ARRAY(arena, board->n_models, struct bb_model);
    memcpy(model, board->model, board->n_models * sizeof *model);
    model[0].visibility = BB_UNLISTED;
    board->model = model;
    site_build((struct bb_site_options){.base_url = BASE});
    const char *sitemap = site_page("sitemap.xml"), *hidden = bb_arena_printf(arena, "models/%s/index.html", model[0].id);
    ck_assert(there(hidden));
    ck_assert_int_eq(bb_list_tree(arena, site, &files, &err), BB_OK);
    for (size_t i = 0; i < files.n; i++) {
        const char *path = files.path[i];
        if (!bb_ends_with(path, ".html") || bb_streq(path, "404.html") || is_of_unlisted(path)) continue;
        ck_assert_msg(bb_ends_with(path, "index.html"), "%s", path);
        const char *loc = bb_arena_printf(arena, "<loc>" BASE "%.*s</loc>", (int)(strlen(path) - strlen("index.html")), path);
        ck_assert_msg(count(sitemap, loc) == 1, "%s", loc);
        n++;
    }
    ck_assert_uint_gt(n, 10);
    ck_assert_uint_eq(count(sitemap, "<loc>"), n);
    ck_assert_ptr_null(strstr(sitemap, "404"));
    ck_assert_ptr_null(strstr(sitemap, bb_arena_printf(arena, "/%s/", model[0].id)));
    ck_assert_ptr_nonnull(strstr(site_page("robots.txt"), "\nSitemap: " BASE "sitemap.xml\n"));
}
END_TEST

START_TEST(addresses_are_absolute_where_they_must_be)
{
    site_build((struct bb_site_options){.base_url = "https://example.org/lab/board"}); /* without the '/' */
    const char *model = bb_arena_printf(arena, "models/%s/", board->model[1].id);
    ck_assert_ptr_nonnull(strstr(site_page("index.html"), "<link rel=\"canonical\" href=\"" BASE "\">"));
    ck_assert_ptr_nonnull(strstr(site_page("index.html"), "<meta property=\"og:image\" content=\"" BASE "assets/card-"));
    const char *page = site_page(bb_arena_printf(arena, "%sindex.html", model));
    ck_assert_ptr_nonnull(strstr(page, bb_arena_printf(arena, "<link rel=\"canonical\" href=\"" BASE "%s\">", model)));
    ck_assert_ptr_nonnull(strstr(page, bb_arena_printf(arena, "<meta property=\"og:url\" content=\"" BASE "%s\">", model)));
    ck_assert_ptr_null(strstr(page, "\"" BASE "index.html\"")); /* links stay relative */
    const char *lost = site_page("404.html");
    ck_assert_ptr_nonnull(strstr(lost, "href=\"" BASE "index.html\""));
    ck_assert_ptr_nonnull(strstr(lost, "href=\"" BASE "assets/style-"));
    ck_assert_ptr_null(strstr(lost, "canonical"));
    ck_assert_ptr_null(strstr(lost, "href=\"index.html\""));
}
END_TEST

START_TEST(without_an_address_nothing_is_absolute)
{
    board->board.url = NULL;
    site_build((struct bb_site_options){.base_url = NULL});
    ck_assert(!there("sitemap.xml"));
    ck_assert_ptr_null(strstr(site_page("robots.txt"), "Sitemap"));
    ck_assert_ptr_null(strstr(site_page("index.html"), "canonical"));
    ck_assert_ptr_null(strstr(site_page("index.html"), "og:"));
    ck_assert_ptr_null(strstr(site_page("index.html"), "contentUrl"));
    const char *lost = site_page("404.html"); /* served at any depth: it asks for nothing and leads nowhere */
    ck_assert_ptr_nonnull(strstr(lost, "<h1>No such page</h1>"));
    ck_assert(!strstr(lost, "href=") && !strstr(lost, "src="));
}
END_TEST

/* Hosts join what rules for one address say, so no header may stand in two; the policy is at least as strict as that of the pages. */
START_TEST(headers_say_each_thing_once)
{
    site_build((struct bb_site_options){.base_url = NULL});
    const char *headers = site_page("_headers");
    static const char *const once[] = {"Content-Security-Policy: default-src 'none';", "frame-ancestors 'none'",
                                       "Cache-Control:", "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer"};
    for (size_t i = 0; i < sizeof once / sizeof once[0]; i++) ck_assert_msg(count(headers, once[i]) == 1, "%s", once[i]);
    ck_assert_ptr_nonnull(strstr(headers, "/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"));
    ck_assert_ptr_null(strstr(headers, "unsafe"));
    ck_assert(there(".nojekyll"));
}
END_TEST

/* Only where there are scripts may they run. */
START_TEST(scripts_run_on_pages_that_have_them)
{
    struct bb_paths files;
    size_t with = 0, without = 0;
    site_build((struct bb_site_options){.base_url = NULL});
    ck_assert_int_eq(bb_list_tree(arena, site, &files, &err), BB_OK);
    for (size_t i = 0; i < files.n; i++) {
        if (!bb_ends_with(files.path[i], ".html")) continue;
        const char *page = site_page(files.path[i]);
        bool runs = strstr(page, "<script src=") != NULL, may = strstr(page, "script-src 'self'") != NULL;
        ck_assert_msg(runs == may, "%s", files.path[i]);
        ck_assert_ptr_nonnull(strstr(page, "default-src 'none'"));
        with += runs;
        without += !runs;
    }
    ck_assert_uint_gt(with, 0);
    ck_assert_uint_gt(without, 0);
}
END_TEST

/* --- the board as a data set ------------------------------------------------------------------------------------------- */

static const char *authors[] = {"Ada Lovelace", "The lab of \"engines\": a, b # c", HOSTILE,
                                "- [x] \\ \x7f \xc2\x85 \xef\xbb\xbf é 🧠"};

static void describe_board(void)
{
    board->board.title = HOSTILE;
    board->board.description = "Short.";
    board->board.release = "2026.11";
    board->board.date = "2026-11-23";
    board->board.license = "cc-by-4.0";
    board->board.doi = "10.5281/zenodo.123";
    board->board.citation = "@misc{x}";
    board->board.authors = (struct bb_texts){authors, sizeof authors / sizeof authors[0]};
}

static const struct bb_json *dataset(void)
{
    struct bb_diags diags;
    const char *begin = strstr(site_page("index.html"), "<script type=\"application/ld+json\">");
    ck_assert_ptr_nonnull(begin);
    begin = strchr(begin, '>') + 1;
    const char *end = strstr(begin, "</script>");
    ck_assert_ptr_null(memchr(begin, '<', (size_t)(end - begin)));
    bb_diags_init(&diags);
    const struct bb_json *json = bb_json_parse(arena, "dataset", begin, (size_t)(end - begin), &diags);
    ck_assert_msg(json != NULL, "%s", diags.n ? diags.diag[0].message : "");
    bb_diags_release(&diags);
    return json;
}

START_TEST(the_dataset_is_complete)
{
    static const char *const texts[][2] = {{"@context", "https://schema.org/"},
                                           {"@type", "Dataset"},
                                           {"name", HOSTILE},
                                           {"url", BASE},
                                           {"identifier", "https://doi.org/10.5281/zenodo.123"},
                                           {"version", "2026.11"},
                                           {"datePublished", "2026-11-23"},
                                           {"license", "https://spdx.org/licenses/CC-BY-4.0.html"},
                                           {"citation", "@misc{x}"}};
    describe_board();
    site_build((struct bb_site_options){.base_url = BASE});
    const struct bb_json *json = dataset();
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        ck_assert_msg(bb_streq(bb_json_text(json, texts[i][0]), texts[i][1]), "%s", texts[i][0]);
    const char *description = bb_json_text(json, "description");
    ck_assert(bb_starts_with(description, "Short. "));
    ck_assert_uint_ge(bb_utf8_length(description, strlen(description)), 50);
    const struct bb_json *creator = bb_json_member(json, "creator"), *files = bb_json_member(json, "distribution");
    ck_assert_uint_eq(creator->as.list.n, sizeof authors / sizeof authors[0]);
    ck_assert_str_eq(bb_json_text(creator->as.list.item[0], "@type"), "Person");
    ck_assert_str_eq(bb_json_text(creator->as.list.item[1], "@type"), "Organization");
    for (size_t i = 0; i < files->as.list.n; i++) {
        const char *url = bb_json_text(files->as.list.item[i], "contentUrl");
        ck_assert(bb_starts_with(url, BASE) && there(url + strlen(BASE)));
        ck_assert_ptr_nonnull(bb_json_text(files->as.list.item[i], "encodingFormat"));
    }
    ck_assert_uint_ge(files->as.list.n, 2);
}
END_TEST

/* The value of a line, read as JSON, whose strings YAML's double-quoted ones contain; escapes that only YAML has are turned into JSON's. */
static const char *scalar(const char *line, const char *key)
{
    struct bb_buf json = BB_BUF_INIT;
    struct bb_diags diags;
    ck_assert_msg(bb_starts_with(line, key), "%s", line);
    for (const char *c = line + strlen(key); *c && *c != '\n'; c++) {
        if (bb_starts_with(c, "\\x")) {
            bb_buf_puts(&json, "\\u00");
            c++;
        } else {
            bb_buf_putc(&json, *c);
        }
    }
    bb_diags_init(&diags);
    const struct bb_json *value = bb_json_parse(arena, "scalar", json.data, json.len, &diags);
    ck_assert_msg(value && value->type == BB_JSON_TEXT, "%s", json.data);
    bb_diags_release(&diags);
    bb_buf_release(&json);
    return value->as.text;
}

static const char *line_with(const char *text, const char *key)
{
    const char *at = strstr(text, bb_arena_printf(arena, "\n%s", key));
    ck_assert_msg(at != NULL, "no %s", key);
    return at + 1;
}

START_TEST(the_citation_file_reads_back)
{
    describe_board();
    site_build((struct bb_site_options){.base_url = BASE});
    const char *cff = site_page("CITATION.cff"), *at = strstr(cff, "\nauthors:\n") + strlen("\nauthors:\n");
    ck_assert(bb_starts_with(cff, "cff-version: 1.2.0\n"));
    ck_assert_str_eq(scalar(line_with(cff, "title: "), "title: "), HOSTILE);
    ck_assert_str_eq(scalar(line_with(cff, "doi: "), "doi: "), "10.5281/zenodo.123");
    ck_assert_str_eq(scalar(line_with(cff, "license: "), "license: "), "CC-BY-4.0");
    ck_assert_str_eq(scalar(line_with(cff, "date-released: "), "date-released: "), "2026-11-23");
    for (size_t i = 0; i < sizeof authors / sizeof authors[0]; i++, at = strchr(at, '\n') + 1)
        ck_assert_str_eq(scalar(at, "  - name: "), authors[i]);
    /* what YAML does not print is escaped */
    ck_assert_ptr_null(strchr(cff, 0x7f));
    ck_assert_ptr_null(strstr(cff, "\xc2\x85"));
    ck_assert_ptr_null(strstr(cff, "\xef\xbb\xbf"));
    for (const char *c = cff; *c; c++) ck_assert(*c == '\n' || (unsigned char)*c >= ' ');
    ck_assert_ptr_nonnull(strstr(site_page("index.html"), "href=\"CITATION.cff\""));
}
END_TEST

START_TEST(without_authors_there_is_no_citation_file)
{
    describe_board();
    board->board.authors = (struct bb_texts){0};
    site_build((struct bb_site_options){.base_url = BASE});
    ck_assert(!there("CITATION.cff"));
    ck_assert_ptr_null(strstr(site_page("index.html"), "CITATION.cff"));
    ck_assert_ptr_null(bb_json_member(dataset(), "creator"));
}
END_TEST

START_TEST(only_good_dois_and_licenses_are_addresses)
{
    ck_assert_ptr_null(bb_doi_url(arena, NULL));
    ck_assert_ptr_null(bb_doi_url(arena, "zenodo.123"));
    ck_assert_ptr_null(bb_doi_url(arena, "10.1/a\"b"));
    ck_assert_ptr_null(bb_doi_url(arena, "10.1/a b"));
    ck_assert_str_eq(bb_doi_url(arena, "10.1/ab"), "https://doi.org/10.1/ab");
    ck_assert_ptr_null(bb_license_url(arena, NULL));
    ck_assert_ptr_null(bb_license_url(arena, "all rights reserved"));
    ck_assert_ptr_null(bb_license_url(arena, "javascript:alert(1)"));
    ck_assert_str_eq(bb_license_url(arena, "https://example.org/terms"), "https://example.org/terms");
}
END_TEST

START_TEST(contacts_are_links_where_they_can_be)
{
    static const struct {
        const char *contact, *markup;
    } cases[] = {{"board@example.org", "Contact: <a href=\"mailto:board@example.org\">"},
                 {"https://example.org/lab", "Contact: <a href=\"https://example.org/lab\">"},
                 {"javascript:alert(1)", "Contact: <bdi>javascript:alert(1)</bdi>"},
                 {"a@b.c?bcc=d@e.f", "Contact: <bdi>a@b.c?bcc=d@e.f</bdi>"},
                 {"room 7", "Contact: <bdi>room 7</bdi>"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        board->board.contact = cases[i].contact;
        site_build((struct bb_site_options){.base_url = NULL});
        ck_assert_msg(strstr(site_page("index.html"), cases[i].markup) != NULL, "%s", cases[i].contact);
    }
}
END_TEST

Suite *suite_render_hosting(void);
Suite *suite_render_hosting(void)
{
    Suite *suite = suite_create("render_hosting");
    TCase *tcase = tcase_create("hosting");
    tcase_add_checked_fixture(tcase, site_set_up, site_tear_down);
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, base_urls_are_folders);
    tcase_add_test(tcase, the_sitemap_has_every_page);
    tcase_add_test(tcase, addresses_are_absolute_where_they_must_be);
    tcase_add_test(tcase, without_an_address_nothing_is_absolute);
    tcase_add_test(tcase, headers_say_each_thing_once);
    tcase_add_test(tcase, scripts_run_on_pages_that_have_them);
    tcase_add_test(tcase, the_dataset_is_complete);
    tcase_add_test(tcase, the_citation_file_reads_back);
    tcase_add_test(tcase, without_authors_there_is_no_citation_file);
    tcase_add_test(tcase, only_good_dois_and_licenses_are_addresses);
    tcase_add_test(tcase, contacts_are_links_where_they_can_be);
    suite_add_tcase(suite, tcase);
    return suite;
}
