// Random scalar functions of three numbers a, b and c, as text, of what kernels compute bit for bit.
import fc from "fast-check";

const words = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((texts) => `(${texts.join(" ")})`);
const one = (...texts: readonly string[]) => fc.constantFrom(...texts);
const call = (name: fc.Arbitrary<string>, ...args: fc.Arbitrary<string>[]) =>
  fc.tuple(name, ...args).map(([fn, ...rest]) => `${fn}(${rest.join(", ")})`);
const limits = { maxDepth: 5, depthSize: "medium" } as const;

const leaf = fc.oneof(
  { weight: 6, arbitrary: one("a", "b", "c") },
  one(
    "0",
    "-0",
    "1",
    "2",
    "-3",
    "0.5",
    "1e300",
    "NaN",
    "Infinity",
    "Math.PI",
    "Number.MAX_SAFE_INTEGER",
    "k",
    "p.q[1]",
  ),
);
const functions = one(
  ...["sqrt", "abs", "floor", "ceil", "trunc", "round", "sign", "fround"].map((name) => `Math.${name}`),
  "Number",
  "half",
);

/** `truth` is a boolean, `value` a number or a boolean. */
const { body } = fc.letrec<Record<"number" | "truth" | "value" | "body", string>>((tie) => {
  const [number, truth, value] = [tie("number"), tie("truth"), tie("value")];
  const both = one("&&", "||");
  return {
    number: fc.oneof(
      limits,
      leaf,
      words(number, one("+", "-", "*", "/", "%"), number),
      words(one("-", "+"), number),
      words(value, one("+", "*"), value),
      words(call(functions, value), one("** 2", "** 0.5", "** 1", "** -1", "** 0")),
      call(functions, value),
      call(one("Math.min", "Math.max"), number, value),
      words(value, one("?"), number, one(":"), number),
      words(number, both, number),
    ),
    truth: fc.oneof(
      limits,
      one("true", "false"),
      words(number, one("<", "<=", ">", ">=", "===", "!=="), number),
      words(value, one("==", "!=", "<"), value),
      words(one("!"), value),
      words(truth, one("&&", "||", "==="), truth),
      words(truth, one("?"), truth, one(":"), truth),
      call(one("isNaN", "isFinite", "Number.isNaN", "Number.isInteger", "Boolean"), number),
    ),
    value: fc.oneof(limits, { weight: 3, arbitrary: number }, truth, words(truth, both, number)),
    body: fc.oneof(
      value.map((x) => `return ${x};`),
      truth.map((x) => `return ${x};`),
      fc.tuple(number, number).map(([x, y]) => `const d = ${x}; { const e = d + 1; return d * ${y} - e; }`),
      fc.tuple(value, number, value).map(([test, x, y]) => `if (${test}) { return ${x}; } const d = ${y}; return d;`),
      fc.tuple(value, truth, truth).map(([test, x, y]) => `if (${test}) return ${x}; else return !${y};`),
    ),
  };
});

/** Bodies of functions; beside a, b and c they use the captured number k, object p and function half. */
export const scalarBodies: fc.Arbitrary<string> = body;
