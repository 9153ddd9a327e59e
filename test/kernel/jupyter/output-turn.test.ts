import { OutputTurn } from "../../../kernel/src/jupyter/output-turn.js";

test("one thread at a time has the turn; the service thread is refused instead of made to wait", () => {
  const main = new OutputTurn();
  const service = new OutputTurn(main.buffer);
  const refused = main.take(() => service.tryTake(() => undefined));
  expect(refused).toBe(false);
  expect(service.tryTake(() => undefined)).toBe(true);
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
