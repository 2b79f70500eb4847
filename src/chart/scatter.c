#include "chart/scatter.h"

#include <math.h>
#include <stdlib.h>

#include "chart/font_widths.h"
#include "chart/labels.h"

#define EXTREMES      6 /* lowest and highest in x, in y, and furthest above and below the fit */
#define FRONT_SAID    12
#define OBSTACLE_STEP 6.0
#define NAME_ROOM     .4 /* of the width, for a name */

struct plot {
    const struct bb_scatter *scatter;
    struct bb_scene *scene;
    struct bb_frame frame;
    struct bb_scale x, y;
    struct bb_point *at; /* NaN: not drawn */
    size_t drawn;
    double r;
    size_t *front, n_front; /* its points, from the right to the left */
    size_t n_named;         /* families with a look of their own; the others share the next one */
    bool has_others;
};

/* --- words ---------------------------------------------------------------------------------------------------------- */

static const char *value_text(struct bb_arena *arena, double value)
{
    double size = fabs(value);
    return bb_chart_number(arena, value, size >= 100 ? 0 : size >= 1 ? 2 : 3);
}

static const char *said(struct bb_arena *arena, const struct bb_scatter *scatter, size_t i)
{
    const struct bb_scatter_point *point = &scatter->point[i];
    const char *text = bb_arena_printf(arena, "%s: %s, %s", bb_scene_clean(arena, point->name, 80), value_text(arena, point->x),
                                       value_text(arena, point->y));
    if (point->family >= scatter->n_families) return text;
    return bb_arena_printf(arena, "%s (%s)", text, bb_scene_clean(arena, scatter->family[point->family], 40));
}

static const char *describe(const struct plot *plot)
{
    const struct bb_scatter *scatter = plot->scatter;
    struct bb_arena *arena = plot->scene->arena;
    const char *x = bb_scene_clean(arena, scatter->x.quantity, 80), *y = bb_scene_clean(arena, scatter->y.quantity, 80);
    const char *text = bb_arena_printf(arena, "%s against %s, %zu point%s.", y, x, plot->drawn, plot->drawn == 1 ? "" : "s");
    if (plot->drawn) {
        double x_lo = INFINITY, x_hi = -INFINITY, y_lo = INFINITY, y_hi = -INFINITY;
        for (size_t i = 0; i < scatter->n; i++) {
            if (isnan(plot->at[i].x)) continue;
            x_lo = fmin(x_lo, scatter->point[i].x);
            x_hi = fmax(x_hi, scatter->point[i].x);
            y_lo = fmin(y_lo, scatter->point[i].y);
            y_hi = fmax(y_hi, scatter->point[i].y);
        }
        text = bb_arena_printf(arena, "%s Across from %s to %s, up from %s to %s.", text, value_text(arena, x_lo),
                               value_text(arena, x_hi), value_text(arena, y_lo), value_text(arena, y_hi));
    }
    if (plot->n_front) {
        text =
            bb_arena_printf(arena, "%s On the front, the %s first:", text, scatter->front == BB_FRONT_LOW ? "lowest" : "highest");
        for (size_t k = 0; k < plot->n_front && k < FRONT_SAID; k++)
            text = bb_arena_printf(arena, "%s%s %s", text, k ? "," : "",
                                   bb_scene_clean(arena, scatter->point[plot->front[k]].name, 80));
        text = bb_arena_printf(arena, "%s%s", text, plot->n_front > FRONT_SAID ? " and others." : ".");
    }
    if (scatter->finding) text = bb_arena_printf(arena, "%s %s", text, scatter->finding);
    size_t hidden = scatter->n - plot->drawn;
    return hidden ? bb_arena_printf(arena, "%s %zu without both values %s not shown.", text, hidden, hidden == 1 ? "is" : "are")
                  : text;
}

/* --- scales --------------------------------------------------------------------------------------------------------- */

static bool is_usable(const struct bb_scatter_axis *axis, double value)
{
    return isfinite(value) && (axis->kind == BB_LINEAR || value > 0);
}

static bool is_drawn(const struct bb_scatter *scatter, size_t i)
{
    return is_usable(&scatter->x, scatter->point[i].x) && is_usable(&scatter->y, scatter->point[i].y);
}

static struct bb_scale scale_of(const struct bb_scatter *scatter, bool is_x, double from, double to)
{
    const struct bb_scatter_axis *axis = is_x ? &scatter->x : &scatter->y;
    struct bb_domain domain = {0};
    for (size_t i = 0; i < scatter->n; i++) {
        if (!is_drawn(scatter, i)) continue;
        double value = is_x ? scatter->point[i].x : scatter->point[i].y,
               error = is_x ? scatter->point[i].x_error : scatter->point[i].y_error;
        bb_domain_add(&domain, axis->kind, value);
        bb_domain_add(&domain, axis->kind, value - error);
        bb_domain_add(&domain, axis->kind, value + error);
    }
    if (axis->from_zero && domain.any) bb_domain_add(&domain, axis->kind, 0);
    if (axis->format == BB_TICK_YEAR && domain.any && domain.lo == domain.hi) { /* a tenth of a year number would be centuries */
        bb_domain_add(&domain, axis->kind, domain.lo - 2);
        bb_domain_add(&domain, axis->kind, domain.hi + 2);
    }
    if (axis->kind == BB_LINEAR) domain = bb_domain_nice(domain, 5);
    return bb_scale_new(axis->kind, domain, from, to);
}

/* Where a value is, on the axis or, for the end of a whisker beyond it, at its end. */
static double kept(const struct bb_scale *scale, double value)
{
    double at = bb_scale_at(scale, value), low = fmin(scale->from, scale->to), high = fmax(scale->from, scale->to);
    return isnan(at) ? scale->from : fmax(low, fmin(high, at));
}

/* --- fit ------------------------------------------------------------------------------------------------------------ */

static double fitted(const struct bb_scatter *scatter, double x)
{
    double in = scatter->x.kind == BB_LOG ? log10(x) : x, out = scatter->fit.intercept + scatter->fit.slope * in;
    return scatter->y.kind == BB_LOG ? pow(10, out) : out;
}

/* The band is cut where it leaves the frame. */
static void draw_band(const struct plot *plot)
{
    const struct bb_scatter_fit *fit = &plot->scatter->fit;
    struct bb_point *point = BB_NEW_ARRAY(plot->scene->arena, 2 * fit->n + 1, struct bb_point);
    size_t n = 0, first = 0;
    for (size_t side = 0; side < 2; side++) {
        for (size_t k = 0; k < fit->n; k++) {
            size_t i = side ? fit->n - 1 - k : k;
            double x = bb_scale_at(&plot->x, fit->at[i]), y = side ? fit->low[i] : fit->high[i];
            if (isnan(x) || isnan(y) || x < plot->frame.left || x > plot->frame.right) continue;
            point[n++] = (struct bb_point){x, kept(&plot->y, y)};
        }
        if (!side) first = n;
    }
    if (first >= 2 && n >= first + 2) bb_scene_area(plot->scene, BB_ROLE_BAND, point, n);
}

/* Straight on either kind of axis. From the leftmost point to the rightmost, because beyond them nothing was measured, and within the frame. */
static void draw_fit(const struct plot *plot)
{
    const struct bb_scatter *scatter = plot->scatter;
    double left = INFINITY, right = -INFINITY;
    if (isnan(scatter->fit.intercept) || isnan(scatter->fit.slope)) return;
    for (size_t i = 0; i < scatter->n; i++) {
        left = fmin(left, plot->at[i].x); /* fmin and fmax pass over NaN */
        right = fmax(right, plot->at[i].x);
    }
    if (!(right > left)) return;
    double y = bb_scale_at(&plot->y, fitted(scatter, bb_scale_value(&plot->x, left)));
    double rise = bb_scale_at(&plot->y, fitted(scatter, bb_scale_value(&plot->x, right))) - y, from = 0, to = 1;
    if (rise != 0) {
        double top = (plot->frame.top - y) / rise, bottom = (plot->frame.bottom - y) / rise;
        from = fmax(from, fmin(top, bottom));
        to = fmin(to, fmax(top, bottom));
    } else if (y < plot->frame.top || y > plot->frame.bottom) {
        return;
    }
    if (!(to > from)) return; /* also where it is not a number */
    bb_scene_line(plot->scene, BB_ROLE_AXIS, 1.5, left + from * (right - left), y + from * rise, left + to * (right - left),
                  y + to * rise);
}

/* --- front ---------------------------------------------------------------------------------------------------------- */

struct candidate {
    double x, y; /* y: the higher the better */
    size_t i;
};

/* From the left to the right, the best of one place first; of equals the first given. */
static int by_cost(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->x != y->x) return x->x < y->x ? -1 : 1;
    if (x->y != y->y) return x->y > y->y ? -1 : 1;
    return (x->i > y->i) - (x->i < y->i);
}

size_t bb_scatter_front(const struct bb_scatter *scatter, size_t *member, struct bb_arena *tmp)
{
    struct candidate *candidate = BB_NEW_ARRAY(tmp, scatter->n + 1, struct candidate);
    size_t n = 0, members = 0;
    for (size_t i = 0; i < scatter->n; i++)
        if (is_drawn(scatter, i))
            candidate[n++] = (struct candidate){scatter->point[i].x,
                                                scatter->front == BB_FRONT_LOW ? -scatter->point[i].y : scatter->point[i].y, i};
    if (scatter->front == BB_FRONT_NONE || !n) return 0;
    qsort(candidate, n, sizeof *candidate, by_cost);
    double best = -INFINITY;
    for (size_t k = 0; k < n; k++) {
        if (!(candidate[k].y > best)) continue;
        best = candidate[k].y;
        member[members++] = candidate[k].i;
    }
    for (size_t k = 0; k < members / 2; k++) {
        size_t other = member[k];
        member[k] = member[members - 1 - k];
        member[members - 1 - k] = other;
    }
    return members;
}

/* Level from each of its points to the next, and on to the right edge: what was best at that cost. */
static void draw_front(const struct plot *plot)
{
    struct bb_point *point = BB_NEW_ARRAY(plot->scene->arena, 2 * plot->n_front + 1, struct bb_point);
    size_t n = 0;
    if (!plot->n_front) return;
    point[n++] = (struct bb_point){plot->frame.right, plot->at[plot->front[0]].y};
    for (size_t k = 0; k < plot->n_front; k++) {
        struct bb_point at = plot->at[plot->front[k]];
        point[n++] = at;
        if (k + 1 < plot->n_front) point[n++] = (struct bb_point){at.x, plot->at[plot->front[k + 1]].y};
    }
    bb_scene_polyline(plot->scene, BB_ROLE_AXIS, 1, point, n);
}

/* --- points --------------------------------------------------------------------------------------------------------- */

static void find_looks(struct plot *plot)
{
    const struct bb_scatter *scatter = plot->scatter;
    if (!scatter->n_families) return; /* all look the same */
    plot->has_others = scatter->n_families > BB_SERIES;
    for (size_t i = 0; i < scatter->n && !plot->has_others; i++)
        plot->has_others = is_drawn(scatter, i) && scatter->point[i].family >= scatter->n_families;
    size_t most = BB_SERIES - (plot->has_others ? 1 : 0);
    plot->n_named = scatter->n_families < most ? scatter->n_families : most;
}

static size_t look_of(const struct plot *plot, size_t family)
{
    return family < plot->n_named ? family : plot->n_named;
}

static void draw_whiskers(const struct plot *plot, size_t i, enum bb_role role)
{
    const struct bb_scatter_point *point = &plot->scatter->point[i];
    struct bb_point at = plot->at[i];
    if (plot->drawn > BB_SCATTER_NAMED) return;
    if (!isnan(point->x_error))
        bb_whisker_lying(plot->scene, role, at.y, kept(&plot->x, point->x - point->x_error),
                         kept(&plot->x, point->x + point->x_error));
    if (!isnan(point->y_error))
        bb_whisker_upright(plot->scene, role, at.x, kept(&plot->y, point->y - point->y_error),
                           kept(&plot->y, point->y + point->y_error));
}

static void draw_point(const struct plot *plot, size_t i)
{
    const struct bb_scatter_point *point = &plot->scatter->point[i];
    size_t look = look_of(plot, point->family);
    enum bb_role role = point->marked ? BB_ROLE_MARKED : (enum bb_role)(BB_ROLE_SERIES + look);
    bool is_named = plot->drawn <= BB_SCATTER_NAMED || point->marked;
    if (is_named) bb_scene_open(plot->scene, said(plot->scene->arena, plot->scatter, i), point->href);
    draw_whiskers(plot, i, role);
    bb_scene_shape(plot->scene, role, (enum bb_shape)look, plot->at[i].x, plot->at[i].y, point->marked ? 4.5 : plot->r, false);
    if (is_named) bb_scene_close(plot->scene);
}

/* Family by family, so that points of one look are one path when they are many; the marked ones on top. */
static void draw_points(const struct plot *plot)
{
    for (size_t look = 0; look <= plot->n_named; look++)
        for (size_t i = 0; i < plot->scatter->n; i++)
            if (!isnan(plot->at[i].x) && !plot->scatter->point[i].marked && look_of(plot, plot->scatter->point[i].family) == look)
                draw_point(plot, i);
    for (size_t i = 0; i < plot->scatter->n; i++)
        if (!isnan(plot->at[i].x) && plot->scatter->point[i].marked) draw_point(plot, i);
}

/* --- names ---------------------------------------------------------------------------------------------------------- */

/* What a point is extreme in: the larger, the further out. */
static double outness(const struct plot *plot, size_t i, size_t kind)
{
    const struct bb_scatter *scatter = plot->scatter;
    struct bb_point at = plot->at[i];
    double away = isnan(scatter->fit.slope) ? (double)NAN : bb_scale_at(&plot->y, fitted(scatter, scatter->point[i].x)) - at.y;
    const double values[EXTREMES] = {-at.y, at.x, away, -away, at.y, -at.x};
    return values[kind];
}

static size_t find_extreme(const struct plot *plot, size_t kind, const bool *taken)
{
    size_t best = plot->scatter->n;
    for (size_t i = 0; i < plot->scatter->n; i++) {
        if (isnan(plot->at[i].x) || taken[i] || isnan(outness(plot, i, kind))) continue;
        if (best == plot->scatter->n || outness(plot, i, kind) > outness(plot, best, kind)) best = i;
    }
    return best;
}

/* Marked ones first, then those that the caller names, then the front, then the extremes. */
static size_t choose_names(const struct plot *plot, size_t *chosen)
{
    size_t n = 0, total = plot->scatter->n;
    bool *taken = BB_NEW_ARRAY(plot->scene->arena, total + 1, bool);
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < total; i++) {
            const struct bb_scatter_point *point = &plot->scatter->point[i];
            if (isnan(plot->at[i].x) || taken[i] || !(round ? point->labelled : point->marked)) continue;
            taken[i] = true;
            chosen[n++] = i;
        }
    }
    for (size_t k = 0; k < plot->n_front; k++) {
        if (taken[plot->front[k]]) continue;
        taken[plot->front[k]] = true;
        chosen[n++] = plot->front[k];
    }
    for (size_t kind = 0; kind < EXTREMES; kind++) {
        size_t i = find_extreme(plot, kind, taken);
        if (i == total) continue;
        taken[i] = true;
        chosen[n++] = i;
    }
    return n;
}

/* What names keep clear of: the points, and places along whiskers and the front. */
struct obstacles {
    struct bb_point *point;
    size_t n;
};

static void add_obstacles(struct obstacles *to, double x1, double y1, double x2, double y2)
{
    size_t steps = 1 + (size_t)(hypot(x2 - x1, y2 - y1) / OBSTACLE_STEP);
    for (size_t k = 0; k <= steps; k++) {
        double share = (double)k / (double)steps;
        to->point[to->n++] = (struct bb_point){x1 + share * (x2 - x1), y1 + share * (y2 - y1)};
    }
}

static struct obstacles find_obstacles(const struct plot *plot)
{
    const struct bb_scatter *scatter = plot->scatter;
    size_t along = 2 + (size_t)((plot->scene->width + plot->scene->height) / OBSTACLE_STEP);
    bool is_crowd = plot->drawn > BB_SCATTER_NAMED;
    size_t lines = 2 * (plot->n_front + 1) + (is_crowd ? 0 : 2 * scatter->n);
    struct obstacles all = {BB_NEW_ARRAY(plot->scene->arena,
                                         scatter->n + along + 3 * lines + (is_crowd ? 0 : 2 * scatter->n * along) + 1,
                                         struct bb_point),
                            0};
    for (size_t i = 0; i < scatter->n; i++) all.point[all.n++] = plot->at[i];
    for (size_t i = 0; i < scatter->n && !is_crowd; i++) {
        const struct bb_scatter_point *point = &scatter->point[i];
        struct bb_point at = plot->at[i];
        if (isnan(at.x)) continue;
        if (!isnan(point->y_error))
            add_obstacles(&all, at.x, kept(&plot->y, point->y - point->y_error), at.x, kept(&plot->y, point->y + point->y_error));
        if (!isnan(point->x_error))
            add_obstacles(&all, kept(&plot->x, point->x - point->x_error), at.y, kept(&plot->x, point->x + point->x_error), at.y);
    }
    for (size_t k = 0; k < plot->n_front; k++) {
        struct bb_point at = plot->at[plot->front[k]];
        double right = k ? plot->at[plot->front[k - 1]].x : plot->frame.right;
        add_obstacles(&all, at.x, at.y, right, at.y);
        if (k) add_obstacles(&all, right, at.y, right, plot->at[plot->front[k - 1]].y);
    }
    return all;
}

static void draw_names(const struct plot *plot)
{
    struct obstacles obstacles = find_obstacles(plot);
    struct bb_arena *arena = plot->scene->arena;
    size_t *chosen = BB_NEW_ARRAY(arena, plot->scatter->n + 1, size_t), n = choose_names(plot, chosen);
    struct bb_label *label = BB_NEW_ARRAY(arena, n + 1, struct bb_label);
    for (size_t k = 0; k < n; k++) {
        const char *name = bb_scene_clean(arena, plot->scatter->point[chosen[k]].name, 200);
        label[k] = (struct bb_label){.x = plot->at[chosen[k]].x, .y = plot->at[chosen[k]].y, .r = plot->r};
        label[k].text = bb_text_fit(arena, name, BB_CHART_TEXT, plot->scene->width * NAME_ROOM, false);
    }
    bb_labels_place(label, n, obstacles.point, obstacles.n, plot->r, &plot->frame, arena);
    for (size_t k = 0; k < n; k++) {
        if (!label[k].placed) continue;
        enum bb_role role = plot->scatter->point[chosen[k]].marked ? BB_ROLE_MARKED : BB_ROLE_INK;
        bb_scene_text_as(plot->scene, role,
                         (struct bb_text){label[k].at_x, label[k].at_y, label[k].anchor, false, false, true, label[k].text});
    }
}

/* --- legend --------------------------------------------------------------------------------------------------------- */

static double legend(const struct plot *plot, double width, struct bb_arena *arena, bool draws)
{
    size_t n = plot->n_named + plot->has_others;
    const char **name = BB_NEW_ARRAY(arena, n + 1, const char *);
    for (size_t i = 0; i < n; i++) name[i] = i < plot->n_named ? bb_scene_clean(arena, plot->scatter->family[i], 60) : "others";
    return bb_legend(draws ? plot->scene : NULL, name, n, width, arena);
}

/* --- the chart ------------------------------------------------------------------------------------------------------ */

static struct bb_ticks ticks_of(const struct bb_scale *scale, const struct bb_scatter_axis *axis, struct bb_arena *arena)
{
    return bb_scale_ticks(scale, 5, axis->format, arena);
}

static void place_points(struct plot *plot)
{
    const struct bb_scatter *scatter = plot->scatter;
    plot->at = BB_NEW_ARRAY(plot->scene->arena, scatter->n + 1, struct bb_point);
    for (size_t i = 0; i < scatter->n; i++) {
        plot->at[i] = (struct bb_point){NAN, NAN};
        if (!is_drawn(scatter, i)) continue;
        plot->at[i] = (struct bb_point){bb_scale_at(&plot->x, scatter->point[i].x), bb_scale_at(&plot->y, scatter->point[i].y)};
        plot->drawn++;
    }
    plot->r = plot->drawn > 1000 ? 1.25 : plot->drawn > BB_SCATTER_NAMED ? 2 : plot->drawn > 60 ? 2.6 : 3.2;
}

struct bb_scene *bb_scatter_scene(const struct bb_scatter *scatter, struct bb_arena *arena)
{
    double width = scatter->width > 0 ? scatter->width : BB_CHART_WIDTH;
    struct plot plot = {.scatter = scatter};
    find_looks(&plot);
    double legend_room = legend(&plot, width, arena, false), height = (scatter->height > 0 ? scatter->height : 320) + legend_room;
    plot.scene = bb_scene_new(arena, width, height);
    plot.frame = (struct bb_frame){.top = 24 + legend_room, .right = width - 8, .bottom = height - 2 * BB_AXIS_BELOW};
    plot.y = scale_of(scatter, false, plot.frame.bottom - 5, plot.frame.top + 5);
    struct bb_ticks y_ticks = ticks_of(&plot.y, &scatter->y, arena);
    plot.frame.left = bb_ticks_width(&y_ticks) + 8;
    plot.x = scale_of(scatter, true, plot.frame.left + 6, plot.frame.right - 6);
    struct bb_ticks x_ticks = ticks_of(&plot.x, &scatter->x, arena);
    place_points(&plot);
    plot.front = BB_NEW_ARRAY(arena, scatter->n + 1, size_t);
    plot.n_front = bb_scatter_front(scatter, plot.front, arena);
    bb_scene_describe(plot.scene, scatter->title, describe(&plot));
    legend(&plot, width, arena, true);
    if (scatter->fit.n) draw_band(&plot);
    bb_axis_left(plot.scene, &plot.frame, &plot.y, &y_ticks, scatter->y.quantity);
    bb_axis_bottom(plot.scene, &plot.frame, &plot.x, &x_ticks, scatter->x.quantity);
    draw_fit(&plot);
    draw_front(&plot);
    draw_points(&plot);
    draw_names(&plot);
    if (!plot.drawn)
        bb_scene_text(plot.scene, BB_ROLE_MUTED, (plot.frame.left + plot.frame.right) / 2,
                      (plot.frame.top + plot.frame.bottom) / 2, BB_MIDDLE, "no model has both values");
    return plot.scene;
}
