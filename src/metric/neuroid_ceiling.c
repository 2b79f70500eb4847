#include "metric/neuroid_ceiling.h"

#include <math.h>
#include <stdlib.h>

#include "numeric/stats.h"

enum bb_code bb_repetitions_of(const struct bb_recording *recording, const char *on, struct bb_arena *arena,
                               struct bb_repetitions *out, struct bb_err *err)
{
    const struct bb_assembly *data = recording->assembly;
    const char *name = on ? on : bb_assembly_coord(data, "repetition") ? "repetition" : "repetition_id";
    if (!bb_assembly_coord(data, name))
        return bb_fail(err, BB_EINPUT, "the recording has no coordinate \"%s\", whose halves are compared; it has %s",
                       on ? on : "repetition", bb_assembly_coord_names(data, arena));
    enum bb_code rc = bb_presentation_labels(recording, name, arena, &out->of_presentation, &out->n, err);
    if (rc || out->n > 1) return rc;
    return bb_fail(err, BB_ENUMERIC, "the recording has one value of \"%s\", and a ceiling from halves needs two", name);
}

void bb_corrected_columns(const double *A, const double *B, size_t n, size_t q, double *r)
{
    double *a = bb_malloc(2 * (n + 1) * sizeof *a), *b = a + n;
    for (size_t j = 0; j < q; j++) {
        for (size_t i = 0; i < n; i++) {
            a[i] = A[i * q + j];
            b[i] = B[i * q + j];
        }
        r[j] = bb_spearman_brown(bb_pearson(a, b, n));
    }
    free(a);
}

double bb_median_of_subject(const struct bb_recording *recording, const double *value, size_t subject)
{
    double *own = bb_malloc((recording->q + 1) * sizeof *own);
    size_t n = 0;
    for (size_t j = 0; j < recording->q; j++)
        if (subject == BB_EVERY_SUBJECT || (size_t)recording->subject_of[j] == subject) own[n++] = value[j];
    double median = bb_nan_median(own, n);
    free(own);
    return median;
}

static double *medians(const struct bb_recording *recording, const double *value, size_t n_splits, size_t subject,
                       struct bb_arena *arena)
{
    double *median = BB_NEW_ARRAY(arena, n_splits, double);
    for (size_t s = 0; s < n_splits; s++) median[s] = bb_median_of_subject(recording, value + s * recording->q, subject);
    return median;
}

enum bb_code bb_neuroid_ceiling(const struct bb_recording *recording, const double *value, size_t n_splits,
                                struct bb_arena *arena, struct bb_ceiling_result *result, struct bb_err *err)
{
    const double *split = medians(recording, value, n_splits, BB_EVERY_SUBJECT, arena);
    size_t n = recording->n_subjects, defined = 0;
    double *part = BB_NEW_ARRAY(arena, n, double);
    for (size_t s = 0; s < n_splits; s++) defined += isnan(split[s]) ? 0 : 1;
    if (defined == 0)
        return bb_fail(err, BB_ENUMERIC,
                       "the consistency of no neuroid is defined: each is constant in one half of its repetitions, or was not "
                       "measured for some stimulus");
    for (size_t k = 0; k < n; k++) part[k] = bb_nan_mean(medians(recording, value, n_splits, k, arena), n_splits);
    *result =
        (struct bb_ceiling_result){.value = bb_nan_mean(split, n_splits), .lower = NAN, .error_kind = "split_sem", .n = n_splits};
    result->error = bb_nan_sd(split, n_splits, 0) / sqrt((double)defined);
    result->parts = (struct bb_parts){.label = recording->subject, .value = part, .n = n};
    result->units.axis[0] = "split";
    result->units.label[0] = bb_split_labels(n_splits, arena);
    result->units.n[0] = n_splits;
    result->units.axis[1] = "neuroid";
    result->units.label[1] = recording->neuroid;
    result->units.n[1] = recording->q;
    result->units.value = value;
    return BB_OK;
}
