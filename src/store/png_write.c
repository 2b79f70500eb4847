#include "store/png_write.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/pack.h"

enum { LEVEL = 9, FILTER_SUB = 1 }; /* of deflate; of PNG: each byte less the one to its left */

static void put_be32(unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++) at[i] = (unsigned char)(value >> (24 - 8 * i));
}

static void put_chunk(struct bb_buf *out, const char *type, const void *data, size_t len)
{
    unsigned char number[4];
    put_be32(number, (uint32_t)len);
    bb_buf_add(out, number, 4);
    size_t at = out->len;
    bb_buf_add(out, type, 4);
    bb_buf_add(out, data, len);
    put_be32(number, bb_crc32(out->data + at, len + 4));
    bb_buf_add(out, number, 4);
}

static unsigned char *filter_rows(const unsigned char *gray, size_t width, size_t height)
{
    unsigned char *rows = bb_calloc(height, width + 1), *at = rows;
    for (size_t y = 0; y < height; y++) {
        *at++ = FILTER_SUB;
        for (size_t x = 0; x < width; x++, gray++) *at++ = (unsigned char)(x ? gray[0] - gray[-1] : gray[0]);
    }
    return rows;
}

static void put_pixels(struct bb_buf *out, const unsigned char *gray, size_t width, size_t height)
{
    size_t len = height * (width + 1);
    struct bb_packer *packer = bb_packer_new(LEVEL);
    struct bb_buf packed = BB_BUF_INIT;
    unsigned char *rows = filter_rows(gray, width, height);
    bb_pack(packer, rows, len, &packed);
    put_chunk(out, "IDAT", packed.data, packed.len);
    bb_packer_free(packer);
    bb_buf_release(&packed);
    free(rows);
}

void bb_png_gray(struct bb_buf *out, const unsigned char *gray, size_t width, size_t height)
{
    static const unsigned char SIGNATURE[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    unsigned char header[13] = {[8] = 8 /* bits */};
    assert(width && height && width < 1 << 16 && height < 1 << 16);
    put_be32(header, (uint32_t)width);
    put_be32(header + 4, (uint32_t)height);
    bb_buf_add(out, SIGNATURE, sizeof SIGNATURE);
    put_chunk(out, "IHDR", header, sizeof header);
    put_pixels(out, gray, width, height);
    put_chunk(out, "IEND", "", 0);
}
