/*
 * CSV and TSV rows, by libcsv (RFC 4180: quotes, doubled quotes, newlines in fields; CRLF or LF; a UTF-8 byte-order mark is skipped).
 */
#ifndef BB_BASE_CSV_H
#define BB_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

struct bb_csv_field {
    const char *text; /* NUL-terminated; valid during the call */
    size_t len;
};

/* One row; line is where it starts in the file, from 1. Anything but BB_OK stops the reading and is returned. */
typedef enum bb_code (*bb_csv_row)(void *ctx, const struct bb_csv_field *field, size_t n, size_t line, struct bb_err *err);

/* delimiter 0: found out from the header line (the more frequent of ',' tab ';' outside quotes).
   Errors (malformed UTF-8, NUL bytes, an unterminated quote) name the line. Empty lines are skipped. */
enum bb_code bb_csv_parse(const char *text, size_t len, char delimiter, bb_csv_row row, void *ctx, struct bb_err *err) BB_MUST_CHECK;

/* Appends a field, quoted when it must be; `formula_safe` puts ' in front of text that a spreadsheet would run (= + - @ tab CR). */
void bb_csv_write(struct bb_buf *out, const char *text, bool formula_safe);

#endif
