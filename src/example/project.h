/*
 * A project folder that is being written: its files, and the entries of its manifest. What the parts of the example write
 * through.
 *
 * Everything goes into one folder, which is empty before or was written by this module and not changed since: nobody's work
 * is overwritten. A list of the files with their digests (BB_PROJECT_LIST) stays in the folder and says so.
 */
#ifndef BB_EXAMPLE_PROJECT_H
#define BB_EXAMPLE_PROJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"
#include "store/array_write.h"

#define BB_PROJECT_LIST ".brainboard-example"

enum bb_project_size { BB_PROJECT_SMALL, BB_PROJECT_DEFAULT, BB_PROJECT_LARGE };

struct bb_project;

/* BB_EINPUT when the folder holds what this module did not write; then nothing was touched. What an earlier example left
   there is removed. */
enum bb_code bb_project_open(const char *dir, uint64_t seed, enum bb_project_size size, struct bb_project **out, struct bb_err *err) BB_MUST_CHECK;
void bb_project_free(struct bb_project *project); /* NULL is fine */

uint64_t bb_project_seed(const struct bb_project *project);
int bb_project_size(const struct bb_project *project); /* enum bb_project_size */

/* Each writes a file below the folder; names are relative to it ("data/V1.nc"), and each is written once. Pictures go below
   benchmarks/ ("samples/1.png" is benchmarks/samples/1.png), because `samples` must lie beside the file that names them. */
enum bb_code bb_project_array(struct bb_project *project, const char *name, const struct bb_array *array, struct bb_err *err) BB_MUST_CHECK;
/* A recording: presentation × neuroid, compressed float32, with a note on who took part and what the values are. */
struct bb_project_recording {
    size_t n_presentations, n_neuroids;
    const struct bb_array_coord *coord;
    size_t n_coords;
    const double *value;
    const char *comment, *units;
};
enum bb_code bb_project_recording(struct bb_project *project, const char *name, const struct bb_project_recording *recording,
                                  struct bb_err *err) BB_MUST_CHECK;
enum bb_code bb_project_text(struct bb_project *project, const char *name, const char *text, size_t len, struct bb_err *err) BB_MUST_CHECK;
enum bb_code bb_project_png(struct bb_project *project, const char *name, const unsigned char *gray, size_t width, size_t height,
                            struct bb_err *err) BB_MUST_CHECK;

/*
 * Entries, each the JSON text of one object as in a benchmarks or models file; the order of the calls is the order in the
 * files. The files they name ("file", "gram", "samples") have the names that they were written under, as above: entries are
 * put where they belong, and the names made right. A model that comes twice is one with the outputs, domains, attributes and
 * layers of both. Text that is no JSON object with an id ends bb_project_finish() with a sentence.
 */
void bb_project_part(struct bb_project *project, const char *name); /* benchmarks that follow go into benchmarks/<name>.json */
void bb_project_benchmark(struct bb_project *project, const char *json);
void bb_project_model(struct bb_project *project, const char *json);

/* Entries and files so far, for who describes the project. */
struct bb_project_entries {
    struct bb_json **object;
    size_t n;
};
const struct bb_project_entries *bb_project_benchmarks(const struct bb_project *project);
const struct bb_project_entries *bb_project_models(const struct bb_project *project);
/* how many; in the order in which they were written */
size_t bb_project_files(const struct bb_project *project, const char *const **name);
const char *bb_project_path(struct bb_project *project, const char *name);           /* where a file of the project lies */

void bb_project_note_file(struct bb_project *project, const char *name);             /* one that another process wrote */
/* whether all entries could be read */
enum bb_code bb_project_check(const struct bb_project *project, struct bb_err *err) BB_MUST_CHECK;

/* Writes the benchmarks' and models' files, and the list; the last thing that is called. The manifest is the caller's. */
enum bb_code bb_project_finish(struct bb_project *project, struct bb_err *err) BB_MUST_CHECK;

#endif
