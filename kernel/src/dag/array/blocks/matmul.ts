/**
 * Multiplies blocks as matrices.
 * @module
 */
import type { Blas } from "../../blas/blas.js";
import { findBlas } from "../../blas/find-blas.js";
import { arena } from "../../memory/arena.js";
import type { Block } from "../../memory/block.js";
import { type DType, fillElements, isFloat, setElements } from "../../memory/dtype.js";
import { addBlasProduct } from "./blas-product.js";
import { newBlock } from "./scratch.js";
import { type Factor, WasmProduct } from "./wasm-product.js";

/** How the blocks of a product are read. */
export interface ProductPlan {
  /** the left factors are stored `[k_i, m]`, else `[m, k_i]` */
  readonly isLeftTransposed: boolean;
  /** the right factors are stored `[n, k_i]`, else `[k_i, n]` */
  readonly isRightTransposed: boolean;
  /** the first block is a sum to which the products are added */
  readonly isContinued: boolean;
}

/**
 * The sum of products of pairs of blocks, added up in one new block.
 * @param blocks the sum so far, if the plan says so; left factors; as many right factors
 */
export function multiplyBlocks(plan: ProductPlan, ...blocks: readonly Block[]): Block {
  const factors = plan.isContinued ? blocks.slice(1) : blocks;
  const pairs = factors.length / 2;
  const lefts = factors.slice(0, pairs).map((block) => ({ block, isTransposed: plan.isLeftTransposed }));
  const rights = factors.slice(pairs).map((block) => ({ block, isTransposed: plan.isRightTransposed }));
  const [m] = sizesOf(lefts[0]);
  const [, n] = sizesOf(rights[0]);
  const { dtype } = factors[0];
  return newBlock(dtype, [m, n], factors[0], (output, scratch) => {
    const elements = arena().elements(output);
    const blas = blasFor(dtype);
    const present = lefts.flatMap((left, i) => (sizesOf(left)[1] > 0 ? [{ left, right: rights[i] }] : []));
    if (plan.isContinued) setElements(elements, arena().elements(blocks[0]));
    else if (blas === undefined || present.length === 0) fillElements(elements, 0);
    if (m === 0 || n === 0) return;
    const wasm = blas === undefined && present.length > 0 ? new WasmProduct(output, scratch) : undefined;
    for (const [i, { left, right }] of present.entries()) {
      const k = sizesOf(left)[1];
      wasm?.add(left, right, k);
      if (blas !== undefined) addBlasProduct(blas, output, left, right, k, plan.isContinued || i > 0 ? 1 : 0);
    }
  });
}

/** The BLAS that computes with this element type, if there is one. */
export function blasFor(dtype: DType): Blas | undefined {
  return isFloat(dtype) ? findBlas().found?.blas : undefined;
}

/** Rows and columns of a factor. */
function sizesOf({ block: { shape }, isTransposed }: Factor): readonly [number, number] {
  return isTransposed ? [shape[1], shape[0]] : [shape[0], shape[1]];
}
