#!/usr/bin/env python3
"""The rows that brainboard_transformers.py writes of a suite, with a model that is as surprised by a word as it is long: neither torch nor transformers is needed.

    regions.py PROGRAMS
"""
import importlib.util
import pathlib
import sys
import types

sys.modules["torch"] = types.ModuleType("torch")
sys.modules["transformers"] = types.ModuleType("transformers")
for name in ("AutoModel", "AutoModelForCausalLM", "AutoTokenizer"):
    setattr(sys.modules["transformers"], name, None)
spec = importlib.util.spec_from_file_location("program", pathlib.Path(sys.argv[1]) / "brainboard_transformers.py")
program = importlib.util.module_from_spec(spec)
spec.loader.exec_module(program)

read = []


def lengths(model, tokenizer, words):
    read.append(" ".join(words))
    return [float(len(word)) for word in words]


program.word_bits = lengths
suite = {"meta": {"name": "cleft"}, "items": [{"item_number": number, "conditions": [
    {"condition_name": name, "regions": [{"region_number": k + 1, "content": text} for k, text in enumerate(contents)]}
    for name, contents in (("np_match", ["What he", "", " did ", "."]), ("np_mismatch", ["", "slept"]))]} for number in (1, 2)]}
rows = [tuple(row) for row in program.regions_of(None, None, suite)]
want = [("cleft", item, condition, region, value) for item in (1, 2) for condition, region, value in (
    ("np_match", 1, "7.0"), ("np_match", 2, "0.0"), ("np_match", 3, "3.0"), ("np_match", 4, "1.0"), ("np_mismatch", 1, "0.0"), ("np_mismatch", 2, "5.0"))]
if rows != want or read != ["What he did .", "slept"] * 2:
    print(rows, read)
