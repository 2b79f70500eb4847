/*
 * What the tests of metrics share: assemblies from CSV text, a metric run on them, and the golden cases of tests/numeric.
 */
#ifndef METRIC_CASE_H
#define METRIC_CASE_H

#include "metric/metric.h"

/* Every column is a coordinate of its own name; `value` and, where there is no `region`, `condition` are numbers. NULL for NULL. */
struct bb_assembly *assembly_of(const char *csv);

/* tests/numeric/<folder>/cases.json, its member "cases". Fails the test when it is not there. */
const struct bb_json *golden_cases(struct bb_arena *arena, const char *folder);

/* Members of a case. */
const char *text_of(const struct bb_json *object, const char *key); /* NULL: none */
double number_of(const struct bb_json *object, const char *key);    /* NaN: none, or null */
double *numbers_of(const struct bb_json *array, struct bb_arena *arena, size_t *n);

/* Equal to the relative tolerance (or absolute, below 1), or both NaN. Fails the test otherwise. */
void check_near(const char *what, double got, double want, double tolerance);

/* Scores, and computes the ceiling of, every case of the folder. */
void check_cases(const char *folder);

/* The metric must refuse with a sentence that has `part` in it. params: JSON; data may be NULL. */
void check_refused(const char *metric, const char *params, const char *model, const char *data, enum bb_code code,
                   const char *part);
void check_refused_with_stimuli(const char *metric, const char *params, const char *model, const char *data, const char *stimuli, enum bb_code code,
                                const char *part);
/* The same for a ceiling. */
void check_ceiling_refused(const char *ceiling, const char *metric, const char *data, enum bb_code code, const char *part);

#endif
