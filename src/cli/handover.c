#include "cli/handover.h"

#include "base/log.h"
#include "base/text.h"

enum bb_code bb_cli_degrees(const char *text, const char *option, double *out, struct bb_err *err)
{
    double value = 0;
    if (!bb_parse_number(text, &value, NULL) || !(value > 0 && value <= 360))
        return bb_fail(err, BB_EUSAGE, "%s must be a visual angle in degrees, as in 8, not \"%s\"", option, text);
    *out = value;
    return BB_OK;
}

int bb_cli_usage(const char *message)
{
    bb_log_error("%s", message);
    return BB_EXIT_USAGE;
}
