/*
 * The history of a board: a folder with the record of each release, <name>.json, and what changed from each to the next.
 *
 * Records are only ever added. They are in the order of their dates, of one date in the natural order of their names; where a record has no date,
 * all of them are in the order of names. What is being built stands last: as the release that it is, when it joins the folder or is there
 * already with the same bytes, or else without a name, after the last release.
 */
#ifndef BB_HISTORY_ARCHIVE_H
#define BB_HISTORY_ARCHIVE_H

#include "history/diff.h"
#include "score/cache.h"

#define BB_UNNAMED_RELEASE "this-build" /* in addresses: what is built, and is no release */

struct bb_release {
    const char *name;                /* NULL: what is being built, and no release */
    const char *date;                /* NULL: none */
    const char *digest;              /* "sha256:…" of its file; NULL: what is being built */
    const struct bb_results *record; /* as the record has it */
    const struct bb_diff *diff;      /* from the release before; NULL: the first */
};

struct bb_archive {
    struct bb_release *release; /* oldest first; never empty */
    size_t n;
    const char *dir, *path; /* path: where the record of what is built goes; NULL: it is there, or has no name */
    struct bb_buf text;     /* its bytes */
    struct bb_cache *cache;
    struct bb_arena *arena;
};

/*
 * The history in `dir` (which need not be there yet) with `results` as the last one; its name is its board's release. Records that are later
 * than a release that is built again are left out. `is_named`: the name was given for this build; then a record of that name with other
 * content is an error, else a warning in diags. NULL after adding what is wrong to diags.
 * `cache` remembers what records were read as, and must outlive the archive; it may be off.
 */
struct bb_archive *bb_archive_open(const char *dir, const struct bb_results *results, bool is_named, struct bb_cache *cache,
                                   struct bb_diags *diags);
void bb_archive_close(struct bb_archive *archive);

/* Adds the record to the folder, once the site is there. */
enum bb_code bb_archive_append(struct bb_archive *archive, struct bb_err *err) BB_MUST_CHECK;

#endif
