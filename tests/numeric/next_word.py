#!/usr/bin/env python3
"""Writes next_word/cases.json: next-word accuracy and perplexity, as numpy has them.

    next_word.py            needs numpy
"""
import json
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))


def accuracy(name, seed, lacking=0):
    rng = np.random.RandomState(seed)
    words = ['the', 'of', ' and', 'a ', 'Zürich', 'naïve']
    truth = [words[i] for i in rng.randint(0, 6, 40)]
    named = [w if rng.random_sample() < .4 else 'another' for w in truth]
    right = np.array([t.strip() == n.strip() and i >= lacking for i, (t, n) in enumerate(zip(truth, named))], float)
    order = rng.permutation(40)
    data = 'stimulus_id,truth\n' + ''.join(f'w{i},{t}\n' for i, t in enumerate(truth))
    model = 'stimulus_id,choice\n' + ''.join(f'w{i},{" " if i % 3 else ""}{"" if i < lacking else named[i]}\n' for i in order)
    return {'name': name, 'metric': 'next_word_accuracy', 'model': model, 'data': data,
            'score': {'raw': float(right.mean()), 'error': float(right.std()), 'n': 40, 'error_kind': 'trial_sd'}}


def perplexity(name, seed, unit, recorded):
    rng = np.random.RandomState(seed)
    value = [None if i in (0, 11) else round(float(v), 6) for i, v in enumerate(rng.gamma(2, 3, 30))]
    words = [i for i in range(30) if not recorded or i % 4]
    model = 'stimulus_id,value\n' + ''.join(f'w{i},{"" if v is None else repr(v)}\n' for i, v in enumerate(value))
    s = np.array([value[i] for i in words if value[i] is not None])
    base = 2 if unit == 'bits' else np.e
    raw = base ** s.mean()
    out = {'name': name, 'metric': 'perplexity', 'params': {'unit': unit}, 'model': model,
           'score': {'raw': float(raw), 'error': float(raw * np.log(base) * s.std(ddof=1) / np.sqrt(len(s))), 'n': len(s), 'error_kind': 'item_sem'}}
    if recorded:
        out['data'] = 'stimulus_id,value\n' + ''.join(f'w{i},300\n' for i in words)
    return out


def main():
    cases = [accuracy('words', 1), accuracy('words without an answer', 2, 6), perplexity('bits', 3, 'bits', False), perplexity('nats', 4, 'nats', False),
             perplexity('the words of a recording', 5, 'bits', True)]
    os.makedirs(os.path.join(HERE, 'next_word'), exist_ok=True)
    with open(os.path.join(HERE, 'next_word', 'cases.json'), 'w', encoding='utf-8') as file:
        json.dump({'made_by': 'tests/numeric/next_word.py', 'numpy': np.__version__, 'cases': cases}, file, indent=1, ensure_ascii=False)
        file.write('\n')


if __name__ == '__main__':
    main()
