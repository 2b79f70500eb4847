#include "base/columns.h"

#include <math.h>

#include "base/columns_int.h"
#include "base/pattern.h"

static const char *const TYPE_NAMES[] = {"text", "number", "bool", NULL}; /* in the order of enum bb_value_type */
static const char *const FROM_NAMES[] = {"filename", NULL};

/* A rule as it is written. */
struct rule_fields {
    const char *column;
    struct bb_texts columns;
    const char *join;
    int from; /* 0: filename, -1: absent */
    struct bb_json *value;
    const char *match;
    struct bb_json *map;
    const char *prefix;
    int type; /* enum bb_value_type, -1: absent */
    double scale;
    bool optional;
};

/* clang-format off */
#define RULE(key, kind, ...) {#key, kind, offsetof(struct rule_fields, key), __VA_ARGS__}
static const struct bb_field RULE_FIELDS[] = {
    RULE(column, BB_FIELD_TEXT, 0, 0, 0, 0, NULL),
    RULE(columns, BB_FIELD_TEXTS, 0, 0, 0, 0, NULL),
    RULE(join, BB_FIELD_TEXT, 0, 0, 0, 0, NULL),
    RULE(from, BB_FIELD_CHOICE, 0, -1, 0, 0, FROM_NAMES),
    RULE(value, BB_FIELD_JSON, 0, 0, 0, 0, NULL),
    RULE(match, BB_FIELD_TEXT, 0, 0, 0, 0, NULL),
    RULE(map, BB_FIELD_JSON, 0, 0, 0, 0, NULL),
    RULE(prefix, BB_FIELD_TEXT, 0, 0, 0, 0, NULL),
    RULE(type, BB_FIELD_CHOICE, 0, -1, 0, 0, TYPE_NAMES),
    RULE(scale, BB_FIELD_NUMBER, 0, 0, 0, 0, NULL),
    RULE(optional, BB_FIELD_BOOL, 0, false, 0, 0, NULL),
};
#undef RULE
/* clang-format on */

struct reader {
    struct bb_arena *arena;
    struct bb_diags *diags;
};

#define ERROR_AT(reader, where, ...) bb_diag_add((reader)->diags, BB_ERROR, (where), __VA_ARGS__)

/* The text of a JSON scalar ("" for null: missing), or NULL for an array or an object. */
static const char *scalar_text(const struct reader *r, const struct bb_json *json)
{
    char number[32];
    switch (json->type) {
    case BB_JSON_TEXT:
        return json->as.text;
    case BB_JSON_BOOL:
        return json->as.boolean ? "true" : "false";
    case BB_JSON_NULL:
        return "";
    case BB_JSON_NUMBER:
        bb_format_number(number, json->as.number);
        return bb_arena_strdup(r->arena, number);
    case BB_JSON_ARRAY:
    case BB_JSON_OBJECT:
        break;
    }
    return NULL;
}

static void read_map(const struct reader *r, const struct bb_json *json, struct bb_column_rule *rule)
{
    if (json->type != BB_JSON_OBJECT) {
        ERROR_AT(r, json->place, "\"map\" must be an object {\"from\": \"to\", …}, not %s", bb_json_type_name(json->type));
        return;
    }
    rule->map_to = BB_NEW_ARRAY(r->arena, json->as.list.n, const char *);
    for (size_t i = 0; i < json->as.list.n; i++) {
        const struct bb_json *member = json->as.list.item[i];
        const char *to = scalar_text(r, member);
        if (!to) {
            ERROR_AT(r, member->place, "\"map\": \"%s\" must become a text, not %s", member->key,
                     bb_json_type_name(member->type));
            continue;
        }
        rule->map_to[bb_names_add(&rule->map_from, member->key)] = to;
    }
}

static void read_match(const struct reader *r, const struct bb_json *json, const char *source, struct bb_column_rule *rule)
{
    struct bb_err err;
    if (bb_pattern_new(source, 1, &rule->match, &err))
        ERROR_AT(r, bb_json_member(json, "match")->place, "\"match\": %s", err.msg);
}

/* Where the text comes from: exactly one of column, columns, from, value. */
static void read_origin(const struct reader *r, const struct bb_json *json, const struct rule_fields *f,
                        struct bb_column_rule *rule)
{
    int origins = (f->column != NULL) + (f->columns.n > 0) + (f->from >= 0) + (f->value != NULL);
    if (origins != 1) {
        ERROR_AT(r, json->place, "a column rule needs %s of \"column\", \"columns\", \"from\" and \"value\"",
                 origins ? "only one" : "one");
        return;
    }
    if (f->column) {
        rule->column = (struct bb_texts){BB_NEW(r->arena, const char *), 1};
        rule->column.text[0] = f->column;
    } else if (f->columns.n) {
        rule->column = f->columns;
    } else if (f->value) {
        rule->constant = scalar_text(r, f->value);
        if (!rule->constant)
            ERROR_AT(r, f->value->place, "\"value\" must be a text or a number, not %s", bb_json_type_name(f->value->type));
    }
    rule->from_filename = f->from >= 0;
    if (f->join && !f->columns.n) ERROR_AT(r, bb_json_member(json, "join")->place, "\"join\" needs \"columns\"");
}

static void read_rule_object(const struct reader *r, const struct bb_json *json, struct bb_column_rule *rule)
{
    struct rule_fields f = {0};
    if (!bb_fields_read(json, "column rule", RULE_FIELDS, sizeof RULE_FIELDS / sizeof *RULE_FIELDS, &f, r->arena, r->diags))
        return;
    if (f.type >= 0) rule->type = (enum bb_value_type)f.type;
    rule->optional = f.optional;
    if (f.join) rule->join = f.join;
    if (!isnan(f.scale)) {
        rule->scale = f.scale;
        if (rule->type != BB_TYPE_NUMBER)
            ERROR_AT(r, bb_json_member(json, "scale")->place, "\"scale\" needs \"type\": \"number\"");
    }
    rule->prefix = f.prefix;
    if (f.prefix && rule->type != BB_TYPE_TEXT)
        ERROR_AT(r, bb_json_member(json, "prefix")->place, "\"prefix\" makes texts, and \"%s\" is a %s", rule->coord,
                 TYPE_NAMES[rule->type]);
    read_origin(r, json, &f, rule);
    if (f.match) read_match(r, json, f.match, rule);
    if (f.map) read_map(r, f.map, rule);
}

static void read_rule(const struct reader *r, const struct bb_json *json, struct bb_column_rule *rule)
{
    *rule = (struct bb_column_rule){.coord = json->key, .place = json->key_place, .join = ".", .scale = 1};
    if (bb_streq(rule->coord, "value")) rule->type = BB_TYPE_NUMBER;
    bb_names_init(&rule->map_from);
    if (!*json->key) ERROR_AT(r, json->key_place, "a coordinate needs a name");
    if (json->type == BB_JSON_TEXT) {
        rule->column = (struct bb_texts){BB_NEW(r->arena, const char *), 1};
        rule->column.text[0] = json->as.text;
    } else if (json->type == BB_JSON_OBJECT) {
        read_rule_object(r, json, rule);
    } else {
        ERROR_AT(r, json->place, "\"%s\" must be the name of a column or a rule {…}, not %s", json->key,
                 bb_json_type_name(json->type));
    }
}

static void read_where_value(const struct reader *r, const struct bb_json *json, enum bb_value_type type,
                             struct bb_where_rule *where)
{
    char canonical[32];
    const char *text = scalar_text(r, json);
    if (!text) {
        ERROR_AT(r, json->place, "\"where\": a value must be a text or a number, not %s", bb_json_type_name(json->type));
        return;
    }
    text = bb_value_canonical(text, type, canonical);
    if (text)
        bb_names_add(&where->value, text);
    else
        ERROR_AT(r, json->place, "\"where\": \"%s\" is a %s, and \"%s\" is none", where->coord, TYPE_NAMES[type],
                 scalar_text(r, json));
}

static void read_where_values(const struct reader *r, const struct bb_json *json, enum bb_value_type type,
                              struct bb_where_rule *where)
{
    if (json->type != BB_JSON_ARRAY) {
        read_where_value(r, json, type, where);
        return;
    }
    if (!json->as.list.n && !where->drop) ERROR_AT(r, json->place, "\"where\": an empty list would drop every row");
    for (size_t i = 0; i < json->as.list.n; i++) read_where_value(r, json->as.list.item[i], type, where);
}

/* The rule that makes the coordinate; NULL when none does. */
static const struct bb_column_rule *find_rule(const struct bb_columns *columns, const char *coord)
{
    for (size_t i = 0; i < columns->n_rules; i++)
        if (bb_streq(columns->rule[i].coord, coord)) return &columns->rule[i];
    return NULL;
}

static void no_rule_error(const struct reader *r, const struct bb_columns *columns, const struct bb_json *json)
{
    const char **name = BB_NEW_ARRAY(r->arena, columns->n_rules, const char *);
    for (size_t i = 0; i < columns->n_rules; i++) name[i] = columns->rule[i].coord;
    const char *near = bb_nearest(json->key, name, columns->n_rules);
    ERROR_AT(r, json->key_place, "\"where\": \"columns\" makes no coordinate \"%s\"%s%s%s", json->key,
             near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

struct where_fields {
    struct bb_json *not_;
    double above, below;
};
static const struct bb_field where_fields[] = {{"not", BB_FIELD_JSON, offsetof(struct where_fields, not_), 0, 0, 0, 0, NULL},
                                               {"above", BB_FIELD_NUMBER, offsetof(struct where_fields, above), 0, 0, 0, 0, NULL},
                                               {"below", BB_FIELD_NUMBER, offsetof(struct where_fields, below), 0, 0, 0, 0, NULL}};

static void read_where(const struct reader *r, const struct bb_json *json, const struct bb_columns *columns,
                       struct bb_where_rule *where)
{
    *where = (struct bb_where_rule){.coord = json->key, .place = json->key_place};
    bb_names_init(&where->value);
    const struct bb_column_rule *rule = find_rule(columns, json->key);
    if (!rule && columns->n_rules) {
        no_rule_error(r, columns, json);
        return;
    }
    enum bb_value_type type = rule ? rule->type : BB_TYPE_TEXT;
    if (json->type != BB_JSON_OBJECT) {
        read_where_values(r, json, type, where);
        return;
    }
    struct where_fields f = {NULL, NAN, NAN};
    if (!bb_fields_read(json, "where", where_fields, sizeof where_fields / sizeof where_fields[0], &f, r->arena, r->diags)) return;
    where->ranged = !f.not_;
    where->drop = f.not_ != NULL;
    where->above = isnan(f.above) ? -HUGE_VAL : f.above;
    where->below = isnan(f.below) ? HUGE_VAL : f.below;
    if (f.not_ && (!isnan(f.above) || !isnan(f.below)))
        ERROR_AT(r, json->place, "\"where\": \"not\" cannot stand beside \"above\" or \"below\"");
    else if (f.not_)
        read_where_values(r, f.not_, type, where);
    else if (isnan(f.above) && isnan(f.below))
        ERROR_AT(r, json->place, "\"where\": an object must have \"not\", \"above\" or \"below\"");
    else if (rule && type != BB_TYPE_NUMBER)
        ERROR_AT(r, json->place, "\"where\": only numbers can be above or below, and \"%s\" is a %s", json->key, TYPE_NAMES[type]);
}

static bool is_object(const struct reader *r, const struct bb_json *json, const char *what)
{
    if (json->type == BB_JSON_OBJECT) return true;
    ERROR_AT(r, json->place, "\"%s\" must be an object, not %s", what, bb_json_type_name(json->type));
    return false;
}

bool bb_columns_read(const struct bb_json *columns, const struct bb_json *where, struct bb_arena *arena, struct bb_diags *diags,
                     struct bb_columns *out)
{
    const struct reader r = {arena, diags};
    size_t errors = diags->n_errors;
    *out = (struct bb_columns){0};
    if (columns && is_object(&r, columns, "columns")) {
        size_t n = columns->as.list.n;
        if (!n) ERROR_AT(&r, columns->place, "\"columns\" names no column");
        out->rule = BB_NEW_ARRAY(arena, n, struct bb_column_rule);
        for (size_t i = 0; i < n; i++) read_rule(&r, columns->as.list.item[i], &out->rule[i]);
        out->n_rules = n;
    }
    if (where && is_object(&r, where, "where")) {
        size_t n = where->as.list.n;
        out->where = BB_NEW_ARRAY(arena, n, struct bb_where_rule);
        for (size_t i = 0; i < n; i++) read_where(&r, where->as.list.item[i], out, &out->where[i]);
        out->n_where = n;
    }
    return diags->n_errors == errors;
}

void bb_columns_release(struct bb_columns *columns)
{
    for (size_t i = 0; i < columns->n_rules; i++) {
        bb_pattern_free(columns->rule[i].match);
        bb_names_release(&columns->rule[i].map_from);
    }
    for (size_t i = 0; i < columns->n_where; i++) bb_names_release(&columns->where[i].value);
    *columns = (struct bb_columns){0};
}
