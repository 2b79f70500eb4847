#include "example/language_files.h"

#include <assert.h>
#include <string.h>

#include "base/csv.h"
#include "example/activations_file.h"

#define SIMULATED_NOTE "simulated by brainboard example: no person took part"

/* --- stimuli --------------------------------------------------------------------------------------------------------- */

struct stimuli {
    size_t n;
    const char **id, **story, **sentence; /* sentence NULL: the stimuli are sentences */
};

/* "passage-03.07", the seventh sentence of the third passage; "words-03.07.04", its fourth word. */
static struct stimuli stimuli_of(const struct bb_corpus *text, const char *name, bool words, struct bb_arena *arena)
{
    size_t n = words ? text->n : text->n_sentences, at = 0;
    struct stimuli s = {n, BB_NEW_ARRAY(arena, n, const char *), BB_NEW_ARRAY(arena, n, const char *),
                        words ? BB_NEW_ARRAY(arena, n, const char *) : NULL};
    for (size_t story = 0; story < text->n_stories; story++)
        for (size_t k = text->story[story]; k < text->story[story + 1]; k++) {
            const char *of = bb_arena_printf(arena, "%s-%02zu", name, story + 1);
            const char *sentence = bb_arena_printf(arena, "%s.%02zu", of, k - text->story[story] + 1);
            size_t length = words ? text->sentence[k + 1] - text->sentence[k] : 1;
            for (size_t i = 0; i < length; i++, at++) {
                s.id[at] = words ? bb_arena_printf(arena, "%s.%02zu", sentence, i + 1) : sentence;
                s.story[at] = of;
                if (words) s.sentence[at] = sentence;
            }
        }
    assert(at == n);
    return s;
}

static struct stimuli passages_of(const struct bb_language_world *world, struct bb_arena *arena)
{
    return stimuli_of(world->passages, "passage", false, arena);
}

static struct stimuli words_of(const struct bb_language_world *world, struct bb_arena *arena)
{
    return stimuli_of(world->words, "words", true, arena);
}

/* --- recordings ------------------------------------------------------------------------------------------------------ */

static const char **repeat(const char **text, size_t n, size_t r, struct bb_arena *arena)
{
    const char **out = BB_NEW_ARRAY(arena, n * r, const char *);
    for (size_t i = 0; i < n * r; i++) out[i] = text[i / r];
    return out;
}

static enum bb_code write_recording(struct bb_project *project, const char *name, const char *unit, const struct stimuli *stimuli,
                                    const struct bb_language_units *u, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    size_t r = u->n_repetitions, n = u->n * r, n_coords = 0;
    double *repetition = BB_NEW_ARRAY(arena, n, double);
    const char **id = BB_NEW_ARRAY(arena, u->n_units, const char *), **subject = BB_NEW_ARRAY(arena, u->n_units, const char *);
    for (size_t i = 0; i < n; i++) repetition[i] = (double)(i % r);
    for (size_t j = 0; j < u->n_units; j++) {
        subject[j] = bb_arena_printf(arena, "sim%zu", u->subject[j] + 1);
        id[j] = bb_arena_printf(arena, "%s-%s-%03zu", subject[j], unit, j + 1);
    }
    struct bb_array_coord coord[6];
    coord[n_coords++] = (struct bb_array_coord){.name = "stimulus_id", .dim = 0, .text = repeat(stimuli->id, u->n, r, arena)};
    coord[n_coords++] = (struct bb_array_coord){.name = "story", .dim = 0, .text = repeat(stimuli->story, u->n, r, arena)};
    if (stimuli->sentence)
        coord[n_coords++] =
            (struct bb_array_coord){.name = "sentence_id", .dim = 0, .text = repeat(stimuli->sentence, u->n, r, arena)};
    coord[n_coords++] = (struct bb_array_coord){.name = "repetition", .dim = 0, .number = repetition, .integer = true};
    coord[n_coords++] = (struct bb_array_coord){.name = "neuroid_id", .dim = 1, .text = id};
    coord[n_coords++] = (struct bb_array_coord){.name = "subject", .dim = 1, .text = subject};
    struct bb_project_recording recording = {
        n, u->n_units, coord, n_coords, u->response, SIMULATED_NOTE, "standard deviations of the unit's signal"};
    enum bb_code rc = bb_project_recording(project, name, &recording, err);
    bb_arena_free(arena);
    return rc;
}

/* --- texts and reading times ----------------------------------------------------------------------------------------- */

/* A line for each word of the stories: story and zone know it; `zone` counts from 1 through the story. */
typedef void put_columns(struct bb_buf *out, const struct bb_language_world *world, size_t i, size_t position, const void *ctx);

static void put_stories(struct bb_buf *out, const struct bb_language_world *world, put_columns *put, const void *ctx)
{
    const struct bb_corpus *text = world->stories;
    for (size_t story = 0; story < text->n_stories; story++)
        for (size_t s = text->story[story], zone = 1; s < text->story[story + 1]; s++)
            for (size_t i = text->sentence[s]; i < text->sentence[s + 1]; i++, zone++) {
                bb_buf_printf(out, "%zu,%zu,", story + 1, zone);
                put(out, world, i, i - text->sentence[s] + 1, ctx);
                bb_buf_putc(out, '\n');
            }
}

static void put_number(struct bb_buf *out, double value, int decimals)
{
    char number[64];
    bb_format_fixed(number, value, decimals);
    bb_buf_puts(out, number);
}

static void put_word(struct bb_buf *out, const struct bb_language_world *world, size_t i, size_t position, const void *ctx)
{
    (void)ctx;
    int word = world->stories->word[i];
    double sum = 0;
    for (size_t r = 0; r < world->options.size.n_readers; r++) sum += world->time[r * world->stories->n + i];
    bb_csv_write(out, world->language->word[word], false);
    bb_buf_printf(out, ",%zu,%.0f,", position, world->language->length[word]);
    put_number(out, world->language->log_frequency[word], 3);
    bb_buf_putc(out, ',');
    put_number(out, sum / (double)world->options.size.n_readers, 2);
}

static void put_value(struct bb_buf *out, const struct bb_language_world *world, size_t i, size_t position, const void *ctx)
{
    (void)world;
    (void)position;
    put_number(out, ((const double *)ctx)[i], 4);
}

static enum bb_code write_buffer(struct bb_project *project, const char *name, struct bb_buf *out, struct bb_err *err)
{
    enum bb_code rc = bb_project_text(project, name, bb_buf_text(out), out->len, err);
    bb_buf_release(out);
    return rc;
}

static enum bb_code write_words(struct bb_project *project, const struct bb_language_world *world, struct bb_err *err)
{
    struct bb_buf out = BB_BUF_INIT;
    bb_buf_puts(&out, "story,zone,word,sentence_position,length,log2_frequency,mean_ms\n");
    put_stories(&out, world, put_word, NULL);
    return write_buffer(project, "data/reading_words.csv", &out, err);
}

static void put_trial(struct bb_buf *out, const struct bb_language_world *world, size_t i, size_t position, const void *ctx)
{
    (void)position;
    size_t reader = *(const size_t *)ctx;
    bb_buf_printf(out, "reader-%02zu,%.0f", reader + 1, world->time[reader * world->stories->n + i]);
}

static enum bb_code write_trials(struct bb_project *project, const struct bb_language_world *world, struct bb_err *err)
{
    struct bb_buf out = BB_BUF_INIT;
    bb_buf_puts(&out, "story,zone,subject,ms\n");
    for (size_t r = 0; r < world->options.size.n_readers; r++) put_stories(&out, world, put_trial, &r);
    return write_buffer(project, "data/reading_trials.csv", &out, err);
}

/* A sentence as a reader sees it: no blank before a comma or full stop. */
static void put_sentence(struct bb_buf *out, const struct bb_language *language, const int *word, size_t n)
{
    struct bb_buf text = BB_BUF_INIT;
    for (size_t i = 0; i < n; i++) {
        const char *spelling = language->word[word[i]];
        if (i && spelling[0] != '.' && spelling[0] != ',') bb_buf_putc(&text, ' ');
        bb_buf_puts(&text, spelling);
    }
    bb_csv_write(out, bb_buf_text(&text), false);
    bb_buf_release(&text);
}

static enum bb_code write_sentences(struct bb_project *project, const char *name, const struct bb_language *language,
                                    const struct bb_corpus *text, const struct stimuli *sentences, struct bb_err *err)
{
    struct bb_buf out = BB_BUF_INIT;
    bb_buf_puts(&out, "sentence_id,story,sentence\n");
    for (size_t s = 0; s < text->n_sentences; s++) {
        bb_buf_printf(&out, "%s,%s,", sentences->id[s], sentences->story[s]);
        put_sentence(&out, language, text->word + text->sentence[s], text->sentence[s + 1] - text->sentence[s]);
        bb_buf_putc(&out, '\n');
    }
    return write_buffer(project, name, &out, err);
}

static enum bb_code write_texts(struct bb_project *project, const struct bb_language_world *world, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct stimuli passages = passages_of(world, arena), words = stimuli_of(world->words, "words", false, arena);
    enum bb_code rc = write_sentences(project, "stimuli/passages.csv", world->language, world->passages, &passages, err);
    if (!rc) rc = write_sentences(project, "stimuli/words.csv", world->language, world->words, &words, err);
    bb_arena_free(arena);
    return rc;
}

static enum bb_code write_suites(struct bb_project *project, const struct bb_language_experiment *e, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    enum bb_code rc = BB_OK;
    for (size_t k = 0; k < e->n_suites && !rc; k++)
        rc = bb_project_text(project, bb_arena_printf(arena, "stimuli/suites/%s.json", e->suite[k].name), e->suite[k].json,
                             strlen(e->suite[k].json), err);
    bb_arena_free(arena);
    return rc;
}

enum bb_code bb_language_write_data(struct bb_project *project, const struct bb_language_experiment *e, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct stimuli passages = passages_of(e->world, arena), words = words_of(e->world, arena);
    enum bb_code rc = write_recording(project, "data/passages.nc", "voxel", &passages, &e->world->voxels, err);
    if (!rc) rc = write_recording(project, "data/words.nc", "electrode", &words, &e->world->electrodes, err);
    if (!rc) rc = write_words(project, e->world, err);
    if (!rc) rc = write_trials(project, e->world, err);
    if (!rc) rc = write_texts(project, e->world, err);
    if (!rc) rc = write_suites(project, e, err);
    bb_arena_free(arena);
    return rc;
}

/* --- answers --------------------------------------------------------------------------------------------------------- */

static enum bb_code write_reading(struct bb_project *project, const char *name, const struct bb_language_world *world,
                                  const double *value, struct bb_err *err)
{
    struct bb_buf out = BB_BUF_INIT;
    bb_buf_puts(&out, "story,zone,surprisal\n");
    put_stories(&out, world, put_value, value);
    return write_buffer(project, name, &out, err);
}

static enum bb_code write_bits(struct bb_project *project, const char *name, const struct bb_language_experiment *e,
                               const char *const *bits, struct bb_err *err)
{
    struct bb_buf out = BB_BUF_INIT;
    bb_buf_puts(&out, "suite,n_items,correct_bits\n");
    for (size_t k = 0; k < e->n_suites; k++) bb_buf_printf(&out, "%s,%zu,%s\n", e->suite[k].name, e->suite[k].suite.n, bits[k]);
    return write_buffer(project, name, &out, err);
}

static enum bb_code write_regions(struct bb_project *project, const char *name, const struct bb_language_experiment *e,
                                  const double *const *value, struct bb_err *err)
{
    struct bb_buf out = BB_BUF_INIT;
    bb_buf_puts(&out, "suite,item,condition,region,surprisal\n");
    for (size_t k = 0; k < e->n_suites; k++)
        for (size_t i = 0; i < e->suite[k].suite.n; i++)
            for (size_t c = 0; c < e->suite[k].suite.item[i].n; c++) {
                const struct bb_condition *condition = &e->suite[k].suite.item[i].condition[c];
                for (size_t r = 0; r < condition->n; r++) {
                    bb_buf_printf(&out, "%s,%zu,%s,%ld,", e->suite[k].name, i + 1, condition->name, condition->region[r].number);
                    put_number(&out, value[k][condition->first + r], 4);
                    bb_buf_putc(&out, '\n');
                }
            }
    return write_buffer(project, name, &out, err);
}

enum bb_code bb_language_write_answer(struct bb_project *project, const struct bb_language_experiment *e,
                                      const struct bb_language_answer *answer, struct bb_err *err)
{
    struct bb_arena *arena = bb_arena_new(0);
    enum bb_code rc = BB_OK;
    if (answer->sentences) {
        struct stimuli passages = passages_of(e->world, arena);
        rc = bb_activations_write(project, bb_arena_printf(arena, "outputs/%s/passages.nc", answer->id), passages.id,
                                  answer->sentences, err);
    }
    if (!rc && answer->words) {
        struct stimuli words = words_of(e->world, arena);
        rc = bb_activations_write(project, bb_arena_printf(arena, "outputs/%s/words.nc", answer->id), words.id, answer->words,
                                  err);
    }
    if (!rc && answer->reading)
        rc = write_reading(project, bb_arena_printf(arena, "outputs/%s/stories.csv", answer->id), e->world, answer->reading, err);
    if (!rc && answer->bits)
        rc = write_bits(project, bb_arena_printf(arena, "outputs/%s/suites.csv", answer->id), e, answer->bits, err);
    if (!rc && answer->regions)
        rc = write_regions(project, bb_arena_printf(arena, "outputs/%s/suite_regions.csv", answer->id), e, answer->regions, err);
    bb_arena_free(arena);
    return rc;
}
