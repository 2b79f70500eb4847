/*
 * A page per model: who it is, and its scores as the tree of benchmarks.
 */
#include "render/page.h"

#include <ctype.h>
#include <math.h>

/* How many models have a rank, per node. */
static size_t *count_ranked(const struct bb_results *results, struct bb_arena *arena)
{
    size_t *ranked = BB_NEW_ARRAY(arena, results->tree.n + 1, size_t);
    for (size_t m = 0; m < results->n_models; m++)
        for (size_t i = 0; i < results->tree.n; i++) ranked[i] += bb_results_aggregate(results, m, i)->rank > 0;
    return ranked;
}

struct model_page {
    struct bb_page page;
    const struct bb_results *results;
    const struct bb_model *model;
    size_t index;
    const size_t *ranked;
};

/* --- who it is ------------------------------------------------------------------------------------------------------ */

static const struct bb_attribute_info *info_of(const struct bb_board *board, const char *attribute)
{
    for (size_t i = 0; i < board->n_attribute_info; i++)
        if (bb_streq(board->attribute_info[i].name, attribute)) return &board->attribute_info[i];
    return NULL;
}

static void add_attribute(const struct model_page *it, const struct bb_attribute *attribute)
{
    char number[32];
    const struct bb_attribute_info *info = info_of(&it->results->board, attribute->name);
    const char *value = attribute->text, *unit = info && info->unit ? info->unit : "";
    if (!value) {
        if (isnan(attribute->number)) return;
        bb_format_number(number, attribute->number);
        value = number;
    }
    bb_page_fact(it->page.content, info && info->title ? info->title : attribute->name,
                 *unit ? bb_arena_printf(it->page.arena, "%s %s", value, unit) : value);
}

static void add_layers(const struct model_page *it)
{
    const struct bb_json *layers = it->model->layers_json;
    if (!layers || layers->type != BB_JSON_OBJECT) return;
    for (size_t i = 0; i < layers->as.list.n; i++) {
        const struct bb_json *layer = layers->as.list.item[i];
        if (layer->type == BB_JSON_TEXT)
            bb_page_fact_mono(it->page.content, bb_arena_printf(it->page.arena, "Layer for %s", layer->key), layer->as.text);
    }
}

static void add_facts(const struct model_page *it)
{
    const struct bb_model *model = it->model;
    struct bb_tpl_dict *content = it->page.content;
    bb_page_fact_mono(content, "Id", model->id);
    bb_page_fact(content, "Family", model->family);
    bb_page_fact(content, "Submitted by", model->submitter);
    bb_page_fact(content, "Date", model->date);
    bb_page_fact(content, "Variant of", model->variant_of);
    bb_page_fact_link(content, "Address", model->url);
    bb_page_fact(content, "Visual angle", bb_page_degrees(it->page.arena, model->visual_degrees));
    add_layers(it);
    for (size_t i = 0; i < model->n_attributes; i++) add_attribute(it, &model->attribute[i]);
}

/* "14 of 17 benchmarks scored · 2 failed · 1 not run" */
static const char *summary(const struct model_page *it)
{
    size_t count[BB_N_STATUS] = {0};
    for (size_t i = 0; i < it->results->tree.n; i++) count[bb_results_cell(it->results, it->index, i)->status]++;
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_printf(&text, "%zu of %zu benchmarks scored", count[BB_CELL_OK],
                  count[BB_CELL_OK] + count[BB_CELL_FAILED] + count[BB_CELL_MISSING]);
    if (count[BB_CELL_FAILED]) bb_buf_printf(&text, " · %zu failed", count[BB_CELL_FAILED]);
    if (count[BB_CELL_MISSING]) bb_buf_printf(&text, " · %zu not run", count[BB_CELL_MISSING]);
    if (count[BB_CELL_NOT_APPLICABLE]) bb_buf_printf(&text, " · %zu not applicable", count[BB_CELL_NOT_APPLICABLE]);
    const char *copy = bb_arena_strdup(it->page.arena, bb_buf_text(&text));
    bb_buf_release(&text);
    return copy;
}

/* --- its scores ----------------------------------------------------------------------------------------------------- */

static void add_note(struct bb_tpl_dict *row, const char *note)
{
    bb_tpl_optional(row, "NOTE", note);
}

/* How the layer was found, in the words that follow its name. */
static const char *choice_text(const struct bb_cell *cell, struct bb_arena *arena)
{
    static const struct {
        const char *choice, *text;
    } texts[] = {{"stated", "stated by the model"},
                 {"only", "the only one that was given"},
                 {"selection", "chosen on the region’s selection benchmark"}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (bb_streq(cell->layer_choice, texts[i].choice)) return texts[i].text;
    if (!bb_streq(cell->layer_choice, "same_data")) return NULL;
    if (isnan(cell->optimism)) return "chosen on these very data, which favours models with many layers";
    return bb_arena_printf(arena,
                           "chosen on these very data, which favours models with many layers: chosen within training parts, the "
                           "score is lower by %s",
                           bb_page_detail(arena, cell->optimism));
}

/* "Layers: conv1 .21 · conv2 .41" */
static const char *profile_text(const struct bb_cell *cell, struct bb_arena *arena)
{
    const char *text = NULL;
    for (size_t i = 0; i < cell->n_layers; i++)
        text = bb_arena_printf(arena, "%s%s %s",
                               text ? bb_arena_printf(arena, "%s · ", text) : "Score of each layer: ", cell->layers[i].layer,
                               isnan(cell->layers[i].score) ? "none" : bb_page_detail(arena, cell->layers[i].score));
    return text;
}

static void add_layer_notes(const struct model_page *it, struct bb_tpl_dict *row, const struct bb_cell *cell)
{
    struct bb_arena *arena = it->page.arena;
    const char *how = choice_text(cell, arena);
    if (cell->layer && how)
        add_note(row, bb_arena_printf(arena, "Layer %s, %s.", cell->layer, how));
    else if (cell->layer)
        add_note(row, bb_arena_printf(arena, "Layer %s.", cell->layer));
    if (bb_streq(cell->layer_choice, "nested")) add_note(row, "The layer is chosen within the training part of each split.");
    add_note(row, profile_text(cell, arena));
}

static void add_notes(const struct model_page *it, struct bb_tpl_dict *row, const struct bb_cell *cell)
{
    add_note(row, cell->warning);
    add_layer_notes(it, row, cell);
    if (cell->detail)
        add_note(row, bb_arena_printf(it->page.arena, "%c%s.", toupper((unsigned char)cell->detail[0]), cell->detail + 1));
    if (cell->source)
        add_note(row, bb_arena_printf(it->page.arena, "From a published list (%s)%s%s.", cell->source,
                                      cell->rule ? "; its scores are made by " : "", cell->rule ? cell->rule : ""));
}

static void add_scored(const struct model_page *it, struct bb_tpl_dict *row, size_t node)
{
    const struct bb_cell *cell = bb_results_cell(it->results, it->index, node);
    const struct bb_aggregate *aggregate = bb_results_aggregate(it->results, it->index, node);
    bool is_leaf = bb_node_is_leaf(&it->results->tree.node[node]);
    struct bb_arena *arena = it->page.arena;
    struct bb_tpl_dict *scored = bb_tpl_section(row, "SCORED");
    bb_tpl_set(scored, "SCORE", bb_page_detail(arena, aggregate->score));
    bb_tpl_set(scored, "ERROR", cell->error_kind ? bb_page_detail(arena, cell->error) : "");
    bb_tpl_set(scored, "ERROR_KIND", bb_page_error_kind(arena, cell->error_kind));
    bb_tpl_set(scored, "RAW", bb_page_detail(arena, cell->raw));
    bb_tpl_set(scored, "CEILING", bb_page_detail(arena, cell->ceiling));
    if (!is_leaf)
        bb_tpl_set(scored, "COUNT", bb_arena_printf(arena, "%zu of %zu", aggregate->scored, aggregate->of));
    else
        bb_tpl_set(scored, "COUNT", cell->n ? bb_arena_printf(arena, "%zu", cell->n) : "");
    bb_tpl_set(scored, "RANK", aggregate->rank ? bb_arena_printf(arena, "%zu of %zu", aggregate->rank, it->ranked[node]) : "");
    if (is_leaf) add_notes(it, row, cell);
}

static void add_unscored(const struct model_page *it, struct bb_tpl_dict *row, size_t node, enum bb_status status)
{
    struct bb_tpl_dict *unscored = bb_tpl_section(row, "UNSCORED");
    bb_tpl_set(unscored, "STATUS_CLASS", bb_page_status_class(status));
    bb_page_status(unscored, status);
    bb_tpl_optional(unscored, "REASON", bb_results_cell(it->results, it->index, node)->reason);
}

static void add_row(const struct model_page *it, struct bb_tpl_dict *table, size_t top, size_t node)
{
    const struct bb_node *is = &it->results->tree.node[node];
    bool is_leaf = bb_node_is_leaf(is);
    enum bb_status status = bb_view_status(it->results, it->index, node);
    bool is_scored = bb_results_aggregate(it->results, it->index, node)->scored > 0;
    if (status == BB_CELL_NONE && !is_scored) return;
    struct bb_tpl_dict *row = bb_tpl_section(table, "ROW");
    bb_tpl_set(row, "ROW_CLASS", is_leaf ? "leaf" : node == top ? "group whole" : "group");
    bb_tpl_set(row, "NODE_ID", is->id);
    bb_tpl_set(row, "NODE_TITLE", bb_page_node_title(is));
    bb_tpl_set_number(row, "NODE_DEPTH", bb_page_depth(is->depth - it->results->tree.node[top].depth));
    if (is->publish == BB_PUBLISH_NONE) {
        struct bb_tpl_dict *unscored = bb_tpl_section(row, "UNSCORED");
        bb_tpl_set(unscored, "STATUS_CLASS", bb_page_status_class(BB_CELL_NONE));
        bb_tpl_set(unscored, "STATUS_TEXT", "not published");
    } else if (is_scored) {
        add_scored(it, row, node);
    } else {
        add_unscored(it, row, node, status);
    }
}

static bool add_table(const struct model_page *it, const char *title, size_t top)
{
    const struct bb_tree *tree = &it->results->tree;
    if (!bb_view_has_answer(it->results, it->index, top)) return false;
    struct bb_tpl_dict *table = bb_tpl_section(it->page.content, "MODEL_TABLE");
    bb_tpl_set(table, "TABLE_ID", bb_arena_printf(it->page.arena, "scores-%s", tree->node[top].id));
    bb_tpl_set(table, "MODEL_TABLE_TITLE", title);
    for (size_t i = top, end = bb_view_end(tree, top); i < end;) {
        bool is_apart = tree->node[i].engineering && !tree->node[top].engineering; /* has a table of its own */
        if (!is_apart) add_row(it, table, top, i);
        bool is_silent = i != top && !bb_view_has_answer(it->results, it->index, i); /* its own row says it for all below */
        i = is_apart || is_silent ? bb_view_end(tree, i) : i + 1;
    }
    return true;
}

static enum bb_code model_page(const struct bb_site *site, size_t index, const size_t *ranked, struct bb_err *err)
{
    const struct bb_model *model = &site->results->model[index];
    struct model_page it = {.results = site->results, .model = model, .index = index, .ranked = ranked};
    bool any = false;
    bb_page_begin(&it.page, site, bb_arena_printf(site->arena, "models/%s/index.html", model->id), "model.tpl", model->name);
    struct bb_tpl_dict *content = it.page.content;
    bb_tpl_set(content, "MODEL_NAME", model->name);
    bb_tpl_set(content, "MODEL_SUMMARY", summary(&it));
    if (model->reference) bb_tpl_show(content, "MODEL_REFERENCE");
    if (model->visibility == BB_UNLISTED) bb_tpl_show(content, "MODEL_UNLISTED");
    bb_page_paragraphs(content, model->description);
    add_facts(&it);
    for (size_t d = 0; d < site->domains.n; d++) {
        const char *domain = bb_page_title_case(it.page.arena, site->domains.name[d]);
        struct bb_view_nodes tables = bb_view_tables(site->results, site->domains.name[d], it.page.arena);
        for (size_t i = 0; i < tables.n; i++) {
            const char *own = bb_page_node_title(&site->results->tree.node[tables.node[i]]);
            any |= add_table(&it, i == 0 ? domain : bb_arena_printf(it.page.arena, "%s: %s", domain, own), tables.node[i]);
        }
    }
    if (!any) bb_tpl_show(content, "NO_SCORES");
    bb_tpl_optional(content, "BIBTEX", model->bibtex);
    return bb_page_end(&it.page, err);
}

enum bb_code bb_pages_models(const struct bb_site *site, struct bb_err *err)
{
    size_t *ranked = count_ranked(site->results, site->arena);
    enum bb_code code = BB_OK;
    for (size_t m = 0; code == BB_OK && m < site->results->n_models; m++)
        if (site->results->model[m].visibility != BB_PRIVATE) code = model_page(site, m, ranked, err);
    return code;
}
