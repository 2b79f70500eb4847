/*
 * Probabilistic context-free grammars, read from left to right: exact probabilities of each next word.
 *
 * A sentence has a topic, which says how frequent words are within their categories (so this is a mixture of grammars with the
 * same rules); the reader keeps what it believes of the topic through a story. A state of the reader is the set of all leftmost
 * derivations of the words so far, each a stack of symbols still to come, with its probability; equal stacks are one. No symbol
 * may begin a derivation of itself (no left recursion): then the set is finite, and P(word | words before) is a quotient of two
 * sums over it, without any approximation.
 */
#ifndef BB_MODEL_PCFG_H
#define BB_MODEL_PCFG_H

#include <stdbool.h>

#include "base/mem.h"
#include "base/rng.h"

enum { BB_PCFG_RIGHT = 8, BB_PCFG_TOPICS = 8 };

struct bb_pcfg_rule {
    int right[BB_PCFG_RIGHT];
    size_t n; /* 0: nothing */
    double p; /* among the rules of its symbol */
};

/* Symbols 0 … n_categories − 1 are categories of words (preterminals), the others have rules. Plain data; whoever makes it owns it. */
struct bb_pcfg {
    size_t n_symbols, n_categories, n_words, n_topics;
    int start;
    const char *const *symbol; /* names */
    const struct bb_pcfg_rule *const *rule;
    const size_t *n_rules;
    const double *lexicon; /* (category · n_topics + topic) · n_words + word: P(word | category, topic) */
    const bool *opens;     /* symbols that, while still to come, are an open dependency: a verb that a subject waits for */
    const bool *gap;       /* symbols that, while still to come, have a filler waiting for its gap */
};

/* The words of a sentence of that topic: at most `most`; 0 when it would be longer, and nothing is then said of the words. */
size_t bb_pcfg_sentence(const struct bb_pcfg *grammar, struct bb_rng *rng, size_t topic, int *word, size_t most);

/* --- reading --------------------------------------------------------------------------------------------------------- */

struct bb_parser;

struct bb_parser *bb_parser_new(const struct bb_pcfg *grammar); /* borrows grammar */
void bb_parser_free(struct bb_parser *parser);

void bb_parser_story(struct bb_parser *parser);    /* all topics alike; a sentence begins */
void bb_parser_sentence(struct bb_parser *parser); /* a sentence begins; topics as they are believed now */

/* P(word | before) and one word on. 0: the grammar does not allow it; the reader then takes it for whatever could have stood there. */
double bb_parser_read(struct bb_parser *parser, int word);
/* P of each next word: n_words numbers, whose sum is 1 but where the sentence is over (0). */
void bb_parser_next(const struct bb_parser *parser, double *p);

/* What a reader holds in mind, averaged over the derivations. */
struct bb_parse_state {
    double depth;       /* symbols still to come */
    double open, gaps;  /* of which open dependencies, and gaps */
    double uncertainty; /* entropy of the next category, in bits */
    double topic_uncertainty;
};
struct bb_parse_state bb_parser_state(const struct bb_parser *parser);
void bb_parser_categories(const struct bb_parser *parser, double *p); /* P of each next category, n_categories */

#endif
