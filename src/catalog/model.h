/*
 * A model as its author describes it ("Model" of the formats).
 */
#ifndef BB_CATALOG_MODEL_H
#define BB_CATALOG_MODEL_H

#include "catalog/source.h"

enum bb_visibility { BB_PUBLIC, BB_UNLISTED, BB_PRIVATE };

struct bb_attribute {
    const char *name;
    const char *text; /* NULL: a number */
    double number;
};

struct bb_output {
    const char *stimuli; /* the stimulus set that it answers */
    struct bb_sources sources;
    const char *digest; /* "sha256:…", once read; NULL before */
};

/* A benchmark or stimulus set that this model cannot be measured on, and why. */
struct bb_exemption {
    const char *target, *reason;
};

struct bb_model {
    const char *id, *name;   /* name: the id when none is given */
    struct bb_texts domains; /* empty: those of the benchmarks that it answers */
    const char *family, *submitter, *date, *url, *bibtex, *description;
    double visual_degrees;
    int visibility; /* enum bb_visibility */
    const char *embargo_until, *variant_of;
    long seed;
    bool reference;   /* a reference row (word length, a control): shown in its place, not ranked */
    bool listed_only; /* a plain entry that a score list made */
    const struct bb_json *layers_json, *attributes_json, *outputs_json, *not_applicable_json;
    struct bb_attribute *attribute;
    size_t n_attributes;
    struct bb_output *output;
    size_t n_outputs;
    struct bb_exemption *exemption;
    size_t n_exemptions;
    struct bb_place place;
};

extern const struct bb_field bb_model_fields[];
extern const size_t bb_n_model_fields;

/* One object into *out. `dir`: folder of the file. true when no error was added. */
bool bb_model_read(const struct bb_json *json, const char *dir, struct bb_arena *arena, struct bb_diags *diags,
                   struct bb_model *out);
void bb_model_release(struct bb_model *model);

/* Members of the object that is open: description, attributes and digests of the outputs, as they stand in scores.json; never a path. */
void bb_model_write(struct bb_json_writer *w, const struct bb_model *model);
/* The same back; other members are left to the caller. */
bool bb_model_read_results(const struct bb_json *json, struct bb_arena *arena, struct bb_diags *diags, struct bb_model *out);

#endif
