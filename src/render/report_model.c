/*
 * The report of a model: who it is, how it stands, the tree of its scores, what is strong and what is weak, its layers.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "chart/chart_pdf.h"
#include "render/page_chart.h"
#include "render/page_model.h"
#include "render/report_int.h"

#define NAMES         92.0
#define EXTREMES      5
#define FEW_MODELS    5   /* with fewer at a benchmark, a place among them says little */
#define ROWS_MOST     110 /* of the tree: two pages; benchmarks of the largest groups are left out of longer ones */
#define PROFILES_MOST 6

struct card {
    struct bb_report report;
    const struct bb_standings *standings;
    const struct bb_model *model;
    size_t index;
};

static bool shows(const struct card *card, size_t node)
{
    const struct bb_results *results = card->report.results;
    return results->tree.node[node].publish != BB_PUBLISH_NONE &&
           bb_results_cell(results, card->index, node)->status == BB_CELL_OK;
}

/* --- who it is ------------------------------------------------------------------------------------------------------ */

static void headline(struct card *card)
{
    struct bb_flow *flow = &card->report.flow;
    struct bb_span name = {card->model->name, bb_type(BB_FACE_BOLD, 19, BB_PDF_INK), NULL};
    flow->section = card->model->name;
    bb_flow_new_page(flow, false);
    bb_pdf_outline(card->report.pdf, flow->page, flow->y, 0, card->model->name);
    bb_pdf_box(card->report.pdf, flow->page, flow->accent, flow->left, flow->y, 36, 2);
    flow->y += 10;
    double right = flow->right, logo = bb_report_logo(&card->report, right, flow->y - 10);
    flow->right -= logo > 0 ? logo + 12 : 0;
    bb_flow_spans(flow, &name, 1, 0, false);
    flow->right = right;
    flow->y -= 8;
    struct bb_span line = {
        bb_arena_printf(card->report.arena, "Report of a model%s. %s",
                        card->model->reference                   ? " that is a reference"
                        : card->model->visibility == BB_UNLISTED ? " that is not listed"
                                                                 : "",
                        card->report.results->board.simulated ? "All recordings of this board are simulated." : ""),
        bb_type(BB_FACE_ITALIC, 10, BB_PDF_MUTED), NULL};
    bb_flow_spans(flow, &line, 1, 0, false);
    const char *description = bb_report_plain(&card->report, card->model->description);
    if (description) bb_flow_text(flow, description);
}

static void facts(struct card *card)
{
    struct bb_flow *flow = &card->report.flow;
    const struct bb_model *model = card->model;
    struct bb_arena *arena = card->report.arena;
    const char *page = bb_report_model_link(&card->report, model);
    if (strcmp(model->id, model->name) != 0) bb_flow_fact(flow, "Id", model->id, NULL, NAMES);
    bb_flow_fact(flow, "Submitted by", model->submitter, NULL, NAMES);
    bb_flow_fact(flow, "Date", model->date, NULL, NAMES);
    bb_flow_fact(flow, "Family", model->family, NULL, NAMES);
    bb_flow_fact(flow, "Address", model->url, model->url, NAMES);
    bb_flow_fact(flow, "Visual angle", bb_page_degrees(arena, model->visual_degrees), NULL, NAMES);
    for (size_t i = 0; i < model->n_attributes; i++)
        bb_flow_fact(flow, bb_attribute_title(&card->report.results->board, &model->attribute[i], arena),
                     bb_attribute_value(&card->report.results->board, &model->attribute[i], arena), NULL, NAMES);
    bb_flow_fact(flow, "On the web", page, page, NAMES);
}

/* --- how it stands -------------------------------------------------------------------------------------------------- */

static const char *percent(struct bb_arena *arena, double share)
{
    return isnan(share) ? "" : bb_arena_printf(arena, "%.0f %%", round(100 * share));
}

static void standing_row(struct card *card, const char *title, size_t node, struct bb_pdf_cell *cell)
{
    const struct bb_results *results = card->report.results;
    const struct bb_aggregate *own = bb_results_aggregate(results, card->index, node);
    const struct bb_standing *all = &card->standings->node[node];
    struct bb_arena *arena = card->report.arena;
    cell[0].text = title;
    cell[1] = (struct bb_pdf_cell){.text = isnan(own->score) ? "–" : bb_page_score(arena, own->score), .face = BB_FACE_BOLD};
    cell[2].text = own->rank ? bb_arena_printf(arena, "%zu of %zu", own->rank, all->n) : "not ranked";
    cell[3].text = percent(arena, bb_standing_ahead(all, own->score, own->rank > 0));
    cell[4].text = all->n > 1 ? bb_page_score(arena, all->median) : "";
    cell[5].text = all->n > 1 ? bb_page_score(arena, all->best) : "";
    cell[6].text = bb_arena_printf(arena, "%zu of %zu", own->scored, own->of);
}

static void standings(struct card *card)
{
    static const struct bb_pdf_column column[] = {{.title = "Table"},
                                                  {.title = "Score", .align = BB_PDF_RIGHT},
                                                  {.title = "Rank", .align = BB_PDF_RIGHT},
                                                  {.title = "Ahead of", .align = BB_PDF_RIGHT},
                                                  {.title = "Median", .align = BB_PDF_RIGHT},
                                                  {.title = "Best", .align = BB_PDF_RIGHT},
                                                  {.title = "Scored", .align = BB_PDF_RIGHT}};
    enum { N = sizeof column / sizeof column[0] };
    const struct bb_site *site = card->report.site;
    const struct bb_results *results = card->report.results;
    struct bb_arena *arena = card->report.arena;
    struct bb_pdf_cell *cell = BB_NEW_ARRAY(arena, N * (results->tree.n + 1), struct bb_pdf_cell);
    size_t n = 0;
    for (size_t d = 0; d < site->domains.n; d++) {
        struct bb_view_nodes tables = bb_view_tables(results, site->domains.name[d], arena);
        const char *domain = bb_page_title_case(arena, site->domains.name[d]);
        for (size_t i = 0; i < tables.n; i++) {
            size_t node = tables.node[i];
            if (!bb_view_has_answer(results, card->index, node)) continue;
            const char *title =
                i ? bb_arena_printf(arena, "%s: %s", domain, bb_page_node_title(&results->tree.node[node])) : domain;
            standing_row(card, title, node, cell + N * n++);
        }
    }
    const struct bb_pdf_table table = {
        .caption =
            "Where the model stands: rank and share of the other ranked models that it is ahead of, and their median and best.",
        .column = column,
        .n_columns = N,
        .cell = cell,
        .n_rows = n};
    bb_flow_skip(&card->report.flow, 6);
    if (n)
        bb_flow_table(&card->report.flow, &table);
    else
        bb_flow_text(&card->report.flow, "No benchmark of this board has anything to say of this model.");
}

/* The scores of all ranked models at a node, with this one marked. */
static struct bb_scene *strip_of(struct card *card, const char *title, size_t node)
{
    const struct bb_results *results = card->report.results;
    struct bb_arena *arena = card->report.arena;
    struct bb_chart_place place = bb_chart_place_new(results, node, arena);
    if (place.n < BB_CHART_FEW || isnan(bb_results_aggregate(results, card->index, node)->score)) return NULL;
    struct bb_strip strip = bb_chart_strip(results, &place, node, card->index, arena);
    strip.title = strip.quantity = title;
    strip.width = BB_REPORT_HALF;
    return bb_strip_scene(&strip, arena);
}

static void places(struct card *card)
{
    const struct bb_site *site = card->report.site;
    const struct bb_results *results = card->report.results;
    struct bb_scene *scene[2] = {NULL, NULL};
    size_t n = 0;
    for (size_t d = 0; d < site->domains.n && n < 2; d++) {
        struct bb_view_nodes tables = bb_view_tables(results, site->domains.name[d], card->report.arena);
        if (!tables.n || results->tree.node[tables.node[0]].engineering) continue;
        const char *title =
            bb_arena_printf(card->report.arena, "%s: %s", bb_page_title_case(card->report.arena, site->domains.name[d]),
                            bb_page_node_title(&results->tree.node[tables.node[0]]));
        scene[n] = strip_of(card, title, tables.node[0]);
        n += scene[n] != NULL;
    }
    if (n)
        bb_report_figures(&card->report, scene[0], scene[1],
                          "The model among all that are ranked. Band: the middle half; line: the median.");
}

/* --- strong and weak ------------------------------------------------------------------------------------------------ */

struct extreme {
    size_t node;
    double ahead;
};

static int by_ahead(const void *a, const void *b)
{
    const struct extreme *x = a, *y = b;
    if (x->ahead != y->ahead) return x->ahead > y->ahead ? -1 : 1;
    return (x->node > y->node) - (x->node < y->node);
}

static void extreme_cells(struct card *card, const struct extreme *is, struct bb_pdf_cell *cell)
{
    const struct bb_standing *all = &card->standings->node[is->node];
    struct bb_arena *arena = card->report.arena;
    cell[0].text = bb_page_node_title(&card->report.results->tree.node[is->node]);
    cell[1].text = bb_page_detail(arena, bb_results_cell(card->report.results, card->index, is->node)->score);
    cell[2] = (struct bb_pdf_cell){.text = bb_page_detail(arena, all->median), .muted = true};
    cell[3] = (struct bb_pdf_cell){.text = bb_page_detail(arena, all->best), .muted = true};
    cell[4].text = percent(arena, is->ahead);
}

static void extremes(struct card *card)
{
    const struct bb_results *results = card->report.results;
    struct bb_arena *arena = card->report.arena;
    struct extreme *found = BB_NEW_ARRAY(arena, results->tree.n + 1, struct extreme);
    size_t n = 0;
    for (size_t i = 0; i < results->tree.n; i++) {
        const struct bb_standing *all = &card->standings->node[i];
        const struct bb_aggregate *own = bb_results_aggregate(results, card->index, i);
        if (!bb_node_is_leaf(&results->tree.node[i]) || !shows(card, i) || all->n < FEW_MODELS) continue;
        double ahead = bb_standing_ahead(all, own->score, own->rank > 0);
        if (!isnan(ahead)) found[n++] = (struct extreme){i, ahead};
    }
    if (n < 4) return;
    qsort(found, n, sizeof *found, by_ahead);
    size_t each = n / 2 < EXTREMES ? n / 2 : EXTREMES;
    struct bb_pdf_column column[11];
    struct bb_pdf_cell *cell = BB_NEW_ARRAY(arena, 11 * each, struct bb_pdf_cell);
    for (size_t side = 0; side < 2; side++) {
        const char *group = side ? "Weakest" : "Strongest";
        const struct bb_pdf_column part[] = {{.title = "Benchmark", .group = group, .wraps = true},
                                             {.title = "Score", .group = group, .align = BB_PDF_RIGHT, .decimal = true},
                                             {.title = "Median", .group = group, .align = BB_PDF_RIGHT, .decimal = true},
                                             {.title = "Best", .group = group, .align = BB_PDF_RIGHT, .decimal = true},
                                             {.title = "Ahead of", .group = group, .align = BB_PDF_RIGHT}};
        memcpy(column + 6 * side, part, sizeof part);
    }
    column[5] = (struct bb_pdf_column){.title = "", .room = 4};
    for (size_t i = 0; i < each; i++) {
        extreme_cells(card, &found[i], cell + 11 * i);
        extreme_cells(card, &found[n - 1 - i], cell + 11 * i + 6);
    }
    const struct bb_pdf_table table = {
        .caption = "Where the model is strong and weak, by the share of the other ranked models that it is ahead of.",
        .column = column,
        .n_columns = 11,
        .cell = cell,
        .n_rows = each,
        .no_turning = true};
    bb_flow_table(&card->report.flow, &table);
}

/* --- the tree ------------------------------------------------------------------------------------------------------- */

enum { TITLE, SCORE, ERROR, CEILING, RANK, MEDIAN, BEST, BAR, LAYER, N_TREE };

static const struct bb_scene *bar_of(struct card *card, size_t node, double score, double error)
{
    const struct bb_standing *all = &card->standings->node[node];
    const bool among = all->n > 1;
    const struct bb_bar bar = {
        .score = score, .error = error, .median = among ? all->median : (double)NAN, .best = among ? all->best : (double)NAN};
    return bb_bar_scene((struct bb_bar_axis){0, 1}, bar, card->report.arena);
}

static void draw_bar(const void *drawing, struct bb_pdf *pdf, struct bb_pdf_page *page, double x, double y, double w, double h)
{
    double scale = w / BB_BAR_WIDTH;
    bb_chart_pdf(drawing, pdf, page, x, y + (h - scale * BB_BAR_HEIGHT) / 2, scale);
}

static void tree_row(struct card *card, size_t node, size_t depth, struct bb_pdf_cell *out)
{
    const struct bb_results *results = card->report.results;
    const struct bb_node *is = &results->tree.node[node];
    const struct bb_cell *cell = bb_results_cell(results, card->index, node);
    const struct bb_aggregate *own = bb_results_aggregate(results, card->index, node);
    const struct bb_standing *all = &card->standings->node[node];
    struct bb_arena *arena = card->report.arena;
    bool is_leaf = bb_node_is_leaf(is), has_error = is_leaf && cell->error_kind && !isnan(cell->error) && shows(card, node);
    enum bb_face face = is_leaf ? BB_FACE_TEXT : BB_FACE_BOLD;
    out[TITLE] = (struct bb_pdf_cell){.text = bb_page_node_title(is), .indent = 9 * (double)depth, .face = face};
    bool withheld = is_leaf && (cell->withheld || is->publish == BB_PUBLISH_NONE);
    if (isnan(own->score) || withheld) {
        out[SCORE] = (struct bb_pdf_cell){
            .text = withheld ? "·" : bb_report_status_mark(bb_view_status(results, card->index, node)), .muted = true};
        return;
    }
    out[SCORE] = (struct bb_pdf_cell){.text = bb_page_detail(arena, own->score), .face = face};
    if (has_error) out[ERROR] = (struct bb_pdf_cell){.text = bb_page_detail(arena, cell->error), .muted = true};
    if (is_leaf) out[CEILING] = (struct bb_pdf_cell){.text = bb_page_detail(arena, cell->ceiling), .muted = true};
    if (own->rank) out[RANK].text = bb_arena_printf(arena, "%zu", own->rank);
    if (all->n > 1) out[MEDIAN] = (struct bb_pdf_cell){.text = bb_page_detail(arena, all->median), .muted = true};
    if (all->n > 1) out[BEST] = (struct bb_pdf_cell){.text = bb_page_detail(arena, all->best), .muted = true};
    double se = has_error && bb_chart_is_standard_error(cell->error_kind) ? cell->error : (double)NAN;
    if (!is->lower_better) out[BAR].drawing = bar_of(card, node, own->score, se);
    if (is_leaf) out[LAYER] = (struct bb_pdf_cell){.text = cell->layer, .face = BB_FACE_MONO, .muted = true};
}

/* Nodes [from, end) that say something of the model. Where they are too many, benchmarks are left out, those of the largest groups first. */
static size_t tree_nodes(struct card *card, size_t from, size_t end, size_t *node, bool *is_cut)
{
    const struct bb_results *results = card->report.results;
    size_t n = 0;
    for (size_t most = SIZE_MAX; most; most = most == SIZE_MAX ? 32 : most / 2) {
        n = 0;
        for (size_t i = from; i < end; i++) {
            const struct bb_node *is = &results->tree.node[i];
            if (is->engineering && !results->tree.node[from].engineering) continue;
            if (!bb_view_has_answer(results, card->index, i)) continue;
            bool in_large =
                bb_node_is_leaf(is) && is->parent_index != BB_NO_NODE && results->tree.node[is->parent_index].n_children > most;
            if (!in_large) node[n++] = i;
        }
        if (n <= ROWS_MOST) return n;
        *is_cut = true;
    }
    return n < ROWS_MOST ? n : ROWS_MOST;
}

static void tree(struct card *card, const char *title, size_t top)
{
    static const struct bb_pdf_column columns[N_TREE] = {
        [TITLE] = {.title = "", .wraps = true},
        [SCORE] = {.title = "Score", .align = BB_PDF_RIGHT, .decimal = true},
        [ERROR] = {.title = "±", .align = BB_PDF_RIGHT, .decimal = true},
        [CEILING] = {.title = "Ceiling", .align = BB_PDF_RIGHT, .decimal = true},
        [RANK] = {.title = "Rank", .align = BB_PDF_RIGHT},
        [MEDIAN] = {.title = "Median", .align = BB_PDF_RIGHT, .decimal = true},
        [BEST] = {.title = "Best", .align = BB_PDF_RIGHT, .decimal = true},
        [BAR] = {.title = "0 to 1", .align = BB_PDF_CENTRE, .room = 70},
        [LAYER] = {.title = "Layer", .wraps = true},
    };
    const struct bb_results *results = card->report.results;
    struct bb_arena *arena = card->report.arena;
    size_t end = bb_view_end(&results->tree, top), *node = BB_NEW_ARRAY(arena, end - top + 1, size_t);
    bool is_cut = false;
    size_t n = tree_nodes(card, top, end, node, &is_cut), n_columns = 0;
    struct bb_pdf_cell *row = BB_NEW_ARRAY(arena, N_TREE * n + 1, struct bb_pdf_cell);
    struct bb_pdf_cell *cell = BB_NEW_ARRAY(arena, N_TREE * n + 1, struct bb_pdf_cell);
    struct bb_pdf_column *column = BB_NEW_ARRAY(arena, N_TREE, struct bb_pdf_column);
    size_t from[N_TREE];
    for (size_t i = 0; i < n; i++)
        tree_row(card, node[i], results->tree.node[node[i]].depth - results->tree.node[top].depth, row + N_TREE * i);
    for (size_t c = 0; c < N_TREE; c++) { /* a column without entries is left out */
        bool any = c == SCORE;
        for (size_t i = 0; i < n && !any; i++) any = row[N_TREE * i + c].text || row[N_TREE * i + c].drawing;
        if (any) column[n_columns] = columns[c], from[n_columns++] = c;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < n_columns; c++) cell[n_columns * i + c] = row[N_TREE * i + from[c]];
    const struct bb_pdf_table table = {
        .caption = bb_arena_printf(arena,
                                   "%s: scores. Bars: the median (tick) and the best (diamond) of the ranked models; a line "
                                   "through the end is the error, "
                                   "where that is a standard error.",
                                   title),
        .note =
            is_cut ? "Benchmarks of large groups are left out here; the model’s page and data/models have all of them." : NULL,
        .column = column,
        .n_columns = n_columns,
        .cell = cell,
        .n_rows = n,
        .no_turning = true,
        .draw = draw_bar};
    if (n) bb_flow_table(&card->report.flow, &table);
}

static void trees(struct card *card)
{
    const struct bb_site *site = card->report.site;
    const struct bb_results *results = card->report.results;
    bb_flow_heading(&card->report.flow, 2, "Scores", NULL, 120);
    for (size_t d = 0; d < site->domains.n; d++) {
        struct bb_view_nodes tables = bb_view_tables(results, site->domains.name[d], card->report.arena);
        const char *domain = bb_page_title_case(card->report.arena, site->domains.name[d]);
        for (size_t i = 0; i < tables.n; i++) {
            if (!bb_view_has_answer(results, card->index, tables.node[i])) continue;
            const char *title = bb_page_node_title(&results->tree.node[tables.node[i]]);
            tree(card, i ? bb_arena_printf(card->report.arena, "%s: %s", domain, title) : domain, tables.node[i]);
        }
    }
}

/* --- layers --------------------------------------------------------------------------------------------------------- */

static struct bb_scene *profile_of(struct card *card, size_t node)
{
    const struct bb_results *results = card->report.results;
    struct bb_arena *arena = card->report.arena;
    struct bb_profile profile = bb_chart_profile(results, card->index, node, arena);
    profile.quantity = bb_arena_printf(arena, "Score, %s", bb_chart_place_name(results, node, arena));
    profile.width = BB_REPORT_HALF;
    profile.height = 170;
    return bb_profile_scene(&profile, arena);
}

/* Of each region the first benchmark with a profile. */
static size_t profiled(struct card *card, size_t *node)
{
    const struct bb_results *results = card->report.results;
    size_t n = 0;
    for (size_t i = 0; i < results->tree.n && n < PROFILES_MOST; i++) {
        if (!shows(card, i) || bb_results_cell(results, card->index, i)->n_layers < 2) continue;
        bool is_new = true;
        for (size_t k = 0; k < n; k++)
            is_new = is_new && !bb_streq(results->tree.node[node[k]].region, results->tree.node[i].region);
        if (is_new) node[n++] = i;
    }
    return n;
}

static void layers(struct card *card)
{
    size_t node[PROFILES_MOST], n = profiled(card, node);
    if (!n) return;
    bb_flow_heading(&card->report.flow, 2, "Layers", NULL, 170);
    for (size_t i = 0; i < n; i += 2) {
        struct bb_scene *right = i + 1 < n ? profile_of(card, node[i + 1]) : NULL;
        const char *caption =
            i + 2 >= n ? "Scores of all layers in the order of their depth, the chosen one marked: one benchmark of each region."
                       : NULL;
        bb_report_figures(&card->report, profile_of(card, node[i]), right, caption);
    }
}

/* --- what has no score ---------------------------------------------------------------------------------------------- */

static void failures(struct card *card)
{
    const struct bb_results *results = card->report.results;
    const size_t most = 12;
    size_t n = 0;
    for (size_t i = 0; i < results->tree.n; i++) {
        const struct bb_cell *cell = bb_results_cell(results, card->index, i);
        if (!bb_node_is_leaf(&results->tree.node[i]) || cell->status != BB_CELL_FAILED || !cell->reason) continue;
        if (n++ == 0) bb_flow_heading(&card->report.flow, 2, "What failed", NULL, 40);
        if (n > most) continue;
        struct bb_span span[] = {
            bb_report_word(bb_arena_printf(card->report.arena, "%s: ", bb_page_node_title(&results->tree.node[i])), BB_FACE_BOLD),
            bb_report_word(cell->reason, BB_FACE_TEXT)};
        bb_flow_item(&card->report.flow, span, 2);
    }
    if (n > most)
        bb_flow_small(&card->report.flow,
                      bb_arena_printf(card->report.arena, "And %zu more, which the model’s page has.", n - most));
}

/* --- the whole ------------------------------------------------------------------------------------------------------ */

const char *bb_report_model_path(const struct bb_site *site, size_t model, struct bb_arena *arena)
{
    return site->faces ? bb_arena_printf(arena, "models/%s/report.pdf", site->results->model[model].id) : NULL;
}

enum bb_code bb_report_model(const struct bb_site *site, const struct bb_standings *shared, size_t model, struct bb_err *err)
{
    if (!site->faces) return BB_OK;
    struct card card = {.standings = shared, .model = &site->results->model[model], .index = model};
    struct bb_arena *arena = bb_arena_new(0);
    const char *path = bb_report_model_path(site, model, arena);
    bb_report_begin(&card.report, site, site->results, path);
    headline(&card);
    facts(&card);
    standings(&card);
    places(&card);
    extremes(&card);
    trees(&card);
    layers(&card);
    bb_report_comparisons(&card.report, model, 2);
    failures(&card);
    const char *title = bb_arena_printf(arena, "%s: %s", site->results->board.title, card.model->name);
    enum bb_code code = bb_report_end(&card.report, path, title, BB_PDF_LAST, err);
    bb_arena_free(arena);
    return code;
}
