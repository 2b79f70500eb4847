/*
 * Charts on pages: what src/chart draws, made from results. Each has a table beside it with the same numbers.
 */
#ifndef BB_RENDER_PAGE_CHART_H
#define BB_RENDER_PAGE_CHART_H

#include "chart/strip.h"
#include "render/page_figure.h"

/* The ceiling of a benchmark on the axis of its scores: 1 where scores are a share of it, the ceiling itself where they are raw values; with how
   well it is known. NaN where there is none. */
struct bb_ceiling_band bb_chart_ceiling(const struct bb_results *results, size_t node);

/* The ranked models at a node, worst first, made once for all pages that show them. */
struct bb_chart_place {
    struct bb_strip_item *item;
    size_t *model; /* whose item it is */
    size_t n;
};
struct bb_chart_place bb_chart_place_new(const struct bb_results *results, size_t node, struct bb_arena *arena);

/* The scores of a node as a file beside its page, which all its charts offer: model, name, rank, score, error, error_kind. Nothing where scores are
   not published. Call it once, for every node's page. */
void bb_chart_scores_file(const struct bb_page *page, size_t node, const struct bb_view_rows *rows);

/* The functions below each add one figure to those of bb_figures (page_figure.h). */

/* The place of one model among all; BB_NO_NODE for none of them. Nothing where fewer than BB_CHART_FEW have a score. */
#define BB_CHART_FEW 3
void bb_chart_add_place(const struct bb_page *page, struct bb_tpl_dict *figures, const struct bb_chart_place *place, size_t node,
                        size_t model, const char *title);
/* The scores of all layers of a cell. */
void bb_chart_add_profile(const struct bb_page *page, struct bb_tpl_dict *figures, size_t model, size_t node);
/* The models of a benchmark in the order of their rows, with errors and ceiling. As many get a row with their name; more are drawn by rank, since
   the table follows. */
#define BB_CHART_RANKED_ROWS 16
void bb_chart_add_ranking(const struct bb_page *page, struct bb_tpl_dict *figures, const struct bb_view_rows *rows, size_t node);

#endif
