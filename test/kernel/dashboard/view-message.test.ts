import { asViewMessage } from "../../../kernel/src/dashboard/view-message.js";

test.each(["subscribe", "unsubscribe", "snapshot", "cancel"])("%s of a run is a message", (kind) => {
  expect(asViewMessage({ kind, run: "r", more: 1 })).toEqual({ kind, run: "r" });
});

test.each([
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
