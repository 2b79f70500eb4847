#include "store/table_file.h"

#include <stdint.h>
#include <string.h>

#include "base/pack.h"
#include "base/text.h"

/* Deflate packs 1032 : 1 at best; what claims more is not a gzip file, but an attempt to fill the memory. */
#define GZIP_MAX_RATIO 1100
#define GZIP_MIN_SIZE  18 /* header and footer */

struct gzip {
    const char *path;
    const char *data;
    size_t len;
    struct bb_unpacker *unpacker;
};

static size_t at_most(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* What the footer says that the last member holds; a first guess when there are several. */
static size_t footer_size(const struct gzip *z)
{
    size_t size = 0;
    for (size_t i = 0; i < 4; i++) size |= (size_t)(unsigned char)z->data[z->len - 4 + i] << (8 * i);
    return size;
}

/* All members, one after the other, into out, whose room may not pass max; *full: it would have had to. */
static enum bb_code unpack_members(const struct gzip *z, size_t max, struct bb_buf *out, bool *full, struct bb_err *err)
{
    size_t used = 0;
    *full = false;
    bb_buf_reset(out);
    while (used < z->len) {
        size_t taken, made;
        char *end = bb_buf_room(out, 0);
        size_t room = at_most(out->cap - 1, max) - out->len;
        switch (bb_unpack(z->unpacker, BB_PACKED_GZIP, z->data + used, z->len - used, end, room, &taken, &made)) {
        case BB_UNPACKED:
            break;
        case BB_UNPACKED_TOO_LONG:
            *full = true;
            return BB_OK;
        default:
            return bb_fail(err, BB_EINPUT, "%s: the gzip file is damaged or cut off at byte %zu or after it", z->path, used);
        }
        used += taken;
        out->len += made;
        out->data[out->len] = '\0';
    }
    return BB_OK;
}

static enum bb_code unpack(const struct gzip *z, struct bb_buf *out, struct bb_err *err)
{
    if (z->len < GZIP_MIN_SIZE) return bb_fail(err, BB_EINPUT, "%s: is not a gzip file, though its name ends in .gz", z->path);
    size_t max = z->len < BB_TABLE_FILE_MAX / GZIP_MAX_RATIO ? z->len * GZIP_MAX_RATIO : BB_TABLE_FILE_MAX;
    size_t size = footer_size(z);
    if (size < 4 * z->len) size = 4 * z->len;
    out->limit = BB_TABLE_FILE_MAX;
    for (size = at_most(size, max);; size = at_most(size, max / 2) * 2) {
        bool full;
        bb_buf_reset(out);
        bb_buf_room(out, size);
        enum bb_code code = unpack_members(z, max, out, &full, err);
        if (code || !full) return code;
        if (size >= max - 1) break;
    }
    return bb_fail(err, BB_ELIMIT, "%s: unpacks to more than %zu bytes", z->path, max);
}

/* The bytes as they are on disk into packed; the table is in packed or, unpacked, in out: *table says which. */
static enum bb_code read_bytes(const char *path, struct bb_buf *packed, struct bb_buf *out, struct bb_buf **table,
                               struct bb_err *err)
{
    packed->limit = BB_TABLE_FILE_MAX;
    enum bb_code code = bb_file_read(path, BB_TABLE_FILE_MAX, packed, err);
    *table = packed;
    if (code || !bb_ends_with(path, ".gz")) return code;
    struct gzip z = {path, packed->data, packed->len, bb_unpacker_new()};
    *table = out;
    code = unpack(&z, out, err);
    bb_unpacker_free(z.unpacker);
    return code;
}

enum bb_code bb_table_file_bytes(const char *path, struct bb_buf *out, struct bb_err *err)
{
    struct bb_buf packed = BB_BUF_INIT, unpacked = BB_BUF_INIT, *table;
    enum bb_code code = read_bytes(path, &packed, &unpacked, &table, err);
    if (!code) {
        bb_buf_release(out);
        *out = *table;
        *table = (struct bb_buf)BB_BUF_INIT;
    }
    bb_buf_release(&packed);
    bb_buf_release(&unpacked);
    return code;
}

/* The digest of a list of files: of the one file's bytes, or of their digests (as hexadecimal digits) in order. */
struct list_digest {
    struct bb_sha256 *sha;
    char last[BB_SHA256_TEXT];
    size_t n;
};

static void digest_add(struct list_digest *d, const char file[BB_SHA256_TEXT])
{
    if (!d->sha) d->sha = bb_sha256_new();
    bb_sha256_add(d->sha, file, BB_SHA256_TEXT - 1);
    memcpy(d->last, file, BB_SHA256_TEXT);
    d->n++;
}

/* Also frees; "" for an empty list. */
static void digest_finish(struct list_digest *d, char out[BB_SHA256_TEXT])
{
    char all[BB_SHA256_TEXT] = "";
    if (d->sha) bb_sha256_finish(d->sha, all);
    memcpy(out, d->n == 1 ? d->last : all, BB_SHA256_TEXT);
    *d = (struct list_digest){0};
}

struct reading {
    struct bb_table table;
    struct bb_buf packed, unpacked;
    struct list_digest all, source;
};

static enum bb_code check_pin(struct reading *r, const struct bb_table_source *source, struct bb_err *err)
{
    char digest[BB_SHA256_TEXT];
    digest_finish(&r->source, digest);
    if (!source->sha256) return BB_OK;
    const char *pin = source->sha256 + (bb_starts_with(source->sha256, "sha256:") ? 7 : 0);
    if (bb_strcaseeq(pin, digest)) return BB_OK;
    return bb_fail(err, BB_EINPUT, "%s: the sha256 of the data is %s, not %s as stated; it is another file, or it has changed",
                   source->paths->path[0], digest, pin);
}

static enum bb_code read_file(struct reading *r, const struct bb_table_source *source, size_t i, struct bb_err *err)
{
    const char *path = source->paths->path[i];
    char digest[BB_SHA256_TEXT];
    struct bb_buf *table;
    enum bb_code code = read_bytes(path, &r->packed, &r->unpacked, &table, err);
    if (code) return code;
    bb_sha256_text(r->packed.data, r->packed.len, digest);
    digest_add(&r->all, digest);
    digest_add(&r->source, digest);
    if (i + 1 == source->paths->n && (code = check_pin(r, source, err))) return code;
    return bb_table_append(&r->table, source->columns, path, bb_buf_text(table), table->len, err);
}

enum bb_code bb_table_files_read(const struct bb_table_source *source, size_t n, struct bb_assembly **out, struct bb_err *err)
{
    struct reading r = {0};
    char digest[BB_SHA256_TEXT];
    const char *first = NULL;
    enum bb_code code = BB_OK;
    if (n) bb_table_init(&r.table, source[0].columns);
    for (size_t i = 0; i < n && !code; i++)
        for (size_t k = 0; k < source[i].paths->n && !code; k++) {
            if (!first) first = source[i].paths->path[k];
            code = read_file(&r, &source[i], k, err);
        }
    if (!code && !first) code = bb_fail(err, BB_EABSENT, "no file to read is named");
    if (!code) code = bb_table_check_rows(&r.table, first, err);
    digest_finish(&r.source, digest);
    digest_finish(&r.all, digest);
    if (!code) {
        *out = bb_assembly_from_table(&r.table);
        snprintf((*out)->digest, sizeof(*out)->digest, "sha256:%s", digest);
    }
    bb_table_release(&r.table);
    bb_buf_release(&r.packed);
    bb_buf_release(&r.unpacked);
    return code;
}
