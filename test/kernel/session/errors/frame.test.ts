import { frameOf } from "../../../../kernel/src/session/errors/frame.js";

test("a line of a stack trace is read into its parts", () => {
  expect(frameOf("    at async load (file:///home/me/a.mjs:12:5) {")).toEqual({
    before: "    at async ",
    call: "load (",
    file: "file:///home/me/a.mjs",
    line: 12,
    column: 5,
    after: ") {",
  });
});

test.each(["    at <anonymous>", "at noon we met", "Error: at cell-1.ts:1:1"])(
  "%j is no frame with a place",
  (line) => {
    expect(frameOf(line)).toBeUndefined();
  },
);

// Reading takes time with the square of the length: a megabyte of such text took minutes.
test("a printed line that only begins like a frame and is very long is no frame", () => {
  expect(frameOf(`    at ${"at (".repeat(2_000)}cell-1.ts:1:2)`)).toBeUndefined();
});
