#include "catalog/model.h"

#include <math.h>

#include "catalog/catalog_int.h"

static const char *const visibilities[] = {"public", "unlisted", "private", NULL};

const struct bb_field bb_model_fields[] = {
    {BB_MEMBER(struct bb_model, "id", BB_FIELD_ID, id), .flags = BB_REQUIRED},
    {BB_MEMBER(struct bb_model, "name", BB_FIELD_TEXT, name)},
    {BB_MEMBER(struct bb_model, "domains", BB_FIELD_TEXTS, domains)},
    {BB_MEMBER(struct bb_model, "family", BB_FIELD_TEXT, family)},
    {BB_MEMBER(struct bb_model, "submitter", BB_FIELD_TEXT, submitter)},
    {BB_MEMBER(struct bb_model, "date", BB_FIELD_DATE, date)},
    {BB_MEMBER(struct bb_model, "url", BB_FIELD_URL, url)},
    {BB_MEMBER(struct bb_model, "bibtex", BB_FIELD_TEXT, bibtex)},
    {BB_MEMBER(struct bb_model, "description", BB_FIELD_TEXT, description)},
    {BB_MEMBER(struct bb_model, "visual_degrees", BB_FIELD_NUMBER, visual_degrees), .min = 0.01, .max = 360},
    {BB_MEMBER(struct bb_model, "visibility", BB_FIELD_CHOICE, visibility), .choices = visibilities, .absent = BB_PUBLIC},
    {BB_MEMBER(struct bb_model, "embargo_until", BB_FIELD_DATE, embargo_until)},
    {BB_MEMBER(struct bb_model, "variant_of", BB_FIELD_TEXT, variant_of)},
    {BB_MEMBER(struct bb_model, "seed", BB_FIELD_INTEGER, seed)},
    {BB_MEMBER(struct bb_model, "reference", BB_FIELD_BOOL, reference)},
    {BB_MEMBER(struct bb_model, "layers", BB_FIELD_JSON, layers_json)},
    {BB_MEMBER(struct bb_model, "attributes", BB_FIELD_JSON, attributes_json), .flags = BB_HIDDEN},
    {BB_MEMBER(struct bb_model, "not_applicable", BB_FIELD_JSON, not_applicable_json)},
    {BB_MEMBER(struct bb_model, "outputs", BB_FIELD_JSON, outputs_json), .flags = BB_HIDDEN},
};
const size_t bb_n_model_fields = BB_N_OF(bb_model_fields);

/* Only in scores.json: what a reader of results needs and no author writes. */
struct made {
    bool listed_only;
};
static const struct bb_field made_fields[] = {{BB_MEMBER(struct made, "listed_only", BB_FIELD_BOOL, listed_only)}};

static bool is_object(const struct bb_json *json, struct bb_diags *diags)
{
    if (!json) return false;
    if (json->type == BB_JSON_OBJECT) return true;
    bb_diag_add(diags, BB_ERROR, json->place, "\"%s\" must be an object {…}, not %s", json->key, bb_json_type_name(json->type));
    return false;
}

static void read_attributes(const struct bb_json *json, struct bb_arena *arena, struct bb_diags *diags, struct bb_model *out)
{
    if (!is_object(json, diags)) return;
    out->attribute = BB_NEW_ARRAY(arena, json->as.list.n, struct bb_attribute);
    for (size_t i = 0; i < json->as.list.n; i++) {
        const struct bb_json *value = json->as.list.item[i];
        struct bb_attribute attribute = {.name = value->key, .number = NAN};
        if (value->type == BB_JSON_NUMBER)
            attribute.number = value->as.number;
        else if (value->type == BB_JSON_TEXT)
            attribute.text = value->as.text;
        else if (value->type == BB_JSON_BOOL)
            attribute.text = value->as.boolean ? "true" : "false";
        else if (value->type == BB_JSON_NULL)
            continue;
        else {
            bb_diag_add(diags, BB_ERROR, value->place, "the attribute \"%s\" must be a number or a text, not %s", value->key,
                        bb_json_type_name(value->type));
            continue;
        }
        out->attribute[out->n_attributes++] = attribute;
    }
}

static bool is_text_or_texts(const struct bb_json *json)
{
    if (json->type == BB_JSON_TEXT) return true;
    bool good = json->type == BB_JSON_ARRAY && json->as.list.n;
    for (size_t i = 0; good && i < json->as.list.n; i++) good = json->as.list.item[i]->type == BB_JSON_TEXT;
    return good;
}

static void check_layers(const struct bb_json *json, struct bb_diags *diags)
{
    if (!is_object(json, diags)) return;
    for (size_t i = 0; i < json->as.list.n; i++) {
        const struct bb_json *layer = json->as.list.item[i];
        if (!is_text_or_texts(layer))
            bb_diag_add(diags, BB_ERROR, layer->place, "the layer of region \"%s\" must be a name or a list of names",
                        layer->key);
    }
}

static void read_exemptions(const struct bb_json *json, struct bb_arena *arena, struct bb_diags *diags, struct bb_model *out)
{
    if (!is_object(json, diags)) return;
    out->exemption = BB_NEW_ARRAY(arena, json->as.list.n, struct bb_exemption);
    for (size_t i = 0; i < json->as.list.n; i++) {
        const struct bb_json *reason = json->as.list.item[i];
        if (reason->type == BB_JSON_TEXT && *reason->as.text)
            out->exemption[out->n_exemptions++] = (struct bb_exemption){reason->key, reason->as.text};
        else
            bb_diag_add(diags, BB_ERROR, reason->place, "\"not_applicable\": say in a text why \"%s\" is not", reason->key);
    }
}

static void read_outputs(const struct bb_json *json, const char *dir, struct bb_arena *arena, struct bb_diags *diags,
                         struct bb_model *out)
{
    if (!is_object(json, diags)) return;
    out->n_outputs = json->as.list.n;
    out->output = BB_NEW_ARRAY(arena, out->n_outputs, struct bb_output);
    for (size_t i = 0; i < out->n_outputs; i++) {
        const struct bb_json *member = json->as.list.item[i];
        const char *what = bb_arena_printf(arena, "output \"%s\"", member->key);
        out->output[i].stimuli = member->key;
        if (dir)
            bb_sources_read(member, what, dir, arena, diags, &out->output[i].sources);
        else
            bb_sources_read_results(member, what, arena, diags, &out->output[i].sources, &out->output[i].digest);
    }
}

/* dir NULL: from scores.json, where sources have no files. */
static void read_members(const struct bb_json *json, const char *dir, struct bb_arena *arena, struct bb_diags *diags,
                         struct bb_model *out)
{
    bb_fields_read(json, "model", bb_model_fields, bb_n_model_fields, out, arena, diags);
    if (!out->id) out->id = bb_json_id(json);
    if (!out->name) out->name = out->id;
    if (out->variant_of && !*out->variant_of) out->variant_of = NULL;
    read_attributes(out->attributes_json, arena, diags, out);
    check_layers(out->layers_json, diags);
    read_exemptions(out->not_applicable_json, arena, diags, out);
    read_outputs(out->outputs_json, dir, arena, diags, out);
}

bool bb_model_read(const struct bb_json *json, const char *dir, struct bb_arena *arena, struct bb_diags *diags,
                   struct bb_model *out)
{
    size_t errors = diags->n_errors;
    *out = (struct bb_model){.place = json->place};
    read_members(json, dir, arena, diags, out);
    return diags->n_errors == errors;
}

void bb_model_release(struct bb_model *model)
{
    for (size_t i = 0; i < model->n_outputs; i++) bb_sources_release(&model->output[i].sources);
}

static void write_attributes(struct bb_json_writer *w, const struct bb_model *model)
{
    if (!model->n_attributes) return;
    bb_jw_key(w, "attributes");
    bb_jw_object(w);
    for (size_t i = 0; i < model->n_attributes; i++) {
        bb_jw_key(w, model->attribute[i].name);
        if (model->attribute[i].text)
            bb_jw_text(w, model->attribute[i].text);
        else
            bb_jw_number(w, model->attribute[i].number);
    }
    bb_jw_object_end(w);
}

static void write_outputs(struct bb_json_writer *w, const struct bb_model *model)
{
    if (!model->n_outputs) return;
    bb_jw_key(w, "outputs");
    bb_jw_object(w);
    for (size_t i = 0; i < model->n_outputs; i++) {
        bb_jw_key(w, model->output[i].stimuli);
        bb_sources_write(w, &model->output[i].sources, model->output[i].digest);
    }
    bb_jw_object_end(w);
}

void bb_model_write(struct bb_json_writer *w, const struct bb_model *model)
{
    const struct made made = {model->listed_only};
    bb_jw_fields(w, bb_model_fields, bb_n_model_fields, model);
    bb_jw_fields(w, made_fields, BB_N_OF(made_fields), &made);
    write_attributes(w, model); /* with those of the attribute tables, which attributes_json does not have */
    write_outputs(w, model);
}

bool bb_model_read_results(const struct bb_json *json, struct bb_arena *arena, struct bb_diags *diags, struct bb_model *out)
{
    size_t errors = diags->n_errors;
    struct made made = {0};
    const struct bb_json *own = json;
    *out = (struct bb_model){.place = json->place};
    if (json->type == BB_JSON_OBJECT) {
        own = bb_json_only(json, bb_model_fields, bb_n_model_fields, arena);
        bb_fields_read(bb_json_only(json, made_fields, BB_N_OF(made_fields), arena), "model", made_fields, BB_N_OF(made_fields),
                       &made, arena, diags);
    }
    read_members(own, NULL, arena, diags, out);
    out->listed_only = made.listed_only;
    return diags->n_errors == errors;
}
