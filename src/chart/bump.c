#include "chart/bump.h"

#include <math.h>
#include <stdlib.h>

#include "chart/font_widths.h"

#define NAME_ROOM   .3   /* of the width, on either side, at most */
#define LIST_WIDTH  72.0 /* between lists, where the width is not given */
#define TURNED_MOST 110.0
#define LINE_HEIGHT 13.0
#define HEIGHT_MOST 340.0
#define WIDEST      960.0

struct plot {
    const struct bb_bump *bump;
    struct bb_scene *scene;
    struct bb_frame frame;
    bool *marked;
    size_t last_rank, n_marked;
    bool is_turned; /* names of lists */
};

/* --- what stands out ------------------------------------------------------------------------------------------------ */

static size_t last_rank(const struct bb_bump *bump)
{
    size_t last = 0;
    for (size_t i = 0; i < bump->n; i++)
        for (size_t k = 0; k < bump->n_lists; k++)
            if (bump->line[i].rank[k] > last) last = bump->line[i].rank[k];
    return last;
}

static bool is_drawn(const struct bb_bump *bump, size_t i)
{
    for (size_t k = 0; k < bump->n_lists; k++)
        if (bump->line[i].rank[k]) return true;
    return false;
}

static void mark(struct plot *plot, size_t i)
{
    if (plot->marked[i] || !is_drawn(plot->bump, i)) return;
    plot->marked[i] = true;
    plot->n_marked++;
}

/* Those that the caller marks; else the best of the last list, and of few models all. */
static void find_marked(struct plot *plot)
{
    const struct bb_bump *bump = plot->bump;
    for (size_t i = 0; i < bump->n; i++)
        if (bump->line[i].marked || bump->n <= BB_BUMP_MARKED) mark(plot, i);
    if (plot->n_marked || !bump->n_lists) return;
    for (size_t rank = 1; plot->n_marked < BB_BUMP_MARKED && rank <= plot->last_rank; rank++)
        for (size_t i = 0; i < bump->n; i++)
            if (bump->line[i].rank[bump->n_lists - 1] == rank) mark(plot, i);
}

/* The others, when they are few enough to have names as well. */
static bool is_named(const struct plot *plot, size_t i)
{
    return plot->marked[i] || plot->bump->n <= BB_BUMP_ROWS;
}

/* --- places --------------------------------------------------------------------------------------------------------- */

static double x_of(const struct plot *plot, size_t list)
{
    double width = plot->frame.right - plot->frame.left;
    return plot->bump->n_lists < 2 ? plot->frame.left + width / 2
                                   : plot->frame.left + width * (double)list / (double)(plot->bump->n_lists - 1);
}

static double y_of(const struct plot *plot, size_t rank)
{
    double height = plot->frame.bottom - plot->frame.top;
    return plot->last_rank < 2 ? plot->frame.top + height / 2
                               : plot->frame.top + height * (double)(rank - 1) / (double)(plot->last_rank - 1);
}

/* --- names at the ends ---------------------------------------------------------------------------------------------- */

struct end_name {
    size_t line;
    double y; /* the middle */
};

static int by_place(const void *a, const void *b)
{
    const struct end_name *x = a, *y = b;
    if (x->y != y->y) return x->y < y->y ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

/* Names in the order of their ranks, moved apart until each has a line: first down, then from the lower end up. What does not fit is dropped,
   unmarked ones and low ranks first. */
static size_t spread(const struct plot *plot, struct end_name *name, size_t n)
{
    double top = plot->frame.top, bottom = plot->frame.bottom;
    size_t room = 1 + (size_t)((bottom - top) / LINE_HEIGHT + 1e-9);
    qsort(name, n, sizeof *name, by_place);
    for (size_t pass = 0; pass < 2 && n > room; pass++) {
        for (size_t i = n; i-- > 0 && n > room;) {
            if (pass == 0 && plot->marked[name[i].line]) continue;
            for (size_t k = i + 1; k < n; k++) name[k - 1] = name[k];
            n--;
        }
    }
    for (size_t i = 1; i < n; i++) name[i].y = fmax(name[i].y, name[i - 1].y + LINE_HEIGHT);
    double limit = bottom;
    for (size_t i = n; i-- > 0; limit = name[i].y - LINE_HEIGHT) name[i].y = fmin(name[i].y, limit);
    return n;
}

static size_t end_names(const struct plot *plot, size_t list, struct end_name *name)
{
    size_t n = 0;
    for (size_t i = 0; i < plot->bump->n; i++)
        if (is_named(plot, i) && plot->bump->line[i].rank[list])
            name[n++] = (struct end_name){i, y_of(plot, plot->bump->line[i].rank[list])};
    return n ? spread(plot, name, n) : 0;
}

static const char *end_text(const struct plot *plot, size_t line, size_t list, double room)
{
    struct bb_arena *arena = plot->scene->arena;
    size_t rank = plot->bump->line[line].rank[list];
    const char *number = bb_arena_printf(arena, "%zu", rank);
    double rest = room - bb_text_width(number, BB_CHART_TEXT, false) - 5;
    const char *name = bb_text_fit(arena, bb_scene_clean(arena, plot->bump->line[line].name, 200), BB_CHART_TEXT, rest, false);
    return list ? bb_arena_printf(arena, "%s %s", number, name) : bb_arena_printf(arena, "%s %s", name, number);
}

static void draw_end(const struct plot *plot, size_t list)
{
    struct end_name *name = BB_NEW_ARRAY(plot->scene->arena, plot->bump->n + 1, struct end_name);
    size_t n = end_names(plot, list, name);
    double at = list ? plot->frame.right + 10 : plot->frame.left - 10, room = list ? plot->scene->width - at - 2 : at - 2;
    for (size_t i = 0; i < n; i++) {
        enum bb_role role = plot->marked[name[i].line] ? BB_ROLE_INK : BB_ROLE_MUTED;
        const char *text = end_text(plot, name[i].line, list, room);
        bb_scene_text(plot->scene, role, at, name[i].y + .36 * BB_CHART_TEXT, list ? BB_START : BB_END, text);
    }
}

/* --- lines ---------------------------------------------------------------------------------------------------------- */

static void add_path(const struct plot *plot, size_t i, enum bb_role role, double width)
{
    const struct bb_bump_line *line = &plot->bump->line[i];
    struct bb_point *point = BB_NEW_ARRAY(plot->scene->arena, plot->bump->n_lists + 1, struct bb_point);
    for (size_t k = 0; k < plot->bump->n_lists; k++)
        point[k] = line->rank[k] ? (struct bb_point){x_of(plot, k), y_of(plot, line->rank[k])} : (struct bb_point){NAN, NAN};
    bb_scene_polyline(plot->scene, role, width, point, plot->bump->n_lists);
}

/* "VGG-16: 3 in V1, 7 in V2, not in V4" */
static const char *said(const struct plot *plot, size_t i)
{
    struct bb_arena *arena = plot->scene->arena;
    const struct bb_bump_line *line = &plot->bump->line[i];
    const char *text = bb_arena_printf(arena, "%s:", bb_scene_clean(arena, line->name, 80));
    for (size_t k = 0; k < plot->bump->n_lists; k++) {
        const char *list = bb_scene_clean(arena, plot->bump->list[k], 30), *comma = k ? "," : "";
        text = line->rank[k] ? bb_arena_printf(arena, "%s%s %zu in %s", text, comma, line->rank[k], list)
                             : bb_arena_printf(arena, "%s%s not in %s", text, comma, list);
    }
    return text;
}

static void draw_crowd(const struct plot *plot)
{
    if (plot->bump->n > BB_BUMP_CROWD) return;
    for (size_t i = 0; i < plot->bump->n; i++)
        if (!plot->marked[i] && is_drawn(plot->bump, i)) add_path(plot, i, BB_ROLE_RULE, 1);
}

static void draw_marked(const struct plot *plot)
{
    size_t look = 0;
    for (size_t i = 0; i < plot->bump->n; i++) {
        if (!plot->marked[i]) continue;
        enum bb_role role = (enum bb_role)(BB_ROLE_SERIES + look % BB_SERIES);
        enum bb_shape shape =
            (enum bb_shape)((look + look / BB_SERIES) % BB_N_SHAPES); /* another one for the next round of colours */
        bb_scene_open(plot->scene, said(plot, i), plot->bump->line[i].href);
        add_path(plot, i, role, 2);
        for (size_t k = 0; k < plot->bump->n_lists; k++)
            if (plot->bump->line[i].rank[k])
                bb_scene_shape(plot->scene, role, shape, x_of(plot, k), y_of(plot, plot->bump->line[i].rank[k]), 3.4, false);
        bb_scene_close(plot->scene);
        look++;
    }
}

/* --- names of the lists --------------------------------------------------------------------------------------------- */

static double list_room(const struct bb_bump *bump, double width)
{
    return bump->n_lists > 1 ? width / (double)(bump->n_lists - 1) - 8 : width;
}

static bool lists_fit(const struct bb_bump *bump, double room)
{
    for (size_t k = 0; k < bump->n_lists; k++)
        if (bb_text_width(bump->list[k], BB_CHART_TEXT, false) > room) return false;
    return true;
}

static double turned_room(const struct bb_bump *bump)
{
    double most = 0;
    for (size_t k = 0; k < bump->n_lists; k++) most = fmax(most, bb_text_width(bump->list[k], BB_CHART_TEXT, false));
    return fmin(most, TURNED_MOST) + 6;
}

static void draw_lists(const struct plot *plot)
{
    struct bb_arena *arena = plot->scene->arena;
    double room = list_room(plot->bump, plot->frame.right - plot->frame.left);
    for (size_t k = 0; k < plot->bump->n_lists; k++) {
        double x = x_of(plot, k), y = plot->frame.top - 12;
        const char *name = bb_text_fit(arena, bb_scene_clean(arena, plot->bump->list[k], 200), BB_CHART_TEXT,
                                       plot->is_turned ? TURNED_MOST : room, false);
        bb_scene_line(plot->scene, BB_ROLE_RULE, 1, x, plot->frame.top - 6, x, plot->frame.bottom + 6);
        bb_scene_text_as(plot->scene, BB_ROLE_MUTED,
                         plot->is_turned ? (struct bb_text){.x = x + 4, .y = y, .anchor = BB_START, .turned = true, .text = name}
                                         : (struct bb_text){.x = x, .y = y, .anchor = BB_MIDDLE, .text = name});
    }
}

/* --- the chart ------------------------------------------------------------------------------------------------------ */

static const char *describe(const struct plot *plot, struct bb_arena *arena)
{
    const struct bb_bump *bump = plot->bump;
    const char *text = bb_arena_printf(arena, "Ranks of %zu model%s in %zu list%s, the best at the top.", bump->n,
                                       bump->n == 1 ? "" : "s", bump->n_lists, bump->n_lists == 1 ? "" : "s");
    size_t shown = 0;
    for (size_t i = 0; i < bump->n && shown < BB_BUMP_MARKED; i++) {
        if (!plot->marked[i]) continue;
        text = bb_arena_printf(arena, "%s %s.", text, said(plot, i));
        shown++;
    }
    if (bump->n > BB_BUMP_CROWD)
        return bb_arena_printf(arena, "%s The %zu others are not drawn.", text, bump->n - plot->n_marked);
    return text;
}

static double names_width(const struct plot *plot, double width)
{
    double most = 30;
    for (size_t i = 0; i < plot->bump->n; i++)
        if (is_named(plot, i)) most = fmax(most, bb_text_width(plot->bump->line[i].name, BB_CHART_TEXT, false) + 30);
    return fmin(most, width * NAME_ROOM) + 12;
}

struct bb_scene *bb_bump_scene(const struct bb_bump *bump, struct bb_arena *arena)
{
    struct plot plot = {.bump = bump, .marked = BB_NEW_ARRAY(arena, bump->n + 1, bool), .last_rank = last_rank(bump)};
    find_marked(&plot);
    double wished = bump->n_lists > 1 ? LIST_WIDTH * (double)(bump->n_lists - 1) + 200 : 0;
    double width = bump->width > 0 ? bump->width : fmin(fmax(BB_CHART_WIDTH, wished), WIDEST), names = names_width(&plot, width);
    plot.frame = (struct bb_frame){.left = names, .right = width - names};
    plot.is_turned = !lists_fit(bump, list_room(bump, plot.frame.right - plot.frame.left));
    plot.frame.top = 20 + (plot.is_turned ? turned_room(bump) : 0);
    double rows = plot.last_rank > 1 ? (double)(plot.last_rank - 1) : 1;
    plot.frame.bottom = plot.frame.top + fmin(rows * (LINE_HEIGHT + 5), HEIGHT_MOST);
    plot.scene = bb_scene_new(arena, width, plot.frame.bottom + 12);
    bb_scene_describe(plot.scene, bump->title, describe(&plot, arena));
    if (!plot.last_rank) {
        bb_scene_text(plot.scene, BB_ROLE_MUTED, width / 2, (plot.frame.top + plot.frame.bottom) / 2, BB_MIDDLE, "no ranks");
        return plot.scene;
    }
    draw_lists(&plot);
    draw_crowd(&plot);
    draw_marked(&plot);
    draw_end(&plot, 0);
    if (bump->n_lists > 1) draw_end(&plot, bump->n_lists - 1);
    return plot.scene;
}
