/*
 * Tables as papers have them: three rules, two levels of heads, no lines between rows.
 *
 * Columns are as wide as what stands in them. A table that is too wide narrows first the columns that may wrap, then takes a turned page, then is
 * split into several that repeat the first columns; the caption says so. On each page the heads stand again. A row is never parted; of a cell
 * with more than BB_PDF_TABLE_LINES lines the rest is cut, with "…".
 */
#ifndef BB_PDF_TABLE_H
#define BB_PDF_TABLE_H

#include "pdf/flow.h"

#define BB_PDF_TABLE_LINES 12
#define BB_PDF_TABLE_SIZE  8.2

struct bb_pdf_column {
    const char *title, *group; /* group: above the titles of neighbours that have the same; NULL: none */
    enum bb_pdf_anchor align;
    bool turned; /* the title runs upwards: for many narrow columns */
    bool wraps;
    bool decimal;       /* numbers, with their decimal points below each other; for BB_PDF_RIGHT */
    double room;        /* of a column of drawings: its width; 0: of text */
    const char *target; /* link of the title; NULL: none */
};

struct bb_pdf_cell {
    const char *text; /* NULL: empty */
    const char *target;
    const void *drawing; /* for the table's `draw`; NULL: none */
    double indent;       /* points */
    enum bb_face face;   /* 0 is the text face */
    bool muted;
    int shade; /* 0: none; else the cell's ground 0xrrggbb, with bit 24 set */
};
#define BB_PDF_TABLE_SHADE(rgb) ((int)((rgb) | 1u << 24))

struct bb_pdf_table {
    const char *caption, *note; /* NULL: none */
    const struct bb_pdf_column *column;
    size_t n_columns, n_fixed;      /* fixed: stand in each part of a table that is split */
    const struct bb_pdf_cell *cell; /* row after row */
    size_t n_rows;
    const bool *rule; /* per row: a thin line above it; NULL: none */
    bool grouped;     /* a little room after every fifth row */
    bool no_turning;  /* never on a turned page */
    /* Draws what a cell has into the rectangle. */
    void (*draw)(const void *drawing, struct bb_pdf *pdf, struct bb_pdf_page *page, double x, double y, double w, double h);
    double size; /* of the text; 0: BB_PDF_TABLE_SIZE */
};

/* The table will stand on a turned page. For headings above it: flow->hold. */
bool bb_flow_table_turns(struct bb_flow *flow, const struct bb_pdf_table *table);

/* It fits into the rest of the page at hand as it is turned, behind something of `above` points: with flow->hold it stays there. */
bool bb_flow_table_fits(struct bb_flow *flow, const struct bb_pdf_table *table, double above);

/* The texts must live as long as the document. Nothing for a table without columns. */
void bb_flow_table(struct bb_flow *flow, const struct bb_pdf_table *table);

#endif
