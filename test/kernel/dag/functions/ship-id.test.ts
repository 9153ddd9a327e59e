import { moduleFunction } from "../../../../kernel/src/dag/functions/index.js";
import { Cells } from "../../../support/cells.js";

const cells = new Cells();
afterAll(() => cells.close());

test("a function of primitive values has the same id each time, and a new one when a value changed", () => {
  cells.run("var rate = 2; var apply = (x) => x * rate;");
  const { id } = cells.ship("apply");
  expect(cells.ship("apply").id).toBe(id);
  cells.run("rate = 3");
  expect(cells.ship("apply").id).not.toBe(id);
});

test("0 and -0, 1 and 1n give different ids", () => {
  cells.run("var maker = (value) => () => value;");
  const ids = ["0", "-0", "1", "1n", "'1'", "NaN", "null", "undefined"].map(
    (value) => cells.ship(`maker(${value})`).id,
  );
  expect(new Set(ids).size).toBe(8);
});

test("a function that captured a container gets a new id each time: the container may have changed", () => {
  cells.run("var table = { a: 1 }; var read = () => table.a;");
  expect(cells.ship("read").id).not.toBe(cells.ship("read").id);
});

test("a function declared as an export travels as an import", async () => {
  const { href } = new URL("../../../support/twice.mjs", import.meta.url);
  const twice = moduleFunction((x: number) => 2 * x, href, "twice");
  const shipped = cells.shipValue(twice);
  expect(shipped).toEqual({ kind: "module", id: `|${href}#twice`, name: "twice", specifier: href, export: "twice" });
  expect(await cells.callShipped(shipped, 21)).toBe(42);
});

test("a declared function that is a global of the session is imported by tasks that use it", async () => {
  const { href } = new URL("../../../support/twice.mjs", import.meta.url);
  Object.assign(globalThis, { dbl: moduleFunction((x: number) => 2 * x, href, "twice") });
  expect(await cells.call("(x) => dbl(x) + 1", 4)).toBe(9);
});
