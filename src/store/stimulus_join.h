/*
 * A stimulus set (a CSV with a row for each stimulus) and a recording of its stimuli: what the set says of a stimulus becomes coordinates of its
 * presentations. Then rules can be about either.
 */
#ifndef BB_STORE_STIMULUS_JOIN_H
#define BB_STORE_STIMULUS_JOIN_H

#include "store/array_file.h"

/* Adds the columns that the assembly does not have, as text (numbers sorted by their size), by `stimulus_id`; missing where the set has no such
   stimulus. BB_EINPUT. */
enum bb_code bb_stimulus_join(struct bb_assembly *assembly, const char *path, struct bb_err *err) BB_MUST_CHECK;

/* Then applies the rules of `columns` that were left when the recording was read, and what is left of `where`; *assembly may become another. path: of
   the recording, for messages. */
enum bb_code bb_stimulus_join_rules(struct bb_assembly **assembly, const struct bb_columns *columns, const struct bb_left *left,
                                    const char *path, struct bb_err *err) BB_MUST_CHECK;

#endif
