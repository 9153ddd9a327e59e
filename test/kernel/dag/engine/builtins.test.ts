import { callBuiltin } from "../../../../kernel/src/dag/engine/builtins.js";
import { Builtin } from "../../../../kernel/src/dag/graph/packed.js";

test.each([
  [Builtin.getitem, [undefined, "x"], "cannot read x of undefined: the task before gave undefined"],
  [Builtin.method, [[1], "missing"], "missing of the result is undefined, not a method"],
  [Builtin.apply, ["text", 1], "a string was called: the task before must give a function"],
  [-99, [], "step function -99 is not known: caller and worker are of different versions"],
])("builtin %i of %j says what is wrong", (code, args, message) => {
  expect(() => callBuiltin(code, args)).toThrow(new TypeError(message));
});

test("calls a function that an earlier step gave", () => {
  expect(callBuiltin(Builtin.apply, [(a: number, b: number) => a - b, 5, 2])).toBe(3);
});
