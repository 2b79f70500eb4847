#include "example/language_grammar.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/draws.h"

enum { STREAM_RANKS = 501, STREAM_SAMPLE, STREAM_TEXT, SENTENCE_MOST = 60, SAMPLE = 4000 };

/* --- words ----------------------------------------------------------------------------------------------------------- */

/*
 * Categories and their words. With a topic for each line: words that go with it. "a/b": singular and plural of nouns, and of
 * verbs the forms that go with them; without a slash the other form has an -s: nouns in the plural, verbs with a singular
 * subject. Categories whose name ends in # are two, .s and .p.
 */
static const struct words {
    const char *category;
    bool varies;                           /* which are frequent is drawn; else as they stand here */
    const char *topic[BB_LANGUAGE_TOPICS]; /* only the first: no topic */
} words[] = {
    {"N#",
     true,
     {"farmer dog horse cow goat duck hen fox/foxes barn field tractor fence hill shepherd pony/ponies",
      "sailor captain boat ship whale diver wave island harbor net anchor gull crab rope beach/beaches",
      "judge lawyer senator mayor banker driver car street office letter meeting clerk tower market guard",
      "baker cook waiter guest table oven spoon kettle pie onion plate bottle child/children nurse chair"}},
    {"Vt#",
     true,
     {"chase/chases feed/feeds herd/herds ride/rides groom/grooms follow/follows lead/leads graze/grazes tame/tames bite/bites",
      "sink/sinks steer/steers load/loads catch/catches pull/pulls save/saves spot/spots reach/reaches tow/tows circle/circles",
      "blame/blames trust/trusts meet/meets sue/sues visit/visits call/calls question/questions praise/praises elect/elects "
      "warn/warns",
      "serve/serves clean/cleans wash/washes help/helps carry/carries please/pleases bring/brings watch/watches heat/heats "
      "thank/thanks"}},
    {"Vi#",
     true,
     {"run/runs jump/jumps trot/trots bark/barks rest/rests wander/wanders",
      "swim/swims drift/drifts float/floats dive/dives sail/sails wait/waits",
      "argue/argues work/works vote/votes speak/speaks hurry/hurries lie/lies",
      "eat/eats smile/smiles cry/cries sleep/sleeps laugh/laughs sit/sits"}},
    {"Adj",
     true,
     {"wild brown muddy young gentle hungry lazy stubborn", "wet salty blue stormy deep brave rusty distant",
      "honest busy rich strict clever famous nervous loud", "warm sweet tasty fresh kind tired small quiet"}},
    {"Adv", true, {"today often slowly quickly quietly again soon yesterday always sometimes there everywhere"}},
    {"Name", true, {"mary john anna peter susan paul laura david emma james helen martin"}},
    {"Prep", true, {"near behind beside with under above beyond across"}},
    {"Vk#", true, {"know/knows remember/remembers forget/forgets hear/hears see/sees"}},
    {"Det.s", false, {"the a this every each"}},
    {"Det.p", false, {"the some these many most"}},
    {"Cop.s", false, {"is"}},
    {"Cop.p", false, {"are"}},
    {"Refl.s", false, {"itself"}},
    {"Refl.p", false, {"themselves"}},
    {"Sub", false, {"when while because although"}},
    {"that", false, {"that"}},
    {"what", false, {"what"}},
    {",", false, {","}},
    {".", false, {"."}},
};
enum { N_WORDS_TABLE = sizeof words / sizeof words[0] };

/*
 * Rules: a weight, a symbol and what becomes of it. # and @ stand for .s and .p: on both sides of a rule for the same number, and
 * where the left has none for either (the singular in three of five).
 */
static const char *const rules[] = {
    "60 S Clause .",
    "10 S Adv , Clause .",
    "12 S Sub Clause , Clause .",
    "9 S NP# Vk# that Clause .",
    "9 S NP# Vk# what NP@ Gap@ Tail .",
    "1 Clause NP# VP#",
    "48 NP# Det# N# Post#",
    "18 NP# Det# Adj N# Post#",
    "20 NP.s Name",
    "12 NP.p N.p Post.p",
    "70 Post#",
    "14 Post# Prep Place",
    "16 Post# that RC#",
    "5 RC# VP#",
    "5 RC# NP@ Gap@",
    "1 Gap# Vt#",
    "4 Place Det# N#",
    "2 Place Det# Adj N#",
    "2 Place Name",
    "33 VP# Vi# Tail",
    "42 VP# Vt# NP@ Tail",
    "8 VP# Vt# Refl# Tail",
    "17 VP# Cop# Adj",
    "66 Tail",
    "20 Tail Adv",
    "14 Tail Prep Place",
};
static const double SINGULAR = .6, ZIPF = .9, OWN_TOPIC = 8; /* how much more frequent a word is in its own topic */

/* --- building -------------------------------------------------------------------------------------------------------- */

struct lexeme {
    int word;
    size_t rank;
    int topic; /* −1: none */
};

struct builder {
    struct bb_arena *arena;
    struct bb_names symbols, spellings;
    struct lexeme *lexeme[64]; /* by category */
    size_t n_lexemes[64];
    struct bb_pcfg_rule *rule[64];
    size_t n_rules[64];
    size_t n_categories;
};

static const char *with_number(struct builder *b, const char *name, size_t length, char first, char second)
{
    char last = length ? name[length - 1] : 0;
    if (last == '#' || last == '@')
        return bb_arena_printf(b->arena, "%.*s.%c", (int)length - 1, name, last == '#' ? first : second);
    return bb_arena_strndup(b->arena, name, length);
}

static void add_lexeme(struct builder *b, const char *category, const char *spelling, size_t length, size_t rank, int topic)
{
    size_t c = bb_names_add(&b->symbols, category);
    struct lexeme *more = BB_NEW_ARRAY(b->arena, b->n_lexemes[c] + 1, struct lexeme);
    if (b->n_lexemes[c]) memcpy(more, b->lexeme[c], b->n_lexemes[c] * sizeof *more);
    more[b->n_lexemes[c]++] = (struct lexeme){(int)bb_names_add_len(&b->spellings, spelling, length), rank, topic};
    b->lexeme[c] = more;
}

/* A word of the table in its form or forms. */
static void add_word(struct builder *b, const char *category, const char *text, size_t length, size_t rank, int topic)
{
    size_t name = strlen(category);
    if (category[name - 1] != '#') {
        add_lexeme(b, category, text, length, rank, topic);
        return;
    }
    const char *slash = memchr(text, '/', length);
    const char *first = bb_arena_strndup(b->arena, text, slash ? (size_t)(slash - text) : length);
    const char *second = slash ? bb_arena_strndup(b->arena, slash + 1, length - (size_t)(slash + 1 - text))
                               : bb_arena_printf(b->arena, "%ss", first);
    bool verb = category[0] == 'V'; /* "chase/chases": the first goes with the plural */
    add_lexeme(b, with_number(b, category, name, 's', 's'), verb ? second : first, strlen(verb ? second : first), rank, topic);
    add_lexeme(b, with_number(b, category, name, 'p', 'p'), verb ? first : second, strlen(verb ? first : second), rank, topic);
}

static size_t count_words(const char *text)
{
    size_t n = text != NULL;
    for (; text && *text; text++) n += *text == ' ';
    return n;
}

static void add_words(struct builder *b, const struct words *w, uint64_t seed, size_t index)
{
    size_t n = 0, at = 0;
    for (size_t t = 0; t < BB_LANGUAGE_TOPICS; t++) n += count_words(w->topic[t]);
    size_t *rank = BB_NEW_ARRAY(b->arena, n, size_t);
    for (size_t i = 0; i < n; i++) rank[i] = i;
    struct bb_rng rng;
    bb_rng_init(&rng, seed, (uint64_t)STREAM_RANKS << 32 | index);
    if (w->varies) bb_rng_shuffle(&rng, rank, n);
    for (size_t t = 0; t < BB_LANGUAGE_TOPICS; t++)
        for (const char *text = w->topic[t]; text && *text; at++) {
            size_t length = strcspn(text, " ");
            add_word(b, w->category, text, length, rank[at], w->topic[1] ? (int)t : -1);
            text += length + (text[length] == ' ');
        }
}

static void add_rule(struct builder *b, const char *right, const char *left, double weight, char first, char second)
{
    size_t symbol = bb_names_find(&b->symbols, left);
    struct bb_pcfg_rule *more = BB_NEW_ARRAY(b->arena, b->n_rules[symbol] + 1, struct bb_pcfg_rule);
    if (b->n_rules[symbol]) memcpy(more, b->rule[symbol], b->n_rules[symbol] * sizeof *more);
    struct bb_pcfg_rule *rule = &more[b->n_rules[symbol]++];
    *rule = (struct bb_pcfg_rule){.p = weight};
    while (*right) {
        size_t length = strcspn(right, " "), found = bb_names_find(&b->symbols, with_number(b, right, length, first, second));
        assert(rule->n < BB_PCFG_RIGHT && found != BB_NAMES_NONE);
        rule->right[rule->n++] = (int)found;
        right += length + (right[length] == ' ');
    }
    b->rule[symbol] = more;
}

/* "60 S Clause ." */
static const char *split_rule(const char *text, double *weight, const char **left, size_t *length)
{
    *weight = strtod(text, NULL);
    *left = strchr(text, ' ') + 1;
    *length = strcspn(*left, " ");
    return (*left)[*length] ? *left + *length + 1 : *left + *length;
}

static void add_rules(struct builder *b)
{
    static const char numbers[] = {'s', 'p'};
    double weight;
    const char *left, *right;
    size_t length;
    for (int names = 1; names >= 0; names--) /* first all names, then the rules */
        for (size_t r = 0; r < sizeof rules / sizeof rules[0]; r++) {
            right = split_rule(rules[r], &weight, &left, &length);
            bool first = strchr(left, '#'), second = strchr(left, '@'), bound = memchr(left, '#', length);
            for (int i = 0; i < (first ? 2 : 1); i++)
                for (int j = 0; j < (second ? 2 : 1); j++) {
                    const char *name = with_number(b, left, length, numbers[i], numbers[j]);
                    double share =
                        (first && !bound ? (i ? 1 - SINGULAR : SINGULAR) : 1) * (second ? (j ? 1 - SINGULAR : SINGULAR) : 1);
                    if (names)
                        bb_names_add(&b->symbols, name);
                    else
                        add_rule(b, right, name, weight * share, numbers[i], numbers[j]);
                }
        }
}

static void fill_lexicon(const struct builder *b, double *lexicon, size_t n_topics)
{
    size_t V = b->spellings.n;
    for (size_t c = 0; c < b->n_categories; c++)
        for (size_t t = 0; t < n_topics; t++) {
            double *p = lexicon + (c * n_topics + t) * V, sum = 0;
            for (size_t i = 0; i < b->n_lexemes[c]; i++) {
                const struct lexeme *l = &b->lexeme[c][i];
                double weight = pow((double)l->rank + 1, -ZIPF) * (l->topic == (int)t ? OWN_TOPIC : 1);
                p[l->word] += weight;
                sum += weight;
            }
            for (size_t w = 0; w < V; w++) p[w] /= sum;
        }
}

/* Without topics: the mean over them. */
static const double *average_topics(const struct builder *b, const double *lexicon)
{
    size_t V = b->spellings.n;
    double *plain = BB_NEW_ARRAY(b->arena, b->n_categories * V, double);
    for (size_t c = 0; c < b->n_categories; c++)
        for (size_t t = 0; t < BB_LANGUAGE_TOPICS; t++)
            for (size_t w = 0; w < V; w++) plain[c * V + w] += lexicon[(c * BB_LANGUAGE_TOPICS + t) * V + w] / BB_LANGUAGE_TOPICS;
    return plain;
}

static void finish_grammar(struct builder *b, struct bb_language *language)
{
    size_t n = b->symbols.n;
    bool *opens = BB_NEW_ARRAY(b->arena, n, bool), *gap = BB_NEW_ARRAY(b->arena, n, bool);
    size_t *n_rules = BB_NEW_ARRAY(b->arena, n, size_t);
    const struct bb_pcfg_rule **rule = BB_NEW_ARRAY(b->arena, n, const struct bb_pcfg_rule *);
    double *lexicon = BB_NEW_ARRAY(b->arena, b->n_categories * BB_LANGUAGE_TOPICS * b->spellings.n, double);
    for (size_t s = 0; s < n; s++) {
        const char *name = b->symbols.name[s];
        double sum = 0;
        gap[s] = bb_starts_with(name, "Gap");
        opens[s] = gap[s] || bb_starts_with(name, "VP") || bb_starts_with(name, "Vk");
        for (size_t r = 0; r < b->n_rules[s]; r++) sum += b->rule[s][r].p;
        for (size_t r = 0; r < b->n_rules[s]; r++) b->rule[s][r].p /= sum;
        n_rules[s] = b->n_rules[s];
        rule[s] = b->rule[s];
    }
    fill_lexicon(b, lexicon, BB_LANGUAGE_TOPICS);
    language->grammar = (struct bb_pcfg){.n_symbols = n,
                                         .n_categories = b->n_categories,
                                         .n_words = b->spellings.n,
                                         .n_topics = BB_LANGUAGE_TOPICS,
                                         .start = (int)bb_names_find(&b->symbols, "S"),
                                         .symbol = b->symbols.name,
                                         .rule = rule,
                                         .n_rules = n_rules,
                                         .lexicon = lexicon,
                                         .opens = opens,
                                         .gap = gap};
    language->plain = language->grammar;
    language->plain.n_topics = 1;
    language->plain.lexicon = average_topics(b, lexicon);
}

static const char *const *keep_names(const struct bb_names *names, struct bb_arena *arena)
{
    const char **kept = BB_NEW_ARRAY(arena, names->n, const char *);
    for (size_t i = 0; i < names->n; i++) kept[i] = bb_arena_strdup(arena, names->name[i]);
    return kept;
}

static void describe_words(struct builder *b, struct bb_language *language)
{
    size_t V = b->spellings.n;
    double *length = BB_NEW_ARRAY(b->arena, V, double), *frequency = BB_NEW_ARRAY(b->arena, V, double);
    int *category = BB_NEW_ARRAY(b->arena, V, int);
    for (size_t w = 0; w < V; w++) {
        length[w] = (double)strlen(language->word[w]);
        category[w] = -1;
    }
    for (size_t c = 0; c < b->n_categories; c++)
        for (size_t i = 0; i < b->n_lexemes[c]; i++)
            if (category[b->lexeme[c][i].word] < 0) category[b->lexeme[c][i].word] = (int)c;
    struct bb_arena *scratch = bb_arena_new(0);
    const struct bb_corpus *sample = bb_language_stories(language, STREAM_SAMPLE, SAMPLE / 8, 8, scratch);
    for (size_t i = 0; i < sample->n; i++) frequency[sample->word[i]]++;
    for (size_t w = 0; w < V; w++) frequency[w] = log2((frequency[w] + .5) / ((double)sample->n + .5 * (double)V));
    bb_arena_free(scratch);
    language->length = length;
    language->log_frequency = frequency;
    language->category = category;
}

struct bb_language *bb_language_new(uint64_t seed, struct bb_arena *arena)
{
    struct bb_language *language = BB_NEW(arena, struct bb_language);
    struct builder b = {.arena = arena};
    bb_names_init(&b.symbols);
    bb_names_init(&b.spellings);
    language->seed = seed;
    for (size_t i = 0; i < N_WORDS_TABLE; i++) add_words(&b, &words[i], seed, i);
    b.n_categories = b.symbols.n;
    add_rules(&b);
    assert(b.symbols.n <= 64);
    finish_grammar(&b, language);
    language->word = keep_names(&b.spellings, arena);
    language->grammar.symbol = language->plain.symbol = keep_names(&b.symbols, arena);
    describe_words(&b, language);
    bb_names_release(&b.symbols);
    bb_names_release(&b.spellings);
    return language;
}

/* --- text ------------------------------------------------------------------------------------------------------------ */

struct bb_corpus *bb_language_stories(const struct bb_language *language, uint64_t task, size_t n_stories, size_t n_sentences,
                                      struct bb_arena *arena)
{
    size_t total = n_stories * n_sentences, n = 0, capacity = total * 12 + SENTENCE_MOST,
           *sentence = BB_NEW_ARRAY(arena, total + 1, size_t);
    size_t *story = BB_NEW_ARRAY(arena, n_stories + 1, size_t), topic = 0;
    int *text = bb_malloc(capacity * sizeof *text);
    struct bb_rng rng;
    bb_rng_init(&rng, language->seed, (uint64_t)STREAM_TEXT << 32 | task);
    for (size_t s = 0; s < total; s++) {
        if (s % n_sentences == 0) {
            topic = bb_rng_below(&rng, BB_LANGUAGE_TOPICS);
            story[s / n_sentences] = s;
        }
        if (n + SENTENCE_MOST > capacity) text = bb_grow(text, &capacity, n + SENTENCE_MOST, sizeof *text);
        size_t length = 0;
        while (!length) length = bb_pcfg_sentence(&language->grammar, &rng, topic, text + n, SENTENCE_MOST);
        sentence[s] = n;
        n += length;
    }
    sentence[total] = n;
    story[n_stories] = total;
    struct bb_corpus *corpus = BB_NEW(arena, struct bb_corpus);
    int *word = BB_NEW_ARRAY(arena, n, int);
    memcpy(word, text, n * sizeof *word);
    free(text);
    *corpus = (struct bb_corpus){
        .word = word, .n = n, .sentence = sentence, .n_sentences = total, .story = story, .n_stories = n_stories};
    return corpus;
}

static size_t category_of(const struct bb_language *language, const char *name)
{
    for (size_t c = 0; c < language->grammar.n_categories; c++)
        if (bb_streq(language->grammar.symbol[c], name)) return c;
    assert(!"a category of the grammar");
    return 0;
}

int bb_language_draw(const struct bb_language *language, const char *category, struct bb_rng *rng)
{
    const struct bb_pcfg *g = &language->plain;
    return (int)bb_draw_index(rng, g->lexicon + category_of(language, category) * g->n_words, g->n_words);
}

int bb_language_word(const struct bb_language *language, const char *spelling)
{
    for (size_t w = 0; w < language->grammar.n_words; w++)
        if (bb_streq(language->word[w], spelling)) return (int)w;
    return -1;
}

int bb_language_inflect(const struct bb_language *language, int word, const char *other)
{
    const struct bb_pcfg *g = &language->plain;
    const double *own = g->lexicon + (size_t)language->category[word] * g->n_words,
                 *theirs = g->lexicon + category_of(language, other) * g->n_words;
    size_t best = 0;
    for (size_t w = 0; w < g->n_words; w++)
        if (theirs[w] > 0 && fabs(theirs[w] - own[word]) < fabs(theirs[best] - own[word])) best = w;
    return (int)best;
}
