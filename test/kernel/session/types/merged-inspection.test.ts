import { inspect } from "../../../../kernel/src/session/inspection/inspect.js";
import { mergedInspection } from "../../../../kernel/src/session/types/merged-inspection.js";

const place = { cursorStart: 0, cursorEnd: 4 };
const cell =
  "/** The rows. */\nlet mergedRows: number[] = [1, 2];\n/** Doubles. */\nfunction mergedTwice(a) { return a * 2 }";

beforeAll(() => {
  Object.assign(globalThis, { mergedRows: [1, 2], mergedTwice: new Function("a", "return a * 2") });
});
afterAll(() => {
  for (const name of ["mergedRows", "mergedTwice"]) Reflect.deleteProperty(globalThis, name);
});

test("signature and documentation stand above the value, and the comment is there once", () => {
  const typed = { ...place, signature: "let mergedRows: number[]", documentation: "The rows." };
  const merged = mergedInspection(typed, inspect("mergedRows", 3, 0, [cell]));
  expect(merged).toMatchObject({ found: true, metadata: {} });
  const data = merged.found ? merged.data : {};
  expect(data["text/plain"]).toMatch(
    /^let mergedRows: number\[\]\n\nThe rows\.\n\nmergedRows: Array of 2 items[\s\S]*1, 2/,
  );
  expect(data["text/markdown"]).toMatch(/^```ts\nlet mergedRows: number\[\]\n```\n\nThe rows\.\n\n\*\*mergedRows\*\*/);
  for (const text of Object.values(data)) expect(String(text).match(/The rows\./g)).toHaveLength(1);
});

test("of a function the values say nothing new, unless its source is asked for", () => {
  const typed = { ...place, signature: "function mergedTwice(a: any): number", documentation: "Doubles." };
  expect(mergedInspection(typed, inspect("mergedTwice", 3, 0, [cell]))).toEqual({
    found: true,
    data: {
      "text/plain": "function mergedTwice(a: any): number\n\nDoubles.",
      "text/markdown": "```ts\nfunction mergedTwice(a: any): number\n```\n\nDoubles.",
    },
    metadata: {},
  });
  const whole = mergedInspection(typed, inspect("mergedTwice", 3, 1, [cell]));
  expect(whole.found && whole.data["text/markdown"]).toContain("return a * 2");
});

test("one of both is enough", () => {
  const typed = { ...place, signature: "let a: 1", documentation: "" };
  const runtime = { found: true, data: { "text/plain": "a: number" }, metadata: { k: 1 } } as const;
  const data = { "text/plain": "let a: 1", "text/markdown": "```ts\nlet a: 1\n```" };
  expect(mergedInspection(typed, undefined)).toEqual({ found: true, data, metadata: {} });
  expect(mergedInspection(typed, { found: false })).toEqual({ found: true, data, metadata: {} });
  expect(mergedInspection(undefined, runtime)).toEqual(runtime);
  expect(mergedInspection(undefined, undefined)).toEqual({ found: false });
});
