/*
 * struct bb_assembly: what the rest of the program sees of any data file (the first of the two seams).
 *
 * Named dimensions, named coordinates along them, and (where there are any) dense float64 values in row-major order, or a
 * reader that streams them. Recordings and activations are presentation × neuroid [× time_bin]. A table of trials has one
 * dimension, `presentation`, and says everything in its coordinates; its coordinate `value`, if it has one, becomes the
 * values. Metrics know assemblies, never files.
 *
 * Owns all it points to: bb_assembly_free. Read-only once made.
 */
#ifndef BB_STORE_ASSEMBLY_H
#define BB_STORE_ASSEMBLY_H

#include "base/columns.h"
#include "base/file.h"

#define BB_MAX_DIMS 4

struct bb_dim {
    const char *name;
    size_t size;
};

struct bb_coord {
    struct bb_series series; /* name, type, one entry per index of the dimension */
    size_t dim;              /* index in bb_assembly.dim */
};

/* A list of numbers that goes with the whole (edges of bins …). */
struct bb_number_list {
    const char *name;
    double *number;
    size_t n;
};

struct bb_reader; /* store/reader.h */

struct bb_assembly {
    struct bb_dim dim[BB_MAX_DIMS];
    size_t n_dims;
    struct bb_coord *coord;
    size_t n_coords;
    struct bb_number_list *list; /* lists of two numbers or more, of files that have them; not of parts of an assembly */
    size_t n_lists;
    double *value;               /* product of the dimensions' sizes; NULL: none, or they stay in the file … */
    struct bb_reader *reader;    /* … and come in blocks; owned. NULL: none */
    char digest[BB_DIGEST_TEXT]; /* "sha256:…" of the bytes of the files it came from */
};

/* Takes the series of the table (which is left empty): one dimension, `presentation`. */
struct bb_assembly *bb_assembly_from_table(struct bb_table *table);
/* A copy of a dense assembly with the indices of a dimension (0: presentations) that keep[] marks; without its lists. */
struct bb_assembly *bb_assembly_keep(const struct bb_assembly *assembly, size_t dim, const bool *keep);
/* Appends the presentations of `more` (dense) to `into`: parts of one recording. What is along the other dimensions must be equal,
   in size and in `neuroid_id`; coordinates that only one of them has along the presentations are dropped, but `repetition` and
   `repetition_id`, which the other's presentations then miss. BB_EINPUT. */
enum bb_code bb_assembly_append(struct bb_assembly *into, const struct bb_assembly *more, struct bb_err *err) BB_MUST_CHECK;
/* presentation × neuroid × time_bin becomes presentation × neuroid: each bin of a neuroid is a neuroid of its own, "id@0", "id@1"
   …; coordinates of time are dropped. Of another shape: nothing happens. */
void bb_assembly_flatten_time(struct bb_assembly *assembly);
void bb_assembly_free(struct bb_assembly *assembly);

const struct bb_coord *bb_assembly_coord(const struct bb_assembly *assembly, const char *name); /* NULL: none */
const struct bb_number_list *bb_assembly_list(const struct bb_assembly *assembly, const char *name);

/* The names of its coordinates, comma-separated, for messages. */
const char *bb_assembly_coord_names(const struct bb_assembly *assembly, struct bb_arena *arena);

/*
 * A coordinate as numbered groups, whatever its type: group[i] for each index (-1 missing), and the text of each group ("0.6"
 * for the number .6). Groups are numbered by first appearance. Both results live in the arena; text coordinates are not
 * copied.
 */
struct bb_groups {
    const int32_t *group;
    size_t n;
    const char *const *name;
    size_t n_groups;
};
struct bb_groups bb_coord_groups(const struct bb_coord *coord, struct bb_arena *arena);

#endif
