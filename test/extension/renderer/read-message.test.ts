import { readBundle, readKernelMessage } from "../../../extension/src/renderer/read-message.js";
import { bundle } from "./bundle.js";

const delta = {
  kind: "delta",
  run: "r1",
  seq: 5,
  now: 200,
  i: [1],
  s: [3],
  a: [60],
  b: [190],
  w: [1],
  pi: [],
  pf: [],
  memory: { t: [190], bytes: [900] },
  errors: [],
};
const tasks = bundle().tasks!;
const error = { task: 1, key: "sum", name: "Error", message: "no", stack: "" };

test("a well-formed bundle passes as it is", () => {
  const value = bundle();
  expect(readBundle(value)).toBe(value);
  expect(readBundle({ ...value, tasks: null, errors: [error], state: "erred", t1: 300 })).toBeDefined();
});

test("a live snapshot of a large run passes without names and dependencies", () => {
  expect(
    readBundle({ ...bundle(), tasks: { ...tasks, key: [], dependencyStart: [], dependencies: [] } }),
  ).toBeDefined();
});

const group = bundle().groups[1]!;
test.each<[string, object]>([
  ["is of another version", { v: 2 }],
  ["has a state nobody knows", { state: "done" }],
  ["has a text for a number", { n: "2" }],
  ["has no time", { now: Number.NaN }],
  ["has a column that is too short", { tasks: { ...tasks, worker: [0] } }],
  ["has a task in a group that is not there", { tasks: { ...tasks, group: [0, 2] } }],
  ["has a task in a state that is not there", { tasks: { ...tasks, state: [3, 7] } }],
  ["has a dependency on a task that is not there", { tasks: { ...tasks, dependencies: [2] } }],
  ["has dependency rows that go backwards", { tasks: { ...tasks, dependencyStart: [0, 2, 1] } }],
  ["has a key that is no text", { tasks: { ...tasks, key: ["load", {}] } }],
  ["has a group that needs one that is not there", { groups: [group, { ...group, dependencies: [[9, 1]] }] }],
  ["has an error without a message", { errors: [{ ...error, message: undefined }] }],
])("a bundle that %s is refused", (_, change) => {
  expect(readBundle({ ...bundle(), ...change })).toBeUndefined();
});

test.each([[null], [undefined], ["bundle"], [[]], [{}]])("%p is no bundle", (value) => {
  expect(readBundle(value)).toBeUndefined();
});

test("every kind of kernel message passes", () => {
  const groups = [{ counts: [0, 0, 0, 1, 0, 0, 0], ms: 50 }];
  const messages = [
    { kind: "snapshot", run: "r1", bundle: bundle() },
    { kind: "end", run: "r1", bundle: bundle({ state: "finished", t1: 200 }) },
    { kind: "end", run: "r1", bundle: bundle(), display: { "text/plain": "done", "image/svg+xml": "<svg/>" } },
    delta,
    { ...delta, groups },
    { kind: "unknown", run: "r1" },
  ];
  expect(messages.map(readKernelMessage)).toEqual(messages);
});

test.each<[string, object]>([
  ["of no known kind", { kind: "toString", run: "r1" }],
  ["without a run", { kind: "unknown" }],
  ["with the bundle of another run", { kind: "snapshot", run: "r2", bundle: bundle() }],
  ["with HTML beside its pictures", { kind: "end", run: "r1", bundle: bundle(), display: { "text/html": "<b>" } }],
  ["with columns of two lengths", { ...delta, b: [] }],
  ["with a state that is not there", { ...delta, s: [-1] }],
  ["with a negative task", { ...delta, i: [-1] }],
  ["with a fraction missing", { ...delta, pi: [1] }],
])("a message %s is refused", (_, message) => {
  expect(readKernelMessage(message)).toBeUndefined();
});
