#include "chart/heatmap.h"

#include <math.h>

#include "chart/font_widths.h"

#define NAMES_MOST 150.0
#define LEGIBLE    11.0 /* cells as large as a line of text can have names beside them */

struct plot {
    const struct bb_heatmap *map;
    struct bb_scene *scene;
    double left, top, size;
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

static const char *describe(const struct bb_heatmap *map, struct bb_arena *arena)
{
    size_t count[4] = {0};
    double low = NAN, high = NAN;
    for (size_t i = 0; i < map->n_rows * map->n_columns; i++) {
        count[map->cell[i].kind]++;
        if (map->cell[i].kind != BB_HEAT_VALUE) continue;
        low = fmin(low, map->cell[i].value);
        high = fmax(high, map->cell[i].value);
    }
    const char *text =
        bb_arena_printf(arena, "%zu rows and %zu columns, %zu cells with a value", map->n_rows, map->n_columns, count[0]);
    if (count[0])
        text = bb_arena_printf(arena, "%s from %s to %s", text, bb_chart_number(arena, low, 3), bb_chart_number(arena, high, 3));
    text = bb_arena_printf(arena, "%s. Darker is higher on paper, lighter is higher in the dark.", text);
    if (count[BB_HEAT_MISSING]) text = bb_arena_printf(arena, "%s Hatched: %zu not run.", text, count[BB_HEAT_MISSING]);
    return count[BB_HEAT_FAILED] ? bb_arena_printf(arena, "%s Crossed: %zu failed.", text, count[BB_HEAT_FAILED]) : text;
}

/* --- cells ---------------------------------------------------------------------------------------------------------- */

static double x_of(const struct plot *plot, size_t column)
{
    return plot->left + plot->size * (double)column;
}

static double y_of(const struct plot *plot, size_t row)
{
    return plot->top + plot->size * (double)row;
}

static double cell_edge(const struct plot *plot)
{
    return plot->size >= 6 ? plot->size - 1 : plot->size;
}

/* Cells of one shade are lines as thick as a cell: neighbours in a row become one, so a large map is a few hundred kilobytes at most. */
static void draw_shade(const struct plot *plot, int shade)
{
    struct bb_arena *arena = plot->scene->arena;
    size_t n = 0, most = 3 * plot->map->n_rows * plot->map->n_columns;
    struct bb_point *point = BB_NEW_ARRAY(arena, most + 1, struct bb_point);
    double edge = cell_edge(plot);
    bool is_joined = edge == plot->size;
    for (size_t r = 0; r < plot->map->n_rows; r++) {
        double y = y_of(plot, r) + edge / 2;
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
            point[n++] = (struct bb_point){x_of(plot, end - 1) + edge, y};
            point[n++] = (struct bb_point){NAN, NAN};
            c = end;
        }
    }
    if (n) bb_scene_polyline(plot->scene, (enum bb_role)(BB_ROLE_SHADE + shade), edge, point, n);
}

static size_t add_stroke(struct bb_point *point, size_t n, double x1, double y1, double x2, double y2)
{
    point[n++] = (struct bb_point){x1, y1};
    point[n++] = (struct bb_point){x2, y2};
    point[n++] = (struct bb_point){NAN, NAN};
    return n;
}

static void draw_marks(const struct plot *plot, enum bb_heat kind)
{
    size_t n = 0, most = 6 * plot->map->n_rows * plot->map->n_columns;
    struct bb_point *point = BB_NEW_ARRAY(plot->scene->arena, most + 1, struct bb_point);
    double edge = cell_edge(plot), in = edge * .2;
    for (size_t r = 0; r < plot->map->n_rows; r++) {
        for (size_t c = 0; c < plot->map->n_columns; c++) {
            if (cell_at(plot, r, c)->kind != kind) continue;
            double x = x_of(plot, c), y = y_of(plot, r);
            n = add_stroke(point, n, x + in, y + edge - in, x + edge - in, y + in);
            if (kind == BB_HEAT_FAILED) n = add_stroke(point, n, x + in, y + in, x + edge - in, y + edge - in);
        }
    }
    if (n) bb_scene_polyline(plot->scene, kind == BB_HEAT_FAILED ? BB_ROLE_FAILED : BB_ROLE_MUTED, edge >= 8 ? 1 : .5, point, n);
}

/* --- names ---------------------------------------------------------------------------------------------------------- */

static void draw_names(const struct plot *plot)
{
    struct bb_arena *arena = plot->scene->arena;
    double middle = cell_edge(plot) / 2 + .36 * BB_CHART_TEXT;
    if (plot->size < LEGIBLE) return;
    for (size_t r = 0; r < plot->map->n_rows; r++) {
        const char *name =
            bb_text_fit(arena, bb_scene_clean(arena, plot->map->row[row_at(plot, r)], 200), BB_CHART_TEXT, NAMES_MOST, false);
        bb_scene_text(plot->scene, BB_ROLE_INK, plot->left - 4, y_of(plot, r) + middle, BB_END, name);
    }
    for (size_t c = 0; c < plot->map->n_columns; c++) {
        const char *name = bb_text_fit(arena, bb_scene_clean(arena, plot->map->column[column_at(plot, c)], 200), BB_CHART_TEXT,
                                       NAMES_MOST, false);
        bb_scene_text_as(
            plot->scene, BB_ROLE_INK,
            (struct bb_text){.x = x_of(plot, c) + middle, .y = plot->top - 4, .anchor = BB_START, .turned = true, .text = name});
    }
}

/* What stands under the pointer: an empty rectangle in the colour of the cell would hide its mark, so it is drawn before all marks. */
static void draw_hovers(const struct plot *plot)
{
    static const char *const words[] = {"", "not run", "failed", "does not apply"};
    struct bb_arena *arena = plot->scene->arena;
    double edge = cell_edge(plot);
    for (size_t r = 0; r < plot->map->n_rows; r++) {
        for (size_t c = 0; c < plot->map->n_columns; c++) {
            const struct bb_heat_cell *cell = cell_at(plot, r, c);
            const char *value = cell->kind == BB_HEAT_VALUE ? bb_chart_number(arena, cell->value, 3) : words[cell->kind];
            const char *text = bb_arena_printf(arena, "%s, %s: %s", bb_scene_clean(arena, plot->map->row[row_at(plot, r)], 80),
                                               bb_scene_clean(arena, plot->map->column[column_at(plot, c)], 80), value);
            bb_scene_open(plot->scene, text, NULL);
            bb_scene_rect(plot->scene, cell->kind == BB_HEAT_VALUE ? (enum bb_role)(BB_ROLE_SHADE + cell->shade) : BB_ROLE_PAPER,
                          x_of(plot, c), y_of(plot, r), edge, edge);
            bb_scene_close(plot->scene);
        }
    }
}

struct bb_scene *bb_heatmap_scene(const struct bb_heatmap *map, struct bb_arena *arena)
{
    size_t larger = map->n_rows > map->n_columns ? map->n_rows : map->n_columns;
    struct plot plot = {.map = map, .size = map->cell_size > 0 ? map->cell_size : larger <= 60 ? 14 : larger <= 200 ? 8 : 4};
    plot.left = names_room(map->row, map->n_rows, plot.size);
    plot.top = names_room(map->column, map->n_columns, plot.size);
    double width = plot.left + plot.size * (double)map->n_columns + 2, height = plot.top + plot.size * (double)map->n_rows + 2;
    bool is_empty = !map->n_rows || !map->n_columns;
    plot.scene = bb_scene_new(arena, fmax(width, 60), fmax(height, 24));
    bb_scene_describe(plot.scene, map->title, describe(map, arena));
    if (is_empty) {
        bb_scene_text(plot.scene, BB_ROLE_MUTED, 2, 14, BB_START, "no values");
        return plot.scene;
    }
    if (map->n_rows * map->n_columns <= BB_HEAT_NAMED)
        draw_hovers(&plot);
    else
        for (int shade = 0; shade < BB_SHADES; shade++) draw_shade(&plot, shade);
    draw_marks(&plot, BB_HEAT_MISSING);
    draw_marks(&plot, BB_HEAT_FAILED);
    draw_names(&plot);
    return plot.scene;
}
