/**
 * Turns the values of a graph into steps (see packed.ts), reaching only what the roots need.
 * @module
 */

import { types } from "node:util";
import { GraphError } from "../../errors.js";
import { builtinOf } from "./builtins.js";
import type { Graph } from "./graph.js";
import { formatKey, type Key } from "./key.js";
import type { Links } from "./links.js";
import { LiteralTest } from "./literal.js";
import { missingReference } from "./missing.js";
import { ArgKind, Builtin, type Kept } from "./packed.js";
import { Table } from "./table.js";
import { type AnyFunction, isKeptResult, isReference, isTask, type Task } from "./task.js";
import { isContainer, itemsOf, namesOf } from "./value.js";

/** What an entry of a graph turned out to be; 0 means that nothing needs it. */
export const EntryKind = { unused: 0, task: 1, alias: 2, data: 3, kept: 4 } as const;

/** Steps of all entries that are needed, one after the other. All arrays by entry have the graph's size. */
export interface Compiled {
  readonly kind: Uint8Array;
  /** alias: the entry it names; data: its literal; kept: its number in `kept` */
  readonly target: Int32Array;
  /** first step of an entry and the step after its last; tasks only */
  readonly firstStep: Int32Array;
  readonly endStep: Int32Array;
  /** function number or `Builtin` of each step */
  readonly stepFunction: readonly number[];
  /** `[steps + 1]` */
  readonly argStart: readonly number[];
  /** argument codes; `ArgKind.task` counts entries, `ArgKind.step` steps of the entry */
  readonly args: readonly number[];
  /** entries that each entry refers to, without duplicates */
  readonly references: Links;
  readonly literals: readonly unknown[];
  readonly functions: readonly AnyFunction[];
  readonly kept: readonly Kept[];
}

/**
 * Compiles the entries that `roots` (entry numbers) need.
 * @throws {GraphError} if a reference leads nowhere, or a container holds itself and a reference
 */
export function compileGraph(graph: Graph, roots: readonly number[]): Compiled {
  return new Compiler(graph).run(roots);
}

/** A task or container whose arguments are being compiled; frames replace recursion. */
interface Frame {
  readonly value: object;
  readonly stepFunction: number;
  readonly items: readonly unknown[];
  readonly codes: number[];
  next: number;
}

const IN_PROGRESS = -1;

class Compiler {
  readonly #graph: Graph;
  readonly #kind: Uint8Array;
  readonly #target: Int32Array;
  readonly #firstStep: Int32Array;
  readonly #endStep: Int32Array;
  readonly #stepFunction: number[] = [];
  readonly #argStart: number[] = [0];
  readonly #args: number[] = [];
  readonly #references: number[] = [];
  readonly #firstReference: Int32Array;
  readonly #endReference: Int32Array;
  /** last entry that referred to an entry: finds duplicates without a Set */
  readonly #referredBy: Int32Array;
  readonly #literals = new Table<unknown>();
  readonly #functions = new Table<AnyFunction>();
  readonly #thunks = new Map<unknown, AnyFunction>();
  readonly #kept = new Table<Kept>();
  readonly #literalTest = new LiteralTest();
  readonly #waiting: number[] = [];
  /** code of each nested task and container of the entry at hand */
  readonly #nested = new Map<object, number>();
  #entry = 0;

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#kind = new Uint8Array(graph.size);
    this.#target = new Int32Array(graph.size);
    this.#firstStep = new Int32Array(graph.size);
    this.#endStep = new Int32Array(graph.size);
    this.#firstReference = new Int32Array(graph.size);
    this.#endReference = new Int32Array(graph.size);
    this.#referredBy = new Int32Array(graph.size).fill(-1);
  }

  run(roots: readonly number[]): Compiled {
    for (const root of roots) this.#reach(root);
    while (this.#waiting.length > 0) this.#compileEntry(this.#waiting.pop()!);
    return {
      kind: this.#kind,
      target: this.#target,
      firstStep: this.#firstStep,
      endStep: this.#endStep,
      stepFunction: this.#stepFunction,
      argStart: this.#argStart,
      args: this.#args,
      references: this.#referenceLinks(),
      literals: this.#literals.items,
      functions: this.#functions.items,
      kept: this.#kept.items,
    };
  }

  #reach(entry: number): void {
    if (this.#kind[entry] !== EntryKind.unused) return;
    this.#kind[entry] = EntryKind.task;
    this.#waiting.push(entry);
  }

  #compileEntry(entry: number): void {
    this.#entry = entry;
    this.#firstStep[entry] = this.#stepFunction.length;
    this.#firstReference[entry] = this.#references.length;
    const value = this.#graph.valueAt(entry);
    const code = this.#leafCode(value);
    if (code !== undefined) {
      const kind = code & 3;
      this.#target[entry] = code >> 2;
      if (kind === ArgKind.task) this.#kind[entry] = EntryKind.alias;
      else this.#kind[entry] = kind === ArgKind.kept ? EntryKind.kept : EntryKind.data;
    } else if (!isTask(value) || !this.#compileFlat(value)) {
      this.#nested.clear();
      this.#compileNested(value);
    }
    this.#endStep[entry] = this.#stepFunction.length;
    this.#endReference[entry] = this.#references.length;
  }

  /** Code of a value that needs no step of its own; undefined for the others. */
  #leafCode(value: unknown): number | undefined {
    if (isReference(value)) return (this.#referTo(value.key) << 2) | ArgKind.task;
    if (isTask(value)) return undefined;
    if (isKeptResult(value)) return (this.#kept.indexOf(value.kept) << 2) | ArgKind.kept;
    if (this.#literalTest.isLiteral(value)) return (this.#literals.indexOf(value) << 2) | ArgKind.literal;
    return undefined;
  }

  #referTo(key: Key): number {
    const target = this.#graph.indexOf(key);
    if (target < 0) throw missingReference(this.#graph, key, this.#graph.keyAt(this.#entry));
    if (this.#referredBy[target] !== this.#entry) {
      this.#referredBy[target] = this.#entry;
      this.#references.push(target);
      this.#reach(target);
    }
    return target;
  }

  /** Compiles a task whose arguments need no steps of their own, as most are; false if this one is not so. */
  #compileFlat({ fn, args }: Task): boolean {
    const first = this.#args.length;
    for (const arg of args) {
      const code = this.#leafCode(arg);
      if (code === undefined) {
        this.#args.length = first;
        return false;
      }
      this.#args.push(code);
    }
    this.#stepFunction.push(this.#functionCode(fn));
    this.#argStart.push(this.#args.length);
    return true;
  }

  #functionCode(fn: AnyFunction): number {
    return builtinOf.get(fn) ?? this.#functions.indexOf(fn);
  }

  #compileNested(root: unknown): void {
    const frames = [this.#frame(root)];
    while (frames.length > 0) {
      const frame = frames.at(-1)!;
      if (frame.next === frame.items.length) {
        frames.pop();
        const code = this.#emit(frame);
        this.#nested.set(frame.value, code);
        continue;
      }
      const item = frame.items[frame.next];
      const code = this.#leafCode(item) ?? this.#nested.get(item as object);
      if (code === undefined) {
        frames.push(this.#frame(item));
      } else if (code === IN_PROGRESS) {
        const name = formatKey(this.#graph.keyAt(this.#entry));
        throw new GraphError(`an argument of task "${name}" holds itself: pass data without a circle`, { task: name });
      } else {
        frame.codes.push(code);
        frame.next++;
      }
    }
  }

  #emit(frame: Frame): number {
    const step = this.#stepFunction.length - this.#firstStep[this.#entry];
    this.#stepFunction.push(frame.stepFunction);
    for (const code of frame.codes) this.#args.push(code);
    this.#argStart.push(this.#args.length);
    return (step << 2) | ArgKind.step;
  }

  /** How a value that is no leaf is made: by its function, a builtin, or a shipped function that returns it. */
  #frame(value: unknown): Frame {
    const frame = (stepFunction: number, items: readonly unknown[]): Frame => {
      this.#nested.set(value as object, IN_PROGRESS);
      return { value: value as object, stepFunction, items, codes: [], next: 0 };
    };
    if (isTask(value)) return frame(this.#functionCode(value.fn), value.args);
    if (typeof value !== "object" || value === null || !isContainer(value)) {
      return frame(this.#functions.indexOf(this.#thunk(value)), []);
    }
    if (types.isMap(value)) return frame(Builtin.map, itemsOf(value));
    if (types.isSet(value)) return frame(Builtin.set, itemsOf(value));
    if (Array.isArray(value)) return frame(Builtin.list, value);
    return frame(Builtin.object, [namesOf(value), ...itemsOf(value)]);
  }

  /** Functions and objects of classes travel as what a shipped function returns. */
  #thunk(value: unknown): AnyFunction {
    const known = this.#thunks.get(value);
    if (known !== undefined) return known;
    const thunk = () => value;
    // An error of shipping shows this name.
    const name = `an argument of task "${formatKey(this.#graph.keyAt(this.#entry))}"`;
    Object.defineProperty(thunk, "name", { value: name });
    this.#thunks.set(value, thunk);
    return thunk;
  }

  #referenceLinks(): Links {
    const size = this.#graph.size;
    const start = new Int32Array(size + 1);
    const to = new Int32Array(this.#references.length);
    let next = 0;
    for (let i = 0; i < size; i++) {
      for (let k = this.#firstReference[i]; k < this.#endReference[i]; k++) to[next++] = this.#references[k];
      start[i + 1] = next;
    }
    return { size, start, to };
  }
}
