/*
 * Of the reports: scatter plots of what a board compares by default.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "chart/scatter.h"
#include "insight/default_pairs.h"
#include "render/report_int.h"

#define FEW     5 /* models that must have both */
#define WIDTH   312.0
#define HEIGHT  250.0
#define FINDING 15.0 /* room for a line below */
#define BAND    25   /* places where the band of the line is drawn */

/* A pair of default_pairs.h, and how it is associated. */
struct pair {
    size_t x, y;
    struct bb_association found;
};

struct pairs {
    struct bb_quantities all;
    struct pair *pair;
    size_t n;
};

static struct pairs choose(struct bb_report *report)
{
    struct pairs pairs = {.all = bb_quantities_of(report->results, report->arena)};
    struct bb_pairs chosen = bb_pairs_of(report->results, &pairs.all, report->arena);
    pairs.pair = BB_NEW_ARRAY(report->arena, chosen.n + 1, struct pair);
    for (size_t i = 0; i < chosen.n; i++) {
        struct bb_association found = bb_quantity_associate(&pairs.all, chosen.pair[i].x, chosen.pair[i].y, report->arena);
        if (found.n >= FEW && !isnan(found.r)) pairs.pair[pairs.n++] = (struct pair){chosen.pair[i].x, chosen.pair[i].y, found};
    }
    return pairs;
}

/* --- a scene -------------------------------------------------------------------------------------------------------- */

static const char *axis_title(struct bb_report *report, const struct bb_quantity *quantity)
{
    const char *text = quantity->title;
    if (quantity->domain && bb_streq(quantity->title, "Average"))
        text = bb_arena_printf(report->arena, "%s, average", bb_page_title_case(report->arena, quantity->domain));
    return *quantity->unit ? bb_arena_printf(report->arena, "%s (%s)", text, quantity->unit) : text;
}

static struct bb_scatter_axis axis_of(struct bb_report *report, const struct bb_quantity *quantity)
{
    return (struct bb_scatter_axis){.quantity = axis_title(report, quantity),
                                    .kind = quantity->is_log ? BB_LOG : BB_LINEAR,
                                    .format = quantity->is_log ? BB_TICK_COUNT : BB_TICK_NUMBER};
}

static double from_axis(const struct bb_quantity *quantity, double value)
{
    return quantity->is_log ? pow(10, value) : value;
}

static struct bb_scatter_fit fit_of(struct bb_report *report, const struct pairs *pairs, const struct pair *pair)
{
    const struct bb_quantity *x = &pairs->all.quantity[pair->x], *y = &pairs->all.quantity[pair->y];
    const double *on_x = bb_quantity_axis(&pairs->all, pair->x, report->arena),
                 *on_y = bb_quantity_axis(&pairs->all, pair->y, report->arena);
    double *at = BB_NEW_ARRAY(report->arena, 3 * BAND, double), low = INFINITY, high = -INFINITY;
    for (size_t m = 0; m < pairs->all.n_models; m++) {
        if (isnan(on_x[m]) || isnan(on_y[m])) continue;
        low = fmin(low, on_x[m]);
        high = fmax(high, on_x[m]);
    }
    for (size_t i = 0; i < BAND; i++) {
        double place = low + (high - low) * (double)i / (BAND - 1), line = pair->found.intercept + pair->found.slope * place;
        double half = bb_line_band(&pair->found, place);
        at[i] = from_axis(x, place);
        at[BAND + i] = from_axis(y, line - half);
        at[2 * BAND + i] = from_axis(y, line + half);
    }
    return (struct bb_scatter_fit){pair->found.intercept, pair->found.slope, at, at + BAND, at + 2 * BAND, BAND};
}

static struct bb_scene *scene_of(struct bb_report *report, const struct pairs *pairs, const struct pair *pair, size_t marked)
{
    const struct bb_quantities *all = &pairs->all;
    const struct bb_association *found = &pair->found;
    struct bb_arena *arena = report->arena;
    struct bb_scatter_point *point = BB_NEW_ARRAY(arena, all->n_models + 1, struct bb_scatter_point);
    for (size_t m = 0; m < all->n_models; m++)
        point[m] = (struct bb_scatter_point){.name = report->results->model[all->model[m]].name,
                                             .x = all->quantity[pair->x].value[m],
                                             .y = all->quantity[pair->y].value[m],
                                             .x_error = (double)NAN,
                                             .y_error = (double)NAN,
                                             .family = SIZE_MAX,
                                             .labelled = all->model[m] == marked,
                                             .marked = all->model[m] == marked};
    struct bb_scatter scatter = {.x = axis_of(report, &all->quantity[pair->x]),
                                 .y = axis_of(report, &all->quantity[pair->y]),
                                 .point = point,
                                 .n = all->n_models,
                                 .fit = fit_of(report, pairs, pair),
                                 .width = WIDTH,
                                 .height = HEIGHT};
    scatter.title = bb_arena_printf(arena, "%s against %s", scatter.y.quantity, scatter.x.quantity);
    scatter.finding = bb_arena_printf(arena, "r = %s [%s, %s], ρ = %s, n = %zu", bb_page_score(arena, found->r),
                                      bb_page_score(arena, found->low), bb_page_score(arena, found->high),
                                      bb_page_score(arena, found->rho), found->n);
    struct bb_scene *scene = bb_scatter_scene(&scatter, arena);
    scene->height += FINDING;
    bb_scene_text(scene, BB_ROLE_INK, scene->width / 2, scene->height - 3, BB_MIDDLE,
                  scatter.finding); /* nobody hovers over paper */
    return scene;
}

void bb_report_comparisons(struct bb_report *report, size_t marked, size_t most)
{
    struct pairs pairs = choose(report);
    size_t n = pairs.n < most ? pairs.n : most;
    if (!n) return;
    bb_flow_heading(&report->flow, 2, "Comparisons", NULL, .75 * HEIGHT + 20);
    for (size_t i = 0; i < n; i += 2) {
        struct bb_scene *right = i + 1 < n ? scene_of(report, &pairs, &pairs.pair[i + 1], marked) : NULL;
        const char *caption = "Models by two quantities, with the least-squares line and its 95 % band. r: Pearson’s, with the "
                              "95 % interval of Fisher’s z, which "
                              "takes models as independent draws; ρ: Spearman’s.";
        bb_report_figures(report, scene_of(report, &pairs, &pairs.pair[i], marked), right, i + 2 >= n ? caption : NULL);
    }
}
