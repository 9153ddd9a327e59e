import vm from "node:vm";
import { hasPlainPrototype, isBuiltinData, isClass, isObject } from "../../kernel/src/kinds.js";

const ofCell = (code: string): object => vm.runInThisContext(`(${code})`);

test("kinds are told apart also for values of another realm, such as a cell's", () => {
  const values = [
    "{ a: 1 }",
    "Object.create(null)",
    "[1]",
    "new Map()",
    "new Date(0)",
    "new (class A {})()",
    "class {}",
  ];
  const kinds = values.map(ofCell).map((value) => [hasPlainPrototype(value), isBuiltinData(value), isObject(value)]);
  expect(kinds).toEqual([
    [true, false, true],
    [true, false, true],
    [false, false, true],
    [false, false, true],
    [false, true, true],
    [false, false, true],
    [false, false, true],
  ]);
});

test.each(["new Uint8Array(1)", "new ArrayBuffer(1)", "/x/", "new RangeError()", "Object(1)", "Buffer.from('a')"])(
  "%s is built-in data",
  (code) => expect(isBuiltinData(ofCell(code))).toBe(true),
);

test("only what is written as a class is one", () => {
  expect(["class A {}", "class{}", "function classy() {}", "() => 1"].map(ofCell).map(isClass)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test.each([null, undefined, 0, "text", Symbol("s"), 1n])("%p is no object", (value) => {
  expect(isObject(value)).toBe(false);
});
