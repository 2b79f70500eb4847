/* Every kind of chart with n data, for the tests that hold for all of them. */
#ifndef BB_TESTS_CHART_CASE_H
#define BB_TESTS_CHART_CASE_H

#include "chart/scene.h"

struct chart_case {
    const char *name;
    /* name_of(i): what the i-th datum is called */
    struct bb_scene *(*make)(size_t n, const char *(*name_of)(size_t i), struct bb_arena *arena);
};
extern const struct chart_case chart_cases[];
extern const size_t n_chart_cases;

const char *chart_name_plain(size_t i);   /* "model-7" */
const char *chart_name_hostile(size_t i); /* markup, quotes, controls, bad UTF-8, 64 KB … */

#endif
