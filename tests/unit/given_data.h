/*
 * Files that are no part of the project, in the folders of BRAINBOARD_DATA.
 */
#ifndef GIVEN_DATA_H
#define GIVEN_DATA_H

#include "base/json.h"

/* NULL where none of the folders has it, which the output of the tests says. */
const char *given_path(struct bb_arena *arena, const char *name);
const struct bb_json *given_json(struct bb_arena *arena, const char *name);

#endif
