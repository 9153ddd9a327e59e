/**
 * The steps of the tasks of a plan, as they stand in a packed graph.
 * @module
 */
import { EntryKind } from "./compile.js";
import { formatKey } from "./key.js";
import { ArgKind, Builtin, type PackedGraph } from "./packed.js";
import type { Plan } from "./plan.js";

/** The columns of a packed graph that say what its tasks do. */
export type Steps = Pick<PackedGraph, "stepStart" | "stepFunction" | "argStart" | "args" | "fused">;

/** What each task runs: the steps of all entries of its chain, one after the other. */
export function stepsOf(plan: Plan): Steps {
  return new StepWriter(plan).write();
}

class StepWriter {
  readonly #plan: Plan;
  readonly #stepStart: Int32Array;
  readonly #stepFunction: number[] = [];
  readonly #argStart: number[] = [0];
  readonly #args: number[] = [];
  readonly #fusedStart: number[] = [];
  readonly #fusedKeys: string[] = [];
  /** last step of each entry, counted from the first step of its task */
  readonly #lastStep: Int32Array;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#stepStart = new Int32Array(plan.chains.members.size + 1);
    this.#lastStep = new Int32Array(plan.compiled.kind.length);
  }

  write(): Steps {
    const { start, to, size } = this.#plan.chains.members;
    for (let task = 0; task < size; task++) {
      const isFused = start[task + 1] - start[task] > 1;
      for (let k = start[task]; k < start[task + 1]; k++) {
        if (isFused) this.#noteFused(to[k]);
        this.#writeEntry(to[k], task);
      }
      this.#stepStart[task + 1] = this.#stepFunction.length;
    }
    const fused = { start: new Int32Array(this.#fusedStart), keys: this.#fusedKeys };
    return {
      stepStart: this.#stepStart,
      stepFunction: new Int32Array(this.#stepFunction),
      argStart: new Int32Array(this.#argStart),
      args: new Int32Array(this.#args),
      ...(fused.keys.length > 0 && { fused }),
    };
  }

  #noteFused(entry: number): void {
    this.#fusedStart.push(this.#stepFunction.length);
    this.#fusedKeys.push(formatKey(this.#plan.graph.keyAt(entry)));
  }

  #writeEntry(entry: number, task: number): void {
    const { kind, firstStep, endStep, stepFunction, argStart, args } = this.#plan.compiled;
    const base = this.#stepFunction.length - this.#stepStart[task];
    // Data or a kept result that is asked for by itself.
    if (kind[entry] !== EntryKind.task) {
      this.#args.push(this.#valueCode(entry));
      this.#endStep(Builtin.identity);
    }
    for (let step = firstStep[entry]; step < endStep[entry]; step++) {
      for (let k = argStart[step]; k < argStart[step + 1]; k++) this.#args.push(this.#finalCode(args[k], task, base));
      this.#endStep(stepFunction[step]);
    }
    this.#lastStep[entry] = this.#stepFunction.length - this.#stepStart[task] - 1;
  }

  /** Ends a step, whose arguments are written. */
  #endStep(stepFunction: number): void {
    this.#stepFunction.push(stepFunction);
    this.#argStart.push(this.#args.length);
  }

  /** Code of an argument within the packed graph; `base` is the entry's first step within its task. */
  #finalCode(code: number, task: number, base: number): number {
    const argKind = code & 3;
    if (argKind === ArgKind.step) return code + (base << 2);
    if (argKind !== ArgKind.task) return code;
    const entry = this.#plan.source[code >> 2];
    const chain = this.#plan.chains.chainOf[entry];
    if (chain === task) return (this.#lastStep[entry] << 2) | ArgKind.step;
    return chain >= 0 ? (chain << 2) | ArgKind.task : this.#valueCode(entry);
  }

  /** Code of an entry that is no task: data or a kept result. */
  #valueCode(entry: number): number {
    const { kind, target } = this.#plan.compiled;
    return (target[entry] << 2) | (kind[entry] === EntryKind.kept ? ArgKind.kept : ArgKind.literal);
  }
}
