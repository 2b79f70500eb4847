/*
 * A page per node of the tree, benchmark or group: where it stands, what it says of itself, and samples of the stimuli.
 */
#include "render/page_node.h"
#include "render/page_trend.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "render/markdown.h"

static void add_crumb(struct bb_tpl_dict *head, const char *path, const char *title)
{
    struct bb_tpl_dict *crumb = bb_tpl_section(head, "CRUMB");
    bb_tpl_set(crumb, "CRUMB_PATH", path);
    bb_tpl_set(crumb, "CRUMB_TITLE", title);
}

static void add_crumbs_above(const struct bb_node_page *it, struct bb_tpl_dict *head, size_t index)
{
    const struct bb_node *node = &it->results->tree.node[index];
    if (node->parent_index == BB_NO_NODE) return;
    add_crumbs_above(it, head, node->parent_index);
    const struct bb_node *parent = &it->results->tree.node[node->parent_index];
    add_crumb(head, bb_arena_printf(it->page.arena, "benchmarks/%s/index.html", parent->id), bb_page_node_title(parent));
}

/* What the picture shows, as far as its name says: "samples/1f0a…-object-face_2.png" is "object face 2". */
static const char *sample_words(struct bb_arena *arena, const char *name)
{
    const char *base = bb_path_base(name), *dash = strchr(base, '-'), *dot = strrchr(base, '.');
    if (dash) base = dash + 1;
    char *words = bb_arena_strndup(arena, base, dot > base ? (size_t)(dot - base) : strlen(base));
    for (char *c = words; *c; c++)
        if (*c == '-' || *c == '_') *c = ' ';
    return words;
}

static const struct bb_picture *find_picture(const struct bb_pictures *pictures, const char *name)
{
    for (size_t i = 0; i < pictures->n; i++)
        if (bb_streq(pictures->picture[i].name, name)) return &pictures->picture[i];
    return NULL;
}

static void add_samples(const struct bb_node_page *it, struct bb_tpl_dict *head)
{
    struct bb_tpl_dict *strip = NULL;
    for (size_t i = 0; i < it->node->samples.n; i++) {
        const struct bb_picture *picture = find_picture(&it->page.site->options->samples, it->node->samples.text[i]);
        if (!picture) continue;
        if (!strip) strip = bb_tpl_section(head, "SAMPLES");
        struct bb_tpl_dict *item = bb_tpl_section(strip, "SAMPLE");
        bb_tpl_set(item, "SAMPLE_PATH", picture->name);
        bb_tpl_set(item, "SAMPLE_ALT", sample_words(it->page.arena, picture->name));
        if (!picture->width) continue;
        struct bb_tpl_dict *size = bb_tpl_section(item, "SAMPLE_SIZE");
        bb_tpl_set_number(size, "SAMPLE_WIDTH", picture->width);
        bb_tpl_set_number(size, "SAMPLE_HEIGHT", picture->height);
    }
}

static const char *standing(const struct bb_node_page *it)
{
    const struct bb_node *node = it->node;
    size_t n = 0;
    if (node->engineering) return "engineering: not part of the average";
    if (bb_node_is_leaf(node)) return node->lower_better ? "lower is better" : NULL;
    for (size_t i = it->index, end = bb_view_end(&it->results->tree, it->index); i < end; i++)
        n += bb_node_is_leaf(&it->results->tree.node[i]) && bb_results_node_shown(it->results, i);
    return bb_arena_printf(it->page.arena, "%zu benchmark%s scored here", n, n == 1 ? "" : "s");
}

static void add_head(struct bb_node_page *it)
{
    const struct bb_node *node = it->node;
    struct bb_arena *arena = it->page.arena;
    struct bb_tpl_dict *head = bb_tpl_include(it->page.content, "NODE_HEAD", "node.tpl");
    const char *domain = bb_view_domain(it->results, it->index);
    add_crumb(head, "benchmarks/index.html", "Benchmarks");
    if (domain) add_crumb(head, bb_arena_printf(arena, "%s/index.html", domain), bb_page_title_case(arena, domain));
    add_crumbs_above(it, head, it->index);
    bb_tpl_set(head, "NODE_TITLE", bb_page_node_title(node));
    bb_tpl_set(head, "NODE_ID", node->id);
    if (node->version > 0) bb_tpl_optional(head, "NODE_VERSION", bb_arena_printf(arena, "%ld", node->version));
    bb_tpl_optional(head, "NODE_STANDING", standing(it));
    if (bb_page_simulated(it->results, it->index) && !it->results->board.simulated) bb_tpl_show(head, "SIMULATED");
    struct bb_buf description = BB_BUF_INIT;
    bb_page_summary(&it->page, node->description);
    bb_markdown_html(node->description, 2, &description);
    bb_tpl_optional_html(head, "DESCRIPTION_HTML", bb_buf_text(&description));
    bb_buf_release(&description);
    if (bb_node_is_leaf(node) && !it->facts->present)
        bb_tpl_optional(head, "ABSENT", it->facts->absent_reason ? it->facts->absent_reason : "The data was not at hand.");
    bb_tpl_optional(head, "CEILING_FAILURE", it->facts->ceiling_failure);
    if (node->publish == BB_PUBLISH_NONE) bb_tpl_show(head, "WITHHELD");
    add_samples(it, head);
}

size_t bb_node_scored(const struct bb_results *results, size_t node)
{
    size_t n = 0;
    for (size_t m = 0; m < results->n_models; m++) {
        bool any = false;
        if (results->model[m].visibility != BB_PUBLIC) continue;
        for (size_t i = node, end = bb_view_end(&results->tree, node); i < end && !any; i++)
            any = bb_results_cell(results, m, i)->status == BB_CELL_OK;
        n += any;
    }
    return n;
}

const char *bb_node_data_word(const struct bb_results *results, size_t index)
{
    const struct bb_node *node = &results->tree.node[index];
    bool is_public = node->data.n > 0;
    if (!bb_node_is_leaf(node)) return "";
    if (!results->facts[index].present) return "not at hand";
    if (node->listed_only) return "published scores";
    for (size_t i = 0; i < node->data.n; i++) is_public = is_public && node->data.source[i].is_public;
    return is_public ? "public" : bb_page_simulated(results, index) ? "simulated" : "at hand";
}

/* Its own, or that of the nearest group above: the parts of a publication are cited by it. */
static const char *bibtex_of(const struct bb_results *results, size_t node)
{
    const struct bb_node *all = results->tree.node;
    while (!all[node].bibtex && all[node].parent_index != BB_NO_NODE) node = all[node].parent_index;
    return all[node].bibtex;
}

static enum bb_code node_page(const struct bb_site *site, const struct bb_relations *relations, size_t index, struct bb_err *err)
{
    const struct bb_node *node = &site->results->tree.node[index];
    bool is_leaf = bb_node_is_leaf(node);
    struct bb_node_page it = {
        .results = site->results, .relations = relations, .node = node, .facts = &site->results->facts[index], .index = index};
    bb_page_begin(&it.page, site, bb_arena_printf(site->arena, "benchmarks/%s/index.html", node->id),
                  is_leaf ? "benchmark.tpl" : "group.tpl", bb_page_node_title(node));
    add_head(&it);
    if (is_leaf) bb_benchmark_fill(&it);
    else bb_group_fill(&it);
    bb_trend_add_node(&it.page, index);
    bb_tpl_optional(it.page.content, "BIBTEX", bibtex_of(site->results, index));
    return bb_page_end(&it.page, err);
}

struct work {
    const struct bb_site *site;
    const struct bb_relations *relations;
    size_t *node;
};

static enum bb_code make_page(const void *context, size_t item, struct bb_err *err)
{
    const struct work *work = context;
    return node_page(work->site, work->relations, work->node[item], err);
}

enum bb_code bb_pages_benchmarks(const struct bb_site *site, struct bb_err *err)
{
    struct work *work = BB_NEW(site->arena, struct work);
    size_t n = 0;
    *work = (struct work){site, bb_relations_new(site->results, site->arena),
                          BB_NEW_ARRAY(site->arena, site->results->tree.n + 1, size_t)};
    for (size_t i = 0; i < site->results->tree.n; i++)
        if (bb_view_has_leaf(&site->results->tree, i)) work->node[n++] = i;
    bb_crew_plan(site->crew, n, make_page, work);
    return bb_page_benchmark_index(site, err);
}
