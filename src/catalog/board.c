#include "catalog/manifest.h"

#include "catalog/catalog_int.h"

const struct bb_field bb_board_fields[] = {
    {BB_MEMBER(struct bb_board, "title", BB_FIELD_TEXT, title), .flags = BB_REQUIRED},
    {BB_MEMBER(struct bb_board, "release", BB_FIELD_TEXT, release)},
    {BB_MEMBER(struct bb_board, "date", BB_FIELD_DATE, date)},
    {BB_MEMBER(struct bb_board, "description", BB_FIELD_TEXT, description)},
    {BB_MEMBER(struct bb_board, "url", BB_FIELD_URL, url)},
    {BB_MEMBER(struct bb_board, "authors", BB_FIELD_TEXTS, authors)},
    {BB_MEMBER(struct bb_board, "citation", BB_FIELD_TEXT, citation)},
    {BB_MEMBER(struct bb_board, "doi", BB_FIELD_TEXT, doi)},
    {BB_MEMBER(struct bb_board, "license", BB_FIELD_TEXT, license)},
    {BB_MEMBER(struct bb_board, "contact", BB_FIELD_TEXT, contact)},
    {BB_MEMBER(struct bb_board, "logo", BB_FIELD_TEXT, logo)},
    {BB_MEMBER(struct bb_board, "accent", BB_FIELD_COLOUR, accent)},
    {BB_MEMBER(struct bb_board, "footer", BB_FIELD_TEXT, footer)},
    {BB_MEMBER(struct bb_board, "simulated", BB_FIELD_BOOL, simulated)},
    {BB_MEMBER(struct bb_board, "options", BB_FIELD_JSON, options_json)},
    {BB_MEMBER(struct bb_board, "attribute_info", BB_FIELD_JSON, attribute_info_json)},
};
const size_t bb_n_board_fields = BB_N_OF(bb_board_fields);

static const char *const missing_names[] = {"zero", "skip", "require", NULL};
static const char *const items_names[] = {"common", "own", NULL};
static const char *const layer_choice_names[] = {"reference", "nested", NULL};

static const struct bb_field option_fields[] = {
    {BB_MEMBER(struct bb_options, "missing", BB_FIELD_CHOICE, missing), .choices = missing_names, .absent = BB_MISSING_ZERO},
    {BB_MEMBER(struct bb_options, "items", BB_FIELD_CHOICE, items), .choices = items_names, .absent = BB_ITEMS_COMMON},
    {BB_MEMBER(struct bb_options, "layer_choice", BB_FIELD_CHOICE, layer_choice), .choices = layer_choice_names,
     .absent = BB_LAYERS_REFERENCE},
    {BB_MEMBER(struct bb_options, "bootstrap", BB_FIELD_INTEGER, bootstrap), .min = 0, .max = 1e6, .absent = 1000},
    {BB_MEMBER(struct bb_options, "seed", BB_FIELD_INTEGER, seed), .min = 0, .max = 4294967295.0, .absent = 1},
};

static const char *const scale_names[] = {"linear", "log", NULL};
static const char *const better_names[] = {"higher", "lower", "neither", NULL};

static const struct bb_field info_fields[] = {
    {BB_MEMBER(struct bb_attribute_info, "title", BB_FIELD_TEXT, title)},
    {BB_MEMBER(struct bb_attribute_info, "unit", BB_FIELD_TEXT, unit)},
    {BB_MEMBER(struct bb_attribute_info, "scale", BB_FIELD_CHOICE, scale), .choices = scale_names},
    {BB_MEMBER(struct bb_attribute_info, "better", BB_FIELD_CHOICE, better), .choices = better_names, .absent = 2},
    {BB_MEMBER(struct bb_attribute_info, "description", BB_FIELD_TEXT, description)},
    {BB_MEMBER(struct bb_attribute_info, "source", BB_FIELD_TEXT, source)},
};

void bb_options_write(struct bb_json_writer *w, const struct bb_options *options)
{
    bb_jw_member_text(w, "missing", missing_names[options->missing]);
    bb_jw_member_text(w, "items", items_names[options->items]);
    bb_jw_member_text(w, "layer_choice", layer_choice_names[options->layer_choice]);
    bb_jw_member_integer(w, "bootstrap", options->bootstrap);
    bb_jw_member_integer(w, "seed", options->seed);
}

static void read_options(const struct bb_json *json, struct bb_arena *arena, struct bb_diags *diags, struct bb_options *out)
{
    if (json)
        bb_fields_read(json, "options", option_fields, BB_N_OF(option_fields), out, arena, diags);
    else
        bb_fields_default(option_fields, BB_N_OF(option_fields), out);
}

static void read_attribute_info(const struct bb_json *json, struct bb_arena *arena, struct bb_diags *diags,
                                struct bb_board *board)
{
    if (!json) return;
    if (json->type != BB_JSON_OBJECT) {
        bb_diag_add(diags, BB_ERROR, json->place, "\"attribute_info\" must be an object {\"attribute\": {…}}, not %s",
                    bb_json_type_name(json->type));
        return;
    }
    board->n_attribute_info = json->as.list.n;
    board->attribute_info = BB_NEW_ARRAY(arena, board->n_attribute_info, struct bb_attribute_info);
    for (size_t i = 0; i < board->n_attribute_info; i++) {
        struct bb_attribute_info *info = &board->attribute_info[i];
        const struct bb_json *member = json->as.list.item[i];
        bb_fields_read(member, "attribute_info", info_fields, BB_N_OF(info_fields), info, arena, diags);
        info->name = member->key;
        if (!info->title) info->title = info->name;
    }
}

void bb_board_finish(const struct bb_json *json, struct bb_arena *arena, struct bb_diags *diags, struct bb_board *board)
{
    read_options(board->options_json, arena, diags, &board->options);
    read_attribute_info(board->attribute_info_json, arena, diags, board);
    if (board->logo) bb_check_inside(bb_json_member(json, "logo"), "logo", board->logo, diags);
}

void bb_board_write(struct bb_json_writer *w, const struct bb_board *board)
{
    bb_jw_fields(w, bb_board_fields, bb_n_board_fields, board);
}

bool bb_board_read_results(const struct bb_json *json, struct bb_arena *arena, struct bb_diags *diags, struct bb_board *out)
{
    size_t errors = diags->n_errors;
    if (json->type == BB_JSON_OBJECT) json = bb_json_only(json, bb_board_fields, bb_n_board_fields, arena);
    *out = (struct bb_board){0};
    bb_fields_read(json, "results", bb_board_fields, bb_n_board_fields, out, arena, diags);
    bb_board_finish(json, arena, diags, out);
    return diags->n_errors == errors;
}
