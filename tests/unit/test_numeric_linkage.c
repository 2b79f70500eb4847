#include <check.h>

#include "metric_case.h"
#include "numeric/linkage.h"

Suite *suite_numeric_linkage(void);

static struct bb_arena *arena;

static void open_arena(void)
{
    arena = bb_arena_new(0);
}

static void close_arena(void)
{
    bb_arena_free(arena);
}

static size_t count_of(const struct bb_json *cases)
{
    ck_assert_uint_gt(cases->as.list.n, 0);
    return cases->as.list.n;
}

static struct bb_merge *merges_of(const struct bb_json *c, size_t *n)
{
    size_t squared;
    const double *distance = numbers_of(bb_json_member(c, "distance"), arena, &squared);
    *n = bb_json_member(c, "merges")->as.list.n + 1;
    ck_assert_uint_eq(*n * *n, squared);
    struct bb_merge *merge = BB_NEW_ARRAY(arena, *n, struct bb_merge);
    bb_linkage_average(distance, *n, merge, arena);
    return merge;
}

START_TEST(merges_are_scipys)
{
    const struct bb_json *cases = golden_cases(arena, "linkage");
    for (size_t i = 0, n, four; i < count_of(cases); i++) {
        const struct bb_json *c = cases->as.list.item[i];
        struct bb_merge *merge = merges_of(c, &n);
        for (size_t m = 0; m + 1 < n; m++) {
            const double *row = numbers_of(bb_json_member(c, "merges")->as.list.item[m], arena, &four);
            ck_assert_uint_eq(merge[m].a, (size_t)row[0]);
            ck_assert_uint_eq(merge[m].b, (size_t)row[1]);
            check_near(text_of(c, "name"), merge[m].distance, row[2], 1e-12);
            ck_assert_uint_eq(merge[m].size, (size_t)row[3]);
        }
    }
}
END_TEST

START_TEST(groups_are_scipys)
{
    const struct bb_json *cases = golden_cases(arena, "linkage");
    for (size_t i = 0, n; i < count_of(cases); i++) {
        const struct bb_json *c = cases->as.list.item[i], *cuts = bb_json_member(c, "cuts");
        struct bb_merge *merge = merges_of(c, &n);
        size_t *group = BB_NEW_ARRAY(arena, n, size_t), n_read;
        for (size_t k = 0; k < count_of(cuts); k++) {
            const double *want = numbers_of(bb_json_member(cuts->as.list.item[k], "group"), arena, &n_read);
            size_t groups = bb_linkage_cut(merge, n, number_of(cuts->as.list.item[k], "most"), group, arena), most = 0;
            for (size_t g = 0; g < n; g++) {
                ck_assert_uint_eq(group[g], (size_t)want[g]);
                most = group[g] > most ? group[g] : most;
            }
            ck_assert_uint_eq(groups, most + 1);
        }
    }
}
END_TEST

/* Every cluster is a run of the order; its first item leads it. */
START_TEST(clusters_stand_together)
{
    const struct bb_json *cases = golden_cases(arena, "linkage");
    for (size_t i = 0, n; i < count_of(cases); i++) {
        struct bb_merge *merge = merges_of(cases->as.list.item[i], &n);
        size_t *order = BB_NEW_ARRAY(arena, n, size_t), *group = BB_NEW_ARRAY(arena, n, size_t);
        bb_linkage_order(merge, n, order, arena);
        ck_assert_uint_eq(order[0], 0);
        for (size_t m = 0; m + 1 < n; m++) {
            size_t groups = bb_linkage_cut(merge, n, merge[m].distance, group, arena), changes = 1;
            for (size_t k = 1; k < n; k++) changes += group[order[k]] != group[order[k - 1]] ? 1 : 0;
            ck_assert_uint_eq(changes, groups);
        }
    }
}
END_TEST

START_TEST(one_item_and_none)
{
    size_t order[1] = {7}, group[1] = {7};
    const double itself = 0;
    bb_linkage_average(&itself, 1, NULL, arena);
    bb_linkage_order(NULL, 1, order, arena);
    ck_assert_uint_eq(order[0], 0);
    ck_assert_uint_eq(bb_linkage_cut(NULL, 1, 1, group, arena), 1);
    ck_assert_uint_eq(group[0], 0);
    bb_linkage_average(NULL, 0, NULL, arena);
    bb_linkage_order(NULL, 0, order, arena);
    ck_assert_uint_eq(bb_linkage_cut(NULL, 0, 1, group, arena), 0);
}
END_TEST

Suite *suite_numeric_linkage(void)
{
    Suite *suite = suite_create("numeric_linkage");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, open_arena, close_arena);
    tcase_add_test(tcase, merges_are_scipys);
    tcase_add_test(tcase, groups_are_scipys);
    tcase_add_test(tcase, clusters_stand_together);
    tcase_add_test(tcase, one_item_and_none);
    suite_add_tcase(suite, tcase);
    return suite;
}
