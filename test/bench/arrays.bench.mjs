// Chunked arrays against dask.array and NumPy on the same machine, inputs persisted on both sides, runs interleaved.
import os from "node:os";
import { join } from "node:path";
import { da } from "../../kernel/dist/dag/array/index.js";
import { persist, release } from "../../kernel/dist/dag/compute.js";
import { context } from "../../kernel/dist/dag/context.js";
import { median } from "./median.mjs";
import { plainEnv, startRivalProcess } from "./rival-process.mjs";

const folder = import.meta.dirname;
const SIZE = 10_000_000;
/** what runs without a worker */
const SMALL_SIZE = 100_000;
const SMALL_OPERATIONS = ["arith", "sum"];
const SMALL_ROUNDS = 51;
/** with `--large` */
const LARGE_SIZE = 100_000_000;
const ROUNDS = 9;
const LARGE_ROUNDS = 5;
/** the first rounds compile kernels and touch memory on both sides */
const WARM_UP = 2;

const arith = (x, y) => x.multiply(2).add(y.power(2)).subtract(1);

/** What is computed: its name, element type, ours, the goal against dask.array. */
const operations = {
  arith: ["x*2+y**2-1", "float64", arith, ">= 3x dask"],
  sum: ["(x*2+y**2-1).sum()", "float64", (x, y) => arith(x, y).sum(), ">= 4.5x dask"],
  exp: ["exp(x)", "float64", (x) => x.exp(), ">= 2x dask"],
  sin: ["sin(x)", "float64", (x) => x.sin(), ">= 2.5x dask"],
  log: ["log(x)", "float64", (x) => x.log(), ">= 1.5x dask"],
  mixed: [
    "sin(x)*exp(-y)+log(x+y)",
    "float64",
    (x, y) => x.sin().multiply(y.negative().exp()).add(x.add(y).log()),
    ">= 2x dask",
  ],
  map: ["sqrt(x*x+y*y) by da.map", "float64", (x, y) => da.map((a, b) => Math.sqrt(a * a + b * b), x, y), ">= 3x dask"],
  arith32: ["x*2+y**2-1", "float32", arith, ">= 3x dask"],
  sum32: ["(x*2+y**2-1).sum()", "float32", (x, y) => arith(x, y).sum(), ">= 4.5x dask"],
  exp32: ["exp(x)", "float32", (x) => x.exp(), ">= 1x dask"],
  arithInt: ["x*2+y**2-1", "int32", arith, ">= 3x dask"],
  arithByte: ["x*2+y**2-1", "uint8", arith, ">= 1x dask"],
  sumLong: ["(x*2+y**2-1).sum()", "int64", (x, y) => arith(x, y).sum(), ">= 3x dask"],
};

function startRival(size) {
  const rival = startRivalProcess([join(folder, "array_rival.py"), String(size), String(os.availableParallelism())], {
    env: plainEnv(),
  });
  return {
    measure: (operation, library, chunks) => rival.measure(`${operation} ${library} ${chunks}`),
    close: () => rival.close(),
  };
}

/** The chunking with the smallest median, and that median. */
function bestOf(times) {
  const medians = Array.from(times, ([chunks, values]) => [chunks, median(values)]);
  return medians.sort(([, a], [, b]) => a - b)[0];
}

/**
 * One run of ours. Results stay in blocks, as those of dask.array do, and are released as those are. A full garbage
 * collection in place of that would drop optimized code, which the next run would then compile again.
 */
async function run(build, x, y) {
  const start = performance.now();
  const lazy = build(x, y);
  const kept = lazy.ndim > 0 ? await lazy.persist({ progress: false }) : undefined;
  if (kept === undefined) await lazy.compute({ progress: false });
  const took = performance.now() - start;
  if (kept !== undefined) release(kept);
  return took;
}

/** Inputs of one element type, by the size of their blocks. */
async function inputsOf(dtype, size, candidates) {
  const inputs = new Map();
  for (const chunks of candidates) {
    const make = (seed) => {
      const x = da.random.uniform({ shape: size, chunks, seed });
      return dtype.startsWith("float") ? x.astype(dtype) : x.multiply(100).astype(dtype);
    };
    inputs.set(chunks, await persist(make(1), make(2)));
  }
  return inputs;
}

/** Both sides run with the same chunk sizes in turn; each is quoted with its best. */
async function compare(name, inputs, size, rounds, rival) {
  const [text, dtype, build, goal] = operations[name];
  const ours = new Map([...inputs.keys()].map((chunks) => [chunks, []]));
  const dask = new Map([...inputs.keys()].map((chunks) => [chunks, []]));
  const numpy = [];
  for (let round = -WARM_UP; round < rounds; round++) {
    const alone = await rival.measure(name, "numpy", 0);
    if (round >= 0) numpy.push(alone);
    for (const [chunks, [x, y]] of inputs) {
      const took = await run(build, x, y);
      const other = await rival.measure(name, "dask", chunks);
      if (round < 0) continue;
      ours.get(chunks).push(took);
      dask.get(chunks).push(other);
    }
  }
  const [ownChunks, own] = bestOf(ours);
  const [chunks, best] = bestOf(dask);
  return {
    name: `${text}, ${size / 1e6}M ${dtype}, chunks of ${ownChunks / 1e6}M (dask.array: ${chunks / 1e6}M)`,
    unit: "ms",
    ours: own,
    rivals: { "dask.array": best, NumPy: median(numpy) },
    goal,
  };
}

/**
 * @param {{ quick: boolean, large?: boolean }} options quick: tiny counts; large: also 100M elements
 * @returns {Promise<import("./run.mjs").Row[]>}
 */
export async function rows({ quick, large = false }) {
  const sizes = quick ? [SMALL_SIZE] : large ? [SMALL_SIZE, SIZE, LARGE_SIZE] : [SMALL_SIZE, SIZE];
  const measured = [];
  try {
    for (const size of sizes) {
      const rounds = quick ? 1 : ({ [SMALL_SIZE]: SMALL_ROUNDS, [LARGE_SIZE]: LARGE_ROUNDS }[size] ?? ROUNDS);
      const candidates = { [SMALL_SIZE]: [SMALL_SIZE], [LARGE_SIZE]: [1_000_000, 4_000_000] }[size] ?? [
        500_000, 1_000_000, 4_000_000,
      ];
      const names = size === SMALL_SIZE && !quick ? SMALL_OPERATIONS : Object.keys(operations);
      const rival = startRival(size);
      try {
        for (const dtype of new Set(names.map((name) => operations[name][1]))) {
          const inputs = await inputsOf(dtype, size, candidates);
          for (const name of names.filter((name) => operations[name][1] === dtype)) {
            measured.push(await compare(name, inputs, size, rounds, rival));
          }
        }
      } finally {
        await rival.close();
      }
    }
  } finally {
    await (await context.engine()).close();
  }
  return measured;
}
