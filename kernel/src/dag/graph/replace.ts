/**
 * Replaces what is inside containers and tasks.
 * @module
 */
import { types } from "node:util";
import { isReference, isTask, Task } from "./task.js";
import { type Container, isContainer, itemsOf, namesOf } from "./value.js";

interface Frame {
  readonly whole: Container | Task;
  readonly items: readonly unknown[];
  readonly replaced: unknown[];
  changed: boolean;
}

/**
 * The value with every part that is neither container nor task replaced by `replace(part)`. A container
 * without a change stays the same object, and one that appears twice is replaced once. Looks into arrays,
 * plain objects, Maps, Sets and arguments of tasks; works without recursion.
 * @param replaceTask gives what stands for a task, once its arguments are replaced; default: the task with those
 */
export function replaceIn(
  value: unknown,
  replace: (part: unknown) => unknown,
  replaceTask?: (task: Task, args: readonly unknown[]) => unknown,
): unknown {
  if (!isWhole(value)) return replace(value);
  if (replaceTask === undefined && isTask(value) && !value.args.some(isWhole)) return replaceArgs(value, replace);
  const known = new Map<unknown, unknown>();
  const path = [open(value)];
  for (;;) {
    const frame = path.at(-1)!;
    if (frame.replaced.length < frame.items.length) {
      const item = frame.items[frame.replaced.length];
      if (!isWhole(item)) put(frame, item, replace(item));
      else if (known.has(item)) put(frame, item, known.get(item));
      else path.push(open(item));
      continue;
    }
    const result = finish(frame);
    known.set(frame.whole, result);
    path.pop();
    const parent = path.at(-1);
    if (parent === undefined) return result;
    put(parent, frame.whole, result);
  }

  function finish({ whole, replaced, changed }: Frame): unknown {
    if (replaceTask !== undefined && isTask(whole)) return replaceTask(whole, replaced);
    return changed ? rebuild(whole, replaced) : whole;
  }

  function open(whole: Container | Task): Frame {
    // Until it is known, a container inside itself stays as it is.
    known.set(whole, whole);
    return { whole, items: isTask(whole) ? whole.args : itemsOf(whole), replaced: [], changed: false };
  }
}

/** A task with nothing to look into, as most are. */
function replaceArgs(task: Task, replace: (part: unknown) => unknown): Task {
  const args = task.args.map((arg) => replace(arg));
  return args.every((arg, i) => arg === task.args[i]) ? task : new Task(task.fn, args, task.options);
}

function put(frame: Frame, before: unknown, after: unknown): void {
  frame.replaced.push(after);
  frame.changed ||= before !== after;
}

function isWhole(value: unknown): value is Container | Task {
  // References first: they are most of what is asked about, and to know that one is no container takes long.
  return typeof value === "object" && value !== null && !isReference(value) && (isTask(value) || isContainer(value));
}

function rebuild(whole: Container | Task, items: readonly unknown[]): unknown {
  if (isTask(whole)) return new Task(whole.fn, items, whole.options);
  if (types.isMap(whole))
    return new Map(Array.from({ length: whole.size }, (_, i) => [items[2 * i], items[2 * i + 1]]));
  if (types.isSet(whole)) return new Set(items);
  if (Array.isArray(whole)) return items;
  return Object.fromEntries(namesOf(whole).map((name, i) => [name, items[i]]));
}
