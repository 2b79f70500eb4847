#include "metric/recording.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "metric/align.h"

enum { PRESENTATION, NEUROID, TIME_BIN };

/*
 * Coordinates as ranks of their values.
 */
static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Texts that are numbers, by size; digits that a double does not have decide last. */
static int compare_number_texts(const void *a, const void *b)
{
    const char *x = *(const char *const *)a, *y = *(const char *const *)b;
    double p = NAN, q = NAN;
    if (bb_parse_number(x, &p, NULL) && bb_parse_number(y, &q, NULL) && p != q) return p < q ? -1 : 1;
    return p < 0 ? -bb_natural_compare(x, y) : bb_natural_compare(x, y);
}

/* Numbers by size; returns how many different ones there are. */
static size_t rank_numbers(const struct bb_series *series, int32_t *code)
{
    double *sorted = bb_malloc((series->n + 1) * sizeof *sorted);
    size_t n = 0, kept = 0;
    for (size_t i = 0; i < series->n; i++)
        if (!isnan(series->number[i])) sorted[n++] = series->number[i];
    qsort(sorted, n, sizeof *sorted, compare_numbers);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || sorted[i] != sorted[kept - 1]) sorted[kept++] = sorted[i];
    for (size_t i = 0; i < series->n; i++) {
        const double *found =
            isnan(series->number[i]) ? NULL : bsearch(&series->number[i], sorted, kept, sizeof *sorted, compare_numbers);
        code[i] = found ? (int32_t)(found - sorted) : -1;
    }
    free(sorted);
    return kept;
}

/* Text by bytes, or by size where it was a number: only the names of values that occur have a rank. */
static size_t rank_texts(const struct bb_series *series, int32_t *code)
{
    int (*compare)(const void *, const void *) = series->by_size ? compare_number_texts : compare_texts;
    size_t n = 0, n_levels = series->level.n;
    bool *used = bb_calloc(n_levels + 1, sizeof *used);
    const char **sorted = bb_calloc(n_levels + 1, sizeof *sorted);
    int32_t *rank = bb_calloc(n_levels + 1, sizeof *rank);
    for (size_t i = 0; i < series->n; i++)
        if (series->code[i] >= 0) used[series->code[i]] = true;
    for (size_t l = 0; l < n_levels; l++)
        if (used[l]) sorted[n++] = series->level.name[l];
    qsort(sorted, n, sizeof *sorted, compare);
    for (size_t l = 0; l < n_levels; l++) {
        const char *const *found = used[l] ? bsearch(&series->level.name[l], sorted, n, sizeof *sorted, compare) : NULL;
        rank[l] = found ? (int32_t)(found - (const char *const *)sorted) : -1;
    }
    for (size_t i = 0; i < series->n; i++) code[i] = series->code[i] < 0 ? -1 : rank[series->code[i]];
    free(rank);
    free(sorted);
    free(used);
    return n;
}

static size_t rank_values(const struct bb_coord *coord, int32_t *code)
{
    return coord->series.type == BB_TYPE_NUMBER ? rank_numbers(&coord->series, code) : rank_texts(&coord->series, code);
}

/* How a value is shown in a message. */
static const char *value_text(const struct bb_coord *coord, size_t i, struct bb_arena *arena)
{
    const struct bb_series *series = &coord->series;
    char number[32];
    if (series->type != BB_TYPE_NUMBER) return series->code[i] < 0 ? "(missing)" : series->level.name[series->code[i]];
    bb_format_number(number, series->number[i]);
    return bb_arena_strdup(arena, number);
}

static const struct bb_coord *coord_along(const struct bb_assembly *data, const char *name, size_t dim)
{
    const struct bb_coord *coord = bb_assembly_coord(data, name);
    return coord && coord->dim == dim ? coord : NULL;
}

/*
 * The shape, and time.
 */
static enum bb_code check_shape(const struct bb_assembly *data, struct bb_err *err)
{
    static const char *const name[] = {"presentation", "neuroid", "time_bin"};
    if (!data->value)
        return bb_fail(
            err, BB_EINPUT,
            "the recording has no numbers in memory: a table needs a column rule for \"value\", with \"type\": \"number\"");
    for (size_t d = 0; d < data->n_dims; d++) {
        if (data->dim[d].size == 0)
            return bb_fail(err, BB_EINPUT, "the recording's dimension \"%s\" is empty", data->dim[d].name);
        if (d < sizeof name / sizeof name[0] ? !bb_streq(data->dim[d].name, name[d]) : data->dim[d].size > 1)
            return bb_fail(err, BB_EINPUT,
                           "the recording has a dimension \"%s\" of %zu; recordings are presentation × neuroid [× time_bin]",
                           data->dim[d].name, data->dim[d].size);
    }
    return BB_OK;
}

/* Begin and end of each bin of the recording; *begin NULL when it does not say them. */
static enum bb_code times_of(const struct bb_assembly *data, struct bb_arena *arena, const double **begin, const double **end,
                             struct bb_err *err)
{
    const struct bb_coord *first = coord_along(data, "time_bin_start", TIME_BIN),
                          *last = coord_along(data, "time_bin_end", TIME_BIN);
    *begin = *end = NULL;
    if (!first || !last) return BB_OK;
    enum bb_code rc = bb_coord_numbers(first, BB_THE_RECORDING, arena, begin, err);
    if (!rc) rc = bb_coord_numbers(last, BB_THE_RECORDING, arena, end, err);
    return rc;
}

enum bb_code bb_time_bins_of(const struct bb_task *task, struct bb_time_bins *out, struct bb_err *err)
{
    const double *begin, *end;
    struct bb_arena *arena = task->arena;
    size_t n = task->data->n_dims > TIME_BIN ? task->data->dim[TIME_BIN].size : 1;
    enum bb_code rc = times_of(task->data, arena, &begin, &end, err);
    if (rc) return rc;
    *out = (struct bb_time_bins){.bin = task->time_bins, .n = task->n_time_bins};
    if (!out->n && !begin)
        return bb_fail(err, BB_EINPUT,
                       "neither the benchmark (\"time_bins_ms\") nor the recording (\"time_bin_start\" and \"time_bin_end\") "
                       "says which bins of time are "
                       "compared");
    if (!out->n) {
        double(*bin)[2] = bb_arena_alloc(arena, n, sizeof *bin);
        for (size_t b = 0; b < n; b++) {
            bin[b][0] = begin[b];
            bin[b][1] = end[b];
        }
        out->bin = (const double(*)[2])bin;
        out->n = n;
    }
    const char **label = BB_NEW_ARRAY(arena, out->n, const char *);
    for (size_t b = 0; b < out->n; b++) label[b] = bb_arena_printf(arena, "%g–%g", out->bin[b][0], out->bin[b][1]);
    out->label = label;
    return BB_OK;
}

static enum bb_code no_bin_within(const struct bb_task *task, const double *begin, const double *end, size_t n,
                                  struct bb_err *err)
{
    const char *what = task->aligns_time ? "do not cover the benchmark's" : "lies within the benchmark's";
    return bb_fail(err, BB_EINPUT, "%s recording's %zu time bin%s, from %g–%g ms to %g–%g ms, %s, %g–%g ms",
                   task->aligns_time ? "the" : "none of the", n, n == 1 ? "" : "s", begin[0], end[0], begin[n - 1], end[n - 1], what,
                   task->time_bins[0][0], task->time_bins[0][1]);
}

/* How much of a bin of the recording counts in the benchmark's. */
static double share_of(const struct bb_task *task, double begin, double end)
{
    const double *bin = task->time_bins[0];
    bool within = begin >= bin[0] && end <= bin[1];
    if (!task->aligns_time || within || !(end > begin)) return within;
    return fmax(fmin(end, bin[1]) - fmax(begin, bin[0]), 0) / (end - begin);
}

/* Bins that are aligned have to reach from the beginning to the end of the benchmark's. */
static bool reach_over(const double *begin, const double *end, size_t n, const double bin[2])
{
    double first = HUGE_VAL, last = -HUGE_VAL;
    for (size_t b = 0; b < n; b++) {
        first = fmin(first, begin[b]);
        last = fmax(last, end[b]);
    }
    return first <= bin[0] && last >= bin[1];
}

/* Which of the recording's bins count, and how much; several are averaged. */
static enum bb_code choose_bins(const struct bb_task *task, const struct bb_assembly *data, size_t n_bins, double *share,
                                struct bb_err *err)
{
    const double *begin, *end;
    double any = 0;
    if (task->n_time_bins > 1)
        return bb_fail(err, BB_EINPUT,
                       "the benchmark states %zu time bins, and this metric compares one: state one in \"time_bins_ms\"",
                       task->n_time_bins);
    enum bb_code rc = times_of(data, task->arena, &begin, &end, err);
    if (rc) return rc;
    if (n_bins > 1 && task->n_time_bins == 0)
        return bb_fail(err, BB_EINPUT,
                       "the recording has %zu time bins: say which the benchmark is about, as \"time_bins_ms\": [[70, 170]]",
                       n_bins);
    if (n_bins > 1 && !begin)
        return bb_fail(err, BB_EINPUT,
                       "the recording has %zu time bins but not the coordinates \"time_bin_start\" and \"time_bin_end\" that say "
                       "when they were",
                       n_bins);
    bool is_said = task->n_time_bins && begin;
    for (size_t b = 0; b < n_bins; b++) {
        share[b] = is_said ? share_of(task, begin[b], end[b]) : 1;
        any += share[b];
    }
    bool covered = !is_said || !task->aligns_time || reach_over(begin, end, n_bins, task->time_bins[0]);
    return any > 0 && covered ? BB_OK : no_bin_within(task, begin, end, n_bins, err);
}

static double mean_of_bins(const double *value, const double *share, size_t n_bins)
{
    double total = 0, all = 0;
    for (size_t b = 0; b < n_bins; b++)
        if (share[b] > 0 && !isnan(value[b])) {
            total += share[b] * value[b];
            all += share[b];
        }
    return all > 0 ? total / all : (double)NAN;
}

/* The presentations' responses without time. */
static enum bb_code read_responses(const struct bb_task *task, const struct bb_assembly *data, struct bb_recording *out,
                                   struct bb_err *err)
{
    size_t n_bins = data->n_dims > TIME_BIN ? data->dim[TIME_BIN].size : 1;
    double *share = BB_NEW_ARRAY(task->arena, n_bins, double);
    enum bb_code rc = choose_bins(task, data, n_bins, share, err);
    if (rc) return rc;
    out->response = data->value;
    if (n_bins == 1) return BB_OK;
    double *response = BB_NEW_ARRAY(task->arena, out->n_presentations * out->q, double);
    for (size_t i = 0; i < out->n_presentations * out->q; i++)
        response[i] = mean_of_bins(data->value + i * n_bins, share, n_bins);
    out->response = response;
    return BB_OK;
}

/*
 * Rows.
 */
static const struct bb_coord *repetition_of(const struct bb_assembly *data)
{
    const struct bb_coord *coord = coord_along(data, "repetition", PRESENTATION);
    return coord ? coord : coord_along(data, "repetition_id", PRESENTATION);
}

/* The presentations sorted by one coordinate more, those that are equal in it as they stood; a missing value is the last. */
static void sort_by(const int32_t *code, size_t n_codes, size_t *order, size_t *scratch, size_t n)
{
    size_t *begin = bb_calloc(n_codes + 2, sizeof *begin);
    for (size_t i = 0; i < n; i++) begin[(code[i] < 0 ? n_codes : (size_t)code[i]) + 1]++;
    for (size_t c = 0; c <= n_codes; c++) begin[c + 1] += begin[c];
    for (size_t i = 0; i < n; i++) scratch[begin[code[order[i]] < 0 ? n_codes : (size_t)code[order[i]]]++] = order[i];
    memcpy(order, scratch, n * sizeof *order);
    free(begin);
}

/* The presentations in the order of their coordinates but `repetition`; starts[i]: the i-th of them differs from the one
   before. */
static void sort_presentations(const struct bb_assembly *data, const struct bb_coord *repetition, size_t *order, bool *starts,
                               struct bb_arena *arena)
{
    size_t n = data->dim[PRESENTATION].size, *scratch = BB_NEW_ARRAY(arena, n, size_t);
    int32_t *code = BB_NEW_ARRAY(arena, n, int32_t), *group = BB_NEW_ARRAY(arena, n, int32_t);
    for (size_t i = 0; i < n; i++) order[i] = i;
    for (size_t c = data->n_coords; c-- > 0;) {
        const struct bb_coord *coord = &data->coord[c];
        if (coord->dim != PRESENTATION || coord == repetition) continue;
        sort_by(code, rank_values(coord, code), order, scratch, n);
    }
    for (size_t c = 0; c < data->n_coords; c++) {
        const struct bb_coord *coord = &data->coord[c];
        if (coord->dim != PRESENTATION || coord == repetition) continue;
        (void)rank_values(coord, group);
        for (size_t i = 1; i < n; i++) starts[i] = starts[i] || group[order[i]] != group[order[i - 1]];
    }
    starts[0] = true;
}

void bb_recording_rows(const struct bb_assembly *data, struct bb_recording *out, struct bb_arena *arena)
{
    *out = (struct bb_recording){.assembly = data, .n_presentations = data->dim[PRESENTATION].size};
    const struct bb_coord *repetition = repetition_of(data);
    size_t n = out->n_presentations, *order = BB_NEW_ARRAY(arena, n, size_t), *example = BB_NEW_ARRAY(arena, n, size_t);
    int32_t *row_of = BB_NEW_ARRAY(arena, n, int32_t);
    bool *starts = BB_NEW_ARRAY(arena, n, bool);
    for (size_t i = 0; i < n; i++) {
        order[i] = i;
        starts[i] = true;
    }
    out->n_repetitions = 1;
    if (repetition) {
        memset(starts, 0, n * sizeof *starts);
        sort_presentations(data, repetition, order, starts, arena);
        size_t different = rank_values(repetition, row_of);
        out->n_repetitions = different > 1 ? different : 1;
    }
    for (size_t i = 0; i < n; i++) {
        if (starts[i]) example[out->n++] = order[i];
        row_of[order[i]] = (int32_t)out->n - 1;
    }
    out->row_of = row_of;
    out->example = example;
}

static enum bb_code two_rows(const struct bb_recording *recording, size_t a, size_t b, struct bb_arena *arena, struct bb_err *err)
{
    const struct bb_assembly *data = recording->assembly;
    const char *id = recording->stimulus[b];
    a = recording->example[a];
    b = recording->example[b];
    for (size_t c = 0; c < data->n_coords; c++) {
        const struct bb_coord *coord = &data->coord[c];
        if (coord->dim != PRESENTATION || coord == repetition_of(data)) continue;
        const char *first = value_text(coord, a, arena), *second = value_text(coord, b, arena);
        if (!bb_streq(first, second))
            return bb_fail(err, BB_EINPUT,
                           "stimulus \"%s\" of the recording has two rows, which differ in \"%s\" (\"%s\" and \"%s\"): keep one "
                           "value of it with "
                           "\"where\", or leave that coordinate out",
                           id, coord->series.name, first, second);
    }
    return bb_fail(
        err, BB_EINPUT,
        "stimulus \"%s\" of the recording has two rows: trials that shall be averaged need a coordinate \"repetition\"", id);
}

static enum bb_code name_rows(const struct bb_assembly *data, struct bb_recording *out, struct bb_arena *arena,
                              struct bb_err *err)
{
    const struct bb_coord *coord;
    enum bb_code rc = bb_need_coord(data, "stimulus_id", BB_THE_RECORDING, arena, &coord, err);
    if (rc) return rc;
    if (coord->dim != PRESENTATION)
        return bb_fail(err, BB_EINPUT, "\"stimulus_id\" of the recording is not along its presentations");
    struct bb_groups groups = bb_coord_groups(coord, arena);
    const char **stimulus = BB_NEW_ARRAY(arena, out->n, const char *);
    int32_t *row_of_group = BB_NEW_ARRAY(arena, groups.n_groups, int32_t);
    memset(row_of_group, -1, groups.n_groups * sizeof *row_of_group);
    out->stimulus = stimulus;
    for (size_t i = 0; i < out->n; i++) {
        int32_t g = groups.group[out->example[i]];
        if (g < 0) return bb_fail(err, BB_EINPUT, "presentation %zu of the recording has no stimulus_id", out->example[i] + 1);
        stimulus[i] = groups.name[g];
        if (row_of_group[g] >= 0) return two_rows(out, (size_t)row_of_group[g], i, arena, err);
        row_of_group[g] = (int32_t)i;
    }
    return BB_OK;
}

void bb_recording_average(const struct bb_recording *whole, const bool *include, double *out)
{
    size_t q = whole->q, *count = bb_calloc(whole->n * q, sizeof *count);
    memset(out, 0, whole->n * q * sizeof *out);
    for (size_t i = 0; i < whole->n_presentations; i++) {
        if (include && !include[i]) continue;
        size_t row = (size_t)whole->row_of[i] * q;
        for (size_t j = 0; j < q; j++) {
            double value = whole->response[i * q + j];
            if (isnan(value)) continue;
            out[row + j] += value;
            count[row + j]++;
        }
    }
    for (size_t i = 0; i < whole->n * q; i++) {
        if (count[i] == 0)
            out[i] = NAN;
        else
            out[i] /= (double)count[i];
    }
    free(count);
}

/*
 * Neuroids.
 */
static const struct bb_coord *subject_coord(const struct bb_assembly *data, const char *name)
{
    static const char *const names[] = {"subject", "animal", "subject_id", "subject_UID"};
    if (name) return coord_along(data, name, NEUROID);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct bb_coord *coord = coord_along(data, names[i], NEUROID);
        if (coord) return coord;
    }
    return NULL;
}

static enum bb_code read_subjects(const struct bb_assembly *data, const char *name, struct bb_recording *out,
                                  struct bb_arena *arena, struct bb_err *err)
{
    const struct bb_coord *coord = subject_coord(data, name);
    if (name && !coord)
        return bb_fail(err, BB_EINPUT, "the recording has no coordinate \"%s\" along its neuroids; its coordinates are %s", name,
                       bb_assembly_coord_names(data, arena));
    struct bb_levels levels = bb_levels(coord, NULL, out->q, arena);
    size_t missing = 0;
    while (missing < out->q && levels.code[missing] >= 0) missing++;
    if (missing < out->q && name) return bb_fail(err, BB_EINPUT, "neuroid %zu of the recording has no \"%s\"", missing + 1, name);
    if (missing < out->q) levels = bb_levels(NULL, NULL, out->q, arena);
    out->subject_coord = missing < out->q ? NULL : coord;
    out->subject_of = levels.code;
    out->subject = levels.name;
    out->n_subjects = levels.n;
    return BB_OK;
}

static bool all_different(const char *const *name, size_t n)
{
    struct bb_names names;
    bb_names_init(&names);
    for (size_t i = 0; i < n; i++) bb_names_add(&names, name[i]);
    bool different = names.n == n;
    bb_names_release(&names);
    return different;
}

static const char *const *numbered(size_t n, struct bb_arena *arena)
{
    const char **name = BB_NEW_ARRAY(arena, n, const char *);
    for (size_t i = 0; i < n; i++) name[i] = bb_arena_printf(arena, "%zu", i);
    return name;
}

/* neuroid_id if that tells neuroids apart, else with the subject, else numbers. */
static const char *const *name_neuroids(const struct bb_assembly *data, const struct bb_recording *recording,
                                        struct bb_arena *arena)
{
    const struct bb_coord *coord = coord_along(data, "neuroid_id", NEUROID);
    if (!coord) return numbered(recording->q, arena);
    struct bb_groups groups = bb_coord_groups(coord, arena);
    const char **name = BB_NEW_ARRAY(arena, recording->q, const char *);
    for (size_t j = 0; j < recording->q; j++) {
        if (groups.group[j] < 0) return numbered(recording->q, arena);
        name[j] = groups.name[groups.group[j]];
    }
    if (all_different(name, recording->q)) return name;
    for (size_t j = 0; j < recording->q; j++)
        name[j] = bb_arena_printf(arena, "%s/%s", recording->subject[recording->subject_of[j]], name[j]);
    return all_different(name, recording->q) ? name : numbered(recording->q, arena);
}

enum bb_code bb_recording_of(const struct bb_task *task, const struct bb_assembly *data, const char *subject,
                             struct bb_recording *out, struct bb_err *err)
{
    enum bb_code rc = check_shape(data, err);
    if (rc) return rc;
    bb_recording_rows(data, out, task->arena);
    out->q = data->n_dims > NEUROID ? data->dim[NEUROID].size : 1;
    rc = read_responses(task, data, out, err);
    if (!rc) rc = name_rows(data, out, task->arena, err);
    if (!rc) rc = read_subjects(data, subject, out, task->arena, err);
    if (rc) return rc;
    out->neuroid = name_neuroids(data, out, task->arena);
    double *Y = BB_NEW_ARRAY(task->arena, out->n * out->q, double);
    bb_recording_average(out, NULL, Y);
    out->Y = Y;
    return BB_OK;
}

/* n × subjects: the row has no response of the subject at all. */
static bool *rows_without(const struct bb_recording *recording)
{
    size_t subjects = recording->n_subjects, q = recording->q;
    bool *without = bb_malloc((recording->n * subjects + 1) * sizeof *without);
    for (size_t k = 0; k < recording->n * subjects; k++) without[k] = true;
    for (size_t i = 0; i < recording->n * q; i++)
        if (!isnan(recording->Y[i])) without[i / q * subjects + (size_t)recording->subject_of[i % q]] = false;
    return without;
}

enum bb_code bb_recording_complete(const struct bb_recording *recording, const char *what, bool by_subject, struct bb_err *err)
{
    size_t missing = 0, first = 0, q = recording->q;
    bool *without = by_subject ? rows_without(recording) : NULL;
    for (size_t i = recording->n * q; i-- > 0;) {
        if (isfinite(recording->Y[i])) continue;
        if (without && without[i / q * recording->n_subjects + (size_t)recording->subject_of[i % q]]) continue;
        missing++;
        first = i;
    }
    free(without);
    if (missing == 0) return BB_OK;
    return bb_fail(err, BB_EINPUT,
                   "the recording lacks %zu of its %zu responses (stimulus \"%s\", neuroid \"%s\", for example), and %s is not "
                   "defined with gaps: drop such neuroids or stimuli with \"drop_missing\": \"neuroid\" (or \"presentation\") "
                   "beside the data's \"file\"",
                   missing, recording->n * q, recording->stimulus[first / q], recording->neuroid[first % q], what);
}

/*
 * Parts of it.
 */

/* The entries of a series at index[0..n). */
static struct bb_series series_at(const struct bb_series *series, const size_t *index, size_t n)
{
    struct bb_series out = {.name = bb_strdup(series->name), .type = series->type, .n = n, .cap = n, .by_size = series->by_size};
    bb_names_init(&out.level);
    if (series->type == BB_TYPE_NUMBER) {
        out.number = bb_malloc((n + 1) * sizeof *out.number);
        for (size_t i = 0; i < n; i++) out.number[i] = series->number[index[i]];
        return out;
    }
    out.code = bb_malloc((n + 1) * sizeof *out.code);
    for (size_t l = 0; l < series->level.n; l++) bb_names_add(&out.level, series->level.name[l]);
    for (size_t i = 0; i < n; i++) out.code[i] = series->code[index[i]];
    return out;
}

struct bb_assembly *bb_assembly_of_subject(const struct bb_recording *recording, size_t subject)
{
    const struct bb_assembly *data = recording->assembly;
    size_t n = recording->n_presentations, q = 0, *all = bb_malloc((n + 1) * sizeof *all);
    size_t *own = bb_malloc((recording->q + 1) * sizeof *own);
    for (size_t i = 0; i < n; i++) all[i] = i;
    for (size_t j = 0; j < recording->q; j++)
        if ((size_t)recording->subject_of[j] == subject) own[q++] = j;
    struct bb_assembly *out = bb_calloc(1, sizeof *out);
    out->n_dims = 2;
    out->dim[PRESENTATION] = (struct bb_dim){bb_strdup("presentation"), n};
    out->dim[NEUROID] = (struct bb_dim){bb_strdup("neuroid"), q};
    out->coord = bb_calloc(data->n_coords + 1, sizeof *out->coord);
    for (size_t c = 0; c < data->n_coords; c++) {
        const struct bb_coord *coord = &data->coord[c];
        if (coord->dim > NEUROID) continue;
        struct bb_series series = coord->dim == NEUROID ? series_at(&coord->series, own, q) : series_at(&coord->series, all, n);
        out->coord[out->n_coords++] = (struct bb_coord){.series = series, .dim = coord->dim};
    }
    out->value = bb_malloc((n * q + 1) * sizeof *out->value);
    for (size_t i = 0, k = 0; i < n; i++)
        for (size_t j = 0; j < q; j++) out->value[k++] = recording->response[i * recording->q + own[j]];
    free(own);
    free(all);
    return out;
}

/*
 * Labels.
 */
enum bb_code bb_presentation_labels(const struct bb_recording *recording, const char *name, struct bb_arena *arena,
                                    const int32_t **out, size_t *n_labels, struct bb_err *err)
{
    const struct bb_coord *coord;
    enum bb_code rc = bb_need_coord(recording->assembly, name, BB_THE_RECORDING, arena, &coord, err);
    if (rc) return rc;
    if (coord->dim != PRESENTATION)
        return bb_fail(err, BB_EINPUT, "\"%s\" of the recording is not along its presentations", name);
    int32_t *code = BB_NEW_ARRAY(arena, recording->n_presentations, int32_t);
    *n_labels = rank_values(coord, code);
    *out = code;
    return BB_OK;
}

enum bb_code bb_recording_labels(const struct bb_recording *recording, const char *coord, struct bb_arena *arena,
                                 const int32_t **out, size_t *n_labels, struct bb_err *err)
{
    const int32_t *of_presentation;
    enum bb_code rc = bb_presentation_labels(recording, coord, arena, &of_presentation, n_labels, err);
    if (rc) return rc;
    /* Averaged presentations agree in every coordinate but the repetition, so that no label is lost here; of repetitions one
       may be. */
    int32_t *label = BB_NEW_ARRAY(arena, recording->n, int32_t), *renumbered = BB_NEW_ARRAY(arena, *n_labels, int32_t);
    for (size_t i = 0; i < recording->n; i++) {
        label[i] = of_presentation[recording->example[i]];
        if (label[i] >= 0) renumbered[label[i]] = 1;
    }
    int32_t n = 0;
    for (size_t l = 0; l < *n_labels; l++) renumbered[l] = renumbered[l] ? n++ : -1;
    for (size_t i = 0; i < recording->n; i++) label[i] = label[i] < 0 ? -1 : renumbered[label[i]];
    *n_labels = (size_t)n;
    *out = label;
    return BB_OK;
}

enum bb_code bb_recording_match(const struct bb_recording *recording, const struct bb_features *features, struct bb_arena *arena,
                                const size_t **out, struct bb_err *err)
{
    size_t *row = BB_NEW_ARRAY(arena, recording->n, size_t), missing = 0;
    const char *example = NULL;
    for (size_t i = 0; i < recording->n; i++) {
        const char *const *found =
            bsearch(&recording->stimulus[i], features->stimulus, features->n, sizeof *features->stimulus, compare_texts);
        if (found) row[i] = (size_t)(found - features->stimulus);
        if (found) continue;
        if (!example) example = recording->stimulus[i];
        missing++;
    }
    *out = row;
    if (missing == 0) return BB_OK;
    return bb_fail(err, BB_EINPUT,
                   "the model has no answer to %zu of the recording's %zu stimuli, \"%s\" for example; its own first is \"%s\"",
                   missing, recording->n, example, features->n ? features->stimulus[0] : "");
}
