/*
 * What reading the column rules and applying them share: the one spelling of each value.
 */
#ifndef BB_BASE_COLUMNS_INT_H
#define BB_BASE_COLUMNS_INT_H

#include "base/columns.h"

/* "", "na", "nan" in any case. */
bool bb_value_missing(const char *text);

/* The text by which values of the type are compared: "" for a missing one, "0.6" for 0.60, "true" for True; NULL when it is no such value. The
   result is text itself, a constant, or in `number`. */
const char *bb_value_canonical(const char *text, enum bb_value_type type, char number[32]);

#endif
