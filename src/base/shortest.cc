#include "base/shortest.h"

#include <charconv>

void bb_shortest_digits(char out[32], double value)
{
    *std::to_chars(out, out + 31, value, std::chars_format::scientific).ptr = '\0';
}

size_t bb_shortest_plain(char out[32], double value)
{
    char *end = std::to_chars(out, out + 31, value, std::chars_format::fixed).ptr;
    *end = '\0';
    return static_cast<size_t>(end - out);
}

double bb_round_significant(double value, int digits)
{
    char text[40];
    const char *end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific, digits - 1).ptr;
    std::from_chars(text, end, value);
    return value;
}
