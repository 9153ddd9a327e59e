import process from "node:process";
import { allowImports } from "../dag/functions/import-module.js";
import type { SessionScope } from "../dag/functions/shipped.js";
import { isDagbookError } from "../errors.js";
import { CellComms } from "./cell-comms.js";
import { CellExecutor } from "./cell-executor.js";
import { setComms } from "./comms.js";
import { complete } from "./completion/complete.js";
import { type DisplayTarget, setDisplayTarget } from "./display/display-target.js";
import { emptyStdin } from "./empty-stdin.js";
import { CellSources } from "./errors/cell-sources.js";
import { collectMoreFrames, errorOutcome } from "./errors/error-outcome.js";
import { hideAsyncIds } from "./hide-async-ids.js";
import { type InputTarget, setInputTarget } from "./input-target.js";
import { inspect } from "./inspection/inspect.js";
import { isComplete } from "./is-complete.js";
import { CellMagics } from "./magics/cell-magics.js";
import { RunningCells } from "./running-cells.js";
import { CellScope, type SessionGlobal } from "./scope/cell-scope.js";
import type {
  CellOutcome,
  CellRequest,
  CommMessage,
  Completeness,
  Completion,
  ExpressionOutcome,
  Inspection,
  Outlet,
  Session,
  StreamName,
} from "./session.js";
import { captureStreams, log } from "./streams.js";

/** What a session is made with. */
export interface SessionOptions {
  readonly outlet: Outlet;
  /** folder of the notebook: becomes the working directory, imports are looked up from here */
  readonly folder: string;
  /** names bound in every cell without an import */
  readonly globals: Readonly<Record<string, SessionGlobal>>;
}

/** A session, and what else the thread it runs on must know of it. */
export interface NotebookSession extends Session {
  /** what shipping functions must know of the names of cells */
  readonly scope: SessionScope;
  /** id of the cell that the running code belongs to; of code without a known origin, that of the newest cell */
  currentCell(): string | undefined;
  /** Gives standard output back to the process. Names of cells stay: they belong to the process. */
  close(): void;
}

/** Makes this thread run cells. There is one session per process: cells share the global object. */
export function createSession(options: SessionOptions): NotebookSession {
  return new CellSession(options);
}

class CellSession implements NotebookSession {
  readonly scope: CellScope;
  readonly #outlet: Outlet;
  readonly #sources = new CellSources();
  readonly #cells = new RunningCells();
  readonly #executor: CellExecutor;
  readonly #magics: CellMagics;
  readonly #comms: CellComms;
  readonly #restores: (() => void)[] = [];

  constructor({ outlet, folder, globals }: SessionOptions) {
    this.#outlet = outlet;
    process.chdir(folder);
    this.#magics = new CellMagics({
      outlet,
      currentCell: () => this.#cells.current,
      names: () => this.scope.namesOfCells(),
      inspect: (code, cursorPos, detail) => this.inspect(code, cursorPos, detail),
    });
    this.#comms = this.#newComms();
    this.scope = new CellScope({ sources: this.#sources, magics: this.#magics, globals });
    this.#executor = new CellExecutor({
      cells: this.#cells,
      sources: this.#sources,
      scope: this.scope,
      warn: (error) => this.#writeError(error),
    });
    allowImports();
    collectMoreFrames();
    hideAsyncIds();
    this.#takeOutput();
    this.#catchStrayErrors();
  }

  execute(request: CellRequest): Promise<CellOutcome> {
    return this.#executor.execute(request);
  }

  async interrupt(cell: string): Promise<void> {
    this.#magics.interrupt(cell);
    await this.#cells.get(cell)?.interrupt();
  }

  isComplete(code: string): Completeness {
    return isComplete(code);
  }

  complete(code: string, cursorPos: number): Completion {
    return complete(code, cursorPos, this.scope);
  }

  inspect(code: string, cursorPos: number, detail: number): Inspection {
    const cells = this.#sources.newestFirst().map(({ source }) => source);
    return inspect(code, cursorPos, detail, cells);
  }

  async evaluate(
    cell: string,
    expressions: Readonly<Record<string, string>>,
  ): Promise<Readonly<Record<string, ExpressionOutcome>>> {
    const outcomes: Record<string, ExpressionOutcome> = {};
    for (const [name, expression] of Object.entries(expressions)) {
      outcomes[name] = await this.#executor.evaluate(cell, expression);
    }
    return outcomes;
  }

  writtenStack(stack: string): string {
    return this.#sources.cleanText(stack);
  }

  comm(message: CommMessage): void {
    this.#comms.receive(message);
  }

  currentCell(): string | undefined {
    return this.#cells.current;
  }

  close(): void {
    for (const restore of this.#restores) restore();
  }

  /** What cells print, show and ask goes to the outlet, with the cell it belongs to. */
  #takeOutput(): void {
    setDisplayTarget(this.#displayTarget());
    setInputTarget(this.#inputTarget());
    setComms(this.#comms);
    this.#restores.push(
      () => setDisplayTarget(undefined),
      () => setInputTarget(undefined),
      () => setComms(undefined),
      captureStreams((name, text) => this.#write(name, text)),
      emptyStdin(),
    );
  }

  #displayTarget(): DisplayTarget {
    return {
      show: (content) => {
        this.#outlet.display(this.#cell, { ...content, data: this.#sources.cleanBundle(content.data) });
      },
      clear: (wait) => this.#outlet.clearOutput(this.#cell, wait),
      waitFor: (pending) => this.#cells.get(this.#cell)?.waitFor(pending),
      warn: (error) => this.#writeError(error),
    };
  }

  #newComms(): CellComms {
    return new CellComms({
      currentCell: () => this.#cell,
      runAs: (cell, work) => this.#cells.within(cell, work),
      warn: (error) => this.#writeError(error),
      send: (cell, message) => this.#outlet.comm(cell, message),
      target: (name) => this.#outlet.commTarget(name),
    });
  }

  #inputTarget(): InputTarget {
    return {
      ask: (request) => this.#outlet.input(this.#cell, request),
      askNow: (request) => this.#outlet.inputNow(this.#cell, request),
      payload: (payload) => this.#outlet.payload(this.#cell, payload),
    };
  }

  /** The cell that the running code belongs to; empty before the first one, when there is none. */
  get #cell(): string {
    return this.#cells.current ?? "";
  }

  #write(name: StreamName, text: string): void {
    const cell = this.#cells.current;
    if (cell === undefined) log(text);
    else this.#outlet.stream(cell, name, this.#sources.cleanText(text));
  }

  #writeError(error: unknown): void {
    this.#write("stderr", `${errorOutcome(error, this.#sources).traceback.join("\n")}\n`);
  }

  /** An error in a timer or a forgotten promise is shown; Node would end the process. */
  #catchStrayErrors(): void {
    const show = (error: unknown) => {
      // The cell that was interrupted has said so; where it was cut, nobody waits for its await any more.
      if (!(isDagbookError(error) && error.name === "KeyboardInterrupt")) this.#writeError(error);
    };
    process.on("uncaughtException", show);
    process.on("unhandledRejection", show);
    this.#restores.push(() => process.off("uncaughtException", show).off("unhandledRejection", show));
  }
}
