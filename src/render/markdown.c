#include "render/markdown.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

/* Far above any description; keeps what is not linear in the parser within a blink. */
#define MOST_BYTES ((size_t)64 << 10)

/* --- the tree made harmless ------------------------------------------------------------------------------------------ */

/* Nodes of one document, taken down before any is changed. */
struct nodes {
    cmark_node **node;
    size_t n, cap;
};

static struct nodes all_nodes(cmark_node *document)
{
    struct nodes nodes = {0};
    cmark_iter *at = cmark_iter_new(document);
    for (cmark_event_type event; (event = cmark_iter_next(at)) != CMARK_EVENT_DONE;) {
        if (event != CMARK_EVENT_ENTER) continue;
        nodes.node = bb_grow(nodes.node, &nodes.cap, nodes.n + 1, sizeof nodes.node[0]);
        nodes.node[nodes.n++] = cmark_iter_get_node(at);
    }
    cmark_iter_free(at);
    return nodes;
}

static bool is_open_address(const char *url)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:"};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (strncasecmp(url, schemes[i], strlen(schemes[i])) == 0) return true;
    return false;
}

/* Its children take its place. */
static void unwrap(cmark_node *node)
{
    for (cmark_node *child; (child = cmark_node_first_child(node));) cmark_node_insert_before(node, child);
    cmark_node_unlink(node);
    cmark_node_free(node);
}

static cmark_node *text_of(cmark_node *node)
{
    cmark_node *text = cmark_node_new(CMARK_NODE_TEXT);
    const char *literal = cmark_node_get_literal(node);
    char *copy = bb_strdup(literal);
    for (size_t len = strlen(copy); len && copy[len - 1] == '\n';) copy[--len] = '\0'; /* of a block */
    cmark_node_set_literal(text, copy);
    free(copy);
    return text;
}

static void tame_html_inline(cmark_node *node)
{
    cmark_node_replace(node, text_of(node));
    cmark_node_free(node);
}

static void tame_html_block(cmark_node *node)
{
    cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
    cmark_node_append_child(paragraph, text_of(node));
    cmark_node_replace(node, paragraph);
    cmark_node_free(node);
}

static void tame_link(cmark_node *node)
{
    if (is_open_address(cmark_node_get_url(node)))
        cmark_node_set_title(node, "");
    else
        unwrap(node);
}

static void tame_code_block(cmark_node *node)
{
    cmark_node_set_fence_info(node, "");
}

/* "7." would begin the list with an attribute, start="7". */
static void tame_list(cmark_node *node)
{
    if (cmark_node_get_list_type(node) == CMARK_ORDERED_LIST) cmark_node_set_list_start(node, 1);
}

static const struct {
    cmark_node_type type;
    void (*tame)(cmark_node *node);
} tamers[] = {
    {CMARK_NODE_HTML_INLINE, tame_html_inline},
    {CMARK_NODE_HTML_BLOCK, tame_html_block},
    {CMARK_NODE_LINK, tame_link},
    {CMARK_NODE_IMAGE, unwrap},
    {CMARK_NODE_CODE_BLOCK, tame_code_block},
    {CMARK_NODE_LIST, tame_list},
};

/* Headings in the order of the text, renumbered: a level is as deep as there are lower levels open around it. */
static void number_headings(const struct nodes *nodes, int top)
{
    int open[7] = {0}, depth = 0;
    for (size_t i = 0; i < nodes->n; i++) {
        if (cmark_node_get_type(nodes->node[i]) != CMARK_NODE_HEADING) continue;
        int level = cmark_node_get_heading_level(nodes->node[i]);
        while (depth > 0 && open[depth - 1] >= level) depth--;
        open[depth++] = level;
        cmark_node_set_heading_level(nodes->node[i], top + depth - 1 < 6 ? top + depth - 1 : 6);
    }
}

static void tame(cmark_node *document, int top)
{
    struct nodes nodes = all_nodes(document);
    number_headings(&nodes, top);
    /* from the end, so that what stands inside a node is done before the node itself */
    for (size_t i = nodes.n; i-- > 0;)
        for (size_t k = 0; k < sizeof tamers / sizeof tamers[0]; k++)
            if (cmark_node_get_type(nodes.node[i]) == tamers[k].type) {
                tamers[k].tame(nodes.node[i]);
                break;
            }
    free(nodes.node);
}

/* --- as HTML --------------------------------------------------------------------------------------------------------- */

static void add_escaped(struct bb_buf *out, const char *text, size_t len)
{
    static const char *const entity[] = {['<'] = "&lt;", ['>'] = "&gt;", ['&'] = "&amp;", ['"'] = "&quot;"};
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c < sizeof entity / sizeof entity[0] && entity[c])
            bb_buf_puts(out, entity[c]);
        else
            bb_buf_putc(out, text[i]);
    }
}

static void plain_paragraphs(const char *text, struct bb_buf *out)
{
    for (const char *p = text + strspn(text, "\n"); *p; p += strspn(p, "\n")) {
        const char *end = strstr(p, "\n\n");
        size_t len = end ? (size_t)(end - p) : strlen(p);
        bb_buf_puts(out, "<p>");
        add_escaped(out, p, len);
        bb_buf_puts(out, "</p>\n");
        p += len;
    }
}

void bb_markdown_html(const char *text, int top, struct bb_buf *out)
{
    size_t len = text ? strlen(text) : 0;
    if (len > MOST_BYTES) {
        plain_paragraphs(text, out);
        return;
    }
    if (!len) return;
    cmark_node *document = cmark_parse_document(text, len, CMARK_OPT_VALIDATE_UTF8);
    tame(document, top);
    char *html = cmark_render_html(document, CMARK_OPT_DEFAULT); /* safe mode: the second wall */
    bb_buf_puts(out, html);
    free(html);
    cmark_node_free(document);
}

/* --- as words -------------------------------------------------------------------------------------------------------- */

/* The literal of a node as it counts for the words; blocks and breaks part them. */
static void add_words(struct bb_buf *words, cmark_node *node)
{
    const char *literal = cmark_node_get_literal(node);
    bool is_block = cmark_node_get_type(node) <= CMARK_NODE_LAST_BLOCK,
         is_break = cmark_node_get_type(node) == CMARK_NODE_SOFTBREAK || cmark_node_get_type(node) == CMARK_NODE_LINEBREAK;
    if (is_block || is_break) bb_buf_putc(words, ' ');
    if (literal) bb_buf_puts(words, literal);
}

/* Runs of blanks and controls become one space; none at the ends. */
static void squeeze(struct bb_buf *words)
{
    size_t to = 0;
    for (size_t i = 0; i < words->len; i++) {
        bool is_blank = (unsigned char)words->data[i] <= ' ' || words->data[i] == 0x7f;
        if (is_blank && (to == 0 || words->data[to - 1] == ' ')) continue;
        words->data[to++] = is_blank ? ' ' : words->data[i];
    }
    while (to && words->data[to - 1] == ' ') to--;
    words->len = to;
    if (words->data) words->data[to] = '\0';
}

/* Where to cut so that `limit` code points stay, "…" among them: at a blank when there is one in the second half. */
static size_t cut_at(const char *text, size_t len, size_t limit)
{
    size_t at = 0, blank = 0;
    for (size_t n = 1; n < limit && at < len; n++) {
        if (text[at] == ' ') blank = at;
        size_t step = bb_utf8_sequence(text + at, len - at);
        at += step ? step : 1;
    }
    return text[at] != ' ' && blank > at / 2 ? blank : at;
}

void bb_markdown_text(const char *text, size_t limit, struct bb_buf *out)
{
    struct bb_buf words = BB_BUF_INIT;
    size_t len = text ? strlen(text) : 0;
    if (len > MOST_BYTES) {
        bb_buf_add(&words, text, len);
    } else if (len) {
        cmark_node *document = cmark_parse_document(text, len, CMARK_OPT_VALIDATE_UTF8);
        struct nodes nodes = all_nodes(document);
        for (size_t i = 0; i < nodes.n; i++) add_words(&words, nodes.node[i]);
        free(nodes.node);
        cmark_node_free(document);
    }
    squeeze(&words);
    if (limit && bb_utf8_length(bb_buf_text(&words), words.len) > limit) {
        bb_buf_add(out, words.data, cut_at(words.data, words.len, limit));
        bb_buf_puts(out, "…");
    } else {
        bb_buf_puts(out, bb_buf_text(&words));
    }
    bb_buf_release(&words);
}
