/*
 * What the readers of the catalog share; for this folder only.
 */
#ifndef BB_CATALOG_CATALOG_INT_H
#define BB_CATALOG_CATALOG_INT_H

#include <stddef.h>

#include "catalog/manifest.h"

/* Beginning of an entry of a field table. */
#define BB_MEMBER(type, json_key, json_kind, member) .key = (json_key), .kind = (json_kind), .offset = offsetof(type, member)
#define BB_N_OF(array)                               (sizeof(array) / sizeof(array)[0])

/* "; did you mean "x"?", or "" when no name is near. */
const char *bb_did_you_mean(struct bb_arena *arena, const char *text, const char *const *names, size_t n);

/* New JSON values at a place; an object holds up to `room` members. */
struct bb_json *bb_json_new_object(struct bb_arena *arena, struct bb_place place, size_t room);
void bb_json_put(struct bb_json *object, struct bb_json *member);
void bb_json_put_text(struct bb_arena *arena, struct bb_json *object, const char *key, const char *text);

/* A copy of an object that shares its members: without one, or with none but those of a field table. */
struct bb_json *bb_json_without(const struct bb_json *object, const char *key, struct bb_arena *arena);
struct bb_json *bb_json_only(const struct bb_json *object, const struct bb_field *field, size_t n, struct bb_arena *arena);

/* The text of "id", also when it was found invalid: what refers to it is then not reported as well. NULL: none. */
const char *bb_json_id(const struct bb_json *object);

extern const struct bb_field bb_source_fields[];
extern const size_t bb_n_source_fields;

/* Completes and checks a source whose fields were read from json; "columns" and "where" are its columns_json and where_json. */
void bb_source_finish(const struct bb_json *json, const char *what, const char *dir, struct bb_arena *arena,
                      struct bb_diags *diags, struct bb_source *source);
/* Where the data are from and what they are, never where they lie: an object, or an array of them. `digest` may be NULL. */
void bb_sources_write(struct bb_json_writer *w, const struct bb_sources *sources, const char *digest);
bool bb_sources_read_results(const struct bb_json *json, const char *what, struct bb_arena *arena, struct bb_diags *diags,
                             struct bb_sources *out, const char **digest);

/* options, attribute_info and logo of a board whose fields were read from json. */
void bb_board_finish(const struct bb_json *json, struct bb_arena *arena, struct bb_diags *diags, struct bb_board *board);

/* "scores" and "attributes" of the manifest. */
enum bb_list_kind { BB_LIST_SCORES, BB_LIST_ATTRIBUTES };
void bb_lists_of_manifest(const struct bb_json *json, enum bb_list_kind kind, const char *dir, struct bb_arena *arena,
                          struct bb_diags *diags, struct bb_list **out, size_t *n);
void bb_list_release(struct bb_list *list);

/* An error when the id was seen before, upper and lower case alike. first[i] is the place of what seen->name[i] is the id of: the caller sets
   first[seen->n] before the call. */
void bb_check_same_id(struct bb_names *seen, const char *what, const char *id, const struct bb_place *place,
                      const struct bb_place *const *first, struct bb_arena *arena, struct bb_diags *diags);

bool bb_normalise_needs_ceiling(enum bb_normalise rule);

/* What models say about nodes and about each other: names that nothing bears. */
void bb_catalog_check_references(const struct bb_catalog *catalog, struct bb_diags *diags);

/* A folder as part of a glob: its own characters mean themselves. */
const char *bb_glob_quoted(struct bb_arena *arena, const char *dir);

/* Adds `what` to diags when a path leads out of its folder. */
void bb_check_inside(const struct bb_json *json, const char *what, const char *path, struct bb_diags *diags);

#endif
