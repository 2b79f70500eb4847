/*
 * Text as a PDF can show it: from anything to runs of letters, each run in one face, in the order of drawing.
 *
 *   malformed UTF-8          U+FFFD for each byte that is none
 *   controls, tab, newline   a space for white space, else nothing
 *   marks of direction, soft hyphens, joiners, selectors of variants: nothing, they have no picture
 *   no letter in the face    that of the spare face; where that has none either, or beyond the Basic Multilingual Plane: U+FFFD, and it is said
 *   right to left            runs of Hebrew and Arabic letters are turned round, with the numbers in them left as they are; the whole text keeps the
 *                            direction of its neighbours. Arabic letters are joined by their presentation forms (Unicode 15, table
 *                            "Arabic Presentation Forms-B")
 */
#ifndef BB_PDF_LETTERS_H
#define BB_PDF_LETTERS_H

#include <stdbool.h>

#include "pdf/face.h"

struct bb_letter {
    uint32_t code; /* what is drawn */
    enum bb_face face;
    bool lost; /* stands for something that no face has */
};
struct bb_letters {
    struct bb_letter *letter;
    size_t n, n_lost;
};

/* In `arena`; at most BB_LETTERS_MAX bytes of the text are taken, whose rest becomes "…". */
#define BB_LETTERS_MAX 20000
struct bb_letters bb_letters_of(const struct bb_faces *faces, enum bb_face face, const char *text, struct bb_arena *arena);

/* One code point at *at, which moves behind it; U+FFFD for a byte that begins none. */
uint32_t bb_next_code(const char **at);
/* Appends a code point below 65536 to a text with room for 3 more bytes; returns its new end. */
char *bb_put_code(char *to, uint32_t code);

#endif
