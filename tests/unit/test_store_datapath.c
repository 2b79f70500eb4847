#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/datapath.h"
#include "table_fixture.h"

Suite *suite_store_datapath(void);

static struct bb_datapath path;
static struct bb_err err;

static const char *below(const char *name)
{
    return bb_path_join(fixture_arena, fixture_dir, name);
}

/* Folders project/, option/, environment/, and the cache, in a fresh environment. */
static void setup(void)
{
    fixture_setup();
    setenv("XDG_CACHE_HOME", below("cache"), 1);
    setenv("BRAINBOARD_DATA", bb_arena_printf(fixture_arena, "%s::%s", below("nowhere"), below("environment")), 1);
    fixture_text("project/board.json", "{}");
    fixture_text("option/o.csv", "o");
    fixture_text("environment/e.csv", "e");
    fixture_text("cache/brainboard/data/c.csv", "c");
    const char *option = below("option");
    ck_assert_int_eq(bb_datapath_init(&path, &option, 1, fixture_arena, &err), BB_OK);
}

static enum bb_code find(const char *names, struct bb_paths *out)
{
    struct bb_texts list = {BB_NEW_ARRAY(fixture_arena, strlen(names), const char *), 0};
    for (char *rest = bb_arena_strdup(fixture_arena, names), *name; (name = strsep(&rest, " "));) list.text[list.n++] = name;
    return bb_datapath_find(&path, below("project"), &list, fixture_arena, out, &err);
}

/* The files found, relative to the folder of the test. */
static const char *found(const char *names)
{
    struct bb_paths paths;
    ck_assert_msg(find(names, &paths) == BB_OK, "%s", err.msg);
    const char *text = "";
    for (size_t i = 0; i < paths.n; i++) {
        ck_assert(bb_starts_with(paths.path[i], fixture_dir));
        text = bb_arena_printf(fixture_arena, "%s%s%s", text, i ? " " : "", paths.path[i] + strlen(fixture_dir) + 1);
    }
    return text;
}

START_TEST(each_folder_in_turn)
{
    ck_assert_str_eq(found("o.csv e.csv c.csv"), "option/o.csv environment/e.csv cache/brainboard/data/c.csv");
}
END_TEST

START_TEST(the_first_folder_wins)
{
    fixture_text("cache/brainboard/data/x.csv", "4");
    ck_assert_str_eq(found("x.csv"), "cache/brainboard/data/x.csv");
    fixture_text("environment/x.csv", "3");
    ck_assert_str_eq(found("x.csv"), "environment/x.csv");
    fixture_text("option/x.csv", "2");
    ck_assert_str_eq(found("x.csv"), "option/x.csv");
    fixture_text("project/x.csv", "1");
    ck_assert_str_eq(found("x.csv"), "project/x.csv");
}
END_TEST

START_TEST(globs_are_sorted_and_taken_from_one_folder)
{
    fixture_text("option/s/s_b.csv", "");
    fixture_text("option/s/s_a.csv", "");
    fixture_text("option/s/s_c.csv/not-a-file", "");
    fixture_text("environment/s/s_0.csv", "");
    ck_assert_str_eq(found("s/s_*.csv"), "option/s/s_a.csv option/s/s_b.csv");
    ck_assert_str_eq(found("s/s_b.csv s/s_*.csv"), "option/s/s_b.csv option/s/s_a.csv");
}
END_TEST

START_TEST(brackets_in_names_of_folders_and_files_are_no_wildcards)
{
    const char *option = below("[data]*");
    fixture_text("[data]*/a[1].csv", "");
    fixture_text("[data]*/b1.csv", "");
    ck_assert_int_eq(bb_datapath_init(&path, &option, 1, fixture_arena, &err), BB_OK);
    ck_assert_str_eq(found("a[1].csv"), "[data]*/a[1].csv");
    ck_assert_str_eq(found("b?.csv"), "[data]*/b1.csv");
}
END_TEST

START_TEST(names_may_lead_elsewhere)
{
    ck_assert_str_eq(found(below("option/o.csv")), "option/o.csv");
    ck_assert_str_eq(found("../option/o.csv"), "option/o.csv");
    ck_assert_str_eq(found(below("opt*/*.csv")), "option/o.csv");
}
END_TEST

START_TEST(absent_files_name_every_folder)
{
    struct bb_paths paths;
    ck_assert_int_eq(find("o.csv none.csv", &paths), BB_EABSENT);
    ck_assert_str_eq(
        err.msg, bb_arena_printf(
                     fixture_arena,
                     "there is no file \"none.csv\" in %s, %s, %s, %s, %s; --data DIR or BRAINBOARD_DATA says where data is",
                     below("project"), below("option"), below("nowhere"), below("environment"), below("cache/brainboard/data")));
    ck_assert_int_eq(find("none*.csv", &paths), BB_EABSENT);
    ck_assert(bb_starts_with(err.msg, "no file matches \"none*.csv\" in "));
    ck_assert_int_eq(find("/none.csv", &paths), BB_EABSENT);
    ck_assert_str_eq(err.msg, "there is no file \"/none.csv\"");
}
END_TEST

START_TEST(the_cache_is_in_the_home_folder_unless_said)
{
    setenv("XDG_CACHE_HOME", "relative", 1);
    setenv("HOME", "/home/someone", 1);
    unsetenv("BRAINBOARD_DATA");
    ck_assert_int_eq(bb_datapath_init(&path, NULL, 0, fixture_arena, &err), BB_OK);
    ck_assert_uint_eq(path.n, 1);
    ck_assert_str_eq(path.dir[0], "/home/someone/.cache/brainboard/data");
}
END_TEST

START_TEST(an_option_must_be_a_folder)
{
    const char *option = below("option/o.csv");
    ck_assert_int_eq(bb_datapath_init(&path, &option, 1, fixture_arena, &err), BB_EUSAGE);
    ck_assert_str_eq(err.msg, bb_arena_printf(fixture_arena, "--data %s: there is no such folder", option));
}
END_TEST

Suite *suite_store_datapath(void)
{
    Suite *suite = suite_create("store_datapath");
    TCase *tc = tcase_create("datapath");
    tcase_add_checked_fixture(tc, setup, fixture_teardown);
    tcase_add_test(tc, each_folder_in_turn);
    tcase_add_test(tc, the_first_folder_wins);
    tcase_add_test(tc, globs_are_sorted_and_taken_from_one_folder);
    tcase_add_test(tc, brackets_in_names_of_folders_and_files_are_no_wildcards);
    tcase_add_test(tc, names_may_lead_elsewhere);
    tcase_add_test(tc, absent_files_name_every_folder);
    tcase_add_test(tc, the_cache_is_in_the_home_folder_unless_said);
    tcase_add_test(tc, an_option_must_be_a_folder);
    suite_add_tcase(suite, tc);
    return suite;
}
