import process from "node:process";
import { setImmediate } from "node:timers";
import type { Diagnostic } from "tslab/dist/converter.js";
import { queueMicrotask } from "../kept-globals.js";
import { offsetOf } from "../session/code/code-points.js";
import { bundleOf, plainBundle } from "../session/display/bundle-of.js";
import { type DisplayTarget, setDisplayTarget } from "../session/display/display-target.js";
import { CellSources } from "../session/errors/cell-sources.js";
import { errorOutcome } from "../session/errors/error-outcome.js";
import type { Frame } from "../session/errors/frame.js";
import { interrupted } from "../session/errors/interrupted.js";
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
} from "../session/session.js";
import { captureStreams, log } from "../session/streams.js";
import { completionEntries } from "./completion-entries.js";
import { refusedOutcome } from "./diagnostics-outcome.js";
import { loadExecutor, type TslabEngine } from "./load-executor.js";

/** What a session in tslab's engine is made with. */
export interface TslabSessionOptions {
  readonly outlet: Outlet;
  /** folder of the notebook: imports are looked up from here */
  readonly folder: string;
  readonly isJavaScript: boolean;
  /** runs work that an interrupt must not cut */
  readonly uncut: <T>(work: () => T) => T;
}

/** Makes this thread run cells as tslab does: its compiler, its scope, its answers about code. */
export function createTslabSession(options: TslabSessionOptions): Session {
  return new TslabSession(options);
}

/** Knows no cell of ours: frames of tslab's cells are shown as they are, without tslab's own. */
class TslabSources extends CellSources {
  override userFrame(frame: Frame): Frame | undefined {
    return frame.file.includes("/tslab/dist/") ? undefined : super.userFrame(frame);
  }
}

interface Turn {
  readonly request: CellRequest;
  readonly settle: (outcome: CellOutcome) => void;
}

class TslabSession implements Session {
  readonly #outlet: Outlet;
  readonly #engine: TslabEngine;
  readonly #sources = new TslabSources();
  readonly #onSigint = process.rawListeners("SIGINT");
  readonly #waiting: Turn[] = [];
  #running: Turn | undefined;
  #lastCell: string | undefined;
  #pending: Promise<void>[] = [];
  #diagnostics: readonly Diagnostic[] = [];
  #thrown: { readonly error: unknown } | undefined;
  #result: { readonly value: unknown } | undefined;

  constructor({ outlet, folder, isJavaScript, uncut }: TslabSessionOptions) {
    this.#outlet = outlet;
    this.#engine = loadExecutor({
      folder,
      isJavaScript,
      console: {
        log: (value) => {
          this.#result = { value };
        },
        error: (...words) => this.#noteError(words),
      },
      convert: (work) => {
        const converted = uncut(work);
        this.#diagnostics = converted.diagnostics;
        return converted;
      },
    });
    setDisplayTarget(this.#displayTarget());
    captureStreams((name, text) => this.#write(name, text));
    const show = (error: unknown) => this.#writeError(error);
    process.on("uncaughtException", show).on("unhandledRejection", show);
  }

  /** tslab has one scope for a cell that runs, so cells wait for each other. */
  execute(request: CellRequest): Promise<CellOutcome> {
    return new Promise((settle) => {
      this.#waiting.push({ request, settle });
      // An interrupt may cut the whole stack away, so the caller must hold the promise before the cell starts.
      queueMicrotask(() => this.#next());
    });
  }

  async interrupt(cell: string): Promise<void> {
    const waiting = this.#waiting.findIndex(({ request }) => request.id === cell);
    if (waiting >= 0) this.#waiting.splice(waiting, 1)[0].settle(interrupted);
    if (this.#running?.request.id !== cell) return;
    this.#engine.executor.interrupt();
    this.#restoreSigint();
    this.#finish(this.#running, interrupted);
  }

  isComplete(code: string): Completeness {
    const { completed, indent } = this.#engine.isCompleteCode(code);
    return completed ? { status: "complete" } : { status: "incomplete", indent: indent ?? "" };
  }

  complete(code: string, cursorPos: number): Completion {
    return completionEntries(code, this.#engine.executor.complete(code, offsetOf(code, cursorPos)));
  }

  inspect(code: string, cursorPos: number): Inspection {
    const at = offsetOf(code, cursorPos);
    // At the end of a name the compiler sees what follows it.
    const info = this.#engine.executor.inspect(code, at) ?? this.#engine.executor.inspect(code, Math.max(0, at - 1));
    if (!info) return { found: false };
    return { found: true, data: { "text/plain": this.#engine.printQuickInfo(info) }, metadata: {} };
  }

  async evaluate(
    cell: string,
    expressions: Readonly<Record<string, string>>,
  ): Promise<Readonly<Record<string, ExpressionOutcome>>> {
    const outcomes: Record<string, ExpressionOutcome> = {};
    for (const [name, code] of Object.entries(expressions)) {
      const outcome = await this.execute({ id: cell, code, count: 0 });
      outcomes[name] =
        outcome.status === "error"
          ? outcome
          : { status: "ok", data: outcome.result ?? plainBundle(undefined), metadata: {} };
    }
    return outcomes;
  }

  /** tslab has no comms, so none of them is a cell's. */
  /** tslab's errors name its own compiled code. */
  writtenStack(stack: string): string {
    return stack;
  }

  comm(): void {}

  #next(): void {
    if (this.#running !== undefined) return;
    const turn = this.#waiting.shift();
    if (turn === undefined) return;
    this.#running = turn;
    this.#lastCell = turn.request.id;
    this.#pending = [];
    void this.#outcomeOf(turn.request).then((outcome) => this.#finish(turn, outcome));
  }

  /** A cell that was interrupted may go on in the background: what becomes of it is of no interest. */
  #finish(turn: Turn, outcome: CellOutcome): void {
    if (this.#running !== turn) return;
    this.#running = undefined;
    turn.settle(outcome);
    // Not at once: the executor still has to tell of the interrupt, which is no error of the next cell.
    setImmediate(() => this.#next());
  }

  async #outcomeOf({ code, count }: CellRequest): Promise<CellOutcome> {
    this.#diagnostics = [];
    this.#thrown = undefined;
    this.#result = undefined;
    try {
      const isDone = await this.#engine.executor.execute(code);
      if (!isDone) return this.#failure({ count, code });
      const result = this.#result === undefined ? undefined : await this.#bundleOf(this.#result);
      while (this.#pending.length > 0) await this.#pending.shift();
      return { status: "ok", result };
    } catch (error) {
      return errorOutcome(error, this.#sources);
    }
  }

  #failure(cell: { readonly count: number; readonly code: string }): CellOutcome {
    if (this.#thrown !== undefined) return errorOutcome(this.#thrown.error, this.#sources);
    return refusedOutcome(cell, this.#diagnostics);
  }

  /** The executor prints diagnostics by a format of five words, what a cell threw alone. */
  #noteError(words: readonly unknown[]): void {
    if (words.length === 1) this.#thrown = { error: words[0] };
    // A cell that is a module (`@module`) counts as done whatever is wrong with it: the person must see it.
    else if (this.#diagnostics.length === 0) process.stderr.write(`${words.slice(1).join(" ")}\n`);
  }

  async #bundleOf({ value }: { readonly value: unknown }): Promise<MimeBundle | undefined> {
    try {
      const bundle = await bundleOf(value);
      return Object.keys(bundle).length > 0 ? bundle : undefined;
    } catch (error) {
      this.#writeError(error);
      return plainBundle(value);
    }
  }

  /** Node takes listeners of SIGINT away while tslab runs a script; a cut keeps it from putting them back. */
  #restoreSigint(): void {
    const present = process.rawListeners("SIGINT");
    for (const listener of this.#onSigint) {
      if (!present.includes(listener)) process.on("SIGINT", listener as NodeJS.SignalsListener);
    }
  }

  #displayTarget(): DisplayTarget {
    return {
      show: (content) => this.#outlet.display(this.#lastCell ?? "", content),
      clear: (wait) => this.#outlet.clearOutput(this.#lastCell ?? "", wait),
      waitFor: (pending) => this.#pending.push(pending),
      warn: (error) => this.#writeError(error),
    };
  }

  #write(name: StreamName, text: string): void {
    if (this.#lastCell === undefined) log(text);
    else this.#outlet.stream(this.#lastCell, name, text);
  }

  #writeError(error: unknown): void {
    const text = `${errorOutcome(error, this.#sources).traceback.join("\n")}\n`;
    if (this.#lastCell === undefined) log(text);
    else this.#outlet.stream(this.#lastCell, "stderr", text);
  }
}
