/**
 * The service thread of a kernel: protocol, engine and dashboard, apart from the thread of the cells.
 * @module
 */
import { parentPort, workerData } from "node:worker_threads";
import type { ArenaHandle } from "../dag/memory/arena.js";
import { Dashboard } from "../dashboard/dashboard.js";
import { KernelService } from "../jupyter/kernel-service.js";
import type { NativeHandle } from "../jupyter/native-pipes.js";
import { SharedState } from "../jupyter/shared-state.js";
import type { PoolUsage } from "../jupyter/usage.js";
import { setLogDescriptor, log as write } from "../session/streams.js";
import { createTypeChecker } from "../session/types/native-checker.js";
import { watchParent } from "./parent-watch.js";
import type { ServiceData, ToMainThread, ToServiceThread } from "./threads.js";

/** A main thread that has not ended the process after this time is stuck in a cell. */
const EXIT_MS = 1000;

process.on("uncaughtException", (error) => {
  log(`the service thread failed, the kernel ends: ${error.stack}`);
  // Not exit(): it would end this thread alone, and abort the process while sockets are open.
  process.kill(process.pid, "SIGKILL");
});

let poolUsage: (() => PoolUsage) | undefined;
let deleteFiles: (() => void) | undefined;
const { connection, kind, cells, engine, shared, historyFolder } = workerData as ServiceData;
const isChecked = kind.engine === "dagbook" && kind.language === "typescript";
const service = new KernelService({
  connection,
  kind,
  main: cells,
  shared: new SharedState(shared),
  historyFolder,
  checker: isChecked
    ? createTypeChecker({ folder: process.cwd(), workingFolder: () => process.cwd(), log })
    : undefined,
  pool: () => poolUsage?.(),
  log,
  settled: (cell) => dashboard.settled(cell),
  onStopped: endProcess,
});
const dashboard: Dashboard = new Dashboard({
  publish: (msgType, content, cell) => service.iopub.publish(msgType, content, cell),
  registerTarget: (name, onOpen) => service.comms.registerTarget(name, onOpen),
  log,
  pool: () => {
    const usage = poolUsage?.();
    return usage && { workers: usage.workers, bytes: usage.array_memory, limit: usage.array_memory_limit };
  },
  writtenStack: (stack) => service.main.askSoon({ type: "writtenStack", stack }),
});
parentPort?.on("message", (message: ToServiceThread) => {
  if (message.type === "close") void service.stop(message.exitCode);
  else if (message.type === "native") readNative(message.handle);
  // Last the checker: what cells need has loaded by then.
  else void startEngine(message.handle).then(() => service.types.warmUp());
});
watchParent(() => void service.stop().then(endProcess));
await service.start();

function readNative(handle: NativeHandle): void {
  setLogDescriptor(handle.log);
  service.readNative(handle);
}

/** The engine comes after the sockets: a client gets its first answers while this loads. */
async function startEngine(handle: ArenaHandle): Promise<void> {
  const [{ Arena, useArena }, { ThreadEngine }, { EngineHost }] = await Promise.all([
    import("../dag/memory/arena.js"),
    import("../dag/engine/thread-engine.js"),
    import("../dag/engine/engine-host.js"),
  ]);
  const arena = Arena.attach(handle);
  useArena(arena);
  const threads = new ThreadEngine();
  // When the main thread ends the process, this one gets no event "exit".
  deleteFiles = () => threads.deleteFiles();
  poolUsage = () => ({
    ...threads.load,
    array_memory: arena.used,
    array_memory_peak: arena.peak,
    array_memory_limit: arena.limit,
  });
  new EngineHost(threads, engine, (run, request) => {
    service.observe(run, request);
    dashboard.observe(run, request);
  });
}

function endProcess(): void {
  deleteFiles?.();
  const message: ToMainThread = { type: "stopped" };
  parentPort?.postMessage(message);
  setTimeout(() => process.kill(process.pid, "SIGKILL"), EXIT_MS);
}

/** A line of the server's log, at once: `console` of a worker waits for the main thread, which may be busy. */
function log(text: string): void {
  write(`dagbook: ${text}\n`);
}
