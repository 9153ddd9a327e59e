/**
 * What the main thread and the service thread of a kernel say to each other about the process itself.
 * Cells and graphs have ports of their own.
 * @module
 */
import type { MessagePort } from "node:worker_threads";
import type { ArenaHandle } from "../dag/memory/arena.js";
import type { KernelKind } from "../jupyter/kernel-context.js";
import type { NativeHandle } from "../jupyter/native-pipes.js";
import type { Connection } from "../jupyter/wire/connection-file.js";

/** What the service thread is born with. */
export interface ServiceData {
  readonly connection: Connection;
  readonly kind: KernelKind;
  /** to the `CellRunner` */
  readonly cells: MessagePort;
  /** to the `RemoteEngine` */
  readonly engine: MessagePort;
  /** buffer of the `SharedState` */
  readonly shared: SharedArrayBuffer;
  /** where the cells of all sessions are kept */
  readonly historyFolder: string;
}

/** What the main thread tells the service thread. */
export type ToServiceThread =
  /** the shared memory of arrays exists: graphs can run */
  | { readonly type: "arena"; readonly handle: ArenaHandle }
  /** what is written past Node's streams can be read */
  | { readonly type: "native"; readonly handle: NativeHandle }
  /** the process ends with this code: close the sockets and say so in the shared state */
  | { readonly type: "close"; readonly exitCode: number };

/** The kernel was told to shut down and has closed its sockets. */
export interface ToMainThread {
  readonly type: "stopped";
}
