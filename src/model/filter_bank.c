#include "model/filter_bank.h"

#include <assert.h>
#include <math.h>
#include <string.h>

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
    /* scratch: a padded row; the first pass (side × lattice, even and odd), padded above and below; the lattice */
    double *row, *pass_even, *pass_odd, *lattice;
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
    size_t side = spec->side, tall = side + 2 * bank->widest;
    bank->row = BB_NEW_ARRAY(arena, tall, double);
    bank->pass_even = BB_NEW_ARRAY(arena, tall * side, double);
    bank->pass_odd = BB_NEW_ARRAY(arena, tall * side, double);
    bank->lattice = BB_NEW_ARRAY(arena, side * side, double);
    return bank;
}

size_t bb_bank_channels(const struct bb_bank *bank)
{
    return bank->spec.n_scales * bank->spec.n_orientations;
}

/* Along a row, at every step-th pixel. `middle` points into the padded row. */
static void filter_row(const struct kernel *k, const double *middle, size_t step, size_t n, double *even, double *odd)
{
    for (size_t i = 0; i < n; i++) {
        const double *at = middle + i * step;
        double e = k->even[0] * at[0], o = 0;
        for (size_t j = 1; j <= k->half; j++) {
            e += k->even[j] * (at[j] + at[-(ptrdiff_t)j]);
            o += k->odd[j] * (at[j] - at[-(ptrdiff_t)j]);
        }
        even[i] = e;
        odd[i] = o;
    }
}

/* Down the columns: row y of the lattice, from the first pass's rows around it; complex times complex. */
static void filter_column(const struct kernel *k, const double *pass_even, const double *pass_odd, size_t n, enum bb_bank_cell cell, double *out)
{
    for (size_t i = 0; i < n; i++) {
        double re = k->even[0] * pass_even[i], im = k->even[0] * pass_odd[i];
        for (size_t j = 1; j <= k->half; j++) {
            const double *e = pass_even + i, *o = pass_odd + i;
            ptrdiff_t away = (ptrdiff_t)(j * n);
            re += k->even[j] * (e[away] + e[-away]) - k->odd[j] * (o[away] - o[-away]);
            im += k->even[j] * (o[away] + o[-away]) + k->odd[j] * (e[away] - e[-away]);
        }
        out[i] = cell == BB_CELL_SIMPLE ? fabs(re) : sqrt(re * re + im * im);
    }
}

static void run_filter(const struct bb_bank *bank, const struct filter *f, const double *image, double mean, double *map)
{
    size_t side = bank->spec.side, n = side / f->step, margin = bank->widest;
    memset(bank->row, 0, (side + 2 * margin) * sizeof *bank->row);
    memset(bank->pass_even, 0, margin * n * sizeof *bank->pass_even);
    memset(bank->pass_odd, 0, margin * n * sizeof *bank->pass_odd);
    memset(bank->pass_even + (margin + side) * n, 0, margin * n * sizeof *bank->pass_even);
    memset(bank->pass_odd + (margin + side) * n, 0, margin * n * sizeof *bank->pass_odd);
    for (size_t y = 0; y < side; y++) {
        for (size_t x = 0; x < side; x++) bank->row[margin + x] = image[y * side + x] - mean;
        filter_row(&f->x, bank->row + margin, f->step, n, bank->pass_even + (margin + y) * n, bank->pass_odd + (margin + y) * n);
    }
    for (size_t y = 0; y < n; y++) {
        size_t at = (margin + y * f->step) * n;
        filter_column(&f->y, bank->pass_even + at, bank->pass_odd + at, n, bank->spec.cell, bank->lattice + y * n);
    }
    (bank->spec.pool_max ? bb_map_max : bb_map_mean)(bank->lattice, n, bank->spec.map, map);
}

void bb_bank_run(const struct bb_bank *bank, const double *image, double *maps)
{
    size_t pixels = bank->spec.side * bank->spec.side, size = bank->spec.map * bank->spec.map;
    double mean = 0;
    for (size_t i = 0; i < pixels; i++) mean += image[i];
    mean /= (double)pixels;
    for (size_t c = 0; c < bb_bank_channels(bank); c++) run_filter(bank, &bank->filter[c], image, mean, maps + c * size);
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
