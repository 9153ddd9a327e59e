import { inspectedAt } from "../../../../kernel/src/session/inspection/inspected-at.js";

test.each<[string, readonly string[] | undefined, number]>([
  ["ro|ws", ["rows"], 0],
  ["rows|", ["rows"], 0],
  ["|rows", ["rows"], 0],
  ["a.b|.c", ["a", "b"], 2],
  ["💥; a?.b!.c|", ["a", "b", "c"], 9],
  ["a[0]|", ["a", "0"], 2],
  ['a["b c"]|.d', ["a", "b c"], 2],
  ["f(|", ["f"], 0],
  ["f(1, |2)", ["f"], 0],
  ["m.f([1, { a: |2 }])", ["m", "f"], 2],
  ["f(g(1), |)", ["f"], 0],
  ["f(a|)", ["a"], 2],
  ["f().g|", undefined, 4],
  ["`$" + "{a|}`", ["a"], 3],
])("%j asks for %j", (marked, path, cursorPos) => {
  const [before = "", after = ""] = marked.split("|");
  expect(inspectedAt(before + after, [...before].length)).toEqual({ path, cursorPos });
});

test.each([["// a|b"], ["'a|b'"], ["if (|"], ["f(() => {|})"], ["f(function () {|})"], ["1 + |2"], ["|"], ["[|]"]])(
  "%j asks for nothing",
  (marked) => {
    const [before = "", after = ""] = marked.split("|");
    expect(inspectedAt(before + after, [...before].length)).toBe(undefined);
  },
);
