/*
 * Of the report: what is compared by default, as scatter plots.
 */
#include "render/report_int.h"

void bb_report_comparisons(struct bb_report *report)
{
    (void)report;
}
