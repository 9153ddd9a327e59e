import { diagnostics, type Graph, order } from "../../../../kernel/src/dag/graph/index.js";
import { orderLinks } from "../../../../kernel/src/dag/graph/order/order-links.js";
import { graphOf, relabelled, seededRandom } from "../../../support/graphs.js";

type Needs = Readonly<Record<string, readonly string[]>>;

/** Positions by the names of the drawing, under its own labels and 60 random ones. */
function underAllNames(needs: Needs, check: (position: (key: string) => number, peak: number) => void): void {
  const random = seededRandom(1);
  const own = { graph: graphOf(needs), oldName: new Map(Object.keys(needs).map((name) => [name, name])) };
  for (const { graph, oldName } of [own, ...Array.from({ length: 60 }, () => relabelled(needs, random))]) {
    const byOldName = new Map([...order(graph)].map(([key, position]) => [oldName.get(key as string)!, position]));
    check((key) => byOldName.get(key)!, diagnostics(graph).peak);
  }
}

function sequenceOf(graph: Graph): readonly unknown[] {
  return diagnostics(graph).sequence;
}

//  c
//  |
//  b   e
//  |   |
//  a   d
test("the longer chain goes first", () => {
  const needs = { a: [], b: ["a"], c: ["b"], d: [], e: ["d"] };
  expect(sequenceOf(graphOf(needs))).toEqual(["a", "b", "c", "d", "e"]);
  expect(diagnostics(graphOf(needs)).pressure).toEqual([0, 1, 1, 0, 1]);
  underAllNames(needs, (at) => expect(at("c")).toBeLessThan(at("d")));
});

//  b0    b1  b2
//  |      \ /
//  a0     a1
test("a branch is finished before another is started", () => {
  underAllNames({ a0: [], a1: [], b0: ["a0"], b1: ["a1"], b2: ["a1"] }, (at, peak) => {
    expect(at("b0") < at("a1") || Math.max(at("b1"), at("b2")) < at("a0")).toBe(true);
    expect(peak).toBe(1);
  });
});

//    b0    b1
//   /  \  /  \      b0 needs a0 and a2, b1 needs a1 and a3
//  a0  a1 a2  a3
test("inputs of one task are loaded side by side", () => {
  underAllNames({ a0: [], a1: [], a2: [], a3: [], b0: ["a0", "a2"], b1: ["a1", "a3"] }, (at, peak) => {
    expect(Math.abs(at("a0") - at("a2"))).toBe(1);
    expect(Math.abs(at("a1") - at("a3"))).toBe(1);
    expect(peak).toBe(2);
  });
});

//     a1
//     a2
//     a3
//    /  \
//   b1  c1 - d1
//   b2  c2
//       c3
test("a side branch that ends goes before the next load", () => {
  const needs = {
    a1: ["a2"],
    a2: ["a3"],
    a3: ["b1", "c1"],
    b1: ["b2"],
    b2: [],
    c1: ["c2"],
    c2: ["c3"],
    c3: [],
    d1: ["c1"],
  };
  underAllNames(needs, (at, peak) => {
    expect(at("d1")).toBeLessThan(at("b1"));
    expect(peak).toBe(2);
  });
});

//  a1  b1  c1
//  |   |   |
//  a2  b2  c2       b2 needs a2, c2 needs b2
//  | \ | \ |
//  a3  b3  c3
test("each of three staggered chains ends before the next begins", () => {
  const needs = {
    a3: [],
    a2: ["a3"],
    a1: ["a2"],
    b3: [],
    b2: ["b3", "a2"],
    b1: ["b2"],
    c3: [],
    c2: ["c3", "b2"],
    c1: ["c2"],
  };
  const expected = ["a3", "a2", "a1", "b3", "b2", "b1", "c3", "c2", "c1"];
  underAllNames(needs, (at) => expect(Object.keys(needs).sort((x, y) => at(x) - at(y))).toEqual(expected));
});

//  d0 needs a0, b0, c0; d_i needs d_(i-1), b_i (from b0) and c_i (from c0)
test("dependents of a shared load do not all run early", () => {
  const needs: Record<string, string[]> = { a0: [], b0: [], c0: [], d0: ["a0", "b0", "c0"] };
  for (let i = 1; i < 10; i++) Object.assign(needs, { [`b${i}`]: ["b0"], [`c${i}`]: ["c0"] });
  for (let i = 1; i < 10; i++) needs[`d${i}`] = [`d${i - 1}`, `b${i}`, `c${i}`];
  underAllNames(needs, (at, peak) => {
    expect(Array.from({ length: 10 }, (_, i) => at(`d${i}`))).toEqual([3, 6, 9, 12, 15, 18, 21, 24, 27, 30]);
    expect(peak).toBe(5);
  });
});

// The best that is possible. Dask 2026.8.0 holds as many, but of the last two one more.
const named: readonly (readonly [string, number, Needs])[] = [
  [
    "a binary tree of 8 leaves",
    4,
    {
      ...Object.fromEntries([0, 1, 2, 3, 4, 5, 6, 7].map((i) => [`l${i}`, []])),
      ...Object.fromEntries([0, 1, 2, 3].map((i) => [`m${i}`, [`l${2 * i}`, `l${2 * i + 1}`]])),
      n0: ["m0", "m1"],
      n1: ["m2", "m3"],
      r: ["n0", "n1"],
    },
  ],
  [
    "windows over five roots",
    3,
    {
      ...Object.fromEntries(["a0", "b0", "c0", "d0", "e0"].map((key) => [key, []])),
      a1: ["a0", "b0", "c0"],
      b1: ["b0", "c0", "d0"],
      c1: ["c0", "d0", "e0"],
      d1: ["d0", "e0"],
      e1: ["e0"],
    },
  ],
  [
    "two halves of three roots",
    5,
    {
      ...Object.fromEntries([0, 1, 2, 3, 4, 5].map((i) => [`a${i}`, []])),
      ...Object.fromEntries([0, 1, 3, 4].map((i) => [`b${i}`, [`a${i}`, `a${i + 1}`]])),
      ...Object.fromEntries([0, 1, 3, 4].map((i) => [`s${i}`, [`b${i}`]])),
      end: ["s0", "s1", "s3", "s4"],
    },
  ],
  ["a leaf beside a chain", 1, { a: [], b: ["a"], c: ["a"], d: ["c"] }],
  [
    "three pairs that share",
    2,
    {
      a: [],
      c: [],
      e: [],
      cc: [],
      b: ["a", "c"],
      d: ["c", "e"],
      bb: ["cc"],
      aa: ["d", "bb"],
      dd: ["cc"],
    },
  ],
];

test.each(named)("%s holds at most %i results", (_, limit, needs) => {
  underAllNames(needs, (__, peak) => expect(peak).toBeLessThanOrEqual(limit));
});

test("every task comes after what it needs", () => {
  const random = seededRandom(5);
  const needs = Object.fromEntries(
    Array.from({ length: 500 }, (_, i) => [
      `k${i}`,
      [...new Set(Array.from({ length: Math.min(i, 3) }, () => `k${Math.floor(random() * i)}`))],
    ]),
  );
  const positions = order(graphOf(needs));
  expect([...positions.values()].sort((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, i) => i));
  for (const [key, keys] of Object.entries(needs)) {
    for (const needed of keys) expect(positions.get(needed)!).toBeLessThan(positions.get(key)!);
  }
});

test("a product of matrices in 6 x 6 blocks holds fewer results than both factors have", () => {
  const needs: Record<string, string[]> = {};
  const range = [0, 1, 2, 3, 4, 5];
  for (const i of range) for (const k of range) Object.assign(needs, { [`a${i}${k}`]: [], [`b${i}${k}`]: [] });
  for (const i of range) {
    for (const j of range) {
      for (const k of range) needs[`p${i}${j}${k}`] = [`a${i}${k}`, `b${k}${j}`];
      needs[`c${i}${j}`] = range.map((k) => `p${i}${j}${k}`);
    }
  }
  // Dask 2026.8.0: 72. One factor, a row of the other and its products: 36 + 6 + 6.
  expect(diagnostics(graphOf(needs)).peak).toBeLessThanOrEqual(48);
});

const MANY = 200_000;
const large: readonly (readonly [string, (i: number) => readonly number[]])[] = [
  ["a chain", (i) => (i === 0 ? [] : [i - 1])],
  ["one task that needs all others", (i) => (i < MANY - 1 ? [] : Array.from({ length: i }, (_, k) => k))],
  ["one task that all others need", (i) => (i === 0 ? [] : [0])],
  ["a wheel: a chain whose tasks all need the first", (i) => (i < 2 ? [0].slice(0, i) : [0, i - 1])],
  ["a tree of pairs", (i) => (i <= MANY / 2 ? [] : [2 * i - MANY - 2, 2 * i - MANY - 1])],
];

test.each(large)("%s of 200,000 tasks is ordered without deep recursion or a quadratic step", (_, needsOf) => {
  const start = new Int32Array(MANY + 1);
  const to: number[] = [];
  for (let i = 0; i < MANY; i++) {
    for (const needed of needsOf(i)) to.push(needed);
    start[i + 1] = to.length;
  }
  const position = orderLinks({ size: MANY, start, to: Int32Array.from(to) });
  expect(new Set(position).size).toBe(MANY);
  let early = 0;
  for (let i = 0; i < MANY; i++)
    for (let k = start[i]!; k < start[i + 1]!; k++) if (position[to[k]!]! > position[i]!) early++;
  expect(early).toBe(0);
});

test("a cycle cannot be ordered", () => {
  expect(() => order(graphOf({ a: ["b"], b: ["a"] }))).toThrow("a -> b -> a");
});
