#include "numeric/linkage.h"

#include <stdbool.h>
#include <string.h>

/* Living clusters in slots; a merged one takes the slot of its first part. */
struct linkage {
    double *distance; /* n × n */
    size_t n;
    size_t *name, *size; /* of the cluster in a slot */
    bool *gone;
};

static void find_closest(const struct linkage *it, size_t *first, size_t *second)
{
    double least = 0;
    *first = it->n;
    for (size_t i = 0; i < it->n; i++) {
        if (it->gone[i]) continue;
        for (size_t k = i + 1; k < it->n; k++) {
            if (it->gone[k] || (*first < it->n && it->distance[i * it->n + k] >= least)) continue;
            least = it->distance[i * it->n + k];
            *first = i;
            *second = k;
        }
    }
}

/* The formula of Lance and Williams for average linkage. */
static void join(struct linkage *it, size_t a, size_t b)
{
    double wa = (double)it->size[a], wb = (double)it->size[b];
    for (size_t k = 0; k < it->n; k++) {
        if (it->gone[k] || k == a || k == b) continue;
        double joined = (wa * it->distance[a * it->n + k] + wb * it->distance[b * it->n + k]) / (wa + wb);
        it->distance[a * it->n + k] = it->distance[k * it->n + a] = joined;
    }
    it->size[a] += it->size[b];
    it->gone[b] = true;
}

void bb_linkage_average(const double *distance, size_t n, struct bb_merge *merge, struct bb_arena *tmp)
{
    struct linkage it = {BB_NEW_ARRAY(tmp, n * n + 1, double), n, BB_NEW_ARRAY(tmp, n + 1, size_t),
                         BB_NEW_ARRAY(tmp, n + 1, size_t), BB_NEW_ARRAY(tmp, n + 1, bool)};
    if (n) memcpy(it.distance, distance, n * n * sizeof *distance);
    for (size_t i = 0; i < n; i++) {
        it.name[i] = i;
        it.size[i] = 1;
    }
    for (size_t m = 0; m + 1 < n; m++) {
        size_t i, k = 0;
        find_closest(&it, &i, &k);
        size_t a = it.name[i], b = it.name[k];
        merge[m] = (struct bb_merge){a < b ? a : b, a < b ? b : a, it.distance[i * n + k], it.size[i] + it.size[k]};
        join(&it, i, k);
        it.name[i] = n + m;
    }
}

/* The cluster that `of` belongs to, once some merges are done. */
static size_t top_of(const size_t *parent, size_t of)
{
    while (parent[of] != of) of = parent[of];
    return of;
}

size_t bb_linkage_cut(const struct bb_merge *merge, size_t n, double most, size_t *group, struct bb_arena *tmp)
{
    size_t *parent = BB_NEW_ARRAY(tmp, 2 * n + 1, size_t), *number = BB_NEW_ARRAY(tmp, 2 * n + 1, size_t), n_groups = 0;
    for (size_t i = 0; i < 2 * n; i++) parent[i] = i;
    for (size_t m = 0; m + 1 < n && merge[m].distance <= most; m++) parent[merge[m].a] = parent[merge[m].b] = n + m;
    for (size_t i = 0; i < n; i++) {
        size_t top = top_of(parent, i);
        if (!number[top]) number[top] = ++n_groups;
        group[i] = number[top] - 1;
    }
    return n_groups;
}

void bb_linkage_order(const struct bb_merge *merge, size_t n, size_t *order, struct bb_arena *tmp)
{
    /* a cluster is a chain of items */
    size_t *next = BB_NEW_ARRAY(tmp, n + 1, size_t), *first = BB_NEW_ARRAY(tmp, 2 * n + 1, size_t),
           *last = BB_NEW_ARRAY(tmp, 2 * n + 1, size_t);
    if (!n) return;
    for (size_t i = 0; i < n; i++) {
        first[i] = last[i] = i;
        next[i] = n;
    }
    for (size_t m = 0; m + 1 < n; m++) {
        size_t a = merge[m].a, b = merge[m].b;
        size_t left = first[a] < first[b] ? a : b, right = left == a ? b : a;
        next[last[left]] = first[right];
        first[n + m] = first[left];
        last[n + m] = last[right];
    }
    for (size_t at = first[n > 1 ? 2 * n - 2 : 0], k = 0; at != n; at = next[at]) order[k++] = at;
}
