#include "metric/item_accuracy.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "metric/align.h"

struct params {
    const struct bb_json *where;
};

static const struct bb_field fields[] = {
    {.key = "where", .kind = BB_FIELD_JSON, .offset = offsetof(struct params, where)},
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

/* Rows that are kept: where their items are, and what they are called. */
struct rows {
    struct bb_groups bits, suite; /* suite.n = 0: none */
    const bool *keep;
    size_t n_items;
};

static const char *bits_of_row(const struct rows *rows, size_t row)
{
    return rows->bits.group[row] < 0 ? "" : rows->bits.name[rows->bits.group[row]];
}

static const char *name_of_row(const struct rows *rows, size_t row)
{
    return rows->suite.n && rows->suite.group[row] >= 0 ? rows->suite.name[rows->suite.group[row]] : "";
}

/* Each row is bits, and the rows can be told apart: two of one name would be two models, or one read twice. */
static enum bb_code check_rows(const struct bb_task *task, struct rows *rows, struct bb_err *err)
{
    bool *seen = BB_NEW_ARRAY(task->arena, rows->suite.n_groups + 1, bool); /* the last: rows without a suite */
    for (size_t i = 0; i < rows->bits.n; i++) {
        if (!rows->keep[i]) continue;
        const char *bits = bits_of_row(rows, i), *name = name_of_row(rows, i);
        size_t length = strlen(bits), suite = *name ? (size_t)rows->suite.group[i] : rows->suite.n_groups;
        if (length == 0 || strspn(bits, "01") != length)
            return bb_fail(err, BB_EINPUT, "the bits \"%s\" of %s%s are not one 0 or 1 per item", bits, *name ? name : "row ",
                           *name ? "" : bb_arena_printf(task->arena, "%zu", i + 1));
        if (seen[suite])
            return bb_fail(err, BB_EINPUT, "%s has two rows%s%s: make its columns and \"where\" leave one", BB_THE_MODEL,
                           *name ? " of " : "", name);
        seen[suite] = true;
        rows->n_items += length;
    }
    if (rows->n_items == 0) return bb_fail(err, BB_EINPUT, "%s has no row that \"where\" keeps", BB_THE_MODEL);
    return BB_OK;
}

static enum bb_code read_rows(const struct bb_task *task, struct rows *rows, struct bb_err *err)
{
    const struct params *params = task->params;
    const struct bb_coord *bits, *suite = bb_assembly_coord(task->model, "suite");
    enum bb_code rc = bb_need_coord(task->model, "bits", BB_THE_MODEL, task->arena, &bits, err);
    if (rc) return rc;
    if (bits->series.type == BB_TYPE_NUMBER)
        return bb_fail(err, BB_EINPUT, "\"bits\" of %s must be text, because a number has no leading zeros", BB_THE_MODEL);
    *rows = (struct rows){.bits = bb_coord_groups(bits, task->arena)};
    if (suite) rows->suite = bb_coord_groups(suite, task->arena);
    bool *keep = BB_NEW_ARRAY(task->arena, rows->bits.n, bool);
    memset(keep, true, rows->bits.n);
    rows->keep = keep;
    if (params->where) rc = filter(task, params->where, keep, err);
    return rc ? rc : check_rows(task, rows, err);
}

static enum bb_code score(const struct bb_task *task, struct bb_metric_result *result, struct bb_err *err)
{
    struct rows rows = {0};
    enum bb_code rc = read_rows(task, &rows, err);
    if (rc) return rc;
    double *met = BB_NEW_ARRAY(task->arena, rows.n_items, double);
    const char **label = BB_NEW_ARRAY(task->arena, rows.n_items, const char *);
    size_t n = 0, n_met = 0;
    for (size_t i = 0; i < rows.bits.n; i++) {
        if (!rows.keep[i]) continue;
        const char *bits = bits_of_row(&rows, i), *name = name_of_row(&rows, i);
        for (size_t k = 0; bits[k]; k++, n++) {
            met[n] = bits[k] == '1';
            n_met += bits[k] == '1';
            label[n] = bb_arena_printf(task->arena, "%s%s%zu", name, *name ? "." : "", k + 1);
        }
    }
    result->raw = (double)n_met / (double)n;
    result->error = sqrt(result->raw * (1 - result->raw) / (double)n);
    result->error_kind = "item_sem";
    result->n = n;
    result->units = (struct bb_units){.axis = {"item"}, .label = {label}, .n = {n}, .value = met};
    return BB_OK;
}

static const char *const model_coords[] = {"bits", NULL};

const struct bb_metric bb_item_accuracy = {
    .name = "item_accuracy",
    .version = 1,
    .title = "Item accuracy",
    .formula = "share of items whose prediction was met",
    .fields = fields,
    .n_fields = sizeof fields / sizeof fields[0],
    .params_size = sizeof(struct params),
    .model_coords = model_coords,
    .score = score,
};
