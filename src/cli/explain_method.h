/*
 * A metric or a ceiling by itself: what it computes, its parameters, what it needs, what it goes with, which benchmarks use it.
 */
#ifndef BB_CLI_EXPLAIN_METHOD_H
#define BB_CLI_EXPLAIN_METHOD_H

#include "catalog/node.h"

/* Appends it; both, where a metric and a ceiling share the name. false: neither has it. */
bool bb_explain_method(const char *name, const struct bb_tree *tree, bool json, struct bb_arena *arena, struct bb_buf *out);

#endif
