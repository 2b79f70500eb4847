#!/usr/bin/python3
"""Golden values for src/numeric/association.[ch]: association/cases.json. Needs numpy and scipy; Holm and Benjamini-Hochberg are written out.

    association.py OUT
"""
import json
import math
import os
import sys

import numpy as np
import scipy.optimize as so
import scipy.stats as st


def clean(v):
    v = float(v)
    return None if math.isnan(v) else v


def pair(name, x, y):
    x, y = np.asarray(x, float), np.asarray(y, float)
    keep = ~(np.isnan(x) | np.isnan(y))
    u, v = x[keep], y[keep]
    out = {'name': name, 'x': [clean(a) for a in x], 'y': [clean(a) for a in y], 'n': int(keep.sum())}
    constant = len(u) < 2 or np.ptp(u) == 0 or np.ptp(v) == 0
    if not constant:
        r = st.pearsonr(u, v)
        ci = r.confidence_interval(.95)
        out.update(r=r.statistic, p=r.pvalue, low=ci.low, high=ci.high)
        s = st.spearmanr(u, v)
        out.update(rho=clean(s.correlation), rho_p=clean(s.pvalue) if len(u) > 2 else None)
    if len(u) >= 2 and np.ptp(u) > 0:
        out['slope'], out['intercept'] = (float(a) for a in np.polyfit(u, v, 1))
        if len(u) > 2:
            f = st.linregress(u, v) if np.ptp(v) > 0 else None
            out['slope_se'] = float(f.stderr) if f else 0.0
            s = math.sqrt(((v - (out['slope'] * u + out['intercept'])) ** 2).sum() / (len(u) - 2))
            at = float(u.max()) + 1
            out['band_at'] = at
            out['band'] = quantile(.975, len(u) - 2) * s * math.sqrt(1 / len(u) + (at - u.mean()) ** 2 / ((u - u.mean()) ** 2).sum())
    return {k: (clean(v) if isinstance(v, (float, np.floating)) else v) for k, v in out.items()}


def holm(p):
    p = np.asarray(p)
    order = np.argsort(p, kind='stable')
    out = np.empty(len(p))
    out[order] = np.maximum.accumulate(np.minimum(1, p[order] * (len(p) - np.arange(len(p)))))
    return out.tolist()


def bh(p):
    p = np.asarray(p)
    order = np.argsort(p, kind='stable')
    scaled = p[order] * len(p) / (np.arange(len(p)) + 1)
    out = np.empty(len(p))
    out[order] = np.minimum(1, np.minimum.accumulate(scaled[::-1])[::-1])
    return out.tolist()


def quantile(p, dof):
    """t.ppf of scipy 1.10 has only nine digits; the root of its t.cdf has all."""
    return 0.0 if p == .5 else float(so.brentq(lambda t: st.t.cdf(t, dof) - p if p < .5 else (1 - p) - st.t.sf(t, dof), -1e4, 1e4, xtol=1e-13, rtol=1e-14))


def main(folder):
    rng = np.random.default_rng(5)
    pairs = []
    for n in (2, 3, 4, 7, 43, 500):
        for strength in (0, .5, 3):
            x = rng.normal(size=n)
            pairs.append(pair(f'n {n}, strength {strength}', x, strength * x + rng.normal(size=n)))
    x = rng.normal(size=30)
    pairs.append(pair('negative', x, -2 * x + rng.normal(size=30)))
    pairs.append(pair('ties', np.round(x), np.round(x + rng.normal(size=30))))
    y = x + rng.normal(size=30)
    y[[3, 7]] = np.nan
    x2 = x.copy()
    x2[[0, 7]] = np.nan
    pairs.append(pair('missing', x2, y))
    pairs.append(pair('constant', np.ones(5), np.arange(5.)))
    pairs.append(pair('constant y', np.arange(5.), np.ones(5)))
    pairs.append(pair('one', [1], [2]))
    pairs.append(pair('none', [], []))
    pairs.append(pair('large mean', 1e6 + x, 1e6 - x + rng.normal(size=30)))
    pairs.append(pair('very small p', np.arange(200.), np.arange(200.) + rng.normal(size=200)))
    t = [{'t': tt, 'dof': d, 'p': float(2 * st.t.sf(abs(tt), d))} for d in (1, 2, 3, 10, 43, 1e3, 1e6) for tt in (0, 1e-8, .3, -1, 2.5, 12, 60, 1e4)]
    q = [{'p': p, 'dof': d, 't': quantile(p, d)} for d in (1, 2, 5, 41, 1e4) for p in (.001, .025, .3, .5, .8, .975, .9999)]
    many = [{'p': p, 'holm': holm(p), 'bh': bh(p)} for p in ([.01], [.04, .01, .03, .005], rng.uniform(size=40).tolist(), [.5, .5, .9], [.02, .02, .02])]
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'cases.json'), 'w') as f:
        json.dump({'cases': {'pairs': pairs, 'student': t, 'quantiles': q, 'corrections': many}}, f, allow_nan=False)
        f.write('\n')


main(os.path.join(sys.argv[1], 'association'))
