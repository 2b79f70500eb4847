#!/usr/bin/env python3
"""Golden values for the 92 images of Kriegeskorte et al. (2008).

    kriegeskorte2008.py DATA OUT      DATA: the folder that holds kriegeskorte2008_92/, OUT: where the CSV files go

All tables have one row per pair i < j (0-based), 4186 rows, in the same order; no cell is empty.
Subjects of human IT: the plain mean of the two sessions of BE, KO, SN, TI. Monkey IT: one subject. Judgements: 16 subjects.
Raw: mean over subjects of similarity(model, subject). Upper ceiling: mean over subjects of similarity(subject, mean of all);
lower: against the mean of the others. Means of dissimilarities are plain means, for both similarities.
Networks (mobilenet/*.nc): 1 - the correlation of two pictures over the features of a layer; of the layers, the one with the largest raw value.
"""
import glob
import os
import sys

import h5py
import numpy as np
import pandas as pd
from scipy.stats import rankdata


def pearson(x, y):
    """nan for a constant vector; pairs with a nan are left out"""
    ok = ~(np.isnan(x) | np.isnan(y))
    x, y = x[ok] - x[ok].mean(), y[ok] - y[ok].mean()
    s = np.sqrt((x * x).sum() * (y * y).sum())
    return float((x * y).sum() / s) if s > 0 else np.nan


def spearman(x, y):
    ok = ~(np.isnan(x) | np.isnan(y))
    return pearson(rankdata(x[ok]), rankdata(y[ok]))


SIMILARITY = {'pearson': pearson, 'spearman': spearman}


def ceilings(s, similarity):
    """s: subjects x pairs. (upper, lower); lower is nan for one subject."""
    total, n = s.mean(axis=0), len(s)
    upper = np.mean([similarity(x, total) for x in s])
    lower = np.mean([similarity(s[i], np.delete(s, i, axis=0).mean(axis=0)) for i in range(n)]) if n > 1 else np.nan
    return upper, lower


def layer_rdms(path, pairs):
    """[(layer, dissimilarities of the pairs)], layers in the order of the file; the pictures 01 ... 92 are 0 ... 91"""
    with h5py.File(path) as f:
        order = np.argsort([int(name) for name in f['stimulus_id'].asstr()])
        data, layer = f['data'][:].astype(float)[order], f['layer'].asstr()[:]
    return [(name, 1 - np.corrcoef(data[:, layer == name])[pairs]) for name in dict.fromkeys(layer)]


def main(data, out):
    root = os.path.join(data, 'kriegeskorte2008_92')
    brain, judged, models = (pd.read_csv(os.path.join(root, f)) for f in
                             ('brain_rdms.csv', 'human_similarity_judgement_rdms.csv', 'model_rdms.csv'))
    i, j = np.triu_indices(92, 1)
    for t in (brain, judged, models):
        assert (t.i == i).all() and (t.j == j).all() and not t.isna().any().any()

    names = ['BE', 'KO', 'SN', 'TI']
    it = np.array([brain[['hIT_%s_s1' % s, 'hIT_%s_s2' % s]].mean(axis=1).values for s in names])
    targets = {'human_IT': (names, it), 'monkey_IT': (['mIT'], brain[['mIT_674neurons']].values.T),
               'human_judgements': (list(judged.columns[2:]), judged.iloc[:, 2:].values.T)}
    sources = {c: models[c].values for c in models.columns[2:]}
    networks = {os.path.basename(path)[:-3]: layer_rdms(path, (i, j)) for path in sorted(glob.glob(os.path.join(root, 'mobilenet', '*.nc')))}
    rows, units, cs = [], [], []
    for target, (subjects, s) in targets.items():
        for kind, f in SIMILARITY.items():
            upper, lower = ceilings(s, f)
            cs.append({'benchmark': target, 'similarity': kind, 'subjects': len(s), 'upper': upper, 'lower': lower})
            for m, x in sources.items():
                per = [f(x, y) for y in s]
                raw = np.mean(per)
                rows.append({'benchmark': target, 'similarity': kind, 'model': m, 'raw': raw, 'sd_over_subjects': np.std(per),
                             'ceiling': upper, 'score': raw / upper, 'with_mean_rdm': f(x, s.mean(axis=0)), 'n': len(x)})
                units += [{'benchmark': target, 'similarity': kind, 'model': m, 'subject': n, 'value': v}
                          for n, v in zip(subjects, per)]
            for m, layers in networks.items():
                raw, layer = max(((np.mean([f(x, y) for y in s]), name) for name, x in layers), key=lambda best: best[0])
                rows.append({'benchmark': target, 'similarity': kind, 'model': m, 'raw': raw, 'sd_over_subjects': np.nan, 'ceiling': upper,
                             'score': raw / upper, 'with_mean_rdm': np.nan, 'n': len(i), 'layer': layer})
    for t, name in ((rows, 'models'), (units, 'subjects'), (cs, 'ceilings')):
        pd.DataFrame(t).to_csv(os.path.join(out, 'kriegeskorte2008_%s.csv' % name), index=False, float_format='%.17g')

    m = brain.mIT_674neurons.values
    bad = 0
    tries = {'hIT_mean_316vx': brain.hIT_mean_316vx.values, 'mean of 8 sessions = mean of 4 subjects': it.mean(axis=0)}
    for what, x in tries.items():
        p, r = pearson(x, m), spearman(x, m)
        print('monkey IT with %-40s pearson %.17g spearman %.17g' % (what, p, r))
    bad += abs(pearson(tries['hIT_mean_316vx'], m) - .491) > .0005
    bad += abs(spearman(tries['hIT_mean_316vx'], m) - .439) > .0005
    print('hIT_mean_316vx - mean of subjects: %.3g' % np.abs(tries['hIT_mean_316vx'] - it.mean(axis=0)).max())
    print('model column monkeyIT - mIT_674neurons: %.3g' % np.abs(models.monkeyIT.values - m).max())
    return bad


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(1 if main(*sys.argv[1:]) else 0)
