#include "score/parity.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* PostgreSQL casts a double to numeric through DBL_DIG = 15 digits. */
static double as_numeric(double score)
{
    char text[64];
    double value = score;
    snprintf(text, sizeof text, "%.15g", score);
    return bb_parse_number(text, &value, NULL) ? value : score;
}

size_t bb_parity_text(char out[64], double score)
{
    char fixed[64];
    if (isnan(score)) return (size_t)snprintf(out, 64, "X");
    double value = as_numeric(score);
    if (value >= 1) return bb_format_fixed(out, value, 1);
    bb_format_fixed(fixed, value, 3);
    const char *digits = fixed + (fixed[0] == '-');
    return (size_t)snprintf(out, 64, "%s%s", fixed[0] == '-' ? "-" : "", digits[0] == '0' ? digits + 1 : digits);
}

double bb_parity_round(double score)
{
    char text[64];
    double value = score;
    if (isnan(score)) return score;
    bb_parity_text(text, score);
    return bb_parse_number(text, &value, NULL) ? bb_round_decimals(value, 2) : score;
}
