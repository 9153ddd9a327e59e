/**
 * Turns a fusion group into the formula of its kernel and the list of arrays it reads.
 * @module
 */
import type { DType } from "../memory/dtype.js";
import type { FusedPlan, RangeSource } from "./blocks/fused-plan.js";
import type { Expression, Step } from "./emitter/expression.js";
import { type AxisMap, type FusionGroup, inputAxes, isSource } from "./fusion-groups.js";
import { type LazyArray, labelOf } from "./lazy-array.js";
import { isScalar, type Scalar } from "./promotion.js";

/** An array that a group reads block by block. */
export interface Leaf {
  readonly array: LazyArray;
  readonly axes: AxisMap;
}

/** A group ready to become tasks. */
export interface CompiledGroup {
  readonly plan: FusedPlan;
  /** in the order of the block arguments of `runFused` */
  readonly leaves: readonly Leaf[];
  /** what the view calls its tasks: the operations in the order they happen */
  readonly label: string;
}

/** A value before it has its number: numbers are known when all operands are. */
type Value =
  | { readonly kind: "leaf" | "range" | "scalar"; readonly index: number; readonly dtype: DType }
  | { readonly kind: "step"; readonly index: number; readonly dtype: DType };

/** The plan of a group. */
export function compileGroup(group: FusionGroup): CompiledGroup {
  return new GroupCompiler(group).compile();
}

class GroupCompiler {
  private readonly group: FusionGroup;
  private readonly leaves: Leaf[] = [];
  private readonly ranges: { source: RangeSource; axes: AxisMap; array: LazyArray }[] = [];
  private readonly scalars: { dtype: DType; value: Scalar }[] = [];
  private readonly steps: { op: Step["op"]; dtype: DType; inputs: Value[] }[] = [];
  private readonly values = new Map<LazyArray, Value>();

  constructor(group: FusionGroup) {
    this.group = group;
  }

  compile(): CompiledGroup {
    const members = [...this.group.members].reverse();
    for (const [array, axes] of members) this.values.set(array, this.memberValue(array, axes));
    const result = this.values.get(this.group.root);
    if (result === undefined) throw new TypeError("a fusion group contains its root");
    const expression = this.expression(result);
    const { operation } = this.group.root;
    const reduce = operation.kind === "reduce" ? { combine: operation.combine, axes: operation.axes } : undefined;
    const plan: FusedPlan = {
      id: JSON.stringify(expression),
      expression,
      scalars: this.scalars.map(({ value }) => value),
      ranges: this.ranges.map(({ source }) => source),
      axes: [...this.leaves, ...this.ranges].map(({ axes }) => axes),
      reduce,
    };
    const labels = members.map(([array]) => labelOf(array)).filter((label, i, all) => label !== all[i - 1]);
    return { plan, leaves: this.leaves, label: shortened(labels) };
  }

  /** The value of a member; its inputs are members compiled before, leaves or sources. */
  private memberValue(array: LazyArray, axes: AxisMap): Value {
    const { operation, dtype } = array;
    switch (operation.kind) {
      case "elementwise": {
        const inputs = operation.operands.map((operand) =>
          isScalar(operand) ? this.scalar(operand, operation.inputs) : this.input(array, operand, axes),
        );
        return this.step(operation.op, dtype, inputs);
      }
      case "transpose":
      case "reduce":
        return this.input(array, operation.input, axes);
      case "task": {
        const { fused } = operation;
        if (fused === undefined) return this.source(array, axes);
        const value = this.input(array, fused.input, axes);
        return value.dtype === fused.dtype ? value : this.step("cast", fused.dtype, [value]);
      }
      default:
        return this.source(array, axes);
    }
  }

  private input(consumer: LazyArray, input: LazyArray, axes: AxisMap): Value {
    if (this.group.members.has(input)) {
      const value = this.values.get(input);
      if (value !== undefined) return value;
    }
    const own = inputAxes(consumer, input, axes);
    return isSource(input) ? this.source(input, own) : this.leaf(input, own);
  }

  private source(array: LazyArray, axes: AxisMap): Value {
    const { operation, dtype } = array;
    if (operation.kind === "full") return this.scalar(operation.value, dtype);
    if (operation.kind !== "range") throw new TypeError(`${operation.kind} cannot be made inside a kernel`);
    const known = this.ranges.findIndex((range) => range.array === array && range.axes.join() === axes.join());
    if (known >= 0) return { kind: "range", index: known, dtype };
    const source = { dtype, start: operation.start, step: operation.step };
    return { kind: "range", index: this.ranges.push({ source, axes, array }) - 1, dtype };
  }

  private leaf(array: LazyArray, axes: AxisMap): Value {
    const known = this.leaves.findIndex((leaf) => leaf.array === array && leaf.axes.join() === axes.join());
    const index = known >= 0 ? known : this.leaves.push({ array, axes }) - 1;
    return { kind: "leaf", index, dtype: array.dtype };
  }

  private scalar(value: Scalar, dtype: DType): Value {
    const known = this.scalars.findIndex((scalar) => Object.is(scalar.value, value) && scalar.dtype === dtype);
    return { kind: "scalar", index: known >= 0 ? known : this.scalars.push({ dtype, value }) - 1, dtype };
  }

  private step(op: Step["op"], dtype: DType, inputs: Value[]): Value {
    return { kind: "step", index: this.steps.push({ op, dtype, inputs }) - 1, dtype };
  }

  /** Gives every value its number: leaves, ranges, scalars, steps. */
  private expression(result: Value): Expression {
    const { leaves, ranges, scalars, steps } = this;
    const first = { leaf: 0, range: leaves.length, scalar: 0, step: 0 };
    first.scalar = first.range + ranges.length;
    first.step = first.scalar + scalars.length;
    const number = ({ kind, index }: Value) => first[kind] + index;
    return {
      operands: [...leaves.map(({ array }) => array.dtype), ...ranges.map(({ source }) => source.dtype)],
      scalars: scalars.map(({ dtype }) => dtype),
      steps: steps.map(({ op, dtype, inputs }) => ({ op, dtype, inputs: inputs.map(number) })),
      result: number(result),
    };
  }
}

/** The first and the last names of a long list. */
function shortened(labels: readonly string[]): string {
  return (labels.length <= 5 ? labels : [...labels.slice(0, 2), "...", ...labels.slice(-2)]).join("-");
}
