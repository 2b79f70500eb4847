#include "metric/align.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum bb_code bb_need_coord(const struct bb_assembly *assembly, const char *name, const char *whose, struct bb_arena *arena,
                           const struct bb_coord **out, struct bb_err *err)
{
    *out = bb_assembly_coord(assembly, name);
    if (!*out)
        return bb_fail(err, BB_EINPUT, "%s has no coordinate \"%s\"; it has %s", whose, name,
                       bb_assembly_coord_names(assembly, arena));
    return BB_OK;
}

enum bb_code bb_need_values(const struct bb_assembly *assembly, const char *whose, const double **out, struct bb_err *err)
{
    *out = assembly->value;
    if (!*out)
        return bb_fail(err, BB_EINPUT, "%s has no numbers: give it a column rule for \"value\", with \"type\": \"number\"",
                       whose);
    return BB_OK;
}

enum bb_code bb_coord_numbers(const struct bb_coord *coord, const char *whose, struct bb_arena *arena, const double **out,
                              struct bb_err *err)
{
    const struct bb_series *series = &coord->series;
    *out = series->number;
    if (series->type == BB_TYPE_NUMBER) return BB_OK;
    struct bb_groups groups = bb_coord_groups(coord, arena);
    double *of_group = BB_NEW_ARRAY(arena, groups.n_groups, double);
    for (size_t g = 0; g < groups.n_groups; g++)
        if (!bb_parse_number(groups.name[g], &of_group[g], NULL))
            return bb_fail(err, BB_EINPUT, "\"%s\" of %s must be numbers, but one is \"%s\"", series->name, whose,
                           groups.name[g]);
    double *number = BB_NEW_ARRAY(arena, groups.n, double);
    for (size_t i = 0; i < groups.n; i++) {
        number[i] = NAN;
        if (groups.group[i] >= 0) number[i] = of_group[groups.group[i]];
    }
    *out = number;
    return BB_OK;
}

struct named {
    const char *name;
    int32_t group;
};

static int compare_named(const void *a, const void *b)
{
    return bb_natural_compare(((const struct named *)a)->name, ((const struct named *)b)->name);
}

static struct bb_levels one_level(const int32_t *item_of_row, size_t n_rows, struct bb_arena *arena)
{
    static const char *const all[] = {"all"};
    int32_t *code = BB_NEW_ARRAY(arena, n_rows, int32_t);
    for (size_t i = 0; i < n_rows; i++) code[i] = item_of_row && item_of_row[i] < 0 ? -1 : 0;
    return (struct bb_levels){code, all, 1};
}

/* The groups that occur in rows that count, in natural order; code_of_group[g] becomes the number of g. */
static const char *const *used_levels(const struct bb_groups *groups, const int32_t *item_of_row, struct bb_arena *arena,
                                      int32_t *code_of_group, size_t *n_levels)
{
    struct named *used = BB_NEW_ARRAY(arena, groups->n_groups, struct named);
    size_t n = 0;
    memset(code_of_group, 0, groups->n_groups * sizeof *code_of_group);
    for (size_t i = 0; i < groups->n; i++) {
        int32_t g = groups->group[i];
        if (g < 0 || (item_of_row && item_of_row[i] < 0) || code_of_group[g]) continue;
        code_of_group[g] = 1;
        used[n++] = (struct named){groups->name[g], g};
    }
    qsort(used, n, sizeof *used, compare_named);
    const char **name = BB_NEW_ARRAY(arena, n, const char *);
    for (size_t k = 0; k < n; k++) {
        name[k] = used[k].name;
        code_of_group[used[k].group] = (int32_t)k;
    }
    *n_levels = n;
    return name;
}

struct bb_levels bb_levels(const struct bb_coord *coord, const int32_t *item_of_row, size_t n_rows, struct bb_arena *arena)
{
    if (!coord) return one_level(item_of_row, n_rows, arena);
    struct bb_groups groups = bb_coord_groups(coord, arena);
    int32_t *code_of_group = BB_NEW_ARRAY(arena, groups.n_groups, int32_t);
    struct bb_levels levels;
    levels.name = used_levels(&groups, item_of_row, arena, code_of_group, &levels.n);
    if (levels.n == 0) return one_level(item_of_row, n_rows, arena);
    int32_t *code = BB_NEW_ARRAY(arena, groups.n, int32_t);
    for (size_t i = 0; i < groups.n; i++) {
        int32_t g = groups.group[i];
        code[i] = g < 0 || (item_of_row && item_of_row[i] < 0) ? -1 : code_of_group[g];
    }
    levels.code = code;
    return levels;
}

const int32_t *bb_match_names(const char *const *from, size_t n_from, const char *const *to, size_t n_to, struct bb_arena *arena)
{
    struct bb_names known;
    bb_names_init(&known);
    for (size_t i = 0; i < n_to; i++) bb_names_add(&known, to[i]);
    int32_t *match = BB_NEW_ARRAY(arena, n_from, int32_t);
    for (size_t i = 0; i < n_from; i++) {
        size_t found = bb_names_find(&known, from[i]);
        match[i] = found == BB_NAMES_NONE ? -1 : (int32_t)found;
    }
    bb_names_release(&known);
    return match;
}

enum bb_code bb_stimuli_of(const struct bb_assembly *assembly, const char *whose, const struct bb_names *items,
                           struct bb_arena *arena, struct bb_stimuli *out, struct bb_err *err)
{
    const struct bb_coord *coord;
    enum bb_code rc = bb_need_coord(assembly, "stimulus_id", whose, arena, &coord, err);
    if (rc) return rc;
    struct bb_groups groups = bb_coord_groups(coord, arena);
    enum { UNSEEN = -2, OTHER = -1 };
    int32_t *stimulus = BB_NEW_ARRAY(arena, groups.n_groups, int32_t), *of_row = BB_NEW_ARRAY(arena, groups.n, int32_t);
    const char **id = BB_NEW_ARRAY(arena, groups.n_groups, const char *);
    for (size_t g = 0; g < groups.n_groups; g++)
        stimulus[g] = items && bb_names_find(items, groups.name[g]) == BB_NAMES_NONE ? OTHER : UNSEEN;
    size_t n = 0;
    for (size_t i = 0; i < groups.n; i++) {
        int32_t g = groups.group[i];
        if (g >= 0 && stimulus[g] == UNSEEN) {
            id[n] = groups.name[g];
            stimulus[g] = (int32_t)n++;
        }
        of_row[i] = g < 0 ? -1 : stimulus[g];
    }
    *out = (struct bb_stimuli){id, n, of_row, groups.n};
    if (n > 0) return BB_OK;
    return bb_fail(err, BB_EINPUT, items ? "no stimulus of %s is answered by all models" : "%s has no row with a stimulus_id",
                   whose);
}

enum bb_code bb_refuse_partial(size_t n, size_t n_asked, const char *what, const char *first, struct bb_err *err)
{
    return bb_fail(err, BB_EINPUT,
                   "the model answers %zu of the %zu %s that are compared; the first without an answer is %s: give them all, or say "
                   "\"partial\": true beside the output's \"file\"",
                   n, n_asked, what, first);
}

/* That each repetition of the model answers each stimulus that counts. */
static enum bb_code check_complete(const struct bb_task *task, const struct bb_stimuli *stimuli, const bool *counts,
                                   const int32_t *item_of_row, struct bb_err *err)
{
    size_t n_rows = task->model->dim[0].size;
    const struct bb_coord *coord = bb_assembly_coord(task->model, "repetition");
    struct bb_levels run = bb_levels(coord, item_of_row, n_rows, task->arena);
    bool *answered = BB_NEW_ARRAY(task->arena, run.n * stimuli->n, bool);
    for (size_t i = 0; i < n_rows; i++)
        if (item_of_row[i] >= 0 && run.code[i] >= 0) answered[(size_t)run.code[i] * stimuli->n + (size_t)item_of_row[i]] = true;
    for (size_t r = 0; r < run.n; r++) {
        size_t n = 0, asked = 0, first = stimuli->n;
        for (size_t s = 0; s < stimuli->n; s++) {
            if (counts && !counts[s]) continue;
            asked++;
            n += answered[r * stimuli->n + s];
            if (!answered[r * stimuli->n + s] && first == stimuli->n) first = s;
        }
        if (n == asked) continue;
        const char *name = bb_arena_printf(task->arena, "\"%s\"", stimuli->id[first]);
        if (run.n > 1) name = bb_arena_printf(task->arena, "%s in repetition \"%s\"", name, run.name[r]);
        return bb_refuse_partial(n, asked, "stimuli", name, err);
    }
    return BB_OK;
}

enum bb_code bb_stimuli_match(const struct bb_task *task, const struct bb_stimuli *stimuli, const bool *counts,
                              const int32_t **item_of_row, struct bb_err *err)
{
    struct bb_stimuli own;
    enum bb_code rc = bb_stimuli_of(task->model, BB_THE_MODEL, NULL, task->arena, &own, err);
    if (rc) return rc;
    const int32_t *match = bb_match_names(own.id, own.n, stimuli->id, stimuli->n, task->arena);
    int32_t *item = BB_NEW_ARRAY(task->arena, own.n_rows, int32_t);
    bool any = false;
    for (size_t i = 0; i < own.n_rows; i++) {
        item[i] = own.of_row[i] < 0 ? -1 : match[own.of_row[i]];
        any = any || item[i] >= 0;
    }
    *item_of_row = item;
    if (any) return task->partial ? BB_OK : check_complete(task, stimuli, counts, item, err);
    return bb_fail(err, BB_EINPUT,
                   "the model answers none of the %zu stimuli that are compared: its first is \"%s\", the recording's \"%s\"",
                   stimuli->n, own.id[0], stimuli->id[0]);
}

enum bb_code bb_need_trials(const struct bb_assembly *recording, const struct bb_stimuli *stimuli, struct bb_arena *arena,
                            struct bb_err *err)
{
    const struct bb_coord *coord = bb_assembly_coord(recording, "subject");
    if (!coord || coord->dim != 0) return BB_OK;
    struct bb_levels subject = bb_levels(coord, stimuli->of_row, stimuli->n_rows, arena);
    size_t *n = BB_NEW_ARRAY(arena, subject.n + 1, size_t);
    for (size_t i = 0; i < stimuli->n_rows; i++)
        if (subject.code[i] >= 0) n[subject.code[i]]++;
    for (size_t s = 0; s < subject.n; s++)
        if (n[s] == 1)
            return bb_fail(err, BB_EINPUT,
                           "subject \"%s\" of the recording has 1 trial that counts, and a subject needs at least 2: leave it out with "
                           "\"where\", or give all its trials",
                           subject.name[s]);
    return BB_OK;
}

enum bb_code bb_level_of_stimulus(const struct bb_stimuli *stimuli, const struct bb_levels *levels, const char *coord,
                                  struct bb_arena *arena, const int32_t **out, struct bb_err *err)
{
    int32_t *level = BB_NEW_ARRAY(arena, stimuli->n, int32_t);
    memset(level, -1, stimuli->n * sizeof *level);
    for (size_t i = 0; i < stimuli->n_rows; i++) {
        int32_t s = stimuli->of_row[i], code = levels->code[i];
        if (s < 0 || code < 0) continue;
        if (level[s] >= 0 && level[s] != code)
            return bb_fail(err, BB_EINPUT,
                           "stimulus \"%s\" has two values of \"%s\", \"%s\" and \"%s\": make stimulus_id tell them apart",
                           stimuli->id[s], coord, levels->name[level[s]], levels->name[code]);
        level[s] = code;
    }
    *out = level;
    return BB_OK;
}

enum bb_code bb_number_of_stimulus(const struct bb_assembly *assembly, const struct bb_stimuli *stimuli, const char *name,
                                   const char *whose, struct bb_arena *arena, const double **out, struct bb_err *err)
{
    const struct bb_coord *coord;
    const double *of_row;
    enum bb_code rc = bb_need_coord(assembly, name, whose, arena, &coord, err);
    if (!rc) rc = bb_coord_numbers(coord, whose, arena, &of_row, err);
    if (rc) return rc;
    double *number = BB_NEW_ARRAY(arena, stimuli->n, double);
    for (size_t s = 0; s < stimuli->n; s++) number[s] = NAN;
    for (size_t i = 0; i < stimuli->n_rows; i++) {
        int32_t s = stimuli->of_row[i];
        if (s < 0 || isnan(of_row[i])) continue;
        if (!isnan(number[s]) && number[s] != of_row[i])
            return bb_fail(err, BB_EINPUT,
                           "stimulus \"%s\" has two values of \"%s\", %g and %g: make stimulus_id tell them apart",
                           stimuli->id[s], name, number[s], of_row[i]);
        number[s] = of_row[i];
    }
    *out = number;
    return BB_OK;
}

static enum bb_code twice(const struct bb_stimuli *stimuli, const int32_t *item_of_row, size_t n_rows,
                          const struct bb_levels *observer, const char *by, size_t row, struct bb_err *err)
{
    size_t times = 0;
    for (size_t i = 0; i < n_rows; i++) times += item_of_row[i] == item_of_row[row] && observer->code[i] == observer->code[row];
    const char *id = stimuli->id[item_of_row[row]];
    if (!by) return bb_fail(err, BB_EINPUT, "stimulus \"%s\" is answered %zu times", id, times);
    return bb_fail(err, BB_EINPUT, "stimulus \"%s\" is answered %zu times by %s \"%s\"", id, times, by,
                   observer->name[observer->code[row]]);
}

enum bb_code bb_trials_of(const struct bb_assembly *assembly, const struct bb_stimuli *stimuli, const int32_t *item_of_row,
                          const char *by, struct bb_arena *arena, struct bb_trials *out, struct bb_err *err)
{
    const struct bb_coord *coord = by ? bb_assembly_coord(assembly, by) : NULL;
    size_t n_rows = assembly->dim[0].size;
    out->observer = bb_levels(coord, item_of_row, n_rows, arena);
    int32_t *row = BB_NEW_ARRAY(arena, out->observer.n * stimuli->n, int32_t);
    memset(row, -1, out->observer.n * stimuli->n * sizeof *row);
    for (size_t i = 0; i < n_rows; i++) {
        if (item_of_row[i] < 0 || out->observer.code[i] < 0) continue;
        size_t cell = (size_t)out->observer.code[i] * stimuli->n + (size_t)item_of_row[i];
        if (row[cell] >= 0) return twice(stimuli, item_of_row, n_rows, &out->observer, coord ? by : NULL, i, err);
        row[cell] = (int32_t)i;
    }
    out->row = row;
    return BB_OK;
}

struct bb_subject_values bb_subject_values(const struct bb_assembly *assembly, const double *values, const int32_t *item_of_row,
                                           size_t n_items, struct bb_arena *arena)
{
    size_t n_rows = assembly->dim[0].size;
    struct bb_subject_values out = {.n_items = n_items};
    out.subject = bb_levels(bb_assembly_coord(assembly, "subject"), item_of_row, n_rows, arena);
    double *value = BB_NEW_ARRAY(arena, out.subject.n * n_items, double);
    size_t *trials = BB_NEW_ARRAY(arena, out.subject.n * n_items, size_t);
    for (size_t i = 0; i < n_rows; i++) {
        if (item_of_row[i] < 0 || out.subject.code[i] < 0 || isnan(values[i])) continue;
        size_t cell = (size_t)out.subject.code[i] * n_items + (size_t)item_of_row[i];
        value[cell] += values[i];
        trials[cell]++;
    }
    for (size_t cell = 0; cell < out.subject.n * n_items; cell++) {
        if (trials[cell] == 0)
            value[cell] = NAN;
        else
            value[cell] /= (double)trials[cell];
    }
    out.value = value;
    return out;
}

void bb_subject_mean(const struct bb_subject_values *values, const bool *include, size_t skip, double *mean)
{
    for (size_t i = 0; i < values->n_items; i++) {
        double total = 0;
        size_t n = 0;
        for (size_t s = 0; s < values->subject.n; s++) {
            double value = values->value[s * values->n_items + i];
            if (s == skip || (include && !include[s]) || isnan(value)) continue;
            total += value;
            n++;
        }
        mean[i] = NAN;
        if (n) mean[i] = total / (double)n;
    }
}

double bb_similarity_of_common(bb_similarity *similarity, const double *x, const double *y, size_t n_items,
                               struct bb_arena *arena, size_t *n)
{
    double *common = BB_NEW_ARRAY(arena, 2 * n_items, double);
    size_t n_common = 0;
    for (size_t i = 0; i < n_items; i++)
        if (!isnan(x[i]) && !isnan(y[i])) {
            common[n_common] = x[i];
            common[n_items + n_common++] = y[i];
        }
    if (n) *n = n_common;
    if (n_common < BB_MIN_ITEMS) return NAN;
    return similarity(common, common + n_items, n_common);
}

const char *bb_missing_warning(size_t missing, size_t n, const char *what, struct bb_arena *arena)
{
    return missing ? bb_arena_printf(arena, "%zu of %zu %s", missing, n, what) : NULL;
}
