/*
 * A recording, what its stimulus set says of its stimuli, and rules about either.
 */
#include <check.h>
#include <math.h>
#include <string.h>

#include "store/array_write.h"
#include "store/stimulus_join.h"
#include "table_fixture.h"

Suite *suite_store_stimulus_join(void);

enum { N = 4, UNITS = 2 };
static const char *const IDS[N] = {"a", "b", "c", "unknown"}, *const REGIONS[UNITS] = {"IT", "V4"};
static const double NUMBER[N] = {1, 0, 1, 1}, VALUES[N * UNITS] = {1, 2, 3, 4, 5, 6, 7, 8};
static const struct bb_array_coord COORDS[] = {
    {"stimulus_id", 0, IDS, NULL, false}, {"human_accuracy", 0, NULL, NUMBER, false}, {"region", 1, REGIONS, NULL, false}};
static const char SET[] = "image_id,object_class,visibility,empty\nb,car,0.9,\na,bear,10.0,\nc,car,0.10,\nnobody,ghost,1,\n";

static struct bb_err err;
static struct bb_assembly *joined;
static struct bb_columns columns;

static void setup(void)
{
    fixture_setup();
    joined = NULL;
    columns = (struct bb_columns){0};
}

static void teardown(void)
{
    bb_assembly_free(joined);
    bb_columns_release(&columns);
    fixture_teardown();
}

static enum bb_code join(const char *rules, const char *where)
{
    const struct bb_array array = {
        .dim = {"presentation", "neuroid"}, .size = {N, UNITS}, .n_dims = 2, .coord = COORDS, .n_coords = 3, .value = VALUES};
    const char *path = bb_path_join(fixture_arena, fixture_dir, "recording.nc"), *set = fixture_text("set.csv", SET);
    ck_assert(bb_array_write(path, &array, &err) == BB_OK);
    columns = fixture_columns(rules, where);
    struct bb_left left = {BB_NEW_ARRAY(fixture_arena, columns.n_rules, bool), BB_NEW_ARRAY(fixture_arena, columns.n_where, bool)};
    const struct bb_array_source source = {.path = path, .columns = &columns, .left = &left};
    enum bb_code code = bb_array_load(&source, 0, &joined, &err);
    if (!code) code = bb_stimulus_join(joined, set, &err);
    if (!code) code = bb_stimulus_join_rules(&joined, &columns, &left, "recording.nc", &err);
    return code;
}

static const char *text(const char *coord, size_t i)
{
    const struct bb_coord *c = bb_assembly_coord(joined, coord);
    ck_assert_msg(c != NULL, "%s", coord);
    return c->series.code[i] < 0 ? "" : c->series.level.name[c->series.code[i]];
}

START_TEST(columns_become_coordinates)
{
    ck_assert_msg(join(NULL, NULL) == BB_OK, "%s", err.msg);
    ck_assert_uint_eq(joined->dim[0].size, N);
    ck_assert_str_eq(text("object_class", 0), "bear");
    ck_assert_str_eq(text("object_class", 1), "car");
    ck_assert_str_eq(text("object_class", 3), ""); /* a stimulus that the set does not have */
    ck_assert_str_eq(text("empty", 0), "");
    ck_assert(bb_assembly_coord(joined, "visibility")->series.by_size);
    ck_assert(!bb_assembly_coord(joined, "object_class")->series.by_size);
    ck_assert(!bb_assembly_coord(joined, "empty")->series.by_size);
}
END_TEST

/* Of the set's columns, of the file's, and a range of numbers that stand in a CSV as text. */
START_TEST(rules_are_about_either)
{
    ck_assert_msg(join("{\"stimulus_id\": \"stimulus_id\", \"correct\": \"human_accuracy\", \"region\": \"region\","
                       "\"truth\": {\"column\": \"object_class\", \"map\": {\"car\": \"sportsCar\"}},"
                       "\"visibility\": {\"column\": \"visibility\", \"type\": \"number\"},"
                       "\"absent\": {\"column\": \"nowhere\", \"optional\": true}}",
                       "{\"visibility\": {\"below\": 1}, \"region\": \"V4\"}") == BB_OK,
                  "%s", err.msg);
    ck_assert_uint_eq(joined->dim[0].size, 2);
    ck_assert_uint_eq(joined->dim[1].size, 1);
    ck_assert_str_eq(text("stimulus_id", 0), "b");
    ck_assert_str_eq(text("stimulus_id", 1), "c");
    ck_assert_str_eq(text("truth", 0), "sportsCar");
    ck_assert_double_eq(bb_assembly_coord(joined, "correct")->series.number[1], 1);
    ck_assert_double_eq(bb_assembly_coord(joined, "visibility")->series.number[1], .1);
    ck_assert_double_eq(joined->value[0], 4);
    ck_assert_double_eq(joined->value[1], 6);
    ck_assert_str_eq(text("absent", 0), "");
    ck_assert_uint_eq(bb_assembly_coord(joined, "truth")->series.level.n, 1); /* the bear is gone with its presentation */
}
END_TEST

START_TEST(ranges_without_rules)
{
    ck_assert_msg(join(NULL, "{\"visibility\": {\"above\": 0.5}}") == BB_OK, "%s", err.msg);
    ck_assert_uint_eq(joined->dim[0].size, 2);
    ck_assert_str_eq(text("stimulus_id", 0), "a");
    ck_assert_str_eq(text("stimulus_id", 1), "b");
}
END_TEST

static const struct {
    const char *rules, *where, *part;
} mistakes[] = {
    {NULL, "{\"visibilty\": {\"above\": 0.5}}",
     "neither the recording nor its stimulus set has \"visibilty\"; they have stimulus_id, human_accuracy, region, object_class, "
     "visibility, empty; did you mean \"visibility\"?"},
    {"{\"stimulus_id\": \"stimulus_id\", \"truth\": \"objekt_class\"}", NULL, "did you mean \"object_class\"?"},
    {NULL, "{\"object_class\": {\"above\": 0.5}}", "only numbers can be above or below, and \"object_class\" has text"},
    {NULL, "{\"object_class\": \"lamp\"}", "\"where\" drops all 4 presentations by its rule for \"object_class\""},
    {"{\"stimulus_id\": \"stimulus_id\", \"truth\": {\"column\": \"object_class\", \"match\": \"^(b.*)$\"}}", NULL, "car"},
};

START_TEST(mistakes_are_told)
{
    ck_assert(join(mistakes[_i].rules, mistakes[_i].where) == BB_EINPUT);
    ck_assert_msg(strstr(err.msg, mistakes[_i].part) != NULL, "\"%s\" does not say \"%s\"", err.msg, mistakes[_i].part);
}
END_TEST

Suite *suite_store_stimulus_join(void)
{
    Suite *suite = suite_create("store/stimulus_join");
    TCase *tc = tcase_create("join");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, columns_become_coordinates);
    tcase_add_test(tc, rules_are_about_either);
    tcase_add_test(tc, ranges_without_rules);
    tcase_add_loop_test(tc, mistakes_are_told, 0, (int)(sizeof mistakes / sizeof mistakes[0]));
    suite_add_tcase(suite, tc);
    return suite;
}
