#!/usr/bin/env python3
"""Writes relations/cases.json: how alike two columns of scores are, by scipy.stats (pearsonr, spearmanr, Fisher's 95 % interval), and their quartiles by numpy.

Columns have gaps (null): a pair is compared where both have a score, and spearmanr ranks what is left. `rho` and the rest are null where fewer than 4
pairs are left or a column does not vary.
"""
import json
import os

import numpy as np
import scipy
from scipy import stats

HERE = os.path.dirname(os.path.abspath(__file__))


def numbers(values):
    return [None if np.isnan(v) else float(v) for v in values]


def case(name, x, y):
    both = ~np.isnan(x) & ~np.isnan(y)
    a, b, n = x[both], y[both], int(both.sum())
    out = {'name': name, 'x': numbers(x), 'y': numbers(y), 'n': n, 'pearson': None, 'spearman': None, 'low': None, 'high': None}
    if n >= 4 and np.ptp(a) > 0 and np.ptp(b) > 0:
        r = stats.pearsonr(a, b)
        interval = r.confidence_interval(confidence_level=.95)
        out.update(pearson=float(r.statistic), spearman=float(stats.spearmanr(a, b).correlation), low=float(interval.low),
                   high=float(interval.high))
    out['quartiles'] = None if np.isnan(x).all() else [float(q) for q in np.quantile(x[~np.isnan(x)], [0, .25, .5, .75, 1])]
    return out


def all_cases():
    rng = np.random.RandomState(5)
    cases = []
    for n in (4, 5, 9, 10, 40):
        for mix in (-.9, 0, .4, .95):
            x = rng.uniform(size=n)
            y = mix * x + (1 - abs(mix)) * rng.uniform(size=n)
            cases.append(case('%d models, %.2f' % (n, mix), x, y))
            x, y = x.copy(), y.copy()
            x[rng.uniform(size=n) < .2] = np.nan
            y[rng.uniform(size=n) < .2] = np.nan
            cases.append(case('%d models, %.2f, gaps' % (n, mix), x, y))
    for n in (12, 60):
        x, y = np.round(rng.uniform(size=n), 1), np.round(rng.uniform(size=n), 1)
        x[::5] = np.nan
        cases.append(case('%d models, many ties' % n, x, y))
    line = np.arange(6.)
    cases.append(case('a constant column', np.full(6, .5), line))
    cases.append(case('three pairs', np.array([1., 2, 3, np.nan]), np.array([1., 3, 2, 4])))
    cases.append(case('nothing in common', np.array([1., np.nan, 2, np.nan]), np.array([np.nan, 1, np.nan, 2])))
    cases.append(case('no score at all', np.full(5, np.nan), line[:5]))
    cases.append(case('one score', np.array([np.nan, .25, np.nan]), line[:3]))
    return cases


if __name__ == '__main__':
    with open(os.path.join(HERE, 'relations', 'cases.json'), 'w') as file:
        json.dump({'made_by': 'tests/numeric/relations.py', 'numpy': np.__version__, 'scipy': scipy.__version__, 'cases': all_cases()}, file,
                  separators=(',', ':'), allow_nan=False)
        file.write('\n')
