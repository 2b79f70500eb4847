/*
 * What a model answers a stimulus set with, in words and as a file: the same on the participate page, in kits, and by `needs`.
 */
#ifndef BB_RENDER_ANSWER_H
#define BB_RENDER_ANSWER_H

#include "base/json.h"
#include "render/describe.h"

extern const char *const bb_answer_words[BB_N_ANSWERS]; /* "activations" … */

/* `stem`: of the names of a set's files; the set's own name where that can be one (bb_id_new). mymodel_<stem>.nc, or .csv. */
const char *bb_answer_file(struct bb_arena *arena, enum bb_answer answer, const char *stem);

/* The value of the set's member in a model's "outputs": file, degrees (NaN: left out), columns. */
void bb_answer_write(struct bb_json_writer *w, enum bb_answer answer, const char *file, double degrees);

/* The program of data/export that writes such a file of pictures or of texts, and its commands for a set, a line each. NULL: there is none. */
const char *bb_answer_program(enum bb_answer answer, bool text);
const char *bb_answer_commands(struct bb_arena *arena, enum bb_answer answer, bool text, const char *stem);

#endif
