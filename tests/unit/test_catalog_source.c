#include <check.h>
#include <math.h>
#include <string.h>

#include "catalog_fixture.h"

Suite *suite_catalog_source(void);

#define SHA256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static struct bb_sources sources;

static void setup(void)
{
    catalog_setup();
    sources = (struct bb_sources){0};
}

static void teardown(void)
{
    bb_sources_release(&sources);
    catalog_teardown();
}

static bool read(const char *text)
{
    return bb_sources_read(catalog_json(text), "data", "some/where", fixture_arena, &catalog_diags, &sources);
}

START_TEST(test_one_source)
{
    ck_assert(read("{'file': 'a_*.csv', 'columns': {'x': 'X'}, 'where': {'x': 'k'}, 'sha256': '" SHA256
                   "', 'url': 'https://e.org/a',"
                   " 'license': 'MIT', 'public': true, 'degrees': 8, 'context': 'cumulative'}"));
    ck_assert_uint_eq(sources.n, 1);
    const struct bb_source *source = sources.source;
    ck_assert_str_eq(source->dir, "some/where");
    ck_assert_uint_eq(source->file.n, 1);
    ck_assert_str_eq(source->file.text[0], "a_*.csv");
    ck_assert_uint_eq(source->columns.n_rules, 1);
    ck_assert_uint_eq(source->columns.n_where, 1);
    ck_assert_str_eq(source->sha256, SHA256);
    ck_assert(source->is_public);
    ck_assert_double_eq(source->degrees, 8);
    ck_assert_str_eq(source->context, "cumulative");
    ck_assert_uint_eq(source->place.line, 1);
}
END_TEST

START_TEST(test_several_sources)
{
    ck_assert(read("[{'file': ['a', 'b']}, {'gram': 'g.h5'}]"));
    ck_assert_uint_eq(sources.n, 2);
    ck_assert_uint_eq(sources.source[0].file.n, 2);
    ck_assert_str_eq(sources.source[1].gram, "g.h5");
    ck_assert(isnan(sources.source[1].degrees));
}
END_TEST

START_TEST(test_what_counts)
{
    ck_assert(read("[{'file': 'a.nc', 'drop_missing': 'neuroid', 'min_consistency': 0.7}, {'file': 'b.nc', 'drop_missing': 'presentation'}, {'file': 'c.nc'}]"));
    ck_assert_int_eq(sources.source[0].drop_missing, BB_GAPS_OF_NEUROIDS);
    ck_assert_double_eq(sources.source[0].min_consistency, .7);
    ck_assert_int_eq(sources.source[1].drop_missing, BB_GAPS_OF_PRESENTATIONS);
    ck_assert_int_eq(sources.source[2].drop_missing, BB_GAPS_STAY);
    ck_assert_double_nan(sources.source[2].min_consistency);
}
END_TEST

/* BrainIO files have coordinates of their own, so `where` needs no rules. */
START_TEST(test_where_without_columns)
{
    ck_assert(read("{'file': 'a.nc', 'where': {'region': 'IT'}}"));
    ck_assert_ptr_null(sources.source->columns_json);
    ck_assert_uint_eq(sources.source->columns.n_where, 1);
}
END_TEST

static const struct {
    const char *text, *diag;
} wrong[] = {
    {"{'url': 'https://e.org/'}", "1:1 data must name its \"file\""},
    {"{'file': 'a', 'gram': 'b'}", "1:1 data may name \"file\" or \"gram\", not both"},
    {"[]", "1:1 data: the list is empty"},
    {"[{'file': 'a'}, 'b.csv']", "1:17 the data must be an object, not a string"},
    {"{'file': 'a', 'fyle': 'b'}", "1:15 unknown key \"fyle\" in the data; did you mean \"file\"?"},
    {"{'file': 'a', 'drop_missing': 'rows'}", "1:31 \"drop_missing\" must be one of \"none\", \"neuroid\" or \"presentation\", not \"rows\""},
    {"{'file': 'a', 'min_consistency': 70}", "1:34 \"min_consistency\" must be between -1 and 1, not 70"},
    {"{'file': 'a', 'sha256': 'ABC'}", "1:25 \"sha256\" must be 64 hexadecimal digits in lower case"},
    {"{'file': 'a', 'sha1': '012'}", "1:23 \"sha1\" must be 40 hexadecimal digits in lower case"},
};

START_TEST(test_mistakes)
{
    ck_assert(!read(wrong[_i].text));
    ck_assert_str_eq(catalog_only_diag(), wrong[_i].diag);
}
END_TEST

Suite *suite_catalog_source(void)
{
    Suite *suite = suite_create("catalog_source");
    TCase *tcase = tcase_create("source");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_one_source);
    tcase_add_test(tcase, test_several_sources);
    tcase_add_test(tcase, test_what_counts);
    tcase_add_test(tcase, test_where_without_columns);
    tcase_add_loop_test(tcase, test_mistakes, 0, sizeof wrong / sizeof wrong[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
