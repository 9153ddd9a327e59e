import { inspect } from "node:util";
import { computeWith } from "../../../../kernel/src/dag/compute.js";
import { delayed } from "../../../../kernel/src/dag/delayed.js";
import { ThreadEngine } from "../../../../kernel/src/dag/engine/thread-engine.js";
import { explain } from "../../../../kernel/src/dag/explain/explain.js";
import { Explanation } from "../../../../kernel/src/dag/explain/explanation.js";
import { Graph, ref, task } from "../../../../kernel/src/dag/graph/index.js";
import { displaySymbol } from "../../../../kernel/src/symbols.js";

const one = () => 1;
const add = (...values: number[]) => values.reduce((sum, value) => sum + value, 0);
const text = (length: number) => "x".repeat(length);
const lengths = (...texts: string[]) => texts.reduce((sum, { length }) => sum + length, 0);

//  a (3 ms, 10 B)   b (1 ms, 20 B)
//            \       /
//            c (2 ms, 5 B)
const pair = { a: task(one), b: task(one), c: task(add, ref("a"), ref("b")) };
const costs = { durations: { a: 3, b: 1, add: 2 }, sizes: { a: 10, b: 20, c: 5 } };

test("simulated figures are those of a calculation by hand", async () => {
  const { title, size, workers, policies } = await explain(pair, ["combined"], { workers: 2, ...costs });
  expect({ title, size, workers }).toEqual({ title: "", size: 3, workers: 2 });
  const figures = { makespan: 5, timeUnit: "ms", peak: 35, pressure: 30, moved: 20, unit: "bytes" };
  const stream = [
    { key: "a", group: "one", worker: 0, start: 0, end: 3 },
    { key: "b", group: "one", worker: 1, start: 0, end: 1 },
    { key: "c", group: "add", worker: 0, start: 3, end: 5 },
  ];
  const memory = { time: [1, 3, 5, 5, 5], held: [20, 30, 35, 25, 5] };
  const simulated = { policy: "combined", workers: 2, ...figures, memory, stream };
  expect(policies).toEqual([{ policy: "combined", simulated }]);
});

test("without sizes and durations tasks and results count one each, and the units say so", async () => {
  const [{ simulated }] = (await explain(pair, ["fifo"], { workers: 1 })).policies;
  expect(simulated).toMatchObject({ makespan: 3, timeUnit: "tasks", peak: 3, moved: 0, unit: "results" });
});

test("all policies are compared if none is named", async () => {
  const { policies } = await explain(pair);
  const all = ["combined", "fifo", "most-dependents", "most-memory", "nearest-data"];
  expect(policies.map(({ policy }) => policy)).toEqual(all);
});

test("raw graphs, lazy results, lists of them and lazy results inside tasks are explained", async () => {
  const lazy = delayed(one)();
  const sizes = [];
  for (const source of [
    Graph.from(pair),
    new Map(Object.entries(pair)),
    lazy,
    [lazy, { also: delayed(add)(lazy, 1) }],
    { total: task(add, lazy, 2) },
  ]) {
    const { size } = await explain(source, ["combined"], { optimize: false });
    sizes.push(size);
  }
  expect(sizes).toEqual([3, 3, 1, 2, 2]);
});

test("data that nothing needs and other names of a task are no tasks, as in a run", async () => {
  const { policies } = await explain({ ...pair, alias: ref("c"), data: 7 }, ["combined"], { workers: 1 });
  expect(policies[0].simulated.stream.map(({ key }) => key)).toEqual(["a", "b", "c"]);
});

test("with run: true each policy also runs", async () => {
  const engine = new ThreadEngine({ workers: 2 });
  const texts = Array.from({ length: 12 }, (_, i) => delayed(text)(1_000 + i));
  const total = delayed(lengths)(...texts);
  const explained = await explain(total, undefined, { engine, workers: 2, run: true });
  for (const { measured, simulated } of explained.policies) {
    if (measured === undefined) throw new Error("nothing was measured");
    const ran = measured.stream.map(({ key }) => key);
    expect(new Set(ran)).toEqual(new Set(simulated.stream.map(({ key }) => key)));
    expect(ran.at(-1)).toMatch(/^lengths/);
    expect(measured.makespan).toBe(Math.max(...measured.stream.map(({ end }) => end)));
    // All texts are held when they are joined, two bytes a character, however they were batched.
    expect(measured.peak).toBeGreaterThanOrEqual(8);
    expect(Math.max(0, ...measured.memory.held)).toBeLessThanOrEqual(measured.peak);
    expect(measured.memory.time).toEqual([...measured.memory.time].sort((x, y) => x - y));
    expect(measured.peak).toBeLessThanOrEqual(2 * 12_066 + 8);
    expect(measured.moved).toBeLessThanOrEqual(12);
  }
  expect(explained.toString()).toContain("measured makespan");
  await engine.close();
});

test("every policy is seen running, the run before them is not", async () => {
  const engine = new ThreadEngine({ workers: 1 });
  const seen: unknown[] = [];
  const { start } = engine;
  engine.start = (request) => {
    seen.push([request.title, request.progress, request.options.policy]);
    return start.call(engine, request);
  };
  await explain(pair, ["fifo", "combined"], { engine, workers: 1, run: true, title: "pair" });
  expect(seen).toEqual([
    ["pair", false, undefined],
    ["pair: fifo", true, "fifo"],
    ["pair: combined", true, "combined"],
  ]);
  await engine.close();
});

test("what a task throws comes out of explain", async () => {
  const engine = new ThreadEngine({ workers: 1 });
  const failing = delayed(() => {
    throw new RangeError("too far");
  })();
  expect((await explain(failing, ["fifo"])).size).toBe(1);
  await expect(explain(failing, ["fifo"], { engine, run: true })).rejects.toThrow("too far");
  await engine.close();
});

test("the text has a line for each policy", async () => {
  const explained = await explain(pair, ["combined", "fifo"], { workers: 2, title: "pair", ...costs });
  expect(inspect(explained)).toBe(
    [
      "pair: 3 tasks on 2 workers",
      "",
      "policy    simulated makespan  simulated peak  simulated moved",
      "combined                5 ms            35 B             20 B",
      "fifo                    5 ms            35 B             20 B",
    ].join("\n"),
  );
});

const evil = '<img src=x onerror="alert(1)">';
const quoted = { [evil]: task(Object.defineProperty(() => 1, "name", { value: `${evil}f` })) };

test("nothing of the user's is markup", async () => {
  const explained = await explain(quoted, undefined, { title: `${evil}t`, workers: 1 });
  const html = String(explained[displaySymbol]()["text/html"]);
  expect(html).not.toContain("<img");
  expect(html.split("&#60;img src=x onerror=&#34;alert(1)&#34;&#62;").length).toBe(1 + 1 + 5 + 1);
});

test("a cell shows a picture of all policies, and their figures as a table", async () => {
  const explained = await explain(pair, ["combined", "most-memory"], { workers: 2, ...costs });
  const html = String(explained[displaySymbol]()["text/html"]);
  const columns = ["simulated makespan", "simulated peak", "simulated moved"];
  expect(headsOf(html)).toEqual(["policy", ...columns, "combined", "most-memory"]);
  expect(html.match(/<svg /g)).toHaveLength(1);
  expect(html.match(/<title>c, worker 0, 3 ms to 5 ms<\/title>/g)).toHaveLength(2);
});

/** Texts of the head cells of a table. */
function headsOf(html: string): readonly string[] {
  return Array.from(html.matchAll(/<th[^>]*>([^<]*)<\/th>/g), ([, head]) => head as string);
}

test("what looks equal is equal: every lowest figure of a column is strong, none if all are", async () => {
  // One byte more does not show in MiB.
  const forecast = (peak: number) => ({ ...figures, peak });
  const figures = (await explain(pair, ["combined"], { workers: 1, ...costs })).policies[0].simulated;
  const policies = [4 << 20, (4 << 20) + 1, 9 << 20].map((peak) => ({
    policy: "fifo" as const,
    simulated: forecast(peak),
  }));
  const html = String(new Explanation({ title: "", size: 3, workers: 1, policies })[displaySymbol]()["text/html"]);
  expect(html.match(/<strong>[^<]*/g)).toEqual(["<strong>4.00 MiB", "<strong>4.00 MiB"]);
});

test("what was measured stands beside what was simulated, in a picture of its own", async () => {
  const engine = new ThreadEngine({ workers: 2 });
  const explained = await explain(pair, ["combined", "fifo"], { engine, workers: 2, run: true, ...costs });
  const heads = (name: string) => [`${name} makespan`, `${name} peak`, `${name} moved`];
  const html = String(explained[displaySymbol]()["text/html"]);
  expect(headsOf(html)).toEqual(["policy", ...heads("simulated"), ...heads("measured"), "combined", "fifo"]);
  expect(html.match(/<svg /g)).toHaveLength(2);
  await engine.close();
});

test.each([
  [["fifoo"], {}, `explain knows no policy 'fifoo': did you mean "fifo"?`],
  [["best"], {}, "explain knows no policy 'best': use combined, fifo, most-dependents, most-memory, nearest-data"],
  [
    "fifo",
    {},
    "explain: policies must be a list of combined, fifo, most-dependents, most-memory, nearest-data and is 'fifo'",
  ],
  [["fifo"], { worker: 2 }, 'explain has no option "worker": did you mean "workers"?'],
  [["fifo"], { sizes: { ad: 2 } }, 'sizes: the graph has no key and no function "ad": did you mean "add"?'],
  [["fifo"], { durations: { a: "3" } }, `durations: "a" must be a number from 0 up and is '3'`],
])("explain refuses %j with %j", async (policies, options, message) => {
  await expect(explain(pair, policies as never, options as object)).rejects.toThrow(message);
});

test("there must be something to run", async () => {
  await expect(explain({ a: 1 })).rejects.toThrow("there is nothing to run");
  await expect(explain({ a: 1, b: ref("a") })).rejects.toThrow("there is nothing to run");
});

test("compute refuses an unknown policy and says what was meant", async () => {
  await expect(computeWith({ policy: "most-memry" as never }, 1)).rejects.toThrow(
    "compute: policy must be one of combined, fifo, most-dependents, most-memory, nearest-data and is 'most-memry': " +
      'did you mean "most-memory"?',
  );
});

test("compute runs under every policy it is given", async () => {
  const engine = new ThreadEngine({ workers: 2 });
  const total = delayed(add)(...Array.from({ length: 9 }, () => delayed(one)()));
  for (const policy of ["combined", "fifo", "most-dependents", "most-memory", "nearest-data"] as const) {
    expect(await computeWith({ engine, policy }, total)).toEqual([9]);
  }
  await engine.close();
});
