#include "cli/columns_text.h"

#include <string.h>

enum { LABEL_WIDTH = 13, LINE_WIDTH = 100, GAP = 2 };

/* Characters: bytes that begin one. */
static size_t width_of(const char *text, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) n += ((unsigned char)text[i] & 0xc0) != 0x80;
    return n;
}

static void add_blanks(struct bb_buf *out, size_t n)
{
    while (n-- > 0) bb_buf_putc(out, ' ');
}

static size_t column_width(const char *const *cell, size_t n_rows, size_t n_columns, size_t column)
{
    size_t widest = 0;
    for (size_t r = 0; r < n_rows; r++) {
        const char *text = cell[r * n_columns + column];
        size_t width = text ? width_of(text, strlen(text)) : 0;
        if (width > widest) widest = width;
    }
    return widest;
}

void bb_columns_text(struct bb_buf *out, const char *const *cell, size_t n_rows, size_t n_columns)
{
    for (size_t r = 0; r < n_rows; r++) {
        size_t owed = 0; /* blanks before the next text */
        for (size_t c = 0; c < n_columns; c++) {
            const char *text = cell[r * n_columns + c] ? cell[r * n_columns + c] : "";
            if (*text) {
                add_blanks(out, owed);
                owed = 0;
                bb_buf_puts(out, text);
            }
            owed += column_width(cell, n_rows, n_columns, c) - width_of(text, strlen(text)) + GAP;
        }
        bb_buf_putc(out, '\n');
    }
}

void bb_labelled_text(struct bb_buf *out, const char *label, const char *text)
{
    if (!text || !*text) return;
    bb_buf_puts(out, label);
    add_blanks(out, width_of(label, strlen(label)) < LABEL_WIDTH ? LABEL_WIDTH - width_of(label, strlen(label)) : 1);
    size_t at = LABEL_WIDTH;
    for (const char *word = text; *word;) {
        size_t len = strcspn(word, " \n"), width = width_of(word, len);
        if (at > LABEL_WIDTH && at + 1 + width > LINE_WIDTH) {
            bb_buf_putc(out, '\n');
            add_blanks(out, LABEL_WIDTH);
            at = LABEL_WIDTH;
        }
        if (at > LABEL_WIDTH) bb_buf_putc(out, ' ');
        at += width + (at > LABEL_WIDTH);
        bb_buf_add(out, word, len);
        word += len;
        if (*word == '\n') {
            bb_buf_putc(out, '\n');
            add_blanks(out, LABEL_WIDTH);
            at = LABEL_WIDTH;
        }
        word += *word != '\0';
    }
    bb_buf_putc(out, '\n');
}
