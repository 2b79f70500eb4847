#!/usr/bin/env python3
"""Golden values for Geirhos et al. (2021), 17 out-of-distribution sets.

    geirhos2021.py DATA OUT      DATA: the folder that holds geirhos2021/, OUT: where the CSV files go

Rules (all verified against published numbers, see check()):
  stimulus    imagename without the trial's prefix (PATTERN); the same 1280/1120/800/160 ids for every observer of a set
  condition   text; NaN -> 0 in the sets with a single condition; a number in uniform-noise, a truth value in false-colour
  exclusion   excluded_conditions.csv, for ceilings, models and every toolbox number alike
  correct     object_response == category; `na` is an answer that is not correct
Reference (Brain-Score) error consistency: kappa per subject and condition, nan if expected agreement is 1; mean over
conditions, then over subjects, skipping nan; absolute value. Ceiling: the same over all unordered pairs of subjects.
Toolbox (model-vs-human): kappa = 1 if observed agreement is 1; everything is a plain mean over conditions, then
humans, then sets.
"""
import csv
import glob
import itertools
import os
import re
import sys

import numpy as np
import pandas as pd

PATTERN = re.compile(r'^(?:[0-9]{4}_[a-z0-9]+_(?:dnn|s[0-9]{2})_[^_]+_[a-z]+_[0-9]{2}_)?([^_]+(?:_[0-9]+)?\.png)$')
CUE = re.compile(r'^([a-z]+)[0-9]+-([a-z]+)[0-9]+\.png$')

SETS = ("colour contrast cue-conflict edge eidolonI eidolonII eidolonIII false-colour high-pass low-pass "
        "phase-scrambling power-equalisation rotation silhouette sketch stylized uniform-noise").split()

# spec/scoring.md 6.2 and 6.3
CEILING = [.41543, .43703, .33105, .31844, .38634, .45402, .45953, .44405, .44014, .46888, .44667, .51063, .43851,
           .47571, .36962, .50058, .43406]
RESNET50_EC = [.21135, .22546, .068, .03626, .21029, .2509, .15806, .29431, .203, .16741, .26879, .29293, .16892,
               .42805, .10537, .2543, .19839]
RESNET50_ACCURACY = [.96875, .81625, .18203, .1375, .53375, .56719, .58542, .94286, .33437, .43875, .62031, .73214,
                     .68438, .54375, .59625, .37125, .445]


def normalise(name, condition):
    """The condition as text that is the same in every file of a set (and in excluded_conditions.csv)."""
    if name == 'uniform-noise':
        return '%g' % float(condition)          # 0.60 -> 0.6, 0.00 -> 0
    if name == 'false-colour':
        return condition.lower()                # True -> true
    return '0' if condition == 'NaN' else condition


def load(path, name):
    """One observer's trials: a frame indexed by stimulus, in the order of the ids."""
    d = pd.read_csv(path, dtype=str, keep_default_na=False)
    d.columns = [c.lower() for c in d.columns]  # half of the models write Session
    ids = [PATTERN.match(n).group(1) for n in d['imagename']]
    f = pd.DataFrame({'condition': [normalise(name, c) for c in d['condition']],
                      'response': list(d['object_response']), 'truth': list(d['category'])}, index=ids)
    assert f.index.is_unique, path
    f['correct'] = f.response == f.truth
    return f.sort_index()


def kappa(a, b, toolbox=False):
    """Cohen's kappa of two vectors of correctness."""
    observed = np.mean(a == b)
    p, q = np.mean(a), np.mean(b)
    expected = p * q + (1 - p) * (1 - q)
    if toolbox and observed == 1:
        return 1.0
    return (observed - expected) / (1 - expected) if expected != 1 else np.nan


def kappas(a, b, conditions, toolbox=False):
    return [kappa(a.correct[k].values, b.correct[k].values, toolbox) for k in conditions]


def nanmean2(k):
    """Mean over conditions (columns), then over subjects (rows), skipping nan."""
    rows = [np.mean(r[~np.isnan(r)]) for r in k if not np.isnan(r).all()]
    return np.mean(rows) if rows else np.nan


def shape_bias(frames):
    """(shape decisions, texture decisions) pooled over trials; shape == texture is left out."""
    shape = texture = 0
    for f in frames:
        for i, r in zip(f.index, f.response):
            s, t = CUE.match(i).groups()
            if s != t:
                shape += r == s
                texture += r == t
    return shape, texture


def main(data, out):
    root = os.path.join(data, 'geirhos2021')
    excluded = {}
    for r in csv.DictReader(open(os.path.join(root, 'excluded_conditions.csv'))):
        excluded.setdefault(r['dataset'], set()).add(normalise(r['dataset'], r['condition']))
    rows, units, humans, bias, sets = [], [], [], [], []
    for name in SETS:
        frames = {}
        for path in sorted(glob.glob(os.path.join(root, 'raw-data', name, '*.csv'))):
            observer = re.match(re.escape(name) + r'_(.+)_session[_-]1\.csv$', os.path.basename(path)).group(1)
            observer = re.sub(r'^cornet-s_dnn$', 'cornet-s', observer)  # three sets write cornet-s
            frames[observer] = load(path, name)
        first = next(iter(frames.values()))
        for o, f in frames.items():             # same ids, conditions and truths for all
            assert (f.index == first.index).all() and (f.condition == first.condition).all(), (name, o)
            assert (f.truth == first.truth).all(), (name, o)
        subjects = [o for o in frames if o.startswith('subject-')]
        used = sorted(set(first.condition) - excluded.get(name, set()))
        assert excluded.get(name, set()) <= set(first.condition), name
        masks = [(first.condition == c).values for c in used]
        keep = np.any(masks, axis=0)

        k = np.array([kappas(frames[a], frames[b], masks) for a, b in itertools.combinations(subjects, 2)])
        ceiling, ceiling_error = abs(nanmean2(k)), np.nanstd(k)
        sets.append({'set': name, 'subjects': len(subjects), 'pairs': len(k), 'conditions': len(used),
                     'conditions_used': ' '.join(used), 'conditions_excluded': ' '.join(sorted(excluded.get(name, set()))),
                     'trials_per_observer': len(first), 'trials_used': int(keep.sum()), 'nan_kappas': int(np.isnan(k).sum()),
                     'ceiling': ceiling, 'ceiling_error': ceiling_error})
        for s in subjects:
            humans.append({'set': name, 'subject': s, 'accuracy': np.mean(frames[s].correct.values[keep]),
                           'na': int((frames[s].response.values[keep] == 'na').sum()), 'n': int(keep.sum())})
        for o, f in frames.items():
            if o in subjects:
                continue
            k = np.array([kappas(f, frames[s], masks) for s in subjects])
            kt = np.array([kappas(f, frames[s], masks, True) for s in subjects])
            acc = np.array([np.mean(f.correct[m]) for m in masks])
            hum = np.array([[np.mean(frames[s].correct[m]) for m in masks] for s in subjects])
            agree = np.array([[np.mean(f.correct[m] == frames[s].correct[m]) for m in masks] for s in subjects])
            a, h = np.mean(f.correct.values[keep]), np.array([np.mean(frames[s].correct.values[keep]) for s in subjects])
            raw = nanmean2(k)
            rows.append({'set': name, 'model': o, 'n': int(keep.sum()), 'nan_kappas': int(np.isnan(k).sum()),
                         'ec_signed': raw, 'ec_raw': abs(raw), 'ec_error': np.nanstd(k), 'ec_ceiling': ceiling,
                         'ec_score': min(max(abs(raw) / ceiling, 0), 1),
                         'accuracy': a, 'accuracy_error': np.std(f.correct.values[keep]),
                         'accuracy_difference': np.mean(np.mean((acc - hum) ** 2, axis=1)),
                         'observed_consistency': np.mean(np.mean(agree, axis=1)),
                         'ec_toolbox': np.mean(np.mean(kt, axis=1)),
                         'accuracy_distance': abs(np.mean(1 - np.abs(a - h) / np.maximum(1 - h, h))),
                         'accuracy_distance_by_condition':
                             abs(np.mean(np.mean(1 - np.abs(acc - hum) / np.maximum(1 - hum, hum), axis=1)))})
            if o in ('resnet50', 'mlp-mixer-b-in21'):
                units += [{'set': name, 'model': o, 'subject': s, 'condition': c, 'kappa': k[i, j], 'observed': agree[i, j]}
                          for i, s in enumerate(subjects) for j, c in enumerate(used)]
        if name == 'cue-conflict':
            for o in [*frames, 'humans']:
                s, t = shape_bias([frames[x] for x in subjects] if o == 'humans' else [frames[o]])
                bias.append({'observer': o, 'shape': s, 'texture': t, 'shape_bias': s / (s + t)})

    rows = pd.DataFrame(rows)
    complete = [m for m in sorted(set(rows.model)) if (rows.model == m).sum() == len(SETS)]
    means = rows[rows.model.isin(complete)].drop(columns=['set', 'n', 'nan_kappas']).groupby('model').mean().reset_index()
    for table, file in ((pd.DataFrame(sets), 'sets'), (rows, 'models'), (means, 'means'), (pd.DataFrame(units), 'units'),
                        (pd.DataFrame(humans), 'humans'), (pd.DataFrame(bias), 'shape_bias')):
        table.to_csv(os.path.join(out, 'geirhos2021_%s.csv' % file), index=False, float_format='%.17g')
    return check(root, pd.DataFrame(sets), rows, means, pd.DataFrame(bias))


def check(root, sets, rows, means, bias):
    """Print everything published beside what was computed; the number of misses is the exit status."""
    bad = 0

    def line(what, got, want, tolerance):
        nonlocal bad
        miss = not abs(got - want) <= tolerance
        bad += miss
        print('%-44s %.7f  published %-7s %s' % (what, got, want, 'MISS' if miss else 'ok'))

    r = rows[rows.model == 'resnet50'].set_index('set')
    for i, s in enumerate(SETS):
        line(s + ' ceiling', sets.set_index('set').ceiling[s], CEILING[i], 1e-5)
        line(s + ' resnet50 ec', r.ec_raw[s], RESNET50_EC[i], 1e-5)
        line(s + ' resnet50 accuracy', r.accuracy[s], RESNET50_ACCURACY[i], 1e-5)
    line('mean ceiling', sets.ceiling.mean(), .43122, 1e-5)
    line('mean resnet50 ec', r.ec_raw.mean(), .20834, 1e-5)
    m = means.set_index('model')
    names = {'ood_accuracy': 'accuracy', 'accuracy_difference': 'accuracy_difference',
             'observed_consistency': 'observed_consistency', 'error_consistency': 'ec_toolbox'}
    for p in csv.DictReader(open(os.path.join(root, 'published_benchmark.csv'))):
        for k, v in names.items():
            if p[k]:
                line(p['observer'] + ' ' + k, m[v][p['observer']], float(p[k]), .0005)
    b = bias.set_index('observer')
    line('human shape bias', b.shape_bias['humans'], .959, .0005)
    line('resnet50 shape bias', b.shape_bias['resnet50'], .214, .0005)
    print('%d published values missed' % bad)
    return bad


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(1 if main(*sys.argv[1:]) else 0)
