/**
 * Puts the tasks of a batch into a message.
 * @module
 */
import { ArgKind, type PackedGraph } from "../graph/packed.js";
import { BatchArg } from "./batch.js";
import type { TakenTasks } from "./branch.js";
import type { KeptValue } from "./kept-results.js";
import { type PackedValues, packValues } from "./packed-values.js";
import type { Encoded } from "./value.js";

/** The values that arguments name. */
export interface ValueSource {
  /** results of the tasks that have finished, by task; changes while the run goes on */
  readonly results: readonly Encoded[];
  readonly literals: readonly Encoded[];
  readonly kept: readonly KeptValue[];
}

export interface WrittenBatch {
  readonly program: Int32Array;
  readonly values: PackedValues;
}

/** Writes the batches of one run. */
export class BatchWriter {
  private readonly graph: PackedGraph;
  private readonly source: ValueSource;
  /** place of each task in the batch at hand, of each value in its message; -1 where there is none */
  private readonly position: Int32Array;
  private readonly resultAt: Int32Array;
  private readonly literalAt: Int32Array;
  private readonly keptAt: Int32Array;
  /** the cells of the three lists above that are set, to be reset after the batch */
  private placed: Int32Array[] = [];
  private placedIndex: number[] = [];
  private program: number[] = [];
  private values: Encoded[] = [];
  /** where each task of the batch has its header in `program` */
  private headers: number[] = [];

  constructor(graph: PackedGraph, source: ValueSource) {
    this.graph = graph;
    this.source = source;
    this.position = new Int32Array(graph.size).fill(-1);
    this.resultAt = new Int32Array(graph.size).fill(-1);
    this.literalAt = new Int32Array(source.literals.length).fill(-1);
    this.keptAt = new Int32Array(source.kept.length).fill(-1);
  }

  /** @param slotOf slot of a function of the graph in the table of the worker that gets the batch */
  write({ tasks, isReturned }: TakenTasks, slotOf: (functionIndex: number) => number): WrittenBatch {
    this.program = [];
    this.values = [];
    this.headers = [];
    for (let i = 0; i < tasks.length; i++) this.writeTask(tasks[i], isReturned[i], slotOf);
    for (const task of tasks) this.position[task] = -1;
    for (let i = 0; i < this.placed.length; i++) this.placed[i][this.placedIndex[i]] = -1;
    this.placed = [];
    this.placedIndex = [];
    return { program: Int32Array.from(this.program), values: packValues(this.values) };
  }

  private writeTask(task: number, isReturned: boolean, slotOf: (functionIndex: number) => number): void {
    const { stepStart, stepFunction, argStart, args } = this.graph;
    const { program } = this;
    this.position[task] = this.headers.length;
    this.headers.push(program.length);
    program.push(isReturned ? 1 : 0, stepStart[task + 1] - stepStart[task]);
    for (let step = stepStart[task]; step < stepStart[task + 1]; step++) {
      const called = stepFunction[step];
      program.push(called < 0 ? called : slotOf(called), argStart[step + 1] - argStart[step]);
      for (let i = argStart[step]; i < argStart[step + 1]; i++) program.push(this.argument(args[i]));
    }
  }

  private argument(code: number): number {
    const index = code >> 2;
    switch (code & 3) {
      case ArgKind.step:
        return (index << 2) | BatchArg.step;
      case ArgKind.literal:
        return this.value(this.literalAt, index, this.source.literals[index]);
      case ArgKind.kept:
        return this.value(this.keptAt, index, this.source.kept[index].value);
      default: {
        const inside = this.position[index];
        if (inside < 0) return this.value(this.resultAt, index, this.source.results[index]);
        this.program[this.headers[inside]] += 2;
        return (inside << 2) | BatchArg.task;
      }
    }
  }

  /** The code of a value, which goes into the message at its first use. */
  private value(places: Int32Array, index: number, value: Encoded): number {
    if (places[index] < 0) {
      places[index] = this.values.length;
      this.placed.push(places);
      this.placedIndex.push(index);
      this.values.push(value);
    }
    return (places[index] << 2) | BatchArg.value;
  }
}
