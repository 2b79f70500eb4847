#include "insight/lead.h"

#include <math.h>
#include <stdlib.h>

struct placed {
    size_t model;
    double score;
};

static int best_first(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    if (x->score != y->score) return x->score > y->score ? -1 : 1;
    return (x->model > y->model) - (x->model < y->model);
}

static void place(const struct bb_asking *asking, struct bb_lead *out)
{
    const struct bb_quantities *all = &asking->all;
    struct placed *placed = BB_NEW_ARRAY(asking->arena, all->n_models + 1, struct placed);
    const double *axis = bb_asking_axis(asking, out->average);
    for (size_t i = 0; i < all->n_models; i++)
        if (!isnan(axis[i])) placed[out->n++] = (struct placed){all->model[i], axis[i]};
    if (out->n) qsort(placed, out->n, sizeof *placed, best_first);
    out->model = BB_NEW_ARRAY(asking->arena, out->n + 1, size_t);
    out->score = BB_NEW_ARRAY(asking->arena, out->n + 1, double);
    for (size_t i = 0; i < out->n; i++) {
        out->model[i] = placed[i].model;
        out->score[i] = placed[i].score;
    }
}

/* --- the error of an average ---------------------------------------------------------------------------------------- */

/* A child counts in its parent's average as in score/aggregate.c. */
static bool counts(const struct bb_results *results, size_t model, size_t parent, size_t child)
{
    return bb_results_aggregate(results, model, child)->of &&
           !(results->tree.node[child].engineering && !results->tree.node[parent].engineering);
}

static double share_of_child(const struct bb_results *results, size_t model, size_t parent)
{
    const struct bb_node *node = &results->tree.node[parent];
    size_t counted = 0, scored = 0;
    for (size_t c = 0; c < node->n_children; c++) {
        size_t child = results->tree.child[node->first_child + c];
        if (!counts(results, model, parent, child)) continue;
        counted++;
        scored += isnan(bb_results_aggregate(results, model, child)->score) ? 0 : 1;
    }
    size_t of = results->board.options.missing == BB_MISSING_SKIP ? scored : counted;
    return of ? 1 / (double)of : 0;
}

/* weight[node] of each benchmark below; those without a score have none. */
static void weigh(const struct bb_results *results, size_t model, size_t node, double weight, double *out)
{
    const struct bb_node *is = &results->tree.node[node];
    if (isnan(bb_results_aggregate(results, model, node)->score)) return;
    if (bb_node_is_leaf(is)) {
        out[node] = weight;
        return;
    }
    double share = share_of_child(results, model, node);
    for (size_t c = 0; c < is->n_children; c++) {
        size_t child = results->tree.child[is->first_child + c];
        if (counts(results, model, node, child)) weigh(results, model, child, weight * share, out);
    }
}

static bool has_error(const struct bb_cell *cell)
{
    return cell->error_kind && cell->error >= 0;
}

static void find_error(const struct bb_asking *asking, struct bb_lead *out)
{
    const struct bb_results *results = asking->results;
    size_t n = results->tree.n;
    double *weight = BB_NEW_ARRAY(asking->arena, 2 * n + 1, double), variance = 0;
    for (size_t k = 0; k < 2; k++) weigh(results, out->model[k], out->domain->root, 1, weight + k * n);
    for (size_t i = 0; i < n; i++) {
        bool known = true;
        if (!(weight[i] > 0) && !(weight[n + i] > 0)) continue;
        for (size_t k = 0; k < 2; k++) {
            const struct bb_cell *cell = bb_results_cell(results, out->model[k], i);
            if (!(weight[k * n + i] > 0)) continue; /* not run: it counts as it is, without an error */
            known = known && has_error(cell);
            variance += weight[k * n + i] * weight[k * n + i] * cell->error * cell->error;
        }
        out->n_leaves++;
        out->n_with_error += known;
    }
    out->se = out->n_leaves && out->n_with_error == out->n_leaves ? sqrt(variance) : (double)NAN;
}

static void test(const struct bb_asking *asking, struct bb_evidence_list *list, struct bb_lead *out)
{
    if (!(out->se > 0)) return;
    struct bb_evidence e = {.kind = BB_EVIDENCE_LEAD,
                            .id = bb_arena_printf(list->arena, "lead:%s", asking->all.quantity[out->average].id),
                            .x = BB_NO_NODE,
                            .y = out->average,
                            .n = 2,
                            .n_families = 2,
                            .effect = out->difference,
                            .low = out->difference - 1.96 * out->se,
                            .high = out->difference + 1.96 * out->se,
                            .p = erfc(fabs(out->difference / out->se) / sqrt(2)),
                            .rho = (double)NAN,
                            .explained = (double)NAN,
                            .family_effect = (double)NAN,
                            .family_low = (double)NAN,
                            .family_high = (double)NAN,
                            .family_p = (double)NAN};
    out->evidence = bb_evidence_add(list, e);
}

size_t bb_lead_of(const struct bb_asking *asking, struct bb_evidence_list *list, struct bb_lead **out)
{
    size_t n = 0;
    *out = BB_NEW_ARRAY(asking->arena, asking->n_domains + 1, struct bb_lead);
    for (size_t d = 0; d < asking->n_domains; d++) {
        const struct bb_asked_domain *domain = &asking->domain[d];
        struct bb_lead *lead = &(*out)[n];
        size_t root = BB_NO_NODE;
        for (size_t i = 0; i < asking->all.n; i++)
            if (asking->all.quantity[i].node == domain->root) root = i;
        *lead = (struct bb_lead){.domain = domain, .average = root, .se = (double)NAN, .evidence = BB_NO_NODE};
        if (root == BB_NO_NODE) continue;
        place(asking, lead);
        if (lead->n < 2) continue;
        lead->difference = lead->score[0] - lead->score[1];
        find_error(asking, lead);
        test(asking, list, lead);
        n++;
    }
    return n;
}
