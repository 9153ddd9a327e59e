import { type ISignal, Signal } from "@lumino/signaling";
import type { PoolState, RunEntry, RunListMessage } from "dagbook/dashboard-messages";
import type { KernelLine, KernelLines } from "./kernel-lines.js";

/** A run, and where it is. */
export interface ListedRun extends RunEntry {
  readonly line: KernelLine;
  /** milliseconds from its start to its end, or to now */
  readonly elapsed: number;
}

interface Heard {
  readonly list: RunListMessage;
  /** page time when it came */
  readonly at: number;
}

/** The runs of all kernels on one list. */
export class RunList {
  readonly #lines: KernelLines;
  readonly #heard = new Map<string, Heard>();
  readonly #watched = new Map<KernelLine["client"], { readonly kernel: string; readonly end: () => void }>();
  readonly #changed = new Signal<this, void>(this);

  constructor(lines: KernelLines) {
    this.#lines = lines;
    lines.changed.connect(() => this.#follow());
    this.#follow();
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  get lines(): KernelLines {
    return this.#lines;
  }

  /** All runs, newest first. */
  get runs(): readonly ListedRun[] {
    const runs: ListedRun[] = [];
    for (const line of this.#lines.lines) {
      const heard = this.#heard.get(line.kernel);
      if (!heard) continue;
      const now = heard.list.now + performance.now() - heard.at;
      for (const entry of heard.list.runs) {
        runs.push({ ...entry, line, elapsed: entry.t1 ?? Math.max(0, now - entry.t0) });
      }
    }
    return runs.sort((a, b) => b.t0 - a.t0);
  }

  /** The run to act on: of a kernel, the newest that runs, else the newest. */
  currentOf(kernel: string | undefined): ListedRun | undefined {
    const runs = this.runs.filter(({ line }) => line.kernel === kernel);
    return runs.find(({ state }) => state === "running") ?? runs[0];
  }

  /** The pools of all kernels together; undefined where no kernel is heard. */
  get pool(): Omit<PoolState, "limit"> | undefined {
    const pools = [...this.#heard.values()].map(({ list }) => list.pool);
    if (pools.length === 0) return undefined;
    const sum = (name: "workers" | "running" | "bytes") => pools.reduce((total, pool) => total + pool[name], 0);
    return { workers: sum("workers"), running: sum("running"), bytes: sum("bytes") };
  }

  #follow(): void {
    const lines = new Map(this.#lines.lines.map((line) => [line.client, line]));
    for (const [client, { kernel, end }] of this.#watched) {
      if (lines.get(client)?.kernel === kernel) continue;
      end();
      this.#watched.delete(client);
      this.#heard.delete(kernel);
    }
    for (const [client, { kernel }] of lines) {
      if (this.#watched.has(client)) continue;
      const end = client.watch((list) => this.#hear(kernel, list));
      this.#watched.set(client, { kernel, end });
    }
    this.#changed.emit();
  }

  #hear(kernel: string, list: RunListMessage | undefined): void {
    if (list) this.#heard.set(kernel, { list, at: performance.now() });
    else this.#heard.delete(kernel);
    this.#changed.emit();
  }
}
