/*
 * What benchmarks ask of a model: stimulus sets, each with what is to be answered to it. For `needs` and `kit`.
 */
#ifndef BB_CLI_ASKED_H
#define BB_CLI_ASKED_H

#include "catalog/manifest.h"
#include "cli/cli.h"
#include "render/describe.h"

struct bb_asked_set {
    const char *name;
    enum bb_answer answer; /* of the first benchmark that asks */
    long n_stimuli;        /* the most that a benchmark says; 0: none says */
    double degrees;        /* NaN: none says */
    bool degrees_differ;
    bool fitting; /* only fits a readout, or the choice of layers */
    bool text;    /* of words, not of pictures */
    size_t n_benchmarks, n_time_bins;
    const struct bb_node *benchmark; /* the first */
};

struct bb_asked {
    struct bb_catalog *catalog;
    struct bb_model *model; /* NULL: none was given */
    struct bb_asked_set *set;
    size_t n;
    const char *const
        *benchmark; /* what a manifest names to have these benchmarks: absolute paths, ids of the built-in catalog */
    size_t n_benchmarks;
};

/*
 * Of the arguments: a manifest, files of benchmarks, ids (among those of the files where there are any, else of the built-in
 * catalog), and the file of a
 * model. 0, or the exit status after saying what is wrong. bb_asked_release.
 */
int bb_asked_read(const struct bb_args *args, struct bb_asked *out);
void bb_asked_release(struct bb_asked *asked);

#endif
