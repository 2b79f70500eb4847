/*
 * next_word_accuracy and perplexity: how well a model of language knows what comes next.
 *   next_word_accuracy   share of contexts after which the model names the word that follows (`choice` of the model against
 *   `truth` of the recording, spaces
 *                        around both left out; any word may be named). A context without an answer counts as wrong. Error:
 *                        the sd of right and wrong.
 *   perplexity           2 to the mean of the model's surprisals (value, in bits; or "unit": "nats", e to their mean) over
 *   words; words without one (the first
 *                        of a text) do not count. With a recording only its words do. Lower is better.
 */
#ifndef BB_METRIC_NEXT_WORD_H
#define BB_METRIC_NEXT_WORD_H

#include "metric/metric.h"

extern const struct bb_metric bb_next_word_accuracy, bb_perplexity;

#endif
