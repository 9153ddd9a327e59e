import { inspect } from "node:util";
import { compute } from "../../../kernel/src/dag/compute.js";
import { useEngine } from "../../../kernel/src/dag/context.js";
import { type Delayed, delayed } from "../../../kernel/src/dag/delayed.js";
import { InlineEngine } from "../../support/inline-engine.js";

const add = delayed((a: number, b: number) => a + b, { name: "add" });
const sum = delayed((list: readonly number[]) => list.reduce((a, b) => a + b, 0));

let engine: InlineEngine;
beforeEach(() => {
  engine = new InlineEngine();
  useEngine(engine);
});
afterEach(() => useEngine(undefined));

test("a call runs nothing until it is computed", async () => {
  let calls = 0;
  const counter = delayed((x: number) => {
    calls++;
    return x;
  });
  const lazy = counter(3);
  expect(calls).toBe(0);
  expect([await lazy.compute(), calls]).toEqual([3, 1]);
});

test("a delayed function may be async", async () => {
  const later: Delayed<number> = delayed(async (x: number) => x + 1)(1);
  expect(await add(later, 1).compute()).toBe(3);
});

test("results feed further calls", async () => {
  expect(await add(add(1, 2), 3).compute()).toBe(6);
});

test("what is lazy already is returned as it is", () => {
  const lazy = add(1, 2);
  expect(delayed(lazy)).toBe(lazy);
  expect(delayed(add)).toBe(add);
});

test("a value becomes a lazy constant that needs no engine", async () => {
  const rows = [1, 2];
  expect(await delayed(rows).compute()).toBe(rows);
  expect(engine.requests).toEqual([]);
});

test("a chain of calls is one task named after its functions", async () => {
  const load = delayed((x: number) => x, { name: "load" });
  const clean = delayed((x: number) => x, { name: "clean" });
  await clean(load(1)).compute();
  const { keys, groups } = engine.requests[0]!.graph;
  expect(groups).toEqual(["load-clean"]);
  expect(keys[0]).toMatch(/^load-clean-\d+$/);
});

test("lazy results inside containers are resolved", async () => {
  expect(await sum([delayed(1), delayed(2), 0]).compute()).toBe(3);
  const first = delayed((d: { k: readonly number[] }) => d.k[0]);
  expect(await first({ k: [add(2, 3)] }).compute()).toBe(5);
  const total = delayed((m: ReadonlyMap<string, number>, s: ReadonlySet<number>) => m.get("a")! + [...s][0]!);
  expect(await total(new Map([["a", add(1, 1)]]), new Set([add(2, 2)])).compute()).toBe(6);
});

test("an object of options may hold lazy results", async () => {
  const minus = delayed((a: number, { b }: { readonly b: number }) => a - b);
  expect(await minus(delayed(5), { b: delayed(2) }).compute()).toBe(3);
});

test("a rest parameter takes lazy results", async () => {
  const total = delayed((...list: readonly number[]) => list.reduce((a, b) => a + b, 0));
  expect(await total(1, ...[add(1, 1), add(2, 2)]).compute()).toBe(7);
});

test("containers are taken as they are at the call", async () => {
  const list = [add(1, 1)];
  const lazy = sum(list);
  list.push(add(5, 5));
  expect(await lazy.compute()).toBe(2);
});

test("a delayed function as an argument is the function itself", async () => {
  const inc = delayed((x: number) => x + 1);
  const apply = delayed((f: (x: number) => number, x: number) => f(x));
  expect(await apply(inc as never, 1).compute()).toBe(2);
});

test("nout makes the result fall into parts", async () => {
  const divmod = delayed((a: number, b: number) => [Math.floor(a / b), a % b] as const, { nout: 2 });
  const lazy = divmod(7, 3);
  const [q, r] = lazy;
  expect(lazy.length).toBe(2);
  expect(await compute(q, r)).toEqual([2, 1]);
  expect(engine.requests[0]!.graph.size).toBe(3);
});

test.each([[-1], [true], [1.5], ["2"]])("nout %p is refused", (nout) => {
  expect(() => delayed(() => [], { nout: nout as number })).toThrow(/nout must be a whole number of at least 0/);
});

test("without nout the length is an error that says what to do", () => {
  const lazy = add(1, 2);
  expect(() => lazy.length).toThrow(/its length is not known; declare the number of parts: delayed\(fn, { nout: 2 }\)/);
  expect(() => [...lazy]).toThrow(/cannot be taken apart/);
});

test("arithmetic and comparison with a lazy result fail at once", () => {
  const lazy = add(1, 2) as unknown as number;
  expect(() => lazy + 1).toThrow(/is lazy: its value is not known yet; do it inside a delayed function/);
  expect(() => lazy > 1).toThrow(/is lazy/);
  expect(`${lazy}`).toMatch(/^Delayed\(add-\d+\)$/);
});

test("a lazy result can be returned from an async function", async () => {
  const lazy = add(1, 2);
  expect(await (async () => lazy)()).toBe(lazy);
});

test("impure calls have their own keys, pure calls share one", () => {
  const impure = delayed((x: unknown) => x);
  expect(impure(1).key).not.toBe(impure(1).key);
  const pure = delayed((x: unknown) => x, { pure: true });
  expect(pure({ a: [1] }).key).toBe(pure({ a: [1] }).key);
  expect(pure({ a: [1] }).key).not.toBe(pure({ a: [2] }).key);
  expect(delayed({ a: 1 }, { pure: true }).key).toBe(delayed({ a: 1 }, { pure: true }).key);
});

test("equal pure calls run once", async () => {
  let calls = 0;
  const pure = delayed((x: number) => x + calls++, { pure: true });
  expect(await add(pure(1), pure(1)).compute()).toBe(2);
  expect(calls).toBe(1);
});

test("a given key is the key", () => {
  expect(delayed((x: number) => x, { key: "k" })(1).key).toBe("k");
  expect(delayed(5, { key: ["k", 0] }).key).toEqual(["k", 0]);
  expect(() => delayed((x: number) => x, { key: null as never })).toThrow(/null is not a key/);
});

test("two tasks with one given key are refused, the same task is not", async () => {
  const named = (a: number, b: number) => delayed(plus, { key: "k1" })(a, b);
  const plus = (a: number, b: number) => a + b;
  await expect(compute(named(1, 2), named(5, 6))).rejects.toThrow('two different tasks have the key "k1"');
  expect(await compute(named(1, 2), named(1, 2))).toEqual([3, 3]);
  expect(engine.requests[0]!.graph.size).toBe(1);
});

test("options of a task travel with it", async () => {
  await delayed((x: number) => x, { retries: 2, priority: 1, memory: 800 })(1).compute();
  const { options, memory } = engine.requests[0]!.graph;
  expect([options.get(0), memory]).toEqual([{ retries: 2, priority: 1 }, Float64Array.of(800)]);
});

test("a chain of 10,000 calls is computed", async () => {
  let lazy: Delayed<number> = add(0, 0);
  for (let i = 0; i < 10_000; i++) lazy = add(lazy, 1);
  expect(await lazy.compute()).toBe(10_000);
});

test("a class is refused, with what to give instead", () => {
  class Point {}
  expect(() => delayed(Point as never)).toThrow(/delayed got class Point, which cannot be called: give a function/);
});

test("prints as its key, also inside others", () => {
  expect(inspect([delayed((x: number) => x, { key: "k" })(1)])).toBe("[ Delayed(k) ]");
});
