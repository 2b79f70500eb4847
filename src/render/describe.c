#include "render/describe.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

static const char *take(struct bb_arena *arena, struct bb_buf *text)
{
    const char *copy = bb_arena_strdup(arena, bb_buf_text(text));
    bb_buf_release(text);
    return copy;
}

const char *bb_describe_number(struct bb_arena *arena, double value)
{
    char text[64];
    double size = fabs(value);
    bb_format_fixed(text, value, size >= 100 ? 1 : size > 0 && size < .01 ? 6 : 4);
    return text[0] == '-' ? bb_arena_printf(arena, "−%s", text + 1) : bb_arena_strdup(arena, text);
}

const char *bb_describe_count(struct bb_arena *arena, long n)
{
    enum { THOUSAND = 1000 };
    if (n < THOUSAND) return bb_arena_printf(arena, "%ld", n);
    return bb_arena_printf(arena, "%s,%03ld", bb_describe_count(arena, n / THOUSAND), n % THOUSAND);
}

/* --- values of parameters --------------------------------------------------------------------------------------------- */

static void add_value(struct bb_buf *out, const struct bb_json *json);

static void add_list(struct bb_buf *out, const struct bb_json *json)
{
    for (size_t i = 0; i < json->as.list.n; i++) {
        if (i) bb_buf_puts(out, ", ");
        if (json->type == BB_JSON_OBJECT) bb_buf_printf(out, "%s = ", json->as.list.item[i]->key);
        add_value(out, json->as.list.item[i]);
    }
}

static void add_value(struct bb_buf *out, const struct bb_json *json)
{
    char number[32];
    switch (json->type) {
    case BB_JSON_NULL:
        bb_buf_puts(out, "none");
        break;
    case BB_JSON_BOOL:
        bb_buf_puts(out, json->as.boolean ? "yes" : "no");
        break;
    case BB_JSON_NUMBER:
        bb_format_number(number, json->as.number);
        bb_buf_puts(out, number);
        break;
    case BB_JSON_TEXT:
        bb_buf_puts(out, json->as.text);
        break;
    case BB_JSON_ARRAY:
    case BB_JSON_OBJECT:
        add_list(out, json);
        break;
    }
}

static const char *value_text(const struct bb_json *json, struct bb_arena *arena)
{
    struct bb_buf text = BB_BUF_INIT;
    add_value(&text, json);
    return take(arena, &text);
}

/* --- splits ----------------------------------------------------------------------------------------------------------- */

struct split {
    const char *kind, *by, *on, *disjoint;
    double splits, share; /* share: for training, or of test_only the part that is compared */
};

static bool is_kind(const struct split *split, const char *kind)
{
    return bb_streq(split->kind, kind);
}

static double number_or(const struct bb_json *json, const char *key, double otherwise)
{
    double value = bb_json_number(json, key);
    return isnan(value) ? otherwise : value;
}

static const char *text_or(const struct bb_json *json, const char *key, const char *otherwise)
{
    const char *value = bb_json_text(json, key);
    return value ? value : otherwise;
}

static const char *percent(struct bb_arena *arena, double share)
{
    char text[32];
    bb_format_number(text, bb_round_decimals(100 * share, 2));
    return bb_arena_printf(arena, "%s %%", text);
}

/* Of regressions, whose rows are fitted on and predicted (metric/regression.h has the defaults). */
static void add_fitted_split(struct bb_buf *out, const struct split *split, struct bb_arena *arena)
{
    const char *share = isnan(split->share) ? NULL : percent(arena, split->share);
    if (is_kind(split, "given"))
        bb_buf_puts(out, "fitted on a recording of its own, tested on another");
    else if (is_kind(split, "group_kfold"))
        bb_buf_printf(out, "%g folds that keep each %s together", split->splits, split->by ? split->by : "stimulus");
    else if (is_kind(split, "kfold") || is_kind(split, "stratified_kfold"))
        bb_buf_printf(out, "%g folds", split->splits);
    else
        bb_buf_printf(out, "%g %ssplits", split->splits, is_kind(split, "shuffle") ? "random " : "");
    if (bb_starts_with(split->kind, "stratified")) bb_buf_printf(out, " stratified by %s", split->by);
    if (share && (is_kind(split, "shuffle") || is_kind(split, "stratified_shuffle")))
        bb_buf_printf(out, ", %s for training", share);
    if (split->on) bb_buf_printf(out, ", drawn over %s", split->on);
    if (split->disjoint) bb_buf_printf(out, ", without training stimuli that share a %s with a test stimulus", split->disjoint);
}

static struct split regression_split(const struct bb_node *node, const struct bb_json *json)
{
    bool language = bb_streq(bb_json_text(node->metric_json, "dialect"), "language"), trained_apart = false;
    for (size_t i = 0; i < node->data.n; i++) trained_apart |= node->data.source[i].part == BB_PART_TRAIN;
    if (node->data_train.n) trained_apart = true;
    const char *usual = trained_apart ? "given" : language ? "shuffle" : "stratified_shuffle";
    double test = bb_json_number(json, "test");
    struct split split = {.kind = text_or(json, "kind", usual),
                          .by = bb_json_text(json, "by"),
                          .on = bb_json_text(json, "on"),
                          .splits = number_or(json, "splits", 10),
                          .share = number_or(json, "train", isnan(test) ? .9 : 1 - test),
                          .disjoint = bb_json_text(json, "disjoint")};
    if (!split.by && bb_starts_with(split.kind, "stratified")) split.by = "object_name";
    return split;
}

static void add_regression_split(struct bb_buf *out, const struct bb_node *node, const struct bb_json *json,
                                 struct bb_arena *arena)
{
    struct split split = regression_split(node, json);
    add_fitted_split(out, &split, arena);
}

static const char *geometry_split(const struct bb_node *node, const struct bb_json *json)
{
    bool language = bb_streq(bb_json_text(node->metric_json, "dialect"), "language");
    return text_or(json, "kind", json || language ? "test_only" : "none");
}

static void add_geometry_split(struct bb_buf *out, const struct bb_node *node, const struct bb_json *json, struct bb_arena *arena)
{
    const char *kind = geometry_split(node, json), *by = bb_json_text(json, "by");
    double train = bb_json_number(json, "train");
    if (bb_streq(kind, "none")) {
        bb_buf_puts(out, "all stimuli at once");
        return;
    }
    bb_buf_printf(out, "in %g random parts of %s of the stimuli", number_or(json, "splits", 10),
                  percent(arena, number_or(json, "test", isnan(train) ? .9 : 1 - train)));
    if (by) bb_buf_printf(out, " stratified by %s", by);
}

/* --- metrics ---------------------------------------------------------------------------------------------------------- */

struct phrase {
    const char *name, *text;
    const char *usual; /* what holds when a parameter is not stated; NULL: nothing to say */
    void (*split)(struct bb_buf *, const struct bb_node *, const struct bb_json *, struct bb_arena *); /* NULL: none */
};

static const struct phrase phrases[] = {
    {"pls", "PLS regression of each unit on the model’s features", "25 components", add_regression_split},
    {"reverse_pls", "PLS regression of each of the model’s features on the units", "25 components", add_regression_split},
    {"ridge", "ridge regression of each unit on the model’s features", "penalty α = 1", add_regression_split},
    {"ridgecv", "ridge regression of each unit on the model’s features, its penalty α chosen inside the training part",
     "among the penalties of the reference", add_regression_split},
    {"linear", "linear regression of each unit on the model’s features", NULL, add_regression_split},
    {"neuron_to_neuron", "the one feature of the model that goes best with each unit", NULL, add_regression_split},
    {"rdm", "correlation of the dissimilarities of all pairs of stimuli in model and recording", "Spearman’s ρ",
     add_geometry_split},
    {"cka", "centred kernel alignment of model and recording, without bias", NULL, add_geometry_split},
    {"cka_biased", "centred kernel alignment of model and recording", NULL, add_geometry_split},
    {"accuracy", "share of the model’s choices that are right", NULL, NULL},
    {"accuracy_distance", "how near the model’s accuracy is to that of each person", NULL, NULL},
    {"accuracy_difference", "squared difference of the accuracies of model and person", NULL, NULL},
    {"error_consistency", "whether model and person err on the same stimuli, beyond what their accuracies make likely", NULL,
     NULL},
    {"observed_consistency", "how often model and person are both right or both wrong", NULL, NULL},
    {"shape_bias", "how often the model names the shape rather than the texture", NULL, NULL},
    {"item_accuracy", "share of items whose predictions are all met", NULL, NULL},
    {"pearsonr", "Pearson correlation of the model’s value with the measured one, over items", NULL, NULL},
    {"spearmanr", "Spearman correlation of the model’s value with the measured one, over items", NULL, NULL},
    {"factor_dimensionality", "share of the layer’s dimensions that images with the factor in common have in common", NULL, NULL},
    {"ks_similarity", "whether the model’s units have a property in the proportions that neurons have it", NULL, NULL},
    {"mask_regression", "each unit by one mask over the places of a feature map and one weight per channel",
     "40 epochs of Adam, seed 0", add_regression_split},
    {"next_word_accuracy", "share of contexts after which the model names the word that follows", NULL, NULL},
    {"ost", "whether the model solves the same images early, and the same late, as the recorded neurons; by a readout of our own",
     NULL, NULL},
    {"perplexity", "two to the mean surprisal of the words", NULL, NULL},
    {"ridge_classifier_readout",
     "how well a linear readout that was fitted on one style of pictures tells objects apart in others", NULL, NULL},
    {"roi_rdm", "correlation of the dissimilarities of all pairs of stimuli in the model and in voxels averaged over people",
     NULL, NULL},
    {"rsm", "correlation of the similarities of all pairs of stimuli in people and in the model’s units that respond", NULL,
     NULL},
    {"spantime_pls", "PLS regression of each unit on the model’s features, one map for all time bins", "25 components",
     add_regression_split},
    {"spantime_ridge", "ridge regression of each unit on the model’s features, one map for all time bins", "penalty α = 1",
     add_regression_split},
    {"temporal_pls", "PLS regression of each unit on the model’s features, a map for each time bin", "25 components",
     add_regression_split},
    {"temporal_ridge", "ridge regression of each unit on the model’s features, a map for each time bin", "penalty α = 1",
     add_regression_split},
    {"threshold", "how near the stimulus strength at which the model can tell is to that of each person", NULL, NULL},
    {"threshold_elevation", "how near the rise of the model’s threshold in a condition is to that of each person", NULL, NULL},
    {"baker_accuracy_delta", "how near what the model loses when a picture is taken apart is to what people lose", NULL, NULL},
    {"condition_wise_accuracy_similarity", "correlation of the model’s accuracies over conditions with each person’s", NULL,
     NULL},
    {"confusion_similarity", "correlation of the model’s confusions with those of people", NULL, NULL},
    {"i1", "correlation of how well each image is told apart, by model and people", NULL, NULL},
    {"i1n", "correlation of how well each image is told apart, beyond its object, by model and people", NULL, NULL},
    {"i2", "correlation of how well each image is told from each other object, by model and people", NULL, NULL},
    {"i2n", "correlation of how well each image is told from each other object, beyond its own object, by model and people", NULL, NULL},
    {"o1", "correlation of how well each object is told apart, by model and people", NULL, NULL},
    {"o2", "correlation of how well each object is told from each other, by model and people", NULL, NULL},
    {"odd_one_out", "share of triplets of images in which the model names the odd one that people name", NULL, NULL},
    {"shape_match", "share of the model’s choices that name the shape", NULL, NULL},
    {"tasks_consistency", "correlation of the model’s accuracies over tasks with those of people", NULL, NULL},
    {"texture_match", "share of the model’s choices that name the texture", NULL, NULL},
    {"value_delta", "how near a quantity of the model’s answers is to that of each person’s", NULL, NULL},
    {"delta_loglik", "what the model’s value adds to a linear regression of the measured one on a baseline", NULL, NULL},
};

static const struct {
    const char *key, *before, *after;
    bool usual; /* replaces the phrase's `usual` */
} parameters[] = {
    {"components", "", " components", true},
    {"alpha", "penalty α = ", "", true},
    {"alphas", "penalties ", "", true},
    {"similarity", "compared by ", "", true},
    {"variables", "in each combination of ", "", false},
    {"coordinate", "conditions told apart by ", "", false},
    {"whole", "whole pictures: ", "", false},
    {"condition", "by ", "", false},
    {"by", "for each ", " by itself", false},
    {"variant", "variant “", "”", false},
    {"baseline", "baseline: ", "", false},
    {"spill_over", "with the ", " before", false},
    {"spill_over_baseline", "of the baseline before: ", "", false},
    {"min_trials", "words of at least ", " trials", false},
    {"property", "property: ", "", false},
    {"factor", "factor: ", "", false},
    {"threshold_accuracy", "at a share of right answers of ", "", false},
    {"variable", "over ", "", false},
    {"where", "only where ", "", false},
    {"predictions", "predictions: ", "", false},
    {"items", "", " items", false},
    {"subject", "subjects told apart by ", "", false},
};

static const struct phrase *find_phrase(const char *name)
{
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (bb_streq(phrases[i].name, name)) return &phrases[i];
    return NULL;
}

/* Parameters whose value is the phrase. */
static const char *fixed_phrase(const char *key, const struct bb_json *value)
{
    static const struct {
        const char *key, *value, *text;
    } fixed[] = {{"per", "subject", "each subject by itself"},
                 {"per", "whole", ""},
                 {"dialect", "language", "as Brain-Score language computes it"},
                 {"dialect", "vision", ""},
                 {"similarity", "spearman", "Spearman’s ρ"},
                 {"similarity", "pearson", "Pearson’s r"}};
    for (size_t i = 0; value->type == BB_JSON_TEXT && i < sizeof fixed / sizeof fixed[0]; i++)
        if (bb_streq(fixed[i].key, key) && bb_streq(fixed[i].value, value->as.text)) return fixed[i].text;
    if (bb_streq(key, "absolute") && value->type == BB_JSON_BOOL) return value->as.boolean ? "without its sign" : "";
    if (bb_streq(key, "spill_over") && value->type == BB_JSON_NUMBER)
        return value->as.number == 0 ? "" : value->as.number == 1 ? "with the word before" : NULL;
    return NULL;
}

/* A long list as its range; NULL: it is short, or no list of numbers. */
static const char *penalties_text(const struct bb_json *value, struct bb_arena *arena)
{
    enum { FEW = 6 };
    double low = (double)INFINITY, high = -low;
    if (value->type != BB_JSON_ARRAY || value->as.list.n <= FEW) return NULL;
    for (size_t i = 0; i < value->as.list.n; i++) {
        if (value->as.list.item[i]->type != BB_JSON_NUMBER) return NULL;
        low = fmin(low, value->as.list.item[i]->as.number);
        high = fmax(high, value->as.list.item[i]->as.number);
    }
    return bb_arena_printf(arena, "one of %zu penalties from %g to %g", value->as.list.n, low, high);
}

/* Of these metrics "condition" is one of them; of others the coordinate that tells them apart. */
static bool names_one_condition(const struct bb_metric *metric)
{
    return bb_streq(metric->name, "threshold_elevation") || bb_streq(metric->name, "baker_accuracy_delta");
}

static void add_parameter(struct bb_buf *out, const struct bb_metric *metric, const struct bb_json *value, struct bb_arena *arena)
{
    const char *fixed = fixed_phrase(value->key, value);
    if (!fixed && bb_streq(value->key, "alphas")) fixed = penalties_text(value, arena);
    if (fixed && !*fixed) return;
    bb_buf_puts(out, ", ");
    if (fixed) {
        bb_buf_puts(out, fixed);
        return;
    }
    for (size_t i = 0; i < sizeof parameters / sizeof parameters[0]; i++) {
        if (!bb_streq(parameters[i].key, value->key)) continue;
        const char *words = bb_streq(value->key, "spill_over") ? " words" : "";
        const char *before = bb_streq(value->key, "condition") && names_one_condition(metric) ? "condition " : parameters[i].before;
        bb_buf_printf(out, "%s%s%s%s", before, value_text(value, arena), words, parameters[i].after);
        return;
    }
    bb_buf_printf(out, "%s %s", value->key, value_text(value, arena));
}

static bool states_usual(const struct bb_json *json)
{
    for (size_t i = 0; i < sizeof parameters / sizeof parameters[0]; i++)
        if (parameters[i].usual && bb_json_member(json, parameters[i].key)) return true;
    return false;
}

const char *bb_describe_metric(const struct bb_node *node, const struct bb_facts *facts, struct bb_arena *arena)
{
    struct bb_buf text = BB_BUF_INIT;
    const struct bb_json *json = node->metric_json && node->metric_json->type == BB_JSON_OBJECT ? node->metric_json : NULL;
    if (!node->metric) return NULL;
    const struct phrase *phrase = find_phrase(node->metric->name);
    bb_buf_puts(&text, phrase ? phrase->text : node->metric->title);
    bool penalty_is_chosen = bb_streq(node->metric->name, "ridge") && bb_streq(bb_json_text(json, "dialect"), "language");
    if (phrase && phrase->usual && !states_usual(json) && !penalty_is_chosen) bb_buf_printf(&text, ", %s", phrase->usual);
    if (penalty_is_chosen && !states_usual(json)) bb_buf_puts(&text, ", its penalty α chosen inside the training part");
    for (size_t i = 0; json && i < json->as.list.n; i++) {
        const struct bb_json *value = json->as.list.item[i];
        if (!bb_streq(value->key, "name") && !bb_streq(value->key, "split")) add_parameter(&text, node->metric, value, arena);
    }
    const struct bb_json *split = bb_json_member(json, "split");
    bool is_table = bb_describe_answer(node, facts) == BB_ANSWER_PAIRS;
    if (phrase && phrase->split && !is_table) {
        bb_buf_puts(&text, ", ");
        phrase->split(&text, node, split, arena);
    } else if (split) {
        bb_buf_printf(&text, ", split %s", value_text(split, arena));
    }
    return take(arena, &text);
}

/* --- the raw value and the score as formulas --------------------------------------------------------------------------- */

static bool is_per_subject(const struct bb_node *node)
{
    return bb_streq(bb_json_text(node->metric_json, "per"), "subject");
}

/* The metric is computed for each of several conditions. */
static bool is_by_condition(const struct bb_node *node)
{
    return node->metric && node->metric->by && node->metric->by(node->metric_params);
}

const char *bb_describe_parts(const struct bb_node *node)
{
    const struct phrase *phrase = node->metric ? find_phrase(node->metric->name) : NULL;
    if (is_by_condition(node)) return "conditions";
    if (!phrase) return NULL;
    if (phrase->split == add_regression_split)
        return node->metric->over_time ? "time bins" : is_per_subject(node) ? "subjects" : NULL;
    return node->metric->behavior == BB_BEHAVIOR_PROBABILITIES ? "halves of the trials" : NULL;
}

const char *bb_describe_shuffled(const struct bb_node *node)
{
    return bb_streq(node->twin, node->id) ? "shuffled over stimuli that each stand alone: it keeps apart all that goes together"
                                          : "shuffled: stimuli that go together can be on both sides of it";
}

/* "subjects", "time bins and splits"; "": what is computed is no mean. */
static const char *means_of(const struct bb_node *node, const struct phrase *phrase, struct bb_arena *arena)
{
    const struct bb_json *split = bb_json_member(node->metric_json, "split");
    bool fits = phrase->split == add_regression_split;
    bool drawn = !bb_streq(fits ? regression_split(node, split).kind : geometry_split(node, split), fits ? "given" : "none");
    const char *parts = node->metric->over_time ? "time bins" : is_per_subject(node) ? "subjects" : "";
    return bb_arena_printf(arena, "%s%s%s", parts, *parts && drawn ? " and " : "", drawn ? "splits" : "");
}

const char *bb_describe_raw(const struct bb_node *node, const struct bb_facts *facts, struct bb_arena *arena)
{
    const struct phrase *phrase = node->metric ? find_phrase(node->metric->name) : NULL;
    const char *formula = node->metric ? node->metric->formula : NULL;
    if (!phrase || !phrase->split || bb_describe_answer(node, facts) == BB_ANSWER_PAIRS) return formula;
    const char *of = bb_starts_with(formula, "mean over ") ? strstr(formula, " of the ") : NULL;
    const char *what = of ? of + strlen(" of the ") : formula, *means = means_of(node, phrase, arena);
    return *means ? bb_arena_printf(arena, "mean over %s of the %s", means, what) : what;
}

const char *bb_describe_rule_words(const struct bb_node *node, const struct bb_facts *facts, struct bb_arena *arena)
{
    const char *text = bb_normalise_formula(node->normalise), *parts = bb_describe_parts(node);
    bool clips_parts = parts && node->metric->clips_parts;
    if (parts && node->normalise != BB_NORMALISE_NONE)
        text = bb_arena_printf(arena, "mean over %s of %s%s", parts, text,
                               node->ceiling && !clips_parts ? ", each by its own ceiling" : "");
    if (node->normalise == BB_NORMALISE_CHANCE)
        text = bb_arena_printf(arena, "%s, chance = %s%s", text, bb_describe_number(arena, node->chance),
                               bb_describe_has_ceiling(node, facts) ? "" : ", c = 1");
    if (node->clip.n == 2) {
        char low[32], high[32];
        bb_format_number(low, node->clip.number[0]);
        bb_format_number(high, node->clip.number[1]);
        text = bb_arena_printf(arena, "%s, %scut to [%s, %s]", text, clips_parts ? "each " : "", low, high);
    }
    return node->lower_better ? bb_arena_printf(arena, "%s; lower is better", text) : text;
}

bool bb_describe_has_ceiling(const struct bb_node *node, const struct bb_facts *facts)
{
    return node->ceiling || !isnan(node->ceiling_value) || bb_node_ceiling_name(node) || !isnan(facts->ceiling.value);
}

const char *bb_describe_ceiling(const struct bb_node *node, const struct bb_facts *facts, struct bb_arena *arena)
{
    struct bb_buf text = BB_BUF_INIT;
    if (!node->ceiling) {
        bool stated = bb_streq(facts->ceiling_how, "stated");
        return stated ? "stated with the benchmark, not computed here" : facts->ceiling_how;
    }
    bb_buf_printf(&text, "%s: %s", node->ceiling->title, node->ceiling->formula);
    const struct bb_json *json = node->ceiling_json;
    for (size_t i = 0; json && json->type == BB_JSON_OBJECT && i < json->as.list.n; i++) {
        const struct bb_json *value = json->as.list.item[i];
        if (bb_streq(value->key, "name")) continue;
        bool counts = bb_streq(value->key, "splits") || bb_streq(value->key, "bootstraps");
        const char *shown = value_text(value, arena);
        if (counts)
            bb_buf_printf(&text, ", %s %s", shown, value->key);
        else
            bb_buf_printf(&text, ", %s %s", value->key, shown);
    }
    if (is_by_condition(node)) bb_buf_puts(&text, ", of each condition; of these the mean");
    return take(arena, &text);
}

/* --- worked examples -------------------------------------------------------------------------------------------------- */

/* "0.58", or "(−0.58)" where a power or a difference follows. */
static const char *operand(struct bb_arena *arena, double value)
{
    const char *number = bb_describe_number(arena, value);
    return value < 0 ? bb_arena_printf(arena, "(%s)", number) : number;
}

const char *bb_describe_rule(const struct bb_node *node, const struct bb_rule_numbers *n, struct bb_arena *arena)
{
    switch (node->normalise) {
    case BB_NORMALISE_NONE:
        return NULL;
    case BB_NORMALISE_RATIO:
        return bb_arena_printf(arena, "%s / %s", n->raw, n->ceiling);
    case BB_NORMALISE_RATIO_SQUARED:
        return bb_arena_printf(arena, "(%s / %s)²", n->raw, n->ceiling);
    case BB_NORMALISE_EXPLAINED_VARIANCE:
        return bb_arena_printf(arena, "%s² / %s", n->base, n->ceiling);
    case BB_NORMALISE_RATIO_SQRT:
        return bb_arena_printf(arena, "%s / √%s", n->raw, n->ceiling);
    case BB_NORMALISE_CHANCE:
        return bb_arena_printf(arena, "(%s − %s) / (%s − %s)", n->raw, n->chance, n->ceiling, n->chance);
    }
    return NULL;
}

static const char *with_numbers(const struct bb_node *node, double r, double c, struct bb_arena *arena)
{
    const char *raw = operand(arena, r);
    struct bb_rule_numbers numbers = {raw, raw, node->normalise == BB_NORMALISE_CHANCE && isnan(c) ? "1" : operand(arena, c),
                                      operand(arena, node->chance)};
    return bb_describe_rule(node, &numbers, arena);
}

static bool same(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(1, fmax(fabs(a), fabs(b)));
}

const char *bb_describe_score(const struct bb_node *node, double raw, double ceiling, double score, struct bb_arena *arena)
{
    struct bb_node whole = *node;
    double made = bb_node_score(node, raw, ceiling);
    if (isnan(made) || isnan(score) || !same(made, score)) return NULL;
    whole.clip.n = 0;
    double before = bb_node_score(&whole, raw, ceiling);
    const char *numbers = with_numbers(node, raw, ceiling, arena), *formula = bb_normalise_formula(node->normalise);
    struct bb_buf text = BB_BUF_INIT;
    bb_buf_puts(&text, formula);
    if (numbers) bb_buf_printf(&text, " = %s", numbers);
    bb_buf_printf(&text, " = %s", bb_describe_number(arena, before));
    if (!same(before, made)) bb_buf_printf(&text, ", cut to %s", bb_describe_number(arena, made));
    return take(arena, &text);
}

static const char *const slopes[] = {
    [BB_NORMALISE_NONE] = "1",
    [BB_NORMALISE_RATIO] = "1 / c",
    [BB_NORMALISE_RATIO_SQUARED] = "2 |r| / c²",
    [BB_NORMALISE_EXPLAINED_VARIANCE] = "2 |r| / c",
    [BB_NORMALISE_RATIO_SQRT] = "1 / √c",
    [BB_NORMALISE_CHANCE] = "1 / (c − chance)",
};

const char *bb_describe_error(const struct bb_node *node, const struct bb_cell *cell, struct bb_arena *arena)
{
    double made = bb_node_score_error(node, cell->raw, cell->ceiling, cell->raw_error);
    if (isnan(made) || isnan(cell->error) || !cell->error_kind || !same(made, cell->error)) return NULL;
    if (node->normalise == BB_NORMALISE_NONE) return bb_describe_number(arena, made);
    return bb_arena_printf(arena, "%s · %s = %s", slopes[node->normalise], bb_describe_number(arena, cell->raw_error),
                           bb_describe_number(arena, made));
}

/* --- what a model must give ------------------------------------------------------------------------------------------- */

static bool wants(const struct bb_metric *metric, const char *coord)
{
    for (size_t i = 0; metric->model_coords && metric->model_coords[i]; i++)
        if (bb_streq(metric->model_coords[i], coord)) return true;
    return false;
}

static bool allows_pairs(const struct bb_node *node)
{
    return node->metric && node->metric->score_features && wants(node->metric, "stimulus_a");
}

enum bb_answer bb_describe_answer(const struct bb_node *node, const struct bb_facts *facts)
{
    static const struct {
        const char *coord;
        enum bb_answer answer;
    } by_coord[] = {
        {"choice", BB_ANSWER_CHOICES}, {"bits", BB_ANSWER_BITS}, {"stimulus_a", BB_ANSWER_PAIRS}, {"value", BB_ANSWER_VALUES}};
    if (!node->metric) return BB_ANSWER_NONE;
    /* a recording of units has an oracle, or a sentence why not; a table of pairs has neither, and wants one from the model */
    bool has_units = !facts->present || !isnan(facts->oracle) || facts->oracle_failure;
    if (allows_pairs(node) && !has_units) return BB_ANSWER_PAIRS;
    if (node->metric->score_features) return BB_ANSWER_ACTIVATIONS;
    if (node->metric->behavior) return BB_ANSWER_CHOICES;
    for (size_t i = 0; i < sizeof by_coord / sizeof by_coord[0]; i++)
        if (wants(node->metric, by_coord[i].coord))
            return by_coord[i].answer == BB_ANSWER_BITS && bb_json_member(node->metric_json, "predictions") ? BB_ANSWER_REGIONS
                                                                                                            : by_coord[i].answer;
    return BB_ANSWER_NONE;
}
