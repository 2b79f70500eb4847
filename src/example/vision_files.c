#include "example/vision_files.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/csv.h"
#include "example/activations_file.h"

#define SIMULATED_NOTE "simulated by brainboard example: no animal and no person took part"

/* --- recordings ---------------------------------------------------------------------------------------------------- */

/* Coordinates of a recording of two areas side by side: everything an experimenter would note. */
struct recording {
    const struct bb_world *world;
    const struct bb_stimuli *stimuli;
    const char *group, *condition; /* names of the coordinates */
    enum bb_area area[2];
};

struct presentation_coords {
    const char **id, **group, **condition;
    double *repetition;
};

static struct presentation_coords presentations_of(const struct recording *r, struct bb_arena *arena)
{
    size_t reps = r->world->size.n_repetitions, n = r->stimuli->n * reps;
    struct presentation_coords c = {BB_NEW_ARRAY(arena, n, const char *), BB_NEW_ARRAY(arena, n, const char *),
                                    BB_NEW_ARRAY(arena, n, const char *), BB_NEW_ARRAY(arena, n, double)};
    for (size_t t = 0; t < n; t++) {
        size_t i = t / reps;
        c.id[t] = r->stimuli->id[i];
        c.group[t] = r->stimuli->group_name[r->stimuli->group[i]];
        c.condition[t] = r->stimuli->condition[i];
        c.repetition[t] = (double)(t % reps);
    }
    return c;
}

struct neuroid_coords {
    const char **id, **animal, **region;
};

static struct neuroid_coords neuroids_of(const struct recording *r, struct bb_arena *arena)
{
    size_t q = r->world->size.n_neuroids;
    struct neuroid_coords c = {BB_NEW_ARRAY(arena, 2 * q, const char *), BB_NEW_ARRAY(arena, 2 * q, const char *),
                               BB_NEW_ARRAY(arena, 2 * q, const char *)};
    for (size_t a = 0; a < 2; a++)
        for (size_t j = 0; j < q; j++) {
            size_t animal = r->world->area[r->area[a]].animal[j], at = a * q + j;
            c.region[at] = bb_area_name[r->area[a]];
            c.animal[at] = bb_arena_printf(arena, "sim%zu", animal + 1);
            c.id[at] = bb_arena_printf(arena, "%s-%s-%03zu", c.animal[at], c.region[at], j + 1);
        }
    return c;
}

static double *counts_of(const struct recording *r, struct bb_arena *arena)
{
    size_t q = r->world->size.n_neuroids, n = r->stimuli->n * r->world->size.n_repetitions;
    double *value = BB_NEW_ARRAY(arena, n * 2 * q, double);
    for (size_t t = 0; t < n; t++)
        for (size_t a = 0; a < 2; a++)
            for (size_t j = 0; j < q; j++) value[(t * 2 + a) * q + j] = r->world->area[r->area[a]].count[t * q + j];
    return value;
}

static enum bb_code write_recording(struct bb_project *project, const char *name, const struct recording *r, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct presentation_coords row = presentations_of(r, arena);
    struct neuroid_coords column = neuroids_of(r, arena);
    const struct bb_array_coord coord[] = {
        {.name = "stimulus_id", .dim = 0, .text = row.id},
        {.name = r->group, .dim = 0, .text = row.group},
        {.name = r->condition, .dim = 0, .text = row.condition},
        {.name = "repetition", .dim = 0, .number = row.repetition, .integer = true},
        {.name = "neuroid_id", .dim = 1, .text = column.id},
        {.name = "animal", .dim = 1, .text = column.animal},
        {.name = "region", .dim = 1, .text = column.region},
    };
    struct bb_project_recording recording = {r->stimuli->n * r->world->size.n_repetitions,
                                             2 * r->world->size.n_neuroids,
                                             coord,
                                             sizeof coord / sizeof coord[0],
                                             counts_of(r, arena),
                                             SIMULATED_NOTE,
                                             "spikes per presentation (100 ms)"};
    enum bb_code rc = bb_project_recording(project, name, &recording, err);
    bb_arena_free(arena);
    return rc;
}

/* --- choices ------------------------------------------------------------------------------------------------------- */

static const char *class_name(int class)
{
    return bb_category_name[class];
}

/* A trial of two choices is known by picture and distractor: "object-0001.fish". */
static void put_trial(struct bb_buf *out, const struct bb_world *world, const struct bb_trials *trials, size_t t)
{
    bb_csv_write(out, world->objects.id[trials->stimulus[t]], false);
    if (trials->option) bb_buf_printf(out, ".%s", class_name(trials->option[t][1]));
}

static enum bb_code write_behaviour(struct bb_project *project, const char *name, const struct bb_world *world,
                                    const struct bb_trials *trials, const int *choice, struct bb_err *err)
{
    struct bb_buf out = BB_BUF_INIT;
    bb_buf_puts(&out, "stimulus_id,subject,choice,truth,variation\n");
    for (size_t s = 0; s < world->size.n_subjects; s++)
        for (size_t t = 0; t < trials->n; t++) {
            size_t i = trials->stimulus[t];
            put_trial(&out, world, trials, t);
            bb_buf_printf(&out, ",observer-%02zu,%s,%s,%s\n", s + 1, class_name(choice[s * trials->n + t]),
                          class_name(world->objects.group[i]), world->objects.condition[i]);
        }
    enum bb_code rc = bb_project_text(project, name, out.data, out.len, err);
    bb_buf_release(&out);
    return rc;
}

static enum bb_code write_choices(struct bb_project *project, const char *name, const struct bb_world *world,
                                  const struct bb_trials *trials, const int *choice, struct bb_err *err)
{
    struct bb_buf out = BB_BUF_INIT;
    bb_buf_puts(&out, "stimulus_id,choice\n");
    for (size_t t = 0; t < trials->n; t++) {
        put_trial(&out, world, trials, t);
        bb_buf_printf(&out, ",%s\n", class_name(choice[t]));
    }
    enum bb_code rc = bb_project_text(project, name, out.data, out.len, err);
    bb_buf_release(&out);
    return rc;
}

/* --- samples ------------------------------------------------------------------------------------------------------- */

/* Evenly through the set, in an odd step so that textures and twins, and all categories, come up. */
static enum bb_code write_samples(struct bb_project *project, const char *set, const struct bb_stimuli *stimuli,
                                  struct bb_err *err)
{
    size_t pixels = stimuli->images.side * stimuli->images.side, step = (stimuli->n / BB_SAMPLES_SHOWN) | 1;
    unsigned char *grey = bb_malloc(pixels);
    enum bb_code rc = BB_OK;
    for (size_t k = 0; !rc && k < BB_SAMPLES_SHOWN; k++) {
        char name[64];
        snprintf(name, sizeof name, "samples/%s-%02zu.png", set, k + 1);
        bb_image_bytes(bb_image_at(&stimuli->images, k * step % stimuli->n), pixels, grey);
        rc = bb_project_png(project, name, grey, stimuli->images.side, stimuli->images.side, err);
    }
    free(grey);
    return rc;
}

enum bb_code bb_vision_write_data(struct bb_project *project, const struct bb_world *world, struct bb_err *err)
{
    struct recording textures = {world, &world->textures, "texture_family", "texture_type", {BB_V1, BB_V2}};
    struct recording objects = {world, &world->objects, "object_name", "variation", {BB_V4, BB_IT}};
    enum bb_code rc = write_recording(project, "data/textures.nc", &textures, err);
    if (!rc) rc = write_recording(project, "data/objects.nc", &objects, err);
    if (!rc) rc = write_behaviour(project, "data/naming.csv", world, &world->eight, world->eight_choice, err);
    if (!rc) rc = write_behaviour(project, "data/two_choices.csv", world, &world->two, world->two_choice, err);
    if (!rc) rc = write_samples(project, "textures", &world->textures, err);
    if (!rc) rc = write_samples(project, "objects", &world->objects, err);
    return rc;
}

/* --- models' outputs ----------------------------------------------------------------------------------------------- */

enum bb_code bb_vision_write_answer(struct bb_project *project, const struct bb_world *world,
                                    const struct bb_vision_answer *answer, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    enum bb_code rc = BB_OK;
    if (answer->textures)
        rc = bb_activations_write(project, bb_arena_printf(arena, "outputs/%s/textures.nc", answer->id), world->textures.id,
                                  answer->textures, err);
    if (!rc && answer->objects)
        rc = bb_activations_write(project, bb_arena_printf(arena, "outputs/%s/objects.nc", answer->id), world->objects.id,
                                  answer->objects, err);
    if (!rc && answer->eight)
        rc = write_choices(project, bb_arena_printf(arena, "outputs/%s/naming.csv", answer->id), world, &world->eight,
                           answer->eight, err);
    if (!rc && answer->two)
        rc = write_choices(project, bb_arena_printf(arena, "outputs/%s/two_choices.csv", answer->id), world, &world->two,
                           answer->two, err);
    bb_arena_free(arena);
    return rc;
}
