#include "render/export_bibtex.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "render/view.h"

void bb_bibtex_init(struct bb_bibtex *bibtex, struct bb_diags *diags, struct bb_arena *arena)
{
    *bibtex = (struct bb_bibtex){.diags = diags, .arena = arena};
    bibtex->keys = BB_NEW(arena, struct bb_names);
    bibtex->whole = BB_NEW(arena, struct bb_names);
    bibtex->entries = BB_NEW(arena, struct bb_names);
}

void bb_bibtex_release(struct bb_bibtex *bibtex)
{
    bb_names_release(bibtex->keys);
    bb_names_release(bibtex->whole);
    bb_names_release(bibtex->entries);
    bb_buf_release(&bibtex->text);
}

/* --- an entry --------------------------------------------------------------------------------------------------------- */

/* Commands that do more than set type: a list of references must not be able to read, write or redefine anything. */
static const char *const refused[] = {"input",
                                      "include",
                                      "openin",
                                      "openout",
                                      "read",
                                      "write",
                                      "immediate",
                                      "catcode",
                                      "def",
                                      "edef",
                                      "gdef",
                                      "xdef",
                                      "let",
                                      "csname",
                                      "newcommand",
                                      "renewcommand",
                                      "usepackage",
                                      "special",
                                      "directlua",
                                      "loop",
                                      "futurelet",
                                      "everypar",
                                      "jobname",
                                      "lowercase",
                                      "uppercase",
                                      "expandafter",
                                      "newwrite",
                                      "newread",
                                      "InputIfFileExists",
                                      "verbatiminput",
                                      "lstinputlisting",
                                      "includegraphics",
                                      "pdfximage"};

static const char *refused_command(const char *text, size_t len)
{
    for (size_t i = 0; i + 1 < len; i++) {
        if (text[i] != '\\') continue;
        size_t end = i + 1;
        while (end < len && isalpha((unsigned char)text[end])) end++;
        for (size_t k = 0; k < sizeof refused / sizeof refused[0]; k++)
            if (strlen(refused[k]) == end - i - 1 && memcmp(refused[k], text + i + 1, end - i - 1) == 0) return refused[k];
        if (end - i >= 2 && text[i + 1] == '^') return "^^";
    }
    return strstr(text, "^^") && (size_t)(strstr(text, "^^") - text) < len ? "^^" : NULL; /* another way to write any character */
}

/* Length of "@type{…}" at `text`; 0: its braces do not close. Parentheses may stand for the outer braces, but hardly anybody knows: they are
   refused. */
static size_t entry_length(const char *text)
{
    size_t open = strcspn(text, "{@");
    size_t at = text[0] == '@' ? 1 + strcspn(text + 1, "{@") : open, depth = 0;
    for (; text[at]; at++) {
        if (text[at] == '\\' && text[at + 1])
            at++;
        else if (text[at] == '{')
            depth++;
        else if (text[at] == '}' && (depth == 0 || --depth == 0))
            return depth == 0 ? at + 1 : 0;
    }
    return 0;
}

static bool is_key_char(char c)
{
    return isgraph((unsigned char)c) && strchr("\"#%'(),={}~\\", c) == NULL;
}

static size_t skip_space(const char *text, size_t at)
{
    return at + strspn(text + at, " \t\r\n");
}

/* Where a value ends: {…} or "…" with braces that close, a number or the name of a string; several joined by #. 0: it is none. */
static size_t value_end(const char *text, size_t at)
{
    for (;;) {
        size_t start = at, depth = 0;
        bool quoted = text[at] == '"';
        if (text[at] == '{' || quoted) {
            do {
                if (text[at] == '\\' && text[at + 1])
                    at++;
                else if (text[at] == '{')
                    depth++;
                else if (text[at] == '}' && depth-- == 0)
                    return 0;
                at++;
            } while (text[at] && (depth > 0 || (quoted && text[at] != '"')));
            if (quoted && text[at++] != '"') return 0;
        } else {
            while (isalnum((unsigned char)text[at]) || (text[at] && strchr("_-.:+/", text[at]))) at++;
        }
        if (at == start) return 0;
        at = skip_space(text, at);
        if (text[at] != '#') return at;
        at = skip_space(text, at + 1);
    }
}

/* "name = value, …" up to the brace that closes the entry. */
static bool fields_are_good(const char *text, size_t at, size_t len)
{
    while (text[at] == ',') {
        at = skip_space(text, at + 1);
        if (text[at] == '}') break; /* a comma behind the last one */
        size_t start = at;
        while (isalnum((unsigned char)text[at]) || (text[at] && strchr("_-.:+", text[at]))) at++;
        if (at == start) return false;
        at = skip_space(text, at);
        if (text[at] != '=') return false;
        at = value_end(text, skip_space(text, at + 1));
        if (!at) return false;
    }
    return text[at] == '}' && at + 1 == len;
}

/* What is wrong with the entry; NULL: nothing, and *key is its key. */
static const char *check(struct bb_arena *arena, const char *text, size_t len, const char **type, const char **key)
{
    size_t at = 1, start;
    while (isalpha((unsigned char)text[at])) at++;
    *type = bb_arena_strndup(arena, text + 1, at - 1);
    if (at == 1) return "it has no type";
    if (bb_strcaseeq(*type, "preamble") || bb_strcaseeq(*type, "string"))
        return bb_arena_printf(arena, "a @%s holds for the whole file", *type);
    at = skip_space(text, at);
    if (text[at++] != '{') return "no { follows its type";
    at = skip_space(text, at);
    for (start = at; at < len && is_key_char(text[at]);) at++;
    *key = bb_arena_strndup(arena, text + start, at - start);
    at = skip_space(text, at);
    if (at == start || (text[at] != ',' && text[at] != '}')) return "it has no key";
    if (!fields_are_good(text, at, len)) return "its fields are not name = {value}";
    const char *command = refused_command(text, len);
    return command ? bb_arena_printf(arena, "it has the command \\%s", command) : NULL;
}

static void warn(struct bb_bibtex *bibtex, const char *owner, const char *what, const char *why)
{
    if (!bibtex->diags) return;
    bb_diag_add(bibtex->diags, BB_WARNING, (struct bb_place){0}, "The BibTeX of %s: %s is left out: %s.", owner, what, why);
}

static const char *lower(struct bb_arena *arena, const char *text)
{
    char *copy = bb_arena_strdup(arena, text);
    for (char *p = copy; *p; p++) *p = (char)tolower((unsigned char)*p);
    return copy;
}

static void add_entry(struct bb_bibtex *bibtex, const char *text, size_t len, const char *owner)
{
    const char *key = "", *type = "";
    const char *why = check(bibtex->arena, text, len, &type, &key);
    if (bb_strcaseeq(type, "comment")) return;
    if (why) {
        warn(bibtex, owner, *key ? bb_arena_printf(bibtex->arena, "the entry \"%s\"", key) : "an entry", why);
        return;
    }
    const char *low = lower(bibtex->arena, key), *entry = bb_arena_printf(bibtex->arena, "%s\n%.*s", low, (int)len, text);
    bool is_same = bb_names_find(bibtex->entries, entry) != BB_NAMES_NONE;
    bb_names_add(bibtex->entries, entry);
    if (bb_names_find(bibtex->keys, low) != BB_NAMES_NONE) {
        if (!is_same) warn(bibtex, owner, bb_arena_printf(bibtex->arena, "the entry \"%s\"", key), "another one has its key");
        return;
    }
    bb_names_add(bibtex->keys, low);
    if (bibtex->n++) bb_buf_putc(&bibtex->text, '\n');
    for (size_t i = 0; i < len; i++)
        if (text[i] != '\r') bb_buf_putc(&bibtex->text, iscntrl((unsigned char)text[i]) && text[i] != '\n' ? ' ' : text[i]);
    bb_buf_putc(&bibtex->text, '\n');
}

void bb_bibtex_add(struct bb_bibtex *bibtex, const char *text, const char *owner)
{
    if (!text || !*text || bb_names_find(bibtex->whole, text) != BB_NAMES_NONE) return;
    bb_names_add(bibtex->whole, text);
    const char *at = strchr(text, '@'); /* what stands between entries is a comment */
    if (!at) warn(bibtex, owner, "the text", "it has no entry");
    while (at) {
        size_t len = entry_length(at);
        if (!len) {
            warn(bibtex, owner, "an entry", "its braces do not close");
            return;
        }
        add_entry(bibtex, at, len, owner);
        at = strchr(at + len, '@');
    }
}

/* --- of a board ------------------------------------------------------------------------------------------------------- */

static void add_leaf(struct bb_bibtex *bibtex, const struct bb_results *results, size_t node)
{
    const struct bb_node *all = results->tree.node;
    while (!all[node].bibtex && all[node].parent_index != BB_NO_NODE) node = all[node].parent_index;
    bb_bibtex_add(bibtex, all[node].bibtex, bb_arena_printf(bibtex->arena, "\"%s\"", all[node].id));
}

void bb_bibtex_add_node(struct bb_bibtex *bibtex, const struct bb_results *results, size_t node)
{
    for (size_t i = node, end = bb_view_end(&results->tree, node); i < end; i++)
        if (bb_node_is_leaf(&results->tree.node[i]) && bb_results_node_shown(results, i)) add_leaf(bibtex, results, i);
}

void bb_bibtex_add_model(struct bb_bibtex *bibtex, const struct bb_results *results, size_t model)
{
    const struct bb_model *is = &results->model[model];
    bb_bibtex_add(bibtex, is->bibtex, bb_arena_printf(bibtex->arena, "model \"%s\"", is->id));
}

void bb_bibtex_add_table(struct bb_bibtex *bibtex, const struct bb_results *results, const struct bb_paper *table)
{
    bool of_models = bb_streq(table->row_word, "model");
    for (size_t c = 0; c < table->n_columns; c++)
        if (table->column[c].node != BB_NO_NODE) bb_bibtex_add_node(bibtex, results, table->column[c].node);
    for (size_t r = 0; r < table->n_rows; r++) {
        if (of_models)
            bb_bibtex_add_model(bibtex, results, table->row[r].index);
        else
            bb_bibtex_add_node(bibtex, results, table->row[r].index);
    }
}
