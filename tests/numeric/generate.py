#!/usr/bin/env python3
"""Writes the golden values of the statistics and metrics: <folder>/cases.json beside this file.

    generate.py          needs numpy and scipy (Debian 12's are enough)

The formulas stand in vectors.py, where they are checked against numpy and scipy. A case of a metric is its parameters, the model and the recording as
CSV, and what must come out: `score` and, where it has one, `ceiling`. null is nan, in units also "not there".
"""
import itertools
import json
import math
import os
import re

import numpy as np
import scipy.stats as st

import vectors as v

HERE = os.path.dirname(os.path.abspath(__file__))
NAN = math.nan


def write(folder, cases):
    os.makedirs(os.path.join(HERE, folder), exist_ok=True)
    import scipy
    with open(os.path.join(HERE, folder, 'cases.json'), 'w') as file:
        json.dump(v.clean({'made_by': 'tests/numeric/generate.py', 'numpy': np.__version__, 'scipy': scipy.__version__, 'cases': cases}),
                  file, indent=1, allow_nan=False)
        file.write('\n')


def table(**columns):
    """CSV text; nan is an empty field."""
    rows = zip(*columns.values())
    text = [','.join(columns)]
    for row in rows:
        text.append(','.join('' if isinstance(x, float) and math.isnan(x) else repr(float(x)) if isinstance(x, (float, np.floating)) else str(x)
                             for x in row))
    return '\n'.join(text) + '\n'


# ---- statistics --------------------------------------------------------------------------------------------------------

def statistics():
    rng = np.random.RandomState(17)
    samples = [[], [3.5], [1, 2], [4, 1, 3], [1, NAN, 5, 2], [NAN, NAN], rng.standard_normal(101), 1e9 + rng.standard_normal(50)]
    summaries = []
    for x in samples:
        x = np.asarray(x, float)
        kept = x[~np.isnan(x)]
        quiet = np.errstate(all='ignore')
        with quiet:
            summaries.append({'x': x, 'mean': np.mean(x) if len(x) else NAN, 'nan_mean': np.mean(kept) if len(kept) else NAN,
                              'sd0': np.std(x) if len(x) else NAN, 'sd1': np.std(x, ddof=1) if len(x) > 1 else NAN,
                              'nan_sd1': np.std(kept, ddof=1) if len(kept) > 1 else NAN, 'median': np.median(x) if len(x) else NAN,
                              'nan_median': np.median(kept) if len(kept) else NAN})
    correlation = v.correlation()
    pairs = [p for p in correlation['pairs'] if not any(a is None for a in v.clean(p['x'])) and not any(a is None for a in v.clean(p['y']))]
    fits = []
    for n, k in ((30, 0), (30, 1), (200, 7)):
        X, y = rng.standard_normal((n, k)) * 10. ** np.arange(k), rng.standard_normal(n) * 3 + 5
        fits.append(fit_case('%d x %d' % (n, k), X, y))
    X = rng.standard_normal((25, 2))
    fits.append(fit_case('one column twice', np.column_stack([X, X[:, 0]]), rng.standard_normal(25)))
    return {'summaries': summaries, 'pairs': pairs, 'ranks': correlation['average_ranks'], 'fits': fits}


def fit_case(name, X, y):
    """The residual from columns of one size (numpy's loses ten digits where they differ by 10^6), the likelihood as numpy has it."""
    b, rss, loglik = v.ols(X, y)
    design = np.column_stack([np.ones(len(y)), X / np.abs(X).max(axis=0, initial=0)])
    residual = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    assert abs(np.sum(residual ** 2) / rss - 1) < 1e-9
    return {'name': name, 'columns': X.T, 'y': y, 'loglik': loglik, 'residual': residual}


def random_numbers():
    out = []
    for seed in (0, 1, 1234, 4294967295):
        def g(): return np.random.RandomState(seed)
        out.append({'seed': seed, 'u32': g().randint(0, 2 ** 32, 5, dtype=np.uint64), 'uniform': g().random_sample(5),
                    'permutation': {str(n): g().permutation(n) for n in (1, 2, 7, 40)},
                    'choices': [c.tolist() for r in [g()] for c in [r.choice(63, 31, replace=False) for _ in range(3)]],
                    'replaced': {'n': [7, 64, 1000], 'choices': [g().choice(n, 12, replace=True) for n in (7, 64, 1000)]}})
        late = g()
        late.random_sample(2000)                # beyond the first refill
        out[-1]['late'] = late.random_sample()
    return out


# ---- choices -----------------------------------------------------------------------------------------------------------

def choice_case(name, metric, params, stimuli, model, humans, score, ceiling=None, **more):
    """stimuli: columns of the recording per stimulus; model: answers per stimulus, None where it gives none (and says so: "partial"); humans: the same per
    subject."""
    n, subjects = len(stimuli['stimulus_id']), list(humans)
    rows = [(s, i) for s in subjects for i in range(n) if humans[s][i] is not None]
    data = {c: [stimuli[c][i] for _, i in rows] for c in stimuli}
    data['subject'] = [s for s, _ in rows]
    data['choice'] = [humans[s][i] for s, i in rows]
    answered = [i for i in range(n) if model[i] is not None]
    answered = answered[::-1]                   # another order than the recording's
    if len(answered) < n:
        more['partial'] = True
    return {'name': name, 'metric': metric, 'params': params, 'data': table(**data),
            'model': table(stimulus_id=[stimuli['stimulus_id'][i] for i in answered], choice=[model[i] for i in answered]),
            'score': score, 'ceiling_name': 'subject_pairs' if ceiling else None, 'ceiling': ceiling, **more}


SIMPLE = {'observed_consistency': lambda a, b: np.mean(a == b), 'accuracy_difference': lambda a, b: (np.mean(a) - np.mean(b)) ** 2}


def between_pairs(f, humans, conditions):
    pairs = [np.mean(v.by_condition(f, a, b, conditions)) for a, b in itertools.combinations(humans, 2)]
    return {'value': np.mean(pairs), 'error': np.std(pairs), 'error_kind': 'pair_sd', 'n': len(pairs)}


def choices():
    golden, cases = v.choices(), []
    unit = golden['reference_unit_tests']
    stimuli = {'stimulus_id': ['%d' % i for i in range(9)], **{k: list(x) for k, x in unit['stimuli'].items()}}
    said = unit['subjects']
    labels = {'plain': [], 'condition': ['condition'], 'condition,animacy': ['condition', 'animacy']}
    for m in 'ABC':
        for key, variables in labels.items():
            want, ceiling = unit['accuracy_distance'][m][key], unit['accuracy_distance_ceiling'][key]
            cases.append(choice_case('reference test, %s, %s' % (m, key), 'accuracy_distance', {'variables': variables}, stimuli, said[m], said,
                                     {'raw': want['score'], 'error': want['error'], 'error_kind': 'subject_sd', 'n': 9},
                                     {'value': ceiling['value'], 'error': ceiling['error'], 'error_kind': 'pair_sd', 'n': 3}))
        for variant in ('reference', 'toolbox'):
            want, ceiling = unit['error_consistency'][m][variant], unit['error_consistency_ceiling'][variant]
            raw = want['raw'] if variant == 'reference' else want['signed']
            cases.append(choice_case('reference test, %s, %s' % (m, variant), 'error_consistency', {'variant': variant}, stimuli, said[m], said,
                                     {'raw': raw, 'error': want['error'], 'error_kind': 'unit_sd', 'units': np.ravel(want['units']), 'n': 9},
                                     {'value': ceiling['value'], 'error': ceiling['error'], 'error_kind': 'unit_sd', 'n': 3}))
        right = [np.array(said[s]) == np.array(stimuli['truth']) for s in 'ABC']
        for metric, f in SIMPLE.items():
            cases.append(choice_case('reference test, ' + m, metric, {}, stimuli, said[m], said, {'raw': unit[metric][m], 'n': 9},
                                     between_pairs(f, right, np.array(stimuli['condition']))))
    assert abs(cases[0]['score']['raw'] - .74074074) < 1e-8 and abs(cases[3]['score']['raw'] - .2) < 1e-12

    big = golden['unequal_conditions']
    stimuli = {'stimulus_id': ['im%d.png' % i for i in range(20)], 'kind': ['c%d' % c for c in big['condition']], 'truth': ['cat', 'dog'] * 10}

    def answers(right): return [t if r else 'na' if i % 3 else 'owl' for i, (t, r) in enumerate(zip(stimuli['truth'], right))]
    model = [t if r else ('dog' if t == 'cat' else 'cat') for t, r in zip(stimuli['truth'], big['model'])]
    humans = {'s%d' % (i + 9): answers(h) for i, h in enumerate(big['humans'])}
    for variant in ('reference', 'toolbox'):
        want, ceiling = big['error_consistency'][variant], big['ceiling'][variant]
        cases.append(choice_case('conditions of unequal size, ' + variant, 'error_consistency', {'variant': variant, 'condition': 'kind'}, stimuli, model,
                                 humans, {'raw': want['raw'], 'error': want['error'], 'units': np.ravel(want['units']), 'n': 20,
                                          'axes': [['s9', 's10', 's11', 's12'], ['c1', 'c2', 'c3', 'c4']]},
                                 {'value': ceiling['value'], 'error': ceiling['error'], 'n': 6}))
    for metric, f in SIMPLE.items():
        cases.append(choice_case('conditions of unequal size', metric, {'condition': 'kind'}, stimuli, model, humans, {'raw': big[metric], 'n': 20},
                                 between_pairs(f, [np.array(h) for h in big['humans']], np.array(big['condition']))))
    cases += incomplete(stimuli, model, humans)

    a = golden['accuracy']
    ids = ['i%d' % i for i in range(6)]
    cases.append({'name': 'reference test', 'metric': 'accuracy', 'params': {}, 'data': None,
                  'model': table(stimulus_id=ids, choice=list(a['source']), truth=list(a['target'])),
                  'score': {'raw': a['score'], 'error': a['error'], 'error_kind': 'trial_sd', 'n': 6}})
    cases.append(choice_case('truth of the recording', 'accuracy', {}, stimuli, model, humans,
                             {'raw': np.mean(big['model']), 'error': np.std(big['model']), 'error_kind': 'trial_sd', 'n': 20}))
    b = golden['shape_bias']
    match = [i.replace('.png', '').rstrip('0123456789').split('-') for i in b['stimulus_id']]
    match = [(s.rstrip('0123456789'), t) for s, t in match]
    cases.append({'name': 'six images', 'metric': 'shape_bias', 'params': {}, 'data': None,
                  'model': table(stimulus_id=b['stimulus_id'], choice=b['choice'], shape=[s for s, _ in match], texture=[t for _, t in match]),
                  'score': {'raw': b['shape_bias'], 'error': math.sqrt(.75 * .25 / 4), 'error_kind': 'trial_sem', 'n': 4}})
    return cases


def incomplete(stimuli, model, humans):
    """Some stimuli without an answer of the model, some that a subject did not see, a subject's one condition missing altogether; repeated answers."""
    n, kind = 20, np.array(stimuli['kind'])
    model = [None if i in (2, 7) else x for i, x in enumerate(model)]
    humans = {s: list(x) for s, x in humans.items()}
    humans['s10'] = [None if i in (3, 4) or kind[i] == 'c4' else x for i, x in enumerate(humans['s10'])]

    def right(x): return np.array([NAN if a is None else float(a == t) for a, t in zip(x, stimuli['truth'])])
    m, out, cases = right(model), {}, []
    for metric, f in (('error_consistency', lambda a, b: v.kappa(a, b, 'reference')), *SIMPLE.items()):
        units = np.full((4, 4), NAN)
        for s, x in enumerate(humans.values()):
            for c, name in enumerate(('c1', 'c2', 'c3', 'c4')):
                seen = (kind == name) & ~np.isnan(m + right(x))
                if seen.any():
                    units[s, c] = f(m[seen], right(x)[seen])
        raw = v.nanmean(v.nanmean(units, 1))
        out[metric] = units
        cases.append(choice_case('incomplete', metric, {'condition': 'kind'}, stimuli, model, humans,
                                 {'raw': abs(raw), 'units': units.ravel(), 'n': 18, 'warning': '2 of 20 stimuli have no answer'}))
    items = [stimuli['stimulus_id'][i] for i in range(n) if kind[i] in ('c1', 'c2')]
    units = out['observed_consistency'][:, :2]
    cases.append(choice_case('only some items', 'observed_consistency', {'condition': 'kind'}, stimuli, model, humans,
                             {'raw': v.nanmean(v.nanmean(units, 1)), 'units': units.ravel(), 'n': 11}, items=items))
    twice = choice_case('repeated answers', 'observed_consistency', {'condition': 'kind'}, stimuli, model, humans, {})
    other = ['dog' if i % 4 else 'cat' for i in range(n)]
    second = np.full((4, 4), NAN)
    for s, x in enumerate(humans.values()):
        for c, name in enumerate(('c1', 'c2', 'c3', 'c4')):
            seen = (kind == name) & ~np.isnan(right(x))
            if seen.any():
                second[s, c] = np.mean(right(other)[seen] == right(x)[seen])
    first = [i for i in range(n) if model[i] is not None]
    twice['model'] = table(stimulus_id=[stimuli['stimulus_id'][i] for i in first] + stimuli['stimulus_id'], choice=[model[i] for i in first] + other,
                           repetition=[0] * len(first) + [1] * n)
    units = (out['observed_consistency'] + second) / 2
    twice['score'] = {'raw': v.nanmean(v.nanmean(units, 1)), 'units': units.ravel(), 'n': 20}
    nothing = choice_case('a column that is empty everywhere', 'observed_consistency', {'condition': 'kind'}, {**stimuli, 'kind': [''] * n}, model, humans,
                          {'raw': np.mean([np.mean((m == right(x))[~np.isnan(m + right(x))]) for x in humans.values()]), 'n': 18})
    return cases + [twice, nothing]


# ---- words -------------------------------------------------------------------------------------------------------------

def words():
    r, cases = v.regression(), []
    rt, s, story = r['rt'], r['surprisal'], r['story']
    n = len(rt)
    zone = np.resize(np.arange(1, 21), n)
    ids = ['%d.%d' % x for x in zip(story, zone)]
    data = table(stimulus_id=ids, text=story, position=zone, value=rt, length=r['length'], frequency=r['log2freq'], in_sentence=r['position'],
                 n_trials=[5 + i % 4 for i in range(n)])
    model = table(stimulus_id=ids[::-1], text=story[::-1], position=zone[::-1], value=s[::-1])

    def case(name, metric, params, score, **more):
        cases.append({'name': name, 'metric': metric, 'params': params, 'data': data, 'model': model, 'score': score, **more})

    p = r['pearsonr']
    missing = int((~np.isnan(rt)).sum())

    def fisher(r, n, factor=1): return (1 - r * r) * math.sqrt(factor / (n - 3))
    case('current word', 'pearsonr', {}, {'raw': p['current_word'], 'n': p['n_current'], 'error': fisher(p['current_word'], p['n_current']),
                                          'error_kind': 'fisher_z_se', 'warning': '%d of %d words have no value of the model' % (
                                              missing - p['n_current'], missing)})
    case('previous word', 'pearsonr', {'spill_over': 1}, {'raw': p['previous_word'], 'n': p['n_previous']})
    rho = v.spearman(s, rt)
    case('current word', 'spearmanr', {}, {'raw': rho, 'n': p['n_current'], 'error': fisher(rho, p['n_current'], 1.06), 'error_kind': 'fisher_z_se'})
    few = np.array([5 + i % 4 >= 7 for i in range(n)])
    case('enough trials', 'pearsonr', {'min_trials': 7}, {'raw': v.pearson(s[few], rt[few])})
    some = np.arange(n) % 3 > 0
    case('only some items', 'pearsonr', {}, {'raw': v.pearson(s[some], rt[some])}, items=[ids[i] for i in np.flatnonzero(some)])
    for absolute, want in ((False, -p['current_word']), (True, p['current_word'])):
        case('wrong sign, absolute %s' % absolute, 'pearsonr', {'absolute': absolute}, {'raw': want})
        cases[-1]['model'] = table(stimulus_id=ids, value=-s)

    base = ['length', 'frequency', 'in_sentence']
    for fit, params in zip(r['fits'], ({'baseline': base}, {'baseline': base, 'spill_over': 1, 'spill_over_baseline': base[:2]})):
        units = delta_units(r, fit)
        case(fit['formula'], 'delta_loglik', params, {'raw': fit['delta_ll_per_item'], 'n': fit['n'], 'units': units, 'error_kind': 'item_sem',
                                                      'error': np.std(units[~np.isnan(units)], ddof=1) / math.sqrt(fit['n'])})
    h = v.split_half()
    subjects, values = h['subjects'], h['values']
    items = ['w%d' % i for i in range(values.shape[1])]
    cells = [(a, b) for b in range(len(items)) for a in range(len(subjects))][::-1]
    trials = table(stimulus_id=[items[b] for a, b in cells], subject=[subjects[a] for a, b in cells], value=[values[a, b] for a, b in cells])
    mean = v.nanmean(values, 0)
    x = np.random.RandomState(4).standard_normal(len(items)) + np.nan_to_num(mean)
    split = [s['corrected'] for s in h['splits']]
    cases.append({'name': 'single trials', 'metric': 'pearsonr', 'params': {}, 'data': trials, 'model': table(stimulus_id=items, value=x),
                  'score': {'raw': v.pearson(x, mean)}, 'ceiling_name': 'split_half_subjects',
                  'ceiling': {'value': h['ceiling'], 'error': np.std(split, ddof=1), 'error_kind': 'split_sd', 'n': 10}})
    cases.append({**cases[-1], 'name': 'mean of the splits', 'ceiling_params': {'aggregate': 'mean'}, 'ceiling': {'value': np.mean(split)}})
    cases.append({**cases[-1], 'name': 'first splits', 'ceiling_params': {'splits': 3}, 'ceiling': {'value': np.median(split[:3]), 'n': 3}})
    g, ranked = np.random.RandomState(5), []
    for _ in range(10):
        half = np.isin(np.arange(7), g.choice(7, 3, replace=False))
        rho = abs(v.spearman(v.nanmean(values[half], 0), v.nanmean(values[~half], 0)))
        ranked.append(2 * rho / (1 + rho))
    cases.append({**cases[-1], 'name': 'ranks, another seed', 'metric': 'spearmanr', 'score': {'raw': v.spearman(x, mean)},
                  'ceiling_params': {'seed': 5}, 'ceiling': {'value': np.median(ranked)}})
    return cases


def delta_units(r, fit):
    """Each word's gain in log-likelihood, from the coefficients."""
    rows, spill = fit['rows'], fit['formula'] == 'spillover'
    before = lambda x: np.array([NAN if i == 0 or r['story'][i] != r['story'][i - 1] else x[i - 1] for i in range(len(x))])
    base = [r['length'], r['log2freq'], r['position']] + ([before(r['length']), before(r['log2freq'])] if spill else [])
    full = base + [r['surprisal']] + ([before(r['surprisal'])] if spill else [])
    y, loglik = r['rt'][rows], []
    for columns, b in ((base, fit['coefficients_base']), (full, fit['coefficients_full'])):
        residual = y - np.column_stack([np.ones(len(y))] + [c[rows] for c in columns]) @ b
        loglik.append(st.norm.logpdf(residual, scale=math.sqrt(np.mean(residual ** 2))))
    units = np.full(len(r['rt']), NAN)
    units[rows] = loglik[1] - loglik[0]
    assert abs(np.mean(loglik[1] - loglik[0]) - fit['delta_ll_per_item']) < 1e-12
    return units


# ---- dissimilarities -----------------------------------------------------------------------------------------------------

def dissimilarities():
    d, cases = v.dissimilarity(), []
    names = ['s1', 's2', 's10', 'a', 'b', 'c']
    pairs = list(itertools.combinations(range(6), 2))
    rows = [(s, session, p) for session in range(2) for p in range(15) for s in range(3)]
    flip = lambda p, way: names[pairs[p][way]]
    data = table(stimulus_a=[flip(p, session) for s, session, p in rows], stimulus_b=[flip(p, 1 - session) for s, session, p in rows],
                 subject=['p%d' % (s + 8) for s, _, _ in rows], session=[session for _, session, _ in rows],
                 value=[d['sessions'][s, session, p] for s, session, p in rows])
    subjects = d['sessions'].mean(axis=1)
    for kind in ('spearman', 'pearson'):
        f, n = getattr(v, kind), 3
        upper = [f(x, subjects.mean(axis=0)) for x in subjects]
        ceiling = {'value': d[kind]['upper'], 'lower': d[kind]['lower'], 'n': 3, 'error': np.std(upper, ddof=1) / math.sqrt(n),
                   'error_kind': 'subject_sem'}
        for model in ('graded', 'categories'):
            want, order = d[kind]['models'][model], range(15)[::-1]
            cases.append({'name': '%s, %s' % (model, kind), 'metric': 'rdm', 'params': {'similarity': kind}, 'data': data,
                          'model': table(stimulus_a=[flip(p, p % 2) for p in order], stimulus_b=[flip(p, 1 - p % 2) for p in order],
                                         value=[d['models'][model][p] for p in order]),
                          'score': {'raw': want['raw'], 'units': want['subjects'], 'error': np.std(want['subjects'], ddof=1) / math.sqrt(n),
                                    'error_kind': 'subject_sem', 'n': 15, 'axes': [['p8', 'p9', 'p10']]},
                          'ceiling_name': 'rsa', 'ceiling': ceiling})
    kept = [p for p in range(15) if p not in (3, 8)]
    x = d['models']['graded']
    cases.append({'name': 'the whole matrix, less two pairs', 'metric': 'rdm', 'params': {}, 'data': data,
                  'model': table(stimulus_a=[names[i] for i in range(6)] + [flip(p, w) for p in kept for w in (0, 1)],
                                 stimulus_b=[names[i] for i in range(6)] + [flip(p, 1 - w) for p in kept for w in (0, 1)],
                                 value=[0.0] * 6 + [x[p] for p in kept for w in (0, 1)]),
                  'score': {'raw': np.mean([v.spearman(x[kept], s[kept]) for s in subjects]), 'n': 13,
                            'warning': '2 of 15 pairs of stimuli have no dissimilarity in the model'}, 'partial': True})
    return cases


def items():
    random = np.random.RandomState(61).randint(2, size=200)
    model = table(suite=['cleft', 'mvrr', 'npi', 'random'], bits=['0110', '111', '00', ''.join(map(str, random))])

    def case(name, params, bits, labels):
        p = np.mean(bits)
        return {'name': name, 'metric': 'item_accuracy', 'params': params, 'data': None, 'model': model,
                'score': {'raw': p, 'error': math.sqrt(p * (1 - p) / len(bits)), 'error_kind': 'item_sem', 'n': len(bits), 'units': bits, 'axes': [labels]}}
    return [case('one suite', {'where': {'suite': 'cleft'}}, [0, 1, 1, 0], ['cleft.1', 'cleft.2', 'cleft.3', 'cleft.4']),
            case('two suites', {'where': {'suite': ['npi', 'mvrr']}}, [1, 1, 1, 0, 0], ['mvrr.1', 'mvrr.2', 'mvrr.3', 'npi.1', 'npi.2']),
            case('random bits', {'where': {'suite': 'random'}}, random, ['random.%d' % (i + 1) for i in range(200)]),
            case('all', {}, [0, 1, 1, 0, 1, 1, 1, 0, 0, *random],
                 ['cleft.%d' % i for i in (1, 2, 3, 4)] + ['mvrr.%d' % i for i in (1, 2, 3)] + ['npi.1', 'npi.2'] + ['random.%d' % (i + 1) for i in range(200)])]


def holds(formula, values):
    """A prediction of a suite in Python's own grammar; values: (condition, region) -> surprisal."""
    def region(match):
        return 'region(%r, %r)' % (match[2], match[1])

    def value(condition, number):
        return np.nansum([x for (c, r), x in values.items() if c == condition and number in ('*', str(r))])

    text = re.sub(r'\((\d+|\*);%([\w-]+)%\)', region, formula)
    text = re.sub(r'(region\([^()]*\)) = (region\([^()]*\))', r'close(\1, \2)', text)
    assert ' = ' not in text, text
    return bool(eval(text.replace('&', 'and'), {'region': value, 'close': lambda a, b: np.isclose(a, b, rtol=1e-5, atol=1e-3)}))


def suites():
    """Each suite of the catalog, on made-up surprisals with many ties, in a table whose rows are not in order."""
    with open(os.path.join(HERE, '../../data/catalog/language/syntaxgym.json')) as file:
        rows = json.load(file)[0]['for_each']
    extra = [{'suite': 'all_regions', 'predictions': ['(*;%a%) < (*;%b%)', '(1;%a%) + 1 > (*;%b%) - 2']}]
    cases = []
    for k, row in enumerate(rows + extra):
        random = np.random.RandomState(700 + k)
        named = sorted({(c, r) for f in row['predictions'] for r, c in re.findall(r'\((\d+|\*);%([\w-]+)%\)', f)})
        regions = sorted({(c, int(r)) for c, r in named if r != '*'} | {(c, 2) for c, _ in named})

        def item():
            return {r: float(random.randint(3)) + random.choice([0, 0, .0009, .0011]) for r in regions}

        def is_met(values):
            return int(all(holds(f, values) for f in row['predictions']))

        items = [item() for _ in range(10)]
        for values in items[:3]:  # what a prediction names and what none does
            values[regions[random.randint(len(regions))]] = NAN
        items.append(next(values for values in iter(item, None) if is_met(values)))
        met = [is_met(values) for values in items]
        cells = [(i, c, r) for i in range(len(items)) for c, r in regions]
        cells = [cells[at] for at in random.permutation(len(cells))]
        n_missing = sum(math.isnan(x) for values in items for x in values.values())
        model = table(suite=[row['suite']] * len(cells) + ['other'], item=[i + 1 for i, _, _ in cells] + [99],
                      condition=[c for _, c, _ in cells] + ['a'], region=[r for _, _, r in cells] + [1],
                      value=[items[i][c, r] for i, c, r in cells] + [1.])
        p = np.mean(met)
        cases.append({'name': 'regions of ' + row['suite'], 'metric': 'item_accuracy', 'data': None, 'model': model,
                      'params': {'where': {'suite': row['suite']}, 'predictions': row['predictions'], 'items': len(items)},
                      'score': {'raw': p, 'error': math.sqrt(p * (1 - p) / len(met)), 'error_kind': 'item_sem', 'n': len(met), 'units': met,
                                'axes': [['%s.%d' % (row['suite'], i + 1) for i in range(len(met))]],
                                'warning': '%d of %d regions have no value, which counts as 0' % (n_missing, len(cells))}})
    return cases


if __name__ == '__main__':
    write('stats', statistics())
    write('mt19937', random_numbers())
    write('choices', choices())
    write('words', words())
    write('rdm', dissimilarities())
    write('item_accuracy', items() + suites())
