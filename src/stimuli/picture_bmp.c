/* BMP: what stimulus sets have of it, which is uncompressed pixels of 1, 4, 8, 24 or 32 bits (Microsoft, "Bitmap Storage"). */
#include <stdint.h>

#include "stimuli/picture_int.h"

enum { FILE_HEADER = 14, INFO_HEADER = 40, CORE_HEADER = 12, RGB = 0, BITFIELDS = 3 };

struct bmp {
    const unsigned char *data;
    size_t len, pixels, palette, n_colours, colour_bytes, width, height, row;
    unsigned bits;
    bool top_down;
};

static uint32_t le(const unsigned char *at, int n)
{
    uint32_t value = 0;
    for (int i = n; i-- > 0;) value = value << 8 | at[i];
    return value;
}

static enum bb_code damaged(const char *path, struct bb_err *err)
{
    return bb_fail(err, BB_EINPUT, "%s is a damaged BMP picture: the file ends too early, or its header makes no sense", path);
}

/* Red, green and blue where nearly every writer has them: the only masks that are read. */
static bool usual_masks(const unsigned char *info)
{
    return le(info + INFO_HEADER, 4) == 0xff0000 && le(info + INFO_HEADER + 4, 4) == 0xff00 &&
           le(info + INFO_HEADER + 8, 4) == 0xff;
}

static enum bb_code read_info(const char *path, struct bmp *bmp, uint32_t header, struct bb_err *err)
{
    const unsigned char *info = bmp->data + FILE_HEADER;
    int32_t width = (int32_t)le(info + 4, 4), height = (int32_t)le(info + 8, 4);
    uint32_t packing = le(info + 16, 4);
    if (width <= 0 || height == 0 || height == INT32_MIN) return damaged(path, err);
    bmp->top_down = height < 0;
    bmp->width = (size_t)width;
    bmp->height = (size_t)(height < 0 ? -height : height);
    bmp->bits = le(info + 14, 2);
    bmp->n_colours = le(info + 32, 4);
    bmp->colour_bytes = 4;
    if (packing == BITFIELDS && bmp->bits == 32 && bmp->len >= FILE_HEADER + INFO_HEADER + 12 && usual_masks(info)) packing = RGB;
    if (packing != RGB)
        return bb_fail(err, BB_EINPUT, "%s is a compressed BMP picture, which is not read; convert it to PNG", path);
    bmp->palette = FILE_HEADER + header;
    return BB_OK;
}

static enum bb_code read_header(const char *path, struct bmp *bmp, struct bb_err *err)
{
    if (bmp->len < FILE_HEADER + CORE_HEADER) return damaged(path, err);
    const unsigned char *info = bmp->data + FILE_HEADER;
    uint32_t header = le(info, 4);
    bmp->pixels = le(bmp->data + 10, 4);
    enum bb_code code = BB_OK;
    if (header == CORE_HEADER) {
        bmp->width = le(info + 4, 2);
        bmp->height = le(info + 6, 2);
        bmp->bits = le(info + 10, 2);
        bmp->colour_bytes = 3;
        bmp->palette = FILE_HEADER + CORE_HEADER;
    } else if (header < INFO_HEADER || bmp->len < FILE_HEADER + INFO_HEADER) {
        code = damaged(path, err);
    } else {
        code = read_info(path, bmp, header, err);
    }
    if (code) return code;
    if (bmp->bits != 1 && bmp->bits != 4 && bmp->bits != 8 && bmp->bits != 24 && bmp->bits != 32)
        return bb_fail(err, BB_EINPUT, "%s is a BMP picture of %u bits a pixel; 1, 4, 8, 24 and 32 are read: convert it to PNG",
                       path, bmp->bits);
    if (bmp->bits <= 8 && (!bmp->n_colours || bmp->n_colours > 1u << bmp->bits)) bmp->n_colours = (size_t)1 << bmp->bits;
    bmp->row = (bmp->width * bmp->bits + 31) / 32 * 4;
    return BB_OK;
}

static bool take_pixel(const struct bmp *bmp, const unsigned char *row, size_t x, unsigned char *out)
{
    const unsigned char *bgr;
    if (bmp->bits > 8) {
        bgr = row + x * bmp->bits / 8;
    } else {
        size_t bit = x * bmp->bits, index = ((size_t)row[bit / 8] >> (8 - bmp->bits - bit % 8)) & (((size_t)1 << bmp->bits) - 1);
        if (index >= bmp->n_colours) return false;
        bgr = bmp->data + bmp->palette + index * bmp->colour_bytes;
    }
    for (int c = 0; c < 3; c++) out[c] = bgr[2 - c];
    return true;
}

enum bb_code bb_picture_decode_bmp(const char *path, const unsigned char *data, size_t len, struct bb_picture *out,
                                   struct bb_err *err)
{
    struct bmp bmp = {.data = data, .len = len};
    enum bb_code code = read_header(path, &bmp, err);
    if (!code) code = bb_picture_make(path, bmp.width, bmp.height, out, err);
    if (code) return code;
    if (bmp.pixels > len || bmp.row * bmp.height > len - bmp.pixels) return damaged(path, err);
    if (bmp.bits <= 8 && (bmp.palette > len || bmp.n_colours * bmp.colour_bytes > len - bmp.palette)) return damaged(path, err);
    for (size_t y = 0; y < bmp.height; y++) {
        const unsigned char *row = data + bmp.pixels + (bmp.top_down ? y : bmp.height - 1 - y) * bmp.row;
        for (size_t x = 0; x < bmp.width; x++)
            if (!take_pixel(&bmp, row, x, out->rgb + (y * bmp.width + x) * 3)) return damaged(path, err);
    }
    return BB_OK;
}
