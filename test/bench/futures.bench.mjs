// What a future costs when its call does nothing: submitted by map and gathered, and one alone, against
// dask.distributed (workers in its own process, its fastest) and Python's concurrent.futures. Rounds are interleaved.
import { ThreadEngine } from "../../kernel/dist/dag/engine/thread-engine.js";
import { gather, mapWith, submitWith } from "../../kernel/dist/dag/futures/index.js";
import { median } from "./median.mjs";
import { startRivalProcess } from "./rival-process.mjs";

const COUNTS = { rounds: 3, size: 10_000, singles: 100 };
const QUICK = { rounds: 1, size: 100, singles: 5 };
const WORKERS = 2;

// Reads what to measure per line, answers with microseconds per future.
const rivalServer = ({ size, singles }) => `
import sys, time
from concurrent.futures import ProcessPoolExecutor
from distributed import Client
def inc(x): return x + 1
def main():
    client = Client(n_workers=${WORKERS}, threads_per_worker=1, processes=False, dashboard_address=None)
    with ProcessPoolExecutor(${WORKERS}) as pool:
        def dask_map(): client.gather(client.map(inc, range(${size}), pure=False))
        def pool_map():
            for future in [pool.submit(inc, i) for i in range(${size})]: future.result()
        def dask_single():
            for i in range(${singles}): client.submit(inc, i, pure=False).result()
        def pool_single():
            for i in range(${singles}): pool.submit(inc, i).result()
        measures = {"daskMap": (dask_map, ${size}), "poolMap": (pool_map, ${size}),
                    "daskSingle": (dask_single, ${singles}), "poolSingle": (pool_single, ${singles})}
        for line in sys.stdin:
            run, count = measures[line.strip()]
            start = time.perf_counter()
            run()
            print((time.perf_counter() - start) / count * 1e6, flush=True)
    client.close()
main()
`;

/** Microseconds per future of `run`. */
async function timed(count, run) {
  const start = performance.now();
  await run();
  return ((performance.now() - start) / count) * 1e3;
}

/**
 * @param {{ quick: boolean }} options quick: tiny counts
 * @returns {Promise<import("./run.mjs").Row[]>}
 */
export async function rows({ quick }) {
  const counts = quick ? QUICK : COUNTS;
  const { rounds, size, singles } = counts;
  const engine = new ThreadEngine({ workers: WORKERS });
  const rivals = startRivalProcess(["-c", rivalServer(counts)], { stderr: "ignore" });
  const inc = (x) => x + 1;
  const numbers = Array.from({ length: size }, (_, i) => i);
  const measures = { map: [], single: [], daskMap: [], poolMap: [], daskSingle: [], poolSingle: [] };
  try {
    for (let round = -2; round < rounds; round++) {
      const times = {
        map: await timed(size, () => gather(mapWith({ engine }, inc, numbers))),
        daskMap: await rivals.measure("daskMap"),
        poolMap: await rivals.measure("poolMap"),
        single: await timed(singles, async () => {
          for (let i = 0; i < singles; i++) await submitWith({ engine }, inc, i).result();
        }),
        daskSingle: await rivals.measure("daskSingle"),
        poolSingle: await rivals.measure("poolSingle"),
      };
      // the first rounds start threads and compile code on both sides
      if (round >= 0) for (const [name, time] of Object.entries(times)) measures[name].push(time);
    }
  } finally {
    await rivals.close();
    await engine.close();
  }
  const row = (name, ours, dask, pool) => ({
    name,
    unit: "µs a future",
    goal: "faster than Dask",
    ours: median(measures[ours]),
    rivals: { "dask.distributed": median(measures[dask]), ProcessPoolExecutor: median(measures[pool]) },
  });
  return [
    row(`${size.toLocaleString("en")} no-op futures, map and gather`, "map", "daskMap", "poolMap"),
    row("one future after the other, submit and result", "single", "daskSingle", "poolSingle"),
  ];
}
