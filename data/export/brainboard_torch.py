#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a PyTorch model answers to a folder of pictures, as a file for brainboard.

    python3 brainboard_torch.py layers                                    names of the model's layers
    python3 brainboard_torch.py activations IMAGES OUT.nc LAYER...        features of these layers
    python3 brainboard_torch.py gram IMAGES OUT.gram.h5 LAYER...          their Gram matrices: small, however many features there are
    python3 brainboard_torch.py choices IMAGES OUT.csv [CATEGORIES.csv]   a category for each picture
    python3 brainboard_torch.py probabilities IMAGES OUT.nc [CATEGORIES.csv]

Put your model into load_model(), or import this file and call its functions. IMAGES is a folder that `brainboard stimuli` or `brainboard kit` wrote
(its CSV says the names), or any folder of pictures. CATEGORIES.csv has the columns index and category: which outputs mean which answer; without it,
the 1000 classes of ImageNet are taken as the 16 categories of Geirhos et al. (2018). Needs torch, torchvision, numpy, netCDF4 and h5py.
"""
import csv
import pathlib
import sys

import numpy as np
import torch
from PIL import Image
from torchvision import models, transforms

BATCH = 32
MEMORY = 10 ** 9  # bytes of features that are kept at once for Gram matrices: with less, pictures are shown to the model more often. VGG-16, six layers of
# 335,336 features, on 1,000 pictures: 3.2 GB of memory in all and 48 MB written, where `activations` takes 2.2 GB and writes 1.36 GB


def load_model():  # your model here
    model = models.resnet50(weights="DEFAULT").eval()
    preprocess = transforms.Compose([
        transforms.Resize((224, 224)),
        transforms.ToTensor(),
        transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])])
    return model, preprocess


def images(folder):
    """[(stimulus_id, path)]: as the folder's CSV says, or every picture by its name without the ending"""
    folder = pathlib.Path(folder)
    tables = sorted(folder.glob("*.csv"))
    if tables:
        with open(tables[0], newline="", encoding="utf-8") as file:
            return [(row["stimulus_id"], folder / row["filename"]) for row in csv.DictReader(file)]
    return [(path.stem, path) for path in sorted(folder.iterdir()) if path.suffix.lower() in (".png", ".jpg", ".jpeg", ".bmp")]


def batches(preprocess, pictures, first=0):
    """(number of the first, tensor) of every batch from the first on"""
    for at in range(first, len(pictures), BATCH):
        yield at, torch.stack([preprocess(Image.open(path).convert("RGB")) for _, path in pictures[at:at + BATCH]])


class Layers:
    """Runs the model, and keeps what the named layers answer: {layer: batch x features}"""

    def __init__(self, model, names):
        modules = dict(model.named_modules())
        unknown = [name for name in names if name not in modules]
        if unknown:
            sys.exit("the model has no layer %s; `layers` lists them" % ", ".join(unknown))
        self.model, self.names, self.kept = model, names, {}
        self.hooks = [modules[name].register_forward_hook(self.keep(name)) for name in names]

    def keep(self, name):
        def hook(module, inputs, output):
            output = output[0] if isinstance(output, tuple) else output
            self.kept[name] = output.detach().flatten(1).float().cpu()
        return hook

    def __call__(self, batch):
        with torch.no_grad():
            self.model(batch.to(next(self.model.parameters()).device))
        return {name: self.kept.pop(name) for name in self.names}

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for hook in self.hooks:
            hook.remove()


def netcdf(path, rows, columns, name, row_names, column_coords):
    """A netCDF file of presentation x `name`, with its coordinates; the variable to fill"""
    import netCDF4
    file = netCDF4.Dataset(path, "w")
    for dim, size in (("presentation", rows), (name, columns)):
        file.createDimension(dim, size)
    data = file.createVariable("data", "f4", ("presentation", name))
    coords = {"stimulus_id": ("presentation", row_names), **{key: (name, value) for key, value in column_coords.items()}}
    for key, (dim, value) in coords.items():
        file.createVariable(key, str, (dim,))[:] = np.array(value, dtype=object)
    data.coordinates = " ".join(key for key in coords if key != name)
    return file, data


def activations(path, model, preprocess, pictures, names):
    """Features of the layers into a netCDF file, batch by batch: memory is that of one batch."""
    file = None
    with Layers(model, names) as layers:
        for at, batch in batches(preprocess, pictures):
            by_layer = layers(batch)
            if not file:
                of = np.repeat(names, [by_layer[name].shape[1] for name in names])
                file, data = netcdf(path, len(pictures), len(of), "neuroid", [name for name, _ in pictures], {"layer": of})
            data[at:at + len(batch), :] = np.concatenate([by_layer[name].numpy() for name in names], axis=1)
    file.close()


def products(a, b, step=1 << 16):
    """a times b transposed in float64, without a copy of all of either"""
    return sum(a[:, at:at + step].double() @ b[:, at:at + step].double().T for at in range(0, a.shape[1], step))


def gram(path, model, preprocess, pictures, names):
    """K = X X' of each layer, its row sums and its number of features. As many rows of X as MEMORY holds are kept, and the rows from there on pass by."""
    import h5py
    n, start, K = len(pictures), 0, None
    with Layers(model, names) as layers:
        while start < n:
            kept, rows = {name: [] for name in names}, None
            for at, batch in batches(preprocess, pictures, start):
                by_layer = layers(batch)
                if K is None:
                    width = {name: by_layer[name].shape[1] for name in names}
                    K, row_sum = {name: np.zeros((n, n)) for name in names}, {name: np.zeros(n) for name in names}
                rows = rows or max(BATCH, int(MEMORY / (4 * sum(width.values()))) // BATCH * BATCH)
                for name, x in by_layer.items():
                    if at < start + rows:
                        kept[name].append(x)
                        row_sum[name][at:at + len(x)] = x.double().sum(dim=1).numpy()
                    for k, y in enumerate(kept[name]):
                        i = start + k * BATCH
                        K[name][i:i + len(y), at:at + len(x)] = products(y, x).numpy()
            start += rows
    with h5py.File(path, "w") as file:
        file["stimulus_id"] = [name for name, _ in pictures]
        for name in names:
            upper = np.triu(K[name])
            file[name + "/K"] = upper + np.triu(upper, 1).T
            file[name + "/row_sum"], file[name + "/p"] = row_sum[name], width[name]


def span(*pieces):
    return [k for piece in pieces for k in (piece if isinstance(piece, range) else [piece])]


def but(first, last, *left_out):
    return [k for k in range(first, last + 1) if k not in left_out]


CATEGORIES_16 = {  # outputs of ImageNet's 1000 classes for the 16 categories of Geirhos et al. (2018)
    "airplane": [404], "bear": span(range(294, 298)), "bicycle": [444, 671],
    "bird": span(8, range(10, 17), 18, 19, 20, 22, 23, 24, range(80, 84), range(87, 97), 98, 99, 100, range(127, 134), range(135, 146)),
    "boat": [472, 554, 625, 814, 914], "bottle": [440, 720, 737, 898, 899, 901, 907], "car": [436, 511, 817], "cat": span(range(281, 287)),
    "chair": [423, 559, 765, 857], "clock": [409, 530, 892], "dog": but(152, 268, 192, 204, 227, 242, 251, 258, 260, 264),
    "elephant": [385, 386], "keyboard": [508, 878], "knife": [499], "oven": [766], "truck": [555, 569, 656, 675, 717, 734, 864, 867]}


def read_categories(path):
    outputs = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            outputs.setdefault(row["category"], []).append(int(row["index"]))
    return outputs


def category_probabilities(model, preprocess, pictures, outputs=None):
    """(names of the categories, pictures x categories): the mean of the softmax over the outputs of each category"""
    outputs = outputs or CATEGORIES_16
    names, found = sorted(outputs), []
    with torch.no_grad():
        for _, batch in batches(preprocess, pictures):
            probability = model(batch.to(next(model.parameters()).device)).float().softmax(dim=1).cpu()
            found.append(torch.stack([probability[:, outputs[name]].mean(dim=1) for name in names], dim=1))
    return names, torch.cat(found).numpy()


def probabilities(path, model, preprocess, pictures, outputs=None):
    names, found = category_probabilities(model, preprocess, pictures, outputs)
    file, data = netcdf(path, len(pictures), len(names), "choice", [name for name, _ in pictures], {"choice": names})
    data[:] = found
    file.close()


def choices(path, model, preprocess, pictures, outputs=None):
    names, found = category_probabilities(model, preprocess, pictures, outputs)
    with open(path, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["stimulus_id", "choice"])
        table.writerows([stimulus, names[best]] for (stimulus, _), best in zip(pictures, found.argmax(axis=1)))


if __name__ == "__main__":
    if sys.argv[1:2] == ["layers"]:
        print("\n".join(name for name, module in load_model()[0].named_modules() if name and not list(module.children())))
    elif len(sys.argv) > 3 and sys.argv[1] in ("activations", "gram", "choices", "probabilities"):
        command, folder, out, *rest = sys.argv[1:]
        last = rest if command in ("activations", "gram") else read_categories(rest[0]) if rest else None
        globals()[command](out, *load_model(), images(folder), last)
    else:
        sys.exit(__doc__)
