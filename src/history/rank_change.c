#include "history/rank_change.h"

#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "score/parity.h"

/* What ranks go by, larger is better (score/aggregate.c); NaN for who has none. */
static double key_of(const struct bb_results *results, size_t model, size_t node)
{
    const struct bb_aggregate *aggregate = bb_results_aggregate(results, model, node);
    if (!aggregate->rank || isnan(aggregate->score)) return (double)NAN;
    double rounded = results->parity ? bb_parity_round(aggregate->score) : bb_round_decimals(aggregate->score, 2);
    return results->tree.node[node].lower_better ? -rounded : rounded;
}

/* Keys in ascending order. */
struct keys {
    double *key;
    size_t n;
};

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static long ahead_of(const struct keys *keys, double key)
{
    size_t low = 0, high = keys->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (keys->key[middle] > key)
            high = middle;
        else
            low = middle + 1;
    }
    return (long)(keys->n - low);
}

static void keys_add(struct keys *keys, double key)
{
    keys->key[keys->n++] = key;
}

void bb_rank_changes(const struct bb_results *before, const struct bb_results *after, const size_t *to_new, const size_t *to_old,
                     struct bb_average_change *change, size_t n)
{
    enum { OLD, LEFT, STAYED_OLD, STAYED_NEW, ENTERED, N_KEYS };
    struct keys keys[N_KEYS];
    const size_t node[2] = {change->node[0], change->node[1]};
    for (int k = 0; k < N_KEYS; k++)
        keys[k] = (struct keys){bb_calloc((k < STAYED_NEW ? before->n_models : after->n_models) + 1, sizeof(double)), 0};
    for (size_t m = 0; m < before->n_models; m++) {
        double key = key_of(before, m, node[0]);
        if (isnan(key)) continue;
        bool stays = to_new[m] != BB_NO_NODE && !isnan(key_of(after, to_new[m], node[1]));
        keys_add(&keys[OLD], key);
        keys_add(&keys[stays ? STAYED_OLD : LEFT], key);
    }
    for (size_t m = 0; m < after->n_models; m++) {
        double key = key_of(after, m, node[1]);
        if (isnan(key)) continue;
        bool stayed = to_old[m] != BB_NO_NODE && !isnan(key_of(before, to_old[m], node[0]));
        keys_add(&keys[stayed ? STAYED_NEW : ENTERED], key);
    }
    for (int k = 0; k < N_KEYS; k++) qsort(keys[k].key, keys[k].n, sizeof *keys[k].key, ascending);
    for (size_t i = 0; i < n; i++) {
        double was = key_of(before, change[i].model[0], node[0]), is = key_of(after, change[i].model[1], node[1]);
        if (isnan(was) || isnan(is)) continue;
        long itself = was > is; /* its old self would stand ahead of it */
        change[i].own = ahead_of(&keys[OLD], is) - itself - ahead_of(&keys[OLD], was);
        change[i].entered = ahead_of(&keys[ENTERED], is);
        change[i].left = -ahead_of(&keys[LEFT], is);
        change[i].moved = ahead_of(&keys[STAYED_NEW], is) - (ahead_of(&keys[STAYED_OLD], is) - itself);
    }
    for (int k = 0; k < N_KEYS; k++) free(keys[k].key);
}
