// The messages that the kernel makes, and those that it takes, as its own tests have written them.
import { readdirSync, readFileSync } from "node:fs";
import { readBundle, readKernelMessage } from "../../../extension/src/renderer/read-message.js";
import { asViewMessage } from "../../../kernel/src/dashboard/view-message.js";

const folder = new URL("../../support/fixtures/dashboard/", import.meta.url);
const FROM_VIEWS = [
  "subscribe",
  "unsubscribe",
  "snapshot-request",
  "cancel",
  "pause",
  "resume",
  "retry",
  "rerun",
  "inspect",
];
const FROM_KERNEL = ["snapshot", "delta", "end", "unknown", "paused", "repeated", "refused", "task"];
const read = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8"));

test("every kind of message has a fixture", () => {
  const bundles = ["bundle-13", "bundle-778", "bundle-planned"];
  expect(readdirSync(folder)).toEqual(
    expect.arrayContaining([...FROM_VIEWS, ...FROM_KERNEL, ...bundles].map((name) => `${name}.json`)),
  );
  for (const name of bundles) expect(readBundle(read(name))).toBeDefined();
});

test.each(FROM_KERNEL)("the view takes the %s of the kernel", (name) => {
  expect(readKernelMessage(read(name))).toBeDefined();
});

test.each(FROM_VIEWS)("the kernel takes the %s of a view", (name) => {
  expect(asViewMessage(read(name))).toEqual(read(name));
});

test.each<[string, object]>([
  ["task", { task: -1 }],
  ["task", { key: 1 }],
  ["task", { args: "fit" }],
  ["task", { args: [1] }],
  ["task", { state: 7 }],
  ["task", { start: "now" }],
  ["task", { bytes: null }],
  ["task", { log: undefined }],
  ["task", { isLogCut: 1 }],
  ["task", { error: "no" }],
  ["paused", { isPaused: "yes" }],
  ["repeated", { by: 1 }],
  ["refused", { reason: undefined }],
])("a message %s with %j is refused", (name, change) => {
  expect(readKernelMessage({ ...read(name), ...change })).toBeUndefined();
});
