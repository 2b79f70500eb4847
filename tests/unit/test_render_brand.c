/*
 * The lab's colour, logo and icon; and the card.
 */
#include <check.h>
#include <math.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "chart/card.h"
#include "render/brand.h"
#include "render_board.h"

static struct bb_arena *arena;
static struct bb_results *board;
static char dir[] = "/tmp/bb-brand-XXXXXX";
static struct bb_err err;

static void setup(void)
{
    arena = bb_arena_new(0);
    board = render_board_new();
    strcpy(dir + strlen(dir) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    memset(&err, 0, sizeof err);
}

static void teardown(void)
{
    ck_assert_int_eq(bb_remove_tree(dir, &err), BB_OK);
    bb_arena_free(board->arena);
    bb_arena_free(arena);
}

static const char *read_text(const char *path)
{
    struct bb_buf text = BB_BUF_INIT;
    ck_assert_msg(bb_file_read(path, 0, &text, &err) == BB_OK, "%s", err.msg);
    const char *copy = bb_arena_strdup(arena, bb_buf_text(&text));
    bb_buf_release(&text);
    return copy;
}

/* --- colours ---------------------------------------------------------------------------------------------------------- */

/* The n-th declaration of a custom property in the style sheet. */
static struct bb_rgb property(const char *name, int n)
{
    const char *at = read_text(BB_HOME "/assets/style-1-page.css"), *key = bb_arena_printf(arena, "--%s: ", name);
    struct bb_rgb out;
    for (int i = 0; i <= n; i++) {
        at = strstr(at, key);
        ck_assert_ptr_nonnull(at);
        at += strlen(key);
    }
    ck_assert(bb_rgb_parse(bb_arena_strndup(arena, at, 7), &out));
    return out;
}

static struct bb_rgb rgb(const char *text)
{
    struct bb_rgb out;
    ck_assert(bb_rgb_parse(text, &out));
    return out;
}

START_TEST(contrast_is_wcags)
{
    ck_assert_double_eq_tol(bb_contrast(rgb("#000000"), rgb("#ffffff")), 21, 1e-12);
    ck_assert_double_eq_tol(bb_contrast(rgb("#123456"), rgb("#123456")), 1, 1e-12);
    /* the greys that WCAG's own pages name as the last that pass and the first that fails */
    ck_assert_double_ge(bb_contrast(rgb("#767676"), rgb("#ffffff")), 4.5);
    ck_assert_double_lt(bb_contrast(rgb("#777777"), rgb("#ffffff")), 4.5);
}
END_TEST

START_TEST(colours_are_six_digits)
{
    static const char *const bad[] = {"", "#fff", "1d4f82", "#1d4f8", "#1d4f822", "#1d4f8g", "#1d4f8 ", "red", "#-d4f82"};
    struct bb_rgb out;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) ck_assert_msg(!bb_rgb_parse(bad[i], &out), "%s", bad[i]);
    ck_assert(!bb_rgb_parse(NULL, &out));
    ck_assert(bb_rgb_parse("#Ab09fF", &out));
    ck_assert_int_eq(out.red, 0xab);
    ck_assert_int_eq(out.green, 0x09);
    ck_assert_int_eq(out.blue, 0xff);
}
END_TEST

/* On the paper that the style sheet has, whatever the accent. */
START_TEST(accents_can_be_read)
{
    static const char *const accents[] = {"#000000", "#ffffff", "#ffff00", "#e8a33d", "#1d4f82", "#00ff00",
                                          "#0000ff", "#ff0000", "#808080", "#7a2048", "#f5f3ee"};
    for (int dark = 0; dark < 2; dark++)
        for (size_t i = 0; i < sizeof accents / sizeof accents[0]; i++) {
            struct bb_rgb own = rgb(accents[i]), used = bb_brand_accent(accents[i], dark);
            double on_paper = bb_contrast(used, property("paper", dark)), on_raised = bb_contrast(used, property("raised", dark));
            ck_assert_msg(on_paper >= 4.5 && on_raised >= 4.5, "%s: %.2f, %.2f", accents[i], on_paper, on_raised);
            bool was_good = bb_contrast(own, property("paper", dark)) >= 4.5 && bb_contrast(own, property("raised", dark)) >= 4.5;
            ck_assert_msg(!was_good || memcmp(&own, &used, sizeof own) == 0, "%s needed no change", accents[i]);
            /* mixed with black or white: no channel overtakes another */
            ck_assert(own.red < own.green ? used.red <= used.green : used.red >= used.green);
            ck_assert(own.green < own.blue ? used.green <= used.blue : used.green >= used.blue);
        }
}
END_TEST

/* --- the logo --------------------------------------------------------------------------------------------------------- */

#define SVG(inside) "<svg xmlns=\"http://www.w3.org/2000/svg\">" inside "</svg>"

START_TEST(logos_are_pictures_by_their_content)
{
    static const struct {
        const char *bytes, *type; /* NULL: refused */
    } cases[] = {
        {"\x89PNG\r\n\x1a\n....", ".png"},
        {"\xff\xd8\xff\xe0....", ".jpg"},
        {SVG("<path d=\"M0 0\"/>"), ".svg"},
        {"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- by hand -->\n<!DOCTYPE svg PUBLIC \"x\" \"y\">\n" SVG(""), ".svg"},
        {SVG("<defs><g id=\"a\"/></defs><use href=\"#a\"/><use xlink:href=\"#a\"/>"), ".svg"},
        {SVG("<rect fill=\"url(#g)\" font-family='one'/><text>on = off</text>"), ".svg"},
        {SVG("<text>an only = x</text>"), NULL}, /* cautious: looks like a handler */
        {SVG("<text>once upon a time</text>"), ".svg"},
        {"", NULL},
        {"GIF89a", NULL},
        {"<html><svg></svg></html>", NULL},
        {"<svgx/>", NULL},
        {SVG("<script>alert(1)</script>"), NULL},
        {SVG("<x:ScRiPt>alert(1)</x:ScRiPt>"), NULL},
        {"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>", NULL},
        {"<svg xmlns=\"http://www.w3.org/2000/svg\"\nonload = 'alert(1)'/>", NULL},
        {"<svg xmlns=\"http://www.w3.org/2000/svg\"onclick='alert(1)'/>", NULL},
        {SVG("<a href=\"javascript:alert(1)\"/>"), NULL},
        {SVG("<a href=\"java&#115;cript:alert(1)\"/>"), NULL},
        {SVG("<a xlink:href = 'https://example.org'/>"), NULL},
        {SVG("<image href=\"https://example.org/p.png\"/>"), NULL},
        {SVG("<foreignObject><p/></foreignObject>"), NULL},
        {SVG("<animate attributeName=\"href\" to=\"x\"/>"), NULL},
        {SVG("<set attributeName=\"onclick\" to=\"x\"/>"), NULL},
        {SVG("<style>@import 'x.css';</style>"), NULL},
        {SVG("<rect style=\"fill:url( 'https://example.org/x')\"/>"), NULL},
        {"<?xml-stylesheet href=\"x.css\"?>" SVG(""), NULL},
        {"<!DOCTYPE svg [<!ENTITY x \"<script/>\">]>" SVG("&x;"), NULL},
        {SVG("<g xml:base=\"https://example.org/\"/>"), NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct bb_buf bytes = BB_BUF_INIT;
        bb_buf_puts(&bytes, cases[i].bytes);
        err.msg[0] = '\0';
        const char *type = bb_brand_logo_type("logo", &bytes, &err);
        ck_assert_msg(bb_streq(type, cases[i].type), "%s: %s", cases[i].bytes, type ? type : err.msg);
        ck_assert(type || strncmp(err.msg, "logo ", 5) == 0);
        bb_buf_release(&bytes);
    }
}
END_TEST

static void build(const char *logo)
{
    struct bb_site_options options = {.out = bb_path_join(arena, dir, "site"), .home = BB_HOME, .logo_path = logo};
    struct bb_site_report report = {0};
    ck_assert_msg(bb_site_build(board, &options, arena, &report, &err) == BB_OK, "%s", err.msg);
}

static size_t count_assets(const char *prefix, const char *suffix, const char **path)
{
    struct bb_paths files;
    size_t n = 0;
    ck_assert_int_eq(bb_list_tree(arena, bb_path_join(arena, dir, "site/assets"), &files, &err), BB_OK);
    for (size_t i = 0; i < files.n; i++)
        if (bb_starts_with(files.path[i], prefix) && bb_ends_with(files.path[i], suffix)) {
            *path = bb_arena_printf(arena, "assets/%s", files.path[i]);
            n++;
        }
    return n;
}

START_TEST(sites_have_the_labs_marks)
{
    const char *logo = bb_path_join(arena, dir, "lab.svg"), *path = NULL, *front = bb_path_join(arena, dir, "site/index.html");
    ck_assert_int_eq(bb_file_write(logo, SVG(""), strlen(SVG("")), &err), BB_OK);
    board->board.logo = "lab.svg";
    board->board.accent = "#e8a33d";
    build(logo);
    ck_assert_uint_eq(count_assets("logo-", ".svg", &path), 1);
    ck_assert_ptr_nonnull(strstr(read_text(front), bb_arena_printf(arena, "src=\"%s\"", path)));
    ck_assert_str_eq(read_text(bb_path_join(arena, bb_path_join(arena, dir, "site"), path)), SVG(""));
    ck_assert_uint_eq(count_assets("favicon-", ".svg", &path), 1);
    ck_assert_ptr_nonnull(strstr(read_text(front), path));
    ck_assert_uint_eq(count_assets("style-", ".css", &path), 1);
    ck_assert_ptr_nonnull(strstr(read_text(bb_path_join(arena, bb_path_join(arena, dir, "site"), path)), "--link: #e8a33d"));
    board->board.logo = board->board.accent = NULL;
    build(NULL);
    ck_assert_uint_eq(count_assets("logo-", "", &path), 0);
    ck_assert_ptr_null(strstr(read_text(front), "class=\"logo\""));
}
END_TEST

/* --- the card --------------------------------------------------------------------------------------------------------- */

static unsigned char *pixels(const struct bb_buf *bytes)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    ck_assert(png_image_begin_read_from_memory(&image, bytes->data, bytes->len));
    image.format = PNG_FORMAT_RGB;
    ck_assert_uint_eq(image.width, BB_CARD_WIDTH);
    ck_assert_uint_eq(image.height, BB_CARD_HEIGHT);
    unsigned char *out = bb_malloc(PNG_IMAGE_SIZE(image));
    ck_assert(png_image_finish_read(&image, NULL, out, 0, NULL));
    return out;
}

static struct bb_card card_of(const char *text)
{
    struct bb_card card = {.title = text, .line = text, .foot = text, .accent = 0x1d4f82, .n_lists = BB_CARD_LISTS};
    for (size_t i = 0; i < BB_CARD_LISTS; i++) {
        card.list[i] = (struct bb_card_list){.title = text, .n = BB_CARD_BARS};
        for (size_t k = 0; k < BB_CARD_BARS; k++) card.list[i].bar[k] = (struct bb_card_bar){text, "0.39", 0.2 * (double)k};
    }
    return card;
}

/* Whatever the names, nothing stands in the margins, and something stands between them. */
START_TEST(cards_hold_any_text)
{
    enum { MARGIN = 60, BAND = 13 };
    char *longest = bb_malloc(65536 + 1);
    memset(longest, 'W', 65536);
    longest[65536] = '\0';
    const char *const texts[] = {
        "Vision and language",
        "",
        longest,
        "\xff\xfe\x80",
        "\xe2\x80\xae"
        "desrever",
        "日本語のモデル 🧠 \t\n x",
        "many words of which a title may be made so that it needs three lines at the very least and more",
        "no characters: \xef\xb7\x90 \xef\xbf\xbe \xef\xbf\xbf \xf0\x9f\xbf\xbe",
        "<b>&amp;\"'"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct bb_buf png = BB_BUF_INIT;
        struct bb_card card = card_of(texts[i]);
        size_t inked = 0;
        ck_assert_msg(bb_card_png(&card, &png, &err) == BB_OK, "%s", err.msg);
        unsigned char *pixel = pixels(&png);
        for (size_t y = BAND; y < BB_CARD_HEIGHT; y++)
            for (size_t x = 0; x < BB_CARD_WIDTH; x++) {
                const unsigned char *p = &pixel[3 * (y * BB_CARD_WIDTH + x)];
                bool is_paper = p[0] == 0xfd && p[1] == 0xfc && p[2] == 0xf9;
                bool in_margin = x < MARGIN || x >= BB_CARD_WIDTH - MARGIN;
                ck_assert_msg(is_paper || !in_margin, "text %zu at %zu, %zu", i, x, y);
                inked += !is_paper;
            }
        ck_assert_uint_gt(inked, 1000);
        free(pixel);
        bb_buf_release(&png);
    }
    free(longest);
}
END_TEST

START_TEST(cards_are_the_same_bytes)
{
    struct bb_buf a = BB_BUF_INIT, b = BB_BUF_INIT, c = BB_BUF_INIT;
    struct bb_card one = card_of("One"), other = card_of("Other");
    ck_assert_int_eq(bb_card_png(&one, &a, &err), BB_OK);
    ck_assert_int_eq(bb_card_png(&other, &b, &err), BB_OK);
    ck_assert_int_eq(bb_card_png(&one, &c, &err), BB_OK);
    ck_assert(a.len == c.len && memcmp(a.data, c.data, a.len) == 0);
    ck_assert(a.len != b.len || memcmp(a.data, b.data, a.len) != 0);
    bb_buf_release(&a);
    bb_buf_release(&b);
    bb_buf_release(&c);
}
END_TEST

Suite *suite_render_brand(void);
Suite *suite_render_brand(void)
{
    Suite *suite = suite_create("render_brand");
    TCase *tcase = tcase_create("brand");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, contrast_is_wcags);
    tcase_add_test(tcase, colours_are_six_digits);
    tcase_add_test(tcase, accents_can_be_read);
    tcase_add_test(tcase, logos_are_pictures_by_their_content);
    tcase_add_test(tcase, sites_have_the_labs_marks);
    tcase_add_test(tcase, cards_hold_any_text);
    tcase_add_test(tcase, cards_are_the_same_bytes);
    suite_add_tcase(suite, tcase);
    return suite;
}
