#include "chart/depth.h"

#include <math.h>

#include "chart/font_widths.h"
#include "chart/labels.h"

#define CHOSEN 4.4 /* radius */
#define DOT    2.4

struct plot {
    const struct bb_depth *depth;
    struct bb_scene *scene;
    struct bb_frame frame;
    struct bb_scale y;
};

static const char *name_of(struct bb_arena *arena, const char *name)
{
    return bb_scene_clean(arena, name, 80);
}

static const char *describe(const struct bb_depth *depth, struct bb_arena *arena)
{
    const char *text = bb_arena_printf(arena, "%zu model%s, layers in the order of depth.", depth->n, depth->n == 1 ? "" : "s");
    for (size_t m = 0; m < depth->n; m++) {
        const struct bb_depth_model *model = &depth->model[m];
        size_t best = bb_profile_best(model->layer, model->n);
        text =
            bb_arena_printf(arena, "%s %s: %zu layer%s", text, name_of(arena, model->name), model->n, model->n == 1 ? "" : "s");
        if (best < model->n)
            text = bb_arena_printf(arena, "%s, best %s with %s", text, name_of(arena, model->layer[best].name),
                                   bb_chart_number(arena, model->layer[best].score, 3));
        if (model->chosen < model->n)
            text = bb_arena_printf(arena, "%s, chosen %s", text, name_of(arena, model->layer[model->chosen].name));
        text = bb_arena_printf(arena, "%s.", text);
    }
    return text;
}

static struct bb_domain scores(const struct bb_depth *depth)
{
    struct bb_domain domain = {0};
    for (size_t m = 0; m < depth->n; m++)
        for (size_t i = 0; i < depth->model[m].n; i++) bb_domain_add(&domain, BB_LINEAR, depth->model[m].layer[i].score);
    bb_domain_add(&domain, BB_LINEAR, 0);
    if (domain.hi <= 0) bb_domain_add(&domain, BB_LINEAR, domain.lo < 0 ? -domain.lo / 10 : .1);
    return bb_domain_nice(domain, 4);
}

/* The first layer stands at the left end, the last at the right one. */
static struct bb_point place(const struct plot *plot, const struct bb_depth_model *model, size_t i)
{
    double from = plot->frame.left + 8, to = plot->frame.right - 8, part = model->n > 1 ? (double)i / (double)(model->n - 1) : 1;
    return (struct bb_point){from + part * (to - from), bb_scale_at(&plot->y, model->layer[i].score)};
}

static void draw_layer(const struct plot *plot, size_t m, size_t i)
{
    const struct bb_depth_model *model = &plot->depth->model[m];
    struct bb_arena *arena = plot->scene->arena;
    struct bb_point at = place(plot, model, i);
    size_t look = m < BB_SERIES ? m : BB_SERIES - 1;
    if (isnan(at.y)) return;
    bb_scene_open(plot->scene,
                  bb_arena_printf(arena, "%s, %s: %s%s", name_of(arena, model->name), name_of(arena, model->layer[i].name),
                                  bb_chart_number(arena, model->layer[i].score, 3), i == model->chosen ? ", chosen" : ""),
                  NULL);
    bb_scene_shape(plot->scene, (enum bb_role)(BB_ROLE_SERIES + look), (enum bb_shape)look, at.x, at.y,
                   i == model->chosen ? CHOSEN : DOT, false);
    bb_scene_close(plot->scene);
}

static void draw_model(const struct plot *plot, size_t m)
{
    const struct bb_depth_model *model = &plot->depth->model[m];
    struct bb_point *point = BB_NEW_ARRAY(plot->scene->arena, model->n + 1, struct bb_point);
    for (size_t i = 0; i < model->n; i++) point[i] = place(plot, model, i);
    if (model->n > 1)
        bb_scene_polyline(plot->scene, (enum bb_role)(BB_ROLE_SERIES + (m < BB_SERIES ? m : BB_SERIES - 1)), 1.5, point,
                          model->n);
    for (size_t i = 0; i < model->n; i++)
        if (model->n <= BB_DEPTH_DOTS || i == model->chosen) draw_layer(plot, m, i);
}

/* The names of the chosen layers, where they lie on no point. */
static void name_chosen(const struct plot *plot)
{
    const struct bb_depth *depth = plot->depth;
    struct bb_arena *arena = plot->scene->arena;
    size_t n_points = 0, n = 0, all = 0;
    for (size_t m = 0; m < depth->n; m++) all += depth->model[m].n;
    struct bb_point *point = BB_NEW_ARRAY(arena, all + 1, struct bb_point);
    struct bb_label *label = BB_NEW_ARRAY(arena, depth->n + 1, struct bb_label);
    for (size_t m = 0; m < depth->n; m++) {
        const struct bb_depth_model *model = &depth->model[m];
        for (size_t i = 0; i < model->n; i++) {
            struct bb_point at = place(plot, model, i);
            if (isnan(at.y)) continue;
            point[n_points++] = at;
            if (i == model->chosen)
                label[n++] = (struct bb_label){.x = at.x,
                                               .y = at.y,
                                               .r = CHOSEN,
                                               .text = bb_text_fit(arena, bb_scene_clean(arena, model->layer[i].name, 200),
                                                                   BB_CHART_TEXT, plot->scene->width * .4, true)};
        }
    }
    bb_labels_place(label, n, point, n_points, DOT, &plot->frame, arena);
    for (size_t k = 0; k < n; k++)
        if (label[k].placed)
            bb_scene_text_as(plot->scene, BB_ROLE_INK,
                             (struct bb_text){label[k].at_x, label[k].at_y, label[k].anchor, false, false, true, label[k].text});
}

struct bb_scene *bb_depth_scene(const struct bb_depth *depth, struct bb_arena *arena)
{
    double width = depth->width > 0 ? depth->width : BB_CHART_WIDTH;
    const char **name = BB_NEW_ARRAY(arena, depth->n + 1, const char *);
    size_t n_scores = 0;
    for (size_t m = 0; m < depth->n; m++) {
        name[m] = depth->model[m].name;
        for (size_t i = 0; i < depth->model[m].n; i++) n_scores += isnan(depth->model[m].layer[i].score) ? 0 : 1;
    }
    double legend = bb_legend(NULL, name, depth->n, width, arena), height = (depth->height > 0 ? depth->height : 220) + legend;
    struct plot plot = {.depth = depth, .scene = bb_scene_new(arena, width, height)};
    bb_scene_describe(plot.scene, depth->title, describe(depth, arena));
    plot.frame = (struct bb_frame){.top = 24 + legend, .right = width - 6, .bottom = height - BB_AXIS_BELOW - 2};
    plot.y = bb_scale_new(BB_LINEAR, scores(depth), plot.frame.bottom, plot.frame.top);
    struct bb_ticks ticks = bb_scale_ticks(&plot.y, 4, BB_TICK_NUMBER, arena);
    plot.frame.left = bb_ticks_width(&ticks) + 8;
    bb_legend(plot.scene, name, depth->n, width, arena);
    bb_axis_left(plot.scene, &plot.frame, &plot.y, &ticks, depth->quantity);
    double zero = bb_scale_at(&plot.y, 0), base = plot.frame.bottom + 16;
    bb_scene_line(plot.scene, BB_ROLE_AXIS, 1, plot.frame.left, zero, plot.frame.right, zero);
    bb_scene_text(plot.scene, BB_ROLE_MUTED, plot.frame.left, base, BB_START, "first layer");
    bb_scene_text(plot.scene, BB_ROLE_MUTED, plot.frame.right, base, BB_END, "last layer");
    for (size_t m = 0; m < depth->n; m++) draw_model(&plot, m);
    name_chosen(&plot);
    if (!n_scores)
        bb_scene_text(plot.scene, BB_ROLE_MUTED, width / 2, (plot.frame.top + plot.frame.bottom) / 2, BB_MIDDLE, "no scores");
    return plot.scene;
}
