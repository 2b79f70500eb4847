#!/usr/bin/env python3
"""Writes language/cases.json: what src/model's language models must say, from implementations that share nothing with them.

  pcfg     sentences are enumerated (all derivations above a tiny probability), and prefix probabilities are sums over them
  ngram    interpolated Kneser-Ney on dictionaries, in exact fractions
  eigen    numpy.linalg.eigh of positive pointwise mutual information of words near each other
  formula  SyntaxGym's formulas, by pyparsing.infixNotation and numpy.isclose
"""
import collections
import fractions
import heapq
import json
import os

import numpy as np
import pyparsing as pp

pp.ParserElement.enable_packrat()
HERE = os.path.dirname(os.path.abspath(__file__))
F = fractions.Fraction

# --- grammars ---------------------------------------------------------------------------------------------------------

GRAMMARS = {
    'center': {'rules': [['S', .3, ['a', 'S', 'b']], ['S', .7, ['c']]],
               'lexicon': [{'a': {'x': .6, 'y': .4}, 'b': {'x': .2, 'z': .8}, 'c': {'y': 1}}]},
    'phrases': {'rules': [['S', 1, ['NP', 'v', 'T', '.']], ['NP', .7, ['n']], ['NP', .2, ['n', 'PP']], ['NP', .1, ['n', 'n', 'PP']],
                          ['PP', 1, ['p', 'M']], ['M', .8, ['n']], ['M', .2, ['n', 'n']], ['T', .5, []], ['T', .3, ['NP']], ['T', .2, ['NP', 'PP']]],
                'lexicon': [{'n': {'dog': .5, 'cat': .3, 'run': .2}, 'v': {'run': .6, 'cat': .4}, 'p': {'in': 1}, '.': {'.': 1}},
                            {'n': {'dog': .1, 'cat': .2, 'run': .7}, 'v': {'run': .1, 'cat': .9}, 'p': {'in': 1}, '.': {'.': 1}}]},
}


def category_sentences(grammar, least):
    """Probability of each sentence as categories: leftmost derivations, likeliest first, down to `least`."""
    rules = collections.defaultdict(list)
    for left, p, right in grammar['rules']:
        rules[left].append((p, right))
    found = collections.Counter()
    heap, count = [(-1., 0, (), ('S',))], 0
    while heap:
        p, _, done, stack = heapq.heappop(heap)
        p = -p
        while stack and stack[0] not in rules:
            done, stack = done + stack[:1], stack[1:]
        if not stack:
            found[done] += p
            continue
        for q, right in rules[stack[0]]:
            if p * q > least:
                count += 1
                heapq.heappush(heap, (-p * q, count, done, tuple(right) + stack[1:]))
    return found


class Sentences:
    def __init__(self, found):
        self.whole, self.prefix = found, {}

    def probability(self, lexicon, words, whole=False):
        if len(words) not in self.prefix:
            table = self.prefix[len(words)] = collections.Counter()
            for categories, p in self.whole.items():
                if len(categories) >= len(words):
                    table[categories[:len(words)]] += p
        total = 0.
        for categories, p in (self.whole if whole else self.prefix[len(words)]).items():
            if len(categories) == len(words):
                for category, word in zip(categories, words):
                    p *= lexicon[category].get(word, 0)
                total += p
        return total


def pcfg_case(name, stories, least):
    grammar = GRAMMARS[name]
    found = Sentences(category_sentences(grammar, least))
    topics = grammar['lexicon']
    vocabulary = sorted({w for lexicon in topics for words in lexicon.values() for w in words})
    out = []
    for story in stories:
        belief = np.full(len(topics), 1 / len(topics))
        for sentence in story:
            before, read = [], []
            for word in sentence:
                now = sum(b * found.probability(t, before) for b, t in zip(belief, topics))
                following = [float(sum(b * found.probability(t, before + [w]) for b, t in zip(belief, topics)) / now) for w in vocabulary]
                read.append({'p': following[vocabulary.index(word)], 'next': following})
                before.append(word)
            out.append({'begins_story': sentence is story[0], 'words': list(sentence), 'read': read})
            belief = np.array([b * found.probability(t, before, True) for b, t in zip(belief, topics)])
            belief /= belief.sum()
    return {'kind': 'pcfg', 'name': name, 'vocabulary': vocabulary, **grammar, 'sentences': out}


# --- n-grams ----------------------------------------------------------------------------------------------------------

class KneserNey:
    def __init__(self, text, order, n_words):
        self.order, self.n_words = order, n_words
        raw = collections.Counter()
        for sentence in text:
            padded = ('<s>',) + tuple(sentence)
            for n in range(1, order + 1):
                for i in range(len(padded) - n + 1):
                    gram = padded[i:i + n]
                    if gram[-1] != '<s>':
                        raw[gram] += 1
        self.count = {}
        for gram, c in raw.items():
            distinct = len({g[0] for g in raw if len(g) == len(gram) + 1 and g[1:] == gram})
            self.count[gram] = c if len(gram) == order or gram[0] == '<s>' else distinct
        self.following = collections.defaultdict(dict)
        for gram, c in self.count.items():
            self.following[gram[:-1]][gram[-1]] = c
        self.discount = {}
        for n in range(1, order + 1):
            n1 = sum(c == 1 for g, c in self.count.items() if len(g) == n)
            n2 = sum(c == 2 for g, c in self.count.items() if len(g) == n)
            self.discount[n] = F(n1, n1 + 2 * n2) if n1 else F(1, 2)

    def p(self, before, word):
        history = (('<s>',) + tuple(before))
        history = history[len(history) - min(self.order - 1, len(history)):] if self.order else ()
        return self._p(history, word)

    def _p(self, history, word):
        if self.order == 0:
            return F(1, self.n_words)
        lower = self._p(history[1:], word) if history else F(1, self.n_words)
        following = self.following.get(history, {})
        total = sum(following.values())
        if total == 0:
            return lower
        d = self.discount[len(history) + 1]
        return (max(F(following.get(word, 0)) - d, F(0)) + d * len(following) * lower) / total


def ngram_cases(rng):
    n_words = 9
    weight = 1 / np.arange(1, n_words)
    text = []
    for _ in range(60):
        n = rng.randint(1, 8)
        text.append([int(w) for w in rng.choice(n_words - 1, n, p=weight / weight.sum())])  # the last word is never seen
    cases = []
    for order in range(6):
        model = KneserNey(text, order, n_words)
        queries = [list(s[:k]) for s in text[:6] for k in range(len(s))] + [[int(w) for w in rng.randint(0, n_words, rng.randint(0, 7))] for _ in range(12)]
        cases.append({'kind': 'ngram', 'order': order, 'n_words': n_words, 'text': text,
                      'queries': [{'before': q, 'p': [float(model.p(q, w)) for w in range(n_words)]} for q in queries]})
        for q in queries:
            assert sum(model.p(q, w) for w in range(n_words)) == 1
    return cases


# --- word vectors -----------------------------------------------------------------------------------------------------

def eigen_case(rng):
    """Words of three kinds that stand with their own kind: eigenvalues far from each other, for the program iterates 60 times."""
    n_words, width, window = 18, 2, 2
    while True:
        text = []
        for _ in range(60):
            kind = rng.randint(0, 3)
            text.append([int(w) for w in kind * 6 + rng.randint(0, 6 - kind, rng.randint(3, 9))])
        m = np.zeros((n_words, n_words))
        for s in text:
            for i, a in enumerate(s):
                for b in s[i + 1:i + 1 + window]:
                    m[a, b] += 1
                    m[b, a] += 1
        with np.errstate(divide='ignore', invalid='ignore'):
            pmi = np.log(m * m.sum() / np.outer(m.sum(1), m.sum(1)))
        pmi = np.where(m > 0, np.maximum(pmi, 0), 0)
        value, vector = np.linalg.eigh(pmi)
        order = np.argsort(-abs(value))
        size = abs(value[order])
        if (size[:width] / size[1:width + 1] > 1.25).all():
            break
    scaled = vector[:, order[:width]] * np.sqrt(size[:width])
    return {'kind': 'eigen', 'n_words': n_words, 'width': width, 'window': window, 'text': text, 'products': (scaled @ scaled.T).ravel().tolist()}


# --- formulas ---------------------------------------------------------------------------------------------------------

def parser(values):
    region = pp.Suppress('(') + (pp.Word(pp.nums) | '*') + pp.Suppress(';%') + pp.Word(pp.alphanums + '_-') + pp.Suppress('%') + pp.Suppress(')')
    region.set_parse_action(lambda t: sum(v for (c, r), v in values.items() if c == t[1]) if t[0] == '*' else values[t[1], int(t[0])])
    number = pp.pyparsing_common.number.copy()

    def fold(function):
        def action(tokens):
            tokens = list(tokens[0])
            value = tokens[0]
            for op, right in zip(tokens[1::2], tokens[2::2]):
                value = function(op, value, right)
            return value
        return action
    arithmetic = fold(lambda op, a, b: a + b if op == '+' else a - b)
    comparison = fold(lambda op, a, b: bool(a < b if op == '<' else a > b if op == '>' else np.isclose(a, b, rtol=1e-5, atol=1e-3)))
    boolean = fold(lambda op, a, b: (a and b) if op == '&' else (a or b))
    return pp.infix_notation(region | number, [(pp.one_of('- +'), 2, pp.opAssoc.LEFT, arithmetic), (pp.one_of('< > ='), 2, pp.opAssoc.LEFT, comparison),
                                               (pp.one_of('& |'), 2, pp.opAssoc.LEFT, boolean)])


def formula_cases(rng):
    conditions, regions = ['a', 'b_no-c'], [1, 2, 3]

    def term(depth):
        k = rng.randint(5)
        if depth == 0 or k < 3:
            return '(%s;%%%s%%)' % (rng.choice(['1', '2', '3', '*']), rng.choice(conditions)) if rng.rand() < .85 else '%.1f' % (3 * rng.rand())
        return '(%s)' % (' %s ' % rng.choice(['+', '-'])).join(term(depth - 1) for _ in range(rng.randint(2, 4)))

    def relation():
        return '%s %s %s' % (term(2), rng.choice(['<', '>', '=']), term(2))

    def formula(depth):
        if depth == 0:
            return relation()
        parts = ['(%s)' % formula(depth - 1) if rng.rand() < .6 else relation() for _ in range(rng.randint(1, 4))]
        return ''.join(p if i == 0 else rng.choice([' & ', '|', '&']) + p for i, p in enumerate(parts))
    cases = []
    for _ in range(120):
        # quarters, so that some sums are equal, and near ones within and beyond the tolerance
        values = {(c, r): float(rng.randint(0, 12) / 4 + rng.choice([0, 0, 5e-4, 3e-3])) for c in conditions for r in regions}
        text = formula(rng.randint(0, 3))
        holds = parser(values).parse_string(text, parse_all=True)[0]
        cases.append({'kind': 'formula', 'formula': text, 'values': [values[c, r] for c in conditions for r in regions], 'holds': bool(holds)})
    return cases


if __name__ == '__main__':
    cases = [pcfg_case('center', [[['y']], [['x', 'y', 'z'], ['x', 'y', 'y', 'x', 'z']]], 1e-18),
             pcfg_case('phrases', [[['dog', 'run', '.'], ['cat', 'in', 'run', 'cat', 'dog', '.'], ['run', 'run', '.']],
                                   [['run', 'cat', 'in', 'dog', 'cat', 'run', 'in', 'cat', '.'], ['dog', 'cat', '.']]], 0)]
    cases += ngram_cases(np.random.RandomState(3)) + [eigen_case(np.random.RandomState(4))] + formula_cases(np.random.RandomState(5))
    with open(os.path.join(HERE, 'language', 'cases.json'), 'w', encoding='utf-8') as f:
        json.dump({'made_by': 'language.py, numpy %s, pyparsing %s' % (np.__version__, pp.__version__), 'cases': cases}, f, separators=(',', ':'))
        f.write('\n')
