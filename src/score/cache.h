/*
 * The cache: what was computed once, by the digest of everything that it was computed from. An entry is a file that appears
 * whole (temporary name, then rename), carries the digest of its content, and is taken for absent when that does not fit.
 * Several programs may share a folder.
 *
 * It also remembers the digests of data files by size, times and inode, as git's index does, so that a run in which nothing
 * changed reads none of them.
 */
#ifndef BB_SCORE_CACHE_H
#define BB_SCORE_CACHE_H

#include <stdint.h>

#include "base/file.h"

struct bb_cache;

/* dir NULL: the user's ($XDG_CACHE_HOME/brainboard/scores or ~/.cache/brainboard/scores). A folder that cannot be made or
   written to is a warning, and the cache is then off. off: every look-up fails and nothing is kept. */
struct bb_cache *bb_cache_open(const char *dir, bool off);
void bb_cache_close(struct bb_cache *cache);            /* writes what it learned of files */
const char *bb_cache_dir(const struct bb_cache *cache); /* NULL: off */

/* kind: a folder of the cache, "cell", "gram"; key: 64 hexadecimal digits. */
bool bb_cache_get(const struct bb_cache *cache, const char *kind, const char *key, struct bb_buf *out);
bool bb_cache_has(const struct bb_cache *cache, const char *kind, const char *key); /* there, whatever it holds */
void bb_cache_put(const struct bb_cache *cache, const char *kind, const char *key, const void *data, size_t len);
/* The same from up to BB_CACHE_PIECES pieces, one after the other. */
enum { BB_CACHE_PIECES = 8 };
void bb_cache_put_pieces(const struct bb_cache *cache, const char *kind, const char *key, const struct bb_piece *piece, size_t n);

/* The digest of a file as it is now, when that is known without reading it. */
bool bb_cache_file_digest(struct bb_cache *cache, const char *path, char out[BB_SHA256_TEXT]);
void bb_cache_learn_digest(struct bb_cache *cache, const char *path, const char digest[BB_SHA256_TEXT]);

struct bb_cache_stat {
    size_t n;
    uint64_t bytes;
    size_t n_kinds;
    struct {
        char kind[32];
        size_t n;
        uint64_t bytes;
    } kind[16];
};
struct bb_cache_stat bb_cache_stat(const struct bb_cache *cache);
/* Removes entries that were not used for longest until at most `bytes` are left, and remains of interrupted writes. */
struct bb_cache_stat bb_cache_gc(const struct bb_cache *cache, uint64_t bytes);

#endif
