#include "score/cache.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"

#define MAGIC "brainboard-cache-1\n"
enum { MAGIC_LEN = sizeof MAGIC - 1, HEAD = MAGIC_LEN + BB_SHA256_TEXT };

/* What a file was when its digest was taken. */
struct stamp {
    uint64_t size, mtime, ctime, inode, device; /* times in nanoseconds */
    char digest[BB_SHA256_TEXT];
    bool used;
};

struct bb_cache {
    char *dir;            /* NULL: off */
    struct bb_names path; /* known files … */
    struct stamp *stamp;  /* … and what they were */
    size_t cap;
    bool learned;
};

/* --- entries ------------------------------------------------------------------------------------------------------ */

static char *entry_path(const struct bb_cache *cache, const char *kind, const char *key)
{
    struct bb_buf path = BB_BUF_INIT;
    bb_buf_printf(&path, "%s/%s/%.2s/%s", cache->dir, kind, key, key + 2);
    return path.data;
}

bool bb_cache_has(const struct bb_cache *cache, const char *kind, const char *key)
{
    if (!cache->dir) return false;
    char *path = entry_path(cache, kind, key);
    bool there = access(path, R_OK) == 0;
    free(path);
    return there;
}

bool bb_cache_get(const struct bb_cache *cache, const char *kind, const char *key, struct bb_buf *out)
{
    if (!cache->dir) return false;
    char *path = entry_path(cache, kind, key), digest[BB_SHA256_TEXT];
    struct bb_buf all = {.limit = (size_t)1 << 40};
    bool good =
        bb_file_read(path, (size_t)1 << 40, &all, NULL) == BB_OK && all.len >= HEAD && memcmp(all.data, MAGIC, MAGIC_LEN) == 0;
    if (good) {
        bb_sha256_text(all.data + HEAD, all.len - HEAD, digest);
        good = memcmp(all.data + MAGIC_LEN, digest, BB_SHA256_TEXT - 1) == 0;
        if (!good) bb_log_warning("%s: this entry of the cache is damaged; it is computed anew", path);
    }
    if (good) {
        (void)utimensat(AT_FDCWD, path, NULL, 0); /* used just now: goes last */
        memmove(all.data, all.data + HEAD, all.len - HEAD);
        all.len -= HEAD;
        all.data[all.len] = '\0';
        bb_buf_release(out);
        *out = all;
    } else {
        bb_buf_release(&all);
    }
    free(path);
    return good;
}

void bb_cache_put_pieces(const struct bb_cache *cache, const char *kind, const char *key, const struct bb_piece *piece, size_t n)
{
    if (!cache->dir) return;
    char head[HEAD + 1], digest[BB_SHA256_TEXT], *path = entry_path(cache, kind, key);
    struct bb_piece all[BB_CACHE_PIECES + 1] = {{head, HEAD}};
    struct bb_err err = {0};
    struct bb_sha256 *sha = bb_sha256_new();
    for (size_t i = 0; i < n; i++) {
        bb_sha256_add(sha, piece[i].data, piece[i].len);
        all[i + 1] = piece[i];
    }
    bb_sha256_finish(sha, digest);
    snprintf(head, sizeof head, "%s%s\n", MAGIC, digest);
    if (bb_file_write_pieces(path, all, n + 1, &err) != BB_OK) bb_log_detail("the cache could not keep a result: %s", err.msg);
    free(path);
}

void bb_cache_put(const struct bb_cache *cache, const char *kind, const char *key, const void *data, size_t len)
{
    const struct bb_piece all = {data, len};
    bb_cache_put_pieces(cache, kind, key, &all, 1);
}

/* --- digests of files --------------------------------------------------------------------------------------------- */

static uint64_t nanoseconds(struct timespec t)
{
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static bool stamp_of(const char *path, struct stamp *out)
{
    struct stat now;
    if (stat(path, &now) != 0) return false;
    *out = (struct stamp){.size = (uint64_t)now.st_size,
                          .mtime = nanoseconds(now.st_mtim),
                          .ctime = nanoseconds(now.st_ctim),
                          .inode = now.st_ino,
                          .device = now.st_dev};
    return true;
}

static bool same_stamp(const struct stamp *a, const struct stamp *b)
{
    return a->size == b->size && a->mtime == b->mtime && a->ctime == b->ctime && a->inode == b->inode && a->device == b->device;
}

bool bb_cache_file_digest(struct bb_cache *cache, const char *path, char out[BB_SHA256_TEXT])
{
    struct stamp now;
    size_t at = bb_names_find(&cache->path, path);
    if (at == BB_NAMES_NONE || !stamp_of(path, &now) || !same_stamp(&now, &cache->stamp[at])) return false;
    cache->stamp[at].used = true;
    memcpy(out, cache->stamp[at].digest, BB_SHA256_TEXT);
    return true;
}

static void remember(struct bb_cache *cache, const char *path, const struct stamp *stamp)
{
    size_t at = bb_names_add(&cache->path, path);
    cache->stamp = bb_grow(cache->stamp, &cache->cap, at + 1, sizeof *cache->stamp);
    cache->stamp[at] = *stamp;
}

void bb_cache_learn_digest(struct bb_cache *cache, const char *path, const char digest[BB_SHA256_TEXT])
{
    struct stamp stamp;
    if (!stamp_of(path, &stamp) || strchr(path, '\n')) return;
    memcpy(stamp.digest, digest, BB_SHA256_TEXT);
    stamp.used = true;
    remember(cache, path, &stamp);
    cache->learned = true;
}

static char *index_path(const struct bb_cache *cache)
{
    struct bb_buf path = BB_BUF_INIT;
    bb_buf_printf(&path, "%s/files", cache->dir);
    return path.data;
}

static void read_index(struct bb_cache *cache)
{
    struct bb_buf text = BB_BUF_INIT;
    char *path = index_path(cache);
    if (bb_file_read(path, 0, &text, NULL) == BB_OK) {
        for (char *line = text.data, *end; line && *line; line = end ? end + 1 : NULL) {
            struct stamp stamp = {0};
            int at = 0;
            end = strchr(line, '\n');
            if (!end) break; /* a line that was cut off */
            *end = '\0';
            if (sscanf(line, "%" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %64[0-9a-f] %n", &stamp.size,
                       &stamp.mtime, &stamp.ctime, &stamp.inode, &stamp.device, stamp.digest, &at) == 6 &&
                at && strlen(stamp.digest) == BB_SHA256_TEXT - 1)
                remember(cache, line + at, &stamp);
        }
    }
    free(path);
    bb_buf_release(&text);
}

/* A file that was changed within the last moments could change again without its stamp showing it: such a stamp is not kept. */
static void write_index(const struct bb_cache *cache)
{
    enum { MOMENT = 1500000000 };
    struct timespec clock;
    struct bb_buf text = BB_BUF_INIT;
    char *path = index_path(cache);
    clock_gettime(CLOCK_REALTIME, &clock);
    for (size_t i = 0; i < cache->path.n; i++) {
        const struct stamp *s = &cache->stamp[i];
        if (s->mtime + MOMENT > nanoseconds(clock) || s->ctime + MOMENT > nanoseconds(clock)) continue;
        bb_buf_printf(&text, "%" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %s %s\n", s->size, s->mtime, s->ctime,
                      s->inode, s->device, s->digest, cache->path.name[i]);
    }
    struct bb_err err = {0};
    if (text.len && bb_file_write(path, text.data, text.len, &err) != BB_OK)
        bb_log_detail("the cache could not keep digests: %s", err.msg);
    bb_buf_release(&text);
    free(path);
}

/* --- the folder --------------------------------------------------------------------------------------------------- */

static char *default_dir(void)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    struct bb_buf path = BB_BUF_INIT;
    if (cache && *cache)
        bb_buf_printf(&path, "%s/brainboard/scores", cache);
    else if (home && *home)
        bb_buf_printf(&path, "%s/.cache/brainboard/scores", home);
    return path.data;
}

struct bb_cache *bb_cache_open(const char *dir, bool off)
{
    struct bb_cache *cache = bb_calloc(1, sizeof *cache);
    struct bb_err err = {0};
    bb_names_init(&cache->path);
    if (off) return cache;
    cache->dir = dir ? bb_strdup(dir) : default_dir();
    if (!cache->dir) return cache;
    if (bb_make_dirs(cache->dir, &err) != BB_OK || access(cache->dir, W_OK) != 0) {
        bb_log_warning("the cache %s cannot be written to; everything is computed anew, and nothing kept", cache->dir);
        free(cache->dir);
        cache->dir = NULL;
        return cache;
    }
    read_index(cache);
    return cache;
}

const char *bb_cache_dir(const struct bb_cache *cache)
{
    return cache->dir;
}

void bb_cache_close(struct bb_cache *cache)
{
    if (!cache) return;
    if (cache->dir && cache->learned) write_index(cache);
    bb_names_release(&cache->path);
    free(cache->stamp);
    free(cache->dir);
    free(cache);
}

/* --- size --------------------------------------------------------------------------------------------------------- */

struct entry {
    char *path; /* relative */
    uint64_t bytes, used;
};

static int oldest_first(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->used != y->used) return x->used < y->used ? -1 : 1;
    return strcmp(x->path, y->path);
}

static struct entry *list_entries(const struct bb_cache *cache, struct bb_arena *arena, size_t *n)
{
    struct bb_paths paths = {0};
    *n = 0;
    if (!cache->dir || bb_list_tree(arena, cache->dir, &paths, NULL) != BB_OK) return NULL;
    struct entry *entry = BB_NEW_ARRAY(arena, paths.n + 1, struct entry);
    for (size_t i = 0; i < paths.n; i++) {
        struct stat now;
        if (!strchr(paths.path[i], '/') || stat(bb_path_join(arena, cache->dir, paths.path[i]), &now) != 0) continue;
        entry[(*n)++] = (struct entry){paths.path[i], (uint64_t)now.st_size, nanoseconds(now.st_mtim)};
    }
    return entry;
}

static void count_entry(struct bb_cache_stat *stat, const struct entry *entry)
{
    size_t k = 0, len = strcspn(entry->path, "/");
    stat->n++;
    stat->bytes += entry->bytes;
    while (k < stat->n_kinds && (strncmp(stat->kind[k].kind, entry->path, len) != 0 || stat->kind[k].kind[len])) k++;
    if (k == sizeof stat->kind / sizeof stat->kind[0] || len >= sizeof stat->kind[0].kind) return;
    if (k == stat->n_kinds) memcpy(stat->kind[stat->n_kinds++].kind, entry->path, len);
    stat->kind[k].n++;
    stat->kind[k].bytes += entry->bytes;
}

struct bb_cache_stat bb_cache_stat(const struct bb_cache *cache)
{
    struct bb_cache_stat stat = {0};
    struct bb_arena *arena = bb_arena_new(0);
    size_t n;
    const struct entry *entry = list_entries(cache, arena, &n);
    for (size_t i = 0; i < n; i++) count_entry(&stat, &entry[i]);
    bb_arena_free(arena);
    return stat;
}

/* Written by bb_file_write and left behind by a program that was killed. */
static bool is_remains(const struct entry *entry)
{
    const char *name = bb_path_base(entry->path);
    return name[0] == '.' || strlen(name) != BB_SHA256_TEXT - 1 - 2;
}

struct bb_cache_stat bb_cache_gc(const struct bb_cache *cache, uint64_t bytes)
{
    enum { HOUR = 3600 };
    struct bb_cache_stat removed = {0};
    struct bb_arena *arena = bb_arena_new(0);
    struct timespec clock;
    uint64_t total = 0;
    size_t n;
    struct entry *entry = list_entries(cache, arena, &n);
    if (n) qsort(entry, n, sizeof *entry, oldest_first);
    clock_gettime(CLOCK_REALTIME, &clock);
    for (size_t i = 0; i < n; i++) total += entry[i].bytes;
    for (size_t i = 0; i < n; i++) {
        bool old = entry[i].used + (uint64_t)HOUR * 1000000000u < nanoseconds(clock);
        if (total <= bytes && !(is_remains(&entry[i]) && old)) continue;
        if (unlink(bb_path_join(arena, cache->dir, entry[i].path)) != 0) continue;
        total -= entry[i].bytes;
        count_entry(&removed, &entry[i]);
    }
    bb_arena_free(arena);
    return removed;
}
