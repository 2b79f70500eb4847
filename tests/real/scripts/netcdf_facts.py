#!/usr/bin/env python3
"""What `brainboard show` must say of the netCDF files that come with Brain-Score's packages (tests/real/netcdf.tsv): file, fact; found by xarray.

    netcdf_facts.py FOLDER > netcdf.tsv       FOLDER has *.nc (alexnet-rgb-1000.nc, assy_test_TestMe.nc, …)
"""
import glob
import os
import sys

import h5py
import numpy as np
import pandas as pd
import xarray as xr

ROLE = {'event': {'': 'neuroid', 'test': 'presentation'}, 'stimulus_path': {'': 'presentation'}}


def number(x):
    x = float(x)
    return str(int(x)) if x == int(x) else '%.5g' % x


def facts(name, group):
    array = xr.open_dataarray(name, group=group or None, decode_times=False)
    data = array.values.astype(float)
    for dim, size in array.sizes.items():
        role = ROLE.get(dim, {}).get(group, dim)
        yield f'{role} {size}' + (f' called {dim} in the file' if role != dim else '')
    yield f'type {array.dtype}'
    yield f'values {number(np.nanmin(data))} to {number(np.nanmax(data))}'
    for coord, values in array.coords.items():
        shown = coord[:-1] + f' ({coord})' if coord.endswith('_') and coord[:-1] in array.dims else coord
        if coord == 'image_id' and 'stimulus_id' not in array.coords:
            shown = 'stimulus_id (image_id)'
        kind = 'text' if values.dtype.kind in 'OU' else str(values.dtype)
        text = f'{shown} {kind} {len(pd.unique(values.values))} different'
        if kind != 'text':
            low, high = number(values.min()), number(values.max())
            text += f': {low} to {high}' if low != high else f': {low}'
        yield text


for name in sorted(glob.glob(os.path.join(sys.argv[1], '*.nc'))):
    with h5py.File(name) as f:
        groups = [''] + [k for k, v in f.items() if isinstance(v, h5py.Group)]
    for group in groups:
        for fact in facts(name, group):
            print(os.path.basename(name), fact, sep='\t')
