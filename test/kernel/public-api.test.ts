import * as library from "../../kernel/src/index.js";

test("the public names are these", () => {
  const names = Object.keys(library).filter((name) => !name.endsWith("Error") && name !== "isDagbookError");
  expect(names.sort()).toEqual([
    "NDArray",
    "clearOutput",
    "compute",
    "computeWith",
    "da",
    "delayed",
    "display",
    "get",
    "persist",
    "persistWith",
    "progress",
    "ref",
    "run",
    "runWith",
    "slice",
    "task",
    "visualize",
    "visualizeWith",
  ]);
});
