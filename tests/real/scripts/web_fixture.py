#!/usr/bin/env python3
"""Golden values for the tree of the reference's web fixture.

    web_fixture.py DATA OUT      DATA: the folder that holds leaderboards/, OUT: where the CSV file goes

Tree (fixture-benchmarktypes.json): average_vision -> V1, V2, V4, IT, behavior; IT -> MajajHong2015.IT-pls, Kar2019-ost;
the other regions have one leaf. engineering_vision is a root of its own (Deng2009-top1, its raw score counts).
Rule (spec 3.4): latest version of a benchmark only; of several scores of one model the highest raw; leaf = ceiled score
clamped to [0, 1]; parent = sum of children / number of children, a missing or nan child is 0; none numeric -> missing.
"""
import csv
import math
import os
import sys

TREE = {'average_vision': ['V1', 'V2', 'V4', 'IT', 'behavior'], 'V1': ['movshon.FreemanZiemba2013.V1-pls'],
        'V2': ['movshon.FreemanZiemba2013.V2-pls'], 'V4': ['dicarlo.MajajHong2015.V4-pls'],
        'IT': ['dicarlo.MajajHong2015.IT-pls', 'dicarlo.Kar2019-ost'], 'behavior': ['dicarlo.Rajalingham2018-i2n'],
        'engineering_vision': ['fei-fei.Deng2009-top1']}
PUBLISHED = {'CORnet-S': .390165, 'resnet-50_v2': .385147, 'resnet-101_v2': .384089}


def number(s):
    return float(s) if s not in ('', None) else math.nan


def main(data, out):
    rows = list(csv.DictReader(open(os.path.join(data, 'leaderboards', 'brainscore_web_fixture-scores.csv'))))
    latest = {}
    for r in rows:
        latest[r['benchmark']] = max(latest.get(r['benchmark'], 0), int(r['version']))
    leaf, kept = {}, {}
    for r in rows:
        if int(r['version']) != latest[r['benchmark']]:
            continue
        key, raw = (r['model'], r['benchmark']), number(r['score_raw'])
        if key in kept and not raw > kept[key]:
            continue
        kept[key] = raw
        ceiled = number(r['score_ceiled'])
        if r['benchmark'] in TREE['engineering_vision']:
            leaf[key] = raw
        else:
            leaf[key] = ceiled if math.isnan(ceiled) else min(max(ceiled, 0), 1)
    models = list(dict.fromkeys(r['model'] for r in rows))

    def value(model, node):
        if node not in TREE:
            return leaf.get((model, node), math.nan)
        v = [value(model, c) for c in TREE[node]]
        good = [x for x in v if not math.isnan(x)]
        return sum(good) / len(v) if good else math.nan

    table = sorted(((m, [value(m, n) for n in TREE]) for m in models), key=lambda x: (-x[1][0], x[0]))
    with open(os.path.join(out, 'web_fixture.csv'), 'w') as f:
        print('model', *TREE, sep=',', file=f)
        for m, v in table:
            print(m, *['' if math.isnan(x) else '%.17g' % x for x in v], sep=',', file=f)
    bad = 0
    for m, v in table[:5]:
        print('%-20s %.7f published %s' % (m, v[0], PUBLISHED.get(m, '-')))
    for m, want in PUBLISHED.items():
        bad += abs(dict(table)[m][0] - want) > 5e-7
    print(len(models), 'models;', len(rows), 'rows; incomplete:', [m for m in models if sum((m, b) in leaf for c in TREE.values() for b in c) < 7])
    print('rows without a score:', sum(r['score_ceiled'] == '' for r in rows), 'double:', len(rows) - len(kept))
    return bad


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(1 if main(*sys.argv[1:]) else 0)
