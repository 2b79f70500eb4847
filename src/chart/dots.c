#include "chart/dots.h"

#include <math.h>

#include "chart/font_widths.h"

#define ROW           17.0
#define TOP           16.0
#define VALUE_ROOM    34.0
#define NAMES_MOST    .42 /* share of the width that names may take */
#define RANKED_HEIGHT 220.0
#define NAMED         300 /* so many dots bear their names */

struct plot {
    const struct bb_dots *dots;
    struct bb_scene *scene;
    struct bb_frame frame;
    struct bb_scale scale; /* of the values */
};

/* --- words ---------------------------------------------------------------------------------------------------------- */

static const char *said(struct bb_arena *arena, const struct bb_dots_item *item)
{
    const char *name = bb_scene_clean(arena, item->name, 80);
    if (isnan(item->value)) return bb_arena_printf(arena, "%s: %s", name, item->missing ? item->missing : "no score");
    const char *value = bb_chart_number(arena, item->value, 3);
    if (isnan(item->low) || isnan(item->high)) return bb_arena_printf(arena, "%s: %s", name, value);
    return bb_arena_printf(arena, "%s: %s (%s to %s)", name, value, bb_chart_number(arena, item->low, 3),
                           bb_chart_number(arena, item->high, 3));
}

static const char *describe(const struct bb_dots *dots, struct bb_arena *arena)
{
    size_t n = 0, best = 0, worst = 0;
    for (size_t i = 0; i < dots->n; i++) {
        if (isnan(dots->item[i].value)) continue;
        if (!n || dots->item[i].value > dots->item[best].value) best = i;
        if (!n || dots->item[i].value < dots->item[worst].value) worst = i;
        n++;
    }
    if (!n) return "No model has a score.";
    const char *text =
        bb_arena_printf(arena, "%zu of %zu models have a score. Highest is %s.", n, dots->n, said(arena, &dots->item[best]));
    if (n > 1) text = bb_arena_printf(arena, "%s Lowest is %s.", text, said(arena, &dots->item[worst]));
    if (!isnan(dots->ceiling.value))
        text = bb_arena_printf(arena, "%s The ceiling is %s.", text, bb_chart_number(arena, dots->ceiling.value, 3));
    return dots->whisker && dots->n <= BB_DOTS_WHISKERS ? bb_arena_printf(arena, "%s Whiskers: %s.", text, dots->whisker) : text;
}

static struct bb_domain values(const struct bb_dots *dots)
{
    struct bb_domain domain = {0};
    for (size_t i = 0; i < dots->n; i++) {
        bb_domain_add(&domain, BB_LINEAR, dots->item[i].value);
        if (isnan(dots->item[i].value) || dots->n > BB_DOTS_WHISKERS) continue;
        bb_domain_add(&domain, BB_LINEAR, dots->item[i].low);
        bb_domain_add(&domain, BB_LINEAR, dots->item[i].high);
    }
    bb_ceiling_domain(&dots->ceiling, &domain);
    bb_domain_add(&domain, BB_LINEAR, 0);
    if (domain.hi <= 0) bb_domain_add(&domain, BB_LINEAR, domain.lo < 0 ? -domain.lo / 10 : 1);
    return domain;
}

static enum bb_role role_of(const struct bb_dots_item *item)
{
    return item->marked ? BB_ROLE_MARKED : BB_ROLE_SERIES;
}

/* --- a row each ----------------------------------------------------------------------------------------------------- */

static double names_width(const struct bb_dots *dots, double width)
{
    double widest = 0;
    for (size_t i = 0; i < dots->n; i++)
        widest = fmax(widest, bb_text_width(dots->item[i].name, BB_CHART_TEXT, dots->item[i].marked));
    return fmin(widest, NAMES_MOST * width);
}

static void draw_row(const struct plot *plot, size_t i)
{
    const struct bb_dots_item *item = &plot->dots->item[i];
    struct bb_scene *scene = plot->scene;
    double y = plot->frame.top + ROW * ((double)i + .5), base = y + .36 * BB_CHART_TEXT;
    double room = (plot->frame.left - 10) / (item->marked ? 1.16 : 1);
    const char *name = bb_text_fit(scene->arena, bb_scene_clean(scene->arena, item->name, 200), BB_CHART_TEXT, room, false);
    bb_scene_open(scene, said(scene->arena, item), item->href);
    bb_scene_text_as(
        scene, item->marked ? BB_ROLE_MARKED : BB_ROLE_INK,
        (struct bb_text){.x = plot->frame.left - 8, .y = base, .anchor = BB_END, .bold = item->marked, .text = name});
    if (isnan(item->value)) {
        bb_scene_text(scene, BB_ROLE_MUTED, plot->frame.left + 6, base, BB_START, item->missing ? item->missing : "no score");
    } else {
        bb_whisker_lying(scene, role_of(item), y, bb_scale_at(&plot->scale, item->low), bb_scale_at(&plot->scale, item->high));
        double x = bb_scale_at(&plot->scale, item->value);
        if (item->reference) bb_scene_shape(scene, BB_ROLE_PAPER, BB_CIRCLE, x, y, 3.2, false); /* the whisker ends at its edge */
        bb_scene_shape(scene, role_of(item), item->marked ? BB_DIAMOND : BB_CIRCLE, x, y, item->marked ? 4 : 3.2,
                       item->reference);
        bb_scene_text(scene, BB_ROLE_INK, scene->width - 2, base, BB_END, bb_chart_number(scene->arena, item->value, 2));
    }
    bb_scene_close(scene);
}

static struct bb_scene *rows_scene(const struct bb_dots *dots, double width, struct bb_arena *arena)
{
    double bottom = TOP + ROW * (double)(dots->n ? dots->n : 1) + 2;
    struct plot plot = {.dots = dots, .scene = bb_scene_new(arena, width, bottom + 2 * BB_AXIS_BELOW)};
    plot.frame = (struct bb_frame){fmax(10, names_width(dots, width) + 11), TOP, width - VALUE_ROOM - 6, bottom};
    plot.scale = bb_scale_new(BB_LINEAR, values(dots), plot.frame.left + 5, plot.frame.right - 4);
    struct bb_ticks ticks = bb_scale_ticks(&plot.scale, 5, BB_TICK_NUMBER, arena);
    bb_axis_bottom(plot.scene, &plot.frame, &plot.scale, &ticks, dots->quantity);
    bb_ceiling_upright(plot.scene, &plot.frame, &plot.scale, &dots->ceiling);
    for (size_t i = 0; i < dots->n; i++) draw_row(&plot, i);
    if (!dots->n) bb_scene_text(plot.scene, BB_ROLE_MUTED, width / 2, TOP + 13, BB_MIDDLE, "no models");
    return plot.scene;
}

/* --- by rank -------------------------------------------------------------------------------------------------------- */

static void draw_ranked(const struct plot *plot, const struct bb_scale *x, size_t rank, const struct bb_dots_item *item, size_t n)
{
    double at = bb_scale_at(x, (double)rank + 1), y = bb_scale_at(&plot->scale, item->value);
    double r = item->marked ? 4 : n > 300 ? 1.25 : n > 100 ? 1.75 : 2.5;
    bool is_named = n <= NAMED || item->marked;
    if (is_named)
        bb_scene_open(plot->scene, bb_arena_printf(plot->scene->arena, "%zu. %s", rank + 1, said(plot->scene->arena, item)),
                      item->href);
    if (plot->dots->n <= BB_DOTS_WHISKERS && !isnan(item->low) && !isnan(item->high)) /* more would be a grey cloud */
        bb_scene_line(plot->scene, role_of(item), .75, at, bb_scale_at(&plot->scale, item->low), at,
                      bb_scale_at(&plot->scale, item->high));
    bb_scene_shape(plot->scene, role_of(item), item->marked ? BB_DIAMOND : BB_CIRCLE, at, y, r, item->reference && n <= NAMED);
    if (is_named) bb_scene_close(plot->scene);
}

/* The first and the last below the ends of the axis, where nothing can be in their way. */
static void name_ends(const struct plot *plot, const struct bb_dots_item *const *item, size_t n)
{
    struct bb_arena *arena = plot->scene->arena;
    double room = (plot->frame.right - plot->frame.left) * .38, y = plot->frame.bottom + 29;
    bb_scene_text(plot->scene, BB_ROLE_MUTED, (plot->frame.left + plot->frame.right) / 2, y, BB_MIDDLE, "rank");
    for (size_t k = 0; k < n && k < 2; k++) {
        const char *name = bb_scene_clean(arena, item[k ? n - 1 : 0]->name, 200);
        bb_scene_text(plot->scene, BB_ROLE_INK, k ? plot->frame.right : plot->frame.left, y, k ? BB_END : BB_START,
                      bb_text_fit(arena, name, BB_CHART_TEXT, room, false));
    }
}

static void name_marked(const struct plot *plot, double x, const struct bb_dots_item *item)
{
    struct bb_arena *arena = plot->scene->arena;
    const char *name = bb_text_fit(arena, bb_scene_clean(arena, item->name, 200), BB_CHART_TEXT, plot->scene->width - 60, false);
    bb_scene_line(plot->scene, BB_ROLE_MARKED, 1, x, plot->frame.top - 3, x, bb_scale_at(&plot->scale, item->value));
    bb_text_within(plot->scene, BB_ROLE_MARKED, x, plot->frame.top - 7, plot->frame.left, plot->scene->width - 2,
                   (struct bb_text){.text = name, .bold = true});
}

static struct bb_scene *ranked_scene(const struct bb_dots *dots, double width, struct bb_arena *arena)
{
    const struct bb_dots_item **order = BB_NEW_ARRAY(arena, dots->n + 1, const struct bb_dots_item *);
    size_t n = 0;
    for (size_t i = 0; i < dots->n; i++)
        if (!isnan(dots->item[i].value)) order[n++] = &dots->item[i];
    struct plot plot = {.dots = dots, .scene = bb_scene_new(arena, width, RANKED_HEIGHT)};
    plot.frame = (struct bb_frame){.top = 34, .right = width - 6, .bottom = RANKED_HEIGHT - 2 * BB_AXIS_BELOW};
    plot.scale = bb_scale_new(BB_LINEAR, bb_domain_nice(values(dots), 5), plot.frame.bottom, plot.frame.top);
    struct bb_ticks ticks = bb_scale_ticks(&plot.scale, 5, BB_TICK_NUMBER, arena);
    plot.frame.left = bb_ticks_width(&ticks) + 8;
    struct bb_scale x =
        bb_scale_new(BB_LINEAR, (struct bb_domain){1, n > 1 ? (double)n : 2, true}, plot.frame.left + 8, plot.frame.right - 6);
    struct bb_ticks ranks = bb_scale_ticks(&x, 6, BB_TICK_YEAR, arena);
    bb_axis_left(plot.scene, &plot.frame, &plot.scale, &ticks, NULL);
    bb_scene_text(plot.scene, BB_ROLE_MUTED, 2, 10, BB_START,
                  bb_text_fit(arena, dots->quantity, BB_CHART_TEXT, width - 4, false));
    bb_axis_bottom(plot.scene, &plot.frame, &x, &ranks, NULL);
    bb_ceiling_lying(plot.scene, &plot.frame, &plot.scale, &dots->ceiling);
    for (size_t i = 0; i < n; i++)
        if (!order[i]->marked) draw_ranked(&plot, &x, i, order[i], n);
    for (size_t i = 0; i < n; i++) {
        if (!order[i]->marked) continue;
        name_marked(&plot, bb_scale_at(&x, (double)i + 1), order[i]);
        draw_ranked(&plot, &x, i, order[i], n);
    }
    name_ends(&plot, order, n);
    return plot.scene;
}

struct bb_scene *bb_dots_scene(const struct bb_dots *dots, struct bb_arena *arena)
{
    double width = dots->width > 0 ? dots->width : BB_CHART_WIDTH;
    struct bb_scene *scene = dots->n <= (dots->rows_most ? dots->rows_most : BB_DOTS_ROWS) ? rows_scene(dots, width, arena)
                                                                                           : ranked_scene(dots, width, arena);
    bb_scene_describe(scene, dots->title, describe(dots, arena));
    return scene;
}
