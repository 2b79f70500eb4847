/*
 * A table for a paper: what the writers of export_text.h turn into CSV, JSON, LaTeX and Markdown. Made from results alone, so that every format has
 * the same rows, columns and numbers, those of the table on the site's page.
 *
 *   of a group        rank, model, its average, and the columns of its leaderboard (view.h)
 *   of a benchmark    rank, model, score, error, raw value, n, layer: what some model has
 *   of a model        a row for each benchmark and group that says something of it: score, error, ceiling, raw value, n, rank, layer
 *
 * Only published results may be given (score/published.h, `listed_only`).
 */
#ifndef BB_RENDER_EXPORT_TABLE_H
#define BB_RENDER_EXPORT_TABLE_H

#include "score/results.h"

enum bb_paper_kind {
    BB_PAPER_RANK,
    BB_PAPER_NAME,     /* of the row; id and name in CSV and JSON */
    BB_PAPER_SCORE,    /* of `node` */
    BB_PAPER_NUMBER,   /* any other number */
    BB_PAPER_COUNT,    /* a whole number */
    BB_PAPER_COVERAGE, /* number of `of` */
    BB_PAPER_TEXT
};

struct bb_paper_column {
    enum bb_paper_kind kind;
    const char *key;   /* in CSV and JSON */
    const char *title; /* for readers */
    const char *group; /* the heading that it shares with its neighbours; NULL: none */
    size_t node;       /* BB_NO_NODE: of no node */
    bool lower_better;
    bool is_fine;    /* shown with the decimals of details (bb_page_detail), else of scores */
    bool is_data;    /* in CSV and JSON only: readers find it in the notes */
    bool has_errors; /* some cell has one; counted only where the table has errors at all */
    double ceiling;  /* of scores, where the table has ceilings; NaN: none */
    double best;     /* of scores of at least two rows that are no references; NaN */
};

struct bb_paper_cell {
    double number;          /* NaN: none */
    double error;           /* NaN: none, or not asked for */
    const char *error_kind; /* of the error; NULL: none */
    const char *text;       /* of texts; NULL: none */
    const char *words;      /* what readers see in its place; NULL: text */
    enum bb_status status;  /* of scores: why there is none */
    size_t of;              /* coverage */
    bool is_tied;           /* ranks */
};

struct bb_paper_row {
    const char *id, *name;
    size_t depth; /* indentation: of nodes */
    size_t index; /* of the model or the node */
    bool is_reference;
};

struct bb_paper {
    const char *name;     /* an identifier, for a label and file names: the id of the node or model */
    const char *title;    /* for readers: "IT" */
    const char *row_word; /* "model", "benchmark": the head of the rows' ids in CSV and JSON */
    const struct bb_board *board;
    const char *digest; /* "sha256:…" of data/scores.json */
    struct bb_paper_column *column;
    size_t n_columns;
    struct bb_paper_row *row;
    size_t n_rows, n_all;       /* n_all: before only the first or the chosen ones were taken */
    struct bb_paper_cell *cell; /* row after row */
    bool has_errors;            /* scores are shown with ± */
    bool marks_best;
    int precision;     /* decimals of all numbers; −1: as pages show them */
    bool rounds_twice; /* scores by the reference's double rounding (score/parity.h) */
    const char **note; /* sentences that belong to the table */
    size_t n_notes;
    struct bb_arena *arena;
};

struct bb_paper_options {
    size_t node;         /* whose table; not looked at for a model's */
    size_t top;          /* so many rows; 0: all */
    const size_t *model; /* only these, in the order of the table; NULL: all */
    size_t n_models;
    const char *columns; /* "rank,model,IT,IT.raw,parameters": nodes, fields, attributes; NULL: as above */
    bool errors;         /* scores with ±, where their kind is known */
    bool ceilings;       /* of benchmarks */
    bool coverage;       /* how many benchmarks below have a score */
    bool marks_best;     /* the best of each column, in bold */
    bool has_precision;
    int precision;
};

/* In `arena`; borrows from the results. `digest`: see struct bb_paper. BB_EUSAGE names a column that there is not, and the nearest one. */
enum bb_code bb_paper_of_node(const struct bb_results *results, const struct bb_paper_options *options, const char *digest,
                              struct bb_arena *arena, struct bb_paper *out, struct bb_err *err) BB_MUST_CHECK;
/* `options` without columns, models and top. */
void bb_paper_of_model(const struct bb_results *results, size_t model, const struct bb_paper_options *options, const char *digest,
                       struct bb_arena *arena, struct bb_paper *out);

/* What readers see, with a real minus sign: "0.41", "3=", "31 of 40", "0.412 ± 0.004", "failed"; "" for nothing. */
const char *bb_paper_shown(const struct bb_paper *table, const struct bb_paper_column *column, const struct bb_paper_cell *cell);
/* The cell is shown as its column's best is, and there is something to compare: at least two scores. */
bool bb_paper_is_best(const struct bb_paper *table, size_t row, size_t column);
/* "IT: the first 10 of 33 models. Title, release 2026.11 (2026-11-23); scores sha256:0123456789ab." and the notes. */
const char *bb_paper_caption(const struct bb_paper *table);

static inline const struct bb_paper_cell *bb_paper_at(const struct bb_paper *table, size_t row, size_t column)
{
    return &table->cell[row * table->n_columns + column];
}

/* "sha256:…" (BB_DIGEST_TEXT) of the whole of these results as scores.json. */
void bb_paper_digest(const struct bb_results *results, char out[72]);
/* "sha256:0123456789ab": enough to tell, short enough for a caption. */
const char *bb_paper_short_digest(const char *digest, struct bb_arena *arena);

#endif
