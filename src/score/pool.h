/*
 * Forked workers: tasks in groups, a process per group, results over a pipe. What a task is, is the caller's business.
 *
 * A group is what should be done in one process (cells of one model's file). A task that crashes, hangs or runs out of memory
 * fails alone: the rest of its group goes to a new process. The caller must not have started threads, nor opened what must
 * not be shared.
 */
#ifndef BB_SCORE_POOL_H
#define BB_SCORE_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bb_pool_link; /* the worker's end */

struct bb_pool_group {
    const size_t *task;
    size_t n;
    uint64_t bytes;   /* memory that it will need, as far as it is known */
    const char *what; /* for the progress line */
};

struct bb_pool {
    unsigned jobs;    /* processes at once */
    double timeout;   /* seconds per task; 0: none */
    uint64_t memory;  /* bytes that all processes together may need; 0: no limit */
    const char *what; /* of the progress line */
    void *ctx;
    /* In the worker: does the tasks in any order, saying bb_pool_begin before each and bb_pool_result after it. */
    void (*run)(void *ctx, const size_t *task, size_t n, struct bb_pool_link *link);
    /* In the parent, once per task: the bytes of its result (valid during the call); true when they say that it failed … */
    bool (*done)(void *ctx, size_t task, const char *data, size_t len);
    /* … or a sentence that says what became of it. These failures are of resources, and may not happen next time. */
    void (*failed)(void *ctx, size_t task, const char *reason);
    size_t n_failed; /* so far */
};

void bb_pool_run(struct bb_pool *pool, const struct bb_pool_group *group, size_t n);

void bb_pool_begin(struct bb_pool_link *link, size_t task);
void bb_pool_result(struct bb_pool_link *link, size_t task, const void *data, size_t len);

uint64_t bb_machine_memory(void); /* bytes; of the control group where it has less */
unsigned bb_machine_cores(void);  /* that this process may use */

#endif
