/*
 * Of the report: all scores at once as a heatmap, how the benchmarks go together, and which layers stand for which regions.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "render/compare_view.h"
#include "render/page_chart.h"
#include "render/report_int.h"

/* What a figure of the whole page has room for, in pixels of a screen. */
#define ACROSS      641.0
#define DOWN        860.0
#define NAMES_ROOM  158.0
#define CELL_MOST   15.0
#define CELL_NAMED  11.0 /* smaller cells have no names (chart/heatmap.c) */
#define LAYERS_MOST 60   /* models in the table of layers */

/* The edge of a cell, in whole pixels where they are large. */
static double cell_size(size_t rows, size_t columns)
{
    double named = fmin((ACROSS - NAMES_ROOM) / (double)columns, (DOWN - NAMES_ROOM) / (double)rows);
    if (named >= CELL_NAMED) return fmin(CELL_MOST, floor(named));
    double bare = fmin(ACROSS / (double)columns, DOWN / (double)rows);
    return fmin(CELL_NAMED - 1, bare >= 3 ? floor(bare) : bare);
}

/* --- all scores ----------------------------------------------------------------------------------------------------- */

static void heatmap(struct bb_report *report, const char *domain, bool *any)
{
    struct bb_arena *arena = report->arena;
    struct bb_heatmap map = bb_chart_heatmap(report->results, domain, SIZE_MAX, arena);
    if (map.n_rows < 2 || map.n_columns < 2) return;
    if (!*any) bb_flow_heading(&report->flow, 2, "All scores", NULL, 200);
    *any = true;
    map.cell_size = cell_size(map.n_rows, map.n_columns);
    bool named = map.cell_size >= CELL_NAMED;
    bb_report_figure(report, bb_heatmap_scene(&map, arena),
                     bb_arena_printf(arena,
                                     "%s: %zu models (rows, best first) on %zu benchmarks (columns; beside each other those on "
                                     "which the same models are good). The darker, the nearer to the best of the column; "
                                     "hatched: not run; crossed: failed.%s",
                                     bb_page_title_case(arena, domain), map.n_rows, map.n_columns,
                                     named ? "" : " There are too many to name them here; the leaderboards have the names."));
}

/* --- which benchmarks go together ----------------------------------------------------------------------------------- */

static void consistency(struct bb_report *report)
{
    const struct bb_results *results = report->results;
    struct bb_compare compare = bb_compare_new(results, report->arena);
    bool is_first = true;
    for (size_t d = 0; d < report->site->domains.n; d++) {
        struct bb_compare_agreement agreement = bb_compare_agreement_of(&compare, report->site->domains.name[d]);
        if (agreement.n < 3) continue;
        struct bb_scene *scene = bb_compare_agreement_scene(&agreement, report->arena);
        if (is_first) bb_flow_heading(&report->flow, 2, "Consistency between benchmarks", NULL, fmin(.7 * scene->height, 560));
        is_first = false;
        bb_report_figure(
            report, scene,
            bb_arena_printf(report->arena,
                            "%s: Pearson’s r between the scores of the models that two benchmarks have in common, and above the "
                            "diagonal, where there is room, their number. Those that are alike stand together (average "
                            "linkage); dots or grey: fewer than %d models.%s",
                            bb_page_title_case(report->arena, agreement.domain), BB_COMPARE_AGREE_FEW,
                            agreement.n_leaves > agreement.n ? " The benchmarks are too many: these are their groups." : ""));
    }
}

void bb_report_overview(struct bb_report *report)
{
    bool any = false;
    bb_flow_part(&report->flow, "Overview", "overview");
    for (size_t d = 0; d < report->site->domains.n; d++) heatmap(report, report->site->domains.name[d], &any);
    bb_report_comparisons(report, BB_NO_NODE, 12);
    consistency(report);
    bb_flow_part(&report->flow, NULL, NULL);
}

/* --- layers --------------------------------------------------------------------------------------------------------- */

/* "layer3.1 (12/17)" of the first benchmark of the region that says one; NULL: none. */
static const char *layer_text(struct bb_report *report, size_t model, const char *region)
{
    const struct bb_results *results = report->results;
    for (size_t i = 0; i < results->tree.n; i++) {
        const struct bb_cell *cell = bb_results_cell(results, model, i);
        if (!bb_report_shows(results, i) || !bb_streq(results->tree.node[i].region, region) || cell->status != BB_CELL_OK ||
            !cell->layer)
            continue;
        for (size_t k = 0; k < cell->n_layers && cell->n_layers > 1; k++)
            if (bb_streq(cell->layers[k].layer, cell->layer))
                return bb_arena_printf(report->arena, "%s (%zu/%zu)", cell->layer, k + 1, cell->n_layers);
        return cell->layer;
    }
    return NULL;
}

static bool has_layers(const struct bb_results *results, size_t node)
{
    for (size_t m = 0; m < results->n_models; m++)
        if (bb_results_cell(results, m, node)->status == BB_CELL_OK && bb_results_cell(results, m, node)->layer) return true;
    return false;
}

static size_t regions_of(struct bb_report *report, const char *domain, const char **region)
{
    const struct bb_results *results = report->results;
    size_t n = 0;
    for (size_t i = 0; i < results->tree.n; i++) {
        const char *name = results->tree.node[i].region;
        bool is_new =
            name && bb_report_shows(results, i) && bb_streq(bb_view_domain(results, i), domain) && has_layers(results, i);
        for (size_t k = 0; k < n && is_new; k++) is_new = !bb_streq(region[k], name);
        if (is_new) region[n++] = name;
    }
    return n;
}

static void layer_table(struct bb_report *report, const char *domain, bool *any)
{
    const struct bb_results *results = report->results;
    struct bb_arena *arena = report->arena;
    struct bb_view_nodes tables = bb_view_tables(results, domain, arena);
    const char **region = BB_NEW_ARRAY(arena, results->tree.n + 1, const char *);
    size_t n_regions = regions_of(report, domain, region), n = 0, n_columns = n_regions + 1;
    if (!tables.n || !n_regions) return;
    struct bb_view_rows rows = bb_view_rows(results, tables.node[0], arena);
    size_t most = rows.n < LAYERS_MOST ? rows.n : LAYERS_MOST;
    struct bb_pdf_column *column = BB_NEW_ARRAY(arena, n_columns, struct bb_pdf_column);
    struct bb_pdf_cell *cell = BB_NEW_ARRAY(arena, n_columns * most + 1, struct bb_pdf_cell);
    column[0] = (struct bb_pdf_column){.title = "Model", .wraps = true};
    for (size_t r = 0; r < n_regions; r++) column[r + 1] = (struct bb_pdf_column){.title = region[r], .wraps = true};
    for (size_t i = 0; i < rows.n && n < most; i++) {
        bool has = false;
        for (size_t r = 0; r < n_regions; r++) {
            const char *text = layer_text(report, rows.model[i], region[r]);
            cell[n * n_columns + r + 1] = (struct bb_pdf_cell){.text = text, .face = BB_FACE_MONO};
            has = has || text;
        }
        cell[n * n_columns].text = results->model[rows.model[i]].name;
        n += has;
    }
    if (!n) return;
    if (!*any) bb_flow_new_page(&report->flow, false);
    if (!*any) bb_flow_heading(&report->flow, 1, "Layers", "layers", 120);
    *any = true;
    const char *title = bb_page_title_case(arena, domain);
    const struct bb_pdf_table table = {
        .caption = bb_arena_printf(
            arena, "%s: the layer that stands for each region in the order of the average, and which of how many it is%s.", title,
            rows.n > n ? "; the best models that have layers" : ""),
        .column = column,
        .n_columns = n_columns,
        .n_fixed = 1,
        .cell = cell,
        .n_rows = n,
        .grouped = true};
    bb_flow_table(&report->flow, &table);
}

void bb_report_layers(struct bb_report *report)
{
    bool any = false;
    for (size_t d = 0; d < report->site->domains.n; d++) layer_table(report, report->site->domains.name[d], &any);
}
