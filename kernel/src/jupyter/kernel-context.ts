import type { CellRequests } from "./cell-requests.js";
import type { CellTypes } from "./cell-types.js";
import type { CommManager } from "./comm-manager.js";
import type { History } from "./history/history.js";
import type { InputRequests } from "./input-requests.js";
import type { IOPub } from "./iopub.js";
import type { MainLink } from "./main-link.js";
import type { RecentRequests } from "./recent-requests.js";
import type { Subshells } from "./subshells.js";
import type { Usage } from "./usage.js";
import type { Connection } from "./wire/connection-file.js";
import type { Content, Message } from "./wire/message.js";

/** What kind of kernel this is. */
export interface KernelKind {
  /** what the notebook is written in, as clients are told */
  readonly language: "typescript" | "javascript";
  /** who runs the cells: our own session, or tslab */
  readonly engine: "dagbook" | "tslab";
}

/** What the handlers of requests may use of the kernel. */
export interface KernelContext {
  readonly connection: Connection;
  readonly kind: KernelKind;
  readonly main: MainLink;
  readonly iopub: IOPub;
  readonly comms: CommManager;
  readonly requests: RecentRequests;
  /** the execute requests whose cells run */
  readonly cells: CellRequests;
  readonly history: History;
  readonly inputs: InputRequests;
  readonly subshells: Subshells;
  readonly types: CellTypes;
  readonly usage: Usage;
  /** Done when everything that the runs of a cell show is published; later output may be lost by clients. */
  settled(cell: string): Promise<void>;
  /**
   * The number of a cell that runs now.
   * @param counts the next cell gets the next number; otherwise it gets this one again
   */
  nextCount(counts: boolean): number;
  /**
   * Fails the execute requests that wait; done when those on their way have come and failed too.
   * @param shell id of the subshell, null: of the main shell; undefined: in all of them
   */
  abortQueued(reason: string, shell?: unknown): Promise<void>;
  /** Stops the running cells and their runs, fails the cells that wait. */
  interrupt(): Promise<void>;
  /** The interrupt that goes on; no cell may start before its end, or it would be hit too. */
  readonly interruption: Promise<void> | undefined;
  /** Aborts at the next interrupt. */
  readonly interruptSignal: AbortSignal;
  /** Ends the kernel once the reply to the request at hand has left. */
  stopAfterReply(): void;
}

/** Handles one type of request; returns the content of the reply, undefined where none is due. */
export type Handler = (request: Message, kernel: KernelContext) => Content | undefined | Promise<Content | undefined>;
