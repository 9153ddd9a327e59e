/**
 * What this thread asked another one and has no answer to yet.
 * @module
 */
import { WorkerError } from "../../errors.js";

interface Settle<T> {
  readonly resolve: (answer: T) => void;
  readonly reject: (error: Error) => void;
}

export class RemoteQuestions<T> {
  private readonly open = new Map<number, Settle<T>>();
  private next = 1;

  /** How many are asked. */
  get size(): number {
    return this.open.size;
  }

  /** @param ask sends the question with this number */
  add(ask: (question: number) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const question = this.next++;
      ask(question);
      this.open.set(question, { resolve, reject });
    });
  }

  answered(question: number, answer: T): void {
    this.open.get(question)?.resolve(answer);
    this.open.delete(question);
  }

  refused(question: number, error: Error): void {
    this.open.get(question)?.reject(error);
    this.open.delete(question);
  }

  /** No answer will come. */
  lost(): void {
    for (const { reject } of this.open.values()) {
      reject(new WorkerError("the thread of the engine ended, its results are gone: restart the kernel", {}));
    }
    this.open.clear();
  }
}
