import { Cells } from "../../../support/cells.js";

const cells = new Cells();

beforeAll(async () => {
  await cells.import("d3", "d3-array");
  await cells.import("mean", "d3-array", "mean");
  await cells.import("fs", "node:fs", "default");
  cells.run("var K = 7; var list = [1, 2, 3]; function helper(x) { return x * K; }");
  cells.run(`
    class Base { constructor(v) { this.v = v; } double() { return this.v * 2; } }
    var BaseClass = Base;
    var Point = class Point extends BaseClass { triple() { return this.double() + this.v + K; } };
    var point = new Point(5);`);
});
afterAll(() => cells.close());

test("a top-level function travels with a helper, a constant, an array and both kinds of import", async () => {
  cells.run("function useAll(x) { return helper(x) + d3.sum(list) + mean([x, x + 2]); }");
  expect(await cells.call("useAll", 3)).toBe(31);
});

test("a default import of a Node module is imported again in the worker", async () => {
  cells.run(`function statRoot() { return fs.existsSync("/") && typeof fs.readFileSync; }`);
  expect(await cells.call("statRoot")).toBe("function");
});

test("a closure travels with a local object, a typed array and an inner function", async () => {
  cells.run(`
    function maker(a) {
      const local = { scale: a, numbers: new Float64Array([a, 2, 3]) };
      const inner = (y) => y * local.scale;
      return (x) => inner(x) + local.numbers[1] + K;
    }
    var made = maker(10);`);
  expect(await cells.call("made", 4)).toBe(49);
});

test("functions that call each other travel together", async () => {
  cells.run(`
    function even(n) { return n === 0 ? true : odd(n - 1); }
    function odd(n) { return n === 0 ? false : even(n - 1); }`);
  expect(await cells.call("even", 10)).toBe(true);
  expect(await cells.call("odd", 10)).toBe(false);
});

test("an instance travels with its class and the class it extends", async () => {
  cells.run("function tripled() { return point.triple(); } function build(q) { return new Point(q).triple(); }");
  expect(await cells.call("tripled")).toBe(22);
  expect(await cells.call("build", 2)).toBe(13);
});

test("methods of an object travel: plain, async, generator, getter and computed", async () => {
  cells.run(`
    var object = {
      plain(x) { return x + K; },
      async later(x) { return x + 1; },
      *count(n) { yield K; yield n; },
      get seven() { return K; },
      ["com" + "puted"](x) { return x - K; },
      "quoted name"(x) { return -x; },
    };
    var countAll = (n) => [...object.count(n)];
    var getter = Object.getOwnPropertyDescriptor(object, "seven").get;`);
  expect(await cells.call("object.plain", 1)).toBe(8);
  expect(await cells.call("object.later", 1)).toBe(2);
  expect(await cells.call("countAll", 1)).toEqual([7, 1]);
  expect(await cells.call("getter")).toBe(7);
  expect(await cells.call("object.computed", 10)).toBe(3);
  expect(await cells.call("object['quoted name']", 10)).toBe(-10);
});

test("a method of a class travels without its class", async () => {
  expect(
    await cells.call("(class { add(x) { return x + K; } static twice(x) { return 2 * x; } }).prototype.add", 1),
  ).toBe(8);
  expect(await cells.call("(class { static twice(x) { return 2 * x; } }).twice", 4)).toBe(8);
});

test("this of a plain call is what it is in the notebook", async () => {
  cells.run("function usesThis() { return this === undefined || this === globalThis; }");
  expect(await cells.call("usesThis")).toBe(true);
});

test("strict code stays strict and sloppy code sloppy", async () => {
  cells.run(`
    function sloppy() { return this === globalThis; }
    var strict = (() => { "use strict"; return function () { return this === undefined; }; })();`);
  expect(await cells.call("sloppy")).toBe(true);
  expect(await cells.call("strict")).toBe(true);
});

test("a bound function travels with its this and its arguments", async () => {
  cells.run("var bound = function (a, b) { return this.q + a + b; }.bind({ q: 100 }, 5);");
  expect(await cells.call("bound", 2)).toBe(107);
});

test("a class with private fields may be used inside a task", async () => {
  cells.run("class Hidden { #x = 1; get() { return this.#x; } } var HiddenClass = Hidden;");
  cells.run("var usesHiddenClass = () => new HiddenClass().get();");
  expect(await cells.call("usesHiddenClass")).toBe(1);
});

test("an alias of an imported function is imported", async () => {
  cells.run("var largest = (() => { const m = d3.max; return (a) => m(a); })();");
  expect(await cells.call("largest", [3, 9, 2])).toBe(9);
});

test("shared memory is shared: the notebook sees what a task writes", async () => {
  cells.run(
    "var shared = new Float64Array(new SharedArrayBuffer(16)); var write = () => { shared[0] = 42; return 1; };",
  );
  expect(await cells.call("write")).toBe(1);
  expect(cells.run("shared[0]")).toBe(42);
});

test("an alias of a global namespace or function is that global in the worker", async () => {
  cells.run(
    "var mathy = Math; var slice = Array.prototype.slice; var root = (x) => mathy.sqrt(x); var max = Math.max;",
  );
  expect(await cells.call("root", 16)).toBe(4);
  expect(await cells.call("(a) => slice.call(a, 1)", [1, 2, 3])).toEqual([2, 3]);
  expect(await cells.call("(a, b) => max(a, b)", 4, 9)).toBe(9);
});

test("a global can itself be the function of a task", async () => {
  expect(await cells.call("Math.max", 4, 9)).toBe(9);
  expect(await cells.call("parseInt", "12px")).toBe(12);
});

test("recursion by name, default parameters and named function expressions work", async () => {
  cells.run(`
    var factorial = (n) => n < 2 ? 1 : n * factorial(n - 1);
    var defaults = (x = K, { y = helper(2) } = {}) => x + y;
    var named = (function me(n) { return n ? me(n - 1) : K; });`);
  expect(await cells.call("factorial", 5)).toBe(120);
  expect(await cells.call("defaults")).toBe(21);
  expect(await cells.call("named", 2)).toBe(7);
});

test("a name that is only probed by typeof may be missing", async () => {
  cells.run(`var inBrowser = () => typeof window !== "undefined" && window.name;`);
  expect(await cells.call("inBrowser")).toBe(false);
});

test("maps, sets, dates, regular expressions, buffers and errors are captured as what they are", async () => {
  cells.run(`
    var map = new Map([["twice", (x) => 2 * x]]), set = new Set([helper]), day = new Date(0), pattern = /a+/g;
    var bytes = Buffer.from("abc"), problem = new RangeError("too far"), big = 10n, nothing = undefined, zero = -0;
    var describe = () => [map.get("twice")(4), [...set][0](1), day.toISOString(), "caat".match(pattern)[0],
      bytes.toString("hex"), problem instanceof RangeError, String(big), nothing === undefined, Object.is(zero, -0)];`);
  expect(await cells.call("describe")).toEqual([
    8,
    7,
    "1970-01-01T00:00:00.000Z",
    "aa",
    "616263",
    true,
    "10",
    true,
    true,
  ]);
});

test("an address is captured as what it is", async () => {
  cells.run(`var folder = new URL("file:///data/"); var place = (name) => new URL(name, folder).pathname;`);
  expect(await cells.call("place", "flights.json")).toBe("/data/flights.json");
});

test("circles among captured values survive", async () => {
  cells.run(`
    var parent = { name: "parent", children: [] };
    parent.children.push({ parent, hello: () => parent.name });
    var circle = () => parent.children[0].parent === parent && parent.children[0].hello();`);
  expect(await cells.call("circle")).toBe("parent");
});

test("what two variables share stays shared", async () => {
  cells.run("var state = { n: 0 }; var states = [state]; var step = () => { states[0].n += 1; return state.n; };");
  expect(await cells.call("step")).toBe(1);
});

test("captured values are those of the moment of shipping", async () => {
  cells.run("var rows = [1, 2]; var rowCount = () => rows.length;");
  const shipped = cells.ship("rowCount");
  cells.run("rows.push(3)");
  expect(await cells.callShipped(shipped)).toBe(2);
  expect(await cells.call("rowCount")).toBe(3);
});

test("properties of a function object travel with it", async () => {
  cells.run("function counted(x) { return x * counted.factor; } counted.factor = 3;");
  expect(await cells.call("counted", 4)).toBe(12);
});

test("a class whose name only its heritage uses keeps its parent", async () => {
  cells.run(`var Local = (() => { class A { one() { return 1; } } class B extends A { two() { return 2; } } return B; })();
    var useLocal = () => { const b = new Local(); return b.one() + b.two(); };`);
  expect(await cells.call("useLocal")).toBe(3);
});

test("static members are evaluated with the helpers they call", async () => {
  cells.run(
    "var Static = class { static base = helper(2); static more() { return this.base + K; } }; Static.extra = 100;",
  );
  expect(await cells.call("() => Static.more() + Static.extra")).toBe(121);
});

test("require and dynamic import resolve from the folder of the notebook", async () => {
  cells.run(`
    var viaRequire = (x) => require("node:path").basename(x) + typeof require("d3-array").sum;
    var viaImport = async (a) => { const { sum } = await import("d3-array"); return sum(a); };`);
  expect(await cells.call("viaRequire", "/a/b")).toBe("bfunction");
  expect(await cells.call("viaImport", [1, 2, 3])).toBe(6);
});

test("a module of Node found by its value is imported, not copied", async () => {
  cells.run(`var path = process.getBuiltinModule("node:path"); var { extname } = path;`);
  expect(await cells.call("(x) => path.extname(x)", "a.csv")).toBe(".csv");
  expect(await cells.call("(x) => extname(x)", "a.csv")).toBe(".csv");
});

test("the stack of an error in a worker names the cell, the line and the function", async () => {
  cells.run("var first = 1;\nvar fails = (row) => {\n  const name = row.name;\n  return name.first.length;\n};");
  const error = await cells.call("fails", { name: {} }).catch((thrown: unknown) => thrown);
  expect((error as Error).stack).toMatch(/at fails \(cell-\d+\.ts:4:21\)/);
});

test.each([
  ["a function", "var before = 0;  function fails(x) { return x.y.z; }"],
  ["an async arrow", "var before = 0; var fails = async  (x) => x.y.z;"],
  ["a method", "var fails = { after: 1,  async  fails (x) { return x.y.z; } }.fails;"],
  ["a class", "var Failing = class  { a = 1; constructor (x) { x.y.z; } };\nvar fails = (x) => new Failing(x);"],
])("the first stack line of %s is the same in the worker as in the notebook", async (_kind, code) => {
  const fails = cells.run(`${code} fails`) as (x: object) => unknown;
  const frame = async (run: () => unknown): Promise<string | undefined> => {
    const error = await Promise.resolve()
      .then(run)
      .catch((thrown: unknown) => thrown);
    return /\(?(cell-\d+\.ts:\d+:\d+)/.exec((error as Error).stack ?? "")?.[1];
  };
  const local = await frame(() => fails({}));
  expect(local).toMatch(/^cell-/);
  expect(await frame(() => cells.call("fails", {}))).toBe(local);
});

test("a property, an own property of a function and a variable may be named __proto__", async () => {
  cells.run(`
    var odd = Object.defineProperty({ f() { return 1; } }, "__proto__", { value: 7, enumerable: true });
    var tagged = Object.defineProperty(() => 2, "__proto__", { value: { a: 3 }, enumerable: true });
    function names() { return [Object.keys(odd), Object.keys(tagged), tagged()]; }
    function around() { const __proto__ = 5; return () => __proto__; }
    var inner = around();`);
  expect(await cells.call("names")).toEqual([["f", "__proto__"], ["__proto__"], 2]);
  expect(await cells.call("inner")).toBe(5);
});

test("an import that a worker does not find in its module fails with the name", async () => {
  cells.importName("gone", { specifier: new URL("../../../support/twice.mjs", import.meta.url).href, export: "gone" });
  cells.run("var gone = 1; function useGone() { return gone; }");
  await expect(cells.call("useGone")).rejects.toThrow(/function useGone uses 'gone' of the module '.*twice.mjs'/);
});
