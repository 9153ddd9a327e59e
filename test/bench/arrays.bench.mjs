// Chunked arrays against dask.array on the same machine, inputs persisted on both sides, runs interleaved.
import { spawn } from "node:child_process";
import { once } from "node:events";
import os from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { da } from "../../kernel/dist/dag/array/index.js";
import { persist } from "../../kernel/dist/dag/compute.js";
import { context } from "../../kernel/dist/dag/context.js";
import { median } from "./median.mjs";

const SIZE = 10_000_000;
const ROUNDS = 15;
const python = join(import.meta.dirname, "../../.venv/bin/python");

// Reads a chunk size per line, answers with the milliseconds of one run.
const daskServer = (size) => `
import os, sys, time
import dask, dask.array as da
from concurrent.futures import ThreadPoolExecutor
dask.config.set(scheduler="threads", pool=ThreadPoolExecutor(${os.availableParallelism()}))
inputs = {}
for line in sys.stdin:
    chunks = int(line)
    if chunks not in inputs:
        make = lambda seed: da.random.default_rng(seed).random(${size}, chunks=chunks)
        inputs[chunks] = dask.persist(make(1), make(2))
    x, y = inputs[chunks]
    start = time.perf_counter()
    (x * 2 + y ** 2 - 1).sum().compute()
    print((time.perf_counter() - start) * 1000, flush=True)
`;

function startDask(size) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("OPENBLAS_")));
  const child = spawn(python, ["-c", daskServer(size)], { env, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async measure(chunks) {
      child.stdin.write(`${chunks}\n`);
      return Number((await lines.next()).value);
    },
    async close() {
      child.stdin.end();
      await once(child, "exit");
    },
  };
}

/** Median of each chunking; the best one and its time. */
function bestOf(times) {
  const medians = Array.from(times, ([chunks, values]) => [chunks, median(values)]);
  return medians.sort(([, a], [, b]) => a - b)[0];
}

/** Both sides run with the same chunk sizes in turn; each is quoted with its best. */
const candidates = [1_000_000, 2_500_000, 4_000_000];

/**
 * @param {{ quick: boolean }} options quick: tiny counts
 * @returns {Promise<import("./run.mjs").Row[]>}
 */
export async function rows({ quick }) {
  const rounds = quick ? 1 : ROUNDS;
  const size = quick ? 100_000 : SIZE;
  const make = (chunks, seed) => da.random.uniform({ shape: size, chunks, seed });
  const inputs = new Map();
  for (const chunks of candidates) inputs.set(chunks, await persist(make(chunks, 1), make(chunks, 2)));
  const dask = startDask(size);
  const ours = new Map(candidates.map((chunks) => [chunks, []]));
  const rivals = new Map(candidates.map((chunks) => [chunks, []]));
  try {
    for (let round = -3; round < rounds; round++) {
      for (const [chunks, [x, y]] of inputs) {
        const start = performance.now();
        await x.multiply(2).add(y.power(2)).subtract(1).sum().compute({ progress: false });
        const took = performance.now() - start;
        const rival = await dask.measure(chunks);
        // the first rounds compile kernels and touch memory on both sides
        if (round < 0) continue;
        ours.get(chunks).push(took);
        rivals.get(chunks).push(rival);
      }
    }
  } finally {
    await dask.close();
    await (await context.engine()).close();
  }
  const [ownChunks, own] = bestOf(ours);
  const [chunks, best] = bestOf(rivals);
  return [
    {
      name: `(x*2+y**2-1).sum(), ${size / 1e6}M float64, chunks of ${ownChunks / 1e6}M (dask.array: ${chunks / 1e6}M)`,
      unit: "ms",
      ours: own,
      rivals: { "dask.array": best },
      goal: ">= 3x",
    },
  ];
}
