import { Session } from "node:inspector";
import { setTimeout as delay } from "node:timers/promises";
import { CLEAR_ASYNC_IDS, MAX_COUNTED_DEPTH, STACK_DEPTH } from "./cut-hooks.js";

/** A thread that runs JavaScript says within this time how deep it is. */
const DEPTH_MS = 100;
/** A thread that runs JavaScript pauses within this time. */
const PAUSE_MS = 200;
/** A paused thread answers within this time. */
const ANSWER_MS = 500;

/** Where the kernel's own code is. */
const OWN_CODE = new URL("../", import.meta.url).href;

interface CallFrame {
  readonly callFrameId: string;
  readonly url: string;
}

interface Evaluated {
  readonly result?: { readonly value?: unknown };
  readonly exceptionDetails?: unknown;
}

interface PausedEvent {
  readonly params: { readonly callFrames: readonly CallFrame[] };
}

type Params = Readonly<Record<string, unknown>>;

/** An inspector session from the service thread to the main thread; it works while that thread is busy. */
export class MainInspector {
  readonly #session = new Session();
  #isConnected = false;

  /** Connects; later, a thread that sleeps in native code would not let a session begin. */
  connect(): void {
    this.#session.connectToMainThread();
    this.#isConnected = true;
  }

  /** An open session would hold up the end of the process. */
  disconnect(): void {
    this.#isConnected = false;
    this.#session.disconnect();
  }

  /**
   * Stops the JavaScript that runs on the main thread; no `catch` or `finally` of it runs. State stays.
   * @param where "user": only if code of a cell runs, or code that it has called; "anywhere": whatever runs
   * @param patienceMs how long the thread may stay in native code, where nothing can stop it
   * @returns false if nothing was stopped
   */
  async cut(where: "user" | "anywhere", patienceMs: number): Promise<boolean> {
    const depth = await this.#evaluate(STACK_DEPTH, DEPTH_MS);
    // For an endless recursion: the description of all its call frames would take minutes.
    if (depth === "failed" || (depth !== "late" && Number(depth.value) >= MAX_COUNTED_DEPTH)) return this.#terminate();
    // Termination hits whatever runs when it arrives, so the thread is paused first.
    try {
      const frames = await this.#pause(patienceMs);
      return frames !== undefined && (await this.#goOn(where === "user" && !isUserCode(frames)));
    } finally {
      // Also takes back what the thread has not come to.
      void this.#post("Debugger.disable", {}, ANSWER_MS);
    }
  }

  /**
   * Before Node 24 a termination under AsyncLocalStorage aborts the process if Node then finds ids on its stack of
   * async ids. Where the stack of calls is full, emptying it fails.
   */
  async #terminate(): Promise<boolean> {
    const cleared = await this.#evaluate(CLEAR_ASYNC_IDS, ANSWER_MS);
    if (cleared === "failed" || cleared === "late") return false;
    return (await this.#post("Runtime.terminateExecution", {}, ANSWER_MS)) !== undefined;
  }

  /** @returns false if what was paused goes on as if nothing had been, true if it has ended */
  async #goOn(asBefore: boolean): Promise<boolean> {
    if (!asBefore) await this.#evaluate(CLEAR_ASYNC_IDS, ANSWER_MS);
    await this.#post("Debugger.resume", { terminateOnResume: !asBefore }, ANSWER_MS);
    return !asBefore;
  }

  /**
   * Pauses the thread; its call frames, the innermost first, or undefined if it is not in JavaScript.
   * @param patienceMs how long the thread may stay in native code
   */
  async #pause(patienceMs: number): Promise<readonly CallFrame[] | undefined> {
    let onPaused: (event: PausedEvent) => void = () => undefined;
    const paused = new Promise<readonly CallFrame[]>((resolve) => {
      onPaused = ({ params }) => resolve(params.callFrames);
      this.#session.once("Debugger.paused", onPaused);
    });
    // Both at once: a thread that comes back from native code for a moment must find them together.
    const enabled = this.#post("Debugger.enable", {}, patienceMs);
    void this.#post("Debugger.pause", {}, patienceMs);
    try {
      if ((await enabled) === undefined) return undefined;
      return await Promise.race([paused, delay(PAUSE_MS, undefined)]);
    } finally {
      this.#session.off("Debugger.paused", onPaused);
    }
  }

  /** What a function of ours on the main thread returns; "late" if the thread is in native code. */
  async #evaluate(name: string, timeoutMs: number): Promise<{ readonly value: unknown } | "failed" | "late"> {
    // In the scope of the process: in that of a call frame, names may mean something else.
    const expression = `this[${JSON.stringify(name)}]()`;
    const answer: Evaluated | undefined = await this.#post("Runtime.evaluate", { expression, silent: true }, timeoutMs);
    if (answer === undefined) return "late";
    return answer.exceptionDetails === undefined ? { value: answer.result?.value } : "failed";
  }

  /** The result of an inspector method; undefined if it failed or did not answer in time. */
  #post(method: string, params: Params, timeoutMs: number): Promise<object | undefined> {
    return new Promise((resolve) => {
      // An interrupt may still go on when the kernel is told to end.
      if (!this.#isConnected) return resolve(undefined);
      const timer = setTimeout(() => resolve(undefined), timeoutMs);
      this.#session.post(method, params, (error: Error | null, result?: object) => {
        clearTimeout(timer);
        resolve(error === null ? (result ?? {}) : undefined);
      });
    });
  }
}

/**
 * True if code of the user is on the stack. The kernel itself uses packages, which cells may use too: they are the
 * user's if it was not the kernel that called them.
 */
function isUserCode(frames: readonly CallFrame[]): boolean {
  const own = frames.filter(({ url }) => !url.startsWith("node:"));
  const isForeign = ({ url }: CallFrame) => !url.startsWith(OWN_CODE) && !url.includes("/node_modules/");
  return own.some(isForeign) || own.at(-1)?.url.startsWith(OWN_CODE) === false;
}
