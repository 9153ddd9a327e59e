// A process that runs cells as a kernel does: in jest the global object of a test is not the one cells run on.
import process from "node:process";
import { Worker } from "node:worker_threads";
import { useScope } from "../../kernel/dist/dag/context.js";
import { InputError } from "../../kernel/dist/errors.js";
import { exposeCutHooks } from "../../kernel/dist/jupyter/cut-hooks.js";
import { boundNames, createSession } from "../../kernel/dist/session/index.js";
import { afterImport } from "../../kernel/dist/session/scope/after-import.js";
import { createTslabSession } from "../../kernel/dist/tslab/create-tslab-session.js";
import { showLoadedInCells } from "../../kernel/dist/tslab/show-in-cells.js";

const library = await import("../../kernel/dist/index.js");

let outputs = [];
/** @type {{ value: string } | { refusal: string }} */
let reply = { value: "typed" };
const ask = (cell, request) => {
  outputs.push({ type: "input", cell, ...request });
  if ("refusal" in reply) throw new InputError(reply.refusal);
  return reply.value;
};
const outlet = {
  stream: (cell, name, text) => outputs.push({ type: "stream", cell, name, text }),
  display: (cell, content) => outputs.push({ type: "display", cell, ...content }),
  clearOutput: (cell, wait) => outputs.push({ type: "clear", cell, wait }),
  payload: (cell, payload) => outputs.push({ type: "payload", cell, payload }),
  input: async (cell, request) => ask(cell, request),
  inputNow: ask,
  comm: (cell, message) => outputs.push({ type: "comm", cell, message }),
  commTarget: (name) => outputs.push({ type: "commTarget", name }),
  typesMode: (mode) => outputs.push({ type: "typesMode", mode }),
};
const value = () => "shipped";
/** @type {Record<string, object>} */
const globals = {
  bound: { value, specifier: "dagbook", export: "bound" },
};
for (const name of boundNames) globals[name] = { value: library[name], specifier: "dagbook", export: name };
exposeCutHooks();
const [folder, engine] = process.argv.slice(2);
process.chdir(folder);
const session =
  engine === "tslab"
    ? createTslabSession({ outlet, folder, isJavaScript: false, uncut: (work) => work() })
    : createSession({ outlet, folder, globals });
useScope(session.scope);
afterImport(showLoadedInCells);

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
  void session.interrupt(running);
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
  interrupt: ({ cell }) => session.interrupt(cell),
  answerWith: ({ reply: next }) => {
    reply = next;
  },
  stopped: () => stopped,
  outputs: () => undefined,
  complete: ({ code, cursorPos }) => session.complete(code, cursorPos),
  inspect: ({ code, cursorPos, detail }) => session.inspect(code, cursorPos, detail),
  isComplete: ({ code }) => session.isComplete(code),
  evaluate: ({ cell, expressions }) => session.evaluate(cell, expressions),
  // Each with memory of its own, as they come from the service thread.
  comm: ({ message }) => session.comm({ ...message, buffers: message.buffers.map((bytes) => new Uint8Array(bytes)) }),
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
