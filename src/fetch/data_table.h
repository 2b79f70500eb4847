/*
 * Where published data is had: a table of files (data/catalog/data.csv, or another one of the same columns).
 *
 *     set, kind (assembly, stimuli, pictures, table, repository), domain, family (the benchmarks' papers), access (public, private, unknown),
 *     file, sha1, url, license
 *
 * `file` is the path in the folder of data by which boards know it. Of a repository it is the folder in it that has the stimuli, or nothing: its
 * address is where to look. Columns may come in any order; others are an error.
 */
#ifndef BB_FETCH_DATA_TABLE_H
#define BB_FETCH_DATA_TABLE_H

#include <stdbool.h>

#include "base/file.h"

struct bb_published {
    const char *set, *kind, *domain, *family, *access, *file, *sha1, *url, *license;
    bool wanted;
};

struct bb_registry {
    struct bb_published *row;
    size_t n;
    const char *path;
};

/* In the arena. BB_EINPUT names the line: a missing column, an address that is not http or https, a file name with "/", a digest that is none. */
enum bb_code bb_registry_read(const char *path, struct bb_arena *arena, struct bb_registry *out,
                              struct bb_err *err) BB_MUST_CHECK;

/*
 * Marks what a name stands for: a set ("hvm-public", "dicarlo.MajajHong2015.public"), a family ("majajhong2015"), a domain, or a
 * benchmark: its family, of
 * which only what is public where the benchmark's name says "public" ("MajajHong2015public.IT-pls"). Case is ignored. BB_EUSAGE with
 * the nearest name.
 */
enum bb_code bb_registry_want(struct bb_registry *registry, const char *name, struct bb_arena *arena,
                              struct bb_err *err) BB_MUST_CHECK;

bool bb_published_is_file(const struct bb_published *published); /* not a repository */

#endif
