/*
 * The in-silico example: a complete project as a user would have it, with brains whose inner workings are known, measured as
 * an experimenter would, and models that really compute. Deterministic: the same bytes for the same seed, size and version.
 */
#ifndef BB_EXAMPLE_EXAMPLE_H
#define BB_EXAMPLE_EXAMPLE_H

#include "example/project.h"

struct bb_example_options {
    const char *dir;
    uint64_t seed;
    enum bb_project_size size;
    bool flaws; /* with a model that lacks outputs, one with a damaged file, and a benchmark whose data file is not there */
};

struct bb_example_report {
    size_t n_files, n_benchmarks, n_models;
    const char *manifest; /* its path; in `arena` */
};

/* See bb_project_open() for the folders that are refused. */
enum bb_code bb_example_write(const struct bb_example_options *options, struct bb_arena *arena, struct bb_example_report *report,
                              struct bb_err *err) BB_MUST_CHECK;

#endif
