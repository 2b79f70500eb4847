/*
 * The pages of a site: the shell that all share, and what several kinds of page need.
 *
 * bb_page_begin gives the dictionary of a page's own template, which the page fills; bb_page_end puts it into the shell (page.tpl) and adds it to the
 * site. All links are {{ROOT}}path, where ROOT leads from the page to the folder of the site.
 */
#ifndef BB_RENDER_PAGE_H
#define BB_RENDER_PAGE_H

#include "render/assets.h"
#include "render/crew.h"
#include "render/staging.h"
#include "render/site.h"
#include "render/tpl.h"
#include "render/view.h"

struct bb_insights; /* insight/questions.h */

/* Where assets/board.js finds the values of a group's table. */
struct bb_board_data {
    const char *path; /* in the site; NULL: the node has no table */
    size_t root;      /* the node whose table it is: this one, or one above */
};

struct bb_faces;
struct bb_pdf_picture;
struct bb_edition; /* editions.h */
struct bb_editions;
struct bb_site {
    const struct bb_results *results; /* published: without what may not be seen (score/published.h) */
    const struct bb_results *listed;  /* the same without unlisted models: for data, the sitemap, and all that searches */
    const struct bb_site_options *options;
    struct bb_staging *staging;
    const struct bb_edition *edition; /* what is made is this one, for v/; NULL: it is the site itself */
    const struct bb_site *around;     /* the site that the edition lies in */
    struct bb_editions *editions;     /* those of the site, newest first */
    struct bb_crew *crew; /* makes pages of which there are many */
    struct bb_view_domains domains;
    struct bb_assets assets;
    const char *base;                /* where the site will lie, with a '/' at the end; NULL: not known, and nothing is absolute */
    const char *favicon, *logo, *card; /* paths of what the program made or took in; NULL: none */
    const struct bb_policies *policies; /* the results under each rule for missing scores */
    const struct bb_insights *insights; /* what the results say together */
    struct bb_board_data *board_data; /* per node (board_data.h) */
    struct bb_faces *faces;           /* of the PDFs (report.h); NULL: there are none */
    const struct bb_pdf_picture *report_logo; /* in them; NULL: none */
    const struct bb_report_pairs *report_pairs; /* of results; NULL: there are no PDFs */
    const char *digest;               /* "sha256:…" of data/scores.json */
    struct bb_table_files *tables;    /* which tables there are as files (table_files.h) */
    struct bb_arena *arena;
};

enum { BB_PAGE_SCRIPTS = 8 };
struct bb_page {
    const struct bb_site *site;
    const char *path; /* in the site */
    struct bb_tpl_dict *shell;
    struct bb_tpl_dict *content; /* of the page's own template */
    struct bb_arena *arena;      /* lives as long as the page */
    const char *title, *summary; /* NULL: the board's; nothing to say */
    bool noindex;
    const char *leads_to; /* path in the site of the page that a browser goes on to; NULL: it stays */
    const char *script[BB_PAGE_SCRIPTS];
    size_t n_scripts;
    struct bb_page_files *files; /* written with it (bb_page_file) */
};

/* `title` NULL: the front page, which bears the board's. */
void bb_page_begin(struct bb_page *page, const struct bb_site *site, const char *path, const char *template, const char *title);
/* The page runs assets/<name>, a classic script, once it is read. Asking twice is fine. */
void bb_page_script(struct bb_page *page, const char *name);
/* A file that lies beside the page and is written with it; the data are copied. Each path (in the site) once. */
void bb_page_file(const struct bb_page *page, const char *path, const char *data, size_t len);
/* What search engines and cards say of the page: the beginning of a text in Markdown; nothing for NULL. */
void bb_page_summary(struct bb_page *page, const char *markdown);
/* Search engines are asked to leave it out: the page of an unlisted model. */
void bb_page_noindex(struct bb_page *page);
enum bb_code bb_page_end(struct bb_page *page, struct bb_err *err) BB_MUST_CHECK; /* frees it, whatever happens */

/* What stands in the <head> beside the title, and the marks of the lab, once a page is filled (page_head.c). */
void bb_page_head(struct bb_page *page);
const char *bb_board_facts(const struct bb_site *site, struct bb_arena *arena); /* "Release 2026.11 · 2026-11-23 · 33 models · 29 benchmarks" */
bool bb_is_mail(const char *text); /* one address, of plain letters */
bool bb_is_web(const char *text);  /* http: or https: */

/* Kinds of page; each adds all pages of its kind. Those of single models and benchmarks are planned as work of the crew; they read no file, for
   nobody would notice when it changed (base/trace.h). */
enum bb_code bb_pages_front(const struct bb_site *site, struct bb_err *err) BB_MUST_CHECK; /* front page, 404 */
enum bb_code bb_pages_domains(const struct bb_site *site, struct bb_err *err) BB_MUST_CHECK;
enum bb_code bb_pages_together(const struct bb_site *site, struct bb_err *err) BB_MUST_CHECK; /* of boards with several domains */
bool bb_together_here(const struct bb_site *site); /* there is such a page */
enum bb_code bb_pages_models(const struct bb_site *site, struct bb_err *err) BB_MUST_CHECK;
enum bb_code bb_pages_benchmarks(const struct bb_site *site, struct bb_err *err) BB_MUST_CHECK; /* and their index */
enum bb_code bb_pages_about(const struct bb_site *site, struct bb_err *err) BB_MUST_CHECK;
enum bb_code bb_pages_participate(const struct bb_site *site, struct bb_err *err) BB_MUST_CHECK;
enum bb_code bb_pages_insights(const struct bb_site *site, struct bb_err *err) BB_MUST_CHECK; /* of simulated boards: the identification study */
enum bb_code bb_pages_compare(const struct bb_site *site, struct bb_err *err) BB_MUST_CHECK; /* two quantities, and models, against each other */
enum bb_code bb_pages_questions(const struct bb_site *site, struct bb_err *err) BB_MUST_CHECK; /* insights/index.html, and data/insights.csv */
bool bb_questions_here(const struct bb_site *site); /* there is such a page */
enum bb_code bb_pages_changes(const struct bb_site *site, struct bb_err *err) BB_MUST_CHECK; /* of boards with a history: releases, the feed */
enum bb_code bb_pages_editions(const struct bb_site *site, struct bb_err *err) BB_MUST_CHECK; /* v/index.html, latest/index.html; page_editions.c */
void bb_page_edition(struct bb_page *page); /* which release it is, and the way to others: masthead, banner, scripts */
struct bb_staging *bb_asset_staging(const struct bb_site *site); /* of the site that has assets/ */
bool bb_insight_here(const struct bb_site *site); /* there is such a page */

/* Includes board.tpl as BOARD: models × the columns under `node`, a group. `key` keeps its view in the page's address: "" for the page's main table,
   else an identifier. */
void bb_page_board(struct bb_page *page, struct bb_tpl_dict *dict, size_t node, const struct bb_view_rows *rows, const char *table_id,
                   const char *key, const char *caption);
void bb_page_board_scripts(struct bb_page *page); /* what makes a table of scores sorted, searched and filtered */

/* Includes exports.tpl as EXPORTS: the table of a node with `n_rows` models, or of a model, as files. Nothing where there are none. */
void bb_page_exports_node(const struct bb_page *page, struct bb_tpl_dict *dict, size_t node, size_t n_rows);
void bb_page_exports_model(const struct bb_page *page, struct bb_tpl_dict *dict, size_t model);

/* What all pages say of the board's rules (page_rules.c). */
void bb_page_legend(const struct bb_page *page, struct bb_tpl_dict *dict); /* includes legend.tpl as LEGEND */
void bb_page_rules(const struct bb_page *page, struct bb_tpl_dict *dict);  /* includes rules.tpl as RULES: averages, policies, ranks, colours */
const char *bb_page_missing_line(const struct bb_results *results);        /* "In averages a missing score counts as zero." */

/* Sections and values that several templates have. */
struct bb_tpl_dict *bb_page_fact_line(struct bb_tpl_dict *dict); /* FACT in FACTS, for the caller to fill */

void bb_page_fact(struct bb_tpl_dict *dict, const char *name, const char *value); /* FACT; nothing for a NULL or "" value */
void bb_page_fact_link(struct bb_tpl_dict *dict, const char *name,
                       const char *url); /* a link when it is http: or https:, else text */
/* A link from the page of a benchmark to that of another. */
void bb_page_fact_benchmark(struct bb_tpl_dict *dict, const char *name, const char *id, struct bb_arena *arena);
void bb_page_fact_mono(struct bb_tpl_dict *dict, const char *name, const char *value); /* in the typeface of code */
/* CELL of a row: the score of the model in the column, shaded, or why there is none. `class`: of the column; "" for none. */
void bb_page_score_cell(const struct bb_page *page, struct bb_tpl_dict *row, size_t model, const struct bb_view_column *column, const char *class);
/* The same: of how many benchmarks below the node there are scores. */
void bb_page_coverage(const struct bb_page *page, struct bb_tpl_dict *row, size_t model, size_t node);
/* OPENS of a heading: the node is a group; nothing for a benchmark. */
void bb_page_opens(struct bb_tpl_dict *head, const struct bb_results *results, const struct bb_view_columns *columns, size_t node);
void bb_page_status(struct bb_tpl_dict *dict, enum bb_status status);                  /* STATUS_MARK, STATUS_TEXT */
const char *bb_page_status_class(enum bb_status status);
void bb_page_rank(struct bb_tpl_dict *row, const struct bb_results *results, const struct bb_view_rows *rows,
                  size_t model);                                            /* RANKED, UNRANKED */
void bb_page_model(struct bb_tpl_dict *dict, const struct bb_model *model); /* MODEL_ID, MODEL_NAME */

/* Numbers as they are shown: a score with two decimals; details with three, one from 100 on, five below .001. A real minus sign; "" for NaN. */
const char *bb_page_score(struct bb_arena *arena, double value);
void bb_page_round_twice(bool twice); /* scores from now on by the reference's double rounding (score/parity.h); one site at a time, as templates */
const char *bb_page_detail(struct bb_arena *arena, double value);
const char *bb_page_degrees(struct bb_arena *arena, double degrees);      /* "8°"; NULL for NaN */
const char *bb_page_title_case(struct bb_arena *arena, const char *word); /* "vision" → "Vision" */
const char *bb_page_node_title(const struct bb_node *node);               /* its title, or its id */
const char *bb_page_error_kind(struct bb_arena *arena, const char *kind); /* "subject_sd" → "SD over subjects", "" for NULL */
/* "c = 0.816 ± 0.001 (SEM over splits), lower bound 0.700, n = 10"; why there is no number; "none" where the definition has no ceiling. */
const char *bb_page_ceiling(struct bb_arena *arena, const struct bb_node *node, const struct bb_facts *facts);
const char *bb_page_node_note(const struct bb_page *page,
                              size_t node);                   /* "17 benchmarks", "data not at hand"; NULL: nothing to say */
const char *bb_page_error_meaning(const char *kind);                       /* what an error of the kind says */
/* The rules by which a raw value becomes a score. */
#define BB_N_RULES 6
struct bb_rule_words {
    enum bb_normalise rule;
    const char *name, *when; /* "explained_variance", and a sentence on what it is for */
};
extern const struct bb_rule_words bb_page_rule_words[BB_N_RULES];
bool bb_page_simulated(const struct bb_results *results, size_t node); /* it or a node above is, or the whole board */
size_t bb_page_depth(size_t depth);                           /* as a class: d0 … d5 */
const char *bb_page_shade(struct bb_arena *arena, int shade); /* class of a cell: "s0" … "s9"; "" for −1 */
/* Classes of the cell of a column in the colours of the site; NaN: of a cell without a score. "": none. */
const char *bb_page_cell_shade(const struct bb_page *page, const struct bb_view_column *column, double score);

#endif
