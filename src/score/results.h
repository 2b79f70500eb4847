/*
 * struct bb_results: everything that scoring found out (the second of the two seams), and scores.json, which is the same on disk.
 *
 * Pages, charts, exports and differences read results and nothing else. Models are sorted by id, nodes stand in tree order;
 * cells, aggregates and ranks are dense tables models × nodes. Numbers have full precision; nothing depends on the clock, the
 * locale or the number of workers.
 */
#ifndef BB_SCORE_RESULTS_H
#define BB_SCORE_RESULTS_H

#include "catalog/manifest.h"

enum bb_status {
    BB_CELL_NONE, /* not part of the board: a group, another domain, a benchmark without data here */
    BB_CELL_OK,
    BB_CELL_FAILED,         /* an output is there, and could not be scored: reason */
    BB_CELL_MISSING,        /* no output for these stimuli */
    BB_CELL_NOT_APPLICABLE, /* cannot be measured: reason */
    BB_N_STATUS
};
extern const char *const bb_status_names[BB_N_STATUS]; /* "ok", "failed" … as in scores.json */

struct bb_layer_score {
    const char *layer;
    double score;
};

struct bb_cell {
    enum bb_status status;
    double raw, ceiling, score; /* NaN when not known */
    double raw_error, error;    /* error: on the scale of the score */
    const char *error_kind;     /* NULL: no error bar may be drawn */
    double interval[2];         /* NaN */
    size_t n;                   /* items or trials compared; 0: unknown */
    const char *layer;
    const char
        *layer_choice;  /* how it was found: "stated", "only", "last" (behaviour), "selection" (on other data), "same_data" (favours models with many
                                 layers), "nested"; NULL: the output has no layers */
    double optimism;    /* same_data: how much of the score is due to the choice (score − nested score); NaN: not known */
    const char *detail; /* what the metric chose: "alpha 32.5" */
    struct bb_layer_score *layers; /* the profile: the score of every layer that was tried, in the order of the file */
    size_t n_layers;
    const char *reason; /* failed, not_applicable: a sentence */
    const char *kind;   /* failed: "input", "numeric", "resource" */
    const char *warning;
    bool withheld;      /* "publish": "none": there is an answer, and this is all that may be said of it */
    bool cached;        /* some of its files are not on this machine: the score stands by their pinned digests, from the cache (score/kept.h) */
    const char *source; /* from a score list: which */
    const char *rule;   /* from a score list: how the score was made; NULL: by the board's own rule */
};

/* What a benchmark that is not present lacks. */
enum bb_lack { BB_LACKS_DATA, BB_LACKS_ANSWERS, BB_LACKS_METRIC, BB_LACKS_LIST, BB_N_LACKS };

/* What is said once per node. */
struct bb_facts {
    bool present;                                                /* its data is on this machine, or its scores come from a list */
    bool counted;                                                /* not present, and yet it counts: as missing for every model (--all) */
    enum bb_lack lacks;                                          /* not present: what; not kept in files */
    const char *absent_reason;                                   /* where it was looked for, and how to get it */
    const char *data_digest, *definition_digest, *metric_digest; /* NULL for groups */
    struct bb_ceiling_result ceiling;                            /* value NaN: none */
    const char *ceiling_how;                                     /* "subject_pairs", "stated" … */
    double oracle,
        oracle_raw; /* the recording predicting itself through the same metric and splits: what any model can get; NaN: none */
    const char *oracle_failure;  /* a sentence, when it has no value */
    const char *ceiling_failure; /* a sentence, when it could not be computed: all cells of the benchmark fail with it */
};

struct bb_aggregate {
    double score; /* of a leaf: the cell's; of a group: from its children; NaN: none */
    double interval[2];
    size_t scored, of; /* leaves below that have a score, and that count */
    size_t rank;       /* competition rank (1, 2, 2, 4) on the score rounded once to two decimals; 0: not ranked */
    size_t tie_group;  /* 0: unknown */
};

struct bb_results {
    struct bb_board board;
    const struct bb_model *model;
    size_t n_models;
    struct bb_tree tree;
    struct bb_facts *facts;         /* per node */
    struct bb_cell *cell;           /* n_models × tree.n, row = model */
    struct bb_aggregate *aggregate; /* n_models × tree.n */
    const char *blas;               /* linear algebra that computed cells: bb_blas_kernel; NULL: none was computed, or it is not known */
    bool parity;                    /* ranks by the reference's double rounding (score/parity.h) */
    struct bb_arena *arena;         /* owns everything that it does not share with a catalog */
};

static inline struct bb_cell *bb_results_cell(const struct bb_results *results, size_t model, size_t node)
{
    return &results->cell[model * results->tree.n + node];
}
static inline struct bb_aggregate *bb_results_aggregate(const struct bb_results *results, size_t model, size_t node)
{
    return &results->aggregate[model * results->tree.n + node];
}

/* Empty tables for a catalog's models and nodes, which it borrows: the catalog must outlive it. */
struct bb_results *bb_results_new(const struct bb_catalog *catalog);
/* The same for models, sorted by id, and nodes that are in `arena`, which the results own from now on. */
struct bb_results *bb_results_empty(const struct bb_board *board, const struct bb_model *model, size_t n_models,
                                    const struct bb_tree *tree, struct bb_arena *arena);
void bb_results_free(struct bb_results *results);

/* Fills aggregates and ranks from the cells by the board's rule (aggregate.c states it). */
void bb_results_aggregate_all(struct bb_results *results);
/* Ranks anew from the aggregates as they are. */
void bb_results_rank_all(struct bb_results *results);

/* The same cells, averaged and ranked under another policy for missing scores; borrows everything else, so `results` must outlive it. Averages over
   withheld cells count them as missing: ask bb_results_withheld_below first. */
struct bb_results *bb_results_under_policy(const struct bb_results *results, enum bb_missing missing);
bool bb_results_withheld_below(const struct bb_results *results, size_t node); /* the node itself included */

/* The whole of scores.json. */
void bb_results_write(const struct bb_results *results, struct bb_buf *out);
/* Members of the object that is open: what scores.json says of a benchmark or group. */
void bb_results_write_node(struct bb_json_writer *w, const struct bb_results *results, size_t node);
/* NULL after adding what is wrong to diags. */
struct bb_results *bb_results_read(const char *path, struct bb_diags *diags);

/* Leaves that some model has a cell for, and the models with at least one score below a node: what a table shows. */
bool bb_results_node_shown(const struct bb_results *results, size_t node);
bool bb_results_model_listed(const struct bb_results *results, size_t model, size_t node);

#endif
