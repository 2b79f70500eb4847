#!/usr/bin/python3
"""Golden values for src/numeric/linkage.[ch]: linkage/cases.json, by scipy.cluster.hierarchy. Needs numpy and scipy.

    linkage.py OUT
"""
import json
import os
import sys

import numpy as np
import scipy.cluster.hierarchy as h
import scipy.spatial.distance as d


def case(name, square, cuts):
    z = h.linkage(d.squareform(square, checks=False), 'average')
    return {'name': name, 'distance': [float(v) for v in square.ravel()], 'merges': [[float(v) for v in row] for row in z],
            'cuts': [{'most': c, 'group': [int(g) for g in first_numbers(h.fcluster(z, c, criterion='distance'))]} for c in cuts]}


def first_numbers(groups):
    seen = {}
    return [seen.setdefault(int(g), len(seen)) for g in groups]


def main(out):
    rng = np.random.RandomState(7)
    cases = []
    for n in (2, 3, 8, 25, 60):
        r = np.corrcoef(rng.randn(n, 12) + rng.randn(3, 12)[rng.randint(0, 3, n)])
        cases.append(case('one minus r of %d' % n, np.clip(1 - r, 0, 2) * (1 - np.eye(n)), [.2, .5, .8, 2.]))
    for n in (5, 30):
        points = rng.rand(n, 2)
        cases.append(case('%d points in a plane' % n, d.squareform(d.pdist(points)), [.05, .2, .6]))
    os.makedirs(os.path.join(out, 'linkage'), exist_ok=True)
    with open(os.path.join(out, 'linkage', 'cases.json'), 'w') as f:
        json.dump({'cases': cases}, f)
        f.write('\n')


main(sys.argv[1])
