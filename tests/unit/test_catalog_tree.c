#include <check.h>
#include <string.h>

#include "catalog_fixture.h"

Suite *suite_catalog_tree(void);

static struct bb_tree tree;

/* Nodes from JSON, linked. None of them has data, so there is nothing to release. */
static bool link_nodes(const char *text)
{
    const struct bb_json *json = catalog_json(text);
    size_t n = json->as.list.n;
    struct bb_node *node = BB_NEW_ARRAY(fixture_arena, n, struct bb_node);
    for (size_t i = 0; i < n; i++) ck_assert(bb_node_read(json->as.list.item[i], "", fixture_arena, &catalog_diags, &node[i]));
    return bb_tree_link(node, n, fixture_arena, &catalog_diags, &tree);
}

START_TEST(test_order_and_links)
{
    ck_assert(link_nodes(
        "[{'id': 'leaf2', 'parent': 'b', 'metric': 'published'}, {'id': 'a', 'parent': 'root', 'order': 2, 'engineering': true},"
        " {'id': 'z-root', 'domain': 'language', 'order': -1}, {'id': 'b', 'parent': 'root', 'order': 1},"
        " {'id': 'leaf1', 'parent': 'b', 'metric': 'published'}, {'id': 'root', 'domain': 'vision'},"
        " {'id': 'leaf3', 'parent': 'a', 'metric': 'published'}, {'id': 'leaf4', 'parent': 'z-root', 'metric': 'published'}]"));
    static const struct {
        const char *id;
        size_t parent, depth, root, n_children;
    } expected[] = {
        {"z-root", BB_NO_NODE, 0, 0, 1},
        {"leaf4", 0, 1, 0, 0},
        {"root", BB_NO_NODE, 0, 2, 2},
        {"b", 2, 1, 2, 2},
        {"leaf1", 3, 2, 2, 0},
        {"leaf2", 3, 2, 2, 0},
        {"a", 2, 1, 2, 1},
        {"leaf3", 6, 2, 2, 0},
    };
    ck_assert_uint_eq(tree.n, 8);
    for (size_t i = 0; i < tree.n; i++) {
        const struct bb_node *node = &tree.node[i];
        ck_assert_str_eq(node->id, expected[i].id);
        ck_assert_uint_eq(node->parent_index, expected[i].parent);
        ck_assert_uint_eq(node->depth, expected[i].depth);
        ck_assert_uint_eq(node->root, expected[i].root);
        ck_assert_uint_eq(node->n_children, expected[i].n_children);
        ck_assert(node->engineering == (i >= 6)); /* "a" is, and so is what is below it */
        for (size_t c = 0; c < node->n_children; c++)
            ck_assert_uint_eq(tree.node[tree.child[node->first_child + c]].parent_index, i);
        ck_assert_uint_eq(bb_tree_find(&tree, node->id), i);
    }
    ck_assert_uint_eq(tree.child[tree.node[2].first_child], 3);
    ck_assert_uint_eq(tree.child[tree.node[2].first_child + 1], 6);
    ck_assert_uint_eq(bb_tree_find(&tree, "Leaf1"), BB_NO_NODE);
    ck_assert_str_eq(catalog_all_diags(), "");
}
END_TEST

#define ROOT "{'id': 'r', 'domain': 'vision'}"
#define LEAF "{'id': 'l', 'parent': 'r', 'metric': 'published'}"

static const struct {
    const char *text, *diag;
} wrong[] = {
    {"[" ROOT "," LEAF ", {'id': 'V1-pls', 'parent': 'V1-psl', 'metric': 'published'}]",
     "1:85 the parent of \"V1-pls\", \"V1-psl\", is not among the benchmarks; did you mean \"V1-pls\"?"},
    {"[" ROOT "," LEAF ", {'id': 'L', 'parent': 'r', 'metric': 'published'}]",
     "1:85 the benchmark \"L\" is there already, in t.json:1 (upper and lower case do not tell ids apart)"},
    {"[" ROOT "," LEAF ", {'id': 'x', 'parent': 'l', 'metric': 'published'}]",
     "1:85 \"l\" cannot be the parent of \"x\": it has a metric, so it is a benchmark and not a group"},
    {"[" LEAF ", {'id': 'r'}]", "1:53 \"r\" has neither a \"parent\" nor a \"domain\""},
    {"[" ROOT "," LEAF ", {'id': 'x', 'parent': 'r', 'domain': 'language', 'metric': 'published'}]",
     "1:85 \"x\" is of the domain \"language\", but stands below \"r\", which is of \"vision\""},
    {"[{'id': 'r', 'parent': 'q'}, {'id': 'q', 'parent': 'p'}, {'id': 'p', 'parent': 'r'}, {'id': 'l', 'parent': 'q', 'metric': "
     "'published'}]",
     "1:2 the parents go round in a circle: \"r\" → \"q\" → \"p\" → \"r\""},
    {"[{'id': 'x', 'parent': 'x', 'metric': 'published'}]", NULL},
};

START_TEST(test_mistakes)
{
    ck_assert(!link_nodes(wrong[_i].text));
    if (wrong[_i].diag)
        ck_assert_str_eq(catalog_only_diag(), wrong[_i].diag);
    else
        ck_assert(strstr(catalog_all_diags(), "circle: \"x\" → \"x\""));
    ck_assert_uint_eq(tree.n, catalog_json(wrong[_i].text)->as.list.n); /* still a tree of all nodes */
}
END_TEST

START_TEST(test_empty_group_is_a_note)
{
    ck_assert(link_nodes("[" ROOT "," LEAF ", {'id': 'x', 'parent': 'r'}]"));
    ck_assert_uint_eq(catalog_diags.n_warnings, 0);
    ck_assert_str_eq(catalog_only_diag(), "1:85 the group \"x\" has no benchmarks");
}
END_TEST

START_TEST(test_empty_catalog)
{
    ck_assert(link_nodes("[]"));
    ck_assert_uint_eq(bb_tree_find(&tree, "x"), BB_NO_NODE);
}
END_TEST

/* A chain longer than any stack would bear, the deepest first. */
START_TEST(test_long_chain)
{
    enum { LENGTH = 200000 };
    struct bb_node *node = BB_NEW_ARRAY(fixture_arena, LENGTH, struct bb_node);
    for (size_t i = 0; i < LENGTH; i++) {
        node[i].id = bb_arena_printf(fixture_arena, "n%zu", i);
        if (i + 1 < LENGTH) node[i].parent = bb_arena_printf(fixture_arena, "n%zu", i + 1);
    }
    node[LENGTH - 1].domain = "vision";
    node[0].listed_only = true;
    ck_assert(bb_tree_link(node, LENGTH, fixture_arena, &catalog_diags, &tree));
    ck_assert_str_eq(tree.node[LENGTH - 1].id, "n0");
    ck_assert_uint_eq(tree.node[LENGTH - 1].depth, LENGTH - 1);
}
END_TEST

Suite *suite_catalog_tree(void)
{
    Suite *suite = suite_create("catalog_tree");
    TCase *tcase = tcase_create("tree");
    tcase_add_checked_fixture(tcase, catalog_setup, catalog_teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, test_order_and_links);
    tcase_add_loop_test(tcase, test_mistakes, 0, sizeof wrong / sizeof wrong[0]);
    tcase_add_test(tcase, test_empty_group_is_a_note);
    tcase_add_test(tcase, test_empty_catalog);
    tcase_add_test(tcase, test_long_chain);
    suite_add_tcase(suite, tcase);
    return suite;
}
