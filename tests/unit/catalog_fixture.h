/*
 * What the tests of the catalog share: JSON from text, and what was said about it.
 */
#ifndef BB_TESTS_CATALOG_FIXTURE_H
#define BB_TESTS_CATALOG_FIXTURE_H

#include "catalog/manifest.h"
#include "table_fixture.h"

extern struct bb_diags catalog_diags; /* of the running test */

void catalog_setup(void); /* for tcase_add_checked_fixture; with the folder of table_fixture.h */
void catalog_teardown(void);

struct bb_json *catalog_json(const char *text);       /* strict JSON in which ' stands for " */
const char *catalog_text(const struct bb_json *json); /* compact, with ' for " */

/* "line:column message" of the only diagnostic; the test fails when there is another number of them. */
const char *catalog_only_diag(void);
const char *catalog_all_diags(void); /* one a line, "" for none */

#endif
