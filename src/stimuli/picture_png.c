/* PNG through libpng's full interface: the simple one blends transparency and applies gamma, which the reference's reader does not. */
#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "stimuli/picture_int.h"

struct source {
    const unsigned char *data;
    size_t len, at;
    char message[200];
};

static void remember(png_structp png, png_const_charp message)
{
    struct source *source = png_get_error_ptr(png);
    snprintf(source->message, sizeof source->message, "%s", message);
    png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
}

static void take_bytes(png_structp png, png_bytep out, size_t n)
{
    struct source *source = png_get_io_ptr(png);
    if (n > source->len - source->at) png_error(png, "the file ends too early");
    memcpy(out, source->data + source->at, n);
    source->at += n;
}

/* Whatever it is, as 8 bits of red, green and blue. */
static void ask_for_rgb(png_structp png, png_infop info)
{
    png_set_expand(png);
    png_set_strip_16(png);
    png_set_gray_to_rgb(png);
    png_set_strip_alpha(png);
    png_set_interlace_handling(png);
    png_read_update_info(png, info);
}

/* What longjmp may come back to: nothing here changes between setjmp and it but through pointers. */
static enum bb_code read_all(png_structp png, png_infop info, const char *path, struct bb_picture *out, png_bytep **rows,
                             struct bb_err *err)
{
    if (setjmp(png_jmpbuf(png))) {
        const struct source *source = png_get_error_ptr(png);
        return bb_fail(err, BB_EINPUT, "%s is a damaged PNG picture: %s", path, source->message);
    }
    png_set_user_limits(png, 0x7fffffff, 0x7fffffff); /* bb_picture_make has the limit, and the words */
    png_read_info(png, info);
    enum bb_code code = bb_picture_make(path, png_get_image_width(png, info), png_get_image_height(png, info), out, err);
    if (code) return code;
    ask_for_rgb(png, info);
    if (png_get_rowbytes(png, info) != 3 * out->width)
        return bb_fail(err, BB_EINPUT, "%s: a PNG picture of an unknown kind", path);
    *rows = bb_malloc(out->height * sizeof **rows);
    for (size_t y = 0; y < out->height; y++) (*rows)[y] = out->rgb + y * 3 * out->width;
    png_read_image(png, *rows);
    png_read_end(png, NULL);
    return BB_OK;
}

enum bb_code bb_picture_decode_png(const char *path, const unsigned char *data, size_t len, struct bb_picture *out,
                                   struct bb_err *err)
{
    struct source source = {.data = data, .len = len};
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &source, remember, ignore);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info) bb_die("memory cannot be had for reading a picture");
    png_bytep *rows = NULL;
    png_set_read_fn(png, &source, take_bytes);
    enum bb_code code = read_all(png, info, path, out, &rows, err);
    png_destroy_read_struct(&png, &info, NULL);
    free(rows);
    return code;
}

static void put_bytes(png_structp png, png_bytep data, size_t n)
{
    bb_buf_add(png_get_io_ptr(png), data, n);
}

static void put_nothing(png_structp png)
{
    (void)png;
}

static enum bb_code write_all(png_structp png, png_infop info, const struct bb_picture *picture, const char *path,
                              struct bb_err *err)
{
    if (setjmp(png_jmpbuf(png))) return bb_fail(err, BB_EIO, "%s: the PNG library cannot write the picture", path);
    png_set_IHDR(png, info, (png_uint_32)picture->width, (png_uint_32)picture->height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (size_t y = 0; y < picture->height; y++) png_write_row(png, picture->rgb + y * 3 * picture->width);
    png_write_end(png, NULL);
    return BB_OK;
}

enum bb_code bb_picture_write_png(const char *path, const struct bb_picture *picture, struct bb_err *err)
{
    struct source unused = {0};
    struct bb_buf bytes = BB_BUF_INIT;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &unused, remember, ignore);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info) bb_die("memory cannot be had for writing a picture");
    png_set_write_fn(png, &bytes, put_bytes, put_nothing);
    enum bb_code code = write_all(png, info, picture, path, err);
    png_destroy_write_struct(&png, &info);
    if (!code) code = bb_file_write(path, bb_buf_text(&bytes), bytes.len, err);
    bb_buf_release(&bytes);
    return code;
}
