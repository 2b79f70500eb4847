#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "render/export.h"
#include "render/page.h"
#include "site_fixture.h"

/* --- what a table shows --------------------------------------------------------------------------------------------- */

START_TEST(rows_stand_best_first)
{
    struct bb_view_rows rows = bb_view_rows(board, board_node("average_language"), arena);
    bool seen_reference = false;
    ck_assert_uint_eq(rows.n, 6); /* not the private one, and none that is not of the domain */
    ck_assert_uint_eq(rows.n_ranked, 5);
    double last = INFINITY;
    for (size_t i = 0; i < rows.n; i++) {
        double score = bb_round_decimals(bb_results_aggregate(board, rows.model[i], rows.ordered_by)->score, 2);
        ck_assert_double_le(score, last);
        last = score;
        seen_reference |= board->model[rows.model[i]].reference;
        ck_assert(board->model[rows.model[i]].visibility == BB_PUBLIC);
    }
    ck_assert(seen_reference);
}
END_TEST

START_TEST(lower_is_better_turns_order_and_shade)
{
    size_t leaf = board_node("Boyce2023-maze");
    board->tree.node[leaf].lower_better = true;
    bb_results_aggregate_all(board);
    struct bb_view_rows rows = bb_view_rows(board, leaf, arena);
    struct bb_view_column column = bb_view_column(board, leaf, &rows);
    ck_assert_double_eq(bb_results_cell(board, rows.model[0], leaf)->score, column.low);
    ck_assert_int_eq(bb_view_shade(board, &column, column.low), 9);
    ck_assert_int_eq(bb_view_shade(board, &column, column.high), 0);
}
END_TEST

START_TEST(shades_divide_the_range)
{
    struct bb_view_column column = {.node = board_node("V1"), .low = .2, .high = .7};
    ck_assert_int_eq(bb_view_shade(board, &column, .2), 0);
    ck_assert_int_eq(bb_view_shade(board, &column, .249), 0);
    ck_assert_int_eq(bb_view_shade(board, &column, .251), 1);
    ck_assert_int_eq(bb_view_shade(board, &column, .7), 9);
    ck_assert_int_eq(bb_view_shade(board, &column, (double)NAN), -1);
    column.high = .2;
    ck_assert_int_eq(bb_view_shade(board, &column, .2), -1);
}
END_TEST

START_TEST(columns_are_groups_and_few_leaves)
{
    static const char *const expected[] = {"neural_vision",
                                           "V1",
                                           "FreemanZiemba2013.V1-pls",
                                           "Marques2020",
                                           "IT",
                                           "MajajHong2015public.IT-pls",
                                           "behavior_vision",
                                           "Rajalingham2018-i2n",
                                           "Geirhos2021"};
    struct bb_view_rows rows = bb_view_rows(board, board_node("average_vision"), arena);
    struct bb_view_columns columns = bb_view_columns(board, board_node("average_vision"), &rows, arena);
    ck_assert_uint_eq(columns.n, sizeof expected / sizeof expected[0]);
    for (size_t i = 0; i < columns.n; i++) ck_assert_str_eq(board->tree.node[columns.column[i].node].id, expected[i]);
    columns = bb_view_columns(board, board_node("Geirhos2021"), &rows, arena);
    ck_assert_uint_eq(columns.n, 10); /* on the group's own page, all of them */
}
END_TEST

/* Rows that stand there many times make a table too large for its benchmarks, then for the groups of groups, then for all. */
static const struct {
    size_t rows, columns;
    bool is_cut;
} large[] = {{BB_VIEW_CELLS / 9, 9, false}, {BB_VIEW_CELLS / 9 + 1, 5, true}, {BB_VIEW_CELLS / 5 + 1, 2, true}, {BB_VIEW_CELLS / 2 + 1, 0, true}};

START_TEST(large_tables_leave_out_columns)
{
    size_t top = board_node("average_vision");
    struct bb_view_rows few = bb_view_rows(board, top, arena), rows = few;
    rows.n = large[_i].rows;
    rows.model = BB_NEW_ARRAY(arena, rows.n, size_t);
    for (size_t i = 0; i < rows.n; i++) rows.model[i] = few.model[i % few.n];
    struct bb_view_columns columns = bb_view_columns(board, top, &rows, arena);
    ck_assert_uint_eq(columns.n, large[_i].columns);
    ck_assert(columns.is_cut == large[_i].is_cut);
    ck_assert_uint_le(rows.n * columns.n, BB_VIEW_CELLS);
}
END_TEST

START_TEST(a_table_without_an_average_keeps_its_benchmarks)
{
    size_t top = board_node("engineering_vision");
    struct bb_view_rows few = bb_view_rows(board, top, arena), rows = few;
    board->tree.node[top].no_average = 1;
    rows.n = BB_VIEW_CELLS + 1;
    rows.model = BB_NEW_ARRAY(arena, rows.n, size_t);
    for (size_t i = 0; i < rows.n; i++) rows.model[i] = few.model[i % few.n];
    ck_assert_uint_eq(bb_view_columns(board, top, &rows, arena).n, 1);
}
END_TEST

START_TEST(engineering_has_a_table_of_its_own)
{
    struct bb_view_nodes tables = bb_view_tables(board, "vision", arena);
    ck_assert_uint_eq(tables.n, 2);
    ck_assert_uint_eq(tables.node[0], board_node("average_vision"));
    ck_assert_uint_eq(tables.node[1], board_node("engineering_vision"));
}
END_TEST

static const struct {
    double value;
    const char *score, *detail;
} numbers[] = {
    {.4446, "0.44", "0.445"},       {.125, "0.13", "0.125"},     {-.0312, "−0.03", "−0.031"},
    {1234.56, "1234.56", "1234.6"}, {.00012, "0.00", "0.00012"}, {0, "0.00", "0.000"},
};

START_TEST(numbers_are_rounded_once)
{
    ck_assert_str_eq(bb_page_score(arena, numbers[_i].value), numbers[_i].score);
    ck_assert_str_eq(bb_page_detail(arena, numbers[_i].value), numbers[_i].detail);
    ck_assert_str_eq(bb_page_score(arena, (double)NAN), "");
}
END_TEST

/* --- the site ------------------------------------------------------------------------------------------------------- */

START_TEST(a_second_build_changes_nothing)
{
    struct bb_site_report report = site_build((struct bb_site_options){0});
    ck_assert_uint_gt(report.n_written, 40);
    ck_assert(bb_is_file(report.front_page));
    report = site_build((struct bb_site_options){0});
    ck_assert_uint_eq(report.n_written + report.n_removed, 0);
}
END_TEST

START_TEST(hostile_text_stays_text)
{
    struct bb_paths files;
    site_build((struct bb_site_options){0});
    ck_assert_int_eq(bb_list_tree(arena, site, &files, &err), BB_OK);
    for (size_t i = 0; i < files.n; i++) {
        if (!bb_ends_with(files.path[i], ".html")) continue;
        site_has_not(files.path[i], "<script>"); /* our own have a source */
        site_has_not(files.path[i], "\"javascript:");
        site_has_not(files.path[i], "style=");
    }
    site_has("models/hostile/index.html", "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;{{BOARD_TITLE}}");
}
END_TEST

START_TEST(statuses_are_told_apart)
{
    site_build((struct bb_site_options){0});
    site_has("vision/index.html", "✕</span>failed");
    site_has("vision/index.html", "–</span>not run");
    site_has("language/index.html", ">n/a</td>");
    site_has("models/clip-vit-b32/index.html", "The model reads whole sentences at once.");
    site_has("benchmarks/Absent2022/index.html", "Get it from https://example.org/absent");
    site_has("benchmarks/Geirhos2021colour/index.html", "The file outputs/answers.csv has no column");
}
END_TEST

START_TEST(reference_rows_have_no_rank)
{
    site_build((struct bb_site_options){0});
    const char *row = strstr(site_page("language/index.html"), "<tr class=\"reference\">");
    ck_assert_ptr_nonnull(row);
    const char *name = strstr(row, "Word length and log frequency"), *end = strstr(row, "</tr>");
    ck_assert(name && name < end);
    ck_assert_ptr_nonnull(strstr(row, "not ranked"));
}
END_TEST

START_TEST(ties_are_marked)
{
    size_t leaf = board_node("ImageNet-top1");
    ck_assert_uint_eq(bb_results_aggregate(board, board_model("resnet-50"), leaf)->rank,
                      bb_results_aggregate(board, board_model("resnet-50-twin"), leaf)->rank);
    site_build((struct bb_site_options){0});
    site_has("benchmarks/ImageNet-top1/index.html", "<span class=\"tie\">=</span>");
    site_has_not("benchmarks/syntax/index.html", "<span class=\"tie\">=</span>");
}
END_TEST

/* In the order of its average, which says so; groups say whether their parts have columns; the tables of groups share the values of the whole. */
START_TEST(heads_say_order_and_parts)
{
    site_build((struct bb_site_options){0});
    const char *vision = site_page("vision/index.html"), *v1 = site_page("benchmarks/V1/index.html");
    ck_assert_ptr_nonnull(strstr(vision, "data-node=\"average_vision\" aria-sort=\"descending\""));
    ck_assert_ptr_nonnull(strstr(vision, "data-node=\"V1\" data-open=\"true\""));
    ck_assert_ptr_nonnull(strstr(vision, "data-node=\"Geirhos2021\" data-open=\"false\""));
    ck_assert_ptr_nonnull(strstr(vision, "data-group=\"neural_vision\" data-open=\"true\""));
    ck_assert_ptr_nonnull(strstr(v1, "data-board=\"V1\" data-by=\"V1\" data-of=\"average_vision\""));
    const char *source = strstr(vision, "assets/board-average_vision-");
    ck_assert_ptr_nonnull(source);
    ck_assert_ptr_nonnull(strstr(v1, bb_arena_strndup(arena, source, strcspn(source, "\""))));
    const char *apart = strstr(vision, "data-board=\"engineering_vision\"");
    ck_assert_ptr_nonnull(apart);
    ck_assert_ptr_nonnull(strstr(apart, "data-of=\"engineering_vision\""));
}
END_TEST

START_TEST(visibility_is_kept)
{
    struct bb_paths files;
    site_build((struct bb_site_options){0});
    ck_assert_int_eq(bb_list_tree(arena, site, &files, &err), BB_OK);
    for (size_t i = 0; i < files.n; i++) {
        ck_assert_ptr_null(strstr(files.path[i], "models/secret"));
        if (!bb_ends_with(files.path[i], ".json")) site_has_not(files.path[i], "A private model");
    }
    site_has("models/unlisted/index.html", "An unlisted model");
    site_has_not("vision/index.html", "An unlisted model");
    site_has("benchmarks/Secret2026/index.html", "Scores are not published.");
    site_has_not("benchmarks/Secret2026/index.html", "<table");
    site_has_not("data/scores.csv", "Secret2026");
}
END_TEST

/* Every relative link of every page leads to a file of the site. */
static void check_links(const char *path)
{
    const char *dir_of_page = bb_path_dir(arena, path);
    for (const char *at = site_page(path); (at = strstr(at, "href=\"")) != NULL;) {
        at += strlen("href=\"");
        size_t len = strcspn(at, "\"");
        const char *link = bb_arena_strndup(arena, at, len);
        if (strchr(link, ':') || link[0] == '#') continue;
        const char *mark = strchr(link, '#');
        const char *file = mark ? bb_arena_strndup(arena, link, (size_t)(mark - link)) : link;
        const char *target = bb_path_join(arena, bb_path_join(arena, site, dir_of_page), file);
        ck_assert_msg(bb_is_file(target), "%s links to %s", path, link);
        if (mark && !strchr(mark, '=')) site_has(bb_path_join(arena, dir_of_page, file), bb_arena_printf(arena, " id=\"%s\"", mark + 1));
    }
}

START_TEST(links_lead_somewhere)
{
    struct bb_paths files;
    site_build((struct bb_site_options){0});
    ck_assert_int_eq(bb_list_tree(arena, site, &files, &err), BB_OK);
    for (size_t i = 0; i < files.n; i++)
        if (bb_ends_with(files.path[i], ".html")) check_links(files.path[i]);
}
END_TEST

START_TEST(a_failed_build_leaves_the_site)
{
    site_build((struct bb_site_options){0});
    const char *before = site_page("index.html");
    board->board.title = "Another title";
    struct bb_site_options options = {.out = site, .home = BB_HOME, .templates = bb_path_join(arena, site_dir, "own")};
    struct bb_site_report report;
    const char *raw = "<main>{{MODEL_NAME}}</main>";
    ck_assert_int_eq(bb_file_write(bb_path_join(arena, site_dir, "own/model.tpl"), raw, strlen(raw), &err), BB_OK);
    ck_assert_int_eq(bb_site_build(board, &options, arena, &report, &err), BB_EINPUT);
    ck_assert_ptr_nonnull(strstr(err.msg, "model.tpl"));
    ck_assert_str_eq(site_page("index.html"), before);
}
END_TEST

START_TEST(a_domain_may_not_take_a_folder_of_the_site)
{
    struct bb_site_options options = {.out = site, .home = BB_HOME};
    struct bb_site_report report;
    board->tree.node[0].domain = "models";
    ck_assert_int_eq(bb_site_build(board, &options, arena, &report, &err), BB_EINPUT);
    ck_assert_ptr_nonnull(strstr(err.msg, "\"models\""));
}
END_TEST

START_TEST(csv_is_long_and_safe)
{
    struct bb_buf csv = BB_BUF_INIT;
    struct bb_cell *cell = bb_results_cell(board, board_model("alexnet"), board_node("Geirhos2021edge"));
    *cell = (struct bb_cell){.status = BB_CELL_FAILED,
                             .raw = (double)NAN,
                             .ceiling = .31,
                             .score = (double)NAN,
                             .error = (double)NAN,
                             .reason = "=HYPERLINK(\"x\"), failed"};
    bb_export_csv(board, &csv);
    ck_assert(bb_starts_with(csv.data, "model,benchmark,status,raw,ceiling,score,error,error_kind,n,reason\r\n"));
    ck_assert_ptr_nonnull(
        strstr(csv.data, "\r\nalexnet,Geirhos2021edge,failed,,0.31,,,,,\"'=HYPERLINK(\"\"x\"\"), failed\"\r\n"));
    bb_buf_release(&csv);
}
END_TEST

Suite *suite_render_site(void);
/* The page on the identification study goes with simulated boards, and with no other. */
START_TEST(insights_are_for_simulated_boards)
{
    const char *path = "insights/identification/index.html";
    site_build((struct bb_site_options){0});
    ck_assert(!bb_is_file(bb_path_join(arena, site, path)));
    site_has_not("index.html", path);
    board->board.simulated = true;
    site_build((struct bb_site_options){0});
    site_has("index.html", path);
    site_has(path, "<span class=\"tag\">simulated</span>");
    site_has(path, "<li>1. In same, every metric has a mean rate");
    site_has(path, "../../data/identification/results.csv");
    ck_assert(bb_is_file(bb_path_join(arena, site, "data/identification/predictions.md")));
    board->board.simulated = false;
    site_build((struct bb_site_options){0});
    ck_assert(!bb_is_file(bb_path_join(arena, site, path)));
}
END_TEST

/* A program without the study has no page; one with a damaged file says so. */
START_TEST(insights_need_their_file)
{
    const char *home = bb_path_join(arena, site_dir, "home"), *file = bb_path_join(arena, home, "data/identify/results.json");
    struct bb_site_options options = {.out = site, .home = home};
    struct bb_site_report report = {0};
    ck_assert_int_eq(bb_make_dirs(home, &err), BB_OK);
    ck_assert_int_eq(symlink(BB_HOME "/templates", bb_path_join(arena, home, "templates")), 0);
    ck_assert_int_eq(symlink(BB_HOME "/assets", bb_path_join(arena, home, "assets")), 0);
    board->board.simulated = true;
    ck_assert_msg(bb_site_build(board, &options, arena, &report, &err) == BB_OK, "%s", err.msg);
    site_has_not("index.html", "insights/identification");
    static const char *const damaged[] = {"{", "[]", "{\"program\": \"1\"}"};
    for (size_t i = 0; i < sizeof damaged / sizeof damaged[0]; i++) {
        ck_assert_int_eq(bb_file_write(file, damaged[i], strlen(damaged[i]), &err), BB_OK);
        ck_assert_int_eq(bb_site_build(board, &options, arena, &report, &err), BB_EINPUT);
        ck_assert_msg(strstr(err.msg, "make identify") != NULL, "%s", err.msg);
    }
}
END_TEST

/* How often a text stands on a page. */
static size_t count_of(const char *path, const char *text)
{
    size_t n = 0;
    for (const char *at = strstr(site_page(path), text); at; at = strstr(at + 1, text)) n++;
    return n;
}

START_TEST(charts_stand_beside_their_tables)
{
    site_build((struct bb_site_options){0});
    site_has("models/resnet-50/index.html", "<title id=\"place-average_vision-t\">Vision: among the 7 ranked models</title>");
    site_has("models/resnet-50/index.html", "Marked is ResNet-50: ");
    site_has_not("models/resnet-50/index.html", "A private model");
    site_has("benchmarks/MajajHong2015public.IT-pls/index.html", "<svg class=\"chart\"");
    site_has("benchmarks/MajajHong2015public.IT-pls/index.html", "<a href=\"../../models/resnet-50/index.html\"><title>ResNet-50: ");
    site_has_not("benchmarks/Secret2026/index.html", "<svg class=\"chart\"");
    ck_assert_uint_eq(count_of("benchmarks/MajajHong2015public.IT-pls/index.html", "id=\"ranking-MajajHong2015public.IT-pls-t\""), 1);
}
END_TEST

Suite *suite_render_site(void)
{
    Suite *suite = suite_create("render_site");
    TCase *tcase = tcase_create("all");
    tcase_set_timeout(tcase, 30);
    tcase_add_checked_fixture(tcase, site_set_up, site_tear_down);
    tcase_add_test(tcase, rows_stand_best_first);
    tcase_add_test(tcase, lower_is_better_turns_order_and_shade);
    tcase_add_test(tcase, shades_divide_the_range);
    tcase_add_test(tcase, columns_are_groups_and_few_leaves);
    tcase_add_loop_test(tcase, large_tables_leave_out_columns, 0, sizeof large / sizeof large[0]);
    tcase_add_test(tcase, a_table_without_an_average_keeps_its_benchmarks);
    tcase_add_test(tcase, engineering_has_a_table_of_its_own);
    tcase_add_loop_test(tcase, numbers_are_rounded_once, 0, sizeof numbers / sizeof numbers[0]);
    tcase_add_test(tcase, a_second_build_changes_nothing);
    tcase_add_test(tcase, hostile_text_stays_text);
    tcase_add_test(tcase, statuses_are_told_apart);
    tcase_add_test(tcase, reference_rows_have_no_rank);
    tcase_add_test(tcase, ties_are_marked);
    tcase_add_test(tcase, charts_stand_beside_their_tables);
    tcase_add_test(tcase, heads_say_order_and_parts);
    tcase_add_test(tcase, visibility_is_kept);
    tcase_add_test(tcase, links_lead_somewhere);
    tcase_add_test(tcase, a_failed_build_leaves_the_site);
    tcase_add_test(tcase, a_domain_may_not_take_a_folder_of_the_site);
    tcase_add_test(tcase, csv_is_long_and_safe);
    tcase_add_test(tcase, insights_are_for_simulated_boards);
    tcase_add_test(tcase, insights_need_their_file);
    suite_add_tcase(suite, tcase);
    return suite;
}
