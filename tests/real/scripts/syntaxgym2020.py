#!/usr/bin/env python3
"""Golden values for SyntaxGym 2020 (Hu et al. 2020).

    syntaxgym2020.py DATA OUT      DATA: the folder that holds syntaxgym2020/, OUT: where the CSV files go

Item accuracy of a suite: fraction of 1 among correct_bits. A model's average: plain mean of its 31 suites' accuracies.
Perplexity of a model: the row whose model_corpus_seed (text, leading zeros kept) is the model's name, exactly.
"""
import os
import sys

import numpy as np
import pandas as pd

LEFT_OUT = ['fgd-embed3', 'fgd-embed4', 'nn-nv-rpl']
PUBLISHED = {'gpt-2-xl-pretrained__0': .842, 'gpt-2-pretrained__0': .784, 'transformer-xl__0': .596}


def main(data, out):
    root = os.path.join(data, 'syntaxgym2020')
    d = pd.read_csv(os.path.join(root, 'results.tsv'), sep='\t', dtype=str, keep_default_na=False)
    assert d.correct_bits.str.fullmatch('[01]+').all() and (d.correct_bits.str.len() == d.n_items.astype(int)).all()
    assert not d.duplicated(['model', 'suite']).any()
    d['n'] = d.n_items.astype(int)
    d['correct'] = d.correct_bits.str.count('1')
    d['accuracy'] = d.correct / d.n
    d['error'] = [np.std([b == '1' for b in bits]) for bits in d.correct_bits]
    d['used'] = ~d.suite.isin(LEFT_OUT)
    used = d[d.used]
    g = used.groupby('model')
    t = pd.DataFrame({'suites': g.size(), 'items': g.n.sum(), 'mean_over_suites': g.accuracy.mean(),
                      'pooled_over_items': g.correct.sum() / g.n.sum()})
    t['mean_over_34_suites'] = d.groupby('model').accuracy.mean()
    p = pd.read_csv(os.path.join(root, 'perplexity.csv'), dtype=str, keep_default_na=False)
    p['name'] = p.model + '_' + p.corpus + '_' + p.seed
    assert p.name.is_unique
    t['perplexity'] = p.set_index('name').test_ppl.astype(float).reindex(t.index)
    d[['model', 'suite', 'used', 'n', 'correct', 'accuracy', 'error']].to_csv(
        os.path.join(out, 'syntaxgym2020_suites.csv'), index=False, float_format='%.17g')
    t.reset_index().to_csv(os.path.join(out, 'syntaxgym2020_models.csv'), index=False, float_format='%.17g')
    print('suites per model', sorted(set(t.suites)), 'models', len(t), 'suites used', used.suite.nunique(), 'items', sorted(set(t['items'])))
    print('with perplexity %d, without: %s' % (t.perplexity.notna().sum(), ' '.join(t.index[t.perplexity.isna()])))
    print('perplexities of no model:', ' '.join(sorted(set(p.name) - set(t.index))))
    bad = 0
    for m, want in PUBLISHED.items():
        got = t.mean_over_suites[m]
        bad += abs(got - want) > .0005
        print('%-24s mean %.6f published %.3f (pooled %.6f, 34 suites %.6f)' %
              (m, got, want, t.pooled_over_items[m], t.mean_over_34_suites[m]))
    return bad


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(1 if main(*sys.argv[1:]) else 0)
