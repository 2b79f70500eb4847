/*
 * From a model's files to features: each layer is read once, whatever the files look like, and what comes out is what a plain computation gives.
 */
#include <check.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "metric/features.h"
#include "score/activations.h"
#include "store/reader.h"
#include "table_fixture.h"

Suite *suite_score_features(void);

enum { N = 24, P_A = 10, P_B = 40, P = P_A + P_B }; /* layer a has fewer features than stimuli, layer b more */

static struct bb_cache *cache;
static struct bb_founds *founds;
static struct bb_datapath no_path;
static struct bb_err err;

static void set_up(void)
{
    fixture_setup();
    cache = bb_cache_open(bb_path_join(fixture_arena, fixture_dir, "cache"), false);
    founds = bb_founds_new(&no_path, cache, fixture_arena);
    err = (struct bb_err){0};
}

static void tear_down(void)
{
    bb_founds_free(founds);
    bb_cache_close(cache);
    fixture_teardown();
}

/* --- files -------------------------------------------------------------------------------------------------------- */

/* Feature j of stimulus i: float32, so that files of either type hold it; means that are not small. */
static double value_at(size_t i, size_t j)
{
    return (double)(float)(sin((double)(i * 37 + 11) * (double)(j * 13 + 5)) + 5 * cos((double)j));
}

static const char *id_of(size_t i)
{
    return bb_arena_printf(fixture_arena, "s%02zu", i);
}

/* What a file holds: rows by stimulus, columns by feature. */
struct sheet {
    const size_t *row; /* NULL: first_row … */
    size_t first_row, n_rows;
    size_t first, n; /* features */
    const char *(*layer)(size_t feature); /* NULL: none is named */
    bool packed, twice;
    const double *noise; /* per row, added to all its features; NULL: none */
};

static const char *layer_of(size_t feature)
{
    return feature < P_A ? "a" : "b";
}

static hid_t put_set(hid_t file, const char *name, hid_t type, int rank, const hsize_t *size, bool packed, hid_t memory, const void *value)
{
    hid_t plist = H5Pcreate(H5P_DATASET_CREATE), space = H5Screate_simple(rank, size, NULL);
    if (packed) H5Pset_chunk(plist, rank, (const hsize_t[]){7, 9}), H5Pset_shuffle(plist), H5Pset_deflate(plist, 4);
    hid_t set = H5Dcreate2(file, name, type, space, H5P_DEFAULT, plist, H5P_DEFAULT);
    ck_assert_int_ge(H5Dwrite(set, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, value), 0);
    H5Pclose(plist), H5Sclose(space);
    return set;
}

/* Attached to the dimension, and closed. */
static void put_coord(hid_t file, hid_t set, const char *dim)
{
    hid_t scale = H5Dopen2(file, dim, H5P_DEFAULT);
    ck_assert_int_ge(H5DSattach_scale(set, scale, 0), 0);
    H5Dclose(scale), H5Dclose(set);
}

static void put_texts(hid_t file, const char *name, const char *dim, size_t n, const char *const *text)
{
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, H5T_VARIABLE);
    put_coord(file, put_set(file, name, type, 1, &(hsize_t){n}, false, type, text), dim);
    H5Tclose(type);
}

/* A scale makes the dimension, as in netCDF: no test depends on lengths that happen to differ. */
static void put_dim(hid_t file, hid_t data, unsigned dim, const char *name, hsize_t n, const int *index)
{
    hid_t scale = put_set(file, name, H5T_STD_I32LE, 1, &n, false, H5T_NATIVE_INT, index);
    H5DSset_scale(scale, name);
    ck_assert_int_ge(H5DSattach_scale(data, scale, dim), 0);
    H5Dclose(scale);
}

static const char *write_sheet(const char *name, const struct sheet *s)
{
    double *value = BB_NEW_ARRAY(fixture_arena, s->n_rows * s->n, double);
    int *index = BB_NEW_ARRAY(fixture_arena, s->n_rows + s->n, int);
    const char **id = BB_NEW_ARRAY(fixture_arena, s->n_rows, const char *), **layer = BB_NEW_ARRAY(fixture_arena, s->n, const char *);
    hid_t file = H5Fcreate(bb_path_join(fixture_arena, fixture_dir, name), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    for (size_t i = 0; i < s->n_rows + s->n; i++) index[i] = (int)i;
    for (size_t r = 0; r < s->n_rows; r++) {
        size_t i = s->row ? s->row[r] : s->first_row + r;
        id[r] = id_of(i);
        for (size_t j = 0; j < s->n; j++) value[r * s->n + j] = value_at(i, s->first + j) + (s->noise ? s->noise[r] : 0);
    }
    for (size_t j = 0; s->layer && j < s->n; j++) layer[j] = s->layer(s->first + j);
    hid_t data = put_set(file, "data", s->twice ? H5T_IEEE_F64LE : H5T_IEEE_F32LE, 2, (const hsize_t[]){s->n_rows, s->n}, s->packed,
                         H5T_NATIVE_DOUBLE, value);
    put_dim(file, data, 0, "presentation", s->n_rows, index);
    put_dim(file, data, 1, "neuroid", s->n, index);
    put_texts(file, "stimulus_id", "presentation", s->n_rows, id);
    put_coord(file, put_set(file, "repetition", H5T_STD_I32LE, 1, &(hsize_t){s->n_rows}, false, H5T_NATIVE_INT, index), "presentation");
    if (s->layer) put_texts(file, "layer", "neuroid", s->n, layer);
    H5Dclose(data), H5Fclose(file);
    return name;
}

static struct bb_found *found_of(const char *file, bool gram)
{
    struct bb_source *source = BB_NEW(fixture_arena, struct bb_source);
    struct bb_sources *sources = BB_NEW(fixture_arena, struct bb_sources);
    const char **name = BB_NEW(fixture_arena, const char *);
    *name = file;
    *source = (struct bb_source){.dir = fixture_dir, .degrees = (double)NAN};
    if (gram) source->gram = file;
    else source->file = (struct bb_texts){name, 1};
    *sources = (struct bb_sources){source, 1};
    struct bb_found *found = bb_founds_get(founds, sources);
    ck_assert_msg(found->code == BB_OK, "%s", found->err.msg);
    ck_assert(found->have_digest);
    return found;
}

static const struct sheet WHOLE = {.n_rows = N, .n = P, .layer = layer_of};

/* --- features ----------------------------------------------------------------------------------------------------- */

static const struct bb_features *get(struct bb_feature_store *store, const struct bb_found *found, const char *layer)
{
    const struct bb_features *features = NULL;
    const struct bb_features_request request = {.set = {found}, .layer = &layer, .n_layers = 1};
    err = (struct bb_err){0};
    ck_assert_msg(bb_features_get(store, &request, &features, &err) == BB_OK, "%s", err.msg);
    return features;
}

/* The plain thing: features first … first + p − 1 of the stimuli 0 … n − 1. */
static struct bb_features *plain(size_t n, size_t first, size_t p)
{
    const char **id = BB_NEW_ARRAY(fixture_arena, n, const char *);
    double *X = BB_NEW_ARRAY(fixture_arena, n * p, double);
    struct bb_features *out;
    for (size_t i = 0; i < n; i++) {
        id[i] = id_of(i);
        for (size_t j = 0; j < p; j++) X[i * p + j] = value_at(i, first + j);
    }
    ck_assert_msg(bb_features_of_matrix(id, X, n, p, "plain", &out, &err) == BB_OK, "%s", err.msg);
    return out;
}

static size_t *all_rows(size_t n)
{
    size_t *row = BB_NEW_ARRAY(fixture_arena, n, size_t);
    for (size_t i = 0; i < n; i++) row[i] = i;
    return row;
}

static double largest(const double *x, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++) most = fmax(most, fabs(x[i]));
    return most;
}

static void same_numbers(const char *what, const double *a, const double *b, size_t n, double tolerance)
{
    double scale = largest(b, n);
    for (size_t i = 0; i < n; i++) ck_assert_msg(fabs(a[i] - b[i]) <= tolerance * scale, "%s %zu: %.17g, %.17g", what, i, a[i], b[i]);
}

/* Centred, uncentred, by rows: all that metrics ask a Gram matrix for. */
static void same_features(const struct bb_features *a, const struct bb_features *b, double tolerance)
{
    ck_assert_uint_eq(a->n, b->n);
    for (size_t i = 0; i < a->n; i++) ck_assert_str_eq(a->stimulus[i], b->stimulus[i]);
    size_t n = a->n, *row = all_rows(n);
    double *x = BB_NEW_ARRAY(fixture_arena, n * n, double), *y = BB_NEW_ARRAY(fixture_arena, n * n, double);
    same_numbers("K", bb_gram_kernel(a->gram), bb_gram_kernel(b->gram), n * n, tolerance);
    bb_gram_uncentred(a->gram, row, n, x);
    bb_gram_uncentred(b->gram, row, n, y);
    same_numbers("X·Xᵀ", x, y, n * n, tolerance);
    bb_gram_row_correlations(a->gram, row, n, x);
    bb_gram_row_correlations(b->gram, row, n, y);
    same_numbers("correlation", x, y, n * n, tolerance);
}

static void check_against_plain(const struct bb_found *found, double tolerance)
{
    struct bb_feature_store *store = bb_feature_store_new(cache);
    struct bb_features *a = plain(N, 0, P_A), *b = plain(N, P_A, P_B);
    ck_assert_uint_eq(a->gram->p, P_A);
    same_features(get(store, found, "a"), a, tolerance);
    same_features(get(store, found, "b"), b, tolerance);
    bb_features_of_matrix_free(a);
    bb_features_of_matrix_free(b);
    bb_feature_store_free(store);
}

/* --- the cases ---------------------------------------------------------------------------------------------------- */

START_TEST(however_files_are_kept_the_features_are_the_same)
{
    size_t row[N];
    struct sheet s = WHOLE, part = WHOLE;
    check_against_plain(found_of(write_sheet("plain.nc", &s), false), 1e-13);
    s.packed = true;
    check_against_plain(found_of(write_sheet("packed.nc", &s), false), 1e-13);
    s.twice = true;
    check_against_plain(found_of(write_sheet("twice.nc", &s), false), 1e-13);
    for (size_t i = 0; i < N; i++) row[i] = (i * 7 + 3) % N;
    s.row = row;
    check_against_plain(found_of(write_sheet("shuffled.nc", &s), false), 1e-13);
    part.n = P_A; /* a file for each layer; once named in it, once by the file */
    write_sheet("apart-1.nc", &part);
    part.layer = NULL;
    write_sheet("a.nc", &part);
    part.first = P_A;
    part.n = P_B;
    write_sheet("b.nc", &part);
    part.layer = layer_of;
    write_sheet("apart-2.nc", &part);
    check_against_plain(found_of("apart-*.nc", false), 1e-13);
    check_against_plain(found_of("[ab].nc", false), 1e-13);
}
END_TEST

/* Rows in another order are the same bits: they are brought together by id before anything is summed. */
START_TEST(the_order_of_rows_does_not_change_a_bit)
{
    size_t row[N];
    struct sheet s = WHOLE;
    struct bb_feature_store *one = bb_feature_store_new(cache), *two = bb_feature_store_new(cache);
    for (size_t i = 0; i < N; i++) row[i] = (i * 5 + 1) % N;
    write_sheet("straight.nc", &s);
    s.row = row;
    s.packed = true;
    write_sheet("shuffled.nc", &s);
    for (size_t l = 0; l < 2; l++)
        same_features(get(one, found_of("straight.nc", false), l ? "b" : "a"), get(two, found_of("shuffled.nc", false), l ? "b" : "a"), 0);
    bb_feature_store_free(one);
    bb_feature_store_free(two);
}
END_TEST

START_TEST(trials_of_a_stochastic_model_are_averaged)
{
    size_t row[3 * N - 2];
    double noise[3 * N - 2];
    struct sheet s = WHOLE;
    for (size_t r = 0; r < N; r++) { /* three trials of each stimulus, of the last one a single one */
        row[r] = r;
        noise[r] = 0;
        if (r == N - 1) continue;
        row[N + r] = row[2 * N - 1 + r] = r;
        noise[N + r] = .25 * (double)(r % 5);
        noise[2 * N - 1 + r] = -.25 * (double)(r % 5);
    }
    s.row = row;
    s.noise = noise;
    s.n_rows = 3 * N - 2;
    s.twice = true;
    check_against_plain(found_of(write_sheet("trials.nc", &s), false), 1e-13);
}
END_TEST

/* Bytes of values that `found`'s files gave while the features of the layer were got. */
static uint64_t bytes_for(struct bb_feature_store *store, const struct bb_found *found, const char *layer)
{
    uint64_t before = bb_reader_bytes();
    (void)get(store, found, layer);
    return bb_reader_bytes() - before;
}

static enum bb_code count_block(void *ctx, size_t first, size_t width, double *X, struct bb_err *e)
{
    (void)first, (void)X, (void)e;
    *(size_t *)ctx += width;
    return BB_OK;
}

START_TEST(a_layer_is_read_once)
{
    enum { LAYER_BYTES = N * P_B * sizeof(float) };
    struct sheet part = WHOLE;
    part.first = P_A;
    part.n = P_B;
    const struct bb_found *found = found_of(write_sheet("b-only.nc", &part), false);
    struct bb_feature_store *store = bb_feature_store_new(cache);
    ck_assert_uint_eq(bytes_for(store, found, "b"), LAYER_BYTES);
    ck_assert_uint_eq(bytes_for(store, found, "b"), 0); /* a second benchmark on these stimuli, in the same worker */
    struct bb_feature_store *other = bb_feature_store_new(cache);
    uint64_t before = bb_reader_bytes();
    const struct bb_features *kept = get(other, found, "b"); /* in another worker, another run: rdm and cka after pls */
    size_t row[N], n_features = 0;
    double out[N * N];
    for (size_t i = 0; i < N; i++) row[i] = i;
    bb_gram_row_correlations(kept->gram, row, N, out);
    bb_gram_uncentred(kept->gram, row, N, out);
    ck_assert_uint_eq(bb_reader_bytes() - before, 0);
    same_features(kept, get(store, found, "b"), 0);
    ck_assert(kept->stream != NULL); /* one to one: features themselves, one pass */
    ck_assert_int_eq(kept->stream(kept, count_block, &n_features, &err), BB_OK);
    ck_assert_uint_eq(n_features, P_B);
    ck_assert_uint_eq(bb_reader_bytes() - before, LAYER_BYTES);
    bb_feature_store_free(store);
    bb_feature_store_free(other);
}
END_TEST

START_TEST(of_a_file_with_all_layers_each_is_read_once)
{
    const struct bb_found *found = found_of(write_sheet("all.nc", &WHOLE), false);
    struct bb_feature_store *store = bb_feature_store_new(cache);
    uint64_t a = bytes_for(store, found, "a"), b = bytes_for(store, found, "b");
    ck_assert_uint_le(a, N * P * sizeof(float)); /* a contiguous file is read in slabs of rows, from the layer's first feature to its last */
    ck_assert_uint_le(b, N * P * sizeof(float));
    ck_assert_uint_ge(a, N * P_A * sizeof(float));
    ck_assert_uint_ge(b, N * P_B * sizeof(float));
    ck_assert_uint_eq(bytes_for(store, found, "a"), 0); /* from the cache */
    ck_assert_uint_eq(bytes_for(store, found, "b"), 0);
    bb_feature_store_free(store);
}
END_TEST

START_TEST(a_damaged_gram_matrix_is_made_anew)
{
    const struct bb_found *found = found_of(write_sheet("all.nc", &WHOLE), false);
    struct bb_feature_store *store = bb_feature_store_new(cache);
    struct bb_paths paths;
    (void)get(store, found, "b");
    bb_feature_store_free(store);
    const char *dir = bb_path_join(fixture_arena, fixture_dir, "cache/gram");
    ck_assert_int_eq(bb_list_tree(fixture_arena, dir, &paths, &err), BB_OK);
    ck_assert_uint_eq(paths.n, 1);
    struct bb_buf entry = BB_BUF_INIT;
    const char *path = bb_path_join(fixture_arena, dir, paths.path[0]);
    ck_assert_int_eq(bb_file_read(path, 0, &entry, &err), BB_OK);
    entry.data[entry.len - 9] ^= 1;
    ck_assert_int_eq(bb_file_write(path, entry.data, entry.len, &err), BB_OK);
    bb_buf_release(&entry);
    check_against_plain(found, 1e-13);
}
END_TEST

START_TEST(layers_side_by_side_are_one)
{
    static const char *const both[] = {"a", "b"};
    const struct bb_features_request request = {.set = {found_of(write_sheet("all.nc", &WHOLE), false)}, .layer = both, .n_layers = 2};
    struct bb_feature_store *store = bb_feature_store_new(cache);
    const struct bb_features *got;
    struct bb_features *want = plain(N, 0, P);
    ck_assert_msg(bb_features_get(store, &request, &got, &err) == BB_OK, "%s", err.msg);
    ck_assert_uint_eq(got->gram->p, P);
    same_features(got, want, 1e-13);
    bb_features_of_matrix_free(want);
    bb_feature_store_free(store);
}
END_TEST

START_TEST(stimuli_of_two_sets_come_together)
{
    enum { FIRST = 14 };
    struct sheet s = WHOLE, t = WHOLE;
    const char *layer = "b";
    s.n_rows = FIRST;
    t.first_row = FIRST;
    t.n_rows = N - FIRST;
    t.packed = t.twice = true;
    const struct bb_features_request request = {
        .set = {found_of(write_sheet("fit.nc", &t), false), found_of(write_sheet("test.nc", &s), false)}, .layer = &layer, .n_layers = 1};
    struct bb_feature_store *store = bb_feature_store_new(cache);
    const struct bb_features *got;
    struct bb_features *want = plain(N, P_A, P_B);
    ck_assert_msg(bb_features_get(store, &request, &got, &err) == BB_OK, "%s", err.msg);
    same_features(got, want, 1e-13);
    bb_features_of_matrix_free(want);
    bb_feature_store_free(store);
}
END_TEST

/* --- principal components ------------------------------------------------------------------------------------------ */

enum { WIDE = 1100, FIT = 30 };

static const char *one_layer(size_t feature)
{
    (void)feature;
    return "wide";
}

/* Solves A·X = B (n × n, n × m) by elimination; B becomes X. */
static void solve(double *A, double *B, size_t n, size_t m)
{
    for (size_t k = 0; k < n; k++) {
        size_t best = k;
        for (size_t i = k + 1; i < n; i++)
            if (fabs(A[i * n + k]) > fabs(A[best * n + k])) best = i;
        for (size_t j = 0; j < n; j++) {
            double x = A[k * n + j];
            A[k * n + j] = A[best * n + j];
            A[best * n + j] = x;
        }
        for (size_t j = 0; j < m; j++) {
            double x = B[k * m + j];
            B[k * m + j] = B[best * m + j];
            B[best * m + j] = x;
        }
        for (size_t i = 0; i < n; i++) {
            if (i == k) continue;
            double f = A[i * n + k] / A[k * n + k];
            for (size_t j = 0; j < n; j++) A[i * n + j] -= f * A[k * n + j];
            for (size_t j = 0; j < m; j++) B[i * m + j] -= f * B[k * m + j];
        }
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++) B[i * m + j] /= A[i * n + i];
}

/*
 * All components of FIT centred stimuli F (there are FIT − 1) span its rows, so the products of the scores of X are those of its
 * projections on them: A·G⁺·Aᵀ with A = (X − mean)·Fᵀ and G = F·Fᵀ. G has the vector of ones in its kernel, and so has Aᵀ: (G + 11ᵀ)⁻¹ does for G⁺.
 */
static void projected_products(double *out)
{
    double *F = BB_NEW_ARRAY(fixture_arena, FIT * WIDE, double), *X = BB_NEW_ARRAY(fixture_arena, N * WIDE, double);
    double *G = BB_NEW_ARRAY(fixture_arena, FIT * FIT, double), *A = BB_NEW_ARRAY(fixture_arena, FIT * N, double);
    double *B = BB_NEW_ARRAY(fixture_arena, FIT * N, double);
    for (size_t j = 0; j < WIDE; j++) {
        double mean = 0;
        for (size_t i = 0; i < FIT; i++) mean += value_at(100 + i, j) / FIT;
        for (size_t i = 0; i < FIT; i++) F[i * WIDE + j] = value_at(100 + i, j) - mean;
        for (size_t i = 0; i < N; i++) X[i * WIDE + j] = value_at(i, j) - mean;
    }
    for (size_t i = 0; i < FIT; i++)
        for (size_t k = 0; k < FIT; k++) {
            G[i * FIT + k] = 1;
            for (size_t j = 0; j < WIDE; j++) G[i * FIT + k] += F[i * WIDE + j] * F[k * WIDE + j];
        }
    for (size_t i = 0; i < FIT; i++)
        for (size_t k = 0; k < N; k++) {
            A[i * N + k] = 0;
            for (size_t j = 0; j < WIDE; j++) A[i * N + k] += F[i * WIDE + j] * X[k * WIDE + j];
        }
    memcpy(B, A, FIT * N * sizeof *B);
    solve(G, B, FIT, N);
    for (size_t i = 0; i < N; i++)
        for (size_t k = 0; k < N; k++) {
            out[i * N + k] = 0;
            for (size_t j = 0; j < FIT; j++) out[i * N + k] += A[j * N + i] * B[j * N + k];
        }
}

START_TEST(many_features_are_reduced_as_the_reference_reduces_them)
{
    struct sheet s = {.n_rows = N, .n = WIDE, .layer = one_layer}, fit = {.first_row = 100, .n_rows = FIT, .n = WIDE, .layer = one_layer};
    const char *layer = "wide";
    struct bb_feature_store *store = bb_feature_store_new(cache);
    const struct bb_features *got;
    double *want = BB_NEW_ARRAY(fixture_arena, N * N, double), *have = BB_NEW_ARRAY(fixture_arena, N * N, double);
    const struct bb_features_request request = {.set = {found_of(write_sheet("wide.nc", &s), false)},
                                                .pca = found_of(write_sheet("pca.nc", &fit), false),
                                                .layer = &layer,
                                                .n_layers = 1};
    projected_products(want);
    for (int again = 0; again < 2; again++) { /* the second time from the cache */
        ck_assert_msg(bb_features_get(store, &request, &got, &err) == BB_OK, "%s", err.msg);
        ck_assert_uint_eq(got->n, N);
        ck_assert_uint_eq(got->gram->p, FIT - 1);
        ck_assert(got->stream == NULL);
        bb_gram_uncentred(got->gram, all_rows(N), N, have);
        same_numbers("product of scores", have, want, N * N, 1e-11);
        bb_feature_store_free(store);
        store = bb_feature_store_new(cache);
    }
    bb_feature_store_free(store);
}
END_TEST

START_TEST(few_features_pass_without_principal_components)
{
    struct sheet fit = WHOLE;
    const char *layer = "b";
    fit.first_row = 100;
    struct bb_feature_store *store = bb_feature_store_new(cache);
    const struct bb_features *got;
    struct bb_features *want = plain(N, P_A, P_B);
    const struct bb_features_request request = {.set = {found_of(write_sheet("all.nc", &WHOLE), false)},
                                                .pca = found_of(write_sheet("pca.nc", &fit), false),
                                                .layer = &layer,
                                                .n_layers = 1};
    ck_assert_msg(bb_features_get(store, &request, &got, &err) == BB_OK, "%s", err.msg);
    same_features(got, want, 1e-13);
    bb_features_of_matrix_free(want);
    bb_feature_store_free(store);
}
END_TEST

/* --- Gram files --------------------------------------------------------------------------------------------------- */

static void put_numbers(hid_t group, const char *name, int rank, const hsize_t *size, const double *value)
{
    hid_t space = rank ? H5Screate_simple(rank, size, NULL) : H5Screate(H5S_SCALAR);
    hid_t set = H5Dcreate2(group, name, H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    ck_assert_int_ge(H5Dwrite(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, value), 0);
    H5Dclose(set), H5Sclose(space);
}

/* The layer as a user would write it: K = X·Xᵀ in an order of stimuli of its own. */
static void put_gram(hid_t file, const char *layer, size_t first, size_t p)
{
    const hsize_t size[] = {N, N};
    double K[N * N], sums[N], features = (double)p;
    const char *id[N];
    hid_t group = H5Gcreate2(file, layer, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), text = H5Tcopy(H5T_C_S1);
    for (size_t r = 0; r < N; r++) {
        size_t i = (r * 11 + 4) % N;
        id[r] = id_of(i);
        sums[r] = 0;
        for (size_t j = 0; j < p; j++) sums[r] += value_at(i, first + j);
        for (size_t c = 0; c < N; c++) {
            K[r * N + c] = 0;
            for (size_t j = 0; j < p; j++) K[r * N + c] += value_at(i, first + j) * value_at((c * 11 + 4) % N, first + j);
        }
    }
    put_numbers(group, "K", 2, size, K);
    put_numbers(group, "row_sum", 1, size, sums);
    put_numbers(group, "p", 0, NULL, &features);
    H5Tset_size(text, H5T_VARIABLE);
    hid_t space = H5Screate_simple(1, size, NULL), set = H5Dcreate2(group, "stimulus_id", text, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    ck_assert_int_ge(H5Dwrite(set, text, H5S_ALL, H5S_ALL, H5P_DEFAULT, id), 0);
    H5Dclose(set), H5Sclose(space), H5Tclose(text), H5Gclose(group);
}

START_TEST(a_gram_file_gives_what_its_features_give)
{
    static const char *const both[] = {"a", "b"};
    hid_t file = H5Fcreate(bb_path_join(fixture_arena, fixture_dir, "gram.h5"), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    put_gram(file, "a", 0, P_A);
    put_gram(file, "b", P_A, P_B);
    H5Fclose(file);
    const struct bb_found *found = found_of("gram.h5", true);
    check_against_plain(found, 1e-9);
    struct bb_feature_store *store = bb_feature_store_new(cache);
    ck_assert(get(store, found, "a")->stream == NULL);
    const struct bb_features_request request = {.set = {found}, .layer = both, .n_layers = 2};
    const struct bb_features *got;
    struct bb_features *want = plain(N, 0, P);
    ck_assert_msg(bb_features_get(store, &request, &got, &err) == BB_OK, "%s", err.msg);
    same_features(got, want, 1e-9);
    bb_features_of_matrix_free(want);
    bb_feature_store_free(store);
}
END_TEST

/* --- refusals ----------------------------------------------------------------------------------------------------- */

static void refuses(const struct bb_features_request *request, const char *sentence)
{
    struct bb_feature_store *store = bb_feature_store_new(cache);
    const struct bb_features *got;
    err = (struct bb_err){0};
    ck_assert_msg(bb_features_get(store, request, &got, &err) != BB_OK, "accepted: %s", sentence);
    ck_assert_msg(strstr(err.msg, sentence) != NULL, "%s", err.msg);
    bb_feature_store_free(store);
}

START_TEST(what_does_not_fit_is_refused)
{
    static const char *const wrong = "c", *const right = "b", *const two[] = {"a", "b"};
    struct sheet s = WHOLE, narrow = WHOLE, apart = WHOLE;
    const struct bb_found *whole = found_of(write_sheet("all.nc", &s), false);
    refuses(&(struct bb_features_request){.set = {whole}, .layer = &wrong, .n_layers = 1}, "there is no layer \"c\"");
    narrow.n--; /* layer b has a feature less */
    narrow.first_row = N;
    const struct bb_found *other = found_of(write_sheet("narrow.nc", &narrow), false);
    refuses(&(struct bb_features_request){.set = {whole, other}, .layer = &right, .n_layers = 1},
            "has 40 features for one stimulus set and 39 for another");
    apart.n = P_A;
    write_sheet("x-a.nc", &apart);
    apart.first = P_A;
    apart.n = P_B;
    apart.n_rows = N - 1;
    write_sheet("x-b.nc", &apart);
    refuses(&(struct bb_features_request){.set = {found_of("x-*.nc", false)}, .layer = two, .n_layers = 2},
            "the layer \"b\" has no answer to the stimulus \"s23\"");
    double noise[N] = {0};
    noise[17] = (double)NAN;
    s.noise = noise;
    refuses(&(struct bb_features_request){.set = {found_of(write_sheet("holes.nc", &s), false)}, .layer = &right, .n_layers = 1},
            "layer \"b\": feature 0 of the stimulus \"s17\" is not a number");
}
END_TEST

Suite *suite_score_features(void)
{
    Suite *suite = suite_create("score/features");
    TCase *tc = tcase_create("features");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, however_files_are_kept_the_features_are_the_same);
    tcase_add_test(tc, the_order_of_rows_does_not_change_a_bit);
    tcase_add_test(tc, trials_of_a_stochastic_model_are_averaged);
    tcase_add_test(tc, a_layer_is_read_once);
    tcase_add_test(tc, of_a_file_with_all_layers_each_is_read_once);
    tcase_add_test(tc, a_damaged_gram_matrix_is_made_anew);
    tcase_add_test(tc, layers_side_by_side_are_one);
    tcase_add_test(tc, stimuli_of_two_sets_come_together);
    tcase_add_test(tc, many_features_are_reduced_as_the_reference_reduces_them);
    tcase_add_test(tc, few_features_pass_without_principal_components);
    tcase_add_test(tc, a_gram_file_gives_what_its_features_give);
    tcase_add_test(tc, what_does_not_fit_is_refused);
    suite_add_tcase(suite, tc);
    return suite;
}
