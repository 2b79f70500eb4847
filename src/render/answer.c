#include "render/answer.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

static const char torch[] = "brainboard_torch.py", transformers[] = "brainboard_transformers.py";

const char *const bb_answer_words[BB_N_ANSWERS] = {
    [BB_ANSWER_ACTIVATIONS] = "activations",    [BB_ANSWER_CHOICES] = "a choice per stimulus",
    [BB_ANSWER_VALUES] = "a number per item",   [BB_ANSWER_BITS] = "met or not, per item",
    [BB_ANSWER_REGIONS] = "surprisal per region",
    [BB_ANSWER_PAIRS] = "a dissimilarity per pair"};

enum { MOST_COLUMNS = 5 };
static const char *const columns[BB_N_ANSWERS][MOST_COLUMNS] = {[BB_ANSWER_CHOICES] = {"stimulus_id", "choice"},
                                                     [BB_ANSWER_VALUES] = {"stimulus_id", "text", "position", "value"},
                                                     [BB_ANSWER_BITS] = {"suite", "bits"},
    [BB_ANSWER_REGIONS] = {"suite", "item", "condition", "region", "value"},
                                                     [BB_ANSWER_PAIRS] = {"stimulus_a", "stimulus_b", "value"}};

/* python3 PROGRAM VERB STEM+FROM mymodel_STEM+TO MORE */
static const struct command {
    enum bb_answer answer;
    bool text;
    const char *program, *verb, *from, *to, *more;
} commands[] = {
    {BB_ANSWER_ACTIVATIONS, false, torch, "activations", "", ".nc", " LAYER…"},
    {BB_ANSWER_ACTIVATIONS, false, torch, "gram", "", ".gram.h5", " LAYER…"},
    {BB_ANSWER_CHOICES, false, torch, "choices", "", ".csv", ""},
    {BB_ANSWER_ACTIVATIONS, true, transformers, "hidden_states MODEL", ".csv", ".nc", ""},
    {BB_ANSWER_VALUES, true, transformers, "surprisal MODEL", ".csv", ".csv", ""},
    {BB_ANSWER_REGIONS, true, transformers, "regions MODEL", ".json", ".csv", ""},
};
enum { N_COMMANDS = sizeof commands / sizeof commands[0] };

const char *bb_answer_file(struct bb_arena *arena, enum bb_answer answer, const char *stem)
{
    return bb_arena_printf(arena, "mymodel_%s.%s", stem, answer == BB_ANSWER_ACTIVATIONS ? "nc" : "csv");
}

static void write_columns(struct bb_json_writer *w, const char *const *name)
{
    bb_jw_key(w, "columns");
    bb_jw_object(w);
    for (size_t i = 0; i < MOST_COLUMNS && name[i]; i++) {
        bb_jw_key(w, name[i]);
        if (strcmp(name[i], "value") != 0 && strcmp(name[i], "position") != 0) {
            bb_jw_text(w, name[i]);
            continue;
        }
        bb_jw_object(w);
        bb_jw_member_text(w, "column", name[i]);
        bb_jw_member_text(w, "type", "number");
        bb_jw_object_end(w);
    }
    bb_jw_object_end(w);
}

void bb_answer_write(struct bb_json_writer *w, enum bb_answer answer, const char *file, double degrees)
{
    bb_jw_object(w);
    bb_jw_member_text(w, "file", file);
    if (!isnan(degrees)) bb_jw_member_number(w, "degrees", degrees);
    if (columns[answer][0]) write_columns(w, columns[answer]);
    bb_jw_object_end(w);
}

const char *bb_answer_program(enum bb_answer answer, bool text)
{
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (commands[i].answer == answer && commands[i].text == text) return commands[i].program;
    return NULL;
}

const char *bb_answer_commands(struct bb_arena *arena, enum bb_answer answer, bool text, const char *stem)
{
    const char *lines = NULL;
    for (size_t i = 0; i < N_COMMANDS; i++) {
        const struct command *c = &commands[i];
        if (c->answer != answer || c->text != text) continue;
        lines = bb_arena_printf(arena, "%s%spython3 %s %s %s%s mymodel_%s%s%s", lines ? lines : "", lines ? "\n" : "", c->program,
                                c->verb, stem, c->from, stem, c->to, c->more);
    }
    return lines;
}
