import os from "node:os";
import { startRivalProcess } from "./rival-process.mjs";

// Reads the name of a graph per line, answers with the microseconds per task of one run.
const server = ({ flatSize, leaves, fanIn, chainSize }) => `
import sys, time
from concurrent.futures import ThreadPoolExecutor
from dask.threaded import get
from dask._task_spec import Task, TaskRef, fuse_linear_task_spec
pool = ThreadPoolExecutor(${os.availableParallelism()})
def inc(x): return x + 1
def total(*xs): return sum(xs)
def flat():
    return {f"t{i}": Task(f"t{i}", inc, i) for i in range(${flatSize})}, [f"t{i}" for i in range(${flatSize})]
def tree():
    graph, level, depth = {}, [f"t{i}" for i in range(${leaves})], 0
    for i, key in enumerate(level): graph[key] = Task(key, inc, i)
    while len(level) > 1:
        above = []
        for i in range(0, len(level), ${fanIn}):
            key = f"s{depth}-{i}"
            graph[key] = Task(key, total, *[TaskRef(k) for k in level[i : i + ${fanIn}]])
            above.append(key)
        level, depth = above, depth + 1
    return graph, level
def chain():
    graph = {"t0": Task("t0", inc, 0)}
    for i in range(1, ${chainSize}): graph[f"t{i}"] = Task(f"t{i}", inc, TaskRef(f"t{i - 1}"))
    return graph, ["t${chainSize - 1}"]
def fused(graph, keys): return fuse_linear_task_spec(graph, set(keys))
def same(graph, keys): return graph
graphs = {"flat": (flat, same), "tree": (tree, same), "chain": (chain, same), "fused chain": (chain, fused)}
for line in sys.stdin:
    make, optimize = graphs[line.strip()]
    graph, keys = make()
    start = time.perf_counter()
    get(optimize(graph, keys), keys, pool=pool)
    print((time.perf_counter() - start) / len(graph) * 1e6, flush=True)
`;

/**
 * A Python with a warm dask.threaded, for graphs "flat", "tree", "chain" and "fused chain".
 * @param {{ flatSize: number, leaves: number, fanIn: number, chainSize: number }} sizes of the graphs
 */
export function startDask(sizes) {
  return startRivalProcess(["-c", server(sizes)]);
}
