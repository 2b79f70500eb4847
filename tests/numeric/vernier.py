#!/usr/bin/env python3
"""Writes vernier/cases.json: thresholds of a model that gives activations, from the readout of two classes to the ceiled score, as scikit-learn and scipy have them.

    vernier.py            needs numpy, scipy and scikit-learn (Debian 12's are enough)

Verniers of ten offsets to either side, alone and among flankers, as features that tell the side the better the larger the offset is; a readout is fitted on stimuli
of its own with flankers. The readout is scikit-learn's at its optimum (behavior.py), thresholds, their comparison with people and the ceiling are those of thresholds.py.
"""
import json
import os

import numpy as np
import scipy
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

import thresholds as t

HERE = os.path.dirname(os.path.abspath(__file__))
SIDES = ('left', 'right')


def stimuli(rng, offsets, copies, signal, axis):
    side = np.tile(np.repeat([0, 1], copies), len(offsets))
    offset = np.repeat(offsets, 2 * copies)
    X = np.outer((2 * side - 1) * signal(offset), axis) + rng.standard_normal((len(side), len(axis))) + 3 * np.arange(len(axis))
    return {'truth': [SIDES[s] for s in side], 'offset': offset, 'X': np.round(X, 4)}


def case(name, seed, alone, flanked, copies=6, features=8):
    """alone, flanked: how much an offset moves the features."""
    rng = np.random.RandomState(seed)
    offsets, axis = np.arange(10., 110., 10.), rng.standard_normal(features)
    fit = stimuli(rng, offsets, 4, lambda x: flanked * x, axis)
    shown = {'condition': stimuli(rng, offsets, copies, lambda x: flanked * x, axis), 'baseline': stimuli(rng, offsets, copies, lambda x: alone * x, axis)}
    scaler = StandardScaler().fit(fit['X'])
    readout = LogisticRegression(multi_class='multinomial', solver='newton-cg', C=1e-3, max_iter=100000, tol=1e-12).fit(scaler.transform(fit['X']), fit['truth'])
    limits = {}
    for key, part in shown.items():
        p = readout.predict_proba(scaler.transform(part['X']))
        assert np.abs(p[:, 0] - p[:, 1]).min() > 1e-6          # no choice hangs on rounding
        right = (readout.classes_[p.argmax(axis=1)] == np.array(part['truth'])).astype(float)
        limits[key], _ = t.threshold(part['offset'], right, .75)
        part['right'] = int(right.sum())
    people = {f's{i}': {'baseline': float(np.round(rng.uniform(23, 27), 3)), 'condition': float(np.round(rng.uniform(42, 58), 3))} for i in range(6)}
    people['s4']['condition'] = None                            # a subject who was not there for that
    both = [h['condition'] / h['baseline'] for h in people.values() if h['condition']]
    own = limits['condition'] and limits['baseline'] and limits['condition'][0] / limits['baseline'][0]
    value, error = t.ceiling('individual', both)
    raw = t.compare('individual', own, both) if own else 0.
    assert own or name == 'chance'
    return {'name': name, 'fit': fit, **shown, 'people': people, 'elevation': own or None, 'raw': raw, 'ceiling': value, 'ceiling_error': error,
            'score': raw / value}


def listed(x):
    return x.ravel().tolist() if isinstance(x, np.ndarray) else x


def main():
    cases = [case('flankers hurt', 4, .03, .016), case('flankers hurt more', 11, .03, .012), case('chance', 3, .03, 0.)]
    for c in cases:
        for key in ('fit', 'condition', 'baseline'):
            c[key] = {k: listed(x) for k, x in c[key].items()}
        print(c['name'], c['condition']['right'], c['baseline']['right'], c['elevation'], c['raw'], c['ceiling'], c['score'])
    os.makedirs(os.path.join(HERE, 'vernier'), exist_ok=True)
    with open(os.path.join(HERE, 'vernier', 'cases.json'), 'w', encoding='utf-8') as file:
        json.dump({'made_by': 'tests/numeric/vernier.py', 'numpy': np.__version__, 'scipy': scipy.__version__, 'sklearn': sklearn.__version__, 'cases': cases}, file,
                  separators=(',', ':'))
        file.write('\n')


if __name__ == '__main__':
    main()
