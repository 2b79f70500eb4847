/* The default comparisons of a small scores.json: what is compared, in which order, and what is not. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "insight/default_pairs.h"
#include "results_fixture.h"

Suite *suite_insight_default_pairs(void);

#define LEAF(id, parent) "{\"id\": \"" id "\", \"parent\": \"" parent "\", \"metric\": \"published\"}"
#define CELL(model, leaf, score)                                                                                                 \
    "{\"model\": \"" model "\", \"benchmark\": \"" leaf "\", \"status\": \"ok\", \"score\": " score "}"
#define MODEL(id, more) "{\"id\": \"" id "\", \"attributes\": {" more "}}"

/* Two domains; vision has parts, an engineering group, a task attribute of more models and one of fewer, and sizes; language shares three models, and
   has one part that only two models have. "same" is the same for all. */
/* clang-format off: one thing per line */
static const char scores[] =
    "{\"schema\": \"brainboard/scores/1\", \"title\": \"t\","
    " \"attribute_info\": {\"size\": {\"scale\": \"log\"}, \"top1\": {\"better\": \"higher\"}, \"few\": {\"better\": \"higher\"},"
    "  \"same\": {\"better\": \"higher\"}, \"loss\": {\"better\": \"lower\"}},"
    " \"models\": ["
    MODEL("a", "\"size\": 1, \"year\": 2011, \"top1\": 1, \"few\": 1, \"loss\": 3, \"same\": 5") ","
    MODEL("b", "\"size\": 10, \"year\": 2012, \"top1\": 2, \"few\": 2, \"loss\": 1, \"same\": 5") ","
    MODEL("c", "\"size\": 100, \"year\": 2013, \"top1\": 3, \"loss\": 2, \"same\": 5, \"few\": 3") ","
    MODEL("d", "\"year\": 2014, \"top1\": 4, \"same\": 5, \"loss\": 2") "],"
    " \"benchmarks\": ["
    "{\"id\": \"v\", \"domain\": \"vision\"}, {\"id\": \"n\", \"parent\": \"v\"}, {\"id\": \"o\", \"parent\": \"v\"},"
    LEAF("n1", "n") "," LEAF("o1", "o") ", "
    "{\"id\": \"eng\", \"domain\": \"vision\", \"engineering\": true}," LEAF("e1", "eng") ", "
    "{\"id\": \"l\", \"domain\": \"language\"}," LEAF("l1", "l") "," LEAF("l2", "l") "],"
    " \"cells\": ["
    CELL("a", "n1", "0.1") "," CELL("b", "n1", "0.2") "," CELL("c", "n1", "0.3") "," CELL("d", "n1", "0.5") ","
    CELL("a", "o1", "0.3") "," CELL("b", "o1", "0.2") "," CELL("c", "o1", "0.5") "," CELL("d", "o1", "0.1") ","
    CELL("a", "e1", "0.3") "," CELL("b", "e1", "0.2") "," CELL("c", "e1", "0.5") ","
    CELL("a", "l1", "0.3") "," CELL("b", "l1", "0.2") "," CELL("c", "l1", "0.5") ","
    CELL("a", "l2", "0.3") "," CELL("b", "l2", "0.2") "]}";
/* clang-format on */

static struct bb_arena *arena;
static struct bb_results *results;
static struct bb_quantities all;
static struct bb_pairs pairs;

static void set_up(void)
{
    results = results_of_text(scores);
    arena = bb_arena_new(0);
    all = bb_quantities_of(results, arena);
    pairs = bb_pairs_of(results, &all, arena);
}

static void tear_down(void)
{
    bb_arena_free(arena);
    bb_results_free(results);
}

static const char *said(void)
{
    static const char *const kind[BB_N_PAIR_KINDS] = {"parts", "engineering", "task", "size", "year", "domains"};
    const char *text = "";
    for (size_t i = 0; i < pairs.n; i++) {
        const struct bb_pair *pair = &pairs.pair[i];
        text = bb_arena_printf(arena, "%s%s %s %s %zu %s; ", text, kind[pair->kind], all.quantity[pair->x].id,
                               all.quantity[pair->y].id, pair->n, pair->domain ? pair->domain : "-");
    }
    return text;
}

/* Siblings stand by id: "eng" after … is a root of its own. In tree order the roots are eng, l, v. */
START_TEST(what_is_compared)
{
    ck_assert_str_eq(said(),
                     "task attribute.few l 3 language; task attribute.loss l 3 language; size attribute.size l 3 language; "
                     "year attribute.year l 3 language; "
                     "parts n o 4 vision; engineering eng v 3 vision; task attribute.loss v 4 vision; "
                     "task attribute.top1 v 4 vision; size attribute.size v 3 vision; year attribute.year v 4 vision; "
                     "domains l v 3 -; ");
}
END_TEST

START_TEST(averages_of_domains)
{
    ck_assert_str_eq(all.quantity[bb_domain_average(results, &all, "vision")].id, "v");
    ck_assert_uint_eq(bb_domain_average(results, &all, "smell"), BB_NO_NODE);
    ck_assert_uint_eq(bb_pair_common(&all, bb_quantity_find(&all, "l2"), bb_quantity_find(&all, "l1")), 2);
}
END_TEST

Suite *suite_insight_default_pairs(void)
{
    Suite *suite = suite_create("insight_default_pairs");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, what_is_compared);
    tcase_add_test(tcase, averages_of_domains);
    suite_add_tcase(suite, tcase);
    return suite;
}
