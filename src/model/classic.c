#include "model/classic.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "model/dead_leaves.h"
#include "model/gabor.h"
#include "model/hmax.h"
#include "model/pixels.h"
#include "stimuli/picture.h"

enum { SIDE = 128, RGB_SIDE = 256, BATCH = 256, N_PROTOTYPES = 400, N_SEEN = 32 };
_Static_assert(BB_CLASSIC_RGB == RGB_SIDE * RGB_SIDE * 3, "the layer's width");

struct run {
    const struct bb_classic_spec *spec;
    struct bb_images seen;
};

static void run_pixels(const struct run *run, const struct bb_images *images, struct bb_arena *arena, struct bb_layers *out)
{
    (void)run;
    bb_pixels_run(images, arena, out);
}

static void run_gabor(const struct run *run, const struct bb_images *images, struct bb_arena *arena, struct bb_layers *out)
{
    (void)run;
    bb_gabor_run(&(struct bb_gabor_spec){.shortest = 4, .n_orientations = 8}, images, arena, out);
}

static void run_hmax(const struct run *run, const struct bb_images *images, struct bb_arena *arena, struct bb_layers *out)
{
    bb_hmax_run(&(struct bb_hmax_spec){.seed = run->spec->seed, .n_prototypes = N_PROTOTYPES}, &run->seen, images, arena, out);
}

static const struct model {
    const char *name;
    void (*run)(const struct run *run, const struct bb_images *images, struct bb_arena *arena, struct bb_layers *out);
    bool rgb, sees; /* has the layer `pixels`; has seen pictures before */
} models[] = {
    {"pixels", run_pixels, true, false},
    {"gabor", run_gabor, false, false},
    {"hmax", run_hmax, false, true},
};
enum { N_MODELS = sizeof models / sizeof models[0] };

static enum bb_code find_model(const char *name, const struct model **out, struct bb_err *err)
{
    const char *names[N_MODELS], *near;
    for (size_t i = 0; i < N_MODELS; i++) {
        names[i] = models[i].name;
        *out = &models[i];
        if (strcmp(name, names[i]) == 0) return BB_OK;
    }
    near = bb_nearest(name, names, N_MODELS);
    return near ? bb_fail(err, BB_EUSAGE, "there is no model \"%s\" here; did you mean %s?", name, near)
                : bb_fail(err, BB_EUSAGE, "there is no model \"%s\" here: pixels, gabor and hmax are", name);
}

/* --- pictures ------------------------------------------------------------------------------------------------------- */

static void to_grey(const struct bb_picture *picture, double *pixel)
{
    unsigned char grey[SIDE * SIDE];
    struct bb_picture small = bb_picture_resize(picture, SIDE, SIDE);
    bb_picture_luma(&small, grey);
    for (size_t i = 0; i < SIDE * SIDE; i++) pixel[i] = grey[i] / 255.0;
    bb_picture_release(&small);
}

/* rgb: NULL, or where the picture goes in colour. */
static enum bb_code read_one(const struct bb_stimulus *stimulus, double *pixel, unsigned char *rgb, struct bb_err *err)
{
    struct bb_picture picture;
    enum bb_code code = bb_picture_read(stimulus->path, &picture, err);
    if (code) return code;
    to_grey(&picture, pixel);
    if (rgb) {
        struct bb_picture square = bb_picture_resize(&picture, RGB_SIDE, RGB_SIDE);
        memcpy(rgb, square.rgb, BB_CLASSIC_RGB);
        bb_picture_release(&square);
    }
    bb_picture_release(&picture);
    return BB_OK;
}

static enum bb_code read_seen(struct run *run, struct bb_arena *arena, struct bb_err *err)
{
    const struct bb_stimulus_set *seen = run->spec->seen;
    enum bb_code code = BB_OK;
    if (!seen) {
        run->seen = bb_dead_leaves(N_SEEN, SIDE, run->spec->seed, arena);
        return BB_OK;
    }
    run->seen = bb_images_new(seen->n, SIDE, arena);
    for (size_t i = 0; i < seen->n && !code; i++) code = read_one(&seen->stimulus[i], bb_image_at(&run->seen, i), NULL, err);
    return code;
}

/* --- layers --------------------------------------------------------------------------------------------------------- */

static bool is_listed(const char *list, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = list; at && *at; at += strcspn(at, ","), at += *at == ',')
        if (strcspn(at, ",") == len && memcmp(at, name, len) == 0) return true;
    return !list;
}

static void add_batch(const struct bb_layers *batch, size_t first, size_t n, const char *list, struct bb_layers *all,
                      struct bb_arena *arena)
{
    size_t kept = 0;
    all->n = n;
    for (size_t k = 0; k < batch->n_layers; k++) {
        const struct bb_layer *layer = &batch->layer[k];
        if (!is_listed(list, layer->name)) continue;
        if (first == 0) bb_layers_add(all, layer->name, layer->width, arena);
        memcpy(all->layer[kept++].value + first * layer->width, layer->value, batch->n * layer->width * sizeof(double));
    }
}

/* A name of the list that no layer bears. */
static enum bb_code check_layers(const char *list, const struct model *model, const struct bb_layers *all, struct bb_arena *arena,
                                 struct bb_err *err)
{
    const char *known[BB_LAYERS_MOST + 1];
    size_t n = 0;
    if (model->rgb) known[n++] = "pixels";
    for (size_t k = 0; k < all->n_layers; k++) known[n++] = all->layer[k].name;
    struct bb_buf words = BB_BUF_INIT;
    for (size_t k = 0; k < n; k++) bb_buf_printf(&words, "%s%s", k ? ", " : "", known[k]);
    enum bb_code code = BB_OK;
    for (const char *at = list; at && *at && !code; at += strcspn(at, ","), at += *at == ',') {
        const char *name = bb_arena_strndup(arena, at, strcspn(at, ","));
        bool found = false;
        for (size_t k = 0; k < n; k++) found = found || strcmp(known[k], name) == 0;
        if (!found) code = bb_fail(err, BB_EUSAGE, "%s has no layer \"%s\"; it has %s", model->name, name, words.data);
    }
    bb_buf_release(&words);
    return code;
}

static enum bb_code run_batch(const struct run *run, const struct model *model, size_t first, struct bb_classic *out,
                              unsigned char *rgb, struct bb_layers *batch, struct bb_arena *scratch, struct bb_err *err)
{
    const struct bb_stimulus_set *set = out->set;
    size_t n = set->n - first < BATCH ? set->n - first : BATCH;
    struct bb_images images = bb_images_new(n, SIDE, scratch);
    for (size_t i = 0; i < n; i++) {
        unsigned char *colour = rgb ? rgb + (first + i) * BB_CLASSIC_RGB : NULL;
        enum bb_code code = read_one(&set->stimulus[first + i], bb_image_at(&images, i), colour, err);
        if (code) return code;
        bb_progress_step(first + i + 1, set->stimulus[first + i].id);
    }
    model->run(run, &images, scratch, batch);
    return BB_OK;
}

enum bb_code bb_classic_run(const struct bb_classic_spec *spec, const struct bb_stimulus_set *set, struct bb_arena *arena,
                            struct bb_classic *out, struct bb_err *err)
{
    const struct model *model;
    struct run run = {.spec = spec};
    *out = (struct bb_classic){.set = set};
    enum bb_code code = find_model(spec->model, &model, err);
    if (!code && spec->seen && !model->sees)
        code = bb_fail(err, BB_EUSAGE, "%s has seen no pictures before, so --seen means nothing to it", model->name);
    if (!code && model->sees) code = read_seen(&run, arena, err);
    if (code) return code;
    unsigned char *rgb = model->rgb && is_listed(spec->layers, "pixels") ? bb_arena_alloc(arena, set->n, BB_CLASSIC_RGB) : NULL;
    bb_progress_start("looking at pictures", set->n);
    for (size_t first = 0; first < set->n && !code; first += BATCH) {
        struct bb_arena *scratch = bb_arena_new(0);
        struct bb_layers batch;
        code = run_batch(&run, model, first, out, rgb, &batch, scratch, err);
        if (!code && first == 0) code = check_layers(spec->layers, model, &batch, scratch, err);
        if (!code) add_batch(&batch, first, set->n, spec->layers, &out->layers, arena);
        bb_arena_free(scratch);
    }
    bb_progress_end();
    out->rgb = rgb;
    return code;
}
