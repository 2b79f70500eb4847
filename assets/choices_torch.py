#!/usr/bin/env python3
"""Choices of a PyTorch classifier for a folder of images, as a CSV table.

    python3 choices_torch.py IMAGES CATEGORIES.csv OUT.csv

CATEGORIES.csv has the columns index and category: which of the model's outputs mean which answer. The answer is the category whose
outputs have the largest mean probability. Needs torch and torchvision.
"""
import csv
import pathlib
import sys

import torch
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


def read_categories(path):
    outputs = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            outputs.setdefault(row["category"], []).append(int(row["index"]))
    return outputs


def choices(model, preprocess, images, outputs, batch=32):
    names = sorted(outputs)
    with torch.no_grad():
        for at in range(0, len(images), batch):
            pictures = [Image.open(path).convert("RGB") for path in images[at:at + batch]]
            probability = model(torch.stack([preprocess(picture) for picture in pictures])).softmax(dim=1)
            of_category = torch.stack([probability[:, outputs[name]].mean(dim=1) for name in names], dim=1)
            yield from (names[best] for best in of_category.argmax(dim=1).tolist())


if __name__ == "__main__":
    folder, categories, out = sys.argv[1:]
    images = sorted(path for path in pathlib.Path(folder).iterdir() if path.suffix.lower() in (".png", ".jpg", ".jpeg"))
    with open(out, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["stimulus_id", "choice"])
        for path, choice in zip(images, choices(*load_model(), images, read_categories(categories))):
            table.writerow([stimulus_id(path), choice])
