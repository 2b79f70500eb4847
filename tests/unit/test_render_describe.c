/*
 * Definitions in words, and worked examples: what they say must be what was computed.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "render/describe.h"

Suite *suite_render_describe(void);

static struct bb_arena *arena;
static struct bb_node node;
static struct bb_facts facts;

static void setup(void)
{
    arena = bb_arena_new(0);
    node = (struct bb_node){.chance = (double)NAN};
    facts = (struct bb_facts){.present = true, .oracle = .9, .ceiling = {.value = (double)NAN}};
}

static void teardown(void)
{
    bb_arena_free(arena);
}

static const struct bb_json *json_of(const char *text)
{
    struct bb_diags diags = {0};
    const struct bb_json *json = bb_json_parse(arena, "test", text, strlen(text), &diags);
    ck_assert_msg(json != NULL, "%s", text);
    return json;
}

static const char *metric(const char *text)
{
    node.metric_json = json_of(text);
    node.metric = bb_metric_find(bb_json_text(node.metric_json, "name"));
    ck_assert_ptr_nonnull(node.metric);
    return bb_describe_metric(&node, &facts, arena);
}

static const struct {
    const char *json, *words;
} metrics[] = {
    {"{\"name\": \"pls\", \"split\": {\"kind\": \"stratified_shuffle\", \"by\": \"object_name\", \"splits\": 10, \"train\": 0.9, "
     "\"seed\": 1}}",
     "PLS regression of each unit on the model’s features, 25 components, 10 splits stratified by object_name, 90 % for "
     "training"},
    {"{\"name\": \"pls\", \"components\": 3}",
     "PLS regression of each unit on the model’s features, 3 components, 10 splits stratified by object_name, 90 % for training"},
    {"{\"name\": \"ridge\", \"alpha\": 0.5, \"split\": {\"kind\": \"group_kfold\", \"by\": \"story\", \"splits\": 8}}",
     "ridge regression of each unit on the model’s features, penalty α = 0.5, 8 folds that keep each story together"},
    {"{\"name\": \"ridge\", \"dialect\": \"language\"}", "ridge regression of each unit on the model’s features, its penalty α "
                                                         "chosen inside the training part, as Brain-Score language "
                                                         "computes it, 10 random splits, 90 % for training"},
    {"{\"name\": \"linear\", \"split\": {\"kind\": \"given\"}}",
     "linear regression of each unit on the model’s features, fitted on a recording of its own, tested on another"},
    {"{\"name\": \"rdm\", \"per\": \"subject\"}", "correlation of the dissimilarities of all pairs of stimuli in model and "
                                                  "recording, Spearman’s ρ, each subject by itself, all "
                                                  "stimuli at once"},
    {"{\"name\": \"rdm\", \"similarity\": \"pearson\", \"split\": {\"kind\": \"test_only\", \"splits\": 5, \"test\": 0.8}}",
     "correlation of the dissimilarities of all pairs of stimuli in model and recording, Pearson’s r, in 5 random parts of 80 % "
     "of "
     "the stimuli"},
    {"{\"name\": \"ridgecv\", \"alphas\": [0.5, 1, 2, 4, 8, 16, 100, 0.01], \"split\": {\"kind\": \"given\"}}",
     "ridge regression of each unit on the model’s features, its penalty α chosen inside the training part, one of 8 penalties from "
     "0.01 to 100, fitted on a recording of its own, tested on another"},
    {"{\"name\": \"threshold_elevation\", \"condition\": \"short\"}",
     "how near the rise of the model’s threshold in a condition is to that of each person, condition short"},
    {"{\"name\": \"error_consistency\", \"condition\": \"contrast\"}",
     "whether model and person err on the same stimuli, beyond what their accuracies make likely, by contrast"},
    {"{\"name\": \"item_accuracy\", \"where\": {\"suite\": [\"cleft\", \"mvrr\"]}}",
     "share of items whose predictions are all met, only where suite = cleft, mvrr"},
    {"{\"name\": \"item_accuracy\", \"predictions\": [\"(1;%a%) < (1;%b%)\", \"(2;%a%) > 0\"], \"items\": 24}",
     "share of items whose predictions are all met, predictions: (1;%a%) < (1;%b%), (2;%a%) > 0, 24 items"},
    {"{\"name\": \"delta_loglik\", \"baseline\": [\"length\", \"position\"], \"spill_over\": 1}",
     "what the model’s value adds to a linear regression of the measured one on a baseline, baseline: length, position, with the "
     "word "
     "before"},
    {"{\"name\": \"pearsonr\", \"absolute\": true, \"spill_over\": 2}",
     "Pearson correlation of the model’s value with the measured one, over items, without its sign, with the 2 words before"},
    {"{\"name\": \"accuracy\", \"brand_new\": {\"a\": 1, \"b\": null}}",
     "share of the model’s choices that are right, brand_new a = 1, b = none"},
};

START_TEST(metrics_are_said_in_words)
{
    ck_assert_str_eq(metric(metrics[_i].json), metrics[_i].words);
}
END_TEST

/* Every metric of the program has a phrase of its own, and every parameter of every metric stands in what is said of it. */
START_TEST(no_metric_is_without_words)
{
    size_t n;
    const char *const *names = bb_metric_names(&n);
    for (size_t i = 0; i < n; i++) {
        const char *words = metric(bb_arena_printf(arena, "{\"name\": \"%s\"}", names[i]));
        ck_assert_msg(strncmp(words, node.metric->title, strlen(node.metric->title)) != 0 || strcmp(names[i], "pearsonr") == 0 ||
                          strcmp(names[i], "spearmanr") == 0,
                      "%s: %s", names[i], words);
        for (size_t k = 0; k < node.metric->n_fields; k++) {
            const char *key = node.metric->fields[k].key;
            if (strcmp(key, "split") == 0) continue;
            words = metric(bb_arena_printf(arena, "{\"name\": \"%s\", \"%s\": [\"quite-unlike\"]}", names[i], key));
            ck_assert_msg(strstr(words, "quite-unlike") != NULL, "%s says nothing of %s: %s", names[i], key, words);
        }
    }
}
END_TEST

/* What a raw value is a mean over, and what is scored part by part, follow the definition. */
static const struct {
    const char *json, *raw; /* how it begins */
    const char *score;
} formulas[] = {
    {"{\"name\": \"pls\"}", "mean over splits of the median over neuroids of", "r² / c, cut to [0, 1]"},
    {"{\"name\": \"ridge\", \"split\": {\"kind\": \"given\"}}", "median over neuroids of Pearson", "r² / c, cut to [0, 1]"},
    {"{\"name\": \"ridge\", \"per\": \"subject\", \"split\": {\"kind\": \"given\"}}", "mean over subjects of the median over neuroids of",
     "mean over subjects of r² / c, each by its own ceiling, cut to [0, 1]"},
    {"{\"name\": \"ridgecv\", \"per\": \"subject\"}", "mean over subjects and splits of the median over neuroids of",
     "mean over subjects of r² / c, each by its own ceiling, cut to [0, 1]"},
    {"{\"name\": \"spantime_pls\"}", "mean over time bins and splits of the median over neuroids of",
     "mean over time bins of r² / c, each by its own ceiling, cut to [0, 1]"},
    {"{\"name\": \"i2n\"}", "mean over two halves of the trials of Pearson",
     "mean over halves of the trials of r² / c, each by its own ceiling, cut to [0, 1]"},
    /* the geometry of subjects is compared with that of all by one ceiling (score/cells.c) */
    {"{\"name\": \"rdm\", \"per\": \"subject\"}", "mean over subjects of the correlation of", "r² / c, cut to [0, 1]"},
    {"{\"name\": \"rdm\"}", "correlation of the dissimilarities", "r² / c, cut to [0, 1]"},
    {"{\"name\": \"rdm\", \"dialect\": \"language\"}", "mean over splits of the correlation of", "r² / c, cut to [0, 1]"},
    {"{\"name\": \"error_consistency\"}", "mean over subjects and conditions of Cohen", "r² / c, cut to [0, 1]"},
};

START_TEST(formulas_are_those_of_the_definition)
{
    static double range[] = {0, 1};
    metric(formulas[_i].json);
    node.ceiling = bb_ceiling_find("internal_consistency");
    node.normalise = BB_NORMALISE_EXPLAINED_VARIANCE;
    node.clip = (struct bb_numbers){range, 2};
    node.ceiling_value = (double)NAN;
    const char *raw = bb_describe_raw(&node, &facts, arena);
    ck_assert_msg(bb_starts_with(raw, formulas[_i].raw), "%s", raw);
    ck_assert_str_eq(bb_describe_rule_words(&node, &facts, arena), formulas[_i].score);
    node.lower_better = 1;
    node.normalise = BB_NORMALISE_NONE;
    ck_assert_str_eq(bb_describe_rule_words(&node, &facts, arena), "r, cut to [0, 1]; lower is better");
}
END_TEST

START_TEST(counts_have_their_thousands_apart)
{
    ck_assert_str_eq(bb_describe_count(arena, 0), "0");
    ck_assert_str_eq(bb_describe_count(arena, 999), "999");
    ck_assert_str_eq(bb_describe_count(arena, 3200), "3,200");
    ck_assert_str_eq(bb_describe_count(arena, 1000005), "1,000,005");
}
END_TEST

START_TEST(whether_there_is_a_ceiling)
{
    node.ceiling_value = (double)NAN;
    node.normalise = BB_NORMALISE_CHANCE;
    node.chance = .25;
    ck_assert(!bb_describe_has_ceiling(&node, &facts));
    ck_assert_str_eq(bb_describe_rule_words(&node, &facts, arena), "(r − chance) / (c − chance), chance = 0.2500, c = 1");
    node.ceiling_value = .8; /* stated, and nothing was scored */
    ck_assert(bb_describe_has_ceiling(&node, &facts));
    ck_assert_str_eq(bb_describe_rule_words(&node, &facts, arena), "(r − chance) / (c − chance), chance = 0.2500");
    node.ceiling_value = (double)NAN;
    node.ceiling = bb_ceiling_find("internal_consistency");
    ck_assert(bb_describe_has_ceiling(&node, &facts));
}
END_TEST

/* --- worked examples -------------------------------------------------------------------------------------------------- */

static const struct {
    enum bb_normalise rule;
    double raw, ceiling, chance;
    bool clip;
    const char *text;
} worked[] = {
    {BB_NORMALISE_EXPLAINED_VARIANCE, .5796, .8158, 0, true, "r² / c = 0.5796² / 0.8158 = 0.4118"},
    {BB_NORMALISE_EXPLAINED_VARIANCE, -.5, .8, 0, true, "r² / c = (−0.5000)² / 0.8000 = 0.3125"},
    {BB_NORMALISE_NONE, .25, .8, 0, true, "r = 0.2500"},
    {BB_NORMALISE_RATIO, .3, .4, 0, true, "r / c = 0.3000 / 0.4000 = 0.7500"},
    {BB_NORMALISE_RATIO, .5, .4, 0, true, "r / c = 0.5000 / 0.4000 = 1.2500, cut to 1.0000"},
    {BB_NORMALISE_RATIO, .5, .4, 0, false, "r / c = 0.5000 / 0.4000 = 1.2500"},
    {BB_NORMALISE_RATIO, -.1, .4, 0, true, "r / c = (−0.1000) / 0.4000 = −0.2500, cut to 0.0000"},
    {BB_NORMALISE_RATIO_SQUARED, .3, .6, 0, true, "(r / c)² = (0.3000 / 0.6000)² = 0.2500"},
    {BB_NORMALISE_RATIO_SQRT, .2, .25, 0, true, "r / √c = 0.2000 / √0.2500 = 0.4000"},
    {BB_NORMALISE_CHANCE, .66, .84, .33, true, "(r − chance) / (c − chance) = (0.6600 − 0.3300) / (0.8400 − 0.3300) = 0.6471"},
    {BB_NORMALISE_CHANCE, .665, NAN, .33, true, "(r − chance) / (c − chance) = (0.6650 − 0.3300) / (1 − 0.3300) = 0.5000"},
};

static void make_node(size_t i)
{
    static double range[] = {0, 1};
    node.normalise = worked[i].rule;
    node.chance = worked[i].chance;
    node.clip = (struct bb_numbers){range, worked[i].clip ? 2 : 0};
}

START_TEST(examples_are_worked_out)
{
    make_node((size_t)_i);
    double score = bb_node_score(&node, worked[_i].raw, worked[_i].ceiling);
    ck_assert_str_eq(bb_describe_score(&node, worked[_i].raw, worked[_i].ceiling, score, arena), worked[_i].text);
    /* the number at the end is the score, rounded */
    const char *end = strrchr(worked[_i].text, ' ') + 1;
    double shown = strncmp(end, "−", strlen("−")) == 0 ? -strtod(end + strlen("−"), NULL) : strtod(end, NULL);
    ck_assert_double_eq_tol(shown, score, 5.1e-5);
    ck_assert_ptr_null(bb_describe_score(&node, worked[_i].raw, worked[_i].ceiling, score + 1e-3, arena));
}
END_TEST

START_TEST(errors_are_worked_out)
{
    make_node(0);
    struct bb_cell cell = {.raw = .5796, .ceiling = .8158, .raw_error = .0151, .error_kind = "split_sem"};
    cell.score = bb_node_score(&node, cell.raw, cell.ceiling);
    cell.error = bb_node_score_error(&node, cell.raw, cell.ceiling, cell.raw_error);
    ck_assert_str_eq(bb_describe_error(&node, &cell, arena), "2 |r| / c · 0.0151 = 0.0215");
    cell.error *= 1.5; /* made otherwise, such as over subjects */
    ck_assert_ptr_null(bb_describe_error(&node, &cell, arena));
    cell.error /= 1.5;
    cell.error_kind = NULL;
    ck_assert_ptr_null(bb_describe_error(&node, &cell, arena));
}
END_TEST

START_TEST(a_rule_that_gives_no_number_is_not_worked_out)
{
    make_node(0);
    ck_assert_ptr_null(bb_describe_score(&node, .5, (double)NAN, .3, arena));
    ck_assert_ptr_null(bb_describe_score(&node, (double)NAN, .5, .3, arena));
    ck_assert_ptr_null(bb_describe_score(&node, .5, .5, (double)NAN, arena));
}
END_TEST

/* --- ceilings, answers ------------------------------------------------------------------------------------------------ */

START_TEST(ceilings_are_said_in_words)
{
    ck_assert_ptr_null(bb_describe_ceiling(&node, &facts, arena));
    facts.ceiling_how = "stated";
    ck_assert_str_eq(bb_describe_ceiling(&node, &facts, arena), "stated with the benchmark, not computed here");
    node.ceiling = bb_ceiling_find("split_half_subjects");
    node.ceiling_json = json_of("{\"name\": \"split_half_subjects\", \"splits\": 20, \"aggregate\": \"mean\"}");
    const char *words = bb_describe_ceiling(&node, &facts, arena);
    ck_assert_msg(strstr(words, node.ceiling->title) == words && strstr(words, ", 20 splits, aggregate mean"), "%s", words);
}
END_TEST

static const struct {
    const char *metric;
    bool oracle;
    enum bb_answer answer;
} asked[] = {
    {"pls", true, BB_ANSWER_ACTIVATIONS},      {"cka", false, BB_ANSWER_ACTIVATIONS},
    {"rdm", true, BB_ANSWER_ACTIVATIONS},      {"rdm", false, BB_ANSWER_PAIRS},
    {"accuracy", false, BB_ANSWER_CHOICES},    {"error_consistency", false, BB_ANSWER_CHOICES},
    {"shape_bias", false, BB_ANSWER_CHOICES},  {"pearsonr", false, BB_ANSWER_VALUES},
    {"delta_loglik", false, BB_ANSWER_VALUES}, {"item_accuracy", false, BB_ANSWER_BITS},
};

START_TEST(what_a_model_must_answer)
{
    node.metric = bb_metric_find(asked[_i].metric);
    facts.oracle = asked[_i].oracle ? .9 : (double)NAN;
    ck_assert_int_eq(bb_describe_answer(&node, &facts), asked[_i].answer);
    node.metric = NULL;
    ck_assert_int_eq(bb_describe_answer(&node, &facts), BB_ANSWER_NONE);
}
END_TEST

Suite *suite_render_describe(void)
{
    Suite *suite = suite_create("render_describe");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, metrics_are_said_in_words, 0, sizeof metrics / sizeof metrics[0]);
    tcase_add_test(tcase, no_metric_is_without_words);
    tcase_add_loop_test(tcase, formulas_are_those_of_the_definition, 0, sizeof formulas / sizeof formulas[0]);
    tcase_add_test(tcase, whether_there_is_a_ceiling);
    tcase_add_test(tcase, counts_have_their_thousands_apart);
    tcase_add_loop_test(tcase, examples_are_worked_out, 0, sizeof worked / sizeof worked[0]);
    tcase_add_test(tcase, errors_are_worked_out);
    tcase_add_test(tcase, a_rule_that_gives_no_number_is_not_worked_out);
    tcase_add_test(tcase, ceilings_are_said_in_words);
    tcase_add_loop_test(tcase, what_a_model_must_answer, 0, sizeof asked / sizeof asked[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
