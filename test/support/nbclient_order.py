"""Runs cells with nbclient; prints the outputs of each as JSON. Reads [[code, tags], ...] from stdin."""

import json
import sys

import nbformat
from nbclient import NotebookClient

book = nbformat.v4.new_notebook()
for code, tags in json.load(sys.stdin):
    book.cells.append(nbformat.v4.new_code_cell(code, metadata={"tags": tags}))
NotebookClient(book, timeout=60, kernel_name=sys.argv[1], record_timing=False).execute()
json.dump([cell.outputs for cell in book.cells], sys.stdout)
