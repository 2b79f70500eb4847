#include "chart/strip.h"

#include <math.h>
#include <stdlib.h>

#include "chart/font_widths.h"

#define SWARM_HALF 26.0 /* height of the swarm above and below its axis */
#define TOP        32.0
#define NAMED      150 /* so many dots bear their names */
#define BINS       48

/* --- the swarm ------------------------------------------------------------------------------------------------------ */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    if (fabs(x) != fabs(y)) return fabs(x) < fabs(y) ? -1 : 1;
    return (x > y) - (x < y);
}

static bool is_free(const double *x, const double *y, size_t first, size_t i, double r, double at)
{
    for (size_t k = first; k < i; k++)
        if ((x[i] - x[k]) * (x[i] - x[k]) + (at - y[k]) * (at - y[k]) < 4 * r * r - 1e-9) return false;
    return true;
}

bool bb_swarm(const double *x, size_t n, double r, double limit, double *y, struct bb_arena *tmp)
{
    double *candidate = BB_NEW_ARRAY(tmp, 2 * n + 1, double);
    size_t first = 0;
    for (size_t i = 0; i < n; i++) {
        size_t n_candidates = 0;
        while (x[i] - x[first] >= 2 * r) first++;
        candidate[n_candidates++] = 0;
        for (size_t k = first; k < i; k++) {
            double reach = sqrt(4 * r * r - (x[i] - x[k]) * (x[i] - x[k])) + 1e-6;
            candidate[n_candidates++] = y[k] - reach;
            candidate[n_candidates++] = y[k] + reach;
        }
        qsort(candidate, n_candidates, sizeof *candidate, by_size);
        size_t c = 0;
        while (c + 1 < n_candidates && !is_free(x, y, first, i, r, candidate[c])) c++; /* the outermost one is always free */
        y[i] = candidate[c];
        if (fabs(y[i]) > limit) return false;
    }
    return true;
}

/* --- the chart ------------------------------------------------------------------------------------------------------ */

struct plot {
    const struct bb_strip *strip;
    struct bb_scene *scene;
    struct bb_frame frame;
    struct bb_scale x;
    const size_t *order; /* of the items with a value, ascending */
    const double *value; /* theirs */
    size_t n;
    double axis; /* y of the middle of the swarm */
};

static const struct bb_strip_item *sorting; /* qsort has no argument for it */

static int by_value(const void *a, const void *b)
{
    size_t i = *(const size_t *)a, k = *(const size_t *)b;
    double x = sorting[i].value, y = sorting[k].value;
    if (x != y) return x < y ? -1 : 1;
    return (i > k) - (i < k);
}

static void sort_items(struct plot *plot)
{
    size_t *order = BB_NEW_ARRAY(plot->scene->arena, plot->strip->n + 1, size_t);
    double *value = BB_NEW_ARRAY(plot->scene->arena, plot->strip->n + 1, double);
    for (size_t i = 0; i < plot->strip->n; i++)
        if (isfinite(plot->strip->item[i].value)) order[plot->n++] = i;
    sorting = plot->strip->item;
    bool is_sorted = true; /* as it is when many pages show the same values */
    for (size_t i = 1; i < plot->n && is_sorted; i++) is_sorted = sorting[order[i - 1]].value <= sorting[order[i]].value;
    if (!is_sorted) qsort(order, plot->n, sizeof *order, by_value);
    for (size_t i = 0; i < plot->n; i++) value[i] = plot->strip->item[order[i]].value;
    plot->order = order;
    plot->value = value;
}

static const char *said(struct bb_arena *arena, const struct bb_strip_item *item)
{
    return bb_arena_printf(arena, "%s: %s", bb_scene_clean(arena, item->name, 80), bb_chart_number(arena, item->value, 3));
}

static const char *describe(const struct plot *plot)
{
    struct bb_arena *arena = plot->scene->arena;
    const struct bb_strip *strip = plot->strip;
    if (!plot->n) return "No model has a value.";
    const char *text =
        bb_arena_printf(arena, "%zu value%s from %s to %s; median %s.", plot->n, plot->n == 1 ? "" : "s",
                        bb_chart_number(arena, plot->value[0], 3), bb_chart_number(arena, plot->value[plot->n - 1], 3),
                        bb_chart_number(arena, bb_quantile(plot->value, plot->n, .5), 3));
    if (plot->n >= 4)
        text = bb_arena_printf(arena, "%s Half of them lie between %s and %s.", text,
                               bb_chart_number(arena, bb_quantile(plot->value, plot->n, .25), 3),
                               bb_chart_number(arena, bb_quantile(plot->value, plot->n, .75), 3));
    if (strip->marked < strip->n && isfinite(strip->item[strip->marked].value)) {
        size_t below = 0;
        for (size_t i = 0; i < plot->n; i++) below += plot->value[i] < strip->item[strip->marked].value;
        text = bb_arena_printf(arena, "%s Marked is %s, above %zu of the other %zu.", text,
                               said(arena, &strip->item[strip->marked]), below, plot->n - 1);
    }
    if (plot->n < strip->n) text = bb_arena_printf(arena, "%s %zu without a value are not shown.", text, strip->n - plot->n);
    return text;
}

/* The half between the quartiles as a band, the median as a line through it. */
static void draw_quartiles(const struct plot *plot)
{
    if (plot->n < 4) return;
    double low = bb_scale_at(&plot->x, bb_quantile(plot->value, plot->n, .25));
    double high = bb_scale_at(&plot->x, bb_quantile(plot->value, plot->n, .75));
    double median = bb_scale_at(&plot->x, bb_quantile(plot->value, plot->n, .5));
    bb_scene_rect(plot->scene, BB_ROLE_BAND, low, plot->frame.top, high - low, plot->frame.bottom - plot->frame.top);
    bb_scene_line(plot->scene, BB_ROLE_MEDIAN, 1, median, plot->frame.top, median, plot->frame.bottom);
}

static bool is_marked(const struct plot *plot, size_t i)
{
    return plot->order[i] == plot->strip->marked;
}

static void draw_dots(const struct plot *plot, const double *x, const double *y, double r)
{
    for (size_t i = 0; i < plot->n; i++) {
        if (is_marked(plot, i)) continue;
        if (plot->n <= NAMED) bb_scene_open(plot->scene, said(plot->scene->arena, &plot->strip->item[plot->order[i]]), NULL);
        bb_scene_shape(plot->scene, BB_ROLE_SERIES, BB_CIRCLE, x[i], plot->axis + y[i], r - .25, false);
        if (plot->n <= NAMED) bb_scene_close(plot->scene);
    }
}

static void draw_histogram(const struct plot *plot)
{
    size_t count[BINS] = {0}, most = 0;
    double step = (plot->frame.right - plot->frame.left) / BINS, height = plot->frame.bottom - plot->frame.top;
    for (size_t i = 0; i < plot->n; i++) {
        double share = (bb_scale_at(&plot->x, plot->value[i]) - plot->frame.left) / step;
        size_t bin = share < 0 ? 0 : share >= BINS ? BINS - 1 : (size_t)share;
        if (++count[bin] > most) most = count[bin];
    }
    for (size_t i = 0; i < BINS; i++) {
        double h = height * (double)count[i] / (double)most;
        if (count[i])
            bb_scene_rect(plot->scene, BB_ROLE_SERIES, plot->frame.left + step * (double)i + .5, plot->frame.bottom - h, step - 1,
                          h);
    }
}

/* The marked one: a line and its name above, a diamond in the swarm. */
static void draw_marked(const struct plot *plot, double y)
{
    const struct bb_strip *strip = plot->strip;
    if (strip->marked >= strip->n || !isfinite(strip->item[strip->marked].value)) return;
    struct bb_arena *arena = plot->scene->arena;
    const struct bb_strip_item *item = &strip->item[strip->marked];
    double x = bb_scale_at(&plot->x, item->value);
    const char *name = bb_text_fit(arena, bb_scene_clean(arena, item->name, 200), BB_CHART_TEXT, plot->scene->width - 60, false);
    bb_scene_line(plot->scene, BB_ROLE_MARKED, 1, x, plot->frame.top - 15, x, plot->axis + y);
    bb_scene_open(plot->scene, said(arena, item), NULL);
    bb_scene_shape(plot->scene, BB_ROLE_MARKED, BB_DIAMOND, x, plot->axis + y, 4, false);
    bb_scene_close(plot->scene);
    bb_text_within(
        plot->scene, BB_ROLE_MARKED, x, plot->frame.top - 19, 2, plot->scene->width - 2,
        (struct bb_text){.text = bb_arena_printf(arena, "%s %s", name, bb_chart_number(arena, item->value, 2)), .bold = true});
}

static void draw_swarm(const struct plot *plot)
{
    static const double radii[] = {3.5, 3, 2.5, 2, 1.5};
    double *x = BB_NEW_ARRAY(plot->scene->arena, plot->n + 1, double), *y = BB_NEW_ARRAY(plot->scene->arena, plot->n + 1, double);
    for (size_t i = 0; i < plot->n; i++) x[i] = bb_scale_at(&plot->x, plot->value[i]);
    size_t k = 0, n_radii = plot->n > BB_STRIP_DOTS ? 0 : sizeof radii / sizeof radii[0];
    while (k < n_radii && !bb_swarm(x, plot->n, radii[k], SWARM_HALF - radii[k], y, plot->scene->arena)) k++;
    double marked_y = 0;
    if (k < n_radii)
        draw_dots(plot, x, y, radii[k]);
    else
        draw_histogram(plot);
    for (size_t i = 0; i < plot->n && k < n_radii; i++)
        if (is_marked(plot, i)) marked_y = y[i];
    draw_marked(plot, marked_y);
}

static struct bb_domain values(const struct plot *plot)
{
    struct bb_domain domain = {0};
    for (size_t i = 0; i < plot->n; i++) bb_domain_add(&domain, BB_LINEAR, plot->value[i]);
    bb_ceiling_domain(&plot->strip->ceiling, &domain);
    bb_domain_add(&domain, BB_LINEAR, 0);
    if (domain.hi <= 0) bb_domain_add(&domain, BB_LINEAR, domain.lo < 0 ? -domain.lo / 10 : 1);
    return domain;
}

struct bb_scene *bb_strip_scene(const struct bb_strip *strip, struct bb_arena *arena)
{
    double width = strip->width > 0 ? strip->width : BB_CHART_WIDTH, bottom = TOP + 2 * SWARM_HALF;
    struct plot plot = {.strip = strip, .axis = TOP + SWARM_HALF};
    plot.scene = bb_scene_new(arena, width, bottom + (strip->quantity ? 2 : 1) * BB_AXIS_BELOW);
    plot.frame = (struct bb_frame){6, TOP, width - 8, bottom};
    sort_items(&plot);
    bb_scene_describe(plot.scene, strip->title, describe(&plot));
    plot.x = bb_scale_new(BB_LINEAR, values(&plot), plot.frame.left + 4, plot.frame.right - 4);
    struct bb_ticks ticks = bb_scale_ticks(&plot.x, 6, BB_TICK_NUMBER, arena);
    draw_quartiles(&plot);
    bb_axis_bottom(plot.scene, &plot.frame, &plot.x, &ticks, strip->quantity);
    bb_ceiling_upright(plot.scene, &plot.frame, &plot.x, &strip->ceiling);
    if (plot.n)
        draw_swarm(&plot);
    else
        bb_scene_text(plot.scene, BB_ROLE_MUTED, width / 2, plot.axis + 4, BB_MIDDLE, "no values");
    return plot.scene;
}
