#include "catalog/built_in.h"

#include <math.h>
#include <string.h>

#include "base/file.h"
#include "catalog/catalog_int.h"

/* --- files -------------------------------------------------------------------------------------------------------- */

static void add_entry(struct bb_built_in *b, size_t *cap, const struct bb_json *json, const char *dir, struct bb_diags *diags)
{
    const char *id = bb_json_text(json, "id");
    if (!id || bb_names_find(&b->ids, id) != BB_NAMES_NONE) {
        bb_diag_add(diags, BB_ERROR, json->place, id ? "the catalog has \"%s\" twice" : "an entry of the catalog has no \"id\"%s",
                    id ? id : "");
        return;
    }
    if (b->n == *cap) {
        *cap = 2 * *cap + 64;
        struct bb_built_in_entry *more = BB_NEW_ARRAY(b->arena, *cap, struct bb_built_in_entry);
        if (b->n) memcpy(more, b->entry, b->n * sizeof *more);
        b->entry = more;
    }
    bb_names_add(&b->ids, id);
    b->entry[b->n++] = (struct bb_built_in_entry){json, dir, id, bb_json_text(json, "parent"), false};
}

static void add_file(struct bb_built_in *b, size_t *cap, const char *path, struct bb_diags *diags)
{
    const struct bb_json *json = bb_json_read(b->arena, path, (struct bb_place){0}, diags);
    if (!json) return;
    json = bb_json_expand(json, b->arena, diags);
    const char *dir = bb_path_dir(b->arena, path);
    for (size_t i = 0; json->type == BB_JSON_ARRAY && i < json->as.list.n; i++)
        add_entry(b, cap, json->as.list.item[i], dir, diags);
}

static void read_references(struct bb_built_in *b, const char *path, struct bb_diags *diags)
{
    struct bb_buf text = BB_BUF_INIT;
    struct bb_err err = {0};
    if (bb_file_read(path, 0, &text, &err) == BB_OK)
        b->references = bb_arena_strndup(b->arena, bb_buf_text(&text), text.len);
    else
        bb_diag_add(diags, BB_ERROR, (struct bb_place){.file = path}, "%s", err.msg);
    bb_buf_release(&text);
}

void bb_built_in_load(struct bb_built_in *out, const char *dir, struct bb_arena *arena, struct bb_diags *diags)
{
    static const char *const patterns[] = {"tree.json", "*/*.json"};
    size_t cap = 0;
    *out = (struct bb_built_in){.arena = arena, .references = ""};
    bb_names_init(&out->ids);
    for (size_t p = 0; p < BB_N_OF(patterns); p++) {
        struct bb_paths found = {0};
        struct bb_err err = {0};
        if (bb_glob(arena, bb_path_join(arena, bb_glob_quoted(arena, dir), patterns[p]), &found, &err) != BB_OK)
            bb_diag_add(diags, BB_ERROR, (struct bb_place){.file = dir}, "%s", err.msg);
        for (size_t i = 0; i < found.n; i++) add_file(out, &cap, found.path[i], diags);
    }
    read_references(out, bb_path_join(arena, dir, "references.bib"), diags);
    out->verified = bb_json_read(arena, bb_path_join(arena, dir, "verified.json"), (struct bb_place){0}, diags);
}

void bb_built_in_release(struct bb_built_in *built_in)
{
    bb_names_release(&built_in->ids);
    *built_in = (struct bb_built_in){0};
}

/* --- names -------------------------------------------------------------------------------------------------------- */

static size_t parent_of(const struct bb_built_in *b, size_t i)
{
    return b->entry[i].parent ? bb_names_find(&b->ids, b->entry[i].parent) : BB_NAMES_NONE;
}

/* A parent that is its own ancestor ends the walk: the tree says what is wrong with it. */
static void want_with_ancestors(struct bb_built_in *b, size_t i)
{
    for (size_t step = 0; i != BB_NAMES_NONE && step <= b->n; step++) {
        b->entry[i].wanted = true;
        i = parent_of(b, i);
    }
}

static bool is_below(const struct bb_built_in *b, size_t i, size_t above)
{
    for (size_t step = 0; i != BB_NAMES_NONE && step <= b->n; step++) {
        if (i == above) return true;
        i = parent_of(b, i);
    }
    return false;
}

static void want_below(struct bb_built_in *b, size_t above)
{
    for (size_t i = 0; i < b->n; i++)
        if (is_below(b, i, above)) b->entry[i].wanted = true;
}

bool bb_built_in_want(struct bb_built_in *built_in, const char *name)
{
    bool found = false;
    size_t at = bb_names_find(&built_in->ids, name);
    if (at != BB_NAMES_NONE) {
        want_with_ancestors(built_in, at);
        want_below(built_in, at);
        return true;
    }
    for (size_t i = 0; i < built_in->n; i++) {
        if (built_in->entry[i].parent || !bb_streq(bb_json_text(built_in->entry[i].json, "domain"), name)) continue;
        want_below(built_in, i);
        found = true;
    }
    return found;
}

void bb_built_in_want_all(struct bb_built_in *built_in)
{
    for (size_t i = 0; i < built_in->n; i++) built_in->entry[i].wanted = true;
}

const char *const *bb_built_in_names(const struct bb_built_in *built_in, size_t *n)
{
    const char **name = BB_NEW_ARRAY(built_in->arena, 2 * built_in->n, const char *);
    *n = 0;
    for (size_t i = 0; i < built_in->n; i++) {
        const char *domain = bb_json_text(built_in->entry[i].json, "domain");
        name[(*n)++] = built_in->entry[i].id;
        if (domain) name[(*n)++] = domain;
    }
    return name;
}

/* --- what is said once -------------------------------------------------------------------------------------------- */

/* The entry "@type{key,…}" of a BibTeX text; NULL. */
static const char *bibtex_entry(const char *text, const char *key, struct bb_arena *arena)
{
    size_t len = strlen(key);
    for (const char *at = strchr(text, '@'); at; at = strchr(at + 1, '@')) {
        const char *open = strchr(at, '{');
        if (!open || strncmp(open + 1, key, len) != 0 || open[1 + len] != ',') continue;
        int depth = 0;
        for (const char *c = open; *c; c++) {
            depth += (*c == '{') - (*c == '}');
            if (depth == 0) return bb_arena_strndup(arena, at, (size_t)(c + 1 - at));
        }
    }
    return NULL;
}

static void cite(const struct bb_built_in *b, struct bb_node *node, struct bb_diags *diags)
{
    for (size_t i = 0; i < node->cite.n; i++) {
        const char *entry = bibtex_entry(b->references, node->cite.text[i], b->arena);
        if (!entry)
            bb_diag_add(diags, BB_ERROR, node->place, "\"%s\" cites \"%s\", which references.bib does not have", node->id,
                        node->cite.text[i]);
        else
            node->bibtex = node->bibtex ? bb_arena_printf(b->arena, "%s\n%s", node->bibtex, entry) : entry;
    }
}

static bool is_verified(const struct bb_built_in *b, const char *kind, const char *name)
{
    const struct bb_json *list = b->verified ? bb_json_member(b->verified, kind) : NULL;
    return list && bb_json_member(list, name);
}

/* A benchmark is no better checked than its metric and its ceiling are. */
static bool is_checked(const struct bb_built_in *b, const struct bb_node *node)
{
    const char *ceiling = bb_node_ceiling_name(node);
    return node->metric && is_verified(b, "metrics", node->metric->name) && (!ceiling || is_verified(b, "ceilings", ceiling));
}

/* Digests of stimulus sets stand where the stimuli are to be had. */
static void state_digests(const struct bb_json *sets, struct bb_sources *sources)
{
    for (size_t i = 0; i < sources->n; i++)
        for (size_t s = 0; sets && sets->type == BB_JSON_ARRAY && s < sets->as.list.n; s++)
            if (bb_streq(bb_json_text(sets->as.list.item[s], "file"), sources->source[i].stimulus_set))
                sources->source[i].stimulus_set_sha1 = bb_json_text(sets->as.list.item[s], "sha1");
}

void bb_built_in_complete(const struct bb_built_in *built_in, struct bb_node *node, struct bb_diags *diags)
{
    cite(built_in, node, diags);
    state_digests(node->stimulus_data_json, &node->data);
    state_digests(node->stimulus_data_json, &node->data_train);
    double known[2];
    bb_node_known_ceiling(node, known);
    if (isnan(known[0])) node->known_ceiling_json = NULL; /* a family knows it of some */
    if (!node->metric_json) return;
    if (node->unscorable)
        node->verified = BB_VERIFIED_DEFINED; /* nothing of it can be compared with anything */
    else if (node->verified == BB_VERIFIED_NONE || !node->metric)
        node->verified = is_checked(built_in, node) ? BB_VERIFIED_INDEPENDENT : BB_VERIFIED_DEFINED;
}
