/*
 * Fetching published files, several at once, each checked by its digest before anybody sees it.
 *
 * In the folder, <sha1>/<its name> is the file, read-only; <file> is a link to it, so that the data path finds it by name, unless something of that
 * name is there already, which is left alone. While it comes it is <sha1>/<its name>.part, which a later run goes on with; two runs at once
 * wait for one another. A file whose digest is wrong is removed, so the right file is there, or none.
 */
#ifndef BB_FETCH_FETCH_H
#define BB_FETCH_FETCH_H

#include "fetch/data_table.h"

struct bb_fetch_options {
    const char *dir;
    unsigned at_once;
    long stalled; /* seconds with less than a byte a second after which a transfer is given up (and can be resumed) */
};

struct bb_fetch_counts {
    size_t there, fetched, failed;
};

/* Every wanted file of the registry. What fails is told, one sentence each, and costs the others nothing. BB_EIO when the folder cannot be made. */
enum bb_code bb_fetch(const struct bb_registry *registry, const struct bb_fetch_options *options, struct bb_arena *arena,
                      struct bb_fetch_counts *out, struct bb_err *err) BB_MUST_CHECK;

bool bb_fetched(const struct bb_published *published, const char *dir, struct bb_arena *arena); /* it is there already */

#endif
