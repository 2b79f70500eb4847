#!/usr/bin/env python3
"""Activations of a PyTorch model for a folder of images, as a netCDF file.

    python3 activations_torch.py IMAGES OUT.nc LAYER [LAYER ...]

Needs torch, torchvision, xarray and netCDF4.
"""
import pathlib
import sys

import numpy as np
import torch
import xarray
from PIL import Image
from torchvision import models, transforms


def load_model():  # your model here
    model = models.resnet50(weights="DEFAULT").eval()
    preprocess = transforms.Compose([
        transforms.Resize((224, 224)),
        transforms.ToTensor(),
        transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])])
    return model, preprocess


def stimulus_id(path):  # as the benchmark has it: path.stem, or path.name
    return path.stem


def activations(model, preprocess, images, layers, batch=32):
    """{layer: stimuli x features}"""
    kept = {name: [] for name in layers}
    modules = dict(model.named_modules())

    def keep(name):
        def hook(module, inputs, output):
            output = output[0] if isinstance(output, tuple) else output
            kept[name].append(output.flatten(1).float().cpu().numpy())
        return hook

    hooks = [modules[name].register_forward_hook(keep(name)) for name in layers]
    with torch.no_grad():
        for at in range(0, len(images), batch):
            pictures = [Image.open(path).convert("RGB") for path in images[at:at + batch]]
            model(torch.stack([preprocess(picture) for picture in pictures]))
    for hook in hooks:
        hook.remove()
    return {name: np.concatenate(parts) for name, parts in kept.items()}


def write(path, ids, by_layer):
    features = np.concatenate(list(by_layer.values()), axis=1)
    layer = np.repeat(list(by_layer), [part.shape[1] for part in by_layer.values()])
    xarray.DataArray(
        features, name="data", dims=("presentation", "neuroid"),
        coords={"stimulus_id": ("presentation", ids), "layer": ("neuroid", layer)}).to_netcdf(path)


if __name__ == "__main__":
    folder, out, *layers = sys.argv[1:]
    images = sorted(path for path in pathlib.Path(folder).iterdir() if path.suffix.lower() in (".png", ".jpg", ".jpeg"))
    write(out, [stimulus_id(path) for path in images], activations(*load_model(), images, layers))
