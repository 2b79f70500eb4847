#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "stimuli/picture.h"

enum { PRECISION = 32 - 8 - 2 }; /* bits of the weights: 8 of the pixels, two for what bicubic adds */

/* One direction: for each place, from where how many pixels are taken, with which weights. */
struct weights {
    size_t n, most;
    size_t *first, *count;
    int32_t *weight; /* n × most */
};

static double bicubic(double x)
{
    const double a = -0.5;
    if (x < 0) x = -x;
    if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
    if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
    return 0;
}

static int32_t fixed(double weight)
{
    return (int32_t)((weight < 0 ? -.5 : .5) + weight * (1 << PRECISION));
}

static struct weights weights_new(size_t from, size_t to)
{
    double scale = (double)from / (double)to, wider = scale < 1 ? 1 : scale, support = 2 * wider, step = 1 / wider;
    struct weights w = {.n = to, .most = (size_t)ceil(support) * 2 + 1};
    w.first = bb_calloc(to, sizeof *w.first);
    w.count = bb_calloc(to, sizeof *w.count);
    w.weight = bb_calloc(to * w.most, sizeof *w.weight);
    double *exact = bb_calloc(w.most, sizeof *exact);
    for (size_t i = 0; i < to; i++) {
        double middle = ((double)i + .5) * scale, low = middle - support + .5, high = middle + support + .5, sum = 0;
        size_t first = low < 0 ? 0 : (size_t)low, end = high > (double)from ? from : (size_t)high;
        for (size_t j = first; j < end; j++) sum += exact[j - first] = bicubic(((double)j - middle + .5) * step);
        double one = sum != 0 ? 1 / sum : 1; /* as Pillow: times the reciprocal */
        for (size_t j = first; j < end; j++) w.weight[i * w.most + j - first] = fixed(exact[j - first] * one);
        w.first[i] = first;
        w.count[i] = end - first;
    }
    free(exact);
    return w;
}

static void weights_release(struct weights *w)
{
    free(w->first);
    free(w->count);
    free(w->weight);
}

static unsigned char clip(int32_t sum)
{
    int32_t value = sum >> PRECISION;
    return (unsigned char)(value < 0 ? 0 : value > 255 ? 255 : value);
}

static void pass(const struct weights *w, const unsigned char *from, size_t step, size_t i, unsigned char *out)
{
    const int32_t *weight = w->weight + i * w->most;
    for (size_t c = 0; c < 3; c++) {
        int32_t sum = 1 << (PRECISION - 1);
        for (size_t j = 0; j < w->count[i]; j++) sum += from[(w->first[i] + j) * step + c] * weight[j];
        out[c] = clip(sum);
    }
}

static struct bb_picture along_rows(const struct bb_picture *picture, size_t width)
{
    struct weights w = weights_new(picture->width, width);
    struct bb_picture out = bb_picture_new(width, picture->height);
    for (size_t y = 0; y < out.height; y++)
        for (size_t x = 0; x < width; x++) pass(&w, picture->rgb + y * picture->width * 3, 3, x, out.rgb + (y * width + x) * 3);
    weights_release(&w);
    return out;
}

static struct bb_picture along_columns(const struct bb_picture *picture, size_t height)
{
    struct weights w = weights_new(picture->height, height);
    struct bb_picture out = bb_picture_new(picture->width, height);
    for (size_t y = 0; y < height; y++)
        for (size_t x = 0; x < out.width; x++)
            pass(&w, picture->rgb + x * 3, out.width * 3, y, out.rgb + (y * out.width + x) * 3);
    weights_release(&w);
    return out;
}

struct bb_picture bb_picture_resize(const struct bb_picture *picture, size_t width, size_t height)
{
    struct bb_picture wide = along_rows(picture, width), out = along_columns(&wide, height);
    bb_picture_release(&wide);
    return out;
}
