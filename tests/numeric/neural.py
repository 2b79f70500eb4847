#!/usr/bin/env python3
"""Writes neural/: a small project with recordings and activations as users have them, and expected.json, what the reference's flow makes of it.

    neural.py            needs numpy, scipy, scikit-learn, xarray and netCDF4 (Debian 12's are enough)

The flow is written afresh from the description of the reference: repetitions averaged and rows sorted as Python sorts tuples, splits by scikit-learn,
both sides sorted by stimulus, regression by scikit-learn in float64, Pearson's r per neuroid, median over neuroids, mean over splits. What has no
scikit-learn 1.2 counterpart is written out here: shuffled GroupKFold (scikit-learn >= 1.6, from its documentation), neuron_to_neuron.

Each cell is computed twice, the second time with the columns of the regression's source in another order, and a constant added to the responses of each
neuroid. Nothing but rounding changes by that: a number that moves by more than 1e-8 is no golden value. That found two things:

- LinearRegression before scikit-learn 1.6 keeps singular values down to one eps of the largest, and centred features have some that are zero but for
  rounding: one where they are not fewer than the stimuli, more where features are equal or constant. What comes of those depends on the order of
  sums (r moves by 1e-3, with equal features by 1). Since 1.6 the bound is max(n, p) eps, which is what is done here; "sklearn" keeps what 1.2 gave.
- Ridge of features of the size 1e-8 predicts the mean plus something of the size 1e-16, of which the sum keeps a digit or two. Such cells have "noise", how
  much they moved; only that they are scored is golden. There are none but those (NOISY below), or this script fails.

expected.json: per cell {"model", "benchmark", "status", "raw", "raw_error", "ceiling", "score", "layer", "medians" (per split), "r" (split x neuroid)}.
A failed cell has "why": what scikit-learn, numpy or scipy said.
"""
import json
import math
import os
import sys
import warnings

import numpy as np
import scipy.stats
import xarray as xr
from sklearn.cross_decomposition import PLSRegression
from sklearn.linear_model import LinearRegression, Ridge, RidgeCV
from sklearn.model_selection import KFold, ShuffleSplit, StratifiedKFold, StratifiedShuffleSplit

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, 'neural')
warnings.filterwarnings('ignore')

ALPHAS = [.01, .1, .5, 1, *np.linspace(1e1, 1e2, 4, endpoint=False), *np.linspace(1e2, 1e3, 18, endpoint=False),
          *np.linspace(1e3, 1e4, 18, endpoint=False), *np.linspace(1e4, 1e5, 18, endpoint=False), *np.linspace(1e5, 1e6, 18, endpoint=False),
          *np.linspace(1e6, 1e7, 19)]
LANGUAGE_ALPHAS = [10. ** e for e in range(-3, 4)]


# ---- reading, as BrainIO does -----------------------------------------------------------------------------------------

def read(name, where=None):
    """The only variable of the file, and the names of the presentation coordinates in the order of the file."""
    with xr.open_dataarray(os.path.join(OUT, name)) as file:
        array = file.load()
    for coord, value in (where or {}).items():
        array = array.isel({array[coord].dims[0]: np.isin(array[coord].values, value)})
    order = [c for c in array.coords if array[c].dims == ('presentation',)]
    return array, order


class Recording:
    """values: presentation x neuroid, float64."""

    def __init__(self, name, where=None, time_bins=None):
        array, order = read(name, where)
        if 'time_bin' in array.dims:
            if time_bins:
                inside = (array['time_bin_start'].values >= time_bins[0][0]) & (array['time_bin_end'].values <= time_bins[0][1])
                array = array.isel(time_bin=inside)
            array = array.astype(float).mean('time_bin')
        array = array.transpose('presentation', 'neuroid').astype(float)
        self.values = array.values
        self.coords = {c: array[c].values for c in order}
        self.neuroid = array['neuroid_id'].values
        self.subject = next((array[c].values for c in ('animal', 'subject') if c in array.coords), None)

    def copy(self, values, coords):
        out = object.__new__(Recording)
        out.values, out.coords, out.neuroid, out.subject = values, coords, self.neuroid, self.subject
        return out

    def rows(self, keep):
        return self.copy(self.values[keep], {c: v[keep] for c, v in self.coords.items()})

    def columns(self, keep):
        out = self.copy(self.values[:, keep], self.coords)
        out.neuroid, out.subject = self.neuroid[keep], self.subject[keep] if self.subject is not None else None
        return out

    def average(self):
        """average_repetition: groups of equal values in all coordinates but `repetition`, in sorted order of the tuples; nan is skipped."""
        if 'repetition' not in self.coords:
            return self
        names = [c for c in self.coords if c != 'repetition']
        keys = list(zip(*(self.coords[c].tolist() for c in names)))
        groups = sorted(set(keys))
        at = {key: [] for key in groups}
        for i, key in enumerate(keys):
            at[key].append(i)
        values = np.array([np.nanmean(self.values[at[key]], axis=0) for key in groups])
        return self.copy(values, {c: np.array([key[j] for key in groups]) for j, c in enumerate(names)})

    def sorted(self):
        return self.rows(np.argsort(self.coords['stimulus_id'], kind='stable'))


class Activations:
    def __init__(self, names, layer):
        parts = []
        for name in names:
            array, _ = read(name)
            array = array.transpose('presentation', 'neuroid')
            parts.append((array['stimulus_id'].values, array['layer'].values, array.values.astype(np.float64)))
        ids, values = parts[0][0], np.concatenate([v for _, _, v in parts], axis=1)
        assert all((i == ids).all() for i, _, _ in parts)
        layers = np.concatenate([l for _, l, _ in parts])
        self.layers = list(dict.fromkeys(layers.tolist()))
        if layer is not None:
            values = values[:, layers == layer]
        self.ids = np.unique(ids)
        self.values = np.array([values[ids == i].mean(axis=0) for i in self.ids])  # trials of a stochastic model

    def of(self, ids, columns=None):
        at = {i: k for k, i in enumerate(self.ids.tolist())}
        missing = [i for i in ids.tolist() if i not in at]
        if missing:
            raise ValueError('%d stimuli are not in the model, e.g. %r' % (len(missing), missing[0]))
        values = self.values[[at[i] for i in ids.tolist()]]
        return values if columns is None else values[:, columns]


# ---- splits -----------------------------------------------------------------------------------------------------------

def group_kfold(groups, splits, seed):
    unique = np.random.RandomState(seed).permutation(np.unique(groups))
    for part in np.array_split(unique, splits):
        test = np.isin(groups, part)
        yield np.where(~test)[0], np.where(test)[0]


def splits_of(recording, split, language):
    split = dict(split)
    by = split.get('by')
    kind = split.get('kind') or ('shuffle' if language else 'stratified_shuffle')
    if kind == 'stratified_shuffle' and by is None:
        by = 'object_name'
        if by not in recording.coords:
            kind = 'shuffle'
    n, splits, seed = len(recording.values), split.get('splits', 10), split.get('seed', 1)
    share = dict(train_size=split.get('train', None if 'test' in split else .9), test_size=split.get('test'))
    zeros, labels = np.zeros(n), recording.coords.get(by)
    if kind == 'shuffle':
        return list(ShuffleSplit(splits, random_state=seed, **share).split(zeros))
    if kind == 'stratified_shuffle':
        return list(StratifiedShuffleSplit(splits, random_state=seed, **share).split(zeros, labels))
    if kind == 'kfold':
        return list(KFold(splits, shuffle=True, random_state=seed).split(zeros))
    if kind == 'stratified_kfold':
        return list(StratifiedKFold(splits, shuffle=True, random_state=seed).split(zeros, labels))
    if kind == 'group_kfold':
        return list(group_kfold(labels, splits, seed))
    raise KeyError(kind)


# ---- regression and correlation ---------------------------------------------------------------------------------------

def columnwise(x, y):
    x, y = x - x.mean(axis=0), y - y.mean(axis=0)
    return (x / np.linalg.norm(x, axis=0) * (y / np.linalg.norm(y, axis=0))).sum(axis=0)


def neuron_to_neuron(X, Y, Z):
    r = np.array([columnwise(X, Y[:, [k]]) for k in range(Y.shape[1])])
    return Z[:, np.nanargmax(r, axis=1)]


def minimum_norm(X, Y, Z):
    if not np.isfinite(X).all() or not np.isfinite(Y).all():
        raise ValueError('Input contains NaN')
    x, y = X.mean(axis=0), Y.mean(axis=0)
    X, Z = X - x, Z - x
    x = X.mean(axis=0)  # what rounding left: or features far from 0 have a direction that is zero but for 1e6 eps
    return (Z - x) @ np.linalg.lstsq(X - x, Y - y, rcond=max(X.shape) * np.finfo(float).eps)[0] + y


def predict(metric, X, Y, Z):
    """Z: the test stimuli's features."""
    name, language = metric['name'], metric.get('dialect') == 'language'
    if name in ('pls', 'reverse_pls'):
        return PLSRegression(metric.get('components', 25), scale=False, max_iter=500, tol=1e-6).fit(X, Y).predict(Z)
    if name == 'ridge' and not language:
        return Ridge(metric.get('alpha', 1)).fit(X, Y).predict(Z)
    if name in ('ridge', 'ridgecv'):
        return RidgeCV(metric.get('alphas', LANGUAGE_ALPHAS if language else ALPHAS)).fit(X, Y).predict(Z)
    if name == 'linear':
        if not metric.get('sklearn'):
            return minimum_norm(X, Y, Z)
        return LinearRegression().fit(X, Y).predict(Z)
    if name == 'neuron_to_neuron':
        if not np.isfinite(X).all():
            raise ValueError('array must not contain infs or NaNs')  # as scipy.linalg.norm
        return neuron_to_neuron(X, Y, Z)
    raise KeyError(name)


def correlate(a, b, language):
    if language:
        a, b = a - a.mean(axis=0), b - b.mean(axis=0)
        return (a * b).sum(axis=0) / ((np.linalg.norm(a, axis=0) + 1e-8) * (np.linalg.norm(b, axis=0) + 1e-8))
    return np.array([scipy.stats.pearsonr(a[:, j], b[:, j])[0] for j in range(a.shape[1])])


def fold_r(metric, X, train, Z, test):
    """X, Z: features of the stimuli of train and test, whose rows are sorted by stimulus."""
    Y, W = train.values, test.values
    if metric['name'] == 'reverse_pls':
        X, Y, Z, W = Y, X, W, Z
    with np.errstate(all='ignore'):
        return correlate(predict(metric, X, Y, Z), W, metric.get('dialect') == 'language')


def median(x, axis=None):
    with np.errstate(all='ignore'):
        return np.nanmedian(x, axis=axis)


def source_shuffled(metric, recording, columns):
    """Columns of the regression's source in another order: the recording's for the reverse regression, else the model's."""
    if columns is None or metric['name'] != 'reverse_pls':
        return recording, columns
    return recording.columns(np.random.RandomState(5).permutation(recording.values.shape[1])), None


def shifted(recording):
    """Another origin for each neuroid: no correlation sees it."""
    spread = np.std(np.nan_to_num(recording.values), axis=0)
    return lambda r: r.copy(r.values + .37 * spread, r.coords)


def score_splits(metric, features, recording, columns):
    recording, columns = source_shuffled(metric, recording, columns)
    language = metric.get('dialect') == 'language'
    r = []
    for train, test in splits_of(recording, metric.get('split', {}), language):
        train, test = recording.rows(train).sorted(), recording.rows(test).sorted()
        r.append(fold_r(metric, features.of(train.coords['stimulus_id'], columns), train, features.of(test.coords['stimulus_id'], columns), test))
    r = np.array(r)
    medians = median(r, axis=1)
    out = {'raw': np.nanmean(medians), 'medians': medians, 'r': r}
    if not language:
        out['raw_error'] = np.nanstd(medians) / math.sqrt(len(medians))
    return out


def score_given(metric, features, train, test, columns):
    (train, columns), test = source_shuffled(metric, train, columns), source_shuffled(metric, test, columns)[0]
    train, test = train.sorted(), test.sorted()
    r = fold_r(metric, features[1].of(train.coords['stimulus_id'], columns), train, features[0].of(test.coords['stimulus_id'], columns), test)
    return {'raw': median(r), 'r': r[np.newaxis], 'medians': [median(r)]}


# ---- ceilings ---------------------------------------------------------------------------------------------------------

def internal_consistency(recording, splits=10, seed=1):
    repetitions = recording.coords['repetition']
    unique = np.unique(repetitions)
    r = []
    for one, two in ShuffleSplit(splits, train_size=.5, random_state=seed).split(np.zeros(len(unique))):
        a, b = (recording.rows(np.isin(repetitions, unique[half])).average().sorted() for half in (one, two))
        assert (a.coords['stimulus_id'] == b.coords['stimulus_id']).all()
        x = correlate(a.values, b.values, False)
        r.append(2 * x / (1 + x))
    r = np.array(r)
    medians = median(r, axis=1)
    return {'value': np.nanmean(medians), 'error': np.nanstd(medians) / math.sqrt(len(medians)), 'r': r}


def predictor_consistency(recording, splits=10, seed=0):
    ids, repetitions = recording.coords['stimulus_id'], recording.coords['repetition']
    rng, r = np.random.default_rng(seed), []
    for _ in range(splits):
        one, two = [], []
        for stimulus in np.unique(ids):
            at = np.where(ids == stimulus)[0]
            unique = np.unique(repetitions[at])
            if len(unique) < 2:
                continue
            order = rng.permutation(unique)
            half = np.isin(repetitions[at], order[:len(unique) // 2])
            one.append(np.nanmean(recording.values[at[half]], axis=0))
            two.append(np.nanmean(recording.values[at[~half]], axis=0))
        assert len(one) >= 10
        with np.errstate(all='ignore'):
            x = columnwise(np.array(one), np.array(two))
        r.append(2 * x / (1 + x))
    medians = median(np.array(r), axis=1)
    return {'value': np.nanmean(medians), 'error': np.nanstd(medians) / math.sqrt(np.isfinite(medians).sum()), 'r': np.array(r)}


def ceiling_of(benchmark, presentations):
    ceiling = benchmark.get('ceiling')
    if ceiling is None:
        return None
    if 'value' in ceiling:
        return ceiling
    parameters = {k: v for k, v in ceiling.items() if k in ('splits', 'seed')}
    return {'internal_consistency': internal_consistency, 'predictor_consistency': predictor_consistency}[ceiling['name']](presentations, **parameters)


# ---- a cell -----------------------------------------------------------------------------------------------------------

RULES = {'none': lambda r, c: r, 'ratio': lambda r, c: r / c, 'ratio_squared': lambda r, c: (r / c) ** 2,
         'explained_variance': lambda r, c: r * r / c, 'ratio_sqrt': lambda r, c: r / math.sqrt(c)}


def clip(x, benchmark):
    low, high = benchmark.get('clip', [0, 1]) or (-math.inf, math.inf)
    return min(max(x, low), high)


def sources_of(benchmark):
    sources = benchmark['data'] if isinstance(benchmark['data'], list) else [benchmark['data']]
    parts = {s.get('part', 'test'): Recording(s['file'], s.get('where'), benchmark.get('time_bins_ms')) for s in sources}
    return parts['test'], parts.get('train')


def files_of(output):
    import glob
    return [os.path.relpath(f, OUT) for f in sorted(glob.glob(os.path.join(OUT, output['file'])))]


def score_layer(model, benchmark, layer, shuffled):
    metric, rule = benchmark['metric'], RULES[benchmark['normalise']]
    presentations, train = sources_of(benchmark)
    test = presentations.average()
    sets = [benchmark['stimuli'], benchmark.get('fitting_stimuli', benchmark['stimuli'])]
    features = [Activations(files_of(model['outputs'][s]), layer) for s in sets]
    columns = np.random.RandomState(5).permutation(features[0].values.shape[1]) if shuffled else None
    ceiling = ceiling_of(benchmark, presentations)
    train = train.average() if train else None
    if shuffled:
        shift = shifted(test)
        test, train = shift(test), shift(train) if train else None
    out = {}

    def run(which):
        if train is None:
            return score_splits(metric, features[0], test.columns(which) if which is not None else test, columns)
        return score_given(metric, features, train.columns(which) if which is not None else train,
                           test.columns(which) if which is not None else test, columns)

    if metric.get('per') != 'subject':
        out = run(None)
        if np.isnan(out['raw']):
            raise ValueError('no neuroid has a correlation')
        out['score'] = clip(rule(out['raw'], ceiling['value'] if ceiling else None), benchmark)
    else:
        parts, scores = {}, []
        for subject in np.unique(test.subject):
            which = np.where(test.subject == subject)[0]
            parts[str(subject)] = run(which)['raw']
            c = ceiling['value'] if 'r' not in ceiling else np.nanmean(median(ceiling['r'][:, which], axis=1))
            scores.append(rule(parts[str(subject)], c))
        assert all(0 < s < 1 for s in scores)
        out = {'raw': np.mean(list(parts.values())), 'parts': parts, 'score': np.mean(scores)}
    if ceiling:
        out['ceiling'] = ceiling['value']
        out['ceiling_error'] = ceiling.get('error', math.nan)
    return out


def score_cell(model, benchmark, chosen):
    layers = Activations(files_of(model['outputs'][benchmark['stimuli']]), None).layers
    stated = model.get('layers', {}).get(benchmark['region'])
    layer = stated or (layers[0] if len(layers) == 1 else chosen.get((model['id'], benchmark['region'])))
    profile = {}
    if layer is None:
        assert benchmark.get('selects_layer')
        profile = {l: score_layer(model, benchmark, l, False)['score'] for l in layers}
        layer = max(layers, key=lambda l: profile[l])  # the first of the best
        chosen[model['id'], benchmark['region']] = layer
    first, again = (score_layer(model, benchmark, layer, shuffled) for shuffled in (False, True))
    moved = max(abs(first[k] - again[k]) for k in ('raw', 'score'))
    if 'r' in first:
        moved = max(moved, np.nanmax(abs(np.array(first['r']) - again['r'])))
    if benchmark['metric']['name'] == 'linear':
        theirs = score_layer(model, dict(benchmark, metric=dict(benchmark['metric'], sklearn=True)), layer, False)['raw']
        if abs(theirs - first['raw']) > 1e-9:
            first['sklearn'] = theirs
    return dict(first, layer=layer, **({'layers': profile} if profile else {})), moved


# ---- the project ------------------------------------------------------------------------------------------------------

before = {}  # files of the last run


def write(name, values, dims, coords, compress=False, variable=None):
    array = xr.DataArray(values, dims=dims, coords=coords, name=variable)
    encoding = {(variable or '__xarray_dataarray_variable__'): {'zlib': True, 'complevel': 9, 'shuffle': True}} if compress else {}
    path = os.path.join(OUT, name)
    array.to_netcdf(path, encoding=encoding)
    if name in before:  # HDF5 writes the time into its files: a file that says the same stays the same
        with open(path, 'rb') as new, open(path + '.old', 'wb') as old:
            fresh = new.read()
            old.write(before[name])
        same = len(fresh) == len(before[name]) and read(name)[0].identical(read(name + '.old')[0])
        os.remove(path + '.old')
        if same:
            with open(path, 'wb') as file:
                file.write(before[name])
    import netCDF4
    with netCDF4.Dataset(path) as file:  # the order in which the reader meets the coordinates is the one in the file
        stored = [v for v in file.variables if v in array.coords and file.variables[v].dimensions == ('presentation',)]
    assert stored == read(name)[1], (stored, read(name)[1])


def text(prefix, n):
    return np.array(['%s%d' % (prefix, i + 1) for i in range(n)], dtype=object)


def shapes(rng):
    """60 images x 6 repetitions, in shuffled order, some missing; neuroids of several regions, each a case of its own."""
    n, ids = 60, text('shape_', 60)
    kind = np.array(['ball', 'cube', 'cone', 'ring', 'star'], dtype=object)[np.repeat(np.arange(5), [16, 14, 12, 10, 8])]
    kind = kind[rng.permutation(n)]
    latent = rng.randn(n, 12) + .8 * np.array([['ball', 'cube', 'cone', 'ring', 'star'].index(k) for k in kind])[:, None] * rng.randn(12)
    regions = [('IT', 12), ('V4', 5), ('gap', 4), ('dead', 3), ('flat', 4), ('one', 1), ('large', 3), ('small', 3), ('far', 3)]
    region = np.concatenate([np.repeat(r, k) for r, k in regions]).astype(object)
    q = len(region)
    signal = latent @ rng.randn(12, q) / 3
    row, repetition = np.repeat(np.arange(n), 6), np.tile(np.arange(6), n)
    values = signal[row] + rng.randn(len(row), q)
    values[:, region == 'large'] *= 1e8
    values[:, region == 'small'] *= 1e-8
    values[:, region == 'far'] += 1e6
    values[:, np.where(region == 'flat')[0][1]] = 2.5
    values[:, np.where(region == 'dead')[0][2]] = np.nan
    for j in np.where(region == 'gap')[0]:
        for i in rng.permutation(n)[:20]:
            values[6 * i + rng.randint(6), j] = np.nan
    order = rng.permutation(len(row))[10:]
    order = np.concatenate([order, [i for i in range(len(row)) if row[i] not in row[order]]]).astype(int)
    animal = np.array(['Chabo', 'Tito'], dtype=object)[(np.arange(q) % 12 >= 7).astype(int)]
    coords = {'stimulus_id': ('presentation', ids[row][order]), 'object_name': ('presentation', kind[row][order]),
              'repetition': ('presentation', repetition[order]), 'neuroid_id': ('neuroid', text('n', q)), 'region': ('neuroid', region),
              'animal': ('neuroid', animal)}
    write('data/shapes.nc', values[order], ('presentation', 'neuroid'), coords, compress=True, variable='data')
    return ids, latent


def levels(rng):
    """45 images with numbers as ids, sorted by other coordinates first; dimensions in reverse; five time bins, float32."""
    n, q = 45, 6
    ids = rng.permutation(200)[:n] + 1
    level = np.array([-1.5, .5, 10, 2])[rng.randint(4, size=n)]
    name = np.array(['near', 'far', 'Away'], dtype=object)[np.arange(n) % 3]
    latent = rng.randn(n, 8)
    signal = latent @ rng.randn(8, q) / 2
    row, repetition = np.repeat(np.arange(n), 4), np.tile(np.arange(4) + 1, n)
    values = signal[row][..., None] * np.array([.2, 1, 1.5, 1, .3]) + rng.randn(len(row), q, 5)
    order = rng.permutation(len(row))
    coords = {'level': ('presentation', level[row][order]), 'object_name': ('presentation', name[row][order]),
              'repetition': ('presentation', repetition[order]), 'stimulus_id': ('presentation', ids[row][order].astype(np.int64)),
              'neuroid_id': ('neuroid', np.arange(q) + 7), 'time_bin_start': ('time_bin', np.arange(50, 150, 20)),
              'time_bin_end': ('time_bin', np.arange(70, 170, 20))}
    write('data/levels.nc', values[order].transpose(2, 1, 0).astype(np.float32), ('time_bin', 'neuroid', 'presentation'), coords)
    return ids, latent


def scenes(rng):
    """Train and test in files of their own, voxels of two subjects."""
    n, q = 90, 14
    ids = np.array(['scene/%03d.png' % i for i in rng.permutation(n)], dtype=object)
    latent = rng.randn(n, 10)
    signal = latent @ rng.randn(10, q) / 2
    subject = np.array(['sub-01', 'sub-02'], dtype=object)[(np.arange(q) >= 6).astype(int)]
    for name, which, repetitions in (('train', np.arange(60), 2), ('test', np.arange(60, 90), 4)):
        row = np.repeat(which, repetitions)
        order = rng.permutation(len(row))
        coords = {'repetition': ('presentation', np.tile(np.arange(repetitions), len(which))[order]),
                  'stimulus_id': ('presentation', ids[row][order]), 'neuroid_id': ('neuroid', np.arange(q)), 'subject': ('neuroid', subject)}
        write('data/scenes_%s.nc' % name, (signal[row] + .8 * rng.randn(len(row), q))[order], ('presentation', 'neuroid'), coords)
    return ids, latent


def sentences(rng):
    n, q = 72, 12
    ids = np.array(['%d.s%d' % (i // 9 + 1, i % 9) for i in range(n)], dtype=object)
    latent = rng.randn(n, 10) + np.repeat(rng.randn(8, 10), 9, axis=0)
    values = latent @ rng.randn(10, q) / 3 + rng.randn(n, q)
    order = rng.permutation(n)
    story = np.array(['story %d' % (i // 9 + 3) for i in range(n)], dtype=object)
    coords = {'neuroid_id': ('neuroid', text('v', q)), 'subject': ('neuroid', np.array(['s1', 's2', 's10'], dtype=object)[np.repeat([0, 1, 2], [4, 5, 3])]),
              'stimulus_id': ('presentation', ids[order]), 'story': ('presentation', story[order])}
    write('data/sentences.nc', values[order].T, ('neuroid', 'presentation'), coords)
    return ids, latent


def activations(rng, name, ids, values, layers, compress=False, chunk=None, extra=None, variable=None, dims=('presentation', 'neuroid')):
    """Rows in another order than the recording's; layers: (name, features) in order."""
    order = rng.permutation(len(ids))
    layer = np.concatenate([np.repeat(l, k) for l, k in layers]).astype(object)
    coords = {'stimulus_id': ('presentation', ids[order]), 'neuroid_id': ('neuroid', np.array(['%s.%d' % (l, i) for i, l in enumerate(layer)], dtype=object)),
              'layer': ('neuroid', layer)}
    for key, value in (extra or {}).items():
        coords[key] = ('presentation', value[order])
    values = values[order] if dims[0] == 'presentation' else values[order].T
    write('models/' + name + '.nc', values, dims, coords, compress, variable)
    return 'models/' + name + '.nc'


def features(rng, latent, p, noise=.7):
    return latent @ rng.randn(latent.shape[1], p) / 2 + noise * rng.randn(len(latent), p)


def models(rng, sets):
    out = []

    def model(name, domain='vision', outputs=None, **more):
        out.append({'id': name, 'domains': [domain], **more, 'outputs': {s: {'file': f} for s, f in outputs.items()}})

    ids, latent = sets['shapes']
    n = len(ids)
    wide = features(rng, latent, 280).astype(np.float32)
    wide[:, 120:] = np.maximum(wide[:, 120:], 0)
    number_ids, number_latent = sets['levels']
    scene_ids, scene_latent = sets['scenes']
    scene_wide = features(rng, scene_latent, 150).astype(np.float32)
    model('wide', layers={'IT': 'fc', 'V4': 'conv'},
          outputs={'shapes': activations(rng, 'wide-shapes', ids, wide, [('conv', 120), ('fc', 160)], compress=True),
                   'levels': activations(rng, 'wide-levels', number_ids, features(rng, number_latent, 200).astype(np.float32), [('fc', 200)]),
                   'scenes': activations(rng, 'wide-scenes', scene_ids, scene_wide, [('fc', 150)]),
                   'scenes_train': activations(rng, 'wide-scenes-train', scene_ids[:60], scene_wide[:60], [('fc', 150)]),
                   'scenes_test': activations(rng, 'wide-scenes-test', scene_ids[60:], scene_wide[60:], [('fc', 150)])})
    model('narrow', outputs={'shapes': activations(rng, 'narrow-shapes', ids, features(rng, latent, 30), [('fc', 30)], variable='data'),
                             'levels': activations(rng, 'narrow-levels', number_ids, features(rng, number_latent, 26), [('fc', 26)]),
                             'scenes': activations(rng, 'narrow-scenes', scene_ids, features(rng, scene_latent, 20), [('fc', 20)])})
    model('giant', outputs={'shapes': activations(rng, 'giant', ids, features(rng, latent, 360).astype(np.float32), [('fc', 360)])})
    model('slim', outputs={'shapes': activations(rng, 'slim', ids, features(rng, latent, 20), [('fc', 20)])})
    model('single', outputs={'shapes': activations(rng, 'single', ids, features(rng, latent, 1), [('fc', 1)])})
    model('large', outputs={'shapes': activations(rng, 'large', ids, 1e8 * features(rng, latent, 70), [('fc', 70)], dims=('neuroid', 'presentation'))})
    model('small', outputs={'shapes': activations(rng, 'small', ids, 1e-8 * features(rng, latent, 40), [('fc', 40)])})
    model('far', outputs={'shapes': activations(rng, 'far', ids, 1e6 + features(rng, latent, 90), [('fc', 90)])})
    flawed = features(rng, latent, 80)
    flawed[:, [0, 7, 40]] = 0, 3.5, -1e3
    flawed[:, 50:65] = flawed[:, 20:35]
    model('flawed', outputs={'shapes': activations(rng, 'flawed', ids, flawed, [('fc', 80)])})
    twice = features(rng, latent, 28)
    model('flawed-narrow', outputs={'shapes': activations(rng, 'flawed-narrow', ids, np.column_stack([np.full(n, 4.), twice, twice[:, :8]]), [('fc', 37)])})
    trials = np.repeat(features(rng, latent, 50), 3, axis=0) + .5 * rng.randn(3 * n, 50)
    model('stochastic', outputs={'shapes': activations(rng, 'stochastic', np.repeat(ids, 3), trials.astype(np.float32), [('fc', 50)],
                                                       extra={'repetition': np.tile(np.arange(3), n)})})
    unstated = features(rng, latent, 64).astype(np.float32)
    generator = np.random.RandomState(9)
    activations(generator, 'unstated-1', ids, unstated[:, :30] + 3 * rng.randn(n, 30).astype(np.float32), [('early', 30)])
    generator = np.random.RandomState(9)
    activations(generator, 'unstated-2', ids, unstated[:, 30:], [('late', 34)])
    model('unstated', outputs={'shapes': 'models/unstated-*.nc'})
    # those that cannot be scored
    holes = features(rng, latent, 40)
    holes[17, 23] = np.nan
    model('holes', outputs={'shapes': activations(rng, 'holes', ids, holes, [('fc', 40)])})
    model('incomplete', outputs={'shapes': activations(rng, 'incomplete', ids[3:], features(rng, latent, 30)[3:], [('fc', 30)])})
    model('constant', outputs={'shapes': activations(rng, 'constant', ids, np.full((n, 40), 1.25), [('fc', 40)])})

    ids, latent = sets['sentences']
    big = features(rng, latent, 180).astype(np.float32)
    model('lm-big', 'language', layers={'language_system': 'h.1'},
          outputs={'sentences': activations(rng, 'lm-big', ids, big, [('h.0', 80), ('h.1', 100)])})
    model('lm-small', 'language', outputs={'sentences': activations(rng, 'lm-small', ids, features(rng, latent, 24), [('h.0', 24)])})
    return out


def benchmarks():
    out = [{'id': 'average_vision', 'domain': 'vision', 'title': 'Average'}, {'id': 'average_language', 'domain': 'language', 'title': 'Average'}]

    def add(name, file, metric, where=None, ceiling=None, normalise='explained_variance', stimuli=None, region='IT', parent='average_vision', **more):
        data = file if isinstance(file, list) else {'file': 'data/%s.nc' % file, **({'where': where} if where else {})}
        entry = {'id': name, 'parent': parent, 'title': name, 'region': region, 'stimuli': stimuli or file, 'data': data, 'metric': metric,
                 **({'ceiling': ceiling} if ceiling else {}), 'normalise': normalise, **more}
        out.append(entry)

    consistent = {'name': 'internal_consistency'}
    it, five = {'region': 'IT'}, {'kind': 'shuffle', 'splits': 5, 'train': .8, 'seed': 3}
    add('shapes.IT-pls', 'shapes', {'name': 'pls'}, it, consistent, selects_layer=True)
    add('shapes.IT-ridge', 'shapes', {'name': 'ridge'}, it, consistent)
    add('shapes.IT-ridge1000', 'shapes', {'name': 'ridge', 'alpha': 1000, 'split': five}, it, {'name': 'internal_consistency', 'splits': 4, 'seed': 7}, 'ratio')
    add('shapes.IT-ridgecv', 'shapes', {'name': 'ridgecv', 'split': {'kind': 'kfold', 'splits': 6, 'seed': 2}}, it, consistent)
    add('shapes.IT-ridgecv3', 'shapes', {'name': 'ridgecv', 'alphas': [1, 10, 100], 'split': {'kind': 'stratified_kfold', 'by': 'object_name', 'splits': 4}},
        it, {'value': .8, 'error': .01}, 'ratio_squared')
    add('shapes.IT-linear', 'shapes', {'name': 'linear', 'split': {'kind': 'shuffle', 'splits': 4, 'train': .7, 'seed': 0}}, it, consistent, 'ratio_sqrt')
    add('shapes.IT-neuron_to_neuron', 'shapes', {'name': 'neuron_to_neuron'}, it, consistent)
    add('shapes.IT-reverse_pls', 'shapes', {'name': 'reverse_pls', 'components': 5}, it, {'name': 'predictor_consistency'})
    add('shapes.IT-pls-subjects', 'shapes', {'name': 'pls', 'components': 4, 'per': 'subject', 'subject': 'animal', 'split': five}, it, consistent)
    add('shapes.IT-pls3', 'shapes', {'name': 'pls', 'components': 3, 'split': {'kind': 'stratified_shuffle', 'by': 'object_name', 'splits': 3, 'test': .25}},
        it, None, 'none', clip=[])
    add('shapes.V4-pls', 'shapes', {'name': 'pls', 'components': 10}, {'region': 'V4'}, consistent, region='V4', selects_layer=True)
    for case, metric in (('gap', 'pls'), ('gap', 'linear'), ('dead', 'pls'), ('dead', 'ridgecv'), ('flat', 'pls'), ('flat', 'ridgecv'), ('one', 'pls'), ('one', 'ridge'),
                         ('large', 'pls'), ('large', 'ridgecv'), ('small', 'pls'), ('small', 'ridge'), ('far', 'pls'), ('far', 'ridgecv'), ('gap', 'neuron_to_neuron')):
        parameters = {'name': metric, 'split': {'splits': 4, 'kind': 'stratified_shuffle', 'by': 'object_name', 'train': .8}}
        if metric == 'pls':
            parameters['components'] = 12
        # a reliability of the whole, so that models can be compared; the case `dead` has none of its own
        add('shapes.%s-%s' % (case, metric), 'shapes', parameters, {'region': case}, {'value': .7} if case == 'dead' else consistent)

    add('levels-pls', 'levels', {'name': 'pls'}, ceiling=consistent, time_bins_ms=[[70, 130]])
    add('levels-ridge', 'levels', {'name': 'ridge', 'split': five}, ceiling=consistent, time_bins_ms=[[70, 130]])
    add('levels-ridgecv-groups', 'levels', {'name': 'ridgecv', 'split': {'kind': 'group_kfold', 'by': 'level', 'splits': 3, 'seed': 4}}, ceiling={'value': .9},
        time_bins_ms=[[50, 150]])
    parts = [{'file': 'data/scenes_test.nc', 'part': 'test'}, {'file': 'data/scenes_train.nc', 'part': 'train'}]
    for metric in ('ridge', 'ridgecv', 'pls', 'linear', 'neuron_to_neuron', 'reverse_pls'):
        parameters = {'name': metric, 'split': {'kind': 'given'}, **({'components': 4} if metric == 'reverse_pls' else {})}
        add('scenes-%s' % metric, parts, parameters, ceiling=consistent, stimuli='scenes')
    add('scenes-ridge-apart', parts, {'name': 'ridge', 'split': {'kind': 'given'}}, ceiling=consistent, stimuli='scenes_test', fitting_stimuli='scenes_train')
    for metric in ('ridgecv', 'pls'):
        parameters = {'name': metric, 'per': 'subject', 'split': {'kind': 'given'}, **({'components': 6} if metric == 'pls' else {})}
        add('scenes-%s-subjects' % metric, parts, parameters, ceiling=consistent, stimuli='scenes')

    language = dict(parent='average_language', region='language_system')
    add('sentences-linear', 'sentences', {'name': 'linear', 'dialect': 'language'}, ceiling={'value': .6}, normalise='ratio', **language)
    add('sentences-ridge', 'sentences', {'name': 'ridge', 'dialect': 'language'}, ceiling={'value': .6}, normalise='ratio', **language)
    add('sentences-ridge-stories', 'sentences', {'name': 'ridge', 'dialect': 'language', 'split': {'kind': 'group_kfold', 'by': 'story', 'splits': 4}},
        ceiling={'value': .6}, normalise='ratio', **language)
    add('sentences-linear-kfold', 'sentences', {'name': 'linear', 'dialect': 'language', 'split': {'kind': 'kfold', 'splits': 8}}, ceiling={'value': .32},
        normalise='ratio', **language)
    return out


# ---- expected ---------------------------------------------------------------------------------------------------------

def short(x):
    """Twelve digits: 1e-6 is what is asked for."""
    if isinstance(x, dict):
        return {k: short(v) for k, v in x.items()}
    if isinstance(x, (list, tuple, np.ndarray)):
        return [short(v) for v in x]
    if isinstance(x, (float, np.floating)):
        return None if math.isnan(x) else float('%.12g' % x)
    return x


def cell(model, benchmark, chosen):
    out = {'model': model['id'], 'benchmark': benchmark['id']}
    if any(benchmark.get(key) and benchmark[key] not in model['outputs'] for key in ('stimuli', 'fitting_stimuli')):
        return dict(out, status='missing'), 0
    try:
        values, moved = score_cell(model, benchmark, chosen)
    except (ValueError, np.linalg.LinAlgError) as error:
        return dict(out, status='failed', why=str(error).split('\n')[0]), 0
    keep = ('raw', 'raw_error', 'ceiling', 'ceiling_error', 'score', 'layer', 'layers', 'parts', 'sklearn', 'medians')
    out = dict(out, status='ok', **{k: values[k] for k in keep if k in values})
    if 'r' in values and benchmark['metric']['name'] != 'reverse_pls' and model['id'] in ('wide', 'narrow', 'flawed', 'lm-big', 'lm-small'):
        out['r'] = values['r']
    return out, moved


def NOISY(model, benchmark):
    return model['id'] == 'small' and benchmark['metric']['name'] in ('ridge', 'ridgecv')


def dump(name, value, one_per_line=False):
    with open(os.path.join(OUT, name), 'w') as file:
        if one_per_line:
            file.write('[\n' + ',\n'.join(json.dumps(v, allow_nan=False) for v in value) + '\n]\n')
        else:
            file.write(json.dumps(value, indent=1, allow_nan=False) + '\n')


def main():
    for folder in ('data', 'models'):
        os.makedirs(os.path.join(OUT, folder), exist_ok=True)
        for old in os.listdir(os.path.join(OUT, folder)):
            with open(os.path.join(OUT, folder, old), 'rb') as file:
                before[folder + '/' + old] = file.read()
            os.remove(os.path.join(OUT, folder, old))
    rng = np.random.RandomState(20)
    sets = {'shapes': shapes(rng), 'levels': levels(rng), 'scenes': scenes(rng), 'sentences': sentences(rng)}
    all_models, all_benchmarks = models(rng, sets), benchmarks()
    chosen, cells, unstable = {}, [], []
    for model in all_models:
        for benchmark in all_benchmarks:
            if 'metric' not in benchmark or ('language' in benchmark['parent']) != ('language' in model['domains']):
                continue
            result, moved = cell(model, benchmark, chosen)
            if moved > 1e-8:
                result['noise'] = moved
                if not NOISY(model, benchmark):
                    unstable.append((model['id'], benchmark['id'], moved))
            cells.append(result)
    dump('models.json', all_models, True)
    dump('benchmarks.json', all_benchmarks, True)
    dump('manifest.json', {'title': 'Neural benchmarks, small', 'date': '2026-11-23', 'benchmarks': ['benchmarks.json'], 'models': ['models.json']})
    dump('expected.json', short(cells), True)
    size = sum(os.path.getsize(os.path.join(d, f)) for d, _, files in os.walk(OUT) for f in files)
    size //= 1024
    counts = {s: sum(c['status'] == s for c in cells) for s in ('ok', 'failed', 'missing')}
    print(counts, '%d KB' % size)
    for c in cells:
        if c['status'] == 'failed':
            print('  failed: %(model)s on %(benchmark)s: %(why)s' % c)
    for c in cells:
        if 'noise' in c:
            print('  noise: %(model)s on %(benchmark)s: %(noise).1e' % c)
    for u in unstable:
        print('  NOT STABLE: %s on %s: %.1e' % u)
    return 1 if unstable else 0


if __name__ == '__main__':
    sys.exit(main())
