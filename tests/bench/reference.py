#!/usr/bin/env python3
"""The Python side of `make bench`: makes the data (raw float64) in a folder, scores them with scikit-learn, writes what it found, prints `<key> <value>`.

usage: reference.py pls-white|pls-low-rank|ridgecv|stream FOLDER
"""
import os
import resource
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings('ignore')


def say(key, value):
    print(key, '%.9g' % value, flush=True)


def save(folder, **arrays):
    for name, values in arrays.items():
        np.ascontiguousarray(values, dtype=np.float64).tofile(os.path.join(folder, name))


def splits(n, count, train):
    draw = np.random.RandomState(1)
    return [np.roll(draw.permutation(n), -(n - train)) for _ in range(count)]  # as ShuffleSplit: test rows come first


def correlations(prediction, truth):
    a, b = prediction - prediction.mean(0), truth - truth.mean(0)
    return (a * b).sum(0) / np.sqrt((a * a).sum(0) * (b * b).sum(0))


def pls(folder, low_rank):
    from sklearn.cross_decomposition import PLSRegression
    rng = np.random.default_rng(0)
    n, p, q, k = 3200, 1000, 168, 25
    if low_rank:
        Z = rng.standard_normal((n, 40))
        X = Z @ rng.standard_normal((40, p)) + .5 * rng.standard_normal((n, p))
        Y = .3 * Z @ rng.standard_normal((40, q)) + rng.standard_normal((n, q))
    else:
        X, Y = rng.standard_normal((n, p)), rng.standard_normal((n, q))
    split = splits(n, 10, 2880)
    train, test = split[0][:2880], split[0][2880:]
    start = time.process_time()
    model = PLSRegression(k, scale=False).fit(X[train], Y[train])
    prediction = model.predict(X[test])
    say('seconds', 10 * (time.process_time() - start))
    save(folder, shape=[n, p, q, 10, 2880], X=X, Y=Y, split=split, iterations=model.n_iter_, r=correlations(prediction, Y[test]))


def alpha_list():
    alphas = [.01, .1, .5, 1] + list(np.linspace(10, 100, 4, endpoint=False))
    for low, high in ((100, 1000), (1e3, 1e4), (1e4, 1e5), (1e5, 1e6)):
        alphas += list(np.linspace(low, high, 18, endpoint=False))
    return alphas + list(np.linspace(1e6, 1e7, 19))


def ridgecv(folder):
    """All 99 alphas are scored once, for the values; `few` is the time with 9 of them, to which the rest can be extrapolated."""
    from sklearn.linear_model import RidgeCV
    rng = np.random.default_rng(0)
    n, p, q, m = 3200, 4096, 168, 2880
    Z = rng.standard_normal((n, 200)) * np.arange(1, 201) ** -.5
    X = Z @ rng.standard_normal((200, p)) + rng.standard_normal((n, p))
    Y = Z @ rng.standard_normal((200, q)) + 3 * rng.standard_normal((n, q))
    alphas, split = alpha_list(), splits(n, 1, m)
    train, test = split[0][:m], split[0][m:]
    start = time.process_time()
    RidgeCV(alphas=alphas[::11]).fit(X[train], Y[train]).predict(X[test])
    few = time.process_time() - start
    start = time.process_time()
    model = RidgeCV(alphas=alphas).fit(X[train], Y[train])
    prediction = model.predict(X[test])
    seconds = time.process_time() - start
    say('seconds', seconds)
    say('few', few)
    say('extrapolated', few + (seconds - few) / (len(alphas) - 9) * 90)
    save(folder, shape=[n, p, q, 1, m], X=X, Y=Y, split=split, alphas=alphas, r=np.append(model.alpha_, correlations(prediction, Y[test])))


def stream(folder):
    """3200 x 100,000 float32 in chunks of 3200 x 64; the reference's own way is to load it all, which is not timed."""
    import h5py
    rng = np.random.default_rng(0)
    n, p = 3200, 100_000
    with h5py.File(os.path.join(folder, 'wide.h5'), 'w') as f:
        d = f.create_dataset('features', (n, p), 'f4', chunks=(n, 64))
        for at in range(0, p, 6400):
            d[:, at:at + 6400] = rng.standard_normal((n, min(6400, p - at)), dtype=np.float32)
        f.create_dataset('presentation', data=np.arange(n))
        f.create_dataset('neuroid', data=np.arange(p))
        for axis, name in enumerate(('presentation', 'neuroid')):
            f[name].make_scale(name)
            d.dims[axis].attach_scale(f[name])


if __name__ == '__main__':
    row, where = sys.argv[1:]
    if row == 'ridgecv':
        ridgecv(where)
    elif row == 'stream':
        stream(where)
    else:
        pls(where, row == 'pls-low-rank')
    say('peak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
