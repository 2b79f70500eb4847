/*
 * A part of the project that is written by a process of its own, beside the one that goes on: two cores are used, and the
 * bytes are the same.
 */
#ifndef BB_EXAMPLE_BESIDE_H
#define BB_EXAMPLE_BESIDE_H

#include "example/project.h"

typedef enum bb_code bb_project_writer(struct bb_project *project, struct bb_err *err);

struct bb_beside {
    int process, pipe; /* process 0: none could be had, and the part is written when it is joined */
    const char *name;
    bb_project_writer *write;
};

/* `name` is that of the part, as in bb_project_part(). */
struct bb_beside bb_beside_start(struct bb_project *project, const char *name, bb_project_writer *write);
/* Waits; what the part wrote comes after what the project has by then. */
enum bb_code bb_beside_join(struct bb_beside *beside, struct bb_project *project, struct bb_err *err) BB_MUST_CHECK;

#endif
