import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import type {
  CellOutcome,
  CommMessage,
  Completeness,
  Completion,
  ExpressionOutcome,
  InputRequest,
  Inspection,
  MimeBundle,
  Payload,
  TypesMode,
} from "../../kernel/src/session/session.js";

/** What a cell printed, showed or cleared, what it asked and sent. */
export type Output =
  | { readonly type: "stream"; readonly cell: string; readonly name: string; readonly text: string }
  | {
      readonly type: "display";
      readonly cell: string;
      readonly data: MimeBundle;
      readonly metadata: object;
      readonly displayId: string;
      readonly update: boolean;
    }
  | { readonly type: "clear"; readonly cell: string; readonly wait: boolean }
  | { readonly type: "payload"; readonly cell: string; readonly payload: Payload }
  | ({ readonly type: "input"; readonly cell: string } & InputRequest)
  | { readonly type: "comm"; readonly cell: string; readonly message: CommMessage }
  | { readonly type: "commTarget"; readonly name: string }
  | { readonly type: "typesMode"; readonly mode: TypesMode };

interface Answer {
  readonly ask: number;
  readonly answer: unknown;
  readonly outputs: readonly Output[];
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** A built session in a process of its own, with an empty folder as the notebook's. */
export class SessionClient {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "dagbook-session-")));
  /** everything that came, in order */
  readonly seen: Output[] = [];
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  /** why nothing is answered any more */
  #end: Error | undefined;
  #count = 0;

  /** @param engine who runs the cells */
  constructor(engine: "dagbook" | "tslab" = "dagbook") {
    const host = fileURLToPath(new URL("./session-host.mjs", import.meta.url));
    const execArgv = ["--no-force-async-hooks-checks"];
    this.#child = fork(host, [this.folder, engine], { execArgv, serialization: "advanced" });
    this.#child.on("message", (answer: Answer) => {
      this.seen.push(...answer.outputs);
      this.#waiting.get(answer.ask)?.resolve(answer);
      this.#waiting.delete(answer.ask);
    });
    this.#child.on("exit", (code, signal) => {
      this.#end = new Error(`the session ended with ${signal ?? `code ${code}`}`);
      for (const { reject } of this.#waiting.values()) reject(this.#end);
    });
  }

  /** Number of the last cell; its file is `cell-<count>.ts`. */
  get count(): number {
    return this.#count;
  }

  /** Runs a cell; its id is `m<count>`. */
  async run(code: string): Promise<{ readonly outcome: CellOutcome; readonly outputs: readonly Output[] }> {
    this.#count += 1;
    const { answer, outputs } = await this.#ask("execute", { id: `m${this.#count}`, code, count: this.#count });
    return { outcome: answer as CellOutcome, outputs };
  }

  /** The text of a cell's result; of an error its name, message and traceback without colours. */
  async show(code: string): Promise<string | undefined> {
    const { outcome } = await this.run(code);
    if (outcome.status === "error") return stripVTControlCharacters(outcome.traceback.join("\n"));
    return outcome.result?.["text/plain"] as string | undefined;
  }

  /** Everything a cell wrote to one stream. */
  async printed(code: string, name = "stdout"): Promise<string> {
    const { outputs } = await this.run(code);
    return outputs.map((output) => (output.type === "stream" && output.name === name ? output.text : "")).join("");
  }

  /** What came since the last answer. */
  async outputs(): Promise<readonly Output[]> {
    return (await this.#ask("outputs", {})).outputs;
  }

  /** Starts a cell that ends later; what it prints meanwhile is in `seen`. @returns when it has begun */
  async start(code: string): Promise<{ readonly cell: string; readonly ended: Promise<CellOutcome> }> {
    const running = this.run(code);
    const cell = `m${this.#count}`;
    // Messages of one batch are handled before any promise job, and so before the cell begins.
    await this.outputs();
    return { cell, ended: running.then(({ outcome }) => outcome) };
  }

  /** Stops a cell, as the person does who presses Stop. @returns when it has ended */
  async interrupt(cell: string): Promise<void> {
    await this.#ask("interrupt", { cell });
  }

  /** What the person types from now on, or why there is no answer. */
  async answerWith(reply: { readonly value: string } | { readonly refusal: string }): Promise<void> {
    await this.#ask("answerWith", { reply });
  }

  /** What code that a client sends along with a cell gives. */
  async evaluate(expressions: Readonly<Record<string, string>>): Promise<Readonly<Record<string, ExpressionOutcome>>> {
    const { answer } = await this.#ask("evaluate", { cell: `m${this.#count}`, expressions });
    return answer as Readonly<Record<string, ExpressionOutcome>>;
  }

  /** A front end sends on a comm. @returns what came since the last answer */
  async comm(message: Partial<CommMessage> & Pick<CommMessage, "event" | "id">): Promise<readonly Output[]> {
    const whole: CommMessage = { data: {}, metadata: {}, buffers: [], ...message };
    return (await this.#ask("comm", { message: whole })).outputs;
  }

  /** Everything that a cell has printed so far, to both streams. */
  async printedBy(cell: string): Promise<string> {
    await this.outputs();
    return this.seen.map((one) => (one.type === "stream" && one.cell === cell ? one.text : "")).join("");
  }

  async inspect(code: string, cursorPos: number, detail = 0): Promise<Inspection> {
    return (await this.#ask("inspect", { code, cursorPos, detail })).answer as Inspection;
  }

  async isComplete(code: string): Promise<Completeness> {
    return (await this.#ask("isComplete", { code })).answer as Completeness;
  }

  async complete(code: string, cursorPos = [...code].length): Promise<Completion> {
    return (await this.#ask("complete", { code, cursorPos })).answer as Completion;
  }

  /** What shipping functions learns of a name. */
  async scope(name: string): Promise<unknown> {
    return (await this.#ask("scope", { name })).answer;
  }

  /** Scripts of the cells that ran, newest first. */
  async cells(): Promise<readonly { readonly name: string; readonly code: string }[]> {
    return (await this.#ask("cells", {})).answer as { name: string; code: string }[];
  }

  async writtenAt(place: { file: string; line: number; column: number }): Promise<unknown> {
    return (await this.#ask("writtenAt", { place })).answer;
  }

  /** Waits until a `stop()` of the last cell has done its work. */
  async untilStopped(): Promise<void> {
    await this.#ask("stopped", {});
  }

  async close(): Promise<void> {
    if (this.#end === undefined) {
      const closed = new Promise((resolve) => this.#child.once("exit", resolve));
      this.#child.disconnect();
      await closed;
    }
    rmSync(this.folder, { recursive: true });
  }

  #ask(type: string, content: object): Promise<Answer> {
    if (this.#end !== undefined) return Promise.reject(this.#end);
    this.#asked += 1;
    const ask = this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(ask, { resolve, reject });
      this.#child.send({ ask, type, ...content });
    });
  }
}
