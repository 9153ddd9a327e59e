import { cull, dependenciesOf, ref, task } from "../../../../kernel/src/dag/graph/index.js";

const inc = (x: number) => x + 1;
const add = (a: number, b: number) => a + b;

test("culling keeps what the keys need", () => {
  const culled = cull({ x: 1, y: task(inc, ref("x")), out: task(add, ref("x"), 10) }, ["out"]);
  expect([...culled.keys()]).toEqual(["x", "out"]);
  expect([...dependenciesOf(culled)]).toEqual([
    ["x", []],
    ["out", ["x"]],
  ]);
});

test("dependencies are found at any depth, each once", () => {
  const dependencies = dependenciesOf({
    x: 1,
    y: 2,
    z: task(add, { a: [ref("x"), new Map([[ref("y"), 1]])] }, task(inc, ref("x"))),
  });
  expect(dependencies.get("z")).toEqual(["x", "y"]);
});

test("a missing key is named", () => {
  expect(() => cull({ food: 1 }, ["foo"])).toThrow('the graph has no key "foo": did you mean "food"?');
  expect(() => cull({ x: 1 }, ["something"])).toThrow('no key "something": ask for one of its keys');
});

test("a number asked for as text is told apart", () => {
  expect(() => cull(new Map([[1, 2]]), ["1"])).toThrow("reads the same but is of another type");
});
