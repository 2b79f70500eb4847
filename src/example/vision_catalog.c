#include "example/vision_catalog.h"

#include <math.h>
#include <stdio.h>

#include "base/json.h"
#include "base/text.h"

/* --- the tree ------------------------------------------------------------------------------------------------------ */

static const struct group {
    const char *id, *parent, *title, *description;
    bool engineering;
} groups[] = {
    {"average_vision", NULL, "Average", "Mean of neural and behavioural benchmarks; all of them are simulated.", false},
    {"neural_vision", "average_vision", "Neural", "Simulated recordings from four areas.", false},
    {"V1", "neural_vision", "V1", "Simulated complex cells: energy of Gabor filters with divisive normalisation.", false},
    {"V2", "neural_vision", "V2", "Simulated texture cells: correlations of V1's outputs.", false},
    {"V4", "neural_vision", "V4", "Simulated conjunction cells: two of V1's outputs at nearby places.", false},
    {"IT", "neural_vision", "IT", "Simulated cells that tolerate position: conjunctions of V4's, and evidence for categories.",
     false},
    {"behavior_vision", "average_vision", "Behavior", "Simulated observers who name objects.", false},
    {"engineering_vision", NULL, "Engineering", "Performance on the simulated pictures; it does not enter the average.", true},
};
enum { N_GROUPS = sizeof groups / sizeof groups[0] };

static void put_group(struct bb_json_writer *w, size_t i)
{
    const struct group *g = &groups[i];
    bb_jw_object(w);
    bb_jw_member_text(w, "id", g->id);
    if (g->parent)
        bb_jw_member_text(w, "parent", g->parent);
    else
        bb_jw_member_text(w, "domain", "vision");
    bb_jw_member_text(w, "title", g->title);
    bb_jw_member_text(w, "description", g->description);
    if (g->engineering) {
        bb_jw_member_bool(w, "engineering", true);
        bb_jw_member_text(w, "aggregate", "none");
    }
    bb_jw_member_integer(w, "order", (long)(i + 1));
    bb_jw_object_end(w);
}

/* --- neural benchmarks --------------------------------------------------------------------------------------------- */

/* A way of comparing: metric, ceiling, and how one is seen in terms of the other. */
struct mapping {
    const char *metric, *ceiling, *normalise, *words;
    bool splits;
};
static const struct mapping pls = {"pls", "internal_consistency", "explained_variance",
                                   "partial least squares regression of neuroids on activations", true};
static const struct mapping ridge = {"ridgecv", "internal_consistency", "explained_variance",
                                     "ridge regression of neuroids on activations", true};
static const struct mapping rdm = {"rdm", "rsa", "ratio", "similarity of dissimilarities between pictures", false};
static const struct mapping cka = {"cka", NULL, NULL, "centred kernel alignment", false};

static const struct neural {
    enum bb_area area;
    const struct mapping *mapping;
    bool selects_layer;
} neural[] = {
    {BB_V1, &pls, true},    {BB_V1, &rdm, false}, {BB_V2, &pls, true},  {BB_V2, &cka, false}, {BB_V4, &pls, true},
    {BB_V4, &ridge, false}, {BB_IT, &pls, true},  {BB_IT, &rdm, false}, {BB_IT, &cka, false},
};
enum { N_NEURAL = sizeof neural / sizeof neural[0] };

static void put_samples(struct bb_json_writer *w, const char *set)
{
    bb_jw_key(w, "samples");
    bb_jw_array(w);
    for (int k = 1; k <= BB_SAMPLES_SHOWN; k++) {
        char name[64];
        snprintf(name, sizeof name, "samples/%s-%02d.png", set, k);
        bb_jw_text(w, name);
    }
    bb_jw_array_end(w);
}

static void put_region_data(struct bb_json_writer *w, const char *file, const char *region)
{
    bb_jw_key(w, "data");
    bb_jw_object(w);
    bb_jw_member_text(w, "file", file);
    bb_jw_key(w, "where");
    bb_jw_object(w);
    bb_jw_member_text(w, "region", region);
    bb_jw_object_end(w);
    bb_jw_object_end(w);
}

static void put_mapping(struct bb_json_writer *w, const struct mapping *m, const char *by)
{
    bb_jw_key(w, "metric");
    bb_jw_object(w);
    bb_jw_member_text(w, "name", m->metric);
    if (m == &rdm) bb_jw_member_text(w, "per", "subject");
    if (m->splits) {
        bb_jw_key(w, "split");
        bb_jw_object(w);
        bb_jw_member_text(w, "kind", "stratified_shuffle");
        bb_jw_member_text(w, "by", by);
        bb_jw_member_integer(w, "splits", 10);
        bb_jw_member_number(w, "train", .9);
        bb_jw_member_integer(w, "seed", 1);
        bb_jw_object_end(w);
    }
    bb_jw_object_end(w);
    if (!m->ceiling) return;
    bb_jw_key(w, "ceiling");
    bb_jw_object(w);
    bb_jw_member_text(w, "name", m->ceiling);
    bb_jw_object_end(w);
    bb_jw_member_text(w, "normalise", m->normalise);
}

static void put_neural(struct bb_json_writer *w, const struct bb_world *world, size_t i, struct bb_arena *arena)
{
    const struct neural *b = &neural[i];
    bool textures = b->area <= BB_V2;
    const char *set = textures ? "textures" : "objects", *area = bb_area_name[b->area];
    bb_jw_object(w);
    bb_jw_member_text(w, "id", bb_arena_printf(arena, "InSilico.%s-%s", area, b->mapping->metric));
    bb_jw_member_text(w, "parent", area);
    bb_jw_member_text(w, "title", bb_arena_printf(arena, "%s on %s, %s", area, set, b->mapping->metric));
    bb_jw_member_text(
        w, "description",
        bb_arena_printf(
            arena,
            "Simulated spike counts of %zu neuroids of %s in %zu animals, %zu presentations of each picture; compared by %s. %s",
            world->size.n_neuroids, area, world->size.n_animals, world->size.n_repetitions, b->mapping->words,
            textures ? "Pictures are textures of several families and noise with their spectra."
                     : "Pictures are objects of eight categories on textured ground."));
    bb_jw_member_integer(w, "order", (long)(i + 1));
    bb_jw_member_text(w, "region", area);
    bb_jw_member_text(w, "species", "simulated");
    bb_jw_member_bool(w, "simulated", true);
    bb_jw_member_text(w, "publish", "units");
    bb_jw_member_integer(w, "subjects", (long)world->size.n_animals);
    bb_jw_member_integer(w, "units", (long)world->size.n_neuroids);
    bb_jw_member_integer(w, "trials", (long)world->size.n_repetitions);
    bb_jw_member_integer(w, "n_stimuli", (long)(bb_world_stimuli(world, b->area)->n));
    bb_jw_member_text(w, "stimuli", bb_arena_printf(arena, "insilico-%s", set));
    bb_jw_member_integer(w, "visual_degrees", 8);
    put_samples(w, set);
    put_region_data(w, bb_arena_printf(arena, "data/%s.nc", set), area);
    put_mapping(w, b->mapping, textures ? "texture_family" : "object_name");
    if (b->selects_layer) bb_jw_member_bool(w, "selects_layer", true);
    bb_jw_object_end(w);
}

/* --- behaviour ----------------------------------------------------------------------------------------------------- */

static const struct behaviour {
    const char *id, *parent, *set, *file, *title, *metric;
    const char *description;
} behaviour[] = {
    {"InSilico.naming-error_consistency", "behavior_vision", "naming", "data/naming.csv", "Naming, errors",
     "error_consistency",
     "Do a model and simulated observers err on the same pictures, beyond what their accuracies make likely? Eight categories."},
    {"InSilico.two_choices-error_consistency", "behavior_vision", "two_choices", "data/two_choices.csv",
     "Two choices, errors", "error_consistency",
     "The same where only two categories are offered, the right one and another."},
    {"InSilico.naming-accuracy_distance", "behavior_vision", "naming", "data/naming.csv", "Naming, accuracy",
     "accuracy_distance",
     "How near a model's accuracy is to that of the simulated observers, at low and at high variation of position, size and "
     "pose."},
    {"InSilico.naming-accuracy", "engineering_vision", "naming", "data/naming.csv", "Naming", "accuracy",
     "Share of the simulated pictures that are named rightly; chance is one in eight."},
    {"InSilico.two_choices-accuracy", "engineering_vision", "two_choices", "data/two_choices.csv", "Two choices",
     "accuracy", "Share of right choices between two categories; chance is one half."},
};
enum { N_BEHAVIOUR = sizeof behaviour / sizeof behaviour[0] };

static void put_table_data(struct bb_json_writer *w, const char *file)
{
    static const char *const column[][2] = {{"stimulus_id", "stimulus_id"},
                                            {"subject", "subject"},
                                            {"choice", "choice"},
                                            {"truth", "truth"},
                                            {"condition", "variation"}};
    bb_jw_key(w, "data");
    bb_jw_object(w);
    bb_jw_member_text(w, "file", file);
    bb_jw_key(w, "columns");
    bb_jw_object(w);
    for (size_t i = 0; i < sizeof column / sizeof column[0]; i++) bb_jw_member_text(w, column[i][0], column[i][1]);
    bb_jw_object_end(w);
    bb_jw_object_end(w);
}

static void put_behaviour_metric(struct bb_json_writer *w, const char *metric)
{
    bool consistency = bb_streq(metric, "error_consistency"), distance = bb_streq(metric, "accuracy_distance");
    bb_jw_key(w, "metric");
    bb_jw_object(w);
    bb_jw_member_text(w, "name", metric);
    if (distance) {
        bb_jw_key(w, "variables");
        bb_jw_array(w);
        bb_jw_text(w, "condition");
        bb_jw_array_end(w);
    }
    bb_jw_object_end(w);
    if (!consistency && !distance) return;
    bb_jw_key(w, "ceiling");
    bb_jw_object(w);
    bb_jw_member_text(w, "name", "subject_pairs");
    bb_jw_object_end(w);
    bb_jw_member_text(w, "normalise", "ratio");
}

static void put_behaviour(struct bb_json_writer *w, const struct bb_world *world, size_t i, struct bb_arena *arena)
{
    const struct behaviour *b = &behaviour[i];
    bb_jw_object(w);
    bb_jw_member_text(w, "id", b->id);
    bb_jw_member_text(w, "parent", b->parent);
    bb_jw_member_text(w, "title", b->title);
    bb_jw_member_text(w, "description", b->description);
    bb_jw_member_integer(w, "order", (long)(i + 1));
    bb_jw_member_text(w, "species", "simulated");
    bb_jw_member_bool(w, "simulated", true);
    bb_jw_member_text(w, "publish", "units");
    bb_jw_member_integer(w, "subjects", (long)world->size.n_subjects);
    bb_jw_member_integer(w, "n_stimuli", (long)world->objects.n);
    bb_jw_member_text(w, "stimuli", bb_arena_printf(arena, "insilico-%s", b->set));
    put_samples(w, "objects");
    put_table_data(w, b->file);
    put_behaviour_metric(w, b->metric);
    bb_jw_object_end(w);
}

/* --- all of it ----------------------------------------------------------------------------------------------------- */

typedef void put_function(struct bb_json_writer *w, const struct bb_world *world, size_t i, struct bb_arena *arena);

static void put_group_entry(struct bb_json_writer *w, const struct bb_world *world, size_t i, struct bb_arena *arena)
{
    (void)world;
    (void)arena;
    put_group(w, i);
}

static void put_entries(struct bb_project *project, const struct bb_world *world, size_t n, put_function *put)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_buf out = BB_BUF_INIT;
    for (size_t i = 0; i < n; i++) {
        struct bb_json_writer w;
        bb_buf_reset(&out);
        bb_jw_init(&w, &out, 0);
        put(&w, world, i, arena);
        bb_project_benchmark(project, bb_buf_text(&out));
    }
    bb_buf_release(&out);
    bb_arena_free(arena);
}

void bb_vision_benchmarks(struct bb_project *project, const struct bb_world *world)
{
    put_entries(project, world, N_GROUPS, put_group_entry);
    put_entries(project, world, N_NEURAL, put_neural);
    put_entries(project, world, N_BEHAVIOUR, put_behaviour);
}

static void put_output(struct bb_json_writer *w, const char *set, const char *id, const char *extension, bool choices,
                       struct bb_arena *arena)
{
    bb_jw_key(w, bb_arena_printf(arena, "insilico-%s", set));
    bb_jw_object(w);
    bb_jw_member_text(w, "file", bb_arena_printf(arena, "outputs/%s/%s.%s", id, set, extension));
    if (choices) {
        bb_jw_key(w, "columns");
        bb_jw_object(w);
        bb_jw_member_text(w, "stimulus_id", "stimulus_id");
        bb_jw_member_text(w, "choice", "choice");
        bb_jw_object_end(w);
    } else {
        bb_jw_member_integer(w, "degrees", 8);
    }
    bb_jw_object_end(w);
}

static size_t features_of(const struct bb_layers *layers)
{
    size_t width = 0;
    for (size_t k = 0; k < layers->n_layers; k++) width += layers->layer[k].width;
    return width;
}

static void put_layers(struct bb_json_writer *w, const char *layer)
{
    bb_jw_key(w, "layers");
    bb_jw_object(w);
    for (size_t a = 0; a < BB_AREAS; a++) bb_jw_member_text(w, bb_area_name[a], layer);
    bb_jw_object_end(w);
}

void bb_vision_model(struct bb_project *project, const struct bb_vision_model *model, const struct bb_vision_answer *answer)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_buf out = BB_BUF_INIT;
    struct bb_json_writer w;
    bb_jw_init(&w, &out, 0);
    bb_jw_object(&w);
    bb_jw_member_text(&w, "id", answer->id);
    bb_jw_member_text(&w, "name", model->name);
    bb_jw_key(&w, "domains");
    bb_jw_array(&w);
    bb_jw_text(&w, "vision");
    bb_jw_array_end(&w);
    bb_jw_member_text(&w, "family", model->family);
    bb_jw_member_text(&w, "description", model->description);
    bb_jw_member_integer(&w, "visual_degrees", 8);
    if (model->reference) bb_jw_member_bool(&w, "reference", true);
    if (model->layer) put_layers(&w, model->layer);
    bb_jw_key(&w, "attributes");
    bb_jw_object(&w);
    if (answer->objects) bb_jw_member_integer(&w, "features", (long)features_of(answer->objects));
    if (answer->eight && model->readout) bb_jw_member_text(&w, "choices_from", model->readout);
    bb_jw_object_end(&w);
    bb_jw_key(&w, "outputs");
    bb_jw_object(&w);
    if (answer->textures) put_output(&w, "textures", answer->id, "nc", false, arena);
    if (answer->objects) put_output(&w, "objects", answer->id, "nc", false, arena);
    if (answer->eight) put_output(&w, "naming", answer->id, "csv", true, arena);
    if (answer->two) put_output(&w, "two_choices", answer->id, "csv", true, arena);
    bb_jw_object_end(&w);
    bb_jw_key(&w, "not_applicable");
    bb_jw_object(&w);
    if (!answer->textures && !answer->objects)
        bb_jw_member_text(&w, "neural_vision", "it answers every picture alike, and so has no geometry");
    if (!answer->eight) {
        bb_jw_member_text(&w, "behavior_vision", "an area by itself makes no choices");
        bb_jw_member_text(&w, "engineering_vision", "an area by itself makes no choices");
    }
    bb_jw_object_end(&w);
    bb_jw_object_end(&w);
    bb_project_model(project, bb_buf_text(&out));
    bb_buf_release(&out);
    bb_arena_free(arena);
}
