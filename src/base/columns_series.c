#include "base/columns.h"

#include <math.h>
#include <stdlib.h>

#include "base/columns_int.h"

static const char *const TYPE_PHRASES[] = {"text", "numbers", "booleans"}; /* in the order of enum bb_value_type */

/* A value of the rule, as values of the series are written; NULL when it is none. Texts are compared as they are. */
static const char *value_of(const struct bb_series *series, const char *value, char number[32])
{
    if (series->type == BB_TYPE_TEXT) return value;
    return bb_value_canonical(value, series->type, number);
}

static enum bb_code values_of(const struct bb_where_rule *rule, const struct bb_series *series, struct bb_names *values,
                              struct bb_err *err)
{
    for (size_t i = 0; i < rule->value.n; i++) {
        char number[32];
        const char *value = value_of(series, rule->value.name[i], number);
        if (!value)
            return bb_fail(err, BB_EINPUT, "\"where\": \"%s\" has %s, and \"%s\" is none of them", rule->coord,
                           TYPE_PHRASES[series->type], rule->value.name[i]);
        bb_names_add(values, value);
    }
    return BB_OK;
}

static void keep_numbers(const struct bb_names *values, bool drop, const struct bb_series *series, bool *keep)
{
    for (size_t i = 0; i < series->n; i++) {
        char text[32] = "";
        if (!isnan(series->number[i])) bb_format_number(text, series->number[i]);
        if ((bb_names_find(values, text) != BB_NAMES_NONE) == drop) keep[i] = false;
    }
}

static void keep_levels(const struct bb_names *values, bool drop, const struct bb_series *series, bool *keep)
{
    bool *kept = bb_calloc(series->level.n + 1, sizeof *kept); /* the first: missing */
    kept[0] = (bb_names_find(values, "") != BB_NAMES_NONE) != drop;
    for (size_t k = 0; k < series->level.n; k++)
        kept[k + 1] = (bb_names_find(values, series->level.name[k]) != BB_NAMES_NONE) != drop;
    for (size_t i = 0; i < series->n; i++)
        if (!kept[series->code[i] + 1]) keep[i] = false;
    free(kept);
}

static enum bb_code keep_range(const struct bb_where_rule *rule, const struct bb_series *series, bool *keep, struct bb_err *err)
{
    if (series->type != BB_TYPE_NUMBER && !series->by_size)
        return bb_fail(err, BB_EINPUT, "\"where\": only numbers can be above or below, and \"%s\" has %s", rule->coord,
                       TYPE_PHRASES[series->type]);
    size_t n_levels = series->type == BB_TYPE_NUMBER ? 0 : series->level.n;
    double *of_level = bb_malloc((n_levels + 1) * sizeof *of_level);
    for (size_t l = 0; l < n_levels; l++)
        if (!bb_parse_number(series->level.name[l], &of_level[l], NULL)) of_level[l] = NAN;
    for (size_t i = 0; i < series->n; i++) {
        double number = series->type == BB_TYPE_NUMBER ? series->number[i] : series->code[i] < 0 ? (double)NAN : of_level[series->code[i]];
        if (!(number > rule->above && number < rule->below)) keep[i] = false;
    }
    free(of_level);
    return BB_OK;
}

enum bb_code bb_where_apply(const struct bb_where_rule *rule, const struct bb_series *series, bool *keep, struct bb_err *err)
{
    if (rule->ranged) return keep_range(rule, series, keep, err);
    struct bb_names values;
    bb_names_init(&values);
    enum bb_code code = values_of(rule, series, &values, err);
    if (!code && series->type == BB_TYPE_NUMBER)
        keep_numbers(&values, rule->drop, series, keep);
    else if (!code)
        keep_levels(&values, rule->drop, series, keep);
    bb_names_release(&values);
    return code;
}

/* Levels are numbered by first appearance, among the values that are left. */
static void renumber(struct bb_series *series)
{
    struct bb_names level;
    bb_names_init(&level);
    int32_t *fresh = bb_malloc((series->level.n + 1) * sizeof *fresh);
    for (size_t k = 0; k < series->level.n; k++) fresh[k] = -1;
    for (size_t i = 0; i < series->n; i++) {
        int32_t old = series->code[i];
        if (old < 0) continue;
        if (fresh[old] < 0) fresh[old] = (int32_t)bb_names_add(&level, series->level.name[old]);
        series->code[i] = fresh[old];
    }
    free(fresh);
    bb_names_release(&series->level);
    series->level = level;
}

void bb_series_select(struct bb_series *series, const bool *keep)
{
    size_t n = 0;
    for (size_t i = 0; i < series->n; i++) {
        if (!keep[i]) continue;
        if (series->type == BB_TYPE_NUMBER)
            series->number[n++] = series->number[i];
        else
            series->code[n++] = series->code[i];
    }
    bool fewer = n < series->n;
    series->n = n;
    if (fewer && series->type != BB_TYPE_NUMBER) renumber(series);
}
