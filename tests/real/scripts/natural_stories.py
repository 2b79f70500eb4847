#!/usr/bin/env python3
"""Golden values for the Natural Stories reading times (self-paced: spr, Maze: maze).

    natural_stories.py DATA OUT      DATA: the folder that holds natural_stories/, OUT: where the CSV files go

Correlation: signed Pearson r of a predictor and the mean reading time (spr_mean_ms, maze_mean_ms) over all words where both
are finite (items = own), or where all of a stated list of predictors are (items = common_models: the 19 models;
common_all: and length and frequency). words = all, or not_first without each sentence's first word. No filter on n or
punctuation. Spill-over: the predictor of the previous word (zone - 1 of the same story; sentence borders do not matter).
Delta log-likelihood: two OLS fits on the same rows (all of the larger model's columns and the target finite):
delta = n/2 * ln(RSS_base / RSS_full), from the Gaussian maximum likelihood -n/2 (ln(2 pi RSS/n) + 1); per item delta/n.
Ceiling: one RandomState(0); 10 times half1 = choice(sorted subjects, n // 2, replace=False), half2 = the others; mean over
the readers present in a half; |Pearson| over the words both halves have; 2r/(1+r); median of the 10.
"""
import itertools
import os
import sys

import numpy as np
import pandas as pd

TARGETS = {'spr': 'spr_mean_ms', 'maze': 'maze_mean_ms', 'maze_trials': 'maze_trial_mean_ms'}  # the last: not rounded to 4 decimals
REFERENCE = ['length', 'log2freq']
SIGN = {'log2freq': -1}                     # the sign that a predictor of slowness has to have; +1 for the others
BASE = ['length', 'log2freq', 'pos_in_sentence']


def pearson(x, y):
    x, y = x - x.mean(), y - y.mean()
    return float((x * y).sum() / np.sqrt((x * x).sum() * (y * y).sum()))


def rss(X, y):
    """Residual sum of squares of least squares with intercept (columns centred and scaled for conditioning)."""
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    X = np.column_stack([np.ones(len(y)), X])
    b, *_ = np.linalg.lstsq(X, y, rcond=None)
    return float(((y - X @ b) ** 2).sum())


def delta_ll(d, target, base, extra):
    rows = d[[target] + base + extra].notna().all(axis=1).values
    y = d[target].values[rows]
    r0, r1 = rss(d[base].values[rows], y), rss(d[base + extra].values[rows], y)
    n = len(y)
    ll = lambda r: -n / 2 * (np.log(2 * np.pi * r / n) + 1)
    return {'n': n, 'rss_base': r0, 'rss_full': r1, 'll_base': ll(r0), 'll_full': ll(r1),
            'delta_ll': n / 2 * np.log(r0 / r1), 'delta_ll_per_item': np.log(r0 / r1) / 2}


def split_half(trials, splits=10, seed=0, least=1):
    """Rows: one per split. trials: subject, item, rt."""
    m = trials.pivot(index='item', columns='subject', values='rt')
    m = m[sorted(m.columns)]
    rng, n, out = np.random.RandomState(seed), m.shape[1], []
    for k in range(splits):
        chosen = rng.choice(n, n // 2, replace=False)
        half = np.zeros(n, bool)
        half[chosen] = True
        a, b = m.loc[:, half], m.loc[:, ~half]
        both = ((a.notna().sum(axis=1) >= least) & (b.notna().sum(axis=1) >= least)).values
        r = abs(pearson(a.mean(axis=1).values[both], b.mean(axis=1).values[both]))
        out.append({'split': k, 'first_subjects': ' '.join(m.columns[chosen[:3]]), 'items': int(both.sum()), 'r': r,
                    'corrected': 2 * r / (1 + r)})
    return pd.DataFrame(out)


def main(data, out):
    root = os.path.join(data, 'natural_stories')
    words = pd.read_csv(os.path.join(root, 'words.csv'), keep_default_na=False, na_values=[''])  # the word "null" is a word
    surprisal = pd.read_csv(os.path.join(root, 'surprisal_bits.csv'))
    models = list(surprisal.columns[2:])
    d = words.merge(surprisal, on=['story', 'zone'], how='left').sort_values(['story', 'zone']).reset_index(drop=True)
    trials = pd.read_csv(os.path.join(root, 'maze_trials.csv'), dtype={'subject': str})
    d = d.merge(trials.groupby(['story', 'zone']).rt.mean().rename('maze_trial_mean_ms').reset_index(), on=['story', 'zone'], how='left')
    first = (d.zone == 1).values
    before = d[REFERENCE + models].shift(1)
    before[first] = np.nan
    before.columns = [c + '_before' for c in before.columns]
    d = pd.concat([d, before], axis=1)

    # The reference (Futrell2018) leaves out each sentence's first word; boyce-gpt2 has 0.0 there, which is no measurement.
    d['inner'] = d.pos_in_sentence != 1
    rows, deltas = [], []
    for (name, target), words in itertools.product(TARGETS.items(), ('all', 'not_first')):
        every, d = d, d if words == 'all' else d[d.inner]
        for items, need in (('own', []), ('common_models', models), ('common_all', models + REFERENCE)):
            for spill in (0, 1):
                suffix = '_before' if spill else ''
                for p in REFERENCE + models:
                    c = p + suffix
                    keep = d[[target, c] + [q + suffix for q in need]].notna().all(axis=1)
                    if need:                # the items do not depend on whose turn it is
                        keep = d[[target] + [q + suffix for q in need]].notna().all(axis=1) & d[c].notna()
                    x, y = d[c].values[keep], d[target].values[keep]
                    r = pearson(x, y)
                    s = r * SIGN.get(p, 1)
                    rows.append({'dataset': name, 'words': words, 'items': items, 'previous_word': spill, 'model': p,
                                 'n': int(keep.sum()), 'r': r, 'score': max(s, 0.0)})
        for p in models:
            deltas.append({'dataset': name, 'words': words, 'formula': 'base', 'model': p, **delta_ll(d, target, BASE, [p])})
            deltas.append({'dataset': name, 'words': words, 'formula': 'spillover', 'model': p,
                           **delta_ll(d, target, BASE + ['length_before', 'log2freq_before'], [p, p + '_before'])})
        # every model on the same rows (where all surprisals of the word and of the one before are known)
        ok = d[d[models + [m + '_before' for m in models]].notna().all(axis=1)]
        for p in models:
            deltas.append({'dataset': name, 'words': words, 'formula': 'base_common', 'model': p,
                           **delta_ll(ok, target, BASE, [p])})
            deltas.append({'dataset': name, 'words': words, 'formula': 'spillover_common', 'model': p,
                           **delta_ll(ok, target, BASE + ['length_before', 'log2freq_before'], [p, p + '_before'])})

        d = every

    trials['item'] = trials.story * 10000 + trials.zone
    ceilings = []
    for least in (1, 2, 3):
        s = split_half(trials, least=least)
        s.insert(0, 'least_readers_per_half', least)
        ceilings.append(s)
    ceilings = pd.concat(ceilings)
    medians = ceilings.groupby('least_readers_per_half').corrected.median()
    table = pd.DataFrame(rows)
    c = medians[1]
    table['ceiling'] = np.where(table.dataset == 'maze_trials', c, np.nan)
    table['ceiled'] = np.minimum(table.score / table.ceiling, 1)
    for t, f in ((table, 'pearsonr'), (pd.DataFrame(deltas), 'delta_ll'), (ceilings, 'ceiling_splits'),
                 (medians.reset_index(), 'ceiling')):
        t.to_csv(os.path.join(out, 'natural_stories_%s.csv' % f), index=False, float_format='%.17g')

    bad = 0
    for name, want in (('maze', .588), ('spr', .318)):
        got = table[(table.dataset == name) & (table['words'] == 'all') & (table['items'] == 'own')
                    & (table.previous_word == 0) & (table.model == 'pythia-160m')].r.iloc[0]
        bad += abs(got - want) > .0005
        print('pythia-160m %s r %.6f  published %.3f' % (name, got, want))
    print('maze ceiling (least readers per half: median)', medians.to_dict())
    return bad


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(1 if main(*sys.argv[1:]) else 0)
