/*
 * HDF5 made safe, for the other files of this folder: opening with everything shut that leads out of the file, links and
 * attributes, and datasets: what they are, whether they can be read at all, their texts and numbers. Every sentence begins
 * with the path as it was given.
 */
#ifndef BB_STORE_H5_H
#define BB_STORE_H5_H

#include <hdf5.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"
#include "store/element.h"

void bb_h5_lock_down(
    void); /* at the begin of each call from outside: HDF5 prints nothing on this thread, loads and follows nothing */

/* BB_EABSENT, or BB_EINPUT: what it is instead. */
enum bb_code bb_h5_open(const char *path, hid_t *file, struct bb_err *err) BB_MUST_CHECK;
void bb_h5_close(hid_t file); /* every object must be closed before */
bool bb_h5_signature(const char *path);

/* "path: <what>: <HDF5's innermost reason>" */
enum bb_code bb_h5_fail(struct bb_err *err, enum bb_code code, const char *path, const char *fmt, ...) BB_PRINTF(4, 5);

/* --- links and attributes ----------------------------------------------------------------------------------------- */

struct bb_h5_link {
    const char *name;
    enum bb_h5_link_kind { BB_H5_DATASET, BB_H5_GROUP, BB_H5_OTHER_OBJECT, BB_H5_SOFT, BB_H5_EXTERNAL } kind;
    haddr_t address; /* of an object of the file */
};

struct bb_h5_links {
    struct bb_h5_link *link;
    size_t n;
};

/* In the order in which they were made, where the file keeps it, else by name. */
enum bb_code bb_h5_list(hid_t group, const char *path, struct bb_arena *arena, struct bb_h5_links *out,
                        struct bb_err *err) BB_MUST_CHECK;

/* The group "/a/b" (NULL, "", "/": the root), each step a hard link. */
enum bb_code bb_h5_group(hid_t file, const char *path, const char *group, hid_t *out, struct bb_err *err) BB_MUST_CHECK;

/* NULL when there is none, or no text. The first, when there are several. */
const char *bb_h5_attr_text(hid_t object, const char *name, struct bb_arena *arena);
bool bb_h5_attr_number(hid_t object, const char *name, double *out);
/* All its numbers (heap, the caller's); NULL: none, or they are no numbers. */
double *bb_h5_attr_numbers(hid_t object, const char *name, size_t *n);
/* Any attribute for a person to read: a text, numbers, "…" for what is neither. At most `max` values. */
const char *bb_h5_attr_shown(hid_t object, const char *name, size_t max, struct bb_arena *arena);
/* The names, by name. Those of netCDF's own machinery are left out. */
void bb_h5_attr_names(hid_t object, struct bb_arena *arena, const char ***name, size_t *n);

/* --- datasets ----------------------------------------------------------------------------------------------------- */

enum bb_h5_class { BB_H5_NUMBER, BB_H5_BOOL, BB_H5_TEXT, BB_H5_NO_VALUES };
enum bb_h5_filter { BB_H5_SHUFFLE = 1, BB_H5_DEFLATE };

struct bb_h5_set {
    hid_t id;
    const char *path, *name; /* file and link, for messages */
    enum bb_h5_class cls;
    bool any_length;           /* texts */
    bool joined;               /* texts as an array of characters: the last axis is no dimension and not counted in rank */
    size_t length;             /* bytes of a text, of an element */
    struct bb_element element; /* numbers; kind 0: HDF5 must convert */
    const char *type;          /* "float32", "int16 (big-endian)", "text" */
    size_t rank;
    size_t size[H5S_MAX_RANK];
    size_t n; /* elements; SIZE_MAX: too many to count */
    H5D_layout_t layout;
    hsize_t chunk[H5S_MAX_RANK];
    size_t n_filters;
    int filter[H5Z_MAX_NFILTERS]; /* HDF5's numbers */
    int level;                    /* of deflate */
    uint64_t stored;              /* bytes in the file */
};

/* Says what it is; refuses nothing but what HDF5 cannot open. Names are in the arena. */
enum bb_code bb_h5_set_open(hid_t group, const char *path, const char *name, struct bb_arena *arena, struct bb_h5_set *out,
                            struct bb_err *err) BB_MUST_CHECK;
void bb_h5_set_close(struct bb_h5_set *set); /* NULL and closed ones are fine */

/* Whether its values can be read: no other file, filters that are there, not more elements than its bytes can be. */
enum bb_code bb_h5_set_check(const struct bb_h5_set *set, struct bb_err *err) BB_MUST_CHECK;
struct bb_scaling bb_h5_scaling(const struct bb_h5_set *set); /* from its attributes */

/* All elements (of bb_h5_set.n; texts that are joined: fewer). Texts are UTF-8 in the arena; numbers are scaled, fill values
   NaN; integers are neither, and cut off at 2^63. */
enum bb_code bb_h5_texts(const struct bb_h5_set *set, struct bb_arena *arena, const char ***out,
                         struct bb_err *err) BB_MUST_CHECK;
enum bb_code bb_h5_numbers(const struct bb_h5_set *set, double *out, struct bb_err *err) BB_MUST_CHECK;
enum bb_code bb_h5_integers(const struct bb_h5_set *set, int64_t *out, struct bb_err *err) BB_MUST_CHECK;

#endif
