/*
 * Errors: a code, and a sentence for a person.
 *
 * A function that can fail for a reason outside the program (input, files, numbers) returns enum bb_code and takes
 * `struct bb_err *err` last. The callee writes a complete sentence: what is wrong, where, what to do; a caller may put
 * its own context in front with bb_err_wrap(). err is untouched on success and may be NULL. A wrong program is
 * assert(); memory that cannot be had ends the process with a sentence (see mem.h), so there is no code for it.
 */
#ifndef BB_BASE_ERR_H
#define BB_BASE_ERR_H

#include <stddef.h>

/* code, exit status of the program when this code ends it, name */
#define BB_CODE_LIST(X)                                                                                                \
    X(BB_OK, 0, "ok")                                                                                                  \
    X(BB_EUSAGE, 2, "wrong usage")                                                                                     \
    X(BB_EINPUT, 3, "invalid input")                                                                                   \
    X(BB_EABSENT, 3, "not on this machine")                                                                            \
    X(BB_ENUMERIC, 3, "cannot be computed")                                                                            \
    X(BB_ELIMIT, 3, "over a limit")                                                                                    \
    X(BB_EIO, 4, "input or output failed")

enum bb_code {
#define BB_CODE_ENUM(code, status, name) code,
    BB_CODE_LIST(BB_CODE_ENUM)
#undef BB_CODE_ENUM
};

#define BB_ERR_MAX 1024

struct bb_err {
    enum bb_code code;
    char msg[BB_ERR_MAX]; /* UTF-8, one line, control characters replaced */
};

#define BB_MUST_CHECK __attribute__((warn_unused_result))
#define BB_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

/* Sets *err (when not NULL) to code and the formatted sentence; returns code, so that `return bb_fail(...)` is one line. */
enum bb_code bb_fail(struct bb_err *err, enum bb_code code, const char *fmt, ...) BB_PRINTF(3, 4);

/* Puts the formatted context and ": " in front of the sentence. Returns err's code. */
enum bb_code bb_err_wrap(struct bb_err *err, enum bb_code code, const char *fmt, ...) BB_PRINTF(3, 4);

int bb_code_status(enum bb_code code);       /* exit status of the program */
const char *bb_code_name(enum bb_code code); /* "invalid input" … */

#endif
