#include "base/trace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"

static struct {
    bool on;
    pid_t process;
    struct bb_trace trace;
    size_t cap;
    struct bb_names name; /* of an entry: a letter for its kind of question, and the path */
    struct bb_names ignored;
} state;

void bb_trace_start(void)
{
    bb_trace_stop();
    state.on = true;
    state.process = getpid();
    bb_names_init(&state.name);
    bb_names_init(&state.ignored);
}

void bb_trace_stop(void)
{
    if (!state.on) return;
    for (size_t i = 0; i < state.trace.n; i++) free((char *)(uintptr_t)state.trace.entry[i].path);
    free(state.trace.entry);
    bb_names_release(&state.name);
    bb_names_release(&state.ignored);
    memset(&state, 0, sizeof state);
}

const struct bb_trace *bb_trace_so_far(void)
{
    return state.on ? &state.trace : NULL;
}

void bb_trace_ignore(const char *dir)
{
    if (state.on) bb_names_add(&state.ignored, dir);
}

static bool is_ignored(const char *path)
{
    for (size_t i = 0; i < state.ignored.n; i++) {
        size_t len = strlen(state.ignored.name[i]);
        if (strncmp(path, state.ignored.name[i], len) == 0 && (path[len] == '/' || path[len] == '\0')) return true;
    }
    return false;
}

static bool is_noting(const char *path)
{
    return state.on && state.process == getpid() && !is_ignored(path);
}

uint64_t bb_trace_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static uint64_t nanoseconds(struct timespec t)
{
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

enum bb_trace_kind bb_trace_look(const char *path, struct bb_trace_stat *out)
{
    struct stat now;
    *out = (struct bb_trace_stat){0};
    if (stat(path, &now) != 0) return errno == ENOENT || errno == ENOTDIR ? BB_TRACE_ABSENT : BB_TRACE_OTHER;
    if (S_ISDIR(now.st_mode)) return BB_TRACE_DIR;
    if (!S_ISREG(now.st_mode)) return BB_TRACE_OTHER;
    *out = (struct bb_trace_stat){.size = (uint64_t)now.st_size,
                                  .mtime = nanoseconds(now.st_mtim),
                                  .ctime = nanoseconds(now.st_ctim),
                                  .inode = now.st_ino,
                                  .device = now.st_dev};
    return BB_TRACE_FILE;
}

void bb_trace_matches_digest(char *const *path, size_t n, char out[65])
{
    struct bb_sha256 *sha = bb_sha256_new();
    for (size_t i = 0; i < n; i++) bb_sha256_add(sha, path[i], strlen(path[i]) + 1);
    bb_sha256_finish(sha, out);
}

/* The entry of a question; *is_new: asked for the first time. */
static struct bb_trace_entry *entry_of(char question, const char *path, bool *is_new)
{
    struct bb_buf key = BB_BUF_INIT;
    bb_buf_putc(&key, question);
    bb_buf_puts(&key, path);
    size_t at = bb_names_add(&state.name, bb_buf_text(&key));
    bb_buf_release(&key);
    *is_new = at == state.trace.n;
    if (*is_new) {
        state.trace.entry = bb_grow(state.trace.entry, &state.cap, at + 1, sizeof state.trace.entry[0]);
        state.trace.entry[at] = (struct bb_trace_entry){.path = bb_strdup(path), .seen = bb_trace_clock()};
        state.trace.n++;
    }
    return &state.trace.entry[at];
}

void bb_trace_path(const char *path)
{
    bool is_new;
    if (!is_noting(path)) return;
    int reason = errno;
    struct bb_trace_entry *entry = entry_of('p', path, &is_new);
    if (is_new) entry->kind = bb_trace_look(path, &entry->stat);
    errno = reason;
}

void bb_trace_forget(const char *path)
{
    static const char questions[] = {'p', 'g'};
    struct bb_buf key = BB_BUF_INIT;
    for (size_t i = 0; i < sizeof questions && is_noting(path); i++) {
        bb_buf_reset(&key);
        bb_buf_printf(&key, "%c%s", questions[i], path);
        size_t at = bb_names_find(&state.name, bb_buf_text(&key));
        if (at == BB_NAMES_NONE) continue;
        struct bb_trace_entry *entry = &state.trace.entry[at];
        *entry = (struct bb_trace_entry){.path = entry->path, .kind = entry->kind, .seen = bb_trace_clock()};
        if (questions[i] == 'p') entry->kind = bb_trace_look(path, &entry->stat);
    }
    bb_buf_release(&key);
}

static void note_digest(struct bb_trace_entry *entry, const char digest[BB_SHA256_TEXT])
{
    if (*entry->digest && strcmp(entry->digest, digest) != 0) state.trace.torn = true;
    memcpy(entry->digest, digest, BB_SHA256_TEXT);
}

void bb_trace_read(const char *path, const void *data, size_t len)
{
    char digest[BB_SHA256_TEXT];
    bool is_new;
    if (!is_noting(path)) return;
    bb_sha256_text(data, len, digest);
    note_digest(entry_of('p', path, &is_new), digest);
    if (is_new) state.trace.torn = true; /* it was not looked at before it was read */
}

void bb_trace_glob(const char *pattern, char *const *path, size_t n)
{
    char digest[BB_SHA256_TEXT];
    bool is_new;
    if (!is_noting(pattern)) return;
    bb_trace_matches_digest(path, n, digest);
    struct bb_trace_entry *entry = entry_of('g', pattern, &is_new);
    entry->kind = BB_TRACE_GLOB;
    note_digest(entry, digest);
}
