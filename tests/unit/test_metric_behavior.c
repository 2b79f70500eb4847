/*
 * Readouts of behaviour from activations: against scikit-learn (tests/numeric/behavior.py), and by hand.
 */
#include <check.h>
#include <math.h>
#include <string.h>

#include "metric/behavior.h"
#include "metric/behavior_readout.h"
#include "metric/features.h"
#include "metric/imagenet_labels.h"
#include "metric_case.h"
#include "numeric/logistic.h"
#include "numeric/normal.h"

Suite *suite_metric_behavior(void);

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

START_TEST(the_normal_distribution_is_scipys)
{
    const struct bb_json *c = golden_cases(arena, "normal")->as.list.item[0];
    size_t n, m;
    const double *p = numbers_of(bb_json_member(c, "p"), arena, &n), *q = numbers_of(bb_json_member(c, "quantile"), arena, &m);
    ck_assert_uint_eq(n, m);
    for (size_t i = 0; i < n; i++) {
        double got = bb_normal_quantile(p[i]);
        if (isnan(q[i]))
            ck_assert(isinf(got) && (got > 0) == (p[i] == 1));
        else
            check_near("quantile", got, q[i], 1e-14);
    }
    const double *x = numbers_of(bb_json_member(c, "x"), arena, &n), *cdf = numbers_of(bb_json_member(c, "cdf"), arena, &m);
    for (size_t i = 0; i < n; i++) ck_assert_msg(fabs(bb_normal_cdf(x[i]) - cdf[i]) <= 1e-13 * cdf[i], "cdf at %g", x[i]);
    ck_assert(isnan(bb_normal_quantile(-.1)) && isnan(bb_normal_quantile(1.1)) && isnan(bb_normal_quantile(NAN)));
}
END_TEST

/* --- a regression on fitting stimuli ------------------------------------------------------------------------------------ */

static const char *id_of(size_t i)
{
    return bb_arena_printf(arena, "s%zu", (i * 37) % 1009); /* the order of ids is not that of the rows */
}

/* "A,B,A" as rows of a CSV from stimulus `first` on. */
static const char *labels_csv(const char *labels, size_t first)
{
    struct bb_buf csv = BB_BUF_INIT;
    bb_buf_puts(&csv, "stimulus_id,truth\n");
    for (size_t i = first; *labels; i++) {
        size_t len = strcspn(labels, ",");
        bb_buf_printf(&csv, "%s,%.*s\n", id_of(i), (int)len, labels);
        labels += len + (labels[len] == ',');
    }
    const char *text = bb_arena_strdup(arena, bb_buf_text(&csv));
    bb_buf_release(&csv);
    return text;
}

static struct bb_features *features_of(const double *X, size_t n, size_t p)
{
    struct bb_features *features;
    const char **id = BB_NEW_ARRAY(arena, n, const char *);
    for (size_t i = 0; i < n; i++) id[i] = id_of(i);
    ck_assert_msg(bb_features_of_matrix(id, X, n, p, "layer", &features, &err) == BB_OK, "%s", err.msg);
    return features;
}

START_TEST(readouts_are_scikit_learns_at_its_optimum)
{
    const struct bb_json *cases = golden_cases(arena, "readout");
    ck_assert_uint_ge(cases->as.list.n, 4);
    for (size_t k = 0; k < cases->as.list.n; k++) {
        const struct bb_json *c = cases->as.list.item[k];
        size_t n = (size_t)number_of(c, "n"), p = (size_t)number_of(c, "p"), size, n_want;
        const double *X = numbers_of(bb_json_member(c, "X"), arena, &size),
                     *want = numbers_of(bb_json_member(c, "probability"), arena, &n_want);
        struct bb_features *features = features_of(X, size / p, p);
        struct bb_buf test = BB_BUF_INIT;
        for (size_t i = n; i < size / p; i++) bb_buf_puts(&test, i > n ? ",A" : "A");
        struct bb_assembly *train = assembly_of(labels_csv(text_of(c, "truth"), 0)),
                           *data = assembly_of(labels_csv(bb_buf_text(&test), n)), *read;
        struct bb_task task = {.features = features, .data = data, .data_train = train, .arena = arena};
        const char *how = NULL;
        ck_assert_msg(bb_behavior_readout(&task, &read, &how, &err) == BB_OK, "%s: %s", text_of(c, "name"), err.msg);
        ck_assert(strstr(how, "logistic regression") != NULL);
        ck_assert_uint_eq(read->dim[0].size * read->dim[1].size, n_want);
        const struct bb_series *label = &bb_assembly_coord(read, "choice")->series;
        struct bb_buf names = BB_BUF_INIT;
        for (size_t i = 0; i < label->n; i++) bb_buf_printf(&names, "%s%s", i ? "," : "", label->level.name[label->code[i]]);
        ck_assert_str_eq(bb_buf_text(&names), text_of(c, "label"));
        for (size_t i = 0; i < n_want; i++)
            ck_assert_msg(fabs(read->value[i] - want[i]) < 1e-8, "%s: probability %zu is %.12f, scikit-learn has %.12f",
                          text_of(c, "name"), i, read->value[i], want[i]);
        for (size_t i = 0; i < read->dim[0].size; i++) {
            double sum = 0;
            for (size_t l = 0; l < read->dim[1].size; l++) sum += read->value[i * read->dim[1].size + l];
            ck_assert_double_eq_tol(sum, 1, 1e-12);
        }
        bb_buf_release(&names);
        bb_buf_release(&test);
        bb_assembly_free(read);
        bb_assembly_free(train);
        bb_assembly_free(data);
        bb_features_of_matrix_free(features);
    }
}
END_TEST

START_TEST(a_fit_ends_at_an_optimum)
{
    double Z[60 * 4];
    int32_t label[60];
    struct bb_logistic fit;
    for (size_t i = 0; i < 60; i++) {
        label[i] = (int32_t)(i * i % 7 % 3);
        for (size_t j = 0; j < 4; j++) Z[i * 4 + j] = sin((double)(i * 5 + j * 11)) + (label[i] == (int32_t)j);
    }
    for (double C = 1e-4; C < 1e4; C *= 100) {
        ck_assert(bb_logistic_fit(Z, 60, 4, label, 3, C, arena, &fit, &err) == BB_OK);
        ck_assert_msg(fit.slope < 1e-10 * fmax(1, C), "C = %g: the slope is %g after %zu steps", C, fit.slope, fit.steps);
        ck_assert(fabs(fit.intercept[0] + fit.intercept[1] + fit.intercept[2]) < 1e-9);
    }
    Z[7] = NAN;
    ck_assert(bb_logistic_fit(Z, 60, 4, label, 3, 1, arena, &fit, &err) == BB_EINPUT);
}
END_TEST

static const char *reading_by; /* NULL: one regression for all */

static void check_readout_refused(const struct bb_features *features, const char *train_csv, const char *data_csv,
                                  const char *part)
{
    struct bb_assembly *train = assembly_of(train_csv), *data = assembly_of(data_csv), *read = NULL;
    struct bb_task task = {.features = features, .data = data, .data_train = train, .by = reading_by, .arena = arena};
    const char *how = NULL;
    enum bb_code code = bb_behavior_readout(&task, &read, &how, &err);
    ck_assert_msg(code != BB_OK, "it was not refused: %s", part);
    ck_assert_msg(strstr(err.msg, part) != NULL, "\"%s\" does not say \"%s\"", err.msg, part);
    bb_assembly_free(train);
    bb_assembly_free(data);
}

/* Of each value its readout is the one that there is of its fitting stimuli alone, whatever the others are; in the order of the values. */
START_TEST(a_readout_for_each_value_is_that_of_its_stimuli_alone)
{
    enum { N_TEST = 3, N_FIT = 8, P = 5 };
    double X[(N_TEST + 2 * N_FIT) * P];
    struct bb_buf both = BB_BUF_INIT, alone[2] = {BB_BUF_INIT, BB_BUF_INIT};
    bb_buf_puts(&both, "stimulus_id,truth,block\n");
    for (size_t k = 0; k < 2; k++) bb_buf_puts(&alone[k], "stimulus_id,truth\n");
    for (size_t i = 0; i < sizeof X / sizeof *X; i++) X[i] = sin((double)(i * i)) + (double)(i / P % 2) + (double)(i % P);
    for (size_t i = 0; i < 2 * N_FIT; i++) { /* by turns in three, so that the two parts are mixed */
        size_t k = i % 3 ? 0 : 1;
        bb_buf_printf(&both, "%s,%s,%s\n", id_of(N_TEST + i), i % 2 ? "A" : "B", k ? "b10" : "b9");
        bb_buf_printf(&alone[k], "%s,%s\n", id_of(N_TEST + i), i % 2 ? "A" : "B");
    }
    struct bb_features *features = features_of(X, N_TEST + 2 * N_FIT, P);
    struct bb_assembly *data = assembly_of(labels_csv("A,B,A", 0)), *train = assembly_of(bb_buf_text(&both)), *read, *one;
    struct bb_task task = {.features = features, .data = data, .data_train = train, .by = "block", .arena = arena};
    const char *how = NULL;
    ck_assert_msg(bb_behavior_readout(&task, &read, &how, &err) == BB_OK, "%s", err.msg);
    ck_assert_msg(strstr(how, "2 logistic regressions, one for each block, on 16 fitting stimuli"), "%s", how);
    ck_assert_uint_eq(read->dim[0].size, 2 * N_TEST);
    const struct bb_series *block = &bb_assembly_coord(read, "block")->series, *id = &bb_assembly_coord(read, "stimulus_id")->series;
    for (size_t k = 0; k < 2; k++) {
        struct bb_assembly *own = assembly_of(bb_buf_text(&alone[k]));
        task.data_train = own;
        ck_assert_msg(bb_behavior_readout(&task, &one, &how, &err) == BB_OK, "%s", err.msg);
        ck_assert(strstr(how, "a logistic regression on ") && !bb_assembly_coord(one, "block"));
        const struct bb_series *label = &bb_assembly_coord(one, "choice")->series;
        bool same = bb_streq(label->level.name[label->code[0]], "B"); /* the first of all is */
        for (size_t s = 0; s < N_TEST; s++) {
            ck_assert_str_eq(block->level.name[block->code[k * N_TEST + s]], k ? "b10" : "b9");
            ck_assert_str_eq(id->level.name[id->code[k * N_TEST + s]], id_of(s));
            for (size_t c = 0; c < 2; c++)
                ck_assert_double_eq_tol(read->value[(k * N_TEST + s) * 2 + c], one->value[s * 2 + (same ? c : 1 - c)], 1e-12);
        }
        bb_assembly_free(one);
        bb_assembly_free(own);
        bb_buf_release(&alone[k]);
    }
    bb_assembly_free(read);
    bb_assembly_free(train);
    bb_assembly_free(data);
    bb_buf_release(&both);
    bb_features_of_matrix_free(features);
}
END_TEST

START_TEST(a_readout_for_each_value_needs_all_labels_of_each)
{
    double X[12] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 5, 2};
    struct bb_features *features = features_of(X, 4, 3);
    const char *data = labels_csv("A,B", 2);
    reading_by = "block";
    check_readout_refused(features, "stimulus_id,truth,block\ns0,A,1\ns37,B,1\ns74,A,2\n", data,
                          "no stimulus of block \"2\" that fits its readout has the label \"B\", which others have");
    check_readout_refused(features, "stimulus_id,truth,block\ns0,A,1\ns37,B,\n", data,
                          "stimulus \"s37\" of the training part of the recording has no \"block\"");
    check_readout_refused(features, "stimulus_id,truth,block\ns0,A,1\ns37,B,1\ns37,B,2\n", data, "stimulus \"s37\" has two values of \"block\"");
    reading_by = NULL;
    bb_features_of_matrix_free(features);
}
END_TEST

START_TEST(wrong_inputs_of_readouts_are_refused)
{
    double X[12] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 5, 2};
    struct bb_features *features = features_of(X, 4, 3), grams = *features;
    const char *data = labels_csv("A,B", 2), *other = "stimulus_id,truth\nx,A\n";
    check_readout_refused(features, "stimulus_id,truth\ns0,A\nnobody,B\n", data,
                          "no activations of 1 of the 2 stimuli that fit the readout");
    check_readout_refused(features, labels_csv("A,A", 0), data, "have one label, \"A\"");
    check_readout_refused(features, "stimulus_id,truth\ns0,A\ns37,\n", data, "has no truth");
    check_readout_refused(features, "stimulus_id,truth\ns0,A\ns0,B\n", data, "two values of \"truth\"");
    check_readout_refused(features, labels_csv("A,B", 0), other, "activations of none of the 1 stimuli");
    check_readout_refused(features, NULL, data, "1,000 logits of ImageNet classes, and the layer \"layer\" has 3 features");
    check_readout_refused(features, NULL, NULL, "no data that say which labels there are");
    grams.stream = NULL;
    check_readout_refused(&grams, labels_csv("A,B", 0), data, "gives Gram matrices");
    bb_features_of_matrix_free(features);
    double same[6] = {1, 2, 1, 2, 3, 4};
    features = features_of(same, 3, 2);
    check_readout_refused(features, labels_csv("A,B", 0), labels_csv("A", 2), "no feature differs");
    bb_features_of_matrix_free(features);
}
END_TEST

/* --- classes of ImageNet -------------------------------------------------------------------------------------------------- */

START_TEST(categories_are_sets_of_classes)
{
    static const struct {
        const char *label;
        size_t n;
    } sizes[] = {{"airplane", 1}, {"bear", 4},  {"bicycle", 2}, {"bird", 49}, {"boat", 5},  {"bottle", 7},
                 {"car", 3},      {"cat", 6},   {"chair", 4},   {"clock", 3}, {"dog", 109}, {"elephant", 2},
                 {"keyboard", 2}, {"knife", 1}, {"oven", 1},    {"truck", 8}};
    bool taken[BB_IMAGENET_CLASSES] = {false};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        size_t n_ranges, n = 0;
        const struct bb_class_range *range = bb_imagenet_category(sizes[i].label, &n_ranges);
        ck_assert_msg(range != NULL, "%s", sizes[i].label);
        for (size_t r = 0; r < n_ranges; r++)
            for (short c = range[r].first; c <= range[r].last; c++, n++) {
                ck_assert_msg(c >= 0 && c < BB_IMAGENET_CLASSES && !taken[c], "%s: class %d", sizes[i].label, c);
                taken[c] = true;
            }
        ck_assert_msg(n == sizes[i].n, "%s: %zu classes", sizes[i].label, n);
    }
    size_t n;
    ck_assert_ptr_null(bb_imagenet_category("teapot", &n));
}
END_TEST

START_TEST(logits_become_choices)
{
    enum { N = 3, P = BB_IMAGENET_CLASSES };
    double *X = BB_NEW_ARRAY(arena, N * P, double);
    X[0 * P + 385] = 4;                                      /* an elephant, by one of its two classes … */
    X[0 * P + 766] = 3.5;                                    /* … and an oven by its only one: (e⁴ + 1) / 2 < e^3.5 */
    for (size_t c = 0; c < 4; c++) X[1 * P + 294 + c] = 1.5; /* a bear by all four */
    X[1 * P + 385] = 2;                                      /* (e² + 1) / 2 < e^1.5 */
    X[2 * P + 386] = 9;
    struct bb_features *features = features_of(X, N, P);
    struct bb_assembly *data = assembly_of(labels_csv("oven,bear,elephant", 0));
    const struct bb_metric *accuracy = bb_metric_find("accuracy");
    struct bb_task task = {.features = features, .data = data, .arena = arena};
    struct bb_metric_result result = {.raw = NAN};
    ck_assert_msg(bb_behavior_score(accuracy, &task, &result, &err) == BB_OK, "%s", err.msg);
    check_near("accuracy", result.raw, 1, 0);
    ck_assert_str_eq(result.detail, "choices read out of logits of ImageNet classes");
    check_readout_refused(features, NULL, labels_csv("oven,teapot", 0), "\"teapot\" is no category");
    bb_assembly_free(data);
    bb_features_of_matrix_free(features);
}
END_TEST

/* Synsets are classes by their numbers: a tench, a golden retriever, a tabby, toilet tissue. A model may choose a class that no picture shows. */
START_TEST(truths_may_be_classes_themselves)
{
    enum { N = 5, P = BB_IMAGENET_CLASSES };
    static const struct {
        const char *truth;
        size_t class, chosen;
    } pictures[N] = {{"n02099601", 207, 207}, {"n01440764", 0, 0}, {"n15075141", 999, 999}, {"n02123045", 281, 282}, {"n02123045", 281, 281}};
    const char *const *classes = bb_imagenet_classes(arena);
    struct bb_buf csv = BB_BUF_INIT;
    double *X = BB_NEW_ARRAY(arena, N * P, double);
    bb_buf_puts(&csv, "stimulus_id,truth\n");
    for (size_t i = 0; i < N; i++) {
        bb_buf_printf(&csv, "%s,%s\n", id_of(i), pictures[i].truth);
        X[i * P + pictures[i].chosen] = 3;
        ck_assert_str_eq(classes[pictures[i].class], pictures[i].truth);
        ck_assert(bb_is_imagenet_class(pictures[i].truth));
    }
    ck_assert(!bb_is_imagenet_class("n01440765") && !bb_is_imagenet_class("n0144076") && !bb_is_imagenet_class("tench"));
    ck_assert(!bb_is_imagenet_class("n99999999") && !bb_is_imagenet_class("n00000000"));
    struct bb_features *features = features_of(X, N, P);
    struct bb_assembly *data = assembly_of(bb_buf_text(&csv));
    struct bb_task task = {.features = features, .data = data, .arena = arena};
    struct bb_metric_result result = {.raw = NAN};
    ck_assert_msg(bb_behavior_score(bb_metric_find("accuracy"), &task, &result, &err) == BB_OK, "%s", err.msg);
    check_near("accuracy", result.raw, .8, 1e-15);
    ck_assert_uint_eq(result.n, N);
    const char *answers = bb_arena_printf(arena, "stimulus_id,choice\n%s,n02099601\n%s,n02123159\n", id_of(0), id_of(3));
    struct bb_assembly *model = assembly_of(answers);
    task = (struct bb_task){.model = model, .data = data, .partial = true, .arena = arena};
    result = (struct bb_metric_result){.raw = NAN};
    ck_assert_msg(bb_behavior_score(bb_metric_find("accuracy"), &task, &result, &err) == BB_OK, "%s", err.msg);
    check_near("accuracy", result.raw, .5, 0);
    struct bb_buf unknown = BB_BUF_INIT;
    bb_buf_puts(&unknown, "stimulus_id,choice\n");
    for (size_t i = 0; i < N; i++) bb_buf_printf(&unknown, "%s,n99999999\n", id_of(i));
    check_refused("accuracy", "{}", bb_buf_text(&unknown), bb_buf_text(&csv), BB_EINPUT,
                  "\"n99999999\" of the model's output is not a label of the recording");
    bb_assembly_free(model);
    bb_assembly_free(data);
    bb_features_of_matrix_free(features);
    bb_buf_release(&unknown);
    bb_buf_release(&csv);
}
END_TEST

/* --- odd ones ---------------------------------------------------------------------------------------------------------------- */

START_TEST(odd_ones_by_dot_products)
{
    enum { N = 9, P = 5 };
    double X[N * P];
    struct bb_buf csv = BB_BUF_INIT;
    size_t same = 0, n = 0;
    for (size_t i = 0; i < N * P; i++) X[i] = 2 + sin((double)(i * i + 3 * i)); /* far from zero: centring would matter */
    bb_buf_puts(&csv, "image_1,image_2,image_3\n");
    for (size_t a = 0; a < N; a++)
        for (size_t b = 0; b < N; b++)
            for (size_t c = b + 1; c < N; c++) {
                double ab = 0, ac = 0, bc = 0;
                if (a == b || a == c) continue;
                for (size_t j = 0; j < P; j++) {
                    ab += X[a * P + j] * X[b * P + j];
                    ac += X[a * P + j] * X[c * P + j];
                    bc += X[b * P + j] * X[c * P + j];
                }
                bb_buf_printf(&csv, "%s,%s,%s\n", id_of(a), id_of(b), id_of(c));
                same += ab > ac && ab > bc;
                n++;
            }
    struct bb_features *features = features_of(X, N, P);
    struct bb_assembly *data = assembly_of(bb_buf_text(&csv));
    struct bb_task task = {.features = features, .data = data, .arena = arena};
    struct bb_metric_result result = {.raw = NAN};
    ck_assert_msg(bb_behavior_score(bb_metric_find("odd_one_out"), &task, &result, &err) == BB_OK, "%s", err.msg);
    ck_assert_uint_eq(result.n, n);
    check_near("share", result.raw, (double)same / (double)n, 1e-15);
    bb_assembly_free(data);
    data = assembly_of("image_1,image_2,image_3\nx,y,z\n");
    task.data = data;
    ck_assert(bb_behavior_score(bb_metric_find("odd_one_out"), &task, &result, &err) == BB_EINPUT);
    ck_assert(strstr(err.msg, "no whole triplet") != NULL);
    bb_assembly_free(data);
    bb_buf_release(&csv);
    bb_features_of_matrix_free(features);
}
END_TEST

Suite *suite_metric_behavior(void)
{
    Suite *suite = suite_create("metric/behavior");
    TCase *tc = tcase_create("behavior");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, the_normal_distribution_is_scipys);
    tcase_add_test(tc, readouts_are_scikit_learns_at_its_optimum);
    tcase_add_test(tc, a_fit_ends_at_an_optimum);
    tcase_add_test(tc, a_readout_for_each_value_is_that_of_its_stimuli_alone);
    tcase_add_test(tc, a_readout_for_each_value_needs_all_labels_of_each);
    tcase_add_test(tc, wrong_inputs_of_readouts_are_refused);
    tcase_add_test(tc, categories_are_sets_of_classes);
    tcase_add_test(tc, logits_become_choices);
    tcase_add_test(tc, truths_may_be_classes_themselves);
    tcase_add_test(tc, odd_ones_by_dot_products);
    suite_add_tcase(suite, tc);
    return suite;
}
