/*
 * A source of data as a model, a benchmark or a score list names it: files, how to read them, and where they are from.
 */
#ifndef BB_CATALOG_SOURCE_H
#define BB_CATALOG_SOURCE_H

#include "base/columns.h"

/* "part" of the data of a benchmark: the recording (test), what is fitted on where the split is given (train), or a table that says what the
   stimuli are (orientation, offset, family …) where the recording has no rows for them. */
enum bb_part { BB_PART_TEST, BB_PART_TRAIN, BB_PART_STIMULI };
extern const char *const bb_part_names[]; /* NULL-terminated */

/* "drop_missing": what goes when neuroids were not measured for some stimuli (metric/selection.h). */
enum bb_gaps { BB_GAPS_STAY, BB_GAPS_OF_NEUROIDS, BB_GAPS_OF_PRESENTATIONS };

struct bb_source {
    struct bb_place place;
    const char *dir;      /* folder of the JSON file that names it: paths are relative to it */
    struct bb_texts file; /* names or globs */
    const char *gram;     /* Gram matrices instead of features */
    struct bb_columns columns;
    const struct bb_json *columns_json, *where_json; /* as written, for the digest of the definition */
    const char *sha256, *sha1, *url, *license;
    bool is_public;
    double degrees;                /* visual angle that the stimuli were shown at; NaN: unstated */
    const char *context;           /* language: what the model had read */
    int part;                      /* of a recording: enum bb_part; of anything else 0 */
    bool partial;                  /* of a model's output: not all stimuli are answered, and it is scored on those that are */
    bool flatten_time;             /* of a recording: each time bin of a neuroid is a neuroid of its own */
    int drop_missing;              /* of a recording, when its parts are together: enum bb_gaps … */
    double min_consistency;        /* … and before that: only neuroids of a higher internal consistency; NaN: all */
    const char *stimulus_set;      /* of a recording: a CSV whose columns join the presentations by stimulus_id */
    const char *stimulus_set_sha1; /* as the built-in catalog states it; NULL */
    const char *group, *variable;  /* of an HDF5 file, where it has several */
};

/* One set may be answered by several entries. */
struct bb_sources {
    struct bb_source *source;
    size_t n;
};

/* json: an object, or an array of objects. true when no error was added. `what` names it in messages ("data", "output
   sketch"). */
bool bb_sources_read(const struct bb_json *json, const char *what, const char *dir, struct bb_arena *arena,
                     struct bb_diags *diags, struct bb_sources *out);
void bb_sources_release(struct bb_sources *sources); /* the patterns inside */

#endif
