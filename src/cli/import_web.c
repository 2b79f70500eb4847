#include "cli/import_web.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"

/* The objects "fields" of a kind of fixture, by the text of their key field. */
struct records {
    struct bb_names key; /* by number */
    const struct bb_json **fields;
    size_t n, cap;
};

enum kind { TYPES, INSTANCES, MODELS, SCORES, META, BENCHMARK_REFERENCES, MODEL_REFERENCES, N_KINDS };

static const struct {
    const char *name;
    const char *key; /* NULL: records have no name of their own */
    bool needed;
} kinds[N_KINDS] = {
    [TYPES] = {"benchmarktypes", "identifier", true},
    [INSTANCES] = {"benchmarkinstances", NULL, true},
    [MODELS] = {"models", "name", true},
    [SCORES] = {"scores", NULL, true},
    [META] = {"benchmarkmeta", "id", false},
    [BENCHMARK_REFERENCES] = {"benchmarkreferences", "url", false},
    [MODEL_REFERENCES] = {"modelreferences", "url", false},
};

enum { ORDER_UNSTATED = 999 }; /* the reference's */

static const char *const parts[] = {"", "-language"};
#define N_PARTS (sizeof parts / sizeof parts[0])

struct type {
    size_t parent;                  /* number of the type; BB_IMPORT_NONE: a root */
    bool has_children, kept;        /* kept: a leaf that is shown, or a group above one */
    const struct bb_json *instance; /* the latest version; NULL: none */
    long version;
    size_t node; /* of the project */
};

struct web {
    struct bb_import *project;
    struct bb_arena *arena;
    struct bb_diags *diags;
    const char *dir, *domain;
    struct records records[N_KINDS];
    struct type *type; /* by the number of the type's name */
    size_t n_types;
    size_t n_hidden, n_old, n_unceiled, n_clamped; /* scores that were left out or changed, and why */
};

/* --- values ------------------------------------------------------------------------------------------------------- */

/* A text, or a number as text, or the first of a list of such: what Django calls a natural key. NULL: absent or null. */
static const char *text_of(struct web *web, const struct bb_json *fields, const char *name)
{
    const struct bb_json *value = bb_json_member(fields, name);
    char number[32];
    if (value && value->type == BB_JSON_ARRAY) value = value->as.list.n ? value->as.list.item[0] : NULL;
    if (!value || value->type == BB_JSON_NULL) return NULL;
    if (value->type == BB_JSON_TEXT) return *value->as.text ? value->as.text : NULL;
    if (value->type == BB_JSON_NUMBER) {
        bb_format_number(number, value->as.number);
        return bb_arena_strdup(web->arena, number);
    }
    bb_diag_add(web->diags, BB_ERROR, value->place, "\"%s\" must be a text, not %s", name, bb_json_type_name(value->type));
    return NULL;
}

/* NaN when it is absent, null or NaN; *is_nan (may be NULL) is true for the last. */
static double number_of(struct web *web, const struct bb_json *fields, const char *name, bool *is_nan)
{
    const struct bb_json *value = bb_json_member(fields, name);
    bool nan_text = value && value->type == BB_JSON_TEXT && !*value->as.text; /* see replace_nan */
    if (is_nan) *is_nan = nan_text;
    if (!value || value->type == BB_JSON_NULL || nan_text) return (double)NAN;
    if (value->type == BB_JSON_NUMBER) return value->as.number;
    bb_diag_add(web->diags, BB_ERROR, value->place, "\"%s\" must be a number, not %s", name, bb_json_type_name(value->type));
    return (double)NAN;
}

static long whole(double value)
{
    return value >= 1 && value <= 1e9 ? (long)value : 0;
}

/* True and False come as texts too; absent is true. */
static bool flag_of(struct web *web, const struct bb_json *fields, const char *name)
{
    const struct bb_json *value = bb_json_member(fields, name);
    if (value && value->type == BB_JSON_BOOL) return value->as.boolean;
    const char *text = text_of(web, fields, name);
    return !text || !bb_strcaseeq(text, "false");
}

static bool says_error(const char *comment)
{
    return comment && strcasestr(comment, "error");
}

/* --- reading the fixtures ----------------------------------------------------------------------------------------- */

/* Python writes NaN and Infinity, which JSON does not have. An empty text takes their place, as wide, so that places in messages stay right. */
static void replace_nan(char *text)
{
    static const char *const words[] = {"-Infinity", "Infinity", "NaN"};
    bool quoted = false;
    for (; *text; text++) {
        if (quoted && *text == '\\' && text[1])
            text++;
        else if (*text == '"')
            quoted = !quoted;
        for (size_t i = 0; !quoted && i < sizeof words / sizeof words[0]; i++) {
            if (!bb_starts_with(text, words[i])) continue;
            memset(text, ' ', strlen(words[i]));
            memcpy(text, "\"\"", 2);
            text += strlen(words[i]) - 1;
        }
    }
}

static void add_record(struct web *web, enum kind kind, const struct bb_json *entry)
{
    struct records *records = &web->records[kind];
    const struct bb_json *fields = bb_json_member(entry, "fields");
    const char *key = NULL;
    if (!fields || fields->type != BB_JSON_OBJECT) {
        bb_diag_add(web->diags, BB_ERROR, entry->place, "an entry of a fixture is an object with \"fields\"");
        return;
    }
    if (kinds[kind].key) {
        key = text_of(web, fields, kinds[kind].key);
        if (!key)
            bb_diag_add(web->diags, BB_ERROR, fields->place, "the entry has no \"%s\"", kinds[kind].key);
        else if (bb_names_add(&records->key, key) < records->n) {
            if (kinds[kind].needed)
                bb_diag_add(web->diags, BB_WARNING, fields->place, "\"%s\" is there twice; the first one counts", key);
            return;
        }
        if (!key) return;
    }
    records->fields = bb_grow(records->fields, &records->cap, records->n + 1, sizeof *records->fields);
    records->fields[records->n++] = fields;
}

static void read_part(struct web *web, enum kind kind, const char *path)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_err err = {0};
    if (bb_file_read(path, 0, &text, &err) != BB_OK) {
        bb_diag_add(web->diags, BB_ERROR, (struct bb_place){0}, "%s", err.msg);
    } else {
        if (text.data) replace_nan(text.data);
        const struct bb_json *list = bb_json_parse(web->arena, path, bb_buf_text(&text), text.len, web->diags);
        if (list && list->type != BB_JSON_ARRAY)
            bb_diag_add(web->diags, BB_ERROR, list->place, "a fixture is a list of entries, not %s",
                        bb_json_type_name(list->type));
        for (size_t i = 0; list && list->type == BB_JSON_ARRAY && i < list->as.list.n; i++)
            add_record(web, kind, list->as.list.item[i]);
    }
    bb_buf_release(&text);
}

static const char *fixture_path(struct bb_arena *arena, const char *dir, const char *name, const char *part)
{
    return bb_path_join(arena, dir, bb_arena_printf(arena, "fixture-%s%s.json", name, part));
}

static void read_fixtures(struct web *web, enum kind kind)
{
    size_t n_files = 0;
    for (size_t i = 0; i < N_PARTS; i++) {
        const char *path = fixture_path(web->arena, web->dir, kinds[kind].name, parts[i]);
        if (!bb_is_file(path)) continue;
        read_part(web, kind, path);
        n_files++;
    }
    if (!n_files && kinds[kind].needed)
        bb_diag_add(web->diags, BB_ERROR, (struct bb_place){0}, "there is no file %s",
                    fixture_path(web->arena, web->dir, kinds[kind].name, parts[0]));
}

bool bb_import_is_web(const char *dir, struct bb_arena *arena)
{
    for (size_t i = 0; i < N_PARTS; i++)
        if (bb_is_file(fixture_path(arena, dir, kinds[SCORES].name, parts[i]))) return true;
    return false;
}

/* The fields of the record of that key; NULL. */
static const struct bb_json *find_record(const struct web *web, enum kind kind, const char *key)
{
    size_t at = key ? bb_names_find(&web->records[kind].key, key) : BB_NAMES_NONE;
    return at == BB_NAMES_NONE ? NULL : web->records[kind].fields[at];
}

/* --- the tree ----------------------------------------------------------------------------------------------------- */

/* The number of the type that a member names; an error when there is none. */
static size_t find_type(struct web *web, const struct bb_json *fields, const char *member, const char *name)
{
    const struct bb_names *known = &web->records[TYPES].key;
    size_t at = bb_names_find(known, name);
    if (at != BB_NAMES_NONE) return at;
    const char *near = bb_nearest(name, known->name, known->n);
    bb_diag_add(web->diags, BB_ERROR, bb_json_member(fields, member)->place, "there is no benchmark type \"%s\"%s%s%s", name,
                near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    return BB_IMPORT_NONE;
}

static void link_types(struct web *web)
{
    const struct records *types = &web->records[TYPES];
    web->n_types = types->n;
    web->type = BB_NEW_ARRAY(web->arena, types->n, struct type);
    for (size_t i = 0; i < types->n; i++) {
        const char *parent = text_of(web, types->fields[i], "parent");
        web->type[i].parent = parent ? find_type(web, types->fields[i], "parent", parent) : BB_IMPORT_NONE;
        if (web->type[i].parent != BB_IMPORT_NONE) web->type[web->type[i].parent].has_children = true;
    }
    for (size_t i = 0; i < types->n; i++) {
        size_t at = i, steps = 0;
        while (at != BB_IMPORT_NONE && steps++ <= types->n) at = web->type[at].parent;
        if (at != BB_IMPORT_NONE)
            bb_diag_add(web->diags, BB_ERROR, types->fields[i]->place, "\"%s\" is below itself: its parents go round in a circle",
                        types->key.name[i]);
    }
}

static void find_latest(struct web *web)
{
    const struct records *instances = &web->records[INSTANCES];
    for (size_t i = 0; i < instances->n; i++) {
        const struct bb_json *fields = instances->fields[i];
        const char *name = text_of(web, fields, "benchmark_type");
        long version = whole(number_of(web, fields, "version", NULL));
        size_t at = BB_IMPORT_NONE;
        if (!name || !version)
            bb_diag_add(web->diags, BB_ERROR, fields->place, "an instance needs a \"benchmark_type\" and a \"version\" from 1");
        else
            at = find_type(web, fields, "benchmark_type", name);
        if (at == BB_IMPORT_NONE || version <= web->type[at].version) continue;
        web->type[at].instance = fields;
        web->type[at].version = version;
    }
}

static void keep_shown(struct web *web)
{
    const struct records *types = &web->records[TYPES];
    for (size_t i = 0; i < types->n; i++) {
        const char *domain = text_of(web, types->fields[i], "domain");
        bool wanted = !web->domain || bb_streq(web->domain, domain ? domain : "vision");
        if (web->type[i].has_children || !web->type[i].instance || !wanted || !flag_of(web, types->fields[i], "visible"))
            continue;
        for (size_t at = i; at != BB_IMPORT_NONE; at = web->type[at].parent) web->type[at].kept = true;
    }
}

/* "dicarlo.Kar2019-ost" is shown as "Kar2019-ost": the lab in front, in small letters, is left out. */
static const char *short_name(const char *name)
{
    size_t len = strcspn(name, ".");
    for (size_t i = 0; i < len; i++)
        if (name[i] >= 'A' && name[i] <= 'Z') return name;
    return name[len] && name[len + 1] ? name + len + 1 : name;
}

/* "neural_vision" is "Neural" among the benchmarks of vision. */
static const char *group_title(struct bb_arena *arena, const char *name, const char *domain)
{
    size_t len = strlen(name), end = domain ? strlen(domain) + 1 : 0;
    bool suffixed = domain && len > end && name[len - end] == '_' && bb_ends_with(name, domain);
    char *title = bb_arena_strndup(arena, name, suffixed ? len - end : len);
    if (*title >= 'a' && *title <= 'z') *title = (char)(*title - 'a' + 'A');
    return title;
}

static bool is_web_address(const char *url)
{
    return url && (bb_starts_with(url, "https://") || bb_starts_with(url, "http://"));
}

/* Line ends and the indentation of the program that it was copied from become plain. */
static const char *tidy_bibtex(struct bb_arena *arena, const char *text)
{
    struct bb_buf out = BB_BUF_INIT;
    while (*text) {
        size_t blank = strspn(text, " \t\r\n"), len = strcspn(text + blank, "\r\n");
        if (len) bb_buf_printf(&out, "%s%.*s", !out.len ? "" : text[blank] == '}' ? "\n" : "\n  ", (int)len, text + blank);
        text += blank + len;
    }
    const char *tidy = bb_arena_strdup(arena, bb_buf_text(&out));
    bb_buf_release(&out);
    return *tidy ? tidy : NULL;
}

static void add_reference(struct web *web, enum kind kind, const struct bb_json *fields, const char **url, const char **bibtex)
{
    const char *key = text_of(web, fields, "reference");
    const struct bb_json *reference = find_record(web, kind, key);
    const char *text = reference ? text_of(web, reference, "bibtex") : NULL;
    if (is_web_address(key)) *url = key;
    if (text) *bibtex = tidy_bibtex(web->arena, text);
}

static void describe_leaf(struct web *web, const struct type *type, struct bb_import_node *node)
{
    const struct bb_json *meta = find_record(web, META, text_of(web, type->instance, "meta"));
    node->version = type->version;
    node->ceiling = number_of(web, type->instance, "ceiling", NULL);
    node->ceiling_error = number_of(web, type->instance, "ceiling_error", NULL);
    node->region = text_of(web, meta, "recording_sites");
    node->task = text_of(web, meta, "behavioral_task");
    node->n_stimuli = whole(number_of(web, meta, "number_of_stimuli", NULL));
    node->n_units = whole(number_of(web, meta, "number_of_recording_sites", NULL));
}

static void add_nodes(struct web *web, size_t parent)
{
    const struct records *types = &web->records[TYPES];
    for (size_t i = 0; i < types->n; i++) {
        struct type *type = &web->type[i];
        if (!type->kept || type->parent != parent) continue;
        size_t above = parent == BB_IMPORT_NONE ? BB_IMPORT_NONE : web->type[parent].node;
        const char *name = types->key.name[i], *domain = text_of(web, types->fields[i], "domain");
        double order = number_of(web, types->fields[i], "order", NULL);
        type->node = type->has_children ? bb_import_group(web->project, above, name) : bb_import_leaf(web->project, above, name);
        struct bb_import_node *node = &web->project->node[type->node];
        node->title = type->has_children ? group_title(web->arena, name, domain) : short_name(node->title);
        node->order = isnan(order) ? ORDER_UNSTATED : (long)order;
        if (parent == BB_IMPORT_NONE) {
            node->domain = domain ? domain : "vision";
            node->engineering = strcasestr(name, "engineering");
        }
        add_reference(web, BENCHMARK_REFERENCES, types->fields[i], &node->url, &node->bibtex);
        if (type->has_children)
            add_nodes(web, i);
        else
            describe_leaf(web, type, node);
    }
}

/* --- models and scores -------------------------------------------------------------------------------------------- */

static size_t find_model(struct web *web, const struct bb_json *score, const char *name)
{
    struct bb_import *project = web->project;
    const struct bb_json *fields = find_record(web, MODELS, name);
    size_t known = project->n_models;
    if (!fields) {
        bb_diag_add(web->diags, BB_ERROR, score->place, "there is no model \"%s\" in fixture-models.json", name);
        return BB_IMPORT_NONE;
    }
    size_t at = bb_import_model(project, name);
    if (at < known) return at;
    struct bb_import_model *model = &project->model[at];
    const char *owner = text_of(web, fields, "owner"), *competition = text_of(web, fields, "competition");
    model->submitter = owner && !strchr(owner, '@') ? owner : NULL; /* an address is not for the page */
    model->domain = text_of(web, fields, "domain");
    model->visual_degrees = number_of(web, fields, "visual_degrees", NULL);
    model->is_private = !flag_of(web, fields, "public");
    add_reference(web, MODEL_REFERENCES, fields, &model->url, &model->bibtex);
    if (competition) bb_import_attribute(project, at, 0, competition, fields->place);
    return at;
}

static bool is_engineering(const struct web *web, size_t node)
{
    const struct bb_import_node *at = &web->project->node[node];
    while (at->parent != BB_IMPORT_NONE) at = &web->project->node[at->parent];
    return at->engineering;
}

/* The score that the reference's site would show; false when it would show none. */
static bool value_of(struct web *web, const struct bb_json *fields, struct bb_import_score *score)
{
    bool raw_is_nan, score_is_nan;
    score->raw = number_of(web, fields, "score_raw", &raw_is_nan);
    score->score = number_of(web, fields, "score_ceiled", &score_is_nan);
    score->error = number_of(web, fields, "error", NULL);
    score->ceiling = web->project->node[score->node].ceiling;
    bool failed = score_is_nan || (isnan(score->score) && says_error(text_of(web, fields, "comment")));
    if (is_engineering(web, score->node)) {
        score->score = score->raw;
        return !isnan(score->raw) || raw_is_nan || failed;
    }
    if (failed) score->raw = (double)NAN; /* nothing to compute a score from */
    web->n_clamped += score->score < 0 || score->score > 1;
    if (score->score < 0) score->score = 0;
    if (score->score > 1) score->score = 1;
    web->n_unceiled += isnan(score->score) && !failed;
    return !isnan(score->score) || failed;
}

static void read_score(struct web *web, const struct bb_json *fields)
{
    const struct bb_json *benchmark = bb_json_member(fields, "benchmark");
    const char *type_name = text_of(web, fields, "benchmark"), *model_name = text_of(web, fields, "model");
    bool versioned = benchmark && benchmark->type == BB_JSON_ARRAY && benchmark->as.list.n > 1 &&
                     benchmark->as.list.item[1]->type == BB_JSON_NUMBER;
    if (!type_name || !model_name || !versioned) {
        bb_diag_add(web->diags, BB_ERROR, fields->place,
                    "a score needs a \"model\" [name, …] and a \"benchmark\" [identifier, version]");
        return;
    }
    size_t type = find_type(web, fields, "benchmark", type_name);
    if (type == BB_IMPORT_NONE) return;
    struct bb_import_score score = {.node = web->type[type].node, .version = whole(benchmark->as.list.item[1]->as.number)};
    if (!web->type[type].kept || web->type[type].has_children)
        web->n_hidden++;
    else if (score.version != web->type[type].version)
        web->n_old++;
    else if (value_of(web, fields, &score)) {
        score.model = find_model(web, fields, model_name);
        if (score.model != BB_IMPORT_NONE) bb_import_score(web->project, &score);
    }
}

static void report(const struct web *web)
{
    const struct {
        size_t n;
        const char *what;
    } line[] = {
        {web->n_hidden, "left out, of benchmarks that are not shown or not of the domain"},
        {web->n_old, "left out, of versions that are not the latest of their benchmark"},
        {web->n_unceiled, "without a ceiled value, which count as not run, as on the reference's site"},
        {web->n_clamped, "clamped to the range from 0 to 1, as on the reference's site"},
    };
    for (size_t i = 0; i < sizeof line / sizeof line[0]; i++)
        if (line[i].n) bb_log_info("scores %s: %zu", line[i].what, line[i].n);
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

void bb_import_web(const char *dir, const char *domain, struct bb_import *project)
{
    struct web web = {.project = project, .arena = project->arena, .diags = project->diags, .dir = dir, .domain = domain};
    for (int kind = 0; kind < N_KINDS; kind++) read_fixtures(&web, (enum kind)kind);
    if (!web.diags->n_errors) link_types(&web);
    if (!web.diags->n_errors) find_latest(&web);
    if (!web.diags->n_errors) {
        keep_shown(&web);
        bb_import_attribute_column(project, "competition");
        add_nodes(&web, BB_IMPORT_NONE);
        for (size_t i = 0; i < web.records[SCORES].n; i++) read_score(&web, web.records[SCORES].fields[i]);
        report(&web);
    }
    for (int kind = 0; kind < N_KINDS; kind++) {
        bb_names_release(&web.records[kind].key);
        free(web.records[kind].fields);
    }
}
