/*
 * Correlation of a model's value per word (surprisal) with people's (reading time): `pearsonr` and `spearmanr`. words.h says what
 * is compared with what. The sign is kept: a model whose values go the wrong way does not score. Parameters: `absolute` (|r|, as
 * the language reference does), `spill_over` (k ≥ 0: the model's value k words earlier), `min_trials` (drops words whose
 * coordinate `n_trials` in the recording is smaller).
 *
 * The error is the standard error of Fisher's z carried to r: (1 − r²) / √(n − 3), for Spearman's times √1.06 (Fieller, Hartley
 * and Pearson 1957). It takes words as independent.
 */
#ifndef BB_METRIC_WORD_CORRELATION_H
#define BB_METRIC_WORD_CORRELATION_H

#include "metric/align.h"

struct bb_word_correlation_params {
    bool absolute;
    long spill_over, min_trials;
};

extern const struct bb_metric bb_pearsonr;
extern const struct bb_metric bb_spearmanr;

/* The statistic of one of the two. */
bb_similarity *bb_word_similarity(const struct bb_metric *metric);

#endif
