#include "cli/explain_method.h"

#include <math.h>
#include <string.h>

#include "cli/columns_text.h"
#include "render/describe.h"

enum { BENCHMARKS_SHOWN = 5 };

/* What the two kinds have in common. */
struct method {
    const char *kind, *name, *title, *formula;
    int version;
    const struct bb_field *fields;
    size_t n_fields, params_size;
    void (*finish)(void *params, struct bb_arena *arena, struct bb_diags *diags);
    const char *const *data_coords;
    const struct bb_metric *metric;   /* one of the two */
    const struct bb_ceiling *ceiling;
};

struct telling {
    const struct bb_tree *tree;
    struct bb_arena *arena;
    struct bb_buf *out;
    struct bb_json_writer *w; /* NULL: words */
};

static const char *joined(struct bb_arena *arena, const char *before, const char *more)
{
    return *before ? bb_arena_printf(arena, "%s, %s", before, more) : more;
}

static const char *list_text(struct bb_arena *arena, const char *const *list)
{
    const char *text = "";
    for (size_t i = 0; list && list[i]; i++) text = joined(arena, text, list[i]);
    return text;
}

static const char *number_text(struct bb_arena *arena, double value)
{
    char number[32];
    bb_format_number(number, value);
    return bb_arena_strdup(arena, number);
}

/* --- parameters --------------------------------------------------------------------------------------------------- */

static const char *const kind_words[] = {
    [BB_FIELD_TEXT] = "text",       [BB_FIELD_ID] = "text",      [BB_FIELD_NUMBER] = "number",
    [BB_FIELD_INTEGER] = "integer", [BB_FIELD_BOOL] = "boolean", [BB_FIELD_CHOICE] = "choice",
    [BB_FIELD_TEXTS] = "texts",     [BB_FIELD_NUMBERS] = "numbers", [BB_FIELD_DATE] = "date",
    [BB_FIELD_URL] = "URL",         [BB_FIELD_COLOUR] = "colour", [BB_FIELD_JSON] = "object",
};

/* The parameters as they are where nothing is stated; what is wrong with that is not said. */
static const char *defaults_of(const struct method *method, struct bb_arena *arena)
{
    struct bb_diags diags;
    void *params = bb_arena_alloc(arena, method->params_size + 1, 1);
    bb_fields_default(method->fields, method->n_fields, params);
    bb_diags_init(&diags);
    if (method->finish) method->finish(params, arena, &diags);
    bb_diags_release(&diags);
    return params;
}

/* NULL: it has none. */
static const char *default_text(const struct bb_field *field, const char *params, struct bb_arena *arena)
{
    const char *at = params + field->offset, *text;
    double number;
    long integer;
    int choice;
    bool boolean;
    switch (field->kind) {
    case BB_FIELD_TEXT:
    case BB_FIELD_ID:
        memcpy(&text, at, sizeof text);
        return text;
    case BB_FIELD_NUMBER:
        memcpy(&number, at, sizeof number);
        return isnan(number) ? NULL : number_text(arena, number);
    case BB_FIELD_INTEGER:
        memcpy(&integer, at, sizeof integer);
        return bb_arena_printf(arena, "%ld", integer);
    case BB_FIELD_BOOL:
        memcpy(&boolean, at, sizeof boolean);
        return boolean ? "true" : "false";
    case BB_FIELD_CHOICE:
        memcpy(&choice, at, sizeof choice);
        return choice < 0 ? NULL : field->choices[choice];
    default:
        return NULL;
    }
}

static const char *range_text(const struct bb_field *field, struct bb_arena *arena)
{
    if (field->kind == BB_FIELD_CHOICE) return list_text(arena, field->choices);
    if (!(field->min < field->max)) return NULL;
    if (isinf(field->max)) return bb_arena_printf(arena, "from %s", number_text(arena, field->min));
    return bb_arena_printf(arena, "%s to %s", number_text(arena, field->min), number_text(arena, field->max));
}

static void tell_parameters(const struct telling *it, const struct method *method)
{
    enum { N_COLUMNS = 4 };
    const char *params = defaults_of(method, it->arena);
    const char **cell = BB_NEW_ARRAY(it->arena, (method->n_fields + 1) * N_COLUMNS, const char *);
    for (size_t i = 0; i < method->n_fields; i++) {
        const struct bb_field *field = &method->fields[i];
        const char *usual = default_text(field, params, it->arena);
        bool required = (field->flags & BB_REQUIRED) != 0;
        const char *const row[N_COLUMNS] = {field->key, kind_words[field->kind],
                                            required ? "required" : usual ? bb_arena_printf(it->arena, "default %s", usual) : NULL,
                                            range_text(field, it->arena)};
        memcpy(cell + i * N_COLUMNS, row, sizeof row);
    }
    struct bb_buf table = BB_BUF_INIT;
    bb_columns_text(&table, cell, method->n_fields, N_COLUMNS);
    char *line = bb_arena_strdup(it->arena, bb_buf_text(&table));
    bb_buf_release(&table);
    bb_labelled_text(it->out, "Parameters", method->n_fields ? NULL : "none");
    for (bool first = true; *line; first = false) {
        size_t len = strcspn(line, "\n");
        bb_buf_printf(it->out, "%-13s%.*s\n", first ? "Parameters" : "", (int)len, line); /* aligned: not wrapped */
        line += len + (line[len] == '\n');
    }
}

static void write_parameters(const struct telling *it, const struct method *method)
{
    const char *params = defaults_of(method, it->arena);
    bb_jw_key(it->w, "parameters");
    bb_jw_array(it->w);
    for (size_t i = 0; i < method->n_fields; i++) {
        const struct bb_field *field = &method->fields[i];
        bb_jw_object(it->w);
        bb_jw_member_text(it->w, "key", field->key);
        bb_jw_member_text(it->w, "kind", kind_words[field->kind]);
        bb_jw_member_bool(it->w, "required", (field->flags & BB_REQUIRED) != 0);
        bb_jw_member_text(it->w, "default", default_text(field, params, it->arena));
        bb_jw_member_text(it->w, "range", range_text(field, it->arena));
        bb_jw_object_end(it->w);
    }
    bb_jw_array_end(it->w);
}

/* --- what it goes with -------------------------------------------------------------------------------------------- */

/* A ceiling that names no metrics is one of recordings of units. */
static bool go_together(const struct bb_ceiling *ceiling, const struct bb_metric *metric)
{
    for (size_t i = 0; ceiling->metrics && ceiling->metrics[i]; i++)
        if (strcmp(ceiling->metrics[i], metric->name) == 0) return true;
    return !ceiling->metrics && metric->score_features;
}

static const char *partners_text(const struct method *method, struct bb_arena *arena)
{
    const char *text = "";
    size_t n;
    const char *const *names = method->metric ? bb_ceiling_names(&n) : bb_metric_names(&n);
    for (size_t i = 0; i < n; i++)
        if (go_together(method->metric ? bb_ceiling_find(names[i]) : method->ceiling,
                        method->metric ? method->metric : bb_metric_find(names[i])))
            text = joined(arena, text, names[i]);
    if (method->ceiling) return text;
    return *text ? bb_arena_printf(arena, "%s, or a value stated with the benchmark", text) : "only a value stated with the benchmark";
}

static bool uses(const struct bb_node *node, const struct method *method)
{
    return bb_streq(method->metric ? bb_node_metric_name(node) : bb_node_ceiling_name(node), method->name);
}

static const char *users_text(const struct telling *it, const struct method *method)
{
    const char *text = "";
    size_t n = 0;
    for (size_t i = 0; i < it->tree->n; i++)
        if (bb_node_is_leaf(&it->tree->node[i]) && uses(&it->tree->node[i], method) && n++ < BENCHMARKS_SHOWN)
            text = joined(it->arena, text, it->tree->node[i].id);
    if (!n) return "no benchmark";
    return bb_arena_printf(it->arena, "%zu benchmark%s: %s%s", n, n == 1 ? "" : "s", text, n > BENCHMARKS_SHOWN ? ", …" : "");
}

static const char *model_text(const struct bb_metric *metric, struct bb_arena *arena)
{
    if (metric->needs) return metric->needs;
    if (metric->score_features && !metric->score) return "activations (presentation × feature), or Gram matrices of them";
    return metric->model_coords ? bb_arena_printf(arena, "a table with %s", list_text(arena, metric->model_coords)) : NULL;
}

/* Coordinates of the recording; "value" stands for numbers. */
static const char *data_text(const struct method *method, struct bb_arena *arena)
{
    return method->data_coords ? list_text(arena, method->data_coords) : "no recording is needed";
}

/* What a definition says that states no parameter. */
static const char *by_default(const struct bb_metric *metric, struct bb_arena *arena)
{
    const double none = (double)NAN;
    const struct bb_node node = {.metric = metric};
    const struct bb_facts facts = {.oracle = none, .oracle_raw = none, .ceiling = {.value = none, .error = none, .lower = none}};
    return bb_describe_metric(&node, &facts, arena);
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

static void tell(const struct telling *it, const struct method *method)
{
    bb_buf_printf(it->out, "%s (%s), %s, version %d\n\n", method->title, method->name, method->kind, method->version);
    bb_labelled_text(it->out, "Computes", method->formula);
    tell_parameters(it, method);
    if (method->metric) bb_labelled_text(it->out, "By default", by_default(method->metric, it->arena));
    if (method->metric) bb_labelled_text(it->out, "A model gives", model_text(method->metric, it->arena));
    if (method->metric && method->metric->needs_features) bb_labelled_text(it->out, "", "Gram matrices are not enough.");
    bb_labelled_text(it->out, "The data has", data_text(method, it->arena));
    bb_labelled_text(it->out, method->metric ? "Ceilings" : "Metrics", partners_text(method, it->arena));
    bb_labelled_text(it->out, "Used by", users_text(it, method));
}

static void write(const struct telling *it, const struct method *method)
{
    bb_jw_object(it->w);
    bb_jw_member_text(it->w, "kind", method->kind);
    bb_jw_member_text(it->w, "name", method->name);
    bb_jw_member_integer(it->w, "version", method->version);
    bb_jw_member_text(it->w, "title", method->title);
    bb_jw_member_text(it->w, "formula", method->formula);
    write_parameters(it, method);
    if (method->metric) bb_jw_member_text(it->w, "model", model_text(method->metric, it->arena));
    bb_jw_member_text(it->w, "data", data_text(method, it->arena));
    bb_jw_key(it->w, "benchmarks");
    bb_jw_array(it->w);
    for (size_t i = 0; i < it->tree->n; i++)
        if (bb_node_is_leaf(&it->tree->node[i]) && uses(&it->tree->node[i], method)) bb_jw_text(it->w, it->tree->node[i].id);
    bb_jw_array_end(it->w);
    bb_jw_object_end(it->w);
}

static size_t methods_of(const char *name, struct method out[2])
{
    const struct bb_metric *m = bb_metric_find(name);
    const struct bb_ceiling *c = bb_ceiling_find(name);
    size_t n = 0;
    if (m)
        out[n++] = (struct method){"metric", m->name, m->title, m->formula, m->version, m->fields, m->n_fields, m->params_size,
                                   m->finish, m->data_coords, m, NULL};
    if (c)
        out[n++] = (struct method){"ceiling", c->name, c->title, c->formula, c->version, c->fields, c->n_fields, c->params_size,
                                   c->finish, c->data_coords, NULL, c};
    return n;
}

bool bb_explain_method(const char *name, const struct bb_tree *tree, bool json, struct bb_arena *arena, struct bb_buf *out)
{
    struct method method[2];
    struct bb_json_writer w;
    struct telling it = {tree, arena, out, json ? &w : NULL};
    size_t n = methods_of(name, method);
    bb_jw_init(&w, out, 2);
    if (json && n) bb_jw_array(&w);
    for (size_t i = 0; i < n; i++) {
        if (!json && i) bb_buf_putc(out, '\n');
        (json ? write : tell)(&it, &method[i]);
    }
    if (json && n) bb_jw_array_end(&w);
    if (json && n) bb_buf_putc(out, '\n');
    return n > 0;
}
