// A task that computes a graph of its own.
import { da } from "../../kernel/dist/dag/array/index.js";
import { computeWith } from "../../kernel/dist/dag/compute.js";
import { delayed } from "../../kernel/dist/dag/delayed.js";
import { ThreadEngine } from "../../kernel/dist/dag/engine/thread-engine.js";
import { get } from "../../kernel/dist/dag/get.js";
import { ref, task } from "../../kernel/dist/dag/graph/index.js";

export const computeInside = async (x) => {
  const engine = new ThreadEngine({ workers: 1 });
  try {
    return await get({ inner: task(Math.abs, x), sum: task(Math.max, ref("inner"), 0) }, "sum", { engine });
  } finally {
    await engine.close();
  }
};

/** What a graph gives that a task computes with everything left to the package, and where it ran. */
export const computeOnWorker = async (n) => {
  const place = () => `${process.pid}/${process.getBuiltinModule("node:worker_threads").threadId}`;
  const lazy = [delayed((x) => x * 2)(n), da.ones([100], { chunks: 30 }).sum(), delayed(place)()];
  const [double, total, where] = await computeWith({ engine: "threads", workers: 2 }, ...lazy);
  return { double, total, isInline: where === place() };
};

/** Computes with more than fits in memory, says so when results are on disk, and never ends. */
export const spillInside = () => {
  const count = 8;
  const large = delayed((i) => new Float64Array(10_000).fill(i));
  const wait = delayed((..._arrays) => {
    process.stdout.write("spilled\n");
    return new Promise((resolve) => setTimeout(resolve, 2 ** 30));
  });
  return computeWith({ memoryLimit: 200_000 }, wait(...Array.from({ length: count }, (_, i) => large(i))));
};
