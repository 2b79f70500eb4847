#include "model/image.h"

#include <assert.h>
#include <math.h>
#include <png.h>
#include <string.h>

#include "base/file.h"

enum { LARGEST_SIDE = 4096 };
static const size_t LARGEST_FILE = (size_t)64 << 20;

struct bb_images bb_images_new(size_t n, size_t side, struct bb_arena *arena)
{
    return (struct bb_images){.n = n, .side = side, .pixel = BB_NEW_ARRAY(arena, n * side * side, double)};
}

double *bb_image_at(const struct bb_images *images, size_t i)
{
    assert(i < images->n);
    return images->pixel + i * images->side * images->side;
}

static double level_of(double pixel)
{
    return floor(fmin(fmax(pixel, 0), 1) * 255 + .5);
}

void bb_image_quantise(double *pixel, size_t n)
{
    for (size_t i = 0; i < n; i++) pixel[i] = level_of(pixel[i]) / 255;
}

void bb_image_bytes(const double *pixel, size_t n, unsigned char *grey)
{
    for (size_t i = 0; i < n; i++) grey[i] = (unsigned char)level_of(pixel[i]);
}

void bb_image_standardise(const double *pixel, size_t n, double *out)
{
    double mean = 0, square = 0;
    for (size_t i = 0; i < n; i++) mean += pixel[i];
    mean /= (double)n;
    for (size_t i = 0; i < n; i++) square += (pixel[i] - mean) * (pixel[i] - mean);
    double sd = sqrt(square / (double)n), scale = sd > 1e-9 ? 1 / sd : 0;
    for (size_t i = 0; i < n; i++) out[i] = (pixel[i] - mean) * scale;
}

void bb_map_mean(const double *map, size_t side, size_t grid, double *out)
{
    assert(grid && side % grid == 0);
    size_t block = side / grid;
    memset(out, 0, grid * grid * sizeof *out);
    for (size_t y = 0; y < side; y++)
        for (size_t x = 0; x < side; x++) out[y / block * grid + x / block] += map[y * side + x];
    for (size_t i = 0; i < grid * grid; i++) out[i] /= (double)(block * block);
}

void bb_map_max(const double *map, size_t side, size_t grid, double *out)
{
    assert(grid && side % grid == 0);
    size_t block = side / grid;
    for (size_t i = 0; i < grid * grid; i++) out[i] = -INFINITY;
    for (size_t y = 0; y < side; y++)
        for (size_t x = 0; x < side; x++) {
            double *best = &out[y / block * grid + x / block];
            *best = fmax(*best, map[y * side + x]);
        }
}

static enum bb_code png_fail(struct bb_err *err, enum bb_code code, const char *what, png_image *image)
{
    bb_fail(err, code, "%s: %s", what, image->message[0] ? image->message : "the PNG library gives no reason");
    png_image_free(image);
    return code;
}

enum bb_code bb_image_read_png(const char *path, struct bb_arena *arena, unsigned char **grey, size_t *width, size_t *height,
                               struct bb_err *err)
{
    struct bb_buf file = BB_BUF_INIT;
    enum bb_code rc = bb_file_read(path, LARGEST_FILE, &file, err);
    if (rc) return rc;
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_memory(&image, bb_buf_text(&file), file.len)) {
        rc = png_fail(err, BB_EINPUT, path, &image);
    } else if (image.width > LARGEST_SIDE || image.height > LARGEST_SIDE) {
        rc = bb_fail(err, BB_ELIMIT, "%s has %u × %u pixels; at most %d in a direction are read", path, image.width, image.height,
                     LARGEST_SIDE);
        png_image_free(&image);
    } else {
        image.format = PNG_FORMAT_GRAY;
        unsigned char *pixel = bb_arena_alloc(arena, image.width, image.height);
        png_color black = {0, 0, 0}; /* what shows through where the image is transparent */
        if (!png_image_finish_read(&image, &black, pixel, 0, NULL)) {
            rc = png_fail(err, BB_EINPUT, path, &image);
        } else {
            *grey = pixel;
            *width = image.width;
            *height = image.height;
        }
    }
    bb_buf_release(&file);
    return rc;
}
