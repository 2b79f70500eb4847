#include "pdf/lines.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "pdf/letters.h"

#define STRETCH_MOST .30 /* em that a space may grow by in a justified line */

/* --- fragments ------------------------------------------------------------------------------------------------------ */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_ideograph(uint32_t code)
{
    return (code >= 0x2e80 && code < 0xa000) || (code >= 0xac00 && code < 0xd7a4) || (code >= 0xf900 && code < 0xfb00) ||
           (code >= 0xff00 && code < 0xffe0);
}

static bool is_word(uint32_t code)
{
    return code >= 0x80 || (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
}

/* A line may end between the two. A dot between digits is a decimal point; a hyphen before one is a sign. */
static bool may_break(uint32_t before, uint32_t last, uint32_t next)
{
    bool is_number = next >= '0' && next <= '9';
    if (last == 0x200b) return true;
    if (is_ideograph(last) || is_ideograph(next)) return true;
    if (!is_word(next) || !is_word(before)) return false;
    if (last == '-' || last == '/' || last == '_' || last == 0x2013 || last == 0x2014) return !(last == 0x2013 && is_number);
    return (last == '.' || last == ',' || last == ':') && !(is_number && before >= '0' && before <= '9');
}

/* Length of the piece at the start of text, which is not blank. */
static size_t piece_of(const char *text)
{
    uint32_t before = ' ', last = ' ';
    const char *at = text;
    while (*at && !is_blank(*at)) {
        const char *next = at;
        uint32_t code = bb_next_code(&next);
        if (at > text && may_break(before, last, code)) break;
        before = last;
        last = code;
        at = next;
    }
    return (size_t)(at - text);
}

struct fragments {
    struct bb_pdf *pdf;
    struct bb_fragment *fragment;
    size_t n, cap;
};

static void add_fragment(struct fragments *all, const struct bb_span *span, const char *text, size_t len, bool space)
{
    struct bb_arena *arena = bb_pdf_arena(all->pdf);
    if (all->n == all->cap) {
        size_t cap = all->cap ? 2 * all->cap : 16;
        struct bb_fragment *more = BB_NEW_ARRAY(arena, cap, struct bb_fragment);
        if (all->n) memcpy(more, all->fragment, all->n * sizeof *more);
        all->fragment = more;
        all->cap = cap;
    }
    const char *copy = bb_arena_strndup(arena, text, len);
    all->fragment[all->n++] = (struct bb_fragment){copy, span, bb_pdf_width(all->pdf, &span->look, copy), space};
}

/* As much of text[0..len) as fits, but one letter at least. */
static size_t forced(struct fragments *all, const struct bb_span *span, const char *text, size_t len, double width)
{
    const char *at = text;
    double used = 0;
    while (at < text + len) {
        const char *next = at;
        bb_next_code(&next);
        used += bb_pdf_width(all->pdf, &span->look, bb_arena_strndup(bb_pdf_arena(all->pdf), at, (size_t)(next - at)));
        if (used > width && at > text) break;
        at = next;
    }
    return at < text + len ? (size_t)(at - text) : len;
}

static void add_piece(struct fragments *all, const struct bb_span *span, const char *text, size_t len, bool space, double width)
{
    add_fragment(all, span, text, len, space);
    if (all->fragment[all->n - 1].width <= width) return;
    all->n--;
    while (len) {
        size_t part = forced(all, span, text, len, width);
        add_fragment(all, span, text, part, space);
        text += part;
        len -= part;
        space = false;
    }
}

static void gather(struct fragments *all, const struct bb_span *span, size_t n, double width)
{
    bool space = false;
    for (size_t i = 0; i < n; i++) {
        const char *at = span[i].text;
        while (*at) {
            if (is_blank(*at)) {
                space = true;
                at++;
                continue;
            }
            size_t len = piece_of(at);
            add_piece(all, &span[i], at, len, space && all->n, width);
            space = false;
            at += len;
        }
    }
}

/* --- lines ---------------------------------------------------------------------------------------------------------- */

static double space_of(struct bb_pdf *pdf, const struct bb_fragment *fragment)
{
    return bb_pdf_width(pdf, &fragment->span->look, " ");
}

/* The parts of two spans that touch belong to one word. */
static bool can_end_before(const struct bb_fragment *fragment)
{
    return fragment->space_before || fragment[-1].span == fragment->span;
}

struct bb_text_block bb_break_lines(struct bb_pdf *pdf, const struct bb_span *span, size_t n, double width)
{
    struct fragments all = {.pdf = pdf};
    struct bb_arena *arena = bb_pdf_arena(pdf);
    gather(&all, span, n, width);
    struct bb_text_block block = {.fragment = all.fragment, .n_fragments = all.n};
    if (!all.n) return block;
    double *cost = BB_NEW_ARRAY(arena, all.n + 1, double); /* of fragments 0 … i − 1, ended by a line */
    size_t *from = BB_NEW_ARRAY(arena, all.n + 1, size_t);
    for (size_t end = 1; end <= all.n; end++) {
        double used = 0;
        cost[end] = INFINITY;
        for (size_t first = end; first-- > 0;) {
            const struct bb_fragment *fragment = &all.fragment[first];
            used += fragment->width;
            if (first + 1 < end && all.fragment[first + 1].space_before) used += space_of(pdf, &all.fragment[first + 1]);
            if (used > width + .01 && first + 1 < end) break;
            if (first && !can_end_before(fragment)) continue;
            double slack = end == all.n ? 0 : fmax(0, width - used) / width;
            double total = cost[first] + slack * slack + .01; /* a line less is better where nothing else decides */
            if (total >= cost[end]) continue;
            cost[end] = total;
            from[end] = first;
        }
        if (isinf(cost[end]))
            cost[end] = cost[end - 1] + 4, from[end] = end - 1; /* parts of one word that are too wide together */
    }
    for (size_t end = all.n; end; end = from[end]) block.n++;
    block.line = BB_NEW_ARRAY(arena, block.n, struct bb_text_line);
    size_t at = block.n;
    for (size_t end = all.n; end; end = from[end]) {
        struct bb_text_line *line = &block.line[--at];
        *line = (struct bb_text_line){.first = from[end], .end = end};
        for (size_t i = line->first; i < end; i++) {
            bool space = i > line->first && all.fragment[i].space_before;
            line->width += all.fragment[i].width + (space ? space_of(pdf, &all.fragment[i]) : 0);
            line->n_spaces += space;
        }
        block.width = fmax(block.width, line->width);
    }
    return block;
}

/* --- drawing -------------------------------------------------------------------------------------------------------- */

/* Fragments from i on that can be drawn as one text: of one span, on one line, with nothing between them but spaces. */
static size_t together(const struct bb_text_block *block, size_t i, size_t end, bool stretched)
{
    size_t k = i + 1;
    while (k < end && block->fragment[k].span == block->fragment[i].span && !(stretched && block->fragment[k].space_before)) k++;
    return k;
}

static const char *joined(struct bb_pdf *pdf, const struct bb_text_block *block, size_t first, size_t end)
{
    struct bb_buf text = BB_BUF_INIT;
    for (size_t i = first; i < end; i++) {
        if (i > first && block->fragment[i].space_before) bb_buf_putc(&text, ' ');
        bb_buf_puts(&text, block->fragment[i].text);
    }
    const char *copy = bb_arena_strdup(bb_pdf_arena(pdf), bb_buf_text(&text));
    bb_buf_release(&text);
    return copy;
}

void bb_draw_line(struct bb_pdf *pdf, struct bb_pdf_page *page, const struct bb_text_block *block, size_t line, double x,
                  double y, enum bb_pdf_anchor anchor, double width, bool justified)
{
    const struct bb_text_line *is = &block->line[line];
    double slack = width - is->width, extra = 0;
    if (justified && line + 1 < block->n && is->n_spaces && slack > 0) {
        extra = slack / (double)is->n_spaces;
        if (extra > STRETCH_MOST * block->fragment[is->first].span->look.size) extra = 0;
    }
    if (anchor == BB_PDF_RIGHT) x += slack;
    if (anchor == BB_PDF_CENTRE) x += slack / 2;
    for (size_t i = is->first; i < is->end;) {
        const struct bb_fragment *fragment = &block->fragment[i];
        size_t end = together(block, i, is->end, extra > 0);
        if (i > is->first && fragment->space_before) x += space_of(pdf, fragment) + extra;
        const char *text = joined(pdf, block, i, end);
        double w = bb_pdf_width(pdf, &fragment->span->look, text), size = fragment->span->look.size;
        bb_pdf_text(pdf, page, x, y, BB_PDF_LEFT, &fragment->span->look, text);
        if (fragment->span->target) bb_pdf_link(pdf, page, x, y - .8 * size, w, 1.1 * size, fragment->span->target);
        x += w;
        i = end;
    }
}

double bb_span_least(struct bb_pdf *pdf, const struct bb_span *span)
{
    double least = 0;
    for (const char *at = span->text; *at;) {
        size_t len = is_blank(*at) ? 1 : piece_of(at);
        if (!is_blank(*at)) least = fmax(least, bb_pdf_width(pdf, &span->look, bb_arena_strndup(bb_pdf_arena(pdf), at, len)));
        at += len;
    }
    return least;
}
