#include "numeric/spline.h"

#include <stdlib.h>

#include "base/mem.h"

/* Continuity of the slope at the inner knots, the outer curvatures put in terms of the inner ones; tridiagonal, by elimination. */
bool bb_spline_fit(const double *x, const double *y, size_t n, double *curvature)
{
    if (n < 4) return false;
    for (size_t i = 1; i < n; i++)
        if (!(x[i] > x[i - 1])) return false;
    size_t m = n - 2;
    double *below = bb_malloc(3 * m * sizeof *below), *middle = below + m, *above = middle + m;
    for (size_t k = 0; k < m; k++) {
        double h0 = x[k + 1] - x[k], h1 = x[k + 2] - x[k + 1];
        below[k] = h0;
        middle[k] = 2 * (h0 + h1);
        above[k] = h1;
        curvature[k + 1] = 6 * ((y[k + 2] - y[k + 1]) / h1 - (y[k + 1] - y[k]) / h0);
    }
    double first = below[0] / above[0], last = above[m - 1] / below[m - 1];
    middle[0] += below[0] * (1 + first);
    above[0] -= below[0] * first;
    middle[m - 1] += above[m - 1] * (1 + last);
    below[m - 1] -= above[m - 1] * last;
    for (size_t k = 1; k < m; k++) {
        double factor = below[k] / middle[k - 1];
        middle[k] -= factor * above[k - 1];
        curvature[k + 1] -= factor * curvature[k];
    }
    curvature[m] /= middle[m - 1];
    for (size_t k = m - 1; k-- > 0;) curvature[k + 1] = (curvature[k + 1] - above[k] * curvature[k + 2]) / middle[k];
    curvature[0] = curvature[1] - first * (curvature[2] - curvature[1]);
    curvature[n - 1] = curvature[n - 2] + last * (curvature[n - 2] - curvature[n - 3]);
    free(below);
    return true;
}

double bb_spline_at(const double *x, const double *y, const double *curvature, size_t n, double at)
{
    size_t low = 0, high = n - 1;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (x[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    double h = x[high] - x[low], a = (x[high] - at) / h, b = (at - x[low]) / h;
    return a * y[low] + b * y[high] + ((a * a * a - a) * curvature[low] + (b * b * b - b) * curvature[high]) * h * h / 6;
}
