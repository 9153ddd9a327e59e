/**
 * `blockwise`: a function of the blocks that the letters of a formula bring together.
 * @see Dask `blockwise`, dask/array/blockwise.py, with `concatenate=True`
 * @module
 */
import { inspect } from "node:util";
import { ArgumentError, ChunkError, ShapeError } from "../../errors.js";
import { anyString, checkedLater, checkOptions, type Expectations } from "../check-options.js";
import { asDType, type DType } from "../memory/dtype.js";
import type { Chunks } from "./chunks.js";
import { type LazyArray, lazyArray } from "./lazy-array.js";
import { checkFunction } from "./map.js";
import { callOfBlock, infoOf, isSize } from "./map-blocks.js";
import { promote } from "./promotion.js";
import { commonCuts, inWholeUnits, rechunk } from "./unify.js";

/** Options of `blockwise`. */
export interface BlockwiseOptions {
  /** element type of the result; default: that in which the arrays meet */
  readonly dtype?: DType;
  /** letters of the result that no array has: the size of their one block, or those of several */
  readonly newAxes?: Readonly<Record<string, number | readonly number[]>>;
  /** letters whose blocks have other sizes in the result: from the size of a block to that of the result's */
  readonly adjustChunks?: Readonly<Record<string, (size: number) => number>>;
  /** what pictures call the operation; default: the name of the function, or "blockwise" */
  readonly name?: string;
}

const expectations: Expectations<BlockwiseOptions> = {
  dtype: checkedLater,
  newAxes: checkedLater,
  adjustChunks: checkedLater,
  name: anyString,
};

/**
 * The array whose block at each index of the result is what `fn` gives for the blocks of the arrays at the same letters.
 * Along letters that the result does not have, arrays are brought into one block.
 * @param formula a letter for each axis, as in "ij,jk->ik"
 * @throws {ArgumentError} if the formula does not fit the arrays
 * @throws {ShapeError} if one letter has two sizes, neither being 1
 * @throws {ChunkError} if new or adjusted sizes are no sizes of blocks
 */
export function blockwise(
  formula: string,
  fn: (...args: never[]) => unknown,
  arrays: readonly LazyArray[],
  options: BlockwiseOptions = {},
): LazyArray {
  checkOptions("blockwise", options, expectations);
  checkFunction("da.blockwise", fn);
  const { inputs, output } = parsed(formula, arrays);
  const given = arrays.map(inWholeUnits);
  const cuts = cutsOf(inputs, output, given);
  const cut = given.map((array, i) =>
    rechunk(
      array,
      inputs[i].map((letter, axis) => (array.shape[axis] === 1 ? [1] : (cuts.get(letter) ?? []))),
    ),
  );
  const chunks: Chunks = output.map((letter) => sizesOf(letter, cuts.get(letter), options));
  const name = options.name ?? (fn.name || "blockwise");
  const dtype = options.dtype === undefined ? promote(...arrays) : asDType(options.dtype);
  return lazyArray(name, chunks, dtype, {
    kind: "call",
    inputs: cut,
    call: (index) =>
      callOfBlock(
        { name, dtype, info: infoOf(chunks, index) },
        fn,
        cut.map((array, i) => {
          const at = inputs[i].map((letter, axis) =>
            array.shape[axis] === 1 ? 0 : (index[output.indexOf(letter)] ?? 0),
          );
          return { kind: "block", array, index: at };
        }),
      ),
  });
}

/** The sizes of the blocks of the result along a letter. */
function sizesOf(
  letter: string,
  cut: readonly number[] | undefined,
  { newAxes = {}, adjustChunks = {} }: BlockwiseOptions,
): readonly number[] {
  const own = cut ?? [newAxes[letter] ?? []].flat();
  if (own.length === 0) {
    throw new ArgumentError(`blockwise: no array has ${letter}: say its size, as in { newAxes: { ${letter}: 3 } }`, {
      letter,
    });
  }
  const sizes = letter in adjustChunks ? own.map((size) => adjustChunks[letter](size)) : own;
  const other = sizes.find((size) => !isSize(size) && !Number.isNaN(size));
  if (other === undefined) return sizes;
  throw new ChunkError(`blockwise: a block has ${inspect(other)} elements along ${letter}: give integers from 0 up`, {
    letter,
    sizes,
  });
}

function parsed(formula: string, arrays: readonly LazyArray[]): { inputs: readonly string[][]; output: string[] } {
  const [, left, right] = /^([a-z,]*)->([a-z]*)$/i.exec(String(formula).replaceAll(/\s/g, "")) ?? [];
  const inputs = left?.split(",").map((letters) => [...letters]) ?? [];
  const output = [...(right ?? "")];
  const fits =
    inputs.length === arrays.length && inputs.every((letters, i) => letters.length === arrays[i].shape.length);
  const isClear = [...inputs, output].every((letters) => new Set(letters).size === letters.length);
  if (fits && isClear) return { inputs, output };
  throw new ArgumentError(
    `blockwise ${inspect(formula)} does not fit ${arrays.length} arrays with ${arrays.map(({ shape }) => shape.length).join(", ")} ` +
      'axes: write one letter for each axis, each once in an array, as in "ij,jk->ik"',
    { formula },
  );
}

/** The blocks along each letter: one, if the result does not have it. */
function cutsOf(inputs: readonly string[][], output: readonly string[], arrays: readonly LazyArray[]) {
  const cuts = new Map<string, readonly number[]>();
  for (const letter of new Set(inputs.flat())) {
    const places = arrays.flatMap((array, i) => {
      const axis = inputs[i].indexOf(letter);
      return axis < 0 ? [] : [{ size: array.shape[axis], chunks: array.chunks[axis] }];
    });
    const wide = places.filter(({ size }) => size !== 1);
    const [first] = wide;
    if (wide.some(({ size }) => !Object.is(size, first.size))) {
      throw new ShapeError(
        `blockwise: ${letter} has sizes ${wide.map(({ size }) => size).join(" and ")}: they must be equal or 1`,
        { letter },
      );
    }
    const own = first === undefined ? [1] : commonCuts(wide.map(({ chunks }) => chunks));
    cuts.set(letter, output.includes(letter) || first === undefined ? own : [first.size]);
  }
  return cuts;
}
