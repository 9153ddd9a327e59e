// Stops the main thread as a kernel's service thread does: asks whether it is free, else cuts what runs there.
import { setTimeout as delay } from "node:timers/promises";
import { parentPort } from "node:worker_threads";
import { MainInspector } from "../../kernel/dist/jupyter/main-inspector.js";

const inspector = new MainInspector();
inspector.connect();
let answered;

async function isFree() {
  const pong = new Promise((resolve) => {
    answered = () => resolve(true);
  });
  parentPort.postMessage("ping");
  return Promise.race([pong, delay(20, false)]);
}

async function stop() {
  while (!(await isFree())) await inspector.cut("user", 1000);
  parentPort.postMessage("interrupt");
}

parentPort.on("message", (message) => {
  if (message === "pong") answered();
  else void stop();
});
