import type { KernelMessage, ViewMessage } from "dagbook/dashboard-messages";

/** What a view asks a kernel once, about a run that goes on or has ended. */
export type Question = Extract<ViewMessage, { kind: "inspect" | "retry" | "rerun" }>;
export type Answer = Extract<KernelMessage, { kind: "task" | "repeated" | "refused" }>;

interface Open {
  readonly question: Question;
  readonly hear: (answer: Answer | undefined) => void;
}

/** What was asked and is not answered yet. Each is answered once. */
export class OpenQuestions {
  #all: readonly Open[] = [];

  get size(): number {
    return this.#all.length;
  }

  get open(): readonly Question[] {
    return this.#all.map(({ question }) => question);
  }

  add(question: Question, hear: (answer: Answer | undefined) => void): void {
    this.#all = [...this.#all, { question, hear }];
  }

  answered(answer: Answer): void {
    this.#settle((question) => isAnswer(question, answer), answer);
  }

  /** The kernel does not know the run. */
  unknown(run: string): void {
    this.#settle((question) => question.run === run, undefined);
  }

  /** The kernel went away. */
  lost(): void {
    this.#settle(() => true, undefined);
  }

  #settle(isMeant: (question: Question) => boolean, answer: Answer | undefined): void {
    const settled = this.#all.filter(({ question }) => isMeant(question));
    this.#all = this.#all.filter((open) => !settled.includes(open));
    for (const { hear } of settled) hear(answer);
  }
}

function isAnswer(question: Question, answer: Answer): boolean {
  if (question.run !== answer.run) return false;
  if (answer.kind === "task") return question.kind === "inspect" && question.task === answer.task;
  return question.kind !== "inspect";
}
