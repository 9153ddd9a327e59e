/**
 * Decides which operations run together in one kernel.
 *
 * A group is a tree of element-wise operations and transpositions that ends in its root: an array whose
 * blocks are stored, or the first step of a reduction. An array joins the group of its consumers if all
 * of them are in one group and read it with the same axes; otherwise it is computed once, stored, and
 * read as blocks. Arrays of one number and ranges are made inside every group that uses them.
 * @module
 */
import type { Chunks } from "./chunks.js";
import { inputsOf, type LazyArray } from "./lazy-array.js";

/** For each axis of an array: the axis of the group's index space it runs along, -1 where it is broadcast. */
export type AxisMap = readonly number[];

/** Operations that run in one kernel. */
export interface FusionGroup {
  readonly root: LazyArray;
  /** chunks of the index space: those of the root, or of what it reduces */
  readonly space: Chunks;
  /** operations inside, consumers first, with their axes */
  readonly members: Map<LazyArray, AxisMap>;
}

/** Longer formulas are cut: their kernels would run out of registers and take long to compile. */
const MOST_MEMBERS = 48;

/** Where an array is used: inside one group with these axes, or in ways that need it stored. */
type Use = { readonly group: FusionGroup; readonly axes: AxisMap } | "stored";

/** How all operations behind an array are grouped. */
export interface FusionPlan {
  /** every array that is reached, consumers before what they read */
  readonly order: readonly LazyArray[];
  /** groups by their roots */
  readonly groups: ReadonlyMap<LazyArray, FusionGroup>;
}

/** The groups that compute `output`. */
export function fusionGroups(output: LazyArray): FusionPlan {
  const order = consumersFirst(output);
  const groups = new Map<LazyArray, FusionGroup>();
  const uses = new Map<LazyArray, Use>([[output, "stored"]]);
  for (const array of order) {
    const use = uses.get(array);
    if (use === undefined || (use !== "stored" && !isMember(array))) continue;
    let axes = array.shape.map((_, axis) => axis);
    let group: FusionGroup;
    if (use !== "stored") {
      ({ group } = use);
      axes = [...use.axes];
    } else if (isRoot(array)) {
      const space = spaceOf(array);
      group = { root: array, space, members: new Map() };
      groups.set(array, group);
    } else {
      for (const input of inputsOf(array)) uses.set(input, "stored");
      continue;
    }
    group.members.set(array, axes);
    if (array.operation.kind === "task") for (const input of array.operation.inputs) uses.set(input, "stored");
    for (const input of fusedInputsOf(array)) propose(uses, input, group, inputAxes(array, input, axes));
  }
  return { order, groups };
}

/** Notes that a member of `group` reads `input`. */
function propose(uses: Map<LazyArray, Use>, input: LazyArray, group: FusionGroup, axes: AxisMap): void {
  const use = uses.get(input);
  if (isSource(input)) return;
  const joins = isMember(input) && group.members.size < MOST_MEMBERS;
  if (use === undefined) uses.set(input, joins ? { group, axes } : "stored");
  else if (use === "stored" || use.group !== group || use.axes.join() !== axes.join()) uses.set(input, "stored");
}

/** The axes with which `consumer`, itself seen with `axes`, reads `input`. */
export function inputAxes(consumer: LazyArray, input: LazyArray, axes: AxisMap): number[] {
  const { operation } = consumer;
  if (operation.kind === "reduce" || operation.kind === "task") return input.shape.map((_, axis) => axis);
  if (operation.kind === "transpose") {
    return input.shape.map((_, source) => axes[operation.order.indexOf(source)] ?? -1);
  }
  const offset = consumer.shape.length - input.shape.length;
  return input.shape.map((size, axis) => (Object.is(size, consumer.shape[axis + offset]) ? axes[axis + offset] : -1));
}

/** May be computed inside the kernel of its consumer. */
function isMember({ operation: { kind } }: LazyArray): boolean {
  return kind === "elementwise" || kind === "transpose";
}

/** Made inside every kernel that reads it, at no cost worth storing. */
export function isSource({ operation: { kind } }: LazyArray): boolean {
  return kind === "full" || kind === "range";
}

function isRoot(array: LazyArray): boolean {
  return isMember(array) || isSource(array) || array.operation.kind === "reduce" || fusesInput(array);
}

function fusesInput({ operation }: LazyArray): boolean {
  return operation.kind === "task" && operation.fused !== undefined;
}

/** The inputs that a member of a group may compute inside it. */
function fusedInputsOf(array: LazyArray): readonly LazyArray[] {
  return array.operation.kind === "task" ? inputsOf(array).slice(0, 1) : inputsOf(array);
}

/** The index space of the group that ends in `root`. */
function spaceOf(root: LazyArray): Chunks {
  const { operation } = root;
  if (operation.kind === "reduce") return operation.input.chunks;
  return operation.kind === "task" && operation.fused ? operation.fused.input.chunks : root.chunks;
}

/** Every array that `output` needs, each before its inputs. Without recursion: chains may be long. */
function consumersFirst(output: LazyArray): LazyArray[] {
  const order: LazyArray[] = [];
  const seen = new Set<LazyArray>([output]);
  const stack = [{ array: output, inputs: inputsOf(output), next: 0 }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const input = top.inputs[top.next++];
    if (input === undefined) {
      order.push(top.array);
      stack.pop();
    } else if (!seen.has(input)) {
      seen.add(input);
      stack.push({ array: input, inputs: inputsOf(input), next: 0 });
    }
  }
  return order.reverse();
}
