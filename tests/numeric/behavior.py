#!/usr/bin/env python3
"""Writes behavior/cases.json and readout/cases.json: metrics of behaviour and readouts of it on random data, and what numpy, scipy and scikit-learn make of them.

    behavior.py          needs numpy, scipy and scikit-learn (Debian 12's are enough)

Formulas are written out here from their descriptions (the headers in src/metric), over lists of trials. Readouts are scikit-learn's LogisticRegression, with its
tolerance lowered until the optimum stands to 1e-9.
"""
import collections
import itertools
import math
import warnings

import numpy as np
import scipy.stats as st
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

import generate as g

NAN = math.nan
warnings.simplefilter('ignore', FutureWarning)


def column(rows, *names):
    return {n: [r[n] for r in rows] for n in names}


def pick(rng, options):
    return options[rng.randint(len(options))]


def accuracy(rows):
    return np.mean([r['choice'] == r['truth'] for r in rows]) if rows else NAN


# ---- signatures ----------------------------------------------------------------------------------------------------------

def signature_cases():
    rng = np.random.RandomState(5)
    objects, images = ['bear', 'car', 'dog', 'ele'], ['im%02d' % i for i in range(24)]
    truth = {x: objects[i % 4] for i, x in enumerate(images)}
    trials = []
    for t in range(900):
        x = pick(rng, images)
        other = pick(rng, [o for o in objects if o != truth[x]])
        easy = .6 + .3 * math.sin(images.index(x) + objects.index(other))
        trials.append({'stimulus_id': x, 'truth': truth[x], 'dist_obj': other, 'choice': truth[x] if rng.random_sample() < easy else other})
    p = rng.dirichlet([1.5] * 4, 24)
    columns = [2, 0, 3, 1]                                          # another order of the labels, and of the images
    model = [{'stimulus_id': images[i], 'choice': objects[c], 'value': p[i, c]} for i in reversed(range(24)) for c in columns]

    def of_humans(part):
        chosen, offered = collections.Counter(), collections.Counter()
        for t in part:
            chosen[t['stimulus_id'], t['choice']] += 1
            for o in ('truth', 'dist_obj'):
                offered[t['stimulus_id'], t[o]] += 1
        return {k: chosen[k] / n for k, n in offered.items() if k[1] != truth[k[0]]}

    of_model = {(x, o): p[i, c] / (p[i, c] + p[i, objects.index(truth[x])])
                for i, x in enumerate(images) for c, o in enumerate(objects) if o != truth[x]}

    def nanmean(x):
        x = [v for v in x if not math.isnan(v)]
        return np.mean(x) if x else NAN

    def signature(S, by_image, collapse, normalise):
        F = {(t, o): nanmean([s for (x, c), s in S.items() if truth[x] == t and c == o]) for t in objects for o in objects if t != o}

        def d(hit, miss): return float(np.clip(st.norm.ppf(hit) - st.norm.ppf(miss), -5, 5))
        if not by_image:
            D = {(a, b): d(1 - F[b, a], F[a, b]) for a in objects for b in objects if a != b}
            return {b: nanmean([D[a, b] for a in objects if a != b]) for b in objects} if collapse else D
        D = {(x, c): d(1 - s, F[c, truth[x]]) for (x, c), s in S.items()}
        if normalise:
            mean = {(t, o): nanmean([v for (x, c), v in D.items() if truth[x] == t and c == o]) for t in objects for o in objects}
            D = {(x, c): v - mean[truth[x], c] for (x, c), v in D.items()}
        return {x: nanmean([D[x, o] for o in objects if (x, o) in D]) for x in images} if collapse else D

    def similar(a, b):
        keys = [k for k in sorted(b) if not math.isnan(a.get(k, NAN) + b[k])]
        return st.pearsonr([a[k] for k in keys], [b[k] for k in keys])[0]

    shuffle, halves = np.random.RandomState(0), []
    for _ in range(2):
        order = list(range(len(trials)))
        shuffle.shuffle(order)
        halves.append([of_humans([trials[i] for i in part]) for part in (order[:450], order[450:])])
    kinds = {'i1': (1, 1, 0), 'i1n': (1, 1, 1), 'i2': (1, 0, 0), 'i2n': (1, 0, 1), 'o1': (0, 1, 0), 'o2': (0, 0, 0)}
    for metric, kind in kinds.items():
        pairs = [[signature(S, *kind) for S in pair] for pair in halves]
        raw, ceiling = [similar(signature(of_model, *kind), a) for a, _ in pairs], [similar(a, b) for a, b in pairs]
        yield {'name': '24 images of 4 objects', 'metric': metric, 'params': {}, 'data': g.table(**column(trials, 'stimulus_id', 'truth', 'dist_obj', 'choice')),
               'model': g.table(**column(model, 'stimulus_id', 'choice', 'value')),
               'score': {'raw': np.mean(raw), 'error': np.std(raw), 'error_kind': 'split_sd', 'n': 24}, 'ceiling_name': metric,
               'ceiling': {'value': np.mean(ceiling), 'error': np.std(ceiling), 'error_kind': 'split_sd', 'n': 2}}


# ---- search asymmetry -----------------------------------------------------------------------------------------------------

def value_delta_cases():
    published = ((1, 1.5, .6065), (4, 2, .1353), (0, 10, 0))         # to .0005, also the other way round
    for a, b, want in published + tuple((b, a, want) for a, b, want in published):
        assert abs(math.exp(-abs(a - b)) - want) < .0005
        want = math.exp(-abs(a - b))
        yield {'name': f'reference test, {a} and {b}', 'metric': 'value_delta', 'params': {'scale': 1},
               'data': g.table(stimulus_id=['all'], value=[b]), 'model': g.table(stimulus_id=['all'], value=[a]), 'score': {'raw': want, 'n': 1}}
    rng = np.random.RandomState(9)
    stimuli = [{'stimulus_id': f'{b}{d}_{i}', 'block': b, 'distractors': d, 'truth': ['oddball', 'same'][i % 2]} for b in ('first', 'second')
               for d in (1, 5, 11) for i in range(8)]

    def answer(s, skill):
        return s['truth'] if rng.random_sample() < skill else {'oddball': 'same', 'same': 'oddball'}[s['truth']]
    model = [{**s, 'choice': answer(s, .9 - .03 * s['distractors'])} for s in stimuli]
    trials = [{**s, 'subject': f'p{k}', 'choice': answer(s, .95 - .02 * s['distractors'] * (s['block'] == 'first'))} for k in range(5) for s in stimuli
              for _ in range(3)]
    lapse, scale = .06, .75

    def area(rows):
        delta = []
        for d in (1, 5, 11):
            mean = {}
            for b in ('first', 'second'):
                own = [[r for r in rows if r['subject'] == p and r['block'] == b and r['distractors'] == d] for p in sorted({r['subject'] for r in rows})]
                mean[b] = np.mean([(accuracy(x) - lapse / 2) / (1 - lapse) for x in own if x])
            delta.append(mean['second'] - mean['first'])
        return round(2 * (delta[0] + delta[1]) + 3 * (delta[1] + delta[2]), 4)

    def near(a, b): return math.exp(-scale * abs(a - b))
    splits = []
    for seed in range(500):
        order = np.random.RandomState(seed).permutation(len(trials))
        splits.append(near(*(area([trials[i] for i in part]) for part in (order[:len(order) // 2], order[len(order) // 2:]))))
    names = ('stimulus_id', 'block', 'distractors', 'truth', 'subject', 'choice')
    yield {'name': 'two blocks', 'metric': 'value_delta', 'params': {'scale': scale, 'lapse': lapse}, 'data': g.table(**column(trials, *names)),
           'model': g.table(**column(model, 'stimulus_id', 'choice')),
           'score': {'raw': near(area([{**m, 'subject': 'm'} for m in model]), area(trials)), 'n': 48}, 'ceiling_name': 'value_delta',
           'ceiling_params': {}, 'ceiling': {'value': np.mean(splits), 'error': np.std(splits), 'n': 500}}


# ---- manipulated images ---------------------------------------------------------------------------------------------------

def baker_cases():
    rng = np.random.RandomState(3)
    animals = ['bear', 'bunny', 'cat']
    stimuli = [{'stimulus_id': f'{a}_{k}_{i}', 'truth': a, 'image_type': k} for a in animals for k in 'wfi' for i in range(2 + animals.index(a))]

    def answer(s, loss):
        return s['truth'] if rng.random_sample() < (.95 if s['image_type'] == 'w' else .95 - loss) else pick(rng, [a for a in animals if a != s['truth']])
    model = [{**s, 'choice': answer(s, .3)} for s in stimuli]
    for name, labels in (('numbers', [str(i) for i in range(9)]), ('numbers from one', [str(i + 1) for i in range(8)]), ('names', ['s%d' % i for i in range(7, 14)])):
        trials = [{**s, 'subject': x, 'choice': answer(s, .2 + .3 * rng.random_sample())} for x in labels for s in stimuli]
        number = {x: int(x) if x.isdigit() else i for i, x in enumerate(labels)}
        n = len(labels)

        def of(rows, kind): return [r for r in rows if r['image_type'] == kind]
        loss = {x: accuracy(of([t for t in trials if t['subject'] == x], 'w')) - accuracy(of([t for t in trials if t['subject'] == x], 'f')) for x in labels}
        m = [np.mean([accuracy([r for r in of(model, k) if r['truth'] == a]) for a in animals]) for k in 'wf']
        m = m[0] - m[1]

        def delta(drawn, inside=True): return np.mean([loss[x] for x in labels if (number[x] in drawn) == inside])
        scores = []
        for i in range(100):
            h = delta(set(np.random.RandomState(i).choice(range(1, n), n // 2, replace=False)))
            scores.append(max(0, 1 - abs(h - m) / h))
        state, ceilings = np.random.RandomState(0), []
        for i in range(100):
            drawn = set(state.choice(range(1, n), n // 2, replace=False))
            c = max(0, 1 - abs(delta(drawn) - delta(drawn, False)) / delta(drawn, False))
            ceilings.append(2 * c / (1 + c))
        yield {'name': 'subjects with ' + name, 'metric': 'baker_accuracy_delta', 'params': {'condition': 'f'},
               'data': g.table(**column(trials, 'stimulus_id', 'subject', 'truth', 'image_type', 'choice')), 'model': g.table(**column(model, 'stimulus_id', 'choice')),
               'score': {'raw': np.mean(scores), 'error': np.std(scores), 'error_kind': 'split_sd', 'units': [loss[x] for x in labels], 'n': len(stimuli)},
               'ceiling_name': 'baker_accuracy_delta', 'ceiling': {'value': np.median(ceilings), 'error': np.std(ceilings), 'n': 100}}


# ---- conditions, confusions, tasks ------------------------------------------------------------------------------------------

def condition_cases():
    rng = np.random.RandomState(12)
    labels, trials, model = ['bear', 'bison', 'hare'], [], {}
    for s in ('s1', 's2', 's10'):
        for kind in ('bar', 'blob', 'cloud'):
            for colour in ('black', 'white'):
                for i in range(rng.randint(4, 9)):
                    truth, x = pick(rng, labels), f'{s}{kind}{colour}{i}'
                    hard = .3 + .1 * ('bar', 'blob', 'cloud').index(kind) + .25 * (colour == 'white')
                    trials.append({'stimulus_id': x, 'subject': s, 'truth': truth, 'kind': kind, 'colour': colour,
                                   'choice': truth if rng.random_sample() < hard else pick(rng, labels)})
                    model[x] = {'stimulus_id': x, 'truth': truth, 'choice': truth if rng.random_sample() < hard else pick(rng, labels)}
    subjects, conditions = ('s1', 's2', 's10'), sorted({(t['kind'], t['colour']) for t in trials})

    def of(s, c): return [t for t in trials if t['subject'] == s and (t['kind'], t['colour']) == c]
    human = np.array([[accuracy(of(s, c)) for c in conditions] for s in subjects])
    own = np.array([[accuracy([model[t['stimulus_id']] for t in of(s, c)]) for c in conditions] for s in subjects])
    r = [np.corrcoef(a, b)[0, 1] for a, b in zip(human, own)]
    rest = [np.corrcoef(human[i], np.mean(np.delete(human, i, 0), 0))[0, 1] for i in range(3)]
    yield {'name': 'six conditions', 'metric': 'condition_wise_accuracy_similarity', 'params': {'variables': ['kind', 'colour']},
           'data': g.table(**column(trials, 'stimulus_id', 'subject', 'truth', 'kind', 'colour', 'choice')),
           'model': g.table(**column(list(model.values())[::-1], 'stimulus_id', 'choice')),
           'score': {'raw': np.mean(r), 'error': np.std(r), 'error_kind': 'subject_sd', 'units': r, 'n': len(trials)},
           'ceiling_name': 'condition_wise_accuracy_similarity', 'ceiling': {'value': np.mean(rest), 'error': st.sem(rest), 'error_kind': 'subject_sem', 'n': 3}}


def confusion_cases():
    rng = np.random.RandomState(21)
    labels = ['person', 'cat', 'bird', 'tree']
    stimuli = [{'stimulus_id': f'{x}{i}', 'truth': x} for x in labels for i in range(12)]

    def answer(s, sway): return s['truth'] if rng.random_sample() < .5 else labels[(labels.index(s['truth']) + (1 if rng.random_sample() < sway else 2)) % 4]
    model = [{**s, 'choice': answer(s, .7)} for s in stimuli]
    subjects = ['a', 'b', 'c', 'd', 'e']
    trials = [{**s, 'subject': x, 'choice': answer(s, .6)} for x in subjects for s in stimuli if rng.random_sample() < .8]
    off = ~np.eye(4, dtype=bool)

    def matrix(rows): return np.array([[sum(r['truth'] == a and r['choice'] == b for r in rows) for b in labels] for a in labels])[off]
    state, splits = np.random.RandomState(0), []
    for _ in range(100):
        half = {subjects[i] for i in state.choice(5, 2, replace=False)}
        splits.append(st.pearsonr(matrix([t for t in trials if t['subject'] in half]), matrix([t for t in trials if t['subject'] not in half]))[0])
    seen = {t['stimulus_id'] for t in trials}
    counted = [m for m in model if m['stimulus_id'] in seen]
    yield {'name': 'four categories', 'metric': 'confusion_similarity', 'params': {}, 'data': g.table(**column(trials, 'stimulus_id', 'subject', 'truth', 'choice')),
           'model': g.table(**column(model, 'stimulus_id', 'choice')), 'score': {'raw': st.pearsonr(matrix(counted), matrix(trials))[0], 'n': len(counted)},
           'ceiling_name': 'confusion_similarity', 'ceiling': {'value': np.mean(splits), 'error': np.std(splits), 'n': 100}}
    # the model answers other pictures, in another order, of the same categories
    others = [{'stimulus_id': f'test-{i}', 'truth': labels[::-1][i % 4]} for i in range(70)]
    asked = [{**s, 'choice': answer(s, .3)} for s in others]
    yield {'name': 'pictures that people did not see', 'metric': 'confusion_similarity', 'params': {},
           'data': g.table(**column(trials, 'stimulus_id', 'subject', 'truth', 'choice')), 'stimuli': g.table(**column(others, 'stimulus_id', 'truth')),
           'model': g.table(**column(asked, 'stimulus_id', 'choice')), 'score': {'raw': st.pearsonr(matrix(asked), matrix(trials))[0], 'n': 70}}


def task_cases():
    rng = np.random.RandomState(30)
    pair = {'control': ('control', 'control'), 'clutter_heavy': ('clutter', 'heavy'), 'scrambling_lowpass': ('phasescrambling', 'lowpass'),
            'occlusion_few_large_blobs_high': ('occluder', 'fewlarge-high'), 'occlusion_few_large_deletion_high': ('occluder', 'fewlarge-high'),
            'occlusion_many_small_partial_viewing_low': ('occluder', 'manysmall-low')}
    labels, model, trials = ['cat', 'tree'], [], []
    for p in sorted(set(pair.values())):
        for i in range(15):
            truth = pick(rng, labels)
            model.append({'stimulus_id': f'{p[0]}-{p[1]}-{i}', 'truth': truth, 'manipulation': p[0], 'manipulation_details': p[1], 'choice': pick(rng, labels + [truth])})
    for t in range(600):
        task = pick(rng, sorted(pair))
        own = [m for m in model if (m['manipulation'], m['manipulation_details']) == pair[task]]
        s = own[t % 15]
        trials.append({'stimulus_id': s['stimulus_id'], 'truth': s['truth'], 'task': task,
                       'choice': s['truth'] if rng.random_sample() < .5 + .08 * sorted(pair).index(task) else pick(rng, labels)})
    seen, tasks = {t['stimulus_id'] for t in trials}, sorted(pair)
    human = [accuracy([t for t in trials if t['task'] == k]) for k in tasks]
    own = [accuracy([m for m in model if (m['manipulation'], m['manipulation_details']) == pair[k] and m['stimulus_id'] in seen]) for k in tasks]
    state, splits = np.random.RandomState(0), []
    for _ in range(50):
        order = state.permutation(len(trials))
        parts = [[trials[i] for i in part] for part in (order[:300], order[300:])]
        splits.append(st.pearsonr(*[[accuracy([t for t in part if t['task'] == k]) for k in tasks] for part in parts])[0])
    yield {'name': 'stimuli by the recording', 'metric': 'tasks_consistency', 'params': {},
           'data': g.table(**column(trials, 'stimulus_id', 'truth', 'task', 'choice')), 'model': g.table(**column(model, 'stimulus_id', 'choice')),
           'score': {'raw': st.pearsonr(own, human)[0], 'units': own, 'n': len(seen)}, 'ceiling_name': 'tasks_consistency',
           'ceiling': {'value': np.mean(splits), 'error': np.std(splits), 'n': 50}}
    # the model answers pictures that nobody saw, and a table says what they are
    others = [{**m, 'stimulus_id': 'test-' + m['stimulus_id'], 'choice': pick(rng, labels + 2 * [m['truth']])} for m in model]
    own = [accuracy([m for m in others if (m['manipulation'], m['manipulation_details']) == pair[k]]) for k in tasks]
    yield {'name': 'pictures that people did not see', 'metric': 'tasks_consistency', 'params': {},
           'data': g.table(**column(trials, 'stimulus_id', 'truth', 'task', 'choice')),
           'stimuli': g.table(**column(others, 'stimulus_id', 'truth', 'manipulation', 'manipulation_details')),
           'model': g.table(**column(others, 'stimulus_id', 'choice')), 'score': {'raw': st.pearsonr(own, human)[0], 'units': own, 'n': len(others)}}


# ---- odd ones, cues, probabilities in the place of choices -------------------------------------------------------------------

def match_cases():
    rng = np.random.RandomState(41)
    all_of_them = list(itertools.combinations(range(9), 3))
    triplets = [rng.permutation(all_of_them[i]) for i in rng.permutation(len(all_of_them))[:60]]
    said = [t[rng.randint(3)] for t in triplets]
    agree = float(np.mean([s == t[2] for s, t in zip(said, triplets)]))
    order = [rng.permutation(3) for _ in triplets]
    image = {f'image_{k + 1}': [f'm{t[k]}' for t in triplets] for k in range(3)}
    yield {'name': 'choices', 'metric': 'odd_one_out', 'params': {}, 'data': g.table(**image),
           'model': g.table(**{f'image_{k + 1}': [f'm{t[o[k]]}' for t, o in zip(triplets, order)] for k in range(3)}, choice=[f'm{s}' for s in said]),
           'score': {'raw': agree, 'error': math.sqrt(agree * (1 - agree) / 60), 'n': 60}}
    three, odd = {'image_1': list('aaa'), 'image_2': list('bbc'), 'image_3': list('cdd')}, list('cdd')
    data = g.table(**three, choice=odd)
    yield {'name': 'a choice that is missing', 'metric': 'odd_one_out', 'params': {}, 'data': data, 'model': g.table(**three, choice=['c', '', 'd']),
           'score': {'raw': 2 / 3, 'error': math.sqrt(2 / 27), 'n': 3}}
    yield {'name': 'two of three', 'metric': 'odd_one_out', 'params': {}, 'data': data,
           'model': g.table(**{k: x[:2] for k, x in three.items()}, choice=['c', 'a']),
           'score': {'raw': 1 / 2, 'n': 2, 'warning': '1 of 3 triplets have no answer'}, 'partial': True}
    cues = [('cat', 'dog', 'cat'), ('cat', 'dog', 'dog'), ('owl', 'owl', 'owl'), ('owl', 'cat', 'dog'), ('dog', 'owl', 'dog'), ('dog', 'cat', '')]
    for metric, want in (('shape_match', 2 / 5), ('texture_match', 1 / 5), ('shape_bias', 2 / 3)):
        ids = ['c%d' % i for i in range(6)]
        cue = {'shape': [c[0] for c in cues], 'texture': [c[1] for c in cues]}
        for where in ('model', 'data'):
            yield {'name': 'cues of the ' + where, 'metric': metric, 'params': {}, 'data': g.table(stimulus_id=ids, **cue) if where == 'data' else None,
                   'model': g.table(stimulus_id=ids, choice=[c[2] for c in cues], **(cue if where == 'model' else {})),
                   'score': {'raw': want, 'n': 3 if metric == 'shape_bias' else 5}}
    names = np.array(['bear', 'car', 'cat', 'clock', 'dog', 'oven'])
    shape, texture = rng.randint(6, size=300), rng.randint(6, size=300)
    said = np.where(rng.random_sample(300) < .3, shape, np.where(rng.random_sample(300) < .5, texture, rng.randint(6, size=300)))
    at_odds, by_shape, by_texture = shape != texture, said == shape, said == texture
    decided = at_odds & (by_shape | by_texture)
    for metric, counted, hits in (('shape_match', at_odds, by_shape), ('texture_match', at_odds, by_texture), ('shape_bias', decided, by_shape)):
        share, n = float(np.mean(hits[counted])), int(counted.sum())
        yield {'name': '300 random cues', 'metric': metric, 'params': {}, 'data': None,
               'model': g.table(stimulus_id=['r%d' % i for i in range(300)], choice=list(names[said]), shape=list(names[shape]), texture=list(names[texture])),
               'score': {'raw': share, 'error': math.sqrt(share * (1 - share) / n), 'n': n}}
    p = [[.2, .5, .3], [.4, .4, .2], [.1, .2, .7]]                    # the second: the first of equals
    yield {'name': 'probabilities', 'metric': 'accuracy', 'params': {}, 'data': g.table(stimulus_id=list('xyz'), truth=['cat', 'owl', 'dog']),
           'model': g.table(stimulus_id=[s for s in 'xyz' for _ in range(3)], choice=['owl', 'cat', 'dog'] * 3, value=np.ravel(p)),
           'score': {'raw': 1.0, 'error': 0.0, 'n': 3}}


# ---- readouts --------------------------------------------------------------------------------------------------------------------

def readout_cases():
    for name, n, extra, p, labels in (('wide', 40, 15, 90, 'ABCD'), ('narrow', 60, 10, 7, 'BCA'), ('two classes', 30, 12, 50, 'BA'), ('constant features', 25, 5, 12, 'AB')):
        rng = np.random.RandomState(len(name))
        y = [labels[i % len(labels)] if i < len(labels) else pick(rng, list(labels)) for i in range(n)]
        X = rng.standard_normal((n + extra, p)) * np.exp(rng.standard_normal(p)) + 3 * rng.standard_normal(p)
        X[:n] += np.outer([labels.index(v) for v in y], rng.standard_normal(p))
        if name == 'constant features':
            X[:, 3], X[:n, 5] = .1, 7
        scaler = StandardScaler().fit(X[:n])
        Z = scaler.transform(X)
        fit = LogisticRegression(multi_class='multinomial', solver='newton-cg', C=1e-3, max_iter=100000, tol=1e-12).fit(Z[:n], y)
        loose = LogisticRegression(multi_class='multinomial', solver='newton-cg', C=1e-3, max_iter=100, tol=1e-4).fit(Z[:n], y)
        order = [list(fit.classes_).index(v) for v in dict.fromkeys(y)]
        yield {'name': name, 'n': n, 'p': p, 'X': X.ravel(), 'truth': ','.join(y), 'label': ','.join(dict.fromkeys(y)),
               'probability': fit.predict_proba(Z[n:])[:, order].ravel(), 'of_reference': np.abs(fit.predict_proba(Z[n:]) - loose.predict_proba(Z[n:])).max()}


if __name__ == '__main__':
    cases = []
    for make in (signature_cases, value_delta_cases, baker_cases, condition_cases, confusion_cases, task_cases, match_cases):
        cases += make()
    g.write('behavior', cases)
    g.write('readout', list(readout_cases()))
    x = np.concatenate([10. ** -np.arange(300, 0, -7), np.linspace(0, 1, 101)])
    g.write('normal', [{'p': x, 'quantile': [None if math.isinf(v) else v for v in st.norm.ppf(x)], 'x': np.linspace(-9, 9, 61), 'cdf': st.norm.cdf(np.linspace(-9, 9, 61))}])
