#include "catalog/node.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/catalog_int.h"

/* Nodes as they came, with their parents found. Numbers are places in `node` as it was given. */
struct linker {
    struct bb_node *node;
    size_t n;
    struct bb_names ids; /* the number of an id in it is the number in first_of */
    size_t *first_of;    /* the first node with the id */
    struct bb_arena *arena;
    struct bb_diags *diags;
};

#define ERROR_AT(k, where, ...) bb_diag_add((k)->diags, BB_ERROR, (where), __VA_ARGS__)

static char *lower_case(struct bb_arena *arena, const char *text)
{
    char *copy = bb_arena_strdup(arena, text);
    for (char *c = copy; *c; c++)
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c - 'A' + 'a');
    return copy;
}

void bb_check_same_id(struct bb_names *seen, const char *what, const char *id, const struct bb_place *place,
                      const struct bb_place *const *first, struct bb_arena *arena, struct bb_diags *diags)
{
    size_t n = seen->n, at = bb_names_add(seen, lower_case(arena, id));
    if (at == n) return;
    bb_diag_add(diags, BB_ERROR, *place, "%s \"%s\" is there already, in %s:%zu (upper and lower case do not tell ids apart)",
                what, id, first[at]->file ? first[at]->file : "the same file", first[at]->line);
}

static void check_ids(struct linker *k)
{
    struct bb_names seen = {0};
    const struct bb_place **place = BB_NEW_ARRAY(k->arena, k->n, const struct bb_place *);
    for (size_t i = 0; i < k->n; i++) {
        place[seen.n] = &k->node[i].place;
        bb_check_same_id(&seen, "the benchmark", k->node[i].id, &k->node[i].place, place, k->arena, k->diags);
    }
    bb_names_release(&seen);
}

static void number_ids(struct linker *k)
{
    for (size_t i = 0; i < k->n; i++) {
        size_t n = k->ids.n, at = bb_names_add(&k->ids, k->node[i].id);
        if (at == n) k->first_of[at] = i;
    }
}

static void find_parent(struct linker *k, struct bb_node *node)
{
    node->parent_index = BB_NO_NODE;
    if (!node->parent) return;
    size_t at = bb_names_find(&k->ids, node->parent);
    if (at == BB_NAMES_NONE) {
        ERROR_AT(k, node->place, "the parent of \"%s\", \"%s\", is not among the benchmarks%s", node->id, node->parent,
                 bb_did_you_mean(k->arena, node->parent, k->ids.name, k->ids.n));
        return;
    }
    at = k->first_of[at];
    if (bb_node_is_leaf(&k->node[at]))
        ERROR_AT(k, node->place, "\"%s\" cannot be the parent of \"%s\": it has a metric, so it is a benchmark and not a group",
                 node->parent, node->id);
    node->parent_index = at;
}

/* "a", "b", … of the cycle that `at` is in. */
static void report_cycle(struct linker *k, size_t at)
{
    struct bb_buf names = BB_BUF_INIT;
    size_t i = at, length = 0;
    do {
        if (length < 8)
            bb_buf_printf(&names, "\"%s\" → ", k->node[i].id);
        else if (length == 8)
            bb_buf_puts(&names, "… → ");
        length++;
        i = k->node[i].parent_index;
    } while (i != at);
    ERROR_AT(k, k->node[at].place, "the parents go round in a circle: %s\"%s\"", bb_buf_text(&names), k->node[at].id);
    bb_buf_release(&names);
}

/* Walks up from every node that no walk has met; a walk that meets itself is a cycle, which is cut so that the rest can be ordered. */
static void cut_cycles(struct linker *k)
{
    size_t *walk = BB_NEW_ARRAY(k->arena, k->n, size_t);
    for (size_t start = 0; start < k->n; start++) {
        size_t i = start;
        while (i != BB_NO_NODE && !walk[i]) {
            walk[i] = start + 1;
            i = k->node[i].parent_index;
        }
        if (i == BB_NO_NODE || walk[i] != start + 1) continue;
        report_cycle(k, i);
        k->node[i].parent_index = BB_NO_NODE;
    }
}

/* --- order -------------------------------------------------------------------------------------------------------- */

static int compare_siblings(const void *left, const void *right, void *context)
{
    const struct bb_node *node = context;
    size_t a = *(const size_t *)left, b = *(const size_t *)right;
    size_t pa = node[a].parent_index + 1, pb = node[b].parent_index + 1; /* roots, BB_NO_NODE, become 0 */
    if (pa != pb) return pa < pb ? -1 : 1;
    if (node[a].order != node[b].order) return node[a].order < node[b].order ? -1 : 1;
    int by_id = strcmp(node[a].id, node[b].id);
    return by_id ? by_id : (a > b) - (a < b);
}

/* Depth first, with a stack of its own: a chain of parents may be as long as the catalog. */
static void depth_first(const struct linker *k, size_t *order)
{
    size_t *sorted = BB_NEW_ARRAY(k->arena, k->n, size_t), *stack = BB_NEW_ARRAY(k->arena, k->n, size_t);
    size_t *first = BB_NEW_ARRAY(k->arena, k->n + 2,
                                 size_t); /* the children of p are sorted[first[p + 1] … first[p + 2]), the roots come first */
    for (size_t i = 0; i < k->n; i++) sorted[i] = i;
    qsort_r(sorted, k->n, sizeof *sorted, compare_siblings, k->node);
    for (size_t i = 0; i < k->n; i++) first[k->node[i].parent_index + 2]++; /* BB_NO_NODE + 2 is 1 */
    for (size_t p = 1; p < k->n + 2; p++) first[p] += first[p - 1];
    size_t top = 0, n = 0;
    for (size_t i = first[1]; i-- > 0;) stack[top++] = sorted[i];
    while (top) {
        size_t at = stack[--top];
        order[n++] = at;
        for (size_t i = first[at + 2]; i-- > first[at + 1];) stack[top++] = sorted[i];
    }
}

/* Copies the nodes in that order and makes their links the new numbers. */
static void place_nodes(const struct linker *k, const size_t *order, struct bb_tree *out)
{
    size_t *where = BB_NEW_ARRAY(k->arena, k->n, size_t);
    for (size_t i = 0; i < k->n; i++) where[order[i]] = i;
    for (size_t i = 0; i < k->n; i++) {
        struct bb_node *node = &out->node[i];
        *node = k->node[order[i]];
        node->n_children = 0;
        if (node->parent_index == BB_NO_NODE) {
            node->root = i;
            node->depth = 0;
            continue;
        }
        node->parent_index = where[node->parent_index];
        struct bb_node *parent = &out->node[node->parent_index];
        node->root = parent->root;
        node->depth = parent->depth + 1;
        node->engineering = node->engineering || parent->engineering;
        parent->n_children++;
    }
}

static void list_children(struct bb_tree *tree)
{
    size_t next = 0;
    for (size_t i = 0; i < tree->n; i++) {
        tree->node[i].first_child = next;
        next += tree->node[i].n_children;
        tree->node[i].n_children = 0;
    }
    for (size_t i = 0; i < tree->n; i++) {
        if (tree->node[i].parent_index == BB_NO_NODE) continue;
        struct bb_node *parent = &tree->node[tree->node[i].parent_index];
        tree->child[parent->first_child + parent->n_children++] = i;
    }
}

static int compare_ids(const void *left, const void *right, void *context)
{
    const struct bb_node *node = context;
    size_t a = *(const size_t *)left, b = *(const size_t *)right;
    int by_id = strcmp(node[a].id, node[b].id);
    return by_id ? by_id : (a > b) - (a < b);
}

/* --- what only the finished tree shows ---------------------------------------------------------------------------- */

static void check_domains(const struct linker *k, const struct bb_tree *tree)
{
    for (size_t i = 0; i < tree->n; i++) {
        const struct bb_node *node = &tree->node[i], *root = &tree->node[node->root];
        if (!node->parent && !node->domain)
            ERROR_AT(k, node->place, "\"%s\" has neither a \"parent\" nor a \"domain\"", node->id);
        else if (node->domain && root->domain && strcmp(node->domain, root->domain) != 0)
            ERROR_AT(k, node->place, "\"%s\" is of the domain \"%s\", but stands below \"%s\", which is of \"%s\"", node->id,
                     node->domain, root->id, root->domain);
    }
}

static void warn_of_empty_groups(const struct linker *k, const struct bb_tree *tree)
{
    size_t *leaves = BB_NEW_ARRAY(k->arena, tree->n, size_t);
    for (size_t i = tree->n; i-- > 0;) {
        const struct bb_node *node = &tree->node[i];
        leaves[i] += bb_node_is_leaf(node);
        if (!leaves[i]) bb_diag_add(k->diags, BB_NOTE, node->place, "the group \"%s\" has no benchmarks", node->id);
        if (node->parent_index != BB_NO_NODE) leaves[node->parent_index] += leaves[i];
    }
}

bool bb_tree_link(struct bb_node *node, size_t n, struct bb_arena *arena, struct bb_diags *diags, struct bb_tree *out)
{
    size_t errors = diags->n_errors;
    struct linker k = {.node = node, .n = n, .arena = arena, .diags = diags, .first_of = BB_NEW_ARRAY(arena, n, size_t)};
    size_t *order = BB_NEW_ARRAY(arena, n, size_t);
    *out = (struct bb_tree){.n = n,
                            .node = BB_NEW_ARRAY(arena, n, struct bb_node),
                            .child = BB_NEW_ARRAY(arena, n, size_t),
                            .by_id = BB_NEW_ARRAY(arena, n, size_t)};
    check_ids(&k);
    number_ids(&k);
    for (size_t i = 0; i < n; i++) find_parent(&k, &node[i]);
    cut_cycles(&k);
    depth_first(&k, order);
    place_nodes(&k, order, out);
    list_children(out);
    for (size_t i = 0; i < n; i++) out->by_id[i] = i;
    qsort_r(out->by_id, n, sizeof *out->by_id, compare_ids, out->node);
    check_domains(&k, out);
    warn_of_empty_groups(&k, out);
    bb_names_release(&k.ids);
    return diags->n_errors == errors;
}

size_t bb_tree_find(const struct bb_tree *tree, const char *id)
{
    size_t low = 0, high = tree->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(tree->node[tree->by_id[middle]].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < tree->n && strcmp(tree->node[tree->by_id[low]].id, id) == 0 ? tree->by_id[low] : BB_NO_NODE;
}
