#include "metric/oracle.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "metric/align.h"
#include "metric/features.h"
#include "metric/recording.h"

/* The responses of one or two recordings (test, train) to stimuli that occur in several of them once. */
struct responses {
    const char **stimulus;
    double *X;
    size_t n, q;
};

/* The neuroids in the order of `neuroid`; of another recording they may stand in another order. */
static void add_recording(struct responses *r, const struct bb_recording *recording, const int32_t *neuroid,
                          struct bb_names *seen)
{
    for (size_t i = 0; i < recording->n; i++) {
        size_t known = seen->n;
        if (bb_names_add(seen, recording->stimulus[i]) < known) continue;
        r->stimulus[r->n] = recording->stimulus[i];
        for (size_t j = 0; j < r->q; j++)
            r->X[r->n * r->q + j] = neuroid[j] < 0 ? (double)NAN : recording->Y[i * recording->q + (size_t)neuroid[j]];
        r->n++;
    }
}

/* Neuroids without a gap, side by side. */
static void drop_incomplete(struct responses *r)
{
    size_t kept = 0;
    double *column = bb_malloc((r->n + 1) * sizeof *column), *out = bb_malloc((r->n * r->q + 1) * sizeof *out);
    for (size_t j = 0; j < r->q; j++) {
        bool complete = true;
        for (size_t i = 0; i < r->n; i++) {
            column[i] = r->X[i * r->q + j];
            complete = complete && isfinite(column[i]);
        }
        for (size_t i = 0; complete && i < r->n; i++) out[i * r->q + kept] = column[i];
        kept += complete;
    }
    for (size_t i = 0; i < r->n; i++) memcpy(&r->X[i * kept], &out[i * r->q], kept * sizeof *out);
    r->q = kept;
    free(column);
    free(out);
}

static enum bb_code gather(const struct bb_task *task, struct responses *r, struct bb_err *err)
{
    struct bb_recording test = {0}, train = {0};
    struct bb_names seen;
    enum bb_code code = bb_recording_of(task, task->data, NULL, &test, err);
    if (!code && task->data_train) code = bb_recording_of(task, task->data_train, NULL, &train, err);
    if (!code && task->data_train && train.q != test.q)
        code = bb_fail(err, BB_EINPUT, "the training part of the recording has %zu neuroids, its test part %zu", train.q, test.q);
    if (code) return code;
    *r = (struct responses){.q = test.q};
    r->stimulus = BB_NEW_ARRAY(task->arena, test.n + train.n + 1, const char *);
    r->X = BB_NEW_ARRAY(task->arena, (test.n + train.n) * test.q + 1, double);
    bb_names_init(&seen);
    add_recording(r, &test, bb_match_names(test.neuroid, test.q, test.neuroid, test.q, task->arena), &seen);
    if (task->data_train)
        add_recording(r, &train, bb_match_names(test.neuroid, test.q, train.neuroid, train.q, task->arena), &seen);
    bb_names_release(&seen);
    drop_incomplete(r);
    return r->q ? BB_OK : bb_fail(err, BB_ENUMERIC, "every neuroid has a missing response");
}

enum bb_code bb_oracle_score(const struct bb_task *task, const struct bb_metric *metric, struct bb_metric_result *result,
                             struct bb_err *err)
{
    struct responses responses;
    struct bb_features *features = NULL;
    struct bb_task own = *task;
    enum bb_code code = gather(task, &responses, err);
    if (!code)
        code = bb_features_of_matrix(responses.stimulus, responses.X, responses.n, responses.q, "the recording", &features, err);
    own.features = features;
    if (!code) code = metric->score_features(&own, result, err);
    bb_features_of_matrix_free(features);
    return code;
}
