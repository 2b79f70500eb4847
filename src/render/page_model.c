/*
 * A page per model: who it is, how it stands in each domain, its layers, its scores as the tree of benchmarks, references and data; and the
 * index of all models.
 */
#include "render/page_model.h"
#include "render/page_trend.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/markdown.h"
#include "render/report.h"

bool bb_model_shows(const struct bb_model_page *it, size_t node)
{
    return it->results->tree.node[node].publish != BB_PUBLISH_NONE &&
           bb_results_cell(it->results, it->index, node)->status == BB_CELL_OK;
}

bool bb_model_is_apart(const struct bb_tree *tree, size_t top, size_t node)
{
    return tree->node[node].engineering && !tree->node[top].engineering;
}

static const char *domain_path(const struct bb_page *page, const char *domain)
{
    return bb_arena_printf(page->arena, "%s/index.html", domain);
}

/* --- who it is ------------------------------------------------------------------------------------------------------ */

static const struct bb_attribute_info *info_of(const struct bb_board *board, const char *attribute)
{
    for (size_t i = 0; i < board->n_attribute_info; i++)
        if (bb_streq(board->attribute_info[i].name, attribute)) return &board->attribute_info[i];
    return NULL;
}

/* 61100840 as "61,100,840"; what is no whole number, as it is. */
static const char *exact_number(struct bb_arena *arena, double value)
{
    char digits[32];
    bb_format_number(digits, value);
    size_t len = strlen(digits);
    if (value < 10000 || value >= 1e15 || floor(value) != value) return bb_arena_strdup(arena, digits);
    struct bb_buf text = BB_BUF_INIT;
    for (size_t i = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0) bb_buf_putc(&text, ',');
        bb_buf_putc(&text, digits[i]);
    }
    const char *copy = bb_arena_strdup(arena, bb_buf_text(&text));
    bb_buf_release(&text);
    return copy;
}

/* To read at a glance: three digits and M or B from a million on, four digits of a long fraction; else the exact number. */
static const char *quick_number(struct bb_arena *arena, double value, const char *exact)
{
    static const struct {
        double from;
        char letter;
    } sizes[] = {{1e12, 'T'}, {1e9, 'B'}, {1e6, 'M'}};
    char text[64];
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        double part = value / sizes[i].from;
        if (part < 1 || part >= 1000) continue;
        bb_format_fixed(text, part, part < 10 ? 2 : part < 100 ? 1 : 0);
        return bb_arena_printf(arena, "%s\u00a0%c", text, sizes[i].letter);
    }
    double size = fabs(value);
    if (floor(value) == value || size < .001 || size >= 10000 || strlen(exact) <= 6) return exact;
    bb_format_fixed(text, value, size < 1 ? 4 : size < 10 ? 3 : size < 100 ? 2 : 1);
    return bb_arena_strdup(arena, text);
}

static const char *with_unit(struct bb_arena *arena, const char *value, const char *unit)
{
    return unit && *unit ? bb_arena_printf(arena, "%s\u00a0%s", value, unit) : value;
}

static void add_number(const struct bb_model_page *it, struct bb_tpl_dict *fact, double value, const char *unit)
{
    struct bb_arena *arena = it->page.arena;
    const char *exact = exact_number(arena, value), *quick = quick_number(arena, value, exact);
    bb_tpl_set(fact, "FACT_VALUE", with_unit(arena, quick, unit));
    if (strcmp(quick, exact) == 0)
        bb_tpl_show(fact, "FACT_TEXT");
    else
        bb_tpl_optional(fact, "FACT_EXACT", with_unit(arena, exact, unit));
}

/* "choices_from" as "Choices from" */
static const char *spaced(struct bb_arena *arena, const char *name)
{
    char *copy = bb_arena_strdup(arena, name);
    for (char *c = copy; *c; c++)
        if (*c == '_') *c = ' ';
    return bb_page_title_case(arena, copy);
}

const char *bb_attribute_title(const struct bb_board *board, const struct bb_attribute *attribute, struct bb_arena *arena)
{
    const struct bb_attribute_info *info = info_of(board, attribute->name);
    return info && info->title ? info->title : spaced(arena, attribute->name);
}

const char *bb_attribute_value(const struct bb_board *board, const struct bb_attribute *attribute, struct bb_arena *arena)
{
    const struct bb_attribute_info *info = info_of(board, attribute->name);
    const char *unit = info ? info->unit : NULL;
    if (attribute->text) return *attribute->text ? with_unit(arena, attribute->text, unit) : NULL;
    if (isnan(attribute->number)) return NULL;
    return with_unit(arena, quick_number(arena, attribute->number, exact_number(arena, attribute->number)), unit);
}

static void add_attribute(const struct bb_model_page *it, const struct bb_attribute *attribute)
{
    static const char *const better[] = {"higher is better", "lower is better", NULL};
    const struct bb_attribute_info *info = info_of(&it->results->board, attribute->name);
    const char *title = bb_attribute_title(&it->results->board, attribute, it->page.arena), *unit = info ? info->unit : NULL;
    if (attribute->text) {
        bb_page_fact_link(it->page.content, title, bb_attribute_value(&it->results->board, attribute, it->page.arena));
        return;
    }
    if (isnan(attribute->number)) return;
    struct bb_tpl_dict *fact = bb_page_fact_line(it->page.content);
    bb_tpl_set(fact, "FACT_NAME", title);
    add_number(it, fact, attribute->number, unit);
    bb_tpl_optional(fact, "FACT_NOTE", info && info->description ? info->description : info ? better[info->better] : NULL);
}

/* A link when there is such a model and it has a page; else what was said, as text. */
static void add_variant_of(const struct bb_model_page *it)
{
    const char *id = it->model->variant_of;
    for (size_t m = 0; id && m < it->results->n_models; m++) {
        const struct bb_model *other = &it->results->model[m];
        if (!bb_streq(other->id, id)) continue;
        if (other->visibility == BB_PRIVATE) return; /* nothing says that it exists */
        struct bb_tpl_dict *fact = bb_page_fact_line(it->page.content);
        bb_tpl_set(fact, "FACT_NAME", "Variant of");
        bb_tpl_set(fact, "FACT_VALUE", other->name);
        bb_tpl_optional(fact, "FACT_MODEL", other->id);
        return;
    }
    bb_page_fact(it->page.content, "Variant of", id);
}

static void add_facts(const struct bb_model_page *it)
{
    const struct bb_model *model = it->model;
    struct bb_tpl_dict *content = it->page.content;
    if (strcmp(model->id, model->name) != 0) bb_page_fact_mono(content, "Id", model->id);
    bb_page_fact(content, "Submitted by", model->submitter);
    bb_page_fact(content, "Date", model->date);
    bb_page_fact(content, "Family", model->family);
    add_variant_of(it);
    bb_page_fact_link(content, "Address", model->url);
    bb_page_fact(content, "Visual angle", bb_page_degrees(it->page.arena, model->visual_degrees));
    for (size_t i = 0; i < model->n_attributes; i++) add_attribute(it, &model->attribute[i]);
}

/* --- how it stands -------------------------------------------------------------------------------------------------- */

/* "14 of 17 benchmarks scored, 2 failed, 1 not run" */
static const char *coverage_text(const struct bb_model_page *it, const struct bb_model_table *table)
{
    static const struct {
        enum bb_status status;
        const char *text;
    } others[] = {{BB_CELL_FAILED, "failed"}, {BB_CELL_MISSING, "not run"}, {BB_CELL_NOT_APPLICABLE, "not applicable"}};
    size_t count[BB_N_STATUS] = {0};
    for (size_t i = table->node; i < table->end; i++)
        if (!bb_model_is_apart(&it->results->tree, table->node, i)) count[bb_results_cell(it->results, it->index, i)->status]++;
    size_t of = count[BB_CELL_OK] + count[BB_CELL_FAILED] + count[BB_CELL_MISSING];
    const char *text =
        bb_arena_printf(it->page.arena, "%zu of %zu benchmark%s scored", count[BB_CELL_OK], of, of == 1 ? "" : "s");
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (count[others[i].status])
            text = bb_arena_printf(it->page.arena, "%s, %zu %s", text, count[others[i].status], others[i].text);
    return text;
}

static const char *rank_text(const struct bb_model_page *it, size_t rank, const struct bb_standing *standing)
{
    if (rank) return bb_arena_printf(it->page.arena, "rank %zu of %zu", rank, standing->n);
    return it->model->reference ? "a reference, not ranked" : "not ranked";
}

static void add_standing(const struct bb_model_page *it, const struct bb_model_table *table)
{
    const struct bb_aggregate *aggregate = bb_results_aggregate(it->results, it->index, table->node);
    const struct bb_standing *standing = &it->shared->standings.node[table->node];
    const struct bb_node *node = &it->results->tree.node[table->node];
    struct bb_arena *arena = it->page.arena;
    if (!bb_view_has_answer(it->results, it->index, table->node)) return;
    struct bb_tpl_dict *line = bb_tpl_section(bb_tpl_once(it->page.content, "STANDINGS"), "STANDING");
    bb_tpl_set(line, "DOMAIN_PATH", domain_path(&it->page, table->domain));
    bb_tpl_set(line, "DOMAIN_TITLE", table->title);
    bb_tpl_set(line, "NODE_ID", node->id);
    bb_tpl_set(line, "COVERAGE", coverage_text(it, table));
    if (isnan(aggregate->score) || node->publish == BB_PUBLISH_NONE) {
        bb_tpl_show(line, "NO_AVERAGE");
        return;
    }
    struct bb_tpl_dict *average = bb_tpl_section(line, "AVERAGE");
    bb_tpl_set(average, "SCORE", bb_page_detail(arena, aggregate->score));
    bb_tpl_set(average, "RANK", rank_text(it, aggregate->rank, standing));
    if (standing->n < 2) return;
    struct bb_tpl_dict *others = bb_tpl_section(average, "OTHERS");
    bb_tpl_set(others, "MEDIAN", it->shared->median[table->node]);
    bb_tpl_set(others, "BEST", it->shared->best[table->node]);
}

/* Where it stands among all models, as a chart per domain. */
static void add_places(const struct bb_model_page *it)
{
    struct bb_tpl_dict *figures = NULL;
    for (size_t i = 0; i < it->shared->n_tables; i++) {
        const struct bb_model_table *table = &it->shared->table[i];
        bool is_scored = !isnan(bb_results_aggregate(it->results, it->index, table->node)->score);
        if (!table->is_main || !is_scored || table->place.n < BB_CHART_FEW) continue;
        if (!figures) figures = bb_figures(it->page.content);
        const char *title = bb_arena_printf(it->page.arena, "%s: among the %zu ranked models", table->title, table->place.n);
        bb_chart_add_place(&it->page, figures, &table->place, table->node, it->index, title);
    }
}

/* --- data and references -------------------------------------------------------------------------------------------- */

/* References of the benchmarks that have a score of the model, each once; NULL: none. */
static const char *benchmark_references(const struct bb_model_page *it)
{
    const struct bb_tree *tree = &it->results->tree;
    struct bb_buf text = BB_BUF_INIT;
    const char **said = BB_NEW_ARRAY(it->page.arena, tree->n + 1, const char *);
    size_t n = 0;
    for (size_t i = 0; i < tree->n; i++) {
        const char *bibtex = tree->node[i].bibtex;
        if (!bibtex || !*bibtex || !bb_results_aggregate(it->results, it->index, i)->scored) continue;
        bool is_said = false;
        for (size_t k = n; k-- > 0 && !is_said;) is_said = strcmp(said[k], bibtex) == 0; /* the same stand near each other */
        if (is_said) continue;
        said[n++] = bibtex;
        bb_buf_printf(&text, "%s%s", text.len ? "\n\n" : "", bibtex);
    }
    const char *copy = n ? bb_arena_strdup(it->page.arena, bb_buf_text(&text)) : NULL;
    bb_buf_release(&text);
    return copy;
}

static void add_references(const struct bb_model_page *it)
{
    const char *benchmarks = benchmark_references(it);
    const char *own = it->model->bibtex && *it->model->bibtex ? it->model->bibtex : NULL;
    if (!own && !benchmarks) return;
    struct bb_tpl_dict *section = bb_tpl_section(it->page.content, "REFERENCES");
    bb_tpl_optional(section, "BIBTEX", own);
    bb_tpl_optional(section, "BENCHMARK_BIBTEX", benchmarks);
}

/* A text that came from outside as a part of an address: what is not a letter, digit, "-", "." or "_" becomes %XX. */
static const char *percent_encoded(struct bb_arena *arena, const char *text)
{
    struct bb_buf out = BB_BUF_INIT;
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        bb_buf_printf(&out, isalnum(*c) || strchr("-._", *c) ? "%c" : "%%%02X", *c);
    const char *copy = bb_arena_strdup(arena, bb_buf_text(&out));
    bb_buf_release(&out);
    return copy;
}

/* A repository gets an issue with a title; another page is the page. */
static const char *report_page(const struct bb_model_page *it, const char *contact)
{
    size_t slashes = 0;
    for (const char *c = contact; *c; c++) slashes += *c == '/';
    if (!bb_starts_with(contact, "https://github.com/") || slashes != 4 || bb_ends_with(contact, "/")) return contact;
    return bb_arena_printf(it->page.arena, "%s/issues/new?title=Model%%20%s", contact,
                           percent_encoded(it->page.arena, it->model->id));
}

/* Where a mistake can be reported: the board's contact, where that can be a link. */
static void add_report(const struct bb_model_page *it)
{
    const char *contact = it->results->board.contact;
    if (!contact) return;
    if (bb_is_mail(contact))
        bb_tpl_optional(it->page.content, "REPORT_MAIL", contact); /* "mailto:" stands in the template: values cannot bring it */
    else if (bb_is_web(contact))
        bb_tpl_optional(it->page.content, "REPORT_PAGE", report_page(it, contact));
}

static void add_data(const struct bb_model_page *it)
{
    if (it->model->visibility == BB_PUBLIC) bb_tpl_show(it->page.content, "MODEL_DATA"); /* others have no file in data/ */
    if (it->page.site->faces) bb_tpl_show(it->page.content, "MODEL_REPORT");
    bool has_scores = false;
    for (size_t i = 0; i < it->results->tree.n && !has_scores; i++)
        has_scores = bb_results_cell(it->results, it->index, i)->status == BB_CELL_OK;
    if (has_scores && it->page.site->options->units_path) bb_tpl_show(it->page.content, "MODEL_UNITS");
    add_report(it);
}

static void add_description(const struct bb_model_page *it)
{
    struct bb_buf html = BB_BUF_INIT;
    bb_markdown_html(it->model->description, 2, &html);
    bb_tpl_optional_html(it->page.content, "DESCRIPTION_HTML", bb_buf_text(&html));
    bb_buf_release(&html);
}

/* --- the page ------------------------------------------------------------------------------------------------------- */

static enum bb_code model_page(const struct bb_site *site, size_t index, const struct bb_model_shared *shared, struct bb_err *err)
{
    const struct bb_model *model = &site->results->model[index];
    struct bb_model_page it = {.shared = shared, .results = site->results, .model = model, .index = index};
    bb_page_begin(&it.page, site, bb_arena_printf(site->arena, "models/%s/index.html", model->id), "model.tpl", model->name);
    struct bb_tpl_dict *content = it.page.content;
    bb_page_model(content, model);
    if (model->reference) bb_tpl_show(content, "MODEL_REFERENCE");
    if (model->visibility == BB_UNLISTED) {
        bb_tpl_show(content, "MODEL_UNLISTED");
        bb_page_noindex(&it.page);
    }
    for (size_t i = 0; i < shared->n_tables; i++)
        if (shared->table[i].is_main) add_standing(&it, &shared->table[i]);
    add_places(&it);
    bb_page_summary(&it.page, model->description);
    add_description(&it);
    add_facts(&it);
    bb_model_add_layers(&it);
    bb_model_add_scores(&it);
    for (size_t i = 0; i < shared->n_tables; i++)
        if (shared->table[i].is_main) bb_trend_add_model(&it.page, model->id, shared->table[i].node);
    add_references(&it);
    add_data(&it);
    return bb_page_end(&it.page, err);
}

/* --- the index ------------------------------------------------------------------------------------------------------ */

static int by_name(const void *a, const void *b)
{
    const struct bb_model *x = *(const struct bb_model *const *)a, *y = *(const struct bb_model *const *)b;
    int order = bb_natural_compare(x->name, y->name);
    return order ? order : strcmp(x->id, y->id);
}

/* Columns of text, each when some model has one. */
static const char *submitter_of(const struct bb_model *model)
{
    return model->submitter;
}

static const char *family_of(const struct bb_model *model)
{
    return model->family;
}

static const char *date_of(const struct bb_model *model)
{
    return model->date;
}

static const struct {
    const char *title;
    const char *(*value)(const struct bb_model *);
} index_texts[] = {{"Submitted by", submitter_of}, {"Family", family_of}, {"Date", date_of}};
#define N_INDEX_TEXTS (sizeof index_texts / sizeof index_texts[0])

static bool has_text(const struct bb_results *results, size_t text)
{
    for (size_t m = 0; m < results->n_models; m++) {
        const char *value = index_texts[text].value(&results->model[m]);
        if (results->model[m].visibility == BB_PUBLIC && value && *value) return true;
    }
    return false;
}

static void add_index_row(const struct bb_page *page, struct bb_tpl_dict *list, const struct bb_model *model,
                          const struct bb_model_shared *shared, const bool *shows_text)
{
    const struct bb_results *results = page->site->results;
    struct bb_tpl_dict *row = bb_tpl_section(list, "INDEX_ROW");
    bb_page_model(row, model);
    if (model->reference) bb_tpl_show(row, "MODEL_REFERENCE");
    for (size_t i = 0; i < shared->n_tables; i++) {
        if (!shared->table[i].is_main) continue;
        const struct bb_aggregate *aggregate =
            bb_results_aggregate(results, (size_t)(model - results->model), shared->table[i].node);
        struct bb_tpl_dict *cell = bb_tpl_section(row, "INDEX_CELL");
        bb_tpl_set(cell, "SCORE", bb_page_score(page->arena, aggregate->score));
        bb_tpl_set(cell, "COVERAGE",
                   aggregate->of ? bb_arena_printf(page->arena, "%zu/%zu", aggregate->scored, aggregate->of) : "");
    }
    for (size_t k = 0; k < N_INDEX_TEXTS; k++)
        if (shows_text[k]) bb_tpl_set(bb_tpl_section(row, "INDEX_TEXT"), "INDEX_VALUE", index_texts[k].value(model));
}

static enum bb_code index_page(const struct bb_site *site, const struct bb_model_shared *shared, struct bb_err *err)
{
    const struct bb_results *results = site->results;
    const struct bb_model **model = BB_NEW_ARRAY(site->arena, results->n_models + 1, const struct bb_model *);
    struct bb_page page;
    size_t n = 0;
    for (size_t m = 0; m < results->n_models; m++)
        if (results->model[m].visibility == BB_PUBLIC) model[n++] = &results->model[m];
    qsort(model, n, sizeof *model, by_name);
    bb_page_begin(&page, site, "models/index.html", "models.tpl", "Models");
    bb_page_script(&page, "query.js");
    bb_page_script(&page, "sort.js");
    bb_tpl_set_number(page.content, "INDEX_COUNT", n);
    if (!n) bb_tpl_show(page.content, "NO_MODELS");
    struct bb_tpl_dict *list = n ? bb_tpl_section(page.content, "INDEX") : NULL;
    for (size_t i = 0; list && i < shared->n_tables; i++) {
        if (!shared->table[i].is_main) continue;
        struct bb_tpl_dict *head = bb_tpl_section(list, "INDEX_HEAD");
        bb_tpl_set(head, "DOMAIN_PATH", domain_path(&page, shared->table[i].domain));
        bb_tpl_set(head, "DOMAIN_TITLE", shared->table[i].title);
        bb_tpl_set(head, "NODE_ID", results->tree.node[shared->table[i].node].id);
    }
    bool shows_text[N_INDEX_TEXTS];
    for (size_t k = 0; k < N_INDEX_TEXTS; k++) {
        shows_text[k] = has_text(results, k);
        if (list && shows_text[k]) bb_tpl_set(bb_tpl_section(list, "INDEX_MORE"), "INDEX_TITLE", index_texts[k].title);
    }
    for (size_t i = 0; i < n; i++) add_index_row(&page, list, model[i], shared, shows_text);
    return bb_page_end(&page, err);
}

/* --- all of them ---------------------------------------------------------------------------------------------------- */

static void add_tables(const struct bb_site *site, const char *domain, struct bb_model_shared *shared)
{
    const struct bb_tree *tree = &site->results->tree;
    struct bb_view_nodes nodes = bb_view_tables(site->results, domain, site->arena);
    const char *title = bb_page_title_case(site->arena, domain);
    for (size_t i = 0; i < nodes.n; i++) {
        size_t node = nodes.node[i];
        struct bb_model_table *table = &shared->table[shared->n_tables++];
        *table = (struct bb_model_table){.node = node, .end = bb_view_end(tree, node), .domain = domain, .title = title};
        table->is_main = i == 0 && !tree->node[node].engineering;
        if (table->is_main) table->place = bb_chart_place_new(site->results, node, site->arena);
        if (i) table->title = bb_arena_printf(site->arena, "%s: %s", title, bb_page_node_title(&tree->node[node]));
    }
}

static void show_standings(const struct bb_site *site, struct bb_model_shared *shared)
{
    size_t n = site->results->tree.n;
    shared->standings = bb_standings_new(site->results, site->arena);
    shared->median = BB_NEW_ARRAY(site->arena, n + 1, const char *);
    shared->best = BB_NEW_ARRAY(site->arena, n + 1, const char *);
    for (size_t i = 0; i < n; i++) {
        const struct bb_standing *standing = &shared->standings.node[i];
        shared->median[i] = standing->n > 1 ? bb_page_detail(site->arena, standing->median) : "";
        shared->best[i] = standing->n > 1 ? bb_page_detail(site->arena, standing->best) : "";
    }
}

struct work {
    const struct bb_site *site;
    const struct bb_model_shared *shared;
};

static enum bb_code make_page(const void *context, size_t model, struct bb_err *err)
{
    const struct work *work = context;
    if (work->site->results->model[model].visibility == BB_PRIVATE) return BB_OK;
    enum bb_code code = model_page(work->site, model, work->shared, err);
    return code == BB_OK ? bb_report_model(work->site, &work->shared->standings, model, err) : code;
}

enum bb_code bb_pages_models(const struct bb_site *site, struct bb_err *err)
{
    struct bb_model_shared *shared = BB_NEW(site->arena, struct bb_model_shared);
    struct work *work = BB_NEW(site->arena, struct work);
    *work = (struct work){site, shared};
    shared->table = BB_NEW_ARRAY(site->arena, site->results->tree.n + 1, struct bb_model_table);
    show_standings(site, shared);
    for (size_t d = 0; d < site->domains.n; d++) add_tables(site, site->domains.name[d], shared);
    bb_crew_plan(site->crew, site->results->n_models, make_page, work);
    return index_page(site, shared, err);
}
