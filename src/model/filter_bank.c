#include "model/filter_bank.h"

#include <assert.h>
#include <math.h>

#include "model/image.h"

static const double PI = 3.14159265358979323846;
static const double REACH = 2.5; /* of the kernels, in standard deviations */

/* One direction of a filter: Gaussian × wave, for 0 … half steps to the right; to the left the odd part changes its sign. */
struct kernel {
    size_t half;
    double *even, *odd;
};

struct filter {
    size_t step; /* of the lattice that it is computed on */
    struct kernel x, y;
};

struct bb_bank {
    struct bb_bank_spec spec;
    struct filter *filter; /* n_scales × n_orientations */
    size_t widest;
    /* scratch: the image with rows of zeros above and below; a row of the first pass, with zeros left and right, even and odd; the lattice */
    double *padded, *even, *odd, *lattice;
};

static struct kernel kernel_new(double frequency, double sigma, struct bb_arena *arena)
{
    struct kernel k = {.half = (size_t)ceil(REACH * sigma)};
    k.even = BB_NEW_ARRAY(arena, k.half + 1, double);
    k.odd = BB_NEW_ARRAY(arena, k.half + 1, double);
    double sum = 1;
    for (size_t i = 0; i <= k.half; i++) {
        double t = (double)i, gauss = exp(-t * t / (2 * sigma * sigma));
        k.even[i] = gauss * cos(2 * PI * frequency * t);
        k.odd[i] = gauss * sin(2 * PI * frequency * t);
        if (i) sum += 2 * gauss;
    }
    for (size_t i = 0; i <= k.half; i++) {
        k.even[i] /= sum;
        k.odd[i] /= sum;
    }
    return k;
}

/* The largest power of two that keeps two samples per wavelength: what is kept of the responses (their size) varies much slower than they do. */
static size_t lattice_step(const struct bb_bank_spec *spec, double wavelength)
{
    size_t step = 1, most = spec->side / spec->map;
    while (step * 2 <= most && (double)(step * 2) <= wavelength / 2) step *= 2;
    return step;
}

struct bb_bank *bb_bank_new(const struct bb_bank_spec *spec, struct bb_arena *arena)
{
    assert(spec->map && spec->side % spec->map == 0 && ((spec->side / spec->map) & (spec->side / spec->map - 1)) == 0);
    struct bb_bank *bank = BB_NEW(arena, struct bb_bank);
    bank->spec = *spec;
    bank->filter = BB_NEW_ARRAY(arena, spec->n_scales * spec->n_orientations, struct filter);
    for (size_t s = 0; s < spec->n_scales; s++)
        for (size_t o = 0; o < spec->n_orientations; o++) {
            double angle = spec->first_orientation + PI * (double)o / (double)spec->n_orientations;
            double frequency = 1 / spec->wavelength[s], sigma = spec->sigma * spec->wavelength[s];
            struct filter *f = &bank->filter[s * spec->n_orientations + o];
            f->step = lattice_step(spec, spec->wavelength[s]);
            f->x = kernel_new(frequency * cos(angle), sigma, arena);
            f->y = kernel_new(frequency * sin(angle), sigma, arena);
            if (f->x.half > bank->widest) bank->widest = f->x.half;
        }
    size_t side = spec->side, wide = side + 2 * bank->widest;
    bank->padded = BB_NEW_ARRAY(arena, wide * side, double);
    bank->even = BB_NEW_ARRAY(arena, wide, double);
    bank->odd = BB_NEW_ARRAY(arena, wide, double);
    bank->lattice = BB_NEW_ARRAY(arena, side * side, double);
    return bank;
}

size_t bb_bank_channels(const struct bb_bank *bank)
{
    return bank->spec.n_scales * bank->spec.n_orientations;
}

/* Down the columns, at one row of the lattice: `at` is the row of the image, which has rows of zeros above and below. Neighbours in a row go side
   by side. */
static void filter_columns(const struct kernel *k, const double *restrict at, size_t wide, double *restrict even,
                           double *restrict odd)
{
    for (size_t x = 0; x < wide; x++) {
        even[x] = k->even[0] * at[x];
        odd[x] = 0;
    }
    for (size_t j = 1; j <= k->half; j++) {
        const double *below = at + j * wide, *above = at - j * wide;
        double e = k->even[j], o = k->odd[j];
        for (size_t x = 0; x < wide; x++) {
            even[x] += e * (below[x] + above[x]);
            odd[x] += o * (below[x] - above[x]);
        }
    }
}

/* Along the row that came of it, at every step-th place; complex times complex. `even` and `odd` point to the first pixel within the margin. */
static void filter_row(const struct kernel *k, const double *even, const double *odd, size_t step, size_t n,
                       enum bb_bank_cell cell, double *out)
{
    for (size_t i = 0; i < n; i++, even += step, odd += step) {
        double re = k->even[0] * even[0], im = k->even[0] * odd[0];
        for (size_t j = 1; j <= k->half; j++) {
            double e_sum = even[j] + even[-(ptrdiff_t)j], e_difference = even[j] - even[-(ptrdiff_t)j];
            double o_sum = odd[j] + odd[-(ptrdiff_t)j], o_difference = odd[j] - odd[-(ptrdiff_t)j];
            re += k->even[j] * e_sum - k->odd[j] * o_difference;
            im += k->even[j] * o_sum + k->odd[j] * e_difference;
        }
        out[i] = cell == BB_CELL_SIMPLE ? fabs(re) : sqrt(re * re + im * im);
    }
}

static void run_filter(const struct bb_bank *bank, const struct filter *f, double *map)
{
    size_t side = bank->spec.side, n = side / f->step, margin = bank->widest;
    for (size_t y = 0; y < n; y++) {
        filter_columns(&f->y, bank->padded + (margin + y * f->step) * side, side, bank->even + margin, bank->odd + margin);
        filter_row(&f->x, bank->even + margin, bank->odd + margin, f->step, n, bank->spec.cell, bank->lattice + y * n);
    }
    (bank->spec.pool_max ? bb_map_max : bb_map_mean)(bank->lattice, n, bank->spec.map, map);
}

void bb_bank_run(const struct bb_bank *bank, const double *image, double *maps)
{
    size_t pixels = bank->spec.side * bank->spec.side, size = bank->spec.map * bank->spec.map;
    double mean = 0;
    for (size_t i = 0; i < pixels; i++) mean += image[i];
    mean /= (double)pixels;
    double *padded = bank->padded + bank->widest * bank->spec.side;
    for (size_t i = 0; i < pixels; i++) padded[i] = image[i] - mean;
    for (size_t c = 0; c < bb_bank_channels(bank); c++) run_filter(bank, &bank->filter[c], maps + c * size);
}

void bb_bank_normalise(const struct bb_bank *bank, double power, double half, double *maps)
{
    size_t size = bank->spec.map * bank->spec.map, n = bank->spec.n_orientations;
    double floor_value = pow(half, power);
    for (size_t i = 0; i < bb_bank_channels(bank) * size; i++) maps[i] = pow(maps[i], power);
    for (size_t s = 0; s < bank->spec.n_scales; s++)
        for (size_t i = 0; i < size; i++) {
            double *at = maps + s * n * size + i, sum = 0;
            for (size_t o = 0; o < n; o++) sum += at[o * size];
            double pool = floor_value + sum / (double)n;
            for (size_t o = 0; o < n; o++) at[o * size] /= pool;
        }
}
