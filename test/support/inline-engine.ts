import type { Engine, Run, RunRequest } from "../../kernel/src/dag/engine/engine.js";
import type { RunEvent } from "../../kernel/src/dag/engine/events.js";
import type { ShippedFunction } from "../../kernel/src/dag/functions/shipped.js";
import { ArgKind, Builtin, type Kept, type PackedGraph } from "../../kernel/src/dag/graph/packed.js";
import { CancelledError, TaskError } from "../../kernel/src/errors.js";

type Call = (...args: readonly unknown[]) => unknown;

/** Runs packed graphs on the calling thread, one task at a time, as packed.ts describes them and no more. */
export class InlineEngine implements Engine {
  readonly name = "inline";
  /** requests in order of arrival */
  readonly requests: RunRequest[] = [];
  /** results arrays given back by `releaseResults` */
  readonly released: (readonly unknown[])[] = [];
  readonly kept = new Map<number, unknown>();
  readonly #functions: Call[] = [];
  #nextKept = 0;

  readonly ship = (fn: (...args: never[]) => unknown): ShippedFunction => {
    const id = String(this.#functions.push(fn as Call) - 1);
    return { kind: "module", id, name: fn.name, specifier: "test", export: id };
  };

  start(request: RunRequest): Run {
    this.requests.push(request);
    const stop = new AbortController();
    const cancel = (reason?: string) => stop.abort(reason);
    const results = this.#run(request, stop.signal);
    return { id: `run-${this.requests.length}`, events: noEvents(), results, cancel, pause() {}, resume() {} };
  }

  releaseResults(results: readonly unknown[]): void {
    this.released.push(results);
  }

  release(kept: readonly Kept[]): void {
    for (const { id } of kept) this.kept.delete(id);
  }

  async close(): Promise<void> {}

  async #run({ graph, options }: RunRequest, signal: AbortSignal): Promise<readonly unknown[]> {
    const results = new Map<number, unknown>();
    const sequence = Array.from(graph.keys.keys()).sort((a, b) => graph.priority[a]! - graph.priority[b]!);
    for (const index of sequence) {
      results.set(index, await this.#runTask(graph, index, results));
      if (signal.aborted) throw new CancelledError("cancelled");
    }
    const values = Array.from(graph.outputs, (index) => results.get(index));
    return options.keep ? values.map((value) => this.#keep(value)) : values;
  }

  #keep(value: unknown): Kept {
    const id = this.#nextKept++;
    this.kept.set(id, value);
    return { engine: this.name, id };
  }

  async #runTask(graph: PackedGraph, index: number, results: ReadonlyMap<number, unknown>): Promise<unknown> {
    const steps: unknown[] = [];
    for (let step = graph.stepStart[index]!; step < graph.stepStart[index + 1]!; step++) {
      const args = Array.from(graph.args.subarray(graph.argStart[step]!, graph.argStart[step + 1]!), (code) =>
        this.#argument(graph, code, steps, results),
      );
      try {
        steps.push(await this.#call(graph, graph.stepFunction[step]!, args));
      } catch (cause) {
        throw new TaskError(`task ${graph.keys[index]} failed`, { key: graph.keys[index] }, { cause });
      }
    }
    return steps.at(-1);
  }

  #argument(graph: PackedGraph, code: number, steps: readonly unknown[], results: ReadonlyMap<number, unknown>) {
    const index = code >> 2;
    const kind = code & 3;
    if (kind === ArgKind.literal) return graph.literals[index];
    if (kind === ArgKind.kept) return present(this.kept, graph.kept[index]!.id);
    if (kind === ArgKind.task) return present(results, index);
    if (index >= steps.length) throw new Error(`step ${index} has not run`);
    return steps[index];
  }

  #call(graph: PackedGraph, code: number, args: readonly unknown[]): unknown {
    if (code >= 0) return this.#functions[Number(graph.functions[code]!.id)]!(...args);
    switch (code) {
      case Builtin.identity:
        return args[0];
      case Builtin.list:
        return [...args];
      case Builtin.set:
        return new Set(args);
      case Builtin.map:
        return new Map(args.flatMap((key, i) => (i % 2 === 0 ? [[key, args[i + 1]]] : [])));
      case Builtin.object:
        return Object.fromEntries((args[0] as readonly string[]).map((name, i) => [name, args[i + 1]]));
      case Builtin.getitem:
        return (args[0] as Record<PropertyKey, unknown>)[args[1] as PropertyKey];
      case Builtin.method:
        return (args[0] as Record<PropertyKey, Call>)[args[1] as PropertyKey]!(...args.slice(2));
      case Builtin.apply:
        return (args[0] as Call)(...args.slice(1));
      default:
        throw new Error(`unknown builtin ${code}`);
    }
  }
}

function present(values: ReadonlyMap<number, unknown>, index: number): unknown {
  if (!values.has(index)) throw new Error(`result ${index} is not there`);
  return values.get(index);
}

function noEvents(): AsyncIterable<RunEvent> {
  return { [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }) };
}
