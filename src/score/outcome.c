#include "score/outcome.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "base/version.h"

/* A line of JSON with everything but the values of the units, which follow as they are in memory: they are many. */

void bb_outcome_init(struct bb_outcome *outcome)
{
    *outcome = (struct bb_outcome){.value = (double)NAN, .error = (double)NAN, .lower = (double)NAN};
}

static size_t units_count(const struct bb_units *units)
{
    return units->n[0] * (units->n[1] ? units->n[1] : 1);
}

static void write_labels(struct bb_json_writer *w, const char *const *label, size_t n)
{
    bb_jw_array(w);
    for (size_t i = 0; i < n; i++) bb_jw_text(w, label[i]);
    bb_jw_array_end(w);
}

static void write_units(struct bb_json_writer *w, const struct bb_units *units)
{
    bb_jw_key(w, "units");
    bb_jw_object(w);
    for (size_t a = 0; a < 2 && units->n[a]; a++) {
        bb_jw_key(w, units->axis[a]);
        write_labels(w, units->label[a], units->n[a]);
    }
    bb_jw_object_end(w);
}

static void write_parts(struct bb_json_writer *w, const struct bb_parts *parts)
{
    bb_jw_key(w, "part_labels");
    write_labels(w, parts->label, parts->n);
    bb_jw_key(w, "parts");
    bb_jw_array(w);
    for (size_t i = 0; i < parts->n; i++) bb_jw_number(w, parts->value[i]);
    bb_jw_array_end(w);
}

void bb_outcome_write(const struct bb_outcome *outcome, struct bb_buf *out)
{
    struct bb_json_writer w;
    bb_jw_init(&w, out, 0);
    bb_jw_object(&w);
    bb_jw_member_number(&w, "code", outcome->code);
    bb_jw_member_text(&w, "reason", outcome->reason);
    if (outcome->code) bb_jw_member_text(&w, "program", bb_version);
    bb_jw_member_bool(&w, "resource", outcome->resource);
    bb_jw_member_number(&w, "value", outcome->value);
    bb_jw_member_number(&w, "error", outcome->error);
    bb_jw_member_number(&w, "lower", outcome->lower);
    bb_jw_member_text(&w, "error_kind", outcome->error_kind);
    bb_jw_member_number(&w, "n", (double)outcome->n);
    bb_jw_member_text(&w, "warning", outcome->warning);
    bb_jw_member_text(&w, "detail", outcome->detail);
    if (outcome->parts.n) write_parts(&w, &outcome->parts);
    if (outcome->units.value) write_units(&w, &outcome->units);
    bb_jw_object_end(&w);
    bb_buf_putc(out, '\n');
    if (outcome->units.value) bb_buf_add(out, outcome->units.value, units_count(&outcome->units) * sizeof *outcome->units.value);
}

static const char *const *labels_in(const struct bb_json *json, struct bb_arena *arena, size_t *n)
{
    const char **label = BB_NEW_ARRAY(arena, json->as.list.n + 1, const char *);
    *n = json->as.list.n;
    for (size_t i = 0; i < *n; i++) label[i] = json->as.list.item[i]->type == BB_JSON_TEXT ? json->as.list.item[i]->as.text : "";
    return label;
}

static void read_parts(const struct bb_json *json, struct bb_arena *arena, struct bb_parts *out)
{
    const struct bb_json *label = bb_json_member(json, "part_labels"), *value = bb_json_member(json, "parts");
    if (!label || !value || label->type != BB_JSON_ARRAY || value->type != BB_JSON_ARRAY || label->as.list.n != value->as.list.n)
        return;
    double *number = BB_NEW_ARRAY(arena, value->as.list.n + 1, double);
    out->label = labels_in(label, arena, &out->n);
    for (size_t i = 0; i < out->n; i++)
        number[i] = value->as.list.item[i]->type == BB_JSON_NUMBER ? value->as.list.item[i]->as.number : (double)NAN;
    out->value = number;
}

static bool read_units(const struct bb_json *json, const char *data, size_t len, struct bb_arena *arena, struct bb_units *out)
{
    const struct bb_json *units = bb_json_member(json, "units");
    if (!units) return len == 0;
    if (units->type != BB_JSON_OBJECT || units->as.list.n > 2 || !units->as.list.n) return false;
    for (size_t a = 0; a < units->as.list.n; a++) {
        const struct bb_json *axis = units->as.list.item[a];
        if (axis->type != BB_JSON_ARRAY) return false;
        out->axis[a] = axis->key;
        out->label[a] = labels_in(axis, arena, &out->n[a]);
    }
    if (len != units_count(out) * sizeof(double)) return false;
    double *value = BB_NEW_ARRAY(arena, units_count(out), double);
    memcpy(value, data, len);
    out->value = value;
    return true;
}

bool bb_outcome_read(const char *data, size_t len, struct bb_arena *arena, struct bb_outcome *out)
{
    const char *end = memchr(data, '\n', len);
    struct bb_diags diags;
    if (!end) return false;
    bb_diags_init(&diags);
    const struct bb_json *json = bb_json_parse(arena, "outcome", data, (size_t)(end - data), &diags);
    bb_diags_release(&diags);
    if (!json || json->type != BB_JSON_OBJECT) return false;
    const struct bb_json *resource = bb_json_member(json, "resource");
    bb_outcome_init(out);
    double code = bb_json_number(json, "code");
    out->code = code >= 0 && code <= BB_EIO ? (enum bb_code)code : BB_EIO;
    out->reason = bb_json_text(json, "reason");
    if (out->code && !bb_streq(bb_json_text(json, "program"), bb_version)) return false;
    out->resource = resource && resource->type == BB_JSON_BOOL && resource->as.boolean;
    out->value = bb_json_number(json, "value");
    out->error = bb_json_number(json, "error");
    out->lower = bb_json_number(json, "lower");
    out->error_kind = bb_json_text(json, "error_kind");
    out->n = bb_json_number(json, "n") > 0 ? (size_t)bb_json_number(json, "n") : 0;
    out->warning = bb_json_text(json, "warning");
    out->detail = bb_json_text(json, "detail");
    read_parts(json, arena, &out->parts);
    return read_units(json, end + 1, len - (size_t)(end + 1 - data), arena, &out->units);
}
