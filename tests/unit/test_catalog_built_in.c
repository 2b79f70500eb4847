/*
 * The built-in catalog: every identifier that the reference registers is there once (tests/catalog/registered.tsv), with all that a definition needs; and
 * manifests that name parts of it.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "catalog/built_in.h"
#include "catalog_fixture.h"
#include "fetch/data_table.h"

Suite *suite_catalog_built_in(void);

#define CATALOG "data/catalog"
enum { N_REGISTERED = 315 };

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

static void read_catalog(void)
{
    catalog = bb_catalog_read_built_in(CATALOG, &catalog_diags);
    ck_assert_ptr_nonnull(catalog);
    ck_assert_msg(catalog_diags.n_errors == 0, "%s", catalog_all_diags());
}

static const struct bb_node *node_of(const char *id)
{
    size_t at = bb_tree_find(&catalog->tree, id);
    ck_assert_msg(at != BB_NO_NODE, "the catalog has no %s", id);
    return &catalog->tree.node[at];
}

struct registered {
    char *domain, *id, *version, *parent, *access;
};

/* The next line of the table, cut in place; false at its end. */
static bool next_line(char **at, struct registered *out)
{
    char **cell[] = {&out->domain, &out->id, &out->version, &out->parent, &out->access};
    if (!**at) return false;
    for (size_t i = 0; i < sizeof cell / sizeof cell[0]; i++) {
        size_t len = strcspn(*at, "\t\n");
        *cell[i] = *at;
        *at += len + 1;
        (*cell[i])[len] = '\0';
    }
    return true;
}

static const char *reference_parent(const struct bb_node *node)
{
    if (node->reference_parent) return node->reference_parent;
    return node->parent ? node->parent : "";
}

START_TEST(every_registered_benchmark_is_there_once)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_err err;
    struct registered row;
    size_t n = 0, n_leaves = 0, n_ours = 0;
    read_catalog();
    ck_assert_int_eq(bb_file_read("tests/catalog/registered.tsv", 0, &text, &err), BB_OK);
    char *at = bb_arena_strdup(fixture_arena, bb_buf_text(&text));
    bb_buf_release(&text);
    ck_assert(next_line(&at, &row)); /* the head */
    for (; next_line(&at, &row); n++) {
        const struct bb_node *node = node_of(row.id); /* once: bb_tree_link refuses a second */
        char version[24];
        snprintf(version, sizeof version, "%ld", node->version);
        ck_assert_str_eq(catalog->tree.node[node->root].domain, row.domain);
        ck_assert_msg(strcmp(version, row.version) == 0, "%s: version %s, not %s", row.id, version, row.version);
        ck_assert_msg(strcmp(reference_parent(node), row.parent) == 0, "%s: parent %s, not %s", row.id, reference_parent(node),
                      row.parent);
        ck_assert_msg(strcmp(bb_access_names[node->access], row.access) == 0, "%s: access %s", row.id, row.access);
        ck_assert_msg(!node->ours, "%s", row.id);
    }
    ck_assert_uint_eq(n, N_REGISTERED);
    for (size_t i = 0; i < catalog->tree.n; i++) {
        n_leaves += bb_node_is_leaf(&catalog->tree.node[i]);
        n_ours += bb_node_is_leaf(&catalog->tree.node[i]) && catalog->tree.node[i].ours;
    }
    ck_assert_uint_eq(n_leaves, N_REGISTERED + n_ours);
}
END_TEST

/* A leaf says where its ceiling is from, or needs none. */
static bool has_ceiling_rule(const struct bb_node *node)
{
    return node->ceiling_json || node->normalise == BB_NORMALISE_NONE;
}

START_TEST(each_definition_is_whole)
{
    size_t lacking = 0;
    read_catalog();
    for (size_t i = 0; i < catalog->tree.n; i++) {
        const struct bb_node *node = &catalog->tree.node[i];
        if (!bb_node_is_leaf(node)) continue;
        ck_assert_msg(bb_node_metric_name(node) != NULL, "%s: metric", node->id);
        ck_assert_msg(has_ceiling_rule(node), "%s: ceiling", node->id);
        ck_assert_msg(node->parent && node->parent_index != BB_NO_NODE, "%s: parent", node->id);
        ck_assert_msg(node->bibtex && node->cite.n, "%s: citation", node->id);
        ck_assert_msg(node->stimuli != NULL, "%s: stimuli", node->id);
        ck_assert_msg(node->description && strlen(node->description) > 30, "%s: description", node->id);
        ck_assert_msg(strcmp(node->title, node->id) != 0, "%s: title", node->id);
        ck_assert_msg(!strchr(node->description, '{') && !strchr(node->title, '{'), "%s: a name of a table was left", node->id);
        ck_assert_msg(node->verified != BB_VERIFIED_NONE, "%s: badge", node->id);
        ck_assert_msg(node->metric || node->verified == BB_VERIFIED_DEFINED, "%s: checked, and cannot be computed", node->id);
        lacking += !node->metric;
    }
    if (lacking) printf("# %zu definitions name a metric, ceiling or parameter that the program does not have yet\n", lacking);
}
END_TEST

/* What a split over single stimuli is worth can be seen: each has a twin that keeps together what goes together. */
START_TEST(shuffled_splits_say_so_and_have_a_twin)
{
    size_t n = 0;
    read_catalog();
    for (size_t i = 0; i < catalog->tree.n; i++) {
        const struct bb_node *node = &catalog->tree.node[i];
        const struct bb_json *split = node->metric_json ? bb_json_member(node->metric_json, "split") : NULL;
        bool language = bb_streq(catalog->tree.node[node->root].domain, "language");
        if (!language || !bb_streq(bb_json_text(split, "kind"), "shuffle")) continue;
        ck_assert_msg(node->shuffled_split && node->twin && strstr(node->title, "shuffled split"), "%s", node->id);
        const struct bb_node *twin = node_of(node->twin);
        const struct bb_json *grouped = bb_json_member(twin->metric_json, "split");
        ck_assert_str_eq(bb_node_metric_name(twin), bb_node_metric_name(node));
        if (twin == node)
            ck_assert_ptr_nonnull(strstr(node->note, "own grouped twin"));
        else
            ck_assert_str_eq(bb_json_text(grouped, "kind"), "group_kfold");
        n++;
    }
    ck_assert_uint_eq(n, 6);
}
END_TEST

/* Nothing of what no model can be scored on is checked, and it says why; a family knows the ceiling of some of its members. */
START_TEST(what_is_not_there_is_said)
{
    read_catalog();
    const struct bb_node *rdm = node_of("Tuckute2024-rdm");
    ck_assert_str_eq(rdm->unscorable, "the recording has 1 neuroid, and an RDM needs at least 2");
    ck_assert_str_eq(bb_node_why_not(rdm, fixture_arena), rdm->unscorable);
    ck_assert_int_eq(rdm->verified, BB_VERIFIED_DEFINED);
    for (size_t i = 0; i < catalog->tree.n; i++) {
        const struct bb_node *node = &catalog->tree.node[i];
        double known[2];
        bb_node_known_ceiling(node, known);
        ck_assert_msg(!node->known_ceiling_json || !isnan(known[0]), "%s", node->id);
        ck_assert_msg(!bb_node_is_leaf(node) || !node->metric || node == rdm || !bb_node_why_not(node, fixture_arena), "%s", node->id);
    }
    ck_assert_ptr_nonnull(strstr(bb_node_layout(node_of("MajajHong2015.IT-pls")), "taken from the reference’s code"));
    ck_assert_ptr_nonnull(strstr(bb_node_layout(node_of("Zerbe2026_fmri.IT-cka")), "are ours"));
    ck_assert_ptr_null(bb_node_layout(node_of("IT")));
}
END_TEST

/* What checks it is there: "…, tests/numeric/x.py and tests/real". */
static void check_witness(const struct bb_json *entry)
{
    size_t n = 0;
    for (const char *at = strstr(entry->as.text, "tests/"); at; at = strstr(at + 1, "tests/"), n++) {
        const char *path = bb_arena_strndup(fixture_arena, at, strcspn(at, " ,;"));
        ck_assert_msg(access(path, R_OK) == 0, "%s: there is no %s", entry->key, path);
    }
    ck_assert_msg(n > 0, "%s does not say what checks it", entry->key);
}

/* What is said to be checked against other programs names metrics and ceilings that there are, and the checks. */
START_TEST(what_is_verified_exists)
{
    const struct bb_json *list = bb_json_read(fixture_arena, CATALOG "/verified.json", (struct bb_place){0}, &catalog_diags);
    const struct bb_json *metrics = bb_json_member(list, "metrics"), *ceilings = bb_json_member(list, "ceilings");
    for (size_t i = 0; i < metrics->as.list.n; i++) {
        ck_assert_ptr_nonnull(bb_metric_find(metrics->as.list.item[i]->key));
        check_witness(metrics->as.list.item[i]);
    }
    for (size_t i = 0; i < ceilings->as.list.n; i++) {
        ck_assert_ptr_nonnull(bb_ceiling_find(ceilings->as.list.item[i]->key));
        check_witness(ceilings->as.list.item[i]);
    }
}
END_TEST

/* The ceilings that the reference publishes, a few of each kind. */
static const struct {
    const char *id;
    double value, error; /* error 0: not stated */
} known[] = {{"MajajHong2015.V4-pls", .89503002, .000618},
             {"MajajHong2015public.IT-pls", .81579938, .00144955},
             {"FreemanZiemba2013.V2-pls", .824836, .001762},
             {"Rajalingham2018-i2n", .48483986, .003951},
             {"Geirhos2021sketch-error_consistency", .36962, 0},
             {"Sanghavi2020.IT-pls", .868293, 0},
             {"Scialom2024_segments-100BehavioralAccuracyDistance", .92517, 0},
             {"Marques2020_Schiller1976-sf_bandwidth", .933, 0},
             {"Malania2007.vernieracuity-threshold", .70168481, 0},
             {"Futrell2018-pearsonr", .858, 0}};

START_TEST(known_ceilings)
{
    double found[2];
    read_catalog();
    bb_node_known_ceiling(node_of(known[_i].id), found);
    ck_assert_double_eq(found[0], known[_i].value);
    if (known[_i].error > 0)
        ck_assert_double_eq(found[1], known[_i].error);
    else
        ck_assert_double_nan(found[1]);
}
END_TEST

START_TEST(stated_ceilings)
{
    read_catalog();
    ck_assert_double_eq(node_of("Ferguson2024gray_hard-value_delta")->ceiling_value, .863);
    ck_assert_double_eq(node_of("Ferguson2024gray_hard-value_delta")->ceiling_error, .099);
    ck_assert_double_eq(node_of("Kar2019-ost")->ceiling_value, .79);
    ck_assert_double_eq(node_of("Hebart2023-match")->ceiling_value, .6767);
    ck_assert_double_eq(node_of("Pereira2018.384sentences-linear-shuffle")->ceiling_value, .36343748);
}
END_TEST

/* --- where data is had -------------------------------------------------------------------------------------------- */

/* The same bytes may be published under two names. */
static const struct bb_published *published_as(const struct bb_registry *registry, const char *sha1, const char *file)
{
    const struct bb_published *row = NULL;
    for (size_t i = 0; i < registry->n; i++)
        if (strcmp(registry->row[i].sha1, sha1) == 0 && (!row || strcmp(row->file, file) != 0)) row = &registry->row[i];
    return row;
}

/* What a definition says of a file is what `fetch` will put into the data path: else it is fetched, and never found. */
static size_t check_published(const struct bb_registry *registry, const struct bb_node *node, const char *file, const char *sha1,
                              const char *url)
{
    if (!file || !sha1) return 0;
    const struct bb_published *row = published_as(registry, sha1, file);
    ck_assert_msg(row != NULL, "%s: %s has no row in data.csv", node->id, file);
    ck_assert_msg(strcmp(row->file, file) == 0, "%s: %s is fetched as %s", node->id, file, row->file);
    const char *access = bb_access_names[node->access];
    bool same = strcmp(row->access, access) == 0 || strcmp(row->access, "public") == 0; /* what one benchmark keeps, another may show */
    ck_assert_msg(!node->access || same, "%s is %s, and %s is fetched as %s", node->id, access, file, row->access);
    ck_assert_msg(!url || strcmp(row->url, url) == 0, "%s: %s is fetched from %s, not %s", node->id, file, row->url, url);
    return 1;
}

START_TEST(what_is_fetched_is_what_definitions_name)
{
    struct bb_registry registry;
    struct bb_err err;
    size_t n_data = 0, n_stimuli = 0;
    read_catalog();
    ck_assert_msg(bb_registry_read(CATALOG "/data.csv", fixture_arena, &registry, &err) == BB_OK, "%s", err.msg);
    for (size_t i = 0; i < catalog->tree.n; i++) {
        const struct bb_node *node = &catalog->tree.node[i];
        const struct bb_sources *parts[] = {&node->data, &node->data_train, &node->data_stimuli};
        for (size_t p = 0; p < sizeof parts / sizeof parts[0]; p++)
            for (size_t k = 0; k < parts[p]->n; k++) {
                const struct bb_source *source = &parts[p]->source[k];
                if (source->file.n == 1) n_data += check_published(&registry, node, source->file.text[0], source->sha1, source->url);
                if (!source->sha1 || !source->stimulus_set) continue;
                ck_assert_msg(source->stimulus_set_sha1 != NULL, "%s: stimulus set \"%s\" without digest", node->id, source->stimulus_set);
                n_stimuli += check_published(&registry, node, source->stimulus_set, source->stimulus_set_sha1, NULL);
            }
        const struct bb_json *sets = node->stimulus_data_json;
        for (size_t k = 0; sets && k < sets->as.list.n; k++) {
            const struct bb_json *csv = sets->as.list.item[k], *pictures = bb_json_member(csv, "pictures");
            n_stimuli += check_published(&registry, node, bb_json_text(csv, "file"), bb_json_text(csv, "sha1"), bb_json_text(csv, "url"));
            n_stimuli += check_published(&registry, node, bb_json_text(pictures, "file"), bb_json_text(pictures, "sha1"),
                                         bb_json_text(pictures, "url"));
        }
    }
    ck_assert_uint_ge(n_data, 100);
    ck_assert_uint_ge(n_stimuli, 100);
}
END_TEST

/* --- manifests ---------------------------------------------------------------------------------------------------- */

static size_t leaves(void)
{
    size_t n = 0;
    for (size_t i = 0; i < catalog->tree.n; i++) n += bb_node_is_leaf(&catalog->tree.node[i]);
    return n;
}

static void read_manifest(const char *benchmarks)
{
    const char *text = bb_arena_printf(fixture_arena, "{\"title\": \"T\", \"benchmarks\": %s}", benchmarks);
    catalog = bb_catalog_read_beside(fixture_text("manifest.json", text), CATALOG, &catalog_diags);
    ck_assert_ptr_nonnull(catalog);
}

static const struct {
    const char *benchmarks;
    size_t leaves, nodes;                          /* nodes 0: not looked at */
} named[] = {{"[\"MajajHong2015.IT-pls\"]", 1, 4}, /* with all that is above it: average_vision, neural_vision, IT */
             {"[\"Geirhos2021\"]", 17, 20},
             {"[\"Geirhos2021\", \"Geirhos2021\", \"Geirhos2021sketch-error_consistency\"]", 17, 20},
             {"[\"vision\"]", 270, 0},
             {"[\"language\"]", 49, 0}, /* 45, and four grouped twins */
             {"[\"vision\", \"language\", \"Geirhos2021\"]", 319, 0},
             {"[\"V1-orientation\", \"SyntaxGym\"]", 38, 0}};

START_TEST(a_manifest_names_parts_of_it)
{
    read_manifest(named[_i].benchmarks);
    ck_assert_msg(catalog_diags.n_errors == 0, "%s", catalog_all_diags());
    ck_assert_uint_eq(leaves(), named[_i].leaves);
    if (named[_i].nodes) ck_assert_uint_eq(catalog->tree.n, named[_i].nodes);
}
END_TEST

START_TEST(a_manifest_replaces_what_it_defines_itself)
{
    read_manifest(
        "[\"MajajHong2015.IT-pls\", {\"id\": \"IT\", \"parent\": \"neural_vision\", \"title\": \"Inferior temporal\"}]");
    ck_assert_msg(catalog_diags.n_errors == 0, "%s", catalog_all_diags());
    ck_assert_uint_eq(catalog->tree.n, 4);
    ck_assert_str_eq(node_of("IT")->title, "Inferior temporal");
    ck_assert_int_eq(node_of("IT")->verified, BB_VERIFIED_NONE);
}
END_TEST

static const struct {
    const char *name, *near;
} typing_errors[] = {{"Giehros2021", "Geirhos2021"}, {"visoin", "vision"}, {"MajajHong2015.IT-psl", "MajajHong2015.IT-pls"}};

START_TEST(a_typing_error_names_the_nearest)
{
    read_manifest(bb_arena_printf(fixture_arena, "[\"%s\"]", typing_errors[_i].name));
    const char *said = catalog_all_diags(),
               *want = bb_arena_printf(fixture_arena, "did you mean \"%s\"?", typing_errors[_i].near);
    ck_assert_msg(strstr(said, want) != NULL, "%s", said);
    ck_assert_uint_eq(catalog_diags.n_errors, 1);
}
END_TEST

/* A definition of the catalog with a metric of another version of the program is no error of whoever uses it. */
START_TEST(an_unknown_metric_of_the_catalog_is_a_note)
{
    struct bb_node node;
    const struct bb_json *json = catalog_json("{'id': 'x', 'parent': 'p', 'stimuli': 's', 'metric': {'name': 'not_yet'}}");
    ck_assert(bb_node_read_built_in(json, "", fixture_arena, &catalog_diags, &node));
    ck_assert_uint_eq(catalog_diags.n_errors, 0);
    ck_assert_ptr_null(node.metric);
    ck_assert(bb_node_is_leaf(&node));
    ck_assert_str_eq(bb_node_metric_name(&node), "not_yet");
    bb_node_release(&node);
    ck_assert(!bb_node_read(json, "", fixture_arena, &catalog_diags, &node));
    bb_node_release(&node);
}
END_TEST

START_TEST(an_unknown_parameter_of_the_catalog_is_a_note)
{
    struct bb_node node;
    const struct bb_json *json =
        catalog_json("{'id': 'x', 'parent': 'p', 'stimuli': 's', 'metric': {'name': 'accuracy', 'later': 1}}");
    ck_assert(bb_node_read_built_in(json, "", fixture_arena, &catalog_diags, &node));
    ck_assert_ptr_null(node.metric);
    bb_node_release(&node);
    ck_assert(!bb_node_read(json, "", fixture_arena, &catalog_diags, &node));
    bb_node_release(&node);
}
END_TEST

Suite *suite_catalog_built_in(void)
{
    Suite *suite = suite_create("catalog_built_in");
    TCase *tests = tcase_create("built_in");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, every_registered_benchmark_is_there_once);
    tcase_add_test(tests, each_definition_is_whole);
    tcase_add_test(tests, shuffled_splits_say_so_and_have_a_twin);
    tcase_add_test(tests, what_is_not_there_is_said);
    tcase_add_test(tests, what_is_verified_exists);
    tcase_add_loop_test(tests, known_ceilings, 0, (int)(sizeof known / sizeof known[0]));
    tcase_add_test(tests, stated_ceilings);
    tcase_add_test(tests, what_is_fetched_is_what_definitions_name);
    tcase_add_loop_test(tests, a_manifest_names_parts_of_it, 0, (int)(sizeof named / sizeof named[0]));
    tcase_add_test(tests, a_manifest_replaces_what_it_defines_itself);
    tcase_add_loop_test(tests, a_typing_error_names_the_nearest, 0, (int)(sizeof typing_errors / sizeof typing_errors[0]));
    tcase_add_test(tests, an_unknown_metric_of_the_catalog_is_a_note);
    tcase_add_test(tests, an_unknown_parameter_of_the_catalog_is_a_note);
    suite_add_tcase(suite, tests);
    return suite;
}
