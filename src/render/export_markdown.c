/*
 * Tables as Markdown, as GitHub has it: one line of heads, so a heading above stands in front of its columns' own.
 */
#include <math.h>
#include <string.h>

#include "render/export_text.h"

/* Backslash escapes work for all ASCII punctuation; < and & become entities, which no sanitizer, and no raw view, takes for markup. */
static bool is_special(char c)
{
    return strchr("\\|`*_{}[]~$#@", c) != NULL;
}

static bool is_word_start(const char *text, const char *at)
{
    return at == text || at[-1] == ' ' || at[-1] == '(';
}

/* What GitHub would make a link of: "://" and "www." at the start of a word. */
static bool begins_link(const char *text, const char *at)
{
    if (*at == ':' && at[1] == '/' && at[2] == '/') return true;
    return *at == '.' && at - text >= 3 && strncmp(at - 3, "www", 3) == 0;
}

/* Bytes of a mark that turns the direction of what follows, which would go on behind the cell; 0: it is none. */
static size_t direction_mark(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;
    if (u[0] != 0xe2) return 0;
    return (u[1] == 0x80 && u[2] >= 0xaa && u[2] <= 0xae) || (u[1] == 0x81 && u[2] >= 0xa6 && u[2] <= 0xa9) ? 3 : 0;
}

void bb_markdown_cell(struct bb_buf *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (direction_mark(p))
            p += 2;
        else if (c == '<')
            bb_buf_puts(out, "&lt;");
        else if (c == '>')
            bb_buf_puts(out, "&gt;");
        else if (c == '&')
            bb_buf_puts(out, "&amp;");
        else if (c < ' ' || c == 127)
            bb_buf_putc(out, ' ');
        else if (is_special(*p) || begins_link(text, p) || (c == '-' && is_word_start(text, p)))
            bb_buf_printf(out, "\\%c", c);
        else
            bb_buf_putc(out, *p);
    }
}

static void add_head(const struct bb_paper *table, const struct bb_paper_column *column, struct bb_buf *out)
{
    (void)table;
    if (column->group) {
        bb_markdown_cell(out, column->group);
        bb_buf_puts(out, ": ");
    }
    bb_markdown_cell(out, column->title);
}

static bool is_text(const struct bb_paper_column *column)
{
    return column->kind == BB_PAPER_NAME || column->kind == BB_PAPER_TEXT;
}

static void add_cell(const struct bb_paper *table, size_t r, size_t c, struct bb_buf *out)
{
    bool is_best = bb_paper_is_best(table, r, c);
    const struct bb_paper_row *row = &table->row[r];
    if (table->column[c].kind == BB_PAPER_NAME) {
        for (size_t i = 0; i < row->depth; i++) bb_buf_puts(out, "&emsp;");
        bb_markdown_cell(out, row->name);
        return;
    }
    if (is_best) bb_buf_puts(out, "**");
    bb_markdown_cell(out, bb_paper_shown(table, &table->column[c], bb_paper_at(table, r, c)));
    if (is_best) bb_buf_puts(out, "**");
}

/* A row like the others, below the head: there is no second level in Markdown. */
static void add_ceilings(const struct bb_paper *table, struct bb_buf *out)
{
    bool any = false;
    for (size_t c = 0; c < table->n_columns; c++) any |= !isnan(table->column[c].ceiling);
    if (!any) return;
    bb_buf_putc(out, '|');
    for (size_t c = 0; c < table->n_columns; c++) {
        const struct bb_paper_column *column = &table->column[c];
        if (column->is_data) continue;
        if (column->kind == BB_PAPER_NAME) bb_buf_puts(out, " *Ceiling*");
        const struct bb_paper_cell ceiling = {.number = column->ceiling, .error = (double)NAN};
        if (!isnan(column->ceiling)) bb_buf_printf(out, " %s", bb_paper_shown(table, column, &ceiling));
        bb_buf_puts(out, " |");
    }
    bb_buf_putc(out, '\n');
}

void bb_paper_markdown(const struct bb_paper *table, struct bb_buf *out)
{
    bb_buf_putc(out, '|');
    for (size_t c = 0; c < table->n_columns; c++) {
        if (table->column[c].is_data) continue;
        bb_buf_putc(out, ' ');
        add_head(table, &table->column[c], out);
        bb_buf_puts(out, " |");
    }
    bb_buf_puts(out, "\n|");
    for (size_t c = 0; c < table->n_columns; c++)
        if (!table->column[c].is_data) bb_buf_puts(out, is_text(&table->column[c]) ? " --- |" : " ---: |");
    bb_buf_putc(out, '\n');
    add_ceilings(table, out);
    for (size_t r = 0; r < table->n_rows; r++) {
        bb_buf_putc(out, '|');
        for (size_t c = 0; c < table->n_columns; c++) {
            if (table->column[c].is_data) continue;
            bb_buf_putc(out, ' ');
            add_cell(table, r, c, out);
            bb_buf_puts(out, " |");
        }
        bb_buf_putc(out, '\n');
    }
    bb_buf_puts(out, "\nTable: "); /* what pandoc takes for the caption */
    bb_markdown_cell(out, bb_paper_caption(table));
    bb_buf_putc(out, '\n');
}
