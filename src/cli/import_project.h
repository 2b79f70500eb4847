/*
 * A project in the making: what `import` has read, whatever its layout, until it is written as manifest.json, models.json, benchmarks.json,
 * scores.csv and attributes.csv.
 *
 * Models and nodes bear published names, which are free text; each gets a valid id of its own, unique ignoring case. Everything is numbered by
 * first appearance, so that the same input gives the same files. All strings are in the arena of the project.
 */
#ifndef BB_CLI_IMPORT_PROJECT_H
#define BB_CLI_IMPORT_PROJECT_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/text.h"

#define BB_IMPORT_NONE ((size_t)-1)

struct bb_import_model {
    const char *id, *name;
    const char *domain, *submitter, *url, *bibtex; /* NULL: not known */
    double visual_degrees;                         /* NaN: not known */
    bool is_private;
    const char **attribute; /* one per column of bb_import.attributes; NULL: none */
    size_t *attribute_line; /* where each stands in the input */
};

struct bb_import_node {
    const char *id, *title;
    size_t parent;      /* BB_IMPORT_NONE: a root, which has a domain */
    const char *domain; /* of a root */
    bool is_leaf, engineering;
    long order;   /* among its siblings: by appearance, unless set */
    long version; /* 0: none; otherwise the latest of its scores */
    long n_children;
    const char *region, *task, *url, *bibtex, *normalise; /* NULL: none */
    double ceiling, ceiling_error;                        /* NaN: none */
    long n_stimuli, n_units;                              /* 0: not known */
};

struct bb_import_score {
    size_t model, node;
    long version;                      /* 0: not stated */
    const char *layer;                 /* NULL: not stated */
    double raw, ceiling, score, error; /* NaN: none; a row without a score says that there was a run and no result */
};

struct bb_import {
    struct bb_arena *arena;
    struct bb_diags *diags;     /* what is wrong with the input */
    const char *title, *source; /* source: what the scores are from, for scores.csv */
    struct bb_names attributes; /* columns of attributes.csv; complete before the first model */
    struct bb_import_model *model;
    size_t n_models, model_cap;
    struct bb_import_node *node;
    size_t n_nodes, node_cap;
    struct bb_import_score *score;
    size_t n_scores, score_cap;
    struct bb_names model_name, model_id, node_name, node_id; /* private; names by number, ids in lower case */
};

void bb_import_init(struct bb_import *project, struct bb_arena *arena, struct bb_diags *diags);
void bb_import_release(struct bb_import *project);

/* The number of the model or node of that name; a new one when nobody has it (its index is then the count before). */
size_t bb_import_model(struct bb_import *project, const char *name);
/* A new leaf or group below parent. Groups may share their name with leaves. */
size_t bb_import_group(struct bb_import *project, size_t parent, const char *name);
size_t bb_import_leaf(struct bb_import *project, size_t parent, const char *name);
/* BB_IMPORT_NONE: there is none of the name. */
size_t bb_import_find_leaf(const struct bb_import *project, const char *name);
size_t bb_import_find_group(const struct bb_import *project, const char *name);
/* The root "average_<domain>". */
size_t bb_import_root(struct bb_import *project, const char *domain);

void bb_import_score(struct bb_import *project, const struct bb_import_score *score);

/* A column of attributes.csv for the published one of that name; its number. */
size_t bb_import_attribute_column(struct bb_import *project, const char *name);
/* Notes the value of an attribute (a column's number); an error in diags when the model has another value already. */
void bb_import_attribute(struct bb_import *project, size_t model, size_t column, const char *value, struct bb_place place);

/* Drops the scores of versions that are not the latest of their benchmark. Returns how many. */
size_t bb_import_keep_latest(struct bb_import *project);

#endif
