#!/usr/bin/env python3
"""Writes thresholds/cases.json: thresholds of psychometric functions and their elevations, as numpy and scipy have them.

    thresholds.py            needs numpy and scipy (Debian 12's are enough)

The flow is the reference's, written afresh from its description: answers to shares per value, what follows a decline cut off, the likeliest
psychometric function from 50 slopes and every value by L-BFGS-B within bounds. Its best end is then polished by Newton steps on the same likelihood
(the optimiser of the reference stops where a step gains less than 2e-9 of it, which leaves thresholds 1e-4 apart): "threshold" is of the polished one, and
"scipy" of the unpolished, to say how far the two are from each other.
"""
import json
import math
import os

import numpy as np
import scipy
from scipy.optimize import minimize
from scipy.stats import norm

HERE = os.path.dirname(os.path.abspath(__file__))


def psi(t, x):
    return .5 + (.5 - t[2]) * norm.cdf(t[0] * (x - t[1]))


def loss(t, x, y):
    p = psi(t, x)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))


def gradient(t, x, y):
    z = t[0] * (x - t[1])
    p, phi = psi(t, x), norm.pdf(z)
    d = np.array([(.5 - t[2]) * phi * (x - t[1]), -(.5 - t[2]) * phi * t[0], -norm.cdf(z)])
    return d @ ((p - y) / (p * (1 - p)))


def polish(t, x, y):
    """Newton by differences of the gradient, the lapse rate held at its bound where the loss would go beyond it."""
    t = np.array(t, float)
    for _ in range(100):
        g = gradient(t, x, y)
        held = (t[2] <= .03 and g[2] > 0) or (t[2] >= .5 and g[2] < 0)
        free = [0, 1] if held else [0, 1, 2]
        H = np.empty((3, 3))
        for k in range(3):
            h = 1e-6 * max(1, abs(t[k]))
            up, down = t.copy(), t.copy()
            up[k] += h
            down[k] -= h
            H[:, k] = (gradient(up, x, y) - gradient(down, x, y)) / (2 * h)
        step = np.zeros(3)
        step[free] = -np.linalg.solve(H[np.ix_(free, free)], g[free])
        while loss(np.clip(t + step, [-np.inf, -np.inf, .03], [np.inf, np.inf, .5]), x, y) > loss(t, x, y) + 1e-14:
            step /= 2
        t = np.clip(t + step, [-np.inf, -np.inf, .03], [np.inf, np.inf, .5])
        if np.abs(step).max() < 1e-13:
            break
    return t


def shares(x, right):
    values = np.unique(x)
    return values, np.array([right[x == v].mean() for v in values])


def cut(x, y):
    most = int(np.argmax(y))
    for i in range(most + 1, len(y)):
        if all(abs(v - y[most]) >= np.std(y) for v in y[i:]):
            return x[:i], y[:i]
    return x, y


def threshold(x, right, accuracy, required=.6):
    """(threshold, scipy's own), or None where there is none; the accuracy that it is at."""
    if right.mean() < required:
        return None, accuracy
    all_x, all_y = shares(x, right)
    ux, uy = cut(all_x, all_y)
    if len(ux) / len(all_x) < 1 / 3:
        return None, accuracy
    best, least = None, math.inf
    for a in np.logspace(-3, 1, 50):
        for b in ux:
            r = minimize(loss, [a, b, min(max(1 - uy.max(), .03), .5)], args=(ux, uy), method='L-BFGS-B', bounds=((None, None), (None, None), (.03, .5)))
            if loss(r.x, ux, uy) < least:
                best, least = r.x, loss(r.x, ux, uy)
    fine = polish(best, ux, uy)
    r2 = 1 - np.sum((uy - psi(fine, ux)) ** 2) / np.sum((uy - uy.mean()) ** 2)
    if r2 < .4:
        return None, accuracy
    if accuracy is None:
        accuracy = (psi(fine, all_x[0]) + psi(fine, all_x[-1])) / 2
    out = [t[1] + norm.ppf((accuracy - .5) / (.5 - t[2])) / t[0] for t in (fine, best)]
    if math.isnan(out[0]) or out[0] > ux[-1]:
        return None, accuracy
    return out, accuracy


def nearness(m, h):
    return max(0, 1 - abs(h - m) / h)


def compare(scoring, m, humans):
    return nearness(m, np.mean(humans)) if scoring == 'pool' else float(np.mean([nearness(m, h) for h in humans]))


def ceiling(scoring, humans):
    rest, out = list(humans), []
    for i in range(len(humans)):
        drawn = np.random.RandomState(i).choice(rest, replace=False)
        rest.remove(drawn)
        out.append(compare(scoring, drawn, rest))
        rest.append(drawn)
    return float(np.mean(out)), float(np.std(out))


def trials(rng, values, per, alpha, beta, lapse, decline=False):
    """x and right, of an observer of these parameters."""
    x = np.repeat(values, per)
    p = psi([alpha, beta, lapse], x)
    if decline:
        p[x > values[len(values) // 2]] = .5
    return x, (rng.random_sample(len(x)) < p).astype(float)


def case(name, conditions, humans, params):
    """conditions: {condition: (x, right)}; humans: {subject: {condition: threshold}}."""
    stimuli, model, baseline, condition = ['stimulus_id,truth,offset,condition'], ['stimulus_id,choice'], params.get('baseline'), params.get('condition')
    for c, (x, right) in conditions.items():
        for i, (v, r) in enumerate(zip(x, right)):
            truth = 'left' if i % 2 else 'right'
            stimuli.append(f'{c}-{i},{truth},{float(v)!r},{c}')
            model.append(f'{c}-{i},{truth if r else ("right" if truth == "left" else "left")}')
    data = ['subject,condition,value'] + [f'{s},{c},{float(v)!r}' for s, own in humans.items() for c, v in own.items()]
    accuracy, required = params.get('threshold_accuracy'), params.get('required_accuracy', .6)
    if baseline:
        below, accuracy = threshold(*conditions[baseline], accuracy, required)
        above, accuracy = threshold(*conditions[condition], accuracy, required)
        own = below and above and [a / b for a, b in zip(above, below)]
        people = {s: h[condition] / h[baseline] for s, h in humans.items() if baseline in h and condition in h}
    else:
        own, _ = threshold(*conditions[condition], accuracy, required)
        people = {s: h[condition] for s, h in humans.items() if condition in h}
    scoring, values = params.get('scoring', 'individual'), list(people.values())
    score = {'raw': compare(scoring, own[0], values) if own else 0, 'n': sum(len(x) for x, _ in conditions.values()), 'tolerance': 1e-7}
    if own:
        score['units'] = [nearness(own[0], h) for h in values]
        score['axes'] = [list(people)]
        score['error'] = float(np.std(score['units'])) if scoring == 'individual' else None
        score['scipy'] = compare(scoring, own[1], values)
        assert abs(score['scipy'] - score['raw']) < 1e-2, (name, score)
    value, error = ceiling(scoring, values)
    return {'name': name, 'metric': 'threshold_elevation' if baseline else 'threshold', 'params': {'variable': 'offset', **params},
            'stimuli': '\n'.join(stimuli) + '\n', 'model': '\n'.join(model) + '\n', 'data': '\n'.join(data) + '\n', 'score': score,
            'ceiling_name': 'threshold_elevation' if baseline else 'threshold', 'ceiling': {'value': value, 'error': error, 'n': len(values)}}


def by_case(name, answers, humans, params, form='choices'):
    """answers: {condition: (x, right)} of the same stimuli, or one of them for all ('': x, right); people are compared by their thresholds in '0', those in a condition only."""
    x, apart = next(iter(answers.values()))[0], '' not in answers
    truth = ['left' if i % 2 else 'right' for i in range(len(x))]
    wrong = {'left': 'right', 'right': 'left'}
    stimuli = ['stimulus_id,truth,offset'] + [f'{i},{truth[i]},{float(v)!r}' for i, v in enumerate(x)]
    model = ['stimulus_id,choice' + (',value' if form == 'probabilities' else '') + (',condition' if apart else '')]
    for c, (_, right) in answers.items():
        for i, r in enumerate(right):
            chosen, end = truth[i] if r else wrong[truth[i]], f',{c}' if apart else ''
            model += [f'{i},{chosen},0.75{end}', f'{i},{wrong[chosen]},0.25{end}'] if form == 'probabilities' else [f'{i},{chosen}{end}']
    data = ['subject,condition,value'] + [f'{s},{c},{"" if v is None else repr(float(v))}' for s, own in humans.items() for c, v in own.items()]
    conditions = sorted({c for own in humans.values() for c in own} - {'0'})
    scoring, parts, errors, scipys, ceilings, units, n = params.get('scoring', 'individual'), {}, [], [], [], {}, 0
    known = {a: threshold(*answers[a], params.get('threshold_accuracy')) for a in answers}
    for c in conditions:
        people = {s: h['0'] for s, h in humans.items() if h.get(c) is not None and h.get('0') is not None}
        own, near = known[c if apart else ''][0], list(people.values())
        parts[c] = compare(scoring, own[0], near) if own else 0.
        scipys.append(compare(scoring, own[1], near) if own else 0.)
        units.update({(s, c): nearness(own[0], h) if own else 0. for s, h in people.items()})
        errors.append(float(np.std([nearness(own[0], h) for h in near])) if own else 0.)
        ceilings.append(ceiling(scoring, near))
        n += len(near)
    subjects = []
    for s in (s for c in conditions for s in humans if (s, c) in units):
        subjects += [] if s in subjects else [s]
    score = {'raw': float(np.mean(list(parts.values()))), 'parts': parts, 'n': len(x) * len(answers), 'tolerance': 1e-7, 'axes': [subjects, conditions],
             'units': [units.get((s, c)) for s in subjects for c in conditions], 'error': float(np.mean(errors)) if scoring == 'individual' else None}
    assert abs(np.mean(scipys) - score['raw']) < 1e-2, (name, score)
    return {'name': name, 'metric': 'threshold', 'params': {'variable': 'offset', 'by': 'condition', 'baseline': '0', **params},
            'stimuli': '\n'.join(stimuli) + '\n', 'model': '\n'.join(model) + '\n', 'data': '\n'.join(data) + '\n', 'score': score, 'ceiling_name': 'threshold',
            'ceiling': {'value': float(np.mean([v for v, _ in ceilings])), 'error': float(np.mean([e for _, e in ceilings])), 'n': n}}


def by_cases():
    rng = np.random.RandomState(17)
    grid = np.arange(20., 220., 20.)
    humans = {f's{i}': {c: float(np.round(rng.uniform(50, 80), 3)) for c in '0123'} for i in range(7)}
    humans['s1']['1'] = humans['s4']['2'] = humans['s0']['3'] = humans['s2']['3'] = None    # were not there for that
    del humans['s5']['2']
    humans['s6']['0'] = None
    once, chance = trials(rng, grid, 30, .02, 60, .04), trials(rng, grid, 30, .02, 600, .03)
    each = {c: trials(rng, grid, 30, .02, middle, .04) for c, middle in (('1', 50), ('2', 70), ('3', 90))}
    at = {'threshold_accuracy': .75}
    return [by_case('by condition, answered once', {'': once}, humans, at),
            by_case('by condition, answered once, pooled', {'': once}, humans, {**at, 'scoring': 'pool'}),
            by_case('by condition, no threshold', {'': chance}, humans, at),
            by_case('by condition, answered for each', each, humans, at),
            by_case('by condition, answered for each at the middle of its curve', each, humans, {}),
            by_case('by condition, probabilities for each', each, humans, at, 'probabilities'),
            by_case('by condition, one without a threshold', {**each, '2': chance}, humans, at)]


def main():
    rng = np.random.RandomState(7)
    grid = np.arange(20., 220., 20.)
    people = {f's{i}': {'1': float(rng.uniform(40, 90)), '2': float(rng.uniform(90, 260))} for i in range(6)}
    del people['s4']['2']
    easy, hard = trials(rng, grid, 30, .02, 60, .04), trials(rng, grid, 30, .012, 110, .1)
    cases = [
        case('one condition', {'1': easy}, people, {'condition': '1', 'threshold_accuracy': .75}),
        case('another, pooled', {'2': hard}, people, {'condition': '2', 'threshold_accuracy': .75, 'scoring': 'pool'}),
        case('the middle of the curve', {'1': easy}, people, {'condition': '1'}),
        case('a decline', {'1': trials(rng, grid, 40, .05, 50, .03, True)}, people, {'condition': '1', 'threshold_accuracy': .75}),
        case('chance', {'1': trials(rng, grid, 30, .02, 600, .03)}, people, {'condition': '1', 'threshold_accuracy': .75}),
        case('required accuracy', {'1': hard}, people, {'condition': '1', 'threshold_accuracy': .75, 'required_accuracy': .95}),
        case('elevation', {'1': easy, '2': hard}, people, {'baseline': '1', 'condition': '2', 'threshold_accuracy': .75}),
        case('elevation at the middle', {'1': easy, '2': hard}, people, {'baseline': '1', 'condition': '2'}),
        case('elevation without a baseline', {'1': trials(rng, grid, 30, .02, 600, .03), '2': hard}, people,
             {'baseline': '1', 'condition': '2', 'threshold_accuracy': .75}),
    ]
    for i in range(3):
        a, b, l = rng.uniform(.01, .06), rng.uniform(40, 120), rng.uniform(.0, .12)
        cases.append(case(f'random {i}', {'1': trials(rng, grid, int(rng.randint(8, 60)), a, b, l)}, people, {'condition': '1', 'threshold_accuracy': .75}))
    cases += by_cases()
    os.makedirs(os.path.join(HERE, 'thresholds'), exist_ok=True)
    with open(os.path.join(HERE, 'thresholds', 'cases.json'), 'w', encoding='utf-8') as file:
        json.dump({'made_by': 'tests/numeric/thresholds.py', 'numpy': np.__version__, 'scipy': scipy.__version__, 'cases': cases}, file, indent=1)
        file.write('\n')


if __name__ == '__main__':
    main()
