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
#include "site_fixture.h"
#include "score/relations.h"

Suite *suite_render_benchmark(void);

/* --- benchmarks ------------------------------------------------------------------------------------------------------- */

static void change_error(const char *benchmark, double raw_error)
{
    size_t leaf = board_node(benchmark);
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
    size_t leaf = board_node("MajajHong2015public.IT-pls");
    change_error("MajajHong2015public.IT-pls", .01);
    size_t best = BB_NO_NODE;
    for (size_t m = 0; m < board->n_models; m++)
        if (bb_results_aggregate(board, m, leaf)->rank == 1 &&
            (best == BB_NO_NODE || bb_results_cell(board, m, leaf)->score > bb_results_cell(board, best, leaf)->score))
            best = m;
    ck_assert_uint_ne(best, BB_NO_NODE);
    const struct bb_cell *cell = bb_results_cell(board, best, leaf);
    site_build((struct bb_site_options){0});
    const char *text = site_page("benchmarks/MajajHong2015public.IT-pls/index.html"), *example = strstr(text, "<dt>For example</dt>");
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
    size_t leaf = board_node("MajajHong2015public.IT-pls");
    for (size_t m = 0; m < board->n_models; m++) {
        struct bb_cell *cell = bb_results_cell(board, m, leaf);
        cell->raw = .5;
        cell->rule = "ratio_squared <b>";
    }
    site_build((struct bb_site_options){0});
    site_has("benchmarks/MajajHong2015public.IT-pls/index.html", "made by the rule ratio_squared &lt;b&gt;.");
    site_has_not("benchmarks/MajajHong2015public.IT-pls/index.html", "class=\"math\"");
}
END_TEST

START_TEST(columns_that_all_rows_share_are_said_once)
{
    const char *path = "benchmarks/MajajHong2015public.IT-pls/index.html";
    change_error("MajajHong2015public.IT-pls", .01);
    site_build((struct bb_site_options){0});
    site_has(path, "± is the SEM over splits");
    site_has_not(path, "Error is</th>");
    site_has_not(path, ">Layer</th>");
    bb_results_cell(board, board_model("alexnet"), board_node("MajajHong2015public.IT-pls"))->error_kind = "subject_sd";
    bb_results_cell(board, board_model("alexnet"), board_node("MajajHong2015public.IT-pls"))->layer = "features.<12>";
    site_build((struct bb_site_options){0});
    site_has(path, "Error is</th>");
    site_has(path, "features.&lt;12&gt;");
}
END_TEST

START_TEST(relations_stand_on_the_page)
{
    struct bb_relation *list = BB_NEW_ARRAY(arena, board->tree.n, struct bb_relation);
    size_t leaf = board_node("Geirhos2021edge"), n = bb_relations_of(bb_relations_new(board, arena), leaf, list);
    site_build((struct bb_site_options){0});
    const char *at = strstr(site_page("benchmarks/Geirhos2021edge/index.html"), "<table class=\"detail relations\">");
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
    site_build((struct bb_site_options){0});
    site_has(path, "Scores are not published.");
    site_has_not(path, "For example");
    site_has_not(path, "id=\"relations\"");
    site_has_not(path, "0.500"); /* its ceiling */
    site_has_not("benchmarks/Geirhos2021edge/index.html", "Secret2026");
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
    site_build((struct bb_site_options){0});
    static const char *const pages[] = {"about/index.html", "participate/index.html", "benchmarks/index.html"};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) site_has_not(pages[i], "<img");
    for (size_t i = 0; i < sizeof hostile_ids / sizeof hostile_ids[0]; i++) {
        const char *path = bb_arena_printf(arena, "benchmarks/%s/index.html", hostile_ids[i]);
        site_has_not(path, "<img");
        site_has(path, "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;{{PAGE}}");
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
        site_build((struct bb_site_options){0});
        size_t worked = 0;
        for (size_t g = 0; g < sizeof groups / sizeof groups[0]; g++) {
            const char *text = site_page(bb_arena_printf(arena, "benchmarks/%s/index.html", groups[g]));
            const char *example = strstr(text, "class=\"worked\"");
            if (!example) continue; /* with `require` nobody may have an average */
            const char *id = strstr(example, "models/") + strlen("models/");
            size_t m = board_model(bb_arena_strndup(arena, id, strcspn(id, "/")));
            const struct bb_aggregate *aggregate = bb_results_aggregate(board, m, board_node(groups[g]));
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
    site_build((struct bb_site_options){0});
    const char *path = "benchmarks/average_vision/index.html", *text = site_page(path);
    const char *parts = strstr(text, "<table class=\"detail parts\">"), *apart = strstr(text, "id=\"apart\"");
    ck_assert(parts && apart && parts < apart);
    const char *neural = strstr(parts, "benchmarks/neural_vision/index.html"),
               *engineering = strstr(parts, "benchmarks/engineering_vision");
    ck_assert(neural && neural < apart && engineering > apart);
    site_has("benchmarks/behavior_vision/index.html", "scores not published");
}
END_TEST

START_TEST(the_index_has_every_benchmark)
{
    site_build((struct bb_site_options){0});
    const char *text = site_page("benchmarks/index.html");
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
    site_build((struct bb_site_options){0});
    site_has(path, "counts as zero in its parent");
    site_has_not(path, "is left out of the mean");
    site_has(path, bb_version);
    site_has(path, "error_consistency/1");
    site_has(path, "a model answers all stimuli of a benchmark");
    site_has(path, "all are compared on those that they have in common");
    board->board.options.missing = BB_MISSING_SKIP;
    board->board.options.items = BB_ITEMS_OWN;
    board->board.simulated = true;
    site_build((struct bb_site_options){0});
    site_has(path, "is left out of the mean");
    site_has(path, "each model is compared on the words that it has");
    site_has(path, "Nothing on this board was measured");
}
END_TEST

/* The columns of scores.csv are those that the about page explains, in their order. */
START_TEST(about_explains_every_column)
{
    struct bb_buf csv = BB_BUF_INIT;
    bb_export_csv(board, &csv);
    site_build((struct bb_site_options){0});
    const char *at = strstr(site_page("about/index.html"), "id=\"columns\"");
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
    size_t edge = board_node("Geirhos2021edge"), v1 = board_node("FreemanZiemba2013.V1-pls"), spr = board_node("Futrell2018-spr");
    board->tree.node[edge].stimuli = "edge";
    board->tree.node[edge].n_stimuli = 160;
    board->tree.node[edge].metric = bb_metric_find("error_consistency");
    board->tree.node[v1].stimuli = "textures";
    board->tree.node[v1].fitting_stimuli = "noise & more";
    board->tree.node[v1].visual_degrees = 4;
    board->tree.node[v1].metric = bb_metric_find("pls");
    board->tree.node[spr].stimuli = "stories";
    board->tree.node[spr].metric = bb_metric_find("pearsonr");
    site_build((struct bb_site_options){0});
    const char *path = "participate/index.html";
    site_has(path, "<tr id=\"set-edge\">");
    site_has(path, "<td class=\"num\">160</td>");
    site_has(path, "<a href=\"#choices\">a choice per stimulus</a>");
    site_has(path, "fits the readout of ");
    site_has(path, "noise &amp; more");
    site_has(path, "id=\"values\"");
    site_has_not(path, "id=\"bits\"");
    site_has_not(path, "id=\"pairs\"");
    site_has(path, "python3 brainboard_torch.py activations textures mymodel_textures.nc");
    site_has(path, "python3 brainboard_torch.py choices edge mymodel_edge.csv");
    site_has(path, "python3 brainboard_transformers.py surprisal MODEL stories.csv mymodel_stories.csv");
    static const char *const once[] = {"download=\"brainboard_torch.py\"", "download=\"brainboard_transformers.py\""};
    for (size_t i = 0; i < 2; i++) { /* each program once, though it writes several formats */
        const char *first = strstr(site_page(path), once[i]);
        ck_assert_msg(first && !strstr(first + 1, once[i]), "%s: not once", once[i]);
    }
    site_has(path, "&quot;file&quot;: &quot;mymodel_noise-more.nc&quot;");
    site_has(path, "&quot;degrees&quot;: 4");
    site_has("benchmarks/Geirhos2021edge/index.html", "participate/index.html#set-edge");
}
END_TEST

Suite *suite_render_benchmark(void)
{
    Suite *suite = suite_create("render_benchmark");
    TCase *tcase = tcase_create("all");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, site_set_up, site_tear_down);
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
