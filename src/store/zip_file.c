#include "store/zip_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/pack.h"
#include "base/text.h"

enum { END_SIZE = 22, ENTRY_SIZE = 46, LOCAL_SIZE = 30, COMMENT_MOST = 65535, STORED = 0, DEFLATED = 8, ENCRYPTED = 1 };
enum { END_MARK = 0x06054b50, ENTRY_MARK = 0x02014b50, LOCAL_MARK = 0x04034b50 };

struct zip {
    const char *path, *to;
    const unsigned char *data;
    size_t len;
    struct bb_unpacker *unpacker;
    struct bb_arena *arena; /* of the entry at hand */
};

struct entry {
    const char *name;
    unsigned flags, method;
    uint32_t crc, packed, size, at;
};

static uint32_t le(const unsigned char *at, int n)
{
    uint32_t value = 0;
    for (int i = n; i-- > 0;) value = value << 8 | at[i];
    return value;
}

static enum bb_code damaged(const struct zip *zip, struct bb_err *err)
{
    return bb_fail(err, BB_EINPUT, "%s is no ZIP archive, or a damaged one", zip->path);
}

/* The record at the end, before a comment of any length. NULL: none. */
static const unsigned char *find_end(const struct zip *zip)
{
    size_t most = zip->len < END_SIZE + COMMENT_MOST ? zip->len : END_SIZE + COMMENT_MOST;
    for (size_t back = END_SIZE; back <= most; back++)
        if (le(zip->data + zip->len - back, 4) == END_MARK) return zip->data + zip->len - back;
    return NULL;
}

static bool is_inside(const struct zip *zip, size_t at, size_t n)
{
    return at <= zip->len && n <= zip->len - at;
}

static enum bb_code write_bytes(const struct zip *zip, const struct entry *entry, const unsigned char *bytes, struct bb_err *err)
{
    if (bb_crc32(bytes, entry->size) != entry->crc)
        return bb_fail(err, BB_EINPUT, "%s: \"%s\" is damaged: its checksum is wrong", zip->path, entry->name);
    const struct bb_piece piece = {bytes, entry->size};
    return bb_file_write_pieces(bb_path_join(zip->arena, zip->to, entry->name), &piece, 1, err);
}

static enum bb_code unpack(const struct zip *zip, const struct entry *entry, struct bb_err *err)
{
    if (!is_inside(zip, entry->at, LOCAL_SIZE) || le(zip->data + entry->at, 4) != LOCAL_MARK) return damaged(zip, err);
    size_t from = entry->at + LOCAL_SIZE + le(zip->data + entry->at + 26, 2) + le(zip->data + entry->at + 28, 2);
    if (!is_inside(zip, from, entry->packed)) return damaged(zip, err);
    if (entry->method == STORED)
        return entry->packed == entry->size ? write_bytes(zip, entry, zip->data + from, err) : damaged(zip, err);
    unsigned char *bytes = bb_malloc(entry->size + 1);
    size_t taken, made;
    enum bb_unpacked how =
        bb_unpack(zip->unpacker, BB_PACKED_RAW, zip->data + from, entry->packed, bytes, entry->size, &taken, &made);
    enum bb_code code = how == BB_UNPACKED && made == entry->size
                            ? write_bytes(zip, entry, bytes, err)
                            : bb_fail(err, BB_EINPUT, "%s: \"%s\" is damaged: it cannot be unpacked", zip->path, entry->name);
    free(bytes);
    return code;
}

static enum bb_code check(const struct zip *zip, const struct entry *entry, struct bb_err *err)
{
    if (!bb_path_is_inside(entry->name) || strchr(entry->name, '\\'))
        return bb_fail(err, BB_EINPUT, "%s has a file \"%s\", which would be written outside of its folder", zip->path,
                       entry->name);
    if ((entry->flags & ENCRYPTED) || (entry->method != STORED && entry->method != DEFLATED) || entry->size == UINT32_MAX ||
        entry->at == UINT32_MAX)
        return bb_fail(err, BB_ELIMIT, "%s: \"%s\" is packed in a way that is not read here; unpack it with `unzip`", zip->path,
                       entry->name);
    return BB_OK;
}

/* *at moves to the next entry. */
static enum bb_code take_entry(struct zip *zip, size_t *at, struct bb_err *err)
{
    if (!is_inside(zip, *at, ENTRY_SIZE) || le(zip->data + *at, 4) != ENTRY_MARK) return damaged(zip, err);
    const unsigned char *d = zip->data + *at;
    size_t name = le(d + 28, 2), rest = name + le(d + 30, 2) + le(d + 32, 2);
    if (!is_inside(zip, *at + ENTRY_SIZE, rest)) return damaged(zip, err);
    *at += ENTRY_SIZE + rest;
    struct entry entry = {.flags = le(d + 8, 2),
                          .method = le(d + 10, 2),
                          .crc = le(d + 16, 4),
                          .packed = le(d + 20, 4),
                          .size = le(d + 24, 4),
                          .at = le(d + 42, 4)};
    entry.name = bb_utf8_clean(zip->arena, (const char *)d + ENTRY_SIZE, name);
    bool folder = !name || bb_ends_with(entry.name, "/"), of_a_mac = bb_starts_with(entry.name, "__MACOSX/");
    if (folder || of_a_mac) return BB_OK;
    enum bb_code code = check(zip, &entry, err);
    return code ? code : unpack(zip, &entry, err);
}

static enum bb_code unpack_all(struct zip *zip, struct bb_err *err)
{
    const unsigned char *end = zip->len >= END_SIZE ? find_end(zip) : NULL;
    if (!end) return damaged(zip, err);
    size_t n = le(end + 10, 2), at = le(end + 16, 4);
    if (n == UINT16_MAX || at == UINT32_MAX)
        return bb_fail(err, BB_ELIMIT, "%s is a ZIP64 archive, which is not read here; unpack it with `unzip`", zip->path);
    enum bb_code code = BB_OK;
    for (size_t i = 0; i < n && !code; i++) {
        zip->arena = bb_arena_new(0);
        code = take_entry(zip, &at, err);
        bb_arena_free(zip->arena);
    }
    return code;
}

static enum bb_code map(struct zip *zip, struct bb_err *err)
{
    struct stat info;
    int fd = open(zip->path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return bb_fail(err, errno == ENOENT ? BB_EABSENT : BB_EIO, "%s cannot be read: %s", zip->path, strerror(errno));
    void *data =
        fstat(fd, &info) == 0 && info.st_size > 0 ? mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    close(fd);
    if (data == MAP_FAILED) return damaged(zip, err);
    zip->data = data;
    zip->len = (size_t)info.st_size;
    return BB_OK;
}

enum bb_code bb_zip_unpack(const char *path, const char *dir, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct zip zip = {.path = path, .to = bb_arena_printf(arena, "%s.part%ld", dir, (long)getpid())};
    enum bb_code code = bb_is_dir(dir) ? BB_OK : map(&zip, err);
    if (!code && zip.data) {
        zip.unpacker = bb_unpacker_new();
        code = bb_make_dirs(zip.to, err);
        if (!code) code = unpack_all(&zip, err);
        if (!code && rename(zip.to, dir) != 0 && !bb_is_dir(dir))
            code = bb_fail(err, BB_EIO, "%s cannot be made: %s", dir, strerror(errno));
        if (bb_is_dir(zip.to) && bb_remove_tree(zip.to, code ? NULL : err) != BB_OK && !code) code = BB_EIO;
        bb_unpacker_free(zip.unpacker);
        munmap((void *)(uintptr_t)zip.data, zip.len);
    }
    bb_arena_free(arena);
    return code;
}
