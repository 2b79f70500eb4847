#include "catalog/node.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/catalog_int.h"

static const char *const publish_names[] = {"score", "units", "none", NULL};
static const char *const better_names[] = {"higher", "lower", NULL};
static const char *const aggregate_names[] = {"mean", "none", NULL};
static const char *const verified_names[] = {"none", "defined", "independent", "real", NULL};
const char *const bb_verified_words[BB_N_VERIFIED] = {"", "defined", "verified against an independent implementation",
                                                      "verified on real data"};
const char *const bb_access_names[BB_N_ACCESS + 1] = {"unknown", "public", "private", NULL};
static const char *const items_names[] = {"common", "own", NULL};

const struct bb_field bb_node_fields[] = {
    {BB_MEMBER(struct bb_node, "id", BB_FIELD_ID, id), .flags = BB_REQUIRED},
    {BB_MEMBER(struct bb_node, "version", BB_FIELD_INTEGER, version), .min = 0, .max = HUGE_VAL},
    {BB_MEMBER(struct bb_node, "parent", BB_FIELD_TEXT, parent)},
    {BB_MEMBER(struct bb_node, "domain", BB_FIELD_ID, domain)},
    {BB_MEMBER(struct bb_node, "title", BB_FIELD_TEXT, title)},
    {BB_MEMBER(struct bb_node, "description", BB_FIELD_TEXT, description)},
    {BB_MEMBER(struct bb_node, "order", BB_FIELD_INTEGER, order), .min = -1e9, .max = 1e9},
    {BB_MEMBER(struct bb_node, "region", BB_FIELD_TEXT, region)},
    {BB_MEMBER(struct bb_node, "species", BB_FIELD_TEXT, species)},
    {BB_MEMBER(struct bb_node, "subjects", BB_FIELD_INTEGER, subjects), .min = 0, .max = HUGE_VAL},
    {BB_MEMBER(struct bb_node, "units", BB_FIELD_INTEGER, units), .min = 0, .max = HUGE_VAL},
    {BB_MEMBER(struct bb_node, "trials", BB_FIELD_INTEGER, trials), .min = 0, .max = HUGE_VAL},
    {BB_MEMBER(struct bb_node, "n_stimuli", BB_FIELD_INTEGER, n_stimuli), .min = 0, .max = HUGE_VAL},
    {BB_MEMBER(struct bb_node, "time_bins_ms", BB_FIELD_JSON, time_bins_json)},
    {BB_MEMBER(struct bb_node, "stimuli", BB_FIELD_TEXT, stimuli)},
    {BB_MEMBER(struct bb_node, "fitting_stimuli", BB_FIELD_TEXT, fitting_stimuli)},
    {BB_MEMBER(struct bb_node, "pca_stimuli", BB_FIELD_TEXT, pca_stimuli)},
    {BB_MEMBER(struct bb_node, "visual_degrees", BB_FIELD_NUMBER, visual_degrees), .min = 0.01, .max = 360},
    {BB_MEMBER(struct bb_node, "samples", BB_FIELD_TEXTS, samples)},
    {BB_MEMBER(struct bb_node, "simulated", BB_FIELD_BOOL, simulated)},
    {BB_MEMBER(struct bb_node, "data", BB_FIELD_JSON, data_json), .flags = BB_HIDDEN},
    {BB_MEMBER(struct bb_node, "metric", BB_FIELD_JSON, metric_json)},
    {BB_MEMBER(struct bb_node, "ceiling", BB_FIELD_JSON, ceiling_json), .flags = BB_HIDDEN},
    {BB_MEMBER(struct bb_node, "normalise", BB_FIELD_JSON, normalise_json)},
    {BB_MEMBER(struct bb_node, "clip", BB_FIELD_NUMBERS, clip), .flags = BB_HIDDEN},
    {BB_MEMBER(struct bb_node, "publish", BB_FIELD_CHOICE, publish), .choices = publish_names, .absent = BB_PUBLISH_SCORE},
    {BB_MEMBER(struct bb_node, "engineering", BB_FIELD_BOOL, engineering)},
    {BB_MEMBER(struct bb_node, "better", BB_FIELD_CHOICE, lower_better), .choices = better_names},
    {BB_MEMBER(struct bb_node, "aggregate", BB_FIELD_CHOICE, no_average), .choices = aggregate_names},
    {BB_MEMBER(struct bb_node, "items", BB_FIELD_CHOICE, items), .choices = items_names, .absent = -1},
    {BB_MEMBER(struct bb_node, "selects_layer", BB_FIELD_BOOL, selects_layer)},
    {BB_MEMBER(struct bb_node, "access", BB_FIELD_CHOICE, access), .choices = bb_access_names},
    {BB_MEMBER(struct bb_node, "verified", BB_FIELD_CHOICE, verified), .choices = verified_names},
    {BB_MEMBER(struct bb_node, "ours", BB_FIELD_BOOL, ours)},
    {BB_MEMBER(struct bb_node, "shuffled_split", BB_FIELD_BOOL, shuffled_split)},
    {BB_MEMBER(struct bb_node, "twin", BB_FIELD_TEXT, twin)},
    {BB_MEMBER(struct bb_node, "identifier", BB_FIELD_TEXT, identifier)},
    {BB_MEMBER(struct bb_node, "reference_parent", BB_FIELD_TEXT, reference_parent)},
    {BB_MEMBER(struct bb_node, "note", BB_FIELD_TEXT, note)},
    {BB_MEMBER(struct bb_node, "unscorable", BB_FIELD_TEXT, unscorable)},
    {BB_MEMBER(struct bb_node, "cite", BB_FIELD_TEXTS, cite)},
    {BB_MEMBER(struct bb_node, "known_ceiling", BB_FIELD_JSON, known_ceiling_json)},
    {BB_MEMBER(struct bb_node, "stimulus_data", BB_FIELD_JSON, stimulus_data_json)},
    {BB_MEMBER(struct bb_node, "license", BB_FIELD_TEXT, license)},
    {BB_MEMBER(struct bb_node, "bibtex", BB_FIELD_TEXT, bibtex)},
    {BB_MEMBER(struct bb_node, "url", BB_FIELD_URL, url)},
};
const size_t bb_n_node_fields = BB_N_OF(bb_node_fields);

static const char *const PUBLISHED = "published"; /* a metric that only score lists know the values of */

struct reader {
    struct bb_arena *arena;
    struct bb_diags *diags;
    const char *dir;
    bool built_in;
};

#define ERROR_AT(r, where, ...) bb_diag_add((r)->diags, BB_ERROR, (where), __VA_ARGS__)

/* --- metric and ceiling ------------------------------------------------------------------------------------------- */

/* The name in "name" or {"name": "name", parameters…}, and its place; NULL when there is none. */
static const char *name_in(const struct bb_json *json, struct bb_place *place)
{
    const struct bb_json *name = json->type == BB_JSON_TEXT ? json : bb_json_member(json, "name");
    if (!name || name->type != BB_JSON_TEXT) return NULL;
    *place = name->place;
    return name->as.text;
}

/* Parameters beside the name, by the table of whoever is named. */
static void *read_params(const struct reader *r, const struct bb_json *json, const char *what, const struct bb_field *field,
                         size_t n, size_t size)
{
    void *params = bb_arena_alloc(r->arena, 1, size ? size : 1);
    const struct bb_json *beside =
        json->type == BB_JSON_OBJECT ? bb_json_without(json, "name", r->arena) : bb_json_new_object(r->arena, json->place, 0);
    bb_fields_read(beside, what, field, n, params, r->arena, r->diags);
    return params;
}

/* What a field table cannot check; what is said without a place is about the whole. */
static void finish_params(void (*finish)(void *params, struct bb_arena *arena, struct bb_diags *diags), void *params,
                          struct bb_place place, const struct reader *r)
{
    struct bb_diags said;
    if (!finish) return;
    bb_diags_init(&said);
    finish(params, r->arena, &said);
    for (size_t i = 0; i < said.n; i++) {
        const struct bb_diag *diag = &said.diag[i];
        bb_diag_add(r->diags, diag->severity, diag->place.file ? diag->place : place, "%s", diag->message);
    }
    bb_diags_release(&said);
}

/* The parameters of a definition of the catalog that this program does not have yet, in a note: true when there is one. `trial` has what was
   wrong with them, and is released. */
static bool lacks_parameters(const struct reader *r, const char *what, const char *name, struct bb_place place, struct bb_diags *trial)
{
    size_t wrong = trial->n_errors;
    if (wrong) bb_diag_add(r->diags, BB_NOTE, place, "this program's %s \"%s\" does not have these parameters yet", what, name);
    bb_diags_release(trial);
    return wrong > 0;
}

static void unknown_name(const struct reader *r, const char *what, const char *name, struct bb_place place,
                         const char *const *names, size_t n)
{
    if (r->built_in)
        bb_diag_add(r->diags, BB_NOTE, place, "this program has no %s \"%s\" yet", what, name);
    else
        ERROR_AT(r, place, "there is no %s \"%s\"%s", what, name, bb_did_you_mean(r->arena, name, names, n));
}

static void read_metric(const struct reader *r, struct bb_node *out)
{
    const struct bb_json *json = out->metric_json;
    struct bb_place place;
    if (!json) return;
    const char *name = name_in(json, &place);
    if (!name) {
        ERROR_AT(r, json->place, "\"metric\" must be {\"name\": …, parameters}, or \"%s\" where scores only come from lists",
                 PUBLISHED);
        return;
    }
    out->listed_only = strcmp(name, PUBLISHED) == 0;
    if (out->listed_only) return;
    out->metric = bb_metric_find(name);
    if (!out->metric) {
        size_t n;
        const char *const *names = bb_metric_names(&n);
        unknown_name(r, "metric", name, place, names, n);
        return;
    }
    struct bb_diags trial;
    bb_diags_init(&trial);
    const struct reader in = {r->arena, r->built_in ? &trial : r->diags, r->dir, r->built_in};
    out->metric_params = read_params(&in, json, bb_arena_printf(r->arena, "metric %s", name), out->metric->fields,
                                     out->metric->n_fields, out->metric->params_size);
    finish_params(out->metric->finish, out->metric_params, place, &in);
    if (lacks_parameters(r, "metric", name, place, &trial)) out->metric = NULL;
}

static const struct bb_field stated_fields[] = {
    {BB_MEMBER(struct bb_node, "value", BB_FIELD_NUMBER, ceiling_value), .flags = BB_REQUIRED},
    {BB_MEMBER(struct bb_node, "error", BB_FIELD_NUMBER, ceiling_error), .min = 0, .max = HUGE_VAL},
    {BB_MEMBER(struct bb_node, "lower", BB_FIELD_NUMBER, ceiling_lower)},
};

static void read_stated(const struct reader *r, const struct bb_json *json, struct bb_node *out)
{
    if (!bb_fields_read(json, "ceiling", stated_fields, BB_N_OF(stated_fields), out, r->arena, r->diags)) return;
    if (!(out->ceiling_value > 0)) ERROR_AT(r, bb_json_member(json, "value")->place, "a ceiling must be greater than 0");
}

static bool goes_with(const struct bb_ceiling *ceiling, const struct bb_metric *metric)
{
    if (!ceiling->metrics || !metric) return true;
    for (size_t i = 0; ceiling->metrics[i]; i++)
        if (strcmp(ceiling->metrics[i], metric->name) == 0) return true;
    return false;
}

static void read_ceiling(const struct reader *r, struct bb_node *out)
{
    const struct bb_json *json = out->ceiling_json;
    struct bb_place place;
    if (!json) return;
    const char *name = name_in(json, &place);
    if (!name && bb_json_member(json, "value")) {
        read_stated(r, json, out);
        return;
    }
    if (!name) {
        ERROR_AT(r, json->place, "\"ceiling\" must be {\"name\": …, parameters} or {\"value\": …}");
        return;
    }
    out->ceiling = bb_ceiling_find(name);
    if (!out->ceiling) {
        size_t n;
        const char *const *names = bb_ceiling_names(&n);
        unknown_name(r, "ceiling", name, place, names, n);
        if (r->built_in) out->metric = NULL; /* without its ceiling it has no score */
        return;
    }
    if (!goes_with(out->ceiling, out->metric))
        ERROR_AT(r, place, "the ceiling \"%s\" does not go with the metric \"%s\"", name, out->metric->name);
    struct bb_diags trial;
    bb_diags_init(&trial);
    const struct reader in = {r->arena, r->built_in ? &trial : r->diags, r->dir, r->built_in};
    out->ceiling_params = read_params(&in, json, bb_arena_printf(r->arena, "ceiling %s", name), out->ceiling->fields,
                                      out->ceiling->n_fields, out->ceiling->params_size);
    finish_params(out->ceiling->finish, out->ceiling_params, place, &in);
    if (lacks_parameters(r, "ceiling", name, place, &trial)) out->metric = NULL;
}

/* --- normalise ---------------------------------------------------------------------------------------------------- */

/* In the order of enum bb_normalise; chance is written as an object. */
static const char *const rule_names[] = {"none", "ratio", "ratio_squared", "explained_variance", "ratio_sqrt"};

static const struct bb_field chance_fields[] = {
    {BB_MEMBER(struct bb_node, "chance", BB_FIELD_NUMBER, chance), .flags = BB_REQUIRED}};

static void read_rule_name(const struct reader *r, const struct bb_json *json, struct bb_node *out)
{
    for (size_t i = 0; i < BB_N_OF(rule_names); i++)
        if (strcmp(json->as.text, rule_names[i]) == 0) {
            out->normalise = (enum bb_normalise)i;
            return;
        }
    if (strcmp(json->as.text, "chance") == 0)
        ERROR_AT(r, json->place, "\"normalise\": the level of chance must be stated, as in {\"chance\": 0.5}");
    else
        ERROR_AT(r, json->place, "\"normalise\" cannot be \"%s\"%s", json->as.text,
                 bb_did_you_mean(r->arena, json->as.text, rule_names, BB_N_OF(rule_names)));
}

static void read_normalise(const struct reader *r, struct bb_node *out)
{
    const struct bb_json *json = out->normalise_json;
    if (!json) return;
    if (json->type == BB_JSON_TEXT)
        read_rule_name(r, json, out);
    else if (bb_fields_read(json, "normalise", chance_fields, BB_N_OF(chance_fields), out, r->arena, r->diags))
        out->normalise = BB_NORMALISE_CHANCE;
}

/* --- the rest ----------------------------------------------------------------------------------------------------- */

static void read_time_bins(const struct reader *r, const struct bb_json *json, struct bb_node *out)
{
    bool good = !json || (json->type == BB_JSON_ARRAY && json->as.list.n);
    size_t n = json && good ? json->as.list.n : 0;
    double(*bins)[2] = (double(*)[2])bb_arena_alloc(r->arena, n, sizeof *bins);
    for (size_t i = 0; good && i < n; i++) {
        const struct bb_json *bin = json->as.list.item[i];
        good = bin->type == BB_JSON_ARRAY && bin->as.list.n == 2 && bin->as.list.item[0]->type == BB_JSON_NUMBER &&
               bin->as.list.item[1]->type == BB_JSON_NUMBER && bin->as.list.item[0]->as.number < bin->as.list.item[1]->as.number;
        for (size_t k = 0; good && k < 2; k++) bins[i][k] = bin->as.list.item[k]->as.number;
    }
    out->time_bin = (const double(*)[2])bins;
    out->n_time_bins = good ? n : 0;
    if (!good) ERROR_AT(r, json->place, "\"time_bins_ms\" must be a list of [start, end] pairs in milliseconds");
}

static void check_samples(const struct reader *r, const struct bb_json *json, const struct bb_node *out)
{
    const struct bb_json *list = bb_json_member(json, "samples");
    for (size_t i = 0; i < out->samples.n; i++)
        bb_check_inside(list->type == BB_JSON_ARRAY ? list->as.list.item[i] : list, "samples", out->samples.text[i], r->diags);
}

/* Unstated, it is [0, 1] for a benchmark that is scored here. */
static void read_clip(const struct reader *r, const struct bb_json *json, struct bb_node *out)
{
    const struct bb_json *clip = bb_json_member(json, "clip");
    if (!clip && out->metric_json && !out->listed_only) {
        out->clip = (struct bb_numbers){BB_NEW_ARRAY(r->arena, 2, double), 2};
        out->clip.number[1] = 1;
    }
    if (clip && out->clip.n && (out->clip.n != 2 || !(out->clip.number[0] < out->clip.number[1])))
        ERROR_AT(r, clip->place, "\"clip\" must be two ascending numbers, or [] for no clipping");
}

/* What a benchmark needs to be scored, and what has no meaning in a group. */
static void check_completeness(const struct reader *r, const struct bb_json *json, const struct bb_node *out)
{
    if (!out->metric_json) {
        const struct bb_json *only_leaf = out->data_json      ? out->data_json
                                          : out->ceiling_json ? out->ceiling_json
                                                              : out->normalise_json;
        if (only_leaf)
            ERROR_AT(r, only_leaf->key_place, "\"%s\" has \"%s\" but no \"metric\"", out->id ? out->id : "this benchmark",
                     only_leaf->key);
        return;
    }
    if (!out->metric) return;
    if (!out->stimuli)
        ERROR_AT(r, json->place, "the benchmark \"%s\" does not say which \"stimuli\" a model must answer",
                 out->id ? out->id : "");
    if (out->metric->data_coords && !out->data_json)
        ERROR_AT(r, json->place, "the metric \"%s\" of \"%s\" needs \"data\"", out->metric->name, out->id ? out->id : "");
    if (bb_normalise_needs_ceiling(out->normalise) && !out->ceiling_json)
        ERROR_AT(r, out->normalise_json->place, "\"normalise\": \"%s\" needs a \"ceiling\"", rule_names[out->normalise]);
}

/* Moves the sources of the other parts out of `data`. */
static void take_parts(const struct reader *r, struct bb_node *out)
{
    size_t n = out->data.n;
    struct bb_source *all = out->data.source;
    out->data.n = 0;
    out->data_train.source = BB_NEW_ARRAY(r->arena, n, struct bb_source);
    out->data_stimuli.source = BB_NEW_ARRAY(r->arena, n, struct bb_source);
    struct bb_sources *const of_part[] = {&out->data, &out->data_train, &out->data_stimuli};
    for (size_t i = 0; i < n; i++) {
        struct bb_sources *part = of_part[all[i].part];
        struct bb_source source = all[i];
        part->source[part->n++] = source;
    }
    if (n && !out->data.n) ERROR_AT(r, out->data_json->place, "\"data\" has no part \"test\", which is the recording itself");
}

/* Members that have a field; what is below them is read by who calls. */
static void read_fields(const struct reader *r, const struct bb_json *json, struct bb_node *out)
{
    *out = (struct bb_node){.place = json->place,
                            .ceiling_value = NAN,
                            .ceiling_error = NAN,
                            .ceiling_lower = NAN,
                            .chance = NAN,
                            .parent_index = BB_NO_NODE};
    bb_fields_read(json, "benchmark", bb_node_fields, bb_n_node_fields, out, r->arena, r->diags);
    if (!out->id) out->id = bb_json_id(json);
    if (!out->title) out->title = out->id;
    if (out->parent && !*out->parent) out->parent = NULL;
}

static bool read_node(const struct reader *r, const struct bb_json *json, struct bb_node *out)
{
    size_t errors = r->diags->n_errors;
    read_fields(r, json, out);
    out->dir = r->dir;
    if (json->type != BB_JSON_OBJECT) return false;
    if (out->data_json) bb_sources_read(out->data_json, "data", r->dir, r->arena, r->diags, &out->data);
    take_parts(r, out);
    read_metric(r, out);
    read_ceiling(r, out);
    read_normalise(r, out);
    read_clip(r, json, out);
    read_time_bins(r, out->time_bins_json, out);
    check_samples(r, json, out);
    check_completeness(r, json, out);
    return r->diags->n_errors == errors;
}

bool bb_node_read(const struct bb_json *json, const char *dir, struct bb_arena *arena, struct bb_diags *diags,
                  struct bb_node *out)
{
    const struct reader r = {arena, diags, dir, false};
    return read_node(&r, json, out);
}

bool bb_node_read_built_in(const struct bb_json *json, const char *dir, struct bb_arena *arena, struct bb_diags *diags,
                           struct bb_node *out)
{
    const struct reader r = {arena, diags, dir, true};
    return read_node(&r, json, out);
}

void bb_node_known_ceiling(const struct bb_node *node, double value_error[2])
{
    value_error[0] = node->known_ceiling_json ? bb_json_number(node->known_ceiling_json, "value") : (double)NAN;
    value_error[1] = node->known_ceiling_json ? bb_json_number(node->known_ceiling_json, "error") : (double)NAN;
}

/* None of these files was at hand when the catalog was written: what was checked on real data was checked on other copies of them. */
const char *bb_node_layout(const struct bb_node *node)
{
    bool published = false;
    if (!node->verified || !node->data.n) return NULL;
    for (size_t i = 0; i < node->data.n; i++) published = published || node->data.source[i].url;
    if (!published) return "The reference publishes no such file: its name and the names of its columns are ours.";
    return "The names of its coordinates and columns are taken from the reference’s code, not from the files.";
}

const char *bb_node_metric_name(const struct bb_node *node)
{
    struct bb_place place;
    return node->metric_json ? name_in(node->metric_json, &place) : NULL;
}

const char *bb_node_ceiling_name(const struct bb_node *node)
{
    struct bb_place place;
    return node->ceiling_json ? name_in(node->ceiling_json, &place) : NULL;
}

const char *bb_node_why_not(const struct bb_node *node, struct bb_arena *arena)
{
    if (node->unscorable || node->metric || !node->metric_json || node->listed_only) return node->unscorable;
    return bb_arena_printf(arena, "this program does not compute \"%s\" as the definition has it", bb_node_metric_name(node));
}

void bb_node_release(struct bb_node *node)
{
    bb_sources_release(&node->data);
    bb_sources_release(&node->data_train);
    bb_sources_release(&node->data_stimuli);
}

bool bb_node_is_leaf(const struct bb_node *node)
{
    return node->metric_json || node->metric || node->listed_only;
}

/* --- scores.json -------------------------------------------------------------------------------------------------- */

static const char CEILING_RULE[] = "ceiling_rule";

static void write_clip(struct bb_json_writer *w, const struct bb_node *node)
{
    if (!node->clip.n && !bb_node_is_leaf(node)) return;
    bb_jw_key(w, "clip");
    bb_jw_array(w);
    for (size_t i = 0; i < node->clip.n; i++) bb_jw_number(w, node->clip.number[i]);
    bb_jw_array_end(w);
}

void bb_node_write(struct bb_json_writer *w, const struct bb_node *node)
{
    bb_jw_fields(w, bb_node_fields, bb_n_node_fields, node);
    write_clip(w, node);
    if (node->ceiling_json) {
        bb_jw_key(w, CEILING_RULE);
        bb_jw_value(w, node->ceiling_json);
    }
    if (node->data.n) {
        bb_jw_key(w, "data");
        const struct bb_sources *const part[] = {&node->data, &node->data_train, &node->data_stimuli};
        struct bb_sources all = {.source = bb_calloc(node->data.n + node->data_train.n + node->data_stimuli.n, sizeof *all.source)};
        for (size_t p = 0; p < 3; p++)
            for (size_t i = 0; i < part[p]->n; i++) all.source[all.n++] = part[p]->source[i];
        bb_sources_write(w, &all, NULL);
        free(all.source);
    }
}

static void write_listed_data(struct bb_json_writer *w, const struct bb_node *node)
{
    const struct bb_sources *const part[] = {&node->data, &node->data_train, &node->data_stimuli};
    bb_jw_key(w, "data");
    bb_jw_array(w);
    for (size_t p = 0; p < 3; p++)
        for (size_t i = 0; i < part[p]->n; i++) {
            const struct bb_source *source = &part[p]->source[i];
            bb_jw_object(w);
            bb_jw_member_text(w, "part", bb_part_names[p]);
            bb_jw_key(w, "file");
            bb_jw_array(w);
            for (size_t f = 0; f < source->file.n; f++) bb_jw_text(w, source->file.text[f]);
            bb_jw_array_end(w);
            bb_jw_member_text(w, "sha1", source->sha1);
            bb_jw_member_text(w, "url", source->url);
            bb_jw_member_text(w, "license", source->license);
            bb_jw_object_end(w);
        }
    bb_jw_array_end(w);
}

void bb_node_write_listed(struct bb_json_writer *w, const struct bb_node *node, struct bb_arena *arena)
{
    struct bb_node without = *node;
    without.data.n = 0; /* of which results keep no file names */
    bb_node_write(w, &without);
    if (node->data.n) write_listed_data(w, node);
    if (!bb_node_is_leaf(node)) return;
    bb_jw_member_bool(w, "computable", node->metric && !node->unscorable);
    bb_jw_member_text(w, "why_not", bb_node_why_not(node, arena));
}

/* The members of a node, with the ceiling's definition under the name that it has in a catalog. */
static struct bb_json *catalog_members(const struct bb_json *json, struct bb_arena *arena)
{
    struct bb_json *own = bb_json_only(bb_json_without(json, "ceiling", arena), bb_node_fields, bb_n_node_fields, arena);
    const struct bb_json *rule = bb_json_member(json, CEILING_RULE);
    if (!rule) return own;
    struct bb_json *ceiling = BB_NEW(arena, struct bb_json);
    *ceiling = *rule;
    ceiling->key = "ceiling";
    bb_json_put(own, ceiling); /* there is room: CEILING_RULE is no field */
    return own;
}

bool bb_node_read_results(const struct bb_json *json, struct bb_arena *arena, struct bb_diags *diags, struct bb_node *out)
{
    const struct reader r = {arena, diags, NULL, false};
    size_t errors = diags->n_errors;
    struct bb_place place;
    bool is_object = json->type == BB_JSON_OBJECT;
    read_fields(&r, is_object ? catalog_members(json, arena) : json, out);
    if (!is_object) return false;
    if (out->data_json) bb_sources_read_results(out->data_json, "data", arena, diags, &out->data, NULL);
    const char *metric = out->metric_json ? name_in(out->metric_json, &place) : NULL;
    const char *ceiling = out->ceiling_json ? name_in(out->ceiling_json, &place) : NULL;
    out->listed_only = bb_streq(metric, PUBLISHED);
    if (metric) out->metric = bb_metric_find(metric);
    if (ceiling)
        out->ceiling = bb_ceiling_find(ceiling);
    else if (out->ceiling_json)
        read_stated(&r, out->ceiling_json, out);
    read_normalise(&r, out);
    read_clip(&r, json, out);
    return diags->n_errors == errors;
}
