/* JPEG through libjpeg. Its defaults (accurate integer transform, smooth upsampling of colour; writing, quality 75 and halved colour) are
   the reference's. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include "base/file.h"
#include "stimuli/picture_int.h"

struct failure {
    struct jpeg_error_mgr manager; /* first: libjpeg gives it back as the whole */
    jmp_buf back;
    char message[JMSG_LENGTH_MAX];
};

static void remember(j_common_ptr jpeg)
{
    struct failure *failure = (struct failure *)jpeg->err;
    failure->manager.format_message(jpeg, failure->message);
    longjmp(failure->back, 1);
}

/* A file that is cut off, or has damaged data, is only a warning to libjpeg, which fills in grey: here it is an error. */
static void warn(j_common_ptr jpeg, int level)
{
    if (level < 0) remember(jpeg);
}

static void say_nothing(j_common_ptr jpeg)
{
    (void)jpeg;
}

static enum bb_code read_all(struct jpeg_decompress_struct *jpeg, struct failure *failure, const char *path,
                             const unsigned char *data, size_t len, struct bb_picture *out, struct bb_err *err)
{
    if (setjmp(failure->back)) return bb_fail(err, BB_EINPUT, "%s is a damaged JPEG picture: %s", path, failure->message);
    jpeg_mem_src(jpeg, data, (unsigned long)len);
    jpeg_read_header(jpeg, TRUE);
    if (jpeg->num_components != 1 && jpeg->num_components != 3)
        return bb_fail(err, BB_EINPUT, "%s is a JPEG picture of %d colour components (CMYK, for print); convert it to RGB", path,
                       jpeg->num_components);
    enum bb_code code = bb_picture_make(path, jpeg->image_width, jpeg->image_height, out, err);
    if (code) return code;
    jpeg->out_color_space = JCS_RGB;
    jpeg_start_decompress(jpeg);
    while (jpeg->output_scanline < jpeg->output_height) {
        JSAMPROW row = out->rgb + (size_t)jpeg->output_scanline * 3 * out->width;
        jpeg_read_scanlines(jpeg, &row, 1);
    }
    jpeg_finish_decompress(jpeg);
    return BB_OK;
}

enum bb_code bb_picture_decode_jpeg(const char *path, const unsigned char *data, size_t len, struct bb_picture *out,
                                    struct bb_err *err)
{
    struct jpeg_decompress_struct jpeg = {0};
    struct failure failure = {0};
    jpeg.err = jpeg_std_error(&failure.manager);
    failure.manager.error_exit = remember;
    failure.manager.emit_message = warn;
    failure.manager.output_message = say_nothing;
    jpeg_create_decompress(&jpeg);
    enum bb_code code = read_all(&jpeg, &failure, path, data, len, out, err);
    jpeg_destroy_decompress(&jpeg);
    return code;
}

static bool write_all(struct jpeg_compress_struct *jpeg, struct failure *failure, const struct bb_picture *picture,
                      unsigned char **bytes, unsigned long *len)
{
    if (setjmp(failure->back)) return false;
    jpeg_mem_dest(jpeg, bytes, len);
    jpeg->image_width = (JDIMENSION)picture->width;
    jpeg->image_height = (JDIMENSION)picture->height;
    jpeg->input_components = 3;
    jpeg->in_color_space = JCS_RGB;
    jpeg_set_defaults(jpeg);
    jpeg_start_compress(jpeg, TRUE);
    while (jpeg->next_scanline < jpeg->image_height) {
        JSAMPROW row = picture->rgb + (size_t)jpeg->next_scanline * 3 * picture->width;
        jpeg_write_scanlines(jpeg, &row, 1);
    }
    jpeg_finish_compress(jpeg);
    return true;
}

enum bb_code bb_picture_write_jpeg(const char *path, const struct bb_picture *picture, struct bb_err *err)
{
    struct jpeg_compress_struct jpeg = {0};
    struct failure failure = {0};
    unsigned char *bytes = NULL;
    unsigned long len = 0;
    jpeg.err = jpeg_std_error(&failure.manager);
    failure.manager.error_exit = remember;
    failure.manager.output_message = say_nothing;
    jpeg_create_compress(&jpeg);
    bool good = write_all(&jpeg, &failure, picture, &bytes, &len);
    jpeg_destroy_compress(&jpeg);
    enum bb_code code = good ? bb_file_write(path, bytes, len, err)
                             : bb_fail(err, BB_EIO, "%s: cannot be written as JPEG: %s", path, failure.message);
    free(bytes);
    return code;
}
