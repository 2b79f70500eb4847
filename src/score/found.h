/*
 * Sources on this machine: which files a model's output or a recording is, what is in them as far as planning needs it, and
 * the digests that cells are remembered by. The parent process finds and never opens; `looking` is a worker's job, and its
 * answer is remembered by content.
 */
#ifndef BB_SCORE_FOUND_H
#define BB_SCORE_FOUND_H

#include "catalog/source.h"
#include "score/cache.h"
#include "store/datapath.h"

enum bb_source_kind {
    BB_KIND_TABLE, /* CSV, TSV: read whole */
    BB_KIND_ARRAY, /* HDF5: a recording, probabilities (read whole), or activations (streamed) */
    BB_KIND_GRAM   /* Gram matrices */
};

/* A layer of activations or of a Gram file. */
struct bb_layer {
    const char *name; /* "" when the file does not name layers */
    size_t features;
};

/* What a look at the files found. */
struct bb_look {
    enum bb_code code;      /* BB_OK, or what is wrong with them … */
    const char *reason;     /* … in a sentence without folders of this machine */
    bool resource;          /* the look itself crashed or hung: not remembered */
    bool unreadable;        /* it is wrong whatever the files are for; otherwise they may be no activations, but a recording or
                       probabilities */
    size_t rows;            /* presentations; 0: unknown */
    uint64_t values;        /* of the array; 0: a table */
    struct bb_layer *layer; /* in the order of the files */
    size_t n_layers;
    size_t time_bins;       /* of activations; 1: they do not change with time */
};

struct bb_found {
    const struct bb_sources *sources;
    const char *key;           /* files and rules, as written: two sources with one key are one */
    enum bb_code code;         /* BB_OK; BB_EABSENT: not on this machine */
    struct bb_err err, public; /* for a terminal; for a page */
    struct bb_paths *paths;    /* per source */
    const char **stimulus_set; /* per source: the path of its stimulus set, or NULL */
    size_t n_paths;            /* of all sources */
    const char **sha1;         /* per source: of its file, where the source states one and it is known; NULL */
    uint64_t bytes;            /* on disk */
    enum bb_source_kind kind;
    bool have_digest;
    char digest[BB_DIGEST_TEXT];  /* "sha256:…" of the files, or as it is pinned where they are absent */
    char content[BB_SHA256_TEXT]; /* digest and rules: what was read, as one key; valid with have_digest */
    bool have_look;
    struct bb_look look;
};

struct bb_founds;

/* What is found, names and reasons included, lives in the arena. */
struct bb_founds *bb_founds_new(const struct bb_datapath *path, struct bb_cache *cache, struct bb_arena *arena);
void bb_founds_free(struct bb_founds *founds);

/* Looks for the files of a source; the same struct for equal sources. Digests of small files, and of those that are known,
   are there at once. */
struct bb_found *bb_founds_get(struct bb_founds *founds, const struct bb_sources *sources);

/* In a worker: digests and look, as bytes; in the parent: taken in (and remembered). false: not such bytes. */
void bb_found_look(struct bb_found *found, struct bb_buf *out);
bool bb_found_take_look(struct bb_founds *founds, struct bb_found *found, const char *data, size_t len);
void bb_found_fail_look(struct bb_founds *founds, struct bb_found *found, const char *reason); /* a resource failure */

/* Removes the folders of this machine from a message. */
void bb_founds_make_public(const struct bb_founds *founds, const struct bb_sources *sources, char *message);

#endif
