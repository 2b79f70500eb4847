#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/draw.h"
#include "chart/svg.h"
#include "chart_case.h"
#include "chart_places.h"

Suite *suite_chart_draw(void);

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

static const size_t sizes[] = {0, 1, 7, 50, 3000};
#define N_SIZES (sizeof sizes / sizeof sizes[0])

/* Numbers in an SVG have two decimals. */
#define ROUNDED .005001

/* Two backends put the same marks at the same places. */
START_TEST(test_svg_has_all_places)
{
    for (size_t k = 0; k < n_chart_cases; k++) {
        size_t n = sizes[(size_t)_i / 2];
        struct bb_scene *scene = chart_cases[k].make(n, _i % 2 ? chart_name_hostile : chart_name_plain, arena);
        struct places told = places_of_scene(scene, arena), written = places_of_svg(svg(scene), arena);
        places_compare(&told, &written, ROUNDED, bb_arena_printf(arena, "%s of %zu", chart_cases[k].name, n));
    }
}
END_TEST

/* All that marks can be, in one scene. */
START_TEST(test_all_marks)
{
    struct bb_scene *scene = bb_scene_new(arena, 200, 100);
    const struct bb_point gap[] = {{1, 2}, {3, 4}, {NAN, 5}, {6, 7}, {8, NAN}, {9, 9}, {10, 9.5}};
    const struct bb_point area[] = {{1, 2}, {3, 4}, {-5, 6.25}};
    bb_scene_polyline(scene, BB_ROLE_INK, 1.5, gap, 7);
    bb_scene_dashed(scene, BB_ROLE_RULE, 1, 0, 0, 10, 0);
    bb_scene_area(scene, BB_ROLE_BAND, area, 3);
    bb_scene_area(scene, BB_ROLE_BAND, area, 3);
    bb_scene_rect(scene, BB_ROLE_BAND, 10, 20, -5, 5);
    for (int shape = 0; shape < BB_N_SHAPES; shape++)
        for (int hollow = 0; hollow < 2; hollow++)
            bb_scene_shape(scene, BB_ROLE_SERIES, (enum bb_shape)shape, 50 + shape, 30, 3 + hollow, hollow);
    bb_scene_open(scene, "a & b", "x.html?a&b");
    bb_scene_text_as(scene, BB_ROLE_INK, (struct bb_text){5, 6, BB_END, true, true, false, "<x> 'y'"});
    bb_scene_text_as(scene, BB_ROLE_INK, (struct bb_text){25, 6, BB_START, false, false, true, "z"});
    bb_scene_close(scene);
    struct places told = places_of_scene(scene, arena), written = places_of_svg(svg(scene), arena);
    places_compare(&told, &written, ROUNDED, "all marks");
    size_t count[PLACE_CLOSE + 1] = {0};
    for (size_t i = 0; i < told.n; i++) count[told.place[i].kind]++;
    ck_assert_uint_eq(count[PLACE_CIRCLE], 2);
    ck_assert_uint_eq(count[PLACE_SHUT], 2 + 1 + 2 * (BB_N_SHAPES - 1)); /* areas, rectangle, shapes but the circle */
    ck_assert_uint_eq(count[PLACE_MOVE], 3 + 1 + count[PLACE_SHUT]);     /* the line with two gaps, the dashed one */
    ck_assert_uint_eq(count[PLACE_TEXT], 2);
}
END_TEST

/* --- which marks share a path ---------------------------------------------------------------------------------------- */

static size_t paths, groups;
static struct bb_rect box_of_group;

static void count_path(void *to, const struct bb_look *look)
{
    (void)to, (void)look;
    paths++;
}

static void ignore_point(void *to, double x, double y)
{
    (void)to, (void)x, (void)y;
}

static void ignore_shut(void *to)
{
    (void)to;
}

static void ignore_rect(void *to, const struct bb_rect *rect)
{
    (void)to, (void)rect;
}

static void ignore_circle(void *to, double x, double y, double r)
{
    (void)to, (void)x, (void)y, (void)r;
}

static void ignore_end(void *to, const struct bb_look *look)
{
    (void)to, (void)look;
}

static void ignore_text(void *to, enum bb_role role, const struct bb_text *text)
{
    (void)to, (void)role, (void)text;
}

static void note_box(void *to, const struct bb_group *group, const struct bb_rect *box)
{
    (void)to, (void)group;
    groups++;
    box_of_group = *box;
}

static void ignore_close(void *to, const struct bb_group *group)
{
    (void)to, (void)group;
}

static const struct bb_draw counting = {count_path,    ignore_point, ignore_point, ignore_shut, ignore_rect,
                                        ignore_circle, ignore_end,   ignore_text,  note_box,    ignore_close};

static size_t paths_of(const struct bb_scene *scene)
{
    paths = groups = 0;
    bb_draw(scene, &counting, NULL);
    return paths;
}

START_TEST(test_shared_paths)
{
    struct bb_scene *scene = bb_scene_new(arena, 200, 100);
    for (int i = 0; i < 5; i++) bb_scene_shape(scene, BB_ROLE_SERIES, BB_CIRCLE, i, i, 2, false);
    ck_assert_uint_eq(paths_of(scene), 1);
    bb_scene_shape(scene, BB_ROLE_SERIES, BB_CIRCLE, 1, 1, 2.5, false);
    bb_scene_shape(scene, BB_ROLE_SERIES, BB_SQUARE, 1, 1, 2.5, false);
    bb_scene_shape(scene, BB_ROLE_SERIES + 1, BB_SQUARE, 1, 1, 2.5, false);
    bb_scene_shape(scene, BB_ROLE_SERIES + 1, BB_SQUARE, 1, 1, 2.5, true);
    ck_assert_uint_eq(paths_of(scene), 5);
    for (int i = 0; i < 3; i++) bb_scene_line(scene, BB_ROLE_INK, 1, i, 0, i, 9);
    bb_scene_dashed(scene, BB_ROLE_INK, 1, 0, 0, 0, 9);
    bb_scene_line(scene, BB_ROLE_INK, 2, 0, 0, 0, 9);
    ck_assert_uint_eq(paths_of(scene), 8);
}
END_TEST

/* What a link covers: all marks in its group, with those of groups within it. */
START_TEST(test_box_of_group)
{
    struct bb_scene *scene = bb_scene_new(arena, 200, 100);
    bb_scene_open(scene, "outer", "a.html");
    bb_scene_open(scene, "inner", NULL);
    bb_scene_rect(scene, BB_ROLE_BAND, 10, 20, 30, 5);
    bb_scene_close(scene);
    bb_scene_shape(scene, BB_ROLE_INK, BB_CIRCLE, 100, 50, 4, false);
    bb_scene_close(scene);
    bb_scene_rect(scene, BB_ROLE_BAND, 0, 0, 200, 100);
    paths_of(scene);
    ck_assert_uint_eq(groups, 2);
    ck_assert(box_of_group.x == 10 && box_of_group.y == 20 && box_of_group.w == 30 &&
              box_of_group.h == 5);      /* the inner one, told last */
    scene->mark[1].kind = BB_MARK_CLOSE; /* an empty group, and its marks outside */
    scene->mark[3].kind = BB_MARK_OPEN;
    scene->mark[3].as.group = (struct bb_group){"late", NULL};
    paths_of(scene);
    ck_assert(box_of_group.x == 96 && box_of_group.y == 46 && box_of_group.w == 8 && box_of_group.h == 8);
    struct bb_scene *empty = bb_scene_new(arena, 200, 100);
    bb_scene_open(empty, "nothing", NULL);
    bb_scene_close(empty);
    paths_of(empty);
    ck_assert_double_lt(box_of_group.w, 0);
}
END_TEST

Suite *suite_chart_draw(void)
{
    Suite *suite = suite_create("chart_draw");
    TCase *tests = tcase_create("draw");
    tcase_add_checked_fixture(tests, make_arena, drop_arena);
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, test_svg_has_all_places, 0,
                        2 * (int)N_SIZES - 1); /* thousands once, not with hostile names again */
    tcase_add_test(tests, test_all_marks);
    tcase_add_test(tests, test_shared_paths);
    tcase_add_test(tests, test_box_of_group);
    suite_add_tcase(suite, tests);
    return suite;
}
