/**
 * Lowers a lazy array to the tasks of a graph: one kernel per block of a fusion group, tree reductions,
 * copies for slices. Only blocks that are needed get a task.
 * @module
 */
import { type Graph, KeptResult, type Key, ref, task } from "../graph/index.js";
import { sizeOf } from "../memory/strides.js";
import { bytesOf, resultDtype } from "./block-bytes.js";
import { assembleBlock, combineBlocks, finishBlocks, randomBlock, runFused } from "./block-functions.js";
import { regionOf } from "./block-ranges.js";
import { blockIndices, blockShape, boundsOf, numblocksOf } from "./chunks.js";
import { type CompiledGroup, compileGroup } from "./compile-group.js";
import { type FusionGroup, fusionGroups } from "./fusion-groups.js";
import { joinBlocksOfAnySize } from "./kernel-functions.js";
import { type BlockArgument, type BlockCall, type LazyArray, labelOf } from "./lazy-array.js";
import { addProduct } from "./lower-product.js";
import { treeOf } from "./reduction-tree.js";
import { slicePlan } from "./slice-plan.js";
import { copyWork, kernelOptions } from "./task-work.js";
import { hasUnknownSizes } from "./unknown-sizes.js";

type Index = readonly number[];
type Operation<K extends string> = Extract<LazyArray["operation"], { kind: K }>;

/**
 * Adds the tasks of all blocks of `output`.
 * @returns the key of every block in C order
 */
export function lower(graph: Graph, output: LazyArray): Key[] {
  return new Lowering(graph, output).run();
}

/**
 * Adds the tasks of `output` and one that joins its blocks.
 * @returns the key of the whole array as one block
 */
export function lowerAsOne(graph: Graph, output: LazyArray): Key {
  const keys = lower(graph, output);
  if (keys.length === 1) return keys[0];
  if (hasUnknownSizes(output)) {
    const joined = `${output.name}-value`;
    const join = task(joinBlocksOfAnySize, numblocksOf(output.chunks), ...keys.map(ref));
    if (!graph.has(joined)) graph.add(joined, join, { name: "join" });
    return joined;
  }
  const { plan } = regionOf(
    output.chunks,
    output.shape.map(() => 0),
    output.shape,
    output.dtype,
  );
  const key = `${output.name}-value`;
  if (!graph.has(key)) {
    graph.add(key, task(assembleBlock, plan, ...keys.map(ref)), {
      name: "join",
      memory: bytesOf(output.shape, output.dtype),
      work: copyWork(sizeOf(output.shape)),
    });
  }
  return key;
}

/** Key of one block. */
function keyOf(name: string, index: Index): Key {
  return index.length === 0 ? name : [name, ...index];
}

class Lowering {
  private readonly graph: Graph;
  private readonly output: LazyArray;
  /** block indices that some task reads, per array */
  private readonly needed = new Map<LazyArray, Map<string, Index>>();
  private readonly shapes = new Map<string, Index>();

  constructor(graph: Graph, output: LazyArray) {
    this.graph = graph;
    this.output = output;
  }

  run(): Key[] {
    const { order, groups } = fusionGroups(this.output);
    const keys = blockIndices(this.output.chunks).map((index) => this.need(this.output, index));
    for (const array of order) {
      const wanted = this.needed.get(array);
      if (wanted === undefined) continue;
      const group = groups.get(array);
      // the same block may have been lowered for another collection of this graph
      const isMissing = (index: Index) => !this.graph.has(keyOf(array.name, index));
      if (group) this.addGroup(group, [...wanted.values()].filter(isMissing));
      // A block of a factorization asks for others of its array, which this loop then reaches too.
      else for (const index of wanted.values()) if (isMissing(index)) this.addBlock(array, index);
    }
    return keys;
  }

  /** Notes that a block is needed; its key. */
  private need(array: LazyArray, index: Index): Key {
    let wanted = this.needed.get(array);
    if (wanted === undefined) {
      wanted = new Map();
      this.needed.set(array, wanted);
    }
    wanted.set(index.join(), index);
    return keyOf(array.name, index);
  }

  /** A block as an argument of a task: data in memory itself, else a reference. */
  private argument(array: LazyArray, index: Index): unknown {
    const { operation } = array;
    return operation.kind === "blocks" ? operation.blocks[position(array, index)] : ref(this.need(array, index));
  }

  /**
   * A block as an argument of a kernel. What is read anew for each group is read inside the kernel's task if no other
   * kernel of the group needs it: it is gone when the task ends.
   */
  private source(
    array: LazyArray,
    index: Index,
    { space, root }: FusionGroup,
    leaves: CompiledGroup["leaves"],
  ): unknown {
    const { operation } = array;
    if (operation.kind !== "read" || !operation.isReadAnew) return this.argument(array, index);
    const isReadOnce =
      sizeOf(numblocksOf(array.chunks)) === sizeOf(numblocksOf(space)) &&
      leaves.filter((leaf) => leaf.array === array).length === 1;
    const { fn, args, label } = operation.read(index);
    if (isReadOnce) return task(fn, ...args);
    const key = [`${array.name}-for-${root.name}`, ...index];
    const memory = bytesOf(blockShape(array.chunks, index), array.dtype);
    if (!this.graph.has(key)) this.add(key, { name: label, memory }, fn, args);
    return ref(key);
  }

  /** @param memory bytes of the result */
  private add(
    key: Key,
    options: { readonly name: string; readonly memory?: number; readonly work?: number },
    fn: (...args: never[]) => unknown,
    args: readonly unknown[],
  ): void {
    this.graph.add(key, task(fn, ...args), options);
  }

  private addBlock(array: LazyArray, index: Index): void {
    const key = keyOf(array.name, index);
    const { operation } = array;
    const memory = bytesOf(blockShape(array.chunks, index), array.dtype);
    switch (operation.kind) {
      case "blocks":
        this.graph.add(key, operation.blocks[position(array, index)]);
        break;
      case "kept":
        this.graph.add(key, new KeptResult(operation.kept[position(array, index)]));
        break;
      case "random": {
        const args = [operation.plan, position(array, index), this.shape(blockShape(array.chunks, index))];
        this.add(key, { name: operation.plan.distribution, memory }, randomBlock, args);
        break;
      }
      case "slice":
        this.addSlice(key, array, operation, index);
        break;
      case "rechunk": {
        const start = index.map((i, axis) => boundsOf(array.chunks[axis])[i]);
        const { plan, blocks } = regionOf(operation.input.chunks, start, blockShape(array.chunks, index), array.dtype);
        const sources = blocks.map((block) => this.argument(operation.input, block));
        this.add(key, { name: "rechunk", memory }, assembleBlock, [plan, ...sources]);
        break;
      }
      case "matmul":
        addProduct(array, index, {
          add: (own, name, fn, args) => this.add(own, { name, memory }, fn, args),
          argument: (factor, block) => this.argument(factor, block),
        });
        break;
      case "call":
        this.addCall(key, operation.call(index), memory);
        break;
      case "task":
        this.addTask(key, array, index);
        break;
      case "read": {
        const { label, fn, args } = operation.read(index);
        this.add(key, { name: label, memory }, fn, args);
        break;
      }
    }
  }

  private addSlice(key: Key, array: LazyArray, { input, axes }: Operation<"slice">, index: Index): void {
    const { plan, block } = slicePlan(array, axes, index);
    const { resultShape } = plan;
    const options = { name: "slice", memory: bytesOf(resultShape, array.dtype), work: copyWork(sizeOf(resultShape)) };
    this.add(key, options, assembleBlock, [plan, this.argument(input, block)]);
  }

  /** @param memory bytes of the result; undefined if it is not a block of the array */
  private addCall(key: Key, { label, fn, args }: BlockCall, memory?: number): void {
    this.add(key, { name: label, ...(memory !== undefined && { memory }) }, fn, this.callArguments(args));
  }

  private callArguments(args: readonly BlockArgument[]): unknown[] {
    return args.map((arg) => {
      if (arg.kind === "literal") return arg.value;
      if (arg.kind === "block") return this.argument(arg.array, arg.index);
      if (arg.kind === "call") return task(arg.call.fn, ...this.callArguments(arg.call.args));
      if (!this.graph.has(arg.key)) this.addCall(arg.key, arg.call);
      return ref(arg.key);
    });
  }

  /** One kernel per block; for a reduction also the tree above. */
  private addGroup(group: FusionGroup, wanted: readonly Index[]): void {
    const { root } = group;
    const compiled = compileGroup(group);
    if (root.operation.kind === "task") {
      for (const index of wanted) this.addTask(keyOf(root.name, index), root, index, { group, compiled });
      return;
    }
    if (root.operation.kind !== "reduce") {
      for (const index of wanted) this.addKernel(keyOf(root.name, index), group, compiled, index);
      return;
    }
    const { combine, divisor, axes, keepdims } = root.operation;
    const label = labelOf(root);
    // Not the name of the last step: in pictures they would be one function that needs itself.
    const chunk = { ...compiled, label: `${compiled.label}-chunk` };
    const tree = treeOf(root.operation, numblocksOf(group.space));
    for (const index of wanted) {
      const shape = blockShape(root.chunks, index);
      const finish = { dtype: root.dtype, divisor, shape, reduced: keepdims ? [] : axes };
      const partialBytes = bytesOf(finish.shape, resultDtype(compiled));
      const keys = tree.add(index, {
        chunk: (block) => {
          const key = [`${root.name}-chunk`, ...block];
          this.addKernel(key, group, chunk, block);
          return key;
        },
        combine: (level, node, children) => {
          const key = [`${root.name}-combine`, level, ...node];
          const work = copyWork(children.length * sizeOf(shape));
          this.add(key, { name: `${label}-combine`, memory: partialBytes, work }, combineBlocks, [
            combine,
            ...children.map(ref),
          ]);
          return key;
        },
      });
      const memory = bytesOf(finish.shape, root.dtype);
      const work = copyWork(keys.length * sizeOf(shape));
      this.add(keyOf(root.name, index), { name: label, memory, work }, finishBlocks, [
        combine,
        finish,
        ...keys.map(ref),
      ]);
    }
  }

  /** One call; a fused input is computed in it. */
  private addTask(key: Key, array: LazyArray, index: Index, fused?: { group: FusionGroup; compiled: CompiledGroup }) {
    const { operation } = array;
    if (operation.kind !== "task") return;
    const args = operation.argsOf(index, {
      block: (input, at) => this.argument(input, at),
      fused: (at) => (fused ? this.kernelArguments(fused.group, fused.compiled, at) : []),
    });
    const name = fused?.compiled.label ?? labelOf(array);
    this.add(key, { name, memory: bytesOf(blockShape(array.chunks, index), array.dtype) }, operation.fn, args);
  }

  private addKernel(key: Key, group: FusionGroup, compiled: CompiledGroup, index: Index): void {
    const args = this.kernelArguments(group, compiled, index);
    this.add(key, kernelOptions(compiled, blockShape(group.space, index), args), runFused, args);
  }

  /** What a kernel is told at one position: the plan, the place and the blocks it reads. */
  private kernelArguments(group: FusionGroup, { plan, leaves }: CompiledGroup, index: Index): readonly unknown[] {
    const { space } = group;
    const isPlaced = plan.ranges.length > 0;
    const origin = isPlaced ? index.map((i, axis) => boundsOf(space[axis])[i]) : [];
    const place = { origin: this.shape(origin), shape: this.shape(blockShape(space, index)) };
    const sources = leaves.map(({ array, axes }) =>
      this.source(
        array,
        axes.map((axis) => (axis < 0 ? 0 : index[axis])),
        group,
        leaves,
      ),
    );
    return [plan, place, ...sources];
  }

  /** One list for equal shapes: most blocks share theirs, and the graph then holds it once. */
  private shape(shape: Index): Index {
    const id = shape.join();
    const known = this.shapes.get(id);
    if (known) return known;
    this.shapes.set(id, shape);
    return shape;
  }
}

/** Number of a block in C order. */
function position({ chunks }: LazyArray, index: Index): number {
  return index.reduce((number, i, axis) => number * chunks[axis].length + i, 0);
}
