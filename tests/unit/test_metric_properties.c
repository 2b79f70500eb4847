/*
 * Properties of units and the similarity of their distribution to that of neurons, against numpy and scipy (tests/numeric/v1_properties.py); thresholds from
 * given numbers; what both refuse.
 */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "metric/threshold.h"
#include "metric/v1_units.h"
#include "neural_case.h"

Suite *suite_metric_properties(void);

#define TOLERANCE 1e-9

/* --- thresholds ------------------------------------------------------------------------------------------------------- */

START_TEST(thresholds_compare_as_the_reference_tests_them)
{
    static const double thresholds[] = {10, 20, 40, 20}, elevations[] = {3, 2, 1.5, 5};
    ck_assert_double_eq_tol(bb_threshold_compare(false, 10, thresholds, 4), .5625, 1e-15);
    ck_assert_double_eq_tol(bb_threshold_compare(false, 3, elevations, 4), .525, 1e-15);
    ck_assert_double_eq_tol(bb_threshold_compare(true, 10, thresholds, 4), 1 - 12.5 / 22.5, 1e-15);
}
END_TEST

#define STIMULI "stimulus_id,truth,vernier_offset,condition\na,left,1,1\nb,right,2,1\nc,left,3,2\n"
#define ANSWERS "stimulus_id,choice\na,left\nb,right\nc,left\n"
#define PEOPLE  "subject,condition,value\ns1,1,2\ns1,2,4\ns2,1,3\n"

static const struct {
    const char *metric, *params, *model, *data, *stimuli, *part;
} wrong_thresholds[] = {
    {"threshold", "{\"condition\": \"1\"}", ANSWERS, PEOPLE, NULL, "has no table of its stimuli"},
    {"threshold", "{}", ANSWERS, PEOPLE, STIMULI, "subject \"s1\" of the recording has two thresholds: name the condition"},
    {"threshold", "{\"condition\": \"3\"}", ANSWERS, PEOPLE, STIMULI,
     "no subject of the recording has a threshold in condition \"3\""},
    {"threshold", "{\"condition\": \"1\"}", ANSWERS, "subject,condition,value\ns1,1,-2\n", STIMULI, "must be greater than 0"},
    {"threshold", "{\"condition\": \"1\"}", ANSWERS, "condition,value\n1,2\n", STIMULI, "no coordinate \"subject\""},
    {"threshold", "{\"condition\": \"1\"}", "stimulus_id,choice\na,up\nb,left\n", PEOPLE, STIMULI,
     "\"up\" of the model's output is not a label"},
    {"threshold", "{\"condition\": \"1\"}", "stimulus_id,choice\na,left\nc,left\n", PEOPLE, STIMULI,
     "answers 1 of the 2 stimuli that are compared; the first without an answer is \"b\""}, /* c is of condition 2 */
    {"threshold", "{\"condition\": \"1\"}", "stimulus_id,choice\nx,left\n", PEOPLE, STIMULI, "\"x\""},
    {"threshold", "{\"condition\": \"1\", \"variable\": \"size\"}", ANSWERS, PEOPLE, STIMULI, "no coordinate \"size\""},
    {"threshold", "{\"condition\": \"1\"}", ANSWERS, PEOPLE, "stimulus_id,truth,vernier_offset,condition\na,left,,1\n",
     "has no \"vernier_offset\""},
    {"threshold_elevation", "{\"condition\": \"2\", \"baseline\": \"3\"}", ANSWERS, PEOPLE, STIMULI,
     "threshold in both conditions, \"3\" and \"2\""},
    {"threshold_elevation", "{\"condition\": \"2\", \"baseline\": \"1\"}", "stimulus_id,choice\na,left\nb,left\n", PEOPLE, STIMULI,
     "answers 2 of the 3 stimuli that are compared; the first without an answer is \"c\""},
    {"threshold", "{\"by\": \"condition\", \"baseline\": \"3\"}", ANSWERS, PEOPLE, STIMULI,
     "the recording has no \"3\" among its values of \"condition\", which is to be the baseline: the first is \"1\""},
    {"threshold", "{\"by\": \"condition\", \"baseline\": \"1\"}", ANSWERS, "subject,condition,value\ns1,1,2\n", STIMULI,
     "the recording has only the baseline, \"1\", and no other value of \"condition\""},
    {"threshold", "{\"by\": \"condition\", \"baseline\": \"1\"}", ANSWERS, "subject,condition,value\ns1,1,2\ns2,2,2\n", STIMULI,
     "no subject of the recording has a threshold in both conditions, \"1\" and \"2\""},
    {"threshold", "{\"by\": \"block\", \"baseline\": \"1\"}", ANSWERS, PEOPLE, STIMULI, "no coordinate \"block\""},
    {"threshold", "{\"by\": \"condition\", \"baseline\": \"1\"}", "stimulus_id,choice,condition\na,left,1\nb,right,1\nc,left,1\n", PEOPLE, STIMULI,
     "the model answered no stimulus of condition \"2\", but some of others: its table needs rows of each condition, or its readout fitting "
     "stimuli of each"},
    {"threshold", "{\"by\": \"condition\", \"baseline\": \"1\"}", "stimulus_id,choice,value,condition\na,left,0.5,2\na,right,0.75,2\n", PEOPLE, STIMULI,
     "the model's probabilities for stimulus \"a\" sum to 1.25, not to 1"},
};

START_TEST(thresholds_refuse_with_a_sentence)
{
    check_refused_with_stimuli(wrong_thresholds[_i].metric, wrong_thresholds[_i].params, wrong_thresholds[_i].model,
                               wrong_thresholds[_i].data, wrong_thresholds[_i].stimuli, BB_EINPUT, wrong_thresholds[_i].part);
}
END_TEST

START_TEST(words_refuse_with_a_sentence)
{
    check_refused("next_word_accuracy", "{}", "stimulus_id,choice\na,x\na,y\n", "stimulus_id,truth\na,x\n", BB_EINPUT,
                  "\"a\" is answered 2 times");
    check_refused("next_word_accuracy", "{}", "stimulus_id,choice\na,x\n", "stimulus_id,truth\na,\n", BB_EINPUT, "has no truth");
    check_refused("next_word_accuracy", "{}", "stimulus_id,choice\na,x\n", "stimulus_id,truth\na,x\na,y\n", BB_EINPUT,
                  "has two rows");
    check_refused("next_word_accuracy", "{}", "stimulus_id,choice\nb,x\n", "stimulus_id,truth\na,x\n", BB_EINPUT, "\"b\"");
    check_refused("perplexity", "{}", "stimulus_id,value\na,-1\n", NULL, BB_EINPUT, "a surprisal is not negative");
    check_refused("perplexity", "{}", "stimulus_id,value\na,1\na,2\n", NULL, BB_EINPUT, "\"a\" is answered 2 times");
    check_refused("perplexity", "{}", "stimulus_id,value\na,\n", NULL, BB_ENUMERIC, "none of the 1 words");
}
END_TEST

/* --- properties ------------------------------------------------------------------------------------------------------- */

struct golden {
    struct bb_arena *arena;
    const struct bb_json *all;
    struct bb_task task;
};

static void open_golden(struct golden *g)
{
    g->arena = bb_arena_new(0);
    g->all = golden_cases(g->arena, "v1_properties");
    g->task = (struct bb_task){.arena = g->arena};
    g->task.stimuli = assembly_of(text_of(g->all, "stimuli"));
    g->task.features = features_of_json(bb_json_member(g->all, "features"), g->arena);
}

static void close_golden(struct golden *g)
{
    bb_assembly_free((struct bb_assembly *)(uintptr_t)g->task.stimuli);
    bb_features_of_matrix_free((struct bb_features *)(uintptr_t)g->task.features);
    bb_arena_free(g->arena);
}

static struct bb_assembly *neurons_of(const struct bb_json *c)
{
    const struct bb_json *list = bb_json_member(c, "neurons");
    struct bb_buf csv = BB_BUF_INIT;
    bb_buf_puts(&csv, "neuronal_property,value\nsomething else,3\n");
    for (size_t i = 0; i < list->as.list.n; i++)
        bb_buf_printf(&csv, "%s,%.17g\n", text_of(c, "property"), list->as.list.item[i]->as.number);
    struct bb_assembly *data = assembly_of(bb_buf_text(&csv));
    bb_buf_release(&csv);
    return data;
}

static const void *params_of(const struct bb_json *c, struct bb_arena *arena)
{
    const struct bb_metric *metric = bb_metric_find("ks_similarity");
    const struct bb_json *bins = bb_json_member(c, "bins");
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_printf(&text, "{\"property\": \"%s\", \"bins\": [", text_of(c, "property"));
    for (size_t i = 0; i < bins->as.list.n; i++) bb_buf_printf(&text, "%s%.17g", i ? ", " : "", bins->as.list.item[i]->as.number);
    bb_buf_puts(&text, "]}");
    const void *params = neural_params(json_of(arena, bb_buf_text(&text)), metric->fields, metric->n_fields, metric->params_size,
                                       metric->finish, arena, NULL);
    bb_buf_release(&text);
    return params;
}

static void check_property(struct golden *g, const struct bb_json *c)
{
    const char *name = text_of(c, "property");
    struct bb_err err = {0};
    struct bb_v1_units units;
    size_t n;
    const double *want = numbers_of(bb_json_member(c, "values"), g->arena, &n);
    const struct bb_v1_property *property = bb_v1_property_find(name);
    ck_assert_msg(property != NULL, "%s", name);
    ck_assert_msg(bb_v1_units_of(&g->task, property, &units, &err) == BB_OK, "%s: %s", name, err.msg);
    ck_assert_uint_eq(units.n, n);
    ck_assert_uint_eq(units.n_placed, (size_t)number_of(g->all, "placed"));
    for (size_t i = 0; i < n; i++)
        check_near(bb_arena_printf(g->arena, "%s of unit %zu", name, i), units.value[i], want[i], TOLERANCE);
}

static void check_similarity(struct golden *g, const struct bb_json *c)
{
    const struct bb_metric *metric = bb_metric_find("ks_similarity");
    const struct bb_ceiling *ceiling = bb_ceiling_find("ks_similarity");
    const char *name = text_of(c, "property");
    struct bb_metric_result result = {.raw = NAN, .error = NAN};
    struct bb_ceiling_result top = {.value = NAN};
    struct bb_assembly *data = neurons_of(c);
    struct bb_err err = {0};
    struct bb_task task = g->task;
    task.data = data;
    task.params = params_of(c, g->arena);
    ck_assert_msg(metric->score_features(&task, &result, &err) == BB_OK, "%s: %s", name, err.msg);
    check_near(name, result.raw, number_of(c, "raw"), TOLERANCE);
    check_near(name, result.error, number_of(c, "error"), TOLERANCE);
    ck_assert_msg(ceiling->compute(&task, metric, NULL, &top, &err) == BB_OK, "%s: %s", name, err.msg);
    check_near(name, top.value, number_of(c, "ceiling"), TOLERANCE);
    check_near(name, top.error, number_of(c, "ceiling_error"), TOLERANCE);
    bb_assembly_free(data);
}

START_TEST(properties_are_those_of_scipy)
{
    struct golden g;
    open_golden(&g);
    const struct bb_json *list = bb_json_member(g.all, "properties");
    size_t n = 0;
    while (bb_v1_property_names[n]) n++;
    ck_assert_uint_eq(list->as.list.n, n); /* a golden list for each property that there is */
    for (size_t i = 0; i < n; i++) check_property(&g, list->as.list.item[i]);
    close_golden(&g);
}
END_TEST

START_TEST(similarities_are_those_of_numpy_with_its_draws)
{
    struct golden g;
    open_golden(&g);
    const struct bb_json *list = bb_json_member(g.all, "properties");
    for (size_t i = 0; i < list->as.list.n; i++) check_similarity(&g, list->as.list.item[i]);
    close_golden(&g);
}
END_TEST

/* --- what is wrong with a table of stimuli ------------------------------------------------------------------------------ */

static char *replaced(const char *text, const char *from, const char *to, struct bb_arena *arena)
{
    const char *at = strstr(text, from);
    ck_assert_msg(at != NULL, "%s", from);
    return bb_arena_printf(arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static const struct {
    const char *from, *to, *part;
} wrong_tables[] = {
    {"stimulus_id,set,", "stimulus_id,kind,", "no coordinate \"set\""},
    {",blank,", ",empty,", "\"set\" of the table of stimuli is \"empty\""},
    {",blank,", ",texture,", "no stimuli of the set \"blank\""},
    {"stimulus-0000", "another", "no activations of stimulus \"another\" (set \"blank\")"},
    {",0.1,2.0,0.0,90.0,", ",0.1,2.0,0.0,80.0,", "must stand in the order of a grid"},
    {",size,0.0,0.0,0.1,2.0,0.0,0.0,", ",size,0.3,0.0,0.1,2.0,0.0,0.0,", "at more than one position"},
    {",size,0.0,0.0,0.1,2.0,0.0,0.0,", ",size,0.0,0.0,0.1,2.0,0.0,,", "\"phase\" is missing"},
    {",size,0.0,0.0,0.1,2.0,0.0,0.0,", ",size,0.0,0.0,0.1,wide,0.0,0.0,", "must be numbers, but one is \"wide\""},
};

START_TEST(a_wrong_table_of_stimuli_is_refused)
{
    struct golden g;
    struct bb_v1_units units;
    struct bb_err err = {0};
    open_golden(&g);
    char *csv = replaced(text_of(g.all, "stimuli"), wrong_tables[_i].from, wrong_tables[_i].to, g.arena);
    struct bb_assembly *table = assembly_of(csv);
    struct bb_task task = g.task;
    task.stimuli = table;
    enum bb_code rc = bb_v1_units_of(&task, bb_v1_property_find("surround_diameter"), &units, &err);
    ck_assert_msg(rc == BB_EINPUT && strstr(err.msg, wrong_tables[_i].part), "\"%s\" does not say \"%s\"", err.msg,
                  wrong_tables[_i].part);
    bb_assembly_free(table);
    close_golden(&g);
}
END_TEST

START_TEST(properties_need_stimuli_features_and_neurons)
{
    struct golden g;
    struct bb_v1_units units;
    struct bb_err err = {0};
    struct bb_metric_result result;
    open_golden(&g);
    const struct bb_json *first = bb_json_member(g.all, "properties")->as.list.item[0];
    struct bb_task task = g.task;
    task.stimuli = NULL;
    ck_assert(bb_v1_units_of(&task, bb_v1_property_find("max_dc"), &units, &err) == BB_EINPUT &&
              strstr(err.msg, "\"part\": \"stimuli\""));
    struct bb_assembly *data = assembly_of("neuronal_property,value\nmax_dc,3\n");
    task = g.task;
    task.data = data;
    task.params = params_of(first, g.arena);
    ck_assert(bb_metric_find("ks_similarity")->score_features(&task, &result, &err) == BB_EINPUT);
    ck_assert_msg(strstr(err.msg, "no neuron of the recording has a value of the property"), "%s", err.msg);
    bb_assembly_free(data);
    const struct bb_metric *metric = bb_metric_find("ks_similarity");
    const char *said;
    neural_params(json_of(g.arena, "{\"property\": \"colour\", \"bins\": [0, 1]}"), metric->fields, metric->n_fields,
                  metric->params_size, metric->finish, g.arena, &said);
    ck_assert_msg(strstr(said, "no property \"colour\"; known are absolute_texture"), "%s", said);
    neural_params(json_of(g.arena, "{\"property\": \"max_dc\", \"bins\": [1, 0]}"), metric->fields, metric->n_fields,
                  metric->params_size, metric->finish, g.arena, &said);
    ck_assert_msg(strstr(said, "at least two edges"), "%s", said);
    close_golden(&g);
}
END_TEST

Suite *suite_metric_properties(void)
{
    Suite *suite = suite_create("metric/properties");
    TCase *tc = tcase_create("properties");
    tcase_add_test(tc, thresholds_compare_as_the_reference_tests_them);
    tcase_add_loop_test(tc, thresholds_refuse_with_a_sentence, 0, (int)(sizeof wrong_thresholds / sizeof wrong_thresholds[0]));
    tcase_add_test(tc, words_refuse_with_a_sentence);
    tcase_add_test(tc, properties_are_those_of_scipy);
    tcase_add_test(tc, similarities_are_those_of_numpy_with_its_draws);
    tcase_add_loop_test(tc, a_wrong_table_of_stimuli_is_refused, 0, (int)(sizeof wrong_tables / sizeof wrong_tables[0]));
    tcase_add_test(tc, properties_need_stimuli_features_and_neurons);
    suite_add_tcase(suite, tc);
    return suite;
}
