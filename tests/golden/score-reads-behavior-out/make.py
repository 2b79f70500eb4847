#!/usr/bin/env python3
"""Writes the files of this case and expected.tsv, the accuracies that scikit-learn's readout has. Needs numpy, h5py and scikit-learn; run in this folder."""
import h5py
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

rng = np.random.RandomState(0)
LABELS, WIDTH = ['bear', 'car', 'dog'], 12
fit, test = [f'f{i}' for i in range(48)], [f't{i}' for i in range(45)]
centre = rng.standard_normal((3, WIDTH)) * .6
truth = {x: LABELS[i % 3] for ids in (fit, test) for i, x in enumerate(ids)}


def activations(ids):
    early, late = rng.standard_normal((2, len(ids), WIDTH))
    return np.hstack([early, late + [centre[LABELS.index(truth[x])] for x in ids]]).astype('f4')


def write(name, ids, X):
    with h5py.File(name, 'w') as file:
        data, text = file.create_dataset('data', data=X), h5py.string_dtype()
        for dim, (axis, n) in enumerate((('presentation', len(ids)), ('neuroid', 2 * WIDTH))):
            file.create_dataset(axis, data=np.arange(n)).make_scale(axis)
            data.dims[dim].attach_scale(file[axis])
        file.create_dataset('stimulus_id', data=ids, dtype=text).dims[0].attach_scale(file['presentation'])
        file.create_dataset('layer', data=['early'] * WIDTH + ['late'] * WIDTH, dtype=text).dims[0].attach_scale(file['neuroid'])


A, B = activations(fit), activations(test)
write('fit.h5', fit, A)
write('test.h5', test, B)
with open('train.csv', 'w') as file:
    file.write('stimulus_id,truth\n' + ''.join(f'{x},{truth[x]}\n' for x in fit))
with open('humans.csv', 'w') as file:
    file.write('stimulus_id,subject,truth,choice\n' + ''.join(
        f'{x},s{s},{truth[x]},{truth[x] if rng.random_sample() < .7 else LABELS[rng.randint(3)]}\n' for s in range(2) for x in test))
with open('choices.csv', 'w') as file:
    said = {x: truth[x] if rng.random_sample() < .5 else LABELS[rng.randint(3)] for x in test}
    file.write('stimulus_id,choice\n' + ''.join(f'{x},{said[x]}\n' for x in test))
with open('expected.tsv', 'w') as file:
    for model, part in (('late', slice(WIDTH, None)), ('early', slice(0, WIDTH))):
        scaler = StandardScaler().fit(A[:, part].astype(float))
        readout = LogisticRegression(multi_class='multinomial', solver='newton-cg', C=1e-3).fit(scaler.transform(A[:, part].astype(float)), [truth[x] for x in fit])
        right = [a == truth[x] for a, x in zip(readout.predict(scaler.transform(B[:, part].astype(float))), test)]
        print(model, repr(float(np.mean(right))), sep='\t', file=file)
    print('table', repr(float(np.mean([said[x] == truth[x] for x in test]))), sep='\t', file=file)
    print('nofit', '', sep='\t', file=file)
