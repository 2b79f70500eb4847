#include "score/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

#define NO_TASK ((size_t)-1)

enum { BEGIN = 1, RESULT = 2 };

struct message {
    size_t kind, task, len; /* followed by len bytes */
};

struct bb_pool_link {
    int fd;
};

struct worker {
    pid_t pid;
    int fd;           /* reading end */
    int words;        /* a memory file: what it said on stderr */
    struct bb_buf in; /* bytes that are no whole message yet */
    size_t *task;     /* owned: what it was given … */
    bool *answered;   /* … and has answered */
    size_t n;
    size_t current; /* NO_TASK: none */
    double since;   /* when it began with that, or with anything */
    bool timed_out;
    uint64_t bytes;
    const char *what;
};

/* Groups that wait: those of the caller, and what crashed workers left. */
struct queue {
    struct bb_pool_group *group;
    bool *owned; /* its list of tasks is ours to free */
    size_t first, n, cap, cap_owned;
};

struct running {
    struct bb_pool *pool;
    struct queue queue;
    struct worker *worker;
    size_t n_workers;
    uint64_t bytes; /* of all that run */
    size_t done, n_tasks;
};

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* --- the worker's end --------------------------------------------------------------------------------------------- */

static void write_all(int fd, const void *data, size_t len)
{
    const char *at = data;
    while (len) {
        ssize_t n = write(fd, at, len);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) _exit(BB_EIO); /* nobody listens any more */
        at += n;
        len -= (size_t)n;
    }
}

void bb_pool_begin(struct bb_pool_link *link, size_t task)
{
    const struct message message = {BEGIN, task, 0};
    write_all(link->fd, &message, sizeof message);
}

void bb_pool_result(struct bb_pool_link *link, size_t task, const void *data, size_t len)
{
    const struct message message = {RESULT, task, len};
    write_all(link->fd, &message, sizeof message);
    write_all(link->fd, data, len);
}

#if defined(__SANITIZE_ADDRESS__)
#define LIMITS_MEMORY false /* its shadow alone is larger than any limit */
#else
#define LIMITS_MEMORY true
#endif

static void limit(int what, rlim_t most)
{
    struct rlimit now;
    if (getrlimit(what, &now) != 0) return;
    if (now.rlim_max == RLIM_INFINITY || most < now.rlim_max) now.rlim_max = most;
    now.rlim_cur = now.rlim_max;
    (void)setrlimit(what, &now);
}

/* Of address space, libraries and what the parent held at the fork included. */
static uint64_t address_space(void)
{
    uint64_t pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%" SCNu64, &pages) != 1) pages = 0;
    if (file) fclose(file);
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static void become_worker(const struct bb_pool *pool, pid_t parent, int words)
{
    signal(SIGINT, SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* no worker outlives the program */
    if (getppid() != parent) _exit(0);
    if (words >= 0) dup2(words, STDERR_FILENO);
    bb_log_set_level(BB_LOG_QUIET);
    limit(RLIMIT_CORE, 0);
    if (pool->memory && LIMITS_MEMORY) limit(RLIMIT_AS, address_space() + pool->memory); /* what it takes itself counts */
}

/* --- starting ----------------------------------------------------------------------------------------------------- */

static void start(struct running *r, const struct bb_pool_group *group)
{
    struct worker *w = &r->worker[r->n_workers];
    int ends[2];
    *w = (struct worker){.current = NO_TASK, .n = group->n, .bytes = group->bytes, .what = group->what};
    w->task = bb_malloc((group->n + 1) * sizeof *w->task);
    memcpy(w->task, group->task, group->n * sizeof *w->task);
    w->answered = bb_calloc(group->n + 1, sizeof *w->answered);
    w->in.limit = (size_t)4 << 30;
    if (pipe2(ends, O_CLOEXEC) != 0) bb_die("no pipe to a worker can be made: %s", strerror(errno));
    w->words = memfd_create("stderr", MFD_CLOEXEC);
    pid_t parent = getpid();
    fflush(NULL);
    w->pid = fork();
    if (w->pid < 0) bb_die("no worker can be started: %s", strerror(errno));
    if (w->pid == 0) {
        struct bb_pool_link link = {ends[1]};
        become_worker(r->pool, parent, w->words);
        r->pool->run(r->pool->ctx, w->task, w->n, &link);
        _exit(0);
    }
    close(ends[1]);
    w->fd = ends[0];
    fcntl(w->fd, F_SETFL, O_NONBLOCK);
    w->since = seconds_now();
    r->bytes += w->bytes;
    r->n_workers++;
}

/* After each task, so that what is said off a terminal does not depend on how many answers came at once. */
static void show(struct running *r)
{
    char line[200];
    int len = snprintf(line, sizeof line, "%zu running", r->n_workers);
    if (r->pool->n_failed) len += snprintf(line + len, sizeof line - (size_t)len, ", %zu failed", r->pool->n_failed);
    if (r->n_workers && r->worker[0].what) snprintf(line + len, sizeof line - (size_t)len, "  %s", r->worker[0].what);
    bb_progress_step(r->done, line);
}

static void enqueue(struct queue *queue, const struct bb_pool_group *group, bool owned)
{
    queue->group = bb_grow(queue->group, &queue->cap, queue->n + 1, sizeof *queue->group);
    queue->owned = bb_grow(queue->owned, &queue->cap_owned, queue->n + 1, sizeof *queue->owned);
    queue->group[queue->n] = *group;
    queue->owned[queue->n++] = owned;
}

static void fail_task(struct running *r, size_t task, const char *reason)
{
    r->pool->failed(r->pool->ctx, task, reason);
    r->pool->n_failed++;
    r->done++;
    show(r);
}

struct size_text {
    char text[32];
};

static struct size_text size_text(uint64_t bytes)
{
    struct size_text out;
    if (bytes >= 1000000000)
        snprintf(out.text, sizeof out.text, "%.1f GB", (double)bytes / 1e9);
    else
        snprintf(out.text, sizeof out.text, "%.0f MB", (double)bytes / 1e6);
    return out;
}

static void fail_group(struct running *r, const struct bb_pool_group *group)
{
    char reason[200];
    snprintf(reason, sizeof reason, "it needs about %s of memory, and all workers together may use %s: give more with --memory",
             size_text(group->bytes).text, size_text(r->pool->memory).text);
    for (size_t i = 0; i < group->n; i++) fail_task(r, group->task[i], reason);
}

/* Starts what fits: in order, but a small group may pass a large one that waits for memory. */
static void start_what_fits(struct running *r)
{
    struct queue *q = &r->queue;
    for (size_t i = q->first; i < q->n && r->n_workers < r->pool->jobs; i++) {
        struct bb_pool_group group = q->group[i];
        if (!group.n) {
            if (i == q->first) q->first++;
            continue;
        }
        bool too_large = r->pool->memory && group.bytes > r->pool->memory;
        if (!too_large && r->pool->memory && r->bytes + group.bytes > r->pool->memory) continue;
        q->group[i].n = 0;
        if (too_large)
            fail_group(r, &group);
        else
            start(r, &group);
        if (q->owned[i]) free((void *)(uintptr_t)group.task);
    }
    while (q->first < q->n && !q->group[q->first].n) q->first++;
}

/* --- answers ------------------------------------------------------------------------------------------------------ */

static void take_message(struct running *r, struct worker *w, const struct message *message, const char *data)
{
    if (message->kind == BEGIN) {
        w->current = message->task;
        w->since = seconds_now();
        return;
    }
    for (size_t i = 0; i < w->n; i++) {
        if (w->task[i] != message->task || w->answered[i]) continue;
        w->answered[i] = true;
        r->done++;
        r->pool->n_failed += r->pool->done(r->pool->ctx, message->task, data, message->len);
        show(r);
        break;
    }
    if (w->current == message->task) w->current = NO_TASK;
    w->since = seconds_now();
}

/* false at the end of its words. */
static bool take_bytes(struct running *r, struct worker *w)
{
    for (;;) {
        char *room = bb_buf_room(&w->in, 65536);
        ssize_t n = read(w->fd, room, 65536);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return true;
        if (n == 0) return false;
        w->in.len += (size_t)n;
        size_t at = 0;
        struct message message;
        while (w->in.len - at >= sizeof message) {
            memcpy(&message, w->in.data + at, sizeof message);
            if (w->in.len - at - sizeof message < message.len) break;
            take_message(r, w, &message, w->in.data + at + sizeof message);
            at += sizeof message + message.len;
        }
        memmove(w->in.data, w->in.data + at, w->in.len - at);
        w->in.len -= at;
    }
}

/* The last line that it wrote to stderr, without "brainboard: error: "; "" when there is none. */
static void last_words(const struct worker *w, char *out, size_t size)
{
    char text[4096];
    ssize_t n = -1;
    out[0] = '\0';
    off_t end = w->words < 0 ? 0 : lseek(w->words, 0, SEEK_END);
    if (end > 0) n = pread(w->words, text, sizeof text - 1, end > (off_t)sizeof text - 1 ? end - (off_t)sizeof text + 1 : 0);
    if (n <= 0) return;
    while (n > 0 && (text[n - 1] == '\n' || text[n - 1] == '\0')) n--;
    text[n] = '\0';
    const char *line = strrchr(text, '\n') ? strrchr(text, '\n') + 1 : text;
    static const char label[] = "brainboard: error: ";
    if (strncmp(line, label, sizeof label - 1) == 0) line += sizeof label - 1;
    snprintf(out, size, "%.*s", (int)size - 1, line);
    bb_text_tame(out);
}

static void describe_end(const struct worker *w, int status, const struct bb_pool *pool, char *out, size_t size)
{
    char words[512];
    last_words(w, words, sizeof words);
    if (w->timed_out)
        snprintf(out, size, "it took longer than the %g seconds that a cell may take: give more with --cell-timeout", pool->timeout);
    else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
        snprintf(out, size, "the worker was killed (SIGKILL), perhaps because the machine ran out of memory");
    else if (WIFSIGNALED(status))
        snprintf(out, size, "the worker crashed (signal %d, %s): a damaged file, or a defect of the program", WTERMSIG(status),
                 strsignal(WTERMSIG(status)));
    else if (bb_starts_with(words, "out of memory") && pool->memory)
        snprintf(out, size, "out of memory: all workers together may use %s; give more with --memory", size_text(pool->memory).text);
    else if (WIFEXITED(status) && WEXITSTATUS(status) == bb_code_status(BB_EIO) && words[0])
        snprintf(out, size, "%s", words);
    else
        snprintf(out, size, "the worker ended with status %d before it answered%s%s",
                 WIFEXITED(status) ? WEXITSTATUS(status) : -1, words[0] ? ": " : "", words);
    if (bb_log_get_level() == BB_LOG_VERBOSE && words[0]) bb_log_detail("worker: %s", words);
}

/* Whatever it did not answer: what it was at fails, the rest goes to another worker. */
static void bury(struct running *r, size_t index)
{
    struct worker w = r->worker[index];
    int status = 0;
    char reason[1024];
    while (waitpid(w.pid, &status, 0) < 0 && errno == EINTR) {
    }
    struct bb_pool_group rest = {.bytes = w.bytes, .what = w.what};
    size_t *left = bb_malloc((w.n + 1) * sizeof *left);
    bool blamed = false;
    r->bytes -= w.bytes;
    for (size_t i = 0; i < w.n; i++)
        if (!w.answered[i]) left[rest.n++] = w.task[i];
    if (rest.n) {
        size_t culprit = w.current == NO_TASK ? left[0] : w.current, kept = 0;
        describe_end(&w, status, r->pool, reason, sizeof reason);
        for (size_t i = 0; i < rest.n; i++) {
            if (!blamed && left[i] == culprit) {
                fail_task(r, culprit, reason);
                blamed = true;
            } else {
                left[kept++] = left[i];
            }
        }
        rest.n = kept;
    }
    if (rest.n) {
        rest.task = left;
        enqueue(&r->queue, &rest, true);
    } else {
        free(left);
    }
    close(w.fd);
    if (w.words >= 0) close(w.words);
    bb_buf_release(&w.in);
    free(w.task);
    free(w.answered);
    r->worker[index] = r->worker[--r->n_workers];
}

static void kill_those_that_hang(struct running *r)
{
    double now = seconds_now();
    for (size_t i = 0; r->pool->timeout > 0 && i < r->n_workers; i++) {
        struct worker *w = &r->worker[i];
        if (w->timed_out || now - w->since < r->pool->timeout) continue;
        w->timed_out = true;
        kill(w->pid, SIGKILL);
    }
}

/* The worker with most tasks left comes first: its name stands in the progress line. */
static void serve(struct running *r, struct pollfd *fd)
{
    size_t n = r->n_workers;
    for (size_t i = 0; i < n; i++) fd[i] = (struct pollfd){.fd = r->worker[i].fd, .events = POLLIN};
    if (poll(fd, n, 100) < 0 && errno != EINTR) bb_die("waiting for workers failed: %s", strerror(errno));
    for (size_t i = n; i-- > 0;)
        if ((fd[i].revents & (POLLIN | POLLHUP | POLLERR)) && !take_bytes(r, &r->worker[i])) bury(r, i);
    kill_those_that_hang(r);
}

void bb_pool_run(struct bb_pool *pool, const struct bb_pool_group *group, size_t n)
{
    struct running r = {.pool = pool};
    if (pool->jobs < 1) pool->jobs = 1;
    for (size_t i = 0; i < n; i++) {
        enqueue(&r.queue, &group[i], false);
        r.n_tasks += group[i].n;
    }
    if (!r.n_tasks) {
        free(r.queue.group);
        free(r.queue.owned);
        return;
    }
    r.worker = bb_calloc(pool->jobs, sizeof *r.worker);
    struct pollfd *fd = bb_calloc(pool->jobs, sizeof *fd);
    bb_progress_start(pool->what, r.n_tasks);
    for (;;) {
        start_what_fits(&r);
        show(&r);
        if (!r.n_workers && r.queue.first >= r.queue.n) break;
        if (r.n_workers) serve(&r, fd);
    }
    bb_progress_end();
    free(fd);
    free(r.worker);
    free(r.queue.group);
    free(r.queue.owned);
}

/* --- the machine -------------------------------------------------------------------------------------------------- */

static uint64_t number_in(const char *path)
{
    char text[64] = "";
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    if (!fgets(text, sizeof text, file)) text[0] = '\0';
    fclose(file);
    return strtoull(text, NULL, 10); /* "max" is 0 */
}

uint64_t bb_machine_memory(void)
{
    uint64_t memory = (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE);
    const uint64_t group[] = {number_in("/sys/fs/cgroup/memory.max"), number_in("/sys/fs/cgroup/memory/memory.limit_in_bytes")};
    for (size_t i = 0; i < 2; i++)
        if (group[i] && group[i] < memory) memory = group[i];
    return memory;
}

unsigned bb_machine_cores(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < 1 ? 1 : (unsigned)n;
}
