/*
 * One page, by gumbo: ids, what it links to and loads, what its security policy forbids, and the numbers of its tables.
 */
#include "verify/verify_int.h"

#include <ctype.h>
#include <gumbo.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"

#define MOST_DEEP    256  /* elements inside each other */
#define MOST_COLUMNS 4096 /* of a table */

/* What an element and those around it say of the numbers inside. */
struct topic {
    const char *model, *node, *value; /* NULL: not said */
};

struct column {
    struct topic topic;
    int occupied; /* further rows that a cell from above still covers */
};

struct table {
    struct column column[MOST_COLUMNS];
    size_t at; /* next column of the row */
    bool in_head;
    struct topic row;
};

struct page {
    struct bb_check *check;
    const char *path;
    struct bb_arena *arena;
    struct bb_names ids, wanted; /* wanted: ids that attributes name */
    size_t *wanted_line;
    size_t cap_wanted;
    bool has_policy, has_title;
    struct bb_buf text;
};

/* --- small things of gumbo ------------------------------------------------------------------------------------------- */

static const char *attribute(const GumboNode *node, const char *name)
{
    const GumboAttribute *found = gumbo_get_attribute(&node->v.element.attributes, name);
    return found ? found->value : NULL;
}

static bool is_element(const GumboNode *node)
{
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

static bool is_tag(const GumboNode *node, GumboTag tag)
{
    return is_element(node) && node->v.element.tag == tag;
}

static size_t line_of(const GumboNode *node)
{
    return node->v.element.start_pos.line;
}

static size_t n_children(const GumboNode *node)
{
    return is_element(node) ? node->v.element.children.length : 0;
}

static const GumboNode *child(const GumboNode *node, size_t i)
{
    return node->v.element.children.data[i];
}

/* `word` among the blank-separated words of `list`, case ignored. */
static bool has_word(const char *list, const char *word)
{
    size_t len = strlen(word);
    for (const char *p = list ? list : ""; *p;) {
        p += strspn(p, " \t\n\r\f");
        size_t n = strcspn(p, " \t\n\r\f");
        if (n == len && strncasecmp(p, word, len) == 0) return true;
        p += n;
    }
    return false;
}

static bool is_unseen(const GumboNode *node)
{
    return has_word(attribute(node, "class"), "vh") || bb_streq(attribute(node, "aria-hidden"), "true") ||
           attribute(node, "hidden") || is_tag(node, GUMBO_TAG_SUP); /* the mark of a note */
}

/* What a reader sees of an element as text. */
static void add_text(const GumboNode *node, struct bb_buf *out, int depth)
{
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) bb_buf_puts(out, node->v.text.text);
    if (depth > MOST_DEEP || !is_element(node) || is_unseen(node)) return;
    for (size_t i = 0; i < n_children(node); i++) add_text(child(node, i), out, depth + 1);
}

static const char *text_of(struct page *page, const GumboNode *node)
{
    bb_buf_reset(&page->text);
    add_text(node, &page->text, 0);
    const char *text = bb_buf_text(&page->text) + strspn(bb_buf_text(&page->text), " \t\r\n");
    for (size_t len = strlen(text); len && strchr(" \t\r\n", text[len - 1]); len--)
        page->text.data[text - page->text.data + (long)len - 1] = '\0';
    return text;
}

/* --- ids and what refers to them ------------------------------------------------------------------------------------- */

static void want_id(struct page *page, const char *id, size_t len, size_t line)
{
    size_t before = page->wanted.n, at = bb_names_add_len(&page->wanted, id, len);
    if (at < before) return;
    page->wanted_line = bb_grow(page->wanted_line, &page->cap_wanted, at + 1, sizeof page->wanted_line[0]);
    page->wanted_line[at] = line;
}

static void see_ids(struct page *page, const GumboNode *node)
{
    static const char *const references[] = {"aria-labelledby", "aria-describedby", "aria-controls", "aria-details",
                                             "aria-owns",       "headers",          "for",           "list"};
    const char *id = attribute(node, "id");
    if (id) {
        size_t before = page->ids.n;
        if (bb_names_add(&page->ids, id) < before)
            bb_wrong(page->check, BB_WRONG_MARKUP, page->path, line_of(node), "the id \"%s\" stands twice", id);
        if (!*id || strpbrk(id, " \t\n"))
            bb_wrong(page->check, BB_WRONG_MARKUP, page->path, line_of(node), "\"%s\" cannot be an id", id);
    }
    for (size_t i = 0; i < sizeof references / sizeof references[0]; i++)
        for (const char *p = attribute(node, references[i]); p && *(p += strspn(p, " \t\n"));) {
            size_t len = strcspn(p, " \t\n");
            want_id(page, p, len, line_of(node));
            p += len;
        }
}

static void check_wanted(struct page *page)
{
    for (size_t i = 0; i < page->wanted.n; i++)
        if (bb_names_find(&page->ids, page->wanted.name[i]) == BB_NAMES_NONE)
            bb_wrong(page->check, BB_WRONG_MARKUP, page->path, page->wanted_line[i],
                     "an attribute names the id \"%s\", which the page does not have", page->wanted.name[i]);
}

/* --- links and what is loaded ---------------------------------------------------------------------------------------- */

/* An address in an attribute: of which elements ("*": of any), and whether the browser fetches it. */
static const struct {
    const char *attribute, *elements;
    bool loads;
} addresses[] = {
    {"href", "a area", false},
    {"href", "use image feimage pattern lineargradient radialgradient base", true}, /* SVG: #id, or elsewhere */
    {"src", "*", true},
    {"data", "object", true},
    {"data-source", "*", true}, /* the values of a leaderboard, loaded on first use */
    {"poster", "video", true},
    {"action", "form", true},
    {"formaction", "*", true},
    {"background", "*", true},
    {"cite", "blockquote q del ins", false},
};

/* rel of <link>: those that a browser fetches are not in the list. */
static bool link_loads(const char *rel)
{
    static const char *const not_fetched[] = {"canonical", "alternate", "license", "author",  "help",
                                              "next",      "prev",      "search",  "cite-as", "describedby"};
    if (has_word(rel, "stylesheet") || has_word(rel, "icon")) return true;
    for (size_t i = 0; i < sizeof not_fetched / sizeof not_fetched[0]; i++)
        if (has_word(rel, not_fetched[i])) return false;
    return true;
}

static void see_link_element(struct page *page, const GumboNode *node)
{
    const char *href = attribute(node, "href"), *rel = attribute(node, "rel");
    if (!href) return;
    if (has_word(rel, "canonical")) {
        page->check->report->n_links++;
        bb_see_absolute(page->check, page->path, line_of(node), href);
        return;
    }
    bb_see_link(page->check, page->path, line_of(node), href, link_loads(rel));
}

/* "a.png 1x, b.png 2x" */
static void see_srcset(struct page *page, const GumboNode *node)
{
    const char *set = attribute(node, "srcset");
    for (const char *p = set ? set : ""; *(p += strspn(p, " ,\t\n"));) {
        size_t len = strcspn(p, " ,\t\n");
        bb_see_link(page->check, page->path, line_of(node), bb_arena_strndup(page->arena, p, len), true);
        p += len;
        p += strcspn(p, ",");
    }
}

static void see_links(struct page *page, const GumboNode *node)
{
    const char *name = gumbo_normalized_tagname(node->v.element.tag);
    char own[32];
    if (node->v.element.tag == GUMBO_TAG_UNKNOWN) { /* gumbo knows no names of SVG */
        GumboStringPiece piece = node->v.element.original_tag;
        gumbo_tag_from_original_text(&piece);
        size_t len = piece.length < sizeof own - 1 ? piece.length : sizeof own - 1;
        for (size_t i = 0; i < len; i++) own[i] = (char)tolower((unsigned char)piece.data[i]);
        own[len] = '\0';
        name = own;
    }
    if (is_tag(node, GUMBO_TAG_LINK)) see_link_element(page, node);
    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
        const char *url = attribute(node, addresses[i].attribute);
        if (!url || (*addresses[i].elements != '*' && !has_word(addresses[i].elements, name))) continue;
        bb_see_link(page->check, page->path, line_of(node), url, addresses[i].loads);
    }
    see_srcset(page, node);
}

/* Cards name pages and pictures by absolute addresses. */
static void see_card(struct page *page, const GumboNode *node)
{
    static const char *const names[] = {"og:url", "og:image", "twitter:image"};
    const char *property = attribute(node, "property"), *content = attribute(node, "content");
    if (!property) property = attribute(node, "name");
    for (size_t i = 0; content && i < sizeof names / sizeof names[0]; i++)
        if (bb_streq(property, names[i])) {
            page->check->report->n_links++;
            bb_see_absolute(page->check, page->path, line_of(node), content);
        }
}

/* --- the security policy --------------------------------------------------------------------------------------------- */

/* The one page that may, at once and within the site: a folder "latest" that works from a file and without links of the file system. */
static bool leads_to_latest(struct page *page, const GumboNode *node, const char *content)
{
    static const char at_once[] = "0; url=";
    if (!bb_streq(page->path, "latest/index.html") || page->check->around || !bb_starts_with(content, at_once)) return false;
    bb_see_link(page->check, page->path, line_of(node), content + sizeof at_once - 1, false);
    return bb_link_path(page->path, content + sizeof at_once - 1, page->check->arena) != NULL;
}

static void see_meta(struct page *page, const GumboNode *node)
{
    const char *equiv = attribute(node, "http-equiv"), *content = attribute(node, "content");
    see_card(page, node);
    if (!equiv || !content) return;
    if (strcasecmp(equiv, "refresh") == 0 && !leads_to_latest(page, node, content))
        bb_wrong(page->check, BB_WRONG_SCRIPT, page->path, line_of(node),
                 "the page leads elsewhere by itself (http-equiv=refresh)");
    if (strcasecmp(equiv, "Content-Security-Policy") != 0) return;
    page->has_policy = true;
    if (!strstr(content, "default-src 'none'"))
        bb_wrong(page->check, BB_WRONG_SCRIPT, page->path, line_of(node),
                 "the Content-Security-Policy does not begin with default-src 'none'");
    if (strstr(content, "unsafe-"))
        bb_wrong(page->check, BB_WRONG_SCRIPT, page->path, line_of(node), "the Content-Security-Policy allows what is unsafe: %s",
                 content);
}

static void check_island(struct page *page, const GumboNode *node)
{
    struct bb_diags found;
    struct bb_arena *arena = bb_arena_new(0);
    bb_diags_init(&found);
    const char *text = n_children(node) ? child(node, 0)->v.text.text : "";
    if (!bb_json_parse(arena, page->path, text, strlen(text), &found))
        bb_wrong(page->check, BB_WRONG_DATA, page->path, line_of(node) + (found.n ? found.diag[0].place.line : 1) - 1,
                 "the JSON in the page: %s", found.n ? found.diag[0].message : "cannot be read");
    bb_diags_release(&found);
    bb_arena_free(arena);
}

static void see_script(struct page *page, const GumboNode *node)
{
    const char *type = attribute(node, "type");
    bool is_data = type && (strcasecmp(type, "application/json") == 0 || strcasecmp(type, "application/ld+json") == 0);
    if (is_data)
        check_island(page, node);
    else if (!attribute(node, "src"))
        bb_wrong(page->check, BB_WRONG_SCRIPT, page->path, line_of(node),
                 "a script in the page itself, which the Content-Security-Policy forbids");
}

static void see_forbidden(struct page *page, const GumboNode *node)
{
    const GumboVector *attributes = &node->v.element.attributes;
    for (size_t i = 0; i < attributes->length; i++) {
        const GumboAttribute *it = attributes->data[i];
        if (strncasecmp(it->name, "on", 2) == 0 || strcasecmp(it->name, "style") == 0 || strcasecmp(it->name, "srcdoc") == 0)
            bb_wrong(page->check, BB_WRONG_SCRIPT, page->path, it->name_start.line,
                     "the attribute %s=\"…\", which the Content-Security-Policy forbids", it->name);
    }
    if (is_tag(node, GUMBO_TAG_STYLE))
        bb_wrong(page->check, BB_WRONG_SCRIPT, page->path, line_of(node),
                 "<style> in the page, which the Content-Security-Policy forbids");
    if (is_tag(node, GUMBO_TAG_BASE))
        bb_wrong(page->check, BB_WRONG_LINK, page->path, line_of(node), "<base> would turn all links of the page");
    if (is_tag(node, GUMBO_TAG_META)) see_meta(page, node);
    if (is_tag(node, GUMBO_TAG_SCRIPT)) see_script(page, node);
    if (is_tag(node, GUMBO_TAG_TITLE) && node->v.element.tag_namespace == GUMBO_NAMESPACE_HTML && n_children(node))
        page->has_title = true;
}

/* --- numbers --------------------------------------------------------------------------------------------------------- */

/* "models/a/index.html" → "a" */
static const char *id_in(struct page *page, const char *target, const char *folder)
{
    if (!target || !bb_starts_with(target, folder)) return NULL;
    const char *id = target + strlen(folder), *slash = strchr(id, '/');
    return slash && strcmp(slash, "/index.html") == 0 && slash != id ? bb_arena_strndup(page->arena, id, (size_t)(slash - id))
                                                                     : NULL;
}

static struct topic topic_of_path(struct page *page, const char *path)
{
    return (struct topic){id_in(page, path, "models/"), id_in(page, path, "benchmarks/"), NULL};
}

static const GumboNode *first_link(const GumboNode *node, int depth)
{
    if (is_tag(node, GUMBO_TAG_A) && attribute(node, "href")) return node;
    for (size_t i = 0; depth < MOST_DEEP && i < n_children(node); i++) {
        const GumboNode *found = first_link(child(node, i), depth + 1);
        if (found) return found;
    }
    return NULL;
}

/* What the element says itself. */
static struct topic said(const GumboNode *node)
{
    return (struct topic){attribute(node, "data-m"), attribute(node, "data-n"), attribute(node, "data-v")};
}

/* A head says by its first link what it does not say by its attributes. */
static struct topic said_by_head(struct page *page, const GumboNode *head)
{
    struct topic topic = said(head);
    const GumboNode *link = first_link(head, 0);
    const struct topic linked =
        link ? topic_of_path(page, bb_link_path(page->path, attribute(link, "href"), page->arena)) : (struct topic){0};
    if (!topic.model) topic.model = linked.model;
    if (!topic.node) topic.node = linked.node;
    return topic;
}

static struct topic within(struct topic outer, struct topic inner)
{
    return (struct topic){inner.model ? inner.model : outer.model, inner.node ? inner.node : outer.node,
                          inner.value ? inner.value : outer.value};
}

static void check_value(struct page *page, const GumboNode *node, struct topic topic)
{
    bb_check_number(page->check, page->path, line_of(node), topic.model, topic.node, topic.value, text_of(page, node));
}

static size_t span(const GumboNode *cell, const char *name)
{
    const char *text = attribute(cell, name);
    long n = text ? strtol(text, NULL, 10) : 1;
    return n < 1 ? 1 : n > MOST_COLUMNS ? MOST_COLUMNS : (size_t)n;
}

/* The cell takes its columns; `first` is where it begins. */
static size_t place_cell(struct table *table, const GumboNode *cell, size_t *width)
{
    while (table->at < MOST_COLUMNS && table->column[table->at].occupied) table->column[table->at++].occupied--;
    size_t first = table->at, wide = span(cell, "colspan"), high = span(cell, "rowspan");
    if (first + wide > MOST_COLUMNS) wide = MOST_COLUMNS - first;
    for (size_t i = first; i < first + wide; i++) table->column[i].occupied = (int)high - 1;
    table->at = first + wide;
    *width = wide;
    return first;
}

static void end_row(struct table *table)
{
    for (; table->at < MOST_COLUMNS; table->at++)
        if (table->column[table->at].occupied) table->column[table->at].occupied--;
}

/* The topic of a cell, given that of what is around the table; in a head it becomes that of the columns. */
static struct topic cell_topic(struct page *page, struct table *table, const GumboNode *cell, struct topic around)
{
    size_t width, first = place_cell(table, cell, &width);
    if (table->in_head) {
        const struct topic head = said_by_head(page, cell);
        for (size_t i = first; i < first + width; i++) table->column[i].topic = within(table->column[i].topic, head);
        return (struct topic){0};
    }
    struct topic column = first < MOST_COLUMNS && width == 1 ? table->column[first].topic : (struct topic){0}, row = table->row;
    if (is_tag(cell, GUMBO_TAG_TH)) column = (struct topic){0};
    if (!column.value && column.node) column.value = "score";
    row.value = NULL;
    return within(within(within(around, row), column), said(cell));
}

static struct topic row_topic(struct page *page, const GumboNode *row)
{
    struct topic topic = said(row);
    for (size_t i = 0; i < n_children(row); i++)
        if (is_tag(child(row, i), GUMBO_TAG_TH)) return within(said_by_head(page, child(row, i)), topic);
    return topic;
}

/* --- the walk -------------------------------------------------------------------------------------------------------- */

/* Most elements are cells with a class at most. */
static bool says_little(const GumboNode *node)
{
    const GumboVector *attributes = &node->v.element.attributes;
    return attributes->length == 0 ||
           (attributes->length == 1 && strcmp(((const GumboAttribute *)attributes->data[0])->name, "class") == 0);
}

static void walk(struct page *page, const GumboNode *node, struct topic topic, struct table *table, int depth)
{
    if (!is_element(node)) return;
    if (depth > MOST_DEEP) {
        bb_wrong(page->check, BB_WRONG_MARKUP, page->path, line_of(node), "more than %d elements inside each other", MOST_DEEP);
        return;
    }
    struct table *own = NULL;
    if (!says_little(node)) {
        see_ids(page, node);
        see_links(page, node);
    }
    see_forbidden(page, node);
    bool is_cell = table && (is_tag(node, GUMBO_TAG_TD) || is_tag(node, GUMBO_TAG_TH)),
         is_row = table && is_tag(node, GUMBO_TAG_TR);
    struct topic inner = is_cell ? cell_topic(page, table, node, topic) : within(topic, said(node));
    if (is_tag(node, GUMBO_TAG_TABLE)) table = own = bb_calloc(1, sizeof *own);
    if (table && is_tag(node, GUMBO_TAG_THEAD)) table->in_head = true;
    if (is_row) {
        table->at = 0;
        table->row = table->in_head ? (struct topic){0} : row_topic(page, node);
    }
    /* a value that is said far out is no cell's own: only a cell or an element that says it itself is looked at */
    bool is_value = inner.value && (is_cell ? !table->in_head : attribute(node, "data-v") != NULL && !is_row);
    if (is_value && !is_tag(node, GUMBO_TAG_TABLE)) check_value(page, node, inner);
    inner.value = NULL;
    for (size_t i = 0; i < n_children(node); i++) walk(page, child(node, i), inner, table, depth + 1);
    if (is_row) end_row(table);
    if (table && is_tag(node, GUMBO_TAG_THEAD)) table->in_head = false;
    free(own);
}

static void check_page(struct page *page, const GumboOutput *output)
{
    struct bb_check *check = page->check;
    walk(page, output->root, topic_of_path(page, page->path), NULL, 0);
    check_wanted(page);
    if (output->errors.length)
        bb_wrong(check, BB_WRONG_MARKUP, page->path, 0, "%u syntax errors of HTML; `tidy -e` says where", output->errors.length);
    if (!page->has_policy) bb_wrong(check, BB_WRONG_SCRIPT, page->path, 0, "the page has no Content-Security-Policy");
    if (!page->has_title) bb_wrong(check, BB_WRONG_MARKUP, page->path, 0, "the page has no title");
    for (size_t i = 0; i < page->ids.n; i++)
        bb_names_add(&check->anchors, bb_arena_printf(page->arena, "%s#%s", page->path, page->ids.name[i]));
}

void bb_check_page(struct bb_check *check, const char *path, const struct bb_buf *text)
{
    struct page page = {.check = check, .path = path, .arena = bb_arena_new(0)};
    bb_names_init(&page.ids);
    bb_names_init(&page.wanted);
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 1000;
    GumboOutput *output = gumbo_parse_with_options(&options, bb_buf_text(text), text->len);
    check_page(&page, output);
    check->report->n_pages++;
    gumbo_destroy_output(&options, output);
    bb_names_release(&page.ids);
    bb_names_release(&page.wanted);
    free(page.wanted_line);
    bb_buf_release(&page.text);
    bb_arena_free(page.arena);
}

static const char *canonical(const GumboNode *node, int depth)
{
    const char *found = NULL;
    if (is_tag(node, GUMBO_TAG_LINK) && has_word(attribute(node, "rel"), "canonical")) return attribute(node, "href");
    for (size_t i = 0; !found && depth < MOST_DEEP && i < n_children(node); i++) found = canonical(child(node, i), depth + 1);
    return found;
}

const char *bb_page_canonical(const struct bb_buf *text, struct bb_arena *arena)
{
    GumboOutput *output = gumbo_parse_with_options(&kGumboDefaultOptions, bb_buf_text(text), text->len);
    const char *url = canonical(output->root, 0);
    if (url) url = bb_arena_strdup(arena, url);
    gumbo_destroy_output(&kGumboDefaultOptions, output);
    return url;
}

/* --- style sheets ---------------------------------------------------------------------------------------------------- */

/* url(…) and @import of a style sheet; comments are skipped. */
void bb_check_style(struct bb_check *check, const char *path, const struct bb_buf *text)
{
    size_t line = 1;
    for (const char *p = bb_buf_text(text); *p; p++) {
        if (*p == '\n') line++;
        if (strncmp(p, "/*", 2) == 0) {
            const char *end = strstr(p + 2, "*/");
            for (const char *stop = end ? end + 1 : p + strlen(p) - 1; p < stop; p++) line += *p == '\n';
            continue;
        }
        if (strncasecmp(p, "@import", 7) == 0)
            bb_wrong(check, BB_WRONG_OUTSIDE, path, line, "@import: a style sheet may not load another");
        if (strncasecmp(p, "url(", 4) != 0) continue;
        const char *start = p + 4 + strspn(p + 4, " '\"");
        bb_see_link(check, path, line, bb_arena_strndup(check->arena, start, strcspn(start, " '\")")), true);
    }
}
