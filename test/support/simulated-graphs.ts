import type { SimulatedTask } from "./simulate-run.js";

const MIB = 2 ** 20;

/** Numbers between 0 and 1, the same every time. @see Numerical Recipes, "ranqd1" */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

class Builder {
  readonly tasks: SimulatedTask[] = [];
  readonly #random = numbers(7);

  add(name: string, needs: readonly number[], ms: number, bytes = 0, spread = 0.5): number {
    const jitter = 1 + spread * (this.#random() + this.#random() + this.#random() - 1.5);
    return this.tasks.push({ name, needs, ms: Math.max(1, Math.round(ms * jitter)), bytes }) - 1;
  }
}

const range = (n: number) => Array.from({ length: n }, (_, k) => k);

/** 778 tasks for `p` = 8: A @ B in p x p blocks, norms of the rows, and a description of A beside it. */
export function matmulGraph(p = 8): SimulatedTask[] {
  const build = new Builder();
  const a = range(p * p).map(() => build.add("load_a", [], 160, 24 * MIB));
  const b = range(p * p).map(() => build.add("load_b", [], 130, 24 * MIB));
  const described = a.map((block) => build.add("describe", [block], 90, 0.1 * MIB));
  build.add("report", described, 300);
  const blocks = range(p * p).map((ij) => {
    const [i, j] = [Math.floor(ij / p), ij % p];
    const products = range(p).map((k) => build.add("multiply", [a[i * p + k]!, b[k * p + j]!], 200, 8 * MIB));
    return build.add("sum_block", products, 100, 8 * MIB);
  });
  const norms = range(p).map((i) => build.add("row_norm", blocks.slice(i * p, i * p + p), 220, 0.1 * MIB));
  build.add("total", norms, 200);
  return build.tasks;
}

/** 13 tasks: read and clean four parts, fit two models, merge, plot and save. */
export function reportGraph(): SimulatedTask[] {
  const build = new Builder();
  const read = range(4).map(() => build.add("read", [], 420));
  const clean = read.map((part) => build.add("clean", [part], 900));
  const fit = [0, 2].map((k) => build.add("fit", [clean[k]!, clean[k + 1]!], 700));
  const merge = build.add("merge", fit, 300);
  build.add("plot", [merge], 500);
  build.add("save", [merge], 200);
  return build.tasks;
}

/** 5 tasks: two values, doubled, added. */
export function lineGraph(): SimulatedTask[] {
  const build = new Builder();
  const double = range(2).map(() => build.add("double", [build.add("value", [], 100)], 200));
  build.add("add", double, 100);
  return build.tasks;
}

/** About `n` tasks: load, clean, count by pairs, one total. */
export function largeGraph(n = 50_000): SimulatedTask[] {
  const build = new Builder();
  const parts = range(Math.floor(n / 2.6));
  const load = parts.map(() => build.add("load", [], 20, MIB));
  const clean = load.map((part) => build.add("clean", [part], 35, MIB));
  const count = range(parts.length / 2).map((k) =>
    build.add("count", [clean[2 * k]!, clean[2 * k + 1]!], 12, 0.01 * MIB),
  );
  const merge = range(count.length / 5).map((k) => build.add("merge", count.slice(5 * k, 5 * k + 5), 8));
  build.add("total", merge, 400);
  return build.tasks;
}

/** `layers` tasks in a row. */
export function chainGraph(layers: number): SimulatedTask[] {
  const build = new Builder();
  for (const k of range(layers)) build.add(`step${k + 1}`, k === 0 ? [] : [k - 1], 120);
  return build.tasks;
}

/** `functions` functions of three tasks each, in five columns that depend on the one before at random. */
export function manyFunctionsGraph(functions: number): SimulatedTask[] {
  const build = new Builder();
  const random = numbers(3);
  const ids = range(functions).map((): number[] => []);
  for (const f of range(functions)) {
    const before = range(f).filter((g) => g % 5 < f % 5);
    const from = before[Math.floor(random() * before.length)];
    for (const k of range(3)) ids[f]!.push(build.add(`function_${f}`, from === undefined ? [] : [ids[from]![k]!], 100));
  }
  return build.tasks;
}

/** Per-carrier statistics of a table read in 12 parts: 50 tasks, wide then narrow. */
export function flightsGraph(): SimulatedTask[] {
  const build = new Builder();
  const parts = range(12).map(() => build.add("readMonth", [], 180, 4 * MIB));
  const delays = parts.map((part) => build.add("delaysByAirport", [part], 320, MIB));
  const weather = range(12).map(() => build.add("readWeather", [], 90, MIB));
  const joined = delays.map((delay, k) => build.add("join", [delay, weather[k]!], 260, MIB));
  const all = build.add("concatenate", joined, 150);
  build.add("plot", [all], 400);
  return build.tasks;
}
