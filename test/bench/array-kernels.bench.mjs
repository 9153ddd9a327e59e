// Kernels that are no formula of elements, against dask.array (sort: NumPy, dask.array has none) on the same machine.
// Inputs are persisted on both sides; results that are arrays stay in blocks on both; runs are interleaved.
import os from "node:os";
import { setImmediate } from "node:timers/promises";
import { da } from "../../kernel/dist/dag/array/index.js";
import { context } from "../../kernel/dist/dag/context.js";
import { collectGarbage } from "./collect-garbage.mjs";
import { median } from "./median.mjs";
import { plainEnv, startRivalProcess } from "./rival-process.mjs";

const SIZE = 10_000_000;
const ROUNDS = 11;
const WARM_UP = 3;

// Reads "operation dtype chunks" per line (chunks: rows x columns for a matrix), answers with the milliseconds of one run.
const rivalServer = (size, side) => `
import sys, time
import numpy as np
import dask, dask.array as da
from concurrent.futures import ThreadPoolExecutor
dask.config.set(scheduler="threads", pool=ThreadPoolExecutor(${os.availableParallelism()}))
inputs = {}
def stored(shape, dtype, chunks):
    key = (shape, dtype, chunks)
    if key not in inputs:
        x = da.random.default_rng(1).random(shape, chunks=chunks)
        inputs[key] = (x * 2**30).astype(dtype).persist() if dtype == "int32" else x.astype(dtype).persist()
    return inputs[key]
operations = {
    "std 0": lambda x: da.std(x, axis=0).compute(),
    "std 1": lambda x: da.std(x, axis=1).compute(),
    "transpose": lambda x: (x + x.T).sum().compute(),
    "cumsum": lambda x: da.cumsum(x, axis=0).persist(),
    "mask": lambda x: x[x > 0.5].persist(),
    "topk": lambda x: da.topk(x, 10).compute(),
    "sum": lambda x: x.sum().compute(),
    "normal": lambda x: da.random.default_rng(2).normal(size=x.shape, chunks=x.chunks).persist(),
    "uniform": lambda x: da.random.default_rng(2).random(size=x.shape, chunks=x.chunks).persist(),
    "sort": lambda x: np.sort(x),
}
for line in sys.stdin:
    name, dtype, *sizes = line.strip().split(",")
    chunks = tuple(map(int, sizes))
    x = stored((${size},) if len(chunks) == 1 else (${side}, ${side}), dtype, chunks)
    if name == "sort":
        x = np.asarray(x)
    start = time.perf_counter()
    result = operations[name](x)
    print((time.perf_counter() - start) * 1000, flush=True)
    del result
`;

/** What is measured: name of the rival's operation, ours, the goal (times the rival), the element types. */
const quiet = { progress: false };
const types = ["float64", "float32", "int32"];
const operations = [
  { name: "std 0", text: "std(axis 0)", run: (x) => da.std(x, 0).compute(quiet), goal: ">= 3x", dtypes: types },
  { name: "std 1", text: "std(axis 1)", run: (x) => da.std(x, 1).compute(quiet), goal: ">= 3x" },
  { name: "transpose", text: "(x + x.T).sum()", run: (x) => x.add(x.T).sum().compute(quiet), goal: ">= 2.5x" },
  { name: "cumsum", text: "cumsum", run: (x) => da.cumsum(x).persist(quiet), goal: ">= 2.4x", dtypes: types },
  {
    name: "mask",
    text: "x[x > 0.5]",
    run: (x) => da.compress(x, x.greater(0.5)).persist(quiet),
    goal: ">= 5x",
  },
  { name: "topk", text: "topk(10)", run: (x) => da.topk(x, 10).compute(quiet), goal: ">= 4.5x", dtypes: types },
  { name: "sum", text: "sum", run: (x) => x.sum().compute(quiet), goal: ">= 1.2x" },
  {
    name: "normal",
    text: "normal",
    run: (x) => da.random.normal({ shape: x.shape, chunks: x.chunks, seed: 2 }).persist(quiet),
    goal: ">= 3x",
  },
  {
    name: "uniform",
    text: "uniform",
    run: (x) => da.random.uniform({ shape: x.shape, chunks: x.chunks, seed: 2 }).persist(quiet),
    goal: "",
  },
  { name: "sort", text: "sort", run: (x) => da.sort(x).persist(quiet), goal: ">= 1x NumPy", rival: "NumPy" },
];
const isMatrix = ({ name }) => ["std 0", "std 1", "transpose"].includes(name);

/** Chunks that both sides try; each is quoted with its best. */
function candidatesOf(operation, size, side) {
  const parts = (length, ...counts) => counts.map((count) => Math.ceil(length / count));
  if (!isMatrix(operation)) return parts(size, 10, 4, 2).map((count) => [count]);
  if (operation.name === "transpose") return parts(side, 3, 2).map((count) => [count, count]);
  return [...parts(side, 10, 4, 2).map((rows) => [rows, side]), ...parts(side, 3).map((count) => [count, count])];
}

function startRival(size, side) {
  const rival = startRivalProcess(["-c", rivalServer(size, side)], { env: plainEnv() });
  return {
    measure: (name, dtype, chunks) => rival.measure([name, dtype, ...chunks]),
    close: () => rival.close(),
  };
}

/** Arrays of this process, made once. */
function inputsOf(size, side) {
  const known = new Map();
  return async (dtype, chunks) => {
    const id = `${dtype} ${chunks}`;
    if (!known.has(id)) {
      const shape = chunks.length === 1 ? [size] : [side, side];
      const x = da.random.uniform({ shape, chunks: chunks.length === 1 ? chunks[0] : chunks, seed: 1 });
      known.set(id, await (dtype === "int32" ? x.multiply(2 ** 30) : x).astype(dtype).persist(quiet));
    }
    return known.get(id);
  };
}

async function timed(run) {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/** The best of the medians of all candidates and its chunks. */
function bestOf(times) {
  return Array.from(times, ([chunks, values]) => [median(values), chunks]).sort(([a], [b]) => a - b)[0];
}

async function measureRow(operation, dtype, { size, side, rounds, rival, input }) {
  const candidates = candidatesOf(operation, size, side);
  const own = new Map(candidates.map((chunks) => [chunks, []]));
  const theirs = new Map(candidates.map((chunks) => [chunks, []]));
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const chunks of candidates) {
      const x = await input(dtype, chunks);
      // Python frees results at once; ours wait for the collector, whose time is not part of the operation
      collectGarbage();
      await setImmediate();
      const took = await timed(() => operation.run(x));
      const rivalTook = await rival.measure(operation.name, dtype, chunks);
      // the first rounds compile kernels and touch memory on both sides
      if (round < 0) continue;
      own.get(chunks).push(took);
      theirs.get(chunks).push(rivalTook);
    }
  }
  const [ours, ownChunks] = bestOf(own);
  const [best, chunks] = bestOf(theirs);
  const { text, goal, rival: name = "dask.array" } = operation;
  const shape = isMatrix(operation) ? `${side} x ${side}` : `${size / 1e6}M`;
  return {
    name: `${text}, ${shape} ${dtype}, chunks of ${ownChunks.join(" x ")} (${name}: ${name === "NumPy" ? "one" : chunks.join(" x ")})`,
    unit: "ms",
    ours,
    rivals: { [name]: best },
    goal,
  };
}

/**
 * @param {{ quick: boolean }} options quick: tiny counts
 * @returns {Promise<import("./run.mjs").Row[]>}
 */
export async function rows({ quick }) {
  const size = quick ? 100_000 : SIZE;
  const side = Math.floor(Math.sqrt(size));
  const rival = startRival(size, side);
  const setting = { size, side, rounds: quick ? 1 : ROUNDS, rival, input: inputsOf(size, side) };
  const measured = [];
  try {
    for (const operation of operations) {
      for (const dtype of operation.dtypes ?? ["float64"]) measured.push(await measureRow(operation, dtype, setting));
    }
  } finally {
    await rival.close();
    await (await context.engine()).close();
  }
  return measured;
}
