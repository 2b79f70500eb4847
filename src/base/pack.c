#include "base/pack.h"

#include <libdeflate.h>
#include <stdlib.h>

struct bb_packer {
    struct libdeflate_compressor *deflate;
};
struct bb_unpacker {
    struct libdeflate_decompressor *inflate;
};

struct bb_packer *bb_packer_new(int level)
{
    struct bb_packer *packer = bb_malloc(sizeof *packer);
    packer->deflate = libdeflate_alloc_compressor(level);
    if (!packer->deflate) bb_die("memory cannot be had for packing");
    return packer;
}

void bb_packer_free(struct bb_packer *packer)
{
    if (!packer) return;
    libdeflate_free_compressor(packer->deflate);
    free(packer);
}

struct bb_unpacker *bb_unpacker_new(void)
{
    struct bb_unpacker *unpacker = bb_malloc(sizeof *unpacker);
    unpacker->inflate = libdeflate_alloc_decompressor();
    if (!unpacker->inflate) bb_die("memory cannot be had for unpacking");
    return unpacker;
}

void bb_unpacker_free(struct bb_unpacker *unpacker)
{
    if (!unpacker) return;
    libdeflate_free_decompressor(unpacker->inflate);
    free(unpacker);
}

void bb_pack(struct bb_packer *packer, const void *data, size_t len, struct bb_buf *out)
{
    size_t room = libdeflate_zlib_compress_bound(packer->deflate, len);
    char *to = bb_buf_room(out, room);
    out->len += libdeflate_zlib_compress(packer->deflate, data, len, to, room);
    out->data[out->len] = '\0';
}

enum bb_unpacked bb_unpack(struct bb_unpacker *unpacker, enum bb_packed kind, const void *data, size_t len, void *to, size_t room,
                           size_t *taken, size_t *made)
{
    static enum libdeflate_result (*const inflate[])(struct libdeflate_decompressor *, const void *, size_t, void *, size_t,
                                                     size_t *, size_t *) = {[BB_PACKED_ZLIB] = libdeflate_zlib_decompress_ex,
                                                                            [BB_PACKED_GZIP] = libdeflate_gzip_decompress_ex};
    switch (inflate[kind](unpacker->inflate, data, len, to, room, taken, made)) {
    case LIBDEFLATE_SUCCESS:
        return BB_UNPACKED;
    case LIBDEFLATE_INSUFFICIENT_SPACE:
        return BB_UNPACKED_TOO_LONG;
    default:
        return BB_UNPACKED_DAMAGED;
    }
}

uint32_t bb_crc32(const void *data, size_t len)
{
    return libdeflate_crc32(0, data, len);
}
