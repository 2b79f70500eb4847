#!/usr/bin/env python3
"""Golden values of the regressions (scikit-learn 1.2.1), of row products and of principal components: regress/cases.json.

Data are made from numpy's RandomState(seed).random_sample, which src/numeric/mt19937 reproduces, by the recipe of data() below (tests/unit/regress_case.c has
the same), or by the formula of waves(). Run: OPENBLAS_NUM_THREADS=1 python3 tests/numeric/regress.py
"""
import json
import math
import os
import warnings

import numpy as np
from scipy.linalg import lstsq
from scipy.stats import spearmanr
from sklearn.cross_decomposition import PLSRegression
from sklearn.decomposition import PCA
from sklearn.linear_model import Ridge, RidgeCV

warnings.filterwarnings('ignore')


def data(c):
    draw = np.random.RandomState(c['seed']).random_sample
    n, p, q, rank = c['n'], c['p'], c['q'], c.get('rank', 0)
    if rank:
        A, B = draw((n, rank)) - .5, draw((rank, p)) - .5
        X = A @ B
    else:
        X = draw((n, p)) - .5
    X = X * c.get('x_decay', 1) ** np.arange(p)
    L, N = draw((p, q)) - .5, draw((n, q)) - .5
    Y = c.get('signal', 1) * (X @ L) + c.get('noise', 1) * N
    d = c.get('duplicate', 0)
    if d:
        X[:, p - d:] = X[:, :d]
    X = X * c.get('x_scale', 1) + c.get('x_offset', 0)
    Y = Y * c.get('y_scale', 1) + c.get('y_offset', 0)
    if 'constant_x' in c:
        X[:, c['constant_x']] = 7.25
    if 'constant_y' in c:
        Y[:, c['constant_y']] = 3.25  # whose mean is exact: otherwise scikit-learn starts its loop from the rounding of the mean
    return X, Y


def waves():
    n, p, q = 40, 60, 6
    X = np.array([[math.sin(.37 * (i + 1) * (j + 1)) + .3 * math.cos(.11 * (i + 1) + .7 * (j + 1)) for j in range(p)] for i in range(n)])
    W = np.array([[math.cos(.53 * (j + 1) * (k + 1)) for k in range(q)] for j in range(p)])
    N = np.array([[math.sin(1.7 * (i + 1) * (k + 2) + .2 * k) for k in range(q)] for i in range(n)])
    return X, X @ W * .2 + N


ALPHAS = [.01, .1, .5, 1] + list(np.linspace(10, 100, 4, endpoint=False))
for low, high in ((100, 1000), (1e3, 1e4), (1e4, 1e5), (1e5, 1e6)):
    ALPHAS += list(np.linspace(low, high, 18, endpoint=False))
ALPHAS += list(np.linspace(1e6, 1e7, 19))
DECADES = [10. ** e for e in range(-10, 11)]


def rounded(a):
    return [float('%.16g' % v) for v in np.asarray(a).ravel()]


def least_squares(A, B, Z):
    """LinearRegression as scikit-learn >= 1.6 has it, which language benchmarks are scored with: singular values up to max(n, p) eps of the largest count as
    zero. Before, the bound was eps, and where p >= n the result was noise: of n centred rows one direction is rounding, its singular value is 1 to 4 eps of
    the largest, and the same features in another order gave predictions that differ by a tenth of the targets' size. Features are centred twice: where
    means are large, the rounding of the means makes such a direction again."""
    a, b = A.mean(0), B.mean(0)
    A, B, Z = A - a, B - b, Z - a
    a, b2 = A.mean(0), B.mean(0)
    return (Z - a) @ lstsq(A - a, B - b2, cond=max(A.shape) * np.finfo(float).eps)[0] + b2 + b


def ridgecv(alphas, A, B, Z):
    """For alphas at rounding level the prediction is of Ridge with the chosen alpha: RidgeCV's own, from differences of 1/alpha, has few digits."""
    m = RidgeCV(alphas=alphas).fit(A, B)
    return float(m.alpha_), (m if m.alpha_ > 1e-6 else Ridge(alpha=m.alpha_, solver='svd').fit(A, B)).predict(Z)


def expected(c):
    X, Y = waves() if c['recipe'] == 'waves' else data(c)
    X = X[:, :c.get('first', X.shape[1])]
    train, test = c['train'], c['test']
    A, B, Z = X[train], Y[train], X[test]
    for k in c.get('k', []):
        # Beyond the rank of the features scikit-learn divides rounding by rounding (predictions up to 1e14 times the targets); the truth is in the rank.
        m = PLSRegression(min(k, c.get('rank_is', k)), scale=False).fit(A, B)
        c.setdefault('pls', []).append({'k': k, 'iterations': [int(i) for i in m.n_iter_], 'prediction': rounded(m.predict(Z))})
    for alpha in c.get('alpha', []):
        c.setdefault('ridge', []).append({'alpha': alpha, 'prediction': rounded(Ridge(alpha=alpha).fit(A, B).predict(Z))})
    for name in c.get('alphas', []):
        chosen, prediction = ridgecv(ALPHAS if name == 'list' else DECADES, A, B, Z)
        c.setdefault('ridgecv', []).append({'alphas': name, 'chosen': chosen, 'prediction': rounded(prediction)})
    if c.get('linear'):
        c['linear'] = rounded(least_squares(A, B, Z))
    for k in c.get('pca', []):
        m = PCA(k, svd_solver='full').fit(A)
        c.setdefault('components', []).append({'k': k, 'absolute': rounded(np.abs(m.transform(Z)))})
    for key in ('k', 'alpha', 'alphas', 'pca'):
        c.pop(key, None)
    return c


def fold(c, n_train, n_test, seed=3):
    order = np.random.RandomState(seed).permutation(c['n'])
    c['test'], c['train'] = order[:n_test].tolist(), order[n_test:n_test + n_train].tolist()
    return c


def random(name, n, p, q, seed, n_train=None, n_test=5, **more):
    c = {'name': name, 'recipe': 'random', 'seed': seed, 'n': n, 'p': p, 'q': q, **more}
    return fold(c, n_train or n - n_test, n_test, seed + 1000)


def cases():
    all_ = {'alpha': [1], 'alphas': ['list', 'decades']}
    yield {'name': 'waves', 'recipe': 'waves', 'n': 40, 'p': 60, 'q': 6, 'train': list(range(32)), 'test': list(range(32, 40)), 'k': [1, 2, 5, 25],
           'alpha': [1], 'alphas': ['list'], 'linear': True}
    yield {'name': 'waves, 10 features', 'recipe': 'waves', 'first': 10, 'n': 40, 'p': 10, 'q': 6, 'train': list(range(32)),
           'test': list(range(32, 40)), 'k': [1, 2, 5], 'alpha': [1], 'alphas': ['list'], 'linear': True}
    yield random('p < n', 60, 20, 5, 1, k=[1, 2, 5, 15], linear=True, pca=[3, 20], **all_)
    yield random('p < n, one target', 60, 20, 1, 2, k=[1, 2, 5], linear=True, **all_)
    yield random('p < n, more targets than features', 50, 8, 12, 3, k=[1, 2, 5, 8], linear=True, **all_)
    yield random('p > n', 40, 70, 5, 4, k=[1, 2, 5, 25], linear=True, pca=[3, 20], **all_)
    yield random('p > n, one target', 40, 70, 1, 5, k=[1, 2, 5], linear=True, **all_)
    yield random('p > n, more targets than stimuli', 20, 30, 40, 6, n_test=3, k=[1, 2, 5, 10], linear=True, **all_)
    yield random('p >> n', 30, 900, 4, 7, k=[1, 2, 5, 20], linear=True, pca=[5, 24], **all_)
    yield random('n_train < p < n', 60, 45, 4, 8, n_train=30, k=[1, 2, 5], linear=True, pca=[3], **all_)
    yield random('n_train far below n', 90, 12, 3, 9, n_train=20, k=[1, 2, 5], linear=True, pca=[3], **all_)
    yield random('low rank and noise, p < n', 120, 30, 6, 10, rank=30, noise=.2, x_decay=.8, k=[1, 2, 5, 10], linear=True, **all_)
    yield random('low rank, p > n', 50, 80, 6, 11, rank=40, noise=.2, k=[1, 2, 5, 10], **all_)
    yield random('constant feature', 60, 20, 5, 12, constant_x=1, k=[1, 2, 5], **all_)
    yield random('constant first target', 60, 20, 5, 13, constant_y=0, k=[1, 2, 5], linear=True, **all_)
    yield random('constant target, p > n', 40, 70, 5, 14, constant_y=3, k=[1, 2, 5], linear=True, **all_)
    yield random('duplicated features, p < n', 60, 20, 5, 15, duplicate=6, k=[1, 2, 5], **all_)
    yield random('duplicated features, p > n', 40, 70, 5, 16, duplicate=20, k=[1, 2, 5], linear=True, **all_)
    for p in (20, 70):
        for x, y in ((1e8, 1), (1e-8, 1), (1, 1e8), (1, 1e-8), (1e8, 1e-8), (1e-8, 1e8), (1e8, 1e8), (1e-8, 1e-8)):
            yield random('p = %d, features × %g, targets × %g' % (p, x, y), 50, p, 4, 17 + p, x_scale=x, y_scale=y, k=[1, 2, 5], linear=True, alpha=[x * x],
                         n_test=3)
        yield random('p = %d, means of 1e6' % p, 50, p, 4, 18 + p, x_offset=1e6, y_offset=1e6, k=[1, 2, 5], linear=True, **all_)
        yield random('p = %d, means of 1000' % p, 50, p, 4, 19 + p, x_offset=1e3, y_offset=-1e3, k=[1, 2, 5], linear=True, **all_)
    yield random('rank 6, p < n', 60, 20, 5, 50, rank=6, rank_is=6, k=[5, 6, 7, 15], linear=True, **all_)
    yield random('rank 6, p > n', 60, 90, 5, 51, rank=6, rank_is=6, k=[5, 6, 7, 15], **all_)
    yield random('rank 12 of 20, twins', 60, 20, 5, 54, duplicate=8, rank_is=12, k=[11, 12, 13, 15], linear=True, **all_)
    yield random('10 stimuli, 25 components', 15, 60, 3, 52, k=[8, 9, 10, 25], linear=True, **all_)
    yield random('more targets than stimuli, 25 components', 15, 60, 16, 55, k=[8, 9, 25], linear=True)
    yield random('targets without noise', 60, 20, 3, 53, noise=0, k=[3, 10, 17], linear=True, alphas=['list'])
    yield random('10 features, 10 components', 60, 10, 3, 20, k=[10], linear=True)
    yield random('features of falling size', 80, 25, 5, 21, x_decay=.6, signal=3, k=[1, 2, 5], alpha=[1e-3, 1], alphas=['decades'])
    yield random('tiny alphas', 60, 20, 5, 22, alpha=[1e-9, 0], alphas=['decades'], noise=.001)
    for noise in (.1, 1, 10, 1000):  # enough stimuli for the search without eigenvectors
        yield random('224 stimuli, noise %g' % noise, 230, 300, 3, 60, n_test=6, noise=noise, alpha=[1], alphas=['list', 'decades'])
        yield random('224 stimuli, low rank, noise %g' % noise, 230, 300, 3, 61, n_test=6, rank=260, x_decay=.98, noise=noise, alphas=['list', 'decades'])
    yield random('224 stimuli, rank 100', 230, 300, 3, 62, n_test=6, rank=100, alphas=['list'])
    yield random('fewer stimuli than components', 14, 60, 3, 23, n_test=4, k=[2, 9], linear=True, **all_)


def waves_products():
    X, Y = waves()
    n = len(X)

    def hsic(K, L):
        K, L = K - np.diag(np.diag(K)), L - np.diag(np.diag(L))
        return (np.trace(K @ L) + K.sum() * L.sum() / ((n - 1) * (n - 2)) - 2 / (n - 2) * (K.sum(0) @ L.sum(1))) / (n * (n - 3))
    K, L, H = X @ X.T, Y @ Y.T, np.eye(n) - 1 / n
    Kc, Lc, upper = H @ K @ H, H @ L @ H, np.triu_indices(n, 1)
    return {'cka_unbiased': hsic(K, L) / (math.sqrt(hsic(K, K) * hsic(L, L)) + 1e-12),
            'cka_biased': (Kc * Lc).sum() / (np.linalg.norm(Kc) * np.linalg.norm(Lc)),
            'rdm_spearman': spearmanr((1 - np.corrcoef(X))[upper], (1 - np.corrcoef(Y))[upper])[0]}


def rows_case(c):
    X, _ = data(c)
    c['uncentred'] = rounded((X @ X.T)[:6, :6])
    c['correlations'] = rounded(np.corrcoef(X)[:6, :6])
    return c


if __name__ == '__main__':
    out = {'cases': {'regressions': [expected(c) for c in cases()], 'waves': waves_products(), 'alphas': {'list': ALPHAS, 'decades': DECADES},
                     'rows': [rows_case({'recipe': 'random', 'q': 1, **c}) for c in (
                         {'name': 'p < n', 'seed': 31, 'n': 12, 'p': 9},
                         {'name': 'p > n', 'seed': 32, 'n': 8, 'p': 90},
                         {'name': 'means of 1000', 'seed': 33, 'n': 8, 'p': 90, 'x_offset': 1000},
                         {'name': 'means of 1e6', 'seed': 33, 'n': 8, 'p': 90, 'x_offset': 1e6},
                         {'name': 'features × 1e8', 'seed': 34, 'n': 8, 'p': 90, 'x_scale': 1e8},
                         {'name': 'features × 1e-8', 'seed': 35, 'n': 8, 'p': 90, 'x_scale': 1e-8})]}}
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'regress', 'cases.json')
    with open(path, 'w') as f:
        json.dump(out, f, separators=(',', ':'))
        f.write('\n')
    print(path, os.path.getsize(path), 'bytes')
