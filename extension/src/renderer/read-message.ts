/**
 * The edge where data comes in: from a kernel, which may be of another version or not ours at all,
 * and from a notebook file, which anyone may have written. What passes here is safe to index.
 * @module
 */
import type { KernelMessage, RunBundle } from "dagbook/dashboard-messages";
import { isSumChange, isSums } from "./read-sums.js";
import { unpackTasks } from "./unpack-tasks.js";

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const isText = (value: unknown): value is string => typeof value === "string";
const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0;
const isNumbers = (value: unknown, n?: number): value is number[] =>
  Array.isArray(value) && (n === undefined || value.length === n) && value.every((item) => typeof item === "number");
const isIndices = (value: unknown, below: number): value is number[] =>
  Array.isArray(value) && value.every((item) => isCount(item) && item < below);
const every = (value: unknown, check: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(check);

const STATES = ["planned", "running", "finished", "erred", "cancelled"];
const STATE_CODES = 7;
const PICTURES = ["image/svg+xml", "image/png", "text/plain"];

/** A bundle whose every column has the right length and whose every index exists; undefined if it is none. */
export function readBundle(value: unknown): RunBundle | undefined {
  if (!isObject(value) || value.v !== 1 || !isText(value.run) || !isText(value.title)) return;
  if (!STATES.includes(String(value.state)) || ![value.seq, value.n, value.workers].every(isCount)) return;
  if (![value.t0, value.now, value.peak].every(Number.isFinite) || !(value.t1 === null || Number.isFinite(value.t1)))
    return;
  if (!isStrip(value.memory) || !every(value.errors, isError)) return;
  if (!(value.repeats === undefined || isText(value.repeats))) return;
  const groups = value.groups;
  if (!Array.isArray(groups) || !groups.every((group) => isGroup(group, groups.length))) return;
  if (!isPast(value.past, groups.length)) return;
  const tasks = unpackTasks(value.tasks, Number(value.n), groups.length);
  if (tasks !== null && !isTasks(tasks, Number(value.n), groups.length)) return;
  if (value.sums !== undefined && !isSums(value.sums, groups)) return;
  if (tasks === value.tasks) return value as unknown as RunBundle;
  const bundle = { ...value, tasks } as unknown as RunBundle;
  sent.set(bundle, value);
  return bundle;
}

const sent = new WeakMap<RunBundle, Fields>();

/** A bundle that was read, as it came: its tasks may be packed, which is how it is saved. */
export function asSent(bundle: RunBundle): object {
  return sent.get(bundle) ?? bundle;
}

/** A message of the kernel, checked; undefined if it is none of ours. */
export function readKernelMessage(value: unknown): KernelMessage | undefined {
  if (!isObject(value) || !isText(value.run)) return;
  const message: Fields = "bundle" in value ? { ...value, bundle: readBundle(value.bundle) } : value;
  return CHECKS.get(value.kind)?.(message) ? (message as unknown as KernelMessage) : undefined;
}

function hasBundle({ bundle, run }: Fields): boolean {
  return isObject(bundle) && bundle.run === run;
}

/** Pictures go into the notebook as they are: nothing but these types, such as HTML, may come with them. */
function isDisplay(value: unknown): boolean {
  const isPicture = ([type, content]: [string, unknown]) => PICTURES.includes(type) && isText(content);
  return isObject(value) && Object.entries(value).every(isPicture);
}

/** Task numbers of a delta are compared with the number of tasks by the store, which knows it. */
function isDelta({ seq, now, i, s, a, b, w, pi, pf, memory, errors, groups, sums }: Fields): boolean {
  if (!isCount(seq) || !Number.isFinite(now) || !isIndices(i, Number.POSITIVE_INFINITY)) return false;
  const columns = isIndices(s, STATE_CODES) && [s, a, b, w].every((column) => isNumbers(column, i.length));
  const progress = isIndices(pi, Number.POSITIVE_INFINITY) && isNumbers(pf, pi.length);
  if (!(columns && progress && isStrip(memory) && every(errors, isError))) return false;
  return (!groups || every(groups, isProgress)) && (sums === undefined || isSumChange(sums));
}

const CHECKS: ReadonlyMap<unknown, (message: Fields) => boolean> = new Map([
  ["snapshot", hasBundle],
  ["end", (message) => hasBundle(message) && (message.display === undefined || isDisplay(message.display))],
  ["delta", isDelta],
  ["unknown", () => true],
  ["paused", ({ isPaused }) => typeof isPaused === "boolean"],
  ["repeated", ({ by }) => isText(by)],
  ["refused", ({ reason }) => isText(reason)],
  ["task", isTask],
]);

function isGroup(value: unknown, groups: number): boolean {
  if (!isObject(value) || !isText(value.name) || !isCount(value.n) || !isProgress(value)) return false;
  const isEdge = (edge: unknown) => isNumbers(edge, 2) && isCount(edge[0]) && edge[0] < groups;
  return every(value.dependencies, isEdge);
}

function isProgress(value: unknown): boolean {
  return isObject(value) && isNumbers(value.counts, STATE_CODES) && Number.isFinite(value.ms);
}

function isTasks(value: unknown, n: number, groups: number): boolean {
  if (!isObject(value)) return false;
  const { key, group, state, start, end, worker, fraction, dependencyStart, dependencies } = value;
  if (![group, state, start, end, worker, fraction].every((column) => isNumbers(column, n))) return false;
  if (!Array.isArray(key) || !key.every(isText)) return false;
  if (!isIndices(group, groups) || !isIndices(state, STATE_CODES)) return false;
  if (!isIndices(dependencies, n) || !isNumbers(dependencyStart)) return false;
  // A live snapshot of a large run leaves names and dependencies out.
  if (key.length + dependencyStart.length + dependencies.length === 0) return true;
  if (key.length !== n || dependencyStart.length !== n + 1) return false;
  const ascends = dependencyStart.every((from, task) => task === 0 || from >= dependencyStart[task - 1]!);
  return ascends && dependencyStart[0] === 0 && dependencyStart[n] === dependencies.length;
}

function isTask(message: Fields): boolean {
  const { task, key, args, state, worker, queued, start, end, bytes, log, isLogCut, error } = message;
  if (!isCount(task) || !isText(key) || !isText(message.function) || !isText(log)) return false;
  if (!(args === null || every(args, isText)) || !isIndices([state], STATE_CODES)) return false;
  if (![worker, queued, start, end, bytes].every(Number.isFinite) || typeof isLogCut !== "boolean") return false;
  return error === null || isError(error);
}

function isPast(value: unknown, groups: number): boolean {
  return value === undefined || (isObject(value) && Number.isFinite(value.elapsed) && isNumbers(value.means, groups));
}

function isStrip(value: unknown): boolean {
  if (!isObject(value) || !isNumbers(value.t) || !isNumbers(value.bytes, value.t.length)) return false;
  return value.spilled === undefined || isNumbers(value.spilled, value.t.length);
}

function isError(value: unknown): boolean {
  return isObject(value) && isCount(value.task) && [value.key, value.name, value.message, value.stack].every(isText);
}
