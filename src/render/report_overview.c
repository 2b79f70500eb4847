/*
 * Of the report: all scores at once as a heatmap, how the benchmarks go together, and which layers stand for which regions.
 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "chart/cluster.h"
#include "chart/heatmap.h"
#include "render/report_int.h"
#include "score/relations.h"

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

struct heat {
    struct bb_report *report;
    struct bb_view_rows rows;
    size_t *leaf, n_leaves;
};

static struct bb_heat_cell heat_cell(const struct heat *heat, const struct bb_view_column *column, size_t model)
{
    const struct bb_results *results = heat->report->results;
    const struct bb_cell *cell = bb_results_cell(results, model, column->node);
    if (cell->status == BB_CELL_FAILED) return (struct bb_heat_cell){.kind = BB_HEAT_FAILED};
    if (cell->status == BB_CELL_MISSING) return (struct bb_heat_cell){.kind = BB_HEAT_MISSING};
    if (cell->status != BB_CELL_OK || cell->withheld || isnan(cell->score)) return (struct bb_heat_cell){.kind = BB_HEAT_NONE};
    int shade = bb_view_shade(results, column, cell->score);
    return (struct bb_heat_cell){.kind = BB_HEAT_VALUE, .shade = shade < 0 ? BB_SHADES / 2 : shade, .value = cell->score};
}

static struct bb_scene *heat_scene(const struct heat *heat, const char *title)
{
    struct bb_arena *arena = heat->report->arena;
    const struct bb_results *results = heat->report->results;
    size_t rows = heat->rows.n, columns = heat->n_leaves;
    struct bb_heat_cell *cell = BB_NEW_ARRAY(arena, rows * columns + 1, struct bb_heat_cell);
    const char **row = BB_NEW_ARRAY(arena, rows + 1, const char *), **column = BB_NEW_ARRAY(arena, columns + 1, const char *);
    for (size_t i = 0; i < rows; i++) row[i] = results->model[heat->rows.model[i]].name;
    for (size_t c = 0; c < columns; c++) {
        struct bb_view_column view = bb_view_column(results, heat->leaf[c], &heat->rows);
        column[c] = bb_page_node_title(&results->tree.node[heat->leaf[c]]);
        for (size_t i = 0; i < rows; i++) cell[i * columns + c] = heat_cell(heat, &view, heat->rows.model[i]);
    }
    const struct bb_heatmap map = {.title = title,
                                   .row = row,
                                   .column = column,
                                   .n_rows = rows,
                                   .n_columns = columns,
                                   .cell = cell,
                                   .cell_size = cell_size(rows, columns)};
    return bb_heatmap_scene(&map, arena);
}

static void heatmap(struct bb_report *report, const char *domain, bool *any)
{
    const struct bb_results *results = report->results;
    struct bb_arena *arena = report->arena;
    struct bb_view_nodes tables = bb_view_tables(results, domain, arena);
    if (!tables.n) return;
    struct heat heat = {.report = report,
                        .rows = bb_view_rows(results, tables.node[0], arena),
                        .leaf = BB_NEW_ARRAY(arena, results->tree.n + 1, size_t)};
    for (size_t i = 0; i < results->tree.n; i++)
        if (bb_report_shows(results, i) && bb_streq(bb_view_domain(results, i), domain)) heat.leaf[heat.n_leaves++] = i;
    if (heat.rows.n < 2 || heat.n_leaves < 2) return;
    if (!*any) bb_flow_heading(&report->flow, 2, "All scores", NULL, 200);
    *any = true;
    const char *title = bb_page_title_case(arena, domain);
    bool named = cell_size(heat.rows.n, heat.n_leaves) >= CELL_NAMED;
    bb_report_figure(report, heat_scene(&heat, title),
                     bb_arena_printf(arena,
                                     "%s: %zu models (rows, best first) on %zu benchmarks (columns, in the order of the tree). "
                                     "The darker, the nearer to the "
                                     "best of the column; hatched: not run; crossed: failed.%s",
                                     title, heat.rows.n, heat.n_leaves,
                                     named ? "" : " There are too many to name them here; the leaderboards have the names."));
}

/* --- which benchmarks go together ----------------------------------------------------------------------------------- */

#define RELATION_STEPS 10

struct matrix {
    size_t *leaf, n;
    double *r; /* n × n; NaN: too few models in common */
    size_t *order;
};

static struct matrix matrix_of(struct bb_report *report)
{
    const struct bb_results *results = report->results;
    struct bb_arena *arena = report->arena;
    struct matrix matrix = {.leaf = BB_NEW_ARRAY(arena, results->tree.n + 1, size_t)};
    size_t *place = BB_NEW_ARRAY(arena, results->tree.n + 1, size_t);
    for (size_t i = 0; i < results->tree.n; i++) {
        if (!bb_report_shows(results, i)) continue;
        place[i] = matrix.n;
        matrix.leaf[matrix.n++] = i;
    }
    matrix.r = BB_NEW_ARRAY(arena, matrix.n * matrix.n + 1, double);
    matrix.order = BB_NEW_ARRAY(arena, matrix.n + 1, size_t);
    for (size_t i = 0; i < matrix.n * matrix.n; i++) matrix.r[i] = (double)NAN;
    struct bb_relations *relations = bb_relations_new(results, arena);
    struct bb_relation *relation = BB_NEW_ARRAY(arena, results->tree.n + 1, struct bb_relation);
    for (size_t a = 0; a < matrix.n; a++) {
        size_t n = bb_relations_of(relations, matrix.leaf[a], relation);
        matrix.r[a * matrix.n + a] = 1;
        for (size_t k = 0; k < n; k++) matrix.r[a * matrix.n + place[relation[k].node]] = relation[k].pearson;
    }
    if (matrix.n) bb_cluster_order(matrix.r, matrix.n, matrix.n, matrix.n, 1, matrix.order, arena);
    return matrix;
}

static void consistency(struct bb_report *report)
{
    struct bb_arena *arena = report->arena;
    struct matrix matrix = matrix_of(report);
    bool any = false;
    if (matrix.n < 3) return;
    const char **name = BB_NEW_ARRAY(arena, matrix.n, const char *);
    struct bb_heat_cell *cell = BB_NEW_ARRAY(arena, matrix.n * matrix.n, struct bb_heat_cell);
    for (size_t i = 0; i < matrix.n; i++) name[i] = bb_page_node_title(&report->results->tree.node[matrix.leaf[i]]);
    for (size_t i = 0; i < matrix.n * matrix.n; i++) {
        double r = matrix.r[i];
        any = any || (!isnan(r) && i % (matrix.n + 1) != 0);
        int shade = (int)floor(fmax(0, r) * RELATION_STEPS);
        cell[i] = isnan(r) ? (struct bb_heat_cell){.kind = BB_HEAT_MISSING}
                           : (struct bb_heat_cell){
                                 .kind = BB_HEAT_VALUE, .shade = shade < RELATION_STEPS ? shade : RELATION_STEPS - 1, .value = r};
    }
    if (!any) return;
    const struct bb_heatmap map = {.title = "Consistency between benchmarks",
                                   .row = name,
                                   .column = name,
                                   .n_rows = matrix.n,
                                   .n_columns = matrix.n,
                                   .cell = cell,
                                   .row_order = matrix.order,
                                   .column_order = matrix.order,
                                   .cell_size = cell_size(matrix.n, matrix.n)};
    const struct bb_scene *scene = bb_heatmap_scene(&map, arena);
    bb_flow_heading(&report->flow, 2, "Consistency between benchmarks", NULL, fmin(.7 * scene->height, 560));
    bb_report_figure(
        report, scene,
        bb_arena_printf(
            arena,
            "Pearson’s r between the scores of the models that two benchmarks share, in ten steps from 0 (and below) to 1; those "
            "that are "
            "alike stand together (average linkage). Hatched: fewer than %d models in common, or one side does not vary.",
            BB_RELATION_MIN_MODELS));
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
