#!/usr/bin/env python3
"""Surprisal of each word under a causal language model of Hugging Face, in bits, as a CSV table.

    python3 surprisal_transformers.py MODEL WORDS.csv OUT.csv

WORDS.csv has the columns stimulus_id, text and word, in reading order; words of one text are read after one another, and a word's surprisal is
the sum over its tokens, given all that came before in its text. Needs torch and transformers.
"""
import csv
import math
import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


def read_texts(path):
    """{text: [(stimulus_id, word), ...]}"""
    texts = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            texts.setdefault(row["text"], []).append((row["stimulus_id"], row["word"]))
    return texts


def token_bits(model, start, tokens):
    """Surprisal of each token; windows overlap by half, so that each has at least half a window before it."""
    window = min(getattr(model.config, "max_position_embeddings", 1024), 1024)
    bits, half = [], window // 2
    with torch.no_grad():
        for at in range(0, len(tokens), half):
            before = tokens[max(0, at - (window - half - 1)):at]
            new = tokens[at:at + half]
            read = torch.tensor([[start] + before + new])
            log_p = model(read).logits[0, :-1].float().log_softmax(dim=-1)
            own = log_p[torch.arange(len(before), len(before) + len(new)), torch.tensor(new)]
            bits += (-own / math.log(2)).tolist()
    return bits


def word_bits(model, tokenizer, words):
    """Each token belongs to the word that holds its last character."""
    text, word_at = "", []
    for number, word in enumerate(words):
        text += (" " if number else "") + word
        word_at += [number] * (len(text) - len(word_at))
    coded = tokenizer(text, return_offsets_mapping=True, add_special_tokens=False)
    start = tokenizer.bos_token_id if tokenizer.bos_token_id is not None else tokenizer.eos_token_id
    total = [0.0] * len(words)
    for bits, (_, end) in zip(token_bits(model, start, coded["input_ids"]), coded["offset_mapping"]):
        total[word_at[end - 1]] += bits
    return total


if __name__ == "__main__":
    name, words, out = sys.argv[1:]
    tokenizer, model = AutoTokenizer.from_pretrained(name), AutoModelForCausalLM.from_pretrained(name).eval()
    with open(out, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["stimulus_id", "text", "position", "value"])
        for text, rows in read_texts(words).items():
            total = word_bits(model, tokenizer, [word for _, word in rows])
            for position, ((stimulus_id, _), bits) in enumerate(zip(rows, total), 1):
                table.writerow([stimulus_id, text, position, repr(bits)])
