#include "catalog/manifest.h"

#include <string.h>

#define MAX_COPIES 100000

/* Of a value in a row: the depth of the result stays bounded, and with it the recursion of all who walk it. */
#define MAX_VALUE_DEPTH 100

static const char FOR_EACH[] = "for_each";

/* A name that stands for a value, and those around it. */
struct binding {
    const char *name;
    const struct bb_json *value;
    const struct binding *outer;
};

struct scope {
    const struct binding *binding;
    bool in_entry; /* inside an object with an id: ids further in are not those of a model or benchmark */
};

struct expander {
    struct bb_arena *arena;
    struct bb_diags *diags;
    size_t copies;
};

/* A list that grows in the arena. */
struct list {
    struct bb_json **item;
    size_t n, cap;
};

static void append(struct expander *ex, struct list *list, struct bb_json *json)
{
    if (list->n == list->cap) {
        size_t cap = list->cap ? 2 * list->cap : 8;
        struct bb_json **item = BB_NEW_ARRAY(ex->arena, cap, struct bb_json *);
        if (list->n) memcpy(item, list->item, list->n * sizeof *item);
        list->item = item;
        list->cap = cap;
    }
    list->item[list->n++] = json;
}

static const struct bb_json *lookup(const struct scope *scope, const char *name, size_t len)
{
    for (const struct binding *b = scope->binding; b; b = b->outer)
        if (strlen(b->name) == len && memcmp(b->name, name, len) == 0) return b->value;
    return NULL;
}

static struct scope bind(struct expander *ex, const struct scope *scope, const char *name, const struct bb_json *value)
{
    struct binding *binding = BB_NEW(ex->arena, struct binding);
    *binding = (struct binding){name, value, scope->binding};
    return (struct scope){binding, scope->in_entry};
}

static void put_scalar(struct expander *ex, struct bb_buf *out, const struct bb_json *value, const char *name,
                       struct bb_place place)
{
    char number[32];
    switch (value->type) {
    case BB_JSON_TEXT:
        bb_buf_puts(out, value->as.text);
        break;
    case BB_JSON_BOOL:
        bb_buf_puts(out, value->as.boolean ? "true" : "false");
        break;
    case BB_JSON_NUMBER:
        bb_format_number(number, value->as.number);
        bb_buf_puts(out, number);
        break;
    case BB_JSON_NULL:
    case BB_JSON_ARRAY:
    case BB_JSON_OBJECT:
        bb_diag_add(ex->diags, BB_ERROR, place, "{%s} is %s and cannot stand inside a text", name,
                    bb_json_type_name(value->type));
    }
}

/* The text with each known {name} replaced. */
static const char *substitute(struct expander *ex, const char *text, struct bb_place place, const struct scope *scope)
{
    struct bb_buf out = BB_BUF_INIT;
    bool changed = false;
    const char *rest = text, *open, *close;
    for (const char *at = text; (open = strchr(at, '{')) && (close = strchr(open, '}')); at = open + 1) {
        const struct bb_json *value = lookup(scope, open + 1, (size_t)(close - open - 1));
        if (!value) continue;
        bb_buf_add(&out, rest, (size_t)(open - rest));
        put_scalar(ex, &out, value, bb_arena_strndup(ex->arena, open + 1, (size_t)(close - open - 1)), place);
        rest = close + 1;
        open = close;
        changed = true;
    }
    if (changed) bb_buf_puts(&out, rest);
    const char *result = changed ? bb_arena_strdup(ex->arena, bb_buf_text(&out)) : text;
    bb_buf_release(&out);
    return result;
}

/* The value that a text stands for when it is nothing but one known {name}. */
static const struct bb_json *whole_value(const char *text, const struct scope *scope)
{
    size_t len = strlen(text);
    return len > 2 && text[0] == '{' && text[len - 1] == '}' ? lookup(scope, text + 1, len - 2) : NULL;
}

static struct bb_json *copy_value(struct expander *ex, const struct bb_json *json, const struct scope *scope);

/* --- for_each ----------------------------------------------------------------------------------------------------- */

static bool too_deep(const struct bb_json *json, unsigned left)
{
    if (json->type != BB_JSON_ARRAY && json->type != BB_JSON_OBJECT) return false;
    if (!left) return true;
    for (size_t i = 0; i < json->as.list.n; i++)
        if (too_deep(json->as.list.item[i], left - 1)) return true;
    return false;
}

/* {"set": ["a", "b"]} as the rows that it is short for. */
static struct bb_json *rows_of_one_name(struct expander *ex, const struct bb_json *table)
{
    struct bb_json *rows = BB_NEW(ex->arena, struct bb_json);
    const struct bb_json *values = table->as.list.n == 1 ? table->as.list.item[0] : NULL;
    if (!values || values->type != BB_JSON_ARRAY) {
        bb_diag_add(ex->diags, BB_ERROR, table->place,
                    "\"for_each\" as an object takes one name and its list, {\"set\": [\"a\", \"b\"]}; for several names write a "
                    "list of rows");
        return NULL;
    }
    struct list list = {0};
    for (size_t i = 0; i < values->as.list.n; i++) {
        struct bb_json *row = BB_NEW(ex->arena, struct bb_json), *value = BB_NEW(ex->arena, struct bb_json);
        struct list one = {0};
        *value = *values->as.list.item[i];
        value->key = values->key;
        value->key_place = values->key_place;
        append(ex, &one, value);
        *row = (struct bb_json){.type = BB_JSON_OBJECT, .place = value->place, .as.list = {one.item, one.n}};
        append(ex, &list, row);
    }
    *rows = (struct bb_json){.type = BB_JSON_ARRAY, .place = table->place, .as.list = {list.item, list.n}};
    return rows;
}

static bool check_row(struct expander *ex, const struct bb_json *row, const struct bb_json *first)
{
    if (row->type != BB_JSON_OBJECT) {
        bb_diag_add(ex->diags, BB_ERROR, row->place, "a row of \"for_each\" must be an object {\"name\": value, …}, not %s",
                    bb_json_type_name(row->type));
        return false;
    }
    bool good = true;
    for (size_t i = 0; first->type == BB_JSON_OBJECT && i < first->as.list.n; i++) {
        if (bb_json_member(row, first->as.list.item[i]->key)) continue;
        bb_diag_add(ex->diags, BB_ERROR, row->place, "this row of \"for_each\" has no \"%s\", which the first row has",
                    first->as.list.item[i]->key);
        good = false;
    }
    for (size_t i = 0; i < row->as.list.n; i++) {
        if (!too_deep(row->as.list.item[i], MAX_VALUE_DEPTH)) continue;
        bb_diag_add(ex->diags, BB_ERROR, row->as.list.item[i]->place, "this value is nested more than %d deep", MAX_VALUE_DEPTH);
        good = false;
    }
    return good;
}

/* The rows of the table, or NULL after an error. */
static const struct bb_json *read_rows(struct expander *ex, const struct bb_json *table, const struct scope *scope)
{
    const struct bb_json *rows = copy_value(ex, table, scope);
    if (rows->type == BB_JSON_OBJECT)
        rows = rows_of_one_name(ex, rows);
    else if (rows->type != BB_JSON_ARRAY) {
        bb_diag_add(ex->diags, BB_ERROR, table->place, "\"for_each\" must be a list of rows, not %s",
                    bb_json_type_name(rows->type));
        return NULL;
    }
    bool good = rows != NULL;
    for (size_t i = 0; rows && i < rows->as.list.n; i++) good &= check_row(ex, rows->as.list.item[i], rows->as.list.item[0]);
    return good ? rows : NULL;
}

/* One copy for each row. */
static void append_copies(struct expander *ex, struct list *list, const struct bb_json *json, const struct scope *scope)
{
    const struct bb_json *rows = read_rows(ex, bb_json_member(json, FOR_EACH), scope);
    for (size_t i = 0; rows && i < rows->as.list.n && ex->copies <= MAX_COPIES; i++) {
        struct scope inner = *scope;
        const struct bb_json *row = rows->as.list.item[i];
        for (size_t k = 0; k < row->as.list.n; k++) inner = bind(ex, &inner, row->as.list.item[k]->key, row->as.list.item[k]);
        if (++ex->copies > MAX_COPIES)
            bb_diag_add(ex->diags, BB_ERROR, json->place, "\"for_each\" makes more than %d copies in one file", MAX_COPIES);
        else
            append(ex, list, copy_value(ex, json, &inner));
    }
}

static bool key_has_name(const struct bb_json *member, const struct bb_json *table)
{
    const struct bb_json *row = table;
    if (table->type == BB_JSON_ARRAY && table->as.list.n) row = table->as.list.item[0];
    for (size_t i = 0; row->type == BB_JSON_OBJECT && i < row->as.list.n; i++) {
        const char *name = row->as.list.item[i]->key, *at = strchr(member->key, '{');
        for (; at; at = strchr(at + 1, '{'))
            if (bb_starts_with(at + 1, name) && at[1 + strlen(name)] == '}') return true;
    }
    return false;
}

/* --- the copy ----------------------------------------------------------------------------------------------------- */

static void append_array(struct expander *ex, struct list *list, const struct bb_json *json, const struct scope *scope)
{
    struct list copies = {0};
    struct bb_json *array = BB_NEW(ex->arena, struct bb_json);
    append_copies(ex, &copies, json, scope);
    *array = (struct bb_json){
        .type = BB_JSON_ARRAY, .place = json->place, .key_place = json->key_place, .as.list = {copies.item, copies.n}};
    array->key = json->key ? substitute(ex, json->key, json->key_place, scope) : NULL;
    append(ex, list, array);
}

static void append_expanded(struct expander *ex, struct list *list, const struct bb_json *json, const struct scope *scope)
{
    const struct bb_json *table = bb_json_member(json, FOR_EACH);
    if (!table)
        append(ex, list, copy_value(ex, json, scope));
    else if (json->key && !key_has_name(json, table))
        append_array(ex, list, json, scope);
    else
        append_copies(ex, list, json, scope);
}

static void check_keys(struct expander *ex, const struct bb_json *object)
{
    struct bb_names keys = {0};
    for (size_t i = 0; i < object->as.list.n; i++) {
        const struct bb_json *member = object->as.list.item[i];
        if (bb_names_add(&keys, member->key) == i) continue;
        bb_diag_add(ex->diags, BB_ERROR, member->key_place, "\"for_each\" makes the key \"%s\" twice", member->key);
        break;
    }
    bb_names_release(&keys);
}

static struct bb_json *copy_object(struct expander *ex, const struct bb_json *json, const struct scope *scope)
{
    struct scope inner = *scope;
    struct bb_json *own_id = NULL;
    const struct bb_json *id = scope->in_entry ? NULL : bb_json_member(json, "id");
    if (id && id->type == BB_JSON_TEXT) {
        own_id = copy_value(ex, id, scope);
        inner = bind(ex, scope, "id", own_id);
        inner.in_entry = true;
    }
    struct list list = {0};
    for (size_t i = 0; i < json->as.list.n; i++) {
        const struct bb_json *member = json->as.list.item[i];
        if (own_id && member == id)
            append(ex, &list, own_id);
        else if (strcmp(member->key, FOR_EACH) != 0)
            append_expanded(ex, &list, member, &inner);
    }
    struct bb_json *copy = BB_NEW(ex->arena, struct bb_json);
    *copy = *json;
    copy->as.list.item = list.item;
    copy->as.list.n = list.n;
    check_keys(ex, copy);
    return copy;
}

static struct bb_json *copy_array(struct expander *ex, const struct bb_json *json, const struct scope *scope)
{
    struct list list = {0};
    for (size_t i = 0; i < json->as.list.n; i++) append_expanded(ex, &list, json->as.list.item[i], scope);
    struct bb_json *copy = BB_NEW(ex->arena, struct bb_json);
    *copy = *json;
    copy->as.list.item = list.item;
    copy->as.list.n = list.n;
    return copy;
}

static struct bb_json *copy_text(struct expander *ex, const struct bb_json *json, const struct scope *scope)
{
    struct bb_json *copy = BB_NEW(ex->arena, struct bb_json);
    const struct bb_json *value = whole_value(json->as.text, scope);
    *copy = value ? *value : *json;
    if (!value) copy->as.text = substitute(ex, json->as.text, json->place, scope);
    copy->place = json->place;
    copy->key_place = json->key_place;
    copy->key = json->key;
    return copy;
}

static struct bb_json *copy_value(struct expander *ex, const struct bb_json *json, const struct scope *scope)
{
    struct bb_json *copy;
    if (json->type == BB_JSON_OBJECT)
        copy = copy_object(ex, json, scope);
    else if (json->type == BB_JSON_ARRAY)
        copy = copy_array(ex, json, scope);
    else if (json->type == BB_JSON_TEXT)
        copy = copy_text(ex, json, scope);
    else {
        copy = BB_NEW(ex->arena, struct bb_json);
        *copy = *json;
    }
    if (json->key) copy->key = substitute(ex, json->key, json->key_place, scope);
    return copy;
}

struct bb_json *bb_json_expand(const struct bb_json *json, struct bb_arena *arena, struct bb_diags *diags)
{
    struct expander ex = {.arena = arena, .diags = diags};
    const struct scope scope = {0};
    if (!bb_json_member(json, FOR_EACH)) return copy_value(&ex, json, &scope);
    struct list list = {0};
    append_array(&ex, &list, json, &scope);
    return list.item[0];
}
