/**
 * What blocks will take in memory.
 * @module
 */
import { type DType, itemsize } from "../memory/dtype.js";
import { sizeOf } from "../memory/strides.js";
import type { Shape } from "./chunks.js";
import type { CompiledGroup } from "./compile-group.js";
import { accumulatorOf } from "./emitter/combine.js";
import { dtypeOfValue } from "./emitter/expression.js";

/** Element type of what the kernel of a group stores: of a reduction, the partial results. */
export function resultDtype({ plan: { expression, reduce } }: CompiledGroup): DType {
  const dtype = dtypeOfValue(expression, expression.result);
  return reduce === undefined ? dtype : accumulatorOf(reduce.combine, dtype);
}

/** Bytes of the elements of a block. */
export function bytesOf(shape: Shape, dtype: DType): number {
  return sizeOf(shape) * itemsize(dtype);
}
