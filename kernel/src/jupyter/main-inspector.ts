import { Session } from "node:inspector";
import { CLEAR_ASYNC_IDS } from "./clear-async-ids.js";

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
   * Nothing happens if the thread is in native code for longer than a second.
   */
  async cut(): Promise<void> {
    // Before Node 24 a plain termination under AsyncLocalStorage aborts the process: Node then finds ids on
    // its stack of async ids. So the thread is paused first, and the stack emptied.
    if (Number.parseInt(process.versions.node, 10) < 24 && (await this.#cutPaused())) return;
    await this.#post("Runtime.terminateExecution", {}, 1000);
  }

  async #cutPaused(): Promise<boolean> {
    if ((await this.#post("Debugger.enable", {}, 200)) === undefined) return false;
    try {
      const frame = await this.#pause(200);
      if (frame === undefined) return false;
      const expression = `globalThis[Symbol.for(${JSON.stringify(CLEAR_ASYNC_IDS)})]?.()`;
      await this.#post("Debugger.evaluateOnCallFrame", { callFrameId: frame, expression, silent: true }, 500);
      await this.#post("Debugger.resume", { terminateOnResume: true }, 500);
      return true;
    } finally {
      await this.#post("Debugger.disable", {}, 500);
    }
  }

  /** Pauses the thread; the id of its innermost call frame, or undefined if it is not in JavaScript. */
  #pause(timeoutMs: number): Promise<string | undefined> {
    return new Promise((resolve) => {
      const onPaused = ({ params }: { params: { callFrames: readonly { callFrameId: string }[] } }) => {
        clearTimeout(timer);
        resolve(params.callFrames[0]?.callFrameId);
      };
      const timer = setTimeout(() => {
        this.#session.off("Debugger.paused", onPaused);
        resolve(undefined);
      }, timeoutMs);
      this.#session.once("Debugger.paused", onPaused);
      void this.#post("Debugger.pause", {}, timeoutMs);
    });
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
