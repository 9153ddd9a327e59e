import { ticksOf } from "../../../../kernel/src/dag/explain/ticks.js";

test.each([
  [5, 5, [0, 1, 2, 3, 4, 5]],
  [17.3, 5, [0, 5, 10, 15]],
  [0.9, 5, [0, 0.2, 0.4, 0.6000000000000001, 0.8]],
  [1, 5, [0, 0.2, 0.4, 0.6000000000000001, 0.8, 1]],
  [0, 5, []],
])("round times up to %d in at most %d steps", (end, most, ticks) => {
  expect(ticksOf(end, most)).toEqual(ticks);
});
