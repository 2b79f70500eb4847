#include "example/vision_world.h"

#include <assert.h>

#include "model/draws.h"

const struct bb_world_size bb_world_sizes[3] = {
    {.n_families = 5,
     .n_samples = 6,
     .n_objects = 80,
     .n_seen = 96,
     .n_neuroids = 30,
     .n_animals = 3,
     .n_repetitions = 12,
     .n_subjects = 4},
    {.n_families = 12,
     .n_samples = 10,
     .n_objects = 240,
     .n_seen = 256,
     .n_neuroids = 60,
     .n_animals = 3,
     .n_repetitions = 24,
     .n_subjects = 6},
    {.n_families = 24,
     .n_samples = 42,
     .n_objects = 2000,
     .n_seen = 512,
     .n_neuroids = 168,
     .n_animals = 3,
     .n_repetitions = 20,
     .n_subjects = 12},
};

/* Purposes of random numbers; bb_neuroids_measure takes the areas' own. */
enum { STREAM_AREA = 201, STREAM_EIGHT = 211, STREAM_TWO, STREAM_DISTRACTOR };

/* Pictures that brain and models have learnt from are of this world's laws, but never those of a benchmark. */
static const uint64_t BRAIN_SEES = 0x9e3779b97f4a7c15, MODELS_SEE = 0xd1b54a32d192ed03;

const struct bb_stimuli *bb_world_stimuli(const struct bb_world *world, enum bb_area area)
{
    return area <= BB_V2 ? &world->textures : &world->objects;
}

struct bb_neuroids_spec bb_world_neuroids(const struct bb_world *world, enum bb_area area)
{
    static const size_t inputs[BB_AREAS] = {3, 6, 6, 8};
    return (struct bb_neuroids_spec){.seed = world->seed,
                                     .task = STREAM_AREA + (uint64_t)area,
                                     .n_neuroids = world->size.n_neuroids,
                                     .n_animals = world->size.n_animals,
                                     .n_inputs = inputs[area],
                                     .n_places = area == BB_V1 ? BB_V1_PLACES : 1,
                                     .n_repetitions = world->size.n_repetitions,
                                     .mean_count = 2.5,
                                     .unreliable = .15,
                                     .gain_spread = .15};
}

/* Each object against one other category. */
static void draw_distractors(struct bb_world *world, struct bb_arena *arena)
{
    size_t n = world->objects.n;
    size_t *stimulus = BB_NEW_ARRAY(arena, n, size_t);
    int(*option)[2] = bb_arena_alloc(arena, n, sizeof *option);
    struct bb_rng rng;
    bb_rng_init(&rng, world->seed, (uint64_t)STREAM_DISTRACTOR << 32);
    for (size_t i = 0; i < n; i++) {
        stimulus[i] = i;
        option[i][0] = world->objects.group[i];
        option[i][1] = (option[i][0] + 1 + (int)bb_rng_below(&rng, BB_CATEGORIES - 1)) % BB_CATEGORIES;
    }
    world->eight = (struct bb_trials){.n = n, .n_classes = BB_CATEGORIES, .stimulus = stimulus};
    world->two = (struct bb_trials){.n = n, .n_classes = BB_CATEGORIES, .stimulus = stimulus, .option = (const int(*)[2])option};
}

static void behave(struct bb_world *world, struct bb_arena *arena)
{
    const double *evidence = bb_brain_evidence(&world->on_objects, arena);
    struct bb_observers_spec spec = {
        .seed = world->seed, .task = STREAM_EIGHT, .n_subjects = world->size.n_subjects, .habit = .1, .noise = .35, .lapse = .03};
    draw_distractors(world, arena);
    world->eight_choice = bb_observers_choose(&spec, &world->eight, evidence, world->objects.n, arena);
    spec.task = STREAM_TWO;
    world->two_choice = bb_observers_choose(&spec, &world->two, evidence, world->objects.n, arena);
}

struct bb_world *bb_world_new(uint64_t seed, const struct bb_world_size *size, struct bb_arena *arena)
{
    assert(size->n_objects % (2 * BB_CATEGORIES) == 0);
    struct bb_world *world = BB_NEW(arena, struct bb_world);
    world->seed = seed;
    world->size = *size;
    world->textures = bb_stimuli_textures(seed, size->n_families, size->n_samples, arena);
    world->objects = bb_stimuli_objects(seed, "object", size->n_objects, arena);
    world->seen_by_models = bb_stimuli_objects(seed ^ MODELS_SEE, "seen", size->n_seen, arena);
    struct bb_stimuli seen = bb_stimuli_objects(seed ^ BRAIN_SEES, "seen", size->n_seen, arena);
    struct bb_brain *brain = bb_brain_new(seed, &seen, arena);
    bb_brain_see(brain, &world->textures.images, arena, &world->on_textures);
    bb_brain_see(brain, &world->objects.images, arena, &world->on_objects);
    for (int a = 0; a < BB_AREAS; a++) {
        struct bb_neuroids_spec spec = bb_world_neuroids(world, (enum bb_area)a);
        const struct bb_layers *layers = a <= BB_V2 ? &world->on_textures : &world->on_objects;
        world->area[a] = bb_neuroids_measure(&spec, layers->layer[a].value, layers->n, layers->layer[a].width, arena);
    }
    behave(world, arena);
    return world;
}
