/**
 * Runs the tasks of one batch on a worker, one after the other.
 * @module
 */
import { arena } from "../memory/arena.js";
import type { Block } from "../memory/block.js";
import { BatchArg, type BatchMessage, type BatchReply, type TaskFailure } from "./batch.js";
import { callBuiltin, looksInside } from "./builtins.js";
import { now } from "./clock.js";
import { errorData } from "./error-data.js";
import type { LoadedFunction } from "./function-table.js";
import { packValues, unpackValues } from "./packed-values.js";
import { previewArguments } from "./preview.js";
import { blocksOf, decode, type Encoded, encode, exposeBlocks } from "./value.js";
import type { WorkerControl } from "./worker-control.js";

/** The functions that batches name by slot. */
export interface Functions {
  at(slot: number): LoadedFunction;
}

export class BatchRun {
  private readonly message: BatchMessage;
  private readonly control: WorkerControl;
  private readonly functions: Functions;
  private readonly program: Int32Array;
  private readonly values: readonly Encoded[];
  /** of the tasks of this batch, by position */
  private readonly results: Encoded[] = [];
  private readonly isReturned: boolean[] = [];
  private readonly uses: number[] = [];
  private cursor = 0;
  private stepsLeft = 0;
  /** of the running task */
  private steps: unknown[] = [];
  /** of its step at hand, by number */
  private step = 0;
  private args: readonly unknown[] = [];
  /** positions of the tasks whose results the running task took, one per argument */
  private taken: number[] = [];

  constructor(message: BatchMessage, control: WorkerControl, functions: Functions) {
    this.message = message;
    this.control = control;
    this.functions = functions;
    this.program = message.program;
    this.values = unpackValues(message.values);
  }

  /** Runs until the end, the first error, or until the engine takes the rest back. */
  async run(): Promise<BatchReply> {
    const { ticket, count: size } = this.message;
    const times = new Float64Array(2 * size);
    let count = 0;
    let failure: TaskFailure | undefined;
    while (count < size && failure === undefined) {
      const since = now();
      if (!this.control.begin((ticket + count) | 0, since)) break;
      try {
        this.beginTask();
        for (let step = this.advance(); step !== undefined; step = this.advance()) {
          this.steps[this.steps.length - 1] = await step;
        }
        this.endTask();
      } catch (thrown) {
        failure = { error: errorData(thrown), step: this.step, args: previewArguments(this.args) };
        this.dropAllocated();
      }
      times[2 * count] = since;
      times[2 * count + 1] = now();
      count += 1;
    }
    return {
      count,
      times: times.subarray(0, 2 * count),
      ...this.returned(),
      ...(failure === undefined ? {} : { failure }),
    };
  }

  protected beginTask(): void {
    arena().track();
    const header = this.program[this.cursor];
    this.stepsLeft = this.program[this.cursor + 1];
    this.cursor += 2;
    this.isReturned.push((header & 1) === 1);
    this.uses.push(header >> 1);
    this.steps = [];
    this.step = 0;
    this.args = [];
    this.taken = [];
  }

  /** Runs steps up to the end of the task, or to one that gives a promise, which is returned. */
  protected advance(): PromiseLike<unknown> | undefined {
    const { program } = this;
    while (this.stepsLeft > 0) {
      const called = program[this.cursor];
      const end = this.cursor + 2 + program[this.cursor + 1];
      const loaded = called < 0 ? undefined : this.functions.at(called);
      const isExposed = loaded === undefined ? looksInside(called) : !loaded.takesBlocks;
      const args: unknown[] = [];
      this.step = this.steps.length;
      this.args = args;
      for (let i = this.cursor + 2; i < end; i++) args.push(this.argument(program[i], isExposed));
      this.cursor = end;
      this.stepsLeft -= 1;
      const result = loaded === undefined ? callBuiltin(called, args) : loaded.call(...args);
      this.steps.push(result);
      if (isThenable(result)) return result;
    }
    return undefined;
  }

  /** @param isExposed blocks show as arrays, for functions of users */
  private argument(code: number, isExposed: boolean): unknown {
    const index = code >> 2;
    const kind = code & 3;
    if (kind === BatchArg.step) return isExposed ? exposeBlocks(this.steps[index]) : this.steps[index];
    if (kind === BatchArg.task) this.taken.push(index);
    const encoded = kind === BatchArg.task ? this.results[index] : this.values[index];
    const value = decode(encoded);
    return isExposed && blocksOf(encoded).length > 0 ? exposeBlocks(value) : value;
  }

  /** After the last step. */
  protected endTask(): void {
    this.keepResult(this.encodeResult(this.steps.at(-1)));
  }

  /** After an error: nothing of the task stays. */
  protected dropAllocated(): void {
    for (const block of arena().takeTracked()) arena().release(block);
  }

  /** @throws {ArgumentError} if the result cannot travel to the engine */
  protected encodeResult(result: unknown): Encoded {
    return encode(result);
  }

  /** True for a block that a task of this worker allocated and that the engine has not got yet. */
  isOwn(block: Block): boolean {
    return arena().ownerOf(block) !== 0;
  }

  private keepResult(result: Encoded): void {
    keepOnly(this, blocksOf(result), arena().takeTracked());
    const own = this.results.push(result) - 1;
    this.dropUnused(own);
    for (const position of this.taken) {
      this.uses[position] -= 1;
      this.dropUnused(position);
    }
  }

  private dropUnused(position: number): void {
    if (this.uses[position] > 0 || this.isReturned[position]) return;
    for (const block of blocksOf(this.results[position])) if (this.isOwn(block)) arena().release(block);
    this.results[position] = undefined;
  }

  /** Results the engine wants, and those whose consumers in this batch did not run. */
  private returned(): Pick<BatchReply, "returned" | "values"> {
    const returned: number[] = [];
    for (let i = 0; i < this.results.length; i++) if (this.isReturned[i] || this.uses[i] > 0) returned.push(i);
    return { returned, values: packValues(returned.map((position) => this.results[position])) };
  }
}

/**
 * Settles who owns which block after a task: a result keeps the reference of each block that the task
 * allocated, takes one more of each that an earlier task of this worker did, and what is not in the result is
 * free again. Blocks that the engine lent are counted by the engine when it gets the result: references that a
 * worker took of them would be lost if it ended. Whether they are in use at all is checked here.
 */
function keepOnly(run: BatchRun, result: readonly Block[], allocated: readonly Block[]): void {
  if (result.length === 0 && allocated.length === 0) return;
  const place = ({ memory, offset }: Block): string => `${memory}:${offset}`;
  const own = new Map(allocated.map((block) => [place(block), block]));
  for (const block of result) {
    if (own.delete(place(block))) continue;
    arena().retain(block);
    if (!run.isOwn(block)) arena().release(block);
  }
  for (const block of own.values()) arena().release(block);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
