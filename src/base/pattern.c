#include "base/pattern.h"

#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/mem.h"
#include "base/text.h"

enum {
    LONGEST_SOURCE = 4096, /* bytes */
    MATCH_LIMIT = 1000000, /* steps: far more than a sane pattern takes, well under a second */
    HEAP_LIMIT = 1 << 16,  /* KiB */
    REASON_SIZE = 256
};

struct bb_pattern {
    char *source;
    pcre2_code *code;
    pcre2_match_context *limits;
    unsigned n_groups;
};

static void need(const void *made)
{
    if (!made) bb_die("out of memory in PCRE2.");
}

static pcre2_code *compile(const char *source, struct bb_err *err)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    need(context);
    pcre2_set_max_pattern_length(context, LONGEST_SOURCE);
    /* Invalid UTF-8 in the text just does not match, instead of stopping the search. */
    uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
    int number = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)source, PCRE2_ZERO_TERMINATED, options, &number, &offset, context);
    pcre2_compile_context_free(context);
    if (code) return code;
    char reason[REASON_SIZE];
    pcre2_get_error_message(number, (PCRE2_UCHAR *)reason, sizeof reason);
    size_t len = strlen(source);
    size_t character = bb_utf8_length(source, offset < len ? offset : len) + 1;
    bb_fail(err, BB_EINPUT, "the pattern \"%s\" is wrong at character %zu: %s", source, character, reason);
    return NULL;
}

enum bb_code bb_pattern_new(const char *source, unsigned groups, struct bb_pattern **out, struct bb_err *err)
{
    *out = NULL;
    pcre2_code *code = compile(source, err);
    if (!code) return BB_EINPUT;
    uint32_t n_groups = 0;
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &n_groups);
    if (n_groups < groups) {
        pcre2_code_free(code);
        return bb_fail(err, BB_EINPUT, "the pattern \"%s\" has %u groups and needs %u: put ( ) around what is to be taken",
                       source, n_groups, groups);
    }
    /* Where there is no JIT for the machine, or for the pattern, matching is interpreted. */
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);

    struct bb_pattern *pattern = bb_malloc(sizeof *pattern);
    *pattern = (struct bb_pattern){.source = bb_strdup(source), .code = code, .n_groups = n_groups};
    pattern->limits = pcre2_match_context_create(NULL);
    need(pattern->limits);
    pcre2_set_match_limit(pattern->limits, MATCH_LIMIT);
    pcre2_set_heap_limit(pattern->limits, HEAP_LIMIT);
    *out = pattern;
    return BB_OK;
}

void bb_pattern_free(struct bb_pattern *pattern)
{
    if (!pattern) return;
    pcre2_match_context_free(pattern->limits);
    pcre2_code_free(pattern->code);
    free(pattern->source);
    free(pattern);
}

const char *bb_pattern_source(const struct bb_pattern *pattern)
{
    return pattern->source;
}

/* The JIT has a small stack; a text that is too much for it is left to the interpreter. */
static int match(const struct bb_pattern *pattern, const char *text, size_t len, pcre2_match_data *data)
{
    PCRE2_SPTR subject = (PCRE2_SPTR)text;
    int found = pcre2_match(pattern->code, subject, len, 0, 0, data, pattern->limits);
    if (found == PCRE2_ERROR_JIT_STACKLIMIT)
        found = pcre2_match(pattern->code, subject, len, 0, PCRE2_NO_JIT, data, pattern->limits);
    return found;
}

int bb_pattern_first(const struct bb_pattern *pattern, const char *text, size_t len, size_t *start, size_t *length)
{
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(pattern->code, NULL);
    need(data);
    int found = match(pattern, text, len, data);
    const PCRE2_SIZE *span = pcre2_get_ovector_pointer(data) + (pattern->n_groups ? 2 : 0);
    int result = found > 0 ? 1 : found == PCRE2_ERROR_NOMATCH ? 0 : -1;
    /* A group that took no part in the match has nothing to take; \K may put a start behind its end. */
    if (result == 1 && (span[0] == PCRE2_UNSET || span[0] > span[1])) result = 0;
    if (result == 1) {
        *start = span[0];
        *length = span[1] - span[0];
    }
    pcre2_match_data_free(data);
    return result;
}
