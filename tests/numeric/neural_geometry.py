#!/usr/bin/env python3
"""Writes recordings/cases.json: recordings averaged and split, metrics of geometry, and ceilings, as numpy, scipy and scikit-learn have them.

    neural_geometry.py          needs numpy, scipy and scikit-learn (Debian 12's are enough)

The flow is the reference's, written afresh: presentations are grouped by the tuples of all their coordinates but `repetition`, groups stand in the order
in which Python sorts these tuples (a missing value last), responses are averaged without the missing ones; splits are drawn over these rows; what is
compared is sorted by stimulus. A case is the recording, the model's features, the parameters, and what must come out; null is nan.
"""
import itertools
import json
import math
import os
import re
import warnings

import numpy as np
import scipy
import scipy.stats as st
import sklearn
from scipy.optimize import curve_fit
from sklearn.linear_model import Ridge
from sklearn.model_selection import KFold, ShuffleSplit, StratifiedKFold, StratifiedShuffleSplit

from splits import GroupKFold

HERE = os.path.dirname(os.path.abspath(__file__))
NAN = math.nan
REPETITION = ('repetition', 'repetition_id')


def missing(x):
    return x is None or (isinstance(x, float) and math.isnan(x))


class Recording:
    """coords: {name: (dim, values)} in the order of the file; values: presentation × neuroid [× time_bin]."""

    def __init__(self, coords, values):
        self.coords, self.values = coords, np.asarray(values, float)

    def shuffled(self, rng):
        order = rng.permutation(len(self.values))
        coords = {name: (dim, [values[i] for i in order] if dim == 0 else values) for name, (dim, values) in self.coords.items()}
        return Recording(coords, self.values[order])

    def keep(self, names):
        return Recording({name: c for name, c in self.coords.items() if name in names}, self.values)

    def without_time(self, bins=None):
        if self.values.ndim == 2:
            return self.values
        if self.values.shape[2] == 1:
            return self.values[:, :, 0]
        begin, end = self.coords['time_bin_start'][1], self.coords['time_bin_end'][1]
        chosen = [b for b in range(len(begin)) if begin[b] >= bins[0][0] and end[b] <= bins[0][1]]
        return np.nanmean(self.values[:, :, chosen], axis=2)

    def rows(self, bins=None, include=None):
        """The coordinates of the rows (dicts), and their mean responses."""
        names = [name for name, (dim, _) in self.coords.items() if dim == 0]
        values = self.without_time(bins)
        include = np.ones(len(values), bool) if include is None else include
        if not any(name in REPETITION for name in names):
            return [{name: self.coords[name][1][i] for name in names} for i in range(len(values))], values
        names = [name for name in names if name not in REPETITION]
        groups = {}
        for i in range(len(values)):
            key = tuple(self.coords[name][1][i] for name in names)
            key = tuple((1, 0) if missing(x) else (0, x) for x in key)
            groups.setdefault(key, []).append(i)
        keys = sorted(groups)
        means = [np.nanmean(values[[i for i in groups[key] if include[i]]], axis=0) if any(include[i] for i in groups[key])
                 else np.full(values.shape[1], NAN) for key in keys]
        return [{name: (None if part[0] else part[1]) for name, part in zip(names, key)} for key in keys], np.array(means)

    def subjects(self):
        q = self.values.shape[1]
        for name in ('subject', 'animal', 'subject_id', 'subject_UID'):
            if name in self.coords:
                values = np.array(self.coords[name][1])
                return [(s, np.where(values == s)[0]) for s in sorted(set(values))]
        return [('all', np.arange(q))]

    def json(self):
        dims = dict(zip(('presentation', 'neuroid', 'time_bin'), self.values.shape))
        return {'dims': dims, 'coords': [{'name': name, 'dim': dim, 'values': list(values)} for name, (dim, values) in self.coords.items()],
                'values': self.values.ravel().tolist()}


def recording(rng, stimuli=20, repetitions=4, neuroids=(4, 3), noise=1., bins=1, number_first=False):
    """Responses with a signal; stimuli, repetitions and neuroids in shuffled order."""
    q = sum(neuroids)
    signal = rng.standard_normal((stimuli, q, bins))
    ids = ['im_%s' % x for x in rng.permutation(1000)[:stimuli]]
    objects = [['bear', 'car', 'face', 'Boat'][k % 4] for k in rng.permutation(stimuli)]
    size = rng.uniform(-2, 2, stimuli).round(1)
    index = [(s, r) for r in range(repetitions) for s in range(stimuli)]
    along = {'stimulus_id': (0, [ids[s] for s, _ in index]), 'repetition': (0, [float(r) for _, r in index])}
    about = {'object_name': (0, [objects[s] for s, _ in index]), 'size': (0, [float(size[s]) for s, _ in index])}
    coords = {**about, **along} if number_first else {**along, **about}
    if number_first:
        coords = {'size': coords.pop('size'), **coords}
    coords['neuroid_id'] = (1, [float(j) for j in range(q)])
    coords['animal'] = (1, [name for name, n in zip(('Tito', 'Chabo', 'Nano'), neuroids) for _ in range(n)])
    values = np.array([signal[s] + noise * rng.standard_normal((q, bins)) for s, _ in index]).round(3)
    if bins > 1:
        coords['time_bin_start'] = (2, [70. + 10 * b for b in range(bins)])
        coords['time_bin_end'] = (2, [80. + 10 * b for b in range(bins)])
    else:
        values = values[:, :, 0]
    return Recording(coords, values).shuffled(rng)


def features(rng, data, p, offset=0., more=3):
    rows, means = data.rows(bins=[[70, 90]])
    ids = sorted({row['stimulus_id'] for row in rows}) + ['other_%d' % k for k in range(more)]
    signal = dict(zip([row['stimulus_id'] for row in rows], np.nan_to_num(means)))
    W = rng.standard_normal((means.shape[1], p))
    X = np.array([signal.get(s, np.zeros(means.shape[1])) @ W * .3 + rng.standard_normal(p) + offset for s in ids]).round(3)
    order = rng.permutation(len(ids))
    return {'stimulus': [ids[i] for i in order], 'X': X[order]}


# ---- metrics -----------------------------------------------------------------------------------------------------------

def rdm(X):
    return 1 - np.corrcoef(X)


def similarity(X, Y, kind='spearman'):
    upper = np.triu_indices(len(X), 1)
    x, y = rdm(X)[upper], rdm(Y)[upper]
    return st.spearmanr(x, y)[0] if kind == 'spearman' else st.pearsonr(x, y)[0]


def hsic(K, L):
    n = len(K)
    K, L = K.copy(), L.copy()
    np.fill_diagonal(K, 0)
    np.fill_diagonal(L, 0)
    return (np.trace(K @ L) + K.sum() * L.sum() / ((n - 1) * (n - 2)) - 2 * (K @ L).sum() / (n - 2)) / (n * (n - 3))


def cka(X, Y):
    """In extended precision: in float64 the unbiased form loses digits where the features' means are large."""
    X, Y = X.astype(np.longdouble), Y.astype(np.longdouble)
    K, L = X @ X.T, Y @ Y.T
    product = hsic(K, K) * hsic(L, L)
    return hsic(K, L) / (math.sqrt(product) + 1e-12) if product > 0 else 0.


def cka_biased(X, Y):
    n = len(X)
    H = np.eye(n) - 1 / n
    K, L = H @ (X @ X.T) @ H, H @ (Y @ Y.T) @ H
    return (K * L).sum() / (np.linalg.norm(K) * np.linalg.norm(L))


def score(data, model, compare, per=None, splits=None, by=None, seed=1, language=False, bins=None):
    rows, Y = data.rows(bins)
    ids = [row['stimulus_id'] for row in rows]
    X = np.array([model['X'][model['stimulus'].index(s)] for s in ids])
    if splits is None:
        folds = [np.arange(len(ids))]
    elif by:
        folds = [test for _, test in StratifiedShuffleSplit(splits, test_size=.9, random_state=seed).split(X, [row[by] for row in rows])]
    else:
        folds = [test for _, test in ShuffleSplit(splits, test_size=.9, random_state=seed).split(X)]
    parts = data.subjects() if per else [('all', np.arange(Y.shape[1]))]
    values = np.zeros((len(folds), len(parts)))
    for f, test in enumerate(folds):
        test = sorted(test, key=lambda i: ids[i])
        for s, (_, neuroids) in enumerate(parts):
            values[f, s] = compare(X[test], Y[np.ix_(test, neuroids)])
    split = values.mean(1)
    error = NAN
    if splits is not None and not language:
        error = split.std() / math.sqrt(len(split))
    elif splits is None and per and len(parts) > 1:
        error = values[0].std(ddof=1) / math.sqrt(len(parts))
    out = {'raw': split.mean(), 'error': error, 'n': len(ids)}
    if splits is not None or per:
        out['units'] = values.ravel()
    return out


def internal_consistency(data, splits=10, seed=1, train=.5, on='repetition', bins=None):
    values = data.coords[on][1]
    unique = np.unique([x for x in values if not missing(x)])
    q = data.values.shape[1]
    r = np.zeros((splits, q))
    for s, (one, other) in enumerate(ShuffleSplit(splits, train_size=train, random_state=seed).split(unique)):
        halves = []
        for half in (one, other):
            rows, means = data.rows(bins, np.isin(np.array(values, dtype=unique.dtype), unique[half]))
            order = np.argsort([row['stimulus_id'] for row in rows])
            halves.append(means[order])
        for j in range(q):
            x, y = halves[0][:, j], halves[1][:, j]
            r[s, j] = NAN if np.isnan(x + y).any() or np.ptp(x) == 0 or np.ptp(y) == 0 else st.pearsonr(x, y)[0]
    r = 2 * r / (1 + r)
    split = np.nanmedian(r, 1)
    parts = [np.nanmean(np.nanmedian(r[:, neuroids], 1)) for _, neuroids in data.subjects()]
    return {'value': np.nanmean(split), 'error': np.nanstd(split) / math.sqrt(np.isfinite(split).sum()), 'n': splits, 'units': r.ravel(), 'parts': parts,
            'labels': [name for name, _ in data.subjects()]}


def predictor_consistency(data, splits=10, seed=0, on='repetition'):
    rng = np.random.default_rng(seed)
    ids, repetition, values = np.array(data.coords['stimulus_id'][1]), np.array(data.coords[on][1]), data.without_time()
    q = values.shape[1]
    r = np.full((splits, q), NAN)
    for s in range(splits):
        one, other = [], []
        for stimulus in sorted(set(ids)):
            own = ids == stimulus
            unique = np.unique(repetition[own & ~np.isnan(repetition)])
            if len(unique) < 2:
                continue
            order = rng.permutation(unique)
            one.append(np.nanmean(values[own & np.isin(repetition, order[:len(order) // 2])], axis=0))
            other.append(np.nanmean(values[own & np.isin(repetition, order[len(order) // 2:])], axis=0))
        for j in range(q):
            x, y = np.array(one)[:, j], np.array(other)[:, j]
            r[s, j] = NAN if np.isnan(x + y).any() or np.ptp(x) == 0 or np.ptp(y) == 0 else st.pearsonr(x, y)[0]
    r = 2 * r / (1 + r)
    split = np.nanmedian(r, 1)
    return {'value': np.nanmean(split), 'error': np.nanstd(split) / math.sqrt(np.isfinite(split).sum()), 'n': splits, 'units': r.ravel(),
            'parts': [np.nanmean(np.nanmedian(r[:, neuroids], 1)) for _, neuroids in data.subjects()]}


def mean_prediction(data, source, target):
    """The metric that the unit test has for this: r per split and neuroid of the mean of the source's neuroids, on the test part of 6 splits."""
    rows, Y = data.rows()
    folds = [test for _, test in ShuffleSplit(6, train_size=.4, random_state=3).split(Y)]
    with np.errstate(all='ignore'):
        return np.array([[NAN if np.ptp(Y[test, j]) == 0 else st.pearsonr(Y[np.ix_(test, source)].mean(1), Y[test, j])[0] for j in target]
                         for test in folds])


def ridge_prediction(data, source, target):
    """Brain-Score's ridge: r of Ridge(1) per split and neuroid, 5 splits of 90 %."""
    rows, Y = data.rows()
    r = []
    for train, test in ShuffleSplit(5, train_size=.9, random_state=1).split(Y):
        predicted = Ridge(1).fit(Y[np.ix_(train, source)], Y[np.ix_(train, target)]).predict(Y[np.ix_(test, source)])
        r.append([st.pearsonr(predicted[:, k], Y[test, j])[0] for k, j in enumerate(target)])
    return np.array(r)


def extrapolation(data, bootstraps=100, seed=0, predict=mean_prediction):
    """Brain-Score language's ExtrapolationCeiling: subjects as Python sorts them, sets as itertools has them, scipy's curve_fit."""
    curve = lambda x, v0, tau0: v0 * (1 - np.exp(-x / tau0))
    subjects = data.subjects()
    scores = {}
    for m in range(2, len(subjects) + 1):
        for chosen in itertools.combinations(range(len(subjects)), m):
            for held_out in chosen:
                source = np.concatenate([subjects[s][1] for s in chosen if s != held_out])
                r = predict(data, np.sort(source), subjects[held_out][1])
                for k, neuroid in enumerate(subjects[held_out][1]):
                    scores.setdefault(int(neuroid), {}).setdefault(m, []).append(r[:, k])
    ceilings = np.full(data.values.shape[1], NAN)
    for neuroid, by_m in scores.items():
        values = {m: np.array([x for x in np.concatenate(rs) if not math.isnan(x)]) for m, rs in by_m.items()}
        values = {m: x for m, x in values.items() if len(x)}
        if not values:
            continue
        rng, v0 = np.random.RandomState(seed), []
        for _ in range(bootstraps):
            y = [np.mean(rng.choice(x, size=len(x), replace=True)) for x in values.values()]
            try:
                v0.append(curve_fit(curve, list(values), y, bounds=([0, -np.inf], [1, np.inf]))[0][0])
            except RuntimeError:
                v0.append(NAN)
        ceilings[neuroid] = np.median(v0)
    names = sorted((name for name, _ in subjects), key=lambda s: (re.sub(r'\d+', '', s), int(re.search(r'\d+', s).group())))
    own = dict(subjects)
    return {'value': np.nanmedian(ceilings), 'error': NAN, 'n': bootstraps, 'units': ceilings,
            'parts': [np.nanmedian(ceilings[own[name]]) for name in names], 'labels': names}


def related(rng, names, counts, stimuli=40, strength=1.):
    """Subjects who share a signal."""
    signal = rng.standard_normal((stimuli, 3))
    q = sum(counts)
    Y = (strength * signal @ np.abs(rng.standard_normal((3, q))) + rng.standard_normal((stimuli, q))).round(3)
    coords = {'stimulus_id': (0, ['sentence%d' % x for x in rng.permutation(stimuli)]), 'neuroid_id': (1, [float(j) for j in range(q)]),
              'subject_UID': (1, [name for name, n in zip(names, counts) for _ in range(n)])}
    return Recording(coords, Y)


def extrapolation_cases(rng):
    names = ('s10', 's2', 's1', 's33')
    for name, data, options in (
            ('four subjects', related(rng, names, (2, 3, 1, 2)), {}), ('constant neuroid', constant(related(rng, names, (2, 2, 1, 2)), 1), {'bootstraps': 30}),
            ('strong', related(rng, names[:3], (2, 2, 2), strength=4.), {'bootstraps': 20, 'seed': 5}),
            ('weak', related(rng, names, (3, 2, 2, 2), strength=.3), {'bootstraps': 40}), ('two subjects', related(rng, names[:2], (2, 2)), {'bootstraps': 50})):
        yield ceiling_case(name, 'extrapolation', data, options, extrapolation(data, **options), metric='the mean of the others')
    data = related(rng, names, (2, 2, 1, 2), stimuli=70)
    yield ceiling_case('ridge', 'extrapolation', data, {}, extrapolation(data, predict=ridge_prediction), metric='ridge',
                       metric_params={'split': {'kind': 'shuffle', 'splits': 5}})


def rsa(data, kind='spearman'):
    rows, Y = data.rows()
    upper = np.triu_indices(len(Y), 1)
    rdms = [rdm(Y[:, neuroids])[upper] for _, neuroids in data.subjects()]
    correlate = (lambda x, y: st.spearmanr(x, y)[0]) if kind == 'spearman' else (lambda x, y: st.pearsonr(x, y)[0])
    up = [correlate(x, np.mean(rdms, 0)) for x in rdms]
    low = [correlate(x, np.mean(rdms[:s] + rdms[s + 1:], 0)) for s, x in enumerate(rdms)]
    return {'value': np.mean(up), 'lower': np.mean(low), 'error': np.std(up, ddof=1) / math.sqrt(len(up)), 'n': len(up)}


# ---- cases -------------------------------------------------------------------------------------------------------------

def row_case(name, data, bins=None, split=None):
    rows, Y = data.rows(bins)
    c = {'kind': 'rows', 'name': name, 'data': data.json(), 'stimulus': [row['stimulus_id'] for row in rows], 'Y': Y.ravel()}
    if bins:
        c['time_bins'] = bins
    if split:
        c['split'] = split
        c['folds'] = folds_of(rows, split)
    return c


def folds_of(rows, split):
    """As the reference: rows are drawn, then rows follow the values of `on`."""
    n, on = len(rows), [row[split.get('on', 'stimulus_id')] for row in rows]
    by = [row[split['by']] for row in rows] if 'by' in split else None
    shares = {f'{side}_size': split[side] for side in ('train', 'test') if side in split} or {'train_size': .9}
    k, seed, kind = split.get('splits', 10), split.get('seed', 1), split['kind']
    if kind == 'kfold':
        drawn = KFold(k, shuffle=True, random_state=seed).split(np.zeros(n))
    elif kind == 'stratified_kfold':
        drawn = StratifiedKFold(k, shuffle=True, random_state=seed).split(np.zeros(n), by)
    elif kind == 'group_kfold':
        drawn = GroupKFold(k, seed).split(np.zeros(n), groups=np.array(by or on))
    elif by:
        drawn = StratifiedShuffleSplit(k, **shares, random_state=seed).split(np.zeros(n), by)
    else:
        drawn = ShuffleSplit(k, **shares, random_state=seed).split(np.zeros(n))
    folds = []
    for parts in drawn:
        if len(set(on)) < n:
            parts = [[i for i in range(n) if on[i] in {on[d] for d in part}] for part in parts]
        folds.append([[int(i) for i in part] for part in parts])
    return folds


def metric_case(name, metric, data, model, params=None, bins=None):
    params = params or {}
    language = params.get('dialect') == 'language'
    kinds = {'rdm': lambda X, Y: similarity(X, Y, params.get('similarity', 'spearman')), 'cka': cka, 'cka_biased': cka_biased}
    compare = cka_biased if metric == 'cka' and language else kinds[metric]
    split = params.get('split')
    options = {'splits': split.get('splits', 10), 'by': split.get('by'), 'seed': split.get('seed', 1)} if split else {'splits': 10} if language else {}
    if split and split.get('kind') == 'none':
        options = {}
    return {'kind': 'metric', 'name': name, 'metric': metric, 'params': params, 'data': data.json(), 'features': model,
            'score': score(data, model, compare, per=params.get('per') == 'subject', language=language, bins=bins, **options),
            **({'time_bins': bins} if bins else {})}


def ceiling_case(name, ceiling, data, params=None, want=None, metric='rdm', metric_params=None, bins=None):
    return {'kind': 'extrapolation' if ceiling == 'extrapolation' else 'ceiling', 'name': name, 'ceiling_name': ceiling, 'ceiling_params': params or {}, 'metric': metric,
            'params': metric_params or {}, 'data': data.json(), 'ceiling': want, **({'time_bins': bins} if bins else {})}


def with_gaps(rng, data, share=.1, whole=True):
    """Some trials missing; one neuroid without any response to one stimulus."""
    values = data.values.copy()
    values[rng.uniform(size=values.shape) < share] = NAN
    if whole:
        ids = data.coords['stimulus_id'][1]
        values[[i for i, s in enumerate(ids) if s == ids[0]], 0] = NAN
    return Recording(data.coords, values)


def constant(data, neuroid, value=.7):
    values = data.values.copy()
    values[:, neuroid] = value
    return Recording(data.coords, values)


def row_cases(rng):
    plain, numbered = recording(rng, 12, 3), recording(rng, 30, 2, (2, 1), number_first=True)
    yield row_case('shuffled trials', plain)
    yield row_case('a number first', numbered)
    yield row_case('one trial each, unsorted', recording(rng, 15, 1).keep(('stimulus_id', 'object_name', 'neuroid_id', 'animal')))
    yield row_case('gaps', with_gaps(rng, plain, .2))
    yield row_case('bins of time', with_gaps(rng, recording(rng, 8, 3, (2, 2), bins=4), .3), [[70, 90]])
    yield row_case('one bin of time', Recording(plain.coords, plain.values[:, :, None]))
    holes = dict(plain.coords)
    holes['size'] = (0, [NAN if x > 1 else x for x in plain.coords['size'][1]])
    holes['object_name'] = (0, [None if x == 'car' else x for x in plain.coords['object_name'][1]])
    yield row_case('missing coordinates', Recording({k: holes[k] for k in ('object_name', 'size', 'stimulus_id', 'repetition', 'neuroid_id', 'animal')},
                                                   plain.values))
    renamed = {('repetition_id' if k == 'repetition' else k): c for k, c in plain.coords.items()}
    yield row_case('repetition_id', Recording(renamed, plain.values))
    for split in ({'kind': 'shuffle'}, {'kind': 'shuffle', 'train': .5, 'splits': 4, 'seed': 7}, {'kind': 'stratified_shuffle', 'by': 'object_name', 'train': .8},
                  {'kind': 'kfold', 'splits': 5}, {'kind': 'stratified_kfold', 'splits': 3, 'by': 'object_name', 'seed': 2},
                  {'kind': 'group_kfold', 'splits': 4, 'by': 'object_name', 'seed': 1234}, {'kind': 'group_kfold', 'splits': 3, 'on': 'object_name'},
                  {'kind': 'test_only', 'test': .9}, {'kind': 'test_only', 'test': .7, 'by': 'object_name'},
                  {'kind': 'shuffle', 'on': 'object_name', 'train': .1, 'test': .2}):
        yield row_case('split %s' % json.dumps(split), numbered, split=split)


def metric_cases(rng):
    plain = recording(rng)
    one, sparse = recording(rng, 16, 2, (1,)), with_gaps(rng, recording(rng, 20, 6), .1, whole=False)
    many = recording(rng, 44, 2, (2, 1))
    small, wide, far = features(rng, plain, 6), features(rng, plain, 45), features(rng, plain, 30, offset=50.)
    for metric in ('rdm', 'cka', 'cka_biased'):
        for name, model in (('few features', small), ('many features', wide), ('far from zero', far)):
            yield metric_case(name, metric, plain, model)
        yield metric_case('by subject', metric, plain, small, {'per': 'subject'})
        yield metric_case('test parts', metric, plain, wide, {'split': {'kind': 'test_only'}})
        yield metric_case('stratified test parts', metric, many, features(rng, many, 4), {'split': {'kind': 'test_only', 'by': 'object_name', 'seed': 3, 'splits': 4}})
        yield metric_case('test parts by subject', metric, plain, small, {'per': 'subject', 'split': {'kind': 'test_only'}})
        yield metric_case('language', metric, plain, small, {'dialect': 'language'})
        yield metric_case('language, once', metric, plain, small, {'dialect': 'language', 'split': {'kind': 'none'}})
        yield metric_case('constant neuroid', metric, constant(plain, 2), small)
        yield metric_case('trials missing', metric, sparse, features(rng, sparse, 5))
        yield metric_case('bins of time', metric, *timed(rng), bins=[[70, 90]])
        if metric != 'rdm':
            yield metric_case('one neuroid', metric, one, features(rng, one, 5))
            yield metric_case('one feature', metric, plain, features(rng, plain, 1))
        tiny = Recording(plain.coords, plain.values * 1e-9)
        yield metric_case('tiny', metric, tiny, {'stimulus': small['stimulus'], 'X': small['X'] * 1e-5})
        huge = Recording(plain.coords, plain.values * 1e9)
        yield metric_case('huge', metric, huge, {'stimulus': small['stimulus'], 'X': small['X'] * 1e9})
    yield metric_case('Pearson', 'rdm', plain, small, {'similarity': 'pearson', 'per': 'subject'})
    yield closed_form()


def timed(rng):
    data = recording(rng, 14, 3, (3, 2), bins=4)
    return data, features(rng, data, 8)


def closed_form():
    """X_ij = sin(.37 i j) + .3 cos(.11 i + .7 j), Y = .2 X W + N with W_jk = cos(.53 j k), N_ik = sin(1.7 i (k + 1) + .2 (k − 1)), all from 1."""
    n, p, q = 40, 60, 6
    i, j, k = np.arange(1, n + 1)[:, None], np.arange(1, p + 1), np.arange(1, q + 1)
    X = np.sin(.37 * i * j) + .3 * np.cos(.11 * i + .7 * j)
    Y = .2 * X @ np.cos(.53 * j[:, None] * k) + np.sin(1.7 * i * (k + 1) + .2 * (k - 1))
    assert abs(cka(X, Y) - 0.32958169981448815) < 1e-12 and abs(cka_biased(X, Y) - 0.4268417378150345) < 1e-12
    assert abs(similarity(X, Y) - 0.10777868825202894) < 1e-12
    ids = ['s%02d' % x for x in range(n)]
    data = Recording({'stimulus_id': (0, ids)}, Y)
    return metric_case('closed form', 'cka', data, {'stimulus': ids, 'X': X})


def ceiling_cases(rng):
    plain = recording(rng, 14, 5)
    for name, data, options in (
            ('plain', plain, {}), ('odd options', plain, {'splits': 4, 'seed': 12, 'train': .3}), ('gaps', with_gaps(rng, plain, .05), {}),
            ('constant neuroid', constant(plain, 1), {}), ('one neuroid', recording(rng, 10, 4, (1,)), {}), ('two repetitions', recording(rng, 10, 2), {}),
            ('noise', recording(rng, 10, 6, (3, 4, 2), noise=5.), {}), ('a number first', recording(rng, 12, 7, number_first=True), {})):
        yield ceiling_case(name, 'internal_consistency', data, options, internal_consistency(data, **options))
    named = {k: (d, ['run%d' % x for x in v] if k == 'repetition' else v) for k, (d, v) in recording(rng, 9, 12).coords.items()}
    data = Recording(named, rng.standard_normal((108, 7)).round(2))
    yield ceiling_case('repetitions with names', 'internal_consistency', data, {}, internal_consistency(data))
    renamed = Recording({('repetition_id' if k == 'repetition' else k): c for k, c in plain.coords.items()}, plain.values)
    yield ceiling_case('repetition_id', 'internal_consistency', renamed, {'on': 'repetition_id'}, internal_consistency(renamed, on='repetition_id'))
    data = recording(rng, 9, 4, (2, 2), bins=3)
    yield ceiling_case('bins of time', 'internal_consistency', data, {}, internal_consistency(data, bins=[[70, 90]]), bins=[[70, 90]])
    for name, data, options in (('plain', plain, {}), ('odd options', plain, {'splits': 3, 'seed': 9}), ('gaps', with_gaps(rng, plain, .05), {}),
                                ('some stimuli once', Recording({k: (d, v[:-23] if d == 0 else v) for k, (d, v) in plain.coords.items()}, plain.values[:-23]), {}),
                                ('two repetitions', recording(rng, 11, 2), {})):
        yield ceiling_case(name, 'predictor_consistency', data, options, predictor_consistency(data, **options))
    data = recording(rng, 12, 2, (4, 5, 3))
    yield ceiling_case('three subjects', 'rsa', data, {}, rsa(data))
    yield ceiling_case('two subjects, Pearson', 'rsa', plain, {}, rsa(plain, 'pearson'), metric_params={'similarity': 'pearson'})


def subject_cases(rng):
    """Ceilings that come with the units, and from pairs of subjects."""
    data = recording(rng, 12, 2, (4, 5, 3))
    data.coords['nc'] = (1, [round(float(x), 1) if x > 25 else None for x in rng.uniform(15, 95, 12)])
    share = np.array([NAN if x is None else x for x in data.coords['nc'][1]]) / 100
    for name, f, aggregate, options in (('shares of variance', np.sqrt, np.nanmedian, {'scale': .01, 'root': True}),
                                        ('shares of variance, mean', lambda x: 100 * x, np.nanmean, {'aggregate': 'mean'})):
        x = f(share)
        yield ceiling_case(name, 'unit_reliability', data, {'coordinate': 'nc', **options},
                           {'value': aggregate(x), 'n': len(x), 'parts': [aggregate(x[j]) for _, j in data.subjects()]})
    rows, Y = data.rows()
    for metric, compare in (('cka', cka), ('cka_biased', cka_biased), ('rdm', similarity)):
        pairs = [compare(Y[:, a], Y[:, b]) for (_, a), (_, b) in itertools.combinations(data.subjects(), 2)]
        yield ceiling_case('pairs by ' + metric, 'subject_similarity', data, {},
                           {'value': np.mean(pairs), 'error': np.std(pairs, ddof=1), 'n': 3, 'units': pairs}, metric=metric)


def clean(x):
    if isinstance(x, dict):
        return {k: clean(v) for k, v in x.items()}
    if isinstance(x, np.ndarray):
        return clean(x.ravel().tolist())
    if isinstance(x, (list, tuple)):
        return [clean(v) for v in x]
    if isinstance(x, (float, np.floating)):
        return None if math.isnan(x) else float(x)
    return int(x) if isinstance(x, np.integer) else x


if __name__ == '__main__':
    warnings.simplefilter('ignore')
    random = np.random.RandomState(20)
    cases = list(itertools.chain(row_cases(random), metric_cases(random), ceiling_cases(random), extrapolation_cases(random), subject_cases(random)))
    with open(os.path.join(HERE, 'recordings', 'cases.json'), 'w') as file:
        json.dump(clean({'made_by': 'tests/numeric/neural_geometry.py', 'numpy': np.__version__, 'scipy': scipy.__version__,
                         'scikit-learn': sklearn.__version__, 'cases': cases}), file, separators=(',', ':'))
        file.write('\n')
