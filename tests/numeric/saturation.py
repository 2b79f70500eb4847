#!/usr/bin/env python3
"""Writes saturation/cases.json: v0 (1 − exp(−x/τ0)) fitted by scipy.optimize.curve_fit with bounds, as the reference's ExtrapolationCeiling does.

`v0` and `tau0` are null where scipy did not converge. `loose` marks fits whose optimum is flat (one point for two numbers; values that rise in a straight
line; a curve that is saturated from the first point on), where scipy stops by its tolerance of 1e-8, not at the optimum: there only v0, to 1e-3,
and the sum of squares are compared.
"""
import json
import math
import os
import warnings

import numpy as np
import scipy
from scipy.optimize import curve_fit

HERE = os.path.dirname(os.path.abspath(__file__))


def curve(x, v0, tau0):
    return v0 * (1 - np.exp(-x / tau0))


def case(name, y, loose=False):
    y = np.round(y, 6)
    x = np.arange(2., 2 + len(y))
    try:
        v0, tau0 = curve_fit(curve, x, y, bounds=([0, -np.inf], [1, np.inf]))[0]
    except RuntimeError:
        v0 = tau0 = None
    return {'name': name, 'x': x.tolist(), 'y': y.tolist(), 'v0': v0, 'tau0': tau0, 'loose': loose,
            'squares': None if v0 is None else float(((curve(x, v0, tau0) - y) ** 2).sum())}


def all_cases():
    rng = np.random.RandomState(8)
    cases = []
    for n in (2, 3, 5, 8, 12):
        x = np.arange(2., 2 + n)
        for k in range(8):
            cases.append(case('saturating', curve(x, rng.uniform(.1, .9), rng.uniform(1.5, 4)) + rng.normal(0, .01, n)))
        for k in range(4):
            cases.append(case('below zero', rng.normal(-.3, .1, n)))
            cases.append(case('above one', rng.normal(1.3, .1, n), loose=True))
            cases.append(case('scattered', rng.normal(.3, .2, n), loose=True))
            cases.append(case('in a line', np.linspace(.05, .8, n) + rng.normal(0, .01, n), loose=True))
            cases.append(case('flat', np.full(n, rng.uniform(0, 1)) + rng.normal(0, 1e-3, n), loose=True))
            cases.append(case('falling', np.linspace(.6, .2, n) + rng.normal(0, .01, n), loose=True))
    for y in (.1, .4, .9, -.2, 1.5):
        cases.append(case('one point', np.array([y]), loose=True))
    return cases


if __name__ == '__main__':
    warnings.simplefilter('ignore')
    with open(os.path.join(HERE, 'saturation', 'cases.json'), 'w') as file:
        json.dump({'made_by': 'tests/numeric/saturation.py', 'numpy': np.__version__, 'scipy': scipy.__version__, 'cases': all_cases()}, file,
                  separators=(',', ':'), allow_nan=False)
        file.write('\n')
