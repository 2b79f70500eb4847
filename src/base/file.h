/*
 * Files and paths. Whatever is written appears at once and whole, or not at all.
 */
#ifndef BB_BASE_FILE_H
#define BB_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

/* The whole regular file into buf (emptied first). BB_EABSENT when there is none, BB_EINPUT for a folder or
   a device, BB_ELIMIT over `limit` bytes (0: 1 GiB), BB_EIO. */
enum bb_code bb_file_read(const char *path, size_t limit, struct bb_buf *buf, struct bb_err *err) BB_MUST_CHECK;

/* Writes a temporary file beside path, flushes it, renames it. Folders are made. BB_EIO with the reason. */
enum bb_code bb_file_write(const char *path, const void *data, size_t len, struct bb_err *err) BB_MUST_CHECK;

/* Removes what runs that were killed left of writing path; none may be writing it now. */
void bb_file_forget_unfinished(const char *path);

/* The same from several pieces, without the flush: for what can be made again and shows by itself that it is whole. After a
   power cut it may be empty. */
struct bb_piece {
    const void *data;
    size_t len;
};
enum bb_code bb_file_write_pieces(const char *path, const struct bb_piece *piece, size_t n, struct bb_err *err) BB_MUST_CHECK;

/* Like bb_file_write, but leaves file and time stamp alone when it already has these bytes. *changed (may be NULL) says which. */
enum bb_code bb_file_update(const char *path, const void *data, size_t len, bool *changed, struct bb_err *err) BB_MUST_CHECK;

enum bb_code bb_file_copy(const char *from, const char *to, struct bb_err *err) BB_MUST_CHECK;
enum bb_code bb_make_dirs(const char *path, struct bb_err *err) BB_MUST_CHECK;
enum bb_code bb_remove_tree(const char *path, struct bb_err *err) BB_MUST_CHECK; /* never follows a link; absent is fine */

/* A new folder that only this user can read, in bb_temporary(); the caller removes it. NULL: it cannot be made, BB_EIO in *err. */
const char *bb_temporary(void); /* $TMPDIR, or /tmp */
const char *bb_make_temporary(struct bb_arena *arena, struct bb_err *err);

bool bb_is_file(const char *path); /* regular file, links followed */
bool bb_is_dir(const char *path);

/* name when it is absolute or dir is ""; "a/b" and "../c" make "a/c" */
char *bb_path_join(struct bb_arena *arena, const char *dir, const char *name);
char *bb_path_dir(struct bb_arena *arena, const char *path); /* "." when it has none */
const char *bb_path_base(const char *path);                  /* what follows the last '/' */
bool bb_path_is_inside(const char *path);                    /* relative, and no ".." step leads out */

/* Paths that match the pattern (glob(7): * ? [ ]), sorted by bytes; none is not an error. The list and strings are in the
   arena. */
struct bb_paths {
    char **path;
    size_t n;
};
enum bb_code bb_glob(struct bb_arena *arena, const char *pattern, struct bb_paths *out, struct bb_err *err) BB_MUST_CHECK;
bool bb_has_glob(const char *path);

/* Every regular file below dir as a path relative to it, sorted by bytes. Links are not followed. */
enum bb_code bb_list_tree(struct bb_arena *arena, const char *dir, struct bb_paths *out, struct bb_err *err) BB_MUST_CHECK;

/* SHA-256 as 64 hexadecimal digits and a NUL. */
#define BB_SHA256_TEXT 65
#define BB_DIGEST_TEXT 72 /* "sha256:" and the digits */
struct bb_sha256;
struct bb_sha256 *bb_sha256_new(void);
void bb_sha256_add(struct bb_sha256 *sha, const void *data, size_t len);
void bb_sha256_finish(struct bb_sha256 *sha, char out[BB_SHA256_TEXT]); /* and frees */
void bb_sha256_text(const void *data, size_t len, char out[BB_SHA256_TEXT]);
enum bb_code bb_sha256_file(const char *path, char out[BB_SHA256_TEXT], struct bb_err *err) BB_MUST_CHECK;


/* SHA-1 as 40 hexadecimal digits and a NUL: what published data sets are known by. It guards against damage, not against malice. */
#define BB_SHA1_TEXT 41
enum bb_code bb_sha1_file(const char *path, char out[BB_SHA1_TEXT], struct bb_err *err) BB_MUST_CHECK;
/* Another file than the one that is published is as bad as none: BB_EINPUT, with both. sha1 NULL: of a file that cannot be read. */
enum bb_code bb_sha1_compare(const char *sha1, const char *stated, struct bb_err *err) BB_MUST_CHECK;

#endif
