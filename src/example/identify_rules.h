/*
 * The predictions of data/identify/predictions.md as rules: each says from the numbers alone whether it held, and what was found.
 */
#ifndef BB_EXAMPLE_IDENTIFY_RULES_H
#define BB_EXAMPLE_IDENTIFY_RULES_H

#include "example/identify_summary.h"

struct bb_identify_rule {
    const char *text;                                                               /* as in predictions.md, word for word */
    bool (*holds)(const struct bb_identify_summary *summary, struct bb_buf *found); /* found: a sentence with the numbers */
};
extern const struct bb_identify_rule bb_identify_rules[];
extern const size_t bb_identify_n_rules;

#endif
