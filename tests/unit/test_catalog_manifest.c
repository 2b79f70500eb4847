#include <check.h>
#include <math.h>
#include <string.h>

#include "catalog_fixture.h"

Suite *suite_catalog_manifest(void);

static struct bb_catalog *catalog;

static void setup(void)
{
    catalog_setup();
    catalog = NULL;
}

static void teardown(void)
{
    bb_catalog_free(catalog);
    catalog_teardown();
}

/* Writes a file in which ' stands for ". */
static const char *file(const char *name, const char *text)
{
    char *strict = bb_arena_strdup(fixture_arena, text);
    for (char *c = strict; (c = strchr(c, '\'')); c++) *c = '"';
    return fixture_text(name, strict);
}

static void read(const char *text)
{
    catalog = bb_catalog_read(file("manifest.json", text), &catalog_diags);
    ck_assert_ptr_nonnull(catalog);
}

static void make_folder(const char *name)
{
    struct bb_err err;
    ck_assert_int_eq(bb_make_dirs(bb_path_join(fixture_arena, fixture_dir, name), &err), BB_OK);
}

#define TREE                                                                                                                     \
    "'benchmarks': [{'id': 'r', 'domain': 'vision'}, {'id': 'b', 'parent': 'r', 'metric': 'published', 'stimuli': 'Sketch', "    \
    "'region': 'V1'}]"

/* The manifest of the formats, but for what only files can give. */
START_TEST(test_board)
{
    read("{'title': 'T', 'release': '2026.11', 'date': '2026-11-23', 'description': 'D', 'url': 'https://e.org/', 'authors': "
         "['A', 'B'],"
         " 'citation': '@misc{x}', 'doi': '', 'license': 'CC-BY-4.0', 'contact': 'c', 'logo': 'logo.svg', 'accent': '#1b5e8c', "
         "'footer': 'f',"
         " 'attribute_info': {'perplexity': {'title': 'WikiText perplexity', 'unit': '', 'scale': 'log', 'better': 'lower'}, "
         "'year': {}},"
         " 'options': {'missing': 'skip', 'items': 'own', 'layer_choice': 'nested', 'bootstrap': 7, 'seed': 5}, " TREE "}");
    ck_assert_str_eq(catalog_all_diags(), "");
    const struct bb_board *board = &catalog->board;
    ck_assert_str_eq(board->release, "2026.11");
    ck_assert_uint_eq(board->authors.n, 2);
    ck_assert_int_eq(board->options.missing, BB_MISSING_SKIP);
    ck_assert_int_eq(board->options.items, BB_ITEMS_OWN);
    ck_assert_int_eq(board->options.layer_choice, BB_LAYERS_NESTED);
    ck_assert_int_eq(board->options.bootstrap, 7);
    ck_assert_int_eq(board->options.seed, 5);
    ck_assert_uint_eq(board->n_attribute_info, 2);
    ck_assert_str_eq(board->attribute_info[0].name, "perplexity");
    ck_assert_int_eq(board->attribute_info[0].scale, 1);
    ck_assert_int_eq(board->attribute_info[0].better, 1);
    ck_assert_int_eq(board->attribute_info[1].better, 2);
    ck_assert_str_eq(board->attribute_info[1].title, "year");
}
END_TEST

static const char *written(const struct bb_board *board)
{
    struct bb_buf out = BB_BUF_INIT;
    struct bb_json_writer w;
    bb_jw_init(&w, &out, 0);
    bb_jw_object(&w);
    bb_board_write(&w, board);
    bb_jw_object_end(&w);
    const char *text = bb_arena_strdup(fixture_arena, bb_buf_text(&out));
    bb_buf_release(&out);
    return text;
}

START_TEST(test_board_round_trip)
{
    struct bb_board back;
    read("{'title': 'T', 'authors': 'A', 'options': {'missing': 'require'}, 'attribute_info': {'a': {'scale': 'log'}}, " TREE
         "}");
    const char *text = written(&catalog->board);
    const char *all = bb_arena_printf(fixture_arena, "%.*s,\"schema\":\"x\",\"models\":[]}", (int)strlen(text) - 1, text);
    ck_assert(bb_board_read_results(catalog_json(all), fixture_arena, &catalog_diags, &back));
    ck_assert_str_eq(written(&back), text);
    ck_assert_int_eq(back.options.missing, BB_MISSING_REQUIRE);
    ck_assert_int_eq(back.options.bootstrap, 1000);
    ck_assert_int_eq(back.attribute_info[0].scale, 1);
}
END_TEST

START_TEST(test_files_globs_and_objects)
{
    make_folder("models/[x]");
    file("models/b.json", "{'id': 'beta'}");
    file("models/a.json",
         "[{'for_each': {'n': ['1', '2']}, 'id': 'alpha{n}', 'outputs': {'s': {'file': '{id}.csv'}}}, {'id': 'Alpha'}]");
    file("models/[x]/c.json", "{'id': 'gamma'}");
    file("tree.json", "[{'id': 'r', 'domain': 'vision'}, {'id': 'b', 'parent': 'r', 'metric': 'published', 'stimuli': 's'}]");
    read("{'title': 'T', 'benchmarks': 'tree.json', 'models': ['models/*.json', 'models/a.json', 'models/[x]/c.json', {'id': "
         "'own'}]}");
    ck_assert_str_eq(catalog_all_diags(), "");
    static const char *const ids[] = {"Alpha", "alpha1", "alpha2", "beta", "gamma", "own"};
    ck_assert_uint_eq(catalog->n_models, 6);
    for (size_t i = 0; i < 6; i++) ck_assert_str_eq(catalog->model[i].id, ids[i]);
    const struct bb_source *source = &catalog->model[2].output[0].sources.source[0];
    ck_assert_str_eq(source->file.text[0], "alpha2.csv");
    ck_assert_str_eq(source->dir, bb_path_join(fixture_arena, fixture_dir, "models"));
    ck_assert_uint_eq(catalog->tree.n, 2);
}
END_TEST

/* The folder of the manifest may have a name that looks like a pattern. */
START_TEST(test_glob_in_an_odd_folder)
{
    make_folder("[1-2]*");
    file("[1-2]*/m.json", "{'id': 'm'}");
    catalog = bb_catalog_read(file("[1-2]*/manifest.json", "{'title': 'T', 'models': 'm*n.json', " TREE "}"), &catalog_diags);
    ck_assert_uint_eq(catalog_diags.n_errors, 1); /* manifest.json is no model: the glob found it */
    bb_catalog_free(catalog);
    bb_diags_release(&catalog_diags);
    bb_diags_init(&catalog_diags);
    catalog = bb_catalog_read(file("[1-2]*/manifest.json", "{'title': 'T', 'models': '?.json', " TREE "}"), &catalog_diags);
    ck_assert_str_eq(catalog_all_diags(), "");
    ck_assert_uint_eq(catalog->n_models, 1);
}
END_TEST

START_TEST(test_score_lists)
{
    read("{'title': 'T', 'scores': ['a.csv', {'file': 'b.csv', 'columns': {'score': 'score_ceiled', 'raw': {'column': 'r', "
         "'scale': 0.01}, 'fold': 'f'},"
         " 'where': {'fold': 'test'}, 'rename': {'model': {'x': 'y'}, 'benchmark': {'p': 'q', 'p2': 'q2'}}, 'layers': 'best', "
         "'rule': 'ratio',"
         " 'citation': 'C'}], " TREE "}");
    ck_assert_str_eq(catalog_all_diags(), "");
    ck_assert_uint_eq(catalog->n_scores, 2);
    static const struct {
        const char *coord;
        bool is_number, optional;
    } columns[] = {{"model", false, false},     {"benchmark", false, false}, {"version", true, true}, {"layer", false, true},
                   {"raw", true, true},         {"ceiling", true, true},     {"score", true, true},   {"error", true, true},
                   {"error_kind", false, true}, {"normalise", false, true},  {"date", false, true},   {"source", false, true}};
    const struct bb_columns *own = &catalog->scores[0].sources.source[0].columns;
    ck_assert_uint_eq(own->n_rules, 12);
    for (size_t i = 0; i < 12; i++) {
        ck_assert_str_eq(own->rule[i].coord, columns[i].coord);
        ck_assert_str_eq(own->rule[i].column.text[0], columns[i].coord);
        ck_assert_int_eq(own->rule[i].type == BB_TYPE_NUMBER, columns[i].is_number);
        ck_assert_int_eq(own->rule[i].optional, columns[i].optional);
    }
    const struct bb_list *list = &catalog->scores[1];
    const struct bb_columns *given = &list->sources.source[0].columns;
    ck_assert_uint_eq(given->n_rules, 13);
    ck_assert_str_eq(given->rule[6].column.text[0], "score_ceiled");
    ck_assert_int_eq(given->rule[6].type, BB_TYPE_NUMBER);
    ck_assert(!given->rule[6].optional);
    ck_assert_double_eq(given->rule[4].scale, 0.01);
    ck_assert_str_eq(given->rule[12].coord, "fold");
    ck_assert_uint_eq(given->n_where, 1);
    ck_assert(list->best_layer && !catalog->scores[0].best_layer);
    ck_assert_str_eq(list->rename_to[0][bb_names_find(&list->rename_from[0], "x")], "y");
    ck_assert_str_eq(list->rename_to[1][bb_names_find(&list->rename_from[1], "p2")], "q2");
    ck_assert_str_eq(list->rule, "ratio");
    ck_assert_str_eq(list->citation, "C");
}
END_TEST

START_TEST(test_attribute_tables)
{
    read("{'title': 'T', 'attributes': ['a.csv', {'file': 'b.csv', 'columns': {'p': {'column': 'P', 'type': 'number'}}}], " TREE
         "}");
    ck_assert_str_eq(catalog_all_diags(), "");
    ck_assert_uint_eq(catalog->n_attributes, 2);
    ck_assert_uint_eq(catalog->attributes[0].sources.source[0].columns.n_rules, 0);
    const struct bb_columns *given = &catalog->attributes[1].sources.source[0].columns;
    ck_assert_uint_eq(given->n_rules, 2);
    ck_assert_str_eq(given->rule[0].coord, "model");
    ck_assert_str_eq(given->rule[1].coord, "p");
}
END_TEST

#define BOARD "'title': 'T', " TREE

static const struct {
    const char *text, *diag;
    enum bb_severity severity;
} told[] = {
    {"[]", "the manifest must be an object, not a list", BB_ERROR},
    {"{'title': 'T'}", "\"benchmarks\" is missing in the manifest", BB_ERROR},
    {"{" BOARD ", 'models': 3}", "\"models\" takes file names, globs, ids and objects, not a number", BB_ERROR},
    {"{" BOARD ", 'models': 'vision'}",
     "\"models\": \"vision\" is neither a file beside the manifest nor in the built-in catalog", BB_ERROR},
    {"{" BOARD ", 'logo': '../l.svg'}", "logo: \"../l.svg\" leads out of its folder; put the file beside the one that names it",
     BB_ERROR},
    {"{" BOARD ", 'options': {'missing': 'none'}}", "\"missing\" must be one of \"zero\", \"skip\" or \"require\", not \"none\"",
     BB_ERROR},
    {"{" BOARD ", 'attribute_info': []}", "\"attribute_info\" must be an object {\"attribute\": {…}}, not a list", BB_ERROR},
    {"{" BOARD ", 'scores': [3]}", "a score list must be a file name or an object {\"file\": …}, not a number", BB_ERROR},
    {"{" BOARD ", 'scores': {'file': 'a', 'layers': 'beste'}}", "\"layers\" must be one of \"all\" or \"best\", not \"beste\"",
     BB_ERROR},
    {"{" BOARD ", 'scores': {'file': 'a', 'rename': {'modle': {}}}}",
     "unknown key \"modle\" in the rename; did you mean \"model\"?", BB_ERROR},
    {"{" BOARD ", 'scores': {'file': 'a', 'rename': {'model': {'a': 1}}}}", "\"rename\": \"a\" must become a text, not a number",
     BB_ERROR},
    {"{" BOARD ", 'attributes': {'files': 'a'}}", "unknown key \"files\" in the attribute table; did you mean \"file\"?",
     BB_ERROR},
    {"{" BOARD ", 'models': [{'id': 'm'}, {'id': 'M'}]}", "the model \"M\" is there already, in ", BB_ERROR},
    {"{" BOARD ", 'models': {'id': 'm', 'not_applicable': {'Sketches': 'why'}}}",
     "\"not_applicable\": there is no benchmark or stimulus set \"Sketches\"; did you mean \"Sketch\"?", BB_ERROR},
    {"{" BOARD ", 'models': {'id': 'm', 'not_applicable': {'Sketch': 'why', 'b': 'why'}}}", NULL, BB_ERROR},
    {"{" BOARD ", 'models': {'id': 'm', 'outputs': {'sketch': {'file': 'f'}}}}",
     "no benchmark uses the stimuli \"sketch\", which \"m\" answers; did you mean \"Sketch\"?", BB_NOTE},
    {"{" BOARD ", 'models': {'id': 'm', 'layers': {'V11': 'l'}}}",
     "\"layers\": no benchmark measures a region \"V11\"; did you mean \"V1\"?", BB_WARNING},
    {"{" BOARD ", 'models': {'id': 'm', 'domains': 'visoin'}}",
     "\"m\" is of the domain \"visoin\", which no benchmark is of; did you mean \"vision\"?", BB_WARNING},
    {"{" BOARD ", 'models': [{'id': 'net', 'variant_of': 'nte'}]}",
     "\"net\" is a variant of \"nte\", which is not a model of this board; did you mean \"net\"?", BB_WARNING},
};

/* Some are told with what follows from them: "files" is an unknown key, and "file" is missing. */
START_TEST(test_told)
{
    read(told[_i].text);
    if (!told[_i].diag) {
        ck_assert_str_eq(catalog_all_diags(), "");
        return;
    }
    size_t found = 0;
    for (size_t i = 0; i < catalog_diags.n; i++)
        found +=
            bb_starts_with(catalog_diags.diag[i].message, told[_i].diag) && catalog_diags.diag[i].severity == told[_i].severity;
    ck_assert_msg(found == 1, "%s", catalog_all_diags());
}
END_TEST

START_TEST(test_names_that_are_no_files)
{
    make_folder("models");
    file("models/resnet.json", "{'id': 'm'}");
    read("{'title': 'T', 'models': ['models/resnt.json', 'modles/*.json'], " TREE "}");
    const char *all = catalog_all_diags();
    ck_assert_msg(strstr(all, "did you mean \"models/resnet.json\"?"), "%s", all);
    ck_assert_msg(
        strstr(all, bb_arena_printf(fixture_arena, "no file matches \"modles/*.json\"; looked in %s/modles", fixture_dir)), "%s",
        all);
    ck_assert_uint_eq(catalog_diags.n, 2);
}
END_TEST

START_TEST(test_unreadable_files)
{
    file("broken.json", "{'id': }");
    file("text.json", "'text'");
    read("{'title': 'T', 'models': ['broken.json', 'text.json', {'id': 'fine'}], " TREE "}");
    ck_assert_uint_eq(catalog_diags.n_errors, 2);
    ck_assert_uint_eq(catalog->n_models, 1);
    ck_assert(strstr(catalog_diags.diag[0].place.file, "broken.json"));
    ck_assert_ptr_null(bb_catalog_read(bb_path_join(fixture_arena, fixture_dir, "absent.json"), &catalog_diags));
    ck_assert_uint_eq(catalog_diags.n_errors, 3);
}
END_TEST

Suite *suite_catalog_manifest(void)
{
    Suite *suite = suite_create("catalog_manifest");
    TCase *tcase = tcase_create("manifest");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_board);
    tcase_add_test(tcase, test_board_round_trip);
    tcase_add_test(tcase, test_files_globs_and_objects);
    tcase_add_test(tcase, test_glob_in_an_odd_folder);
    tcase_add_test(tcase, test_score_lists);
    tcase_add_test(tcase, test_attribute_tables);
    tcase_add_loop_test(tcase, test_told, 0, sizeof told / sizeof told[0]);
    tcase_add_test(tcase, test_names_that_are_no_files);
    tcase_add_test(tcase, test_unreadable_files);
    suite_add_tcase(suite, tcase);
    return suite;
}
