/**
 * Looks elements up in ascending lists, or counts whole numbers.
 * @module
 */
import { ArgumentError } from "../../../errors.js";
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import type { DType, TypedArray } from "../../memory/dtype.js";
import type { FusedPlan, Place } from "./fused-plan.js";
import { blockFromSource } from "./fused-source.js";

/** A list in which elements are looked up. */
export interface Search {
  /** ascending */
  readonly edges: Float64Array;
  /** a place before (left) or after (right) edges that are equal to the element */
  readonly side: "left" | "right";
  readonly dtype: DType;
  /** what the result has at each place; without it the place */
  readonly values?: Float64Array;
}

/** For each element its place among the edges: how many are below it, or its value there. NaN comes after all. */
export function searchBlock(search: Search, plan: FusedPlan, place: Place, ...blocks: readonly Block[]): Block {
  const { edges, values } = search;
  const placeOf = search.side === "left" ? leftPlace : rightPlace;
  const shapeOf = (space: readonly number[]) => space;
  return blockFromSource(search.dtype, { plan, place, blocks }, shapeOf, (source, output) => {
    const target = arena().view(output);
    source.eachPiece(1, (elements, start) => {
      for (let i = 0; i < elements.length; i++) {
        const found = placeOf(edges, elements[i]);
        target[start + i] = values === undefined ? found : values[found];
      }
    });
  });
}

/** Comparisons are turned round so that they are true of NaN. */
function leftPlace(edges: Float64Array, value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (!(edges[middle] >= value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function rightPlace(edges: Float64Array, value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (!(edges[middle] > value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * How often each whole number from 0 up occurs in a block: float64 `[length]`.
 * @throws {ArgumentError} if an element is no such number below `length`
 */
export function bincountBlock(length: number, plan: FusedPlan, place: Place, ...blocks: readonly Block[]): Block {
  return blockFromSource(
    "float64",
    { plan, place, blocks },
    () => [length],
    (source, output) => {
      const counts = arena().view(output).fill(0);
      source.eachPiece(1, (elements) => countWhole(elements, counts));
    },
  );
}

function countWhole(elements: TypedArray, counts: TypedArray): void {
  for (let i = 0; i < elements.length; i++) {
    const value = elements[i];
    if (!(value >= 0 && value < counts.length && value === Math.floor(value))) {
      throw new ArgumentError(
        `bincount: element ${value} is no integer from 0 to ${counts.length - 1}: give a larger length, or integers`,
        { value, length: counts.length },
      );
    }
    counts[value]++;
  }
}
