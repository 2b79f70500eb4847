#!/usr/bin/env python3
"""Writes selection/cases.json: what xarray leaves of recordings with gaps, and which neuroids are consistent.

    selection.py          needs numpy, xarray, scipy and scikit-learn (Debian 12's are enough)

24 stimuli in four repetitions, 9 neuroids. In "neuroids", three neuroids were not measured for some presentations. In "stimuli", a neuroid was not
measured in single repetitions of some stimuli (their means have no gap), and in no repetition of two others. What is done to them is what benchmarks of
the reference do: Pereira2018 (dropna of neuroids), Cadena2017 (dropna of the means; dropna of the presentations, for the ceiling),
Igustibagus2024 (neuroids whose split-half consistency is above a threshold).
"""
import json
import os

import numpy as np
import scipy.stats
import sklearn
import xarray
from sklearn.model_selection import ShuffleSplit

HERE = os.path.dirname(os.path.abspath(__file__))
STIMULI, REPETITIONS, NEUROIDS = 24, 4, 9


def recording(seed, gaps):
    rng = np.random.default_rng(seed)
    order = rng.permutation(STIMULI * REPETITIONS)
    stimulus, repetition = order // REPETITIONS, order % REPETITIONS
    noise = np.array([.3, .3, .5, 3, .4, 2.5, .6, .3, .5])
    values = (rng.normal(size=(STIMULI, NEUROIDS))[stimulus] + rng.normal(size=(len(order), NEUROIDS)) * noise).round(3)
    gaps(values, stimulus, repetition)
    return xarray.DataArray(values, dims=['presentation', 'neuroid'], coords={
        'stimulus_id': ('presentation', [f's{i:02d}' for i in stimulus]), 'repetition': ('presentation', repetition),
        'neuroid_id': ('neuroid', [f'n{j}' for j in range(NEUROIDS)])})


def of_neuroids(values, stimulus, repetition):
    values[stimulus < 8, 2] = np.nan
    values[(stimulus == 5) & (repetition == 3), 6] = np.nan
    values[:, 7] = np.nan


def of_stimuli(values, stimulus, repetition):
    for s, j, r in [(3, 1, 0), (3, 4, 0), (9, 1, 3), (9, 5, 3), (14, 0, 1)]:
        values[(stimulus == s) & (repetition == r), j] = np.nan
    values[stimulus == 6, 3] = np.nan
    values[stimulus == 17, 8] = np.nan


def means(data):
    return data.groupby('stimulus_id').mean('presentation', skipna=True)


def consistency(data, splits=10):
    """split × neuroid, corrected."""
    unique, r = np.unique(data['repetition']), []
    for halves in ShuffleSplit(splits, train_size=.5, random_state=1).split(np.zeros(len(unique))):
        a, b = (means(data[np.isin(data['repetition'], unique[half])]) for half in halves)
        assert list(a['stimulus_id'].values) == list(b['stimulus_id'].values)
        # scipy refuses missing values in some of its versions, and gives nan in others
        own = [scipy.stats.pearsonr(a.values[:, j], b.values[:, j])[0] if np.isfinite(a.values[:, j] + b.values[:, j]).all() else np.nan
               for j in range(a.shape[1])]
        r.append(2 * np.array(own) / (1 + np.array(own)))
    return np.array(r)


def plain(array):
    return [None if np.isnan(x) else float(x) for x in np.asarray(array).ravel()]


def case(data):
    of_means = means(data).dropna('presentation' if 'presentation' in means(data).dims else 'stimulus_id')
    whole = data.dropna('presentation')
    r = consistency(whole) if len(whole) else None
    consistent = np.nan_to_num(consistency(data), nan=-1).mean(axis=0) > .7  # a neuroid with a gap has none in any split here
    return {
        'data': {'dims': {'presentation': data.shape[0], 'neuroid': data.shape[1]},
                 'coords': [{'name': 'stimulus_id', 'dim': 0, 'values': data['stimulus_id'].values.tolist()},
                            {'name': 'repetition', 'dim': 0, 'values': data['repetition'].values.tolist()},
                            {'name': 'neuroid_id', 'dim': 1, 'values': data['neuroid_id'].values.tolist()}],
                 'values': plain(data.values)},
        'neuroids_without_gaps': data.dropna('neuroid')['neuroid_id'].values.tolist(),
        'stimuli_without_gaps': of_means['stimulus_id'].values.tolist(), 'means': plain(of_means.values),
        'presentations_without_gaps': len(whole),
        'ceiling': float(np.mean(np.median(r, axis=1))) if r is not None else None,
        'consistent_neuroids': data['neuroid_id'].values[consistent].tolist()}


if __name__ == '__main__':
    cases = {'neuroids': case(recording(11, of_neuroids)), 'stimuli': case(recording(12, of_stimuli))}
    made = {'made_by': 'tests/numeric/selection.py', 'numpy': np.__version__, 'xarray': xarray.__version__, 'scipy': scipy.__version__,
            'scikit-learn': sklearn.__version__, **cases}
    with open(os.path.join(HERE, 'selection', 'cases.json'), 'w') as file:
        json.dump(made, file, separators=(',', ':'))
        file.write('\n')
