import { nearestName } from "../../kernel/src/nearest-name.js";

test.each([
  ["maxn", ["mean", "max", "min"], "max"],
  ["timeti", ["time", "timeit"], "timeit"],
  ["isntall", ["install", "uninstall"], "install"],
  ["ab", ["ba", "abcd"], "ba"],
  ["same", ["sane", "same"], "same"],
  ["first", ["fist", "firs"], "fist"],
  ["FIFO", ["fifi", "fifo"], "fifo"],
])("of somebody who wrote %s and what there is, %j, %s is meant", (name, candidates, meant) => {
  expect(nearestName(name, candidates)).toBe(meant);
});

test.each([
  ["far", ["away", "different"]],
  ["any", []],
  ["abcdef", ["abc"]],
])("nothing is near %s among %j", (name, candidates) => {
  expect(nearestName(name, candidates)).toBeUndefined();
});
