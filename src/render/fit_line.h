/*
 * The least-squares line through two quantities of models with its 95 % band, as scatter plots draw it: between the outermost values of x of models
 * that have both, on the axes as they are correlated (log axes are undone in what is drawn).
 */
#ifndef BB_RENDER_FIT_LINE_H
#define BB_RENDER_FIT_LINE_H

#include "chart/scatter.h"
#include "insight/quantity.h"

/* `found`: bb_quantity_associate of the two. Without a band (n = 0) where there is no line, or too few models for one. In `arena`. */
struct bb_scatter_fit bb_fit_line(const struct bb_quantities *all, size_t x, size_t y, const struct bb_association *found,
                                  struct bb_arena *arena);

#endif
