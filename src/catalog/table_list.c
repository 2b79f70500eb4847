#include <stddef.h>
#include <string.h>

#include "catalog/catalog_int.h"

/* The columns of a score list (formats, "Manifest"). */
static const struct list_column {
    const char *name;
    bool is_number, required;
} score_columns[] = {
    {"model", false, true},       {"benchmark", false, true},  {"version", true, false}, {"layer", false, false},
    {"raw", true, false},         {"ceiling", true, false},    {"score", true, false},   {"error", true, false},
    {"error_kind", false, false}, {"normalise", false, false}, {"date", false, false},   {"source", false, false},
};
static const struct list_column attribute_columns[] = {{"model", false, true}};

static const char *const layers_names[] = {"all", "best", NULL};

/* A list as it is written: a source, and more. */
struct list_members {
    struct bb_source source;
    int layers;
    const struct bb_json *rename;
    const char *rule, *citation;
};
static const struct bb_field more_fields[] = {
    {BB_MEMBER(struct list_members, "layers", BB_FIELD_CHOICE, layers), .choices = layers_names},
    {BB_MEMBER(struct list_members, "rename", BB_FIELD_JSON, rename)},
    {BB_MEMBER(struct list_members, "rule", BB_FIELD_TEXT, rule)},
    {BB_MEMBER(struct list_members, "citation", BB_FIELD_TEXT, citation)},
};
_Static_assert(offsetof(struct list_members, source) == 0, "the fields of a source are those of the list");

struct reader {
    struct bb_arena *arena;
    struct bb_diags *diags;
};

/* --- columns ------------------------------------------------------------------------------------------------------ */

static struct bb_json *new_rule(const struct reader *r, const struct list_column *column, const char *from, struct bb_place place)
{
    struct bb_json *rule = bb_json_new_object(r->arena, place, 3);
    rule->key = column->name;
    rule->key_place = place;
    bb_json_put_text(r->arena, rule, "column", from);
    if (column->is_number) bb_json_put_text(r->arena, rule, "type", "number");
    return rule;
}

static struct bb_json *default_rule(const struct reader *r, const struct list_column *column, struct bb_place place)
{
    struct bb_json *rule = new_rule(r, column, column->name, place);
    if (column->required) return rule;
    struct bb_json *optional = BB_NEW(r->arena, struct bb_json);
    *optional = (struct bb_json){.type = BB_JSON_BOOL, .key = "optional", .place = place, .key_place = place, .as.boolean = true};
    bb_json_put(rule, optional);
    return rule;
}

/* A rule as the author wrote it; what is a number in a score list need not be said to be one. */
static struct bb_json *given_rule(const struct reader *r, const struct list_column *column, struct bb_json *rule)
{
    struct bb_json *typed = rule;
    if (!column->is_number) return rule;
    if (rule->type == BB_JSON_TEXT) {
        typed = new_rule(r, column, rule->as.text, rule->place);
    } else if (rule->type == BB_JSON_OBJECT && !bb_json_member(rule, "type")) {
        typed = bb_json_new_object(r->arena, rule->place, rule->as.list.n + 1);
        for (size_t i = 0; i < rule->as.list.n; i++) bb_json_put(typed, rule->as.list.item[i]);
        bb_json_put_text(r->arena, typed, "type", "number");
    }
    typed->key = rule->key;
    typed->key_place = rule->key_place;
    return typed;
}

/* The columns of the author, and those of ours that the author does not mention by their own names. */
static const struct bb_json *with_defaults(const struct reader *r, const struct bb_json *given, struct bb_place place,
                                           const struct list_column *column, size_t n)
{
    if (given && given->type != BB_JSON_OBJECT) return given;
    size_t n_given = given ? given->as.list.n : 0;
    struct bb_json *all = bb_json_new_object(r->arena, given ? given->place : place, n + n_given);
    for (size_t i = 0; i < n; i++) {
        struct bb_json *own = bb_json_member(given, column[i].name);
        bb_json_put(all, own ? given_rule(r, &column[i], own) : default_rule(r, &column[i], all->place));
    }
    for (size_t i = 0; i < n_given; i++)
        if (!bb_json_member(all, given->as.list.item[i]->key)) bb_json_put(all, given->as.list.item[i]);
    return all;
}

static const struct bb_json *columns_of(const struct reader *r, const struct bb_json *json, enum bb_list_kind kind)
{
    const struct bb_json *given = bb_json_member(json, "columns");
    if (kind == BB_LIST_SCORES) return with_defaults(r, given, json->place, score_columns, BB_N_OF(score_columns));
    return given ? with_defaults(r, given, json->place, attribute_columns, BB_N_OF(attribute_columns)) : NULL;
}

/* --- rename ------------------------------------------------------------------------------------------------------- */

struct rename_members {
    const struct bb_json *of[2];
};
static const struct bb_field rename_fields[] = {
    {BB_MEMBER(struct rename_members, "model", BB_FIELD_JSON, of[0])},
    {BB_MEMBER(struct rename_members, "benchmark", BB_FIELD_JSON, of[1])},
};

static void read_names(const struct reader *r, const struct bb_json *json, struct bb_names *from, const char ***to)
{
    if (json->type != BB_JSON_OBJECT) {
        bb_diag_add(r->diags, BB_ERROR, json->place, "\"rename\": \"%s\" must be an object {\"name\": \"id\"}, not %s", json->key,
                    bb_json_type_name(json->type));
        return;
    }
    *to = BB_NEW_ARRAY(r->arena, json->as.list.n, const char *);
    for (size_t i = 0; i < json->as.list.n; i++) {
        const struct bb_json *id = json->as.list.item[i];
        if (id->type == BB_JSON_TEXT)
            (*to)[bb_names_add(from, id->key)] = id->as.text;
        else
            bb_diag_add(r->diags, BB_ERROR, id->place, "\"rename\": \"%s\" must become a text, not %s", id->key,
                        bb_json_type_name(id->type));
    }
}

static void read_rename(const struct reader *r, const struct bb_json *json, struct bb_list *out)
{
    struct rename_members rename = {0};
    if (!json || !bb_fields_read(json, "rename", rename_fields, BB_N_OF(rename_fields), &rename, r->arena, r->diags)) return;
    for (int k = 0; k < 2; k++)
        if (rename.of[k]) read_names(r, rename.of[k], &out->rename_from[k], &out->rename_to[k]);
}

/* --- lists -------------------------------------------------------------------------------------------------------- */

/* "list.csv" as the object that it is short for. */
static const struct bb_json *as_object(const struct reader *r, const struct bb_json *json)
{
    if (json->type != BB_JSON_TEXT) return json;
    struct bb_json *object = bb_json_new_object(r->arena, json->place, 1);
    bb_json_put_text(r->arena, object, "file", json->as.text);
    return object;
}

static void read_list(const struct reader *r, const struct bb_json *json, enum bb_list_kind kind, const char *dir,
                      struct bb_list *out)
{
    const char *what = kind == BB_LIST_SCORES ? "score list" : "attribute table";
    struct list_members members = {0};
    struct bb_field *field = BB_NEW_ARRAY(r->arena, bb_n_source_fields + BB_N_OF(more_fields), struct bb_field);
    memcpy(field, bb_source_fields, bb_n_source_fields * sizeof *field);
    memcpy(field + bb_n_source_fields, more_fields, sizeof more_fields);
    json = as_object(r, json);
    *out = (struct bb_list){0};
    for (int k = 0; k < 2; k++) bb_names_init(&out->rename_from[k]);
    if (json->type != BB_JSON_OBJECT) {
        bb_diag_add(r->diags, BB_ERROR, json->place, "a %s must be a file name or an object {\"file\": …}, not %s", what,
                    bb_json_type_name(json->type));
        return;
    }
    bb_fields_read(json, what, field, bb_n_source_fields + BB_N_OF(more_fields), &members, r->arena, r->diags);
    members.source.columns_json = columns_of(r, json, kind);
    bb_source_finish(json, what, dir, r->arena, r->diags, &members.source);
    out->sources = (struct bb_sources){BB_NEW(r->arena, struct bb_source), 1};
    *out->sources.source = members.source;
    out->best_layer = members.layers;
    out->rule = members.rule;
    out->citation = members.citation;
    read_rename(r, members.rename, out);
}

void bb_lists_of_manifest(const struct bb_json *json, enum bb_list_kind kind, const char *dir, struct bb_arena *arena,
                          struct bb_diags *diags, struct bb_list **out, size_t *n)
{
    const struct reader r = {arena, diags};
    bool is_list = json && json->type == BB_JSON_ARRAY;
    *n = !json ? 0 : is_list ? json->as.list.n : 1;
    *out = BB_NEW_ARRAY(arena, *n, struct bb_list);
    for (size_t i = 0; i < *n; i++) read_list(&r, is_list ? json->as.list.item[i] : json, kind, dir, &(*out)[i]);
}

void bb_list_release(struct bb_list *list)
{
    bb_sources_release(&list->sources);
    for (int k = 0; k < 2; k++) bb_names_release(&list->rename_from[k]);
}
