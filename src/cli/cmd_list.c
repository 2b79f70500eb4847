#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "base/text.h"
#include "cli/columns_text.h"
#include "cli/known.h"

static const char *number(struct bb_arena *arena, long n)
{
    return n ? bb_arena_printf(arena, "%ld", n) : NULL;
}

static const char *joined(struct bb_arena *arena, const struct bb_texts *texts)
{
    const char *all = "";
    for (size_t i = 0; i < texts->n; i++) all = bb_arena_printf(arena, "%s%s%s", all, i ? ", " : "", texts->text[i]);
    return all;
}

static int print_text(struct bb_buf *text)
{
    fwrite(bb_buf_text(text), 1, text->len, stdout);
    bb_buf_release(text);
    return BB_EXIT_OK;
}

/* --- benchmarks: what is asked for -------------------------------------------------------------------------------- */

static const char *domain_of(const struct bb_tree *tree, const struct bb_node *node)
{
    return tree->node[node->root].domain;
}

static const char *value_domain(const struct bb_tree *tree, const struct bb_node *node)
{
    return domain_of(tree, node);
}
static const char *value_region(const struct bb_tree *tree, const struct bb_node *node)
{
    (void)tree;
    return node->region;
}
static const char *value_species(const struct bb_tree *tree, const struct bb_node *node)
{
    (void)tree;
    return node->species;
}
static const char *value_metric(const struct bb_tree *tree, const struct bb_node *node)
{
    (void)tree;
    return bb_node_metric_name(node);
}
static const char *value_access(const struct bb_tree *tree, const struct bb_node *node)
{
    (void)tree;
    return bb_access_names[node->access];
}

static const struct filter {
    const char *name;
    size_t offset; /* of the option in struct bb_args */
    const char *(*value)(const struct bb_tree *tree, const struct bb_node *node);
} filters[] = {{"domain", offsetof(struct bb_args, domain), value_domain},
               {"region", offsetof(struct bb_args, region), value_region},
               {"species", offsetof(struct bb_args, species), value_species},
               {"metric", offsetof(struct bb_args, metric), value_metric},
               {"access", offsetof(struct bb_args, access), value_access}};
#define N_FILTERS (sizeof filters / sizeof filters[0])

static const char *asked(const struct bb_args *args, const struct filter *filter)
{
    const char *text;
    memcpy(&text, (const char *)args + filter->offset, sizeof text);
    return text;
}

static bool has_value(const char *value, const char *wanted)
{
    return value && strcasecmp(value, wanted) == 0;
}

/* A word that no benchmark has is a typing error rather than an empty list. */
static bool check_filter(const struct bb_catalog *catalog, const struct filter *filter, const char *wanted)
{
    const struct bb_tree *tree = &catalog->tree;
    struct bb_names seen = {0};
    bool found = false;
    for (size_t i = 0; i < tree->n && !found; i++) {
        const char *value = bb_node_is_leaf(&tree->node[i]) ? filter->value(tree, &tree->node[i]) : NULL;
        found = has_value(value, wanted);
        if (value) bb_names_add(&seen, value);
    }
    const char *near = found ? NULL : bb_nearest(wanted, seen.name, seen.n);
    if (!found)
        bb_log_error("no benchmark has the %s \"%s\"%s%s%s", filter->name, wanted, near ? "; did you mean \"" : "",
                     near ? near : "", near ? "\"?" : "");
    bb_names_release(&seen);
    return found;
}

static bool check_parent(const struct bb_catalog *catalog, const char *parent)
{
    const struct bb_tree *tree = &catalog->tree;
    if (bb_tree_find(tree, parent) != BB_NO_NODE) return true;
    const char **id = BB_NEW_ARRAY(catalog->arena, tree->n + 1, const char *);
    size_t n = 0;
    for (size_t i = 0; i < tree->n; i++)
        if (!bb_node_is_leaf(&tree->node[i])) id[n++] = tree->node[i].id;
    const char *near = bb_nearest(parent, id, n);
    bb_log_error("there is no group \"%s\"%s%s%s", parent, near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    return false;
}

static bool check_filters(const struct bb_args *args, const struct bb_catalog *catalog)
{
    bool good = !args->parent || check_parent(catalog, args->parent);
    for (size_t i = 0; i < N_FILTERS; i++) {
        const char *wanted = asked(args, &filters[i]);
        if (wanted) good = check_filter(catalog, &filters[i], wanted) && good;
    }
    return good;
}

/* " --domain language --region IT"; "": no option. */
static const char *asked_text(const struct bb_args *args, struct bb_arena *arena)
{
    const char *text = args->parent ? bb_arena_printf(arena, " --parent %s", args->parent) : "";
    for (size_t i = 0; i < N_FILTERS; i++) {
        const char *wanted = asked(args, &filters[i]);
        if (wanted) text = bb_arena_printf(arena, "%s --%s %s", text, filters[i].name, wanted);
    }
    return text;
}

static bool is_below(const struct bb_tree *tree, size_t index, size_t above)
{
    for (; index != BB_NO_NODE; index = tree->node[index].parent_index)
        if (index == above) return true;
    return false;
}

static bool passes(const struct bb_args *args, const struct bb_tree *tree, size_t index)
{
    const struct bb_node *node = &tree->node[index];
    if (!bb_node_is_leaf(node) || (args->parent && !is_below(tree, index, bb_tree_find(tree, args->parent)))) return false;
    for (size_t i = 0; i < N_FILTERS; i++) {
        const char *wanted = asked(args, &filters[i]);
        if (wanted && !has_value(filters[i].value(tree, node), wanted)) return false;
    }
    return true;
}

/* --- benchmarks: what is said ------------------------------------------------------------------------------------- */

static const char *const benchmark_head[] = {"benchmark", "region", "species", "metric", "stimuli", "data", "checked", "title"};
enum { N_BENCHMARK_COLUMNS = sizeof benchmark_head / sizeof benchmark_head[0] };

/* In a column the long words would be in the way; `explain` has them. */
static const char *const checked_words[BB_N_VERIFIED] = {"", "defined", "independently", "on real data"};

static const char *metric_text(struct bb_arena *arena, const struct bb_node *node)
{
    const char *name = bb_node_metric_name(node);
    return node->metric || node->listed_only ? name : bb_arena_printf(arena, "%s*", name);
}

static void add_row(const char **cell, const struct bb_node *node, struct bb_arena *arena)
{
    const char *const row[] = {node->id,
                               node->region,
                               node->species,
                               metric_text(arena, node),
                               number(arena, node->n_stimuli),
                               node->verified ? bb_access_names[node->access] : NULL,
                               checked_words[node->verified],
                               node->title};
    memcpy(cell, row, sizeof row);
}

static void print_counts(const struct bb_tree *tree, const size_t *chosen, size_t n)
{
    size_t count[BB_N_VERIFIED] = {0}, lacking = 0, unlisted = 0;
    for (size_t i = 0; i < n; i++) {
        const struct bb_node *node = &tree->node[chosen[i]];
        count[node->verified]++;
        lacking += !node->metric && !node->listed_only;
        unlisted += node->ours;
    }
    bb_log_info("%zu benchmark%s: %zu %s, %zu %s, %zu %s%s", n, n == 1 ? "" : "s", count[BB_VERIFIED_REAL], bb_verified_words[BB_VERIFIED_REAL],
                count[BB_VERIFIED_INDEPENDENT], bb_verified_words[BB_VERIFIED_INDEPENDENT], count[BB_VERIFIED_DEFINED],
                bb_verified_words[BB_VERIFIED_DEFINED], count[BB_VERIFIED_NONE] ? "; the others are the manifest's own" : "");
    if (unlisted) bb_log_info("%zu of them are ours: the reference registers none such", unlisted);
    if (lacking) bb_log_info("* %zu cannot be scored yet: this program does not have their metric or ceiling", lacking);
    for (size_t i = 0; i < n; i++)
        if (tree->node[chosen[i]].unscorable)
            bb_log_info("%s: no model can have a score on it: %s", tree->node[chosen[i]].id, tree->node[chosen[i]].unscorable);
}

static void write_json(struct bb_buf *out, const struct bb_tree *tree, const size_t *chosen, size_t n, struct bb_arena *arena)
{
    struct bb_json_writer w;
    bb_jw_init(&w, out, 2);
    bb_jw_array(&w);
    for (size_t i = 0; i < n; i++) {
        const struct bb_node *node = &tree->node[chosen[i]];
        bb_jw_object(&w);
        bb_node_write_listed(&w, node, arena);
        if (!node->domain) bb_jw_member_text(&w, "of_domain", domain_of(tree, node));
        bb_jw_object_end(&w);
    }
    bb_jw_array_end(&w);
    bb_buf_putc(out, '\n');
}

static int list_benchmarks(const struct bb_args *args)
{
    int status;
    struct bb_catalog *catalog = bb_known_open(args, args->n_rest > 1 ? args->rest[1] : NULL, &status);
    if (!catalog) return status;
    if (!check_filters(args, catalog)) {
        bb_catalog_free(catalog);
        return BB_EXIT_USAGE;
    }
    const struct bb_tree *tree = &catalog->tree;
    size_t *chosen = BB_NEW_ARRAY(catalog->arena, tree->n + 1, size_t), n = 0;
    for (size_t i = 0; i < tree->n; i++)
        if (passes(args, tree, i)) chosen[n++] = i;
    if (!n && *asked_text(args, catalog->arena)) {
        bb_log_error("no benchmark has all that is asked for:%s", asked_text(args, catalog->arena));
        bb_catalog_free(catalog);
        return BB_EXIT_USAGE;
    }
    struct bb_buf text = BB_BUF_INIT;
    if (args->json) {
        write_json(&text, tree, chosen, n, catalog->arena);
    } else {
        const char **cell = BB_NEW_ARRAY(catalog->arena, (n + 1) * N_BENCHMARK_COLUMNS, const char *);
        memcpy(cell, benchmark_head, sizeof benchmark_head);
        for (size_t i = 0; i < n; i++) add_row(cell + (i + 1) * N_BENCHMARK_COLUMNS, &tree->node[chosen[i]], catalog->arena);
        bb_columns_text(&text, cell, n + 1, N_BENCHMARK_COLUMNS);
    }
    print_text(&text);
    if (!args->json) {
        fflush(stdout);
        print_counts(tree, chosen, n);
    }
    bb_catalog_free(catalog);
    return BB_EXIT_OK;
}

/* --- models ------------------------------------------------------------------------------------------------------- */

static const char *const model_head[] = {"model", "domains", "outputs", "layers", "family", "name"};
enum { N_MODEL_COLUMNS = sizeof model_head / sizeof model_head[0] };

static bool is_of_domain(const struct bb_model *model, const char *domain)
{
    if (!domain || !model->domains.n) return true;
    for (size_t i = 0; i < model->domains.n; i++)
        if (strcasecmp(model->domains.text[i], domain) == 0) return true;
    return false;
}

static void write_models(struct bb_buf *out, const struct bb_args *args, const struct bb_catalog *catalog)
{
    struct bb_json_writer w;
    bb_jw_init(&w, out, 2);
    bb_jw_array(&w);
    for (size_t i = 0; i < catalog->n_models; i++) {
        if (!is_of_domain(&catalog->model[i], args->domain)) continue;
        bb_jw_object(&w);
        bb_model_write(&w, &catalog->model[i]);
        bb_jw_object_end(&w);
    }
    bb_jw_array_end(&w);
    bb_buf_putc(out, '\n');
}

static void models_table(struct bb_buf *out, const struct bb_args *args, const struct bb_catalog *catalog)
{
    const char **cell = BB_NEW_ARRAY(catalog->arena, (catalog->n_models + 1) * N_MODEL_COLUMNS, const char *);
    size_t n = 1;
    memcpy(cell, model_head, sizeof model_head);
    for (size_t i = 0; i < catalog->n_models; i++) {
        const struct bb_model *model = &catalog->model[i];
        if (!is_of_domain(model, args->domain)) continue;
        const char *const row[] = {model->id,
                                   joined(catalog->arena, &model->domains),
                                   number(catalog->arena, (long)model->n_outputs),
                                   number(catalog->arena, model->layers_json ? (long)model->layers_json->as.list.n : 0),
                                   model->family,
                                   model->name};
        memcpy(cell + n++ * N_MODEL_COLUMNS, row, sizeof row);
    }
    bb_columns_text(out, cell, n, N_MODEL_COLUMNS);
}

static int list_models(const struct bb_args *args)
{
    int status;
    if (args->n_rest < 2) {
        bb_log_error("the program brings no models of its own: name a manifest, as in `brainboard list models manifest.json`");
        return BB_EXIT_USAGE;
    }
    struct bb_catalog *catalog = bb_known_open(args, args->rest[1], &status);
    if (!catalog) return status;
    struct bb_buf text = BB_BUF_INIT;
    (args->json ? write_models : models_table)(&text, args, catalog);
    print_text(&text);
    bb_catalog_free(catalog);
    return BB_EXIT_OK;
}

/* --- metrics ------------------------------------------------------------------------------------------------------ */

struct method {
    const char *kind, *name, *title, *formula;
    int version;
};

static void methods_table(struct bb_buf *out, const struct method *method, size_t n, struct bb_arena *arena)
{
    enum { N_COLUMNS = 4 };
    static const char *const head[N_COLUMNS] = {"name", "", "title", "what it computes"};
    const char **cell = BB_NEW_ARRAY(arena, (n + 1) * N_COLUMNS, const char *);
    memcpy(cell, head, sizeof head);
    for (size_t i = 0; i < n; i++) {
        const char *const row[N_COLUMNS] = {bb_arena_printf(arena, "%s/%d", method[i].name, method[i].version), method[i].kind,
                                            method[i].title, method[i].formula};
        memcpy(cell + (i + 1) * N_COLUMNS, row, sizeof row);
    }
    bb_columns_text(out, cell, n + 1, N_COLUMNS);
}

static void write_methods(struct bb_buf *out, const struct method *method, size_t n)
{
    struct bb_json_writer w;
    bb_jw_init(&w, out, 2);
    bb_jw_array(&w);
    for (size_t i = 0; i < n; i++) {
        bb_jw_object(&w);
        bb_jw_member_text(&w, "kind", method[i].kind);
        bb_jw_member_text(&w, "name", method[i].name);
        bb_jw_member_integer(&w, "version", method[i].version);
        bb_jw_member_text(&w, "title", method[i].title);
        bb_jw_member_text(&w, "formula", method[i].formula);
        bb_jw_object_end(&w);
    }
    bb_jw_array_end(&w);
    bb_buf_putc(out, '\n');
}

static int list_metrics(const struct bb_args *args)
{
    size_t n_metrics, n_ceilings, n = 0;
    const char *const *metrics = bb_metric_names(&n_metrics), *const *ceilings = bb_ceiling_names(&n_ceilings);
    struct method *method = BB_NEW_ARRAY(args->arena, n_metrics + n_ceilings, struct method);
    for (size_t i = 0; i < n_metrics; i++) {
        const struct bb_metric *metric = bb_metric_find(metrics[i]);
        method[n++] = (struct method){"metric", metric->name, metric->title, metric->formula, metric->version};
    }
    for (size_t i = 0; i < n_ceilings; i++) {
        const struct bb_ceiling *ceiling = bb_ceiling_find(ceilings[i]);
        method[n++] = (struct method){"ceiling", ceiling->name, ceiling->title, ceiling->formula, ceiling->version};
    }
    struct bb_buf text = BB_BUF_INIT;
    if (args->json)
        write_methods(&text, method, n);
    else
        methods_table(&text, method, n, args->arena);
    return print_text(&text);
}

/* --- the command -------------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    int (*run)(const struct bb_args *args);
} things[] = {{"benchmarks", list_benchmarks}, {"models", list_models}, {"metrics", list_metrics}};

static int run(const struct bb_args *args)
{
    const char *name[sizeof things / sizeof things[0]];
    for (size_t i = 0; i < sizeof things / sizeof things[0]; i++) {
        name[i] = things[i].name;
        if (strcmp(args->rest[0], name[i]) == 0) return things[i].run(args);
    }
    const char *near = bb_nearest(args->rest[0], name, sizeof things / sizeof things[0]);
    bb_log_error("what can be listed are benchmarks, models and metrics, not \"%s\"%s%s%s", args->rest[0],
                 near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    return BB_EXIT_USAGE;
}

const struct bb_command bb_command_list = {
    .name = "list",
    .arguments = "benchmarks [MANIFEST] | models MANIFEST | metrics",
    .summary = "what the program knows, or a board has",
    .help = "Lists the benchmarks of the built-in catalog, which a manifest names by id, group or domain, or those of a "
            "manifest; the\n"
            "models of a manifest, which must be named, because the program brings none of its own; or the metrics and ceilings. "
            "Options\n"
            "keep only some of the benchmarks. \"checked\" says how far a definition was: on real data, independently (its metric "
            "and\n"
            "ceiling against other programs), or only defined.\n\n"
            "examples: brainboard list benchmarks --region IT --access public\n"
            "          brainboard list benchmarks --parent Geirhos2021 --json\n"
            "          brainboard list models manifest.json",
    .options = BB_OPT_LIST | BB_OPT_JSON,
    .min_rest = 1,
    .max_rest = 2,
    .run = run,
};
