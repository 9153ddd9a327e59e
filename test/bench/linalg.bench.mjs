// Matrix products and factorizations against dask.array and NumPy on the same machine: inputs are in memory on all
// sides, results stay in blocks, runs are interleaved. dagbook and dask.array run one BLAS thread per worker, NumPy as
// many as there are cores; all of them call the BLAS that NumPy brings, unless DAGBOOK_BLAS or the system has another.
import os from "node:os";
import { join } from "node:path";
import { da } from "../../kernel/dist/dag/array/index.js";
import { persist } from "../../kernel/dist/dag/compute.js";
import { context } from "../../kernel/dist/dag/context.js";
import { collectGarbage } from "./collect-garbage.mjs";
import { median } from "./median.mjs";
import { startRivalProcess } from "./rival-process.mjs";

const ROUNDS = 9;
/** before they count: they compile kernels, load libraries and touch memory */
const WARM_ROUNDS = 2;
const prefix = join(import.meta.dirname, "../../.venv");
const cores = os.availableParallelism();

// Reads what to do per line, answers with the milliseconds of one run.
const server = `
import json, sys, time
from concurrent.futures import ThreadPoolExecutor
import numpy as np
import dask, dask.array as da
dask.config.set(scheduler="threads", pool=ThreadPoolExecutor(${cores}))
inputs = {}
def input_of(library, shape, chunks, dtype):
    key = (library, tuple(shape), str(chunks), dtype)
    if key not in inputs:
        if any(other[1:4:2] != key[1:4:2] for other in inputs):
            inputs.clear()
        x = np.random.default_rng(1).random(shape).astype(dtype)
        inputs[key] = x if library == "numpy" else da.from_array(x, chunks=tuple(chunks)).persist()
    return inputs[key]
work = {
    ("numpy", "matmul"): lambda x: x @ x,
    ("numpy", "gram"): lambda x: x.T @ x,
    ("numpy", "qr"): lambda x: np.linalg.qr(x),
    ("numpy", "svd"): lambda x: np.linalg.svd(x, full_matrices=False),
    ("dask", "matmul"): lambda x: dask.persist(x @ x),
    ("dask", "gram"): lambda x: dask.persist(x.T @ x),
    ("dask", "qr"): lambda x: dask.persist(*da.linalg.qr(x)),
    ("dask", "svd"): lambda x: dask.persist(*da.linalg.svd(x)),
}
for line in sys.stdin:
    ask = json.loads(line)
    x = input_of(ask["library"], ask["shape"], ask["chunks"], ask["dtype"])
    start = time.perf_counter()
    work[ask["library"], ask["op"]](x)
    print((time.perf_counter() - start) * 1000, flush=True)
`;

/** @param library "numpy" or "dask" */
function startPython(library) {
  const env = { ...process.env, OPENBLAS_NUM_THREADS: String(library === "dask" ? 1 : cores) };
  const rival = startRivalProcess(["-c", server], { env });
  return {
    measure: (ask) => rival.measure(JSON.stringify({ library, ...ask })),
    close: () => rival.close(),
  };
}

const operations = {
  matmul: (x) => [x.matmul(x)],
  gram: (x) => [x.T.matmul(x)],
  qr: (x) => da.linalg.qr(x),
  svd: (x) => da.linalg.svd(x),
};

/** What is measured; each side is quoted with the best of the chunkings. */
function cases(quick, large) {
  const n = quick ? 100 : 2000;
  const square = { shape: [n, n], dtype: "float64", chunkings: [n / 4, n / 2].map((size) => [size, size]) };
  const rows = quick ? 400 : 200_000;
  const tall = { shape: [rows, 50], dtype: "float64", chunkings: [rows / 8, rows / 4, rows / 2].map((m) => [m, 50]) };
  const list = [
    { ...square, name: `matmul ${n}`, op: "matmul", goal: ">= 1x" },
    { ...square, name: `matmul ${n} float32`, op: "matmul", dtype: "float32", goal: ">= 1x" },
    { ...square, name: `matmul ${n} without BLAS`, op: "matmul", blas: "none", goal: "" },
    { ...tall, name: `x.T @ x of ${rows} x 50`, op: "gram", goal: ">= 1x" },
    { ...tall, name: `qr of ${rows} x 50`, op: "qr", goal: ">= 1x" },
    { ...tall, name: `svd of ${rows} x 50`, op: "svd", goal: ">= 1x" },
  ];
  const big = { ...square, shape: [4000, 4000], chunkings: [1000, 2000].map((size) => [size, size]) };
  if (large) list.push({ ...big, name: "matmul 4000", op: "matmul", goal: ">= 1x" });
  return list;
}

/** Blocks of results that were dropped are free once the collector has seen it. */
async function freeDropped() {
  collectGarbage();
  await new Promise(setImmediate);
}

/** Median of each chunking; the best one and its time. */
function bestOf(times) {
  const medians = Array.from(times, ([chunks, values]) => [chunks, median(values)]);
  return medians.sort(([, a], [, b]) => a - b)[0];
}

async function measureCase({ shape, dtype, chunkings, op, name, goal, blas }, rounds, python) {
  if (blas !== undefined) process.env.DAGBOOK_BLAS = blas;
  const inputs = new Map();
  for (const chunks of chunkings) {
    inputs.set(chunks, await da.random.uniform({ shape, chunks, seed: 1 }).astype(dtype).persist());
  }
  const empty = () => new Map(chunkings.map((chunks) => [chunks, []]));
  const [own, dask, numpy] = [empty(), empty(), []];
  for (let round = -WARM_ROUNDS; round < rounds; round++) {
    const isCounted = round >= 0;
    for (const [chunks, x] of inputs) {
      await freeDropped();
      const start = performance.now();
      await persist(...operations[op](x));
      const took = performance.now() - start;
      const rival = await python.dask.measure({ op, shape, chunks, dtype });
      if (!isCounted) continue;
      own.get(chunks).push(took);
      dask.get(chunks).push(rival);
    }
    const alone = await python.numpy.measure({ op, shape, chunks: shape, dtype });
    if (isCounted) numpy.push(alone);
  }
  const [ownChunks, ours] = bestOf(own);
  const [chunks, rival] = bestOf(dask);
  return {
    name: `${name}, blocks of ${ownChunks.join(" x ")} (dask.array: ${chunks.join(" x ")})`,
    unit: "ms",
    ours,
    rivals: { "dask.array": rival, NumPy: median(numpy) },
    goal,
  };
}

/**
 * @param {{ quick: boolean, large: boolean }} options quick: tiny sizes; large: also what takes minutes
 * @returns {Promise<import("./run.mjs").Row[]>}
 */
export async function rows({ quick, large }) {
  process.env.DAGBOOK_PYTHON_PREFIX ??= prefix;
  // All sides choose their kernels themselves.
  for (const name of Object.keys(process.env)) if (name.startsWith("OPENBLAS_")) delete process.env[name];
  const given = process.env.DAGBOOK_BLAS;
  const python = { dask: startPython("dask"), numpy: startPython("numpy") };
  const measured = [];
  try {
    for (const one of cases(quick, large)) {
      measured.push(await measureCase(one, quick ? 1 : ROUNDS, python));
      if (given === undefined) delete process.env.DAGBOOK_BLAS;
      else process.env.DAGBOOK_BLAS = given;
    }
  } finally {
    await Promise.all([python.dask.close(), python.numpy.close()]);
    await (await context.engine()).close();
  }
  return measured;
}
