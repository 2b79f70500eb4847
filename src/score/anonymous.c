#include "score/anonymous.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

#define REMOVED "[removed]"

/* --- texts -------------------------------------------------------------------------------------------------------- */

static bool ends_word(char c)
{
    return !c || isspace((unsigned char)c) || strchr("()<>[]{}\"'`,;|", c);
}

static size_t word_length(const char *text)
{
    size_t len = 0;
    while (!ends_word(text[len])) len++;
    while (len && strchr(".:!?", text[len - 1])) len--; /* of the sentence */
    return len;
}

static bool has_between(const char *word, size_t len, const char *part)
{
    const char *at = strstr(word, part);
    return at && at + strlen(part) <= word + len;
}

static bool is_address(const char *word, size_t len)
{
    static const char *const schemes[] = {"www.", "mailto:", "doi:", "arxiv:", "orcid:"};
    if (has_between(word, len, "://")) return true;
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        size_t n = strlen(schemes[i]);
        if (len > n && strncasecmp(word, schemes[i], n) == 0) return true;
    }
    return false;
}

static bool is_mail(const char *word, size_t len)
{
    const char *at = memchr(word, '@', len);
    return at && at > word && memchr(at, '.', (size_t)(word + len - at));
}

/* "host.org/…": a dotted name whose last part is letters, before a slash. */
static bool is_host(const char *word, size_t len)
{
    const char *slash = memchr(word, '/', len), *dot = NULL;
    size_t host = slash ? (size_t)(slash - word) : 0;
    for (size_t i = 0; i < host; i++) {
        if (!isalnum((unsigned char)word[i]) && word[i] != '.' && word[i] != '-') return false;
        if (word[i] == '.') dot = &word[i];
    }
    if (!dot || dot == word || slash - dot < 3) return false;
    for (const char *p = dot + 1; p < slash; p++)
        if (!isalpha((unsigned char)*p)) return false;
    return true;
}

/* What files are called that models and recordings lie in: "openai/gpt-3.5" is no file. */
static bool is_extension(const char *text, size_t len)
{
    static const char *const known[] = {"csv", "tsv", "gz",    "zip", "tar", "h5",   "hdf5", "nc",   "json", "npy",
                                        "npz", "mat", "pkl",   "pt",  "pth", "txt",  "md",   "yaml", "yml",  "py",
                                        "sh",  "c",   "ipynb", "png", "jpg", "jpeg", "svg",  "pdf"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strlen(known[i]) == len && strncasecmp(known[i], text, len) == 0) return true;
    return false;
}

/* "/a/b", "~/a", "C:\a", "../a", "lab/file.csv" */
static bool is_path(const char *word, size_t len)
{
    const char *slash = memchr(word, '/', len);
    if (len > 3 && isalpha((unsigned char)word[0]) && word[1] == ':' && word[2] == '\\') return true;
    if (!slash || len < 3) return false;
    if (word[0] == '/' || word[0] == '~' || strncmp(word, "../", 3) == 0 || strncmp(word, "./", 2) == 0) return true;
    size_t at = len;
    while (at && isalnum((unsigned char)word[at - 1])) at--;
    return at > 1 && word[at - 1] == '.' && slash < word + at && is_extension(word + at, len - at);
}

static bool gives_away(const char *word, size_t len)
{
    return is_address(word, len) || is_mail(word, len) || is_host(word, len) || is_path(word, len);
}

static bool name_gives_away(const char *word, size_t len)
{
    return is_address(word, len) || is_mail(word, len);
}

static const char *without(struct bb_arena *arena, const char *text, bool (*is_removed)(const char *word, size_t len))
{
    struct bb_buf out = BB_BUF_INIT;
    bool changed = false;
    if (!text) return NULL;
    for (const char *p = text; *p;) {
        size_t len = word_length(p);
        if (!len) {
            bb_buf_putc(&out, *p++);
            continue;
        }
        bool removed = is_removed(p, len);
        if (removed)
            bb_buf_puts(&out, REMOVED);
        else
            bb_buf_add(&out, p, len);
        changed |= removed;
        for (p += len; !ends_word(*p); p++) bb_buf_putc(&out, *p); /* the end of its sentence */
    }
    const char *copy = changed ? bb_arena_strdup(arena, bb_buf_text(&out)) : text;
    bb_buf_release(&out);
    return copy;
}

const char *bb_anonymous_text(struct bb_arena *arena, const char *text)
{
    return without(arena, text, gives_away);
}

const char *bb_anonymous_name(struct bb_arena *arena, const char *name)
{
    return without(arena, name, name_gives_away);
}

/* --- JSON that is written as it was read ---------------------------------------------------------------------------- */

static bool names_people(const char *key)
{
    static const char *const keys[] = {
        "author",      "authors",    "lab",     "laboratory",   "group",        "team",       "institution",  "institute",
        "affiliation", "university", "company", "organisation", "organization", "submitter",  "submitted_by", "contact",
        "email",       "url",        "link",    "homepage",     "website",      "repository", "github",       "paper",
        "doi",         "citation",   "bibtex",  "reference",    "source",       "path",       "file"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (bb_strcaseeq(key, keys[i])) return true;
    return false;
}

static struct bb_json *copy_json(const struct bb_json *json, struct bb_arena *arena)
{
    if (!json) return NULL;
    struct bb_json *copy = BB_NEW(arena, struct bb_json);
    *copy = *json;
    if (json->type == BB_JSON_TEXT) copy->as.text = bb_anonymous_text(arena, json->as.text);
    if (json->type != BB_JSON_ARRAY && json->type != BB_JSON_OBJECT) return copy;
    copy->as.list.item = BB_NEW_ARRAY(arena, json->as.list.n + 1, struct bb_json *);
    copy->as.list.n = 0;
    for (size_t i = 0; i < json->as.list.n; i++) {
        const struct bb_json *item = json->as.list.item[i];
        if (item->key && names_people(item->key)) continue;
        copy->as.list.item[copy->as.list.n++] = copy_json(item, arena);
    }
    return copy;
}

/* --- board, models, cells -------------------------------------------------------------------------------------------- */

/* "CC-BY-4.0", not "© The lab of …". */
static bool is_spdx(const char *license)
{
    for (const char *p = license; *p; p++)
        if (!isalnum((unsigned char)*p) && !strchr(".-+", *p)) return false;
    return true;
}

static void hide_info(struct bb_board *board, struct bb_arena *arena)
{
    struct bb_attribute_info *info = BB_NEW_ARRAY(arena, board->n_attribute_info + 1, struct bb_attribute_info);
    size_t n = 0;
    for (size_t i = 0; i < board->n_attribute_info; i++) {
        if (names_people(board->attribute_info[i].name)) continue;
        info[n] = board->attribute_info[i];
        info[n].source = NULL;
        info[n++].description = bb_anonymous_text(arena, board->attribute_info[i].description);
    }
    board->attribute_info = info;
    board->n_attribute_info = n;
    board->attribute_info_json = copy_json(board->attribute_info_json, arena);
}

static void hide_board(struct bb_board *board, struct bb_arena *arena)
{
    board->authors = (struct bb_texts){0};
    board->citation = board->doi = board->url = board->contact = board->logo = board->accent = board->footer = NULL;
    if (board->license && !is_spdx(board->license)) board->license = NULL;
    board->title = bb_anonymous_text(arena, board->title);
    board->release = bb_anonymous_text(arena, board->release);
    board->description = bb_anonymous_text(arena, board->description);
    hide_info(board, arena);
}

static void hide_attributes(struct bb_model *model, struct bb_arena *arena)
{
    struct bb_attribute *attribute = BB_NEW_ARRAY(arena, model->n_attributes + 1, struct bb_attribute);
    size_t n = 0;
    for (size_t i = 0; i < model->n_attributes; i++) {
        if (names_people(model->attribute[i].name)) continue;
        attribute[n] = model->attribute[i];
        attribute[n++].text = bb_anonymous_text(arena, model->attribute[i].text);
    }
    model->attribute = attribute;
    model->n_attributes = n;
}

static void hide_exemptions(struct bb_model *model, struct bb_arena *arena)
{
    struct bb_exemption *exemption = BB_NEW_ARRAY(arena, model->n_exemptions + 1, struct bb_exemption);
    for (size_t i = 0; i < model->n_exemptions; i++)
        exemption[i] = (struct bb_exemption){model->exemption[i].target, bb_anonymous_text(arena, model->exemption[i].reason)};
    model->exemption = exemption;
    model->not_applicable_json = copy_json(model->not_applicable_json, arena);
}

static void hide_model(struct bb_model *model, struct bb_arena *arena)
{
    model->submitter = model->url = model->bibtex = NULL;
    model->description = bb_anonymous_text(arena, model->description);
    model->name = bb_anonymous_name(arena, model->name);
    model->family = bb_anonymous_name(arena, model->family);
    model->variant_of = bb_anonymous_name(arena, model->variant_of);
    hide_attributes(model, arena);
    hide_exemptions(model, arena);
}

static void hide_cell(struct bb_cell *cell, struct bb_arena *arena)
{
    const char **text[] = {&cell->reason, &cell->warning, &cell->detail, &cell->rule};
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++) *text[i] = bb_anonymous_text(arena, *text[i]);
    if (cell->source) cell->source = "a list";
}

void bb_anonymise(struct bb_results *results)
{
    struct bb_model *model = BB_NEW_ARRAY(results->arena, results->n_models + 1, struct bb_model);
    hide_board(&results->board, results->arena);
    for (size_t m = 0; m < results->n_models; m++) {
        model[m] = results->model[m];
        hide_model(&model[m], results->arena);
    }
    results->model = model;
    for (size_t i = 0; i < results->n_models * results->tree.n; i++) hide_cell(&results->cell[i], results->arena);
}
