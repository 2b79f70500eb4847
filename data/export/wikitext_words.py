#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The contexts of Wikitext-accuracy, and the word that follows each, as a table for brainboard and for a model to answer.

    python3 wikitext_words.py wiki.test.raw wikitext-2-raw.test.csv

The text is the test part of wikitext-2-raw-v1 (https://huggingface.co/datasets/Salesforce/wikitext, 4,358 lines), a line of the file for each row. Columns:
stimulus_id (from 0), context, next_word. A model names the word that it expects after each context: a table with stimulus_id and choice.

As in the reference, a context is what stands on the line before a white space, and the next word what stands between that white space and the one after
it: the first and the last word of a line are never asked for, "@-@" and "," count as words, and between two spaces the word is empty.
"""
import csv
import string
import sys


def pairs(line):
    line = line.strip()
    spaces = [i for i, letter in enumerate(line) if letter in string.whitespace]
    return [(line[:here], line[here:after].strip()) for here, after in zip(spaces, spaces[1:])]


def main(source, target):
    with open(source, encoding="utf-8", newline="\n") as text, open(target, "w", encoding="utf-8", newline="") as table:
        writer = csv.writer(table)
        writer.writerow(["stimulus_id", "context", "next_word"])
        number = 0
        for line in text:
            for context, word in pairs(line):
                writer.writerow([number, context, word])
                number += 1


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
