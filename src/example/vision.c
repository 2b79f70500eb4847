#include "example/vision.h"

#include <string.h>

#include "example/vision_candidates.h"
#include "example/vision_catalog.h"
#include "model/draws.h"

enum { STREAM_SHUFFLE = 301, STREAM_NOISE };

static enum bb_code write_model(struct bb_project *project, const struct bb_world *world, const struct bb_vision_model *model,
                                const struct bb_vision_answer *answer, struct bb_err *err)
{
    bb_vision_model(project, model, answer);
    return bb_vision_write_answer(project, world, answer, err);
}

/* --- candidates ---------------------------------------------------------------------------------------------------- */

/* Both sets of pictures together, textures first: a model is set up once. */
static struct bb_images all_pictures(const struct bb_world *world, struct bb_arena *arena)
{
    size_t pixels = world->textures.images.side * world->textures.images.side, n = world->textures.n;
    struct bb_images all = bb_images_new(n + world->objects.n, world->textures.images.side, arena);
    memcpy(all.pixel, world->textures.images.pixel, n * pixels * sizeof *all.pixel);
    memcpy(all.pixel + n * pixels, world->objects.images.pixel, world->objects.n * pixels * sizeof *all.pixel);
    return all;
}

/* Rows first … first + n of layers. */
static struct bb_layers rows_of(const struct bb_layers *layers, size_t first, size_t n)
{
    struct bb_layers part = *layers;
    part.n = n;
    for (size_t k = 0; k < part.n_layers; k++) part.layer[k].value += first * part.layer[k].width;
    return part;
}

static enum bb_code write_candidate(struct bb_project *project, const struct bb_world *world, const struct bb_candidate *c,
                                    const struct bb_images *pictures, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_layers layers;
    double *evidence;
    bb_candidate_run(c, &world->seen_by_models, pictures, arena, &layers, &evidence);
    const double *on_objects = evidence + world->textures.n * BB_CATEGORIES;
    struct bb_layers textures = rows_of(&layers, 0, world->textures.n),
                     objects = rows_of(&layers, world->textures.n, world->objects.n);
    struct bb_vision_answer answer = {.id = c->id,
                                      .textures = &textures,
                                      .objects = &objects,
                                      .eight = bb_choose(&world->eight, on_objects, arena),
                                      .two = bb_choose(&world->two, on_objects, arena)};
    struct bb_vision_model model = {.name = c->name, .family = c->family, .description = c->description, .readout = c->readout};
    enum bb_code rc = write_model(project, world, &model, &answer, err);
    bb_arena_free(arena);
    return rc;
}

static enum bb_code write_candidates(struct bb_project *project, const struct bb_world *world, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_images pictures = all_pictures(world, arena);
    const struct bb_candidate *candidate;
    size_t n = bb_candidates(bb_project_size(project), arena, &candidate);
    enum bb_code rc = BB_OK;
    for (size_t i = 0; !rc && i < n; i++) rc = write_candidate(project, world, &candidate[i], &pictures, err);
    bb_arena_free(arena);
    return rc;
}

/* --- controls ------------------------------------------------------------------------------------------------------ */

static void shuffle_rows(struct bb_layers *layers, const size_t *row, struct bb_arena *arena)
{
    for (size_t k = 0; k < layers->n_layers; k++) {
        struct bb_layer *layer = &layers->layer[k];
        double *value = BB_NEW_ARRAY(arena, layers->n * layer->width, double);
        for (size_t i = 0; i < layers->n; i++)
            memcpy(value + i * layer->width, layer->value + row[i] * layer->width, layer->width * sizeof *value);
        layer->value = value;
    }
}

static size_t *permutation(uint64_t seed, uint64_t task, size_t n, struct bb_arena *arena)
{
    struct bb_rng rng;
    size_t *row = BB_NEW_ARRAY(arena, n, size_t);
    for (size_t i = 0; i < n; i++) row[i] = i;
    bb_rng_init(&rng, seed, task);
    bb_rng_shuffle(&rng, row, n);
    return row;
}

/* What the brain itself computes, for other pictures: whatever a metric makes of it is chance. */
static enum bb_code write_shuffled(struct bb_project *project, const struct bb_world *world, struct bb_arena *arena,
                                   struct bb_err *err)
{
    struct bb_layers textures = world->on_textures, objects = world->on_objects;
    size_t *texture = permutation(world->seed, (uint64_t)STREAM_SHUFFLE << 32, world->textures.n, arena);
    size_t *object = permutation(world->seed, (uint64_t)STREAM_SHUFFLE << 32 | 1, world->objects.n, arena);
    shuffle_rows(&textures, texture, arena);
    shuffle_rows(&objects, object, arena);
    const double *evidence = bb_brain_evidence(&objects, arena);
    struct bb_vision_answer answer = {.id = "control-shuffled",
                                      .textures = &textures,
                                      .objects = &objects,
                                      .eight = bb_choose(&world->eight, evidence, arena),
                                      .two = bb_choose(&world->two, evidence, arena)};
    static const struct bb_vision_model model = {
        .name = "Control: shuffled truth",
        .family = "control",
        .description = "The simulated areas' own activations, each for another picture: all that it scores is chance."};
    return write_model(project, world, &model, &answer, err);
}

static struct bb_layers noise(size_t n, struct bb_rng *rng, struct bb_arena *arena)
{
    enum { WIDTH = 128 };
    struct bb_layers layers = {.n = n};
    double *value = bb_layers_add(&layers, "noise", WIDTH, arena);
    for (size_t i = 0; i < n * WIDTH; i++) value[i] = bb_draw_normal(rng);
    return layers;
}

static enum bb_code write_noise(struct bb_project *project, const struct bb_world *world, struct bb_arena *arena,
                                struct bb_err *err)
{
    struct bb_rng rng;
    bb_rng_init(&rng, world->seed, (uint64_t)STREAM_NOISE << 32);
    struct bb_layers textures = noise(world->textures.n, &rng, arena), objects = noise(world->objects.n, &rng, arena);
    double *evidence = BB_NEW_ARRAY(arena, world->objects.n * BB_CATEGORIES, double);
    for (size_t i = 0; i < world->objects.n * BB_CATEGORIES; i++) evidence[i] = bb_rng_uniform(&rng);
    struct bb_vision_answer answer = {.id = "control-noise",
                                      .textures = &textures,
                                      .objects = &objects,
                                      .eight = bb_choose(&world->eight, evidence, arena),
                                      .two = bb_choose(&world->two, evidence, arena)};
    static const struct bb_vision_model model = {
        .name = "Control: noise", .family = "control", .description = "Random numbers for every picture, and guesses."};
    return write_model(project, world, &model, &answer, err);
}

static enum bb_code write_constant(struct bb_project *project, const struct bb_world *world, struct bb_arena *arena,
                                   struct bb_err *err)
{
    const double *evidence = BB_NEW_ARRAY(arena, world->objects.n * BB_CATEGORIES, double);
    struct bb_vision_answer answer = {.id = "control-constant",
                                      .eight = bb_choose(&world->eight, evidence, arena),
                                      .two = bb_choose(&world->two, evidence, arena)};
    static const struct bb_vision_model model = {.name = "Control: constant",
                                                 .family = "control",
                                                 .description =
                                                     "One answer for all pictures: the first category that is offered."};
    return write_model(project, world, &model, &answer, err);
}

static enum bb_code write_controls(struct bb_project *project, const struct bb_world *world, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    enum bb_code rc = write_shuffled(project, world, arena, err);
    if (!rc) rc = write_noise(project, world, arena, err);
    if (!rc) rc = write_constant(project, world, arena, err);
    bb_arena_free(arena);
    return rc;
}

/* --- the truth ----------------------------------------------------------------------------------------------------- */

static struct bb_layers one_layer(const struct bb_layers *layers, enum bb_area area)
{
    return (struct bb_layers){.n = layers->n, .layer = {layers->layer[area]}, .n_layers = 1};
}

static enum bb_code write_truth(struct bb_project *project, const struct bb_world *world, enum bb_area area, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_layers textures = one_layer(&world->on_textures, area), objects = one_layer(&world->on_objects, area);
    const char *name = bb_area_name[area];
    struct bb_vision_answer answer = {.id = bb_arena_printf(arena, "truth-%s", name), .textures = &textures, .objects = &objects};
    if (area == BB_IT) {
        const double *evidence = bb_brain_evidence(&world->on_objects, arena);
        answer.eight = bb_choose(&world->eight, evidence, arena);
        answer.two = bb_choose(&world->two, evidence, arena);
    }
    struct bb_vision_model model = {
        .name = bb_arena_printf(arena, "Truth: simulated %s", name),
        .family = "truth",
        .description = bb_arena_printf(
            arena, "The features that the simulated neuroids of %s read, without noise: what a perfect model of %s gets.", name,
            name),
        .layer = name,
        .readout = area == BB_IT ? "IT" : NULL,
        .reference = true};
    enum bb_code rc = write_model(project, world, &model, &answer, err);
    bb_arena_free(arena);
    return rc;
}

enum bb_code bb_example_vision(struct bb_project *project, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_world *world = bb_world_new(bb_project_seed(project), &bb_world_sizes[bb_project_size(project)], arena);
    bb_vision_benchmarks(project, world);
    enum bb_code rc = bb_vision_write_data(project, world, err);
    if (!rc) rc = write_candidates(project, world, err);
    if (!rc) rc = write_controls(project, world, err);
    for (int a = 0; !rc && a < BB_AREAS; a++) rc = write_truth(project, world, (enum bb_area)a, err);
    bb_arena_free(arena);
    return rc;
}
