/*
 * What this process asked of the file system: by it a later run can tell that nothing changed, without doing anything again. Off until
 * bb_trace_start; then all that goes through base/file.h is noted, files that were looked for and are absent included. Processes that it forks
 * note nothing for it.
 */
#ifndef BB_BASE_TRACE_H
#define BB_BASE_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

#ifdef __cplusplus
extern "C" {
#endif

enum bb_trace_kind {
    BB_TRACE_ABSENT, /* there was nothing */
    BB_TRACE_FILE,
    BB_TRACE_DIR,   /* that it is there; not what is in it */
    BB_TRACE_OTHER, /* a pipe, a circle of links, a folder that cannot be searched */
    BB_TRACE_GLOB   /* a pattern, and which paths match it */
};

/* What stat(2) says, as git's index keeps it. Times in nanoseconds. */
struct bb_trace_stat {
    uint64_t size, mtime, ctime, inode, device;
};

struct bb_trace_entry {
    enum bb_trace_kind kind;
    const char *path;
    struct bb_trace_stat stat; /* of a file: when it was asked for first */
    uint64_t seen;             /* the clock at that time, in nanoseconds since 1970 */
    char digest[65];           /* SHA-256 of the bytes that were read, of the matches of a pattern; "": not read */
};

struct bb_trace {
    struct bb_trace_entry *entry; /* in the order of the first question; each path once, and each pattern */
    size_t n;
    bool torn; /* a file was read twice, and was not the same */
};

void bb_trace_start(void);
const struct bb_trace *bb_trace_so_far(void); /* NULL: off */
void bb_trace_stop(void);                     /* forgets everything */

/* Paths below are no input: the cache, the site itself. */
void bb_trace_ignore(const char *dir);

/* What was noted of a path or pattern holds no more: this process itself changed it. It is looked at anew; its bytes
   and matches are those of the next question. */
void bb_trace_forget(const char *path);

/* For base/file.c, and for what reads files in another way. */
void bb_trace_path(const char *path);                                 /* asked for, whatever it is */
void bb_trace_read(const char *path, const void *data, size_t len);   /* read whole, just now: after bb_trace_path */
void bb_trace_glob(const char *pattern, char *const *path, size_t n); /* found these */

/* A path as it is now. */
enum bb_trace_kind bb_trace_look(const char *path, struct bb_trace_stat *out);
void bb_trace_matches_digest(char *const *path, size_t n, char out[65]);
uint64_t bb_trace_clock(void);

#ifdef __cplusplus
}
#endif

#endif
