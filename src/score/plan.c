#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "metric/behavior.h"
#include "score/score_int.h"

#define CELL_VERSION 1 /* raised when what is kept of a piece of work changes */

/* Folder of the cache that each kind of work is kept in. */
static const char *const cache_kinds[] = {NULL, "ceiling", "oracle", "cell", "cell", "cell"};

/* --- keys --------------------------------------------------------------------------------------------------------- */

struct key {
    struct bb_buf text;
    struct bb_json_writer w;
};

static void key_begin(struct key *key, const char *what)
{
    *key = (struct key){.text = BB_BUF_INIT};
    bb_jw_init(&key->w, &key->text, 0);
    bb_jw_array(&key->w);
    bb_jw_integer(&key->w, CELL_VERSION);
    bb_jw_text(&key->w, what);
}

static void key_json(struct key *key, const struct bb_json *json)
{
    if (json)
        bb_jw_value(&key->w, json);
    else
        bb_jw_null(&key->w);
}

static void key_content(struct key *key, const struct bb_found *found)
{
    bb_jw_text(&key->w, found && found->have_digest ? found->content : NULL);
}

/* What every piece of work on a benchmark depends on: the metric, the recording, the board's seed. */
static void key_leaf(struct key *key, const struct bb_scoring *s, const struct bb_work *work)
{
    const struct bb_leaf *leaf = &s->leaf[work->leaf];
    const struct bb_node *node = leaf->node;
    bb_jw_text(&key->w, node->metric->name);
    bb_jw_integer(&key->w, node->metric->version);
    key_json(key, node->metric_json);
    key_json(key, node->time_bins_json);
    key_content(key, leaf->data);
    key_content(key, bb_training_of(leaf, bb_streams_features(work)));
    if (leaf->data_stimuli) key_content(key, leaf->data_stimuli);
    bb_jw_integer(&key->w, s->catalog->board.options.seed);
}

/* Whether all that is asked for must be answered. */
static void key_partial(struct key *key, const struct bb_scoring *s, const struct bb_work *work)
{
    bb_jw_integer(&key->w, BB_REFUSALS_VERSION);
    bb_jw_bool(&key->w, bb_output_is_partial(&s->results->model[work->model], s->leaf[work->leaf].node->stimuli));
}

static void key_end(struct key *key, char out[BB_SHA256_TEXT])
{
    bb_jw_array_end(&key->w);
    bb_sha256_text(key->text.data, key->text.len, out);
    bb_buf_release(&key->text);
}

const char *bb_definition_digest(const struct bb_node *node, struct bb_arena *arena)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_json_writer w;
    char digest[BB_SHA256_TEXT];
    const struct bb_json *part[] = {node->metric_json, node->ceiling_json, node->normalise_json, node->time_bins_json};
    const struct bb_sources *sources[] = {&node->data, &node->data_train, &node->data_stimuli};
    bb_jw_init(&w, &text, 0);
    bb_jw_array(&w);
    for (size_t i = 0; i < sizeof part / sizeof part[0]; i++) {
        if (part[i])
            bb_jw_value(&w, part[i]);
        else if (i < 3)
            bb_jw_null(&w);
    }
    for (size_t i = 0; i < node->clip.n; i++) bb_jw_number(&w, node->clip.number[i]);
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < sources[k]->n; i++) {
            const struct bb_source *source = &sources[k]->source[i];
            if (source->columns_json) bb_jw_value(&w, source->columns_json);
            if (source->where_json) bb_jw_value(&w, source->where_json);
        }
    bb_jw_array_end(&w);
    bb_sha256_text(text.data, text.len, digest);
    bb_buf_release(&text);
    return bb_arena_printf(arena, "sha256:%s", digest);
}

/* --- pieces of work ----------------------------------------------------------------------------------------------- */

static size_t add_work(struct bb_scoring *s, const struct bb_work *work)
{
    s->work = bb_grow(s->work, &s->cap_work, s->n_work + 1, sizeof *s->work);
    s->work[s->n_work] = *work;
    bb_outcome_init(&s->work[s->n_work].outcome);
    return s->n_work++;
}

/* From the cache, when it is there. */
static size_t add_kept(struct bb_scoring *s, struct bb_work *work, struct key *key)
{
    struct bb_buf data = BB_BUF_INIT;
    key_end(key, work->key);
    size_t at = add_work(s, work);
    if (bb_cache_get(s->cache, cache_kinds[work->kind], work->key, &data))
        s->work[at].done = bb_outcome_read(data.data, data.len, s->arena, &s->work[at].outcome);
    bb_buf_release(&data);
    return at;
}

size_t bb_plan_look(struct bb_scoring *s, struct bb_found *found)
{
    const struct bb_work work = {.kind = BB_WORK_LOOK, .look = found, .done = found->have_digest && found->have_look};
    return add_work(s, &work);
}

size_t bb_plan_ceiling(struct bb_scoring *s, size_t leaf)
{
    struct bb_work work = {.kind = BB_WORK_CEILING, .leaf = leaf};
    const struct bb_node *node = s->leaf[leaf].node;
    struct key key;
    key_begin(&key, "ceiling");
    key_leaf(&key, s, &work);
    if (node->metric->behavior) bb_jw_integer(&key.w, BB_REFUSALS_VERSION);
    bb_jw_text(&key.w, node->ceiling->name);
    bb_jw_integer(&key.w, node->ceiling->version);
    key_json(&key, node->ceiling_json);
    return add_kept(s, &work, &key);
}

size_t bb_plan_oracle(struct bb_scoring *s, size_t leaf)
{
    struct bb_work work = {.kind = BB_WORK_ORACLE, .leaf = leaf};
    struct key key;
    key_begin(&key, "oracle");
    key_leaf(&key, s, &work);
    return add_kept(s, &work, &key);
}

size_t bb_plan_table(struct bb_scoring *s, size_t model, size_t leaf)
{
    struct bb_work work = {.kind = BB_WORK_TABLE, .model = model, .leaf = leaf};
    const struct bb_leaf *l = &s->leaf[leaf];
    struct key key;
    key_begin(&key, "table");
    key_leaf(&key, s, &work);
    key_content(&key, bb_output_found(s, model, l->node->stimuli));
    key_partial(&key, s, &work);
    bb_jw_text(&key.w, l->set_digest);
    return add_kept(s, &work, &key);
}

/* What a cell of activations depends on. */
static void key_features(struct key *key, const struct bb_scoring *s, const struct bb_work *work)
{
    const struct bb_node *node = s->leaf[work->leaf].node;
    key_leaf(key, s, work);
    key_content(key, bb_output_found(s, work->model, node->stimuli));
    key_content(key, bb_output_found(s, work->model, node->fitting_stimuli));
    key_content(key, work->pca ? bb_output_found(s, work->model, node->pca_stimuli) : NULL);
    for (size_t i = 0; i < work->n_layers; i++) bb_jw_text(&key->w, work->layer[i]);
    if (node->metric->score) key_partial(key, s, work);
    if (node->metric->behavior) bb_jw_integer(&key->w, BB_READOUT_VERSION);
}

size_t bb_plan_layer(struct bb_scoring *s, size_t model, size_t leaf, const char *const *layer, size_t n_layers, bool pca)
{
    struct bb_work work = {.kind = BB_WORK_LAYER, .model = model, .leaf = leaf, .layer = layer, .n_layers = n_layers, .pca = pca};
    struct key key;
    key_begin(&key, "layer");
    key_features(&key, s, &work);
    return add_kept(s, &work, &key);
}

size_t bb_plan_nested(struct bb_scoring *s, size_t model, size_t leaf, const char *const *layer, size_t n_layers)
{
    struct bb_work work = {.kind = BB_WORK_NESTED, .model = model, .leaf = leaf, .layer = layer, .n_layers = n_layers};
    struct key key;
    key_begin(&key, "nested");
    key_features(&key, s, &work);
    return add_kept(s, &work, &key);
}

/* --- groups ------------------------------------------------------------------------------------------------------- */

/* Which of the pieces go into one process: those that read the same large file. */
static int compare_groups(const struct bb_scoring *s, const struct bb_work *a, const struct bb_work *b)
{
    bool table = a->kind == BB_WORK_TABLE;
    if (table != (b->kind == BB_WORK_TABLE)) return table ? -1 : 1;
    bool cell = a->kind >= BB_WORK_LAYER;
    if (cell != (b->kind >= BB_WORK_LAYER)) return cell ? -1 : 1;
    if (a->kind == BB_WORK_LOOK || b->kind == BB_WORK_LOOK) {
        if (a->kind != b->kind) return a->kind == BB_WORK_LOOK ? -1 : 1;
        return a->look == b->look ? 0 : strcmp(a->look->key, b->look->key);
    }
    if (cell && a->model != b->model) return a->model < b->model ? -1 : 1;
    if (cell || table) return strcmp(s->leaf[a->leaf].node->stimuli, s->leaf[b->leaf].node->stimuli);
    return a->leaf == b->leaf ? 0 : a->leaf < b->leaf ? -1 : 1;
}

static int compare_layers(const struct bb_work *a, const struct bb_work *b)
{
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    if (a->kind != BB_WORK_LAYER) return 0;
    if (a->pca != b->pca) return a->pca ? 1 : -1;
    for (size_t i = 0; i < a->n_layers && i < b->n_layers; i++) {
        int order = strcmp(a->layer[i], b->layer[i]);
        if (order) return order;
    }
    return a->n_layers == b->n_layers ? 0 : a->n_layers < b->n_layers ? -1 : 1;
}

/* Within a group: layer by layer, so that each is streamed once; tables benchmark by benchmark. */
static int compare_work(const void *x, const void *y, void *ctx)
{
    const struct bb_scoring *s = ctx;
    size_t i = *(const size_t *)x, j = *(const size_t *)y;
    const struct bb_work *a = &s->work[i], *b = &s->work[j];
    int order = compare_groups(s, a, b);
    if (!order) order = compare_layers(a, b);
    if (!order && a->leaf != b->leaf) order = a->leaf < b->leaf ? -1 : 1;
    if (!order && a->model != b->model) order = a->model < b->model ? -1 : 1;
    return order ? order : i < j ? -1 : i > j;
}

static uint64_t bytes_of_data(const struct bb_found *found)
{
    if (!found) return 0;
    if (found->kind == BB_KIND_TABLE) return 3 * found->bytes;
    return 8 * found->look.values;
}

/* A guess from above: what a worker will hold at once. */
static uint64_t estimate(const struct bb_scoring *s, const struct bb_work *work)
{
    enum { BASE = 64 << 20, BLOCKS = 2 * (32 << 20) };
    if (work->kind == BB_WORK_LOOK) return BASE;
    const struct bb_leaf *leaf = &s->leaf[work->leaf];
    const struct bb_found *training = bb_training_of(leaf, bb_streams_features(work));
    uint64_t bytes = BASE + 4 * (bytes_of_data(leaf->data) + bytes_of_data(training) + bytes_of_data(leaf->data_stimuli));
    if (work->kind == BB_WORK_CEILING || work->kind == BB_WORK_ORACLE) return bytes;
    const struct bb_found *found = bb_output_found(s, work->model, leaf->node->stimuli);
    if (work->kind == BB_WORK_TABLE) return bytes + bytes_of_data(found);
    const struct bb_found *more[] = {found, bb_output_found(s, work->model, leaf->node->fitting_stimuli),
                                     work->pca ? bb_output_found(s, work->model, leaf->node->pca_stimuli) : NULL};
    size_t rows = 0, features = 0;
    for (size_t i = 0; i < 3; i++)
        if (more[i] && (i == 0 || more[i] != found)) rows += more[i]->look.rows;
    for (size_t l = 0; found && l < found->look.n_layers; l++)
        for (size_t k = 0; k < work->n_layers; k++)
            if (bb_streq(found->look.layer[l].name, work->layer[k]) && work->kind == BB_WORK_LAYER)
                features += found->look.layer[l].features;
            else if (bb_streq(found->look.layer[l].name, work->layer[k]) && found->look.layer[l].features > features)
                features = found->look.layer[l].features;
    return bytes + BLOCKS + 4 * (uint64_t)bb_gram_bytes(rows, features);
}

static bool take_outcome(void *ctx, size_t task, const char *data, size_t len)
{
    struct bb_scoring *s = ctx;
    struct bb_work *work = &s->work[task];
    work->done = true;
    s->n_computed++;
    if (work->kind == BB_WORK_LOOK) {
        if (!bb_found_take_look(s->founds, work->look, data, len))
            bb_found_fail_look(s->founds, work->look, "the worker's answer was garbled");
        return work->look->look.resource;
    }
    if (!bb_outcome_read(data, len, s->arena, &work->outcome)) {
        work->outcome.code = BB_ELIMIT;
        work->outcome.resource = true;
        work->outcome.reason = "the worker's answer was garbled";
    } else if (work->outcome.code == BB_EIO) {
        work->outcome.resource = true;                                        /* a full disk, a network that is down */
    } else if (!work->outcome.resource && work->outcome.code != BB_EABSENT) { /* what is absent can come back */
        bb_cache_put(s->cache, cache_kinds[work->kind], work->key, data, len);
    }
    return work->outcome.code != BB_OK;
}

static void take_failure(void *ctx, size_t task, const char *reason)
{
    struct bb_scoring *s = ctx;
    struct bb_work *work = &s->work[task];
    work->done = true;
    s->n_computed++;
    if (work->kind == BB_WORK_LOOK) {
        bb_found_fail_look(s->founds, work->look, reason);
        return;
    }
    char *text = bb_arena_strdup(s->arena, reason);
    const struct bb_found *found = bb_output_found(s, work->model, s->leaf[work->leaf].node->stimuli);
    if (found) bb_founds_make_public(s->founds, found->sources, text);
    if (s->leaf[work->leaf].data) bb_founds_make_public(s->founds, s->leaf[work->leaf].data->sources, text);
    work->outcome.code = BB_ELIMIT;
    work->outcome.resource = true;
    work->outcome.reason = text;
}

static const char *name_of_group(const struct bb_scoring *s, const struct bb_work *work)
{
    switch (work->kind) {
    case BB_WORK_LOOK:
        return NULL;
    case BB_WORK_TABLE:
        return s->leaf[work->leaf].node->stimuli;
    case BB_WORK_LAYER:
    case BB_WORK_NESTED:
        return s->results->model[work->model].name;
    default:
        return s->leaf[work->leaf].node->id;
    }
}

/* A piece that cannot fit into the memory is a group of its own: it is refused, and takes no other with it. */
static struct bb_pool_group *make_groups(const struct bb_scoring *s, const size_t *task, size_t n, uint64_t memory,
                                         size_t *n_groups)
{
    struct bb_pool_group *group = bb_calloc(n + 1, sizeof *group);
    *n_groups = 0;
    for (size_t i = 0; i < n; i++) {
        struct bb_pool_group *last = *n_groups ? &group[*n_groups - 1] : NULL;
        uint64_t bytes = estimate(s, &s->work[task[i]]);
        if (!last || bytes > memory || last->bytes > memory || compare_groups(s, &s->work[task[i - 1]], &s->work[task[i]])) {
            last = &group[(*n_groups)++];
            *last = (struct bb_pool_group){.task = &task[i], .what = name_of_group(s, &s->work[task[i]])};
        }
        last->n++;
        if (bytes > last->bytes) last->bytes = bytes;
    }
    return group;
}

void bb_do_work(struct bb_scoring *s, const char *what)
{
    size_t *task = bb_calloc(s->n_work + 1, sizeof *task), n = 0, n_groups;
    for (size_t i = 0; i < s->n_work; i++)
        if (!s->work[i].done) task[n++] = i;
    qsort_r(task, n, sizeof *task, compare_work, s);
    uint64_t memory = s->options->memory ? s->options->memory : bb_machine_memory() / 4 * 3;
    struct bb_pool_group *group = make_groups(s, task, n, memory, &n_groups);
    struct bb_pool pool = {.jobs = s->options->jobs ? s->options->jobs : bb_machine_cores(),
                           .timeout = s->options->cell_timeout,
                           .memory = memory,
                           .what = what,
                           .ctx = s,
                           .run = bb_run_tasks,
                           .done = take_outcome,
                           .failed = take_failure};
    unsigned at_once = n_groups < pool.jobs ? (unsigned)n_groups : pool.jobs;
    s->threads = at_once && bb_machine_cores() > at_once ? bb_machine_cores() / at_once : 1;
    bb_pool_run(&pool, group, n_groups);
    free(group);
    free(task);
}
