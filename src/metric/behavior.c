#include "metric/behavior.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "metric/behavior_readout.h"
#include "metric/choices.h"

/* --- assemblies ------------------------------------------------------------------------------------------------------ */

static struct bb_series text_series(const char *name, const char *const *text, size_t n)
{
    struct bb_series series = {.name = bb_strdup(name), .type = BB_TYPE_TEXT, .n = n, .cap = n};
    bb_names_init(&series.level);
    series.code = bb_calloc(n + 1, sizeof *series.code);
    for (size_t i = 0; i < n; i++) series.code[i] = text[i] ? (int32_t)bb_names_add(&series.level, text[i]) : -1;
    return series;
}

static struct bb_assembly *assembly(const char *const *stimulus, size_t n, const char *const *choice, size_t n_choices,
                                    size_t dim)
{
    struct bb_assembly *a = bb_calloc(1, sizeof *a);
    a->n_dims = dim + 1;
    a->dim[0] = (struct bb_dim){bb_strdup("presentation"), n};
    if (dim) a->dim[1] = (struct bb_dim){bb_strdup("choice"), n_choices};
    a->coord = bb_calloc(2, sizeof *a->coord);
    a->coord[a->n_coords++] = (struct bb_coord){.series = text_series("stimulus_id", stimulus, n), .dim = 0};
    a->coord[a->n_coords++] = (struct bb_coord){.series = text_series("choice", choice, n_choices), .dim = dim};
    return a;
}

struct bb_assembly *bb_assembly_of_choices(const char *const *stimulus, const char *const *choice, size_t n)
{
    return assembly(stimulus, n, choice, n, 0);
}

struct bb_assembly *bb_assembly_of_probabilities(const char *const *stimulus, size_t n, const char *const *label, size_t k,
                                                 const double *p)
{
    struct bb_assembly *a = assembly(stimulus, n, label, k, 1);
    a->value = bb_malloc((n * k + 1) * sizeof *a->value);
    if (n > 0 && k > 0) memcpy(a->value, p, n * k * sizeof *p);
    return a;
}

void bb_assembly_add_text(struct bb_assembly *a, const char *name, const char *const *text)
{
    a->coord = bb_realloc(a->coord, a->n_coords + 1, sizeof *a->coord);
    a->coord[a->n_coords++] = (struct bb_coord){.series = text_series(name, text, a->dim[0].size), .dim = 0};
}

/* --- probabilities --------------------------------------------------------------------------------------------------- */

/* presentation × choice */
static bool is_matrix(const struct bb_assembly *a)
{
    const struct bb_coord *choice = bb_assembly_coord(a, "choice");
    return a->n_dims == 2 && a->value && choice && choice->dim == 1;
}

/* A table with several rows for a stimulus (and repetition), each with a label and its number. */
static bool is_long_table(const struct bb_assembly *a, struct bb_arena *arena)
{
    const struct bb_coord *id = bb_assembly_coord(a, "stimulus_id"), *choice = bb_assembly_coord(a, "choice");
    if (a->n_dims != 1 || !a->value || !id || !choice) return false;
    struct bb_groups stimulus = bb_coord_groups(id, arena);
    struct bb_levels run = bb_levels(bb_assembly_coord(a, "repetition"), stimulus.group, stimulus.n, arena);
    bool *seen = BB_NEW_ARRAY(arena, stimulus.n_groups * run.n + 1, bool);
    for (size_t i = 0; i < stimulus.n; i++) {
        if (stimulus.group[i] < 0 || run.code[i] < 0) continue;
        size_t at = (size_t)stimulus.group[i] * run.n + (size_t)run.code[i];
        if (seen[at]) return true;
        seen[at] = true;
    }
    return false;
}

/* Sums of the runs of each stimulus, and how many there were. */
struct sums {
    const struct bb_stimuli *stimuli;
    size_t k;
    double *p;
    bool *have;   /* a table: this stimulus and label had a row (of one run) */
    size_t *runs; /* per stimulus */
};

static enum bb_code check_probability(double p, const char *stimulus, const char *label, struct bb_err *err)
{
    if (p >= 0 && p <= 1 + 1e-6) return BB_OK;
    if (isnan(p)) return bb_fail(err, BB_EINPUT, "the model gives no probability of \"%s\" for stimulus \"%s\"", label, stimulus);
    return bb_fail(err, BB_EINPUT, "the model gives %g for \"%s\" and stimulus \"%s\", which is no probability", p, label,
                   stimulus);
}

static enum bb_code check_sum(const double *p, size_t k, size_t runs, const char *stimulus, struct bb_err *err)
{
    double sum = 0;
    for (size_t c = 0; c < k; c++) sum += p[c] / (double)runs;
    if (fabs(sum - 1) <= 1e-3) return BB_OK;
    return bb_fail(err, BB_EINPUT, "the model's probabilities for stimulus \"%s\" sum to %g, not to 1", stimulus, sum);
}

static enum bb_code add_matrix(const struct bb_assembly *model, const int32_t *item_of_row, const struct bb_groups *choice,
                               struct bb_arena *arena, struct sums *sums, struct bb_err *err)
{
    struct bb_trials trials; /* only for its check that nothing is answered twice */
    enum bb_code rc = bb_trials_of(model, sums->stimuli, item_of_row, "repetition", arena, &trials, err);
    for (size_t i = 0; !rc && i < model->dim[0].size; i++) {
        if (item_of_row[i] < 0) continue;
        size_t s = (size_t)item_of_row[i];
        for (size_t c = 0; !rc && c < choice->n; c++) {
            double p = model->value[i * choice->n + c];
            rc = check_probability(p, sums->stimuli->id[s], choice->name[choice->group[c]], err);
            sums->p[s * sums->k + (size_t)choice->group[c]] += p;
        }
        sums->runs[s]++;
    }
    return rc;
}

/* That a table which has a row of a stimulus has one of each label, in each run; *seen as add_rows has it. */
static enum bb_code check_pairs(const struct sums *sums, const struct bb_groups *choice, const struct bb_levels *run,
                                const bool *run_seen, const bool *seen, struct bb_err *err)
{
    for (size_t pair = 0; pair < run->n * sums->stimuli->n; pair++)
        for (size_t c = 0; run_seen[pair] && c < sums->k; c++)
            if (!seen[pair * sums->k + c])
                return bb_fail(err, BB_EINPUT,
                               "the model gives no probability of \"%s\" for stimulus \"%s\": give a row for each label, also where it is 0",
                               choice->name[c], sums->stimuli->id[pair % sums->stimuli->n]);
    return BB_OK;
}

static enum bb_code add_rows(const struct bb_assembly *model, const int32_t *item_of_row, const struct bb_groups *choice,
                             bool all_labels, struct bb_arena *arena, struct sums *sums, struct bb_err *err)
{
    struct bb_levels run = bb_levels(bb_assembly_coord(model, "repetition"), item_of_row, model->dim[0].size, arena);
    bool *seen = BB_NEW_ARRAY(arena, run.n * sums->stimuli->n * sums->k + 1, bool);
    bool *run_seen = BB_NEW_ARRAY(arena, run.n * sums->stimuli->n + 1, bool);
    for (size_t i = 0; i < model->dim[0].size; i++) {
        if (item_of_row[i] < 0 || choice->group[i] < 0 || run.code[i] < 0) continue;
        size_t s = (size_t)item_of_row[i], c = (size_t)choice->group[i], pair = (size_t)run.code[i] * sums->stimuli->n + s;
        enum bb_code rc = check_probability(model->value[i], sums->stimuli->id[s], choice->name[c], err);
        if (rc) return rc;
        if (seen[pair * sums->k + c])
            return bb_fail(err, BB_EINPUT, "the model gives the probability of \"%s\" for stimulus \"%s\" twice", choice->name[c],
                           sums->stimuli->id[s]);
        seen[pair * sums->k + c] = true;
        sums->p[s * sums->k + c] += model->value[i];
        sums->runs[s] += !run_seen[pair];
        run_seen[pair] = true;
    }
    return all_labels ? check_pairs(sums, choice, &run, run_seen, seen, err) : BB_OK;
}

/* That the model's labels (of a table: in rows that count) are `labels`. */
static enum bb_code check_labels(const struct bb_groups *choice, const int32_t *item_of_row, const struct bb_labels *labels,
                                 struct bb_arena *arena, struct bb_err *err)
{
    const int32_t *known = bb_match_names(choice->name, choice->n_groups, labels->name, labels->n, arena);
    const int32_t *given = bb_match_names(labels->name, labels->n, choice->name, choice->n_groups, arena);
    for (size_t i = 0; i < choice->n; i++) {
        int32_t g = choice->group[i];
        if ((item_of_row && item_of_row[i] < 0) || g < 0 || known[g] >= 0) continue;
        return bb_fail(err, BB_EINPUT, "the model gives probabilities of \"%s\", which is not a label of the recording; those are %s",
                       choice->name[g], bb_label_list(labels->name, labels->n, arena));
    }
    for (size_t l = 0; l < labels->n; l++)
        if (given[l] < 0)
            return bb_fail(err, BB_EINPUT, "the model gives no probability of \"%s\", which is an object of the recording",
                           labels->name[l]);
    return BB_OK;
}

enum bb_code bb_probabilities_of(const struct bb_task *task, const struct bb_stimuli *stimuli, const struct bb_labels *labels,
                                 struct bb_probabilities *out, struct bb_err *err)
{
    const struct bb_assembly *model = task->model;
    const struct bb_coord *coord;
    const int32_t *item_of_row;
    struct bb_arena *arena = task->arena;
    bool matrix = is_matrix(model);
    enum bb_code rc = bb_need_coord(model, "choice", BB_THE_MODEL, arena, &coord, err);
    if (!rc && !model->value)
        rc = bb_fail(
            err, BB_EINPUT,
            "%s has choices and no numbers: probabilities are asked for, as an array of presentation × choice, or a table "
            "with a column of numbers, \"value\"",
            BB_THE_MODEL);
    if (!rc) rc = bb_stimuli_match(task, stimuli, NULL, &item_of_row, err);
    if (rc) return rc;
    struct bb_groups choice = bb_coord_groups(coord, arena);
    for (size_t c = 0; matrix && c < choice.n; c++)
        if (choice.group[c] < 0) return bb_fail(err, BB_EINPUT, "a column of %s has no label", BB_THE_MODEL);
    if (labels) rc = check_labels(&choice, matrix ? NULL : item_of_row, labels, arena, err);
    if (rc) return rc;
    struct sums sums = {.stimuli = stimuli, .k = choice.n_groups};
    sums.p = BB_NEW_ARRAY(arena, stimuli->n * sums.k + 1, double);
    sums.runs = BB_NEW_ARRAY(arena, stimuli->n, size_t);
    rc = matrix ? add_matrix(model, item_of_row, &choice, arena, &sums, err)
                : add_rows(model, item_of_row, &choice, labels != NULL, arena, &sums, err);
    *out = (struct bb_probabilities){.label = choice.name, .k = sums.k, .p = sums.p};
    for (size_t s = 0; !rc && s < stimuli->n; s++) {
        double *p = sums.p + s * sums.k;
        if (sums.runs[s]) rc = check_sum(p, sums.k, sums.runs[s], stimuli->id[s], err);
        for (size_t c = 0; c < sums.k; c++) p[c] = sums.runs[s] ? p[c] / (double)sums.runs[s] : (double)NAN;
        out->n_answered += sums.runs[s] > 0;
    }
    return rc;
}

/* --- the form that is asked for ---------------------------------------------------------------------------------------- */

/* Choices of stimuli one after the other. */
struct choices {
    const char **stimulus, **choice, **level;
    size_t n;
};

/* The most probable label of each stimulus of the model; which of them must be there is not known here. level: the value of `by` that these are
   for; NULL: none. */
static enum bb_code choose(const struct bb_task *task, const char *level, struct choices *out, struct bb_err *err)
{
    struct bb_stimuli own;
    struct bb_probabilities p;
    struct bb_task any = *task;
    any.partial = true;
    enum bb_code rc = bb_stimuli_of(task->model, BB_THE_MODEL, NULL, task->arena, &own, err);
    if (!rc) rc = bb_probabilities_of(&any, &own, NULL, &p, err);
    if (rc) return rc;
    for (size_t s = 0; s < own.n; s++, out->n++) {
        size_t best = 0;
        for (size_t c = 1; c < p.k; c++)
            if (p.p[s * p.k + c] > p.p[s * p.k + best]) best = c;
        out->stimulus[out->n] = bb_arena_strdup(task->arena, own.id[s]);
        out->choice[out->n] = isnan(p.p[s * p.k]) ? NULL : bb_arena_strdup(task->arena, p.label[best]);
        out->level[out->n] = level;
    }
    return BB_OK;
}

/* Coordinates of the model that it has beside its answers (shape, texture …) go along: rows are in the order of the stimuli's first. */
static void take_coords(const struct bb_assembly *from, struct bb_assembly *to, struct bb_arena *arena)
{
    const struct bb_coord *id = bb_assembly_coord(from, "stimulus_id");
    struct bb_groups stimulus = bb_coord_groups(id, arena);
    for (size_t c = 0; c < from->n_coords; c++) {
        const struct bb_coord *coord = &from->coord[c];
        if (coord->dim != 0 || bb_assembly_coord(to, coord->series.name) || bb_streq(coord->series.name, "repetition")) continue;
        struct bb_groups groups = bb_coord_groups(coord, arena);
        const char **text = BB_NEW_ARRAY(arena, to->dim[0].size + 1, const char *);
        bool *done = BB_NEW_ARRAY(arena, stimulus.n_groups + 1, bool);
        for (size_t i = 0, at = 0; i < stimulus.n && at < to->dim[0].size; i++) {
            if (stimulus.group[i] < 0 || done[stimulus.group[i]]) continue;
            done[stimulus.group[i]] = true;
            text[at++] = groups.group[i] < 0 ? NULL : groups.name[groups.group[i]];
        }
        bb_assembly_add_text(to, coord->series.name, text);
    }
}

static bool gives_probabilities(const struct bb_assembly *model, struct bb_arena *arena)
{
    return is_matrix(model) || is_long_table(model, arena);
}

/* The rows of one value of a coordinate. */
static struct bb_assembly *rows_of_level(const struct bb_assembly *model, const struct bb_levels *levels, size_t level,
                                         struct bb_arena *arena)
{
    bool *keep = BB_NEW_ARRAY(arena, model->dim[0].size + 1, bool);
    for (size_t i = 0; i < model->dim[0].size; i++) keep[i] = levels->code[i] == (int32_t)level;
    return bb_assembly_keep(model, 0, keep);
}

const struct bb_coord *bb_apart_by(const struct bb_assembly *assembly, const char *by, struct bb_arena *arena)
{
    const struct bb_coord *coord = by ? bb_assembly_coord(assembly, by) : NULL;
    return coord && coord->dim == 0 && bb_coord_groups(coord, arena).n_groups ? coord : NULL;
}

/* Of a model that gives probabilities its choices; NULL: it gives choices. */
static enum bb_code choices_of(const struct bb_task *task, struct bb_assembly **out, struct bb_err *err)
{
    struct bb_arena *arena = task->arena;
    const struct bb_coord *apart = bb_apart_by(task->model, task->by, arena);
    bool any = false;
    size_t n = task->model->dim[0].size;
    struct bb_levels levels = bb_levels(apart, NULL, n, arena);
    struct choices all = {BB_NEW_ARRAY(arena, n + 1, const char *), BB_NEW_ARRAY(arena, n + 1, const char *),
                          BB_NEW_ARRAY(arena, n + 1, const char *), 0};
    enum bb_code rc = BB_OK;
    for (size_t l = 0; l < levels.n && !rc; l++) {
        struct bb_assembly *part = apart ? rows_of_level(task->model, &levels, l, arena) : NULL;
        struct bb_task own = *task;
        if (part) own.model = part;
        if (gives_probabilities(own.model, arena)) {
            any = true;
            rc = choose(&own, apart ? levels.name[l] : NULL, &all, err);
        }
        bb_assembly_free(part);
    }
    if (rc || !any) return rc;
    *out = bb_assembly_of_choices(all.stimulus, all.choice, all.n);
    if (apart)
        bb_assembly_add_text(*out, task->by, all.level);
    else
        take_coords(task->model, *out, arena);
    return BB_OK;
}

enum bb_code bb_behavior_score(const struct bb_metric *metric, const struct bb_task *task, struct bb_metric_result *result,
                               struct bb_err *err)
{
    struct bb_assembly *read = NULL, *chosen = NULL;
    struct bb_task own = *task;
    const char *how = NULL;
    enum bb_code rc = BB_OK;
    own.by = metric->by ? metric->by(task->params) : NULL;
    own.partial = task->partial || metric->uses_items;
    if (task->features) {
        if (metric->score_features) return metric->score_features(&own, result, err);
        rc = bb_behavior_readout(&own, &read, &how, err);
        own.model = read;
        own.features = NULL;
    }
    if (!rc && metric->behavior == BB_BEHAVIOR_CHOICES) rc = choices_of(&own, &chosen, err);
    if (chosen) own.model = chosen;
    if (!rc) rc = metric->score(&own, result, err);
    if (!rc && how) result->detail = result->detail ? bb_arena_printf(task->arena, "%s; %s", how, result->detail) : how;
    bb_assembly_free(chosen);
    bb_assembly_free(read);
    return rc;
}

/* --- right and wrong ------------------------------------------------------------------------------------------------------ */

enum bb_code bb_need_levels(const struct bb_task *task, const struct bb_stimuli *stimuli, const char *name, struct bb_levels *out,
                            struct bb_err *err)
{
    const struct bb_coord *coord;
    enum bb_code rc = bb_need_coord(task->data, name, BB_THE_RECORDING, task->arena, &coord, err);
    if (rc) return rc;
    *out = bb_levels(coord, stimuli->of_row, stimuli->n_rows, task->arena);
    for (size_t i = 0; i < stimuli->n_rows; i++)
        if (stimuli->of_row[i] >= 0 && out->code[i] < 0)
            return bb_fail(err, BB_EINPUT, "row %zu of the recording has no \"%s\"", i + 1, name);
    return BB_OK;
}

static enum bb_code graded(const struct bb_coord *coord, const struct bb_task *task, const struct bb_stimuli *stimuli,
                           double *out, struct bb_err *err)
{
    static const char *const words[] = {"false", "true", "0", "1"};
    struct bb_groups groups = bb_coord_groups(coord, task->arena);
    for (size_t i = 0; i < groups.n; i++) {
        size_t w = 0;
        if (stimuli->of_row[i] < 0) continue;
        out[i] = 0; /* no answer */
        if (groups.group[i] < 0) continue;
        while (w < 4 && !bb_streq(words[w], groups.name[groups.group[i]])) w++;
        if (w == 4)
            return bb_fail(err, BB_EINPUT, "\"correct\" of the recording must be 0 or 1, or true or false, and one is \"%s\"",
                           groups.name[groups.group[i]]);
        out[i] = (double)(w % 2);
    }
    return BB_OK;
}

enum bb_code bb_correct_of_humans(const struct bb_task *task, const struct bb_stimuli *stimuli, const double **out,
                                  struct bb_err *err)
{
    const struct bb_coord *coord = bb_assembly_coord(task->data, "correct");
    double *correct = BB_NEW_ARRAY(task->arena, stimuli->n_rows, double);
    struct bb_truths truths;
    const int8_t *right;
    for (size_t i = 0; i < stimuli->n_rows; i++) correct[i] = NAN;
    *out = correct;
    if (coord && coord->dim == 0) return graded(coord, task, stimuli, correct, err);
    enum bb_code rc = bb_truths_of(task->data, BB_THE_RECORDING, stimuli, task->arena, &truths, err);
    if (!rc) rc = bb_correct_rows(task->data, BB_THE_RECORDING, stimuli->of_row, &truths, NULL, task->arena, &right, err);
    for (size_t i = 0; !rc && i < stimuli->n_rows; i++)
        if (right[i] >= 0) correct[i] = right[i];
    return rc;
}

struct bb_asked bb_asked_of(const struct bb_task *task)
{
    return task->stimuli ? (struct bb_asked){task->stimuli, BB_THE_STIMULI} : (struct bb_asked){task->data, BB_THE_RECORDING};
}

enum bb_code bb_correct_of_model(const struct bb_task *task, const struct bb_asked *asked, const struct bb_stimuli *stimuli,
                                 const double **out, size_t *n_answered, struct bb_err *err)
{
    struct bb_truths truths;
    struct bb_trials trials; /* only for its check that nothing is answered twice */
    const int32_t *item_of_row;
    const int8_t *right;
    enum bb_code rc = bb_truths_of(asked->table, asked->whose, stimuli, task->arena, &truths, err);
    if (!rc) rc = bb_stimuli_match(task, stimuli, NULL, &item_of_row, err);
    if (!rc) rc = bb_trials_of(task->model, stimuli, item_of_row, "repetition", task->arena, &trials, err);
    if (!rc) rc = bb_correct_rows(task->model, BB_THE_MODEL, item_of_row, &truths, task->data, task->arena, &right, err);
    if (rc) return rc;
    double *share = BB_NEW_ARRAY(task->arena, stimuli->n, double);
    size_t *n = BB_NEW_ARRAY(task->arena, stimuli->n, size_t);
    for (size_t i = 0; i < task->model->dim[0].size; i++) {
        if (right[i] < 0) continue;
        share[item_of_row[i]] += right[i];
        n[item_of_row[i]]++;
    }
    *n_answered = 0;
    for (size_t s = 0; s < stimuli->n; s++) {
        *n_answered += n[s] > 0;
        share[s] = n[s] ? share[s] / (double)n[s] : (double)NAN;
    }
    *out = share;
    return BB_OK;
}
