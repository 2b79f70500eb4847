/*
 * Files that are read whole, once in a process: two benchmarks on one recording, or 31 on one table, share it. For workers.
 */
#ifndef BB_SCORE_INPUTS_H
#define BB_SCORE_INPUTS_H

#include "score/found.h"
#include "store/array_file.h"

/* What became of a source: an assembly, or why there is none. */
struct bb_input {
    enum bb_code code;
    struct bb_err err;    /* for a terminal: where files lie */
    struct bb_err public; /* for a page and scores.json: files as the project names them, no folder of this machine */
    struct bb_assembly *assembly;
};

struct bb_inputs;

struct bb_inputs *bb_inputs_new(const struct bb_founds *founds);
void bb_inputs_free(struct bb_inputs *inputs);

/* Valid until bb_inputs_clear. */
const struct bb_input *bb_inputs_get(struct bb_inputs *inputs, const struct bb_found *found);
void bb_inputs_clear(struct bb_inputs *inputs); /* forgets everything that was read */

/* How the source's file is read. Where it has a stimulus set, rules may be about that as well: what the file lacks is left, and marked, in the
   arena. */
struct bb_array_source bb_array_source_of(const struct bb_source *source, const char *path, struct bb_arena *arena);

/* Whether the assembly has a coordinate; "value" means numbers. */
bool bb_has_coord(const struct bb_assembly *assembly, const char *name);
/* The first of the coordinates (NULL-terminated) that it lacks; NULL: none. */
const char *bb_lacking_coord(const struct bb_assembly *assembly, const char *const *needed);
/* What to do about it: "add a rule for it to "columns"", or where its texts are no numbers, their type. */
const char *bb_coord_advice(const struct bb_assembly *assembly, const char *lacking);

#endif
