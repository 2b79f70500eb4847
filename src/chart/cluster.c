#include "chart/cluster.h"

#include <math.h>

static double distance_of(const double *a, const double *b, size_t columns, size_t step)
{
    double sum = 0;
    size_t n = 0;
    for (size_t c = 0; c < columns; c++) {
        double difference = a[c * step] - b[c * step];
        if (!isfinite(difference)) continue;
        sum += difference * difference;
        n++;
    }
    return n ? sqrt(sum / (double)n) : (double)NAN;
}

static void fill_distances(const double *value, size_t rows, size_t columns, size_t stride, size_t step, double *distance)
{
    double largest = 0;
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < i; k++) {
            double d = distance_of(value + i * stride, value + k * stride, columns, step);
            distance[i * rows + k] = distance[k * rows + i] = d;
            if (d > largest) largest = d;
        }
    for (size_t i = 0; i < rows * rows; i++)
        if (isnan(distance[i])) distance[i] = largest;
}

/* A cluster is a chain of rows: next[] leads through it from its first row, which names it. */
struct clusters {
    double *distance;
    size_t n; /* rows */
    size_t *next, *last, *size;
    size_t *nearest; /* of each living cluster, the nearest other one; the smallest index of equals */
    size_t *living, n_living;
};

#define END ((size_t)-1)

static void find_nearest(struct clusters *it, size_t a)
{
    it->nearest[a] = END;
    for (size_t k = 0; k < it->n_living; k++) {
        size_t b = it->living[k];
        if (b == a) continue;
        if (it->nearest[a] == END || it->distance[a * it->n + b] < it->distance[a * it->n + it->nearest[a]]) it->nearest[a] = b;
    }
}

/* b joins a, a < b: average linkage by the formula of Lance and Williams. */
static void join(struct clusters *it, size_t a, size_t b)
{
    double wa = (double)it->size[a], wb = (double)it->size[b];
    size_t kept = 0;
    for (size_t k = 0; k < it->n_living; k++) {
        size_t c = it->living[k];
        if (c == b) continue;
        it->living[kept++] = c;
        double d = (wa * it->distance[a * it->n + c] + wb * it->distance[b * it->n + c]) / (wa + wb);
        it->distance[a * it->n + c] = it->distance[c * it->n + a] = d;
    }
    it->n_living = kept;
    it->size[a] += it->size[b];
    it->next[it->last[a]] = b;
    it->last[a] = it->last[b];
    for (size_t k = 0; k < it->n_living; k++) {
        size_t c = it->living[k];
        if (c == a || it->nearest[c] == a || it->nearest[c] == b)
            find_nearest(it, c);
        else if (it->distance[c * it->n + a] < it->distance[c * it->n + it->nearest[c]])
            it->nearest[c] = a;
    }
}

/* The closest pair; of equals the one with the smallest indices. */
static size_t closest(const struct clusters *it)
{
    size_t best = it->living[0];
    for (size_t k = 1; k < it->n_living; k++) {
        size_t a = it->living[k];
        if (it->distance[a * it->n + it->nearest[a]] < it->distance[best * it->n + it->nearest[best]]) best = a;
    }
    return best;
}

void bb_cluster_order(const double *value, size_t rows, size_t columns, size_t stride, size_t step, size_t *order,
                      struct bb_arena *tmp)
{
    struct clusters it = {.distance = BB_NEW_ARRAY(tmp, rows * rows + 1, double), .n = rows};
    size_t *numbers = BB_NEW_ARRAY(tmp, 5 * rows + 1, size_t);
    if (!rows) return;
    it.next = numbers;
    it.last = numbers + rows;
    it.size = numbers + 2 * rows;
    it.nearest = numbers + 3 * rows;
    it.living = numbers + 4 * rows;
    it.n_living = rows;
    fill_distances(value, rows, columns, stride, step, it.distance);
    for (size_t i = 0; i < rows; i++) {
        it.next[i] = END;
        it.last[i] = it.living[i] = i;
        it.size[i] = 1;
    }
    for (size_t i = 0; i < rows; i++) find_nearest(&it, i);
    while (it.n_living > 1) {
        size_t a = closest(&it), b = it.nearest[a];
        join(&it, a < b ? a : b, a < b ? b : a);
    }
    for (size_t i = 0, at = 0; i != END; i = it.next[i]) order[at++] = i;
}
