/*
 * The manifest and everything it names, read and checked: what a board is made of.
 */
#ifndef BB_CATALOG_MANIFEST_H
#define BB_CATALOG_MANIFEST_H

#include "catalog/model.h"
#include "catalog/node.h"

enum bb_missing { BB_MISSING_ZERO, BB_MISSING_SKIP, BB_MISSING_REQUIRE };
enum bb_items { BB_ITEMS_COMMON, BB_ITEMS_OWN };
enum bb_layer_choice { BB_LAYERS_REFERENCE, BB_LAYERS_NESTED };

struct bb_options {
    int missing, items, layer_choice;
    long bootstrap, seed;
};

/* What a board says about itself; all of it stands in scores.json. */
struct bb_board {
    const char *title, *release, *date, *description, *url;
    struct bb_texts authors;
    const char *citation, *doi, *license, *contact, *logo, *accent, *footer;
    bool simulated; /* all of it: no benchmark is of anything that was measured */
    const struct bb_json *options_json, *attribute_info_json;
    struct bb_options options;
    struct bb_attribute_info *attribute_info;
    size_t n_attribute_info;
};

struct bb_attribute_info {
    const char *name, *title, *unit;
    int scale;  /* 0 linear, 1 log */
    int better; /* 0 higher, 1 lower, 2 neither (the default) */
    const char *description, *source;
};

/* A table of scores or of attributes that the manifest names. */
struct bb_list {
    struct bb_sources
        sources;    /* one. Scores: a rule for each of the columns of the formats. Attributes: no rules mean all columns */
    int best_layer; /* 1: "layers": "best" */
    struct bb_names rename_from[2]; /* [0] models, [1] benchmarks; owned by the list */
    const char **rename_to[2];      /* rename_to[k][i] replaces rename_from[k].name[i] */
    const char *rule;               /* how the scores of the list were made, when it is stated: "ratio_squared" … */
    const char *citation;
};

struct bb_catalog {
    struct bb_board board;
    struct bb_model *model; /* sorted by id, bytes */
    size_t n_models;
    struct bb_tree tree;
    struct bb_list *scores, *attributes;
    size_t n_scores, n_attributes;
    const char *path, *dir; /* of the manifest */
    struct bb_arena *arena;
};

/* Reads the manifest and all files it names. Problems go to diags, all of them; NULL only when the manifest itself cannot be read as JSON.
   The caller looks at diags->n_errors. */
struct bb_catalog *bb_catalog_read(const char *path, struct bb_diags *diags);
/* The same, where names that are no files beside the manifest are looked up in the built-in catalog in the folder `built_in` (catalog/built_in.h;
   NULL: there is none). What the manifest defines itself replaces what the catalog has under the same id. */
struct bb_catalog *bb_catalog_read_beside(const char *path, const char *built_in, struct bb_diags *diags);
/* The built-in catalog alone, all of it, as a board without models. */
struct bb_catalog *bb_catalog_read_built_in(const char *built_in, struct bb_diags *diags);
void bb_catalog_free(struct bb_catalog *catalog);

extern const struct bb_field bb_board_fields[];
extern const size_t bb_n_board_fields;
void bb_board_write(struct bb_json_writer *w, const struct bb_board *board); /* members of the object that is open */
void bb_options_write(struct bb_json_writer *w,
                      const struct bb_options *options); /* all of them, also where they are the default */
bool bb_board_read_results(const struct bb_json *json, struct bb_arena *arena, struct bb_diags *diags, struct bb_board *out);

/*
 * "for_each" in any array element or member of an object stands for many:
 *     {"for_each": [{"set": "sketch"}, {"set": "colour"}], "id": "Geirhos2021{set}", …}
 *     "outputs": {"Geirhos2021_{set}": {"for_each": […], "file": "raw-data/{set}/{set}_{id}_*.csv"}}
 * Each row of the table makes one copy in which {name} is replaced in every string and key. A plain list
 * ("for_each": {"set": ["sketch", "colour"]}) is the same for one name. {id} is the id of the model or benchmark around it.
 * Any other {name} stays as it is. A string that is nothing but "{name}" becomes the value itself (a number, true, a list,
 * an object), so that a table can hold ceilings and conditions too. An object with "for_each" at the top, and a member whose
 * key has no {name} of the table, becomes an array of the copies. Copies keep the places of what they are copied from.
 * At most 100,000 copies in one file.
 */
struct bb_json *bb_json_expand(const struct bb_json *json, struct bb_arena *arena, struct bb_diags *diags);

#endif
