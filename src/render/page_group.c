/*
 * The page of an inner node: what it is made of, how its average is made with the numbers of one model, and the table of models × parts.
 */
#include "render/page_node.h"

#include <math.h>

#include "render/describe.h"
#include "render/page_chart.h"

static const struct bb_node *node_at(const struct bb_node_page *it, size_t index)
{
    return &it->results->tree.node[index];
}

/* It stands apart: below a group that is not engineering, an engineering part does not count. */
static bool is_apart(const struct bb_node_page *it, size_t child)
{
    return node_at(it, child)->engineering && !it->node->engineering;
}

/* "IT · macaque · PLS predictivity" of a benchmark, "5 benchmarks" of a group. */
static const char *what_it_is(const struct bb_node_page *it, size_t child)
{
    const struct bb_node *node = node_at(it, child);
    const char *note = bb_page_node_note(&it->page, child);
    if (!bb_node_is_leaf(node)) return note;
    const char *parts[] = {node->region, node->species, node->metric ? node->metric->title : "published scores", note};
    struct bb_buf text = BB_BUF_INIT;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i] && *parts[i]) bb_buf_printf(&text, "%s%s", text.len ? " · " : "", parts[i]);
    const char *copy = bb_arena_strdup(it->page.arena, bb_buf_text(&text));
    bb_buf_release(&text);
    return copy;
}

/* --- the worked example ----------------------------------------------------------------------------------------------- */

/* Whose average is worked out: the best ranked model that has a score here. */
static size_t example_model(const struct bb_node_page *it, const struct bb_view_rows *rows)
{
    if (it->node->no_average) return BB_NO_NODE;
    for (size_t i = 0; i < rows->n; i++) {
        const struct bb_aggregate *aggregate = bb_results_aggregate(it->results, rows->model[i], it->index);
        if (aggregate->rank && !isnan(aggregate->score)) return rows->model[i];
    }
    return BB_NO_NODE;
}

struct average {
    struct bb_buf sum;
    size_t counted, scored;
    double total;
    bool hidden; /* a part's scores are not published */
};

static void add_term(const struct bb_node_page *it, struct average *average, size_t model, size_t child)
{
    const struct bb_aggregate *part = bb_results_aggregate(it->results, model, child);
    bool zero = it->results->board.options.missing == BB_MISSING_ZERO;
    if (!part->of || is_apart(it, child)) return;
    average->counted++;
    average->hidden |= node_at(it, child)->publish == BB_PUBLISH_NONE;
    if (isnan(part->score) && !zero) return;
    bb_buf_printf(&average->sum, "%s%s", average->sum.len ? " + " : "",
                  isnan(part->score) ? "0" : bb_describe_number(it->page.arena, part->score));
    if (isnan(part->score)) return;
    average->scored++;
    average->total += part->score;
}

static void add_average(const struct bb_node_page *it, size_t model)
{
    struct average average = {BB_BUF_INIT, 0, 0, 0, false};
    struct bb_arena *arena = it->page.arena;
    for (size_t c = 0; c < it->node->n_children; c++)
        add_term(it, &average, model, it->results->tree.child[it->node->first_child + c]);
    size_t over = it->results->board.options.missing == BB_MISSING_ZERO ? average.counted : average.scored;
    struct bb_tpl_dict *example = bb_tpl_section(it->page.content, "AVERAGE_EXAMPLE");
    bb_page_model(example, &it->results->model[model]);
    double score = bb_results_aggregate(it->results, model, it->index)->score;
    bb_tpl_set(example, "AVERAGE_SCORE", bb_page_score(arena, score));
    if (!average.hidden)
        bb_tpl_optional(example, "AVERAGE_MATH",
                        bb_arena_printf(arena, over == 1 ? "%s" : "(%s) / %zu = %s", bb_buf_text(&average.sum), over,
                                        bb_describe_number(arena, average.total / (double)over)));
    if (average.scored < average.counted && it->results->board.options.missing == BB_MISSING_ZERO)
        bb_tpl_optional(example, "AVERAGE_ZEROS", bb_arena_printf(arena, "%zu", average.counted - average.scored));
    bb_buf_release(&average.sum);
}

/* --- what it is made of ----------------------------------------------------------------------------------------------- */

static void add_part(const struct bb_node_page *it, struct bb_tpl_dict *table, size_t child, size_t example)
{
    const struct bb_node *node = node_at(it, child);
    struct bb_arena *arena = it->page.arena;
    struct bb_spread spread = bb_spread_of(it->results, child);
    bool hidden = node->publish == BB_PUBLISH_NONE;
    double best = node->lower_better ? spread.low : spread.high;
    struct bb_tpl_dict *part = bb_tpl_section(table, "PART");
    bb_tpl_set(part, "PART_ID", node->id);
    bb_tpl_set(part, "PART_TITLE", bb_page_node_title(node));
    bb_tpl_set(part, "PART_WHAT", what_it_is(it, child));
    bb_tpl_set(part, "PART_MODELS", hidden ? "" : bb_arena_printf(arena, "%zu", bb_node_scored(it->results, child)));
    bb_tpl_set(part, "PART_MEDIAN", hidden ? "" : bb_page_score(arena, spread.median));
    bb_tpl_set(part, "PART_BEST", hidden ? "" : bb_page_score(arena, best));
    if (example == BB_NO_NODE) return;
    struct bb_tpl_dict *cell = bb_tpl_section(part, "PART_EXAMPLE");
    const struct bb_aggregate *aggregate = bb_results_aggregate(it->results, example, child);
    enum bb_status status = bb_view_status(it->results, example, child);
    bb_tpl_set(cell, "PART_SCORE", hidden ? "not published" : bb_page_score(arena, aggregate->score));
    bb_tpl_set(cell, "PART_CLASS",
               hidden || isnan(aggregate->score) ? bb_arena_printf(arena, "st %s", bb_page_status_class(status)) : "num");
    if (!hidden && isnan(aggregate->score)) bb_page_status(bb_tpl_section(cell, "PART_STATUS"), status);
}

static void add_example_head(struct bb_tpl_dict *table, const struct bb_model *model)
{
    struct bb_tpl_dict *head = bb_tpl_section(table, "EXAMPLE_HEAD");
    bb_tpl_set(head, "EXAMPLE_ID", model->id);
    bb_tpl_set(head, "EXAMPLE_NAME", model->name);
}

static void add_parts(const struct bb_node_page *it, size_t example)
{
    struct bb_tpl_dict *table = NULL;
    for (size_t c = 0; c < it->node->n_children; c++) {
        size_t child = it->results->tree.child[it->node->first_child + c];
        if (!bb_view_has_leaf(&it->results->tree, child) || is_apart(it, child)) continue;
        if (!table) {
            table = bb_tpl_section(it->page.content, "PARTS");
            if (example != BB_NO_NODE) add_example_head(table, &it->results->model[example]);
        }
        add_part(it, table, child, example);
    }
}

static void add_apart(const struct bb_node_page *it)
{
    struct bb_tpl_dict *list = NULL;
    for (size_t c = 0; c < it->node->n_children; c++) {
        size_t child = it->results->tree.child[it->node->first_child + c];
        if (!bb_view_has_leaf(&it->results->tree, child) || !is_apart(it, child)) continue;
        if (!list) list = bb_tpl_section(it->page.content, "PARTS_APART");
        struct bb_tpl_dict *item = bb_tpl_section(list, "APART_PART");
        bb_tpl_set(item, "PART_ID", node_at(it, child)->id);
        bb_tpl_set(item, "PART_TITLE", bb_page_node_title(node_at(it, child)));
        bb_tpl_set(item, "PART_WHAT", what_it_is(it, child));
    }
}

static const char *rule(const struct bb_node_page *it)
{
    static const char *const missing[] = {
        [BB_MISSING_ZERO] = "A part without a score counts as zero, as long as any part has one.",
        [BB_MISSING_SKIP] = "A part without a score is left out.",
        [BB_MISSING_REQUIRE] = "Only models with a score of every part have an average.",
    };
    size_t n = 0;
    if (it->node->no_average) return "What stands here has no common scale, so there is no average of it.";
    for (size_t c = 0; c < it->node->n_children; c++) {
        size_t child = it->results->tree.child[it->node->first_child + c];
        n += bb_results_node_shown(it->results, child) && !is_apart(it, child);
    }
    if (!n) return "None of its parts has data here, so there is no average.";
    if (n == 1) return "It has one part here, whose score it takes over.";
    return bb_arena_printf(
        it->page.arena, "The mean of the %zu parts that have data here, each with the same weight, whatever stands below it. %s",
        n, missing[it->results->board.options.missing]);
}

void bb_group_fill(struct bb_node_page *it)
{
    struct bb_tpl_dict *content = it->page.content;
    struct bb_arena *arena = it->page.arena;
    struct bb_view_rows rows = bb_view_rows(it->results, it->index, arena);
    size_t example = example_model(it, &rows);
    if (it->node->url || it->node->license) {
        struct bb_tpl_dict *facts = bb_tpl_section(content, "GROUP_FACTS");
        bb_page_fact_link(facts, "Address", it->node->url);
        bb_page_fact(facts, "License", it->node->license);
    }
    bb_tpl_set(content, "GROUP_RULE", rule(it));
    add_parts(it, example);
    if (example != BB_NO_NODE) add_average(it, example);
    add_apart(it);
    if (!rows.n) return;
    struct bb_tpl_dict *table = bb_tpl_section(content, "GROUP_TABLE");
    const char *by = rows.ordered_by == it->index ? NULL : bb_page_node_title(node_at(it, rows.ordered_by));
    bb_page_board(&it->page, table, it->index, &rows, "ranking", "",
                  bb_arena_printf(arena, "%zu model%s%s%s", rows.n, rows.n == 1 ? "" : "s",
                                  by ? ", in the order of " : ", best first", by ? by : ""));
    bb_page_legend(&it->page, table);
    bb_chart_scores_file(&it->page, it->index, &rows);
}
