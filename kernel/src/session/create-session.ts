import process from "node:process";
import { allowImports } from "../dag/functions/import-module.js";
import type { SessionScope } from "../dag/functions/shipped.js";
import { complete } from "./complete.js";
import { bundleOf, plainBundle } from "./display/bundle-of.js";
import { type DisplayTarget, setDisplayTarget } from "./display/display-target.js";
import { CellSources } from "./errors/cell-sources.js";
import { collectMoreFrames, errorOutcome, syntaxOutcome } from "./errors/error-outcome.js";
import { interrupted } from "./errors/interrupted.js";
import { scriptProblem } from "./errors/script-problem.js";
import { isComplete } from "./is-complete.js";
import { cellScript, runScript } from "./run-cell.js";
import { CellScope, type SessionGlobal } from "./scope/cell-scope.js";
import { ownModules } from "./scope/module-url.js";
import type {
  CellOutcome,
  CellRequest,
  Completeness,
  Completion,
  ExpressionOutcome,
  Inspection,
  MimeBundle,
  Outlet,
  Session,
  StreamName,
} from "./session.js";
import { captureStreams, log } from "./streams.js";
import { type CompiledCell, compileCell } from "./transform/compile-cell.js";

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
  /** id of the cell that runs now */
  currentCell(): string | undefined;
  /** Gives standard output back to the process. Names of cells stay: they belong to the process. */
  close(): void;
}

/** Makes this thread run cells. There is one session per process: cells share the global object. */
export function createSession(options: SessionOptions): NotebookSession {
  return new CellSession(options);
}

interface RunningCell {
  readonly id: string;
  readonly settle: (outcome: CellOutcome) => void;
}

class CellSession implements NotebookSession {
  readonly scope: CellScope;
  readonly #outlet: Outlet;
  readonly #sources = new CellSources();
  readonly #restores: (() => void)[] = [];
  #running: RunningCell | undefined;
  #lastCell: string | undefined;
  #pending: Promise<void>[] = [];

  constructor({ outlet, folder, globals }: SessionOptions) {
    this.#outlet = outlet;
    process.chdir(folder);
    this.scope = new CellScope(folder, this.#sources, globals);
    allowImports();
    collectMoreFrames();
    setDisplayTarget(this.#displayTarget());
    this.#restores.push(() => setDisplayTarget(undefined));
    this.#restores.push(captureStreams((name, text) => this.#write(name, text)));
    this.#catchStrayErrors();
  }

  execute(request: CellRequest): Promise<CellOutcome> {
    return new Promise((settle) => {
      const running = { id: request.id, settle };
      this.#running = running;
      this.#lastCell = request.id;
      this.#pending = [];
      // An interrupt may cut the whole stack away, so the caller must hold the promise before the cell starts.
      queueMicrotask(() => {
        void this.#outcomeOf(request).then((outcome) => this.#finish(running, outcome));
      });
    });
  }

  interrupt(cell: string): void {
    if (this.#running?.id === cell) this.#finish(this.#running, interrupted);
  }

  isComplete(code: string): Completeness {
    return isComplete(code);
  }

  complete(code: string, cursorPos: number): Completion {
    return complete(code, cursorPos, this.scope.names());
  }

  inspect(): Inspection {
    return { found: false };
  }

  async evaluate(): Promise<Readonly<Record<string, ExpressionOutcome>>> {
    return {};
  }

  comm(): void {}

  currentCell(): string | undefined {
    return this.#running?.id;
  }

  close(): void {
    for (const restore of this.#restores) restore();
  }

  /** A cell that was interrupted may go on in the background: what becomes of it is of no interest. */
  #finish(cell: RunningCell, outcome: CellOutcome): void {
    if (this.#running !== cell) return;
    this.#running = undefined;
    cell.settle(outcome);
  }

  async #outcomeOf({ code, count }: CellRequest): Promise<CellOutcome> {
    try {
      const { cell, problem } = compileCell(code, count, ownModules);
      return problem ? syntaxOutcome(`cell-${count}.ts`, code, problem) : await this.#outcomeOfRun(cell);
    } catch (error) {
      return errorOutcome(error, this.#sources);
    }
  }

  async #outcomeOfRun(cell: CompiledCell): Promise<CellOutcome> {
    this.#sources.add(cell);
    this.scope.declare(cell);
    try {
      const { value } = await runScript(cellScript(cell), cell.isAsync);
      const result = value === undefined ? undefined : await this.#resultOf(value);
      await this.#allShown();
      return { status: "ok", result };
    } catch (error) {
      const early = scriptProblem(error, cell);
      if (early) return syntaxOutcome(cell.name, cell.source, early);
      throw error;
    }
  }

  async #resultOf(value: unknown): Promise<MimeBundle | undefined> {
    try {
      const bundle = this.#clean(await bundleOf(value));
      return Object.keys(bundle).length > 0 ? bundle : undefined;
    } catch (error) {
      this.#writeError(error);
      return plainBundle(value);
    }
  }

  /** The cell ends after everything it shows, also what is shown by something it shows. */
  async #allShown(): Promise<void> {
    while (this.#pending.length > 0) await this.#pending.shift();
  }

  #displayTarget(): DisplayTarget {
    return {
      show: (content) => this.#outlet.display(this.#lastCell ?? "", { ...content, data: this.#clean(content.data) }),
      clear: (wait) => this.#outlet.clearOutput(this.#lastCell ?? "", wait),
      waitFor: (pending) => this.#pending.push(pending),
      warn: (error) => this.#writeError(error),
    };
  }

  #clean(bundle: MimeBundle): MimeBundle {
    const text = bundle["text/plain"];
    return typeof text === "string" ? { ...bundle, "text/plain": this.#sources.cleanText(text) } : bundle;
  }

  #write(name: StreamName, text: string): void {
    if (this.#lastCell === undefined) log(text);
    else this.#outlet.stream(this.#lastCell, name, this.#sources.cleanText(text));
  }

  #writeError(error: unknown): void {
    const text = `${errorOutcome(error, this.#sources).traceback.join("\n")}\n`;
    if (this.#lastCell === undefined) log(text);
    else this.#outlet.stream(this.#lastCell, "stderr", text);
  }

  /** An error in a timer or a forgotten promise is shown; Node would end the process. */
  #catchStrayErrors(): void {
    const show = (error: unknown) => this.#writeError(error);
    process.on("uncaughtException", show);
    process.on("unhandledRejection", show);
    this.#restores.push(() => process.off("uncaughtException", show).off("unhandledRejection", show));
  }
}
