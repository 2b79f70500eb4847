#include "model/suite.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"

enum bb_code bb_suite_bits(const struct bb_suite *suite, const double *surprisal, char *bits, struct bb_err *err)
{
    struct bb_region_total *total = bb_calloc(suite->n_regions + 1, sizeof *total);
    enum bb_code rc = BB_OK;
    for (size_t i = 0; i < suite->n && !rc; i++) {
        const struct bb_item *item = &suite->item[i];
        char name[96];
        bool met = false;
        size_t n = 0;
        for (size_t c = 0; c < item->n; c++)
            for (size_t r = 0; r < item->condition[c].n; r++)
                total[n++] = (struct bb_region_total){item->condition[c].name, item->condition[c].region[r].number,
                                                      surprisal[item->condition[c].first + r]};
        snprintf(name, sizeof name, "suite %.40s, item %zu", suite->name, i + 1);
        rc = bb_formulas_hold(suite->prediction, suite->n_predictions, total, n, name, &met, err);
        bits[i] = met ? '1' : '0';
    }
    bits[suite->n] = '\0';
    free(total);
    return rc;
}

/* --- reading --------------------------------------------------------------------------------------------------------- */

static enum bb_code bad(const struct bb_json *json, const char *what, struct bb_err *err)
{
    return bb_fail(err, BB_EINPUT, "%s:%zu:%zu: %s", json->place.file ? json->place.file : "suite", json->place.line,
                   json->place.column, what);
}

static enum bb_code text_member(const struct bb_json *json, const char *key, const char **out, struct bb_err *err)
{
    const struct bb_json *member = bb_json_member(json, key);
    if (!member || member->type != BB_JSON_TEXT)
        return bad(member ? member : json, key[0] == 'f' ? "\"formula\" must be a text" : "a name or content is not a text", err);
    *out = member->as.text;
    return BB_OK;
}

static enum bb_code list_member(const struct bb_json *json, const char *key, const struct bb_json **out, struct bb_err *err)
{
    const struct bb_json *member = bb_json_member(json, key);
    if (!member || member->type != BB_JSON_ARRAY)
        return bad(member ? member : json, "a suite has lists of items, conditions, regions and predictions", err);
    *out = member;
    return BB_OK;
}

static enum bb_code read_region(const struct bb_json *json, struct bb_region *out, struct bb_err *err)
{
    const struct bb_json *number_json = bb_json_member(json, "region_number");
    if (!number_json || number_json->type != BB_JSON_NUMBER || !(number_json->as.number >= 0 && number_json->as.number < 1e6))
        return bad(json, "a region has no \"region_number\"", err);
    out->number = (long)number_json->as.number;
    return text_member(json, "content", &out->content, err);
}

static enum bb_code read_condition(const struct bb_json *json, struct bb_arena *arena, struct bb_suite *suite,
                                   struct bb_condition *out, struct bb_err *err)
{
    const struct bb_json *regions = NULL;
    enum bb_code rc = text_member(json, "condition_name", &out->name, err);
    if (!rc) rc = list_member(json, "regions", &regions, err);
    if (rc) return rc;
    out->n = regions->as.list.n;
    out->first = suite->n_regions;
    out->region = BB_NEW_ARRAY(arena, out->n, struct bb_region);
    suite->n_regions += out->n;
    for (size_t r = 0; r < out->n && !rc; r++) rc = read_region(regions->as.list.item[r], &out->region[r], err);
    return rc;
}

static enum bb_code read_item(const struct bb_json *json, struct bb_arena *arena, struct bb_suite *suite, struct bb_item *out,
                              struct bb_err *err)
{
    const struct bb_json *conditions = NULL;
    enum bb_code rc = list_member(json, "conditions", &conditions, err);
    if (rc) return rc;
    out->n = conditions->as.list.n;
    out->condition = BB_NEW_ARRAY(arena, out->n, struct bb_condition);
    for (size_t c = 0; c < out->n && !rc; c++)
        rc = read_condition(conditions->as.list.item[c], arena, suite, &out->condition[c], err);
    return rc;
}

static enum bb_code read_predictions(const struct bb_json *json, struct bb_arena *arena, struct bb_suite *suite,
                                     struct bb_err *err)
{
    const struct bb_json *list = NULL;
    enum bb_code rc = list_member(json, "predictions", &list, err);
    if (rc) return rc;
    suite->n_predictions = list->as.list.n;
    const struct bb_formula **prediction = BB_NEW_ARRAY(arena, suite->n_predictions, const struct bb_formula *);
    suite->prediction = prediction;
    for (size_t k = 0; k < suite->n_predictions && !rc; k++) {
        const char *text = NULL;
        rc = text_member(list->as.list.item[k], "formula", &text, err);
        if (!rc) rc = bb_formula_parse(text, arena, &prediction[k], err);
    }
    return rc;
}

enum bb_code bb_suite_read(const struct bb_json *json, struct bb_arena *arena, struct bb_suite *out, struct bb_err *err)
{
    const struct bb_json *meta = bb_json_member(json, "meta"), *items = NULL,
                         *metric = meta ? bb_json_member(meta, "metric") : NULL;
    *out = (struct bb_suite){0};
    if (!meta) return bad(json, "a suite has a \"meta\" with its name", err);
    enum bb_code rc = text_member(meta, "name", &out->name, err);
    if (!rc && metric && (metric->type != BB_JSON_TEXT || !bb_streq(metric->as.text, "sum")))
        rc = bad(metric, "the only metric of regions is \"sum\"", err);
    if (!rc) rc = list_member(json, "items", &items, err);
    if (rc) return rc;
    out->n = items->as.list.n;
    out->item = BB_NEW_ARRAY(arena, out->n, struct bb_item);
    for (size_t i = 0; i < out->n && !rc; i++) rc = read_item(items->as.list.item[i], arena, out, &out->item[i], err);
    return rc ? rc : read_predictions(json, arena, out, err);
}
