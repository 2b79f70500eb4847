/*
 * The marks of a page as the operators of its content stream (PDF 1.3, 4 and 5), shown in its fonts.
 *
 * Numbers are whole hundredths of a point, which are finer than any eye or printer: what libharu's page functions write has the noise of its floats.
 * Neighbours that look alike are one path; a filled circle is a dot of a round pen.
 */
#ifndef BB_PDF_CONTENT_H
#define BB_PDF_CONTENT_H

#include "pdf/document_int.h"
#include "pdf/embed.h"

/* Appends the operators of a page to `out`, and what they name to the resources of its libharu page. `face`: by enum bb_face. */
void bb_content(HPDF_Doc doc, HPDF_Page to, const struct bb_embedded *face, const struct bb_pdf_page *page, struct bb_buf *out);

#endif
