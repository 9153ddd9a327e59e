import { inspect } from "node:util";
import { compute } from "../../../kernel/src/dag/compute.js";
import { useEngine } from "../../../kernel/src/dag/context.js";
import { type Delayed, delayed } from "../../../kernel/src/dag/delayed.js";
import { InlineEngine } from "../../support/inline-engine.js";

interface Table {
  readonly rows: readonly number[];
  readonly name: string;
  readonly size: number;
  count(from: number): number;
}

const load = delayed(
  (): Table => ({
    rows: [5, 6, 7],
    name: "t",
    size: 3,
    count(from) {
      return this.rows.filter((row) => row >= from).length;
    },
  }),
  { name: "load" },
);
const add = delayed((a: number, b: number) => a + b, { name: "add" });

let engine: InlineEngine;
beforeEach(() => {
  engine = new InlineEngine();
  useEngine(engine);
});
afterEach(() => useEngine(undefined));

test("attributes and elements of a lazy result are lazy results, with their types", async () => {
  const table = load();
  const rows: Delayed<readonly number[]> = table.rows;
  const first: Delayed<number | undefined> = rows[0]!;
  const name: Delayed<string> = table.name;
  expect(engine.requests).toEqual([]);
  expect(await compute(rows, first, name)).toEqual([[5, 6, 7], 5, "t"]);
});

test("a method of a lazy result is a task that knows its this and takes lazy arguments", async () => {
  const count: Delayed<number> = load().count(add(3, 3));
  expect(await count.compute()).toBe(2);
  expect(await delayed([1, 2, 3]).slice(0, delayed(2)).compute()).toEqual([1, 2]);
  expect(
    await load()
      .rows.map((row) => row * 2)
      .compute(),
  ).toEqual([10, 12, 14]);
});

test("a lazy function can be called", async () => {
  const adder = delayed((a: number) => (b: number) => a + b)(1);
  const sum: Delayed<number> = adder(add(1, 1));
  expect(await sum.compute()).toBe(3);
});

test("an attribute has one key however often it is taken, and runs once", async () => {
  const table = load();
  expect(table.rows[0]!.key).toEqual(table.rows[0]!.key);
  const [lazy] = [add(table.rows[0] as never, table.rows[0] as never)];
  await lazy.compute({ optimize: false });
  expect(engine.requests[0]!.graph.keys.filter((key) => !key.startsWith("add"))).toHaveLength(3);
  const a = delayed(() => [1, 2])();
  expect(await add(a[0] as never, a[0] as never).compute({ optimize: false })).toBe(2);
  expect(engine.requests[1]!.graph.size).toBe(3);
});

test("two calls of a method have their own keys", () => {
  const table = load();
  expect(table.count(1).key).not.toEqual(table.count(1).key);
});

test("keys of attributes can be read, and are told apart where their text is not", () => {
  const table = delayed({ a: { b: [1] } }, { key: "t" });
  expect([table.a.b[0]!.key, (table as unknown as Record<string, Delayed<unknown>>)["a.b"]!.key]).toEqual([
    "t.a.b[0]",
    't["a.b"]',
  ]);
  const keys = [delayed({ a: 1 }, { key: ["t", 0] }).a.key, delayed({ a: 1 }, { key: "t[0]" }).a.key];
  expect(keys[0]).not.toEqual(keys[1]);
});

test("10,000 attributes of attributes are computed, with short keys", async () => {
  const ring: Record<string, unknown> = { value: 1 };
  ring.next = ring;
  let lazy = delayed(() => ring)() as unknown as { next: typeof lazy; value: Delayed<number> };
  for (let i = 0; i < 10_000; i++) lazy = lazy.next;
  expect(String(lazy.value.key).length).toBeLessThan(100);
  expect(await lazy.value.compute()).toBe(1);
});

test("the parts that nout declares are the elements", async () => {
  const divmod = delayed((a: number, b: number) => [Math.floor(a / b), a % b] as const, { nout: 2 });
  const lazy = divmod(7, 3);
  const [q] = lazy;
  expect(q!.key).toEqual(lazy[0].key);
  expect([...delayed(() => [], { nout: 0 })()]).toEqual([]);
});

test("what JavaScript asks of every object makes no task", async () => {
  const lazy = load();
  expect(await lazy).toBe(lazy);
  expect([await Promise.resolve(lazy), await Promise.all([lazy])]).toEqual([lazy, [lazy]]);
  expect([JSON.stringify({ lazy }), inspect(lazy), Object.keys(lazy), Array.isArray(lazy)]).toEqual([
    "{}",
    `Delayed(${lazy.key})`,
    [],
    false,
  ]);
  expect([lazy.constructor.name, lazy instanceof lazy.constructor]).toEqual(["Delayed", true]);
  expect("rows" in lazy).toBe(false);
  expect(Reflect.get(lazy, Symbol.asyncIterator)).toBe(undefined);
});

test.each<[string, (lazy: Record<string, never>) => unknown, RegExp]>([
  [
    "setting an attribute",
    (lazy) => Reflect.set(lazy, "k", 1),
    /k cannot be set or deleted; make a changed copy in a del/,
  ],
  ["setting an element", (lazy) => Reflect.set(lazy, 0, 1), /0 cannot be set/],
  ["setting a method", (lazy) => Object.assign(lazy, { compute: 1 }), /compute cannot be set/],
  ["defining", (lazy) => Object.defineProperty(lazy, "k", { value: 1 }), /k cannot be set/],
  ["deleting", (lazy) => Reflect.deleteProperty(lazy, "k"), /k cannot be set or deleted/],
  ["freezing", (lazy) => Object.freeze(lazy), /preventExtensions/],
  ["a private name", (lazy) => lazy._k, /_k starts with _ and is private/],
  ["new", (lazy) => Reflect.construct(lazy as never, []), /new needs the class itself; write a delayed function/],
  ["spreading", (lazy) => [...(lazy as never)], /cannot be taken apart; declare the number of parts/],
  ["a sum", (lazy) => 1 + lazy.k!, /its value is not known yet; do it inside a delayed function/],
  ["a number", (lazy) => Number(lazy.k), /its value is not known yet/],
  ["a comparison", (lazy) => lazy.k! < 1, /its value is not known yet/],
])("%s is refused at once", (_what, use, message) => {
  const lazy = delayed({ k: 1 }, { key: "lazy" });
  expect(() => use(lazy as never)).toThrow(message);
  expect(engine.requests).toEqual([]);
});
