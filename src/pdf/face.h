/*
 * The typefaces of a PDF: read from their TrueType files once, measured here, and cut down to the letters that a document has.
 *
 * The text faces are Liberation's (Debian: fonts-liberation2; metrics of Times, Arial and Courier, tabular figures); where they are not
 * installed, DejaVu's take their place. Behind each stands DejaVu Sans, which has most scripts that are written from letter to letter. Advance
 * widths are those of the table `hmtx` in whole thousandths of an em, as libharu writes them, without kerning.
 *
 * A subset has no hinting programs: what is printed or drawn with grey edges needs none. It is about 8 KB for the letters of a page, a
 * twentieth of the file.
 */
#ifndef BB_PDF_FACE_H
#define BB_PDF_FACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"

enum bb_face {
    BB_FACE_TEXT,
    BB_FACE_BOLD,
    BB_FACE_ITALIC,
    BB_FACE_SANS,
    BB_FACE_SANS_BOLD,
    BB_FACE_MONO,
    BB_FACE_SPARE, /* for what the others do not have */
    BB_N_FACES
};

struct bb_faces;

/* BB_EABSENT: the files are not on this machine; BB_EINPUT: one is no TrueType font. Read only afterwards: processes and documents share it. */
enum bb_code bb_faces_open(struct bb_faces **out, struct bb_err *err) BB_MUST_CHECK;
void bb_faces_close(struct bb_faces *faces); /* NULL is fine */

/* The face's own letter for a code point of the Basic Multilingual Plane; 0: it has none. */
unsigned bb_face_glyph(const struct bb_faces *faces, enum bb_face face, uint32_t code);
/* Advance in em; that of the empty box where the face has no letter. */
double bb_face_advance(const struct bb_faces *faces, enum bb_face face, uint32_t code);

int bb_face_thousandths(const struct bb_faces *faces, enum bb_face face, uint32_t code); /* the same in thousandths of an em */

/* What a PDF says of a face, in thousandths of an em. */
struct bb_face_shape {
    int ascent, descent, cap_height;
    int box[4];       /* left, bottom, right, top of all letters */
    int italic_angle; /* degrees, to the left */
    int stem;         /* of upright strokes, about, by the weight of the face */
    bool fixed_pitch;
};
struct bb_face_shape bb_face_shape(const struct bb_faces *faces, enum bb_face face);
const char *bb_face_name(const struct bb_faces *faces, enum bb_face face); /* PostScript's; no two faces have the same */

/* A font file with the letters of bytes (letter[byte]: a code point that the face has a letter for; 0: none) and nothing else. */
#define BB_FACE_BYTES 256
void bb_face_subset(const struct bb_faces *faces, enum bb_face face, const uint32_t *letter, struct bb_buf *out);

#endif
