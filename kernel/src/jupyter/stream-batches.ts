import type { StreamName } from "../session/session.js";

/** Text waits this long for more, and no longer. */
const DELAY_MS = 50;
/** Text that leaves at once, in characters. */
const FULL = 64 << 10;

/** What a cell printed to one stream in one go. */
export interface StreamBatch {
  readonly cell: string;
  readonly name: StreamName;
  readonly texts: string[];
}

/**
 * Joins what cells print to few messages: a server drops all output of a kernel that sends more than
 * 1,000 messages a second. Order is kept, also between stdout and stderr.
 */
export class StreamBatches {
  readonly #emit: (batch: StreamBatch) => void;
  #batches: StreamBatch[] = [];
  #size = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(emit: (batch: StreamBatch) => void) {
    this.#emit = emit;
  }

  add(cell: string, name: StreamName, text: string): void {
    const last = this.#batches.at(-1);
    if (last?.cell === cell && last.name === name) last.texts.push(text);
    else this.#batches.push({ cell, name, texts: [text] });
    this.#size += text.length;
    if (this.#size >= FULL) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), DELAY_MS);
  }

  /** Emits what waits; every other output and every idle status must come after it. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batches = this.#batches;
    this.#batches = [];
    this.#size = 0;
    for (const batch of batches) this.#emit(batch);
  }
}
