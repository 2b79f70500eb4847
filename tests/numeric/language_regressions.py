#!/usr/bin/env python3
"""Writes language_regressions/cases.json: the regressions of Brain-Score language on random data, its own unit tests among them, as scikit-learn has them.

    language_regressions.py            needs numpy and scikit-learn (Debian 12's are enough)

The reference's unit tests say 1 for a target that is the source, or the source and a constant, and .03686426 for one that has nothing to do with it: this script fails
where they are not reproduced to 1e-5.
"""
import json
import os

import numpy as np
import sklearn
from sklearn.linear_model import LinearRegression, RidgeCV
from sklearn.model_selection import ShuffleSplit

HERE = os.path.dirname(os.path.abspath(__file__))


def correlation(x, y):
    x, y = x - x.mean(), y - y.mean()
    return float((x * y).sum() / ((np.linalg.norm(x) + 1e-8) * (np.linalg.norm(y) + 1e-8)))


def case(name, X, Y, metric, new, expected=None):
    r = []
    for train, test in ShuffleSplit(10, train_size=.9, random_state=1).split(X):
        p = new().fit(X[train], Y[train]).predict(X[test])
        r.append([correlation(a, b) for a, b in zip(p.T, Y[test].T)])
    raw = float(np.median(r, axis=1).mean())
    assert expected is None or abs(raw - expected) < 1e-5, (name, raw)
    ids = [f's{i:02d}' for i in range(len(X))]
    return {'name': name, 'metric': metric, 'params': {'dialect': 'language'},
            'data': {'dims': {'presentation': len(X), 'neuroid': Y.shape[1]}, 'coords': [{'name': 'stimulus_id', 'dim': 0, 'values': ids}], 'values': [float(v) for v in Y.ravel()]},
            'features': {'stimulus': ids, 'X': [float(v) for v in X.ravel()]}, 'score': {'raw': raw, 'error': None, 'n': len(X), 'units': [float(v) for v in np.ravel(r)]}}


def main():
    random = np.random.RandomState(1)
    X = (np.arange(30 * 25) + random.standard_normal(30 * 25)).reshape(30, 25)
    Y = random.poisson(1, 30 * 25).reshape(30, 25).astype(float)
    ridge = lambda: RidgeCV([10. ** e for e in range(-3, 4)])
    cases = [case('the same', X, X, 'linear', LinearRegression, 1), case('the same and a constant', X, X + 3, 'linear', LinearRegression, 1),
             case('something else', X, Y, 'linear', LinearRegression, .03686426), case('ridge, something else', X, Y, 'ridge', ridge)]
    os.makedirs(os.path.join(HERE, 'language_regressions'), exist_ok=True)
    with open(os.path.join(HERE, 'language_regressions', 'cases.json'), 'w', encoding='utf-8') as file:
        json.dump({'made_by': 'tests/numeric/language_regressions.py', 'numpy': np.__version__, 'sklearn': sklearn.__version__, 'cases': cases}, file)
        file.write('\n')
    print([(c['name'], c['score']['raw']) for c in cases])


if __name__ == '__main__':
    main()
