import { readFileSync } from "node:fs";
import { asSent, readBundle, readKernelMessage } from "../../../extension/src/renderer/read-message.js";
import { bundleOf } from "../../../kernel/src/dashboard/bundle.js";
import type { PackedTasks, RunBundle } from "../../../kernel/src/dashboard/messages.js";
import { packBundle, packMessage } from "../../../kernel/src/dashboard/pack-bundle.js";
import { RunStore } from "../../../kernel/src/dashboard/run-store.js";
import { sumsBundle } from "../../support/large-bundle.js";
import { blockGraph, type SimulatedTask, simulate } from "../../support/simulated-run.js";

const fixture = (name: string): RunBundle =>
  JSON.parse(readFileSync(new URL(`../../support/fixtures/dashboard/${name}.json`, import.meta.url), "utf8"));
/** As it comes out of a notebook. */
const sent = (bundle: RunBundle) => JSON.parse(JSON.stringify(packBundle(bundle)));

function halfway(tasks: readonly SimulatedTask[], failing: number): RunBundle {
  const [started, ...events] = simulate(tasks, { run: "r", title: "t", workers: 3, failing, until: 4_000 });
  const store = new RunStore(started);
  for (const event of events) store.apply(event);
  store.apply({ type: "progress", run: "r", task: [store.state.indexOf(2)], fraction: [0.337] });
  return bundleOf(store, { seq: 7, now: store.now, use: "saved" });
}

test.each(["bundle-13", "bundle-778", "bundle-planned"])(
  "the packed form of %s says what the plain one does",
  (name) => {
    const bundle = fixture(name);
    expect(readBundle(sent(bundle))).toEqual(bundle);
  },
);

test("a run in mid-run with a failure, and keys that are no numbers, survives packing", () => {
  const bundle = halfway(blockGraph(), 700);
  const key = bundle.tasks!.key.map((text, task) => (task % 3 === 0 ? `load_a-0${task}` : text));
  const odd = { ...bundle, tasks: { ...bundle.tasks!, key } };
  expect(readBundle(sent(odd))).toEqual(odd);
});

test.each([
  ["of delayed functions", (task: number) => `load-${task * 7}`],
  ["of array blocks", (task: number) => `sum-5-chunk[${task % 4},${task}]`],
])("keys %s are told by their numbers", (_name, keyOf) => {
  const bundle = fixture("bundle-13");
  const numbered = { ...bundle, tasks: { ...bundle.tasks!, key: bundle.tasks!.key.map((_, task) => keyOf(task)) } };
  const packed = sent(numbered);
  expect((packed.tasks as PackedTasks).keys.every((keys) => "numbers" in keys)).toBe(true);
  expect(readBundle(packed)).toEqual(numbered);
});

test.each(["x-007", "x-9007199254740993", "x--1", "x-1e3", "12", ""])("the key %j survives packing", (odd) => {
  const bundle = fixture("bundle-13");
  const key = bundle.tasks!.key.map((text, task) => (task < 2 ? odd : text));
  const changed = { ...bundle, tasks: { ...bundle.tasks!, key } };
  expect(readBundle(sent(changed))).toEqual(changed);
});

test("a packed run of 2,160 tasks takes at most 40 KB", () => {
  const graph = Array.from({ length: 2_160 }, (_, i) => ({
    group: i < 1_000 ? "load" : "multiply",
    needs: i < 1_000 ? [] : [(i * 7) % 1_000, (i * 13) % 1_000],
    ms: 5 + ((i * 31) % 17),
  }));
  const bundle = halfway(graph, -1);
  const key = bundle.tasks!.key.map((text) => text.replace(",", "-")); // as the keys of delayed functions are
  const numbered = { ...bundle, tasks: { ...bundle.tasks!, key } };
  expect(JSON.stringify(packBundle(numbered)).length).toBeLessThan(40_000);
});

test("what is saved is what was sent, not the plain form that was read from it", () => {
  const bundle = fixture("bundle-778");
  const end = JSON.parse(JSON.stringify(packMessage({ kind: "end", run: bundle.run, bundle })));
  const message = readKernelMessage(end);
  expect(message?.kind === "end" && asSent(message.bundle)).toBe(end.bundle);
  expect(message?.kind === "end" && message.bundle).toEqual(bundle);
});

const packed = () => sent(fixture("bundle-13"));
test.each<[string, (tasks: Record<string, unknown>) => void]>([
  ["a column that is too short", (tasks) => (tasks.worker = "A")],
  ["letters that are no digits", (tasks) => (tasks.start = "?")],
  ["a column that never ends", (tasks) => (tasks.state = "A//////////f")],
  ["a state that does not exist", (tasks) => (tasks.state = "wAY")],
  ["dependencies on tasks that do not exist", (tasks) => (tasks.dependencies = "//f")],
  ["no keys", (tasks) => (tasks.keys = [])],
  [
    "a megabyte of text for every key",
    (tasks) => (tasks.keys = Array(6).fill({ text: ["x".repeat(1e6)], numbers: [] })),
  ],
])("%s makes a packed bundle unreadable", (_name, spoil) => {
  const bundle = packed();
  spoil(bundle.tasks);
  expect(readBundle(bundle)).toBeUndefined();
});

test("a few letters cannot ask for a billion tasks", () => {
  expect(readBundle({ ...packed(), n: 1_000_000_000 })).toBeUndefined();
});

test("the sums of a run of 12,001 tasks pass, and do not when they are of another size or shape", () => {
  const bundle = JSON.parse(JSON.stringify(sumsBundle()));
  expect(readBundle(bundle)).toBe(bundle);
  const { buckets, stream } = bundle.sums;
  const unread = (sums: object) => expect(readBundle({ ...bundle, sums: { ...bundle.sums, ...sums } })).toBeUndefined();
  unread({ buckets: { ...buckets, size: 1 } });
  unread({ buckets: { ...buckets, done: buckets.done.slice(1) } });
  unread({ stream: { ...stream, lanes: 1e9 } });
  unread({ stream: { ...stream, column: stream.column.map(() => 99) } });
  unread({ done: { t: [1], n: [] } });
});
