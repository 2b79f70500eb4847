#include <check.h>
#include <math.h>
#include <string.h>

#include "store/assembly.h"
#include "table_fixture.h"

Suite *suite_store_assembly(void);

static struct bb_assembly *from_text(const char *columns_json, const char *text)
{
    struct bb_err err;
    struct bb_table table;
    struct bb_columns columns = fixture_columns(columns_json, NULL);
    bb_table_init(&table, &columns);
    ck_assert_msg(!bb_table_append(&table, &columns, "t.csv", text, strlen(text), &err), "%s", err.msg);
    struct bb_assembly *assembly = bb_assembly_from_table(&table);
    ck_assert_uint_eq(table.n_series, 0);
    ck_assert_uint_eq(table.n_rows, 0);
    bb_columns_release(&columns);
    return assembly;
}

START_TEST(a_table_has_one_dimension)
{
    struct bb_assembly *a = from_text("{\"word\": \"w\", \"value\": {\"column\": \"v\", \"type\": \"number\"}, \"n\": "
                                      "{\"column\": \"n\", \"type\": \"number\"}}",
                                      "w,v,n\nIf,1.5,1\nyou,,2\n");
    ck_assert_uint_eq(a->n_dims, 1);
    ck_assert_str_eq(a->dim[0].name, "presentation");
    ck_assert_uint_eq(a->dim[0].size, 2);
    ck_assert_double_eq(a->value[0], 1.5);
    ck_assert_double_nan(a->value[1]);
    ck_assert_ptr_null(bb_assembly_coord(a, "value"));
    ck_assert_double_eq(bb_assembly_coord(a, "n")->series.number[1], 2);
    ck_assert_str_eq(bb_assembly_coord_names(a, fixture_arena), "word, n");
    bb_assembly_free(a);
}
END_TEST

START_TEST(a_value_that_is_text_stays_a_coordinate)
{
    struct bb_assembly *a = from_text("{\"value\": {\"column\": \"v\", \"type\": \"text\"}}", "v\n1\n");
    ck_assert_ptr_null(a->value);
    ck_assert_ptr_nonnull(bb_assembly_coord(a, "value"));
    bb_assembly_free(a);
}
END_TEST

START_TEST(groups_of_texts)
{
    struct bb_assembly *a = from_text("{\"s\": \"s\"}", "s,x\nb,1\n,1\na,1\nb,1\n");
    struct bb_groups g = bb_coord_groups(bb_assembly_coord(a, "s"), fixture_arena);
    const int32_t expected[] = {0, -1, 1, 0};
    ck_assert_uint_eq(g.n, 4);
    ck_assert_uint_eq(g.n_groups, 2);
    ck_assert_mem_eq(g.group, expected, sizeof expected);
    ck_assert_str_eq(g.name[0], "b");
    ck_assert_str_eq(g.name[1], "a");
    bb_assembly_free(a);
}
END_TEST

START_TEST(groups_of_numbers)
{
    struct bb_assembly *a =
        from_text("{\"c\": {\"column\": \"c\", \"type\": \"number\"}}", "c,x\n0.60,1\n-0,1\nNaN,1\n.6,1\n0,1\n1e300,1\n");
    struct bb_groups g = bb_coord_groups(bb_assembly_coord(a, "c"), fixture_arena);
    const int32_t expected[] = {0, 1, -1, 0, 1, 2};
    ck_assert_uint_eq(g.n_groups, 3);
    ck_assert_mem_eq(g.group, expected, sizeof expected);
    ck_assert_str_eq(g.name[0], "0.6");
    ck_assert_str_eq(g.name[1], "0");
    ck_assert_str_eq(g.name[2], "1e+300");
    bb_assembly_free(a);
}
END_TEST

/* More numbers than the first hash table has room for. */
START_TEST(groups_of_many_numbers)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_puts(&text, "c\n");
    for (int i = 0; i < 20000; i++) bb_buf_printf(&text, "%d.5\n", i % 5000);
    struct bb_assembly *a = from_text("{\"c\": {\"column\": \"c\", \"type\": \"number\"}}", text.data);
    struct bb_groups g = bb_coord_groups(bb_assembly_coord(a, "c"), fixture_arena);
    ck_assert_uint_eq(g.n_groups, 5000);
    for (int i = 0; i < 20000; i++) ck_assert_int_eq(g.group[i], i % 5000);
    ck_assert_str_eq(g.name[4999], "4999.5");
    bb_assembly_free(a);
    bb_buf_release(&text);
}
END_TEST

/* Trials, and stimuli that were shown once: the second part has no repetitions, and what else only one part has is dropped. */
START_TEST(a_part_without_repetitions_misses_them)
{
    static const char first[] =
        "{\"id\": \"id\", \"repetition\": \"r\", \"session\": \"s\", \"value\": {\"column\": \"v\", \"type\": \"number\"}}",
                      second[] = "{\"id\": \"id\", \"day\": \"d\", \"value\": {\"column\": \"v\", \"type\": \"number\"}}";
    for (size_t trials_last = 0; trials_last < 2; trials_last++) {
        struct bb_assembly *part[2] = {from_text(first, "id,r,s,v\na,0,x,1\na,1,y,2\n"), from_text(second, "id,d,v\nb,z,3\n")},
                           *a = part[trials_last];
        const int32_t repetition[2][3] = {{0, 1, -1}, {-1, 0, 1}};
        struct bb_err err;
        ck_assert_msg(!bb_assembly_append(a, part[!trials_last], &err), "%s", err.msg);
        ck_assert_uint_eq(a->dim[0].size, 3);
        struct bb_groups ids = bb_coord_groups(bb_assembly_coord(a, "id"), fixture_arena),
                         times = bb_coord_groups(bb_assembly_coord(a, "repetition"), fixture_arena);
        ck_assert_uint_eq(a->n_coords, 2);
        ck_assert_str_eq(ids.name[ids.group[0]], trials_last ? "b" : "a");
        ck_assert_str_eq(ids.name[ids.group[2]], trials_last ? "a" : "b");
        ck_assert_mem_eq(times.group, repetition[trials_last], sizeof repetition[0]);
        ck_assert_double_eq(a->value[0], trials_last ? 3 : 1);
        ck_assert_double_eq(a->value[2], trials_last ? 2 : 3);
        bb_assembly_free(part[0]);
        bb_assembly_free(part[1]);
    }
}
END_TEST

Suite *suite_store_assembly(void)
{
    Suite *suite = suite_create("store_assembly");
    TCase *tc = tcase_create("assembly");
    tcase_add_checked_fixture(tc, fixture_setup, fixture_teardown);
    tcase_add_test(tc, a_table_has_one_dimension);
    tcase_add_test(tc, a_value_that_is_text_stays_a_coordinate);
    tcase_add_test(tc, groups_of_texts);
    tcase_add_test(tc, groups_of_numbers);
    tcase_add_test(tc, groups_of_many_numbers);
    tcase_add_test(tc, a_part_without_repetitions_misses_them);
    suite_add_tcase(suite, tc);
    return suite;
}
