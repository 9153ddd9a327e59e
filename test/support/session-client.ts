import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import type { CellOutcome, Completion, MimeBundle } from "../../kernel/src/session/session.js";

/** What a cell printed, showed or cleared. */
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
  | { readonly type: "clear"; readonly cell: string; readonly wait: boolean };

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
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #count = 0;

  constructor() {
    const host = fileURLToPath(new URL("./session-host.mjs", import.meta.url));
    const execArgv = ["--no-force-async-hooks-checks"];
    this.#child = fork(host, [this.folder], { execArgv, serialization: "advanced" });
    this.#child.on("message", (answer: Answer) => {
      this.#waiting.get(answer.ask)?.resolve(answer);
      this.#waiting.delete(answer.ask);
    });
    this.#child.on("exit", (code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`the session ended with code ${code}`));
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
    const closed = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.disconnect();
    await closed;
    rmSync(this.folder, { recursive: true });
  }

  #ask(type: string, content: object): Promise<Answer> {
    this.#asked += 1;
    const ask = this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(ask, { resolve, reject });
      this.#child.send({ ask, type, ...content });
    });
  }
}
