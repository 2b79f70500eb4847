/*
 * Colours: the reference's, against its own tables and arithmetic; ours, against what eyes can tell apart.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "render/palette.h"
#include "render/view.h"
#include "render_board.h"

/* --- the reference's scale ------------------------------------------------------------------------------------------ */

/* SHA-256 of the 101 literal colours of color-utils.js (Brain-Score.web at 1c9215e; mv.sql has the same), each with '#' and a newline. */
static const char *const table_digest[2] = {"87f08e33adb6eecfa423af45138a94eda36f8910db99e1548fe36f7f6f7156aa",
                                            "cec1bbf34fb9d18725f1d8ace93492bdca150e578894a8e2cea23821305fbd5f"};

static void hex_of(int index, bool engineering, char out[9])
{
    struct bb_rgb c = bb_palette_entry(index, engineering);
    snprintf(out, 9, "#%02x%02x%02x", (unsigned)c.red & 255, (unsigned)c.green & 255, (unsigned)c.blue & 255);
}

START_TEST(all_101_colours_are_the_reference_s)
{
    for (int engineering = 0; engineering <= 1; engineering++) {
        struct bb_buf text = BB_BUF_INIT;
        char hex[9], digest[BB_SHA256_TEXT];
        for (int i = 0; i < BB_PALETTE_STEPS; i++) {
            hex_of(i, engineering, hex);
            bb_buf_printf(&text, "%s\n", hex);
        }
        bb_sha256_text(text.data, text.len, digest);
        ck_assert_str_eq(digest, table_digest[engineering]);
        bb_buf_release(&text);
    }
}
END_TEST

START_TEST(some_colours_by_name)
{
    static const struct {
        int index;
        bool engineering;
        const char *hex;
    } golden[] = {{0, false, "#ff0000"},  {3, false, "#ff0000"},  {40, false, "#e49f0a"},
                  {52, false, "#d8d60d"}, {80, false, "#40bc16"}, {100, false, "#1ba84a"},
                  {0, true, "#f2f2f2"},   {80, true, "#6e6e6e"},  {100, true, "#424242"}};
    char hex[9];
    for (size_t i = 0; i < sizeof golden / sizeof golden[0]; i++) {
        hex_of(golden[i].index, golden[i].engineering, hex);
        ck_assert_str_eq(hex, golden[i].hex);
    }
}
END_TEST

static const double ranges[][2] = {{0, 1}, {.1, .47}, {-.2, .3}, {.5, .5}, {0, 2.5}};

/* 5 × 1001 values through the reference's JavaScript (calculateRepresentativeColor in Node 18: index, alpha.toFixed(2)), as one digest. */
START_TEST(shades_of_a_grid_are_the_reference_s)
{
    struct bb_buf text = BB_BUF_INIT;
    char digest[BB_SHA256_TEXT];
    for (size_t r = 0; r < sizeof ranges / sizeof ranges[0]; r++)
        for (int k = 0; k <= 1000; k++) {
            double low = ranges[r][0], high = ranges[r][1], value = low + (high - low) * k / 1000 + (low == high ? k : 0);
            struct bb_palette_shade shade = bb_palette_shade(value, low, high);
            bb_buf_printf(&text, "%d %d.%02d\n", shade.index, shade.alpha / 100, shade.alpha % 100);
        }
    bb_sha256_text(text.data, text.len, digest);
    ck_assert_str_eq(digest, "f9b5b2ffe9ee1ce375c229c93650d1cc61936c55c037cd210262d701a1b1a41d");
    bb_buf_release(&text);
}
END_TEST

START_TEST(declarations)
{
    char css[96];
    bb_palette_css(css, .415, .1, .47, false);
    ck_assert_str_eq(css, "background-color: rgb(190, 212, 15); background-color: rgba(190, 212, 15, 0.87);");
    bb_palette_css(css, 2, 0, 1, false);
    ck_assert_str_eq(css, "background-color: rgb(64, 188, 22); background-color: rgba(64, 188, 22, 1.00);");
    bb_palette_css(css, .5, .5, .5, true);
    ck_assert_str_eq(css, "background-color: rgb(222, 222, 222); background-color: rgba(222, 222, 222, 1.00);");
    bb_palette_css(css, (double)NAN, 0, 1, false);
    ck_assert_str_eq(css, "background-color: #e0e1e2;");
}
END_TEST

/* Any cell finds its class in the style sheet, whatever its value, its range and its kind. */
START_TEST(every_shade_has_a_class)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_buf style = BB_BUF_INIT;
    bb_palette_style(&style);
    for (size_t r = 0; r < sizeof ranges / sizeof ranges[0]; r++)
        for (int k = -300; k <= 1300; k++) {
            double low = ranges[r][0], high = ranges[r][1];
            const struct bb_palette_range range = {low, high, k % 2 == 0};
            const char *class = bb_palette_class(arena, &range, low + (high - low) * k / 1000);
            ck_assert_msg(strncmp(class, "bs b", 4) == 0, "%s", class);
            ck_assert_msg(strstr(bb_buf_text(&style), bb_arena_printf(arena, "\n.%s {", class + 3)) != NULL, "no rule for %s",
                          class);
        }
    const struct bb_palette_range range = {0, 1, false};
    ck_assert_str_eq(bb_palette_class(arena, &range, (double)NAN), "bs bs-none");
    ck_assert_uint_lt(style.len, 40000);
    bb_buf_release(&style);
    bb_arena_free(arena);
}
END_TEST

static size_t find(const struct bb_results *board, const char *id)
{
    for (size_t i = 0; i < board->tree.n; i++)
        if (strcmp(board->tree.node[i].id, id) == 0) return i;
    ck_abort_msg("no node %s", id);
}

/* Public models' scores that are not zero; an engineering maximum counts 2.5 times; nothing to go by is (0, 1). */
START_TEST(ranges_of_columns)
{
    struct bb_results *board = render_board_new();
    size_t node = find(board, "V1"), engineering = find(board, "ImageNet-top1");
    double value = .1;
    for (size_t m = 0; m < board->n_models; m++)
        for (size_t i = 0; i < board->tree.n; i++) bb_results_aggregate(board, m, i)->score = (double)NAN;
    struct bb_palette_range range = bb_palette_range(board, node);
    ck_assert(range.min == 0 && range.max == 1 && !range.engineering);
    for (size_t m = 0; m < board->n_models; m++) {
        bool is_public = board->model[m].visibility == BB_PUBLIC;
        bb_results_aggregate(board, m, node)->score = bb_results_aggregate(board, m, engineering)->score =
            is_public ? value += .05 : 9;
    }
    bb_results_aggregate(board, 0, node)->score = 0;
    range = bb_palette_range(board, node);
    ck_assert_double_eq_tol(range.min, .2, 1e-12);
    ck_assert_double_eq_tol(range.max, value, 1e-12);
    range = bb_palette_range(board, engineering);
    ck_assert(range.engineering);
    ck_assert_double_eq_tol(range.min, .15, 1e-12);
    ck_assert_double_eq_tol(range.max, 2.5 * value, 1e-12);
    bb_arena_free(board->arena);
}
END_TEST

/* --- what eyes can tell apart ------------------------------------------------------------------------------------------ */

struct linear {
    double r, g, b;
};

static double to_linear(double channel)
{
    return channel <= .04045 ? channel / 12.92 : pow((channel + .055) / 1.055, 2.4);
}

static struct linear linear_of(const char *hex)
{
    unsigned r, g, b;
    ck_assert_int_eq(sscanf(hex, "#%2x%2x%2x", &r, &g, &b), 3);
    return (struct linear){to_linear(r / 255.0), to_linear(g / 255.0), to_linear(b / 255.0)};
}

/* WCAG 2.1 */
static double luminance(struct linear c)
{
    return .2126 * c.r + .7152 * c.g + .0722 * c.b;
}
static double contrast(struct linear a, struct linear b)
{
    double x = luminance(a), y = luminance(b);
    return (fmax(x, y) + .05) / (fmin(x, y) + .05);
}

/* Who sees: everybody, protanopes and deuteranopes (Viénot, Brettel & Mollon 1999, in linear RGB), a printer without colour. */
enum eye { NORMAL, PROTANOPE, DEUTERANOPE, GREY, N_EYES };
static struct linear seen(struct linear c, enum eye eye)
{
    static const double by[2][3][3] = {{{.11238, .88762, 0}, {.11238, .88762, 0}, {.00401, -.00401, 1}},
                                       {{.29275, .70725, 0}, {.29275, .70725, 0}, {-.02234, .02234, 1}}};
    if (eye == NORMAL) return c;
    if (eye == GREY) return (struct linear){luminance(c), luminance(c), luminance(c)};
    const double(*m)[3] = by[eye == DEUTERANOPE];
    return (struct linear){m[0][0] * c.r + m[0][1] * c.g + m[0][2] * c.b, m[1][0] * c.r + m[1][1] * c.g + m[1][2] * c.b,
                           m[2][0] * c.r + m[2][1] * c.g + m[2][2] * c.b};
}

static double lab_curve(double t)
{
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

/* CIE 1976 colour difference, D65. */
static double difference(struct linear a, struct linear b)
{
    double lab[2][3];
    const struct linear *c[2] = {&a, &b};
    for (int i = 0; i < 2; i++) {
        double x = lab_curve((.4124564 * c[i]->r + .3575761 * c[i]->g + .1804375 * c[i]->b) / .95047);
        double y = lab_curve(.2126729 * c[i]->r + .7151522 * c[i]->g + .0721750 * c[i]->b);
        double z = lab_curve((.0193339 * c[i]->r + .1191920 * c[i]->g + .9503041 * c[i]->b) / 1.08883);
        lab[i][0] = 116 * y - 16, lab[i][1] = 500 * (x - y), lab[i][2] = 200 * (y - z);
    }
    return sqrt(pow(lab[0][0] - lab[1][0], 2) + pow(lab[0][1] - lab[1][1], 2) + pow(lab[0][2] - lab[1][2], 2));
}

static char *style;
static void read_style(void)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_err err = {0};
    ck_assert_msg(bb_file_read(BB_HOME "/assets/style-1-page.css", 0, &text, &err) == BB_OK, "%s", err.msg);
    style = bb_strdup(bb_buf_text(&text));
    bb_buf_release(&text);
}
static void free_style(void)
{
    free(style);
}

/* A custom property of the style sheet, by day or by night. */
static struct linear property(const char *name, bool dark)
{
    char text[32];
    snprintf(text, sizeof text, "--%s: ", name);
    const char *from = dark ? strstr(style, "prefers-color-scheme: dark") : style;
    ck_assert_ptr_nonnull(from);
    from = strstr(from, text);
    ck_assert_msg(from != NULL, "the style has no %s", text);
    return linear_of(from + strlen(text));
}

static struct linear shade(int i, bool dark)
{
    char name[8];
    snprintf(name, sizeof name, "s%d", i);
    return property(name, dark);
}

/* Steps that an eye tells apart (ΔE*ab of 2.3 is just noticeable), in order of luminance, from end to end a long way. */
START_TEST(own_shades_can_be_told_apart_by_everybody)
{
    const double just_noticeable = 2.3, far_apart = 20;
    for (int dark = 0; dark <= 1; dark++)
        for (enum eye eye = NORMAL; eye < N_EYES; eye++) {
            for (int i = 0; i + 1 < BB_VIEW_SHADES; i++) {
                struct linear a = seen(shade(i, dark), eye), b = seen(shade(i + 1, dark), eye);
                double step = difference(a, b);
                ck_assert_msg(step >= just_noticeable, "s%d and s%d, eye %d, %s: ΔE %.2f", i, i + 1, (int)eye,
                              dark ? "dark" : "light", step);
                ck_assert_msg(dark ? luminance(a) < luminance(b) : luminance(a) > luminance(b), "s%d and s%d, eye %d", i, i + 1,
                              (int)eye);
            }
            double whole = difference(seen(shade(0, dark), eye), seen(shade(BB_VIEW_SHADES - 1, dark), eye));
            ck_assert_msg(whole >= far_apart, "eye %d, %s: ΔE %.2f from end to end", (int)eye, dark ? "dark" : "light", whole);
        }
}
END_TEST

/* WCAG AA for the text of a cell. */
START_TEST(text_on_own_shades_can_be_read)
{
    for (int dark = 0; dark <= 1; dark++)
        for (int i = 0; i < BB_VIEW_SHADES; i++) {
            double found = contrast(shade(i, dark), property("ink", dark));
            ck_assert_msg(found >= 4.5, "s%d, %s: %.2f", i, dark ? "dark" : "light", found);
        }
}
END_TEST

/* Text on what the reference's colour becomes over white, every pair that can be: black, or what the rule says. */
START_TEST(text_on_the_reference_s_scale_can_be_read)
{
    struct bb_buf text = BB_BUF_INIT;
    size_t n = 0;
    int r, g, b, whole, part;
    const struct linear black = {0, 0, 0}, white = {1, 1, 1};
    bb_palette_style(&text);
    for (const char *at = strstr(bb_buf_text(&text), "rgba("); at; at = strstr(at + 1, "rgba(")) {
        ck_assert_int_eq(sscanf(at, "rgba(%d, %d, %d, %d.%d)", &r, &g, &b, &whole, &part), 5);
        double alpha = whole + part / 100.0;
        const struct linear over = {to_linear(1 - alpha + alpha * r / 255), to_linear(1 - alpha + alpha * g / 255),
                                    to_linear(1 - alpha + alpha * b / 255)};
        bool is_white = strncmp(strchr(at, ';'), "; color: #fff", 13) == 0;
        double found = contrast(over, is_white ? white : black);
        ck_assert_msg(found >= 4.5, "text on %.24s: %.2f", at, found);
        n++;
    }
    ck_assert_uint_gt(n, 300);
    bb_buf_release(&text);
}
END_TEST

Suite *suite_render_palette(void);
Suite *suite_render_palette(void)
{
    Suite *suite = suite_create("render_palette");
    TCase *reference = tcase_create("reference"), *eyes = tcase_create("eyes");
    tcase_add_test(reference, all_101_colours_are_the_reference_s);
    tcase_add_test(reference, some_colours_by_name);
    tcase_add_test(reference, shades_of_a_grid_are_the_reference_s);
    tcase_add_test(reference, declarations);
    tcase_add_test(reference, every_shade_has_a_class);
    tcase_add_test(reference, ranges_of_columns);
    tcase_add_test(reference, text_on_the_reference_s_scale_can_be_read);
    tcase_add_checked_fixture(eyes, read_style, free_style);
    tcase_add_test(eyes, own_shades_can_be_told_apart_by_everybody);
    tcase_add_test(eyes, text_on_own_shades_can_be_read);
    suite_add_tcase(suite, reference);
    suite_add_tcase(suite, eyes);
    return suite;
}
