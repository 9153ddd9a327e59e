"""The rival of arrays.bench.mjs: reads "operation library chunks" per line, answers with the milliseconds of one run.

Results of dask.array stay chunks (persist), as ours do; a reduction is computed. NumPy makes a fresh result.
"""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import dask
import dask.array as da
import numpy as np

size = int(sys.argv[1])
cores = int(sys.argv[2])
dask.config.set(scheduler="threads", pool=ThreadPoolExecutor(cores))

random = np.random.default_rng(1)
inputs = {"f8": (random.random(size), random.random(size))}
inputs["f4"] = tuple(x.astype("f4") for x in inputs["f8"])
for name in ("i4", "u1", "i8"):
    inputs[name] = tuple((x * 100).astype(name) for x in inputs["f8"])


def arith(np, x, y):
    return x * 2 + y**2 - 1


def fused_sum(np, x, y):
    return arith(np, x, y).sum()


operations = {
    "exp": ("f8", lambda np, x, y: np.exp(x)),
    "sin": ("f8", lambda np, x, y: np.sin(x)),
    "log": ("f8", lambda np, x, y: np.log(x)),
    "mixed": ("f8", lambda np, x, y: np.sin(x) * np.exp(-y) + np.log(x + y)),
    "map": ("f8", lambda np, x, y: np.sqrt(x * x + y * y)),
    "arith": ("f8", arith),
    "sum": ("f8", fused_sum),
    "arith32": ("f4", arith),
    "sum32": ("f4", fused_sum),
    "exp32": ("f4", lambda np, x, y: np.exp(x)),
    "arithInt": ("i4", arith),
    "arithByte": ("u1", arith),
    "sumLong": ("i8", fused_sum),
}
chunked = {}

for line in sys.stdin:
    operation, library, chunks = line.split()
    dtype, run = operations[operation]
    if library == "numpy":
        x, y = inputs[dtype]
        start = time.perf_counter()
        run(np, x, y)
    else:
        key = (dtype, int(chunks))
        if key not in chunked:
            chunked[key] = dask.persist(*(da.from_array(x, chunks=int(chunks)) for x in inputs[dtype]))
        x, y = chunked[key]
        start = time.perf_counter()
        lazy = run(da, x, y)
        result = lazy.persist() if lazy.ndim else lazy.compute()
    took = time.perf_counter() - start
    result = None
    print(took * 1000, flush=True)
