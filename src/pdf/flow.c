#include "pdf/flow.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define MARGIN_SIDE   57.0
#define MARGIN_TOP    66.0
#define MARGIN_BOTTOM 60.0
#define HEAD_AT       42.0 /* base line of the running head */
#define FOOT_AT       34.0 /* base line of the foot, from below */

struct bb_pdf_look bb_type(enum bb_face face, double size, uint32_t colour)
{
    return (struct bb_pdf_look){face, size, colour};
}

void bb_flow_init(struct bb_flow *flow, struct bb_pdf *pdf, uint32_t accent, const char *head, const char *foot)
{
    *flow = (struct bb_flow){.pdf = pdf, .accent = accent, .head = head, .foot = foot, .section = ""};
}

void bb_flow_release(struct bb_flow *flow)
{
    free(flow->entry);
    free(flow->section_of);
    flow->entry = flow->section_of = NULL;
}

/* --- pages ---------------------------------------------------------------------------------------------------------- */

static void note_section(struct bb_flow *flow)
{
    flow->section_of = bb_grow(flow->section_of, &flow->cap_sections, flow->n_sections + 1, sizeof *flow->section_of);
    flow->section_of[flow->n_sections++] =
        (struct bb_flow_entry){.title = flow->section, .page = flow->page, .level = flow->bare};
}

void bb_flow_new_page(struct bb_flow *flow, bool turned)
{
    double width = turned ? BB_PDF_A4_LONG : BB_PDF_A4_SHORT, height = turned ? BB_PDF_A4_SHORT : BB_PDF_A4_LONG;
    flow->page = bb_pdf_add_page(flow->pdf, BB_PDF_LAST, width, height);
    flow->left = MARGIN_SIDE;
    flow->right = width - MARGIN_SIDE;
    flow->top = flow->y = MARGIN_TOP;
    flow->bottom = height - MARGIN_BOTTOM;
    flow->turned = turned;
    note_section(flow);
}

void bb_flow_bare_page(struct bb_flow *flow)
{
    flow->bare = true;
    bb_flow_new_page(flow, false);
    flow->bare = false;
}

void bb_flow_upright(struct bb_flow *flow)
{
    if (!flow->page || flow->turned) bb_flow_new_page(flow, false);
}

double bb_flow_room(const struct bb_flow *flow)
{
    return flow->page ? flow->bottom - flow->y : 0;
}

bool bb_flow_is_at_top(const struct bb_flow *flow)
{
    return !flow->page || flow->y <= flow->top + .01;
}

void bb_flow_need(struct bb_flow *flow, double height)
{
    if (!flow->page || (bb_flow_room(flow) < height && !bb_flow_is_at_top(flow))) bb_flow_new_page(flow, flow->turned);
}

void bb_flow_skip(struct bb_flow *flow, double height)
{
    if (!bb_flow_is_at_top(flow)) flow->y += height;
}

/* --- headings ------------------------------------------------------------------------------------------------------- */

static void add_entry(struct bb_flow *flow, unsigned level, const char *title, const char *anchor)
{
    flow->entry = bb_grow(flow->entry, &flow->cap_entries, flow->n_entries + 1, sizeof *flow->entry);
    flow->entry[flow->n_entries++] = (struct bb_flow_entry){title, anchor, flow->page, level};
}

static const struct {
    enum bb_face face;
    double size, above, below;
} headings[] = {{BB_FACE_BOLD, 16, 22, 9}, {BB_FACE_BOLD, 12, 16, 5}, {BB_FACE_BOLD, BB_PDF_BODY, 9, 3}};

void bb_flow_part(struct bb_flow *flow, const char *title, const char *anchor)
{
    flow->part = title;
    flow->part_anchor = anchor;
}

void bb_flow_heading(struct bb_flow *flow, unsigned level, const char *title, const char *anchor, double keep)
{
    const char *part = flow->part;
    if (part && level > 1) {
        flow->part = NULL;
        bb_flow_new_page(flow, false);
        bb_flow_heading(flow, 1, part, flow->part_anchor, keep + 40);
    }
    struct bb_arena *arena = bb_pdf_arena(flow->pdf);
    double size = headings[level - 1].size, leading = 1.2 * size;
    struct bb_span *span = BB_NEW(arena, struct bb_span);
    *span = (struct bb_span){bb_arena_strdup(arena, title), bb_type(headings[level - 1].face, size, BB_PDF_INK), NULL};
    if (!flow->page || !flow->hold) bb_flow_upright(flow);
    struct bb_text_block block = bb_break_lines(flow->pdf, span, 1, flow->right - flow->left);
    double height = leading * (double)block.n + headings[level - 1].below;
    bb_flow_need(flow, headings[level - 1].above + height + fmax(60, keep));
    bb_flow_skip(flow, headings[level - 1].above);
    if (level == 1) {
        flow->section = span->text;
        if (bb_flow_is_at_top(flow)) flow->section_of[flow->n_sections - 1].title = span->text;
    }
    if (!anchor) anchor = bb_arena_printf(arena, "section-%zu", ++flow->n_anchors);
    bb_pdf_anchor_here(flow->pdf, flow->page, flow->y - 4, anchor);
    if (level <= 2) {
        bb_pdf_outline(flow->pdf, flow->page, flow->y - 4, level - 1, span->text);
        add_entry(flow, level, span->text, bb_arena_strdup(arena, anchor));
    }
    for (size_t i = 0; i < block.n; i++) {
        flow->y += leading;
        bb_draw_line(flow->pdf, flow->page, &block, i, flow->left, flow->y - .22 * size, BB_PDF_LEFT, flow->right - flow->left,
                     false);
    }
    flow->y += headings[level - 1].below;
}

/* --- text ----------------------------------------------------------------------------------------------------------- */

static void draw_block(struct bb_flow *flow, const struct bb_text_block *block, double left, double right, double leading,
                       bool justified)
{
    for (size_t i = 0; i < block->n; i++) {
        bool is_first_of_several = i == 0 && block->n > 2, is_last_but_one = i + 2 == block->n && block->n > 2;
        bb_flow_need(flow,
                     leading * (is_first_of_several || is_last_but_one ? 2 : 1)); /* no line of a paragraph alone on a page */
        flow->y += leading;
        bb_draw_line(flow->pdf, flow->page, block, i, left, flow->y - .28 * leading, BB_PDF_LEFT, right - left, justified);
    }
}

static double leading_of(const struct bb_span *span, size_t n)
{
    double size = 0;
    for (size_t i = 0; i < n; i++) size = fmax(size, span[i].look.size);
    return BB_PDF_LEADING * size;
}

void bb_flow_spans(struct bb_flow *flow, const struct bb_span *span, size_t n, double indent, bool justified)
{
    if (!n) return;
    if (!flow->page) bb_flow_new_page(flow, false);
    double leading = leading_of(span, n);
    struct bb_text_block block = bb_break_lines(flow->pdf, span, n, flow->right - flow->left - indent);
    draw_block(flow, &block, flow->left + indent, flow->right, leading, justified);
    flow->y += leading / 2;
}

void bb_flow_text(struct bb_flow *flow, const char *text)
{
    struct bb_span span = {text, bb_type(BB_FACE_TEXT, BB_PDF_BODY, BB_PDF_INK), NULL};
    bb_flow_spans(flow, &span, 1, 0, true);
}

void bb_flow_small(struct bb_flow *flow, const char *text)
{
    struct bb_span span = {text, bb_type(BB_FACE_TEXT, BB_PDF_SMALL, BB_PDF_MUTED), NULL};
    bb_flow_spans(flow, &span, 1, 0, false);
}

void bb_flow_item(struct bb_flow *flow, const struct bb_span *span, size_t n)
{
    const double indent = 13;
    if (!n) return;
    double leading = leading_of(span, n);
    bb_flow_need(flow, leading);
    struct bb_pdf_look look = bb_type(BB_FACE_TEXT, span[0].look.size, BB_PDF_MUTED);
    struct bb_text_block block = bb_break_lines(flow->pdf, span, n, flow->right - flow->left - indent);
    if (block.n > 2) bb_flow_need(flow, 2 * leading);
    bb_pdf_text(flow->pdf, flow->page, flow->left + 3, flow->y + .72 * leading, BB_PDF_LEFT, &look, "•");
    draw_block(flow, &block, flow->left + indent, flow->right, leading, false);
    flow->y += leading / 6;
}

void bb_flow_hanging(struct bb_flow *flow, const struct bb_span *span, size_t n, double indent)
{
    if (!n) return;
    double leading = leading_of(span, n), right = flow->right;
    if (!flow->page) bb_flow_new_page(flow, false);
    struct bb_text_block block = bb_break_lines(flow->pdf, span, n, right - flow->left - indent);
    bb_flow_need(flow, leading * (double)(block.n < 4 ? block.n : 2));
    for (size_t i = 0; i < block.n; i++) {
        bb_flow_need(flow, leading);
        flow->y += leading;
        bb_draw_line(flow->pdf, flow->page, &block, i, flow->left + (i ? indent : 0), flow->y - .28 * leading, BB_PDF_LEFT,
                     right - flow->left - indent, false);
    }
    flow->y += leading / 4;
}

void bb_flow_fact(struct bb_flow *flow, const char *name, const char *value, const char *target, double name_width)
{
    if (!value || !*value) return;
    const double size = 8.8, leading = 1.28 * size;
    struct bb_span span = {value, bb_type(BB_FACE_TEXT, size, target ? flow->accent : BB_PDF_INK), target};
    struct bb_pdf_look look = bb_type(BB_FACE_TEXT, size, BB_PDF_MUTED);
    struct bb_text_block block = bb_break_lines(flow->pdf, &span, 1, flow->right - flow->left - name_width);
    bb_flow_need(flow, leading * (block.n > 2 ? 2 : 1));
    bb_pdf_text(flow->pdf, flow->page, flow->left, flow->y + .72 * leading, BB_PDF_LEFT, &look,
                bb_pdf_fit(flow->pdf, &look, name, name_width - 4));
    draw_block(flow, &block, flow->left + name_width, flow->right, leading, false);
    flow->y += 1.2;
}

void bb_flow_rule(struct bb_flow *flow, double width)
{
    bb_pdf_line(flow->pdf, flow->page, BB_PDF_HAIR, width, flow->left, flow->y, flow->right, flow->y);
}

/* --- captions ------------------------------------------------------------------------------------------------------- */

static size_t caption_spans(struct bb_flow *flow, const char *label, const char *text, struct bb_span *span)
{
    struct bb_arena *arena = bb_pdf_arena(flow->pdf);
    span[0] = (struct bb_span){bb_arena_printf(arena, "%s. ", label), bb_type(BB_FACE_BOLD, BB_PDF_SMALL + .4, BB_PDF_INK), NULL};
    span[1] = (struct bb_span){text, bb_type(BB_FACE_TEXT, BB_PDF_SMALL + .4, BB_PDF_INK), NULL};
    return 2;
}

void bb_flow_figure_caption(struct bb_flow *flow, const char *text)
{
    struct bb_span span[2];
    flow->n_figures++;
    caption_spans(flow, bb_arena_printf(bb_pdf_arena(flow->pdf), "Figure %zu", flow->n_figures), text, span);
    bb_flow_spans(flow, span, 2, 0, false);
}

double bb_flow_caption_height(struct bb_flow *flow, const char *text, double width)
{
    struct bb_span span[2];
    caption_spans(flow, "Figure 00", text, span);
    double height = leading_of(span, 2) * ((double)bb_break_lines(flow->pdf, span, 2, width).n + .5);
    return fmin(height, (flow->bottom - flow->top) / 2);
}

void bb_flow_table_caption(struct bb_flow *flow, const char *text, bool continued)
{
    struct bb_span span[2];
    struct bb_arena *arena = bb_pdf_arena(flow->pdf);
    if (!continued) flow->n_tables++;
    caption_spans(flow, bb_arena_printf(arena, "Table %zu%s", flow->n_tables, continued ? " (continued)" : ""),
                  continued ? "" : text, span);
    bb_flow_spans(flow, span, 2, 0, false);
}

/* --- contents ------------------------------------------------------------------------------------------------------- */

#define CONTENTS_MANY  62 /* more entries than one page has room for in one column */
#define CONTENTS_TITLE 34.0
#define CONTENTS_GAP   22.0

/* Where the next entry goes: first for all of them to count the pages, whose number decides what numbers they show, then again to write. */
struct contents {
    size_t page, column, columns;
    double y;
};

static struct contents contents_begin(const struct bb_flow *flow)
{
    return (struct contents){.columns = flow->n_entries > CONTENTS_MANY ? 2 : 1, .y = MARGIN_TOP + CONTENTS_TITLE};
}

static double entry_size(const struct contents *it, const struct bb_flow_entry *entry)
{
    return entry->level == 1 ? 9.5 : it->columns > 1 ? 8 : 9;
}

static double entry_leading(const struct contents *it, const struct bb_flow_entry *entry)
{
    return entry_size(it, entry) * 1.36 + (entry->level == 1 ? 4 : 0);
}

/* Moves to the next column or page where the entry does not fit, or, a part, where the entry below it would not. */
static void contents_room(struct contents *it, const struct bb_flow_entry *entry)
{
    double leading = entry_leading(it, entry) * (entry->level == 1 ? 2 : 1);
    if (it->y + leading <= BB_PDF_A4_LONG - MARGIN_BOTTOM) return;
    it->column = (it->column + 1) % it->columns;
    it->page += it->column == 0;
    it->y = it->page ? MARGIN_TOP : MARGIN_TOP + CONTENTS_TITLE;
}

static void draw_entry(struct bb_flow *flow, const struct contents *it, struct bb_pdf_page *page,
                       const struct bb_flow_entry *entry)
{
    struct bb_arena *arena = bb_pdf_arena(flow->pdf);
    bool is_part = entry->level == 1;
    double size = entry_size(it, entry), leading = entry_leading(it, entry), base = it->y + leading - .3 * size,
           indent = is_part ? 0 : 12;
    double width = (BB_PDF_WIDTH - CONTENTS_GAP * (double)(it->columns - 1)) / (double)it->columns;
    double left = MARGIN_SIDE + (double)it->column * (width + CONTENTS_GAP);
    struct bb_pdf_look look = bb_type(is_part ? BB_FACE_BOLD : BB_FACE_TEXT, size, BB_PDF_INK),
                       dots = bb_type(BB_FACE_TEXT, size, BB_PDF_HAIR);
    const char *title = bb_pdf_fit(flow->pdf, &look, entry->title, width - indent - 30);
    const char *number = bb_arena_printf(arena, "%zu", bb_pdf_page_number(flow->pdf, entry->page) + 1);
    double from = left + indent + bb_pdf_width(flow->pdf, &look, title) + 4;
    double to = left + width - bb_pdf_width(flow->pdf, &look, number) - 4, step = bb_pdf_width(flow->pdf, &dots, " .");
    struct bb_buf leader = BB_BUF_INIT;
    for (double x = to - step; x > from && !is_part; x -= step) bb_buf_puts(&leader, " .");
    bb_pdf_text(flow->pdf, page, left + indent, base, BB_PDF_LEFT, &look, title);
    bb_pdf_text(flow->pdf, page, to, base, BB_PDF_RIGHT, &dots, bb_buf_text(&leader));
    bb_pdf_text(flow->pdf, page, left + width, base, BB_PDF_RIGHT, &look, number);
    bb_pdf_link(flow->pdf, page, left, it->y, width, leading, bb_arena_printf(arena, "#%s", entry->anchor));
    bb_buf_release(&leader);
}

static void write_contents(struct bb_flow *flow, size_t before)
{
    struct bb_pdf_look look = bb_type(BB_FACE_BOLD, headings[0].size, BB_PDF_INK);
    struct contents it = contents_begin(flow);
    for (size_t i = 0; i < flow->n_entries; i++) {
        contents_room(&it, &flow->entry[i]);
        it.y += entry_leading(&it, &flow->entry[i]);
    }
    for (size_t i = 0; i <= it.page; i++) {
        flow->page = bb_pdf_add_page(flow->pdf, before + i, BB_PDF_A4_SHORT, BB_PDF_A4_LONG);
        flow->section = "Contents";
        note_section(flow);
    }
    bb_pdf_text(flow->pdf, bb_pdf_page_at(flow->pdf, before), MARGIN_SIDE, MARGIN_TOP + look.size, BB_PDF_LEFT, &look,
                "Contents");
    it = contents_begin(flow);
    for (size_t i = 0; i < flow->n_entries; i++) {
        contents_room(&it, &flow->entry[i]);
        draw_entry(flow, &it, bb_pdf_page_at(flow->pdf, before + it.page), &flow->entry[i]);
        it.y += entry_leading(&it, &flow->entry[i]);
    }
}

/* --- heads and feet ------------------------------------------------------------------------------------------------- */

static void stamp(struct bb_flow *flow, const struct bb_flow_entry *section, size_t n)
{
    struct bb_pdf *pdf = flow->pdf;
    double width = bb_pdf_page_width(section->page), height = bb_pdf_page_height(section->page), right = width - MARGIN_SIDE;
    double across = right - MARGIN_SIDE;
    struct bb_pdf_look look = bb_type(BB_FACE_TEXT, 7.6, BB_PDF_MUTED);
    const char *number = bb_arena_printf(bb_pdf_arena(pdf), "page %zu of %zu", bb_pdf_page_number(pdf, section->page) + 1, n);
    double taken = bb_pdf_width(pdf, &look, number) + 14;
    bb_pdf_text(pdf, section->page, right, height - FOOT_AT, BB_PDF_RIGHT, &look, number);
    bb_pdf_text(pdf, section->page, MARGIN_SIDE, height - FOOT_AT, BB_PDF_LEFT, &look,
                bb_pdf_fit(pdf, &look, flow->foot, across - taken));
    if (section->level) return;
    const char *name = bb_pdf_fit(pdf, &look, section->title, .45 * across);
    taken = bb_pdf_width(pdf, &look, name) + 14;
    bb_pdf_text(pdf, section->page, MARGIN_SIDE, HEAD_AT, BB_PDF_LEFT, &look, bb_pdf_fit(pdf, &look, flow->head, across - taken));
    bb_pdf_text(pdf, section->page, right, HEAD_AT, BB_PDF_RIGHT, &look, name);
    bb_pdf_line(pdf, section->page, BB_PDF_HAIR, .4, MARGIN_SIDE, HEAD_AT + 5, right, HEAD_AT + 5);
}

void bb_flow_finish(struct bb_flow *flow, size_t before)
{
    if (before != BB_PDF_LAST && flow->n_entries) write_contents(flow, before);
    size_t n = bb_pdf_n_pages(flow->pdf);
    for (size_t i = 0; i < flow->n_sections; i++) stamp(flow, &flow->section_of[i], n);
}
