/*
 * Metrics and ceilings: one file each, and one table that lists them (registry.c).
 *
 * A metric compares what a model answered with what was measured and returns a raw value, its error, and the value of
 * each unit (subject × condition, item, neuroid). It knows assemblies, not files; it is a pure function of its task. How a raw value
 * becomes a score (ceiling, `normalise`) is the catalog's business and the same for all metrics.
 */
#ifndef BB_METRIC_METRIC_H
#define BB_METRIC_METRIC_H

#include "store/assembly.h"

struct bb_task {
    const struct bb_assembly *model; /* NULL when a ceiling is computed */
    const struct bb_assembly *data;  /* the recording; NULL for metrics that need none */
    const void *params;              /* the metric's own struct, read by its field table */
    const struct bb_names *items;    /* only these stimulus ids count (those that all models share); NULL: the model's own */
    unsigned long seed;
    struct bb_arena *arena; /* results and scratch; the caller's, freed after the cell */
};

/* Values per unit on one or two named axes; all in the task's arena. */
struct bb_units {
    const char *axis[2]; /* "subject", "condition" */
    const char *const *label[2];
    size_t n[2]; /* n[1] = 0: one axis */
    const double *value;
};

struct bb_metric_result {
    double raw;
    double error;           /* of raw; NaN: none */
    const char *error_kind; /* "subject_sd", "item_sem", "split_sem" …; NULL: none */
    size_t n;               /* items or trials that were compared */
    struct bb_units units;  /* value NULL: none */
    const char *warning;    /* what a reader should know, e.g. "12 of 480 stimuli have no answer"; NULL: nothing */
};

struct bb_ceiling_result {
    double value, error, lower; /* error, lower: NaN when unknown */
    const char *error_kind;     /* NULL: none */
    size_t n;                   /* pairs, splits … */
};

struct bb_metric {
    const char *name;              /* as in metric.name */
    int version;                   /* raised when its numbers change: part of the cache key and of the results */
    const char *title;             /* "Error consistency" */
    const char *formula;           /* one line, for pages: "mean over subjects and conditions of Cohen's κ" */
    const struct bb_field *fields; /* parameters beside metric.name */
    size_t n_fields, params_size;
    const char *const *model_coords; /* coordinates that the model's output must have, NULL-terminated; "value" means numbers */
    const char *const *data_coords;  /* the same for the recording; NULL: it needs no recording */

    /* Errors are sentences for the model's author. On success result->raw may be NaN only with BB_ENUMERIC. */
    enum bb_code (*score)(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err);
    /* Ceiling from all pairs of subjects with this metric as the similarity; NULL: it has none. */
    enum bb_code (*subject_pairs)(const struct bb_task *task, struct bb_ceiling_result *result, struct bb_err *err);
    /* true when `items` matters: the metric's value depends on which stimuli are compared, and models may lack some. */
    bool uses_items;
};

struct bb_ceiling {
    const char *name; /* as in ceiling.name */
    int version;
    const char *title;
    const char *formula;
    const struct bb_field *fields;
    size_t n_fields, params_size;
    const char *const *data_coords;
    const char *const *metrics; /* names of the metrics that it goes with, NULL-terminated; NULL: any with what it needs */
    enum bb_code (*compute)(const struct bb_task *task, const struct bb_metric *metric, const void *params,
                            struct bb_ceiling_result *result, struct bb_err *err);
};

const struct bb_metric *bb_metric_find(const char *name); /* NULL: unknown */
const struct bb_ceiling *bb_ceiling_find(const char *name);
const char *const *bb_metric_names(size_t *n); /* sorted */
const char *const *bb_ceiling_names(size_t *n);

#endif
