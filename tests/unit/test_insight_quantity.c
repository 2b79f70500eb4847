/* What can stand on an axis: the board of a small scores.json. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "insight/quantity.h"
#include "results_fixture.h"

Suite *suite_insight_quantity(void);

static const char scores[] =
    "{\"schema\": \"brainboard/scores/1\", \"title\": \"t\","
    " \"attribute_info\": {\"size\": {\"title\": \"Parameters\", \"unit\": \"M\", \"scale\": \"log\"}, \"delta\": {\"scale\": "
    "\"log\", \"better\": \"lower\"}},"
    " \"models\": [{\"id\": \"a\", \"family\": \"F\", \"attributes\": {\"size\": 10, \"delta\": 0, \"kind\": \"net\"}},"
    "  {\"id\": \"b\", \"family\": \"F\", \"attributes\": {\"size\": 100, \"delta\": 1}},"
    "  {\"id\": \"c\", \"attributes\": {\"size\": 1000}}, {\"id\": \"d\", \"family\": \"G\"},"
    "  {\"id\": \"floor\", \"reference\": true, \"attributes\": {\"size\": 1}}, {\"id\": \"hidden\", \"visibility\": "
    "\"unlisted\"}],"
    " \"benchmarks\": [{\"id\": \"top\", \"domain\": \"vision\", \"title\": \"Top\"}, {\"id\": \"x\", \"parent\": \"top\", "
    "\"metric\": \"published\"},"
    "  {\"id\": \"y\", \"parent\": \"top\", \"metric\": \"published\", \"publish\": \"none\"}],"
    " \"cells\": [{\"model\": \"a\", \"benchmark\": \"x\", \"status\": \"ok\", \"score\": 0.1}, {\"model\": \"b\", "
    "\"benchmark\": \"x\", \"status\": \"ok\", \"score\": 0.3},"
    "  {\"model\": \"c\", \"benchmark\": \"x\", \"status\": \"ok\", \"score\": 0.6}, {\"model\": \"floor\", \"benchmark\": "
    "\"x\", \"status\": \"ok\", \"score\": 0.9},"
    "  {\"model\": \"a\", \"benchmark\": \"y\", \"status\": \"ok\", \"score\": 0.5}]}";

static struct bb_arena *arena;
static struct bb_results *results;
static struct bb_quantities all;

static void set_up(void)
{
    results = results_of_text(scores);
    arena = bb_arena_new(0);
    all = bb_quantities_of(results, arena);
}

static void tear_down(void)
{
    bb_arena_free(arena);
    bb_results_free(results);
}

static const struct bb_quantity *quantity(const char *id)
{
    size_t at = bb_quantity_find(&all, id);
    ck_assert_msg(at != BB_NO_NODE, "no %s", id);
    return &all.quantity[at];
}

START_TEST(nodes_and_numbers_of_listed_models)
{
    ck_assert_uint_eq(all.n_models, 4); /* neither the reference row nor the unlisted model */
    ck_assert_uint_eq(all.n, 4);        /* text is no quantity, and what is not published is none */
    ck_assert_str_eq(all.quantity[0].id, "top");
    ck_assert_str_eq(all.quantity[1].id, "x");
    ck_assert_str_eq(quantity("attribute.size")->title, "Parameters");
    ck_assert(quantity("attribute.size")->is_log);
    ck_assert(!quantity("attribute.delta")->is_log); /* a zero has no logarithm */
    ck_assert_int_eq(quantity("attribute.delta")->better, -1);
    ck_assert_int_eq(quantity("x")->kind, BB_QUANTITY_BENCHMARK);
    ck_assert_uint_eq(quantity("x")->n_values, 3);
    ck_assert(isnan(quantity("x")->value[3]));
    ck_assert_uint_eq(bb_quantity_find(&all, "y"), BB_NO_NODE);
}
END_TEST

/* By hand: log10 sizes 1, 2, 3 against .1, .3, .6; as families (1.5, .2) and (3, .6). */
START_TEST(associations)
{
    size_t x = bb_quantity_find(&all, "attribute.size"), y = bb_quantity_find(&all, "x");
    struct bb_association models = bb_quantity_associate(&all, x, y, arena),
                          groups = bb_quantity_associate_families(&all, x, y, arena);
    ck_assert_uint_eq(models.n, 3);
    ck_assert_double_eq_tol(models.r, .5 / sqrt(2 * (.38 / 3)), 1e-12);
    ck_assert_uint_eq(groups.n, 2);
    ck_assert_double_eq_tol(groups.r, 1, 1e-12);
    ck_assert_double_eq_tol(groups.slope, .4 / 1.5, 1e-12);
    ck_assert_uint_eq(all.family[1], 0);
    ck_assert_uint_eq(all.family[2], 2);
}
END_TEST

Suite *suite_insight_quantity(void)
{
    Suite *suite = suite_create("insight_quantity");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, nodes_and_numbers_of_listed_models);
    tcase_add_test(tcase, associations);
    suite_add_tcase(suite, tcase);
    return suite;
}
