import type { MimeBundle } from "../../../kernel/src/dag/context.js";
import { useGraphDisplay } from "../../../kernel/src/dag/context.js";
import { delayed } from "../../../kernel/src/dag/delayed.js";
import { visualize, visualizeWith } from "../../../kernel/src/dag/visualize.js";
import { displaySymbol } from "../../../kernel/src/symbols.js";

const inc = (key: string) => delayed((x: number) => x + 1, { name: "inc", key });
const add = delayed((a: number, b: number) => a + b, { name: "add", key: "total" });
const total = () => add(inc("a")(inc("b")(1)), inc("c")(2));

afterEach(() => useGraphDisplay(() => ({ "text/plain": "" })));

test("a graph is text without a kernel, one line per task", () => {
  expect(String(visualize(total()))).toBe("add: 4 tasks\n  b\n  a <- b\n  c\n  total <- a, c");
});

test("with optimize it shows what would run", () => {
  expect(String(visualizeWith({ optimize: true, title: "t" }, total()))).toBe(
    "t: 3 tasks\n  b-a\n  c\n  total <- b-a, c",
  );
});

test("a large graph is listed by groups", () => {
  const sum = delayed((list: readonly number[]) => list.length, { name: "sum" });
  const many = sum(Array.from({ length: 50 }, (_, i) => inc(`inc-${i}`)(i)));
  expect(String(many.visualize())).toBe("sum: 51 tasks\n  inc x 50\n  sum x 1");
});

test("a lazy result as the value of a cell draws its graph", () => {
  const shown: unknown[] = [];
  useGraphDisplay((started): MimeBundle => {
    shown.push(started);
    return { "image/svg+xml": "<svg/>" };
  });
  expect(total()[displaySymbol]()).toEqual({ "image/svg+xml": "<svg/>" });
  expect(shown).toEqual([
    {
      type: "start",
      run: "",
      time: expect.any(Number),
      title: "add",
      cell: undefined,
      workers: 0,
      keys: ["b", "a", "c", "total"],
      groups: ["inc", "add"],
      groupOf: Int32Array.of(0, 0, 0, 1),
      dependencyStart: Int32Array.of(0, 0, 1, 1, 3),
      dependencies: Int32Array.of(0, 1, 2),
    },
  ]);
});
