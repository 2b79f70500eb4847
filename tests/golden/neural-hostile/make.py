#!/usr/bin/env python3
"""Writes models/*.h5: files that mean harm, and Gram matrices of a good model. Needs numpy and h5py (Debian 12's); `make test` does not run it."""
import os
import sys

import h5py
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
NEURAL = os.path.join(HERE, '..', '..', 'numeric', 'neural', 'models')
IDS = ['shape_%d' % (i + 1) for i in range(60)]


def new(name):
    path = os.path.join(HERE, 'models', name)
    if os.path.exists(path):
        os.remove(path)
    return h5py.File(path, 'w')


def coords(file, n=0):
    file['stimulus_id'] = IDS
    file['stimulus_id'].make_scale('presentation')
    if n:
        file['neuroid_id'] = np.arange(n)
        file['neuroid_id'].make_scale('neuroid')


def attach(file, name):
    file[name].dims[0].attach_scale(file['stimulus_id'])
    if 'neuroid_id' in file:
        file[name].dims[1].attach_scale(file['neuroid_id'])


# 60 x 10^11 numbers of which none is stored: 48 TB as float64.
with new('claims.h5') as file:
    coords(file)
    file.create_dataset('data', (60, 10 ** 11), 'f8', chunks=(60, 4096), compression='gzip')
    attach(file, 'data')
# 63 MB of fill values are possible; 10^6 stimulus ids of which none is stored are not worth a crash either.
with new('claims-ids.h5') as file:
    file.create_dataset('stimulus_id', (10 ** 12,), 'S64', chunks=(1000,))
    file['stimulus_id'].make_scale('presentation')
    file.create_dataset('data', (10 ** 12, 2), 'f4', chunks=(1000, 2))
    file['data'].dims[0].attach_scale(file['stimulus_id'])
# A link out of the file in place of the values, to a good file and to one of the machine.
with new('link-external.h5') as file:
    coords(file)
    file['data'] = h5py.ExternalLink('narrow-shapes.nc', '/data')
with new('link-passwd.h5') as file:
    coords(file)
    file['data'] = h5py.ExternalLink('/etc/passwd', '/data')
with new('link-soft.h5') as file:
    coords(file)
    file['data'] = h5py.SoftLink('/elsewhere/data')
# Values that lie in another file, in a raw one and as a virtual dataset.
with new('storage-external.h5') as file:
    coords(file, 20)
    file.create_dataset('data', (60, 20), 'f8', external=[('/etc/passwd', 0, h5py.h5f.UNLIMITED)])
    attach(file, 'data')
with new('storage-virtual.h5') as file:
    coords(file, 30)
    layout = h5py.VirtualLayout((60, 30), 'f8')
    layout[:] = h5py.VirtualSource('narrow-shapes.nc', 'data', (60, 30))
    file.create_virtual_dataset('data', layout)
    attach(file, 'data')
# A filter that HDF5 does not have.
with new('filter.h5') as file:
    coords(file, 20)
    file.create_dataset('data', (60, 20), 'f8', compression='lzf')
    attach(file, 'data')
# What the model "narrow" answers, as a Gram matrix.
with h5py.File(os.path.join(NEURAL, 'narrow-shapes.nc')) as source, new('gram.h5') as file:
    X = source['data'][:].astype('f8')
    group = file.create_group('fc')
    group['stimulus_id'] = [i.decode() for i in source['stimulus_id'][:]]
    group['K'] = X @ X.T
    group['row_sum'] = X.sum(axis=1)
    group['p'] = X.shape[1]
print({name: os.path.getsize(os.path.join(HERE, 'models', name)) for name in sorted(os.listdir(os.path.join(HERE, 'models')))}, file=sys.stderr)
