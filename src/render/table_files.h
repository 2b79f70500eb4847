/*
 * The tables of the site as files for papers, beside its other data:
 *
 *   data/tables/<node>.csv .json .tex .md .bib     of every benchmark and group that some model has a result for
 *   data/tables/models/<id>.csv .tex .md           of every model (its JSON is data/models/<id>.json)
 *   data/references.bib                            of all benchmarks and models
 *
 * What is bounded: .tex, .md and .bib have the first BB_TABLE_ROWS models; tables of single models are there on boards of up to BB_TABLE_MODELS of
 * them. So 1,000 models × 150 benchmarks in 40 groups are 950 files; `brainboard export` makes the rest.
 */
#ifndef BB_RENDER_TABLE_FILES_H
#define BB_RENDER_TABLE_FILES_H

#include "render/page.h"

#define BB_TABLE_FOLDER "data/tables"
#define BB_TABLE_ROWS   200
#define BB_TABLE_MODELS 300

/* Which of them there are. */
struct bb_table_files {
    bool *node, *node_bibtex, *model; /* per node, node and model of the results */
    bool references;
};

/* The links below a table, "LaTeX" and where it is in the site; how many there are. */
#define BB_TABLE_FORMATS 5
struct bb_table_link {
    const char *word, *path;
};
size_t bb_table_links_of_node(const struct bb_site *site, size_t node, struct bb_arena *arena,
                              struct bb_table_link out[BB_TABLE_FORMATS]);
size_t bb_table_links_of_model(const struct bb_site *site, size_t model, struct bb_arena *arena,
                               struct bb_table_link out[BB_TABLE_FORMATS]);

/* Finds out which there are (site->tables), and plans those of nodes and models as work of the crew; needs site->digest. */
void bb_table_files_plan(struct bb_site *site);
/* data/references.bib. Says once what had to be left out of it. */
enum bb_code bb_references_add(const struct bb_site *site, struct bb_err *err) BB_MUST_CHECK;

#endif
