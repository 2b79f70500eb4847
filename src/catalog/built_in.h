/*
 * The built-in catalog: definitions of benchmarks that come with the program (data/catalog), as a manifest may name them: by
 * the id of a benchmark or a group, or by a domain ("vision"). In the folder: tree.json and the JSON files of a folder for each
 * domain, in the form of any file of benchmarks; references.bib, which `cite` names entries of; verified.json, metrics and
 * ceilings that were checked against computations of other programs, with what they were checked by.
 */
#ifndef BB_CATALOG_BUILT_IN_H
#define BB_CATALOG_BUILT_IN_H

#include "catalog/node.h"

struct bb_built_in_entry {
    const struct bb_json *json;
    const char *dir; /* of its file */
    const char *id, *parent;
    bool wanted;
};

struct bb_built_in {
    struct bb_built_in_entry *entry; /* in the order of the files' names, and in each of its lines */
    size_t n;
    struct bb_names ids; /* the number of an id is the number of its entry */
    const char *references;
    const struct bb_json *verified;
    struct bb_arena *arena;
};

/* Reads every file of the folder. What is wrong goes to diags. bb_built_in_release. */
void bb_built_in_load(struct bb_built_in *out, const char *dir, struct bb_arena *arena, struct bb_diags *diags);
void bb_built_in_release(struct bb_built_in *built_in);

/* Marks what the name stands for, with all that is above it, and for a group with all that is below; false: there is no such name. */
bool bb_built_in_want(struct bb_built_in *built_in, const char *name);
void bb_built_in_want_all(struct bb_built_in *built_in);
/* Every name that can be wanted: ids and domains. In the arena. */
const char *const *bb_built_in_names(const struct bb_built_in *built_in, size_t *n);

/* What a definition does not say itself: the BibTeX of what it cites, and how far it was checked. */
void bb_built_in_complete(const struct bb_built_in *built_in, struct bb_node *node, struct bb_diags *diags);

#endif
