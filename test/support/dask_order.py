"""Graphs, and the highest pressure of dask.order on each: one line of JSON per graph.

    export PYTHONHASHSEED=0   # the order of sets decides some of Dask's ties
    python dask_order.py families 300 > fixtures/order/families.jsonl   # random graphs of 12 tasks, with the optimum
    python dask_order.py larger 30 > fixtures/order/larger.jsonl        # the same families with 60 tasks
    python dask_order.py corpus > fixtures/order/corpus.jsonl           # what dask.array makes of common work
    python dask_order.py families 300 2                                 # other random graphs: the seed is 2
    python dask_order.py orders                                         # the same graphs with the orders themselves
    python dask_order.py time < needs.json                              # microseconds a task of dask.order

A line holds name, needs (for each task the tasks it depends on) and dask; those of families also optimum, sizes
(random bytes of the results) and what dask.order (which knows no sizes) and the best order hold in bytes. Pressure is
that of dask.order.diagnostics. Needs dask and numpy of .venv; nothing is computed.
"""

import json
import random
import sys
import time

import dask
import dask.array as da
import numpy as np
from dask._task_spec import Task, TaskRef
from dask.core import get_deps
from dask.order import diagnostics, order


def nothing(*_):
    return 0


def task_graph(needs, names):
    keys = [f"k{name}" for name in names]
    return {keys[i]: Task(keys[i], nothing, *[TaskRef(keys[j]) for j in row]) for i, row in enumerate(needs)}


def dask_sequence(needs, names=None):
    graph = task_graph(needs, names or range(len(needs)))
    position = order(graph)
    return sorted(range(len(needs)), key=lambda i, keys=list(graph): position[keys[i]])


def users_of(needs):
    users = [set() for _ in needs]
    for i, row in enumerate(needs):
        for j in row:
            users[j].add(i)
    return users


def peak(needs, sequence, sizes=None):
    """Highest pressure; as dask.order.diagnostics counts it, but in sizes."""
    unused = [len(users) for users in users_of(needs)]
    held = highest = 0
    for i in sequence:
        highest = max(highest, held)
        size = sizes[i] if sizes else 1
        for j in needs[i]:
            unused[j] -= 1
            if unused[j] == 0:
                held -= sizes[j] if sizes else 1
        if unused[i]:
            held += size
    return highest


def optimum(needs, sizes=None):
    """Lowest highest pressure of all orders: the best way to every set of finished tasks, one task more a round."""
    size = len(needs)
    sizes = sizes or [1] * size
    need = [sum(1 << j for j in row) for row in needs]
    users = [sum(1 << i for i in users) for users in users_of(needs)]
    best = {0: 0}
    for _ in range(size):
        above = {}
        for done, highest in best.items():
            held = sum(sizes[i] for i in range(size) if done >> i & 1 and users[i] & ~done)
            highest = max(highest, held)
            for i in range(size):
                if not done >> i & 1 and not need[i] & ~done:
                    after = done | 1 << i
                    above[after] = min(highest, above.get(after, highest))
        best = above
    return best[(1 << size) - 1]


def sparse(r, size, p):
    return [[j for j in range(i) if r.random() < p] for i in range(size)]


def layered(r, size, width=4, p=0.43):
    needs = [[] for _ in range(width)]
    for i in range(width, size):
        below = range((i // width - 1) * width, i // width * width)
        needs.append([j for j in below if r.random() < p] or [r.choice(below)])
    return needs


def banded(r, size, band=4, most=2):
    return [sorted(r.sample(range(max(0, i - band), i), min(i, r.randint(0, most)))) for i in range(size)]


# On graphs of 12 tasks dask.order and the optimum are 2.8 and 2.6 (sparse), 4.4 and 3.7 (layered), 2.8 and 2.3 (banded).
def families(count, size=12, seed=1):
    r = random.Random(seed)
    for _ in range(count):
        yield "sparse", sparse(r, size, 1.5 / size)
        yield "layered", layered(r, size)
        yield "banded", banded(r, size)


def arrays():
    da.random.seed(1)  # names of arrays come from it, and they decide ties
    x = da.random.random((60, 60), chunks=(10, 10))
    y = da.random.random((60, 60), chunks=(10, 10))
    yield "blockwise", (x + 1) * y - x / 2
    yield "blockwise, each block to its mean", (x * y).map_blocks(lambda b: b.mean(keepdims=True), chunks=(1, 1))
    yield "tree reduction", x.sum()
    yield "tree reduction of 160 blocks in a row", da.random.random(1600, chunks=10).sum()
    yield "mean along one axis", x.mean(axis=0)
    yield "standardized columns", (x - x.mean(axis=0)) / x.std(axis=0)
    yield "two reductions of one array", da.stack([x.sum(), (x - y).std()])
    yield "rechunk rows to columns", da.random.random((60, 60), chunks=(10, 60)).rechunk((60, 10))
    yield "rechunk rows to columns, then a mean", da.random.random((60, 60), chunks=(5, 60)).rechunk((60, 5)).mean(axis=0)
    yield "stencil", x.map_overlap(lambda b: b, depth=1, boundary="reflect")
    yield "two stencils, then a sum", x.map_overlap(lambda b: b, depth=1).map_overlap(lambda b: b, depth=1).sum()
    yield "cumulative sum", x.cumsum(axis=0)
    yield "cumulative sum, Blelloch", da.random.random(320, chunks=10).cumsum(axis=0, method="blelloch")
    yield "matrix product", x @ y
    yield "matrix product with its transpose", (x @ x.T).sum()
    yield "sum with the transpose", x + x.T
    yield "tall and skinny QR", da.linalg.qr(da.random.random((160, 4), chunks=(10, 4)))[0]
    yield "compressed SVD", da.linalg.svd_compressed(x, 5, compute=False, seed=1)[0]
    yield "slices at random", da.random.random((200, 10), chunks=(10, 10))[np.random.RandomState(1).permutation(200)]
    yield "sorted quarters", x.topk(5, axis=0)
    yield "histogram", da.histogram(x, bins=10, range=(0, 1))[0]
    yield "gradient", sum(da.gradient(x)).mean()
    u, v = (da.random.random((40, 20, 20), chunks=(4, 20, 10)) for _ in range(2))
    yield "quadratic means of two fields", da.stack([(u * u).mean(axis=0), (v * v).mean(axis=0), (u * v).mean(axis=0)])
    yield "climatology", climatology(u)
    yield "anomaly from a climatology", anomaly(u)
    yield "mean of squared anomalies", (anomaly(u) ** 2).mean(axis=0)
    yield "anomaly from the mean, by blocks", (u - u.mean(axis=0)).map_blocks(lambda b: b[:1, :1, :1], chunks=(1, 1, 1))
    yield "rolling mean", sum(u[i : 37 + i] for i in range(4)) / 4


def climatology(field, months=4):
    """Mean of every month, as xarray's groupby makes it: the steps of a month picked out of all blocks, then reduced."""
    return da.stack([field[np.arange(month, len(field), months)].mean(axis=0) for month in range(months)])


def anomaly(field, months=4):
    return field - climatology(field, months)[np.arange(len(field)) % months]


def array_graphs():
    for name, array in arrays():
        (optimized,) = dask.optimize(array)
        graph = dict(optimized.__dask_graph__())
        dependencies, _ = get_deps(graph)
        index = {key: i for i, key in enumerate(graph)}
        yield name, graph, [sorted(index[dependency] for dependency in dependencies[key]) for key in graph]


def corpus():
    r = random.Random(3)
    for name, graph, needs in array_graphs():
        # The text of keys decides between equals: the best of its own names and 20 others.
        others = [peak(needs, dask_sequence(needs, r.sample(range(10**6), len(needs)))) for _ in range(20)]
        yield name, needs, min(max(diagnostics(graph)[1]), *others)


def orders():
    """Sequences of tasks: that of Dask's own names of keys first, then those of the 20 others of `corpus`."""
    r = random.Random(3)
    for name, graph, needs in array_graphs():
        position = order(graph)
        own = sorted(range(len(needs)), key=lambda i, keys=list(graph): position[keys[i]])
        others = [dask_sequence(needs, r.sample(range(10**6), len(needs))) for _ in range(20)]
        yield {"name": name, "needs": needs, "sequences": [own, *others]}


def lines(what, count=0, seed=1):
    if what == "orders":
        yield from orders()
        return
    if what == "corpus":
        for name, needs, dask_peak in corpus():
            yield {"name": name, "needs": needs, "dask": dask_peak}
        return
    r = random.Random(2)
    for name, needs in families(count, 12 if what == "families" else 60, seed):
        sequence = dask_sequence(needs)
        line = {"name": name, "needs": needs, "dask": peak(needs, sequence)}
        if what == "families":
            sizes = [r.randint(1, 100) for _ in needs]
            line |= {"optimum": optimum(needs), "sizes": sizes}
            line |= {"daskBytes": peak(needs, sequence, sizes), "optimumBytes": optimum(needs, sizes)}
        yield line


def microseconds(needs):
    graph = task_graph(needs, range(len(needs)))
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        order(graph)
        best = min(best, time.perf_counter() - start)
    return best / len(needs) * 1e6


if __name__ == "__main__":
    if sys.argv[1] == "time":
        print(microseconds(json.load(sys.stdin)))
    else:
        for line in lines(sys.argv[1], *map(int, sys.argv[2:])):
            print(json.dumps(line, separators=(",", ":")))
