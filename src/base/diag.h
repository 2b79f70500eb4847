/*
 * Diagnostics: every problem of the input at once, each with its place.
 *
 * A reader that can go on after a problem adds it here instead of returning it; the command prints all of them as
 * `file:line:column: error: message`, in the order of file, line and column, and decides by the number of errors.
 */
#ifndef BB_BASE_DIAG_H
#define BB_BASE_DIAG_H

#include <stddef.h>
#include <stdio.h>

#include "base/mem.h"

enum bb_severity { BB_ERROR, BB_WARNING, BB_NOTE };

struct bb_place {
    const char *file; /* as the user named it; NULL: no file */
    size_t line, column; /* from 1; column in code points; 0: unknown */
};

struct bb_diag {
    enum bb_severity severity;
    struct bb_place place;
    const char *message;
};

struct bb_names;

struct bb_diags {
    struct bb_diag *diag; /* diag[0..n) in order of arrival; doubles of the same place and message are dropped */
    size_t n, cap;
    size_t n_errors, n_warnings;
    struct bb_names *seen; /* private: what was said already, and where */
    struct bb_arena *arena; /* owns messages and copies of file names */
};

void bb_diags_init(struct bb_diags *diags);
void bb_diags_release(struct bb_diags *diags);

#define BB_DIAG_LENGTH 1000 /* bytes of a message; more is cut */
void bb_diag_add(struct bb_diags *diags, enum bb_severity severity, struct bb_place place, const char *fmt, ...) BB_PRINTF(4, 5);
/* Those that are at least as grave as `least`, sorted by place; control characters made harmless. */
void bb_diags_print(struct bb_diags *diags, enum bb_severity least, FILE *out);

#endif
