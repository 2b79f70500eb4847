#include "insight/alike.h"

#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "numeric/linkage.h"

enum { DRAWS = 400 }; /* of families, for each pair whose p is small */

static bool is_benchmark(const struct bb_asking *asking, const struct bb_asked_domain *domain, size_t quantity)
{
    const struct bb_quantity *of = &asking->all.quantity[quantity];
    return of->kind == BB_QUANTITY_BENCHMARK && !of->engineering && asking->results->tree.node[of->node].root == domain->root;
}

struct counted {
    size_t quantity, n_values;
};

static int most_first(const void *a, const void *b)
{
    const struct counted *x = a, *y = b;
    if (x->n_values != y->n_values) return x->n_values > y->n_values ? -1 : 1;
    return (x->quantity > y->quantity) - (x->quantity < y->quantity);
}

static int ascending(const void *a, const void *b)
{
    const size_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void choose(const struct bb_asking *asking, struct bb_alike *out)
{
    struct counted *all = BB_NEW_ARRAY(asking->arena, asking->all.n + 1, struct counted);
    size_t n = 0;
    for (size_t i = 0; i < asking->all.n; i++)
        if (is_benchmark(asking, out->domain, i)) all[n++] = (struct counted){i, asking->all.quantity[i].n_values};
    if (n) qsort(all, n, sizeof *all, most_first);
    out->n = n > BB_ALIKE_MOST ? BB_ALIKE_MOST : n;
    out->n_left_out = n - out->n;
    out->quantity = BB_NEW_ARRAY(asking->arena, out->n + 1, size_t);
    for (size_t i = 0; i < out->n; i++) out->quantity[i] = all[i].quantity;
    if (out->n) qsort(out->quantity, out->n, sizeof *out->quantity, ascending);
}

/* Fisher's interval of the pair lies within ± BB_ALIKE_NONE. */
static bool is_apart(double r, size_t n)
{
    double low, high;
    bb_fisher_interval(r, n, &low, &high);
    return low > -BB_ALIKE_NONE && high < BB_ALIKE_NONE;
}

static size_t families_of(const struct bb_asking *asking, const double *x, const double *y)
{
    bool *seen = BB_NEW_ARRAY(asking->arena, asking->all.n_models + 1, bool);
    size_t n = 0;
    for (size_t i = 0; i < asking->all.n_models; i++) {
        if (isnan(x[i]) || isnan(y[i])) continue;
        n += seen[asking->all.family[i]] ? 0 : 1;
        seen[asking->all.family[i]] = true;
    }
    return n;
}

/* The larger of p and what families say, where p is small enough to matter. */
static double p_over_families(const struct bb_asking *asking, const double *x, const double *y, const struct bb_association *pair,
                              uint64_t task)
{
    double low, high;
    size_t n = families_of(asking, x, y);
    if (!(pair->p < BB_EVIDENCE_LEVEL)) return pair->p;
    if (n < BB_EVIDENCE_FAMILIES) return 1;
    bb_group_bootstrap(x, y, asking->all.family, asking->all.n_models, DRAWS, (uint64_t)asking->results->board.options.seed, task,
                       &low, &high);
    double p = bb_family_p(pair->r, low, high, n, true);
    return isnan(p) || (low <= 0 && high >= 0) ? 1 : fmax(p, pair->p);
}

static void correct(const struct bb_asking *asking, struct bb_alike *out, const double *p)
{
    size_t n = out->n;
    double *list = BB_NEW_ARRAY(asking->arena, n * n + 1, double);
    size_t k = 0;
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < a; b++) list[k++] = p[a * n + b];
    bb_holm(list, k, list);
    k = 0;
    for (size_t a = 0; a < n; a++) {
        out->adjusted[a * n + a] = NAN;
        for (size_t b = 0; b < a; b++) out->adjusted[a * n + b] = out->adjusted[b * n + a] = list[k++];
    }
}

/* What may be said of a pair whose r is known. */
static void judge(struct bb_alike *out, size_t a, size_t b)
{
    size_t at = a * out->n + b;
    double r = out->r[at];
    out->n_pairs++;
    if (out->lowest[0] >= out->n || r < out->r[out->lowest[0] * out->n + out->lowest[1]]) out->lowest[0] = b, out->lowest[1] = a;
    if (is_apart(r, out->common[at])) out->n_apart++;
    if (!(out->adjusted[at] < BB_EVIDENCE_LEVEL)) return;
    if (r < 0) {
        out->n_opposed++;
        return;
    }
    out->n_together++;
    if (out->closest[0] >= out->n || r > out->r[out->closest[0] * out->n + out->closest[1]])
        out->closest[0] = b, out->closest[1] = a;
}

static void cluster(const struct bb_asking *asking, struct bb_alike *out)
{
    size_t n = out->n;
    double *distance = BB_NEW_ARRAY(asking->arena, n * n + 1, double);
    struct bb_merge *merge = BB_NEW_ARRAY(asking->arena, n + 1, struct bb_merge);
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) distance[a * n + b] = a == b ? 0 : isnan(out->r[a * n + b]) ? 1 : 1 - out->r[a * n + b];
    bb_linkage_average(distance, n, merge, asking->arena);
    bb_linkage_order(merge, n, out->order, asking->arena);
    out->n_groups = bb_linkage_cut(merge, n, 1 - BB_ALIKE_GROUP, out->group, asking->arena);
}

static void compare(const struct bb_asking *asking, struct bb_alike *out)
{
    size_t n = out->n;
    const double **axis = BB_NEW_ARRAY(asking->arena, n + 1, const double *);
    double *p = BB_NEW_ARRAY(asking->arena, n * n + 1, double);
    out->r = BB_NEW_ARRAY(asking->arena, n * n + 1, double);
    out->adjusted = BB_NEW_ARRAY(asking->arena, n * n + 1, double);
    out->common = BB_NEW_ARRAY(asking->arena, n * n + 1, size_t);
    out->order = BB_NEW_ARRAY(asking->arena, n + 1, size_t);
    out->group = BB_NEW_ARRAY(asking->arena, n + 1, size_t);
    out->closest[0] = out->lowest[0] = n;
    for (size_t a = 0; a < n; a++) axis[a] = bb_asking_axis(asking, out->quantity[a]);
    for (size_t a = 0; a < n; a++) {
        out->r[a * n + a] = 1;
        out->common[a * n + a] = asking->all.quantity[out->quantity[a]].n_values;
        for (size_t b = 0; b < a; b++) {
            struct bb_association pair = bb_correlate(axis[a], axis[b], asking->all.n_models);
            bool known = pair.n >= BB_ALIKE_OVERLAP;
            out->r[a * n + b] = out->r[b * n + a] = known ? pair.r : (double)NAN;
            p[a * n + b] = known ? p_over_families(asking, axis[a], axis[b], &pair, a * n + b) : (double)NAN;
            out->common[a * n + b] = out->common[b * n + a] = pair.n;
        }
    }
    correct(asking, out, p);
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < a; b++)
            if (!isnan(out->r[a * n + b])) judge(out, a, b);
    cluster(asking, out);
}

size_t bb_alike_of(const struct bb_asking *asking, struct bb_alike **out)
{
    size_t n = 0;
    *out = BB_NEW_ARRAY(asking->arena, asking->n_domains + 1, struct bb_alike);
    for (size_t d = 0; d < asking->n_domains; d++) {
        struct bb_alike *of = &(*out)[n];
        *of = (struct bb_alike){.domain = &asking->domain[d]};
        choose(asking, of);
        if (of->n < 2) continue;
        compare(asking, of);
        n++;
    }
    return n;
}
