/*
 * A stimulus set as published: a CSV with a row for each stimulus, and their files beside it; or a folder of pictures alone.
 *
 * Columns that mean something, others are carried along: `stimulus_id` (or `image_id`; without one, the file's name without its ending),
 * `filename` (or `file`; without one, <stimulus_id>.png and so on, beside the CSV), `degrees` (visual angle that the picture stands for).
 * Files are looked for in a folder of the CSV's name (image_hvm.csv: image_hvm/), then beside it. The set is called by the CSV's name:
 * stimulus_<identifier>.csv, image_<identifier>.csv, or <identifier>.csv.
 */
#ifndef BB_STIMULI_SET_H
#define BB_STIMULI_SET_H

#include "base/file.h"

struct bb_stimulus {
    const char *id, *path;
    double degrees;           /* NaN: the set does not say */
    const char *const *field; /* n_columns */
};

struct bb_stimulus_set {
    const char *id, *path; /* path: of the CSV or the folder, for messages */
    const char *const *column;
    size_t n_columns;
    size_t id_column, file_column, degrees_column; /* BB_NO_COLUMN: there is none */
    struct bb_stimulus *stimulus;                  /* in the order of the CSV; of a folder, by name with numbers as numbers */
    size_t n;
};
#define BB_NO_COLUMN ((size_t)-1)

/* `path`: a CSV, or a folder, with one CSV in it or none. All in the arena. The files are looked for, not read. BB_EINPUT: the same id twice,
   a row without a file, a row too short; BB_EABSENT names the first file that is not there. */
enum bb_code bb_stimulus_set_read(const char *path, struct bb_arena *arena, struct bb_stimulus_set *out,
                                  struct bb_err *err) BB_MUST_CHECK;

/*
 * The set placed on the screen of a model that sees `degrees` (see screen.h), into `dir`: its pictures, and
 * stimulus_<identifier>.csv with the columns
 * of the original, of which `filename` and `degrees` are of the placed ones. A JPEG picture that changes is written as JPEG again, as the
 * reference does (models see what that loses), unless `lossless`; any other as PNG; one that does not is copied. `source`: visual
 * angle of the pictures, where no column says (else NaN). The identifier is the reference's:
 * <id>--target8.00--source10.00 ("--sourceNone" where a column says), or that of the original when nothing changes.
 */
struct bb_placing {
    const char *id, *csv;                    /* csv: path, in the arena */
    size_t n, n_enlarged, n_cropped, n_kept; /* pictures */
    double grey;                             /* mean over pictures of the fraction of pixels that are grey now */
};
struct bb_screen_spec {
    double degrees, source;
    bool lossless;
};
enum bb_code bb_stimulus_set_place(const struct bb_stimulus_set *set, const struct bb_screen_spec *spec, const char *dir,
                                   struct bb_arena *arena, struct bb_placing *out, struct bb_err *err) BB_MUST_CHECK;

#endif
