/*
 * Pixels to visual degrees, as the reference places a picture on a model's screen (its place_on_screen): a picture that was made for a smaller angle
 * than the model sees goes onto a grey canvas, one for a larger angle is cropped to its centre. Nothing is resampled.
 *
 *     ratio = target / source;  size = round(ratio · size)
 *     ratio ≥ 1: canvas of (128, 128, 128), the picture at round((size − its size) / 2);  ratio < 1: crop from round((its size − size) / 2)
 *
 * round is half to even.
 */
#ifndef BB_STIMULI_SCREEN_H
#define BB_STIMULI_SCREEN_H

#include "stimuli/picture.h"

enum { BB_SCREEN_GREY = 128 };

/* BB_ELIMIT when nothing of the picture is left, or the canvas would be larger than pictures may be; `path` is for messages. */
enum bb_code bb_screen_place(const char *path, const struct bb_picture *picture, double source_degrees, double target_degrees,
                             struct bb_picture *out, struct bb_err *err) BB_MUST_CHECK;

/* Pixels that are the grey of the canvas; the reference's tests count them. */
size_t bb_screen_grey(const struct bb_picture *picture);

#endif
