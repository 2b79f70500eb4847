#!/usr/bin/env python3
"""Writes pcg64/cases.json: what numpy.random.default_rng(seed) draws. Numbers of 64 bits are texts."""
import json
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))


def case(seed):
    rng = np.random.default_rng
    mixed, bounded = rng(seed), rng(seed)
    state = rng(seed).bit_generator.random_raw(6)
    several = []
    for n in (1, 2, 3, 10, 5, 64, 33):
        several.append(mixed.permutation(n).tolist())
    return {'seed': str(seed), 'u64': [str(x) for x in state], 'permutations': several,
            'bounded': {'max': [0, 1, 2, 9, 2**31, 2**32 - 2, 2**32 - 1, 5, 2**31 + 5],
                        'value': [int(bounded.integers(0, m, endpoint=True, dtype=np.int64)) for m in (0, 1, 2, 9, 2**31, 2**32 - 2, 2**32 - 1, 5, 2**31 + 5)]}}


if __name__ == '__main__':
    with open(os.path.join(HERE, 'pcg64', 'cases.json'), 'w') as file:
        json.dump({'made_by': 'tests/numeric/pcg64.py', 'numpy': np.__version__, 'cases': [case(s) for s in (0, 1, 42, 2**32 - 1, 2**40 + 7)]}, file, indent=1)
        file.write('\n')
