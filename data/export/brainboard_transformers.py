#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a causal language model of Hugging Face answers to texts, as a file for brainboard.

    python3 brainboard_transformers.py surprisal MODEL WORDS.csv OUT.csv           bits of each word
    python3 brainboard_transformers.py regions MODEL SUITE.json… OUT.csv           bits of each region of suites of SyntaxGym
    python3 brainboard_transformers.py hidden_states MODEL STIMULI.csv OUT.nc      states of all layers at the last token of each part

WORDS.csv has the columns stimulus_id, text and word, STIMULI.csv the columns stimulus_id, text and stimulus, both in reading order: the model reads
each word or part after all that came before in its text ("context": "cumulative"). A word's surprisal is the sum over its tokens, a region's
that over its words; a region without words has 0.
Needs torch, transformers, xarray and netCDF4.
"""
import csv
import json
import math
import re
import sys

import torch
from transformers import AutoModel, AutoModelForCausalLM, AutoTokenizer


def read_rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def window_of(model):
    return min(getattr(model.config, "max_position_embeddings", 1024), 1024)


def token_bits(model, start, tokens):
    """Surprisal of each token; windows overlap by half, so that each has at least half a window before it."""
    window = window_of(model)
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


def surprisal(out, name, path):
    rows = read_rows(path)
    tokenizer, model = AutoTokenizer.from_pretrained(name), AutoModelForCausalLM.from_pretrained(name).eval()
    texts = {}
    for row in rows:
        texts.setdefault(row["text"], []).append((row["stimulus_id"], row["word"]))
    with open(out, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["stimulus_id", "text", "position", "value"])
        for text, words in texts.items():
            total = word_bits(model, tokenizer, [word for _, word in words])
            for position, ((stimulus_id, _), bits) in enumerate(zip(words, total), 1):
                table.writerow([stimulus_id, text, position, repr(bits)])


def regions_of(model, tokenizer, suite):
    """rows of suite, item, condition, region, value"""
    for item in suite["items"]:
        for condition in item["conditions"]:
            content = [region["content"].strip() for region in condition["regions"]]
            bits = iter(word_bits(model, tokenizer, [text for text in content if text]))
            for region, text in zip(condition["regions"], content):
                yield [suite["meta"]["name"], item["item_number"], condition["condition_name"], region["region_number"],
                       repr(next(bits) if text else 0.0)]


def regions(out, name, *paths):
    tokenizer, model = AutoTokenizer.from_pretrained(name), AutoModelForCausalLM.from_pretrained(name).eval()
    with open(out, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["suite", "item", "condition", "region", "value"])
        for path in paths:
            with open(path, encoding="utf-8") as suite:
                table.writerows(regions_of(model, tokenizer, json.load(suite)))


def join(parts):
    """Parts with blanks between them, but none before punctuation; empty parts are left out."""
    return re.sub(r" +([.,!?;:])", r"\1", " ".join(part for part in parts if part))


def part_states(model, tokenizer, rows):
    """parts x features, those of all layers side by side, and the layer of each feature; what is too long loses its beginning"""
    states, names, text, read = [], [], None, []
    with torch.no_grad():
        for row in rows:
            read = read + [row["stimulus"]] if row["text"] == text else [row["stimulus"]]
            text = row["text"]
            tokens = tokenizer(join(read), add_special_tokens=False)["input_ids"][-window_of(model):]
            layers = model(torch.tensor([tokens]), output_hidden_states=True).hidden_states
            states.append(torch.cat([layer[0, -1] for layer in layers]).float())
            names = [["layer.%d" % number] * layer.shape[-1] for number, layer in enumerate(layers)]
    return torch.stack(states).numpy(), sum(names, [])


def hidden_states(out, name, path):
    import xarray
    rows = read_rows(path)
    features, layer = part_states(AutoModel.from_pretrained(name).eval(), AutoTokenizer.from_pretrained(name), rows)
    xarray.DataArray(
        features, name="data", dims=("presentation", "neuroid"),
        coords={"stimulus_id": ("presentation", [row["stimulus_id"] for row in rows]), "layer": ("neuroid", layer)}).to_netcdf(out)


if __name__ == "__main__":
    if len(sys.argv) == 5 and sys.argv[1] in ("surprisal", "hidden_states") or len(sys.argv) >= 5 and sys.argv[1] == "regions":
        globals()[sys.argv[1]](sys.argv[-1], sys.argv[2], *sys.argv[3:-1])
    else:
        sys.exit(__doc__)
