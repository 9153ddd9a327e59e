import { diagnostics, type Key, ref, task } from "../../../../kernel/src/dag/graph/index.js";
import { GraphError } from "../../../../kernel/src/errors.js";

const join = (...parts: unknown[]) => parts;

//   c
//  / \
// a   b
const graph = new Map<Key, unknown>([
  [["a", 0], task(join)],
  [["b", 0], task(join)],
  ["c", task(join, ref(["a", 0]), ref(["b", 0]))],
]);

test("the sequence follows the positions that were given, by the keys and not by their objects", () => {
  const positions = new Map<Key, number>([
    [["b", 0], 0],
    [["a", 0], 1],
    ["c", 2],
  ]);
  expect(diagnostics(graph, positions)).toEqual({
    sequence: [["b", 0], ["a", 0], "c"],
    pressure: [0, 1, 2],
    peak: 2,
  });
});

test("a key without a position is named", () => {
  const positions = new Map<Key, number>([
    [["a", 0], 0],
    ["c", 1],
  ]);
  expect(() => diagnostics(graph, positions)).toThrow(GraphError);
  expect(() => diagnostics(graph, positions)).toThrow(
    'key "b[0]" has no position: give one for every key of the graph',
  );
});
