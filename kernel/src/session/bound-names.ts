/** Names that every cell has without an import; each is an export of "dagbook". */
export const boundNames = [
  "clearOutput",
  "comms",
  "compute",
  "da",
  "delayed",
  "display",
  "get",
  "input",
  "persist",
  "progress",
  "prompt",
  "ref",
  "resultOf",
  "slice",
  "task",
  "visualize",
] as const;
