/*
 * reference_vectors.json: what numpy, scipy and scikit-learn said of draws, splits, regressions and similarities when the reference was studied. Where a folder of
 * BRAINBOARD_DATA has the file, each of its entries must be known here, and right. (Vectors of the same kinds that the project has itself: tests/numeric.)
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "given_data.h"
#include "metric/ridgecv_predictivity.h"
#include "neural_case.h"
#include "numeric/mt19937.h"
#include "numeric/pcg64.h"
#include "numeric/regress.h"
#include "numeric/stats.h"
#include "regress_case.h"

Suite *suite_numeric_reference_vectors(void);

#define EXACT     0
#define PREDICTED 1e-8
#define COMPARED  1e-12

static struct bb_arena *arena;
static struct bb_err err;

static void set_up(void)
{
    arena = bb_arena_new(0);
    err = (struct bb_err){0};
}

static void tear_down(void)
{
    bb_arena_free(arena);
}

enum part { TRAINED = 1, TESTED = 2, BOTH = TRAINED | TESTED };
enum answer { PREDICTION, ITERATIONS, CORRELATIONS, CHOSEN };

/* What an entry is of; `check` says which of these it reads. */
struct entry {
    const char *name;
    void (*check)(const struct entry *entry, const struct bb_json *want);
    uint32_t seed;
    size_t n, size, first;
    struct bb_share share;
    enum part part;
    size_t folds; /* the first of those; 0: all */
    enum answer answer;
    const char *value; /* a recipe, or a metric */
};

/* Lists in lists, as one. */
static void flatten(const struct bb_json *json, double *x, size_t *n)
{
    if (json->type == BB_JSON_NUMBER) {
        if (x) x[*n] = json->as.number;
        (*n)++;
        return;
    }
    ck_assert(json->type == BB_JSON_ARRAY);
    for (size_t i = 0; i < json->as.list.n; i++) flatten(json->as.list.item[i], x, n);
}

static double *flat(const struct bb_json *json, size_t *n)
{
    *n = 0;
    flatten(json, NULL, n);
    double *x = BB_NEW_ARRAY(arena, *n + 1, double);
    *n = 0;
    flatten(json, x, n);
    return x;
}

/* The numbers so far; told apart from what the file says when all are there. */
struct got {
    double x[4096];
    size_t n;
};

static void add(struct got *got, double x)
{
    ck_assert_uint_lt(got->n, sizeof got->x / sizeof got->x[0]);
    got->x[got->n++] = x;
}

static void compare(const struct entry *entry, const struct got *got, const struct bb_json *json, double tolerance)
{
    size_t n;
    const double *want = flat(json, &n);
    ck_assert_msg(n > 0 && n == got->n, "%s: %zu numbers, expected %zu", entry->name, got->n, n);
    for (size_t i = 0; i < n; i++)
        check_near(bb_arena_printf(arena, "%s, number %zu", entry->name, i), got->x[i], want[i], tolerance);
}

/* --- draws ------------------------------------------------------------------------------------------------------------ */

static void words(const struct entry *e, const struct bb_json *want)
{
    struct got got = {.n = 0};
    struct bb_mt19937 mt;
    bb_mt19937_seed(&mt, e->seed);
    for (size_t i = 0; i < e->n; i++) add(&got, bb_mt19937_u32(&mt));
    compare(e, &got, want, EXACT);
}

/* Of one generator as many as are listed; shuffle() of 0 … n − 1 is the same. */
static void permutations(const struct entry *e, const struct bb_json *want)
{
    struct got got = {.n = 0};
    struct bb_mt19937 mt;
    size_t total, index[32];
    (void)flat(want, &total);
    bb_mt19937_seed(&mt, e->seed);
    while (got.n < total) {
        bb_mt19937_permutation(&mt, e->n, index);
        for (size_t i = 0; i < e->n; i++) add(&got, (double)index[i]);
    }
    compare(e, &got, want, EXACT);
}

/* Two choices of `size` of the numbers from `first` on, of which the first are listed. */
static void choices(const struct entry *e, const struct bb_json *want)
{
    struct got got = {.n = 0};
    struct bb_mt19937 mt;
    size_t total, index[180];
    (void)flat(want, &total);
    bb_mt19937_seed(&mt, e->seed);
    for (size_t k = 0; k < 2; k++) {
        bb_mt19937_choice(&mt, e->n, e->size, index);
        for (size_t i = 0; i < total / 2; i++) add(&got, (double)(index[i] + e->first));
    }
    compare(e, &got, want, EXACT);
}

static void choices_with_replacement(const struct entry *e, const struct bb_json *want)
{
    struct got got = {.n = 0};
    struct bb_mt19937 mt;
    bb_mt19937_seed(&mt, e->seed);
    for (size_t i = 0; i < e->size; i++) add(&got, bb_mt19937_bounded(&mt, (uint32_t)e->n - 1));
    compare(e, &got, want, EXACT);
}

/* One of n, of a generator each. */
static void choice_of_each_seed(const struct entry *e, const struct bb_json *want)
{
    struct got got = {.n = 0};
    size_t index[8];
    for (uint32_t seed = 0; seed < e->size; seed++) {
        struct bb_mt19937 mt;
        bb_mt19937_seed(&mt, seed);
        bb_mt19937_choice(&mt, e->n, 1, index);
        add(&got, (double)index[0]);
    }
    compare(e, &got, want, EXACT);
}

static void permutations_of_pcg64(const struct entry *e, const struct bb_json *want)
{
    struct got got = {.n = 0};
    struct bb_pcg64 pcg;
    size_t index[16];
    bb_pcg64_seed(&pcg, e->seed);
    for (size_t k = 0; k < 2; k++) {
        bb_pcg64_permutation(&pcg, e->n, index);
        for (size_t i = 0; i < e->n; i++) add(&got, (double)index[i]);
    }
    compare(e, &got, want, EXACT);
}

/* --- splits ----------------------------------------------------------------------------------------------------------- */

static void compare_folds(const struct entry *e, enum bb_code code, const struct bb_folds *folds, const struct bb_json *want)
{
    struct got got = {.n = 0};
    ck_assert_msg(code == BB_OK, "%s: %s", e->name, err.msg);
    ck_assert_uint_eq(folds->n, e->size);
    for (size_t s = 0; s < (e->folds ? e->folds : folds->n); s++) {
        const struct bb_fold *fold = &folds->fold[s];
        for (size_t i = 0; e->part & TRAINED && i < fold->n_train; i++) add(&got, (double)fold->train[i]);
        for (size_t i = 0; e->part & TESTED && i < fold->n_test; i++) add(&got, (double)fold->test[i]);
    }
    compare(e, &got, want, EXACT);
}

static void shuffled(const struct entry *e, const struct bb_json *want)
{
    struct bb_folds folds;
    compare_folds(e, bb_shuffle_split(e->n, e->size, e->share, e->seed, arena, &folds, &err), &folds, want);
}

static void folded(const struct entry *e, const struct bb_json *want)
{
    struct bb_folds folds;
    compare_folds(e, bb_kfold(e->n, e->size, e->seed, arena, &folds, &err), &folds, want);
}

/* `first` groups in turn. */
static void grouped(const struct entry *e, const struct bb_json *want)
{
    struct bb_folds folds;
    int32_t *group = BB_NEW_ARRAY(arena, e->n, int32_t);
    for (size_t i = 0; i < e->n; i++) group[i] = (int32_t)(i % e->first);
    compare_folds(e, bb_group_kfold(group, e->n, e->first, e->size, e->seed, arena, &folds, &err), &folds, want);
}

/* 37 rows of four classes, of 7, 16, 11 and 3: a number for each, in the order of the labels. */
static int32_t class_of_row(size_t row)
{
    size_t i = row * 17 % 37;
    return i < 3 ? 3 : i < 10 ? 0 : i < 21 ? 2 : 1;
}

static void labels(const struct entry *e, const struct bb_json *want)
{
    ck_assert_uint_eq(want->as.list.n, e->n);
    for (size_t i = 0; i < e->n; i++)
        ck_assert_str_eq(want->as.list.item[i]->as.text, bb_arena_printf(arena, "%c", 'a' + class_of_row(i)));
}

static void stratified(const struct entry *e, const struct bb_json *want)
{
    struct bb_folds folds;
    int32_t *class = BB_NEW_ARRAY(arena, e->n, int32_t);
    for (size_t i = 0; i < e->n; i++) class[i] = class_of_row(i);
    compare_folds(e, bb_stratified_shuffle_split(class, e->n, 4, e->size, e->share, e->seed, arena, &folds, &err), &folds, want);
}

/* --- regressions ------------------------------------------------------------------------------------------------------ */

enum { N_TRAIN = 32, N_TEST = 8 };

/* The waves of tests/numeric/regress.py; the first features, 0: all. */
static struct regress_data waves(size_t first)
{
    return regress_data_of(json_of(arena, first ? bb_arena_printf(arena, "{\"recipe\": \"waves\", \"first\": %zu}", first)
                                                : "{\"recipe\": \"waves\"}"),
                           arena);
}

static void described(const struct entry *e, const struct bb_json *want)
{
    static const struct {
        const char *key, *text;
    } texts[] = {{"X[i][j]", "sin(.37(i+1)(j+1))+.3cos(.11(i+1)+.7(j+1))"},
                 {"W[j][k]", "cos(.53(j+1)(k+1))"},
                 {"N[i][k]", "sin(1.7(i+1)(k+2)+.2k)"},
                 {"Y", "0.2*X@W+N"},
                 {"train", "rows 0..31"},
                 {"test", "rows 32..39"}};
    struct regress_data d = waves(0);
    ck_assert_msg(number_of(want, "n") == (double)d.n && number_of(want, "p") == (double)d.p &&
                      number_of(want, "q") == (double)d.q,
                  "%s", e->name);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) ck_assert_str_eq(text_of(want, texts[i].key), texts[i].text);
    ck_assert_uint_eq(want->as.list.n, 3 + sizeof texts / sizeof texts[0]);
}

static void first_row(const struct entry *e, const struct bb_json *want)
{
    struct got got = {.n = 0};
    struct regress_data d = waves(0);
    for (size_t i = 0; i < e->n; i++) add(&got, bb_streq(e->value, "X") ? d.X[i] : d.Y[i]);
    compare(e, &got, want, COMPARED);
}

static void add_correlations(struct got *got, const struct regress_data *d, const double *prediction)
{
    for (size_t k = 0; k < d->q; k++) {
        double p[N_TEST], y[N_TEST];
        for (size_t i = 0; i < N_TEST; i++) p[i] = prediction[i * d->q + k], y[i] = d->Y[(N_TRAIN + i) * d->q + k];
        add(got, bb_pearson(p, y, N_TEST));
    }
}

static const double *decades(size_t *n)
{
    double *alpha = BB_NEW_ARRAY(arena, 7, double);
    for (*n = 0; *n < 7; (*n)++) alpha[*n] = pow(10, (double)*n - 3);
    return alpha;
}

/* `value`: which regression; n: the first features, 0: all; size: components. */
static void regressed(const struct entry *e, const struct bb_json *want)
{
    struct regress_data d = waves(e->n);
    struct bb_gram *gram = gram_of(d.X, d.n, d.p, 7);
    size_t row[N_TRAIN + N_TEST], n_alphas;
    int iterations[32];
    double prediction[N_TEST * 6], chosen = NAN;
    for (size_t i = 0; i < d.n; i++) row[i] = i;
    struct bb_fold fold = {.train = row, .n_train = N_TRAIN, .test = row + N_TRAIN, .n_test = N_TEST};
    struct bb_regressor *regressor = bb_regressor_new(gram, row, d.Y, d.n, d.q);
    struct bb_numbers all = bb_ridgecv_alphas(BB_VISION, arena);
    const double *few = decades(&n_alphas);
    enum bb_code code = BB_EINPUT;
    if (bb_streq(e->value, "pls"))
        code = bb_pls_fold(regressor, &fold, e->size, prediction, &(struct bb_pls_info){.iterations = iterations}, &err);
    if (bb_streq(e->value, "ridge")) code = bb_ridge_fold(regressor, &fold, 1, prediction, &err);
    if (bb_streq(e->value, "ridgecv")) code = bb_ridgecv_fold(regressor, &fold, all.number, all.n, prediction, &chosen, &err);
    if (bb_streq(e->value, "ridgecv of decades"))
        code = bb_ridgecv_fold(regressor, &fold, few, n_alphas, prediction, &chosen, &err);
    if (bb_streq(e->value, "linear")) code = bb_linear_fold(regressor, &fold, prediction, &err);
    ck_assert_msg(code == BB_OK, "%s: %s", e->name, err.msg);
    struct got got = {.n = 0};
    for (size_t i = 0; e->answer == PREDICTION && i < N_TEST * d.q; i++) add(&got, prediction[i]);
    for (size_t a = 0; e->answer == ITERATIONS && a < e->size; a++) add(&got, iterations[a]);
    if (e->answer == CORRELATIONS) add_correlations(&got, &d, prediction);
    if (e->answer == CHOSEN) add(&got, chosen);
    compare(e, &got, want, e->answer == PREDICTION || e->answer == CORRELATIONS ? PREDICTED : EXACT);
    bb_regressor_free(regressor);
    bb_gram_free(gram);
}

static void default_alphas(const struct entry *e, const struct bb_json *want)
{
    struct got got = {.n = 0};
    struct bb_numbers alphas = bb_ridgecv_alphas(BB_VISION, arena);
    for (size_t i = 0; i < alphas.n; i++) add(&got, alphas.number[i]);
    compare(e, &got, want, 1e-15);
}

/* --- similarities ----------------------------------------------------------------------------------------------------- */

/* X as the model's features, Y as the recording. */
static void compared(const struct entry *e, const struct bb_json *want)
{
    struct regress_data d = waves(0);
    const struct bb_metric *metric = bb_metric_find(e->value);
    const char *task_text = bb_arena_printf(
        arena,
        "{\"data\": {\"dims\": {\"presentation\": %zu, \"neuroid\": %zu}, \"coords\": [{\"name\": \"stimulus_id\", \"dim\": 0, "
        "\"values\": [%s]}, {\"name\": "
        "\"neuroid_id\", \"dim\": 1, \"values\": [%s]}], \"values\": [%s]}, \"features\": {\"stimulus\": [%s], \"X\": [%s]}}",
        d.n, d.q, listed_names(arena, "s", d.n, d.n), listed_names(arena, "u", d.q, d.q), listed_numbers(arena, d.Y, d.n * d.q),
        listed_names(arena, "s", d.n, d.n), listed_numbers(arena, d.X, d.n * d.p));
    struct bb_task task;
    struct bb_metric_result result = {.raw = NAN};
    struct got got = {.n = 0};
    task_of_json(json_of(arena, task_text), arena, &task);
    task.params =
        neural_params(json_of(arena, "{}"), metric->fields, metric->n_fields, metric->params_size, metric->finish, arena, NULL);
    ck_assert_msg(metric->score_features(&task, &result, &err) == BB_OK, "%s: %s", e->name, err.msg);
    add(&got, result.raw);
    compare(e, &got, want, COMPARED);
    release_task(&task);
}

/* --- all entries ------------------------------------------------------------------------------------------------------ */

#define SHARES(a, b) .share = {a, b}
#define PLS(k)                                                                                                                   \
    {"PLS" #k "_pred", regressed, .value = "pls", .size = k},                                                                    \
        {"PLS" #k "_n_iter", regressed, .value = "pls", .size = k, .answer = ITERATIONS},                                        \
    {                                                                                                                            \
        "PLS" #k "_r_per_col", regressed, .value = "pls", .size = k, .answer = CORRELATIONS                                      \
    }

static const struct entry entries[] = {
    {"mt_seed1_raw_uint32_first8", words, .seed = 1, .n = 8},
    {"mt_seed0_raw_uint32_first8", words, .seed = 0, .n = 8},
    {"RandomState(1).permutation(10) x3", permutations, .seed = 1, .n = 10},
    {"RandomState(0).permutation(20)", permutations, .n = 20},
    {"RandomState(0).shuffle(list(range(10)))", permutations, .n = 10},
    {"RandomState(0) two successive shuffles of list(range(11))", permutations, .n = 11},
    {"RandomState(0).choice(180,90,replace=False) x2 (first 12 each)", choices, .n = 180, .size = 90},
    {"RandomState(0).choice(range(1,32),16,replace=False) x2", choices, .n = 31, .size = 16, .first = 1},
    {"RandomState(0).choice(7,size=7,replace=True) x3", choices_with_replacement, .n = 7, .size = 21},
    {"RandomState(i).choice(list of 5, replace=False) index for i=0..9", choice_of_each_seed, .n = 5, .size = 10},
    {"default_rng(0).permutation(10) x2", permutations_of_pcg64, .n = 10},
    {"ShuffleSplit(10,train_size=.9,rs=1) n=30 test sets", shuffled, .seed = 1, .n = 30, .size = 10, SHARES(.9, NAN),
     .part = TESTED},
    {"ShuffleSplit(10,train_size=.9,rs=1) n=30 first train order", shuffled, .seed = 1, .n = 30, .size = 10, SHARES(.9, NAN),
     .part = TRAINED, .folds = 1},
    {"strat_labels37", labels, .n = 37},
    {"StratifiedShuffleSplit(10,train_size=.9,rs=1) unequal classes, first 3 splits (train order, test order)", stratified,
     .seed = 1, .n = 37, .size = 10, SHARES(.9, NAN), .part = BOTH, .folds = 3},
    {"StratifiedShuffleSplit(train_size=.5) first split test order", stratified, .seed = 1, .n = 37, .size = 10, SHARES(.5, NAN),
     .part = TESTED, .folds = 1},
    {"ShuffleSplit(10,test_size=.9,rs=1) n=24 first train/test", shuffled, .seed = 1, .n = 24, .size = 10, SHARES(NAN, .9),
     .part = BOTH, .folds = 1},
    {"ShuffleSplit(10,train_size=.5,rs=1) n=7 (repetition split) all train", shuffled, .seed = 1, .n = 7, .size = 10,
     SHARES(.5, NAN), .part = TRAINED},
    {"KFold(10,shuffle,rs=1) n=23 test sets", folded, .seed = 1, .n = 23, .size = 10, .part = TESTED},
    {"GroupKFold(10,shuffle,rs=1234) groups=i%12,n=48 (re-implemented) test sets", grouped, .seed = 1234, .n = 48, .size = 10,
     .first = 12, .part = TESTED},
    {"GroupKFold(8,shuffle,rs=1234) groups=0..7 order of groups", grouped, .seed = 1234, .n = 8, .size = 8, .first = 8,
     .part = TESTED},
    {"data", described, .n = 0},
    {"Y[0]", first_row, .n = 6, .value = "Y"},
    {"X[0][:5]", first_row, .n = 5, .value = "X"},
    PLS(1),
    PLS(2),
    PLS(5),
    PLS(25),
    {"Ridge1_pred", regressed, .value = "ridge"},
    {"ALPHA_LIST", default_alphas, .n = 0},
    {"RidgeCV_alpha", regressed, .value = "ridgecv", .answer = CHOSEN},
    {"RidgeCV_pred", regressed, .value = "ridgecv"},
    {"RidgeCV_logspace(-3,3,7)_alpha", regressed, .value = "ridgecv of decades", .answer = CHOSEN},
    {"RidgeCV_first10cols_alpha", regressed, .value = "ridgecv", .n = 10, .answer = CHOSEN},
    {"OLS_minnorm_pred", regressed, .value = "linear"},
    {"OLS_first10cols_pred", regressed, .value = "linear", .n = 10},
    {"CKA_unbiased(X,Y)", compared, .value = "cka"},
    {"CKA_biased(X,Y)", compared, .value = "cka_biased"},
    {"RDM_spearman(X,Y)", compared, .value = "rdm"},
};

enum { N_ENTRIES = sizeof entries / sizeof entries[0] };

START_TEST(every_entry_is_known_and_right)
{
    const struct bb_json *vectors = given_json(arena, "reference_vectors.json");
    if (!vectors) return;
    for (size_t k = 0; k < N_ENTRIES; k++) {
        const struct bb_json *want = bb_json_member(vectors, entries[k].name);
        ck_assert_msg(want != NULL, "the file has no \"%s\"", entries[k].name);
        entries[k].check(&entries[k], want);
    }
    ck_assert_msg(vectors->as.list.n == N_ENTRIES, "of %zu entries %d are known here", vectors->as.list.n, (int)N_ENTRIES);
}
END_TEST

Suite *suite_numeric_reference_vectors(void)
{
    Suite *suite = suite_create("numeric/reference_vectors");
    TCase *tc = tcase_create("reference_vectors");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, every_entry_is_known_and_right);
    suite_add_tcase(suite, tc);
    return suite;
}
