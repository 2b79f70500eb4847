#include <check.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "chart/cluster.h"
#include "chart/font_widths.h"
#include "chart/labels.h"
#include "chart/scatter.h"
#include "chart/strip.h"
#include "chart/svg.h"
#include "chart_case.h"

Suite *suite_chart_svg(void);

static struct bb_arena *arena;

static void make_arena(void)
{
    arena = bb_arena_new(0);
}

static void drop_arena(void)
{
    bb_arena_free(arena);
}

static const char *svg(const struct bb_scene *scene)
{
    return bb_svg_text(scene, &(struct bb_svg_options){.id = "x"}, arena);
}

static const char *file(const struct bb_scene *scene)
{
    return bb_svg_text(scene, &(struct bb_svg_options){.id = "x", .standalone = true}, arena);
}

/* --- what the writer writes ------------------------------------------------------------------------------------------ */

START_TEST(test_numbers)
{
    struct bb_scene *scene = bb_scene_new(arena, 100, 50);
    bb_scene_line(scene, BB_ROLE_INK, 1, -0.001, .5, 12.345, 1e-9);
    bb_scene_rect(scene, BB_ROLE_INK, 10, 10, -4, 2.004);
    ck_assert_ptr_nonnull(strstr(svg(scene), "d=\"M0 .5L12.35 0\""));
    ck_assert_ptr_nonnull(strstr(svg(scene), "d=\"M6 10h4v2h-4z\""));
}
END_TEST

START_TEST(test_runs_are_one_path)
{
    struct bb_scene *scene = bb_scene_new(arena, 100, 50);
    for (int i = 0; i < 1000; i++) bb_scene_shape(scene, BB_ROLE_SERIES, BB_CIRCLE, i % 100, i / 20, 1, false);
    const char *text = svg(scene);
    ck_assert_ptr_eq(strstr(strstr(text, "<path") + 1, "<path"), NULL);
    ck_assert_uint_lt(strlen(text), 12000);
}
END_TEST

START_TEST(test_escapes)
{
    struct bb_scene *scene = bb_scene_new(arena, 100, 50);
    bb_scene_describe(scene, "a<b & \"c\"", "it's");
    bb_scene_open(scene, "<x>", "a?b=1&c=\"2\"");
    bb_scene_text(scene, BB_ROLE_INK, 1, 2, BB_END, "</text>");
    bb_scene_close(scene);
    const char *text = svg(scene);
    ck_assert_ptr_nonnull(strstr(text, "<title id=\"x-t\">a&lt;b &amp; &quot;c&quot;</title><desc id=\"x-d\">it&#39;s</desc>"));
    ck_assert_ptr_nonnull(strstr(text, "<a href=\"a?b=1&amp;c=&quot;2&quot;\"><title>&lt;x&gt;</title>"));
    ck_assert_ptr_nonnull(strstr(text, "text-anchor=\"end\">&lt;/text&gt;</text></a>"));
    ck_assert_ptr_nonnull(strstr(text, "role=\"group\"")); /* a picture would hide its link */
}
END_TEST

START_TEST(test_roles)
{
    struct bb_scene *scene = bb_scene_new(arena, 100, 50);
    ck_assert_ptr_nonnull(strstr(svg(scene), "role=\"img\" aria-labelledby=\"x-t\" aria-describedby=\"x-d\""));
    const char *bare = bb_svg_text(scene, &(struct bb_svg_options){.decorative = true, .class = "small"}, arena);
    ck_assert_str_eq(bare, "<svg class=\"small\" viewBox=\"0 0 100 50\" aria-hidden=\"true\"></svg>");
}
END_TEST

START_TEST(test_clean)
{
    ck_assert_str_eq(bb_scene_clean(arena,
                                    "a\001b\tc\xff"
                                    "d",
                                    100),
                     "a\uFFFDb c\uFFFDd");
    ck_assert_str_eq(bb_scene_clean(arena, "x\u202ey\u2066z\u200f", 100), "xyz");
    ck_assert_str_eq(bb_scene_clean(arena, "äöüß", 3), "äöü…");
    ck_assert_str_eq(bb_scene_clean(arena, "äöü", 3), "äöü");
}
END_TEST

/* --- widths ---------------------------------------------------------------------------------------------------------- */

START_TEST(test_widths)
{
    ck_assert_double_eq_tol(bb_text_width("i", 2048, false), 569, 1e-9); /* hmtx of DejaVuSans.ttf */
    ck_assert_double_eq_tol(bb_text_width("W", 2048, false), 2025, 1e-9);
    ck_assert_double_eq_tol(bb_text_width("ρ", 2048, false), 1300, 1e-9);
    ck_assert_double_eq_tol(bb_text_width("a\u0301", 2048, false), 1255, 1e-9);
    ck_assert_double_gt(bb_text_width("a", 10, true), bb_text_width("a", 10, false));
}
END_TEST

START_TEST(test_fit)
{
    const char *name = "features.denseblock4.denselayer16.norm1";
    for (double room = 10; room < 300; room += 7) {
        for (int middle = 0; middle < 2; middle++) {
            const char *text = bb_text_fit(arena, name, 11, room, middle);
            ck_assert_msg(bb_text_width(text, 11, false) <= room + 1e-9 || room < 12, "%s is wider than %g", text, room);
        }
    }
    ck_assert_str_eq(bb_text_fit(arena, "short", 11, 300, false), "short");
    const char *text = bb_text_fit(arena, name, 11, 120, true);
    ck_assert(bb_starts_with(text, "feat") && bb_ends_with(text, "norm1"));
    ck_assert_str_eq(bb_text_fit(arena, "ab cd", 11, bb_text_width("ab …", 11, false), false), "ab…");
}
END_TEST

/* --- what holds for every chart -------------------------------------------------------------------------------------- */

static const size_t sizes[] = {0, 1, 2, 3, 7, 16, 41, 50, 200, 400, 3000};
#define N_SIZES (sizeof sizes / sizeof sizes[0])
#define N_KINDS 12
#define N_LOOPS (N_KINDS * 2) /* of each kind, plain names and hostile ones; a process for each, in which all sizes are made */

struct one {
    const struct chart_case *chart;
    size_t n;
    const char *(*name_of)(size_t i);
};

static void in_all_sizes(int i, void (*check)(struct one one))
{
    ck_assert_uint_eq(n_chart_cases, N_KINDS);
    for (size_t k = 0; k < N_SIZES; k++)
        check((struct one){&chart_cases[i / 2], sizes[k], i % 2 ? chart_name_hostile : chart_name_plain});
}

static struct bb_scene *make(struct one one)
{
    return one.chart->make(one.n, one.name_of, arena);
}

static const char *what(struct one one)
{
    return bb_arena_printf(arena, "%s of %zu, %s names", one.chart->name, one.n,
                           one.name_of == chart_name_plain ? "plain" : "hostile");
}

static void is_inside_picture(struct one one, const struct bb_scene *scene)
{
    for (size_t i = 0; i < scene->n; i++) {
        struct bb_rect box = bb_mark_box(&scene->mark[i]);
        if (isnan(box.w) || isinf(box.w)) continue;
        bool is_inside =
            box.x >= -.6 && box.y >= -.6 && box.x + box.w <= scene->width + .6 && box.y + box.h <= scene->height + .6;
        ck_assert_msg(is_inside, "%s: mark %zu (kind %d, %s) covers %g %g %g %g in %g × %g", what(one), i,
                      (int)scene->mark[i].kind, scene->mark[i].kind == BB_MARK_TEXT ? scene->mark[i].as.text.text : "", box.x,
                      box.y, box.w, box.h, scene->width, scene->height);
    }
}

static void has_no_text_on_text(struct one one, const struct bb_scene *scene)
{
    struct bb_rect *box = BB_NEW_ARRAY(arena, scene->n + 1, struct bb_rect);
    const char **text = BB_NEW_ARRAY(arena, scene->n + 1, const char *);
    size_t n = 0;
    for (size_t i = 0; i < scene->n; i++) {
        if (scene->mark[i].kind != BB_MARK_TEXT) continue;
        box[n] = bb_mark_box(&scene->mark[i]);
        text[n++] = scene->mark[i].as.text.text;
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            struct bb_rect a = box[i], b = box[k];
            bool apart = a.x >= b.x + b.w - .1 || b.x >= a.x + a.w - .1 || a.y >= b.y + b.h - .1 || b.y >= a.y + a.h - .1;
            ck_assert_msg(apart, "%s: \"%s\" lies on \"%s\"", apart ? "" : what(one), text[i], text[k]);
        }
    }
}

static void is_said_in_words(struct one one, const struct bb_scene *scene)
{
    ck_assert_msg(*scene->title && strlen(scene->desc) > 10, "%s: \"%s\"", what(one), scene->desc);
    ck_assert_ptr_null(strstr(scene->desc, "nan"));
    ck_assert_ptr_null(strstr(svg(scene), "nan"));
    ck_assert_ptr_null(strstr(svg(scene), "style"));
}

static void has_same_bytes(struct one one, const struct bb_scene *scene)
{
    const char *first = file(scene);
    setlocale(LC_ALL, "de_DE.UTF-8");
    const char *again = file(make(one));
    setlocale(LC_ALL, "C");
    ck_assert_str_eq(first, again);
}

static void is_sound(struct one one)
{
    const struct bb_scene *scene = make(one);
    is_inside_picture(one, scene);
    has_no_text_on_text(one, scene);
    is_said_in_words(one, scene);
    has_same_bytes(one, scene);
}

START_TEST(test_sound)
{
    in_all_sizes(_i, is_sound);
}
END_TEST

static FILE *xmllint; /* --noout reads what is written into it */

static void is_well_formed(struct one one)
{
    struct bb_scene *scene = make(one);
    const char *text = file(scene);
    ck_assert_uint_eq(bb_utf8_check(text, strlen(text)), strlen(text));
    fputs(text, xmllint);
    fputs(svg(scene), xmllint);
}

START_TEST(test_well_formed)
{
    xmllint = popen("xmllint --noout --nonet - 2>&1", "w");
    ck_assert_ptr_nonnull(xmllint);
    fputs("<all>", xmllint);
    for (int i = 0; i < N_LOOPS; i++) in_all_sizes(i, is_well_formed);
    fputs("</all>", xmllint);
    ck_assert_msg(pclose(xmllint) == 0, "xmllint found an error, or is not here");
}
END_TEST

/* --- golden files ---------------------------------------------------------------------------------------------------- */

static const struct {
    size_t chart, n;
    const char *file;
} golden[] = {{0, 9, "profile.svg"}, {1, 30, "strip.svg"},  {2, 9, "dots.svg"},         {3, 30, "scatter.svg"},
              {5, 9, "heatmap.svg"}, {6, 30, "front.svg"},  {7, 30, "year.svg"},        {8, 16, "bump.svg"},
              {9, 9, "matrix.svg"},  {10, 9, "versus.svg"}, {4, 30, "scatter_log.svg"}, {11, 9, "depth.svg"}};

/* BRAINBOARD_GOLDEN=1 writes them anew: `make golden-update`. */
static void is_as_stored(size_t i)
{
    const char *text = file(chart_cases[golden[i].chart].make(golden[i].n, chart_name_plain, arena));
    const char *path = bb_arena_printf(arena, "%s/charts/%s", BB_TEST_DIR, golden[i].file);
    struct bb_buf stored = BB_BUF_INIT;
    struct bb_err err;
    if (getenv("BRAINBOARD_GOLDEN")) {
        FILE *out = fopen(path, "w");
        ck_assert(out && fputs(text, out) >= 0 && fclose(out) == 0);
    }
    ck_assert_msg(bb_file_read(path, 0, &stored, &err) == BB_OK, "%s", err.msg);
    ck_assert_msg(strcmp(bb_buf_text(&stored), text) == 0, "%s is not what is drawn now; if that is right: make golden-update",
                  path);
    bb_buf_release(&stored);
}

START_TEST(test_golden)
{
    for (size_t i = 0; i < sizeof golden / sizeof golden[0]; i++) is_as_stored(i);
}
END_TEST

/* --- parts ----------------------------------------------------------------------------------------------------------- */

START_TEST(test_swarm)
{
    double x[200], y[200];
    for (size_t i = 0; i < 200; i++) x[i] = 100 + 60 * sin((double)i * 12.9898) * sin((double)i * 78.233);
    ck_assert_uint_eq(bb_sorted(x, 200, x), 200);
    ck_assert(bb_swarm(x, 200, 2, 1e9, y, arena));
    for (size_t i = 0; i < 200; i++)
        for (size_t k = 0; k < i; k++) ck_assert_double_ge(hypot(x[i] - x[k], y[i] - y[k]), 4 - 1e-6);
    ck_assert(!bb_swarm(x, 200, 2, 3, y, arena));
}
END_TEST

START_TEST(test_labels_keep_clear)
{
    struct bb_frame frame = {0, 0, 400, 300};
    struct bb_label label[60];
    struct bb_point point[60];
    for (size_t i = 0; i < 60; i++) {
        point[i] = (struct bb_point){200 + 150 * sin((double)i * 3.7), 150 + 100 * cos((double)i * 5.3)};
        label[i] =
            (struct bb_label){.x = point[i].x, .y = point[i].y, .r = 3, .text = i % 2 ? "resnet-50" : "a rather long name"};
    }
    bb_labels_place(label, 60, point, 60, 3, &frame, arena);
    size_t placed = 0;
    for (size_t i = 0; i < 60; i++) {
        if (!label[i].placed) continue;
        struct bb_rect a = bb_label_box(&label[i]);
        placed++;
        ck_assert(a.x >= 0 && a.y >= 0 && a.x + a.w <= 400 && a.y + a.h <= 300);
        for (size_t k = 0; k < 60; k++) {
            bool hidden = point[k].x > a.x && point[k].x < a.x + a.w && point[k].y > a.y && point[k].y < a.y + a.h;
            ck_assert_msg(!hidden, "%s hides a point", label[i].text);
            if (k >= i || !label[k].placed) continue;
            struct bb_rect b = bb_label_box(&label[k]);
            ck_assert(a.x >= b.x + b.w || b.x >= a.x + a.w || a.y >= b.y + b.h || b.y >= a.y + a.h);
        }
    }
    ck_assert_uint_ge(placed, 10);
}
END_TEST

/* The front against its definition: nobody who is as cheap or cheaper is as good or better; of twins the first. */
START_TEST(test_front)
{
    enum bb_front front = _i % 2 ? BB_FRONT_HIGH : BB_FRONT_LOW;
    struct bb_scatter_point point[40] = {{0}};
    size_t n = (size_t)_i, member[40], members, found = 0;
    for (size_t i = 0; i < n; i++) {
        point[i] = (struct bb_scatter_point){
            .name = "x", .x = (double)(i * i * 7 % 13), .y = (double)(i * 11 % 17), .x_error = NAN, .y_error = NAN};
        if (i % 9 == 5) point[i].y = NAN;
    }
    struct bb_scatter scatter = {.title = "", .point = point, .n = n, .front = front};
    scatter.x = scatter.y = (struct bb_scatter_axis){"", BB_LINEAR, BB_TICK_NUMBER, false};
    members = bb_scatter_front(&scatter, member, arena);
    for (size_t i = 0; i < n; i++) {
        bool is_on = !isnan(point[i].y), is_member = false;
        for (size_t k = 0; k < n; k++) {
            double better = front == BB_FRONT_HIGH ? point[k].y - point[i].y : point[i].y - point[k].y;
            if (k == i || isnan(point[k].y) || point[k].x > point[i].x || better < 0) continue;
            if (better > 0 || point[k].x < point[i].x || k < i) is_on = false;
        }
        for (size_t k = 0; k < members; k++) is_member = is_member || member[k] == i;
        ck_assert_msg(is_on == is_member, "%d points: point %zu is %s the front", _i, i, is_on ? "on" : "not on");
        found += is_on;
    }
    ck_assert_uint_eq(members, found);
    for (size_t k = 1; k < members; k++) ck_assert_double_lt(point[member[k]].x, point[member[k - 1]].x);
    scatter.front = BB_FRONT_NONE;
    ck_assert_uint_eq(bb_scatter_front(&scatter, member, arena), 0);
}
END_TEST

/* WCAG 2.1: relative luminance and contrast. */
static double luminance(uint32_t rgb)
{
    const double weight[] = {.2126, .7152, .0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double c = (double)((rgb >> (16 - 8 * i)) & 255u) / 255;
        sum += weight[i] * (c <= .03928 ? c / 12.92 : pow((c + .055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(uint32_t a, uint32_t b)
{
    double x = luminance(a), y = luminance(b);
    return (fmax(x, y) + .05) / (fmin(x, y) + .05);
}

START_TEST(test_contrast)
{
    const struct bb_role_info *paper = &bb_roles[BB_ROLE_PAPER];
    for (size_t i = 0; i < BB_N_ROLES; i++) {
        bool is_text = i == BB_ROLE_INK || i == BB_ROLE_MUTED || i == BB_ROLE_MARKED,
             is_ground = i == BB_ROLE_RULE || i == BB_ROLE_BAND || i == BB_ROLE_BAR || i == BB_ROLE_PAPER || i >= BB_ROLE_SHADE;
        if (is_ground) continue;
        double light = contrast(bb_roles[i].light, paper->light), dark = contrast(bb_roles[i].dark, paper->dark);
        ck_assert_msg(fmin(light, dark) >= (is_text ? 4.5 : 3), "%s: %.2f in light, %.2f in dark", bb_roles[i].name, light, dark);
    }
}
END_TEST

START_TEST(test_shades)
{
    for (size_t i = BB_ROLE_SHADE + 1; i < BB_N_ROLES; i++) {
        if (i == BB_ROLE_BELOW) continue;
        ck_assert_double_lt(luminance(bb_roles[i].light), luminance(bb_roles[i - 1].light));
        ck_assert_double_gt(luminance(bb_roles[i].dark), luminance(bb_roles[i - 1].dark));
    }
}
END_TEST

/* Rows of two kinds, mixed: those of a kind stand together, whatever is missing. */
START_TEST(test_cluster)
{
    double value[40 * 6];
    size_t order[40], changes = 0;
    bool seen[40] = {false};
    for (size_t i = 0; i < 40; i++)
        for (size_t c = 0; c < 6; c++)
            value[i * 6 + c] = (i * 7 + c) % 9 == 3 ? (double)NAN : (i * i) % 3 == 0 ? .8 : .2 + .01 * (double)(i % 4);
    bb_cluster_order(value, 40, 6, 6, 1, order, arena);
    for (size_t i = 0; i < 40; i++) {
        ck_assert_uint_lt(order[i], 40);
        ck_assert(!seen[order[i]]);
        seen[order[i]] = true;
        changes += i && (order[i] * order[i] % 3 == 0) != (order[i - 1] * order[i - 1] % 3 == 0);
    }
    ck_assert_uint_eq(changes, 1);
    bb_cluster_order(value, 0, 6, 6, 1, order, arena);
}
END_TEST

/* A page's chart and the file of it have the same colours: the variables of the style sheet are those of the table. */
START_TEST(test_style_sheet)
{
    struct bb_buf css = BB_BUF_INIT;
    struct bb_err err;
    ck_assert_int_eq(bb_file_read(BB_HOME "/assets/style-3-charts.css", 0, &css, &err), BB_OK);
    for (size_t i = 0; i < BB_N_ROLES; i++) {
        const struct bb_role_info *role = &bb_roles[i];
        if (i != BB_ROLE_BAND && i != BB_ROLE_CEILING && i < BB_ROLE_SERIES) continue; /* those are the page's own */
        const char *light = bb_arena_printf(arena, "--chart-%s: #%06x;", role->name, (unsigned)role->light);
        const char *dark = bb_arena_printf(arena, "--chart-%s: #%06x;", role->name, (unsigned)role->dark);
        const char *at = strstr(bb_buf_text(&css), light);
        ck_assert_msg(at && strstr(at, dark), "the style sheet has not %s and %s", light, dark);
    }
    for (size_t i = 0; i < BB_N_ROLES; i++)
        ck_assert_ptr_nonnull(strstr(bb_buf_text(&css), bb_arena_printf(arena, ".c-%s { color: ", bb_roles[i].name)));
    bb_buf_release(&css);
}
END_TEST

Suite *suite_chart_svg(void)
{
    Suite *suite = suite_create("chart_svg");
    TCase *tests = tcase_create("svg");
    tcase_add_checked_fixture(tests, make_arena, drop_arena);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, test_numbers);
    tcase_add_test(tests, test_runs_are_one_path);
    tcase_add_test(tests, test_escapes);
    tcase_add_test(tests, test_roles);
    tcase_add_test(tests, test_clean);
    tcase_add_test(tests, test_widths);
    tcase_add_test(tests, test_fit);
    tcase_add_loop_test(tests, test_sound, 0, N_LOOPS);
    tcase_add_test(tests, test_well_formed);
    tcase_add_test(tests, test_golden);
    tcase_add_test(tests, test_swarm);
    tcase_add_test(tests, test_labels_keep_clear);
    tcase_add_loop_test(tests, test_front, 0, 40);
    tcase_add_test(tests, test_contrast);
    tcase_add_test(tests, test_shades);
    tcase_add_test(tests, test_cluster);
    tcase_add_test(tests, test_style_sheet);
    suite_add_tcase(suite, tests);
    return suite;
}
