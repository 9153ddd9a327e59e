import { mergedCompletion } from "../../../../kernel/src/session/types/merged-completion.js";
import type { TypedCompletions } from "../../../../kernel/src/session/types/type-checker.js";

const typed: TypedCompletions = {
  cursorStart: 2,
  cursorEnd: 4,
  isClosed: false,
  entries: [
    { name: "bark", kind: "method", signature: "(): void" },
    { name: "name", kind: "property" },
  ],
};
const runtime = {
  cursorStart: 2,
  cursorEnd: 4,
  entries: [
    { text: "name", type: "instance" },
    { text: "nick", type: "property" },
  ],
};

test("types come first, then what only the values know", () => {
  expect(mergedCompletion(typed, runtime)).toEqual({
    cursorStart: 2,
    cursorEnd: 4,
    entries: [
      { text: "bark", type: "method", signature: "(): void" },
      { text: "name", type: "property" },
      { text: "nick", type: "property" },
    ],
  });
});

test("where nothing else fits, and where the values complete another part of the code, types stand alone", () => {
  const names = ["bark", "name"];
  const textsOf = (merged: ReturnType<typeof mergedCompletion>) => merged.entries.map(({ text }) => text);
  expect(textsOf(mergedCompletion({ ...typed, isClosed: true }, runtime))).toEqual(names);
  expect(textsOf(mergedCompletion(typed, { ...runtime, cursorStart: 1 }))).toEqual(names);
  expect(textsOf(mergedCompletion(typed, undefined))).toEqual(names);
});

test("where types are silent the values speak, and where both are nothing is completed", () => {
  expect(mergedCompletion(undefined, runtime)).toEqual(runtime);
  expect(mergedCompletion({ ...typed, entries: [] }, runtime)).toEqual(runtime);
  expect(mergedCompletion(undefined, undefined)).toEqual({ entries: [], cursorStart: 0, cursorEnd: 0 });
});
