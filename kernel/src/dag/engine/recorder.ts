/**
 * Turns what happens to the tasks of a run into events: columns, sent when `flush` is called.
 * @module
 */
import { ChangeColumns, SizeColumns } from "./event-columns.js";
import { EventLog } from "./event-log.js";
import type { RunEnded, RunStarted, StateCode, StreamName, TaskOutput } from "./events.js";
import { type FailedTask, withPlace } from "./failed-call.js";

export class Recorder {
  readonly log = new EventLog();
  private readonly run: string;
  private readonly isDetailed: boolean;
  private readonly changes = new ChangeColumns();
  private readonly sizes = new SizeColumns();
  private readonly fractions = new Map<number, number>();
  /** the last fraction of every task that ever reported one */
  private readonly knownFractions = new Map<number, number>();
  private output: TaskOutput[] = [];
  private bytes = 0;
  private peak = 0;
  private bytesTold = 0;
  private onDisk = 0;
  private peakOnDisk = 0;
  private onDiskTold = 0;

  /** @param isDetailed false: no tasks, progress and memory events */
  constructor(start: RunStarted, isDetailed: boolean) {
    this.run = start.run;
    this.isDetailed = isDetailed;
    this.log.push(start);
  }

  /** A task changed its state. */
  changed(task: number, state: StateCode, time: number, worker: number): void {
    if (this.isDetailed) this.changes.add(task, state, time, worker);
  }

  /** A running task reported how far it is; the same number again is no news. */
  progressed(task: number, fraction: number): void {
    if (!this.isDetailed || this.knownFractions.get(task) === fraction) return;
    this.fractions.set(task, fraction);
    this.knownFractions.set(task, fraction);
  }

  /** Results take `delta` more (or, if negative, fewer) bytes. */
  held(delta: number): void {
    this.bytes += delta;
    this.peak = Math.max(this.peak, this.bytes);
  }

  /** The result of a task came and takes `bytes`. */
  sized(task: number, bytes: number): void {
    if (this.isDetailed) this.sizes.add(task, bytes);
  }

  /** Results on disk take `delta` more (or fewer) bytes. */
  spilled(delta: number): void {
    this.onDisk += delta;
    this.peakOnDisk = Math.max(this.peakOnDisk, this.onDisk);
  }

  printed(task: number, name: StreamName, text: string): void {
    const last = this.output.at(-1);
    if (last?.task === task && last.name === name) {
      this.output[this.output.length - 1] = { ...last, text: last.text + text };
    } else this.output.push({ type: "output", run: this.run, task, name, text });
  }

  /** A task threw; told at once, after everything that came before. */
  erred(task: number, { key, error, place }: FailedTask, time: number): void {
    this.flush(time);
    const { name, stack } = error;
    const message = withPlace(error.message, place);
    this.log.push({ type: "error", run: this.run, task, key, name, message, stack });
  }

  /** Tells everything that was recorded since the last call. */
  flush(time: number): void {
    const { run } = this;
    const changes = this.changes.take();
    if (changes !== undefined) this.log.push({ type: "tasks", run, ...changes });
    const sizes = this.sizes.take();
    if (sizes !== undefined) this.log.push({ type: "sizes", run, ...sizes });
    if (this.fractions.size > 0) {
      const tasks = [...this.fractions.keys()];
      this.log.push({ type: "progress", run, task: tasks, fraction: [...this.fractions.values()] });
      this.fractions.clear();
    }
    if (this.isDetailed && (this.bytes !== this.bytesTold || this.onDisk !== this.onDiskTold)) {
      const { bytes, onDisk: spilled } = this;
      this.log.push({ type: "memory", run, time, bytes, ...(this.peakOnDisk > 0 && { spilled }) });
      this.bytesTold = bytes;
      this.onDiskTold = spilled;
    }
    for (const event of this.output) this.log.push(event);
    this.output = [];
  }

  /** Told at once, after everything that came before. */
  paused(isPaused: boolean, time: number): void {
    this.flush(time);
    this.log.push({ type: "paused", run: this.run, time, isPaused });
  }

  end(state: RunEnded["state"], time: number): void {
    this.flush(time);
    const { run, peak, peakOnDisk: spilled } = this;
    this.log.push({ type: "end", run, state, time, peak, ...(spilled > 0 && { spilled }) });
  }
}
