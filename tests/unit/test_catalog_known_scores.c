/*
 * Definitions of the catalog whose score is known beforehand: of models that are always right in naming what ImageNet and ObjectNet show, and of one that does not
 * change in time on Kar et al., as the reference tests them; of activations and choices on Malania et al. (tests/numeric/vernier.py and acuity.py). The files are
 * called, and their columns named, as those that are published.
 */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "metric_case.h"
#include "synthetic_case.h"

Suite *suite_catalog_known_scores(void);

static struct bb_catalog *catalog;
static struct bb_results *results;

static void setup(void)
{
    catalog_setup();
    catalog = NULL;
    results = NULL;
    lonely = false;
    damage = SOUND;
    bb_log_set_level(BB_LOG_QUIET);
}

static void teardown(void)
{
    bb_results_free(results);
    bb_catalog_free(catalog);
    catalog_teardown();
}

static void be_ours(struct bb_sources *sources)
{
    for (size_t i = 0; i < sources->n; i++) {
        sources->source[i].dir = fixture_dir;
        sources->source[i].sha1 = sources->source[i].sha256 = sources->source[i].stimulus_set = NULL;
    }
}

/* The definitions and the models, on the files of the fixture. */
static void open_board(const char *benchmarks, const char *models)
{
    const char *manifest = TEXT("{\"title\": \"T\", \"benchmarks\": [%s], \"models\": [%s]}", benchmarks, models);
    catalog = bb_catalog_read_beside(fixture_text("manifest.json", manifest), "data/catalog", &catalog_diags);
    ck_assert_msg(catalog && catalog_diags.n_errors == 0, "%s", catalog_all_diags());
    for (size_t i = 0; i < catalog->tree.n; i++) {
        be_ours(&catalog->tree.node[i].data);
        be_ours(&catalog->tree.node[i].data_train);
        be_ours(&catalog->tree.node[i].data_stimuli);
    }
}

static size_t place_of(const char *benchmark)
{
    for (size_t i = 0; i < catalog->tree.n; i++)
        if (bb_streq(catalog->tree.node[i].id, benchmark)) return i;
    ck_abort_msg("no %s", benchmark);
    return 0;
}

static const struct bb_cell *cell_of(const char *model, const char *benchmark)
{
    for (size_t m = 0; m < catalog->n_models; m++)
        if (bb_streq(catalog->model[m].id, model)) return bb_results_cell(results, m, place_of(benchmark));
    ck_abort_msg("no %s", model);
    return NULL;
}

/* --- naming what is shown --------------------------------------------------------------------------------------------- */

enum { N_SHOWN = 24, N_WRONG = 6 };

/* Synsets of eight kinds. */
static const char *synset(size_t i)
{
    return TEXT("n%08zu", 2000000 + 17 * (i % 8));
}

/* In another order than the table of stimuli; the first N_WRONG wrong, if asked for. */
static void write_names(const char *name, bool some_wrong)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_puts(&text, "stimulus_id,choice\n");
    for (size_t k = 0; k < N_SHOWN; k++) {
        size_t i = k * 7 % N_SHOWN;
        bb_buf_printf(&text, "picture-%zu,%s\n", i, synset(some_wrong && i < N_WRONG ? i + 1 : i));
    }
    fixture_text(name, bb_buf_text(&text));
    bb_buf_release(&text);
}

static void write_pictures(const char *name)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_puts(&text, "stimulus_id,filename,object_name,synset\n");
    for (size_t i = 0; i < N_SHOWN; i++)
        bb_buf_printf(&text, "picture-%zu,%zu.png,thing %zu,%s\n", i, (i + 5) % N_SHOWN, i % 8, synset(i));
    fixture_text(name, bb_buf_text(&text));
    bb_buf_release(&text);
}

static const struct {
    const char *benchmark, *set, *file;
} named[] = {{"ImageNet-top1", "imagenet_val", "stimulus_imagenet_val.csv"},
             {"ObjectNet-top1", "BarbuMayo2019", "stimulus_BarbuMayo2019.csv"}};

START_TEST(who_says_the_truth_has_one)
{
    static const char columns[] = ", \"columns\": {\"stimulus_id\": \"stimulus_id\", \"choice\": \"choice\"}";
    write_pictures(named[_i].file);
    write_names("right.csv", false);
    write_names("wrong.csv", true);
    open_board(TEXT("\"%s\"", named[_i].benchmark),
               TEXT("{\"id\": \"right\", \"outputs\": {%s}}, {\"id\": \"wrong\", \"outputs\": {%s}}",
                    output_text(named[_i].set, "right.csv", columns, (double)NAN),
                    output_text(named[_i].set, "wrong.csv", columns, (double)NAN)));
    results = score_catalog(catalog);
    const struct bb_cell *right = cell_of("right", named[_i].benchmark), *wrong = cell_of("wrong", named[_i].benchmark);
    ck_assert_msg(right->status == BB_CELL_OK && wrong->status == BB_CELL_OK, "%s",
                  right->reason ? right->reason : wrong->reason);
    ck_assert(right->raw == 1 && right->score == 1);
    check_near("three quarters right", wrong->score, 1 - (double)N_WRONG / N_SHOWN, 1e-15);
}
END_TEST

/* --- thresholds from activations -------------------------------------------------------------------------------------- */

static size_t n_of(const struct bb_json *of)
{
    return bb_json_member(of, "truth")->as.list.n;
}

static void write_vernier_stimuli(const char *name, const struct bb_json *of)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_puts(&text, "stimulus_id,image_label,vernier_offset_arcsec\n");
    for (size_t i = 0; i < n_of(of); i++)
        bb_buf_printf(&text, "%zu,%s,%g\n", i, bb_json_member(of, "truth")->as.list.item[i]->as.text,
                      bb_json_member(of, "offset")->as.list.item[i]->as.number);
    fixture_text(name, bb_buf_text(&text));
    bb_buf_release(&text);
}

static const char *subject_name(size_t i)
{
    return TEXT("s%zu", i);
}

static void write_people(const char *name, const struct bb_json *people, const char *condition)
{
    struct sheet sheet = {.array = {.dim = {"subject"}, .size = {people->as.list.n}, .n_dims = 1}};
    double *value = BB_NEW_ARRAY(fixture_arena, people->as.list.n, double);
    for (size_t s = 0; s < people->as.list.n; s++) value[s] = number_of(people->as.list.item[s], condition);
    sheet.array.value = value;
    add_texts(&sheet, "subject", 0, subject_name);
    write_sheet(&sheet, name);
}

/* Activations to the parts, one after the other. */
static void write_seen(const char *name, const struct bb_json *const *parts, const char *const *prefix, size_t n_parts)
{
    size_t n = 0, p = 0, at = 0;
    for (size_t k = 0; k < n_parts; k++) n += n_of(parts[k]);
    const char **id = BB_NEW_ARRAY(fixture_arena, n, const char *);
    double *all = NULL;
    for (size_t k = 0; k < n_parts; k++) {
        size_t size;
        const double *X = numbers_of(bb_json_member(parts[k], "X"), fixture_arena, &size);
        p = size / n_of(parts[k]);
        if (!all) all = BB_NEW_ARRAY(fixture_arena, n * p, double);
        for (size_t i = 0; i < n_of(parts[k]); i++, at++) {
            id[at] = TEXT("%s%zu", prefix[k], i);
            for (size_t j = 0; j < p; j++) all[at * p + j] = X[i * p + j];
        }
    }
    struct sheet sheet = {.array = {.dim = {"presentation", "neuroid"}, .size = {n, p}, .n_dims = 2, .value = all}};
    add_coord(&sheet, "stimulus_id", 0, id, NULL);
    write_sheet(&sheet, name);
}

START_TEST(thresholds_are_read_out_of_activations)
{
    static const char benchmark[] = "Malania2007.short2-threshold_elevation";
    const struct bb_json *cases = golden_cases(fixture_arena, "vernier");
    ck_assert_uint_eq(cases->as.list.n, 3);
    const struct bb_json *c = cases->as.list.item[_i], *fit = bb_json_member(c, "fit");
    const struct bb_json *parts[] = {bb_json_member(c, "condition"), bb_json_member(c, "baseline")};
    static const char *const prefix[] = {"Malania2007_short-2/", "Malania2007_vernier-only/"};
    write_vernier_stimuli("stimulus_Malania2007_short-2.csv", parts[0]);
    write_vernier_stimuli("stimulus_Malania2007_vernier-only.csv", parts[1]);
    write_vernier_stimuli("stimulus_Malania2007_short-2_fit.csv", fit);
    write_people("assy_Malania2007_short-2.nc", bb_json_member(c, "people"), "condition");
    write_people("assy_Malania2007_vernier-only.nc", bb_json_member(c, "people"), "baseline");
    write_seen("shown.nc", parts, prefix, 2);
    write_seen("fit.nc", &fit, (const char *[]){""}, 1);
    open_board(TEXT("\"%s\"", benchmark),
               TEXT("{\"id\": \"model\", \"outputs\": {%s, %s}}", output_text("Malania2007_short-2", "shown.nc", "", 2.986667),
                    output_text("Malania2007_short-2_fit", "fit.nc", "", 2.986667)));
    results = score_catalog(catalog);
    const struct bb_cell *cell = cell_of("model", benchmark);
    const char *name = text_of(c, "name");
    ck_assert_msg(cell->status == BB_CELL_OK, "%s: %s", name, cell->reason);
    check_near(name, cell->raw, number_of(c, "raw"), 1e-7);
    check_near(name, cell->ceiling, number_of(c, "ceiling"), 1e-12);
    check_near(name, cell->score, number_of(c, "score"), 1e-7);
}
END_TEST

/* The conditions of a case, in the order of the definition. */
static void write_acuity(const struct bb_json *c, const struct bb_json **fit, const char **prefix)
{
    const struct bb_json *fits = bb_json_member(c, "fits"), *people = bb_json_member(c, "people");
    write_vernier_stimuli("stimulus_Malania2007_vernier-only.csv", bb_json_member(c, "shown"));
    write_people("assy_Malania2007_vernier-only.nc", people, "vernier-only");
    for (size_t k = 0; k < fits->as.list.n; k++) {
        fit[k] = fits->as.list.item[k];
        prefix[k] = TEXT("Malania2007_%s_fit/", fit[k]->key);
        write_vernier_stimuli(TEXT("stimulus_Malania2007_%s_fit.csv", fit[k]->key), fit[k]);
        write_people(TEXT("assy_Malania2007_%s.nc", fit[k]->key), people, fit[k]->key);
    }
}

/* Right or wrong as the case has it, of the same stimuli. */
static void write_said(const char *name, const struct bb_json *shown, const struct bb_json *right)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_puts(&text, "stimulus_id,choice\n");
    for (size_t i = 0; i < n_of(shown); i++) {
        bool left = bb_streq(bb_json_member(shown, "truth")->as.list.item[i]->as.text, "left");
        bb_buf_printf(&text, "%zu,%s\n", i, left == (right->as.list.item[i]->as.number > 0) ? "left" : "right");
    }
    fixture_text(name, bb_buf_text(&text));
    bb_buf_release(&text);
}

/* Each threshold is where a likelihood is largest, and so known to some 1e-7 of itself; of nine, those that are not cut count in the score. */
START_TEST(a_threshold_is_compared_condition_by_condition)
{
    enum { N_CONDITIONS = 9 };
    static const char benchmark[] = "Malania2007.vernieracuity-threshold", set[] = "Malania2007_vernier-only",
                      columns[] = ", \"columns\": {\"stimulus_id\": \"stimulus_id\", \"choice\": \"choice\"}";
    static const char *const models[] = {"seen", "said"};
    const struct bb_json *cases = golden_cases(fixture_arena, "acuity");
    ck_assert_uint_eq(cases->as.list.n, 2);
    const struct bb_json *c = cases->as.list.item[_i], *shown = bb_json_member(c, "shown"), *fit[N_CONDITIONS];
    const char *prefix[N_CONDITIONS], *name = text_of(c, "name");
    ck_assert_uint_eq(bb_json_member(c, "fits")->as.list.n, N_CONDITIONS);
    write_acuity(c, fit, prefix);
    write_seen("shown.nc", &shown, (const char *[]){""}, 1);
    write_seen("fit.nc", fit, prefix, N_CONDITIONS);
    write_said("said.csv", shown, bb_json_member(c, "right"));
    open_board(TEXT("\"%s\"", benchmark),
               TEXT("{\"id\": \"seen\", \"outputs\": {%s, %s}}, {\"id\": \"said\", \"outputs\": {%s}}",
                    output_text(set, "shown.nc", "", 2.986667), output_text("Malania2007_fit", "fit.nc", "", 2.986667),
                    output_text(set, "said.csv", columns, 2.986667)));
    results = score_catalog(catalog);
    for (size_t m = 0; m < 2; m++) {
        const struct bb_cell *cell = cell_of(models[m], benchmark);
        const struct bb_json *want = bb_json_member(c, models[m]);
        ck_assert_msg(cell->status == BB_CELL_OK, "%s, %s: %s", name, models[m], cell->reason);
        check_near(name, cell->raw, number_of(want, "raw"), 1e-7);
        check_near(name, cell->ceiling, number_of(want, "ceiling"), 1e-12);
        check_near(name, cell->score, number_of(want, "score"), 1e-6);
    }
    bool fails = bb_json_member(bb_json_member(c, "seen"), "parts")->as.list.item[6]->as.number == 0;
    const char *warning = cell_of("seen", benchmark)->warning;
    ck_assert(fails == (warning && strstr(warning, "no threshold for Malania2007_")));
}
END_TEST

/* --- times of solution ------------------------------------------------------------------------------------------------ */

static const char *shown(size_t i)
{
    return stimulus('s', i);
}
static double shown_value(size_t i, size_t j, size_t bin)
{
    (void)bin;
    return feature('s', i, j);
}

/* As the reference tests it with pixels: no score, and its ceiling. */
START_TEST(who_does_not_change_in_time_has_none)
{
    static const char benchmark[] = "Kar2019-ost";
    write_features("static.nc", N_STIMULI, 0, shown, shown_value);
    open_board(TEXT("\"%s\"", benchmark),
               TEXT("{\"id\": \"static\", \"outputs\": {%s}}", output_text("Kar2019", "static.nc", "", 8)));
    const struct bb_node *node = &catalog->tree.node[place_of(benchmark)];
    special_of(node)->write(node, node->data.source, node->data.source->file.text[0]);
    results = score_catalog(catalog);
    const struct bb_cell *cell = cell_of("static", benchmark);
    ck_assert(cell->status == BB_CELL_FAILED && isnan(cell->raw) && isnan(cell->score));
    ck_assert_msg(strstr(cell->reason, "the model answers the same at all times"), "%s", cell->reason);
    ck_assert_double_eq(results->facts[place_of(benchmark)].ceiling.value, .79);
}
END_TEST

Suite *suite_catalog_known_scores(void)
{
    Suite *suite = suite_create("catalog_known_scores");
    TCase *tc = tcase_create("known_scores");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, who_says_the_truth_has_one, 0, (int)(sizeof named / sizeof named[0]));
    tcase_add_loop_test(tc, thresholds_are_read_out_of_activations, 0, 3);
    tcase_add_loop_test(tc, a_threshold_is_compared_condition_by_condition, 0, 2);
    tcase_add_test(tc, who_does_not_change_in_time_has_none);
    suite_add_tcase(suite, tc);
    return suite;
}
