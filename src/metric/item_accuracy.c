#include "metric/item_accuracy.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "metric/align.h"
#include "metric/formula.h"

struct params {
    const struct bb_json *where;
    struct bb_texts predictions;
    long items; /* of the suite; 0: not stated */
};

static const struct bb_field fields[] = {
    {.key = "where", .kind = BB_FIELD_JSON, .offset = offsetof(struct params, where)},
    {.key = "predictions", .kind = BB_FIELD_TEXTS, .offset = offsetof(struct params, predictions)},
    {.key = "items", .kind = BB_FIELD_INTEGER, .offset = offsetof(struct params, items), .min = 1, .max = 1e6},
};

static enum bb_code not_a_filter(const struct bb_json *json, struct bb_err *err)
{
    return bb_fail(
        err, BB_EINPUT,
        "%s:%zu:%zu: \"where\" must be an object of coordinates with the texts to keep, such as {\"suite\": [\"cleft\"]}",
        json->place.file ? json->place.file : "", json->place.line, json->place.column);
}

/* json is a text, or a list of texts. */
static bool is_kept(const struct bb_json *json, const char *value)
{
    if (json->type == BB_JSON_TEXT) return bb_streq(json->as.text, value);
    for (size_t i = 0; i < json->as.list.n; i++)
        if (bb_streq(json->as.list.item[i]->as.text, value)) return true;
    return false;
}

static bool is_texts(const struct bb_json *json)
{
    if (json->type != BB_JSON_ARRAY) return json->type == BB_JSON_TEXT;
    for (size_t i = 0; i < json->as.list.n; i++)
        if (json->as.list.item[i]->type != BB_JSON_TEXT) return false;
    return true;
}

/* Clears keep[row] where a coordinate has none of the values that its member of `where` lists. */
static enum bb_code filter(const struct bb_task *task, const struct bb_json *where, bool *keep, struct bb_err *err)
{
    if (where->type != BB_JSON_OBJECT) return not_a_filter(where, err);
    for (size_t m = 0; m < where->as.list.n; m++) {
        const struct bb_json *member = where->as.list.item[m];
        const struct bb_coord *coord;
        if (!is_texts(member)) return not_a_filter(member, err);
        enum bb_code rc = bb_need_coord(task->model, member->key, BB_THE_MODEL, task->arena, &coord, err);
        if (rc) return rc;
        struct bb_groups groups = bb_coord_groups(coord, task->arena);
        bool *kept = BB_NEW_ARRAY(task->arena, groups.n_groups, bool);
        for (size_t g = 0; g < groups.n_groups; g++) kept[g] = is_kept(member, groups.name[g]);
        for (size_t i = 0; i < groups.n; i++) keep[i] = keep[i] && groups.group[i] >= 0 && kept[groups.group[i]];
    }
    return BB_OK;
}

/* Rows that are kept, and the suite of each. */
struct rows {
    struct bb_groups suite; /* n = 0: none says */
    const bool *keep;
    size_t n, n_kept;
};

static const char *name_of_row(const struct rows *rows, size_t row)
{
    return rows->suite.n && rows->suite.group[row] >= 0 ? rows->suite.name[rows->suite.group[row]] : "";
}

static enum bb_code none_kept(const struct bb_task *task, const struct rows *rows, struct bb_err *err)
{
    enum { SHOWN = 5 };
    const char *list = "";
    for (size_t i = 0; i < rows->suite.n_groups && i < SHOWN; i++)
        list = bb_arena_printf(task->arena, "%s%s\"%s\"", list, i ? ", " : "; its suites are ", rows->suite.name[i]);
    return bb_fail(err, BB_EINPUT, "%s has no row that \"where\" keeps%s%s", BB_THE_MODEL, list,
                   rows->suite.n_groups > SHOWN ? " …" : "");
}

static enum bb_code choose_rows(const struct bb_task *task, struct rows *rows, struct bb_err *err)
{
    const struct params *params = task->params;
    const struct bb_coord *suite = bb_assembly_coord(task->model, "suite");
    *rows = (struct rows){.n = task->model->dim[0].size};
    if (suite) rows->suite = bb_coord_groups(suite, task->arena);
    bool *keep = BB_NEW_ARRAY(task->arena, rows->n, bool);
    memset(keep, true, rows->n);
    enum bb_code rc = params->where ? filter(task, params->where, keep, err) : BB_OK;
    if (rc) return rc;
    rows->keep = keep;
    for (size_t i = 0; i < rows->n; i++) rows->n_kept += keep[i];
    return rows->n_kept ? BB_OK : none_kept(task, rows, err);
}

/* What is scored, in the order of the items. */
struct items {
    const char **label, **name; /* "cleft.3", "3" */
    double *met;
    size_t n, room;
    const char *suite; /* of the last */
};

static void make_items(struct items *items, size_t room, struct bb_arena *arena)
{
    *items = (struct items){BB_NEW_ARRAY(arena, room, const char *), BB_NEW_ARRAY(arena, room, const char *),
                            BB_NEW_ARRAY(arena, room, double), 0, room, ""};
}

static void add_item(struct items *items, const char *suite, const char *name, bool met, struct bb_arena *arena)
{
    assert(items->n < items->room);
    items->suite = suite;
    items->label[items->n] = bb_arena_printf(arena, "%s%s%s", suite, *suite ? "." : "", name);
    items->name[items->n] = name;
    items->met[items->n++] = met;
}

/* --- ready-made bits ------------------------------------------------------------------------------------------------- */

static const char *bits_of_row(const struct bb_groups *bits, size_t row)
{
    return bits->group[row] < 0 ? "" : bits->name[bits->group[row]];
}

/* Each row is bits, and the rows can be told apart: two of one name would be two models, or one read twice. */
static enum bb_code check_bits(const struct bb_task *task, const struct rows *rows, const struct bb_groups *all, size_t *n_items,
                               struct bb_err *err)
{
    bool *seen = BB_NEW_ARRAY(task->arena, rows->suite.n_groups + 1, bool); /* the last: rows without a suite */
    *n_items = 0;
    for (size_t i = 0; i < rows->n; i++) {
        if (!rows->keep[i]) continue;
        const char *bits = bits_of_row(all, i), *name = name_of_row(rows, i);
        size_t length = strlen(bits), suite = *name ? (size_t)rows->suite.group[i] : rows->suite.n_groups;
        if (length == 0 || strspn(bits, "01") != length)
            return bb_fail(err, BB_EINPUT, "the bits \"%s\" of %s%s are not one 0 or 1 per item", bits, *name ? name : "row ",
                           *name ? "" : bb_arena_printf(task->arena, "%zu", i + 1));
        if (seen[suite])
            return bb_fail(err, BB_EINPUT, "%s has two rows%s%s: make its columns and \"where\" leave one", BB_THE_MODEL,
                           *name ? " of " : "", name);
        seen[suite] = true;
        *n_items += length;
    }
    return BB_OK;
}

static enum bb_code items_of_bits(const struct bb_task *task, const struct rows *rows, const struct bb_coord *coord,
                                  struct items *items, struct bb_err *err)
{
    size_t n_items;
    if (coord->series.type == BB_TYPE_NUMBER)
        return bb_fail(err, BB_EINPUT, "\"bits\" of %s must be text, because a number has no leading zeros", BB_THE_MODEL);
    struct bb_groups all = bb_coord_groups(coord, task->arena);
    enum bb_code rc = check_bits(task, rows, &all, &n_items, err);
    if (rc) return rc;
    make_items(items, n_items, task->arena);
    for (size_t i = 0; i < rows->n; i++) {
        const char *bits = rows->keep[i] ? bits_of_row(&all, i) : "";
        for (size_t k = 0; bits[k]; k++)
            add_item(items, name_of_row(rows, i), bb_arena_printf(task->arena, "%zu", k + 1), bits[k] == '1', task->arena);
    }
    return BB_OK;
}

/* --- totals of regions ----------------------------------------------------------------------------------------------- */

struct total {
    int32_t item; /* in natural order */
    struct bb_region_total is;
};

static int compare_totals(const void *a, const void *b)
{
    const struct total *p = a, *q = b;
    if (p->item != q->item) return p->item < q->item ? -1 : 1;
    int by_condition = strcmp(p->is.condition, q->is.condition);
    return by_condition ? by_condition : (p->is.region > q->is.region) - (p->is.region < q->is.region);
}

/* The table, and what its items and its suite are called. */
struct totals {
    struct total *total;
    size_t n, n_missing; /* values that are missing */
    struct bb_levels item;
    const char *suite;
};

static const char *item_words(const struct totals *totals, int32_t item, struct bb_arena *arena)
{
    return bb_arena_printf(arena, "item %s%s%s", totals->item.name[item], *totals->suite ? " of " : "", totals->suite);
}

/* Predictions are those of one suite. */
static enum bb_code one_suite(const struct rows *rows, const char **suite, struct bb_err *err)
{
    *suite = NULL;
    for (size_t i = 0; i < rows->n; i++) {
        const char *name = name_of_row(rows, i);
        if (!rows->keep[i] || (*suite && bb_streq(*suite, name))) continue;
        if (*suite)
            return bb_fail(err, BB_EINPUT, "%s has regions of the suites \"%s\" and \"%s\": make \"where\" keep the one that the predictions are of",
                           BB_THE_MODEL, *suite, name);
        *suite = name;
    }
    return BB_OK;
}

static enum bb_code check_row(const struct bb_groups *item, const struct bb_groups *condition, double region, size_t row,
                              struct bb_err *err)
{
    const char *missing = item->group[row] < 0 ? "item" : condition->group[row] < 0 ? "condition" : isnan(region) ? "region" : NULL;
    if (missing) return bb_fail(err, BB_EINPUT, "row %zu of %s has no \"%s\"", row + 1, BB_THE_MODEL, missing);
    if (!(region >= 0 && region <= 1e9) || region > floor(region))
        return bb_fail(err, BB_EINPUT, "row %zu of %s: the region %g is not a number of a region, such as 3", row + 1, BB_THE_MODEL,
                       region);
    return BB_OK;
}

static enum bb_code read_totals(const struct bb_task *task, const struct rows *rows, struct totals *out, struct bb_err *err)
{
    const struct bb_coord *item, *condition, *region;
    const double *number, *value;
    enum bb_code rc = one_suite(rows, &out->suite, err);
    if (!rc) rc = bb_need_coord(task->model, "item", BB_THE_MODEL, task->arena, &item, err);
    if (!rc) rc = bb_need_coord(task->model, "condition", BB_THE_MODEL, task->arena, &condition, err);
    if (!rc) rc = bb_need_coord(task->model, "region", BB_THE_MODEL, task->arena, &region, err);
    if (!rc) rc = bb_need_values(task->model, BB_THE_MODEL, &value, err);
    if (!rc) rc = bb_coord_numbers(region, BB_THE_MODEL, task->arena, &number, err);
    if (rc) return rc;
    struct bb_groups items = bb_coord_groups(item, task->arena), conditions = bb_coord_groups(condition, task->arena);
    int32_t *counts = BB_NEW_ARRAY(task->arena, rows->n, int32_t);
    for (size_t i = 0; i < rows->n; i++) counts[i] = rows->keep[i] ? 0 : -1;
    out->item = bb_levels(item, counts, rows->n, task->arena);
    out->total = BB_NEW_ARRAY(task->arena, rows->n_kept, struct total);
    for (size_t i = 0; i < rows->n && !rc; i++) {
        if (!rows->keep[i] || (rc = check_row(&items, &conditions, number[i], i, err))) continue;
        out->n_missing += isnan(value[i]) != 0;
        out->total[out->n++] =
            (struct total){out->item.code[i], {conditions.name[conditions.group[i]], (long)number[i], value[i]}};
    }
    return rc;
}

/* Sorts, which brings the totals of an item together. */
static enum bb_code check_twice(struct totals *totals, struct bb_arena *arena, struct bb_err *err)
{
    qsort(totals->total, totals->n, sizeof *totals->total, compare_totals);
    for (size_t i = 1; i < totals->n; i++) {
        const struct total *total = &totals->total[i];
        if (compare_totals(total - 1, total) == 0)
            return bb_fail(err, BB_EINPUT, "%s has two rows of %s, condition \"%s\", region %ld: make its columns and \"where\" leave one",
                           BB_THE_MODEL, item_words(totals, total->item, arena), total->is.condition, total->is.region);
    }
    return BB_OK;
}

static enum bb_code parse_predictions(const struct params *params, struct bb_arena *arena, const struct bb_formula ***out,
                                      struct bb_err *err)
{
    enum bb_code rc = BB_OK;
    *out = BB_NEW_ARRAY(arena, params->predictions.n, const struct bb_formula *);
    for (size_t i = 0; i < params->predictions.n && !rc; i++)
        rc = bb_formula_parse(params->predictions.text[i], arena, &(*out)[i], err);
    return rc;
}

static enum bb_code items_of_regions(const struct bb_task *task, const struct rows *rows, struct items *items,
                                     const char **warning, struct bb_err *err)
{
    const struct params *params = task->params;
    const struct bb_formula **formula;
    struct totals totals = {0};
    enum bb_code rc = parse_predictions(params, task->arena, &formula, err);
    if (!rc) rc = read_totals(task, rows, &totals, err);
    if (!rc) rc = check_twice(&totals, task->arena, err);
    if (rc) return rc;
    if (totals.n_missing)
        *warning = bb_arena_printf(task->arena, "%zu of %zu regions have no value, which counts as 0", totals.n_missing, totals.n);
    make_items(items, totals.item.n, task->arena);
    struct bb_region_total *of_item = BB_NEW_ARRAY(task->arena, totals.n, struct bb_region_total);
    for (size_t i = 0, end = 0; i < totals.n && !rc; i = end) {
        int32_t item = totals.total[i].item;
        bool met;
        size_t n = 0;
        for (end = i; end < totals.n && totals.total[end].item == item; end++) of_item[n++] = totals.total[end].is;
        rc = bb_formulas_hold(formula, params->predictions.n, of_item, n, item_words(&totals, item, task->arena), &met, err);
        if (!rc) add_item(items, totals.suite, totals.item.name[item], met, task->arena);
    }
    return rc;
}

/* --- the score ------------------------------------------------------------------------------------------------------- */

/* Suites number their items from 1. */
static long first_missing(const struct items *items, long known)
{
    for (long k = 1; k <= known; k++) {
        char number[24];
        bool there = false;
        snprintf(number, sizeof number, "%ld", k);
        for (size_t i = 0; i < items->n && !there; i++) there = bb_streq(items->name[i], number);
        if (!there) return k;
    }
    return 0;
}

static enum bb_code check_number(const struct items *items, long known, struct bb_arena *arena, struct bb_err *err)
{
    if (!known || items->n == (size_t)known) return BB_OK;
    long missing = items->n < (size_t)known ? first_missing(items, known) : 0;
    return bb_fail(err, BB_EINPUT, "%s has %zu items%s%s, not the %ld of the suite%s", BB_THE_MODEL, items->n,
                   *items->suite ? " of " : "", items->suite, known,
                   missing ? bb_arena_printf(arena, ": item %ld is missing", missing) : "");
}

static enum bb_code score(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    const struct params *params = task->params;
    const struct bb_coord *bits = bb_assembly_coord(task->model, "bits");
    struct rows rows;
    struct items items;
    if (!bits && !params->predictions.n)
        return bb_fail(err, BB_EINPUT, "%s has no coordinate \"bits\", and the benchmark states no \"predictions\" to judge regions by; it has %s",
                       BB_THE_MODEL, bb_assembly_coord_names(task->model, task->arena));
    enum bb_code rc = choose_rows(task, &rows, err);
    if (!rc)
        rc = bits ? items_of_bits(task, &rows, bits, &items, err) : items_of_regions(task, &rows, &items, &result->warning, err);
    if (!rc) rc = check_number(&items, params->items, task->arena, err);
    if (rc) return rc;
    double n_met = 0, n = (double)items.n;
    for (size_t i = 0; i < items.n; i++) n_met += items.met[i];
    result->raw = n_met / n;
    result->error = sqrt(result->raw * (1 - result->raw) / n);
    result->error_kind = "item_sem";
    result->n = items.n;
    result->units = (struct bb_units){.axis = {"item"}, .label = {items.label}, .n = {items.n}, .value = items.met};
    return BB_OK;
}

/* So that a mistake is found when the benchmark is read. */
static void finish(void *params, struct bb_arena *arena, struct bb_diags *diags)
{
    const struct bb_formula **formula;
    struct bb_err err;
    if (parse_predictions(params, arena, &formula, &err)) bb_diag_add(diags, BB_ERROR, (struct bb_place){0}, "%s", err.msg);
}

static const char *const model_coords[] = {"bits", NULL}, *const or_coords[] = {"item", "condition", "region", "value", NULL};

const struct bb_metric bb_item_accuracy = {
    .name = "item_accuracy",
    .version = 1,
    .title = "Item accuracy",
    .formula = "share of items whose predictions were all met",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .model_coords = model_coords,
    .or_coords = or_coords,
    .score = score,
    .finish = finish,
};
