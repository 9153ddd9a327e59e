"""Runs a notebook with nbclient and prints its code cells' outputs as JSON: saved and fresh, side by side."""

import json
import sys

import nbformat
from nbclient import NotebookClient

path, kernel, folder = sys.argv[1:4]
saved = nbformat.read(path, as_version=4)
fresh = nbformat.read(path, as_version=4)
NotebookClient(fresh, timeout=180, kernel_name=kernel, resources={"metadata": {"path": folder}}).execute()

cells = [
    {"source": old.source, "saved": old.outputs, "fresh": new.outputs}
    for old, new in zip(saved.cells, fresh.cells, strict=True)
    if old.cell_type == "code"
]
json.dump(cells, sys.stdout)
