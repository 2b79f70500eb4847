#include "store/zip_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "base/text.h"

static const zip_uint64_t LARGEST = (zip_uint64_t)4 << 30; /* of a file, because it is unpacked in memory */

struct unpacking {
    const char *path, *to;
    zip_t *zip;
};

/* Nothing for a folder's own entry, and for what Macs add. */
static bool is_picture(const char *name)
{
    return *name && !bb_ends_with(name, "/") && !bb_starts_with(name, "__MACOSX/");
}

static enum bb_code check(const struct unpacking *u, const char *name, const zip_stat_t *entry, struct bb_err *err)
{
    if (!bb_path_is_inside(name) || strchr(name, '\\'))
        return bb_fail(err, BB_EINPUT, "%s has a file \"%s\", which would be written outside of its folder", u->path, name);
    if (entry->encryption_method != ZIP_EM_NONE || entry->size > LARGEST)
        return bb_fail(err, BB_ELIMIT, "%s: \"%s\" is %s; unpack it with `unzip`", u->path, name,
                       entry->size > LARGEST ? "larger than 4 GiB" : "encrypted");
    return BB_OK;
}

/* All bytes of an entry; libzip compares the checksum when the last one is read. */
static bool read_all(zip_file_t *file, unsigned char *bytes, zip_uint64_t size)
{
    unsigned char beyond;
    for (zip_uint64_t at = 0; at < size;) {
        zip_int64_t n = zip_fread(file, bytes + at, size - at);
        if (n <= 0) return false;
        at += (zip_uint64_t)n;
    }
    return zip_fread(file, &beyond, 1) == 0;
}

static enum bb_code unpack_entry(const struct unpacking *u, zip_uint64_t index, struct bb_arena *arena, struct bb_err *err)
{
    zip_stat_t entry;
    if (zip_stat_index(u->zip, index, 0, &entry) != 0)
        return bb_fail(err, BB_EINPUT, "%s is damaged: %s", u->path, zip_error_strerror(zip_get_error(u->zip)));
    const char *name = bb_utf8_clean(arena, entry.name, strlen(entry.name));
    enum bb_code code = is_picture(name) ? check(u, name, &entry, err) : BB_OK;
    if (code || !is_picture(name)) return code;
    zip_file_t *file = zip_fopen_index(u->zip, index, 0);
    unsigned char *bytes = bb_malloc((size_t)entry.size + 1);
    const struct bb_piece piece = {bytes, (size_t)entry.size};
    if (file && read_all(file, bytes, entry.size))
        code = bb_file_write_pieces(bb_path_join(arena, u->to, name), &piece, 1, err);
    else
        code = bb_fail(err, BB_EINPUT, "%s: \"%s\" cannot be unpacked: %s", u->path, name,
                       zip_error_strerror(file ? zip_file_get_error(file) : zip_get_error(u->zip)));
    free(bytes);
    if (file) zip_fclose(file);
    return code;
}

static enum bb_code unpack_all(const struct unpacking *u, struct bb_err *err)
{
    zip_int64_t n = zip_get_num_entries(u->zip, 0);
    enum bb_code code = bb_make_dirs(u->to, err);
    for (zip_int64_t i = 0; i < n && !code; i++) {
        struct bb_arena *arena = bb_arena_new(0);
        code = unpack_entry(u, (zip_uint64_t)i, arena, err);
        bb_arena_free(arena);
    }
    return code;
}

static enum bb_code open_archive(struct unpacking *u, struct bb_err *err)
{
    int why = 0;
    u->zip = zip_open(u->path, ZIP_RDONLY, &why);
    if (u->zip) return BB_OK;
    if (why == ZIP_ER_NOENT || why == ZIP_ER_OPEN || why == ZIP_ER_READ)
        return bb_fail(err, why == ZIP_ER_NOENT ? BB_EABSENT : BB_EIO, "%s cannot be read: %s", u->path, strerror(errno));
    return bb_fail(err, BB_EINPUT, "%s is no ZIP archive, or a damaged one", u->path);
}

enum bb_code bb_zip_unpack(const char *path, const char *dir, struct bb_err *err)
{
    if (bb_is_dir(dir)) return BB_OK;
    struct bb_arena *arena = bb_arena_new(0);
    struct unpacking u = {.path = path, .to = bb_arena_printf(arena, "%s.part%ld", dir, (long)getpid())};
    enum bb_code code = open_archive(&u, err);
    if (!code) {
        code = unpack_all(&u, err);
        zip_discard(u.zip);
        if (!code && rename(u.to, dir) != 0 && !bb_is_dir(dir))
            code = bb_fail(err, BB_EIO, "%s cannot be made: %s", dir, strerror(errno));
        if (bb_is_dir(u.to) && bb_remove_tree(u.to, code ? NULL : err) != BB_OK && !code) code = BB_EIO;
    }
    bb_arena_free(arena);
    return code;
}
