/**
 * Results that this thread asked another one for and has not got yet.
 * @module
 */
import { WorkerError } from "../../errors.js";
import type { FromHost } from "./engine-messages.js";
import { errorOf } from "./error-data.js";
import { unpackValues } from "./packed-values.js";
import type { EncodedResults } from "./results.js";

type Answer = Extract<FromHost, { readonly fetch: number }>;

interface Settle {
  readonly resolve: (results: EncodedResults) => void;
  readonly reject: (error: Error) => void;
}

export class RemoteFetches {
  private readonly open = new Map<number, Settle>();
  private next = 1;

  /** How many are asked for. */
  get size(): number {
    return this.open.size;
  }

  /** @param ask sends the question with this number */
  add(ask: (fetch: number) => void): Promise<EncodedResults> {
    return new Promise((resolve, reject) => {
      const fetch = this.next++;
      ask(fetch);
      this.open.set(fetch, { resolve, reject });
    });
  }

  received(message: Answer): void {
    const asked = this.open.get(message.fetch);
    this.open.delete(message.fetch);
    if (message.kind === "unfetched") asked?.reject(errorOf(message.error));
    else asked?.resolve({ values: unpackValues(message.values), places: message.places });
  }

  /** No answer will come. */
  lost(): void {
    for (const { reject } of this.open.values()) {
      reject(new WorkerError("the thread of the engine ended, its results are gone: restart the kernel", {}));
    }
    this.open.clear();
  }
}
