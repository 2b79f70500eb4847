#!/usr/bin/env python3
"""golden.csv: every value of the boards on real data that the scripts beside this one computed with numpy, as board,model,benchmark,column,value.

    make_golden.py DATA > ../golden.csv      DATA: the folder with geirhos2021/, natural_stories/ …
"""
import csv
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
MODEL = {'boyce-gpt2': 'gpt2', 'boyce-transformer-xl': 'transformer-xl', 'boyce-grnn': 'grnn', 'boyce-5gram': '5gram', 'length': 'word-length',
         'log2freq': 'log-frequency', 'gpt-2-pretrained__0': 'gpt2', 'transformer-xl__0': 'transformer-xl', 'grnn__0': 'grnn'}


def main(data):
    with tempfile.TemporaryDirectory() as out:
        for script in 'geirhos2021', 'natural_stories', 'kriegeskorte2008', 'syntaxgym2020', 'web_fixture':
            subprocess.run([sys.executable, os.path.join(HERE, script + '.py'), data, out], check=True, stdout=sys.stderr)
        table = lambda name: csv.DictReader(open(os.path.join(out, name + '.csv')))
        rows = []

        def add(board, model, benchmark, **values):
            for column, value in values.items():
                if value not in ('', 'nan'):
                    rows.append((board, MODEL.get(model, model), benchmark, column, value))

        for r in table('geirhos2021_models'):
            tag = 'Geirhos2021' + r['set'].replace('-', '')
            add('geirhos2021', r['model'], tag + '-error_consistency', raw=r['ec_raw'], ceiling=r['ec_ceiling'], score=r['ec_score'])
            add('geirhos2021', r['model'], tag + '-top1', raw=r['accuracy'])
            add('geirhos2021', r['model'], tag + '-observed_consistency', raw=r['observed_consistency'])
            add('geirhos2021', r['model'], tag + '-accuracy_difference', raw=r['accuracy_difference'])
        for r in table('geirhos2021_shape_bias'):
            if not r['observer'].startswith('subject'):
                add('geirhos2021', {'humans': 'human-observers'}.get(r['observer'], r['observer']), 'Geirhos2021-shape_bias', raw=r['shape_bias'])
        for r in table('natural_stories_pearsonr'):
            task = {'spr': 'SPR'}.get(r['dataset'], 'Maze')
            sign = '-' if r['model'] == 'log2freq' else ''
            raw = (sign + r['r']).replace('--', '')
            if r['words'] == 'all' and r['previous_word'] == '0':
                if r['items'] == 'own' and r['dataset'] != 'maze':
                    add('natural_stories', r['model'], 'NaturalStories.%s-pearsonr' % task, raw=raw, ceiling=r['ceiling'], n=r['n'])
                if r['items'] == 'common_all' and r['dataset'] != 'maze_trials':
                    add('natural_stories', r['model'], 'NaturalStories.%s-pearsonr-common' % task, raw=raw, n=r['n'])
        for r in table('natural_stories_delta_ll'):
            if r['words'] == 'all' and r['dataset'] != 'maze_trials' and r['formula'] in ('base', 'spillover'):
                add('natural_stories', r['model'], 'NaturalStories.%s-delta_loglik%s' % (
                    {'spr': 'SPR', 'maze': 'Maze'}[r['dataset']], '-spillover' if r['formula'] == 'spillover' else ''), raw=r['delta_ll_per_item'])
        target = {'human_IT': 'humanIT', 'monkey_IT': 'monkeyIT', 'human_judgements': 'judgements'}
        for r in table('kriegeskorte2008_models'):
            suffix = '-pearson' if r['similarity'] == 'pearson' else ''
            benchmark = 'Kriegeskorte2008.%s-rdm%s' % (target[r['benchmark']], suffix)
            if r['model'] == 'monkeyIT' and r['benchmark'] == 'monkey_IT':
                continue
            add('kriegeskorte2008', r['model'], benchmark, raw=r['raw'], n=r['n'])
            if r['benchmark'] != 'monkey_IT':
                add('kriegeskorte2008', r['model'], benchmark, ceiling=r['ceiling'])
        for r in table('syntaxgym2020_suites'):
            if r['used'] == 'True':
                add('syntaxgym2020', r['model'], 'syntaxgym-' + r['suite'], raw=r['accuracy'], n=r['n'])
    print('board,model,benchmark,column,value')
    for row in sorted(rows):
        print(*row, sep=',')


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
