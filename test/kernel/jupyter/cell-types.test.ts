import { CellTypes } from "../../../kernel/src/jupyter/cell-types.js";
import { FakeChecker, finding } from "../../support/fake-checker.js";

test("a kernel without a checker finds nothing and uses nothing", async () => {
  const types = new CellTypes(undefined);
  expect(await types.check(1, "let a")).toEqual([]);
  expect(await types.complete("a", 1)).toBeUndefined();
  expect(await types.inspect("a", 1)).toBeUndefined();
  expect(types.memory).toBe(0);
  expect(types.pids).toEqual([]);
  types.drop(1);
  types.close();
});

test("the checker's process counts as long as it runs", () => {
  const checker = new FakeChecker();
  const types = new CellTypes(checker);
  expect([types.memory, types.pids]).toEqual([5, [77]]);
  checker.memory = undefined;
  checker.pid = undefined;
  expect([types.memory, types.pids]).toEqual([0, []]);
});

test("a checker that fails gives no answer and no error", async () => {
  const checker = new FakeChecker();
  checker.finds = () => Promise.reject(new Error("gone"));
  checker.answer = () => Promise.reject(new Error("gone"));
  const types = new CellTypes(checker);
  expect(await types.check(1, "let a")).toEqual([]);
  expect(await types.complete("a", 1)).toBeUndefined();
  expect(await types.inspect("a", 1)).toBeUndefined();
});

test("a cell that the checker cannot even remember is no error", async () => {
  const checker = new FakeChecker();
  checker.rememberCell = () => {
    throw new RangeError("nested too deeply");
  };
  const types = new CellTypes(checker);
  types.mode = "off";
  await expect(types.checkBeside(Promise.resolve(), 1, "[[[]]]")).resolves.toEqual([]);
});

test("what is found in time is given", async () => {
  const types = new CellTypes(new FakeChecker());
  const found = [finding("no")];
  expect(await types.foundSoon(Promise.resolve(found))).toEqual(found);
});

test("with types off nobody is asked, but cells are remembered for later", async () => {
  const checker = new FakeChecker();
  checker.finds = async () => [finding("no")];
  const types = new CellTypes(checker);
  types.mode = "off";
  expect(await types.check(1, "let a")).toEqual([]);
  types.mode = "warn";
  expect(await types.check(2, "a")).toHaveLength(1);
  expect(checker.told).toEqual(["sleep", "remember 1 let a", "add 2 a"]);
});

test("a checker is cold until it has started, unless nobody asks it", async () => {
  const checker = new FakeChecker();
  checker.isWarm = false;
  const types = new CellTypes(checker);
  expect(types.isCold).toBe(true);
  await types.warmUp();
  checker.isWarm = true;
  expect(types.isCold).toBe(false);
  checker.isWarm = false;
  types.mode = "off";
  await types.warmUp();
  expect([types.isCold, new CellTypes(undefined).isCold]).toEqual([false, false]);
  expect(checker.told).toEqual(["warm up", "sleep"]);
});
