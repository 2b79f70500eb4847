/*
 * What pages of benchmarks and of inner nodes share. For page_node.c, page_benchmark.c, page_group.c only.
 */
#ifndef BB_RENDER_PAGE_NODE_H
#define BB_RENDER_PAGE_NODE_H

#include "render/page.h"
#include "score/relations.h"

struct bb_node_page {
    struct bb_page page;
    const struct bb_results *results;
    const struct bb_relations *relations;
    const struct bb_node *node;
    const struct bb_facts *facts;
    size_t index;
};

void bb_benchmark_fill(const struct bb_node_page *it); /* benchmark.tpl */
void bb_group_fill(struct bb_node_page *it);     /* group.tpl */

enum bb_code bb_page_benchmark_index(const struct bb_site *site, struct bb_err *err) BB_MUST_CHECK;

/* Public models with a score of the benchmark, or of any below the group. */
size_t bb_node_scored(const struct bb_results *results, size_t node);

/* Where the data of a benchmark stands, in a word: "public", "not public", "not at hand", "published scores"; "" for a group. */
const char *bb_node_data_word(const struct bb_results *results, size_t node);

/* "#set-hvm", where the participate page says what a model must answer to this stimulus set; "" when its name cannot be an anchor. */
const char *bb_page_set_anchor(struct bb_arena *arena, const char *stimuli);

#endif
