/*
 * What recordings, splits, metrics of geometry and ceilings refuse, and what they say; labels of neuroids and subjects.
 */
#include <check.h>
#include <math.h>
#include <string.h>

#include "metric/recording.h"
#include "neural_case.h"

Suite *suite_metric_recording(void);

#define IDS(a, b, c, d) "{\"name\": \"stimulus_id\", \"dim\": 0, \"values\": [\"" a "\", \"" b "\", \"" c "\", \"" d "\"]}"
#define REPETITION      "{\"name\": \"repetition\", \"dim\": 0, \"values\": [0, 0, 1, 1]}"
#define SUBJECTS(a, b)  "{\"name\": \"subject\", \"dim\": 1, \"values\": [\"" a "\", \"" b "\"]}"
#define DATA(coords, values)                                                                                                     \
    "\"data\": {\"dims\": {\"presentation\": 4, \"neuroid\": 2}, \"coords\": [" coords "], \"values\": [" values "]}"
#define PLAIN    DATA(IDS("a", "b", "c", "d") "," SUBJECTS("s1", "s2"), "1, 2, 4, 3, 2, 7, 5, 1")
#define FEATURES "\"features\": {\"stimulus\": [\"a\", \"b\", \"c\", \"d\"], \"X\": [1, 2, 3, 3, 1, 2, 2, 2, 1, 4, 1, 0]}"
#define TIMED(bins, more)                                                                                                        \
    "\"data\": {\"dims\": {\"presentation\": 1, \"neuroid\": 1, \"time_bin\": 2}, \"coords\": [{\"name\": \"stimulus_id\", "              \
    "\"dim\": 0, \"values\": [\"a\"]}" more "], \"values\": [1, 2]}" bins
#define TIMES                                                                                                                    \
    ", {\"name\": \"time_bin_start\", \"dim\": 2, \"values\": [70, 80]}, {\"name\": \"time_bin_end\", \"dim\": 2, \"values\": [80, 90]}"

static const struct {
    const char *c;
    enum bb_code code;
    const char *part;
} recordings[] = {
    {DATA(IDS("a", "b", "a", "c"), "1, 2, 3, 4, 5, 6, 7, 8"), BB_EINPUT,
     "stimulus \"a\" of the recording has two rows: trials that shall be averaged need a coordinate \"repetition\""},
    {DATA(IDS("a", "b", "a", "b") "," REPETITION ", {\"name\": \"size\", \"dim\": 0, \"values\": [1, 2, 1.5, 2]}", "1, 2, 3, 4, 5, 6, 7, 8"),
     BB_EINPUT, "stimulus \"a\" of the recording has two rows, which differ in \"size\" (\"1\" and \"1.5\")"},
    {DATA(REPETITION, "1, 2, 3, 4, 5, 6, 7, 8"), BB_EINPUT, "no coordinate \"stimulus_id\""},
    {"\"data\": {\"dims\": {\"presentation\": 1, \"neuroid\": 1}, \"coords\": []}", BB_EINPUT, "no numbers in memory"},
    {"\"data\": {\"dims\": {\"neuroid\": 1, \"presentation\": 1}, \"coords\": [], \"values\": [1]}", BB_EINPUT, "dimension \"neuroid\" of 1"},
    {"\"data\": {\"dims\": {\"presentation\": 0, \"neuroid\": 1}, \"coords\": [], \"values\": []}", BB_EINPUT, "\"presentation\" is empty"},
    {TIMED("", TIMES), BB_EINPUT, "has 2 time bins: say which"},
    {TIMED(", \"time_bins\": [[70, 90]]", ""), BB_EINPUT, "not the coordinates \"time_bin_start\""},
    {TIMED(", \"time_bins\": [[70, 80], [80, 90]]", TIMES), BB_EINPUT, "this metric compares one"},
    {TIMED(", \"time_bins\": [[90, 100]]", TIMES), BB_EINPUT,
     "none of the recording's 2 time bins, from 70–80 ms to 80–90 ms, lies within the benchmark's, 90–100 ms"},
};

static const struct bb_json *case_of(struct bb_arena *arena, const char *members)
{
    return json_of(arena, bb_arena_printf(arena, "{%s}", members));
}

static void check_said(const char *what, enum bb_code got, const struct bb_err *err, enum bb_code want, const char *part)
{
    ck_assert_msg(got == want, "%s: code %d (%s), expected %d", what, (int)got, err->msg, (int)want);
    ck_assert_msg(strstr(err->msg, part) != NULL, "%s: \"%s\" does not say \"%s\"", what, err->msg, part);
}

START_TEST(recordings_are_refused_with_a_sentence)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_recording recording;
    struct bb_err err = {0};
    struct bb_task task;
    task_of_json(case_of(arena, recordings[_i].c), arena, &task);
    check_said(recordings[_i].c, bb_recording_of(&task, task.data, NULL, &recording, &err), &err, recordings[_i].code, recordings[_i].part);
    release_task(&task);
    bb_arena_free(arena);
}
END_TEST

/* Two bins, 70–80 and 80–90 ms, with the responses 1 and 2. */
START_TEST(aligned_bins_count_by_their_share)
{
    static const struct {
        const char *bins;
        double mean; /* NaN: they do not cover the benchmark's */
    } aligned[] = {{"[[75, 85]]", 1.5}, {"[[70, 90]]", 1.5}, {"[[80, 90]]", 2}, {"[[72, 90]]", 2.8 / 1.8}, {"[[81, 82]]", 2}, {"[[75, 95]]", NAN}, {"[[60, 75]]", NAN}, {"[[90, 100]]", NAN}};
    struct bb_arena *arena = bb_arena_new(0);
    for (size_t i = 0; i < sizeof aligned / sizeof aligned[0]; i++) {
        struct bb_recording recording;
        struct bb_err err = {0};
        struct bb_task task;
        task_of_json(case_of(arena, bb_arena_printf(arena, TIMED(", \"time_bins\": %s", TIMES), aligned[i].bins)), arena, &task);
        task.aligns_time = true;
        enum bb_code code = bb_recording_of(&task, task.data, NULL, &recording, &err);
        if (isnan(aligned[i].mean))
            check_said(aligned[i].bins, code, &err, BB_EINPUT, "the recording's 2 time bins, from 70–80 ms to 80–90 ms, do not cover the benchmark's, ");
        else
            ck_assert_msg(code == BB_OK && fabs(recording.Y[0] - aligned[i].mean) < 1e-15, "%s: %s", aligned[i].bins, err.msg);
        release_task(&task);
    }
    bb_arena_free(arena);
}
END_TEST

START_TEST(subjects_are_refused_with_a_sentence)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_recording recording;
    struct bb_err err = {0};
    struct bb_task task;
    task_of_json(case_of(arena, PLAIN), arena, &task);
    check_said("monkey", bb_recording_of(&task, task.data, "monkey", &recording, &err), &err, BB_EINPUT,
               "no coordinate \"monkey\" along its neuroids; its coordinates are stimulus_id, subject");
    check_said("stimulus_id", bb_recording_of(&task, task.data, "stimulus_id", &recording, &err), &err, BB_EINPUT, "along its neuroids");
    release_task(&task);
    bb_arena_free(arena);
}
END_TEST

START_TEST(neuroids_have_names)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_recording recording;
    struct bb_task task;
    const char *const coords[] = {SUBJECTS("s2", "s10"), SUBJECTS("s2", "s10") ", {\"name\": \"neuroid_id\", \"dim\": 1, \"values\": [\"n\", \"n\"]}",
                                  "{\"name\": \"neuroid_id\", \"dim\": 1, \"values\": [\"x\", \"n\"]}"};
    const char *const want[][2] = {{"0", "1"}, {"s2/n", "s10/n"}, {"x", "n"}};
    for (size_t i = 0; i < 3; i++) {
        const char *members = bb_arena_printf(arena, DATA(IDS("a", "b", "c", "d") ", %s", "1, 2, 3, 4, 5, 6, 7, 8"), coords[i]);
        task_of_json(case_of(arena, members), arena, &task);
        ck_assert(bb_recording_of(&task, task.data, NULL, &recording, NULL) == BB_OK);
        for (size_t j = 0; j < 2; j++) ck_assert_str_eq(recording.neuroid[j], want[i][j]);
        ck_assert_uint_eq(recording.n_subjects, i < 2 ? 2 : 1);
        ck_assert_str_eq(recording.subject[0], i < 2 ? "s2" : "all");
        ck_assert_uint_eq(recording.n_repetitions, 1);
        release_task(&task);
    }
    bb_arena_free(arena);
}
END_TEST

/* One neuroid, its responses in the column `value`. */
START_TEST(a_table_is_one_neuroid)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_recording recording;
    struct bb_assembly *table = assembly_of("stimulus_id,value,repetition\nb,3,0\na,1,0\nb,5,1\na,2,1\n");
    struct bb_task task = {.data = table, .arena = arena};
    ck_assert(bb_recording_of(&task, table, NULL, &recording, NULL) == BB_OK);
    ck_assert_uint_eq(recording.n, 2);
    ck_assert_uint_eq(recording.q, 1);
    ck_assert_str_eq(recording.stimulus[0], "a");
    ck_assert(recording.Y[0] == 1.5 && recording.Y[1] == 4);
    bb_assembly_free(table);
    bb_arena_free(arena);
}
END_TEST

static const struct {
    const char *split, *part;
} splits[] = {
    {"{\"kind\": \"suffle\"}", "\"kind\" must be one of"},
    {"{\"train\": 1}", "more than 0 and less than 1"},
    {"{\"train\": 0.6, \"test\": 0.5}", "not be more than 1 together"},
    {"{\"kind\": \"kfold\", \"train\": 0.5}", "shares of rows, which a split of kind \"kfold\" does not have"},
    {"{\"kind\": \"kfold\", \"splits\": 1}", "at least 2 \"splits\""},
    {"{\"kind\": \"stratified_shuffle\"}", "needs \"by\""},
    {"{\"kind\": \"shuffle\", \"by\": \"object_name\"}", "\"stratified_shuffle\" has it"},
    {"{\"splits\": 0}", "\"splits\" must be between 1 and 10000"},
    {"{\"fold\": 3}", "fold"},
};

START_TEST(splits_are_refused_with_a_sentence)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_split_spec spec = {.kind = BB_SPLIT_SHUFFLE, .splits = 10, .seed = 1, .train = .9, .test = NAN};
    struct bb_diags diags;
    bb_diags_init(&diags);
    bb_split_read(json_of(arena, splits[_i].split), &spec, arena, &diags);
    ck_assert_uint_ge(diags.n, 1);
    ck_assert_msg(strstr(diags.diag[0].message, splits[_i].part) != NULL, "%s: %s", splits[_i].split, diags.diag[0].message);
    bb_diags_release(&diags);
    bb_arena_free(arena);
}
END_TEST

START_TEST(what_is_given_replaces_the_defaults)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_split_spec spec = {.kind = BB_SPLIT_SHUFFLE, .splits = 10, .seed = 1, .train = .9, .test = NAN};
    struct bb_diags diags;
    bb_diags_init(&diags);
    bb_split_read(NULL, &spec, arena, &diags);
    ck_assert(spec.splits == 10 && spec.train == .9);
    bb_split_read(json_of(arena, "{\"test\": 0.25, \"seed\": 0, \"by\": \"x\", \"kind\": \"stratified_shuffle\"}"), &spec, arena, &diags);
    ck_assert(spec.kind == BB_SPLIT_STRATIFIED_SHUFFLE && spec.splits == 10 && spec.seed == 0 && isnan(spec.train) && spec.test == .25);
    ck_assert_str_eq(spec.by, "x");
    ck_assert_uint_eq(diags.n, 0);
    bb_diags_release(&diags);
    bb_arena_free(arena);
}
END_TEST

static const struct {
    const char *metric, *params, *c;
    enum bb_code code;
    const char *part;
} metrics[] = {
    {"rdm", "{}", DATA(IDS("a", "b", "c", "x"), "1, 2, 4, 3, 2, 7, 5, 1") "," FEATURES, BB_EINPUT,
     "no answer to 1 of the recording's 4 stimuli, \"x\" for example"},
    {"cka", "{}", DATA(IDS("a", "b", "c", "d"), "1, 2, null, 3, 2, 7, 5, null") "," FEATURES, BB_EINPUT,
     "lacks 2 of its 8 responses (stimulus \"b\", neuroid \"0\", for example), and unbiased CKA is not defined with gaps"},
    {"rdm", "{}", DATA(IDS("a", "b", "c", "d"), "1, 2, 4, 4, 2, 7, 5, 1") "," FEATURES, BB_ENUMERIC, "not defined for stimulus \"b\""},
    {"rdm", "{\"per\": \"subject\"}", PLAIN "," FEATURES, BB_ENUMERIC, "subject s1 has 1 neuroid, and an RDM needs at least 2"},
    {"cka_biased", "{}", DATA(IDS("a", "b", "c", "d"), "1, 2, 1, 2, 1, 2, 1, 2") "," FEATURES, BB_ENUMERIC, "all stimuli are alike"},
    {"cka", "{\"split\": {\"test\": 0.5}}", PLAIN "," FEATURES, BB_ENUMERIC, "2 stimuli are compared, and unbiased CKA needs at least 4"},
    {"cka", "{\"split\": {\"by\": \"object_name\"}}", PLAIN "," FEATURES, BB_EINPUT, "no coordinate \"object_name\""},
    {"rdm", "{}",
     PLAIN ", \"features\": {\"stimulus\": [\"a\", \"b\", \"c\", \"d\"], \"X\": [1, 2, 3, 4]}", BB_ENUMERIC,
     "the model has 1 feature, and an RDM needs at least 2"},
};

START_TEST(metrics_refuse_with_a_sentence)
{
    struct bb_arena *arena = bb_arena_new(0);
    const struct bb_metric *metric = bb_metric_find(metrics[_i].metric);
    struct bb_metric_result result = {.raw = NAN, .error = NAN};
    struct bb_err err = {0};
    struct bb_task task;
    task_of_json(case_of(arena, metrics[_i].c), arena, &task);
    task.params = neural_params(json_of(arena, metrics[_i].params), metric->fields, metric->n_fields, metric->params_size, metric->finish, arena, NULL);
    check_said(metrics[_i].c, metric->score_features(&task, &result, &err), &err, metrics[_i].code, metrics[_i].part);
    release_task(&task);
    bb_arena_free(arena);
}
END_TEST

/* The recording is constant: the unbiased form is 0 then, as in the reference. */
START_TEST(unbiased_cka_of_a_constant_is_nothing)
{
    struct bb_arena *arena = bb_arena_new(0);
    const struct bb_metric *metric = bb_metric_find("cka");
    struct bb_metric_result result = {.raw = NAN, .error = NAN};
    struct bb_task task;
    task_of_json(case_of(arena, DATA(IDS("a", "b", "c", "d"), "1, 2, 1, 2, 1, 2, 1, 2") "," FEATURES), arena, &task);
    task.params = neural_params(NULL, metric->fields, metric->n_fields, metric->params_size, metric->finish, arena, NULL);
    ck_assert(metric->score_features(&task, &result, NULL) == BB_OK);
    ck_assert(result.raw == 0);
    release_task(&task);
    bb_arena_free(arena);
}
END_TEST

START_TEST(a_split_that_trains_is_refused)
{
    struct bb_arena *arena = bb_arena_new(0);
    const struct bb_metric *metric = bb_metric_find("cka");
    const char *said;
    (void)neural_params(json_of(arena, "{\"split\": {\"kind\": \"kfold\"}}"), metric->fields, metric->n_fields, metric->params_size, metric->finish,
                        arena, &said);
    ck_assert_msg(strstr(said, "must be \"none\" or \"test_only\"") != NULL, "%s", said);
    bb_arena_free(arena);
}
END_TEST

#define TWICE(ids, values) DATA(ids "," REPETITION, values)
static const struct {
    const char *ceiling, *metric, *params, *c;
    enum bb_code code;
    const char *part;
} ceilings[] = {
    {"internal_consistency", "cka", "{}", PLAIN, BB_EINPUT, "no coordinate \"repetition\", whose halves are compared; it has stimulus_id, subject"},
    {"internal_consistency", "cka", "{\"on\": \"run\"}", PLAIN, BB_EINPUT, "no coordinate \"run\""},
    {"internal_consistency", "cka", "{}",
     DATA(IDS("a", "b", "c", "d") ", {\"name\": \"repetition\", \"dim\": 0, \"values\": [1, 1, 1, 1]}", "1, 2, 3, 4, 5, 6, 7, 8"), BB_ENUMERIC,
     "one value of \"repetition\""},
    {"internal_consistency", "cka", "{}", TWICE(IDS("a", "b", "a", "c"), "1, 2, 3, 4, 5, 6, 7, 8"), BB_ENUMERIC, "was not presented in any"},
    {"internal_consistency", "cka", "{}", TWICE(IDS("a", "b", "a", "b"), "1, 2, 1, 2, 1, 2, 1, 2"), BB_ENUMERIC, "no neuroid is defined"},
    {"predictor_consistency", "cka", "{}", TWICE(IDS("a", "b", "a", "b"), "1, 2, 3, 4, 5, 6, 7, 8"), BB_ENUMERIC, "2 stimuli of the recording were"},
    {"rsa", "rdm", "{}", PLAIN, BB_ENUMERIC, "subject s1 has 1 neuroid"},
    {"extrapolation", "rdm", "{}", DATA(IDS("a", "b", "c", "d"), "1, 2, 3, 4, 5, 6, 7, 8"), BB_ENUMERIC, "one subject"},
    {"extrapolation", "cka", "{}", PLAIN, BB_EINPUT, "the metric cka gives no values per neuroid"},
    {"extrapolation", "accuracy", "{}", PLAIN, BB_EINPUT, "for metrics of activations, and accuracy is none"},
    {"extrapolation", "cka", "{}", DATA(IDS("a", "b", "c", "d") "," SUBJECTS("s1", "s2"), "1, 2, null, 3, 2, 7, 5, 1"), BB_EINPUT, "lacks 1 of its 8"},
};

START_TEST(ceilings_refuse_with_a_sentence)
{
    struct bb_arena *arena = bb_arena_new(0);
    const struct bb_metric *metric = bb_metric_find(ceilings[_i].metric);
    const struct bb_ceiling *ceiling = bb_ceiling_find(ceilings[_i].ceiling);
    struct bb_ceiling_result result = {.value = NAN};
    struct bb_err err = {0};
    struct bb_task task;
    task_of_json(case_of(arena, ceilings[_i].c), arena, &task);
    task.params = neural_params(NULL, metric->fields, metric->n_fields, metric->params_size, metric->finish, arena, NULL);
    const void *params = neural_params(json_of(arena, ceilings[_i].params), ceiling->fields, ceiling->n_fields, ceiling->params_size, ceiling->finish,
                                       arena, NULL);
    check_said(ceilings[_i].ceiling, ceiling->compute(&task, metric, params, &result, &err), &err, ceilings[_i].code, ceilings[_i].part);
    release_task(&task);
    bb_arena_free(arena);
}
END_TEST

/* --- a table of pairs, answered with activations -------------------------------------------------------------------------- */

#define PAIRS_OF_TWO                                                                                                             \
    "stimulus_a,stimulus_b,subject,value\na,b,s1,.2\na,c,s1,.9\nd,a,s1,.4\nb,c,s1,.8\nb,d,s1,.1\nc,d,s1,.5\n"                     \
    "a,b,s2,.3\na,c,s2,.5\nd,a,s2,.6\nb,c,s2,.1\nb,d,s2,.2\nc,d,s2,.7\n"

/* 1 − the correlation of the rows of X (p numbers each). */
static double dissimilarity(const double *X, size_t p, size_t i, size_t j)
{
    double mean[2] = {0}, product = 0, square[2] = {0};
    const double *row[2] = {X + i * p, X + j * p};
    for (size_t side = 0; side < 2; side++)
        for (size_t k = 0; k < p; k++) mean[side] += row[side][k] / (double)p;
    for (size_t k = 0; k < p; k++) {
        product += (row[0][k] - mean[0]) * (row[1][k] - mean[1]);
        for (size_t side = 0; side < 2; side++) square[side] += (row[side][k] - mean[side]) * (row[side][k] - mean[side]);
    }
    return 1 - product / sqrt(square[0] * square[1]);
}

/* Features score as the table of their dissimilarities does, whichever stimuli of the recording the model has, in any order, and others besides. */
START_TEST(features_answer_a_table_of_pairs)
{
    static const double X[] = {3, 1, 2, 7, 1, 2, 3, 1, 2, 2, 1, 5, 4, 1, 0, 2, 9, 9, 1, 3};
    static const char *const stimuli[][5] = {{"a", "b", "c", "d", "x"}, {"a", "b", "d", "x", "y"}};
    enum { P = 4 };
    const struct bb_metric *metric = bb_metric_find("rdm");
    for (size_t c = 0; c < 4; c++) { /* all stimuli, or three of the four; Spearman, or Pearson */
        struct bb_arena *arena = bb_arena_new(0);
        struct bb_metric_result of_table = {.raw = NAN, .error = NAN}, of_features = {.raw = NAN, .error = NAN};
        struct bb_task task;
        const char *const *id = stimuli[c / 2];
        const char *pairs = "stimulus_a,stimulus_b,value\n", *ids = "", *numbers = "";
        for (size_t i = 0; i < 5; i++) {
            ids = bb_arena_printf(arena, "%s%s\"%s\"", ids, i ? ", " : "", id[i]);
            for (size_t k = 0; k < P; k++) numbers = bb_arena_printf(arena, "%s%s%g", numbers, *numbers ? ", " : "", X[i * P + k]);
            for (size_t j = 0; j < i; j++) pairs = bb_arena_printf(arena, "%s%s,%s,%.17g\n", pairs, id[i], id[j], dissimilarity(X, P, i, j));
        }
        task_of_json(case_of(arena, bb_arena_printf(arena, "\"features\": {\"stimulus\": [%s], \"X\": [%s]}", ids, numbers)), arena, &task);
        struct bb_assembly *model = assembly_of(pairs);
        task.data = assembly_of(PAIRS_OF_TWO);
        task.params = neural_params(json_of(arena, c % 2 ? "{\"similarity\": \"pearson\"}" : "{}"), metric->fields, metric->n_fields,
                                    metric->params_size, metric->finish, arena, NULL);
        if (c >= 2) ck_assert_int_eq(metric->score_features(&task, &of_features, NULL), BB_EINPUT);
        task.partial = c >= 2;
        ck_assert_int_eq(metric->score_features(&task, &of_features, NULL), BB_OK);
        task.model = model;
        const struct bb_features *features = task.features;
        task.features = NULL;
        ck_assert_int_eq(metric->score(&task, &of_table, NULL), BB_OK);
        task.features = features;
        ck_assert_double_eq_tol(of_features.raw, of_table.raw, 1e-11);
        ck_assert_double_eq_tol(of_features.error, of_table.error, 1e-11);
        ck_assert_uint_eq(of_features.n, c / 2 ? 3 : 6);
        ck_assert_uint_eq(of_table.n, of_features.n);
        ck_assert(!of_features.warning == !(c / 2));
        for (size_t s = 0; s < 2; s++) ck_assert_double_eq_tol(of_features.units.value[s], of_table.units.value[s], 1e-11);
        if (c < 2) ck_assert_double_ne(of_features.units.value[0], of_features.units.value[1]); /* of three pairs there are few orders */
        release_task(&task);
        bb_assembly_free(model);
        bb_arena_free(arena);
    }
}
END_TEST

static const struct {
    const char *features;
    enum bb_code code;
    const char *part;
} answers_to_pairs[] = {
    {"\"features\": {\"stimulus\": [\"a\", \"x\", \"y\"], \"X\": [1, 2, 3, 3, 1, 2, 2, 5, 1]}", BB_EINPUT,
     "features for 1 of the recording's 4 stimuli: one of its stimuli is \"a\", one of the recording's \"a\""},
    {"\"features\": {\"stimulus\": [\"a\", \"b\", \"c\"], \"X\": [1, 2, 3, 2, 2, 2, 2, 5, 1]}", BB_ENUMERIC,
     "not defined for stimulus \"b\""},
};

START_TEST(features_that_make_no_rdm_are_refused)
{
    const struct bb_metric *metric = bb_metric_find("rdm");
    for (size_t i = 0; i < sizeof answers_to_pairs / sizeof answers_to_pairs[0]; i++) {
        struct bb_arena *arena = bb_arena_new(0);
        struct bb_metric_result result;
        struct bb_err err = {0};
        struct bb_task task;
        task_of_json(case_of(arena, answers_to_pairs[i].features), arena, &task);
        task.data = assembly_of(PAIRS_OF_TWO);
        task.params = neural_params(NULL, metric->fields, metric->n_fields, metric->params_size, metric->finish, arena, NULL);
        check_said("rdm", metric->score_features(&task, &result, &err), &err, answers_to_pairs[i].code, answers_to_pairs[i].part);
        release_task(&task);
        bb_arena_free(arena);
    }
}
END_TEST

#define COUNT(table) (int)(sizeof(table) / sizeof(table)[0])

Suite *suite_metric_recording(void)
{
    Suite *suite = suite_create("metric/recording");
    TCase *tc = tcase_create("recording");
    tcase_add_loop_test(tc, recordings_are_refused_with_a_sentence, 0, COUNT(recordings));
    tcase_add_test(tc, aligned_bins_count_by_their_share);
    tcase_add_test(tc, subjects_are_refused_with_a_sentence);
    tcase_add_test(tc, neuroids_have_names);
    tcase_add_test(tc, a_table_is_one_neuroid);
    tcase_add_loop_test(tc, splits_are_refused_with_a_sentence, 0, COUNT(splits));
    tcase_add_test(tc, what_is_given_replaces_the_defaults);
    tcase_add_loop_test(tc, metrics_refuse_with_a_sentence, 0, COUNT(metrics));
    tcase_add_test(tc, unbiased_cka_of_a_constant_is_nothing);
    tcase_add_test(tc, a_split_that_trains_is_refused);
    tcase_add_loop_test(tc, ceilings_refuse_with_a_sentence, 0, COUNT(ceilings));
    tcase_add_test(tc, features_answer_a_table_of_pairs);
    tcase_add_test(tc, features_that_make_no_rdm_are_refused);
    suite_add_tcase(suite, tc);
    return suite;
}
