import { descendantsOf } from "../../../kernel/src/jupyter/descendants.js";

//  100 kernel (group 100)
//  ├─ 101 sh ── 102 sleep
//  ├─ 103 type checker ── 104 its child
//  ├─ 105 sh, a group of its own ── 106 in that group
//  └─ 90 a child with a smaller id: ids start anew
//  50 server ── 51 another kernel's child in our group
const processes = [
  { pid: 90, parent: 100, group: 100 },
  { pid: 102, parent: 101, group: 100 },
  { pid: 100, parent: 50, group: 100 },
  { pid: 101, parent: 100, group: 100 },
  { pid: 103, parent: 100, group: 100 },
  { pid: 104, parent: 103, group: 100 },
  { pid: 105, parent: 100, group: 105 },
  { pid: 106, parent: 105, group: 105 },
  { pid: 50, parent: 1, group: 50 },
  { pid: 51, parent: 50, group: 100 },
];

test("descendants in the group of the process are found, at any depth", () => {
  expect(descendantsOf(100, processes, [])).toEqual([90, 102, 101, 103, 104]);
});

test("a spared process keeps what it has started", () => {
  expect(descendantsOf(100, processes, [103])).toEqual([90, 102, 101]);
});

test("a process that is not listed has none", () => {
  expect(descendantsOf(7, processes, [])).toEqual([]);
});
