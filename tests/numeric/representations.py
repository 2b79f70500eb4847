#!/usr/bin/env python3
"""Writes representations/cases.json: similarity matrices of responding units, RDMs of averaged voxels, dimensions of factors, and a classifier's readout, as numpy,
scipy and scikit-learn have them.

    representations.py            needs numpy, scipy and scikit-learn (Debian 12's are enough)
"""
import json
import os
import random

import numpy as np
import scipy
import sklearn
from scipy.stats import spearmanr
from sklearn.linear_model import RidgeClassifierCV
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.preprocessing import StandardScaler

HERE = os.path.dirname(os.path.abspath(__file__))


def coords(dim, **columns):
    return [{'name': name, 'dim': dim, 'values': list(values)} for name, values in columns.items()]


def features(ids, X):
    return {'stimulus': list(ids), 'X': [float(v) for v in X.ravel()]}


def sem(x):
    return float(np.std(x, ddof=1) / np.sqrt(len(x)))


# ---- rsm -------------------------------------------------------------------------------------------------------------

def rsm_of(X, limit):
    X = X[:, X.std(0) != 0]
    X = X[:, np.abs(X.mean(0)) > limit * X.mean(0).std()]
    return np.corrcoef((X - X.mean(0)) / X.std(0)), X.shape[1]


def rsm_case(name, seed, table, params=None):
    rng = np.random.RandomState(seed)
    n, subjects, ids = 9, 4, [f'c{i}' for i in range(9)]
    X = np.round(rng.standard_normal((n, 300)) * .3 + np.where(rng.random_sample(300) < .05, 4, 0) * rng.choice([-1, 1], 300), 4)
    X[:, 7] = 2.5
    base = np.corrcoef(rng.standard_normal((n, 5)))
    R = np.stack([np.corrcoef(np.linalg.cholesky(base + 2 * np.eye(n)) @ rng.standard_normal((n, 30))) for _ in range(subjects)], 2)
    R = np.round((R + R.transpose(1, 0, 2)) / 2, 5)
    off = ~np.eye(n, dtype=bool)
    model, _ = rsm_of(X, (params or {}).get('threshold', 3.1))
    values = [float(np.corrcoef(model[off], R[:, :, s][off])[0, 1]) for s in range(subjects)]
    ceiling = [float(np.corrcoef(R[:, :, s][off], R[:, :, [t for t in range(subjects) if t != s]].mean(2)[off])[0, 1]) for s in range(subjects)]
    if table:
        rows = [(i, j, s) for s in range(subjects) for i in range(n) for j in range(i)]
        data = {'dims': {'presentation': len(rows)}, 'coords': coords(0, stimulus_a=[ids[i] for i, _, _ in rows], stimulus_b=[ids[j] for _, j, _ in rows], subject=[f's{s}' for *_, s in rows]),
                'values': [float(R[i, j, s]) for i, j, s in rows]}
    else:
        data = {'dims': {'presentation': n, 'other': n, 'subject': subjects}, 'coords': coords(0, stimulus_id=ids) + coords(2, subject=[f's{s}' for s in range(subjects)]),
                'values': [float(v) for v in R.ravel()]}
    return {'name': name, 'metric': 'rsm', 'params': params or {}, 'data': data, 'features': features(ids, X),
            'score': {'raw': float(np.mean(values)), 'error': sem(values), 'n': n, 'units': values},
            'ceiling_name': 'rsm', 'ceiling': {'value': float(np.mean(ceiling)), 'error': sem(ceiling), 'lower': None, 'n': subjects}}


# ---- roi_rdm ---------------------------------------------------------------------------------------------------------

def roi_case(name, seed):
    rng = np.random.RandomState(seed)
    n, voxels, subjects, ids = 12, 10, 4, [f'p{i:02d}' for i in range(12)]
    shared = rng.standard_normal((n, voxels))
    sizes = [10, 8, 9, 10]
    columns, subject, voxel = [], [], []
    for s in range(subjects):
        for v in range(sizes[s]):
            columns.append(shared[:, v] + rng.standard_normal(n) + rng.uniform(-3, 3))
            subject.append(f's{s}')
            voxel.append(v)
    Y = np.round(np.stack(columns, 1), 4)
    X = np.round(shared @ rng.standard_normal((voxels, 20)) + 2 * rng.standard_normal((n, 20)), 4)
    C = Y - Y.mean(0)
    mean = np.stack([C[:, np.array(voxel) == v].mean(1) for v in range(voxels)], 1)
    lower = np.tril_indices(n, -1)
    rdm = lambda A: (1 - np.corrcoef(A))[lower]
    raw = float(spearmanr(rdm(X), rdm(mean))[0])
    rdms = np.array([rdm(C[:, np.array(subject) == f's{s}']) for s in range(subjects)])
    ceiling = [float(spearmanr(rdms[s], np.delete(rdms, s, 0).mean(0))[0]) for s in range(subjects)]
    data = {'dims': {'presentation': n, 'neuroid': Y.shape[1]}, 'coords': coords(0, stimulus_id=ids) + coords(1, subject=subject, voxels=voxel, neuroid_id=range(Y.shape[1])),
            'values': [float(v) for v in Y.ravel()]}
    return {'name': name, 'metric': 'roi_rdm', 'params': {}, 'data': data, 'features': features(ids, X), 'score': {'raw': raw, 'error': None, 'n': n},
            'ceiling_name': 'roi_rdm', 'ceiling': {'value': float(np.mean(ceiling)), 'error': sem(ceiling), 'lower': None, 'n': subjects}}


# ---- factor_dimensionality -------------------------------------------------------------------------------------------

def dimensions(za, zb, factors, which):
    both = np.concatenate([za, zb])
    var = ((both - both.mean(0)) ** 2).mean(0).sum()
    scores = {}
    for f in sorted(set(factors)):
        a, b = za[np.array(factors) == f], zb[np.array(factors) == f]
        m = (a.mean(0) + b.mean(0)) / 2
        scores[f] = ((a - m) * (b - m)).mean(0).sum() / var
    scores['residual'] = 1.
    e = np.exp(np.array(list(scores.values())) - max(scores.values()))
    dims = [int(s * za.shape[1]) for s in e / e.sum()]
    dims[-1] = za.shape[1] - sum(dims[:-1])
    return dims[list(scores).index(which)] / za.shape[1]


def islam(seed, p=2000):
    rng = np.random.RandomState(seed)
    rows = [(o, o % 6, t) for o in range(30) for t in range(4)]
    rows = [rows[i] for i in rng.permutation(len(rows))]
    shape, texture = rng.standard_normal((6, p)) * 1.5, rng.standard_normal((4, p)) * .8
    X = np.round(np.stack([shape[s] + texture[t] + rng.standard_normal(p) for _, s, t in rows]), 2)
    return rows, X


def pairs_of(rows, seed):
    generator, textures, shapes, out = random.Random(seed), sorted({r[2] for r in rows}), sorted({r[1] for r in rows}), []
    for o, s, t in rows:
        factor = generator.choice(['shape', 'texture'])
        if factor == 'shape':
            other = generator.choice([x for x in textures if x != t])
            out.append((factor, next(k for k, r in enumerate(rows) if r[0] == o and r[2] == other)))
        else:
            other = generator.choice([x for x in shapes if x != s])
            out.append((factor, generator.choice([k for k, r in enumerate(rows) if r[2] == t and r[1] == other])))
    return out


def dimension_cases():
    rows, X = islam(3, 60)
    ids = [f'i{k:03d}' for k in range(len(rows))]
    images = {'dims': {'presentation': len(rows)}, 'coords': coords(0, stimulus_id=ids, shape=[f'shape{s}' for _, s, _ in rows], texture=[f'texture{t}' for *_, t in rows],
                                                                   original_image_id=[f'o{o}' for o, *_ in rows])}
    out = []
    for seed, factor in ((1751, 'shape'), (1751, 'texture'), (1751, 'residual'), (5, 'shape')):
        pairs = pairs_of(rows, seed)
        raw = dimensions(X, X[[k for _, k in pairs]], [f for f, _ in pairs], factor)
        out.append({'name': f'drawn with {seed}, {factor}', 'metric': 'factor_dimensionality', 'params': {'factor': factor, **({'seed': seed} if seed != 1751 else {})}, 'data': images,
                    'features': features(ids, X), 'score': {'raw': raw, 'error': None, 'n': len(rows)}})
    pairs = pairs_of(rows, 9)
    table = {'dims': {'presentation': len(rows)}, 'coords': coords(0, stimulus_a=ids, stimulus_b=[ids[k] for _, k in pairs], factor=[f for f, _ in pairs])}
    out.append({'name': 'a table of pairs', 'metric': 'factor_dimensionality', 'params': {'factor': 'texture'}, 'data': table, 'features': features(ids, X),
                'score': {'raw': dimensions(X, X[[k for _, k in pairs]], [f for f, _ in pairs], 'texture'), 'error': None, 'n': len(rows)}})
    return out


# ---- ridge_classifier_readout ----------------------------------------------------------------------------------------

def readout_case(name, seed, as_reference, p):
    rng = np.random.RandomState(seed)
    classes, splits, images = ['apple', 'bear', 'car', 'dog'], 5, 8
    domains = {'original': ('Silhouette', 'original', 20), 'cartoon': ('Art', 'cartoon', 12), 'tdw': ('TDW', 'plain', 8), 'outline': ('Silhouette', 'outline', 20)}
    centre, rows = rng.standard_normal((4, p)), []
    for d, (source, style, n) in domains.items():
        for k in range(n):
            rows.append(dict(id=f'{d}{k:02d}', domain=d, source=source, style=style, label=classes[k % 4], background=f'b{k if d in ("original", "outline") else -1}'))
    rows = [rows[i] for i in rng.permutation(len(rows))]
    X = np.round(np.stack([centre[classes.index(r['label'])] + (1.5 if r['domain'] == 'original' else 2.5) * rng.standard_normal(p) for r in rows]), 4)
    own = {d: [i for i, r in enumerate(rows) if r['domain'] == d] for d in domains}
    drawn = {}
    for d, at in own.items():
        if d != 'outline' and (len(at) != images or d == 'original'):
            drawn[d] = list(StratifiedShuffleSplit(splits, train_size=images, random_state=1).split(np.zeros(len(at)), [rows[i]['label'] for i in at]))
    values = {d: [] for d in domains}
    for s in range(splits):
        test = {d: [at[k] for k in drawn[d][s][0]] if d in drawn else at for d, at in own.items()}
        backgrounds = {rows[i]['background'] for i in test['original']}
        test['outline'] = [i for i in own['outline'] if rows[i]['background'] in backgrounds]
        fit = [own['original'][k] for k in drawn['original'][s][1]]
        scaler = StandardScaler().fit(X[fit])
        model = RidgeClassifierCV(alphas=[1e-4, 1e-3, 1e-2, .1, 1, 10]).fit(scaler.transform(X[fit]), [rows[i]['label'] for i in fit])
        for d, at in test.items():
            e = model.decision_function(scaler.transform(X[at]))
            c = [list(model.classes_).index(rows[i]['label']) for i in at]
            values[d].append(np.mean([np.mean([e[k, c[k]] > e[k, o] for o in range(4) if o != c[k]]) for k in range(len(at))]))
    order = list(dict.fromkeys(r['domain'] for r in rows))
    means = [float(np.mean(values[d])) for d in order]
    columns = dict(stimulus_source=[r['source'] for r in rows], object_style=[r['style'] for r in rows]) if as_reference else dict(domain=[r['domain'] for r in rows])
    data = {'dims': {'presentation': len(rows)}, 'coords': coords(0, stimulus_id=[r['id'] for r in rows], object_label=[r['label'] for r in rows],
                                                                 background_id=[r['background'] for r in rows], **columns)}
    params = {'splits': splits, 'images': images, **({} if as_reference else {'shared': ['outline']})}
    return {'name': name, 'metric': 'ridge_classifier_readout', 'params': params, 'data': data, 'features': features([r['id'] for r in rows], X),
            'score': {'raw': float(np.mean(means)), 'error': float(np.std(means)), 'n': len(rows), 'units': means}}


def main():
    cases = [rsm_case('an array', 1, False), rsm_case('a table', 2, True), rsm_case('another limit', 3, False, {'threshold': 2}), roi_case('people with voxels in common', 4),
             *dimension_cases(), readout_case('domains', 5, False, 12), readout_case('sources and styles', 6, True, 40)]
    os.makedirs(os.path.join(HERE, 'representations'), exist_ok=True)
    with open(os.path.join(HERE, 'representations', 'cases.json'), 'w', encoding='utf-8') as file:
        json.dump({'made_by': 'tests/numeric/representations.py', 'numpy': np.__version__, 'scipy': scipy.__version__, 'sklearn': sklearn.__version__, 'cases': cases}, file)
        file.write('\n')
    print([(c['name'], round(c['score']['raw'], 4)) for c in cases])


if __name__ == '__main__':
    main()
