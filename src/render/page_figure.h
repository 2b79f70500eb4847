/*
 * Figures: a chart with its title, what it shows in words, its numbers as a table, and both as files.
 *
 * The files lie beside the page, in charts/: <id>.svg, and <id>.csv with the numbers at full precision. A page adds its figures to a dictionary
 * that bb_figures gave; bb_page_end writes the files.
 */
#ifndef BB_RENDER_PAGE_FIGURE_H
#define BB_RENDER_PAGE_FIGURE_H

#include "chart/scene.h"
#include "render/page.h"

/* A column of numbers or of texts: one of the two is not NULL, and has n_rows entries. */
struct bb_figure_column {
    const char *name;
    const char *const *text; /* NULL in it: nothing */
    const double *value;     /* NaN: nothing */
};
struct bb_figure_data {
    const struct bb_figure_column *column; /* the first names the row */
    size_t n_columns, n_rows;
};

struct bb_figure {
    const struct bb_scene *scene;
    const char *id;                    /* an identifier, unique in the page; also the name of the files */
    const char *title;                 /* above the chart */
    const char *title_path;            /* in the site: what the title leads to; NULL: nowhere */
    const char *note;                  /* below the title: what marks mean; NULL: nothing */
    const struct bb_figure_data *data; /* NULL: none are written */
    const char *data_path;             /* in the site: a CSV that another page writes, instead of `data`; NULL: none */
    bool folds; /* the data stand in the page as well, folded; for charts whose numbers stand nowhere else */
};

/* Figures side by side: includes figures.tpl as FIGURES. */
struct bb_tpl_dict *bb_figures(struct bb_tpl_dict *dict);
/* Adds one. What it is given is not needed afterwards. Scenes wider than BB_FIGURE_WIDE scroll instead of shrinking. */
#define BB_FIGURE_WIDE 640
void bb_figure_add(const struct bb_page *page, struct bb_tpl_dict *figures, const struct bb_figure *figure);

/* The files of a figure whose page shows it in its own way: includes figure_files.tpl as FIGURE_FILES. */
void bb_figure_files(const struct bb_page *page, struct bb_tpl_dict *dict, const struct bb_figure *figure);

/* What a matrix of n names shows, a row for each pair: benchmark, other, r, models, and where it is
   given p_corrected. In `arena`; borrows the names. */
const struct bb_figure_data *bb_figure_pairs(const char *const *name, size_t n, const double *r, const size_t *count,
                                             const double *p, struct bb_arena *arena);

/* The data as CSV (RFC 4180) at full precision; no text in it is run by a spreadsheet. */
void bb_figure_csv(const struct bb_figure_data *data, struct bb_buf *out);

#endif
