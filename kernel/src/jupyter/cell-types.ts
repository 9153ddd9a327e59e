import { setImmediate } from "node:timers/promises";
import type { TypesMode } from "../session/session.js";
import type { CellDiagnostic, TypeChecker, TypedCompletions, TypedInspection } from "../session/types/type-checker.js";
import { soon } from "../soon.js";

/** A checker that starts answers after some 200 ms; nobody waits longer than this for names. */
const ANSWER_MS = 1500;
/** A cell is not idle before its findings are shown, but the next cell waits no longer than this for them. */
const SHOW_MS = 1000;
/** Few cells run longer; on two cores a check that goes on beside a short cell makes its reply half as slow again. */
const HEAD_START_MS = 20;

/** What the type checker says of cells and of code that is being written, and what follows from it. */
export class CellTypes {
  readonly #checker: TypeChecker | undefined;
  #mode: TypesMode = "warn";

  /** @param checker undefined: this kernel has none */
  constructor(checker: TypeChecker | undefined) {
    this.#checker = checker;
  }

  /** what cells asked for */
  get mode(): TypesMode {
    return this.#mode;
  }

  set mode(mode: TypesMode) {
    this.#mode = mode;
    if (mode === "off") this.#checker?.sleep();
  }

  /** Starts the checker, so that the first cell need not wait for it. */
  async warmUp(): Promise<void> {
    await this.#asked?.warmUp();
  }

  /** True while the checker has to start before it can tell what is wrong with a cell. */
  get isCold(): boolean {
    return this.#asked !== undefined && !this.#asked.isWarm;
  }

  /** Bytes of the checker's process; 0 if it does not run. */
  get memory(): number {
    return this.#checker?.memory ?? 0;
  }

  /** Ids of the checker's processes. */
  get pids(): readonly number[] {
    const pid = this.#checker?.pid;
    return pid === undefined ? [] : [pid];
  }

  /** A cell joins the program. @returns what is wrong with it; nothing where types are off. Never rejects */
  async check(count: number, code: string): Promise<readonly CellDiagnostic[]> {
    try {
      if (this.#asked !== undefined) return await this.#asked.addCell({ count, code });
      // They may be turned on later, and cells that follow use what this one declares.
      this.#checker?.rememberCell({ count, code });
    } catch {
      // Types are advice: code that is nested too deeply for the parser has none. Its run may take its time before
      // anybody looks at this promise, and one that nobody looks at would end the kernel when it rejects.
    }
    return [];
  }

  /** The same for a cell that already runs: begins when its reply has left, or when it turns out to take its time. */
  async checkBeside(running: Promise<unknown>, count: number, code: string): Promise<readonly CellDiagnostic[]> {
    await soon(running, HEAD_START_MS);
    await setImmediate();
    return this.check(count, code);
  }

  /** What was found, if it is found soon. */
  async foundSoon(check: Promise<readonly CellDiagnostic[]>): Promise<readonly CellDiagnostic[]> {
    return (await soon(check, SHOW_MS)) ?? [];
  }

  /** The cell did not run: what it declares does not exist. */
  drop(count: number): void {
    this.#checker?.dropCell(count);
  }

  async complete(code: string, cursorPos: number): Promise<TypedCompletions | undefined> {
    return this.#asked && soon(this.#asked.complete(code, cursorPos), ANSWER_MS);
  }

  async inspect(code: string, cursorPos: number): Promise<TypedInspection | undefined> {
    return this.#asked && soon(this.#asked.inspect(code, cursorPos), ANSWER_MS);
  }

  close(): void {
    this.#checker?.close();
  }

  get #asked(): TypeChecker | undefined {
    return this.mode === "off" ? undefined : this.#checker;
  }
}
