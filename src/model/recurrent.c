#include "model/recurrent.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/draws.h"

static const double CLIP = 1; /* of the gradient of a state: sentences are short, but some nets are young */

struct bb_recurrent {
    struct bb_recurrent_spec spec;
    size_t n_classes, n_parameters;
    double *parameter;        /* all of the following, one after another */
    double *E, *W, *b;        /* n_words × width; width × width, row: to; width */
    double *C, *cb;           /* n_classes × width; n_classes */
    double *O, *ob;           /* n_words × width, words in the order of classes; n_words */
    int *class, *rank, *word; /* of a word; its place in that order; the word at a place */
    size_t *first;            /* n_classes + 1: places of a class */
    double *state;            /* of the reading */
    double *h;                /* (n + 1) × width: of a sentence, first the state before it */
    size_t h_cap;
    double *p; /* room for a softmax */
};

/* Sums of four at a time: the order is fixed, and a processor can do them side by side. */
static double dot(const double *a, const double *b, size_t n)
{
    double s[4] = {0};
    size_t i = 0;
    for (; i + 4 <= n; i += 4)
        for (size_t k = 0; k < 4; k++) s[k] += a[i + k] * b[i + k];
    for (; i < n; i++) s[0] += a[i] * b[i];
    return (s[0] + s[1]) + (s[2] + s[3]);
}

static void axpy(double f, const double *x, double *y, size_t n)
{
    for (size_t i = 0; i < n; i++) y[i] += f * x[i];
}

/* --- making one ------------------------------------------------------------------------------------------------------ */

struct counted {
    size_t count;
    int word;
};

static int by_count(const void *a, const void *b)
{
    const struct counted *x = a, *y = b;
    if (x->count != y->count) return x->count > y->count ? -1 : 1;
    return (x->word > y->word) - (x->word < y->word);
}

/* Classes of equal shares of the text's words, by the square roots of their counts; frequent words first. */
static void make_classes(struct bb_recurrent *net, const struct bb_corpus *corpus)
{
    size_t V = net->spec.n_words, at = 0;
    struct counted *counted = bb_calloc(V, sizeof *counted);
    double total = 0, sum = 0;
    for (size_t w = 0; w < V; w++) counted[w].word = (int)w;
    for (size_t i = corpus->sentence[0]; i < corpus->sentence[corpus->n_sentences]; i++) counted[corpus->word[i]].count++;
    qsort(counted, V, sizeof *counted, by_count);
    for (size_t w = 0; w < V; w++) total += sqrt((double)counted[w].count + 1);
    for (size_t c = 0; c < net->n_classes; c++) {
        net->first[c] = at;
        do {
            sum += sqrt((double)counted[at].count + 1);
            net->class[counted[at].word] = (int)c;
            net->rank[counted[at].word] = (int)at;
            net->word[at] = counted[at].word;
            at++;
        } while (at < V - (net->n_classes - 1 - c) &&
                 (c + 1 == net->n_classes || sum < total * (double)(c + 1) / (double)net->n_classes));
    }
    net->first[net->n_classes] = at;
    assert(at == V);
    free(counted);
}

static void draw_weights(struct bb_recurrent *net)
{
    size_t H = net->spec.width, V = net->spec.n_words;
    struct bb_rng rng;
    bb_rng_init(&rng, net->spec.seed, net->spec.task);
    double embedding = net->spec.fixed ? 1 : .3, recurrent = (net->spec.fixed ? .9 : .5) / sqrt((double)H), output = .1;
    for (size_t i = 0; i < V * H; i++) net->E[i] = embedding * bb_draw_normal(&rng);
    for (size_t i = 0; i < H * H; i++) net->W[i] = recurrent * bb_draw_normal(&rng);
    for (size_t i = 0; i < net->n_classes * H; i++) net->C[i] = output * bb_draw_normal(&rng);
    for (size_t i = 0; i < V * H; i++) net->O[i] = output * bb_draw_normal(&rng);
}

static struct bb_recurrent *new_net(const struct bb_recurrent_spec *spec, const struct bb_corpus *corpus)
{
    size_t H = spec->width, V = spec->n_words;
    struct bb_recurrent *net = bb_calloc(1, sizeof *net);
    net->spec = *spec;
    net->n_classes = (size_t)ceil(sqrt((double)V));
    size_t K = net->n_classes;
    net->n_parameters = V * H + H * H + H + K * H + K + V * H + V;
    net->parameter = bb_calloc(net->n_parameters, sizeof *net->parameter);
    net->E = net->parameter;
    net->W = net->E + V * H;
    net->b = net->W + H * H;
    net->C = net->b + H;
    net->cb = net->C + K * H;
    net->O = net->cb + K;
    net->ob = net->O + V * H;
    net->class = bb_calloc(V, sizeof *net->class);
    net->rank = bb_calloc(V, sizeof *net->rank);
    net->word = bb_calloc(V, sizeof *net->word);
    net->first = bb_calloc(K + 1, sizeof *net->first);
    net->state = bb_calloc(H, sizeof *net->state);
    net->p = bb_calloc(V, sizeof *net->p);
    make_classes(net, corpus);
    draw_weights(net);
    return net;
}

void bb_recurrent_free(struct bb_recurrent *net)
{
    if (!net) return;
    free(net->parameter);
    free(net->class);
    free(net->rank);
    free(net->word);
    free(net->first);
    free(net->state);
    free(net->h);
    free(net->p);
    free(net);
}

/* --- forwards -------------------------------------------------------------------------------------------------------- */

static void step(const struct bb_recurrent *net, int word, const double *before, double *after)
{
    size_t H = net->spec.width;
    const double *e = net->E + (size_t)word * H;
    for (size_t i = 0; i < H; i++) after[i] = tanh(e[i] + net->b[i] + dot(net->W + i * H, before, H));
}

static void softmax(const double *weight, const double *bias, size_t n, const double *h, size_t H, double *p)
{
    double most = -INFINITY, sum = 0;
    for (size_t i = 0; i < n; i++) {
        p[i] = bias[i] + dot(weight + i * H, h, H);
        if (p[i] > most) most = p[i];
    }
    for (size_t i = 0; i < n; i++) sum += p[i] = exp(p[i] - most);
    for (size_t i = 0; i < n; i++) p[i] /= sum;
}

static void class_softmax(const struct bb_recurrent *net, const double *h, double *p)
{
    softmax(net->C, net->cb, net->n_classes, h, net->spec.width, p);
}

static void member_softmax(const struct bb_recurrent *net, size_t class, const double *h, double *p)
{
    size_t H = net->spec.width, first = net->first[class];
    softmax(net->O + first * H, net->ob + first, net->first[class + 1] - first, h, H, p);
}

void bb_recurrent_story(struct bb_recurrent *net)
{
    memset(net->state, 0, net->spec.width * sizeof *net->state);
}

double bb_recurrent_read(struct bb_recurrent *net, int word)
{
    size_t H = net->spec.width, class = (size_t)net->class[word];
    class_softmax(net, net->state, net->p);
    double p = net->p[class];
    member_softmax(net, class, net->state, net->p);
    p *= net->p[(size_t)net->rank[word] - net->first[class]];
    double *before = bb_malloc(H * sizeof *before);
    memcpy(before, net->state, H * sizeof *before);
    step(net, word, before, net->state);
    free(before);
    return p;
}

void bb_recurrent_next(const struct bb_recurrent *net, double *p)
{
    size_t V = net->spec.n_words;
    double *class = bb_malloc(net->n_classes * sizeof *class), *member = bb_malloc(V * sizeof *member);
    class_softmax(net, net->state, class);
    for (size_t c = 0; c < net->n_classes; c++) {
        member_softmax(net, c, net->state, member);
        for (size_t at = net->first[c]; at < net->first[c + 1]; at++) p[net->word[at]] = class[c] * member[at - net->first[c]];
    }
    free(class);
    free(member);
}

const double *bb_recurrent_state(const struct bb_recurrent *net)
{
    return net->state;
}

const double *bb_recurrent_embedding(const struct bb_recurrent *net, int word)
{
    return net->E + (size_t)word * net->spec.width;
}

/* --- training -------------------------------------------------------------------------------------------------------- */

/* Where a step of descent goes: the parameters themselves, times −rate; or, for tests, a gradient, times 1. The layout is the same. */
struct target {
    double *base;
    double factor;
};

static double *at(const struct bb_recurrent *net, const struct target *target, const double *parameter)
{
    return target->base + (parameter - net->parameter);
}

/* −ln P of one softmax; its gradient by h joins dh, that by its weights goes to the target. */
static double learn_softmax(const struct bb_recurrent *net, const struct target *to, double *weight, double *bias, size_t n,
                            size_t right, const double *h, double *dh)
{
    size_t H = net->spec.width;
    double *p = net->p;
    softmax(weight, bias, n, h, H, p);
    double loss = -log(p[right]);
    p[right] -= 1;
    double *weight_to = at(net, to, weight), *bias_to = at(net, to, bias);
    for (size_t i = 0; i < n; i++) {
        axpy(p[i], weight + i * H, dh, H);
        axpy(to->factor * p[i], h, weight_to + i * H, H);
        bias_to[i] += to->factor * p[i];
    }
    return loss;
}

static double learn_word(const struct bb_recurrent *net, const struct target *to, int word, const double *h, double *dh)
{
    size_t H = net->spec.width, class = (size_t)net->class[word], first = net->first[class];
    double loss = learn_softmax(net, to, net->C, net->cb, net->n_classes, class, h, dh);
    return loss + learn_softmax(net, to, net->O + first * H, net->ob + first, net->first[class + 1] - first,
                                (size_t)net->rank[word] - first, h, dh);
}

static void clip(double *x, size_t n)
{
    double norm = sqrt(dot(x, x, n));
    if (norm > CLIP)
        for (size_t i = 0; i < n; i++) x[i] *= CLIP / norm;
}

/* Back through the sentence. dh: n × width, of the state that each word was predicted from; word k made state k + 1. */
static void learn_states(const struct bb_recurrent *net, const struct target *to, const int *word, size_t n, const double *h,
                         double *dh, bool clipped)
{
    size_t H = net->spec.width;
    double *da = bb_malloc(H * sizeof *da);
    for (size_t k = n; k-- > 1;) { /* state k comes from word k − 1 and state k − 1 */
        const double *state = h + k * H, *before = state - H;
        if (clipped) clip(dh + k * H, H);
        for (size_t i = 0; i < H; i++) da[i] = dh[k * H + i] * (1 - state[i] * state[i]);
        for (size_t i = 0; i < H; i++) axpy(da[i], net->W + i * H, dh + (k - 1) * H, H);
        double *E = at(net, to, net->E) + (size_t)word[k - 1] * H, *W = at(net, to, net->W), *b = at(net, to, net->b);
        axpy(to->factor, da, E, H);
        axpy(to->factor, da, b, H);
        for (size_t i = 0; i < H; i++) axpy(to->factor * da[i], before, W + i * H, H);
    }
    free(da);
}

/* The states before each word of a sentence; that after it becomes the state of the reading. */
static void run(struct bb_recurrent *net, const int *word, size_t n)
{
    size_t H = net->spec.width;
    net->h = bb_grow(net->h, &net->h_cap, (n + 1) * H, sizeof *net->h);
    memcpy(net->h, net->state, H * sizeof *net->h);
    for (size_t k = 0; k < n; k++) step(net, word[k], net->h + k * H, net->h + (k + 1) * H);
    memcpy(net->state, net->h + n * H, H * sizeof *net->h);
}

static double learn(struct bb_recurrent *net, const struct target *to, const int *word, size_t n, bool clipped)
{
    size_t H = net->spec.width;
    double loss = 0, *dh = bb_calloc(n * H, sizeof *dh);
    run(net, word, n);
    for (size_t k = 0; k < n; k++) loss += learn_word(net, to, word[k], net->h + k * H, dh + k * H);
    if (!net->spec.fixed) learn_states(net, to, word, n, net->h, dh, clipped);
    free(dh);
    return loss;
}

struct bb_recurrent *bb_recurrent_train(const struct bb_recurrent_spec *spec, const struct bb_corpus *corpus)
{
    struct bb_recurrent *net = new_net(spec, corpus);
    double rate = spec->rate;
    for (size_t e = 0; e < spec->epochs; e++, rate /= 2)
        for (size_t story = 0; story < corpus->n_stories; story++) {
            bb_recurrent_story(net);
            for (size_t s = corpus->story[story]; s < corpus->story[story + 1]; s++)
                learn(net, &(struct target){net->parameter, -rate}, corpus->word + corpus->sentence[s],
                      corpus->sentence[s + 1] - corpus->sentence[s], true);
        }
    bb_recurrent_story(net);
    return net;
}

/* --- for tests ------------------------------------------------------------------------------------------------------- */

size_t bb_recurrent_parameters(const struct bb_recurrent *net)
{
    return net->n_parameters;
}

double *bb_recurrent_parameter(struct bb_recurrent *net, size_t k)
{
    assert(k < net->n_parameters);
    return net->parameter + k;
}

double bb_recurrent_gradient(struct bb_recurrent *net, const int *word, size_t n, double *gradient)
{
    memset(gradient, 0, net->n_parameters * sizeof *gradient);
    return learn(net, &(struct target){gradient, 1}, word, n, false);
}
