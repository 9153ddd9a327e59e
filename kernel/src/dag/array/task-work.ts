/**
 * How long tasks of arrays take at most, about: what little work there is needs no worker.
 * @module
 */
import { Task } from "../graph/index.js";
import { isLong } from "../memory/dtype.js";
import { sizeOf } from "../memory/strides.js";
import { bytesOf, resultDtype } from "./block-bytes.js";
import type { Shape } from "./chunks.js";
import type { CompiledGroup } from "./compile-group.js";
import { expensiveSteps } from "./emitter/expression.js";

// Nanoseconds, estimated with room for a slower processor: what is called short must not turn out long.
/** of a call with everything around it */
const TASK_NS = 10_000;
/** of one step for one element, and of reading and writing it */
const STEP_NS = 1;
/** of an exponential, a logarithm, a power … */
const EXPENSIVE_NS = 12;
/** of a 64-bit integer: most of their operations are no vector instructions */
const LONG_NS = 8;
/** of an element that is copied into another order, or folded in JavaScript */
const COPY_NS = 20;
/** of a position outside the innermost two axes: a call of the kernel for each */
const OUTER_NS = 2_000;

/**
 * What the graph is told of a kernel on one block of the index space of its group.
 * @param shape of the block
 * @param args of the task; one that reads inside may read a file, and nobody knows how long that takes
 */
export function kernelOptions(
  compiled: CompiledGroup,
  shape: Shape,
  args: readonly unknown[],
): { readonly name: string; readonly memory: number; readonly work?: number } {
  const stored = shape.filter((_, axis) => !compiled.plan.reduce?.axes.includes(axis));
  const options = { name: compiled.label, memory: bytesOf(stored, resultDtype(compiled)) };
  return args.some((arg) => arg instanceof Task) ? options : { ...options, work: kernelWork(compiled, shape) };
}

/** Nanoseconds of a kernel. */
function kernelWork({ plan, leaves }: CompiledGroup, shape: Shape): number {
  const { expression, ranges } = plan;
  const { steps } = expression;
  const longs = steps.filter(({ dtype }) => isLong(dtype)).length;
  const inOrder = leaves.filter(({ axes }) => axes.every((axis, i) => i === 0 || axis > axes[i - 1]));
  const copied = leaves.length - inOrder.length + ranges.length;
  const perElement =
    STEP_NS * (1 + leaves.length + steps.length) +
    EXPENSIVE_NS * expensiveSteps(expression) +
    LONG_NS * longs +
    COPY_NS * copied;
  return TASK_NS + sizeOf(shape) * perElement + OUTER_NS * sizeOf(shape.slice(0, -2));
}

/** Nanoseconds of a task that copies or folds so many elements in JavaScript. */
export function copyWork(elements: number): number {
  return TASK_NS + elements * COPY_NS;
}
