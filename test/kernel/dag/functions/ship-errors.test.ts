import { ShipError } from "../../../../kernel/src/errors.js";
import { Cells } from "../../../support/cells.js";

const cells = new Cells();
afterAll(() => cells.close());

function refusal(code: string, expression: string): string {
  cells.run(code);
  try {
    cells.ship(expression);
  } catch (error) {
    if (!(error instanceof ShipError)) throw error;
    return error.message.replace(/cell-\d+/g, "cell-N");
  }
  return "shipped";
}

test.each([
  [
    "assigns a variable of the function around it",
    "function makeCounter() { let c = 0; return function counter() { c++; return c; }; } var counter = makeCounter();",
    "counter",
    "function counter (cell-N.ts:1) assigns to 'c', a variable of the function around it: each worker has its own " +
      "copy, so the change would be lost. Return the value instead.",
  ],
  [
    "assigns a variable of another cell",
    "var total = 0; var accumulate = (x) => { total += x; };",
    "accumulate",
    "function accumulate (cell-N.ts:1) assigns to 'total', a variable of the notebook: each worker has its own copy, " +
      "so the change would be lost. Return the value instead.",
  ],
  [
    "assigns a top-level let of a plain script",
    "let topLevelLet = 0; var assignLet = () => { topLevelLet = 1; };",
    "assignLet",
    "function assignLet (cell-N.ts:1) assigns to 'topLevelLet', a variable of the notebook: each worker has its own " +
      "copy, so the change would be lost. Return the value instead.",
  ],
  [
    "assigns by destructuring in a helper",
    "var last; function remember(x) { [last] = x; } var usesRemember = (x) => remember(x);",
    "usesRemember",
    "function usesRemember → remember (cell-N.ts:1) assigns to 'last', a variable of the notebook: each worker has its " +
      "own copy, so the change would be lost. Return the value instead.",
  ],
  [
    "assigns a global",
    "var breakFetch = () => { fetch = undefined; };",
    "breakFetch",
    "function breakFetch (cell-N.ts:1) assigns to 'fetch', a global: each worker has its own copy, so the change " +
      "would be lost. Return the value instead.",
  ],
  [
    "is an arrow with the this of the function around it",
    "function makeThis() { return () => this.q; } var outerThis = makeThis.call({ q: 1 });",
    "outerThis",
    "function anonymous (cell-N.ts:1) is an arrow function that uses 'this' or 'arguments' of the function around it: " +
      "copy what it needs into a const outside the arrow function.",
  ],
  [
    "is an arrow with the arguments of the function around it",
    "function makeArguments() { return () => arguments[0]; } var outerArguments = makeArguments(1);",
    "outerArguments",
    "function anonymous (cell-N.ts:1) is an arrow function that uses 'this' or 'arguments' of the function around it: " +
      "copy what it needs into a const outside the arrow function.",
  ],
  [
    "calls eval",
    "var evaluates = () => eval('1');",
    "evaluates",
    "function evaluates (cell-N.ts:1) calls eval: the variables it uses cannot be known. Write the code out.",
  ],
  [
    "uses super of its object",
    "var withSuper = { m() { return super.toString(); } };",
    "withSuper.m",
    "function m (cell-N.ts:1) uses super outside a class: call the method of the parent class by its name.",
  ],
  [
    "uses a private field of its class",
    "var Secret = class { #x = 1; read() { return this.#x; } };",
    "Secret.prototype.read",
    "function read (cell-N.ts:1) uses the private field #x of its class: use the whole class inside the task.",
  ],
  [
    "uses an unknown name",
    "var unknownName = () => notDefinedAnywhere + 1;",
    "unknownName",
    "function unknownName (cell-N.ts:1) uses 'notDefinedAnywhere', which is not defined. Define or import it in a " +
      "cell first.",
  ],
  [
    "captures a Promise",
    "var promise = Promise.resolve(1); var usesPromise = () => promise;",
    "usesPromise",
    "usesPromise → promise is a Promise, which cannot be sent to a worker: await it before the task uses it.",
  ],
  [
    "captures a WeakMap",
    "var weak = new WeakMap(); var usesWeak = () => weak;",
    "usesWeak",
    "usesWeak → weak is a WeakMap, which cannot be sent to a worker: build it inside the task.",
  ],
  [
    "captures a Proxy",
    "var proxy = new Proxy({}, {}); var usesProxy = () => proxy;",
    "usesProxy",
    "usesProxy → proxy is a Proxy, which cannot be sent to a worker: build it inside the task.",
  ],
  [
    "captures a generator",
    "var running = (function* () { yield 1; })(); var usesRunning = () => running;",
    "usesRunning",
    "usesRunning → running is a generator, which cannot be sent to a worker: build it inside the task.",
  ],
  [
    "captures a stream deep inside an object",
    "var socket = new (process.getBuiltinModule('node:net').Socket)(); var held = { list: [1, socket] }; " +
      "var usesHeld = () => held;",
    "usesHeld",
    "usesHeld → held.list[1] is a Socket, which cannot be sent to a worker: build it inside the task.",
  ],
  [
    "captures an instance with private fields",
    "var Private = class Private { #x = 1; get() { return this.#x; } }; var hidden = new Private(); " +
      "var usesHidden = () => hidden.get();",
    "usesHidden",
    "usesHidden → hidden is a Private, which cannot be sent to a worker (it has private fields): build it inside the " +
      "task.",
  ],
  [
    "captures an instance of a class that extends a built-in class",
    "var Table = class Table extends Map {}; var table = new Table(); var usesTable = () => table;",
    "usesTable",
    "usesTable → table is a Table, which cannot be sent to a worker (it extends the built-in Map): build it inside " +
      "the task.",
  ],
  [
    "captures an object of a class of Node",
    "var aborted = AbortSignal.abort(); var usesSignal = () => aborted.reason;",
    "usesSignal",
    "usesSignal → aborted is a AbortSignal, which cannot be sent to a worker: build it inside the task.",
  ],
  [
    "captures an instance of a class that extends a class of Node",
    "var Bus = class Bus extends EventTarget {}; var bus = new Bus(); var usesBus = () => bus;",
    "usesBus",
    "usesBus → bus is a Bus, which cannot be sent to a worker (it extends the built-in EventTarget): build it inside " +
      "the task.",
  ],
  [
    "captures a local Symbol",
    "var mark = Symbol('mark'); var usesMark = () => mark;",
    "usesMark",
    'usesMark → mark is a Symbol of this thread only, which cannot be sent to a worker: use Symbol.for("mark").',
  ],
  [
    "captures a built-in function of unknown origin",
    "var resolveIt; new Promise((resolve) => { resolveIt = resolve; }); var usesResolve = () => resolveIt;",
    "usesResolve",
    "usesResolve → resolveIt is the built-in function anonymous of unknown origin, which cannot be sent to a worker: " +
      "import it in a cell and use the imported name.",
  ],
  [
    "captures a lazy value",
    "var lazy = { [Symbol.for('dagbook.collection')]: {} }; var usesLazy = () => lazy;",
    "usesLazy",
    "usesLazy → lazy is a lazy value, which only a graph can resolve: pass it to the task as an argument.",
  ],
  [
    "captures a lazy value that can be called",
    "var lazy = Object.assign((() => 0).bind(0), { [Symbol.for('dagbook.collection')]: {} }); var usesLazy = () => lazy;",
    "usesLazy",
    "usesLazy → lazy is a lazy value, which only a graph can resolve: pass it to the task as an argument.",
  ],
])("a function that %s is refused when it is shipped", (_what, code, expression, message) => {
  expect(refusal(code, expression)).toBe(message);
});

test("a function that uses import.meta is refused when it is shipped", () => {
  const usesMeta = () => import.meta.url;
  expect(() => cells.shipValue(usesMeta)).toThrow(
    "uses import.meta, which a worker does not have: copy what it needs into a const outside the function.",
  );
});

test("the error carries the name of the variable", () => {
  cells.run("var sum = 0; var addUp = (x) => { sum += x; };");
  expect(() => cells.ship("addUp")).toThrow(expect.objectContaining({ facts: { variable: "sum" } }));
});

test("a module that the worker cannot import is named with its function", async () => {
  cells.importName("missing", { specifier: "no-such-package" });
  cells.run("var usesMissing = () => missing.run();");
  await expect(cells.call("usesMissing")).rejects.toThrow(
    "function usesMissing uses the module 'no-such-package', which a worker could not import: Cannot find package " +
      "'no-such-package'",
  );
});
