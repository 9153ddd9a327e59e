import { asViewMessage } from "../../../kernel/src/dashboard/view-message.js";

test.each(["subscribe", "unsubscribe", "snapshot", "cancel", "pause", "resume", "retry", "rerun"])(
  "%s of a run is a message",
  (kind) => {
    expect(asViewMessage({ kind, run: "r", more: 1 })).toEqual({ kind, run: "r" });
  },
);

test("a question for a task is a message", () => {
  expect(asViewMessage({ kind: "inspect", run: "r", task: 0, more: 1 })).toEqual({
    kind: "inspect",
    run: "r",
    task: 0,
  });
});

test.each([
  [{ kind: "inspect", run: "r" }],
  [{ kind: "inspect", run: "r", task: -1 }],
  [{ kind: "inspect", run: "r", task: 1.5 }],
  [{ kind: "inspect", run: "r", task: "1" }],
  [{ kind: "inspect", run: "r", task: Number.NaN }],
  [{ kind: "inspect", task: 1 }],
  [{ kind: "__proto__", run: "r" }],
  [undefined],
  [null],
  ["subscribe"],
  [[]],
  [{}],
  [{ kind: "subscribe" }],
  [{ kind: "delete", run: "r" }],
  [{ kind: "toString", run: "r" }],
  [{ kind: "subscribe", run: 1 }],
  [{ kind: ["subscribe"], run: "r" }],
  [{ kind: "cancel", run: "x".repeat(201) }],
])("%j is no message", (data) => {
  expect(asViewMessage(data)).toBeUndefined();
});
