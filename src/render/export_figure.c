#include "render/export_figure.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "chart/dots.h"
#include "chart/scatter.h"
#include "render/fit_line.h"
#include "render/page.h"
#include "render/page_chart.h"

enum bb_code bb_figure_width(const char *text, double *pixels, struct bb_err *err)
{
    static const struct {
        const char *unit;
        double pixels;
    } units[] = {{"mm", 96 / 25.4}, {"cm", 96 / 2.54}, {"in", 96}, {"pt", 96.0 / 72}, {"px", 1}};
    const size_t n = sizeof units / sizeof units[0];
    size_t unit = 0, len = strlen(text);
    char number[32];
    while (unit < n && !bb_ends_with(text, units[unit].unit)) unit++;
    if (unit == n || len - 2 >= sizeof number)
        return bb_fail(err, BB_EUSAGE,
                       "--width \"%s\" is no length: a number and its unit, as in 85mm (cm, in, pt and px are known too).", text);
    memcpy(number, text, len - 2);
    number[len - 2] = '\0';
    bool missing = false;
    if (!bb_parse_number(number, pixels, &missing) || missing)
        return bb_fail(err, BB_EUSAGE, "--width \"%s\" is no length: a number and its unit, as in 85mm.", text);
    *pixels *= units[unit].pixels;
    double mm = *pixels * 25.4 / 96;
    if (mm < BB_PANEL_NARROW || mm > BB_PANEL_WIDE)
        return bb_fail(err, BB_EUSAGE, "--width \"%s\": a figure is between %.0f and %.0f mm wide.", text, BB_PANEL_NARROW,
                       BB_PANEL_WIDE);
    return BB_OK;
}

/* --- ranking ---------------------------------------------------------------------------------------------------------- */

static struct bb_dots_item dot(const struct bb_results *results, const struct bb_paper_row *row, size_t node)
{
    const struct bb_cell *cell = bb_results_cell(results, row->index, node);
    double score = bb_results_aggregate(results, row->index, node)->score;
    bool has_error = bb_node_is_leaf(&results->tree.node[node]) && cell->error_kind && !isnan(cell->error);
    return (struct bb_dots_item){.name = row->name,
                                 .value = score,
                                 .low = has_error ? score - cell->error : (double)NAN,
                                 .high = has_error ? score + cell->error : (double)NAN,
                                 .reference = row->is_reference};
}

struct bb_scene *bb_figure_ranking(const struct bb_results *results, const struct bb_paper *table, size_t node, double width,
                                   struct bb_arena *arena)
{
    struct bb_dots_item *item = BB_NEW_ARRAY(arena, table->n_rows + 1, struct bb_dots_item);
    size_t n = 0;
    for (size_t r = 0; r < table->n_rows; r++)
        if (!isnan(bb_results_aggregate(results, table->row[r].index, node)->score))
            item[n++] = dot(results, &table->row[r], node);
    if (n < 2) return NULL;
    struct bb_dots dots = {.quantity = "Score", .item = item, .n = n, .width = width, .ceiling = bb_chart_ceiling(results, node)};
    dots.title = bb_arena_printf(arena, "Scores of the models on %s", bb_page_node_title(&results->tree.node[node]));
    return bb_dots_scene(&dots, arena);
}

/* --- scatter ---------------------------------------------------------------------------------------------------------- */

static size_t family_index(struct bb_names *names, const char *family)
{
    return family ? bb_names_add(names, family) : (size_t)-1;
}

static bool is_named(const size_t *named, size_t n, size_t model)
{
    for (size_t i = 0; i < n; i++)
        if (named[i] == model) return true;
    return false;
}

static struct bb_scatter_axis axis_of(const struct bb_quantity *quantity, struct bb_arena *arena)
{
    bool is_attribute = quantity->kind == BB_QUANTITY_ATTRIBUTE;
    const char *title = *quantity->unit ? bb_arena_printf(arena, "%s (%s)", quantity->title, quantity->unit) : quantity->title;
    return (struct bb_scatter_axis){.quantity = title,
                                    .kind = quantity->is_log ? BB_LOG : BB_LINEAR,
                                    .format = is_attribute && quantity->is_log ? BB_TICK_COUNT : BB_TICK_NUMBER};
}

struct bb_scene *bb_figure_scatter(const struct bb_results *results, const struct bb_quantities *all, size_t x, size_t y,
                                   const size_t *named, size_t n_named, double width, struct bb_arena *arena)
{
    const struct bb_quantity *qx = &all->quantity[x], *qy = &all->quantity[y];
    struct bb_scatter_point *point = BB_NEW_ARRAY(arena, all->n_models + 1, struct bb_scatter_point);
    const struct bb_association line = bb_quantity_associate(all, x, y, arena);
    struct bb_names families = {0};
    for (size_t i = 0; i < all->n_models; i++) {
        const struct bb_model *model = &results->model[all->model[i]];
        bool is = is_named(named, n_named, all->model[i]);
        point[i] =
            (struct bb_scatter_point){.name = model->name, .x = qx->value[i], .y = qy->value[i], .labelled = is, .marked = is};
        point[i].x_error = point[i].y_error = (double)NAN;
        bool is_drawn = !isnan(qx->value[i]) && !isnan(qy->value[i]); /* the key has the families of what is drawn */
        point[i].family = family_index(&families, is_drawn ? model->family : NULL);
    }
    struct bb_scatter scatter = {
        .point = point, .n = all->n_models, .x = axis_of(qx, arena), .y = axis_of(qy, arena), .width = width};
    scatter.height = width * 0.8;
    scatter.family = families.name;
    scatter.n_families = families.n;
    scatter.title = bb_arena_printf(arena, "%s against %s", qy->title, qx->title);
    if (!isnan(line.r)) {
        scatter.fit = bb_fit_line(all, x, y, &line, arena);
        scatter.finding = bb_arena_printf(arena, "Pearson r = %s (%s to %s), n = %zu", bb_page_score(arena, line.r),
                                          bb_page_score(arena, line.low), bb_page_score(arena, line.high), line.n);
    } else {
        scatter.fit.intercept = scatter.fit.slope = (double)NAN;
    }
    struct bb_scene *scene = bb_scatter_scene(&scatter, arena);
    bb_names_release(&families);
    return scene;
}
