/*
 * Synthetic stimuli, people, units and files that the definitions of the catalog are tested with: small, the same in every run, and nothing about brains.
 */
#ifndef BB_TESTS_SYNTHETIC_CASE_H
#define BB_TESTS_SYNTHETIC_CASE_H

#include "catalog_fixture.h"
#include "score/score.h"
#include "store/array_write.h"

enum {
    N_STIMULI = 48,
    N_REPETITIONS = 4,
    N_SUBJECTS = 3,
    N_NEUROIDS = 30,
    N_FEATURES = 30,
    N_KINDS = 4,
    N_GROUPS = 12,
    N_OVERLAPPING = 39,
    MAX_COORDS = 48
};

#define TEXT(...) bb_arena_printf(fixture_arena, __VA_ARGS__)

double synthetic_hash(size_t a, size_t b, size_t c); /* in (−1, 1), without a pattern that a regression could use */
/* Stimulus i of a set: 's' of what is scored, 't' of what is fitted on. */
const char *stimulus(char set, size_t i);
double feature(char set, size_t i, size_t j);
const char *kind(size_t i);
/* The kind that is chosen, as a number. Some stimuli are harder than others, for everyone: those of every second four, and more so of some kinds. */
size_t right_or_next(size_t i, size_t who);

/* An array and its coordinates on the way to a file. The first coordinate of a name stays. */
struct sheet {
    struct bb_array array;
    struct bb_array_coord coord[MAX_COORDS];
};
typedef const char *text_at(size_t index);
void add_coord(struct sheet *sheet, const char *name, size_t dim, const char *const *text, const double *number);
void add_integers(struct sheet *sheet, const char *name, size_t dim, const double *number); /* of a new name */
void add_texts(struct sheet *sheet, const char *name, size_t dim, text_at *at);
void add_same(struct sheet *sheet, const char *name, size_t dim, const char *value);
void write_sheet(struct sheet *sheet, const char *name);
/* What a definition filters by: a value that the rule keeps for all but the last index of a range, which it drops. */
void add_filtered(struct sheet *sheet, const struct bb_where_rule *rule);
/* The third dimension of a sheet of two, where the published file has bins of time to choose from, whatever the definition says: those that do
   not count are missing values. */
void add_filtered_bins(struct sheet *sheet, const struct bb_source *source);
const char *published_bins(const struct bb_source *source); /* which; "": none */
/* The bins of Majaj and Hong's recording in time, of 20 ms, one every 10 ms from −100 ms on: the sheet has a value for each. Those before the stimulus are
   missing values. */
void add_overlapping_bins(struct sheet *sheet);
void add_time_bins(struct sheet *sheet, size_t bins); /* the third dimension, from 70 ms in steps of 10 */

extern bool lonely; /* one subject, and one repetition, in all that was measured */

/* How a model's files are wrong; it goes before their names. */
enum damage {
    SOUND,
    STRANGERS, /* other stimuli than those that are asked about */
    TWICE,     /* each row again, another answer with it */
    HALF,      /* of the stimuli */
    NONSENSE,  /* a choice that nobody was offered */
    SUMS,      /* probabilities that are too large */
    N_DAMAGES
};
extern enum damage damage;
extern const char *const damage_names[N_DAMAGES];
const char *damaged(const char *name); /* the name of such a file, in fixture_arena */
/* A table of answers with that damage: the first column is the stimulus, the second the choice, the third a number. */
void write_answers(const char *name, const char *text);

/* Activations, presentation × neuroid, with a layer and the places of a map (2 channels × 3 × 5); bins > 0: × time_bin, from 70 ms in steps of 10. */
typedef double value_at(size_t i, size_t feature, size_t bin);
void write_features(const char *name, size_t n, size_t bins, text_at *id, value_at *value);

/* A table of n rows whose columns are those that the rules name; cell: the value of a coordinate. */
typedef const char *cell_at(const struct bb_source *source, const char *coord, size_t row);
void write_table(const struct bb_source *source, const char *name, size_t n, cell_at *cell);
const char *constant_of(const struct bb_source *source, const char *coord); /* of a rule that says the same everywhere; NULL */

/* A member of a model's outputs. columns: "" or ", \"columns\": {…}". */
const char *output_text(const char *set, const char *file, const char *columns, double degrees);
bool metric_is(const struct bb_node *node, const char *name);

struct bb_results *score_catalog(const struct bb_catalog *catalog); /* without lists, and nothing is remembered */

/* Definitions that need data of a shape of their own; NULL: the node's does not. */
struct special {
    const char *metric;
    void (*write)(const struct bb_node *node, const struct bb_source *source,
                  const char *name);                    /* a source that is no table, or a table */
    const char *(*outputs)(const struct bb_node *node); /* NULL: activations to what is scored */
    const char *(*seen)(const struct bb_node *node), *(*fitted)(const struct bb_node *node); /* activations that choices are read out of; NULL */
};
const struct special *special_of(const struct bb_node *node);

#endif
