#include "chart/profile.h"

#include <math.h>

#include "chart/font_widths.h"

#define MANY_LAYERS 200 /* beyond, dots would be a thick line, and their names megabytes */
#define LABELLED    10  /* as many names may stand below if they fit */

size_t bb_profile_best(const struct bb_profile_layer *layer, size_t n)
{
    size_t best = n;
    for (size_t i = 0; i < n; i++)
        if (!isnan(layer[i].score) && (best == n || layer[i].score > layer[best].score)) best = i;
    return best;
}

static const char *said(struct bb_arena *arena, const struct bb_profile_layer *layer)
{
    const char *name = bb_scene_clean(arena, layer->name, 80);
    if (isnan(layer->score)) return bb_arena_printf(arena, "%s: no score", name);
    const char *score = bb_chart_number(arena, layer->score, 3);
    if (isnan(layer->error)) return bb_arena_printf(arena, "%s: %s", name, score);
    return bb_arena_printf(arena, "%s: %s ± %s", name, score, bb_chart_number(arena, layer->error, 3));
}

static const char *describe(const struct bb_profile *profile, struct bb_arena *arena)
{
    static const struct {
        const char *what, *order, *chosen;
    } layers = {"layer", "the order of depth", "chosen layer"}, releases = {"release", "their order", "latest one"}, *words;
    size_t best = bb_profile_best(profile->layer, profile->n);
    words = profile->releases ? &releases : &layers;
    if (best == profile->n) return bb_arena_printf(arena, "No %s has a score.", words->what);
    const char *text = bb_arena_printf(arena, "%zu %s%s in %s. Best is %s.", profile->n, words->what, profile->n == 1 ? "" : "s",
                                       words->order, said(arena, &profile->layer[best]));
    if (profile->chosen < profile->n)
        text = bb_arena_printf(arena, "%s The %s is %s.", text, words->chosen, said(arena, &profile->layer[profile->chosen]));
    if (!isnan(profile->ceiling.value))
        text = bb_arena_printf(arena, "%s The ceiling is %s.", text, bb_chart_number(arena, profile->ceiling.value, 3));
    return text;
}

static struct bb_domain scores(const struct bb_profile *profile)
{
    struct bb_domain domain = {0};
    for (size_t i = 0; i < profile->n; i++) {
        const struct bb_profile_layer *layer = &profile->layer[i];
        bb_domain_add(&domain, BB_LINEAR, layer->score);
        if (isnan(layer->error) || isnan(layer->score)) continue;
        bb_domain_add(&domain, BB_LINEAR, layer->score - layer->error);
        bb_domain_add(&domain, BB_LINEAR, layer->score + layer->error);
    }
    bb_ceiling_domain(&profile->ceiling, &domain);
    bb_domain_add(&domain, BB_LINEAR, 0);
    if (domain.hi <= 0) bb_domain_add(&domain, BB_LINEAR, domain.lo < 0 ? -domain.lo / 10 : .1);
    return bb_domain_nice(domain, 4);
}

struct plot {
    const struct bb_profile *profile;
    struct bb_scene *scene;
    struct bb_frame frame;
    struct bb_scale y;
    struct bb_bands x;
};

static double x_of(const struct plot *plot, size_t i)
{
    return bb_band_middle(&plot->x, i);
}

static void draw_line(const struct plot *plot)
{
    struct bb_point *point = BB_NEW_ARRAY(plot->scene->arena, plot->profile->n + 1, struct bb_point);
    for (size_t i = 0; i < plot->profile->n; i++)
        point[i] = (struct bb_point){x_of(plot, i), bb_scale_at(&plot->y, plot->profile->layer[i].score)};
    if (plot->profile->n > 1) bb_scene_polyline(plot->scene, BB_ROLE_SERIES, 1.5, point, plot->profile->n);
}

static void draw_dot(const struct plot *plot, size_t i)
{
    const struct bb_profile_layer *layer = &plot->profile->layer[i];
    bool is_chosen = i == plot->profile->chosen;
    double y = bb_scale_at(&plot->y, layer->score), x = x_of(plot, i);
    enum bb_role role = is_chosen ? BB_ROLE_MARKED : BB_ROLE_SERIES;
    if (isnan(y)) return;
    bb_scene_open(plot->scene, said(plot->scene->arena, layer), NULL);
    if (!isnan(layer->error))
        bb_whisker_upright(plot->scene, role, x, bb_scale_at(&plot->y, layer->score - layer->error),
                           bb_scale_at(&plot->y, layer->score + layer->error));
    bb_scene_shape(plot->scene, role, is_chosen ? BB_DIAMOND : BB_CIRCLE, x, y,
                   is_chosen               ? 4
                   : plot->profile->n > 60 ? 1.5
                                           : 2.5,
                   false);
    bb_scene_close(plot->scene);
}

/* A line down from its name, which stands above the plot. */
static void draw_chosen(const struct plot *plot)
{
    size_t chosen = plot->profile->chosen;
    if (chosen >= plot->profile->n) return;
    struct bb_arena *arena = plot->scene->arena;
    const char *name = bb_text_fit(arena, bb_scene_clean(arena, plot->profile->layer[chosen].name, 200), BB_CHART_TEXT,
                                   plot->scene->width * .6, true);
    double x = x_of(plot, chosen), y = bb_scale_at(&plot->y, plot->profile->layer[chosen].score);
    bb_scene_line(plot->scene, BB_ROLE_MARKED, 1, x, plot->frame.top - 3, x, isnan(y) ? plot->frame.bottom : y);
    bb_text_within(plot->scene, BB_ROLE_MARKED, x, plot->frame.top - 7, 2, plot->scene->width - 2,
                   (struct bb_text){.text = name, .bold = false});
}

static bool all_fit(const struct plot *plot)
{
    double room = (plot->frame.right - plot->frame.left) / (double)plot->profile->n - 4;
    if (plot->profile->n > LABELLED) return false;
    for (size_t i = 0; i < plot->profile->n; i++)
        if (bb_text_width(plot->profile->layer[i].name, BB_CHART_TEXT, false) > room) return false;
    return true;
}

static void name_layer(const struct plot *plot, size_t i, double room)
{
    struct bb_arena *arena = plot->scene->arena;
    const char *name = bb_text_fit(arena, bb_scene_clean(arena, plot->profile->layer[i].name, 200), BB_CHART_TEXT, room, true);
    bb_text_within(plot->scene, BB_ROLE_MUTED, x_of(plot, i), plot->frame.bottom + 16, 2, plot->scene->width - 2,
                   (struct bb_text){.text = name});
}

/* All names when they fit, else the first and the last. */
static void draw_names(const struct plot *plot)
{
    size_t n = plot->profile->n;
    double room = plot->scene->width / 2 - 12;
    if (!n) return;
    if (all_fit(plot)) {
        for (size_t i = 0; i < n; i++) name_layer(plot, i, room);
        return;
    }
    name_layer(plot, 0, n > 1 ? room : plot->scene->width - 8);
    if (n > 1) name_layer(plot, n - 1, room);
}

struct bb_scene *bb_profile_scene(const struct bb_profile *profile, struct bb_arena *arena)
{
    double width = profile->width > 0 ? profile->width : 320, height = profile->height > 0 ? profile->height : 180;
    struct plot plot = {.profile = profile, .scene = bb_scene_new(arena, width, height)};
    bb_scene_describe(plot.scene, profile->title, describe(profile, arena));
    plot.frame = (struct bb_frame){.top = 32, .right = width - 4, .bottom = height - BB_AXIS_BELOW - 2};
    plot.y = bb_scale_new(BB_LINEAR, scores(profile), plot.frame.bottom, plot.frame.top);
    struct bb_ticks ticks = bb_scale_ticks(&plot.y, 4, BB_TICK_NUMBER, arena);
    plot.frame.left = bb_ticks_width(&ticks) + 8;
    plot.x = (struct bb_bands){.n = profile->n, .from = plot.frame.left + 2, .to = plot.frame.right - 2};
    bb_axis_left(plot.scene, &plot.frame, &plot.y, &ticks, NULL);
    bb_scene_text(plot.scene, BB_ROLE_MUTED, 2, 10, BB_START,
                  bb_text_fit(arena, profile->quantity, BB_CHART_TEXT, width - 4, false));
    bb_ceiling_lying(plot.scene, &plot.frame, &plot.y, &profile->ceiling);
    double zero = bb_scale_at(&plot.y, 0);
    bb_scene_line(plot.scene, BB_ROLE_AXIS, 1, plot.frame.left, zero, plot.frame.right, zero);
    draw_line(&plot);
    draw_chosen(&plot);
    for (size_t i = 0; i < profile->n; i++)
        if (i != profile->chosen && profile->n <= MANY_LAYERS) draw_dot(&plot, i);
    if (profile->chosen < profile->n) draw_dot(&plot, profile->chosen);
    draw_names(&plot);
    if (bb_profile_best(profile->layer, profile->n) == profile->n)
        bb_scene_text(plot.scene, BB_ROLE_MUTED, width / 2, (plot.frame.top + plot.frame.bottom) / 2, BB_MIDDLE, "no scores");
    return plot.scene;
}
