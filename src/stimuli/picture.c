#include "stimuli/picture.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "stimuli/picture_int.h"

static const size_t LARGEST_FILE = (size_t)256 << 20;

static const struct {
    const char *signature;
    size_t len;
    enum bb_code (*decode)(const char *path, const unsigned char *data, size_t len, struct bb_picture *out, struct bb_err *err);
} formats[] = {
    {"\x89PNG\r\n\x1a\n", 8, bb_picture_decode_png},
    {"\xff\xd8\xff", 3, bb_picture_decode_jpeg},
    {"BM", 2, bb_picture_decode_bmp},
};

struct bb_picture bb_picture_new(size_t width, size_t height)
{
    return (struct bb_picture){.width = width, .height = height, .rgb = bb_calloc(width * height, 3)};
}

void bb_picture_release(struct bb_picture *picture)
{
    free(picture->rgb);
    *picture = (struct bb_picture){0};
}

enum bb_code bb_picture_make(const char *path, size_t width, size_t height, struct bb_picture *out, struct bb_err *err)
{
    if (!width || !height) return bb_fail(err, BB_EINPUT, "%s: the picture has no pixels", path);
    if (width > BB_PICTURE_SIDE_MOST || height > BB_PICTURE_SIDE_MOST)
        return bb_fail(err, BB_ELIMIT, "%s has %zu × %zu pixels; at most %d in a direction are read", path, width, height,
                       BB_PICTURE_SIDE_MOST);
    *out = bb_picture_new(width, height);
    return BB_OK;
}

enum bb_code bb_picture_decode(const char *path, const void *data, size_t len, struct bb_picture *out, struct bb_err *err)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (len < formats[i].len || memcmp(data, formats[i].signature, formats[i].len) != 0) continue;
        *out = (struct bb_picture){0};
        enum bb_code code = formats[i].decode(path, data, len, out, err);
        if (code) bb_picture_release(out);
        return code;
    }
    return bb_fail(err, BB_EINPUT, "%s is no PNG, JPEG or BMP picture; convert it to PNG", path);
}

enum bb_code bb_picture_read(const char *path, struct bb_picture *out, struct bb_err *err)
{
    struct bb_buf file = BB_BUF_INIT;
    enum bb_code code = bb_file_read(path, LARGEST_FILE, &file, err);
    if (!code) code = bb_picture_decode(path, bb_buf_text(&file), file.len, out, err);
    bb_buf_release(&file);
    return code;
}

bool bb_picture_name_jpeg(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && (bb_strcaseeq(dot, ".jpg") || bb_strcaseeq(dot, ".jpeg"));
}

bool bb_picture_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && (bb_strcaseeq(dot, ".png") || bb_strcaseeq(dot, ".bmp") || bb_picture_name_jpeg(name));
}

void bb_picture_luma(const struct bb_picture *picture, unsigned char *grey)
{
    const unsigned char *at = picture->rgb;
    for (size_t i = 0; i < picture->width * picture->height; i++, at += 3)
        grey[i] = (unsigned char)((at[0] * 19595u + at[1] * 38470u + at[2] * 7471u + 0x8000u) >> 16);
}
