#!/usr/bin/env python3
"""Writes the HDF5 files of this folder (.gz, because most of their bytes are zeros), and expected.json: what an assembly of each must have.

    generate.py      needs numpy, xarray, netCDF4 and h5py (Debian 12's are enough)

What is expected is what was written, put in the order presentation, neuroid, time_bin by numpy; nothing of the program takes part. null is nan, or a
missing text.
"""
import glob
import gzip
import itertools
import json
import math
import os

import h5py
import netCDF4
import numpy as np
import xarray as xr

HERE = os.path.dirname(os.path.abspath(__file__))
ORDER = ['presentation', 'neuroid', 'time_bin']
CASES = []
rng = np.random.default_rng(20261125)


def path(name):
    return os.path.join(HERE, name)


def plain(x):
    if x is None or (isinstance(x, (float, np.floating)) and math.isnan(x)):
        return None
    if isinstance(x, (bool, np.bool_)):
        return 'true' if x else 'false'
    if isinstance(x, (np.integer, np.floating)):
        return x.item()
    if isinstance(x, bytes):
        return x.decode()
    return None if x == '' else str(x) if isinstance(x, str) else x


def expect(file, dims, values, coords, **how):
    """coords: [(name, dim, type, values)] in the order of the file."""
    values = np.asarray(values, dtype=np.float64)
    known = [d for d in ORDER if d in dims] + [d for d in dims if d not in ORDER]
    values = values.transpose([dims.index(d) for d in known])
    CASES.append(dict(file=file, **how, dims=[[d, values.shape[i]] for i, d in enumerate(known)],
                      values=[plain(x) for x in values.ravel()],
                      coords=[dict(name=n, dim=d, type=t, values=[plain(x) for x in v]) for n, d, t, v in coords]))


def assembly(n=6, p=5, t=None, dtype='float32'):
    shape = (n, p) if t is None else (n, p, t)
    values = rng.standard_normal(shape).astype(dtype) if np.dtype(dtype).kind == 'f' else rng.integers(-100, 100, shape).astype(dtype)
    coords = {'stimulus_id': ('presentation', [f'stim-{i % 3}' for i in range(n)]), 'repetition': ('presentation', [i // 3 for i in range(n)]),
              'object_name': ('presentation', [['chair', 'Bär', '椅子'][i % 3] for i in range(n)]),
              'neuroid_id': ('neuroid', [f'n{i}' for i in range(p)]), 'region': ('neuroid', ['V4' if i % 2 else 'IT' for i in range(p)]),
              'good': ('neuroid', [i != 1 for i in range(p)])}
    if t is not None:
        coords['time_bin_start'] = ('time_bin', [70 + 10 * i for i in range(t)])
        coords['time_bin_end'] = ('time_bin', [80 + 10 * i for i in range(t)])
    return xr.DataArray(values, dims=ORDER[:len(shape)], coords=coords)


def coords_of(a):
    kind = {'U': 'text', 'O': 'text', 'i': 'number', 'f': 'number', 'b': 'bool'}
    return [(n, c.dims[0], kind[c.dtype.kind], c.values) for n, c in a.coords.items()]


def xarray_orders():
    for k, dims in enumerate(itertools.permutations(ORDER[:2])):
        for zipped in (False, True):
            a = assembly(dtype=['float32', 'float64'][k]).transpose(*dims)
            name = f'xarray-2d-{k}{"-zip" if zipped else ""}.nc'
            a.to_dataset(name='data').to_netcdf(path(name), encoding={'data': dict(zlib=True, complevel=9)} if zipped else {})
            expect(name, list(dims), a.values, coords_of(a))
    for k, dims in enumerate(itertools.permutations(ORDER)):
        a = assembly(4, 3, 2).transpose(*dims)
        name = f'xarray-3d-{k}.nc'
        a.to_netcdf(path(name), encoding={'__xarray_dataarray_variable__': dict(zlib=True, chunksizes=(2, 2, 2))} if k % 2 else {})
        expect(name, list(dims), a.values, coords_of(a))
    for k, dims in enumerate(itertools.permutations(ORDER)):
        a = assembly(4, 3, 1, 'int16' if k % 2 else 'float32').transpose(*dims)
        name = f'xarray-one-bin-{k}.nc'
        a.to_netcdf(path(name), encoding={'__xarray_dataarray_variable__': dict(zlib=True, chunksizes=tuple(2 if s > 1 else 1 for s in a.shape))}
                    if k > 2 else {})
        expect(name, list(dims), a.values, coords_of(a))


def xarray_values():
    a = assembly()
    a.values[1, 2] = np.nan
    a.to_dataset(name='data').to_netcdf(path('fill-9999.nc'), encoding={'data': dict(_FillValue=-9999.)})
    expect('fill-9999.nc', ORDER[:2], a.values, coords_of(a))

    a = assembly()
    a.values[...] = np.round(a.values * 100) / 100
    a.values[3, 0] = np.nan
    a.to_dataset(name='data').to_netcdf(path('packed.nc'), encoding={'data': dict(dtype='int16', scale_factor=.01, add_offset=1., _FillValue=-32767,
                                                                                  zlib=True)})
    with netCDF4.Dataset(os.path.join(HERE, 'packed.nc')) as f:
        f.set_auto_mask(False)
        f.set_auto_scale(False)
        raw = f['data'][:].astype(np.float64)
    expect('packed.nc', ORDER[:2], np.where(raw == -32767, np.nan, raw * .01 + 1.), coords_of(a))

    for dtype in ('int8', 'uint8', 'uint16', 'int32', 'uint32', 'int64', 'uint64'):
        a = assembly(4, 3, dtype='int8').astype(dtype)
        if dtype == 'uint64':
            a.values[0, 0] = 2**63 + 2**20
        a.to_netcdf(path(f'{dtype}.nc'))
        expect(f'{dtype}.nc', ORDER[:2], a.values, coords_of(a))

    # ids that are numbers are texts; a coordinate without values; an object column with gaps; floats with a fill value
    a = assembly(4, 3)
    a['stimulus_id'] = ('presentation', [12, 3, 2**60 + 1, -4])
    a['note'] = ('presentation', np.array(['a', None, '', 'b'], dtype=object))
    a['score'] = ('presentation', [.5, np.nan, 1e300, -0.25])
    a['hash'] = ('neuroid', [2**60 + 1, 2**60 + 2, 7])
    a.to_dataset(name='data').to_netcdf(path('ids.nc'), encoding={'score': dict(_FillValue=-1.)})
    c = [(n, d, 'text' if n in ('stimulus_id', 'hash') else t, [str(x) for x in v] if n in ('stimulus_id', 'hash') else v)
         for n, d, t, v in coords_of(a)]
    expect('ids.nc', ORDER[:2], a.values, c)

    # an id that was a float; the old name of it
    a = assembly(3, 2).drop_vars('stimulus_id')
    a['image_id'] = ('presentation', [12., .5, 1e22])
    a.to_netcdf(path('image-id.nc'))
    c = [('stimulus_id' if n == 'image_id' else n, d, 'text' if n == 'image_id' else t, ['12', '0.5', '1e+22'] if n == 'image_id' else v)
         for n, d, t, v in coords_of(a)]
    expect('image-id.nc', ORDER[:2], a.values, c)

    # one presentation axis with another name, a layer that is the same everywhere, a bin that was selected
    a = assembly(4, 3, 2).isel(time_bin=1).rename(presentation='image', neuroid='features')
    a = a.assign_coords(layer='conv1')
    a.to_netcdf(path('renamed.nc'))
    renamed = a.rename(image='presentation', features='neuroid')
    c = [(n, x.dims[0], t, x.values) for (n, x), t in zip(((n, x) for n, x in renamed.coords.items() if x.dims),
                                                         ['text', 'number', 'text', 'text', 'text', 'bool'])]
    with netCDF4.Dataset(os.path.join(HERE, 'renamed.nc')) as f:
        order = list(f.variables)
    c.append(('layer', 'neuroid', 'text', ['conv1'] * 3))
    c.sort(key=lambda x: order.index(x[0]))
    expect('renamed.nc', ORDER[:2], a.values, c)

    # dimensions without any coordinate
    values = rng.standard_normal((3, 4))
    xr.DataArray(values, dims=ORDER[:2], name='data').to_netcdf(path('bare.nc'))
    expect('bare.nc', ORDER[:2], values, [])


def raw_netcdf():
    """Texts of fixed length, `name_` twins, groups with dimensions of their own and of the group above."""
    with netCDF4.Dataset(path('chars.nc'), 'w') as f:
        f.createDimension('presentation', 4)
        f.createDimension('neuroid', 2)
        f.createDimension('string3', 3)
        f.createDimension('choice', 2)
        f.createVariable('data', 'f8', ('presentation', 'neuroid'))[:] = np.arange(8).reshape(4, 2)
        f['data'].coordinates = 'stimulus_id neuroid_id'
        f.createVariable('stimulus_id', 'S1', ('presentation', 'string3'))[:] = netCDF4.stringtochar(np.array([b'a', b'bcd', b'', b'ef']))
        f.createVariable('neuroid_id', str, ('neuroid',))[:] = np.array(['x', 'y'], dtype=object)
    expect('chars.nc', ORDER[:2], np.arange(8).reshape(4, 2),
           [('stimulus_id', 'presentation', 'text', ['a', 'bcd', '', 'ef']), ('neuroid_id', 'neuroid', 'text', ['x', 'y'])])

    with netCDF4.Dataset(path('twins.nc'), 'w') as f:
        f.createDimension('presentation', 2)
        f.createDimension('choice', 3)
        f.createVariable('__xarray_dataarray_variable__', 'f4', ('presentation', 'choice'))[:] = np.arange(6).reshape(2, 3)
        f['__xarray_dataarray_variable__'].coordinates = 'choice_ image_id'
        f.createVariable('choice_', str, ('choice',))[:] = np.array(['dog', 'cat', 'bus'], dtype=object)
        f.createVariable('image_id', str, ('presentation',))[:] = np.array(['i1', 'i2'], dtype=object)
    expect('twins.nc', ['presentation', 'choice'], np.arange(6).reshape(2, 3),
           [('choice', 'choice', 'text', ['dog', 'cat', 'bus']), ('stimulus_id', 'presentation', 'text', ['i1', 'i2'])])

    with netCDF4.Dataset(path('groups.nc'), 'w') as f:
        f.createDimension('presentation', 3)
        f.createVariable('data', 'f8', ('presentation',))[:] = [1, 2, 3]
        test = f.createGroup('test')
        test.createDimension('neuroid', 2)
        test.createVariable('data', 'f4', ('neuroid', 'presentation'))[:] = [[1, 2, 3], [4, 5, 6]]
        test['data'].coordinates = 'neuroid_id stimulus_id'
        test.createVariable('stimulus_id', str, ('presentation',))[:] = np.array(['b', 'a', 'c'], dtype=object)
        test.createVariable('neuroid_id', 'i4', ('neuroid',), fill_value=-1)[:] = [7, -1]
    expect('groups.nc', ['presentation'], [1, 2, 3], [])
    expect('groups.nc', ['neuroid', 'presentation'], [[1, 2, 3], [4, 5, 6]],
           [('stimulus_id', 'presentation', 'text', ['b', 'a', 'c']), ('neuroid_id', 'neuroid', 'number', [7, math.nan])], group='/test')

    # answers: the data themselves are texts
    answers = xr.DataArray(np.array(['dog', 'cat', 'dog'], dtype=object), dims=['presentation'],
                           coords={'stimulus_id': ('presentation', ['1', '2', '3']), 'truth': ('presentation', ['dog', 'dog', 'dog'])}, name='data')
    answers.to_netcdf(path('answers.nc'))
    with netCDF4.Dataset(os.path.join(HERE, 'answers.nc')) as f:
        order = list(f.variables)
    c = [('value', 'presentation', 'text', answers.values), *coords_of(answers)]
    c.sort(key=lambda x: order.index('data' if x[0] == 'value' else x[0]))
    CASES.append(dict(file='answers.nc', dims=[['presentation', 3]], values=None,
                      coords=[dict(name=n, dim=d, type=t, values=[plain(x) for x in v]) for n, d, t, v in c]))


def plain_h5py():
    n, p = 7, 4
    values = rng.standard_normal((n, p))
    ids, layers = [f's{i}' for i in range(n)], ['a', 'b', 'b', 'c']

    def write(name, data, **how):
        with h5py.File(path(name), 'w', libver=how.pop('libver', None)) as f:
            f.create_dataset('activations', data=data, **how)
            f['stimulus_id'] = np.array([x.encode() for x in ids])
            f['layer'] = layers
            f['flag'] = np.array([True, False] * 3 + [True])
        stored = np.asarray(data, dtype=np.float64)
        dims = ORDER[:2] if data.shape == (n, p) else ORDER[1::-1]
        expect(name, dims, stored, [('flag', 'presentation', 'bool', [True, False] * 3 + [True]), ('layer', 'neuroid', 'text', layers),
                                    ('stimulus_id', 'presentation', 'text', ids)])  # by name: no order of creation is kept

    write('h5py-plain.h5', values)
    write('h5py-latest.h5', values.astype('f4'), libver='latest', chunks=(3, 3), compression='gzip')
    write('h5py-turned.h5', values.T.copy())
    write('h5py-big-endian.h5', values.astype('>f4'))
    write('h5py-big-endian-zip.h5', values.astype('>f8'), chunks=(2, 4), compression='gzip', shuffle=True)
    write('h5py-half.h5', values.astype('f2'))
    write('h5py-half-zip.h5', values.T.astype('>f2'), chunks=(3, 5), compression='gzip', shuffle=True)
    write('h5py-big-integers.h5', np.arange(n * p).reshape(n, p).astype('>i2') - 5)
    write('h5py-chunks.h5', values, chunks=(5, 3))
    write('h5py-shuffle.h5', values, chunks=(5, 3), shuffle=True)
    write('h5py-checksum.h5', values, chunks=(5, 3), shuffle=True, compression='gzip', fletcher32=True)
    write('h5py-scale-offset.h5', np.arange(n * p).reshape(n, p).astype('i4'), chunks=(5, 3), scaleoffset=0)
    write('h5py-unlimited.h5', values, chunks=(16, 16), maxshape=(None, None), compression='gzip')

    # as many presentations as neuroids: names tell
    square = rng.standard_normal((3, 3))
    with h5py.File(path('h5py-square.h5'), 'w', track_order=True) as f:
        f['features'] = square
        f['layer'] = ['x', 'y', 'z']
        f['stimulus_id'] = ['1', '2', '3']
    expect('h5py-square.h5', ORDER[:2], square, [('layer', 'neuroid', 'text', list('xyz')), ('stimulus_id', 'presentation', 'text', list('123'))])

    # chunks of which some were never written
    with h5py.File(path('h5py-holes.h5'), 'w') as f:
        d = f.create_dataset('data', (5, 6), 'f4', chunks=(2, 2), fillvalue=-9., compression='gzip')
        d[0:2, 2:4] = 1
    holes = np.full((5, 6), -9.)
    holes[0:2, 2:4] = 1
    expect('h5py-holes.h5', ORDER[:2], holes, [])

    # white noise, of which deflate leaves out some chunks; edges in both directions
    noise = rng.standard_normal((37, 23)).astype('f4')
    noise[:7, :5] = 0
    for k, shape in enumerate(((37, 23), (23, 37))):
        with h5py.File(path(f'odd-chunks-{k}.h5'), 'w') as f:
            f.create_dataset('data', data=noise if k == 0 else noise.T, chunks=(7, 5), compression='gzip', shuffle=True)
            f['stimulus_id'] = np.array([f's{i:02}'.encode() for i in range(37)])
        expect(f'odd-chunks-{k}.h5', ORDER[:2] if k == 0 else ORDER[1::-1], noise if k == 0 else noise.T,
               [('stimulus_id', 'presentation', 'text', [f's{i:02}' for i in range(37)])])


def refused():
    """Files that are refused; the sentences are in the tests."""
    with h5py.File(path('bad-complex.h5'), 'w') as f:
        f['data'] = np.ones((2, 3), complex)
    with h5py.File(path('bad-links.h5'), 'w') as f:
        f['inner/data'] = np.ones((2, 3))
        f['data'] = h5py.SoftLink('/inner/data')
    with h5py.File(path('bad-external.h5'), 'w') as f:
        f['data'] = h5py.ExternalLink('bare.nc', '/data')
        f['group'] = h5py.ExternalLink('bare.nc', '/')
    with h5py.File(path('bad-storage.h5'), 'w') as f:
        f.create_dataset('data', (2, 3), 'f8', external=[('passwords', 0, h5py.h5f.UNLIMITED)])
    with h5py.File(path('bad-virtual.h5'), 'w') as f:
        layout = h5py.VirtualLayout((2, 3), 'f8')
        layout[:] = h5py.VirtualSource('bare.nc', 'data', (2, 3))
        f.create_virtual_dataset('data', layout)
    with h5py.File(path('bad-lzf.h5'), 'w') as f:
        f.create_dataset('data', data=np.ones((2, 3)), chunks=(2, 3), compression='lzf')
    with h5py.File(path('bad-huge.h5'), 'w') as f:
        f.create_dataset('data', (10**6, 10**6), 'f4', chunks=(100, 100))
    with h5py.File(path('bad-several.h5'), 'w') as f:
        f['one'] = np.ones((2, 3))
        f['two'] = np.ones((2, 3))
    with h5py.File(path('bad-square.h5'), 'w') as f:
        f['data'] = np.ones((3, 3))
        f['colour'] = [1, 2, 3]
    with h5py.File(path('bad-utf8.h5'), 'w') as f:
        f['data'] = np.ones((2, 3))
        f['stimulus_id'] = np.array([b'caf\xe9', b'b'])
    with h5py.File(path('bad-empty.h5'), 'w') as f:
        f['data'] = np.ones((0, 3))
    with h5py.File(path('bad-length.h5'), 'w') as f:
        d = f.create_dataset('data', data=np.ones((2, 3)))
        f['stimulus_id'] = ['a', 'b', 'c', 'd', 'e']
        f['stimulus_id'].make_scale()
        d.dims[0].attach_scale(f['stimulus_id'])


def gram():
    x = {'conv.1': rng.standard_normal((4, 10)), 'block/fc': rng.standard_normal((4, 3)).astype('f4')}
    layers = []
    with h5py.File(path('gram.h5'), 'w', track_order=True) as f:
        f['stimulus_id'] = ['a', 'b', 'c', 'd']
        for name, m in x.items():
            g = f.create_group(name, track_order=True)
            k = m @ m.T
            g['K'], g['row_sum'] = k, m.sum(1)
            if name == 'conv.1':
                g['p'] = m.shape[1]
                ids = 'abcd'
            else:
                g.attrs['p'] = m.shape[1]
                g['stimulus_id'] = np.array([7, 8, 9, 10])
                ids = ['7', '8', '9', '10']
            layers.append(dict(name=name, p=m.shape[1], stimulus=list(ids), K=[float(v) for v in k.ravel()], row_sum=[float(v) for v in m.sum(1)]))
    return layers


def shown():
    """Files of the golden tests of `show`."""
    folder = os.path.join(HERE, '..', 'golden', 'show')
    os.makedirs(folder, exist_ok=True)
    a = assembly(8, 9, 2)
    a.values[...] = np.arange(8 * 9 * 2).reshape(8, 9, 2) / 8
    a.values[0, 0, 0] = np.nan
    a['filename'] = ('presentation', [f'/a/long/folder/名前/of-images/image_{i:04}.png' for i in range(8)])
    a['odd'] = ('presentation', ['a\tb', 'esc\x1b[31m', '', 'd', 'd', 'd', 'd', 'd'])
    a = a.assign_coords(monitor='left')
    a.attrs.update(description='A sentence. ' * 20, bins=[1., 2.5, 4.], reference='Bär et al.\x07 2026')
    a = a.transpose('neuroid', 'time_bin', 'presentation')
    a.to_dataset(name='data', promote_attrs=True).to_netcdf(os.path.join(folder, 'recording.nc'), encoding={'data': dict(zlib=True, complevel=9)})
    with h5py.File(os.path.join(folder, 'several.h5'), 'w', track_order=True) as f:
        f['stimulus_id'] = ['a', 'b']
        g = f.create_group('conv1', track_order=True)
        g['K'], g['row_sum'], g.attrs['p'] = np.eye(2), np.ones(2), 5
        g = f.create_group('answers', track_order=True)
        g['data'] = ['dog', 'cat', 'dog']
        g['image_id'] = [11, 12, 13]
        f['circle'] = f['/']
        f['elsewhere'] = h5py.ExternalLink('recording.nc', '/data')
        f.create_group('odd')['records'] = np.array([(1, 2.5)], dtype=[('a', 'i4'), ('b', 'f8')])


xarray_orders()
xarray_values()
raw_netcdf()
plain_h5py()
refused()
shown()
layers = gram()
for name in glob.glob(os.path.join(HERE, '*.nc')) + glob.glob(os.path.join(HERE, '*.h5')):
    with open(name, 'rb') as file:
        packed = gzip.compress(file.read(), 9, mtime=0)
    os.remove(name)
    with open(name + '.gz', 'wb') as file:
        file.write(packed)
with open(os.path.join(HERE, 'expected.json'), 'w') as file:
    json.dump(dict(made_by='tests/store_fixtures/generate.py', numpy=np.__version__, xarray=xr.__version__, netCDF4=netCDF4.__version__,
                   h5py=h5py.__version__, cases=CASES, gram=layers), file, allow_nan=False, ensure_ascii=False, separators=(',', ':'))
    file.write('\n')
