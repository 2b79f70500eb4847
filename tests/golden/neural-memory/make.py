#!/usr/bin/env python3
"""Writes models/*.h5: files that are larger than they look. Needs numpy and h5py (Debian 12's); `make test` does not run it."""
import os

import h5py
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
os.makedirs(os.path.join(HERE, 'models'), exist_ok=True)


def new(name):
    path = os.path.join(HERE, 'models', name)
    if os.path.exists(path):
        os.remove(path)
    return h5py.File(path, 'w')


# 3,000 stimuli of 3,000 features: 36 MB that are nowhere, and a Gram matrix of 72 MB.
with new('large.h5') as file:
    ids = np.array(['shape_%d' % (i + 1) for i in range(3000)], 'S12')
    file.create_dataset('stimulus_id', data=ids, compression='gzip', compression_opts=9)
    file['stimulus_id'].make_scale('presentation')
    file.create_dataset('data', (3000, 3000), 'f4', chunks=(3000, 100), compression='gzip')
    file['data'].dims[0].attach_scale(file['stimulus_id'])
# Ids of 1.5 MB each, in 100 kB.
with new('bomb.h5') as file:
    file.create_dataset('stimulus_id', (60,), 'S1500000', chunks=(60,), compression='gzip', compression_opts=9)
    file['stimulus_id'][:] = np.array(['shape_%d' % (i + 1) for i in range(60)], 'S1500000')
    file['stimulus_id'].make_scale('presentation')
    file['data'] = np.arange(120, dtype='f4').reshape(60, 2)
    file['data'].dims[0].attach_scale(file['stimulus_id'])
