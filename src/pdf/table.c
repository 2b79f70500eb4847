#include "pdf/table.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

#define GUTTER      9.0 /* between columns */
#define WRAP_LEAST  54.0
#define WRAP_MOST   190.0 /* wider texts wrap even where there is room */
#define TURNED_MOST 120.0
#define HEAD_LINES  4
#define TOP_RULE    .9
#define MID_RULE    .5
#define EVERY       5

struct widths {
    double *natural, *least; /* per column of the table */
    double *fraction;        /* of decimal columns: the widest */
};

/* One of the tables that a table is split into: its columns by number, and where they are. */
struct piece {
    struct bb_flow *flow;
    const struct bb_pdf_table *table;
    const struct widths *widths;
    size_t *column, n;
    double *x, *width;                         /* per column of the piece; x from the left edge of the text */
    double total, size, leading, head, groups; /* heights of the heads; groups 0: there are none */
};

static double size_of(const struct bb_pdf_table *table)
{
    return table->size > 0 ? table->size : BB_PDF_TABLE_SIZE;
}

static struct bb_pdf_look cell_look(const struct bb_pdf_table *table, const struct bb_pdf_cell *cell)
{
    uint32_t colour = cell->muted ? BB_PDF_MUTED : BB_PDF_INK;
    double size = size_of(table) * (cell->face == BB_FACE_MONO ? .88 : 1);
    return (struct bb_pdf_look){cell->face, size, colour};
}

static struct bb_pdf_look head_look(const struct bb_pdf_table *table)
{
    return (struct bb_pdf_look){BB_FACE_BOLD, size_of(table) - .2, BB_PDF_INK};
}

static const struct bb_pdf_cell *cell_at(const struct bb_pdf_table *table, size_t row, size_t column)
{
    return &table->cell[row * table->n_columns + column];
}

/* --- widths --------------------------------------------------------------------------------------------------------- */

/* What stands from the decimal point on; of a number without one, and of what is no number, nothing. */
static double fraction_of(struct bb_flow *flow, const struct bb_pdf_look *look, const char *text)
{
    const char *point = strrchr(text, '.');
    return point ? bb_pdf_width(flow->pdf, look, point) : 0;
}

static double head_natural(struct bb_flow *flow, const struct bb_pdf_table *table, const struct bb_pdf_column *column)
{
    struct bb_pdf_look look = head_look(table);
    struct bb_span span = {column->title, look, NULL};
    if (column->turned) return look.size * 1.15;
    double whole = bb_pdf_width(flow->pdf, &look, column->title), word = bb_span_least(flow->pdf, &span);
    return fmin(whole, fmax(word, whole / 2.4)); /* in two or three lines */
}

static struct widths measure(struct bb_flow *flow, const struct bb_pdf_table *table)
{
    struct bb_arena *arena = bb_pdf_arena(flow->pdf);
    struct widths widths = {BB_NEW_ARRAY(arena, table->n_columns, double), BB_NEW_ARRAY(arena, table->n_columns, double),
                            BB_NEW_ARRAY(arena, table->n_columns, double)};
    for (size_t c = 0; c < table->n_columns; c++) {
        const struct bb_pdf_column *column = &table->column[c];
        double head = head_natural(flow, table, column), natural = fmax(head, column->room), least = natural, whole = 0;
        for (size_t r = 0; r < table->n_rows; r++) {
            const struct bb_pdf_cell *cell = cell_at(table, r, c);
            if (!cell->text) continue;
            struct bb_pdf_look look = cell_look(table, cell);
            double width = bb_pdf_width(flow->pdf, &look, cell->text) + cell->indent;
            natural = fmax(natural, width);
            if (column->decimal) {
                double fraction = fraction_of(flow, &look, cell->text);
                widths.fraction[c] = fmax(widths.fraction[c], fraction);
                whole = fmax(whole, width - fraction);
            }
            if (column->wraps && width > least) {
                struct bb_span span = {cell->text, look, NULL};
                least = fmax(least, fmin(WRAP_LEAST, bb_span_least(flow->pdf, &span)) + cell->indent);
            }
        }
        natural = fmax(natural, whole + widths.fraction[c]);
        if (column->wraps) natural = fmin(natural, fmax(WRAP_MOST, least));
        widths.natural[c] = natural;
        widths.least[c] = column->wraps ? fmin(least, natural) : natural;
    }
    return widths;
}

static double sum_of(const double *width, size_t n)
{
    double sum = n ? GUTTER * (double)(n - 1) : 0;
    for (size_t i = 0; i < n; i++) sum += width[i];
    return sum;
}

/* Columns that wrap give what is too much, each in proportion to what it can; the widths of a piece. */
static void settle(struct piece *piece, const struct widths *widths, double room)
{
    double can = 0, natural = GUTTER * (double)(piece->n - 1);
    for (size_t i = 0; i < piece->n; i++) {
        natural += widths->natural[piece->column[i]];
        can += widths->natural[piece->column[i]] - widths->least[piece->column[i]];
    }
    double share = natural > room && can > 0 ? fmin(1, (natural - room) / can) : 0;
    double x = 0;
    for (size_t i = 0; i < piece->n; i++) {
        size_t c = piece->column[i];
        piece->width[i] = widths->natural[c] - share * (widths->natural[c] - widths->least[c]);
        piece->x[i] = x;
        x += piece->width[i] + GUTTER;
    }
    piece->total = x - GUTTER;
    if (piece->total <= room + .5) return;
    double scale =
        room / piece->total; /* even one column beside the fixed ones is too wide: all are narrowed, and wrap anywhere */
    for (size_t i = 0; i < piece->n; i++) {
        piece->width[i] *= scale;
        piece->x[i] *= scale;
    }
    piece->total = room;
}

/* --- heads ---------------------------------------------------------------------------------------------------------- */

static struct bb_text_block head_lines(const struct piece *piece, size_t i)
{
    const struct bb_pdf_column *column = &piece->table->column[piece->column[i]];
    struct bb_span *span = BB_NEW(bb_pdf_arena(piece->flow->pdf), struct bb_span);
    *span = (struct bb_span){column->title, head_look(piece->table), column->target};
    struct bb_text_block block = bb_break_lines(piece->flow->pdf, span, 1, piece->width[i] + .01);
    if (block.n > HEAD_LINES) block.n = HEAD_LINES;
    return block;
}

static void measure_heads(struct piece *piece)
{
    piece->head = piece->groups = 0;
    for (size_t i = 0; i < piece->n; i++) {
        const struct bb_pdf_column *column = &piece->table->column[piece->column[i]];
        struct bb_pdf_look look = head_look(piece->table);
        if (column->group) piece->groups = piece->leading + 3;
        if (column->turned)
            piece->head = fmax(piece->head, fmin(TURNED_MOST, bb_pdf_width(piece->flow->pdf, &look, column->title)) + 2);
        else
            piece->head = fmax(piece->head, piece->leading * (double)head_lines(piece, i).n);
    }
    piece->head += 5;
}

static void draw_rule(const struct piece *piece, double width)
{
    struct bb_flow *flow = piece->flow;
    bb_pdf_line(flow->pdf, flow->page, BB_PDF_INK, width, flow->left, flow->y, flow->left + piece->total, flow->y);
}

/* Names over neighbours of one group, in the middle of a line that spans them. */
static void draw_groups(const struct piece *piece)
{
    struct bb_flow *flow = piece->flow;
    struct bb_pdf_look look = bb_type(BB_FACE_TEXT, piece->size - .2, BB_PDF_INK);
    for (size_t i = 0; i < piece->n;) {
        const char *group = piece->table->column[piece->column[i]].group;
        size_t end = i + 1;
        while (end < piece->n && bb_streq(piece->table->column[piece->column[end]].group, group)) end++;
        if (group) {
            double from = flow->left + piece->x[i], to = flow->left + piece->x[end - 1] + piece->width[end - 1];
            const char *name = bb_pdf_fit(flow->pdf, &look, group, to - from);
            bb_pdf_text(flow->pdf, flow->page, (from + to) / 2, flow->y + .75 * piece->leading, BB_PDF_CENTRE, &look, name);
            bb_pdf_line(flow->pdf, flow->page, BB_PDF_INK, .35, from, flow->y + piece->groups - 2, to,
                        flow->y + piece->groups - 2);
        }
        i = end;
    }
    flow->y += piece->groups;
}

static void draw_head(const struct piece *piece, size_t i)
{
    struct bb_flow *flow = piece->flow;
    const struct bb_pdf_column *column = &piece->table->column[piece->column[i]];
    struct bb_pdf_look look = head_look(piece->table);
    double left = flow->left + piece->x[i], foot = flow->y + piece->head - 4;
    if (column->turned) {
        double x = left + piece->width[i] / 2 + .35 * look.size;
        if (column->align == BB_PDF_RIGHT) x = left + piece->width[i] - .25 * look.size;
        const char *title = bb_pdf_fit(flow->pdf, &look, column->title, piece->head - 5);
        bb_pdf_text_turned(flow->pdf, flow->page, x, foot - 1, BB_PDF_LEFT, &look, title);
        if (column->target)
            bb_pdf_link(flow->pdf, flow->page, x - look.size, flow->y, look.size * 1.2, piece->head, column->target);
        return;
    }
    struct bb_text_block block = head_lines(piece, i);
    for (size_t k = 0; k < block.n; k++)
        bb_draw_line(flow->pdf, flow->page, &block, k, left,
                     foot - piece->leading * (double)(block.n - 1 - k) - .22 * piece->leading, column->align, piece->width[i],
                     false);
}

static void draw_heads(const struct piece *piece)
{
    draw_rule(piece, TOP_RULE);
    piece->flow->y += 2;
    if (piece->groups > 0) draw_groups(piece);
    for (size_t i = 0; i < piece->n; i++) draw_head(piece, i);
    piece->flow->y += piece->head;
    draw_rule(piece, MID_RULE);
    piece->flow->y += 2.5;
}

/* --- rows ----------------------------------------------------------------------------------------------------------- */

static bool on_one_line(const struct piece *piece, size_t i, const struct bb_pdf_cell *cell, const struct bb_pdf_look *look)
{
    return bb_pdf_width(piece->flow->pdf, look, cell->text) + cell->indent <= piece->width[i] + .05;
}

static struct bb_text_block cell_lines(const struct piece *piece, size_t i, const struct bb_pdf_cell *cell,
                                       const struct bb_pdf_look *look)
{
    struct bb_span *span = BB_NEW(bb_pdf_arena(piece->flow->pdf), struct bb_span);
    *span = (struct bb_span){cell->text, *look, cell->target};
    return bb_break_lines(piece->flow->pdf, span, 1, fmax(12, piece->width[i] - cell->indent));
}

static double row_height(const struct piece *piece, size_t row)
{
    size_t lines = 1;
    for (size_t i = 0; i < piece->n; i++) {
        const struct bb_pdf_cell *cell = cell_at(piece->table, row, piece->column[i]);
        if (!cell->text) continue;
        struct bb_pdf_look look = cell_look(piece->table, cell);
        if (on_one_line(piece, i, cell, &look)) continue;
        size_t n = cell_lines(piece, i, cell, &look).n;
        if (n > lines) lines = n < BB_PDF_TABLE_LINES ? n : BB_PDF_TABLE_LINES;
    }
    return piece->leading * (double)lines;
}

static void draw_cell(const struct piece *piece, size_t i, const struct bb_pdf_cell *cell, double height)
{
    struct bb_flow *flow = piece->flow;
    double left = flow->left + piece->x[i], width = piece->width[i], base = flow->y + .73 * piece->leading;
    enum bb_pdf_anchor align = piece->table->column[piece->column[i]].align;
    if (cell->shade) bb_pdf_box(flow->pdf, flow->page, (uint32_t)cell->shade & 0xffffff, left - 2, flow->y, width + 4, height);
    if (cell->drawing) piece->table->draw(cell->drawing, flow->pdf, flow->page, left + 2, flow->y, width - 4, piece->leading);
    if (!cell->text || !*cell->text) return;
    struct bb_pdf_look look = cell_look(piece->table, cell);
    if (on_one_line(piece, i, cell, &look)) {
        double x = align == BB_PDF_LEFT ? left + cell->indent : align == BB_PDF_RIGHT ? left + width : left + width / 2;
        size_t c = piece->column[i];
        if (piece->table->column[c].decimal) x += fmin(0, fraction_of(flow, &look, cell->text) - piece->widths->fraction[c]);
        double w = cell->target ? bb_pdf_width(flow->pdf, &look, cell->text) : 0;
        bb_pdf_text(flow->pdf, flow->page, x, base, align, &look, cell->text);
        if (cell->target)
            bb_pdf_link(flow->pdf, flow->page, align == BB_PDF_RIGHT ? x - w : x, flow->y, w, piece->leading, cell->target);
        return;
    }
    struct bb_text_block block = cell_lines(piece, i, cell, &look);
    for (size_t k = 0; k < block.n && k < BB_PDF_TABLE_LINES; k++) {
        double y = base + piece->leading * (double)k;
        bool is_cut = k + 1 == BB_PDF_TABLE_LINES && block.n > BB_PDF_TABLE_LINES;
        bb_draw_line(flow->pdf, flow->page, &block, k, left + cell->indent, y, align, width - cell->indent, false);
        if (is_cut) bb_pdf_text(flow->pdf, flow->page, left + cell->indent + block.line[k].width, y, BB_PDF_LEFT, &look, " …");
    }
}

static double gap_before(const struct bb_pdf_table *table, size_t row)
{
    if (table->rule && table->rule[row]) return 4;
    return table->grouped && row && row % EVERY == 0 ? 2.5 : 0;
}

static double heads_height(const struct piece *piece)
{
    return 2 + piece->groups + piece->head + 2.5;
}

static void begin(const struct piece *piece, const char *caption, bool continued)
{
    if (caption) {
        bb_flow_table_caption(piece->flow, caption, continued);
        piece->flow->y -= 2;
    }
    draw_heads(piece);
}

/* Of rows first … end − 1. */
static double rows_height(const struct piece *piece, size_t first, size_t end)
{
    double height = 0;
    for (size_t r = first; r < end; r++) height += row_height(piece, r) + gap_before(piece->table, r);
    return height;
}

/* Of all that comes before the rows. */
static double start_height(const struct piece *piece, const char *caption)
{
    double across = piece->flow->right - piece->flow->left;
    return (caption ? bb_flow_caption_height(piece->flow, caption, across) : 0) + heads_height(piece);
}

/* A small table is not parted; of a larger one three rows at least stand below the heads, and two on its last page. */
static void draw_piece(struct piece *piece, const char *caption)
{
    struct bb_flow *flow = piece->flow;
    const struct bb_pdf_table *table = piece->table;
    double all = rows_height(piece, 0, table->n_rows), first = rows_height(piece, 0, table->n_rows < 3 ? table->n_rows : 3);
    bb_flow_need(flow, start_height(piece, caption) + (all < (flow->bottom - flow->top) / 5 ? all : first) + 4);
    begin(piece, caption, false);
    for (size_t r = 0; r < table->n_rows; r++) {
        double height = row_height(piece, r), gap = gap_before(table, r);
        bool leads =
            piece->n && cell_at(table, r, piece->column[0])->face == BB_FACE_BOLD && r + 1 < table->n_rows; /* a title of rows */
        double needed = r + 2 == table->n_rows ? rows_height(piece, r, r + 2) : height * (leads ? 2 : 1) + gap;
        if (bb_flow_room(flow) < needed + 3 && r) {
            draw_rule(piece, MID_RULE);
            bb_flow_new_page(flow, flow->turned);
            begin(piece, caption, true);
            gap = 0;
        }
        if (gap > 0 && table->rule && table->rule[r]) {
            flow->y += 1.5;
            draw_rule(piece, .25);
            gap -= 1.5;
        }
        flow->y += gap;
        for (size_t i = 0; i < piece->n; i++) draw_cell(piece, i, cell_at(table, r, piece->column[i]), height);
        flow->y += height;
    }
    flow->y += 2;
    draw_rule(piece, TOP_RULE);
    flow->y += 4;
}

/* --- the whole ------------------------------------------------------------------------------------------------------ */

/* Columns of the next piece from `next` on: as many as fit; a group that would be parted goes to the next piece if something is left here. */
static size_t take_columns(struct piece *piece, const struct widths *widths, size_t next, double room)
{
    const struct bb_pdf_table *table = piece->table;
    double used = 0;
    piece->n = 0;
    for (size_t c = 0; c < table->n_fixed; c++) {
        used += (piece->n ? GUTTER : 0) + widths->least[c];
        piece->column[piece->n++] = c;
    }
    size_t first = next;
    for (; next < table->n_columns; next++) {
        double more = (piece->n ? GUTTER : 0) + widths->least[next];
        if (used + more > room && next > first) break;
        used += more;
        piece->column[piece->n++] = next;
    }
    size_t cut = next;
    if (next < table->n_columns)
        while (cut > first && table->column[cut].group && bb_streq(table->column[cut].group, table->column[cut - 1].group)) cut--;
    if (cut > first) {
        piece->n -= next - cut;
        next = cut;
    }
    return next;
}

static size_t count_pieces(struct piece *piece, const struct widths *widths, double room)
{
    size_t n = 0;
    for (size_t next = piece->table->n_fixed; next < piece->table->n_columns || !n; n++)
        next = take_columns(piece, widths, next, room);
    return n;
}

static bool turns(const struct bb_pdf_table *table, const struct widths *widths)
{
    return !table->no_turning && sum_of(widths->least, table->n_columns) > BB_PDF_WIDTH;
}

bool bb_flow_table_turns(struct bb_flow *flow, const struct bb_pdf_table *table)
{
    struct widths widths = measure(flow, table);
    return turns(table, &widths);
}

static struct piece piece_of(struct bb_flow *flow, const struct bb_pdf_table *table, const struct widths *widths)
{
    struct bb_arena *arena = bb_pdf_arena(flow->pdf);
    return (struct piece){.flow = flow,
                          .table = table,
                          .column = BB_NEW_ARRAY(arena, table->n_columns, size_t),
                          .x = BB_NEW_ARRAY(arena, table->n_columns, double),
                          .width = BB_NEW_ARRAY(arena, table->n_columns, double),
                          .size = size_of(table),
                          .leading = 1.26 * size_of(table),
                          .widths = widths};
}

bool bb_flow_table_fits(struct bb_flow *flow, const struct bb_pdf_table *table, double above)
{
    if (!flow->page || !table->n_columns) return false;
    struct widths widths = measure(flow, table);
    struct piece piece = piece_of(flow, table, &widths);
    double room = flow->right - flow->left;
    if (take_columns(&piece, &widths, table->n_fixed, room) < table->n_columns) return false;
    settle(&piece, &widths, room);
    measure_heads(&piece);
    return above + start_height(&piece, table->caption) + rows_height(&piece, 0, table->n_rows) + 6 <= bb_flow_room(flow);
}

void bb_flow_table(struct bb_flow *flow, const struct bb_pdf_table *table)
{
    if (!table->n_columns) return;
    struct bb_arena *arena = bb_pdf_arena(flow->pdf);
    struct widths widths = measure(flow, table);
    struct piece piece = piece_of(flow, table, &widths);
    bool turned = turns(table, &widths);
    if (turned && !flow->turned) bb_flow_new_page(flow, true);
    if (!turned && !flow->hold) bb_flow_upright(flow);
    double room = flow->right - flow->left;
    size_t n = count_pieces(&piece, &widths, room);
    size_t next = table->n_fixed < table->n_columns ? table->n_fixed : table->n_columns;
    for (size_t i = 0; i < n; i++) {
        next = take_columns(&piece, &widths, next, room);
        settle(&piece, &widths, room);
        measure_heads(&piece);
        const char *caption = table->caption;
        if (n > 1 && caption) caption = bb_arena_printf(arena, "%s Part %zu of %zu.", caption, i + 1, n);
        if (i) flow->n_tables--; /* one number for all parts */
        draw_piece(&piece, caption);
        if (i + 1 < n) bb_flow_skip(flow, 12);
    }
    if (table->note) bb_flow_small(flow, table->note);
    bb_flow_skip(flow, 8);
}
