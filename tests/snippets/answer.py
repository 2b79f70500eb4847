#!/usr/bin/env python3
"""Answers every stimulus set of the example as the participate page says: with the programs that it shows, and the entry that it shows.

    answer.py PROGRAMS EXAMPLE PAGE

Untrained networks stand in for load_model() and transformers. Writes models/mymodel.json, its files, and mine.json, a manifest of it alone.
"""
import csv
import html
import importlib.util
import json
import pathlib
import re
import runpy
import sys

import h5py
import numpy as np
import torch
from PIL import Image
from torchvision import models

programs, example, page = map(pathlib.Path, sys.argv[1:])
folder = example / "models"
torch.manual_seed(1)


def untrained(weights=None):
    torch.manual_seed(1)  # the same network whenever it is asked for
    return models.resnet18(weights=None)


models.resnet50 = untrained


def run(program, *arguments):
    sys.argv = [program, *map(str, arguments)]
    runpy.run_path(str(programs / program), run_name="__main__")


def ids_of(path):
    with h5py.File(path) as file:
        return sorted({name.decode() for name in file["stimulus_id"][:]})


def images(name, ids):
    where = example / "images" / name
    where.mkdir(parents=True)
    for number, stimulus in enumerate(ids):
        pixels = np.random.RandomState(number).randint(0, 255, (64, 64, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(where / (stimulus + ".png"))
    return where


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(header)
        table.writerows(rows)
    return path


def activations(stimuli, out):
    pictures = images(stimuli, ids_of(example / "data" / (stimuli + ".nc")))
    run("brainboard_torch.py", "activations", pictures, out, "layer3", "avgpool")
    run("brainboard_torch.py", "gram", pictures, out.with_suffix(".gram.h5"), "layer3", "avgpool")


def choices(stimuli, out):
    answers = rows_of(example / "outputs" / "convnet-random" / (stimuli + ".csv"))
    labels = sorted({row["choice"] for row in answers})
    categories = write(example / "categories.csv", ["index", "category"], [[k, labels[k % len(labels)]] for k in range(1000)])
    run("brainboard_torch.py", "choices", images(stimuli, [row["stimulus_id"] for row in answers]), out, categories)


def hidden_states(stimuli, out):
    rows = [[row["sentence_id"], row["story"], row["sentence"]] for row in rows_of(example / "stimuli" / (stimuli + ".csv"))]
    if stimuli == "words":  # the example's words are numbered on from their sentence
        known = ids_of(example / "data" / "words.nc")
        of = {row[0]: re.findall(r"\w+|[^\w\s]", row[2]) for row in rows}
        rows = []
        for name in known:
            sentence, number = name.rsplit(".", 1)
            rows.append([name, sentence, of[sentence][int(number) - 1]])
    path = write(example / "stimuli" / ("my_" + stimuli + ".csv"), ["stimulus_id", "text", "stimulus"], rows)
    run("brainboard_transformers.py", "hidden_states", "standin", path, out)


def surprisal(out):
    rows = [["%s.%s" % (row["story"], row["zone"]), row["story"], row["word"]] for row in rows_of(example / "data" / "reading_words.csv")]
    run("brainboard_transformers.py", "surprisal", "standin", write(example / "stimuli" / "my_stories.csv", ["stimulus_id", "text", "word"], rows), out)


def windows_agree():
    """Over a text within one window, the sum of the words' bits is the model's own for the whole text."""
    spec = importlib.util.spec_from_file_location("surprisal", programs / "brainboard_transformers.py")
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    model, tokenizer = program.AutoModelForCausalLM.from_pretrained(""), program.AutoTokenizer.from_pretrained("")
    words = ["the", "captain", "serves"]
    tokens = tokenizer(" ".join(words), add_special_tokens=False)["input_ids"]
    with torch.no_grad():
        log_p = model(torch.tensor([[0] + tokens])).logits[0, :-1].log_softmax(-1)
    whole = -sum(log_p[k, token].item() for k, token in enumerate(tokens)) / np.log(2)
    total = sum(program.word_bits(model, tokenizer, words))
    assert abs(total - whole) < 1e-3, (total, whole)
    many = program.word_bits(model, tokenizer, words * 40)
    assert len(many) == 120 and min(many) > 0


entry = json.loads(html.unescape(re.search(r"<pre[^>]*>(\{.*?\})\s*</pre>", page.read_text(encoding="utf-8"), re.S).group(1)))
out = {name: folder / output["file"] for name, output in entry["outputs"].items()}
for name in ("textures", "objects"):
    activations(name, out["insilico-" + name])
for name in ("naming", "two_choices"):
    choices(name, out["insilico-" + name])
for name in ("passages", "words"):
    hidden_states(name, out["insilico-" + name])
surprisal(out["insilico-stories"])
windows_agree()
run("brainboard_transformers.py", "regions", "standin", *sorted((example / "stimuli" / "suites").glob("*.json")), out["insilico-suites"])
(folder / "mymodel.json").write_text(json.dumps(entry))
(folder / "mygram.json").write_text(json.dumps({"id": "mygram", "outputs": {
    name: {"gram": str(pathlib.Path(output["file"]).with_suffix(".gram.h5")), "degrees": 8}
    for name, output in entry["outputs"].items() if name in ("insilico-textures", "insilico-objects")}}))
(example / "mine.json").write_text(json.dumps({"title": "Mine", "benchmarks": ["benchmarks/*.json"], "models": ["models/mymodel.json", "models/mygram.json"]}))
