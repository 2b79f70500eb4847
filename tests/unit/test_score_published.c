/* What may be seen of results: visibility, levels of publishing, anonymity, the reference's rounding, policies side by side. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "results_fixture.h"
#include "score/anonymous.h"
#include "score/parity.h"
#include "score/policy.h"
#include "score/published.h"
#include "score/visible.h"

#define NAN_D ((double)NAN)

static const char tree_text[] =
    "[{\"id\": \"average\", \"domain\": \"vision\"},"
    " {\"id\": \"neural\", \"parent\": \"average\", \"order\": 1},"
    " {\"id\": \"open\", \"parent\": \"neural\", \"metric\": \"published\", \"publish\": \"units\", \"order\": 1},"
    " {\"id\": \"hidden\", \"parent\": \"neural\", \"metric\": \"published\", \"publish\": \"none\", \"ceiling\": {\"value\": "
    "0.75}, \"order\": 2},"
    " {\"id\": \"secrets\", \"parent\": \"average\", \"order\": 2},"
    " {\"id\": \"hidden2\", \"parent\": \"secrets\", \"metric\": \"published\", \"publish\": \"none\"},"
    " {\"id\": \"plain\", \"parent\": \"average\", \"metric\": \"published\", \"order\": 3}]";

enum { N_MODELS = 5 };
static struct bb_catalog catalog;
static struct bb_results *results;
static struct bb_arena *arena;

static void setup(void)
{
    struct bb_diags diags;
    bb_diags_init(&diags);
    unsetenv("SOURCE_DATE_EPOCH");
    arena = bb_arena_new(0);
    catalog = (struct bb_catalog){.arena = arena, .board.title = "A board"};
    const struct bb_json *json = bb_json_parse(arena, "tree", tree_text, strlen(tree_text), &diags);
    size_t n = json->as.list.n;
    struct bb_node *node = BB_NEW_ARRAY(arena, n, struct bb_node);
    for (size_t i = 0; i < n; i++) ck_assert(bb_node_read(json->as.list.item[i], "", arena, &diags, &node[i]));
    ck_assert(bb_tree_link(node, n, arena, &diags, &catalog.tree));
    catalog.model = BB_NEW_ARRAY(arena, N_MODELS, struct bb_model);
    for (size_t m = 0; m < N_MODELS; m++) {
        const char *id = bb_arena_printf(arena, "m%zu", m);
        catalog.model[m] = (struct bb_model){.id = id, .name = id, .visual_degrees = NAN_D};
    }
    catalog.n_models = N_MODELS;
    results = bb_results_new(&catalog);
    for (size_t i = 0; i < results->tree.n; i++) results->facts[i].present = bb_node_is_leaf(&results->tree.node[i]);
    bb_diags_release(&diags);
}

static void teardown(void)
{
    bb_results_free(results);
    for (size_t i = 0; i < catalog.tree.n; i++) bb_node_release(&catalog.tree.node[i]);
    bb_arena_free(arena);
}

static size_t at(const char *node)
{
    return bb_tree_find(&results->tree, node);
}

static void set(size_t model, const char *node, double score)
{
    struct bb_cell *cell = bb_results_cell(results, model, at(node));
    cell->status = isnan(score) ? BB_CELL_MISSING : BB_CELL_OK;
    cell->raw = cell->score = score;
    cell->ceiling = isnan(score) ? NAN_D : .75;
}

static void set_all(void)
{
    static const char *const leaf[] = {"open", "hidden", "hidden2", "plain"};
    for (size_t m = 0; m < N_MODELS; m++)
        for (size_t i = 0; i < 4; i++) set(m, leaf[i], .9 - .1 * (double)m - .07 * (double)i);
    bb_results_aggregate_all(results);
}

static struct bb_model *own_models(void)
{
    struct bb_model *model = BB_NEW_ARRAY(results->arena, N_MODELS, struct bb_model);
    memcpy(model, results->model, N_MODELS * sizeof *model);
    results->model = model;
    return model;
}

static const char *written(const struct bb_results *what)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_results_write(what, &text);
    const char *copy = bb_arena_strdup(arena, bb_buf_text(&text));
    bb_buf_release(&text);
    return copy;
}

static struct bb_results *publish(struct bb_publish_options options)
{
    return bb_results_published(results, &options);
}

/* --- models ----------------------------------------------------------------------------------------------------------- */

START_TEST(hidden_models_are_gone_and_ranks_close)
{
    struct bb_model *model = own_models();
    set_all();
    model[0].visibility = BB_PRIVATE;
    model[1].visibility = BB_UNLISTED;
    model[2].embargo_until = "2026-11-24";
    model[3].embargo_until = "2026-11-23";
    model[3].variant_of = "M0";
    model[4].variant_of = "m3";
    results->board.date = "2026-11-23";
    struct bb_results *published = publish((struct bb_publish_options){0}),
                      *listed = publish((struct bb_publish_options){.listed_only = true});
    ck_assert_uint_eq(published->n_models, 3);
    ck_assert_str_eq(published->model[0].id, "m1");
    ck_assert_uint_eq(bb_results_aggregate(published, 0, at("plain"))->rank, 0);
    ck_assert_uint_eq(bb_results_aggregate(published, 1, at("plain"))->rank, 1);
    ck_assert_uint_eq(bb_results_aggregate(published, 2, at("plain"))->rank, 2);
    ck_assert_double_eq(bb_results_cell(published, 1, at("plain"))->score, bb_results_cell(results, 3, at("plain"))->score);
    ck_assert_ptr_null(published->model[1].variant_of);
    ck_assert_str_eq(published->model[2].variant_of, "m3");
    ck_assert_uint_eq(listed->n_models, 2);
    ck_assert_str_eq(listed->model[0].id, "m3");
    ck_assert_uint_eq(bb_results_aggregate(results, 0, at("plain"))->rank, 1); /* the results themselves are as they were */
    bb_results_free(listed);
    bb_results_free(published);
}
END_TEST

START_TEST(embargoes_end_by_the_date_that_is_known)
{
    const struct bb_model model = {.embargo_until = "2026-03-01"};
    struct bb_board board = {0};
    ck_assert_ptr_null(bb_visible_date(&board, arena));
    ck_assert(!bb_visible(&model, NULL));
    static const struct {
        const char *epoch, *date;
    } epochs[] = {{"0", "1970-01-01"},          {"951782399", "2000-02-28"},  {"951782400", "2000-02-29"},
                  {"951868800", "2000-03-01"},  {"1772323199", "2026-02-28"}, {"1772323200", "2026-03-01"},
                  {"4107542400", "2100-03-01"}, {"1735689599", "2024-12-31"}};
    for (size_t i = 0; i < sizeof epochs / sizeof epochs[0]; i++) {
        setenv("SOURCE_DATE_EPOCH", epochs[i].epoch, 1);
        ck_assert_str_eq(bb_visible_date(&board, arena), epochs[i].date);
        ck_assert(bb_visible(&model, epochs[i].date) == (strcmp(epochs[i].date, "2026-03-01") >= 0));
    }
    board.date = "2026-02-01"; /* the manifest's own goes first */
    ck_assert_str_eq(bb_visible_date(&board, arena), "2026-02-01");
    board.date = NULL;
    setenv("SOURCE_DATE_EPOCH", "tomorrow", 1);
    ck_assert_ptr_null(bb_visible_date(&board, arena));
    unsetenv("SOURCE_DATE_EPOCH");
}
END_TEST

START_TEST(what_authors_overlook_is_said)
{
    struct bb_diags diags;
    bb_diags_init(&diags);
    catalog.model[0].id = "zanzibar";
    catalog.model[0].visibility = BB_PRIVATE;
    catalog.model[1].embargo_until = "2026-01-01";
    catalog.model[2].description = "Like zanzibar, but smaller.";
    bb_visible_check(&catalog, &diags);
    ck_assert_uint_eq(diags.n_errors, 0);
    ck_assert_uint_eq(diags.n_warnings, 2);
    catalog.board.date = "2026-11-23";
    bb_diags_release(&diags);
    bb_diags_init(&diags);
    bb_visible_check(&catalog, &diags);
    ck_assert_uint_eq(diags.n_warnings, 1);
    ck_assert_ptr_nonnull(strstr(diags.diag[0].message, "zanzibar"));
    bb_diags_release(&diags);
}
END_TEST

/* --- benchmarks --------------------------------------------------------------------------------------------------------- */

START_TEST(unpublished_scores_count_and_are_not_there)
{
    set_all();
    set(1, "hidden", NAN_D);
    bb_results_cell(results, 0, at("hidden"))->reason = "a reason";
    results->facts[at("hidden")].ceiling = (struct bb_ceiling_result){.value = .75, .error = NAN_D, .lower = NAN_D};
    bb_results_aggregate_all(results);
    struct bb_results *published = publish((struct bb_publish_options){0});
    static const char *const gone[] = {"hidden", "secrets", "hidden2"};
    for (size_t m = 0; m < N_MODELS; m++) {
        for (size_t i = 0; i < 3; i++) {
            const struct bb_aggregate *aggregate = bb_results_aggregate(published, m, at(gone[i]));
            ck_assert(isnan(aggregate->score) && aggregate->rank == 0);
        }
        const struct bb_cell *cell = bb_results_cell(published, m, at("hidden"));
        ck_assert(isnan(cell->raw) && isnan(cell->ceiling) && isnan(cell->score) && !cell->reason);
        ck_assert_int_eq(cell->status, m == 1 ? BB_CELL_MISSING : BB_CELL_OK);
        static const char *const kept[] = {"average", "neural", "open", "plain"};
        for (size_t i = 0; i < 4; i++) {
            const struct bb_aggregate *before = bb_results_aggregate(results, m, at(kept[i])),
                                      *after = bb_results_aggregate(published, m, at(kept[i]));
            ck_assert_double_eq(before->score, after->score);
            ck_assert_uint_eq(before->rank, after->rank);
            ck_assert_uint_eq(before->scored, after->scored);
        }
    }
    ck_assert(isnan(published->facts[at("hidden")].ceiling.value));
    ck_assert_ptr_null(strstr(written(published), "0.75,\"score\":0.83")); /* m0 on hidden */
    ck_assert_ptr_null(strstr(written(published), "ceiling_rule"));
    bb_results_free(published);
}
END_TEST

/* Published again, and written, read and published again: the same, although averages cannot be made anew. */
START_TEST(published_results_are_a_fixed_point)
{
    const struct bb_publish_options options = {.anonymous = true, .parity = true};
    set_all();
    set(1, "hidden", NAN_D);
    set(2, "open", NAN_D);
    bb_results_aggregate_all(results);
    struct bb_results *first = publish(options), *second = bb_results_published(first, &options),
                      *again = results_of_text(written(first));
    struct bb_results *third = bb_results_published(again, &options);
    ck_assert_str_eq(written(first), written(second));
    ck_assert_str_eq(written(first), written(third));
    ck_assert_ptr_nonnull(strstr(written(first), "\"withheld\":true"));
    bb_results_free(third);
    bb_results_free(again);
    bb_results_free(second);
    bb_results_free(first);
}
END_TEST

START_TEST(units_by_level_and_model)
{
    static const char *const models[] = {"m0", "m1", "m2"}, *const subjects[] = {"s1", "s2"};
    static const double value[] = {1, 2, 3, 4, 5, 6};
    const struct bb_units_block blocks[] = {{"plain", models, 3, {{"subject", subjects, 2}}, 1, value},
                                            {"hidden", models, 3, {{"subject", subjects, 2}}, 1, value},
                                            {"open", models, 3, {{"subject", subjects, 2}}, 1, value},
                                            {"elsewhere", models, 3, {{"subject", subjects, 2}}, 1, value}};
    struct bb_units_block *out;
    struct bb_model *model = own_models();
    model[1].visibility = BB_PRIVATE;
    struct bb_results *published = publish((struct bb_publish_options){.listed_only = true});
    ck_assert_uint_eq(bb_units_publish(blocks, 4, published, arena, &out), 1);
    ck_assert_str_eq(out[0].benchmark, "open");
    ck_assert_uint_eq(out[0].n_models, 2);
    ck_assert_str_eq(out[0].model[1], "m2");
    ck_assert_double_eq(out[0].value[1], 2);
    ck_assert_double_eq(out[0].value[2], 5);
    bb_results_free(published);
    model[0].visibility = model[2].visibility = BB_UNLISTED;
    published = publish((struct bb_publish_options){0});
    ck_assert_uint_eq(bb_units_publish(blocks, 4, published, arena, &out), 0);
    bb_results_free(published);
}
END_TEST

/* --- the reference's rounding --------------------------------------------------------------------------------------------- */

START_TEST(rounding_twice)
{
    static const struct {
        double value;
        const char *text;
        double shown;
    } golden[] = {{.4446, ".445", .45},
                  {.4444, ".444", .44},
                  {.415, ".415", .42},
                  {.0004, ".000", 0},
                  {.9996, "1.000", 1},
                  {1, "1.0", 1},
                  {1.27, "1.3", 1.3},
                  {-.0204, "-.020", -.02},
                  {.1065, ".107", .11},
                  {.36467121957214765, ".365", .37},
                  {.3549216558892346, ".355", .36},
                  {.35464967944563097, ".355", .36},
                  {2.0 / 3, ".667", .67},
                  {.1 + .2, ".300", .3},
                  {.0045 - 1e-18, ".005", .01}}; /* 15 digits: the last is a half for SQL */
    char text[64];
    for (size_t i = 0; i < sizeof golden / sizeof golden[0]; i++) {
        bb_parity_text(text, golden[i].value);
        ck_assert_str_eq(text, golden[i].text);
        ck_assert_double_eq(bb_parity_round(golden[i].value), golden[i].shown);
    }
    bb_parity_text(text, NAN_D);
    ck_assert_str_eq(text, "X");
    ck_assert(isnan(bb_parity_round(NAN_D)));
}
END_TEST

/* The reference's golden case (1 2 2 2 5), reached by its rounding alone; a model that failed on everything is behind the last. */
START_TEST(ranks_by_rounding_twice)
{
    static const double value[N_MODELS] = {.465, .4446, .4451, .4549,
                                           .4441}; /* once: .47 .44 .45 .45 .44; twice: .47 .45 .45 .46 .44 */
    static const size_t once[N_MODELS] = {1, 4, 2, 2, 4}, twice[N_MODELS] = {1, 3, 3, 2, 5};
    for (size_t m = 0; m < N_MODELS; m++) set(m, "plain", value[m]);
    bb_results_aggregate_all(results);
    struct bb_results *own = publish((struct bb_publish_options){0}),
                      *parity = publish((struct bb_publish_options){.parity = true});
    for (size_t m = 0; m < N_MODELS; m++) {
        ck_assert_uint_eq(bb_results_aggregate(own, m, at("plain"))->rank, once[m]);
        ck_assert_uint_eq(bb_results_aggregate(parity, m, at("plain"))->rank, twice[m]);
    }
    bb_results_free(own);
    bb_results_free(parity);
    static const double golden[N_MODELS] = {.47, .4495, .445, .4446, .4444};
    static const size_t rank[N_MODELS] = {1, 2, 2, 2, 5};
    for (size_t m = 0; m < N_MODELS; m++) set(m, "plain", golden[m]);
    bb_results_aggregate_all(results);
    parity = publish((struct bb_publish_options){.parity = true});
    for (size_t m = 0; m < N_MODELS; m++) ck_assert_uint_eq(bb_results_aggregate(parity, m, at("plain"))->rank, rank[m]);
    bb_results_free(parity);
    for (size_t m = 2; m < N_MODELS; m++) {
        set(m, "plain", NAN_D);
        bb_results_cell(results, m, at("plain"))->status = m < 4 ? BB_CELL_FAILED : BB_CELL_MISSING;
    }
    bb_results_aggregate_all(results);
    parity = publish((struct bb_publish_options){.parity = true});
    static const size_t with_failed[N_MODELS] = {1, 2, 3, 3, 0};
    for (size_t m = 0; m < N_MODELS; m++) ck_assert_uint_eq(bb_results_aggregate(parity, m, at("average"))->rank, with_failed[m]);
    bb_results_free(parity);
}
END_TEST

/* --- policies --------------------------------------------------------------------------------------------------------------- */

/* brain-score.org/language: neural .332 and no behaviour is an average of .166. */
START_TEST(public_averages)
{
    static const double neural[] = {.332, .213, .125}, average[] = {.166, .1065, .0625};
    for (size_t m = 0; m < 3; m++) {
        set(m, "hidden2", neural[m]);
        set(m, "plain", NAN_D);
    }
    bb_results_aggregate_all(results);
    for (size_t m = 0; m < 3; m++)
        ck_assert_double_eq_tol(bb_results_aggregate(results, m, at("average"))->score, average[m], 1e-15);
}
END_TEST

START_TEST(policies_side_by_side)
{
    struct bb_node *node = (struct bb_node *)results->tree.node;
    struct bb_policies policies;
    node[at("hidden")].publish = node[at("hidden2")].publish = BB_PUBLISH_SCORE;
    for (size_t m = 0; m < 3; m++) set(m, "open", .5 - .1 * (double)m), set(m, "hidden2", .5), set(m, "plain", .5);
    set(1, "plain", NAN_D);
    set(2, "open", .41), set(2, "hidden2", .41), set(2, "plain", .41);
    bb_results_aggregate_all(results);
    bb_policies_open(&policies, results);
    struct bb_policy_changes changes = bb_policy_changes(&policies, at("average"), arena);
    /* m0: .5 .5 .5; m1: (.4 + .5) / 3 = .3, (.4 + .5) / 2 = .45, none; m2: .41 .41 .41 */
    ck_assert_uint_eq(changes.n, 2);
    ck_assert_uint_eq(changes.change[0].model, 2);
    ck_assert_uint_eq(changes.change[1].model, 1);
    static const size_t ranks[2][BB_N_MISSING] = {{2, 3, 2}, {3, 2, 0}};
    for (size_t i = 0; i < 2; i++)
        for (size_t p = 0; p < BB_N_MISSING; p++) ck_assert_uint_eq(changes.change[i].rank[p], ranks[i][p]);
    ck_assert_double_eq_tol(changes.change[1].score[BB_MISSING_SKIP], .45, 1e-15);
    ck_assert(isnan(changes.change[1].score[BB_MISSING_REQUIRE]));
    ck_assert_uint_eq(bb_policy_changes(&policies, at("secrets"), arena).n, 0);
    ck_assert_double_eq_tol(bb_results_aggregate(results, 1, at("average"))->score, .3, 1e-15); /* left alone */
    node[at("hidden2")].publish = BB_PUBLISH_NONE;
    changes = bb_policy_changes(&policies, at("average"), arena);
    ck_assert(changes.unknown && changes.n == 0);
    bb_policies_close(&policies);
}
END_TEST

START_TEST(an_average_gives_its_only_withheld_part_away)
{
    struct bb_node *node = (struct bb_node *)results->tree.node;
    ck_assert_uint_eq(bb_results_given_away_by(results, at("hidden")), at("neural"));
    ck_assert_uint_eq(bb_results_given_away_by(results, at("hidden2")), at("secrets"));
    ck_assert_uint_eq(bb_results_given_away_by(results, at("open")), BB_NO_NODE);
    ck_assert_uint_eq(bb_results_given_away_by(results, at("neural")), BB_NO_NODE);
    node[at("hidden")].engineering = 1; /* counts in no average that is none */
    ck_assert_uint_eq(bb_results_given_away_by(results, at("hidden")), BB_NO_NODE);
    node[at("hidden")].engineering = 0;
    node[at("open")].publish = BB_PUBLISH_NONE; /* two unknowns */
    ck_assert_uint_eq(bb_results_given_away_by(results, at("hidden")), BB_NO_NODE);
    results->facts[at("open")].present = false; /* which counts nowhere */
    ck_assert_uint_eq(bb_results_given_away_by(results, at("hidden")), at("neural"));
    node[at("secrets")].no_average = 1;
    ck_assert_uint_eq(bb_results_given_away_by(results, at("hidden2")), BB_NO_NODE);
}
END_TEST

/* --- anonymity ---------------------------------------------------------------------------------------------------------------- */

START_TEST(texts_lose_addresses_and_paths_and_nothing_else)
{
    static const struct {
        const char *text, *anonymous;
    } cases[] = {
        {"", ""},
        {"See https://lab.example/a?b=1 for more.", "See [removed] for more."},
        {"(HTTP://x.example), www.x.example; mailto:a@b.example.", "([removed]), [removed]; [removed]."},
        {"[code](https://lab.example/code)!", "[code]([removed])!"},
        {"Write to jane.doe@uni.example.", "Write to [removed]."},
        {"in /home/jane/data.csv:3 and ~/x, ../y, C:\\Users\\jane", "in [removed] and [removed], [removed], [removed]"},
        {"there is no file \"outputs/jane/answers.csv\", sorry", "there is no file \"[removed]\", sorry"},
        {"github.com/jane/model and doi:10.1/x, arXiv:2101.1", "[removed] and [removed], [removed]"},
        {"r/c, and/or, 3.5 words/s, 1/2, n = 4/5; 8:00 a.m.", "r/c, and/or, 3.5 words/s, 1/2, n = 4/5; 8:00 a.m."},
        {"ResNet-50 @ 224 px; 10 @ 5.", "ResNet-50 @ 224 px; 10 @ 5."},
        {"a / b", "a / b"},
        {"ViT-B/32, CLIP ViT-B/32.v2", "ViT-B/32, CLIP ViT-B/32.v2"},
        {"naïve – 中文 text.\n\nTwo", "naïve – 中文 text.\n\nTwo"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_str_eq(bb_anonymous_text(arena, cases[i].text), cases[i].anonymous);
    ck_assert_ptr_null(bb_anonymous_text(arena, NULL));
    ck_assert_str_eq(bb_anonymous_name(arena, "meta/net.py (https://lab.example)"), "meta/net.py ([removed])");
}
END_TEST

Suite *suite_score_published(void);
Suite *suite_score_published(void)
{
    Suite *suite = suite_create("score_published");
    TCase *tc = tcase_create("rules");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, hidden_models_are_gone_and_ranks_close);
    tcase_add_test(tc, embargoes_end_by_the_date_that_is_known);
    tcase_add_test(tc, what_authors_overlook_is_said);
    tcase_add_test(tc, unpublished_scores_count_and_are_not_there);
    tcase_add_test(tc, published_results_are_a_fixed_point);
    tcase_add_test(tc, units_by_level_and_model);
    tcase_add_test(tc, rounding_twice);
    tcase_add_test(tc, ranks_by_rounding_twice);
    tcase_add_test(tc, public_averages);
    tcase_add_test(tc, policies_side_by_side);
    tcase_add_test(tc, an_average_gives_its_only_withheld_part_away);
    tcase_add_test(tc, texts_lose_addresses_and_paths_and_nothing_else);
    suite_add_tcase(suite, tc);
    return suite;
}
