#include "render/row_bar.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define WIDTH  200 /* units of the viewBox; style sheets give it the same proportion as its box */
#define HEIGHT 10

static int place(struct bb_row_axis axis, double value)
{
    double part = (value - axis.low) / (axis.high - axis.low);
    return (int)lround(WIDTH * fmin(fmax(part, 0), 1));
}

/* Text and numbers in turn: much of a page is bars. */
static void put(struct bb_buf *out, const char *text, int number)
{
    char digits[16];
    size_t n = sizeof digits;
    bool negative = number < 0;
    unsigned left = (unsigned)abs(number);
    do digits[--n] = (char)('0' + left % 10);
    while (left /= 10);
    if (negative) digits[--n] = '-';
    bb_buf_puts(out, text);
    bb_buf_add(out, digits + n, sizeof digits - n);
}

void bb_row_bar(struct bb_buf *out, struct bb_row_axis axis, struct bb_row_bar bar)
{
    double length = axis.high - axis.low;
    assert(axis.low <= 0 && axis.high > 0);
    if (!(bar.score >= axis.low - length && bar.score <= axis.high + length)) return;
    int zero = place(axis, 0), end = place(axis, bar.score), left = end < zero ? end : zero, right = end < zero ? zero : end;
    put(out, "<svg class=\"bar\" viewBox=\"0 0 200 10\" aria-hidden=\"true\"><path d=\"M", left);
    put(out, " 1h", right - left);
    put(out, "v8h", left - right);
    bb_buf_puts(out, "z\"/>");
    if (bar.error > 0) {
        int from = place(axis, bar.score - bar.error), to = place(axis, bar.score + bar.error);
        put(out, "<path class=\"err\" d=\"M", from);
        put(out, " 5h", to - from);
        bb_buf_puts(out, "\"/>");
    }
    if (!isnan(bar.median)) {
        put(out, "<path class=\"mid\" d=\"M", place(axis, bar.median));
        bb_buf_puts(out, " 0v10\"/>");
    }
    if (!isnan(bar.best)) {
        put(out, "<path class=\"top\" d=\"M", place(axis, bar.best));
        bb_buf_puts(out, " 0l3 5-3 5-3-5z\"/>");
    }
    bb_buf_puts(out, "</svg>");
}
