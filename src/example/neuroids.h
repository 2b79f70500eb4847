/*
 * Simulated recordings: neuroids that read an area's features, and the spikes they fire.
 *
 * A neuroid sums a few features with random weights; a soft threshold makes a rate of it, a stimulus' mean number of spikes;
 * each presentation draws a Poisson number. Some neuroids hardly depend on the stimulus, as in any recording. The features may
 * be those of any brain (or model): this is how a true brain is measured.
 */
#ifndef BB_EXAMPLE_NEUROIDS_H
#define BB_EXAMPLE_NEUROIDS_H

#include <stdint.h>

#include "base/mem.h"

struct bb_neuroids_spec {
    uint64_t seed, task; /* the stream: one for each recording of a seed */
    size_t n_neuroids, n_animals;
    size_t n_inputs; /* features that a neuroid reads */
    size_t
        n_places; /* a neuroid reads features of one place alone, where feature = channel · n_places + place; 1: of all places */
    size_t n_repetitions;
    double mean_count; /* spikes per presentation, on average */
    double unreliable; /* share of neuroids that hardly depend on the stimulus */
    double
        gain_spread; /* sd of the logarithm of a factor that all neuroids of an animal share in a presentation (arousal); 0:
                        none */
};

struct bb_measured {
    size_t n_stimuli, n_neuroids, n_repetitions;
    double *rate;   /* stimuli × neuroids: the mean number of spikes, which no experimenter sees */
    double *count;  /* (stimulus · n_repetitions + repetition) × neuroids */
    size_t *animal; /* neuroids: 0 … n_animals − 1, those of an animal side by side */
};

/* features: n × width, each with about mean 0 and standard deviation 1. */
struct bb_measured bb_neuroids_measure(const struct bb_neuroids_spec *spec, const double *features, size_t n, size_t width,
                                       struct bb_arena *arena);

#endif
