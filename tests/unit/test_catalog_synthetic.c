/*
 * Each definition of the built-in catalog scores a synthetic model on synthetic data of its shape: recordings with the coordinates, filters and parts that
 * the definition names, trials with the conditions that it keeps. What is made here is small and says nothing about brains; that a definition can be
 * computed as it stands is what is tested.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "score/score.h"
#include "synthetic_case.h"

Suite *suite_catalog_synthetic(void);

enum { MAX_DEFINITIONS = 1000 };

/* A recording that is too large for the parent to read: 4.6 MB. */
#define LARGE "Zerbe2026_fmri.V1-cka"
enum { N_LARGE = 3000 };

static struct bb_catalog *catalog;
static bool reading_out;        /* the model gives activations where behaviour can be read out of them */
static void (*prepare)(void);   /* the board, before it is scored; NULL: nothing more */
static const char *cache_dir;   /* NULL: nothing is remembered */
static struct bb_names written; /* what files of data there are: sources that would have the same share it */

static void setup(void)
{
    catalog_setup();
    catalog = NULL;
    bb_names_init(&written);
    lonely = false;
    reading_out = false;
    cache_dir = NULL;
    prepare = NULL;
    bb_log_set_level(BB_LOG_QUIET);
}

static void teardown(void)
{
    bb_catalog_free(catalog);
    bb_names_release(&written);
    catalog_teardown();
}

/* --- recordings --------------------------------------------------------------------------------------------------- */

static size_t repetitions; /* of a stimulus of the recording at hand */

/* What unit u measured: a mixture of features, and noise of its own in each repetition. */
static double response(char set, size_t i, size_t u, size_t repetition)
{
    double sum = 0;
    for (size_t j = 0; j < 5; j++) sum += feature(set, i, j) * synthetic_hash(u, j, 3);
    return 1 + sum + .3 * synthetic_hash(i * 64 + repetition, u, set == 't' ? 5 : 4);
}

static const char *subject_of_unit(size_t u)
{
    return TEXT("subject%zu", lonely ? 0 : u % N_SUBJECTS);
}
static const char *unit_name(size_t u)
{
    return TEXT("unit%02zu", u);
}
static size_t stimulus_of_row(size_t row)
{
    return row / repetitions;
}
static const char *tested_stimulus(size_t row)
{
    return stimulus('s', stimulus_of_row(row));
}
static const char *fitted_stimulus(size_t row)
{
    return stimulus('t', stimulus_of_row(row));
}
static const char *kind_of_row(size_t row)
{
    return kind(stimulus_of_row(row));
}
static const char *group_of_row(size_t row)
{
    return TEXT("group%02zu", stimulus_of_row(row) % N_GROUPS);
}
/* One stimulus of each kind has it. */
static const char *background_of_row(size_t row)
{
    return TEXT("background%02zu", stimulus_of_row(row) / N_KINDS);
}
static const char *repetition_of_row(size_t row)
{
    return TEXT("%zu", row % repetitions);
}

/* Recordings that are written with the coordinates of the published file and no others, so that a definition that names another finds nothing. Where
   it has no repetitions, its stimuli were averaged. The splits of LAION fMRI are ours. */
static const char *coords_of(const struct bb_source *source)
{
    static const struct {
        const char *file, *part; /* how its name begins, and what is in it */
        const char *coords;
    } recordings[] = {
        {"assy_Allen2022_", "_test_", " stimulus_id nsd_id repetition neuroid_id subject region hemisphere nc_testset "},
        {"assy_Allen2022_", "_train_", " stimulus_id nsd_id neuroid_id subject region hemisphere nc_testset "},
        {"assy_Bracci2019", "", " stimulus_id stimulus_name exemplar_number image_label image_group roi subject voxels "},
        {"assy_dicarlo_Sanghavi2020", "", " image_id id object_name repetition neuroid_id region "},
        {"assy_dicarlo_SanghaviJozwik2020", "", " image_id id label source_dataset repetition neuroid_id region "},
        {"assy_dicarlo_SanghaviMurty2020", "", " image_id image_file_name repetition neuroid_id region "},
        {"assy_Li2026_", "", " stimulus_id nsd_id neuroid_id region animal reliability unittype reliability_window "},
        {"assy_LAION_fMRI_", "",
         " stimulus_id session run repetition subject_id region roi nc_4rep nc_12rep split_tau split_ood "},
        {"assy_THINGS_EEG2_", "", " stimulus_id stimulus_label object_name repetition subject neuroid_id channel "},
        {"assy_THINGS_fMRI_", "", " stimulus_id stimulus_label object_name repetition region subject neuroid_id roi nc_testset "},
        {"assy_THINGS_TVSD_", "",
         " stimulus_id stimulus_label object_name repetition region subject neuroid_id SNR reliability "}};
    const char *file = source->file.text[0];
    for (size_t i = 0; i < sizeof recordings / sizeof recordings[0]; i++)
        if (bb_starts_with(file, recordings[i].file) && strstr(file, recordings[i].part)) return recordings[i].coords;
    return NULL;
}

static bool is_published(const struct bb_source *source, const char *coord)
{
    return !coords_of(source) || strstr(coords_of(source), TEXT(" %s ", coord));
}

static void keep_published(struct sheet *sheet, const struct bb_source *source)
{
    size_t kept = 0;
    for (size_t i = 0; i < sheet->array.n_coords; i++)
        if (is_published(source, sheet->coord[i].name)) sheet->coord[kept++] = sheet->coord[i];
    sheet->array.n_coords = kept;
}

/* Where each subject saw stimuli of their own, beside every fourth that all saw. */
static bool has_gaps(const struct bb_source *source)
{
    return strstr(source->file.text[0], "LAION_fMRI_persubject") != NULL;
}
static bool is_gap(size_t stimulus, size_t u)
{
    return stimulus % 4 && stimulus % N_SUBJECTS != u % N_SUBJECTS;
}

/* What a recording lacks whose definition says what becomes of gaps. Of neuroids: some were not measured for some stimuli, one for none. Of
   presentations: a unit was not measured for one stimulus, another not in one repetition of a second. Where neuroids must be consistent: some are
   noise, one is of another animal. */
static double with_gaps(const struct bb_source *source, double value, size_t stimulus, size_t repetition, size_t unit)
{
    bool last = unit == N_NEUROIDS - 1;
    if (source->drop_missing == BB_GAPS_OF_NEUROIDS && (last || (unit == 1 && stimulus < 8))) return (double)NAN;
    if (source->drop_missing == BB_GAPS_OF_PRESENTATIONS &&
        ((unit == 2 && stimulus == 3 && repetition == 0) || (unit == 4 && stimulus == 5)))
        return (double)NAN;
    if (isnan(source->min_consistency)) return value;
    return last ? (double)NAN : unit % 10 == 3 ? synthetic_hash(stimulus * 64 + repetition, unit, 6) : value;
}

/* Cadena2017 numbers its presentations: repetitions differ in more than their number. */
static const char *number_of_row(size_t row)
{
    return TEXT("%zu", row);
}

static void write_recording(const struct bb_node *node, const struct bb_source *source, char set, const char *name)
{
    struct sheet sheet = {.array = {.dim = {"presentation", "neuroid"}, .n_dims = 2}};
    const char *on = bb_json_text(node->ceiling_json, "on");
    if (!on) on = "repetition";
    repetitions = lonely || !is_published(source, on) ? 1 : N_REPETITIONS;
    size_t q = node->units == 1            ? 1
               : bb_streq(node->id, LARGE) ? N_LARGE
                                           : N_NEUROIDS,
           n = N_STIMULI * repetitions, bins = node->metric->over_time ? N_OVERLAPPING : 1;
    double *value = BB_NEW_ARRAY(fixture_arena, n * q * bins, double), *voxel = BB_NEW_ARRAY(fixture_arena, q, double);
    sheet.array.size[0] = n;
    sheet.array.size[1] = q;
    sheet.array.value = value;
    for (size_t i = 0; i < n * q * bins; i++) {
        size_t row = i / bins / q, u = i / bins % q;
        bool gap = has_gaps(source) && is_gap(stimulus_of_row(row), u);
        value[i] = gap ? (double)NAN : response(set, stimulus_of_row(row), u, row % repetitions + N_REPETITIONS * (i % bins));
        value[i] = with_gaps(source, value[i], stimulus_of_row(row), row % repetitions, u);
    }
    for (size_t u = 0; u < q; u++) voxel[u] = (double)(u / N_SUBJECTS);
    for (size_t i = 0; i < source->columns.n_where; i++) add_filtered(&sheet, &source->columns.where[i]);
    static const char *const ids[] = {"stimulus_id", "image_id"}, *const subjects[] = {"subject", "subject_id", "animal"};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
        add_texts(&sheet, ids[i], 0, set == 's' ? tested_stimulus : fitted_stimulus);
    static const char *const kinds[] = {"object_name", "texture_type", "object_label"}, *const groups[] = {"story",
                                                                                                           "sentence_id"};
    add_texts(&sheet, "background_id", 0, background_of_row);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) add_texts(&sheet, kinds[i], 0, kind_of_row);
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) add_texts(&sheet, groups[i], 0, group_of_row);
    add_texts(&sheet, on, 0, repetition_of_row);
    if (strcmp(on, "repetition_id") == 0) add_texts(&sheet, "id", 0, number_of_row);
    add_texts(&sheet, "neuroid_id", 1, unit_name);
    add_coord(&sheet, "voxels", 1, NULL, voxel);
    if (bins > 1) add_overlapping_bins(&sheet);
    const char *subject = bb_json_text(node->ceiling_json, "subject"),
               *coordinate = bb_json_text(node->ceiling_json, "coordinate");
    if (subject) add_texts(&sheet, subject, 1, subject_of_unit);
    for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++) add_texts(&sheet, subjects[i], 1, subject_of_unit);
    if (coordinate) {
        double *reliability = BB_NEW_ARRAY(fixture_arena, q, double);
        for (size_t u = 0; u < q; u++) reliability[u] = .5 + .02 * (double)u;
        add_coord(&sheet, coordinate, 1, NULL, reliability);
    }
    keep_published(&sheet, source);
    add_filtered_bins(&sheet, source);
    write_sheet(&sheet, name);
}

/* --- trials and words --------------------------------------------------------------------------------------------- */

enum { N_PEOPLE = 12, N_TRIALS = N_PEOPLE * N_STIMULI };

static const char *stimulus_of_trial(size_t row)
{
    return stimulus('s', row % N_STIMULI);
}
static const char *person_of_trial(size_t row)
{
    return TEXT("person%zu", row / N_STIMULI);
}
static const char *truth_of_trial(size_t row)
{
    return kind(row % N_STIMULI);
}
static const char *choice_of_trial(size_t row)
{
    return kind(right_or_next(row % N_STIMULI, row / N_STIMULI));
}

/* Where there is an oddball or none, those of even number have one. */
static const char *verdict(size_t i)
{
    return i % 2 ? "same" : "oddball";
}
static const char *true_verdict_of_trial(size_t row)
{
    return verdict(row % N_STIMULI);
}
static const char *verdict_of_trial(size_t row)
{
    return verdict(right_or_next(row % N_STIMULI, row / N_STIMULI));
}
static const char *condition_of_trial(size_t row)
{
    return TEXT("condition%zu", row % N_STIMULI / 8 % 3);
}

/* The other object of a trial between two: what was chosen instead, or the next kind. */
static const char *other_of_trial(size_t row)
{
    size_t i = row % N_STIMULI, chosen = right_or_next(i, row / N_STIMULI);
    return kind(chosen % N_KINDS != i % N_KINDS ? chosen : i + 1 + row / N_STIMULI % (N_KINDS - 1));
}
static const char *block_of_trial(size_t row)
{
    return row % N_STIMULI / 2 % 2 ? "second" : "first";
}
static const char *distractors_of_trial(size_t row)
{
    static const char *const numbers[] = {"1.0", "5.0", "11.0"};
    return numbers[row % N_STIMULI / 4 % 3];
}
static const char *right_of_trial(size_t row)
{
    return right_or_next(row % N_STIMULI, row / N_STIMULI) == row % N_STIMULI ? "1" : "0";
}
static const char *right_verdict_of_trial(size_t row)
{
    return strcmp(verdict_of_trial(row), true_verdict_of_trial(row)) == 0 ? "1" : "0";
}
/* Whole and manipulated images in turn. */
static const char *configuration_of_trial(size_t row)
{
    static const char *const names[] = {"whole", "Frankenstein", "whole", "fragmented"};
    return names[row % N_STIMULI / 4 % 4];
}
static const char *occluder_type_of_trial(size_t row)
{
    return TEXT("type%zu", row % N_STIMULI / 4 % 3);
}
static const char *occluder_color_of_trial(size_t row)
{
    return TEXT("color%zu", row % N_STIMULI / 12 % 2);
}
/* People saw other pictures than models are asked about, in tasks that stand for manipulations of them. */
static const char *picture_of_trial(size_t row)
{
    return stimulus('h', row % N_STIMULI);
}
static const struct {
    const char *task, *manipulation, *details;
} tasks[] = {{"control", "control", "control"},
             {"clutter_heavy", "clutter", "heavy"},
             {"clutter_light", "clutter", "light"},
             {"occlusion_few_large_blobs_high", "occluder", "fewlarge-high"},
             {"occlusion_many_small_deletion_low", "occluder", "manysmall-low"},
             {"scrambling_lowpass", "phasescrambling", "lowpass"}};
static const char *task_of_trial(size_t row)
{
    return tasks[row % N_STIMULI / 8].task;
}

/* Each of these stimuli is shown to one person; what it is stands in the stimulus set, and nothing occludes the last of them. */
static bool is_occluded(size_t i)
{
    return i < N_STIMULI - 8;
}
static const char *person_of_stimulus(size_t i)
{
    return TEXT("person%zu", lonely ? 0 : i % 4);
}
static const char *seen_stimulus(size_t i)
{
    return stimulus('s', i);
}
static const char *type_of_stimulus(size_t i)
{
    return is_occluded(i) ? occluder_type_of_trial(i) : "";
}
static const char *color_of_stimulus(size_t i)
{
    return is_occluded(i) ? occluder_color_of_trial(i) : "";
}
static const char *visibility_of_stimulus(size_t i)
{
    return is_occluded(i) ? TEXT("0.%zu", 1 + 2 * (i % 5)) : "1.0";
}
static const char *accuracy_of_stimulus(size_t i)
{
    return right_or_next(i, i % 4) == i ? "1" : "0";
}

/* Recordings whose files call their columns something else than metrics do: names as the reference's packaging has them, so that a definition
   that does not read those finds nothing. */
struct column {
    const char *name;
    text_at *at;
};
struct published {
    const char *file; /* how its name begins */
    struct column column[8];
};
static const struct published published[] = {
    {"assy_Baker2022_",
     {{"stimulus_id", stimulus_of_trial},
      {"subject", person_of_trial},
      {"condition", configuration_of_trial},
      {"truth", truth_of_trial},
      {"correct", right_of_trial}}},
    {"assy_BMD_2024_",
     {{"subject", person_of_trial},
      {"subject_answer", choice_of_trial},
      {"stimulus_id", stimulus_of_trial},
      {"truth", truth_of_trial},
      {"condition", block_of_trial}}},
    {"assy_Ferguson2024_",
     {{"stimulus_id", stimulus_of_trial},
      {"participant_id", person_of_trial},
      {"correct", right_verdict_of_trial},
      {"distractor_nums", distractors_of_trial},
      {"block", block_of_trial}}},
    {"assy_Lonnqvist2024_",
     {{"subject", person_of_trial},
      {"subject_answer", choice_of_trial},
      {"stimulus_id", stimulus_of_trial},
      {"truth", truth_of_trial},
      {"image_label", truth_of_trial}}},
    {"assy_Maniquet2024",
     {{"stimulus_id", picture_of_trial},
      {"image_label", truth_of_trial},
      {"prediction", choice_of_trial},
      {"subject_id", person_of_trial},
      {"task", task_of_trial}}},
    {"assy_Scialom2024_",
     {{"subject", person_of_trial},
      {"subject_answer", choice_of_trial},
      {"condition", condition_of_trial},
      {"stimulus_id", stimulus_of_trial},
      {"truth", truth_of_trial}}},
    {"assy_tong_Coggan2024_behavior", {{"stimulus_id", seen_stimulus}, {"human_accuracy", accuracy_of_stimulus}}},
};

/* Where a definition needs what the stimulus set says: its columns. Each stimulus is shown once then. */
static const struct published stimulus_sets[] = {
    {"assy_tong_Coggan2024_behavior",
     {{"stimulus_id", seen_stimulus},
      {"subject", person_of_stimulus},
      {"object_class", kind},
      {"occluder_type", type_of_stimulus},
      {"occluder_color", color_of_stimulus},
      {"visibility", visibility_of_stimulus}}},
};

/* Columns (up to one without a name) as the source's file has them; NULL: it calls them as metrics do. */
static const struct column *columns_of(const struct bb_source *source, const struct published *table, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bb_starts_with(source->file.text[0], table[i].file)) return table[i].column;
    return NULL;
}
static const struct column *published_columns(const struct bb_source *source)
{
    return columns_of(source, published, sizeof published / sizeof published[0]);
}
static const struct column *columns_of_stimuli(const struct bb_source *source)
{
    return columns_of(source, stimulus_sets, sizeof stimulus_sets / sizeof stimulus_sets[0]);
}

static void write_stimulus_set(const struct column *column, const char *name)
{
    struct bb_buf text = BB_BUF_INIT;
    for (size_t c = 0; column[c].name; c++) bb_buf_printf(&text, "%s%s", c ? "," : "", column[c].name);
    for (size_t i = 0; i < N_STIMULI; i++)
        for (size_t c = 0; column[c].name; c++) bb_buf_printf(&text, "%s%s", c ? "," : "\n", column[c].at(i));
    bb_buf_putc(&text, '\n');
    fixture_text(name, bb_buf_text(&text));
    bb_buf_release(&text);
}

static void write_trials(const struct bb_source *source, const char *name)
{
    const struct column *own = published_columns(source), *of_stimuli = columns_of_stimuli(source);
    size_t n = lonely || of_stimuli ? N_STIMULI : N_TRIALS;
    struct sheet sheet = {.array = {.dim = {"presentation"}, .size = {n}, .n_dims = 1}};
    double *value = BB_NEW_ARRAY(fixture_arena, N_TRIALS, double);
    for (size_t i = 0; i < N_TRIALS; i++) value[i] = 300 + 20 * feature('s', i % N_STIMULI, 0) + 10 * synthetic_hash(i, 1, 2);
    sheet.array.value = value;
    for (size_t i = 0; i < source->columns.n_where && !of_stimuli; i++)
        if (strcmp(source->columns.where[i].coord, "condition") != 0) add_filtered(&sheet, &source->columns.where[i]);
    static const struct column coords[] = {{"stimulus_id", stimulus_of_trial},
                                           {"subject", person_of_trial},
                                           {"truth", truth_of_trial},
                                           {"choice", choice_of_trial},
                                           {"condition", condition_of_trial},
                                           {"sample_obj", truth_of_trial},
                                           {"dist_obj", other_of_trial},
                                           {"occluder_type", occluder_type_of_trial},
                                           {"occluder_color", occluder_color_of_trial}};
    for (size_t i = 0; own && own[i].name; i++) add_texts(&sheet, own[i].name, 0, own[i].at);
    for (size_t i = 0; !own && i < sizeof coords / sizeof coords[0]; i++) add_texts(&sheet, coords[i].name, 0, coords[i].at);
    write_sheet(&sheet, name);
}

/* Stimuli and what they show. */
static const char *cell_of_stimuli(const struct bb_source *source, const char *coord, size_t i)
{
    if (strcmp(coord, "stimulus_id") == 0) return stimulus(source->part == BB_PART_TRAIN ? 't' : 's', i);
    if (strcmp(coord, "manipulation") == 0) return tasks[i / 8].manipulation;
    if (strcmp(coord, "manipulation_details") == 0) return tasks[i / 8].details;
    return kind(strcmp(coord, "texture") == 0 ? i / N_KINDS : i);
}

/* --- the model ---------------------------------------------------------------------------------------------------- */

static const char *tested(size_t i)
{
    return stimulus('s', i);
}
static const char *fitted(size_t i)
{
    return stimulus('t', i);
}

/* Of the stimuli that are scored, of those that are fitted on, or of both. */
static const char *tested_or_fitted(size_t i)
{
    return i < N_STIMULI ? tested(i) : fitted(i - N_STIMULI);
}

static double tested_value(size_t i, size_t j, size_t bin)
{
    (void)bin;
    return feature(i < N_STIMULI ? 's' : 't', i % N_STIMULI, j);
}
static double fitted_value(size_t i, size_t j, size_t bin)
{
    (void)bin;
    return feature('t', i, j);
}

/* Activations to an object of a kind; now and then to one that is taken for another, as in the choices. */
static double object_value(size_t i, size_t j, size_t bin)
{
    return synthetic_hash((i < N_STIMULI ? right_or_next(i, 100) : i) % N_KINDS, j, 83) + .3 * tested_value(i, j, bin);
}
static double fitted_object_value(size_t i, size_t j, size_t bin)
{
    return object_value(N_STIMULI + i, j, bin);
}

static void write_choices(const char *name, text_at *label)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_puts(&text, "stimulus_id,choice,value\n");
    for (size_t i = 0; i < N_STIMULI; i++)
        bb_buf_printf(&text, "%s,%s,%.4f\n", stimulus('s', i), label(right_or_next(i, 100)), 5 + feature('s', i, 0));
    write_answers(name, bb_buf_text(&text));
    bb_buf_release(&text);
}

/* --- a board of one benchmark ------------------------------------------------------------------------------------- */

static bool wants_features(const struct bb_node *node)
{
    return node->metric->score_features != NULL;
}
static bool compares_recordings(const struct bb_node *node)
{
    const char *const *coord = node->metric->data_coords;
    bool has_values = false;
    for (; coord && *coord; coord++) has_values |= strcmp(*coord, "value") == 0;
    return wants_features(node) && has_values;
}

static bool is_read_out(const struct bb_node *node)
{
    return reading_out && node->metric->behavior && node->data_train.n;
}

static const char *text_of_json(const struct bb_json *json)
{
    return json ? catalog_text(json) : "";
}

static const char *key_of(const struct bb_node *node, const struct bb_source *source, char set, bool special, bool is_table)
{
    const char *shape = TEXT("%c %d %s %s %s", set, is_table, is_table ? "" : published_bins(source),
                             text_of_json(source->where_json), text_of_json(source->columns_json));
    shape = TEXT("%s %d %g", shape, source->drop_missing, source->min_consistency);
    if (special) return TEXT("%s %s %s", shape, text_of_json(node->metric_json), node->region ? node->region : "");
    if (is_table) return shape;
    if (compares_recordings(node))
        return TEXT("%s %s %d %d %s %d", shape, text_of_json(node->ceiling_json), node->units == 1, node->metric->over_time,
                    coords_of(source) ? coords_of(source) : "", has_gaps(source));
    return TEXT("%s %s", shape, published_columns(source) ? source->file.text[0] : "");
}

static void write_source(const struct bb_node *node, const struct bb_source *source, char set, const char *name)
{
    const struct special *special = special_of(node);
    if (special)
        special->write(node, source, name);
    else if (bb_ends_with(name, ".csv"))
        write_table(source, name, N_STIMULI, cell_of_stimuli);
    else if (compares_recordings(node))
        write_recording(node, source, set, name);
    else
        write_trials(source, name);
}

/* Writes the files of the sources, and makes the sources name them. */
static void make_sources(const struct bb_node *node, struct bb_sources *sources, char first_set)
{
    for (size_t i = 0; i < sources->n; i++) {
        struct bb_source *source = &sources->source[i];
        bool is_table = !bb_ends_with(source->file.text[0], ".nc");
        char set = i ? 't' : first_set;
        size_t known = written.n, at = bb_names_add(&written, key_of(node, source, set, special_of(node) != NULL, is_table));
        const char *name = TEXT("data-%zu.%s", at, is_table ? "csv" : "nc");
        const struct column *of_stimuli = columns_of_stimuli(source);
        const char *stimulus_set = of_stimuli ? TEXT("set-%zu.csv", at) : NULL;
        if (at == known) write_source(node, source, set, name);
        if (at == known && stimulus_set) write_stimulus_set(of_stimuli, stimulus_set);
        source->dir = fixture_dir;
        source->file = (struct bb_texts){BB_NEW(fixture_arena, const char *), 1};
        source->file.text[0] = name;
        source->sha1 = source->sha256 = source->stimulus_set_sha1 = NULL;
        source->stimulus_set = stimulus_set;
    }
}

static const char choice_columns[] = ", \"columns\": {\"stimulus_id\": \"stimulus_id\", \"choice\": \"choice\"}";
static const char value_columns[] =
    ", \"columns\": {\"stimulus_id\": \"stimulus_id\", \"value\": {\"column\": \"value\", \"type\": \"number\"}}";
static const char item_columns[] = ", \"columns\": {\"suite\": \"suite\", \"bits\": \"bits\"}";
static const char probability_columns[] = ", \"columns\": {\"stimulus_id\": \"stimulus_id\", \"choice\": \"choice\", \"value\": "
                                          "{\"column\": \"value\", \"type\": \"number\"}}";

/* A row for the suite of each definition, and one for another. */
static void write_items(const struct bb_catalog *all, const char *name)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_puts(&text, "suite,bits\nanother,0000000\n");
    for (size_t i = 0; i < all->tree.n; i++) {
        const struct bb_node *node = &all->tree.node[i];
        if (!node->metric || !metric_is(node, "item_accuracy")) continue;
        const struct bb_json *suite = bb_json_member(bb_json_member(node->metric_json, "where"), "suite");
        bb_buf_printf(&text, "%s,", suite->as.list.item[0]->as.text);
        for (long k = 0; k < node->n_stimuli; k++) bb_buf_putc(&text, "0110111"[k % 7]);
        bb_buf_putc(&text, '\n');
    }
    write_answers(name, bb_buf_text(&text));
    bb_buf_release(&text);
}

/* Of each stimulus a probability for each kind. */
static void write_probabilities(const char *name)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_puts(&text, "stimulus_id,choice,value\n");
    for (size_t i = 0; i < N_STIMULI; i++) {
        double weight[N_KINDS], sum = 0;
        for (size_t k = 0; k < N_KINDS; k++) sum += weight[k] = exp(2 * (k == i % N_KINDS) + synthetic_hash(i, k, 21));
        for (size_t k = 0; k < N_KINDS; k++) bb_buf_printf(&text, "%s,%s,%.17g\n", stimulus('s', i), kind(k), weight[k] / sum);
    }
    write_answers(name, bb_buf_text(&text));
    bb_buf_release(&text);
}

static bool wants_words(const struct bb_node *node)
{
    for (size_t i = 0; node->metric->model_coords && node->metric->model_coords[i]; i++)
        if (strcmp(node->metric->model_coords[i], "value") == 0) return true;
    return false;
}

/* What a model answers to a definition's stimuli, as a member of its outputs. */
static const char *output_of(const struct bb_node *node)
{
    const struct special *special = special_of(node);
    const char *set = node->stimuli;
    double degrees = node->visual_degrees;
    bool two_halves = node->data.n > 1 || (node->data_train.n && !node->fitting_stimuli); /* the stimuli of both are one set */
    if (is_read_out(node) && special) return special->seen(node);
    if (is_read_out(node))
        return output_text(set, bb_streq(set, node->fitting_stimuli) ? "both-objects.nc" : "objects.nc", "", degrees);
    if (special && special->outputs) return special->outputs(node);
    if (metric_is(node, "item_accuracy")) return output_text(set, "items.csv", item_columns, (double)NAN);
    if (node->metric->behavior == BB_BEHAVIOR_PROBABILITIES)
        return output_text(set, "probabilities.csv", probability_columns, degrees);
    if (wants_features(node)) return output_text(set, two_halves ? "both.nc" : "tested.nc", "", degrees);
    if (metric_is(node, "value_delta")) return output_text(set, "verdicts.csv", choice_columns, degrees);
    return output_text(set, "answers.csv", wants_words(node) ? value_columns : choice_columns, degrees);
}

static const char *fitted_output_of(const struct bb_node *node)
{
    const struct special *special = special_of(node);
    if (is_read_out(node) && special) return special->fitted(node);
    return output_text(node->fitting_stimuli, is_read_out(node) ? "fitted-objects.nc" : "fitted.nc", "", node->visual_degrees);
}

static void write_answers_of_all(const struct bb_catalog *all)
{
    write_features("tested.nc", N_STIMULI, 0, tested, tested_value);
    write_features("both.nc", 2 * N_STIMULI, 0, tested_or_fitted, tested_value);
    write_features("fitted.nc", N_STIMULI, 0, fitted, fitted_value);
    write_features("objects.nc", N_STIMULI, 0, tested, object_value);
    write_features("both-objects.nc", 2 * N_STIMULI, 0, tested_or_fitted, object_value);
    write_features("fitted-objects.nc", N_STIMULI, 0, fitted, fitted_object_value);
    write_choices("answers.csv", kind);
    write_choices("verdicts.csv", verdict);
    write_probabilities("probabilities.csv");
    write_items(all, "items.csv");
}

/* --- boards ------------------------------------------------------------------------------------------------------- */

/* Definitions that are scored together: of one set of stimuli a model gives one answer, and those that need another wait for the next round. */
struct round {
    size_t n_models;
    struct bb_names set;
    const char *output[MAX_DEFINITIONS];   /* of each set, of a sound model */
    struct bb_buf ids, outputs[N_DAMAGES]; /* of a model for each damage */
};

typedef const char *output_maker(const struct bb_node *node);

static bool fits(const struct round *r, const char *set, const char *output)
{
    size_t at = bb_names_find(&r->set, set);
    return at == BB_NAMES_NONE || bb_streq(r->output[at], output);
}

static void add_outputs(struct round *r, const char *set, output_maker *make, const struct bb_node *node)
{
    size_t known = r->set.n, at = bb_names_add(&r->set, set);
    if (at != known) return;
    r->output[at] = make(node);
    for (damage = 0; damage < r->n_models; damage++) bb_buf_printf(&r->outputs[damage], "%s%s", known ? ", " : "", make(node));
    damage = SOUND;
}

static bool join(struct round *r, const struct bb_node *node)
{
    bool fitting =
        node->fitting_stimuli && (wants_features(node) || is_read_out(node)) && !bb_streq(node->fitting_stimuli, node->stimuli);
    if (!fits(r, node->stimuli, output_of(node))) return false;
    if (fitting && !fits(r, node->fitting_stimuli, fitted_output_of(node))) return false;
    add_outputs(r, node->stimuli, output_of, node);
    if (fitting) add_outputs(r, node->fitting_stimuli, fitted_output_of, node);
    bb_buf_printf(&r->ids, "%s\"%s\"", r->ids.len ? ", " : "", node->id);
    return true;
}

static void open_board(const struct round *r)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_printf(&text, "{\"title\": \"T\", \"benchmarks\": [%s], \"models\": [", bb_buf_text(&r->ids));
    for (size_t d = 0; d < r->n_models; d++)
        bb_buf_printf(&text, "%s{\"id\": \"%zu-%s\", \"outputs\": {%s}}", d ? ", " : "", d, damage_names[d],
                      bb_buf_text(&r->outputs[d]));
    bb_buf_puts(&text, "]}");
    catalog = bb_catalog_read_beside(fixture_text("manifest.json", bb_buf_text(&text)), "data/catalog", &catalog_diags);
    bb_buf_release(&text);
    ck_assert_msg(catalog && catalog_diags.n_errors == 0, "%s", catalog_all_diags());
    for (size_t i = 0; i < catalog->tree.n; i++) {
        struct bb_node *leaf = &catalog->tree.node[i];
        if (!bb_node_is_leaf(leaf)) continue;
        make_sources(leaf, &leaf->data, 's');
        make_sources(leaf, &leaf->data_train, 't');
        make_sources(leaf, &leaf->data_stimuli, 's');
    }
}

/* "" when the cell is ok, else what became of it. */
static const char *said_of(const struct bb_results *results, size_t model, size_t at)
{
    const struct bb_cell *cell = bb_results_cell(results, model, at);
    const struct bb_facts *facts = &results->facts[at];
    if (cell->status != BB_CELL_OK)
        return TEXT("%s: %s", bb_status_names[cell->status],
                    cell->reason           ? cell->reason
                    : facts->absent_reason ? facts->absent_reason
                                           : "without a reason");
    if (isnan(cell->score) || cell->score < 0) return TEXT("ok, with the score %g of raw %g", cell->score, cell->raw);
    return "";
}

/* Is what became of a cell as it should be? */
typedef bool judge(const struct bb_node *node, enum damage model, const char *said);

static bool is_scored(const struct bb_node *node, enum damage model, const char *said)
{
    (void)model;
    return node->unscorable ? strstr(said, node->unscorable) != NULL : !*said; /* the definition's reason is what becomes of it */
}

/* The number of leaves of the board; *n_wrong counts their cells that are not as they should be. */
static size_t score_board(size_t n_models, judge *is_right, size_t *n_wrong)
{
    const struct bb_datapath path = {0};
    const struct bb_lists lists = {0};
    struct bb_score_options options = {.data = &path, .lists = &lists, .cache = bb_cache_open(cache_dir, !cache_dir), .jobs = 1};
    struct bb_unit_blocks units = {0};
    struct bb_results *results = bb_score(catalog, &options, &units, NULL);
    size_t n = 0;
    for (size_t i = 0; i < catalog->tree.n; i++) {
        const struct bb_node *node = &catalog->tree.node[i];
        if (!bb_node_is_leaf(node)) continue;
        n++;
        for (size_t m = 0; m < n_models; m++) {
            const char *said = said_of(results, m, i);
            if (is_right(node, (enum damage)m, said)) continue;
            (*n_wrong)++;
            printf("# %s (%s, %s): %s\n", node->id, node->metric->name, damage_names[m],
                   *said ? said : "has a score, which should not be possible");
            fflush(stdout);
        }
    }
    bb_cache_close(options.cache);
    bb_results_free(results);
    free(units.block);
    return n;
}

static size_t score_round(const struct bb_catalog *all, bool *done, size_t n_models, judge *is_right, size_t *n_wrong)
{
    struct round r = {.n_models = n_models, .ids = BB_BUF_INIT};
    bb_names_init(&r.set);
    for (size_t i = 0; i < all->tree.n; i++) done[i] = done[i] || join(&r, &all->tree.node[i]);
    open_board(&r);
    if (prepare) prepare();
    size_t n = score_board(n_models, is_right, n_wrong);
    bb_catalog_free(catalog);
    catalog = NULL;
    bb_names_release(&r.set);
    bb_buf_release(&r.ids);
    for (size_t d = 0; d < n_models; d++) bb_buf_release(&r.outputs[d]);
    return n;
}

/* In rounds, until all are done; the number of definitions. */
static size_t score_all(const struct bb_catalog *all, bool *done, size_t n_models, judge *is_right)
{
    size_t asked = 0, n = 0, n_wrong = 0;
    ck_assert_uint_le(all->tree.n, MAX_DEFINITIONS);
    for (damage = 0; damage < n_models; damage++) write_answers_of_all(all);
    damage = SOUND;
    for (size_t i = 0; i < all->tree.n; i++) asked += !done[i];
    while (n < asked) {
        size_t before = n;
        n += score_round(all, done, n_models, is_right, &n_wrong);
        ck_assert_uint_gt(n, before);
    }
    ck_assert_msg(n_wrong == 0, "%zu cells of %zu definitions", n_wrong, n);
    ck_assert_uint_eq(n, asked);
    return n;
}

START_TEST(each_definition_scores_a_synthetic_model)
{
    struct bb_catalog *all = bb_catalog_read_built_in("data/catalog", &catalog_diags);
    bool *done = BB_NEW_ARRAY(fixture_arena, all->tree.n, bool);
    const char *family = getenv("CATALOG_ONLY");
    for (size_t i = 0; i < all->tree.n; i++) {
        const struct bb_node *node = &all->tree.node[i];
        done[i] = !bb_node_is_leaf(node) || (family && !strstr(node->id, family));
        ck_assert_msg(done[i] || node->metric, "%s cannot be computed as it is defined", node->id);
    }
    size_t n = score_all(all, done, 1, is_scored);
    printf("# %zu definitions scored\n", n);
    ck_assert_uint_gt(n, 0);
    bb_catalog_free(all);
}
END_TEST

/* --- wrong inputs ------------------------------------------------------------------------------------------------- */

/* All stimuli must be answered; only of words a model may lack some, which are then compared for no model ("items"), and of items that are right or wrong
   nobody knows how many there are. What is shown several times is averaged, where it is not said which answer counts. "": it is scored. */
static const struct {
    const char *metric, *part[N_DAMAGES];
} refusals[] = {
#define ANSWERS_24(n) "the model answers 24 of the " n " stimuli that are compared; the first without an answer is \"s24\": give them all"
#define OF_CHOICES                                                                                                               \
    {                                                                                                                            \
        "", "answers none of the 48 stimuli", "\"s00\" is answered 2 times", ANSWERS_24("48"), "\"nonsense\" of the model's output", "" \
    }
#define OF_FEATURES(n)                                                                                                           \
    {                                                                                                                            \
        "", "has no answer to " n " of the recording's " n " stimuli", "", "no answer to 24 of the recording's " n, "", ""       \
    }
#define OF_LISTED(half)                                                                                                          \
    {                                                                                                                            \
        "", "no activations of the stimulus \"s00\"", "", "no activations of the stimulus \"" half "\"", "", ""                  \
    }
    {"accuracy", OF_CHOICES},
    {"accuracy_distance", OF_CHOICES},
    {"baker_accuracy_delta", OF_CHOICES},
    {"cka", OF_FEATURES("48")},
    {"cka_biased", OF_FEATURES("48")},
    {"condition_wise_accuracy_similarity",
     {"", "answers none of the 40 stimuli", "\"s00\" is answered 2 times", ANSWERS_24("40"),
      "\"nonsense\" of the model's output", ""}},
    {"confusion_similarity", OF_CHOICES},
    {"error_consistency", OF_CHOICES},
    {"factor_dimensionality", OF_LISTED("s24")},
    {"i2n",
     {"", "answers none of the 48", "\"kind0\" for stimulus \"s00\" twice", ANSWERS_24("48"), "\"nonsense\", which is not a label",
      "\"s00\" sum to 1.1, not to 1"}},
    {"item_accuracy",
     {"", "no row that \"where\" keeps", "two rows of center_embed", "",
      "the bits \"nonsense\" of center_embed are not one 0 or 1", ""}},
    {"ks_similarity",
     {"", "no activations of stimulus \"blank/0\"", "", "no activations of stimulus \"orientation/108\"", "", ""}},
    {"linear", OF_FEATURES("48")},
    {"mask_regression", OF_FEATURES("47")},
    {"next_word_accuracy", {"", "answers none of the", "\"s00\" is answered 2 times", "", "", ""}}, /* any word may be named */
    {"odd_one_out", {"", "no whole triplet", "", "triplets that are compared; the first without an answer is", "", ""}},
    {"ost", OF_LISTED("s24")},
    {"pearsonr", {"", "answers none of the 48", "\"s00\" is answered 2 times", "", "", ""}},
    {"pls", OF_FEATURES("47")},
    {"rdm", {"", "no answer to 96 of the recording's 96", "", "no answer to 48 of the recording's 96", "", ""}},
    {"reverse_pls", OF_FEATURES("48")},
    {"ridge", OF_FEATURES("48")},
    {"ridge_classifier_readout", OF_LISTED("s50")},
    {"ridgecv", OF_FEATURES("48")},
    {"roi_rdm", OF_FEATURES("48")},
    {"rsm", {"", "no answer to stimulus \"s00\"", "", "no answer to stimulus \"s24\"", "", ""}},
    {"shape_bias", OF_CHOICES},
    {"shape_match", OF_CHOICES},
    {"spantime_pls", OF_FEATURES("48")},
    {"tasks_consistency",
     {"", "answers none of the 48", "\"s00\" is answered 2 times", ANSWERS_24("48"), "\"nonsense\"", ""}},
    {"threshold", {"", "answers none of the 20", "", "the model answers 10 of the 20 stimuli that are compared; the first without an answer is \"10\"",
                   "\"nonsense\" of the model's output", ""}},
    {"threshold_elevation", {"", "answers none of the 40", "", "the model answers 20 of the 40 stimuli that are compared", "\"nonsense\"", ""}},
    {"value_delta", OF_CHOICES},
};

static bool is_refused(const struct bb_node *node, enum damage model, const char *said)
{
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++)
        if (metric_is(node, refusals[i].metric)) {
            const char *part = refusals[i].part[model];
            return part && *part ? bb_starts_with(said, "failed: ") && strstr(said, part) : !*said;
        }
    return false; /* it has no line above */
}

/* The same with one subject, and one repetition: what became of a sound model. "": its ceiling is stated, or needs neither. */
static const struct {
    const char *metric, *part;
} lonely_data[] = {
    {"accuracy_distance", "one subject"},
    {"baker_accuracy_delta", "subject"},
    {"cka", "one subject"},
    {"condition_wise_accuracy_similarity", "one subject"},
    {"error_consistency", "one subject"},
    {"i2n", "fewer than 3 cells in common"},
    {"mask_regression", "one value of \"repetition_id\""},
    {"pearsonr", "one subject"},
    {"pls", "one value of \"repetition_id\""},
    {"rdm", "one subject"},
    {"reverse_pls", "one value of \"repetition\""},
    {"ridge", "one value of \"repetition\""},
    {"ridgecv", "one value of \"repetition\""},
    {"roi_rdm", "one subject"},
    {"rsm", "one subject"},
    {"spantime_pls", "time bin 0–10 ms: the recording has one value of \"repetition\""},
    {"threshold", "one subject"},
    {"threshold_elevation", "one subject"},
};

static bool is_lonely(const struct bb_node *node, enum damage model, const char *said)
{
    (void)model;
    for (size_t i = 0; i < sizeof lonely_data / sizeof lonely_data[0]; i++)
        if (metric_is(node, lonely_data[i].metric)) return bb_starts_with(said, "failed: ") && strstr(said, lonely_data[i].part);
    return !*said;
}

/* One definition of each metric. */
static void score_each_metric(size_t n_models, judge *is_right)
{
    struct bb_catalog *all = bb_catalog_read_built_in("data/catalog", &catalog_diags);
    bool *done = BB_NEW_ARRAY(fixture_arena, all->tree.n, bool);
    struct bb_names metrics;
    bb_names_init(&metrics);
    for (size_t i = 0; i < all->tree.n; i++) {
        const struct bb_node *node = &all->tree.node[i];
        size_t known = metrics.n;
        done[i] = !node->metric || node->unscorable || bb_names_add(&metrics, node->metric->name) != known;
    }
    score_all(all, done, n_models, is_right);
    bb_names_release(&metrics);
    bb_catalog_free(all);
}

START_TEST(each_metric_refuses_wrong_inputs_with_a_sentence)
{
    score_each_metric(N_DAMAGES, is_refused);
}
END_TEST

START_TEST(one_subject_and_one_repetition_are_too_few)
{
    lonely = true;
    score_each_metric(1, is_lonely);
}
END_TEST

/* --- digests ------------------------------------------------------------------------------------------------------ */

enum { FILE_IS_ANOTHER, ALL_IS_RIGHT, STIMULUS_SET_IS_ANOTHER, N_DIGESTS };
static size_t digests;

static const char *stated_digest(const char *file, bool right)
{
    char sha1[BB_SHA1_TEXT];
    struct bb_err err;
    ck_assert(bb_sha1_file(bb_path_join(fixture_arena, fixture_dir, file), sha1, &err) == BB_OK);
    if (!right) sha1[0] = sha1[0] == '0' ? '1' : '0';
    return bb_arena_strdup(fixture_arena, sha1);
}

static void state_digests(void)
{
    fixture_text("stimuli.csv", "stimulus_id,colour\ns00,red\n");
    for (size_t i = 0; i < catalog->tree.n; i++)
        for (size_t k = 0; k < catalog->tree.node[i].data.n; k++) {
            struct bb_source *source = &catalog->tree.node[i].data.source[k];
            source->sha1 = stated_digest(source->file.text[0], digests != FILE_IS_ANOTHER);
            source->stimulus_set = "stimuli.csv";
            source->stimulus_set_sha1 = stated_digest("stimuli.csv", digests != STIMULUS_SET_IS_ANOTHER);
        }
}

static bool is_checked(const struct bb_node *node, enum damage model, const char *said)
{
    (void)node;
    (void)model;
    if (digests == ALL_IS_RIGHT) return !*said;
    return bb_starts_with(said, "failed: the benchmark's data cannot be read: ") &&
           strstr(said, digests == FILE_IS_ANOTHER ? "data-" : "read: stimuli.csv: its SHA-1") &&
           strstr(said, ": its SHA-1 is ") && strstr(said, " as stated; it is another file, or it is damaged: get it again");
}

/* Twice: the second time nothing is read, and it is the same. */
START_TEST(data_must_have_the_stated_digest)
{
    struct bb_catalog *all = bb_catalog_read_built_in("data/catalog", &catalog_diags);
    bool *done = BB_NEW_ARRAY(fixture_arena, all->tree.n, bool);
    cache_dir = bb_path_join(fixture_arena, fixture_dir, "cache");
    prepare = state_digests;
    for (size_t pass = 0; pass < 2 * N_DIGESTS; pass++) {
        digests = pass % N_DIGESTS;
        for (size_t i = 0; i < all->tree.n; i++)
            done[i] = !bb_streq(all->tree.node[i].id, LARGE) && !bb_streq(all->tree.node[i].id, "Futrell2018-pearsonr");
        ck_assert_uint_eq(score_all(all, done, 1, is_checked), 2);
    }
    bb_catalog_free(all);
}
END_TEST

/* --- readouts ----------------------------------------------------------------------------------------------------- */

static void lose_training(void)
{
    for (size_t i = 0; i < catalog->tree.n; i++) {
        const struct bb_sources *train = &catalog->tree.node[i].data_train;
        for (size_t k = 0; k < train->n; k++) train->source[k].file.text[0] = "gone.csv";
    }
}

static bool misses_training(const struct bb_node *node, enum damage model, const char *said)
{
    (void)model;
    return bb_starts_with(said, "failed: the table of stimuli that its readout is fitted on cannot be read: "
                                "there is no file \"gone.csv\"") &&
           strstr(said, TEXT("; it is to be had from %s", node->data_train.source[0].url));
}

/* Each definition whose choices can be read out of activations. */
static void score_readouts(judge *is_right)
{
    struct bb_catalog *all = bb_catalog_read_built_in("data/catalog", &catalog_diags);
    bool *done = BB_NEW_ARRAY(fixture_arena, all->tree.n, bool);
    for (size_t i = 0; i < all->tree.n; i++) {
        const struct bb_node *node = &all->tree.node[i];
        done[i] = !node->metric || !node->metric->behavior || !node->data_train.n || (special_of(node) && !special_of(node)->seen);
        ck_assert_msg(!node->metric || !node->metric->behavior || !node->fitting_stimuli || node->data_train.n,
                      "%s names stimuli that fit a readout, and not what they show", node->id);
    }
    size_t n = score_all(all, done, 1, is_right);
    ck_assert_uint_eq(n, 2 + 1 + 4 + 14 + 2 + 10); /* Maniquet, Coggan, Lonnqvist, Ferguson, Rajalingham, Malania */
    bb_catalog_free(all);
}

/* What labels the fitting stimuli is needed for activations, and for nothing else. */
START_TEST(choices_are_read_out_of_activations)
{
    reading_out = true;
    score_readouts(is_scored);
    prepare = lose_training;
    score_readouts(misses_training);
    reading_out = false;
    score_readouts(is_scored);
}
END_TEST

Suite *suite_catalog_synthetic(void)
{
    Suite *suite = suite_create("catalog_synthetic");
    TCase *tests = tcase_create("synthetic");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 600);
    tcase_add_test(tests, each_definition_scores_a_synthetic_model);
    tcase_add_test(tests, choices_are_read_out_of_activations);
    tcase_add_test(tests, each_metric_refuses_wrong_inputs_with_a_sentence);
    tcase_add_test(tests, data_must_have_the_stated_digest);
    tcase_add_test(tests, one_subject_and_one_repetition_are_too_few);
    suite_add_tcase(suite, tests);
    return suite;
}
