/*
 * What the program says while it works: messages and progress, on stderr.
 *
 * --quiet: errors only. --verbose: details too. Colours only on a terminal, and never with NO_COLOR. Control characters in messages are
 * made harmless, so that a file name cannot drive the terminal.
 */
#ifndef BB_BASE_LOG_H
#define BB_BASE_LOG_H

#include <stddef.h>

#include "base/err.h"
#include "base/mem.h"

enum bb_log_level { BB_LOG_QUIET, BB_LOG_NORMAL, BB_LOG_VERBOSE };

void bb_log_set_level(enum bb_log_level level);
enum bb_log_level bb_log_get_level(void);

void bb_log_error(const char *fmt, ...) BB_PRINTF(1, 2);   /* always:           "brainboard: error: …" */
void bb_log_warning(const char *fmt, ...) BB_PRINTF(1, 2); /* not when quiet:   "brainboard: warning: …" */
void bb_log_info(const char *fmt, ...) BB_PRINTF(1, 2);    /* not when quiet:   "…" */
void bb_log_detail(const char *fmt, ...) BB_PRINTF(1, 2);  /* only when verbose */

/* Lines that something else made, each with its end: `shown` on stderr as it is, `kept` for the copy. */
void bb_log_lines(const char *shown, const char *kept);

/* Errors, warnings, what is told and lines are also added to `copy`, without colours, whether they are shown or not. NULL: no more. */
void bb_log_copy(struct bb_buf *copy);

/* Progress: one line that is redrawn on a terminal (at most 10 times a second; bar, done/total, rate, time left), a plain line at each quarter
   elsewhere, nothing when quiet. Messages of the log do not tear the bar. One at a time. */
void bb_progress_start(const char *what, size_t total);
void bb_progress_step(size_t done, const char *detail); /* detail (may be NULL): what is being worked on */
void bb_progress_end(void);

#endif
