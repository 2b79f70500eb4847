/*
 * What metrics of geometry share: model and recording are each represented by numbers per pair of stimuli (dissimilarities,
 * products), made from their Gram matrices, and these are compared. For this folder only.
 *
 * A missing response makes the representation undefined, in numpy as here: it is an error that names stimulus and neuroid.
 */
#ifndef BB_METRIC_GEOMETRY_H
#define BB_METRIC_GEOMETRY_H

#include "metric/recording.h"

struct bb_geometry {
    const char *what; /* "an RDM", for messages */
    size_t min_stimuli, min_neuroids;
    /* out: n × n numbers, made of the rows of the Gram, in whatever form `compare` wants them. The first of the rows for
       which they are not defined, or n. */
    size_t (*represent)(struct bb_gram *gram, const size_t *rows, size_t n, double *out);
    double (*compare)(const double *x, const double *y, size_t n); /* NaN: not defined */
};

enum { BB_WHOLE, BB_PER_SUBJECT };
enum { BB_VISION, BB_LANGUAGE };

struct bb_geometry_params {
    int per, dialect;
    const char *subject; /* the neuroid coordinate that tells subjects apart */
    const struct bb_json *split_json;
    struct bb_split_spec split; /* set by bb_geometry_finish */
};

extern const char *const bb_per_choices[], *const bb_dialect_choices[];

/* The fields of a struct type whose member `geometry` is a struct bb_geometry_params. */
#define BB_GEOMETRY_FIELDS(type)                                                                                                 \
    {.key = "per", .kind = BB_FIELD_CHOICE, .offset = offsetof(type, geometry.per), .choices = bb_per_choices},                  \
        {.key = "dialect", .kind = BB_FIELD_CHOICE, .offset = offsetof(type, geometry.dialect), .choices = bb_dialect_choices},  \
        {.key = "subject", .kind = BB_FIELD_TEXT, .offset = offsetof(type, geometry.subject)},                                   \
    {                                                                                                                            \
        .key = "split", .kind = BB_FIELD_JSON, .offset = offsetof(type, geometry.split_json)                                     \
    }

/*
 * The split: "none" compares all stimuli once, "test_only" the test parts of 10 splits (test .9, seed 1; stratified with
 * `by`): the reference's *_cv. Without a `split` it is none, in the dialect of language test_only.
 */
void bb_geometry_finish(struct bb_geometry_params *params, struct bb_arena *arena, struct bb_diags *diags);

/*
 * raw = mean over splits of the mean over subjects (`per`; else all neuroids together). The error is the standard error over
 * the splits (sd with ddof 0, over √n; the dialect of language has none), without splits over the subjects (ddof 1). The
 * units are splits, subjects, or both.
 */
enum bb_code bb_geometry_score(const struct bb_task *task, const struct bb_geometry_params *params,
                               const struct bb_geometry *geometry, struct bb_metric_result *result,
                               struct bb_err *err) BB_MUST_CHECK;

/* The recording's neuroids of one subject (BB_ALL_SUBJECTS: all) as a Gram, rows as those of the recording; bb_gram_free.
   BB_ENUMERIC when they are fewer than the geometry needs. */
#define BB_ALL_SUBJECTS ((size_t)-1)
enum bb_code bb_gram_of_subject(const struct bb_recording *recording, size_t subject, const struct bb_geometry *geometry,
                                struct bb_gram **out, struct bb_err *err) BB_MUST_CHECK;

#endif
