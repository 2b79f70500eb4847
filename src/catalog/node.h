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
    bool engineering;
    int lower_better;   /* 1: "better": "lower", for raw values such as the accuracy difference: ranks turn round */
    int no_average;     /* 1: "aggregate": "none": a group whose children have no common scale; it has no score of its own */
    int items;          /* −1: the manifest's; else enum bb_items */
    bool selects_layer; /* "selects_layer": models that state no layer for the region have it chosen here */

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
void bb_node_release(struct bb_node *node);

/*
 * Members of the object that is open, as they stand in scores.json; never a path. The ceiling as the benchmark defines it is
 * "ceiling_rule" there, because "ceiling" is what was found out (struct bb_facts) and belongs to the caller, like "digests".
 */
void bb_node_write(struct bb_json_writer *w, const struct bb_node *node);
/* The same back; other members are left to the caller. A metric or ceiling that this program does not know is no error: it
   stays NULL. */
bool bb_node_read_results(const struct bb_json *json, struct bb_arena *arena, struct bb_diags *diags, struct bb_node *out);

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
