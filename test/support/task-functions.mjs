// Functions that tests run as tasks in worker threads.
import { setTimeout as delay } from "node:timers/promises";

export const inc = (x) => x + 1;
export const sum = (...values) => values.reduce((total, value) => total + value, 0);
export const identity = (x) => x;
export const isNull = (x) => x === null;
export const nothing = () => undefined;
export const pair = (a, b) => [a, b];
export const wait = async (ms, value) => {
  await delay(ms);
  return value;
};

/** Adds one to a cell of shared memory: counts calls whichever thread makes them. */
export const count = (shared, cell = 0) => {
  Atomics.add(new Int32Array(shared), cell, 1);
  return cell;
};
/** Counts itself, then holds its thread until the test opens the gate (cell 1). */
export const countAndBlock = (shared) => {
  const cells = new Int32Array(shared);
  Atomics.add(cells, 0, 1);
  Atomics.notify(cells, 0);
  Atomics.wait(cells, 1, 0);
  return "done";
};
/** Counts itself; or, if `waits`, ends when `others` tasks have. */
export const countOrWait = (shared, waits, others) => {
  const cells = new Int32Array(shared);
  if (!waits) {
    Atomics.add(cells, 0, 1);
    Atomics.notify(cells, 0);
    return 0;
  }
  for (let seen = Atomics.load(cells, 0); seen < others; seen = Atomics.load(cells, 0)) Atomics.wait(cells, 0, seen);
  return others;
};
export const fail = (message) => {
  throw Object.assign(new RangeError(message), { code: "E_TEST", detail: { a: [1] } });
};
/** Throws once `others` tasks have counted themselves. */
export const failWhen = (shared, others) => {
  const cells = new Int32Array(shared);
  for (let seen = Atomics.load(cells, 0); seen < others; seen = Atomics.load(cells, 0)) Atomics.wait(cells, 0, seen);
  throw new Error("told to");
};
export const functionResult = () => () => 1;
export const failTimes = (shared, times) => {
  const attempt = Atomics.add(new Int32Array(shared), 0, 1);
  if (attempt < times) throw new Error(`attempt ${attempt + 1}`);
  return attempt + 1;
};
export const loopForever = (shared) => {
  Atomics.add(new Int32Array(shared), 0, 1);
  Atomics.notify(new Int32Array(shared), 0);
  for (;;);
};
export const exitTimes = (shared, times) => {
  if (Atomics.add(new Int32Array(shared), 0, 1) < times) process.exit(3);
  return "survived";
};
