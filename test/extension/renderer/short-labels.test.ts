import type { TaskMessage } from "dagbook/dashboard-messages";
import { shortErrors, shortLabels, shortTask } from "../../../extension/src/renderer/short-labels.js";
import { bundle } from "./bundle.js";

const error = { task: 0, key: "k", name: "E", message: "m", stack: "s" };

test("labels of a megabyte are cut to what a page can show", () => {
  const long = "x".repeat(1_000_000);
  const made = bundle({ title: long, errors: [{ ...error, key: long, name: long, message: long, stack: long }] });
  const { title, errors } = shortLabels(made);
  expect([title.length, ...[errors[0]!.key, errors[0]!.message, errors[0]!.stack].map((text) => text.length)]).toEqual([
    200, 200, 2_000, 8_000,
  ]);
});

test("characters that turn the direction of writing are shown as escapes, right-to-left text stays as it is", () => {
  const [shown] = shortErrors([{ ...error, key: "safe\u202egnp.exe", name: "\u2066a\u2069", message: "שלום" }]);
  expect(shown).toMatchObject({ key: "safe\\u202egnp.exe", name: "\\u2066a\\u2069", message: "שלום" });
});

test("what is told of a task is treated in the same way", () => {
  const task: TaskMessage = {
    ...{ kind: "task", run: "r", task: 0, key: "\u202ek", function: "f", args: ["\u202ea", "1"], state: 5, worker: 0 },
    ...{
      queued: 0,
      start: 0,
      end: 1,
      bytes: 8,
      log: "\u202el\n",
      isLogCut: false,
      error: { ...error, message: "\u202e" },
    },
  };
  expect(shortTask(task)).toMatchObject({ key: "\\u202ek", args: ["\\u202ea", "1"], log: "\\u202el\n" });
  expect(shortTask(task).error?.message).toBe("\\u202e");
  expect(shortTask({ ...task, args: null, error: null })).toMatchObject({ args: null, error: null });
});
