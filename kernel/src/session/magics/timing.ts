import { performance } from "node:perf_hooks";
import process from "node:process";
import { types } from "node:util";

/** As in IPython: so many runs, each long enough for the clock. */
const RUNS = 7;
const SHORTEST_RUN_MS = 100;
const MAX_LOOPS = 1_000_000_000;

/** Runs `fn` once and prints how long it took; gives its value. */
export async function timed(fn: () => unknown): Promise<unknown> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const value = await fn();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const used = (user + system) / 1000;
  process.stdout.write(`Wall time: ${duration(wall)} (CPU time of all threads: ${duration(used)})\n`);
  return value;
}

/** Runs `fn` many times and prints how long one run takes. */
export async function timedOften(fn: () => unknown): Promise<void> {
  const loops = await enoughLoops(fn);
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) times.push((await timeOf(fn, loops)) / loops);
  const mean = times.reduce((sum, time) => sum + time, 0) / RUNS;
  const deviation = Math.sqrt(times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / RUNS);
  const count = loops === 1 ? "1 loop" : `${loops.toLocaleString("en")} loops`;
  process.stdout.write(
    `${duration(mean)} ± ${duration(deviation)} per loop (mean ± std. dev. of ${RUNS} runs, ${count} each)\n`,
  );
}

/** 1, 10, 100 … until a run is long enough; this also warms up the compiler. */
async function enoughLoops(fn: () => unknown): Promise<number> {
  let loops = 1;
  while (loops < MAX_LOOPS && (await timeOf(fn, loops)) < SHORTEST_RUN_MS) loops *= 10;
  return loops;
}

/** The last value of a loop is kept here: V8 would leave out work that nobody looks at. */
let kept: unknown;

async function timeOf(fn: () => unknown, loops: number): Promise<number> {
  const start = performance.now();
  for (let loop = 0; loop < loops; loop++) {
    kept = fn();
    // A microtask for each value would take longer than most of what is timed.
    if (types.isPromise(kept)) kept = await kept;
  }
  return performance.now() - start;
}

const units = [
  ["s", 1000],
  ["ms", 1],
  ["µs", 1e-3],
  ["ns", 1e-6],
] as const;

function duration(ms: number): string {
  const [unit, size] = units.find(([, length]) => ms >= length) ?? units[units.length - 1]!;
  return `${Number((ms / size).toPrecision(3))} ${unit}`;
}
