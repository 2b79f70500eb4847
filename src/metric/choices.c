#include "metric/choices.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "metric/imagenet_labels.h"
#include "numeric/stats.h"

const char *const bb_choice_model_coords[] = {"stimulus_id", "choice", NULL};
const char *const bb_choice_data_coords[] = {"stimulus_id", "subject", "choice", "truth", NULL};

enum { UNSEEN = -1, WRONG = 0, RIGHT = 1 };

/* Observers × stimuli: UNSEEN, WRONG or RIGHT. */
struct answers {
    const char *const *observer;
    size_t n_observers, n_stimuli;
    const int8_t *is;
};

struct conditions {
    const int32_t *of_stimulus;
    const char *const *name;
    size_t n;
};

/* --- right and wrong ------------------------------------------------------------------------------------------------- */

enum bb_code bb_truths_of(const struct bb_assembly *assembly, const char *whose, const struct bb_stimuli *stimuli,
                          struct bb_arena *arena, struct bb_truths *out, struct bb_err *err)
{
    const struct bb_coord *coord;
    enum bb_code rc = bb_need_coord(assembly, "truth", whose, arena, &coord, err);
    if (rc) return rc;
    struct bb_groups groups = bb_coord_groups(coord, arena);
    struct bb_levels levels = {groups.group, groups.name, groups.n_groups};
    rc = bb_level_of_stimulus(stimuli, &levels, "truth", arena, &out->of_stimulus, err);
    if (rc) return rc;
    out->name = groups.name;
    out->n = groups.n_groups;
    for (size_t s = 0; s < stimuli->n; s++)
        if (out->of_stimulus[s] < 0) return bb_fail(err, BB_EINPUT, "stimulus \"%s\" of %s has no truth", stimuli->id[s], whose);
    return BB_OK;
}

const char *bb_label_list(const char *const *label, size_t n, struct bb_arena *arena)
{
    enum { MAX_SHOWN = 20 };
    struct bb_buf text = BB_BUF_INIT;
    for (size_t i = 0; i < n && i < MAX_SHOWN; i++) bb_buf_printf(&text, "%s%s", i ? ", " : "", label[i]);
    if (n > MAX_SHOWN) bb_buf_printf(&text, " and %zu more", n - MAX_SHOWN);
    const char *list = bb_arena_strdup(arena, bb_buf_text(&text));
    bb_buf_release(&text);
    return list;
}

enum bb_code bb_correct_rows(const struct bb_assembly *assembly, const char *whose, const int32_t *item_of_row,
                             const struct bb_truths *truths, const struct bb_assembly *labels_of, struct bb_arena *arena,
                             const int8_t **out, struct bb_err *err)
{
    const struct bb_coord *coord;
    enum bb_code rc = bb_need_coord(assembly, "choice", whose, arena, &coord, err);
    if (rc) return rc;
    struct bb_groups choice = bb_coord_groups(coord, arena);
    const int32_t *label = bb_match_names(choice.name, choice.n_groups, truths->name, truths->n, arena), *known = NULL;
    const struct bb_coord *others = labels_of ? bb_assembly_coord(labels_of, "choice") : NULL;
    if (others) {
        struct bb_groups more = bb_coord_groups(others, arena);
        known = bb_match_names(choice.name, choice.n_groups, more.name, more.n_groups, arena);
    }
    int8_t *correct = BB_NEW_ARRAY(arena, choice.n, int8_t);
    /* Who chooses among the classes of ImageNet may name one that is the truth of no picture here. */
    bool of_imagenet = truths->n && bb_is_imagenet_class(truths->name[0]);
    for (size_t i = 0; i < choice.n; i++) {
        int32_t c = choice.group[i];
        correct[i] = UNSEEN;
        if (item_of_row[i] < 0) continue;
        if (labels_of && c >= 0 && label[c] < 0 && !(known && known[c] >= 0) && !(of_imagenet && bb_is_imagenet_class(choice.name[c])))
            return bb_fail(err, BB_EINPUT, "the choice \"%s\" of %s is not a label of the recording; those are %s",
                           choice.name[c], whose, bb_label_list(truths->name, truths->n, arena));
        correct[i] = c >= 0 && label[c] == truths->of_stimulus[item_of_row[i]] ? RIGHT : WRONG;
    }
    *out = correct;
    return BB_OK;
}

static enum bb_code read_answers(const struct bb_assembly *assembly, const char *whose, const struct bb_stimuli *stimuli,
                                 const int32_t *item_of_row, const char *by, const struct bb_truths *truths,
                                 const struct bb_assembly *labels_of, struct bb_arena *arena, struct answers *out,
                                 struct bb_err *err)
{
    struct bb_trials trials;
    const int8_t *correct;
    enum bb_code rc = bb_trials_of(assembly, stimuli, item_of_row, by, arena, &trials, err);
    if (!rc) rc = bb_correct_rows(assembly, whose, item_of_row, truths, labels_of, arena, &correct, err);
    if (rc) return rc;
    size_t n = trials.observer.n * stimuli->n;
    int8_t *is = BB_NEW_ARRAY(arena, n, int8_t);
    for (size_t i = 0; i < n; i++) is[i] = trials.row[i] < 0 ? UNSEEN : correct[trials.row[i]];
    *out = (struct answers){trials.observer.name, trials.observer.n, stimuli->n, is};
    return BB_OK;
}

/* --- conditions -------------------------------------------------------------------------------------------------------- */

/* Splits each condition by one more coordinate; only combinations that occur get a number, in natural order of the names. */
static enum bb_code split_by(const struct bb_task *task, const struct bb_stimuli *stimuli, const char *name,
                             struct conditions *conditions, struct bb_err *err)
{
    const struct bb_coord *coord;
    const int32_t *level;
    enum bb_code rc = bb_need_coord(task->data, name, BB_THE_RECORDING, task->arena, &coord, err);
    if (rc) return rc;
    struct bb_levels levels = bb_levels(coord, stimuli->of_row, stimuli->n_rows, task->arena);
    rc = bb_level_of_stimulus(stimuli, &levels, name, task->arena, &level, err);
    if (rc) return rc;
    size_t n_all = conditions->n * levels.n;
    int32_t *number = BB_NEW_ARRAY(task->arena, n_all, int32_t), *of_stimulus = BB_NEW_ARRAY(task->arena, stimuli->n, int32_t);
    for (size_t s = 0; s < stimuli->n; s++) {
        if (level[s] < 0) return bb_fail(err, BB_EINPUT, "stimulus \"%s\" of the recording has no \"%s\"", stimuli->id[s], name);
        of_stimulus[s] = conditions->of_stimulus[s] * (int32_t)levels.n + level[s];
        number[of_stimulus[s]] = 1;
    }
    const char **label = BB_NEW_ARRAY(task->arena, n_all, const char *);
    size_t n = 0;
    for (size_t all = 0; all < n_all; all++) {
        if (!number[all]) continue;
        const char *outer = conditions->name[all / levels.n], *inner = levels.name[all % levels.n];
        label[n] = outer ? bb_arena_printf(task->arena, "%s, %s", outer, inner) : inner;
        number[all] = (int32_t)n++;
    }
    for (size_t s = 0; s < stimuli->n; s++) of_stimulus[s] = number[of_stimulus[s]];
    *conditions = (struct conditions){of_stimulus, label, n};
    return BB_OK;
}

static enum bb_code read_conditions(const struct bb_task *task, const struct bb_stimuli *stimuli, const struct bb_texts *by,
                                    struct conditions *out, struct bb_err *err)
{
    static const char *const unnamed[] = {NULL};
    *out = (struct conditions){BB_NEW_ARRAY(task->arena, stimuli->n, int32_t), unnamed, 1};
    for (size_t i = 0; i < by->n; i++) {
        enum bb_code rc = split_by(task, stimuli, by->text[i], out, err);
        if (rc) return rc;
    }
    return BB_OK;
}

/* "condition × animacy" */
static const char *axis_name(const struct bb_texts *by, struct bb_arena *arena)
{
    const char *name = by->text[0];
    for (size_t i = 1; i < by->n; i++) name = bb_arena_printf(arena, "%s × %s", name, by->text[i]);
    return name;
}

/* --- pairs of observers -------------------------------------------------------------------------------------------------- */

/* The rule's value of two observers in each condition; NaN where they have no stimulus in common. tally: conditions->n,
   scratch. */
static void compare(const int8_t *first, const int8_t *second, size_t n_stimuli, const struct conditions *conditions,
                    const struct bb_choice_rule *rule, struct bb_tally *tally, double *value)
{
    memset(tally, 0, conditions->n * sizeof *tally);
    for (size_t s = 0; s < n_stimuli; s++) {
        if (first[s] == UNSEEN || second[s] == UNSEEN) continue;
        struct bb_tally *t = &tally[conditions->of_stimulus[s]];
        t->n++;
        t->first += first[s] == RIGHT;
        t->second += second[s] == RIGHT;
        t->agree += first[s] == second[s];
    }
    for (size_t c = 0; c < conditions->n; c++) {
        value[c] = NAN;
        if (tally[c].n) value[c] = rule->value(&tally[c]);
    }
}

/* Mean over the model's repetitions, of each condition, against one subject. */
static void compare_model(const struct answers *model, const int8_t *human, const struct conditions *conditions,
                          const struct bb_choice_rule *rule, struct bb_arena *arena, double *value)
{
    struct bb_tally *tally = BB_NEW_ARRAY(arena, conditions->n, struct bb_tally);
    double *run = BB_NEW_ARRAY(arena, conditions->n * model->n_observers, double);
    double *of_condition = BB_NEW_ARRAY(arena, model->n_observers, double);
    for (size_t r = 0; r < model->n_observers; r++)
        compare(&model->is[r * model->n_stimuli], human, model->n_stimuli, conditions, rule, tally, &run[r * conditions->n]);
    for (size_t c = 0; c < conditions->n; c++) {
        for (size_t r = 0; r < model->n_observers; r++) of_condition[r] = run[r * conditions->n + c];
        value[c] = bb_nan_mean(of_condition, model->n_observers);
    }
}

/* What units say together: NaN-skipping mean over conditions, then over observers (or pairs), and its spread. */
struct summary {
    double mean, error;
    const char *error_kind;
};

static struct summary summarise(const double *unit, size_t n_observers, size_t n_conditions, const struct bb_choice_rule *rule,
                                const char *const kind[2], struct bb_arena *arena)
{
    double *mean = BB_NEW_ARRAY(arena, n_observers, double);
    for (size_t i = 0; i < n_observers; i++) mean[i] = bb_nan_mean(&unit[i * n_conditions], n_conditions);
    struct summary out = {.mean = bb_nan_mean(mean, n_observers)};
    if (rule->absolute) out.mean = fabs(out.mean);
    bool over_conditions = rule->error_over_conditions && n_conditions > 1;
    out.error = over_conditions ? bb_nan_sd(unit, n_observers * n_conditions, 0) : bb_nan_sd(mean, n_observers, 0);
    if (n_observers < 2 && !over_conditions) out.error = NAN;
    out.error_kind = isnan(out.error) ? NULL : kind[over_conditions];
    return out;
}

static enum bb_code read_humans(const struct bb_task *task, const struct bb_texts *by, struct bb_stimuli *stimuli,
                                struct bb_truths *truths, struct conditions *conditions, struct answers *humans,
                                struct bb_err *err)
{
    enum bb_code rc = bb_stimuli_of(task->data, BB_THE_RECORDING, task->items, task->arena, stimuli, err);
    if (!rc) rc = bb_truths_of(task->data, BB_THE_RECORDING, stimuli, task->arena, truths, err);
    if (!rc) rc = bb_need_trials(task->data, stimuli, task->arena, err);
    if (!rc) rc = read_conditions(task, stimuli, by, conditions, err);
    if (!rc)
        rc = read_answers(task->data, BB_THE_RECORDING, stimuli, stimuli->of_row, "subject", truths, NULL, task->arena, humans,
                          err);
    return rc;
}

static size_t count_answered(const struct answers *model)
{
    size_t n = 0;
    for (size_t s = 0; s < model->n_stimuli; s++) {
        bool answered = false;
        for (size_t r = 0; r < model->n_observers; r++) answered = answered || model->is[r * model->n_stimuli + s] != UNSEEN;
        n += answered;
    }
    return n;
}

enum bb_code bb_choice_score(const struct bb_task *task, const struct bb_texts *by, const struct bb_choice_rule *rule,
                             struct bb_metric_result *result, struct bb_err *err)
{
    static const char *const kind[] = {"subject_sd", "unit_sd"};
    struct bb_stimuli stimuli;
    struct bb_truths truths;
    struct conditions conditions;
    struct answers humans, model;
    const int32_t *item_of_row;
    enum bb_code rc = read_humans(task, by, &stimuli, &truths, &conditions, &humans, err);
    if (!rc) rc = bb_stimuli_match(task, &stimuli, NULL, &item_of_row, err);
    if (!rc)
        rc = read_answers(task->model, BB_THE_MODEL, &stimuli, item_of_row, "repetition", &truths, task->data, task->arena,
                          &model, err);
    if (rc) return rc;
    double *unit = BB_NEW_ARRAY(task->arena, humans.n_observers * conditions.n, double);
    for (size_t s = 0; s < humans.n_observers; s++)
        compare_model(&model, &humans.is[s * stimuli.n], &conditions, rule, task->arena, &unit[s * conditions.n]);
    struct summary summary = summarise(unit, humans.n_observers, conditions.n, rule, kind, task->arena);
    if (isnan(summary.mean)) return bb_fail(err, BB_ENUMERIC, "%s", rule->undefined);
    result->raw = summary.mean;
    result->error = summary.error;
    result->error_kind = summary.error_kind;
    result->n = count_answered(&model);
    result->warning = bb_missing_warning(stimuli.n - result->n, stimuli.n, "stimuli have no answer", task->arena);
    result->units = (struct bb_units){.axis = {"subject", by->n ? axis_name(by, task->arena) : NULL},
                                      .label = {humans.observer, conditions.name},
                                      .n = {humans.n_observers, by->n ? conditions.n : 0},
                                      .value = unit};
    return BB_OK;
}

enum bb_code bb_choice_pairs(const struct bb_task *task, const struct bb_texts *by, const struct bb_choice_rule *rule,
                             struct bb_ceiling_result *result, struct bb_err *err)
{
    static const char *const kind[] = {"pair_sd", "unit_sd"};
    struct bb_stimuli stimuli;
    struct bb_truths truths;
    struct conditions conditions;
    struct answers humans;
    enum bb_code rc = read_humans(task, by, &stimuli, &truths, &conditions, &humans, err);
    if (rc) return rc;
    size_t n = humans.n_observers, n_pairs = 0;
    if (n < 2) return bb_fail(err, BB_ENUMERIC, "the recording has one subject, and a ceiling from pairs of subjects needs two");
    struct bb_tally *tally = BB_NEW_ARRAY(task->arena, conditions.n, struct bb_tally);
    double *unit = BB_NEW_ARRAY(task->arena, n * (n - 1) / 2 * conditions.n, double);
    for (size_t a = 0; a < n; a++)
        for (size_t b = a + 1; b < n; b++)
            compare(&humans.is[a * stimuli.n], &humans.is[b * stimuli.n], stimuli.n, &conditions, rule, tally,
                    &unit[n_pairs++ * conditions.n]);
    struct summary summary = summarise(unit, n_pairs, conditions.n, rule, kind, task->arena);
    if (isnan(summary.mean)) return bb_fail(err, BB_ENUMERIC, "%s", rule->undefined);
    *result =
        (struct bb_ceiling_result){.value = summary.mean, .error = summary.error, .error_kind = summary.error_kind, .n = n_pairs};
    result->lower = NAN;
    return BB_OK;
}

/* *name is the storage of the single text. */
static struct bb_texts condition_of(const struct bb_task *task, const char **name)
{
    const char *const *param = task->params;
    *name = *param ? *param : "condition";
    bool there = *param || bb_assembly_coord(task->data, *name);
    return (struct bb_texts){name, there ? 1 : 0};
}

enum bb_code bb_choice_score_by_condition(const struct bb_task *task, const struct bb_choice_rule *rule,
                                          struct bb_metric_result *result, struct bb_err *err)
{
    const char *name;
    struct bb_texts by = condition_of(task, &name);
    return bb_choice_score(task, &by, rule, result, err);
}

enum bb_code bb_choice_pairs_by_condition(const struct bb_task *task, const struct bb_choice_rule *rule,
                                          struct bb_ceiling_result *result, struct bb_err *err)
{
    const char *name;
    struct bb_texts by = condition_of(task, &name);
    return bb_choice_pairs(task, &by, rule, result, err);
}
