/*
 * Publishing: a set of files becomes the site, whole or not at all.
 *
 * New and changed files are written to a folder beside the site, <out>.brainboard-new. bb_staging_commit then writes a journal there,
 * which is the point of no return, and moves file by file, by rename: assets and data first, then pages that are new (no served page links to
 * them yet), then pages that replace others, the front page last; then it removes what an earlier build wrote and this one did not. So every
 * page that can be reached finds all that it refers to, at every moment. bb_staging_open completes a move that was interrupted. Unchanged
 * files keep their bytes and time stamp. Where there was no folder, all of the site appears at once.
 *
 * A folder of its own inside the site, for what is never changed again (editions.h): bb_staging_open_within makes one, bb_staging_join has it
 * enter by one rename, behind the assets and before all that names it. It is not in the list of the site, so no later build touches it.
 *
 * What brainboard wrote is listed in <out>/.brainboard-files. Nothing else is ever overwritten or removed: a folder with other files in it
 * and no such list is refused. The list is published with the site, so it has a path that must not be told (bb_staging_hide) as "sha256:" and the
 * SHA-256 of the path: who knows the path finds it, and nobody else.
 */
#ifndef BB_RENDER_STAGING_H
#define BB_RENDER_STAGING_H

#include "base/file.h"
#include "base/text.h"

#define BB_SITE_LIST ".brainboard-files"

#define BB_SITE_LIST ".brainboard-files"

struct bb_staging;

/* The paths that the list of a site has, also those behind digests, as far as the files are there; `hidden`: the latter once more. */
enum bb_code bb_site_list(const char *out, struct bb_names *paths, struct bb_names *hidden, struct bb_err *err) BB_MUST_CHECK;

struct bb_staging_counts {
    size_t n_written, n_unchanged, n_removed;
};

/* BB_EINPUT: the folder is somebody else's; BB_EIO: another build is writing it, or it cannot be written. */
enum bb_code bb_staging_open(const char *out, struct bb_staging **staging, struct bb_err *err) BB_MUST_CHECK;

/* The paths of what lies in the folder ("models/x/") must not be told. Before anything of it is added. */
void bb_staging_hide(struct bb_staging *staging, const char *folder);

/* A file of the new site; path is relative to it and inside it. Each path once. */
enum bb_code bb_staging_add(struct bb_staging *staging, const char *path, const void *data, size_t len,
                            struct bb_err *err) BB_MUST_CHECK;
enum bb_code bb_staging_add_file(struct bb_staging *staging, const char *path, const char *from,
                                 struct bb_err *err) BB_MUST_CHECK;

bool bb_staging_has(const struct bb_staging *staging, const char *path); /* it was added */
/* A file that lies in the site stays as it is, though this build does not make it. *there: it is a file. */
enum bb_code bb_staging_keep(struct bb_staging *staging, const char *path, bool *there, struct bb_err *err) BB_MUST_CHECK;

/* A folder inside the site that is not there yet: files are added to it as to a site. Close it before the site's. BB_EINPUT: it is there. */
enum bb_code bb_staging_open_within(struct bb_staging *staging, const char *path, struct bb_staging **within,
                                    struct bb_err *err) BB_MUST_CHECK;
/* All is added; it enters with the commit of the site. */
enum bb_code bb_staging_join(struct bb_staging *staging, struct bb_staging *within, struct bb_err *err) BB_MUST_CHECK;
unsigned long long bb_staging_size(const struct bb_staging *within, const char *path); /* of a file added to such a folder; 0: none */

/* Every file of the new site so far, sorted by path, with its SHA-256 in hexadecimal; those whose paths begin with `prefix` ("" for all). */
struct bb_staged {
    const char *path, *digest;
    bool hidden; /* the path must not be told */
};
struct bb_staged *bb_staging_files(const struct bb_staging *staging, const char *prefix, struct bb_arena *arena, size_t *n);

/* Files that another process added to a copy of the staging (render/crew.h): how many there are, those behind the first `from` as text, and
   taking them over from such a text. */
size_t bb_staging_mark(const struct bb_staging *staging);
void bb_staging_tell(const struct bb_staging *staging, size_t from, struct bb_buf *out);
enum bb_code bb_staging_learn(struct bb_staging *staging, const char *text, struct bb_err *err) BB_MUST_CHECK;

enum bb_code bb_staging_commit(struct bb_staging *staging, struct bb_staging_counts *counts, struct bb_err *err) BB_MUST_CHECK;

/* Without a commit the site is as it was. NULL is fine. */
void bb_staging_close(struct bb_staging *staging);

#endif
