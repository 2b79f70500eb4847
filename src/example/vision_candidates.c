#include "example/vision_candidates.h"

#include <assert.h>
#include <string.h>

#include "example/project.h"
#include "model/convnet.h"
#include "model/gabor.h"
#include "model/hmax.h"
#include "model/pixels.h"
#include "model/readout.h"
#include "model/texture.h"

static const double READOUT_PENALTY = .02;
enum { ENSEMBLE_PROTOTYPES = 48 };

/* Those of the small example first. */
static const struct bb_candidate standard[] = {
    {.id = "pixels",
     .name = "Pixels",
     .family = "pixels",
     .kind = BB_CANDIDATE_PIXELS,
     .readout = "fine",
     .description = "Grey values on a grid, and their moments: what any model should beat."},
    {.id = "gabor",
     .name = "Gabor pyramid",
     .family = "Gabor",
     .kind = BB_CANDIDATE_GABOR,
     .readout = "energy",
     .width = 6,
     .wavelength = 4,
     .description = "Energy of Gabor filters in quadrature at three scales and six orientations: the standard model of V1."},
    {.id = "hmax",
     .name = "HMAX",
     .family = "HMAX",
     .kind = BB_CANDIDATE_HMAX,
     .readout = "C2",
     .seed = 1,
     .width = 64,
     .description = "Simple and complex cells in two rounds (Riesenhuber and Poggio 1999): S1, C1, S2, C2."},
    {.id = "texture",
     .name = "Texture statistics",
     .family = "texture",
     .kind = BB_CANDIDATE_TEXTURE,
     .readout = "autocorrelation",
     .description = "Moments and correlations of Gabor energies, after Portilla and Simoncelli (2000)."},
    {.id = "convnet-random",
     .name = "Random convolutional net",
     .family = "random net",
     .kind = BB_CANDIDATE_CONVNET,
     .readout = "conv2",
     .seed = 1,
     .width = 8,
     .description = "Three convolutions with random weights: the architecture without any learning."},
    {.id = "convnet-readout",
     .name = "Random net with a trained readout",
     .family = "random net",
     .kind = BB_CANDIDATE_CONVNET,
     .readout = "conv2",
     .seed = 3,
     .width = 8,
     .trained = true,
     .description = "A random net whose last layer was trained to name objects on pictures that are in no benchmark."},
    {.id = "gabor-coarse",
     .name = "Gabor pyramid, coarse",
     .family = "Gabor",
     .kind = BB_CANDIDATE_GABOR,
     .readout = "energy",
     .width = 4,
     .wavelength = 8,
     .description = "The Gabor pyramid with four orientations and filters of twice the size."},
    {.id = "convnet-random-wide",
     .name = "Random convolutional net, wide",
     .family = "random net",
     .kind = BB_CANDIDATE_CONVNET,
     .readout = "conv2",
     .seed = 2,
     .width = 12,
     .description = "The random net with half as many maps again and other weights."},
    {.id = "random-features",
     .name = "Random features",
     .family = "random net",
     .kind = BB_CANDIDATE_RANDOM,
     .readout = "random",
     .seed = 4,
     .width = 384,
     .description = "384 rectified random sums of pixels: a wide model that knows nothing, as a confound of width."},
    {.id = "ensemble-readout",
     .name = "Ensemble with a trained readout",
     .family = "ensemble",
     .kind = BB_CANDIDATE_ENSEMBLE,
     .readout = "all",
     .seed = 5,
     .width = ENSEMBLE_PROTOTYPES,
     .wavelength = 4,
     .trained = true,
     .description = "Gabor energies, C2 of HMAX and texture statistics side by side, and a readout trained to name objects."},
};
enum { N_STANDARD = sizeof standard / sizeof standard[0], N_SMALL = 6 };

/* The large example's further models: same kinds, other seeds and widths; most are of the kinds that are fast to compute. */
static struct bb_candidate further(size_t i, struct bb_arena *arena)
{
    static const struct {
        enum bb_candidate_kind kind;
        const char *stem, *family, *readout;
    } kinds[] = {
        {BB_CANDIDATE_RANDOM, "random", "random net", "random"}, {BB_CANDIDATE_CONVNET, "convnet", "random net", "conv2"},
        {BB_CANDIDATE_RANDOM, "random", "random net", "random"}, {BB_CANDIDATE_HMAX, "hmax", "HMAX", "C2"},
        {BB_CANDIDATE_RANDOM, "random", "random net", "random"}, {BB_CANDIDATE_CONVNET, "convnet", "random net", "conv2"},
        {BB_CANDIDATE_RANDOM, "random", "random net", "random"}, {BB_CANDIDATE_GABOR, "gabor", "Gabor", "coarse"},
    };
    enum { N_KINDS = sizeof kinds / sizeof kinds[0] };
    size_t k = i % N_KINDS, step = i / N_KINDS;
    struct bb_candidate c = {.kind = kinds[k].kind, .family = kinds[k].family, .readout = kinds[k].readout, .seed = 100 + i};
    c.id = bb_arena_printf(arena, "%s-%03zu", kinds[k].stem, i + 1);
    c.name = bb_arena_printf(arena, "%s, number %zu", kinds[k].family, i + 1);
    c.description = "One of many models of its kind, by seed and width.";
    c.trained = step % 2 == 1;
    c.wavelength = 3 + .2 * (double)step;
    c.width = c.kind == BB_CANDIDATE_HMAX     ? 8 + 4 * (step % 5)
              : c.kind == BB_CANDIDATE_RANDOM ? 20 + 10 * (step % 10)
              : c.kind == BB_CANDIDATE_GABOR  ? 3
                                              : 4;
    return c;
}

size_t bb_candidates(int size, struct bb_arena *arena, const struct bb_candidate **out)
{
    enum { FURTHER = 200 };
    *out = standard;
    if (size != BB_PROJECT_LARGE) return size == BB_PROJECT_SMALL ? N_SMALL : N_STANDARD;
    struct bb_candidate *all = BB_NEW_ARRAY(arena, N_STANDARD + FURTHER, struct bb_candidate);
    memcpy(all, standard, sizeof standard);
    for (size_t i = 0; i < FURTHER; i++) all[N_STANDARD + i] = further(i, arena);
    *out = all;
    return N_STANDARD + FURTHER;
}

static void append_layer(const struct bb_layers *from, const char *name, double *out, size_t width, size_t *at)
{
    const struct bb_layer *layer = bb_layers_find(from, name);
    for (size_t i = 0; i < from->n; i++)
        memcpy(out + i * width + *at, layer->value + i * layer->width, layer->width * sizeof *out);
    *at += layer->width;
}

/* Each feature in units of its own over the pictures seen, which are the first of the images: the readout standardises, but a metric does not. */
static void run_ensemble(const struct bb_candidate *c, const struct bb_stimuli *seen, const struct bb_images *images,
                         struct bb_arena *arena, struct bb_layers *out)
{
    static const char *const part[] = {"coarse", "C2", "moments", "autocorrelation"};
    struct bb_layers from[4];
    bb_gabor_run(&(struct bb_gabor_spec){.shortest = c->wavelength, .n_orientations = 4}, images, arena, &from[0]);
    bb_hmax_run(&(struct bb_hmax_spec){.seed = c->seed, .n_prototypes = c->width}, &seen->images, images, arena, &from[1]);
    bb_texture_run(images, arena, &from[2]);
    from[3] = from[2];
    size_t width = 0, at = 0;
    for (size_t k = 0; k < 4; k++) width += bb_layers_find(&from[k], part[k])->width;
    *out = (struct bb_layers){.n = images->n};
    double *all = bb_layers_add(out, "all", width, arena);
    for (size_t k = 0; k < 4; k++) append_layer(&from[k], part[k], all, width, &at);
    double *mean = BB_NEW_ARRAY(arena, width, double), *sd = BB_NEW_ARRAY(arena, width, double);
    bb_feature_scale(all, seen->n, width, mean, sd);
    bb_feature_standardise(all, images->n, width, mean, sd);
}

static void run_layers(const struct bb_candidate *c, const struct bb_stimuli *seen, const struct bb_images *images,
                       struct bb_arena *arena, struct bb_layers *out)
{
    switch (c->kind) {
    case BB_CANDIDATE_PIXELS:
        bb_pixels_run(images, arena, out);
        break;
    case BB_CANDIDATE_GABOR:
        bb_gabor_run(&(struct bb_gabor_spec){.shortest = c->wavelength, .n_orientations = c->width}, images, arena, out);
        break;
    case BB_CANDIDATE_HMAX:
        bb_hmax_run(&(struct bb_hmax_spec){.seed = c->seed, .n_prototypes = c->width}, &seen->images, images, arena, out);
        break;
    case BB_CANDIDATE_TEXTURE:
        bb_texture_run(images, arena, out);
        break;
    case BB_CANDIDATE_CONVNET:
        bb_convnet_run(&(struct bb_convnet_spec){.seed = c->seed, .width = c->width}, images, arena, out);
        break;
    case BB_CANDIDATE_RANDOM:
        bb_random_features_run(&(struct bb_convnet_spec){.seed = c->seed, .width = c->width}, images, arena, out);
        break;
    case BB_CANDIDATE_ENSEMBLE:
        run_ensemble(c, seen, images, arena, out);
        break;
    }
}

/* The seen pictures in front of the others, so that a model is set up once and treats both alike. */
static struct bb_images together(const struct bb_images *first, const struct bb_images *second, struct bb_arena *arena)
{
    assert(first->side == second->side);
    size_t pixels = first->side * first->side;
    struct bb_images all = bb_images_new(first->n + second->n, first->side, arena);
    memcpy(all.pixel, first->pixel, first->n * pixels * sizeof *all.pixel);
    memcpy(all.pixel + first->n * pixels, second->pixel, second->n * pixels * sizeof *all.pixel);
    return all;
}

void bb_candidate_run(const struct bb_candidate *c, const struct bb_stimuli *seen, const struct bb_images *images,
                      struct bb_arena *arena, struct bb_layers *out, double **evidence)
{
    struct bb_images all = together(&seen->images, images, arena);
    run_layers(c, seen, &all, arena, out);
    const struct bb_layer *read = bb_layers_find(out, c->readout);
    assert(read);
    struct bb_readout readout =
        bb_readout_fit(read->value, seen->n, read->width, seen->group, BB_CATEGORIES, READOUT_PENALTY, arena);
    double *shown = BB_NEW_ARRAY(arena, images->n * BB_CATEGORIES, double);
    bb_readout_apply(&readout, read->value + seen->n * read->width, images->n, shown);
    out->n = images->n;
    for (size_t k = 0; k < out->n_layers; k++) out->layer[k].value += seen->n * out->layer[k].width;
    if (c->trained)
        memcpy(bb_layers_add(out, "evidence", BB_CATEGORIES, arena), shown, images->n * BB_CATEGORIES * sizeof *shown);
    if (evidence) *evidence = shown;
}
