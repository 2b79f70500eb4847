#include "example/identify.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "example/identify_world.h"
#include "metric/features.h"

const struct bb_identify_names bb_identify_brain[BB_BRAINS] = {
    {"pixels", "Grey values"},           {"V1", "V1: Gabor energy"},
    {"V2", "V2: texture statistics"},    {"HMAX", "HMAX"},
    {"net", "Random convolutional net"}, {"IT", "IT: conjunctions and evidence"},
    {"labels", "Labels of the pictures"}};
const struct bb_identify_names bb_identify_model[BB_SCORED] = {{"pixels", "Grey values"},
                                                               {"gabor", "Gabor energy"},
                                                               {"texture", "Texture statistics"},
                                                               {"hmax", "HMAX"},
                                                               {"convnet", "Random net"},
                                                               {"random", "Wide random features"},
                                                               {"trained", "Net with trained readout"},
                                                               {"shuffled", "Shuffled control"},
                                                               {"truth", "The neuroids’ true rates"}};
const struct bb_identify_names bb_identify_condition[BB_CONDITIONS] = {
    {"other", "Another individual"}, {"same", "The very model"}, {"few", "Another individual, few presentations"}};
const char *const bb_identify_metric[BB_METRICS] = {"pls", "ridge", "ridgecv", "rdm", "cka"};

const struct bb_identify_size bb_identify_size = {.n_objects = 96,
                                                  .n_families = 8,
                                                  .n_samples = 3,
                                                  .n_seen = 96,
                                                  .n_neuroids = 40,
                                                  .n_repetitions = 16,
                                                  .n_few = 2,
                                                  .n_prototypes = 96,
                                                  .n_random = 1000};

struct study {
    struct bb_identify_world world;
    struct bb_features *model[BB_MODELS];
    const void *params[BB_METRICS];
    struct bb_arena *arena;
};

/* --- recordings ----------------------------------------------------------------------------------------------------- */

static struct bb_coord text_coord(const char *name, size_t dim, size_t n, const char *const *text)
{
    struct bb_coord coord = {.dim = dim, .series = {.name = bb_strdup(name), .type = BB_TYPE_TEXT, .n = n, .cap = n}};
    coord.series.code = bb_calloc(n + 1, sizeof *coord.series.code);
    bb_names_init(&coord.series.level);
    for (size_t i = 0; i < n; i++) coord.series.code[i] = (int32_t)bb_names_add(&coord.series.level, text[i]);
    return coord;
}

/* Repetitions averaged, as the metrics would. */
static struct bb_assembly *recording_of(const struct study *study, const struct bb_measured *measured)
{
    size_t n = measured->n_stimuli, q = measured->n_neuroids, r = measured->n_repetitions;
    const char **neuroid = BB_NEW_ARRAY(study->arena, q, const char *);
    for (size_t j = 0; j < q; j++) neuroid[j] = bb_arena_printf(study->arena, "n%03zu", j);
    struct bb_assembly *out = bb_calloc(1, sizeof *out);
    out->n_dims = 2;
    out->dim[0] = (struct bb_dim){bb_strdup("presentation"), n};
    out->dim[1] = (struct bb_dim){bb_strdup("neuroid"), q};
    out->coord = bb_calloc(2, sizeof *out->coord);
    out->coord[out->n_coords++] = text_coord("stimulus_id", 0, n, study->world.stimulus);
    out->coord[out->n_coords++] = text_coord("neuroid_id", 1, q, neuroid);
    out->value = bb_calloc(n * q, sizeof *out->value);
    for (size_t t = 0; t < n * r; t++)
        for (size_t j = 0; j < q; j++) out->value[t / r * q + j] += measured->count[t * q + j] / (double)r;
    return out;
}

/* --- scoring -------------------------------------------------------------------------------------------------------- */

/* Parameters as of a benchmark that states none. */
static const void *default_params(const struct bb_metric *metric, struct bb_arena *arena)
{
    void *params = bb_arena_alloc(arena, 1, metric->params_size ? metric->params_size : 1);
    struct bb_diags diags;
    bb_diags_init(&diags);
    bb_fields_default(metric->fields, metric->n_fields, params);
    if (metric->finish) metric->finish(params, arena, &diags);
    bb_diags_release(&diags);
    return params;
}

/* All metrics for one candidate; into score[metric][which]. */
static enum bb_code score(const struct study *study, const struct bb_assembly *data, struct bb_features *features, size_t which,
                          double (*out)[BB_SCORED], struct bb_err *err)
{
    enum bb_code rc = BB_OK;
    for (size_t m = 0; !rc && m < BB_METRICS; m++) {
        struct bb_arena *arena = bb_arena_new(0);
        struct bb_task task = {.data = data, .features = features, .params = study->params[m], .arena = arena};
        struct bb_metric_result result = {.raw = NAN, .error = NAN};
        rc = bb_metric_find(bb_identify_metric[m])->score_features(&task, &result, err);
        if (rc) bb_err_wrap(err, rc, "%s of %s", bb_identify_metric[m], bb_identify_model[which].id);
        out[m][which] = result.raw;
        bb_arena_free(arena);
    }
    return rc;
}

static enum bb_code score_matrix(const struct study *study, const struct bb_assembly *data, const double *value, size_t width,
                                 size_t which, double (*out)[BB_SCORED], struct bb_err *err)
{
    struct bb_features *features = NULL;
    enum bb_code rc = bb_features_of_matrix(study->world.stimulus, value, study->world.n, width, "fixed", &features, err);
    if (!rc) rc = score(study, data, features, which, out, err);
    bb_features_of_matrix_free(features);
    return rc;
}

static enum bb_code score_all(const struct study *study, const struct bb_measured *measured, const struct bb_assembly *data,
                              double (*out)[BB_SCORED], struct bb_err *err)
{
    enum bb_code rc = BB_OK;
    for (size_t k = 0; !rc && k < BB_MODELS; k++) rc = score(study, data, study->model[k], k, out, err);
    return rc ? rc : score_matrix(study, data, measured->rate, measured->n_neuroids, BB_TRUTH, out, err);
}

static enum bb_code run_brain(const struct study *study, uint64_t seed, const struct bb_identify_size *size, size_t brain,
                              struct bb_identify_scores *out, struct bb_err *err)
{
    enum bb_code rc = BB_OK;
    for (int few = 0; !rc && few < 2; few++) {
        struct bb_measured measured =
            bb_identify_measure(&study->world, seed, size, brain, few ? size->n_few : size->n_repetitions, study->arena);
        struct bb_assembly *data = recording_of(study, &measured);
        rc = score_all(study, &measured, data, out->value[brain][few ? BB_FEW : BB_OTHER], err);
        if (!rc && !few && brain < BB_MATCHED) {
            const struct bb_identify_features *own = &study->world.brain[brain];
            memcpy(out->value[brain][BB_SAME], out->value[brain][BB_OTHER], sizeof out->value[brain][BB_SAME]);
            rc = score_matrix(study, data, own->value, own->width, brain, out->value[brain][BB_SAME], err);
        }
        bb_assembly_free(data);
    }
    if (rc) bb_err_wrap(err, rc, "brain %s of seed %llu", bb_identify_brain[brain].id, (unsigned long long)seed);
    return rc;
}

static void forget(struct bb_identify_scores *scores)
{
    double *value = &scores->value[0][0][0][0];
    for (size_t i = 0; i < sizeof *scores / sizeof *value; i++) value[i] = NAN;
}

enum bb_code bb_identify_run(uint64_t seed, const struct bb_identify_size *size, struct bb_identify_scores *out,
                             struct bb_err *err)
{
    struct study study = {.arena = bb_arena_new(0)};
    enum bb_code rc = BB_OK;
    forget(out);
    bb_identify_world(seed, size, study.arena, &study.world);
    for (size_t m = 0; m < BB_METRICS; m++) study.params[m] = default_params(bb_metric_find(bb_identify_metric[m]), study.arena);
    for (size_t k = 0; !rc && k < BB_MODELS; k++) {
        const struct bb_identify_features *model = &study.world.model[k];
        rc =
            bb_features_of_matrix(study.world.stimulus, model->value, study.world.n, model->width, "fixed", &study.model[k], err);
    }
    for (size_t b = 0; !rc && b < BB_BRAINS; b++) rc = run_brain(&study, seed, size, b, out, err);
    for (size_t k = 0; k < BB_MODELS; k++) bb_features_of_matrix_free(study.model[k]);
    bb_arena_free(study.arena);
    return rc;
}
