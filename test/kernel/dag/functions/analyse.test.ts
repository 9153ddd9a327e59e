import { analyse } from "../../../../kernel/src/dag/functions/analyse.js";
import { ShipError } from "../../../../kernel/src/errors.js";

test.each([
  ["(x) => x + y", ["y"]],
  [
    "function f({ a = b, ...rest }, [c]) { let d = e; for (const g of h) { d += g; } return f(a, rest, c, d); }",
    ["b", "e", "h"],
  ],
  ["function () { return arguments.length; }", []],
  ["(x) => { function inner() { return late; } var late = x; return inner; }", []],
  ["class P extends Q { static s = t; m(x = u) { return v + x; } }", ["Q", "t", "u", "v"]],
  ["async m(x) { try { await x; } catch (problem) { throw wrap(problem); } }", ["wrap"]],
  ["(x) => ({ x, y, z: w, [k]: 1 })", ["y", "w", "k"]],
  ["(x) => [x, tag`text`, typeof probe]", ["tag", "probe"]],
])("free names of %s are %j", (source, names) => {
  expect(analyse(source).free).toEqual(names);
});

test.each([
  ["() => { a = 1; b += 1; c++; [d] = []; ({ e } = {}); for (f of []); g.h = 1; }", ["a", "b", "c", "d", "e", "f"]],
  ["(a) => { a = 1; let b; b = 2; }", []],
])("assigned free names of %s are %j", (source, names) => {
  expect([...analyse(source).written]).toEqual(names);
});

test.each([
  ["() => this", true],
  ["() => arguments[0]", true],
  ["() => function () { return this; }", false],
  ["function () { return () => this; }", false],
  ["() => class { field = this; }", false],
  ["() => ({ m() { return () => this; } })", false],
])("%s takes this from outside: %j", (source, expected) => {
  expect(analyse(source).usesOuterThis).toBe(expected);
});

test.each([
  ["m() { return super.m(); }", true],
  ["() => ({ m() { return super.m(); } })", false],
  ["class A extends B { m() { return super.m(); } }", false],
])("%s takes super from outside: %j", (source, expected) => {
  expect(analyse(source).usesOuterSuper).toBe(expected);
});

test("a computed method name is replaced: it cannot be computed again", () => {
  const { source, key } = analyse("async *[Symbol.asyncIterator](x) { yield x; }");
  expect({ source, key }).toEqual({ source: "async *method(x) { yield x; }", key: "method" });
});

test("text that is no function is refused with its beginning", () => {
  expect(() => analyse("1 +")).toThrow(ShipError);
  expect(() => analyse("1 +")).toThrow('the source of a function cannot be read: "1 +"');
});
