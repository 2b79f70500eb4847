#include "metric/words.h"

#include <math.h>
#include <stdlib.h>

#include "base/text.h"

/* Which stimuli count, for one row each: those of the items, with enough trials. */
static enum bb_code rows_that_count(const struct bb_task *task, const struct bb_stimuli *stimuli, long min_trials,
                                    const int32_t **out, struct bb_err *err)
{
    const double *n_trials = NULL;
    if (min_trials > 0) {
        enum bb_code rc = bb_number_of_stimulus(task->data, stimuli, "n_trials", BB_THE_RECORDING, task->arena, &n_trials, err);
        if (rc) return rc;
    }
    bool *counts = BB_NEW_ARRAY(task->arena, stimuli->n, bool);
    for (size_t s = 0; s < stimuli->n; s++)
        counts[s] = (!task->items || bb_names_find(task->items, stimuli->id[s]) != BB_NAMES_NONE) &&
                    (!n_trials || n_trials[s] >= (double)min_trials);
    int32_t *of_row = BB_NEW_ARRAY(task->arena, stimuli->n_rows, int32_t);
    for (size_t i = 0; i < stimuli->n_rows; i++)
        of_row[i] = stimuli->of_row[i] >= 0 && counts[stimuli->of_row[i]] ? stimuli->of_row[i] : -1;
    *out = of_row;
    return BB_OK;
}

enum bb_code bb_words_of(const struct bb_task *task, long min_trials, struct bb_words *out, struct bb_err *err)
{
    const double *of_row;
    const int32_t *item_of_row;
    enum bb_code rc = bb_need_values(task->data, BB_THE_RECORDING, &of_row, err);
    if (!rc) rc = bb_stimuli_of(task->data, BB_THE_RECORDING, NULL, task->arena, &out->stimuli, err);
    if (!rc) rc = rows_that_count(task, &out->stimuli, min_trials, &item_of_row, err);
    if (rc) return rc;
    size_t n = out->stimuli.n;
    out->subjects = bb_subject_values(task->data, of_row, item_of_row, n, task->arena);
    double *value = BB_NEW_ARRAY(task->arena, n, double);
    bb_subject_mean(&out->subjects, NULL, BB_NO_SUBJECT, value);
    out->value = value;
    out->n = 0;
    for (size_t s = 0; s < n; s++) out->n += isnan(value[s]) ? 0 : 1;
    if (out->n == 0)
        return bb_fail(
            err, BB_EINPUT,
            "none of the %zu words of the recording counts: they have no value, too few trials, or not all models have them", n);
    return BB_OK;
}

/* --- earlier words --------------------------------------------------------------------------------------------------- */

struct word {
    int32_t text;
    double position;
    size_t stimulus;
};

static int compare_words(const void *a, const void *b)
{
    const struct word *x = a, *y = b;
    if (x->text != y->text) return x->text < y->text ? -1 : 1;
    return (x->position > y->position) - (x->position < y->position);
}

/* The words that have a text and a position, in order. */
static enum bb_code sorted_words(const struct bb_assembly *assembly, const char *whose, const struct bb_stimuli *stimuli,
                                 struct bb_arena *arena, struct word **out, size_t *n_words, struct bb_err *err)
{
    const struct bb_coord *coord;
    const int32_t *text;
    const double *position;
    enum bb_code rc = bb_need_coord(assembly, "text", whose, arena, &coord, err);
    if (rc) return rc;
    struct bb_levels levels = bb_levels(coord, stimuli->of_row, stimuli->n_rows, arena);
    rc = bb_level_of_stimulus(stimuli, &levels, "text", arena, &text, err);
    if (!rc) rc = bb_number_of_stimulus(assembly, stimuli, "position", whose, arena, &position, err);
    if (rc) return rc;
    struct word *word = BB_NEW_ARRAY(arena, stimuli->n, struct word);
    size_t n = 0;
    for (size_t s = 0; s < stimuli->n; s++)
        if (text[s] >= 0 && !isnan(position[s])) word[n++] = (struct word){text[s], position[s], s};
    qsort(word, n, sizeof *word, compare_words);
    for (size_t i = 1; i < n; i++)
        if (compare_words(&word[i - 1], &word[i]) == 0)
            return bb_fail(err, BB_EINPUT, "\"%s\" and \"%s\" of %s have the same text and position",
                           stimuli->id[word[i - 1].stimulus], stimuli->id[word[i].stimulus], whose);
    *out = word;
    *n_words = n;
    return BB_OK;
}

enum bb_code bb_words_before(const struct bb_assembly *assembly, const char *whose, const struct bb_stimuli *stimuli, long k,
                             struct bb_arena *arena, const int32_t **out, struct bb_err *err)
{
    int32_t *before = BB_NEW_ARRAY(arena, stimuli->n, int32_t);
    for (size_t s = 0; s < stimuli->n; s++) before[s] = k ? -1 : (int32_t)s;
    *out = before;
    if (k == 0) return BB_OK;
    struct word *word = NULL;
    size_t n = 0;
    enum bb_code rc = sorted_words(assembly, whose, stimuli, arena, &word, &n, err);
    if (rc) return rc;
    for (size_t i = 0; i < n; i++) {
        struct word earlier = {word[i].text, word[i].position - (double)k, 0};
        const struct word *found = bsearch(&earlier, word, n, sizeof *word, compare_words);
        if (found) before[word[i].stimulus] = (int32_t)found->stimulus;
    }
    return BB_OK;
}

enum bb_code bb_words_model(const struct bb_task *task, const struct bb_words *words, long k, const double **out,
                            struct bb_err *err)
{
    const double *of_row;
    struct bb_stimuli own;
    struct bb_trials trials; /* one row per stimulus, or an error */
    const int32_t *before, *item_of_row;
    enum bb_code rc = bb_need_values(task->model, BB_THE_MODEL, &of_row, err);
    if (!rc) rc = bb_stimuli_match(task, &words->stimuli, NULL, &item_of_row, err);
    if (!rc) rc = bb_stimuli_of(task->model, BB_THE_MODEL, NULL, task->arena, &own, err);
    if (!rc) rc = bb_trials_of(task->model, &own, own.of_row, NULL, task->arena, &trials, err);
    if (!rc) rc = bb_words_before(task->model, BB_THE_MODEL, &own, k, task->arena, &before, err);
    if (rc) return rc;
    double *value = BB_NEW_ARRAY(task->arena, words->stimuli.n, double);
    for (size_t s = 0; s < words->stimuli.n; s++) value[s] = NAN;
    for (size_t i = 0; i < own.n_rows; i++)
        if (item_of_row[i] >= 0 && before[own.of_row[i]] >= 0) value[item_of_row[i]] = of_row[trials.row[before[own.of_row[i]]]];
    *out = value;
    return BB_OK;
}
