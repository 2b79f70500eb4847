/*
 * Of the reports: scatter plots of what a board compares by default, those of the page Compare.
 */
#include <math.h>
#include <stdint.h>

#include "render/compare_view.h"
#include "render/report_int.h"

#define FEW          5 /* models that must have both */
#define HEIGHT       250.0
#define FINDING      15.0 /* room for a line below */
#define MODEL_POINTS 120  /* drawn in the report of one model, at most */

struct bb_report_pairs {
    struct bb_compare compare;
    struct bb_compare_pair *pair;
    size_t n;
};

const struct bb_report_pairs *bb_report_pairs_of(const struct bb_results *results, struct bb_arena *arena)
{
    struct bb_report_pairs *pairs = BB_NEW(arena, struct bb_report_pairs);
    pairs->compare = bb_compare_new(results, arena);
    const struct bb_pairs *chosen = &pairs->compare.pairs;
    pairs->pair = BB_NEW_ARRAY(arena, chosen->n + 1, struct bb_compare_pair);
    for (size_t i = 0; i < chosen->n; i++) {
        struct bb_compare_pair pair = bb_compare_pair_of(&pairs->compare, chosen->pair[i].x, chosen->pair[i].y);
        if (pair.found.n >= FEW && !isnan(pair.found.r)) pairs->pair[pairs->n++] = pair;
    }
    return pairs;
}

/* The report of one model draws every `step`th of the others: a thousand reports with a thousand points each are for nobody. */
static size_t step_of(const struct bb_report_pairs *pairs, size_t marked)
{
    return marked == BB_NO_NODE ? 1 : (pairs->compare.all.n_models + MODEL_POINTS - 1) / MODEL_POINTS;
}

static struct bb_scene *scene_of(struct bb_report *report, const struct bb_report_pairs *pairs,
                                 const struct bb_compare_pair *pair, size_t marked)
{
    const struct bb_compare_drawing drawing = {
        .marked = marked, .step = step_of(pairs, marked), .width = BB_REPORT_HALF, .height = HEIGHT};
    const struct bb_association *found = &pair->found;
    struct bb_arena *arena = report->arena;
    struct bb_scene *scene = bb_compare_scene(&pairs->compare, pair, &drawing, arena);
    scene->height += FINDING; /* nobody hovers over paper */
    bb_scene_text(scene, BB_ROLE_INK, scene->width / 2, scene->height - 3, BB_MIDDLE,
                  bb_arena_printf(arena, "r = %s [%s, %s], ρ = %s, n = %zu", bb_page_score(arena, found->r),
                                  bb_page_score(arena, found->low), bb_page_score(arena, found->high),
                                  bb_page_score(arena, found->rho), found->n));
    return scene;
}

static bool has_both(const struct bb_report_pairs *pairs, const struct bb_compare_pair *pair, size_t model)
{
    const struct bb_quantities *all = &pairs->compare.all;
    size_t m = 0;
    while (m < all->n_models && all->model[m] != model) m++;
    return m < all->n_models && !isnan(all->quantity[pair->x].value[m]) && !isnan(all->quantity[pair->y].value[m]);
}

void bb_report_comparisons(struct bb_report *report, size_t marked, size_t most)
{
    const struct bb_site *site = report->site;
    const struct bb_report_pairs *pairs =
        report->results == site->results ? site->report_pairs : bb_report_pairs_of(report->results, report->arena);
    const struct bb_compare_pair **shown = BB_NEW_ARRAY(report->arena, pairs->n + 1, const struct bb_compare_pair *);
    size_t n = 0, step = step_of(pairs, marked);
    for (size_t i = 0; i < pairs->n && n < most; i++)
        if (marked == BB_NO_NODE || has_both(pairs, &pairs->pair[i], marked)) shown[n++] = &pairs->pair[i];
    if (!n) return;
    const char *caption = "Models by two quantities, with the least-squares line and its 95 % band. r: Pearson’s, with the "
                          "95 % interval of Fisher’s z, which takes models as independent draws; ρ: Spearman’s.";
    if (step > 1)
        caption = bb_arena_printf(report->arena, "%s Line and numbers are of all models; one in %zu of the others is drawn.",
                                  caption, step);
    for (size_t i = 0; i < n; i += 2) {
        struct bb_scene *left = scene_of(report, pairs, shown[i], marked),
                        *right = i + 1 < n ? scene_of(report, pairs, shown[i + 1], marked) : NULL;
        const char *below = i + 2 >= n ? caption : NULL;
        if (i == 0)
            bb_flow_heading(&report->flow, 2, "Comparisons", NULL, bb_report_figures_height(report, left, right, below));
        bb_report_figures(report, left, right, below);
    }
}
