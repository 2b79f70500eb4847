#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "cli/columns_text.h"
#include "cli/explain_method.h"
#include "cli/known.h"
#include "render/describe.h"

struct explaining {
    const struct bb_tree *tree;
    const struct bb_node *node;
    struct bb_facts facts; /* as before scoring: nothing was found out */
    struct bb_arena *arena;
    struct bb_buf *out;
};

#define TEXT(it, ...) bb_arena_printf((it)->arena, __VA_ARGS__)

/* "a", "a, b": with a separator where there is something before. */
static const char *and_then(const struct explaining *it, const char *before, const char *separator, const char *more)
{
    if (!more || !*more) return before;
    return *before ? TEXT(it, "%s%s%s", before, separator, more) : more;
}

static const char *counted(const struct explaining *it, long n, const char *one, const char *many)
{
    return n > 0 ? TEXT(it, "%s %s", bb_describe_count(it->arena, n), n == 1 ? one : many) : NULL;
}

/* --- what is measured --------------------------------------------------------------------------------------------- */

static const char *degrees_text(const struct explaining *it, double degrees)
{
    char number[32];
    if (isnan(degrees)) return NULL;
    bb_format_number(number, degrees);
    return TEXT(it, "%s°", number);
}

/* The first and the last where there are many. */
static const char *bins_text(const struct explaining *it)
{
    const struct bb_node *node = it->node;
    size_t n = node->n_time_bins;
    if (!n) return NULL;
    if (n == 1) return TEXT(it, "%g–%g ms", node->time_bin[0][0], node->time_bin[0][1]);
    return TEXT(it, "%zu time bins from %g–%g to %g–%g ms", n, node->time_bin[0][0], node->time_bin[0][1],
                node->time_bin[n - 1][0], node->time_bin[n - 1][1]);
}

static void explain_measured(const struct explaining *it)
{
    const struct bb_node *node = it->node;
    const char *text = "";
    text = and_then(it, text, ", ", node->region);
    text = and_then(it, text, ", ", node->species);
    text = and_then(it, text, ", ", counted(it, node->subjects, "subject", "subjects"));
    text = and_then(it, text, ", ", counted(it, node->units, "unit", "units"));
    text = and_then(it, text, ", ", bins_text(it));
    bb_labelled_text(it->out, "Measured", text);
    text = counted(it, node->n_stimuli, "stimulus", "stimuli");
    text = and_then(it, text ? text : "", ", ", node->stimuli ? TEXT(it, "set %s", node->stimuli) : NULL);
    text = and_then(it, text, ", shown at ", degrees_text(it, node->visual_degrees));
    text = and_then(it, text, ", ", counted(it, node->trials, "trial each", "trials each"));
    bb_labelled_text(it->out, "Stimuli", text);
}

/* --- what a model must give --------------------------------------------------------------------------------------- */

static void explain_needs(const struct explaining *it)
{
    static const char *const words[BB_N_ANSWERS] = {
        [BB_ANSWER_ACTIVATIONS] = "activations (presentation × feature, with a layer of each feature), or Gram matrices of them",
        [BB_ANSWER_CHOICES] = "a choice for each stimulus",
        [BB_ANSWER_VALUES] = "a number for each stimulus, such as the surprisal of a word",
        [BB_ANSWER_BITS] = "for each item whether its predictions are all met (suite, bits)",
        [BB_ANSWER_REGIONS] =
            "for each item, condition and region the surprisal of its words, summed, in bits (suite, item, condition, region, value); or, "
            "ready-made, for each item whether its predictions are all met (suite, bits)",
        [BB_ANSWER_PAIRS] = "a dissimilarity for each pair of stimuli, or activations or Gram matrices, which they are made of",
    };
    const struct bb_node *node = it->node;
    const char *answer = node->metric && node->metric->needs ? node->metric->needs
                         : node->metric                      ? words[bb_describe_answer(node, &it->facts)]
                                                             : NULL;
    if (!node->stimuli) return;
    const char *text =
        answer ? TEXT(it, "for the set %s, %s", node->stimuli, answer) : TEXT(it, "answers to the set %s", node->stimuli);
    const char *people = strstr(text, "; of "); /* what the recording has of them */
    if (people) text = TEXT(it, "%.*s", (int)(people - text), text);
    if (node->fitting_stimuli && !bb_streq(node->fitting_stimuli, node->stimuli))
        text = TEXT(it, "%s. Where something is fitted, also for the set %s", text, node->fitting_stimuli);
    if (node->metric && node->metric->needs_features) text = TEXT(it, "%s. Gram matrices are not enough", text);
    bb_labelled_text(it->out, "A model gives", text);
    size_t who = people ? strcspn(people, ",") : 0;
    if (who) bb_labelled_text(it->out, TEXT(it, "O%.*s", (int)who - 3, people + 3), people + who + strspn(people + who, ", "));
}

/* --- from raw value to score -------------------------------------------------------------------------------------- */

static const char *known_ceiling_text(const struct explaining *it, const double known[2])
{
    if (isnan(known[0])) return NULL;
    const char *error = isnan(known[1]) ? "" : TEXT(it, " ± %s", bb_describe_number(it->arena, known[1]));
    return TEXT(it, "The reference has %s%s.", bb_describe_number(it->arena, known[0]), error);
}

static const char *ceiling_text(const struct explaining *it)
{
    const struct bb_node *node = it->node;
    const char *name = bb_node_ceiling_name(node);
    if (!isnan(node->ceiling_value)) {
        const char *error =
            isnan(node->ceiling_error) ? "" : TEXT(it, " ± %s", bb_describe_number(it->arena, node->ceiling_error));
        return TEXT(it, "%s%s, stated with the benchmark", bb_describe_number(it->arena, node->ceiling_value), error);
    }
    if (node->ceiling) return bb_describe_ceiling(node, &it->facts, it->arena);
    return name ? TEXT(it, "%s, which this program does not compute", name) : "none";
}

static void explain_metric(const struct explaining *it)
{
    const struct bb_node *node = it->node;
    const char *name = bb_node_metric_name(node);
    if (node->listed_only) {
        bb_labelled_text(it->out, "Metric", "published scores only");
        return;
    }
    const struct bb_metric *metric = name ? bb_metric_find(name) : NULL;
    if (!node->metric) {
        const char *what = metric ? "does not compute as the definition has it, or not with its ceiling" : "does not compute";
        bb_labelled_text(it->out, "Metric", TEXT(it, "%s, which this program %s", name, what));
        return;
    }
    bb_labelled_text(it->out, "Metric", bb_describe_metric(node, &it->facts, it->arena));
    bb_labelled_text(it->out, "Raw value",
                     TEXT(it, "r = %s (%s/%d)", bb_describe_raw(node, &it->facts, it->arena), node->metric->name, node->metric->version));
}

/* With the ceiling that is known, or else an assumed one, for a raw value in its middle. */
static const char *example_text(const struct explaining *it, double known)
{
    bool assumes = isnan(known) && bb_describe_has_ceiling(it->node, &it->facts);
    double ceiling = assumes ? .8 : known;
    double raw =
        it->node->normalise == BB_NORMALISE_CHANCE ? (it->node->chance + (isnan(ceiling) ? 1 : ceiling)) / 2 : ceiling / 2;
    if (isnan(raw)) raw = .5;
    raw = bb_round_decimals(raw, 2);
    double score = bb_node_score(it->node, raw, ceiling);
    const char *sum =
        it->node->normalise == BB_NORMALISE_NONE ? NULL : bb_describe_score(it->node, raw, ceiling, score, it->arena);
    if (!sum) return NULL;
    return TEXT(it, "For example, %sr = %s%s: %s.", bb_describe_parts(it->node) ? "for one of them, " : "",
                bb_describe_number(it->arena, raw),
                assumes ? TEXT(it, " and an assumed c = %s", bb_describe_number(it->arena, ceiling)) : "", sum);
}

static void explain_score(const struct explaining *it)
{
    const struct bb_node *node = it->node;
    double known[2];
    bb_node_known_ceiling(node, known);
    explain_metric(it);
    if (node->listed_only) return;
    bb_labelled_text(it->out, "Ceiling", and_then(it, TEXT(it, "c = %s", ceiling_text(it)), ". ", known_ceiling_text(it, known)));
    const char *rule = bb_describe_rule_words(node, &it->facts, it->arena);
    const char *example = example_text(it, isnan(node->ceiling_value) ? known[0] : node->ceiling_value);
    bb_labelled_text(it->out, "Score", and_then(it, rule, ". ", example));
}

/* --- where data are from ------------------------------------------------------------------------------------------ */

static const char *access_text(const struct bb_node *node)
{
    static const char *const words[BB_N_ACCESS] = {[BB_ACCESS_UNKNOWN] = "Whether its data are public is not stated.",
                                                   [BB_ACCESS_PUBLIC] = "Its data are public.",
                                                   [BB_ACCESS_PRIVATE] = "Its data are not public: they are to be asked for."};
    return node->verified ? words[node->access] : NULL;
}

static const char *file_text(const struct explaining *it, const char *name, const char *sha1, const char *url)
{
    const char *text = name;
    enum { LINE = 85 - sizeof "  SHA-1 " - 40 }; /* a digest that is broken cannot be copied */
    if (sha1) text = TEXT(it, "%s%sSHA-1 %s", text, strlen(name) > LINE ? "\n" : "  ", sha1);
    return url ? TEXT(it, "%s\n%s", text, url) : text;
}

/* "region: IT", "reliability above 0.3", "condition: not 0, 0.6" */
static const char *where_text(const struct explaining *it, const struct bb_where_rule *rule)
{
    const char *list = "";
    if (rule->ranged)
        return TEXT(it, "%s%s%s", rule->coord, isinf(rule->above) ? "" : TEXT(it, " above %g", rule->above),
                    isinf(rule->below) ? "" : TEXT(it, " below %g", rule->below));
    for (size_t i = 0; i < rule->value.n; i++) list = and_then(it, list, ", ", *rule->value.name[i] ? rule->value.name[i] : "missing");
    return TEXT(it, "%s: %s%s", rule->coord, rule->drop ? "not " : "", list);
}

/* What of a file counts; "": everything. */
static const char *selection_text(const struct explaining *it, const struct bb_source *source)
{
    static const char *const gaps[] = {[BB_GAPS_OF_NEUROIDS] = "no neuroids that lack a response",
                                       [BB_GAPS_OF_PRESENTATIONS] = "no stimuli that a neuroid has no response to"};
    const char *text = "";
    for (size_t i = 0; i < source->columns.n_where; i++) text = and_then(it, text, "; ", where_text(it, &source->columns.where[i]));
    if (!isnan(source->min_consistency))
        text = and_then(it, text, "; ", TEXT(it, "neuroids whose internal consistency is above %g", source->min_consistency));
    return source->drop_missing ? and_then(it, text, "; ", gaps[source->drop_missing]) : text;
}

static void explain_sources(const struct explaining *it, const struct bb_sources *sources, const char *label)
{
    for (size_t i = 0; i < sources->n; i++) {
        const struct bb_source *source = &sources->source[i];
        for (size_t f = 0; f < source->file.n; f++)
            bb_labelled_text(it->out, f ? "" : label, file_text(it, source->file.text[f], source->sha1, f ? NULL : source->url));
        bb_labelled_text(it->out, "of which", selection_text(it, source));
        bb_labelled_text(it->out, "License", source->license);
    }
}

static void explain_stimulus_file(const struct explaining *it, const struct bb_json *json, const char *label)
{
    const char *file = bb_json_text(json, "file");
    if (file) bb_labelled_text(it->out, label, file_text(it, file, bb_json_text(json, "sha1"), bb_json_text(json, "url")));
}

static void explain_stimulus_data(const struct explaining *it)
{
    const struct bb_json *sets = it->node->stimulus_data_json;
    for (size_t i = 0; sets && sets->type == BB_JSON_ARRAY && i < sets->as.list.n; i++) {
        explain_stimulus_file(it, sets->as.list.item[i], "Stimulus set");
        explain_stimulus_file(it, bb_json_member(sets->as.list.item[i], "pictures"), "");
    }
}

static void explain_data(const struct explaining *it)
{
    explain_sources(it, &it->node->data_train, "Fitted on");
    explain_sources(it, &it->node->data, it->node->data_train.n ? "Tested on" : "Data");
    explain_sources(it, &it->node->data_stimuli, "Stimuli are");
    explain_stimulus_data(it);
    bb_labelled_text(it->out, "Access", access_text(it->node));
    bb_labelled_text(it->out, "Layout", bb_node_layout(it->node));
}

/* --- where it stands ---------------------------------------------------------------------------------------------- */

static const char *path_text(const struct explaining *it)
{
    const char *path = it->node->id;
    for (size_t i = it->node->parent_index; i != BB_NO_NODE; i = it->tree->node[i].parent_index)
        path = TEXT(it, "%s › %s", it->tree->node[i].id, path);
    return path;
}

static const char *reference_text(const struct explaining *it)
{
    const struct bb_node *node = it->node;
    const char *text = node->ours ? "ours: the reference registers no such benchmark" : "";
    if (node->identifier) text = and_then(it, text, "; ", TEXT(it, "its results are called %s there", node->identifier));
    if (node->reference_parent && *node->reference_parent)
        text = and_then(it, text, "; ", TEXT(it, "its parent there is %s", node->reference_parent));
    else if (node->reference_parent && !node->ours)
        text = and_then(it, text, "; ", "it has no parent there");
    return text;
}

static void explain_place(const struct explaining *it)
{
    bb_labelled_text(it->out, "Stands at", path_text(it));
    bb_labelled_text(it->out, "Reference", reference_text(it));
    if (it->node->shuffled_split)
        bb_labelled_text(it->out, "Split",
                         bb_streq(it->node->twin, it->node->id)
                             ? bb_describe_shuffled(it->node)
                             : TEXT(it, "%s; grouped twin: %s", bb_describe_shuffled(it->node), it->node->twin));
    bb_labelled_text(it->out, "Note", it->node->note);
}

/* "V1 (24 benchmarks)"; of a benchmark only its id. */
static const char *named(const struct explaining *it, size_t index)
{
    const struct bb_tree *tree = it->tree;
    size_t n = 0;
    if (bb_node_is_leaf(&tree->node[index])) return tree->node[index].id;
    for (size_t i = index; i < tree->n && (i == index || tree->node[i].depth > tree->node[index].depth); i++)
        n += bb_node_is_leaf(&tree->node[i]);
    return TEXT(it, "%s (%zu benchmark%s)", tree->node[index].id, n, n == 1 ? "" : "s");
}

static const char *children_text(const struct explaining *it)
{
    const char *text = "";
    for (size_t c = 0; c < it->node->n_children; c++)
        text = and_then(it, text, ", ", named(it, it->tree->child[it->node->first_child + c]));
    return text;
}

/* A domain is no node: what stands at the top of it. false: there is none of that name. */
static bool explain_domain(const struct explaining *it, const char *domain, bool json)
{
    const char *text = "";
    for (size_t i = 0; i < it->tree->n; i++)
        if (it->tree->node[i].parent_index == BB_NO_NODE && bb_streq(it->tree->node[i].domain, domain))
            text = and_then(it, text, ", ", named(it, i));
    if (!*text) return false;
    if (json) {
        struct bb_json_writer w;
        bb_jw_init(&w, it->out, 2);
        bb_jw_object(&w);
        bb_jw_member_text(&w, "domain", domain);
        bb_jw_key(&w, "below");
        bb_jw_array(&w);
        for (size_t i = 0; i < it->tree->n; i++)
            if (it->tree->node[i].parent_index == BB_NO_NODE && bb_streq(it->tree->node[i].domain, domain))
                bb_jw_text(&w, it->tree->node[i].id);
        bb_jw_array_end(&w);
        bb_jw_object_end(&w);
        bb_buf_putc(it->out, '\n');
        return true;
    }
    bb_buf_printf(it->out, "%s, a domain\n\n", domain);
    bb_labelled_text(it->out, "Below it", text);
    return true;
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

static void explain(const struct explaining *it)
{
    const struct bb_node *node = it->node;
    bool is_leaf = bb_node_is_leaf(node);
    bb_buf_printf(it->out, "%s", node->title);
    if (!bb_streq(node->title, node->id)) bb_buf_printf(it->out, " (%s)", node->id);
    if (node->version > 0) bb_buf_printf(it->out, ", version %ld", node->version);
    bb_buf_puts(it->out, "\n\n");
    if (node->unscorable) bb_labelled_text(it->out, "No score", TEXT(it, "No model can have a score on it: %s.", node->unscorable));
    bb_labelled_text(it->out, "What it asks", node->description);
    if (is_leaf) {
        explain_measured(it);
        explain_needs(it);
        explain_score(it);
        explain_data(it);
        bb_labelled_text(it->out, "Checked", bb_verified_words[node->verified]);
    } else {
        const char *rule = node->no_average ? "none: what is below has no common scale" : "the mean of what stands below it";
        bb_labelled_text(it->out, "Below it", children_text(it));
        bb_labelled_text(it->out, "Score", rule);
    }
    explain_place(it);
    if (node->bibtex) bb_buf_printf(it->out, "\n%s\n", node->bibtex); /* to be copied: not wrapped */
}

static void write_json(const struct explaining *it)
{
    struct bb_json_writer w;
    const struct bb_node *node = it->node;
    bb_jw_init(&w, it->out, 2);
    bb_jw_object(&w);
    bb_node_write_listed(&w, node, it->arena);
    bb_jw_member_text(&w, "path", path_text(it));
    bb_jw_member_text(&w, "layout", bb_node_layout(node));
    bb_jw_member_text(&w, "metric_words", bb_describe_metric(node, &it->facts, it->arena));
    bb_jw_member_text(&w, "metric_formula", bb_describe_raw(node, &it->facts, it->arena));
    if (bb_node_is_leaf(node)) bb_jw_member_text(&w, "ceiling_words", ceiling_text(it));
    if (bb_node_is_leaf(node)) bb_jw_member_text(&w, "score_formula", bb_describe_rule_words(node, &it->facts, it->arena));
    bb_jw_object_end(&w);
    bb_buf_putc(it->out, '\n');
}

static void unknown(const struct bb_catalog *catalog, const char *name)
{
    const struct bb_tree *tree = &catalog->tree;
    size_t n_metrics, n_ceilings, n = 0;
    const char *const *metrics = bb_metric_names(&n_metrics), *const *ceilings = bb_ceiling_names(&n_ceilings);
    const char **id = BB_NEW_ARRAY(catalog->arena, tree->n + n_metrics + n_ceilings, const char *);
    for (size_t i = 0; i < tree->n; i++) id[n++] = tree->node[i].id;
    for (size_t i = 0; i < n_metrics; i++) id[n++] = metrics[i];
    for (size_t i = 0; i < n_ceilings; i++) id[n++] = ceilings[i];
    const char *near = bb_nearest(name, id, n);
    bb_log_error("there is no benchmark, group, domain or metric \"%s\"%s%s%s", name, near ? "; did you mean \"" : "", near ? near : "",
                 near ? "\"?" : "");
}

static int run(const struct bb_args *args)
{
    int status;
    struct bb_buf text = BB_BUF_INIT;
    struct bb_catalog *catalog = bb_known_open(args, args->n_rest > 1 ? args->rest[1] : NULL, &status);
    if (!catalog) return status;
    const char *name = args->rest[0];
    size_t index = bb_tree_find(&catalog->tree, name);
    const double none = (double)NAN;
    struct explaining it = {.tree = &catalog->tree, .arena = catalog->arena, .out = &text};
    it.facts = (struct bb_facts){.oracle = none, .oracle_raw = none, .ceiling = {.value = none, .error = none, .lower = none}};
    if (index != BB_NO_NODE) {
        it.node = &catalog->tree.node[index];
        (args->json ? write_json : explain)(&it);
    } else if (!bb_explain_method(name, it.tree, args->json, it.arena, &text) && !explain_domain(&it, name, args->json)) {
        unknown(catalog, name);
        status = BB_EXIT_INPUT;
    }
    fwrite(bb_buf_text(&text), 1, text.len, stdout);
    bb_buf_release(&text);
    bb_catalog_free(catalog);
    return status;
}

const struct bb_command bb_command_explain = {
    .name = "explain",
    .arguments = "BENCHMARK|GROUP|METRIC [MANIFEST]",
    .summary = "what a benchmark measures, how its score is made, where its data are from; what a metric computes",
    .help = "Explains a benchmark, a group or a domain of the built-in catalog, or of a manifest; or a metric or ceiling: what it computes,\n"
            "its parameters, what a model and the data must have, and which benchmarks use it (`brainboard list metrics` has all).\n\n"
            "examples: brainboard explain MajajHong2015public.IT-pls\n"
            "          brainboard explain vision\n"
            "          brainboard explain ost",
    .options = BB_OPT_JSON,
    .min_rest = 1,
    .max_rest = 2,
    .run = run,
};
