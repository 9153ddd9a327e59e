import { jest } from "@jest/globals";
import { useEngine } from "../../../kernel/src/dag/context.js";
import { delayed } from "../../../kernel/src/dag/delayed.js";
import { LARGE_BYTES } from "../../../kernel/src/dag/large-data.js";
import { InlineEngine } from "../../support/inline-engine.js";

let engine: InlineEngine;
let told: string[];
beforeEach(() => {
  engine = new InlineEngine();
  useEngine(engine);
  told = [];
  jest.spyOn(process.stderr, "write").mockImplementation((text) => told.push(String(text)) > 0);
});
afterEach(() => {
  useEngine(undefined);
  jest.restoreAllMocks();
});

const lengthOf = (list: { readonly length: number }, extra: number) => list.length + extra;

test("large data given to many calls is one node, and is told once with its size and the cure", async () => {
  const length = delayed(lengthOf, { name: "length" });
  const big = new Float64Array(LARGE_BYTES / 8);
  const total = delayed((...lengths: number[]) => lengths.reduce((a, b) => a + b));
  expect(await total(length(big, 0), length(big, 1), length(new Float64Array(big), 0)).compute()).toBe(
    3 * big.length + 1,
  );
  expect(told).toEqual([
    expect.stringMatching(
      /^dagbook: an argument of length is about 10\.0 MiB of data\. It is one node of the graph now; make it lazy once, const data = delayed\(value\)/,
    ),
  ]);
});

test.each([
  ["a list", () => Array.from({ length: 1_400_000 }, (_, i) => i)],
  ["objects", () => Array.from({ length: 200_000 }, (_, i) => ({ name: "x".repeat(50), i }))],
  ["texts in an object", () => ({ length: 0, text: "x".repeat(6_000_000) })],
])("%s of that size is found by a few samples", (_what, make) => {
  delayed(lengthOf)(make(), 0);
  expect(told).toHaveLength(1);
});

test("small data, and large lists of lazy results, are no large data", () => {
  const length = delayed(lengthOf);
  length([1, 2, 3], 0);
  length(new Float64Array(1000), 0);
  length(
    Array.from({ length: 10_000 }, () => delayed(1)),
    0,
  );
  expect(told).toEqual([]);
});

test("equal large data gives equal keys to pure calls", () => {
  const length = delayed(lengthOf, { pure: true });
  const make = () => new Float64Array(LARGE_BYTES / 8);
  expect(length(make(), 0).key).toBe(length(make(), 0).key);
});
