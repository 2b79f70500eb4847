#include "example/fourier.h"

#include <assert.h>
#include <math.h>

static const double TWO_PI = 6.28318530717958647692;

struct complex_row {
    double re[BB_FOURIER_MOST], im[BB_FOURIER_MOST];
};

static void bit_reverse(struct complex_row *r, size_t n)
{
    for (size_t i = 0, j = 0; i < n; i++) {
        if (i < j) {
            double re = r->re[i], im = r->im[i];
            r->re[i] = r->re[j];
            r->im[i] = r->im[j];
            r->re[j] = re;
            r->im[j] = im;
        }
        size_t bit = n >> 1;
        for (; bit && (j & bit); bit >>= 1) j ^= bit;
        j |= bit;
    }
}

/* Cooley and Tukey's, radix 2. root: cos and sin of 2πk/n. */
static void transform(struct complex_row *r, size_t n, const struct complex_row *root, double sign)
{
    bit_reverse(r, n);
    for (size_t half = 1; half < n; half *= 2)
        for (size_t k = 0; k < half; k++) {
            double c = root->re[k * (n / 2 / half)], s = sign * root->im[k * (n / 2 / half)];
            for (size_t i = k; i < n; i += 2 * half) {
                double re = c * r->re[i + half] - s * r->im[i + half], im = c * r->im[i + half] + s * r->re[i + half];
                r->re[i + half] = r->re[i] - re;
                r->im[i + half] = r->im[i] - im;
                r->re[i] += re;
                r->im[i] += im;
            }
        }
}

/* All rows (along = 1, across = side), or all columns. */
static void transform_lines(double *re, double *im, size_t n, size_t along, size_t across, const struct complex_row *root,
                            double sign)
{
    struct complex_row line;
    for (size_t l = 0; l < n; l++) {
        for (size_t i = 0; i < n; i++) {
            line.re[i] = re[l * across + i * along];
            line.im[i] = im[l * across + i * along];
        }
        transform(&line, n, root, sign);
        for (size_t i = 0; i < n; i++) {
            re[l * across + i * along] = line.re[i];
            im[l * across + i * along] = line.im[i];
        }
    }
}

void bb_fourier(double *re, double *im, size_t side, bool inverse)
{
    assert(side && side <= BB_FOURIER_MOST && (side & (side - 1)) == 0);
    struct complex_row root = {{0}, {0}};
    for (size_t k = 0; k < side; k++) {
        root.re[k] = cos(TWO_PI * (double)k / (double)side);
        root.im[k] = sin(TWO_PI * (double)k / (double)side);
    }
    double sign = inverse ? 1 : -1, scale = inverse ? 1 / (double)(side * side) : 1;
    transform_lines(re, im, side, 1, side, &root, sign);
    transform_lines(re, im, side, side, 1, &root, sign);
    for (size_t i = 0; i < side * side; i++) {
        re[i] *= scale;
        im[i] *= scale;
    }
}
