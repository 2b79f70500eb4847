#include <check.h>
#include <string.h>

#include "catalog_fixture.h"

Suite *suite_catalog_expand(void);

static struct bb_json *expand(const char *text)
{
    return bb_json_expand(catalog_json(text), fixture_arena, &catalog_diags);
}

static const struct {
    const char *from, *to;
} cases[] = {
    /* elements, and a table of rows */
    {"[{'for_each': [{'s': 'a', 'n': 1}, {'s': 'b', 'n': 2.5}], 'x': 'on {s} ({n})'}]", "[{'x':'on a (1)'},{'x':'on b (2.5)'}]"},
    /* members, and the short form for one name */
    {"{'o': {'Set_{s}': {'for_each': {'s': ['a', 'b']}, 'file': '{s}.csv'}}}",
     "{'o':{'Set_a':{'file':'a.csv'},'Set_b':{'file':'b.csv'}}}"},
    /* a whole string becomes the value itself */
    {"[{'for_each': [{'c': {'value': 0.5}, 'l': ['0', '1'], 'n': 3, 't': true}], 'c': '{c}', 'l': '{l}', 'n': '{n}', 't': "
     "'{t}'}]",
     "[{'c':{'value':0.5},'l':['0','1'],'n':3,'t':true}]"},
    /* the id of the entry, also further in; ids of other objects are not it */
    {"[{'for_each': {'m': ['a']}, 'o': {'id': 'inner', 'f': '{id}.csv'}, 'id': 'net-{m}'}]",
     "[{'o':{'id':'inner','f':'net-a.csv'},'id':'net-a'}]"},
    {"[{'for_each': [{'id': 'a'}], 'id': 'm-{id}', 'f': '{id}'}]", "[{'id':'m-a','f':'m-a'}]"},
    /* nested tables see the outer names and the id */
    {"[{'for_each': {'a': ['1', '2']}, 'id': 'm{a}', 'o': {'{b}': {'for_each': [{'b': 'x{a}'}], 'f': '{id}/{a}/{b}'}}}]",
     "[{'id':'m1','o':{'x1':{'f':'m1/1/x1'}}},{'id':'m2','o':{'x2':{'f':'m2/2/x2'}}}]"},
    /* any other {name} stays, patterns above all */
    {"[{'for_each': {'s': ['a']}, 'm': '^\\\\d{4}_{s}_{t}{'}]", "[{'m':'^\\\\d{4}_a_{t}{'}]"},
    /* a member whose key has no name of the table becomes a list; so does the top */
    {"{'data': {'for_each': {'s': ['a', 'b']}, 'file': '{s}'}}", "{'data':[{'file':'a'},{'file':'b'}]}"},
    {"{'for_each': {'s': ['a', 'b']}, 'file': '{s}'}", "[{'file':'a'},{'file':'b'}]"},
    {"[1, {'for_each': [], 'x': 1}, null]", "[1,null]"},
};

START_TEST(test_copies)
{
    const struct bb_json *json = expand(cases[_i].from);
    ck_assert_str_eq(catalog_all_diags(), "");
    ck_assert_str_eq(catalog_text(json), cases[_i].to);
}
END_TEST

START_TEST(test_copies_keep_the_places_of_the_template)
{
    const struct bb_json *json = expand("[\n  {'for_each': {'s': ['a', 'b']},\n   'k{s}': '{s}'}]");
    const struct bb_json *member = json->as.list.item[1]->as.list.item[0];
    ck_assert_str_eq(member->key, "kb");
    ck_assert_uint_eq(member->key_place.line, 3);
    ck_assert_uint_eq(member->key_place.column, 4);
    ck_assert_uint_eq(member->place.column, 12);
    ck_assert_str_eq(member->place.file, "t.json");
}
END_TEST

static const struct {
    const char *from, *diag;
} wrong[] = {
    {"[{'for_each': 3}]", "1:15 \"for_each\" must be a list of rows, not a number"},
    {"[{'for_each': {'a': [1], 'b': [2]}}]", "1:15 \"for_each\" as an object takes one name and its list, {\"set\": [\"a\", "
                                             "\"b\"]}; for several names write a list of rows"},
    {"[{'for_each': ['a']}]", "1:16 a row of \"for_each\" must be an object {\"name\": value, …}, not a string"},
    {"[{'for_each': [{'a': 1, 'b': 2}, {'a': 3}]}]", "1:34 this row of \"for_each\" has no \"b\", which the first row has"},
    {"[{'for_each': [{'a': [1]}], 'x': 'is {a}'}]", "1:34 {a} is a list and cannot stand inside a text"},
    {"{'x{a}': {'for_each': {'a': ['1', '1']}, 'y': 1}}", "1:2 \"for_each\" makes the key \"x1\" twice"},
};

START_TEST(test_mistakes)
{
    expand(wrong[_i].from);
    ck_assert_str_eq(catalog_only_diag(), wrong[_i].diag);
}
END_TEST

/* 400 × 400 copies in few bytes: stopped at the limit, with one sentence. */
START_TEST(test_limit)
{
    struct bb_buf list = BB_BUF_INIT;
    for (int i = 0; i < 400; i++) bb_buf_printf(&list, "%s%d", i ? "," : "", i);
    const char *text =
        bb_arena_printf(fixture_arena, "[{'for_each': {'a': [%s]}, 'x': [{'for_each': {'b': [%s]}, 'y': '{a}{b}'}]}]",
                        bb_buf_text(&list), bb_buf_text(&list));
    bb_buf_release(&list);
    expand(text);
    ck_assert(strstr(catalog_only_diag(), "makes more than 100000 copies"));
}
END_TEST

Suite *suite_catalog_expand(void)
{
    Suite *suite = suite_create("catalog_expand");
    TCase *tcase = tcase_create("expand");
    tcase_add_checked_fixture(tcase, catalog_setup, catalog_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, test_copies, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tcase, test_copies_keep_the_places_of_the_template);
    tcase_add_loop_test(tcase, test_mistakes, 0, sizeof wrong / sizeof wrong[0]);
    tcase_add_test(tcase, test_limit);
    suite_add_tcase(suite, tcase);
    return suite;
}
