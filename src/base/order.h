/*
 * The order of numbers. Sorting with a function that compares two of them takes several times as long.
 */
#ifndef BB_BASE_ORDER_H
#define BB_BASE_ORDER_H

#include <stddef.h>

/* order (n): the indices of x in ascending order of its values, equal ones (the two zeros are) as they stand. No NaN. */
void bb_order(const double *x, size_t n, size_t *order);

#endif
