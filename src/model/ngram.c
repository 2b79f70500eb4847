#include "model/ngram.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* An n-gram is a key: 10 bits a word, the last lowest, words numbered from 2, so that its length shows. 1: the beginning of a sentence. */
enum { BITS = 10, BEGIN = 1, FIRST = 2 };

/* Two tables in one: of an n-gram its count, and of it as a context what follows. */
struct entry {
    uint64_t key; /* 0: free */
    uint32_t count;
    uint32_t before;  /* distinct words before it */
    uint32_t total;   /* sum of what follows, by the count that its order uses */
    uint32_t follows; /* distinct words that follow */
};

struct table {
    struct entry *entry;
    size_t n, n_slots;
};

struct bb_ngram {
    size_t order, n_words;
    struct table table;
    double discount[BB_NGRAM_ORDER + 1];
};

static size_t slot_of(const struct table *t, uint64_t key)
{
    size_t at = (size_t)((key * 0x9e3779b97f4a7c15u) >> 20) & (t->n_slots - 1);
    while (t->entry[at].key && t->entry[at].key != key) at = (at + 1) & (t->n_slots - 1);
    return at;
}

static const struct entry *find(const struct table *t, uint64_t key)
{
    const struct entry *entry = &t->entry[slot_of(t, key)];
    return entry->key ? entry : NULL;
}

static void grow(struct table *t)
{
    struct table larger = {.n = t->n, .n_slots = t->n_slots * 2};
    larger.entry = bb_calloc(larger.n_slots, sizeof *larger.entry);
    for (size_t i = 0; i < t->n_slots; i++)
        if (t->entry[i].key) larger.entry[slot_of(&larger, t->entry[i].key)] = t->entry[i];
    free(t->entry);
    *t = larger;
}

static struct entry *entry_of(struct table *t, uint64_t key)
{
    if (3 * t->n > 2 * t->n_slots) grow(t);
    struct entry *entry = &t->entry[slot_of(t, key)];
    if (!entry->key) {
        entry->key = key;
        t->n++;
    }
    return entry;
}

static size_t length_of(uint64_t key)
{
    size_t n = 0;
    for (; key; key >>= BITS) n++;
    return n;
}

static uint64_t first_of(uint64_t key)
{
    return key >> (BITS * (length_of(key) - 1));
}

static uint64_t without_first(uint64_t key)
{
    return key & (((uint64_t)1 << (BITS * (length_of(key) - 1))) - 1);
}

/* The count that smoothing uses. */
static uint32_t count_of(const struct bb_ngram *m, const struct entry *e)
{
    return length_of(e->key) == m->order || first_of(e->key) == BEGIN ? e->count : e->before;
}

/* The key of the words that end at a place of a sentence: `n` of them, the beginning of the sentence counted. */
static uint64_t key_of(const int *word, size_t end, size_t n)
{
    uint64_t key = 0;
    for (size_t k = 0; k < n; k++) {
        size_t back = n - 1 - k;
        key = key << BITS | (back > end ? BEGIN : (uint64_t)word[end - back] + FIRST);
    }
    return key;
}

static void count_sentence(struct bb_ngram *m, const int *word, size_t length)
{
    for (size_t end = 0; end < length; end++)
        for (size_t n = 1; n <= m->order && n <= end + 2; n++) {
            uint64_t key = key_of(word, end, n);
            struct entry *entry = entry_of(&m->table, key);
            /* one that is new has a new word before what follows its first */
            if (entry->count++ == 0 && n > 1) entry_of(&m->table, without_first(key))->before++;
        }
}

/* Of each context: how much follows. Contexts are n-grams themselves, but for the beginning of a sentence and the empty one. */
static void count_contexts(struct bb_ngram *m, struct entry *root)
{
    size_t n = 0;
    uint64_t *key = bb_malloc((m->table.n ? m->table.n : 1) * sizeof *key);
    for (size_t i = 0; i < m->table.n_slots; i++)
        if (m->table.entry[i].key) key[n++] = m->table.entry[i].key;
    for (size_t i = 0; i < n; i++) {
        const struct entry e = *find(&m->table, key[i]);
        struct entry *context = key[i] >> BITS ? entry_of(&m->table, key[i] >> BITS) : root;
        context->total += count_of(m, &e);
        context->follows++;
    }
    free(key);
}

static void find_discounts(struct bb_ngram *m)
{
    double once[BB_NGRAM_ORDER + 1] = {0}, twice[BB_NGRAM_ORDER + 1] = {0};
    for (size_t i = 0; i < m->table.n_slots; i++) {
        const struct entry *e = &m->table.entry[i];
        if (!e->key || !e->count) continue;
        uint32_t count = count_of(m, e);
        once[length_of(e->key)] += count == 1;
        twice[length_of(e->key)] += count == 2;
    }
    for (size_t n = 1; n <= m->order; n++) m->discount[n] = once[n] > 0 ? once[n] / (once[n] + 2 * twice[n]) : .5;
}

/* The empty context has a key that no n-gram has. */
static const uint64_t ROOT = (uint64_t)1 << 63;

struct bb_ngram *bb_ngram_train(const struct bb_corpus *corpus, size_t order, size_t n_words)
{
    assert(order <= BB_NGRAM_ORDER && n_words && n_words < ((size_t)1 << BITS) - FIRST);
    struct bb_ngram *m = bb_calloc(1, sizeof *m);
    m->order = order;
    m->n_words = n_words;
    m->table.n_slots = 4096;
    m->table.entry = bb_calloc(m->table.n_slots, sizeof *m->table.entry);
    for (size_t s = 0; s < corpus->n_sentences; s++)
        count_sentence(m, corpus->word + corpus->sentence[s], corpus->sentence[s + 1] - corpus->sentence[s]);
    find_discounts(m);
    struct entry root = {.key = ROOT};
    count_contexts(m, &root);
    *entry_of(&m->table, ROOT) = root;
    return m;
}

void bb_ngram_free(struct bb_ngram *m)
{
    if (!m) return;
    free(m->table.entry);
    free(m);
}

double bb_ngram_probability(const struct bb_ngram *m, const int *before, size_t n, int word)
{
    double p = 1 / (double)m->n_words;
    for (size_t length = 1; length <= m->order && length <= n + 2; length++) {
        uint64_t context = 0;
        for (size_t k = 0; k + 1 < length; k++) {
            size_t back = length - 1 - k;
            context = context << BITS | (back > n ? BEGIN : (uint64_t)before[n - back] + FIRST);
        }
        const struct entry *h = find(&m->table, context ? context : ROOT);
        if (!h || h->total == 0) break; /* nor is a longer context known */
        const struct entry *e = find(&m->table, context << BITS | ((uint64_t)word + FIRST));
        double count = e ? (double)count_of(m, e) : 0, discount = m->discount[length];
        double kept = count > discount ? count - discount : 0;
        p = (kept + discount * (double)h->follows * p) / (double)h->total;
    }
    return p;
}

void bb_ngram_evidence(const struct bb_ngram *m, const int *before, size_t n, double *count)
{
    for (size_t length = 1; length + 1 <= m->order; length++) {
        const struct entry *e = length <= n ? find(&m->table, key_of(before, n - 1, length)) : NULL;
        count[length - 1] = e ? e->count : 0;
    }
}
