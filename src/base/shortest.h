/*
 * The shortest decimal digits that read back as the same double, nearest to it among several (C++17’s std::to_chars, which has Ryū; C has
 * nothing like it). The only C++ of this folder.
 */
#ifndef BB_BASE_SHORTEST_H
#define BB_BASE_SHORTEST_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* "d.ddde±xx" with a NUL; value finite and not negative. */
void bb_shortest_digits(char out[32], double value);

/* The same digits as "ddd.ddd" with a NUL; value from 1e-3 to 1e15, and not whole. Returns the length. */
size_t bb_shortest_plain(char out[32], double value);

/* The double nearest to the value's first `digits` (1 … 17) significant decimals, correctly rounded; value finite. */
double bb_round_significant(double value, int digits);

#ifdef __cplusplus
}
#endif

#endif
