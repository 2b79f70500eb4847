/*
 * What the datasets of a group are: the data variable, its dimensions, and the coordinates along them (the rules stand in
 * array_file.h). Nothing but names, shapes and attributes has been read.
 */
#ifndef BB_STORE_ARRAY_LAYOUT_H
#define BB_STORE_ARRAY_LAYOUT_H

#include "store/assembly.h"
#include "store/h5.h"

enum bb_var_role {
    BB_VAR_OTHER,   /* none of these */
    BB_VAR_DUMMY,   /* a dimension that has a name and a size, and no values */
    BB_VAR_DATA,    /* the data variable */
    BB_VAR_COORD,   /* along one dimension of it */
    BB_VAR_CONSTANT /* without dimensions: the same everywhere */
};

#define BB_NO_DIM ((size_t)-1)

struct bb_var {
    struct bb_h5_set set;
    const char *coord; /* its name as a coordinate */
    enum bb_var_role role;
    bool scale; /* a dimension scale, dummy or not */
    haddr_t address;
    const char *listed;       /* its attribute `coordinates` */
    size_t dim[H5S_MAX_RANK]; /* of each axis: in bb_layout.dim, BB_NO_DIM */
    size_t along;             /* COORD: the axis of the data; CONSTANT: the axis it belongs to by its name, BB_NO_DIM */
};

struct bb_layout_dim {
    const char *name; /* in the file */
    size_t size;
    haddr_t address; /* of its scale; HADDR_UNDEF: it has none */
};

struct bb_layout {
    hid_t group;
    const char *path;
    struct bb_arena *arena;
    struct bb_h5_links links;
    struct bb_var *var; /* the datasets, in the order of the file */
    size_t n_vars;
    struct bb_layout_dim *dim;
    size_t n_dims;
    struct bb_var *data;            /* after bb_layout_choose */
    const char *axis[H5S_MAX_RANK]; /* of the data: the names that an assembly gives them */
    size_t order[H5S_MAX_RANK];     /* axes of the data in the order of the assembly's dimensions */
};

/* Datasets and dimensions. `group` is taken over. bb_layout_close also after an error. */
enum bb_code bb_layout_open(hid_t file, const char *path, const char *group, struct bb_layout *out,
                            struct bb_err *err) BB_MUST_CHECK;
void bb_layout_shut(struct bb_layout *layout); /* closes what it has of the file, and keeps what it knows */
void bb_layout_close(struct bb_layout *layout);

/* Finds the data variable (NULL: the one there is), and gives the others their roles. `columns` (may be NULL) says what
   coordinates will be called. A link in the group is refused: what is behind it would be missed without a word. */
enum bb_code bb_layout_choose(struct bb_layout *layout, const char *variable, const struct bb_columns *columns,
                              struct bb_err *err) BB_MUST_CHECK;

/* By its own name or its name as a coordinate; exactly, else ignoring case; NULL: none. */
struct bb_var *bb_layout_find(const struct bb_layout *layout, const char *name);

/* "a, b, c": names of the variables with the role, shortened. */
const char *bb_layout_names(const struct bb_layout *layout, enum bb_var_role role);

#endif
