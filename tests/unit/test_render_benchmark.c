/*
 * Pages of benchmarks and inner nodes, the index, about and participate: what they say is what the results have.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/version.h"
#include "render/describe.h"
#include "render/export.h"
#include "render/page.h"
#include "render_board.h"
#include "score/relations.h"

Suite *suite_render_benchmark(void);

static struct bb_arena *arena;
static struct bb_results *board;
static char dir[] = "/tmp/bb-bench-XXXXXX";
static const char *site;
static struct bb_err err;

static void setup(void)
{
    arena = bb_arena_new(0);
    board = render_board_new();
    strcpy(dir + strlen(dir) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    site = bb_path_join(arena, dir, "site");
    memset(&err, 0, sizeof err);
}

static void teardown(void)
{
    ck_assert_int_eq(bb_remove_tree(dir, &err), BB_OK);
    bb_arena_free(board->arena);
    bb_arena_free(arena);
}

static void build(void)
{
    struct bb_site_options options = {.out = site, .home = BB_HOME};
    struct bb_site_report report = {0};
    ck_assert_msg(bb_site_build(board, &options, arena, &report, &err) == BB_OK, "%s", err.msg);
}

static const char *page(const char *path)
{
    struct bb_buf text = BB_BUF_INIT;
    ck_assert_msg(bb_file_read(bb_path_join(arena, site, path), 0, &text, &err) == BB_OK, "%s", err.msg);
    const char *copy = bb_arena_strdup(arena, bb_buf_text(&text));
    bb_buf_release(&text);
    return copy;
}

static void has(const char *path, const char *text)
{
    ck_assert_msg(strstr(page(path), text) != NULL, "%s has no %s", path, text);
}

static void has_not(const char *path, const char *text)
{
    ck_assert_msg(strstr(page(path), text) == NULL, "%s has %s", path, text);
}

static size_t node(const char *id)
{
    for (size_t i = 0; i < board->tree.n; i++)
        if (strcmp(board->tree.node[i].id, id) == 0) return i;
    ck_abort_msg("no node %s", id);
}

static size_t model(const char *id)
{
    for (size_t m = 0; m < board->n_models; m++)
        if (strcmp(board->model[m].id, id) == 0) return m;
    ck_abort_msg("no model %s", id);
}

/* --- benchmarks ------------------------------------------------------------------------------------------------------- */

static void change_error(const char *benchmark, double raw_error)
{
    size_t leaf = node(benchmark);
    for (size_t m = 0; m < board->n_models; m++) {
        struct bb_cell *cell = bb_results_cell(board, m, leaf);
        if (cell->status != BB_CELL_OK) continue;
        cell->score = bb_node_score(&board->tree.node[leaf], cell->raw, cell->ceiling);
        cell->raw_error = raw_error;
        cell->error = bb_node_score_error(&board->tree.node[leaf], cell->raw, cell->ceiling, raw_error);
        cell->error_kind = "split_sem";
    }
    bb_results_aggregate_all(board);
}

START_TEST(the_example_is_the_best_model)
{
    size_t leaf = node("MajajHong2015public.IT-pls");
    change_error("MajajHong2015public.IT-pls", .01);
    size_t best = BB_NO_NODE;
    for (size_t m = 0; m < board->n_models; m++)
        if (bb_results_aggregate(board, m, leaf)->rank == 1 &&
            (best == BB_NO_NODE || bb_results_cell(board, m, leaf)->score > bb_results_cell(board, best, leaf)->score))
            best = m;
    ck_assert_uint_ne(best, BB_NO_NODE);
    const struct bb_cell *cell = bb_results_cell(board, best, leaf);
    build();
    const char *text = page("benchmarks/MajajHong2015public.IT-pls/index.html"), *example = strstr(text, "<dt>For example</dt>");
    ck_assert_ptr_nonnull(example);
    const char *link = bb_arena_printf(arena, "models/%s/index.html", board->model[best].id);
    const char *equation = bb_describe_score(&board->tree.node[leaf], cell->raw, cell->ceiling, cell->score, arena);
    ck_assert_ptr_nonnull(strstr(example, link));
    ck_assert_msg(strstr(example, equation) != NULL, "%s", equation);
    ck_assert_ptr_nonnull(strstr(example, bb_describe_error(&board->tree.node[leaf], cell, arena)));
}
END_TEST

START_TEST(a_score_that_was_made_otherwise_says_so)
{
    size_t leaf = node("MajajHong2015public.IT-pls");
    for (size_t m = 0; m < board->n_models; m++) {
        struct bb_cell *cell = bb_results_cell(board, m, leaf);
        cell->raw = .5;
        cell->rule = "ratio_squared <b>";
    }
    build();
    has("benchmarks/MajajHong2015public.IT-pls/index.html", "made by the rule ratio_squared &lt;b&gt;.");
    has_not("benchmarks/MajajHong2015public.IT-pls/index.html", "class=\"math\"");
}
END_TEST

START_TEST(columns_that_all_rows_share_are_said_once)
{
    const char *path = "benchmarks/MajajHong2015public.IT-pls/index.html";
    change_error("MajajHong2015public.IT-pls", .01);
    build();
    has(path, "± is the SEM over splits");
    has_not(path, "Error is</th>");
    has_not(path, ">Layer</th>");
    bb_results_cell(board, model("alexnet"), node("MajajHong2015public.IT-pls"))->error_kind = "subject_sd";
    bb_results_cell(board, model("alexnet"), node("MajajHong2015public.IT-pls"))->layer = "features.<12>";
    build();
    has(path, "Error is</th>");
    has(path, "features.&lt;12&gt;");
}
END_TEST

START_TEST(relations_stand_on_the_page)
{
    struct bb_relation *list = BB_NEW_ARRAY(arena, board->tree.n, struct bb_relation);
    size_t leaf = node("Geirhos2021edge"), n = bb_relations_of(bb_relations_new(board, arena), leaf, list);
    build();
    const char *at = strstr(page("benchmarks/Geirhos2021edge/index.html"), "<table class=\"detail relations\">");
    ck_assert_ptr_nonnull(at);
    for (size_t i = 0; i < n; i++) {
        const char *link = bb_arena_printf(arena, "benchmarks/%s/index.html\"", board->tree.node[list[i].node].id);
        at = strstr(at, link);
        ck_assert_msg(at != NULL, "%s is not there, or out of order", link);
        const char *row = bb_arena_strndup(arena, at, (size_t)(strstr(at, "</tr>") - at));
        ck_assert_ptr_nonnull(strstr(row, bb_arena_printf(arena, ">%s</td>", bb_page_score(arena, list[i].pearson))));
        ck_assert_ptr_nonnull(strstr(row, bb_arena_printf(arena, "%s to %s", bb_page_score(arena, list[i].interval[0]),
                                                          bb_page_score(arena, list[i].interval[1]))));
        ck_assert_int_eq(strstr(row, " few</span>") != NULL, list[i].n < BB_RELATION_FEW_MODELS);
    }
}
END_TEST

START_TEST(a_withheld_benchmark_is_named_and_no_more)
{
    const char *path = "benchmarks/Secret2026/index.html";
    build();
    has(path, "Scores are not published.");
    has_not(path, "For example");
    has_not(path, "id=\"relations\"");
    has_not(path, "0.500"); /* its ceiling */
    has_not("benchmarks/Geirhos2021edge/index.html", "Secret2026");
}
END_TEST

static const char *const hostile_ids[] = {"FreemanZiemba2013.V1-pls", "Geirhos2021"};

/* Every text of a definition, where a page shows it. */
START_TEST(hostile_definitions_stay_text)
{
    static const char attack[] = "\"><img src=x onerror=alert(1)>{{PAGE}}";
    static const char *const samples[] = {"samples/x.png"};
    for (size_t i = 0; i < board->tree.n; i++) {
        struct bb_node *it = &board->tree.node[i];
        it->title = it->description = it->region = it->species = it->license = it->stimuli = it->fitting_stimuli =
            it->pca_stimuli = it->bibtex = it->url = attack;
        it->samples = (struct bb_texts){(const char **)(uintptr_t)samples, 1};
        board->facts[i].data_digest = board->facts[i].oracle_failure = board->facts[i].ceiling_how = attack;
        for (size_t m = 0; m < board->n_models; m++) {
            struct bb_cell *cell = bb_results_cell(board, m, i);
            if (cell->status == BB_CELL_OK) cell->layer = cell->error_kind = cell->warning = attack;
        }
    }
    board->board.contact = board->board.license = attack;
    build();
    static const char *const pages[] = {"about/index.html", "participate/index.html", "benchmarks/index.html"};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) has_not(pages[i], "<img");
    for (size_t i = 0; i < sizeof hostile_ids / sizeof hostile_ids[0]; i++) {
        const char *path = bb_arena_printf(arena, "benchmarks/%s/index.html", hostile_ids[i]);
        has_not(path, "<img");
        has(path, "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;{{PAGE}}");
    }
}
END_TEST

/* --- inner nodes ------------------------------------------------------------------------------------------------------ */

START_TEST(averages_are_worked_out)
{
    static const enum bb_missing policies[] = {BB_MISSING_ZERO, BB_MISSING_SKIP, BB_MISSING_REQUIRE};
    static const char *const groups[] = {"V1", "neural_vision", "Geirhos2021", "reading", "average_language"};
    for (size_t p = 0; p < sizeof policies / sizeof policies[0]; p++) {
        board->board.options.missing = (int)policies[p];
        bb_results_aggregate_all(board);
        build();
        size_t worked = 0;
        for (size_t g = 0; g < sizeof groups / sizeof groups[0]; g++) {
            const char *text = page(bb_arena_printf(arena, "benchmarks/%s/index.html", groups[g]));
            const char *example = strstr(text, "class=\"worked\"");
            if (!example) continue; /* with `require` nobody may have an average */
            const char *id = strstr(example, "models/") + strlen("models/");
            size_t m = model(bb_arena_strndup(arena, id, strcspn(id, "/")));
            const struct bb_aggregate *aggregate = bb_results_aggregate(board, m, node(groups[g]));
            ck_assert_uint_gt(aggregate->rank, 0);
            const char *end = strstr(example, "</span>"), *last = end;
            while (last > example && last[-1] != ' ' && last[-1] != '>') last--;
            ck_assert_double_eq_tol(strtod(last, NULL), aggregate->score, 5.1e-5);
            worked++;
        }
        ck_assert_uint_gt(worked, p == 2 ? 0 : 4);
    }
}
END_TEST

START_TEST(groups_list_their_parts)
{
    build();
    const char *path = "benchmarks/average_vision/index.html", *text = page(path);
    const char *parts = strstr(text, "<table class=\"detail parts\">"), *apart = strstr(text, "id=\"apart\"");
    ck_assert(parts && apart && parts < apart);
    const char *neural = strstr(parts, "benchmarks/neural_vision/index.html"),
               *engineering = strstr(parts, "benchmarks/engineering_vision");
    ck_assert(neural && neural < apart && engineering > apart);
    has("benchmarks/behavior_vision/index.html", "scores not published");
}
END_TEST

START_TEST(the_index_has_every_benchmark)
{
    build();
    const char *text = page("benchmarks/index.html");
    for (size_t i = 0; i < board->tree.n; i++) {
        const char *link = bb_arena_printf(arena, "href=\"../benchmarks/%s/index.html\"", board->tree.node[i].id);
        ck_assert_msg(strstr(text, link) != NULL, "no %s", link);
    }
    ck_assert_ptr_nonnull(strstr(text, ">not at hand</td>"));
    ck_assert_ptr_nonnull(strstr(text, ">scores not published</td>"));
}
END_TEST

/* --- about, participate ----------------------------------------------------------------------------------------------- */

START_TEST(about_states_the_rules_in_force)
{
    const char *path = "about/index.html";
    build();
    has(path, "counts as zero in its parent");
    has_not(path, "is left out of the mean");
    has(path, bb_version);
    has(path, "error_consistency/1");
    board->board.options.missing = BB_MISSING_SKIP;
    board->board.options.items = BB_ITEMS_OWN;
    board->board.simulated = true;
    build();
    has(path, "is left out of the mean");
    has(path, "Each model is compared on the items that it has");
    has(path, "Nothing on this board was measured");
}
END_TEST

/* The columns of scores.csv are those that the about page explains, in their order. */
START_TEST(about_explains_every_column)
{
    struct bb_buf csv = BB_BUF_INIT;
    bb_export_csv(board, &csv);
    build();
    const char *at = strstr(page("about/index.html"), "id=\"columns\"");
    ck_assert_ptr_nonnull(at);
    for (const char *name = csv.data; *name != '\r';) {
        size_t len = strcspn(name, ",\r");
        const char *cell = bb_arena_printf(arena, "<th scope=\"row\" class=\"mono\">%.*s</th>", (int)len, name);
        at = strstr(at, cell);
        ck_assert_msg(at != NULL, "no %s", cell);
        name += len + (name[len] == ',');
    }
    bb_buf_release(&csv);
}
END_TEST

START_TEST(participate_lists_what_is_asked)
{
    size_t edge = node("Geirhos2021edge"), v1 = node("FreemanZiemba2013.V1-pls"), spr = node("Futrell2018-spr");
    board->tree.node[edge].stimuli = "edge";
    board->tree.node[edge].n_stimuli = 160;
    board->tree.node[edge].metric = bb_metric_find("error_consistency");
    board->tree.node[v1].stimuli = "textures";
    board->tree.node[v1].fitting_stimuli = "noise & more";
    board->tree.node[v1].visual_degrees = 4;
    board->tree.node[v1].metric = bb_metric_find("pls");
    board->tree.node[spr].stimuli = "stories";
    board->tree.node[spr].metric = bb_metric_find("pearsonr");
    build();
    const char *path = "participate/index.html";
    has(path, "<tr id=\"set-edge\">");
    has(path, "<td class=\"num\">160</td>");
    has(path, "<a href=\"#choices\">a choice per stimulus</a>");
    has(path, "fits the readout of ");
    has(path, "noise &amp; more");
    has(path, "id=\"values\"");
    has_not(path, "id=\"bits\"");
    has_not(path, "id=\"pairs\"");
    has(path, "activations_torch.py");
    has(path, "surprisal_transformers.py");
    has(path, "&quot;degrees&quot;: 4");
    has("benchmarks/Geirhos2021edge/index.html", "participate/index.html#set-edge");
}
END_TEST

Suite *suite_render_benchmark(void)
{
    Suite *suite = suite_create("render_benchmark");
    TCase *tcase = tcase_create("all");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, the_example_is_the_best_model);
    tcase_add_test(tcase, a_score_that_was_made_otherwise_says_so);
    tcase_add_test(tcase, columns_that_all_rows_share_are_said_once);
    tcase_add_test(tcase, relations_stand_on_the_page);
    tcase_add_test(tcase, a_withheld_benchmark_is_named_and_no_more);
    tcase_add_test(tcase, hostile_definitions_stay_text);
    tcase_add_test(tcase, averages_are_worked_out);
    tcase_add_test(tcase, groups_list_their_parts);
    tcase_add_test(tcase, the_index_has_every_benchmark);
    tcase_add_test(tcase, about_states_the_rules_in_force);
    tcase_add_test(tcase, about_explains_every_column);
    tcase_add_test(tcase, participate_lists_what_is_asked);
    suite_add_tcase(suite, tcase);
    return suite;
}
