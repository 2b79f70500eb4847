/*
 * A node of the benchmark tree: a group, or a benchmark when it has a metric ("Benchmark, and the nodes of the tree" of the
 * formats).
 */
#ifndef BB_CATALOG_NODE_H
#define BB_CATALOG_NODE_H

#include "catalog/source.h"
#include "metric/metric.h"

/* How a raw value r with ceiling c becomes the score. */
enum bb_normalise {
    BB_NORMALISE_NONE,               /* r */
    BB_NORMALISE_RATIO,              /* r / c */
    BB_NORMALISE_RATIO_SQUARED,      /* (r / c)² */
    BB_NORMALISE_EXPLAINED_VARIANCE, /* r² / c */
    BB_NORMALISE_RATIO_SQRT,         /* r / √c */
    BB_NORMALISE_CHANCE              /* (r − chance) / (c − chance), c = 1 without a ceiling */
};

/* Of the built-in catalog. How far a benchmark of it was checked: on the measurements themselves against published numbers; its metric and ceiling
   against computations of other programs; or not yet. NONE: it is no benchmark of the catalog. */
enum bb_verified { BB_VERIFIED_NONE, BB_VERIFIED_DEFINED, BB_VERIFIED_INDEPENDENT, BB_VERIFIED_REAL, BB_N_VERIFIED };
extern const char *const bb_verified_words[BB_N_VERIFIED]; /* "verified on real data" …; "" */

enum bb_access { BB_ACCESS_UNKNOWN, BB_ACCESS_PUBLIC, BB_ACCESS_PRIVATE, BB_N_ACCESS };
extern const char *const bb_access_names[BB_N_ACCESS + 1]; /* "unknown" … as in files; NULL at the end */

enum bb_publish { BB_PUBLISH_SCORE, BB_PUBLISH_UNITS, BB_PUBLISH_NONE };

#define BB_NO_NODE ((size_t)-1)

struct bb_node {
    const char *id, *parent, *domain, *title, *description;
    long version, order;
    const char *region, *species, *license, *bibtex, *url;
    const char *stimuli, *fitting_stimuli,
        *pca_stimuli; /* sets that a model must answer: scored; for a readout; for the choice of layers */
    long subjects, units, trials, n_stimuli;
    double visual_degrees;
    struct bb_texts samples; /* pictures, beside the file that names them: in `dir` */
    bool simulated;          /* what was "measured" was computed; holds for all below */
    const struct bb_json *data_json, *metric_json, *ceiling_json, *normalise_json, *time_bins_json;
    struct bb_numbers clip; /* two ascending numbers, or none: no clipping. Unstated: [0, 1] with a metric; "clip": [] is none */
    int publish;
    bool engineering;   /* no part of the average above it; in a finished tree it holds for all below, too */
    int lower_better;   /* 1: "better": "lower", for raw values such as the accuracy difference: ranks turn round */
    int no_average;     /* 1: "aggregate": "none": a group whose children have no common scale; it has no score of its own */
    int items;          /* −1: the manifest's; else enum bb_items */
    bool selects_layer; /* "selects_layer": models that state no layer for the region have it chosen here */

    /* what a catalog says besides: nothing of it changes a number */
    int access, verified;
    bool ours;                    /* "ours": the reference registers no such benchmark */
    bool shuffled_split;          /* stimuli of one passage can be in training and in test */
    const char *twin;             /* the benchmark that keeps them together */
    const char *identifier;       /* what the reference calls it in its results, where that is not its registry key; NULL */
    const char *reference_parent; /* the parent that it has there, where it is another; "" for none; NULL: the same */
    const char *note;             /* what is chosen or differs here */
    const char *unscorable;       /* why no model can have a score on it, whatever it answers; NULL: one can */
    struct bb_texts cite;         /* keys of references.bib; `bibtex` has the entries */
    const struct bb_json *known_ceiling_json; /* {"value", "error"}: what the reference has for a ceiling that is computed here */
    const struct bb_json *stimulus_data_json; /* where the stimuli are to be had */

    struct bb_sources data, data_train, data_stimuli; /* by their "part" */
    const double (*time_bin)[2];        /* of time_bins_ms */
    size_t n_time_bins;
    const struct bb_metric *metric; /* NULL: a group, or a benchmark that is only known from score lists */
    void *metric_params;
    bool listed_only;                 /* a leaf without a metric: its scores come from score lists ("metric": "published") */
    const struct bb_ceiling *ceiling; /* NULL: none, or stated */
    void *ceiling_params;
    double ceiling_value, ceiling_error, ceiling_lower; /* stated; NaN */
    enum bb_normalise normalise;
    double chance;

    /* the tree: filled by bb_tree_link */
    size_t parent_index, depth;
    size_t n_children, first_child; /* children of i: bb_tree.child[first_child …] */
    size_t root;
    const char *dir; /* of the file; NULL in results */
    struct bb_place place;
};

extern const struct bb_field bb_node_fields[];
extern const size_t bb_n_node_fields;

/* One object into *out, which owns patterns: bb_node_release. `dir`: folder of the file. true when no error was added. */
bool bb_node_read(const struct bb_json *json, const char *dir, struct bb_arena *arena, struct bb_diags *diags,
                  struct bb_node *out);
/* The same of the built-in catalog: a metric or ceiling that this program does not have is no error, but a note in
   diags; the benchmark then has no metric, and nothing can be scored on it. */
bool bb_node_read_built_in(const struct bb_json *json, const char *dir, struct bb_arena *arena, struct bb_diags *diags,
                           struct bb_node *out);
void bb_node_release(struct bb_node *node);
/* The ceiling that the reference has: {value, error}, NaN where it is not known. */
void bb_node_known_ceiling(const struct bb_node *node, double value_error[2]);
/* Of the built-in catalog: how well the layout of its data files is known, as a sentence; NULL: it has none, or is no benchmark of the catalog. */
const char *bb_node_layout(const struct bb_node *node);
const char *bb_node_metric_name(const struct bb_node *node);  /* as the definition has it, also when the program does not know it; NULL */
const char *bb_node_ceiling_name(const struct bb_node *node); /* the same; NULL: none, or stated */

/*
 * Members of the object that is open, as they stand in scores.json; never a path. The ceiling as the benchmark defines it is
 * "ceiling_rule" there, because "ceiling" is what was found out (struct bb_facts) and belongs to the caller, like "digests".
 */
void bb_node_write(struct bb_json_writer *w, const struct bb_node *node);
/* For those who look benchmarks up: the same with the files of the data, their SHA-1 and address, and "computable", with "why_not" where it is
   false. */
void bb_node_write_listed(struct bb_json_writer *w, const struct bb_node *node, struct bb_arena *arena);
/* The same back; other members are left to the caller. A metric or ceiling that this program does not know is no error: it
   stays NULL. */
bool bb_node_read_results(const struct bb_json *json, struct bb_arena *arena, struct bb_diags *diags, struct bb_node *out);

/* Why nothing can be scored on it: by its definition, or because this program does not have its metric or ceiling. NULL: it can, or it is a group,
   or its scores are listed. */
const char *bb_node_why_not(const struct bb_node *node, struct bb_arena *arena);

bool bb_node_is_leaf(const struct bb_node *node); /* a benchmark, not a group */

/* The score by the node's rule, clipped; NaN when raw is NaN or a needed ceiling is not positive. */
double bb_node_score(const struct bb_node *node, double raw, double ceiling);
/* The error of raw carried to the scale of the score (first order, the ceiling taken as exact): |d score / d raw| · error. */
double bb_node_score_error(const struct bb_node *node, double raw, double ceiling, double error);
/* The rule in words with symbols, for pages: "r² / c". */
const char *bb_normalise_formula(enum bb_normalise rule);

/*
 * Puts nodes into tree order (parents before children; siblings by `order`, then id) and fills the links. Errors: unknown
 * parent (with the nearest id), a cycle, the same id twice (case ignored), a parent with a metric, a root without a domain, a
 * group without benchmarks (warning).
 */
struct bb_tree {
    struct bb_node *node; /* node[0..n) in tree order, depth first */
    size_t n;
    size_t *child; /* see first_child */
    size_t *by_id; /* node numbers, sorted by id */
};
bool bb_tree_link(struct bb_node *node, size_t n, struct bb_arena *arena, struct bb_diags *diags, struct bb_tree *out);
size_t bb_tree_find(const struct bb_tree *tree, const char *id); /* BB_NO_NODE */

#endif
