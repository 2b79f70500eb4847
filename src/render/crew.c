#include "render/crew.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"

enum { FEW = 64, MOST_WORKERS = 32 };

struct worker {
    pid_t pid; /* 0: waited for */
    int fd;    /* what it tells: a struct told, then the entries of the staging */
};

struct job {
    size_t n;
    bb_crew_work *work;
    const void *context;
};

struct told {
    size_t item; /* that failed; counted over all jobs */
    struct bb_err err;
};

struct bb_crew {
    struct bb_staging *staging;
    size_t size; /* workers */
    struct job *job;
    size_t n_jobs, job_cap, n_items; /* of all jobs */
    struct worker *worker;
    size_t n, cap;
};

static size_t processors(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < 1 ? 1 : n > MOST_WORKERS ? MOST_WORKERS : (size_t)n;
}

struct bb_crew *bb_crew_new(struct bb_staging *staging, size_t workers)
{
    struct bb_crew *crew = bb_calloc(1, sizeof *crew);
    crew->staging = staging;
    crew->size = workers ? workers : processors();
    return crew;
}

/* --- the worker's side ---------------------------------------------------------------------------------------------- */

static void write_all(int fd, const void *data, size_t len)
{
    for (const char *at = data; len > 0;) {
        ssize_t n = write(fd, at, len);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) _exit(1); /* nobody listens any more */
        at += n;
        len -= (size_t)n;
    }
}

static enum bb_code do_item(const struct bb_crew *crew, size_t item, struct bb_err *err)
{
    size_t job = 0;
    for (; item >= crew->job[job].n; job++) item -= crew->job[job].n;
    return crew->job[job].work(crew->job[job].context, item, err);
}

/* Items first, first + size, … */
static void do_share(const struct bb_crew *crew, size_t first, int fd)
{
    struct told told;
    struct bb_buf entries = BB_BUF_INIT;
    size_t before = bb_staging_mark(crew->staging);
    memset(&told, 0, sizeof told);
    for (told.item = first; told.item < crew->n_items; told.item += crew->size)
        if (do_item(crew, told.item, &told.err) != BB_OK) break;
    bb_staging_tell(crew->staging, before, &entries);
    write_all(fd, &told, sizeof told);
    write_all(fd, bb_buf_text(&entries), entries.len);
    bb_buf_release(&entries);
}

static enum bb_code start_worker(struct bb_crew *crew, size_t first, struct bb_err *err)
{
    int ends[2];
    pid_t parent = getpid();
    if (pipe2(ends, O_CLOEXEC) != 0) return bb_fail(err, BB_EIO, "No pipe to a worker can be made: %s.", strerror(errno));
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        signal(SIGINT, SIG_DFL);
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* no worker outlives the program */
        if (getppid() == parent) do_share(crew, first, ends[1]);
        _exit(0);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return bb_fail(err, BB_EIO, "No worker can be started: %s.", strerror(errno));
    }
    crew->worker = bb_grow(crew->worker, &crew->cap, crew->n + 1, sizeof crew->worker[0]);
    crew->worker[crew->n++] = (struct worker){pid, ends[0]};
    return BB_OK;
}

void bb_crew_plan(struct bb_crew *crew, size_t n, bb_crew_work *work, const void *context)
{
    crew->job = bb_grow(crew->job, &crew->job_cap, crew->n_jobs + 1, sizeof crew->job[0]);
    crew->job[crew->n_jobs++] = (struct job){n, work, context};
    crew->n_items += n;
}

enum bb_code bb_crew_start(struct bb_crew *crew, struct bb_err *err)
{
    enum bb_code code = BB_OK;
    if (crew->n_items < FEW || crew->size == 1)
        for (size_t i = 0; code == BB_OK && i < crew->n_items; i++) code = do_item(crew, i, err);
    else
        for (size_t k = 0; code == BB_OK && k < crew->size; k++) code = start_worker(crew, k, err);
    return code;
}

/* --- collecting ------------------------------------------------------------------------------------------------------ */

static void read_all(int fd, struct bb_buf *out)
{
    char part[1 << 16];
    for (;;) {
        ssize_t n = read(fd, part, sizeof part);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return;
        bb_buf_add(out, part, (size_t)n);
    }
}

static int reap(struct worker *worker)
{
    int status = 0;
    while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR) {
    }
    close(worker->fd);
    worker->pid = 0;
    return status;
}

/* What one worker tells, and takes its files into the site. */
static enum bb_code collect(struct bb_crew *crew, struct worker *worker, struct told *told, struct bb_err *err)
{
    struct bb_buf answer = BB_BUF_INIT;
    enum bb_code code = BB_OK;
    read_all(worker->fd, &answer);
    if (reap(worker) != 0 || answer.len < sizeof *told)
        code =
            bb_fail(err, BB_EIO, "A worker that renders pages ended before its work was done. There may be too little memory.");
    if (code == BB_OK) {
        memcpy(told, answer.data, sizeof *told);
        code = bb_staging_learn(crew->staging, answer.data + sizeof *told, err);
    }
    bb_buf_release(&answer);
    return code;
}

enum bb_code bb_crew_wait(struct bb_crew *crew, struct bb_err *err)
{
    struct told first;
    memset(&first, 0, sizeof first);
    for (size_t k = 0; k < crew->n; k++) {
        struct told told;
        enum bb_code code = collect(crew, &crew->worker[k], &told, err);
        if (code != BB_OK) return code;
        if (told.err.code != BB_OK && (first.err.code == BB_OK || told.item < first.item)) first = told;
    }
    crew->n = 0;
    if (first.err.code == BB_OK) return BB_OK;
    return bb_fail(err, first.err.code, "%s", first.err.msg);
}

void bb_crew_free(struct bb_crew *crew)
{
    if (!crew) return;
    for (size_t k = 0; k < crew->n; k++) {
        if (!crew->worker[k].pid) continue;
        kill(crew->worker[k].pid, SIGKILL);
        (void)reap(&crew->worker[k]);
    }
    free(crew->worker);
    free(crew->job);
    free(crew);
}
