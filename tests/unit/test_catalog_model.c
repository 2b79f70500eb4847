#include <check.h>
#include <math.h>
#include <string.h>

#include "catalog_fixture.h"

Suite *suite_catalog_model(void);

static struct bb_model model;

static void setup(void)
{
    catalog_setup();
    model = (struct bb_model){0};
}

static void teardown(void)
{
    bb_model_release(&model);
    catalog_teardown();
}

static bool read(const char *text)
{
    return bb_model_read(catalog_json(text), "dir", fixture_arena, &catalog_diags, &model);
}

static const char *written(const struct bb_model *of)
{
    struct bb_buf out = BB_BUF_INIT;
    struct bb_json_writer w;
    bb_jw_init(&w, &out, 0);
    bb_jw_object(&w);
    bb_model_write(&w, of);
    bb_jw_object_end(&w);
    const char *text = bb_arena_strdup(fixture_arena, bb_buf_text(&out));
    bb_buf_release(&out);
    return text;
}

/* The model of the formats. */
static const char alexnet[] =
    "{'id': 'alexnet', 'name': 'AlexNet', 'domains': ['vision'], 'family': 'AlexNet', 'submitter': 'Brain-Score Team', 'date': "
    "'2012-12-03',"
    " 'url': 'https://example.org/', 'bibtex': '@inproceedings{a}', 'visual_degrees': 8, 'visibility': 'unlisted',"
    " 'embargo_until': '2027-01-01', 'variant_of': '', 'seed': 3, 'reference': true, 'description': 'A net.',"
    " 'layers': {'V1': 'features.2', 'IT': ['features.7', 'features.12']},"
    " 'attributes': {'imagenet_top1': 0.565, 'training': 'supervised', 'open': true},"
    " 'not_applicable': {'Words': 'it does not read'},"
    " 'outputs': {'MajajHong2015.public': {'file': 'secret/alexnet.nc', 'degrees': 8},"
    "   'Sketch': [{'file': 'secret/s1.csv', 'columns': {'choice': 'secret_c'}, 'license': 'MIT', 'public': true}, {'gram': "
    "'secret/s2.h5'}]}}";

static void check_alexnet(const struct bb_model *is)
{
    ck_assert_str_eq(is->id, "alexnet");
    ck_assert_str_eq(is->name, "AlexNet");
    ck_assert_uint_eq(is->domains.n, 1);
    ck_assert_str_eq(is->date, "2012-12-03");
    ck_assert_double_eq(is->visual_degrees, 8);
    ck_assert_int_eq(is->visibility, BB_UNLISTED);
    ck_assert_str_eq(is->embargo_until, "2027-01-01");
    ck_assert_ptr_null(is->variant_of);
    ck_assert_int_eq(is->seed, 3);
    ck_assert(is->reference);
    ck_assert_uint_eq(is->n_attributes, 3);
    ck_assert_double_eq(is->attribute[0].number, 0.565);
    ck_assert_ptr_null(is->attribute[0].text);
    ck_assert_str_eq(is->attribute[1].text, "supervised");
    ck_assert(isnan(is->attribute[1].number));
    ck_assert_str_eq(is->attribute[2].text, "true");
    ck_assert_uint_eq(is->n_exemptions, 1);
    ck_assert_str_eq(is->exemption[0].target, "Words");
    ck_assert_str_eq(is->exemption[0].reason, "it does not read");
    ck_assert_str_eq(bb_json_member(is->layers_json, "V1")->as.text, "features.2");
    ck_assert_uint_eq(is->n_outputs, 2);
    ck_assert_str_eq(is->output[0].stimuli, "MajajHong2015.public");
    ck_assert_double_eq(is->output[0].sources.source[0].degrees, 8);
    ck_assert_uint_eq(is->output[1].sources.n, 2);
    ck_assert_str_eq(is->output[1].sources.source[0].license, "MIT");
    ck_assert(is->output[1].sources.source[0].is_public);
}

START_TEST(test_model_of_the_formats)
{
    ck_assert_msg(read(alexnet), "%s", catalog_all_diags());
    check_alexnet(&model);
    ck_assert_str_eq(model.output[0].sources.source[0].dir, "dir");
    ck_assert_str_eq(model.output[1].sources.source[1].gram, "secret/s2.h5");
}
END_TEST

START_TEST(test_round_trip_without_paths)
{
    struct bb_model back;
    ck_assert(read(alexnet));
    model.output[0].digest = "sha256:12";
    model.output[1].digest = "sha256:34";
    model.listed_only = true;
    const char *text = written(&model);
    ck_assert_msg(!strstr(text, "secret") && !strstr(text, "dir"), "%s", text);
    struct bb_json *json = catalog_json(text);
    ck_assert_msg(bb_model_read_results(json, fixture_arena, &catalog_diags, &back), "%s", catalog_all_diags());
    check_alexnet(&back);
    ck_assert(back.listed_only);
    ck_assert_str_eq(back.output[0].digest, "sha256:12");
    ck_assert_str_eq(back.output[1].digest, "sha256:34");
    ck_assert_str_eq(written(&back), text);
}
END_TEST

START_TEST(test_least_model)
{
    ck_assert(read("{'id': 'm'}"));
    ck_assert_str_eq(model.name, "m");
    ck_assert_int_eq(model.visibility, BB_PUBLIC);
    ck_assert_uint_eq(model.n_outputs, 0);
    ck_assert(isnan(model.visual_degrees));
}
END_TEST

/* A later program may write more; what we do not know is not ours to refuse. */
START_TEST(test_results_of_a_later_program)
{
    struct bb_model back;
    ck_assert(bb_model_read_results(catalog_json("{'id': 'm', 'colour': 'green'}"), fixture_arena, &catalog_diags, &back));
    ck_assert_str_eq(back.id, "m");
}
END_TEST

static const struct {
    const char *text, *diag;
} wrong[] = {
    {"{'name': 'x'}", "1:1 \"id\" is missing in the model"},
    {"{'id': 'm', 'visibility': 'hidden'}",
     "1:27 \"visibility\" must be one of \"public\", \"unlisted\" or \"private\", not \"hidden\""},
    {"{'id': 'm', 'embargo_until': '2027-02-29'}",
     "1:30 \"embargo_until\" must be a day that exists, as YYYY-MM-DD, not \"2027-02-29\""},
    {"{'id': 'm', 'atributes': {}}", "1:13 unknown key \"atributes\" in the model; did you mean \"attributes\"?"},
    {"{'id': 'm', 'attributes': {'a': [1]}}", "1:33 the attribute \"a\" must be a number or a text, not a list"},
    {"{'id': 'm', 'layers': {'V1': 3}}", "1:30 the layer of region \"V1\" must be a name or a list of names"},
    {"{'id': 'm', 'not_applicable': {'x': ''}}", "1:37 \"not_applicable\": say in a text why \"x\" is not"},
    {"{'id': 'm', 'outputs': ['a.csv']}", "1:24 \"outputs\" must be an object {…}, not a list"},
    {"{'id': 'm', 'outputs': {'s': {'degrees': 8}}}", "1:30 output \"s\" must name its \"file\""},
};

START_TEST(test_mistakes)
{
    ck_assert(!read(wrong[_i].text));
    ck_assert_str_eq(catalog_only_diag(), wrong[_i].diag);
}
END_TEST

Suite *suite_catalog_model(void)
{
    Suite *suite = suite_create("catalog_model");
    TCase *tcase = tcase_create("model");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_model_of_the_formats);
    tcase_add_test(tcase, test_round_trip_without_paths);
    tcase_add_test(tcase, test_least_model);
    tcase_add_test(tcase, test_results_of_a_later_program);
    tcase_add_loop_test(tcase, test_mistakes, 0, sizeof wrong / sizeof wrong[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
