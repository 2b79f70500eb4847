/*
 * Patterns: PCRE2 with UTF, its JIT where there is one, and a match limit, so that no pattern of a manifest can hang the program.
 */
#ifndef BB_BASE_PATTERN_H
#define BB_BASE_PATTERN_H

#include <stddef.h>

#include "base/err.h"

struct bb_pattern;

/* BB_EINPUT with the offset and PCRE2's reason when it does not compile. `groups` is how many groups it must have at least. */
enum bb_code bb_pattern_new(const char *source, unsigned groups, struct bb_pattern **out, struct bb_err *err) BB_MUST_CHECK;
void bb_pattern_free(struct bb_pattern *pattern);
const char *bb_pattern_source(const struct bb_pattern *pattern);

/* 1: matched, *start and *length are the first group (the whole match when it has no group); 0: no match, or none of the first group;
   -1: over the match limit. */
int bb_pattern_first(const struct bb_pattern *pattern, const char *text, size_t len, size_t *start, size_t *length);

#endif
