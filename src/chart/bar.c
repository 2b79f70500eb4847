#include "chart/bar.h"

#include <assert.h>
#include <math.h>

#define DIAMOND (BB_BAR_HEIGHT / 2.6) /* radius: as high as all of it */

/* Whole pixels: much of a page is bars. */
static double place(struct bb_bar_axis axis, double value)
{
    double part = (value - axis.low) / (axis.high - axis.low);
    return round(BB_BAR_WIDTH * fmin(fmax(part, 0), 1));
}

struct bb_scene *bb_bar_scene(struct bb_bar_axis axis, struct bb_bar bar, struct bb_arena *arena)
{
    double length = axis.high - axis.low, middle = BB_BAR_HEIGHT / 2;
    assert(axis.low <= 0 && axis.high > 0);
    if (!(bar.score >= axis.low - length && bar.score <= axis.high + length)) return NULL;
    struct bb_scene *scene = bb_scene_new(arena, BB_BAR_WIDTH, BB_BAR_HEIGHT);
    double zero = place(axis, 0);
    bb_scene_rect(scene, BB_ROLE_BAR, zero, 1, place(axis, bar.score) - zero, BB_BAR_HEIGHT - 2);
    if (bar.error > 0)
        bb_scene_line(scene, BB_ROLE_INK, 1.5, place(axis, bar.score - bar.error), middle, place(axis, bar.score + bar.error),
                      middle);
    if (!isnan(bar.median)) {
        double x = place(axis, bar.median);
        bb_scene_line(scene, BB_ROLE_MEDIAN, 2, x, 0, x, BB_BAR_HEIGHT);
    }
    if (!isnan(bar.best)) {
        bb_scene_shape(scene, BB_ROLE_PAPER, BB_DIAMOND, place(axis, bar.best), middle, DIAMOND, false);
        bb_scene_shape(scene, BB_ROLE_BEST, BB_DIAMOND, place(axis, bar.best), middle, DIAMOND, true);
    }
    return scene;
}
