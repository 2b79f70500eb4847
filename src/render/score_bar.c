#include "render/score_bar.h"

#include <assert.h>
#include <math.h>

#define WIDTH  200 /* units of the viewBox; style sheets give it the same proportion as its box */
#define HEIGHT 10

static int place(struct bb_bar_axis axis, double value)
{
    double part = (value - axis.low) / (axis.high - axis.low);
    return (int)lround(WIDTH * fmin(fmax(part, 0), 1));
}

void bb_score_bar(struct bb_buf *out, struct bb_bar_axis axis, struct bb_bar bar)
{
    double length = axis.high - axis.low;
    assert(axis.low <= 0 && axis.high > 0);
    if (!(bar.score >= axis.low - length && bar.score <= axis.high + length)) return;
    int zero = place(axis, 0), end = place(axis, bar.score), left = end < zero ? end : zero, right = end < zero ? zero : end;
    bb_buf_printf(out, "<svg class=\"bar\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\"><path d=\"M%d 1h%dv8h%dz\"/>", WIDTH,
                  HEIGHT, left, right - left, left - right);
    if (bar.error > 0) {
        int from = place(axis, bar.score - bar.error), to = place(axis, bar.score + bar.error);
        bb_buf_printf(out, "<path class=\"err\" d=\"M%d 5h%d\"/>", from, to - from);
    }
    if (!isnan(bar.median)) bb_buf_printf(out, "<path class=\"mid\" d=\"M%d 0v10\"/>", place(axis, bar.median));
    if (!isnan(bar.best)) bb_buf_printf(out, "<path class=\"top\" d=\"M%d 0l3 5-3 5-3-5z\"/>", place(axis, bar.best));
    bb_buf_puts(out, "</svg>");
}
