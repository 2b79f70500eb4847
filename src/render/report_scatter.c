/*
 * Of the reports: scatter plots of what a board compares by default.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "chart/scatter.h"
#include "insight/default_pairs.h"
#include "render/fit_line.h"
#include "render/report_int.h"

#define FEW          5 /* models that must have both */
#define WIDTH        312.0
#define HEIGHT       250.0
#define FINDING      15.0 /* room for a line below */
#define MODEL_POINTS 120  /* drawn in the report of one model, at most */

/* A pair of default_pairs.h, and how it is associated. */
struct pair {
    size_t x, y;
    struct bb_association found;
    struct bb_scatter_fit fit;
};

struct bb_report_pairs {
    struct bb_quantities all;
    struct pair *pair;
    size_t n;
};

const struct bb_report_pairs *bb_report_pairs_of(const struct bb_results *results, struct bb_arena *arena)
{
    struct bb_report_pairs *pairs = BB_NEW(arena, struct bb_report_pairs);
    pairs->all = bb_quantities_of(results, arena);
    struct bb_pairs chosen = bb_pairs_of(results, &pairs->all, arena);
    pairs->pair = BB_NEW_ARRAY(arena, chosen.n + 1, struct pair);
    for (size_t i = 0; i < chosen.n; i++) {
        struct bb_association found = bb_quantity_associate(&pairs->all, chosen.pair[i].x, chosen.pair[i].y, arena);
        if (found.n >= FEW && !isnan(found.r)) {
            struct bb_scatter_fit fit = bb_fit_line(&pairs->all, chosen.pair[i].x, chosen.pair[i].y, &found, arena);
            pairs->pair[pairs->n++] = (struct pair){chosen.pair[i].x, chosen.pair[i].y, found, fit};
        }
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

/* The report of one model draws every `step`th of the others: a thousand reports with a thousand points each are for nobody. */
static size_t step_of(const struct bb_report_pairs *pairs, size_t marked)
{
    return marked == BB_NO_NODE ? 1 : (pairs->all.n_models + MODEL_POINTS - 1) / MODEL_POINTS;
}

static struct bb_scene *scene_of(struct bb_report *report, const struct bb_report_pairs *pairs, const struct pair *pair,
                                 size_t marked)
{
    const struct bb_quantities *all = &pairs->all;
    const struct bb_association *found = &pair->found;
    struct bb_arena *arena = report->arena;
    struct bb_scatter_point *point = BB_NEW_ARRAY(arena, all->n_models + 1, struct bb_scatter_point);
    size_t n = 0, step = step_of(pairs, marked);
    for (size_t m = 0; m < all->n_models; m++)
        if (m % step == 0 || all->model[m] == marked)
            point[n++] = (struct bb_scatter_point){.name = report->results->model[all->model[m]].name,
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
                                 .n = n,
                                 .fit = pair->fit,
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
    const struct bb_site *site = report->site;
    const struct bb_report_pairs *pairs =
        report->results == site->results ? site->report_pairs : bb_report_pairs_of(report->results, report->arena);
    size_t n = pairs->n < most ? pairs->n : most, step = step_of(pairs, marked);
    if (!n) return;
    bb_flow_heading(&report->flow, 2, "Comparisons", NULL, .75 * HEIGHT + 20);
    for (size_t i = 0; i < n; i += 2) {
        struct bb_scene *right = i + 1 < n ? scene_of(report, pairs, &pairs->pair[i + 1], marked) : NULL;
        const char *caption = "Models by two quantities, with the least-squares line and its 95 % band. r: Pearson’s, with the "
                              "95 % interval of Fisher’s z, which "
                              "takes models as independent draws; ρ: Spearman’s.";
        if (step > 1)
            caption = bb_arena_printf(report->arena, "%s Line and numbers are of all models; one in %zu of the others is drawn.",
                                      caption, step);
        bb_report_figures(report, scene_of(report, pairs, &pairs->pair[i], marked), right, i + 2 >= n ? caption : NULL);
    }
}
