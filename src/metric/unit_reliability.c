#include "metric/unit_reliability.h"

#include <math.h>

#include "base/json.h"
#include "metric/align.h"
#include "metric/neuroid_ceiling.h"
#include "numeric/stats.h"

enum { MEDIAN, MEAN };
static const char *const aggregates[] = {"median", "mean", NULL};

struct params {
    const char *coordinate, *subject;
    double scale; /* NaN: not stated */
    bool root;
    int aggregate;
};

static const struct bb_field fields[] = {
    {.key = "coordinate", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, coordinate), .flags = BB_REQUIRED},
    {.key = "scale", .kind = BB_FIELD_NUMBER, .offset = offsetof(struct params, scale), .min = 1e-9, .max = 1e9},
    {.key = "root", .kind = BB_FIELD_BOOL, .offset = offsetof(struct params, root)},
    {.key = "aggregate", .kind = BB_FIELD_CHOICE, .offset = offsetof(struct params, aggregate), .choices = aggregates},
    {.key = "subject", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, subject)},
};

/* Of the units, in the order of the recording's. */
static enum bb_code reliabilities(const struct bb_recording *recording, const struct params *params, struct bb_arena *arena,
                                  double **out, struct bb_err *err)
{
    const struct bb_coord *coord;
    enum bb_code rc = bb_need_coord(recording->assembly, params->coordinate, BB_THE_RECORDING, arena, &coord, err);
    if (rc) return rc;
    if (coord->series.type != BB_TYPE_NUMBER || coord->dim != 1 || coord->series.n != recording->q)
        return bb_fail(err, BB_EINPUT, "\"%s\" of the recording must be numbers, one for each neuroid", params->coordinate);
    *out = BB_NEW_ARRAY(arena, recording->q, double);
    for (size_t j = 0; j < recording->q; j++) {
        double x = coord->series.number[j] * (isnan(params->scale) ? 1 : params->scale);
        (*out)[j] = params->root ? sqrt(x) : x; /* of a negative one: not defined */
    }
    return BB_OK;
}

static double mean_of_subject(const struct bb_recording *recording, const double *value, size_t subject)
{
    double sum = 0;
    size_t n = 0;
    for (size_t j = 0; j < recording->q; j++) {
        if ((subject != BB_EVERY_SUBJECT && (size_t)recording->subject_of[j] != subject) || isnan(value[j])) continue;
        sum += value[j];
        n++;
    }
    return n ? sum / (double)n : (double)NAN;
}

static enum bb_code compute(const struct bb_task *task, const struct bb_metric *metric, const void *ceiling_params,
                            struct bb_ceiling_result *result, struct bb_err *err)
{
    (void)metric;
    const struct params *params = ceiling_params;
    double (*aggregate)(const struct bb_recording *, const double *, size_t) =
        params->aggregate == MEAN ? mean_of_subject : bb_median_of_subject;
    struct bb_recording recording;
    double *value = NULL;
    enum bb_code rc = bb_recording_of(task, task->data, params->subject, &recording, err);
    if (!rc) rc = reliabilities(&recording, params, task->arena, &value, err);
    if (rc) return rc;
    double *part = BB_NEW_ARRAY(task->arena, recording.n_subjects, double);
    for (size_t s = 0; s < recording.n_subjects; s++) part[s] = aggregate(&recording, value, s);
    *result = (struct bb_ceiling_result){
        .value = aggregate(&recording, value, BB_EVERY_SUBJECT), .error = NAN, .lower = NAN, .n = recording.q};
    result->parts = (struct bb_parts){.label = recording.subject, .value = part, .n = recording.n_subjects};
    result->units = (struct bb_units){.axis = {"neuroid"}, .label = {recording.neuroid}, .n = {recording.q}, .value = value};
    if (isnan(result->value))
        return bb_fail(err, BB_ENUMERIC, "no neuroid of the recording has a value of \"%s\"", params->coordinate);
    return BB_OK;
}

static const char *const data_coords[] = {"stimulus_id", "value", NULL};

const struct bb_ceiling bb_unit_reliability = {
    .name = "unit_reliability",
    .version = 1,
    .title = "Published reliability of units",
    .formula = "median over neuroids of the reliability that the recording states for each",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .data_coords = data_coords,
    .compute = compute,
};
