/*
 * What the files of scoring share; for this folder only.
 *
 * The parent plans pieces of work, each known by the digest of everything that it depends on; takes from the cache what is
 * there, has workers do the rest, and puts cells together from the outcomes. participants.c says who takes part, plan.c makes
 * the work and its keys, work.c does it (in workers), cells.c chooses layers and makes cells, score.c has the order of it
 * all.
 */
#ifndef BB_SCORE_SCORE_INT_H
#define BB_SCORE_SCORE_INT_H

#include "score/activations.h"
#include "score/outcome.h"
#include "score/pool.h"
#include "score/score.h"

#define BB_NONE ((size_t)-1)

enum bb_work_kind {
    BB_WORK_LOOK, /* digests and layers of a source */
    BB_WORK_CEILING,
    BB_WORK_ORACLE,
    BB_WORK_TABLE, /* a cell of a model whose output is a table, or an array that is read whole */
    BB_WORK_LAYER, /* a cell of one layer (or several side by side) of a model's activations */
    BB_WORK_NESTED /* a cell whose layer is chosen inside each training part */
};

struct bb_work {
    enum bb_work_kind kind;
    struct bb_found *look;
    size_t model, leaf;       /* leaf: index in bb_scoring.leaf */
    const char *const *layer; /* LAYER: side by side; NESTED: the candidates */
    size_t n_layers;
    bool pca; /* features are reduced as the reference does when it chooses layers */
    char key[BB_SHA256_TEXT];
    bool done;
    struct bb_outcome outcome;
};

/* It has the activations of a model, or the recording in their place. */
static inline bool bb_streams_features(const struct bb_work *work)
{
    return work->kind == BB_WORK_ORACLE || work->kind == BB_WORK_LAYER || work->kind == BB_WORK_NESTED;
}

/* A benchmark that is scored here. */
struct bb_leaf {
    size_t index; /* of its node */
    const struct bb_node *node;
    struct bb_found *data, *data_train, *data_stimuli; /* NULL: it needs none */
    bool features;                      /* its recording wants activations, not tables; of a model: bb_reads_features */
    bool common_items;                  /* only stimuli that all models answered count */
    const char *set_digest;             /* common_items: of all outputs of the set */
    size_t ceiling, oracle;             /* work, or BB_NONE */
    size_t *cell;                       /* per model: work of the plain cell (TABLE, or LAYER of the committed layer); BB_NONE */
    size_t *nested;                     /* per model; BB_NONE */
    size_t **profile;                   /* per model: works of all its layers, in the order of the file; NULL */
    size_t **each;          /* per model: works of several stated layers that are scored one by one (language); NULL */
    struct bb_units *units; /* per model */
};

struct bb_scoring {
    const struct bb_catalog *catalog;
    const struct bb_score_options *options;
    struct bb_results *results;
    struct bb_unit_blocks *units;
    struct bb_cache *cache;
    struct bb_founds *founds;
    struct bb_found ***output; /* per model and output: where its files are */
    bool *takes_part;          /* models × nodes: the leaf is in one of the model's domains */
    struct bb_leaf *leaf;
    size_t n_leaves;
    struct bb_work *work;
    size_t n_work, cap_work;
    struct bb_arena *arena; /* of the results */
    unsigned threads;       /* of a worker, for decoding: its share of the cores */
    size_t n_computed;
};

/* participants.c */
const struct bb_output *bb_find_output(const struct bb_model *model, const char *stimuli);
/* The model says that it does not answer all of the set ("partial"). */
bool bb_output_is_partial(const struct bb_model *model, const char *stimuli);
const struct bb_exemption *bb_find_exemption(const struct bb_model *model, const struct bb_tree *tree,
                                             const struct bb_node *node);
void bb_find_participants(struct bb_scoring *s);
struct bb_found *bb_output_found(const struct bb_scoring *s, size_t model, const char *stimuli); /* NULL: none */

/* plan.c. Each returns the number of the work, done already when the cache had it. */
size_t bb_plan_look(struct bb_scoring *s, struct bb_found *found);
size_t bb_plan_ceiling(struct bb_scoring *s, size_t leaf);
size_t bb_plan_oracle(struct bb_scoring *s, size_t leaf);
size_t bb_plan_table(struct bb_scoring *s, size_t model, size_t leaf);
size_t bb_plan_layer(struct bb_scoring *s, size_t model, size_t leaf, const char *const *layer, size_t n_layers, bool pca);
size_t bb_plan_nested(struct bb_scoring *s, size_t model, size_t leaf, const char *const *layer, size_t n_layers);
const char *bb_definition_digest(const struct bb_node *node, struct bb_arena *arena);
/* Does all work that is not done, in workers. */
void bb_do_work(struct bb_scoring *s, const char *what);

/* work.c: in a worker. */
void bb_run_tasks(void *scoring, const size_t *task, size_t n, struct bb_pool_link *link);

/* score.c */
/* The reason that a file of the benchmark is absent, and where it is to be had: "…; it is to be had from https://… (SHA-1 …)". */
const char *bb_with_address(const struct bb_scoring *s, const struct bb_node *node, const char *reason);

/* cells.c */
/* The training part that is read, or NULL. Behaviour is scored without it, unless it is read out of activations. */
struct bb_found *bb_training_of(const struct bb_leaf *leaf, bool reads_features);
/* A file that is streamed layer by layer; false: a table, probabilities, Gram matrices. */
bool bb_are_activations(const struct bb_found *found);
/* What is wrong with the visual angle that a model saw stimuli at: another one than the benchmark's (`wrong`: it is refused), or none is stated (a
   warning). NULL: nothing. */
const char *bb_angle_problem(const struct bb_node *node, const struct bb_source *source, struct bb_arena *arena, bool *wrong);
/* Whether the cell is made from activations: the leaf compares them, or behaviour or pairs of stimuli, which this model has only in them. */
bool bb_reads_features(const struct bb_scoring *s, const struct bb_leaf *leaf, size_t m);
void bb_plan_cells(struct bb_scoring *s);        /* what needs no choice, and what choices are made from */
void bb_plan_chosen_cells(struct bb_scoring *s); /* what needs a choice that is made now */
void bb_make_facts(struct bb_scoring *s);        /* ceilings and oracles into the results */
void bb_make_cells(struct bb_scoring *s);
void bb_finish_cell(struct bb_cell *cell, const struct bb_node *node, const struct bb_outcome *outcome,
                    const struct bb_ceiling_result *ceiling, struct bb_arena *arena);

/* units.c */
void bb_collect_units(struct bb_scoring *s, const struct bb_leaf *leaf);

#endif
