#include <check.h>
#include <math.h>
#include <string.h>

#include "catalog_fixture.h"

Suite *suite_catalog_node(void);

static struct bb_node node;

static void setup(void)
{
    catalog_setup();
    node = (struct bb_node){0};
}

static void teardown(void)
{
    bb_node_release(&node);
    catalog_teardown();
}

static bool read(const char *text)
{
    return bb_node_read(catalog_json(text), "dir", fixture_arena, &catalog_diags, &node);
}

static const char *written(const struct bb_node *of)
{
    struct bb_buf out = BB_BUF_INIT;
    struct bb_json_writer w;
    bb_jw_init(&w, &out, 0);
    bb_jw_object(&w);
    bb_node_write(&w, of);
    bb_jw_object_end(&w);
    const char *text = bb_arena_strdup(fixture_arena, bb_buf_text(&out));
    bb_buf_release(&out);
    return text;
}

/* The benchmark of the formats, with a metric that is there. */
static const char benchmark[] =
    "{'id': 'MajajHong2015public.IT-rdm', 'version': 4, 'parent': 'IT', 'order': 2, 'title': 'Majaj, Hong et al. 2015', "
    "'description': 'D.',"
    " 'region': 'IT', 'species': 'macaque', 'subjects': 2, 'units': 168, 'trials': 50, 'n_stimuli': 3200, 'time_bins_ms': [[70, "
    "170]],"
    " 'stimuli': 'MajajHong2015.public', 'fitting_stimuli': 'Fit', 'pca_stimuli': 'ImageNet', 'visual_degrees': 8, 'samples': "
    "['samples/1.png'],"
    " 'data': {'file': 'secret.nc', 'where': {'secret': 'IT'}, 'sha1': '0123456789abcdef0123456789abcdef01234567', 'url': "
    "'https://e.org/',"
    "   'license': 'CC0', 'public': true},"
    " 'metric': {'name': 'rdm', 'similarity': 'pearson'}, 'ceiling': {'value': 0.858, 'error': 0.01, 'lower': 0.7},"
    " 'normalise': 'explained_variance', 'clip': [0, 2], 'publish': 'units', 'better': 'lower', 'aggregate': 'none', 'items': "
    "'own',"
    " 'engineering': true, 'license': 'MIT', 'bibtex': '@article{a}', 'url': 'https://e.org/paper'}";

static void check_benchmark(const struct bb_node *is)
{
    ck_assert_str_eq(is->id, "MajajHong2015public.IT-rdm");
    ck_assert_int_eq(is->version, 4);
    ck_assert_str_eq(is->parent, "IT");
    ck_assert_int_eq(is->order, 2);
    ck_assert_int_eq(is->subjects, 2);
    ck_assert_int_eq(is->units, 168);
    ck_assert_int_eq(is->trials, 50);
    ck_assert_int_eq(is->n_stimuli, 3200);
    ck_assert_str_eq(is->stimuli, "MajajHong2015.public");
    ck_assert_str_eq(is->fitting_stimuli, "Fit");
    ck_assert_str_eq(is->pca_stimuli, "ImageNet");
    ck_assert_double_eq(is->visual_degrees, 8);
    ck_assert_str_eq(is->samples.text[0], "samples/1.png");
    ck_assert_uint_eq(is->data.n, 1);
    ck_assert_str_eq(is->data.source[0].license, "CC0");
    ck_assert(is->data.source[0].is_public);
    ck_assert_str_eq(is->metric->name, "rdm");
    ck_assert_double_eq(is->ceiling_value, 0.858);
    ck_assert_double_eq(is->ceiling_error, 0.01);
    ck_assert_double_eq(is->ceiling_lower, 0.7);
    ck_assert_int_eq(is->normalise, BB_NORMALISE_EXPLAINED_VARIANCE);
    ck_assert_uint_eq(is->clip.n, 2);
    ck_assert_double_eq(is->clip.number[1], 2);
    ck_assert_int_eq(is->publish, BB_PUBLISH_UNITS);
    ck_assert_int_eq(is->items, BB_ITEMS_OWN);
    ck_assert(is->lower_better && is->no_average && is->engineering);
    ck_assert(bb_node_is_leaf(is) && !is->listed_only);
}

START_TEST(test_benchmark_of_the_formats)
{
    ck_assert_msg(read(benchmark), "%s", catalog_all_diags());
    check_benchmark(&node);
    ck_assert_ptr_nonnull(node.metric_params);
    ck_assert_str_eq(node.data.source[0].dir, "dir");
}
END_TEST

START_TEST(test_round_trip_without_paths)
{
    struct bb_node back;
    ck_assert(read(benchmark));
    const char *text = written(&node);
    ck_assert_msg(!strstr(text, "secret") && !strstr(text, "dir"), "%s", text);
    /* The results put what they found out beside it. */
    const char *all = bb_arena_printf(fixture_arena, "%.*s,\"ceiling\":{\"value\":0.8,\"how\":\"stated\"},\"digests\":{}}",
                                      (int)strlen(text) - 1, text);
    ck_assert_msg(bb_node_read_results(catalog_json(all), fixture_arena, &catalog_diags, &back), "%s", catalog_all_diags());
    check_benchmark(&back);
    ck_assert_str_eq(written(&back), text);
}
END_TEST

START_TEST(test_group)
{
    ck_assert(read("{'id': 'IT', 'parent': ''}"));
    ck_assert_str_eq(node.title, "IT");
    ck_assert_ptr_null(node.parent);
    ck_assert(!bb_node_is_leaf(&node));
    ck_assert_uint_eq(node.clip.n, 0);
    ck_assert_int_eq(node.items, -1);
    ck_assert_int_eq(node.publish, BB_PUBLISH_SCORE);
}
END_TEST

START_TEST(test_published_leaf)
{
    ck_assert(read("{'id': 'x', 'metric': 'published', 'normalise': 'ratio'}"));
    ck_assert(node.listed_only && bb_node_is_leaf(&node));
    ck_assert_ptr_null(node.metric);
    ck_assert_uint_eq(node.clip.n, 0);
}
END_TEST

START_TEST(test_clip_unstated_and_none)
{
    static const char rest[] = "'stimuli': 's', 'data': {'file': 'f'}, 'metric': 'rdm'}";
    ck_assert(read(bb_arena_printf(fixture_arena, "{'id': 'x', %s", rest)));
    ck_assert_uint_eq(node.clip.n, 2);
    ck_assert_double_eq(node.clip.number[0], 0);
    ck_assert_double_eq(node.clip.number[1], 1);
    bb_node_release(&node);
    ck_assert(read(bb_arena_printf(fixture_arena, "{'id': 'x', 'clip': [], %s", rest)));
    ck_assert_uint_eq(node.clip.n, 0);
    struct bb_node back;
    ck_assert(bb_node_read_results(catalog_json(written(&node)), fixture_arena, &catalog_diags, &back));
    ck_assert_uint_eq(back.clip.n, 0);
}
END_TEST

START_TEST(test_chance_and_named_ceiling)
{
    ck_assert(read("{'id': 'x', 'stimuli': 's', 'data': [{'file': 'a'}, {'file': 'b'}], 'metric': {'name': 'rdm'}, 'ceiling': "
                   "{'name': 'rsa'},"
                   " 'normalise': {'chance': 0.25}}"));
    ck_assert_int_eq(node.normalise, BB_NORMALISE_CHANCE);
    ck_assert_double_eq(node.chance, 0.25);
    ck_assert_str_eq(node.ceiling->name, "rsa");
    ck_assert(isnan(node.ceiling_value));
    ck_assert_uint_eq(node.data.n, 2);
}
END_TEST

/* A board of a later program, rendered by this one. */
START_TEST(test_results_with_an_unknown_metric)
{
    ck_assert(
        bb_node_read_results(catalog_json("{'id': 'x', 'metric': {'name': 'new'}, 'ceiling_rule': {'name': 'newer'}, 'more': 1}"),
                             fixture_arena, &catalog_diags, &node));
    ck_assert(bb_node_is_leaf(&node));
    ck_assert_ptr_null(node.metric);
    ck_assert_ptr_null(node.ceiling);
}
END_TEST

#define RDM "'stimuli': 's', 'data': {'file': 'f'}, 'metric': 'rdm'"

static const struct {
    const char *text, *diag;
} wrong[] = {
    {"{'id': 'x', 'metric': {'name': 'rmd'}}", "1:32 there is no metric \"rmd\"; did you mean \"rdm\"?"},
    {"{'id': 'x', 'stimuli': 's', 'metric': {'name': 'item_accuracy', 'predictions': ['(1;%a%) < (1;%b%']}}",
     "1:48 the formula \"(1;%a%) < (1;%b%\", character 13: a closing parenthesis should stand here"},
    {"{'id': 'x', 'metric': 3}",
     "1:23 \"metric\" must be {\"name\": …, parameters}, or \"published\" where scores only come from lists"},
    {"{'id': 'x', 'stimuli': 's', 'data': {'file': 'f'}, 'metric': {'name': 'rdm', 'similarty': 'pearson'}}",
     "1:78 unknown key \"similarty\" in the metric rdm; did you mean \"similarity\"?"},
    {"{'id': 'x', 'stimuli': 's', 'data': {'file': 'f'}, 'metric': {'name': 'threshold', 'by': 'condition'}}",
     "1:71 \"by\", a coordinate of people, and \"baseline\", its value whose thresholds are compared, go together"},
    {"{'id': 'x', 'stimuli': 's', 'data': {'file': 'f'}, 'metric': {'name': 'threshold', 'by': 'a', 'baseline': 'b', 'condition': 'c'}}",
     "1:71 \"condition\" has no meaning with \"by\", which compares all conditions"},
    {"{'id': 'x', 'data': {'file': 'f'}, 'metric': 'rdm'}",
     "1:1 the benchmark \"x\" does not say which \"stimuli\" a model must answer"},
    {"{'id': 'x', 'stimuli': 's', 'metric': 'rdm'}", "1:1 the metric \"rdm\" of \"x\" needs \"data\""},
    {"{'id': 'x', 'data': {'file': 'f'}}", "1:13 \"x\" has \"data\" but no \"metric\""},
    {"{'id': 'x', " RDM ", 'normalise': 'ratio'}", "1:82 \"normalise\": \"ratio\" needs a \"ceiling\""},
    {"{'id': 'x', " RDM ", 'normalise': 'raito'}", "1:82 \"normalise\" cannot be \"raito\"; did you mean \"ratio\"?"},
    {"{'id': 'x', " RDM ", 'normalise': 'chance'}",
     "1:82 \"normalise\": the level of chance must be stated, as in {\"chance\": 0.5}"},
    {"{'id': 'x', " RDM ", 'ceiling': {'name': 'rsb'}}", "1:89 there is no ceiling \"rsb\"; did you mean \"rsa\"?"},
    {"{'id': 'x', " RDM ", 'ceiling': {'error': 0.1}}", "1:80 \"ceiling\" must be {\"name\": …, parameters} or {\"value\": …}"},
    {"{'id': 'x', " RDM ", 'ceiling': {'value': 0}}", "1:90 a ceiling must be greater than 0"},
    {"{'id': 'x', " RDM ", 'clip': [1, 0]}", "1:77 \"clip\" must be two ascending numbers, or [] for no clipping"},
    {"{'id': 'x', " RDM ", 'clip': [1]}", "1:77 \"clip\" must be two ascending numbers, or [] for no clipping"},
    {"{'id': 'x', 'time_bins_ms': [[170, 70]]}", "1:29 \"time_bins_ms\" must be a list of [start, end] pairs in milliseconds"},
    {"{'id': 'x', 'samples': ['a.png', '/etc/b.png']}",
     "1:34 samples: \"/etc/b.png\" leads out of its folder; put the file beside the one that names it"},
    {"{'id': 'x', 'publish': 'all'}", "1:24 \"publish\" must be one of \"score\", \"units\" or \"none\", not \"all\""},
};

START_TEST(test_mistakes)
{
    ck_assert(!read(wrong[_i].text));
    ck_assert_str_eq(catalog_only_diag(), wrong[_i].diag);
}
END_TEST

/* --- scores ------------------------------------------------------------------------------------------------------- */

static struct bb_node rule(enum bb_normalise normalise)
{
    return (struct bb_node){.normalise = normalise, .chance = 0.25};
}

/* alexnet and pixels on MajajHong2015public.IT-pls, as the reference's own numbers are (spec/scoring.md §6: .41182 and .06230475). */
START_TEST(test_reference_values)
{
    const struct bb_node ev = rule(BB_NORMALISE_EXPLAINED_VARIANCE);
    ck_assert_double_eq_tol(bb_node_score(&ev, 0.57962116, 0.81579938), 0.41182, 5e-6);
    ck_assert_double_eq_tol(bb_node_score(&ev, 0.22545106, 0.81579938), 0.06230475, 5e-8);
}
END_TEST

static const struct {
    enum bb_normalise rule;
    double raw, ceiling, score, slope;
} scores[] = {
    {BB_NORMALISE_NONE, 0.3, 0.5, 0.3, 1},
    {BB_NORMALISE_NONE, -0.3, NAN, -0.3, 1},
    {BB_NORMALISE_RATIO, 0.3, 0.6, 0.5, 1 / 0.6},
    {BB_NORMALISE_RATIO_SQUARED, 0.3, 0.6, 0.25, 2 * 0.3 / 0.36},
    {BB_NORMALISE_RATIO_SQUARED, -0.3, 0.6, 0.25, 2 * 0.3 / 0.36},
    {BB_NORMALISE_EXPLAINED_VARIANCE, 0.3, 0.6, 0.15, 1},
    {BB_NORMALISE_EXPLAINED_VARIANCE, -0.3, 0.6, 0.15, 1},
    {BB_NORMALISE_RATIO_SQRT, 0.3, 0.36, 0.5, 1 / 0.6},
    {BB_NORMALISE_CHANCE, 0.5, NAN, 1.0 / 3, 4.0 / 3},
    {BB_NORMALISE_CHANCE, 0.5, 0.75, 0.5, 2},
    {BB_NORMALISE_RATIO, 0.3, 0, NAN, NAN},
    {BB_NORMALISE_RATIO, 0.3, -0.5, NAN, NAN},
    {BB_NORMALISE_RATIO, 0.3, NAN, NAN, NAN},
    {BB_NORMALISE_RATIO_SQRT, 0.3, 0, NAN, NAN},
    {BB_NORMALISE_CHANCE, 0.3, 0.25, NAN, NAN},
    {BB_NORMALISE_NONE, NAN, 1, NAN, NAN},
};

static void check_value(double is, double expected)
{
    if (isnan(expected))
        ck_assert_msg(isnan(is), "%g", is);
    else
        ck_assert_double_eq_tol(is, expected, 1e-12);
}

START_TEST(test_rules)
{
    const struct bb_node by = rule(scores[_i].rule);
    check_value(bb_node_score(&by, scores[_i].raw, scores[_i].ceiling), scores[_i].score);
    check_value(bb_node_score_error(&by, scores[_i].raw, scores[_i].ceiling, 0.01), 0.01 * scores[_i].slope);
    ck_assert(isnan(bb_node_score_error(&by, scores[_i].raw, scores[_i].ceiling, (double)NAN)));
}
END_TEST

START_TEST(test_clip)
{
    double limits[] = {0, 1};
    struct bb_node by = rule(BB_NORMALISE_RATIO);
    by.clip = (struct bb_numbers){limits, 2};
    ck_assert_double_eq(bb_node_score(&by, 0.9, 0.6), 1);
    ck_assert_double_eq(bb_node_score(&by, -0.9, 0.6), 0);
    ck_assert(isnan(bb_node_score(&by, (double)NAN, 0.6)));
}
END_TEST

START_TEST(test_formulas)
{
    ck_assert_str_eq(bb_normalise_formula(BB_NORMALISE_EXPLAINED_VARIANCE), "r² / c");
    ck_assert_str_eq(bb_normalise_formula(BB_NORMALISE_CHANCE), "(r − chance) / (c − chance)");
}
END_TEST

Suite *suite_catalog_node(void)
{
    Suite *suite = suite_create("catalog_node");
    TCase *tcase = tcase_create("node");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_benchmark_of_the_formats);
    tcase_add_test(tcase, test_round_trip_without_paths);
    tcase_add_test(tcase, test_group);
    tcase_add_test(tcase, test_published_leaf);
    tcase_add_test(tcase, test_clip_unstated_and_none);
    tcase_add_test(tcase, test_chance_and_named_ceiling);
    tcase_add_test(tcase, test_results_with_an_unknown_metric);
    tcase_add_loop_test(tcase, test_mistakes, 0, sizeof wrong / sizeof wrong[0]);
    tcase_add_test(tcase, test_reference_values);
    tcase_add_loop_test(tcase, test_rules, 0, sizeof scores / sizeof scores[0]);
    tcase_add_test(tcase, test_clip);
    tcase_add_test(tcase, test_formulas);
    suite_add_tcase(suite, tcase);
    return suite;
}
