import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { CancelledError } from "../../errors.js";
import { safeText } from "../errors/safe-read.js";

/** A part of a command: text, or an expression in braces with what it gives. */
export type ShellText = string | { readonly text: string; readonly value: () => unknown };

/** A command that was told to end has this time to do it by itself. */
const END_MS = 1000;
/** What a shell leaves running in the background is listened to until it was silent for so long. */
const SILENCE_MS = 100;
/** How shells say that there is no such command. */
const NOT_FOUND = 127;

interface RunningCommand {
  readonly cell: string | undefined;
  isInterrupted: boolean;
}

/** The commands that cells run in the user's shell. */
export class ShellCommands {
  readonly #running = new Map<ChildProcess, RunningCommand>();

  constructor() {
    process.on("exit", () => {
      for (const child of this.#running.keys()) signal(child, "SIGKILL");
    });
  }

  /**
   * Runs a command, whatever its exit code; what it prints goes to the cell as it comes.
   * @param cell whose interrupt ends the command
   * @throws {CancelledError} if it was interrupted, so that the rest of the cell does not run
   */
  async run(parts: readonly ShellText[], cell: string | undefined): Promise<void> {
    const command = parts.map(textOf).join("");
    const { SHELL } = process.env;
    // A process group of its own, so that whatever the shell starts can be ended with it. No input: nobody could type.
    const child = spawn(command, {
      shell: SHELL === undefined || SHELL === "" ? true : SHELL,
      detached: process.platform !== "win32",
      stdio: ["ignore", "pipe", "pipe"],
    });
    const running = { cell, isInterrupted: false };
    this.#running.set(child, running);
    child.once("close", () => this.#running.delete(child));
    const output = new ChildOutput(child);
    const [code, killedBy]: unknown[] = await once(child, "exit");
    await output.ended();
    if (running.isInterrupted) throw new CancelledError(`!${command} was interrupted`);
    if (killedBy !== null) process.stderr.write(`[killed by ${killedBy}]\n`);
    else if (code !== 0) process.stderr.write(`[exit code ${code}]${code === NOT_FOUND ? notFoundHint : ""}\n`);
  }

  /** Ends the commands of a cell as Ctrl-C in a terminal would, with everything they started. */
  interrupt(cell: string): void {
    for (const [child, running] of this.#running) {
      if (running.cell !== cell || running.isInterrupted) continue;
      running.isInterrupted = true;
      signal(child, "SIGINT");
      setTimeout(() => signal(child, "SIGKILL"), END_MS).unref();
    }
  }
}

const notFoundHint = " A line that begins with ! is a command for the shell: for TypeScript write (!value)";

/** Passes on what a command prints, as text. */
class ChildOutput {
  readonly #closed: Promise<unknown>;
  #heard = 0;

  constructor(child: ChildProcess) {
    this.#closed = new Promise((resolve) => child.once("close", resolve));
    for (const name of ["stdout", "stderr"] as const) {
      child[name]?.setEncoding("utf8").on("data", (text: string) => {
        this.#heard = Date.now();
        process[name].write(text);
      });
    }
  }

  /** After the shell has ended: everything is read, unless a command in the background holds the output open. */
  async ended(): Promise<void> {
    this.#heard = Date.now();
    await Promise.race([this.#closed, this.#silence()]);
  }

  async #silence(): Promise<void> {
    while (Date.now() - this.#heard < SILENCE_MS) await delay(SILENCE_MS);
  }
}

/** As in IPython: braces around a name that does not exist are the shell's. */
function textOf(part: ShellText): string {
  if (typeof part === "string") return part;
  try {
    return String(part.value());
  } catch (error) {
    if (safeText(error, "name") === "ReferenceError") return part.text;
    throw error;
  }
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(name);
    else process.kill(-child.pid, name);
  } catch {
    // All of the group have ended already.
  }
}
