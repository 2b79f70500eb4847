/*
 * A model's activations, or Gram matrices, as features for metrics: files are opened, the layer's columns streamed into the
 * Gram engine (once), and the rows brought together by stimulus id. For workers: these are the only ones that open HDF5 files
 * of models.
 */
#ifndef BB_SCORE_ACTIVATIONS_H
#define BB_SCORE_ACTIVATIONS_H

#include "metric/metric.h"
#include "score/found.h"

/* Layers and rows of array and Gram files; look->layer in the arena. Nothing but coordinates is read. */
enum bb_code bb_activations_look(const struct bb_found *found, struct bb_arena *arena, struct bb_look *look,
                                 struct bb_err *err) BB_MUST_CHECK;

/* What features are asked for. */
struct bb_features_request {
    const struct bb_found *set[2]; /* the benchmark's stimuli; the fitting stimuli, or NULL. Rows of both come together */
    const struct bb_found
        *pca; /* not NULL: principal components fitted on these stimuli, where the layer has more than 1,000 features */
    const double *time_bin;   /* begin and end in ms, for files with several bins; NULL: none is asked for */
    const char *const *layer; /* one, or several side by side */
    size_t n_layers;
};

struct bb_feature_store; /* keeps the last features of a worker */
struct bb_feature_store *bb_feature_store_new(struct bb_cache *cache);
void bb_feature_store_free(struct bb_feature_store *store);

/* Valid until the next call. Gram matrices come from the cache, or are made and kept there. */
enum bb_code bb_features_get(struct bb_feature_store *store, const struct bb_features_request *request,
                             const struct bb_features **out, struct bb_err *err) BB_MUST_CHECK;

#define BB_PCA_COMPONENTS 1000

#endif
