#include "insight/asking.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* ASCII case ignored. */
static bool says(const char *text, const char *word)
{
    size_t len = strlen(word);
    for (; text && *text; text++) {
        size_t k = 0;
        while (k < len && tolower((unsigned char)text[k]) == word[k]) k++;
        if (k == len) return true;
    }
    return false;
}

/* --- texts ---------------------------------------------------------------------------------------------------------- */

static const char *text_of(const struct bb_model *model, const char *name)
{
    for (size_t i = 0; i < model->n_attributes; i++)
        if (bb_streq(model->attribute[i].name, name)) return model->attribute[i].text;
    return NULL;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static size_t sort_unique(const char **text, size_t n)
{
    size_t unique = 0;
    if (n) qsort(text, n, sizeof *text, by_text);
    for (size_t i = 0; i < n; i++)
        if (!unique || strcmp(text[unique - 1], text[i]) != 0) text[unique++] = text[i];
    return unique;
}

static void add_text(struct bb_asking *asking, const char *name)
{
    const struct bb_quantities *all = &asking->all;
    const struct bb_board *board = &asking->results->board;
    const char **level_name = BB_NEW_ARRAY(asking->arena, all->n_models + 1, const char *);
    size_t *level = BB_NEW_ARRAY(asking->arena, all->n_models + 1, size_t), n = 0;
    for (size_t i = 0; i < all->n_models; i++) {
        const char *text = text_of(&asking->results->model[all->model[i]], name);
        if (text) level_name[n++] = text;
    }
    size_t n_levels = sort_unique(level_name, n);
    for (size_t i = 0; i < all->n_models; i++) {
        const char *text = text_of(&asking->results->model[all->model[i]], name), **found = NULL;
        if (text) found = bsearch(&text, level_name, n_levels, sizeof *level_name, by_text);
        level[i] = found ? (size_t)(found - level_name) : BB_NO_NODE;
    }
    struct bb_text_attribute *text = &asking->text[asking->n_texts++];
    *text = (struct bb_text_attribute){name, name, level, level_name, n_levels, n};
    for (size_t k = 0; k < board->n_attribute_info; k++)
        if (bb_streq(board->attribute_info[k].name, name) && board->attribute_info[k].title)
            text->title = board->attribute_info[k].title;
}

static void find_texts(struct bb_asking *asking)
{
    const struct bb_quantities *all = &asking->all;
    size_t n = 0;
    for (size_t i = 0; i < all->n_models; i++) n += asking->results->model[all->model[i]].n_attributes;
    const char **name = BB_NEW_ARRAY(asking->arena, n + 1, const char *);
    n = 0;
    for (size_t i = 0; i < all->n_models; i++) {
        const struct bb_model *model = &asking->results->model[all->model[i]];
        for (size_t k = 0; k < model->n_attributes; k++)
            if (model->attribute[k].text) name[n++] = model->attribute[k].name;
    }
    n = sort_unique(name, n);
    asking->text = BB_NEW_ARRAY(asking->arena, n + 1, struct bb_text_attribute);
    for (size_t i = 0; i < n; i++) add_text(asking, name[i]);
}

/* --- domains -------------------------------------------------------------------------------------------------------- */

static size_t quantity_of(const struct bb_asking *asking, size_t node)
{
    for (size_t i = 0; node != BB_NO_NODE && i < asking->all.n; i++)
        if (asking->all.quantity[i].node == node) return i;
    return BB_NO_NODE;
}

/* The shallowest node below `root` that has values and says `word`. */
static size_t find_below(const struct bb_asking *asking, size_t root, const char *word)
{
    const struct bb_tree *tree = &asking->results->tree;
    size_t best = BB_NO_NODE;
    for (size_t i = root + 1; i < tree->n && tree->node[i].root == root; i++) {
        const struct bb_node *node = &tree->node[i];
        if (node->engineering || !(says(node->title, word) || says(node->id, word))) continue;
        if (quantity_of(asking, i) == BB_NO_NODE) continue;
        if (best == BB_NO_NODE || node->depth < tree->node[best].depth) best = i;
    }
    return best;
}

/* The children of the behaviour's parent that make up neural: the others that count in its average. */
static bool is_neural_part(const struct bb_tree *tree, size_t child, size_t behaviour)
{
    const struct bb_node *node = &tree->node[child];
    return child != behaviour && !node->engineering && node->publish != BB_PUBLISH_NONE && !node->lower_better;
}

static double neural_of(const struct bb_results *results, size_t model, size_t behaviour)
{
    const struct bb_tree *tree = &results->tree;
    const struct bb_node *parent = &tree->node[tree->node[behaviour].parent_index];
    double sum = 0;
    size_t counted = 0, scored = 0;
    for (size_t c = 0; c < parent->n_children; c++) {
        size_t child = tree->child[parent->first_child + c];
        const struct bb_aggregate *part = bb_results_aggregate(results, model, child);
        if (!part->of || !is_neural_part(tree, child, behaviour)) continue;
        counted++;
        if (isnan(part->score)) continue;
        scored++;
        sum += part->score;
    }
    const double of[] = {
        [BB_MISSING_ZERO] = (double)counted, [BB_MISSING_SKIP] = (double)scored, [BB_MISSING_REQUIRE] = (double)counted};
    if (!scored || (results->board.options.missing == BB_MISSING_REQUIRE && scored < counted)) return NAN;
    return sum / of[results->board.options.missing];
}

/* "Neural (mean of V1, V2, V4, IT)"; NULL: nothing stands beside the behaviour. */
static const char *neural_title(const struct bb_asking *asking, size_t behaviour)
{
    const struct bb_tree *tree = &asking->results->tree;
    const struct bb_node *parent = &tree->node[tree->node[behaviour].parent_index];
    const char *parts = NULL;
    for (size_t c = 0; c < parent->n_children; c++) {
        size_t child = tree->child[parent->first_child + c];
        const struct bb_node *node = &tree->node[child];
        if (!is_neural_part(tree, child, behaviour) || quantity_of(asking, child) == BB_NO_NODE) continue;
        const char *title = node->title ? node->title : node->id;
        parts = parts ? bb_arena_printf(asking->arena, "%s, %s", parts, title) : title;
    }
    return parts ? bb_arena_printf(asking->arena, "mean of %s", parts) : NULL;
}

static size_t add_neural(struct bb_asking *asking, const struct bb_asked_domain *domain, size_t behaviour)
{
    struct bb_quantities *all = &asking->all;
    const char *title = neural_title(asking, behaviour);
    if (!title) return BB_NO_NODE;
    struct bb_quantity *out = &all->quantity[all->n];
    *out = (struct bb_quantity){.kind = BB_QUANTITY_GROUP,
                                .id = bb_arena_printf(asking->arena, "neural.%s", asking->results->tree.node[domain->root].id),
                                .title = title,
                                .unit = "",
                                .domain = domain->name,
                                .node = BB_NO_NODE,
                                .better = 1,
                                .value = BB_NEW_ARRAY(asking->arena, all->n_models + 1, double)};
    for (size_t i = 0; i < all->n_models; i++) {
        out->value[i] = neural_of(asking->results, all->model[i], behaviour);
        out->n_values += isnan(out->value[i]) ? 0 : 1;
    }
    return out->n_values ? all->n++ : BB_NO_NODE;
}

static bool same_values(const struct bb_asking *asking, size_t a, size_t b)
{
    if (a == BB_NO_NODE || b == BB_NO_NODE) return a == b;
    const double *x = asking->all.quantity[a].value, *y = asking->all.quantity[b].value;
    for (size_t i = 0; i < asking->all.n_models; i++)
        if (isnan(x[i]) ? !isnan(y[i]) : !(fabs(x[i] - y[i]) <= 1e-12 * fabs(x[i]))) return false;
    return true;
}

static void add_domain(struct bb_asking *asking, size_t root)
{
    const struct bb_tree *tree = &asking->results->tree;
    struct bb_asked_domain *out = &asking->domain[asking->n_domains];
    *out = (struct bb_asked_domain){tree->node[root].domain, root, quantity_of(asking, root), BB_NO_NODE, BB_NO_NODE};
    size_t neural = find_below(asking, root, "neural"), behaviour = find_below(asking, root, "behav");
    out->behaviour = quantity_of(asking, behaviour);
    out->neural = neural != BB_NO_NODE      ? quantity_of(asking, neural)
                  : behaviour != BB_NO_NODE ? add_neural(asking, out, behaviour)
                                            : BB_NO_NODE;
    if (same_values(asking, out->neural, out->average)) out->neural = BB_NO_NODE; /* there is nothing but neural benchmarks */
    if (same_values(asking, out->behaviour, out->average)) out->behaviour = BB_NO_NODE;
    asking->n_domains += out->average != BB_NO_NODE || out->neural != BB_NO_NODE || out->behaviour != BB_NO_NODE;
}

struct bb_asking bb_asking_of(const struct bb_results *results, struct bb_arena *arena)
{
    struct bb_asking asking = {.results = results, .all = bb_quantities_of(results, arena), .arena = arena};
    size_t n_roots = 0;
    for (size_t i = 0; i < results->tree.n; i++) n_roots += results->tree.node[i].root == i;
    struct bb_quantity *more = BB_NEW_ARRAY(arena, asking.all.n + n_roots + 1, struct bb_quantity);
    if (asking.all.n) memcpy(more, asking.all.quantity, asking.all.n * sizeof *more);
    asking.all.quantity = more;
    asking.domain = BB_NEW_ARRAY(arena, n_roots + 1, struct bb_asked_domain);
    find_texts(&asking);
    for (size_t i = 0; i < results->tree.n; i++)
        if (results->tree.node[i].root == i && !results->tree.node[i].engineering) add_domain(&asking, i);
    return asking;
}

/* --- what is asked of them ------------------------------------------------------------------------------------------ */

const double *bb_asking_axis(const struct bb_asking *asking, size_t quantity)
{
    const double *axis = bb_quantity_axis(&asking->all, quantity, asking->arena);
    if (asking->all.quantity[quantity].better >= 0) return axis;
    double *turned = BB_NEW_ARRAY(asking->arena, asking->all.n_models + 1, double);
    for (size_t i = 0; i < asking->all.n_models; i++) turned[i] = -axis[i];
    return turned;
}

const char *bb_asking_benchmark(const struct bb_asking *asking, size_t quantity)
{
    const struct bb_quantity *of = &asking->all.quantity[quantity];
    const struct bb_tree *tree = &asking->results->tree;
    if (of->node == BB_NO_NODE || !bb_node_is_leaf(&tree->node[of->node])) return of->title;
    size_t parent = tree->node[of->node].parent_index;
    const char *title = of->title;
    if (parent == BB_NO_NODE || tree->node[parent].root == parent || !tree->node[parent].title) return title;
    if (bb_starts_with(title, tree->node[parent].title)) return title; /* "V4 on objects" in V4 */
    return bb_arena_printf(asking->arena, "%s: %s", tree->node[parent].title, title);
}

const char *bb_asking_noun(const struct bb_asking *asking, size_t quantity)
{
    for (size_t d = 0; d < asking->n_domains; d++) {
        const struct bb_asked_domain *domain = &asking->domain[d];
        if (quantity == domain->average) return bb_arena_printf(asking->arena, "%s average", domain->name);
        if (quantity == domain->neural) return bb_arena_printf(asking->arena, "neural score in %s", domain->name);
        if (quantity == domain->behaviour) return bb_arena_printf(asking->arena, "behavioural score in %s", domain->name);
    }
    return bb_asking_benchmark(asking, quantity);
}

static bool is_about_words(const struct bb_quantity *quantity)
{
    static const char *const word[] = {"perplexity",    "ppl",           "surprisal", "next-word", "next word",
                                       "cross-entropy", "cross entropy", "loss",      "bits per",  NULL};
    for (size_t i = 0; word[i]; i++)
        if (says(quantity->title, word[i]) || says(quantity->id, word[i])) return true;
    return false;
}

/* The highest engineering node at or above it that has values. */
static size_t highest(const struct bb_asking *asking, size_t node)
{
    const struct bb_tree *tree = &asking->results->tree;
    size_t best = node;
    while (tree->node[node].root != node && tree->node[tree->node[node].parent_index].engineering) {
        node = tree->node[node].parent_index;
        if (quantity_of(asking, node) != BB_NO_NODE) best = node;
    }
    return best;
}

/* A group of one is called what the one is called. */
static size_t only_child(const struct bb_asking *asking, size_t node)
{
    const struct bb_node *is = &asking->results->tree.node[node];
    size_t found = BB_NO_NODE, n = 0;
    for (size_t c = 0; c < is->n_children; c++) {
        size_t child = asking->results->tree.child[is->first_child + c];
        if (quantity_of(asking, child) == BB_NO_NODE) continue;
        found = child;
        n++;
    }
    if (n != 1 || !same_values(asking, quantity_of(asking, node), quantity_of(asking, found))) return node;
    return only_child(asking, found);
}

/* Attributes belong to every domain; a node to its own. */
static bool is_measure(const struct bb_asking *asking, const struct bb_asked_domain *domain, const struct bb_quantity *quantity)
{
    if (quantity->kind == BB_QUANTITY_ATTRIBUTE) return quantity->better != 0;
    if (quantity->node == BB_NO_NODE || !quantity->engineering || !bb_streq(quantity->domain, domain->name)) return false;
    return only_child(asking, highest(asking, quantity->node)) == quantity->node;
}

bool bb_asking_is_task(const struct bb_asking *asking, const struct bb_asked_domain *domain, size_t quantity)
{
    const struct bb_quantity *of = &asking->all.quantity[quantity];
    return is_measure(asking, domain, of) && !is_about_words(of);
}

bool bb_asking_is_next_word(const struct bb_asking *asking, const struct bb_asked_domain *domain, size_t quantity)
{
    const struct bb_quantity *of = &asking->all.quantity[quantity];
    return is_about_words(of) && (of->kind == BB_QUANTITY_ATTRIBUTE || is_measure(asking, domain, of));
}
