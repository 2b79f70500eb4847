#!/usr/bin/env python3
"""Writes v1_properties/cases.json: properties of simulated units and the similarity of their distribution to that of neurons, as numpy and scipy have them.

    v1_properties.py            needs numpy and scipy (Debian 12's are enough)

Written afresh from the description of the reference: receptive fields from small gratings, one line from activations to firing rates, a property of each
unit that responds, 1,000 draws. The reference draws without a seed; here it is RandomState(0).
"""
import json
import math
import os

import numpy as np
import scipy
from scipy.interpolate import UnivariateSpline

HERE = os.path.dirname(os.path.abspath(__file__))
BLANK, FIELD, ORIENTATION, FREQUENCY, SIZE, TEXTURE = 'blank', 'receptive_field', 'orientation', 'spatial_frequency', 'size', 'texture'
PHASES = np.arange(4) * 90.
ANGLES = {ORIENTATION: np.arange(0, 180, 15.), FREQUENCY: np.arange(4) * 45., SIZE: np.arange(4) * 45.}
FREQUENCIES = {ORIENTATION: np.array([1., 2., 4.]), FREQUENCY: np.array([.5, 1., 1.7, 2.8, 5.6, 8.]), SIZE: np.array([2., 4.])}
OUTER = {ORIENTATION: [1, 2], FREQUENCY: [.4, .8], SIZE: [.1, .2, .3, .5, .75, 1., 1.5]}


# ---- stimuli, and units that respond to them --------------------------------------------------------------------------

def stimuli():
    rows = [dict(set=BLANK)]
    for y in np.arange(-.6, .7, .3):
        for x in np.arange(-.9, 1., .3):
            for a in (0., 90.):
                rows.append(dict(set=FIELD, position_x=round(x, 3), position_y=round(y, 3), orientation=a))
    for name in (ORIENTATION, FREQUENCY, SIZE):
        for outer in OUTER[name]:
            for sf in FREQUENCIES[name]:
                for angle in ANGLES[name]:
                    for phase in PHASES:
                        radius = outer if name != ORIENTATION else outer / sf
                        rows.append(dict(set=name, position_x=.0, position_y=.0, radius=radius, spatial_frequency=sf, orientation=angle, phase=phase))
    for kind in ('texture', 'noise'):
        for family in range(5):
            for sample in range(4):
                rows.append(dict(set=TEXTURE, position_x=.0, position_y=.0, type=kind, family=f'f{family}', sample=sample))
    for i, row in enumerate(rows):
        row['stimulus_id'] = f'stimulus-{(i * 7919) % len(rows):04d}'
    return rows


def respond(rng, rows):
    """One unit."""
    at = rng.uniform(-.12, .12, 2) if rng.random_sample() < .8 else rng.uniform(-.8, .8, 2)
    angle, width, sf, octaves = rng.uniform(0, 180), rng.uniform(.3, 4), 2 ** rng.uniform(-.5, 2.5), rng.uniform(.5, 2)
    size, surround, simple, gain, base = rng.uniform(.15, .5), rng.uniform(0, .8), rng.random_sample() < .5, rng.uniform(.5, 2), rng.uniform(0, .1)
    family, shift = rng.uniform(0, 1.5, 5), rng.uniform(0, 360)
    out = []
    for row in rows:
        r = 0.
        if row['set'] == FIELD:
            r = math.exp(-((row['position_x'] - at[0]) ** 2 + (row['position_y'] - at[1]) ** 2) / (2 * .25 ** 2)) * (.6 + .4 * math.cos(2 * math.radians(row['orientation'] - angle)))
        elif row['set'] == TEXTURE:
            r = family[int(row['family'][1])] * (1.2 if row['type'] == 'texture' else .8) * rng.uniform(.5, 1.5)
        elif row['set'] != BLANK:
            r = math.exp(width * (math.cos(2 * math.radians(row['orientation'] - angle)) - 1)) * math.exp(-(math.log2(row['spatial_frequency'] / sf)) ** 2 / (2 * octaves ** 2))
            r *= (1 - math.exp(-(row['radius'] / size) ** 2)) * (1 - surround * (1 - math.exp(-(row['radius'] / (3 * size)) ** 2)))
            r *= 1 + math.cos(math.radians(row['phase'] - shift)) if simple else 1
        out.append(gain * r + base + .02 * rng.standard_normal())
    return np.round(out, 6)


# ---- what is measured -----------------------------------------------------------------------------------------------

def index(rows, name):
    return [i for i, row in enumerate(rows) if row['set'] == name]


def fields(rows, X):
    own = index(rows, FIELD)
    xs, ys = sorted({rows[i]['position_x'] for i in own}), sorted({rows[i]['position_y'] for i in own})
    act = np.maximum(X[own], 0).T.reshape(X.shape[1], len(ys), len(xs), -1) - np.maximum(X[index(rows, BLANK)[0]], 0)[:, None, None, None]
    maps, at = np.maximum(act.max(axis=3), 0), np.full((X.shape[1], 2), np.nan)
    for u, m in enumerate(maps):
        if m.max() > 0:
            inside = m > m.max() * .05
            centre = (np.argwhere(inside) * m[inside][:, None]).sum(0) / m[inside].sum()
            at[u] = np.interp(centre[0], range(len(ys)), ys), np.interp(centre[1], range(len(xs)), xs)
    return np.linalg.norm(at, axis=1) <= .15


def rates(rows, X):
    near = fields(rows, X)
    grid = (len(OUTER[ORIENTATION]), len(FREQUENCIES[ORIENTATION]), len(ANGLES[ORIENTATION]), len(PHASES))
    blank = np.maximum(X[index(rows, BLANK)[0]], 0)[near]
    most = np.maximum(X[index(rows, ORIENTATION)], 0).T[near].reshape(-1, *grid).mean(-1).reshape(near.sum(), -1).max(1)
    good = most - blank > 5 / 243.1 * np.max(most - blank)
    slope = (33.8 - .82) / (np.median(most[good]) - np.median(blank[good]))
    offset = .82 - slope * np.median(blank[good])
    return np.maximum(slope * np.maximum(X[:, near], 0) + offset, 0)


def bandwidth(curve, angles, w, share):
    x = np.hstack((angles - 180, angles, angles + 180))
    kernel = np.array([0, w, 1, w, 0])
    spline = UnivariateSpline(x, np.convolve(kernel / kernel.sum(), np.tile(curve, 3), mode='same'), s=0)
    full = np.linspace(-180, 359, 540)
    fine = spline(full)
    peak = int(np.argmax(fine[180:360])) + 180
    less = np.where(fine <= fine[peak] * share)[0]
    below, above = less[less < peak], less[less > peak]
    if not len(below) or not len(above) or full[above[0]] - full[below[-1]] > 180:
        return math.nan, peak - 180
    return full[above[0]] - full[below[-1]], peak - 180


def frequency(curve, sf):
    kernel = np.array([0, .2, 1, .2, 0])
    x = np.log2(sf)
    y = np.convolve(kernel / kernel.sum(), np.concatenate(([curve[0]] * 2, curve, [curve[-1]] * 2)), mode='valid')
    full = np.linspace(x[0], x[-1], 100)
    fine = UnivariateSpline(x, y, s=0)(full)
    peak = int(np.argmax(fine))
    less = np.where(fine <= fine[peak] * .707)[0]
    below, above = less[less < peak], less[less > peak]
    width = 2 ** full[below[-1]] / 2 ** full[above[0]] * 100 if len(below) and len(above) else math.nan
    return 2 ** full[peak], width


def sparseness(r):
    r = np.ravel(r)
    return (1 - (r.sum() / len(r)) ** 2 / ((r ** 2).sum() / len(r))) / (1 - 1 / len(r))


def properties(rows, X):
    """{property: values of the units that respond}"""
    R = rates(rows, X).T
    blank = R[:, index(rows, BLANK)[0]]
    out = {}

    def put(name, values, good):
        out[name] = [float(v) for v, g in zip(values, good) if g]

    def gratings(name):
        return R[:, index(rows, name)].reshape(len(R), len(OUTER[name]), len(FREQUENCIES[name]), len(ANGLES[name]), len(PHASES))

    G = gratings(ORIENTATION)
    dc, ac = G.mean(-1), 2 * np.abs(np.fft.fft(G))[..., 1] / len(PHASES)
    best = [np.unravel_index(np.argmax(d), d.shape) for d in dc]
    curves = [d[b[0], b[1]] for d, b in zip(dc, best)]
    angles = ANGLES[ORIENTATION]
    most, amplitude = np.array([d[b] for d, b in zip(dc, best)]), np.array([a[b] for a, b in zip(ac, best)])
    cv = np.array([1 - abs(c @ np.exp(2j * angles / 180 * np.pi)) / np.abs(c).sum() for c in curves])
    bw = np.array([bandwidth(c, angles, .4, .707)[0] / 2 for c in curves])
    opr = np.array([c[(np.argmax(c) + len(c) // 2) % len(c)] / c.max() for c in curves])
    good = most > blank + 5
    for name, values in dict(max_dc=most, max_ac=amplitude, modulation_ratio=amplitude / most, circular_variance=cv, bandwidth=bw, orthogonal_preferred_ratio=opr,
                             orientation_selective=np.where(np.isnan(bw), 0, 1), circular_variance_bandwidth_ratio=cv / bw,
                             orthogonal_preferred_ratio_circular_variance_difference=opr - cv).items():
        put(name, values, good)
    preferred = np.array([bandwidth(c, angles, .2, .5)[1] for c in curves], float)
    put('preferred_orientation', np.where(preferred >= 157.5, preferred - 180, preferred), good)

    G = gratings(FREQUENCY)
    dc, ac = G.mean(-1), 2 * np.abs(np.fft.fft(G))[..., 1] / len(PHASES)
    both = np.stack((dc - blank[:, None, None, None], ac), -1)
    peaks, widths = [], []
    for d, b in zip(dc, both):
        o, _, a = np.unravel_index(np.argmax(d), d.shape)
        widths.append(frequency(d[o, :, a], FREQUENCIES[FREQUENCY])[1])
        o, _, a, c = np.unravel_index(np.argmax(b), b.shape)
        peaks.append(frequency(b[o, :, a, c], FREQUENCIES[FREQUENCY])[0])
    good = dc.reshape(len(R), -1).max(1) > blank + 5
    put('spatial_frequency_bandwidth', widths, good)
    put('spatial_frequency_selective', np.where(np.isnan(widths), 0, 1), good)
    put('peak_spatial_frequency', peaks, both.reshape(len(R), -1).max(1) > 5)

    G = gratings(SIZE)
    both = np.stack((G.mean(-1) - blank[:, None, None, None], 2 * np.abs(np.fft.fft(G))[..., 1] / len(PHASES)), -1)
    radius, tuning = np.array(OUTER[SIZE]), []
    for b in both:
        o, f, a, c = np.unravel_index(np.argmax(b), b.shape)
        curve = b[:, f, a, c]
        ssi = (curve.max() - curve[-1]) / curve.max()
        if curve.max() > 0 and ssi > .1:
            wide = radius[(curve <= curve[-1] + .05 * abs(curve[-1])) & (radius > radius[o])][0]
            tuning.append((ssi, 2 * radius[curve >= .95 * curve.max()][0], 2 * wide))
        else:
            tuning.append((ssi, math.nan, math.nan))
    good = both.reshape(len(R), -1).max(1) > 5
    for k, name in enumerate(('surround_suppression_index', 'grating_summation_field', 'surround_diameter')):
        put(name, [t[k] for t in tuning], good)

    order = sorted(index(rows, TEXTURE), key=lambda i: (rows[i]['type'], rows[i]['family'], rows[i]['sample']))
    T = R[:, order].reshape(len(R), 2, 5, 4)
    S = np.sqrt(T[:, 1] / 10) + np.sqrt(T[:, 1] / 10 + 1)
    T = T - blank[:, None, None, None]
    F = T.mean(-1)
    modulation = np.nanmean((F[:, 1] - F[:, 0]) / (F[:, 1] + F[:, 0]), axis=1)
    ratio = []
    for s in S:
        means = s.mean(1)
        sample = ((s - means[:, None]) ** 2).sum() / (5 * 3)
        family = (4 * ((means - means.mean()) ** 2).sum() / 4 - sample) / 4
        ratio.append((family / (sample + family) + .02) / (sample / (sample + family) + .02))
    good = T.reshape(len(R), -1).max(1) > 5
    for name, values in dict(texture_modulation_index=modulation, absolute_texture_modulation_index=np.abs(modulation), texture_selectivity=[sparseness(f[1]) for f in F],
                             texture_sparseness=[sparseness(t[1]) for t in T], variance_ratio=ratio, max_texture=T[:, 1].reshape(len(R), -1).max(1),
                             max_noise=T[:, 0].reshape(len(R), -1).max(1)).items():
        put(name, values, good)
    return out, len(R)


def similarity(p, q):
    first, last = np.zeros_like(q), np.zeros_like(q)
    first[0] = last[-1] = 1
    far = [np.max(np.abs(np.cumsum(z) - np.cumsum(q))) for z in (first, last)]
    return 1 - np.max(np.abs(np.cumsum(p) - np.cumsum(q))) / max(far)


def compare(model, data, bins):
    model, data, rng = np.clip(model, bins[0], bins[-1]), np.clip(data, bins[0], bins[-1]), np.random.RandomState(0)
    share = lambda x: np.histogram(x, bins=bins)[0] / np.histogram(x, bins=bins)[0].sum()
    q = share(data)
    with np.errstate(all='ignore'):
        values = np.array([similarity(share(rng.choice(model, len(data))), q) for _ in range(1000)])
    return (0., 0.) if np.isnan(values).sum() > 100 else (float(np.nanmean(values)), float(np.nanstd(values)))


def main():
    rng = np.random.RandomState(11)
    rows = stimuli()
    X = np.stack([respond(rng, rows) for _ in range(18)], 1)
    found, placed = properties(rows, X)
    columns = ['stimulus_id', 'set', 'position_x', 'position_y', 'radius', 'spatial_frequency', 'orientation', 'phase', 'type', 'family', 'sample']
    table = '\n'.join([','.join(columns)] + [','.join(str(row.get(c, '')) for c in columns) for row in rows]) + '\n'
    cases = []
    for name, values in sorted(found.items()):
        finite = [v for v in values if not math.isnan(v)]
        low, high = (min(finite), max(finite)) if finite else (0., 1.)
        spread = (high - low) or 1.
        bins = [float(b) for b in np.linspace(low - .1 * spread, high - .05 * spread, 9)]
        neurons = [round(float(v), 6) for v in rng.uniform(low - .2 * spread, high + .2 * spread, 60)]
        raw, error = compare(values, neurons, bins)
        ceiling, ceiling_error = compare(neurons, neurons, bins)
        cases.append({'property': name, 'bins': bins, 'neurons': neurons, 'values': [None if math.isnan(v) else v for v in values], 'raw': raw, 'error': error,
                      'ceiling': ceiling, 'ceiling_error': ceiling_error})
    os.makedirs(os.path.join(HERE, 'v1_properties'), exist_ok=True)
    with open(os.path.join(HERE, 'v1_properties', 'cases.json'), 'w', encoding='utf-8') as file:
        json.dump({'made_by': 'tests/numeric/v1_properties.py', 'numpy': np.__version__, 'scipy': scipy.__version__, 'cases': {
            'placed': placed, 'stimuli': table, 'features': {'stimulus': [row['stimulus_id'] for row in rows], 'X': [float(x) for x in X.ravel()]},
            'properties': cases}}, file)
        file.write('\n')
    print(placed, {c['property']: (len(c['values']), sum(v is None for v in c['values']), round(c['raw'], 3)) for c in cases})


if __name__ == '__main__':
    main()
