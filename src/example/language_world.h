/*
 * The language half of the simulated experiment, without a project: a language, texts, brains and readers whose workings are
 * known, and what was measured of them.
 *
 * A brain follows the words with features of five kinds (layers of bb_language_truth): lexical (a vector of the word: its
 * category, its topic, itself), form (its rarity and length), structure (what is still to come: depth, open dependencies, gaps,
 * uncertainty of the category), surprisal (of this word and the one before), and expectation (the mean vector of the next word).
 * Surprisal and expectation are those of the world's mind: of the grammar itself, with what it believes of the story's topic; or
 * of one who knows nothing but how frequent words are; or that mind is elsewhere, and what the units follow is drawn at random.
 * This sets whether language models that predict better fit the brain better (language_graded.h).
 */
#ifndef BB_EXAMPLE_LANGUAGE_WORLD_H
#define BB_EXAMPLE_LANGUAGE_WORLD_H

#include "example/language_grammar.h"
#include "model/layers.h"

enum { BB_MIND_LEXICAL, BB_MIND_FORM, BB_MIND_STRUCTURE, BB_MIND_SURPRISAL, BB_MIND_EXPECTATION, BB_MIND_KINDS };
enum bb_language_mind { BB_MIND_GRAMMAR, BB_MIND_FREQUENCY, BB_MIND_ELSEWHERE };

struct bb_language_size {
    size_t n_training, n_held_out;  /* sentences */
    size_t n_passages, n_sentences; /* fMRI: passages, sentences of each */
    size_t n_voxels, n_electrodes, n_subjects, n_repetitions;
    size_t n_word_sentences; /* ECoG */
    size_t n_stories, n_story_sentences, n_readers;
    size_t n_items; /* of each suite */
};
extern const struct bb_language_size bb_language_sizes[3]; /* by enum bb_project_size */

struct bb_language_options {
    uint64_t seed;
    struct bb_language_size size;
    enum bb_language_mind mind;
    double share[BB_MIND_KINDS]; /* of a unit's variance that follows each kind; any scale */
    double noise;                /* sd of a single presentation, in units of the signal's */
    double unreliable;           /* share of units that hardly depend on the text */
};
struct bb_language_options bb_language_defaults(uint64_t seed, const struct bb_language_size *size);

/* Units that were measured: voxels on sentences, or electrodes on words. */
struct bb_language_units {
    size_t n, n_units, n_repetitions;
    double *signal;   /* stimuli × units: without noise */
    double *response; /* (stimulus · n_repetitions + repetition) × units */
    size_t *subject;  /* of each unit, those of a subject side by side */
};

struct bb_language_world {
    struct bb_language_options options;
    const struct bb_language *language;
    const struct bb_corpus *training, *held_out, *passages, *words, *stories;
    struct bb_language_units voxels, electrodes;
    const double *expected_time; /* words of the stories: ms, the readers' mean without noise */
    const double *time;          /* reader · words + word: ms */
};

struct bb_language_world *bb_language_world_new(const struct bb_language_options *options, struct bb_arena *arena);

/* The features of a mind while it reads, words × features: the layers lexical, form, structure, surprisal, expectation, each
   feature in units of its sd (one that never varies, 0). */
void bb_language_truth(const struct bb_language *language, enum bb_language_mind mind, const struct bb_corpus *corpus,
                       struct bb_layers *out, struct bb_arena *arena);
/* Means over the words of each sentence. */
void bb_language_sentences(const struct bb_corpus *corpus, const struct bb_layers *words, struct bb_layers *out,
                           struct bb_arena *arena);

/* Units that follow features (layers as of bb_language_truth, n stimuli) in a world; `task` says which stream. */
struct bb_language_units bb_language_measure(const struct bb_language_options *options, uint64_t task,
                                             const struct bb_layers *features, size_t n_units, struct bb_arena *arena);

/* Bits of surprise of a word with that probability, to a reader who knows that one word in 10,000 is a slip that may be any of n_words. */
double bb_surprisal(double probability, size_t n_words);

#endif
