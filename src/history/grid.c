#include "history/grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

void bb_grid_column(struct bb_grid *grid, const char *head, bool is_number)
{
    if (grid->n_columns == BB_GRID_COLUMNS) return;
    grid->head[grid->n_columns] = head;
    grid->is_number[grid->n_columns++] = is_number;
}

void bb_grid_row(struct bb_grid *grid, const char *const *cell)
{
    grid->cell = bb_grow(grid->cell, &grid->cap, (grid->n_rows + 1) * grid->n_columns, sizeof *grid->cell);
    for (size_t c = 0; c < grid->n_columns; c++) grid->cell[grid->n_rows * grid->n_columns + c] = cell[c] ? cell[c] : "";
    grid->n_rows++;
}

const char *bb_grid_markdown(struct bb_arena *arena, const char *text)
{
    struct bb_buf out = BB_BUF_INIT;
    for (const char *c = text; *c; c++) {
        if (*c == '<')
            bb_buf_puts(&out, "&lt;");
        else if (*c == '&')
            bb_buf_puts(&out, "&amp;");
        else if ((unsigned char)*c < ' ')
            bb_buf_putc(&out, ' ');
        else if (strchr("\\`*_[]|~#", *c))
            bb_buf_printf(&out, "\\%c", *c);
        else
            bb_buf_putc(&out, *c);
    }
    const char *copy = bb_arena_strdup(arena, bb_buf_text(&out));
    bb_buf_release(&out);
    return copy;
}

static size_t width_of(const char *text)
{
    return bb_utf8_length(text, strlen(text));
}

static void pad(struct bb_buf *out, size_t n)
{
    while (n--) bb_buf_putc(out, ' ');
}

static void write_text_line(const struct bb_grid *grid, const char *const *cell, const size_t *width, struct bb_buf *out)
{
    size_t behind = 0; /* spaces that would end the line */
    for (size_t c = 0; c < grid->n_columns; c++) {
        size_t fill = width[c] - width_of(cell[c]);
        pad(out, behind + 2 + (grid->is_number[c] ? fill : 0));
        bb_buf_puts(out, cell[c]);
        behind = grid->is_number[c] ? 0 : fill;
        if (!*cell[c] && c + 1 == grid->n_columns)
            while (out->len && out->data[out->len - 1] == ' ') out->data[--out->len] = '\0';
    }
    bb_buf_putc(out, '\n');
}

static void write_text(const struct bb_grid *grid, struct bb_buf *out)
{
    size_t width[BB_GRID_COLUMNS];
    for (size_t c = 0; c < grid->n_columns; c++) {
        width[c] = width_of(grid->head[c]);
        for (size_t r = 0; r < grid->n_rows; r++)
            if (width_of(grid->cell[r * grid->n_columns + c]) > width[c])
                width[c] = width_of(grid->cell[r * grid->n_columns + c]);
    }
    write_text_line(grid, grid->head, width, out);
    for (size_t r = 0; r < grid->n_rows; r++) write_text_line(grid, &grid->cell[r * grid->n_columns], width, out);
}

static void write_markdown_line(const struct bb_grid *grid, const char *const *cell, struct bb_buf *out)
{
    for (size_t c = 0; c < grid->n_columns; c++) bb_buf_printf(out, "| %s ", bb_grid_markdown(grid->arena, cell[c]));
    bb_buf_puts(out, "|\n");
}

static void write_markdown(const struct bb_grid *grid, struct bb_buf *out)
{
    write_markdown_line(grid, grid->head, out);
    for (size_t c = 0; c < grid->n_columns; c++) bb_buf_puts(out, grid->is_number[c] ? "| ---: " : "| --- ");
    bb_buf_puts(out, "|\n");
    for (size_t r = 0; r < grid->n_rows; r++) write_markdown_line(grid, &grid->cell[r * grid->n_columns], out);
}

void bb_grid_write(struct bb_grid *grid, enum bb_grid_style style, struct bb_buf *out)
{
    if (style == BB_GRID_TEXT)
        write_text(grid, out);
    else
        write_markdown(grid, out);
    free(grid->cell);
    grid->cell = NULL;
    grid->n_rows = grid->cap = 0;
}
