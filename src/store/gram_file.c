#include "store/gram_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/array_layout.h"

#define MAX_DEPTH   16
#define MAX_STIMULI ((size_t)1 << 16) /* a matrix of 32 GiB */

/* The named dataset of the group, or NULL. */
static struct bb_var *find_set(const struct bb_layout *l, const char *name)
{
    for (size_t i = 0; i < l->n_vars; i++)
        if (bb_streq(l->var[i].set.name, name)) return &l->var[i];
    return NULL;
}

static enum bb_code read_ids(const struct bb_var *var, struct bb_gram_file *out, size_t *n, const char *const **id,
                             struct bb_err *err)
{
    const struct bb_h5_set *set = &var->set;
    enum bb_code code = bb_h5_set_check(set, err);
    if (code) return code;
    if (set->rank != 1 || set->size[0] > MAX_STIMULI)
        return bb_fail(err, BB_EINPUT, "%s: \"stimulus_id\" must be a list of at most %zu ids", out->path, MAX_STIMULI);
    *n = set->size[0];
    const char **text = BB_NEW_ARRAY(out->arena, *n, const char *);
    *id = text;
    if (set->cls == BB_H5_TEXT) return bb_h5_texts(set, out->arena, (const char ***)(uintptr_t)id, err);
    double *number = bb_calloc(*n + 1, sizeof *number);
    code = bb_h5_numbers(set, number, err);
    for (size_t i = 0; i < *n && !code; i++) {
        char digits[32];
        bb_format_number(digits, number[i]);
        text[i] = bb_arena_strdup(out->arena, digits);
    }
    free(number);
    return code;
}

/* The number of features: a scalar dataset or an attribute. */
static enum bb_code read_p(const struct bb_layout *l, const char *name, size_t *p, struct bb_err *err)
{
    double value = (double)NAN;
    const struct bb_var *var = find_set(l, "p");
    if (var && var->set.n == 1 && (var->set.cls == BB_H5_NUMBER)) {
        enum bb_code code = bb_h5_set_check(&var->set, err);
        if (!code) code = bb_h5_numbers(&var->set, &value, err);
        if (code) return code;
    } else {
        bb_h5_attr_number(l->group, "p", &value);
    }
    if (!(value >= 1 && value < 1e15) || value != floor(value))
        return bb_fail(err, BB_EINPUT, "%s: layer \"%s\" must say how many features it has: \"p\", a whole number", l->path,
                       name);
    *p = (size_t)value;
    return BB_OK;
}

static enum bb_code check_shape(const struct bb_layout *l, const char *layer, const char *name, size_t rank, size_t n,
                                struct bb_err *err)
{
    const struct bb_var *var = find_set(l, name);
    if (!var) return bb_fail(err, BB_EINPUT, "%s: layer \"%s\" has no \"%s\"", l->path, layer, name);
    const struct bb_h5_set *set = &var->set;
    enum bb_code code = bb_h5_set_check(set, err);
    if (code) return code;
    bool good = set->cls == BB_H5_NUMBER && set->rank == rank && set->size[0] == n && (rank == 1 || set->size[1] == n);
    if (good) return BB_OK;
    return bb_fail(err, BB_EINPUT, "%s: \"%s\" of layer \"%s\" must be %s of %zu%s numbers, as there are stimuli", l->path, name,
                   layer, rank == 1 ? "a list" : "a matrix", n, rank == 1 ? "" : bb_arena_printf(l->arena, " × %zu", n));
}

static enum bb_code describe_layer(const struct bb_layout *l, struct bb_gram_file *out, const struct bb_gram_layer *root,
                                   struct bb_gram_layer *layer, struct bb_err *err)
{
    const struct bb_var *ids = find_set(l, "stimulus_id");
    enum bb_code code = BB_OK;
    if (ids)
        code = read_ids(ids, out, &layer->n, &layer->stimulus, err);
    else if (root->stimulus)
        layer->n = root->n, layer->stimulus = root->stimulus;
    else
        return bb_fail(err, BB_EINPUT, "%s: layer \"%s\" has no \"stimulus_id\", and the file has none at its root", out->path,
                       layer->name);
    if (!code) code = check_shape(l, layer->name, "K", 2, layer->n, err);
    if (!code) code = check_shape(l, layer->name, "row_sum", 1, layer->n, err);
    return code ? code : read_p(l, layer->name, &layer->p, err);
}

/* The groups of a file, while it is opened. */
struct walk {
    hid_t file;
    struct bb_gram_file *out;
    struct bb_gram_layer root; /* the ids at the root */
    size_t cap;
};

static enum bb_code read_groups(struct walk *w, const char *name, unsigned depth, struct bb_err *err);

static enum bb_code read_layer(struct walk *w, const struct bb_layout *l, const char *name, struct bb_err *err)
{
    struct bb_gram_layer layer = {.name = bb_arena_strdup(w->out->arena, name)};
    enum bb_code code = describe_layer(l, w->out, &w->root, &layer, err);
    if (code) return code;
    if (w->out->n_layers == w->cap) {
        struct bb_gram_layer *more = BB_NEW_ARRAY(w->out->arena, w->cap = w->cap ? 2 * w->cap : 16, struct bb_gram_layer);
        if (w->out->n_layers) memcpy(more, w->out->layer, w->out->n_layers * sizeof *more);
        w->out->layer = more;
    }
    w->out->layer[w->out->n_layers++] = layer;
    return BB_OK;
}

/* Every group in it: a name with "/" is a group in a group. */
static enum bb_code read_below(struct walk *w, const struct bb_layout *l, const char *name, unsigned depth, struct bb_err *err)
{
    enum bb_code code = BB_OK;
    size_t before = w->out->n_layers;
    for (size_t i = 0; i < l->links.n && !code; i++) {
        const struct bb_h5_link *link = &l->links.link[i];
        if (link->kind >= BB_H5_SOFT)
            code = bb_fail(err, BB_EINPUT, "%s: \"%s\" is a link to elsewhere; links are not followed", l->path, link->name);
        else if (link->kind == BB_H5_GROUP)
            code = read_groups(w, *name ? bb_arena_printf(w->out->arena, "%s/%s", name, link->name) : link->name, depth + 1, err);
    }
    if (code || w->out->n_layers > before) return code;
    return bb_fail(err, BB_EINPUT,
                   "%s: %s%s%s is no layer: it has no \"K\" (Gram files have a group for each layer, with K, row_sum and p)",
                   l->path, *name ? "\"" : "", *name ? name : "the file", *name ? "\"" : "");
}

static enum bb_code read_groups(struct walk *w, const char *name, unsigned depth, struct bb_err *err)
{
    struct bb_layout l;
    enum bb_code code = bb_layout_open(w->file, w->out->path, name, &l, err);
    if (!code && depth > MAX_DEPTH)
        code = bb_fail(err, BB_EINPUT, "%s: its groups are more than %d deep", w->out->path, MAX_DEPTH);
    const struct bb_var *ids = code || depth ? NULL : find_set(&l, "stimulus_id");
    if (ids) code = read_ids(ids, w->out, &w->root.n, &w->root.stimulus, err);
    if (!code) code = depth && find_set(&l, "K") ? read_layer(w, &l, name, err) : read_below(w, &l, name, depth, err);
    bb_layout_close(&l);
    return code;
}

enum bb_code bb_gram_file_open(const char *path, struct bb_gram_file **out, struct bb_err *err)
{
    hid_t file;
    enum bb_code code = bb_h5_open(path, &file, err);
    if (code) return code;
    struct bb_gram_file *made = bb_calloc(1, sizeof *made);
    made->arena = bb_arena_new(0);
    made->path = bb_arena_strdup(made->arena, path);
    struct walk walk = {.file = file, .out = made};
    code = read_groups(&walk, "", 0, err);
    bb_h5_close(file);
    if (code)
        bb_gram_file_free(made);
    else
        *out = made;
    return code;
}

void bb_gram_file_free(struct bb_gram_file *file)
{
    if (!file) return;
    bb_arena_free(file->arena);
    free(file);
}

static enum bb_code read_set(const struct bb_layout *l, const char *layer, const char *name, size_t rank, size_t n, double **out,
                             struct bb_err *err)
{
    enum bb_code code = check_shape(l, layer, name, rank, n, err); /* the file may have changed since it was opened */
    if (code) return code;
    *out = bb_calloc((rank == 2 ? n * n : n) + 1, sizeof **out);
    return bb_h5_numbers(&find_set(l, name)->set, *out, err);
}

enum bb_code bb_gram_file_read(const struct bb_gram_file *file, size_t layer, double **K, double **row_sum, struct bb_err *err)
{
    const struct bb_gram_layer *wanted = &file->layer[layer];
    struct bb_layout l;
    hid_t id;
    double *matrix = NULL, *sums = NULL;
    enum bb_code code = bb_h5_open(file->path, &id, err);
    if (code) return code;
    code = bb_layout_open(id, file->path, wanted->name, &l, err);
    if (!code) code = read_set(&l, wanted->name, "K", 2, wanted->n, &matrix, err);
    if (!code) code = read_set(&l, wanted->name, "row_sum", 1, wanted->n, &sums, err);
    bb_layout_close(&l);
    bb_h5_close(id);
    if (code) {
        free(matrix);
        free(sums);
        return code;
    }
    *K = matrix;
    *row_sum = sums;
    return BB_OK;
}
