#include "verify/verify_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/json.h"

#define SCORES "data/scores.json"

/* --- data/scores.json ------------------------------------------------------------------------------------------------ */

static void take_ids(struct bb_names *ids, const struct bb_json *list)
{
    for (size_t i = 0; list && list->type == BB_JSON_ARRAY && i < list->as.list.n; i++) {
        const char *id = bb_json_text(list->as.list.item[i], "id");
        if (id) bb_names_add(ids, id);
    }
}

/* The record that an element of cells, aggregates or ranks belongs to; NULL when it names nobody. */
static struct bb_known *record_of(struct bb_site_data *data, const struct bb_json *item, const char *node_key, size_t *node)
{
    const char *model_id = bb_json_text(item, "model"), *node_id = bb_json_text(item, node_key);
    size_t model = model_id ? bb_names_find(&data->models, model_id) : BB_NAMES_NONE;
    *node = node_id ? bb_names_find(&data->nodes, node_id) : BB_NAMES_NONE;
    return model == BB_NAMES_NONE || *node == BB_NAMES_NONE ? NULL : &data->known[model * data->nodes.n + *node];
}

static void take_cell(struct bb_site_data *data, const struct bb_json *item, struct bb_known *known, size_t node)
{
    (void)data, (void)node;
    known->score = bb_json_number(item, "score");
    known->raw = bb_json_number(item, "raw");
    known->ceiling = bb_json_number(item, "ceiling");
    known->error = bb_json_number(item, "error");
    known->n = bb_json_number(item, "n");
}

static void take_aggregate(struct bb_site_data *data, const struct bb_json *item, struct bb_known *known, size_t node)
{
    (void)data, (void)node;
    known->score = bb_json_number(item, "score");
    known->scored = bb_json_number(item, "scored");
    known->of = bb_json_number(item, "of");
}

static void take_rank(struct bb_site_data *data, const struct bb_json *item, struct bb_known *known, size_t node)
{
    known->rank = bb_json_number(item, "rank");
    data->node[node].ranked++;
}

static const struct {
    const char *list, *node_key;
    void (*take)(struct bb_site_data *data, const struct bb_json *item, struct bb_known *known, size_t node);
} lists[] = {{"cells", "benchmark", take_cell}, {"aggregates", "node", take_aggregate}, {"ranks", "node", take_rank}};

static void take_list(struct bb_check *check, const struct bb_json *json, size_t which)
{
    const struct bb_json *list = bb_json_member(json, lists[which].list);
    for (size_t i = 0; list && list->type == BB_JSON_ARRAY && i < list->as.list.n; i++) {
        size_t node;
        const struct bb_json *item = list->as.list.item[i];
        struct bb_known *known = record_of(&check->data, item, lists[which].node_key, &node);
        if (known)
            lists[which].take(&check->data, item, known, node);
        else
            bb_wrong(check, BB_WRONG_DATA, SCORES, item->place.line,
                     "an element of \"%s\" names a model or benchmark that the file does not have", lists[which].list);
    }
}

/* "clip" is said of every benchmark, and of no group. From each of them up; a damaged file may lead in a circle. */
static void find_pages(struct bb_site_data *data, const struct bb_json *list)
{
    size_t *parent = bb_calloc(data->nodes.n + 1, sizeof *parent);
    for (size_t i = 0; i < data->nodes.n; i++) parent[i] = BB_NAMES_NONE;
    for (size_t i = 0; i < list->as.list.n; i++) {
        const char *id = bb_json_text(list->as.list.item[i], "id"), *above = bb_json_text(list->as.list.item[i], "parent");
        if (id && above) parent[bb_names_find(&data->nodes, id)] = bb_names_find(&data->nodes, above);
    }
    for (size_t i = 0; i < list->as.list.n; i++) {
        const char *id = bb_json_text(list->as.list.item[i], "id");
        if (!id || !bb_json_member(list->as.list.item[i], "clip")) continue;
        for (size_t at = bb_names_find(&data->nodes, id); at != BB_NAMES_NONE && !data->node[at].has_page; at = parent[at])
            data->node[at].has_page = true;
    }
    free(parent);
}

static void take_nodes(struct bb_site_data *data, const struct bb_json *list)
{
    for (size_t i = 0; list && list->type == BB_JSON_ARRAY && i < list->as.list.n; i++) {
        const struct bb_json *item = list->as.list.item[i];
        const char *id = bb_json_text(item, "id");
        if (!id) continue;
        struct bb_known_node *node = &data->node[bb_names_find(&data->nodes, id)];
        node->ceiling = bb_json_number(bb_json_member(item, "ceiling"), "value");
        node->lower_better = bb_streq(bb_json_text(item, "better"), "lower");
    }
    if (list && list->type == BB_JSON_ARRAY) find_pages(data, list);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Median and best of the models that have a rank. */
static void take_standings(struct bb_site_data *data)
{
    double *score = bb_calloc(data->models.n + 1, sizeof *score);
    for (size_t i = 0; i < data->nodes.n; i++) {
        size_t n = 0;
        for (size_t m = 0; m < data->models.n; m++) {
            const struct bb_known *known = &data->known[m * data->nodes.n + i];
            if (!isnan(known->rank) && !isnan(known->score)) score[n++] = known->score;
        }
        if (!n) continue;
        qsort(score, n, sizeof *score, by_value);
        data->node[i].median = (score[(n - 1) / 2] + score[n / 2]) / 2;
        data->node[i].best = data->node[i].lower_better ? score[0] : score[n - 1];
    }
    free(score);
}

/* Nothing that is private may stand in what is published. */
static void refuse_private(struct bb_check *check, const struct bb_json *json)
{
    const struct bb_json *models = bb_json_member(json, "models");
    for (size_t i = 0; models && models->type == BB_JSON_ARRAY && i < models->as.list.n; i++)
        if (bb_streq(bb_json_text(models->as.list.item[i], "visibility"), "private"))
            bb_wrong(check, BB_WRONG_DATA, SCORES, models->as.list.item[i]->place.line,
                     "a private model stands in the published data");
}

static void take_all(struct bb_check *check, const struct bb_json *json)
{
    struct bb_site_data *data = &check->data;
    const struct bb_json *parity = bb_json_member(json, "parity");
    data->parity = parity && parity->type == BB_JSON_BOOL && parity->as.boolean;
    take_ids(&data->models, bb_json_member(json, "models"));
    take_ids(&data->nodes, bb_json_member(json, "benchmarks"));
    const struct bb_known nothing = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    data->known = bb_calloc(data->models.n * data->nodes.n + 1, sizeof *data->known);
    for (size_t i = 0; i < data->models.n * data->nodes.n; i++) data->known[i] = nothing;
    data->node = bb_calloc(data->nodes.n + 1, sizeof *data->node);
    for (size_t i = 0; i < data->nodes.n; i++) data->node[i] = (struct bb_known_node){.ceiling = NAN, .median = NAN, .best = NAN};
    take_nodes(data, bb_json_member(json, "benchmarks"));
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) take_list(check, json, i);
    take_standings(data);
    refuse_private(check, json);
}

/* Messages of a reader, each at its place, as something that is wrong with the site. */
static void pass_on(struct bb_check *check, const char *path, const struct bb_diags *found)
{
    for (size_t i = 0; i < found->n; i++)
        if (found->diag[i].severity == BB_ERROR)
            bb_wrong(check, BB_WRONG_DATA, path, found->diag[i].place.line, "%s", found->diag[i].message);
}

void bb_check_data(struct bb_check *check)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_diags found;
    bb_diags_init(&found);
    bb_names_init(&check->data.models);
    bb_names_init(&check->data.nodes);
    if (!bb_check_has(check, SCORES)) {
        bb_wrong(check, BB_WRONG_DATA, SCORES, 0, "the site has no data, so that its numbers cannot be verified");
    } else {
        const struct bb_json *json = bb_json_read(arena, bb_path_join(arena, check->site, SCORES), (struct bb_place){0}, &found);
        if (json && bb_json_text(json, "schema") && bb_starts_with(bb_json_text(json, "schema"), "brainboard/scores/"))
            take_all(check, json);
        else if (json)
            bb_wrong(check, BB_WRONG_DATA, SCORES, 1,
                     "this is not a results file: it has no \"schema\": \"brainboard/scores/1\"");
        pass_on(check, SCORES, &found);
    }
    bb_diags_release(&found);
    bb_arena_free(arena);
}

void bb_site_data_release(struct bb_site_data *data)
{
    bb_names_release(&data->models);
    bb_names_release(&data->nodes);
    free(data->known);
    free(data->node);
}

/* --- data/scores.csv ------------------------------------------------------------------------------------------------- */

struct csv {
    struct bb_check *check;
    const char *path;
    struct bb_names columns;
};

static const char *field(const struct csv *csv, const struct bb_csv_field *fields, size_t n, const char *column)
{
    size_t at = bb_names_find(&csv->columns, column);
    return at < n ? fields[at].text : "";
}

static void compare_field(struct csv *csv, const struct bb_csv_field *fields, size_t n, size_t line, const char *column,
                          double known)
{
    double value;
    const char *text = field(csv, fields, n, column);
    if (!bb_parse_number(text, &value, NULL) || (isnan(value) != isnan(known)) || (!isnan(value) && value != known)) {
        char exact[32];
        bb_format_number(exact, known);
        bb_wrong(csv->check, BB_WRONG_NUMBER, csv->path, line, "%s is \"%s\", and %s in %s", column, text, exact, SCORES);
    }
    csv->check->report->n_numbers++;
}

static enum bb_code take_row(void *ctx, const struct bb_csv_field *fields, size_t n, size_t line, struct bb_err *err)
{
    struct csv *csv = ctx;
    (void)err;
    if (!csv->columns.n) {
        for (size_t i = 0; i < n; i++) bb_names_add(&csv->columns, fields[i].text);
        return BB_OK;
    }
    const struct bb_site_data *data = &csv->check->data;
    const char *model_id = field(csv, fields, n, "model"), *node_id = field(csv, fields, n, "benchmark");
    size_t model = bb_names_find(&data->models, model_id), node = bb_names_find(&data->nodes, node_id);
    if (model == BB_NAMES_NONE || node == BB_NAMES_NONE) {
        bb_wrong(csv->check, BB_WRONG_DATA, csv->path, line, "%s has no model \"%s\" or no benchmark \"%s\"", SCORES, model_id,
                 node_id);
        return BB_OK;
    }
    const struct bb_known *known = &data->known[model * data->nodes.n + node];
    compare_field(csv, fields, n, line, "score", known->score);
    compare_field(csv, fields, n, line, "raw", known->raw);
    compare_field(csv, fields, n, line, "error", known->error);
    return BB_OK;
}

void bb_check_csv(struct bb_check *check, const char *path, const struct bb_buf *text)
{
    struct csv csv = {.check = check, .path = path};
    struct bb_err err;
    if (!check->data.known) return;
    bb_names_init(&csv.columns);
    if (bb_csv_parse(bb_buf_text(text), text->len, ',', take_row, &csv, &err) != BB_OK)
        bb_wrong(check, BB_WRONG_DATA, path, 0, "%s", err.msg);
    bb_names_release(&csv.columns);
}
