/*
 * Figures for a paper: a chart as a file of its own, as wide as a column of print. Text keeps its size, 8 points, whatever the width.
 */
#ifndef BB_RENDER_EXPORT_FIGURE_H
#define BB_RENDER_EXPORT_FIGURE_H

#include "chart/scene.h"
#include "insight/quantity.h"
#include "render/export_table.h"

#define BB_PANEL_NARROW 40.0 /* mm */
#define BB_PANEL_WIDE   400.0

/* "85mm", "8.5cm", "3.35in", "241pt", "320px" in CSS pixels, the unit of scenes. BB_EUSAGE: no length, or none that a figure can have. */
enum bb_code bb_figure_width(const char *text, double *pixels, struct bb_err *err) BB_MUST_CHECK;

/* The rows of a table of models (bb_paper_of_node) as dots in the order of the table, with errors and ceiling where `node` has them. NULL: fewer than
   two have a score. */
struct bb_scene *bb_figure_ranking(const struct bb_results *results, const struct bb_paper *table, size_t node, double width,
                                   struct bb_arena *arena);

/* One quantity of models against another, with the line, its band and r. The `n_named` models of results bear their names, besides the extremes. */
struct bb_scene *bb_figure_scatter(const struct bb_results *results, const struct bb_quantities *all, size_t x, size_t y,
                                   const size_t *named, size_t n_named, double width, struct bb_arena *arena);

#endif
