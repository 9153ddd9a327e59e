import { type Key, keyId } from "../../../../kernel/src/dag/graph/key.js";
import { KeyIndex } from "../../../../kernel/src/dag/graph/key-index.js";

const oddKeys: readonly Key[] = [
  "x",
  "",
  0,
  "0",
  ["x"],
  ["x", 0],
  ["x", 0, 0],
  ["x", "0"],
  ["x", 1.5],
  ["x", -1],
  ["x", 2 ** 40, 3],
  ["x", ["y", 0], 0],
  ["y", 1],
  [0, 1],
  [],
];

test("tells keys apart as their ids do, in whatever order they come", () => {
  const index = new KeyIndex();
  const numbers = new Map<string, number>();
  let seed = 1;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let i = 0; i < 5_000; i++) {
    const block: Key = [["x", "y"][random(2)], ...Array.from({ length: 1 + random(3) }, () => random(9))];
    const key = random(4) === 0 ? oddKeys[random(oddKeys.length)] : block;
    expect(index.get(key)).toBe(numbers.get(keyId(key)) ?? -1);
    if (random(2) === 0) continue;
    index.set(key, i);
    numbers.set(keyId(key), i);
  }
  // Of 834 keys: enough of them came.
  expect(numbers.size).toBeGreaterThan(600);
});

test("minus zero is zero, and what is no key is refused", () => {
  const index = new KeyIndex();
  index.set(["x", -0], 7);
  expect(index.get(["x", 0])).toBe(7);
  for (const wrong of [["x", Number.NaN], ["x", undefined], {}, Number.POSITIVE_INFINITY]) {
    expect(() => index.get(wrong as Key)).toThrow("is not a key");
    expect(() => index.set(wrong as Key, 1)).toThrow("is not a key");
  }
});
