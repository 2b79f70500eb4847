#include "insight/quantity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static bool is_listed(const struct bb_model *model)
{
    return model->visibility == BB_PUBLIC && !model->reference;
}

static const size_t *families(const struct bb_results *results, const size_t *model, size_t n, struct bb_arena *arena)
{
    size_t *family = BB_NEW_ARRAY(arena, n + 1, size_t);
    for (size_t i = 0; i < n; i++) {
        const char *name = results->model[model[i]].family;
        family[i] = i;
        for (size_t k = 0; name && family[i] == i && k < i; k++)
            if (bb_streq(results->model[model[k]].family, name)) family[i] = k;
    }
    return family;
}

/* Keeps the quantity when some model has it. */
static void keep(struct bb_quantities *out, struct bb_quantity quantity)
{
    for (size_t i = 0; i < out->n_models; i++) quantity.n_values += isnan(quantity.value[i]) ? 0 : 1;
    if (quantity.n_values) out->quantity[out->n++] = quantity;
}

static void add_node(struct bb_quantities *out, const struct bb_results *results, size_t index, struct bb_arena *arena)
{
    const struct bb_node *node = &results->tree.node[index];
    struct bb_quantity quantity = {.kind = bb_node_is_leaf(node) ? BB_QUANTITY_BENCHMARK : BB_QUANTITY_GROUP,
                                   .id = node->id,
                                   .title = node->title ? node->title : node->id,
                                   .unit = "",
                                   .domain = results->tree.node[node->root].domain,
                                   .node = index,
                                   .engineering = node->engineering,
                                   .better = node->lower_better ? -1 : 1,
                                   .value = BB_NEW_ARRAY(arena, out->n_models + 1, double)};
    if (node->publish == BB_PUBLISH_NONE) return;
    for (size_t i = 0; i < out->n_models; i++) quantity.value[i] = bb_results_aggregate(results, out->model[i], index)->score;
    keep(out, quantity);
}

static double attribute_of(const struct bb_model *model, const char *name)
{
    for (size_t k = 0; k < model->n_attributes; k++)
        if (bb_streq(model->attribute[k].name, name)) return model->attribute[k].text ? (double)NAN : model->attribute[k].number;
    return NAN;
}

static void add_attribute(struct bb_quantities *out, const struct bb_results *results, const char *name, struct bb_arena *arena)
{
    static const int better[] = {1, -1, 0};
    struct bb_quantity quantity = {.kind = BB_QUANTITY_ATTRIBUTE,
                                   .id = bb_arena_printf(arena, "attribute.%s", name),
                                   .title = name,
                                   .unit = "",
                                   .node = BB_NO_NODE,
                                   .value = BB_NEW_ARRAY(arena, out->n_models + 1, double)};
    const struct bb_board *board = &results->board;
    double least = INFINITY;
    quantity.is_year = true;
    for (size_t i = 0; i < out->n_models; i++) {
        double value = quantity.value[i] = attribute_of(&results->model[out->model[i]], name);
        least = fmin(least, value);
        quantity.is_year = quantity.is_year && (isnan(value) || (value == floor(value) && value >= 1500 && value <= 2500));
    }
    for (size_t k = 0; k < board->n_attribute_info; k++) {
        const struct bb_attribute_info *info = &board->attribute_info[k];
        if (!bb_streq(info->name, name)) continue;
        if (info->title) quantity.title = info->title;
        if (info->unit) quantity.unit = info->unit;
        quantity.better = better[info->better];
        quantity.is_log = info->scale == 1 && least > 0;
    }
    keep(out, quantity);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names of all attributes, each once, sorted. */
static size_t attribute_names(const struct bb_results *results, const struct bb_quantities *of, struct bb_arena *arena,
                              const char ***names)
{
    size_t n = 0, unique = 0;
    for (size_t i = 0; i < of->n_models; i++) n += results->model[of->model[i]].n_attributes;
    const char **name = BB_NEW_ARRAY(arena, n + 1, const char *);
    n = 0;
    for (size_t i = 0; i < of->n_models; i++)
        for (size_t k = 0; k < results->model[of->model[i]].n_attributes; k++)
            name[n++] = results->model[of->model[i]].attribute[k].name;
    qsort(name, n, sizeof *name, by_name);
    for (size_t i = 0; i < n; i++)
        if (!unique || strcmp(name[unique - 1], name[i]) != 0) name[unique++] = name[i];
    *names = name;
    return unique;
}

struct bb_quantities bb_quantities_of(const struct bb_results *results, struct bb_arena *arena)
{
    struct bb_quantities out = {0};
    const char **name;
    size_t *model = BB_NEW_ARRAY(arena, results->n_models + 1, size_t);
    for (size_t m = 0; m < results->n_models; m++)
        if (is_listed(&results->model[m])) model[out.n_models++] = m;
    out.model = model;
    out.family = families(results, model, out.n_models, arena);
    size_t n_names = attribute_names(results, &out, arena, &name);
    out.quantity = BB_NEW_ARRAY(arena, results->tree.n + n_names + 1, struct bb_quantity);
    for (size_t i = 0; i < results->tree.n; i++) add_node(&out, results, i, arena);
    for (size_t i = 0; i < n_names; i++) add_attribute(&out, results, name[i], arena);
    return out;
}

size_t bb_quantity_find(const struct bb_quantities *all, const char *id)
{
    for (size_t i = 0; i < all->n; i++)
        if (bb_streq(all->quantity[i].id, id)) return i;
    return BB_NO_NODE;
}

bool bb_quantity_is_cost(const struct bb_quantity *quantity)
{
    return quantity->kind == BB_QUANTITY_ATTRIBUTE && !quantity->better;
}

const double *bb_quantity_axis(const struct bb_quantities *all, size_t index, struct bb_arena *arena)
{
    const struct bb_quantity *quantity = &all->quantity[index];
    if (!quantity->is_log) return quantity->value;
    double *axis = BB_NEW_ARRAY(arena, all->n_models + 1, double);
    for (size_t i = 0; i < all->n_models; i++) axis[i] = log10(quantity->value[i]);
    return axis;
}

struct bb_association bb_quantity_associate(const struct bb_quantities *all, size_t x, size_t y, struct bb_arena *arena)
{
    return bb_associate(bb_quantity_axis(all, x, arena), bb_quantity_axis(all, y, arena), all->n_models);
}

struct bb_association bb_quantity_associate_families(const struct bb_quantities *all, size_t x, size_t y, struct bb_arena *arena)
{
    const double *u = bb_quantity_axis(all, x, arena), *v = bb_quantity_axis(all, y, arena);
    double *mean_u = BB_NEW_ARRAY(arena, all->n_models + 1, double), *mean_v = BB_NEW_ARRAY(arena, all->n_models + 1, double);
    size_t *n = BB_NEW_ARRAY(arena, all->n_models + 1, size_t);
    for (size_t i = 0; i < all->n_models; i++) {
        if (isnan(u[i]) || isnan(v[i])) continue;
        mean_u[all->family[i]] += u[i];
        mean_v[all->family[i]] += v[i];
        n[all->family[i]]++;
    }
    for (size_t i = 0; i < all->n_models; i++) {
        mean_u[i] = n[i] ? mean_u[i] / (double)n[i] : (double)NAN;
        mean_v[i] = n[i] ? mean_v[i] / (double)n[i] : (double)NAN;
    }
    return bb_associate(mean_u, mean_v, all->n_models);
}
