/*
 * A picture from elsewhere as a PDF can have it: a PNG becomes pixels on white paper, no larger than print needs; a JPEG stays what it is.
 */
#ifndef BB_CHART_RASTER_H
#define BB_CHART_RASTER_H

#include "pdf/document.h"

/* At most `across` × `down` pixels of a PNG, its proportions kept. BB_EINPUT: no PNG or JPEG, or a damaged one; BB_ELIMIT: a JPEG of more than
   BB_RASTER_JPEG_MOST bytes, as each report has its own copy. The picture is in `arena`. */
enum bb_code bb_raster(const void *data, size_t len, size_t across, size_t down, struct bb_arena *arena,
                       struct bb_pdf_picture *out, struct bb_err *err) BB_MUST_CHECK;
#define BB_RASTER_JPEG_MOST ((size_t)64 << 10)

#endif
