#include "example/activations_file.h"

enum bb_code bb_activations_write(struct bb_project *project, const char *name, const char *const *stimulus,
                                  const struct bb_layers *layers, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    size_t width = 0, first = 0;
    for (size_t k = 0; k < layers->n_layers; k++) width += layers->layer[k].width;
    double *value = BB_NEW_ARRAY(arena, layers->n * width, double), *number = BB_NEW_ARRAY(arena, width, double);
    const char **layer = BB_NEW_ARRAY(arena, width, const char *);
    for (size_t k = 0; k < layers->n_layers; first += layers->layer[k++].width)
        for (size_t j = 0; j < layers->layer[k].width; j++) {
            layer[first + j] = layers->layer[k].name;
            number[first + j] = (double)j;
            for (size_t i = 0; i < layers->n; i++)
                value[i * width + first + j] = layers->layer[k].value[i * layers->layer[k].width + j];
        }
    const struct bb_array_coord coord[] = {
        {.name = "stimulus_id", .dim = 0, .text = stimulus},
        {.name = "layer", .dim = 1, .text = layer},
        {.name = "neuroid_num", .dim = 1, .number = number, .integer = true},
    };
    struct bb_array array = {.dim = {"presentation", "neuroid"},
                             .size = {layers->n, width},
                             .n_dims = 2,
                             .coord = coord,
                             .n_coords = sizeof coord / sizeof coord[0],
                             .value = value,
                             .float32 = true};
    enum bb_code rc = bb_project_array(project, name, &array, err);
    bb_arena_free(arena);
    return rc;
}
