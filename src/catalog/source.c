#include "catalog/source.h"

#include <string.h>

#include "catalog/catalog_int.h"

const char *const bb_part_names[] = {"test", "train", "stimuli", NULL};
static const char *const gap_names[] = {"none", "neuroid", "presentation", NULL};

/* What says where a file lies on this machine is read, never written. */
const struct bb_field bb_source_fields[] = {
    {BB_MEMBER(struct bb_source, "file", BB_FIELD_TEXTS, file), .flags = BB_HIDDEN},
    {BB_MEMBER(struct bb_source, "gram", BB_FIELD_TEXT, gram), .flags = BB_HIDDEN},
    {BB_MEMBER(struct bb_source, "columns", BB_FIELD_JSON, columns_json), .flags = BB_HIDDEN},
    {BB_MEMBER(struct bb_source, "where", BB_FIELD_JSON, where_json), .flags = BB_HIDDEN},
    {BB_MEMBER(struct bb_source, "sha256", BB_FIELD_TEXT, sha256)},
    {BB_MEMBER(struct bb_source, "sha1", BB_FIELD_TEXT, sha1)},
    {BB_MEMBER(struct bb_source, "url", BB_FIELD_URL, url)},
    {BB_MEMBER(struct bb_source, "license", BB_FIELD_TEXT, license)},
    {BB_MEMBER(struct bb_source, "public", BB_FIELD_BOOL, is_public)},
    {BB_MEMBER(struct bb_source, "degrees", BB_FIELD_NUMBER, degrees), .min = 0.01, .max = 360},
    {BB_MEMBER(struct bb_source, "context", BB_FIELD_TEXT, context)},
    {BB_MEMBER(struct bb_source, "part", BB_FIELD_CHOICE, part), .choices = bb_part_names, .absent = BB_PART_TEST},
    {BB_MEMBER(struct bb_source, "partial", BB_FIELD_BOOL, partial)},
    {BB_MEMBER(struct bb_source, "flatten_time", BB_FIELD_BOOL, flatten_time)},
    {BB_MEMBER(struct bb_source, "drop_missing", BB_FIELD_CHOICE, drop_missing), .choices = gap_names},
    {BB_MEMBER(struct bb_source, "min_consistency", BB_FIELD_NUMBER, min_consistency), .min = -1, .max = 1},
    {BB_MEMBER(struct bb_source, "stimulus_set", BB_FIELD_TEXT, stimulus_set), .flags = BB_HIDDEN},
    {BB_MEMBER(struct bb_source, "group", BB_FIELD_TEXT, group), .flags = BB_HIDDEN},
    {BB_MEMBER(struct bb_source, "variable", BB_FIELD_TEXT, variable), .flags = BB_HIDDEN},
};
const size_t bb_n_source_fields = BB_N_OF(bb_source_fields);

static void check_digest(const struct bb_json *json, const char *key, const char *digest, size_t digits, struct bb_diags *diags)
{
    if (!digest || (strlen(digest) == digits && strspn(digest, "0123456789abcdef") == digits)) return;
    bb_diag_add(diags, BB_ERROR, bb_json_member(json, key)->place, "\"%s\" must be %zu hexadecimal digits in lower case", key,
                digits);
}

void bb_source_finish(const struct bb_json *json, const char *what, const char *dir, struct bb_arena *arena,
                      struct bb_diags *diags, struct bb_source *source)
{
    source->place = json->place;
    source->dir = dir;
    if (json->type != BB_JSON_OBJECT) return;
    if (!bb_json_member(json, "file") && !bb_json_member(json, "gram"))
        bb_diag_add(diags, BB_ERROR, json->place, "%s must name its \"file\"", what);
    if (source->file.n && source->gram)
        bb_diag_add(diags, BB_ERROR, json->place, "%s may name \"file\" or \"gram\", not both", what);
    check_digest(json, "sha256", source->sha256, 64, diags);
    check_digest(json, "sha1", source->sha1, 40, diags);
    bb_columns_read(source->columns_json, source->where_json, arena, diags, &source->columns);
}

/* The objects that json stands for, one or several. */
static size_t elements(const struct bb_json *json)
{
    return json->type == BB_JSON_ARRAY ? json->as.list.n : 1;
}
static const struct bb_json *element(const struct bb_json *json, size_t i)
{
    return json->type == BB_JSON_ARRAY ? json->as.list.item[i] : json;
}

bool bb_sources_read(const struct bb_json *json, const char *what, const char *dir, struct bb_arena *arena,
                     struct bb_diags *diags, struct bb_sources *out)
{
    size_t errors = diags->n_errors;
    out->n = elements(json);
    out->source = BB_NEW_ARRAY(arena, out->n, struct bb_source);
    if (!out->n) bb_diag_add(diags, BB_ERROR, json->place, "%s: the list is empty", what);
    for (size_t i = 0; i < out->n; i++) {
        const struct bb_json *item = element(json, i);
        bb_fields_read(item, what, bb_source_fields, bb_n_source_fields, &out->source[i], arena, diags);
        bb_source_finish(item, what, dir, arena, diags, &out->source[i]);
    }
    return diags->n_errors == errors;
}

void bb_sources_release(struct bb_sources *sources)
{
    for (size_t i = 0; i < sources->n; i++) bb_columns_release(&sources->source[i].columns);
    *sources = (struct bb_sources){0};
}

void bb_sources_write(struct bb_json_writer *w, const struct bb_sources *sources, const char *digest)
{
    if (sources->n != 1) bb_jw_array(w);
    for (size_t i = 0; i < sources->n; i++) {
        bb_jw_object(w);
        if (i == 0) bb_jw_member_text(w, "digest", digest);
        bb_jw_fields(w, bb_source_fields, bb_n_source_fields, &sources->source[i]);
        bb_jw_object_end(w);
    }
    if (sources->n != 1) bb_jw_array_end(w);
}

bool bb_sources_read_results(const struct bb_json *json, const char *what, struct bb_arena *arena, struct bb_diags *diags,
                             struct bb_sources *out, const char **digest)
{
    size_t errors = diags->n_errors;
    out->n = elements(json);
    out->source = BB_NEW_ARRAY(arena, out->n, struct bb_source);
    for (size_t i = 0; i < out->n; i++) {
        const struct bb_json *item = element(json, i), *own = bb_json_member(item, "digest");
        if (own && own->type == BB_JSON_TEXT && digest) *digest = own->as.text;
        if (item->type == BB_JSON_OBJECT) item = bb_json_only(item, bb_source_fields, bb_n_source_fields, arena);
        bb_fields_read(item, what, bb_source_fields, bb_n_source_fields, &out->source[i], arena, diags);
    }
    return diags->n_errors == errors;
}
