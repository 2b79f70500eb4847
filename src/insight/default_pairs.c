#include "insight/default_pairs.h"

#include <math.h>

#include "base/text.h"

struct search {
    const struct bb_results *results;
    const struct bb_quantities *all;
    struct bb_pairs out;
    size_t cap;
    struct bb_arena *arena;
};

size_t bb_quantity_of_node(const struct bb_quantities *all, size_t node)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->quantity[i].kind != BB_QUANTITY_ATTRIBUTE && all->quantity[i].node == node) return i;
    return BB_NO_NODE;
}

size_t bb_pair_common(const struct bb_quantities *all, size_t x, size_t y)
{
    size_t n = 0;
    for (size_t i = 0; i < all->n_models; i++) n += !isnan(all->quantity[x].value[i]) && !isnan(all->quantity[y].value[i]);
    return n;
}

size_t bb_domain_average(const struct bb_results *results, const struct bb_quantities *all, const char *domain)
{
    for (size_t i = 0; i < results->tree.n; i++) {
        const struct bb_node *node = &results->tree.node[i];
        if (node->parent_index == BB_NO_NODE && !node->engineering && bb_streq(node->domain, domain))
            return bb_quantity_of_node(all, i);
    }
    return BB_NO_NODE;
}

/* --- adding ----------------------------------------------------------------------------------------------------------- */

/* Whether the values of `q` differ among the models that have both. */
static bool varies(const struct bb_quantities *all, size_t q, size_t other)
{
    double first = NAN;
    for (size_t i = 0; i < all->n_models; i++) {
        double value = all->quantity[q].value[i];
        if (isnan(value) || isnan(all->quantity[other].value[i])) continue;
        if (isnan(first)) first = value;
        if (value != first) return true;
    }
    return false;
}

static bool is_pair(const struct bb_quantities *all, size_t x, size_t y)
{
    return x != y && x != BB_NO_NODE && y != BB_NO_NODE && bb_pair_common(all, x, y) >= BB_PAIR_FEW && varies(all, x, y) &&
           varies(all, y, x);
}

static bool add(struct search *it, enum bb_pair_kind kind, size_t x, size_t y, const char *domain)
{
    if (!is_pair(it->all, x, y)) return false;
    if (it->out.n == it->cap) {
        struct bb_pair *more = BB_NEW_ARRAY(it->arena, 2 * it->cap + 16, struct bb_pair);
        for (size_t i = 0; i < it->out.n; i++) more[i] = it->out.pair[i];
        it->out.pair = more;
        it->cap = 2 * it->cap + 16;
    }
    it->out.pair[it->out.n++] = (struct bb_pair){kind, x, y, bb_pair_common(it->all, x, y), domain};
    return true;
}

static bool has(const struct search *it, size_t x, size_t y)
{
    for (size_t i = 0; i < it->out.n; i++)
        if (it->out.pair[i].x == x && it->out.pair[i].y == y) return true;
    return false;
}

/* --- one domain ------------------------------------------------------------------------------------------------------- */

static void add_parts(struct search *it, size_t root, const char *domain)
{
    const struct bb_tree *tree = &it->results->tree;
    const struct bb_node *node = &tree->node[root];
    size_t *part = BB_NEW_ARRAY(it->arena, node->n_children + 1, size_t), n = 0, added = 0;
    for (size_t c = 0; c < node->n_children; c++) {
        size_t child = tree->child[node->first_child + c], quantity = bb_quantity_of_node(it->all, child);
        if (quantity != BB_NO_NODE && !tree->node[child].engineering) part[n++] = quantity;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n && added < BB_PAIR_PARTS_MOST; k++)
            added += add(it, BB_PAIR_PARTS, part[i], part[k], domain);
}

/* Which quantities one kind of pair looks among; of those, the ones of the highest class come first. -1: not among them. */
typedef int choice(const struct search *it, size_t quantity, const char *domain);

static int is_engineering(const struct search *it, size_t quantity, const char *domain)
{
    const struct bb_quantity *is = &it->all->quantity[quantity];
    if (is->kind == BB_QUANTITY_ATTRIBUTE || !is->engineering || !bb_streq(is->domain, domain)) return -1;
    size_t depth = it->results->tree.node[is->node].depth;
    return depth < 100 ? 100 - (int)depth : 0;
}

static int is_task(const struct search *it, size_t quantity, const char *domain)
{
    (void)domain;
    return it->all->quantity[quantity].kind == BB_QUANTITY_ATTRIBUTE && it->all->quantity[quantity].better ? 0 : -1;
}

static int is_size(const struct search *it, size_t quantity, const char *domain)
{
    (void)domain;
    const struct bb_quantity *is = &it->all->quantity[quantity];
    return !bb_quantity_is_cost(is) || is->is_year ? -1 : is->is_log;
}

static int is_year(const struct search *it, size_t quantity, const char *domain)
{
    (void)domain;
    const struct bb_quantity *is = &it->all->quantity[quantity];
    return bb_quantity_is_cost(is) && is->is_year ? 0 : -1;
}

/* The best that is not there yet, or BB_NO_NODE. */
static size_t best_of(const struct search *it, choice *choose, size_t y, const char *domain)
{
    size_t best = BB_NO_NODE, best_n = 0;
    int best_class = -1;
    for (size_t q = 0; q < it->all->n; q++) {
        int class = choose(it, q, domain);
        if (class < 0 || !is_pair(it->all, q, y) || has(it, q, y)) continue;
        size_t n = bb_pair_common(it->all, q, y);
        if (class < best_class || (class == best_class && n <= best_n)) continue;
        best = q;
        best_n = n;
        best_class = class;
    }
    return best;
}

static void add_best(struct search *it, enum bb_pair_kind kind, choice *choose, size_t most, size_t average, const char *domain)
{
    for (size_t i = 0; average != BB_NO_NODE && i < most; i++)
        add(it, kind, best_of(it, choose, average, domain), average, domain);
}

static void add_domain(struct search *it, size_t root)
{
    const char *domain = it->results->tree.node[root].domain;
    size_t average = bb_quantity_of_node(it->all, root);
    add_parts(it, root, domain);
    add_best(it, BB_PAIR_ENGINEERING, is_engineering, 1, average, domain);
    add_best(it, BB_PAIR_TASK, is_task, BB_PAIR_TASKS_MOST, average, domain);
    add_best(it, BB_PAIR_SIZE, is_size, BB_PAIR_SIZES_MOST, average, domain);
    add_best(it, BB_PAIR_YEAR, is_year, 1, average, domain);
}

struct bb_pairs bb_pairs_of(const struct bb_results *results, const struct bb_quantities *all, struct bb_arena *arena)
{
    struct search it = {.results = results, .all = all, .arena = arena};
    size_t *root = BB_NEW_ARRAY(arena, results->tree.n + 1, size_t), n = 0;
    for (size_t i = 0; i < results->tree.n; i++) {
        const struct bb_node *node = &results->tree.node[i];
        bool is_first = node->parent_index == BB_NO_NODE && !node->engineering;
        for (size_t k = 0; is_first && k < n; k++) is_first = !bb_streq(results->tree.node[root[k]].domain, node->domain);
        if (is_first) root[n++] = i;
    }
    for (size_t i = 0; i < n; i++) add_domain(&it, root[i]);
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++)
            add(&it, BB_PAIR_DOMAINS, bb_quantity_of_node(all, root[i]), bb_quantity_of_node(all, root[k]), NULL);
    return it.out;
}
