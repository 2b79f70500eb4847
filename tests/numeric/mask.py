#!/usr/bin/env python3
"""Writes mask/cases.json: regressions by a mask over places and a weight per channel, as numpy computes them in double precision.

    mask.py            needs numpy, scipy and scikit-learn (Debian 12's are enough)

Written afresh from the description of the reference: draws, batches, slopes of its loss and Adam. Slopes are checked here against differences of the loss.
"""
import json
import os

import numpy as np
from scipy.ndimage import convolve
from scipy.stats import pearsonr
from sklearn.model_selection import ShuffleSplit

HERE = os.path.dirname(os.path.abspath(__file__))
KERNEL = np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]], float)


def laplacian(s):
    return convolve(s, KERNEL, mode='constant')


def loss(t, X, Y, ls, ld):
    s, d, b = t
    e = np.einsum('ncxy,qxy,qc->nq', X, s, d) + b - Y
    return np.linalg.norm(e) + ls * ((s ** 2).sum() + sum(np.linalg.norm(laplacian(m)) for m in s)) + ld * (d ** 2).sum()


def slopes(t, X, Y, ls, ld):
    s, d, b = t
    A = np.einsum('ncxy,qxy->nqc', X, s)
    e = np.einsum('nqc,qc->nq', A, d) + b - Y
    norm = np.linalg.norm(e)
    g = e / norm
    smooth = np.stack([laplacian(laplacian(m)) / np.linalg.norm(laplacian(m)) for m in s])
    return norm, [np.einsum('nq,qc,ncxy->qxy', g, d, X) + ls * (2 * s + smooth), np.einsum('nq,nqc->qc', g, A) + 2 * ld * d, g.sum(0)]


def check_slopes(rng):
    X, Y, t = rng.standard_normal((5, 2, 3, 4)), rng.standard_normal((5, 2)), [rng.standard_normal(n) for n in ((2, 3, 4), (2, 2), (2,))]
    own = slopes(t, X, Y, .1, .2)[1]
    for part, g in zip(t, own):
        for k in np.ndindex(part.shape):
            part[k] += 1e-6
            up = loss(t, X, Y, .1, .2)
            part[k] -= 2e-6
            down = loss(t, X, Y, .1, .2)
            part[k] += 1e-6
            assert abs((up - down) / 2e-6 - g[k]) < 1e-6


def fit(X, Y, epochs=40, batch=50, rate=.01, ls=.1, ld=.1, decay=25, tolerance=.1, seed=0):
    random, q = np.random.RandomState(seed), Y.shape[1]
    s, d = [], []
    for _ in range(q):
        s.append(random.randn(1, X.shape[2], X.shape[3], 1)[0, :, :, 0])
        d.append(random.randn(1, 1, X.shape[1], 1)[0, 0, :, 0])
    t = [np.array(s), np.array(d), np.zeros(q)]
    m, v, steps = [np.zeros_like(x) for x in t], [np.zeros_like(x) for x in t], 0
    for e in range(epochs):
        order = np.arange(len(X))
        random.shuffle(order)
        for i in range(0, len(X), batch):
            norm, g = slopes(t, X[order[i:i + batch]], Y[order[i:i + batch]], ls, ld)
            steps += 1
            size = rate * np.sqrt(1 - .999 ** steps) / (1 - .9 ** steps)
            for k in range(3):
                m[k] += .1 * (g[k] - m[k])
                v[k] += .001 * (g[k] ** 2 - v[k])
                t[k] = t[k] - size * m[k] / (np.sqrt(v[k]) + 1e-8)
        if e % decay == 0 and e != 0:
            rate /= 10
        if norm < tolerance:
            break
    return t


def case(name, seed, params, n=60, q=3, shape=(4, 3, 5), splits=3):
    rng = np.random.RandomState(seed)
    X = np.round(rng.standard_normal((n, *shape)), 4)
    Y = np.round(np.einsum('ncxy,qxy,qc->nq', X, np.abs(rng.standard_normal((q, *shape[1:]))) / 3, rng.standard_normal((q, shape[0]))) + .5 * rng.standard_normal((n, q)), 4)
    ids = [f's{i:02d}' for i in range(n)]
    r = []
    for train, test in ShuffleSplit(splits, train_size=.9, random_state=1).split(X):
        own = {{'max_epochs': 'epochs', 'batch_size': 'batch', 'init_lr': 'rate', 'decay_rate': 'decay', 'tol': 'tolerance'}.get(k, k): v for k, v in params.items()}
        s, d, b = fit(X[train], Y[train], **own)
        p = np.einsum('ncxy,qxy,qc->nq', X[test], s, d) + b
        r.append([pearsonr(x, y)[0] for x, y in zip(p.T, Y[test].T)])
    places = list(np.ndindex(*shape))
    order = rng.permutation(len(places))
    medians = np.median(r, axis=1)
    return {'name': name, 'metric': 'mask_regression', 'params': {**params, 'split': {'kind': 'shuffle', 'splits': splits}},
            'data': {'dims': {'presentation': n, 'neuroid': q}, 'coords': [{'name': 'stimulus_id', 'dim': 0, 'values': ids}], 'values': [float(v) for v in Y.ravel()]},
            'features': {'stimulus': ids, 'X': [float(v) for v in X.reshape(n, -1)[:, order].ravel()]},
            'columns': {key: [places[k][a] for k in order] for a, key in enumerate(('channel', 'channel_x', 'channel_y'))},
            'score': {'raw': float(medians.mean()), 'error': float(medians.std() / np.sqrt(splits)), 'n': n, 'units': [float(v) for v in np.ravel(r)]}}


def main():
    check_slopes(np.random.RandomState(0))
    cases = [case('the reference\'s schedule', 1, {}), case('small batches, a faster rate', 2, {'batch_size': 8, 'init_lr': .05, 'seed': 3, 'decay_rate': 10}),
             case('until it is good enough', 4, {'tol': 12., 'ls': 0.02, 'ld': .01, 'init_lr': .05, 'max_epochs': 200, 'decay_rate': 1000})]
    os.makedirs(os.path.join(HERE, 'mask'), exist_ok=True)
    with open(os.path.join(HERE, 'mask', 'cases.json'), 'w', encoding='utf-8') as file:
        json.dump({'made_by': 'tests/numeric/mask.py', 'numpy': np.__version__, 'cases': cases}, file)
        file.write('\n')
    print([(c['name'], round(c['score']['raw'], 4)) for c in cases])


if __name__ == '__main__':
    main()
