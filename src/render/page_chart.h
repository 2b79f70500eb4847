/*
 * Charts of results, the same on pages and in reports: what src/chart draws is said here, a page or a report says how large it is. On a page each
 * has a table beside it with the same numbers.
 */
#ifndef BB_RENDER_PAGE_CHART_H
#define BB_RENDER_PAGE_CHART_H

#include "chart/bar.h"
#include "chart/dots.h"
#include "chart/heatmap.h"
#include "chart/profile.h"
#include "chart/strip.h"
#include "insight/quantity.h"
#include "render/page_figure.h"

/* The ceiling of a benchmark on the axis of its scores: 1 where scores are a share of it, the ceiling itself where they are raw values; with how
   well it is known. NaN where there is none. */
struct bb_ceiling_band bb_chart_ceiling(const struct bb_results *results, size_t node);

/* Errors that are standard errors (NULL is none): kinds ending in "_sem" or "_se", and "bootstrap". The others are spreads, whatever they are of. */
bool bb_chart_is_standard_error(const char *error_kind);

/* The ranked models at a node, worst first, made once for all pages that show them. */
struct bb_chart_place {
    struct bb_strip_item *item;
    size_t *model; /* whose item it is */
    size_t n;
};
struct bb_chart_place bb_chart_place_new(const struct bb_results *results, size_t node, struct bb_arena *arena);

/* Charts without a size. The strip, which has no title yet, marks a model, which joins it at the end when it has no rank (a reference, or unlisted);
   BB_NO_NODE: none. The layers of a cell, the chosen one marked. The models of a benchmark in the order of their rows, with links to
   `models`/<id>/index.html (NULL: none). */
struct bb_strip bb_chart_strip(const struct bb_results *results, const struct bb_chart_place *place, size_t node, size_t model,
                               struct bb_arena *arena);
struct bb_profile bb_chart_profile(const struct bb_results *results, size_t model, size_t node, struct bb_arena *arena);
struct bb_dots bb_chart_ranking(const struct bb_results *results, const struct bb_view_rows *rows, size_t node,
                                const char *models, struct bb_arena *arena);

/* The scores of a domain: models best first, at most `most` of them; benchmarks that some model has a score on, those beside each other on which the
   same models are good. The darker, the nearer to the best of the benchmark. Nothing (n_rows 0) where fewer than two models or benchmarks have
   one. */
struct bb_heatmap bb_chart_heatmap(const struct bb_results *results, const char *domain, size_t most, struct bb_arena *arena);

/* "IT: Majaj et al., PLS": its region, where that says something. */
const char *bb_chart_place_name(const struct bb_results *results, size_t node, struct bb_arena *arena);

/* The scores of a node as a file beside its page, which all its charts offer: model, name, rank, score, error, error_kind. Nothing where scores are
   not published. Call it once, for every node's page. */
void bb_chart_scores_file(const struct bb_page *page, size_t node, const struct bb_view_rows *rows);

/* The bar beside a score, as <svg class="bar">; "" where it has another scale. */
const char *bb_chart_bar_html(struct bb_arena *arena, struct bb_bar_axis axis, struct bb_bar bar);

/* The models that have two quantities: Model, Family, and both under the names that the axes have. */
const struct bb_figure_data *bb_chart_points(const struct bb_results *results, const struct bb_quantities *all, const size_t side[2],
                                             const char *const name[2], struct bb_arena *arena);

/* The functions below each add one figure to those of bb_figures (page_figure.h). */

/* The place of one model among all; BB_NO_NODE for none of them. Nothing where fewer than BB_CHART_FEW have a score. */
#define BB_CHART_FEW 3
void bb_chart_add_place(const struct bb_page *page, struct bb_tpl_dict *figures, const struct bb_chart_place *place, size_t node,
                        size_t model, const char *title);
/* The scores of all layers of a cell. */
void bb_chart_add_profile(const struct bb_page *page, struct bb_tpl_dict *figures, size_t model, size_t node);
/* All scores of a domain, of the best BB_CHART_HEAT_CELLS / benchmarks models. */
#define BB_CHART_HEAT_CELLS 6000
void bb_chart_add_heatmap(const struct bb_page *page, struct bb_tpl_dict *figures, const char *domain);
/* The models of a benchmark, with errors and ceiling. As many get a row with their name; more are drawn by rank, since the table follows. */
#define BB_CHART_RANKED_ROWS 16
void bb_chart_add_ranking(const struct bb_page *page, struct bb_tpl_dict *figures, const struct bb_view_rows *rows, size_t node);

#endif
