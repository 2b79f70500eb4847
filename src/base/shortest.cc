#include "base/shortest.h"

#include <charconv>

void bb_shortest_digits(char out[32], double value)
{
    *std::to_chars(out, out + 31, value, std::chars_format::scientific).ptr = '\0';
}
