import * as library from "../../kernel/src/index.js";

test("the public names are these", () => {
  const names = Object.keys(library).filter((name) => !name.endsWith("Error") && name !== "isDagbookError");
  expect(names.sort()).toEqual([
    "KeyboardInterrupt",
    "NDArray",
    "clearOutput",
    "comms",
    "compute",
    "computeWith",
    "da",
    "delayed",
    "display",
    "get",
    "input",
    "persist",
    "persistWith",
    "progress",
    "prompt",
    "ref",
    "release",
    "run",
    "runWith",
    "setNextInput",
    "slice",
    "task",
    "visualize",
    "visualizeWith",
  ]);
});
