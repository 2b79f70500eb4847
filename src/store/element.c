#include "store/element.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

const struct bb_element bb_element_double = {'f', 8, false}, bb_element_float = {'f', 4, false};

/* IEEE 754 binary16. */
static double half_value(uint16_t bits)
{
    unsigned exponent = (bits >> 10) & 31u, mantissa = bits & 1023u;
    double size;
    if (exponent == 31)
        size = mantissa ? (double)NAN : (double)INFINITY;
    else if (exponent)
        size = ldexp(1024.0 + mantissa, (int)exponent - 25);
    else
        size = ldexp((double)mantissa, -24);
    return bits >> 15 ? -size : size;
}

/* One loop for each type: bits are loaded (they may stand at any address), turned where the byte order is another, and read
   as the type. */
#define CONVERT(Bits, Type, turn, value)                                                                                         \
    for (size_t i = 0; i < n; i++) {                                                                                             \
        Bits bits;                                                                                                               \
        Type x;                                                                                                                  \
        memcpy(&bits, (const char *)from + i * sizeof bits, sizeof bits);                                                        \
        if (swapped) bits = turn(bits);                                                                                          \
        memcpy(&x, &bits, sizeof x);                                                                                             \
        to[i] = value(x);                                                                                                        \
    }                                                                                                                            \
    break
#define SAME(x)   (x)
#define DOUBLE(x) ((double)(x))

static void convert_signed(unsigned size, bool swapped, const void *from, size_t n, double *to)
{
    switch (size) {
    case 1:
        CONVERT(uint8_t, int8_t, SAME, DOUBLE);
    case 2:
        CONVERT(uint16_t, int16_t, __builtin_bswap16, DOUBLE);
    case 4:
        CONVERT(uint32_t, int32_t, __builtin_bswap32, DOUBLE);
    case 8:
        CONVERT(uint64_t, int64_t, __builtin_bswap64, DOUBLE);
    default:
        break;
    }
}

static void convert_unsigned(unsigned size, bool swapped, const void *from, size_t n, double *to)
{
    switch (size) {
    case 1:
        CONVERT(uint8_t, uint8_t, SAME, DOUBLE);
    case 2:
        CONVERT(uint16_t, uint16_t, __builtin_bswap16, DOUBLE);
    case 4:
        CONVERT(uint32_t, uint32_t, __builtin_bswap32, DOUBLE);
    case 8:
        CONVERT(uint64_t, uint64_t, __builtin_bswap64, DOUBLE);
    default:
        break;
    }
}

static void convert_floats(unsigned size, bool swapped, const void *from, size_t n, double *to)
{
    switch (size) {
    case 2:
        CONVERT(uint16_t, uint16_t, __builtin_bswap16, half_value);
    case 4:
        CONVERT(uint32_t, float, __builtin_bswap32, DOUBLE);
    case 8:
        CONVERT(uint64_t, double, __builtin_bswap64, SAME);
    default:
        break;
    }
}

void bb_element_convert(struct bb_element element, const void *from, size_t n, double *to)
{
    if (element.kind == 'i')
        convert_signed(element.size, element.swapped, from, n, to);
    else if (element.kind == 'u')
        convert_unsigned(element.size, element.swapped, from, n, to);
    else if (element.size == 8 && !element.swapped)
        memcpy(to, from, n * sizeof *to);
    else
        convert_floats(element.size, element.swapped, from, n, to);
}

bool bb_element_fits_float(struct bb_element element)
{
    return element.kind && element.size <= (element.kind == 'f' ? 4 : 2);
}

void bb_scaling_apply(const struct bb_scaling *scaling, double *value, size_t n)
{
    for (size_t k = 0; k < scaling->n_fill; k++)
        for (size_t i = 0; i < n; i++)
            if (value[i] == scaling->fill[k]) value[i] = (double)NAN;
    if (!scaling->scaled) return;
    for (size_t i = 0; i < n; i++) value[i] = value[i] * scaling->scale + scaling->offset;
}

static void unshuffle4(const unsigned char *from, size_t n, unsigned char *to)
{
    const unsigned char *b0 = from, *b1 = from + n, *b2 = from + 2 * n, *b3 = from + 3 * n;
    for (size_t i = 0; i < n; i++, to += 4) {
        to[0] = b0[i];
        to[1] = b1[i];
        to[2] = b2[i];
        to[3] = b3[i];
    }
}

void bb_unshuffle(const void *from, size_t len, size_t size, void *to)
{
    size_t n = size ? len / size : 0;
    const unsigned char *in = from;
    unsigned char *out = to;
    if (size == 4) {
        unshuffle4(in, n, out);
    } else { /* eight elements at a time, so that what is written stays in the cache */
        for (size_t i = 0; i < n; i += 8) {
            size_t last = i + 8 < n ? i + 8 : n;
            for (size_t b = 0; b < size; b++)
                for (size_t k = i; k < last; k++) out[k * size + b] = in[b * n + k];
        }
    }
    memcpy(out + n * size, in + n * size, len - n * size);
}
