/*
 * A page per node of the tree: what a benchmark or a group is, how its score is made, and who has which.
 */
#include "render/page.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

struct node_page {
    struct bb_page page;
    const struct bb_results *results;
    const struct bb_node *node;
    const struct bb_facts *facts;
    size_t index;
};

/* --- what it is ----------------------------------------------------------------------------------------------------- */

static void add_crumb(struct bb_tpl_dict *content, const char *path, const char *title)
{
    struct bb_tpl_dict *crumb = bb_tpl_section(content, "CRUMB");
    bb_tpl_set(crumb, "CRUMB_PATH", path);
    bb_tpl_set(crumb, "CRUMB_TITLE", title);
}

static void add_crumbs_above(const struct node_page *it, size_t index)
{
    const struct bb_node *node = &it->results->tree.node[index];
    if (node->parent_index == BB_NO_NODE) return;
    add_crumbs_above(it, node->parent_index);
    const struct bb_node *parent = &it->results->tree.node[node->parent_index];
    add_crumb(it->page.content, bb_arena_printf(it->page.arena, "benchmarks/%s/index.html", parent->id),
              bb_page_node_title(parent));
}

static void add_count(const struct node_page *it, const char *name, long count)
{
    if (count > 0) bb_page_fact(it->page.content, name, bb_arena_printf(it->page.arena, "%ld", count));
}

static const char *compact_json(const struct node_page *it, const struct bb_json *json)
{
    struct bb_json_writer w;
    struct bb_buf text = BB_BUF_INIT;
    bb_jw_init(&w, &text, 0);
    bb_jw_value(&w, json);
    const char *copy = bb_arena_strdup(it->page.arena, bb_buf_text(&text));
    bb_buf_release(&text);
    return copy;
}

/* "r² / c, with c = 0.816; cut to [0, 1]" */
static const char *score_rule(const struct node_page *it)
{
    const struct bb_node *node = it->node;
    struct bb_arena *arena = it->page.arena;
    struct bb_buf text = BB_BUF_INIT;
    double ceiling = it->facts->ceiling.value;
    bb_buf_printf(&text, "%s", bb_normalise_formula(node->normalise));
    if (node->normalise == BB_NORMALISE_CHANCE)
        bb_buf_printf(&text, ", with chance = %s and c = %s", bb_page_detail(arena, node->chance),
                      isnan(ceiling) ? "1" : bb_page_detail(arena, ceiling));
    else if (node->normalise != BB_NORMALISE_NONE && !isnan(ceiling))
        bb_buf_printf(&text, ", with c = %s", bb_page_detail(arena, ceiling));
    if (node->clip.n == 2) {
        char low[32], high[32];
        bb_format_number(low, node->clip.number[0]);
        bb_format_number(high, node->clip.number[1]);
        bb_buf_printf(&text, "; cut to [%s, %s]", low, high);
    }
    if (node->lower_better) bb_buf_puts(&text, "; lower is better");
    const char *copy = bb_arena_strdup(arena, bb_buf_text(&text));
    bb_buf_release(&text);
    return copy;
}

/* "0.816 ± 0.001 (SD over splits), lower bound 0.70; Pairs of subjects, n = 6" */
static const char *ceiling_text(const struct node_page *it)
{
    const struct bb_ceiling_result *ceiling = &it->facts->ceiling;
    struct bb_arena *arena = it->page.arena;
    struct bb_buf text = BB_BUF_INIT;
    if (isnan(ceiling->value)) return NULL;
    bb_buf_puts(&text, bb_page_detail(arena, ceiling->value));
    if (!isnan(ceiling->error)) bb_buf_printf(&text, " ± %s", bb_page_detail(arena, ceiling->error));
    if (!isnan(ceiling->error) && ceiling->error_kind)
        bb_buf_printf(&text, " (%s)", bb_page_error_kind(arena, ceiling->error_kind));
    if (!isnan(ceiling->lower)) bb_buf_printf(&text, ", lower bound %s", bb_page_detail(arena, ceiling->lower));
    if (it->facts->ceiling_how)
        bb_buf_printf(&text, "; %s", it->node->ceiling ? it->node->ceiling->title : it->facts->ceiling_how);
    if (ceiling->n) bb_buf_printf(&text, ", n = %zu", ceiling->n);
    const char *copy = bb_arena_strdup(arena, bb_buf_text(&text));
    bb_buf_release(&text);
    return copy;
}

static void add_data(const struct node_page *it)
{
    struct bb_tpl_dict *content = it->page.content;
    for (size_t i = 0; i < it->node->data.n; i++) {
        const struct bb_source *source = &it->node->data.source[i];
        bb_page_fact_link(content, "Data from", source->url);
        bb_page_fact(content, "License of the data", source->license);
        if (source->is_public) bb_page_fact(content, "Data is", "public");
    }
    bb_page_fact_mono(content, "Digest of the data", it->facts->data_digest);
}

static void add_leaf_facts(const struct node_page *it)
{
    const struct bb_node *node = it->node;
    struct bb_tpl_dict *content = it->page.content;
    if (node->metric) {
        bb_page_fact(content, "Metric", bb_arena_printf(it->page.arena, "%s: %s", node->metric->title, node->metric->formula));
        if (node->metric_json && node->metric_json->type == BB_JSON_OBJECT && node->metric_json->as.list.n > 1)
            bb_page_fact_mono(content, "Parameters", compact_json(it, node->metric_json));
        bb_page_fact(content, "Score", score_rule(it));
    } else {
        bb_page_fact(content, "Score", node->lower_better ? "from published lists; lower is better" : "from published lists");
    }
    bb_page_fact(content, "Ceiling", ceiling_text(it));
    if (!isnan(it->facts->oracle))
        bb_page_fact(
            content, "Oracle",
            bb_arena_printf(
                it->page.arena,
                "%s (raw %s): the recording predicting itself through the same metric and splits bounds what any model can get",
                bb_page_detail(it->page.arena, it->facts->oracle), bb_page_detail(it->page.arena, it->facts->oracle_raw)));
    if (it->facts->oracle_failure)
        bb_page_fact(
            content, "Oracle",
            bb_arena_printf(it->page.arena, "not defined for the recording predicting itself: %s", it->facts->oracle_failure));
    bb_page_fact(content, "Stimuli", node->stimuli);
    add_count(it, "Number of stimuli", node->n_stimuli);
    bb_page_fact(content, "Visual angle", bb_page_degrees(it->page.arena, node->visual_degrees));
    bb_page_fact(content, "Region", node->region);
    bb_page_fact(content, "Species", node->species);
    add_count(it, "Subjects", node->subjects);
    add_count(it, "Units", node->units);
    add_count(it, "Trials", node->trials);
    add_data(it);
    bb_page_fact(content, "License", node->license);
    bb_page_fact_link(content, "Address", node->url);
}

static void add_group_facts(const struct node_page *it)
{
    size_t n = it->node->n_children;
    bb_page_fact(it->page.content, "Score",
                 it->node->no_average
                     ? "none: what stands here has no common scale"
                     : bb_arena_printf(it->page.arena, "mean of %zu part%s, each with the same weight", n, n == 1 ? "" : "s"));
    bb_page_fact_link(it->page.content, "Address", it->node->url);
}

/* --- samples of the stimuli ------------------------------------------------------------------------------------------ */

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

static void add_samples(const struct node_page *it)
{
    struct bb_tpl_dict *strip = NULL;
    for (size_t i = 0; i < it->node->samples.n; i++) {
        const struct bb_picture *picture = find_picture(&it->page.site->options->samples, it->node->samples.text[i]);
        if (!picture) continue;
        if (!strip) strip = bb_tpl_section(it->page.content, "SAMPLES");
        struct bb_tpl_dict *item = bb_tpl_section(strip, "SAMPLE");
        bb_tpl_set(item, "SAMPLE_PATH", picture->name);
        bb_tpl_set(item, "SAMPLE_ALT", sample_words(it->page.arena, picture->name));
        if (!picture->width) continue;
        struct bb_tpl_dict *size = bb_tpl_section(item, "SAMPLE_SIZE");
        bb_tpl_set_number(size, "SAMPLE_WIDTH", picture->width);
        bb_tpl_set_number(size, "SAMPLE_HEIGHT", picture->height);
    }
}

/* --- who has which -------------------------------------------------------------------------------------------------- */

static void add_group_tables(const struct node_page *it)
{
    const struct bb_tree *tree = &it->results->tree;
    struct bb_view_rows rows = bb_view_rows(it->results, it->index, it->page.arena);
    if (rows.n) {
        struct bb_tpl_dict *table = bb_tpl_section(it->page.content, "GROUP_TABLE");
        bb_page_board(&it->page, table, it->index, &rows, 0, "ranking",
                      bb_arena_printf(it->page.arena, "%zu models, best first", rows.n));
        bb_tpl_include(table, "LEGEND", "legend.tpl");
    }
    struct bb_tpl_dict *children = bb_tpl_section(it->page.content, "CHILDREN");
    for (size_t c = 0; c < it->node->n_children; c++) {
        size_t child = tree->child[it->node->first_child + c];
        if (!bb_view_has_leaf(tree, child)) continue;
        struct bb_tpl_dict *item = bb_tpl_section(children, "CHILD");
        bb_tpl_set(item, "CHILD_ID", tree->node[child].id);
        bb_tpl_set(item, "CHILD_TITLE", bb_page_node_title(&tree->node[child]));
        bb_tpl_optional(item, "CHILD_NOTE", bb_page_node_note(&it->page, child));
    }
}

static void add_leaf_row(const struct node_page *it, struct bb_tpl_dict *table, const struct bb_view_rows *rows,
                         const struct bb_view_column *column, size_t model)
{
    const struct bb_cell *cell = bb_results_cell(it->results, model, it->index);
    struct bb_arena *arena = it->page.arena;
    struct bb_tpl_dict *row = bb_tpl_section(table, "ROW");
    bb_page_model(row, &it->results->model[model]);
    bb_page_rank(row, it->results, rows, model);
    if (it->results->model[model].reference) bb_tpl_show(row, "REFERENCE");
    bb_tpl_set(row, "SHADE", bb_page_cell_shade(&it->page, column, cell->score));
    bb_tpl_set(row, "SCORE", bb_page_detail(arena, cell->score));
    bb_tpl_set(row, "ERROR", cell->error_kind ? bb_page_detail(arena, cell->error) : "");
    bb_tpl_set(row, "ERROR_KIND", bb_page_error_kind(arena, cell->error_kind));
    bb_tpl_set(row, "RAW", bb_page_detail(arena, cell->raw));
    bb_tpl_set(row, "COUNT", cell->n ? bb_arena_printf(arena, "%zu", cell->n) : "");
}

typedef const char *sentence_of(const struct node_page *it, size_t model);

static const char *warning_of(const struct node_page *it, size_t model)
{
    return bb_results_cell(it->results, model, it->index)->warning;
}

static const char *choice_of(const struct node_page *it, size_t model)
{
    bool same = bb_streq(bb_results_cell(it->results, model, it->index)->layer_choice, "same_data");
    return same ? "The layer is chosen on the data that is scored, which favours models with many layers; how much stands on the "
                  "model’s page"
                : NULL;
}

/* What a reader should know of single cells: each sentence once, with the models it is about. */
static void add_warnings(const struct node_page *it, struct bb_tpl_dict *table, const struct bb_view_rows *rows,
                         sentence_of *sentence)
{
    for (size_t i = 0; i < rows->n; i++) {
        const char *warning = sentence(it, rows->model[i]);
        bool is_said = warning == NULL;
        for (size_t k = 0; k < i && !is_said; k++) is_said = bb_streq(sentence(it, rows->model[k]), warning);
        if (is_said) continue;
        struct bb_tpl_dict *note = bb_tpl_section(table, "WARNING");
        bb_tpl_set(note, "WARNING", warning);
        for (size_t k = i; k < rows->n; k++)
            if (bb_streq(sentence(it, rows->model[k]), warning))
                bb_page_model(bb_tpl_section(note, "WARNED"), &it->results->model[rows->model[k]]);
    }
}

static void add_leaf_table(const struct node_page *it)
{
    struct bb_view_rows rows = bb_view_rows(it->results, it->index, it->page.arena);
    struct bb_view_column column = bb_view_column(it->results, it->index, &rows);
    struct bb_tpl_dict *table = NULL;
    for (size_t i = 0; i < rows.n; i++) {
        if (bb_results_cell(it->results, rows.model[i], it->index)->status != BB_CELL_OK) continue;
        if (!table) table = bb_tpl_section(it->page.content, "LEAF_TABLE");
        add_leaf_row(it, table, &rows, &column, rows.model[i]);
    }
    if (!table) return;
    bb_tpl_set(table, "CAPTION", it->node->lower_better ? "Best (lowest) first" : "Best first");
    add_warnings(it, table, &rows, choice_of);
    add_warnings(it, table, &rows, warning_of);
}

static void add_unscored(const struct node_page *it, enum bb_status status, const char *id, const char *title)
{
    struct bb_tpl_dict *list = NULL;
    for (size_t m = 0; m < it->results->n_models; m++) {
        const struct bb_cell *cell = bb_results_cell(it->results, m, it->index);
        if (cell->status != status || it->results->model[m].visibility != BB_PUBLIC) continue;
        if (!list) {
            list = bb_tpl_section(it->page.content, "UNSCORED_LIST");
            bb_tpl_set(list, "UNSCORED_ID", id);
            bb_tpl_set(list, "UNSCORED_TITLE", title);
            bb_tpl_set(list, "STATUS_CLASS", bb_page_status_class(status));
            bb_page_status(list, status);
        }
        struct bb_tpl_dict *item = bb_tpl_section(list, "UNSCORED");
        bb_page_model(item, &it->results->model[m]);
        bb_tpl_optional(item, "REASON", cell->reason);
    }
}

static void add_leaf_tables(const struct node_page *it)
{
    struct bb_tpl_dict *content = it->page.content;
    if (!it->facts->present)
        bb_tpl_optional(content, "ABSENT", it->facts->absent_reason ? it->facts->absent_reason : "The data was not at hand.");
    bb_tpl_optional(content, "CEILING_FAILURE", it->facts->ceiling_failure);
    if (it->node->publish == BB_PUBLISH_NONE) {
        bb_tpl_show(content, "WITHHELD");
        return;
    }
    add_leaf_table(it);
    add_unscored(it, BB_CELL_FAILED, "failed", "Failed");
    add_unscored(it, BB_CELL_MISSING, "missing", "Not run");
    add_unscored(it, BB_CELL_NOT_APPLICABLE, "na", "Not applicable");
}

static enum bb_code node_page(const struct bb_site *site, size_t index, struct bb_err *err)
{
    const struct bb_node *node = &site->results->tree.node[index];
    const char *title = bb_page_node_title(node), *domain = bb_view_domain(site->results, index);
    struct node_page it = {.results = site->results, .node = node, .facts = &site->results->facts[index], .index = index};
    bb_page_begin(&it.page, site, bb_arena_printf(site->arena, "benchmarks/%s/index.html", node->id), "benchmark.tpl", title);
    struct bb_tpl_dict *content = it.page.content;
    if (domain)
        add_crumb(content, bb_arena_printf(site->arena, "%s/index.html", domain), bb_page_title_case(it.page.arena, domain));
    add_crumbs_above(&it, index);
    bb_tpl_set(content, "NODE_TITLE", title);
    bb_tpl_set(content, "NODE_ID", node->id);
    if (node->version > 0) bb_tpl_optional(content, "NODE_VERSION", bb_arena_printf(it.page.arena, "%ld", node->version));
    if (node->engineering) bb_tpl_optional(content, "NODE_STANDING", "engineering: not part of the average");
    if (bb_page_simulated(site->results, index) && !site->results->board.simulated) bb_tpl_show(content, "SIMULATED");
    bb_page_paragraphs(content, node->description);
    add_samples(&it);
    if (bb_node_is_leaf(node)) {
        add_leaf_facts(&it);
        add_leaf_tables(&it);
    } else {
        add_group_facts(&it);
        add_group_tables(&it);
    }
    bb_tpl_optional(content, "BIBTEX", node->bibtex);
    return bb_page_end(&it.page, err);
}

enum bb_code bb_pages_benchmarks(const struct bb_site *site, struct bb_err *err)
{
    enum bb_code code = BB_OK;
    for (size_t i = 0; code == BB_OK && i < site->results->tree.n; i++)
        if (bb_view_has_leaf(&site->results->tree, i)) code = node_page(site, i, err);
    return code;
}
