#!/usr/bin/env python3
"""Writes splits/cases.json: the folds that scikit-learn's splitters give, and what they refuse.

    splits.py          needs numpy and scikit-learn (Debian 12's 1.2.1 is enough)

GroupKFold(shuffle=True) is newer than Debian's scikit-learn (1.6). It is written here from its documentation: the sorted distinct groups are permuted by
RandomState(seed) and cut by numpy.array_split; a fold tests the rows of its groups.
"""
import json
import os
import warnings

import numpy as np
import sklearn
from sklearn.model_selection import KFold, ShuffleSplit, StratifiedKFold, StratifiedShuffleSplit

HERE = os.path.dirname(os.path.abspath(__file__))


class GroupKFold:
    def __init__(self, n_splits, random_state):
        self.n_splits, self.random_state = n_splits, random_state

    def split(self, X, y=None, groups=None):
        unique = np.unique(groups)
        if self.n_splits < 2:
            raise ValueError('at least 2 folds')
        if self.n_splits > len(unique):
            raise ValueError('more folds than groups')
        unique = np.random.RandomState(self.random_state).permutation(unique)
        for part in np.array_split(unique, self.n_splits):
            test = np.isin(groups, part)
            yield np.where(~test)[0], np.where(test)[0]


def case(kind, n, labels=None, **options):
    """labels: numbers 0 … k − 1 (the sorted order of the labels)."""
    c = dict(kind=kind, n=n, **options)
    if labels is not None:
        labels = np.unique(labels, return_inverse=True)[1]
        c['labels'] = [int(x) for x in labels]
        c['n_labels'] = int(labels.max()) + 1
    shares = {f'{side}_size': options[side] for side in ('train', 'test') if side in options}
    splits, seed = options['splits'], options['seed']
    try:
        if kind == 'shuffle':
            folds = ShuffleSplit(splits, **shares, random_state=seed).split(np.zeros(n))
        elif kind == 'stratified_shuffle':
            folds = StratifiedShuffleSplit(splits, **shares, random_state=seed).split(np.zeros(n), labels)
        elif kind == 'kfold':
            folds = KFold(splits, shuffle=True, random_state=seed).split(np.zeros(n))
        elif kind == 'stratified_kfold':
            folds = StratifiedKFold(splits, shuffle=True, random_state=seed).split(np.zeros(n), labels)
        else:
            folds = GroupKFold(splits, seed).split(np.zeros(n), groups=labels)
        c['folds'] = [[train.tolist(), test.tolist()] for train, test in folds]
    except ValueError:
        c['refused'] = True
    return c


def all_cases():
    rng = np.random.RandomState(5)
    cases = []
    for n in (1, 2, 3, 4, 7, 10, 11, 24, 30, 97, 128, 257):
        for shares in ({'train': .9}, {'test': .9}, {'train': .5}, {'test': .1}, {'train': .3, 'test': .2}, {'train': .29}, {'test': .57}):
            cases.append(case('shuffle', n, splits=3, seed=int(n % 3), **shares))
    for shares in ({'train': 1.}, {'train': 0.}, {'test': 1.5}, {'train': .7, 'test': .4}, {'train': -.1}):
        cases.append(case('shuffle', 20, splits=2, seed=1, **shares))
    labels = {
        'even': np.arange(40) % 4, 'blocks': np.arange(40) // 10, 'uneven': rng.choice(5, 60, p=[.5, .2, .15, .1, .05]),
        'two': np.arange(31) % 2, 'ties': np.repeat(np.arange(8), [7, 7, 7, 7, 5, 5, 5, 5]), 'many': rng.permutation(np.arange(120) % 24),
        'pairs': rng.permutation(np.arange(26) // 2), 'single': np.r_[np.zeros(9), 1], 'one class': np.zeros(12),
        'skewed': rng.permutation(np.r_[np.zeros(90), np.ones(6), np.full(3, 2)]), 'objects': rng.permutation(np.arange(320) % 64),
    }
    for name, label in labels.items():
        for shares in ({'train': .9}, {'test': .9}, {'train': .5}, {'test': .25}, {'train': .4, 'test': .3}):
            cases.append(case('stratified_shuffle', len(label), label, splits=4, seed=1, name=name, **shares))
        for splits in (2, 5, 10):
            cases.append(case('stratified_kfold', len(label), label, splits=splits, seed=3, name=name))
            cases.append(case('group_kfold', len(label), label, splits=splits, seed=1234, name=name))
    for n in (1, 2, 5, 9, 10, 23, 100):
        for splits in (1, 2, 5, 10):
            cases.append(case('kfold', n, splits=splits, seed=1))
    return cases


if __name__ == '__main__':
    warnings.simplefilter('ignore')
    with open(os.path.join(HERE, 'splits', 'cases.json'), 'w') as file:
        json.dump({'made_by': 'tests/numeric/splits.py', 'numpy': np.__version__, 'scikit-learn': sklearn.__version__, 'cases': all_cases()}, file,
                  separators=(',', ':'))
        file.write('\n')
