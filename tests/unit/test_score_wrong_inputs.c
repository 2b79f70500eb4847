/*
 * What becomes of wrong inputs, for the metrics that no definition of the catalog uses (for the others: test_catalog_synthetic.c): a failed cell with a sentence. And
 * of recordings in which each subject has one trial, for all metrics that tell subjects apart.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "synthetic_case.h"

Suite *suite_score_wrong_inputs(void);

enum { N_PEOPLE = 8 };

static struct bb_catalog *catalog;
static struct bb_results *results;
static bool partial; /* models say that they do not answer all */
static bool as_text; /* the rule for their probabilities makes texts */

static void setup(void)
{
    catalog_setup();
    catalog = NULL;
    results = NULL;
    lonely = false;
    partial = as_text = false;
    damage = SOUND;
    bb_log_set_level(BB_LOG_QUIET);
}

static void teardown(void)
{
    bb_results_free(results);
    bb_catalog_free(catalog);
    catalog_teardown();
}

/* --- files ------------------------------------------------------------------------------------------------------------ */

/* Trials between two objects, with all else that a table of answers may say. one_each: a trial of each person, else of each with each stimulus. */
static void write_trials(const char *name, bool one_each)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_puts(&text, "stimulus_id,subject,truth,choice,dist_obj,condition,image_type,shape,texture,value,length\n");
    for (size_t t = 0; t < N_PEOPLE * N_STIMULI; t++) {
        size_t i = t % N_STIMULI, who = t / N_STIMULI, chosen = right_or_next(i, who);
        if (one_each && i != who) continue;
        bb_buf_printf(&text, "%s,person%zu,%s,%s,%s,c%zu,%s,%s,%s,%.6f,%zu\n", stimulus('s', i), who, kind(i), kind(chosen),
                      kind(chosen % N_KINDS != i % N_KINDS ? chosen : i + 1 + who % (N_KINDS - 1)), i / 4 % 4,
                      i / 4 % 2 ? "f" : "w", kind(i), kind(i / N_KINDS),
                      300 + 20 * feature('s', i, 0) + 9 * synthetic_hash(t, 1, 2), 1 + i % 9);
    }
    fixture_text(name, bb_buf_text(&text));
    bb_buf_release(&text);
}

static const char *tested(size_t i)
{
    return stimulus('s', i);
}
static const char *unit_name(size_t u)
{
    return TEXT("unit%02zu", u);
}
static double shown_value(size_t i, size_t j, size_t bin)
{
    (void)bin;
    return feature('s', i, j);
}

static void write_recording(const char *name, size_t bins)
{
    struct sheet sheet = {.array = {.dim = {"presentation", "neuroid"}, .size = {N_STIMULI, N_NEUROIDS}, .n_dims = 2}};
    double *value = BB_NEW_ARRAY(fixture_arena, N_STIMULI * N_NEUROIDS * bins, double);
    for (size_t i = 0; i < N_STIMULI * N_NEUROIDS * bins; i++) {
        size_t u = i / bins % N_NEUROIDS;
        value[i] = feature('s', i / bins / N_NEUROIDS, u) + .3 * synthetic_hash(i, u, 4);
    }
    sheet.array.value = value;
    add_texts(&sheet, "stimulus_id", 0, tested);
    add_texts(&sheet, "neuroid_id", 1, unit_name);
    if (bins > 1) add_time_bins(&sheet, bins);
    write_sheet(&sheet, name);
}

static void write_model(void)
{
    struct bb_buf choices = BB_BUF_INIT, probabilities = BB_BUF_INIT;
    bb_buf_puts(&choices, "stimulus_id,choice,value\n");
    bb_buf_puts(&probabilities, "stimulus_id,choice,value\n");
    for (size_t i = 0; i < N_STIMULI; i++) {
        double weight[N_KINDS], sum = 0;
        bb_buf_printf(&choices, "%s,%s,%.4f\n", stimulus('s', i), kind(right_or_next(i, 100)), 5 + feature('s', i, 0));
        for (size_t k = 0; k < N_KINDS; k++) sum += weight[k] = exp(2 * (k == i % N_KINDS) + synthetic_hash(i, k, 21));
        for (size_t k = 0; k < N_KINDS; k++)
            bb_buf_printf(&probabilities, "%s,%s,%.17g\n", stimulus('s', i), kind(k), weight[k] / sum);
    }
    write_answers("answers.csv", bb_buf_text(&choices));
    write_answers("probabilities.csv", bb_buf_text(&probabilities));
    write_features("features.nc", N_STIMULI, 0, tested, shown_value);
    bb_buf_release(&choices);
    bb_buf_release(&probabilities);
}

/* --- boards ----------------------------------------------------------------------------------------------------------- */

#define TEXT_OF(name)   "\"" name "\": \"" name "\""
#define NUMBER_OF(name) "\"" name "\": {\"column\": \"" name "\", \"type\": \"number\"}"

static const char answer_columns[] = ", \"columns\": {" TEXT_OF("stimulus_id") ", " TEXT_OF("choice") ", " NUMBER_OF("value") "}";
static const char text_columns[] =
    ", \"columns\": {" TEXT_OF("stimulus_id") ", " TEXT_OF("choice") ", \"value\": {\"column\": \"value\", \"type\": \"text\"}}";
static const char word_columns[] = ", \"columns\": {" TEXT_OF("stimulus_id") ", " NUMBER_OF("value") "}";
static const char choice_columns[] = ", \"columns\": {" TEXT_OF("stimulus_id") ", " TEXT_OF("choice") "}";

/* Of what is presented as choices, probabilities and words, and of pictures to which a recording has one bin of time, or more. */
static const char *outputs(void)
{
    const char *more = partial ? ", \"partial\": true" : "";
    return TEXT("%s, %s, %s, %s, %s", output_text("choices", "answers.csv", TEXT("%s%s", choice_columns, more), (double)NAN),
                output_text("probabilities", "probabilities.csv", TEXT("%s%s", as_text ? text_columns : answer_columns, more), (double)NAN),
                output_text("words", "answers.csv", word_columns, (double)NAN),
                output_text("pictures", "features.nc", "", (double)NAN), output_text("films", "features.nc", "", (double)NAN));
}

static const char *data_of(const char *set)
{
    static const char of_people[] =
        "\"data\": {\"file\": \"trials.csv\", \"columns\": {" TEXT_OF("stimulus_id") ", " TEXT_OF("subject") ", " TEXT_OF("truth") ", " TEXT_OF(
            "choice") ", " TEXT_OF("dist_obj") ", " TEXT_OF("condition") ", " TEXT_OF("image_type") ", " TEXT_OF("shape") ","
                                                                                                                          " " TEXT_OF(
                                                                                                                              "te"
                                                                                                                              "xt"
                                                                                                                              "ur"
                                                                                                                              "e") "}}";
    static const char of_words[] = "\"data\": {\"file\": \"trials.csv\", \"columns\": {" TEXT_OF("stimulus_id") ", " TEXT_OF(
        "subject") ", " NUMBER_OF("value") ", " NUMBER_OF("length") "}}";
    if (bb_streq(set, "pictures") || bb_streq(set, "films")) return TEXT("\"data\": {\"file\": \"%s.nc\"}", set);
    return bb_streq(set, "words") ? of_words : of_people;
}

struct asked {
    const char *metric, *params, *set, *ceiling;
    const char *part[N_DAMAGES]; /* "": it is scored; one who is asked of one trial of each subject has one part */
};

static void score(const struct asked *asked, size_t n, size_t n_models)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_puts(&text,
                "{\"title\": \"T\", \"benchmarks\": [{\"id\": \"average\", \"domain\": \"vision\", \"title\": \"Average\"}");
    for (size_t i = 0; i < n; i++)
        bb_buf_printf(&text,
                      ", {\"id\": \"%s\", \"parent\": \"average\", \"title\": \"%s\", \"stimuli\": \"%s\", %s, \"metric\": "
                      "{\"name\": \"%s\"%s}%s}",
                      asked[i].metric, asked[i].metric, asked[i].set, data_of(asked[i].set), asked[i].metric, asked[i].params,
                      asked[i].ceiling ? TEXT(", \"ceiling\": \"%s\", \"normalise\": \"ratio\"", asked[i].ceiling) : "");
    bb_buf_puts(&text, "], \"models\": [");
    for (damage = 0; damage < n_models; damage++) {
        write_model();
        bb_buf_printf(&text, "%s{\"id\": \"%d-%s\", \"outputs\": {%s}}", damage ? ", " : "", (int)damage, damage_names[damage],
                      outputs());
    }
    damage = SOUND;
    bb_buf_puts(&text, "]}");
    catalog = bb_catalog_read(fixture_text("manifest.json", bb_buf_text(&text)), &catalog_diags);
    bb_buf_release(&text);
    ck_assert_msg(catalog && catalog_diags.n_errors == 0, "%s", catalog_all_diags());
    results = score_catalog(catalog);
}

static const struct bb_cell *cell_of(const char *metric, size_t model)
{
    size_t i = 0;
    while (!bb_streq(catalog->tree.node[i].id, metric)) i++;
    return bb_results_cell(results, model, i);
}

/* Each cell is as asked. */
static void check(const struct asked *asked, size_t n, size_t n_models)
{
    size_t wrong = 0;
    for (size_t k = 0; k < n; k++)
        for (size_t m = 0; m < n_models; m++) {
            const struct bb_cell *cell = cell_of(asked[k].metric, m);
            const char *part = asked[k].part[m];
            bool good = *part ? cell->status == BB_CELL_FAILED && cell->reason && strstr(cell->reason, part)
                              : cell->status == BB_CELL_OK && !isnan(cell->raw);
            if (good) continue;
            wrong++;
            printf("# %s, %s: %s, %s\n", asked[k].metric, damage_names[m], bb_status_names[cell->status],
                   cell->reason ? cell->reason : "without a reason");
        }
    ck_assert_msg(wrong == 0, "%zu cells are not as expected", wrong);
}

#define HALF_ANSWERED "the model answers 24 of the 48 stimuli that are compared; the first without an answer is \"s24\""
#define OF_CHOICES                                                                                                               \
    {                                                                                                                            \
        "", "answers none of the 48 stimuli", "\"s00\" is answered 2 times", HALF_ANSWERED, "\"nonsense\" of the model's output", "" \
    }
#define OF_PROBABILITIES                                                                                                         \
    {                                                                                                                            \
        "", "answers none of the 48", "\"kind0\" for stimulus \"s00\" twice", HALF_ANSWERED,                                     \
            "\"nonsense\", which is not a label of the recording", "\"s00\" sum to 1.1, not to 1"                                \
    }
#define OF_WORDS                                                                                                                 \
    {                                                                                                                            \
        "", "answers none of the", "\"s00\" is answered 2 times", "", "", ""                                                     \
    }
#define OF_FEATURES                                                                                                              \
    {                                                                                                                            \
        "", "the model has no answer to 48 of the recording's 48 stimuli", "", "no answer to 24 of the recording's 48", "", ""   \
    }

static const struct asked all[] = {
    {"accuracy_difference", "", "choices", NULL, OF_CHOICES},
    {"delta_loglik", ", \"baseline\": [\"length\"]", "words", NULL, OF_WORDS},
    {"i1", "", "probabilities", NULL, OF_PROBABILITIES},
    {"i1n", "", "probabilities", NULL, OF_PROBABILITIES},
    {"i2", "", "probabilities", NULL, OF_PROBABILITIES},
    {"neuron_to_neuron", "", "pictures", NULL, OF_FEATURES},
    {"o1", "", "probabilities", NULL, OF_PROBABILITIES},
    {"o2", "", "probabilities", NULL, OF_PROBABILITIES},
    {"observed_consistency", "", "choices", NULL, OF_CHOICES},
    {"perplexity", "", "words", NULL, OF_WORDS},
    {"spantime_ridge", "", "films", NULL, OF_FEATURES},
    {"spearmanr", "", "words", NULL, OF_WORDS},
    {"temporal_pls", "", "films", NULL, OF_FEATURES},
    {"temporal_ridge", "", "films", NULL, OF_FEATURES},
    {"texture_match", "", "choices", NULL, OF_CHOICES},
};
enum { N_ALL = sizeof all / sizeof all[0] };

/* What `check` says of the board. */
static const char *checked(void)
{
    const struct bb_datapath path = {0};
    const struct bb_score_options options = {.data = &path, .cache = bb_cache_open(NULL, true), .jobs = 1};
    bb_score_check(catalog, &options, &catalog_diags);
    bb_cache_close(options.cache);
    return catalog_all_diags();
}

/* A model that says that it answers a part has a score on it, and a warning; of probabilities all are compared at once. */
START_TEST(who_answers_half_must_say_so)
{
    write_trials("trials.csv", false);
    write_recording("pictures.nc", 1);
    write_recording("films.nc", 2);
    partial = true;
    score(all, N_ALL, N_DAMAGES);
    for (size_t k = 0; k < N_ALL; k++) {
        if (!bb_streq(all[k].set, "choices") && !bb_streq(all[k].set, "probabilities")) continue;
        const struct bb_cell *cell = cell_of(all[k].metric, HALF), *sound = cell_of(all[k].metric, SOUND);
        ck_assert_msg(sound->status == BB_CELL_OK && !sound->warning, "%s", all[k].metric);
        if (bb_streq(all[k].set, "choices"))
            ck_assert_msg(cell->status == BB_CELL_OK && cell->warning && strstr(cell->warning, "24 of 48 stimuli have no answer"), "%s: %s",
                          all[k].metric, cell->reason);
        else
            ck_assert_msg(cell->status == BB_CELL_FAILED && strstr(cell->reason, "no answer to 24 of the 48 stimuli"), "%s", all[k].metric);
    }
}
END_TEST

START_TEST(wrong_inputs_end_in_a_failed_cell)
{
    write_trials("trials.csv", false);
    write_recording("pictures.nc", 1);
    write_recording("films.nc", 2);
    score(all, N_ALL, N_DAMAGES);
    check(all, N_ALL, N_DAMAGES);
    const char *said = checked();
    for (size_t k = 0; k < N_ALL; k++)
        for (size_t m = 0; m < N_DAMAGES; m++)
            if (*all[k].part[m] && (bb_streq(all[k].set, "choices") || bb_streq(all[k].set, "probabilities")))
                ck_assert_msg(strstr(said, TEXT("%s: ", all[k].metric)) && strstr(said, all[k].part[m]), "%s, %s: %s", all[k].metric,
                              damage_names[m], said);
}
END_TEST

/* Those that are not above are of some definition. */
START_TEST(no_metric_is_left_out)
{
    struct bb_names known;
    size_t n;
    const char *const *names = bb_metric_names(&n);
    bb_names_init(&known);
    for (size_t i = 0; i < N_ALL; i++) bb_names_add(&known, all[i].metric);
    catalog = bb_catalog_read_built_in("data/catalog", &catalog_diags);
    for (size_t i = 0; i < catalog->tree.n; i++)
        if (catalog->tree.node[i].metric) bb_names_add(&known, catalog->tree.node[i].metric->name);
    for (size_t i = 0; i < n; i++)
        ck_assert_msg(bb_names_find(&known, names[i]) != BB_NAMES_NONE, "nobody gives %s wrong inputs", names[i]);
    bb_names_release(&known);
}
END_TEST

#define ONE_TRIAL {"subject \"person0\" of the recording has 1 trial that counts"}
static const struct asked of_subjects[] = {
    {"accuracy_difference", "", "choices", NULL, ONE_TRIAL},
    {"accuracy_distance", "", "choices", NULL, ONE_TRIAL},
    {"baker_accuracy_delta", ", \"condition\": \"f\"", "choices", NULL, ONE_TRIAL},
    {"condition_wise_accuracy_similarity", ", \"variables\": [\"condition\"]", "choices", NULL, ONE_TRIAL},
    {"confusion_similarity", "", "choices", NULL, ONE_TRIAL},
    {"error_consistency", "", "choices", NULL, ONE_TRIAL},
    {"i1", "", "probabilities", "i1", {"fewer than 3 cells in common"}},
    {"i2n", "", "probabilities", "i2n", {"fewer than 3 cells in common"}},
    {"observed_consistency", "", "choices", NULL, ONE_TRIAL},
    {"pearsonr", "", "words", "split_half_subjects", {"fewer than 3 items in common"}},
    {"spearmanr", "", "words", "split_half_subjects", {"fewer than 3 items in common"}},
};
enum { N_OF_SUBJECTS = sizeof of_subjects / sizeof of_subjects[0] };

START_TEST(one_trial_of_each_subject_is_too_little)
{
    write_trials("trials.csv", true);
    score(of_subjects, N_OF_SUBJECTS, 1);
    check(of_subjects, N_OF_SUBJECTS, 1);
}
END_TEST

/* What scoring says stands in `check`, too. */
START_TEST(texts_are_no_probabilities)
{
    static const struct asked i1[] = {
        {"i1", "", "probabilities", NULL, {"has no coordinate \"value\", which i1 needs; it has stimulus_id, choice, value: its \"value\" is text"}}};
    write_trials("trials.csv", false);
    as_text = true;
    score(i1, 1, 1);
    check(i1, 1, 1);
    const char *said = checked();
    ck_assert_msg(strstr(said, "i1 needs the coordinate \"value\"") && strstr(said, "must have \"type\": \"number\""), "%s", said);
}
END_TEST

Suite *suite_score_wrong_inputs(void)
{
    Suite *suite = suite_create("score_wrong_inputs");
    TCase *tc = tcase_create("wrong_inputs");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, wrong_inputs_end_in_a_failed_cell);
    tcase_add_test(tc, who_answers_half_must_say_so);
    tcase_add_test(tc, no_metric_is_left_out);
    tcase_add_test(tc, texts_are_no_probabilities);
    tcase_add_test(tc, one_trial_of_each_subject_is_too_little);
    suite_add_tcase(suite, tc);
    return suite;
}
