"""Runs a notebook with nbclient and prints its code cells' outputs as JSON: saved and fresh, side by side.

run_notebook.py NOTEBOOK KERNEL FOLDER [--save]: with --save the fresh outputs are written into the notebook.
"""

import json
import sys

import nbformat
from nbclient import NotebookClient

path, kernel, folder = sys.argv[1:4]
saved = nbformat.read(path, as_version=4)
fresh = nbformat.read(path, as_version=4)
resources = {"metadata": {"path": folder}}
NotebookClient(fresh, timeout=180, kernel_name=kernel, resources=resources, record_timing=False).execute()

cells = [
    {"source": old.source, "tags": old.metadata.get("tags", []), "saved": old.outputs, "fresh": new.outputs}
    for old, new in zip(saved.cells, fresh.cells, strict=True)
    if old.cell_type == "code"
]
if "--save" in sys.argv[4:]:
    nbformat.write(fresh, path)
else:
    json.dump(cells, sys.stdout)
