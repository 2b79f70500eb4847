#include "chart/heatmap.h"

#include <math.h>

#include "chart/font_widths.h"

#define NAMES_MOST 150.0
#define LEGIBLE    11.0 /* cells as large as a line of text can have names beside them */

struct plot {
    const struct bb_heatmap *map;
    struct bb_scene *scene;
    double left, top, w, h; /* a cell with its gap */
    size_t count[4];        /* cells of each kind */
    size_t n_below;         /* of them, below zero */
};

static size_t row_at(const struct plot *plot, size_t i)
{
    return plot->map->row_order ? plot->map->row_order[i] : i;
}

static size_t column_at(const struct plot *plot, size_t i)
{
    return plot->map->column_order ? plot->map->column_order[i] : i;
}

static const struct bb_heat_cell *cell_at(const struct plot *plot, size_t row, size_t column)
{
    return &plot->map->cell[row_at(plot, row) * plot->map->n_columns + column_at(plot, column)];
}

static double names_room(const char *const *name, size_t n, double size)
{
    double room = 0;
    if (size < LEGIBLE) return 2;
    for (size_t i = 0; i < n; i++) room = fmax(room, bb_text_width(name[i], BB_CHART_TEXT, false));
    return fmin(room, NAMES_MOST) + 8;
}

static const char *missing_word(const struct bb_heatmap *map)
{
    return map->missing ? map->missing : "not run";
}

static const char *describe(const struct plot *plot, struct bb_arena *arena)
{
    const struct bb_heatmap *map = plot->map;
    const size_t *count = plot->count;
    double low = NAN, high = NAN;
    if (map->desc) return map->desc;
    for (size_t i = 0; i < map->n_rows * map->n_columns; i++) {
        if (map->cell[i].kind != BB_HEAT_VALUE) continue;
        low = fmin(low, map->cell[i].value);
        high = fmax(high, map->cell[i].value);
    }
    const char *text =
        bb_arena_printf(arena, "%zu rows and %zu columns, %zu cells with a value", map->n_rows, map->n_columns, count[0]);
    if (count[0])
        text = bb_arena_printf(arena, "%s from %s to %s", text, bb_chart_number(arena, low, 3), bb_chart_number(arena, high, 3));
    text = bb_arena_printf(arena, "%s. Darker is higher on paper, lighter is higher in the dark.", text);
    if (count[BB_HEAT_MISSING])
        text = bb_arena_printf(arena, "%s Hatched: %zu %s.", text, count[BB_HEAT_MISSING], missing_word(map));
    return count[BB_HEAT_FAILED] ? bb_arena_printf(arena, "%s Crossed: %zu failed.", text, count[BB_HEAT_FAILED]) : text;
}

/* --- cells ---------------------------------------------------------------------------------------------------------- */

static double x_of(const struct plot *plot, size_t column)
{
    return plot->left + plot->w * (double)column;
}

static double y_of(const struct plot *plot, size_t row)
{
    return plot->top + plot->h * (double)row;
}

/* Without the gap, which small cells do not have. */
static double inner(double size)
{
    return size >= 6 ? size - 1 : size;
}

static enum bb_role shade_role(int shade)
{
    return shade < 0 ? (enum bb_role)(BB_ROLE_BELOW - 1 - shade) : (enum bb_role)(BB_ROLE_SHADE + shade);
}

/* Cells of one shade are lines as thick as a cell: neighbours in a row become one, so a large map is a few hundred kilobytes at most. */
static void draw_shade(const struct plot *plot, int shade)
{
    struct bb_arena *arena = plot->scene->arena;
    size_t n = 0, most = 3 * plot->map->n_rows * plot->map->n_columns;
    struct bb_point *point = BB_NEW_ARRAY(arena, most + 1, struct bb_point);
    double across = inner(plot->w), down = inner(plot->h);
    bool is_joined = across == plot->w;
    for (size_t r = 0; r < plot->map->n_rows; r++) {
        double y = y_of(plot, r) + down / 2;
        for (size_t c = 0; c < plot->map->n_columns;) {
            size_t end = c;
            while (end < plot->map->n_columns && cell_at(plot, r, end)->kind == BB_HEAT_VALUE &&
                   cell_at(plot, r, end)->shade == shade && (end == c || is_joined))
                end++;
            if (end == c) {
                c++;
                continue;
            }
            point[n++] = (struct bb_point){x_of(plot, c), y};
            point[n++] = (struct bb_point){x_of(plot, end - 1) + across, y};
            point[n++] = (struct bb_point){NAN, NAN};
            c = end;
        }
    }
    if (n) bb_scene_polyline(plot->scene, shade_role(shade), down, point, n);
}

static size_t add_stroke(struct bb_point *point, size_t n, double x1, double y1, double x2, double y2)
{
    point[n++] = (struct bb_point){x1, y1};
    point[n++] = (struct bb_point){x2, y2};
    point[n++] = (struct bb_point){NAN, NAN};
    return n;
}

/* The sign of a cell in the rectangle: hatched, crossed, or the bar of what is below zero. */
enum sign { HATCH, CROSS, BAR, N_SIGNS };
static const enum bb_role sign_role[] = {[HATCH] = BB_ROLE_MUTED, [CROSS] = BB_ROLE_FAILED, [BAR] = BB_ROLE_INK};

static size_t add_sign(struct bb_point *point, size_t n, enum sign sign, double x, double y, double w, double h)
{
    double in = fmin(w, h) * .2, side = fmin(w, h) - 2 * in;
    x += (w - side) / 2;
    y += (h - side) / 2;
    if (sign == BAR) return add_stroke(point, n, x, y + side / 2, x + side, y + side / 2);
    n = add_stroke(point, n, x, y + side, x + side, y);
    return sign == CROSS ? add_stroke(point, n, x, y, x + side, y + side) : n;
}

static bool has_sign(const struct bb_heat_cell *cell, enum sign sign)
{
    if (sign == BAR) return cell->kind == BB_HEAT_VALUE && cell->shade < 0 && !cell->text;
    return cell->kind == (sign == HATCH ? BB_HEAT_MISSING : BB_HEAT_FAILED);
}

static void draw_signs(const struct plot *plot, enum sign sign)
{
    size_t n = 0, most = 6 * plot->map->n_rows * plot->map->n_columns;
    struct bb_point *point = BB_NEW_ARRAY(plot->scene->arena, most + 1, struct bb_point);
    double w = inner(plot->w), h = inner(plot->h);
    for (size_t r = 0; r < plot->map->n_rows; r++)
        for (size_t c = 0; c < plot->map->n_columns; c++)
            if (has_sign(cell_at(plot, r, c), sign)) n = add_sign(point, n, sign, x_of(plot, c), y_of(plot, r), w, h);
    if (n) bb_scene_polyline(plot->scene, sign_role[sign], sign == BAR || fmin(w, h) < 8 ? .5 : 1, point, n);
}

/* What is written into cells, and the dots of those that are doubtful and have no text. */
static void draw_texts(const struct plot *plot)
{
    double w = inner(plot->w), h = inner(plot->h);
    for (size_t r = 0; r < plot->map->n_rows; r++) {
        for (size_t c = 0; c < plot->map->n_columns; c++) {
            const struct bb_heat_cell *cell = cell_at(plot, r, c);
            double x = x_of(plot, c) + w / 2, y = y_of(plot, r) + h / 2;
            if (cell->text && h >= LEGIBLE && bb_text_width(cell->text, BB_CHART_TEXT, false) <= w)
                bb_scene_text(plot->scene, cell->doubtful ? BB_ROLE_MUTED : BB_ROLE_INK, x, y + .36 * BB_CHART_TEXT, BB_MIDDLE,
                              cell->text);
            else if (cell->doubtful && !cell->text)
                bb_scene_shape(plot->scene, BB_ROLE_INK, BB_CIRCLE, x, y + (cell->shade < 0 ? h / 4 : 0), fmin(1.2, h / 8),
                               false);
        }
    }
}

/* --- names ---------------------------------------------------------------------------------------------------------- */

static void draw_names(const struct plot *plot)
{
    struct bb_arena *arena = plot->scene->arena;
    double across = inner(plot->w) / 2 + .36 * BB_CHART_TEXT, down = inner(plot->h) / 2 + .36 * BB_CHART_TEXT;
    for (size_t r = 0; r < plot->map->n_rows && plot->h >= LEGIBLE; r++) {
        const char *name =
            bb_text_fit(arena, bb_scene_clean(arena, plot->map->row[row_at(plot, r)], 200), BB_CHART_TEXT, NAMES_MOST, false);
        bb_scene_text(plot->scene, BB_ROLE_INK, plot->left - 4, y_of(plot, r) + down, BB_END, name);
    }
    for (size_t c = 0; c < plot->map->n_columns && plot->w >= LEGIBLE; c++) {
        const char *name = bb_text_fit(arena, bb_scene_clean(arena, plot->map->column[column_at(plot, c)], 200), BB_CHART_TEXT,
                                       NAMES_MOST, false);
        bb_scene_text_as(
            plot->scene, BB_ROLE_INK,
            (struct bb_text){.x = x_of(plot, c) + across, .y = plot->top - 4, .anchor = BB_START, .turned = true, .text = name});
    }
}

/* What stands under the pointer: an empty rectangle in the colour of the cell would hide its mark, so it is drawn before all marks. */
static void draw_hovers(const struct plot *plot)
{
    const char *const words[] = {"", missing_word(plot->map), "failed"};
    struct bb_arena *arena = plot->scene->arena;
    for (size_t r = 0; r < plot->map->n_rows; r++) {
        for (size_t c = 0; c < plot->map->n_columns; c++) {
            const struct bb_heat_cell *cell = cell_at(plot, r, c);
            if (cell->kind == BB_HEAT_NONE) continue;
            const char *value = cell->kind == BB_HEAT_VALUE ? bb_chart_number(arena, cell->value, 3) : words[cell->kind];
            const char *text = bb_arena_printf(arena, "%s, %s: %s", bb_scene_clean(arena, plot->map->row[row_at(plot, r)], 80),
                                               bb_scene_clean(arena, plot->map->column[column_at(plot, c)], 80), value);
            bb_scene_open(plot->scene, text, NULL);
            bb_scene_rect(plot->scene, cell->kind == BB_HEAT_VALUE ? shade_role(cell->shade) : BB_ROLE_PAPER, x_of(plot, c),
                          y_of(plot, r), inner(plot->w), inner(plot->h));
            bb_scene_close(plot->scene);
        }
    }
}

/* --- what shades and signs mean --------------------------------------------------------------------------------------- */

#define LEGEND_HEIGHT 24.0
#define SWATCH        10.0

static double legend_sign(const struct plot *plot, enum sign sign, const char *word, double x, double y, bool draws)
{
    struct bb_point point[6];
    if (draws) {
        bb_scene_polyline(plot->scene, sign_role[sign], 1, point, add_sign(point, 0, sign, x, y - 11, 14, 14));
        bb_scene_text(plot->scene, BB_ROLE_MUTED, x + 16, y, BB_START, word);
    }
    return x + 16 + bb_text_width(word, BB_CHART_TEXT, false) + 14;
}

/* Below the map: the scale with its ends, and the signs that there are. Returns how wide it is; 0: there is none. */
static double legend(const struct plot *plot, double y, bool draws)
{
    const struct bb_heatmap *map = plot->map;
    double x = 2;
    if (map->low && map->high && plot->count[BB_HEAT_VALUE]) {
        if (draws) bb_scene_text(plot->scene, BB_ROLE_MUTED, x, y, BB_START, map->low);
        x += bb_text_width(map->low, BB_CHART_TEXT, false) + 5;
        for (int shade = plot->n_below ? -BB_BELOW : 0; shade < BB_SHADES; shade++) {
            double w = shade < 0 ? SWATCH * BB_SHADES / BB_BELOW : SWATCH;
            if (draws) bb_scene_rect(plot->scene, shade_role(shade), x, y - 9, w, 10);
            x += w;
        }
        x += 5;
        if (draws) bb_scene_text(plot->scene, BB_ROLE_MUTED, x, y, BB_START, map->high);
        x += bb_text_width(map->high, BB_CHART_TEXT, false) + 16;
    }
    if (plot->count[BB_HEAT_MISSING]) x = legend_sign(plot, HATCH, missing_word(map), x, y, draws);
    if (plot->count[BB_HEAT_FAILED]) x = legend_sign(plot, CROSS, "failed", x, y, draws);
    return x > 2 ? x - 10 : 0;
}

/* --- the chart ------------------------------------------------------------------------------------------------------ */

static void draw_cells(const struct plot *plot)
{
    if (plot->map->n_rows * plot->map->n_columns <= BB_HEAT_NAMED)
        draw_hovers(plot);
    else
        for (int shade = -BB_BELOW; shade < BB_SHADES; shade++) draw_shade(plot, shade);
    for (size_t sign = 0; sign < N_SIGNS; sign++) draw_signs(plot, (enum sign)sign);
    draw_texts(plot);
}

struct bb_scene *bb_heatmap_scene(const struct bb_heatmap *map, struct bb_arena *arena)
{
    size_t larger = map->n_rows > map->n_columns ? map->n_rows : map->n_columns;
    struct plot plot = {.map = map, .w = map->cell_size > 0 ? map->cell_size : larger <= 60 ? 14 : larger <= 200 ? 8 : 4};
    plot.h = map->cell_height > 0 ? map->cell_height : plot.w;
    plot.left = names_room(map->row, map->n_rows, plot.h);
    plot.top = names_room(map->column, map->n_columns, plot.w);
    for (size_t i = 0; i < map->n_rows * map->n_columns; i++) {
        plot.count[map->cell[i].kind]++;
        plot.n_below += map->cell[i].kind == BB_HEAT_VALUE && map->cell[i].shade < 0;
    }
    double width = plot.left + plot.w * (double)map->n_columns + 2, height = plot.top + plot.h * (double)map->n_rows + 2;
    double legend_width = legend(&plot, 0, false);
    bool is_empty = !map->n_rows || !map->n_columns;
    plot.scene =
        bb_scene_new(arena, fmax(fmax(width, legend_width), 60), fmax(height + (legend_width > 0 ? LEGEND_HEIGHT : 0), 24));
    bb_scene_describe(plot.scene, map->title, describe(&plot, arena));
    if (is_empty) {
        bb_scene_text(plot.scene, BB_ROLE_MUTED, 2, 14, BB_START, "no values");
        return plot.scene;
    }
    draw_cells(&plot);
    draw_names(&plot);
    legend(&plot, height + LEGEND_HEIGHT - 8, true);
    return plot.scene;
}
