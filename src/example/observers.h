/*
 * Simulated behaviour: observers who choose between categories by noisy evidence.
 *
 * A choice is the category of the most evidence after noise was added: an observer's own (their habits, the same in all
 * trials), and a trial's; and now and then it is a guess. Observers share the evidence and so make some of their errors
 * together.
 */
#ifndef BB_EXAMPLE_OBSERVERS_H
#define BB_EXAMPLE_OBSERVERS_H

#include <stdint.h>

#include "base/mem.h"

struct bb_observers_spec {
    uint64_t seed, task;
    size_t n_subjects;
    double habit, noise; /* sd, in units of the evidence's sd */
    double lapse;        /* share of trials without looking */
};

/* A trial: a stimulus, and the categories that may be chosen (NULL: all). */
struct bb_trials {
    size_t n, n_classes;
    const size_t *stimulus; /* n */
    const int (*option)[2]; /* n pairs, or NULL */
};

/* evidence: stimuli × n_classes. Choices as subjects × trials. */
int *bb_observers_choose(const struct bb_observers_spec *spec, const struct bb_trials *trials, const double *evidence,
                         size_t n_stimuli, struct bb_arena *arena);

/* The same without any noise: what a model with this evidence says. */
int *bb_choose(const struct bb_trials *trials, const double *evidence, struct bb_arena *arena);

#endif
