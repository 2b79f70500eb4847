#!/usr/bin/env python3
"""Writes over_time/cases.json: regressions of recordings with bins of time, ceilings in time, splits whose training part shares no background with the test
part, and subjects that did not see all stimuli, as numpy, scipy and scikit-learn have them.

    over_time.py            needs numpy, scipy and scikit-learn (Debian 12's are enough)

One map for all bins is fitted here as the reference does it: the stimuli of all bins one below the other, with the model's features repeated for each.
"""
import json
import os

import numpy as np
import scipy
import sklearn
from scipy.stats import norm, pearsonr, spearmanr
from sklearn.cross_decomposition import PLSRegression
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import ShuffleSplit, StratifiedShuffleSplit
from sklearn.preprocessing import StandardScaler

HERE = os.path.dirname(os.path.abspath(__file__))
BINS = [(70, 80), (80, 90), (90, 100)]
TENS = [[0, 10], [10, 20], [20, 30]]
ACROSS = [[10, 40], [20, 100], [70, 150]]


class Data:
    def __init__(self, seed, n=40, q=5, p=30, repetitions=6, bins=BINS):
        rng = np.random.RandomState(seed)
        self.bins, self.ids = bins, [f's{i:02d}' for i in range(n)]
        self.objects, self.backgrounds = [f'o{i % 4}' for i in range(n)], [str((i * 5) % 7) for i in range(n)]
        self.X = np.round(rng.standard_normal((n, p)) @ rng.standard_normal((p, p)) / 5, 4)
        signal = self.X[:, :6] @ rng.standard_normal((6, q))
        gain = np.linspace(.3, 1, len(bins))[::-1]
        rows = [(i, r) for i in range(n) for r in range(repetitions)]
        order = rng.permutation(len(rows))
        self.rows = [rows[k] for k in order]
        self.values = np.round(np.stack([[signal[i] * g + .8 * rng.standard_normal(q) for g in gain] for i, _ in self.rows]).transpose(0, 2, 1), 4)

    def mean(self, include=None):
        """stimulus × neuroid × bin, stimuli in the order in which Python sorts their coordinates."""
        keys = sorted(range(len(self.ids)), key=lambda i: (self.ids[i], self.objects[i], self.backgrounds[i]))
        pick = lambda i: [k for k, (s, r) in enumerate(self.rows) if s == i and (include is None or r in include)]
        return np.stack([self.values[pick(i)].mean(0) for i in keys]), keys

    def json(self):
        def along(name, f):
            return {'name': name, 'dim': 0, 'values': [f(s, r) for s, r in self.rows]}
        data = {'dims': {'presentation': len(self.rows), 'neuroid': self.values.shape[1], 'time_bin': len(self.bins)},
                'coords': [along('stimulus_id', lambda s, r: self.ids[s]), along('object_name', lambda s, r: self.objects[s]),
                           along('background_id', lambda s, r: self.backgrounds[s]), along('repetition', lambda s, r: r),
                           {'name': 'neuroid_id', 'dim': 1, 'values': [f'n{j}' for j in range(self.values.shape[1])]},
                           {'name': 'time_bin_start', 'dim': 2, 'values': [b[0] for b in self.bins]}, {'name': 'time_bin_end', 'dim': 2, 'values': [b[1] for b in self.bins]}],
                'values': [float(v) for v in self.values.ravel()]}
        if len(self.bins) == 1:
            del data['dims']['time_bin'], data['coords'][-2:]
        return {'data': data, 'features': {'stimulus': self.ids, 'X': [float(v) for v in self.X.ravel()]}}


class Other(Data):
    """A recording of other bins than those that are compared: each of these is the mean of what it overlaps with, weighted by the share of it that it overlaps."""
    def __init__(self, seed, recorded, compared):
        super().__init__(seed, bins=recorded)
        self.recorded, self.bins = recorded, compared
        share = np.array([[max(min(e, end) - max(b, begin), 0) / (e - b) for b, e in recorded] for begin, end in compared])
        self.weight = share / share.sum(1, keepdims=True)

    def mean(self, include=None):
        Y, keys = super().mean(include)
        return Y @ self.weight.T, keys

    def json(self):
        compared, self.bins = self.bins, self.recorded
        out = super().json()
        self.bins = compared
        return out


def columns(a, b):
    return [pearsonr(x, y)[0] for x, y in zip(a.T, b.T)]


def folds(data, keys, disjoint=False):
    objects, n = [data.objects[i] for i in keys], len(keys)
    for train, test in StratifiedShuffleSplit(10, train_size=.9, random_state=1).split(np.zeros(n), objects):
        if disjoint:
            taken = {data.backgrounds[keys[i]] for i in test} - {'0'}
            train = [i for i in train if data.backgrounds[keys[i]] not in taken]
        yield np.asarray(train), test


def over_time(data, new, span):
    """r: bins × splits × neuroids"""
    Y, keys = data.mean()
    X, T, out = data.X[keys], len(data.bins), []
    for train, test in folds(data, keys):
        if span:
            model = new().fit(np.tile(X[train], (T, 1)), np.concatenate([Y[train, :, t] for t in range(T)]))
            out.append([columns(model.predict(X[test]), Y[test, :, t]) for t in range(T)])
        else:
            out.append([columns(new().fit(X[train], Y[train, :, t]).predict(X[test]), Y[test, :, t]) for t in range(T)])
    return np.array(out).transpose(1, 0, 2)


def consistency(data):
    """bins: (value, error)"""
    repetitions = sorted({r for _, r in data.rows})
    r = []
    for half, other in ShuffleSplit(10, train_size=.5, random_state=1).split(repetitions):
        a, b = data.mean({repetitions[i] for i in half})[0], data.mean({repetitions[i] for i in other})[0]
        r.append([[2 * c / (1 + c) for c in columns(a[:, :, t], b[:, :, t])] for t in range(len(data.bins))])
    medians = np.median(np.array(r), axis=2)
    return medians.mean(0), medians.std(0) / np.sqrt(len(medians))


def changing(data, seed):
    """Features that are others in each bin, with what they have in common."""
    rng = np.random.RandomState(seed)
    return np.round(np.stack([data.X * (.4 + .3 * t) + .5 * rng.standard_normal(data.X.shape) for t in range(len(data.bins))]), 4)


def over_time_changing(data, Z, new, span):
    Y, keys = data.mean()
    Z, T, out = Z[:, keys], len(data.bins), []
    for train, test in folds(data, keys):
        if span:
            model = new().fit(np.concatenate(Z[:, train]), np.concatenate([Y[train, :, t] for t in range(T)]))
            out.append([columns(model.predict(Z[t, test]), Y[test, :, t]) for t in range(T)])
        else:
            out.append([columns(new().fit(Z[t, train], Y[train, :, t]).predict(Z[t, test]), Y[test, :, t]) for t in range(T)])
    return np.array(out).transpose(1, 0, 2)


def changing_case(name, data, metric, params, new, span):
    Z = changing(data, 99)
    r = over_time_changing(data, Z, new, span)
    medians, json_of = np.median(r, axis=2), data.json()
    at = {'bins': [list(b) for b in data.bins], 'features': [{'stimulus': data.ids, 'X': [float(v) for v in z.ravel()]} for z in Z]}
    return {'name': name, 'metric': metric, 'params': params, 'data': json_of['data'], 'features_at': at,
            'score': {'raw': float(medians.mean()), 'error': float(medians.mean(0).std() / np.sqrt(10)), 'n': len(data.ids), 'units': [float(v) for v in r.mean(1).ravel()]}}


# ---- object solution times -------------------------------------------------------------------------------------------

def i1_of(p, truth):
    n, k = p.shape
    S = p / (p + p[np.arange(n), truth][:, None])
    S[np.arange(n), truth] = np.nan
    D = np.full((n, k), np.nan)
    for i in range(n):
        for c in range(k):
            if c != truth[i] and (truth == c).any():
                D[i, c] = norm.ppf(1 - S[i, c]) - norm.ppf(np.nanmean(S[truth == c, truth[i]]))
    return np.nanmean(np.clip(D, -5, 5), axis=1)


def ost_case(seed):
    rng = np.random.RandomState(seed)
    n, p, k, bins = 60, 12, 3, [(t, t + 10) for t in range(70, 130, 10)]
    ids, truth = [f'i{i:02d}' for i in range(n)], rng.randint(0, k, n)
    centre, late = rng.standard_normal((k, p)), rng.uniform(0, 1, n)
    Z = np.round(np.stack([centre[truth] * np.clip(2 * (t / 5 - late), 0, 1.2)[:, None] + .6 * rng.standard_normal((n, p)) for t in range(len(bins))]), 4)
    time, i1 = np.round(80 + 50 * late + 8 * rng.standard_normal(n), 2), np.round(rng.uniform(0, 1.5, n), 3)
    time[rng.random_sample(n) < .1] = np.nan
    values = []
    for train, test in ShuffleSplit(4, test_size=.3, random_state=1).split(ids):
        last, hit = {}, {}
        for b, z in zip(bins, Z):
            scaler = StandardScaler().fit(z[train])
            # scikit-learn: C Σ loss + ½ ‖W‖², that is mean loss + ½ · .463 ‖W‖² for C = 1 / (.463 n)
            model = LogisticRegression(C=1 / (.463 * len(train)), tol=1e-12, max_iter=100000, solver='newton-cg', multi_class='multinomial').fit(scaler.transform(z[train]), truth[train])
            own = i1_of(model.predict_proba(scaler.transform(z[test])), truth[test])
            for i, v in zip(test, own):
                if i in hit:
                    continue
                if v < i1[i] and (i not in last or last[i][1] < v):
                    last[i] = b[0], v
                if v >= i1[i]:
                    hit[i] = b[0], v
        own = [np.nan if i not in hit else hit[i][0] if i not in last else last[i][0] + (i1[i] - last[i][1]) * (hit[i][0] - last[i][0]) / (hit[i][1] - last[i][1])
               for i in test]
        ok = ~np.isnan(own) & ~np.isnan(time[test])
        values.append(float(spearmanr(np.array(own)[ok], time[test][ok])[0]))
    rows = list(rng.permutation(n)) + [3, 17]  # two images are there twice, the second time with other numbers
    data = {'dims': {'presentation': n + 2}, 'coords': [{'name': name, 'dim': 0, 'values': v} for name, v in (
        ('stimulus_id', [ids[i] for i in rows]), ('truth', [f'o{truth[i]}' for i in rows]), ('i1', [float(i1[i]) if j < n else 9. for j, i in enumerate(rows)]))],
        'values': [None if np.isnan(time[i]) else float(time[i]) for i in rows]}
    return {'name': 'solution times', 'metric': 'ost', 'params': {'splits': 4, 'test': .3}, 'time_bins': [list(b) for b in bins], 'data': data,
            'features_at': {'bins': [list(b) for b in bins], 'features': [{'stimulus': ids, 'X': [float(v) for v in z.ravel()]} for z in Z]},
            'score': {'raw': float(np.mean(values)), 'error': float(np.std(values) / 2), 'n': n, 'units': values}}


def case(name, data, metric, params, new, span, stated=None):
    r = over_time(data, new, span)
    medians = np.median(r, axis=2)
    value, error = consistency(data)
    out = {'name': name, 'metric': metric, 'params': params, **data.json(),
           'score': {'raw': float(medians.mean()), 'error': float(medians.mean(0).std() / np.sqrt(10)), 'n': len(data.ids), 'units': [float(v) for v in r.mean(1).ravel()]},
           'ceiling_name': 'internal_consistency_temporal',
           'ceiling': {'value': float(value.mean()), 'error': float(np.sqrt((error ** 2).sum()) / len(error)), 'lower': None, 'n': 10, 'parts': [float(v) for v in value],
                       'labels': [f'{b[0]}–{b[1]}' for b in data.bins]}}
    if stated:
        out['time_bins'] = stated
    return out


def disjoint(data):
    Y, keys = data.mean()
    r = np.array([columns(Ridge(1).fit(data.X[keys][train], Y[train, :, 0]).predict(data.X[keys][test]), Y[test, :, 0]) for train, test in folds(data, keys, True)])
    medians = np.median(r, axis=1)
    return {'name': 'no background in both parts', 'metric': 'ridge', 'params': {'split': {'disjoint': 'background_id'}}, **data.json(),
            'score': {'raw': float(medians.mean()), 'error': float(medians.std() / np.sqrt(10)), 'n': len(data.ids), 'units': [float(v) for v in r.ravel()]}}


def unseen(seed):
    """Each subject did not see a quarter of the stimuli."""
    data, subjects = Data(seed, q=6, bins=BINS[:1]), np.arange(6) // 2
    for k, (i, _) in enumerate(data.rows):
        data.values[k, subjects == i % 4] = np.nan
    Y, keys = data.mean()
    X, r = data.X[keys], []
    for train, test in folds(data, keys):
        r.append(np.full(6, np.nan))
        for s in range(3):
            own, seen = subjects == s, ~np.isnan(Y[:, 2 * s, 0])
            fit, other = train[seen[train]], test[seen[test]]
            r[-1][own] = columns(Ridge(1).fit(X[fit], Y[fit][:, own, 0]).predict(X[other]), Y[other][:, own, 0])
    r, out = np.array(r), data.json()
    out['data']['coords'].append({'name': 'subject', 'dim': 1, 'values': [f'subject{s}' for s in subjects]})
    out['data']['values'] = [None if np.isnan(v) else v for v in out['data']['values']]
    return {'name': 'subjects that did not see all stimuli', 'metric': 'ridge', 'params': {'per': 'subject'}, **out,
            'score': {'raw': float(np.mean([np.median(r[:, subjects == s], axis=1).mean() for s in range(3)])), 'error': None, 'n': len(data.ids), 'units': [float(v) for v in r.ravel()]}}


def main():
    pls, ridge = lambda: PLSRegression(4, scale=False), lambda: Ridge(2.5)
    wide = Data(5, n=50, p=80)
    cases = [
        case('one map, PLS', Data(1), 'spantime_pls', {'components': 4}, pls, True),
        case('one map, PLS, more features than stimuli', wide, 'spantime_pls', {'components': 4}, pls, True, [list(b) for b in BINS]),
        case('one map, ridge', Data(2), 'spantime_ridge', {'alpha': 2.5}, ridge, True),
        case('a map for each bin, PLS', Data(3), 'temporal_pls', {'components': 4}, pls, False),
        case('a map for each bin, ridge', Data(4), 'temporal_ridge', {'alpha': 2.5}, ridge, False),
        case('the default penalty', Data(7), 'spantime_ridge', {}, Ridge, True),
        disjoint(Data(6, bins=BINS[:1])),
        changing_case('features that change, one map, PLS', Data(8), 'spantime_pls', {'components': 4}, pls, True),
        changing_case('features that change, one map, ridge', Data(9, n=50, p=180), 'spantime_ridge', {'alpha': 2.5}, ridge, True),
        changing_case('features that change, a map for each bin', Data(10), 'temporal_ridge', {'alpha': 2.5}, ridge, False),
        case('bins of the recording that overlap', Other(12, [(t, t + 20) for t in range(-20, 40, 10)], TENS), 'spantime_pls', {'components': 4}, pls, True, TENS),
        case('bins that lie across those of the recording', Other(13, [(0, 40), (40, 100), (100, 200)], ACROSS), 'temporal_ridge', {'alpha': 2.5}, ridge, False, ACROSS),
        unseen(14),
        ost_case(11),
    ]
    os.makedirs(os.path.join(HERE, 'over_time'), exist_ok=True)
    with open(os.path.join(HERE, 'over_time', 'cases.json'), 'w', encoding='utf-8') as file:
        json.dump({'made_by': 'tests/numeric/over_time.py', 'numpy': np.__version__, 'scipy': scipy.__version__, 'sklearn': sklearn.__version__, 'cases': cases}, file)
        file.write('\n')
    print([(c['name'], round(c['score']['raw'], 4)) for c in cases])


if __name__ == '__main__':
    main()
