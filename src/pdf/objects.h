/*
 * Objects of a PDF that libharu has no function for, made of its dictionaries. Memory does not run out (pdf/write.c gives libharu an allocator that
 * ends the process), so none is NULL.
 */
#ifndef BB_PDF_OBJECTS_H
#define BB_PDF_OBJECTS_H

#include <hpdf.h>

#include "base/pack.h"

HPDF_Dict bb_object(HPDF_Doc doc);

/* Bytes as the content of a stream that has none yet, packed. */
void bb_stream_fill(HPDF_Dict stream, struct bb_packer *packer, const struct bb_buf *bytes);
HPDF_Dict bb_stream(HPDF_Doc doc, struct bb_packer *packer, const struct bb_buf *bytes);

/* The same of bytes that are packed. */
void bb_stream_fill_packed(HPDF_Dict stream, const void *packed, size_t len);

HPDF_Array bb_numbers(HPDF_Doc doc, const int *number, size_t n);

#endif
