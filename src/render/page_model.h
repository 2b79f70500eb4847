/*
 * Inside of the model pages: what page_model.c (who it is, the index), page_model_layers.c and page_model_scores.c share.
 */
#ifndef BB_RENDER_PAGE_MODEL_H
#define BB_RENDER_PAGE_MODEL_H

#include "render/page_chart.h"
#include "render/standing.h"

/* A table of scores that every model page may have: a root of a domain, or an engineering node that stands apart. */
struct bb_model_table {
    size_t node, end;   /* nodes [node, end) */
    const char *domain; /* "vision" */
    const char *title;  /* "Vision", "Vision: Engineering" */
    bool is_main;       /* the domain's average: what the line at the top of the page is about */
    struct bb_chart_place place; /* of the models at it; only where is_main */
};

/* What the pages of all models share, made once. */
struct bb_model_shared {
    struct bb_standings standings;
    const char **median, **best; /* per node, as shown; "" where fewer than two models are ranked */
    struct bb_model_table *table;
    size_t n_tables;
};

struct bb_model_page {
    struct bb_page page;
    const struct bb_model_shared *shared;
    const struct bb_results *results;
    const struct bb_model *model;
    size_t index;
};

/* Sections LAYERS (a row per region and layer, with the profiles folded) and nothing when no layer is known. */
void bb_model_add_layers(const struct bb_model_page *it);

/* Sections EXTREMES (strongest and weakest benchmarks), MODEL_TABLE, NOTES or NO_SCORES. */
void bb_model_add_scores(const struct bb_model_page *it);

/* "Parameters", "61.1 M"; NULL: there is nothing to say. */
const char *bb_attribute_title(const struct bb_board *board, const struct bb_attribute *attribute, struct bb_arena *arena);
const char *bb_attribute_value(const struct bb_board *board, const struct bb_attribute *attribute, struct bb_arena *arena);

/* The cell's scores may be shown: it has one, and the benchmark publishes scores. */
bool bb_model_shows(const struct bb_model_page *it, size_t node);

/* An engineering node that stands apart from the average of `top`: it has a table of its own. */
bool bb_model_is_apart(const struct bb_tree *tree, size_t top, size_t node);

#endif
