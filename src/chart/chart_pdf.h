/*
 * A scene in a PDF: the same marks at the same places as in the SVG, in print's colours.
 */
#ifndef BB_CHART_CHART_PDF_H
#define BB_CHART_CHART_PDF_H

#include "chart/scene.h"
#include "pdf/document.h"

/* x, y: where the upper left corner of the scene lies on the page; `scale`: points per pixel (.75 is the size that it has on a screen). Groups
   with an address that bb_pdf_link takes are links; others, relative ones, are not. The scene may be freed afterwards. */
void bb_chart_pdf(const struct bb_scene *scene, struct bb_pdf *pdf, struct bb_pdf_page *page, double x, double y, double scale);

/* The colour of a role in print: that of a light page, on white. */
uint32_t bb_chart_ink(enum bb_role role);

#endif
