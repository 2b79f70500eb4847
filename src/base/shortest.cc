#include "base/shortest.h"

#include <charconv>

void bb_shortest_digits(char out[32], double value)
{
    *std::to_chars(out, out + 31, value, std::chars_format::scientific).ptr = '\0';
}

double bb_round_significant(double value, int digits)
{
    char text[40];
    const char *end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, digits - 1).ptr;
    std::from_chars(text, end, value);
    return value;
}
