#include "model/pcfg.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/draws.h"

/* --- sentences ------------------------------------------------------------------------------------------------------- */

enum { PENDING = 256 };

static const struct bb_pcfg_rule *draw_rule(const struct bb_pcfg *g, int symbol, struct bb_rng *rng)
{
    double u = bb_rng_uniform(rng), sum = 0;
    size_t n = g->n_rules[symbol];
    for (size_t r = 0; r + 1 < n; r++) {
        sum += g->rule[symbol][r].p;
        if (u < sum) return &g->rule[symbol][r];
    }
    return &g->rule[symbol][n - 1];
}

size_t bb_pcfg_sentence(const struct bb_pcfg *g, struct bb_rng *rng, size_t topic, int *word, size_t most)
{
    int pending[PENDING];
    size_t n = 0, depth = 0;
    pending[depth++] = g->start;
    while (depth) {
        int symbol = pending[--depth];
        if ((size_t)symbol < g->n_categories) {
            if (n == most) return 0;
            word[n++] = (int)bb_draw_index(rng, g->lexicon + ((size_t)symbol * g->n_topics + topic) * g->n_words, g->n_words);
            continue;
        }
        const struct bb_pcfg_rule *rule = draw_rule(g, symbol, rng);
        if (depth + rule->n > PENDING) return 0;
        for (size_t k = rule->n; k-- > 0;) pending[depth++] = rule->right[k];
    }
    return n;
}

/* --- stacks: each is a number, equal ones the same ------------------------------------------------------------------- */

struct cell {
    int symbol;
    uint32_t rest;
    uint32_t depth, open, gaps; /* of it and all below */
};

/* A derivation: a stack and its probability with each topic. */
struct hypothesis {
    uint32_t stack;
    double weight[BB_PCFG_TOPICS];
};

struct set {
    struct hypothesis *item;
    size_t n, cap;
};

struct bb_parser {
    const struct bb_pcfg *grammar;
    struct cell *cell; /* cell[0]: the empty stack */
    size_t n_cells, cells_cap;
    uint32_t *slot; /* hash table of cells, a power of 2; 0: free */
    size_t n_slots;
    uint32_t *place; /* of a stack in the set that is being made, plus 1 */
    size_t place_cap;
    struct set frontier; /* derivations whose top is a category; weights sum to 1, or none: the sentence is over */
    struct set read;
    double topic[BB_PCFG_TOPICS];
};

static size_t hash(int symbol, uint32_t rest)
{
    uint64_t x = ((uint64_t)rest << 16 ^ (uint64_t)symbol) * 0x9e3779b97f4a7c15u;
    return (size_t)(x >> 24);
}

static void insert(struct bb_parser *p, uint32_t id)
{
    size_t at = hash(p->cell[id].symbol, p->cell[id].rest) & (p->n_slots - 1);
    while (p->slot[at]) at = (at + 1) & (p->n_slots - 1);
    p->slot[at] = id;
}

static void grow_slots(struct bb_parser *p)
{
    free(p->slot);
    p->n_slots *= 2;
    p->slot = bb_calloc(p->n_slots, sizeof *p->slot);
    for (size_t i = 1; i < p->n_cells; i++) insert(p, (uint32_t)i);
}

static uint32_t push(struct bb_parser *p, int symbol, uint32_t rest)
{
    size_t at = hash(symbol, rest) & (p->n_slots - 1);
    for (; p->slot[at]; at = (at + 1) & (p->n_slots - 1))
        if (p->cell[p->slot[at]].symbol == symbol && p->cell[p->slot[at]].rest == rest) return p->slot[at];
    if (2 * p->n_cells > p->n_slots) grow_slots(p);
    p->cell = bb_grow(p->cell, &p->cells_cap, p->n_cells + 1, sizeof *p->cell);
    const struct cell *below = &p->cell[rest];
    p->cell[p->n_cells] = (struct cell){.symbol = symbol,
                                        .rest = rest,
                                        .depth = below->depth + 1,
                                        .open = below->open + p->grammar->opens[symbol],
                                        .gaps = below->gaps + p->grammar->gap[symbol]};
    insert(p, (uint32_t)p->n_cells);
    return (uint32_t)p->n_cells++;
}

/* --- sets of derivations --------------------------------------------------------------------------------------------- */

static void begin(struct bb_parser *p, struct set *set)
{
    for (size_t i = 0; i < set->n; i++) p->place[set->item[i].stack] = 0;
    set->n = 0;
}

/* The marks of a set are of use only while it is made. */
static void finish(struct bb_parser *p, const struct set *set)
{
    for (size_t i = 0; i < set->n; i++) p->place[set->item[i].stack] = 0;
}

static void add(struct bb_parser *p, struct set *set, uint32_t stack, const double *weight, double factor)
{
    if (stack >= p->place_cap) {
        size_t old = p->place_cap;
        p->place = bb_grow(p->place, &p->place_cap, (size_t)stack + 1, sizeof *p->place);
        memset(p->place + old, 0, (p->place_cap - old) * sizeof *p->place);
    }
    if (!p->place[stack]) {
        set->item = bb_grow(set->item, &set->cap, set->n + 1, sizeof *set->item);
        set->item[set->n] = (struct hypothesis){.stack = stack};
        p->place[stack] = (uint32_t)++set->n;
    }
    struct hypothesis *h = &set->item[p->place[stack] - 1];
    for (size_t t = 0; t < p->grammar->n_topics; t++) h->weight[t] += factor * weight[t];
}

/* All that the top symbol can become, until a category is on top. */
static void expand(struct bb_parser *p, uint32_t stack, const double *weight, double factor)
{
    if (stack == 0) return;
    struct cell top = p->cell[stack];
    if ((size_t)top.symbol < p->grammar->n_categories) {
        add(p, &p->frontier, stack, weight, factor);
        return;
    }
    for (size_t r = 0; r < p->grammar->n_rules[top.symbol]; r++) {
        const struct bb_pcfg_rule *rule = &p->grammar->rule[top.symbol][r];
        uint32_t more = top.rest;
        for (size_t k = rule->n; k-- > 0;) more = push(p, rule->right[k], more);
        expand(p, more, weight, factor * rule->p);
    }
}

/* The frontier of what was read, with weights that sum to 1; what is believed of the topic. */
static void settle(struct bb_parser *p)
{
    double total = 0;
    memset(p->topic, 0, sizeof p->topic);
    for (size_t i = 0; i < p->read.n; i++)
        for (size_t t = 0; t < p->grammar->n_topics; t++) {
            total += p->read.item[i].weight[t];
            p->topic[t] += p->read.item[i].weight[t];
        }
    for (size_t t = 0; t < p->grammar->n_topics; t++) p->topic[t] /= total;
    begin(p, &p->frontier);
    for (size_t i = 0; i < p->read.n; i++) expand(p, p->read.item[i].stack, p->read.item[i].weight, 1 / total);
    finish(p, &p->frontier);
}

struct bb_parser *bb_parser_new(const struct bb_pcfg *grammar)
{
    assert(grammar->n_topics >= 1 && grammar->n_topics <= BB_PCFG_TOPICS);
    struct bb_parser *p = bb_calloc(1, sizeof *p);
    p->grammar = grammar;
    p->n_slots = 1024;
    p->slot = bb_calloc(p->n_slots, sizeof *p->slot);
    p->cell = bb_grow(p->cell, &p->cells_cap, 1, sizeof *p->cell);
    p->cell[p->n_cells++] = (struct cell){.symbol = -1};
    bb_parser_story(p);
    return p;
}

void bb_parser_free(struct bb_parser *p)
{
    if (!p) return;
    free(p->cell);
    free(p->slot);
    free(p->place);
    free(p->frontier.item);
    free(p->read.item);
    free(p);
}

void bb_parser_sentence(struct bb_parser *p)
{
    double topic[BB_PCFG_TOPICS];
    memcpy(topic, p->topic, sizeof topic);
    begin(p, &p->frontier);
    expand(p, push(p, p->grammar->start, 0), topic, 1);
    finish(p, &p->frontier);
}

void bb_parser_story(struct bb_parser *p)
{
    for (size_t t = 0; t < p->grammar->n_topics; t++) p->topic[t] = 1 / (double)p->grammar->n_topics;
    bb_parser_sentence(p);
}

static const double *words_of(const struct bb_pcfg *g, int category, size_t topic)
{
    return g->lexicon + ((size_t)category * g->n_topics + topic) * g->n_words;
}

/* Derivations that the word fits (any word: of which nothing is known). Their probability. */
static double scan(struct bb_parser *p, int word, bool any)
{
    double total = 0;
    begin(p, &p->read);
    for (size_t i = 0; i < p->frontier.n; i++) {
        const struct hypothesis *h = &p->frontier.item[i];
        struct cell top = p->cell[h->stack];
        double weight[BB_PCFG_TOPICS] = {0}, sum = 0;
        for (size_t t = 0; t < p->grammar->n_topics; t++)
            sum += weight[t] = h->weight[t] * (any ? 1 : words_of(p->grammar, top.symbol, t)[word]);
        if (sum > 0) add(p, &p->read, top.rest, weight, 1);
        total += sum;
    }
    finish(p, &p->read);
    return total;
}

double bb_parser_read(struct bb_parser *p, int word)
{
    if (p->frontier.n == 0) return 0;
    double probability = scan(p, word, false);
    if (!(probability > 0)) {
        scan(p, word, true);
        probability = 0;
    }
    settle(p);
    return probability;
}

void bb_parser_next(const struct bb_parser *p, double *out)
{
    const struct bb_pcfg *g = p->grammar;
    double *weight = bb_calloc(g->n_categories * g->n_topics, sizeof *weight);
    for (size_t i = 0; i < p->frontier.n; i++)
        for (size_t t = 0; t < g->n_topics; t++)
            weight[(size_t)p->cell[p->frontier.item[i].stack].symbol * g->n_topics + t] += p->frontier.item[i].weight[t];
    for (size_t w = 0; w < g->n_words; w++) out[w] = 0;
    for (size_t c = 0; c < g->n_categories * g->n_topics; c++)
        for (size_t w = 0; weight[c] > 0 && w < g->n_words; w++) out[w] += weight[c] * g->lexicon[c * g->n_words + w];
    free(weight);
}

static double sum_of(const struct hypothesis *h, size_t n_topics)
{
    double sum = 0;
    for (size_t t = 0; t < n_topics; t++) sum += h->weight[t];
    return sum;
}

void bb_parser_categories(const struct bb_parser *p, double *out)
{
    for (size_t c = 0; c < p->grammar->n_categories; c++) out[c] = 0;
    for (size_t i = 0; i < p->frontier.n; i++)
        out[p->cell[p->frontier.item[i].stack].symbol] += sum_of(&p->frontier.item[i], p->grammar->n_topics);
}

static double entropy(const double *p, size_t n)
{
    double bits = 0;
    for (size_t i = 0; i < n; i++)
        if (p[i] > 0) bits -= p[i] * log2(p[i]);
    return bits;
}

/* Of what was read, before anything is expanded: the stacks of the derivations themselves. */
struct bb_parse_state bb_parser_state(const struct bb_parser *p)
{
    struct bb_parse_state state = {0};
    double *category = bb_calloc(p->grammar->n_categories, sizeof *category), total = 0;
    for (size_t i = 0; i < p->read.n; i++) {
        const struct cell *cell = &p->cell[p->read.item[i].stack];
        double weight = sum_of(&p->read.item[i], p->grammar->n_topics);
        total += weight;
        state.depth += weight * cell->depth;
        state.open += weight * cell->open;
        state.gaps += weight * cell->gaps;
    }
    if (total > 0) {
        state.depth /= total;
        state.open /= total;
        state.gaps /= total;
    }
    bb_parser_categories(p, category);
    state.uncertainty = entropy(category, p->grammar->n_categories);
    state.topic_uncertainty = entropy(p->topic, p->grammar->n_topics);
    free(category);
    return state;
}
