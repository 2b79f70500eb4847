/*
 * Rows that were read, written and read again are the same rows. Lines count up and lie in the file.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct table {
    struct bb_buf text; /* the rows, written anew */
    size_t line;        /* of the last row */
};

static void must(int holds)
{
    if (!holds) abort();
}

static enum bb_code add_row(void *ctx, const struct bb_csv_field *field, size_t n, size_t line, struct bb_err *err)
{
    (void)err;
    struct table *table = ctx;
    must(line > table->line && n > 0);
    table->line = line;
    for (size_t i = 0; i < n; i++) {
        must(strlen(field[i].text) == field[i].len);
        if (i > 0) bb_buf_putc(&table->text, ',');
        /* A field alone in its row, and empty, must not be an empty line. */
        if (n == 1 && field[i].len == 0)
            bb_buf_puts(&table->text, "\"\"");
        else
            bb_csv_write(&table->text, field[i].text, false);
    }
    bb_buf_putc(&table->text, '\n');
    return BB_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct table first = {0}, again = {0};
    struct bb_err err = {0};
    /* A byte-order mark of our own, so that one in the first field stays text. */
    bb_buf_puts(&first.text, "\xEF\xBB\xBF");
    bb_buf_puts(&again.text, "\xEF\xBB\xBF");
    enum bb_code rc = bb_csv_parse((const char *)data, size, 0, add_row, &first, &err);
    must(first.line <= size);
    must(rc == BB_OK || (rc == BB_EINPUT && strstr(err.msg, "line ")));
    if (rc == BB_OK) {
        must(bb_csv_parse(bb_buf_text(&first.text), first.text.len, ',', add_row, &again, NULL) == BB_OK);
        must(strcmp(bb_buf_text(&first.text), bb_buf_text(&again.text)) == 0);
    }
    bb_buf_release(&first.text);
    bb_buf_release(&again.text);
    return 0;
}
