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
#include "catalog_fixture.h"
#include "score/score.h"
#include "store/array_write.h"

Suite *suite_catalog_synthetic(void);

enum {
    N_STIMULI = 48,
    N_REPETITIONS = 4,
    N_SUBJECTS = 3,
    N_NEUROIDS = 30,
    N_FEATURES = 30,
    N_KINDS = 4,
    N_GROUPS = 12,
    MAX_COORDS = 48
};

static struct bb_catalog *catalog;

static void setup(void)
{
    catalog_setup();
    catalog = NULL;
    bb_log_set_level(BB_LOG_QUIET);
}

static void teardown(void)
{
    bb_catalog_free(catalog);
    catalog_teardown();
}

/* --- numbers and names -------------------------------------------------------------------------------------------- */

#define TEXT(...) bb_arena_printf(fixture_arena, __VA_ARGS__)

/* In (−1, 1), without a pattern that a regression could use. */
static double hash(size_t a, size_t b, size_t c)
{
    uint64_t x = 0x9e3779b97f4a7c15u * (a + 1) ^ 0xbf58476d1ce4e5b9u * (b + 1) ^ 0x94d049bb133111ebu * (c + 1);
    x = (x ^ (x >> 31)) * 0xd6e8feb86659fd93u;
    x = (x ^ (x >> 29)) * 0xd6e8feb86659fd93u;
    return (double)(x >> 11) * 0x1p-52 - 1;
}

/* Stimulus i of a set: 's' of what is scored, 't' of what is fitted on. */
static const char *stimulus(char set, size_t i)
{
    return TEXT("%c%02zu", set, i);
}

static double feature(char set, size_t i, size_t j)
{
    return hash(i + (set == 't' ? 1000 : 0), j, 7);
}

/* What unit u measured: a mixture of features, and noise of its own in each repetition. */
static double response(char set, size_t i, size_t u, size_t repetition)
{
    double sum = 0;
    for (size_t j = 0; j < 5; j++) sum += feature(set, i, j) * hash(u, j, 3);
    return 1 + sum + .3 * hash(i * 64 + repetition, u, set == 't' ? 5 : 4);
}

static const char *kind(size_t i)
{
    return TEXT("kind%zu", i % N_KINDS);
}

/* The kind that is chosen, as a number. Some stimuli are harder than others, for everyone: those of every second four, and more so of some kinds. */
static size_t right_or_next(size_t i, size_t who)
{
    double difficulty = (i / 4 % 2 ? .5 : -.5) + .4 * hash(i / 4, 0, 11) + .2 * hash(i % N_KINDS, 0, 12);
    return hash(i, who, 9) > -.4 + difficulty ? i : i + 1 + (hash(i, 0, 13) > 0);
}

/* --- arrays ------------------------------------------------------------------------------------------------------- */

struct sheet {
    struct bb_array array;
    struct bb_array_coord coord[MAX_COORDS];
};

static void add_coord(struct sheet *sheet, const char *name, size_t dim, const char *const *text, const double *number)
{
    for (size_t i = 0; i < sheet->array.n_coords; i++)
        if (strcmp(sheet->coord[i].name, name) == 0) return; /* the first stays: what a filter asks for comes first */
    ck_assert_uint_lt(sheet->array.n_coords, MAX_COORDS);
    sheet->coord[sheet->array.n_coords++] =
        (struct bb_array_coord){.name = name, .dim = dim, .text = text, .number = number, .integer = false};
}

typedef const char *text_at(size_t index);

static void add_texts(struct sheet *sheet, const char *name, size_t dim, text_at *at)
{
    size_t n = sheet->array.size[dim];
    const char **text = BB_NEW_ARRAY(fixture_arena, n, const char *);
    for (size_t i = 0; i < n; i++) text[i] = at(i);
    add_coord(sheet, name, dim, text, NULL);
}

static void add_same(struct sheet *sheet, const char *name, size_t dim, const char *value)
{
    size_t n = sheet->array.size[dim];
    const char **text = BB_NEW_ARRAY(fixture_arena, n, const char *);
    for (size_t i = 0; i < n; i++) text[i] = value;
    add_coord(sheet, name, dim, text, NULL);
}

static void write_sheet(struct sheet *sheet, const char *name)
{
    struct bb_err err;
    sheet->array.coord = sheet->coord;
    ck_assert_msg(bb_array_write(bb_path_join(fixture_arena, fixture_dir, name), &sheet->array, &err) == BB_OK, "%s", err.msg);
}

/* --- what a definition filters by --------------------------------------------------------------------------------- */

static bool is_of_units(const char *coord)
{
    static const char *const names[] = {"region", "nc_testset", "nc_12rep", "reliability", "reliability_window"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], coord) == 0) return true;
    return false;
}

/* A value that the rule keeps for all but the last index, which it drops. */
static void add_filtered(struct sheet *sheet, const struct bb_where_rule *rule)
{
    size_t dim = sheet->array.n_dims > 1 && is_of_units(rule->coord) ? 1 : 0, n = sheet->array.size[dim];
    if (!rule->ranged) {
        add_same(sheet, rule->coord, dim, rule->drop ? "kept" : rule->value.name[0]);
        return;
    }
    double *number = BB_NEW_ARRAY(fixture_arena, n, double), inside = isinf(rule->above) ? rule->below - .5 : rule->above + .5;
    for (size_t i = 0; i < n; i++) number[i] = inside + .01 * (double)(i % 7);
    if (dim == 1 && n > 1) number[n - 1] = isinf(rule->above) ? rule->below + 1 : rule->above - 1;
    add_coord(sheet, rule->coord, dim, NULL, number);
}

/* --- recordings --------------------------------------------------------------------------------------------------- */

static const char *subject_of_unit(size_t u)
{
    return TEXT("subject%zu", u % N_SUBJECTS);
}
static const char *unit_name(size_t u)
{
    return TEXT("unit%02zu", u);
}
static size_t stimulus_of_row(size_t row)
{
    return row / N_REPETITIONS;
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
static const char *repetition_of_row(size_t row)
{
    return TEXT("%zu", row % N_REPETITIONS);
}

static void write_recording(const struct bb_node *node, const struct bb_source *source, char set, const char *name)
{
    struct sheet sheet = {.array = {.dim = {"presentation", "neuroid"}, .n_dims = 2}};
    size_t q = node->units == 1 ? 1 : N_NEUROIDS, n = N_STIMULI * N_REPETITIONS;
    double *value = BB_NEW_ARRAY(fixture_arena, n * q, double);
    sheet.array.size[0] = n;
    sheet.array.size[1] = q;
    sheet.array.value = value;
    for (size_t i = 0; i < n; i++)
        for (size_t u = 0; u < q; u++) value[i * q + u] = response(set, stimulus_of_row(i), u, i % N_REPETITIONS);
    for (size_t i = 0; i < source->columns.n_where; i++) add_filtered(&sheet, &source->columns.where[i]);
    add_texts(&sheet, "stimulus_id", 0, set == 's' ? tested_stimulus : fitted_stimulus);
    static const char *const kinds[] = {"object_name", "texture_type", "object_label", "background_id"}, *const groups[] = {
                                                                                                             "story",
                                                                                                             "sentence_id"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) add_texts(&sheet, kinds[i], 0, kind_of_row);
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) add_texts(&sheet, groups[i], 0, group_of_row);
    const char *on = bb_json_text(node->ceiling_json, "on");
    add_texts(&sheet, on ? on : "repetition", 0, repetition_of_row);
    add_texts(&sheet, "neuroid_id", 1, unit_name);
    const char *subject = bb_json_text(node->ceiling_json, "subject"),
               *coordinate = bb_json_text(node->ceiling_json, "coordinate");
    add_texts(&sheet, subject ? subject : "subject", 1, subject_of_unit);
    if (coordinate) {
        double *reliability = BB_NEW_ARRAY(fixture_arena, q, double);
        for (size_t u = 0; u < q; u++) reliability[u] = .5 + .02 * (double)u;
        add_coord(&sheet, coordinate, 1, NULL, reliability);
    }
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
    static const char *const numbers[] = {"1", "5", "11"};
    return numbers[row % N_STIMULI / 4 % 3];
}
/* Whole and manipulated images in turn, by the kind that the definition asks for: "w", and "f" or "o". */
static const char *frankenstein_of_trial(size_t row)
{
    return row % N_STIMULI / 4 % 2 ? "f" : "w";
}
static const char *fragmented_of_trial(size_t row)
{
    return row % N_STIMULI / 4 % 2 ? "o" : "w";
}
static const char *occluder_type_of_trial(size_t row)
{
    return TEXT("type%zu", row % N_STIMULI / 4 % 3);
}
static const char *occluder_color_of_trial(size_t row)
{
    return TEXT("color%zu", row % N_STIMULI / 12 % 2);
}
static const char *task_of_trial(size_t row)
{
    return TEXT("task%zu", row % N_STIMULI / 8);
}
static const char *image_1_of_trial(size_t row)
{
    return stimulus('s', row % N_STIMULI);
}
static const char *image_2_of_trial(size_t row)
{
    return stimulus('s', (row + 7) % N_STIMULI);
}
static const char *image_3_of_trial(size_t row)
{
    return stimulus('s', (row + 7 + row / N_STIMULI * 5 + 3) % N_STIMULI);
}

static void write_trials(const struct bb_node *node, const struct bb_source *source, const char *name)
{
    struct sheet sheet = {.array = {.dim = {"presentation"}, .size = {N_TRIALS}, .n_dims = 1}};
    double *value = BB_NEW_ARRAY(fixture_arena, N_TRIALS, double);
    for (size_t i = 0; i < N_TRIALS; i++) value[i] = 300 + 20 * feature('s', i % N_STIMULI, 0) + 10 * hash(i, 1, 2);
    sheet.array.value = value;
    for (size_t i = 0; i < source->columns.n_where; i++)
        if (strcmp(source->columns.where[i].coord, "condition") != 0) add_filtered(&sheet, &source->columns.where[i]);
    static const struct {
        const char *name;
        text_at *at;
    } coords[] = {{"stimulus_id", stimulus_of_trial},
                  {"subject", person_of_trial},
                  {"truth", truth_of_trial},
                  {"choice", choice_of_trial},
                  {"condition", condition_of_trial},
                  {"sample_obj", truth_of_trial},
                  {"dist_obj", other_of_trial},
                  {"block", block_of_trial},
                  {"distractors", distractors_of_trial},
                  {"occluder_type", occluder_type_of_trial},
                  {"occluder_color", occluder_color_of_trial},
                  {"task", task_of_trial}};
    static const struct {
        const char *name;
        text_at *at;
    } triplets[] = {{"image_1", image_1_of_trial}, {"image_2", image_2_of_trial}, {"image_3", image_3_of_trial}};
    if (strcmp(node->metric->name, "odd_one_out") == 0) {
        for (size_t i = 0; i < sizeof triplets / sizeof triplets[0]; i++) add_texts(&sheet, triplets[i].name, 0, triplets[i].at);
        write_sheet(&sheet, name);
        return;
    }
    bool fragments = bb_streq(bb_json_text(node->metric_json, "condition"), "o");
    add_texts(&sheet, "image_type", 0, fragments ? fragmented_of_trial : frankenstein_of_trial);
    for (size_t i = 0; i < sizeof coords / sizeof coords[0]; i++) add_texts(&sheet, coords[i].name, 0, coords[i].at);
    write_sheet(&sheet, name);
}

/* A table whose columns are those that the rules name: stimuli and what they show. */
static void write_table(const struct bb_source *source, const char *name)
{
    struct bb_buf text = BB_BUF_INIT;
    const struct bb_columns *columns = &source->columns;
    for (size_t c = 0; c < columns->n_rules; c++) bb_buf_printf(&text, "%s%s", c ? "," : "", columns->rule[c].column.text[0]);
    for (size_t i = 0; i < N_STIMULI; i++) {
        bb_buf_putc(&text, '\n');
        for (size_t c = 0; c < columns->n_rules; c++) {
            const char *coord = columns->rule[c].coord;
            const char *value =
                strcmp(coord, "stimulus_id") == 0 ? stimulus('s', i) : kind(strcmp(coord, "texture") == 0 ? i / N_KINDS : i);
            bb_buf_printf(&text, "%s%s", c ? "," : "", value);
        }
    }
    bb_buf_putc(&text, '\n');
    fixture_text(name, bb_buf_text(&text));
    bb_buf_release(&text);
}

/* --- the model ---------------------------------------------------------------------------------------------------- */

static const char *layer_of_feature(size_t j)
{
    (void)j;
    return "layer";
}
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

static void write_activations(const char *name, text_at *id, size_t n)
{
    struct sheet sheet = {.array = {.dim = {"presentation", "neuroid"}, .size = {n, N_FEATURES}, .n_dims = 2}};
    double *value = BB_NEW_ARRAY(fixture_arena, n * N_FEATURES, double);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < N_FEATURES; j++) value[i * N_FEATURES + j] = feature(id(i)[0], i % N_STIMULI, j);
    sheet.array.value = value;
    add_texts(&sheet, "stimulus_id", 0, id);
    add_texts(&sheet, "layer", 1, layer_of_feature);
    write_sheet(&sheet, name);
}

static void write_choices(const char *name)
{
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_puts(&text, "stimulus_id,choice,value\n");
    for (size_t i = 0; i < N_STIMULI; i++)
        bb_buf_printf(&text, "%s,%s,%.4f\n", stimulus('s', i), kind(right_or_next(i, 100)), 5 + feature('s', i, 0));
    fixture_text(name, bb_buf_text(&text));
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

/* Writes the files of the sources, and makes the sources name them. */
static void make_sources(const struct bb_node *node, struct bb_sources *sources, char set)
{
    for (size_t i = 0; i < sources->n; i++) {
        struct bb_source *source = &sources->source[i];
        bool is_table = source->columns.n_rules > 0;
        const char *name = TEXT("data-%c%zu.%s", set, i, is_table ? "csv" : "nc");
        if (is_table)
            write_table(source, name);
        else if (compares_recordings(node))
            write_recording(node, source, i ? 't' : set, name);
        else
            write_trials(node, source, name);
        source->dir = fixture_dir;
        source->file = (struct bb_texts){BB_NEW(fixture_arena, const char *), 1};
        source->file.text[0] = name;
        source->sha256 = source->stimulus_set = NULL;
    }
}

static const char *output_text(const char *set, const char *files, const char *columns, double degrees)
{
    const char *angle = isnan(degrees) ? "" : TEXT(", \"degrees\": %.17g", degrees);
    return TEXT("\"%s\": {\"file\": %s%s%s}", set, files, columns, angle);
}

/* A row for the suite that the definition keeps, and one for another. */
static const char *item_outputs(const struct bb_node *node)
{
    static const char columns[] = ", \"columns\": {\"suite\": \"suite\", \"bits\": \"bits\"}";
    const struct bb_json *suite = bb_json_member(bb_json_member(node->metric_json, "where"), "suite");
    fixture_text("items.csv", TEXT("suite,bits\n%s,0110111\nanother,0000000\n", suite->as.list.item[0]->as.text));
    return output_text(node->stimuli, "\"items.csv\"", columns, (double)NAN);
}

/* Of each stimulus a probability for each kind. */
static const char *probability_outputs(const struct bb_node *node)
{
    static const char columns[] =
        ", \"columns\": {\"stimulus_id\": \"stimulus_id\", \"choice\": \"choice\", \"value\": {\"column\": "
        "\"value\", \"type\": \"number\"}}";
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_puts(&text, "stimulus_id,choice,value\n");
    for (size_t i = 0; i < N_STIMULI; i++) {
        double weight[N_KINDS], sum = 0;
        for (size_t k = 0; k < N_KINDS; k++) sum += weight[k] = exp(2 * (k == i % N_KINDS) + hash(i, k, 21));
        for (size_t k = 0; k < N_KINDS; k++) bb_buf_printf(&text, "%s,%s,%.17g\n", stimulus('s', i), kind(k), weight[k] / sum);
    }
    fixture_text("probabilities.csv", bb_buf_text(&text));
    bb_buf_release(&text);
    return output_text(node->stimuli, "\"probabilities.csv\"", columns, node->visual_degrees);
}

static bool wants_words(const struct bb_node *node)
{
    for (size_t i = 0; node->metric->model_coords && node->metric->model_coords[i]; i++)
        if (strcmp(node->metric->model_coords[i], "value") == 0) return true;
    return false;
}

static const char *outputs_of(const struct bb_node *node, bool both)
{
    static const char choices[] = ", \"columns\": {\"stimulus_id\": \"stimulus_id\", \"choice\": \"choice\"}";
    static const char words[] =
        ", \"columns\": {\"stimulus_id\": \"stimulus_id\", \"value\": {\"column\": \"value\", \"type\": \"number\"}}";
    double degrees = node->visual_degrees;
    write_activations("layers.nc", both ? tested_or_fitted : tested, both ? 2 * N_STIMULI : N_STIMULI);
    write_activations("fitted.nc", fitted, N_STIMULI);
    write_choices("answers.csv");
    if (strcmp(node->metric->name, "item_accuracy") == 0) return item_outputs(node);
    if (node->metric->behavior == BB_BEHAVIOR_PROBABILITIES) return probability_outputs(node);
    if (!wants_features(node)) return output_text(node->stimuli, "\"answers.csv\"", wants_words(node) ? words : choices, degrees);
    const char *text = output_text(node->stimuli, "\"layers.nc\"", "", degrees);
    if (node->fitting_stimuli) text = TEXT("%s, %s", text, output_text(node->fitting_stimuli, "\"fitted.nc\"", "", degrees));
    return text;
}

/* Two sources that both are of the test part: the stimuli of both are one set. */
static bool has_two_halves(const struct bb_node *node)
{
    return node->data.n > 1 || (node->data_train.n && !node->fitting_stimuli);
}

static struct bb_node *leaf_of_board(void)
{
    for (size_t i = 0; i < catalog->tree.n; i++)
        if (bb_node_is_leaf(&catalog->tree.node[i])) return &catalog->tree.node[i];
    ck_abort_msg("the board has no benchmark");
}

static void open_board(const struct bb_node *node)
{
    const char *text = TEXT("{\"title\": \"T\", \"benchmarks\": [\"%s\"], \"models\": [{\"id\": \"m\", \"outputs\": {%s}}]}",
                            node->id, outputs_of(node, has_two_halves(node)));
    catalog = bb_catalog_read_beside(fixture_text("manifest.json", text), "data/catalog", &catalog_diags);
    ck_assert_msg(catalog && catalog_diags.n_errors == 0, "%s: %s", node->id, catalog_all_diags());
    struct bb_node *leaf = leaf_of_board();
    make_sources(leaf, &leaf->data, 's');
    make_sources(leaf, &leaf->data_train, 't');
}

/* "" when the cell is ok, else what became of it. */
static const char *score_board(void)
{
    const struct bb_datapath path = {0};
    const struct bb_lists lists = {0};
    struct bb_score_options options = {.data = &path, .lists = &lists, .cache = bb_cache_open(NULL, true), .jobs = 1};
    struct bb_unit_blocks units = {0};
    struct bb_results *results = bb_score(catalog, &options, &units, NULL);
    size_t at = (size_t)(leaf_of_board() - catalog->tree.node);
    const struct bb_cell *cell = bb_results_cell(results, 0, at);
    const struct bb_facts *facts = &results->facts[at];
    const char *said = "";
    if (cell->status != BB_CELL_OK)
        said = TEXT("%s: %s", bb_status_names[cell->status],
                    cell->reason           ? cell->reason
                    : facts->absent_reason ? facts->absent_reason
                                           : "without a reason");
    else if (isnan(cell->score) || cell->score < 0)
        said = TEXT("ok, with the score %g of raw %g", cell->score, cell->raw);
    bb_cache_close(options.cache);
    bb_results_free(results);
    free(units.block);
    return said;
}

/* What no model can have a score on, and the reason that it is given. */
static const struct {
    const char *id, *reason;
} impossible[] = {{"Tuckute2024-rdm", "has 1 neuroid, and an RDM needs at least 2"}};

static const char *reason_of(const char *id)
{
    for (size_t i = 0; i < sizeof impossible / sizeof impossible[0]; i++)
        if (strcmp(impossible[i].id, id) == 0) return impossible[i].reason;
    return NULL;
}

/* Definitions for which nothing synthetic is made yet: their metrics are tested by themselves (tests/unit/test_metric_*), they as they stand are not. */
static bool has_no_data_yet(const char *id)
{
    static const char *const family[] = {"Cadena2017-mask",
                                         "tong.Coggan2024_fMRI",
                                         "Marques2020",
                                         "MajajHong2015public.V4-temporal-pls",
                                         "MajajHong2015public.IT-temporal-pls",
                                         "Igustibagus2024",
                                         "Kar2019-ost",
                                         "Bracci2019.anteriorVTC-rdm",
                                         "Malania2007",
                                         "Islam2021",
                                         "Wikitext-accuracy"};
    for (size_t i = 0; i < sizeof family / sizeof family[0]; i++)
        if (bb_starts_with(id, family[i])) return true;
    return false;
}

/* One in SAMPLE; CATALOG_ALL in the environment: all of them, which takes minutes. */
enum { SAMPLE = 4 };

START_TEST(each_definition_scores_a_synthetic_model)
{
    struct bb_catalog *all = bb_catalog_read_built_in("data/catalog", &catalog_diags);
    size_t n = 0, n_wrong = 0, n_without = 0, step = getenv("CATALOG_ALL") || getenv("CATALOG_ONLY") ? 1 : SAMPLE;
    for (size_t i = 0; i < all->tree.n; i++) {
        const struct bb_node *node = &all->tree.node[i];
        const char *family = getenv("CATALOG_ONLY");
        if (!node->metric || (family && !strstr(node->id, family))) continue;
        if (has_no_data_yet(node->id)) n_without++;
        if (has_no_data_yet(node->id) || i % step) continue;
        open_board(node);
        const char *said = score_board(), *reason = reason_of(node->id);
        n++;
        if (reason ? !strstr(said, reason) : *said) {
            n_wrong++;
            printf("# %s: %s\n", node->id, *said ? said : "has a score, which should not be possible");
        }
        bb_catalog_free(catalog);
        catalog = NULL;
    }
    bb_catalog_free(all);
    printf("# %zu definitions scored, %zu have no synthetic data yet\n", n, n_without);
    ck_assert_msg(n_wrong == 0, "%zu of %zu", n_wrong, n);
    ck_assert_uint_gt(n, 0);
}
END_TEST

Suite *suite_catalog_synthetic(void)
{
    Suite *suite = suite_create("catalog_synthetic");
    TCase *tests = tcase_create("synthetic");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 600);
    tcase_add_test(tests, each_definition_scores_a_synthetic_model);
    suite_add_tcase(suite, tests);
    return suite;
}
