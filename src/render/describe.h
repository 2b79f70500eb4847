/*
 * A benchmark's definition in words: what a methods section would say of it. Everything is in the caller's arena; text of others comes back as it is,
 * and is escaped where it is shown.
 */
#ifndef BB_RENDER_DESCRIBE_H
#define BB_RENDER_DESCRIBE_H

#include "score/results.h"

/* "PLS regression of each unit on the model’s features, 25 components, 10 splits stratified by object_name, 90 % for training". A parameter that
   has no phrase stands as "key value", so none is ever left out. NULL: no metric. */
const char *bb_describe_metric(const struct bb_node *node, const struct bb_facts *facts, struct bb_arena *arena);

/* Where the ceiling is from: "internal consistency, 10 splits: mean over …", "stated with the benchmark". NULL: there is none. */
const char *bb_describe_ceiling(const struct bb_node *node, const struct bb_facts *facts, struct bb_arena *arena);

/* The rule with numbers put in: "0.58² / 0.82"; NULL for "none". The numbers are texts, as their place shows them; `base`: the raw value where a
   power follows, in brackets when it is negative. */
struct bb_rule_numbers {
    const char *raw, *base, *ceiling, *chance;
};
const char *bb_describe_rule(const struct bb_node *node, const struct bb_rule_numbers *numbers, struct bb_arena *arena);

/* The same with the result, four decimals: "r² / c = 0.5796² / 0.8158 = 0.4118", and what clipping made of it. NULL when the rule does not
   give a number, or does not give `score`, which then was made otherwise. */
const char *bb_describe_score(const struct bb_node *node, double raw, double ceiling, double score, struct bb_arena *arena);
/* ", for each condition; of these the mean", where the rule holds for each of the metric's conditions (bb_metric.by); else "". */
const char *bb_describe_of_each(const struct bb_node *node, struct bb_arena *arena);

/* The same for the error: "2 |r| / c · 0.0027 = 0.0038". NULL when there is none, or it was made otherwise. */
const char *bb_describe_error(const struct bb_node *node, const struct bb_cell *cell, struct bb_arena *arena);

/* A number of an equation: four decimals, fewer from 100 on, six below .01; a real minus sign. */
const char *bb_describe_number(struct bb_arena *arena, double value);

/* What a model must give a benchmark. */
enum bb_answer {
    BB_ANSWER_NONE,        /* nothing: its scores come from lists, or the program does not know its metric */
    BB_ANSWER_ACTIVATIONS, /* presentation × feature */
    BB_ANSWER_CHOICES,     /* a label per stimulus */
    BB_ANSWER_VALUES,      /* a number per stimulus: surprisal */
    BB_ANSWER_BITS,        /* met or not, per item */
    BB_ANSWER_REGIONS,     /* surprisals of regions, by which predictions are judged; or bits */
    BB_ANSWER_PAIRS,       /* a dissimilarity per pair of stimuli */
    BB_N_ANSWERS
};
enum bb_answer bb_describe_answer(const struct bb_node *node, const struct bb_facts *facts);

#endif
