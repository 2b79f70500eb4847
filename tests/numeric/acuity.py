#!/usr/bin/env python3
"""Writes acuity/cases.json: a model's threshold for a vernier alone against the people of nine conditions, from activations and from choices to the ceiled score, as scikit-learn
and scipy have them.

    acuity.py             needs numpy, scipy and scikit-learn (Debian 12's are enough)

For each condition the people count who have a threshold in it and for the vernier alone, with the latter. The ceiling is the mean over conditions of theirs; a model that gives
activations answers the same verniers by a readout of each condition's fitting stimuli; the score of a condition is cut to 1, and the mean of those is the score.
"""
import json
import os

import numpy as np
import scipy
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

import thresholds as t
import vernier as v

HERE = os.path.dirname(os.path.abspath(__file__))
CONDITIONS = ('short-2', 'short-4', 'short-6', 'short-8', 'short-16', 'equal-2', 'long-2', 'equal-16', 'long-16')


def people_of(rng, spread):
    """A threshold for the vernier alone and in each condition; None: was not there for that."""
    people = [{'vernier-only': float(np.round(rng.uniform(30 - spread, 30 + spread), 3)), **{c: float(np.round(rng.uniform(40, 60), 3)) for c in CONDITIONS}} for _ in range(7)]
    people[6]['vernier-only'] = None
    for i, c in enumerate(CONDITIONS):
        people[i % 5][c] = None
        if i % 2:
            people[5][c] = None
    return people


def counted(people, condition):
    return [h['vernier-only'] for h in people if h[condition] is not None and h['vernier-only'] is not None]


def scored(people, limits):
    """limits: the model's threshold for each condition; None: it has none."""
    each = [t.compare('individual', limits[c], counted(people, c)) if limits[c] is not None else 0. for c in CONDITIONS]
    ceiling = float(np.mean([t.ceiling('individual', counted(people, c))[0] for c in CONDITIONS]))
    return {'raw': float(np.mean(each)), 'score': float(np.mean([min(1, r / ceiling) for r in each])), 'parts': each, 'ceiling': ceiling}


def read_out(fit, shown):
    scaler = StandardScaler().fit(fit['X'])
    readout = LogisticRegression(multi_class='multinomial', solver='newton-cg', C=1e-3, max_iter=100000, tol=1e-12).fit(scaler.transform(fit['X']), fit['truth'])
    p = readout.predict_proba(scaler.transform(shown['X']))
    assert np.abs(p[:, 0] - p[:, 1]).min() > 1e-7              # no choice hangs on rounding
    right = (readout.classes_[p.argmax(axis=1)] == np.array(shown['truth'])).astype(float)
    own = t.threshold(shown['offset'], right, .75)[0]
    assert own is None or abs(own[0] - own[1]) < 1e-2           # a curve that has one optimum, not a jump
    return own and own[0]


def case(name, seed, spread, alone, flanked, features=5):
    rng = np.random.RandomState(seed)
    offsets, axis = np.arange(10., 110., 10.), rng.standard_normal(features)
    shown = v.stimuli(rng, offsets, 25, lambda x: alone * x, axis)
    fits = {c: v.stimuli(rng, offsets, 4, lambda x, k=k: flanked[k] * x, axis) for k, c in enumerate(CONDITIONS)}
    people = people_of(rng, spread)
    seen = scored(people, {c: read_out(fits[c], shown) for c in CONDITIONS})
    right = (rng.random_sample(len(shown['offset'])) < t.psi([.04, 24, .04], shown['offset'])).astype(float)
    own = t.threshold(shown['offset'], right, .75)[0][0]
    said = scored(people, {c: own for c in CONDITIONS})
    return {'name': name, 'shown': shown, 'right': [int(r) for r in right], 'fits': fits, 'people': people, 'seen': seen, 'said': said}


def main():
    cases = [case('one condition gives no threshold', 5, 6, .012, np.array([.03, .02, .015, .01, .03, .02, -.03, .015, .01])),
             case('scores of some are cut', 8, 12, .012, np.array([.03, .01, .02, .004, .03, .008, .006, .02, .01]))]
    for c in cases:
        for s in (c['shown'], *c['fits'].values()):
            s.update({k: v.listed(x) for k, x in s.items()})
        for how in ('seen', 'said'):
            print(c['name'], how, c[how])
    assert 0. in cases[0]['seen']['parts'] and max(cases[0]['seen']['parts']) > .5
    for how in ('seen', 'said'):                                # that each is cut shows
        assert cases[1][how]['score'] < min(1, cases[1][how]['raw'] / cases[1][how]['ceiling']) - 1e-4
    os.makedirs(os.path.join(HERE, 'acuity'), exist_ok=True)
    with open(os.path.join(HERE, 'acuity', 'cases.json'), 'w', encoding='utf-8') as file:
        json.dump({'made_by': 'tests/numeric/acuity.py', 'numpy': np.__version__, 'scipy': scipy.__version__, 'sklearn': sklearn.__version__, 'cases': cases}, file,
                  separators=(',', ':'))
        file.write('\n')


if __name__ == '__main__':
    main()
