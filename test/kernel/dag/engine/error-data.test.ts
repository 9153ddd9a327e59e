import { errorData, errorOf } from "../../../../kernel/src/dag/engine/error-data.js";
import { ShapeError } from "../../../../kernel/src/errors.js";

const roundTrip = (thrown: unknown): Error => errorOf(structuredClone(errorData(thrown)));

test("a built-in error keeps class, message, stack, fields and cause", () => {
  const cause = new TypeError("inner");
  const error = Object.assign(new RangeError("outer", { cause }), { code: 7, socket: () => 1 });
  const arrived = roundTrip(error);
  expect(arrived).toBeInstanceOf(RangeError);
  expect(arrived).toMatchObject({ name: "RangeError", message: "outer", code: 7, stack: error.stack });
  expect(arrived.cause).toBeInstanceOf(TypeError);
  expect(arrived).not.toHaveProperty("socket");
});

test("an error of this package keeps its class and facts", () => {
  const arrived = roundTrip(new ShapeError("shapes differ", { shape: [2, 3] }));
  expect(arrived).toBeInstanceOf(ShapeError);
  expect(arrived).toMatchObject({ message: "shapes differ", facts: { shape: [2, 3] } });
});

test("an error of a user's class keeps its name", () => {
  class TooHot extends Error {
    override name = "TooHot";
  }
  const arrived = roundTrip(new TooHot("42"));
  expect([arrived.name, arrived.message]).toEqual(["TooHot", "42"]);
});

test("an error of a user's class without a name of its own has that of its class, and the built-in class", () => {
  class TooHigh extends RangeError {}
  const arrived = roundTrip(new TooHigh("42"));
  expect([arrived.name, arrived.message]).toEqual(["TooHigh", "42"]);
  expect(arrived).toBeInstanceOf(RangeError);
});

test("errors inside an error keep their fields: causes, lists of errors, fields", () => {
  const failed = (code: number): Error => Object.assign(new TypeError(`failed ${code}`), { code });
  const error = Object.assign(new AggregateError([failed(1), failed(2)], "all", { cause: failed(3) }), {
    last: failed(4),
  });
  const arrived = roundTrip(error) as typeof error;
  expect(arrived).toBeInstanceOf(AggregateError);
  const inner = [...arrived.errors, arrived.cause, arrived.last] as (Error & { code: number })[];
  expect(inner.map(({ name, code }) => [name, code])).toEqual([
    ["TypeError", 1],
    ["TypeError", 2],
    ["TypeError", 3],
    ["TypeError", 4],
  ]);
  expect(Object.keys(arrived)).toEqual(["last"]);
});

test("a cause that is no error stays what it is", () => {
  expect(roundTrip(new Error("no", { cause: { status: 404 } })).cause).toEqual({ status: 404 });
});

test.each([
  ["text", "text"],
  [undefined, "undefined"],
  [{ code: 1 }, '{"code":1}'],
  [Symbol("s"), "Symbol(s)"],
])("%p thrown becomes an error with the message %p", (thrown, message) => {
  expect(roundTrip(thrown)).toMatchObject({ name: "Error", message });
});

test("a ring of causes ends", () => {
  const error = new Error("ring");
  error.cause = error;
  expect(roundTrip(error).message).toBe("ring");
});
