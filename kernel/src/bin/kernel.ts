/**
 * Start of a kernel process: the service thread first, so that clients get answers while the main thread
 * still loads what cells need.
 * @module
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { MessageChannel, SHARE_ENV, Worker } from "node:worker_threads";
import { builtFile } from "../built-file.js";
import type { KernelKind } from "../jupyter/kernel-context.js";
import { NativeOutput } from "../jupyter/native-output.js";
import { SharedState } from "../jupyter/shared-state.js";
import { parseConnection } from "../jupyter/wire/connection-file.js";
import { log, setLogDescriptor } from "../session/streams.js";
import { dataFolderOf } from "./jupyter-data.js";
import type { ServiceData, ToServiceThread } from "./threads.js";

/** Closing the sockets takes this long at most. */
const CLOSE_MS = 2000;
/** Messages die young. V8 would let this grow and keep 10 MB more, and be no faster with graphs or with output. */
const YOUNG_MB = 6;

/**
 * Turns this process into a kernel.
 * @param connectionFile path of the file that Jupyter wrote
 * @throws {MessageError} if the file does not describe a connection
 */
export async function startKernel(connectionFile: string, kind: KernelKind): Promise<void> {
  const connection = parseConnection(readFileSync(connectionFile, "utf8"));
  const shared = new SharedState();
  const cells = new MessageChannel();
  const engine = new MessageChannel();
  const data: ServiceData = {
    connection,
    kind,
    cells: cells.port1,
    engine: engine.port1,
    shared: shared.buffer,
    historyFolder: join(dataFolderOf({}), "dagbook", "history"),
  };
  const service = new Worker(builtFile(import.meta.url, "./service.js"), {
    workerData: data,
    // A variable that a cell sets is seen by tasks, whose workers start from there.
    env: SHARE_ENV,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    transferList: [cells.port1, engine.port1],
  });
  const tell = (message: ToServiceThread) => service.postMessage(message);
  const native = captureNative();
  if (native) tell({ type: "native", handle: native.handle });
  endInOrder({ service, shared, tell, native });

  if (kind.engine === "tslab") {
    const { startTslabCells } = await import("./tslab-cells.js");
    startTslabCells({ cells: cells.port2, shared, native, isJavaScript: kind.language === "javascript" });
    return;
  }
  const { startCells } = await import("./cells.js");
  const handle = startCells({ cells: cells.port2, engine: engine.port2, shared, native });
  tell({ type: "arena", handle });
}

/** Without it, what children and native code write goes to the log of the server, as before. */
function captureNative(): NativeOutput | undefined {
  try {
    const native = NativeOutput.capture();
    setLogDescriptor(native.handle.log);
    return native;
  } catch (error) {
    log(`dagbook: output of child processes and native code does not reach cells: ${String(error)}\n`);
    return undefined;
  }
}

/** What `process.exit` calls at last; Node says of it that others replace it. */
type ProcessWithReallyExit = typeof process & { reallyExit(code: number): never };

/** Calls `close` before the process ends: after the user's own listeners, which may print, if `process.exit` ends it. */
function atExit(close: (exitCode: number) => void): void {
  const own = process as ProcessWithReallyExit;
  const { exit, reallyExit } = own;
  let isLast = false;
  own.exit = (...code) => {
    isLast = true;
    // Without an argument process.exitCode counts.
    return exit.apply(own, code);
  };
  own.reallyExit = (code) => {
    if (isLast) close(code);
    return reallyExit.call(own, code);
  };
  own.on("exit", (code) => {
    if (!isLast) close(code);
  });
}

interface Ending {
  readonly service: Worker;
  readonly shared: SharedState;
  readonly tell: (message: ToServiceThread) => void;
  readonly native: NativeOutput | undefined;
}

/** However the process ends, the sockets close before: with open ones it would abort (zeromq.js#411). */
function endInOrder({ service, shared, tell, native }: Ending): void {
  atExit((exitCode) => {
    native?.release();
    tell({ type: "close", exitCode });
    shared.waitUntilClosed(CLOSE_MS);
  });
  service.on("message", () => process.exit(0));
  service.on("error", (error) => {
    log(`dagbook: the service thread ended: ${error.stack}\n`);
    process.exit(1);
  });
  process.on("SIGTERM", () => process.exit(0));
  // Interrupts come as messages; a Ctrl-C in the terminal of the server is meant for the server.
  process.on("SIGINT", () => undefined);
}
