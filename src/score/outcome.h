/*
 * What became of one piece of work: a cell, a ceiling, an oracle. The same bytes on the pipe from a worker and in the cache.
 */
#ifndef BB_SCORE_OUTCOME_H
#define BB_SCORE_OUTCOME_H

#include "metric/metric.h"

struct bb_outcome {
    enum bb_code code;          /* BB_OK, or why there is no value … */
    const char *reason;         /* … in a sentence that names no folder of this machine */
    bool resource;              /* time, memory, a signal: may not happen next time, never kept */
    double value, error, lower; /* value: raw, or a ceiling */
    const char *error_kind;
    size_t n;
    const char *warning, *detail;
    struct bb_parts parts;
    struct bb_units units;
};

void bb_outcome_init(struct bb_outcome *outcome);                            /* NaN and NULL */
void bb_outcome_write(const struct bb_outcome *outcome, struct bb_buf *out); /* appended */
/* false when the bytes are not what bb_outcome_write wrote, or are a failure that another version of the program met: this
   one may not. Everything is copied into the arena. */
bool bb_outcome_read(const char *data, size_t len, struct bb_arena *arena, struct bb_outcome *out);

#endif
