/*
 * Metrics and ceilings: one file each, and one table that lists them (registry.c).
 *
 * A metric compares what a model answered with what was measured and returns a raw value, its error, and the value of
 * each unit (subject × condition, item, neuroid). It knows assemblies, not files; it is a pure function of its task. How a
 * raw value becomes a score (ceiling, `normalise`) is the catalog's business and the same for all metrics.
 */
#ifndef BB_METRIC_METRIC_H
#define BB_METRIC_METRIC_H

#include "numeric/gram.h"
#include "store/assembly.h"

/*
 * The model's side of a neural metric: one layer (or several side by side) on the stimuli of one or two sets, as the Gram
 * engine has it. What metrics see of a model whose output is activations, a stream of them, or Gram matrices.
 */
struct bb_features {
    const char *layer;
    const char *const *stimulus; /* ids of the rows, sorted by bytes, each once */
    size_t n;
    struct bb_gram *gram; /* rows as `stimulus`; not const, because K may be made on demand */
    /* Passes over the features once more: block(ctx, first, width, X) with X n × width, row-major, as the model gave them; X may be
       overwritten. NULL: only Gram matrices were given, and a metric that needs features says so. */
    enum bb_code (*stream)(const struct bb_features *features,
                           enum bb_code (*block)(void *ctx, size_t first, size_t width, double *X, struct bb_err *err), void *ctx,
                           struct bb_err *err);
    void *stream_state;
    /* A coordinate of each feature (channel …) as numbers, in the order of the stream; NULL: none are known. */
    enum bb_code (*columns)(const struct bb_features *features, const char *coord, double *out, struct bb_err *err);
};

struct bb_task {
    const struct bb_assembly *model;    /* NULL when a ceiling is computed, or the model's output is activations */
    const struct bb_features *features; /* NULL: the model's output is a table */
    const struct bb_assembly *data; /* the recording; NULL for metrics that need none. With a split "given": its test part … */
    const struct bb_assembly *data_train; /* … and its training part; else NULL */
    const struct bb_assembly *stimuli;    /* what the stimuli are, where the recording has no rows for them; NULL: not given */
    const void *params;                   /* the metric's own struct, read by its field table */
    const double (*time_bins)[2];         /* of the benchmark, in ms: begin and end */
    size_t n_time_bins;                   /* 0: it states none; the recording must have one */
    bool aligns_time;                     /* a bin of the recording counts by the share of it that lies within; else all or nothing */
    /* For a metric with `over_time`: features of the model in another bin of time (begin and end in ms), valid until the
       next call, as `features` is,
       which is of the first. NULL: the model answers the same in every bin. */
    enum bb_code (*features_at)(const struct bb_task *task, const double bin[2], const struct bb_features **out, struct bb_err *err);
    void *features_ctx;
    const struct bb_names *items;         /* only these stimulus ids count (those that all models share); NULL: the model's own */
    const char *by;                       /* of bb_metric.by, where the model's side is prepared (metric/behavior.h) */
    bool partial; /* the model need not answer all stimuli that count: it is scored on those that it answers, with a warning */
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

/* Values of parts that are scored by themselves (subjects); n = 0: it is one whole. In the task's arena. */
struct bb_parts {
    const char *const *label;
    const double *value;
    size_t n;
};

struct bb_metric_result {
    double raw;
    double error;           /* of raw; NaN: none */
    const char *error_kind; /* "subject_sd", "item_sem", "split_sem" …; NULL: none */
    size_t n;               /* items or trials that were compared */
    struct bb_units units;  /* value NULL: none */
    const char *warning;    /* what a reader should know, e.g. "12 of 480 stimuli have no answer"; NULL: nothing */
    struct bb_parts parts;  /* with `per` or `by`: raw is their mean, the score the mean of their scores, each by its own ceiling */
    const char *detail;     /* what the metric, or the readout, chose, e.g. "alpha 32.5"; NULL: nothing */
};

struct bb_ceiling_result {
    double value, error, lower; /* error, lower: NaN when unknown */
    const char *error_kind;     /* NULL: none */
    size_t n;                   /* pairs, splits … */
    struct bb_parts parts;      /* ceilings of the parts (subjects) that a metric with `per` scores by themselves */
    struct bb_units units;      /* e.g. split × neuroid; value NULL: none */
};

struct bb_recording; /* metric/recording.h */
struct bb_folds;     /* numeric/splits.h */

/* What a metric compares of a model's behaviour. A model may answer with what is asked for, or with more: probabilities of the choices, or
   activations, from which metric/behavior.h makes it. */
enum bb_behavior {
    BB_BEHAVIOR_NONE,         /* it is not about behaviour, or reads it itself */
    BB_BEHAVIOR_CHOICES,      /* a label for each stimulus */
    BB_BEHAVIOR_PROBABILITIES /* of each label for each stimulus */
};

struct bb_metric {
    const char *name;              /* as in metric.name */
    int version;                   /* raised when its numbers change: part of the cache key and of the results */
    const char *title;             /* "Error consistency" */
    const char *formula;           /* one line, for pages: "mean over subjects and conditions of Cohen's κ" */
    const struct bb_field *fields; /* parameters beside metric.name */
    size_t n_fields, params_size;
    const char *const *model_coords; /* coordinates that the model's output must have, NULL-terminated; "value" means numbers */
    const char *const *or_coords;    /* or these instead; NULL: none */
    const char *const *data_coords;  /* the same for the recording; NULL: it needs no recording */

    /* Errors are sentences for the model's author. On success result->raw may be NaN only with BB_ENUMERIC. NULL: tables are
       not for it. */
    enum bb_code (*score)(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err);
    /* The same for activations (task->features); NULL: activations are not for it. A metric may have both. */
    enum bb_code (*score_features)(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err);
    /* Parameters that a field table cannot check (`split`): adds to diags. May fill members of params. NULL: none. */
    void (*finish)(void *params, struct bb_arena *arena, struct bb_diags *diags);
    /* For choices inside training parts (metric/nested.h): the recording and its folds as score_features has them, and, in a
       copy of the parameters, fewer splits. NULL: the metric draws none. */
    enum bb_code (*folds)(const struct bb_task *task, struct bb_recording *recording, struct bb_folds *folds, struct bb_err *err);
    void (*limit_splits)(void *params, long most);
    /* score_features needs more than Gram matrices: `stream`. */
    bool needs_features;
    /* It compares several bins of time: a model may answer differently in each (bb_task.features_at). */
    bool over_time;
    /* Ceiling from all pairs of subjects with this metric as the similarity; NULL: it has none. */
    enum bb_code (*subject_pairs)(const struct bb_task *task, struct bb_ceiling_result *result, struct bb_err *err);
    /* true when `items` matters: the metric's value depends on which stimuli are compared, and models may lack some. The others of
       behaviour refuse a model that does not answer all (bb_task.partial). */
    bool uses_items;
    enum bb_behavior behavior;
    /* Of behaviour: the coordinate for each of whose values a model may answer the same stimuli anew; a readout then is fitted for each where
       the fitting stimuli have it. NULL, or returns NULL: there is none. */
    const char *(*by)(const void *params);
    /* With parts: the score of each is clipped, and not only their mean. */
    bool clips_parts;
    const char *needs; /* what a model must output, and the recording have, for pages and `explain`: a clause, "for each stimulus, …"; NULL:
                          as its coordinates say */
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
    void (*finish)(void *params, struct bb_arena *arena, struct bb_diags *diags);
    enum bb_code (*compute)(const struct bb_task *task, const struct bb_metric *metric, const void *params,
                            struct bb_ceiling_result *result, struct bb_err *err);
};

const struct bb_metric *bb_metric_find(const char *name); /* NULL: unknown */
const struct bb_ceiling *bb_ceiling_find(const char *name);
/* Of a metric that takes two forms of output, the coordinates of the one that this is: model_coords or or_coords. */
const char *const *bb_metric_coords(const struct bb_metric *metric, const struct bb_assembly *model);
const char *const *bb_metric_names(size_t *n); /* sorted */
const char *const *bb_ceiling_names(size_t *n);

#endif
