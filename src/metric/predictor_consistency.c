#include "metric/predictor_consistency.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "metric/neuroid_ceiling.h"
#include "numeric/pcg64.h"

enum { MIN_STIMULI = 10 };

struct params {
    long splits, seed;
    const char *on, *subject;
};

static const struct bb_field fields[] = {
    {.key = "splits", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct params, splits), .absent = 10, .min = 1, .max = 10000},
    {.key = "seed", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct params, seed), .max = 4294967295.},
    {.key = "on", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, on)},
    {.key = "subject", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, subject)},
};

/* A stimulus with several repetitions. */
struct stimulus {
    int32_t rank; /* of its id */
    size_t row;
    size_t *repetition; /* sorted */
    size_t n;
};

static int compare_stimuli(const void *a, const void *b)
{
    int32_t x = ((const struct stimulus *)a)->rank, y = ((const struct stimulus *)b)->rank;
    return (x > y) - (x < y);
}

/* The repetitions of each row: seen[row · n + repetition]. */
static bool *repetitions_of_rows(const struct bb_recording *recording, const struct bb_repetitions *repetitions,
                                 struct bb_arena *arena)
{
    bool *seen = BB_NEW_ARRAY(arena, recording->n * repetitions->n, bool);
    for (size_t i = 0; i < recording->n_presentations; i++)
        if (repetitions->of_presentation[i] >= 0)
            seen[(size_t)recording->row_of[i] * repetitions->n + (size_t)repetitions->of_presentation[i]] = true;
    return seen;
}

static enum bb_code stimuli_of(const struct bb_recording *recording, const struct bb_repetitions *repetitions,
                               struct bb_arena *arena, struct stimulus **out, size_t *n_stimuli, struct bb_err *err)
{
    const bool *seen = repetitions_of_rows(recording, repetitions, arena);
    struct stimulus *stimulus = *out = BB_NEW_ARRAY(arena, recording->n, struct stimulus);
    const int32_t *rank;
    size_t n_ranks;
    enum bb_code rc = bb_recording_labels(recording, "stimulus_id", arena, &rank, &n_ranks, err);
    if (rc) return rc;
    *n_stimuli = 0;
    for (size_t row = 0; row < recording->n; row++) {
        struct stimulus s = {.rank = rank[row], .row = row, .repetition = BB_NEW_ARRAY(arena, repetitions->n, size_t)};
        for (size_t r = 0; r < repetitions->n; r++)
            if (seen[row * repetitions->n + r]) s.repetition[s.n++] = r;
        if (s.n > 1) stimulus[(*n_stimuli)++] = s;
    }
    qsort(stimulus, *n_stimuli, sizeof *stimulus, compare_stimuli);
    if (*n_stimuli >= MIN_STIMULI) return BB_OK;
    return bb_fail(err, BB_ENUMERIC, "%zu stimuli of the recording were repeated, and predictor consistency needs at least %d",
                   *n_stimuli, MIN_STIMULI);
}

/* Draws the first half of each stimulus: first[row · n + repetition]. */
static void draw_halves(struct stimulus *stimulus, size_t n_stimuli, const struct bb_repetitions *repetitions,
                        struct bb_pcg64 *pcg, bool *first, size_t *order)
{
    for (size_t k = 0; k < n_stimuli; k++) {
        struct stimulus *s = &stimulus[k];
        memcpy(order, s->repetition, s->n * sizeof *order);
        bb_pcg64_shuffle(pcg, order, s->n);
        for (size_t i = 0; i < s->n; i++) first[s->row * repetitions->n + order[i]] = i < s->n / 2;
    }
}

static void average_halves(const struct bb_recording *recording, const struct bb_repetitions *repetitions, const bool *first,
                           double *half)
{
    bool *include = bb_calloc(recording->n_presentations + 1, sizeof *include);
    for (int other = 0; other < 2; other++) {
        for (size_t i = 0; i < recording->n_presentations; i++) {
            int32_t r = repetitions->of_presentation[i];
            include[i] = r >= 0 && first[(size_t)recording->row_of[i] * repetitions->n + (size_t)r] == (other == 0);
        }
        bb_recording_average(recording, include, half + (size_t)other * recording->n * recording->q);
    }
    free(include);
}

/* The rows of the stimuli, moved to the front of both halves. */
static void keep_rows(const struct bb_recording *recording, const struct stimulus *stimulus, size_t n_stimuli, double *half)
{
    size_t q = recording->q;
    double *kept = bb_malloc((n_stimuli * q + 1) * sizeof *kept);
    for (size_t other = 0; other < 2; other++) {
        double *rows = half + other * recording->n * q;
        for (size_t k = 0; k < n_stimuli; k++) memcpy(kept + k * q, rows + stimulus[k].row * q, q * sizeof *kept);
        memcpy(rows, kept, n_stimuli * q * sizeof *kept);
    }
    free(kept);
}

static enum bb_code compute(const struct bb_task *task, const struct bb_metric *metric, const void *ceiling_params,
                            struct bb_ceiling_result *result, struct bb_err *err)
{
    (void)metric;
    const struct params *params = ceiling_params;
    struct bb_recording recording;
    struct bb_repetitions repetitions;
    struct stimulus *stimulus;
    size_t n_stimuli;
    enum bb_code rc = bb_recording_of(task, task->data, params->subject, &recording, err);
    if (!rc) rc = bb_repetitions_of(&recording, params->on, task->arena, &repetitions, err);
    if (!rc) rc = stimuli_of(&recording, &repetitions, task->arena, &stimulus, &n_stimuli, err);
    if (rc) return rc;
    size_t splits = (size_t)params->splits, q = recording.q;
    double *value = BB_NEW_ARRAY(task->arena, splits * q, double), *half = bb_malloc((2 * recording.n * q + 1) * sizeof *half);
    bool *first = BB_NEW_ARRAY(task->arena, recording.n * repetitions.n, bool);
    size_t *order = BB_NEW_ARRAY(task->arena, repetitions.n, size_t);
    struct bb_pcg64 pcg;
    bb_pcg64_seed(&pcg, (uint64_t)params->seed);
    for (size_t s = 0; s < splits; s++) {
        draw_halves(stimulus, n_stimuli, &repetitions, &pcg, first, order);
        average_halves(&recording, &repetitions, first, half);
        keep_rows(&recording, stimulus, n_stimuli, half);
        bb_corrected_columns(half, half + recording.n * q, n_stimuli, q, value + s * q);
    }
    free(half);
    return bb_neuroid_ceiling(&recording, value, splits, task->arena, result, err);
}

static const char *const data_coords[] = {"stimulus_id", "value", NULL};

const struct bb_ceiling bb_predictor_consistency = {
    .name = "predictor_consistency",
    .version = 1,
    .title = "Predictor consistency",
    .formula = "mean over splits of the median over neuroids of 2r / (1 + r), r the correlation of halves drawn for each "
               "stimulus by itself",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .data_coords = data_coords,
    .compute = compute,
};
