/*
 * Small recurrent language models (Elman 1990), trained by plain stochastic gradient descent, a sentence at a time.
 *   h = tanh(E[word] + W h' + b)          h' is carried from sentence to sentence of a story; gradients stop where a sentence begins
 *   P(w) = P(class of w | h) P(w | class, h)
 * with a softmax for each; classes are of words of like frequency (Mikolov et al. 2011), which makes training cheap.
 * With `fixed`, E and W stay as they were drawn, and only the read-out is trained: an echo state network (Jaeger 2001).
 */
#ifndef BB_MODEL_RECURRENT_H
#define BB_MODEL_RECURRENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"
#include "model/corpus.h"

struct bb_recurrent_spec {
    size_t width, n_words, epochs;
    double rate; /* of the first epoch; each further one has half of it */
    bool fixed;
    uint64_t seed, task; /* the stream of its first weights */
};

struct bb_recurrent;

struct bb_recurrent *bb_recurrent_train(const struct bb_recurrent_spec *spec,
                                        const struct bb_corpus *corpus); /* bb_recurrent_free */
void bb_recurrent_free(struct bb_recurrent *net);

/* A reading: bb_recurrent_story, then P(word | before) and one word on. */
void bb_recurrent_story(struct bb_recurrent *net);
double bb_recurrent_read(struct bb_recurrent *net, int word);
const double *bb_recurrent_state(const struct bb_recurrent *net);               /* h after the last word, `width` numbers */
const double *bb_recurrent_embedding(const struct bb_recurrent *net, int word); /* E[word] */
void bb_recurrent_next(const struct bb_recurrent *net, double *p);              /* P of each next word, n_words */

/*
 * For tests. The sum over a sentence of −ln P, from the state of the reading, and its derivative by each parameter, by back
 * propagation; parameters are numbered 0 … bb_recurrent_parameters − 1, and can be changed to hold the derivative against
 * differences.
 */
size_t bb_recurrent_parameters(const struct bb_recurrent *net);
double *bb_recurrent_parameter(struct bb_recurrent *net, size_t k);
double bb_recurrent_gradient(struct bb_recurrent *net, const int *word, size_t n, double *gradient);

#endif
