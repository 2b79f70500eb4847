#include "model/convnet.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "model/draws.h"

enum { STAGES = 3, GRID = 4, FINE = 16 };
enum { BLOCK = 4 }; /* channels that are summed at once: few enough to stay in registers */

/* One convolution with what follows it. Maps are place × channel, with a margin of zeros around. */
struct stage {
    size_t side, channels; /* of its input */
    size_t kernel, step, margin;
    size_t out_side, out_channels; /* before the maximum */
    double *weight;                /* block of BLOCK outputs × kernel × kernel × channels × BLOCK */
    double *bias;
};

struct convnet {
    struct stage stage[STAGES];
    double *input[STAGES + 1]; /* with margins; the last is the output of the last stage */
    double *map;               /* one stage's output before the maximum */
};

/* He's initialisation: a rectified sum of this many inputs keeps their size. */
static void draw_weights(struct stage *s, uint64_t seed, uint64_t task, struct bb_arena *arena)
{
    struct bb_rng rng;
    bb_rng_init(&rng, seed, task);
    size_t inputs = s->kernel * s->kernel * s->channels;
    s->weight = BB_NEW_ARRAY(arena, inputs * s->out_channels, double);
    s->bias = BB_NEW_ARRAY(arena, s->out_channels, double);
    double scale = sqrt(2 / (double)inputs);
    for (size_t i = 0; i < inputs * s->out_channels; i++) s->weight[i] = scale * bb_draw_normal(&rng);
    for (size_t i = 0; i < s->out_channels; i++) s->bias[i] = .1 * bb_draw_normal(&rng);
}

static size_t padded(const struct stage *s)
{
    return s->side + 2 * s->margin;
}

static void convnet_init(struct convnet *net, const struct bb_convnet_spec *spec, size_t side, struct bb_arena *arena)
{
    size_t channels = 1, largest = 0;
    for (size_t k = 0; k < STAGES; k++) {
        struct stage *s = &net->stage[k];
        *s = (struct stage){.side = side, .channels = channels, .kernel = k ? 3 : 7, .step = k ? 1 : 2, .margin = k ? 1 : 3};
        s->out_side = side / s->step;
        s->out_channels = k ? 2 * channels : spec->width;
        draw_weights(s, spec->seed, k, arena);
        net->input[k] = BB_NEW_ARRAY(arena, padded(s) * padded(s) * s->channels, double);
        size_t size = s->out_side * s->out_side * s->out_channels;
        if (size > largest) largest = size;
        side = s->out_side / 2;
        channels = s->out_channels;
    }
    net->input[STAGES] = BB_NEW_ARRAY(arena, side * side * channels, double);
    net->map = BB_NEW_ARRAY(arena, largest, double);
}

/* Neighbours in a row lie side by side, so an input is `kernel` runs of kernel × channels numbers, a row of the maps apart. */
static void convolve_block(const struct stage *s, const double *restrict corner, const double *restrict w, double *restrict out)
{
    double sum[BLOCK];
    memcpy(sum, out, sizeof sum);
    for (size_t ky = 0; ky < s->kernel; ky++, corner += padded(s) * s->channels)
        for (size_t i = 0; i < s->kernel * s->channels; i++, w += BLOCK)
            for (size_t c = 0; c < BLOCK; c++) sum[c] += corner[i] * w[c];
    for (size_t c = 0; c < BLOCK; c++) out[c] = fmax(sum[c], 0);
}

static void convolve_place(const struct stage *s, const double *corner, double *out)
{
    size_t inputs = s->kernel * s->kernel * s->channels;
    memcpy(out, s->bias, s->out_channels * sizeof *out);
    for (size_t c = 0; c < s->out_channels; c += BLOCK) convolve_block(s, corner, s->weight + c * inputs, out + c);
}

/* Maximum over 2 × 2 places, into the next stage's input. */
static void pool(const struct stage *s, const double *map, size_t margin, double *out)
{
    size_t half = s->out_side / 2, wide = half + 2 * margin, n = s->out_channels;
    for (size_t y = 0; y < half; y++)
        for (size_t x = 0; x < half; x++) {
            const double *at = map + (2 * y * s->out_side + 2 * x) * n, *below = at + s->out_side * n;
            double *to = out + ((y + margin) * wide + x + margin) * n;
            for (size_t c = 0; c < n; c++) to[c] = fmax(fmax(at[c], at[n + c]), fmax(below[c], below[n + c]));
        }
}

static void run_stage(struct convnet *net, size_t k)
{
    const struct stage *s = &net->stage[k];
    for (size_t y = 0; y < s->out_side; y++)
        for (size_t x = 0; x < s->out_side; x++)
            convolve_place(s, net->input[k] + (y * s->step * padded(s) + x * s->step) * s->channels,
                           net->map + (y * s->out_side + x) * s->out_channels);
    pool(s, net->map, k + 1 < STAGES ? net->stage[k + 1].margin : 0, net->input[k + 1]);
}

/* Means of a stage's pooled maps on a grid: channel × place. */
static void summarise(const struct convnet *net, size_t k, size_t grid, double *out)
{
    const struct stage *s = &net->stage[k];
    size_t side = s->out_side / 2, margin = k + 1 < STAGES ? net->stage[k + 1].margin : 0, wide = side + 2 * margin,
           block = side / grid;
    for (size_t c = 0; c < s->out_channels; c++)
        for (size_t p = 0; p < grid * grid; p++) {
            double sum = 0;
            for (size_t y = 0; y < block; y++)
                for (size_t x = 0; x < block; x++)
                    sum += net->input[k + 1]
                                     [((p / grid * block + y + margin) * wide + p % grid * block + x + margin) * s->out_channels +
                                      c];
            out[c * grid * grid + p] = sum / (double)(block * block);
        }
}

void bb_convnet_run(const struct bb_convnet_spec *spec, const struct bb_images *images, struct bb_arena *arena,
                    struct bb_layers *out)
{
    assert(images->side % 32 == 0 && spec->width && spec->width % BLOCK == 0);
    struct convnet net;
    convnet_init(&net, spec, images->side, arena);
    static const char *const name[STAGES + 1] = {"conv1", "conv2", "conv3", "pool"};
    size_t grid[STAGES + 1] = {GRID, GRID, 2, 1}, width[STAGES + 1], side = images->side;
    double *value[STAGES + 1];
    *out = (struct bb_layers){.n = images->n};
    for (size_t k = 0; k <= STAGES; k++) {
        width[k] = net.stage[k < STAGES ? k : STAGES - 1].out_channels * grid[k] * grid[k];
        value[k] = bb_layers_add(out, name[k], width[k], arena);
    }
    double *standard = BB_NEW_ARRAY(arena, side * side, double);
    for (size_t i = 0; i < images->n; i++) {
        bb_image_standardise(bb_image_at(images, i), side * side, standard);
        size_t wide = padded(&net.stage[0]), margin = net.stage[0].margin;
        for (size_t y = 0; y < side; y++)
            memcpy(net.input[0] + (y + margin) * wide + margin, standard + y * side, side * sizeof *standard);
        for (size_t k = 0; k < STAGES; k++) {
            run_stage(&net, k);
            summarise(&net, k, grid[k], value[k] + i * width[k]);
        }
        summarise(&net, STAGES - 1, grid[STAGES], value[STAGES] + i * width[STAGES]);
    }
}

void bb_random_features_run(const struct bb_convnet_spec *spec, const struct bb_images *images, struct bb_arena *arena,
                            struct bb_layers *out)
{
    struct bb_rng rng;
    bb_rng_init(&rng, spec->seed, STAGES);
    size_t inputs = FINE * FINE;
    double *weight = BB_NEW_ARRAY(arena, inputs * spec->width, double), standard[FINE * FINE];
    for (size_t i = 0; i < inputs * spec->width; i++) weight[i] = bb_draw_normal(&rng) / FINE;
    *out = (struct bb_layers){.n = images->n};
    double *value = bb_layers_add(out, "random", spec->width, arena);
    for (size_t i = 0; i < images->n; i++) {
        double *at = value + i * spec->width;
        bb_map_mean(bb_image_at(images, i), images->side, FINE, standard);
        bb_image_standardise(standard, inputs, standard);
        for (size_t j = 0; j < inputs; j++)
            for (size_t c = 0; c < spec->width; c++) at[c] += standard[j] * weight[j * spec->width + c];
        for (size_t c = 0; c < spec->width; c++) at[c] = fmax(at[c], 0);
    }
}
