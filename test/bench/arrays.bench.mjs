// Chunked arrays against dask.array on the same machine, inputs persisted on both sides, runs interleaved.
import { spawn } from "node:child_process";
import { once } from "node:events";
import os from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { da } from "../../kernel/dist/dag/array/index.js";
import { persist } from "../../kernel/dist/dag/compute.js";
import { context } from "../../kernel/dist/dag/context.js";

const size = 10_000_000;
const rounds = 15;
const python = join(import.meta.dirname, "../../.venv/bin/python");

// Reads a chunk size per line, answers with the milliseconds of one run.
const daskServer = `
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

function startDask() {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("OPENBLAS_")));
  const child = spawn(python, ["-c", daskServer], { env, stdio: ["pipe", "pipe", "inherit"] });
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

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** @returns {Promise<import("./run.mjs").Row[]>} */
export async function rows() {
  const make = (seed) => da.random.uniform({ shape: size, chunks: 1_000_000, seed });
  const [x, y] = await persist(make(1), make(2));
  const dask = startDask();
  const ours = [];
  const rivals = { "1M": [], "4M": [] };
  try {
    for (let round = -3; round < rounds; round++) {
      const start = performance.now();
      await x.multiply(2).add(y.power(2)).subtract(1).sum().compute({ progress: false });
      const took = performance.now() - start;
      const small = await dask.measure(1_000_000);
      const large = await dask.measure(4_000_000);
      // the first rounds compile kernels and touch memory on both sides
      if (round < 0) continue;
      ours.push(took);
      rivals["1M"].push(small);
      rivals["4M"].push(large);
    }
  } finally {
    await dask.close();
    await (await context.engine()).close();
  }
  const [[chunks, best]] = Object.entries(rivals)
    .map(([name, times]) => [name, median(times)])
    .sort(([, a], [, b]) => a - b);
  const own = median(ours);
  return [
    {
      name: "(x*2+y**2-1).sum(), 10M float64",
      ours: own,
      unit: "ms",
      rival: best,
      rivalName: `dask.array, ${chunks} chunks`,
      ratio: best / own,
      goal: ">= 3x",
    },
  ];
}
