#include "chart/raster.h"

#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/pack.h"

struct source {
    const unsigned char *data;
    size_t len;
};

static cairo_status_t give_bytes(void *context, unsigned char *to, unsigned len)
{
    struct source *source = context;
    if (len > source->len) return CAIRO_STATUS_READ_ERROR;
    memcpy(to, source->data, len);
    source->data += len;
    source->len -= len;
    return CAIRO_STATUS_SUCCESS;
}

/* The picture on white paper, smaller where it has too many pixels. */
static cairo_surface_t *on_paper(cairo_surface_t *picture, size_t across, size_t down)
{
    double width = cairo_image_surface_get_width(picture), height = cairo_image_surface_get_height(picture);
    double scale = fmin(1, fmin((double)across / width, (double)down / height));
    cairo_surface_t *paper =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)fmax(1, round(scale * width)), (int)fmax(1, round(scale * height)));
    cairo_t *cairo = cairo_create(paper);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, cairo_image_surface_get_width(paper) / width, cairo_image_surface_get_height(paper) / height);
    cairo_set_source_surface(cairo, picture, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_GOOD);
    cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD);
    cairo_paint(cairo);
    cairo_destroy(cairo);
    cairo_surface_flush(paper);
    return paper;
}

static void take_pixels(cairo_surface_t *paper, struct bb_arena *arena, struct bb_pdf_picture *out)
{
    size_t across = (size_t)cairo_image_surface_get_width(paper), down = (size_t)cairo_image_surface_get_height(paper);
    size_t stride = (size_t)cairo_image_surface_get_stride(paper);
    const unsigned char *row = cairo_image_surface_get_data(paper);
    unsigned char *rgb = bb_malloc(3 * across * down), *to = rgb;
    for (size_t y = 0; y < down; y++, row += stride)
        for (size_t x = 0; x < across; x++) {
            uint32_t pixel;
            memcpy(&pixel, row + 4 * x, sizeof pixel);
            for (unsigned shift = 16; shift <= 16; shift -= 8) *to++ = (unsigned char)(pixel >> shift);
        }
    struct bb_buf packed = BB_BUF_INIT;
    struct bb_packer *packer = bb_packer_new(9);
    bb_pack(packer, rgb, 3 * across * down, &packed);
    char *copy = bb_arena_alloc(arena, packed.len, 1);
    memcpy(copy, packed.data, packed.len);
    *out = (struct bb_pdf_picture){.data = copy, .len = packed.len, .across = across, .down = down};
    bb_packer_free(packer);
    bb_buf_release(&packed);
    free(rgb);
}

static enum bb_code raster_png(const void *data, size_t len, size_t across, size_t down, struct bb_arena *arena,
                               struct bb_pdf_picture *out, struct bb_err *err)
{
    struct source source = {data, len};
    cairo_surface_t *picture = cairo_image_surface_create_from_png_stream(give_bytes, &source), *paper = NULL;
    cairo_status_t status = cairo_surface_status(picture);
    if (status == CAIRO_STATUS_SUCCESS) {
        paper = on_paper(picture, across, down);
        status = cairo_surface_status(paper);
    }
    if (status == CAIRO_STATUS_SUCCESS) take_pixels(paper, arena, out);
    if (paper) cairo_surface_destroy(paper);
    cairo_surface_destroy(picture);
    if (status == CAIRO_STATUS_SUCCESS) return BB_OK;
    return bb_fail(err, BB_EINPUT, "its PNG cannot be read: %s.", cairo_status_to_string(status));
}

enum bb_code bb_raster(const void *data, size_t len, size_t across, size_t down, struct bb_arena *arena,
                       struct bb_pdf_picture *out, struct bb_err *err)
{
    if (len >= 8 && memcmp(data, "\x89PNG\r\n\x1a\n", 8) == 0) return raster_png(data, len, across, down, arena, out, err);
    if (len < 3 || memcmp(data, "\xff\xd8\xff", 3) != 0) return bb_fail(err, BB_EINPUT, "it is no PNG or JPEG.");
    if (len > BB_RASTER_JPEG_MOST)
        return bb_fail(err, BB_ELIMIT, "it is a JPEG of %zu KB; at most %zu.", len >> 10, BB_RASTER_JPEG_MOST >> 10);
    char *copy = bb_arena_alloc(arena, len, 1);
    memcpy(copy, data, len);
    return bb_pdf_jpeg(copy, len, out, err);
}
