/*
 * What the questions of the insights are asked about: the quantities of a board's models, its domains, and the texts that describe models.
 */
#ifndef BB_INSIGHT_ASKING_H
#define BB_INSIGHT_ASKING_H

#include "insight/quantity.h"

/* An attribute whose values are texts: the models of one value are a group. */
struct bb_text_attribute {
    const char *name, *title;
    const size_t *level; /* per model of the list; BB_NO_NODE: none */
    const char *const *level_name;
    size_t n_levels, n_values;
};

/*
 * A domain with an average. `neural` and `behaviour` are the shallowest groups or benchmarks below it whose id or title says so. Where only behaviour
 * does (the regions of vision stand beside it), neural is what else stands beside it: a quantity of its own, "neural.<root>", the mean of those
 * children by the board's rule for missing scores.
 */
struct bb_asked_domain {
    const char *name;
    size_t root;                       /* node */
    size_t average, neural, behaviour; /* quantities; BB_NO_NODE: none */
};

struct bb_asking {
    const struct bb_results *results;
    struct bb_quantities all; /* bb_quantities_of, and the neural quantities */
    struct bb_text_attribute *text;
    size_t n_texts;
    struct bb_asked_domain *domain;
    size_t n_domains;
    struct bb_arena *arena;
};

/* In `arena`; borrows the results. */
struct bb_asking bb_asking_of(const struct bb_results *results, struct bb_arena *arena);

/* Values as they are tested: on the quantity's scale (log10), the sign turned where lower is better, so that up is always better. */
const double *bb_asking_axis(const struct bb_asking *asking, size_t quantity);

/* "vision average", "neural score in language", "ImageNet top-1". */
const char *bb_asking_noun(const struct bb_asking *asking, size_t quantity);

/* A benchmark by its own name, whatever else it stands for: "V1: Freeman et al., 2013". */
const char *bb_asking_benchmark(const struct bb_asking *asking, size_t quantity);

/* Measures of how well a model does its task: engineering nodes of the domain that stand below none other, and attributes of which more or less is
   better. Next-word prediction is apart: what is called perplexity, loss, surprisal, cross-entropy or next-word prediction. */
bool bb_asking_is_task(const struct bb_asking *asking, const struct bb_asked_domain *domain, size_t quantity);
bool bb_asking_is_next_word(const struct bb_asking *asking, const struct bb_asked_domain *domain, size_t quantity);

#endif
