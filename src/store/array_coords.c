#include "store/array_coords.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/array_file.h"

#define MAX_COORD_SIZE ((size_t)1 << 28) /* values of one coordinate */
#define EXACT_INTEGER  ((int64_t)1 << 53)

/* --- a variable as a series --------------------------------------------------------------------------------------- */

static struct bb_series new_series(const char *name, enum bb_value_type type, size_t n)
{
    struct bb_series s = {.name = bb_strdup(name), .type = type, .n = n, .cap = n};
    bb_names_init(&s.level);
    if (type == BB_TYPE_NUMBER)
        s.number = bb_calloc(n + 1, sizeof *s.number);
    else
        s.code = bb_calloc(n + 1, sizeof *s.code);
    return s;
}

static int32_t level_of(struct bb_series *s, const char *text)
{
    return *text ? (int32_t)bb_names_add(&s->level, text) : -1;
}

static enum bb_code text_series(const struct bb_var *var, const char *name, size_t n, struct bb_series *out, struct bb_err *err)
{
    const char **text;
    struct bb_arena *arena = bb_arena_new(0);
    enum bb_code code = bb_h5_texts(&var->set, arena, &text, err);
    if (!code) {
        *out = new_series(name, BB_TYPE_TEXT, n);
        for (size_t i = 0; i < n; i++) out->code[i] = level_of(out, text[i]);
    }
    bb_arena_free(arena);
    return code;
}

static enum bb_code number_series(const struct bb_var *var, const char *name, size_t n, struct bb_series *out, struct bb_err *err)
{
    *out = new_series(name, BB_TYPE_NUMBER, n);
    enum bb_code code = bb_h5_numbers(&var->set, out->number, err);
    if (code) bb_series_release(out);
    return code;
}

/* Numbers as text; as whole ones from `whole`, where it is given, because doubles do not have all of them. */
static void number_texts(struct bb_series *s, const int64_t *whole)
{
    struct bb_series text = new_series(s->name, BB_TYPE_TEXT, s->n);
    text.by_size = true;
    for (size_t i = 0; i < s->n; i++) {
        char digits[32] = "";
        if (!isnan(s->number[i]) && whole)
            snprintf(digits, sizeof digits, "%" PRId64, whole[i]);
        else if (!isnan(s->number[i]))
            bb_format_number(digits, s->number[i]);
        text.code[i] = level_of(&text, digits);
    }
    bb_series_release(s);
    *s = text;
}

static enum bb_code integer_series(const struct bb_var *var, const char *name, size_t n, bool as_text, struct bb_series *out,
                                   struct bb_err *err)
{
    int64_t *whole = bb_calloc(n + 1, sizeof *whole);
    enum bb_code code = bb_h5_integers(&var->set, whole, err);
    if (!code) code = number_series(var, name, n, out, err);
    /* numbers that a double does not have would fall together: they stay apart as texts */
    for (size_t i = 0; i < n && !code && !as_text; i++)
        as_text = !isnan(out->number[i]) && (whole[i] > EXACT_INTEGER || whole[i] < -EXACT_INTEGER);
    if (!code && as_text) number_texts(out, whole);
    free(whole);
    return code;
}

static enum bb_code bool_series(const struct bb_var *var, const char *name, size_t n, struct bb_series *out, struct bb_err *err)
{
    struct bb_series number;
    enum bb_code code = number_series(var, name, n, &number, err);
    if (code) return code;
    *out = new_series(name, BB_TYPE_BOOL, n);
    for (size_t i = 0; i < n; i++)
        out->code[i] = level_of(out, number.number[i] == 1 ? "true" : number.number[i] == 0 ? "false" : "");
    bb_series_release(&number);
    return BB_OK;
}

/* A constant, once for each index. */
static void repeat(struct bb_series *s, size_t n)
{
    struct bb_series all = new_series(s->name, s->type, n);
    for (size_t i = 0; i < n; i++) {
        if (s->type == BB_TYPE_NUMBER)
            all.number[i] = s->number[0];
        else
            all.code[i] = level_of(&all, s->code[0] < 0 ? "" : s->level.name[s->code[0]]);
    }
    bb_series_release(s);
    *s = all;
}

enum bb_code bb_var_series(const struct bb_var *var, const char *name, size_t n, struct bb_series *out, struct bb_err *err)
{
    const struct bb_h5_set *set = &var->set;
    bool id = bb_streq(name, "stimulus_id"), constant = set->rank == 0;
    enum bb_code code = bb_h5_set_check(set, err);
    if (code) return code;
    if (!constant && set->size[0] != n)
        return bb_fail(err, BB_EINPUT, "%s: \"%s\" has %zu values for the %zu of its dimension", set->path, set->name,
                       set->size[0], n);
    if (n > MAX_COORD_SIZE)
        return bb_fail(err, BB_ELIMIT, "%s: \"%s\" has %zu values; at most %zu can be read", set->path, set->name, n,
                       MAX_COORD_SIZE);
    size_t own = constant ? 1 : n;
    struct bb_scaling scaling = bb_h5_scaling(set);
    if (set->cls == BB_H5_TEXT) {
        code = text_series(var, name, own, out, err);
    } else if (set->cls == BB_H5_BOOL) {
        code = bool_series(var, name, own, out, err);
    } else if (set->element.kind != 'f' && set->element.size == 8 && !scaling.scaled) {
        code = integer_series(var, name, own, id, out, err);
    } else {
        code = number_series(var, name, own, out, err);
        if (!code && id) number_texts(out, NULL);
    }
    if (!code && constant) repeat(out, n);
    return code;
}

/* --- which coordinates -------------------------------------------------------------------------------------------- */

/* One coordinate that is to be made. */
struct spec {
    const char *name;
    const struct bb_column_rule *rule; /* with steps; NULL: the variable as it is */
    struct bb_var **part;              /* its variables, one or as many as the rule has columns; NULL: absent, and optional */
    size_t n_parts;
    size_t axis;
    bool made;
    struct bb_series series;
};

struct making {
    struct bb_layout *layout;
    const struct bb_columns *columns;
    const struct bb_left *left; /* NULL: what the file does not have is an error */
    struct bb_array_coords *out;
    struct bb_arena *arena;
    struct spec *spec;
    size_t n_specs;
};

static size_t axis_size(const struct making *m, size_t axis)
{
    return m->layout->data->set.size[axis];
}

static size_t first_axis(const struct making *m)
{
    return m->layout->order[0];
}

static void add_spec(struct making *m, const char *name, struct bb_var *var, size_t axis)
{
    struct spec *s = &m->spec[m->n_specs++];
    *s = (struct spec){.name = name, .part = BB_NEW(m->arena, struct bb_var *), .n_parts = 1, .axis = axis};
    s->part[0] = var;
}

static bool is_coord(const struct bb_var *var)
{
    return (var->role == BB_VAR_COORD || var->role == BB_VAR_CONSTANT) && var->along != BB_NO_DIM &&
           var->set.cls != BB_H5_NO_VALUES;
}

/* The file's own: image_id is stimulus_id where only the former exists. */
static void own_specs(struct making *m)
{
    const struct bb_layout *l = m->layout;
    bool has_id = false;
    m->spec = BB_NEW_ARRAY(m->arena, l->n_vars, struct spec);
    for (size_t i = 0; i < l->n_vars; i++) has_id = has_id || (is_coord(&l->var[i]) && bb_streq(l->var[i].coord, "stimulus_id"));
    for (size_t i = 0; i < l->n_vars; i++) {
        struct bb_var *var = &l->var[i];
        bool id = !has_id && bb_streq(var->coord, "image_id");
        if (var->role == BB_VAR_DATA && var->set.cls == BB_H5_TEXT && var->set.rank == 1) add_spec(m, "value", var, 0);
        if (is_coord(var)) add_spec(m, id ? "stimulus_id" : var->coord, var, var->along);
    }
}

static struct bb_var *var_called(const struct bb_layout *l, const char *name)
{
    struct bb_var *var = bb_layout_find(l, name);
    if (!var && bb_streq(name, "stimulus_id")) var = bb_layout_find(l, "image_id");
    if (!var && bb_streq(name, "value") && l->data->set.rank == 1) var = l->data;
    return var;
}

/* The file lacks a part of it, and the caller wants to know. */
static bool is_left(const struct making *m, const struct bb_column_rule *rule)
{
    bool left = false;
    for (size_t k = 0; m->left && k < rule->column.n; k++) left = left || !var_called(m->layout, rule->column.text[k]);
    if (left) m->left->rule[rule - m->columns->rule] = true;
    return left;
}

static enum bb_code find_part(struct making *m, const struct bb_column_rule *rule, const char *name, struct bb_var **out,
                              struct bb_err *err)
{
    const struct bb_layout *l = m->layout;
    struct bb_var *var = var_called(l, name);
    *out = var;
    if (!var && rule->optional) return BB_OK;
    if (!var) {
        const char **known = BB_NEW_ARRAY(m->arena, l->n_vars, const char *);
        for (size_t i = 0; i < l->n_vars; i++) known[i] = l->var[i].coord;
        const char *near = bb_nearest(name, known, l->n_vars);
        return bb_fail(err, BB_EINPUT, "%s: has no variable \"%s\" to make \"%s\" of; its coordinates are %s%s%s%s", l->path,
                       name, rule->coord, bb_layout_names(l, BB_VAR_COORD), near ? "; did you mean \"" : "", near ? near : "",
                       near ? "\"?" : "");
    }
    if (var->role == BB_VAR_DATA && var->set.rank == 1) return BB_OK;
    if (!is_coord(var) && var->role != BB_VAR_CONSTANT)
        return bb_fail(err, BB_EINPUT, "%s: \"%s\" cannot become \"%s\": it is not along one dimension of \"%s\"", l->path, name,
                       rule->coord, l->data->set.name);
    return BB_OK;
}

/* Nothing is done to the values. */
static bool is_plain(const struct bb_column_rule *rule)
{
    return rule->column.n == 1 && !rule->match && !rule->map_from.n && !rule->prefix && rule->type == BB_TYPE_TEXT;
}

static enum bb_code rule_spec(struct making *m, const struct bb_column_rule *rule, struct bb_err *err)
{
    struct spec *s = &m->spec[m->n_specs++];
    *s = (struct spec){.name = rule->coord, .rule = rule, .n_parts = rule->column.n, .axis = BB_NO_DIM};
    s->part = BB_NEW_ARRAY(m->arena, rule->column.n, struct bb_var *);
    for (size_t k = 0; k < rule->column.n; k++) {
        enum bb_code code = find_part(m, rule, rule->column.text[k], &s->part[k], err);
        if (code) return code;
        const struct bb_var *var = s->part[k];
        size_t axis = !var ? BB_NO_DIM : var->role == BB_VAR_DATA ? 0 : var->along;
        if (axis == BB_NO_DIM) continue;
        if (s->axis != BB_NO_DIM && s->axis != axis)
            return bb_fail(err, BB_EINPUT, "%s: \"%s\" cannot be made of variables along different dimensions", m->layout->path,
                           rule->coord);
        s->axis = axis;
    }
    if (s->axis == BB_NO_DIM) s->axis = first_axis(m);
    if (is_plain(rule) && s->part[0]) s->rule = NULL;
    return BB_OK;
}

static struct spec *find_spec(const struct making *m, const char *name)
{
    for (size_t i = 0; i < m->n_specs; i++)
        if (bb_streq(m->spec[i].name, name)) return &m->spec[i];
    return NULL;
}

static enum bb_code find_specs(struct making *m, struct bb_err *err)
{
    enum bb_code code = BB_OK;
    if (!m->columns || !m->columns->n_rules) {
        own_specs(m);
        return BB_OK;
    }
    m->spec = BB_NEW_ARRAY(m->arena, m->columns->n_rules + 1, struct spec);
    for (size_t i = 0; i < m->columns->n_rules && !code; i++)
        if (!is_left(m, &m->columns->rule[i])) code = rule_spec(m, &m->columns->rule[i], err);
    /* Without a rule the layers would be one. */
    struct bb_var *layer = bb_layout_find(m->layout, "layer");
    if (!code && layer && is_coord(layer) && !find_spec(m, "layer")) add_spec(m, "layer", layer, layer->along);
    return code;
}

/* --- making them -------------------------------------------------------------------------------------------------- */

/* The values that a rule takes: of its parts, at the indices that are kept. */
struct feed {
    struct bb_series *part;
    char (*digits)[32];
    const size_t *index; /* NULL: all */
};

static const char *feed_text(void *ctx, size_t part, size_t i)
{
    struct feed *f = ctx;
    const struct bb_series *s = &f->part[part];
    if (f->index) i = f->index[i];
    if (!s->name) return "";
    if (s->type != BB_TYPE_NUMBER) return s->code[i] < 0 ? "" : s->level.name[s->code[i]];
    if (isnan(s->number[i])) return "";
    bb_format_number(f->digits[part], s->number[i]);
    return f->digits[part];
}

static size_t *kept_indices(const bool *keep, size_t n)
{
    if (!keep) return NULL;
    size_t *index = bb_malloc((n + 1) * sizeof *index), k = 0;
    for (size_t i = 0; i < n; i++)
        if (keep[i]) index[k++] = i;
    return index;
}

static enum bb_code make_ruled(const struct making *m, struct spec *s, bool kept_only, struct bb_err *err)
{
    const bool *keep = kept_only ? m->out->keep[s->axis] : NULL;
    size_t n = axis_size(m, s->axis);
    struct feed feed = {bb_calloc(s->n_parts + 1, sizeof *feed.part), bb_calloc(s->n_parts + 1, sizeof *feed.digits),
                        kept_indices(keep, n)};
    enum bb_code code = BB_OK;
    for (size_t k = 0; k < s->n_parts && !code; k++)
        if (s->part[k]) code = bb_var_series(s->part[k], s->part[k]->coord, n, &feed.part[k], err);
    struct bb_rule_input input = {m->layout->path, keep ? m->out->kept[s->axis] : n, feed_text, &feed};
    if (!code) code = bb_rule_apply(s->rule, &input, &s->series, err);
    for (size_t k = 0; k < s->n_parts; k++)
        if (feed.part[k].name) bb_series_release(&feed.part[k]);
    free(feed.part);
    free(feed.digits);
    free((void *)(uintptr_t)feed.index);
    return code;
}

/* With the values of all indices, or of those that are kept. */
static enum bb_code make(const struct making *m, struct spec *s, bool kept_only, struct bb_err *err)
{
    enum bb_code code;
    if (s->rule) {
        code = make_ruled(m, s, kept_only, err);
    } else {
        code = bb_var_series(s->part[0], s->name, axis_size(m, s->axis), &s->series, err);
        if (!code && kept_only && m->out->keep[s->axis]) bb_series_select(&s->series, m->out->keep[s->axis]);
    }
    s->made = !code;
    return code;
}

static enum bb_code no_coord(const struct making *m, const char *name, struct bb_err *err)
{
    const char **known = BB_NEW_ARRAY(m->arena, m->n_specs, const char *), *list = "";
    for (size_t i = 0; i < m->n_specs; i++) {
        known[i] = m->spec[i].name;
        list = bb_arena_printf(m->arena, "%s%s%s", list, i ? ", " : "", known[i]);
    }
    const char *near = bb_nearest(name, known, m->n_specs);
    return bb_fail(err, BB_EINPUT, "%s: \"where\": there is no coordinate \"%s\"; there are %s%s%s%s", m->layout->path, name,
                   list, near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static enum bb_code apply_where(struct making *m, const struct bb_where_rule *where, struct bb_err *err)
{
    struct spec *s = find_spec(m, where->coord);
    if (!s && m->left) {
        m->left->where[where - m->columns->where] = true;
        return BB_OK;
    }
    if (!s) return no_coord(m, where->coord, err);
    enum bb_code code = s->made ? BB_OK : make(m, s, false, err);
    if (code) return code;
    size_t n = axis_size(m, s->axis);
    bool **keep = &m->out->keep[s->axis];
    if (!*keep) {
        *keep = bb_malloc(n + 1);
        for (size_t i = 0; i < n; i++) (*keep)[i] = true;
    }
    if ((code = bb_where_apply(where, &s->series, *keep, err))) return bb_err_wrap(err, code, "%s", m->layout->path);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) kept += (*keep)[i];
    m->out->kept[s->axis] = kept;
    if (kept || !n) return BB_OK;
    return bb_fail(err, BB_EINPUT, "%s: \"where\" drops all %zu of the dimension \"%s\" (the last by its rule for \"%s\")",
                   m->layout->path, n, m->layout->axis[s->axis], where->coord);
}

static enum bb_code make_all(struct making *m, struct bb_err *err)
{
    enum bb_code code = BB_OK;
    for (size_t i = 0; m->columns && i < m->columns->n_where && !code; i++) code = apply_where(m, &m->columns->where[i], err);
    for (size_t i = 0; i < m->n_specs && !code; i++) {
        struct spec *s = &m->spec[i];
        if (!s->made)
            code = make(m, s, true, err);
        else if (m->out->keep[s->axis])
            bb_series_select(&s->series, m->out->keep[s->axis]);
    }
    return code;
}

enum bb_code bb_array_coords_read(struct bb_layout *layout, const struct bb_columns *columns, const struct bb_left *left,
                                  struct bb_array_coords *out, struct bb_err *err)
{
    struct making m = {.layout = layout, .columns = columns, .left = left, .out = out, .arena = bb_arena_new(0)};
    *out = (struct bb_array_coords){0};
    for (size_t i = 0; i < layout->data->set.rank; i++) out->kept[i] = layout->data->set.size[i];
    enum bb_code code = find_specs(&m, err);
    if (!code) code = make_all(&m, err);
    out->coord = bb_calloc(m.n_specs + 1, sizeof *out->coord);
    for (size_t i = 0; i < m.n_specs; i++)
        if (m.spec[i].made) out->coord[out->n++] = (struct bb_coord){m.spec[i].series, m.spec[i].axis};
    bb_arena_free(m.arena);
    return code;
}

void bb_array_coords_release(struct bb_array_coords *coords)
{
    for (size_t i = 0; i < coords->n; i++) bb_series_release(&coords->coord[i].series);
    free(coords->coord);
    for (size_t i = 0; i < BB_MAX_DIMS; i++) free(coords->keep[i]);
    *coords = (struct bb_array_coords){0};
}
