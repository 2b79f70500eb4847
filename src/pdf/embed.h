/*
 * The letters of a face as fonts of a PDF: simple TrueType fonts, in which a byte stands for a letter. ASCII stands for itself; what a document has
 * beyond it gets the bytes from 128 on in the order of code points, 128 letters to a font, so most documents have one font for each face.
 *
 * They are made of libharu's objects and not by its loader, whose fonts of Unicode take 65,536 look-ups and a map of 128 KB each, and say what their
 * letters are in a way that readers complain of.
 */
#ifndef BB_PDF_EMBED_H
#define BB_PDF_EMBED_H

#include "pdf/face.h"
#include "pdf/objects.h"

struct bb_embedded {
    const uint32_t *other; /* code points beyond ASCII, ascending */
    size_t n_others;
    HPDF_Font *font; /* other[i] is in font[i / 128], ASCII in font[0] */
};

/* The code points code[0..n), ascending, of a face, in the document. Borrows them; `arena` must live as long as the document. */
struct bb_embedded bb_embed_face(HPDF_Doc doc, struct bb_packer *packer, const struct bb_faces *faces, enum bb_face face,
                                 const uint32_t *code, size_t n, struct bb_arena *arena);

/* The byte of a code point that was given, and the number of its font. */
char bb_embedded_byte(const struct bb_embedded *face, uint32_t code, size_t *font);

#endif
