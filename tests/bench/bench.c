/*
 * The C side of `make bench`. Reads what reference.py wrote into a folder (raw float64), does the same, and prints a line for each number:
 *   <key> <value>
 * usage: bench pls|ridgecv|stream|geometry FOLDER
 */
#include <cblas.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/file.h"
#include "numeric/blas.h"
#include "numeric/regress.h"
#include "numeric/stats.h"
#include "store/array_file.h"
#include "store/reader.h"

/* Processor time: what else the machine does at the time does not count. */
static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void say(const char *key, double value)
{
    printf("%s %.9g\n", key, value);
}

static double peak_megabytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

static void check(enum bb_code rc, const struct bb_err *err)
{
    if (rc) bb_die("%s", err->msg);
}

/* FOLDER/name, all of it as numbers. */
static double *read_numbers(const char *folder, const char *name, size_t *n)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) bb_die("%s cannot be read.", path);
    *n = (size_t)ftell(file) / sizeof(double);
    rewind(file);
    double *x = bb_malloc((*n + 1) * sizeof *x);
    if (fread(x, sizeof *x, *n, file) != *n) bb_die("%s cannot be read.", path);
    fclose(file);
    return x;
}

struct task {
    size_t n, p, q, n_splits, n_train;
    double *X, *Y, *split; /* split: n_splits × n rows, the training rows first */
};

static struct task read_task(const char *folder)
{
    struct task t = {0};
    size_t n;
    double *shape = read_numbers(folder, "shape", &n);
    t = (struct task){(size_t)shape[0], (size_t)shape[1], (size_t)shape[2], (size_t)shape[3], (size_t)shape[4], NULL, NULL, NULL};
    free(shape);
    t.X = read_numbers(folder, "X", &n);
    t.Y = read_numbers(folder, "Y", &n);
    t.split = read_numbers(folder, "split", &n);
    return t;
}

static void release_task(struct task *t)
{
    free(t->X);
    free(t->Y);
    free(t->split);
}

/* Rows of one split; rows is room for n. */
static struct bb_fold fold_of(const struct task *t, size_t s, size_t *rows)
{
    for (size_t i = 0; i < t->n; i++) rows[i] = (size_t)t->split[s * t->n + i];
    return (struct bb_fold){.train = rows, .test = rows + t->n_train, .n_train = t->n_train, .n_test = t->n - t->n_train};
}

#define WIDTH 2048

static struct bb_gram *gram_of(const struct task *t)
{
    struct bb_gram_builder *builder = bb_gram_begin(t->n, t->p);
    struct bb_err err = {0};
    double *block = bb_malloc(t->n * WIDTH * sizeof *block);
    for (size_t at = 0; at < t->p; at += WIDTH) {
        size_t width = t->p - at < WIDTH ? t->p - at : WIDTH;
        for (size_t i = 0; i < t->n; i++) memcpy(block + i * width, t->X + i * t->p + at, width * sizeof *block);
        check(bb_gram_add(builder, block, width, &err), &err);
    }
    free(block);
    return bb_gram_finish(builder);
}

/* Pearson r of each target over the test rows. */
static void correlate(const struct task *t, const struct bb_fold *fold, const double *prediction, double *r)
{
    double *a = bb_malloc(2 * fold->n_test * sizeof *a), *b = a + fold->n_test;
    for (size_t j = 0; j < t->q; j++) {
        for (size_t i = 0; i < fold->n_test; i++) {
            a[i] = prediction[i * t->q + j];
            b[i] = t->Y[fold->test[i] * t->q + j];
        }
        r[j] = bb_pearson(a, b, fold->n_test);
    }
    free(a);
}

static double largest_difference(const double *a, const double *b, size_t n)
{
    double largest = 0;
    for (size_t i = 0; i < n; i++) largest = fmax(largest, fabs(a[i] - b[i]));
    return largest;
}

/* One dsyrk and one dgemm of the data: what nobody gets below. */
static double time_of_products(const struct task *t)
{
    int n = (int)t->n, p = (int)t->p, q = (int)t->q;
    double *G = bb_calloc(t->p * t->p, sizeof *G), *C = bb_calloc(t->p * t->q, sizeof *C), start = now();
    cblas_dsyrk(CblasRowMajor, CblasUpper, CblasTrans, p, n, 1, t->X, p, 0, G, p);
    cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, p, q, n, 1, t->X, p, t->Y, q, 0, C, q);
    double seconds = now() - start;
    free(C);
    free(G);
    return seconds;
}

static void bench_pls(const char *folder)
{
    struct task t = read_task(folder);
    size_t n_iterations, n_r, *rows = bb_malloc(2 * t.n * sizeof *rows), *all = rows + t.n, k = 25;
    double *want_iterations = read_numbers(folder, "iterations", &n_iterations), *want_r = read_numbers(folder, "r", &n_r);
    double *prediction = bb_malloc(t.n * t.q * sizeof *prediction), *r = bb_malloc(t.q * sizeof *r), difference = 0;
    int iterations[25], total = 0;
    size_t unequal = 0;
    struct bb_pls_info info = {.iterations = iterations};
    struct bb_err err = {0};
    for (size_t i = 0; i < t.n; i++) all[i] = i;
    double products = time_of_products(&t), start = now();
    struct bb_gram *gram = gram_of(&t);
    struct bb_regressor *regressor = bb_regressor_new(gram, all, t.Y, t.n, t.q);
    for (size_t s = 0; s < t.n_splits; s++) {
        struct bb_fold fold = fold_of(&t, s, rows);
        check(bb_pls_fold(regressor, &fold, k, prediction, &info, &err), &err);
        correlate(&t, &fold, prediction, r);
        for (size_t a = 0; a < k; a++) total += iterations[a];
        if (s > 0) continue;
        difference = largest_difference(r, want_r, t.q);
        for (size_t a = 0; a < k; a++) unequal += iterations[a] != (int)want_iterations[a];
    }
    say("seconds", now() - start);
    say("floor", products);
    say("difference", difference);
    say("unequal", (double)unequal);
    say("iterations", total);
    bb_regressor_free(regressor);
    bb_gram_free(gram);
    free(r);
    free(prediction);
    free(want_r);
    free(want_iterations);
    free(rows);
    release_task(&t);
}

static void bench_ridgecv(const char *folder)
{
    struct task t = read_task(folder);
    size_t n_alphas, n_r, *rows = bb_malloc(2 * t.n * sizeof *rows), *all = rows + t.n;
    double *alpha = read_numbers(folder, "alphas", &n_alphas), *want_r = read_numbers(folder, "r", &n_r), chosen;
    double *prediction = bb_malloc(t.n * t.q * sizeof *prediction), *r = bb_malloc((t.q + 1) * sizeof *r);
    struct bb_err err = {0};
    for (size_t i = 0; i < t.n; i++) all[i] = i;
    double start = now();
    struct bb_gram *gram = gram_of(&t);
    double gram_seconds = now() - start;
    struct bb_regressor *regressor = bb_regressor_new(gram, all, t.Y, t.n, t.q);
    struct bb_fold fold = fold_of(&t, 0, rows);
    check(bb_ridgecv_fold(regressor, &fold, alpha, n_alphas, prediction, &chosen, &err), &err);
    correlate(&t, &fold, prediction, r);
    say("seconds", now() - start);
    say("fold", now() - start - gram_seconds);
    say("difference", largest_difference(r, want_r + 1, t.q));
    say("unequal", chosen != want_r[0]);
    say("chosen", chosen);
    bb_regressor_free(regressor);
    bb_gram_free(gram);
    free(r);
    free(prediction);
    free(want_r);
    free(alpha);
    free(rows);
    release_task(&t);
}

static struct bb_gram *gram_of_file(const char *folder)
{
    char path[4096];
    struct bb_assembly *assembly;
    struct bb_err err = {0};
    snprintf(path, sizeof path, "%s/wide.h5", folder);
    struct bb_array_source source = {.path = path};
    check(bb_array_open(&source, &assembly, &err), &err);
    struct bb_reader *reader = assembly->reader;
    size_t n = bb_reader_rows(reader), p = bb_reader_columns(reader);
    struct bb_gram_builder *builder = bb_gram_begin(n, p);
    double *block = NULL;
    size_t room = 0;
    for (size_t at = 0, end; at < p; at = end) {
        end = bb_reader_block_end(reader, at);
        block = bb_grow(block, &room, n * (end - at), sizeof *block);
        check(bb_reader_read(reader, at, end - at, block, end - at, &err), &err);
        check(bb_gram_add(builder, block, end - at, &err), &err);
    }
    free(block);
    bb_assembly_free(assembly);
    return bb_gram_finish(builder);
}

static double wall_clock(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void bench_stream(const char *folder)
{
    double start = now(), wall = wall_clock();
    struct bb_gram *gram = gram_of_file(folder);
    say("seconds", now() - start);
    say("wall", wall_clock() - wall);
    say("peak", peak_megabytes());
    double bytes = (double)bb_reader_bytes();
    size_t n = gram->n, *all = bb_malloc(n * sizeof *all);
    double *out = bb_malloc(n * n * sizeof *out);
    for (size_t i = 0; i < n; i++) all[i] = i;
    start = now();
    bb_gram_row_correlations(gram, all, n, out); /* rdm */
    bb_gram_uncentred(gram, all, n, out);        /* cka */
    say("geometry", now() - start);
    say("again", (double)bb_reader_bytes() - bytes);
    say("bytes", bytes);
    free(out);
    free(all);
    bb_gram_free(gram);
}

/* One dsyrk of as many numbers, of a matrix that is there, and lies in blocks as it would. */
static void bench_floor(const char *folder)
{
    (void)folder;
    int n = 3200, width = 10000, blocks = 10;
    double *X = bb_malloc((size_t)n * (size_t)width * sizeof *X), *K = bb_calloc((size_t)n * (size_t)n, sizeof *K);
    for (size_t i = 0; i < (size_t)n * (size_t)width; i++) X[i] = (double)(i % 1009) - 504;
    double start = now();
    for (int b = 0; b < blocks; b++) cblas_dsyrk(CblasRowMajor, CblasUpper, CblasNoTrans, n, width, 1, X, width, 1, K, n);
    say("floor", now() - start);
    free(K);
    free(X);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(const char *folder);
    } rows[] = {{"pls", bench_pls}, {"ridgecv", bench_ridgecv}, {"stream", bench_stream}, {"floor", bench_floor}};
    bb_blas_one_thread();
    for (size_t i = 0; argc == 3 && i < sizeof rows / sizeof rows[0]; i++)
        if (!strcmp(argv[1], rows[i].name)) {
            rows[i].run(argv[2]);
            if (strcmp(argv[1], "stream")) say("peak", peak_megabytes());
            return 0;
        }
    fputs("usage: bench pls|ridgecv|stream|floor FOLDER\n", stderr);
    return 2;
}
