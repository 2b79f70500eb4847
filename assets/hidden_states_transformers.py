#!/usr/bin/env python3
"""Hidden states of a Hugging Face language model for sentences or words, as a netCDF file.

    python3 hidden_states_transformers.py MODEL STIMULI.csv OUT.nc

STIMULI.csv has the columns stimulus_id, text and stimulus, in reading order; the model reads each stimulus after all that came before in its text,
and answers with the hidden states of all layers at its last token. Needs torch, transformers, xarray and netCDF4.
"""
import csv
import sys

import numpy as np
import torch
import xarray
from transformers import AutoModel, AutoTokenizer


def hidden_states(model, tokenizer, rows):
    """stimuli x features, those of all layers side by side, and the layer of each feature"""
    window = min(getattr(model.config, "max_position_embeddings", 1024), 1024)
    states, names, text, read = [], [], None, ""
    with torch.no_grad():
        for row in rows:
            read = row["stimulus"] if row["text"] != text else read + " " + row["stimulus"]
            text = row["text"]
            tokens = tokenizer(read, add_special_tokens=False)["input_ids"][-window:]
            layers = model(torch.tensor([tokens]), output_hidden_states=True).hidden_states
            states.append(torch.cat([layer[0, -1] for layer in layers]).float().numpy())
            names = [["layer.%d" % number] * layer.shape[-1] for number, layer in enumerate(layers)]
    return np.stack(states), sum(names, [])


def write(path, ids, features, layer):
    xarray.DataArray(
        features, name="data", dims=("presentation", "neuroid"),
        coords={"stimulus_id": ("presentation", ids), "layer": ("neuroid", layer)}).to_netcdf(path)


if __name__ == "__main__":
    name, stimuli, out = sys.argv[1:]
    with open(stimuli, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    model = AutoModel.from_pretrained(name).eval()
    write(out, [row["stimulus_id"] for row in rows], *hidden_states(model, AutoTokenizer.from_pretrained(name), rows))
