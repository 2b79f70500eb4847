#!/usr/bin/env python3
"""The signatures of object discrimination of three models whose probabilities come with Brain-Score's packages, against made-up trials (i2n_trials.c):
tests/real/i2n.tsv.

    i2n_golden.py FOLDER TRIALS.csv > i2n.tsv      FOLDER has alexnet-probabilities.nc, …; needs numpy, scipy and h5py

Written from the definitions (src/metric/discrimination.h), with a dictionary of trials rather than matrices.
"""
import collections
import csv
import math
import sys
import warnings

import h5py
import numpy as np
from scipy.stats import norm, pearsonr

warnings.simplefilter('ignore')
MODELS = ['alexnet', 'resnet18', 'resnet34']
folder, path = sys.argv[1:]
with open(path) as file:
    trials = [(t['stimulus_id'], t['truth'], t['dist_obj'], t['choice']) for t in csv.DictReader(file)]
truth = {t[0]: t[1] for t in trials}
images, objects = sorted(truth), sorted({t[1] for t in trials} | {t[2] for t in trials} | {t[3] for t in trials})


def texts(data):
    return [x.decode() if isinstance(x, bytes) else x for x in data]


def of_model(name):
    with h5py.File(f'{folder}/{name}-probabilities.nc') as file:
        p = np.array(file['__xarray_dataarray_variable__'], float)
        row, column = {x: i for i, x in enumerate(texts(file['image_id']))}, {x: i for i, x in enumerate(texts(file['choice_']))}
    return {(i, c): p[row[i], column[c]] / (p[row[i], column[c]] + p[row[i], column[truth[i]]]) for i in images for c in objects if c != truth[i]}


def of_humans(part):
    chosen, offered = collections.Counter(), collections.Counter()
    for image, own, other, choice in part:
        chosen[image, choice] += 1
        offered[image, own] += 1
        offered[image, other] += 1
    return {(i, c): chosen[i, c] / n for (i, c), n in offered.items() if c != truth[i]}


def mean(x):
    x = [v for v in x if not math.isnan(v)]
    return math.fsum(x) / len(x) if x else math.nan


def signature(S, by_image, collapse, normalise):
    rates = collections.defaultdict(list)
    for (i, c), s in S.items():
        rates[truth[i], c].append(s)
    F = {k: mean(v) for k, v in rates.items()}

    def d(hit, false_alarm): return float(np.clip(norm.ppf(hit) - norm.ppf(false_alarm), -5, 5))
    if not by_image:
        D = {(a, b): d(1 - F.get((b, a), math.nan), F.get((a, b), math.nan)) for a in objects for b in objects if a != b}
        return {b: mean([D[a, b] for a in objects if a != b]) for b in objects} if collapse else D
    D = {(i, c): d(1 - s, F.get((c, truth[i]), math.nan)) for (i, c), s in S.items()}
    if normalise:
        groups = collections.defaultdict(list)
        for (i, c), v in D.items():
            groups[truth[i], c].append(v)
        D = {(i, c): v - mean(groups[truth[i], c]) for (i, c), v in D.items()}
    return {i: mean([D.get((i, c), math.nan) for c in objects]) for i in images} if collapse else D


def similar(a, b):
    keys = [k for k in sorted(b) if not math.isnan(b[k]) and not math.isnan(a.get(k, math.nan))]
    return pearsonr([a[k] for k in keys], [b[k] for k in keys])[0]


KINDS = {'i1': (True, True, False), 'i1n': (True, True, True), 'i2': (True, False, False), 'i2n': (True, False, True), 'o1': (False, True, False),
         'o2': (False, False, False)}
print('metric\tmodel\traw\traw_error\tceiling\tscore\terror')
rng, halves = np.random.RandomState(0), []
for _ in range(2):
    order = list(range(len(trials)))
    rng.shuffle(order)
    half = len(order) // 2
    halves.append([of_humans([trials[i] for i in part]) for part in (order[:half], order[half:])])
for metric, kind in KINDS.items():
    signatures = [[signature(S, *kind) for S in pair] for pair in halves]
    ceiling = [similar(a, b) for a, b in signatures]
    for model in MODELS:
        own = signature(of_model(model), *kind)
        raw = [similar(own, a) for a, _ in signatures]
        score = [r / math.sqrt(c) if c > 0 else math.nan for r, c in zip(raw, ceiling)]
        print(metric, model, *(repr(float(x)) for x in (np.mean(raw), np.std(raw), np.mean(ceiling), np.mean(score), np.std(score))), sep='\t')
