/*
 * HDF5 files as assemblies: what BrainIO and xarray write (netCDF-4), and plain h5py, as they are found: any order of
 * dimensions, strings of fixed or any length, integers and floats of any size and byte order, _FillValue,
 * scale_factor/add_offset, dimensions without coordinates ("dummy" scales), `name_` twins, groups.
 *
 * Dimensions come out in the order presentation, neuroid, time_bin, then others as in the file; a dimension that carries
 * stimulus_id (or image_id) is `presentation`, one that carries neuroid_id or layer is `neuroid`, whatever the file calls it.
 * A dimension that data have twice (similarities, stimulus × stimulus) is followed by its twin, `presentation_2`; coordinates are along the first.
 * Coordinates stand in the order of the file's variables (creation order where it is kept, else by name): the order by which
 * rows are sorted. image_id becomes stimulus_id where only the former exists. Integers and booleans are numbers and
 * "true"/"false"; empty strings are missing values. Ids (stimulus_id) that are numbers become text, and so do integers that a
 * double does not have. A coordinate without dimensions that is known to belong to stimuli, units or bins (`layer`) is the
 * same all along them. Data that are text (answers) become the coordinate `value`.
 *
 * In a file that says nothing of dimensions (plain h5py) the data have presentation, neuroid, time_bin in this order, unless
 * stimulus_id is as long as another; lists are along the dimension that is as long as they are, and where that does not tell,
 * their names must.
 *
 * A hostile file is an error or, at worst, the end of the worker that reads it: filters are those of HDF5 itself, external
 * and virtual storage, soft and external links are refused, sizes are checked before anything is allocated.
 */
#ifndef BB_STORE_ARRAY_FILE_H
#define BB_STORE_ARRAY_FILE_H

#include "store/assembly.h"

/* Marks, for each rule and each `where` of the columns, that it is about what the file does not have. */
struct bb_left {
    bool *rule, *where;
};

struct bb_array_source {
    const char *path;
    const char *group;    /* "/test"; NULL: the root */
    const char *variable; /* NULL: the one data variable */
    const struct bb_columns
        *columns; /* coordinate → variable of the file (with match, map, type; a mere name keeps its values as they are);
                                         no rules: the file's own names; `layer` needs no rule. `where` drops indices of the dimension that the
                                         coordinate is along. NULL: neither */
    const struct bb_left *left; /* rules that a stimulus set may still serve are left, and marked; NULL: they are errors */
    /* Streamed files may have several bins of time (time_bin_start, time_bin_end), of which one is read: */
    const double *time_bin; /* begin and end in ms of the bin; NULL: the file must have one, unless … */
    bool any_time_bin;      /* … only its coordinates are wanted */
    size_t *n_time_bins;    /* how many there are (output); NULL: not wanted */
};

bool bb_is_hdf5(const char *path); /* by its first bytes, links followed; false when it cannot be read */

/* Dense: values are read (at most `limit` bytes of float64, 0: 8 GiB). */
enum bb_code bb_array_load(const struct bb_array_source *source, size_t limit, struct bb_assembly **out,
                           struct bb_err *err) BB_MUST_CHECK;
/* Streamed: coordinates are read, values stay in the file: two dimensions, presentation × neuroid (a time_bin dimension of
   one bin is dropped). The digest is left empty by both. */
enum bb_code bb_array_open(const struct bb_array_source *source, struct bb_assembly **out, struct bb_err *err) BB_MUST_CHECK;

/* Whether it can be opened either way: that it is HDF5 with a data variable and coordinates that can be read. What only
   streaming asks for is not looked at. */
enum bb_code bb_array_probe(const struct bb_array_source *source, struct bb_err *err) BB_MUST_CHECK;

/* Presents a file to a person: groups, dimensions, type and storage of the data, coordinates with ranges and first values,
   attributes, first rows. */
enum bb_code bb_array_show(const char *path, struct bb_buf *out, struct bb_err *err) BB_MUST_CHECK;

#endif
