/* Pages of models, their index and the front page, against the results that they were made of. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "render/page.h"
#include "site_fixture.h"

static struct bb_model *models; /* the board's, to be changed */

static void setup(void)
{
    site_set_up();
    models = BB_NEW_ARRAY(board->arena, board->n_models, struct bb_model);
    memcpy(models, board->model, board->n_models * sizeof *models);
    board->model = models;
}

static void build(void)
{
    bb_results_aggregate_all(board);
    site_build((struct bb_site_options){0});
}

static struct bb_model *model(const char *id)
{
    return &models[board_model(id)];
}

static const char *model_page(const char *id)
{
    return site_page(bb_arena_printf(arena, "models/%s/index.html", id));
}

static void has(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) != NULL, "there is no %s in %.3000s", part, text);
}

static void has_not(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) == NULL, "there is %s", part);
}

static struct bb_cell *cell(const char *model_id, const char *node_id)
{
    return bb_results_cell(board, (size_t)(model(model_id) - board->model), board_node(node_id));
}

/* The row of a benchmark in the table of scores. */
static const char *row(const char *text, const char *node_id)
{
    const char *head = bb_arena_printf(arena, "benchmarks/%s/index.html", node_id);
    for (const char *at = strstr(text, "<table class=\"detail scores\">"); at && (at = strstr(at, "<tr class=\"")) != NULL;
         at++) {
        const char *end = strstr(at, "</tr>"), *copy = bb_arena_strndup(arena, at, (size_t)(end - at));
        if (strstr(copy, head)) return copy;
    }
    ck_abort_msg("no row of %s", node_id);
}

/* --- numbers ---------------------------------------------------------------------------------------------------------- */

START_TEST(scores_stand_with_what_they_are_made_of)
{
    struct bb_cell *is = cell("alexnet", "MajajHong2015public.IT-pls");
    *is = (struct bb_cell){.status = BB_CELL_OK,
                           .raw = .6,
                           .ceiling = .8,
                           .score = .45,
                           .error = .0123,
                           .raw_error = .008,
                           .error_kind = "split_sem",
                           .optimism = NAN,
                           .interval = {NAN, NAN},
                           .n = 3200,
                           .layer = "features.12",
                           .layer_choice = "stated",
                           .detail = "alpha 32.5"};
    build();
    const char *line = row(model_page("alexnet"), "MajajHong2015public.IT-pls");
    has(line, "<td class=\"num score\">0.450</td>");
    has(line, "<td class=\"how\">0.600² / 0.800 <span class=\"by\">alpha 32.5</span></td>");
    has(line, "0.012 <span class=\"by\">SEM over splits</span>");
    has(line, "<td class=\"num\">3200</td>");
    has(line, "features.12");
    has(line, "<span class=\"by\">v2</span>");
    has(line, "M0 1h90v8h-90z"); /* .45 of 200 */
    has(line, bb_arena_printf(arena, "%zu of ", bb_results_aggregate(board, 0, board_node("MajajHong2015public.IT-pls"))->rank));
}
END_TEST

static const struct {
    enum bb_normalise rule;
    double raw, ceiling, score;
    const char *how;
} how_case[] = {
    {BB_NORMALISE_NONE, .3, NAN, .3, "0.300"},
    {BB_NORMALISE_RATIO, .3, .5, .6, "0.300 / 0.500"},
    {BB_NORMALISE_RATIO_SQUARED, .4, .8, .25, "(0.400 / 0.800)²"},
    {BB_NORMALISE_EXPLAINED_VARIANCE, -.4, .8, .2, "(−0.400)² / 0.800"},
    {BB_NORMALISE_RATIO_SQRT, .3, .25, .6, "0.300 / √0.250"},
    {BB_NORMALISE_CHANCE, .7, NAN, .6, "(0.700 − 0.250) / (1 − 0.250)"},
    {BB_NORMALISE_RATIO, .9, .6, 1, "0.900 / 0.600 = 1.500, clipped"},
    {BB_NORMALISE_NONE, -.02, NAN, 0, "−0.020, clipped"},
    {BB_NORMALISE_RATIO, .3, .5, .58, "raw 0.300, ceiling 0.500"}, /* not what the rule gives */
};

START_TEST(the_rule_is_shown_with_its_numbers)
{
    struct bb_node *leaf = &board->tree.node[board_node("Geirhos2021edge")];
    struct bb_cell *is = cell("alexnet", "Geirhos2021edge");
    leaf->normalise = how_case[_i].rule;
    leaf->chance = how_case[_i].rule == BB_NORMALISE_CHANCE ? .25 : (double)NAN;
    if (how_case[_i].rule == BB_NORMALISE_CHANCE) ck_assert_double_eq_tol(bb_node_score(leaf, .7, NAN), .6, 1e-12);
    *is = (struct bb_cell){.status = BB_CELL_OK,
                           .raw = how_case[_i].raw,
                           .ceiling = how_case[_i].ceiling,
                           .score = how_case[_i].score,
                           .error = NAN,
                           .optimism = NAN,
                           .interval = {NAN, NAN}};
    build();
    has(row(model_page("alexnet"), "Geirhos2021edge"), bb_arena_printf(arena, "<td class=\"how\">%s</td>", how_case[_i].how));
}
END_TEST

/* Language has two groups with two and one benchmarks: everything by hand. */
START_TEST(averages_say_what_counts)
{
    cell("gpt2-xl", "Futrell2018-spr")->status = BB_CELL_OK;
    cell("gpt2-xl", "Futrell2018-spr")->score = .6;
    *cell("gpt2-xl", "Boyce2023-maze") =
        (struct bb_cell){.status = BB_CELL_MISSING, .score = NAN, .raw = NAN, .ceiling = NAN, .optimism = NAN};
    cell("gpt2-xl", "syntax")->status = BB_CELL_OK;
    cell("gpt2-xl", "syntax")->score = .5;
    build();
    const char *text = model_page("gpt2-xl");
    has(row(text, "reading"), "<td class=\"num score\">0.300</td>");
    has(row(text, "reading"), "mean of 2, 1 of them as 0");
    has(row(text, "reading"), "<td class=\"num\">1/2</td>");
    has(row(text, "average_language"), "<td class=\"num score\">0.400</td>");
    has(row(text, "average_language"), "<td class=\"how\">mean of 2</td>");
    has(row(text, "Boyce2023-maze"), "not run");
    has(text, "<b data-v=\"score\">0.400</b>");
    has(text, "2 of 3 benchmarks scored, 1 not run");
    board->board.options.missing = BB_MISSING_SKIP;
    build();
    has(row(model_page("gpt2-xl"), "reading"), "mean of 1 of 2");
}
END_TEST

/* Ranked on syntax are clip, gpt2-xl, grnn, hostile and pythia; the reference row and the private model are not. */
START_TEST(strongest_and_weakest_by_the_share_that_is_lower)
{
    static const char *const ids[] = {"clip-vit-b32", "gpt2-xl", "grnn", "hostile", "pythia-160m", "word-length", "secret"};
    static const double score[] = {.5, .6, .6, .2, .9, .7, .95};
    build(); /* with few others, nothing is said */
    has_not(model_page("gpt2-xl"), "Strongest and weakest");
    for (size_t k = 0; k < sizeof ids / sizeof ids[0]; k++) {
        *cell(ids[k], "syntax") =
            (struct bb_cell){.status = BB_CELL_OK, .score = score[k], .raw = NAN, .ceiling = NAN, .error = NAN, .optimism = NAN};
    }
    build();
    has_not(model_page("gpt2-xl"), "Strongest and weakest"); /* four others, and only one benchmark */
    const char *text = model_page("resnet-50");
    has(text, "Strongest and weakest");
    size_t strongest = 0, n_better = 0, n_same = 0, n = 0;
    const char *list = strstr(text, ">Strongest<"), *first = strstr(list, "benchmarks/") + strlen("benchmarks/");
    for (size_t i = 0; i < board->tree.n; i++)
        if (bb_starts_with(first, board->tree.node[i].id) && first[strlen(board->tree.node[i].id)] == '/') strongest = i;
    double own = bb_results_aggregate(board, (size_t)(model("resnet-50") - board->model), strongest)->score;
    for (size_t m = 0; m < board->n_models; m++) {
        const struct bb_aggregate *other = bb_results_aggregate(board, m, strongest);
        if (!other->rank || &board->model[m] == model("resnet-50")) continue;
        n++;
        n_better += other->score < own;
        n_same += other->score == own;
    }
    ck_assert_uint_ge(n, 5);
    double share = 100 * ((double)n_better + (double)n_same / 2) / (double)n;
    const char *said = bb_arena_printf(arena, "<td class=\"num\">%.0f&nbsp;%%</td>", floor(share + .5)),
               *end = strstr(first, "</tr>");
    ck_assert_msg(strstr(first, said) && strstr(first, said) < end, "%s is not in %.300s", said, first);
}
END_TEST

/* --- statuses, notes, layers ------------------------------------------------------------------------------------------ */

START_TEST(what_has_no_score_says_why)
{
    *cell("alexnet", "Geirhos2021edge") = (struct bb_cell){.status = BB_CELL_FAILED,
                                                           .score = NAN,
                                                           .raw = NAN,
                                                           .ceiling = NAN,
                                                           .optimism = NAN,
                                                           .kind = "input",
                                                           .reason = "No column " HOSTILE "."};
    build();
    const char *line = row(model_page("alexnet"), "Geirhos2021edge");
    has(line, "failed");
    has(line, "No column &lt;script&gt;alert(1)&lt;/script&gt;");
    has_not(line, "class=\"num score\"");
    has(row(model_page("alexnet"), "Secret2026"), "not published");
}
END_TEST

START_TEST(a_group_that_says_one_thing_is_one_row)
{
    static const char *const leaves[] = {"Futrell2018-spr", "Boyce2023-maze"};
    for (size_t k = 0; k < 2; k++)
        *cell("grnn", leaves[k]) = (struct bb_cell){.status = BB_CELL_NOT_APPLICABLE,
                                                    .score = NAN,
                                                    .raw = NAN,
                                                    .ceiling = NAN,
                                                    .optimism = NAN,
                                                    .reason = "It cannot read."};
    build();
    const char *text = model_page("grnn");
    has(row(text, "reading"), "n/a, 2 benchmarks<span class=\"reason\">It cannot read.</span>");
    has_not(strstr(text, "detail scores"), "benchmarks/Boyce2023-maze/");
    cell("grnn", "Boyce2023-maze")->reason = "It reads too fast.";
    build();
    has(row(model_page("grnn"), "Boyce2023-maze"), "It reads too fast.");
}
END_TEST

START_TEST(notes_stand_once)
{
    const char *warning = "The visual angle of the output is not stated.";
    for (size_t i = 0; i < board->tree.n; i++)
        bb_results_cell(board, (size_t)(model("resnet-50") - board->model), i)->warning = warning;
    build();
    const char *text = model_page("resnet-50"), *first = strstr(text, warning);
    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_null(strstr(first + 1, warning));
    has(text, "<li id=\"note-a\">");
    has(row(text, "Geirhos2021colour"), "<sup><a href=\"#note-a\">a</a></sup>");
}
END_TEST

START_TEST(layers_say_how_they_were_found)
{
    static struct bb_layer_score profile[] = {{"conv1", .21}, {"conv2", .41}, {"fc", .05}};
    size_t selecting = board_node("FreemanZiemba2013.V1-pls"), other = board_node("Marques2020");
    board->tree.node[selecting].region = board->tree.node[other].region = "V1";
    board->tree.node[selecting].selects_layer = true;
    struct bb_cell *first = cell("alexnet", "FreemanZiemba2013.V1-pls"), *second = cell("alexnet", "Marques2020");
    *first = (struct bb_cell){.status = BB_CELL_OK,
                              .score = .41,
                              .raw = NAN,
                              .ceiling = NAN,
                              .error = NAN,
                              .interval = {NAN, NAN},
                              .layer = "conv2",
                              .layer_choice = "same_data",
                              .optimism = .034,
                              .layers = profile,
                              .n_layers = 3};
    *second = (struct bb_cell){.status = BB_CELL_OK,
                               .score = .3,
                               .raw = NAN,
                               .ceiling = NAN,
                               .error = NAN,
                               .interval = {NAN, NAN},
                               .layer = "conv2",
                               .layer_choice = "selection",
                               .optimism = NAN};
    build();
    const char *text = model_page("alexnet");
    has(text,
        "<bdi>V1</bdi></th><td class=\"mono\"><bdi>conv2</bdi></td><td><bdi>chosen on Freeman, Ziemba et al. 2013</bdi></td>"
        "<td>2 benchmarks</td><td class=\"num\">0.034</td>");
    has(text, "<bdi>V1</bdi>: scores of all 3 layers");
    has(text, "<td class=\"num\"><span class=\"vh\">chosen: </span>▸ 0.410</td>");
    has(row(text, "FreemanZiemba2013.V1-pls"), "<sup>");
    has_not(row(text, "Marques2020"), "<sup>");
}
END_TEST

/* --- who it is -------------------------------------------------------------------------------------------------------- */

static struct bb_attribute attributes[] = {{"parameters", NULL, 61100840},
                                           {"gflops_per_image", NULL, 4.08923},
                                           {"weights", "https://example.org/w", 0},
                                           {"training", "supervised", 0},
                                           {"year", NULL, 2012}};
static struct bb_attribute_info info[] = {{.name = "gflops_per_image", .title = "Work", .unit = "GFLOP", .better = 1}};

START_TEST(attributes_are_read_at_a_glance)
{
    struct bb_model *is = model("alexnet");
    is->attribute = attributes;
    is->n_attributes = 5;
    is->variant_of = "resnet-50";
    is->submitter = HOSTILE;
    board->board.attribute_info = info;
    board->board.n_attribute_info = 1;
    build();
    const char *text = model_page("alexnet");
    has(text, "<abbr title=\"61,100,840\">61.1\u00a0M</abbr>");
    has(text, "<dt>Work</dt><dd><abbr title=\"4.08923\u00a0GFLOP\">4.089\u00a0GFLOP</abbr> <span class=\"by\">lower is "
              "better</span></dd>");
    has(text, "<a href=\"https://example.org/w\">");
    has(text, "<dt>Year</dt><dd><bdi>2012</bdi></dd>");
    has(text, "<a href=\"../../models/resnet-50/index.html\"><bdi>ResNet-50</bdi></a>");
    has(text, "<dt>Submitted by</dt><dd><bdi>&lt;script&gt;");
}
END_TEST

static const struct {
    const char *contact, *link;
} contacts[] = {
    {"lab@example.org", "href=\"mailto:lab@example.org?subject=Model%20alexnet\""},
    {"https://github.com/lab/board", "href=\"https://github.com/lab/board/issues/new?title=Model%20alexnet\""},
    {"https://example.org/contact", "href=\"https://example.org/contact\""},
    {"javascript:alert(1)", NULL},
    {"The lab, second floor", NULL},
    {HOSTILE, NULL},
};

START_TEST(mistakes_can_be_reported_where_there_is_an_address)
{
    board->board.contact = contacts[_i].contact;
    build();
    if (contacts[_i].link)
        has(model_page("alexnet"), contacts[_i].link);
    else
        has_not(model_page("alexnet"), "Report a mistake");
}
END_TEST

START_TEST(references_stand_once)
{
    build();
    const char *text = model_page("alexnet"), *first = strstr(text, "@article{key");
    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_null(strstr(first + 1, "@article{key")); /* all benchmarks of the board have the same */
}
END_TEST

/* --- the index, the front page, large trees ---------------------------------------------------------------------------- */

START_TEST(the_index_lists_whom_everybody_may_find)
{
    build();
    const char *text = site_page("models/index.html");
    has(text, "../models/alexnet/index.html");
    has_not(text, "An unlisted model");
    has_not(text, "A private model");
    has(text, "<span class=\"tag\">reference</span>");
    has_not(text, "Submitted by"); /* nobody has said who it was */
    ck_assert(strstr(text, "AlexNet") < strstr(text, "GPT-2 XL"));
    model("alexnet")->submitter = "A lab";
    build();
    has(site_page("models/index.html"), "Submitted by");
}
END_TEST

START_TEST(the_front_page_shows_the_best)
{
    build();
    const char *text = site_page("index.html");
    struct bb_view_rows rows = bb_view_rows(board, board_node("average_vision"), arena);
    const char *last = text;
    for (size_t i = 0; i < rows.n; i++) {
        if (!bb_results_aggregate(board, rows.model[i], rows.ordered_by)->rank) continue;
        const char *link = bb_arena_printf(arena, "\"models/%s/index.html\"", board->model[rows.model[i]].id);
        const char *at = strstr(last, link);
        ck_assert_msg(at != NULL, "%s is not there, or not in the order of ranks", link);
        last = at;
    }
    has(text, "<th scope=\"col\" class=\"num part\" data-n=\"neural_vision\"><bdi>Neural</bdi></th>");
    has(text, "9 benchmarks");
    has(text, "A board"); /* the BibTeX of the manifest */
    has(text, "release 2026.11");
    has_not(text, "An unlisted model");
}
END_TEST

/* A tree of more rows than a table bears: its larger groups are folded, and each benchmark stands on the page once. */
START_TEST(large_trees_are_folded)
{
    enum { EXTRA = 60 };
    struct bb_tree *tree = &board->tree;
    size_t group = board_node("V1"), n = tree->n, old_models = board->n_models;
    build();
    has_not(model_page("alexnet"), "href=\"#in-");
    struct bb_node *nodes = BB_NEW_ARRAY(board->arena, n + EXTRA, struct bb_node);
    size_t at = group + 1; /* the new ones stand directly behind their group */
    memcpy(nodes, tree->node, at * sizeof *nodes);
    memcpy(nodes + at + EXTRA, tree->node + at, (n - at) * sizeof *nodes);
    for (size_t k = 0; k < EXTRA; k++) {
        nodes[at + k] = tree->node[group + 1];
        nodes[at + k].id = bb_arena_printf(board->arena, "extra-%zu", k);
        nodes[at + k].parent_index = group;
    }
    for (size_t i = at + EXTRA; i < n + EXTRA; i++) {
        if (nodes[i].parent_index != BB_NO_NODE && nodes[i].parent_index >= at) nodes[i].parent_index += EXTRA;
        if (nodes[i].root >= at) nodes[i].root += EXTRA;
    }
    size_t *child = BB_NEW_ARRAY(board->arena, n + EXTRA, size_t), n_child = 0;
    for (size_t i = 0; i < n + EXTRA; i++) {
        nodes[i].first_child = n_child;
        for (size_t k = 0; k < n + EXTRA; k++)
            if (nodes[k].parent_index == i) child[n_child++] = k;
        nodes[i].n_children = n_child - nodes[i].first_child;
    }
    struct bb_cell *cells = BB_NEW_ARRAY(board->arena, (n + EXTRA) * old_models, struct bb_cell);
    struct bb_facts *facts = BB_NEW_ARRAY(board->arena, n + EXTRA, struct bb_facts);
    for (size_t i = 0; i < n + EXTRA; i++) {
        size_t from = i < at ? i : i < at + EXTRA ? group + 1 : i - EXTRA;
        facts[i] = board->facts[from];
        for (size_t m = 0; m < old_models; m++) cells[m * (n + EXTRA) + i] = board->cell[m * n + from];
    }
    *tree = (struct bb_tree){.node = nodes, .n = n + EXTRA, .child = child};
    board->facts = facts;
    board->cell = cells;
    board->aggregate = BB_NEW_ARRAY(board->arena, (n + EXTRA) * old_models, struct bb_aggregate);
    build();
    const char *text = model_page("alexnet");
    has(text, "<a class=\"by\" href=\"#in-V1\">62 benchmarks below</a>");
    has(text, "id=\"in-V1\"");
    has(text, "<bdi>V1</bdi>: 62 benchmarks");
    const char *once = strstr(strstr(text, "detail scores"), "benchmarks/extra-7/");
    ck_assert_ptr_nonnull(once);
    ck_assert_ptr_null(strstr(once + 1, "benchmarks/extra-7/"));
    ck_assert(strstr(text, "id=\"in-V1\"") < once);
}
END_TEST

Suite *suite_render_model(void);
Suite *suite_render_model(void)
{
    Suite *suite = suite_create("render_model");
    TCase *tcase = tcase_create("all");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, setup, site_tear_down);
    tcase_add_test(tcase, scores_stand_with_what_they_are_made_of);
    tcase_add_loop_test(tcase, the_rule_is_shown_with_its_numbers, 0, sizeof how_case / sizeof how_case[0]);
    tcase_add_test(tcase, averages_say_what_counts);
    tcase_add_test(tcase, strongest_and_weakest_by_the_share_that_is_lower);
    tcase_add_test(tcase, what_has_no_score_says_why);
    tcase_add_test(tcase, a_group_that_says_one_thing_is_one_row);
    tcase_add_test(tcase, notes_stand_once);
    tcase_add_test(tcase, layers_say_how_they_were_found);
    tcase_add_test(tcase, attributes_are_read_at_a_glance);
    tcase_add_loop_test(tcase, mistakes_can_be_reported_where_there_is_an_address, 0, sizeof contacts / sizeof contacts[0]);
    tcase_add_test(tcase, references_stand_once);
    tcase_add_test(tcase, the_index_lists_whom_everybody_may_find);
    tcase_add_test(tcase, the_front_page_shows_the_best);
    tcase_add_test(tcase, large_trees_are_folded);
    suite_add_tcase(suite, tcase);
    return suite;
}
