import { OutputTurn } from "../../../kernel/src/jupyter/output-turn.js";

test("one thread at a time has the turn; the service thread is refused instead of made to wait", () => {
  const main = new OutputTurn();
  const service = new OutputTurn(main.buffer);
  const refused = main.take(() => service.tryTake(() => undefined));
  expect(refused).toBe(false);
  expect(service.tryTake(() => undefined)).toBe(true);
});

test("a turn that the main thread never gave back can be ended, one of the service thread is not ended with it", () => {
  const turn = new OutputTurn();
  // A cut runs no finally.
  const words = new Int32Array(turn.buffer);
  words[0] = 1;
  turn.endCutTurn();
  const wasEnded = turn.tryTake(() => {
    turn.endCutTurn();
    expect(turn.tryTake(() => undefined)).toBe(false);
  });
  expect(wasEnded).toBe(true);
});

test("an error gives the turn back", () => {
  const turn = new OutputTurn();
  expect(() =>
    turn.take(() => {
      throw new RangeError("no clone");
    }),
  ).toThrow("no clone");
  expect(turn.tryTake(() => undefined)).toBe(true);
});
