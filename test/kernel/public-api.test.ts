import * as library from "../../kernel/src/index.js";

test("the public names are these", () => {
  const names = Object.keys(library).filter((name) => !name.endsWith("Error") && name !== "isDagbookError");
  expect(names.sort()).toEqual([
    "KeyboardInterrupt",
    "NDArray",
    "asCompleted",
    "clearOutput",
    "comms",
    "compute",
    "computeWith",
    "da",
    "delayed",
    "display",
    "explain",
    "forecast",
    "gather",
    "get",
    "input",
    "map",
    "mapWith",
    "persist",
    "persistWith",
    "progress",
    "prompt",
    "ref",
    "run",
    "runWith",
    "setNextInput",
    "slice",
    "submit",
    "submitWith",
    "task",
    "visualize",
    "visualizeWith",
    "wait",
  ]);
});
