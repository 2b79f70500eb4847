#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "render/site.h"
#include "render_board.h"
#include "verify/verify.h"

static struct bb_arena *arena;
static char dir[] = "/tmp/bb-verify-XXXXXX";
static const char *site;
static struct bb_err err;
static struct bb_diags diags;
static struct bb_verify_report report;

static void put(const char *path, const char *text, size_t len)
{
    ck_assert_int_eq(bb_file_write(bb_path_join(arena, site, path), text, len, &err), BB_OK);
}

/* Checksums of the data, as sha256sum writes them, where the site has none. */
static void add_sums(void)
{
    struct bb_paths paths;
    struct bb_buf sums = BB_BUF_INIT;
    const char *data = bb_path_join(arena, site, "data");
    char digest[BB_SHA256_TEXT];
    if (bb_is_file(bb_path_join(arena, data, "SHA256SUMS"))) return;
    ck_assert_int_eq(bb_list_tree(arena, data, &paths, &err), BB_OK);
    for (size_t i = 0; i < paths.n; i++) {
        ck_assert_int_eq(bb_sha256_file(bb_path_join(arena, data, paths.path[i]), digest, &err), BB_OK);
        bb_buf_printf(&sums, "%s  %s\n", digest, paths.path[i]);
    }
    put("data/SHA256SUMS", sums.data, sums.len);
    bb_buf_release(&sums);
}

/* The site is made once; each test changes a copy of its own. */
static char made[] = "/tmp/bb-verify-XXXXXX";

static void make_site(void)
{
    struct bb_site_report built = {0};
    arena = bb_arena_new(0);
    bb_log_set_level(BB_LOG_QUIET);
    ck_assert_ptr_nonnull(mkdtemp(made));
    site = bb_path_join(arena, made, "site");
    struct bb_results *board = render_board_new();
    struct bb_site_options options = {.out = site, .home = BB_HOME};
    ck_assert_msg(bb_site_build(board, &options, arena, &built, &err) == BB_OK, "%s", err.msg);
    bb_arena_free(board->arena);
    add_sums();
    bb_arena_free(arena);
}

static void drop_site(void)
{
    ck_assert_int_eq(bb_remove_tree(made, &err), BB_OK);
}

/* By links: the tests take files away and put others in their place, but write into none. */
static void copy_site(void)
{
    struct bb_paths paths;
    const char *from = bb_path_join(arena, made, "site");
    ck_assert_int_eq(bb_list_tree(arena, from, &paths, &err), BB_OK);
    for (size_t i = 0; i < paths.n; i++) {
        const char *to = bb_path_join(arena, site, paths.path[i]);
        ck_assert_int_eq(bb_make_dirs(bb_path_dir(arena, to), &err), BB_OK);
        ck_assert_int_eq(link(bb_path_join(arena, from, paths.path[i]), to), 0);
    }
}

static void setup(void)
{
    arena = bb_arena_new(0);
    bb_diags_init(&diags);
    strcpy(dir + strlen(dir) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    site = bb_path_join(arena, dir, "site");
    memset(&err, 0, sizeof err);
    copy_site();
}

static void teardown(void)
{
    ck_assert_int_eq(bb_remove_tree(dir, &err), BB_OK);
    bb_diags_release(&diags);
    bb_arena_free(arena);
}

static void verify(void)
{
    ck_assert_msg(bb_verify_site(site, &diags, &report, &err) == BB_OK, "%s", err.msg);
}

static const char *said(void)
{
    struct bb_buf text = BB_BUF_INIT;
    for (size_t i = 0; i < diags.n; i++)
        if (diags.diag[i].severity == BB_ERROR && strlen(diags.diag[i].place.file) > strlen(site))
            bb_buf_printf(&text, "%s:%zu: %s\n", diags.diag[i].place.file + strlen(site) + 1, diags.diag[i].place.line,
                          diags.diag[i].message);
    const char *copy = bb_arena_strdup(arena, bb_buf_text(&text));
    bb_buf_release(&text);
    return copy;
}

static bool notes(const char *text)
{
    for (size_t i = 0; i < diags.n; i++)
        if (diags.diag[i].severity == BB_NOTE && strstr(diags.diag[i].message, text)) return true;
    return false;
}

START_TEST(a_good_site_is_clean)
{
    verify();
    ck_assert_msg(report.n_wrong == 0, "%s", said());
    ck_assert_uint_eq(diags.n_errors, 0);
    ck_assert_uint_gt(report.n_pages, 40);
    ck_assert_uint_gt(report.n_links, 1000);
    ck_assert_uint_gt(report.n_numbers, 700);
    ck_assert_uint_gt(report.n_digests, 2);
}
END_TEST

/* One change of one file: in its text, behind the first `anchor`, the first `from` becomes `to`. */
static const struct {
    const char *file, *anchor, *from, *to;
    const char *message; /* part of what must be said, with the file in front */
} changes[] = {
    /* links */
    {"vision/index.html", "<tbody>", "/models/", "/modules/", "vision/index.html:%: a link to \"modules/"},
    {"index.html", "class=\"skip\"", "#main", "#mian", "that page has no id \"mian\""},
    {"about/index.html", "<body>", "../index.html", "/index.html", "begins at the root of the host"},
    {"about/index.html", "<body>", "../index.html", "../../index.html", "leads out of the site"},
    {"about/index.html", "<body>", "../index.html", "../", "a link to the folder"},
    {"about/index.html", "<body>", "../index.html", "//evil.example/", "address of another host"},
    {"about/index.html", "<body>", "../index.html", "javascript:alert(1)", "a link to \"javascript:alert(1)\""},
    {"about/index.html", "<body>", "../index.html", "../inde%78.html", ""}, /* the same address, written otherwise */
    /* what would be loaded from elsewhere */
    {"about/index.html", "<main", "</main>", "<img alt=\"\" src=\"https://evil.example/x.png\"></main>",
     "would load \"https://evil.example"},
    {"about/index.html", "<head>", "</head>", "<link rel=\"preload\" href=\"https://evil.example/x\"></head>", "would load"},
    {"about/index.html", "<main", "</main>", "<iframe src=\"https://evil.example\"></iframe></main>", "would load"},
    {"about/index.html", "<main", "</main>", "<svg><use href=\"https://evil.example/a.svg#b\"/></svg></main>", "would load"},
    {"about/index.html", "<main", "</main>", "<img alt=\"\" srcset=\"https://evil.example/2.png 2x\"></main>", "would load"},
    {"about/index.html", "<head>", "</head>", "<meta http-equiv=\"refresh\" content=\"0;url=x\"></head>",
     "leads elsewhere by itself"},
    {"about/index.html", "<head>", "</head>", "<base href=\"/\"></head>", "<base>"},
    /* what the policy forbids */
    {"about/index.html", "<main", "</main>", "<script>alert(1)</script></main>", "a script in the page itself"},
    {"about/index.html", "<main", "</main>", "<script type=\"module\">1</script></main>", "a script in the page itself"},
    {"about/index.html", "<main", "</main>", "<script type=\"application/json\">{,}</script></main>", "the JSON in the page"},
    {"about/index.html", "<main", "<h1>", "<h1 onclick=\"x()\">", "onclick"},
    {"about/index.html", "<main", "<h1>", "<h1 style=\"color: red\">", "style"},
    {"about/index.html", "<main", "<h1>", "<style>h1 {}</style><h1>", "<style>"},
    {"about/index.html", "<head>", "Content-Security-Policy", "X", "has no Content-Security-Policy"},
    {"about/index.html", "Content-Security-Policy", "style-src ", "style-src 'unsafe-inline' ", "allows what is unsafe"},
    {"about/index.html", "Content-Security-Policy", "'none'", "*", "does not begin with default-src 'none'"},
    /* markup */
    {"about/index.html", "<main", "id=\"averages\"", "id=\"scores\"", "the id \"scores\" stands twice"},
    {"about/index.html", "<main", "aria-labelledby=\"", "aria-labelledby=\"x", "which the page does not have"},
    {"about/index.html", "<main", "</p>", "</b></q></p>", "syntax errors"},
    {"about/index.html", "<head>", "<title>", "<meta content=\"", "has no title"},
    /* numbers */
    {"vision/index.html", "class=\"num own", ">0.", ">7.", "the score of "},
    {"vision/index.html", "class=\"num own", ">0.", ">", "the score of "},
    {"vision/index.html", "data-source=", "assets/", "assets/x", "a link to \"assets/xboard-"},
    {"vision/index.html", "<td class=\"rank\">", "1", "11", "the rank of "},
    {"vision/index.html", "class=\"num cover", " of ", " of 9", " is shown as of 9"},
    {"models/alexnet/index.html", "<tbody>", "ref\">0.", "ref\">9.", "the median of "},
    {"benchmarks/FreemanZiemba2013.V1-pls/index.html", "<tbody>", "<td class=\"num\">0.", "<td class=\"num\">8.", " of "},
    {"index.html", "class=\"num own", ">0.", ">3.", "the score of "},
    {"vision/index.html", "models/hostile/", "models/hostile/", "models/alexnet/", "of alexnet"},
    {"vision/index.html", "<thead>", "benchmarks/V1/", "benchmarks/IT/", ", IT is shown as"},
    {"vision/index.html", "✕</span>", "failed", "0.12", "is shown as 0.12, and the data has none"},
    {"data/scores.csv", "alexnet", ",ok,0.", ",ok,1.", "data/scores.csv:"},
    {"data/scores.json", "\"cells\"", "\"score\":0.", "\"score\":1.", "is 1."},
    /* data */
    {"data/scores.json", "\"cells\"", "\"model\":\"alexnet\"", "\"model\":\"alxnet\"",
     "names a model or benchmark that the file does not have"},
    {"data/scores.json", "\"cells\"", "]", "", "data/scores.json:"},
    {"data/scores.json", "schema", "brainboard/scores/", "else/", "not a results file"},
    {"data/scores.json", "\"id\":\"alexnet\"", ",", ",\"visibility\":\"private\",",
     "a private model stands in the published data"},
};

static char *load(const char *path, size_t *len)
{
    struct bb_buf text = BB_BUF_INIT;
    ck_assert_msg(bb_file_read(bb_path_join(arena, site, path), 0, &text, &err) == BB_OK, "%s", err.msg);
    char *copy = bb_arena_strndup(arena, bb_buf_text(&text), text.len);
    *len = text.len;
    bb_buf_release(&text);
    return copy;
}

/* `pattern` may have one '%': any number. */
static bool has_message(const char *text, const char *pattern)
{
    const char *any = strchr(pattern, '%');
    if (!any) return strstr(text, pattern) != NULL;
    const char *start = bb_arena_strndup(arena, pattern, (size_t)(any - pattern));
    for (const char *at = text; (at = strstr(at, start)); at++) {
        const char *after = at + strlen(start) + strspn(at + strlen(start), "0123456789");
        if (bb_starts_with(after, any + 1)) return true;
    }
    return false;
}

/* provenance.json has the digest of the file as it is now, so that what is found is found by another check. */
static void settle_provenance(const char *file, const char *text, size_t text_len)
{
    size_t len;
    char digest[BB_SHA256_TEXT], *provenance = load("provenance.json", &len);
    char *at = strstr(provenance, bb_arena_printf(arena, "\"%s\": \"", file));
    ck_assert_msg(at != NULL, "provenance.json has no %s", file);
    bb_sha256_text(text, text_len, digest);
    memcpy(at + strlen(file) + 5, digest, BB_SHA256_TEXT - 1);
    put("provenance.json", provenance, len);
}

START_TEST(a_change_is_found)
{
    size_t len;
    char *text = load(changes[_i].file, &len);
    char *anchor = strstr(text, changes[_i].anchor);
    ck_assert_msg(anchor != NULL, "%s has no %s", changes[_i].file, changes[_i].anchor);
    char *at = strstr(anchor, changes[_i].from);
    ck_assert_msg(at != NULL, "%s has no %s behind %s", changes[_i].file, changes[_i].from, changes[_i].anchor);
    const char *changed =
        bb_arena_printf(arena, "%.*s%s%s", (int)(at - text), text, changes[_i].to, at + strlen(changes[_i].from));
    put(changes[_i].file, changed, strlen(changed));
    settle_provenance(changes[_i].file, changed, strlen(changed));
    verify();
    if (*changes[_i].message) {
        ck_assert_uint_gt(report.n_wrong, 0);
        ck_assert_msg(has_message(said(), changes[_i].message), "said:\n%s", said());
    } else {
        ck_assert_msg(report.n_wrong == 0, "%s", said());
    }
}
END_TEST

static const char *asset(void)
{
    struct bb_paths paths;
    ck_assert_int_eq(bb_glob(arena, bb_path_join(arena, site, "assets/style-*.css"), &paths, &err), BB_OK);
    ck_assert_uint_eq(paths.n, 1);
    return paths.path[0];
}

START_TEST(a_page_that_is_not_the_one_that_was_made)
{
    size_t len;
    char *text = load("about/index.html", &len);
    char *word = strstr(text, "reference"); /* a word of prose, which no other check reads */
    ck_assert_ptr_nonnull(word);
    *word = 'R';
    put("about/index.html", text, len);
    verify();
    ck_assert_uint_eq(report.n_wrong, 1);
    ck_assert_msg(has_message(said(), "its bytes are not those that provenance.json:%"), "%s", said());
}
END_TEST

START_TEST(a_changed_byte_of_an_asset)
{
    const char *path = asset() + strlen(site) + 1;
    size_t len;
    char *text = load(path, &len);
    text[len / 2] ^= 1;
    put(path, text, len);
    verify();
    ck_assert_msg(has_message(said(), "not those that its name is the fingerprint of"), "%s", said());
}
END_TEST

/* The values behind a leaderboard. The file is renamed after the change, so that its fingerprint is right. */
START_TEST(a_changed_value_of_a_leaderboard)
{
    struct bb_paths paths;
    ck_assert_int_eq(bb_glob(arena, bb_path_join(arena, site, "assets/board-average_vision-*.js"), &paths, &err), BB_OK);
    ck_assert_uint_eq(paths.n, 1);
    size_t len;
    char *text = load(paths.path[0] + strlen(site) + 1, &len);
    char *at = strstr(strstr(text, "\"scores\""), "0.");
    at[2] = at[2] == '1' ? '2' : '1';
    put("assets/board-average_vision-new.js", text, len);
    verify();
    ck_assert_msg(has_message(said(), "assets/board-average_vision-new.js:1: the score of "), "%s", said());
}
END_TEST

START_TEST(a_style_sheet_that_loads)
{
    size_t len;
    char *text = load(asset() + strlen(site) + 1, &len);
    text = bb_arena_printf(arena, "%s/* url(x) */\n@import \"y\";\nb {background: url('https://evil.example/z')}\n", text);
    put(asset() + strlen(site) + 1, text, strlen(text));
    verify();
    ck_assert_msg(has_message(said(), "@import"), "%s", said());
    ck_assert_msg(has_message(said(), "would load \"https://evil.example/z\""), "%s", said());
    ck_assert_ptr_null(strstr(said(), "\"x\""));
}
END_TEST

/* Files that are gone, and what is said. */
static const char *const gone[][2] = {
    {"models/alexnet/index.html", "a model of the data has no page"},
    {"benchmarks/V1/index.html", "a benchmark of the data has no page"},
    {"404.html", ".brainboard-files:%: 404.html is gone"},
    {".nojekyll", "the site has no such file"},
    {"data/scores.csv", "a link to \"data/scores.csv\", which is not in the site"},
    {"data/scores.json", "the site has no data"},
};

START_TEST(a_missing_file_is_found)
{
    ck_assert_int_eq(unlink(bb_path_join(arena, site, gone[_i][0])), 0);
    verify();
    ck_assert_msg(has_message(said(), gone[_i][1]), "%s", said());
}
END_TEST

static const struct {
    const char *file, *text, *message;
} pictures[] = {
    {"x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><path id=\"a\" d=\"\"/></svg>", ""},
    {"x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><path></svg>", "not well-formed"},
    {"x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<script>1</script></svg>", "x.svg:2: <script>"},
    {"x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"/>", "onload"},
    {"x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><b id=\"a\"/><b id=\"a\"/></svg>", "the id \"a\" stands twice"},
    {"x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"https://evil.example/\"/></svg>", "would load"},
    {"x.xml", "<urlset><url><loc>https://elsewhere.example/</loc></url></urlset>", "is not an address of this site"},
    {"x.xml", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>", ""},
    {"x.json", "{\"a\": 1,\n \"a\": 2}", "x.json:2:"},
};

START_TEST(other_files)
{
    put(pictures[_i].file, pictures[_i].text, strlen(pictures[_i].text));
    verify();
    if (*pictures[_i].message)
        ck_assert_msg(has_message(said(), pictures[_i].message), "%s", said());
    else
        ck_assert_msg(report.n_wrong == 0, "%s", said());
    ck_assert(notes("brainboard did not write this file"));
}
END_TEST

static const char *const not_sites[] = {"nowhere", "empty"};

START_TEST(what_is_no_site)
{
    ck_assert_int_eq(bb_make_dirs(bb_path_join(arena, dir, "empty"), &err), BB_OK);
    ck_assert_int_eq(bb_verify_site(bb_path_join(arena, dir, not_sites[_i]), &diags, &report, &err), BB_EIO);
}
END_TEST

START_TEST(many_of_a_kind_are_counted)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_puts(&text, "<!DOCTYPE html><html lang=\"en\"><head><title>x</title><meta http-equiv=\"Content-Security-Policy\" "
                       "content=\"default-src "
                       "'none'\"></head><body>");
    for (int i = 0; i < 500; i++) bb_buf_printf(&text, "<a href=\"x%d.html\">x</a>", i);
    bb_buf_puts(&text, "</body></html>");
    put("many.html", text.data, text.len);
    verify();
    ck_assert_uint_eq(report.n_wrong, 500);
    ck_assert_uint_eq(diags.n_errors, 21);
    ck_assert_str_eq(diags.diag[diags.n - 1].message, "and 480 more broken links");
    bb_buf_release(&text);
}
END_TEST

/* Tables: whose number stands where. The data: alexnet has V1 and IT. */
#define PAGE(body)                                                                                                               \
    "<!DOCTYPE html><html lang=\"en\"><head><title>x</title><meta http-equiv=\"Content-Security-Policy\" content=\"default-src " \
    "'none'\"></head>"                                                                                                           \
    "<body>" body "</body></html>"

static const struct {
    const char *body, *message;
} tables[] = {
    /* a column by its attributes, a row by its link, and spans */
    {"<table><thead><tr><th rowspan=2>Model<th colspan=2 data-n=V1>x<th rowspan=2 data-n=IT>IT<tr><th data-v=error>a<th "
     "data-v=score>b</thead>"
     "<tbody><tr><th><a href=models/alexnet/index.html>A</a><td><td>9.99<td></table>",
     "the score of alexnet, V1 is shown as 9.99"},
    {"<table><thead><tr><th>Model<th data-n=V1>x<th data-n=IT>y</thead><tbody><tr data-m=alexnet><th rowspan=2>a<td "
     "colspan=2>words<tr data-m=grnn>"
     "<td>9.99<td>9.98</table>",
     "the score of grnn, V1 is shown as 9.99"},
    {"<table><thead><tr><th>Model<th data-n=V1>x<th data-n=IT>y</thead><tbody><tr data-m=alexnet><th rowspan=2>a<td "
     "colspan=2>words<tr data-m=grnn>"
     "<td>9.99<td>9.98</table>",
     "the score of grnn, IT is shown as 9.98"},
    /* a row by its benchmark, the model from around the table */
    {"<div data-m=alexnet><table><thead><tr><th>Benchmark<th data-v=score>S<th data-v=rank>R</thead><tbody><tr>"
     "<th><a href=benchmarks/V1/index.html>V1</a><td>words<td>77 of 99</table></div>",
     "the rank of alexnet, V1 is shown as 77"},
    {"<div data-m=alexnet><table><thead><tr><th>Benchmark<th data-v=score>S<th data-v=rank>R</thead><tbody><tr>"
     "<th><a href=benchmarks/V1/index.html>V1</a><td>words<td>77 of 99</table></div>",
     "the rank of alexnet, V1 is shown as of 99"},
    {"<p>The score is <span data-m=alexnet data-n=V1 data-v=score>−9.99</span>.", "is shown as -9.99"},
    {"<p><span data-m=alexnet data-n=V1 data-v=score>none</span>", "in the data, and here \"none\""},
    {"<p><span data-m=nobody data-n=V1 data-v=score>.5</span>", "the data has no model \"nobody\""},
    {"<p><span data-m=alexnet data-n=nothing data-v=score>.5</span>", "the data has no benchmark \"nothing\""},
    {"<p><span data-m=alexnet data-n=V1 data-v=beauty>.5</span>", "is not a value that the data has"},
    {"<p><span data-m=alexnet data-n=V1 data-v=cover>40 of 50</span>", "is shown as of 50"},
    {"<p><span data-n=Marques2020 data-v=ceiling>.70</span>", "the ceiling of Marques2020 is shown as 0.70, and is 0.9"},
    {"<p><span data-n=Marques2020 data-v=ceiling>.90</span>", ""},
    {"<p><span data-n=Marques2020 data-v=ceiling>1</span>", "the ceiling of Marques2020 is shown as 1"},
    {"<p><span data-m=alexnet data-n=Marques2020 data-v=n>484</span>", ""},
    {"<p><span data-m=alexnet data-n=Marques2020 data-v=n><span class=vh>words </span>484 items</span>", ""},
};

START_TEST(numbers_of_tables)
{
    const char *text = bb_arena_printf(arena, "%s", PAGE("@"));
    const char *at = strchr(text, '@');
    text = bb_arena_printf(arena, "%.*s%s%s", (int)(at - text), text, tables[_i].body, at + 1);
    put("table.html", text, strlen(text));
    verify();
    if (*tables[_i].message)
        ck_assert_msg(has_message(said(), tables[_i].message), "%s", said());
    else
        ck_assert_msg(report.n_wrong == 0, "%s", said());
}
END_TEST

Suite *suite_verify_site(void);
Suite *suite_verify_site(void)
{
    Suite *suite = suite_create("verify_site");
    TCase *tcase = tcase_create("all");
    tcase_add_unchecked_fixture(tcase, make_site, drop_site);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_good_site_is_clean);
    tcase_add_loop_test(tcase, a_change_is_found, 0, sizeof changes / sizeof changes[0]);
    tcase_add_test(tcase, a_page_that_is_not_the_one_that_was_made);
    tcase_add_test(tcase, a_changed_byte_of_an_asset);
    tcase_add_test(tcase, a_changed_value_of_a_leaderboard);
    tcase_add_test(tcase, a_style_sheet_that_loads);
    tcase_add_loop_test(tcase, a_missing_file_is_found, 0, sizeof gone / sizeof gone[0]);
    tcase_add_loop_test(tcase, other_files, 0, sizeof pictures / sizeof pictures[0]);
    tcase_add_loop_test(tcase, what_is_no_site, 0, sizeof not_sites / sizeof not_sites[0]);
    tcase_add_test(tcase, many_of_a_kind_are_counted);
    tcase_add_loop_test(tcase, numbers_of_tables, 0, sizeof tables / sizeof tables[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
