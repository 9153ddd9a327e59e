import fc from "fast-check";
import { type ChunkedArray, da } from "../../../../kernel/src/dag/array/index.js";
import type { NDArray } from "../../../../kernel/src/dag/memory/nd-array.js";
import { arrays, chunksOf, dtypesAndBool, fixed } from "../../../support/array-cases.js";
import { asNumpyValue, evaluate, withoutSignOfZero } from "../../../support/evaluate.js";
import { numpy } from "../../../support/numpy.js";

/** A value of a program: the array, and the same in Python. */
interface Value {
  readonly array: ChunkedArray;
  readonly python: string;
}
interface Input {
  readonly data: NDArray;
  readonly chunks: readonly (readonly number[])[];
}
/** Which operation, and which of the values so far it takes. */
type Choice = readonly [operation: number, a: number, b: number, c: number];

/** Bool has no difference and no sign, and integers made of bool are int64 in NumPy. */
const number = ({ array, python }: Value): Value =>
  array.dtype === "bool" ? { array: array.astype("int32"), python: `${python}.astype('i4')` } : { array, python };

const unary =
  (name: string, build: (x: ChunkedArray) => ChunkedArray, python = `np.${name}`) =>
  (a: Value) => {
    const x = number(a);
    return { array: build(x.array), python: `${python}(${x.python})` };
  };
const binary = (build: (x: ChunkedArray, y: ChunkedArray) => ChunkedArray, python: string) => (a: Value, b: Value) => {
  const [x, y] = [number(a), number(b)];
  return { array: build(x.array, y.array), python: `${python}(${x.python}, ${y.python})` };
};

/**
 * Operations whose results NumPy's equal bit for bit, but for the sign of zero. None shows that sign: the only
 * divisors are larger than 0.
 */
const operations: readonly ((a: Value, b: Value, c: Value) => Value)[] = [
  binary((x, y) => x.add(y), "np.add"),
  binary((x, y) => x.subtract(y), "np.subtract"),
  binary((x, y) => x.multiply(y), "np.multiply"),
  binary((x, y) => x.minimum(y), "np.minimum"),
  binary((x, y) => x.maximum(y), "np.maximum"),
  binary((x, y) => x.fmin(y), "np.fmin"),
  binary((x, y) => x.fmax(y), "np.fmax"),
  binary((x, y) => x.less(y), "np.less"),
  binary((x, y) => x.greaterEqual(y), "np.greater_equal"),
  binary((x, y) => x.notEqual(y), "np.not_equal"),
  (a, b) => ({ array: a.array.logicalAnd(b.array), python: `np.logical_and(${a.python}, ${b.python})` }),
  (a, b) => ({ array: a.array.logicalXor(b.array), python: `np.logical_xor(${a.python}, ${b.python})` }),
  (a, b) => ({ array: a.array.equal(b.array), python: `np.equal(${a.python}, ${b.python})` }),
  (a, b, c) => ({
    array: da.where(a.array, b.array, c.array),
    python: `np.where(${a.python}, ${b.python}, ${c.python})`,
  }),
  (a) => ({ array: a.array.logicalNot(), python: `np.logical_not(${a.python})` }),
  (a) => ({ array: a.array.isnan(), python: `np.isnan(${a.python})` }),
  (a) => ({ array: a.array.T, python: `${a.python}.T` }),
  (a) => ({ array: a.array.slice("::-1"), python: `${a.python}[::-1]` }),
  unary("square", (x) => x.square()),
  unary("sign", (x) => x.sign()),
  unary("negative", (x) => x.negative()),
  unary("abs", (x) => x.abs()),
  unary("floor", (x) => x.floor()),
  unary("rint", (x) => x.rint()),
  unary("sqrt", (x) => x.abs().sqrt(), "(lambda x: np.sqrt(np.abs(x)))"),
  unary("clip", (x) => x.clip(-50, 50), "(lambda x: np.clip(x, -50, 50))"),
  unary("mod", (x) => x.mod(7), "(lambda x: np.mod(x, 7))"),
  unary("floorDivide", (x) => x.floorDivide(3), "(lambda x: np.floor_divide(x, 3))"),
  unary("divide", (x) => x.divide(8), "(lambda x: np.divide(x, 8))"),
  unary("astype", (x) => x.astype("float64"), "(lambda x: x.astype('f8'))"),
  unary("astype", (x) => x.astype("bool").multiply(x), "(lambda x: x.astype('?') * x)"),
  (a) => ({ array: a.array.max(0, { keepdims: true }), python: `np.max(${a.python}, axis=0, keepdims=True)` }),
  (a) => ({ array: a.array.nanmin(1, { keepdims: true }), python: `np.nanmin(${a.python}, axis=1, keepdims=True)` }),
  (a) => ({ array: a.array.any(1, { keepdims: true }), python: `np.any(${a.python}, axis=1, keepdims=True)` }),
  (a) => ({ array: a.array.all(0, { keepdims: true }), python: `np.all(${a.python}, axis=0, keepdims=True)` }),
];

/** A square: all values of a program fit together, transposed ones too. */
const inputs = fc.integer({ min: 1, max: 11 }).chain((size) => {
  const one = dtypesAndBool.chain((dtype) =>
    fc.record({ data: arrays([size, size], dtype), chunks: chunksOf([size, size]) }),
  );
  return fc.tuple(one, one, one);
});
const steps = fc.array(
  fc.tuple(fc.nat({ max: operations.length - 1 }), fc.nat({ max: 30 }), fc.nat({ max: 30 }), fc.nat({ max: 30 })),
  { minLength: 3, maxLength: 9 },
);

/** The last value of a program, and the program as Python: its values stand in a list `v` and are named by number. */
function build(sources: readonly Input[], choices: readonly Choice[]): Value {
  const values = sources.map(({ data, chunks }, i): Value => {
    return { array: da.fromArray(data, { chunks }), python: `v[${i}]` };
  });
  const lines: string[] = [];
  for (const [operation, ...operands] of choices) {
    // the newest values come first, so that programs become deep
    const [a, b, c] = operands.map((back) => values[values.length - 1 - (back % values.length)]);
    const { array, python } = operations[operation](a, b, c);
    lines.push(`v.append(${python})`);
    values.push({ array, python: `v[${values.length}]` });
  }
  const { array } = values[values.length - 1];
  return { array, python: `(lambda v: [${lines.join(", ")}, v[-1]][-1])([x0, x1, x2])` };
}

test("random programs of arithmetic, comparisons, choices, transpositions and reductions equal NumPy's", () => {
  const programs = fc
    .sample(fc.tuple(inputs, steps), fixed(300))
    .map(([sources, choices]) => ({ sources, ...build(sources, choices) }));
  const expected = numpy(
    programs.map(({ sources, python }) => ({
      expression: python,
      variables: Object.fromEntries(sources.map(({ data }, i) => [`x${i}`, data])),
    })),
  );
  for (const [i, { array, python }] of programs.entries()) {
    const actual = withoutSignOfZero(asNumpyValue(evaluate(array)));
    expect({ python, ...actual }).toEqual({ python, ...withoutSignOfZero(expected[i]) });
  }
});
