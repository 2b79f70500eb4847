#include "chart/versus.h"

#include <math.h>

#include "chart/font_widths.h"

#define ROW        18.0
#define INDENT     10.0
#define NAMES_MOST .45 /* share of the width that names may take */

struct plot {
    const struct bb_versus *versus;
    struct bb_scene *scene;
    struct bb_frame frame;
    struct bb_scale scale;
};

static const char *said(struct bb_arena *arena, const struct bb_versus *versus, const struct bb_versus_row *row)
{
    const char *text = bb_scene_clean(arena, row->name, 80);
    for (size_t s = 0; s < versus->n_series; s++)
        text = bb_arena_printf(arena, "%s%s %s %s", text, s ? "," : ":", bb_scene_clean(arena, versus->series[s], 60),
                               isnan(row->value[s]) ? "no score" : bb_chart_number(arena, row->value[s], 3));
    return text;
}

static const char *describe(const struct bb_versus *versus, struct bb_arena *arena)
{
    const char *text = bb_arena_printf(arena, "%zu row%s.", versus->n, versus->n == 1 ? "" : "s");
    for (size_t s = 0; s < versus->n_series; s++) {
        size_t n = 0, best = 0;
        for (size_t i = 0; i < versus->n; i++) {
            double value = versus->row[i].value[s], most = -INFINITY;
            if (isnan(value)) continue;
            n++;
            for (size_t k = 0; k < versus->n_series; k++)
                if (k != s) most = fmax(most, versus->row[i].value[k]);
            best += isfinite(most) && value > most;
        }
        text = bb_arena_printf(arena, "%s %s has %zu values, and the largest in %zu rows.", text,
                               bb_scene_clean(arena, versus->series[s], 60), n, best);
    }
    return text;
}

static struct bb_domain values(const struct bb_versus *versus)
{
    struct bb_domain domain = {0};
    for (size_t i = 0; i < versus->n; i++) {
        for (size_t s = 0; s < versus->n_series; s++) {
            double value = versus->row[i].value[s], error = versus->row[i].error[s];
            bb_domain_add(&domain, BB_LINEAR, value);
            bb_domain_add(&domain, BB_LINEAR, value - error);
            bb_domain_add(&domain, BB_LINEAR, value + error);
        }
    }
    bb_domain_add(&domain, BB_LINEAR, 0);
    return bb_domain_nice(domain, 5);
}

/* From the lowest to the highest of the row, so that the eye finds what belongs together. */
static void draw_span(const struct plot *plot, const struct bb_versus_row *row, double y)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t s = 0; s < plot->versus->n_series; s++) {
        low = fmin(low, row->value[s]);
        high = fmax(high, row->value[s]);
    }
    if (low < high)
        bb_scene_line(plot->scene, BB_ROLE_AXIS, 1, bb_scale_at(&plot->scale, low), y, bb_scale_at(&plot->scale, high), y);
}

static void draw_row(const struct plot *plot, size_t i)
{
    const struct bb_versus_row *row = &plot->versus->row[i];
    struct bb_scene *scene = plot->scene;
    double y = plot->frame.top + ROW * ((double)i + .5), base = y + .36 * BB_CHART_TEXT, from = INDENT * (double)row->indent;
    double room = (plot->frame.left - 8 - from) / (row->is_group ? 1.16 : 1);
    const char *name = bb_text_fit(scene->arena, bb_scene_clean(scene->arena, row->name, 200), BB_CHART_TEXT, room, false);
    bb_scene_open(scene, said(scene->arena, plot->versus, row), row->href);
    bb_scene_text_as(scene, BB_ROLE_INK, (struct bb_text){.x = from + 2, .y = base, .bold = row->is_group, .text = name});
    draw_span(plot, row, y);
    for (size_t s = 0; s < plot->versus->n_series; s++) {
        double x = bb_scale_at(&plot->scale, row->value[s]);
        if (isnan(x)) continue;
        bb_whisker_lying(scene, (enum bb_role)(BB_ROLE_SERIES + s), y, bb_scale_at(&plot->scale, row->value[s] - row->error[s]),
                         bb_scale_at(&plot->scale, row->value[s] + row->error[s]));
        bb_scene_shape(scene, (enum bb_role)(BB_ROLE_SERIES + s), (enum bb_shape)s, x, y, row->is_group ? 4.4 : 3.6, false);
    }
    bb_scene_close(scene);
}

static double names_width(const struct bb_versus *versus, double width)
{
    double widest = 0;
    for (size_t i = 0; i < versus->n; i++)
        widest = fmax(widest, INDENT * (double)versus->row[i].indent +
                                  bb_text_width(versus->row[i].name, BB_CHART_TEXT, versus->row[i].is_group));
    return fmin(widest, NAMES_MOST * width);
}

struct bb_scene *bb_versus_scene(const struct bb_versus *versus, struct bb_arena *arena)
{
    double width = versus->width > 0 ? versus->width : 560;
    struct plot plot = {.versus = versus};
    double top = fmax(bb_legend(NULL, versus->series, versus->n_series, width, arena), 16) + 2,
           bottom = top + ROW * (double)(versus->n ? versus->n : 1) + 2;
    plot.scene = bb_scene_new(arena, width, bottom + 2 * BB_AXIS_BELOW);
    plot.frame = (struct bb_frame){fmax(10, names_width(versus, width) + 12), top, width - 6, bottom};
    plot.scale = bb_scale_new(BB_LINEAR, values(versus), plot.frame.left + 5, plot.frame.right - 6);
    struct bb_ticks ticks = bb_scale_ticks(&plot.scale, 5, BB_TICK_NUMBER, arena);
    bb_scene_describe(plot.scene, versus->title, describe(versus, arena));
    bb_legend(plot.scene, versus->series, versus->n_series, width, arena);
    bb_axis_bottom(plot.scene, &plot.frame, &plot.scale, &ticks, versus->quantity);
    for (size_t i = 0; i < versus->n; i++) draw_row(&plot, i);
    if (!versus->n) bb_scene_text(plot.scene, BB_ROLE_MUTED, width / 2, top + 13, BB_MIDDLE, "nothing in common");
    return plot.scene;
}
