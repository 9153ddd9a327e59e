// A process that runs cells as a kernel does: in jest the global object of a test is not the one cells run on.
import process from "node:process";
import { Worker } from "node:worker_threads";
import { clearOutput, createSession, display } from "../../kernel/dist/session/index.js";

let outputs = [];
const outlet = {
  stream: (cell, name, text) => outputs.push({ type: "stream", cell, name, text }),
  display: (cell, content) => outputs.push({ type: "display", cell, ...content }),
  clearOutput: (cell, wait) => outputs.push({ type: "clear", cell, wait }),
};
const value = () => "shipped";
const globals = {
  bound: { value, specifier: "dagbook", export: "bound" },
  display: { value: display, specifier: "dagbook", export: "display" },
  clearOutput: { value: clearOutput, specifier: "dagbook", export: "clearOutput" },
};
const session = createSession({ outlet, folder: process.argv[2], globals });

// Cells call `stop()` when the time has come to be stopped.
let stopped;
let markStopped;
let running;
const stopper = new Worker(new URL("./session-stopper.mjs", import.meta.url));
stopper.unref();
stopper.on("message", (message) => {
  if (message === "ping") {
    stopper.postMessage("pong");
    return;
  }
  session.interrupt(running);
  markStopped();
});
globalThis.stop = () => stopper.postMessage("stop");

const answers = {
  execute: (request) => {
    stopped = new Promise((resolve) => {
      markStopped = resolve;
    });
    running = request.id;
    return session.execute(request);
  },
  stopped: () => stopped,
  outputs: () => undefined,
  complete: ({ code, cursorPos }) => session.complete(code, cursorPos),
  cells: () => Array.from(session.scope.cells(), ({ name, code }) => ({ name, code })),
  writtenAt: ({ place }) => session.scope.writtenAt(place),
  scope: ({ name }) => {
    const found = session.scope.lookup(name);
    return {
      found: found.found,
      importOf: session.scope.importOf(name),
      moduleOf: session.scope.moduleOf(found.value),
    };
  },
};
process.on("message", async ({ ask, type, ...rest }) => {
  const answer = await answers[type](rest);
  process.send({ ask, answer, outputs });
  outputs = [];
});
process.on("disconnect", async () => {
  // With its inspector session open the process would wait for a debugger to go.
  await stopper.terminate();
  process.exit(0);
});
