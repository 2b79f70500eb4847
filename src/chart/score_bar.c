#include "chart/score_bar.h"

#include <assert.h>
#include <math.h>

#include "chart/svg.h"

/* Whole pixels stay sharp. */
static double place(const struct bb_score_bar *bar, double value)
{
    double share = (value - bar->lo) / (bar->hi - bar->lo);
    return round((BB_SCORE_BAR_WIDTH - 2) * fmax(0, fmin(1, share)) * 2) / 2 + 1;
}

struct bb_scene *bb_score_bar_scene(const struct bb_score_bar *bar, struct bb_arena *arena)
{
    assert(bar->lo < bar->hi);
    struct bb_scene *scene = bb_scene_new(arena, BB_SCORE_BAR_WIDTH, BB_SCORE_BAR_HEIGHT);
    double zero = place(bar, 0);
    bb_scene_rect(scene, BB_ROLE_RULE, 1, 6, BB_SCORE_BAR_WIDTH - 2, 1);
    if (!isnan(bar->score)) bb_scene_rect(scene, BB_ROLE_SERIES, zero, 4, place(bar, bar->score) - zero, 5);
    bb_scene_rect(scene, BB_ROLE_AXIS, zero - .5, 2, 1, 9);
    if (!isnan(bar->median))
        bb_scene_rect(scene, BB_ROLE_AXIS, place(bar, bar->median) - .5, 3, 1, 7); /* one path with the zero */
    if (!isnan(bar->ceiling)) bb_scene_rect(scene, BB_ROLE_CEILING, place(bar, bar->ceiling) - 1, 0, 2, 12);
    if (!isnan(bar->best))
        bb_scene_shape(scene, BB_ROLE_BEST, BB_TRIANGLE_DOWN, fmax(3, fmin(97, place(bar, bar->best))), 2.5, 2, false);
    return scene;
}

void bb_score_bar_svg(const struct bb_score_bar *bar, struct bb_arena *arena, struct bb_buf *out)
{
    bb_svg_write(bb_score_bar_scene(bar, arena), &(struct bb_svg_options){.decorative = true, .class = "score-bar"}, out);
}
