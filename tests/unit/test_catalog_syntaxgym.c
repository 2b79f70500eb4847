/*
 * Suites of SyntaxGym in the catalog: their predictions are those of the published suites, and what DistilGPT-2's published surprisals of regions score is what
 * is published of it, where BRAINBOARD_DATA has them. Of surprisals made by hand each suite has the score that the same items have as bits.
 */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "catalog/built_in.h"
#include "catalog_fixture.h"
#include "given_data.h"
#include "metric_case.h"
#include "synthetic_case.h"

Suite *suite_catalog_syntaxgym(void);

enum { N_SUITES = 31 };

static struct bb_catalog *catalog;

static void setup(void)
{
    catalog_setup();
    catalog = bb_catalog_read_built_in("data/catalog", &catalog_diags);
    ck_assert_ptr_nonnull(catalog);
    ck_assert_msg(catalog_diags.n_errors == 0, "%s", catalog_all_diags());
}

static void teardown(void)
{
    bb_catalog_free(catalog);
    catalog_teardown();
}

static const char prefix[] = "syntaxgym-";

static const char *suite_of(const struct bb_node *node)
{
    return bb_starts_with(node->id, prefix) ? node->id + strlen(prefix) : NULL;
}

static const char *without_blanks(const char *text)
{
    char *out = bb_arena_strdup(fixture_arena, text), *at = out;
    for (const char *c = text; *c; c++)
        if (*c != ' ') *at++ = *c;
    *at = '\0';
    return out;
}

static void check_predictions(const struct bb_node *node, const struct bb_json *suite)
{
    const struct bb_json *stated = bb_json_member(node->metric_json, "predictions"), *published = bb_json_member(suite, "predictions");
    const struct bb_json *items = bb_json_member(suite, "items");
    ck_assert_msg(stated && stated->as.list.n == published->as.list.n, "%s: predictions", node->id);
    for (size_t i = 0; i < stated->as.list.n; i++)
        ck_assert_str_eq(without_blanks(stated->as.list.item[i]->as.text), without_blanks(text_of(published->as.list.item[i], "formula")));
    ck_assert_double_eq(number_of(node->metric_json, "items"), (double)items->as.list.n);
    ck_assert_int_eq(node->n_stimuli, (long)items->as.list.n);
}

START_TEST(predictions_are_the_published_ones)
{
    size_t n = 0;
    for (size_t i = 0; i < catalog->tree.n; i++) {
        const struct bb_node *node = &catalog->tree.node[i];
        if (!suite_of(node)) continue;
        ck_assert_msg(node->metric && bb_json_member(node->metric_json, "predictions"), "%s has no predictions", node->id);
        const struct bb_json *suite = given_json(fixture_arena, bb_arena_printf(fixture_arena, "syntaxgym/%s.json", suite_of(node)));
        if (suite) check_predictions(node, suite);
        n++;
    }
    ck_assert_uint_eq(n, N_SUITES);
}
END_TEST

/* A row for each region of each item. */
static struct bb_assembly *table_of(const char *suite, const struct bb_json *items)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_puts(&text, "suite,item,condition,region,value\n");
    for (size_t i = 0; i < items->as.list.n; i++)
        for (size_t k = 0; k < items->as.list.item[i]->as.list.n; k++) {
            const struct bb_json *region = items->as.list.item[i]->as.list.item[k];
            bb_buf_printf(&text, "%s,%zu,%s,%g,%.17g\n", suite, i + 1, text_of(region, "condition"), number_of(region, "region"),
                          number_of(region, "surprisal_bits"));
        }
    struct bb_assembly *table = assembly_of(bb_buf_text(&text));
    bb_buf_release(&text);
    return table;
}

/* true: the whole suite is published, and its score was compared. */
static bool check_score(const struct bb_node *node, const struct bb_json *items, double published)
{
    struct bb_metric_result result = {.raw = NAN, .error = NAN};
    struct bb_err err = {0};
    struct bb_assembly *table = table_of(suite_of(node), items);
    struct bb_task task = {.model = table, .params = node->metric_params, .arena = fixture_arena};
    bool whole = items->as.list.n == (size_t)node->n_stimuli;
    enum bb_code code = node->metric->score(&task, &result, &err);
    if (whole) {
        ck_assert_msg(code == BB_OK, "%s: %s", node->id, err.msg);
        ck_assert_double_eq_tol(result.raw, published, 1e-6);
        ck_assert_uint_eq(result.n, items->as.list.n);
        ck_assert_ptr_null(result.warning);
    } else {
        ck_assert_int_eq(code, BB_EINPUT);
        ck_assert_msg(strstr(err.msg, ": item 2 is missing") != NULL, "%s: %s", node->id, err.msg);
    }
    bb_assembly_free(table);
    return whole;
}

/* And no other suite says that it was. */
START_TEST(published_surprisals_give_the_published_scores)
{
    const struct bb_json *reference = given_json(fixture_arena, "syntaxgym_region_totals.json");
    if (!reference) return;
    const struct bb_json *totals = bb_json_member(reference, "REFERENCE_DISTILGPT2_REGION_TOTALS");
    const struct bb_json *scores = bb_json_member(reference, "REFERENCE_DISTILGPT2_SCORES");
    size_t n = 0;
    for (size_t i = 0; i < catalog->tree.n; i++) {
        const struct bb_node *node = &catalog->tree.node[i];
        const struct bb_json *items = suite_of(node) ? bb_json_member(totals, suite_of(node)) : NULL;
        bool compared = items && check_score(node, items, number_of(scores, suite_of(node)));
        n += items != NULL;
        if (suite_of(node))
            ck_assert_msg(compared == (node->verified == BB_VERIFIED_REAL), "%s: what it says of how it was checked", node->id);
    }
    ck_assert_uint_eq(n, totals->as.list.n);
}
END_TEST

/* --- by hand ---------------------------------------------------------------------------------------------------------- */

/* Surprisals of the conditions of all suites, in every region, with which predictions are met; where all are the same, they are not. */
static const struct {
    const char *condition;
    double surprisal;
} by_hand[] = {
    {"plaus", 1},           {"implaus", 2},
    {"np_match", 1},        {"np_mismatch", 2},       {"vp_match", 1},        {"vp_mismatch", 2},
    {"what_nogap", 2},      {"that_nogap", 1},        {"what_gap", 1},        {"that_gap", 2},
    {"what_subjgap", 1},    {"that_subjgap", 1.0005}, /* less, and equal */
    {"reduced_ambig", 9},   {"unreduced_ambig", 1},   {"reduced_unambig", 2}, {"unreduced_unambig", 1},
    {"neg_pos", 1},         {"pos_pos", 2},           {"neg_neg", 1},         {"pos_neg", 2},
    {"ambig_nocomma", 9},   {"ambig_comma", 1},       {"unambig_nocomma", 2}, {"unambig_comma", 1},
    {"no-obj_no-comma", 9}, {"no-obj_comma", 1},      {"obj_no-comma", 2},    {"obj_comma", 1},
    {"match_sing", 1},      {"mismatch_sing", 2},     {"match_plural", 1},    {"mismatch_plural", 2},
    {"sub_no-matrix", 2},   {"no-sub_no-matrix", 1},  {"sub_matrix", 1},      {"no-sub_matrix", 2},
};
enum { N_REGIONS = 9, SAME_IN_ALL = 9 };

static bool is_met_by_hand(long item)
{
    return item % 7 == 1 || item % 7 == 2 || item % 7 > 3;
}

static void add_regions(struct bb_buf *text, const char *suite, long item)
{
    for (size_t c = 0; c < sizeof by_hand / sizeof by_hand[0]; c++)
        for (int region = 1; region <= N_REGIONS; region++) {
            double surprisal = is_met_by_hand(item) && region != SAME_IN_ALL ? by_hand[c].surprisal : 3;
            bb_buf_printf(text, "%s,%ld,%s,%d,%g\n", suite, item + 1, by_hand[c].condition, region, surprisal);
        }
}

static const char *open_models(void)
{
    static const char of_bits[] = ", \"columns\": {\"suite\": \"suite\", \"bits\": \"bits\"}";
    static const char of_regions[] = ", \"columns\": {\"suite\": \"suite\", \"item\": \"item\", \"condition\": \"condition\", \"region\": "
                                     "\"region\", \"value\": {\"column\": \"value\", \"type\": \"number\"}}";
    struct bb_buf bits = BB_BUF_INIT, regions = BB_BUF_INIT;
    const char *outputs[2] = {"", ""};
    bb_buf_puts(&bits, "suite,bits\n");
    bb_buf_puts(&regions, "suite,item,condition,region,value\n");
    for (size_t i = 0; i < catalog->tree.n; i++) {
        const struct bb_node *node = &catalog->tree.node[i];
        if (!suite_of(node)) continue;
        bb_buf_printf(&bits, "%s,", suite_of(node));
        for (long k = 0; k < node->n_stimuli; k++) {
            bb_buf_putc(&bits, is_met_by_hand(k) ? '1' : '0');
            add_regions(&regions, suite_of(node), k);
        }
        bb_buf_putc(&bits, '\n');
        const char *comma = *outputs[0] ? ", " : "";
        outputs[0] = TEXT("%s%s%s", outputs[0], comma, output_text(node->stimuli, "bits.csv", of_bits, (double)NAN));
        outputs[1] = TEXT("%s%s%s", outputs[1], comma, output_text(node->stimuli, "regions.csv", of_regions, (double)NAN));
    }
    fixture_text("bits.csv", bb_buf_text(&bits));
    fixture_text("regions.csv", bb_buf_text(&regions));
    bb_buf_release(&bits);
    bb_buf_release(&regions);
    return TEXT("{\"id\": \"bits\", \"outputs\": {%s}}, {\"id\": \"regions\", \"outputs\": {%s}}", outputs[0], outputs[1]);
}

START_TEST(regions_are_scored_as_bits_are)
{
    size_t n = 0;
    const char *manifest = TEXT("{\"title\": \"T\", \"benchmarks\": [\"SyntaxGym\"], \"models\": [%s]}", open_models());
    bb_log_set_level(BB_LOG_QUIET);
    struct bb_catalog *board = bb_catalog_read_beside(fixture_text("manifest.json", manifest), "data/catalog", &catalog_diags);
    ck_assert_msg(board && catalog_diags.n_errors == 0, "%s", catalog_all_diags());
    struct bb_results *results = score_catalog(board);
    for (size_t i = 0; i < board->tree.n; i++) {
        double n_met = 0;
        if (!suite_of(&board->tree.node[i])) continue;
        for (long k = 0; k < board->tree.node[i].n_stimuli; k++) n_met += is_met_by_hand(k);
        for (size_t m = 0; m < 2; m++) {
            const struct bb_cell *cell = bb_results_cell(results, m, i);
            ck_assert_msg(cell->status == BB_CELL_OK, "%s of %s: %s", board->tree.node[i].id, board->model[m].id, cell->reason);
            check_near(board->tree.node[i].id, cell->score, n_met / (double)board->tree.node[i].n_stimuli, 1e-15);
        }
        n++;
    }
    ck_assert_uint_eq(n, N_SUITES);
    bb_results_free(results);
    bb_catalog_free(board);
}
END_TEST

Suite *suite_catalog_syntaxgym(void)
{
    Suite *suite = suite_create("catalog/syntaxgym");
    TCase *tests = tcase_create("syntaxgym");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, predictions_are_the_published_ones);
    tcase_add_test(tests, published_surprisals_give_the_published_scores);
    tcase_add_test(tests, regions_are_scored_as_bits_are);
    suite_add_tcase(suite, tests);
    return suite;
}
