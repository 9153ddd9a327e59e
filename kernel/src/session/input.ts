import { ArgumentError, isDagbookError } from "../errors.js";
import { inputTarget } from "./input-target.js";
import type { InputRequest } from "./session.js";

/** Options of `input`. */
export interface InputOptions {
  /** stands before the field */
  readonly prompt?: string;
  /** what is typed is not shown */
  readonly password?: boolean;
}

/**
 * Asks the person at the notebook; other cells and timers go on meanwhile.
 * @param question the text before the field, or options
 * @returns what they typed
 * @throws {InputError} outside of a notebook, or if the client that ran the cell does not let it ask
 * @throws {KeyboardInterrupt} if the cell is stopped
 * @example const name = await input("Your name? ");
 * @example const token = await input({ prompt: "Token: ", password: true });
 */
export async function input(question: string | InputOptions = ""): Promise<string> {
  return inputTarget().ask(requestOf(question));
}

/**
 * Asks the person at the notebook and blocks until they have answered, as in browsers and Deno. Of a cell that may
 * await, `input` is the better choice: while this waits, no timer and no other cell runs.
 * @param message the text before the field
 * @param initial returned when nothing is typed
 * @returns what they typed; null if the client that ran the cell does not let it ask
 * @throws {InputError} outside of a notebook
 * @throws {KeyboardInterrupt} if the cell is stopped
 * @example const name = prompt("Your name? ");
 */
export function prompt(message = "", initial = ""): string | null {
  const target = inputTarget();
  try {
    return target.askNow(requestOf(String(message))) || initial;
  } catch (error) {
    if (isDagbookError(error) && error.name === "InputError") return null;
    throw error;
  }
}

/**
 * Puts text into a cell when the running one has ended.
 * @param options `replace`: into the running cell itself, in place of its code, not into a new one below it
 * @throws {InputError} outside of a notebook
 * @example setNextInput("const answer = 42");
 */
export function setNextInput(text: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  if (typeof text !== "string") throw new ArgumentError(`setNextInput got ${typeof text}: give the text of the cell`);
  inputTarget().payload({ source: "set_next_input", text, replace });
}

function requestOf(question: string | InputOptions): InputRequest {
  if (typeof question === "string") return { prompt: question, password: false };
  const { prompt = "", password = false } = question;
  return { prompt: String(prompt), password: Boolean(password) };
}
