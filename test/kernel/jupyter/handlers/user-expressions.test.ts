import type { CellOutcome } from "../../../../kernel/src/session/session.js";
import { PlayedKernel } from "../../../support/played-kernel.js";

let played: PlayedKernel;

beforeEach(() => {
  played = new PlayedKernel();
  played.evaluate = (expressions) =>
    Object.fromEntries(
      Object.entries(expressions).map(([name, code]) => [name, { status: "ok", data: { code }, metadata: {} }]),
    );
});

afterEach(() => played.close());

test("each expression has its own answer in the reply", async () => {
  const { user_expressions } = await played.run("c1", { code: "1", user_expressions: { a: "x", toString: "y" } });
  expect(user_expressions).toEqual({
    a: { status: "ok", data: { code: "x" }, metadata: {} },
    toString: { status: "ok", data: { code: "y" }, metadata: {} },
  });
});

test("an expression that is no text is an error of its own, whatever its name", async () => {
  const { user_expressions } = await played.run("c1", { code: "1", user_expressions: { a: 1, toString: {}, b: "x" } });
  const wrong = (value: string) => ({
    status: "error",
    ename: "MessageError",
    evalue: `The expression is ${value}: the client must send a string`,
    traceback: [`The expression is ${value}: the client must send a string`],
  });
  expect(user_expressions).toEqual({
    a: wrong("1"),
    toString: wrong("{}"),
    b: { status: "ok", data: { code: "x" }, metadata: {} },
  });
});

test("after a cell that failed nothing is evaluated", async () => {
  const failed: CellOutcome = { status: "error", ename: "Error", evalue: "no", traceback: [] };
  played.evaluate = () => {
    throw new Error("evaluated");
  };
  expect((await played.run("c1", { code: "1", user_expressions: { a: "x" } }, failed)).user_expressions).toEqual({});
});

test("an interrupt ends an evaluation that never comes back", async () => {
  let asked = false;
  played.evaluate = undefined;
  played.far.on("message", ({ type }: { type: string }) => {
    if (type !== "evaluate") return;
    asked = true;
    played.interrupt();
  });
  const { user_expressions, status } = await played.run("c1", { code: "1", user_expressions: { a: "x" } });
  expect(asked).toBe(true);
  expect(status).toBe("ok");
  expect(user_expressions).toEqual({ a: expect.objectContaining({ status: "error", ename: "KeyboardInterrupt" }) });
});
