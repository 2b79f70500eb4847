#include "render/tpl_lint.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "render/tpl.h"

#define MOST_DEEP  32
#define AUTOESCAPE "{{%AUTOESCAPE context=\""

/* Given to every template. */
static const char *const everywhere[] = {"ROOT", "BOARD_TITLE"};

/* Modifiers of ctemplate; those with '=' take an argument. */
static const char *const modifiers[] = {"h",
                                        "html_escape",
                                        "p",
                                        "pre_escape",
                                        "u",
                                        "url_query_escape",
                                        "j",
                                        "javascript_escape",
                                        "o",
                                        "json_escape",
                                        "c",
                                        "cleanse_css",
                                        "x",
                                        "xml_escape",
                                        "cleanse_attribute",
                                        "html_escape_with_arg=",
                                        "url_escape_with_arg=",
                                        "H=",
                                        "U=",
                                        "none"};

enum kind { VALUE, SECTION, END, INCLUDE, OTHER };

/* A marker {{…}} of a template. */
struct marker {
    enum kind kind;
    const char *name;      /* in the arena; of OTHER: all of it */
    const char *modifiers; /* ":none", ""; in the arena */
    size_t line, column;   /* of its {{ */
    size_t at, end;        /* bytes of the text, braces included */
    bool closed;
};

struct place_in_text {
    size_t at, line, column;
};

struct template
{
    const char *path;
    const char *text;
    size_t len;
    struct marker *marker;
    size_t n;
};

/* --- reading ---------------------------------------------------------------------------------------------------------- */

static void advance(struct place_in_text *place, const char *text, size_t to)
{
    for (; place->at < to; place->at++) {
        if (text[place->at] == '\n') {
            place->line++;
            place->column = 1;
        } else if (((unsigned char)text[place->at] & 0xc0) != 0x80) {
            place->column++;
        }
    }
}

static void read_marker(struct marker *marker, const char *inside, size_t len, struct bb_arena *arena)
{
    static const struct {
        char sign;
        enum kind kind;
    } signs[] = {{'#', SECTION}, {'/', END}, {'>', INCLUDE}, {'!', OTHER}, {'%', OTHER}, {'=', OTHER}};
    size_t skip = 0, name;
    marker->kind = VALUE;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (len && inside[0] == signs[i].sign) {
            marker->kind = signs[i].kind;
            skip = marker->kind != OTHER;
        }
    const char *colon = marker->kind == OTHER ? NULL : memchr(inside, ':', len);
    name = (colon ? (size_t)(colon - inside) : len) - skip;
    marker->name = bb_arena_strndup(arena, inside + skip, name);
    marker->modifiers = bb_arena_strndup(arena, inside + skip + name, len - skip - name);
}

static void read_markers(struct template *template, struct bb_arena *arena)
{
    struct place_in_text place = {0, 1, 1};
    size_t most = 1;
    for (const char *p = template->text; (p = strstr(p, "{{")); p += 2) most++;
    template->marker = BB_NEW_ARRAY(arena, most, struct marker);
    for (const char *p = template->text; (p = strstr(p, "{{"));) {
        struct marker *marker = &template->marker[template->n++];
        const char *end = strstr(p + 2, "}}"), *next = strstr(p + 2, "{{");
        advance(&place, template->text, (size_t)(p - template->text));
        *marker = (struct marker){
            .line = place.line, .column = place.column, .at = place.at, .closed = end != NULL && (!next || end < next)};
        if (p[2] == '!' && end) marker->closed = true; /* a comment may say {{ */
        size_t len = marker->closed ? (size_t)(end - p) - 2 : strcspn(p + 2, "\n");
        read_marker(marker, p + 2, len, arena);
        p += 2 + len + (marker->closed ? 2 : 0);
        marker->end = (size_t)(p - template->text);
    }
}

static bool read_template(struct template *template, const char *path, struct bb_buf *text, struct bb_arena *arena,
                          struct bb_diags *diags)
{
    struct bb_err err;
    *template = (struct template){.path = path};
    if (bb_file_read(path, 0, text, &err) != BB_OK) {
        bb_diag_add(diags, BB_ERROR, (struct bb_place){path, 0, 0}, "%s", err.msg);
        return false;
    }
    template->text = bb_arena_strndup(arena, bb_buf_text(text), text->len);
    template->len = strlen(template->text);
    read_markers(template, arena);
    return true;
}

/* --- sections --------------------------------------------------------------------------------------------------------- */

/* The sections around a marker, from the outside. */
struct around {
    const struct marker *open[MOST_DEEP];
    size_t n;
};

static void enter_or_leave(struct around *around, const struct marker *marker)
{
    if (marker->kind == SECTION && around->n < MOST_DEEP) around->open[around->n++] = marker;
    if (marker->kind == END && around->n) around->n--;
}

/* --- what the program gives ------------------------------------------------------------------------------------------- */

static size_t without_separator(const char *name)
{
    return bb_ends_with(name, "_separator") ? strlen(name) - strlen("_separator") : strlen(name);
}

static bool is_named(const struct marker *marker, const char *name, size_t len)
{
    return strlen(marker->name) == len && strncmp(marker->name, name, len) == 0;
}

static bool is_everywhere(const char *name)
{
    for (size_t i = 0; i < sizeof everywhere / sizeof everywhere[0]; i++)
        if (strcmp(name, everywhere[i]) == 0) return true;
    return bb_starts_with(name, "BI_"); /* ctemplate's own */
}

/* Whether each section around the first marker is around the second too, in the same order: what has a value here has one there. */
static bool reaches(const struct around *from, const struct around *to)
{
    if (from->n > to->n) return false;
    for (size_t i = 0; i < from->n; i++)
        if (strcmp(from->open[i]->name, to->open[i]->name) != 0) return false;
    return true;
}

/* How the program's own template has a name: not at all, elsewhere only, or so that it reaches the place `at`. */
enum given { NOT_GIVEN, GIVEN_ELSEWHERE, GIVEN };

static enum given how_given(const struct template *own, const struct marker *asked, const struct around *at, const char **where)
{
    struct around around = {0};
    enum given given = NOT_GIVEN;
    size_t len = without_separator(asked->name);
    for (size_t i = 0; i < own->n && given != GIVEN; i++) {
        const struct marker *marker = &own->marker[i];
        if (marker->kind == asked->kind && is_named(marker, asked->name, len)) {
            given = reaches(&around, at) ? GIVEN : GIVEN_ELSEWHERE;
            *where = around.n ? around.open[around.n - 1]->name : NULL;
        }
        enter_or_leave(&around, marker);
    }
    return given;
}

static const char *nearest(const struct template *own, const struct marker *asked, struct bb_arena *arena)
{
    const char **name = BB_NEW_ARRAY(arena, own->n + sizeof everywhere / sizeof everywhere[0], const char *);
    size_t n = 0;
    for (size_t i = 0; asked->kind == VALUE && i < sizeof everywhere / sizeof everywhere[0]; i++) name[n++] = everywhere[i];
    for (size_t i = 0; i < own->n; i++)
        if (own->marker[i].kind == asked->kind) name[n++] = own->marker[i].name;
    return bb_nearest(asked->name, name, n);
}

/* --- the checks ------------------------------------------------------------------------------------------------------- */

struct lint {
    const struct template *own, *theirs;
    struct bb_arena *arena;
    struct bb_diags *diags;
};

static struct bb_place place_of(const struct lint *lint, const struct marker *marker)
{
    return (struct bb_place){lint->theirs->path, marker->line, marker->column};
}

static const char *sign_of(enum kind kind)
{
    static const char *const signs[] = {[VALUE] = "", [SECTION] = "#", [END] = "/", [INCLUDE] = ">", [OTHER] = ""};
    return signs[kind];
}

static void check_head(const struct lint *lint)
{
    const char *text = lint->theirs->text;
    size_t len = strlen(AUTOESCAPE);
    bool good =
        strncmp(text, AUTOESCAPE, len) == 0 && (bb_starts_with(text + len, "HTML\"}}") || bb_starts_with(text + len, "XML\"}}"));
    if (!good)
        bb_diag_add(lint->diags, BB_ERROR, (struct bb_place){lint->theirs->path, 1, 1},
                    "a template must begin with {{%%AUTOESCAPE context=\"HTML\"}} or \"XML\": without it, text would reach the "
                    "page as markup");
}

static bool is_good_name(const char *name)
{
    size_t len = without_separator(name);
    return len && name[0] >= 'A' && name[0] <= 'Z' && strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") >= len;
}

static void check_name(const struct lint *lint, const struct marker *marker, const struct around *around)
{
    const char *where = NULL, *sign = sign_of(marker->kind);
    if (marker->kind == END || is_everywhere(marker->name)) return;
    if (!is_good_name(marker->name)) {
        bb_diag_add(lint->diags, BB_ERROR, place_of(lint, marker), "{{%s%s}}: names are UPPER_CASE, without blanks", sign,
                    marker->name);
        return;
    }
    enum given given = how_given(lint->own, marker, around, &where);
    if (given == GIVEN) return;
    const char *base = bb_path_base(lint->own->path);
    if (given == GIVEN_ELSEWHERE) {
        bb_diag_add(lint->diags, BB_WARNING, place_of(lint, marker),
                    "{{%s%s}} may have nothing to show here: the program's %s has it in {{#%s}}", sign, marker->name, base,
                    where);
        return;
    }
    const char *near = nearest(lint->own, marker, lint->arena);
    bb_diag_add(lint->diags, BB_ERROR, place_of(lint, marker), "the program does not give {{%s%s}} to %s%s%s%s", sign,
                marker->name, base, near ? "; did you mean {{" : "", near ? bb_arena_printf(lint->arena, "%s%s", sign, near) : "",
                near ? "}}?" : "");
}

static void check_modifier(const struct lint *lint, const struct marker *marker, const char *text, size_t len)
{
    const char *names[sizeof modifiers / sizeof modifiers[0]];
    size_t n = sizeof modifiers / sizeof modifiers[0], word = strcspn(text, ":=}");
    for (size_t i = 0; i < n; i++) {
        size_t known = strcspn(modifiers[i], "=");
        if (known == word && strncmp(modifiers[i], text, word) == 0 && (modifiers[i][known] == '=') == (word < len)) return;
        names[i] = modifiers[i];
    }
    const char *given = bb_arena_strndup(lint->arena, text, len), *near = bb_nearest(given, names, n);
    bb_diag_add(lint->diags, BB_ERROR, place_of(lint, marker), "there is no modifier \":%s\"%s%s%s", given,
                near ? "; did you mean \":" : "", near ? near : "", near ? "\"?" : "");
}

static void check_escaping(const struct lint *lint, const struct marker *marker)
{
    bool is_html = bb_ends_with(marker->name, "_HTML"), is_raw = strstr(marker->modifiers, ":none") != NULL;
    if (marker->kind != VALUE) return;
    if (is_html && strcmp(marker->modifiers, ":none") != 0)
        bb_diag_add(lint->diags, BB_ERROR, place_of(lint, marker), "{{%s}} is markup that the program made: write {{%s:none}}",
                    marker->name, marker->name);
    if (!is_html && is_raw)
        bb_diag_add(lint->diags, BB_ERROR, place_of(lint, marker),
                    "{{%s:none}} would put text on the page as markup: only names in _HTML may", marker->name);
    if (is_raw) return;
    for (const char *p = marker->modifiers; *p == ':';) {
        size_t len = strcspn(++p, ":");
        check_modifier(lint, marker, p, len);
        p += len;
    }
}

/* In a tag and not between quotes: <a href={{X}}>. */
static bool is_bare(const char *text, size_t at)
{
    size_t tag = at;
    while (tag > 0 && text[tag - 1] != '<' && text[tag - 1] != '>') tag--;
    if (tag == 0 || text[tag - 1] == '>') return false;
    char quote = '\0';
    for (; tag < at; tag++)
        if (quote ? text[tag] == quote : text[tag] == '"' || text[tag] == '\'') quote = quote ? '\0' : text[tag];
    return !quote;
}

static void check_quotes(const struct lint *lint, const struct marker *marker)
{
    const char *text = lint->theirs->text;
    if (marker->kind == VALUE && marker->at > 0 && text[marker->at - 1] == '=' && is_bare(text, marker->at))
        bb_diag_add(lint->diags, BB_WARNING, place_of(lint, marker),
                    "an attribute without quotes: most characters of {{%s}} would become \"_\"", marker->name);
}

/* false: the template cannot be read on from here. */
static bool check_nesting(const struct lint *lint, const struct marker *marker, const struct around *around)
{
    const struct marker *open = around->n ? around->open[around->n - 1] : NULL;
    if (marker->kind == SECTION && around->n == MOST_DEEP) {
        bb_diag_add(lint->diags, BB_ERROR, place_of(lint, marker), "more than %d sections inside each other", MOST_DEEP);
        return false;
    }
    if (marker->kind != END || (open && strcmp(open->name, marker->name) == 0)) return true;
    if (open)
        bb_diag_add(lint->diags, BB_ERROR, place_of(lint, marker), "{{/%s}} where {{#%s}} of line %zu is still open",
                    marker->name, open->name, open->line);
    else
        bb_diag_add(lint->diags, BB_ERROR, place_of(lint, marker), "{{/%s}} ends a section that was not begun", marker->name);
    return false;
}

static void check_other(const struct lint *lint, const struct marker *marker, bool is_first)
{
    if (marker->name[0] == '=')
        bb_diag_add(lint->diags, BB_ERROR, place_of(lint, marker), "a template may not change the delimiters");
    if (marker->name[0] == '%' && !is_first)
        bb_diag_add(lint->diags, BB_ERROR, place_of(lint, marker), "{{%s}} belongs at the beginning, once", marker->name);
}

static void check_template(const struct lint *lint)
{
    struct around around = {0};
    check_head(lint);
    for (size_t i = 0; i < lint->theirs->n; i++) {
        const struct marker *marker = &lint->theirs->marker[i];
        if (!marker->closed) {
            bb_diag_add(lint->diags, BB_ERROR, place_of(lint, marker), "this marker is not closed with }}");
            return;
        }
        if (!check_nesting(lint, marker, &around)) return;
        if (marker->kind == OTHER) {
            check_other(lint, marker, marker->at == 0);
            continue;
        }
        check_name(lint, marker, &around);
        check_escaping(lint, marker);
        check_quotes(lint, marker);
        enter_or_leave(&around, marker);
    }
    if (around.n)
        bb_diag_add(lint->diags, BB_ERROR, place_of(lint, around.open[around.n - 1]), "the section {{#%s}} is not ended",
                    around.open[around.n - 1]->name);
}

/* A file that has the name of none of the program's templates is used by nothing. */
static void complain_of_name(const char *path, const char *home, struct bb_arena *arena, struct bb_diags *diags)
{
    struct bb_paths own;
    struct bb_err err;
    const char *near = NULL;
    if (bb_glob(arena, bb_path_join(arena, home, "*.tpl"), &own, &err) == BB_OK) {
        const char **name = BB_NEW_ARRAY(arena, own.n + 1, const char *);
        for (size_t i = 0; i < own.n; i++) name[i] = bb_path_base(own.path[i]);
        near = bb_nearest(bb_path_base(path), name, own.n);
    }
    bb_diag_add(diags, BB_ERROR, (struct bb_place){path, 0, 0},
                "the program has no template of this name, so nothing would use it%s%s%s", near ? "; did you mean " : "",
                near ? near : "", near ? "?" : "");
}

/* The last word is that of the library that will read them: it knows HTML, and where in it a value stands. */
static void ask_ctemplate(const char *home, const char *dir, struct bb_diags *diags)
{
    struct bb_err err;
    if (bb_tpl_open(home, dir, &err) == BB_OK)
        bb_tpl_close();
    else
        bb_diag_add(diags, BB_ERROR, (struct bb_place){dir, 0, 0}, "%s", err.msg);
}

bool bb_templates_lint(const char *home, const char *dir, struct bb_diags *diags)
{
    struct bb_arena *arena = bb_arena_new(0);
    struct bb_buf text = BB_BUF_INIT;
    struct bb_paths paths = {0};
    struct bb_err err;
    size_t before = diags->n_errors;
    if (!bb_is_dir(dir))
        bb_diag_add(diags, BB_ERROR, (struct bb_place){dir, 0, 0}, "there is no such folder");
    else if (bb_glob(arena, bb_path_join(arena, dir, "*.tpl"), &paths, &err) != BB_OK)
        bb_diag_add(diags, BB_ERROR, (struct bb_place){dir, 0, 0}, "%s", err.msg);
    else if (!paths.n)
        bb_diag_add(diags, BB_WARNING, (struct bb_place){dir, 0, 0},
                    "no file of this folder ends in .tpl, so that nothing is overridden");
    for (size_t i = 0; i < paths.n; i++) {
        struct template own, theirs;
        const char *path = bb_path_join(arena, home, bb_path_base(paths.path[i]));
        if (!bb_is_file(path)) {
            complain_of_name(paths.path[i], home, arena, diags);
            continue;
        }
        if (!read_template(&own, path, &text, arena, diags) || !read_template(&theirs, paths.path[i], &text, arena, diags))
            continue;
        check_template(&(struct lint){&own, &theirs, arena, diags});
    }
    if (paths.n && diags->n_errors == before) ask_ctemplate(home, dir, diags);
    bb_buf_release(&text);
    bb_arena_free(arena);
    return diags->n_errors == before;
}
