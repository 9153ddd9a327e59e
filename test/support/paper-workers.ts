// Workers that only let time pass, below the dispatcher of real runs: what it hands out does not depend on the machine.
import { jest } from "@jest/globals";
import { ActiveRun } from "../../kernel/src/dag/engine/active-run.js";
import type { BatchMessage, BatchReply } from "../../kernel/src/dag/engine/batch.js";
import type { BatchWorker } from "../../kernel/src/dag/engine/batch-worker.js";
import { now } from "../../kernel/src/dag/engine/clock.js";
import { deferredOutcome } from "../../kernel/src/dag/engine/deferred-outcome.js";
import { Dispatcher } from "../../kernel/src/dag/engine/dispatcher.js";
import type { RunEvent } from "../../kernel/src/dag/engine/events.js";
import { FunctionSlots } from "../../kernel/src/dag/engine/function-slots.js";
import { KeptResults } from "../../kernel/src/dag/engine/kept-results.js";
import { packValues } from "../../kernel/src/dag/engine/packed-values.js";
import type { Encoded } from "../../kernel/src/dag/engine/value.js";
import type { PackedGraph } from "../../kernel/src/dag/graph/packed.js";
import { requestOf } from "./packed-graphs.js";

/** one way, in milliseconds */
const MESSAGE_MS = 0.03;

interface Pending {
  readonly at: number;
  readonly reply: () => void;
}

export interface PaperRun {
  readonly events: readonly RunEvent[];
  /** batches that went to workers */
  readonly batches: number;
  /** milliseconds on paper */
  readonly time: number;
}

class PaperPool {
  readonly #ms: number;
  readonly #start = performance.now();
  #pending: Pending[] = [];
  time = 0;
  batches = 0;

  /** @param ms that every task takes */
  constructor(ms: number) {
    this.#ms = ms;
  }

  readonly worker = (): BatchWorker => {
    let freeAt = 0;
    return {
      functions: new FunctionSlots(),
      isLost: false,
      isOwnProcess: false,
      run: (batch) => {
        const start = Math.max(freeAt, this.time + MESSAGE_MS);
        freeAt = start + batch.count * this.#ms;
        return this.#replyAt(freeAt + MESSAGE_MS, replyTo(batch, now() - this.time + start, this.#ms));
      },
      begun: () => undefined,
      recall: (ticket) => ticket,
      abort: () => undefined,
      end: async () => undefined,
    };
  };

  /** What `performance.now` says on paper. */
  readonly clock = (): number => this.#start + this.time;

  /** Lets time pass until nothing is on its way. */
  async runAll(): Promise<void> {
    while (this.#pending.length > 0) {
      const next = this.#pending.reduce((first, other) => (other.at < first.at ? other : first));
      this.#pending = this.#pending.filter((other) => other !== next);
      this.time = next.at;
      next.reply();
      // The dispatcher hears of the reply, and sends what comes next, before the next one.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #replyAt(at: number, reply: BatchReply): Promise<BatchReply> {
    this.batches += 1;
    return new Promise((resolve) => this.#pending.push({ at, reply: () => resolve(reply) }));
  }
}

/** Runs a graph whose tasks take `ms` each and give small numbers. */
export async function runOnPaper(graph: PackedGraph, workers: number, ms: number): Promise<PaperRun> {
  const pool = new PaperPool(ms);
  const clock = jest.spyOn(performance, "now").mockImplementation(pool.clock);
  const { outcome, settler } = deferredOutcome();
  const request = { id: "run", request: requestOf(graph), literals: graph.literals as Encoded[] };
  const run = new ActiveRun(request, workers, new KeptResults("test"), settler);
  new Dispatcher(pool.worker).add(run);
  await pool.runAll();
  await outcome;
  clock.mockRestore();
  const events: RunEvent[] = [];
  for await (const event of run.recorder.log) events.push(event);
  return { events, batches: pool.batches, time: pool.time };
}

function replyTo({ count, program }: BatchMessage, start: number, ms: number): BatchReply {
  const times = Float64Array.from({ length: 2 * count }, (_, i) => start + ((i + 1) >> 1) * ms);
  const returned = returnedOf(program);
  return { count, times, returned, values: packValues(returned.map(() => 1)) };
}

/** Positions of the tasks whose results the engine wants. @see batch.ts */
function returnedOf(program: Int32Array): number[] {
  const returned: number[] = [];
  let position = 0;
  for (let at = 0; at < program.length; position++) {
    if ((program[at] & 1) === 1) returned.push(position);
    const steps = program[at + 1];
    at += 2;
    for (let step = 0; step < steps; step++) at += 2 + program[at + 1];
  }
  return returned;
}
