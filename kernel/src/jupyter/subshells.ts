import { randomUUID } from "node:crypto";
import { MessageError } from "../errors.js";
import { shown } from "./fields.js";
import { type QueuedCell, ShellQueue } from "./shell-queue.js";
import type { Header } from "./wire/message.js";

/**
 * The main shell and its subshells: each runs its own cells in order, while a cell of another one awaits.
 * @see https://github.com/jupyter/enhancement-proposals/blob/master/91-kernel-subshells/kernel-subshells.md
 */
export class Subshells {
  readonly #serve: (cell: QueuedCell) => Promise<void>;
  readonly #main: ShellQueue;
  readonly #subshells = new Map<string, ShellQueue>();

  /** @param serve runs a cell to its end; must not reject */
  constructor(serve: (cell: QueuedCell) => Promise<void>) {
    this.#serve = serve;
    this.#main = new ShellQueue(serve);
  }

  /** Ids of the subshells, without the main shell. */
  get ids(): readonly string[] {
    return [...this.#subshells.keys()];
  }

  /** @returns the id of a new subshell */
  create(): string {
    const id = randomUUID();
    this.#subshells.set(id, new ShellQueue(this.#serve));
    return id;
  }

  /** A cell that runs in it runs to its end; those that wait fail. @throws {MessageError} if there is none */
  delete(id: string): void {
    this.#find(id).abort("its subshell was deleted");
    this.#subshells.delete(id);
  }

  /** The queue of the shell to which a request is addressed. @throws {MessageError} if there is none */
  queueOf(header: Header): ShellQueue {
    const id = subshellOf(header);
    return id === null ? this.#main : this.#find(id);
  }

  /** Lets the cells that wait fail. @param shell id of the subshell, null: of the main shell; undefined: in all */
  abort(reason: string, shell: unknown): void {
    if (shell === null || shell === undefined) this.#main.abort(reason);
    for (const [id, queue] of this.#subshells) if (shell === id || shell === undefined) queue.abort(reason);
  }

  #find(id: unknown): ShellQueue {
    const queue = typeof id === "string" ? this.#subshells.get(id) : undefined;
    if (queue !== undefined) return queue;
    throw new MessageError(`There is no subshell ${shown(id)}: create one with create_subshell_request`, { id });
  }
}

/** The subshell a request names, as the client wrote it; null: the main shell. */
export function subshellOf(header: Header): unknown {
  return "subshell_id" in header && header.subshell_id !== undefined ? header.subshell_id : null;
}
