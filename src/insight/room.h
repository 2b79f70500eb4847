/*
 * Where all models fail: how far the best model of each benchmark is from what any model could get.
 *
 * That is the oracle of the mapping, the recording predicting itself through the same metric and splits (bb_facts.oracle), where it was computed. The
 * noise ceiling is something else, how well the recording repeats itself, and is stated apart: on the scale of scores it is 1 where scores are a
 * share of it.
 */
#ifndef BB_INSIGHT_ROOM_H
#define BB_INSIGHT_ROOM_H

#include "insight/asking.h"

struct bb_room {
    size_t quantity, model; /* the benchmark; its best model (of results) */
    const struct bb_asked_domain *domain;
    double best, oracle, ceiling; /* scores; NaN: not known */
    double room;                  /* oracle − best; NaN without an oracle */
};

/* Benchmarks in which higher is better: those with an oracle first, the largest room first; then those with a ceiling, the furthest from it first. */
size_t bb_room_of(const struct bb_asking *asking, struct bb_room **out);

#endif
