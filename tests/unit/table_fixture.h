/*
 * What the tests of tables share: rules from JSON, and a folder of their own for files.
 */
#ifndef BB_TESTS_TABLE_FIXTURE_H
#define BB_TESTS_TABLE_FIXTURE_H

#include "base/columns.h"
#include "base/file.h"

extern struct bb_arena *fixture_arena; /* of the running test */
extern char fixture_dir[64];

void fixture_setup(void); /* for tcase_add_checked_fixture */
void fixture_teardown(void);

/* Rules from the texts of the two objects (either may be NULL); the test fails when they are wrong. */
struct bb_columns fixture_columns(const char *columns, const char *where);

/* All messages of the rules, one a line; "" when they are right. */
const char *fixture_complaints(const char *columns, const char *where);

/* Writes fixture_dir/name; returns its path. */
const char *fixture_file(const char *name, const void *data, size_t len);
const char *fixture_text(const char *name, const char *text);

#endif
