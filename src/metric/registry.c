#include "metric/metric.h"

#include <string.h>

#include "metric/accuracy.h"
#include "metric/accuracy_difference.h"
#include "metric/accuracy_distance.h"
#include "metric/baker_accuracy_delta.h"
#include "metric/cka.h"
#include "metric/condition_accuracy.h"
#include "metric/confusion_similarity.h"
#include "metric/cue_match.h"
#include "metric/delta_loglik.h"
#include "metric/error_consistency.h"
#include "metric/extrapolation.h"
#include "metric/factor_dimensionality.h"
#include "metric/internal_consistency.h"
#include "metric/item_accuracy.h"
#include "metric/ks_similarity.h"
#include "metric/linear_predictivity.h"
#include "metric/mask_regression.h"
#include "metric/neuron_to_neuron.h"
#include "metric/next_word.h"
#include "metric/observed_consistency.h"
#include "metric/odd_one_out.h"
#include "metric/ost.h"
#include "metric/over_time.h"
#include "metric/pls_predictivity.h"
#include "metric/predictor_consistency.h"
#include "metric/rdm.h"
#include "metric/reverse_predictivity.h"
#include "metric/ridge_classifier.h"
#include "metric/ridge_predictivity.h"
#include "metric/ridgecv_predictivity.h"
#include "metric/roi_rdm.h"
#include "metric/rsm.h"
#include "metric/shape_bias.h"
#include "metric/signatures.h"
#include "metric/split_half_subjects.h"
#include "metric/subject_pairs.h"
#include "metric/subject_similarity.h"
#include "metric/tasks_consistency.h"
#include "metric/threshold.h"
#include "metric/value_delta.h"
#include "metric/unit_reliability.h"
#include "metric/word_correlation.h"

/* Sorted by name. */
#define METRICS(X)                                                                                                               \
    X(accuracy)                                                                                                                  \
    X(accuracy_difference)                                                                                                       \
    X(accuracy_distance)                                                                                                         \
    X(baker_accuracy_delta)                                                                                                      \
    X(cka)                                                                                                                       \
    X(cka_biased)                                                                                                                \
    X(condition_wise_accuracy_similarity)                                                                                        \
    X(confusion_similarity)                                                                                                      \
    X(delta_loglik)                                                                                                              \
    X(error_consistency)                                                                                                         \
    X(factor_dimensionality)                                                                                                     \
    X(i1)                                                                                                                        \
    X(i1n)                                                                                                                       \
    X(i2)                                                                                                                        \
    X(i2n)                                                                                                                       \
    X(item_accuracy)                                                                                                             \
    X(ks_similarity)                                                                                                             \
    X(linear)                                                                                                                    \
    X(mask_regression)                                                                                                           \
    X(neuron_to_neuron)                                                                                                          \
    X(next_word_accuracy)                                                                                                        \
    X(o1)                                                                                                                        \
    X(o2)                                                                                                                        \
    X(observed_consistency)                                                                                                      \
    X(odd_one_out)                                                                                                               \
    X(ost)                                                                                                                       \
    X(pearsonr)                                                                                                                  \
    X(perplexity)                                                                                                                \
    X(pls)                                                                                                                       \
    X(rdm)                                                                                                                       \
    X(reverse_pls)                                                                                                               \
    X(ridge)                                                                                                                     \
    X(ridge_classifier_readout)                                                                                                  \
    X(ridgecv)                                                                                                                   \
    X(roi_rdm)                                                                                                                   \
    X(rsm)                                                                                                                       \
    X(shape_bias)                                                                                                                \
    X(shape_match)                                                                                                               \
    X(spantime_pls)                                                                                                              \
    X(spantime_ridge)                                                                                                            \
    X(spearmanr)                                                                                                                 \
    X(tasks_consistency)                                                                                                         \
    X(temporal_pls)                                                                                                              \
    X(temporal_ridge)                                                                                                            \
    X(texture_match)                                                                                                             \
    X(threshold)                                                                                                                 \
    X(threshold_elevation)                                                                                                       \
    X(value_delta)
/* OWN: the ceiling of a metric, by its name. */
#define CEILINGS(X, OWN)                                                                                                         \
    OWN(baker_accuracy_delta)                                                                                                    \
    OWN(condition_wise_accuracy_similarity)                                                                                      \
    OWN(confusion_similarity)                                                                                                    \
    X(extrapolation)                                                                                                             \
    OWN(i1)                                                                                                                      \
    OWN(i1n)                                                                                                                     \
    OWN(i2)                                                                                                                      \
    OWN(i2n)                                                                                                                     \
    X(internal_consistency)                                                                                                      \
    X(internal_consistency_temporal)                                                                                             \
    OWN(ks_similarity)                                                                                                           \
    OWN(o1)                                                                                                                      \
    OWN(o2)                                                                                                                      \
    X(predictor_consistency)                                                                                                     \
    OWN(roi_rdm)                                                                                                                 \
    X(rsa)                                                                                                                       \
    OWN(rsm)                                                                                                                     \
    X(split_half_subjects)                                                                                                       \
    X(subject_pairs)                                                                                                             \
    X(subject_similarity)                                                                                                        \
    OWN(tasks_consistency)                                                                                                       \
    OWN(threshold)                                                                                                               \
    OWN(threshold_elevation)                                                                                                     \
    X(unit_reliability)                                                                                                          \
    OWN(value_delta)

#define ENTRY(name)       &bb_##name,
#define OWN_CEILING(name) &bb_ceiling_##name,
#define NAME(name)        #name,
static const struct bb_metric *const metrics[] = {METRICS(ENTRY)};
static const char *const metric_names[] = {METRICS(NAME)};
static const struct bb_ceiling *const ceilings[] = {CEILINGS(ENTRY, OWN_CEILING)};
static const char *const ceiling_names[] = {CEILINGS(NAME, NAME)};

enum { N_METRICS = sizeof metrics / sizeof metrics[0], N_CEILINGS = sizeof ceilings / sizeof ceilings[0] };

const struct bb_metric *bb_metric_find(const char *name)
{
    for (size_t i = 0; i < N_METRICS; i++)
        if (strcmp(metrics[i]->name, name) == 0) return metrics[i];
    return NULL;
}

const struct bb_ceiling *bb_ceiling_find(const char *name)
{
    for (size_t i = 0; i < N_CEILINGS; i++)
        if (strcmp(ceilings[i]->name, name) == 0) return ceilings[i];
    return NULL;
}

static bool has_any(const struct bb_assembly *model, const char *const *name)
{
    while (name && *name && !bb_assembly_coord(model, *name)) name++;
    return name && *name;
}

const char *const *bb_metric_coords(const struct bb_metric *metric, const struct bb_assembly *model)
{
    return !has_any(model, metric->model_coords) && has_any(model, metric->or_coords) ? metric->or_coords : metric->model_coords;
}

const char *const *bb_metric_names(size_t *n)
{
    *n = N_METRICS;
    return metric_names;
}

const char *const *bb_ceiling_names(size_t *n)
{
    *n = N_CEILINGS;
    return ceiling_names;
}
