#include "history/record.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "score/published.h"

#define SCHEMA "brainboard/history/1"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

/* --- writing ---------------------------------------------------------------------------------------------------------- */

/* Elements of a list, or members of an object, each on a line of its own. */
struct lines {
    struct bb_buf *out;
    struct bb_json_writer w;
    bool first;
};

static void lines_open(struct lines *lines, struct bb_buf *out, char bracket)
{
    bb_buf_putc(out, bracket);
    *lines = (struct lines){.out = out, .first = true};
}

static void next_line(struct lines *lines)
{
    bb_buf_puts(lines->out, lines->first ? "\n" : ",\n");
    lines->first = false;
}

/* Ids need no escapes. `key` NULL: an element. */
static struct bb_json_writer *line(struct lines *lines, const char *key)
{
    next_line(lines);
    if (key) bb_buf_printf(lines->out, "\"%s\":", key);
    bb_jw_init(&lines->w, lines->out, 0);
    bb_jw_object(&lines->w);
    return &lines->w;
}

static void lines_close(struct lines *lines, char bracket)
{
    bb_buf_printf(lines->out, lines->first ? "%c" : "\n%c", bracket);
}

static void write_head(const struct bb_results *results, struct bb_buf *out)
{
    struct bb_json_writer w;
    const struct bb_board *of = &results->board;
    const struct bb_board board = {.title = of->title,
                                   .release = of->release,
                                   .date = of->date,
                                   .simulated = of->simulated,
                                   .options_json = of->options_json,
                                   .options = of->options};
    bb_jw_init(&w, out, 0);
    bb_jw_object(&w);
    bb_jw_member_text(&w, "schema", SCHEMA);
    bb_board_write(&w, &board);
    if (results->parity) bb_jw_member_bool(&w, "parity", true);
    bb_jw_object_end(&w);
    out->data[--out->len] = '\0'; /* the lists below belong to the same object */
}

/* A set may be answered by several files: it has all their digests. */
static void write_outputs(struct bb_json_writer *w, const struct bb_model *model)
{
    if (!model->n_outputs) return;
    bb_jw_key(w, "outputs");
    bb_jw_object(w);
    for (size_t i = 0; i < model->n_outputs; i++) {
        bool said = false;
        for (size_t k = 0; k < i && !said; k++) said = bb_streq(model->output[k].stimuli, model->output[i].stimuli);
        if (said) continue;
        bb_jw_key(w, model->output[i].stimuli);
        bb_jw_array(w);
        for (size_t k = i; k < model->n_outputs; k++)
            if (bb_streq(model->output[k].stimuli, model->output[i].stimuli) && model->output[k].digest)
                bb_jw_text(w, model->output[k].digest);
        bb_jw_array_end(w);
    }
    bb_jw_object_end(w);
}

static void write_models(const struct bb_results *results, struct bb_buf *out)
{
    struct lines lines;
    bb_buf_puts(out, ",\n\"models\":");
    lines_open(&lines, out, '[');
    for (size_t m = 0; m < results->n_models; m++) {
        const struct bb_model *model = &results->model[m];
        struct bb_json_writer *w = line(&lines, NULL);
        bb_jw_member_text(w, "id", model->id);
        bb_jw_member_text(w, "name", model->name);
        if (model->reference) bb_jw_member_bool(w, "reference", true);
        write_outputs(w, model);
        bb_jw_object_end(w);
    }
    lines_close(&lines, ']');
}

/* A node as it stands in the file, both ways. */
struct node_json {
    struct bb_node node;
    struct bb_facts facts;
    bool benchmark;
    double ceiling;
};
#define NODE(name, field_kind, member)                                                                                           \
    {                                                                                                                            \
        .key = name, .kind = field_kind, .offset = offsetof(struct node_json, member)                                            \
    }
static const char *const better_choices[] = {"higher", "lower", NULL};
static const char *const aggregate_choices[] = {"mean", "none", NULL};
static const char *const publish_choices[] = {"score", "units", "none", NULL};
static const struct bb_field node_fields[] = {
    {.key = "id", .kind = BB_FIELD_ID, .offset = offsetof(struct node_json, node.id), .flags = BB_REQUIRED},
    NODE("parent", BB_FIELD_TEXT, node.parent),
    NODE("domain", BB_FIELD_TEXT, node.domain),
    NODE("title", BB_FIELD_TEXT, node.title),
    NODE("benchmark", BB_FIELD_BOOL, benchmark),
    NODE("version", BB_FIELD_INTEGER, node.version),
    NODE("order", BB_FIELD_INTEGER, node.order),
    NODE("engineering", BB_FIELD_BOOL, node.engineering),
    {.key = "better",
     .kind = BB_FIELD_CHOICE,
     .offset = offsetof(struct node_json, node.lower_better),
     .choices = better_choices},
    {.key = "aggregate",
     .kind = BB_FIELD_CHOICE,
     .offset = offsetof(struct node_json, node.no_average),
     .choices = aggregate_choices},
    {.key = "publish", .kind = BB_FIELD_CHOICE, .offset = offsetof(struct node_json, node.publish), .choices = publish_choices},
    NODE("stimuli", BB_FIELD_TEXT, node.stimuli),
    NODE("fitting_stimuli", BB_FIELD_TEXT, node.fitting_stimuli),
    NODE("pca_stimuli", BB_FIELD_TEXT, node.pca_stimuli),
    NODE("present", BB_FIELD_BOOL, facts.present),
    NODE("data", BB_FIELD_TEXT, facts.data_digest),
    NODE("definition", BB_FIELD_TEXT, facts.definition_digest),
    NODE("metric", BB_FIELD_TEXT, facts.metric_digest),
    NODE("ceiling", BB_FIELD_NUMBER, ceiling),
};
#undef NODE

static void write_nodes(const struct bb_results *results, struct bb_buf *out)
{
    struct lines lines;
    bb_buf_puts(out, ",\n\"benchmarks\":");
    lines_open(&lines, out, '[');
    for (size_t i = 0; i < results->tree.n; i++) {
        const struct node_json node = {.node = results->tree.node[i],
                                       .facts = results->facts[i],
                                       .benchmark = bb_node_is_leaf(&results->tree.node[i]),
                                       .ceiling = results->facts[i].ceiling.value};
        struct bb_json_writer *w = line(&lines, NULL);
        bb_jw_fields(w, node_fields, N_OF(node_fields), &node);
        bb_jw_object_end(w);
    }
    lines_close(&lines, ']');
}

static void write_cell(struct bb_json_writer *w, const struct bb_cell *cell, double ceiling)
{
    if (cell->status != BB_CELL_OK) bb_jw_member_text(w, "status", bb_status_names[cell->status]);
    if (cell->withheld) bb_jw_member_bool(w, "withheld", true);
    bb_jw_member_text(w, "reason", cell->reason);
    bb_jw_member_number(w, "score", cell->score);
    if (cell->raw != cell->score) bb_jw_member_number(w, "raw", cell->raw);
    if (cell->ceiling != ceiling) bb_jw_member_number(w, "ceiling", cell->ceiling);
    bb_jw_member_text(w, "layer", cell->layer);
    bb_jw_member_text(w, "source", cell->source);
    bb_jw_member_text(w, "rule", cell->rule);
}

static void put_cell(struct lines *lines, const struct bb_results *results, size_t model, size_t node)
{
    const struct bb_cell *cell = bb_results_cell(results, model, node);
    if (cell->status == BB_CELL_NONE) return;
    struct bb_json_writer *w = line(lines, results->tree.node[node].id);
    write_cell(w, cell, results->facts[node].ceiling.value);
    bb_jw_object_end(w);
}

static void put_average(struct lines *lines, const struct bb_results *results, size_t model, size_t node)
{
    const struct bb_aggregate *aggregate = bb_results_aggregate(results, model, node);
    if (bb_node_is_leaf(&results->tree.node[node]) || !aggregate->of) return;
    struct bb_json_writer *w = line(lines, results->tree.node[node].id);
    bb_jw_member_number(w, "score", aggregate->score);
    bb_jw_member_integer(w, "scored", (long)aggregate->scored);
    bb_jw_member_integer(w, "of", (long)aggregate->of);
    if (aggregate->rank) bb_jw_member_integer(w, "rank", (long)aggregate->rank);
    bb_jw_object_end(w);
}

/* By model, then by node; `put` writes what there is of the two. */
static void write_by_model(const struct bb_results *results, const char *key, struct bb_buf *out,
                           void (*put)(struct lines *lines, const struct bb_results *results, size_t model, size_t node))
{
    struct lines models, lines;
    bb_buf_printf(out, ",\n\"%s\":", key);
    lines_open(&models, out, '{');
    for (size_t m = 0; m < results->n_models; m++) {
        next_line(&models);
        bb_buf_printf(out, "\"%s\":", results->model[m].id);
        lines_open(&lines, out, '{');
        for (size_t i = 0; i < results->tree.n; i++) put(&lines, results, m, i);
        lines_close(&lines, '}');
    }
    lines_close(&models, '}');
}

static void write_frame(const struct bb_results *published, struct bb_buf *out)
{
    write_head(published, out);
    write_models(published, out);
    write_nodes(published, out);
}

void bb_record_write(const struct bb_results *published, struct bb_buf *out)
{
    write_frame(published, out);
    write_by_model(published, "scores", out, put_cell);
    write_by_model(published, "averages", out, put_average);
    bb_buf_puts(out, "\n}\n");
}

void bb_record_write_frame(const struct bb_results *published, struct bb_buf *out)
{
    write_frame(published, out);
    bb_buf_puts(out, ",\n\"scores\":{},\n\"averages\":{}\n}\n");
}

/* --- reading ---------------------------------------------------------------------------------------------------------- */

struct reader {
    struct bb_arena *arena;
    struct bb_diags *diags;
    struct bb_results *results;
    bool good;
};

#define ERROR_AT(r, where, ...) ((r)->good = false, bb_diag_add((r)->diags, BB_ERROR, (where), __VA_ARGS__))

static const struct bb_json *list_of(struct reader *r, const struct bb_json *json, const char *key, enum bb_json_type type)
{
    const struct bb_json *member = bb_json_member(json, key);
    if (member && member->type == type) return member;
    ERROR_AT(r, json->place, "\"%s\" must be %s", key, bb_json_type_name(type));
    return NULL;
}

struct model_json {
    const char *id, *name;
    bool reference;
    struct bb_json *outputs;
};
static const struct bb_field model_fields[] = {
    {.key = "id", .kind = BB_FIELD_ID, .offset = offsetof(struct model_json, id), .flags = BB_REQUIRED},
    {.key = "name", .kind = BB_FIELD_TEXT, .offset = offsetof(struct model_json, name)},
    {.key = "reference", .kind = BB_FIELD_BOOL, .offset = offsetof(struct model_json, reference)},
    {.key = "outputs", .kind = BB_FIELD_JSON, .offset = offsetof(struct model_json, outputs)},
};

static void read_outputs(struct reader *r, const struct bb_json *json, struct bb_model *out)
{
    size_t n = 0;
    if (!json || json->type != BB_JSON_OBJECT) return;
    for (size_t i = 0; i < json->as.list.n; i++)
        n += json->as.list.item[i]->type == BB_JSON_ARRAY ? json->as.list.item[i]->as.list.n + 1 : 0;
    out->output = BB_NEW_ARRAY(r->arena, n + 1, struct bb_output);
    for (size_t i = 0; i < json->as.list.n; i++) {
        const struct bb_json *set = json->as.list.item[i];
        if (set->type != BB_JSON_ARRAY) continue;
        if (!set->as.list.n) out->output[out->n_outputs++] = (struct bb_output){.stimuli = set->key};
        for (size_t k = 0; k < set->as.list.n; k++)
            if (set->as.list.item[k]->type == BB_JSON_TEXT)
                out->output[out->n_outputs++] = (struct bb_output){.stimuli = set->key, .digest = set->as.list.item[k]->as.text};
    }
}

static size_t read_models(struct reader *r, const struct bb_json *list, struct bb_model *model)
{
    struct bb_names seen;
    size_t n = 0;
    bb_names_init(&seen);
    for (size_t i = 0; i < list->as.list.n; i++) {
        const struct bb_json *json = list->as.list.item[i];
        struct model_json in = {0};
        if (!bb_fields_read(json, "model", model_fields, N_OF(model_fields), &in, r->arena, r->diags)) {
            r->good = false;
            continue;
        }
        if (bb_names_add(&seen, in.id) != n) {
            ERROR_AT(r, json->place, "the model \"%s\" is listed twice", in.id);
            continue;
        }
        if (n && strcmp(model[n - 1].id, in.id) > 0) ERROR_AT(r, json->place, "models must be in the order of their ids");
        model[n] =
            (struct bb_model){.id = in.id, .name = in.name ? in.name : in.id, .reference = in.reference, .visibility = BB_PUBLIC};
        read_outputs(r, in.outputs, &model[n++]);
    }
    bb_names_release(&seen);
    return n;
}

static struct bb_facts *read_nodes(struct reader *r, const struct bb_json *list, struct bb_node *node)
{
    struct bb_facts *facts = BB_NEW_ARRAY(r->arena, list->as.list.n + 1, struct bb_facts);
    for (size_t i = 0; i < list->as.list.n; i++) {
        const double none = (double)NAN;
        struct node_json in;
        memset(&in, 0, sizeof in);
        if (!bb_fields_read(list->as.list.item[i], "benchmark", node_fields, N_OF(node_fields), &in, r->arena, r->diags))
            r->good = false;
        node[i] = in.node;
        node[i].place = list->as.list.item[i]->place;
        node[i].listed_only = in.benchmark; /* what it takes to be scored again is not kept */
        node[i].visual_degrees = node[i].ceiling_value = node[i].ceiling_error = node[i].ceiling_lower = none;
        node[i].items = -1;
        facts[i] = in.facts;
        facts[i].ceiling = (struct bb_ceiling_result){.value = in.ceiling, .error = none, .lower = none};
        facts[i].oracle = facts[i].oracle_raw = none;
    }
    return facts;
}

struct cell_json {
    const char *status, *reason, *layer, *source, *rule;
    double score, raw, ceiling;
    bool withheld;
};
#define CELL(name, field_kind)                                                                                                   \
    {                                                                                                                            \
        .key = #name, .kind = field_kind, .offset = offsetof(struct cell_json, name)                                             \
    }
static const struct bb_field cell_fields[] = {
    CELL(status, BB_FIELD_TEXT), CELL(reason, BB_FIELD_TEXT),    CELL(score, BB_FIELD_NUMBER),
    CELL(raw, BB_FIELD_NUMBER),  CELL(ceiling, BB_FIELD_NUMBER), CELL(layer, BB_FIELD_TEXT),
    CELL(source, BB_FIELD_TEXT), CELL(rule, BB_FIELD_TEXT),      CELL(withheld, BB_FIELD_BOOL),
};
#undef CELL

static enum bb_status status_named(const char *name)
{
    for (int s = BB_CELL_OK; name && s < BB_N_STATUS; s++)
        if (strcmp(name, bb_status_names[s]) == 0) return (enum bb_status)s;
    return name ? BB_CELL_NONE : BB_CELL_OK;
}

static void read_cell(struct reader *r, const struct bb_json *json, size_t model)
{
    struct cell_json in;
    size_t node = bb_tree_find(&r->results->tree, json->key);
    if (!bb_fields_read(json, "cell", cell_fields, N_OF(cell_fields), &in, r->arena, r->diags)) {
        r->good = false;
        return;
    }
    enum bb_status status = status_named(in.status);
    if (node == BB_NO_NODE || !bb_node_is_leaf(&r->results->tree.node[node]) || status == BB_CELL_NONE) {
        ERROR_AT(r, json->key_place,
                 status == BB_CELL_NONE ? "the status of \"%s\" is unknown" : "\"%s\" is not one of the benchmarks of the file",
                 json->key);
        return;
    }
    struct bb_cell *cell = bb_results_cell(r->results, model, node);
    double ceiling = r->results->facts[node].ceiling.value;
    cell->status = status;
    cell->score = in.score;
    cell->raw = isnan(in.raw) ? in.score : in.raw;
    cell->ceiling = status == BB_CELL_OK && isnan(in.ceiling) && !in.withheld ? ceiling : in.ceiling;
    cell->layer = in.layer;
    cell->source = in.source;
    cell->rule = in.rule;
    cell->reason = in.reason;
    cell->withheld = in.withheld;
}

static size_t model_of(struct reader *r, const struct bb_json *json)
{
    for (size_t low = 0, high = r->results->n_models; low < high;) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(json->key, r->results->model[middle].id);
        if (order == 0) return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    ERROR_AT(r, json->key_place, "\"%s\" is not one of the models of the file", json->key);
    return BB_NAMES_NONE;
}

static void read_cells(struct reader *r, const struct bb_json *json)
{
    for (size_t i = 0; i < json->as.list.n; i++) {
        const struct bb_json *row = json->as.list.item[i];
        size_t model = model_of(r, row);
        if (model == BB_NAMES_NONE || row->type != BB_JSON_OBJECT) continue;
        for (size_t k = 0; k < row->as.list.n; k++) read_cell(r, row->as.list.item[k], model);
    }
}

/* Averages that count scores which are not published cannot be made again: they are taken from the file. */
static void read_averages(struct reader *r, const struct bb_json *json)
{
    for (size_t i = 0; i < json->as.list.n; i++) {
        const struct bb_json *row = json->as.list.item[i];
        size_t model = model_of(r, row);
        if (model == BB_NAMES_NONE || row->type != BB_JSON_OBJECT) continue;
        for (size_t k = 0; k < row->as.list.n; k++) {
            size_t node = bb_tree_find(&r->results->tree, row->as.list.item[k]->key);
            if (node == BB_NO_NODE || !bb_results_withheld_below(r->results, node)) continue;
            bb_results_aggregate(r->results, model, node)->score = bb_json_number(row->as.list.item[k], "score");
        }
    }
}

static void read_all(struct reader *r, const struct bb_json *json)
{
    const char *schema = bb_json_text(json, "schema");
    if (!bb_streq(schema, SCHEMA)) {
        ERROR_AT(r, json->place, "this is not the record of a release: \"schema\" must be \"%s\"", SCHEMA);
        return;
    }
    struct bb_board board;
    struct bb_tree tree;
    const struct bb_json *models = list_of(r, json, "models", BB_JSON_ARRAY),
                         *nodes = list_of(r, json, "benchmarks", BB_JSON_ARRAY);
    const struct bb_json *cells = list_of(r, json, "scores", BB_JSON_OBJECT),
                         *averages = list_of(r, json, "averages", BB_JSON_OBJECT);
    if (!r->good) return;
    r->good = bb_board_read_results(json, r->arena, r->diags, &board);
    struct bb_model *model = BB_NEW_ARRAY(r->arena, models->as.list.n + 1, struct bb_model);
    size_t n_models = read_models(r, models, model), n = nodes->as.list.n;
    struct bb_node *node = BB_NEW_ARRAY(r->arena, n + 1, struct bb_node);
    const char **id = BB_NEW_ARRAY(r->arena, n + 1, const char *);
    const struct bb_facts *facts = read_nodes(r, nodes, node);
    for (size_t i = 0; i < n; i++) id[i] = node[i].id;
    if (!r->good || !bb_tree_link(node, n, r->arena, r->diags, &tree)) {
        r->good = false;
        return;
    }
    r->results = bb_results_empty(&board, model, n_models, &tree, r->arena);
    for (size_t i = 0; i < n; i++) r->results->facts[bb_tree_find(&tree, id[i])] = facts[i];
    const struct bb_json *parity = bb_json_member(json, "parity");
    r->results->parity = parity && parity->type == BB_JSON_BOOL && parity->as.boolean;
    if (!cells->as.list.n) return; /* a frame */
    read_cells(r, cells);
    bb_results_aggregate_all(r->results);
    read_averages(r, averages);
    bb_results_rank_all(r->results);
}

static struct bb_results *finish(struct reader *r, const struct bb_json *json)
{
    if (json) read_all(r, json);
    if (json && r->good) return r->results;
    bb_arena_free(r->arena);
    return NULL;
}

struct bb_results *bb_record_read(const char *path, struct bb_diags *diags)
{
    struct reader r = {.arena = bb_arena_new(0), .diags = diags, .good = true};
    return finish(&r, bb_json_read(r.arena, path, (struct bb_place){0}, diags));
}

struct bb_results *bb_record_parse(const char *name, const struct bb_buf *text, struct bb_diags *diags)
{
    struct reader r = {.arena = bb_arena_new(0), .diags = diags, .good = true};
    return finish(&r, bb_json_parse(r.arena, name, bb_buf_text(text), text->len, diags));
}

struct bb_results *bb_record_of(const struct bb_results *results, struct bb_diags *diags)
{
    const struct bb_publish_options seen = {.parity = results->parity, .listed_only = true};
    struct bb_results *published = bb_results_published(results, &seen);
    struct bb_buf text = BB_BUF_INIT;
    bb_record_write(published, &text);
    struct bb_results *record = bb_record_parse("the record of these results", &text, diags);
    bb_buf_release(&text);
    bb_results_free(published);
    return record;
}

/* Whether the file is a record, by its beginning: what is wrong with it is for its own reader to say. */
static bool is_record(const char *path)
{
    char start[256];
    FILE *file = fopen(path, "rb");
    size_t n = file ? fread(start, 1, sizeof start - 1, file) : 0;
    start[n] = '\0';
    if (file) fclose(file);
    return strstr(start, SCHEMA) != NULL;
}

struct bb_results *bb_record_read_any(const char *path, struct bb_diags *diags)
{
    if (is_record(path)) return bb_record_read(path, diags);
    struct bb_results *all = bb_results_read(path, diags);
    struct bb_results *record = all ? bb_record_of(all, diags) : NULL;
    bb_results_free(all);
    return record;
}
