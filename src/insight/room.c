#include "insight/room.h"

#include <math.h>
#include <stdlib.h>

static double ceiling_of(const struct bb_node *node, const struct bb_facts *facts)
{
    if (isnan(facts->ceiling.value)) return NAN;
    return bb_node_score(node, facts->ceiling.value, facts->ceiling.value);
}

static double left(const struct bb_room *room)
{
    return isnan(room->room) ? room->ceiling - room->best : room->room;
}

static int largest_first(const void *a, const void *b)
{
    const struct bb_room *x = a, *y = b;
    if (isnan(x->room) != isnan(y->room)) return isnan(x->room) ? 1 : -1;
    double p = left(x), q = left(y);
    if (isnan(p) != isnan(q)) return isnan(p) ? 1 : -1;
    if (p != q && !isnan(p)) return p > q ? -1 : 1;
    return (x->quantity > y->quantity) - (x->quantity < y->quantity);
}

static const struct bb_asked_domain *domain_of(const struct bb_asking *asking, size_t node)
{
    for (size_t d = 0; d < asking->n_domains; d++)
        if (asking->domain[d].root == asking->results->tree.node[node].root) return &asking->domain[d];
    return NULL;
}

size_t bb_room_of(const struct bb_asking *asking, struct bb_room **out)
{
    const struct bb_quantities *all = &asking->all;
    size_t n = 0;
    *out = BB_NEW_ARRAY(asking->arena, all->n + 1, struct bb_room);
    for (size_t i = 0; i < all->n; i++) {
        const struct bb_quantity *of = &all->quantity[i];
        if (of->kind != BB_QUANTITY_BENCHMARK || of->engineering || of->better < 0) continue;
        const struct bb_facts *facts = &asking->results->facts[of->node];
        struct bb_room room = {
            .quantity = i, .domain = domain_of(asking, of->node), .best = (double)NAN, .oracle = facts->oracle};
        for (size_t m = 0; m < all->n_models; m++) {
            if (!(of->value[m] > room.best) && !(isnan(room.best) && !isnan(of->value[m]))) continue;
            room.best = of->value[m];
            room.model = all->model[m];
        }
        room.ceiling = ceiling_of(&asking->results->tree.node[of->node], facts);
        room.room = room.oracle - room.best;
        if (room.domain) (*out)[n++] = room;
    }
    if (n) qsort(*out, n, sizeof **out, largest_first);
    return n;
}
