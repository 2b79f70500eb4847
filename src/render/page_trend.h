/*
 * History on pages (boards with --history): a model's or benchmark's way through the releases, with the reason of each step.
 */
#ifndef BB_RENDER_PAGE_TREND_H
#define BB_RENDER_PAGE_TREND_H

#include "render/page.h"

/* Includes trend.tpl as TREND in TRENDS: score, rank and reasons per release, latest first. Nothing without a history, or when no release has the
   model. `node` is one of the site. */
void bb_trend_add_model(struct bb_page *page, const char *model, size_t node);
/* The same for a benchmark or group: version, ceiling, coverage, the best, what changed. */
void bb_trend_add_node(struct bb_page *page, size_t node);

/* Of a benchmark that the model has no score on now: the last release in which it had one, of the same version. LAST_RELEASE, LAST_SCORE and
   LAST_DAY of the dictionary; nothing when there is none. */
void bb_trend_add_last(const struct bb_page *page, struct bb_tpl_dict *dict, const char *model, size_t node);

/* The name of a model or node in a record; BB_NO_NODE: not there. */
size_t bb_trend_model(const struct bb_results *record, const char *id);

/* TREND_RELEASE or TREND_NOW, and TREND_DAY, of a dictionary. */
void bb_trend_release(struct bb_tpl_dict *dict, const struct bb_release *release);

/* There is a feed: releases with dates, on a site whose address is known. */
bool bb_feed_here(const struct bb_site *site);
/* The best at a node by rank; BB_NO_NODE: nobody is ranked. Of several, the first by id. */
size_t bb_trend_leader(const struct bb_results *record, size_t node);

#endif
