#include "render/compare_view.h"

#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "chart/cluster.h"
#include "chart/matrix.h"
#include "render/fit_line.h"
#include "render/page_chart.h"
#include "score/relations.h"

/* --- families --------------------------------------------------------------------------------------------------------- */

struct family {
    const char *name;
    size_t first, n; /* model of the list */
};

static int by_size(const void *a, const void *b)
{
    const struct family *x = a, *y = b;
    if (x->n != y->n) return x->n > y->n ? -1 : 1;
    return (x->first > y->first) - (x->first < y->first);
}

/* Ties in the order of the models. */
static void find_families(const struct bb_compare *it, struct bb_compare_pair *pair)
{
    size_t n = it->all.n_models;
    struct family *family = BB_NEW_ARRAY(it->arena, n + 1, struct family);
    size_t *place = BB_NEW_ARRAY(it->arena, n + 1, size_t);
    pair->family = BB_NEW_ARRAY(it->arena, n + 1, const char *);
    pair->family_of = BB_NEW_ARRAY(it->arena, n + 1, size_t);
    for (size_t i = 0; i < n; i++) {
        family[i].name = it->results->model[it->all.model[i]].family;
        family[i].first = i;
        bool is_drawn = !isnan(it->all.quantity[pair->x].value[i]) && !isnan(it->all.quantity[pair->y].value[i]);
        if (family[i].name && is_drawn) family[it->all.family[i]].n++;
    }
    qsort(family, n, sizeof *family, by_size);
    while (pair->n_families < n && family[pair->n_families].n >= 2) pair->n_families++;
    for (size_t k = 0; k < n; k++) place[family[k].first] = k < pair->n_families ? k : pair->n_families;
    for (size_t k = 0; k < pair->n_families; k++) pair->family[k] = family[k].name;
    for (size_t i = 0; i < n; i++) pair->family_of[i] = place[it->all.family[i]];
}

struct bb_compare_pair bb_compare_pair_of(const struct bb_compare *it, size_t x, size_t y)
{
    struct bb_compare_pair pair = {.x = x, .y = y, .found = bb_quantity_associate(&it->all, x, y, it->arena)};
    pair.fit = bb_fit_line(&it->all, x, y, &pair.found, it->arena);
    find_families(it, &pair);
    return pair;
}

struct bb_compare bb_compare_new(const struct bb_results *results, struct bb_arena *arena)
{
    struct bb_compare it = {.results = results, .arena = arena, .all = bb_quantities_of(results, arena)};
    it.pairs = bb_pairs_of(results, &it.all, arena);
    it.names_domains = bb_view_domains(results, arena).n > 1;
    return it;
}

/* --- names ------------------------------------------------------------------------------------------------------------ */

const char *bb_compare_label(const struct bb_compare *it, size_t quantity)
{
    const struct bb_quantity *is = &it->all.quantity[quantity];
    if (is->kind == BB_QUANTITY_ATTRIBUTE)
        return *is->unit ? bb_arena_printf(it->arena, "%s (%s)", is->title, is->unit) : is->title;
    return it->names_domains && is->domain ? bb_arena_printf(it->arena, "%s, %s", is->title, is->domain) : is->title;
}

const char *bb_compare_title(const struct bb_compare *it, size_t x, size_t y)
{
    const struct bb_quantity *across = &it->all.quantity[x], *up = &it->all.quantity[y];
    bool same = up->domain && bb_streq(across->domain, up->domain);
    return bb_arena_printf(it->arena, "%s against %s", same ? up->title : bb_compare_label(it, y), bb_compare_label(it, x));
}

enum bb_tick_format bb_compare_format(const struct bb_compare *it, size_t quantity)
{
    const struct bb_quantity *is = &it->all.quantity[quantity];
    bool whole = is->kind == BB_QUANTITY_ATTRIBUTE;
    for (size_t i = 0; i < it->all.n_models; i++) whole = whole && (isnan(is->value[i]) || is->value[i] == floor(is->value[i]));
    return is->is_year ? BB_TICK_YEAR : whole ? BB_TICK_COUNT : BB_TICK_NUMBER;
}

/* --- words ------------------------------------------------------------------------------------------------------------ */

const char *bb_compare_p(struct bb_arena *arena, double p)
{
    char text[64];
    if (isnan(p)) return "";
    if (p < .001) return "< 0.001";
    bb_format_fixed(text, p, 3);
    return bb_arena_strdup(arena, text);
}

const char *bb_compare_finding(const struct bb_compare *it, const struct bb_association *found)
{
    struct bb_arena *arena = it->arena;
    if (isnan(found->r)) return bb_arena_printf(arena, "n = %zu: too few, or all the same", found->n);
    return bb_arena_printf(arena, "Pearson r = %s (95 %% interval %s to %s), n = %zu", bb_page_score(arena, found->r),
                           bb_page_score(arena, found->low), bb_page_score(arena, found->high), found->n);
}

const char *bb_compare_warning(struct bb_arena *arena, size_t n)
{
    if (n >= BB_COMPARE_FEW) return NULL;
    return n == 0   ? "No model has both values."
           : n == 1 ? "Only one model has both values: this says nothing."
                    : bb_arena_printf(arena, "Only %zu models have both values: this says little.", n);
}

const char *bb_compare_line(const struct bb_compare *it, size_t x, size_t y, const struct bb_association *found)
{
    struct bb_arena *arena = it->arena;
    if (isnan(found->slope)) return NULL;
    return bb_arena_printf(arena, "%s = %s %s %s · %s", it->all.quantity[y].is_log ? "log₁₀ y" : "y",
                           bb_page_detail(arena, found->intercept), found->slope < 0 ? "−" : "+",
                           bb_page_detail(arena, fabs(found->slope)), it->all.quantity[x].is_log ? "log₁₀ x" : "x");
}

/* --- models ----------------------------------------------------------------------------------------------------------- */

static double se_of(const struct bb_compare *it, size_t quantity, size_t model)
{
    const struct bb_quantity *is = &it->all.quantity[quantity];
    if (is->kind != BB_QUANTITY_BENCHMARK) return NAN;
    const struct bb_cell *cell = bb_results_cell(it->results, it->all.model[model], is->node);
    return cell->status == BB_CELL_OK && bb_chart_is_standard_error(cell->error_kind) ? cell->error : (double)NAN;
}

struct bb_compare_duel bb_compare_duel(const struct bb_compare *it, size_t quantity, size_t first, size_t second)
{
    const struct bb_quantity *is = &it->all.quantity[quantity];
    struct bb_compare_duel duel = {.score = {is->value[first], is->value[second]},
                                   .error = {se_of(it, quantity, first), se_of(it, quantity, second)},
                                   .difference = NAN,
                                   .se = NAN};
    duel.both = !isnan(duel.score[0]) && !isnan(duel.score[1]);
    if (!duel.both) return duel;
    duel.difference = duel.score[0] - duel.score[1];
    duel.se = sqrt(duel.error[0] * duel.error[0] + duel.error[1] * duel.error[1]);
    bool tied = bb_round_decimals(duel.score[0], 2) == bb_round_decimals(duel.score[1], 2) ||
                (!isnan(duel.se) && fabs(duel.difference) <= 2 * duel.se);
    duel.ahead = tied ? 0 : (duel.difference > 0) == (is->better >= 0) ? 1 : -1;
    return duel;
}

size_t bb_compare_rows(const struct bb_compare *it, const char *domain, size_t most, size_t *quantity)
{
    for (size_t depth = 6;; depth--) {
        size_t n = 0;
        for (size_t q = 0; q < it->all.n; q++) {
            const struct bb_quantity *is = &it->all.quantity[q];
            if (is->kind == BB_QUANTITY_ATTRIBUTE || !bb_streq(is->domain, domain)) continue;
            if (it->results->tree.node[is->node].depth <= depth) quantity[n++] = q;
        }
        if (n <= most || !depth) return n;
    }
}

/* --- the scene -------------------------------------------------------------------------------------------------------- */

static struct bb_scatter_axis axis_of(const struct bb_compare *it, size_t quantity)
{
    return (struct bb_scatter_axis){bb_compare_label(it, quantity), it->all.quantity[quantity].is_log ? BB_LOG : BB_LINEAR,
                                    bb_compare_format(it, quantity), false};
}

enum bb_front bb_compare_front(const struct bb_compare *it, size_t x, size_t y)
{
    const struct bb_quantity *across = &it->all.quantity[x], *up = &it->all.quantity[y];
    if (!bb_quantity_is_cost(across) || up->kind == BB_QUANTITY_ATTRIBUTE) return BB_FRONT_NONE;
    return up->better < 0 ? BB_FRONT_LOW : BB_FRONT_HIGH;
}

struct bb_scene *bb_compare_scene(const struct bb_compare *it, const struct bb_compare_pair *pair,
                                  const struct bb_compare_drawing *drawing, struct bb_arena *arena)
{
    struct bb_scatter_point *point = BB_NEW_ARRAY(arena, it->all.n_models + 1, struct bb_scatter_point);
    size_t n = 0, step = drawing->step ? drawing->step : 1;
    for (size_t i = 0; i < it->all.n_models; i++) {
        const struct bb_model *model = &it->results->model[it->all.model[i]];
        bool is_marked = it->all.model[i] == drawing->marked;
        if (i % step && !is_marked) continue;
        point[n++] = (struct bb_scatter_point){
            .name = model->name,
            .href = drawing->models ? bb_arena_printf(arena, "%s/%s/index.html", drawing->models, model->id) : NULL,
            .x = it->all.quantity[pair->x].value[i],
            .y = it->all.quantity[pair->y].value[i],
            .x_error = NAN,
            .y_error = NAN,
            .family = pair->family_of[i],
            .labelled = is_marked,
            .marked = is_marked};
    }
    struct bb_scatter scatter = {.title = bb_compare_title(it, pair->x, pair->y),
                                 .x = axis_of(it, pair->x),
                                 .y = axis_of(it, pair->y),
                                 .point = point,
                                 .n = n,
                                 .family = pair->family,
                                 .n_families = pair->n_families,
                                 .fit = pair->fit,
                                 .front = bb_compare_front(it, pair->x, pair->y),
                                 .finding = bb_arena_printf(arena, "%s.", bb_compare_finding(it, &pair->found)),
                                 .width = drawing->width,
                                 .height = drawing->height};
    return bb_scatter_scene(&scatter, arena);
}

/* --- which benchmarks agree ------------------------------------------------------------------------------------------- */

static void choose_nodes(const struct bb_compare *it, struct bb_compare_agreement *agreement)
{
    for (size_t depth = 6;; depth--) {
        agreement->n = agreement->n_leaves = 0;
        for (size_t q = 0; q < it->all.n; q++) {
            const struct bb_quantity *is = &it->all.quantity[q];
            if (is->kind == BB_QUANTITY_ATTRIBUTE || !bb_streq(is->domain, agreement->domain)) continue;
            size_t at = it->results->tree.node[is->node].depth;
            bool is_leaf = is->kind == BB_QUANTITY_BENCHMARK;
            agreement->n_leaves += is_leaf;
            if (is_leaf ? at <= depth : at == depth && depth < 6) agreement->quantity[agreement->n++] = q;
        }
        if (agreement->n <= BB_COMPARE_AGREE_MOST || depth == 1) return;
    }
}

struct bb_compare_agreement bb_compare_agreement_of(const struct bb_compare *it, const char *domain)
{
    struct bb_arena *arena = it->arena;
    struct bb_compare_agreement out = {.domain = domain, .quantity = BB_NEW_ARRAY(arena, it->all.n + 1, size_t)};
    choose_nodes(it, &out);
    size_t n = out.n;
    out.name = BB_NEW_ARRAY(arena, n + 1, const char *);
    out.r = BB_NEW_ARRAY(arena, n * n + 1, double);
    out.count = BB_NEW_ARRAY(arena, n * n + 1, size_t);
    out.order = BB_NEW_ARRAY(arena, n + 1, size_t);
    for (size_t i = 0; i < n; i++) {
        const struct bb_quantity *is = &it->all.quantity[out.quantity[i]];
        out.name[i] = is->kind == BB_QUANTITY_BENCHMARK ? bb_chart_place_name(it->results, is->node, arena) : is->title;
        for (size_t k = 0; k <= i; k++) {
            const double *other = it->all.quantity[out.quantity[k]].value;
            struct bb_relation relation = bb_relation_between(is->value, other, it->all.n_models);
            out.r[i * n + k] = out.r[k * n + i] = relation.pearson;
            out.count[i * n + k] = out.count[k * n + i] = relation.n;
        }
    }
    bb_cluster_order(out.r, n, n, n, 1, out.order, arena);
    return out;
}

struct bb_scene *bb_compare_agreement_scene(const struct bb_compare_agreement *agreement, struct bb_arena *arena)
{
    const struct bb_matrix matrix = {.title = bb_arena_printf(arena, "Correlations between benchmarks of %s", agreement->domain),
                                     .quantity = "Pearson r",
                                     .name = agreement->name,
                                     .n = agreement->n,
                                     .r = agreement->r,
                                     .count = agreement->count,
                                     .few = BB_COMPARE_AGREE_FEW,
                                     .order = agreement->order};
    return bb_matrix_scene(&matrix, arena);
}
