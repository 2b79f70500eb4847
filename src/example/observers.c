#include "example/observers.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#include "model/draws.h"

enum { CLASSES_MOST = 64 };

static double spread_of(const double *evidence, size_t n)
{
    double mean = 0, square = 0;
    for (size_t i = 0; i < n; i++) mean += evidence[i] / (double)n;
    for (size_t i = 0; i < n; i++) square += (evidence[i] - mean) * (evidence[i] - mean) / (double)n;
    return sqrt(square);
}

static bool allowed(const struct bb_trials *trials, size_t t, size_t class)
{
    return !trials->option || trials->option[t][0] == (int)class || trials->option[t][1] == (int)class;
}

static int most_evidence(const struct bb_trials *trials, size_t t, const double *evidence)
{
    int best = -1;
    for (size_t c = 0; c < trials->n_classes; c++)
        if (allowed(trials, t, c) && (best < 0 || evidence[c] > evidence[best])) best = (int)c;
    return best;
}

static int guess(struct bb_rng *rng, const struct bb_trials *trials, size_t t)
{
    return trials->option ? trials->option[t][bb_rng_below(rng, 2)] : (int)bb_rng_below(rng, (uint32_t)trials->n_classes);
}

int *bb_observers_choose(const struct bb_observers_spec *spec, const struct bb_trials *trials, const double *evidence,
                         size_t n_stimuli, struct bb_arena *arena)
{
    size_t k = trials->n_classes;
    int *choice = BB_NEW_ARRAY(arena, spec->n_subjects * trials->n, int);
    double unit = spread_of(evidence, n_stimuli * k), habit[CLASSES_MOST], felt[CLASSES_MOST];
    assert(k <= CLASSES_MOST);
    for (size_t s = 0; s < spec->n_subjects; s++) {
        struct bb_rng rng;
        bb_rng_init(&rng, spec->seed, spec->task << 32 | s);
        for (size_t c = 0; c < k; c++) habit[c] = spec->habit * unit * bb_draw_normal(&rng);
        for (size_t t = 0; t < trials->n; t++) {
            for (size_t c = 0; c < k; c++)
                felt[c] = evidence[trials->stimulus[t] * k + c] + habit[c] + spec->noise * unit * bb_draw_normal(&rng);
            bool looked = bb_rng_uniform(&rng) >= spec->lapse;
            int guessed = guess(&rng, trials, t);
            choice[s * trials->n + t] = looked ? most_evidence(trials, t, felt) : guessed;
        }
    }
    return choice;
}

int *bb_choose(const struct bb_trials *trials, const double *evidence, struct bb_arena *arena)
{
    int *choice = BB_NEW_ARRAY(arena, trials->n, int);
    for (size_t t = 0; t < trials->n; t++)
        choice[t] = most_evidence(trials, t, evidence + trials->stimulus[t] * trials->n_classes);
    return choice;
}
