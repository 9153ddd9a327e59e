// Tasks that fail, end their worker or take their time. They count their attempts in files: those are shared by threads and processes.
import { appendFileSync, statSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { arena } from "../../kernel/dist/dag/memory/arena.js";
import { isBlock } from "../../kernel/dist/dag/memory/block.js";

/** Sum of numbers and of the elements of blocks. */
export const total = (...values) =>
  values.reduce(
    (sum, value) =>
      sum +
      (isBlock(value)
        ? arena()
            .view(value)
            .reduce((part, x) => part + x, 0)
        : value),
    0,
  );
/** A block of `count` elements whose sum is that of the values: the first is the sum, the rest -1 and 1. */
export const block = (count, ...values) => {
  const sum = total(...values);
  const made = arena().allocate("float64", [count]);
  const elements = arena().view(made);
  for (let i = 0; i < count; i++) elements[i] = i % 2 === 0 ? 1 : -1;
  // As many of either sign, then the sum in place of the first.
  elements[0] += sum - elements.reduce((part, x) => part + x, 0);
  return made;
};
export const slow = async (ms, ...values) => {
  await delay(ms);
  return total(...values);
};
export const failFirst = (file, times, ...values) => {
  block(4);
  const attempt = attemptOf(file);
  if (attempt <= times) throw new RangeError(`attempt ${attempt}`);
  return total(...values);
};
export const exitFirst = (file, times, ...values) => {
  block(4);
  if (attemptOf(file) <= times) process.exit(3);
  return block(4, ...values);
};
/** Leaves something behind that ends the worker, whatever it does then. */
export const leaveBomb = (file, ms, ...values) => {
  if (attemptOf(file) === 1) setTimeout(() => process.exit(4), ms);
  return total(...values);
};
export const never = () => {
  for (;;);
};

function attemptOf(file) {
  appendFileSync(file, "x");
  return statSync(file).size;
}
