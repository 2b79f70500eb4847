#!/usr/bin/env python3
"""Small golden vectors for the first metrics, inputs and outputs, as JSON (null stands for nan).

    metric_vectors.py OUT

Formulas are written out here and compared with scipy/numpy where these have them. Needs numpy and scipy only.
"""
import itertools
import json
import math
import os
import sys

import numpy as np
import scipy.stats as st


def clean(x):
    """JSON-ready copy; nan becomes None."""
    if isinstance(x, dict):
        return {k: clean(v) for k, v in x.items()}
    if isinstance(x, (list, tuple)):
        return [clean(v) for v in x]
    if isinstance(x, np.ndarray):
        return clean(x.tolist())
    if isinstance(x, (np.floating, float)):
        return None if math.isnan(x) else float(x)
    if isinstance(x, np.integer):
        return int(x)
    if isinstance(x, np.bool_):
        return int(x)
    return x


def nanmean(x, axis=None):
    """Mean without nan; nan (no warning) where nothing is left."""
    x = np.asarray(x, float)
    n = (~np.isnan(x)).sum(axis=axis)
    with np.errstate(invalid='ignore', divide='ignore'):
        return np.nansum(x, axis=axis) / n


def nanstd(x):
    x = np.asarray(x, float)
    return np.std(x[~np.isnan(x)]) if (~np.isnan(x)).any() else math.nan


# ---- choices ---------------------------------------------------------------------------------------------------------

def kappa(a, b, variant):
    o, p, q = np.mean(a == b), np.mean(a), np.mean(b)
    e = p * q + (1 - p) * (1 - q)
    if variant == 'toolbox' and o == 1:
        return 1.0
    return (o - e) / (1 - e) if e != 1 else math.nan


def by_condition(f, a, b, conditions):
    return [f(a[conditions == c], b[conditions == c]) for c in sorted(set(conditions.tolist()))]


def error_consistency(model, humans, conditions, variant='reference'):
    k = np.array([by_condition(lambda a, b: kappa(a, b, variant), model, h, conditions) for h in humans])
    return {'units': k, 'raw': abs(nanmean(nanmean(k, 1))), 'signed': nanmean(nanmean(k, 1)), 'error': nanstd(k)}


def error_consistency_ceiling(humans, conditions, variant='reference'):
    k = np.array([by_condition(lambda a, b: kappa(a, b, variant), a, b, conditions)
                  for a, b in itertools.combinations(humans, 2)])
    return {'units': k, 'value': abs(nanmean(nanmean(k, 1))), 'error': nanstd(k)}


def distance(m, h):
    return 1 - abs(m - h) / max(1 - h, h)


def accuracy_distance(model, humans, groups=None):
    """groups: one label per stimulus (a combination of the variables), or None."""
    out = []
    for h in humans:
        if groups is None:
            out.append(distance(np.mean(model), np.mean(h)))
        else:
            out.append(np.mean([distance(np.mean(model[groups == g]), np.mean(h[groups == g]))
                                for g in sorted(set(groups.tolist()))]))
    return {'subjects': out, 'score': abs(np.mean(out)), 'error': np.std(out)}


def accuracy_distance_ceiling(humans, groups=None):
    out = [accuracy_distance(a, [b], groups)['score'] for a, b in itertools.combinations(humans, 2)]
    return {'pairs': out, 'value': abs(np.mean(out)), 'error': np.std(out)}


def choices():
    """The reference's unit tests (9 stimuli, subjects A, B, C) and cases with degenerate kappas."""
    truth = np.resize(['dog', 'cat', 'chair'], 9)
    said = {'A': 'dog cat chair cat dog dog dog dog chair'.split(), 'B': 'cat cat chair cat dog cat chair cat cat'.split(),
            'C': 'dog cat chair dog cat chair dog cat chair'.split()}
    condition, animacy = np.repeat([1, 2, 3], 3), np.resize(['animate', 'animate', 'inanimate'], 9)
    right = {s: np.array(v) == truth for s, v in said.items()}
    humans = [right[s] for s in 'ABC']
    both = np.array(['%d|%s' % x for x in zip(condition, animacy)])
    unit = {'stimuli': {'truth': truth.tolist(), 'condition': condition.tolist(), 'animacy': animacy.tolist()},
            'subjects': said, 'accuracy': {s: np.mean(r) for s, r in right.items()},
            'accuracy_error': {s: np.std(r) for s, r in right.items()},
            'accuracy_distance': {}, 'accuracy_distance_ceiling': {}, 'error_consistency': {}, 'error_consistency_ceiling': {},
            'observed_consistency': {}, 'accuracy_difference': {}}
    for m in 'ABC':
        unit['accuracy_distance'][m] = {'plain': accuracy_distance(right[m], humans),
                                        'condition': accuracy_distance(right[m], humans, condition),
                                        'condition,animacy': accuracy_distance(right[m], humans, both)}
        unit['error_consistency'][m] = {v: error_consistency(right[m], humans, condition, v) for v in ('reference', 'toolbox')}
        unit['observed_consistency'][m] = np.mean([np.mean(by_condition(lambda a, b: np.mean(a == b), right[m], h, condition))
                                                   for h in humans])
        unit['accuracy_difference'][m] = np.mean([np.mean(by_condition(lambda a, b: (np.mean(a) - np.mean(b)) ** 2, right[m],
                                                                       h, condition)) for h in humans])
    for k, g in (('plain', None), ('condition', condition), ('condition,animacy', both)):
        unit['accuracy_distance_ceiling'][k] = accuracy_distance_ceiling(humans, g)
    for v in ('reference', 'toolbox'):
        unit['error_consistency_ceiling'][v] = error_consistency_ceiling(humans, condition, v)
    assert abs(unit['accuracy_distance']['A']['plain']['score'] - .74074074) < 5e-9
    assert abs(unit['accuracy_distance']['C']['condition']['score'] - .55555556) < 5e-9
    assert abs(unit['accuracy_distance']['C']['condition,animacy']['score'] - .55555556) < 5e-9
    assert abs(unit['error_consistency']['A']['reference']['raw'] - .2) < 1e-12

    cases = []
    for name, a, b in (('all correct, both', '1111', '1111'), ('all wrong, both', '0000', '0000'), ('one all correct', '1111', '1010'),
                       ('opposite, constant', '1111', '0000'), ('equal, mixed', '1100', '1100'), ('opposite, mixed', '1100', '0011'),
                       ('independent', '1100', '1010'), ('long', '1101110010', '1001110110')):
        x, y = (np.array([c == '1' for c in s]) for s in (a, b))
        cases.append({'name': name, 'a': a, 'b': b, 'observed': np.mean(x == y),
                      'expected': x.mean() * y.mean() + (1 - x.mean()) * (1 - y.mean()),
                      'reference': kappa(x, y, 'reference'), 'toolbox': kappa(x, y, 'toolbox')})

    rng = np.random.RandomState(7)          # conditions of unequal size, and one where everybody is right
    c = np.repeat([1, 2, 3, 4], [5, 8, 4, 3])
    ease = np.where(c == 3, 1.0, np.where(c == 1, .8, .5))
    people = [rng.random_sample(20) < ease for _ in range(4)]
    model = rng.random_sample(20) < ease
    big = {'condition': c, 'model': model.astype(int), 'humans': [h.astype(int) for h in people],
           'error_consistency': {v: error_consistency(model, people, c, v) for v in ('reference', 'toolbox')},
           'ceiling': {v: error_consistency_ceiling(people, c, v) for v in ('reference', 'toolbox')},
           'accuracy_distance': {'plain': accuracy_distance(model, people), 'condition': accuracy_distance(model, people, c)},
           'accuracy_distance_ceiling': {'plain': accuracy_distance_ceiling(people), 'condition': accuracy_distance_ceiling(people, c)},
           'observed_consistency': np.mean([np.mean(by_condition(lambda a, b: np.mean(a == b), model, h, c)) for h in people]),
           'accuracy_difference': np.mean([np.mean(by_condition(lambda a, b: (np.mean(a) - np.mean(b)) ** 2, model, h, c))
                                           for h in people])}
    nothing = np.ones(4, bool)              # every kappa is 0/0: the reference says nan, the toolbox 1
    empty = {'reference': error_consistency(nothing, [nothing], np.ones(4, int)),
             'toolbox': error_consistency(nothing, [nothing], np.ones(4, int), 'toolbox')}

    source, target = np.array([5, 3, 6, 7, 1, 8]), np.array([5, 2, 1, 7, 1, 9])
    ids = ['bear1-bicycle2.png', 'bear2-bear3.png', 'dog1-cat2.png', 'dog2-cat1.png', 'cat10-oven3.png', 'oven1-knife1.png']
    answers = ['bear', 'bear', 'cat', 'dog', 'na', 'oven']
    bias = {'stimulus_id': ids, 'choice': answers, 'match': '^([a-z]+)[0-9]+-([a-z]+)[0-9]+\\.png$', 'shape': 3, 'texture': 1,
            'left_out_shape_equals_texture': 1, 'neither': 1, 'shape_bias': 3 / 4, 'no_decision_at_all': None}
    return {'accuracy': {'source': source, 'target': target, 'score': np.mean(source == target), 'error': np.std(source == target)},
            'reference_unit_tests': unit, 'kappa': cases, 'unequal_conditions': big, 'all_nan': empty, 'shape_bias': bias}


# ---- correlation -----------------------------------------------------------------------------------------------------

def pearson(x, y):
    """Pairs with a nan are left out; nan when fewer than two are left or one side is constant; clamped to [-1, 1]."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    ok = ~(np.isnan(x) | np.isnan(y))
    x, y = x[ok], y[ok]
    if len(x) < 2 or (x == x[0]).all() or (y == y[0]).all():
        return math.nan
    x, y = x - x.mean(), y - y.mean()
    x, y = x / np.abs(x).max(), y / np.abs(y).max()  # the squares of 1e-160 and 1e160 are not numbers to work with
    return float(np.clip((x / np.linalg.norm(x)) @ (y / np.linalg.norm(y)), -1, 1))


def spearman(x, y):
    x, y = np.asarray(x, float), np.asarray(y, float)
    ok = ~(np.isnan(x) | np.isnan(y))
    return pearson(st.rankdata(x[ok]), st.rankdata(y[ok]))


def correlation():
    nan, rng = math.nan, np.random.RandomState(3)
    x = rng.standard_normal(12)
    cases = {'reference unit test': ([1, 2, 3, 4, 5], [3, 1, 6, 1, 2]), 'identical': ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]),
             'negative': ([1, 2, 3, 4, 5], [-1, -2, -3, -4, -5]), 'ties': ([1, 2, 2, 2, 5, 5, 7], [3, 3, 1, 4, 4, 4, 9]),
             'nan on both sides': ([1, nan, 3, 4, 2.5, 6], [2, 5, nan, 3, 8, 7]), 'constant': ([2, 2, 2, 2], [1, 2, 3, 4]),
             'constant after nan': ([2, 2, nan, 2], [1, 2, 3, 4]), 'two points': ([1, 2], [5, 3]), 'one point': ([1], [2]),
             'normal': (x, .5 * x + rng.standard_normal(12)), 'large mean': (x + 1e8, x ** 3 + 1e8),
             'tiny': (x * 1e-160, x ** 2 * 1e-160), 'huge': (x * 1e160, x ** 2 * 1e160),
             'signed zeros': ([0.0, -0.0, 1, 2], [4, 3, 2, 1])}
    out = []
    for name, (a, b) in cases.items():
        a, b = np.asarray(a, float), np.asarray(b, float)
        p, s = pearson(a, b), spearman(a, b)
        ok = ~(np.isnan(a) | np.isnan(b))
        if ok.sum() > 1 and not math.isnan(p):
            assert abs(p - st.pearsonr(a[ok], b[ok])[0]) < 1e-12, name
            assert abs(s - st.spearmanr(a[ok], b[ok])[0]) < 1e-12, name
        out.append({'name': name, 'x': a, 'y': b, 'n': int(ok.sum()), 'pearson': p, 'spearman': s})
    ranks = [{'x': v, 'ranks': st.rankdata(v)} for v in ([3, 1, 2], [1, 1, 1, 1], [2, 1, 2, 3, 2], [5, 5, 1, 1, 9], [7])]
    return {'pairs': out, 'average_ranks': ranks}


# ---- regression ------------------------------------------------------------------------------------------------------

def ols(X, y):
    X = np.column_stack([np.ones(len(y)), X])
    b, *_ = np.linalg.lstsq(X, y, rcond=None)
    r = float(((y - X @ b) ** 2).sum())
    n = len(y)
    return b, r, -n / 2 * (np.log(2 * np.pi * r / n) + 1)


def regression():
    rng, n = np.random.RandomState(11), 40
    story = np.repeat([1, 2], 20)
    length, freq = rng.randint(1, 12, n).astype(float), np.round(rng.uniform(8, 25, n), 2)
    position, s = np.resize(np.arange(1, 11), n).astype(float), np.round(rng.exponential(5, n), 3)
    rt = np.round(300 + 6 * length - 2 * freq + 9 * s + rng.standard_normal(n) * 20, 1)
    freq[[4, 30]] = np.nan                  # an unknown frequency leaves out the word, and the next where it spills over
    s[[0, 20]] = np.nan                     # no surprisal of a first word
    rt[13] = np.nan
    before = lambda v: np.array([math.nan if i == 0 or story[i] != story[i - 1] else v[i - 1] for i in range(n)])
    out = {'story': story, 'rt': rt, 'length': length, 'log2freq': freq, 'position': position, 'surprisal': s, 'fits': []}
    base, extra = [length, freq, position], [s]
    for name, b, e in (('base', base, extra), ('spillover', base + [before(length), before(freq)], [s, before(s)])):
        rows = ~np.isnan(np.column_stack([rt, *b, *e])).any(axis=1)
        B, F, y = np.column_stack(b)[rows], np.column_stack(b + e)[rows], rt[rows]
        (b0, r0, l0), (b1, r1, l1) = ols(B, y), ols(F, y)
        assert abs((l1 - l0) - len(y) / 2 * np.log(r0 / r1)) < 1e-9
        out['fits'].append({'formula': name, 'n': len(y), 'rows': np.flatnonzero(rows), 'rss_base': r0, 'rss_full': r1, 'll_base': l0, 'll_full': l1,
                            'delta_ll': l1 - l0, 'delta_ll_per_item': (l1 - l0) / len(y), 'coefficients_base': b0, 'coefficients_full': b1})
    out['pearsonr'] = {'current_word': pearson(s, rt), 'previous_word': pearson(before(s), rt),
                       'n_current': int((~np.isnan(s + rt)).sum()), 'n_previous': int((~np.isnan(before(s) + rt)).sum())}
    return out


# ---- dissimilarities, ceilings ---------------------------------------------------------------------------------------

def dissimilarity():
    rng = np.random.RandomState(5)
    truth = rng.random_sample(15)           # 6 stimuli, 15 pairs
    sessions = np.round(truth + .4 * rng.standard_normal((3, 2, 15)), 4)  # 3 subjects x 2 sessions
    subjects = sessions.mean(axis=1)
    models = {'graded': np.round(truth + .3 * rng.standard_normal(15), 4), 'categories': (truth > .5).astype(float),
              'constant': np.ones(15)}
    out = {'subjects': 3, 'sessions': sessions, 'models': models, 'spearman': {}, 'pearson': {}}
    for kind, f in (('spearman', spearman), ('pearson', pearson)):
        n = len(subjects)
        o = out[kind]
        o['upper'] = np.mean([f(x, subjects.mean(axis=0)) for x in subjects])
        o['lower'] = np.mean([f(subjects[i], np.delete(subjects, i, axis=0).mean(axis=0)) for i in range(n)])
        o['models'] = {m: {'subjects': [f(x, y) for y in subjects], 'raw': np.mean([f(x, y) for y in subjects])} for m, x in models.items()}
    activations = np.round(rng.standard_normal((6, 9)), 3)
    out['activations'], out['rdm_of_activations'] = activations, (1 - np.corrcoef(activations))[np.triu_indices(6, 1)]
    return out


def split_half():
    rng = np.random.RandomState(2)
    subjects, items = ['s%02d' % i for i in (3, 1, 12, 7, 5, 9, 10)], 16
    truth = rng.standard_normal(items)
    m = np.round(truth + rng.standard_normal((7, items)), 3)
    m[rng.random_sample(m.shape) < .4] = np.nan
    order = np.argsort(subjects)            # subjects in the order of their names
    m, names = m[order], sorted(subjects)
    g, rows = np.random.RandomState(0), []
    for _ in range(10):
        chosen = g.choice(7, 3, replace=False)
        half = np.isin(np.arange(7), chosen)
        a, b = nanmean(m[half], 0), nanmean(m[~half], 0)
        r = abs(pearson(a, b))
        rows.append({'half1': [names[i] for i in chosen], 'items': int((~np.isnan(a + b)).sum()), 'r': r, 'corrected': 2 * r / (1 + r)})
    return {'subjects': names, 'values': m, 'splits': rows, 'ceiling': np.median([x['corrected'] for x in rows])}


def main(out):
    for name, f in (('choices', choices), ('correlation', correlation), ('regression', regression), ('dissimilarity', dissimilarity),
                    ('split_half', split_half)):
        with open(os.path.join(out, name + '.json'), 'w') as file:
            json.dump(clean(f()), file, indent=1, allow_nan=False)
            file.write('\n')


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
