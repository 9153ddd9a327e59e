import { readFileSync } from "node:fs";
import { readRunList } from "../../../extension/src/renderer/read-run-list.js";

const sent = JSON.parse(
  readFileSync(new URL("../../support/fixtures/dashboard/runs.json", import.meta.url), "utf8"),
) as Record<string, unknown> & { readonly runs: readonly object[]; readonly pool: object };

test("the list that the kernel sends is read as it is", () => {
  expect(readRunList(sent)).toEqual(sent);
});

test.each([
  ["nothing", undefined],
  ["another message", { kind: "unknown", run: "a" }],
  ["a list without a time", { ...sent, now: undefined }],
  ["runs that are no list", { ...sent, runs: {} }],
  ["a run without a title", { ...sent, runs: [{ ...sent.runs[0], title: 3 }] }],
  ["a run in a state that there is not", { ...sent, runs: [{ ...sent.runs[0], state: "__proto__" }] }],
  ["a run with less than no tasks", { ...sent, runs: [{ ...sent.runs[0], done: -1 }] }],
  ["a pool without workers", { ...sent, pool: { ...sent.pool, workers: "4" } }],
])("%s is no list of runs", (_, data) => {
  expect(readRunList(data)).toBeUndefined();
});
