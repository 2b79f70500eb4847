#include "render/fit_line.h"

#include <math.h>

enum { BAND_STEPS = 40 };

static double undone(const struct bb_quantity *quantity, double axis)
{
    return quantity->is_log ? pow(10, axis) : axis;
}

struct bb_scatter_fit bb_fit_line(const struct bb_quantities *all, size_t x, size_t y, const struct bb_association *found,
                                  struct bb_arena *arena)
{
    const struct bb_quantity *across = &all->quantity[x], *up = &all->quantity[y];
    const double *u = bb_quantity_axis(all, x, arena);
    double lo = INFINITY, hi = -INFINITY, *at = BB_NEW_ARRAY(arena, 3 * (BAND_STEPS + 1), double);
    struct bb_scatter_fit fit = {found->intercept, found->slope, at, at + BAND_STEPS + 1, at + 2 * (BAND_STEPS + 1), 0};
    double *low = at + BAND_STEPS + 1, *high = low + BAND_STEPS + 1;
    for (size_t i = 0; i < all->n_models; i++) {
        if (isnan(across->value[i]) || isnan(up->value[i])) continue;
        lo = fmin(lo, u[i]);
        hi = fmax(hi, u[i]);
    }
    if (isnan(found->slope) || isnan(found->residual_sd) || !(lo < hi)) return fit;
    double width = bb_line_band(found, found->mean_x) * sqrt((double)found->n); /* t · s */
    for (size_t k = 0; k <= BAND_STEPS; k++) {
        double value = lo + (hi - lo) * (double)k / BAND_STEPS, middle = found->intercept + found->slope * value,
               d = value - found->mean_x, half = width * sqrt(1 / (double)found->n + d * d / found->sum_xx);
        at[k] = undone(across, value);
        low[k] = undone(up, middle - half);
        high[k] = undone(up, middle + half);
    }
    fit.n = BAND_STEPS + 1;
    return fit;
}
