#include "stimuli/screen.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* Half to even, whatever the rounding mode. */
static double round_even(double x)
{
    double down = floor(x), rest = x - down;
    if (rest != .5) return rest < .5 ? down : down + 1;
    return fmod(down, 2) == 0 ? down : down + 1;
}

static void enlarge(const struct bb_picture *picture, struct bb_picture *out)
{
    size_t left = (size_t)round_even((double)(out->width - picture->width) / 2);
    size_t top = (size_t)round_even((double)(out->height - picture->height) / 2);
    memset(out->rgb, BB_SCREEN_GREY, out->width * out->height * 3);
    for (size_t y = 0; y < picture->height; y++)
        memcpy(out->rgb + ((top + y) * out->width + left) * 3, picture->rgb + y * picture->width * 3, picture->width * 3);
}

static void crop(const struct bb_picture *picture, struct bb_picture *out)
{
    size_t left = (size_t)round_even((double)(picture->width - out->width) / 2);
    size_t top = (size_t)round_even((double)(picture->height - out->height) / 2);
    for (size_t y = 0; y < out->height; y++)
        memcpy(out->rgb + y * out->width * 3, picture->rgb + ((top + y) * picture->width + left) * 3, out->width * 3);
}

enum bb_code bb_screen_place(const char *path, const struct bb_picture *picture, double source_degrees, double target_degrees,
                             struct bb_picture *out, struct bb_err *err)
{
    assert(source_degrees > 0 && target_degrees > 0);
    double ratio = target_degrees / source_degrees;
    double width = round_even(ratio * (double)picture->width), height = round_even(ratio * (double)picture->height);
    if (width < 1 || height < 1 || width > BB_PICTURE_SIDE_MOST || height > BB_PICTURE_SIDE_MOST)
        return bb_fail(err, BB_ELIMIT,
                       "%s: %zu × %zu pixels at %g° would be %.0f × %.0f at %g°, which is no picture; are the angles right?",
                       path, picture->width, picture->height, source_degrees, width, height, target_degrees);
    *out = bb_picture_new((size_t)width, (size_t)height);
    (ratio >= 1 ? enlarge : crop)(picture, out);
    return BB_OK;
}

size_t bb_screen_grey(const struct bb_picture *picture)
{
    size_t n = 0;
    for (size_t i = 0; i < picture->width * picture->height; i++) {
        const unsigned char *at = picture->rgb + 3 * i;
        n += at[0] == BB_SCREEN_GREY && at[1] == BB_SCREEN_GREY && at[2] == BB_SCREEN_GREY;
    }
    return n;
}
