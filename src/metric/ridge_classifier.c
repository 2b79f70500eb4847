#include "metric/ridge_classifier.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "metric/align.h"
#include "metric/features.h"
#include "numeric/regress.h"
#include "numeric/stats.h"

static const double ALPHAS[] = {1e-4, 1e-3, 1e-2, .1, 1, 10};

struct params {
    long splits, images, seed;
    const char *train;
    struct bb_texts shared;
};

static const struct bb_field fields[] = {
    {.key = "splits",
     .kind = BB_FIELD_INTEGER,
     .offset = offsetof(struct params, splits),
     .absent = 1000,
     .min = 1,
     .max = 100000},
    {.key = "images", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct params, images), .absent = 30, .min = 1, .max = 1e6},
    {.key = "seed", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct params, seed), .absent = 1, .min = 0, .max = 4294967295.},
    {.key = "train", .kind = BB_FIELD_TEXT, .offset = offsetof(struct params, train)},
    {.key = "shared", .kind = BB_FIELD_TEXTS, .offset = offsetof(struct params, shared)},
};

/* The reference's domains: of the sources Art and Silhouette by style, of the others the source. */
static const struct {
    const char *source, *style, *domain;
    bool shared;
} known[] = {{"Silhouette", "original", "original", false},
             {"Art", "cartoon", "cartoon", false},
             {"Art", "line_drawing", "line_drawing", false},
             {"Art", "mosaic", "mosaic", false},
             {"Art", "painting", "painting", false},
             {"Art", "sketch", "sketch", false},
             {"Silhouette", "convex_hull", "convex_hull", true},
             {"Silhouette", "outline", "outline", true},
             {"Silhouette", "skeleton", "skeleton", true},
             {"Silhouette", "silhouette", "silhouette", true},
             {"COCOColor", NULL, "cococolor", false},
             {"COCOGray", NULL, "cocogray", false},
             {"TDW", NULL, "tdw", false}};

/* The images of a domain, and in each split those that are tested on. */
struct domain {
    const char *name;
    size_t *row, n; /* of the table */
    bool shared;
    struct bb_folds folds; /* of its images; train: to test on */
};

struct work {
    const struct bb_task *task;
    const struct params *params;
    struct bb_groups id, background;
    struct bb_levels label;
    size_t *feature; /* row of the features of each row of the table */
    struct domain *domain;
    size_t n_domains, train; /* train: which is fitted on */
};

/*
 * The table.
 */

/* The name of each row's domain, NULL: none. */
static enum bb_code domain_names(const struct work *work, const char **name, bool *shared, struct bb_err *err)
{
    const struct bb_assembly *data = work->task->data;
    const struct bb_coord *domain = bb_assembly_coord(data, "domain"), *source, *style;
    size_t n = work->id.n;
    if (domain) {
        struct bb_groups groups = bb_coord_groups(domain, work->task->arena);
        for (size_t i = 0; i < n; i++) {
            name[i] = groups.group[i] < 0 ? NULL : groups.name[groups.group[i]];
            for (size_t k = 0; name[i] && k < work->params->shared.n; k++)
                shared[i] = shared[i] || bb_streq(name[i], work->params->shared.text[k]);
        }
        return BB_OK;
    }
    enum bb_code rc = bb_need_coord(data, "stimulus_source", BB_THE_RECORDING, work->task->arena, &source, err);
    if (!rc) rc = bb_need_coord(data, "object_style", BB_THE_RECORDING, work->task->arena, &style, err);
    if (rc) return rc;
    struct bb_groups sources = bb_coord_groups(source, work->task->arena), styles = bb_coord_groups(style, work->task->arena);
    for (size_t i = 0; i < n; i++) {
        name[i] = NULL;
        for (size_t k = 0; sources.group[i] >= 0 && k < sizeof known / sizeof known[0]; k++) {
            bool same = bb_streq(known[k].source, sources.name[sources.group[i]]);
            if (same && known[k].style) same = styles.group[i] >= 0 && bb_streq(known[k].style, styles.name[styles.group[i]]);
            if (!same) continue;
            name[i] = known[k].domain;
            shared[i] = known[k].shared;
        }
    }
    return BB_OK;
}

static enum bb_code group_domains(struct work *work, struct bb_err *err)
{
    struct bb_arena *arena = work->task->arena;
    size_t n = work->id.n;
    const char **name = BB_NEW_ARRAY(arena, n, const char *);
    bool *shared = BB_NEW_ARRAY(arena, n, bool);
    struct bb_names known_names;
    enum bb_code rc = domain_names(work, name, shared, err);
    if (rc) return rc;
    bb_names_init(&known_names);
    for (size_t i = 0; i < n; i++)
        if (name[i]) bb_names_add(&known_names, name[i]);
    work->n_domains = known_names.n;
    work->domain = BB_NEW_ARRAY(arena, known_names.n, struct domain);
    for (size_t i = 0; i < n; i++) {
        if (!name[i]) continue;
        struct domain *d = &work->domain[bb_names_find(&known_names, name[i])];
        if (!d->row)
            *d = (struct domain){
                .name = bb_arena_strdup(arena, name[i]), .row = BB_NEW_ARRAY(arena, n, size_t), .shared = shared[i]};
        d->row[d->n++] = i;
    }
    bb_names_release(&known_names);
    const char *train = work->params->train ? work->params->train : "original";
    for (work->train = 0; work->train < work->n_domains; work->train++)
        if (bb_streq(work->domain[work->train].name, train)) return BB_OK;
    return bb_fail(err, BB_EINPUT, "no image of the recording is of the domain \"%s\", which is fitted on", train);
}

/* Of a recording that repeats stimuli the first row of each counts. */
static enum bb_code read_table(struct work *work, struct bb_err *err)
{
    const struct bb_task *task = work->task;
    const struct bb_coord *id, *label, *background;
    enum bb_code rc = bb_need_coord(task->data, "stimulus_id", BB_THE_RECORDING, task->arena, &id, err);
    if (!rc) rc = bb_need_coord(task->data, "object_label", BB_THE_RECORDING, task->arena, &label, err);
    if (!rc) rc = bb_need_coord(task->data, "background_id", BB_THE_RECORDING, task->arena, &background, err);
    if (rc) return rc;
    work->id = bb_coord_groups(id, task->arena);
    work->label = bb_levels(label, NULL, work->id.n, task->arena);
    work->background = bb_coord_groups(background, task->arena);
    const int32_t *feature =
        bb_match_names(work->id.name, work->id.n_groups, task->features->stimulus, task->features->n, task->arena);
    rc = group_domains(work, err);
    if (rc) return rc;
    work->feature = BB_NEW_ARRAY(task->arena, work->id.n, size_t);
    bool *seen = BB_NEW_ARRAY(task->arena, work->id.n_groups, bool);
    for (size_t d = 0; d < work->n_domains; d++) {
        struct domain *domain = &work->domain[d];
        size_t kept = 0;
        for (size_t k = 0; k < domain->n; k++) {
            size_t i = domain->row[k];
            if (work->id.group[i] < 0 || seen[work->id.group[i]]) continue;
            const char *name = work->id.name[work->id.group[i]];
            seen[work->id.group[i]] = true;
            if (feature[work->id.group[i]] < 0)
                return bb_fail(err, BB_EINPUT, "the model has no activations of the stimulus \"%s\"", name);
            if (work->label.code[i] < 0)
                return bb_fail(err, BB_EINPUT, "stimulus \"%s\" of the recording has no \"object_label\"", name);
            work->feature[i] = (size_t)feature[work->id.group[i]];
            domain->row[kept++] = i;
        }
        domain->n = kept;
    }
    return BB_OK;
}

/*
 * Splits.
 */
static enum bb_code draw(struct work *work, struct domain *domain, struct bb_err *err)
{
    struct bb_arena *arena = work->task->arena;
    size_t n = domain->n, images = (size_t)work->params->images, classes = 0;
    int32_t *class_of = BB_NEW_ARRAY(arena, n, int32_t), *number = BB_NEW_ARRAY(arena, work->label.n, int32_t);
    if (n == images && domain != &work->domain[work->train]) return BB_OK; /* all of them, always */
    if (n <= images)
        return bb_fail(err, BB_EINPUT, "the domain \"%s\" has %zu images, and %zu are drawn of it%s", domain->name, n, images,
                       domain == &work->domain[work->train] ? " to test on, the rest to fit on" : "");
    for (size_t k = 0; k < n; k++) number[work->label.code[domain->row[k]]] = 1;
    for (size_t l = 0; l < work->label.n; l++) number[l] = number[l] ? (int32_t)classes++ : -1;
    for (size_t k = 0; k < n; k++) class_of[k] = number[work->label.code[domain->row[k]]];
    /* the share of which scikit-learn makes `images`: ⌊share · n⌋ */
    struct bb_share share = {((double)images + .5) / (double)n, NAN};
    enum bb_code rc = bb_stratified_shuffle_split(class_of, n, classes, (size_t)work->params->splits, share,
                                                  (uint32_t)work->params->seed, arena, &domain->folds, err);
    return rc ? bb_err_wrap(err, rc, "the splits of the domain \"%s\"", domain->name) : BB_OK;
}

static const char *background_of(const struct work *work, size_t row)
{
    return work->background.group[row] < 0 ? NULL : work->background.name[work->background.group[row]];
}

/* The rows of the table of a domain that are tested on in a split. */
static size_t test_rows(const struct work *work, const struct domain *domain, size_t split, size_t *row)
{
    const struct domain *train = &work->domain[work->train];
    size_t n = 0;
    if (!domain->shared && !domain->folds.n) {
        memcpy(row, domain->row, domain->n * sizeof *row);
        return domain->n;
    }
    if (!domain->shared) {
        const struct bb_fold *fold = &domain->folds.fold[split];
        for (size_t k = 0; k < fold->n_train; k++) row[n++] = domain->row[fold->train[k]];
        return n;
    }
    const struct bb_fold *fold = &train->folds.fold[split];
    for (size_t k = 0; k < domain->n; k++) {
        const char *own = background_of(work, domain->row[k]);
        bool found = false;
        for (size_t t = 0; own && !found && t < fold->n_train; t++)
            found = bb_streq(background_of(work, train->row[fold->train[t]]), own);
        if (found) row[n++] = domain->row[k];
    }
    return n;
}

/*
 * Readouts: all splits in one pass over the features.
 */
static enum bb_code standardise(const struct work *work, struct bb_standard **split, struct bb_err *err)
{
    const struct domain *train = &work->domain[work->train];
    const struct bb_features *features = work->task->features;
    for (size_t k = 0; k < train->folds.n; k++) {
        const struct bb_fold *fold = &train->folds.fold[k];
        size_t *fit = bb_malloc((fold->n_test + 1) * sizeof *fit);
        for (size_t i = 0; i < fold->n_test; i++) fit[i] = work->feature[train->row[fold->test[i]]];
        split[k] = bb_standard_begin(features->n, fit, fold->n_test);
        free(fit);
    }
    return bb_features_standardise(features, split, train->folds.n, err);
}

/* The evidence for each class (n features × classes) of all stimuli, in a split. */
static enum bb_code evidence_of(const struct work *work, struct bb_standard *standard, size_t split, struct bb_arena *arena,
                                double **out, struct bb_err *err)
{
    const struct domain *train = &work->domain[work->train];
    const struct bb_fold *drawn = &train->folds.fold[split];
    size_t n = work->task->features->n, n_fit = drawn->n_test, q = work->label.n, r;
    const double *Z;
    enum bb_code rc = bb_standard_finish(standard, arena, &Z, &r, err);
    if (rc) return rc;
    double *copy = BB_NEW_ARRAY(arena, n * r, double), *Y = BB_NEW_ARRAY(arena, (n_fit + n) * q, double);
    size_t *row = BB_NEW_ARRAY(arena, n_fit + n, size_t), *index = BB_NEW_ARRAY(arena, n_fit + n, size_t);
    memcpy(copy, Z, n * r * sizeof *copy);
    struct bb_gram_builder *builder = bb_gram_begin(n, r);
    rc = bb_gram_add(builder, copy, r, err);
    if (rc) {
        bb_gram_abandon(builder);
        return rc;
    }
    struct bb_gram *gram = bb_gram_finish(builder);
    for (size_t i = 0; i < n_fit + n; i++) index[i] = i;
    for (size_t i = 0; i < n_fit; i++) {
        size_t at = train->row[drawn->test[i]];
        row[i] = work->feature[at];
        for (size_t c = 0; c < q; c++) Y[i * q + c] = (size_t)work->label.code[at] == c ? 1 : -1;
    }
    for (size_t i = 0; i < n; i++) row[n_fit + i] = i;
    const struct bb_fold fold = {.train = index, .n_train = n_fit, .test = index + n_fit, .n_test = n};
    struct bb_regressor *regressor = bb_regressor_new(gram, row, Y, n_fit + n, q);
    *out = BB_NEW_ARRAY(arena, n * q, double);
    rc = bb_ridgecv_fold(regressor, &fold, ALPHAS, sizeof ALPHAS / sizeof ALPHAS[0], *out, NULL, err);
    bb_regressor_free(regressor);
    bb_gram_free(gram);
    return rc;
}

/* The share of other classes below the right one; classes that no image was fitted on do not count. */
static double share_of(const double *evidence, const bool *fitted, size_t q, size_t own)
{
    double below = 0, others = 0;
    for (size_t c = 0; c < q; c++) {
        if (c == own || !fitted[c]) continue;
        others++;
        below += evidence[own] > evidence[c];
    }
    return below / others;
}

static enum bb_code score_split(const struct work *work, struct bb_standard *standard, size_t split, double *value,
                                struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    const struct domain *train = &work->domain[work->train];
    size_t q = work->label.n, *row = BB_NEW_ARRAY(arena, work->id.n, size_t);
    double *evidence;
    bool *fitted = BB_NEW_ARRAY(arena, q, bool);
    enum bb_code rc = evidence_of(work, standard, split, arena, &evidence, err);
    for (size_t i = 0; !rc && i < train->folds.fold[split].n_test; i++)
        fitted[work->label.code[train->row[train->folds.fold[split].test[i]]]] = true;
    for (size_t d = 0; !rc && d < work->n_domains; d++) {
        size_t n = test_rows(work, &work->domain[d], split, row);
        double total = 0;
        for (size_t k = 0; k < n; k++)
            total += share_of(evidence + work->feature[row[k]] * q, fitted, q, (size_t)work->label.code[row[k]]);
        value[d] = n ? total / (double)n : (double)NAN;
    }
    bb_arena_free(arena);
    return rc;
}

static enum bb_code put_result(const struct work *work, const double *value, struct bb_metric_result *result, struct bb_err *err)
{
    struct bb_arena *arena = work->task->arena;
    size_t splits = work->domain[work->train].folds.n, domains = work->n_domains;
    double *mean = BB_NEW_ARRAY(arena, domains, double), *column = BB_NEW_ARRAY(arena, splits, double);
    const char **name = BB_NEW_ARRAY(arena, domains, const char *);
    for (size_t d = 0; d < domains; d++) {
        for (size_t s = 0; s < splits; s++) column[s] = value[s * domains + d];
        mean[d] = bb_nan_mean(column, splits);
        name[d] = work->domain[d].name;
        result->n += work->domain[d].n;
        if (isnan(mean[d])) return bb_fail(err, BB_ENUMERIC, "no image of the domain \"%s\" was ever tested on", name[d]);
    }
    result->raw = bb_mean(mean, domains);
    result->error = domains > 1 ? bb_sd(mean, domains, 0) : (double)NAN;
    result->error_kind = domains > 1 ? "domain_sd" : NULL;
    result->units = (struct bb_units){.axis = {"condition"}, .label = {name}, .n = {domains}, .value = mean};
    return BB_OK;
}

static enum bb_code score_features(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    struct work work = {.task = task, .params = task->params};
    if (!task->features->stream)
        return bb_fail(err, BB_EINPUT,
                       "ridge_classifier_readout needs the features themselves, and the model gave Gram matrices only");
    enum bb_code rc = read_table(&work, err);
    for (size_t d = 0; !rc && d < work.n_domains; d++)
        if (!work.domain[d].shared) rc = draw(&work, &work.domain[d], err);
    if (rc) return rc;
    size_t n_splits = work.domain[work.train].folds.n;
    double *value = BB_NEW_ARRAY(task->arena, n_splits * work.n_domains, double);
    struct bb_standard **split = bb_calloc(n_splits + 1, sizeof(struct bb_standard *));
    rc = standardise(&work, split, err);
    for (size_t s = 0; s < n_splits; s++) {
        if (rc)
            bb_standard_abandon(split[s]);
        else
            rc = score_split(&work, split[s], s, value + s * work.n_domains, err);
    }
    free(split);
    return rc ? rc : put_result(&work, value, result, err);
}

static const char *const data_coords[] = {"stimulus_id", NULL};

const struct bb_metric bb_ridge_classifier_readout = {
    .name = "ridge_classifier_readout",
    .version = 1,
    .title = "Objects told apart in other styles",
    .formula = "mean over domains, splits and images of the share of other classes that a ridge classifier, fitted on one "
               "domain, puts below the right one",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .data_coords = data_coords,
    .score_features = score_features,
    .needs_features = true,
    .needs = "activations to all images; of these, the object, the style and the background",
};
