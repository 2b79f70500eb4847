#include <check.h>
#include <math.h>
#include <string.h>

#include "render/page_chart.h"
#include "render/standing.h"
#include "render_board.h"

static struct bb_arena *arena;
static struct bb_results *board;

static void setup(void)
{
    arena = bb_arena_new(0);
    board = render_board_new();
}

static void teardown(void)
{
    bb_arena_free(board->arena);
    bb_arena_free(arena);
}

/* Five others at .1 .2 .2 .3 .4, and one's own .2 among them or not. */
static const double scores[] = {.1, .2, .2, .2, .3, .4};
static const struct {
    double score;
    bool is_ranked;
    double ahead;
} ahead_case[] = {
    {.1, true, 0},                /* nobody lower, nobody else the same */
    {.2, true, (1 + 2 / 2.) / 5}, /* one lower, two the same */
    {.4, true, 1},
    {.2, false, (1 + 3 / 2.) / 6}, /* an unlisted model beside them */
    {.25, false, 4 / 6.},
    {.9, false, 1},
    {0, false, 0},
};

START_TEST(ahead_of_how_many)
{
    struct bb_standing standing = {.n = 6, .value = scores};
    ck_assert_double_eq_tol(bb_standing_ahead(&standing, ahead_case[_i].score, ahead_case[_i].is_ranked), ahead_case[_i].ahead,
                            1e-12);
}
END_TEST

START_TEST(lower_is_better_turns_it_round)
{
    static const double turned[] = {.4, .3, .2, .1}; /* worst first */
    struct bb_standing standing = {.n = 4, .value = turned, .lower_better = true};
    ck_assert_double_eq(bb_standing_ahead(&standing, .1, true), 1);
    ck_assert_double_eq(bb_standing_ahead(&standing, .4, true), 0);
    ck_assert_double_eq(bb_standing_ahead(&standing, .35, false), 1 / 4.);
}
END_TEST

START_TEST(nobody_to_compare_with)
{
    struct bb_standing alone = {.n = 1, .value = scores}, none = {.n = 0, .value = scores};
    ck_assert(isnan(bb_standing_ahead(&alone, .1, true)));
    ck_assert(isnan(bb_standing_ahead(&none, .1, false)));
    ck_assert(isnan(bb_standing_ahead(&alone, (double)NAN, false)));
}
END_TEST

/* Sorted, of ranked models alone: neither the private nor the unlisted model, which would be the best, nor a reference row. */
START_TEST(standings_are_of_ranked_models)
{
    struct bb_standings all = bb_standings_new(board, arena);
    for (size_t i = 0; i < board->tree.n; i++) {
        const struct bb_standing *standing = &all.node[i];
        size_t ranked = 0;
        double best = -INFINITY;
        for (size_t m = 0; m < board->n_models; m++) {
            const struct bb_aggregate *aggregate = bb_results_aggregate(board, m, i);
            if (board->model[m].visibility != BB_PUBLIC || board->model[m].reference || isnan(aggregate->score)) continue;
            ranked++;
            best = fmax(best, aggregate->score);
        }
        ck_assert_uint_eq(standing->n, ranked);
        for (size_t k = 1; k < standing->n; k++) ck_assert_double_ge(standing->value[k], standing->value[k - 1]);
        if (!ranked) {
            ck_assert(isnan(standing->median));
            continue;
        }
        ck_assert_double_eq(standing->best, best);
        ck_assert_double_eq(standing->worst, standing->value[0]);
        double median =
            ranked % 2 ? standing->value[ranked / 2] : (standing->value[ranked / 2 - 1] + standing->value[ranked / 2]) / 2;
        ck_assert_double_eq(standing->median, median);
    }
}
END_TEST

#define NO ((double)NAN)

START_TEST(bars_are_drawn_to_scale)
{
    const char *svg = bb_chart_bar_html(arena, (struct bb_bar_axis){0, 1}, (struct bb_bar){.4, .05, .25, .9});
    ck_assert_ptr_nonnull(strstr(svg, "<svg class=\"bar\" viewBox=\"0 0 200 10\" aria-hidden=\"true\">"));
    ck_assert_ptr_nonnull(strstr(svg, "<path class=\"c-bar\" d=\"M0 1h80v8h-80z\"/>")); /* .4 of 200 */
    ck_assert_ptr_nonnull(strstr(svg, "<path class=\"c-ink\" d=\"M70 5H90\"/>"));       /* .35 … .45 */
    ck_assert_ptr_nonnull(strstr(svg, "<path class=\"c-median\" d=\"M50 0V10\"/>"));
    ck_assert_ptr_nonnull(strstr(svg, "<path class=\"c-best\" d=\"M180 0"));
    svg = bb_chart_bar_html(arena, (struct bb_bar_axis){-.25, 1},
                            (struct bb_bar){-.125, NO, NO, NO}); /* to the left of zero, which is at 40 */
    ck_assert_ptr_nonnull(strstr(svg, "<path class=\"c-bar\" d=\"M20 1h20v8h-20z\"/></svg>"));
}
END_TEST

START_TEST(another_scale_has_no_bar)
{
    const struct bb_bar_axis axis = {0, 1};
    ck_assert_str_eq(bb_chart_bar_html(arena, axis, (struct bb_bar){38.9, NO, NO, NO}), "");
    ck_assert_str_eq(bb_chart_bar_html(arena, axis, (struct bb_bar){NO, NO, .2, .5}), "");
    ck_assert_ptr_nonnull(strstr(bb_chart_bar_html(arena, axis, (struct bb_bar){1.2, NO, NO, NO}),
                                 "M0 1h200v8h-200z")); /* a little outside: to the edge */
}
END_TEST

Suite *suite_render_standing(void);
Suite *suite_render_standing(void)
{
    Suite *suite = suite_create("render_standing");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, ahead_of_how_many, 0, sizeof ahead_case / sizeof ahead_case[0]);
    tcase_add_test(tcase, lower_is_better_turns_it_round);
    tcase_add_test(tcase, nobody_to_compare_with);
    tcase_add_test(tcase, standings_are_of_ranked_models);
    tcase_add_test(tcase, bars_are_drawn_to_scale);
    tcase_add_test(tcase, another_scale_has_no_bar);
    suite_add_tcase(suite, tcase);
    return suite;
}
