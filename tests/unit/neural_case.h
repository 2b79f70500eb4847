/*
 * What the tests of neural metrics share: assemblies and features from the golden cases' JSON.
 */
#ifndef NEURAL_CASE_H
#define NEURAL_CASE_H

#include "metric/features.h"
#include "metric_case.h"

/*
 * {"dims": {"presentation": 6, "neuroid": 3}, "coords": [{"name": "stimulus_id", "dim": 0, "values": ["a", …]}], "values": [numbers, row-major]}. A
 * coordinate is text when its first value that is not null is; null is missing.
 */
struct bb_assembly *assembly_of_json(const struct bb_json *json);

/* {"stimulus": [ids], "X": [numbers, row-major]} */
struct bb_features *features_of_json(const struct bb_json *json, struct bb_arena *arena);

/* The struct of parameters that the fields (and `finish`) make of json; what they say when they refuse goes to *said (else "") if that is not NULL, and
   fails the test otherwise. */
void *neural_params(const struct bb_json *json, const struct bb_field *fields, size_t n_fields, size_t size,
                    void (*finish)(void *, struct bb_arena *, struct bb_diags *), struct bb_arena *arena, const char **said);

const struct bb_json *json_of(struct bb_arena *arena, const char *text);
/* Members of a JSON array: numbers; "s00", "s01" … up to the modulus, and again. */
const char *listed_numbers(struct bb_arena *arena, const double *x, size_t n);
const char *listed_names(struct bb_arena *arena, const char *prefix, size_t n, size_t modulus);

/* The task of a case: its "data", "train_data", "features", "time_bins"; release_task frees what it made. */
void task_of_json(const struct bb_json *c, struct bb_arena *arena, struct bb_task *task);
void release_task(struct bb_task *task);
/* "features_at": {"bins": [[begin, end], …], "features": [features, …]} become task->features and task->features_at. */

#endif
