import { refusedOutcome } from "../../../kernel/src/tslab/diagnostics-outcome.js";

test("places of tslab's compiler, counted from 0, are counted from 1", () => {
  const start = { offset: 4, line: 1, character: 2 };
  const diagnostic = { start, end: { ...start, character: 3 }, messageText: "No.", category: 1, code: 2322 };
  const outcome = refusedOutcome({ count: 4, code: "let x\n  x = 1" }, [
    diagnostic,
    { ...diagnostic, fileName: "a.ts" },
  ]);
  expect(outcome).toMatchObject({ status: "error", ename: "TypeCheckError", evalue: "No. (and 1 more)" });
  const traceback = outcome.status === "error" ? outcome.traceback.join("\n") : "";
  expect(traceback).toContain("cell-4.ts:2:3");
  expect(traceback).toContain("a.ts:2:3");
});
