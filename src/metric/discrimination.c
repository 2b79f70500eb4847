#include "metric/discrimination.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "metric/behavior.h"
#include "metric/choices.h"
#include "numeric/mt19937.h"
#include "numeric/normal.h"
#include "numeric/stats.h"

enum { REPETITIONS = 2 };
static const double CAP = 5;
static const char *const part_label[REPETITIONS] = {"0", "1"};

/* Trials by number: images and objects in the order of their names' bytes. */
struct trials {
    const struct bb_discrimination *kind;
    struct bb_arena *arena;
    struct bb_stimuli stimuli; /* as the recording has them, unsorted … */
    int32_t *image_of;         /* … and their number when sorted */
    const char **object;
    size_t n, n_images, k;           /* trials, images, objects */
    int32_t *image, *chosen, *other; /* of each trial; chosen −1: no answer */
    int32_t *truth;                  /* of each image */
};

/* A matrix of d′: rows are images or objects. */
struct signature {
    double *d;
    size_t n;
};

/* --- reading ------------------------------------------------------------------------------------------------------------ */

struct named {
    const char *name;
    int32_t at;
};

static int compare_named(const void *a, const void *b)
{
    return strcmp(((const struct named *)a)->name, ((const struct named *)b)->name);
}

/* Number of each name in the order of bytes; *sorted (may be NULL) the names so. */
static int32_t *sort_names(const char *const *name, size_t n, struct bb_arena *arena, const char **sorted)
{
    struct named *list = BB_NEW_ARRAY(arena, n, struct named);
    int32_t *number = BB_NEW_ARRAY(arena, n, int32_t);
    for (size_t i = 0; i < n; i++) list[i] = (struct named){name[i], (int32_t)i};
    qsort(list, n, sizeof *list, compare_named);
    for (size_t i = 0; i < n; i++) {
        number[list[i].at] = (int32_t)i;
        if (sorted) sorted[i] = list[i].name;
    }
    return number;
}

/* Each row's object of a coordinate; names that are none yet join them. */
static enum bb_code read_objects(const struct bb_task *task, const char *name, bool missing, struct bb_names *objects,
                                 const int32_t *of_row, int32_t **out, struct bb_err *err)
{
    const struct bb_coord *coord;
    enum bb_code rc = bb_need_coord(task->data, name, BB_THE_RECORDING, task->arena, &coord, err);
    if (rc) return rc;
    struct bb_groups groups = bb_coord_groups(coord, task->arena);
    int32_t *code = BB_NEW_ARRAY(task->arena, groups.n, int32_t);
    for (size_t i = 0; i < groups.n; i++) {
        code[i] = -1;
        if (of_row[i] < 0) continue;
        if (groups.group[i] >= 0)
            code[i] = (int32_t)bb_names_add(objects, groups.name[groups.group[i]]);
        else if (!missing)
            return bb_fail(err, BB_EINPUT, "trial %zu of the recording has no \"%s\"", i + 1, name);
    }
    *out = code;
    return BB_OK;
}

/* Only trials that count, in the order of the file; a choice that was not offered is an error. */
static enum bb_code keep_trials(struct trials *t, int32_t *truth, int32_t *chosen, int32_t *other, struct bb_err *err)
{
    size_t rows = t->stimuli.n_rows, n = 0;
    t->image = BB_NEW_ARRAY(t->arena, rows, int32_t);
    t->truth = BB_NEW_ARRAY(t->arena, t->n_images, int32_t);
    memset(t->truth, -1, t->n_images * sizeof *t->truth);
    for (size_t i = 0; i < rows; i++) {
        int32_t s = t->stimuli.of_row[i];
        if (s < 0) continue;
        int32_t *own = &t->truth[t->image_of[s]];
        if (*own >= 0 && *own != truth[i])
            return bb_fail(err, BB_EINPUT, "stimulus \"%s\" has two values of \"truth\", \"%s\" and \"%s\"", t->stimuli.id[s],
                           t->object[*own], t->object[truth[i]]);
        *own = truth[i];
        if (chosen[i] >= 0 && chosen[i] != truth[i] && chosen[i] != other[i])
            return bb_fail(err, BB_EINPUT, "in trial %zu of the recording \"%s\" was chosen, and \"%s\" and \"%s\" were offered",
                           i + 1, t->object[chosen[i]], t->object[truth[i]], t->object[other[i]]);
        t->image[n] = t->image_of[s];
        chosen[n] = chosen[i];
        other[n++] = other[i];
    }
    t->n = n;
    t->chosen = chosen;
    t->other = other;
    return BB_OK;
}

static enum bb_code read_trials(const struct bb_task *task, const struct bb_discrimination *kind, struct trials *t,
                                struct bb_err *err)
{
    struct bb_names objects;
    int32_t *truth, *chosen, *other;
    *t = (struct trials){.kind = kind, .arena = task->arena};
    bb_names_init(&objects);
    enum bb_code rc = bb_stimuli_of(task->data, BB_THE_RECORDING, task->items, task->arena, &t->stimuli, err);
    if (!rc) rc = read_objects(task, "truth", false, &objects, t->stimuli.of_row, &truth, err);
    if (!rc) rc = read_objects(task, "choice", true, &objects, t->stimuli.of_row, &chosen, err);
    if (!rc) rc = read_objects(task, "dist_obj", false, &objects, t->stimuli.of_row, &other, err);
    if (!rc) {
        t->k = objects.n;
        t->n_images = t->stimuli.n;
        t->object = BB_NEW_ARRAY(task->arena, t->k, const char *);
        const int32_t *number = sort_names(objects.name, t->k, task->arena, t->object);
        for (size_t c = 0; c < t->k; c++) t->object[c] = bb_arena_strdup(task->arena, t->object[c]);
        int32_t *list[] = {truth, chosen, other};
        for (size_t j = 0; j < 3; j++)
            for (size_t i = 0; i < t->stimuli.n_rows; i++)
                if (list[j][i] >= 0) list[j][i] = number[list[j][i]];
        t->image_of = sort_names(t->stimuli.id, t->n_images, task->arena, NULL);
        rc = keep_trials(t, truth, chosen, other, err);
    }
    bb_names_release(&objects);
    return rc;
}

/* --- matrices of responses -------------------------------------------------------------------------------------------------- */

/* Of the trials trial[0..n). */
static double *human_matrix(const struct trials *t, const size_t *trial, size_t n)
{
    size_t cells = t->n_images * t->k;
    double *S = BB_NEW_ARRAY(t->arena, cells, double), *offered = BB_NEW_ARRAY(t->arena, cells, double);
    for (size_t i = 0; i < n; i++) {
        size_t row = (size_t)t->image[trial[i]] * t->k;
        int32_t chosen = t->chosen[trial[i]];
        if (chosen >= 0) S[row + (size_t)chosen]++;
        offered[row + (size_t)t->truth[t->image[trial[i]]]]++;
        offered[row + (size_t)t->other[trial[i]]]++;
    }
    for (size_t cell = 0; cell < cells; cell++) {
        bool own = (int32_t)(cell % t->k) == t->truth[cell / t->k];
        S[cell] = own || offered[cell] == 0 ? (double)NAN : S[cell] / offered[cell];
    }
    return S;
}

static enum bb_code model_matrix(const struct bb_task *task, const struct trials *t, double **out, struct bb_err *err)
{
    struct bb_probabilities p;
    const struct bb_labels objects = {t->object, t->k};
    enum bb_code rc = bb_probabilities_of(task, &t->stimuli, &objects, &p, err);
    if (rc) return rc;
    const int32_t *column = bb_match_names(t->object, t->k, p.label, p.k, t->arena);
    if (p.n_answered < t->n_images)
        return bb_fail(err, BB_EINPUT, "the model has no answer to %zu of the %zu stimuli, and all are compared at once",
                       t->n_images - p.n_answered, t->n_images);
    double *S = BB_NEW_ARRAY(t->arena, t->n_images * t->k, double);
    for (size_t s = 0; s < t->stimuli.n; s++) {
        size_t i = (size_t)t->image_of[s];
        const double *row = p.p + s * p.k;
        double own = row[column[t->truth[i]]];
        for (size_t c = 0; c < t->k; c++)
            S[i * t->k + c] = (int32_t)c == t->truth[i] ? (double)NAN : row[column[c]] / (row[column[c]] + own);
    }
    *out = S;
    return BB_OK;
}

/* --- d′ --------------------------------------------------------------------------------------------------------------------- */

/* F (k × k): means of S over the images of each truth, NaN: none. */
static double *means_by_object(const struct trials *t, const double *S)
{
    double *F = BB_NEW_ARRAY(t->arena, t->k * t->k, double);
    size_t *n = BB_NEW_ARRAY(t->arena, t->k * t->k, size_t);
    for (size_t i = 0; i < t->n_images; i++)
        for (size_t c = 0; c < t->k; c++) {
            size_t cell = (size_t)t->truth[i] * t->k + c;
            if (isnan(S[i * t->k + c])) continue;
            F[cell] += S[i * t->k + c];
            n[cell]++;
        }
    for (size_t cell = 0; cell < t->k * t->k; cell++) F[cell] = n[cell] ? F[cell] / (double)n[cell] : (double)NAN;
    return F;
}

static double d_prime(double hit, double false_alarm)
{
    double d = bb_normal_quantile(hit) - bb_normal_quantile(false_alarm);
    return isnan(d) ? d : fmin(fmax(d, -CAP), CAP);
}

/* Means over the images of a truth are subtracted from each column. */
static void subtract_means(const struct trials *t, double *D)
{
    const double *mean = means_by_object(t, D);
    for (size_t i = 0; i < t->n_images; i++)
        for (size_t c = 0; c < t->k; c++) D[i * t->k + c] -= mean[(size_t)t->truth[i] * t->k + c];
}

static struct signature by_image(const struct trials *t, const double *S)
{
    const double *F = means_by_object(t, S);
    double *D = BB_NEW_ARRAY(t->arena, t->n_images * t->k, double);
    for (size_t i = 0; i < t->n_images; i++)
        for (size_t c = 0; c < t->k; c++) D[i * t->k + c] = d_prime(1 - S[i * t->k + c], F[c * t->k + (size_t)t->truth[i]]);
    if (t->kind->normalise) subtract_means(t, D);
    if (!t->kind->collapse) return (struct signature){D, t->n_images * t->k};
    double *row = BB_NEW_ARRAY(t->arena, t->n_images, double);
    for (size_t i = 0; i < t->n_images; i++) row[i] = bb_nan_mean(D + i * t->k, t->k);
    return (struct signature){row, t->n_images};
}

static struct signature by_object(const struct trials *t, const double *S)
{
    const double *F = means_by_object(t, S);
    size_t k = t->k;
    double *D = BB_NEW_ARRAY(t->arena, k * k, double), *column = BB_NEW_ARRAY(t->arena, k, double);
    for (size_t l = 0; l < k; l++)
        for (size_t r = 0; r < k; r++) D[l * k + r] = d_prime(1 - F[r * k + l], F[l * k + r]);
    if (!t->kind->collapse) return (struct signature){D, k * k};
    double *mean = BB_NEW_ARRAY(t->arena, k, double);
    for (size_t r = 0; r < k; r++) {
        for (size_t l = 0; l < k; l++) column[l] = D[l * k + r];
        mean[r] = bb_nan_mean(column, k);
    }
    return (struct signature){mean, k};
}

static struct signature signature_of(const struct trials *t, const double *S)
{
    return t->kind->unit == BB_BY_IMAGE ? by_image(t, S) : by_object(t, S);
}

/* --- halves ----------------------------------------------------------------------------------------------------------------- */

/* The two halves' signatures of the next repetition. */
static void next_halves(const struct trials *t, struct bb_mt19937 *mt, struct signature half[2])
{
    size_t *order = BB_NEW_ARRAY(t->arena, t->n, size_t);
    bb_mt19937_permutation(mt, t->n, order);
    half[0] = signature_of(t, human_matrix(t, order, t->n / 2));
    half[1] = signature_of(t, human_matrix(t, order + t->n / 2, t->n - t->n / 2));
}

static struct bb_parts parts_of(struct trials *t, const double value[REPETITIONS])
{
    double *copy = BB_NEW_ARRAY(t->arena, REPETITIONS, double);
    memcpy(copy, value, REPETITIONS * sizeof *copy);
    return (struct bb_parts){part_label, copy, REPETITIONS};
}

/* What the model's signature lacks of the humans'. */
static size_t lacking(const struct signature *model, const struct signature *human)
{
    size_t n = 0;
    for (size_t i = 0; i < human->n; i++) n += !isnan(human->d[i]) && isnan(model->d[i]);
    return n;
}

enum bb_code bb_discrimination_score(const struct bb_task *task, const struct bb_discrimination *kind, bool skipna,
                                     struct bb_metric_result *result, struct bb_err *err)
{
    struct trials t;
    struct bb_mt19937 mt;
    double *S = NULL, r[REPETITIONS];
    enum bb_code rc = read_trials(task, kind, &t, err);
    if (!rc) rc = model_matrix(task, &t, &S, err);
    if (rc) return rc;
    struct signature model = signature_of(&t, S);
    bb_mt19937_seed(&mt, 0);
    for (size_t k = 0; k < REPETITIONS; k++) {
        struct signature half[2];
        next_halves(&t, &mt, half);
        size_t missing = lacking(&model, &half[0]);
        if (missing && !skipna)
            return bb_fail(
                err, BB_ENUMERIC,
                "the model's d′ is not defined in %zu of %zu cells that the humans have: its probabilities there are 0 for all "
                "images; \"skipna\": true leaves such cells out",
                missing, half[0].n);
        r[k] = bb_similarity_of_common(bb_pearson, model.d, half[0].d, model.n, task->arena, NULL);
        if (isnan(r[k]))
            return bb_fail(
                err, BB_ENUMERIC,
                "the correlation with half the humans' trials is not defined: fewer than %d cells have a d′, or all the same",
                BB_MIN_ITEMS);
    }
    result->raw = bb_mean(r, REPETITIONS);
    result->error = bb_sd(r, REPETITIONS, 0);
    result->error_kind = "split_sd";
    result->n = t.n_images;
    result->parts = parts_of(&t, r);
    return BB_OK;
}

enum bb_code bb_discrimination_ceiling(const struct bb_task *task, const struct bb_discrimination *kind,
                                       struct bb_ceiling_result *result, struct bb_err *err)
{
    struct trials t;
    struct bb_mt19937 mt;
    double r[REPETITIONS];
    enum bb_code rc = read_trials(task, kind, &t, err);
    if (rc) return rc;
    bb_mt19937_seed(&mt, 0);
    for (size_t k = 0; k < REPETITIONS; k++) {
        struct signature half[2];
        next_halves(&t, &mt, half);
        r[k] = bb_similarity_of_common(bb_pearson, half[0].d, half[1].d, half[0].n, task->arena, NULL);
        if (isnan(r[k]))
            return bb_fail(err, BB_ENUMERIC,
                           "the halves of the humans' trials have fewer than %d cells in common, or all the same d′",
                           BB_MIN_ITEMS);
    }
    *result = (struct bb_ceiling_result){.value = bb_mean(r, REPETITIONS),
                                         .error = bb_sd(r, REPETITIONS, 0),
                                         .lower = NAN,
                                         .error_kind = "split_sd",
                                         .n = REPETITIONS,
                                         .parts = parts_of(&t, r)};
    return BB_OK;
}
