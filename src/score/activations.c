#include "score/activations.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "score/inputs.h"
#include "store/array_file.h"
#include "store/gram_file.h"
#include "store/reader.h"

#define GRAM_KIND    "gram"
#define GRAM_VERSION 1 /* raised when the bits of a Gram matrix change */

/* --- files -------------------------------------------------------------------------------------------------------- */

/* An open file of activations and the layer of each of its columns. */
struct file {
    struct bb_assembly *assembly;
    const char
        *stem; /* its name without folder and ending: the layer's, where layers are kept apart in files without naming them */
    struct bb_groups layer; /* of the columns; n_groups = 0: the file has no coordinate `layer` */
    const struct bb_coord *id;
    size_t time_bins;
};

/* All files of a source. */
struct open_set {
    struct file *file;
    size_t n;
};

static const char *stem_of(const char *path, struct bb_arena *arena)
{
    const char *base = bb_path_base(path), *dot = strrchr(base, '.');
    return bb_arena_strndup(arena, base, dot && dot != base ? (size_t)(dot - base) : strlen(base));
}

/* Which of several bins of time. */
struct asked_bin {
    bool any;          /* only coordinates are wanted */
    const double *bin; /* NULL: there must be one */
};

static enum bb_code open_file(const struct bb_source *source, const char *path, struct asked_bin asked, struct bb_arena *arena,
                              struct file *out, struct bb_err *err)
{
    struct bb_array_source array = bb_array_source_of(source, path, arena);
    array.time_bin = asked.bin;
    array.any_time_bin = asked.any;
    array.n_time_bins = &out->time_bins;
    enum bb_code code = bb_array_open(&array, &out->assembly, err);
    if (code) return code;
    out->stem = stem_of(path, arena);
    const struct bb_coord *layer = bb_assembly_coord(out->assembly, "layer");
    out->id = bb_assembly_coord(out->assembly, "stimulus_id");
    if (layer && layer->dim == 1) out->layer = bb_coord_groups(layer, arena);
    if (!out->id || out->id->dim != 0 || out->id->series.type == BB_TYPE_NUMBER)
        return bb_fail(err, BB_EINPUT,
                       "%s: its presentations have no coordinate \"stimulus_id\"; it has %s: name the one that tells stimuli "
                       "apart in \"columns\"",
                       bb_path_base(path), bb_assembly_coord_names(out->assembly, arena));
    return BB_OK;
}

static void close_set(struct open_set *set)
{
    for (size_t i = 0; i < set->n; i++) bb_assembly_free(set->file[i].assembly);
    set->n = 0;
}

static enum bb_code open_set(const struct bb_found *found, struct asked_bin asked, struct bb_arena *arena, struct open_set *out,
                             struct bb_err *err)
{
    enum bb_code code = BB_OK;
    if (!found->paths) return bb_fail(err, BB_EABSENT, "%s", found->public.msg);
    out->file = BB_NEW_ARRAY(arena, found->n_paths + 1, struct file);
    for (size_t i = 0; i < found->sources->n && !code; i++)
        for (size_t k = 0; k < found->paths[i].n && !code; k++)
            code = open_file(&found->sources->source[i], found->paths[i].path[k], asked, arena, &out->file[out->n++], err);
    return code;
}

static const char *layer_name(const struct open_set *set, const struct file *file, size_t group)
{
    if (file->layer.n_groups) return file->layer.name[group];
    return set->n > 1 ? file->stem : "";
}

static size_t count_columns(const struct file *file, size_t group)
{
    size_t n = 0;
    if (!file->layer.n_groups) return bb_reader_columns(file->assembly->reader);
    for (size_t i = 0; i < file->layer.n; i++) n += file->layer.group[i] == (int32_t)group;
    return n;
}

/* --- look --------------------------------------------------------------------------------------------------------- */

static enum bb_code add_layer(struct bb_look *look, struct bb_names *names, const char *name, size_t features,
                              struct bb_arena *arena, struct bb_err *err)
{
    if (bb_names_find(names, name) != BB_NAMES_NONE) return bb_fail(err, BB_EINPUT, "the layer \"%s\" is in two files", name);
    bb_names_add(names, name);
    struct bb_layer *more = BB_NEW_ARRAY(arena, look->n_layers + 1, struct bb_layer);
    if (look->n_layers) memcpy(more, look->layer, look->n_layers * sizeof *more);
    more[look->n_layers++] = (struct bb_layer){bb_arena_strdup(arena, name), features};
    look->layer = more;
    return BB_OK;
}

static enum bb_code look_at_arrays(const struct bb_found *found, struct bb_arena *arena, struct bb_look *look, struct bb_err *err)
{
    struct open_set set = {0};
    struct bb_names names;
    bb_names_init(&names);
    enum bb_code code = open_set(found, (struct asked_bin){.any = true}, arena, &set, err);
    look->time_bins = 1;
    for (size_t i = 0; i < set.n && !code; i++) {
        const struct file *file = &set.file[i];
        size_t rows = bb_reader_rows(file->assembly->reader);
        look->rows = rows > look->rows ? rows : look->rows;
        look->values += (uint64_t)rows * bb_reader_columns(file->assembly->reader);
        if (file->time_bins > look->time_bins) look->time_bins = file->time_bins;
        const struct bb_coord *choice = bb_assembly_coord(file->assembly, "choice");
        if (choice && choice->dim == 1)
            code = bb_fail(err, BB_EINPUT, "the file has probabilities of choices, and no activations");
        for (size_t g = 0; g < (file->layer.n_groups ? file->layer.n_groups : 1) && !code; g++)
            code = add_layer(look, &names, layer_name(&set, file, g), count_columns(file, g), arena, err);
    }
    close_set(&set);
    bb_names_release(&names);
    return code;
}

static const char *gram_path(const struct bb_found *found)
{
    return found->paths && found->sources->n == 1 && found->paths[0].n == 1 ? found->paths[0].path[0] : NULL;
}

static enum bb_code look_at_grams(const struct bb_found *found, struct bb_arena *arena, struct bb_look *look, struct bb_err *err)
{
    struct bb_gram_file *file = NULL;
    struct bb_names names;
    if (!gram_path(found)) return bb_fail(err, BB_EINPUT, "Gram matrices of a stimulus set must be in one file");
    enum bb_code code = bb_gram_file_open(gram_path(found), &file, err);
    bb_names_init(&names);
    look->time_bins = 1;
    for (size_t i = 0; !code && i < file->n_layers; i++) {
        look->rows = file->layer[i].n > look->rows ? file->layer[i].n : look->rows;
        look->values += (uint64_t)file->layer[i].n * file->layer[i].n;
        code = add_layer(look, &names, file->layer[i].name, file->layer[i].p, arena, err);
    }
    bb_names_release(&names);
    bb_gram_file_free(file);
    return code;
}

/* No activations: a recording, or damaged? */
static bool can_be_opened(const struct bb_found *found, struct bb_arena *arena)
{
    for (size_t i = 0; i < found->sources->n; i++)
        for (size_t k = 0; k < found->paths[i].n; k++) {
            const struct bb_array_source array = bb_array_source_of(&found->sources->source[i], found->paths[i].path[k], arena);
            if (bb_array_probe(&array, NULL)) return false;
        }
    return true;
}

enum bb_code bb_activations_look(const struct bb_found *found, struct bb_arena *arena, struct bb_look *look, struct bb_err *err)
{
    bool grams = found->kind == BB_KIND_GRAM;
    enum bb_code code = grams ? look_at_grams(found, arena, look, err) : look_at_arrays(found, arena, look, err);
    look->unreadable = code && (grams || !can_be_opened(found, arena));
    return code;
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

/* The rows of features: sorted ids of the benchmark's stimuli, then those of the PCA stimuli. */
struct rows {
    const char **id;
    size_t n, n_pca;
};

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static size_t find_text(const char *const *sorted, size_t n, const char *text)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(sorted[middle], text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && strcmp(sorted[low], text) == 0 ? low : BB_NAMES_NONE;
}

/* Sorts, and drops what is there twice. */
static size_t sort_unique(const char **text, size_t n)
{
    size_t kept = 0;
    if (n) qsort(text, n, sizeof *text, compare_texts);
    for (size_t i = 0; i < n; i++)
        if (!kept || strcmp(text[i], text[kept - 1]) != 0) text[kept++] = text[i];
    return kept;
}

/* The file of an open set that has the layer, and the group that it is in it; NULL: none. */
static const struct file *file_with_layer(const struct open_set *set, const char *name, size_t *group)
{
    for (size_t i = 0; i < set->n; i++)
        for (size_t g = 0; g < (set->file[i].layer.n_groups ? set->file[i].layer.n_groups : 1); g++) {
            *group = g;
            if (strcmp(layer_name(set, &set->file[i], g), name) == 0) return &set->file[i];
        }
    return NULL;
}

/* The ids of the presentations of a set, each once, sorted: appended. */
static size_t add_ids(const struct file *file, const char **id, size_t n)
{
    const struct bb_names *level = &file->id->series.level;
    for (size_t i = 0; i < level->n; i++) id[n++] = level->name[i];
    return n;
}

/* --- streaming a layer -------------------------------------------------------------------------------------------- */

/* One set's share of a layer: which columns of which file, and where its rows go. */
struct part {
    struct bb_reader *reader;
    size_t *column; /* of the file, ascending */
    size_t n_columns;
    size_t *row_to;  /* per row of the file; BB_NAMES_NONE: nowhere */
    size_t first, n; /* the rows of the features that are this set's */
    bool pca;
};

/* A layer on all sets of a request, ready to be read. */
struct layer_stream {
    struct part part[3];
    size_t n_parts;
    size_t n_rows, p;
    const char *const *id; /* of the rows */
    double *share;         /* per row: 1 / the number of presentations that are averaged in it */
    bool one_each;         /* all shares are 1 */
};

static enum bb_code find_part(const struct open_set *set, const char *layer, const struct rows *rows, bool pca,
                              struct bb_arena *arena, struct part *out, struct bb_err *err)
{
    size_t group;
    const struct file *file = file_with_layer(set, layer, &group);
    if (!file)
        return bb_fail(err, BB_EINPUT, "there is no layer \"%s\" in the activations%s", layer, pca ? " for the PCA stimuli" : "");
    const struct bb_series *id = &file->id->series;
    size_t n_all = bb_reader_columns(file->assembly->reader), n_rows = bb_reader_rows(file->assembly->reader);
    *out = (struct part){.reader = file->assembly->reader, .pca = pca};
    out->column = BB_NEW_ARRAY(arena, n_all + 1, size_t);
    for (size_t c = 0; c < n_all; c++)
        if (!file->layer.n_groups || file->layer.group[c] == (int32_t)group) out->column[out->n_columns++] = c;
    size_t *of_level = BB_NEW_ARRAY(arena, id->level.n + 1, size_t);
    const char *const *ids = pca ? rows->id + rows->n : rows->id;
    for (size_t l = 0; l < id->level.n; l++) {
        of_level[l] = find_text(ids, pca ? rows->n_pca : rows->n, id->level.name[l]);
        if (of_level[l] != BB_NAMES_NONE && pca) of_level[l] += rows->n;
    }
    out->row_to = BB_NEW_ARRAY(arena, n_rows + 1, size_t);
    for (size_t r = 0; r < n_rows; r++) out->row_to[r] = id->code[r] < 0 ? BB_NAMES_NONE : of_level[id->code[r]];
    return BB_OK;
}

static enum bb_code count_rows(struct layer_stream *s, const struct rows *rows, const char *layer, struct bb_arena *arena,
                               struct bb_err *err)
{
    s->n_rows = rows->n + rows->n_pca;
    s->share = BB_NEW_ARRAY(arena, s->n_rows + 1, double);
    s->one_each = true;
    for (size_t i = 0; i < s->n_parts; i++)
        for (size_t r = 0; r < bb_reader_rows(s->part[i].reader); r++)
            if (s->part[i].row_to[r] != BB_NAMES_NONE) s->share[s->part[i].row_to[r]] += 1;
    for (size_t r = 0; r < s->n_rows; r++) {
        if (s->share[r] == 0)
            return bb_fail(err, BB_EINPUT, "the layer \"%s\" has no answer to the stimulus \"%s\", which another layer has",
                           layer, rows->id[r]);
        s->one_each = s->one_each && s->share[r] == 1;
        s->share[r] = 1 / s->share[r];
    }
    return BB_OK;
}

static enum bb_code prepare(struct layer_stream *s, const struct open_set *set, const bool *pca, size_t n_sets, const char *layer,
                            const struct rows *rows, struct bb_arena *arena, struct bb_err *err)
{
    enum bb_code code = BB_OK;
    *s = (struct layer_stream){.n_parts = n_sets, .id = rows->id};
    for (size_t i = 0; i < n_sets && !code; i++) code = find_part(&set[i], layer, rows, pca[i], arena, &s->part[i], err);
    if (code) return code;
    s->p = s->part[0].n_columns;
    for (size_t i = 1; i < n_sets; i++)
        if (s->part[i].n_columns != s->p)
            return bb_fail(
                err, BB_EINPUT,
                "the layer \"%s\" has %zu features for one stimulus set and %zu for another: they cannot be of one model", layer,
                s->p, s->part[i].n_columns);
    return count_rows(s, rows, layer, arena, err);
}

/* How many features from j on lie side by side in every file and within a block of the first. */
static size_t stretch(const struct layer_stream *s, size_t j)
{
    size_t end = bb_reader_block_end(s->part[0].reader, s->part[0].column[j]) - s->part[0].column[j];
    size_t n = s->p - j < end ? s->p - j : end;
    for (size_t i = 0; i < s->n_parts; i++) {
        const size_t *column = &s->part[i].column[j];
        size_t run = 1;
        while (run < n && column[run] == column[0] + run) run++;
        n = run;
    }
    return n;
}

typedef enum bb_code take_block(void *ctx, size_t first, size_t width, double *X, struct bb_err *err);

/* Features j … j + width − 1 of all rows into X. */
static enum bb_code read_block(const struct layer_stream *s, size_t j, size_t width, double *X, double *raw, struct bb_err *err)
{
    for (size_t i = 0; i < s->n_rows * width && !s->one_each; i++) X[i] = 0;
    for (size_t k = 0; k < s->n_parts; k++) {
        const struct part *part = &s->part[k];
        size_t n = bb_reader_rows(part->reader);
        enum bb_code code = bb_reader_read(part->reader, part->column[j], width, raw, width, err);
        if (code) return code;
        for (size_t r = 0; r < n; r++) {
            size_t to = part->row_to[r];
            if (to == BB_NAMES_NONE) continue;
            if (s->one_each)
                memcpy(&X[to * width], &raw[r * width], width * sizeof *X);
            else
                for (size_t c = 0; c < width; c++) X[to * width + c] += s->share[to] * raw[r * width + c];
        }
    }
    return BB_OK;
}

/* A refused block: when a number in it is none, the sentence names the stimulus. */
static enum bb_code refuse_block(const struct layer_stream *s, size_t first, size_t width, const double *X, enum bb_code code,
                                 struct bb_err *err)
{
    for (size_t r = 0; r < s->n_rows; r++)
        for (size_t c = 0; c < width; c++)
            if (!isfinite(X[r * width + c]))
                return bb_fail(err, BB_EINPUT, "feature %zu of the stimulus \"%s\" is %s: activations must be finite numbers",
                               first + c, s->id[r], isnan(X[r * width + c]) ? "not a number" : "infinite");
    return code;
}

static enum bb_code stream_layer(const struct layer_stream *s, size_t first, take_block *take, void *ctx, struct bb_err *err)
{
    size_t most_rows = 0, room = 0;
    double *X = NULL, *raw = NULL;
    enum bb_code code = BB_OK;
    for (size_t i = 0; i < s->n_parts; i++)
        if (bb_reader_rows(s->part[i].reader) > most_rows) most_rows = bb_reader_rows(s->part[i].reader);
    for (size_t j = 0, width; j < s->p && !code; j += width) {
        width = stretch(s, j);
        if (width > room) {
            free(X);
            free(raw);
            room = width;
            X = bb_malloc((s->n_rows + 1) * room * sizeof *X);
            raw = bb_malloc((most_rows + 1) * room * sizeof *raw);
        }
        code = read_block(s, j, width, X, raw, err);
        if (!code && (code = take(ctx, first + j, width, X, err))) code = refuse_block(s, j, width, X, code, err);
    }
    free(X);
    free(raw);
    return code;
}

/* --- opening what a request needs --------------------------------------------------------------------------------- */

struct opened {
    struct open_set set[3];
    bool pca[3];
    size_t n_sets;
    struct rows rows;
    struct bb_arena *arena;
};

static void close_all(struct opened *o)
{
    for (size_t i = 0; i < o->n_sets; i++) close_set(&o->set[i]);
    bb_arena_free(o->arena);
}

static enum bb_code find_rows(struct opened *o, const char *layer, struct bb_err *err)
{
    const struct file *file[3];
    size_t room = 1, group;
    for (size_t i = 0; i < o->n_sets; i++) {
        file[i] = file_with_layer(&o->set[i], layer, &group);
        if (!file[i])
            return bb_fail(err, BB_EINPUT, "there is no layer \"%s\" in the activations%s", layer,
                           o->pca[i] ? " for the PCA stimuli" : "");
        room += file[i]->id->series.level.n;
    }
    o->rows.id = BB_NEW_ARRAY(o->arena, room, const char *);
    for (size_t i = 0; i < o->n_sets; i++)
        if (!o->pca[i]) o->rows.n = add_ids(file[i], o->rows.id, o->rows.n);
    o->rows.n = sort_unique(o->rows.id, o->rows.n);
    for (size_t i = 0; i < o->n_sets; i++)
        if (o->pca[i]) o->rows.n_pca = sort_unique(o->rows.id + o->rows.n, add_ids(file[i], o->rows.id + o->rows.n, 0));
    return BB_OK;
}

static enum bb_code open_all(const struct bb_features_request *request, struct opened *o, struct bb_err *err)
{
    const struct bb_found *found[3] = {request->set[0], request->set[1], request->pca};
    enum bb_code code = BB_OK;
    *o = (struct opened){.arena = bb_arena_new(0)};
    for (size_t i = 0; i < 3 && !code; i++) {
        if (!found[i] || (i == 1 && found[1] == found[0])) continue;
        o->pca[o->n_sets] = i == 2;
        code = open_set(found[i], (struct asked_bin){.bin = request->time_bin}, o->arena, &o->set[o->n_sets++], err);
    }
    return code ? code : find_rows(o, request->layer[0], err);
}

/* All layers of the request, one after the other. */
static enum bb_code stream_all(const struct opened *o, const struct bb_features_request *request, take_block *take, void *ctx,
                               struct bb_err *err)
{
    enum bb_code code = BB_OK;
    size_t first = 0;
    for (size_t l = 0; l < request->n_layers && !code; l++) {
        struct layer_stream s;
        code = prepare(&s, o->set, o->pca, o->n_sets, request->layer[l], &o->rows, o->arena, err);
        if (!code) code = stream_layer(&s, first, take, ctx, err);
        if (code) (void)bb_err_wrap(err, code, "layer \"%s\"", request->layer[l]);
        first += s.p;
    }
    return code;
}

static size_t count_features(const struct opened *o, const struct bb_features_request *request)
{
    size_t p = 0, group;
    for (size_t l = 0; l < request->n_layers; l++) {
        const struct file *file = file_with_layer(&o->set[0], request->layer[l], &group);
        if (file) p += count_columns(file, group);
    }
    return p;
}

/* --- making ------------------------------------------------------------------------------------------------------- */

static enum bb_code take_into_gram(void *ctx, size_t first, size_t width, double *X, struct bb_err *err)
{
    (void)first;
    return bb_gram_add(ctx, X, width, err);
}

struct bb_feature_store {
    struct bb_cache *cache;
    char key[BB_SHA256_TEXT]; /* of `now` */
    struct bb_features now;
    struct bb_features_request request; /* a copy, for streaming again */
    const char **layer;
    struct bb_arena *arena; /* of `now` */
};

struct bb_feature_store *bb_feature_store_new(struct bb_cache *cache)
{
    struct bb_feature_store *store = bb_calloc(1, sizeof *store);
    store->cache = cache;
    return store;
}

static void forget(struct bb_feature_store *store)
{
    bb_gram_free(store->now.gram);
    bb_arena_free(store->arena);
    store->now = (struct bb_features){0};
    store->arena = NULL;
    store->key[0] = '\0';
}

void bb_feature_store_free(struct bb_feature_store *store)
{
    if (!store) return;
    forget(store);
    free(store);
}

static void key_of(const struct bb_features_request *request, char out[BB_SHA256_TEXT])
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_json_writer w;
    const struct bb_found *found[3] = {request->set[0], request->set[1], request->pca};
    bb_jw_init(&w, &text, 0);
    bb_jw_array(&w);
    bb_jw_number(&w, GRAM_VERSION);
    for (size_t i = 0; i < 3; i++) bb_jw_text(&w, found[i] ? found[i]->content : NULL);
    for (size_t i = 0; i < request->n_layers; i++) bb_jw_text(&w, request->layer[i]);
    for (size_t e = 0; request->time_bin && request->set[0]->look.time_bins > 1 && e < 2; e++)
        bb_jw_number(&w, request->time_bin[e]);
    bb_jw_array_end(&w);
    bb_sha256_text(text.data, text.len, out);
    bb_buf_release(&text);
}

static enum bb_code replay(const struct bb_features *features, take_block *block, void *ctx, struct bb_err *err)
{
    struct bb_feature_store *store = features->stream_state;
    struct opened o;
    enum bb_code code = open_all(&store->request, &o, err);
    if (!code) code = stream_all(&o, &store->request, block, ctx, err);
    close_all(&o);
    return code;
}

/* Of the columns of one layer. */
static enum bb_code layer_columns(const struct opened *o, const char *layer, const char *name, double *out, size_t *n,
                                  struct bb_err *err)
{
    size_t group;
    const struct file *file = file_with_layer(&o->set[0], layer, &group);
    const struct bb_coord *coord = file ? bb_assembly_coord(file->assembly, name) : NULL;
    if (!coord || coord->dim != 1 || coord->series.type != BB_TYPE_NUMBER)
        return bb_fail(err, BB_EINPUT, "the activations of layer \"%s\" have no numbers \"%s\" along their features", layer,
                       name);
    for (size_t c = 0; c < coord->series.n; c++)
        if (!file->layer.n_groups || file->layer.group[c] == (int32_t)group) out[(*n)++] = coord->series.number[c];
    return BB_OK;
}

static enum bb_code columns(const struct bb_features *features, const char *name, double *out, struct bb_err *err)
{
    struct bb_feature_store *store = features->stream_state;
    struct opened o;
    size_t n = 0;
    enum bb_code code = open_all(&store->request, &o, err);
    for (size_t l = 0; l < store->request.n_layers && !code; l++)
        code = layer_columns(&o, store->request.layer[l], name, out, &n, err);
    close_all(&o);
    return code;
}

static const char *layer_title(const struct bb_features_request *request, struct bb_arena *arena)
{
    const char *title = request->layer[0];
    for (size_t i = 1; i < request->n_layers; i++) title = bb_arena_printf(arena, "%s + %s", title, request->layer[i]);
    return bb_arena_strdup(arena, title);
}

static void keep_rows(struct bb_feature_store *store, const struct rows *rows)
{
    const char **id = BB_NEW_ARRAY(store->arena, rows->n + 1, const char *);
    for (size_t i = 0; i < rows->n; i++) id[i] = bb_arena_strdup(store->arena, rows->id[i]);
    store->now.stimulus = id;
    store->now.n = rows->n;
}

/* Principal components, as the reference takes them when layers are chosen. */
static struct bb_gram *project(struct bb_gram *all, const struct rows *rows, struct bb_err *err)
{
    size_t *index = bb_malloc((rows->n + rows->n_pca + 1) * sizeof *index), rank = 0;
    for (size_t i = 0; i < rows->n + rows->n_pca; i++) index[i] = i;
    double *score = bb_gram_pca(all, index + rows->n, rows->n_pca, index, rows->n, BB_PCA_COMPONENTS, &rank);
    struct bb_gram_builder *builder = rank ? bb_gram_begin(rows->n, rank) : NULL;
    struct bb_gram *gram = NULL;
    if (!builder)
        (void)bb_fail(err, BB_ENUMERIC, "the principal components of the PCA stimuli have no variance");
    else if (bb_gram_add(builder, score, rank, err) == BB_OK)
        gram = bb_gram_finish(builder);
    else
        bb_gram_abandon(builder);
    free(score);
    free(index);
    return gram;
}

static enum bb_code make_from_arrays(struct bb_feature_store *store, const struct bb_features_request *request,
                                     struct bb_err *err)
{
    struct opened o;
    enum bb_code code = open_all(request, &o, err);
    size_t p = code ? 0 : count_features(&o, request);
    if (!code && !p) code = bb_fail(err, BB_EINPUT, "the layer \"%s\" has no features", request->layer[0]);
    bool pca = request->pca && p > BB_PCA_COMPONENTS;
    if (!code && request->pca && !pca) { /* few enough: they pass through, and the PCA stimuli are not needed */
        struct bb_features_request plain = *request;
        plain.pca = NULL;
        close_all(&o);
        return make_from_arrays(store, &plain, err);
    }
    struct bb_gram_builder *builder = code ? NULL : bb_gram_begin(o.rows.n + o.rows.n_pca, p);
    if (!code) code = stream_all(&o, request, take_into_gram, builder, err);
    if (!code) {
        store->now.gram = bb_gram_finish(builder);
        keep_rows(store, &o.rows);
        if (pca) {
            struct bb_gram *all = store->now.gram;
            store->now.gram = project(all, &o.rows, err);
            bb_gram_free(all);
            if (!store->now.gram) code = err ? err->code : BB_ENUMERIC;
        }
    } else {
        bb_gram_abandon(builder);
    }
    close_all(&o);
    return code;
}

/* Rows of a Gram file in the order of the sorted ids. */
static enum bb_code sort_gram(struct bb_feature_store *store, const struct bb_gram_layer *layer, double *K, double *row_sum,
                              struct bb_gram **out, struct bb_err *err)
{
    size_t n = layer->n;
    const char **id = BB_NEW_ARRAY(store->arena, n + 1, const char *);
    for (size_t i = 0; i < n; i++) id[i] = bb_arena_strdup(store->arena, layer->stimulus[i]);
    if (sort_unique(id, n) != n)
        return bb_fail(err, BB_EINPUT, "a stimulus stands in the Gram matrix of layer \"%s\" more than once", layer->name);
    double *sorted = bb_malloc((n * n + n + 1) * sizeof *sorted), *sums = sorted + n * n;
    size_t *to = bb_malloc((n + 1) * sizeof *to);
    for (size_t i = 0; i < n; i++) to[i] = find_text(id, n, layer->stimulus[i]);
    for (size_t i = 0; i < n; i++) {
        sums[to[i]] = row_sum[i];
        for (size_t j = 0; j < n; j++) sorted[to[i] * n + to[j]] = K[i * n + j];
    }
    store->now.stimulus = id;
    store->now.n = n;
    enum bb_code code = bb_gram_from_products(sorted, sums, n, layer->p, out, err);
    free(to);
    free(sorted);
    return code;
}

static bool same_ids(const struct bb_gram_layer *a, const struct bb_gram_layer *b)
{
    if (a->n != b->n) return false;
    for (size_t i = 0; i < a->n; i++)
        if (strcmp(a->stimulus[i], b->stimulus[i]) != 0) return false;
    return true;
}

/* Products of layers side by side are the sums of their products. */
static enum bb_code make_from_grams(struct bb_feature_store *store, const struct bb_features_request *request, struct bb_err *err)
{
    struct bb_gram_file *file = NULL;
    double *K = NULL, *row_sum = NULL;
    struct bb_gram_layer sum = {0};
    if (request->set[1] && request->set[1] != request->set[0])
        return bb_fail(
            err, BB_EINPUT,
            "two Gram files say nothing of the products between their stimuli: give one Gram file with the stimuli of both sets");
    if (!gram_path(request->set[0])) return bb_fail(err, BB_EABSENT, "%s", request->set[0]->public.msg);
    enum bb_code code = bb_gram_file_open(gram_path(request->set[0]), &file, err);
    for (size_t l = 0; l < request->n_layers && !code; l++) {
        size_t at = 0;
        double *more = NULL, *more_sum = NULL;
        while (at < file->n_layers && strcmp(file->layer[at].name, request->layer[l]) != 0) at++;
        if (at == file->n_layers)
            code = bb_fail(err, BB_EINPUT, "there is no layer \"%s\" in the Gram file", request->layer[l]);
        else if (l && !same_ids(&file->layer[at], &sum))
            code = bb_fail(err, BB_EINPUT, "the layers of the Gram file have their stimuli in different orders");
        else
            code = bb_gram_file_read(file, at, &more, &more_sum, err);
        if (code) break;
        if (!l) {
            sum = file->layer[at];
            K = more;
            row_sum = more_sum;
            continue;
        }
        sum.p += file->layer[at].p;
        for (size_t i = 0; i < sum.n * sum.n; i++) K[i] += more[i];
        for (size_t i = 0; i < sum.n; i++) row_sum[i] += more_sum[i];
        free(more);
        free(more_sum);
    }
    if (!code) code = sort_gram(store, &sum, K, row_sum, &store->now.gram, err);
    free(K);
    free(row_sum);
    bb_gram_file_free(file);
    return code;
}

/* --- the cache ---------------------------------------------------------------------------------------------------- */

/* A line of JSON, then the arrays as they are in memory. */
static void put_in_cache(const struct bb_feature_store *store)
{
    const struct bb_gram *g = store->now.gram;
    struct bb_buf out = BB_BUF_INIT;
    struct bb_json_writer w;
    if (!bb_cache_dir(store->cache)) return;
    bb_jw_init(&w, &out, 0);
    bb_jw_object(&w);
    bb_jw_member_number(&w, "n", (double)g->n);
    bb_jw_member_number(&w, "p", (double)g->p);
    bb_jw_member_number(&w, "shift", g->shift);
    bb_jw_member_number(&w, "mean_sum", g->mean_sum);
    bb_jw_member_number(&w, "mean_square", g->mean_square);
    bb_jw_member_bool(&w, "has_X", g->X != NULL);
    bb_jw_key(&w, "stimulus");
    bb_jw_array(&w);
    for (size_t i = 0; i < store->now.n; i++) bb_jw_text(&w, store->now.stimulus[i]);
    bb_jw_array_end(&w);
    bb_jw_object_end(&w);
    bb_buf_putc(&out, '\n');
    const struct bb_piece piece[] = {{out.data, out.len},
                                     {g->row_sum, g->n * sizeof(double)},
                                     {g->with_mean, g->n * sizeof(double)},
                                     {g->X ? g->X : g->K, g->n * (g->X ? g->p : g->n) * sizeof(double)}};
    bb_cache_put_pieces(store->cache, GRAM_KIND, store->key, piece, sizeof piece / sizeof piece[0]);
    bb_buf_release(&out);
}

static double *take_array(const char **at, size_t *left, size_t n)
{
    if (*left < n * sizeof(double)) return NULL;
    double *x = bb_malloc((n + 1) * sizeof *x);
    memcpy(x, *at, n * sizeof *x);
    *at += n * sizeof *x;
    *left -= n * sizeof *x;
    return x;
}

static bool read_cached(struct bb_feature_store *store, const char *data, size_t len)
{
    const char *end = memchr(data, '\n', len);
    struct bb_diags diags;
    if (!end) return false;
    bb_diags_init(&diags);
    const struct bb_json *json = bb_json_parse(store->arena, "gram", data, (size_t)(end - data), &diags);
    bb_diags_release(&diags);
    const struct bb_json *stimulus = json ? bb_json_member(json, "stimulus") : NULL,
                         *has_X = json ? bb_json_member(json, "has_X") : NULL;
    if (!stimulus || !has_X || stimulus->type != BB_JSON_ARRAY) return false;
    struct bb_gram *g = bb_calloc(1, sizeof *g);
    const char **id = BB_NEW_ARRAY(store->arena, stimulus->as.list.n + 1, const char *);
    g->n = (size_t)bb_json_number(json, "n");
    g->p = (size_t)bb_json_number(json, "p");
    g->shift = bb_json_number(json, "shift");
    g->mean_sum = bb_json_number(json, "mean_sum");
    g->mean_square = bb_json_number(json, "mean_square");
    const char *at = end + 1;
    size_t left = len - (size_t)(at - data);
    g->row_sum = take_array(&at, &left, g->n);
    g->with_mean = take_array(&at, &left, g->n);
    if (has_X->as.boolean)
        g->X = take_array(&at, &left, g->n * g->p);
    else
        g->K = take_array(&at, &left, g->n * g->n);
    for (size_t i = 0; i < stimulus->as.list.n; i++) id[i] = stimulus->as.list.item[i]->as.text;
    store->now.gram = g;
    store->now.stimulus = id;
    store->now.n = stimulus->as.list.n;
    return g->row_sum && g->with_mean && (g->X || g->K) && left == 0 && store->now.n == g->n;
}

static bool get_from_cache(struct bb_feature_store *store)
{
    struct bb_buf data = BB_BUF_INIT;
    bool good = bb_cache_get(store->cache, GRAM_KIND, store->key, &data) && read_cached(store, data.data, data.len);
    if (!good) {
        bb_gram_free(store->now.gram);
        store->now = (struct bb_features){0};
    }
    bb_buf_release(&data);
    return good;
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

enum bb_code bb_features_get(struct bb_feature_store *store, const struct bb_features_request *request,
                             const struct bb_features **out, struct bb_err *err)
{
    char key[BB_SHA256_TEXT];
    enum bb_code code = BB_OK;
    bool grams = request->set[0]->kind == BB_KIND_GRAM;
    key_of(request, key);
    *out = &store->now;
    if (strcmp(key, store->key) == 0) return BB_OK;
    forget(store);
    store->arena = bb_arena_new(0);
    memcpy(store->key, key, sizeof key);
    if (!get_from_cache(store)) {
        code = grams ? make_from_grams(store, request, err) : make_from_arrays(store, request, err);
        if (!code) put_in_cache(store);
    }
    if (code) {
        forget(store);
        return code;
    }
    store->request = *request;
    store->layer = BB_NEW_ARRAY(store->arena, request->n_layers, const char *);
    for (size_t i = 0; i < request->n_layers; i++) store->layer[i] = bb_arena_strdup(store->arena, request->layer[i]);
    store->request.layer = (const char *const *)store->layer;
    store->request.pca = NULL;
    store->now.layer = layer_title(request, store->arena);
    store->now.stream = grams || request->pca ? NULL : replay;
    store->now.columns = grams || request->pca ? NULL : columns;
    store->now.stream_state = store;
    return BB_OK;
}
