/*
 * Models against each other: the scores of all their layers, on one benchmark of each region. Of the models that stand in the page as figures; of
 * all models as assets/layer-data-<part of its digest>.js, which calls brainboard.layers(data) when a reader first chooses some:
 *   benchmarks: [id], those that are shown
 *   models: {id: [[name of a layer, …], {index of a benchmark: [scores as one text, as in compare_data.h; index of the chosen layer or −1]}]}
 * Where a model has other layers on some benchmark, their names follow in that list.
 */
#ifndef BB_RENDER_PAGE_VERSUS_LAYERS_H
#define BB_RENDER_PAGE_VERSUS_LAYERS_H

#include "render/compare_view.h"
#include "render/page.h"

/* The benchmarks, in tree order: of each region of a domain the one on which most models have scores of two layers and more. In the arena of
   `compare`. */
struct bb_versus_layers {
    size_t *node, n;
};
struct bb_versus_layers bb_versus_layers_of(const struct bb_compare *compare);

/* A figure in `section` for each benchmark of the domain on which both models have them; false where there is none. model: of the list. */
bool bb_versus_layers_add(const struct bb_page *page, struct bb_tpl_dict *section, const struct bb_compare *compare,
                          const struct bb_versus_layers *layers, const char *domain, const size_t model[2]);

/* *path: of the script, in the site; NULL where no model has layers. */
enum bb_code bb_versus_layers_data_add(const struct bb_site *site, const struct bb_compare *compare,
                                       const struct bb_versus_layers *layers, const char **path,
                                       struct bb_err *err) BB_MUST_CHECK;

#endif
