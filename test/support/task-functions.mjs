// Functions that tests run as tasks in worker threads.
import { setTimeout as delay } from "node:timers/promises";
import { progress } from "../../kernel/dist/dag/engine/task-context.js";
import { arena } from "../../kernel/dist/dag/memory/arena.js";
import { isBlock } from "../../kernel/dist/dag/memory/block.js";
import { NDArray } from "../../kernel/dist/dag/memory/nd-array.js";

export const inc = (x) => x + 1;
export const sum = (...values) => values.reduce((total, value) => total + value, 0);
export const identity = (x) => x;
export const isNull = (x) => x === null;
/** Work of so many turns, whatever the clock says. */
export const compute = (turns) => {
  let x = turns;
  for (let i = 0; i < turns; i++) x = (x * 1103515245 + 12345) | 0;
  return x;
};
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
/** Throws until a cell of shared memory is set; then gives `value`. */
export const failUntil = (shared, cell, value) => {
  if (Atomics.load(new Int32Array(shared), cell) === 0) throw new Error("not yet");
  return value;
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
/** Ends its thread once another task has counted itself in `other`. */
export const exitWhen = (shared, other) => {
  const cells = new Int32Array(other);
  while (Atomics.load(cells, 0) === 0) Atomics.wait(cells, 0, 0);
  Atomics.add(new Int32Array(shared), 0, 1);
  process.exit(3);
};

/** Reports a quarter, tells the test, and goes on when the gate opens. */
export const reportAndBlock = (shared) => {
  progress(0.25);
  return countAndBlock(shared);
};
// Tasks print with the console, as users do.
const { console } = globalThis;
export const print = (text) => {
  console.log(text);
  console.error(`${text} again`);
  return text;
};
export const printAndBlock = (shared) => {
  console.log("before");
  return countAndBlock(shared);
};

const filled = (values) => {
  const block = arena().allocate("float64", [values.length]);
  arena().view(block).set(values);
  return block;
};
/** A block with the given elements, and one that is not part of the result. */
export const makeBlock = (...values) => {
  filled([0, 0]);
  return filled(values);
};
export const sumOfBlock = (block) => sum(...arena().view(block));
export const keepBlock = (block) => ({ nested: [block], also: block });
export const makeThenFail = () => {
  filled([1]);
  throw new Error("after allocating");
};
/** Ends its thread with a block of its own, and one in a result that nobody will get. */
export const allocateAndExit = (block) => {
  filled([1, 2, 3]);
  if (block !== undefined) process.exit(0);
  return filled([4, 5]);
};
/** Gives its argument back, or ends its thread. */
export const identityOrExit = (block, exits) => {
  if (exits) process.exit(0);
  return { block };
};
/** A block that is free again when the task ends. */
export const releasedBlock = () => {
  const block = filled([1]);
  arena().release(block);
  return block;
};
export const makeArray = () => new NDArray(new Float64Array([1, 2, 3, 4, 5, 6]), [3, 2], [1, 3]);
export const arrayInside = () => ({ array: makeArray(), list: [makeArray()] });
/** How an argument looks to the function of a module. */
export const kindOf = (value) => (isBlock(value) ? "Block" : value?.constructor?.name);
/** Counts how many such results live at the same time: cell 0 now, cell 1 the most. */
export const load = (shared, i) => {
  const cells = new Int32Array(shared);
  const alive = Atomics.add(cells, 0, 1) + 1;
  for (let most = Atomics.load(cells, 1); alive > most; most = Atomics.load(cells, 1)) {
    Atomics.compareExchange(cells, 1, most, alive);
  }
  return i;
};
export const unload = (shared, i) => {
  Atomics.sub(new Int32Array(shared), 0, 1);
  return i;
};
export const pairOfSum = (block, other) => [sumOfBlock(block), other];
/** Ends, and its thread when the gate (cell 1) opens; says so in cell 0. */
export const exitAfterwards = (shared) => {
  const cells = new Int32Array(shared);
  process.once("exit", () => {
    Atomics.store(cells, 0, 1);
    Atomics.notify(cells, 0);
  });
  void Atomics.waitAsync(cells, 1, 0).value.then(() => process.exit(0));
  return "ended";
};
/** A block of `count` elements with one value, made after `ms` of work. */
export const fillBlock = (count, value, ms = 0) => {
  const block = arena().allocate("float64", [count]);
  arena().view(block).fill(value);
  for (const end = performance.now() + ms; performance.now() < end; );
  return block;
};
/** The sum of the first elements of blocks. */
export const sumOfFirst = (...blocks) => sum(...blocks.map((block) => arena().view(block)[0]));
/** A large value that is no block. */
export const largeBytes = (count, value) => new Uint8Array(count).fill(value);
export const firstByte = (bytes) => bytes[0];
/** The first element and the other number; of blocks and of bytes. */
export const secondUse = (value, other) => (isBlock(value) ? arena().view(value)[0] : value[0]) + other;
