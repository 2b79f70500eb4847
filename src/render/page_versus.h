/*
 * The page of models against each other, which belongs to the compare page and uses its data.
 */
#ifndef BB_RENDER_PAGE_VERSUS_H
#define BB_RENDER_PAGE_VERSUS_H

#include "render/compare_view.h"
#include "render/page.h"

/* data: the path of the script with the values (compare_data.h). */
enum bb_code bb_page_versus(const struct bb_site *site, const struct bb_compare *compare, const char *data,
                            struct bb_err *err) BB_MUST_CHECK;

#endif
