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

/* The raw value as this benchmark has it: "mean over subjects and splits of the median over …", without splits where training and test are given.
   NULL: no metric. */
const char *bb_describe_raw(const struct bb_node *node, const struct bb_facts *facts, struct bb_arena *arena);

/* Of a benchmark whose split is shuffled: what that does. One that is its own grouped twin has nothing that goes together. */
const char *bb_describe_shuffled(const struct bb_node *node);

/* What is scored by itself, each with its own ceiling: "subjects", "time bins", "halves of the trials". NULL: it is one whole. */
const char *bb_describe_parts(const struct bb_node *node);

/* From raw value and ceiling to the score: "mean over subjects of r² / c, each by its own ceiling, cut to [0, 1]". */
const char *bb_describe_rule_words(const struct bb_node *node, const struct bb_facts *facts, struct bb_arena *arena);

/* The definition has a ceiling, whether or not it was computed here, or one was found. */
bool bb_describe_has_ceiling(const struct bb_node *node, const struct bb_facts *facts);

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

/* The same for the error: "2 |r| / c · 0.0027 = 0.0038". NULL when there is none, or it was made otherwise. */
const char *bb_describe_error(const struct bb_node *node, const struct bb_cell *cell, struct bb_arena *arena);

/* A number of an equation: four decimals, fewer from 100 on, six below .01; a real minus sign. */
const char *bb_describe_number(struct bb_arena *arena, double value);

/* A count for readers: "3,200". */
const char *bb_describe_count(struct bb_arena *arena, long n);

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
